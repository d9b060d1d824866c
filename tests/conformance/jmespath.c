/* The official JMESPath compliance suite, as published: each case a test, of its result
 * or of the kind of its error. There are no known gaps. */

#include "rows.h"

#include "jmespath_projected.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct suite_case {
    json_t *given;
    struct str expression;
    json_t *result;    /* NULL: the case wants an error, or only to be run */
    const char *error; /* its kind; NULL: none */
};

static void suite_test(void **state)
{
    const struct suite_case *wanted = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(&arena);
    const struct jmespath *expression =
        jmespath_compile(&arena, wanted->expression, &err);
    json_t *result = NULL;

    if (expression != NULL)
        result =
            jmespath_run(expression, wanted->given, jmespath_context_new(&arena), &err);
    if (wanted->error != NULL) {
        assert_null(result);
        assert_string_not_equal(err.message, "");
        assert_string_equal(jmespath_error_kind_name(jmespath_error_kind(&err)),
                            wanted->error);
        arena_release(&arena);
        return;
    }
    assert_string_equal(err.message, "");
    assert_non_null(result);
    assert_null(projected_differs(&arena, expression, wanted->given));
    if (wanted->result != NULL && !jmespath_equal(result, wanted->result)) {
        buf_add(&buf, STR("got "));
        jmespath_print(result, 0, &buf);
        buf_add(&buf, STR(", expected "));
        jmespath_print(wanted->result, 0, &buf);
        fail_msg("%s", buf_str(&buf).text);
    }
    arena_release(&arena);
}

static void release_value(void *object)
{
    json_decref(object);
}

/* On one line, as TAP wants it. */
static const char *test_name(struct arena *arena, const char *file,
                             struct str expression)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%s: ", file);
    for (size_t i = 0; i < expression.len; i++)
        if (expression.text[i] == '\n')
            buf_add(&buf, STR("\\n"));
        else
            buf_add_byte(&buf, expression.text[i]);
    return buf_str(&buf).text;
}

static void add_case(struct tests *tests, const char *file, json_t *given, json_t *item)
{
    struct suite_case *row = arena_new(&tests->arena, struct suite_case);
    json_t *expression = json_object_get(item, "expression");

    row->given = given;
    row->expression.text = json_string_value(expression);
    row->expression.len = json_string_length(expression);
    row->result = json_object_get(item, "result");
    row->error = json_string_value(json_object_get(item, "error"));
    if (row->result == NULL && row->error == NULL &&
        json_object_get(item, "bench") == NULL) {
        fprintf(stderr, "%s: a case of no known kind: %s\n", file,
                row->expression.text);
        exit(1);
    }
    tests_add(tests, test_name(&tests->arena, file, row->expression), suite_test, row);
}

static void add_file(struct tests *tests, const char *folder, const char *file)
{
    const char *path = arena_printf(&tests->arena, "%s/%s", folder, file);
    json_error_t why;
    json_t *groups = json_load_file(path, JSON_ALLOW_NUL, &why), *group, *item;
    size_t i, j;

    if (groups == NULL) {
        fprintf(stderr, "%s: %s\n", path, why.text);
        exit(1);
    }
    arena_on_release(&tests->arena, release_value, groups);
    json_array_foreach(groups, i, group)
    {
        json_array_foreach(json_object_get(group, "cases"), j, item)
        {
            add_case(tests, file, json_object_get(group, "given"), item);
        }
    }
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

static void add_folder(struct tests *tests, const char *path, DIR *folder)
{
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL) {
        if (!str_ends_with(str_from(entry->d_name), STR(".json")))
            continue;
        names = arena_grow(&tests->arena, names, count, &capacity, sizeof *names);
        names[count++] =
            arena_copy(&tests->arena, entry->d_name, strlen(entry->d_name));
    }
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++)
        add_file(tests, path, names[i]);
}

int main(void)
{
    struct tests tests = { 0 };
    const char *shared = getenv("SHARED"), *path;
    DIR *folder;
    int status;

    path = arena_printf(&tests.arena, "%s/conformance/jmespath",
                        shared != NULL ? shared : "");
    folder = shared != NULL ? opendir(path) : NULL;
    if (folder != NULL) {
        add_folder(&tests, path, folder);
        closedir(folder);
    }
    if (tests.count == 0) {
        puts("1..1\nok 1 # SKIP the JMESPath compliance suite is not at "
             "$SHARED/conformance/jmespath");
        arena_release(&tests.arena);
        return 0;
    }
    status = tests_run("jmespath", &tests);
    arena_release(&tests.arena);
    return status;
}
