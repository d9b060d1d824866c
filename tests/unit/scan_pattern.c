/*
 * What --path-pattern tells, a row a case: files in, documents and findings out.
 */
#include "rows.h"
#include "tree.h"

#include "scan.h"

static const char rule_text[] =
    "format: 1\n"
    "id: r\n"
    "title: t\n"
    "severity: low\n"
    "for_each: region\n"
    "facts:\n"
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
    "  - { result: fail, message: \"none\" }\n";

#define A         "123456789012"
#define B         "210987654321"
#define SNAPS     "rds-describe-db-snapshots.json="
#define EMPTY     "{\"DBSnapshots\":[]}\n"
#define OF(other) "{\"DBSnapshots\":[" RECORD(other) "]}\n"
#define RECORD(account)                                                                \
    "{\"DBSnapshotIdentifier\":\"i\",\"SnapshotType\":\"s\",\"Engine\":\"e\","         \
    "\"Status\":\"s\",\"DBSnapshotArn\":\"arn:aws:rds:us-east-1:" account              \
    ":snapshot:i\"}"
#define PATTERN "/(?<account>\\d{12})-x/(?<region>[a-z]+-[a-z]+-\\d)/"

static const struct row {
    const char *name;
    const char *pattern;
    const char *files;
    const char *expected; /* a line a document, a finding ("F"), a problem ("P") */
} rows[] = {
    { "the account and the region that its groups match", PATTERN,
      A "-x/\n" A "-x/us-east-1/\n" A "-x/us-east-1/" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\n" },
    { "before what else the path says", PATTERN,
      B "/\n" B "/" A "-x/\n" B "/" A "-x/us-east-1/\n" B "/" A
        "-x/us-east-1/eu-west-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\n" },
    { "of a folder with nothing in it, too",
      "/x(?<account>\\d{12})y/(?<region>[a-z]+-[a-z]+-\\d)/",
      B "/\n" B "/x" A "y/\n" B "/x" A "y/us-east-1/\n",
      "F " A " us-east-1 unknown\n" },
    { "a path that does not match is told as without it", PATTERN,
      A "/\n" A "/us-east-1/\n" A "/us-east-1/" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/path us-east-1/path complete\n"
      "F " A " us-east-1 fail\n" },
    { "what no group tells is told as without it", "/(?<account>\\d{12})-x/",
      A "-x/\n" A "-x/us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/path complete\n"
      "F " A " us-east-1 fail\n" },
    { "and so is the call that the file is named after", PATTERN,
      A "-x/\n" A "-x/us-east-1/\n" A "-x/us-east-1/rds-describe-db-instances.json=\n" A
        "-x/us-east-1/" SNAPS EMPTY,
      "DBInstance/name " A "/pattern us-east-1/pattern nothing\n"
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\nP empty\n" },
    { "records of another account belong elsewhere", PATTERN,
      A "-x/\n" A "-x/us-east-1/\n" A "-x/us-east-1/" SNAPS OF(B),
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern mislabelled\n"
      "F " A " us-east-1 unknown\nP mislabelled\n" },
    { "records of another region too", PATTERN,
      A "-x/\n" A "-x/eu-west-1/\n" A "-x/eu-west-1/" SNAPS OF(A),
      "DBSnapshot/envelope " A "/pattern eu-west-1/pattern mislabelled\n"
      "F " A " eu-west-1 unknown\nP mislabelled\n" },
    { "an empty folder that it names is judged", PATTERN,
      B "/\n" B "/" A "-x/\n" B "/" A "-x/us-east-1/\n",
      "F " A " us-east-1 unknown\n" },
    { "a folder's own words are nothing where it places what is below",
      "/(?<account>\\d{12})-x-(?<region>[a-z]+-[a-z]+-\\d)",
      B "/\n" B "/eu-west-1/\n" B "/eu-west-1/" A "-x-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\n" },
    { "and name no account", PATTERN,
      B "/\n" B "/" A "-x/\n" B "/" A "-x/us-east-1/\n" B "/" A
        "-x/us-east-1/" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\n" },
    { "they stand where it places nothing below",
      "/(?<account>\\d{12})-x-(?<region>[a-z]+-[a-z]+-\\d)",
      B "/\n" B "/eu-west-1/\n" A "-x-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\nF " B " eu-west-1 unknown\n" },
    { "and where its name only begins like that of one it does",
      "/(?<account>\\d{12})-x-(?<region>[a-z]+-[a-z]+-\\d)",
      B "-eu-west-1/\n" B "-eu-west-1-" A "-x/\n" B "-eu-west-1-" A "-x/" A
        "-x-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/pattern us-east-1/pattern complete\n"
      "F " A " us-east-1 fail\nF " B " eu-west-1 unknown\n" },
    { "an account that is none: nothing decides", "/(?<account>\\d+)-x/",
      "4711-x/\n4711-x/" B "-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope -/not us-east-1/path mislabelled\n"
      "F - us-east-1 unknown\nP path-pattern\n" },
    { "a region that is none: nothing decides", "/(?<region>[a-z]+)/",
      "east/\neast/" A "-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/path -/not mislabelled\n"
      "F " A " - unknown\nP path-pattern\n" },
    { "a type that is none: nothing decides", "(?<type>snaps)",
      A "-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/envelope " A "/path us-east-1/path mislabelled\n"
      "F " A " us-east-1 unknown\nP path-pattern\n" },
    { "a type tells what a bare array lists", "/(?<type>describe-db-snapshots)/",
      "describe-db-snapshots/\ndescribe-db-snapshots/" A "-us-east-1.json=[]\n",
      "DBSnapshot/pattern " A "/path us-east-1/path partial\n"
      "F " A " us-east-1 unknown\n" },
    { "a type by its name does too", "/(?<type>AWS::RDS::DBSnapshot)/",
      "AWS::RDS::DBSnapshot/\nAWS::RDS::DBSnapshot/" A "-us-east-1.json=[]\n",
      "DBSnapshot/pattern " A "/path us-east-1/path partial\n"
      "F " A " us-east-1 unknown\n" },
    { "and what records are that do not tell it themselves",
      "/(?<type>AWS::RDS::DBSnapshot)/",
      "AWS::RDS::DBSnapshot/\nAWS::RDS::DBSnapshot/" A "-us-east-1.json=[{\"x\":1}]\n",
      "DBSnapshot/pattern " A "/path us-east-1/path partial\n"
      "F " A " us-east-1 unknown\n" },
    { "and what a failed call should have told", "/(?<type>describe-db-snapshots)/",
      "describe-db-snapshots/\ndescribe-db-snapshots/" A "-us-east-1.json=\n",
      "DBSnapshot/pattern " A "/path us-east-1/path nothing\n"
      "F " A " us-east-1 unknown\nP empty\n" },
    { "a type by its name, of a failed call", "/(?<type>AWS::RDS::DBSnapshot)/",
      "AWS::RDS::DBSnapshot/\nAWS::RDS::DBSnapshot/" A "-us-east-1.json=\n",
      "DBSnapshot/pattern " A "/path us-east-1/path nothing\n"
      "F " A " us-east-1 unknown\nP empty\n" },
    { "a type that the keys confirm is told by the pattern",
      "(?<type>rds-describe-db-snapshots)", A "-us-east-1-" SNAPS EMPTY,
      "DBSnapshot/pattern " A "/path us-east-1/path complete\n"
      "F " A " us-east-1 fail\n" },
    { "a type that the keys contradict: nothing decides",
      "/(?<type>describe-db-instances)/",
      "describe-db-instances/\ndescribe-db-instances/" A "-us-east-1.json=" EMPTY,
      "DBSnapshot/envelope " A "/path us-east-1/path mislabelled\n"
      "F " A " us-east-1 unknown\nP mislabelled\n" },
    { "other JSON under a type is no answer of it", "/(?<type>describe-db-snapshots)/",
      "describe-db-snapshots/\ndescribe-db-snapshots/" A "-us-east-1.json={\"x\":1}\n",
      "DBSnapshot/pattern " A "/path us-east-1/path nothing\n"
      "F " A " us-east-1 unknown\nP envelope-unknown\n" },
};

static const char *or_dash(struct arena *arena, struct str text)
{
    return text.text != NULL ? str_copy(arena, text).text : "-";
}

static void print_document(struct arena *arena, struct buf *buf,
                           const struct document_summary *document)
{
    struct str type = document->type != NULL ? document->type->name : STR("AWS::-::-");

    buf_printf(buf, "%s/%s %s/%s %s/%s %s\n", strrchr(or_dash(arena, type), ':') + 1,
               told_name(document->type_told), or_dash(arena, document->account),
               told_name(document->account_told), or_dash(arena, document->region),
               told_name(document->region_told), state_name(document->state));
}

static const char *print(struct arena *arena, const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->source_count; i++)
        for (size_t j = 0; j < assessment->sources[i].document_count; j++)
            print_document(arena, &buf, assessment->sources[i].documents[j]);
    for (size_t i = 0; i < assessment->finding_count; i++)
        buf_printf(&buf, "F %s %s %s\n",
                   or_dash(arena, assessment->findings[i].account),
                   or_dash(arena, assessment->findings[i].region),
                   result_name(assessment->findings[i].result));
    for (size_t i = 0; i < assessment->problem_count; i++)
        buf_printf(&buf, "P %s\n",
                   code_name(reason_code(&assessment->problems[i].reason)));
    return buf_str(&buf).text;
}

/* An account that only words name which the pattern overrules is none. */
static void assert_accounts_have_findings(const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->coverage_count; i++) {
        bool found = false;

        for (size_t j = 0; j < assessment->finding_count; j++)
            found = found || str_equal(assessment->findings[j].account,
                                       assessment->coverage[i].account);
        assert_true(found);
    }
}

static void scan_test(void **state)
{
    static const char *const paths[] = { "t" };
    struct str rules = STR("r.yaml");
    const struct rulebook_wanted wanted = { .paths = { &rules, 1 },
                                            .no_builtin = true };
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct settings settings = { 0 };
    struct assessment assessment;
    const struct rulebook *book;
    struct error err = { 0 };
    struct tree tree;

    settings.path_compiled = pattern_compile(&arena, str_from(row->pattern), &err);
    assert_non_null(settings.path_compiled);
    tree_make(&tree, "t/\n");
    tree_write("r.yaml", rule_text, strlen(rule_text));
    assert_int_equal(chdir("t"), 0);
    tree_add_lines(row->files);
    assert_int_equal(chdir(".."), 0);
    book = rulebook_load(&arena, &wanted, &mistakes);
    assert_non_null(book);
    assert_true(
        scan(&arena,
             &(struct scan_wanted){
                 .book = book, .settings = &settings, .paths = paths, .path_count = 1 },
             &assessment, &err));
    tree_remove(&tree);
    assert_string_equal(print(&arena, &assessment), row->expected);
    assert_accounts_have_findings(&assessment);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, scan_test);
    return tests_run("scan_pattern", &tests);
}
