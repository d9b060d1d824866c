/*
 * script.h - what is missing, as a script of a POSIX shell that asks AWS for it.
 *
 *     assessment->missing ─► script_plan() ─► by account: what is asked, and how
 *                                               ├─ ask       a call, all told
 *                                               ├─ each      of each record of a
 *                                               │            listing that is asked, too
 *                                               └─ left out, and why
 *
 * Who judges evidence and who holds the credentials are two: the script is for the
 * second, who reads it first. It says what it asks before it says how (script.sh, which
 * the build puts into the program), and has a function for each account, which runs
 * under credentials of that account alone.
 *
 * Evidence is hostile, and so are the accounts, regions and ids that it names. No text
 * of it is a command, and none is even a word of one unless it looks like what AWS
 * gives: an account is 12 digits, a region letters, digits and hyphens; an id begins
 * with a letter or digit, goes on with what ARNs have, and has no "://", since the AWS
 * CLI would read the file or the address behind it. Only operations that describe, list
 * or get are asked. All else is left out, and the script says how much.
 *
 * A plan lives in the arena. Private to report/.
 */
#ifndef REPORT_SCRIPT_H
#define REPORT_SCRIPT_H

#include "gather/assessment.h"

/* How a call can be asked; in the order in which the script does, since the first give
 * the ids of the others. */
enum script_how {
    SCRIPT_ASK,        /* it is known of what */
    SCRIPT_EACH,       /* of each record of a whole listing */
    SCRIPT_EACH_PART,  /* of each record of listings in parts */
    SCRIPT_NO_ACCOUNT, /* left out: nothing tells the account */
    SCRIPT_NO_REGION,
    SCRIPT_NO_ID,      /* nothing lists of what it could be asked */
    SCRIPT_HARMFUL_ID, /* none that AWS gives */
    SCRIPT_CHANGES,    /* it does more than to look */
    SCRIPT_HOW_COUNT
};

struct script_call {
    enum script_how how;
    struct str account, region;
    const struct settle *settle;
    size_t index;               /* as they are missing */
    const struct call *listing; /* of SCRIPT_EACH, SCRIPT_EACH_PART: gives the ids */
};

struct script_plan {
    struct script_call *calls; /* by account, and how; then as they are missing */
    size_t count;
    size_t asked, accounts; /* that are not left out; of how many accounts */
    bool has_more;          /* there would be more, but for MISSING_SETTLES_MAX */
};

void script_plan(struct arena *arena, const struct assessment *assessment,
                 struct script_plan *plan);

#endif
