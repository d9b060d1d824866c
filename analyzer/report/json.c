#include "report/coverage.h"
#include "report/databases.h"
#include "report/members.h"
#include "report/said.h"
#include "report/sections.h"

#include "base/digest.h"
#include "base/order.h"
#include "base/sandbox.h"
#include "base/time.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>

/* The tables of all objects that the reports for programs have (members.h). */

/* ---- words ----------------------------------------------------------------------- */

static const char *result_word(unsigned result)
{
    return result_name((enum result)result);
}

static const char *severity_word(unsigned severity)
{
    return severity_name((enum severity)severity);
}

static const char *state_word(unsigned state)
{
    return state_name((enum document_state)state);
}

/* NULL: nothing tells it. */
static const char *told_word(unsigned told)
{
    return told != TOLD_NOT ? told_name((enum told)told) : NULL;
}

static_assert(sizeof(enum result) == sizeof(unsigned) &&
                  sizeof(enum severity) == sizeof(unsigned) &&
                  sizeof(enum document_state) == sizeof(unsigned) &&
                  sizeof(enum told) == sizeof(unsigned),
              "a word's value is read as a number");

/* ---- what was run, and how ------------------------------------------------------- */

static const struct member tool_rows[] = {
    { "name", FIXED("invaudit") },
    { "version", FIXED(INVAUDIT_VERSION) },
};
const struct members tool_members = MEMBERS(tool_rows);

static const struct member sandbox_rows[] = {
    { "files", OWN(struct sandbox, has_files) },
    { "calls", OWN(struct sandbox, has_calls) },
    { "why", OWN(struct sandbox, why) },
};
static const struct members sandbox_members = MEMBERS(sandbox_rows);

static const struct member settings_rows[] = {
    { "no_builtin", OWN(struct settings, no_builtin) },
    { "no_filtered", OWN(struct settings, no_filtered) },
    { "no_digest", OWN(struct settings, no_digest) },
    { "fail_on", .is_optional = true, OWN(struct settings, fail_on) },
    { "waivers", .is_optional = true, OWN(struct settings, waivers) },
    { "matrix", .is_optional = true, OWN(struct settings, matrix) },
    { "rules", OWN(struct settings, rules) },
    { "packs", .is_optional = true, OWN(struct settings, packs) },
    { "select", OWN(struct settings, select) },
    { "skip", OWN(struct settings, skip) },
    { "params", OWN(struct settings, params) },
    { "accounts", OWN(struct settings, accounts) },
    { "regions", OWN(struct settings, regions) },
    { "exclude", OWN(struct settings, exclude) },
    { "expect_regions", OWN(struct settings, expect_regions) },
    { "as_of", OWN(struct settings, as_of) },
    { "assume_account", OWN(struct settings, assume_account) },
    { "assume_region", OWN(struct settings, assume_region) },
    { "assume_type", OWN(struct settings, assume_type) },
    { "path_pattern", OWN(struct settings, path_pattern) },
};
const struct members settings_members = MEMBERS(settings_rows);

static void put_sha256_of_rule(struct json_writer *json, const void *object)
{
    put_text(json, str_from(((const struct rule *)object)->sha256));
}

static void put_rule_text(struct json_writer *json, const void *object)
{
    const struct rule *rule = object;

    put_text(json, rule->builtin ? STR_NONE : rule->text);
}

static const struct member rule_rows[] = {
    { "id", OWN(struct rule, id) },
    { "title", OWN(struct rule, title) },
    { "severity", WORD(struct rule, severity, severity_word) },
    { "source", OWN(struct rule, path) },
    { "builtin", OWN(struct rule, builtin) },
    { "sha256", MADE(put_sha256_of_rule) },
    { "text", MADE(put_rule_text) },
};
static const struct members rule_members = MEMBERS(rule_rows);

static void put_sha256_of_file(struct json_writer *json, const void *object)
{
    put_text(json, str_from(((const struct rulebook_file *)object)->sha256));
}

static const struct member file_rows[] = {
    { "source", OWN(struct rulebook_file, path) },
    { "sha256", MADE(put_sha256_of_file) },
    { "text", OWN(struct rulebook_file, text) },
};
static const struct members file_members = MEMBERS(file_rows);

