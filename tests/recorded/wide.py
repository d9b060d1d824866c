"""Evidence of which there is much: more than is kept, cited, named or looked at anew.

    for name, files, options in wide(): ...      files: path -> bytes; options of the program
"""

import json
from pathlib import Path

RULES_OF_PARTS = Path(__file__).resolve().parent / "rules-of-parts"
ACCOUNT, REGION = "123456789012", "us-east-1"
HERE = "%s/%s/" % (ACCOUNT, REGION)


def answer(key, records, **more):
    return json.dumps({key: records, **more}).encode() + b"\n"


def instance(name, region=REGION, account=ACCOUNT, **more):
    return {
        "DBInstanceIdentifier": name, "DBInstanceArn": "arn:aws:rds:%s:%s:db:%s" % (region, account, name),
        "DBInstanceClass": "db.m6g.large", "DBInstanceStatus": "available", "Engine": "postgres",
        "BackupRetentionPeriod": 7, "StorageEncrypted": True, "DbiResourceId": "db-" + name.upper(),
        "InstanceCreateTime": "2025-07-01T05:12:31Z", "TagList": [{"Key": "backup", "Value": name}], **more,
    }  # fmt: skip


def point(number, of, vault="v", **more):
    arn = "arn:aws:backup:%s:%s:recovery-point:%08d" % (REGION, ACCOUNT, number)
    return {
        "RecoveryPointArn": arn, "BackupVaultName": vault, "Status": "COMPLETED", "ResourceType": "RDS",
        "BackupVaultArn": "arn:aws:backup:%s:%s:backup-vault:%s" % (REGION, ACCOUNT, vault), "IsEncrypted": True,
        "ResourceArn": "arn:aws:rds:%s:%s:db:%s" % (REGION, ACCOUNT, of),
        "CreationDate": "2026-03-%02dT05:00:%02dZ" % (1 + number % 9, number % 60),
        "Lifecycle": {"DeleteAfterDays": 7 + number % 30}, **more,
    }  # fmt: skip


def snapshot(name, region=REGION, account=ACCOUNT, **more):
    return {
        "DBSnapshotIdentifier": name, "DBSnapshotArn": "arn:aws:rds:%s:%s:snapshot:%s" % (region, account, name),
        "SnapshotType": "awsbackup", "Status": "available", "Engine": "postgres", "DBInstanceIdentifier": "a",
        "SnapshotCreateTime": "2026-03-01T05:12:31Z", "DbiResourceId": "db-A", **more,
    }  # fmt: skip


def documents(count):
    """Pages of one listing, and listings of one vault each, more than are searched."""
    points = [[point(8 * page + number, "ab"[number % 2]) for number in range(8)] for page in range(count)]
    pages = [answer("RecoveryPoints", each, **({"NextToken": "x"} if each is not points[-1] else {})) for each in points]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", [instance("a"), instance("b")])
    yield HERE + "backup-list-recovery-points.json", b"".join(pages)
    for number in range(count):
        vault = "v%d" % number
        few = [point(1000 * number + each, "a", vault) for each in range(number)]
        other = [point(9000 + 20 * number + each, "a", "v%d" % ((number + 1) % count)) for each in range(15)]
        few = other + few if number % 3 == 1 else few + other if number % 3 == 2 else few  # of another vault than the answer's
        yield HERE + "backup-list-recovery-points--%s.json" % vault, answer("RecoveryPoints", few)
    vaults = [{"BackupVaultName": "v%d" % number, "BackupVaultArn": "x", "Locked": number % 2 == 0} for number in range(count)]
    yield HERE + "backup-list-backup-vaults.json", answer("BackupVaultList", vaults)


def keyless(count):
    """Points of which it is not known of what they are, more than each subject looks at."""
    points = [point(number, "a") for number in range(count)]
    for each in points[3:]:
        del each["ResourceArn"]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", [instance("a"), instance("b")])
    yield HERE + "backup-list-recovery-points.json", answer("RecoveryPoints", points)
    snapshots = [snapshot("s%d" % number, SnapshotCreateTime="2026-03-01T05:%02d:00Z" % (number % 60)) for number in range(count)]
    for each in snapshots[3:]:
        del each["DbiResourceId"]
    yield HERE + "rds-describe-db-snapshots.json", answer("DBSnapshots", snapshots)


