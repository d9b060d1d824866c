#include "rows.h"

#include "schedule_case.h"

#include <string.h>

/* ---- the cases of tests/protection/schedules.json -------------------------------- */

static void case_test(void **state)
{
    const json_t *item = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf why = BUF_EMPTY(&arena);

    if (!schedule_case_holds(&arena, item, &why))
        fail_msg("%s", buf_str(&why).text);
    arena_release(&arena);
}

static const char *case_name(struct arena *arena, const json_t *item)
{
    struct buf name = BUF_EMPTY(arena);

    buf_add(&name, str_from(json_string_value(json_object_get(item, "id"))));
    buf_add(&name, STR(" "));
    case_add_json(&name, json_object_get(item, "expression"));
    return buf_str(&name).text;
}

/* ---- what is no schedule --------------------------------------------------------- */

static const struct wrong_row {
    const char *name, *text, *code;
} wrong_rows[] = {
    { "blanks alone", " \t\n", "empty" },
    { "no bracket at the end", "cron(0 5 ? * * *", "form" },
    { "a blank before the bracket", "cron (0 5 ? * * *)", "form" },
    { "another word in capitals", "CRON(0 5 ? * * *)", "form" },
    { "five fields without the word", "0 5 * * ?", "form" },
    { "no fields", "cron()", "fields" },
    { "text behind it", "cron(0 5 ? * * *) x", "form" },
    { "too long to be one",
      "cron(0 5 ? * * *                                                             "
      "                                                                             "
      "                                                                             "
      "                                                                             "
      ")",
      "form" },

    { "a range without an end", "cron(5- 5 ? * * *)", "minute" },
    { "a range without a beginning", "cron(-5 5 ? * * *)", "minute" },
    { "a list without an end", "cron(5, 5 ? * * *)", "minute" },
    { "a list with a hole", "cron(5,,6 5 ? * * *)", "minute" },
    { "a step of nothing", "cron(/5 5 ? * * *)", "minute" },
    { "a step of no number", "cron(0/ 5 ? * * *)", "minute" },
    { "two steps", "cron(0/5/5 5 ? * * *)", "minute" },
    { "a sign", "cron(+5 5 ? * * *)", "minute" },
    { "a fraction", "cron(0.5 5 ? * * *)", "minute" },
    { "digits without an end", "cron(00005 5 ? * * *)", "minute" },
    { "digits of another script", "cron(\xD9\xA5 5 ? * * *)", "minute" },
    { "? where it is none", "cron(? 5 ? * * *)", "minute" },
    { "? for an hour", "cron(0 ? * * ? *)", "hour" },
    { "? in a list", "cron(0 5 ?,1 * MON *)", "day-of-month" },
    { "? with a step", "cron(0 5 ?/2 * MON *)", "day-of-month" },
    { "a range of weekdays nearest", "cron(0 5 1-5W * ? *)", "day-of-month" },
    { "no day nearest", "cron(0 5 W * ? *)", "day-of-month" },
    { "the 32nd nearest", "cron(0 5 32W * ? *)", "day-of-month" },
    { "L for a month", "cron(0 5 1 L ? *)", "month" },
    { "a name of a day for a month", "cron(0 5 1 MON ? *)", "month" },
    { "a name of a month for a day", "cron(0 5 ? * JAN *)", "day-of-week" },
    { "a long name", "cron(0 5 ? * MONDAY *)", "day-of-week" },
    { "the 6th Monday", "cron(0 5 ? * MON#6 *)", "day-of-week" },
    { "the 0th", "cron(0 5 ? * MON#0 *)", "day-of-week" },
    { "no number of it", "cron(0 5 ? * MON# *)", "day-of-week" },
    { "the 1st Monday and Friday", "cron(0 5 ? * 2#1,6 *)", "day-of-week" },
    { "Friday and the 1st Monday", "cron(0 5 ? * 6,2#1 *)", "day-of-week" },
    { "W for a weekday", "cron(0 5 ? * 2W *)", "day-of-week" },
    { "years backwards", "cron(0 5 ? * * 2030-2026)", "year" },
    { "a year too early", "cron(0 5 ? * * 1969)", "year" },
    { "a year of two digits", "cron(0 5 ? * * 26)", "year" },
    { "every day twice", "cron(0 5 * * * *)", "both-days" },
    { "the first wrong field is said", "cron(60 24 ? * ? *)", "minute" },

    { "nothing in it", "rate()", "form" },
    { "no unit", "rate(12)", "form" },
    { "no number", "rate(hours)", "form" },
    { "text for a number", "rate(x hours)", "rate-value" },
    { "less than nothing", "rate(-1 hours)", "rate-value" },
    { "a part", "rate(1.5 hours)", "rate-value" },
    { "too many", "rate(10000001 days)", "rate-value" },
    { "digits that overflow", "rate(99999999999999999999 days)", "rate-value" },
    { "two units", "rate(1 day 2 hours)", "rate-unit" },
    { "a unit in capitals", "rate(2 Hours)", "rate-unit" },
    { "2 day", "rate(2 day)", "rate-plural" },
};

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct schedule schedule;
    enum schedule_code wrong;

    assert_false(schedule_parse(str_from(row->text), &schedule, &wrong));
    assert_string_equal(schedule_code_name(wrong), row->code);
}

