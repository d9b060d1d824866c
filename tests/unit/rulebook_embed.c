#include "rows.h"

#include "base/file.h"
#include "config/yaml_print.h"
#include "rulebook/embedded.h"

#include <string.h>

static void each_embedded_rule_is_the_file_in_rules(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_true(embedded_rule_count >= 1);
    for (size_t i = 0; i < embedded_rule_count; i++) {
        struct error err = { 0 };
        struct str text;

        assert_true(
            file_read(&arena, embedded_rules[i].path, 1024 * 1024, &text, &err));
        assert_int_equal(embedded_rules[i].text.len, text.len);
        assert_string_equal(embedded_rules[i].text.text, text.text);
    }
    arena_release(&arena);
}

static void assert_same_tags(const struct yaml_node *node, const struct str_list *tags)
{
    assert_int_equal(tags->count, node != NULL ? node->count : 0);
    for (size_t i = 0; i < tags->count; i++)
        assert_string_equal(tags->items[i].text, node->items[i]->text.text);
}

/* rules/PACK/ID.yaml, rules/ID.yaml */
static void a_rule_of_a_pack_lies_in_its_folder(void **state)
{
    struct arena arena = ARENA_EMPTY;
    size_t on = 0;

    (void)state;
    for (size_t i = 0; i < embedded_rule_count; i++) {
        const struct embedded_rule *rule = &embedded_rules[i];
        const char *folder = rule->pack.len > 0 ? arena_printf(&arena, "rules/%.*s/",
                                                               STR_ARG(rule->pack))
                                                : "rules/";
        const char *rest = rule->path + strlen(folder);

        assert_memory_equal(rule->path, folder, strlen(folder));
        assert_null(strchr(rest, '/'));
        on += rule->pack.len == 0;
    }
    assert_true(on >= 1);
    assert_true(embedded_rule_count > on);
    arena_release(&arena);
}

static void a_built_in_rule_is_the_file_node_for_node(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    for (size_t i = 0; i < embedded_rule_count; i++) {
        const struct embedded_rule *rule = &embedded_rules[i];
        const struct yaml_node *root =
            yaml_parse(&arena, rule->path, rule->text, &mistakes);
        struct buf read = BUF_EMPTY(&arena), built_in = BUF_EMPTY(&arena);

        assert_non_null(yaml_find(root, "tests"));
        assert_int_equal(rule->root == NULL, rule->pack.len > 0);
        assert_same_tags(yaml_find(root, "tags"), &rule->tags);
        assert_memory_equal(rule->text.text + rule->head_bytes,
                            "tests:", strlen("tests:"));
        if (rule->root == NULL)
            continue;
        assert_null(yaml_find(rule->root, "tests"));
        yaml_print(&read, yaml_without(&arena, root, "tests"));
        yaml_print(&built_in, rule->root);
        assert_string_equal(buf_str(&built_in).text, buf_str(&read).text);
    }
    assert_int_equal(mistakes.count, 0);
    arena_release(&arena);
}

static void assert_same(struct str left, struct str right)
{
    assert_int_equal(left.text == NULL, right.text == NULL);
    assert_true(str_equal(left, right));
}

static void assert_same_list(const struct str_list *left, const struct str_list *right)
{
    assert_int_equal(left->count, right->count);
    for (size_t i = 0; i < left->count; i++)
        assert_same(left->items[i], right->items[i]);
}

static void assert_same_place(struct place left, struct place right)
{
    assert_true(left.path == right.path || strcmp(left.path, right.path) == 0);
    assert_int_equal(left.line, right.line);
    assert_int_equal(left.column, right.column);
}

static const char *name_of(const struct type *type)
{
    return type != NULL ? type->name.text : "";
}

static void assert_same_call(const struct call *left, const struct call *right)
{
    assert_string_equal(name_of(left->type), name_of(right->type));
    assert_same_place(left->place, right->place);
    assert_same(left->name, right->name);
    assert_same(left->service, right->service);
    assert_same(left->operation, right->operation);
    assert_same_list(&left->names, &right->names);
    assert_same(left->title, right->title);
    assert_same(left->permission, right->permission);
    assert_same(left->arguments, right->arguments);
    assert_int_equal(left->answer, right->answer);
    assert_same(left->list, right->list);
    assert_same_list(&left->has, &right->has);
    assert_same_list(&left->lacks, &right->lacks);
    assert_same_list(&left->record_has, &right->record_has);
    assert_same_list(&left->record_lacks, &right->record_lacks);
    assert_same_list(&left->silent, &right->silent);
    assert_same(left->option, right->option);
    assert_int_equal(left->gives, right->gives);
    assert_int_equal(left->may_fail, right->may_fail);
    assert_same(left->absent_on, right->absent_on);
    assert_string_equal(name_of(left->parent_type), name_of(right->parent_type));
    assert_same(left->parent_name, right->parent_name);
    assert_same_place(left->parent_place, right->parent_place);
    assert_same(left->parent_key, right->parent_key);
    assert_same(left->parent_option, right->parent_option);
}

static void assert_same_fields(const struct type_field *left, size_t left_count,
                               const struct type_field *right, size_t right_count)
{
    assert_int_equal(left_count, right_count);
    for (size_t i = 0; i < left_count; i++) {
        assert_same(left[i].name, right[i].name);
        assert_int_equal(left[i].kind, right[i].kind);
    }
}

