#include "aws/zone_rule.h"

#include "base/date.h"

enum {
    NAME_BYTES_LEAST = 3,
    OFFSET_HOURS_MAX = 24,
    TIME_HOURS_MAX = 167,       /* RFC 9636 allows a week; POSIX alone, a day */
    TIME_DEFAULT = 2 * 60 * 60, /* when a rule says no time of the day */
    DAYS_TO_MARCH = 59          /* without a 29 February */
};

/* ---- parsing: each takes from the front of `rest` ---- */

static bool take_byte(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->text[0] != byte)
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

static bool take_number(struct str *rest, int most, int *number)
{
    size_t len = 0;

    *number = 0;
    while (len < rest->len && is_digit(rest->text[len]) && *number <= most)
        *number = *number * 10 + (rest->text[len++] - '0');
    *rest = str_slice(*rest, len, rest->len);
    return len > 0 && *number <= most;
}

/* Letters, or anything between < and >. */
static bool take_name(struct str *rest)
{
    size_t len = 0;

    if (take_byte(rest, '<')) {
        while (!take_byte(rest, '>')) {
            if (rest->len == 0)
                return false;
            *rest = str_slice(*rest, 1, rest->len);
        }
        return true;
    }
    while (len < rest->len && is_letter(rest->text[len]))
        len++;
    *rest = str_slice(*rest, len, rest->len);
    return len >= NAME_BYTES_LEAST;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct str *rest, int hours_max, int64_t *seconds)
{
    bool negative = take_byte(rest, '-');
    int hours, minutes = 0, second = 0;

    if (!negative)
        (void)take_byte(rest, '+');
    if (!take_number(rest, hours_max, &hours))
        return false;
    if (take_byte(rest, ':') &&
        (!take_number(rest, 59, &minutes) ||
         (take_byte(rest, ':') && !take_number(rest, 59, &second))))
        return false;
    *seconds = ((int64_t)hours * 60 + minutes) * SECONDS_A_MINUTE + second;
    if (negative)
        *seconds = -*seconds;
    return true;
}

static bool take_day_of_week(struct str *rest, struct zone_day *day)
{
    return take_number(rest, MONTHS_A_YEAR, &day->month) && day->month >= 1 &&
           take_byte(rest, '.') && take_number(rest, 5, &day->week) && day->week >= 1 &&
           take_byte(rest, '.') && take_number(rest, DAYS_A_WEEK - 1, &day->weekday);
}

static bool take_day(struct str *rest, struct zone_day *day)
{
    bool taken;

    if (!take_byte(rest, ','))
        return false;
    if (take_byte(rest, 'M')) {
        day->form = ZONE_DAY_OF_WEEK;
        taken = take_day_of_week(rest, day);
    } else if (take_byte(rest, 'J')) {
        day->form = ZONE_DAY_NEVER_LEAP;
        taken = take_number(rest, 365, &day->day) && day->day >= 1;
    } else {
        day->form = ZONE_DAY_OF_YEAR;
        taken = take_number(rest, 365, &day->day);
    }
    day->seconds = TIME_DEFAULT;
    return taken &&
           (!take_byte(rest, '/') || take_time(rest, TIME_HOURS_MAX, &day->seconds));
}

bool zone_rule_parse(struct str text, struct zone_rule *rule)
{
    struct str rest = text;

    *rule = (struct zone_rule){ 0 };
    if (!take_name(&rest) || !take_time(&rest, OFFSET_HOURS_MAX, &rule->offset))
        return false;
    rule->offset = -rule->offset;
    if (rest.len == 0)
        return true;
    rule->changes = true;
    rule->summer_offset = rule->offset + SECONDS_AN_HOUR;
    if (!take_name(&rest))
        return false;
    if (rest.len > 0 && rest.text[0] != ',') {
        if (!take_time(&rest, OFFSET_HOURS_MAX, &rule->summer_offset))
            return false;
        rule->summer_offset = -rule->summer_offset;
    }
    return take_day(&rest, &rule->summer) && take_day(&rest, &rule->winter) &&
           rest.len == 0;
}

/* ---- a year ---------------------------------------------------------------------- */

static int64_t days_of(const struct zone_day *day, int64_t year)
{
    int64_t first, days;

    switch (day->form) {
    case ZONE_DAY_OF_WEEK:
        first = days_from_date(year, day->month, 1);
        days = (day->weekday - weekday_of(first) + DAYS_A_WEEK) % DAYS_A_WEEK +
               (int64_t)(day->week - 1) * DAYS_A_WEEK;
        /* The fifth is the last, where there are four. */
        if (days >= days_in_month(year, day->month))
            days -= DAYS_A_WEEK;
        return first + days;
    case ZONE_DAY_NEVER_LEAP:
        return days_from_date(year, 1, 1) + day->day - 1 +
               (is_leap_year(year) && day->day > DAYS_TO_MARCH);
    case ZONE_DAY_OF_YEAR:
        break;
    }
    return days_from_date(year, 1, 1) + day->day;
}

/* Each begins by the clocks of the other. */
void zone_rule_changes(const struct zone_rule *rule, int64_t year,
                       struct zone_change changes[ZONE_RULE_CHANGES])
{
    struct zone_change summer = { days_of(&rule->summer, year) * SECONDS_A_DAY +
                                      rule->summer.seconds - rule->offset,
                                  rule->summer_offset };
    struct zone_change winter = { days_of(&rule->winter, year) * SECONDS_A_DAY +
                                      rule->winter.seconds - rule->summer_offset,
                                  rule->offset };
    bool summer_first = summer.instant < winter.instant;

    changes[0] = summer_first ? summer : winter;
    changes[1] = summer_first ? winter : summer;
}
