/*
 * name.h - what a file's name tells: the call it holds an answer of.
 *
 * A name tells a call if it holds the call's operation (or another of its names) as a
 * whole word, in any case, with `_` for `-` or as the API spells it:
 * prod-rds-describe-db-snapshots.json, DescribeDBSnapshots.json. The longest one
 * counts; of two that are as long, the one with its service before it, then the
 * catalog's first. Directly behind it the collection script writes words after two
 * hyphens, CALL--WORD--WORD.json: the parent that the answer is about, or an option it
 * was asked with. An empty word is none. Limits: NAME_WORDS_MAX; the last holds the
 * rest.
 */
#ifndef EVIDENCE_NAME_H
#define EVIDENCE_NAME_H

#include "base/table.h"
#include "evidence/catalog.h"

enum { NAME_WORDS_MAX = 4 };

struct name {
    const struct call *call;          /* NULL: the name tells none */
    struct str words[NAME_WORDS_MAX]; /* behind the call, as written, without the file's
                                         suffix */
    size_t word_count;
};

/* The words borrow from `file_name` (the last part of a path). */
void name_parse(const struct catalog *catalog, struct str file_name, struct name *name);

/* Names that were parsed before: in most folders of a tree the files are named alike.
 *
 *     struct names names = NAMES_EMPTY(&arena, catalog);
 *     const struct name *name = names_get(&names, file_name);
 */
struct names {
    const struct catalog *catalog;
    struct table known; /* from a file's name to its struct name */
};

enum { NAMES_MAX = 4096 }; /* different ones that are kept */

#define NAMES_EMPTY(arena_of_names, catalog_of_names)                                  \
    {                                                                                  \
        .catalog = (catalog_of_names), .known = TABLE_EMPTY(arena_of_names)            \
    }

/* As name_parse(), in the arena; its words borrow from a `file_name` like this one. */
const struct name *names_get(struct names *names, struct str file_name);

/* The call whose operation has this API name, as error texts give it
 * ("DescribeDBSnapshots"), or NULL. */
const struct call *name_of_operation(const struct catalog *catalog,
                                     struct str api_name);

/* Whether `word` is how the collection script writes this id in a file's name: with `_`
 * for each `/` and `:`. */
bool name_word_is(struct str word, struct str id);

#endif
