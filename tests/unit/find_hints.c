#include "rows.h"

#include "find/hints.h"

static const struct row {
    const char *name;
    const char *path;
    const char *region, *account; /* NULL: none */
} rows[] = {
    { "a city", "client/Ireland/snaps.json", "eu-west-1", NULL },
    { "a city of two words", "client/N. Virginia/snaps.json", "us-east-1", NULL },
    { "a city amid words", "acme-frankfurt_prod/snaps.json", "eu-central-1", NULL },
    { "a short name", "use1/rds_snapshots.json", "us-east-1", NULL },
    { "a short name of two directions", "prod-apse2/x.json", "ap-southeast-2", NULL },
    { "a short name of GovCloud", "usgw1/x.json", "us-gov-west-1", NULL },
    { "without hyphens", "useast1.json", "us-east-1", NULL },
    { "with others", "us_east_1.json", "us-east-1", NULL },
    { "a region that is told is none", "us-east-1/prod-us-west-2.json", NULL, NULL },
    { "the last counts", "london/euw3/x.json", "eu-west-3", NULL },
    { "the last, in the other order", "euw3/london/x.json", "eu-west-2", NULL },
    { "part of a word is none", "irelandia/use12/x.json", NULL, NULL },
    { "eleven digits", "12345678901/us-east-1/x.json", NULL, "012345678901" },
    { "twelve digits, and ten", "123456789012/1234567890/x.json", NULL, NULL },
    { "digits in a word", "a12345678901/x.json", NULL, NULL },
    { "standard input", "-", NULL, NULL },
    { "nothing", "", NULL, NULL },
};

static void check(const struct hint *hint, const char *text, const char *place)
{
    assert_int_equal(hint->word.text == NULL, place == NULL);
    assert_int_equal(text == NULL, place == NULL);
    if (place == NULL)
        return;
    assert_true(str_equal(hint->place, str_from(place)));
    assert_true(str_ends_with(str_from(text), str_from(place)));
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct hint hint;

    hint = hint_region(&arena, str_from(row->path));
    check(&hint, hint_region_text(&arena, str_from(row->path)), row->region);
    hint = hint_account(&arena, str_from(row->path));
    check(&hint, hint_account_text(&arena, str_from(row->path)), row->account);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("find_hints", &tests);
}
