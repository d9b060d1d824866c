#include "compare/diff.h"

#include "base/order.h"
#include "report/report.h"

#include <assert.h>
#include <string.h>

/* ---- words ----------------------------------------------------------------------- */

static const struct {
    const char *name, *title;
} kind_words[] = {
    [DIFF_NEWLY_FAILING] = { "newly-failing", "newly failing" },
    [DIFF_UNWAIVED] = { "no-longer-waived", "no longer waived" },
    [DIFF_UNDECIDED] = { "no-longer-decidable", "no longer decidable" },
    [DIFF_WAIVED] = { "newly-waived", "newly waived" },
    [DIFF_FIXED] = { "fixed", "fixed" },
    [DIFF_DECIDED] = { "newly-decidable", "newly decidable" },
    [DIFF_OTHER] = { "changed", "changed otherwise" },
    [DIFF_NEW] = { "new", "new" },
    [DIFF_GONE] = { "gone", "gone" },
    [DIFF_STILL_FAILING] = { "still-failing", "still failing" },
    [DIFF_SAME] = { "unchanged", "unchanged" },
};
static_assert(COUNT_OF(kind_words) == DIFF_KIND_COUNT, "words for each");

const char *diff_kind_name(enum diff_kind kind)
{
    return kind_words[kind].name;
}

const char *diff_kind_title(enum diff_kind kind)
{
    return kind_words[kind].title;
}

const char *diff_why_name(enum diff_why why)
{
    static const char *const names[] = {
        [WHY_RULE] = "rule",           [WHY_WAIVER] = "waiver",
        [WHY_EVIDENCE] = "evidence",   [WHY_NEARBY] = "evidence-nearby",
        [WHY_SETTINGS] = "settings",   [WHY_CATALOG] = "catalog",
        [WHY_PROGRAM] = "program",     [WHY_ELSEWHERE] = "evidence-elsewhere",
        [WHY_NO_DIGEST] = "no-digest", [WHY_UNTOLD] = "untold",
    };

    static_assert(COUNT_OF(names) == DIFF_WHY_COUNT, "a name for each");
    return names[why];
}

/* ---- kinds ----------------------------------------------------------------------- */

/* By the old result, then the new one. */
static const enum diff_kind kinds[RESULT_COUNT + 1][RESULT_COUNT + 1] = {
    [RESULT_PASS] = { [RESULT_PASS] = DIFF_SAME,
                      [RESULT_FAIL] = DIFF_NEWLY_FAILING,
                      [RESULT_UNKNOWN] = DIFF_UNDECIDED,
                      [RESULT_NOT_APPLICABLE] = DIFF_OTHER,
                      [RESULT_WAIVED] = DIFF_WAIVED,
                      [NO_RESULT] = DIFF_GONE },
    [RESULT_FAIL] = { [RESULT_PASS] = DIFF_FIXED,
                      [RESULT_FAIL] = DIFF_STILL_FAILING,
                      [RESULT_UNKNOWN] = DIFF_UNDECIDED,
                      [RESULT_NOT_APPLICABLE] = DIFF_FIXED,
                      [RESULT_WAIVED] = DIFF_WAIVED,
                      [NO_RESULT] = DIFF_GONE },
    [RESULT_UNKNOWN] = { [RESULT_PASS] = DIFF_DECIDED,
                         [RESULT_FAIL] = DIFF_NEWLY_FAILING,
                         [RESULT_UNKNOWN] = DIFF_SAME,
                         [RESULT_NOT_APPLICABLE] = DIFF_DECIDED,
                         [RESULT_WAIVED] = DIFF_WAIVED,
                         [NO_RESULT] = DIFF_GONE },
    [RESULT_NOT_APPLICABLE] = { [RESULT_PASS] = DIFF_OTHER,
                                [RESULT_FAIL] = DIFF_NEWLY_FAILING,
                                [RESULT_UNKNOWN] = DIFF_UNDECIDED,
                                [RESULT_NOT_APPLICABLE] = DIFF_SAME,
                                [RESULT_WAIVED] = DIFF_WAIVED,
                                [NO_RESULT] = DIFF_GONE },
    [RESULT_WAIVED] = { [RESULT_PASS] = DIFF_FIXED,
                        [RESULT_FAIL] = DIFF_UNWAIVED,
                        [RESULT_UNKNOWN] = DIFF_UNDECIDED,
                        [RESULT_NOT_APPLICABLE] = DIFF_FIXED,
                        [RESULT_WAIVED] = DIFF_SAME,
                        [NO_RESULT] = DIFF_GONE },
    [NO_RESULT] = { [RESULT_PASS] = DIFF_NEW,
                    [RESULT_FAIL] = DIFF_NEWLY_FAILING,
                    [RESULT_UNKNOWN] = DIFF_NEW,
                    [RESULT_NOT_APPLICABLE] = DIFF_NEW,
                    [RESULT_WAIVED] = DIFF_NEW,
                    [NO_RESULT] = DIFF_SAME },
};
static_assert(RESULT_COUNT == 5, "each result has a row and a column");

