#include "report/coverage.h"
#include "report/escape.h"
#include "report/report.h"

#include "base/time.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>

/* Changes when a key goes or changes its meaning; a new key changes nothing. */
static const char schema[] = "invaudit-report/1";

/* Takes the value over. */
static void set(json_t *object, const char *key, json_t *value)
{
    int status = json_object_set_new(object, key, value);

    assert(status == 0);
}

static void append(json_t *array, json_t *value)
{
    int status = json_array_append_new(array, value);

    assert(status == 0);
}

static json_t *text(struct arena *arena, struct str str)
{
    struct buf valid = BUF_EMPTY(arena);

    if (str.text == NULL)
        return json_null();
    escape_bytes(&valid, str);
    return json_stringn(buf_str(&valid).text, valid.len);
}

static json_t *words(struct arena *arena, const char *string)
{
    return text(arena, str_from(string));
}

static json_t *number(uint64_t value)
{
    return json_integer(value < INT64_MAX ? (json_int_t)value : INT64_MAX);
}

/* A line or a column: 0 is not known. */
static json_t *place(uint64_t value)
{
    return value > 0 ? number(value) : json_null();
}

static json_t *texts(struct arena *arena, struct str_list list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list.count; i++)
        append(array, text(arena, list.items[i]));
    return array;
}

static json_t *type_name(struct arena *arena, const struct type *type)
{
    return text(arena, type != NULL ? type->name : STR_NONE);
}

static json_t *told(enum told how)
{
    return how != TOLD_NOT ? json_string(told_name(how)) : json_null();
}

static json_t *reasons(struct arena *arena, const struct reason *items, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();

        set(object, "code", words(arena, items[i].code));
        set(object, "text", words(arena, items[i].text));
        append(array, object);
    }
    return array;
}

static json_t *tool(struct arena *arena)
{
    json_t *object = json_object();

    set(object, "name", words(arena, "invaudit"));
    set(object, "version", words(arena, INVAUDIT_VERSION));
    return object;
}

static json_t *settings(struct arena *arena, const struct settings *given)
{
    json_t *object = json_object();

    set(object, "no_builtin", json_boolean(given->no_builtin));
    set(object, "no_filtered", json_boolean(given->no_filtered));
    set(object, "rules", texts(arena, given->rules));
    set(object, "select", texts(arena, given->select));
    set(object, "params", texts(arena, given->params));
    set(object, "expect_regions", texts(arena, given->expect_regions));
    set(object, "as_of", text(arena, given->as_of));
    set(object, "assume_account", text(arena, given->assume_account));
    set(object, "assume_region", text(arena, given->assume_region));
    set(object, "assume_type", type_name(arena, given->assume_type));
    set(object, "path_pattern", text(arena, given->path_pattern));
    return object;
}

static json_t *rules(struct arena *arena, const struct rulebook *book)
{
    json_t *array = json_array();

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];
        json_t *object = json_object();

        set(object, "id", text(arena, rule->id));
        set(object, "title", text(arena, rule->title));
        set(object, "severity", words(arena, severity_name(rule->severity)));
        set(object, "source", words(arena, rule->path));
        set(object, "builtin", json_boolean(rule->builtin));
        set(object, "sha256", words(arena, rule->sha256));
        append(array, object);
    }
    return array;
}

static json_t *document(struct arena *arena, const struct document_summary *summary)
{
    json_t *object = json_object(), *how = json_object();

    set(object, "document", number(summary->index));
    set(object, "type", type_name(arena, summary->type));
    set(object, "call",
        text(arena, summary->call != NULL ? summary->call->name : STR_NONE));
    set(object, "account", text(arena, summary->account));
    set(object, "region", text(arena, summary->region));
    set(object, "parent", text(arena, summary->parent));
    set(how, "type", told(summary->type_told));
    set(how, "account", told(summary->account_told));
    set(how, "region", told(summary->region_told));
    set(object, "told", how);
    set(object, "records", number(summary->records));
    set(object, "foreign", number(summary->foreign));
    set(object, "undecided", number(summary->undecided));
    set(object, "state", words(arena, state_name(summary->state)));
    set(object, "reasons", reasons(arena, summary->reasons, summary->reason_count));
    return object;
}

static const char *use_name(enum source_use use)
{
    static const char *const names[] = {
        [SOURCE_READ] = "read",
        [SOURCE_IGNORED] = "ignored",
        [SOURCE_EXPLAINS] = "explains",
        [SOURCE_UNREADABLE] = "unreadable",
    };

    return names[use];
}

static json_t *evidence(struct arena *arena, const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *summary = &assessment->sources[i];
        json_t *object = json_object(), *documents = json_array();

        for (size_t d = 0; d < summary->document_count; d++)
            append(documents, document(arena, summary->documents[d]));
        set(object, "path", words(arena, summary->source->path));
        set(object, "use", words(arena, use_name(summary->source->use)));
        set(object, "why", words(arena, summary->source->why));
        set(object, "sha256", words(arena, summary->was_read ? summary->sha256 : NULL));
        set(object, "bytes", summary->was_read ? number(summary->bytes) : json_null());
        set(object, "documents", documents);
        append(array, object);
    }
    return array;
}

/* An instant as text, in UTC; no bound: null. */
static json_t *bound(const struct fact *fact, double value)
{
    char text[INSTANT_TEXT_BYTES];

    if (!isfinite(value))
        return json_null();
    if (fact->is_time && fabs(value) < INSTANT_SECONDS_MAX) {
        instant_print(llround(value * INSTANTS_PER_SECOND), text);
        return json_string(text);
    }
    if (value == floor(value) && fabs(value) < 1e15)
        return json_integer((json_int_t)value);
    return json_real(value);
}

