"""Small worlds of databases and what backs them up, and evidence of them.

    world = make_world(rng, number)       every object of an account, by region and type
    files = make_files(rng, world)        of each the path, and what is in it in any world
    for other in completions(rng, world, files): ...

A file is made of parameters that were drawn once: which records it shows, which of their
fields, in which envelope.  So it can be made of any world, and a world of which all files
are the same is a completion of the evidence.  The one that the evidence was made of is
the first; from there a random walk changes one object at a time.

What no completion does, because the design assumes it or a finding names it: records
without what AWS always prints; a recovery point in a vault that is not there; a field that
AWS may leave out, missing in a record that is otherwise whole.
"""

import copy
import json
from collections import namedtuple

INSTANCE = "AWS::RDS::DBInstance"
CLUSTER = "AWS::RDS::DBCluster"
POINT = "AWS::Backup::RecoveryPoint"
VAULT = "AWS::Backup::BackupVault"
PLAN = "AWS::Backup::BackupPlan"
TYPES = [INSTANCE, CLUSTER, POINT, VAULT, PLAN]
REGIONS = ["us-east-1", "eu-west-1"]

# `least`: what tells the type of a record alone.
Kind = namedtuple("Kind", "id arn ids most always call list")
KINDS = {
    INSTANCE: Kind(
        "DBInstanceIdentifier",
        "DBInstanceArn",
        ["a", "b", "e"],
        3,
        "DBInstanceClass DBInstanceStatus Engine StorageEncrypted BackupRetentionPeriod",
        "rds-describe-db-instances",
        "DBInstances",
    ),
    CLUSTER: Kind(
        "DBClusterIdentifier",
        "DBClusterArn",
        ["a", "c"],
        2,
        "Engine Status StorageEncrypted BackupRetentionPeriod",
        "rds-describe-db-clusters",
        "DBClusters",
    ),
    POINT: Kind(
        "RecoveryPointArn",
        None,
        ["r1", "r2", "r3", "r4"],
        4,
        "BackupVaultName BackupVaultArn Status",
        None,
        "RecoveryPoints",
    ),
    VAULT: Kind(
        "BackupVaultName",
        "BackupVaultArn",
        ["v", "w"],
        2,
        "Locked",
        "backup-list-backup-vaults",
        "BackupVaultList",
    ),
    PLAN: Kind(
        "BackupPlanId",
        "BackupPlanArn",
        ["p", "q"],
        2,
        "VersionId",
        "backup-list-backup-plans",
        "BackupPlansList",
    ),
}
ALWAYS = {kind: [KINDS[kind].id, *KINDS[kind].always.split()] for kind in TYPES}
for kind in TYPES:
    if KINDS[kind].arn:
        ALWAYS[kind].append(KINDS[kind].arn)
ALWAYS[POINT].remove("BackupVaultArn")  # one of its calls does not print it
ALWAYS[PLAN].remove("VersionId")

