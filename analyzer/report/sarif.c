#include "report/members.h"
#include "report/report.h"
#include "report/said.h"
#include "report/syntax.h"

#include "base/digest.h"
#include "base/table.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/*
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) as
 * GitHub's code scanning takes it
 * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files).
 *
 *     run ── tool.driver.rules[]    the rules that were judged
 *        ├── invocations[]          problems, which become no alerts
 *        ├── artifacts[]            the files that results are in, with their digests
 *        └── results[]              fails, then unknowns, the most severe first;
 *                                   the last may count the rest
 *
 * A result is an alert there, whatever its kind says: so only what fails and what is
 * unknown is one. For a single result without a place in a file the whole upload is
 * refused: so each has one. Alerts of two uploads are one alert if their hashes are the
 * same: that of a finding's id stays when lines move. No clock, and no random id.
 */

enum {
    SARIF_RESULTS_MAX = 25000,      /* of a run: GitHub refuses more */
    SARIF_RELATED_MAX = 10,         /* other places of a result */
    SARIF_NOTIFICATIONS_MAX = 1000, /* problems; that many more are counted in one */
    DESCRIPTION_MAX = 1024, /* characters of a rule's description, as GitHub has it */
    TAGS_MAX = 20,          /* of a rule, as GitHub has it */
    HASH_DIGITS = 16,
};

/* A file that a result is in. */
struct artifact {
    const char *path;
    const struct source_summary *source; /* NULL: it was not read */
};

struct alert {
    const struct finding *finding;
    size_t rule; /* its number */
    struct finding_place place;
};

struct sarif {
    const struct assessment *assessment;
    struct table numbers; /* by path: the artifact */
    struct artifact *artifacts;
    size_t artifact_count;
    struct alert *results; /* fails, then unknowns; no more than SARIF_RESULTS_MAX */
    size_t result_count, listed; /* of all; of those that are whole in the report */
    const struct places *places;
    struct digest *digest;
};

static const struct {
    const char *level;
    const char *score; /* GitHub: from 9 critical, from 7 high, from 4 medium, low */
} severities[] = {
    [SEVERITY_NONE] = { "warning", NULL },     [SEVERITY_LOW] = { "note", "3.0" },
    [SEVERITY_MEDIUM] = { "warning", "5.0" },  [SEVERITY_HIGH] = { "error", "7.5" },
    [SEVERITY_VERY_HIGH] = { "error", "9.1" }, [SEVERITY_EXTREME] = { "error", "10.0" },
};
static_assert(COUNT_OF(severities) == SEVERITY_COUNT, "each severity has a level");

static const char *level_of(const struct finding *finding)
{
    return finding->result == RESULT_FAIL ? severities[finding->rule->severity].level
                                          : "warning";
}

/* ---- pieces ---------------------------------------------------------------------- */

static void open_member(struct json_writer *json, struct str key, char bracket)
{
    put_key(json, key);
    put_open(json, bracket);
}

static void open_item(struct json_writer *json)
{
    put_item(json);
    put_open(json, '{');
}

static void put_pair(struct json_writer *json, struct str key, struct str text)
{
    put_key(json, key);
    put_text(json, text);
}

static void put_count(struct json_writer *json, struct str key, uint64_t number)
{
    put_key(json, key);
    put_number(json, number);
}

/* A member that holds nothing but a text of ours. */
static void put_described(struct json_writer *json, struct str key, struct str text)
{
    open_member(json, key, '{');
    put_pair(json, STR("text"), text);
    put_close(json, '}');
}

/* Of text that came from elsewhere. */
static void put_message(struct json_writer *json, struct str text)
{
    struct buf message = BUF_EMPTY(&json->scratch);

    syntax_add(&message, SYNTAX_SARIF_MESSAGE, text);
    put_described(json, STR("message"), buf_str(&message));
}

/* ---- places ---------------------------------------------------------------------- */

/* An absolute path is an address of its own. Others are relative to where invaudit was
 * run, for which there is a name that readers resolve. */
