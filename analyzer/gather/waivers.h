/*
 * waivers.h - failures that people have accepted, until a day: the file of --waivers.
 *
 *     format: 1
 *     waivers:
 *       - rule: Backup-001              which findings: globs of the four parts
 *         account: "123456789012"       that tell a finding from others
 *         region: us-east-1             (not there: any)
 *         resource: "*"
 *         reason: copied to tape until the move
 *         owner: storage team           who answers for it
 *         expires: 2027-01-31           the last day on which it holds, in UTC
 *         ticket: OPS-7                 or not there, as approved_by
 *
 *     file ─ waivers_read() ─► settings.waivers_read ─ explain/waive.h ─► findings
 *
 * A glob is one of ids, as --select has them: * stands for any characters, / and :
 * among them, ? for one. What a finding lacks is "-", as it is printed.
 *
 * It is checked as rules are: before evidence is read, whole, and all that is wrong is
 * said at once, each with its place. Among that: a rule that is nowhere, an account of
 * 11 digits, two waivers of the same findings.
 *
 * Lifetime: the arena's; immutable.
 * Limits: WAIVERS_MAX, and WAIVERS_BYTES_MAX the file; WAIVER_GLOB_BYTES_MAX a glob,
 * WAIVER_TEXT_BYTES_MAX any other text.
 */
#ifndef GATHER_WAIVERS_H
#define GATHER_WAIVERS_H

#include "rulebook/rulebook.h"

#include <stdint.h>

enum {
    WAIVERS_MAX = 10 * 1000,
    WAIVERS_BYTES_MAX = 16 * 1024 * 1024,
    WAIVER_GLOB_BYTES_MAX = 2048, /* an ARN is not longer */
    WAIVER_TEXT_BYTES_MAX = 1000,
};

/* What a waiver names findings by. */
enum waiver_part {
    WAIVER_RULE,
    WAIVER_ACCOUNT,
    WAIVER_REGION,
    WAIVER_RESOURCE,
    WAIVER_PART_COUNT
};

struct waiver {
    struct str globs[WAIVER_PART_COUNT]; /* "*" where none was given */
    struct str reason, owner;
    struct str approved_by, ticket; /* absent: not given */
    struct str expires;             /* as given */
    int64_t ends;                   /* the instant from which on it does not hold */
    struct place place;
};

struct waivers {
    const char *path;
    struct str text;            /* of the file */
    const char *sha256;         /* of that */
    const struct waiver *items; /* as they stand in the file */
    size_t count;
};

/* NULL: it cannot be read, or is wrong, said in mistakes. The rules are those of the
 * run: a waiver may name those that do not run, too. */
MUST_USE const struct waivers *waivers_read(struct arena *arena, const char *path,
                                            const struct rulebook *book,
                                            struct mistakes *mistakes);
/* The same of a file's text. */
MUST_USE const struct waivers *waivers_parse(struct arena *arena, const char *path,
                                             struct str text,
                                             const struct rulebook *book,
                                             struct mistakes *mistakes);

/* What it would cover, if it covers more than anyone looks through: "all rules", or
 * "all accounts, regions and resources"; NULL: it does not. A part is all where its
 * glob is nothing but * and ?. */
const char *waiver_breadth(const struct waiver *waiver);

/* Whether the glob stands for more than itself. */
bool waiver_is_glob(struct str glob);
bool waiver_part_fits(const struct waiver *waiver, enum waiver_part part,
                      struct str text);

extern const struct schema waivers_schema; /* of the file */

#endif
