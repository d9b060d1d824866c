#include "rulebook/rule_reader.h"

#include "base/utf8.h"
#include "rulebook/functions.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

size_t column_of(struct str text, size_t offset)
{
    assert(offset <= text.len);
    return 1 + character_starts(str_slice(text, 0, offset));
}

/* Where a node starts in its file, in bytes, or SIZE_MAX. */
static size_t node_offset(const struct rule_reader *reader,
                          const struct yaml_node *node)
{
    struct str file = reader->rule->text;
    size_t at = 0, column = 1;

    for (size_t line = 1; line < node->place.line; line++) {
        size_t end = str_find(str_slice(file, at, file.len), STR("\n"));

        if (end == SIZE_MAX)
            return SIZE_MAX;
        at += end + 1;
    }
    while (at < file.len && column < node->place.column) {
        at++;
        while (at < file.len && !is_character_start(file.text[at]))
            at++;
        column++;
    }
    return at;
}

/* Whether a scalar's text stands in the file as it is: plain or in quotes, on one line
 * (YAML folds more of them), without escapes. A block's never does. Then its first
 * character is `quotes` behind the scalar's place. */
static bool stands_as_is(const struct rule_reader *reader, const struct yaml_node *node,
                         size_t *quotes)
{
    struct str file = reader->rule->text;
    size_t at = node_offset(reader, node);

    if (at == SIZE_MAX)
        return false;
    *quotes = node->plain ? 0 : 1;
    if (at + 2 * *quotes + node->text.len > file.len)
        return false;
    return memcmp(file.text + at + *quotes, node->text.text, node->text.len) == 0;
}

static struct place expression_place(const struct written *written, size_t column)
{
    struct str whole = written->node->text;
    struct place place = written->node->place;
    size_t quotes;

    if (stands_as_is(written->reader, written->node, &quotes))
        place.column += quotes + column +
                        column_of(whole, (size_t)(written->text.text - whole.text)) - 2;
    return place;
}

static PRINTF_LIKE(4, 0) void say(const struct written *written, bool is_error,
                                  size_t column, const char *format, va_list arguments)
{
    struct mistakes *mistakes = written->reader->mistakes;
    struct place place = expression_place(written, column);
    char text[ERROR_BYTES_MAX];

    vsnprintf(text, sizeof text, format, arguments);
    if (is_error)
        mistakes_error(mistakes, place, "%s", text);
    else
        mistakes_warning(mistakes, place, "%s", text);
    mistakes_show(mistakes, written->text, column);
}

void expression_error(const struct written *written, size_t column, const char *format,
                      ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(written, true, column, format, arguments);
    va_end(arguments);
}

void expression_warning(const struct written *written, size_t column,
                        const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(written, false, column, format, arguments);
    va_end(arguments);
}

size_t quoted_end(struct str text, size_t at)
{
    char quote = text.text[at++];

    while (at < text.len && text.text[at] != quote)
        at += text.text[at] == '\\' ? 2 : 1;
    return at < text.len ? at + 1 : text.len;
}

size_t closing_end(struct str text, size_t at, char open, char close)
{
    size_t depth = 0;

    while (at < text.len) {
        char byte = text.text[at];

        if (byte == '\'' || byte == '"' || byte == '`') {
            at = quoted_end(text, at);
            continue;
        }
        if (byte == close && depth-- == 0)
            return at;
        depth += byte == open;
        at++;
    }
    return SIZE_MAX;
}

