#include "report/members.h"

#include "report/escape.h"

#include <assert.h>
#include <string.h>

void member_set(json_t *object, const char *key, json_t *value)
{
    int status = json_object_set_new(object, key, value);

    assert(status == 0);
}

void item_add(json_t *array, json_t *value)
{
    int status = json_array_append_new(array, value);

    assert(status == 0);
}

json_t *text_json(struct arena *arena, struct str str)
{
    struct buf valid = BUF_EMPTY(arena);

    if (str.text == NULL)
        return json_null();
    escape_bytes(&valid, str);
    return json_stringn(buf_str(&valid).text, valid.len);
}

json_t *string_json(struct arena *arena, const char *string)
{
    return text_json(arena, str_from(string));
}

json_t *number_json(uint64_t value)
{
    return json_integer(value < INT64_MAX ? (json_int_t)value : INT64_MAX);
}

json_t *place_json(uint64_t value)
{
    return value > 0 ? number_json(value) : json_null();
}

json_t *texts_json(struct arena *arena, struct str_list list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list.count; i++)
        item_add(array, text_json(arena, list.items[i]));
    return array;
}

json_t *type_json(struct arena *arena, const struct type *type)
{
    return text_json(arena, type != NULL ? type->name : STR_NONE);
}

static json_t *told(enum told how)
{
    return how != TOLD_NOT ? json_string(told_name(how)) : json_null();
}

json_t *reasons_json(struct arena *arena, const struct reason *items, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *object = json_object();

        member_set(object, "code",
                   string_json(arena, code_name(reason_code(&items[i]))));
        member_set(object, "text", string_json(arena, reason_text(arena, &items[i])));
        item_add(array, object);
    }
    return array;
}

json_t *tool_json(struct arena *arena)
{
    json_t *object = json_object();

    member_set(object, "name", string_json(arena, "invaudit"));
    member_set(object, "version", string_json(arena, INVAUDIT_VERSION));
    return object;
}

json_t *settings_json(struct arena *arena, const struct settings *given)
{
    json_t *object = json_object();

    member_set(object, "no_builtin", json_boolean(given->no_builtin));
    member_set(object, "no_filtered", json_boolean(given->no_filtered));
    member_set(object, "no_digest", json_boolean(given->no_digest));
    member_set(object, "rules", texts_json(arena, given->rules));
    member_set(object, "select", texts_json(arena, given->select));
    member_set(object, "skip", texts_json(arena, given->skip));
    member_set(object, "params", texts_json(arena, given->params));
    member_set(object, "accounts", texts_json(arena, given->accounts));
    member_set(object, "regions", texts_json(arena, given->regions));
    member_set(object, "exclude", texts_json(arena, given->exclude));
    member_set(object, "expect_regions", texts_json(arena, given->expect_regions));
    member_set(object, "as_of", text_json(arena, given->as_of));
    member_set(object, "assume_account", text_json(arena, given->assume_account));
    member_set(object, "assume_region", text_json(arena, given->assume_region));
    member_set(object, "assume_type", type_json(arena, given->assume_type));
    member_set(object, "path_pattern", text_json(arena, given->path_pattern));
    return object;
}

json_t *rules_json(struct arena *arena, const struct rulebook *book)
{
    json_t *array = json_array();

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];
        json_t *object = json_object();

        member_set(object, "id", text_json(arena, rule->id));
        member_set(object, "title", text_json(arena, rule->title));
        member_set(object, "severity",
                   string_json(arena, severity_name(rule->severity)));
        member_set(object, "source", string_json(arena, rule->path));
        member_set(object, "builtin", json_boolean(rule->builtin));
        member_set(object, "sha256", string_json(arena, rule->sha256));
        item_add(array, object);
    }
    return array;
}

static json_t *document(struct arena *arena, const struct document_summary *summary)
{
    json_t *object = json_object(), *how = json_object();

    member_set(object, "document", number_json(summary->index));
    if (summary->pointer != NULL)
        member_set(object, "pointer", string_json(arena, summary->pointer));
    if (summary->surplus > 0)
        member_set(object, "surplus", number_json(summary->surplus));
    member_set(object, "type", type_json(arena, summary->type));
    member_set(
        object, "call",
        text_json(arena, summary->call != NULL ? summary->call->name : STR_NONE));
    member_set(object, "account", text_json(arena, summary->account));
    member_set(object, "region", text_json(arena, summary->region));
    member_set(object, "parent", text_json(arena, summary->parent));
    member_set(how, "type", told(summary->type_told));
    member_set(how, "account", told(summary->account_told));
    member_set(how, "region", told(summary->region_told));
    member_set(object, "told", how);
    member_set(object, "records", number_json(summary->records));
    member_set(object, "foreign", number_json(summary->foreign));
    member_set(object, "undecided", number_json(summary->undecided));
    member_set(object, "state", string_json(arena, state_name(summary->state)));
    member_set(object, "reasons",
               reasons_json(arena, summary->reasons, summary->reason_count));
    return object;
}

