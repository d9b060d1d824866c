/*
 * verify.h - whether a report is what a run on the same evidence writes.
 *
 *     report ───────────────────────────► verify_alone(): does it contradict itself?
 *        └ settings, rules ► scan ► report again ► verify_again(): where do they
 * differ? └► verify_moves(): files that lie elsewhere now
 *
 * A report follows from evidence, rules, settings and program, so it can be made again.
 * All of both is compared, value by value: first by what has a name (files, rules,
 * findings), then the rest by its place, so that no edit of a report is passed over. A
 * line says one thing, with a code.
 *
 * What is no part of how a report reads as JSON (blanks, the order of keys, escapes) is
 * a note; so is a file that lies elsewhere, and another version of the program.
 *
 * Lifetime: the arena's. Limits: VERIFY_VALUES_MAX lines of values that differ; more
 * are counted. VERIFY_MOVED_BYTES_MAX of a path that a file had. VERIFY_OPERANDS_MAX
 * of a report that is made again.
 */
#ifndef COMPARE_VERIFY_H
#define COMPARE_VERIFY_H

#include "compare/report.h"
#include "find/moved.h"

enum {
    VERIFY_VALUES_MAX = 1000,
    VERIFY_MOVED_BYTES_MAX = 4096,
    VERIFY_OPERANDS_MAX = 65536,
};

enum verify_code {
    VERIFY_COUNTS,
    VERIFY_INPUTS,
    VERIFY_RULE,
    VERIFY_CATALOG,
    VERIFY_WAIVERS,
    VERIFY_ALTERED,
    VERIFY_MISSING,
    VERIFY_NEW,
    VERIFY_UNREADABLE,
    VERIFY_FINDING,
    VERIFY_VALUE,
    /* notes, from here on */
    VERIFY_MOVED,
    VERIFY_VERSION,
    VERIFY_FORMATTED,
    VERIFY_UNDIGESTED,
    VERIFY_CODE_COUNT
};

const char *verify_code_name(enum verify_code code); /* "altered" */
bool verify_is_note(enum verify_code code);

struct verify_line {
    enum verify_code code;
    struct str where; /* a path, a rule's or finding's id, a JSON Pointer; absent: the
                         report */
    const char *text;
};

struct verification {
    struct arena *arena;
    const struct saved_report *report;
    struct verify_line *lines; /* by code; of one code, in the order of the report */
    size_t count, capacity;
    size_t of_code[VERIFY_CODE_COUNT];
    size_t values_more; /* that differ and have no line */
};

struct verification *verification_new(struct arena *arena,
                                      const struct saved_report *report);
void verification_add(struct verification *verification, enum verify_code code,
                      struct str where, const char *text);

/* Counts, and digests of texts that it holds. */
void verify_alone(struct verification *verification);

/* `again` is made of the same settings and rules; it may be the report itself, where it
 * has the same bytes. Call it last: it sorts the lines. */
void verify_again(struct verification *verification, const struct saved_report *again);

/* The files of `again` that the report has at another path: by their digests, and what
 * has none by the folder that others moved from. `to` is the path in the report. */
struct moves verify_moves(struct arena *arena, const struct saved_report *report,
                          const struct saved_report *again);

/* The first operand that is an archive in one of the two and a folder in the other
 * (*packed: in the report), or absent. What an archive holds has other names there, so
 * that all would differ. */
struct str verify_repacked(const struct saved_report *report,
                           const struct saved_report *again, bool *packed);

/* Differences, without notes. */
size_t verification_differences(const struct verification *verification);

/* 0 it holds; 3 evidence could not be read, and all else that differs may be due to
 * that; else 1. */
int verification_status(const struct verification *verification);

#endif
