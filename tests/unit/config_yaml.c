#include "config/yaml.h"

#include "mistakes_said.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is refused ---- */

#define ANCHOR_1                                                                       \
    "1:4 the anchor '&x' is not allowed: write the value out where it is used\n"

static const struct refused_row {
    const char *name, *text, *expected;
} refused_rows[] = {
    { "an empty file", "", "1:1 the file is empty: expected a mapping of keys\n" },
    { "a file of comments", "# nothing\n\n",
      "1:1 the file is empty: expected a mapping of keys\n" },
    { "an empty document", "---\n",
      "2:1 the document is empty: expected a mapping of keys\n" },
    { "two documents", "a: 1\n---\nb: 2\n",
      "2:1 a second document begins: keep one document in a file\n" },
    { "an anchor on a scalar", "a: &x 1", ANCHOR_1 },
    { "an anchor on a sequence", "a: &x [1]", ANCHOR_1 },
    { "an anchor on a mapping", "a: &x {b: 1}", ANCHOR_1 },
    { "an alias", "a: *x",
      "1:4 the alias '*x' is not allowed: write the value out, or quote it if text is "
      "meant\n" },
    { "a tag on a scalar", "a: !!str 1",
      "1:4 the tag 'tag:yaml.org,2002:str' is not allowed: leave it out, and quote "
      "what "
      "is to be text\n" },
    { "a tag on a sequence", "a: !set [1]",
      "1:4 the tag '!set' is not allowed: leave it out, and quote what is to be "
      "text\n" },
    { "a tag on a mapping", "a: ! {}",
      "1:4 the tag '!' is not allowed: leave it out, and quote what is to be text\n" },
    { "a tag directive", "%TAG ! tag:x,2000:\n---\na: 1",
      "1:1 the directive '%TAG' is not allowed: leave it out\n" },
    { "a tag directive behind another line's end",
      "# a\xe2\x80\xa8%TAG !a! b\n%TAG !b! c\n---\na: 1",
      "1:5 the directive '%TAG' is not allowed: leave it out\n" },
    { "a tag directive of a second document", "a: 1\n...\n%TAG !a! b\n---\nb: 1",
      "3:1 the directive '%TAG' is not allowed: leave it out\n" },
    { "a merge key", "a:\n  <<: {b: 1}",
      "2:3 the merge key '<<' is not allowed: write the keys out\n" },
    { "a key twice", "a: 1\nb: 2\n'a': 3",
      "3:1 the key 'a' is here twice: first on line 1\n" },
    { "a key three times", "a: 1\na: 2\na: 3",
      "2:1 the key 'a' is here twice: first on line 1\n"
      "3:1 the key 'a' is here twice: first on line 1\n" },
    { "a key twice below", "a: 1\nb: {a: 1, c: 2, a: 3}",
      "2:17 the key 'a' is here twice: first on line 2\n" },
    { "a sequence as a key", "[1]: 2",
      "1:1 a key is text, not a sequence: quote it if text is meant\n" },
    { "a mapping as a key", "{a: b}: 2",
      "1:1 a key is text, not a mapping: quote it if text is meant\n" },
    { "a number as a key", "a:\n  12: x",
      "2:3 a key is text, and '12' is a number: quote it\n" },
    { "a boolean as a key", "true: x",
      "1:1 a key is text, and 'true' is a boolean: quote it\n" },
    { "null as a key", "~: x", "1:1 a key is text, and '~' is null: quote it\n" },
    { "an account id as a key", "123456789012: x",
      "1:1 '123456789012' looks like an AWS account id: quote it\n" },
    { "no key", "? \n: x", "1:2 a key is missing before the colon\n" },
    { "many mistakes at once", "a: &x 1\nb: *x\nc: !y 2\na: 3\n<<: 4\n",
      ANCHOR_1
      "2:4 the alias '*x' is not allowed: write the value out, or quote it if text is "
      "meant\n"
      "3:4 the tag '!y' is not allowed: leave it out, and quote what is to be text\n"
      "4:1 the key 'a' is here twice: first on line 1\n"
      "5:1 the merge key '<<' is not allowed: write the keys out\n" },
    { "after a syntax error nothing more is said", "a: &x 1\nb: `\nc: &x 2\n",
      ANCHOR_1
      "2:4 not valid YAML: found character that cannot start any token: indent with "
      "spaces, and quote text that begins with one of `@%\n" },
    { "an open bracket", "a: [1,\n",
      "2:1 not valid YAML: did not find expected node content while parsing a flow "
      "node\n" },
    { "an open list", "a: [1\n",
      "2:1 not valid YAML: did not find expected ',' or ']' while parsing a flow "
      "sequence "
      "from "
      "line 1: close the bracket\n" },
    { "an open brace", "a: {b: 1",
      "2:1 not valid YAML: did not find expected ',' or '}' while parsing a flow "
      "mapping from "
      "line 1: close the brace\n" },
    { "open quotes", "a: \"b\n",
      "2:1 not valid YAML: found unexpected end of stream while scanning a quoted "
      "scalar from "
      "line 1: close the quotes\n" },
    { "a tab as indentation", "a:\n\t- b",
      "2:1 not valid YAML: found character that cannot start any token: indent with "
      "spaces, "
      "and "
      "quote text that begins with one of `@%\n" },
    { "a colon in plain text", "a: b: c",
      "1:5 not valid YAML: mapping values are not allowed in this context: quote text "
      "that "
      "holds a colon and a blank, or mend the indentation\n" },
    { "wrong indentation", "a:\n  b: 1\n c: 2\n",
      "3:2 not valid YAML: did not find expected key while parsing a block mapping "
      "from line "
      "1: "
      "mend the indentation, or quote the text\n" },
    { "an unknown escape", "a: \"\\q\"",
      "1:5 not valid YAML: found unknown escape character while parsing a quoted "
      "scalar: use "
      "single quotes, in which a backslash is a backslash\n" },
    { "half of a surrogate pair as an escape", "a: \"\\ud800\"",
      "1:7 not valid YAML: found invalid Unicode character escape code while parsing a "
      "quoted "
      "scalar\n" },
    { "a byte that is not UTF-8", "a: 1\nb: \xc3\xa9 \xff",
      "2:6 not valid UTF-8 from here on (invalid leading UTF-8 octet): save the file "
      "as "
      "UTF-8\n" },
    { "a character that is cut off", "a: \xe2\x82",
      "1:4 not valid UTF-8 from here on (incomplete UTF-8 octet sequence): save the "
      "file "
      "as UTF-8\n" },
    { "a surrogate in UTF-8", "a: \xed\xa0\x80",
      "1:4 not valid UTF-8 from here on (invalid Unicode character): save the file as "
      "UTF-8\n" },
    { "UTF-16",
      "\xff\xfe"
      "a",
      "1:1 not valid UTF-8 from here on (invalid leading UTF-8 octet): save the file "
      "as "
      "UTF-8\n" },
    { "a control character", "a:\n  b\x01",
      "2:4 the control character U+0001 is not allowed: write it as an escape in "
      "double "
      "quotes\n" },
    { "a byte order mark takes no column",
      "\xef\xbb\xbf"
      "a: &x 1",
      ANCHOR_1 },
    { "columns are characters", "\xc3\xa9\xc3\xa9: &x 1",
      "1:5 the anchor '&x' is not allowed: write the value out where it is used\n" },
};

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    assert_null(yaml_parse(&arena, "rule.yaml", str_from(row->text), &mistakes));
    assert_string_equal(said(&arena, &mistakes), row->expected);
    assert_string_equal(mistakes.items[0].path, "rule.yaml");
    arena_release(&arena);
}

