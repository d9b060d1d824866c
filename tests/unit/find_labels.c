#include "find/labels.h"

#include "catalog_sample.h"
#include "rows.h"

#include <string.h>

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBSnapshot\n"
    "    level: region\n"
    "    calls:\n"
    "      - { call: rds describe-db-snapshots, list: X, gives: whole }\n"
    "  - type: AWS::Backup::BackupSelection\n"
    "    level: region\n"
    "    calls:\n"
    "      - { call: backup list-backup-selections, list: Y, gives: nothing }\n"
    "      - { call: backup get-backup-selection, list: Z, gives: nothing }\n";

#define A        "123456789012"
#define ACCOUNT  "(?<account>[^/]+)/"
#define REGION   "(?<region>[^/]*)/"
#define TYPE     "(?<type>[^/]+)"
#define SNAPSHOT "AWS::RDS::DBSnapshot"

static const struct row {
    const char *name;
    const char *pattern; /* NULL: none */
    const char *path;
    const char *account, *region, *type; /* NULL: not told */
    const char *wrong;                   /* the names of the wrong groups */
} rows[] = {
    { "no pattern tells nothing", NULL, A "/us-east-1/x", NULL, NULL, NULL, "" },
    { "a path that does not match tells nothing", "^" ACCOUNT "$", A "/x", NULL, NULL,
      NULL, "" },
    { "each group tells what it is named for", "^" ACCOUNT REGION TYPE,
      A "/us-east-1/" SNAPSHOT, A, "us-east-1", SNAPSHOT, "" },
    { "a group alone", "^" ACCOUNT, A "/us-east-1/x", A, NULL, NULL, "" },
    { "a pattern is not anchored", ACCOUNT "c$", "a/" A "/c", A, NULL, NULL, "" },
    { "a group that took no part tells nothing",
      "(?<region>us-east-1)?(?<account>\\d+)", A, A, NULL, NULL, "" },
    { "a group that matched nothing tells nothing", REGION ACCOUNT, "/" A "/", A, NULL,
      NULL, "" },
    { "too few digits are no account", ACCOUNT, "12345678901/", NULL, NULL, NULL,
      "account" },
    { "too many neither", ACCOUNT, A "3/", NULL, NULL, NULL, "account" },
    { "a word is no account", ACCOUNT, "prod/", NULL, NULL, NULL, "account" },
    { "a region that is not known yet is one", "^" REGION, "xy-south-9/", NULL,
      "xy-south-9", NULL, "" },
    { "a place is no region", "^" REGION, "frankfurt/", NULL, NULL, NULL, "region" },
    { "a zone is no region", "^" REGION, "us-east-1a/", NULL, NULL, NULL, "region" },
    { "global is no region, and not wrong", "^" REGION, "global/", NULL, NULL, NULL,
      "" },
    { "a type by a call's name", TYPE, "describe-db-snapshots", NULL, NULL, SNAPSHOT,
      "" },
    { "a type as a file's name tells it", TYPE, "prod-DescribeDBSnapshots-1.json", NULL,
      NULL, SNAPSHOT, "" },
    { "a type's name in another case is none", TYPE, "aws::rds::dbsnapshot", NULL, NULL,
      NULL, "type" },
    { "a word is no type", TYPE, "snapshots", NULL, NULL, NULL, "type" },
    { "all that is wrong is told", ACCOUNT REGION TYPE, "a/b/c", NULL, NULL, NULL,
      "account region type" },
    { "one that is wrong leaves the others", ACCOUNT REGION TYPE,
      "a/us-east-1/" SNAPSHOT, NULL, "us-east-1", SNAPSHOT, "account" },
    { "a path that is not UTF-8 matches as any other", "^" ACCOUNT, A "/\xff", A, NULL,
      NULL, "" },
};

static const struct pattern *compile(struct arena *arena, const char *text)
{
    struct error err = { 0 };
    const struct pattern *pattern = NULL;

    if (text != NULL) {
        pattern = pattern_compile(arena, str_from(text), &err);
        assert_non_null(pattern);
    }
    return pattern;
}

