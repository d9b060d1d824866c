#include "rulebook/rule_reader.h"

#include <assert.h>

static const char *const kind_names[] = {
    [PARAMETER_STRING] = "string",
    [PARAMETER_NUMBER] = "number",
    [PARAMETER_BOOLEAN] = "boolean",
};

static_assert(COUNT_OF(kind_names) == PARAMETER_KIND_COUNT, "every kind has a name");

const char *parameter_kind_name(enum parameter_kind kind)
{
    return kind_names[kind];
}

struct parameter_keys {
    struct str type, description;
    struct str_list values;
    const struct yaml_node *value, *least, *most;
};

static const struct check_key keys[] = {
    { "type", CHECK_TEXT, true, offsetof(struct parameter_keys, type) },
    { "default", CHECK_NODE, true, offsetof(struct parameter_keys, value) },
    { "description", CHECK_TEXT, true, offsetof(struct parameter_keys, description) },
    { "values", CHECK_TEXTS, false, offsetof(struct parameter_keys, values) },
    { "least", CHECK_NODE, false, offsetof(struct parameter_keys, least) },
    { "most", CHECK_NODE, false, offsetof(struct parameter_keys, most) },
};

static const struct schema kind_form = SCHEMA_OF_NAMES(kind_names);
static const struct schema_note notes[] = {
    { "type", "What it holds.", &kind_form },
    { "default", "Its value, unless --param sets another; null: none.", NULL },
    { "description", "What it is for.", NULL },
    { "values", "Of a string: the only ones.", NULL },
    { "least", "Of a number: the least that is allowed.", NULL },
    { "most", "Of a number: the largest that is allowed.", NULL },
};
static const struct schema parameter_form = SCHEMA_OF_KEYS(keys, notes);
const struct schema parameters_schema = { .kind = SCHEMA_MAP, .of = &parameter_form };

static bool is_kind(enum parameter_kind kind, const json_t *value)
{
    switch (kind) {
    case PARAMETER_STRING:
        return json_is_string(value);
    case PARAMETER_NUMBER:
        return json_is_number(value);
    case PARAMETER_BOOLEAN:
        return json_is_boolean(value);
    case PARAMETER_KIND_COUNT:
        break;
    }
    return false;
}

static const char *values_text(struct arena *arena, const struct str_list *values)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < values->count; i++) {
        if (i > 0)
            buf_add(&buf, i + 1 < values->count ? STR(", ") : STR(" or "));
        buf_add(&buf, values->items[i]);
    }
    return buf_str(&buf).text;
}

const char *parameter_range(struct arena *arena, const struct parameter *parameter)
{
    struct buf buf = BUF_EMPTY(arena);

    if (parameter->least != NULL) {
        buf_add(&buf, STR("at least "));
        jmespath_print(parameter->least, 0, &buf);
    }
    if (parameter->most != NULL) {
        buf_add(&buf,
                parameter->least != NULL ? STR(" and at most ") : STR("at most "));
        jmespath_print(parameter->most, 0, &buf);
    }
    return buf_str(&buf).text;
}

static bool is_in_range(const struct parameter *parameter, const json_t *value)
{
    double number = json_number_value(value);

    return (parameter->least == NULL ||
            number >= json_number_value(parameter->least)) &&
           (parameter->most == NULL || number <= json_number_value(parameter->most));
}

static bool check_value(struct arena *arena, const struct parameter *parameter,
                        const json_t *value, struct error *err)
{
    assert(parameter->kind < PARAMETER_KIND_COUNT);
    if (!is_kind(parameter->kind, value))
        return error_set(err, "the parameter '%.*s' is a %s", STR_ARG(parameter->name),
                         kind_names[parameter->kind]);
    if (parameter->values.count > 0 &&
        (!json_is_string(value) ||
         !str_list_has(&parameter->values, (struct str){ json_string_value(value),
                                                         json_string_length(value) })))
        return error_set(err, "the parameter '%.*s' is one of %s",
                         STR_ARG(parameter->name),
                         values_text(arena, &parameter->values));
    if (!is_in_range(parameter, value))
        return error_set(err, "the parameter '%.*s' is %s", STR_ARG(parameter->name),
                         parameter_range(arena, parameter));
    return true;
}

static void release_json(void *object)
{
    json_decref(object);
}

