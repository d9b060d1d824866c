#include "rows.h"

#include "aws/protection.h"

/* Of hours. */
enum { DAYS = 24 };

static const int64_t now = 1773144000; /* 2026-03-10T12:00:00Z */

static int64_t hours(int64_t count)
{
    return count * 60 * 60;
}

static enum holds holds_of_sign(char sign)
{
    return sign == 'Y' ? HOLDS_YES : sign == 'N' ? HOLDS_NO : HOLDS_MAYBE;
}

#define DAILY "cron(0 5 ? * * *)"

struct schedule_texts {
    const char *text, *zone; /* `zone` NULL: UTC */
    int start, completion;   /* minutes */
};

static const struct promise_row {
    const char *name;
    struct schedule_texts rules[2];
    int64_t least, most; /* minutes; -1: no bound */
    int since, latest;   /* hours before the audit, at the earliest and the latest */
    char due;
    char runs; /* again */
} promise_rows[] = {
    { "daily",
      { { DAILY, NULL, 480, 10080 } },
      1920,
      1920,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "by default",
      { { "", NULL, 480, 10080 } },
      1920,
      1920,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "weekly",
      { { "cron(0 5 ? * 1 *)", NULL, 480, 10080 } },
      10560,
      10560,
      9 * DAYS,
      9 * DAYS,
      'N',
      'Y' },
    { "the shortest gap, the longest window",
      { { DAILY, NULL, 60, 120 }, { "cron(0 5 ? * 1 *)", NULL, 480, 120 } },
      1920,
      1920,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "with summer time",
      { { "cron(30 2 ? * * *)", "America/Los_Angeles", 60, 60 } },
      47 * 60 + 60,
      47 * 60 + 60,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "no schedule at all",
      { { "weekly", NULL, 60, 60 } },
      60,
      -1,
      24 * DAYS,
      24 * DAYS,
      '?',
      '?' },
    { "no zone",
      { { DAILY, "Mars/Base", 60, 60 } },
      60,
      -1,
      24 * DAYS,
      24 * DAYS,
      '?',
      '?' },
    { "one that is none beside a daily one",
      { { "weekly", NULL, 60, 60 }, { DAILY, NULL, 60, 60 } },
      60,
      1500,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "years that are over",
      { { "cron(0 5 ? * * 2020)", NULL, 60, 60 } },
      0,
      -1,
      24 * DAYS,
      24 * DAYS,
      'N',
      'N' },
    { "years that come when nobody waits any more",
      { { "cron(0 5 ? * * 2199)", NULL, 60, 60 } },
      0,
      -1,
      24 * DAYS,
      24 * DAYS,
      'N',
      'N' },
    { "a day that no month has",
      { { "cron(0 5 31 2 ? *)", NULL, 60, 60 } },
      0,
      -1,
      24 * DAYS,
      24 * DAYS,
      'N',
      'N' },
    { "the last of its runs is over",
      { { "cron(0 5 ? 1 * 2026)", NULL, 60, 60 } },
      1500,
      1500,
      24 * DAYS,
      24 * DAYS,
      'N',
      'N' },
    { "once, and that soon",
      { { "cron(0 5 15 3 ? 2026)", NULL, 60, 60 } },
      0,
      -1,
      24 * DAYS,
      24 * DAYS,
      'N',
      'Y' },
    { "none that runs beside one that does",
      { { "cron(0 5 31 2 ? *)", NULL, 480, 480 }, { DAILY, NULL, 60, 60 } },
      1500,
      1500,
      24 * DAYS,
      24 * DAYS,
      'Y',
      'Y' },
    { "a rate", { { "rate(12 hours)", NULL, 60, 60 } }, 780, 780, 20, 20, 'Y', 'Y' },
    { "a rate that may be due",
      { { "rate(12 hours)", NULL, 60, 60 } },
      780,
      780,
      10,
      10,
      '?',
      'Y' },

    /* The last run was 7 hours ago. */
    { "a run of this morning, in its windows",
      { { DAILY, NULL, 60, 400 } },
      1500,
      1500,
      8,
      8,
      'N',
      'Y' },
    { "just over", { { DAILY, NULL, 60, 360 } }, 1500, 1500, 8, 8, 'Y', 'Y' },
    { "made after it", { { DAILY, NULL, 60, 60 } }, 1500, 1500, 6, 6, 'N', 'Y' },
    { "made at that time", { { DAILY, NULL, 60, 60 } }, 1500, 1500, 7, 7, 'Y', 'Y' },
    { "made before or after it",
      { { DAILY, NULL, 60, 60 } },
      1500,
      1500,
      8,
      6,
      '?',
      'Y' },
    { "made after the audit",
      { { DAILY, NULL, 60, 60 } },
      1500,
      1500,
      -1,
      -1,
      '?',
      'Y' },
};

static size_t rules_of(const struct promise_row *row, struct arena *arena,
                       struct promised_rule *rules)
{
    size_t count = 0;

    for (; count < 2 && row->rules[count].text != NULL; count++) {
        const struct schedule_texts *texts = &row->rules[count];

        promised_rule_read(arena,
                           texts->text[0] != '\0' ? str_from(texts->text) : STR_NONE,
                           texts->zone != NULL ? str_from(texts->zone) : STR_NONE, &now,
                           &rules[count]);
        rules[count].start_window.least = rules[count].start_window.most =
            (int64_t)texts->start * 60;
        rules[count].completion_window.least = rules[count].completion_window.most =
            (int64_t)texts->completion * 60;
    }
    return count;
}

static void promise_test(void **state)
{
    const struct promise_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct promised_rule rules[2];
    size_t count = rules_of(row, &arena, rules);
    struct interval allowance = promise_allowance(rules, count);
    struct interval since = { now - hours(row->since), now - hours(row->latest) };

    assert_int_equal(allowance.least, row->least * 60);
    assert_int_equal(allowance.most, row->most < 0 ? INT64_MAX : row->most * 60);
    assert_int_equal(promise_due(rules, count, since, now), holds_of_sign(row->due));
    assert_int_equal(promise_runs(rules, count), holds_of_sign(row->runs));
    assert_int_equal(promise_runs(rules, 0), HOLDS_NO);
    since.least = INT64_MIN;
    if (row->due == 'Y')
        assert_int_equal(promise_due(rules, count, since, now), HOLDS_YES);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, promise_rows, promise_test);
    return tests_run("aws_promise", &tests);
}
