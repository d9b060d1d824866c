/*
 * command.h - what a command line of the AWS CLI asked for, as a manifest notes it.
 *
 *     aws rds describe-db-snapshots --snapshot-type manual --region us-east-1
 *         └─────────── call ──────┘ └─── option: limits ──┘ └── harmless ───┘
 *
 *     command_parse(arena, catalog, line, &command);
 *
 * A manifest notes words without their quotes, so where a word ends is not always
 * known. What is not understood limits: the answer may lack any record.
 *
 * An option limits, unless it is one of these: it says nothing of which records are
 * there (the table in command.c: --region, --output, --profile; --max-items and its
 * like too, for the answer then carries a token); it names the parent or the record
 * that the catalog says the call is asked with; it is among the catalog's `arguments`
 * of the call.
 *
 * A token (--starting-token; or that of the call itself, --next-token, --marker) asks
 * for a later page, which is told apart: a manifest can show that pages are the whole.
 * AWS takes no token but one that it gave, and the AWS CLI gives those of its own; so
 * whichever of these options takes the text that a page carries, asks for the next.
 *
 * How to add a harmless option: a row in the table of command.c.
 *
 * Lifetime: texts borrow from the line and the catalog.
 */
#ifndef FIND_COMMAND_H
#define FIND_COMMAND_H

#include "catalog/name.h"

struct call_command {
    bool tells_call;         /* it is that of one call of AWS: */
    const struct call *call; /* NULL: none of the catalog's */
    bool limits; /* records may be left out, and not for being on other pages: */
    const struct option_word *option; /* all but those that have this; NULL: any */
    struct str limited_by;            /* "--snapshot-type manual"; the first */
    struct str region;                /* --region; absent: not given */
    struct str parent;                /* of a call that is asked by a parent: which */
    struct str token; /* a later page was asked for by it; absent: the first was */
    struct str token_words; /* "--starting-token TOKEN" */
};

void command_parse(struct arena *arena, const struct catalog *catalog, struct str line,
                   struct call_command *command);

/* The line without what asks for one page or tells how large it is: the same of all
 * pages of a listing. */
struct str command_listing(struct arena *arena, struct str line);

#endif
