/*
 * sidecar.h - what a file is that lies beside evidence, as its name tells: what a call
 * wrote to standard error, a digest, a signature, a copy of an editor, what a system
 * keeps for itself, a document.
 *
 *     if (sidecar_of(name, &sidecar))     // "x.json.err": the error output, of
 * "x.json"
 *
 * A name hides no evidence: what begins as JSON under such a name is read all the same
 * (discover.c), so that a copy of an answer is never left out, save for signatures,
 * which may be JSON themselves.
 */
#ifndef FIND_SIDECAR_H
#define FIND_SIDECAR_H

#include "base/str.h"

enum sidecar_kind {
    SIDECAR_ERRORS,    /* what the call wrote to standard error */
    SIDECAR_STATUS,    /* its exit status */
    SIDECAR_LOG,       /* may be either, or the answer */
    SIDECAR_SIGNATURE, /* never looked into */
    SIDECAR_SYSTEM,    /* of the system or of an editor, never by the call's own name */
    SIDECAR_COPY,      /* perhaps of an answer */
    SIDECAR_DOCUMENT,
};

struct sidecar {
    enum sidecar_kind kind;
    const char *what; /* "a digest" */
    size_t of_bytes;  /* of the name of what it lies beside: its first bytes; 0: none */
};

bool sidecar_of(struct str name, struct sidecar *sidecar);

/* Whether the name, in some case, ends in .json, and is that of no sidecar. */
bool is_json_name(struct str name);

/* What may stand behind a sidecar's stem in the name of what it lies beside:
 * x.err beside x.json. The first is empty; NULL ends them. */
extern const char *const sidecar_suffixes[];

#endif
