#include "judge/assignments.h"

#include "gather/inputs.h"
#include "judge/known.h"
#include "judge/parents.h"
#include "judge/selection_read.h"

#include <string.h>

#define INSTANCE_TYPE "AWS::RDS::DBInstance"
#define CLUSTER_TYPE  "AWS::RDS::DBCluster"

enum { KEPT_ASSIGNMENTS_MAX = 8, KEPT_TAGS_MAX = 16 };

struct assigner {
    struct arena *arena; /* what is known of the cell */
    const struct cells *cells;
    const struct cell *cell;
    struct plan_input *plans;
    size_t plan_count;
    struct selection_input *selections;
    size_t selection_count;
    bool plans_are_open;
    struct opt_ins opt_ins;
    struct table found;   /* by subject: what takes it, for the rules that ask next */
    struct table tagged;  /* from an ARN to the subject that has its tags */
    bool tags_are_closed; /* what is not in it has none */
};

/* ---- what is known of the inputs ---------------------------------------------------
 */

static const struct type *type_named(const struct assigner *assigner, const char *name)
{
    return catalog_type(assigner->cells->gathered->measures->catalog, str_from(name));
}

/* The records of an input's type; NULL: no table of it was kept. */
static const struct subjects *inputs_of(const struct assigner *assigner,
                                        const struct type *type, struct arena *scratch)
{
    if (type == NULL ||
        assigner->cells->gathered->measures->by_type[type->index].all == NULL)
        return NULL;
    return subjects_of(assigner->cells, assigner->cell, type, scratch);
}

/* All fields of an input that are read. */
static void merge(const struct assigner *assigner, const struct subject *subject,
                  struct arena *arena, struct merged *merged)
{
    const struct measures *measures = assigner->cells->gathered->measures;
    struct jmespath_fields fields;
    struct columns columns;

    input_fields(arena, assignment_input(subject->type->name), &fields);
    measures_columns(arena, &measures->by_type[subject->type->index], &fields,
                     &columns);
    subject_merge(subject, measures, &columns, arena, merged);
}

/* Whether its records say different things of the one field. */
static bool differs_in(const struct assigner *assigner, const struct subject *subject,
                       struct str field, struct arena *scratch)
{
    const struct measures *measures = assigner->cells->gathered->measures;
    struct jmespath_fields fields = { .names = &field, .count = 1 };
    struct columns columns;
    struct merged merged;

    measures_columns(scratch, &measures->by_type[subject->type->index], &fields,
                     &columns);
    subject_merge(subject, measures, &columns, scratch, &merged);
    return merged.differs.text != NULL;
}

static struct str text_of(const json_t *value)
{
    return json_is_string(value)
               ? (struct str){ json_string_value(value), json_string_length(value) }
               : STR_NONE;
}

/* When it was created, as its record says. */
static struct interval created_of(const struct merged *merged)
{
    double seconds;

    if (!value_of_json(json_object_get(merged->value, "CreationDate"), true, &seconds))
        return (struct interval){ INT64_MIN, INT64_MAX };
    return (struct interval){ (int64_t)seconds, (int64_t)seconds };
}

static bool is_open(const struct merged *merged, struct str field)
{
    for (size_t i = 0; i < merged->open_count; i++)
        if (str_equal(merged->open[i], field))
            return true;
    return false;
}

static enum plan_state state_of(const struct plan_input *input)
{
    const json_t *deletion = json_object_get(input->merged.value, "DeletionDate");

    if (deletion != NULL && !(json_is_string(deletion) && text_of(deletion).len == 0))
        return PLAN_DELETED;
    if (is_open(&input->merged, STR("DeletionDate")) || input->rules == NULL)
        return PLAN_NOT_READ;
    return json_array_size(input->rules) == 0 ? PLAN_WITHOUT_RULES : PLAN_ACTIVE;
}

/* Of a plan's rules each has its vault. */
static json_t *rules_of(const struct plan_input *input)
{
    json_t *body = json_object_get(input->merged.value, "BackupPlan");
    json_t *rules = json_object_get(body, "Rules");

    for (size_t i = 0; i < input->nested.count; i++)
        if (input->nested.items[i].object == body &&
            str_same(input->nested.items[i].name, STR("Rules")))
            return NULL;
    return json_is_array(rules) ? rules : NULL;
}