static const struct member catalog_rows[] = {
    { "sha256", OWN(struct rulebook, catalog_sha256) },
    { "files", LIST(struct rulebook, catalogs, catalog_count, file_members) },
};
static const struct members catalog_members = MEMBERS(catalog_rows);

/* Their order is no part of what was asked for. */
static void put_operands(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;
    struct str_list sorted = { arena_array(&json->scratch, assessment->path_count,
                                           struct str),
                               assessment->path_count };

    for (size_t i = 0; i < sorted.count; i++)
        sorted.items[i] = str_from(assessment->paths[i]);
    order_texts(&sorted);
    put_texts(json, &sorted);
}

/* With all of its text: a finding cites it by its lines. */
static const struct member waivers_rows[] = {
    { "source", OWN(struct waivers, path) },
    { "sha256", OWN(struct waivers, sha256) },
    { "waivers", OWN(struct waivers, count) },
    { "text", OWN(struct waivers, text) },
};
static const struct members waivers_members = MEMBERS(waivers_rows);

/* ---- evidence -------------------------------------------------------------------- */

static void put_code(struct json_writer *json, const void *object)
{
    put_text(json, str_from(code_name(reason_code(object))));
}

static void put_reason_text(struct json_writer *json, const void *object)
{
    put_text(json, str_from(reason_text(&json->scratch, object)));
}

static void put_advice(struct json_writer *json, const void *object)
{
    put_text(json, str_from(reason_advice(&json->scratch, object)));
}

static const struct member failure_rows[] = {
    { "code", OWN(struct failure, code) },
    { "operation", OWN(struct failure, operation) },
    { "actor", OWN(struct failure, denied.actor) },
    { "action", OWN(struct failure, denied.action) },
};
static const struct members failure_members = MEMBERS(failure_rows);

static const struct member reason_rows[] = {
    { "code", MADE(put_code) },
    { "text", MADE(put_reason_text) },
    { "error", OWNER(struct reason, failure, struct failure), OBJECT(failure_members),
      .is_optional = true },
};
static const struct members reason_members = MEMBERS(reason_rows);

/* An assumption rests on no error. */
enum { ASSUMPTION_ROWS = 2 };
static const struct members assumption_members = { reason_rows, ASSUMPTION_ROWS };

static const struct member told_rows[] = {
    { "type", WORD(struct document_summary, type_told, told_word) },
    { "account", WORD(struct document_summary, account_told, told_word) },
    { "region", WORD(struct document_summary, region_told, told_word) },
};
static const struct members told_members = MEMBERS(told_rows);

static const struct member document_rows[] = {
    { "document", OWN(struct document_summary, index) },
    { "pointer", OWN(struct document_summary, pointer), .is_optional = true },
    { "surplus", OWN(struct document_summary, surplus), .is_optional = true },
    { "type", OWNED(struct document_summary, type, struct type, name) },
    { "call", OWNED(struct document_summary, call, struct call, name) },
    { "account", OWN(struct document_summary, account) },
    { "region", OWN(struct document_summary, region) },
    { "parent", OWN(struct document_summary, parent) },
    { "told", OBJECT(told_members) },
    { "begun", OWN(struct document_summary, begun), .is_optional = true },
    { "ended", OWN(struct document_summary, ended), .is_optional = true },
    { "records", OWN(struct document_summary, records) },
    { "foreign", OWN(struct document_summary, foreign) },
    { "undecided", OWN(struct document_summary, undecided) },
    { "state", WORD(struct document_summary, state, state_word) },
    { "reasons", LIST(struct document_summary, reasons, reason_count, reason_members) },
};
static const struct members document_members = MEMBERS(document_rows);

static void put_use(struct json_writer *json, const void *object)
{
    const struct source_summary *source = object;

    put_text(json, str_from(source_use_name(source->is_ignored ? SOURCE_IGNORED
                                                               : source->source->use)));
}

static void put_sha256(struct json_writer *json, const void *object)
{
    const struct source_summary *source = object;
    bool has_digest = source->was_read && source->sha256[0] != '\0';

    put_text(json, has_digest ? str_from(source->sha256) : STR_NONE);
}

