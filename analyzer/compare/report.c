#include "compare/report.h"

#include "base/table.h"
#include "report/report.h"
#include "json/bytes.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* ---- a place in the report ------------------------------------------------------- */

struct spot {
    const struct spot *above; /* NULL: the report itself */
    const char *key;          /* NULL: an item of a list */
    size_t index;
};

static void add_pointer(struct buf *out, const struct spot *spot)
{
    if (spot->above == NULL)
        return;
    add_pointer(out, spot->above);
    if (spot->key != NULL)
        buf_printf(out, "/%s", spot->key);
    else
        buf_printf(out, "/%zu", spot->index);
}

static const char *met(const json_t *value)
{
    static const char *const words[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",  [JSON_STRING] = "text",
        [JSON_INTEGER] = "a number", [JSON_REAL] = "a number", [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };

    return value != NULL ? words[json_typeof(value)] : "nothing";
}

static bool wrong_at(struct arena *arena, const struct spot *spot, struct error *err,
                     const char *what)
{
    struct buf pointer = BUF_EMPTY(arena);

    add_pointer(&pointer, spot);
    if (pointer.len == 0)
        return error_set(err, "%s", what);
    return error_set(err, "%s: %s", buf_str(&pointer).text, what);
}

static bool wrong_value(struct arena *arena, const struct spot *spot,
                        const char *expected, const json_t *value, struct error *err)
{
    return wrong_at(arena, spot, err,
                    arena_printf(arena, "expected %s, met %s", expected, met(value)));
}

/* ---- parts of an object
 * ---------------------------------------------------------------------- */

enum saved_kind {
    PART_TEXT,
    PART_NAME, /* text that is not empty */
    PART_DIGEST,
    PART_RESULT,
    PART_FLAG,
    PART_NUMBER,
    PART_PLACE,  /* a number from 1, or null: 0 */
    PART_OBJECT, /* is kept as it is */
    PART_INSIDE, /* an object, whose parts are of the same struct */
    PART_TEXTS,
    PART_LIST, /* of objects, each a struct */
};

struct saved_part {
    const char *key;
    enum saved_kind kind;
    bool may_lack; /* an earlier version did not write it, or it is written sometimes */
    bool may_null;
    size_t offset, count;
    const struct saved_parts *of;
};

struct saved_parts {
    const struct saved_part *rows;
    size_t count;
    size_t bytes; /* of the struct */
};

#define PARTS(table, type)                                                             \
    {                                                                                  \
        (table), COUNT_OF(table), sizeof(type)                                         \
    }
#define LIST_OF(type, name, number, parts)                                             \
    .kind = PART_LIST, .offset = offsetof(type, name),                                 \
    .count = offsetof(type, number), .of = &(parts)

struct part_source {
    struct arena *arena;
    struct error *err;
};

static bool read_parts(const struct part_source *from, const struct spot *spot,
                       const json_t *value, const struct saved_parts *parts,
                       void *target);

static struct str text_of(const json_t *value)
{
    return (struct str){ json_string_value(value), json_string_length(value) };
}

static bool is_digest(struct str text)
{
    bool is_hex = text.len == DIGEST_HEX_BYTES - 1;

    for (size_t i = 0; i < text.len && is_hex; i++)
        is_hex = is_digit(text.text[i]) || (text.text[i] >= 'a' && text.text[i] <= 'f');
    return is_hex;
}

static bool read_result(struct str text, enum result *result)
{
    for (unsigned i = 0; i < RESULT_COUNT; i++) {
        *result = (enum result)i;
        if (str_equal(text, str_from(result_name(*result))))
            return true;
    }
    return false;
}

/* NULL: it was read. What was expected, if not. */
static const char *read_text(enum saved_kind kind, const json_t *value, void *target)
{
    struct str text = text_of(value);
    enum result result;

    if (kind == PART_RESULT) {
        if (!json_is_string(value) || !read_result(text, &result))
            return "a result";
        memcpy(target, &result, sizeof result);
        return NULL;
    }
    if (!json_is_string(value) || (kind == PART_NAME && text.len == 0))
        return kind == PART_NAME ? "text that is not empty" : "text";
    if (kind == PART_DIGEST && !is_digest(text))
        return "a SHA-256 of 64 hexadecimal digits";
    *(struct str *)target = text;
    return NULL;
}

static const char *read_number(enum saved_kind kind, const json_t *value, void *target)
{
    json_int_t number = json_integer_value(value);

    if (kind == PART_PLACE && (!json_is_integer(value) || number < 1))
        return "a number from 1 or null";
    if (!json_is_integer(value) || number < 0)
        return "a number from 0";
    *(uint64_t *)target = (uint64_t)number;
    return NULL;
}

static bool read_texts(const struct part_source *from, const struct spot *spot,
                       const json_t *value, struct str_list *list)
{
    if (!json_is_array(value))
        return wrong_value(from->arena, spot, "a list", value, from->err);
    list->count = json_array_size(value);
    list->items = arena_array(from->arena, list->count, struct str);
    for (size_t i = 0; i < list->count; i++) {
        const struct spot item = { spot, NULL, i };
        const json_t *text = json_array_get(value, i);

        if (!json_is_string(text))
            return wrong_value(from->arena, &item, "text", text, from->err);
        list->items[i] = text_of(text);
    }
    return true;
}

static bool read_list(const struct part_source *from, const struct spot *spot,
                      const json_t *value, const struct saved_part *part, char *target)
{
    const size_t count = json_array_size(value);
    char *items;

    if (!json_is_array(value))
        return wrong_value(from->arena, spot, "a list", value, from->err);
    items = arena_alloc_array(from->arena, count, part->of->bytes);
    for (size_t i = 0; i < count; i++) {
        const struct spot item = { spot, NULL, i };

        if (!read_parts(from, &item, json_array_get(value, i), part->of,
                        items + i * part->of->bytes))
            return false;
    }
    *(const void **)(void *)(target + part->offset) = items;
    memcpy(target + part->count, &count, sizeof count);
    return true;
}

static bool read_inside(const struct part_source *from, const struct spot *spot,
                        const json_t *value, const struct saved_parts *parts,
                        char *target);

static bool read_part(const struct part_source *from, const struct spot *spot,
                      const json_t *value, const struct saved_part *part, char *target)
{
    void *member = target + part->offset;
    const char *expected = NULL;

    if ((value == NULL && part->may_lack) ||
        (json_is_null(value) && (part->may_null || part->kind == PART_PLACE)))
        return true;
    switch (part->kind) {
    case PART_TEXT:
    case PART_NAME:
    case PART_DIGEST:
    case PART_RESULT:
        expected = read_text(part->kind, value, member);
        break;
    case PART_FLAG:
        expected = json_is_boolean(value) ? NULL : "true or false";
        *(bool *)member = json_is_true(value);
        break;
    case PART_NUMBER:
    case PART_PLACE:
        expected = read_number(part->kind, value, member);
        break;
    case PART_OBJECT:
        expected = json_is_object(value) ? NULL : "an object";
        *(const json_t **)member = value;
        break;
    case PART_INSIDE:
        return read_inside(from, spot, value, part->of, target);
    case PART_TEXTS:
        return read_texts(from, spot, value, member);
    case PART_LIST:
        return read_list(from, spot, value, part, target);
    }
    return expected == NULL ||
           wrong_value(from->arena, spot, expected, value, from->err);
}

static bool read_inside(const struct part_source *from, const struct spot *spot,
                        const json_t *value, const struct saved_parts *parts,
                        char *target)
{
    if (!json_is_object(value))
        return wrong_value(from->arena, spot, "an object", value, from->err);
    for (size_t i = 0; i < parts->count; i++) {
        const struct saved_part *part = &parts->rows[i];
        const struct spot at = { spot, part->key, 0 };

        if (!read_part(from, &at, json_object_get(value, part->key), part, target))
            return false;
    }
    return true;
}

static bool read_parts(const struct part_source *from, const struct spot *spot,
                       const json_t *value, const struct saved_parts *parts,
                       void *target)
{
    *(const json_t **)target = value;
    return read_inside(from, spot, value, parts, target);
}

/* ---- the report's ---------------------------------------------------------------- */

#define AT(type, name) .offset = offsetof(struct saved_##type, name)

static const struct saved_part rule_rows[] = {
    { "id", PART_NAME, AT(rule, id) },
    { "title", PART_TEXT, AT(rule, title) },
    { "severity", PART_NAME, AT(rule, severity) },
    { "source", PART_NAME, AT(rule, source) },
    { "builtin", PART_FLAG, AT(rule, builtin) },
    { "sha256", PART_DIGEST, AT(rule, sha256) },
    { "text", PART_TEXT, .may_lack = true, .may_null = true, AT(rule, text) },
};
static const struct saved_parts rule_parts = PARTS(rule_rows, struct saved_rule);

static const struct saved_part file_rows[] = {
    { "source", PART_NAME, AT(catalog, source) },
    { "sha256", PART_DIGEST, AT(catalog, sha256) },
    { "text", PART_TEXT, AT(catalog, text) },
};
static const struct saved_parts file_parts = PARTS(file_rows, struct saved_catalog);

static const struct saved_part source_rows[] = {
    { "path", PART_NAME, AT(source, path) },
    { "use", PART_NAME, AT(source, use) },
    { "why", PART_TEXT, .may_null = true, AT(source, why) },
    { "sha256", PART_DIGEST, .may_null = true, AT(source, sha256) },
};
static const struct saved_parts source_parts = PARTS(source_rows, struct saved_source);

static const struct saved_part reason_rows[] = {
    { "code", PART_NAME, AT(reason, code) },
    { "text", PART_TEXT, AT(reason, text) },
};
static const struct saved_parts reason_parts = PARTS(reason_rows, struct saved_reason);

static const struct saved_part finding_rows[] = {
    { "id", PART_NAME, AT(finding, id) },
    { "rule", PART_NAME, AT(finding, rule) },
    { "account", PART_TEXT, .may_null = true, AT(finding, account) },
    { "region", PART_TEXT, .may_null = true, AT(finding, region) },
    { "resource", PART_TEXT, .may_null = true, AT(finding, resource) },
    { "resource_type", PART_TEXT, .may_null = true, AT(finding, resource_type) },
    { "source", PART_TEXT, .may_null = true, AT(finding, source) },
    { "severity", PART_NAME, AT(finding, severity) },
    { "result", PART_RESULT, AT(finding, result) },
    { "message", PART_TEXT, AT(finding, message) },
    { "would_say", PART_TEXT, .may_null = true, AT(finding, would_say) },
    { "reasons", LIST_OF(struct saved_finding, reasons, reason_count, reason_parts) },
    { "assumptions",
      LIST_OF(struct saved_finding, assumptions, assumption_count, reason_parts) },
    { "waiver", PART_OBJECT, .may_lack = true, .may_null = true, AT(finding, waiver) },
};
static const struct saved_parts finding_parts =
    PARTS(finding_rows, struct saved_finding);

static const struct saved_part problem_rows[] = {
    { "path", PART_NAME, AT(problem, path) },
    { "code", PART_NAME, AT(problem, code) },
    { "message", PART_TEXT, AT(problem, message) },
    { "line", PART_PLACE, AT(problem, line) },
    { "column", PART_PLACE, AT(problem, column) },
};
static const struct saved_parts problem_parts =
    PARTS(problem_rows, struct saved_problem);

static const struct saved_part tool_rows[] = {
    { "name", PART_NAME, AT(report, tool) },
    { "version", PART_NAME, AT(report, version) },
};
static const struct saved_parts tool_parts = PARTS(tool_rows, struct saved_report);

static const struct saved_part catalog_rows[] = {
    { "sha256", PART_DIGEST, AT(report, catalog_sha256) },
    { "files", .may_lack = true,
      LIST_OF(struct saved_report, catalogs, catalog_count, file_parts) },
};
static const struct saved_parts catalog_parts =
    PARTS(catalog_rows, struct saved_report);

static const struct saved_part set_rows[] = {
    { "files", PART_NUMBER, AT(report, set_files) },
    { "sha256", PART_DIGEST, .may_null = true, AT(report, set_sha256) },
};
static const struct saved_parts set_parts = PARTS(set_rows, struct saved_report);

/* The last are of `scan` alone. */
static const struct saved_part report_rows[] = {
    { "schema", PART_NAME, AT(report, schema) },
    { "tool", PART_INSIDE, .of = &tool_parts },
    { "settings", PART_OBJECT, AT(report, settings) },
    { "operands", PART_TEXTS, .may_lack = true, AT(report, operands) },
    { "catalog", PART_INSIDE, .may_lack = true, .of = &catalog_parts },
    { "rules", LIST_OF(struct saved_report, rules, rule_count, rule_parts) },
    { "evidence_set", PART_INSIDE, .of = &set_parts },
    { "evidence", LIST_OF(struct saved_report, sources, source_count, source_parts) },
    { "problems",
      LIST_OF(struct saved_report, problems, problem_count, problem_parts) },
    { "summary", PART_OBJECT, AT(report, summary) },
    { "findings",
      LIST_OF(struct saved_report, findings, finding_count, finding_parts) },
};
enum { SCAN_ROWS = 1 };
static const struct saved_parts scan_parts = PARTS(report_rows, struct saved_report);
static const struct saved_parts evidence_parts = { report_rows,
                                                   COUNT_OF(report_rows) - SCAN_ROWS,
                                                   sizeof(struct saved_report) };

static_assert(offsetof(struct saved_rule, value) == 0 &&
                  offsetof(struct saved_catalog, value) == 0 &&
                  offsetof(struct saved_source, value) == 0 &&
                  offsetof(struct saved_reason, value) == 0 &&
                  offsetof(struct saved_finding, value) == 0 &&
                  offsetof(struct saved_problem, value) == 0 &&
                  offsetof(struct saved_report, value) == 0,
              "each begins with its value");

/* ---- each once ------------------------------------------------------------------- */

/* Of structs, whose text at `offset` names them. */
static bool each_once(struct arena *arena, const char *list, const char *key,
                      const void *items, size_t count, size_t bytes, size_t offset,
                      struct error *err)
{
    const struct spot report = { 0 };
    const struct spot list_spot = { &report, list, 0 };
    struct table seen = TABLE_EMPTY(arena);

    table_reserve(&seen, count);
    for (size_t i = 0; i < count; i++) {
        const struct spot item = { &list_spot, NULL, i };
        const struct spot at = { &item, key, 0 };
        const struct str *name =
            (const void *)((const char *)items + i * bytes + offset);
        void **slot = table_slot(&seen, *name);

        if (*slot != NULL)
            return wrong_at(arena, &at, err,
                            arena_printf(arena, "'%.*s' stands twice", STR_ARG(*name)));
        *slot = seen.arena;
    }
    return true;
}

#define EACH_ONCE(arena, list, key, items, count, member, err)                         \
    each_once((arena), (list), (key), (items), (count), sizeof *(items),               \
              (size_t)((const char *)&(items)->member - (const char *)(items)), (err))

/* ---- limits, before anything is built -------------------------------------------- */

/* How much memory a text takes as JSON values is known before: by what stands between
 * its texts. */
static bool is_within_limits(struct str text, struct error *err)
{
    size_t depth = 0, values = 1, line = 1;
    bool inside = false;

    for (size_t i = 0; i < text.len; i++) {
        char byte = text.text[i];

        if (byte == '\n')
            line++;
        if (inside && byte == '\\')
            i++;
        else if (byte == '"')
            inside = !inside;
        if (inside)
            continue;
        depth += byte == '{' || byte == '[';
        depth -= (byte == '}' || byte == ']') && depth > 0;
        values += byte == ',' || byte == '{' || byte == '[';
        err->line = line;
        if (depth > SAVED_DEPTH_MAX)
            return error_set(err, "lists and objects nested more than %d deep",
                             SAVED_DEPTH_MAX);
        if (values > SAVED_VALUES_MAX)
            return error_set(err, "more than %d values", SAVED_VALUES_MAX);
    }
    err->line = 0;
    return true;
}

static bool read_bytes(struct arena *arena, struct bytes *from, struct str *text,
                       struct error *err)
{
    struct buf all = BUF_EMPTY(arena);
    struct bytes_total total = { 0 };
    char buffer[64 * 1024];
    size_t len;

    bytes_without_digest(from);
    while ((len = bytes_read(from, buffer, sizeof buffer)) > 0) {
        buf_add(&all, (struct str){ buffer, len });
        if (all.len > SAVED_BYTES_MAX)
            return error_set(err, "more than %d bytes", SAVED_BYTES_MAX);
    }
    bytes_finish(from, &total);
    *text = buf_str(&all);
    return total.read_error == NULL ||
           error_set(err, "cannot be read: %s", total.read_error);
}

/* ---- the report ------------------------------------------------------------------ */

static void release_value(void *object)
{
    json_decref(object);
}

static json_t *parse(struct arena *arena, struct str text, struct error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    json_error_t why;
    json_t *value;

    if (str_starts_with(text, str_from(mark)))
        text = str_slice(text, sizeof mark - 1, text.len);
    if (str_trim(text).len == 0) {
        error_set(err, "holds no JSON document");
        return NULL;
    }
    if (text.text[0] != '{' && text.text[0] != '[' && !is_blank_byte(text.text[0])) {
        err->line = 1;
        err->column = 1;
        error_set(err, "expected '{'");
        return NULL;
    }
    if (!is_within_limits(text, err))
        return NULL;
    value =
        json_loadb(text.text, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    if (value == NULL) {
        error_set(err, "%s", why.text);
        err->line = why.line > 0 ? (size_t)why.line : 0;
        err->column = why.column > 0 ? (size_t)why.column : 0;
        return NULL;
    }
    arena_on_release(arena, release_value, value);
    return value;
}

static bool check_schema(struct saved_report *report, struct error *err)
{
    const struct str schema = text_of(json_object_get(report->value, "schema"));

    report->is_evidence = str_equal(schema, STR("invaudit-evidence/1"));
    return report_is_own(schema) ||
           error_set(err, "is no JSON report that this version reads: its schema is "
                          "neither invaudit-report/1 nor invaudit-evidence/1");
}

/* ---- a piece at a time ----------------------------------------------------------- */

static const struct saved_list_row {
    const char *key;
    const struct saved_parts *parts;
} lists[] = {
    [SAVED_SOURCES] = { "evidence", &source_parts },
    [SAVED_FINDINGS] = { "findings", &finding_parts },
    [SAVED_PROBLEMS] = { "problems", &problem_parts },
};
static_assert(COUNT_OF(lists) == SAVED_LIST_COUNT, "each list has a row");

void saved_report_project(struct layout *layout,
                          struct projection *projections[SAVED_LIST_COUNT])
{
    for (size_t i = 0; i < COUNT_OF(report_rows); i++) {
        const struct saved_parts *parts = report_rows[i].of;
        struct projection *whole = layout_list(layout, str_from(report_rows[i].key));

        if (parts != &source_parts && parts != &finding_parts &&
            parts != &problem_parts)
            projection_whole(whole);
    }
    for (size_t list = 0; list < SAVED_LIST_COUNT; list++) {
        const struct saved_parts *parts = lists[list].parts;

        projections[list] = layout_list(layout, str_from(lists[list].key));
        for (size_t i = 0; i < parts->count; i++)
            projection_add(projections[list], str_from(parts->rows[i].key));
    }
}

bool saved_report_take(struct arena *arena, const json_t *value,
                       struct saved_report *report, struct error *err)
{
    const struct part_source from = { arena, err };
    const struct spot top = { 0 };

    report->value = value;
    if (!check_schema(report, err) ||
        !read_parts(&from, &top, value,
                    report->is_evidence ? &evidence_parts : &scan_parts, report))
        return false;
    report->has_operands = json_object_get(value, "operands") != NULL;
    return EACH_ONCE(arena, "rules", "id", report->rules, report->rule_count, id, err);
}

bool saved_item_take(struct arena *arena, enum saved_list list, const json_t *value,
                     size_t index, void *item, struct error *err)
{
    const struct part_source from = { arena, err };
    const struct spot top = { 0 };
    const struct spot list_spot = { &top, lists[list].key, 0 };
    const struct spot spot = { &list_spot, NULL, index };

    memset(item, 0, lists[list].parts->bytes);
    return read_parts(&from, &spot, value, lists[list].parts, item);
}

static bool read_report(struct arena *arena, struct saved_report *report,
                        struct error *err)
{
    json_t *value = parse(arena, report->bytes, err);

    report->root = value;
    return value != NULL && saved_report_take(arena, value, report, err) &&
           EACH_ONCE(arena, "evidence", "path", report->sources, report->source_count,
                     path, err) &&
           EACH_ONCE(arena, "findings", "id", report->findings, report->finding_count,
                     id, err);
}

bool saved_error_at(struct error *err, const char *path)
{
    const struct error why = *err;

    if (why.line == 1 && why.column == 1) {
        *err = (struct error){ .line = 1, .column = 1 };
        error_set(err, "is no JSON report: %s", why.message);
    }
    return error_at(err, path, err->line);
}

bool saved_report_parse(struct arena *arena, const char *path, struct str bytes,
                        struct saved_report *report, struct error *err)
{
    *report = (struct saved_report){ .path = path, .bytes = bytes };
    return read_report(arena, report, err) || saved_error_at(err, path);
}

bool saved_report_read(struct arena *arena, const char *path,
                       struct saved_report *report, struct error *err)
{
    struct bytes *from = bytes_open(arena, path, err);
    struct str bytes;

    if (from == NULL || !read_bytes(arena, from, &bytes, err))
        return error_at(err, path, 0);
    return saved_report_parse(arena, path, bytes, report, err);
}

uint64_t saved_count(const struct saved_report *report, const char *name)
{
    const json_t *count = json_object_get(report->summary, name);

    return json_is_integer(count) && json_integer_value(count) > 0
               ? (uint64_t)json_integer_value(count)
               : 0;
}

bool saved_source_is(const struct saved_source *source, enum source_use use)
{
    return str_equal(source->use, str_from(source_use_name(use)));
}
