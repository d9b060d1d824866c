#include "rulebook/query.h"
#include "rulebook/rule_reader.h"

#include <assert.h>

enum { NAME_BYTES_MAX = 64 };

struct fact_keys {
    struct str from, where, query, accepts, min, max, each;
    const struct yaml_node *join, *across;
};

static const struct check_key keys[] = {
    { "from", CHECK_TEXT, false, offsetof(struct fact_keys, from) },
    { "where", CHECK_TEXT, false, offsetof(struct fact_keys, where) },
    { "query", CHECK_TEXT, false, offsetof(struct fact_keys, query) },
    { "accepts", CHECK_TEXT, false, offsetof(struct fact_keys, accepts) },
    { "min", CHECK_TEXT, false, offsetof(struct fact_keys, min) },
    { "max", CHECK_TEXT, false, offsetof(struct fact_keys, max) },
    { "join", CHECK_MAPPING, false, offsetof(struct fact_keys, join) },
    { "each", CHECK_TEXT, false, offsetof(struct fact_keys, each) },
    { "across", CHECK_NODE, false, offsetof(struct fact_keys, across) },
};

static const char *const across_words[] = { "region" };
static const struct schema across_form = SCHEMA_OF_NAMES(across_words);

static const char *const accepts_words[] = { "filtered" };
static const struct schema accepts_form = SCHEMA_OF_NAMES(accepts_words);
static const struct schema_note notes[] = {
    { "from", "The type of the records that are counted.", &schema_type },
    { "where", "Which of them count: an expression over one.", &schema_expression },
    { "query", "A published --query in place of both: LIST or LIST[?CONDITION].",
      &schema_expression },
    { "accepts", "A listing that a query may have filtered can be complete.",
      &accepts_form },
    { "min", "The least value of this over what counts, not their number.",
      &schema_expression },
    { "max", "The largest value of this over what counts, not their number.",
      &schema_expression },
    { "join", "Which records belong to the resource: those that have its key.",
      &join_schema },
    { "each",
      "A list whose elements are counted: in each record, or without 'from' in the "
      "resource.",
      &schema_expression },
    { "across", "Records of all regions of the account are counted.", &across_form },
};
static const struct schema fact_form = SCHEMA_OF_KEYS(keys, notes);
const struct schema facts_schema = { .kind = SCHEMA_MAP,
                                     .pattern = "^[A-Za-z_][A-Za-z0-9_]*$",
                                     .of = &fact_form };

static bool is_name(struct str name)
{
    if (name.len == 0 || name.len > NAME_BYTES_MAX || is_digit(name.text[0]))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!is_letter(name.text[i]) && !is_digit(name.text[i]) && name.text[i] != '_')
            return false;
    return true;
}

bool fact_name_check(struct rule_reader *reader, const struct yaml_node *node)
{
    static const char *const taken[] = { "account", "region", "resource",
                                         "resource_type" };

    for (size_t i = 0; i < COUNT_OF(taken); i++) {
        if (str_equal(node->text, str_from(taken[i]))) {
            mistakes_error(
                reader->mistakes, node->place,
                "every rule has '%s' already: choose another name for the fact",
                taken[i]);
            return false;
        }
    }
    if (!is_name(node->text)) {
        mistakes_error(reader->mistakes, node->place,
                       "'%.*s' cannot name a fact: expected letters, digits and _, "
                       "no digit first, at most %d of them",
                       STR_ARG(node->text), NAME_BYTES_MAX);
    }
    return is_name(node->text);
}

static void add_name(const char **names, size_t *count, struct str name,
                     struct arena *arena)
{
    if (name.text != NULL)
        names[(*count)++] = str_copy(arena, name).text;
}

static void add_names(const char **names, size_t *count, struct str_list list,
                      struct arena *arena)
{
    for (size_t i = 0; i < list.count; i++)
        add_name(names, count, list.items[i], arena);
}

const char *field_suggestion(struct arena *arena, const struct type *type,
                             struct str field)
{
    size_t capacity = 2 + type->always_count + type->time.count + type->field_count +
                      type->told_by.count + type->narrowed_by.count + type->call_count;
    const char **names = arena_array(arena, capacity, const char *);
    size_t count = 0;

