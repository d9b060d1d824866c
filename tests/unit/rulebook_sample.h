/*
 * rulebook_sample.h - a small catalog for tests of rules.
 */
#ifndef TESTS_UNIT_RULEBOOK_SAMPLE_H
#define TESTS_UNIT_RULEBOOK_SAMPLE_H

#include "catalog_sample.h"
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

#endif
