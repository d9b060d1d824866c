/*
 * What a rule says beside its verdict, a row a case: files in, and of each finding its
 * result, its diagnosis and its cautions out.
 */
#include "scan_rows.h"

#include "explain/commentary.h"

#define A     "123456789012"
#define US    A "/us-east-1/"
#define DIR   A "/\n" US "\n"
#define JOBS  "backup-list-backup-jobs"
#define SNAPS "rds-describe-db-snapshots"

/* A pass if there is a snapshot. Jobs are quoted, the newest and the oldest. */
static const char jobs_rule[] = REGION_RULE
    "  n: { from: \"AWS::RDS::DBSnapshot\" }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: \"{n}\" }\n"
    "  - { result: fail, message: \"{n}\" }\n"
    "commentary:\n"
    "  kinds:\n"
    "    - for_each: AWS::RDS::DBInstance\n"
    "      kinds:\n"
    "        - { kind: stopped, when: \"resource.DBInstanceStatus == 'stopped'\" }\n"
    "        - { kind: running }\n"
    "  facts:\n"
    "    jobs: { from: AWS::Backup::BackupJob }\n"
    "    lost: { from: AWS::Backup::BackupJob, where: \"State == 'FAILED'\" }\n"
    "    last: { from: AWS::Backup::BackupJob, where: \"State == 'FAILED'\", max: "
    "CreationDate }\n"
    "    first: { from: AWS::Backup::BackupJob, where: \"State == 'FAILED'\", min: "
    "CreationDate }\n"
    "  diagnosis:\n"
    "    - { code: none, when: \"jobs == `0`\", message: \"no job in {region}\", "
    "nothing_there: no job }\n"
    "    - { code: stopped, when: \"lost == `0` && stopped > `0` && running == `0`\", "
    "message: \"{stopped} stopped\" }\n"
    "    - { code: lost, when: \"lost > `0`\", message: \"{lost} of {jobs}, last "
    "{last}\", quotes: { fact: last, field: StatusMessage } }\n"
    "    - { code: others, when: \"jobs > `2`\", message: many }\n"
    "  cautions:\n"
    "    - { code: some, when: \"jobs > `1`\", message: \"{jobs} jobs\" }\n"
    "    - { code: first, when: \"lost > `0`\", message: \"first {first}\", quotes: { "
    "fact: first, field: StatusMessage } }\n"
    "    - { code: running, when: \"running > `0`\", message: \"{running} of {running} "
    "run\" }\n";

static void print_remark(struct buf *buf, const char *what, const struct remark *remark)
{
    buf_printf(buf, "  %s %.*s: %s", what, STR_ARG(remark->code), remark->text);
    if (remark->nothing_there.text != NULL)
        buf_printf(buf, " (%.*s)", STR_ARG(remark->nothing_there));
    buf_add_byte(buf, '\n');
}

static const char *print_remarks(struct arena *arena,
                                 const struct assessment *assessment)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        buf_printf(&buf, "%s\n", result_name(finding->result));
        if (finding->diagnosis != NULL)
            print_remark(&buf, "looks like", finding->diagnosis);
        for (size_t j = 0; j < finding->caution_count; j++)
            print_remark(&buf, "but", &finding->cautions[j]);
    }
    return buf_str(&buf).text;
}

#define NO_SNAPSHOT DIR US SNAPS ".json={\"DBSnapshots\":[]}\n"
#define SNAPSHOT                                                                       \
    DIR US SNAPS ".json={\"DBSnapshots\":[{\"DBSnapshotIdentifier\":\"a\","            \
                 "\"SnapshotType\":\"m\",\"Engine\":\"e\",\"Status\":\"s\"}]}\n"
#define JOB(id, state, time, rest)                                                     \
    "{\"AccountId\":\"" A "\",\"BackupJobId\":\"" id "\",\"State\":\"" state           \
    "\",\"CreationDate\":\"2026-03-0" time "T00:00:00Z\"" rest "}"
#define TELLS(text)    ",\"StatusMessage\":\"" text "\""
#define LIST(jobs)     US JOBS ".json={\"BackupJobs\":[" jobs "]}\n"
#define PAGE(jobs)     US JOBS ".json={\"BackupJobs\":[" jobs "],\"NextToken\":\"x\"}\n"
#define DB(id, status) "{\"DBInstanceIdentifier\":\"" id "\"," DB_REST(id, status) "}"
#define DB_REST(id, status)                                                            \
    "\"DBInstanceArn\":\"arn:aws:rds:us-east-1:" A ":db:" id                           \
    "\",\"DbiResourceId\":\"db-" id "\",\"Engine\":\"mysql\",\"DBInstanceClass\":"     \
    "\"c\",\"DBInstanceStatus\":\"" status "\""
#define DBS(list) US "rds-describe-db-instances.json={\"DBInstances\":[" list "]}\n"

#define TEN      "1234567890"
#define HUNDRED  TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define FULL     HUNDRED HUNDRED HUNDRED HUNDRED /* QUOTE_BYTES_MAX */
#define LOST(is) "  looks like lost: 1 of 1, last 2026-03-01T00:00:00Z" is "\n"

