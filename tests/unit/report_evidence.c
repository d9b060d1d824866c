#include "report_sample.h"

#include "rows.h"

#include <jansson.h>
#include <string.h>

static const struct report_style plain = { .width = REPORT_WIDTH, .lists_all = true };

static const struct missing sample_missing[] = {
    { .account = { "111122223333", 12 },
      .region = { "eu-west-1", 9 },
      .type = &sample_type,
      .settles = sample_west_1_settles,
      .settle_count = 1,
      .reasons = sample_west_1_reasons,
      .reason_count = 1 },
    { .account = { "111122223333", 12 },
      .region = { "eu-west-2", 9 },
      .type = &sample_type,
      .settles = sample_west_2_settles,
      .settle_count = 1,
      .reasons = sample_west_2_reasons,
      .reason_count = 1 },
};

static struct assessment sample_of_evidence(void)
{
    struct assessment assessment = sample_assessment;

    assessment.missing = sample_missing;
    assessment.missing_count = SAMPLE_COUNT(sample_missing);
    return assessment;
}

static const char *render_as(struct arena *arena, const struct assessment *assessment,
                             struct report_style style)
{
    struct buf text = BUF_EMPTY(arena);

    report_evidence_text(assessment, &style, &text);
    return buf_str(&text).text;
}

static void each_part_has_its_form(void **state)
{
    static const char expected[] =
        "ACCOUNT       REGION          WHAT                     RECORDS  STATE\n"
        "111122223333  us-east-1       AWS::RDS::DBSnapshot           3  partial\n"
        "    in/111122223333/us-east-1/rds-describe-db-snapshots.json\n"
        "    type by envelope, account by path; nothing tells region\n"
        "    because: it carries a token: more pages follow\n"
        "\n"
        "Problems with evidence\n"
        "  in/111122223333/us-east-1/rds-describe-db-snapshots.json:12:5: the file "
        "ends\n"
        "      inside a document: what follows was not read\n"
        "\n"
        "No evidence\n"
        "  in/notes.txt: no JSON\n"
        "\n"
        "Missing: what the rules need, and no evidence tells exactly\n"
        "\n"
        "111122223333  eu-west-1       AWS::RDS::DBSnapshot\n"
        "111122223333  eu-west-2       AWS::RDS::DBSnapshot\n"
        "    because: no listing of DB snapshots in REGION\n"
        "    to collect, with the permission rds:DescribeDBSnapshots:\n"
        "        aws rds describe-db-snapshots --region eu-west-1 --output json\n"
        "          save as 111122223333/eu-west-1/rds-describe-db-snapshots.json\n"
        "        aws rds describe-db-snapshots --region eu-west-2 --output json\n"
        "          save as 111122223333/eu-west-2/rds-describe-db-snapshots.json\n"
        "\n"
        "Evidence: 1 file read (1 document, 3 records), 1 ignored\n"
        "\n"
        "1 partial; 1 problem; 2 listings missing (status 3: evidence could not be "
        "used)\n";
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_of_evidence();

    (void)state;
    assert_string_equal(render_as(&arena, &assessment, plain), expected);
    arena_release(&arena);
}

static void colour_is_on_states_only(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_of_evidence();
    const struct report_style coloured = { .width = REPORT_WIDTH,
                                           .colour = true,
                                           .lists_all = true };
    const char *text = render_as(&arena, &assessment, coloured);
    const char *colour = strchr(text, '\x1b');

    (void)state;
    assert_non_null(colour);
    assert_true(str_starts_with(str_from(colour), STR("\x1b[33mpartial\x1b[0m\n")));
    assert_null(strchr(colour + sizeof "\x1b[33mpartial\x1b[0m", '\x1b'));
    arena_release(&arena);
}

/* ---- documents ---- */

static const struct type titled = { .name = { "A", 1 },
                                    .title = { "backup plans", 12 } };
static const struct type of_account = { .name = { "B", 1 },
                                        .title = { "automated backups of DB instances",
                                                   33 },
                                        .level = LEVEL_ACCOUNT };
static const struct reason notes[] = { { .sentence = SAY_FOREIGN_RECORDS,
                                         .count = 2 } };

