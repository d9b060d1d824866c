#include "base/digest.h"
#include "report_sample.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena; /* of the test that runs */

static struct str render(const struct assessment *assessment)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct buf text = BUF_EMPTY(&arena);

    report_json(assessment, &style, &text);
    return buf_str(&text);
}

static void decref(void *json)
{
    json_decref(json);
}

static json_t *parse(struct str text)
{
    json_t *root =
        json_loadb(text.text, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);

    assert_non_null(root);
    arena_on_release(&arena, decref, root);
    return root;
}

/* By "findings.0.facts": member names and indexes. */
static json_t *at(json_t *value, const char *path)
{
    struct str rest = str_from(path);

    while (rest.len > 0 && value != NULL) {
        size_t dot = str_find(rest, STR("."));
        size_t end = dot != SIZE_MAX ? dot : rest.len;
        const char *name = str_copy(&arena, str_slice(rest, 0, end)).text;

        value = is_digit(name[0]) ? json_array_get(value, (size_t)(name[0] - '0'))
                                  : json_object_get(value, name);
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    assert_non_null(value);
    return value;
}

static const char *compact(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    const char *copy = arena_copy(&arena, text, strlen(text));

    free(text);
    return copy;
}

/* ---- keys ---- */

static const struct keys_row {
    const char *name;
    const char *path, *keys;
} keys_rows[] = {
    { "the report", "",
      "schema tool settings operands catalog rules inputs_sha256 evidence_set evidence "
      "findings coverage problems summary" },
    { "the tool", "tool", "name version" },
    { "settings: each member", "settings",
      "no_builtin no_filtered no_digest rules select skip params accounts regions "
      "exclude "
      "expect_regions as_of assume_account "
      "assume_region "
      "assume_type path_pattern" },
    { "the catalog", "catalog", "sha256 files" },
    { "a rule", "rules.0", "id title severity source builtin sha256 text" },
    { "a source", "evidence.0", "path use why sha256 bytes documents" },
    { "a document", "evidence.0.documents.0",
      "document type call account region parent told records foreign undecided state "
      "reasons" },
    { "how it was told", "evidence.0.documents.0.told", "type account region" },
    { "a document's reason", "evidence.0.documents.0.reasons.0", "code text" },
    { "a finding", "findings.0",
      "id rule account region resource resource_type source result severity message "
      "would_say assumptions "
      "facts "
      "reasons possible settle citations diagnosis cautions" },
    { "an assumption", "findings.0.assumptions.0", "code text" },
    { "facts, in the rule's order", "findings.0.facts", "snapshots managed" },
    { "a fact", "findings.0.facts.managed", "at_least at_most" },
    { "a reason", "findings.1.reasons.0", "code text" },
    { "a command that settles", "findings.1.settle.0", "command permission save_as" },
    { "a citation", "findings.3.citations.0",
      "fact decisive path document pointer line offset record" },
    { "a problem", "problems.0", "path code line column message" },
    { "the summary", "summary",
      "pass fail unknown not_applicable waived findings problems sources_read "
      "sources_ignored sources_excluded documents records status" },
};

static void keys_test(void **state)
{
    const struct keys_row *row = *state;
    struct buf keys = BUF_EMPTY(&arena);
    const char *key;
    json_t *object = at(parse(render(&sample_assessment)), row->path);
    json_t *value;

    json_object_foreach(object, key, value)
        buf_printf(&keys, "%s%s", keys.len > 0 ? " " : "", key);
    assert_string_equal(buf_str(&keys).text, row->keys);
    arena_release(&arena);
}

/* ---- values ---- */

static const struct value_row {
    const char *name;
    const char *path, *value;
} value_rows[] = {
    { "the schema has a version", "schema", "\"invaudit-report/1\"" },
    { "what was not given is null", "settings.as_of", "null" },
    { "a list that was not given is empty", "settings.select", "[]" },
    { "a flag", "settings.no_filtered", "false" },
    { "a severity by name", "rules.0.severity", "\"low\"" },
    { "a rule of the program", "rules.0.builtin", "true" },
    { "has its text there", "rules.0.text", "null" },
    { "a source that was read", "evidence.0.bytes", "1234" },
    { "one that was not has no bytes", "evidence.1.bytes", "null" },
    { "and no digest", "evidence.1.sha256", "null" },
    { "and says why", "evidence.1.why", "\"no JSON\"" },
    { "a type by name", "evidence.0.documents.0.type", "\"AWS::RDS::DBSnapshot\"" },
    { "a call by name", "evidence.0.documents.0.call",
      "\"rds describe-db-snapshots\"" },
    { "how it was told", "evidence.0.documents.0.told",
      "{\"type\":\"envelope\",\"account\":\"path\",\"region\":null}" },
    { "a state", "evidence.0.documents.0.state", "\"partial\"" },
    { "a scope that nothing tells", "findings.0.account", "null" },
    { "has a source", "findings.0.source", "\"dump.json\"" },
    { "assumptions that are not told aloud too", "findings.0.assumptions.1.code",
      "\"not-narrowed\"" },
    { "an exact fact", "findings.0.facts.managed", "{\"at_least\":0,\"at_most\":0}" },
    { "a fact without a bound", "findings.3.facts.managed",
      "{\"at_least\":1,\"at_most\":null}" },
    { "what is possible", "findings.1.possible", "[\"pass\",\"fail\"]" },
    { "a command", "findings.2.settle.0",
      "{\"command\":\"aws rds describe-db-snapshots --region eu-west-2 --output json\","
      "\"permission\":\"rds:DescribeDBSnapshots\","
      "\"save_as\":\"111122223333/eu-west-2/rds-describe-db-snapshots.json\"}" },
    { "a citation of a record", "findings.3.citations.0.record",
      "\"awsbackup:job-1\"" },
    { "a citation of a listing", "findings.3.citations.1",
      "{\"fact\":\"managed\",\"decisive\":true,"
      "\"path\":\"in/111122223333/us-east-1/rds-describe-db-snapshots.json\","
      "\"document\":1,\"pointer\":\"/DBSnapshots\",\"line\":null,\"offset\":0,"
      "\"record\":null}" },
    { "a problem's place", "problems.0.line", "12" },
    { "the counts", "summary",
      "{\"pass\":1,\"fail\":1,\"unknown\":2,\"not_applicable\":0,\"waived\":0,"
      "\"findings\":4,\"problems\":1,\"sources_read\":1,\"sources_ignored\":1,"
      "\"sources_excluded\":0,"
      "\"documents\":1,\"records\":3,\"status\":1}" },
};

static void value_test(void **state)
{
    const struct value_row *row = *state;

    assert_string_equal(compact(at(parse(render(&sample_assessment)), row->path)),
                        row->value);
    arena_release(&arena);
}

/* ---- bounds of facts ---- */

static const struct bounds_row {
    const char *name;
    double at_least, at_most;
    const char *fact;
} bounds_rows[] = {
    { "whole numbers", -3, 999999999999999,
      "{\"at_least\":-3,\"at_most\":999999999999999}" },
    { "larger ones as reals", -1e15, 1e15,
      "{\"at_least\":-1000000000000000.0,\"at_most\":1000000000000000.0}" },
    { "parts of one", -0.5, 1.25, "{\"at_least\":-0.5,\"at_most\":1.25}" },
    { "none", -INFINITY, INFINITY, "{\"at_least\":null,\"at_most\":null}" },
};

static void bounds_test(void **state)
{
    const struct bounds_row *row = *state;
    const struct fact_value values[] = {
        sample_none[0], { .at_least = row->at_least, .at_most = row->at_most }
    };
    struct assessment assessment = sample_assessment;
    struct finding finding = sample_findings[0];

    finding.facts = values;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assert_string_equal(
        compact(at(parse(render(&assessment)), "findings.0.facts.managed")), row->fact);
    arena_release(&arena);
}

/* ---- text that is no text ---- */

static const struct text_row {
    const char *name;
    struct str region;
    const char *source;
    const char *region_value, *source_value;
} text_rows[] = {
    { "NUL is kept", { "a\0b", 3 }, "x", "\"a\\u0000b\"", "\"x\"" },
    { "control characters are kept",
      { "a\n\x1b", 3 },
      "x",
      "\"a\\n\\u001B\"",
      "\"x\"" },
    { "what a reader cannot see is kept",
      { "\xe2\x80\xae", 3 },
      "x",
      "\"\xe2\x80\xae\"",
      "\"x\"" },
    { "bad bytes are spelled",
      { "a", 1 },
      "a\xff\xe2\x82z",
      "\"a\"",
      "\"a\\\\xff\\\\xe2\\\\x82z\"" },
    { "empty text is not absent", { "", 0 }, "", "\"\"", "\"\"" },
    { "absent text is null", { NULL, 0 }, NULL, "null", "null" },
};

static void text_test(void **state)
{
    const struct text_row *row = *state;
    struct assessment assessment = sample_assessment;
    struct finding finding = sample_findings[0];
    json_t *root;

    finding.region = row->region;
    finding.source = row->source;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    root = parse(render(&assessment));
    assert_string_equal(compact(at(root, "findings.0.region")), row->region_value);
    assert_string_equal(compact(at(root, "findings.0.source")), row->source_value);
    arena_release(&arena);
}

static void given_settings_are_all_there(void **state)
{
    struct str texts[] = { { "b", 1 }, { "a", 1 } }, gate[] = { { "fail", 4 } };
    const struct settings settings = {
        .no_builtin = true,
        .no_filtered = true,
        .no_digest = true,
        .fail_on = { gate, 1 },
        .rules = { texts, 1 },
        .select = { texts, 2 },
        .as_of = { "2026-01-01T00:00:00Z", 20 },
        .assume_account = { "111122223333", 12 },
        .assume_region = { "eu-west-1", 9 },
        .assume_type = { "AWS::RDS::DBSnapshot", 20 },
        .path_pattern = { "(?<type>x)", 10 },
    };
    struct assessment assessment = sample_assessment;

    (void)state;
    assessment.settings = &settings;
    assert_string_equal(
        compact(at(parse(render(&assessment)), "settings")),
        "{\"no_builtin\":true,\"no_filtered\":true,\"no_digest\":true,"
        "\"fail_on\":[\"fail\"],\"rules\":[\"b\"]"
        ","
        "\"select\":[\"b\",\"a\"],\"skip\":[],\"params\":[],\"accounts\":[],"
        "\"regions\":[],"
        "\"exclude\":[],\"expect_regions\":[],\"as_of\":\"2026-"
        "01-01T00:00:00Z\","
        "\"assume_account\":\"111122223333\",\"assume_region\":\"eu-west-1\","
        "\"assume_type\":\"AWS::RDS::DBSnapshot\","
        "\"path_pattern\":\"(?<type>x)\"}");
    arena_release(&arena);
}

static void it_is_laid_out_for_people_too(void **state)
{
    struct str text;

    (void)state;
    text = render(&sample_assessment);
    assert_true(
        str_starts_with(text, STR("{\n  \"schema\": \"invaudit-report/1\",\n")));
    assert_true(str_ends_with(text, STR("    \"status\": 1\n  }\n}\n")));
    arena_release(&arena);
}

/* ---- threads ---- */

static const struct threads_row {
    const char *name;
    size_t findings, workers;
} threads_rows[] = {
    { "no finding", 0, 2 },
    { "one finding", 1, 2 },
    { "as many as one thread writes at a time", 32, 2 },
    { "one more", 33, 2 },
    { "one less than two times as many", 63, 2 },
    { "two times as many", 64, 2 },
    { "a round of two threads", 128, 2 },
    { "a round and a finding", 129, 2 },
    { "two rounds and a rest", 300, 2 },
    { "more threads than there is to write", 70, 7 },
};

/* Several threads write what one writes. */
static void threads_test(void **state)
{
    const struct threads_row *row = *state;
    struct finding *findings = arena_array(&arena, row->findings, struct finding);
    struct assessment assessment = sample_assessment;
    struct str alone, together;

    for (size_t i = 0; i < row->findings; i++) {
        findings[i] = sample_findings[i % SAMPLE_COUNT(sample_findings)];
        findings[i].id = arena_printf(&arena, "finding-%zu", i);
    }
    assessment.findings = findings;
    assessment.finding_count = row->findings;
    assessment.workers = 1;
    alone = render(&assessment);
    assessment.workers = row->workers;
    together = render(&assessment);
    assert_true(str_equal(alone, together));
    assert_int_equal(json_array_size(at(parse(alone), "findings")), row->findings);
    arena_release(&arena);
}

/* ---- what the report follows from ------------------------------------------------ */

static const char *digest_of(const json_t *report)
{
    char hex[DIGEST_HEX_BYTES];

    report_inputs_digest(report, hex);
    return arena_copy(&arena, hex, strlen(hex));
}

/* As a program may have written it again: its last member stands first. */
static json_t *turned(const json_t *object)
{
    json_t *copy = json_object();
    const char *key, *last = NULL;
    json_t *value, *items = (json_t *)(uintptr_t)object;

    json_object_foreach(items, key, value) last = key;
    json_object_set(copy, last, json_object_get(object, last));
    json_object_foreach(items, key, value) json_object_set(copy, key, value);
    arena_on_release(&arena, decref, copy);
    return copy;
}

/* Each is changed in a report, and its digest of inputs with it; NULL stays as it is.
 */
static const struct input_row {
    const char *name, *object, *key, *value;
    bool is_other;
} input_rows[] = {
    { "a report that was read back has the digest that it says", NULL, NULL, NULL,
      false },
    { "the order of members does not matter", "", NULL, NULL, false },
    { "nor does that of a part", "settings", NULL, NULL, false },
    { "nor of the items of a list", "rules.0", NULL, NULL, false },
    { "nor what no input is", "", "findings", "[]", false },
    { "another setting does", "settings", "no_digest", "true", true },
    { "another tool", "tool", "version", "\"9\"", true },
    { "another rule", "rules.0", "sha256", "\"ff\"", true },
    { "another operand", "", "operands", "[\"x\"]", true },
    { "two of them", "", "operands", "[\"a\",\"b\"]", true },
    { "a member that nobody knows", "settings", "more", "[1, 2.5, null, {\"a\": true}]",
      true },
    { "a whole rule that is no object", "", "rules", "[7]", true },
};

static void input_test(void **state)
{
    const struct input_row *row = *state;
    json_t *report = parse(render(&sample_assessment));
    const char *said = json_string_value(at(report, "inputs_sha256"));

    if (row->object != NULL && row->key == NULL) {
        json_t *object = at(report, row->object), *other = turned(object);

        if (object == report) {
            report = other;
        } else {
            json_t *copy = json_deep_copy(other);

            json_object_clear(object);
            json_object_update(object, copy);
            json_decref(copy);
        }
    } else if (row->object != NULL) {
        json_object_set_new(at(report, row->object), row->key,
                            json_loads(row->value, JSON_DECODE_ANY, NULL));
    }
    if (row->is_other)
        assert_string_not_equal(digest_of(report), said);
    else
        assert_string_equal(digest_of(report), said);
    arena_release(&arena);
}

/* Whatever a value is, another has another digest. */
static void every_kind_of_value_is_in_the_digest(void **state)
{
    static const char *const values[] = { "1",     "2",         "1.5",      "true",
                                          "false", "null",      "\"1\"",    "[]",
                                          "[1]",   "[1,2]",     "[[1],2]",  "{\"a\":1}",
                                          "{}",    "{\"b\":1}", "{\"a\":2}" };
    const char *digests[SAMPLE_COUNT(values)];

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT(values); i++) {
        json_t *report = parse(render(&sample_assessment));

        json_object_set_new(at(report, "settings"), "more",
                            json_loads(values[i], JSON_DECODE_ANY, NULL));
        digests[i] = digest_of(report);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(digests[i], digests[j]);
    }
    arena_release(&arena);
}

