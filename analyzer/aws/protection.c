#include "aws/protection.h"

const char *protection_state_name(enum protection_state state)
{
    static const char *const names[] = {
        [PROTECTION_PROTECTED] = "protected",
        [PROTECTION_OVERDUE] = "overdue",
        [PROTECTION_PENDING] = "pending",
        [PROTECTION_FAILING] = "failing",
        [PROTECTION_UNPLANNED] = "unplanned",
        [PROTECTION_UNPROTECTED] = "unprotected",
        [PROTECTION_UNSUPPORTED] = "unsupported",
        [PROTECTION_IGNORED] = "ignored",
    };

    _Static_assert(COUNT_OF(names) == PROTECTION_COUNT, "a name for each");
    return names[state];
}

/* ---- what a plan promises ----------------------------------------------------------
 */

/* Whether it runs again within RUN_YEARS. */
static enum holds runs_again(const struct promised_rule *rule, const int64_t *now,
                             bool has_gap)
{
    const int64_t years = (int64_t)RUN_YEARS * 366 * 24 * 60 * 60;
    struct schedule_runs runs;

    if (rule->schedule.rate > 0)
        return HOLDS_YES;
    if (now == NULL)
        return has_gap ? HOLDS_YES : HOLDS_MAYBE;
    schedule_runs(&rule->schedule, rule->zone, *now, *now, &runs);
    return runs.has_next && runs.next <= *now + years ? HOLDS_YES : HOLDS_NO;
}

void promised_rule_read(struct arena *arena, struct str schedule, struct str zone,
                        const int64_t *now, struct promised_rule *rule)
{
    enum schedule_code wrong;
    struct schedule_gap gap;

    *rule = (struct promised_rule){ .gap = { 0, INT64_MAX }, .runs = HOLDS_MAYBE };
    if (!schedule_parse(schedule, &rule->schedule, &wrong))
        return;
    if (zone.text != NULL &&
        zone_load(arena, ZONE_FOLDER, zone, &rule->zone) != ZONE_LOADED)
        return;
    rule->is_understood = true;
    schedule_gap(&rule->schedule, rule->zone, now, &gap);
    if (gap.known)
        rule->gap = (struct interval){ gap.seconds, gap.seconds };
    else if (gap.code_count > 0 && gap.codes[0] == SCHEDULE_NO_RUNS)
        rule->never_runs = true;
    rule->runs = runs_again(rule, now, gap.known);
    if (rule->zone != NULL)
        schedule_gap(&rule->schedule, NULL, now, &gap);
    rule->nominal = gap.known ? gap.seconds : 0;
}

