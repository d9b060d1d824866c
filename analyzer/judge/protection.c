#include "judge/protection.h"

#include "aws/arn.h"
#include "base/time.h"
#include "gather/measures.h"
#include "judge/known.h"
#include "rulebook/derived.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_OF(pointer) ((struct str){ (const char *)&(pointer), sizeof(pointer) })

/* What is known of a cell's plans and databases. */
struct protector {
    struct table promises;  /* by plan */
    struct table databases; /* by subject */
};

struct plan_promise {
    struct promised_rule *rules;
    size_t count;
    bool is_known; /* what rules there are */
    struct interval allowance;
    enum holds runs;        /* any of them does again */
    int64_t gap, retention; /* as of a database */
};

/* One database in the making. */
struct protecting {
    const struct cells *cells;
    const struct cell *cell;
    struct arena *arena, *scratch;
    struct protector *protector;
    const struct judgement *judgement; /* the facts of rulebook/derived.h */
    struct database_protection *database;
    struct protection_inputs inputs;
    struct assignments assignments;
    struct interval beside; /* the newest backup that others tell of than its recovery
                               points; none: INT64_MAX before INT64_MIN */
    int64_t now;
};

static struct str text_of(const json_t *value)
{
    return json_is_string(value)
               ? (struct str){ json_string_value(value), json_string_length(value) }
               : STR_NONE;
}

const char *protection_name(const struct protection *protection)
{
    for (int state = 0; state < PROTECTION_COUNT; state++)
        if (protection->count == 1 && protection->possible[state])
            return protection_state_name((enum protection_state)state);
    return "undetermined";
}

/* ---- what a plan promises ----------------------------------------------------------
 */

static struct interval window_of(const json_t *rule, const char *key,
                                 int64_t by_default)
{
    const json_t *minutes = json_object_get(rule, key);

    if (minutes == NULL || json_is_null(minutes))
        return (struct interval){ by_default, by_default };
    if (json_is_integer(minutes) && json_integer_value(minutes) >= 0 &&
        json_integer_value(minutes) < INT32_MAX)
        return (struct interval){ json_integer_value(minutes) * 60,
                                  json_integer_value(minutes) * 60 };
    return (struct interval){ 0, INT64_MAX };
}

static bool is_text_or_none(const json_t *value)
{
    return value == NULL || json_is_null(value) || json_is_string(value);
}

static void read_rule(const struct protecting *protecting, const json_t *json,
                      struct promised_rule *rule)
{
    const json_t *schedule = json_object_get(json, "ScheduleExpression");
    const json_t *zone = json_object_get(json, "ScheduleExpressionTimezone");

    *rule = (struct promised_rule){ .gap = { 0, INT64_MAX }, .runs = HOLDS_MAYBE };
    if (json_is_object(json) && is_text_or_none(schedule) && is_text_or_none(zone))
        promised_rule_read(protecting->arena, text_of(schedule), text_of(zone),
                           protecting->inputs.now, rule);
    rule->start_window =
        window_of(json, "StartWindowMinutes", (int64_t)START_WINDOW_DEFAULT);
    rule->completion_window =
        window_of(json, "CompletionWindowMinutes", (int64_t)COMPLETION_WINDOW_DEFAULT);
}

static int64_t retention_of(const json_t *rule)
{
    const json_t *days =
        json_object_get(json_object_get(rule, "Lifecycle"), "DeleteAfterDays");

    if (days == NULL || json_is_null(days) || json_integer_value(days) == -1)
        return INT64_MAX;
    return json_is_integer(days) && json_integer_value(days) > 0
               ? json_integer_value(days)
               : 0;
}

