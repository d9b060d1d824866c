/*
 * scanner.h - private to json/: check one JSON value, and find where the fields that
 * are read start in it.
 *
 *     end = scanner_value(&scanner, at, depth, projection);
 *     if (end != NULL)                   ... scanner.found[i]: where field i starts,
 *                                            scanner.ends[i]: and ends
 *     else if (scanner.needs_more)       ... again from `at`, with more text
 *     else                               ... scanner.damage, damage_at, damage_text
 *
 * How: one loop goes from value to gap to value, without recursion; what is open lies
 * on a stack of frames.
 *
 *     walk_value        until the value is whole
 *         walk_start    a string, a number or a word; or it opens an array or object
 *         walk_end      what follows: a gap that was met before (gaps.h) ...
 *             scan_gap  ... or a new one, byte by byte: blanks, a comma, a key, a colon
 *
 * Keys are told apart by a bit in their object's frame, if the scanner knows them
 * (known.h), else by a table: so a key that is there twice is noticed at every depth.
 *
 * The text is that of a window: a NUL is behind `end`. All of it is checked, read or
 * not. What is kept from value to value makes the next one faster; it never changes
 * what is found.
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
    struct known_keys known;
    struct gaps gaps;
    const struct projection *projection;
    const struct scanner_frame *projected; /* the one whose keys may be fields */
    struct gap *last;                      /* that was passed over */

    /* of a value: */
    const char **found; /* where each projected field's value starts, or NULL */
    const char **ends;  /* of those: where it ends */
    size_t found_capacity;
    const char **value_end; /* of the field at hand, in `ends`; or of no field */
    const char *no_end;
    size_t line_ends; /* all that it has: they stand in gaps alone */
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

/* "expected a value, met 'x'", which begins the text; none: met the end. */
const char *scanner_expected(struct arena *arena, const char *expected,
                             struct str text);
/* How many bytes of the text that is to tell, if the source has as many. */
size_t scanner_met_bytes(struct str text);

#endif
