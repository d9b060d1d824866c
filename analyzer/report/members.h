/*
 * members.h - the reports for programs: tables of their members, written as JSON.
 * Private to report/.
 *
 * Each object of a report has a table in json.c, with a row for each member: its key,
 * and where its value is in the struct that is printed. What JSON the value becomes
 * follows from its C type:
 *
 *     static const struct member problem_rows[] = {
 *         { "path", OWN(struct problem, path) },     const char *: a string
 *         { "line", PLACE(struct problem, line) },   a number; 0 is not known: null
 *     };
 *     static const struct members problem_members = MEMBERS(problem_rows);
 *
 * How to add a member: a row there, and the same key at the same place of the same
 * object in report.schema.json, with a sentence that says what it is. The test
 * report_schema.c holds all tables against the schema.
 *
 * Text goes from the assessment straight into the buffer. No JSON value is built, so
 * that a report of a hundred thousand findings takes the memory of its text alone.
 * Absent text (struct str without text, NULL) is null; bytes that are no UTF-8 are
 * spelled, and what a reader cannot see is an escape (escape.h).
 */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include "base/str.h"
#include "config/check.h"

#include <stdint.h>

enum member_kind {
    MEMBER_TEXT,   /* struct str */
    MEMBER_STRING, /* const char * */
    MEMBER_FLAG,   /* bool */
    MEMBER_NUMBER, /* unsigned, of any size */
    MEMBER_PLACE,  /* the same; 0: null */
    MEMBER_WORD,   /* an enum, by the name of its value */
    MEMBER_FIXED,  /* a string of the program */
    MEMBER_TEXTS,  /* struct str_list */
    MEMBER_OBJECT, /* members of `of`, of the same struct, or of what it points to */
    MEMBER_LIST,   /* of structs that lie side by side, each an object of `of` */
    MEMBER_LINKS,  /* the same of pointers to structs */
    MEMBER_MADE,   /* by a function */
};

struct json_writer;
struct member;

struct members {
    const struct member *rows;
    size_t count;
};

struct member {
    const char *key;
    enum member_kind kind;
    bool is_optional; /* left out where it is absent text, no text, 0, no, no list, no
                         struct */
    bool has_owner;   /* the value is in a struct that this one points to */
    size_t owner;     /* where that pointer is; NULL: null */
    size_t offset, bytes; /* of the value; of a list, the bytes of an item */
    size_t count;         /* where a list's number of items is */
    const struct members *of;
    const char *fixed;
    const char *(*word)(unsigned value);
    void (*make)(struct json_writer *json, const void *object);
};

#define MEMBERS(table)                                                                 \
    {                                                                                  \
        (table), sizeof(table) / sizeof((table)[0])                                    \
    }

/* clang-format off: it knows no _Generic */
/* The kind of a member by its C type: no other type compiles. */
#define MEMBER_KIND(type, name)                                                        \
    _Generic(&((const type *)0)->name,                                                 \
             const struct str *: MEMBER_TEXT,                                          \
             const char *const *: MEMBER_STRING,                                       \
             const bool *: MEMBER_FLAG,                                                \
             const struct str_list *: MEMBER_TEXTS,                                    \
             const unsigned *: MEMBER_NUMBER,                                          \
             const unsigned long *: MEMBER_NUMBER,                                     \
             const unsigned long long *: MEMBER_NUMBER)
/* For what is in the struct that the member `name` of this one points to. */
#define OWNER(type, name, other)                                                       \
    .has_owner = true,                                                                 \
    .owner = _Generic(((const type *)0)->name, const other *: offsetof(type, name))
/* clang-format on */

#define MEMBER_AT(type, name)                                                          \
    .offset = offsetof(type, name), .bytes = sizeof(((const type *)0)->name)
#define OWN(type, name)                   .kind = MEMBER_KIND(type, name), MEMBER_AT(type, name)
#define OWNED(type, pointer, other, name) OWNER(type, pointer, other), OWN(other, name)
#define PLACE(type, name)                 .kind = MEMBER_PLACE, MEMBER_AT(type, name)
#define WORD(type, name, word_of)                                                      \
    .kind = MEMBER_WORD, .word = (word_of), MEMBER_AT(type, name)
#define LIST(type, name, count_of, members)                                            \
    .kind = MEMBER_LIST, .count = offsetof(type, count_of), .of = &(members),          \
    .offset = offsetof(type, name), .bytes = sizeof *((const type *)0)->name
#define LINKS(type, name, count_of, members)                                           \
    .kind = MEMBER_LINKS, .count = offsetof(type, count_of), .of = &(members),         \
    .offset = offsetof(type, name)
#define OBJECT(members) .kind = MEMBER_OBJECT, .of = &(members)
#define FIXED(text)     .kind = MEMBER_FIXED, .fixed = (text)
#define MADE(function)  .kind = MEMBER_MADE, .make = (function)
/* By a function that is given the struct's member `name`. */
#define MADE_OF(type, name, function) MADE(function), .offset = offsetof(type, name)

/* ---- writing --------------------------------------------------------------------- */

struct json_writer {
    struct buf *out;
    size_t workers; /* threads that may write a list; 0: one */
    size_t indent;
    bool is_compact;      /* all on one line, without blanks */
    bool is_first;        /* nothing is in the object or list yet */
    struct arena scratch; /* emptied behind each member that a function makes */
    struct buf valid;     /* of a text */
};

/* An object of a report, or the whole report. */
void put_object(struct json_writer *json, const struct members *members,
                const void *object);

/* For what a function makes: an open object or list, a key or the start of an item, and
 * then one value. */
void put_open(struct json_writer *json, char bracket);
void put_key(struct json_writer *json, struct str key);
void put_item(struct json_writer *json);
void put_text(struct json_writer *json, struct str text);
void put_texts(struct json_writer *json, const struct str_list *list);
void put_number(struct json_writer *json, uint64_t number);
void put_word(struct json_writer *json, const char *word); /* null, true, a number */
void put_close(struct json_writer *json, char bracket);

/* ---- the reports ----------------------------------------------------------------- */

/* Of a report, too: what inputs_sha256 is of. */
extern const struct members tool_members, inputs_members;

extern const struct members scan_report_members, evidence_report_members;
/* Of a struct settings. */
extern const struct members settings_members;

#endif
