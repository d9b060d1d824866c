/* Which findings say the same, what is said of all of them, and by which commands. */
#include "report/groups.h"

#include "rows.h"

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }
#define LIST(name, ...)                                                                \
    .name##s = (const struct name[]){ __VA_ARGS__ },                                   \
    .name##_count = sizeof(struct name[]){ __VA_ARGS__ } / sizeof(struct name)
#define REASON(...) LIST(reason, __VA_ARGS__)
#define ASSUMPTION(...)                                                                \
    .assumptions = (const struct reason[]){ __VA_ARGS__ },                             \
    .assumption_count = sizeof(struct reason[]){ __VA_ARGS__ } / sizeof(struct reason)
#define SETTLE(...) LIST(settle, __VA_ARGS__)

static const struct rule rule;
#define HERE  .rule = &rule, .rows = 3, .account = TEXT("1111"), .region = TEXT("west")
#define THERE .rule = &rule, .rows = 3, .account = TEXT("2222"), .region = TEXT("east")

static const struct type snapshots = { .name = TEXT("snapshots") };
static const struct type plans = { .name = TEXT("plans") };

static const struct failure denied = { .said = "denied to the role A",
                                       .advice = "ask",
                                       .code = TEXT("AccessDenied"),
                                       .operation = TEXT("Describe"),
                                       .denied = { .actor = TEXT("role A"),
                                                   .action = TEXT("rds:D") } };
static const struct failure denied_in_other_words = {
    .said = "not allowed",
    .advice = "ask",
    .code = TEXT("AccessDenied"),
    .operation = TEXT("Describe"),
    .denied = { .actor = TEXT("role A"), .action = TEXT("rds:D") }
};
static const struct failure denied_more = { .said = "denied to the role A",
                                            .advice = "ask",
                                            .code = TEXT("AccessDenied"),
                                            .operation = TEXT("Describe"),
                                            .denied = { .actor = TEXT("role A"),
                                                        .action = TEXT("rds:E") } };
static const struct failure denied_moved = { .said = "denied",
                                             .advice = "ask",
                                             .code = TEXT("AccessDenied"),
                                             .operation = TEXT("DescribeR"),
                                             .denied = { .actor = TEXT("ole A"),
                                                         .action = TEXT("rds:D") } };
static const struct failure throttled = { .said = "slow down",
                                          .advice = "ask again",
                                          .code = TEXT("Throttling") };
static const struct failure no_code = { .said = "no route", .advice = "ask again" };
static const struct failure other_without_code = { .said = "no host", .advice = "ask" };

static const struct remark no_database = { .code = TEXT("none"),
                                           .nothing_there = TEXT("no database") };
static const struct remark no_database_likewise = { .code = TEXT("other"),
                                                    .nothing_there =
                                                        TEXT("no database") };
static const struct remark no_cluster = { .code = TEXT("none"),
                                          .nothing_there = TEXT("no cluster") };
static const struct remark manual = { .code = TEXT("manual") };
static const struct remark stopped = { .code = TEXT("stopped") };

static const struct waiver first_waiver = { .place = { .line = 3 } };
static const struct waiver second_waiver = { .place = { .line = 4 } };

