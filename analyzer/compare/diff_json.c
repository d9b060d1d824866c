#include "compare/diff_print.h"

#include "report/escape.h"
#include "report/members.h"

#include <assert.h>

/* The tables of all objects of a diff as JSON: see report/members.h. compare/
 * diff.schema.json has each key, and a test compares. */

/* ---- the two reports ------------------------------------------------------------- */

static void put_as_of(struct json_writer *json, const void *object)
{
    const struct outline *outline = object;
    const json_t *as_of = json_object_get(outline->head.settings, "as_of");

    put_text(json, (struct str){ json_string_value(as_of), json_string_length(as_of) });
}

static const struct member side_rows[] = {
    { "path", OWN(struct outline, head.path) },
    { "version", OWN(struct outline, head.version) },
    { "as_of", MADE(put_as_of) },
    { "evidence_sha256", OWN(struct outline, head.set_sha256) },
    { "findings", OWN(struct outline, finding_count) },
};
static const struct members side_members = MEMBERS(side_rows);

/* ---- what changed beside findings ------------------------------------------------ */

/* As the report has it; absent: null. */
static void put_value(struct json_writer *json, const json_t *value)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
    struct buf *valid = &json->valid;
    char *text;
    size_t bytes;

    if (value == NULL) {
        put_word(json, "null");
        return;
    }
    bytes = json_dumpb(value, NULL, 0, flags);
    text = arena_alloc(&json->scratch, bytes + 1);
    bytes = json_dumpb(value, text, bytes, flags);
    valid->arena = json->out->arena;
    buf_clear(valid);
    escape_json(valid, (struct str){ text, bytes });
    buf_add(json->out, buf_str(valid));
}

static void put_old(struct json_writer *json, const void *object)
{
    put_value(json, ((const struct diff_setting *)object)->old);
}

static void put_new(struct json_writer *json, const void *object)
{
    put_value(json, ((const struct diff_setting *)object)->new);
}

static const struct member setting_rows[] = {
    { "key", OWN(struct diff_setting, key) },
    { "option", OWN(struct diff_setting, option) },
    { "old", MADE(put_old) },
    { "new", MADE(put_new) },
};
static const struct members setting_members = MEMBERS(setting_rows);

static const char *change_word(unsigned change)
{
    return file_change_name((enum file_change)change);
}
static_assert(sizeof(enum file_change) == sizeof(unsigned) &&
                  sizeof(enum diff_kind) == sizeof(unsigned),
              "a word's value is read as a number");

static const struct member changed_rule_rows[] = {
    { "id", OWN(struct diff_rule, id) },
    { "change", WORD(struct diff_rule, change, change_word) },
};
static const struct members changed_rule_members = MEMBERS(changed_rule_rows);

static const struct member changed_file_rows[] = {
    { "path", OWN(struct changed_file, path) },
    { "was", OWN(struct changed_file, was) },
    { "change", WORD(struct changed_file, change, change_word) },
    { "old_sha256", OWN(struct changed_file, old_sha256) },
    { "new_sha256", OWN(struct changed_file, new_sha256) },
};
static const struct members changed_file_members = MEMBERS(changed_file_rows);

static const struct member evidence_rows[] = {
    { "same", OWN(struct diff, files.same) },
    { "altered", OWN(struct diff, files.counts[FILE_ALTERED]) },
    { "added", OWN(struct diff, files.counts[FILE_ADDED]) },
    { "removed", OWN(struct diff, files.counts[FILE_REMOVED]) },
    { "moved", OWN(struct diff, files.counts[FILE_MOVED]) },
    { "untold", OWN(struct diff, files.counts[FILE_UNTOLD]) },
    { "files", LIST(struct diff, files.items, files.count, changed_file_members) },
};
static_assert(FILE_CHANGE_COUNT == 5, "each change is counted above");
static const struct members evidence_members = MEMBERS(evidence_rows);

static void put_catalog(struct json_writer *json, const void *object)
{
    static const char *const words[] = {
        [CATALOG_SAME] = "false", [CATALOG_CHANGED] = "true", [CATALOG_UNTOLD] = "null"
    };

    put_word(json, words[((const struct diff *)object)->catalog]);
}

static const struct member changed_rows[] = {
    { "program", OWN(struct diff, has_program_changed) },
    { "catalog", MADE(put_catalog) },
    { "settings", LIST(struct diff, settings, setting_count, setting_members) },
    { "rules", LIST(struct diff, rules, rule_count, changed_rule_members) },
    { "evidence", OBJECT(evidence_members) },
};
static const struct members changed_members = MEMBERS(changed_rows);

/* ---- findings -------------------------------------------------------------------- */

/* One of the whys of a change. */
struct told_why {
    const char *code;
    const struct diff *diff;
    const struct diff_change *change;
    bool has_files, has_settings;
    size_t more;
};

static void put_why_settings(struct json_writer *json, const void *object)
{
    const struct told_why *why = object;

    put_open(json, '[');
    for (size_t i = 0; why->has_settings && i < why->diff->setting_count; i++) {
        if ((why->change->settings >> i & 1) == 0)
            continue;
        put_item(json);
        put_text(json, why->diff->settings[i].key);
    }
    put_close(json, ']');
}

