/*
 * rulebook_sample.h - a small catalog for tests of rules.
 */
#ifndef TESTS_UNIT_RULEBOOK_SAMPLE_H
#define TESTS_UNIT_RULEBOOK_SAMPLE_H

#include "rows.h"

#include "rulebook/rule.h"

static const char sample_catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBSnapshot\n"
    "    title: DB snapshots\n"
    "    level: region\n"
    "    id: DBSnapshotIdentifier\n"
    "    arn: DBSnapshotArn\n"
    "    always: { DBSnapshotIdentifier: string, SnapshotType: string }\n"
    "    fields: [Engine, Account, n, t]\n"
    "    calls:\n"
    "      - { call: rds describe-db-snapshots, list: DBSnapshots, gives: whole }\n"
    "  - type: AWS::Backup::BackupPlan\n"
    "    title: backup plans\n"
    "    level: region\n"
    "    id: BackupPlanId\n"
    "    always: { BackupPlanId: string }\n"
    "    fields: [DeletionDate]\n"
    "    calls:\n"
    "      - { call: backup list-backup-plans, list: BackupPlansList, gives: whole }\n";

static inline const struct catalog *sample_catalog(struct arena *arena,
                                                   const char *text)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct catalog *catalog = catalog_new(arena);

    catalog_add(catalog, "catalog.yaml", str_from(text), &mistakes);
    catalog_finish(catalog, &mistakes);
    assert_int_equal(mistakes.count, 0);
    return catalog;
}

#endif