static void put_artifact_location(struct json_writer *json, const struct sarif *sarif,
                                  const char *path)
{
    const struct artifact *artifact = table_find(&sarif->numbers, str_from(path));
    struct str rest = str_from(path);
    struct buf uri = BUF_EMPTY(&json->scratch);
    bool is_absolute = path[0] == '/';

    while (str_starts_with(rest, STR("./")))
        rest = str_slice(rest, strlen("./"), rest.len);
    buf_add(&uri, is_absolute ? STR("file://") : STR(""));
    syntax_add(&uri, SYNTAX_URI, rest);
    put_pair(json, STR("uri"), buf_str(&uri));
    if (!is_absolute)
        put_pair(json, STR("uriBaseId"), STR("EVIDENCE"));
    if (artifact != NULL)
        put_count(json, STR("index"), (uint64_t)(artifact - sarif->artifacts));
}

/* In a file; a line or column that is not known is the first. */
static void put_physical_location(struct json_writer *json, const struct sarif *sarif,
                                  const char *path, uint64_t line, uint64_t column)
{
    uint64_t start = column > 0 ? column : 1;

    open_member(json, STR("physicalLocation"), '{');
    open_member(json, STR("artifactLocation"), '{');
    put_artifact_location(json, sarif, path);
    put_close(json, '}');
    open_member(json, STR("region"), '{');
    put_count(json, STR("startLine"), line > 0 ? line : 1);
    put_count(json, STR("startColumn"), start);
    put_count(json, STR("endColumn"), start + 1);
    put_close(json, '}');
    put_close(json, '}');
}

/* ---- rules ----------------------------------------------------------------------- */

/* The first characters of a rule's text, in its lines; nothing if it has none. */
static void put_description(struct json_writer *json, struct str key, struct str text)
{
    size_t at = 0, characters = 0, bytes = 0;
    uint32_t code = 0;

    if (text.len == 0)
        return;
    while (at < text.len && characters < DESCRIPTION_MAX) {
        (void)character_next(str_slice(text, at, text.len), &bytes, &code);
        at += bytes;
        characters++;
    }
    put_described(json, key, str_trim(str_slice(text, 0, at)));
}

static void add_part(struct buf *help, const char *heading, struct str text)
{
    if (text.len == 0)
        return;
    buf_printf(help, "%s%s\n", help->len > 0 ? "\n" : "", heading);
    buf_add(help, str_trim(text));
    buf_add_byte(help, '\n');
}

/* GitHub shows it beside the alert, and wants it of each rule. */
static void put_help(struct json_writer *json, const struct rule *rule)
{
    struct buf help = BUF_EMPTY(&json->scratch), references = help;

    add_part(&help, "Rationale", rule->rationale);
    add_part(&help, "Audit", rule->audit);
    add_part(&help, "Remediation", rule->remediation);
    for (size_t i = 0; i < rule->references.count; i++)
        buf_printf(&references, "%.*s\n", STR_ARG(rule->references.items[i]));
    add_part(&help, "References", buf_str(&references));
    if (help.len == 0)
        buf_add(&help, rule->title);
    put_described(json, STR("help"), buf_str(&help));
}

static void put_tags(struct json_writer *json, const struct rule *rule)
{
    size_t left = TAGS_MAX - 1;

    open_member(json, STR("tags"), '[');
    put_item(json);
    put_text(json, STR("security")); /* else GitHub takes no security-severity */
    if (rule->pillar.len > 0) {
        put_item(json);
        put_text(json, rule->pillar);
        left--;
    }
    for (size_t i = 0; i < rule->services.count && i < left; i++) {
        put_item(json);
        put_text(json, rule->services.items[i]);
    }
    put_close(json, ']');
}

/* Whether it can be looked up as it stands. */
static bool is_address(struct str text)
{
    static const char others[] = "-._~:/?#[]@!$&'()*+,;=%";

    for (size_t i = 0; i < text.len; i++)
        if (!is_word_byte(text.text[i]) &&
            (text.text[i] == '\0' || strchr(others, text.text[i]) == NULL))
            return false;
    return str_starts_with(text, STR("https://"));
}