static bool lists_all_selections(const struct assigner *assigner, struct str plan,
                                 struct arena *scratch)
{
    const struct type *type = type_named(assigner, "AWS::Backup::BackupSelection");
    const struct gathered *gathered = assigner->cells->gathered;
    const struct measure *all = gathered->measures->by_type[type->index].all;
    const struct listing *listing = cell_listing(assigner->cell, type);

    for (size_t i = 0; i < type->call_count; i++) {
        if (type->calls[i]->gives == GIVES_PART &&
            part_is_complete(listing, type->calls[i], plan, all,
                             gathered->settings->no_filtered, scratch))
            return true;
    }
    return false;
}

static void read_plans(struct assigner *assigner, struct arena *scratch)
{
    const struct subjects *plans =
        inputs_of(assigner, type_named(assigner, "AWS::Backup::BackupPlan"), scratch);

    assigner->plans_are_open = plans == NULL || plans->is_open;
    if (plans == NULL)
        return;
    assigner->plans = arena_array(assigner->arena, plans->count, struct plan_input);
    for (size_t i = 0; i < plans->count; i++) {
        struct plan_input *input = &assigner->plans[assigner->plan_count++];
        struct merged *merged = &input->merged;
        struct str listed;

        input->subject = plans->items[i];
        merge(assigner, input->subject, assigner->arena, merged);
        listed = text_of(json_object_get(merged->value, "BackupPlanName"));
        input->id = input->subject->id;
        input->arn = text_of(json_object_get(merged->value, "BackupPlanArn"));
        input->name =
            listed.text != NULL
                ? listed
                : text_of(json_object_get(json_object_get(merged->value, "BackupPlan"),
                                          "BackupPlanName"));
        nested_open(assigner->arena, merged->value, merged->trimmed, &input->nested);
        input->rules = rules_of(input);
        input->created = created_of(merged);
        input->plan = (struct backup_plan){
            .arn = input->arn,
            .state = state_of(input),
            .is_organization = str_starts_with(input->id, STR("orgs/")),
        };
        backup_plan_prepare(&input->plan);
    }
}

static const struct plan_input *plan_of(const struct assigner *assigner, struct str id)
{
    for (size_t i = 0; i < assigner->plan_count && id.text != NULL; i++)
        if (str_equal(assigner->plans[i].id, id))
            return &assigner->plans[i];
    return NULL;
}

/* A selection of a plan that no evidence shows is one of a plan that was not read. */
static const struct plan_input *unseen_plan(struct assigner *assigner, struct str id)
{
    struct plan_input *input = arena_new(assigner->arena, struct plan_input);

    *input = (struct plan_input){ .id = id,
                                  .merged = { .value = NULL },
                                  .created = { INT64_MIN, INT64_MAX } };
    backup_plan_prepare(&input->plan);
    return input;
}

static void read_selections(struct assigner *assigner, struct arena *scratch)
{
    const struct subjects *selections = inputs_of(
        assigner, type_named(assigner, "AWS::Backup::BackupSelection"), scratch);

    if (selections == NULL)
        return;
    assigner->plans_are_open = assigner->plans_are_open || selections->is_blurred;
    for (size_t i = 0; i < assigner->plan_count; i++)
        assigner->plans[i].has_all_selections =
            !selections->is_open ||
            lists_all_selections(assigner, assigner->plans[i].id, scratch);
    assigner->selections =
        arena_array(assigner->arena, selections->count, struct selection_input);
    for (size_t i = 0; i < selections->count; i++) {
        struct selection_input *input =
            &assigner->selections[assigner->selection_count++];
        struct selection criteria;
        struct merged merged;
        struct str plan;

        input->subject = selections->items[i];
        merge(assigner, input->subject, assigner->arena, &merged);
        input->created = created_of(&merged);
        input->id = input->subject->id;
        input->name = text_of(json_object_get(merged.value, "SelectionName"));
        if (input->name.text == NULL)
            input->name = text_of(json_object_get(
                json_object_get(merged.value, "BackupSelection"), "SelectionName"));
        plan = text_of(json_object_get(merged.value, "BackupPlanId"));
        input->plan = plan_of(assigner, plan);
        if (input->plan == NULL)
            input->plan = unseen_plan(assigner, plan);
        selection_read(assigner->arena,
                       json_object_get(merged.value, "BackupSelection"), true,
                       &criteria);
        input->selector = selection_compile(assigner->arena, &criteria);
    }
}

