#include "gather/tally.h"

struct tally *tallies_new(struct arena *arena, size_t count)
{
    struct tally *tallies = arena_array(arena, count, struct tally);

    for (size_t i = 0; i < count; i++)
        tallies[i].best_sure = tallies[i].best_any = VALUE_NONE;
    return tallies;
}

static struct hit hit_of(struct arena *arena, const struct measure *measure,
                         const struct record *record)
{
    const struct type *type = measure->fact->type;
    struct str id = record_text(record, type->id);

    if (id.text == NULL)
        id = record_text(record, type->arn);
    return (struct hit){ record->index, record->start.line, record->start.offset,
                         id.text != NULL ? str_copy(arena, id) : STR_NONE };
}

bool tally_is_cited(const struct tally *tally)
{
    return tally->hit_count == CITATIONS_MAX;
}

void tally_add_alike(struct tally *tally, enum truth truth, uint64_t count)
{
    if (truth == TRUTH_TRUE)
        tally->sure += count;
    else
        tally->maybe += count;
}

static void count_hit(struct arena *arena, struct tally *tally,
                      const struct measure *measure, const struct record *record)
{
    if (tally_is_cited(tally))
        return;
    if (tally->hits == NULL)
        tally->hits = arena_array(arena, CITATIONS_MAX, struct hit);
    tally->hits[tally->hit_count++] = hit_of(arena, measure, record);
}

static void extreme_add(struct arena *arena, struct tally *tally,
                        const struct measure *measure, const struct added *added)
{
    bool sure = added->truth == TRUTH_TRUE;
    double value = 0;

    if (!measure_value(measure, added->record, added->gaps, added->context, &value)) {
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
    tally->hits[0] = hit_of(arena, measure, added->record);
    tally->hit_count = 1;
}

void tally_add(struct arena *arena, struct tally *tally, const struct measure *measure,
               const struct added *added)
{
    if (added->truth == TRUTH_FALSE)
        return;
    tally_add_alike(tally, added->truth, 1);
    if (measure->fact->kind != FACT_COUNT)
        extreme_add(arena, tally, measure, added);
    else if (added->truth == TRUTH_TRUE)
        count_hit(arena, tally, measure, added->record);
}

uint64_t tally_sure(const struct tally *tally)
{
    uint64_t sure = tally->sure > tally->doubt ? tally->sure - tally->doubt : 0;

    if (sure == 0 || tally->untold == 0)
        return sure;
    return sure > tally->untold ? sure - tally->untold : 1;
}

void tally_repeat(struct arena *arena, struct tally *tally,
                  const struct measure *measure, const struct added *added,
                  enum truth before)
{
    struct added other = *added;

    if (before != added->truth && before == TRUTH_TRUE)
        tally->doubt++;
    else if (before != added->truth && before == TRUTH_FALSE)
        tally->maybe++;
    other.truth = TRUTH_UNKNOWN;
    if (measure->fact->kind != FACT_COUNT && added->truth != TRUTH_FALSE)
        extreme_add(arena, tally, measure, &other);
}

void tally_forget(struct tally *tally, uint64_t count)
{
    *tally = (struct tally){ .best_sure = VALUE_NONE, .best_any = VALUE_NONE };
    tally_add_unknown(tally, count);
}

void tally_add_unknown(struct tally *tally, uint64_t count)
{
    tally->maybe += count;
    tally->open = tally->open || count > 0;
}
