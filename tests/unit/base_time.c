#include "rows.h"

#include "base/time.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define MILLION INT64_C(1000000)

static const struct parse_row {
    const char *name;
    const char *text;
    int64_t instant;
    const char *printed;
} parse_rows[] = {
    { "the epoch", "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z" },
    { "as CLI v1 prints RDS's", "2018-02-08T22:28:08.598Z", INT64_C(1518128888598000),
      "2018-02-08T22:28:08.598Z" },
    { "as CLI v2 prints it", "2018-02-08T22:28:08.598000+00:00",
      INT64_C(1518128888598000), "2018-02-08T22:28:08.598Z" },
    { "as boto3 with default=str prints it", "2018-02-08 22:28:08.598000+00:00",
      INT64_C(1518128888598000), "2018-02-08T22:28:08.598Z" },
    { "no fraction", "2020-12-04T15:28:31Z", 1607095711 * MILLION,
      "2020-12-04T15:28:31Z" },
    { "a local zone before Greenwich", "2019-09-20T00:32:34.747000+03:00",
      INT64_C(1568928754747000), "2019-09-19T21:32:34.747Z" },
    { "a local zone behind Greenwich", "2019-09-19T14:02:34.747-07:30",
      INT64_C(1568928754747000), "2019-09-19T21:32:34.747Z" },
    { "-00:00 is UTC", "1970-01-01T00:00:00-00:00", 0, "1970-01-01T00:00:00Z" },
    { "a zone without a colon", "1970-01-01T05:30:00+0530", 0, "1970-01-01T00:00:00Z" },
    { "a zone of hours", "1969-12-31T16:00:00-08", 0, "1970-01-01T00:00:00Z" },
    { "the largest zone", "1970-01-01T23:59:00+23:59", 0, "1970-01-01T00:00:00Z" },
    { "one digit of fraction", "1970-01-01T00:00:00.5Z", 500000,
      "1970-01-01T00:00:00.5Z" },
    { "six digits of fraction", "1970-01-01T00:00:00.000001Z", 1,
      "1970-01-01T00:00:00.000001Z" },
    { "nine digits are cut to six", "1970-01-01T00:00:00.123456999Z", 123456,
      "1970-01-01T00:00:00.123456Z" },
    { "a cut fraction before the epoch rounds down", "1969-12-31T23:59:59.9999999Z", -1,
      "1969-12-31T23:59:59.999999Z" },
    { "before the epoch", "1969-12-31T23:59:58.25Z", -1750000,
      "1969-12-31T23:59:58.25Z" },
    { "a leap day", "2024-02-29T00:00:00Z", 1709164800 * MILLION,
      "2024-02-29T00:00:00Z" },
    { "a leap day in a year of 400", "2000-02-29T12:00:00Z", 951825600 * MILLION,
      "2000-02-29T12:00:00Z" },
    { "the first of March", "2023-03-01T00:00:00Z", 1677628800 * MILLION,
      "2023-03-01T00:00:00Z" },
    { "the last second of a year", "2023-12-31T23:59:59Z", 1704067199 * MILLION,
      "2023-12-31T23:59:59Z" },
    { "the first instant of year 1", "0001-01-01T00:00:00Z",
      INT64_C(-62135596800) * MILLION, "0001-01-01T00:00:00Z" },
    { "the last second of year 9999", "9999-12-31T23:59:59Z",
      INT64_C(253402300799) * MILLION, "9999-12-31T23:59:59Z" },
    { "a zone may lead out of year 1", "0001-01-01T00:00:00+01:00",
      INT64_C(-62135600400) * MILLION, "0000-12-31T23:00:00Z" },
    { "a zone may lead out of year 9999", "9999-12-31T23:59:59-01:00",
      INT64_C(253402304399) * MILLION, "10000-01-01T00:59:59Z" },
};

static void parse_test(void **state)
{
    const struct parse_row *row = *state;
    char printed[INSTANT_TEXT_BYTES];
    int64_t instant = 42;

    assert_true(instant_parse(str_from(row->text), &instant));
    assert_true(instant == row->instant);
    instant_print(instant, printed);
    assert_string_equal(printed, row->printed);
}

static const struct refused_row {
    const char *name;
    const char *text;
} refused_rows[] = {
    { "empty", "" },
    { "a date alone", "2018-02-08" },
    { "no zone", "2018-02-08T22:28:08" },
    { "no seconds", "2018-02-08T22:28Z" },
    { "text behind it", "2018-02-08T22:28:08Z " },
    { "text before it", " 2018-02-08T22:28:08Z" },
    { "second 60", "2016-12-31T23:59:60Z" },
    { "hour 24", "2018-02-08T24:00:00Z" },
    { "minute 60", "2018-02-08T22:60:08Z" },
    { "year 0", "0000-01-01T00:00:00Z" },
    { "a year of five digits", "10000-01-01T00:00:00Z" },
    { "a negative year", "-001-01-01T00:00:00Z" },
    { "month 0", "2018-00-08T22:28:08Z" },
    { "month 13", "2018-13-08T22:28:08Z" },
    { "day 0", "2018-02-00T22:28:08Z" },
    { "30 February", "2018-02-30T22:28:08Z" },
    { "31 April", "2018-04-31T22:28:08Z" },
    { "29 February in no leap year", "2023-02-29T00:00:00Z" },
    { "29 February in a year of 100", "1900-02-29T00:00:00Z" },
    { "a fraction without digits", "2018-02-08T22:28:08.Z" },
    { "ten digits of fraction", "2018-02-08T22:28:08.1234567890Z" },
    { "a comma for the point", "2018-02-08T22:28:08,5Z" },
    { "a lower-case t", "2018-02-08t22:28:08Z" },
    { "a lower-case z", "2018-02-08T22:28:08z" },
    { "two blanks", "2018-02-08  22:28:08Z" },
    { "a zone of one digit", "2018-02-08T22:28:08+0" },
    { "a zone of three digits", "2018-02-08T22:28:08+000" },
    { "a zone of seconds", "2018-02-08T22:28:08+00:00:00" },
    { "a zone with a colon and no minutes", "2018-02-08T22:28:08+00:" },
    { "a zone of 24 hours", "2018-02-08T22:28:08+24:00" },
    { "a zone of 60 minutes", "2018-02-08T22:28:08+00:60" },
    { "a zone's name", "2018-02-08T22:28:08 UTC" },
    { "a sign for a digit", "2018-02-08T22:+8:08Z" },
    { "slashes", "2018/02/08T22:28:08Z" },
    { "digits that are not ASCII's", "2018-02-08T22:28:\xD9\xA0Z" },
    { "epoch seconds", "1568928754.747" },
};

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    int64_t instant = 42;

    assert_false(instant_parse(str_from(row->text), &instant));
    assert_true(instant == 42);
}

