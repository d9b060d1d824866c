#include "rulebook/derived.h"
#include "rulebook/rule_reader.h"

/* ---- for_each -------------------------------------------------------------------- */

static const char *const scopes[] = {
    [FOR_EACH_REGION] = "region",
    [FOR_EACH_ACCOUNT] = "account",
};

static void unknown_subject(struct rule_reader *reader, const struct yaml_node *node)
{
    struct str text = node->text;

    if (str_find(text, STR("::")) != SIZE_MAX) {
        mistakes_error(reader->mistakes, node->place,
                       "the catalog has no type '%.*s'%s", STR_ARG(text),
                       catalog_suggestion(reader->catalog, reader->arena, text));
    } else {
        mistakes_error(reader->mistakes, node->place,
                       "unknown for_each '%.*s': expected region, account or a type "
                       "such as AWS::RDS::DBInstance%s",
                       STR_ARG(text),
                       suggestion(reader->arena, text, scopes, COUNT_OF(scopes)));
    }
}

static bool is_named_before(const struct rule *rule, const struct type *type)
{
    for (size_t i = 0; i < rule->subject_count; i++)
        if (rule->subjects[i] == type)
            return true;
    return false;
}

static bool is_scope(const struct yaml_node *node)
{
    for (size_t i = 0; i < COUNT_OF(scopes); i++)
        if (str_equal(node->text, str_from(scopes[i])))
            return true;
    return false;
}

/* NULL: it is none, or none that a rule can be about, and that was said. */
static const struct type *read_subject(struct rule_reader *reader,
                                       const struct yaml_node *node)
{
    const struct type *type;
    struct str text;

    if (!check_text(node, "for_each", &text, reader->mistakes))
        return NULL;
    type = catalog_type(reader->catalog, text);
    if (type == NULL && is_scope(node)) {
        mistakes_error(reader->mistakes, node->place,
                       "'%.*s' stands alone: write for_each: %.*s, or list types only",
                       STR_ARG(text), STR_ARG(text));
    } else if (type == NULL) {
        unknown_subject(reader, node);
    } else if (type->id.len == 0) {
        mistakes_error(reader->mistakes, node->place,
                       "the catalog knows no id of a record of %.*s, so that a rule "
                       "cannot be about each: count them, for each region or account",
                       STR_ARG(type->name));
        type = NULL;
    } else if (is_named_before(reader->rule, type)) {
        mistakes_error(reader->mistakes, node->place, "'%.*s' is named twice",
                       STR_ARG(text));
        type = NULL;
    }
    return type;
}

static void read_subjects(struct rule_reader *reader,
                          const struct yaml_node *const *items, size_t count)
{
    struct rule *rule = reader->rule;

    rule->for_each = FOR_EACH_RECORD;
    rule->subjects = arena_array(reader->arena, count, const struct type *);
    for (size_t i = 0; i < count; i++) {
        const struct type *type = read_subject(reader, items[i]);

        if (type != NULL)
            rule->subjects[rule->subject_count++] = type;
        else
            reader->is_about_unknown = true;
    }
}

/* "resource.CreationDate": what the expressions of the rule may compare as instants. */
static void note_times(struct rule_reader *reader)
{
    const struct rule *rule = reader->rule;
    struct str_list *times = &reader->subject_times;
    size_t count = 0;

    for (size_t i = 0; i < rule->subject_count; i++)
        count += rule->subjects[i]->time.count;
    times->items = arena_array(reader->arena, count, struct str);
    for (size_t i = 0; i < rule->subject_count; i++) {
        const struct str_list *own = &rule->subjects[i]->time;

        for (size_t j = 0; j < own->count; j++) {
            times->items[times->count++] = str_from(
                arena_printf(reader->arena, "resource.%.*s", STR_ARG(own->items[j])));
        }
    }
}