enum diff_kind diff_kind_of(unsigned old, unsigned new)
{
    assert(old <= NO_RESULT && new <= NO_RESULT);
    return kinds[old][new];
}

int diff_status(const struct diff *diff)
{
    return diff->counts[DIFF_NEWLY_FAILING] > 0 || diff->counts[DIFF_UNWAIVED] > 0;
}

const struct outline_finding *diff_finding(const struct diff_change *change)
{
    return change->new != NULL ? change->new : change->old;
}

/* ---- what differs beside findings ------------------------------------------------ */

/* What is looked up of each finding. */
struct finding_diff {
    struct arena *arena;
    struct diff *diff;
    struct table rules;  /* by id: struct diff_rule */
    struct table params; /* ids of rules */
};

/* Those that are not here may change any finding. */
static const struct {
    const char *key;
    enum setting_reach reach;
} reaches[] = {
    { "no_builtin", REACH_RULES }, { "rules", REACH_RULES },
    { "packs", REACH_RULES },      { "select", REACH_RULES },
    { "skip", REACH_RULES },       { "params", REACH_PARAMS },
    { "accounts", REACH_PLACES },  { "regions", REACH_PLACES },
    { "matrix", REACH_NONE },      { "fail_on", REACH_NONE },
    { "no_digest", REACH_NONE },   { "waivers", REACH_WAIVERS },
};

static enum setting_reach reach_of(const char *key)
{
    for (size_t i = 0; i < COUNT_OF(reaches); i++)
        if (strcmp(key, reaches[i].key) == 0)
            return reaches[i].reach;
    return REACH_ALL;
}

/* What is not there was not given, as in a report of a version without the option. */
static bool is_given(const json_t *value)
{
    return value != NULL && !json_is_null(value) && !json_is_false(value) &&
           (!json_is_array(value) || json_array_size(value) > 0);
}

static bool add_setting(struct arena *arena, struct diff *diff, const char *key,
                        struct error *err)
{
    const json_t *old = json_object_get(diff->old->head.settings, key);
    const json_t *new = json_object_get(diff->new->head.settings, key);
    const struct option *option = report_setting(str_from(key));

    if ((!is_given(old) && !is_given(new)) || (old != NULL && json_equal(old, new)))
        return true;
    if (diff->setting_count == DIFF_SETTINGS_MAX)
        return error_set(err, "settings: more than %d differ", DIFF_SETTINGS_MAX);
    diff->settings[diff->setting_count++] = (struct diff_setting){
        .key = str_from(key),
        .option = option != NULL ? arena_printf(arena, "--%s", option->name) : NULL,
        .old = old,
        .new = new,
        .reach = reach_of(key),
    };
    return true;
}

static int compare_settings(const void *left, const void *right)
{
    return str_compare(((const struct diff_setting *)left)->key,
                       ((const struct diff_setting *)right)->key);
}

static const char *next_key(json_t *object, void **at)
{
    *at = *at == NULL ? json_object_iter(object) : json_object_iter_next(object, *at);
    return *at != NULL ? json_object_iter_key(*at) : NULL;
}

static bool find_settings(struct arena *arena, struct diff *diff, struct error *err)
{
    const struct outline *const sides[] = { diff->old, diff->new };

    diff->settings = arena_array(arena, DIFF_SETTINGS_MAX, struct diff_setting);
    for (size_t side = 0; side < COUNT_OF(sides); side++) {
        json_t *object = json_object_get(sides[side]->head.value, "settings");
        void *at = NULL;

        for (const char *key; (key = next_key(object, &at)) != NULL;)
            if ((side == 0 || json_object_get(diff->old->head.settings, key) == NULL) &&
                !add_setting(arena, diff, key, err))
                return false;
    }
    order_sort(diff->settings, diff->setting_count, sizeof *diff->settings,
               compare_settings);
    return true;
}

/* The rules whose parameters are in the one list and not in the other. */
static void find_params(struct table *params, const json_t *of, const json_t *other)
{
    size_t index;
    json_t *item;
    struct table known = TABLE_EMPTY(params->arena);

    json_array_foreach(other, index, item) if (json_is_string(item)) *
        table_slot(&known, (struct str){ json_string_value(item),
                                         json_string_length(item) }) = item;
    json_array_foreach(of, index, item)
    {
        struct str text = { json_string_value(item), json_string_length(item) };
        size_t end = text.text != NULL ? str_find(text, STR("=")) : SIZE_MAX;

        if (end == SIZE_MAX || table_find(&known, text) != NULL)
            continue;
        while (end > 0 && text.text[end] != '.')
            end--;
        *table_slot(params, str_slice(text, 0, end)) = item;
    }
}

