/*
 * walk.h - private to evidence/: the way of a scanner through one value.
 *
 * A template: each file that includes it first says what instructions SKIP_SIMD it is
 * made of, and has one function, the walk.
 */
#ifndef EVIDENCE_WALK_H
#define EVIDENCE_WALK_H

#include "evidence/build.h"
#include "evidence/scanner.h"
#include "evidence/skip.h"

/* ---- strings -------------------------------------------------------------------- */

/* `at` is behind the opening quote. */
static inline const char *scan_string(struct scanner *scanner, const char *at,
                                      bool *has_escape)
{
    while (*(at = skip_plain(at)) != '"') {
        if (*at == '\\') {
            *has_escape = true;
            at = scanner_escape(scanner, at);
        } else if ((unsigned char)*at >= 0x80) {
            at = scanner_character(scanner, at);
        } else if (at == scanner->end) {
            return scanner_ends_inside(scanner, "a string");
        } else {
            return scanner_expected_but(scanner, at, DAMAGE_CONTROL,
                                        "no control character in a string");
        }
        if (at == NULL)
            return NULL;
    }
    return at + 1;
}

/* ---- numbers and words ---------------------------------------------------------- */

static inline const char *scan_digits(struct scanner *scanner, const char *at,
                                      const char *expected_here)
{
    if (!is_digit(*at))
        return scanner_unexpected(scanner, at, expected_here);
    while (is_digit(*at))
        at++;
    return at;
}

static inline const char *scan_number(struct scanner *scanner, const char *at)
{
    if (*at == '-')
        at++;
    if (*at == '0' && is_digit(at[1]))
        return scanner_unexpected(scanner, at + 1, "no digit after a leading 0");
    at = scan_digits(scanner, at, "a digit after '-'");
    if (at != NULL && *at == '.')
        at = scan_digits(scanner, at + 1, "a digit after '.'");
    if (at != NULL && (*at == 'e' || *at == 'E')) {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        at = scan_digits(scanner, at, "a digit in an exponent");
    }
    if (at == scanner->end && !scanner->is_last)
        return scanner_ends_inside(scanner, "a number");
    return at;
}

static inline const char *scan_word(struct scanner *scanner, const char *at)
{
    const char *quoted = *at == 't' ? "'true'" : *at == 'f' ? "'false'" : "'null'";

    for (const char *letter = quoted + 1; *letter != '\''; letter++, at++) {
        if (*at == *letter)
            continue;
        if (at == scanner->end)
            return scanner_ends_inside(scanner, quoted);
        return scanner_unexpected(scanner, at, quoted);
    }
    return at;
}

/* ---- keys ----------------------------------------------------------------------- */

/* A key is in the object; its value starts at `at`. */
static inline void add_known(struct scanner *scanner, struct known_key *key,
                             const char *at)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth - 1];
    uint64_t *word = &frame->known[key->word];
    size_t field;

    if ((*word & key->bit) != 0)
        scanner->has_duplicate = true;
    *word |= key->bit;
    frame->key_count++;
    if (scanner->depth != scanner->projection_depth)
        return;
    field = known_field(key, scanner->projection);
    if (field != SIZE_MAX &&
        (scanner->found[field] == NULL || scanner->projection->takes_last))
        scanner->found[field] = at;
}

static inline void add_unknown(struct scanner *scanner, struct str key, uint32_t hash,
                               const char *at)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth - 1];
    size_t field;

    if (frame->unknown == NULL) {
        frame->unknown = arena_new(&scanner->scratch, struct key_set);
        keys_open(&scanner->keys, frame->unknown);
    }
    keys_add(&scanner->keys, frame->unknown, key, hash);
    frame->key_count++;
    if (scanner->depth != scanner->projection_depth)
        return;
    field = projection_find(scanner->projection, key, hash);
    if (field != SIZE_MAX &&
        (scanner->found[field] == NULL || scanner->projection->takes_last))
        scanner->found[field] = at;
}

/* A key, its colon, and the blanks around that. `learned`: the key, or NULL if what was
 * passed over is not to be learned. */
static inline const char *scan_key(struct scanner *scanner, const char *quote,
                                   const char *expected_here,
                                   struct known_key **learned)
{
    struct str text;
    uint32_t hash;
    struct known_key *key;
    bool has_escape = false;
    const char *at;