static const struct plan_promise *promise_of(const struct protecting *protecting,
                                             const struct plan_input *plan)
{
    void **slot = table_slot(&protecting->protector->promises, BYTES_OF(plan));
    struct plan_promise *promise = *slot;

    if (promise != NULL)
        return promise;
    promise = *slot = arena_new(protecting->arena, struct plan_promise);
    promise->is_known = plan->rules != NULL;
    promise->count = json_array_size(plan->rules);
    promise->rules =
        arena_array(protecting->arena, promise->count, struct promised_rule);
    for (size_t i = 0; i < promise->count; i++) {
        const json_t *json = json_array_get(plan->rules, i);
        struct promised_rule *rule = &promise->rules[i];
        int64_t retention = retention_of(json);

        read_rule(protecting, json, rule);
        if (rule->nominal > 0 && (promise->gap == 0 || rule->nominal < promise->gap))
            promise->gap = rule->nominal;
        if (retention > promise->retention)
            promise->retention = retention;
    }
    promise->allowance = promise_allowance(promise->rules, promise->count);
    promise->runs =
        promise->is_known ? promise_runs(promise->rules, promise->count) : HOLDS_MAYBE;
    return promise;
}

/* ---- since when it is taken --------------------------------------------------------
 */

static struct interval seconds_of(const json_t *value)
{
    double seconds;

    if (!value_of_json(value, true, &seconds))
        return (struct interval){ INT64_MIN, INT64_MAX };
    return (struct interval){ (int64_t)floor(seconds), (int64_t)floor(seconds) };
}

static struct interval created_of(const struct protecting *protecting)
{
    const json_t *record = protecting->judgement->merged.value;
    const json_t *instance = json_object_get(record, "InstanceCreateTime");

    return seconds_of(instance != NULL ? instance
                                       : json_object_get(record, "ClusterCreateTime"));
}

static struct interval later(struct interval a, struct interval b)
{
    return (struct interval){ a.least > b.least ? a.least : b.least,
                              a.most > b.most ? a.most : b.most };
}

static struct interval since_of(const struct protecting *protecting,
                                const struct selection_input *of)
{
    return later(created_of(protecting), later(of->created, of->plan->created));
}

static enum holds due_of(const struct protecting *protecting,
                         const struct selection_input *of,
                         const struct plan_promise *promise)
{
    struct interval since = since_of(protecting, of);

    if (protecting->inputs.now == NULL || !promise->is_known)
        return HOLDS_MAYBE;
    if (since.most > protecting->now) /* not later than when somebody looked */
        since.most = protecting->now > since.least ? protecting->now : since.least;
    return promise_due(promise->rules, promise->count, since, protecting->now);
}

/* ---- its backups -------------------------------------------------------------------
 */

static const struct fact_value *value_of(const struct protecting *protecting,
                                         enum protection_fact fact)
{
    return &protecting->judgement->values[fact];
}

static int64_t least_of(double seconds)
{
    return isfinite(seconds) ? (int64_t)floor(seconds) : INT64_MIN;
}

static int64_t most_of(double seconds)
{
    return isfinite(seconds) ? (int64_t)floor(seconds) : INT64_MAX;
}

/* Of one that other evidence than the recovery points shows. */
static void note_backup(struct protecting *protecting, struct interval made)
{
    struct interval *beside = &protecting->beside;
    bool is_first = beside->least > beside->most;

    if (is_first || made.least > beside->least)
        beside->least = made.least;
    if (is_first || made.most > beside->most)
        beside->most = made.most;
}

/* The recovery points of all vaults. */
static void add_points(struct protecting *protecting)
{
    const struct fact_value *newest = value_of(protecting, FACT_NEWEST);
    struct protection_inputs *inputs = &protecting->inputs;

    inputs->has_backup = HOLDS_MAYBE;
    inputs->newest = (struct interval){ INT64_MIN, INT64_MAX };
    if (newest->only_none) {
        inputs->has_backup = HOLDS_NO;
        inputs->newest.most = INT64_MIN;
        return;
    }
    inputs->newest.least = least_of(newest->at_least);
    inputs->newest.most = most_of(newest->at_most);
    if (!newest->maybe_none)
        inputs->has_backup = HOLDS_YES;
}