/* NULL: the text means nothing of that kind. */
static json_t *value_of_text(enum parameter_kind kind, struct str text)
{
    json_t *value;

    if (kind == PARAMETER_STRING)
        return json_stringn(text.text, text.len);
    value = json_loadb(text.text, text.len, JSON_DECODE_ANY, NULL);
    if (value != NULL && !is_kind(kind, value)) {
        json_decref(value);
        value = NULL;
    }
    return value;
}

bool parameter_set(struct arena *arena, struct parameter *parameter, struct str text,
                   struct error *err)
{
    json_t *value = value_of_text(parameter->kind, text);

    if (value == NULL)
        return error_set(err, "the parameter '%.*s' is a %s, not '%.*s'",
                         STR_ARG(parameter->name), kind_names[parameter->kind],
                         STR_ARG(text));
    arena_on_release(arena, release_json, value);
    if (!check_value(arena, parameter, value, err))
        return false;
    parameter->value = value;
    return true;
}

/* What every rule knows already, beside its parameters. */
static const struct {
    const char *name, *is;
} taken[] = {
    { "now", "the time of the audit" },
    { "resource", "the record that a rule is about" },
    { "record", "the record that an element is of" },
};

static void check_name_of_parameter(struct rule_reader *reader,
                                    const struct yaml_node *name)
{
    for (size_t i = 0; i < COUNT_OF(taken); i++) {
        if (str_equal(name->text, str_from(taken[i].name)))
            mistakes_error(reader->mistakes, name->place,
                           "'$%s' is %s: choose another name", taken[i].name,
                           taken[i].is);
    }
}

/* The values that a parameter may have are texts. */
static void read_values(struct rule_reader *reader, const struct yaml_node *node,
                        const struct parameter_keys *found, struct parameter *parameter)
{
    const struct yaml_node *values = yaml_find(node, "values");

    if (values != NULL && parameter->kind != PARAMETER_STRING) {
        mistakes_error(reader->mistakes, values->place,
                       "'values' lists texts, and '%.*s' is a %s: remove it, or write "
                       "type: string",
                       STR_ARG(parameter->name), kind_names[parameter->kind]);
    } else if (values != NULL && values->kind == YAML_SEQUENCE && values->count == 0) {
        mistakes_error(reader->mistakes, values->place,
                       "the list is empty: expected the texts that are allowed");
    } else {
        parameter->values = found->values;
    }
}

/* A bound of what a number may be; NULL: none, or it was said that it is wrong. */
static json_t *read_bound(struct rule_reader *reader, const struct yaml_node *node,
                          const char *key, const struct parameter *parameter)
{
    json_t *value;

    if (node == NULL)
        return NULL;
    if (parameter->kind != PARAMETER_NUMBER) {
        mistakes_error(reader->mistakes, node->place,
                       "'%s' is of numbers, and '%.*s' is a %s: remove it, or write "
                       "type: number",
                       key, STR_ARG(parameter->name), kind_names[parameter->kind]);
        return NULL;
    }
    value = yaml_to_json(reader->arena, node, reader->mistakes);
    if (value != NULL && json_is_number(value))
        return value;
    if (value != NULL)
        mistakes_error(reader->mistakes, node->place, "'%s': expected a number", key);
    return NULL;
}

static void read_range(struct rule_reader *reader, const struct parameter_keys *found,
                       struct parameter *parameter)
{
    parameter->least = read_bound(reader, found->least, "least", parameter);
    parameter->most = read_bound(reader, found->most, "most", parameter);
    if (parameter->least == NULL || parameter->most == NULL ||
        json_number_value(parameter->least) <= json_number_value(parameter->most))
        return;
    mistakes_error(reader->mistakes, found->most->place,
                   "'most' is below 'least': no number is allowed");
    parameter->most = NULL;
}

static void read_parameter(struct rule_reader *reader, const struct yaml_node *name,
                           const struct yaml_node *node, struct parameter *parameter)
{
    struct parameter_keys found = { 0 };
    struct error err = { 0 };
    size_t kind = 0;

    *parameter = (struct parameter){ .name = name->text,
                                     .place = name->place,
                                     .value = json_null() };
    check_name_of_parameter(reader, name);
    check_mapping(reader->arena, node, keys, COUNT_OF(keys), &found, reader->mistakes);
    if (found.type.text == NULL || found.value == NULL ||
        !check_name(yaml_find(node, "type"), "type", kind_names, PARAMETER_KIND_COUNT,
                    &kind, reader->mistakes))
        return;
    parameter->kind = (enum parameter_kind)kind;
    parameter->description = found.description;
    read_values(reader, node, &found, parameter);
    read_range(reader, &found, parameter);
    parameter->value = yaml_to_json(reader->arena, found.value, reader->mistakes);
    if (parameter->value == NULL)
        parameter->value = json_null();
    /* null: the rule asks for nothing unless it is set. */
    else if (!json_is_null(parameter->value) &&
             !check_value(reader->arena, parameter, parameter->value, &err))
        mistakes_error(reader->mistakes, found.value->place, "%s", err.message);
}

