#include "aws/schedule.h"

#include "base/date.h"

enum {
    RATE_DIGITS_MAX = 8,
    WINDOW_YEARS = 4,
    /* Without a time of the audit: AWS Backup began in 2019, and in 28 years each year
     * has begun with each weekday, leap years, too. */
    AUDIT_YEAR_FIRST = 2019,
    AUDIT_YEARS = 28
};

const char *schedule_code_name(enum schedule_code code)
{
    static const char *const names[] = {
        [SCHEDULE_EMPTY] = "empty",
        [SCHEDULE_FORM] = "form",
        [SCHEDULE_FIELDS] = "fields",
        [SCHEDULE_MINUTE] = "minute",
        [SCHEDULE_HOUR] = "hour",
        [SCHEDULE_DAY_OF_MONTH] = "day-of-month",
        [SCHEDULE_MONTH] = "month",
        [SCHEDULE_DAY_OF_WEEK] = "day-of-week",
        [SCHEDULE_YEAR] = "year",
        [SCHEDULE_BOTH_DAYS] = "both-days",
        [SCHEDULE_BOTH_QUESTION] = "both-question",
        [SCHEDULE_RATE_VALUE] = "rate-value",
        [SCHEDULE_RATE_UNIT] = "rate-unit",
        [SCHEDULE_RATE_PLURAL] = "rate-plural",
        [SCHEDULE_TIME_ZONE] = "time-zone",
        [SCHEDULE_NO_TIME_ZONES] = "no-time-zones",
        [SCHEDULE_NO_RUNS] = "no-runs",
        [SCHEDULE_AS_OF] = "as-of",
        [SCHEDULE_WITHOUT_CRON] = "without-cron",
        [SCHEDULE_RATE] = "rate",
        [SCHEDULE_ENDS] = "ends",
    };

    _Static_assert(COUNT_OF(names) == SCHEDULE_CODE_COUNT, "a name for each");
    return names[code];
}

/* ---- parsing --------------------------------------------------------------------- */

static bool is_wrong(enum schedule_code why, enum schedule_code *wrong)
{
    *wrong = why;
    return false;
}

static bool parse_cron(struct str text, struct schedule *schedule,
                       enum schedule_code *wrong)
{
    enum cron_field field = CRON_MINUTES;

    switch (cron_parse(text, &schedule->cron, &field)) {
    case CRON_PARSED:
        return true;
    case CRON_NOT_SIX:
        return is_wrong(SCHEDULE_FIELDS, wrong);
    case CRON_WRONG_FIELD:
        break;
    case CRON_BOTH_DAYS:
        return is_wrong(SCHEDULE_BOTH_DAYS, wrong);
    case CRON_BOTH_QUESTIONS:
        return is_wrong(SCHEDULE_BOTH_QUESTION, wrong);
    }
    return is_wrong(SCHEDULE_MINUTE + (enum schedule_code)field, wrong);
}

/* False: it is no number, or 0, or too large. */
static bool rate_value(struct str text, int64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.text[i]) || i >= RATE_DIGITS_MAX)
            return false;
        *value = *value * 10 + (text.text[i] - '0');
    }
    return *value > 0 && *value <= RATE_VALUE_MAX;
}

/* Of rate(...): what is in it. */
static bool parse_rate(struct str text, struct schedule *schedule,
                       enum schedule_code *wrong)
{
    static const struct {
        const char *one, *many;
        int64_t seconds;
    } units[] = { { "minute", "minutes", SECONDS_A_MINUTE },
                  { "hour", "hours", SECONDS_AN_HOUR },
                  { "day", "days", SECONDS_A_DAY } };
    struct str rest = str_trim(text), number = str_next(&rest, ' '), unit;
    int64_t value;