static const struct date_row {
    const char *name;
    const char *text;
    bool accepted;
    int64_t instant;
} date_rows[] = {
    { "a date is its first instant", "2026-01-01", true, 1767225600 * MILLION },
    { "a date before the epoch", "1969-12-31", true, -86400 * MILLION },
    { "an instant is no date", "2026-01-01T00:00:00Z", false, 0 },
    { "a date that does not exist", "2026-02-29", false, 0 },
    { "a short month", "2026-1-01", false, 0 },
    { "nothing", "", false, 0 },
};

static void date_test(void **state)
{
    const struct date_row *row = *state;
    int64_t instant = 42;

    assert_int_equal(instant_parse_date(str_from(row->text), &instant), row->accepted);
    assert_true(instant == (row->accepted ? row->instant : 42));
}

static const struct seconds_row {
    const char *name;
    double seconds;
    bool accepted;
    int64_t instant;
} seconds_rows[] = {
    { "whole seconds", 2, true, 2 * MILLION },
    { "to the nearest microsecond", 1.0000006, true, MILLION + 1 },
    { "down to it", 1.0000004, true, MILLION },
    { "a half, away from zero", 0.0000005, true, 1 },
    { "a half below zero", -0.0000005, true, -1 },
    { "less than a half below zero", -0.0000004, true, 0 },
    { "the first", -62135596800.0, true, -62135596800 * MILLION },
    { "before the first", -62135596801.0, false, 0 },
    { "behind the last", 253402300800.0, false, 0 },
    { "the last second", 253402300799.0, true, 253402300799 * MILLION },
    { "infinity", INFINITY, false, 0 },
    { "no number", NAN, false, 0 },
};

static void seconds_test(void **state)
{
    const struct seconds_row *row = *state;
    int64_t instant = 42;

    assert_int_equal(instant_from_seconds(row->seconds, &instant), row->accepted);
    assert_true(instant == (row->accepted ? row->instant : 42));
}

static const struct number_row {
    const char *name;
    double number;
    bool accepted;
    int64_t instant;
} number_rows[] = {
    { "seconds", 1735689600.5, true, 1735689600500000 },
    { "the last second", 253402300799.0, true, 253402300799 * MILLION },
    { "behind it, milliseconds", 253402300800.0, true, 253402300800000 },
    { "milliseconds", 1735689600500.0, true, 1735689600500000 },
    { "milliseconds of 2100", 4102444800123.0, true, 4102444800123000 },
    { "more", 253402300800000.0, false, 0 },
    { "seconds before 1970", -1.0, true, -MILLION },
    { "milliseconds before the year 1", -62135596800001.0, false, 0 },
    { "no number", NAN, false, 0 },
};

static void number_test(void **state)
{
    const struct number_row *row = *state;
    int64_t instant = 42;

    assert_int_equal(instant_from_number(row->number, &instant), row->accepted);
    assert_true(instant == (row->accepted ? row->instant : 42));
}

/* The calendar repeats after 400 years: every day of the first and the last of these
 * cycles follows the day before it, and so does every 13th between them. */
static void every_day_is_read_as_it_is_printed(void **state)
{
    char text[INSTANT_TEXT_BYTES];
    const int64_t day = 86400 * MILLION, cycle = 146097 * day;
    int64_t first, last, back, instant;

    (void)state;
    assert_true(instant_parse_date(STR("0001-01-01"), &first));
    assert_true(instant_parse_date(STR("9999-12-31"), &last));
    assert_true((last - first) / day == 3652058);
    for (instant = first; instant <= last;) {
        bool in_cycle = instant < first + cycle || instant > last - cycle;

        instant_print(instant, text);
        if (!instant_parse(str_from(text), &back) || back != instant)
            fail_msg("%s", text);
        instant += in_cycle ? day : 13 * day;
    }
    assert_true(instant == last + day);
}

static void any_number_is_printed(void **state)
{
    char text[INSTANT_TEXT_BYTES];

    (void)state;
    instant_print(INT64_MIN, text);
    assert_string_equal(text, "-290308-12-21T19:59:05.224192Z");
    instant_print(INT64_MAX, text);
    assert_string_equal(text, "294247-01-10T04:00:54.775807Z");
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, parse_rows, parse_test);
    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD_ROWS(&tests, date_rows, date_test);
    TESTS_ADD_ROWS(&tests, seconds_rows, seconds_test);
    TESTS_ADD_ROWS(&tests, number_rows, number_test);
    TESTS_ADD(&tests, every_day_is_read_as_it_is_printed);
    TESTS_ADD(&tests, any_number_is_printed);
    return tests_run("base_time", &tests);
}
