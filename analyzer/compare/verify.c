#include "compare/verify.h"

#include "base/digest.h"
#include "base/order.h"
#include "base/table.h"
#include "compare/values.h"
#include "report/report.h"

#include <assert.h>
#include <string.h>

/* ---- lines ----------------------------------------------------------------------- */

static const char *const names[] = {
    [VERIFY_COUNTS] = "counts",
    [VERIFY_INPUTS] = "inputs-altered",
    [VERIFY_RULE] = "rule-altered",
    [VERIFY_CATALOG] = "catalog-altered",
    [VERIFY_WAIVERS] = "waivers-altered",
    [VERIFY_ALTERED] = "altered",
    [VERIFY_MISSING] = "missing",
    [VERIFY_NEW] = "new",
    [VERIFY_UNREADABLE] = "unreadable",
    [VERIFY_FINDING] = "finding",
    [VERIFY_VALUE] = "value",
    [VERIFY_MOVED] = "moved",
    [VERIFY_VERSION] = "version",
    [VERIFY_FORMATTED] = "formatted",
    [VERIFY_UNDIGESTED] = "not-digested",
};
static_assert(COUNT_OF(names) == VERIFY_CODE_COUNT, "each code has a name");

const char *verify_code_name(enum verify_code code)
{
    return names[code];
}

bool verify_is_note(enum verify_code code)
{
    return code >= VERIFY_MOVED;
}

struct verification *verification_new(struct arena *arena,
                                      const struct saved_report *report)
{
    struct verification *verification = arena_new(arena, struct verification);

    verification->arena = arena;
    verification->report = report;
    return verification;
}

void verification_add(struct verification *verification, enum verify_code code,
                      struct str where, const char *text)
{
    if (code == VERIFY_VALUE && verification->of_code[code] == VERIFY_VALUES_MAX) {
        verification->values_more++;
        return;
    }
    verification->lines =
        arena_grow(verification->arena, verification->lines, verification->count,
                   &verification->capacity, sizeof *verification->lines);
    verification->lines[verification->count++] =
        (struct verify_line){ code, where, text };
    verification->of_code[code]++;
}

size_t verification_differences(const struct verification *verification)
{
    size_t count = verification->values_more;

    for (unsigned code = 0; code < VERIFY_CODE_COUNT; code++)
        if (!verify_is_note((enum verify_code)code))
            count += verification->of_code[code];
    return count;
}

int verification_status(const struct verification *verification)
{
    static const enum verify_code due[] = { VERIFY_UNREADABLE, VERIFY_FINDING,
                                            VERIFY_VALUE };
    size_t others = verification_differences(verification) - verification->values_more;

    if (verification_differences(verification) == 0)
        return 0;
    for (size_t i = 0; i < COUNT_OF(due); i++)
        others -= verification->of_code[due[i]];
    return verification->of_code[VERIFY_UNREADABLE] > 0 && others == 0 ? 3 : 1;
}

/* By code, and as they were added. */
static void sort_lines(struct verification *verification)
{
    struct verify_line *sorted =
        arena_array(verification->arena, verification->count, struct verify_line);
    size_t count = 0;

    for (unsigned code = 0; code < VERIFY_CODE_COUNT; code++)
        for (size_t i = 0; i < verification->count; i++)
            if (verification->lines[i].code == code)
                sorted[count++] = verification->lines[i];
    verification->lines = sorted;
    verification->capacity = verification->count;
}

/* ---- a report alone -------------------------------------------------------------- */

static void check_count(struct verification *verification, const char *name,
                        size_t counted)
{
    uint64_t told = saved_count(verification->report, name);

    if (told == counted)
        return;
    verification_add(verification, VERIFY_COUNTS,
                     str_from(arena_printf(verification->arena, "/summary/%s", name)),
                     arena_printf(verification->arena,
                                  "%llu in the summary, and the report lists %zu",
                                  (unsigned long long)told, counted));
}

static void check_counts(struct verification *verification)
{
    const struct saved_report *report = verification->report;
    size_t counts[RESULT_COUNT] = { 0 };

    check_count(verification, "problems", report->problem_count);
    if (report->is_evidence)
        return;
    for (size_t i = 0; i < report->finding_count; i++)
        counts[report->findings[i].result]++;
    for (unsigned result = 0; result < RESULT_COUNT; result++)
        check_count(verification, result_name((enum result)result), counts[result]);
    check_count(verification, "findings", report->finding_count);
}

static void check_digest(struct verification *verification, enum verify_code code,
                         struct str where, struct str text, struct str sha256)
{
    struct digest *digest;
    char hex[DIGEST_HEX_BYTES];