static void add_rule(struct finding_diff *finding_diff, struct str id,
                     enum file_change change)
{
    struct diff *diff = finding_diff->diff;

    diff->rules[diff->rule_count++] = (struct diff_rule){ id, change };
}

static int compare_rules(const void *left, const void *right)
{
    return str_compare(((const struct diff_rule *)left)->id,
                       ((const struct diff_rule *)right)->id);
}

static void find_rules(struct finding_diff *finding_diff)
{
    struct diff *diff = finding_diff->diff;
    const struct saved_report *old = &diff->old->head, *new = &diff->new->head;

    diff->rules = arena_array(finding_diff->arena,
                              old->rule_count + new->rule_count + 1, struct diff_rule);
    for (size_t i = 0; i < old->rule_count; i++) {
        const struct saved_rule *other = outline_rule(diff->new, old->rules[i].id);

        if (other == NULL)
            add_rule(finding_diff, old->rules[i].id, FILE_REMOVED);
        else if (!str_equal(other->sha256, old->rules[i].sha256))
            add_rule(finding_diff, other->id, FILE_ALTERED);
    }
    for (size_t i = 0; i < new->rule_count; i++)
        if (outline_rule(diff->old, new->rules[i].id) == NULL)
            add_rule(finding_diff, new->rules[i].id, FILE_ADDED);
    order_sort(diff->rules, diff->rule_count, sizeof *diff->rules, compare_rules);
    for (size_t i = 0; i < diff->rule_count; i++)
        *table_slot(&finding_diff->rules, diff->rules[i].id) = &diff->rules[i];
}

/* The built-in one, and what files of --rules add to it. */
static enum diff_catalog compare_catalogs(const struct saved_report *old,
                                          const struct saved_report *new)
{
    bool are_same;

    if (old->catalog_sha256.text == NULL || new->catalog_sha256.text == NULL)
        return CATALOG_UNTOLD;
    are_same = str_equal(old->catalog_sha256, new->catalog_sha256) &&
               old->catalog_count == new->catalog_count;
    for (size_t i = 0; are_same && i < old->catalog_count; i++)
        are_same = str_equal(old->catalogs[i].sha256, new->catalogs[i].sha256);
    return are_same ? CATALOG_SAME : CATALOG_CHANGED;
}

/* ---- why ------------------------------------------------------------------------- */

static bool may_reach(const struct finding_diff *finding_diff,
                      const struct diff_setting *setting,
                      const struct diff_change *change, const struct diff_rule *rule)
{
    switch (setting->reach) {
    case REACH_ALL:
        return true;
    case REACH_NONE:
        return false;
    case REACH_RULES:
        return rule != NULL && rule->change != FILE_ALTERED;
    case REACH_PLACES:
        return change->old == NULL || change->new == NULL;
    case REACH_PARAMS:
        return table_find(&finding_diff->params, diff_finding(change)->rule) != NULL;
    case REACH_WAIVERS:
        return (change->old != NULL && change->old->result == RESULT_WAIVED) ||
               (change->new != NULL && change->new->result == RESULT_WAIVED);
    }
    return false;
}

static void find_reaching(const struct finding_diff *finding_diff,
                          struct diff_change *change, const struct diff_rule *rule)
{
    const struct diff *diff = finding_diff->diff;

    for (size_t i = 0; i < diff->setting_count; i++)
        if (may_reach(finding_diff, &diff->settings[i], change, rule))
            change->settings |= (uint64_t)1 << i;
    if (change->settings != 0)
        change->whys |= 1u << WHY_SETTINGS;
}

/* Of the files that it cites. *untold: one of them has no digest. */
static void add_cited(struct finding_diff *finding_diff,
                      const struct outline_finding *finding,
                      const struct table *by_path, struct file_list *list, bool *untold)
{
    for (size_t i = 0; finding != NULL && i < finding->cited_count; i++) {
        const struct changed_file *file = table_find(by_path, finding->cited[i]);

        if (file != NULL && file->change == FILE_UNTOLD)
            *untold = true;
        else if (file != NULL && file->change != FILE_MOVED)
            file_list_add(finding_diff->arena, list, file);
    }
}

static void find_evidence(struct finding_diff *finding_diff, struct diff_change *change,
                          bool *untold)
{
    struct changed_files *files = &finding_diff->diff->files;
    const struct outline_finding *finding = diff_finding(change);
    struct file_list cited = { 0 };
    struct file_list *kept;

    add_cited(finding_diff, change->old, &files->of_old, &cited, untold);
    add_cited(finding_diff, change->new, &files->of_new, &cited, untold);
    if (cited.count > 0) {
        kept = arena_new(finding_diff->arena, struct file_list);
        *kept = cited;
        change->files = kept;
        change->whys |= 1u << WHY_EVIDENCE;
        return;
    }
    change->files = changed_files_at(files, finding->account, finding->region);
    if (change->files != NULL)
        change->whys |= 1u << WHY_NEARBY;
}