/* ---- runs ------------------------------------------------------------------------ */

/* The runs from a time on, as many as are shown, without a year. */
static const struct runs_row {
    const char *name, *text, *zone, *from, *runs;
} runs_rows[] = {
    { "the times of a day", "cron(0,30 6-7 * * ? *)", NULL, "2026-01-01T00:00:00Z",
      "01-01T06:00 01-01T06:30 01-01T07:00 01-01T07:30 01-02T06:00" },
    { "from within a day", "cron(0,30 6-7 * * ? *)", NULL, "2026-01-01T06:30:00Z",
      "01-01T06:30 01-01T07:00" },
    { "and a second later", "cron(0,30 6-7 * * ? *)", NULL, "2026-01-01T06:30:01Z",
      "01-01T07:00" },
    { "a range with a step", "cron(10-20/5 0 * * ? *)", NULL, "2026-01-01T00:00:00Z",
      "01-01T00:10 01-01T00:15 01-01T00:20 01-02T00:10" },
    { "a range over midnight with a step", "cron(0 20-3/3 * * ? *)", NULL,
      "2026-01-01T00:00:00Z", "01-01T02:00 01-01T20:00 01-01T23:00 01-02T02:00" },
    { "days over the end of the month", "cron(0 0 30-2 * ? *)", NULL,
      "2026-01-03T00:00:00Z",
      "01-30T00:00 01-31T00:00 02-01T00:00 02-02T00:00 "
      "03-01T00:00" },
    { "months over the end of the year", "cron(0 0 1 NOV-FEB ? *)", NULL,
      "2026-01-02T00:00:00Z", "02-01T00:00 11-01T00:00 12-01T00:00 01-01T00:00" },
    { "each second month", "cron(0 0 1 2/3 ? *)", NULL, "2026-01-01T00:00:00Z",
      "02-01T00:00 05-01T00:00 08-01T00:00 11-01T00:00 02-01T00:00" },
    { "days of the week over its end", "cron(0 0 ? * FRI-mon *)", NULL,
      "2026-01-01T00:00:00Z",
      "01-02T00:00 01-03T00:00 01-04T00:00 01-05T00:00 "
      "01-09T00:00" },
    { "each second day of the week", "cron(0 0 ? * MON-7/2 *)", NULL,
      "2026-01-01T00:00:00Z", "01-02T00:00 01-05T00:00 01-07T00:00" },
    { "each day from Tuesday on", "cron(0 0 ? * 3/1 *)", NULL, "2026-01-03T00:00:00Z",
      "01-03T00:00 01-06T00:00 01-07T00:00 01-08T00:00" },
    { "* beside others is all", "cron(0 0 ? * MON,* *)", NULL, "2026-01-01T00:00:00Z",
      "01-01T00:00 01-02T00:00" },
    { "the last weekdays of two kinds", "cron(0 0 ? * 2L,FRIL *)", NULL,
      "2026-01-01T00:00:00Z", "01-26T00:00 01-30T00:00 02-23T00:00 02-27T00:00" },
    { "L among weekdays is Saturday", "cron(0 0 ? * L,WED *)", NULL,
      "2026-01-01T00:00:00Z", "01-03T00:00 01-07T00:00 01-10T00:00" },
    { "the last day, and others", "cron(0 0 15,l * ? *)", NULL, "2024-02-01T00:00:00Z",
      "02-15T00:00 02-29T00:00 03-15T00:00 03-31T00:00" },
    { "the last workday", "cron(0 0 LW * ? *)", NULL, "2026-01-01T00:00:00Z",
      "01-30T00:00 02-27T00:00 03-31T00:00 04-30T00:00 05-29T00:00" },
    { "a Saturday goes back, a Sunday on", "cron(0 0 15w * ? *)", NULL,
      "2026-02-01T00:00:00Z",
      "02-16T00:00 03-16T00:00 04-15T00:00 05-15T00:00 "
      "06-15T00:00 07-15T00:00 08-14T00:00" },
    { "a Sunday at the end goes back", "cron(0 0 31W * ? *)", NULL,
      "2026-05-01T00:00:00Z", "05-29T00:00 07-31T00:00" },
    { "a Saturday at the beginning goes on", "cron(0 0 1W 8 ? *)", NULL,
      "2026-01-01T00:00:00Z", "08-03T00:00" },
    { "both nearest of one weekend", "cron(0 0 15W,16W * ? *)", NULL,
      "2026-08-01T00:00:00Z", "08-14T00:00 08-17T00:00 09-15T00:00 09-16T00:00" },
    { "the fifth Sunday", "cron(0 0 ? * SUN#5 *)", NULL, "2026-01-01T00:00:00Z",
      "03-29T00:00 05-31T00:00 08-30T00:00 11-29T00:00" },
    { "some years", "cron(0 0 1 1 ? 2030-2034/2,2040)", NULL, "2026-01-01T00:00:00Z",
      "01-01T00:00 01-01T00:00 01-01T00:00 01-01T00:00" },
    { "over a century that is not leap", "cron(0 0 29 2 ? *)", NULL,
      "2093-01-01T00:00:00Z", "02-29T00:00 02-29T00:00" },
    { "a second before the years", "cron(0 0 * * ? *)", NULL, "1969-12-01T00:00:00Z",
      "01-01T00:00 01-02T00:00" },

    { "winter", "cron(30 2 * * ? *)", "Europe/Berlin", "2026-01-01T00:00:00Z",
      "01-01T01:30 01-02T01:30" },
    { "a time that is left out", "cron(30 2 * * ? *)", "Europe/Berlin",
      "2026-03-28T00:00:00Z", "03-28T01:30 03-30T00:30" },
    { "a time that comes twice", "cron(30 2 * * ? *)", "Europe/Berlin",
      "2026-10-24T00:00:00Z", "10-24T00:30 10-25T00:30 10-26T01:30" },
    { "from between both", "cron(30 2 * * ? *)", "Europe/Berlin",
      "2026-10-25T01:00:00Z", "10-26T01:30" },
    { "clocks that go forward at midnight", "cron(30 0 ? * * *)", "America/Havana",
      "2026-03-07T00:00:00Z", "03-07T05:30 03-09T04:30" },
    { "half an hour", "cron(45 1 * * ? *)", "Australia/Lord_Howe",
      "2026-04-03T00:00:00Z", "04-03T14:45 04-04T14:45 04-05T15:15" },
    { "east of everywhere", "cron(0 0 * * ? *)", "Pacific/Kiritimati",
      "2026-01-01T00:00:00Z", "01-01T10:00 01-02T10:00" },
    { "a day that was left out", "cron(0 12 * * ? *)", "Pacific/Apia",
      "2011-12-28T00:00:00Z", "12-28T22:00 12-29T22:00 12-30T22:00" },
    { "behind the years of the tables", "cron(30 2 * * ? *)", "Europe/Berlin",
      "2060-03-27T00:00:00Z", "03-27T01:30 03-29T00:30" },
    { "in the south", "cron(30 2 * * ? *)", "Australia/Sydney", "2061-10-01T00:00:00Z",
      "10-02T15:30 10-03T15:30" },
};

