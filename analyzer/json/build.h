/*
 * build.h - private to json/: values of JSON text that the scanner found right.
 *
 * Not jansson's own parser: that refuses "\u0000" in keys and numbers out of range.
 */
#ifndef JSON_BUILD_H
#define JSON_BUILD_H

#include "json/layout.h"

#include <jansson.h>

/* The value that starts at `*at`, which is moved to its end; the caller's reference.
 * NULL: it holds a number that no int64 or double can, and `integers` (or NULL) makes
 * none of; `*at` is somewhere in it. A key twice in an object: the last one wins. */
json_t *build_value(struct arena *scratch, const struct layout_integers *integers,
                    const char **at);

/* The string whose opening quote is there; it borrows from the text or is in scratch.
 */
struct str build_string(struct arena *scratch, const char *at);

#endif
