#include "rows.h"

#include "base/date.h"

static const struct row {
    const char *name;
    int64_t year;
    int month, day;
    int64_t days;
    int weekday;
} rows[] = {
    { "the epoch is a Thursday", 1970, 1, 1, 0, 4 },
    { "the day before it", 1969, 12, 31, -1, 3 },
    { "a leap day", 2024, 2, 29, 19782, 4 },
    { "the day behind a leap day", 2024, 3, 1, 19783, 5 },
    { "the last day of February in a common year", 2026, 2, 28, 20512, 6 },
    { "a century that is leap", 2000, 2, 29, 11016, 2 },
    { "the end of one that is not", 2100, 3, 1, 47541, 1 },
    { "the year 1", 1, 1, 1, -719162, 1 },
    { "the year 0", 0, 2, 29, -719469, 2 },
    { "before the year 0", -1, 12, 31, -719529, 5 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct date date = date_from_days(row->days);

    assert_int_equal(days_from_date(row->year, row->month, row->day), row->days);
    assert_int_equal(date.year, row->year);
    assert_int_equal(date.month, row->month);
    assert_int_equal(date.day, row->day);
    assert_int_equal(weekday_of(row->days), row->weekday);
}

static void every_day_of_800_years_is_followed_by_the_next(void **state)
{
    struct date before = date_from_days(days_from_date(1699, 12, 31));

    (void)state;
    for (int64_t days = days_from_date(1700, 1, 1); before.year < 2500; days++) {
        struct date date = date_from_days(days);
        bool same_month = date.day == before.day + 1 && date.month == before.month;

        assert_true(same_month ||
                    (date.day == 1 &&
                     before.day == days_in_month(before.year, before.month) &&
                     date.month == before.month % MONTHS_A_YEAR + 1));
        assert_int_equal(days_from_date(date.year, date.month, date.day), days);
        before = date;
    }
}

static void quotients_are_rounded_down(void **state)
{
    (void)state;
    assert_int_equal(floor_divide(-1, 7), -1);
    assert_int_equal(floor_divide(-7, 7), -1);
    assert_int_equal(floor_divide(13, 7), 1);
    assert_int_equal(floor_rest(-1, 7), 6);
    assert_int_equal(floor_rest(-7, 7), 0);
    assert_int_equal(floor_rest(13, 7), 6);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, every_day_of_800_years_is_followed_by_the_next);
    TESTS_ADD(&tests, quotients_are_rounded_down);
    return tests_run("base_date", &tests);
}
