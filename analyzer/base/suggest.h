/*
 * suggest.h - "did you mean": which name a misspelt one was meant to be.
 *
 *     const char *name = suggest(text, names, count);
 *     if (name != NULL) ...
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/str.h"

/* The name among `names` that is nearest to `text`, ignoring case and taking `_` for
 * `-`, or NULL if none is near enough to be meant: at most a third of its letters
 * differ, or `text` is how one name alone begins. */
const char *suggest(struct str text, const char *const *names, size_t count);

/* " (did you mean 'NAME'?)", or "". */
const char *suggestion(struct arena *arena, struct str text, const char *const *names,
                       size_t count);

#endif
