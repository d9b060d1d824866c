/*
 * What lies around the records that a fact counts: the subject that they are joined
 * with, the list whose elements are counted in their place.
 */
#include "rulebook/rule_reader.h"

struct join_keys {
    struct str record, resource;
};

static const struct check_key keys[] = {
    { "record", CHECK_TEXT, true, offsetof(struct join_keys, record) },
    { "resource", CHECK_TEXT, true, offsetof(struct join_keys, resource) },
};

static const struct schema_note notes[] = {
    { "record", "An expression over a record: the key that it has.",
      &schema_expression },
    { "resource", "An expression over the resource: the key that it has.",
      &schema_expression },
};
const struct schema join_schema = SCHEMA_OF_KEYS(keys, notes);

static bool is_about_records(struct rule_reader *reader)
{
    return reader->rule->for_each == FOR_EACH_RECORD;
}

static const char *scope_text(const struct rule *rule)
{
    return rule->for_each == FOR_EACH_ACCOUNT ? "account" : "region";
}

/* A key, or a list, is made when a record is read, whatever the parameters are. */
static bool reads_no_variable(const struct written *written,
                              const struct jmespath *expression, const char *what)
{
    struct jmespath_names read;

    jmespath_variables(written->reader->arena, jmespath_root(expression), &read);
    if (read.count == 0)
        return true;
    expression_error(written, 1,
                     "%s reads no variable: take $%.*s out of it, and compare in "
                     "'where'",
                     what, STR_ARG(read.names[0]));
    return false;
}

/* ---- join ------------------------------------------------------------------------ */

/* NULL: it is wrong, and was said. */
static const struct jmespath *read_key(const struct written *written,
                                       struct sight sight,
                                       struct jmespath_fields *fields)
{
    const struct jmespath *expression = expression_compile(written, sight);

    if (expression == NULL ||
        !reads_no_variable(written, expression, "a key of a join"))
        return NULL;
    jmespath_fields(written->reader->arena, jmespath_root(expression), fields);
    fields_check(written, expression, sight, fields);
    comparisons_check(written, expression, sight);
    return expression;
}

void join_read(struct rule_reader *reader, const struct yaml_node *node,
               struct fact *fact)
{
    const struct yaml_node *join = yaml_find(node, "join");
    struct rule *rule = reader->rule;
    struct join_keys found = { 0 };

    if (!is_about_records(reader)) {
        mistakes_error(reader->mistakes, join->place,
                       "'join' names records that belong to the resource of a rule "
                       "about each record, and this one is about each %s: remove "
                       "'join', or write a type for for_each",
                       scope_text(rule));
        return;
    }
    if (yaml_find(node, "from") == NULL && yaml_find(node, "query") == NULL)
        mistakes_error(reader->mistakes, join->place,
                       "'join' needs 'from' with the type of the records that belong "
                       "to the resource");
    if (!check_mapping(reader->arena, join, keys, COUNT_OF(keys), &found,
                       reader->mistakes))
        return;
    fact->join_record = read_key(
        &(const struct written){ reader, yaml_find(join, "record"), found.record },
        (struct sight){ SEES_RECORD, fact->type }, &fact->join_record_fields);
    fact->join_resource = read_key(
        &(const struct written){ reader, yaml_find(join, "resource"), found.resource },
        (struct sight){ SEES_SUBJECT, NULL }, &fact->join_resource_fields);
    fact->join_record_text = str_trim(found.record);
    fact->join_resource_text = str_trim(found.resource);
    fields_add(reader->arena, &fact->fields, &fact->join_record_fields);
    fields_add(reader->arena, &rule->subject_fields, &fact->join_resource_fields);
}

/* ---- each ------------------------------------------------------------------------ */

/* Over { resource: the subject }. */
static bool check_each_of_subject(const struct written *written,
                                  const struct jmespath *each, struct fact *fact)
{
    struct arena *arena = written->reader->arena;
    struct jmespath_fields names;

    jmespath_fields(arena, jmespath_root(each), &names);
    if (names.whole || names.count != 1 ||
        !str_equal(names.names[0], STR("resource"))) {
        size_t column = 1;

        for (size_t i = names.count; i > 0; i--)
            if (!str_equal(names.names[i - 1], STR("resource")))
                column = expression_field_column(each, names.names[i - 1]);
        expression_error(written, column,
                         "without 'from' it reads a list in the resource: write "
                         "resource and the field's name, or add 'from' with the type "
                         "of other records");
        return false;
    }
    return subject_check(written, each, false, &fact->each_fields);
}