static const struct row {
    const char *name;
    struct finding left, right;
    const char *expected; /* of both; NULL: they are no group */
} rows[] = {
    { "places of which nothing is said", { HERE }, { THERE }, "" },
    { "other outcomes", { HERE }, { .rule = &rule, .rows = 2 }, NULL },
    { "what they look like",
      { HERE, .diagnosis = &manual },
      { THERE, .diagnosis = &manual },
      "" },
    { "what they do not both look like",
      { HERE, .diagnosis = &manual },
      { THERE, .diagnosis = &stopped },
      NULL },
    { "or one of them alone", { HERE, .diagnosis = &manual }, { THERE }, NULL },
    { "nothing is there, whatever it is called",
      { HERE, .diagnosis = &no_database },
      { THERE, .diagnosis = &no_database_likewise },
      "" },
    { "unless something else is not there",
      { HERE, .diagnosis = &no_database },
      { THERE, .diagnosis = &no_cluster },
      NULL },
    { "waived by the same",
      { HERE, .waiver = &first_waiver },
      { THERE, .waiver = &first_waiver },
      "" },
    { "waived by another",
      { HERE, .waiver = &first_waiver },
      { THERE, .waiver = &second_waiver },
      NULL },
    { "waived, or not", { HERE, .waiver = &first_waiver }, { THERE }, NULL },
    { "what is assumed aloud, of other files",
      { HERE, ASSUMPTION({ .sentence = SAY_FILTERED, .texts = { TEXT("a") } }) },
      { THERE, ASSUMPTION({ .sentence = SAY_FILTERED, .texts = { TEXT("b") } }) },
      "assuming, of 1: the filter, if any, of a kept every record that counts\n"
      "assuming, of 1: the filter, if any, of b kept every record that counts\n" },
    { "what is assumed silently tells nothing apart",
      { HERE, ASSUMPTION({ .sentence = SAY_NOT_NARROWED, .texts = { TEXT("a") } }) },
      { THERE },
      "" },
    { "what is assumed aloud of one alone does",
      { HERE, ASSUMPTION({ .sentence = SAY_FILTERED, .texts = { TEXT("a") } }) },
      { THERE },
      NULL },
    { "and so does how often",
      { HERE, ASSUMPTION({ .sentence = SAY_FILTERED, .texts = { TEXT("a") } }) },
      { THERE, ASSUMPTION({ .sentence = SAY_FILTERED, .texts = { TEXT("a") } },
                          { .sentence = SAY_IDS, .texts = { TEXT("a") } }) },
      NULL },
    { "a reason that names account and region",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "in/1111/west/x.json" }) },
      { THERE, REASON({ .sentence = SAY_TOKEN, .path = "in/2222/east/x.json" }) },
      "because: in/ACCOUNT/REGION/x.json: it carries a token: more pages follow\n" },
    { "as words alone",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "in/11112/x.json" }) },
      { THERE, REASON({ .sentence = SAY_TOKEN, .path = "in/22222/x.json" }) },
      NULL },
    { "in front of words, too",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "in/31111/x.json" }) },
      { THERE, REASON({ .sentence = SAY_TOKEN, .path = "in/32222/x.json" }) },
      NULL },
    { "where the region is another, and the account is not",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "1111 west" }) },
      { .rule = &rule,
        .rows = 3,
        .account = TEXT("1111"),
        .region = TEXT("east"),
        REASON({ .sentence = SAY_TOKEN, .path = "1111 east" }) },
      "because: 1111 REGION: it carries a token: more pages follow\n" },
    { "where the account is another, and the region is not",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "1111 west" }) },
      { .rule = &rule,
        .rows = 3,
        .account = TEXT("2222"),
        .region = TEXT("west"),
        REASON({ .sentence = SAY_TOKEN, .path = "2222 west" }) },
      "because: ACCOUNT west: it carries a token: more pages follow\n" },
    { "a reason of one alone",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "x" }) },
      { THERE },
      NULL },
    { "the same reasons in another file",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "x" }) },
      { THERE, REASON({ .sentence = SAY_TOKEN, .path = "y" }) },
      NULL },
    { "another sentence",
      { HERE, REASON({ .sentence = SAY_TOKEN, .path = "x" }) },
      { THERE, REASON({ .sentence = SAY_TRAILING_BYTES, .path = "x" }) },
      NULL },
    { "a text is in its place",
      { HERE, REASON({ .sentence = SAY_MISSING, .texts = { TEXT("ab"), TEXT("c") } }) },
      { THERE,
        REASON({ .sentence = SAY_MISSING, .texts = { TEXT("a"), TEXT("bc") } }) },
      NULL },
    { "and so is the path",
      { HERE,
        REASON({ .sentence = SAY_MISSING, .path = "x", .texts = { TEXT("a") } }) },
      { THERE, REASON({ .sentence = SAY_MISSING, .path = "xa" }) },
      NULL },
    { "numbers that differ are said as a range",
      { HERE, REASON({ .sentence = SAY_FOREIGN_RECORDS, .count = 7 }) },
      { THERE, REASON({ .sentence = SAY_FOREIGN_RECORDS, .count = 9 }) },
      "because: 7 of its records belong to other accounts, and are not counted (the "
      "first; of all, 7 to 9)\n" },
    { "in whatever order",
      { HERE, REASON({ .sentence = SAY_FOREIGN_RECORDS, .count = 9 }) },
      { THERE, REASON({ .sentence = SAY_FOREIGN_RECORDS, .count = 7 }) },
      "because: 9 of its records belong to other accounts, and are not counted (the "
      "first; of all, 7 to 9)\n" },
    { "and so are lines",
      { HERE, REASON({ .sentence = SAY_TOKEN, .line = 7 }) },
      { THERE, REASON({ .sentence = SAY_TOKEN, .line = 9 }) },
      "because: it carries a token: more pages follow (the first; the others in other "
      "lines)\n" },
    { "two of a finding are of one place",
      { HERE, REASON({ .sentence = SAY_TOKEN }, { .sentence = SAY_TOKEN }) },
      { THERE, REASON({ .sentence = SAY_TOKEN }, { .sentence = SAY_TOKEN }) },
      "because: it carries a token: more pages follow\n" },
    { "what AWS refused, in whatever words",
      { HERE, REASON({ .sentence = SAY_EMPTY, .path = "x", .failure = &denied }) },
      { THERE, REASON({ .sentence = SAY_EMPTY,
                        .path = "x",
                        .texts = { TEXT("y") },
                        .failure = &denied_in_other_words }) },
      "because: x: 0 bytes: the call failed\n" },
    { "something else was refused",
      { HERE, REASON({ .sentence = SAY_EMPTY, .failure = &denied }) },
      { THERE, REASON({ .sentence = SAY_EMPTY, .failure = &denied_more }) },
      NULL },
    { "each part of it in its place",
      { HERE, REASON({ .sentence = SAY_EMPTY, .failure = &denied }) },
      { THERE, REASON({ .sentence = SAY_EMPTY, .failure = &denied_moved }) },
      NULL },
    { "another error",
      { HERE, REASON({ .sentence = SAY_EMPTY, .failure = &denied }) },
      { THERE, REASON({ .sentence = SAY_EMPTY, .failure = &throttled }) },
      NULL },
    { "an error without a code is told by the sentence's texts",
      { HERE,
        REASON(
            { .sentence = SAY_EMPTY, .texts = { TEXT("a") }, .failure = &no_code }) },
      { THERE, REASON({ .sentence = SAY_EMPTY,
                        .texts = { TEXT("b") },
                        .failure = &other_without_code }) },
      NULL },
    { "commands that list the same",
      { HERE, SETTLE({ .command = "c", .permission = "p", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "d", .permission = "p", .type = &snapshots }) },
      "to settle, with the permission p:\n    c\n    d\n" },
    { "are said once",
      { HERE, SETTLE({ .command = "c",
                       .permission = "p",
                       .save_as = "s",
                       .type = &snapshots }) },
      { THERE, SETTLE({ .command = "c",
                        .permission = "p",
                        .save_as = "s",
                        .type = &snapshots }) },
      "to settle, with the permission p:\n    c\n      save as s\n" },
    { "unless they are saved apart",
      { HERE, SETTLE({ .command = "c", .save_as = "s", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "c", .save_as = "t", .type = &snapshots }) },
      "to settle:\n    c\n      save as s\n    c\n      save as t\n" },
    { "with a permission each",
      { HERE, SETTLE({ .command = "c", .permission = "p", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "d", .permission = "q", .type = &snapshots }) },
      "to settle:\n    c\n      needs p\n    d\n      needs q\n" },
    { "with none of one of them",
      { HERE, SETTLE({ .command = "c", .permission = "p", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "d", .permission = "", .type = &snapshots }) },
      "to settle:\n    c\n      needs p\n    d\n" },
    { "with none of the first",
      { HERE, SETTLE({ .command = "c", .permission = "", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "d", .permission = "", .type = &snapshots }) },
      "to settle:\n    c\n    d\n" },
    { "commands that list something else",
      { HERE, SETTLE({ .command = "c", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "c", .type = &plans }) },
      NULL },
    { "however many list the same",
      { HERE, SETTLE({ .command = "c", .type = &snapshots },
                     { .command = "d", .type = &snapshots }) },
      { THERE, SETTLE({ .command = "c", .type = &snapshots }) },
      "to settle:\n    c\n    d\n" },
    { "of no rule, by what is said",
      { .message = "a", .account = TEXT("1") },
      { .message = "a", .account = TEXT("2") },
      "" },
    { "of no rule, and not the same", { .message = "a" }, { .message = "b" }, NULL },
    { "of a rule whose outcomes nothing tells, by what is said",
      { .rule = &rule, .message = "a" },
      { .rule = &rule, .message = "b" },
      NULL },
    { "else what is said tells nothing apart",
      { HERE, .message = "a" },
      { THERE, .message = "b" },
      "" },
};

static void of_rows(void **state)
{
    const struct row *row = *state;
    struct finding findings[] = { row->left, { .result = RESULT_PASS }, row->right };
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);
    struct writer writer = { .arena = &arena, .page = PAGE_NEW(&out, 200) };
    struct group_list groups;

    findings[0].result = findings[2].result = RESULT_FAIL;
    groups_find(&arena, findings, 3, RESULT_FAIL, &groups);
    assert_int_equal(groups.count, row->expected != NULL ? 1 : 2);
    assert_ptr_equal(groups.items[0]->findings[0], &findings[0]);
    if (row->expected != NULL) {
        assert_int_equal(groups.items[0]->count, 2);
        assert_ptr_equal(groups.items[0]->findings[1], &findings[2]);
        write_reasons(&writer, groups.items[0]);
        write_settles(&writer, groups.items[0], "to settle");
        assert_string_equal(str_copy(&arena, buf_str(&out)).text, row->expected);
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    return tests_run("report_groups", &tests);
}
