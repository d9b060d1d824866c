/*
 * jmespath_projected.h - whether the fields that an expression is said to read are all.
 *
 *     assert_null(projected_differs(&arena, expression, value));
 *
 * The value with those fields alone must give what the whole value gives: the same
 * result, or an error of the same kind.
 */
#ifndef TESTS_UNIT_JMESPATH_PROJECTED_H
#define TESTS_UNIT_JMESPATH_PROJECTED_H

#include "jmespath/jmespath.h"

/* On one line, "= JSON" or "! KIND: why". */
static inline const char *outcome_text(struct arena *arena, const json_t *result,
                                       const struct error *err)
{
    struct buf buf = BUF_EMPTY(arena);

    if (result == NULL) {
        buf_printf(&buf, "! %s: %s", jmespath_error_kind_name(jmespath_error_kind(err)),
                   err->message);
    } else {
        buf_add(&buf, STR("= "));
        jmespath_print(result, 0, &buf);
    }
    return buf_str(&buf).text;
}

static inline const char *run_text(struct arena *arena,
                                   const struct jmespath *expression, json_t *value)
{
    struct error err = { 0 };
    json_t *result = jmespath_run(expression, value, jmespath_context_new(arena), &err);

    return outcome_text(arena, result, &err);
}

static inline void projected_release(void *object)
{
    json_decref(object);
}

/* In the value's own order; what is no object is itself. */
static inline json_t *projected(struct arena *arena,
                                const struct jmespath_fields *fields, json_t *value)
{
    json_t *made;

    if (fields->whole || !json_is_object(value))
        return value;
    made = json_object();
    arena_on_release(arena, projected_release, made);
    for (void *at = json_object_iter(value); at != NULL;
         at = json_object_iter_next(value, at)) {
        struct str key = { json_object_iter_key(at), json_object_iter_key_len(at) };

        for (size_t i = 0; i < fields->count; i++)
            if (str_equal(fields->names[i], key))
                json_object_setn(made, key.text, key.len, json_object_iter_value(at));
    }
    return made;
}

/* NULL: it does not differ; else both outcomes. */
static inline const char *
projected_differs(struct arena *arena, const struct jmespath *expression, json_t *value)
{
    struct jmespath_fields fields;
    const char *whole, *part;

    jmespath_fields(arena, jmespath_root(expression), &fields);
    whole = run_text(arena, expression, value);
    part = run_text(arena, expression, projected(arena, &fields, value));
    if (str_equal(str_from(whole), str_from(part)))
        return NULL;
    return arena_printf(
        arena, "the fields read are not all: %s of them, %s of the whole", part, whole);
}

#endif