static const char *use_name(enum source_use use)
{
    static const char *const names[] = {
        [SOURCE_READ] = "read",
        [SOURCE_IGNORED] = "ignored",
        [SOURCE_EXPLAINS] = "explains",
        [SOURCE_EXCLUDED] = "excluded",
        [SOURCE_UNREADABLE] = "unreadable",
    };

    return names[use];
}

static json_t *source(struct arena *arena, const struct source_summary *summary)
{
    json_t *object = json_object(), *documents = json_array();
    bool has_digest = summary->was_read && summary->sha256[0] != '\0';

    for (size_t i = 0; i < summary->document_count; i++)
        item_add(documents, document(arena, summary->documents[i]));
    member_set(object, "path", string_json(arena, summary->source->path));
    member_set(
        object, "use",
        string_json(arena, use_name(summary->is_ignored ? SOURCE_IGNORED
                                                        : summary->source->use)));
    member_set(object, "why", string_json(arena, summary->why));
    member_set(object, "sha256",
               string_json(arena, has_digest ? summary->sha256 : NULL));
    member_set(object, "bytes",
               summary->was_read ? number_json(summary->bytes) : json_null());
    member_set(object, "documents", documents);
    return object;
}

static json_t *problem_json(struct arena *arena, const struct problem *problem)
{
    json_t *object = json_object();

    member_set(object, "path", string_json(arena, problem->path));
    member_set(object, "code",
               string_json(arena, code_name(reason_code(&problem->reason))));
    member_set(object, "line", place_json(problem->line));
    member_set(object, "column", place_json(problem->column));
    member_set(object, "message",
               string_json(arena, reason_advice(arena, &problem->reason)));
    return object;
}

/* ---- laying out -------------------------------------------------------------------
 */

enum { INDENT = 2 };

static void start_line(struct json_report *report)
{
    buf_printf(report->out, "\n%*s", (int)report->indent, "");
}

/* No string has a raw line end, so each one is of the layout; and no character is cut.
 */
static int add_bytes(const char *bytes, size_t len, void *object)
{
    struct json_report *report = object;
    struct str rest = { bytes, len };
    const char *end;

    while ((end = memchr(rest.text, '\n', rest.len)) != NULL) {
        size_t before = (size_t)(end - rest.text);

        escape_json(report->out, str_slice(rest, 0, before));
        start_line(report);
        rest = str_slice(rest, before + 1, rest.len);
    }
    escape_json(report->out, rest);
    return 0;
}

static void add_value(struct json_report *report, json_t *value)
{
    int status = json_dump_callback(value, add_bytes, report,
                                    JSON_INDENT(INDENT) | JSON_ENCODE_ANY);

    assert(status == 0);
    json_decref(value);
    arena_reset(&report->scratch);
}

static void add_key(struct json_report *report, const char *key)
{
    if (report->has_member)
        buf_add_byte(report->out, ',');
    report->has_member = true;
    start_line(report);
    buf_printf(report->out, "\"%s\": ", key);
}

void json_report_begin(struct json_report *report, struct buf *out)
{
    *report = (struct json_report){ .out = out, .indent = INDENT };
    buf_add_byte(out, '{');
}

void json_report_member(struct json_report *report, const char *key, json_t *value)
{
    add_key(report, key);
    add_value(report, value);
}

void json_report_list(struct json_report *report, const char *key)
{
    add_key(report, key);
    buf_add_byte(report->out, '[');
    report->indent += INDENT;
    report->has_item = false;
}

void json_report_item(struct json_report *report, json_t *value)
{
    if (report->has_item)
        buf_add_byte(report->out, ',');
    report->has_item = true;
    start_line(report);
    add_value(report, value);
}

void json_report_list_end(struct json_report *report)
{
    report->indent -= INDENT;
    if (report->has_item)
        start_line(report);
    buf_add_byte(report->out, ']');
}

void json_report_end(struct json_report *report)
{
    buf_add(report->out, STR("\n}\n"));
    arena_release(&report->scratch);
}

void json_report_evidence(struct json_report *report,
                          const struct assessment *assessment)
{
    json_report_list(report, "evidence");
    for (size_t i = 0; i < assessment->source_count; i++)
        json_report_item(report, source(&report->scratch, &assessment->sources[i]));
    json_report_list_end(report);
}

void json_report_problems(struct json_report *report,
                          const struct assessment *assessment)
{
    json_report_list(report, "problems");
    for (size_t i = 0; i < assessment->problem_count; i++)
        json_report_item(report,
                         problem_json(&report->scratch, &assessment->problems[i]));
    json_report_list_end(report);
}
