#include "rows.h"

#include "base/error.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void why_is_said_once_and_where_is_added(void **state)
{
    struct error err = { 0 };

    (void)state;
    assert_false(error_set(&err, "unknown severity '%s'", "hgih"));
    assert_false(error_at(&err, "rules/a.yaml", 12));
    assert_false(error_at(&err, "rules", 0));
    assert_string_equal(err.message, "unknown severity 'hgih'");
    assert_string_equal(err.path, "rules/a.yaml");
    assert_int_equal(err.line, 12);
    assert_int_equal(err.column, 0);
}

static void long_text_is_cut(void **state)
{
    struct error err = { 0 };
    char text[3 * ERROR_BYTES_MAX];

    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_false(error_set(&err, "%s", text));
    assert_false(error_at(&err, text, 1));
    assert_int_equal(strlen(err.message), ERROR_BYTES_MAX - 1);
    assert_int_equal(strlen(err.path), ERROR_BYTES_MAX - 1);
}

static const struct bug_row {
    const char *name;
    const char *first, *second;
} bug_rows[] = {
    { "to say why twice is a bug", "one", "two" },
    { "to say nothing is a bug", "", NULL },
};

static void bug_test(void **state)
{
    const struct bug_row *row = *state;
    pid_t child = fork();
    int status;

    if (child == 0) {
        struct rlimit none = { 0, 0 };
        struct error err = { 0 };

        setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        error_set(&err, "%s", row->first);
        if (row->second != NULL)
            error_set(&err, "%s", row->second);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, why_is_said_once_and_where_is_added);
    TESTS_ADD(&tests, long_text_is_cut);
    TESTS_ADD_ROWS(&tests, bug_rows, bug_test);
    return tests_run("base_error", &tests);
}
