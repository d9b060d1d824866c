#!/usr/bin/env python3
"""Make an organisation whose databases backup plans take: tests/scale/organisation.py FOLDER [NAME=NUMBER...]

    accounts=1 regions=1 databases=40       how many; databases in each region
    plans=3 conditions=0 points=2           plans in each region, conditions of the
                                            selection of each, recovery points of each
                                            database
    by_resource=0                           1: recovery points as an answer for each
                                            database, not as one of the vault
    keyless=0                               1: no record of a database or a recovery point
                                            tells an ARN
    members=0                               1: all instances are of one cluster
    elements=1                              rules of each plan

All is laid out as ACCOUNT/REGION/CALL.json, as the AWS CLI prints it. Of ten databases
eight are DB instances, of which one is of a cluster, and two are clusters; most are
taken by a plan and have fresh recovery points. The same arguments make the same bytes.
"""
import os
import sys

REGIONS = """us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1
ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1
eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1""".split()
AS_OF = "2026-03-10T12:00:00Z"

INSTANCE = """        {
            "DBInstanceIdentifier": "%(name)s",
            "DBInstanceClass": "db.t4g.medium",
            "Engine": "%(engine)s",
            "DBInstanceStatus": "available",
            "MasterUsername": "admin",
            "AllocatedStorage": 20,
            "InstanceCreateTime": "2025-06-01T05:12:31.104000+00:00",
            "PreferredBackupWindow": "03:12-03:42",
            "BackupRetentionPeriod": %(retention)d,
            "AvailabilityZone": "%(region)sa",
            "MultiAZ": false,
            "EngineVersion": "16.3",
            "LatestRestorableTime": "2026-03-10T11:55:00+00:00",
            "PubliclyAccessible": false,
            "StorageType": "gp3",
            %(cluster)s"StorageEncrypted": true,
            "DbiResourceId": "db-%(number)026d",
            "CopyTagsToSnapshot": true,
            %(arn)s"TagList": [
                {
                    "Key": "env",
                    "Value": "%(env)s"
                },
                {
                    "Key": "backup",
                    "Value": "%(backup)s"
                }
            ],
            "DeletionProtection": %(protected)s,
            "BackupTarget": "region"
        }"""
CLUSTER = """        {
            "DBClusterIdentifier": "%(name)s",
            "Engine": "%(engine)s",
            "Status": "available",
            "ClusterCreateTime": "2025-06-01T05:12:31.104000+00:00",
            "BackupRetentionPeriod": %(retention)d,
            "LatestRestorableTime": "2026-03-10T11:55:00+00:00",
            "MultiAZ": false,
            "StorageEncrypted": true,
            "DbClusterResourceId": "cluster-%(number)026d",
            %(arn)s"DBClusterMembers": [],
            "TagList": [
                {
                    "Key": "env",
                    "Value": "%(env)s"
                }
            ],
            "DeletionProtection": %(protected)s
        }"""
POINT = """        {
            "RecoveryPointArn": "arn:aws:rds:%(region)s:%(account)s:%(snapshot)s:awsbackup:job-%(point)032x",
            "BackupVaultName": "Default",
            "BackupVaultArn": "arn:aws:backup:%(region)s:%(account)s:backup-vault:Default",
            %(of)s"ResourceType": "%(kind)s",
            "CreatedBy": {
                "BackupPlanId": "plan-%(plan)d",
                "BackupPlanArn": "arn:aws:backup:%(region)s:%(account)s:backup-plan:plan-%(plan)d",
                "BackupPlanVersion": "YTkzNmM0MmUtMWRhNS00Y2Rk",
                "BackupRuleId": "rule-0"
            },
            "IamRoleArn": "arn:aws:iam::%(account)s:role/service-role/AWSBackupDefaultServiceRole",
            "Status": "COMPLETED",
            "CreationDate": "2026-03-%(day)02dT05:%(minute)02d:%(second)02d.104000+00:00",
            "CompletionDate": "2026-03-%(day)02dT05:%(minute)02d:%(second)02d.104000+00:00",
            "BackupSizeInBytes": 0,
            "CalculatedLifecycle": {
                "DeleteAt": "2026-04-%(day)02dT05:12:31.104000+00:00"
            },
            "Lifecycle": {
                "DeleteAfterDays": 35
            },
            "IsEncrypted": true,
            "IsParent": false,
            "VaultType": "BACKUP_VAULT"
        }"""
POINT_OF_RESOURCE = """        {
            "RecoveryPointArn": "arn:aws:rds:%(region)s:%(account)s:%(snapshot)s:awsbackup:job-%(point)032x",
            "CreationDate": "2026-03-%(day)02dT05:%(minute)02d:%(second)02d.104000+00:00",
            "Status": "COMPLETED",
            "BackupSizeBytes": 0,
            "BackupVaultName": "Default",
            "IsParent": false
        }"""
