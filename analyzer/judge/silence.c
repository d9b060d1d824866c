#include "judge/silence.h"

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

const char *silence_of(struct arena *arena, const struct staged *staged,
                       const struct measures *measures, const struct measure *measure)
{
    const struct str_list *silent = staged->silent;
    bool by_call = staged->call != NULL && silent == &staged->call->silent;
    struct buf buf = BUF_EMPTY(arena);
    size_t count = 0, written = 0;

    if (silent == NULL || staged->type == NULL)
        return NULL;
    for (size_t i = 0; i < silent->count; i++)
        count +=
            is_read(&measures->by_type[staged->type->index], measure, silent->items[i]);
    if (count == 0)
        return NULL;
    if (by_call)
        buf_printf(&buf, "'aws %.*s' does not print ", STR_ARG(staged->call->name));
    else
        buf_add(&buf, STR("not every call that may have printed it prints "));
    for (size_t i = 0; i < silent->count; i++) {
        if (!is_read(&measures->by_type[staged->type->index], measure,
                     silent->items[i]))
            continue;
        if (written > 0)
            buf_add(&buf, written + 1 < count ? STR(", ") : STR(" and "));
        buf_add(&buf, silent->items[i]);
        written++;
    }
    return buf_str(&buf).text;
}

bool silence_opens(const struct staged *staged, const struct measure *measure)
{
    if (!staged->read || staged->silent == NULL ||
        !measure_reads_any(measure, staged->silent))
        return false;
    for (size_t i = 0; i < staged->bucket_count; i++) {
        const struct tally *tally = &staged->buckets[i].tallies[measure->slot];

        if (tally->maybe > 0 || tally->open)
            return true;
    }
    return false;
}
