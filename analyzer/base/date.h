/*
 * date.h - days of the calendar, counted from 1970-01-01, and their dates.
 *
 * The Gregorian calendar as ISO 8601 has it, also before it began. No function here
 * reads a clock or a time zone.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SECONDS_A_MINUTE = 60,
    SECONDS_AN_HOUR = 60 * 60,
    SECONDS_A_DAY = 24 * 60 * 60,
    DAYS_A_WEEK = 7,
    MONTHS_A_YEAR = 12
};

/* Months and days are counted from 1. */
struct date {
    int64_t year;
    int month, day;
};

bool is_leap_year(int64_t year);
int days_in_month(int64_t year, int month);
int64_t days_from_date(int64_t year, int month, int day);
struct date date_from_days(int64_t days);
int weekday_of(int64_t days); /* 0: Sunday; 6: Saturday */

/* A quotient that is rounded down, and what is left, which is not negative. */
int64_t floor_divide(int64_t value, int64_t by);
int64_t floor_rest(int64_t value, int64_t by);

#endif
