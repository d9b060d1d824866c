/*
 * What AWS prints of selections, tags and opt-ins: what is read of it, a row a text.
 * Its lists are printed one behind the other: an entry that was not read is "?", and a
 * list of which there may be more ends with "...".
 */
#include "rows.h"

#include "judge/selection_read.h"

#include <stdlib.h>
#include <string.h>

static json_t *json_of(const char *text)
{
    char *copy = strdup(text);
    json_t *value;

    for (char *byte = copy; *byte != '\0'; byte++)
        if (*byte == '\'')
            *byte = '"';
    value = json_loads(copy, JSON_DECODE_ANY, NULL);
    free(copy);
    assert_non_null(value);
    return value;
}

static void print_text(struct buf *out, struct str text)
{
    buf_add(out, text.text != NULL ? text : STR("?"));
}

static void print_end(struct buf *out, bool is_whole)
{
    buf_add(out, is_whole ? STR("]") : STR(" ...]"));
}

static void print_arns(struct buf *out, const struct selection_arns *arns)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < arns->list.count; i++) {
        buf_printf(out, "%s", i > 0 ? " " : "");
        print_text(out, arns->list.items[i]);
    }
    print_end(out, arns->is_whole);
}

static void print_tags(struct buf *out, const struct selection_tags *tags)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < tags->count; i++) {
        buf_printf(out, "%s", i > 0 ? " " : "");
        print_text(out, tags->items[i].comparison);
        buf_add_byte(out, ':');
        print_text(out, tags->items[i].key);
        buf_add_byte(out, '=');
        print_text(out, tags->items[i].value);
    }
    print_end(out, tags->is_whole);
}

#define TAG_CONDITION "{'ConditionKey':'k','ConditionValue':'v'}"

static const struct read_row {
    const char *name;
    const char *json;
    bool is_whole;
    const char *expected; /* Resources, NotResources, ListOfTags, Conditions */
} read_rows[] = {
    { "all of it",
      "{'SelectionName':'s','IamRoleArn':'r','Resources':['a','b'],'NotResources':['c']"
      ","
      "'ListOfTags':[{'ConditionType':'STRINGEQUALS','ConditionKey':'k',"
      "'ConditionValue':'v'}],'Conditions':{'StringLike':[" TAG_CONDITION
      "],'StringEquals':[" TAG_CONDITION "," TAG_CONDITION "]}}",
      true,
      "[a b] [c] [STRINGEQUALS:k=v] [StringLike:k=v StringEquals:k=v "
      "StringEquals:k=v]" },
    { "nothing of it, in a whole record", "{}", true, "[] [] [] []" },
    { "nothing of it, in another", "{}", false, "[ ...] [ ...] [ ...] [ ...]" },
    { "one list, in another", "{'Resources':['a']}", false,
      "[a] [ ...] [ ...] [ ...]" },
    { "an empty list, in another", "{'Conditions':{}}", false,
      "[ ...] [ ...] [ ...] []" },
    { "null", "{'Resources':null,'ListOfTags':null,'Conditions':null}", true,
      "[] [] [] []" },
    { "lists of wrong types",
      "{'Resources':'a','NotResources':{},'ListOfTags':7,'Conditions':[]}", true,
      "[ ...] [ ...] [ ...] [ ...]" },
    { "entries of wrong types",
      "{'Resources':[7,'a',null],'ListOfTags':['a',{'ConditionKey':7,"
      "'ConditionValue':'v','ConditionType':'t'}],"
      "'Conditions':{'StringLike':['a',{'ConditionKey':'k'}]}}",
      true, "[? a ?] [] [?:?=? t:?=v] [StringLike:?=? StringLike:k=?]" },
    { "an operator of a wrong type",
      "{'Conditions':{'StringLike':{},'StringEquals':[" TAG_CONDITION "]}}", true,
      "[] [] [] [StringEquals:k=v ...]" },
    { "no selection", "null", true, "[ ...] [ ...] [ ...] [ ...]" },
    { "a list of them", "[{}]", true, "[ ...] [ ...] [ ...] [ ...]" },
};

static void read_test(void **state)
{
    const struct read_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    json_t *json = json_of(row->json);
    struct selection selection;

    selection_read(&arena, json, row->is_whole, &selection);
    print_arns(&out, &selection.resources);
    buf_add_byte(&out, ' ');
    print_arns(&out, &selection.not_resources);
    buf_add_byte(&out, ' ');
    print_tags(&out, &selection.list_of_tags);
    buf_add_byte(&out, ' ');
    print_tags(&out, &selection.conditions);
    assert_string_equal(buf_str(&out).text, row->expected);
    json_decref(json);
    arena_release(&arena);
}

static const struct tags_row {
    const char *name;
    const char *json;
    const char *expected;
} tags_rows[] = {
    { "two tags", "[{'Key':'a','Value':'1'},{'Key':'b','Value':'2'}]", "[a=1 b=2]" },
    { "none", "[]", "[]" },
    { "a tag whose value was dropped has one", "[{'Key':'a'}]", "[a=?]" },
    { "an empty value", "[{'Key':'a','Value':''}]", "[a=]" },
    { "a value that is a number", "[{'Key':'a','Value':1}]", "[a=?]" },
    { "a key that is a number may be any",
      "[{'Key':1,'Value':'1'},{'Key':'b','Value':''}]", "[b= ...]" },
    { "a text", "['a']", "[ ...]" },
    { "no list", "{'a':'1'}", "[ ...]" },
    { "null", "null", "[ ...]" },
};

static void tags_test(void **state)
{
    const struct tags_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    json_t *json = json_of(row->json);
    struct tag_list tags;

    tags_read(&arena, json, &tags);
    buf_add_byte(&out, '[');
    for (size_t i = 0; i < tags.count; i++) {
        buf_printf(&out, "%s%s=", i > 0 ? " " : "", tags.items[i].key.text);
        print_text(&out, tags.items[i].value);
    }
    print_end(&out, tags.is_whole);
    assert_string_equal(buf_str(&out).text, row->expected);
    json_decref(json);
    arena_release(&arena);
}

static const struct opt_in_row {
    const char *name;
    const char *json;
    const char *expected; /* of RDS, Aurora, DocumentDB and Neptune */
} opt_in_rows[] = {
    { "on, off, and not said", "{'RDS':true,'Aurora':false,'EBS':true}", "+-??" },
    { "no booleans", "{'RDS':'true','Aurora':1,'DocumentDB':null,'Neptune':true}",
      "???+" },
    { "no object", "[true]", "????" },
    { "null", "null", "????" },
};

static void opt_in_test(void **state)
{
    static const char signs[] = {
        [OPT_IN_UNKNOWN] = '?', [OPT_IN_OFF] = '-', [OPT_IN_ON] = '+'
    };
    const struct opt_in_row *row = *state;
    json_t *json = json_of(row->json);
    struct opt_ins opt_ins;

    opt_ins_read(json, &opt_ins);
    for (size_t i = 0; i < OPT_IN_TYPE_COUNT; i++)
        assert_int_equal(signs[opt_ins.of[i]], row->expected[i]);
    json_decref(json);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, read_rows, read_test);
    TESTS_ADD_ROWS(&tests, tags_rows, tags_test);
    TESTS_ADD_ROWS(&tests, opt_in_rows, opt_in_test);
    return tests_run("judge_selection_read", &tests);
}
