#include "report/members.h"
#include "report/report.h"

#include <assert.h>

/*
 * A Statement of in-toto, which says of files that tests were run on them
 * (https://github.com/in-toto/attestation: spec/v1/statement.md,
 * spec/v1/resource_descriptor.md, spec/predicates/test-result.md); what it is worth, a
 * signature of its bytes tells.
 *
 *     subject                    the files of the evidence that have a digest: those of
 *                                evidence_set
 *     predicate.configuration    what the verdicts follow from beside them: the program
 *                                and its options, the built-in catalog, catalogs and
 *                                rules as files
 *     predicate.passedTests, ..  the ids of findings
 *
 * The members are those of the protobuf messages as JSON. `url`, where the run could be
 * looked at, is left out: a run has no address. So is all time.
 */

/* ---- subjects -------------------------------------------------------------------- */

static const struct member source_digest_rows[] = {
    { "sha256", OWN(struct source_summary, sha256) },
};
static const struct members source_digest_members = MEMBERS(source_digest_rows);

static const struct member subject_rows[] = {
    { "name", OWNED(struct source_summary, source, struct source, path) },
    { "digest", OBJECT(source_digest_members) },
};
static const struct members subject_members = MEMBERS(subject_rows);

static void put_subjects(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;

    put_open(json, '[');
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (!source->was_read || source->sha256[0] == '\0' ||
            source->source->archive != NULL)
            continue; /* the archive's digest stands for its members */
        put_item(json);
        put_object(json, &subject_members, source);
    }
    put_close(json, ']');
}

/* ---- configuration --------------------------------------------------------------- */

/* The name of an annotation should be nobody else's. */
static const struct member annotation_rows[] = {
    { "invauditSettings", OWNER(struct assessment, settings, struct settings),
      OBJECT(settings_members) },
};
static const struct members annotation_members = MEMBERS(annotation_rows);

static const struct member program_rows[] = {
    { "name", FIXED("invaudit") },
    { "uri", FIXED("pkg:generic/invaudit@" INVAUDIT_VERSION) },
    { "annotations", OBJECT(annotation_members) },
};
static const struct members program_members = MEMBERS(program_rows);

static const struct member catalog_digest_rows[] = {
    { "sha256", OWN(struct rulebook, catalog_sha256) },
};
static const struct members catalog_digest_members = MEMBERS(catalog_digest_rows);

static const struct member catalog_rows[] = {
    { "name", FIXED("catalog") },
    { "digest", OBJECT(catalog_digest_members) },
};
static const struct members catalog_members = MEMBERS(catalog_rows);

static void put_file_sha256(struct json_writer *json, const void *object)
{
    put_text(json, str_from(((const struct rulebook_file *)object)->sha256));
}

static const struct member file_digest_rows[] = {
    { "sha256", MADE(put_file_sha256) },
};
static const struct members file_digest_members = MEMBERS(file_digest_rows);

static const struct member file_rows[] = {
    { "name", OWN(struct rulebook_file, path) },
    { "digest", OBJECT(file_digest_members) },
};
static const struct members file_members = MEMBERS(file_rows);

static void put_rule_sha256(struct json_writer *json, const void *object)
{
    put_text(json, str_from(((const struct rule *)object)->sha256));
}

static const struct member rule_digest_rows[] = {
    { "sha256", MADE(put_rule_sha256) },
};
static const struct members rule_digest_members = MEMBERS(rule_digest_rows);

static const struct member rule_file_rows[] = {
    { "name", OWN(struct rule, path) },
    { "digest", OBJECT(rule_digest_members) },
};
static const struct members rule_file_members = MEMBERS(rule_file_rows);

static const struct member waivers_digest_rows[] = {
    { "sha256", OWN(struct waivers, sha256) },
};
static const struct members waivers_digest_members = MEMBERS(waivers_digest_rows);

