#include "assess/tally.h"

struct tally *tallies_new(struct arena *arena, size_t count)
{
    struct tally *tallies = arena_array(arena, count, struct tally);

    for (size_t i = 0; i < count; i++)
        tallies[i].best_sure = tallies[i].best_any = VALUE_NONE;
    return tallies;
}

static bool copy_text(struct arena *arena, const struct record *record,
                      struct str field, struct str *copy)
{
    const json_t *value = field.text != NULL
                              ? json_object_getn(record->value, field.text, field.len)
                              : NULL;

    if (!json_is_string(value))
        return false;
    *copy = str_copy(
        arena, (struct str){ json_string_value(value), json_string_length(value) });
    return true;
}

static struct hit hit_of(struct arena *arena, const struct measure *measure,
                         const struct record *record)
{
    const struct type *type = measure->fact->type;
    struct hit hit = { record->index, record->start.line, record->start.offset,
                       STR_NONE };

    if (!copy_text(arena, record, type->id, &hit.id))
        copy_text(arena, record, type->arn, &hit.id);
    return hit;
}

static void count_hit(struct arena *arena, struct tally *tally,
                      const struct measure *measure, const struct record *record)
{
    if (tally->hit_count == CITATIONS_MAX)
        return;
    if (tally->hits == NULL)
        tally->hits = arena_array(arena, CITATIONS_MAX, struct hit);
    tally->hits[tally->hit_count++] = hit_of(arena, measure, record);
}

static void extreme_add(struct arena *arena, struct tally *tally,
                        const struct measure *measure, const struct record *record,
                        bool sure, struct jmespath_context *context)
{
    double value = 0;

    if (!measure_value(measure, record, context, &value)) {
        tally->open = true;
        if (sure && tally->best_sure < VALUE_SOME)
            tally->best_sure = VALUE_SOME;
        return;
    }
    if (measure->fact->kind == FACT_MIN)
        value = -value;
    if (value > tally->best_any)
        tally->best_any = value;
    if (!sure || value <= tally->best_sure)
        return;
    tally->best_sure = value;
    if (tally->hits == NULL)
        tally->hits = arena_new(arena, struct hit);
    tally->hits[0] = hit_of(arena, measure, record);
    tally->hit_count = 1;
}

void tally_add(struct arena *arena, struct tally *tally, const struct measure *measure,
               const struct record *record, enum truth truth,
               struct jmespath_context *context)
{
    if (truth == TRUTH_FALSE)
        return;
    if (truth == TRUTH_TRUE)
        tally->sure++;
    else
        tally->maybe++;
    if (measure->fact->kind != FACT_COUNT)
        extreme_add(arena, tally, measure, record, truth == TRUTH_TRUE, context);
    else if (truth == TRUTH_TRUE)
        count_hit(arena, tally, measure, record);
}

void tally_add_unknown(struct tally *tally, uint64_t count)
{
    tally->maybe += count;
    tally->open = tally->open || count > 0;
}