static void a_nul_byte_is_refused(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    assert_null(yaml_parse(&arena, "rule.yaml", STR("a: \0 1"), &mistakes));
    assert_string_equal(said(&arena, &mistakes),
                        "1:4 the control character U+0000 is not allowed: write it as "
                        "an escape in double quotes\n");
    arena_release(&arena);
}

static void absent_text_is_an_empty_file(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    assert_null(yaml_parse(&arena, "rule.yaml", STR_NONE, &mistakes));
    assert_string_equal(said(&arena, &mistakes),
                        "1:1 the file is empty: expected a mapping of keys\n");
    arena_release(&arena);
}

/* ---- limits ---- */

static struct str repeated(struct arena *arena, char byte, size_t count)
{
    char *text = arena_alloc(arena, count + 1);

    memset(text, byte, count);
    return (struct str){ text, count };
}

static void text_may_be_as_long_as_the_limit(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str text = repeated(&arena, 'x', YAML_BYTES_MAX + 1);

    (void)state;
    assert_non_null(
        yaml_parse(&arena, "rule.yaml", str_slice(text, 0, YAML_BYTES_MAX), &mistakes));
    assert_null(yaml_parse(&arena, "rule.yaml", text, &mistakes));
    assert_string_equal(said(&arena, &mistakes),
                        "1:1 the file holds 1048577 bytes, more than the 1048576 that "
                        "are read: split it\n");
    arena_release(&arena);
}

