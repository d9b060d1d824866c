/* The rows of databases in the text of a report: what is known of each, and what not.
 */
#include "report/databases.h"

#include "rows.h"

#include <string.h>

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }
#define SELECTED(items)                                                                \
    .selected_by = (items), .selected_count = sizeof(items) / sizeof *(items)
#define PLAN .plan = TEXT("p"), .selection = TEXT("s"), .because = TEXT("its tag")

static struct str states[] = { TEXT("protected"), TEXT("overdue") };
static struct str whys[] = { TEXT("no-plan"), TEXT("opted-out") };
static const struct selected_by kept[] = { { PLAN, .kept = HOLDS_YES } };
static const struct selected_by broken[] = { { PLAN, .kept = HOLDS_NO } };

static const struct row {
    const char *name;
    struct matrix_row row;
    const char *has, *lacks; /* of its lines */
} rows[] = {
    { "of a place that is known",
      { .planned = HOLDS_YES },
      "1             east            protected     orders  -\n",
      "in x.json" },
    { "of a place that nothing tells, its file",
      { .planned = HOLDS_YES, .source = "x.json" },
      "in x.json\n",
      "kept" },
    { "no plan", { .planned = HOLDS_NO }, "no plan takes it\n", ":" },
    { "why there is none",
      { .planned = HOLDS_NO, .why = { whys, 2 } },
      "no plan takes it: no-plan, opted-out\n",
      "not known" },
    { "perhaps none",
      { .planned = HOLDS_MAYBE, .why = { whys, 1 } },
      "whether a plan takes it is not known: no-plan\n",
      "opted-out" },
    { "one",
      { .planned = HOLDS_YES, SELECTED(kept), .gap_hours = 1, .retention_days = 1 },
      "a run in 1 hour, kept 1 day\n",
      "promise" },
    { "for several days",
      { .planned = HOLDS_YES, SELECTED(kept), .gap_hours = 24, .retention_days = 35 },
      "a run in 24 hours, kept 35 days\n",
      "for ever" },
    { "for ever",
      { .planned = HOLDS_YES,
        SELECTED(broken),
        .gap_hours = 1.5,
        .keeps_for_ever = true,
        .retention_days = 1 },
      "a run in 1.5 hour, kept for ever\n",
      "kept 1" },
    { "neither is known",
      { .planned = HOLDS_YES, SELECTED(kept) },
      "how often it runs is not known, how long backups are kept is not known\n",
      "kept 0" },
    { "a promise that is not kept",
      { .planned = HOLDS_YES, SELECTED(broken) },
      ": its promise is not kept\n",
      "no plan" },
    { "no backup", { .has_backup = HOLDS_NO }, "no usable backup\n", "newest" },
    { "one of an unknown time",
      { .has_backup = HOLDS_YES },
      "a usable backup, of a time that is not known\n",
      "newest" },
    { "perhaps one",
      { .has_backup = HOLDS_MAYBE },
      "whether there is a usable backup is not known\n",
      "newest" },
    { "one an hour before the audit",
      { .has_newest = true, .newest = 1772366400 - 3600 },
      "newest known backup 2026-03-01T11:00:00Z, 1 hour old\n",
      "usable" },
    { "or almost two",
      { .has_newest = true, .newest = 1772366400 - 7199 },
      ", 1 hour old\n",
      "usable" },
    { "at its time",
      { .has_newest = true, .newest = 1772366400 },
      ", 0 hours old\n",
      "after" },
    { "behind it",
      { .has_newest = true, .newest = 1772366400 + 7200 },
      ", 2 hours after the audit\n",
      "old" },
};

static const char *text_of(struct arena *arena, const struct settings *settings,
                           const struct matrix_row *matrix, size_t count)
{
    const struct assessment assessment = { .settings = settings,
                                           .matrix = matrix,
                                           .matrix_count = count };
    struct buf out = BUF_EMPTY(arena);
    struct page page = PAGE_NEW(&out, 200);

    databases_write(&page, &assessment);
    return str_copy(arena, buf_str(&out)).text;
}

static void of_rows(void **state)
{
    static const struct settings settings = { .matrix = true,
                                              .as_of = TEXT("2026-03-01T12:00:00Z") };
    const struct row *row = *state;
    struct matrix_row matrix = row->row;
    struct arena arena = ARENA_EMPTY;
    const char *text;

    matrix.account = (struct str)TEXT("1");
    matrix.region = (struct str)TEXT("east");
    matrix.name = (struct str)TEXT("orders");
    matrix.state = (struct str)TEXT("protected");
    matrix.possible = (struct str_list){ states, 1 };
    text = strstr(text_of(&arena, &settings, &matrix, 1), "\n\n") + 2;
    if (strstr(text, row->has) == NULL)
        assert_string_equal(text, row->has);
    if (strstr(text, row->lacks) != NULL)
        assert_string_equal(text, "");
    arena_release(&arena);
}

static void they_are_counted_by_state(void **state)
{
    static const struct settings settings = { .matrix = true }, without = { 0 };
    const struct matrix_row matrix[] = {
        { .state = TEXT("overdue"), .possible = { states + 1, 1 } },
        { .state = TEXT("protected"), .possible = { states, 1 } },
        { .state = TEXT("overdue"), .possible = { states + 1, 1 } },
        { .state = TEXT("undetermined"), .possible = { states, 2 } },
    };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_true(str_starts_with(
        str_from(text_of(&arena, &settings, matrix, 4)),
        STR("4 databases: 1 protected, 2 overdue, 1 undetermined\n\n")));
    assert_true(str_starts_with(str_from(text_of(&arena, &settings, matrix, 1)),
                                STR("1 database: 1 overdue\n\n")));
    assert_non_null(strstr(text_of(&arena, &settings, matrix + 3, 1),
                           "\n              possible: protected or overdue\n"));
    assert_non_null(strstr(text_of(&arena, &settings, matrix, 2),
                           "\n              no usable backup\n-             -"));
    assert_string_equal(text_of(&arena, &without, matrix, 4), "");
    assert_string_equal(text_of(&arena, &settings, NULL, 0), "");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD(&tests, they_are_counted_by_state);
    return tests_run("report_databases", &tests);
}
