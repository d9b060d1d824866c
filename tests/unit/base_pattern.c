#include "rows.h"

#include "base/pattern.h"

#include <string.h>

static const struct match_row {
    const char *name;
    const char *pattern, *subject;
    bool matches;
} match_rows[] = {
    { "a pattern is not anchored", "backup", "awsbackup:job", true },
    { "anchors are heeded", "^backup", "awsbackup:job", false },
    { "an empty pattern matches", "", "a", true },
    { "an empty pattern matches an empty subject", "", "", true },
    { "an absent subject does not match", "", NULL, false },
    { "case counts", "aws", "AWS", false },
    { "a character is UTF-8", "^.$", "\xC3\xA9", true },
    { "a class may hold what is not ASCII", "^[\xC3\xA0-\xC3\xBF]$", "\xC3\xA9", true },
    { "a byte that is not UTF-8 is a character", "^a.z$", "a\xC3z", true },
    { "which is U+FFFD", "^a\\x{FFFD}$", "a\xFF", true },
    { "half a surrogate pair is three", "^a\\x{FFFD}{3}$", "a\xED\xA0\x80", true },
    { "what stands beside such a byte is itself", "^a.\xC3\xA9$", "a\xFF\xC3\xA9",
      true },
    { "backreferences work", "^(a+)-\\1$", "aa-aa", true },
    { "recursion works", "^(\\((?1)*\\))$", "(()())", true },
};

static void match_test(void **state)
{
    const struct match_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern =
        pattern_compile(&arena, str_from(row->pattern), &err);

    assert_non_null(pattern);
    assert_string_equal(err.message, "");
    for (int turn = 0; turn < 2; turn++)
        assert_int_equal(
            pattern_matches(pattern, pattern_match_new(&arena), str_from(row->subject)),
            row->matches);
    arena_release(&arena);
}

static const struct match_row glob_rows[] = {
    { "a name", "old", "old", true },
    { "the whole of it", "old", "older", false },
    { "from its beginning", "old", "very-old", false },
    { "a star", "*.bak", "a.json.bak", true },
    { "a star stands for nothing, too", "a*", "a", true },
    { "a star matches no slash", "*.bak", "a/b.bak", false },
    { "a name that begins with a dot", "*.bak", ".bak", true },
    { "two stars match any number of names", "a/**/c", "a/b/b/c", true },
    { "even none", "a/**/c", "a/c", true },
    { "a question mark is one character", "a?c",
      "a\xC3\xA9"
      "c",
      true },
    { "and no slash", "a?c", "a/c", false },
    { "one of some", "[ab].json", "b.json", true },
    { "none of some", "[!ab].json", "b.json", false },
    { "a quoted star", "\\*", "a", false },
    { "what is special elsewhere is not here", "a.(b)+$", "a.(b)+$", true },
    { "a dot is a dot", "a.b", "acb", false },
    { "a line's end is a character", "a*", "a\nb", true },
    { "nothing matches nothing", "", "", true },
    { "an absent subject does not match", "*", NULL, false },
};

static void glob_test(void **state)
{
    const struct match_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern =
        pattern_compile_glob(&arena, str_from(row->pattern), &err);

    assert_string_equal(err.message, "");
    assert_non_null(pattern);
    assert_int_equal(
        pattern_matches(pattern, pattern_match_new(&arena), str_from(row->subject)),
        row->matches);
    arena_release(&arena);
}

static void no_glob(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const char *long_text;

    (void)state;
    assert_null(pattern_compile_glob(&arena, STR("[ab"), &err));
    assert_string_equal(err.message,
                        "not a glob: expected one such as *.bak, not '[ab'");
    err = (struct error){ 0 };
    long_text = arena_printf(&arena, "%*s", PATTERN_BYTES_MAX + 1, "");
    assert_null(pattern_compile_glob(&arena, str_from(long_text), &err));
    assert_string_equal(err.message, "a pattern of 4097 bytes; expected at most 4096");
    arena_release(&arena);
}

static void a_hostile_name_does_not_match(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern =
        pattern_compile_glob(&arena, STR("*a*a*a*a*a*a*a*a*a*a*a*a*b"), &err);
    char name[256];

    (void)state;
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_non_null(pattern);
    assert_false(pattern_matches(pattern, pattern_match_new(&arena), str_from(name)));
    arena_release(&arena);
}