/* `next` again and again, and all at once: both are the same. */
static void runs_test(void **state)
{
    const struct runs_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf found = BUF_EMPTY(&arena);
    struct schedule schedule;
    const struct zone *zone = NULL;
    enum schedule_code wrong;
    int64_t start, from;
    struct schedule_runs runs;
    size_t count = 0;

    assert_true(schedule_parse(str_from(row->text), &schedule, &wrong));
    if (row->zone != NULL)
        assert_int_equal(zone_load(&arena, ZONE_FOLDER, str_from(row->zone), &zone),
                         ZONE_LOADED);
    assert_true(instant_parse(str_from(row->from), &from));
    from /= INSTANTS_PER_SECOND;
    for (start = from; found.len < strlen(row->runs); start = runs.next + 1) {
        char text[INSTANT_TEXT_BYTES];

        schedule_runs(&schedule, zone, start, start, &runs);
        if (!runs.has_next)
            break;
        assert_int_equal(runs.count, 0);
        instant_print(runs.next * INSTANTS_PER_SECOND, text);
        buf_printf(&found, "%s%.11s", count > 0 ? " " : "", text + strlen("2026-"));
        count++;
    }
    assert_string_equal(buf_str(&found).text, row->runs);
    schedule_runs(&schedule, zone, from, start, &runs);
    assert_int_equal(runs.count, count);
    arena_release(&arena);
}

/* ---- gaps ------------------------------------------------------------------------ */