static void put_bytes(struct json_writer *json, const void *object)
{
    const struct source_summary *source = object;

    if (source->was_read)
        put_number(json, source->bytes);
    else
        put_word(json, "null");
}

static const struct member source_rows[] = {
    { "path", OWNED(struct source_summary, source, struct source, path) },
    { "use", MADE(put_use) },
    { "why", OWN(struct source_summary, why) },
    { "sha256", MADE(put_sha256) },
    { "bytes", MADE(put_bytes) },
    { "documents",
      LINKS(struct source_summary, documents, document_count, document_members) },
};
static const struct members source_members = MEMBERS(source_rows);

static const struct member problem_rows[] = {
    { "path", OWN(struct problem, path) },
    { "code", MADE_OF(struct problem, reason, put_code) },
    { "line", PLACE(struct problem, line) },
    { "column", PLACE(struct problem, column) },
    { "message", MADE_OF(struct problem, reason, put_advice) },
    { "error", OWNER(struct problem, reason.failure, struct failure),
      OBJECT(failure_members), .is_optional = true },
};
static const struct members problem_members = MEMBERS(problem_rows);

/* ---- findings -------------------------------------------------------------------- */

/* A fact and what is known of it. */
struct known_value {
    const struct fact *fact;
    const struct fact_value *value;
};

/* An instant as text, in UTC; no bound: null. */
static void put_bound(struct json_writer *json, const struct known_value *known,
                      double bound)
{
    char text[64];
    int64_t instant;
    json_t *real;

    if (!isfinite(bound) || known->value->only_none) {
        put_word(json, "null");
    } else if (known->fact->is_time && instant_from_seconds(bound, &instant)) {
        static_assert(sizeof text >= INSTANT_TEXT_BYTES, "an instant has room");
        instant_print(instant, text);
        put_text(json, str_from(text));
    } else if (bound == floor(bound) && fabs(bound) < 1e15) {
        snprintf(text, sizeof text, "%lld", (long long)bound);
        put_word(json, text);
    } else {
        real = json_real(bound);
        text[json_dumpb(real, text, sizeof text - 1, JSON_ENCODE_ANY)] = '\0';
        json_decref(real);
        put_word(json, text);
    }
}

static void put_at_least(struct json_writer *json, const void *object)
{
    const struct known_value *known = object;

    put_bound(json, known, known->value->at_least);
}

static void put_at_most(struct json_writer *json, const void *object)
{
    const struct known_value *known = object;

    put_bound(json, known, known->value->at_most);
}

/* Whether a minimum or maximum is that of nothing: null where it is not known. */
static void put_none(struct json_writer *json, const void *object)
{
    const struct known_value *known = object;

    if (known->value->only_none)
        put_word(json, "true");
    else
        put_word(json, known->value->maybe_none ? "null" : "false");
}

/* A count has no "none". */
enum { COUNT_ROWS = 2 };

static const struct member fact_rows[] = {
    { "at_least", MADE(put_at_least) },
    { "at_most", MADE(put_at_most) },
    { "none", MADE(put_none), .is_optional = true },
};
static const struct members fact_members = MEMBERS(fact_rows);
static const struct members count_members = { fact_rows, COUNT_ROWS };

static void put_facts(struct json_writer *json, const void *object)
{
    const struct finding *finding = object;

    put_open(json, '{');
    for (size_t i = 0; i < finding->rule->fact_count; i++) {
        const struct known_value known = { &finding->rule->facts[i],
                                           &finding->facts[i] };
        bool is_count = known.fact->kind == FACT_COUNT;

        put_key(json, known.fact->name);
        put_object(json, is_count ? &count_members : &fact_members, &known);
    }
    put_close(json, '}');
}

static void put_possible(struct json_writer *json, const void *object)
{
    const struct finding *finding = object;

    put_open(json, '[');
    for (size_t i = 0; i < finding->possible_count; i++) {
        put_item(json);
        put_text(json, str_from(result_name(finding->possible[i])));
    }
    put_close(json, ']');
}

