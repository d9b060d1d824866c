#include "base/date.h"

enum {
    DAYS_A_CYCLE = 146097, /* 400 years: then the calendar repeats */
    DAYS_TO_1970 = 719468, /* from 0000-03-01 */
    WEEKDAY_1970 = 4,      /* a Thursday */
};

bool is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int64_t year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/* Years are counted from March, so that the leap day is the last of its year. */
int64_t days_from_date(int64_t year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1;
    int64_t era = floor_divide(march_year, 400);
    int64_t year_of_era = floor_rest(march_year, 400);
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * DAYS_A_CYCLE + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - DAYS_TO_1970;
}

struct date date_from_days(int64_t days)
{
    int64_t from_march_0000 = days + DAYS_TO_1970;
    int64_t era = floor_divide(from_march_0000, DAYS_A_CYCLE);
    int64_t day_of_era = floor_rest(from_march_0000, DAYS_A_CYCLE);
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
        365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (int)((5 * day_of_year + 2) / 153);
    int month = march_month < 10 ? march_month + 3 : march_month - 9;

    return (struct date){ .year = era * 400 + year_of_era + (month <= 2),
                          .month = month,
                          .day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1) };
}

int weekday_of(int64_t days)
{
    return (int)floor_rest(days + WEEKDAY_1970, DAYS_A_WEEK);
}

int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

int64_t floor_rest(int64_t value, int64_t by)
{
    return value % by < 0 ? value % by + by : value % by;
}