static void add_snapshots(struct protecting *protecting, enum protection_fact fact)
{
    const struct fact_value *newest = value_of(protecting, fact);
    int64_t made = least_of(newest->at_least);

    if (!newest->only_none && !newest->maybe_none)
        note_backup(protecting,
                    (struct interval){ made, made == INT64_MIN ? INT64_MAX : made });
}

static bool is_open(const struct merged *merged, const char *field)
{
    for (size_t i = 0; i < merged->open_count; i++)
        if (str_equal(merged->open[i], str_from(field)))
            return true;
    return false;
}

static bool is_recovery_point(struct str text)
{
    struct arn arn;

    return arn_parse(text, &arn) && str_equal(arn.service, STR("backup")) &&
           str_starts_with(arn.resource, STR("recovery-point:"));
}

/* AWS Backup makes its continuous backups now, whichever plan began that. */
static void add_continuous(struct protecting *protecting)
{
    const struct merged *merged = &protecting->judgement->merged;
    struct str point =
        text_of(json_object_get(merged->value, "AwsBackupRecoveryPointArn"));
    struct interval latest =
        seconds_of(json_object_get(merged->value, "LatestRestorableTime"));

    protecting->database->lacks_point = point.len > 0 && !is_recovery_point(point);
    if (is_open(merged, "AwsBackupRecoveryPointArn") ||
        protecting->database->lacks_point) {
        if (protecting->inputs.has_backup == HOLDS_NO)
            protecting->inputs.has_backup = HOLDS_MAYBE;
        protecting->inputs.newest.most = INT64_MAX;
    } else if (point.len > 0) {
        note_backup(protecting, latest);
    }
}

/* What others tell of is among its recovery points, as far as these are not known;
 * where they are, somebody is wrong. */
static void add_beside(struct protecting *protecting)
{
    struct protection_inputs *inputs = &protecting->inputs;
    struct interval beside = protecting->beside, *newest = &inputs->newest;

    if (beside.least > beside.most)
        return;
    if (inputs->has_backup == HOLDS_NO) {
        protecting->database->disagrees = true;
        inputs->has_backup = HOLDS_MAYBE;
        *newest = beside;
    } else if (newest->most < beside.least) {
        protecting->database->disagrees = true;
    } else {
        inputs->has_backup = HOLDS_YES;
        if (beside.least > newest->least)
            newest->least = beside.least;
    }
    if (beside.most > newest->most)
        newest->most = beside.most;
}

/* The newest that was there at the time of the audit, if the newest of all was not. */
static void add_earlier(struct protecting *protecting)
{
    const struct fact_value *earlier = value_of(protecting, FACT_EARLIER);
    struct protection_inputs *inputs = &protecting->inputs;

    if (inputs->now == NULL || inputs->has_backup != HOLDS_YES ||
        inputs->newest.least <= protecting->now)
        return;
    protecting->database->is_later = true;
    if (!earlier->only_none && !earlier->maybe_none)
        inputs->newest.least = least_of(earlier->at_least);
}

static void read_backups(struct protecting *protecting)
{
    const struct fact_value *lost = value_of(protecting, FACT_LOST_JOBS);
    struct protection_inputs *inputs = &protecting->inputs;

    protecting->beside = (struct interval){ INT64_MAX, INT64_MIN };
    protecting->database->is_later =
        inputs->now != NULL && created_of(protecting).least > protecting->now;
    add_points(protecting);
    add_snapshots(protecting, FACT_SNAPSHOT);
    add_snapshots(protecting, FACT_CLUSTER_SNAPSHOT);
    add_continuous(protecting);
    add_beside(protecting);
    protecting->database->has_newest =
        inputs->has_backup == HOLDS_YES && inputs->newest.least != INT64_MIN;
    protecting->database->newest = inputs->newest.least;
    add_earlier(protecting);
    inputs->lost_job = lost->at_least > 0  ? HOLDS_YES
                       : lost->at_most > 0 ? HOLDS_MAYBE
                                           : HOLDS_NO;
}