static const struct member settle_rows[] = {
    { "command", OWN(struct settle, command) },
    { "permission", OWN(struct settle, permission) },
    { "save_as", OWN(struct settle, save_as) },
};
static const struct members settle_members = MEMBERS(settle_rows);

static void put_pointer(struct json_writer *json, const void *object)
{
    put_text(json, str_from(citation_pointer(&json->scratch, object)));
}

static const struct member citation_rows[] = {
    { "fact", OWN(struct citation, fact) },
    { "decisive", OWN(struct citation, decisive), .is_optional = true },
    { "path", OWN(struct citation, path) },
    { "document", OWN(struct citation, document) },
    { "pointer", MADE(put_pointer) },
    { "line", PLACE(struct citation, line) },
    { "offset", OWN(struct citation, offset) },
    { "record", OWN(struct citation, id) },
};
static const struct members citation_members = MEMBERS(citation_rows);

static const struct member remark_rows[] = {
    { "code", OWN(struct remark, code) },
    { "nothing_there", OWN(struct remark, nothing_there), .is_optional = true },
    { "text", OWN(struct remark, text) },
    { "citations", LIST(struct remark, citations, citation_count, citation_members) },
};
static const struct members remark_members = MEMBERS(remark_rows);

static const struct member waiver_rows[] = {
    { "line", OWN(struct waiver, place.line) },
    { "reason", OWN(struct waiver, reason) },
    { "owner", OWN(struct waiver, owner) },
    { "expires", OWN(struct waiver, expires) },
    { "approved_by", .is_optional = true, OWN(struct waiver, approved_by) },
    { "ticket", .is_optional = true, OWN(struct waiver, ticket) },
};
static const struct members waiver_members = MEMBERS(waiver_rows);

static void put_message(struct json_writer *json, const void *object)
{
    put_text(json, str_from(finding_message(&json->scratch, object)));
}

static void put_would_say(struct json_writer *json, const void *object)
{
    const struct finding *finding = object;

    put_text(json, finding->possible_count > 1 ? str_from(finding->message) : STR_NONE);
}

static const struct member finding_rows[] = {
    { "id", OWN(struct finding, id) },
    { "rule", OWNED(struct finding, rule, struct rule, id) },
    { "account", OWN(struct finding, account) },
    { "region", OWN(struct finding, region) },
    { "resource", OWN(struct finding, resource) },
    { "resource_type", OWNED(struct finding, resource_type, struct type, name) },
    { "source", OWN(struct finding, source) },
    { "result", WORD(struct finding, result, result_word) },
    { "severity", OWNER(struct finding, rule, struct rule),
      WORD(struct rule, severity, severity_word) },
    { "message", MADE(put_message) },
    { "would_say", MADE(put_would_say) },
    { "assumptions",
      LIST(struct finding, assumptions, assumption_count, assumption_members) },
    { "facts", MADE(put_facts), .of = &fact_members },
    { "reasons", LIST(struct finding, reasons, reason_count, reason_members) },
    { "possible", MADE(put_possible) },
    { "settle", LIST(struct finding, settles, settle_count, settle_members) },
    { "citations", LIST(struct finding, citations, citation_count, citation_members) },
    { "citations_more", OWN(struct finding, citations_more), .is_optional = true },
    { "diagnosis", OWNER(struct finding, diagnosis, struct remark),
      OBJECT(remark_members) },
    { "cautions", LIST(struct finding, cautions, caution_count, remark_members) },
    { "waiver", .is_optional = true, OWNER(struct finding, waiver, struct waiver),
      OBJECT(waiver_members) },
};
static const struct members finding_members = MEMBERS(finding_rows);

/* ---- what came, and what did not ------------------------------------------------- */

static void put_missing_regions(struct json_writer *json, const void *object)
{
    struct str_list missing;

    coverage_missing(&json->scratch, object, &missing);
    put_texts(json, &missing);
}

static const struct member coverage_rows[] = {
    { "account", OWN(struct coverage, account) },
    { "regions_known", OWN(struct coverage, is_closed) },
    { "told_by", OWN(struct coverage, told_by) },
    { "expected", OWN(struct coverage, expected) },
    { "delivered", OWN(struct coverage, delivered) },
    { "missing", MADE(put_missing_regions) },
};
static const struct members coverage_members = MEMBERS(coverage_rows);