    if (rest.text == NULL)
        return is_wrong(SCHEDULE_FORM, wrong);
    unit = str_trim(rest);
    if (!rate_value(number, &value))
        return is_wrong(SCHEDULE_RATE_VALUE, wrong);
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        bool is_one = str_equal(unit, str_from(units[i].one));

        if (!is_one && !str_equal(unit, str_from(units[i].many)))
            continue;
        schedule->rate = value * units[i].seconds;
        return is_one == (value == 1) || is_wrong(SCHEDULE_RATE_PLURAL, wrong);
    }
    return is_wrong(SCHEDULE_RATE_UNIT, wrong);
}

/* Whether the text is NAME(...), and what is in it. */
static bool is_call(struct str text, struct str name, struct str *inside)
{
    if (!str_starts_with(text, name) || !str_ends_with(text, STR(")")))
        return false;
    *inside = str_slice(text, name.len, text.len - 1);
    return true;
}

static size_t count_words(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count +=
            !is_blank_byte(text.text[i]) && (i == 0 || is_blank_byte(text.text[i - 1]));
    return count;
}

bool schedule_parse(struct str text, struct schedule *schedule,
                    enum schedule_code *wrong)
{
    struct str whole = str_trim(text.text != NULL ? text : STR("cron(0 5 ? * * *)"));
    struct str inside;

    *schedule = (struct schedule){ 0 };
    if (whole.len == 0)
        return is_wrong(SCHEDULE_EMPTY, wrong);
    if (whole.len > SCHEDULE_BYTES_MAX)
        return is_wrong(SCHEDULE_FORM, wrong);
    if (is_call(whole, STR("cron("), &inside))
        return parse_cron(inside, schedule, wrong);
    if (is_call(whole, STR("rate("), &inside))
        return parse_rate(inside, schedule, wrong);
    if (count_words(whole) != CRON_FIELDS || str_holds(whole, STR("(")))
        return is_wrong(SCHEDULE_FORM, wrong);
    schedule->without_cron = true;
    return parse_cron(whole, schedule, wrong);
}

/* ---- runs ------------------------------------------------------------------------ */

/* On the way through the days. */
struct runs_walk {
    const struct cron *cron;
    const struct zone *zone;
    int64_t start, end;
    int times[CRON_TIMES_MAX];
    size_t time_count;
    size_t longest; /* times[longest] and the one behind it are furthest apart */
    int64_t last;   /* run that was counted */
    struct schedule_runs *runs;
};

static void note_gap(struct schedule_runs *runs, int64_t from, int64_t to)
{
    if (to - from <= runs->gap)
        return;
    runs->gap = to - from;
    runs->from = from;
    runs->to = to;
}

static void note_run(struct runs_walk *walk, int64_t run)
{
    struct schedule_runs *runs = walk->runs;

    if (run < walk->start || runs->has_next)
        return;
    if (runs->count > 0)
        note_gap(runs, walk->last, run);
    if (run >= walk->end) {
        runs->has_next = true;
        runs->next = run;
        return;
    }
    walk->last = run;
    runs->count++;
}

static int64_t time_of(const struct runs_walk *walk, size_t index)
{
    return (int64_t)walk->times[index] * SECONDS_A_MINUTE;
}

/* All runs of some days, one at least, each counted from `before`, the midnight before
 * the first that they could be. They lie between start and end, and no clock changes:
 * within a day they are as far apart as on any other. */
static void note_days(struct runs_walk *walk, uint32_t days, int64_t before)
{
    int64_t midnight = before + (int64_t)__builtin_ctz(days) * SECONDS_A_DAY;
    size_t last = walk->time_count - 1;

    note_run(walk, midnight + time_of(walk, 0));
    if (last > 0)
        note_gap(walk->runs, midnight + time_of(walk, walk->longest),
                 midnight + time_of(walk, walk->longest + 1));
    walk->last = midnight + time_of(walk, last);
    walk->runs->count += last;
    while ((days &= days - 1) != 0) {
        midnight = before + (int64_t)__builtin_ctz(days) * SECONDS_A_DAY;
        note_gap(walk->runs, walk->last, midnight + time_of(walk, 0));
        walk->last = midnight + time_of(walk, last);
        walk->runs->count += walk->time_count;
    }
}

