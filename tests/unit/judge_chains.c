/*
 * Pages that a manifest shows to be a whole listing: a row for each thing without which
 * they stay pages.
 */
#include "scan_rows.h"

#include "gather/link.h"

#define A  "123456789012"
#define US A "/us-east-1/"
#define EU A "/eu-west-1/"
#define DIR                                                                            \
    A "/\n" US "\n" EU "\n"                                                            \
      "123456789012/eu-west-1/rds-describe-db-snapshots.json={\"DBSnapshots\":[]}\n"
#define REST A " eu-west-1 fail n=0 m=0\n"

#define SNAP(id, type)                                                                 \
    "{\"DBSnapshotIdentifier\":\"" id "\",\"SnapshotType\":\"" type                    \
    "\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define NAMELESS      "{\"SnapshotType\":\"manual\",\"Engine\":\"e\",\"Status\":\"s\"}"
#define LAST(records) "{\"DBSnapshots\":[" records "]}"
#define PAGE(records, token)                                                           \
    "{\"DBSnapshots\":[" records "],\"NextToken\":\"" token "\"}"

#define MANIFEST(lines)  "manifest.tsv=path\tbegun\tended\tstatus\tcommand\v" lines "\n"
#define CMD              "aws rds describe-db-snapshots"
#define LINE(name, more) US name "\t\t\t0\t" CMD more "\v"
#define FIRST            LINE("a.json", "")
#define SECOND           LINE("b.json", " --starting-token T")
#define THIRD            LINE("c.json", " --starting-token U")

#define ONE_PAGE  US "a.json=" PAGE(SNAP("a", "manual"), "T") "\n"
#define LAST_PAGE US "b.json=" LAST(SNAP("b", "manual")) "\n"

#define WHOLE(n, m) REST A " us-east-1 fail n=" n " m=" m " +pages-chained\n"
#define STAY        REST A " us-east-1 unknown n=1.. m=0..\n"

static const struct scan_row chain_rows[] = {
    { "two pages", DIR ONE_PAGE LAST_PAGE MANIFEST(FIRST SECOND), WHOLE("2", "0") },
    { "three, of which the last is empty, in another order",
      DIR US "c.json=" PAGE(SNAP("a", "manual"), "T") "\n" US "a.json=" PAGE(
          SNAP("b", "manual"), "U") "\n" US
                                    "b.json=" LAST("") "\n" MANIFEST(
                                        LINE("b.json", " --starting-token U")
                                            LINE("a.json", " --starting-token T")
                                                LINE("c.json", "")),
      WHOLE("2", "0") },
    { "by the tokens of the call itself",
      DIR US "a.json={\"DBSnapshots\":[],\"Marker\":\"T==\"}\n" LAST_PAGE MANIFEST(LINE(
          "a.json", " --no-paginate") LINE("b.json", " --max-records 20 --marker=T==")),
      WHOLE("1", "0") },
    { "what counts is on the last",
      DIR ONE_PAGE US
      "b.json=" LAST(SNAP("b", "awsbackup")) "\n" MANIFEST(FIRST SECOND),
      REST A " us-east-1 pass n=2 m=1\n" },
    { "pages of other sizes",
      DIR ONE_PAGE LAST_PAGE MANIFEST(LINE("a.json", " --max-items 1") LINE(
          "b.json", " --page-size 7 --starting-token T")),
      WHOLE("2", "0") },
    { "a record that a page has twice is one thing",
      DIR US "a.json=" PAGE(SNAP("a", "manual") "," SNAP("a", "manual"),
                            "T") "\n" LAST_PAGE MANIFEST(FIRST SECOND),
      WHOLE("2", "0") },
    { "numbered in their names",
      DIR US "rds-describe-db-snapshots--1.json=" PAGE(
          "", "T") "\n" US
                   "rds-describe-db-snapshots--page-2.json=" LAST("") "\n" MANIFEST(
                       LINE("rds-describe-db-snapshots--1.json", "")
                           LINE("rds-describe-db-snapshots--page-2.json",
                                " --next-token T")),
      WHOLE("0", "0") },
    { "beside the whole listing, which says the same",
      DIR ONE_PAGE LAST_PAGE US "w.json=" LAST(SNAP("a", "manual") "," SNAP(
          "b", "manual")) "\n" MANIFEST(FIRST SECOND LINE("w.json", "")),
      WHOLE("2", "0") },

    /* what is missing */
    { "no manifest", DIR ONE_PAGE LAST_PAGE,
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "the first page", DIR LAST_PAGE MANIFEST(SECOND),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "the last page", DIR ONE_PAGE MANIFEST(FIRST),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "one between", DIR ONE_PAGE US "c.json=" LAST("") "\n" MANIFEST(FIRST THIRD),
      STAY },
    { "the last page's line", DIR ONE_PAGE LAST_PAGE MANIFEST(FIRST),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "the page behind the last that is there",
      DIR ONE_PAGE US "b.json=" PAGE("", "U") "\n" MANIFEST(FIRST SECOND), STAY },
    { "a page that no token leads to",
      DIR ONE_PAGE LAST_PAGE US
      "c.json=" PAGE("", "V") "\n" MANIFEST(FIRST SECOND THIRD),
      REST A " us-east-1 unknown n=2.. m=0.."
             "\n" },
    { "the first page is asked for by a token, too",
      DIR ONE_PAGE LAST_PAGE MANIFEST(LINE("a.json", " --starting-token S") SECOND),
      STAY },

    /* what is there twice */
    { "a token leads to two pages",
      DIR ONE_PAGE LAST_PAGE US "c.json=" LAST("") "\n" MANIFEST(
          FIRST SECOND LINE("c.json", " --starting-token T")),
      STAY },
    { "two pages carry one token",
      DIR ONE_PAGE LAST_PAGE US
      "c.json=" PAGE("", "T") "\n" MANIFEST(FIRST SECOND LINE("c.json", "")),
      STAY },
    { "a page leads to itself",
      DIR ONE_PAGE US "b.json=" PAGE("", "T") "\n" MANIFEST(FIRST SECOND), STAY },
    { "pages lead to one another",
      DIR ONE_PAGE US "b.json=" PAGE("", "U") "\n" US "c.json=" PAGE(
          "", "T") "\n" MANIFEST(FIRST SECOND THIRD),
      STAY },
    { "a record is on two pages",
      DIR ONE_PAGE US "b.json=" LAST(
          SNAP("b", "manual") "," SNAP("a", "manual")) "\n" MANIFEST(FIRST SECOND),
      REST A " us-east-1 unknown n=2.. m=0..\n" },
    { "a page carries two tokens",
      DIR US "a.json={\"DBSnapshots\":[" SNAP(
          "a", "manual") "],\"NextToken\":\"T\","
                         "\"Marker\":\"U\"}\n" LAST_PAGE MANIFEST(FIRST SECOND),
      STAY },
    { "two manifests name a page",
      DIR US "manifest.tsv=path\tbegun\tended\tstatus\tcommand\va.json\t\t\t0\t" CMD
             "\v\n" ONE_PAGE LAST_PAGE MANIFEST(FIRST SECOND),
      REST A " us-east-1 unknown n=1.. m=0..\n" },

    /* what is otherwise */
    { "a token that is no text",
      DIR US
      "a.json={\"DBSnapshots\":[" SNAP("a", "manual") "],\"NextToken\":7}\n" LAST_PAGE
          MANIFEST(FIRST LINE("b.json", " --starting-token 7")),
      STAY },
    { "the command of one has another option",
      DIR ONE_PAGE LAST_PAGE MANIFEST(
          FIRST LINE("b.json", " --profile p --starting-token T")),
      STAY },
    { "both may leave records out",
      DIR ONE_PAGE LAST_PAGE MANIFEST(LINE("a.json", " --filters f") LINE(
          "b.json", " --filters f --starting-token T")),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "the name of one says so",
      DIR ONE_PAGE US "rds-describe-db-snapshots--x.json=" LAST("") "\n" MANIFEST(
          FIRST LINE("rds-describe-db-snapshots--x.json", " --starting-token T")),
      STAY },
    { "one is of another region",
      DIR ONE_PAGE EU "b.json=" LAST("") "\n" MANIFEST(
          FIRST EU "b.json\t\t\t0\t" CMD " --starting-token T\v"),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "one is of another call",
      DIR ONE_PAGE US "b.json={\"DBInstances\":[]}\n" MANIFEST(FIRST SECOND),
      REST A " us-east-1 unknown n=1.. m=0..\n" },
    { "the last breaks off",
      DIR ONE_PAGE US "b.json={\"DBSnapshots\":[\n" MANIFEST(FIRST SECOND),
      REST A " us-east-1 unknown n=1.. m=0..\n"
             "" },
    { "the call of one failed",
      DIR ONE_PAGE LAST_PAGE MANIFEST(FIRST US "b.json\t\t\t254\t" CMD
                                               " --starting-token T\v"),
      REST A " us-east-1 unknown n=1.. m=0..\n"
             "" },
    { "the file of one holds another document",
      DIR ONE_PAGE US "b.json=" LAST("") "{}\n" MANIFEST(FIRST SECOND), STAY },
    { "one is an array without its envelope",
      DIR ONE_PAGE US "b.json=[" SNAP("b", "manual") "]\n" MANIFEST(FIRST SECOND),
      STAY },
    { "a record has no id",
      DIR ONE_PAGE US "b.json=" LAST(NAMELESS) "\n" MANIFEST(FIRST SECOND), STAY },
    { "a record's id is there twice",
      DIR ONE_PAGE US
      "b.json=" LAST("{\"DBSnapshotIdentifier\":\"b\","
                     "\"DBSnapshotIdentifier\":\"c\",\"SnapshotType\":\"manual\","
                     "\"Engine\":\"e\",\"Status\":\"s\"}") "\n" MANIFEST(FIRST SECOND),
      STAY },
};

/* Findings without reasons and problems; of what they take for granted, the chain. */
static const char *print_bounds(struct arena *arena,
                                const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        buf_printf(&buf, "%s %s %s",
                   finding->account.text != NULL ? finding->account.text : "-",
                   finding->region.text != NULL ? finding->region.text : "-",
                   result_name(finding->result));
        for (size_t j = 0; j < finding->rule->fact_count; j++)
            print_value(&buf, &finding->rule->facts[j], &finding->facts[j]);
        for (size_t j = 0; j < finding->assumption_count; j++)
            if (reason_code(&finding->assumptions[j]) == CODE_PAGES_CHAINED)
                buf_add(&buf, STR(" +pages-chained"));
        buf_add_byte(&buf, '\n');
    }
    return buf_str(&buf).text;
}

