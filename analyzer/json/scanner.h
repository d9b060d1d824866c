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
 * memory, and what makes the next one faster (known.h, shape.h): never what is found.
 */
#ifndef JSON_SCANNER_H
#define JSON_SCANNER_H

#include "json/projection.h"
#include "json/records.h"
#include "json/shape.h"
#include "json/simd.h"

struct scanner;

/* The ways through a value and a string, `at` behind its opening quote: where it ends,
 * or NULL; and how many line ends a text has. Each is made of other instructions
 * (walk.h). */
struct walk {
    const char *(*value)(struct scanner *scanner, const char *at);
    const char *(*string)(struct scanner *scanner, const char *at);
    size_t (*line_ends)(const char *from, const char *to);
};

extern const struct walk walk_plain, walk_sse2, walk_avx2;

struct scanner_frame {           /* an open array or object */
    uint64_t known[KNOWN_WORDS]; /* a bit for each known key that it has */
    struct key_set *unknown;     /* its other keys, or NULL */
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
    const struct walk *walk;

    struct scanner_frame frames[JSON_DEPTH_MAX + 1]; /* the first is of the document */
    struct scanner_frame *frame;                     /* the innermost */
    struct keys keys;
    struct known known;
    struct shape shape;
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
void scanner_use(struct scanner *scanner, enum simd simd);
/* Before each source: what was learned of others stays while there is room for more. */
void scanner_begin(struct scanner *scanner);

/* Both return where the value ends, or NULL. `depth`: of the arrays and objects that it
 * lies in. `projection`: of its members if it is an object, or NULL. */
const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection);
const char *scanner_string(struct scanner *scanner, const char *at);

/* "expected a value, met 'x'". `at` NULL: met the end. */
const char *scanner_expected(struct arena *arena, const char *expected, const char *at);

/* ---- for walks ------------------------------------------------------------------ */

/* An escape, `at` its backslash; a character that is no ASCII. Where it ends, or NULL.
 */
const char *scanner_escape(struct scanner *scanner, const char *at);
const char *scanner_character(struct scanner *scanner, const char *at);

/* All of these return NULL, for "nothing more to scan". */
const char *scanner_damaged(struct scanner *scanner, enum damage damage, const char *at,
                            const char *text);
const char *scanner_ends_inside(struct scanner *scanner, const char *what);
const char *scanner_expected_but(struct scanner *scanner, const char *at,
                                 enum damage damage, const char *expected);
const char *scanner_unexpected(struct scanner *scanner, const char *at,
                               const char *expected_here);

#endif