    if (text.text == NULL)
        return;
    digest = digest_new(verification->arena);
    digest_add(digest, text.text, text.len);
    digest_hex(digest, hex);
    if (!str_equal(str_from(hex), sha256)) {
        verification_add(
            verification, code, where,
            arena_printf(verification->arena,
                         "the SHA-256 of its text in the report is %s, not %.*s", hex,
                         STR_ARG(sha256)));
    }
}

/* Of what the report follows from, and shows nowhere else. */
static void check_inputs(struct verification *verification)
{
    const struct saved_report *report = verification->report;
    const json_t *told = json_object_get(report->root, "inputs_sha256");
    const char *text = json_is_string(told) ? json_string_value(told) : "what it says";
    char hex[DIGEST_HEX_BYTES];

    report_inputs_digest(report->root, hex);
    if (strcmp(text, hex) != 0) {
        verification_add(
            verification, VERIFY_INPUTS, STR("/inputs_sha256"),
            arena_printf(verification->arena,
                         "program, settings, operands, catalog, rules "
                         "and waivers of the report have the SHA-256 %s, not %s",
                         hex, text));
    }
}

static struct str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct str){ json_string_value(value), json_string_length(value) };
}

static void check_waivers(struct verification *verification)
{
    const json_t *waivers = json_object_get(verification->report->root, "waivers");

    if (waivers != NULL)
        check_digest(verification, VERIFY_WAIVERS, text_of(waivers, "source"),
                     text_of(waivers, "text"), text_of(waivers, "sha256"));
}

void verify_alone(struct verification *verification)
{
    const struct saved_report *report = verification->report;

    check_counts(verification);
    check_inputs(verification);
    for (size_t i = 0; i < report->rule_count; i++)
        check_digest(verification, VERIFY_RULE, report->rules[i].id,
                     report->rules[i].text, report->rules[i].sha256);
    for (size_t i = 0; i < report->catalog_count; i++)
        check_digest(verification, VERIFY_CATALOG, report->catalogs[i].source,
                     report->catalogs[i].text, report->catalogs[i].sha256);
    check_waivers(verification);
}

/* ---- both ------------------------------------------------------------------------ */

struct both {
    struct verification *verification;
    const struct saved_report *was, *is;
    struct table changed_paths; /* a word for each: "altered" */
    struct table changed_rules;
    struct table changed_scopes; /* "ACCOUNT REGION": "PATH was altered", the first */
    const char *first_changed;   /* the same of all; NULL: no evidence changed */
};

#define SAY(both, code, where, ...)                                                    \
    verification_add((both)->verification, (code), (where),                            \
                     arena_printf((both)->verification->arena, __VA_ARGS__))

static json_t *item_of(const struct saved_report *report, const char *list, size_t i)
{
    return json_array_get(json_object_get(report->root, list), i);
}

/* The first place where two values differ, and how many more there are. */
static void compare_values(const struct both *both, const char *pointer, json_t *was,
                           json_t *is)
{
    struct difference first = { 0 };
    struct arena *arena = both->verification->arena;
    size_t count = values_differ(arena, pointer, was, is, &first);

    if (count == 0)
        return;
    SAY(both, VERIFY_VALUE, str_from(first.pointer), "%s in the report, %s now%s",
        first.was, first.is,
        count > 1 ? arena_printf(arena, "; %zu more differ below %s", count - 1,
                                 pointer[0] != '\0' ? pointer : "/")
                  : "");
}

/* From a name to 1 + its place in a list. */
static struct table places_of(const struct both *both, const void *items, size_t count,
                              size_t bytes, size_t name_at)
{
    struct table table = TABLE_EMPTY(both->verification->arena);

    table_reserve(&table, count);
    for (size_t i = 0; i < count; i++) {
        const char *item = (const char *)items + i * bytes;
        const struct str *name = (const void *)(item + name_at);

        memcpy(table_slot(&table, *name), &item, sizeof item);
    }
    return table;
}

#define PLACES_OF(both, items, count, member)                                          \
    places_of((both), (items), (count), sizeof *(items),                               \
              (size_t)((const char *)&(items)->member - (const char *)(items)))

static const char *pointer_of(const struct both *both, const char *list, size_t index)
{
    return arena_printf(both->verification->arena, "/%s/%zu", list, index);
}

/* Of lists that have the same: whether each is in its place. */
static void check_order(const struct both *both, const char *list, bool is_same,
                        bool in_order)
{
    if (is_same && !in_order)
        SAY(both, VERIFY_VALUE,
            str_from(arena_printf(both->verification->arena, "/%s", list)),
            "in another order now");
}

