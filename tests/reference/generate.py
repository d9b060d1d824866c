#!/usr/bin/env python3
"""Small random evidence trees, each made again from its number.

    tree = generate(number)

First a truth is made: every record of each scope.  Then evidence is derived from it by
losing things: pages, fields, the ends of files, whole answers.  So the truth is a
completion of the evidence, and every verdict on the evidence must be the truth's.  Every
other tree also tells lies (misplaced files, answers that disagree, wrong names), and has
no truth any more.

What is not lost, because the design assumes that it is there, or that a finding names as
an assumption: records that count, by a filter; a field that AWS may leave out, from a
record that is otherwise whole; the ARN of another account's record.
"""

import json
import os
import random
import sys
from pathlib import Path

from catalog import name_of
from filters import FILTERS, PLAN, SELECTION, SNAPSHOT, VAULT, holds
from unread import CLOSED, LINK, PIPE, DEPTH_MAX

REGIONS = ["us-east-1", "us-east-2", "eu-west-1", "eu-central-1", "ap-southeast-2"]
FOREIGN = ["900000000001", "900000000002"]
CALLS = {
    SNAPSHOT: ("rds", "describe-db-snapshots", "DBSnapshots", "DBSnapshotIdentifier"),
    PLAN: ("backup", "list-backup-plans", "BackupPlansList", "BackupPlanId"),
    SELECTION: ("backup", "list-backup-selections", "BackupSelectionsList", "SelectionId"),
    VAULT: ("backup", "list-backup-vaults", "BackupVaultList", "BackupVaultName"),
}
ALWAYS = {
    SNAPSHOT: ["DBSnapshotIdentifier", "SnapshotType", "Engine", "Status"],
    PLAN: ["BackupPlanId", "BackupPlanArn"],
    SELECTION: ["SelectionId", "BackupPlanId"],
    VAULT: ["BackupVaultName", "BackupVaultArn", "Locked"],
}
ARNS = {SNAPSHOT: "DBSnapshotArn", PLAN: "BackupPlanArn", VAULT: "BackupVaultArn"}


# Words behind a call's name, and the SnapshotType that they keep; the others keep anything.
OPTIONS = {
    "awsbackup": "awsbackup",
    "manual": "manual",
    "automated": "automated",
    "snapshot-type-awsbackup": "awsbackup",
    "snapshot-type--manual": "manual",
    "orders": None,
    "2": None,
}
# Files of calls of which no rule here reads a listing: whatever became of them.
OTHER_FILES = ["iam-list-users.json", "s3api-list-buckets.json", "ec2-describe-instances.json"]

DENIED = b"An error occurred (AccessDenied) when calling the %s operation: no\n"


TIMES = [
    "2020-01-01T00:00:00Z",
    "2023-11-14T22:13:20+00:00",  # 1700000000
    "2023-11-14T22:13:19Z",
    "2023-11-15T06:13:20+08:00",
    "2026-01-01T00:00:00Z",
    1699999999,
    1800000000,
]


class Raw(str):
    """Text that is printed as it is: a number that no double holds."""


class Twice:
    """A value whose key stands twice."""

    def __init__(self, first, second):
        self.values = first, second


class Tree:
    def __init__(self, number):
        self.number = number
        self.root = "t%d" % number
        self.truth = {}  # (account, region) -> type -> records
        self.scopes = {}  # path -> the scope that its records are of
        self.files = {}  # path -> bytes
        self.folders = {self.root}
        self.lies = False
        self.alone = False  # a page of it may be of any account: judge it by itself

    def add(self, path, raw):
        while path in self.files:
            folder, _, name = path.rpartition("/")
            path = "%s/%s%s" % (folder, "again-", name)
        self.files[path] = raw
        self.add_folder(path.rpartition("/")[0])
        return path

    def add_folder(self, path):
        while path:
            self.folders.add(path)
            path = path.rpartition("/")[0]