static const struct document_row {
    const char *name;
    struct document_summary document;
    const char *expected; /* its lines; NULL: none */
} document_rows[] = {
    { "a whole answer, all told alike",
      { .type = &titled,
        .account = { "111122223333", 12 },
        .region = { "ap-southeast-1", 14 },
        .type_told = TOLD_PATTERN,
        .account_told = TOLD_PATTERN,
        .region_told = TOLD_PATTERN,
        .records = 1234567,
        .state = STATE_COMPLETE },
      "111122223333  ap-southeast-1  backup plans             1234567  complete\n"
      "    x.json\n"
      "    type, account and region by pattern\n" },
    { "each told in its way, with a note",
      { .type = &titled,
        .account = { "111122223333", 12 },
        .region = { "us-east-1", 9 },
        .type_told = TOLD_NAME,
        .account_told = TOLD_IDENTITY,
        .region_told = TOLD_ARN,
        .state = STATE_COMPLETE,
        .reasons = notes,
        .reason_count = 1 },
      "111122223333  us-east-1       backup plans                   0  complete\n"
      "    x.json\n"
      "    type by name, account by identity, region by arn\n"
      "    note: 2 of its records belong to other accounts, and are not counted\n" },
    { "two that are not neighbours told alike",
      { .type = &titled,
        .account = { "111122223333", 12 },
        .region = { "us-east-1", 9 },
        .type_told = TOLD_ASSUMED,
        .account_told = TOLD_PATH,
        .region_told = TOLD_ASSUMED,
        .state = STATE_COMPLETE },
      "111122223333  us-east-1       backup plans                   0  complete\n"
      "    x.json\n"
      "    type and region assumed, account by path\n" },
    { "an account-level listing needs no region; a long name pushes the rest",
      { .type = &of_account,
        .account = { "111122223333", 12 },
        .type_told = TOLD_ENVELOPE,
        .account_told = TOLD_PATH,
        .records = 5,
        .state = STATE_COMPLETE },
      "111122223333  -               automated backups of DB instances 5 complete\n"
      "    x.json\n"
      "    type by envelope, account by path\n" },
    { "of which nothing is told, and nothing was learnt",
      { .state = STATE_NOTHING, .reasons = notes, .reason_count = 1 },
      "-             -               -                              -  nothing\n"
      "    x.json\n"
      "    nothing tells type, account and region\n"
      "    because: 2 of its records belong to other accounts, and are not counted\n" },
    { "a part says what it is about",
      { .type = &titled,
        .account = { "111122223333", 12 },
        .region = { "us-east-1", 9 },
        .parent = { "plan-1\x1b", 7 },
        .type_told = TOLD_ENVELOPE,
        .account_told = TOLD_PATH,
        .region_told = TOLD_PATH,
        .state = STATE_MISLABELLED },
      "111122223333  us-east-1       backup plans                   0  mislabelled\n"
      "    x.json\n"
      "    about plan-1\\x1b\n"
      "    type by envelope, account and region by path\n" },
    { "no evidence is not among them", { .state = STATE_IGNORED }, NULL },
};

static void document_test(void **state)
{
    static const char heading[] =
        "ACCOUNT       REGION          WHAT                     RECORDS  STATE\n";
    const struct document_row *row = *state;
    const struct document_summary *documents[] = { &row->document };
    const struct source source = { .path = "x.json", .use = SOURCE_READ };
    const bool is_ignored = row->document.state == STATE_IGNORED;
    const struct source_summary summary = {
        .source = &source,
        .was_read = true,
        .is_ignored = is_ignored,
        .why = is_ignored ? "JSON, but of no call" : NULL,
        .documents = documents,
        .document_count = 1,
    };
    const struct assessment assessment = { .settings = &sample_settings,
                                           .book = &sample_book,
                                           .sources = &summary,
                                           .source_count = 1,
                                           .summary = { .sources_read = 1,
                                                        .documents = 1 } };
    struct arena arena = ARENA_EMPTY;
    const char *text = render_as(&arena, &assessment, plain);

    if (row->expected == NULL) {
        assert_true(str_starts_with(
            str_from(text), STR("No evidence\n  x.json: JSON, but of no call\n")));
    } else {
        struct str lines = str_from(text);

        assert_true(str_starts_with(lines, str_from(heading)));
        lines = str_slice(lines, sizeof heading - 1, str_find(lines, STR("\n\n")) + 1);
        assert_string_equal(str_copy(&arena, lines).text, row->expected);
    }
    arena_release(&arena);
}

