#include "aws/cron.h"

#include "base/date.h"

#include <assert.h>

enum { DIGITS_MAX = 4, NAME_BYTES = 3, NTH_MAX = 5, SATURDAY = 7 };

static const char *const month_names[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                           "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };
static const char *const weekday_names[] = { "SUN", "MON", "TUE", "WED",
                                             "THU", "FRI", "SAT" };

static const struct range {
    int least, most;
    const char *const *names; /* of the numbers from `least` on; NULL: there are none */
    bool wraps;               /* a range may go over the end */
} ranges[] = {
    [CRON_MINUTES] = { 0, 59, NULL, true },
    [CRON_HOURS] = { 0, 23, NULL, true },
    [CRON_DAY_OF_MONTH] = { 1, 31, NULL, true },
    [CRON_MONTH] = { 1, 12, month_names, true },
    [CRON_DAY_OF_WEEK] = { 1, 7, weekday_names, true },
    [CRON_YEAR] = { CRON_YEAR_FIRST, CRON_YEAR_LAST, NULL, false },
};

_Static_assert(COUNT_OF(ranges) == CRON_FIELDS, "a range for each");

/* ---- parsing: each takes from the front of `rest` ---- */

static bool take_byte(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->text[0] != byte)
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

/* L and W are of any case, as names are. */
static bool take_letter(struct str *rest, char letter)
{
    return take_byte(rest, letter) || take_byte(rest, to_lower(letter));
}

static bool take_digits(struct str *rest, int *number)
{
    size_t len = 0;

    *number = 0;
    while (len < rest->len && len < DIGITS_MAX && is_digit(rest->text[len]))
        *number = *number * 10 + (rest->text[len++] - '0');
    *rest = str_slice(*rest, len, rest->len);
    return len > 0;
}

/* A number of the range, or a name. */
static bool take_value(struct str *rest, const struct range *range, int *value)
{
    struct str name = str_slice(*rest, 0, smaller(NAME_BYTES, rest->len));

    for (int i = 0; range->names != NULL && i <= range->most - range->least; i++) {
        if (str_equal_ignoring_case(name, str_from(range->names[i]))) {
            *rest = str_slice(*rest, NAME_BYTES, rest->len);
            *value = range->least + i;
            return true;
        }
    }
    return take_digits(rest, value) && *value >= range->least && *value <= range->most;
}

/* ---- the values of a field ------------------------------------------------------- */

static void add_value(struct cron *cron, enum cron_field field, int value)
{
    uint64_t *const sets[] = {
        [CRON_MINUTES] = &cron->minutes,      [CRON_HOURS] = &cron->hours,
        [CRON_DAY_OF_MONTH] = &cron->days,    [CRON_MONTH] = &cron->months,
        [CRON_DAY_OF_WEEK] = &cron->weekdays, [CRON_YEAR] = NULL,
    };

    if (field == CRON_YEAR)
        cron->years[value - CRON_YEAR_FIRST] = true;
    else
        *sets[field] |= UINT64_C(1) << value;
}

/* From `first` to `last`, each step-th: over the end, where `last` is the less. */
static void add_values(struct cron *cron, enum cron_field field, int first, int last,
                       int step)
{
    const struct range *range = &ranges[field];
    int size = range->most - range->least + 1;

    if (last < first)
        last += size;
    for (int value = first; value <= last; value += step)
        add_value(cron, field, value <= range->most ? value : value - size);
}

/* `*`, a, a-b; each with /step behind it. */
static bool take_values(struct str *rest, enum cron_field field, struct cron *cron)
{
    const struct range *range = &ranges[field];
    bool is_all = take_byte(rest, '*'), is_range = is_all, has_step;
    int first = range->least, last = range->most, step = 1;

    if (!is_all && !take_value(rest, range, &first))
        return false;
    if (!is_all && take_byte(rest, '-')) {
        is_range = true;
        if (!take_value(rest, range, &last) || (last < first && !range->wraps))
            return false;
    }
    has_step = take_byte(rest, '/');
    if (has_step && (!take_digits(rest, &step) || step == 0))
        return false;
    add_values(cron, field, first, is_range || has_step ? last : first, step);
    return true;
}

/* L, LW and 3W. False: it is none of them, and nothing was taken. */
static bool take_special_day(struct str *rest, struct cron *cron)
{
    struct str after = *rest;
    int day;

    if (take_letter(&after, 'L')) {
        if (take_letter(&after, 'W'))
            cron->last_workday = true;
        else
            cron->last_day = true;
    } else if (take_value(&after, &ranges[CRON_DAY_OF_MONTH], &day) &&
               take_letter(&after, 'W')) {
        cron->near |= UINT64_C(1) << day;
    } else {
        return false;
    }
    *rest = after;
    return true;
}

/* 2 of 3#2. */
static bool take_nth(struct str *rest, int *nth)
{
    return take_byte(rest, '#') && take_digits(rest, nth) && *nth >= 1 &&
           *nth <= NTH_MAX;
}

/* L, 6L and 3#2. False: it is none of them, and nothing was taken. */
static bool take_special_weekday(struct str *rest, struct cron *cron)
{
    struct str after = *rest;
    bool is_saturday = take_letter(&after, 'L');
    int weekday = SATURDAY, nth;

    if (!is_saturday && !take_value(&after, &ranges[CRON_DAY_OF_WEEK], &weekday))
        return false;
    if (is_saturday) {
        cron->weekdays |= UINT64_C(1) << weekday;
    } else if (take_letter(&after, 'L')) {
        cron->last_weekday |= UINT64_C(1) << weekday;
    } else if (take_nth(&after, &nth)) {
        cron->nth = nth;
        cron->nth_weekday = weekday;
    } else {
        return false;
    }
    *rest = after;
    return true;
}

static bool take_item(struct str *rest, enum cron_field field, struct cron *cron)
{
    if ((field == CRON_DAY_OF_MONTH && take_special_day(rest, cron)) ||
        (field == CRON_DAY_OF_WEEK && take_special_weekday(rest, cron)))
        return true;
    return take_values(rest, field, cron);
}

static bool parse_field(struct str text, enum cron_field field, struct cron *cron)
{
    struct str rest = text;
    size_t count = 0;

    do {
        struct str item = str_next(&rest, ',');

        if (!take_item(&item, field, cron) || item.len > 0)
            return false;
        count++;
    } while (rest.text != NULL);
    return field != CRON_DAY_OF_WEEK || cron->nth == 0 || count == 1;
}

static bool is_day_field(size_t field)
{
    return field == CRON_DAY_OF_MONTH || field == CRON_DAY_OF_WEEK;
}

static struct str take_word(struct str *rest)
{
    size_t len = 0;
    struct str word;

    *rest = str_trim(*rest);
    while (len < rest->len && !is_blank_byte(rest->text[len]))
        len++;
    word = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return word;
}

enum cron_status cron_parse(struct str text, struct cron *cron, enum cron_field *wrong)
{
    struct str fields[CRON_FIELDS], rest = str_trim(text);
    size_t questions = 0;

    for (size_t i = 0; i < CRON_FIELDS; i++) {
        fields[i] = take_word(&rest);
        if (fields[i].len == 0)
            return CRON_NOT_SIX;
    }
    if (str_trim(rest).len > 0)
        return CRON_NOT_SIX;
    *cron = (struct cron){ 0 };
    for (size_t i = 0; i < CRON_FIELDS; i++) {
        *wrong = (enum cron_field)i;
        if (is_day_field(i) && str_equal(fields[i], STR("?")))
            questions++;
        else if (!parse_field(fields[i], *wrong, cron))
            return CRON_WRONG_FIELD;
    }
    return questions == 1   ? CRON_PARSED
           : questions == 0 ? CRON_BOTH_DAYS
                            : CRON_BOTH_QUESTIONS;
}

/* ---- the days of a month --------------------------------------------------------- */

/* What is asked of a month. */
struct month {
    int days;
    int first; /* the weekday of the first day, 0: Sunday */
};

/* 0: Sunday */
static int weekday_in(const struct month *month, int day)
{
    return (month->first + day - 1) % DAYS_A_WEEK;
}

static uint64_t day_bit(int day)
{
    assert(day >= 1 && day <= ranges[CRON_DAY_OF_MONTH].most);
    return UINT64_C(1) << day;
}

/* The days from one to another. */
static uint64_t days_between(int first, int last)
{
    return (UINT64_C(2) << last) - (UINT64_C(1) << first);
}

/* The days that have one of these weekdays (bit 1: Sunday). */
static uint64_t days_of_weekdays(const struct month *month, uint64_t weekdays)
{
    /* Of a week that begins with the first day of the month; then of six weeks. */
    uint64_t two_weeks = weekdays >> 1 | weekdays << (DAYS_A_WEEK - 1);
    uint64_t week = two_weeks >> month->first & 0x7F;

    return week * UINT64_C(0x810204081) << 1;
}

/* The weekday, Monday to Friday, nearest to a day that the month has, without leaving
 * it. */
static int nearest(const struct month *month, int day)
{
    if (weekday_in(month, day) == SATURDAY - 1)
        return day > 1 ? day - 1 : day + 2;
    if (weekday_in(month, day) == 0)
        return day < month->days ? day + 1 : day - 2;
    return day;
}

static uint64_t days_nearest(const struct month *month, uint64_t days)
{
    uint64_t found = 0;

    for (; days != 0; days &= days - 1)
        found |= day_bit(nearest(month, __builtin_ctzll(days)));
    return found;
}

uint32_t cron_days(const struct cron *cron, int64_t year, int month)
{
    uint64_t days = cron->days, all;
    struct month asked;

    if (year < CRON_YEAR_FIRST || year > CRON_YEAR_LAST ||
        !cron->years[year - CRON_YEAR_FIRST] || (cron->months >> month & 1) == 0)
        return 0;
    asked.days = days_in_month(year, month);
    asked.first = weekday_of(days_from_date(year, month, 1));
    all = days_between(1, asked.days);
    days |= days_of_weekdays(&asked, cron->weekdays);
    days |= days_of_weekdays(&asked, cron->last_weekday) &
            days_between(asked.days - DAYS_A_WEEK + 1, asked.days);
    if (cron->nth > 0)
        days |=
            days_of_weekdays(&asked, UINT64_C(1) << cron->nth_weekday) &
            days_between((cron->nth - 1) * DAYS_A_WEEK + 1, cron->nth * DAYS_A_WEEK);
    days |= days_nearest(&asked, cron->near & all);
    if (cron->last_workday)
        days |= day_bit(nearest(&asked, asked.days));
    if (cron->last_day)
        days |= day_bit(asked.days);
    return (uint32_t)(days & all);
}

size_t cron_times(const struct cron *cron, int times[CRON_TIMES_MAX])
{
    size_t count = 0;

    for (uint64_t hours = cron->hours; hours != 0; hours &= hours - 1)
        for (uint64_t minutes = cron->minutes; minutes != 0; minutes &= minutes - 1)
            times[count++] = __builtin_ctzll(hours) * 60 + __builtin_ctzll(minutes);
    return count;
}
