/*
 * pattern.h - regular expressions. The only door to PCRE2.
 *
 *     const struct pattern *pattern = pattern_compile(&arena, text, &err);
 *     struct pattern_match *match = pattern_match_new(&arena);
 *     if (pattern_matches(pattern, match, subject)) ...
 *
 * A pattern is UTF-8 and matches anywhere in the subject. An absent subject does not
 * match. A byte of it that is not UTF-8, as a path may have, counts as U+FFFD.
 * A glob is a pattern of a whole text: * and ? match all but a slash, ** matches that,
 * too, and [a-z] and [!a-z] match one character.
 *
 * Limits: PCRE2's match, depth and heap limits (PATTERN_MATCH_MAX, PATTERN_DEPTH_MAX,
 * PATTERN_HEAP_KIB_MAX), and PATTERN_SUBJECT_BYTES_MAX, since PCRE2 starts counting
 * anew at each place of the subject. A match that passes one does not match; whoever
 * must know asks pattern_was_limited() or pattern_ask(). Lifetime: the pattern lives in
 * the arena, never changes, and may be shared between threads. Each thread has one
 * struct pattern_match, for all patterns.
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

/* Whether the last match passed a limit, so that nobody knows its answer. */
bool pattern_was_limited(const struct pattern_match *match);

/* The same for a pattern whose text is known to be right: it is compiled at the first
 * match, and kept in `match`. */
bool pattern_text_matches(struct str text, struct pattern_match *match,
                          struct str subject);

/* The same, but it tells when a limit is passed, or the subject is too long. Threads
 * may ask at the same time. Groups are not kept. */
enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT };
enum pattern_answer pattern_ask(const struct pattern *pattern, struct str subject);

/* Whether the pattern has a group of that name. */
bool pattern_has_group(const struct pattern *pattern, const char *name);

/* What the group of that name matched in the last pattern_matches(), or STR_NONE. */
struct str pattern_group(const struct pattern_match *match, const char *name);

#endif