static const struct gap_row {
    const char *name, *text, *zone, *now;
    double hours; /* 0: none */
    const char *codes;
} gap_rows[] = {
    { "nothing is daily", NULL, NULL, NULL, 24, "" },
    { "whenever the audit is", "cron(0 5 ? * MON-FRI *)", NULL, NULL, 72, "" },
    { "in February, too", "cron(0 5 1 * ? *)", NULL, NULL, 24 * 31, "" },
    { "a leap day comes in each four years", "cron(0 5 29 2 ? *)", NULL, NULL,
      24.0 * 1461, "" },
    { "but in 2096", "cron(0 5 29 2 ? *)", NULL, "2095-05-05T00:00:00Z",
      24.0 * (1461 + 1460), "" },
    { "by the clocks", "cron(0 5 ? * * *)", "Europe/Berlin", NULL, 25, "" },
    { "a run that is left out", "cron(30 2 ? * * *)", "Europe/Berlin",
      "2026-05-05T00:00:00Z", 47, "" },
    { "a zone without summer time", "cron(0 5 ? * * *)", "Asia/Tokyo", NULL, 24, "" },
    { "UTC", "cron(0 5 ? * * *)", "Etc/UTC", NULL, 24, "" },
    { "a zone that gave up summer time", "cron(0 5 ? * * *)", "America/Mexico_City",
      NULL, 0, "as-of" },
    { "as of now", "cron(0 5 ? * * *)", "America/Mexico_City", "2026-05-05T00:00:00Z",
      24, "" },
    { "as it was", "cron(0 5 ? * * *)", "America/Mexico_City", "2019-05-05T00:00:00Z",
      25, "" },
    { "a part of an hour", "cron(0/15 * * * ? *)", NULL, NULL, 0.25, "" },
    { "the five fields and the word missing", "0 12 * * ? *", NULL, NULL, 24,
      "without-cron" },
    { "a rate, in any zone", "rate(36 hours)", "Europe/Berlin", NULL, 36, "rate" },
    { "no day ever", "cron(0 5 30 2 ? *)", NULL, NULL, 0, "no-runs" },
    { "nor as of now", "cron(0 5 30 2 ? *)", NULL, "2026-05-05T00:00:00Z", 0,
      "no-runs" },
    { "years that are over", "cron(0 5 ? * * 2020-2022)", NULL, "2026-05-05T00:00:00Z",
      0, "no-runs" },
    { "years that are over, perhaps", "cron(0 5 ? * * 2020-2022)", NULL, NULL, 0,
      "as-of" },
    { "years that will be over", "0 5 ? * * 2020-2028", NULL, "2026-05-05T00:00:00Z",
      24, "without-cron ends" },
    { "one run, and none behind it", "cron(0 5 1 1 ? 2028)", NULL,
      "2026-05-05T00:00:00Z", 0, "no-runs" },
    { "no schedule", "every day", NULL, NULL, 0, "form" },
    { "no zone", "cron(0 5 ? * * *)", "Mars/Olympus", NULL, 0, "time-zone" },
    { "an empty zone", "cron(0 5 ? * * *)", "", NULL, 0, "time-zone" },
    { "a time of long ago", "cron(0 5 ? * * *)", NULL, "0001-05-05T00:00:00Z", 0,
      "no-runs" },
    { "a time behind all years", "cron(0 5 ? * * *)", NULL, "9999-05-05T00:00:00Z", 0,
      "no-runs" },
};

static void gap_test(void **state)
{
    const struct gap_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf codes = BUF_EMPTY(&arena);
    int64_t now = 0;
    struct schedule_gap gap;

    if (row->now != NULL)
        assert_true(instant_parse(str_from(row->now), &now));
    now /= INSTANTS_PER_SECOND;
    schedule_gap_of(&arena, str_from(row->text), str_from(row->zone),
                    row->now != NULL ? &now : NULL, &gap);
    for (size_t i = 0; i < gap.code_count; i++)
        buf_printf(&codes, "%s%s", i > 0 ? " " : "", schedule_code_name(gap.codes[i]));
    assert_string_equal(buf_str(&codes).text, row->codes);
    assert_int_equal(gap.known, row->hours > 0);
    if (gap.known)
        assert_true((double)gap.seconds == row->hours * 3600);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };
    json_t *items = json_load_file("tests/protection/schedules.json", 0, NULL);
    size_t count = json_array_size(items);
    int status;

    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(items, i);

        tests_add(&tests, case_name(&tests.arena, item), case_test, item);
    }
    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD_ROWS(&tests, runs_rows, runs_test);
    TESTS_ADD_ROWS(&tests, gap_rows, gap_test);
    status = tests_run("aws_schedule", &tests);
    json_decref(items);
    return status;
}
