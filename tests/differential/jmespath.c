/*
 * jmespath - runs many expressions in one process, for run.py.
 *
 * Each line of standard input is JSON: [document], which all expressions from here on
 * see, or "expression". For each expression a line is printed:
 *
 *     = JSON              its result
 *     ! KIND: why         an error of the run
 *     !! KIND: why        an error of the compilation
 *     ? why               something that must hold for every expression does not
 */
#include "jmespath_projected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *check(struct arena *arena, const struct jmespath *expression,
                         json_t *value, const char *outcome)
{
    const struct jmespath_node *root = jmespath_root(expression);
    const char *differs = projected_differs(arena, expression, value);

    if (differs != NULL)
        return differs;
    if (jmespath_is_boolean(root) && outcome[0] == '=' &&
        strcmp(outcome, "= true") != 0 && strcmp(outcome, "= false") != 0 &&
        strcmp(outcome, "= null") != 0)
        return "it is boolean by its form, but not by its result";
    return NULL;
}

static void run_line(struct arena *arena, struct str text, json_t *document)
{
    struct error err = { 0 };
    const struct jmespath *expression = jmespath_compile(arena, text, &err);
    const char *outcome, *wrong;

    if (expression == NULL) {
        printf("!%s\n", outcome_text(arena, NULL, &err));
        return;
    }
    outcome = run_text(arena, expression, document);
    wrong = check(arena, expression, document, outcome);
    if (wrong != NULL)
        printf("? %s\n", wrong);
    else
        puts(outcome);
}

int main(void)
{
    json_t *document = NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;

    while ((len = getline(&line, &capacity, stdin)) > 0) {
        struct arena arena = ARENA_EMPTY;
        json_error_t why;
        json_t *read =
            json_loadb(line, (size_t)len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);

        if (read == NULL) {
            fprintf(stderr, "%s: %s\n", why.text, line);
            return 1;
        }
        if (json_is_array(read)) {
            json_decref(document);
            document = json_incref(json_array_get(read, 0));
        } else {
            struct str text = { json_string_value(read), json_string_length(read) };

            run_line(&arena, text, document);
        }
        json_decref(read);
        arena_release(&arena);
    }
    json_decref(document);
    free(line);
    return 0;
}
