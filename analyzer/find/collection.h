/*
 * collection.h - what the collector says of the files that it saved.
 *
 *     FOLDER/manifest.tsv           path  begun  ended  status  command    a call a
 * line FOLDER/SHA256SUMS             DIGEST  PATH            as sha256sum(1) prints it
 *     FOLDER/manifest-sha256.txt    DIGEST  PATH            of a bag (RFC 8493, 2.1.3)
 *         │ text                                    paths are relative to FOLDER
 *         └─► struct collection ─► of FOLDER/a/b.json: { command, begun, ended, status
 * } { sha256 }
 *
 *     struct collection collection = COLLECTION_EMPTY(arena);
 *     for each such file:    collection_add(&collection, path, by, text)
 *     collection_end(&collection);
 *     statement = collection_find(&collection, source_path, &count);
 *
 * It is a function of the paths and texts of these files, and opens none. So what lies
 * in a folder and what lies in an archive go the same way: the path of a member's list
 * is "FILE!/FOLDER/manifest.tsv", and what it says is of "FILE!/FOLDER/...". Discovery
 * does it for folders (stated.h).
 *
 * A list holds for all files below its folder, and several for one file: each counts.
 * In one list, the last line of a file counts. A manifest begins with a header, which
 * may come again:
 *
 *     path <TAB> begun <TAB> ended <TAB> status <TAB> command
 *
 * Who wrote a list is not known, nor whether it was changed. So it can only weaken: a
 * finding is what it is without all lists, or it is unknown. To take a list away, or a
 * line, gives back at most what holds without it.
 * One thing alone it makes more: pages that its tokens chain are one listing, and the
 * finding says so (judge/chains.h).
 *
 * What is wrong with a line is a fault, and the line says nothing.
 *
 * Lifetime: the arena's; texts that are added must live as long. Limits: below.
 */
#ifndef FIND_COLLECTION_H
#define FIND_COLLECTION_H

#include "base/str.h"

#include <stdint.h>

enum {
    COLLECTION_BYTES_MAX = 64 * 1024 * 1024, /* of one list, as UTF-8 */
    COLLECTION_LINES_MAX = 8 * 1000 * 1000,  /* that say something, of all lists */
    COLLECTION_PATH_BYTES_MAX = 4096,
    COLLECTION_COMMAND_BYTES_MAX = 16 * 1024,
    COLLECTION_FAULTS_MAX = 101, /* of one list */
};

enum stated_by {
    STATED_BY_NONE,
    STATED_BY_MANIFEST, /* manifest.tsv */
    STATED_BY_SUMS,     /* SHA256SUMS */
    STATED_BY_BAG,      /* manifest-sha256.txt */
};

/* What one list says of one file. */
struct statement {
    const char *path;    /* of the file, as a source's */
    const char *told_by; /* the list's */
    enum stated_by by;
    uint64_t line; /* in that */
    /* of a manifest */
    struct str command;      /* "aws rds describe-db-snapshots --region us-east-1" */
    struct str begun, ended; /* instants, as written; absent: the column is empty */
    struct str status;       /* a number: "254" */
    /* of the others, in lower case */
    struct str sha256;
};

struct collection_fault {
    const char *path; /* the list's */
    uint64_t line;    /* 0: of the whole list */
    const char *what; /* "the digest is not one of SHA-256" */
};

struct collection {
    struct arena *arena;
    struct statement *items; /* by path of the file, then of the list */
    size_t count, capacity;
    struct collection_fault *faults;
    size_t fault_count, fault_capacity;
    struct str *covered; /* what begins the paths that a manifest holds for: its folder
                            with a slash, or nothing; by their bytes */
    const char **manifests; /* of each of these */
    size_t covered_count, covered_capacity, manifest_capacity;
    size_t lines_max; /* for tests; 0: COLLECTION_LINES_MAX */
};

#define COLLECTION_EMPTY(arena_of_collection)                                          \
    {                                                                                  \
        .arena = (arena_of_collection)                                                 \
    }

/* What a file is by its name, without its folder. */
enum stated_by stated_by_name(struct str file_name);

/* False: it has not the form of such a list at all (a manifest without the header), and
 * says nothing. */
bool collection_add(struct collection *collection, const char *path, enum stated_by by,
                    struct str text);

/* A list that was not read. */
void collection_fault(struct collection *collection, const char *path,
                      const char *what);

/* The same of a line. */
void collection_fault_at(struct collection *collection, const char *path, uint64_t line,
                         const char *what);

/* Once, when all were added. */
void collection_end(struct collection *collection);

/* What lists say of the file: `count` of them from the first on; NULL: none does. */
const struct statement *collection_find(const struct collection *collection,
                                        const char *path, size_t *count);

/* The manifest that lies nearest above the file; NULL: none does. */
const char *collection_manifest(const struct collection *collection, const char *path);

#endif
