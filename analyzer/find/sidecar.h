/*
 * sidecar.h - what a file is that lies beside evidence, by its name.
 *
 *     describe-db-snapshots.json           the answer
 *     describe-db-snapshots.json.err       SIDECAR_ERRORS     of_bytes ends here: ^
 *     describe-db-snapshots.json.sha256    SIDECAR_SIGNATURE
 *     describe-db-snapshots.json~          SIDECAR_COPY
 *     ._describe-db-snapshots.json         SIDECAR_SYSTEM
 *     collection.tsv                       SIDECAR_RUNS
 *     notes.docx                           SIDECAR_DOCUMENT
 *
 * A name alone must not hide evidence: discovery reads what begins as JSON under any of
 * these names, so that a copy of an answer is never left out. Only signatures are not
 * looked into, since they may be JSON themselves.
 *
 * How to add a name: a word in the table of sidecar.c.
 */
#ifndef FIND_SIDECAR_H
#define FIND_SIDECAR_H

#include "base/str.h"

enum sidecar_kind {
    SIDECAR_ERRORS, /* what the call wrote to standard error */
    SIDECAR_STATUS, /* its exit status */
    SIDECAR_RUNS,   /* who collected, by which program, and when: of a whole folder */
    SIDECAR_LOG,    /* may be either, or the answer */
    SIDECAR_SIGNATURE, /* never looked into */
    SIDECAR_SYSTEM,    /* of the system or of an editor, never by the call's own name */
    SIDECAR_COPY,      /* perhaps of an answer */
    SIDECAR_DOCUMENT,
};

struct sidecar {
    enum sidecar_kind kind;
    const char *what; /* "a digest" */
    size_t of_bytes;  /* of the name, before its ending; 0: it lies beside nothing */
};

bool sidecar_of(struct str name, struct sidecar *sidecar);

/* Whether the name, in some case, ends in .json, and is that of no sidecar. */
bool is_json_name(struct str name);

/* What may stand behind a sidecar's stem in the name of what it lies beside:
 * x.err beside x.json. The first is empty; NULL ends them. */
extern const char *const sidecar_suffixes[];

#endif
