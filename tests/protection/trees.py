#!/usr/bin/env python3
"""Trees of evidence, and what state each database in them is in.

    trees.py check INVAUDIT FOLDER     compares what invaudit says of each tree
    trees.py losing INVAUDIT FOLDER    takes files, pages and fields from each tree, and
                                       compares: losing evidence only adds states
    trees.py pack FOLDER               prints them as trees.json

A tree that "disagrees" contradicts itself, so that there is no world that agrees with all
of it: of such, nothing is lost.

FOLDER/trees/NAME holds expected.json and evidence/, as the AWS CLI saves it; or
FOLDER/trees.json holds them all: the files of one tree, and of each how it differs. Prints
a line for each tree that differs, and at last "N passed, N failed". EVERY=5 in the
environment loses only every fifth thing.
"""
import copy
import json
import os
import subprocess
import sys
import tempfile

# What AWS prints of every record of a listing, so that a record without it was cut.
ALWAYS = {
    "DBInstances": ["DBInstanceIdentifier", "DBInstanceArn", "Engine", "InstanceCreateTime",
                    "DbiResourceId", "TagList"],
    "DBClusters": ["DBClusterIdentifier", "DBClusterArn", "Engine", "ClusterCreateTime",
                   "DbClusterResourceId", "TagList"],
    "RecoveryPoints": ["RecoveryPointArn", "Status", "CreationDate", "BackupVaultName"],
    "Results": ["ResourceArn", "ResourceType", "LastBackupTime"],
    "BackupJobs": ["BackupJobId", "State", "CreationDate"],
    "BackupVaultList": ["BackupVaultName", "BackupVaultArn"],
    "BackupPlansList": ["BackupPlanId", "BackupPlanArn", "CreationDate"],
    "BackupSelectionsList": ["SelectionId", "BackupPlanId", "CreationDate"],
    "DBSnapshots": ["DBSnapshotIdentifier", "Status", "SnapshotType", "SnapshotCreateTime",
                    "DbiResourceId"],
}


def load(evidence):
    files = {}
    for at, _, names in os.walk(evidence):
        for name in names:
            path = os.path.join(at, name)
            with open(path, encoding="utf-8") as file:
                files[os.path.relpath(path, evidence)] = file.read()
    return files


def save(files, folder):
    for path, text in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def unpacked(packed):
    for tree in packed["trees"]:
        files = {**packed["files"], **tree["files"]}
        yield (tree["name"],
               {path: "" if document == "" else json.dumps(document)
                for path, document in files.items() if document is not None},
               tree["expected"])


def trees(folder):
    """(name, files, expected) of each."""
    root = os.path.join(folder, "trees")
    for name in sorted(os.listdir(root)) if os.path.isdir(root) else []:
        path = os.path.join(root, name)
        if os.path.exists(os.path.join(path, "expected.json")):
            with open(os.path.join(path, "expected.json"), encoding="utf-8") as file:
                yield name, load(os.path.join(path, "evidence")), json.load(file)
    if os.path.exists(root + ".json"):
        with open(root + ".json", encoding="utf-8") as file:
            yield from unpacked(json.load(file))


def pack(folder):
    plain = [(name, {path: json.loads(text) if text else "" for path, text in files.items()},
              expected) for name, files, expected in trees(folder)]
    common = next(files for name, files, _ in plain if name == "protected")
    packed = []
    for name, files, expected in plain:
        own = {path: document for path, document in files.items()
               if common.get(path) != document}
        own.update({path: None for path in common if path not in files})
        expected = {key: value for key, value in expected.items() if key != "story"}
        packed.append((name, own, expected))

    def lines(files, indent):
        return ",\n".join(f"{indent}{json.dumps(path)}: {json.dumps(files[path])}"
                          for path in sorted(files))
    print('{"files": {\n' + lines(common, "  ") + '\n},\n"trees": [')
    print(",\n".join(f'{{"name": {json.dumps(name)},\n "expected": {json.dumps(expected)},'
                     f'\n "files": {{\n' + lines(files, "  ") + "\n }}"
                     for name, files, expected in packed))
    print("]}")


def scan(invaudit, evidence, as_of):
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        run = subprocess.run(
            [invaudit, "scan", "-qq", "--select", "Backup-Coverage", "--as-of", as_of,
             "-o", "json=" + report, evidence], capture_output=True, text=True, check=False)
        if not os.path.exists(report):
            sys.exit(f"trees.py: {evidence}: {run.stderr}")
        with open(report, encoding="utf-8") as file:
            return json.load(file)


# ---- what is expected of a tree -------------------------------------------------------

def same_time(said, expected):
    return (said or "")[:19] == (expected or "")[:19]


def compare_selected(said, expected):
    rows = [{key: row[key] for key in ("plan", "selection", "code", "kept")} for row in said]
    wanted = [{key: row[key] for key in ("plan", "selection", "code", "kept")} for row in expected]
    key = lambda row: (row["plan"] or "", row["selection"] or "")
    if sorted(rows, key=key) != sorted(wanted, key=key):
        return f"selected_by {rows} not {wanted}"
    for row in expected:
        minutes = row.get("allowance_minutes")
        if minutes and minutes not in [one["allowance_minutes"] for one in said]:
            return f"allowance not {minutes}"
    return None


