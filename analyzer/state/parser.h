/*
 * parser.h - read a state's text, strictly. Private to state/.
 *
 *     if (!parser_open(&parser, path, err)) ...
 *     parser_word(&parser, "{\"source\":") &&
 *         kept_parse(&parser, &source_kept, &source) && parser_word(&parser, "}\n")
 *     ...
 *     parser_end(&parser)                                 ["sha256","..."]
 *     parser_close(&parser);
 *
 * Only what printer.h prints is taken: no blank, no member that is 0, no other order,
 * no other way to write a text or a number. What else stands there was edited, or
 * written by another program; where the text ends too early, it was cut off. All of
 * these return false, and err says what is wrong, with the file and the line.
 *
 * Lifetime: what is made lives in the arena given; the rest till parser_close().
 * Memory: a window, and of a text in the file STATE_TEXT_BYTES_MAX; what is made of a
 * file is at most some hundred times as large, a document for the two bytes of "{}".
 */
#ifndef STATE_PARSER_H
#define STATE_PARSER_H

#include "base/digest.h"
#include "gather/document.h"
#include "state/kept.h"

enum {
    /* A text of evidence has RECORD_BYTES_MAX at most, a list of them is no text. */
    STATE_TEXT_BYTES_MAX = 64 * 1024 * 1024,
};

struct state_columns;

struct state_parser {
    struct arena *arena;
    struct arena scratch;
    const char *path;
    struct error *err;
    int file;
    char *window;
    size_t at, end, digested; /* in the window */
    uint64_t line;            /* from 1 */
    struct digest *digest;
    bool ignores_digest; /* for tests */
    struct buf text;     /* the last that was read */
    struct gathered *gathered;
    const struct catalog *catalog;
    struct values *values;
    uint32_t *numbers; /* from the state's numbers of values to those in `values` */
    size_t number_count, number_capacity;
    const struct state_columns *columns; /* one a type, by its index */
    struct document *document;           /* at hand */
    struct row **rows;                   /* of the portion, by number */
    size_t row_capacity;
};

/* Zeroes the parser. */
MUST_USE bool parser_open(struct state_parser *parser, struct arena *arena,
                          const char *path, struct error *err);
void parser_close(struct state_parser *parser);

/* The same of a text that is at hand; for tests. */
void parser_open_text(struct state_parser *parser, struct arena *arena, struct str text,
                      struct error *err);

/* False, with the file and the line, unless something was said before. */
bool parser_wrong(struct state_parser *parser, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* What comes next, or -1: nothing. */
int parser_peek(struct state_parser *parser);
bool parser_takes(struct state_parser *parser, char byte); /* if it comes next */
MUST_USE bool parser_word(struct state_parser *parser, const char *word);
/* It lives until the next one. */
MUST_USE bool parser_text(struct state_parser *parser, struct str *text);
/* One without NUL, which ends in one. */
MUST_USE bool parser_chars(struct state_parser *parser, const char **text);
MUST_USE bool parser_number(struct state_parser *parser, uint64_t most,
                            uint64_t *number);
MUST_USE bool parser_double(struct state_parser *parser, double *number);

/* A list, each item by a function. */
typedef bool parser_item(struct state_parser *parser, void *object, size_t index);
MUST_USE bool parser_list(struct state_parser *parser, uint64_t most, parser_item *item,
                          void *object);

/* The last line, behind which nothing stands, and whether it fits. */
MUST_USE bool parser_end(struct state_parser *parser);

/* The object of a zeroed struct that has a table. */
MUST_USE bool kept_parse(struct state_parser *parser, const struct kept_struct *kept,
                         void *object);

#endif