static void documents_stand_by_account_and_region(void **state)
{
    const struct document_summary documents[] = {
        { .account = { "2", 1 }, .region = { "a", 1 }, .state = STATE_COMPLETE },
        { .index = 1, .account = { "1", 1 }, .region = { "b", 1 } },
        { .index = 2, .account = { "1", 1 }, .region = { "a", 1 } },
        { .index = 3, .account = { "1", 1 }, .region = { "a", 1 } },
        { .index = 4, .state = STATE_IGNORED },
    };
    const struct document_summary *pointers[] = { &documents[0], &documents[1],
                                                  &documents[2], &documents[3],
                                                  &documents[4] };
    const struct source source = { .path = "-", .use = SOURCE_READ };
    const struct source_summary summary = { .source = &source,
                                            .why = "1 is not understood",
                                            .documents = pointers,
                                            .document_count = SAMPLE_COUNT(pointers) };
    const struct assessment assessment = {
        .settings = &sample_settings,
        .book = &sample_book,
        .sources = &summary,
        .source_count = 1,
        .summary = { .documents = SAMPLE_COUNT(pointers) },
    };
    static const char *const order[] = {
        "(document 3 of 5)",   "(document 4 of 5)",
        "\n\n1             b", "(document 2 of 5)",
        "\n\n2             a", "standard input (document 1 of 5)",
        "\n\nNo evidence\n",   "-: 1 is not understood",
    };
    struct arena arena = ARENA_EMPTY;
    const char *at = render_as(&arena, &assessment, plain);

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT(order); i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    arena_release(&arena);
}

static void a_narrow_page_is_kept(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_of_evidence();
    const struct report_style narrow = { .width = REPORT_WIDTH_MIN, .lists_all = true };
    const char *line = render_as(&arena, &assessment, narrow);

    (void)state;
    while (*line != '\0') {
        const char *end = strchr(line, '\n');
        size_t len = (size_t)(end - line);

        if (len > REPORT_WIDTH_MIN)
            assert_true(memchr(line, '/', len) != NULL || strstr(line, "aws ") < end);
        line = end + 1;
    }
    arena_release(&arena);
}

/* ---- what is missing ---- */

static void what_is_missing_of_a_source_names_it(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct assessment assessment = sample_of_evidence();
    struct missing missing[2] = { sample_missing[0], sample_missing[1] };
    const char *text;

    (void)state;
    missing[0].account = missing[0].region = STR_NONE;
    missing[0].source = "dump.json";
    missing[1].settle_count = 0;
    assessment.missing = missing;
    text = render_as(&arena, &assessment, plain);
    assert_non_null(strstr(text, "-             -               AWS::RDS::DBSnapshot\n"
                                 "    of the same account and region as dump.json\n"
                                 "    because: "));
    assert_non_null(strstr(text, "in eu-west-2\n\nEvidence: "));
    arena_release(&arena);
}

/* ---- the last line, and the status ---- */

static const struct end_row {
    const char *name;
    size_t read, problems, unknown;
    int status;
    const char *expected;
} end_rows[] = {
    { "all is well", 1, 0, 0, 0,
      "no documents (status 0: all evidence could be used)\n" },
    { "a problem", 1, 1, 0, 3,
      "no documents; 1 problem (status 3: evidence could not be used)\n" },
    { "a problem, though nothing was read", 0, 2, 0, 3,
      "no documents; 2 problems (status 3: evidence could not be used)\n" },
    { "nothing", 0, 0, 0, 2, "no documents (status 2: no evidence)\n" },
    { "JSON that is not understood", 1, 0, 1, 0,
      "no documents (status 0: all evidence could be used, but 1 JSON file was not "
      "understood)\n" },
    { "nothing else", 0, 0, 2, 2,
      "no documents (status 2: no evidence: 2 JSON files were not understood)\n" },
    { "beside a problem that matters more", 1, 1, 2, 3,
      "no documents; 1 problem (status 3: evidence could not be used)\n" },
};