# ---- printing --------------------------------------------------------------------------


class Printer:
    """JSON in any of the ways that are JSON."""

    def __init__(self, rng):
        self.rng = rng
        self.spaces = rng.choice([[""], [" "], ["", " ", "\n", "\t", "\r\n  "]])
        self.escapes = rng.choice([0, 0, 0.02, 0.3])
        self.shuffles = rng.random() < 0.5

    def space(self):
        return self.rng.choice(self.spaces)

    def escape(self, character):
        if character in "/" and self.rng.random() < 0.5:
            return "\\/"
        units = character.encode("utf-16-be")
        pairs = zip(units[::2], units[1::2])
        return "".join("\\u%02x%02x" % pair for pair in pairs)

    def string(self, text):
        text = json.dumps(text, ensure_ascii=False)[1:-1]
        if "\\" not in text and self.escapes:
            chance = self.rng.random
            text = "".join(self.escape(c) if chance() < self.escapes else c for c in text)
        return '"' + text + '"'

    def members(self, value):
        items = list(value.items())
        if self.shuffles:
            self.rng.shuffle(items)
        for key, item in items:
            for each in item.values if isinstance(item, Twice) else [item]:
                yield self.string(key) + self.space() + ":" + self.space() + self.print(each)

    def sequence(self, parts, before, behind):
        between = self.space() + "," + self.space()
        return before + self.space() + between.join(parts) + self.space() + behind

    def print(self, value):
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, dict):
            return self.sequence(list(self.members(value)), "{", "}")
        if isinstance(value, list):
            return self.sequence([self.print(item) for item in value], "[", "]")
        return json.dumps(value)


# ---- truth -----------------------------------------------------------------------------


