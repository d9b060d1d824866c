/*
 * schema.h - a JSON Schema of a kind of YAML file, for editors: printed from the tables
 * that check.h reads such a file by.
 *
 *     static const struct check_key keys[] = {          the checker's: which keys, of
 *         { "level", CHECK_NODE, true, ... },           what kind, which of them must
 *     };                                                be there
 *     static const struct schema level = SCHEMA_OF_NAMES(level_names);
 *     static const struct schema_note notes[] = {       what an editor says of each,
 *         { "level", "Where a listing is whole.", &level },        and what is in it
 *     };
 *     const struct schema type_schema = SCHEMA_OF_KEYS(keys, notes);
 *     schema_print(&buf, &type_schema, "urn:invaudit:catalog", "A catalog of
 * invaudit");
 *
 * So a key cannot be in one and not in the other: it asserts that each key has a note,
 * and each note a key. What a table does not say (two keys that need each other, a
 * pattern that does not compile) the checker alone knows.
 *
 * The schema is of draft 7, which editors read: yaml-language-server takes the comment
 * `# yaml-language-server: $schema=FILE` at the head of a file.
 */
#ifndef CONFIG_SCHEMA_H
#define CONFIG_SCHEMA_H

#include "config/check.h"

enum schema_kind {
    SCHEMA_ANY,    /* whatever it is */
    SCHEMA_TEXT,   /* text, like `pattern` if there is one (ECMA 262) */
    SCHEMA_NAMES,  /* one of `names` */
    SCHEMA_NUMBER, /* that number alone: a format */
    SCHEMA_KEYS,   /* a mapping of these keys, and no others */
    SCHEMA_MAP,    /* a mapping from names (like `pattern`) to values of `of` */
    SCHEMA_LIST,   /* a sequence of values of `of` */
    SCHEMA_EITHER, /* a value of one of `either` */
};

struct schema_note;

/* A value. What is NULL or 0 is not said of it. */
struct schema {
    enum schema_kind kind;
    const char *pattern;
    const char *const *names;
    size_t name_count;
    long number;
    const struct check_key *keys;
    const struct schema_note *notes;
    size_t key_count, note_count;
    const char *const *one_of; /* of KEYS: exactly one of these is there */
    size_t one_of_count;
    bool filled; /* of KEYS: no text of theirs is empty */
    const struct schema *of;
    const struct schema *const *either;
    size_t either_count;
};

struct schema_note {
    const char *key;
    const char *about;       /* a sentence or two */
    const struct schema *of; /* the value; of a CHECK_SEQUENCE or CHECK_TEXTS, each
                                item. NULL: its check_kind tells all */
};

#define SCHEMA_OF_NAMES(table)                                                         \
    {                                                                                  \
        .kind = SCHEMA_NAMES, .names = (table), .name_count = COUNT_OF(table)          \
    }
#define SCHEMA_OF_KEYS(key_table, note_table)                                          \
    {                                                                                  \
        .kind = SCHEMA_KEYS, .keys = (key_table), .key_count = COUNT_OF(key_table),    \
        .notes = (note_table), .note_count = COUNT_OF(note_table)                      \
    }
#define SCHEMA_OF_EITHER(table)                                                        \
    {                                                                                  \
        .kind = SCHEMA_EITHER, .either = (table), .either_count = COUNT_OF(table)      \
    }

/* A whole JSON document that ends in a line end. `id` is its URI. */
void schema_print(struct buf *buf, const struct schema *schema, const char *id,
                  const char *title);

#endif