PROTECTED = """        {
            "ResourceArn": "%(full)s",
            "ResourceType": "%(kind)s",
            "LastBackupTime": "2026-03-10T05:12:31.104000+00:00",
            "LastRecoveryPointArn": "arn:aws:rds:%(region)s:%(account)s:%(snapshot)s:awsbackup:job-%(point)032x",
            "LastBackupVaultArn": "arn:aws:backup:%(region)s:%(account)s:backup-vault:Default"
        }"""
VAULT = """        {
            "BackupVaultName": "Default",
            "BackupVaultArn": "arn:aws:backup:%(region)s:%(account)s:backup-vault:Default",
            "VaultType": "BACKUP_VAULT",
            "CreationDate": "2025-01-01T05:12:31.104000+00:00",
            "EncryptionKeyArn": "arn:aws:kms:%(region)s:%(account)s:key/1",
            "NumberOfRecoveryPoints": 0,
            "Locked": false
        }"""
LISTED_PLAN = """        {
            "BackupPlanArn": "arn:aws:backup:%(region)s:%(account)s:backup-plan:plan-%(plan)d",
            "BackupPlanId": "plan-%(plan)d",
            "CreationDate": "2025-07-01T05:12:31.104000+00:00",
            "VersionId": "YTkzNmM0MmUtMWRhNS00Y2Rk",
            "BackupPlanName": "plan %(plan)d"
        }"""
RULE = """            {
                "RuleName": "daily-%(rule)d",
                "TargetBackupVaultName": "Default",
                "ScheduleExpression": "cron(%(minute)d 5 ? * * *)",
                "StartWindowMinutes": 480,
                "CompletionWindowMinutes": 10080,
                "Lifecycle": {
                    "DeleteAfterDays": 35
                },
                "RuleId": "rule-%(rule)d",
                "EnableContinuousBackup": false,
                "ScheduleExpressionTimezone": "Etc/UTC"
            }"""
PLAN = """{
    "BackupPlan": {
        "BackupPlanName": "plan %(plan)d",
        "Rules": [
%(rules)s
        ]
    },
    "BackupPlanId": "plan-%(plan)d",
    "BackupPlanArn": "arn:aws:backup:%(region)s:%(account)s:backup-plan:plan-%(plan)d",
    "VersionId": "YTkzNmM0MmUtMWRhNS00Y2Rk",
    "CreationDate": "2025-07-01T05:12:31.104000+00:00"
}
"""
LISTED_SELECTION = """        {
            "SelectionId": "selection-%(plan)d",
            "SelectionName": "selection %(plan)d",
            "BackupPlanId": "plan-%(plan)d",
            "CreationDate": "2025-07-01T05:12:31.104000+00:00",
            "IamRoleArn": "arn:aws:iam::%(account)s:role/service-role/AWSBackupDefaultServiceRole"
        }"""
SELECTION = """{
    "BackupSelection": {
        "SelectionName": "selection %(plan)d",
        "IamRoleArn": "arn:aws:iam::%(account)s:role/service-role/AWSBackupDefaultServiceRole",
        "Resources": [%(resources)s],
        "ListOfTags": [%(tags)s],
        "NotResources": [],
        "Conditions": %(conditions)s
    },
    "SelectionId": "selection-%(plan)d",
    "BackupPlanId": "plan-%(plan)d",
    "CreationDate": "2025-07-01T05:12:31.104000+00:00"
}
"""
SETTINGS = """{
    "ResourceTypeOptInPreference": {
        "Aurora": true,
        "DocumentDB": true,
        "DynamoDB": true,
        "Neptune": true,
        "RDS": true
    },
    "ResourceTypeManagementPreference": {
        "DynamoDB": true,
        "EFS": true
    }
}
"""