    add_name(names, &count, type->id, arena);
    add_name(names, &count, type->arn, arena);
    for (size_t i = 0; i < type->always_count; i++)
        add_name(names, &count, type->always[i].name, arena);
    add_names(names, &count, type->time, arena);
    for (size_t i = 0; i < type->field_count; i++)
        add_name(names, &count, type->fields[i].name, arena);
    add_names(names, &count, type->told_by, arena);
    add_names(names, &count, type->narrowed_by, arena);
    for (size_t i = 0; i < type->call_count; i++)
        add_name(names, &count, type->calls[i]->parent_key, arena);
    return suggestion(arena, field, names, count);
}

static const char *names_of(const struct rule *rule, struct sight sight)
{
    const struct type *type = sight.of == SEES_SUBJECT ? rule->subjects[0] : sight.type;

    return type->name.text;
}

void fields_check(const struct written *written, const struct jmespath *expression,
                  struct sight sight, const struct jmespath_fields *fields)
{
    struct rule_reader *reader = written->reader;
    const struct rule *rule = reader->rule;
    bool of_subject = sight.of == SEES_SUBJECT;

    if (fields->count == 0 && !fields->whole)
        expression_warning(
            written, 1,
            "the expression reads no field: it is the same for every record");
    if (reader->is_checked ||
        (of_subject ? reader->is_about_unknown : sight.type == NULL))
        return;
    for (size_t i = 0; i < fields->count; i++) {
        struct str field = fields->names[i];
        size_t column = expression_field_column(expression, field);

        if ((of_subject ? subject_has_field(rule, field)
                        : type_has_field(sight.type, field)) ||
            column == reader->hint_column)
            continue;
        expression_warning(written, column, "%s is not known to have a field '%.*s'%s",
                           names_of(rule, sight), STR_ARG(field),
                           field_suggestion(reader->arena,
                                            of_subject ? rule->subjects[0] : sight.type,
                                            field));
    }
}

/* An expression over what the fact counts, and the fields that it reads of that.
 * `fact->type` may be NULL, when it is what was wrong. */
static const struct jmespath *read_expression(const struct written *written,
                                              struct fact *fact,
                                              struct jmespath_fields *fields)
{
    struct rule_reader *reader = written->reader;
    const struct sight sight = {
        fact->each_text.len > 0 ? SEES_ELEMENT : SEES_RECORD,
        fact->each_text.len > 0 ? NULL : fact->type,
    };
    const struct jmespath *expression = expression_compile(written, sight);

    if (expression == NULL)
        return NULL;
    if (reader->reads_variable)
        fact->bound_to = reader->rule;
    fact->reads_now = fact->reads_now || reader->reads_now;
    if (!around_check(written, expression, fact))
        return NULL;
    jmespath_fields(reader->arena, jmespath_root(expression), fields);
    fields_check(written, expression, sight, fields);
    comparisons_check(written, expression, sight);
    return expression;
}

static bool read_filter(const struct written *written, struct fact *fact)
{
    fact->where = read_expression(written, fact, &fact->where_fields);
    if (fact->where == NULL)
        return false;
    fact->where_text = str_trim(written->text);
    if (fact->each_text.len == 0)
        fields_add(written->reader->arena, &fact->fields, &fact->where_fields);
    return true;
}

/* What a minimum or maximum is of. */
static void read_extreme(struct rule_reader *reader, const struct yaml_node *node,
                         enum fact_kind kind, struct fact *fact)
{
    const struct written written = { reader, node, node->text };
    const struct jmespath_node *root;

    if (fact->kind != FACT_COUNT) {
        mistakes_error(reader->mistakes, node->place,
                       "a fact is a minimum or a maximum: make two facts of it");
        return;
    }
    fact->kind = kind;
    fact->of = read_expression(&written, fact, &fact->of_fields);
    if (fact->of == NULL)
        return;
    fact->of_text = str_trim(node->text);
    root = jmespath_root(fact->of);
    fact->is_time = fact->type != NULL && fact->each_text.len == 0 &&
                    root->kind == JMESPATH_FIELD &&
                    str_list_has(&fact->type->time, root->name);
}