void for_each_read(struct rule_reader *reader, const struct yaml_node *node)
{
    if (node->kind == YAML_SEQUENCE && node->count == 0) {
        mistakes_error(reader->mistakes, node->place,
                       "the list is empty: expected types such as "
                       "AWS::RDS::DBInstance");
        reader->is_about_unknown = true;
    } else if (node->kind == YAML_SEQUENCE && node->count > RULE_SUBJECTS_MAX) {
        mistakes_error(reader->mistakes, node->items[RULE_SUBJECTS_MAX]->place,
                       "too many types: a rule is about at most %d", RULE_SUBJECTS_MAX);
        reader->is_about_unknown = true;
    } else if (node->kind == YAML_SEQUENCE) {
        read_subjects(reader, node->items, node->count);
    } else if (node->kind == YAML_SCALAR && is_scope(node)) {
        reader->rule->for_each = str_equal(node->text, str_from(scopes[0]))
                                     ? FOR_EACH_REGION
                                     : FOR_EACH_ACCOUNT;
    } else {
        read_subjects(reader, &node, 1);
    }
    if (reader->is_about_unknown)
        reader->rule->for_each = FOR_EACH_RECORD;
    note_times(reader);
}

/* ---- what expressions read of the subject ---------------------------------------- */

bool subject_has_field(const struct rule *rule, struct str field)
{
    for (size_t i = 0; i < rule->subject_count; i++)
        if (type_has_field(rule->subjects[i], field))
            return true;
    return false;
}

void fields_add(struct arena *arena, struct jmespath_fields *fields,
                const struct jmespath_fields *others)
{
    struct str *names = arena_array(arena, fields->count + others->count, struct str);
    size_t count = fields->count;

    for (size_t i = 0; i < fields->count; i++)
        names[i] = fields->names[i];
    for (size_t i = 0; i < others->count; i++) {
        const struct str_list known = { names, count };

        if (!str_list_has(&known, others->names[i]))
            names[count++] = others->names[i];
    }
    *fields = (struct jmespath_fields){ names, count, fields->whole || others->whole };
}

static const char *subjects_text(struct arena *arena, const struct rule *rule)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < rule->subject_count; i++)
        buf_printf(&buf, "%s%.*s", i > 0 ? " or " : "",
                   STR_ARG(rule->subjects[i]->name));
    return buf_str(&buf).text;
}

static void warn_of_fields(const struct written *written,
                           const struct jmespath *expression, bool is_variable,
                           const struct jmespath_fields *fields)
{
    struct rule_reader *reader = written->reader;
    const struct rule *rule = reader->rule;
    enum jmespath_kind kind = is_variable ? JMESPATH_VARIABLE : JMESPATH_FIELD;

    if (reader->is_about_unknown)
        return;
    for (size_t i = 0; i < fields->count; i++) {
        struct str field = fields->names[i];

        if (subject_has_field(rule, field) ||
            (str_equal(field, STR(PROTECTION_FIELD)) &&
             rule_reads_derived(rule, DERIVE_DATABASE_PROTECTION)))
            continue;
        expression_warning(
            written, expression_member_column(expression, kind, STR("resource"), field),
            "%s is not known to have a field '%.*s'%s",
            subjects_text(reader->arena, rule), STR_ARG(field),
            field_suggestion(reader->arena, rule->subjects[0], field));
    }
}

bool subject_check(const struct written *written, const struct jmespath *expression,
                   bool is_variable, struct jmespath_fields *fields)
{
    struct rule_reader *reader = written->reader;
    struct rule *rule = reader->rule;
    const struct jmespath_node *root = jmespath_root(expression), *whole;
    const char *dollar = is_variable ? "$" : "";

    if (is_variable)
        whole =
            jmespath_fields_of_variable(reader->arena, root, STR("resource"), fields);
    else
        whole = jmespath_fields_of_field(reader->arena, root, STR("resource"), fields);
    if (whole != NULL) {
        struct str id = rule->subject_count > 0 ? rule->subjects[0]->id : STR("NAME");

        expression_error(written, whole->column,
                         "%sresource is read whole: name the field of it that is "
                         "meant, such as %sresource.%.*s",
                         dollar, dollar, STR_ARG(id));
        return false;
    }
    warn_of_fields(written, expression, is_variable, fields);
    fields_add(reader->arena, &rule->subject_fields, fields);
    return true;
}