/* Whether a minimum or maximum is that of nothing: null where it is not known. */
static json_t *none(const struct fact_value *value)
{
    if (value->only_none)
        return json_true();
    return value->maybe_none ? json_null() : json_false();
}

static json_t *facts(struct arena *arena, const struct finding *finding)
{
    json_t *object = json_object();

    for (size_t i = 0; i < finding->rule->fact_count; i++) {
        const struct fact *fact = &finding->rule->facts[i];
        const struct fact_value *value = &finding->facts[i];
        struct str name = fact->name;
        json_t *bounds = json_object();

        set(bounds, "at_least", bound(fact, value->only_none ? NAN : value->at_least));
        set(bounds, "at_most", bound(fact, value->only_none ? NAN : value->at_most));
        if (fact->kind != FACT_COUNT)
            set(bounds, "none", none(value));
        set(object, arena_copy(arena, name.text, name.len), bounds);
    }
    return object;
}

static json_t *assumptions(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->assumption_count; i++) {
        json_t *object = json_object();

        set(object, "code", words(arena, finding->assumptions[i].code));
        set(object, "text", words(arena, finding->assumptions[i].text));
        append(array, object);
    }
    return array;
}

static json_t *possible(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->possible_count; i++)
        append(array, words(arena, result_name(finding->possible[i])));
    return array;
}

static json_t *settles(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->settle_count; i++) {
        json_t *object = json_object();

        set(object, "command", words(arena, finding->settles[i].command));
        set(object, "permission", words(arena, finding->settles[i].permission));
        set(object, "save_as", words(arena, finding->settles[i].save_as));
        append(array, object);
    }
    return array;
}

static json_t *citations(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->citation_count; i++) {
        const struct citation *citation = &finding->citations[i];
        json_t *object = json_object();

        set(object, "fact", text(arena, citation->fact));
        set(object, "path", words(arena, citation->path));
        set(object, "document", number(citation->document));
        set(object, "pointer", words(arena, citation->pointer));
        set(object, "line", place(citation->line));
        set(object, "offset", number(citation->offset));
        set(object, "record", text(arena, citation->id));
        append(array, object);
    }
    return array;
}

static json_t *findings(struct arena *arena, const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        json_t *object = json_object();

        set(object, "id", words(arena, finding->id));
        set(object, "rule", text(arena, finding->rule->id));
        set(object, "account", text(arena, finding->account));
        set(object, "region", text(arena, finding->region));
        set(object, "resource", text(arena, finding->resource));
        set(object, "source", words(arena, finding->source));
        set(object, "result", words(arena, result_name(finding->result)));
        set(object, "severity", words(arena, severity_name(finding->rule->severity)));
        set(object, "message", words(arena, finding->message));
        set(object, "assumptions", assumptions(arena, finding));
        set(object, "facts", facts(arena, finding));
        set(object, "reasons", reasons(arena, finding->reasons, finding->reason_count));
        set(object, "possible", possible(arena, finding));
        set(object, "settle", settles(arena, finding));
        set(object, "citations", citations(arena, finding));
        append(array, object);
    }
    return array;
}

static json_t *problems(struct arena *arena, const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->problem_count; i++) {
        const struct problem *problem = &assessment->problems[i];
        json_t *object = json_object();

        set(object, "path", words(arena, problem->path));
        set(object, "code", words(arena, problem->code));
        set(object, "line", place(problem->line));
        set(object, "column", place(problem->column));
        set(object, "message", words(arena, problem->message));
        append(array, object);
    }
    return array;
}

static json_t *counts(const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;
    json_t *object = json_object();

    for (int result = 0; result < RESULT_COUNT; result++)
        set(object, result_name((enum result)result), number(summary->results[result]));
    set(object, "findings", number(assessment->finding_count));
    set(object, "problems", number(summary->problems));
    set(object, "sources_read", number(summary->sources_read));
    set(object, "sources_ignored", number(summary->sources_ignored));
    set(object, "documents", number(summary->documents));
    set(object, "records", number(summary->records));
    set(object, "status", json_integer(assessment_status(assessment)));
    return object;
}

static json_t *coverage(struct arena *arena, const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *account = &assessment->coverage[i];
        struct str_list missing;
        json_t *object = json_object();

        coverage_missing(arena, account, &missing);
        set(object, "account", text(arena, account->account));
        set(object, "regions_known", json_boolean(account->is_closed));
        set(object, "told_by", words(arena, account->told_by));
        set(object, "expected", texts(arena, account->expected));
        set(object, "delivered", texts(arena, account->delivered));
        set(object, "missing", texts(arena, missing));
        append(array, object);
    }
    return array;
}

static int add_bytes(const char *bytes, size_t len, void *buf)
{
    buf_add(buf, (struct str){ bytes, len });
    return 0;
}

void report_json(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    struct arena *arena = out->arena;
    json_t *root = json_object();
    int status;

    (void)style;
    set(root, "schema", words(arena, schema));
    set(root, "tool", tool(arena));
    set(root, "settings", settings(arena, assessment->settings));
    set(root, "rules", rules(arena, assessment->book));
    set(root, "evidence", evidence(arena, assessment));
    set(root, "findings", findings(arena, assessment));
    set(root, "coverage", coverage(arena, assessment));
    set(root, "problems", problems(arena, assessment));
    set(root, "summary", counts(assessment));
    status = json_dump_callback(root, add_bytes, out, JSON_INDENT(2));
    assert(status == 0);
    buf_add_byte(out, '\n');
    json_decref(root);
}