static bool read_query(struct rule_reader *reader, const struct yaml_node *node,
                       struct fact *fact)
{
    struct written written = { reader, node, node->text };
    struct error err = { 0 };
    struct published_query query;

    if (!query_parse(reader->arena, reader->catalog, node->text, &query, &err)) {
        expression_error(&written, err.column > 0 ? err.column : 1, "%s", err.message);
        return false;
    }
    fact->type = query.type;
    written.text = query.condition;
    return query.condition.text == NULL || read_filter(&written, fact);
}

static void read_from(struct rule_reader *reader, const struct yaml_node *node,
                      struct fact *fact)
{
    fact->type = catalog_type(reader->catalog, node->text);
    if (fact->type == NULL)
        mistakes_error(reader->mistakes, node->place,
                       "the catalog has no type '%.*s'%s", STR_ARG(node->text),
                       catalog_suggestion(reader->catalog, reader->arena, node->text));
}

static void read_accepts(struct rule_reader *reader, const struct yaml_node *node,
                         struct fact *fact)
{
    fact->accepts_filtered = str_equal(node->text, str_from(accepts_words[0]));
    if (reader->rule->for_each == FOR_EACH_RECORD || fact->each_text.len > 0) {
        mistakes_error(reader->mistakes, node->place,
                       "%s cannot accept filtered listings: remove 'accepts'",
                       fact->each_text.len > 0 ? "a fact about elements"
                                               : "a rule about each record");
    } else if (!fact->accepts_filtered) {
        mistakes_error(reader->mistakes, node->place,
                       "a fact cannot accept '%.*s'%s: expected filtered",
                       STR_ARG(node->text),
                       suggestion(reader->arena, node->text, accepts_words,
                                  COUNT_OF(accepts_words)));
    } else if (fact->where == NULL) {
        mistakes_error(reader->mistakes, node->place,
                       "a fact without a filter cannot accept filtered listings, it "
                       "would count too few: remove 'accepts', or add a condition");
    }
}

/* What says which records count: either 'query', or 'from' with or without 'where'; or
 * a list in the resource. */
static bool check_keys_together(struct rule_reader *reader,
                                const struct yaml_node *node)
{
    static const char *const others[] = { "from", "where", "each" };

    if (yaml_find(node, "query") == NULL && yaml_find(node, "from") == NULL &&
        yaml_find(node, "each") == NULL) {
        mistakes_error(
            reader->mistakes, node->place,
            "a fact counts records: expected 'from' with a type, or 'query'%s",
            reader->rule->for_each == FOR_EACH_RECORD
                ? ", or 'each' with a list of the resource"
                : "");
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        const struct yaml_node *other = yaml_find(node, others[i]);

        if (yaml_find(node, "query") == NULL || other == NULL)
            continue;
        mistakes_error(reader->mistakes, other->place,
                       i < 2 ? "'query' names the type and the condition already: "
                               "remove '%s', or 'query'"
                             : "a query selects records, and '%s' their elements: "
                               "write 'from' in place of 'query'",
                       others[i]);
        return false;
    }
    return true;
}

static void read_across(struct rule_reader *reader, const struct yaml_node *node,
                        struct fact *fact)
{
    size_t index;

    if (!check_name(node, "across", across_words, COUNT_OF(across_words), &index,
                    reader->mistakes))
        return;
    fact->across_regions = true;
    if (fact->type != NULL &&
        (fact->type->level != LEVEL_REGION || fact->type->derive != DERIVE_NONE))
        mistakes_error(reader->mistakes, node->place,
                       "%.*s is not listed by region: remove 'across'",
                       STR_ARG(fact->type->name));
}

/* What `where`, `min` and `max` see must be known before they are read. */
static bool read_source(struct rule_reader *reader, const struct yaml_node *node,
                        const struct fact_keys *found, struct fact *fact)
{
    bool good = true;

    if (found->query.text != NULL)
        good = read_query(reader, yaml_find(node, "query"), fact);
    if (found->from.text != NULL)
        read_from(reader, yaml_find(node, "from"), fact);
    if (found->join != NULL)
        join_read(reader, node, fact);
    if (found->across != NULL)
        read_across(reader, found->across, fact);
    if (found->each.text != NULL) {
        fact->each_text = str_trim(found->each); /* right or wrong: see rule.h */
        each_read(reader, node, fact);
    }
    return good;
}

