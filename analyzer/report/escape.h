/*
 * escape.h - text that came from evidence, paths or rules, made fit to be printed.
 *
 * A report is read in terminals and editors, and what it quotes may be hostile: escape
 * sequences that rewrite the screen, characters that turn the reading direction or show
 * nothing at all, bytes that are no UTF-8.
 *
 * The one spelling of a bad byte, in every format: the four characters \xNN.
 */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/str.h"

#include <stdint.h>

/* The first character of a text that is not empty: its bytes, and its code point.
 * False: the first byte begins no valid UTF-8; *bytes is 1. */
bool character_next(struct str text, size_t *bytes, uint32_t *code);

size_t character_count(struct str text); /* a byte that is no UTF-8 is one */

/* Adds the text as valid UTF-8: bad bytes as \xNN, all else exactly. */
void escape_bytes(struct buf *buf, struct str text);

/* The same for a reader: control characters as \xNN too, and invisible or
 * direction-turning ones as \u{202e}. What is added has no line end. */
void escape_text(struct buf *buf, struct str text);

#endif
