/*
 * The summary of evidence of many accounts: on a terminal, in a file, on a narrow page.
 */
#include "rows.h"
#include "tree.h"

#include "report/report.h"
#include "scan.h"

enum { ACCOUNTS = 45 };

/* Accounts of a region each, with all that the built-in rule reads; those from `denied`
 * on have no DB snapshots, and the last has no backup plans. */
static void make_accounts(struct tree *tree, size_t denied)
{
    static const char *const calls[] = {
        "rds-describe-db-snapshots", "DBSnapshots",
        "rds-describe-db-instances", "DBInstances",
        "rds-describe-db-clusters",  "DBClusters",
        "backup-list-backup-plans",  "BackupPlansList"
    };
    struct arena arena = ARENA_EMPTY;
    struct buf files = BUF_EMPTY(&arena);

    buf_add(&files, STR("t/\n"));
    for (size_t i = 0; i < ACCOUNTS; i++) {
        const char *folder = arena_printf(&arena, "t/1000000000%02zu", i);

        buf_printf(&files, "%s/\n%s/us-east-1/\n", folder, folder);
        for (size_t j = 0; j < COUNT_OF(calls); j += 2) {
            if (i + 1 == ACCOUNTS && j == 6)
                continue;
            buf_printf(&files, "%s/us-east-1/%s.json=", folder, calls[j]);
            if (i < denied || j > 0)
                buf_printf(&files, "{\"%s\":[]}", calls[j + 1]);
            buf_add(&files, STR("\n"));
        }
    }
    tree_make(tree, buf_str(&files).text);
    arena_release(&arena);
}

static const char *summary(struct arena *arena, const struct report_style *style)
{
    static const char *const paths[] = { "t" };
    const struct rulebook_wanted wanted = { .to_judge = true };
    struct settings *settings = arena_new(arena, struct settings);
    struct assessment *assessment = arena_new(arena, struct assessment);
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct buf text = BUF_EMPTY(arena);
    struct error err = { 0 };

    settings->lists_missing = true;
    assert_true(
        scan(arena,
             &(struct scan_wanted){ .book = rulebook_load(arena, &wanted, &mistakes),
                                    .settings = settings,
                                    .paths = paths,
                                    .path_count = 1 },
             assessment, &err));
    report_evidence_text(assessment, style, &text);
    return buf_str(&text).text;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

static const struct page_row {
    const char *name;
    size_t width;
    bool is_short;
    size_t denied;      /* the first account that is */
    size_t accounts;    /* that the text has a line of, of each table and each group */
    const char *has[5]; /* lines of it */
} rows[] = {
    { "a file has every account, in the table and below each cause",
      80,
      false,
      0,
      ACCOUNTS + ACCOUNTS + 1,
      { "account       regions  DB snapshots  DB instances  DB clusters  backup "
        "plans\n",
        "\n100000000000  1 / ?    0 of 1 (!)    1             1            1\n",
        "\n100000000044  1 / ?    0 of 1 (!)    1             1            0 of 1 "
        "(!)\n",
        "\n   1  no listing of backup plans [missing]\n",
        "\nAsk the client: 46 commands in 45 accounts: invaudit evidence -o script "
        "t\n" } },
    { "a terminal shows some of each, and how many more there are",
      80,
      true,
      0,
      40 + 6 + 1,
      { "\n100000000039  1 / ?  ",
        "\nand 5 more accounts; a file or a pipe has all of them\n",
        "\n        and 39 more; a file or a pipe has all of them\n", "", "" } },
    { "an account that lacks something goes before those that do not",
      80,
      true,
      ACCOUNTS - 1,
      40 + 1,
      { "\n100000000038  1 / ?    1             1             1            1\n",
        "\n100000000044  1 / ?    0 of 1 (!)    1 ", "", "", "" } },
    { "a narrow page has several tables, and names what lacks nothing",
      40,
      false,
      ACCOUNTS - 1,
      2 * ACCOUNTS + 1,
      { "\nWhole everywhere: DB instances, DB\nclusters\n\n",
        "\naccount       regions  DB snapshots\n",
        "\naccount       regions  backup plans\n",
        "\n100000000044  1 / ?    0 of 1 (!)\n", "" } },
};

static void page_test(void **state)
{
    const struct page_row *row = *state;
    const struct report_style style = { .width = row->width,
                                        .is_short = row->is_short };
    struct arena arena = ARENA_EMPTY;
    struct tree tree;
    const char *text;

    make_accounts(&tree, row->denied);
    text = summary(&arena, &style);
    for (size_t i = 0; i < COUNT_OF(row->has); i++)
        if (strstr(text, row->has[i]) == NULL)
            fail_msg("no '%s' in\n%s", row->has[i], text);
    assert_int_equal(count_of(text, "1000000000") - count_of(text, "t/1000000000"),
                     row->accounts);
    tree_remove(&tree);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, page_test);
    return tests_run("report_overview", &tests);
}