/* ---- its plans ---------------------------------------------------------------------
 */

/* Whether it was not there at the time of the audit: another plan may have been. */
static bool is_made_later(const struct protecting *protecting,
                          const struct selection_input *of)
{
    return protecting->inputs.now != NULL &&
           (of->created.least > protecting->now ||
            of->plan->created.least > protecting->now);
}

static void take(struct protecting *protecting, const struct assignment *assignment,
                 struct promise *promise, struct taker *taker)
{
    const struct selection_input *of = assignment->of;
    const struct plan_promise *of_plan = promise_of(protecting, of->plan);
    bool is_later = is_made_later(protecting, of);
    struct buf because = BUF_EMPTY(protecting->scratch);

    *promise = (struct promise){
        .is_sure = assignment->is_sure,
        .is_sure_supported =
            assignment->result.answer == UNDETERMINED &&
            assignment->result.doubts == UINT32_C(1) << SELECTION_SUPPORT_UNCLEAR,
        .may_be_none = is_later || of_plan->runs == HOLDS_MAYBE,
        .allowance = of_plan->allowance,
        .due = due_of(protecting, of, of_plan),
    };
    protecting->database->is_later = protecting->database->is_later || is_later;
    assignment_because(assignment, &protecting->assignments.database, &because);
    *taker = (struct taker){
        .of = of,
        .code = assignment->result.code,
        .because = str_copy(protecting->arena, buf_str(&because)),
        .is_sure = assignment->is_sure,
        .kept = promise_kept(&protecting->inputs, promise),
        .due = promise->due,
        .since = since_of(protecting, of).most,
        .allowance = of_plan->allowance,
    };
}

static void note_plan(struct database_protection *database,
                      const struct plan_promise *promise)
{
    if (promise->gap > 0 && (database->gap == 0 || promise->gap < database->gap))
        database->gap = promise->gap;
    if (promise->retention > database->retention)
        database->retention = promise->retention;
}

/* Those that are sure first; none that never runs. */
static void read_plans(struct protecting *protecting)
{
    const struct assignments *assignments = &protecting->assignments;
    struct database_protection *database = protecting->database;
    struct promise *promises =
        arena_array(protecting->scratch, assignments->count, struct promise);

    database->takers = arena_array(protecting->arena, assignments->count, struct taker);
    for (int sure = 1; sure >= 0; sure--) {
        for (size_t i = 0; i < assignments->count; i++) {
            const struct assignment *assignment = &assignments->items[i];

            if (assignment->is_sure != (sure == 1) ||
                promise_of(protecting, assignment->of->plan)->runs == HOLDS_NO)
                continue;
            take(protecting, assignment, &promises[database->taker_count],
                 &database->takers[database->taker_count]);
            database->taker_count++;
            if (sure == 1)
                note_plan(database, promise_of(protecting, assignment->of->plan));
        }
        if (sure == 1)
            database->sure_count = database->taker_count;
    }
    protecting->inputs.promises = promises;
    protecting->inputs.promise_count = database->taker_count;
    protecting->inputs.plans_are_open = !assignments->is_closed || database->is_later;
}

