#include "rulebook/derived.h"

#include <assert.h>

/* What is older than the database is of a predecessor of the same name. If it is not
 * known when that was made, neither is whether it is. */
#define SINCE_IT_IS_THERE                                                              \
    "time(CreationDate) >= "                                                           \
    "time($resource.InstanceCreateTime || $resource.ClusterCreateTime)"
#define JOIN_ARN                                                                       \
    "    join: { record: ResourceArn, resource: 'DBInstanceArn || DBClusterArn' }\n"

#define USABLE "(Status == 'COMPLETED' || Status == 'AVAILABLE')"

static const char text[] =
    "format: 1\n"
    "id: database-protection\n"
    "title: Whether databases are protected\n"
    "severity: low\n"
    "for_each: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]\n"
    "facts:\n"
    "  newest:\n"
    "    from: AWS::Backup::RecoveryPoint\n" JOIN_ARN "    where: " USABLE
    " && " SINCE_IT_IS_THERE "\n"
    "    max: >-\n"
    "      contains(RecoveryPointArn, ':continuous:')\n"
    "      && known(time($resource.LatestRestorableTime)) || time(CreationDate)\n"
    "  earlier:\n"
    "    from: AWS::Backup::RecoveryPoint\n" JOIN_ARN "    where: " USABLE
    " && " SINCE_IT_IS_THERE " && age_hours(CreationDate) >= `0`\n"
    "    max: time(CreationDate)\n"
    "  snapshot:\n"
    "    from: AWS::RDS::DBSnapshot\n"
    "    join: { record: DbiResourceId, resource: DbiResourceId }\n"
    "    where: SnapshotType == 'awsbackup' && Status == 'available'\n"
    "    max: time(SnapshotCreateTime)\n"
    "  cluster_snapshot:\n"
    "    from: AWS::RDS::DBClusterSnapshot\n"
    "    join: { record: DbClusterResourceId, resource: DbClusterResourceId }\n"
    "    where: >-\n"
    "      (SnapshotType == 'awsbackup'\n"
    "      || starts_with(DBClusterSnapshotIdentifier, 'awsbackup:'))\n"
    "      && Status == 'available'\n"
    "    max: time(SnapshotCreateTime)\n"
    "  lost_jobs:\n"
    "    from: AWS::Backup::BackupJob\n" JOIN_ARN
    "    where: (State == 'FAILED' || State == 'EXPIRED' || State == 'ABORTED') "
    "&& " SINCE_IT_IS_THERE "\n"
    "outcomes:\n"
    "  - result: unknown\n"
    "    message: >-\n"
    "      {resource.AwsBackupRecoveryPointArn} {resource.DBInstanceArn}\n"
    "      {resource.DBClusterArn} {resource.LatestRestorableTime}\n"
    "      {resource.InstanceCreateTime} {resource.ClusterCreateTime}\n";

const struct rule *protection_rule(struct arena *arena, const struct catalog *catalog)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct rule *rule =
        rule_parse(arena, catalog, "database-protection.yaml",
                   (struct str){ text, sizeof text - 1 }, &mistakes);

    assert(rule != NULL && rule->fact_count == PROTECTION_FACT_COUNT);
    return rule;
}

bool rule_reads_derived(const struct rule *rule, enum derive derive)
{
    for (size_t i = 0; i < rule->fact_count; i++)
        if (rule->facts[i].type != NULL && rule->facts[i].type->derive == derive)
            return true;
    return false;
}