static void read_fact(struct rule_reader *reader, const struct yaml_node *node,
                      struct fact *fact)
{
    struct fact_keys found = { 0 };
    bool filter_read;

    /* What is wrong is in reader->mistakes; the keys that are right are read. */
    check_mapping(reader->arena, node, keys, COUNT_OF(keys), &found, reader->mistakes);
    if (node->kind != YAML_MAPPING || !check_keys_together(reader, node))
        return;
    filter_read = read_source(reader, node, &found, fact);
    if (found.where.text != NULL) {
        const struct written where = { reader, yaml_find(node, "where"), found.where };

        filter_read = read_filter(&where, fact);
    }
    if (found.accepts.text != NULL && filter_read)
        read_accepts(reader, yaml_find(node, "accepts"), fact);
    if (found.min.text != NULL)
        read_extreme(reader, yaml_find(node, "min"), FACT_MIN, fact);
    if (found.max.text != NULL)
        read_extreme(reader, yaml_find(node, "max"), FACT_MAX, fact);
}

/* Names are known to outcomes even when the rest of the fact is wrong. */
static void names_add(struct rule_reader *reader, const char *name, json_t *value)
{
    reader->names[reader->name_count++] = name;
    json_object_set_new(reader->sample, name, value);
}

static void release_json(void *object)
{
    json_decref(object);
}

static void names_new(struct rule_reader *reader, size_t fact_count)
{
    enum { OTHERS = 4 };

    reader->names = arena_array(reader->arena, fact_count + OTHERS, const char *);
    reader->was_read = arena_array(reader->arena, fact_count + OTHERS, bool);
    reader->sample = json_object();
    arena_on_release(reader->arena, release_json, reader->sample);
}

static void names_end(struct rule_reader *reader)
{
    reader->fact_name_count = reader->name_count;
    names_add(reader, "account", json_string("123456789012"));
    names_add(reader, "region", json_string("us-east-1"));
    if (reader->rule->for_each != FOR_EACH_RECORD)
        return;
    jmespath_context_strict(reader->context); /* since resource is open */
    names_add(reader, "resource", json_object());
    names_add(reader, "resource_type", json_string("AWS::RDS::DBInstance"));
}

static struct fact fact_new(struct str name, struct place place)
{
    return (struct fact){ .name = name,
                          .place = place,
                          .join_record_text = STR(""),
                          .join_resource_text = STR(""),
                          .each_text = STR(""),
                          .where_text = STR(""),
                          .of_text = STR("") };
}

void facts_read(struct rule_reader *reader, const struct yaml_node *node)
{
    size_t count = node != NULL ? node->count : 0, kinds = reader->kinds.count;
    struct fact *facts;

    if (node != NULL && count == 0 && reader->rule->for_each != FOR_EACH_RECORD)
        mistakes_error(reader->mistakes, node->place,
                       "a rule without facts has nothing to judge: expected at least "
                       "one");
    assert(kinds <= RULE_FACTS_MAX); /* read_kinds() */
    if (node != NULL && count > RULE_FACTS_MAX - kinds) {
        mistakes_error(reader->mistakes,
                       kinds > 0 ? node->place : node->keys[RULE_FACTS_MAX]->place,
                       kinds > 0 ? "too many facts and kinds: there are at most %d"
                                 : "too many facts: a rule has at most %d",
                       RULE_FACTS_MAX);
        reader->reads_unknown = true;
        count = RULE_FACTS_MAX - kinds;
    }
    facts = arena_array(reader->arena, kinds + count, struct fact);
    names_new(reader, kinds + count);
    for (size_t i = 0; i < kinds; i++) {
        facts[i] = fact_new(reader->kinds.items[i], reader->rule->place);
        names_add(reader, facts[i].name.text, json_integer(1));
    }
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *name = node->keys[i];

        facts[kinds + i] = fact_new(name->text, name->place);
        if (fact_name_check(reader, name))
            names_add(reader, name->text.text, json_integer(1));
        read_fact(reader, node->items[i], &facts[kinds + i]);
    }
    names_end(reader);
    reader->rule->facts = facts;
    reader->rule->fact_count = kinds + count;
}