static const struct wrong_row {
    const char *name;
    const char *pattern, *words;
    size_t column;
} wrong_rows[] = {
    { "a missing parenthesis", "(a", "missing closing parenthesis", 3 },
    { "columns are characters", "\xC3\xA9(", "missing closing parenthesis", 3 },
    { "nothing to repeat", "a(+b)", "", 3 },
    { "\\C reads half characters", "\\C", "using \\C is disabled", 3 },
    { "an unknown property", "\\p{Klingon}", "unknown property", 12 },
    { "a pattern that is not UTF-8", "ab\xFF", "UTF-8 error", 3 },
    { "a name twice", "(?<a>b)(?<a>c)", "two named subpatterns have the same name",
      13 },
    { "what would grow too large", "((a{1000}){1000}){1000}", "too large", 24 },
};

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    assert_null(pattern_compile(&arena, str_from(row->pattern), &err));
    assert_true(str_starts_with(str_from(err.message),
                                STR("not a valid regular expression: ")));
    if (strstr(err.message, row->words) == NULL || err.column != row->column)
        fail_msg("column %zu: %s", err.column, err.message);
    arena_release(&arena);
}

static const struct group_row {
    const char *name;
    const char *pattern, *subject, *account; /* NULL: absent */
} group_rows[] = {
    { "what the group matched", "^(?<account>\\d{12})/", "123456789012/x",
      "123456789012" },
    { "a group that took no part", "^(?<account>\\d{12})?x", "x", NULL },
    { "a group that matched nothing", "^(?<account>\\d*)x", "x", "" },
    { "no match", "^(?<account>\\d{12})/", "x", NULL },
    { "no group of that name", "^(?<region>.)", "x", NULL },
    { "no group at all", "x", "x", NULL },
    { "a group among others", "(?<zone>a)(b)(?<account>c)(?<ab>d)", "abcd", "c" },
    { "the group of a name that took part", "(?J)(?:a(?<account>.)|b(?<account>.))",
      "bz", "z" },
};

static void group_test(void **state)
{
    const struct group_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern =
        pattern_compile(&arena, str_from(row->pattern), &err);
    struct pattern_match *match = pattern_match_new(&arena);
    struct str account;

    assert_non_null(pattern);
    assert_int_equal(pattern_has_group(pattern, "account"),
                     strstr(row->pattern, "<account>") != NULL);
    account = pattern_group(match, "account");
    assert_null(account.text);
    assert_int_equal(pattern_matches(pattern, match, str_from(row->subject)),
                     strcmp(row->name, "no match") != 0);
    account = pattern_group(match, "account");
    assert_int_equal(account.text == NULL, row->account == NULL);
    assert_true(str_equal(account, str_from(row->account)));
    /* the next match decides */
    assert_false(pattern_matches(pattern, match, STR_NONE));
    account = pattern_group(match, "account");
    assert_null(account.text);
    arena_release(&arena);
}

/* `count` times `byte`, and a `!`. */
static struct str repeat(struct arena *arena, char byte, size_t count)
{
    char *text = arena_alloc(arena, count + 1);

    memset(text, byte, count);
    text[count] = '!';
    return (struct str){ text, count + 1 };
}

static const struct limit_row {
    const char *name;
    const char *pattern;
    char byte;
    size_t most, too_many; /* of it: matches, and does not */
} limit_rows[] = {
    { "a subject has its length's limit", "!$", 'a', PATTERN_SUBJECT_BYTES_MAX - 1,
      PATTERN_SUBJECT_BYTES_MAX },
    { "the steps of a match are limited", "^(a|a)*b|!$", 'a', 10, 20 },
    { "a pattern cannot raise the limit", "(*LIMIT_MATCH=4000000000)^(a|a)*b|!$", 'a',
      10, 20 },
    { "catastrophic backtracking ends", "^(a+)+b|!$", 'a', 10, 1000 },
    { "the depth of backtracking is limited", "^(a|b)*!$", 'a', 300, 2000 },
    { "the depth of recursion is limited", "^(a(?1)|!)$", 'a', 300, 2000 },
};