def compare_database(row, expected):
    if row is None:
        return "no row"
    for key in ("state", "possible", "planned", "why"):
        if expected.get(key) is not None and row[key] != expected[key]:
            return f"{key} {row[key]} not {expected[key]}"
    if "newest" in expected and not same_time(row["newest"], expected["newest"]):
        return f"newest {row['newest']} not {expected['newest']}"
    if "backup" in expected:
        backup = {True: ["some"], False: ["none"], None: ["none", "some"]}[row["has_backup"]]
        if backup != expected["backup"]:
            return f"backup {backup} not {expected['backup']}"
    return compare_selected(row["selected_by"], expected.get("selected_by", []))


def compare_universe(report, expected):
    others = any(finding["resource"] == "*" for finding in report["findings"])
    partial = any(word != "complete" for word in expected.get("universe", {}).values())
    if others != partial:
        return f"universe: {'' if others else 'no '}finding of others"
    return None


def compare_tree(report, expected):
    rows = {row["resource"]: row for row in report["matrix"]}
    wrongs = [compare_universe(report, expected)]
    for database in expected["databases"]:
        wrong = compare_database(rows.pop(database["arn"], None), database)
        wrongs.append(wrong and f"{database['arn']}: {wrong}")
    wrongs.extend(f"{arn}: is a row" for arn in rows)
    results = {finding["resource"]: finding["result"] for finding in report["findings"]}
    for member in expected.get("members", []):
        if results.get(member.split(":")[6]) != "not_applicable":
            wrongs.append(f"{member}: no member")
    return [wrong for wrong in wrongs if wrong]


def check(invaudit, folder):
    failed = passed = 0
    for name, files, expected in trees(folder):
        with tempfile.TemporaryDirectory() as evidence:
            save(files, evidence)
            report = scan(invaudit, evidence, expected["as_of"])
        wrongs = compare_tree(report, expected)
        for wrong in wrongs:
            print(f"trees: {name}: {wrong}")
        failed += bool(wrongs)
        passed += not wrongs
    return passed, failed


# ---- losing evidence ------------------------------------------------------------------

def less(files):
    """What is left when one thing is lost: (what, files)."""
    for path in sorted(files):
        yield f"without {path}", {other: files[other] for other in files if other != path}
        yield f"an empty {path}", {**files, path: ""}
        if not files[path]:
            continue
        document = json.loads(files[path])
        for key in document:
            if key not in ALWAYS:
                continue
            yield (f"a page of {path}",
                   {**files, path: json.dumps({**document, key: [], "NextToken": "t"})})
            yield (f"more pages of {path}",
                   {**files, path: json.dumps({**document, "NextToken": "t"})})
            for i, record in enumerate(document[key]):
                for field in ALWAYS[key]:
                    if field not in record:
                        continue
                    cut = copy.deepcopy(document)
                    del cut[key][i][field]
                    yield f"{path} without {field}", {**files, path: json.dumps(cut)}


def spread(folder, root, as_of):
    """Each tree of that time less one thing, as an account of its own: what was lost, and
    what was expected, by account."""
    wanted, every, count = {}, int(os.environ.get("EVERY", "1")), 0
    for name, files, expected in trees(folder):
        if expected["as_of"] != as_of or expected.get("disagrees"):
            continue
        for what, left in less(files):
            count += 1
            if count % every:
                continue
            account = f"{100000000000 + len(wanted):012d}"
            wanted[account] = (f"{name}: {what}", expected)
            save({path.replace(expected["account"], account):
                  text.replace(expected["account"], account) for path, text in left.items()},
                 root)
    return wanted


def lacks(rows, others, account, expected):
    """What of the expected states is not possible any more."""
    for database in expected["databases"]:
        arn = database["arn"].replace(expected["account"], account)
        row = rows.get(arn) or rows.get(arn.split(":")[6])
        if row is None:
            if account not in others:
                return f"{arn}: no row, and no others"
        elif not set(database["possible"]) <= set(row["possible"]):
            return f"{arn}: {row['possible']} lacks some of {database['possible']}"
    return None


def losing(invaudit, folder):
    passed = failed = 0
    for as_of in sorted({expected["as_of"] for _, _, expected in trees(folder)}):
        more_passed, more_failed = losing_at(invaudit, folder, as_of)
        passed += more_passed
        failed += more_failed
    return passed, failed


def losing_at(invaudit, folder, as_of):
    failed = 0
    with tempfile.TemporaryDirectory() as root:
        wanted = spread(folder, root, as_of)
        report = scan(invaudit, root, as_of) if wanted else {"matrix": [], "findings": []}
    rows = {}
    for row in report["matrix"]:
        rows.setdefault(row["account"], {})[row["resource"]] = row
    others = {finding["account"] for finding in report["findings"]
              if finding["resource"] == "*"}
    for account, (what, expected) in wanted.items():
        wrong = lacks(rows.get(account, {}), others, account, expected)
        if wrong:
            print(f"trees: {what}: {wrong}")
        failed += bool(wrong)
    return len(wanted) - failed, failed


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "pack":
        pack(sys.argv[2])
        return
    if len(sys.argv) != 4 or sys.argv[1] not in ("check", "losing"):
        sys.exit("usage: trees.py check|losing INVAUDIT FOLDER")
    passed, failed = {"check": check, "losing": losing}[sys.argv[1]](*sys.argv[2:])
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