/* What is missing, and one command that gives it; NULL: there is none. */
struct wanted {
    const struct missing *missing;
    const struct type *type;
    const struct settle *settle;
};

static const struct member wanted_rows[] = {
    { "account", OWNED(struct wanted, missing, struct missing, account) },
    { "region", OWNED(struct wanted, missing, struct missing, region) },
    { "source", OWNED(struct wanted, missing, struct missing, source) },
    { "type", OWNED(struct wanted, type, struct type, name) },
    { "command", OWNED(struct wanted, settle, struct settle, command) },
    { "permission", OWNED(struct wanted, settle, struct settle, permission) },
    { "save_as", OWNED(struct wanted, settle, struct settle, save_as) },
    { "reasons", OWNER(struct wanted, missing, struct missing),
      LIST(struct missing, reasons, reason_count, reason_members) },
};
static const struct members wanted_members = MEMBERS(wanted_rows);

static void put_missing(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;

    put_open(json, '[');
    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];
        struct wanted wanted;

        wanted.missing = missing;
        wanted.type = missing->type;
        wanted.settle = NULL;
        for (size_t j = 0; j == 0 || j < missing->settle_count; j++) {
            if (missing->settle_count > 0)
                wanted.settle = &missing->settles[j];
            put_item(json);
            put_object(json, &wanted_members, &wanted);
        }
    }
    put_close(json, ']');
}

/* ---- databases ------------------------------------------------------------------- */

static void put_holds(struct json_writer *json, enum holds holds)
{
    put_word(json, holds == HOLDS_MAYBE ? "null"
                   : holds == HOLDS_YES ? "true"
                                        : "false");
}

static void put_kept(struct json_writer *json, const void *object)
{
    put_holds(json, ((const struct selected_by *)object)->kept);
}

static void put_known_number(struct json_writer *json, uint64_t number)
{
    if (number > 0)
        put_number(json, number);
    else
        put_word(json, "null");
}

static void put_allowance(struct json_writer *json, const void *object)
{
    put_known_number(json, ((const struct selected_by *)object)->allowance_minutes);
}

static const struct member selected_rows[] = {
    { "plan", OWN(struct selected_by, plan) },
    { "plan_name", OWN(struct selected_by, plan_name) },
    { "selection", OWN(struct selected_by, selection) },
    { "selection_name", OWN(struct selected_by, selection_name) },
    { "code", OWN(struct selected_by, code) },
    { "because", OWN(struct selected_by, because) },
    { "allowance_minutes", MADE(put_allowance) },
    { "kept", MADE(put_kept) },
};
static const struct members selected_members = MEMBERS(selected_rows);

static void put_planned(struct json_writer *json, const void *object)
{
    put_holds(json, ((const struct matrix_row *)object)->planned);
}

static void put_has_backup(struct json_writer *json, const void *object)
{
    put_holds(json, ((const struct matrix_row *)object)->has_backup);
}

static void put_gap(struct json_writer *json, const void *object)
{
    struct str hours =
        hours_text(&json->scratch, ((const struct matrix_row *)object)->gap_hours);

    put_word(json, hours.text != NULL ? hours.text : "null");
}

static void put_retention(struct json_writer *json, const void *object)
{
    put_known_number(json, ((const struct matrix_row *)object)->retention_days);
}

static void put_newest(struct json_writer *json, const void *object)
{
    const struct matrix_row *row = object;
    char text[INSTANT_TEXT_BYTES];

    if (row->has_newest)
        instant_print(row->newest * INSTANTS_PER_SECOND, text);
    put_text(json, row->has_newest ? str_from(text) : STR_NONE);
}