static void put_why_files(struct json_writer *json, const void *object)
{
    const struct told_why *why = object;

    put_open(json, '[');
    for (size_t i = 0; why->has_files && i < why->change->files->listed; i++) {
        put_item(json);
        put_text(json, why->change->files->items[i]->path);
    }
    put_close(json, ']');
}

static const struct member why_rows[] = {
    { "code", OWN(struct told_why, code) },
    { "settings", MADE(put_why_settings) },
    { "files", MADE(put_why_files) },
    { "files_more", OWN(struct told_why, more) },
};
static const struct members why_members = MEMBERS(why_rows);

/* A change, and the diff that it is of. */
struct told_change {
    const struct diff *diff;
    const struct diff_change *change;
    const struct outline_finding *finding, *old, *new;
    const char *kind;
};

static void put_why(struct json_writer *json, const void *object)
{
    const struct told_change *told = object;

    put_open(json, '[');
    for (unsigned why = 0; why < DIFF_WHY_COUNT; why++) {
        struct told_why item = { .code = diff_why_name((enum diff_why)why),
                                 .diff = told->diff,
                                 .change = told->change };

        if ((told->change->whys >> why & 1) == 0)
            continue;
        item.has_settings = why == WHY_SETTINGS;
        item.has_files = why == WHY_EVIDENCE || why == WHY_NEARBY;
        if (item.has_files)
            item.more = told->change->files->count - told->change->files->listed;
        put_item(json);
        put_object(json, &why_members, &item);
    }
    put_close(json, ']');
}

static const char *result_word(unsigned result)
{
    return result_name((enum result)result);
}

static const struct member told_side_rows[] = {
    { "result", WORD(struct outline_finding, result, result_word) },
    { "message", OWN(struct outline_finding, message) },
    { "reasons", OWN(struct outline_finding, codes) },
};
static const struct members told_side_members = MEMBERS(told_side_rows);

#define FINDING(name) OWNED(struct told_change, finding, struct outline_finding, name)

static const struct member change_rows[] = {
    { "id", FINDING(id) },
    { "rule", FINDING(rule) },
    { "account", FINDING(account) },
    { "region", FINDING(region) },
    { "resource", FINDING(resource) },
    { "severity", FINDING(severity) },
    { "change", OWN(struct told_change, kind) },
    { "old", OWNER(struct told_change, old, struct outline_finding),
      OBJECT(told_side_members) },
    { "new", OWNER(struct told_change, new, struct outline_finding),
      OBJECT(told_side_members) },
    { "why", MADE(put_why), .of = &why_members },
};
static const struct members change_members = MEMBERS(change_rows);

static void put_changes(struct json_writer *json, const void *object)
{
    const struct diff *diff = object;

    put_open(json, '[');
    for (size_t i = 0; i < diff->change_count; i++) {
        const struct diff_change *change = &diff->changes[i];
        const struct told_change told = {
            diff,        change,      diff_finding(change),
            change->old, change->new, diff_kind_name(change->kind)
        };

        put_item(json);
        put_object(json, &change_members, &told);
    }
    put_close(json, ']');
}

/* ---- counts ---------------------------------------------------------------------- */

static void put_diff_status(struct json_writer *json, const void *object)
{
    put_number(json, (uint64_t)diff_status(object));
}

#define COUNT(kind) OWN(struct diff, counts[kind])

static const struct member summary_rows[] = {
    { "newly_failing", COUNT(DIFF_NEWLY_FAILING) },
    { "no_longer_waived", COUNT(DIFF_UNWAIVED) },
    { "no_longer_decidable", COUNT(DIFF_UNDECIDED) },
    { "newly_waived", COUNT(DIFF_WAIVED) },
    { "fixed", COUNT(DIFF_FIXED) },
    { "newly_decidable", COUNT(DIFF_DECIDED) },
    { "changed", COUNT(DIFF_OTHER) },
    { "new", COUNT(DIFF_NEW) },
    { "gone", COUNT(DIFF_GONE) },
    { "still_failing", COUNT(DIFF_STILL_FAILING) },
    { "unchanged", COUNT(DIFF_SAME) },
    { "status", MADE(put_diff_status) },
};
static_assert(COUNT_OF(summary_rows) == DIFF_KIND_COUNT + 1, "each kind is counted");
static const struct members summary_members = MEMBERS(summary_rows);

static const struct member diff_rows[] = {
    { "schema", FIXED("invaudit-diff/1") },
    { "tool", OBJECT(tool_members) },
    { "old", OWNER(struct diff, old, struct outline), OBJECT(side_members) },
    { "new", OWNER(struct diff, new, struct outline), OBJECT(side_members) },
    { "changed", OBJECT(changed_members) },
    { "findings", MADE(put_changes), .of = &change_members },
    { "summary", OBJECT(summary_members) },
};
const struct members diff_members = MEMBERS(diff_rows);

void diff_json(const struct diff *diff, const struct report_style *style,
               struct buf *out)
{
    struct json_writer json = { .out = out };

    (void)style;
    put_object(&json, &diff_members, diff);
    buf_add_byte(out, '\n');
    arena_release(&json.scratch);
}