static void read_opt_ins(struct assigner *assigner, struct arena *scratch)
{
    const struct subjects *settings = inputs_of(
        assigner, type_named(assigner, "AWS::Backup::RegionSettings"), scratch);
    struct merged merged;

    if (settings == NULL || settings->count != 1)
        return;
    merge(assigner, settings->items[0], assigner->arena, &merged);
    opt_ins_read(merged.value, &assigner->opt_ins);
}

static void read_tags(struct assigner *assigner, struct arena *scratch)
{
    const struct subjects *tagged = inputs_of(
        assigner, type_named(assigner, "AWS::ResourceGroups::TaggedResource"), scratch);

    assigner->tagged.arena = assigner->arena;
    assigner->tags_are_closed = tagged != NULL && !tagged->is_open;
    for (size_t i = 0; tagged != NULL && i < tagged->count; i++)
        *table_slot(&assigner->tagged, tagged->items[i]->id) = tagged->items[i];
}

/* ---- rules with their vaults -------------------------------------------------------
 */

static const struct subject *vault_named(const struct subjects *vaults, struct str name)
{
    for (size_t i = 0; i < vaults->count; i++)
        if (str_equal(vaults->items[i]->id, name))
            return vaults->items[i];
    return NULL;
}

/* A copy of each rule, and in it the record of its vault. What is not known of a vault
 * stays out: assignments_made() opens it. */
static void add_vaults(struct assigner *assigner, struct arena *scratch)
{
    const struct subjects *vaults =
        inputs_of(assigner, type_named(assigner, "AWS::Backup::BackupVault"), scratch);

    for (size_t i = 0; i < assigner->plan_count; i++) {
        struct plan_input *plan = &assigner->plans[i];
        size_t count = json_array_size(plan->rules);

        plan->opens = arena_array(assigner->arena,
                                  count * (INPUT_FIELDS_MAX + 1) + plan->nested.count,
                                  struct open_member);
        for (size_t j = 0; j < plan->nested.count && count > 0; j++)
            plan->opens[plan->open_count++] = plan->nested.items[j];
        for (size_t j = 0; j < count; j++) {
            json_t *rule = json_array_get(plan->rules, j);
            struct str name = text_of(json_object_get(rule, "TargetBackupVaultName"));
            const struct subject *vault =
                vaults != NULL ? vault_named(vaults, name) : NULL;
            struct merged merged;

            json_object_del(rule, "Vault"); /* no record of AWS has one */
            if (vault == NULL && vaults != NULL && !vaults->is_open)
                continue; /* there is none of that name */
            if (vault == NULL) {
                plan->opens[plan->open_count++] =
                    (struct open_member){ rule, STR("Vault") };
                continue;
            }
            merge(assigner, vault, assigner->arena, &merged);
            json_object_set(rule, "Vault", merged.value);
            for (size_t k = 0; k < merged.open_count; k++)
                plan->opens[plan->open_count++] =
                    (struct open_member){ merged.value, merged.open[k] };
        }
    }
}

struct assigner *assigner_of(const struct cells *cells, const struct cell *cell,
                             struct arena *scratch)
{
    const struct type *type = catalog_type(cells->gathered->measures->catalog,
                                           STR("AWS::Backup::BackupPlan"));
    struct known_type *known = known_of(cell, type);
    struct assigner *assigner = known->assigner;

    if (assigner != NULL)
        return assigner;
    assigner = known->assigner = arena_new(cell->known->arena, struct assigner);
    assigner->arena = assigner->found.arena = cell->known->arena;
    assigner->cells = cells;
    assigner->cell = cell;
    read_plans(assigner, scratch);
    read_selections(assigner, scratch);
    read_opt_ins(assigner, scratch);
    read_tags(assigner, scratch);
    add_vaults(assigner, scratch);
    return assigner;
}

/* ---- what takes one database -------------------------------------------------------
 */

/* What the listing of tags says of it. */
static void listed_tags(const struct assigner *assigner, struct str arn,
                        struct arena *scratch, struct tag_list *tags)
{
    const struct subject *tagged = table_find(&assigner->tagged, arn);
    struct merged merged;