static void add_why(struct protecting *protecting, const char *code)
{
    struct str_list *why = &protecting->database->why;

    for (size_t i = 0; i < why->count; i++)
        if (str_equal(why->items[i], str_from(code)))
            return;
    why->items[why->count++] = str_from(code);
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* Why it is not known whether a plan takes it. */
static void explain_open(struct protecting *protecting, const struct plan_input *plans,
                         size_t count, bool is_open_for)
{
    const struct assignments *assignments = &protecting->assignments;

    if (is_open_for)
        add_why(protecting, "plans-not-listed");
    for (size_t i = 0; i < count; i++)
        if (!plans[i].has_all_selections && plans[i].plan.state != PLAN_DELETED)
            add_why(protecting, "selections-not-listed");
    for (size_t i = 0; i < assignments->count; i++)
        if (!assignments->items[i].is_sure)
            add_why(protecting, selection_code_name(assignments->items[i].result.code));
}

static bool has_never_running(const struct protecting *protecting)
{
    const struct assignments *assignments = &protecting->assignments;

    for (size_t i = 0; i < assignments->count; i++)
        if (promise_of(protecting, assignments->items[i].of->plan)->runs == HOLDS_NO)
            return true;
    return false;
}

static void explain_plans(struct protecting *protecting)
{
    const struct assigner *assigner =
        assigner_of(protecting->cells, protecting->cell, protecting->scratch);
    uint64_t refused = protecting->assignments.refused;
    struct database_protection *database = protecting->database;
    const struct plan_input *plans;
    bool is_open_for, any_live = false;
    size_t count;

    plans = assigner_plans(assigner, &count, &is_open_for);
    database->why.items =
        arena_array(protecting->arena, SELECTION_CODE_COUNT + 4, struct str);
    if (database->planned == HOLDS_YES)
        return;
    for (size_t i = 0; i < count; i++)
        any_live = any_live || plans[i].plan.state != PLAN_DELETED;
    if (has_never_running(protecting))
        add_why(protecting, "never-runs");
    if (database->planned == HOLDS_MAYBE)
        explain_open(protecting, plans, count, is_open_for);
    else if (refused == 0 && database->why.count == 0)
        add_why(protecting, any_live    ? "no-selection"
                            : count > 0 ? "plan-deleted"
                                        : "no-plan");
    for (int code = 0; code < SELECTION_CODE_COUNT; code++)
        if (database->planned == HOLDS_NO && (refused >> code & 1) != 0)
            add_why(protecting, selection_code_name((enum selection_code)code));
    qsort(database->why.items, database->why.count, sizeof(struct str), compare_texts);
}

/* ---- in words ----------------------------------------------------------------------
 */

static void add_name(struct buf *buf, struct str name, struct str id)
{
    if (name.len > 0)
        buf_printf(buf, "%.*s", STR_ARG(name));
    else
        buf_printf(buf, "%.*s", STR_ARG(id.text != NULL ? id : STR("-")));
}

static void add_taker(struct buf *buf, const struct taker *taker)
{
    buf_add(buf, taker->is_sure ? STR("plan ") : STR("perhaps plan "));
    add_name(buf, taker->of->plan->name, taker->of->plan->id);
    buf_add(buf, STR(" by selection "));
    add_name(buf, taker->of->name, taker->of->id);
    buf_printf(buf, " (%.*s)", STR_ARG(taker->because));
}

static void add_newest(const struct protecting *protecting, struct buf *buf)
{
    const struct database_protection *database = protecting->database;

    if (database->has_newest) {
        char text[INSTANT_TEXT_BYTES];

        instant_print(database->newest * INSTANTS_PER_SECOND, text);
        buf_printf(buf, "; newest usable backup known of %s", text);
        if (protecting->inputs.now != NULL) {
            int64_t seconds = protecting->now - database->newest;

            buf_printf(buf, ", %lld hours %s the audit",
                       (long long)(seconds < 0 ? -seconds : seconds) / 3600,
                       seconds < 0 ? "after" : "before");
        }
    } else if (database->has_backup == HOLDS_NO) {
        buf_add(buf, STR("; no usable backup"));
    } else {
        buf_add(buf, STR("; whether there is a usable backup is not known"));
    }
    if (protecting->inputs.lost_job == HOLDS_YES)
        buf_add(buf, STR("; backup jobs were lost"));
}

static void write_because(struct protecting *protecting)
{
    struct database_protection *database = protecting->database;
    struct buf buf = BUF_EMPTY(protecting->scratch);

    for (size_t i = 0; i < database->taker_count; i++) {
        if (i > 0)
            buf_add(&buf, STR("; "));
        add_taker(&buf, &database->takers[i]);
    }
    if (database->planned == HOLDS_NO)
        buf_add(&buf, STR("no plan takes it ("));
    else if (database->planned == HOLDS_MAYBE)
        buf_printf(&buf, "%swhether a plan takes it is not known (",
                   buf.len > 0 ? "; " : "");
    for (size_t i = 0; i < database->why.count; i++)
        buf_printf(&buf, "%s%.*s", i > 0 ? ", " : "", STR_ARG(database->why.items[i]));
    if (database->planned != HOLDS_YES)
        buf_add_byte(&buf, ')');
    add_newest(protecting, &buf);
    database->because = str_copy(protecting->arena, buf_str(&buf));
}

/* ---- one database ------------------------------------------------------------------
 */

static enum holds is_left_over(const struct protecting *protecting)
{
    const struct str prefix = STR("awsbackup-restore-test");
    const struct tag_list *tags = &protecting->assignments.database.tags;

    for (size_t i = 0; i < tags->count; i++)
        if (str_starts_with(tags->items[i].key, prefix))
            return HOLDS_YES;
    protecting->database->is_named_left_over =
        str_starts_with(protecting->database->subject->id, prefix);
    if (protecting->database->is_named_left_over)
        return HOLDS_YES;
    return tags->is_whole ? HOLDS_NO : HOLDS_MAYBE;
}

static void read_traits(struct protecting *protecting)
{
    const struct database *of = &protecting->assignments.database;
    struct database_protection *database = protecting->database;

    database->engine =
        of->engine.text != NULL ? str_copy(protecting->arena, of->engine) : STR_NONE;
    database->is_member = of->traits.membership == MEMBERSHIP_MEMBER;
    if (of->traits.has_type)
        database->family = str_from(opt_in_type_name(of->traits.type));
    switch (of->traits.support) {
    case SUPPORT_FULL:
        protecting->inputs.is_supported = HOLDS_YES;
        break;
    case SUPPORT_NONE:
        protecting->inputs.is_supported = HOLDS_NO;
        database->family = STR("unsupported");
        break;
    case SUPPORT_UNCLEAR:
    case SUPPORT_UNREAD:
        protecting->inputs.is_supported = HOLDS_MAYBE;
        database->family = STR("unclear");
        break;
    }
    protecting->inputs.is_ignored = is_left_over(protecting);
}

/* Of a record that does not tell what it is: anything. */
static void judge_untold(struct protecting *protecting, struct str because)
{
    struct database_protection *database = protecting->database;

    for (int state = 0; state < PROTECTION_COUNT; state++)
        database->states.possible[state] = true;
    database->states.count = PROTECTION_COUNT;
    database->planned = database->has_backup = HOLDS_MAYBE;
    database->because = because;
}

static void judge_database(struct protecting *protecting)
{
    struct database_protection *database = protecting->database;
    struct protection_inputs *inputs = &protecting->inputs;

    assignments_find(
        assigner_of(protecting->cells, protecting->cell, protecting->scratch),
        database->subject, database->arn, protecting->scratch,
        &protecting->assignments);
    read_traits(protecting);
    if (database->is_member) {
        const struct database *of = &protecting->assignments.database;

        /* an engine of clusters alone has no other instances: AWS prints whose */
        database->is_member = of->membership == MEMBERSHIP_MEMBER;
        if (!database->is_member) {
            database->untold = STR("DBClusterIdentifier");
            judge_untold(protecting, STR("its engine has members of clusters alone, "
                                         "and its record tells no cluster"));
        }
        return;
    }
    read_backups(protecting);
    read_plans(protecting);
    if (inputs->is_supported == HOLDS_NO)
        inputs->plans_are_open = false;
    protection_judge(inputs, &database->states);
    database->rests_on_due = database->states.possible[PROTECTION_FAILING] &&
                             !database->states.possible[PROTECTION_PENDING] &&
                             inputs->lost_job != HOLDS_YES;
    database->planned = protection_planned(inputs);
    database->has_backup = inputs->has_backup;
    explain_plans(protecting);
    write_because(protecting);
}

static struct str arn_of(const struct protecting *protecting)
{
    const json_t *record = protecting->judgement->merged.value;
    struct str arn = text_of(json_object_get(record, "DBInstanceArn"));

    if (arn.text == NULL)
        arn = text_of(json_object_get(record, "DBClusterArn"));
    return arn.text != NULL ? str_copy(protecting->arena, arn) : STR_NONE;
}

static struct protector *protector_of(const struct cells *cells,
                                      const struct cell *cell)
{
    struct known_type *known =
        known_of(cell, catalog_type(cells->gathered->measures->catalog,
                                    STR("AWS::Backup::BackupPlan")));

    if (known->protector == NULL) {
        known->protector = arena_new(cell->known->arena, struct protector);
        known->protector->promises.arena = known->protector->databases.arena =
            cell->known->arena;
    }
    return known->protector;
}

const struct database_protection *protection_of(const struct cells *cells,
                                                const struct ruling *ruling,
                                                const struct cell *cell,
                                                const struct subject *subject,
                                                struct arena *scratch)
{
    struct protector *protector = protector_of(cells, cell);
    void **slot = table_slot(&protector->databases, BYTES_OF(subject));
    struct str as_of = cells->gathered->settings->as_of;
    struct protecting protecting = { .cells = cells,
                                     .cell = cell,
                                     .arena = cell->known->arena,
                                     .scratch = scratch,
                                     .protector = protector };
    struct judgement judgement;

    if (*slot != NULL)
        return *slot;
    *slot = protecting.database =
        arena_new(protecting.arena, struct database_protection);
    protecting.database->subject = subject;
    judge_subject(&judgement, cells, ruling, cell, subject, scratch);
    protecting.judgement = &judgement;
    if (as_of.text != NULL && instant_parse(as_of, &protecting.now)) {
        protecting.now /= INSTANTS_PER_SECOND;
        protecting.inputs.now = &protecting.now;
    }
    protecting.database->arn = arn_of(&protecting);
    if (protecting.database->arn.text == NULL)
        judge_untold(&protecting, STR("its record tells no ARN"));
    else
        judge_database(&protecting);
    jmespath_context_reset(ruling->context);
    return protecting.database;
}

/* ---- as records --------------------------------------------------------------------
 */

static void release_json(void *object)
{
    json_decref(object);
}

struct made *protection_made(const struct database_protection *database,
                             struct arena *scratch, size_t *count)
{
    struct made *made = arena_array(scratch, PROTECTION_COUNT, struct made);

    *count = 0;
    for (int state = 0; state < PROTECTION_COUNT && !database->is_member; state++) {
        json_t *record;

        if (!database->states.possible[state])
            continue;
        record = json_pack("{s: s%, s: s}", "ResourceArn",
                           database->arn.text != NULL ? database->arn.text : "",
                           database->arn.len, "State",
                           protection_state_name((enum protection_state)state));
        arena_on_release(scratch, release_json, record);
        made[(*count)++] =
            (struct made){ .value = record, .is_sure = database->states.count == 1 };
    }
    return made;
}

json_t *protection_json(const struct database_protection *database,
                        struct arena *scratch)
{
    struct buf states = BUF_EMPTY(scratch);
    size_t count = 0;

    for (int state = 0; state < PROTECTION_COUNT; state++) {
        if (!database->states.possible[state])
            continue;
        if (count++ > 0)
            buf_add(&states, count < database->states.count ? STR(", ") : STR(" or "));
        buf_add(&states, str_from(protection_state_name((enum protection_state)state)));
    }
    return json_pack("{s: s, s: s%}", "State", buf_str(&states).text, "Because",
                     database->because.text != NULL ? database->because.text : "",
                     database->because.len);
}
