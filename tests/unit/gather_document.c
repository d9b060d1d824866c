/*
 * What each doubt takes from a document, and what it leaves.
 */
#include "gather/staged.h"

#include "rows.h"

static const struct doubt_row {
    const char *name;
    unsigned doubts;
    unsigned takes;
} doubt_rows[] = {
    { "nothing doubted, nothing taken", 0, 0 },
    { "a token: there are more pages", DOUBT_TOKEN, TAKES_WHOLE | TAKES_END },
    { "damage: a token may be lost", DOUBT_DAMAGED, TAKES_END },
    { "an option in its name: it is less than all", DOUBT_OPTION, TAKES_ALL },
    { "a record that the option leaves out says so only", DOUBT_OPTION_DENIED, 0 },
    { "texts among records are counted apart", DOUBT_STRINGS, 0 },
    { "arrays among them, too", DOUBT_ARRAYS, 0 },
    { "numbers among them, too", DOUBT_VALUES, 0 },
    { "objects that tell no type, too", DOUBT_OBJECTS, 0 },
    { "more places than are kept: records are lost", DOUBT_PLACES_LOST, TAKES_WHOLE },
    { "a redacted ARN is noted", DOUBT_REDACTED, 0 },
    { "a lost id", DOUBT_IDS_LOST, TAKES_IDS },
    { "no parent, or several", DOUBT_PARENT, TAKES_WHOLE },
    { "mislabelled: it decides nothing anywhere", DOUBT_MISLABELLED,
      TAKES_WHOLE | TAKES_PLACE },
    { "spread: it is no whole listing of one place", DOUBT_SPREAD, TAKES_WHOLE },
    { "several take what each does", DOUBT_DAMAGED | DOUBT_IDS_LOST,
      TAKES_END | TAKES_IDS },
};

static void of_doubts(void **state)
{
    const struct doubt_row *row = *state;
    struct staged staged = { .doubts = row->doubts };

    for (unsigned what = TAKES_WHOLE; what <= TAKES_PLACE; what <<= 1)
        assert_int_equal(staged_lacks(&staged, what), (row->takes & what) != 0);
}

/* An answer whose records were read decides, and may go on only if something says so.
 */
static void of_use(void **state)
{
    static const struct call whole = { .gives = GIVES_WHOLE },
                             one = { .gives = GIVES_ONE };
    struct staged staged = { .call = &whole, .use = USE_READ };

    (void)state;
    assert_true(staged_counts(&staged));
    assert_false(staged_carries_token(&staged));
    staged.doubts = DOUBT_DAMAGED;
    assert_true(staged_carries_token(&staged));
    staged.shape = SHAPE_VALUE; /* what a --query prints is no page */
    assert_false(staged_carries_token(&staged));
    staged = (struct staged){ .call = &whole, .use = USE_NOTHING };
    assert_false(staged_counts(&staged));
    assert_true(staged_carries_token(&staged));
    staged.call = &one; /* a record has no pages */
    assert_false(staged_carries_token(&staged));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, doubt_rows, of_doubts);
    TESTS_ADD(&tests, of_use);
    return tests_run("gather_document", &tests);
}
