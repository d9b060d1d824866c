#include "config/check.h"

#include "mistakes_said.h"
#include "rows.h"

struct target {
    struct str title;
    bool enabled;
    long weight;
    struct str_list services;
    const struct yaml_node *any, *mapping, *sequence;
};

static const struct check_key keys[] = {
    { "title", CHECK_TEXT, true, offsetof(struct target, title) },
    { "enabled", CHECK_BOOLEAN, false, offsetof(struct target, enabled) },
    { "weight", CHECK_INTEGER, false, offsetof(struct target, weight) },
    { "services", CHECK_TEXTS, false, offsetof(struct target, services) },
    { "any", CHECK_NODE, false, offsetof(struct target, any) },
    { "mapping", CHECK_MAPPING, false, offsetof(struct target, mapping) },
    { "sequence", CHECK_SEQUENCE, false, offsetof(struct target, sequence) },
};

static bool check(struct arena *arena, const char *text, struct target *target,
                  struct mistakes *mistakes)
{
    const struct yaml_node *root =
        yaml_parse(arena, "rule.yaml", str_from(text), mistakes);

    assert_non_null(root);
    return check_mapping(arena, root, keys, COUNT_OF(keys), target, mistakes);
}

/* ---- mistakes ---- */

#define QUOTE ": quote it if text is meant\n"

static const struct wrong_row {
    const char *name, *text, *expected;
} wrong_rows[] = {
    { "no mapping but a sequence", "[title]",
      "1:1 expected a mapping of keys, met a sequence\n" },
    { "no mapping but text", "title",
      "1:1 expected a mapping of keys, met the text 'title'\n" },
    { "a missing key is told at the mapping", "\n\nenabled: true",
      "3:1 the key 'title' is missing\n" },
    { "an unknown key near a known one", "title: a\ntitel: b",
      "2:1 unknown key 'titel' (did you mean 'title'?)\n" },
    { "an unknown key near none", "title: a\nxyzzy: b",
      "2:1 unknown key 'xyzzy': expected one of title, enabled, weight, services, any, "
      "mapping, sequence\n" },
    { "text: an integer", "title: 12",
      "1:8 expected text for 'title', met the number '12'" QUOTE },
    { "text: a hexadecimal integer", "title: 0x1f",
      "1:8 expected text for 'title', met the number '0x1f'" QUOTE },
    { "text: a float", "title: 1.5",
      "1:8 expected text for 'title', met the number '1.5'" QUOTE },
    { "text: infinity", "title: -.inf",
      "1:8 expected text for 'title', met the number '-.inf'" QUOTE },
    { "text: a boolean", "title: true",
      "1:8 expected text for 'title', met the boolean 'true'" QUOTE },
    { "text: null", "title: null", "1:8 expected text for 'title', met null" QUOTE },
    { "text: ~", "title: ~", "1:8 expected text for 'title', met null" QUOTE },
    { "text: nothing", "title:", "1:7 expected text for 'title', met nothing\n" },
    { "text: an account id", "title: 123456789012",
      "1:8 expected text for 'title': '123456789012' looks like an AWS account id: "
      "quote "
      "it\n" },
    { "text: a sequence", "title: [a]",
      "1:8 expected text for 'title', met a sequence\n" },
    { "text: a mapping", "title: {a: b}",
      "1:8 expected text for 'title', met a mapping\n" },
    { "boolean: text", "title: a\nenabled: yes",
      "2:10 expected true or false for 'enabled', met the text 'yes'\n" },
    { "boolean: quoted", "title: a\nenabled: 'true'",
      "2:10 expected true or false for 'enabled', met the text 'true'\n" },
    { "boolean: a number", "title: a\nenabled: 1",
      "2:10 expected true or false for 'enabled', met the number '1'\n" },
    { "boolean: a sequence", "title: a\nenabled: []",
      "2:10 expected true or false for 'enabled', met a sequence\n" },
    { "integer: text", "title: a\nweight: many",
      "2:9 expected a whole number for 'weight', met the text 'many'\n" },
    { "integer: quoted", "title: a\nweight: '1'",
      "2:9 expected a whole number for 'weight', met the text '1'\n" },
    { "integer: negative", "title: a\nweight: -1",
      "2:9 expected a whole number for 'weight', met the number '-1'\n" },
    { "integer: a float", "title: a\nweight: 1.0",
      "2:9 expected a whole number for 'weight', met the number '1.0'\n" },
    { "integer: hexadecimal", "title: a\nweight: 0x1",
      "2:9 expected a whole number for 'weight', met the number '0x1'\n" },
    { "integer: nothing",
      "title: a\nweight:", "2:8 expected a whole number for 'weight', met nothing\n" },
    { "integer: too large", "title: a\nweight: 9223372036854775808",
      "2:9 expected a smaller whole number for 'weight', met the number "
      "'9223372036854775808'\n" },
    { "texts: one that is none", "title: a\nservices: 1",
      "2:11 expected text for 'services', met the number '1'" QUOTE },
    { "texts: several that are none", "title: a\nservices: [a, 1, b, true, [c]]",
      "2:15 expected text for 'services', met the number '1'" QUOTE
      "2:21 expected text for 'services', met the boolean 'true'" QUOTE
      "2:27 expected text for 'services', met a sequence\n" },
    { "texts: a mapping", "title: a\nservices: {a: b}",
      "2:11 expected text for 'services', met a mapping\n" },
    { "mapping: text", "title: a\nmapping: b",
      "2:10 expected a mapping for 'mapping', met the text 'b'\n" },
    { "mapping: a sequence", "title: a\nmapping: [b]",
      "2:10 expected a mapping for 'mapping', met a sequence\n" },
    { "sequence: a mapping", "title: a\nsequence: {b: c}",
      "2:11 expected a sequence for 'sequence', met a mapping\n" },
    { "sequence: nothing",
      "title: a\nsequence:", "2:10 expected a sequence for 'sequence', met nothing\n" },
    { "all mistakes at once", "titel: 1\nweight: x\nservices: [~]",
      "1:1 the key 'title' is missing\n"
      "1:1 unknown key 'titel' (did you mean 'title'?)\n"
      "2:9 expected a whole number for 'weight', met the text 'x'\n"
      "3:12 expected text for 'services', met null" QUOTE },
};

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct target target = { .weight = -5 };

    assert_false(check(&arena, row->text, &target, &mistakes));
    assert_string_equal(said(&arena, &mistakes), row->expected);
    assert_int_equal(target.weight, -5); /* what is wrong is not taken over */
    assert_null(target.services.items);
    arena_release(&arena);
}