/* All runs of a day, one after the other; `local`: its midnight, as if in UTC. */
static void note_day(struct runs_walk *walk, int64_t local)
{
    int64_t run;

    walk->runs->steps += walk->time_count;
    for (size_t i = 0; i < walk->time_count; i++) {
        if (walk->zone == NULL)
            note_run(walk, local + time_of(walk, i));
        else if (zone_instant(walk->zone, local + time_of(walk, i), &run))
            note_run(walk, run);
    }
}

/* Whether one offset holds for all of the local time from one to another, all of which
 * is between start and end. */
static bool is_steady(const struct runs_walk *walk, int64_t from, int64_t to,
                      int64_t *offset)
{
    *offset = 0;
    if (walk->zone != NULL) {
        struct zone_span span = zone_span(walk->zone, from);

        if (from - span.offset >= span.end)
            span = zone_span(walk->zone, span.end);
        if (from - span.offset < span.new_from || to - span.offset > span.end)
            return false;
        *offset = span.offset;
    }
    return from - *offset >= walk->start && to - *offset <= walk->end;
}

/* `before`: the local midnight one day before the month begins, as if in UTC. */
static void walk_month(struct runs_walk *walk, uint32_t days, int64_t before)
{
    int64_t offset;

    if (is_steady(walk, before + SECONDS_A_DAY, before + 32 * (int64_t)SECONDS_A_DAY,
                  &offset)) {
        note_days(walk, days, before - offset);
        return;
    }
    for (; days != 0 && !walk->runs->has_next; days &= days - 1) {
        int64_t midnight = before + (int64_t)__builtin_ctz(days) * SECONDS_A_DAY;

        if (is_steady(walk, midnight, midnight + SECONDS_A_DAY, &offset))
            note_days(walk, 1, midnight - offset);
        else
            note_day(walk, midnight);
    }
}

static void find_times(struct runs_walk *walk)
{
    const int *times = walk->times;

    walk->time_count = cron_times(walk->cron, walk->times);
    for (size_t i = 1; i < walk->time_count; i++)
        if (times[i] - times[i - 1] > times[walk->longest + 1] - times[walk->longest])
            walk->longest = i - 1;
}

static void walk_window(struct runs_walk *walk, int64_t start, int64_t end,
                        struct schedule_runs *runs)
{
    /* What is local there may be two days off. */
    struct date first = date_from_days(floor_divide(start, SECONDS_A_DAY) - 2);

    *runs = (struct schedule_runs){ 0 };
    walk->runs = runs;
    walk->start = start;
    walk->end = end;
    if (first.year < CRON_YEAR_FIRST)
        first = (struct date){ CRON_YEAR_FIRST, 1, 1 };
    while (first.year <= CRON_YEAR_LAST && !runs->has_next) {
        uint32_t days =
            cron_days(walk->cron, first.year, first.month) & (UINT32_MAX << first.day);

        if (days != 0)
            walk_month(walk, days,
                       (days_from_date(first.year, first.month, 1) - 1) *
                           SECONDS_A_DAY);
        first.year += first.month == MONTHS_A_YEAR;
        first.month = first.month % MONTHS_A_YEAR + 1;
        first.day = 1;
    }
}

void schedule_runs(const struct schedule *schedule, const struct zone *zone,
                   int64_t start, int64_t end, struct schedule_runs *runs)
{
    struct runs_walk walk = { .cron = &schedule->cron, .zone = zone };

    find_times(&walk);
    walk_window(&walk, start, end, runs);
}

/* ---- the longest gap ------------------------------------------------------------- */

static void add_code(struct schedule_gap *gap, enum schedule_code code)
{
    gap->codes[gap->code_count++] = code;
}