    *learned = NULL;
    if (*quote != '"')
        return scanner_unexpected(scanner, quote, expected_here);
    at = scan_string(scanner, quote + 1, &has_escape);
    if (at == NULL)
        return NULL;
    if (scanner->frames[scanner->depth - 1].key_count == OBJECT_KEYS_MAX)
        return scanner_damaged(scanner, DAMAGE_KEYS, quote,
                               arena_printf(scanner->texts,
                                            "an object has more than %d keys",
                                            OBJECT_KEYS_MAX));
    text = has_escape ? build_string(&scanner->scratch, quote)
                      : (struct str){ quote + 1, (size_t)(at - quote) - 2 };
    at = skip_blanks(at);
    if (*at != ':')
        return scanner_unexpected(scanner, at, "':' after a key");
    at = skip_blanks(at + 1);
    hash = key_hash(text);
    key = known_find(&scanner->known, text, hash);
    if (key != NULL)
        add_known(scanner, key, at);
    else
        add_unknown(scanner, text, hash, at);
    if (!has_escape)
        *learned = key;
    return at;
}

/* ---- arrays and objects, as they are met the first time ------------------------- */

static inline const char *too_deep(struct scanner *scanner, const char *at)
{
    return scanner_damaged(scanner, DAMAGE_DEPTH, at,
                           arena_printf(scanner->texts,
                                        "more than %d arrays and objects lie in each "
                                        "other",
                                        JSON_DEPTH_MAX));
}

static inline void open_frame(struct scanner *scanner, bool is_object)
{
    scanner->frames[scanner->depth++] =
        (struct scanner_frame){ .is_object = is_object };
}

static inline void close_frame(struct scanner *scanner)
{
    struct scanner_frame *frame = &scanner->frames[--scanner->depth];

    if (frame->unknown != NULL && keys_close(&scanner->keys, frame->unknown))
        scanner->has_duplicate = true;
}

/* What was passed over from `from` to `to` and found right: the gap, learned if it can
 * be. */
static inline struct gap *learn(struct scanner *scanner, struct gap *last,
                                const struct gap *found, const char *from,
                                const char *to)
{
    if (to == NULL)
        return last;
    return shape_learn(&scanner->shape, last, found,
                       (struct str){ from, (size_t)(to - from) });
}

/* An opening. `is_whole`: whether it is empty and ends where this returns; else the
 * first value in it starts there. */
static inline const char *scan_opening(struct scanner *scanner, const char *from,
                                       struct gap **last, bool *is_whole)
{
    struct gap found = { .place = GAP_OPENING, .is_object = *from == '{' };
    const char *at = skip_blanks(from + 1);

    if (scanner->depth == JSON_DEPTH_MAX)
        return too_deep(scanner, from);
    *is_whole = *at == (found.is_object ? '}' : ']');
    if (*is_whole)
        return at + 1;
    open_frame(scanner, found.is_object);
    if (found.is_object) {
        at = scan_key(scanner, at, "a key or '}' after '{'", &found.key);
        if (found.key == NULL) {
            *last = shape_unlearned(&scanner->shape);
            return at;
        }
    }
    *last = learn(scanner, *last, &found, from, at);
    return at;
}

/* What follows a value in an array or an object: its end (then that is a whole value
 * too), or a comma and all that is before the next value. */
static inline const char *scan_end(struct scanner *scanner, const char *from,
                                   struct gap **last, bool *is_whole)
{
    const bool is_object = scanner->frames[scanner->depth - 1].is_object;
    struct gap found = { .place = is_object ? GAP_IN_OBJECT : GAP_IN_ARRAY };
    const char *at = skip_blanks(from);

    if (*at == ',') {
        *is_whole = false;
        at = skip_blanks(at + 1);
        if (is_object) {
            at = scan_key(scanner, at, "a key after ','", &found.key);
            if (found.key == NULL) {
                *last = shape_unlearned(&scanner->shape);
                return at;
            }
        }
    } else if (*at == (is_object ? '}' : ']')) {
        close_frame(scanner);
        found.closes = true;
        at++;
    } else {
        return scanner_unexpected(scanner, at,
                                  is_object ? "',' or '}' after an object's member"
                                            : "',' or ']' after an array's element");
    }
    *last = learn(scanner, *last, &found, from, at);
    return at;
}

/* ---- arrays and objects, as they were met before -------------------------------- */