static const struct yaml_node *nested(struct arena *arena, char open, size_t depth,
                                      struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, repeated(arena, open, depth));
    buf_add(&buf, repeated(arena, open == '[' ? ']' : '}', depth));
    return yaml_parse(arena, "rule.yaml", buf_str(&buf), mistakes);
}

static void nesting_may_be_as_deep_as_the_limit(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    assert_non_null(nested(&arena, '[', YAML_DEPTH_MAX, &mistakes));
    assert_null(nested(&arena, '[', YAML_DEPTH_MAX + 1, &mistakes));
    assert_string_equal(said(&arena, &mistakes),
                        "1:65 nested deeper than 64 levels: make it flatter\n");
    arena_release(&arena);
}

static void a_bomb_of_brackets_is_one_mistake(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    assert_null(
        yaml_parse(&arena, "rule.yaml", repeated(&arena, '[', 500000), &mistakes));
    assert_int_equal(mistakes.error_count, 1);
    assert_null(
        yaml_parse(&arena, "rule.yaml", repeated(&arena, '{', 500000), &mistakes));
    assert_int_equal(mistakes.error_count, 2);
    arena_release(&arena);
}

static void a_mapping_of_very_many_keys_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct buf buf = BUF_EMPTY(&arena);
    const struct yaml_node *root;

    (void)state;
    for (int i = 0; i < 50000; i++)
        buf_printf(&buf, "k%d: v\n", i);
    root = yaml_parse(&arena, "rule.yaml", buf_str(&buf), &mistakes);
    assert_non_null(root);
    assert_int_equal(root->count, 50000);
    assert_int_equal(yaml_find(root, "k49999")->place.line, 50000);
    arena_release(&arena);
}

/* ---- nodes ---- */

static void nodes_know_their_place_and_style(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct yaml_node *root, *list;

    (void)state;
    root = yaml_parse(&arena, "rule.yaml",
                      STR("a: plain\r\nb:\n  - \"quoted\"\n  - 'single'\n  - |\n"
                          "    block\n  - >\n    folded\nc:\n"),
                      &mistakes);
    assert_non_null(root);
    assert_int_equal(root->kind, YAML_MAPPING);
    assert_int_equal(root->count, 3);
    assert_string_equal(root->place.path, "rule.yaml");
    assert_int_equal(root->place.line, 1);
    assert_true(root->items[0]->plain);
    assert_int_equal(root->items[0]->place.line, 1);
    assert_int_equal(root->items[0]->place.column, 4);
    assert_string_equal(root->items[0]->text.text, "plain");
    assert_int_equal(root->keys[1]->place.line, 2);
    list = yaml_find(root, "b");
    assert_int_equal(list->kind, YAML_SEQUENCE);
    assert_int_equal(list->count, 4);
    assert_int_equal(list->items[0]->place.line, 3);
    assert_int_equal(list->items[0]->place.column, 5);
    for (size_t i = 0; i < list->count; i++) {
        assert_false(list->items[i]->plain);
        assert_int_equal(list->items[i]->block, i >= 2);
    }
    assert_string_equal(list->items[2]->text.text, "block\n");
    assert_true(yaml_find(root, "c")->plain);
    assert_int_equal(yaml_find(root, "c")->text.len, 0);
    assert_null(yaml_find(root, "d"));
    arena_release(&arena);
}

/* ---- JSON ---- */