static void assert_told(struct str told, const char *expected)
{
    if (!str_equal(told, str_from(expected)) ||
        (told.text == NULL) != (expected == NULL))
        fail_msg("told '%.*s', expected '%s'", STR_ARG(told),
                 expected != NULL ? expected : "(nothing)");
}

static void parse_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct labels labels;
    const char *wrong = row->wrong;

    labels_parse(&arena, catalog_parsed(&arena, catalog_text),
                 compile(&arena, row->pattern), pattern_match_new(&arena),
                 str_from(row->path), &labels);
    assert_told(labels.account, row->account);
    assert_told(labels.region, row->region);
    assert_told(labels.type != NULL ? labels.type->name : STR_NONE, row->type);
    for (size_t i = 0; i < labels.wrong_count; i++) {
        size_t len = strcspn(wrong, " ");
        const char *start =
            arena_printf(&arena, "the group '%.*s' of ", (int)len, wrong);

        assert_true(str_starts_with(str_from(labels.wrong[i]), str_from(start)));
        wrong += len + (wrong[len] != '\0');
    }
    assert_string_equal(wrong, "");
    arena_release(&arena);
}

static const struct prevail_row {
    const char *name;
    const char *pattern, *path;
    const char *words; /* the accounts and regions that are left */
    const char *call;  /* and what the file's name tells */
} prevail_rows[] = {
    { "nothing told: the path's own words stand", "x" ACCOUNT, A "/us-east-1/f",
      A " us-east-1", "-" },
    { "an account stands for all that the path names", "^[0-9]+/" ACCOUNT,
      "111111111111/" A "/us-east-1/f", A " us-east-1", "-" },
    { "and a region too", "/" REGION "f", "us-west-2/us-east-1/f", "us-east-1", "-" },
    { "no word stands for what is wrong", "^(?<account>[a-z]+)/(?<region>[a-z]+)",
      "prod/paris/" A "-us-east-1", "", "-" },
    { "but does where the group says global", "^" REGION, "global/us-east-1/f",
      "us-east-1", "-" },
    { "a type by its name takes the call of another from the file's name", "^" TYPE,
      SNAPSHOT "/list-backup-selections--p.json", "", "-" },
    { "a type by its name keeps the file's call of that type", "^" TYPE,
      "AWS::Backup::BackupSelection/list-backup-selections--p.json", "",
      "backup list-backup-selections p" },
    { "a call prevails over the file's call", "^" TYPE,
      "get-backup-selection/list-backup-selections--p.json", "",
      "backup get-backup-selection" },
    { "the same call keeps its words", "^" TYPE,
      "list-backup-selections/list-backup-selections--p.json", "",
      "backup list-backup-selections p" },
    { "a call brings its words", TYPE "$", "list-backup-selections--p.json", "",
      "backup list-backup-selections p" },
};

static void prevail_test(void **state)
{
    const struct prevail_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    const char *slash = strrchr(row->path, '/');
    struct buf left = BUF_EMPTY(&arena), call = BUF_EMPTY(&arena);
    struct labels labels;
    struct words words;
    struct name name;

    words_parse(&arena, str_from(row->path), false, NULL, &words);
    name_parse(catalog, str_from(slash != NULL ? slash + 1 : row->path), &name);
    labels_parse(&arena, catalog, compile(&arena, row->pattern),
                 pattern_match_new(&arena), str_from(row->path), &labels);
    labels_prevail(&labels, &words, &name);
    for (size_t i = 0; i < words.account_count; i++)
        buf_printf(&left, " %.*s", STR_ARG(words.accounts[i]));
    for (size_t i = 0; i < words.region_count; i++)
        buf_printf(&left, " %.*s", STR_ARG(words.regions[i]));
    buf_add(&call, name.call != NULL ? name.call->name : STR("-"));
    for (size_t i = 0; i < name.word_count; i++)
        buf_printf(&call, " %.*s", STR_ARG(name.words[i]));
    assert_string_equal(str_trim(buf_str(&left)).text, row->words);
    assert_string_equal(buf_str(&call).text, row->call);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, parse_test);
    TESTS_ADD_ROWS(&tests, prevail_rows, prevail_test);
    return tests_run("find_labels", &tests);
}