class Region:
    def __init__(self, folder, place, wanted):
        self.folder, self.place, self.wanted = folder, place, wanted
        os.makedirs(folder, exist_ok=True)

    def write(self, name, text):
        with open(os.path.join(self.folder, name + ".json"), "w", encoding="utf-8") as file:
            file.write(text)

    def write_list(self, name, key, records):
        listed = "[\n%s\n    ]" % ",\n".join(records) if records else "[]"
        self.write(name, '{\n    "%s": %s\n}\n' % (key, listed))

    def database(self, number):
        """What the templates ask for."""
        is_cluster = number % 10 >= 8 and not self.wanted["members"]
        member = self.wanted["members"] or number % 10 == 7
        kind = "cluster" if is_cluster else "db"
        name = f"database-{number:06}"
        full = f"arn:aws:rds:{self.place['region']}:{self.place['account']}:{kind}:{name}"
        told = "" if self.wanted["keyless"] else f'"{"DBClusterArn" if is_cluster else "DBInstanceArn"}": "{full}",\n            '
        cluster = "database-000008" if self.wanted["members"] else f"database-{number // 10 * 10 + 8:06}"
        return dict(
            self.place, number=number, name=name, full=full, is_cluster=is_cluster, member=member, arn=told,
            cluster=f'"DBClusterIdentifier": "{cluster}",\n            ' if member else "",
            engine="aurora-postgresql" if is_cluster or member else "postgres",
            retention=0 if number % 13 == 0 else 7, env="prod" if number % 2 else "test",
            backup="true" if number % 3 else "false", protected="true" if number % 4 else "false",
            kind="Aurora" if is_cluster else "RDS", snapshot="cluster-snapshot" if is_cluster else "snapshot",
            of="" if self.wanted["keyless"] else f'"ResourceArn": "{full}",\n            ', plan=0)

    def points(self, database):
        for number in range(self.wanted["points"]):
            at = database["number"] * self.wanted["points"] + number
            yield dict(database, point=at, day=10 - number % 9 - (3 if database["number"] % 11 == 0 else 0) % 10,
                       minute=at // 60 % 60, second=at % 60)

    def databases(self):
        all_of_them = [self.database(number) for number in range(self.wanted["databases"])]
        self.write_list("rds-describe-db-instances", "DBInstances",
                        [INSTANCE % each for each in all_of_them if not each["is_cluster"]])
        clusters = [CLUSTER % each for each in all_of_them if each["is_cluster"]]
        if self.wanted["members"]:
            clusters.append(CLUSTER % dict(self.database(8), engine="aurora-postgresql", arn=
                            f'"DBClusterArn": "{self.database(8)["full"].replace(":db:", ":cluster:")}",\n            '))
        self.write_list("rds-describe-db-clusters", "DBClusters", clusters)
        taken = [each for each in all_of_them if not each["member"] or self.wanted["members"]]
        listed = []
        for each in taken:
            if self.wanted["by_resource"]:
                name = "backup-list-recovery-points-by-resource--" + each["full"].replace(":", "_")
                self.write_list(name, "RecoveryPoints", [POINT_OF_RESOURCE % point for point in self.points(each)])
            else:
                listed += [POINT % point for point in self.points(each)]
        if not self.wanted["by_resource"]:
            self.write_list("backup-list-recovery-points--Default", "RecoveryPoints", listed)
        self.write_list("backup-list-protected-resources", "Results", [PROTECTED % dict(each, point=0) for each in taken])

    def plan(self, plan):
        count = self.wanted["conditions"]
        criteria = ", ".join('{"ConditionKey": "aws:ResourceTag/env", "ConditionValue": "%s"}'
                             % ("prod" if each == 0 else f"other-{plan}-{each}*") for each in range(count))
        tag = '{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "true"}'
        wanted = dict(self.place, plan=plan, minute=plan % 60)
        rules = [RULE % dict(wanted, rule=rule) for rule in range(self.wanted["elements"])]
        self.write(f"backup-get-backup-plan--plan-{plan}", PLAN % dict(wanted, rules=",\n".join(rules)))
        self.write_list(f"backup-list-backup-selections--plan-{plan}", "BackupSelectionsList", [LISTED_SELECTION % wanted])
        self.write(f"backup-get-backup-selection--plan-{plan}--selection-{plan}", SELECTION % dict(
            wanted, tags=tag if plan % 3 == 0 and not count else "",
            resources=['', '"arn:aws:rds:*:*:cluster:*"', '"arn:aws:dynamodb:*:*:table/*"'][plan % 3] if not count else '"*"',
            conditions='{"StringLike": [%s]}' % criteria if count else "{}"))

    def all(self):
        self.databases()
        self.write_list("backup-list-backup-vaults", "BackupVaultList", [VAULT % self.place])
        self.write("backup-describe-region-settings", SETTINGS)
        plans = range(self.wanted["plans"])
        self.write_list("backup-list-backup-plans", "BackupPlansList", [LISTED_PLAN % dict(self.place, plan=plan) for plan in plans])
        for plan in plans:
            self.plan(plan)


def make(folder, **more):
    wanted = {"accounts": 1, "regions": 1, "databases": 40, "plans": 3, "conditions": 0, "points": 2,
              "by_resource": 0, "keyless": 0, "members": 0, "elements": 1, **more}
    for number in range(wanted["accounts"]):
        account = str(100000000000 + number * 7919)
        for region in REGIONS[:wanted["regions"]]:
            place = {"account": account, "region": region}
            Region(os.path.join(folder, account, region), place, wanted).all()


if __name__ == "__main__":
    make(sys.argv[1], **{name: int(number) for name, number in (word.split("=") for word in sys.argv[2:])})
