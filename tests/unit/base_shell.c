#include "rows.h"

#include "base/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct word_row {
    const char *name;
    const char *word, *expected;
} rows[] = {
    { "letters, digits and what no shell minds", "arn:aws:rds:us-east-1:1_2@a+b=./c",
      "arn:aws:rds:us-east-1:1_2@a+b=./c" },
    { "nothing is a word, too", "", "''" },
    { "a blank", "a b", "'a b'" },
    { "a quote", "it's", "'it'\\''s'" },
    { "nothing but quotes", "''", "''\\'''\\'''" },
    { "a command in backquotes", "`id`", "'`id`'" },
    { "a command in dollars and brackets", "$(id)", "'$(id)'" },
    { "a line end", "a\nid", "'a\nid'" },
    { "what globs, comments, homes and lists are made of", "*?[a]#~;&|<>(){}!\"\\",
      "'*?[a]#~;&|<>(){}!\"\\'" },
    { "bytes above 127", "\xC3\xA9", "'\xC3\xA9'" },
};

static void word_test(void **state)
{
    const struct word_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    shell_add_word(&buf, str_from(row->word));
    assert_string_equal(buf_str(&buf).text, row->expected);
    arena_release(&arena);
}

/* With others around it. */
static void next_word_test(void **state)
{
    const struct word_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    struct str rest, word;

    shell_add_word(&buf, STR("aws"));
    buf_add_byte(&buf, ' ');
    shell_add_word(&buf, str_from(row->word));
    rest = buf_str(&buf);
    assert_true(shell_next_word(&arena, &rest, &word));
    assert_string_equal(word.text, "aws");
    assert_true(shell_next_word(&arena, &rest, &word));
    assert_string_equal(word.text, row->word);
    assert_null(rest.text);
    arena_release(&arena);
}

static void what_is_more_than_words(void **state)
{
    static const char *const texts[] = { "",     " a",   "'a",  "a;b", "$a",    "`a`",
                                         "a\nb", "a\\b", "a\\", "a*",  "\"a\"", "~" };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct str rest = str_from(texts[i]), word;

        if (shell_next_word(&arena, &rest, &word))
            fail_msg("%s: read as %s", texts[i], word.text);
    }
    arena_release(&arena);
}

/* What a shell says that the word is. */
static void a_shell_reads_it_back(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct buf command = BUF_EMPTY(&arena);
        char read_back[64] = "";
        FILE *pipe;

        buf_add(&command, STR("printf %s "));
        shell_add_word(&command, str_from(rows[i].word));
        pipe = popen(buf_str(&command).text, "r"); /* NOLINT(cert-env33-c): its use */
        assert_non_null(pipe);
        read_back[fread(read_back, 1, sizeof read_back - 1, pipe)] = '\0';
        assert_int_equal(pclose(pipe), 0);
        assert_string_equal(read_back, rows[i].word);
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, word_test);
    TESTS_ADD_ROWS(&tests, rows, next_word_test);
    TESTS_ADD(&tests, what_is_more_than_words);
    TESTS_ADD(&tests, a_shell_reads_it_back);
    return tests_run("base_shell", &tests);
}
