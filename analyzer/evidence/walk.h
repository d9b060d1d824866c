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

/* ---- arrays and objects --------------------------------------------------------- */

/* A key, its colon, and the blanks around that. */
static inline const char *scan_key(struct scanner *scanner, const char *quote,
                                   const char *expected_here)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth - 1];
    struct str key;
    uint32_t hash;
    bool has_escape = false;
    const char *at;

    if (*quote != '"')
        return scanner_unexpected(scanner, quote, expected_here);
    at = scan_string(scanner, quote + 1, &has_escape);
    if (at == NULL)
        return NULL;
    if (keys_count(&scanner->keys, &frame->keys) == OBJECT_KEYS_MAX)
        return scanner_damaged(scanner, DAMAGE_KEYS, quote,
                               arena_printf(scanner->texts,
                                            "an object has more than %d keys",
                                            OBJECT_KEYS_MAX));
    key = has_escape ? build_string(&scanner->scratch, quote)
                     : (struct str){ quote + 1, (size_t)(at - quote) - 2 };
    hash = key_hash(key);
    keys_add(&scanner->keys, &frame->keys, key, hash);
    at = skip_blanks(at);
    if (*at != ':')
        return scanner_unexpected(scanner, at, "':' after a key");
    at = skip_blanks(at + 1);
    if (scanner->depth == scanner->projection_depth) {
        size_t field = projection_find(scanner->projection, key, hash);

        if (field != SIZE_MAX &&
            (scanner->found[field] == NULL || scanner->projection->takes_last))
            scanner->found[field] = at;
    }
    return at;
}

static inline void close_frame(struct scanner *scanner)
{
    struct scanner_frame *frame = &scanner->frames[--scanner->depth];

    if (frame->is_object && keys_close(&scanner->keys, &frame->keys))
        scanner->has_duplicate = true;
}

static inline const char *too_deep(struct scanner *scanner, const char *at)
{
    return scanner_damaged(
        scanner, DAMAGE_DEPTH, at,
        arena_printf(scanner->texts,
                     "more than %d arrays and objects lie in each other",
                     JSON_DEPTH_MAX));
}

/* `is_whole`: whether it is empty and ends where this returns; else the first value in
 * it starts there. */
static inline const char *open_frame(struct scanner *scanner, const char *at,
                                     bool *is_whole)
{
    struct scanner_frame *frame = &scanner->frames[scanner->depth];
    const bool is_object = *at == '{';

    if (scanner->depth == JSON_DEPTH_MAX)
        return too_deep(scanner, at);
    scanner->depth++;
    frame->is_object = is_object;
    if (is_object)
        keys_open(&scanner->keys, &frame->keys);
    at = skip_blanks(at + 1);
    *is_whole = *at == (is_object ? '}' : ']');
    if (*is_whole) {
        scanner->depth--;
        return at + 1;
    }
    if (is_object)
        return scan_key(scanner, at, "a key or '}' after '{'");
    return at;
}

/* A number, a word or a string whole, or the opening of an array or an object. */
static inline const char *scan_start(struct scanner *scanner, const char *at,
                                     bool *is_whole)
{
    bool has_escape = false;

    *is_whole = true;
    switch (*at) {
    case '"':
        return scan_string(scanner, at + 1, &has_escape);
    case '{':
    case '[':
        return open_frame(scanner, at, is_whole);
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

/* What follows a value in an array or an object: its end (then that is a whole value
 * too), or a comma and all that is before the next value. */
static inline const char *scan_end(struct scanner *scanner, const char *at,
                                   bool *is_whole)
{
    const bool is_object = scanner->frames[scanner->depth - 1].is_object;

    at = skip_blanks(at);
    if (*at == ',') {
        *is_whole = false;
        at = skip_blanks(at + 1);
        return is_object ? scan_key(scanner, at, "a key after ','") : at;
    }
    if (*at != (is_object ? '}' : ']'))
        return scanner_unexpected(scanner, at,
                                  is_object ? "',' or '}' after an object's member"
                                            : "',' or ']' after an array's element");
    close_frame(scanner);
    return at + 1;
}

/* ---- the walk ------------------------------------------------------------------- */

static inline const char *walk_value(struct scanner *scanner, const char *at)
{
    const size_t depth = scanner->depth;
    bool is_whole = false;

    while (!is_whole && at != NULL) {
        at = scan_start(scanner, at, &is_whole);
        while (is_whole && at != NULL && scanner->depth > depth)
            at = scan_end(scanner, at, &is_whole);
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