/* ---- rules ----------------------------------------------------------------------- */

static void note_rule(struct both *both, struct str id)
{
    *table_slot(&both->changed_rules, id) = both;
}

static void compare_rule(struct both *both, size_t index, const struct saved_rule *is)
{
    const struct saved_rule *was = &both->was->rules[index];

    if (str_equal(was->sha256, is->sha256)) {
        compare_values(both, pointer_of(both, "rules", index),
                       item_of(both->was, "rules", index),
                       item_of(both->is, "rules", (size_t)(is - both->is->rules)));
        return;
    }
    note_rule(both, was->id);
    if (was->text.text == NULL)
        SAY(both, VERIFY_RULE, was->id,
            "the rule that is built in has the SHA-256 %.*s here, not %.*s",
            STR_ARG(is->sha256), STR_ARG(was->sha256));
}

static void compare_rules(struct both *both)
{
    const struct saved_report *was = both->was, *is = both->is;
    struct table before = PLACES_OF(both, was->rules, was->rule_count, id);
    struct table now = PLACES_OF(both, is->rules, is->rule_count, id);
    bool is_same = was->rule_count == is->rule_count, in_order = true;

    for (size_t i = 0; i < was->rule_count; i++) {
        const struct saved_rule *rule = table_find(&now, was->rules[i].id);

        if (rule != NULL) {
            in_order = in_order && (size_t)(rule - is->rules) == i;
            compare_rule(both, i, rule);
            continue;
        }
        is_same = false;
        note_rule(both, was->rules[i].id);
        SAY(both, VERIFY_RULE, was->rules[i].id,
            "the report was judged by it, and it is not judged by now");
    }
    for (size_t i = 0; i < is->rule_count; i++) {
        if (table_find(&before, is->rules[i].id) != NULL)
            continue;
        is_same = false;
        note_rule(both, is->rules[i].id);
        SAY(both, VERIFY_RULE, is->rules[i].id,
            "it is judged by now, and the report was not");
    }
    check_order(both, "rules", is_same, in_order);
}

/* ---- evidence -------------------------------------------------------------------- */

static struct str scope_of(const struct both *both, const json_t *object,
                           bool has_region)
{
    const char *account = json_string_value(json_object_get(object, "account"));
    const char *region = json_string_value(json_object_get(object, "region"));

    return str_from(arena_printf(both->verification->arena, "%s %s",
                                 account != NULL ? account : "-",
                                 region != NULL && has_region ? region : "-"));
}

static void note_source(struct both *both, const struct saved_source *source,
                        const char *what)
{
    struct arena *arena = both->verification->arena;
    const json_t *documents = json_object_get(source->value, "documents");
    char *text = arena_printf(arena, "%.*s %s", STR_ARG(source->path), what);

    *table_slot(&both->changed_paths, source->path) =
        arena_copy(arena, what, strlen(what));
    if (both->first_changed == NULL)
        both->first_changed = text;
    for (size_t i = 0; i < json_array_size(documents); i++) {
        void **slot = table_slot(&both->changed_scopes,
                                 scope_of(both, json_array_get(documents, i), true));

        if (*slot == NULL)
            *slot = text;
    }
}

static bool has_become(const struct saved_source *was, const struct saved_source *is,
                       enum source_use use)
{
    return saved_source_is(is, use) && !saved_source_is(was, use);
}

static void say_missing(struct both *both, const struct saved_source *was)
{
    note_source(both, was, "is missing");
    SAY(both, VERIFY_MISSING, was->path,
        "the report has it (%.*s), and it is not there now", STR_ARG(was->use));
}

static void say_new(struct both *both, const struct saved_source *is)
{
    note_source(both, is, "is new");
    SAY(both, VERIFY_NEW, is->path,
        "it is there now (%.*s), and the report does not have it", STR_ARG(is->use));
}

static void compare_source(struct both *both, size_t index,
                           const struct saved_source *is)
{
    const struct saved_source *was = &both->was->sources[index];

    if (has_become(was, is, SOURCE_LOST)) {
        say_missing(both, was);
    } else if (has_become(is, was, SOURCE_LOST)) {
        say_new(both, is);
    } else if (has_become(was, is, SOURCE_UNREADABLE)) {
        note_source(both, was, "cannot be read");
        SAY(both, VERIFY_UNREADABLE, was->path, "%.*s", STR_ARG(is->why));
    } else if (was->sha256.text != NULL && is->sha256.text != NULL &&
               !str_equal(was->sha256, is->sha256)) {
        note_source(both, was, "was altered");
        SAY(both, VERIFY_ALTERED, was->path, "its SHA-256 is %.*s, not %.*s",
            STR_ARG(is->sha256), STR_ARG(was->sha256));
    } else {
        compare_values(both, pointer_of(both, "evidence", index),
                       item_of(both->was, "evidence", index),
                       item_of(both->is, "evidence", (size_t)(is - both->is->sources)));
    }
}

