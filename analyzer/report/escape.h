/*
 * escape.h - text that came from evidence, paths or rules, made fit to be printed.
 *
 * A report is read in terminals and editors, and what it quotes may be hostile: escape
 * sequences that rewrite the screen, characters that turn the reading direction or show
 * nothing at all, bytes that are no UTF-8.
 *
 * What shows a CI system's log may take commands from it, too: GitHub's runner a line
 * that begins with :: and what follows ##[ anywhere, Azure's agent what follows ##vso[.
 * These are broken up.
 *
 * The one spelling of a bad byte, in every format: the four characters \xNN.
 */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/utf8.h"

size_t character_count(struct str text); /* a byte that is not UTF-8 is one */

/* Adds the text as valid UTF-8: bad bytes as \xNN, all else exactly. */
void escape_bytes(struct buf *buf, struct str text);

/* The same for a reader: control characters as \xNN too, and invisible or
 * direction-turning ones as \u{202e}. What is added has no line end, and no command
 * begins in it: of :: at a word's start, and of ##[ and ##vso[, the first character is
 * \x3a or \x23. (Wherever a line is broken, a word starts.) */
void escape_text(struct buf *buf, struct str text);

/* The same text piece by piece, which takes no memory:
 *
 *     struct escape_walk walk = ESCAPE_WALK(text);
 *     while (escape_next(&walk, &piece))
 *         use(piece);
 *
 * A piece lives until the next is asked for. */
struct escape_walk {
    struct str text;
    size_t at;
    bool is_in_word;
    size_t spelled; /* bytes of the spelling that is the next piece; 0: none is */
    char spelling[sizeof "\\u{10ffff}"];
};

#define ESCAPE_WALK(text_of_walk)                                                      \
    {                                                                                  \
        .text = (text_of_walk)                                                         \
    }

bool escape_next(struct escape_walk *walk, struct str *piece);

/* Adds what stands between the quotes of the JSON string that says the text, which is
 * valid UTF-8; escaped as by escape_json(), too. */
void escape_string(struct buf *buf, struct str text);
/* Whether that, or escape_bytes(), may change the text. */
bool escape_is_needed(struct str text);

/* Adds text that is JSON, in UTF-8, as JSON that says the same: invisible characters
 * and the first of ##[ and ##vso[ as \u escapes, in UTF-16. */
void escape_json(struct buf *buf, struct str json);

#endif
