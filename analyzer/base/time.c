#include "base/time.h"

#include "base/date.h"

#include <stdio.h>

enum {
    MILLISECONDS = 1000,
    MICROSECONDS = 1000 * 1000, /* a second */
    FRACTION_DIGITS_MAX = 9,
};

/* ---- parsing: each takes from the front of `rest` ---- */

static void take(struct str *rest, size_t bytes)
{
    rest->text += bytes;
    rest->len -= bytes;
}

static bool take_byte(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->text[0] != byte)
        return false;
    take(rest, 1);
    return true;
}

static bool take_number(struct str *rest, size_t digits, int *number)
{
    *number = 0;
    if (rest->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(rest->text[i]))
            return false;
        *number = *number * 10 + (rest->text[i] - '0');
    }
    take(rest, digits);
    return true;
}

static bool take_date(struct str *rest, int64_t *days)
{
    int year, month, day;

    if (!take_number(rest, 4, &year) || !take_byte(rest, '-') ||
        !take_number(rest, 2, &month) || !take_byte(rest, '-') ||
        !take_number(rest, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *days = days_from_date(year, month, day);
    return true;
}

static bool take_hours_minutes(struct str *rest, int *minutes)
{
    int hour, minute;

    if (!take_number(rest, 2, &hour) || !take_byte(rest, ':') ||
        !take_number(rest, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *minutes = hour * 60 + minute;
    return true;
}

static bool take_fraction(struct str *rest, int *microseconds)
{
    int digits = 0, unit = MICROSECONDS / 10;

    *microseconds = 0;
    if (!take_byte(rest, '.'))
        return true;
    for (; rest->len > 0 && is_digit(rest->text[0]); digits++) {
        *microseconds += unit * (rest->text[0] - '0');
        unit /= 10;
        take(rest, 1);
    }
    return digits > 0 && digits <= FRACTION_DIGITS_MAX;
}

/* +HH:MM, +HHMM or +HH */
static bool take_offset(struct str *rest, int *minutes)
{
    int hour, minute = 0;

    if (!take_number(rest, 2, &hour))
        return false;
    if ((take_byte(rest, ':') || rest->len > 0) && !take_number(rest, 2, &minute))
        return false;
    *minutes = hour * 60 + minute;
    return hour <= 23 && minute <= 59;
}

static bool take_zone(struct str *rest, int *minutes)
{
    *minutes = 0;
    if (take_byte(rest, 'Z'))
        return true;
    if (take_byte(rest, '+'))
        return take_offset(rest, minutes);
    if (!take_byte(rest, '-') || !take_offset(rest, minutes))
        return false;
    *minutes = -*minutes;
    return true;
}

bool instant_parse(struct str text, int64_t *instant)
{
    struct str rest = text;
    int64_t days, seconds;
    int minutes, second, microseconds, zone_minutes;

    if (!take_date(&rest, &days) || !(take_byte(&rest, 'T') || take_byte(&rest, ' ')) ||
        !take_hours_minutes(&rest, &minutes) || !take_byte(&rest, ':') ||
        !take_number(&rest, 2, &second) || second > 59 ||
        !take_fraction(&rest, &microseconds) || !take_zone(&rest, &zone_minutes) ||
        rest.len > 0)
        return false;
    seconds = days * SECONDS_A_DAY + (int64_t)(minutes - zone_minutes) * 60 + second;
    *instant = seconds * MICROSECONDS + microseconds;
    return true;
}

bool instant_parse_date(struct str text, int64_t *instant)
{
    struct str rest = text;
    int64_t days;

    if (!take_date(&rest, &days) || rest.len > 0)
        return false;
    *instant = days * SECONDS_A_DAY * MICROSECONDS;
    return true;
}

bool instant_parse_or_date(struct str text, int64_t *instant)
{
    return instant_parse(text, instant) || instant_parse_date(text, instant);
}

void instant_print(int64_t instant, char text[INSTANT_TEXT_BYTES])
{
    int64_t seconds = floor_divide(instant, MICROSECONDS);
    int64_t days = floor_divide(seconds, SECONDS_A_DAY);
    int fraction = (int)floor_rest(instant, MICROSECONDS);
    int second = (int)floor_rest(seconds, SECONDS_A_DAY);
    struct date date = date_from_days(days);
    int digits = 6, len;

    len = snprintf(text, INSTANT_TEXT_BYTES, "%04lld-%02d-%02dT%02d:%02d:%02d",
                   (long long)date.year, date.month, date.day, second / 3600,
                   second / 60 % 60, second % 60);
    for (; fraction > 0 && fraction % 10 == 0; digits--)
        fraction /= 10;
    if (fraction > 0)
        len += snprintf(text + len, INSTANT_TEXT_BYTES - (size_t)len, ".%0*d", digits,
                        fraction);
    snprintf(text + len, INSTANT_TEXT_BYTES - (size_t)len, "Z");
}

bool instant_from_seconds(double seconds, int64_t *instant)
{
    const double first = -62135596800.0, behind_last = 253402300800.0;
    double exact = seconds * INSTANTS_PER_SECOND;
    int64_t whole;

    if (!(seconds >= first && seconds < behind_last))
        return false;
    whole = (int64_t)exact;
    if (exact - (double)whole >= 0.5)
        whole++;
    else if (exact - (double)whole <= -0.5)
        whole--;
    *instant = whole;
    return true;
}

bool instant_from_number(double number, int64_t *instant)
{
    return instant_from_seconds(number, instant) ||
           instant_from_seconds(number / MILLISECONDS, instant);
}
