/*
 * kept.h - which members of a struct stand in a state, and where: tables that are read
 * in both directions. Private to state/.
 *
 *     static const struct kept_row position_rows[] = {
 *         { KEPT("line", struct position, line) },       uint64_t: a number
 *         ...
 *     };
 *
 *     struct document ─ kept_print() ─► {"type":"AWS::RDS::DBSnapshot","records":5,
 * ...} ◄ kept_parse() ─
 *
 * What JSON a member becomes follows from its C type. One that is 0, absent or empty is
 * left out; the others stand in the order of their rows, and a reader takes them in no
 * other. A member that is made when all evidence is read has a row, too, NOT_KEPT: so
 * that a test finds each that has none (tests/cli/states.bats).
 *
 * How to add a member to a struct that has a table (tables.h): a row in tables.c. If a
 * state that was written before would be read wrongly by it, STATE_FORMAT is to be
 * raised.
 */
#ifndef STATE_KEPT_H
#define STATE_KEPT_H

#include "catalog/catalog.h"

#include <stdint.h>

enum kept_kind {
    KEPT_TEXT,    /* struct str */
    KEPT_CHARS,   /* const char * */
    KEPT_FLAG,    /* bool */
    KEPT_NUMBER,  /* unsigned, of any size */
    KEPT_DOUBLES, /* an array of them */
    KEPT_DIGEST,  /* char[DIGEST_HEX_BYTES]; "" is left out */
    KEPT_TYPE,    /* by its name */
    KEPT_CALL,    /* by its name, or its number, where another has the name, too */
    KEPT_TEXTS,   /* a list of struct str */
    KEPT_FEW,     /* an array of struct str, any of which may be absent */
    KEPT_OBJECT,  /* a struct in this one */
    KEPT_OWNER,   /* a struct that this one points to */
    KEPT_LIST,    /* of structs that lie side by side */
    KEPT_MADE,    /* by functions */
    KEPT_NOT,     /* not in a state */
};

struct state_printer;
struct state_parser;

struct kept_struct {
    const struct kept_row *rows;
    size_t count, bytes; /* of the struct */
};

struct kept_row {
    struct str key;
    enum kept_kind kind;
    size_t offset, bytes; /* of the member */
    size_t count;         /* where a list's number of items is */
    uint64_t most;        /* of a number; of a list, of its items; 0: any */
    const struct kept_struct *of;
    /* of what is made: whether it is there, and its value in both directions */
    bool (*is_there)(const void *object);
    void (*print)(struct state_printer *printer, const void *object);
    bool (*parse)(struct state_parser *parser, void *object);
};

#define KEPT_TABLE(table, kept_type)                                                   \
    {                                                                                  \
        (table), COUNT_OF(table), sizeof(kept_type)                                    \
    }

/* clang-format off: it knows no _Generic */
#define KEPT_KIND(kept_type, name)                                                     \
    _Generic(&((const kept_type *)0)->name,                                            \
             const struct str *: KEPT_TEXT,                                            \
             const char *const *: KEPT_CHARS,                                          \
             const bool *: KEPT_FLAG,                                                  \
             const unsigned char *: KEPT_NUMBER,                                       \
             const unsigned short *: KEPT_NUMBER,                                      \
             const unsigned *: KEPT_NUMBER,                                            \
             const unsigned long *: KEPT_NUMBER,                                       \
             const unsigned long long *: KEPT_NUMBER,                                  \
             const struct type *const *: KEPT_TYPE,                                    \
             const struct call *const *: KEPT_CALL)
#define KEPT_KEY(word) .key = { "" word, sizeof(word) - 1 }
/* clang-format on */

#define KEPT_AT(kept_type, name)                                                       \
    .offset = offsetof(kept_type, name), .bytes = sizeof(((const kept_type *)0)->name)
#define KEPT(word, kept_type, name)                                                    \
    KEPT_KEY(word), .kind = KEPT_KIND(kept_type, name), KEPT_AT(kept_type, name)
/* A number that names something, such as an enum's: the largest that there is. */
#define KEPT_UP_TO(word, kept_type, name, largest)                                     \
    KEPT_KEY(word), .kind = KEPT_NUMBER, KEPT_AT(kept_type, name), .most = (largest)
#define KEPT_ARRAY(word, kept_type, name, of_kind)                                     \
    KEPT_KEY(word), .kind = (of_kind), KEPT_AT(kept_type, name)
#define KEPT_STRUCT(word, kept_type, name, kept)                                       \
    KEPT_KEY(word), .kind = KEPT_OBJECT, KEPT_AT(kept_type, name), .of = &(kept)
#define KEPT_POINTER(word, kept_type, name, kept)                                      \
    KEPT_KEY(word), .kind = KEPT_OWNER, KEPT_AT(kept_type, name), .of = &(kept)
#define KEPT_WORDS(word, kept_type, name, count_of, largest)                           \
    KEPT_KEY(word), .kind = KEPT_TEXTS, KEPT_AT(kept_type, name),                      \
                    .count = offsetof(kept_type, count_of), .most = (largest)
#define KEPT_ITEMS(word, kept_type, name, count_of, largest, kept)                     \
    KEPT_KEY(word), .kind = KEPT_LIST, KEPT_AT(kept_type, name),                       \
                    .count = offsetof(kept_type, count_of), .most = (largest),         \
                    .of = &(kept)
#define KEPT_BY(word, kept_type, name, there, printing, parsing)                       \
    KEPT_KEY(word), .kind = KEPT_MADE, KEPT_AT(kept_type, name), .is_there = (there),  \
                    .print = (printing), .parse = (parsing)
#define NOT_KEPT(kept_type, name) .kind = KEPT_NOT, KEPT_AT(kept_type, name)

/* Whether the member is in a state; one that is left out is as it was made. */
bool kept_is_there(const struct kept_row *row, const void *object);

#endif