static const struct member matrix_row_rows[] = {
    { "resource", OWN(struct matrix_row, resource) },
    { "account", OWN(struct matrix_row, account) },
    { "region", OWN(struct matrix_row, region) },
    { "source", OWN(struct matrix_row, source) },
    { "engine", OWN(struct matrix_row, engine) },
    { "family", OWN(struct matrix_row, family) },
    { "state", OWN(struct matrix_row, state) },
    { "possible", OWN(struct matrix_row, possible) },
    { "planned", MADE(put_planned) },
    { "why", OWN(struct matrix_row, why) },
    { "selected_by",
      LIST(struct matrix_row, selected_by, selected_count, selected_members) },
    { "has_backup", MADE(put_has_backup) },
    { "newest", MADE(put_newest) },
    { "schedule_gap_hours", MADE(put_gap) },
    { "retention_days", MADE(put_retention) },
    { "keeps_for_ever", OWN(struct matrix_row, keeps_for_ever) },
    { "because", OWN(struct matrix_row, because) },
};
static const struct members matrix_row_members = MEMBERS(matrix_row_rows);

/* ---- counts ---------------------------------------------------------------------- */

static void put_status(struct json_writer *json, const void *object)
{
    put_number(json, (uint64_t)assessment_status(object));
}

#define COUNT(name) OWN(struct assessment, summary.name)

static const struct member counts_rows[] = {
    { "pass", COUNT(results[RESULT_PASS]) },
    { "fail", COUNT(results[RESULT_FAIL]) },
    { "unknown", COUNT(results[RESULT_UNKNOWN]) },
    { "not_applicable", COUNT(results[RESULT_NOT_APPLICABLE]) },
    { "waived", COUNT(results[RESULT_WAIVED]) },
    { "findings", OWN(struct assessment, finding_count) },
    { "problems", COUNT(problems) },
    { "waivers_stale", .is_optional = true, COUNT(waivers_stale) },
    { "sources_read", COUNT(sources_read) },
    { "sources_ignored", COUNT(sources_ignored) },
    { "sources_excluded", COUNT(sources_excluded) },
    { "documents", COUNT(documents) },
    { "records", COUNT(records) },
    { "status", MADE(put_status) },
};
static_assert(RESULT_COUNT == 5, "each result is counted above");
static const struct members counts_members = MEMBERS(counts_rows);

static void put_states(struct json_writer *json, const void *object)
{
    uint64_t counts[STATE_COUNT];

    states_count(object, counts);
    put_open(json, '{');
    for (int state = 0; state < STATE_COUNT; state++) {
        put_key(json, str_from(state_name((enum document_state)state)));
        put_number(json, counts[state]);
    }
    put_close(json, '}');
}

static void put_evidence_status(struct json_writer *json, const void *object)
{
    put_number(json, (uint64_t)evidence_status(object));
}

static const struct member evidence_counts_rows[] = {
    { "sources_read", COUNT(sources_read) },
    { "sources_ignored", COUNT(sources_ignored) },
    { "sources_excluded", COUNT(sources_excluded) },
    { "documents", COUNT(documents) },
    { "records", COUNT(records) },
    { "states", MADE(put_states) },
    { "problems", COUNT(problems) },
    { "status", MADE(put_evidence_status) },
};
static const struct members evidence_counts_members = MEMBERS(evidence_counts_rows);

/* ---- the reports ----------------------------------------------------------------- */

static void put_set_sha256(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;

    put_text(json,
             assessment->digested > 0 ? str_from(assessment->set_sha256) : STR_NONE);
}

static const struct member set_rows[] = {
    { "files", OWN(struct assessment, digested) },
    { "sha256", MADE(put_set_sha256) },
};
static const struct members set_members = MEMBERS(set_rows);

#define SANDBOX                                                                        \
    OWNER(struct assessment, sandbox, struct sandbox), OBJECT(sandbox_members),        \
        .is_optional = true
#define SETTINGS                                                                       \
    OWNER(struct assessment, settings, struct settings), OBJECT(settings_members)
#define RULES                                                                          \
    OWNER(struct assessment, book, struct rulebook),                                   \
        LINKS(struct rulebook, rules, count, rule_members)
#define OPERANDS MADE(put_operands)
#define CATALOG  OWNER(struct assessment, book, struct rulebook), OBJECT(catalog_members)
#define WAIVERS                                                                        \
    OWNER(struct assessment, waivers, struct waivers), OBJECT(waivers_members),        \
        .is_optional = true
