#include "judge/silence.h"

#include "judge/count.h"

static bool is_read(const struct measures_of_type *of_type,
                    const struct measure *measure, struct str field)
{
    if (measure != NULL)
        return measure_reads(measure, field);
    for (size_t i = 0; i < of_type->count; i++)
        if (measure_reads(of_type->items[i], field))
            return true;
    return false;
}

bool silence_of(struct arena *arena, const struct staged *staged,
                const struct measures *measures, const struct measure *measure,
                struct reason *reason)
{
    const struct str_list *silent = staged->silent;
    struct buf fields = BUF_EMPTY(arena);
    size_t count = 0, written = 0;

    if (silent == NULL || staged->type == NULL)
        return false;
    for (size_t i = 0; i < silent->count; i++)
        count +=
            is_read(&measures->by_type[staged->type->index], measure, silent->items[i]);
    if (count == 0)
        return false;
    for (size_t i = 0; i < silent->count; i++) {
        if (!is_read(&measures->by_type[staged->type->index], measure,
                     silent->items[i]))
            continue;
        if (written > 0)
            buf_add(&fields, written + 1 < count ? STR(", ") : STR(" and "));
        buf_add(&fields, silent->items[i]);
        written++;
    }
    if (staged->call != NULL && silent == &staged->call->silent)
        *reason =
            *SAYS(SAY_SILENT_FIELD, .texts = { staged->call->name, buf_str(&fields) });
    else
        *reason = *SAYS(SAY_SILENT_FIELD_OF_SOME, .texts = { buf_str(&fields) });
    return true;
}

bool silence_opens(const struct staged *staged, const struct measure *measure)
{
    if (staged->use != USE_READ || staged->silent == NULL ||
        !measure_reads_any(measure, staged->silent))
        return false;
    for (size_t i = 0; i < staged->bucket_count; i++) {
        const struct tally *tally = &staged->buckets[i].tallies[measure->slot];

        if (tally->maybe > 0 || tally->open)
            return true;
    }
    return false;
}