static void assert_same_type(const struct type *left, const struct type *right)
{
    assert_same(left->name, right->name);
    assert_same(left->title, right->title);
    assert_int_equal(left->index, right->index);
    assert_same_place(left->place, right->place);
    assert_int_equal(left->level, right->level);
    assert_same(left->id, right->id);
    assert_same(left->arn, right->arn);
    assert_same(left->arn_form, right->arn_form);
    assert_same_list(&left->told_by, &right->told_by);
    assert_same_fields(left->always, left->always_count, right->always,
                       right->always_count);
    assert_same_list(&left->time, &right->time);
    assert_same_fields(left->fields, left->field_count, right->fields,
                       right->field_count);
    assert_same_list(&left->narrowed_by, &right->narrowed_by);
    assert_int_equal(left->derive, right->derive);
    assert_same_list(&left->inputs, &right->inputs);
    assert_same_list(&left->silent, &right->silent);
    assert_int_equal(left->from_id_count, right->from_id_count);
    for (size_t i = 0; i < left->from_id_count; i++) {
        assert_same(left->from_id[i].pattern, right->from_id[i].pattern);
        assert_same(left->from_id[i].fields, right->from_id[i].fields);
    }
    assert_int_equal(left->call_count, right->call_count);
    for (size_t i = 0; i < left->call_count; i++)
        assert_same_call(left->calls[i], right->calls[i]);
}

static void the_built_in_catalog_is_the_file_entry_for_entry(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *built_in = catalog_new(&arena), *read = catalog_new(&arena);
    struct error err = { 0 };
    struct str text;

    (void)state;
    assert_true(file_read(&arena, "rules/catalog.yaml", YAML_BYTES_MAX, &text, &err));
    catalog_add(read, "rules/catalog.yaml", text, &mistakes);
    catalog_add_tables(built_in, &catalog_builtin);
    catalog_finish(built_in, &mistakes);
    catalog_finish(read, &mistakes);
    assert_int_equal(mistakes.count, 0);
    assert_int_equal(built_in->type_count, read->type_count);
    for (size_t i = 0; i < read->type_count; i++)
        assert_same_type(built_in->types[i], read->types[i]);
    assert_int_equal(built_in->call_count, read->call_count);
    for (size_t i = 0; i < read->call_count; i++)
        assert_same_call(built_in->calls[i], read->calls[i]);
    arena_release(&arena);
}

static void a_file_adds_to_the_built_in_catalog(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *catalog = catalog_new(&arena);
    const struct type *type;
    const struct call *call;

    (void)state;
    catalog_add_tables(catalog, &catalog_builtin);
    catalog_add(catalog, "catalog.yaml",
                STR("format: 1\n"
                    "types:\n"
                    "  - type: T\n"
                    "    level: region\n"
                    "    calls:\n"
                    "      - { call: a b, list: DBSnapshots, gives: part,\n"
                    "          parent: { type: \"AWS::RDS::DBSnapshot\" } }\n"),
                &mistakes);
    catalog_finish(catalog, &mistakes);
    assert_int_equal(mistakes.count, 0);
    type = catalog_type(catalog, STR("T"));
    call = catalog_call(catalog, STR("a b"));
    assert_int_equal(type->index, catalog_builtin.type_count);
    assert_ptr_equal(type->calls[0], call);
    assert_ptr_equal(call->parent_type,
                     catalog_type(catalog, STR("AWS::RDS::DBSnapshot")));
    assert_true(catalog_is_parent(catalog, call->parent_type));
    assert_int_equal(catalog_list(catalog, STR("DBSnapshots"))->count, 2);
    arena_release(&arena);
}

static void a_type_and_a_call_of_a_file_are_not_those_built_in(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *catalog = catalog_new(&arena);

    (void)state;
    catalog_add_tables(catalog, &catalog_builtin);
    catalog_add(catalog, "catalog.yaml",
                STR("format: 1\n"
                    "types:\n"
                    "  - type: AWS::RDS::DBSnapshot\n"
                    "    level: region\n"
                    "    calls: [{ call: a b, list: L, gives: whole }]\n"
                    "  - type: T\n"
                    "    level: region\n"
                    "    calls: [{ call: rds describe-db-snapshots, list: L, gives: "
                    "whole }]\n"),
                &mistakes);
    assert_int_equal(mistakes.error_count, 2);
    assert_non_null(strstr(mistakes.items[0].message, "first at rules/catalog.yaml:"));
    assert_non_null(strstr(mistakes.items[1].message, "first at rules/catalog.yaml:"));
    arena_release(&arena);
}

static void bytes_that_mean_something_in_c_are_escaped(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    (void)state;
    yaml_print_text(&buf, STR("\"a\\n\"\t?\?=\xC3\xA9"
                              "1\r\n"));
    assert_string_equal(
        buf_str(&buf).text,
        "{ \"\\042a\\134n\\042\\011\\077\\077\\075\\303\\2511\\015\\012\", 14 "
        "}, ");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, each_embedded_rule_is_the_file_in_rules);
    TESTS_ADD(&tests, a_rule_of_a_pack_lies_in_its_folder);
    TESTS_ADD(&tests, a_built_in_rule_is_the_file_node_for_node);
    TESTS_ADD(&tests, the_built_in_catalog_is_the_file_entry_for_entry);
    TESTS_ADD(&tests, a_file_adds_to_the_built_in_catalog);
    TESTS_ADD(&tests, a_type_and_a_call_of_a_file_are_not_those_built_in);
    TESTS_ADD(&tests, bytes_that_mean_something_in_c_are_escaped);
    return tests_run("rulebook_embed", &tests);
}