/* ---- values ---- */

static void every_kind_is_taken_over(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct target target = { 0 };

    (void)state;
    assert_true(check(&arena,
                      "title: '12'\nenabled: True\nweight: 0042\nservices: [a, 'b']\n"
                      "any: 1\nmapping: {a: b}\nsequence: []\n",
                      &target, &mistakes));
    assert_string_equal(said(&arena, &mistakes), "");
    assert_string_equal(target.title.text, "12");
    assert_true(target.enabled);
    assert_int_equal(target.weight, 42);
    assert_int_equal(target.services.count, 2);
    assert_string_equal(target.services.items[0].text, "a");
    assert_string_equal(target.services.items[1].text, "b");
    assert_string_equal(target.any->text.text, "1");
    assert_int_equal(target.mapping->kind, YAML_MAPPING);
    assert_int_equal(target.sequence->kind, YAML_SEQUENCE);
    arena_release(&arena);
}

static void members_of_absent_keys_stay_as_they_are(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct target target = { .enabled = true, .weight = 7 };

    (void)state;
    assert_true(check(&arena, "title: 2026-01-01", &target, &mistakes));
    assert_string_equal(target.title.text, "2026-01-01");
    assert_true(target.enabled);
    assert_int_equal(target.weight, 7);
    assert_null(target.services.items);
    assert_null(target.any);
    arena_release(&arena);
}

static void one_text_is_a_list_of_one(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct target target = { 0 };

    (void)state;
    assert_true(check(&arena,
                      "title: ''\nservices: RDS\nenabled: false\nweight: "
                      "123456789012",
                      &target, &mistakes));
    assert_int_equal(target.services.count, 1);
    assert_string_equal(target.services.items[0].text, "RDS");
    assert_false(target.enabled);
    assert_int_equal(target.weight, 123456789012); /* a count may be that large */
    arena_release(&arena);
}