#define EVIDENCE LIST(struct assessment, sources, source_count, source_members)
#define SET      OBJECT(set_members)
#define PROBLEMS LIST(struct assessment, problems, problem_count, problem_members)

/* What the report follows from beside the evidence, and nothing in it shows again: by
 * its digest, an edit shows (inputs.c). */
static const struct member inputs_rows[] = {
    { "settings", SETTINGS }, { "operands", OPERANDS }, { "catalog", CATALOG },
    { "rules", RULES },       { "waivers", WAIVERS },   { "sandbox", SANDBOX },
};
const struct members inputs_members = MEMBERS(inputs_rows);

static void put_inputs_sha256(struct json_writer *json, const void *object)
{
    struct buf text = BUF_EMPTY(&json->scratch);
    struct json_writer compact = { .out = &text, .is_compact = true, .is_first = true };
    struct digest *digest = digest_new(&json->scratch);
    char hex[DIGEST_HEX_BYTES];

    put_object(&compact, &tool_members, object);
    put_object(&compact, &inputs_members, object);
    digest_add(digest, text.text, text.len);
    digest_hex(digest, hex);
    put_text(json, str_from(hex));
    arena_release(&compact.scratch);
}

/* The schema's name changes when a key goes or changes its meaning; a new key changes
 * nothing. */
static const struct member scan_report_rows[] = {
    { "schema", FIXED("invaudit-report/1") },
    { "tool", OBJECT(tool_members) },
    { "sandbox", SANDBOX },
    { "settings", SETTINGS },
    { "operands", OPERANDS },
    { "catalog", CATALOG },
    { "rules", RULES },
    { "waivers", WAIVERS },
    { "inputs_sha256", MADE(put_inputs_sha256) },
    { "evidence_set", SET },
    { "evidence", EVIDENCE },
    { "findings", LIST(struct assessment, findings, finding_count, finding_members) },
    { "coverage", LIST(struct assessment, coverage, coverage_count, coverage_members) },
    { "matrix", LIST(struct assessment, matrix, matrix_count, matrix_row_members),
      .is_optional = true },
    { "matrix_open", .is_optional = true, OWN(struct assessment, matrix_open) },
    { "problems", PROBLEMS },
    { "summary", OBJECT(counts_members) },
};
const struct members scan_report_members = MEMBERS(scan_report_rows);

static const struct member evidence_report_rows[] = {
    { "schema", FIXED("invaudit-evidence/1") },
    { "tool", OBJECT(tool_members) },
    { "sandbox", SANDBOX },
    { "settings", SETTINGS },
    { "operands", OPERANDS },
    { "catalog", CATALOG },
    { "rules", RULES },
    { "inputs_sha256", MADE(put_inputs_sha256) },
    { "evidence_set", SET },
    { "evidence", EVIDENCE },
    { "problems", PROBLEMS },
    { "missing", MADE(put_missing), .of = &wanted_members },
    { "summary", OBJECT(evidence_counts_members) },
};
const struct members evidence_report_members = MEMBERS(evidence_report_rows);

static void write_report(const struct members *members,
                         const struct assessment *assessment, struct buf *out)
{
    struct json_writer json = { .out = out, .workers = assessment->workers };

    put_object(&json, members, assessment);
    buf_add_byte(out, '\n');
    arena_release(&json.scratch);
}

void report_json(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    (void)style;
    write_report(&scan_report_members, assessment, out);
}

void report_evidence_json(const struct assessment *assessment,
                          const struct report_style *style, struct buf *out)
{
    (void)style;
    write_report(&evidence_report_members, assessment, out);
}

/* ---- read back ------------------------------------------------------------------- */

const struct option *report_setting(struct str key)
{
    for (size_t i = 0; i < settings_members.count; i++) {
        const struct member *row = &settings_members.rows[i];

        if (!str_equal(key, str_from(row->key)))
            continue;
        for (const struct option *option = settings_options; option->name != NULL;
             option++)
            if (option->offset == row->offset)
                return option;
    }
    return NULL;
}

bool report_is_own(struct str schema)
{
    return str_same(schema, str_from(scan_report_rows[0].fixed)) ||
           str_same(schema, str_from(evidence_report_rows[0].fixed));
}
