/*
 * shell.h - text as a word of a POSIX shell.
 *
 * What evidence says stands in commands that readers run. Whatever it is, a shell must
 * take it for one word, and run nothing of it.
 */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include "base/error.h"
#include "base/str.h"

/* Adds the text as one word: in single quotes, if it is empty or has any byte that a
 * shell may read otherwise. */
void shell_add_word(struct buf *buf, struct str word);

/* The first word of what shell_add_word() wrote, with a space before each word but the
 * first; `rest` is then what stands behind it, and absent behind the last. False: a
 * shell would read more in it than words. */
MUST_USE bool shell_next_word(struct arena *arena, struct str *rest, struct str *word);

#endif