static void put_rule(struct json_writer *json, const struct rule *rule)
{
    const char *score = severities[rule->severity].score;

    open_item(json);
    put_pair(json, STR("id"), rule->id);
    put_described(json, STR("shortDescription"), rule->title);
    put_description(json, STR("fullDescription"),
                    rule->description.len > 0 ? rule->description : rule->title);
    put_help(json, rule);
    if (rule->references.count > 0 && is_address(rule->references.items[0]))
        put_pair(json, STR("helpUri"), rule->references.items[0]);
    open_member(json, STR("defaultConfiguration"), '{');
    put_pair(json, STR("level"), str_from(severities[rule->severity].level));
    put_close(json, '}');
    open_member(json, STR("properties"), '{');
    if (score != NULL)
        put_pair(json, STR("security-severity"), str_from(score));
    put_pair(json, STR("severity"), str_from(severity_name(rule->severity)));
    put_pair(json, STR("sha256"), str_from(rule->sha256));
    put_tags(json, rule);
    put_close(json, '}');
    put_close(json, '}');
    arena_reset(&json->scratch);
}

static void put_tool(struct json_writer *json, const struct rulebook *book)
{
    open_member(json, STR("tool"), '{');
    open_member(json, STR("driver"), '{');
    put_pair(json, STR("name"), STR("invaudit"));
    put_pair(json, STR("version"), STR(INVAUDIT_VERSION));
    open_member(json, STR("rules"), '[');
    for (size_t i = 0; i < book->count; i++)
        put_rule(json, book->rules[i]);
    put_close(json, ']');
    put_close(json, '}');
    put_close(json, '}');
}

/* ---- problems -------------------------------------------------------------------- */

static void put_notification(struct json_writer *json, const struct sarif *sarif,
                             const struct problem *problem)
{
    open_item(json);
    open_member(json, STR("descriptor"), '{');
    put_pair(json, STR("id"), str_from(code_name(reason_code(&problem->reason))));
    put_close(json, '}');
    put_pair(json, STR("level"), STR("warning"));
    put_message(json, str_from(reason_advice(&json->scratch, &problem->reason)));
    open_member(json, STR("locations"), '[');
    open_item(json);
    put_physical_location(json, sarif, problem->path, problem->line, problem->column);
    put_close(json, '}');
    put_close(json, ']');
    put_close(json, '}');
    arena_reset(&json->scratch);
}

static void put_problems(struct json_writer *json, const struct sarif *sarif)
{
    size_t count = sarif->assessment->problem_count;
    size_t listed = smaller(count, SARIF_NOTIFICATIONS_MAX);

    open_member(json, STR("toolExecutionNotifications"), '[');
    for (size_t i = 0; i < listed; i++)
        put_notification(json, sarif, &sarif->assessment->problems[i]);
    if (count > listed) {
        open_item(json);
        put_pair(json, STR("level"), STR("warning"));
        put_message(json, str_from(arena_printf(&json->scratch,
                                                "%zu more problems, in the JSON report",
                                                count - listed)));
        put_close(json, '}');
    }
    put_close(json, ']');
}

static void put_invocations(struct json_writer *json, const struct sarif *sarif)
{
    open_member(json, STR("invocations"), '[');
    open_item(json);
    put_key(json, STR("executionSuccessful"));
    put_word(json, "true");
    put_problems(json, sarif);
    put_close(json, '}');
    put_close(json, ']');
}

/* ---- results --------------------------------------------------------------------- */

/* 16 digits are enough for GitHub, which puts a number behind them. */
static void put_fingerprint(struct json_writer *json, const struct sarif *sarif,
                            struct str id)
{
    char hex[DIGEST_HEX_BYTES];

    digest_add(sarif->digest, id.text, id.len);
    digest_hex(sarif->digest, hex);
    open_member(json, STR("partialFingerprints"), '{');
    put_pair(json, STR("primaryLocationLineHash"),
             str_from(arena_printf(&json->scratch, "%.*s:1", HASH_DIGITS, hex)));
    put_close(json, '}');
}