static void end_test(void **state)
{
    const struct end_row *row = *state;
    const struct assessment assessment = { .settings = &sample_settings,
                                           .book = &sample_book,
                                           .summary = {
                                               .sources_read = row->read,
                                               .sources_unknown = row->unknown,
                                               .problems = row->problems,
                                           } };
    struct arena arena = ARENA_EMPTY;

    assert_int_equal(evidence_status(&assessment), row->status);
    assert_true(str_ends_with(str_from(render_as(&arena, &assessment, plain)),
                              str_from(row->expected)));
    arena_release(&arena);
}

/* ---- json ---- */

static json_t *json_of(const struct assessment *assessment,
                       void (*write)(const struct assessment *,
                                     const struct report_style *, struct buf *))
{
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY(&arena);
    json_t *root;

    write(assessment, &plain, &text);
    root = json_loadb(text.text, text.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    arena_release(&arena);
    return root;
}

static void json_has_what_the_report_has_and_what_is_missing(void **state)
{
    static const char *const shared[] = { "tool", "settings", "rules", "evidence",
                                          "problems" };
    struct assessment assessment = sample_of_evidence();
    struct missing missing[2] = { sample_missing[0], sample_missing[1] };
    json_t *evidence, *report;
    char *text;

    (void)state;
    missing[1].settle_count = 0;
    missing[1].source = "dump.json";
    assessment.missing = missing;
    evidence = json_of(&assessment, report_evidence_json);
    report = json_of(&assessment, report_json);
    assert_int_equal(json_object_size(evidence), 12);
    assert_string_equal(json_string_value(json_object_get(evidence, "schema")),
                        "invaudit-evidence/1");
    for (size_t i = 0; i < SAMPLE_COUNT(shared); i++)
        assert_true(json_equal(json_object_get(evidence, shared[i]),
                               json_object_get(report, shared[i])));
    text = json_dumps(json_object_get(evidence, "missing"), JSON_COMPACT);
    assert_string_equal(
        text,
        "[{\"account\":\"111122223333\",\"region\":\"eu-west-1\",\"source\":null,"
        "\"type\":\"AWS::RDS::DBSnapshot\","
        "\"command\":\"aws rds describe-db-snapshots --region eu-west-1 --output "
        "json\","
        "\"permission\":\"rds:DescribeDBSnapshots\","
        "\"save_as\":\"111122223333/eu-west-1/rds-describe-db-snapshots.json\","
        "\"reasons\":[{\"code\":\"missing\","
        "\"text\":\"no listing of DB snapshots in eu-west-1\"}]},"
        "{\"account\":\"111122223333\",\"region\":\"eu-west-2\","
        "\"source\":\"dump.json\",\"type\":\"AWS::RDS::DBSnapshot\",\"command\":null,"
        "\"permission\":null,\"save_as\":null,\"reasons\":[{\"code\":\"missing\","
        "\"text\":\"no listing of DB snapshots in eu-west-2\"}]}]");
    free(text);
    text = json_dumps(json_object_get(evidence, "summary"), JSON_COMPACT);
    assert_string_equal(text,
                        "{\"sources_read\":1,\"sources_ignored\":1,\"sources_"
                        "excluded\":0,\"documents\":1,"
                        "\"records\":3,\"states\":{\"complete\":0,\"partial\":1,"
                        "\"nothing\":0,\"mislabelled\":0,\"context\":0,\"ignored\":0},"
                        "\"problems\":1,\"status\":3}");
    free(text);
    json_decref(evidence);
    json_decref(report);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, each_part_has_its_form);
    TESTS_ADD(&tests, colour_is_on_states_only);
    TESTS_ADD_ROWS(&tests, document_rows, document_test);
    TESTS_ADD(&tests, documents_stand_by_account_and_region);
    TESTS_ADD(&tests, a_narrow_page_is_kept);
    TESTS_ADD(&tests, what_is_missing_of_a_source_names_it);
    TESTS_ADD_ROWS(&tests, end_rows, end_test);
    TESTS_ADD(&tests, json_has_what_the_report_has_and_what_is_missing);
    return tests_run("report_evidence", &tests);
}