TAGS = [None, [], [{"Key": "backup", "Value": "yes"}], [{"Key": "backup"}, {"Key": "env"}]]
MEMBERS = [None, [], [{"DBInstanceIdentifier": "a", "IsClusterWriter": True}]]
MEMBERS.append([*MEMBERS[2], {"DBInstanceIdentifier": "b", "IsClusterWriter": False}])
RULES = [
    [],
    [{"RuleName": "x", "TargetBackupVaultName": "v"}],
    [{"RuleName": "x", "TargetBackupVaultName": "w", "Lifecycle": {"DeleteAfterDays": 35}}],
    [
        {"RuleName": "x", "TargetBackupVaultName": "v", "Lifecycle": {"DeleteAfterDays": 5}},
        {"RuleName": "y", "TargetBackupVaultName": "w"},
    ],
]
# None: the field is absent.
FIELDS = {
    INSTANCE: {
        "DBInstanceClass": ["c"],
        "DBInstanceStatus": ["available", "stopped"],
        "Engine": ["mysql", "aurora"],
        "StorageEncrypted": [True, False],
        "BackupRetentionPeriod": [0, 1, 7],
        "DBClusterIdentifier": [None, None, "a", "c"],
        "KmsKeyId": [None, "k"],
        "TagList": TAGS,
    },
    CLUSTER: {
        "Engine": ["aurora", "docdb"],
        "Status": ["available"],
        "StorageEncrypted": [True, False],
        "BackupRetentionPeriod": [1, 7],
        "DBClusterMembers": MEMBERS,
        "KmsKeyId": [None, "k"],
    },
    POINT: {
        "BackupVaultName": ["v", "w"],
        "Status": ["COMPLETED", "COMPLETED", "FAILED"],
        "ResourceArn": [None, "db:a", "db:a", "db:b", "db:z", "cluster:a", "cluster:c"],
        "ResourceType": [None, "RDS", "Aurora", "DocumentDB"],
        "IsEncrypted": [None, True, False],
        "Lifecycle": [None, {}, {"DeleteAfterDays": 5}, {"DeleteAfterDays": 35}],
    },
    VAULT: {
        "Locked": [True, False],
        "NumberOfRecoveryPoints": [0, 1],
        "MinRetentionDays": [None, 1, 30],
    },
    PLAN: {"VersionId": ["1"], "BackupPlanName": ["n", "m"], "BackupPlan": RULES},
}
# What only a completion has, so that there is always room for one more.
SPARE = {INSTANCE: "f", CLUSTER: "d", POINT: "r5", VAULT: "u", PLAN: "s"}
MORE = {"BackupVaultName": ["u"], "DBClusterIdentifier": ["d"], "ResourceArn": ["db:e"]}
# What a call prints, where that is not all.
PRINTED = {
    "list-recovery-points-by-resource": ["RecoveryPointArn", "BackupVaultName", "Status"],
    "list-backup-plans": ["BackupPlanId", "BackupPlanArn", "VersionId", "BackupPlanName"],
    "get-backup-plan": ["BackupPlanId", "BackupPlanArn", "VersionId", "BackupPlan"],
}
DETAILS = {
    POINT: "backup-describe-recovery-point",
    VAULT: "backup-describe-backup-vault",
    PLAN: "backup-get-backup-plan",
}
# What a record may say instead of what is so: text where AWS prints something else.
WRONG = ["Status", "Engine", "BackupRetentionPeriod", "StorageEncrypted"]


class World:
    """`scopes`: by region and type the fields of each object, by its id."""

    def __init__(self, account, regions):
        self.account = account
        self.scopes = {region: {kind: {} for kind in TYPES} for region in regions}

    def record(self, region, kind, name):
        """As AWS prints it, with the id and the ARNs."""
        fields = self.scopes[region][kind][name]
        record = {key: value for key, value in fields.items() if value is not None}
        if kind == POINT:
            vault = fields["BackupVaultName"]
            record["BackupVaultArn"] = self.arn(region, "backup", "backup-vault:" + vault)
            record["RecoveryPointArn"] = self.arn(region, "rds", "snapshot:awsbackup:" + name)
            if "ResourceArn" in record:
                record["ResourceArn"] = self.arn(region, "rds", record["ResourceArn"])
            return record
        record[KINDS[kind].id] = name
        service, middle = {
            INSTANCE: ("rds", "db:"),
            CLUSTER: ("rds", "cluster:"),
            VAULT: ("backup", "backup-vault:"),
            PLAN: ("backup", "backup-plan:"),
        }[kind]
        record[KINDS[kind].arn] = self.arn(region, service, middle + name)
        if kind == PLAN:
            record["BackupPlan"] = {"BackupPlanName": "n", "Rules": fields["BackupPlan"]}
        return record

    def arn(self, region, service, end):
        return "arn:aws:%s:%s:%s:%s" % (service, region, self.account, end)

    def records(self, region, kind):
        return {name: self.record(region, kind, name) for name in self.scopes[region][kind]}


def make_fields(rng, kind):
    return {field: rng.choice(values) for field, values in FIELDS[kind].items()}


def resource_type(scope, point):
    """What AWS Backup takes the resource of a recovery point for."""
    kind, _, name = (point["ResourceArn"] or "").partition(":")
    if kind != "cluster":
        return "RDS" if kind == "db" else point["ResourceType"]
    engine = scope[CLUSTER].get(name, {"Engine": "aurora"})["Engine"]
    return {"aurora": "Aurora", "docdb": "DocumentDB"}[engine]


