#include "rulebook/rule_reader.h"

#include "base/table.h"
#include "base/time.h"

#include <string.h>

struct test_keys {
    struct str name;
    const struct yaml_node *expect, *evidence, *parameters, *as_of;
};

static const struct check_key keys[] = {
    { "name", CHECK_TEXT, true, offsetof(struct test_keys, name) },
    { "evidence", CHECK_MAPPING, true, offsetof(struct test_keys, evidence) },
    { "expect", CHECK_NODE, true, offsetof(struct test_keys, expect) },
    { "parameters", CHECK_MAPPING, false, offsetof(struct test_keys, parameters) },
    { "as_of", CHECK_NODE, false, offsetof(struct test_keys, as_of) },
};

struct partial_keys {
    const struct yaml_node *partial;
};

static const struct check_key partial_keys[] = {
    { "partial", CHECK_SEQUENCE, true, offsetof(struct partial_keys, partial) },
};

static const struct schema record_form = { .kind = SCHEMA_MAP };
static const struct schema records_form = { .kind = SCHEMA_LIST, .of = &record_form };
static const struct schema_note partial_notes[] = {
    { "partial", "The records of a listing that may go on.", &record_form },
};
static const struct schema partial_form = SCHEMA_OF_KEYS(partial_keys, partial_notes);
static const struct schema *const listings_form[] = { &records_form, &partial_form };
static const struct schema listing_form = SCHEMA_OF_EITHER(listings_form);
static const struct schema evidence_form = { .kind = SCHEMA_MAP, .of = &listing_form };
static const struct schema by_resource_form = { .kind = SCHEMA_MAP,
                                                .of = &result_schema };
static const struct schema *const expectations_form[] = { &result_schema,
                                                          &by_resource_form };
static const struct schema expectation_form = SCHEMA_OF_EITHER(expectations_form);
static const struct schema values_form = { .kind = SCHEMA_MAP };
static const struct schema_note notes[] = {
    { "name", "A sentence that says what is tested.", NULL },
    { "evidence", "From a type to its records in one region.", &evidence_form },
    { "expect",
      "The result; of a rule about each record, from the id of one to its result, and "
      "'*' for others.",
      &expectation_form },
    { "parameters", "What --param would set.", &values_form },
    { "as_of", "What --as-of would set.", NULL },
};
const struct schema test_schema = SCHEMA_OF_KEYS(keys, notes);

static void read_result(struct rule_reader *reader, const struct yaml_node *node,
                        enum result *expect)
{
    size_t index;

    if (check_name(node, "result", result_names, RESULT_WAIVED, &index,
                   reader->mistakes))
        *expect = (enum result)index;
}

/* A result, or one of each resource: { orders: pass, '*': unknown }. */
static void read_expect(struct rule_reader *reader, const struct yaml_node *node,
                        struct rule_test *test)
{
    bool is_mapping = node->kind == YAML_MAPPING;
    size_t count = is_mapping ? node->count : 1;
    struct rule_expect *expects = arena_array(reader->arena, count, struct rule_expect);

    if (is_mapping && reader->rule->for_each != FOR_EACH_RECORD) {
        mistakes_error(reader->mistakes, node->place,
                       "a rule about each %s has one result here: expected pass, fail, "
                       "unknown or not_applicable",
                       reader->rule->for_each == FOR_EACH_ACCOUNT ? "account"
                                                                  : "region");
    } else if (is_mapping && count == 0) {
        mistakes_error(reader->mistakes, node->place,
                       "nothing is expected: write each resource's id and result, such "
                       "as { orders: pass }, or { '*': not_applicable }");
    }
    for (size_t i = 0; i < count; i++) {
        if (is_mapping)
            expects[i].resource = node->keys[i]->text;
        read_result(reader, is_mapping ? node->items[i] : node, &expects[i].result);
    }
    test->expects = expects;
    test->expect_count = count;
}

static void check_fields(struct rule_reader *reader, const struct yaml_node *record,
                         const struct type *type)
{
    for (size_t i = 0; i < record->count; i++) {
        struct str field = record->keys[i]->text;

        if (!type_has_field(type, field)) {
            mistakes_warning(reader->mistakes, record->keys[i]->place,
                             "%.*s is not known to have a field '%.*s'%s",
                             STR_ARG(type->name), STR_ARG(field),
                             field_suggestion(reader->arena, type, field));
        }
    }
}

/* null says that a field is absent. One that AWS always prints never is: null there
 * says no more than a record that does not name it. */
static void drop_nulls(const struct type *type, json_t *records)
{
    for (size_t i = 0; i < json_array_size(records); i++) {
        json_t *record = json_array_get(records, i);

        for (size_t j = 0; j < type->always_count; j++) {
            struct str name = type->always[j].name;

            if (json_is_null(json_object_getn(record, name.text, name.len)))
                json_object_deln(record, name.text, name.len);
        }
    }
}

