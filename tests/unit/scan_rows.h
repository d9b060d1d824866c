/*
 * scan_rows.h - scan a tree of files by one small rule, and print what came out.
 */
#ifndef TESTS_UNIT_SCAN_ROWS_H
#define TESTS_UNIT_SCAN_ROWS_H

#include "rows.h"
#include "tree.h"

#include "gather/document.h"
#include "scan.h"

#include <math.h>

/* The start of a rule that judges regions; its facts follow. */
#define REGION_RULE                                                                    \
    "format: 1\n"                                                                      \
    "id: r\n"                                                                          \
    "title: t\n"                                                                       \
    "severity: low\n"                                                                  \
    "for_each: region\n"                                                               \
    "facts:\n"

/* The same of one that judges accounts. */
#define ACCOUNT_RULE                                                                   \
    "format: 1\n"                                                                      \
    "id: r\n"                                                                          \
    "title: t\n"                                                                       \
    "severity: low\n"                                                                  \
    "for_each: account\n"                                                              \
    "facts:\n"

/* The rule of most rows: how many snapshots, how many of them AWS Backup's. */
static const char snapshots_rule[] __attribute__((unused)) = REGION_RULE
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "  m: { query: \"DBSnapshots[?SnapshotType==`awsbackup`]\", accepts: filtered }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"m > `0`\", message: \"{m} of {n}\" }\n"
    "  - { result: fail, message: \"none of {n}\" }\n";

/* About answers that are parts of a listing, each for a parent. */
static const char parts_rule[] __attribute__((unused)) =
    REGION_RULE "  n: { from: \"AWS::Backup::BackupSelection\" }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
                "  - { result: fail, message: \"none\" }\n";

/* Of the scans to come; 0: ROWS_MAX. */
static size_t scan_rows_max __attribute__((unused));

/* Of the scans to come: what a catalog of their own says; NULL: the rules need none. */
static const char *scan_catalog __attribute__((unused));

struct scan_row {
    const char *name;
    const char *files;
    const char *expected; /* a line a finding, "P code" a problem */
};

static inline void print_value(struct buf *buf, const struct fact *fact,
                               const struct fact_value *value)
{
    buf_printf(buf, " %.*s=", STR_ARG(fact->name));
    if (value->only_none) {
        buf_add(buf, STR("none"));
        return;
    }
    if (isfinite(value->at_least))
        buf_printf(buf, "%.17g", value->at_least);
    if (!isfinite(value->at_most) || !isfinite(value->at_least))
        buf_add(buf, STR(".."));
    else if (value->at_most != value->at_least)
        buf_add(buf, STR(".."));
    if (isfinite(value->at_most) && value->at_most != value->at_least)
        buf_printf(buf, "%.17g", value->at_most);
    if (value->maybe_none)
        buf_add(buf, STR("?"));
}

static inline const char *print_findings(struct arena *arena,
                                         const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        buf_add(&buf, finding->account.text ? finding->account : STR("-"));
        buf_add_byte(&buf, ' ');
        buf_add(&buf, finding->region.text ? finding->region : STR("-"));
        if (finding->resource.text != NULL)
            buf_printf(&buf, " %.*s", STR_ARG(finding->resource));
        buf_printf(&buf, " %s", result_name(finding->result));
        for (size_t j = 0; j < finding->rule->fact_count; j++)
            print_value(&buf, &finding->rule->facts[j], &finding->facts[j]);
        for (size_t j = 0; j < finding->assumption_count; j++)
            buf_printf(&buf, " +%s", code_name(reason_code(&finding->assumptions[j])));
        for (size_t j = 0; j < finding->reason_count; j++)
            buf_printf(&buf, " -%s", code_name(reason_code(&finding->reasons[j])));
        buf_add_byte(&buf, '\n');
    }
    for (size_t i = 0; i < assessment->problem_count; i++)
        buf_printf(&buf, "P %s\n",
                   code_name(reason_code(&assessment->problems[i].reason)));
    return buf_str(&buf).text;
}

/* What comes of the row's files, as `print` prints it; or the error. `listing`: if not
 * absent, what the first of them holds. */
static inline const char *
scan_print_by(struct arena *arena, const struct scan_row *row, const char *rule,
              const struct settings *settings, struct str listing,
              const char *(*print)(struct arena *, const struct assessment *))
{
    static const char *const paths[] = { "." };
    struct str rules[] = { STR("r.yaml"), STR("catalog.yaml") };
    const struct rulebook_wanted wanted = {
        .paths = { rules, scan_catalog != NULL ? 2 : 1 }, .no_builtin = true
    };
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct assessment assessment;
    const struct rulebook *book;
    struct error err = { 0 };
    struct tree tree;
    bool done;

    tree_make(&tree, row->files);
    tree_write("r.yaml", rule, strlen(rule));
    if (scan_catalog != NULL)
        tree_write("catalog.yaml", scan_catalog, strlen(scan_catalog));
    if (listing.text != NULL)
        tree_write(arena_copy(arena, row->files, strcspn(row->files, "=")),
                   listing.text, listing.len);
    book = rulebook_load(arena, &wanted, &mistakes);
    assert_non_null(book);
    done = scan(arena,
                &(struct scan_wanted){ .book = book,
                                       .settings = settings,
                                       .paths = paths,
                                       .path_count = 1,
                                       .rows_max = scan_rows_max },
                &assessment, &err);
    tree_remove(&tree);
    return done ? print(arena, &assessment)
                : str_copy(arena, str_from(err.message)).text;
}

/* The same, as in the row's `expected`. */
static inline const char *scan_print(struct arena *arena, const struct scan_row *row,
                                     const char *rule, const struct settings *settings,
                                     struct str listing)
{
    return scan_print_by(arena, row, rule, settings, listing, print_findings);
}

static inline void scan_row_with(const struct scan_row *row, const char *rule,
                                 const struct settings *settings, struct str listing)
{
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(scan_print(&arena, row, rule, settings, listing),
                        row->expected);
    arena_release(&arena);
}

static inline void scan_row(const struct scan_row *row, const char *rule)
{
    const struct settings settings = { 0 };

    scan_row_with(row, rule, &settings, STR_NONE);
}

#endif