def is_possible(scope):
    return all(
        fields["BackupVaultName"] in scope[VAULT]
        and fields["ResourceType"] in (None, resource_type(scope, fields))
        for fields in scope[POINT].values()
    )


def make_world(rng, number):
    regions = REGIONS if rng.random() < 0.25 else REGIONS[:1]
    world = World("%012d" % (100000000000 + number), regions)
    for scope in world.scopes.values():
        for kind in [VAULT, INSTANCE, CLUSTER, PLAN, POINT]:
            most = KINDS[kind].most if kind != POINT or scope[VAULT] else 0
            for name in rng.sample(KINDS[kind].ids, rng.randint(0, most)):
                scope[kind][name] = make_fields(rng, kind)
                if kind == POINT:
                    scope[kind][name]["BackupVaultName"] = rng.choice(sorted(scope[VAULT]))
                    if not is_possible(scope):
                        scope[kind][name]["ResourceType"] = None
    return world


# ---- files ------------------------------------------------------------------------------


class File:
    """An answer of a call: `parent`, a field and its value that all of its records have;
    `asked`, the type of resource that it was asked for, or None;
    `shown`, the ids that it may have, or None: any; `fields`, those that a --query left
    in, or None; `shape`, of the envelope; `odd`, ids of which it says no record, or
    something else of a field."""

    def __init__(self, region, path, kind):
        self.region, self.path, self.kind = region, path, kind
        self.parent = self.shown = self.fields = self.printed = self.cut = None
        self.asked = None
        self.shape, self.with_null, self.turn = "whole", False, 0
        self.odd = {}

    def has(self, name, scope):
        fields = scope[self.kind][name]
        if self.asked is not None and resource_type(scope, fields) != self.asked:
            return False
        if self.shown is not None and name not in self.shown:
            return False
        return self.parent is None or fields.get(self.parent[0]) == self.parent[1]

    def text_of(self, name, record):
        odd = self.odd.get(name)
        if odd == "element":
            return "7"
        if self.printed:
            record = {key: value for key, value in record.items() if key in self.printed}
        if self.fields is not None:
            kept = {key: record.get(key) for key in self.fields}
            record = {k: v for k, v in kept.items() if v is not None or self.with_null}
        if odd and odd[1] == "twice":
            rest = {key: value for key, value in record.items() if key != odd[0]}
            twice = '{"%s": "COMPLETED", "%s": "x"' % (odd[0], odd[0])
            return twice + (", " if rest else "") + json.dumps(rest)[1:]
        if odd and odd[0] in record:
            record = dict(record, **{odd[0]: odd[1]})
        return json.dumps(record)

    def made_of(self, world):
        scope = world.scopes[self.region]
        names = sorted(name for name in scope[self.kind] if self.has(name, scope))
        if self.turn and names:
            names = names[1:] + names[:1]
        texts = [self.text_of(name, world.record(self.region, self.kind, name)) for name in names]
        if self.shape == "detail":
            return (texts[0] if texts else "").encode()
        text = "[%s]" % ", ".join(texts)
        if self.shape != "bare":
            end = ', "NextToken": "t"' if self.shape == "page" else ""
            text = '{"%s": %s%s}' % (KINDS[self.kind].list, text, end)
        if self.cut is not None:
            text = text[: max(1, int(len(text) * self.cut))]
        return text.encode()


def printed_by(path):
    return next((fields for call, fields in PRINTED.items() if call in path), None)


