/*
 * pattern.h - regular expressions. The only door to PCRE2.
 *
 *     const struct pattern *pattern = pattern_compile(&arena, text, &err);
 *     struct pattern_match *match = pattern_match_new(&arena);
 *     if (pattern_matches(pattern, match, subject)) ...
 *
 * Patterns are UTF-8 and unanchored; a subject that is absent does not match. A byte of
 * it that is not UTF-8, as a path may have, is taken for the character U+FFFD. A glob
 * is a pattern, too: of a whole text, where * and ? match all but a slash, ** matches
 * that, too, and [a-z] and [!a-z] match one of some. Limits: match, depth and heap
 * limits of PCRE2 (PATTERN_MATCH_MAX, PATTERN_DEPTH_MAX, PATTERN_HEAP_KIB_MAX), and
 * PATTERN_SUBJECT_BYTES_MAX, since PCRE2 counts its limits anew at each place of the
 * subject; a match that passes one does not match, and is told apart by
 * pattern_was_limited() and pattern_ask(). Lifetime: the pattern lives in the arena. It
 * is immutable and may be shared between threads; each has a match of its own, for all
 * patterns.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include "base/str.h"

enum {
    PATTERN_BYTES_MAX = 4096,
    PATTERN_SUBJECT_BYTES_MAX = 64 * 1024,
    PATTERN_MATCH_MAX = 100 * 1000, /* a millisecond */
    PATTERN_DEPTH_MAX = 1000,
    PATTERN_HEAP_KIB_MAX = 1024,
};

struct pattern;
struct pattern_match;

/* err->column is the place in the text, from 1. */
MUST_USE const struct pattern *pattern_compile(struct arena *arena, struct str text,
                                               struct error *err);
/* The same of a glob. */
MUST_USE const struct pattern *pattern_compile_glob(struct arena *arena,
                                                    struct str text, struct error *err);
/* What matching needs, and what was matched last. */
struct pattern_match *pattern_match_new(struct arena *arena);
bool pattern_matches(const struct pattern *pattern, struct pattern_match *match,
                     struct str subject);

/* Whether the last of them came to no end: it matches, or does not. */
bool pattern_was_limited(const struct pattern_match *match);

/* The same of a pattern that is text yet, and known to be right: it is compiled when it
 * is first asked for, and kept with the match. */
bool pattern_text_matches(struct str text, struct pattern_match *match,
                          struct str subject);

/* The same, but a passed limit is told, too long a subject among them; any number of
 * threads may ask at a time. Groups are not kept. */
enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT };
enum pattern_answer pattern_ask(const struct pattern *pattern, struct str subject);

/* Whether the pattern has a group of that name. */
bool pattern_has_group(const struct pattern *pattern, const char *name);

/* What the group of that name matched in the last pattern_matches(), or STR_NONE. */
struct str pattern_group(const struct pattern_match *match, const char *name);

#endif