class Maker:
    def __init__(self, number):
        self.rng = random.Random(number)
        self.tree = Tree(number)
        self.tree.lies = number % 2 == 1
        self.count = 0
        self.root = self.tree.root
        self.flat = self.rng.random() < 0.12  # nothing but ARNs tells a place
        self.tree.alone = self.flat
        self.misfiled = set()
        self.defaults = set()  # the scopes that have a vault of that name

    def chance(self, probability):
        return self.rng.random() < probability

    def lie(self, probability):
        return self.tree.lies and self.chance(probability)

    def choice(self, items):
        return self.rng.choice(items)

    def id(self, prefix):
        self.count += 1
        tail = self.choice(["", "", "", "-\u00e9", ":x", "/x", " \U0001f600", "_x"])
        return "%s%d%s" % (prefix, self.count, tail)

    def snapshot(self, account, region):
        kind = self.choice(["awsbackup", "manual", "manual", "automated", "AwsBackup"])
        name = self.id("awsbackup:job-" if kind == "awsbackup" else "s")
        record = {
            "DBSnapshotIdentifier": name,
            "SnapshotType": kind,
            "Engine": "mysql",
            "Status": "available",
            "DBInstanceIdentifier": "orders",
            "DBSnapshotArn": "arn:aws:rds:%s:%s:snapshot:%s" % (region, account, name),
        }
        if self.chance(0.8):
            record["SnapshotCreateTime"] = self.choice(TIMES)
        if self.chance(0.6):
            record["Encrypted"] = self.choice([True, True, False])
        if self.chance(0.2):
            record["TagList"] = [{"Key": "SnapshotType", "Value": "awsbackup"}]
        return record

    def plan(self, account, region):
        name = self.id("p")
        record = {
            "BackupPlanId": name,
            "BackupPlanArn": "arn:aws:backup:%s:%s:backup-plan:%s" % (region, account, name),
            "BackupPlanName": "daily",
            "VersionId": "v",
            "CreationDate": 1568928754.747,
        }
        if self.chance(0.3):
            record["DeletionDate"] = self.choice([1568928754.747, "2026-01-01T00:00:00Z", 0])
        return record

    def name_alike(self, plan, other):
        """Two plans that a file's name does not tell apart."""
        for each, end in (plan, "a/b"), (other, "a_b"):
            start, _, _ = each["BackupPlanArn"].rpartition(":backup-plan:")
            each["BackupPlanArn"] = "%s:backup-plan:%s" % (start, end)
            each["BackupPlanId"] = end

    def selection(self, plan):
        return {
            "SelectionId": self.id("sel"),
            "SelectionName": self.choice(["databases", "databases", "files"]),
            "BackupPlanId": plan["BackupPlanId"],
            "IamRoleArn": "arn:aws:iam::900000000003:role/r",
        }

    def vault(self, account, region):
        name = self.choice(["Default", "v"]) + self.id("")
        if self.chance(0.3) and (account, region) not in self.defaults:
            self.defaults.add((account, region))
            name = "Default"
        record = {
            "BackupVaultName": name,
            "BackupVaultArn": "arn:aws:backup:%s:%s:backup-vault:%s" % (region, account, name),
            "NumberOfRecoveryPoints": 3,
        }
        if self.chance(0.95):  # an AWS CLI that is older than vault locks prints none
            record["Locked"] = self.choice([True, True, False])
        return record

    def scope(self, account, region):
        few = self.choice([0, 1, 2, 4])
        records = {
            SNAPSHOT: [self.snapshot(account, region) for _ in range(self.rng.randint(0, few))],
            PLAN: [self.plan(account, region) for _ in range(self.rng.randint(0, 2))],
            VAULT: [self.vault(account, region) for _ in range(self.rng.randint(0, 3))],
        }
        if len(records[PLAN]) > 1 and self.chance(0.2):
            self.name_alike(*records[PLAN][:2])
        records[SELECTION] = [
            self.selection(plan) for plan in records[PLAN] for _ in range(self.rng.randint(0, 3))
        ]
        return records

    # ---- where ---------------------------------------------------------------------------

    def folder(self, account, region):
        """A folder, and what a file's name in it begins with."""
        prefix = self.choice(["", "", "p1-", "all_"])
        if self.flat:
            return self.root + self.choice(["", "/x", "/2026-01-01"]), prefix
        here = {
            "a": account,
            "r": region,
            "far": self.choice(["", "", "", "/deep/er"]),
            "uuid": "11112222-3333-4444-5555-" + self.choice([account, "666677778888"]),
            "three": account[:3],
        }
        folder, begin = self.choice(
            [
                ("/{a}/{r}{far}", ""),
                ("/{a}/{r}{far}", ""),
                ("/{a}/{r}{far}", ""),
                ("/{r}/{a}{far}", ""),
                ("/prod-{a}/x.{r}", ""),
                ("/prod-{r}-{a}{far}", ""),
                ("/{uuid}/{a}/{r}", ""),
                ("/{a}/202611240300-{r}", "20261124-"),
                ("/{a}", "{r}-"),
                ("/{r}", "{a}_"),
                ("", "{a}_{r}_"),
                ("/i{three}", "{r}-"),  # the account: by an identity beside it
                ("/{a}", ""),  # the region: by ARNs
            ]
        )
        return (self.root + folder).format(**here), begin.format(**here) + prefix

    def name(self, kind, words=()):
        service, operation, _, _ = CALLS[kind]
        name = self.choice(
            [
                "%s-%s" % (service, operation),
                "%s-%s" % (service, operation),
                "%s-%s" % (service, operation),
                operation,
                operation.replace("-", "_"),
                "".join(word.capitalize() for word in operation.split("-")),
            ]
        )
        behind = "".join("--" + word for word in words)
        return name + behind + self.choice([".json"] * 4 + [".txt", ""])

    def maybe_named(self, kind, words):
        return self.choice([self.name(kind, words)] * 3 + ["answer.json"])

    # ---- losing --------------------------------------------------------------------------

    def trim(self, record, kind):
        """Loses what AWS always prints, and then perhaps more."""
        record = dict(record)
        count = self.rng.randint(1, len(ALWAYS[kind]))
        for field in self.rng.sample(ALWAYS[kind], count):
            if field == ARNS.get(kind):
                continue
            if self.chance(0.8):
                record.pop(field, None)
            else:
                record[field] = self.choice([None, 7, ["awsbackup"], {}])
        if any(not isinstance(record.get(field), str) for field in ALWAYS[kind]):
            self.lose_fields(record, kind)
        return record

    def lose_fields(self, record, kind):
        for field in list(record):
            if field != ARNS.get(kind) and self.chance(0.3):
                del record[field]

    def twice(self, record):
        record = dict(record)
        field = self.choice(list(record))
        other = self.choice(["manual", "awsbackup", True, record[field]])
        if self.chance(0.3):
            record["TagList"] = [{"Key": Twice("a", "b")}]
        else:
            values = [record[field], other]
            self.rng.shuffle(values)
            record[field] = Twice(*values)
        return record

    def blur(self, record, kind):
        """One record, of which something may be lost."""
        if not self.chance(0.12):
            return dict(record)
        if self.chance(0.3):
            return self.twice(record)
        if self.chance(0.2):
            field = self.choice(["DeletionDate", "Encrypted", "Locked"])
            return dict(record, **{field: Raw("1e999")})
        if self.chance(0.2) and kind in ARNS:
            return dict(record, **{ARNS[kind]: self.choice(["x", 7, None, "arn:aws:rds:us"])})
        if self.chance(0.15):
            return self.choice([7, None, "x:x", [], [record], Raw("1e999")])
        return self.trim(record, kind)

    def evidence(self, records, kind, account, region):
        """The records of a listing as they come out, with shared ones of other accounts."""
        out = [self.blur(record, kind) for record in records]
        shared = kind == SNAPSHOT and not self.flat and self.chance(0.15)
        if shared:
            out.append(self.snapshot(self.choice(FOREIGN), region))
        self.rng.shuffle(out)
        if out and self.chance(0.06):
            out.append(self.choice(out))  # pages that moved while they were read
        if kind in ARNS and self.chance(0.05) and (not shared or self.tree.lies):
            out = [self.redact(record, kind) for record in out]
        if kind in ARNS and self.lie(0.08):
            place = self.choice([(account, "sa-east-1"), (FOREIGN[0], region)])
            make = {SNAPSHOT: self.snapshot, PLAN: self.plan, VAULT: self.vault}[kind]
            out.append(make(*place))
        return out

    def redact(self, record, kind):
        """Its account, as people do before they hand evidence on."""
        arn = record.get(ARNS[kind]) if isinstance(record, dict) else None
        if not isinstance(arn, str):
            return record
        parts = arn.split(":")
        return dict(record, **{ARNS[kind]: ":".join(parts[:4] + ["XXXXXXXXXXXX"] + parts[5:])})

    def envelope(self, kind, records, token):
        key = CALLS[kind][2]
        document = {key: records}
        if token:
            document[self.choice(["NextToken", "Marker", "PaginationToken"])] = self.choice(
                ["abc", "abc", 7, {}, Raw("1e999"), False]
            )
        elif self.chance(0.2):
            document[self.choice(["NextToken", "Marker"])] = self.choice(["", None])
        if self.chance(0.1):
            document["ResponseMetadata"] = {"RequestId": "x", "NextToken": "inner"}
        if self.chance(0.04):
            twin = self.choice([key, "NextToken", "Else"])
            document[twin] = Twice(document.get(twin, "x"), self.choice([[], "", "x", records]))
        if self.chance(0.03):
            document[key] = self.choice([None, {}, "x", 7])
        if not token and self.chance(0.03):
            document["Listing"] = document.pop(key)
        if self.lie(0.04):
            other = self.choice([each[2] for each in CALLS.values()] + ["DBInstances"])
            document[other] = self.choice([[], records])
        return document

    def bare(self, kind, records):
        """What --query prints: filtered or not, whole records or some fields of them."""
        fact = FILTERS.get(kind)
        if fact and self.chance(0.6):
            records = [record for record in records if holds(fact, record)]
        records = [self.blur(record, kind) for record in records]
        if self.chance(0.3):
            for record in records:
                if isinstance(record, dict):
                    self.lose_fields(record, kind)
        if self.lie(0.1):
            records.append(self.choice([{"DBInstanceStatus": "m"}, 7, "x", {"Else": 1}]))
        return records

    def ids(self, kind, records):
        field = ARNS[kind] if kind in ARNS and self.chance(0.4) else CALLS[kind][3]
        ids = [record[field] for record in records]
        if self.chance(0.2):
            ids += self.choice([ids, [7], [["x"]], ["x"]])
        return ids

    def failure(self):
        return self.choice(
            [
                b"",
                b"",
                b" \n",
                b"null\n",
                b"0\n",
                b"\n" + DENIED % b"DescribeDBSnapshots",
                DENIED % b"ListBackupPlans",
                DENIED % b"ListUsers",
                b"Unable to locate credentials\n",
                b"-----------------\n|DescribeDBSnaps|\n",
                b"[\n",
                b"{\n",
                b'{"DBSnapshots":',
                b'{"message":"Forbidden"}\n' if self.tree.lies else b"{",
            ]
        )

    # ---- one listing ---------------------------------------------------------------------

    def pages(self, kind, records):
        """Documents whose records are all of them, the last one without a token."""
        cuts = sorted(self.rng.randint(0, len(records)) for _ in range(self.rng.randint(1, 2)))
        parts = [records[i:j] for i, j in zip([0] + cuts, cuts + [len(records)])]
        return [self.envelope(kind, p, i < len(parts) - 1) for i, p in enumerate(parts)]

    def listing(self, kind, records, account, region, parent):
        """Files of one listing: (name, documents)."""
        named = [parent.replace("/", "_").replace(":", "_")] if parent else []
        words = named
        if parent and self.chance(0.25):
            words = []
        if self.lie(0.05):
            words = ["p1"]
        full = self.evidence(records, kind, account, region)
        if self.lie(0.25) and full:
            full.pop()
        forms = ["whole"] * 5 + ["pages"] * 3 + ["bare"] * 2 + ["option", "ids", "failed"]
        form = self.choice(forms)
        if form == "whole":
            return [(self.name(kind, words), [self.envelope(kind, full, False)])]
        if form == "pages":
            pages = self.pages(kind, full)
            if self.chance(0.4):
                return [(self.name(kind, words), pages)]
            kept = [page for page in pages if self.chance(0.7)]
            if kept == pages[-1:]:  # nothing would tell that there were others
                kept = []
            named = "answer.json" if self.chance(0.15) else self.name(kind, words)
            return [("page%d-%s" % (i, named), [p]) for i, p in enumerate(kept)]
        if form == "bare":
            name = self.name(kind, words)
            if self.chance(0.2):
                name = "answer.json"
            return [(name, [self.bare(kind, records)])]
        if form == "option":
            return [self.narrowed(kind, records, full, words or named)]
        if form == "ids":
            return [(self.maybe_named(kind, words), [self.ids(kind, records)])]
        return [(self.maybe_named(kind, words), [self.failure()])]

    def narrowed(self, kind, records, full, words):
        """An answer to a call with an option, whose word stands in the name."""
        word = self.choice(list(OPTIONS))
        kept = full
        if kind != SNAPSHOT or OPTIONS[word] is None:
            kept = [record for record in full if self.chance(0.6)]
        else:
            kept = [r for r in records if r["SnapshotType"] == OPTIONS[word]]
            if self.lie(0.1) and records:
                kept.append(self.choice(records))
        more = self.chance(0.2)
        kept = kept[: len(kept) // 2] if more else kept
        name = self.name(kind, words + [word])
        if self.chance(0.2) and all(isinstance(record, dict) for record in kept):
            return name, [self.bare(kind, kept)]
        return name, [self.envelope(kind, kept, more)]

    def alone(self, records):
        """A record that stands in no list, whole or not, or what looks like one."""
        kind = self.choice([kind for kind in CALLS if records[kind]] or [None])
        if kind is None:
            return "answer.json", {"DBSnapshot": {"SnapshotType": "awsbackup"}}
        record = dict(self.choice(records[kind]))
        if self.chance(0.4):
            record = self.trim(record, kind)
        if kind == SNAPSHOT and self.chance(0.5):
            return self.choice(["rds-create-db-snapshot.json", "one.json"]), {"DBSnapshot": record}
        if kind == SNAPSHOT:
            return self.choice(["request.json", self.name(kind)]), record
        return self.one(records)

    def one(self, records):
        """An answer that is a record, or a receipt."""
        form = self.choice(["plan", "selection", "vault", "receipt", "versions"])
        if form == "plan" and records[PLAN]:
            plan = self.choice(records[PLAN])
            kept = {k: plan[k] for k in plan if k != "BackupPlanName"}
            return "backup-get-backup-plan--p.json", dict(kept, BackupPlan={"Rules": []})
        if form == "selection" and records[SELECTION]:
            mine = dict(self.choice(records[SELECTION]))
            inner = {"SelectionName": mine.pop("SelectionName"), "IamRoleArn": "r"}
            del mine["IamRoleArn"]
            return "backup-get-backup-selection--p--s.json", dict(mine, BackupSelection=inner)
        if form == "vault" and records[VAULT]:
            return "backup-describe-backup-vault--v.json", dict(self.choice(records[VAULT]))
        if form == "versions":
            document = {"BackupPlanVersionsList": records[PLAN], "NextToken": "x"}
            return "backup-list-backup-plan-versions--p.json", document
        plan = {"BackupPlanId": "new", "BackupPlanArn": "a", "VersionId": "v", "CreationDate": 1}
        return "backup-create-backup-plan.json", plan

    def listings(self, records, account, region):
        """Files of a scope, up to six; the pages of a listing stay together."""
        files = []
        for kind in CALLS:
            if not self.chance(0.75):
                continue
            parents = records[PLAN] if kind == SELECTION else [None]
            for parent in parents:
                mine = records[kind]
                if parent:
                    mine = [s for s in mine if s["BackupPlanId"] == parent["BackupPlanId"]]
                for _ in range(2 if self.chance(0.15) or self.lie(0.3) else 1):
                    name = parent["BackupPlanId"] if parent else None
                    more = self.listing(kind, mine, account, region, name)
                    files += more if len(files) + len(more) <= 6 else []
        if self.chance(0.2):
            name, document = self.one(records)
            files.append((name, [document]))
        if self.chance(0.1):
            document = self.choice([{"DBInstances": []}, b""])
            files.append(("rds-describe-db-instances.json", [document]))
        if self.chance(0.15):
            name, document = self.alone(records)
            files.append((name, [document]))
        if self.chance(0.1):
            files.append((self.choice(["notes.txt", "report.json"]), [{"hello": "x"}]))
        if self.chance(0.15):
            what = self.choice([b"", b"[]", b'{"Users": [{"UserN', DENIED % b"ListUsers"])
            files.append((self.choice(OTHER_FILES), [what]))
        self.rng.shuffle(files)
        if len(files) > 1 and self.chance(0.1):
            self.join(files)
        return files

    def join(self, files):
        """Two files become one, unless that would change what their names say."""
        (name, first), (other, second) = files[:2]
        if "--" in name or "--" in other or name in OTHER_FILES or other in OTHER_FILES:
            return
        if not all(isinstance(document, dict) for document in second):
            name = "answers.json"
        files[:2] = [(self.choice([name, "answers.json"]), first + second)]

    def regions(self, account, used):
        """The account's regions: an answer of describe-regions, and where it lies."""
        names = list(used)
        if self.lie(0.2):
            names.pop()
        if self.chance(0.3):
            names.append(self.choice(["sa-east-1", "ca-central-1"]))
        common = {"Endpoint": "e", "OptInStatus": "opted-in"}
        listed = [dict(common, RegionName=name) for name in names]
        if self.chance(0.5):
            status = {"RegionName": "af-south-1", "Endpoint": "e", "OptInStatus": "not-opted-in"}
            listed.append(status)
        for record in listed:
            if self.chance(0.3) and record["OptInStatus"] == "opted-in":
                record["OptInStatus"] = "opt-in-not-required"
        if listed and self.chance(0.1):
            del self.choice(listed)["RegionName"]
        document = {"Regions": listed}
        form = self.choice(["whole"] * 6 + ["page", "empty", "bare", "failed"])
        if form == "page":
            document = {"Regions": listed[:1], "NextToken": "x"}
        elif form == "empty":
            document = {"Regions": []}
        elif form == "bare":
            document = listed
        elif form == "failed":
            document = b""
        folder = self.choice(["/{a}", "/{a}", "/{a}/global", "/{a}/{r}"])
        folder = self.root + folder.format(a=account, r=self.choice(used))
        self.tree.add(folder + "/ec2-describe-regions.json", self.raw([document]))

    def lose_files(self):
        """Files that could not be read, or are no JSON any more."""
        for path in sorted(self.tree.files):
            if not self.chance(0.04) or path.endswith((".err", ".rc")) or path in self.misfiled:
                continue
            left = [b"", b"PK\3\4abc", b"\x1f\x8b\x08x"]
            is_named = name_of(path)[0] or path.endswith(".json")  # else it is no answer
            if is_named and not {path + ".err", path + ".rc"} & set(self.tree.files):
                left += [LINK, PIPE]
            self.tree.files[path] = self.choice(left)

    def strays(self):
        """Files of which little is told."""
        account = self.choice(sorted({account for account, _ in self.tree.truth}))
        region = self.choice(sorted({region for _, region in self.tree.truth}))
        folder = self.choice(["/misc", "/" + account, "/" + region, "/%s/%s" % (account, region)])
        name = self.choice(
            ["x.json", "describe-db-snapshots.json", "backup-list-backup-vaults.json", "data.json"]
        )
        what = self.choice([b"", b"{", b'{"DBSnapshots":[],"NextToken":"x"}', b"PK\3\4", LINK])
        form = self.choice(["file", "file", "file", "folder"])
        if form == "file":
            self.tree.add(self.root + folder + "/" + name, what)
            return
        path = self.root + folder
        self.tree.add(path + "/d" * (DEPTH_MAX - path.count("/")), CLOSED)

    # ---- bytes ---------------------------------------------------------------------------

    def raw(self, documents, whole=False):
        printer = Printer(self.rng)
        parts = [d if isinstance(d, bytes) else printer.print(d).encode() for d in documents]
        separator = self.choice([b"\n", b"\r\n", b"\n\n", b"\n \t"])
        raw = separator.join(parts) + self.choice([b"", b"\n"])
        if raw and self.chance(0.05):
            raw = b"\xef\xbb\xbf" + raw
        is_answer = bool(raw.strip()) and not any(isinstance(d, bytes) for d in documents)
        if is_answer and not whole and self.chance(0.1):
            raw = self.damage(raw)
        return raw

    def damage(self, raw):
        at = self.rng.randrange(len(raw))
        form = self.choice(["cut", "cut", "byte", "trailing", "insert"])
        if form == "cut" or len(raw) < 16:  # its first bytes tell what a file is
            return raw[:at]
        if form == "trailing":
            return raw.rstrip() + self.choice([b" {", b"x", b"]", b'{"DBSnapshots":[]}', b"\0"])
        at = max(at, 8)
        bad = self.choice([b"\xff", b"\0", b"\x01", b"\xc3", b"\xed\xa0\x80", b"\\ud800"])
        return raw[:at] + bad + raw[at + (form == "byte") :]

    # ---- the tree ------------------------------------------------------------------------

    def scope_files(self, account, region, records):
        folder, prefix = self.folder(account, region)
        if self.chance(0.1):
            self.tree.add_folder(folder)
        if folder.endswith("/i" + account[:3]):
            answer = {"Account": account, "Arn": "a", "UserId": "u"}
            self.tree.add(folder + "/sts-get-caller-identity.json", self.raw([answer]))
        elif self.chance(0.1) and not self.flat:
            who = self.choice(FOREIGN) if self.lie(0.3) else account
            answer = {"Account": who, "Arn": "a", "UserId": "u"}
            self.tree.add(folder + "/get-caller-identity.json", self.raw([answer]))
        for name, documents in self.listings(records, account, region):
            where = folder
            if self.chance(0.06) and all(self.tells(d, account, region) for d in documents):
                self.misfile(name, documents, account, region)
                continue
            if self.lie(0.05) and self.tree.files:
                where = self.choice(sorted(self.tree.files)).rpartition("/")[0]
            if self.lie(0.03):
                name = self.choice([FOREIGN[0], "eu-west-3", "sa-east-1"]) + "-" + name
            path = self.tree.add("%s/%s%s" % (where, prefix, name), self.raw(documents))
            self.tree.scopes[path] = account, region
            if self.chance(0.03):
                self.tree.add(path + self.choice([".err", ".rc"]), b"An error occurred (x)\n")
        if self.chance(0.02):
            self.tree.add(folder + "/manifest.tsv", b"x\ty\n")

    def tells(self, document, account, region):
        """Whether a record's ARN tells the place of a document, wherever it lies."""
        for kind in ARNS:
            listed = document.get(CALLS[kind][2]) if isinstance(document, dict) else None
            twins = [v for v in document.values() if isinstance(v, Twice)] if listed else [1]
            if isinstance(listed, list) and not twins and len(document) < 4:
                arns = [r.get(ARNS[kind]) for r in listed if isinstance(r, dict)]
                return any(":%s:%s:" % (region, account) in str(arn) for arn in arns)
        return False

    def misfile(self, name, documents, account, region):
        """A file in the folder of another account or region."""
        others = [account, "%012d" % self.rng.randint(10**11, 8 * 10**11)]
        other = self.choice(others)
        elsewhere = self.choice(REGIONS) if other != account else "sa-east-1"
        path = "%s/%s/%s/%s" % (self.root, other, elsewhere, name)
        self.misfiled.add(self.tree.add(path, self.raw(documents, True)))

    def make(self):
        count = self.choice([1, 1, 1, 2, 3])
        accounts = ["%012d" % self.rng.randint(10**11, 8 * 10**11) for _ in range(count)]
        regions = self.rng.sample(REGIONS, self.choice([1, 1, 1, 2, 3]))
        for account in accounts:
            for region in regions:
                records = self.scope(account, region)
                self.tree.truth[account, region] = records
                self.scope_files(account, region, records)
        for account in accounts:
            if self.chance(0.5) and not self.flat:
                self.regions(account, regions)
        self.lose_files()
        if self.chance(0.12):
            self.strays()
        return self.tree


def generate(number):
    return Maker(number).make()


def write(tree, root, paths=None):
    for folder in sorted(tree.folders):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path in paths or tree.files:
        write_file(root / path, tree.files[path])


def write_file(path, raw):
    if raw == LINK:
        path.symlink_to("nowhere")
    elif raw == PIPE:
        os.mkfifo(path)
    elif raw == CLOSED:
        path.mkdir()
    else:
        path.write_bytes(raw)


def main():
    """generate.py NUMBER FOLDER: writes a tree."""
    write(generate(int(sys.argv[1])), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
