/*
 * cron.h - on which days, and at which times of these, a cron expression of AWS runs.
 *
 *     minutes hours day-of-month month day-of-week year
 *     0       5     ?            *     MON-FRI     *
 *
 *     field         values           besides , - * /
 *     minutes       0-59
 *     hours         0-23
 *     day-of-month  1-31             ?  L the last  3W the weekday nearest to the 3rd
 *     month         1-12 JAN-DEC
 *     day-of-week   1-7  SUN-SAT     ?  L Saturday  6L the last Friday  3#2 the second
 *                                    Tuesday, which then is all that the field says
 *     year          1970-2199
 *
 * 1 is Sunday. `a/b` is a, and each b-th behind it; with `*`, from the least value. A
 * range may go over the end (20-2 are the hours 20 to 23 and 0 to 2), but for years.
 * Names are of any case. Of the two days exactly one is `?`. LW, the last weekday of
 * the month, is Quartz's; AWS's pages do not name it, and it can mean nothing else.
 * Source:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
#ifndef AWS_CRON_H
#define AWS_CRON_H

#include "base/str.h"

#include <stdint.h>

enum {
    CRON_YEAR_FIRST = 1970,
    CRON_YEAR_LAST = 2199,
    CRON_YEARS = CRON_YEAR_LAST - CRON_YEAR_FIRST + 1,
    CRON_TIMES_MAX = 24 * 60 /* in a day */
};

enum cron_field {
    CRON_MINUTES,
    CRON_HOURS,
    CRON_DAY_OF_MONTH,
    CRON_MONTH,
    CRON_DAY_OF_WEEK,
    CRON_YEAR,
    CRON_FIELDS
};

/* Sets of numbers: the bit of a number is 1 << number. */
struct cron {
    uint64_t minutes, hours, months;
    bool years[CRON_YEARS]; /* from CRON_YEAR_FIRST on */

    /* The days of a month: those that one of these names. */
    uint64_t days;         /* by number */
    uint64_t near;         /* weekdays nearest to these */
    bool last_day;         /* of the month */
    bool last_workday;     /* of the month */
    uint64_t weekdays;     /* by weekday, 1: Sunday */
    uint64_t last_weekday; /* the last of these weekdays */
    int nth, nth_weekday;  /* the nth of that weekday; 0: none */
};

/* Why a text is none. */
enum cron_status {
    CRON_PARSED,
    CRON_NOT_SIX,       /* fields */
    CRON_WRONG_FIELD,   /* one of them says nothing */
    CRON_BOTH_DAYS,     /* of month and of week are asked for */
    CRON_BOTH_QUESTIONS /* both are ? */
};

/* The six fields, with blanks between them. `wrong`: the first field that is. */
enum cron_status cron_parse(struct str text, struct cron *cron, enum cron_field *wrong);

/* The days of a month on which it runs: bit 1 is the first. */
uint32_t cron_days(const struct cron *cron, int64_t year, int month);

/* The times of such a day, in minutes, ascending; returns how many: one at least. */
size_t cron_times(const struct cron *cron, int times[CRON_TIMES_MAX]);

#endif