    *tags = (struct tag_list){ .is_whole = assigner->tags_are_closed };
    if (tagged == NULL)
        return;
    merge(assigner, tagged, scratch, &merged);
    tags_read(scratch, json_object_get(merged.value, "Tags"), tags);
    if (!tagged->is_certain) /* a whole listing lacks it, and says that it has none */
        *tags = (struct tag_list){ 0 };
}

static bool says_of_tags(const struct tag_list *tags)
{
    return tags->is_whole || tags->count > 0;
}

/* Its own records tell the tags, and so does a listing of tags. *differ: they say
 * different things. */
static void tags_of(const struct assigner *assigner, const struct subject *own,
                    const struct merged *merged, struct str arn, struct arena *scratch,
                    struct tag_list *tags, bool *differ)
{
    struct tag_list of_own = { 0 }, listed;
    const json_t *own_list = NULL;

    *differ = false;
    if (merged != NULL) {
        own_list = json_object_get(merged->value, "TagList");
        *differ = is_open(merged, STR("TagList")) &&
                  differs_in(assigner, own, STR("TagList"), scratch);
    }
    listed_tags(assigner, arn, scratch, &listed);
    if (own_list != NULL)
        tags_read(scratch, own_list, &of_own);
    if (*differ)
        *tags = (struct tag_list){ 0 };
    else if (!says_of_tags(&of_own))
        *tags = listed;
    else if (!says_of_tags(&listed))
        *tags = of_own;
    else {
        tags_sort(&of_own);
        tags_sort(&listed);
        tags_agree(scratch, &of_own, &listed, tags, differ);
    }
}

static enum database_kind kind_of(struct str arn)
{
    struct arn parsed;

    return arn_parse(arn, &parsed) && str_starts_with(parsed.resource, STR("cluster:"))
               ? DATABASE_CLUSTER
               : DATABASE_INSTANCE;
}

static bool is_database(const struct subject *subject)
{
    return subject != NULL && (str_equal(subject->type->name, STR(INSTANCE_TYPE)) ||
                               str_equal(subject->type->name, STR(CLUSTER_TYPE)));
}

static void database_of(const struct assigner *assigner, const struct subject *subject,
                        struct str arn, struct arena *scratch,
                        struct assignments *assignments)
{
    struct database *database = &assignments->database;
    struct merged own, *merged = NULL;

    *database = (struct database){ .arn = arn, .kind = kind_of(arn) };
    if (is_database(subject)) {
        merge(assigner, subject, scratch, &own);
        merged = &own;
        database->engine = text_of(json_object_get(own.value, "Engine"));
        if (!is_open(&own, STR("DBClusterIdentifier"))) {
            database->membership =
                text_of(json_object_get(own.value, "DBClusterIdentifier")).len > 0
                    ? MEMBERSHIP_MEMBER
                    : MEMBERSHIP_NONE;
        }
        if (!is_open(&own, STR("BackupTarget")))
            database->target =
                backup_target_of(text_of(json_object_get(own.value, "BackupTarget")));
    }
    tags_of(assigner, subject, merged, arn, scratch, &database->tags,
            &assignments->tags_differ);
    database_prepare(database);
}

static void find(const struct assigner *assigner, const struct subject *subject,
                 struct str arn, struct arena *scratch, struct assignments *assignments)
{
    *assignments = (struct assignments){
        .is_closed = !assigner->plans_are_open,
        .items = arena_array(scratch, assigner->selection_count, struct assignment),
    };
    database_of(assigner, subject, arn, scratch, assignments);
    for (size_t i = 0; i < assigner->plan_count; i++)
        if (!assigner->plans[i].has_all_selections &&
            assigner->plans[i].plan.state != PLAN_DELETED)
            assignments->is_closed = false;
    for (size_t i = 0; i < assigner->selection_count; i++) {
        const struct selection_input *input = &assigner->selections[i];
        struct selection_result result;

        if (!selection_may_take(input->selector, assignments->database.kind)) {
            assignments->refused |= UINT64_C(1) << SELECTION_NO_MATCH;
            continue;
        }
        result = selection_judge(input->selector, &input->plan->plan,
                                 &assignments->database, &assigner->opt_ins);
        if (result.answer == NOT_SELECTED || result.answer == EXCLUDED) {
            assignments->refused |= UINT64_C(1) << result.code;
            continue;
        }
        assignments->items[assignments->count++] = (struct assignment){
            .of = input,
            .result = result,
            .is_sure = result.answer == SELECTED && input->subject->is_certain &&
                       input->plan->subject != NULL && input->plan->subject->is_certain,
        };
    }
}

