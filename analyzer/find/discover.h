/*
 * discover.h - from the paths of a command line to the sources that hold evidence.
 *
 *     argument   a file          read, whatever it is
 *                a folder        searched to its leaves; links in it are not followed
 *                -               standard input
 *     in a folder
 *                X.json, a name that tells a call (name.h),
 *                bytes that begin JSON, an error of the AWS CLI, an archive     read
 *                X.err, X.rc beside X or X.json; manifest.tsv,
 *                SHA256SUMS, manifest-sha256.txt (collection.h)     explains evidence
 *                a pipe, a link, no permission, named as evidence   unreadable
 *                what --exclude names, a folder unsearched          excluded
 *                anything else                                      ignored
 *
 * Each is listed with the reason, since evidence that is not read may be missed: an
 * ignored file can be looked up in the report. A file's name that says it lies beside
 * evidence (sidecar.h) counts before a call in it, but not before bytes that begin
 * JSON. What is not a regular file is opened only if it is an argument itself.
 *
 * Order: by path, whatever the order of arguments and of the file system. A path that
 * is reached twice is listed once. Paths are as typed, and what lies below: never made
 * absolute.
 *
 * Limits: DISCOVER_SOURCES_MAX files and folders; a folder more than DISCOVER_DEPTH_MAX
 * below its argument is not searched, and listed as unreadable.
 */
#ifndef FIND_DISCOVER_H
#define FIND_DISCOVER_H

#include "catalog/name.h"
#include "find/collection.h"
#include "find/exclude.h"
#include "find/failure.h"

enum { DISCOVER_SOURCES_MAX = 4 * 1000 * 1000, DISCOVER_DEPTH_MAX = 128 };

enum source_use {
    SOURCE_READ,
    SOURCE_IGNORED,    /* not evidence; `why` says what it is instead */
    SOURCE_EXPLAINS,   /* X.err, X.rc, manifest.tsv, collection.tsv */
    SOURCE_EXCLUDED,   /* a file or folder that was to be left out; `why` is the glob */
    SOURCE_UNREADABLE, /* evidence that cannot be opened: a problem; `why` says so */
    SOURCE_ARCHIVE,    /* it was read, and its members are sources of their own; never
                          set by discover(), which does not open archives */
    SOURCE_LOST, /* evidence that is not there, though a list of the collection names it
                    (stated.h): a problem */
};

const char *source_use_name(enum source_use use); /* "read" */

struct source {
    const char *path; /* "-" for standard input */
    /* The path up to the last slash, without it; "" if there is none. */
    struct str folder;
    struct str file_name;
    enum source_use use;
    /* Of a member of an archive, that archive's path: its own is that, "!/" and its
     * name in it, "evidence.tar.gz!/123456789012/x.json". NULL: it is a file. */
    const char *archive;
    /* The argument below which it was found as a regular file, without slashes at its
     * end; NULL: it is an argument itself. */
    const char *found_below;
    /* Where it is opened, if it is not where its path says, and likewise what it was
     * found below (discover_wanted.places); NULL: there. */
    const char *place, *place_below;
    bool is_folder;  /* that cannot be searched */
    const char *why; /* NULL for SOURCE_READ and SOURCE_ARCHIVE */
    /* What the error output beside it says (failure.h), or NULL. */
    const char *explanation;
    const char *explained_by; /* the name of that file */
    const struct failure
        *failure; /* if it is one, as failure_find() gives it; or NULL */
    /* The exit status beside it, if it is not 0, so that the call failed: "254"; or
     * NULL. */
    const char *failed_status;
    const char *status_told_by; /* the name of the file that tells it; or NULL */
    /* What lists of the collection say of it (stated.h), or NULL. */
    const struct statement *statements;
    size_t statement_count;
    const char
        *unlisted_by; /* the manifest above it, which does not name it; or NULL */
    /* Of a list of the collection, which is read whole when it is found; NULL: it was
     * not, or it changed meanwhile. */
    const char *list_sha256;
    uint64_t list_bytes;
};

struct bytes;

/* Notes the digest of a list of the collection, of which all was read. */
void source_digest(struct arena *arena, struct source *list, struct bytes *bytes);

/* That the error output beside it names, or absent. */
struct str source_failed_operation(const struct source *source);

struct source_list {
    struct source *items; /* by path */
    size_t count, capacity;
    const char **folders; /* every folder that was searched, by path */
    size_t folder_count, folder_capacity;
    const struct collection_fault *faults; /* of the collection's lists */
    size_t fault_count;
};

struct moves;

struct discover_wanted {
    const struct catalog *catalog;
    const char *const *paths;  /* the arguments */
    const char *const *places; /* of each path where it lies now, under whose name all
                                  is taken as if it lay there; NULL, or of a path
                                  NULL: where the path says */
    size_t path_count;
    const struct moves *moves;     /* files that have another name than where they lie
                                      (moved.h), by which lists of the collection name
                                      them; NULL: none */
    const struct exclude *exclude; /* NULL: nothing is */
    const struct pattern *path_pattern; /* NULL: none; what it tells the type of is
                                           evidence */
    bool assumes_type;                  /* every file may be evidence */
    size_t count_max;                   /* for tests; 0: DISCOVER_SOURCES_MAX */
};

/* False: a path does not exist or cannot be opened (a usage error), or a limit was
 * passed; err names the path. */
MUST_USE bool discover(struct arena *arena, const struct discover_wanted *wanted,
                       struct source_list *sources, struct error *err);

#endif