static int64_t add(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

struct interval promise_allowance(const struct promised_rule *rules, size_t count)
{
    struct interval gap = { INT64_MAX, INT64_MAX }, window = { 0, 0 };

    for (size_t i = 0; i < count; i++) {
        const struct promised_rule *rule = &rules[i];

        if (rule->never_runs)
            continue;
        if (rule->gap.least < gap.least)
            gap.least = rule->gap.least;
        if (rule->gap.most < gap.most)
            gap.most = rule->gap.most;
        if (rule->start_window.least > window.least)
            window.least = rule->start_window.least;
        if (rule->start_window.most > window.most)
            window.most = rule->start_window.most;
    }
    if (gap.least == INT64_MAX)
        return (struct interval){ 0, INT64_MAX };
    return (struct interval){ add(gap.least, window.least),
                              add(gap.most, window.most) };
}

enum holds promise_runs(const struct promised_rule *rules, size_t count)
{
    enum holds any = HOLDS_NO;

    for (size_t i = 0; i < count; i++) {
        if (rules[i].runs == HOLDS_YES)
            return HOLDS_YES;
        if (rules[i].runs == HOLDS_MAYBE)
            any = HOLDS_MAYBE;
    }
    return any;
}

/* Whether it runs at `from` or later, but not after `to`. */
static enum holds runs_between(const struct promised_rule *rule, int64_t from,
                               int64_t to)
{
    struct schedule_runs runs;

    if (from > to)
        return HOLDS_NO;
    if (!rule->is_understood)
        return HOLDS_MAYBE;
    if (rule->schedule.rate > 0)
        return to - from >= rule->schedule.rate ? HOLDS_YES : HOLDS_MAYBE;
    schedule_runs(&rule->schedule, rule->zone, from, from, &runs);
    return runs.has_next && runs.next <= to ? HOLDS_YES : HOLDS_NO;
}

/* The last run whose windows are over by then. */
static int64_t before(int64_t now, int64_t start, int64_t completion)
{
    int64_t windows = add(start, completion);

    return windows == INT64_MAX ? INT64_MIN : now - windows;
}

enum holds promise_due(const struct promised_rule *rules, size_t count,
                       struct interval since, int64_t now)
{
    const int64_t years = (int64_t)RUN_YEARS * 366 * 24 * 60 * 60;
    enum holds due = HOLDS_NO;

    if (since.least > now)
        return HOLDS_MAYBE;
    for (size_t i = 0; i < count; i++) {
        const struct promised_rule *rule = &rules[i];
        int64_t early =
            before(now, rule->start_window.most, rule->completion_window.most);
        int64_t late =
            before(now, rule->start_window.least, rule->completion_window.least);
        int64_t from = since.least > late - years ? since.least : late - years;

        if (runs_between(rule, since.most, early) == HOLDS_YES)
            return HOLDS_YES;
        if (runs_between(rule, from, late) != HOLDS_NO)
            due = HOLDS_MAYBE;
    }
    return due;
}

/* ---- the states --------------------------------------------------------------------
 */

/* What is known of the time of the audit: a backup that was made later says nothing. */
static struct protection_inputs at_audit(const struct protection_inputs *inputs)
{
    struct protection_inputs then = *inputs;

    if (inputs->now == NULL || inputs->has_backup == HOLDS_NO ||
        inputs->newest.most <= *inputs->now)
        return then;
    then.newest.most = *inputs->now;
    if (inputs->newest.least > *inputs->now)
        then.newest.least = INT64_MIN;
    if (then.newest.least == INT64_MIN)
        then.has_backup = HOLDS_MAYBE;
    return then;
}

/* How old a backup is; INT64_MAX: nothing is known of its time. */
static int64_t age_of(int64_t now, int64_t made)
{
    return made == INT64_MIN ? INT64_MAX : now - made;
}

/* Whether the newest backup is as fresh as the plan promises. */
static enum holds is_fresh(const struct protection_inputs *inputs,
                           const struct promise *promise)
{
    struct interval age;

    if (inputs->now == NULL)
        return HOLDS_MAYBE;
    age.least = age_of(*inputs->now, inputs->newest.most);
    age.most = age_of(*inputs->now, inputs->newest.least);
    if (age.most <= promise->allowance.least)
        return HOLDS_YES;
    return age.least > promise->allowance.most ? HOLDS_NO : HOLDS_MAYBE;
}

enum holds promise_kept(const struct protection_inputs *inputs,
                        const struct promise *promise)
{
    const struct protection_inputs then = at_audit(inputs);

    return then.has_backup == HOLDS_YES ? is_fresh(&then, promise) : HOLDS_MAYBE;
}

enum holds protection_planned(const struct protection_inputs *inputs)
{
    for (size_t i = 0; i < inputs->promise_count; i++)
        if (inputs->promises[i].is_sure)
            return HOLDS_YES;
    if (inputs->is_supported == HOLDS_NO)
        return HOLDS_NO;
    return inputs->promise_count > 0 || inputs->plans_are_open ? HOLDS_MAYBE : HOLDS_NO;
}

/* What the plans may come to, taken together: whether there is a world in which at
 * least one takes it and one of these has the property, and a world in which none of
 * these has. */
struct worlds {
    bool some, none;
    bool any_sure; /* in every world a plan that runs takes it */
};

static struct worlds worlds_of(const struct protection_inputs *inputs, bool of_due)
{
    struct worlds worlds = { .some = inputs->plans_are_open,
                             .none = inputs->plans_are_open };
    bool always = false;

    for (size_t i = 0; i < inputs->promise_count; i++) {
        const struct promise *promise = &inputs->promises[i];
        enum holds has = of_due ? promise->due : is_fresh(inputs, promise);
        bool is_sure =
            (promise->is_sure || promise->is_sure_supported) && !promise->may_be_none;

        worlds.any_sure = worlds.any_sure || is_sure;
        worlds.some = worlds.some || has != HOLDS_NO;
        worlds.none = worlds.none || has != HOLDS_YES;
        always = always || (is_sure && has == HOLDS_YES);
    }
    worlds.none = worlds.none && !always;
    return worlds;
}

/* Of a database that AWS Backup supports, and does not ignore. */
static void judge_supported(const struct protection_inputs *inputs, bool *possible)
{
    bool may_have = inputs->has_backup != HOLDS_NO;
    bool may_lack = inputs->has_backup != HOLDS_YES;
    struct worlds fresh = worlds_of(inputs, false), due = worlds_of(inputs, true);
    bool may_be_planned = inputs->promise_count > 0 || inputs->plans_are_open;

    possible[PROTECTION_PROTECTED] = may_have && fresh.some;
    possible[PROTECTION_OVERDUE] = may_have && fresh.none;
    possible[PROTECTION_PENDING] =
        may_lack && due.none && inputs->lost_job != HOLDS_YES;
    possible[PROTECTION_FAILING] =
        may_lack && may_be_planned && (due.some || inputs->lost_job != HOLDS_NO);
    possible[PROTECTION_UNPLANNED] = may_have && !fresh.any_sure;
    possible[PROTECTION_UNPROTECTED] = may_lack && !fresh.any_sure;
}

void protection_judge(const struct protection_inputs *inputs,
                      struct protection *protection)
{
    const struct protection_inputs then = at_audit(inputs);
    bool *possible = protection->possible;

    *protection = (struct protection){ 0 };
    if (inputs->is_ignored != HOLDS_YES && inputs->is_supported != HOLDS_NO)
        judge_supported(&then, possible);
    possible[PROTECTION_UNSUPPORTED] =
        inputs->is_ignored != HOLDS_YES && inputs->is_supported != HOLDS_YES;
    possible[PROTECTION_IGNORED] = inputs->is_ignored != HOLDS_NO;
    for (size_t i = 0; i < PROTECTION_COUNT; i++)
        protection->count += possible[i];
}
