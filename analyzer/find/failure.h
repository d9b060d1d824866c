/*
 * failure.h - what the AWS CLI, or the shell in its place, said about a call that
 * failed: one line to quote in a message, and what to do.
 *
 *     if (failure_find(&arena, head, &failure))
 *         "%s; %s", failure.said, failure.advice
 *
 * It is found in whatever form it was saved: the CLI's sentence, behind warnings or
 * lines of --debug, behind `aws: [ERROR]:`, or broken into lines by PowerShell; and the
 * CLI's error format as JSON, YAML, text and table.
 *
 * Reports are passed on, so they must not quote a secret: of the CLI's text nothing
 * from a signature on, and of any other text at most FAILURE_QUOTE_BYTES_MAX bytes, and
 * none if they look like a credential.
 *
 * The same holds for its parts below, which are taken from what may be quoted; only
 * its length is no limit of theirs.
 *
 * How to add an error: a word in the table of failure.c, beside the advice that fits.
 *
 * Lifetime: texts live in the arena.
 */
#ifndef FIND_FAILURE_H
#define FIND_FAILURE_H

#include "find/denial.h"

enum {
    FAILURE_LINE_BYTES_MAX = 300,
    FAILURE_QUOTE_BYTES_MAX = 40,
    FAILURE_WORD_BYTES_MAX = 128, /* of a code, and of an operation */
};

enum failure_of {
    FAILURE_OF_CLI,          /* the AWS CLI wrote it */
    FAILURE_OF_CLI_BY_SHELL, /* and PowerShell took it for an error of its own */
    FAILURE_OF_SHELL,        /* a shell that found no AWS CLI */
    FAILURE_OF_COUNT,
};

struct failure {
    enum failure_of of;
    const char *said;     /* "AccessDenied: User … is not authorized" */
    const char *advice;   /* what to do; never NULL */
    struct str code;      /* "AccessDenied", or absent */
    struct str operation; /* "DescribeDBSnapshots", or absent */
    struct denial denied; /* by whom, and what; or absent */
};

/* `head` is the first bytes of what may hold anything, as UTF-8. */
bool failure_find(struct arena *arena, struct str head, struct failure *failure);

/* "AccessDenied: the role AuditReadOnly/j.doe lacks rds:DescribeDBSnapshots", as far as
 * it is known; what was said, if there is no code. */
const char *failure_cause(struct arena *arena, const struct failure *failure);
/* The same in few words: "AccessDenied (rds:DescribeDBSnapshots)". */
const char *failure_label(struct arena *arena, const struct failure *failure);

/* By code, operation, actor and action; NULL before any. */
int failure_compare(const struct failure *left, const struct failure *right);

/* Whether a source that begins so is that text and nothing else, as far as it begins.
 */
bool failure_begins(struct str head);
/* The same of the error format that is JSON. */
bool failure_is_json(struct str head);

/* The last line that says something, as failure_quote() gives it; NULL: none does. */
const char *failure_last_line(struct arena *arena, struct str text);

/* Some bytes of a line, or words that stand for what may be a secret. */
const char *failure_quote(struct arena *arena, struct str line);

#endif
