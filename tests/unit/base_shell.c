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
    TESTS_ADD(&tests, a_shell_reads_it_back);
    return tests_run("base_shell", &tests);
}
