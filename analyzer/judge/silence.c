#include "judge/silence.h"

#include "judge/combine.h"

static bool is_read(const struct measures_of_type *of_type,
                    const struct measure *measure, struct str field)
{
    if (measure != NULL)
        return measure_reads(measure, field);
    for (size_t i = 0; i < of_type->count; i++)
        if (measure_reads(of_type->items[i], field))
            return true;
    for (size_t i = 0; i < of_type->other_count; i++)
        if (measure_reads(of_type->others[i], field))
            return true;
    return false;
}

bool silence_of(struct arena *arena, const struct document *document,
                const struct measures *measures, const struct measure *measure,
                struct reason *reason)
{
    const struct str_list *silent = document->silent;
    struct buf fields = BUF_EMPTY(arena);
    size_t count = 0, written = 0;

    if (silent == NULL || document->type == NULL)
        return false;
    for (size_t i = 0; i < silent->count; i++)
        count += is_read(&measures->by_type[document->type->index], measure,
                         silent->items[i]);
    if (count == 0)
        return false;
    for (size_t i = 0; i < silent->count; i++) {
        if (!is_read(&measures->by_type[document->type->index], measure,
                     silent->items[i]))
            continue;
        if (written > 0)
            buf_add(&fields, written + 1 < count ? STR(", ") : STR(" and "));
        buf_add(&fields, silent->items[i]);
        written++;
    }
    if (document->call != NULL && silent == &document->call->silent)
        *reason = *SAYS(SAY_SILENT_FIELD,
                        .texts = { document->call->name, buf_str(&fields) });
    else
        *reason = *SAYS(SAY_SILENT_FIELD_OF_SOME, .texts = { buf_str(&fields) });
    return true;
}

bool silence_opens(const struct document *document, const struct measure *measure)
{
    if (document->use != USE_READ || document->silent == NULL ||
        !measure_reads_any(measure, document->silent))
        return false;
    for (size_t i = 0; i < document->portion_count; i++) {
        const struct tally *tally =
            portion_tally(document, &document->portions[i], measure);

        if (tally->maybe > 0 || tally->open)
            return true;
    }
    return false;
}