static const struct scan_row rows[] = {
    { "a fail without what it reads says nothing", NO_SNAPSHOT, "fail\n" },
    { "the first row that holds", NO_SNAPSHOT LIST(""),
      "fail\n  looks like none: no job in us-east-1 (no job)\n" },
    { "none behind one that is not known", NO_SNAPSHOT PAGE(""), "fail\n" },
    { "a page is enough where more would change nothing",
      NO_SNAPSHOT PAGE(JOB("a", "FAILED", "1", "")),
      "fail\n  looks like lost: at least 1 of at least 1, last at least "
      "2026-03-01T00:00:00Z\n" },
    { "the newest is quoted",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", TELLS("old")) "," JOB(
          "b", "FAILED", "3", TELLS("new")) "," JOB("c", "FAILED", "2", TELLS("mid"))),
      "fail\n  looks like lost: 3 of 3, last 2026-03-03T00:00:00Z: \"new\"\n" },
    { "of two answers that agree on it, the first",
      NO_SNAPSHOT US "a-" JOBS ".json={\"BackupJobs\":[" JOB(
          "a", "FAILED", "1",
          TELLS("one")) "]}\n" US "b-" JOBS
                        ".json={\"BackupJobs\":[" JOB("a", "FAILED", "1",
                                                      TELLS("two")) "]}\n",
      "fail\n" LOST(": \"one\"") },
    { "what may be another's is not quoted",
      NO_SNAPSHOT US "a-" JOBS ".json={\"BackupJobs\":[" JOB(
          "a", "FAILED", "1",
          TELLS("one")) "]}\n" US "b-" JOBS
                        ".json={\"BackupJobs\":[" JOB(
                            "b", "FAILED", "2",
                            TELLS("two")) "],\"NextToken\":\"x\"}\n",
      "fail\n  looks like lost: at least 1 of at least 1, last at least "
      "2026-03-02T00:00:00Z\n" },
    { "not one that does not count",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1",
                           TELLS("lost")) "," JOB("b", "COMPLETED", "3", TELLS("ok"))),
      "fail\n  looks like lost: 1 of 2, last 2026-03-01T00:00:00Z: \"lost\"\n" },
    { "of two at one time, one",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1",
                           TELLS("same")) "," JOB("b", "FAILED", "1", TELLS("same"))),
      "fail\n  looks like lost: 2 of 2, last 2026-03-01T00:00:00Z: \"same\"\n" },
    { "a record that does not say it is not quoted",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", "")), "fail\n" LOST("") },
    { "nor is an empty text", NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", TELLS(""))),
      "fail\n" LOST("") },
    { "nor what is no text",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", ",\"StatusMessage\":[1]")),
      "fail\n" LOST("") },
    { "400 bytes are quoted", NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", TELLS(FULL))),
      "fail\n" LOST(": \"" FULL "\"") },
    { "and of more the first",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1", TELLS(FULL "x"))),
      "fail\n" LOST(": \"" FULL "...\"") },
    { "which end with a character",
      NO_SNAPSHOT LIST(JOB("a", "FAILED", "1",
                           TELLS(HUNDRED HUNDRED HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN
                                     TEN "12345678\xe2\x82\xac"))),
      "fail\n" LOST(": \"" HUNDRED HUNDRED HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN
                    "12345678...\"") },
    { "kinds are counted where a row needs them",
      NO_SNAPSHOT LIST(JOB("a", "COMPLETED", "1", "")) DBS(DB("d", "stopped")),
      "fail\n  looks like stopped: 1 stopped\n" },
    { "and else a row is not known", NO_SNAPSHOT LIST(JOB("a", "COMPLETED", "1", "")),
      "fail\n" },
    { "a row that does not hold is passed over",
      NO_SNAPSHOT LIST(JOB("a", "COMPLETED", "1", "") "," JOB(
          "b", "COMPLETED", "1", "") "," JOB("c", "COMPLETED", "1", ""))
          DBS(DB("d", "stopped") "," DB("e", "available")),
      "fail\n  looks like others: many\n" },

    { "a pass has each caution that holds",
      SNAPSHOT LIST(JOB("a", "FAILED", "2", TELLS("late")) "," JOB("b", "FAILED", "1",
                                                                   TELLS("early")))
          DBS(DB("d", "stopped") "," DB("e", "available")),
      "pass\n  but some: 2 jobs\n  but first: first 2026-03-01T00:00:00Z: \"early\"\n"
      "  but running: 1 of 1 run\n" },
    { "whatever those before it come to",
      SNAPSHOT LIST(JOB("a", "COMPLETED", "1", "")) DBS(DB("e", "available")),
      "pass\n  but running: 1 of 1 run\n" },
    { "the oldest of a page is not sure, and not quoted",
      SNAPSHOT PAGE(JOB("a", "FAILED", "2", TELLS("late"))),
      "pass\n  but first: first at most 2026-03-02T00:00:00Z\n" },
    { "without what they read there is none", SNAPSHOT, "pass\n" },
    { "an unknown has neither", DIR LIST(JOB("a", "FAILED", "2", "")), "unknown\n" },
};

static void of_rows(void **state)
{
    const struct scan_row *row = *state;
    const struct settings settings = { 0 };
    struct arena arena = ARENA_EMPTY;

    assert_int_equal(sizeof FULL - 1, QUOTE_BYTES_MAX);
    assert_string_equal(
        scan_print_by(&arena, row, jobs_rule, &settings, STR_NONE, print_remarks),
        row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    return tests_run("explain_commentary", &tests);
}