static bool is_of_waiver(const struct diff_change *change)
{
    return (change->old != NULL && change->old->result == RESULT_WAIVED) !=
           (change->new != NULL && change->new->result == RESULT_WAIVED);
}

static void find_whys(struct finding_diff *finding_diff, struct diff_change *change)
{
    const struct diff *diff = finding_diff->diff;
    const struct diff_rule *rule =
        table_find(&finding_diff->rules, diff_finding(change)->rule);
    bool untold = diff->files.counts[FILE_UNTOLD] > 0;

    if (rule != NULL)
        change->whys |= 1u << WHY_RULE;
    if (is_of_waiver(change))
        change->whys |= 1u << WHY_WAIVER;
    if (rule == NULL || rule->change == FILE_ALTERED)
        find_evidence(finding_diff, change, &untold);
    find_reaching(finding_diff, change, rule);
    if (diff->catalog == CATALOG_CHANGED)
        change->whys |= 1u << WHY_CATALOG;
    if (diff->has_program_changed)
        change->whys |= 1u << WHY_PROGRAM;
    if (change->whys != 0)
        return;
    if (diff->files.counts[FILE_ALTERED] + diff->files.counts[FILE_ADDED] +
            diff->files.counts[FILE_REMOVED] >
        0)
        change->whys = 1u << WHY_ELSEWHERE;
    else
        change->whys = 1u << (untold ? WHY_NO_DIGEST : WHY_UNTOLD);
}

/* ---- findings -------------------------------------------------------------------- */

static void take_change(struct finding_diff *finding_diff, size_t *capacity,
                        const struct outline_finding *old,
                        const struct outline_finding *new)
{
    struct diff *diff = finding_diff->diff;
    struct diff_change change = {
        .kind = diff_kind_of(old != NULL ? (unsigned)old->result : NO_RESULT,
                             new != NULL ? (unsigned)new->result : NO_RESULT),
        .old = old,
        .new = new,
    };

    diff->counts[change.kind]++;
    if (change.kind == DIFF_SAME)
        return;
    if (change.kind != DIFF_STILL_FAILING)
        find_whys(finding_diff, &change);
    diff->changes = arena_grow(finding_diff->arena, diff->changes, diff->change_count,
                               capacity, sizeof change);
    diff->changes[diff->change_count++] = change;
}

static int compare_changes(const void *left, const void *right)
{
    const struct diff_change *one = left, *other = right;
    const struct outline_finding *a = diff_finding(one), *b = diff_finding(other);
    int order = (int)one->kind - (int)other->kind;

    if (order == 0)
        order = str_compare(a->rule, b->rule);
    if (order == 0)
        order = str_compare(a->account, b->account);
    if (order == 0)
        order = str_compare(a->region, b->region);
    if (order == 0)
        order = str_compare(a->resource, b->resource);
    return order != 0 ? order : str_compare(a->id, b->id);
}

static void find_changes(struct finding_diff *finding_diff)
{
    struct diff *diff = finding_diff->diff;
    size_t capacity = 0;

    for (size_t i = 0; i < diff->new->finding_count; i++) {
        const struct outline_finding *new = &diff->new->findings[i];

        take_change(finding_diff, &capacity, table_find(&diff->old->by_id, new->id),
                    new);
    }
    for (size_t i = 0; i < diff->old->finding_count; i++)
        if (table_find(&diff->new->by_id, diff->old->findings[i].id) == NULL)
            take_change(finding_diff, &capacity, &diff->old->findings[i], NULL);
    order_sort(diff->changes, diff->change_count, sizeof *diff->changes,
               compare_changes);
}

bool diff_find(struct arena *arena, const struct outline *old,
               const struct outline *new, struct diff *diff, struct error *err)
{
    struct finding_diff finding_diff = {
        .arena = arena,
        .diff = diff,
        .rules = TABLE_EMPTY(arena),
        .params = TABLE_EMPTY(arena),
    };
    const json_t *old_params = json_object_get(old->head.settings, "params");
    const json_t *new_params = json_object_get(new->head.settings, "params");

    *diff = (struct diff){ .old = old, .new = new };
    diff->has_program_changed = !str_equal(old->head.version, new->head.version);
    diff->catalog = compare_catalogs(&old->head, &new->head);
    if (!find_settings(arena, diff, err))
        return false;
    find_params(&finding_diff.params, old_params, new_params);
    find_params(&finding_diff.params, new_params, old_params);
    find_rules(&finding_diff);
    changed_files_find(arena, old, new, &diff->files);
    find_changes(&finding_diff);
    return true;
}
