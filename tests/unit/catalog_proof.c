#include "catalog_sample.h"
#include "rows.h"

#include "catalog/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- of what type an ARN is --------------------------------------------------------
 */

#define ARN(service, resource) "arn:aws:" service ":us-east-1:123456789012:" resource

static const struct arn_row {
    const char *name, *text, *type;
} arn_rows[] = {
    { "a snapshot", ARN("rds", "snapshot:a"), "AWS::RDS::DBSnapshot" },
    { "a snapshot of AWS Backup", ARN("rds", "snapshot:awsbackup:job-1"),
      "AWS::RDS::DBSnapshot" },
    { "one in China", "arn:aws-cn:rds:cn-north-1:123456789012:snapshot:a",
      "AWS::RDS::DBSnapshot" },
    { "a cluster snapshot", ARN("rds", "cluster-snapshot:a"),
      "AWS::RDS::DBClusterSnapshot" },
    { "an automated backup", ARN("rds", "auto-backup:ab-1"),
      "AWS::RDS::DBInstanceAutomatedBackup" },
    { "one of a cluster", ARN("rds", "cluster-auto-backup:cab-1"),
      "AWS::RDS::DBClusterAutomatedBackup" },
    { "an instance", ARN("rds", "db:a"), "AWS::RDS::DBInstance" },
    { "a cluster", ARN("rds", "cluster:a"), "AWS::RDS::DBCluster" },
    { "a plan", ARN("backup", "backup-plan:a"), "AWS::Backup::BackupPlan" },
    { "a vault", ARN("backup", "backup-vault:a"), "AWS::Backup::BackupVault" },
    { "a recovery point tells none: others are ARNs of other types",
      ARN("backup", "recovery-point:a"), "none" },
    { "a snapshot of another service", ARN("elasticache", "snapshot:a"), "none" },
    { "a role", "arn:aws:iam::123456789012:role/snapshot:a", "none" },
    { "an id", "awsbackup:job-1", "none" },
    { "text before it", " " ARN("rds", "snapshot:a"), "none" },
    { "nothing", "", "none" },
};

static void arn_test(void **state)
{
    const struct arn_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct type *type = catalog_arn(
        catalog_shipped(&arena), pattern_match_new(&arena), str_from(row->text));

    assert_string_equal(type != NULL ? type->name.text : "none", row->type);
    arena_release(&arena);
}

/* ---- what an id proves -------------------------------------------------------------
 */

static const char example[] = "format: 1\n"
                              "types:\n"
                              "  - type: T\n"
                              "    level: region\n"
                              "    from_id:\n"
                              "      '^auto:': { Kind: auto, Size: 1 }\n"
                              "      '^auto:a': { Kind: other, Owner: a }\n"
                              "    calls: [{ call: a b, list: L, gives: whole }]\n";

static const struct proof_row {
    const char *name, *id, *record, *unusable;
    const char *expected; /* "no": no pattern matches */
} proof_rows[] = {
    { "a pattern that matches adds its fields", "auto:1", "{}", NULL,
      "{\"Kind\":\"auto\",\"Size\":1}" },
    { "of two that match the first one's count", "auto:a", "{}", NULL,
      "{\"Kind\":\"auto\",\"Owner\":\"a\",\"Size\":1}" },
    { "a field that the record has stays", "auto:1", "{\"Kind\":\"own\"}", NULL,
      "{\"Kind\":\"own\",\"Size\":1}" },
    { "even if it is null", "auto:1", "{\"Kind\":null}", NULL,
      "{\"Kind\":null,\"Size\":1}" },
    { "or cannot be used", "auto:1", "{}", "{\"Size\":true}", "{\"Kind\":\"auto\"}" },
    { "no pattern matches", "my-auto:1", "{\"A\":1}", NULL, "no {\"A\":1}" },
    { "there is no id", NULL, "{}", NULL, "no {}" },
};

static void proof_test(void **state)
{
    const struct proof_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct type *type = catalog_parsed(&arena, example)->types[0];
    json_t *record = json_loads(row->record, 0, NULL);
    json_t *unusable =
        row->unusable != NULL ? json_loads(row->unusable, 0, NULL) : NULL;
    bool matches =
        proof_add(type, pattern_match_new(&arena), str_from(row->id), unusable, record);
    char *text = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS);

    assert_string_equal(arena_printf(&arena, "%s%s", matches ? "" : "no ", text),
                        row->expected);
    free(text);
    json_decref(record);
    json_decref(unusable);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, arn_rows, arn_test);
    TESTS_ADD_ROWS(&tests, proof_rows, proof_test);
    return tests_run("catalog_proof", &tests);
}