static bool check_each_of_record(const struct written *written,
                                 const struct jmespath *each, struct fact *fact)
{
    const struct sight sight = { SEES_RECORD, fact->type };
    struct rule_reader *reader = written->reader;

    jmespath_fields(reader->arena, jmespath_root(each), &fact->each_fields);
    fields_check(written, each, sight, &fact->each_fields);
    fields_add(reader->arena, &fact->fields, &fact->each_fields);
    return true;
}

void each_read(struct rule_reader *reader, const struct yaml_node *node,
               struct fact *fact)
{
    const struct yaml_node *text = yaml_find(node, "each");
    const struct written written = { reader, text, text->text };
    bool has_from = yaml_find(node, "from") != NULL;
    struct sight sight = { has_from ? SEES_RECORD : SEES_FACTS, fact->type };
    const struct jmespath *each;

    if (!has_from && !is_about_records(reader)) {
        mistakes_error(reader->mistakes, text->place,
                       "'each' without 'from' is a list in the resource of a rule "
                       "about each record, and this one is about each %s: add 'from' "
                       "with the type of the records that have the list",
                       scope_text(reader->rule));
        return;
    }
    each = expression_compile(&written, sight);
    if (each == NULL || !reads_no_variable(&written, each, "'each'") ||
        !(has_from ? check_each_of_record(&written, each, fact)
                   : check_each_of_subject(&written, each, fact)))
        return;
    fact->each = each;
    fact->each_text = str_trim(text->text);
}

/* ---- $resource and $record ------------------------------------------------------- */

static const struct jmespath_node *find_variable(const struct jmespath_node *node,
                                                 struct str name)
{
    const struct jmespath_node *found = NULL;

    if (node == NULL || (node->kind == JMESPATH_VARIABLE && node->slot == 0 &&
                         str_equal(node->name, name)))
        return node;
    found = find_variable(node->left, name);
    if (found == NULL)
        found = find_variable(node->condition, name);
    for (size_t i = 0; found == NULL && i < node->item_count; i++)
        found = find_variable(node->items[i], name);
    return found != NULL ? found : find_variable(node->right, name);
}

static bool check_resource(const struct written *written,
                           const struct jmespath *expression,
                           const struct jmespath_node *at, struct fact *fact)
{
    struct rule_reader *reader = written->reader;
    struct jmespath_fields fields = { 0 };

    fact->reads_resource = true;
    if (is_about_records(reader))
        return subject_check(written, expression, true, &fields);
    expression_error(written, at->column,
                     "$resource is the record that a rule is about, and this one is "
                     "about each %s: take it out, or write a type for for_each",
                     scope_text(reader->rule));
    return false;
}

static bool check_record(const struct written *written,
                         const struct jmespath *expression,
                         const struct jmespath_node *at, struct fact *fact)
{
    struct rule_reader *reader = written->reader;
    const struct jmespath_node *whole;
    struct jmespath_fields fields = { 0 };

    fact->reads_record = true;
    if (fact->each_text.len == 0 || fact->type == NULL) {
        expression_error(written, at->column,
                         fact->each_text.len == 0
                             ? "$record is the record that an element of 'each' is of, "
                               "and this fact has no 'each': write the field's name "
                               "alone"
                             : "the elements are of the resource: write $resource in "
                               "place of $record");
        return false;
    }
    whole = jmespath_fields_of_variable(reader->arena, jmespath_root(expression),
                                        STR("record"), &fields);
    if (whole != NULL) {
        expression_error(
            written, whole->column,
            "$record is read whole: name the field of it that is meant, "
            "such as $record.%.*s",
            STR_ARG(fact->type->id.len > 0 ? fact->type->id : STR("NAME")));
        return false;
    }
    fields_add(reader->arena, &fact->fields, &fields);
    for (size_t i = 0; i < fields.count; i++) {
        if (type_has_field(fact->type, fields.names[i]))
            continue;
        expression_warning(
            written,
            expression_member_column(expression, JMESPATH_VARIABLE, STR("record"),
                                     fields.names[i]),
            "%.*s is not known to have a field '%.*s'%s", STR_ARG(fact->type->name),
            STR_ARG(fields.names[i]),
            field_suggestion(reader->arena, fact->type, fields.names[i]));
    }
    return true;
}

bool around_check(const struct written *written, const struct jmespath *expression,
                  struct fact *fact)
{
    const struct jmespath_node *root = jmespath_root(expression);
    const struct jmespath_node *resource = find_variable(root, STR("resource"));
    const struct jmespath_node *record = find_variable(root, STR("record"));
    bool good = true;

    if (resource != NULL)
        good = check_resource(written, expression, resource, fact);
    if (record != NULL)
        good = check_record(written, expression, record, fact) && good;
    return good;
}