static void limit_test(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern =
        pattern_compile(&arena, str_from(row->pattern), &err);
    struct pattern_match *match = pattern_match_new(&arena);

    assert_non_null(pattern);
    assert_true(pattern_matches(pattern, match, repeat(&arena, row->byte, row->most)));
    assert_false(pattern_was_limited(match));
    assert_false(
        pattern_matches(pattern, match, repeat(&arena, row->byte, row->too_many)));
    assert_true(pattern_was_limited(match));
    /* and works on */
    assert_true(pattern_matches(pattern, match, repeat(&arena, row->byte, 1)));
    assert_false(pattern_was_limited(match));
    assert_false(pattern_matches(pattern, match, STR_NONE));
    assert_false(pattern_was_limited(match));
    arena_release(&arena);
}

/* Many groups make each step of a match large: what is shallow enough takes too much.
 */
static void the_heap_is_limited(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);
    struct error err = { 0 };
    const struct pattern *few, *many;

    (void)state;
    few = pattern_compile(&arena, STR("^(a|b)*!$"), &err);
    buf_add(&text, STR("^"));
    for (int i = 0; i < 400; i++)
        buf_add(&text, STR("(x)?"));
    buf_add(&text, STR("(a|b)*!$"));
    many = pattern_compile(&arena, buf_str(&text), &err);
    assert_non_null(few);
    assert_non_null(many);
    assert_true(
        pattern_matches(few, pattern_match_new(&arena), repeat(&arena, 'a', 300)));
    assert_true(
        pattern_matches(many, pattern_match_new(&arena), repeat(&arena, 'a', 10)));
    assert_false(
        pattern_matches(many, pattern_match_new(&arena), repeat(&arena, 'a', 300)));
    arena_release(&arena);
}

static void a_pattern_has_its_length_s_limit(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    char text[PATTERN_BYTES_MAX + 1];

    (void)state;
    memset(text, 'a', sizeof text);
    assert_non_null(
        pattern_compile(&arena, (struct str){ text, PATTERN_BYTES_MAX }, &err));
    assert_null(
        pattern_compile(&arena, (struct str){ text, PATTERN_BYTES_MAX + 1 }, &err));
    assert_string_equal(err.message,
                        "a regular expression of 4097 bytes; expected at most 4096");
    arena_release(&arena);
}

static void nul_is_a_byte_as_any(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    const struct pattern *pattern = pattern_compile(&arena, STR("^a\0b$"), &err);

    (void)state;
    assert_non_null(pattern);
    assert_true(pattern_matches(pattern, pattern_match_new(&arena), STR("a\0b")));
    assert_false(pattern_matches(pattern, pattern_match_new(&arena), STR("a")));
    arena_release(&arena);
}

static void a_match_is_for_any_patterns(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct pattern_match *match = pattern_match_new(&arena);
    const struct pattern *few = pattern_compile(&arena, STR("(?<a>.)"), &err);
    const struct pattern *many =
        pattern_compile(&arena, STR("(.)(.)(.)(.)(?<a>.)"), &err);

    (void)state;
    assert_true(pattern_matches(few, match, STR("12345")));
    assert_true(str_equal(pattern_group(match, "a"), STR("1")));
    assert_true(pattern_matches(many, match, STR("12345")));
    assert_true(str_equal(pattern_group(match, "a"), STR("5")));
    assert_true(pattern_matches(few, match, STR("2")));
    assert_true(str_equal(pattern_group(match, "a"), STR("2")));
    assert_false(pattern_matches(many, match, STR("2")));
    assert_null(pattern_group(match, "a").text);
    arena_release(&arena);
}

static void text_is_compiled_once_and_kept_with_the_match(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct pattern_match *match = pattern_match_new(&arena);

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_true(pattern_text_matches(STR("^a"), match, STR("ab")));
        assert_false(pattern_text_matches(STR("^a"), match, STR("ba")));
        assert_true(pattern_text_matches(STR("(?<a>b)"), match, STR("ab")));
        assert_true(str_equal(pattern_group(match, "a"), STR("b")));
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, match_rows, match_test);
    TESTS_ADD_ROWS(&tests, glob_rows, glob_test);
    TESTS_ADD(&tests, no_glob);
    TESTS_ADD(&tests, a_hostile_name_does_not_match);
    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD_ROWS(&tests, group_rows, group_test);
    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    TESTS_ADD(&tests, the_heap_is_limited);
    TESTS_ADD(&tests, a_pattern_has_its_length_s_limit);
    TESTS_ADD(&tests, nul_is_a_byte_as_any);
    TESTS_ADD(&tests, a_match_is_for_any_patterns);
    TESTS_ADD(&tests, text_is_compiled_once_and_kept_with_the_match);
    return tests_run("base_pattern", &tests);
}
