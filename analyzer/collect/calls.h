/*
 * calls.h - which calls a script asks AWS for, and how.
 *
 *     rules ─► reads.h ───► calls of any account ┐
 *     what is missing ────► calls of these ──────┴─► struct collect_calls
 *                                                      ├─ ask       all is told
 *     script.h prints them,                            ├─ each      of each record of a
 *     policy.h their permissions                       │            listing, asked, too
 *                                                      └─ left out, and why
 *
 * Evidence is hostile, and so are the accounts, regions and ids that it names. No text
 * of it is a command, and none is even a word of one unless it looks like what AWS
 * gives: an account is 12 digits, a region letters, digits and hyphens; an id has what
 * ARNs have, and no "://", since the AWS CLI would read the file or the address behind
 * it. Only operations that describe, list or get are asked. All else is left out, and
 * the script says how much.
 *
 * Lifetime: the arena's.
 */
#ifndef COLLECT_CALLS_H
#define COLLECT_CALLS_H

#include "catalog/catalog.h"
#include "gather/assessment.h"

/* A call that is wanted. Absent text: not known, or the call takes none. */
struct collect_request {
    const struct call *call;
    struct str account, region;
    struct str parent, record; /* the ids that the call is told */
};

/* How a call can be asked; in the order in which the script does, since the first give
 * the ids of the others. */
enum collect_how {
    COLLECT_ASK,        /* it is known of what */
    COLLECT_EACH,       /* of each record of a whole listing */
    COLLECT_EACH_PART,  /* of each record of listings in parts */
    COLLECT_NO_ACCOUNT, /* left out: nothing tells the account */
    COLLECT_NO_REGION,
    COLLECT_NO_ID,      /* nothing lists of what it could be asked */
    COLLECT_HARMFUL_ID, /* none that AWS gives */
    COLLECT_CHANGES,    /* it does more than to look */
    COLLECT_HOW_COUNT
};

struct collect_call {
    struct collect_request request;
    enum collect_how how;
    size_t index;               /* as it was wanted */
    const struct call *listing; /* of EACH, EACH_PART: gives the ids */
};

struct collect_calls {
    bool of_any;                /* account, and region; else of those that the requests
                                   name */
    struct collect_call *items; /* those that are asked first, by account; of any, by
                                   level; and by how */
    size_t count;
    size_t asked, accounts; /* that are not left out; of how many accounts */
    bool has_more;          /* there would be more, but for a limit */
};

/* `of_any`: each is asked of whatever account the credentials are of, and those of a
 * region in each of its regions; the requests name neither. */
void calls_of_requests(struct arena *arena, const struct collect_request *requests,
                       size_t count, bool of_any, struct collect_calls *calls);

/* What is missing of the evidence. */
void calls_of_missing(struct arena *arena, const struct assessment *assessment,
                      struct collect_calls *calls);

/* Whether it describes, lists or gets. */
bool call_only_looks(const struct call *call);

#endif
