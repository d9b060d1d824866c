/*
 * scanner.h - private to json/: check one JSON value, and find its projected
 * fields.
 *
 *     end = scanner_value(&scanner, at, depth, projection);
 *     if (end == NULL && scanner.needs_more) ... again, with more text
 *     if (end == NULL) ... scanner.damage
 *
 * The text is that of a window: a NUL is behind `end`. It is checked whole, whether it
 * is projected or not, and without recursion. What is kept from value to value is
 * memory, and what makes the next one faster (known.h, gaps.h): never what is found.
 */
#ifndef JSON_SCANNER_H
#define JSON_SCANNER_H

#include "json/gaps.h"
#include "json/projection.h"
#include "json/records.h"

struct scanner_frame {           /* an open array or object */
    uint64_t known[KNOWN_WORDS]; /* a bit for each known key that it has */
    struct table *unknown;       /* its other keys, or NULL */
    uint32_t other_keys; /* without a bit of their own: these, and repeated ones */
    uint8_t place;       /* of gaps behind its values */
    bool is_object;
};

struct scanner {
    struct arena *arena;  /* of what is kept */
    struct arena *texts;  /* of damage_text */
    struct arena scratch; /* of decoded keys, until the next value */
    const char *end;
    bool is_last; /* the source ends there */

    struct scanner_frame frames[JSON_DEPTH_MAX + 1]; /* the first is of the document */
    struct scanner_frame *frame;                     /* the innermost */
    struct known known;
    struct gaps gaps;
    const struct projection *projection;
    const struct scanner_frame *projected; /* the one whose keys may be fields */
    struct gap *last;                      /* that was passed over */

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
/* Before each source: what was learned of others stays while there is room for more. */
void scanner_begin(struct scanner *scanner);

/* Both return where the value ends, or NULL. `depth`: of the arrays and objects that it
 * lies in. `projection`: of its members if it is an object, or NULL. */
const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection);
const char *scanner_string(struct scanner *scanner, const char *at);

/* "expected a value, met 'x'". `at` NULL: met the end. */
const char *scanner_expected(struct arena *arena, const char *expected, const char *at);

#endif
