/*
 * report_sample.h - an assessment built by hand, with one finding of each kind.
 */
#ifndef TESTS_UNIT_REPORT_SAMPLE_H
#define TESTS_UNIT_REPORT_SAMPLE_H

#include "report/report.h"

#include <math.h>

#define SAMPLE_COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct type sample_type = { .name = { "AWS::RDS::DBSnapshot", 20 } };
static const struct call sample_call = {
    .type = &sample_type,
    .name = { "rds describe-db-snapshots", 25 },
};

static const struct fact sample_facts[] = {
    { .name = { "snapshots", 9 } },
    { .name = { "managed", 7 } },
};

static const struct message_part sample_fail_text = {
    .text = { "not in use", 10 },
};
static const struct message_part sample_pass_text = {
    .text = { "in use", 6 },
};
static const struct outcome sample_outcomes[] = {
    { .result = RESULT_PASS, .message = { &sample_pass_text, 1 } },
    { .result = RESULT_FAIL, .message = { &sample_fail_text, 1 } },
};

static const struct rule sample_rule = {
    .id = { "Backup-001", 10 },
    .title = { "AWS Backup service in use for Amazon RDS", 40 },
    .severity = SEVERITY_LOW,
    .facts = sample_facts,
    .fact_count = SAMPLE_COUNT(sample_facts),
    .outcomes = sample_outcomes,
    .outcome_count = SAMPLE_COUNT(sample_outcomes),
    .path = "rules/Backup-001.yaml",
    .builtin = true,
    .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
};

static const struct rule *sample_rules[] = { &sample_rule };
static const struct rulebook sample_book = {
    .rules = sample_rules,
    .count = SAMPLE_COUNT(sample_rules),
};

static const struct settings sample_settings = { 0 };

static const struct source sample_sources[] = {
    { .path = "in/111122223333/us-east-1/rds-describe-db-snapshots.json",
      .use = SOURCE_READ },
    { .path = "in/notes.txt", .use = SOURCE_IGNORED, .why = "no JSON" },
};

static const struct reason sample_document_reasons[] = {
    { .sentence = SAY_TOKEN },
};

static const struct document_summary sample_document = {
    .type = &sample_type,
    .call = &sample_call,
    .account = { "111122223333", 12 },
    .region = { "us-east-1", 9 },
    .type_told = TOLD_ENVELOPE,
    .account_told = TOLD_PATH,
    .records = 3,
    .undecided = 1,
    .state = STATE_PARTIAL,
    .reasons = sample_document_reasons,
    .reason_count = SAMPLE_COUNT(sample_document_reasons),
};
static const struct document_summary *const sample_documents[] = { &sample_document };

static const struct source_summary sample_source_summaries[] = {
    { .source = &sample_sources[0],
      .was_read = true,
      .bytes = 1234,
      .sha256 = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210",
      .documents = sample_documents,
      .document_count = SAMPLE_COUNT(sample_documents) },
    { .source = &sample_sources[1], .is_ignored = true, .why = "no JSON" },
};

static const struct fact_value sample_none[] = { { .at_most = 0 }, { .at_most = 0 } };
static const struct fact_value sample_some[] = {
    { .at_least = 3, .at_most = 3 }, { .at_least = 1, .at_most = INFINITY }
};
static const struct fact_value sample_unknown[] = { { .at_most = INFINITY },
                                                    { .at_most = INFINITY } };

static const struct reason sample_assumptions[] = {
    { .sentence = SAY_FILTERED, .texts = { { "dump.json", 9 } } }, /* aloud */
    { .sentence = SAY_NOT_NARROWED, .texts = { { "dump.json", 9 } } },
};

static const struct citation sample_citations[] = {
    { .fact = { "managed", 7 },
      .decisive = true,
      .path = "in/111122223333/us-east-1/rds-describe-db-snapshots.json",
      .list = "/DBSnapshots",
      .index = 0,
      .line = 4,
      .offset = 40,
      .id = { "awsbackup:job-1", 15 } },
    { .fact = { "managed", 7 },
      .decisive = true,
      .path = "in/111122223333/us-east-1/rds-describe-db-snapshots.json",
      .document = 1,
      .list = "/DBSnapshots",
      .index = CITES_ALL },
};