def placed(count):
    """Records of so many accounts and regions in one answer."""
    regions = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"]
    accounts = [str(210000000000 + number) for number in range(count // len(regions) + 1)]
    places = [(region, account) for account in accounts for region in regions][:count]
    yield HERE + "rds-describe-db-snapshots.json", answer(
        "DBSnapshots", [snapshot("s%d" % number, REGION, "%012d" % (3 * 10**11 + number)) for number in range(count)]
    )
    yield "all.json", answer("DBInstances", [instance("i%d" % number, *place) for number, place in enumerate(places)])


def versions(count):
    """One record, said otherwise so many times, in one answer and in several."""
    several = [instance("a", Engine="e%d" % number) for number in range(count)]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", [instance("b"), *several, *several[:3]])
    for number, each in enumerate(several[:7]):
        yield HERE + "page%d-rds-describe-db-instances.json" % number, answer("DBInstances", [each, instance("c")])


def chains(count):
    """Records that are alike at first, and then said otherwise, each in its own way."""
    alike = [instance("i%d" % number, DbiResourceId="x", TagList=[]) for number in range(count)]
    again = [{**each, "Engine": "e%d" % number} for number, each in enumerate(alike)]
    third = [{**each, "BackupRetentionPeriod": number % 3} for number, each in enumerate(again)]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", [*alike, *again, *third[::2], *again[::3]])
    points = [point(number, "i%d" % number, IsEncrypted=None) for number in range(count)]
    more = [{**each, "Status": "S%d" % (number % 18)} for number, each in enumerate(points)]
    jobs = [{"BackupJobId": "j%d" % number, "State": "RUNNING", "CreationDate": "2026-03-01T05:00:00Z", "BackupVaultName": "v",
             "ResourceType": "RDS", "ResourceArn": instance("i1")["DBInstanceArn"]} for number in range(count)]  # fmt: skip
    done = [{**each, "State": "S%d" % number, "CreationDate": "2026-03-02T05:00:%02dZ" % number} for number, each in enumerate(jobs)]
    yield HERE + "backup-list-backup-jobs.json", answer("BackupJobs", [*jobs, *done, *jobs[:2], *done[::4]])
    yield HERE + "backup-list-backup-vaults.json", answer("BackupVaultList", [{"BackupVaultName": "v", "BackupVaultArn": "x"}])
    yield HERE + "backup-list-recovery-points.json", answer("RecoveryPoints", [*points, *more, *points[:2]])


def continuous(count):
    """What a database says of its continuous backups, and names that JSON escapes."""
    told = [None, 7, "x", "", "2026-03-10T11:00:00Z", "2026-03-01T11:00:00Z", 1773140000, {}]
    arns = [None, "arn:aws:backup:us-east-1:123456789012:recovery-point:continuous:x", "", 7]
    made = [instance("d%d-\u00e9\"" % number, AwsBackupRecoveryPointArn=arns[number % 4], LatestRestorableTime=each,
                     AllocatedStorage=2**53 + number, DBClusterIdentifier=None if number % 2 else "c\u00e9")
            for number, each in enumerate(told * 4)]  # fmt: skip
    for number, each in enumerate(made[:: 1 + count]):
        each.update({"LatestRestorableTime": told[number % 8]})
    for each in made[::5]:
        del each["AwsBackupRecoveryPointArn"]
    for each in made[::7]:
        del each["LatestRestorableTime"]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", made)
    yield HERE + "rds-describe-db-clusters.json", answer("DBClusters", [{"DBClusterIdentifier": "c\u00e9", "Engine": "aurora-mysql",
        "DBClusterArn": "arn:aws:rds:us-east-1:123456789012:cluster:c\u00e9", "ClusterCreateTime": 1750000000, "TagList": [],
        "DbClusterResourceId": "cluster-X"}])  # fmt: skip
    yield from ((path, raw) for path, raw in plans(3) if "db-instances" not in path)


def problems(count):
    """Documents that tell nothing, each for its own reason, or all for one."""
    texts = [b"7\n", b'"x"\n', b"[1, 2]\n", b'{"DBSnapshots": 7}\n', b"[[]]\n", b'{"a": {"b": []}}\n', b'[{"x": 1}, {"y": 2}]\n', b"null\n"]
    yield HERE + "rds-describe-db-instances.json", b"".join(texts[number % len(texts)] for number in range(count))
    yield HERE + "rds-describe-db-snapshots.json", b"".join(
        json.dumps({"Key%d" % number: number, "DBSnapshots": [{"x": 1}]}).encode() for number in range(count)
    )
    yield HERE + "answers.json", b"[7]\n" * count
    yield "%s/eu-west-1/rds-describe-db-instances.json" % ACCOUNT, answer("DBInstances", [instance("a", "eu-west-1")])


ODD_RULES = [
    {}, {"StartWindowMinutes": None, "CompletionWindowMinutes": 0}, {"StartWindowMinutes": -1}, {"StartWindowMinutes": "60"},
    {"CompletionWindowMinutes": 2**31}, {"StartWindowMinutes": 60, "CompletionWindowMinutes": 120}, {"ScheduleExpression": None},
    {"ScheduleExpression": 7}, {"ScheduleExpression": "cron(0 5 1 * ? *)"}, {"ScheduleExpression": "rate(1 day)"},
    {"ScheduleExpressionTimezone": "Europe/Berlin"}, {"ScheduleExpressionTimezone": 7}, {"Lifecycle": None}, {"Lifecycle": {}},
    {"Lifecycle": {"DeleteAfterDays": -1}}, {"Lifecycle": {"DeleteAfterDays": 0}}, {"Lifecycle": {"DeleteAfterDays": "7"}},
    {"Lifecycle": {"DeleteAfterDays": None}}, {"TargetBackupVaultName": None}, {"TargetBackupVaultName": "v2"},
]  # fmt: skip
ODD_SELECTIONS = [
    {"Resources": 7}, {"Resources": None, "ListOfTags": None}, {"Resources": [7]}, {"NotResources": {}}, {"ListOfTags": {}},
    {"ListOfTags": [7]}, {"Conditions": 7}, {"Conditions": {"StringEquals": 7}}, {"Conditions": {"StringLike": [{}]}},
    {"Conditions": None, "Resources": ["*"]}, {"Resources": ["*"], "Conditions": {"StringEquals": [{"ConditionKey": "aws:ResourceTag/t1",
     "ConditionValue": "v"}]}}, {"Resources": ["arn:aws:rds:us-east-1:123456789012:db:a"], "NotResources": 7},
]  # fmt: skip


def odd_plans(count):
    """What a plan, a selection, tags and opt-ins say is not what AWS prints."""
    files = dict(plans(len(ODD_SELECTIONS) if count > 1 else 4))
    for number, path in enumerate(sorted(files)):
        document = json.loads(files[path])
        if "BackupPlan" in document:
            if count == 1:
                document["BackupPlan"]["Rules"] = [{"RuleName": "r", "ScheduleExpression": "cron(0 5 ? * * *)", **each} for each in ODD_RULES]
            else:
                document["BackupPlan"]["Rules"] = [{"ScheduleExpression": "cron(0 5 ? * * *)", **ODD_RULES[(number + count) % len(ODD_RULES)]}]
        if "BackupSelection" in document and count % 2:
            document["BackupSelection"] = {"SelectionName": "x", **ODD_SELECTIONS[number % len(ODD_SELECTIONS)]}
        if "BackupPlansList" in document:
            for at, each in enumerate(document["BackupPlansList"]):
                each.update([{}, {"DeletionDate": ""}, {"DeletionDate": 7}, {"DeletionDate": None}, {"BackupPlanName": None}][at % 5])
        if "ResourceTypeOptInPreference" in document:
            document["ResourceTypeOptInPreference"]["RDS"] = [None, 7, "true", False, True][count % 5]
        if "DBInstances" in document:
            tags = [7, None, {}, [7, None, {"Key": 7, "Value": "v"}, {"Key": "t1"}, {"Key": "aws:x", "Value": "v"}], []]
            document["DBInstances"] += [instance("t%d" % at, TagList=each) for at, each in enumerate(tags)]
        files[path] = json.dumps(document).encode()
    yield from files.items()


def odd_alone(count):
    """The same, each in an account of its own, where nothing else hides what it does."""
    whole = {"StringEquals": [{"ConditionKey": "aws:ResourceTag/backup", "ConditionValue": "a"}]}
    told = [({}, each) for each in ODD_SELECTIONS] + [(each, {}) for each in ODD_RULES]
    told += [({}, {"Resources": ["*"], "Conditions": whole}), ({}, {"Resources": ["*"], "Conditions": {"StringNotLike": whole["StringEquals"]}})]
    deletions = ["", "x", "2026-01-01T00:00:00Z", 0, None, 1600000000]
    told += [({}, {})] * len(deletions)
    files = dict(plans(2))
    for number, (rule, selection) in enumerate(told):
        account = str(220000000000 + number)
        for path, raw in files.items():
            document = json.loads(raw.decode().replace(ACCOUNT, account))
            if "--p0" in path or document.get("BackupPlanId") == "p0":
                continue
            if "BackupPlansList" in document:
                del document["BackupPlansList"][0]
                if number >= len(told) - len(deletions):
                    document["BackupPlansList"][0]["DeletionDate"] = deletions[len(told) - 1 - number]
            if "BackupPlan" in document:
                document["BackupPlan"]["Rules"] = [{"RuleName": "r", "ScheduleExpression": "cron(0 5 ? * * *)", "TargetBackupVaultName": "v", **rule}]
            if "BackupSelection" in document:
                document["BackupSelection"] = {"SelectionName": "x", **(selection or {"Resources": ["arn:aws:rds:*:*:db:*"]})}
            if "DBInstances" in document:
                tags = [7, None, {}, [7], [{"Key": 7, "Value": "v"}], [{"Key": "t1"}], [{"Key": "aws:x", "Value": "v"}]][number % 7]
                document["DBInstances"] = [instance("a", account=account), instance("b", account=account, TagList=tags)]
            if "ResourceTypeOptInPreference" in document and number % 5 == 0:
                document["ResourceTypeOptInPreference"]["RDS"] = [None, 7, "true", False][number // 5 % 4]
            yield path.replace(ACCOUNT, account), json.dumps(document).encode()
        if number % 3:
            arn = instance("a", account=account)["DBInstanceArn"]
            made = [point(number, "a", ResourceArn=arn, CreationDate="2026-03-%02dT06:00:00Z" % (1 + number % 10))]
            path = "%s/%s/backup-list-recovery-points--v.json" % (account, REGION)
            yield path, answer("RecoveryPoints", [{**each, "RecoveryPointArn": "arn:aws:backup:x:y:z%d" % number} for each in made][: number % 2])
            yield "%s/%s/backup-list-backup-vaults.json" % (account, REGION), answer("BackupVaultList", [{"BackupVaultName": "v", "BackupVaultArn": "x"}])
            yield "%s/%s/backup-list-protected-resources.json" % (account, REGION), answer("Results", [])
            yield "%s/%s/backup-list-backup-jobs.json" % (account, REGION), answer("BackupJobs", [])


def failed(count):
    """Files that gave nothing, and what stands beside them of the call that failed."""
    errors = ["DescribeDBInstances", "DescribeDBSnapshots", "ListBackupPlans", "GetBackupPlan", "ListUsers", None]
    names = ["x.json", "answer.json", "rds-describe-db-instances.json", "iam-list-users.json"][:count]
    raws = [b"", b" \n", b"{", b"[]", b"An error occurred (Throttling) when calling the DescribeDBClusters operation: slow\n"]
    number = 0
    for name in names:
        for operation in errors:
            for raw in raws:
                number += 1
                text = "An error occurred (AccessDeniedException) when calling the %s operation: no\n" % operation
                path = "%s/%s/%s" % (240000000000 + number, REGION, name)
                yield path, raw
                yield path + [".err", ".stderr"][number % 2], text.encode() if operation else b"Unable to locate credentials\n"
                if number % 3 == 0:
                    yield path + ".rc", b"%d\n" % (number % 2 * 255)


def alike(count):
    """Parents that the names of files do not tell apart, and answers of each."""
    listed = [{"BackupPlanId": name, "BackupPlanName": name, "BackupPlanArn": "arn:aws:backup:%s:%s:backup-plan:%s" % (REGION, ACCOUNT, name),
               "VersionId": "v", "CreationDate": 1500000000} for name in ("a/b", "a_b", "c")]  # fmt: skip
    yield HERE + "backup-list-backup-plans.json", answer("BackupPlansList", listed)
    for number in range(count):
        of = ["a/b", "a_b", "a/b", "a_b", "c"][number % 5]
        selections = [{"SelectionId": "s%d" % each, "BackupPlanId": of, "SelectionName": "n%d" % each, "CreationDate": 1500000000}
                      for each in range(number % 5, number % 5 + 1 + number // 2)]  # fmt: skip
        yield HERE + "%d/backup-list-backup-selections--%s.json" % (number, of.replace("/", "_")), answer("BackupSelectionsList", selections)
    text = {"SelectionId": "s1", "BackupPlanId": "a_b", "BackupSelection": {"SelectionName": "n1", "IamRoleArn": "r", "Resources": ["*"]}}
    yield HERE + "backup-get-backup-selection--a_b--s1.json", json.dumps(text).encode()


# An answer, its file's name, and a command that prints it.
ASKED = [
    ("RecoveryPoints", "backup-list-recovery-points-by-backup-vault--v", "backup list-recovery-points-by-backup-vault --backup-vault-name v"),
    ("RecoveryPoints", "answer", "backup list-recovery-points-by-resource --resource-arn arn:aws:rds:us-east-1:123456789012:db:a"),
    ("RecoveryPoints", "backup-list-recovery-points-by-backup-vault--w", "backup list-recovery-points-by-backup-vault --backup-vault-name w"),
    ("DBSnapshots", "rds-describe-db-snapshots", "rds describe-db-snapshots"),
    ("DBSnapshots", "answer", "rds describe-db-snapshots --snapshot-type manual"),
    ("DBSnapshots", "rds-describe-db-snapshots--manual", "rds describe-db-snapshots --snapshot-type awsbackup --snapshot-type manual"),
    ("DBInstances", "rds-describe-db-instances", "rds describe-db-instances --max-items 5"),
    ("Results", "backup-list-protected-resources", "backup list-protected-resources"),
    ("BackupSelectionsList", "backup-list-backup-selections--p", "backup list-backup-selections --backup-plan-id p"),
    ("x", "iam-list-users", "iam list-users"),
    ("Results", "backup-list-protected-resources-by-backup-vault", "backup list-protected-resources-by-backup-vault --backup-vault-name v"),
    ("RecoveryPoints", "backup-list-recovery-points-by-resource", "backup list-recovery-points-by-resource"),
]  # fmt: skip


def commands(count):
    """Answers that a list says another command printed, or one for another region."""
    records = {"RecoveryPoints": [point(1, "a")], "DBSnapshots": [snapshot("s")], "DBInstances": [instance("a")], "x": [],
               "Results": [{"ResourceArn": "arn:aws:rds:us-east-1:123456789012:db:a", "ResourceType": "RDS", "LastBackupTime": 1}],
               "BackupSelectionsList": [{"SelectionId": "s", "BackupPlanId": "p", "SelectionName": "n"}]}  # fmt: skip
    for number, (key, name, _) in enumerate(ASKED):
        for other, (_, _, command) in enumerate(ASKED):
            account = str(230000000000 + 100 * number + other)
            region = "eu-west-1" if count > 1 and (number + other) % 3 == 0 else REGION
            path = "%s/%s.json" % (REGION, name)
            told = json.dumps({key: records[key] if (number + other) % 4 or count == 1 else []}).replace(ACCOUNT, account)
            yield "%s/%s" % (account, path), told.encode()
            lines = ["path\tbegun\tended\tstatus\tcommand", "%s\t\t\t0\taws %s --region %s --output json" % (path, command, region)]
            if count > 1 and other % 2:
                lines.append("%s/gone.json\t\t\t%d\taws %s --region %s" % (REGION, other % 3, command, REGION))
            yield "%s/manifest.tsv" % account, "".join(line + "\n" for line in lines).replace(ACCOUNT, account).encode()


def plans(count):
    """More plans, selections and tags than are kept of a database."""
    listed = [{"BackupPlanId": "p%d" % number, "BackupPlanName": "n%d" % number, "CreationDate": 1500000000 + number,
               "BackupPlanArn": "arn:aws:backup:%s:%s:backup-plan:p%d" % (REGION, ACCOUNT, number), "VersionId": "v"}
              for number in range(count)]  # fmt: skip
    yield HERE + "backup-list-backup-plans.json", answer("BackupPlansList", listed)
    for number, each in enumerate(listed):
        rules = [{"RuleName": "r%d" % rule, "TargetBackupVaultName": "v%d" % rule, "ScheduleExpression": "cron(0 5 ? * * *)",
                  "Lifecycle": {"DeleteAfterDays": 7 + number + rule}} for rule in range(number % 4)]  # fmt: skip
        name = each["BackupPlanId"]
        whole = {**each, "BackupPlan": {"BackupPlanName": each["BackupPlanName"], "Rules": rules}}
        yield HERE + "backup-get-backup-plan--%s.json" % name, json.dumps(whole).encode()
        selection = {"SelectionId": "s" + name, "BackupPlanId": name, "SelectionName": "of-" + name, "CreationDate": 1600000000}
        yield HERE + "backup-list-backup-selections--%s.json" % name, answer("BackupSelectionsList", [selection])
        told = [{"Resources": ["arn:aws:rds:*:*:db:*"]}, {"Resources": ["*"], "NotResources": ["arn:aws:rds:*:*:db:b"]},
                {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "t%d" % number, "ConditionValue": "v"}]}][number % 3]  # fmt: skip
        text = {**selection, "BackupSelection": {"SelectionName": selection["SelectionName"], "IamRoleArn": "r", **told}}
        yield HERE + "backup-get-backup-selection--%s--s%s.json" % (name, name), json.dumps(text).encode()
    tags = [{"Key": "t%d" % number, "Value": "v"} for number in range(2 * count)]
    yield HERE + "rds-describe-db-instances.json", answer("DBInstances", [instance("a", TagList=tags), instance("b"), instance("c", TagList=tags[::2])])
    opted = {"RDS": True, "Aurora": True, "DocumentDB": False, "Neptune": True}
    yield HERE + "backup-describe-region-settings.json", json.dumps({"ResourceTypeOptInPreference": opted}).encode()


def wide():
    """With what is asked of it: regions that are not there are named."""
    for make, counts, options in (
        (documents, [7, 12], []), (keyless, [60, 66, 80], []), (placed, [4, 7, 256, 257], []),
        (placed, [5], ["--region", "sa-east-1"]), (placed, [8, 40], ["--account", "999999999999"]),
        (placed, [16], ["--region", "us-east-1", "--expect-regions", "us-east-1,eu-west-1"]), (versions, [3, 17], []),
        (chains, [3, 15, 16, 17, 20], []), (problems, [5, 17, 130], []), (plans, [3, 9, 13], []), (odd_plans, [1, 2, 3, 5, 9], []), (odd_alone, [1], []), (commands, [1, 2], []), (failed, [1, 4], []), (alike, [2, 3, 4, 6], ["--rules", str(RULES_OF_PARTS)]), (continuous, [1, 3], []),
    ):  # fmt: skip
        for count in counts:
            yield "%s-%d" % (make.__name__, count), dict(make(count)), options