static const struct member waivers_file_rows[] = {
    { "name", OWN(struct waivers, path) },
    { "digest", OBJECT(waivers_digest_members) },
};
static const struct members waivers_file_members = MEMBERS(waivers_file_rows);

static void put_configuration(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;
    const struct rulebook *book = assessment->book;

    put_open(json, '[');
    put_item(json);
    put_object(json, &program_members, assessment);
    put_item(json);
    put_object(json, &catalog_members, book);
    for (size_t i = 0; i < book->catalog_count; i++) {
        put_item(json);
        put_object(json, &file_members, &book->catalogs[i]);
    }
    for (size_t i = 0; i < book->count; i++) {
        put_item(json);
        put_object(json, &rule_file_members, book->rules[i]);
    }
    if (assessment->waivers != NULL) {
        put_item(json);
        put_object(json, &waivers_file_members, assessment->waivers);
    }
    put_close(json, ']');
}

/* ---- tests ----------------------------------------------------------------------- */

enum test_list { TESTS_NONE, TESTS_PASSED, TESTS_WARNED, TESTS_FAILED };

/* What does not apply was not tested. */
static const enum test_list lists[] = {
    [RESULT_PASS] = TESTS_PASSED,         [RESULT_FAIL] = TESTS_FAILED,
    [RESULT_UNKNOWN] = TESTS_WARNED,      [RESULT_WAIVED] = TESTS_WARNED,
    [RESULT_NOT_APPLICABLE] = TESTS_NONE,
};
static_assert(COUNT_OF(lists) == RESULT_COUNT, "each result has a list, or none");

static size_t count_tests(const struct assessment *assessment, enum test_list list)
{
    size_t count = 0;

    for (int result = 0; result < RESULT_COUNT; result++)
        if (lists[result] == list)
            count += assessment->summary.results[result];
    return count;
}

/* PASSED is for what a reader need not ask about: something passed, nothing else came
 * up, and all evidence could be used. */
static void put_result(struct json_writer *json, const void *object)
{
    const struct assessment *assessment = object;
    const char *result = "PASSED";

    if (count_tests(assessment, TESTS_FAILED) > 0)
        result = "FAILED";
    else if (count_tests(assessment, TESTS_WARNED) > 0 ||
             count_tests(assessment, TESTS_PASSED) == 0 ||
             assessment->summary.problems > 0)
        result = "WARNED";
    put_text(json, str_from(result));
}

static void put_tests(struct json_writer *json, const struct assessment *assessment,
                      enum test_list list)
{
    put_open(json, '[');
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        if (lists[finding->result] != list)
            continue;
        put_item(json);
        put_text(json, str_from(finding->id));
    }
    put_close(json, ']');
}

static void put_passed(struct json_writer *json, const void *object)
{
    put_tests(json, object, TESTS_PASSED);
}

static void put_warned(struct json_writer *json, const void *object)
{
    put_tests(json, object, TESTS_WARNED);
}

static void put_failed(struct json_writer *json, const void *object)
{
    put_tests(json, object, TESTS_FAILED);
}

/* ---- the statement --------------------------------------------------------------- */

static const struct member predicate_rows[] = {
    { "result", MADE(put_result) },      { "configuration", MADE(put_configuration) },
    { "passedTests", MADE(put_passed) }, { "warnedTests", MADE(put_warned) },
    { "failedTests", MADE(put_failed) },
};
static const struct members predicate_members = MEMBERS(predicate_rows);

static const struct member statement_rows[] = {
    { "_type", FIXED("https://in-toto.io/Statement/v1") },
    { "subject", MADE(put_subjects) },
    { "predicateType", FIXED("https://in-toto.io/attestation/test-result/v0.1") },
    { "predicate", OBJECT(predicate_members) },
};
static const struct members statement_members = MEMBERS(statement_rows);

void report_intoto(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out)
{
    struct json_writer json = { .out = out };

    (void)style;
    put_object(&json, &statement_members, assessment);
    buf_add_byte(out, '\n');
    arena_release(&json.scratch);
}