static void compare_sources(struct both *both)
{
    const struct saved_report *was = both->was, *is = both->is;
    struct table before = PLACES_OF(both, was->sources, was->source_count, path);
    struct table now = PLACES_OF(both, is->sources, is->source_count, path);
    bool is_same = was->source_count == is->source_count, in_order = true;

    for (size_t i = 0; i < was->source_count; i++) {
        const struct saved_source *source = table_find(&now, was->sources[i].path);

        if (source != NULL) {
            in_order = in_order && (size_t)(source - is->sources) == i;
            compare_source(both, i, source);
            continue;
        }
        is_same = false;
        say_missing(both, &was->sources[i]);
    }
    for (size_t i = 0; i < is->source_count; i++) {
        if (table_find(&before, is->sources[i].path) != NULL)
            continue;
        is_same = false;
        say_new(both, &is->sources[i]);
    }
    check_order(both, "evidence", is_same, in_order);
}

/* ---- findings -------------------------------------------------------------------- */

/* What a finding cites that changed: "PATH was altered"; NULL: nothing. */
static const char *cited_change(const struct both *both, const struct saved_report *of,
                                const struct saved_finding *finding)
{
    json_t *item = item_of(of, "findings", (size_t)(finding - of->findings));
    const json_t *citations = json_object_get(item, "citations");

    for (size_t i = 0; i < json_array_size(citations); i++) {
        const json_t *path = json_object_get(json_array_get(citations, i), "path");
        const struct str text = { json_string_value(path), json_string_length(path) };
        const char *what =
            text.text != NULL ? table_find(&both->changed_paths, text) : NULL;

        if (what != NULL)
            return arena_printf(both->verification->arena, "%.*s %s", STR_ARG(text),
                                what);
    }
    return NULL;
}

/* A file that it cites; else one of its account and region, or of its account. */
static const char *changed_for(const struct both *both, const struct saved_report *of,
                               const struct saved_finding *finding)
{
    const char *change;

    if (finding == NULL)
        return NULL;
    change = cited_change(both, of, finding);
    if (change == NULL)
        change =
            table_find(&both->changed_scopes, scope_of(both, finding->value, true));
    if (change == NULL)
        change =
            table_find(&both->changed_scopes, scope_of(both, finding->value, false));
    return change;
}

/* One of them may be NULL: it is not there. */
static const char *why_changed(const struct both *both, const struct saved_finding *was,
                               const struct saved_finding *is)
{
    const char *change = changed_for(both, both->was, was);

    if (change == NULL)
        change = changed_for(both, both->is, is);
    if (change != NULL)
        return change;
    if (table_find(&both->changed_rules, was != NULL ? was->rule : is->rule) != NULL)
        return "its rule changed";
    if (both->first_changed != NULL)
        return both->first_changed;
    if (both->verification->of_code[VERIFY_CATALOG] > 0)
        return "the catalog changed";
    if (both->verification->of_code[VERIFY_VERSION] > 0)
        return "another version of the program judged it";
    return "the report was edited";
}

static void compare_finding(const struct both *both, size_t index,
                            const struct saved_finding *is)
{
    const struct saved_finding *was = &both->was->findings[index];

    if (was->result == is->result) {
        compare_values(
            both, pointer_of(both, "findings", index),
            item_of(both->was, "findings", index),
            item_of(both->is, "findings", (size_t)(is - both->is->findings)));
        return;
    }
    SAY(both, VERIFY_FINDING, was->id, "%s in the report, %s now: %s",
        result_name(was->result), result_name(is->result), why_changed(both, was, is));
}