static inline bool is_gap_at(const struct gap *gap, const char *at)
{
#if SKIP_SIMD >= 1
    const __m128i *left = (const __m128i *)gap->bytes, *right = (const __m128i *)at;
    uint64_t equal = 0;

    for (int i = 0; i < GAP_BYTES_MAX / 16; i++) {
        __m128i is_equal =
            _mm_cmpeq_epi8(_mm_loadu_si128(left + i), _mm_loadu_si128(right + i));

        equal |= (uint64_t)(unsigned)_mm_movemask_epi8(is_equal) << 16 * i;
    }
    return (gap->mask & ~equal) == 0;
#else
    return memcmp(gap->bytes, at, gap->len) == 0;
#endif
}

/* The gap that is there, of those that may follow; or NULL. */
static inline struct gap *follow(const struct gap *last, const char *at, unsigned place)
{
    struct gap *gap = last->next;

    if (gap->place == place && is_gap_at(gap, at))
        return gap;
    gap = last->other;
    return gap->place == place && is_gap_at(gap, at) ? gap : NULL;
}

/* To the value behind the gap, which may have more blanks before it. */
static inline const char *pass_gap(struct scanner *scanner, const struct gap *gap,
                                   const char *at)
{
    at = skip_blanks(at + gap->len);
    if (gap->key != NULL)
        add_known(scanner, gap->key, at);
    return at;
}

static inline const char *walk_opening(struct scanner *scanner, const char *at,
                                       struct gap **last, bool *is_whole)
{
    struct gap *gap;

    *is_whole = false;
    if (scanner->depth == JSON_DEPTH_MAX)
        return too_deep(scanner, at);
    if (at[1] == at[0] + 2) { /* "[]", "{}" */
        *is_whole = true;
        return at + 2;
    }
    gap = follow(*last, at, GAP_OPENING);
    if (gap == NULL)
        return scan_opening(scanner, at, last, is_whole);
    *last = gap;
    open_frame(scanner, gap->is_object);
    at = pass_gap(scanner, gap, at);
    /* Not so the first time, but now: an empty array with blanks in it. */
    if (*at == ']' && !gap->is_object) {
        close_frame(scanner);
        *is_whole = true;
        return at + 1;
    }
    return at;
}

/* What follows a value: see scan_end(). */
static inline const char *walk_end(struct scanner *scanner, const char *at,
                                   struct gap **last, bool *is_whole)
{
    const struct scanner_frame *frame = &scanner->frames[scanner->depth - 1];
    struct gap *gap =
        follow(*last, at, frame->is_object ? GAP_IN_OBJECT : GAP_IN_ARRAY);

    if (gap == NULL || frame->key_count == OBJECT_KEYS_MAX)
        return scan_end(scanner, at, last, is_whole);
    *last = gap;
    if (gap->closes) {
        close_frame(scanner);
        return at + gap->len;
    }
    *is_whole = false;
    return pass_gap(scanner, gap, at);
}

/* ---- the walk ------------------------------------------------------------------- */

/* A number, a word or a string whole, or the opening of an array or an object. */
static inline const char *walk_start(struct scanner *scanner, const char *at,
                                     struct gap **last, bool *is_whole)
{
    bool has_escape = false;

    *is_whole = true;
    switch (*at) {
    case '"':
        return scan_string(scanner, at + 1, &has_escape);
    case '{':
    case '[':
        return walk_opening(scanner, at, last, is_whole);
    case 't':
    case 'f':
    case 'n':
        return scan_word(scanner, at);
    default:
        if (*at == '-' || is_digit(*at))
            return scan_number(scanner, at);
        return scanner_unexpected(scanner, at, "a value");
    }
}

static inline const char *walk_value(struct scanner *scanner, const char *at)
{
    const size_t depth = scanner->depth;
    struct gap *last = shape_start(&scanner->shape);
    bool is_whole = false;

    while (!is_whole && at != NULL) {
        at = walk_start(scanner, at, &last, &is_whole);
        while (is_whole && at != NULL && scanner->depth > depth)
            at = walk_end(scanner, at, &last, &is_whole);
    }
    return at;
}

/* `at`: behind the opening quote. */
static inline const char *walk_string(struct scanner *scanner, const char *at)
{
    bool has_escape = false;

    return scan_string(scanner, at, &has_escape);
}

#endif