static void bounds_row(const struct scan_row *row, struct str listing)
{
    static const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, row, snapshots_rule, &settings, listing, print_bounds),
        row->expected);
    arena_release(&arena);
}

static void of_chains(void **state)
{
    bounds_row(*state, STR_NONE);
}

/* A first page of so many records. */
static struct str page_of(struct arena *arena, size_t count)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, STR("{\"DBSnapshots\":["));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&buf,
                   "%s{\"DBSnapshotIdentifier\":\"%zu\",\"SnapshotType\":\"manual\","
                   "\"Engine\":\"e\",\"Status\":\"s\"}",
                   i > 0 ? "," : "", i);
    }
    buf_add(&buf, STR("],\"NextToken\":\"T\"}"));
    return buf_str(&buf);
}

/* Nothing tells the place of these files: that of the first stands for all. */
static void a_page_of_more_records_than_are_kept_is_joined_to_none(void **state)
{
    static const char *const said[] = {
        "- - fail n=10001 m=0 +pages-chained\n",
        "- - unknown n=10001.. m=0..\n"
        "- - unknown n=1.. m=0..\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        const struct scan_row row = {
            "",
            "a.json=\nb.json=" LAST(SNAP("b", "manual")) "\n" MANIFEST(
                "a.json\t\t\t0\t" CMD "\v"
                "b.json\t\t\t0\t" CMD " --starting-token T\v"),
            said[i],
        };
        struct arena arena = ARENA_EMPTY;

        bounds_row(&row, page_of(&arena, LINK_IDS_MAX + i));
        arena_release(&arena);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, chain_rows, of_chains);
    TESTS_ADD(&tests, a_page_of_more_records_than_are_kept_is_joined_to_none);
    return tests_run("judge_chains", &tests);
}
