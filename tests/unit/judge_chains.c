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
#define REGION(name, status)                                                           \
    "{\"RegionName\":\"" name "\",\"Endpoint\":\"e\",\"OptInStatus\":\"" status "\"}"
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
                   "rds-describe-db-snapshots--page-10.json=" LAST("") "\n" MANIFEST(
                       LINE("rds-describe-db-snapshots--1.json", "")
                           LINE("rds-describe-db-snapshots--page-10.json",
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

#define HERE A "/\n" US "\n"
#define ALL(count)                                                                     \
    "+ the " count " pages of the DB snapshots that begin in ./" US                    \
    "a.json are all of them, as ./manifest.tsv says\n"
#define BESIDE    "it may be only the last page: ./" US "p.json carries a token\n"
#define UNDECIDED "{\"DBSnapshotIdentifier\":\"b\",\"Engine\":\"e\",\"Status\":\"s\"}"

static const struct scan_row word_rows[] = {
    { "a record on a page is not decided",
      HERE ONE_PAGE US "b.json=" LAST(UNDECIDED) "\n" MANIFEST(FIRST SECOND),
      "us-east-1 unknown\n"
      "- ./" US
      "b.json: 1 of its records lack what a rule reads, or have it in another "
      "form than AWS prints\n" },
    { "nor is the listing, for a page beside it",
      HERE ONE_PAGE LAST_PAGE US
      "p.json={\"DBSnapshots\":[],\"Marker\":\"x\"}\n" MANIFEST(FIRST SECOND),
      "us-east-1 unknown\n"
      "- ./" US "a.json: " BESIDE "- ./" US "b.json: " BESIDE "- ./" US
      "p.json: it carries a token: more pages follow\n"
      "- ./" US "p.json: ./manifest.tsv does not name it\n" },
    { "all records of all pages are manual ones",
      HERE US "a.json=" PAGE("", "T") "\n" US "b.json=" PAGE(
          SNAP("b", "manual"),
          "U") "\n" US
               "c.json=" LAST(SNAP("c", "manual") "," SNAP(
                   "d", "manual")) "\n" MANIFEST(FIRST SECOND THIRD),
      "us-east-1 fail\n" ALL(
          "3") "+ ./" US "a.json lists all DB snapshots, though each of its 3 has the "
               "SnapshotType 'manual'\n" },
    { "not all of them",
      HERE US "a.json=" PAGE(SNAP("a", "automated"), "T") "\n" US "b.json=" PAGE(
          SNAP("b", "manual"),
          "U") "\n" US
               "c.json=" LAST(SNAP("c", "manual")) "\n" MANIFEST(FIRST SECOND THIRD),
      "us-east-1 fail\n" ALL("3") "+ no option narrowed ./" US "a.json\n" },
    { "a record is on two pages",
      HERE ONE_PAGE US "b.json=" LAST(SNAP("a", "manual")) "\n" MANIFEST(FIRST SECOND),
      "us-east-1 unknown\n"
      "- ./" US "a.json: it carries a token: more pages follow\n"
      "- ./" US "a.json: a record is on two of the pages that begin in it: the listing "
      "changed while it was read\n"
      "- ./" US "b.json: its manifest says that the call was asked with "
      "--starting-token T, which may have left records out\n"
      "- ./" US "b.json: it may be only the last page: ./" US
      "a.json carries a token\n" },
    { "regions on two pages",
      HERE LAST_PAGE A "/r.json={\"Regions\":[" REGION(
          "us-east-1",
          "opted-in") "],\"NextToken\":\"T\"}\n" A
                      "/s.json={\"Regions\":[" REGION("us-west-2", "opted-in") "," REGION(
                          "ap-east-1",
                          "not-opted-in") "]}\n" MANIFEST(A "/r.json\t\t\t0\taws ec2 "
                                                            "describe-regions\v" A
                                                            "/s.json\t\t\t0\taws ec2 "
                                                            "describe-regions "
                                                            "--next-token "
                                                            "T\v" LINE("b.json", "")),
      "us-east-1 fail\n"
      "+ no option narrowed ./" US "b.json\n"
      "us-west-2 unknown\n"
      "- no listing of DB snapshots\n"
      "regions: us-east-1 us-west-2, not ap-east-1\n" },
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

static void bounds_row(const struct scan_row *row, const char *rule, struct str listing)
{
    static const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, row, rule, &settings, listing, print_bounds),
        row->expected);
    arena_release(&arena);
}

/* What findings rest on and lack, in words. */
static const char *print_words(struct arena *arena, const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        buf_printf(&buf, "%.*s %s\n", STR_ARG(finding->region),
                   result_name(finding->result));
        for (size_t j = 0; j < finding->assumption_count; j++)
            buf_printf(&buf, "+ %s\n", reason_text(arena, &finding->assumptions[j]));
        for (size_t j = 0; j < finding->reason_count; j++)
            buf_printf(&buf, "- %s\n", reason_text(arena, &finding->reasons[j]));
    }
    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *coverage = &assessment->coverage[i];

        if (!coverage->is_closed)
            continue;
        buf_add(&buf, STR("regions:"));
        for (size_t j = 0; j < coverage->expected.count; j++)
            buf_printf(&buf, " %.*s", STR_ARG(coverage->expected.items[j]));
        for (size_t j = 0; j < coverage->unused.count; j++)
            buf_printf(&buf, ", not %.*s", STR_ARG(coverage->unused.items[j]));
        buf_add_byte(&buf, '\n');
    }
    return buf_str(&buf).text;
}