static void put_locations(struct json_writer *json, const struct sarif *sarif,
                          const struct alert *alert)
{
    open_member(json, STR("locations"), '[');
    open_item(json);
    put_physical_location(json, sarif, alert->place.path, alert->place.line, 0);
    open_member(json, STR("logicalLocations"), '[');
    open_item(json);
    put_pair(json, STR("fullyQualifiedName"), str_from(alert->finding->id));
    put_pair(json, STR("kind"), STR("resource"));
    put_close(json, '}');
    put_close(json, ']');
    put_close(json, '}');
    put_close(json, ']');
}

/* The other places that the verdict rests on. */
static void put_related(struct json_writer *json, const struct sarif *sarif,
                        const struct finding *finding)
{
    size_t listed = 0;

    open_member(json, STR("relatedLocations"), '[');
    for (size_t i = 0; i < finding->citation_count && listed < SARIF_RELATED_MAX; i++) {
        const struct citation *citation = &finding->citations[i];

        if (!citation->decisive)
            continue;
        open_item(json);
        put_count(json, STR("id"), ++listed);
        put_physical_location(json, sarif, citation->path, citation->line, 0);
        put_message(json, citation->id.text != NULL
                              ? citation->id
                              : str_from(citation_pointer(&json->scratch, citation)));
        put_close(json, '}');
    }
    put_close(json, ']');
}

static void put_properties(struct json_writer *json, const struct finding *finding)
{
    open_member(json, STR("properties"), '{');
    put_pair(json, STR("invaudit/id"), str_from(finding->id));
    put_pair(json, STR("invaudit/result"), str_from(result_name(finding->result)));
    put_pair(json, STR("account"), finding->account);
    put_pair(json, STR("region"), finding->region);
    put_pair(json, STR("resource"), finding->resource);
    put_close(json, '}');
}

static void start_result(struct json_writer *json, const struct alert *alert)
{
    open_item(json);
    put_pair(json, STR("ruleId"), alert->finding->rule->id);
    put_count(json, STR("ruleIndex"), alert->rule);
    put_pair(json, STR("kind"), STR("fail"));
    put_pair(json, STR("level"), str_from(level_of(alert->finding)));
}

static void put_result(struct json_writer *json, const struct sarif *sarif,
                       const struct alert *alert)
{
    const struct finding *finding = alert->finding;
    struct arena *arena = &json->scratch;

    start_result(json, alert);
    put_message(
        json, str_from(arena_printf(arena, "%s: %s", finding_name(arena, finding).text,
                                    finding_message(arena, finding))));
    put_locations(json, sarif, alert);
    put_related(json, sarif, finding);
    put_fingerprint(json, sarif, str_from(finding->id));
    put_properties(json, finding);
    put_close(json, '}');
    arena_reset(&json->scratch);
}

/* Instead of those that are too many: it is where the first of them would be. */
static void put_rest(struct json_writer *json, const struct sarif *sarif,
                     const struct alert *first)
{
    start_result(json, first);
    put_message(json, str_from(arena_printf(
                          &json->scratch,
                          "%zu more findings that fail or are unknown, in "
                          "the JSON report: a run of SARIF has at most %d",
                          sarif->result_count - sarif->listed, SARIF_RESULTS_MAX)));
    put_locations(json, sarif, first);
    put_fingerprint(json, sarif, STR("more"));
    put_close(json, '}');
}

static void put_results(struct json_writer *json, const struct sarif *sarif)
{
    open_member(json, STR("results"), '[');
    for (size_t i = 0; i < sarif->listed; i++)
        put_result(json, sarif, &sarif->results[i]);
    if (sarif->listed < sarif->result_count)
        put_rest(json, sarif, &sarif->results[sarif->listed]);
    put_close(json, ']');
}

