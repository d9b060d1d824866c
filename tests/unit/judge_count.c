/* How many records count for sure, and which value is the largest of those that do. */
#include "judge/count.h"

#include "gather/measures.h"

#include "rows.h"

static const struct sure_row {
    const char *name;
    uint64_t sure, doubt, untold;
    uint64_t expected;
} sure_rows[] = {
    { "none", 0, 0, 0, 0 },
    { "all that count", 3, 0, 0, 3 },
    { "but those of which another record says otherwise", 3, 2, 0, 1 },
    { "all of them are", 3, 3, 0, 0 },
    { "and more", 3, 4, 0, 0 },
    { "those that may be of the same things count once, if at all", 3, 0, 2, 1 },
    { "all of them may be of one", 3, 0, 3, 1 },
    { "one that may be of the same thing as others", 1, 0, 1, 1 },
    { "one more that counts", 2, 0, 1, 1 },
    { "those and these", 7, 2, 3, 2 },
    { "of which none is left", 2, 2, 1, 0 },
};

static void of_sure(void **state)
{
    const struct sure_row *row = *state;
    struct tally tally = TALLY_NONE;

    tally.sure = row->sure;
    tally.doubt = row->doubt;
    tally.untold = row->untold;
    assert_int_equal(tally_sure(&tally), row->expected);
}

/* Some records and then others, whose first ones have these numbers; which of them has
 * the largest value that is sure. */
static const struct best_row {
    const char *name;
    double first_sure, first_any, sure, any;
    bool first_open, open;
    uint64_t first_index, index;
    double best_sure, best_any;
    uint64_t best_index; /* UINT64_MAX: no record has it */
    bool is_open;
} best_rows[] = {
    { "the larger, which is the first", 7, 7, 5, 5, false, false, 1, 2, 7, 7, 1,
      false },
    { "the larger, which is the second", 5, 5, 7, 7, false, false, 1, 2, 7, 7, 2,
      false },
    { "of two that are the same the one that stands first", 7, 7, 7, 7, false, false, 1,
      2, 7, 7, 1, false },
    { "in either order", 7, 7, 7, 7, false, false, 2, 1, 7, 7, 1, false },
    { "what may count may be larger", 7, 7, VALUE_NONE, 9, false, false, 1, 2, 7, 9, 1,
      false },
    { "one that may have any value", 7, 7, VALUE_SOME, VALUE_NONE, false, true, 1, 2, 7,
      7, 1, true },
    { "before one that has some", VALUE_SOME, VALUE_NONE, 7, 7, true, false, 1, 2, 7, 7,
      2, true },
    { "two that may have any", VALUE_SOME, VALUE_NONE, VALUE_SOME, VALUE_NONE, true,
      true, 1, 2, VALUE_SOME, VALUE_NONE, UINT64_MAX, true },
    { "none that is sure", VALUE_NONE, 3, VALUE_NONE, 4, false, false, 1, 2, VALUE_NONE,
      4, UINT64_MAX, false },
};

static void of_best(void **state)
{
    const struct best_row *row = *state;
    const struct hit first = { .index = row->first_index },
                     hit = { .index = row->index };
    struct tally tally = TALLY_NONE;

    tally_best(&tally, &(struct best){ row->first_sure, row->first_any, row->first_open,
                                       &first });
    tally_best(&tally, &(struct best){ row->sure, row->any, row->open, &hit });
    assert_true(tally.best_sure == row->best_sure);
    assert_true(tally.best_any == row->best_any);
    assert_int_equal(tally.open, row->is_open);
    if (row->best_index == UINT64_MAX)
        assert_null(tally.best);
    else
        assert_int_equal(tally.best->index, row->best_index);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, sure_rows, of_sure);
    TESTS_ADD_ROWS(&tests, best_rows, of_best);
    return tests_run("judge_count", &tests);
}