static void of_words(void **state)
{
    static const struct settings settings = { 0 };
    const struct scan_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(
        scan_print_by(&arena, row, snapshots_rule, &settings, STR_NONE, print_words),
        row->expected);
    arena_release(&arena);
}

static void of_chains(void **state)
{
    bounds_row(*state, snapshots_rule, STR_NONE);
}

#define PLAN(id)                                                                       \
    "{\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A ":backup-plan:" id              \
    "\",\"BackupPlanId\":\"" id "\",\"CreationDate\":\"d\",\"VersionId\":\"v\","       \
    "\"BackupPlanName\":\"n\"}"
#define SELECTION(id, plan)                                                            \
    "{\"SelectionId\":\"" id "\",\"SelectionName\":\"s\",\"BackupPlanId\":\"" plan     \
    "\",\"CreationDate\":\"d\",\"IamRoleArn\":\"r\"}"
#define PARTS                      US "backup-list-backup-selections--p--"
#define SELECTIONS(records, token) "{\"BackupSelectionsList\":[" records "]" token "}\n"
#define OF_PLAN(pages)             ASKED(" --backup-plan-id p", pages)
#define ASKED(plan, pages)                                                             \
    A "/\n" US "\n" US                                                                 \
      "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "]}\n" pages    \
      MANIFEST(                                                                        \
          US                                                                           \
          "backup-list-backup-plans.json\t\t\t0\taws backup list-backup-plans\v" PARTS \
          "1.json\t\t\t0\taws backup list-backup-selections" plan "\v" PARTS           \
          "2.json\t\t\t0\taws backup list-backup-selections" plan " "                  \
          "--next-token T\v")
#define TOKEN ",\"NextToken\":\"T\""

static const struct scan_row parts_rows[] = {
    { "selections of a plan on both pages",
      OF_PLAN(PARTS "1.json=" SELECTIONS(SELECTION("a", "p"), TOKEN) PARTS
              "2.json=" SELECTIONS(SELECTION("b", "p"), "")),
      A " us-east-1 pass n=2\n" },
    { "on the last",
      OF_PLAN(PARTS "1.json=" SELECTIONS("", TOKEN) PARTS
              "2.json=" SELECTIONS(SELECTION("b", "p"), "")),
      A " us-east-1 pass n=1\n" },
    { "on none: then the command names the plan",
      OF_PLAN(PARTS "1.json=" SELECTIONS("", TOKEN) PARTS "2.json=" SELECTIONS("", "")),
      A " us-east-1 fail n=0 +pages-chained\n" },
    { "of another plan on one",
      OF_PLAN(PARTS "1.json=" SELECTIONS(SELECTION("a", "p"), TOKEN) PARTS
              "2.json=" SELECTIONS(SELECTION("b", "q"), "")),
      A " us-east-1 pass n=1..\n" },
    { "no command names the plan: then the records do",
      ASKED("", PARTS "1.json=" SELECTIONS(SELECTION("a", "p"), TOKEN) PARTS
            "2.json=" SELECTIONS(SELECTION("b", "p"), "")),
      A " us-east-1 pass n=2\n" },
    { "those of the last",
      ASKED("", PARTS "1.json=" SELECTIONS("", TOKEN) PARTS
            "2.json=" SELECTIONS(SELECTION("b", "p"), "")),
      A " us-east-1 pass n=1\n" },
    { "those of the first",
      ASKED("", PARTS "1.json=" SELECTIONS(SELECTION("b", "p"), TOKEN) PARTS
            "2.json=" SELECTIONS("", "")),
      A " us-east-1 pass n=1\n" },
    { "or none does",
      ASKED("",
            PARTS "1.json=" SELECTIONS("", TOKEN) PARTS "2.json=" SELECTIONS("", "")),
      A " us-east-1 unknown n=0..\n" },
    { "or they differ",
      ASKED("", PARTS "1.json=" SELECTIONS(SELECTION("a", "p"), TOKEN) PARTS
            "2.json=" SELECTIONS(SELECTION("b", "q"), "")),
      A " us-east-1 pass n=2..\n" },
    { "of which the last are of the plan",
      ASKED("", PARTS "1.json=" SELECTIONS(SELECTION("a", "q"), TOKEN) PARTS
            "2.json=" SELECTIONS(SELECTION("b", "p"), "")),
      A " us-east-1 pass n=2..\n" },
};

static void of_parts(void **state)
{
    bounds_row(*state, parts_rule, STR_NONE);
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

        bounds_row(&row, snapshots_rule, page_of(&arena, LINK_IDS_MAX + i));
        arena_release(&arena);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, chain_rows, of_chains);
    TESTS_ADD_ROWS(&tests, parts_rows, of_parts);
    TESTS_ADD_ROWS(&tests, word_rows, of_words);
    TESTS_ADD(&tests, a_page_of_more_records_than_are_kept_is_joined_to_none);
    return tests_run("judge_chains", &tests);
}