static void put_artifacts(struct json_writer *json, const struct sarif *sarif)
{
    open_member(json, STR("artifacts"), '[');
    for (size_t i = 0; i < sarif->artifact_count; i++) {
        const struct artifact *artifact = &sarif->artifacts[i];
        const struct source_summary *source = artifact->source;

        open_item(json);
        open_member(json, STR("location"), '{');
        put_artifact_location(json, sarif, artifact->path);
        put_close(json, '}');
        if (source != NULL)
            put_count(json, STR("length"), source->bytes);
        if (source != NULL && source->sha256[0] != '\0') {
            open_member(json, STR("hashes"), '{');
            put_pair(json, STR("sha-256"), str_from(source->sha256));
            put_close(json, '}');
        }
        put_close(json, '}');
        arena_reset(&json->scratch);
    }
    put_close(json, ']');
}

/* ---- what is in the report ------------------------------------------------------- */

static struct finding_place place_of(const struct sarif *sarif,
                                     const struct finding *finding)
{
    struct finding_place place = places_of(sarif->places, finding);

    if (place.path == NULL)
        place.path = "-";
    return place;
}

static void find_results(struct sarif *sarif, enum result result,
                         enum severity severity)
{
    const struct assessment *assessment = sarif->assessment;
    size_t rule = 0;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        while (assessment->book->rules[rule] != finding->rule)
            rule++;
        if (finding->result != result || finding->rule->severity != severity)
            continue;
        if (sarif->result_count < SARIF_RESULTS_MAX)
            sarif->results[sarif->result_count] =
                (struct alert){ finding, rule, place_of(sarif, finding) };
        sarif->result_count++;
    }
}

static void find_artifacts(struct sarif *sarif)
{
    const struct assessment *assessment = sarif->assessment;

    for (size_t i = 0; i < smaller(sarif->result_count, SARIF_RESULTS_MAX); i++) {
        const char *path = sarif->results[i].place.path;
        void **slot = table_slot(&sarif->numbers, str_from(path));

        if (*slot != NULL)
            continue;
        *slot = &sarif->artifacts[sarif->artifact_count++];
        *(struct artifact *)*slot = (struct artifact){ path, NULL };
    }
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];
        struct artifact *artifact =
            table_find(&sarif->numbers, str_from(source->source->path));

        if (artifact != NULL && source->was_read)
            artifact->source = source;
    }
}

void report_sarif(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out)
{
    struct arena arena = ARENA_EMPTY;
    size_t most = smaller(assessment->finding_count, SARIF_RESULTS_MAX);
    struct sarif sarif = { .assessment = assessment,
                           .numbers = TABLE_EMPTY(&arena),
                           .artifacts = arena_array(&arena, most + 1, struct artifact),
                           .results = arena_array(&arena, most + 1, struct alert),
                           .places = places_new(&arena, assessment),
                           .digest = digest_new(&arena) };
    struct json_writer json = { .out = out };

    (void)style;
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        find_results(&sarif, RESULT_FAIL, (enum severity)severity);
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        find_results(&sarif, RESULT_UNKNOWN, (enum severity)severity);
    sarif.listed = sarif.result_count > SARIF_RESULTS_MAX ? SARIF_RESULTS_MAX - 1
                                                          : sarif.result_count;
    find_artifacts(&sarif);

    put_open(&json, '{');
    put_pair(&json, STR("$schema"),
             STR("https://json.schemastore.org/sarif-2.1.0.json"));
    put_pair(&json, STR("version"), STR("2.1.0"));
    open_member(&json, STR("runs"), '[');
    open_item(&json);
    put_tool(&json, assessment->book);
    open_member(&json, STR("automationDetails"), '{');
    put_pair(&json, STR("id"), STR("invaudit/")); /* GitHub: a category, by the slash */
    put_close(&json, '}');
    open_member(&json, STR("originalUriBaseIds"), '{');
    open_member(&json, STR("EVIDENCE"), '{');
    open_member(&json, STR("description"), '{');
    put_pair(&json, STR("text"), STR("the folder that invaudit was run in"));
    put_close(&json, '}');
    put_close(&json, '}');
    put_close(&json, '}');
    put_invocations(&json, &sarif);
    put_artifacts(&json, &sarif);
    put_results(&json, &sarif);
    put_close(&json, '}');
    put_close(&json, ']');
    put_close(&json, '}');
    buf_add_byte(out, '\n');
    arena_release(&json.scratch);
    arena_release(&arena);
}