static void read_records(struct rule_reader *reader, const struct yaml_node *node,
                         struct rule_test_evidence *evidence)
{
    if (node->kind == YAML_MAPPING) {
        struct partial_keys found = { 0 };

        if (!check_mapping(reader->arena, node, partial_keys, 1, &found,
                           reader->mistakes))
            return;
        node = found.partial;
        evidence->partial = true;
    }
    if (node->kind != YAML_SEQUENCE) {
        mistakes_error(reader->mistakes, node->place,
                       "expected a list of records, or { partial: [...] }");
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind != YAML_MAPPING)
            mistakes_error(reader->mistakes, node->items[i]->place,
                           "expected a mapping of the record's fields");
        else if (evidence->type != NULL)
            check_fields(reader, node->items[i], evidence->type);
    }
    evidence->records = yaml_to_json(reader->arena, node, reader->mistakes);
    if (evidence->type != NULL)
        drop_nulls(evidence->type, evidence->records);
}

static void read_evidence(struct rule_reader *reader, const struct yaml_node *node,
                          struct rule_test *test)
{
    struct rule_test_evidence *evidence =
        arena_array(reader->arena, node->count, struct rule_test_evidence);

    for (size_t i = 0; i < node->count; i++) {
        struct str name = node->keys[i]->text;

        evidence[i].type = catalog_type(reader->catalog, name);
        if (evidence[i].type == NULL)
            mistakes_error(reader->mistakes, node->keys[i]->place,
                           "the catalog has no type '%.*s'%s", STR_ARG(name),
                           catalog_suggestion(reader->catalog, reader->arena, name));
        read_records(reader, node->items[i], &evidence[i]);
    }
    test->evidence = evidence;
    test->evidence_count = node->count;
}

static void read_name(struct rule_reader *reader, const struct yaml_node *node,
                      struct table *named, struct rule_test *test)
{
    void **slot;

    test->name = node->text;
    if (str_trim(node->text).len == 0) {
        mistakes_error(reader->mistakes, node->place,
                       "the name is empty: say in a sentence what holds");
        return;
    }
    slot = table_slot(named, node->text);
    if (*slot != NULL) {
        mistakes_error(reader->mistakes, node->place,
                       "another test has this name, in line %zu",
                       ((const struct rule_test *)*slot)->place.line);
    } else {
        *slot = test;
    }
}

/* As --param would set them. */
static void read_parameters(struct rule_reader *reader, const struct yaml_node *node,
                            struct rule_test *test)
{
    const struct rule *rule = reader->rule;
    size_t bytes = rule->parameter_count * sizeof *rule->parameters;

    test->parameters =
        arena_array(reader->arena, rule->parameter_count, struct parameter);
    if (bytes > 0)
        memcpy(test->parameters, rule->parameters, bytes);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *name = node->keys[i], *value = node->items[i];
        const struct parameter *known = rule_parameter(rule, name->text);
        struct error err = { 0 };

        if (known == NULL) {
            mistakes_error(reader->mistakes, name->place,
                           "this rule has no parameter '%.*s'%s", STR_ARG(name->text),
                           parameter_suggestion(reader->arena, rule, name->text));
        } else if (value->kind != YAML_SCALAR) {
            mistakes_error(reader->mistakes, value->place, "expected one value");
        } else if (!parameter_set(reader->arena,
                                  &test->parameters[known - rule->parameters],
                                  value->text, &err)) {
            mistakes_error(reader->mistakes, value->place, "%s", err.message);
        }
    }
}

static void read_as_of(struct rule_reader *reader, const struct yaml_node *node,
                       struct rule_test *test)
{
    char text[INSTANT_TEXT_BYTES];
    int64_t instant;

    if (node->kind != YAML_SCALAR || (!instant_parse_date(node->text, &instant) &&
                                      !instant_parse(node->text, &instant))) {
        mistakes_error(reader->mistakes, node->place,
                       "expected a date such as 2026-01-31, or an instant such as "
                       "2026-01-31T12:00:00Z");
        return;
    }
    instant_print(instant, text);
    test->as_of = str_copy(reader->arena, str_from(text));
}

static void read_test(struct rule_reader *reader, const struct yaml_node *node,
                      struct table *named, struct rule_test *test)
{
    struct test_keys found = { 0 };

    /* What is wrong is in reader->mistakes; the keys that are right are read. */
    check_mapping(reader->arena, node, keys, COUNT_OF(keys), &found, reader->mistakes);
    test->place = node->place;
    if (found.name.text != NULL)
        read_name(reader, yaml_find(node, "name"), named, test);
    if (found.evidence != NULL)
        read_evidence(reader, found.evidence, test);
    if (found.expect != NULL)
        read_expect(reader, found.expect, test);
    if (found.parameters != NULL)
        read_parameters(reader, found.parameters, test);
    if (found.as_of != NULL)
        read_as_of(reader, found.as_of, test);
}

void tests_read(struct rule_reader *reader, const struct yaml_node *node)
{
    struct table named = TABLE_EMPTY(reader->arena);
    struct rule_test *tests;

    if (node->count > RULE_TESTS_MAX) {
        mistakes_error(reader->mistakes, node->items[RULE_TESTS_MAX]->place,
                       "too many tests: a rule has at most %d", RULE_TESTS_MAX);
        return;
    }
    tests = arena_array(reader->arena, node->count, struct rule_test);
    for (size_t i = 0; i < node->count; i++)
        read_test(reader, node->items[i], &named, &tests[i]);
    reader->rule->tests = tests;
    reader->rule->test_count = node->count;
}