static void an_empty_list_is_no_absent_one(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct target target = { 0 };

    (void)state;
    assert_true(check(&arena, "title: a\nservices: []", &target, &mistakes));
    assert_non_null(target.services.items);
    assert_int_equal(target.services.count, 0);
    arena_release(&arena);
}

static const char *const severities[] = { "low", "medium", "very-high" };

static const struct name_row {
    const char *name, *text;
    int index; /* -1: refused */
    const char *expected;
} name_rows[] = {
    { "the first name", "low", 0, "" },
    { "the last name", "'very-high'", 2, "" },
    { "a name in another case is another name", "Low", -1,
      "1:1 unknown severity 'Low': expected low, medium or very-high (did you mean "
      "'low'?)\n" },
    { "a name near none", "urgent", -1,
      "1:1 unknown severity 'urgent': expected low, medium or very-high\n" },
    { "no text", "1", -1,
      "1:1 expected text for 'severity', met the number '1'" QUOTE },
};

static void name_test(void **state)
{
    const struct name_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct yaml_node *node =
        yaml_parse(&arena, "rule.yaml", str_from(row->text), &mistakes);
    size_t index = 99;
    bool known = check_name(node, "severity", severities, COUNT_OF(severities), &index,
                            &mistakes);

    assert_string_equal(said(&arena, &mistakes), row->expected);
    assert_int_equal(known, row->index >= 0);
    assert_int_equal(index, row->index >= 0 ? row->index : 99);
    arena_release(&arena);
}

/* ---- suggestions ---- */

static const char *const names[] = { "description", "pillar",   "very-high", "id",
                                     "severity",    "services", "regions",   "region" };

static const struct suggest_row {
    const char *name, *text, *expected;
} suggest_rows[] = {
    { "a letter too many", "pilllar", "pillar" },
    { "a letter missing", "pilar", "pillar" },
    { "another letter", "pillor", "pillar" },
    { "two neighbours swapped", "iplar", "pillar" },
    { "case does not matter", "PILLAR", "pillar" },
    { "_ is as good as -", "Very_High", "very-high" },
    { "a third of the letters", "xxscripxion", "description" },
    { "more than a third of the letters", "xxxcxipxion", NULL },
    { "one letter of a short name", "ix", "id" },
    { "a swap in a short name", "di", "id" },
    { "nothing alike", "x", NULL },
    { "the nearest wins", "regio", "region" },
    { "the beginning of one name", "desc", "description" },
    { "the beginning of one name, in any case", "VERY_", "very-high" },
    { "the beginning of two names", "se", NULL },
    { "nothing at all", "", NULL },
    { "as near to two: the first", "regionz", "regions" },
};

static void suggest_test(void **state)
{
    const struct suggest_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const char *near = suggest(str_from(row->text), names, COUNT_OF(names));
    const char *sentence =
        suggestion(&arena, str_from(row->text), names, COUNT_OF(names));

    if (row->expected == NULL) {
        assert_null(near);
        assert_string_equal(sentence, "");
    } else {
        assert_non_null(near);
        assert_string_equal(near, row->expected);
        assert_string_equal(sentence,
                            arena_printf(&arena, " (did you mean '%s'?)", near));
    }
    arena_release(&arena);
}

static void one_letter_is_not_meant_to_be_another(void **state)
{
    static const char *const short_names[] = { "y" };

    (void)state;
    assert_null(suggest(STR("x"), short_names, 1));
    assert_string_equal(suggest(STR("Y"), short_names, 1), "y");
}

static void very_long_text_is_near_to_nothing(void **state)
{
    static const char *const long_names[] = {
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };

    (void)state;
    assert_null(suggest(str_from(long_names[0]), long_names, 1));
    assert_null(suggest(STR("b"), long_names, 1));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD(&tests, every_kind_is_taken_over);
    TESTS_ADD(&tests, members_of_absent_keys_stay_as_they_are);
    TESTS_ADD(&tests, one_text_is_a_list_of_one);
    TESTS_ADD(&tests, an_empty_list_is_no_absent_one);
    TESTS_ADD_ROWS(&tests, name_rows, name_test);
    TESTS_ADD_ROWS(&tests, suggest_rows, suggest_test);
    TESTS_ADD(&tests, one_letter_is_not_meant_to_be_another);
    TESTS_ADD(&tests, very_long_text_is_near_to_nothing);
    return tests_run("config_check", &tests);
}