static int64_t new_year(int64_t year)
{
    return days_from_date(year, 1, 1) * SECONDS_A_DAY;
}

/* Of the four years from that one on; 0: there are no two runs. */
static void gap_from(const struct schedule *schedule, const struct zone *zone,
                     int64_t year, struct schedule_gap *gap)
{
    struct schedule_runs runs;

    schedule_runs(schedule, zone, new_year(year), new_year(year + WINDOW_YEARS), &runs);
    gap->seconds = runs.gap;
    gap->steps = runs.steps;
    gap->known = runs.gap > 0;
    if (!gap->known)
        add_code(gap, SCHEDULE_NO_RUNS);
    else if (!runs.has_next)
        add_code(gap, SCHEDULE_ENDS);
}

/* The longest of the years from one on. */
static int64_t longest_of(const int64_t *years)
{
    int64_t longest = 0;

    for (int i = 0; i < WINDOW_YEARS; i++)
        longest = longest > years[i] ? longest : years[i];
    return longest;
}

/* In whatever year the audit is. A year at a time, since each is in four windows. */
static void gap_of_all(const struct schedule *schedule, const struct zone *zone,
                       struct schedule_gap *gap)
{
    int64_t years[AUDIT_YEARS + WINDOW_YEARS - 1];
    bool ends = false, differs = false, runs_ever = false;
    struct runs_walk walk = { .cron = &schedule->cron, .zone = zone };

    find_times(&walk);
    for (int i = 0; i < AUDIT_YEARS + WINDOW_YEARS - 1; i++) {
        struct schedule_runs runs = { 0 };
        int64_t year = AUDIT_YEAR_FIRST + i;

        if (!ends)
            walk_window(&walk, new_year(year), new_year(year + 1), &runs);
        years[i] = runs.gap;
        gap->steps += runs.steps;
        ends = ends || !runs.has_next;
        runs_ever = runs_ever || runs.gap > 0;
    }
    gap->seconds = longest_of(years);
    for (int i = 1; i < AUDIT_YEARS; i++)
        differs = differs || longest_of(years + i) != gap->seconds;
    gap->known = runs_ever && !ends && !differs;
    if (!gap->known)
        add_code(gap, runs_ever ? SCHEDULE_AS_OF : SCHEDULE_NO_RUNS);
}

void schedule_gap(const struct schedule *schedule, const struct zone *zone,
                  const int64_t *now, struct schedule_gap *gap)
{
    *gap = (struct schedule_gap){ 0 };
    if (schedule->rate > 0) {
        gap->known = true;
        gap->seconds = schedule->rate;
        add_code(gap, SCHEDULE_RATE);
        return;
    }
    if (schedule->without_cron)
        add_code(gap, SCHEDULE_WITHOUT_CRON);
    if (now != NULL)
        gap_from(schedule, zone, date_from_days(floor_divide(*now, SECONDS_A_DAY)).year,
                 gap);
    else
        gap_of_all(schedule, zone, gap);
}

void schedule_gap_of(struct arena *scratch, struct str text, struct str zone_name,
                     const int64_t *now, struct schedule_gap *gap)
{
    struct schedule schedule;
    const struct zone *zone = NULL;
    enum schedule_code wrong;
    enum zone_status status = ZONE_LOADED;

    *gap = (struct schedule_gap){ 0 };
    if (!schedule_parse(text, &schedule, &wrong)) {
        add_code(gap, wrong);
        return;
    }
    if (zone_name.text != NULL)
        status = zone_load(scratch, ZONE_FOLDER, zone_name, &zone);
    if (status == ZONE_LOADED)
        schedule_gap(&schedule, zone, now, gap);
    else
        add_code(gap,
                 status == ZONE_UNKNOWN ? SCHEDULE_TIME_ZONE : SCHEDULE_NO_TIME_ZONES);
}
