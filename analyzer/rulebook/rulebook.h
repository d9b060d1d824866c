/*
 * rulebook.h - the catalog and the rules of one run, checked whole.
 *
 *     built in: tables of the catalog, rules ─┐
 *     --rules:  catalog.yaml, *.yaml ─────────┴► check ─► --pack, --select, --skip,
 *                                                 │       --param
 *                                                 └► all mistakes, each with its place
 *
 *     const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);
 *     if (book == NULL) print mistakes, status 2;
 *
 * The built-in catalog comes first, then the catalogs of the paths in their order;
 * every type is known before any rule is parsed. A folder's *.yaml and *.yml files are
 * its rules; folders below it and other files are ignored.
 *
 * Lifetime: the arena's; immutable after the load.
 * Limits: RULEBOOK_RULES_MAX, and YAML_BYTES_MAX a file.
 */
#ifndef RULEBOOK_RULEBOOK_H
#define RULEBOOK_RULEBOOK_H

#include "rulebook/rule.h"

enum { RULEBOOK_RULES_MAX = 10 * 1000 };

/* A file of --rules: rules, or a catalog.yaml. */
struct rulebook_file {
    const char *path;
    struct str text;
    char sha256[DIGEST_HEX_BYTES];
};

/* Texts of files that an earlier run read, without digests. */
struct rulebook_texts {
    const struct rulebook_file *items;
    size_t count;
};

/* All text ends in a NUL. */
struct rulebook_wanted {
    struct str_list paths; /* --rules: files and folders (a catalog.yaml in a folder
                              adds  types) */
    const struct rulebook_texts *texts; /* in place of what the paths name, which is not
                               opened; NULL: the paths are. The texts are of the rules
                               that were kept, so a word that names no rule is right */
    bool no_builtin;        /* without the built-in rules; the catalog stays */
    struct str_list select; /* words for rules to keep: see rule_is_named(); none: all.
                               One that names no rule is a mistake */
    struct str_list skip;   /* rules to leave out, selected or not; likewise */
    struct str_list packs;  /* whose rules are kept beside those */
    struct str_list params; /* ID.NAME=VALUE each: of a rule of the run */
    bool matrix;            /* a row a database, whatever rules run */
    bool to_judge; /* without `select`, a rule that is off is left out. Nothing else is
                      wanted of the rules: of the built-in ones, only those that are
                      kept are read, and without their tests */
};

struct rulebook {
    const struct catalog *catalog;
    const char *catalog_sha256; /* of the built-in files that it is made of, joined */
    struct rulebook_file *catalogs; /* that were added to it, in their order */
    size_t catalog_count, catalog_capacity;
    const struct rule **rules; /* by id */
    size_t count, capacity;
    struct str_list known; /* ids of all rules that were found, and of all that are
                              built in, whichever are kept */
    bool has_matrix;       /* a row a database is asked for (gather/assessment.h) */
};

/* Whether a word names the rule: it is its id, its pack or one of its tags; or, with *
 * or ?, its id is like it. */
bool rule_is_named(const struct rule *rule, struct str word);

/* NULL: mistakes has errors. The same id twice is one. */
MUST_USE const struct rulebook *rulebook_load(struct arena *arena,
                                              const struct rulebook_wanted *wanted,
                                              struct mistakes *mistakes);

#endif
