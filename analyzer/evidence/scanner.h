/*
 * scanner.h - private to evidence/: check one JSON value, and find its projected
 * fields.
 *
 *     end = scanner_value(&scanner, at, depth, projection);
 *     if (end == NULL && scanner.needs_more) ... again, with more text
 *     if (end == NULL) ... scanner.damage
 *
 * The text is that of a window: a NUL is behind `end`. It is checked whole, whether it
 * is projected or not, and without recursion. Nothing is kept from value to value but
 * memory.
 */
#ifndef EVIDENCE_SCANNER_H
#define EVIDENCE_SCANNER_H

#include "evidence/projection.h"
#include "evidence/records.h"

struct scanner_frame { /* an open array or object */
    bool is_object;
    struct key_set keys;
};

struct scanner {
    struct arena *arena;  /* of what is kept */
    struct arena *texts;  /* of damage_text */
    struct arena scratch; /* of decoded keys, until the next value */
    const char *end;
    bool is_last; /* the source ends there */

    struct scanner_frame frames[JSON_DEPTH_MAX];
    size_t depth;
    struct keys keys;
    const struct projection *projection;
    size_t projection_depth; /* of the keys that may be fields */

    /* of a value: */
    const char **found; /* where each projected field's value starts, or NULL */
    size_t found_capacity;
    bool has_duplicate;

    /* of none: */
    bool needs_more;
    enum damage damage;
    const char *damage_at, *damage_text;
};

void scanner_init(struct scanner *scanner, struct arena *arena, struct arena *texts);
void scanner_release(struct scanner *scanner);

/* Both return where the value ends, or NULL. `depth`: of the arrays and objects that it
 * lies in. `projection`: of its members if it is an object, or NULL. */
const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection);
const char *scanner_string(struct scanner *scanner, const char *at);

/* "expected a value, met 'x'". `at` NULL: met the end. */
const char *scanner_expected(struct arena *arena, const char *expected, const char *at);

#endif
