/*
 * judging.h - the options by which evidence is understood and judged, the same for
 * every command that does so, and the assessment that they give.
 *
 * A command's options are a struct with a `struct judging_options judging`, and its
 * table holds JUDGING_OPTIONS(struct that_one).
 *
 * How to add an option that affects a verdict: add a member and a row here, and to
 * struct settings (gather/assessment.h), which the reports print.
 */
#ifndef CLI_JUDGING_H
#define CLI_JUDGING_H

#include "cli/running.h"
#include "gather/assessment.h"

struct judging_options {
    struct str_list rules, select, skip, params, expect_regions, account, region,
        exclude;
    struct str as_of, assume_account, assume_region, assume_type, path_pattern;
    bool no_builtin, no_filtered, no_digest;
};

/* clang-format off */
#define JUDGING_OPTIONS(target)                                                        \
    { "rules", 0, OPTION_TEXTS, "PATH",                                                \
      "add the rules of a file or folder, and the types of a catalog.yaml in it; "     \
      "repeatable",                                                                    \
      offsetof(target, judging.rules) },                                               \
    { "no-builtin", 0, OPTION_FLAG, NULL, "leave out the built-in rules",              \
      offsetof(target, judging.no_builtin) },                                          \
    { "select", 0, OPTION_WORDS, "ID[,ID...]",                                         \
      "judge by these rules only; repeatable", offsetof(target, judging.select) },     \
    { "skip", 0, OPTION_WORDS, "ID[,ID...]",                                           \
      "judge by all rules but these; repeatable", offsetof(target, judging.skip) },    \
    { "param", 0, OPTION_TEXTS, "ID.NAME=VALUE",                                       \
      "set a parameter of a rule; repeatable", offsetof(target, judging.params) },     \
    { "account", 0, OPTION_WORDS, "ID[,ID...]",                                        \
      "judge these accounts only; repeatable", offsetof(target, judging.account) },    \
    { "region", 0, OPTION_WORDS, "REGION[,REGION...]",                                 \
      "judge these regions only; repeatable", offsetof(target, judging.region) },      \
    { "exclude", 0, OPTION_TEXTS, "GLOB",                                              \
      "leave out files and folders of such names, such as '*.bak'; repeatable",        \
      offsetof(target, judging.exclude) },                                             \
    { "expect-regions", 0, OPTION_WORDS, "REGION[,REGION...]",                         \
      "the regions to be expected of every account; repeatable",                       \
      offsetof(target, judging.expect_regions) },                                      \
    { "as-of", 0, OPTION_TEXT, "DATE",                                                 \
      "the time that rules read as now: YYYY-MM-DD, an instant, or today",             \
      offsetof(target, judging.as_of) },                                               \
    { "assume-account", 0, OPTION_TEXT, "ID",                                          \
      "the account of evidence that tells none: 12 digits",                            \
      offsetof(target, judging.assume_account) },                                      \
    { "assume-region", 0, OPTION_TEXT, "REGION",                                       \
      "the region of evidence that tells none",                                        \
      offsetof(target, judging.assume_region) },                                       \
    { "assume-type", 0, OPTION_TEXT, "TYPE",                                           \
      "the type of evidence that tells none, such as AWS::RDS::DBSnapshot",            \
      offsetof(target, judging.assume_type) },                                         \
    { "path-pattern", 0, OPTION_TEXT, "PATTERN",                                       \
      "a regular expression for paths; its groups account, region and type tell these "\
      "before all else",                                                               \
      offsetof(target, judging.path_pattern) },                                        \
    { "no-filtered", 0, OPTION_FLAG, NULL,                                             \
      "never take a listing that a query may have filtered for complete",              \
      offsetof(target, judging.no_filtered) },                                         \
    { "no-digest", 0, OPTION_FLAG, NULL,                                               \
      "leave out the SHA-256 digests of the evidence, which take most of the time",    \
      offsetof(target, judging.no_digest) }
/* clang-format on */

/* What --as-of means: `as_of` stays absent if nothing is given. */
MUST_USE bool read_as_of(struct arena *arena, struct str given, struct str *as_of,
                         struct error *err);

/* STATUS_GOOD, and the assessment of the operands; or STATUS_WRONG: all was said. */
int judging_run(const struct command_line *line, const struct judging_options *given,
                const struct running *running, bool lists_missing,
                struct assessment *assessment);

#endif