static struct str copy_or_absent(struct arena *arena, struct str text)
{
    return text.text != NULL ? str_copy(arena, text) : text;
}

static void copy_tags(struct arena *arena, struct tag_list *tags)
{
    struct tag *items = arena_array(arena, tags->count, struct tag);

    for (size_t i = 0; i < tags->count; i++)
        items[i] = (struct tag){ .key = copy_or_absent(arena, tags->items[i].key),
                                 .value = copy_or_absent(arena, tags->items[i].value) };
    tags->items = items;
}

/* What is found is the same for all rules: it is kept, unless it is much. */
static void keep(struct assigner *assigner, const struct subject *subject,
                 const struct assignments *found)
{
    struct str key = { (const char *)&subject, sizeof subject };
    struct arena *arena = assigner->arena;
    struct assignments *kept;
    struct database *database;

    if (subject == NULL || found->count > KEPT_ASSIGNMENTS_MAX ||
        found->database.tags.count > KEPT_TAGS_MAX)
        return;
    kept = arena_new(arena, struct assignments);
    *kept = *found;
    kept->items = arena_array(arena, found->count, struct assignment);
    if (found->count > 0)
        memcpy(kept->items, found->items, found->count * sizeof *found->items);
    database = &kept->database;
    database->arn = copy_or_absent(arena, database->arn);
    database->engine = copy_or_absent(arena, database->engine);
    copy_tags(arena, &database->tags);
    database_prepare(database);
    *table_slot(&assigner->found, key) = kept;
}

void assignments_find(struct assigner *assigner, const struct subject *subject,
                      struct str arn, struct arena *scratch,
                      struct assignments *assignments)
{
    struct str key = { (const char *)&subject, sizeof subject };
    const struct assignments *kept = table_find(&assigner->found, key);

    if (kept != NULL && str_equal(kept->database.arn, arn)) {
        *assignments = *kept;
        return;
    }
    find(assigner, subject, arn, scratch, assignments);
    if (kept == NULL)
        keep(assigner, subject, assignments);
}

/* ---- as records --------------------------------------------------------------------
 */

static void release_json(void *object)
{
    json_decref(object);
}

static void set_text(json_t *record, const char *key, struct str text)
{
    if (text.text != NULL)
        json_object_set_new(record, key, json_stringn(text.text, text.len));
}

void assignment_because(const struct assignment *assignment,
                        const struct database *database, struct buf *out)
{
    selection_because(assignment->of->selector, database, &assignment->result, out);
}

static void make(const struct assignment *assignment,
                 const struct assignments *assignments, struct arena *scratch,
                 struct made *made)
{
    const struct selection_input *of = assignment->of;
    struct buf because = BUF_EMPTY(scratch);
    json_t *record = json_object();

    arena_on_release(scratch, release_json, record);
    assignment_because(assignment, &assignments->database, &because);
    set_text(record, "ResourceArn", assignments->database.arn);
    set_text(record, "BackupPlanId", of->plan->id);
    set_text(record, "BackupPlanArn", of->plan->arn);
    set_text(record, "BackupPlanName", of->plan->name);
    set_text(record, "SelectionId", of->id);
    set_text(record, "SelectionName", of->name);
    set_text(record, "Code", str_from(selection_code_name(assignment->result.code)));
    set_text(record, "Because", buf_str(&because));
    *made = (struct made){ .value = record,
                           .is_sure = assignment->is_sure,
                           .open = of->plan->opens,
                           .open_count = of->plan->open_count };
    if (of->plan->rules != NULL) {
        json_object_set(record, "Rules", of->plan->rules);
        return;
    }
    made->open = arena_new(scratch, struct open_member);
    *made->open = (struct open_member){ record, STR("Rules") };
    made->open_count = 1;
}

struct made *assignments_made(const struct assignments *assignments,
                              struct arena *scratch)
{
    struct made *made = arena_array(scratch, assignments->count, struct made);

    for (size_t i = 0; i < assignments->count; i++)
        make(&assignments->items[i], assignments, scratch, &made[i]);
    return made;
}

const struct plan_input *assigner_plans(const struct assigner *assigner, size_t *count,
                                        bool *is_open_for)
{
    *count = assigner->plan_count;
    *is_open_for = assigner->plans_are_open;
    return assigner->plans;
}