static const struct json_row {
    const char *name, *text, *expected;
} json_rows[] = {
    { "null", "[null, Null, NULL, ~, ]", "[null,null,null,null]" },
    { "an empty value", "a:", "{\"a\":null}" },
    { "true", "[true, True, TRUE]", "[true,true,true]" },
    { "false", "[false, False, FALSE]", "[false,false,false]" },
    { "YAML 1.1's booleans are text", "[yes, no, on, off, y, n, tRUE]",
      "[\"yes\",\"no\",\"on\",\"off\",\"y\",\"n\",\"tRUE\"]" },
    { "integers", "[0, -1, +2, 007, 9223372036854775807, -9223372036854775808]",
      "[0,-1,2,7,9223372036854775807,-9223372036854775808]" },
    { "octal and hexadecimal", "[0o17, 0x1F, 0xff]", "[15,31,255]" },
    { "11 and 13 digits are no account id", "[12345678901, 1234567890123]",
      "[12345678901,1234567890123]" },
    { "nor is text that begins with 12", "123456789012-snapshots",
      "\"123456789012-snapshots\"" },
    { "what only looks like a number is text",
      "[0o8, 0x, -0x1, 1_000, 1e, 1.2.3, ., -, +, '-', 12a, e1, -.inf1]",
      "[\"0o8\",\"0x\",\"-0x1\",\"1_000\",\"1e\",\"1.2.3\",\".\",\"-\",\"+\",\"-\","
      "\"12a\",\"e1\",\"-.inf1\"]" },
    { "floats", "[1.5, -.5, 1., 1e3, 1.0E-2, +0.25]",
      "[1.5,-0.5,1.0,1000.0,0.01,0.25]" },
    { "dates and times are text", "[2026-01-01, 22:30, 2026-01-01T00:00:00Z]",
      "[\"2026-01-01\",\"22:30\",\"2026-01-01T00:00:00Z\"]" },
    { "quoted scalars are text", "['12', \"true\", '', '123456789012', \"~\"]",
      "[\"12\",\"true\",\"\",\"123456789012\",\"~\"]" },
    { "block scalars are text", "- |-\n  12\n- >-\n  true\n", "[\"12\",\"true\"]" },
    { "NUL in text and keys", "\"a\\0b\": \"c\\0d\"", "{\"a\\u0000b\":\"c\\u0000d\"}" },
    { "nested", "a: [{b: 1}, [2]]\nc: {}\n", "{\"a\":[{\"b\":1},[2]],\"c\":{}}" },
    { "a scalar alone", "text", "\"text\"" },
    { "a YAML directive", "%YAML 1.2\n---\n1\n...\n", "1" },
};

static void json_test(void **state)
{
    const struct json_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct yaml_node *root =
        yaml_parse(&arena, "rule.yaml", str_from(row->text), &mistakes);
    json_t *json;
    char *text;

    assert_string_equal(said(&arena, &mistakes), "");
    json = yaml_to_json(&arena, root, &mistakes);
    assert_non_null(json);
    text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    assert_string_equal(text, row->expected);
    free(text);
    arena_release(&arena);
}

static const struct refused_row json_refused_rows[] = {
    { "an account id without quotes", "a: 123456789012",
      "1:4 '123456789012' looks like an AWS account id: quote it\n" },
    { "an integer beyond 64 bits", "[9223372036854775808]",
      "1:2 the integer '9223372036854775808' is out of range: quote it if text is "
      "meant\n" },
    { "a hexadecimal integer beyond 64 bits", "[0xffffffffffffffff]",
      "1:2 the integer '0xffffffffffffffff' is out of range: quote it if text is "
      "meant\n" },
    { "a float out of range", "[-1e999]",
      "1:2 the number '-1e999' is out of range: quote it if text is meant\n" },
    { "infinity and not a number", "[.inf, -.INF, .nan]",
      "1:2 '.inf' is not a finite number, so JSON cannot hold it: quote it if text is "
      "meant\n"
      "1:8 '-.INF' is not a finite number, so JSON cannot hold it: quote it if text is "
      "meant\n"
      "1:15 '.nan' is not a finite number, so JSON cannot hold it: quote it if text is "
      "meant\n" },
    { "all mistakes are said", "a: 123456789012\nb: [.inf, {c: 000000000001}]",
      "1:4 '123456789012' looks like an AWS account id: quote it\n"
      "2:5 '.inf' is not a finite number, so JSON cannot hold it: quote it if text is "
      "meant\n"
      "2:15 '000000000001' looks like an AWS account id: quote it\n" },
};

static void json_refused_test(void **state)
{
    const struct refused_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct yaml_node *root =
        yaml_parse(&arena, "rule.yaml", str_from(row->text), &mistakes);

    assert_non_null(root);
    assert_null(yaml_to_json(&arena, root, &mistakes));
    assert_string_equal(said(&arena, &mistakes), row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD(&tests, a_nul_byte_is_refused);
    TESTS_ADD(&tests, absent_text_is_an_empty_file);
    TESTS_ADD(&tests, text_may_be_as_long_as_the_limit);
    TESTS_ADD(&tests, nesting_may_be_as_deep_as_the_limit);
    TESTS_ADD(&tests, a_bomb_of_brackets_is_one_mistake);
    TESTS_ADD(&tests, a_mapping_of_very_many_keys_is_read);
    TESTS_ADD(&tests, nodes_know_their_place_and_style);
    TESTS_ADD_ROWS(&tests, json_rows, json_test);
    TESTS_ADD_ROWS(&tests, json_refused_rows, json_refused_test);
    return tests_run("config_yaml", &tests);
}