static void an_empty_assessment_has_every_key(void **state)
{
    struct assessment assessment = { .settings = &sample_settings,
                                     .book = &sample_book };

    (void)state;
    assert_string_equal(compact(at(parse(render(&assessment)), "findings")), "[]");
    assert_string_equal(compact(at(parse(render(&assessment)), "summary.status")), "2");
    arena_release(&arena);
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    const struct report_formats *formats = &scan_formats, *others = &evidence_formats;

    assert_ptr_equal(report_format_find(formats, STR("json"))->write, report_json);
    assert_ptr_equal(report_format_find(formats, STR("text"))->write, report_text);
    assert_null(report_format_find(formats, STR("jso")));
    assert_null(report_format_find(formats, STR("")));
    assert_ptr_equal(report_format_find(formats, STR("junit"))->write, report_junit);
    for (size_t i = 0; i < formats->count; i++)
        assert_ptr_equal(report_format_find(formats, str_from(formats->items[i].name)),
                         &formats->items[i]);
    assert_ptr_equal(report_format_find(others, STR("json"))->write,
                     report_evidence_json);
    assert_ptr_equal(report_format_find(others, STR("text"))->write,
                     report_evidence_text);
    assert_null(report_format_find(others, STR("jso")));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, keys_rows, keys_test);
    TESTS_ADD_ROWS(&tests, value_rows, value_test);
    TESTS_ADD_ROWS(&tests, bounds_rows, bounds_test);
    TESTS_ADD_ROWS(&tests, text_rows, text_test);
    TESTS_ADD(&tests, given_settings_are_all_there);
    TESTS_ADD(&tests, it_is_laid_out_for_people_too);
    TESTS_ADD_ROWS(&tests, threads_rows, threads_test);
    TESTS_ADD_ROWS(&tests, input_rows, input_test);
    TESTS_ADD(&tests, every_kind_of_value_is_in_the_digest);
    TESTS_ADD(&tests, an_empty_assessment_has_every_key);
    TESTS_ADD(&tests, formats_are_found_by_name);
    return tests_run("report_json", &tests);
}