static void compare_findings(const struct both *both)
{
    const struct saved_report *was = both->was, *is = both->is;
    struct table before = PLACES_OF(both, was->findings, was->finding_count, id);
    struct table now = PLACES_OF(both, is->findings, is->finding_count, id);
    bool is_same = was->finding_count == is->finding_count, in_order = true;

    for (size_t i = 0; i < was->finding_count; i++) {
        const struct saved_finding *old = &was->findings[i];
        const struct saved_finding *finding = table_find(&now, old->id);

        if (finding != NULL) {
            in_order = in_order && (size_t)(finding - is->findings) == i;
            compare_finding(both, i, finding);
            continue;
        }
        is_same = false;
        SAY(both, VERIFY_FINDING, old->id,
            "%s in the report, and there is none now: %s", result_name(old->result),
            why_changed(both, old, NULL));
    }
    for (size_t i = 0; i < is->finding_count; i++) {
        const struct saved_finding *finding = &is->findings[i];

        if (table_find(&before, finding->id) != NULL)
            continue;
        is_same = false;
        SAY(both, VERIFY_FINDING, finding->id,
            "%s now, and the report does not have it: %s", result_name(finding->result),
            why_changed(both, NULL, finding));
    }
    check_order(both, "findings", is_same, in_order);
}

/* ---- all the rest ---------------------------------------------------------------- */

static void compare_catalog(const struct both *both)
{
    if (!str_equal(both->was->catalog_sha256, both->is->catalog_sha256))
        SAY(both, VERIFY_CATALOG, STR("/catalog/sha256"),
            "the catalog that is built in has the SHA-256 %.*s here, not %.*s",
            STR_ARG(both->is->catalog_sha256), STR_ARG(both->was->catalog_sha256));
    compare_values(
        both, "/catalog/files",
        json_object_get(json_object_get(both->was->root, "catalog"), "files"),
        json_object_get(json_object_get(both->is->root, "catalog"), "files"));
}

static void compare_version(const struct both *both)
{
    if (!str_equal(both->was->version, both->is->version))
        SAY(both, VERIFY_VERSION, STR_NONE,
            "version %.*s wrote the report, and this is %.*s",
            STR_ARG(both->was->version), STR_ARG(both->is->version));
}

/* Members that are compared by what they are; of those that only follow from changed
 * evidence nothing is said then. */
static bool is_compared(const struct both *both, const char *key)
{
    static const char *const compared[] = { "tool",     "rules",   "evidence",
                                            "findings", "catalog", "inputs_sha256" };
    static const char *const following[] = { "evidence_set", "summary" };

    for (size_t i = 0; i < COUNT_OF(compared); i++)
        if (strcmp(key, compared[i]) == 0)
            return true;
    for (size_t i = 0; i < COUNT_OF(following) && both->first_changed != NULL; i++)
        if (strcmp(key, following[i]) == 0)
            return true;
    return false;
}

/* But for its version: an edit of that is one of the inputs. */
static void compare_tool(const struct both *both, json_t *was, json_t *is)
{
    json_t *tool = json_copy(was);

    json_object_set(tool, "version", json_object_get(is, "version"));
    compare_values(both, "/tool", tool, is);
    json_decref(tool);
}

static void compare_rest(const struct both *both)
{
    struct arena *arena = both->verification->arena;
    json_t *was = both->was->root, *is = both->is->root, *value;
    const char *key;

    compare_tool(both, json_object_get(was, "tool"), json_object_get(is, "tool"));
    json_object_foreach(was, key, value) if (!is_compared(both, key)) compare_values(
        both, arena_printf(arena, "/%s", key), value, json_object_get(is, key));
    json_object_foreach(is, key, value) if (json_object_get(was, key) == NULL)
        compare_values(both, arena_printf(arena, "/%s", key), NULL, value);
}

static void note_undigested(const struct both *both)
{
    if (both->was->set_sha256.text == NULL && both->was->source_count > 0)
        SAY(both, VERIFY_UNDIGESTED, STR_NONE,
            "the report has no digests: whether the files are the same is judged by "
            "what it says of them");
}

static void compare_all(struct both *both)
{
    compare_version(both);
    compare_catalog(both);
    compare_rules(both);
    compare_sources(both);
    compare_findings(both);
    compare_rest(both);
    if (verification_differences(both->verification) == 0 &&
        both->verification->of_code[VERIFY_VERSION] == 0 &&
        !str_equal(both->was->bytes, both->is->bytes))
        SAY(both, VERIFY_FORMATTED, STR_NONE,
            "it is written in another way (blanks, order of keys, escapes), and says "
            "the same");
}

void verify_again(struct verification *verification, const struct saved_report *again)
{
    struct both both = {
        .verification = verification,
        .was = verification->report,
        .is = again,
        .changed_paths = TABLE_EMPTY(verification->arena),
        .changed_scopes = TABLE_EMPTY(verification->arena),
        .changed_rules = TABLE_EMPTY(verification->arena),
    };

    if (again->root != both.was->root)
        compare_all(&both);
    note_undigested(&both);
    sort_lines(verification);
}