def narrow(rng, file, scope):
    """Makes it less than a whole answer, or not."""
    kind = KINDS[file.kind]
    names = kind.ids
    choice = rng.random()
    if choice < 0.15:
        file.shape, file.shown = "page", rng.sample(names, rng.randint(0, len(names)))
    elif choice < 0.25:
        file.shape = "bare"
        if rng.random() < 0.7:
            file.shown = rng.sample(names, rng.randint(0, len(names)))
    elif choice < 0.3:
        file.cut = rng.choice([0.1, 0.5, 0.9, 0.99])
    if file.shape == "bare" or rng.random() < 0.15:
        fields = sorted({kind.id, *ALWAYS[file.kind], *FIELDS[file.kind]})
        file.fields = rng.sample(fields, rng.randint(1, len(fields)))
        if file.shape != "bare":  # one that shows what was done to it
            always = [each for each in ALWAYS[file.kind] if not file.printed or each in file.printed]
            dropped = rng.choice(always)
            file.fields = [field for field in file.fields if field != dropped]
        if rng.random() < 0.7 and file.shape == "bare":
            file.fields = sorted({*file.fields, kind.id})
        file.with_null = rng.random() < 0.5
    for name in names if rng.random() < 0.15 else []:
        if rng.random() < 0.4 and name in scope[file.kind]:
            field = rng.choice([key for key in WRONG if key in FIELDS[file.kind]] or ["x"])
            what = rng.choice(["element", (field, "twice"), (field, [3])])
            file.odd[name] = what


def listings_of(rng, world, region):
    """Of each type none, one or several."""
    folder = "%s/%s/" % (world.account, region)
    scope = world.scopes[region]
    for kind in [INSTANCE, CLUSTER, VAULT, PLAN]:
        for index in range(rng.choice([0, 1, 1, 1, 1, 1, 2])):
            yield File(region, folder + KINDS[kind].call + ["", "-2"][index] + ".json", kind)
    for vault in KINDS[VAULT].ids:
        for index in range(rng.choice([0, 1, 1, 1, 1, 2]) if vault in scope[VAULT] else 0):
            path = "%sbackup-list-recovery-points-by-backup-vault--%s.json"
            file = File(region, path % (folder + ["", "again/"][index], vault), POINT)
            file.parent = "BackupVaultName", vault
            yield file
        for asked in ["RDS", "Aurora", "DocumentDB"]:
            if vault in scope[VAULT] and rng.random() < 0.15:
                path = "%sbackup-list-recovery-points-by-backup-vault--%s--%s.json"
                file = File(region, path % (folder, vault, asked), POINT)
                file.parent, file.asked = ("BackupVaultName", vault), asked
                yield file
    for end in ["db:a", "db:b", "cluster:a"]:
        if rng.random() < 0.2:
            word = world.arn(region, "rds", end).replace(":", "_")
            path = "%sbackup-list-recovery-points-by-resource--%s.json" % (folder, word)
            file = File(region, path, POINT)
            file.parent = "ResourceArn", end
            yield file


def make_files(rng, world):
    files = []
    for region, scope in world.scopes.items():
        for file in listings_of(rng, world, region):
            file.printed = printed_by(file.path)
            file.turn = rng.random() < 0.5
            narrow(rng, file, scope)
            files.append(file)
        folder = "%s/%s/" % (world.account, region)
        for kind, call in DETAILS.items():
            for name in scope[kind]:
                if rng.random() < (0.6 if kind == PLAN else 0.1):
                    file = File(region, "%s%s--%s.json" % (folder, call, name), kind)
                    file.shape, file.shown = "detail", [name]
                    file.printed = printed_by(file.path)
                    files.append(file)
    return files


# ---- completions ------------------------------------------------------------------------


def change(rng, world):
    """Another world: one object less, more, or with another field; and in which region."""
    region = rng.choice(sorted(world.scopes))
    other = copy.copy(world)
    other.scopes = dict(world.scopes)
    kind = rng.choice([*TYPES, POINT, POINT])
    scope = other.scopes[region] = dict(world.scopes[region])
    objects = scope[kind] = dict(scope[kind])
    name = rng.choice([*KINDS[kind].ids, SPARE[kind]])
    if name not in objects:
        objects[name] = make_fields(rng, kind)
    elif rng.random() < 0.25:
        del objects[name]
    else:
        fields = objects[name] = dict(objects[name])
        for field in rng.sample(sorted(fields), rng.choice([1, 1, 2])):
            fields[field] = rng.choice(FIELDS[kind][field] + MORE.get(field, []))
    return (other if is_possible(scope) else None), region


def completions(rng, world, files, tries):
    """Worlds of which the files are the same; the first is the given one."""
    given = {file: file.made_of(world) for file in files}
    yield world
    for _ in range(tries):
        other, region = change(rng, world)
        if other is None:
            continue
        if all(file.made_of(other) == given[file] for file in files if file.region == region):
            world = other
            yield world