void parameters_read(struct rule_reader *reader, const struct yaml_node *node)
{
    struct rule *rule = reader->rule;
    size_t count = node != NULL ? node->count : 0;

    if (count > RULE_PARAMETERS_MAX) {
        mistakes_error(reader->mistakes, node->keys[RULE_PARAMETERS_MAX]->place,
                       "too many parameters: a rule has at most %d",
                       RULE_PARAMETERS_MAX);
        count = RULE_PARAMETERS_MAX;
    }
    rule->parameters = arena_array(reader->arena, count, struct parameter);
    rule->parameter_count = count;
    for (size_t i = 0; i < count; i++) {
        struct parameter *parameter = &rule->parameters[i];

        read_parameter(reader, node->keys[i], node->items[i], parameter);
        jmespath_context_bind(reader->context, parameter->name, parameter->value);
    }
    reader->was_parameter_read = arena_array(reader->arena, count, bool);
    reader->now = json_real(0.5);
    arena_on_release(reader->arena, release_json, reader->now);
    jmespath_context_bind(reader->context, STR("now"), reader->now);
}

/* What is wrong, such as an expression, may have been meant to read one. Of a rule that
 * was checked before, some expressions are compiled later. */
void parameters_warn_of_unread(struct rule_reader *reader)
{
    const struct rule *rule = reader->rule;

    if (reader->is_checked || reader->reads_unknown ||
        reader->mistakes->error_count > 0)
        return;
    for (size_t i = 0; i < rule->parameter_count; i++) {
        if (!reader->was_parameter_read[i])
            mistakes_warning(reader->mistakes, rule->parameters[i].place,
                             "no expression reads the parameter '%.*s'",
                             STR_ARG(rule->parameters[i].name));
    }
}

const struct parameter *rule_parameter(const struct rule *rule, struct str name)
{
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (str_equal(rule->parameters[i].name, name))
            return &rule->parameters[i];
    return NULL;
}

const char *parameter_suggestion(struct arena *arena, const struct rule *rule,
                                 struct str name)
{
    const char **names = arena_array(arena, rule->parameter_count, const char *);

    for (size_t i = 0; i < rule->parameter_count; i++)
        names[i] = str_copy(arena, rule->parameters[i].name).text;
    return suggestion(arena, name, names, rule->parameter_count);
}

struct jmespath_names variables_declared(struct rule_reader *reader, enum around around)
{
    const struct rule *rule = reader->rule;
    size_t count = rule->parameter_count;
    struct str *names = arena_array(reader->arena, count + COUNT_OF(taken), struct str);

    for (size_t i = 0; i < rule->parameter_count; i++)
        names[i] = rule->parameters[i].name;
    names[count++] = STR("now");
    if (around >= AROUND_RESOURCE)
        names[count++] = STR("resource");
    if (around >= AROUND_RECORD)
        names[count++] = STR("record");
    return (struct jmespath_names){ names, count };
}

void variables_note(struct rule_reader *reader, const struct jmespath *expression)
{
    struct jmespath_names read;

    jmespath_variables(reader->arena, jmespath_root(expression), &read);
    reader->reads_variable = false;
    reader->reads_now = false;
    for (size_t i = 0; i < read.count; i++) {
        if (str_equal(read.names[i], STR("resource")) ||
            str_equal(read.names[i], STR("record")))
            continue;
        reader->reads_variable = true;
        for (size_t j = 0; j < reader->rule->parameter_count; j++)
            if (str_equal(read.names[i], reader->rule->parameters[j].name))
                reader->was_parameter_read[j] = true;
        reader->reads_now = reader->reads_now || str_equal(read.names[i], STR("now"));
    }
    reader->rule->reads_now = reader->rule->reads_now || reader->reads_now;
}