static const struct reason sample_west_1_reasons[] = {
    { .sentence = SAY_MISSING,
      .texts = { { "DB snapshots", 12 }, { "eu-west-1", 9 } } },
};
static const struct reason sample_west_2_reasons[] = {
    { .sentence = SAY_MISSING,
      .texts = { { "DB snapshots", 12 }, { "eu-west-2", 9 } } },
};
static const struct settle sample_west_1_settles[] = {
    { .command = "aws rds describe-db-snapshots --region eu-west-1 --output json",
      .permission = "rds:DescribeDBSnapshots",
      .save_as = "111122223333/eu-west-1/rds-describe-db-snapshots.json",
      .type = &sample_type },
};
static const struct settle sample_west_2_settles[] = {
    { .command = "aws rds describe-db-snapshots --region eu-west-2 --output json",
      .permission = "rds:DescribeDBSnapshots",
      .save_as = "111122223333/eu-west-2/rds-describe-db-snapshots.json",
      .type = &sample_type },
};
static const enum result sample_either[] = { RESULT_PASS, RESULT_FAIL };
static const enum result sample_pass[] = { RESULT_PASS };
static const enum result sample_fail[] = { RESULT_FAIL };

static const struct finding sample_findings[] = {
    { .id = "Backup-001/-/-/dump.json",
      .rule = &sample_rule,
      .source = "dump.json",
      .result = RESULT_FAIL,
      .rows = 2,
      .message = "no DB snapshot is managed by AWS Backup: not in use for Amazon RDS "
                 "in this place (0 backup plans)",
      .facts = sample_none,
      .assumptions = sample_assumptions,
      .assumption_count = SAMPLE_COUNT(sample_assumptions),
      .possible = sample_fail,
      .possible_count = 1 },
    { .id = "Backup-001/111122223333/eu-west-1",
      .rule = &sample_rule,
      .account = { "111122223333", 12 },
      .region = { "eu-west-1", 9 },
      .result = RESULT_UNKNOWN,
      .rows = 3,
      .message = "how many DB snapshots AWS Backup manages in eu-west-1 is not known",
      .facts = sample_unknown,
      .reasons = sample_west_1_reasons,
      .reason_count = 1,
      .possible = sample_either,
      .possible_count = 2,
      .settles = sample_west_1_settles,
      .settle_count = 1 },
    { .id = "Backup-001/111122223333/eu-west-2",
      .rule = &sample_rule,
      .account = { "111122223333", 12 },
      .region = { "eu-west-2", 9 },
      .result = RESULT_UNKNOWN,
      .rows = 3,
      .message = "how many DB snapshots AWS Backup manages in eu-west-2 is not known",
      .facts = sample_unknown,
      .reasons = sample_west_2_reasons,
      .reason_count = 1,
      .possible = sample_either,
      .possible_count = 2,
      .settles = sample_west_2_settles,
      .settle_count = 1 },
    { .id = "Backup-001/111122223333/us-east-1",
      .rule = &sample_rule,
      .account = { "111122223333", 12 },
      .region = { "us-east-1", 9 },
      .result = RESULT_PASS,
      .rows = 1,
      .message = "at least 1 of 3 DB snapshots are managed by AWS Backup",
      .facts = sample_some,
      .possible = sample_pass,
      .possible_count = 1,
      .citations = sample_citations,
      .citation_count = SAMPLE_COUNT(sample_citations) },
};

static const struct problem sample_problems[] = {
    { .path = "in/111122223333/us-east-1/rds-describe-db-snapshots.json",
      .line = 12,
      .column = 5,
      .reason = { .sentence = SAY_CUT_OFF,
                  .texts = { { "the file ends inside a document", 31 } } } },
};

static const struct assessment sample_assessment = {
    .settings = &sample_settings,
    .book = &sample_book,
    .sources = sample_source_summaries,
    .source_count = SAMPLE_COUNT(sample_source_summaries),
    .findings = sample_findings,
    .finding_count = SAMPLE_COUNT(sample_findings),
    .problems = sample_problems,
    .problem_count = SAMPLE_COUNT(sample_problems),
    .summary = { .results = { [RESULT_PASS] = 1,
                              [RESULT_FAIL] = 1,
                              [RESULT_UNKNOWN] = 2 },
                 .sources_read = 1,
                 .sources_ignored = 1,
                 .documents = 1,
                 .records = 3,
                 .problems = 1 },
};

#endif