bool right_sees_value(const struct jmespath_node *node)
{
    return node->kind == JMESPATH_COMPARISON || node->kind == JMESPATH_AND ||
           node->kind == JMESPATH_OR || node->kind == JMESPATH_LET ||
           (node->left != NULL && node->left->kind == JMESPATH_CURRENT &&
            (node->kind == JMESPATH_SUBEXPRESSION || node->kind == JMESPATH_PIPE));
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static const struct jmespath_node *find_field(const struct jmespath_node *node,
                                              struct str name)
{
    const struct jmespath_node *found = NULL;

    if (node->kind == JMESPATH_FIELD)
        return str_equal(node->name, name) ? node : NULL;
    if (node->left != NULL)
        found = find_field(node->left, name);
    if (found == NULL && node->right != NULL && right_sees_value(node))
        found = find_field(node->right, name);
    for (size_t i = 0; found == NULL && i < node->item_count; i++)
        found = find_field(node->items[i], name);
    return found;
}

size_t expression_field_column(const struct jmespath *expression, struct str name)
{
    const struct jmespath_node *field = find_field(jmespath_root(expression), name);

    return field != NULL ? field->column : 1;
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. NULL: nothing reads that field. */
static const struct jmespath_node *find_member(const struct jmespath_node *node,
                                               enum jmespath_kind kind, struct str of,
                                               struct str field)
{
    const struct jmespath_node *found = NULL;

    if (node == NULL)
        return NULL;
    if (node->kind == JMESPATH_SUBEXPRESSION && node->left->kind == kind &&
        str_equal(node->left->name, of))
        found = jmespath_member(node);
    if (found != NULL && str_equal(found->name, field))
        return found;
    found = find_member(node->left, kind, of, field);
    if (found == NULL)
        found = find_member(node->condition, kind, of, field);
    for (size_t i = 0; found == NULL && i < node->item_count; i++)
        found = find_member(node->items[i], kind, of, field);
    return found != NULL ? found : find_member(node->right, kind, of, field);
}

size_t expression_member_column(const struct jmespath *expression,
                                enum jmespath_kind kind, struct str of,
                                struct str field)
{
    const struct jmespath_node *found =
        find_member(jmespath_root(expression), kind, of, field);

    return found != NULL ? found->column : 1;
}

/* What is compared as instants: fields of what is seen, and of the subject. */
static struct jmespath_names instants_of(struct rule_reader *reader, struct sight sight)
{
    const struct str_list *below = &reader->subject_times;
    const struct str_list *own = sight.type != NULL ? &sight.type->time : NULL;
    const struct rule *rule = reader->rule;
    size_t count = below->count + (own != NULL ? own->count : 0), used = 0;
    struct str *names;

    if (sight.of == SEES_SUBJECT && rule->subject_count > 0)
        return instants_of(reader, (struct sight){ SEES_RECORD, rule->subjects[0] });
    if (below->count == 0)
        return own != NULL ? (struct jmespath_names){ own->items, own->count }
                           : (struct jmespath_names){ 0 };
    names = arena_array(reader->arena, count, struct str);
    for (size_t i = 0; i < below->count; i++)
        names[used++] = below->items[i];
    for (size_t i = 0; own != NULL && i < own->count; i++)
        names[used++] = own->items[i];
    return (struct jmespath_names){ names, used };
}

static enum around around_of(const struct rule_reader *reader, struct sight sight)
{
    bool has_resource = reader->rule->for_each == FOR_EACH_RECORD;

    switch (sight.of) {
    case SEES_FACTS:
    case SEES_SUBJECT:
        break;
    case SEES_RECORD:
        return has_resource ? AROUND_RESOURCE : AROUND_NOTHING;
    case SEES_ELEMENT:
        return AROUND_RECORD;
    }
    return AROUND_NOTHING;
}

static const struct jmespath *compile(const struct written *written, struct sight sight,
                                      enum around around, struct error *err)
{
    struct rule_reader *reader = written->reader;
    struct jmespath_names variables = variables_declared(reader, around);
    struct jmespath_names instants = instants_of(reader, sight);
    struct jmespath_options options = { &variables, &rulebook_functions, &instants };

    return jmespath_compile_with(reader->arena, written->text, &options, err);
}

const struct jmespath *expression_compile(const struct written *written,
                                          struct sight sight)
{
    struct rule_reader *reader = written->reader;
    struct error err = { 0 }, again = { 0 };
    const struct jmespath *expression;

    expression = compile(written, sight, around_of(reader, sight), &err);
    /* $resource where there is none: the callers know better what to do. */
    if (jmespath_error_kind(&err) == JMESPATH_ERROR_UNDEFINED_VARIABLE)
        expression = compile(written, sight, AROUND_RECORD, &again);
    if (expression == NULL) {
        expression_error(written, err.column > 0 ? err.column : 1, "%s", err.message);
        return NULL;
    }
    variables_note(reader, expression);
    reader->hint_column = 0;
    if (!reader->is_checked && jmespath_hint(expression, &err)) {
        reader->hint_column = err.column;
        expression_warning(written, err.column, "%s", err.message);
    }
    return expression;
}

/* "snapshots, managed, account or region" */
static const char *names_text(const struct rule_reader *reader)
{
    struct buf buf = BUF_EMPTY(reader->arena);

    for (size_t i = 0; i < reader->name_count; i++) {
        if (i > 0)
            buf_add(&buf, i + 1 < reader->name_count ? STR(", ") : STR(" or "));
        buf_add(&buf, str_from(reader->names[i]));
    }
    return buf_str(&buf).text;
}

static bool mark_read(struct rule_reader *reader, struct str name)
{
    for (size_t i = 0; i < reader->name_count; i++) {
        if (str_equal(str_from(reader->names[i]), name)) {
            reader->was_read[i] = true;
            return true;
        }
    }
    return false;
}

static void say_unknown_name(const struct written *written, size_t column,
                             struct str name)
{
    const struct rule_reader *reader = written->reader;

    if (reader->rule->for_each != FOR_EACH_RECORD &&
        (str_equal(name, STR("resource")) || str_equal(name, STR("resource_type")))) {
        expression_error(written, column,
                         "'%.*s' is of the record that a rule is about, and this one "
                         "is about each %s: write a type for for_each, such as "
                         "for_each: AWS::RDS::DBInstance",
                         STR_ARG(name),
                         reader->rule->for_each == FOR_EACH_ACCOUNT ? "account"
                                                                    : "region");
        return;
    }
    expression_error(written, column, "this rule has no fact '%.*s'%s: expected %s",
                     STR_ARG(name),
                     suggestion(reader->arena, name, reader->names, reader->name_count),
                     names_text(reader));
}

/* "$resource" is `resource` here. */
static bool check_variables(const struct written *written,
                            const struct jmespath *expression)
{
    struct jmespath_names read;

    jmespath_variables(written->reader->arena, jmespath_root(expression), &read);
    for (size_t i = 0; i < read.count; i++) {
        bool is_record = str_equal(read.names[i], STR("record"));

        if (!is_record && !str_equal(read.names[i], STR("resource")))
            continue;
        expression_error(written, 1,
                         is_record
                             ? "$record is known in a fact's 'where' alone: take "
                               "it out"
                             : "$resource is known in facts: write resource here");
        return false;
    }
    return true;
}

static bool check_names(const struct written *written,
                        const struct jmespath *expression)
{
    struct rule_reader *reader = written->reader;
    struct jmespath_fields fields = { 0 };
    bool good = true;

    jmespath_fields(reader->arena, jmespath_root(expression), &fields);
    if (fields.whole) {
        expression_error(written, 1,
                         "it reads all facts at once: name those that it needs, %s",
                         names_text(reader));
        return false;
    }
    for (size_t i = 0; i < fields.count; i++) {
        struct str name = fields.names[i];

        if (mark_read(reader, name))
            continue;
        say_unknown_name(written, expression_field_column(expression, name), name);
        good = false;
    }
    fields = (struct jmespath_fields){ 0 };
    return (reader->rule->for_each != FOR_EACH_RECORD ||
            subject_check(written, expression, false, &fields)) &&
           good;
}

/* A function that takes no number, say, is found by a run on sample values: what an
 * expression reads has always the same type; but a subject's fields, of which any may
 * be anything. */
static bool try_on_sample(const struct written *written,
                          const struct jmespath *expression)
{
    struct rule_reader *reader = written->reader;
    struct error err = { 0 };
    const json_t *result;
    bool good;

    if (reader->is_checked)
        return true;
    if (reader->rule->for_each == FOR_EACH_RECORD)
        jmespath_context_open(reader->context, STR("resource"));
    result = jmespath_run(expression, reader->sample, reader->context, &err);
    good = result != NULL || jmespath_error_kind(&err) == JMESPATH_ERROR_OPEN;
    if (!good)
        expression_error(written, err.column > 0 ? err.column : 1, "%s", err.message);
    jmespath_context_reset(reader->context);
    return good;
}

const struct jmespath *expression_compile_over_facts(const struct written *written)
{
    const struct sight sight = { SEES_FACTS, NULL };
    const struct jmespath *expression = expression_compile(written, sight);

    if (expression == NULL || !check_variables(written, expression) ||
        !check_names(written, expression) || !try_on_sample(written, expression)) {
        written->reader->reads_unknown = true;
        return NULL;
    }
    comparisons_check(written, expression, sight);
    return expression;
}
