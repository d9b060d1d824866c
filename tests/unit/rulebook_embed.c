#include "rows.h"

#include "base/file.h"
#include "rulebook/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The tests run from the top of the project, where the Makefile is. */
#define SCRIPT "analyzer/rulebook/embed.awk"

static void each_embedded_file_is_the_file_in_rules(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_true(embedded_file_count >= 2);
    for (size_t i = 0; i < embedded_file_count; i++) {
        struct error err = { 0 };
        struct str text;

        assert_true(
            file_read(&arena, embedded_files[i].path, 1024 * 1024, &text, &err));
        assert_int_equal(embedded_files[i].len, text.len);
        assert_string_equal(embedded_files[i].text, text.text);
    }
    arena_release(&arena);
}

static void bytes_that_mean_something_in_c_are_escaped(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    char path[] = "/tmp/invaudit-embed-XXXXXX";
    int file = mkstemp(path);
    FILE *printed;
    char line[256];

    (void)state;
    assert_true(file >= 0);
    assert_int_equal(dprintf(file, "\"a\\n\"\t?\?=\xC3\xA9"
                                   "1\r\n\nend"),
                     18);
    close(file);
    printed = popen(arena_printf(&arena, "LC_ALL=C awk -f " SCRIPT " %s", path), "r");
    assert_non_null(printed);
    while (fgets(line, sizeof line, printed) != NULL)
        buf_add(&buf, str_from(line));
    assert_int_equal(pclose(printed), 0);
    assert_int_equal(remove(path), 0);
    assert_string_equal(
        buf_str(&buf).text,
        arena_printf(&arena,
                     "/* Made by rulebook/embed.awk. */\n"
                     "#include \"rulebook/embedded.h\"\n\n"
                     "static const char text_0[] =\n"
                     "    \"\"\n"
                     "    \"\\\"a\\\\n\\\"\\t\\?\\?=\\303\\2511\\015\\n\"\n"
                     "    \"\\n\"\n"
                     "    \"end\\n\"\n"
                     "    ;\n\n"
                     "const struct embedded_file embedded_files[] = {\n"
                     "    { \"%s\", text_0, sizeof text_0 - 1 },\n"
                     "};\n\n"
                     "const size_t embedded_file_count =\n"
                     "    sizeof embedded_files / sizeof embedded_files[0];\n",
                     path));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, each_embedded_file_is_the_file_in_rules);
    TESTS_ADD(&tests, bytes_that_mean_something_in_c_are_escaped);
    return tests_run("rulebook_embed", &tests);
}
