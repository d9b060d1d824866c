#!/usr/bin/env python3
"""Measure what it takes to merge the states of many documents, beside the scan of them.

    tests/bench/merge.py FOLDER [TURNS]          3 turns; nothing stays in FOLDER

Evidence is made account by account, so many accounts at a time as a state has, read into
that state and removed again: 1.2 million small files would take the disk 5 GB. An account
has 17 regions with 18 files each, a listing of a few snapshots and 17 empty ones.

Environment: MERGE_DOCUMENTS (1200000), MERGE_STATES (24), INVAUDIT, CC, CFLAGS.
"""
import os
import shutil
import sys

from measure import INVAUDIT, PEAK, PROCESSOR, TIME, Bench, machine, say

REGIONS = 17
FILES = 18
DOCUMENTS = int(os.environ.get("MERGE_DOCUMENTS", "1200000"))
STATES = int(os.environ.get("MERGE_STATES", "24"))
SNAPSHOT = (
    '{"DBSnapshotIdentifier": "%(id)s", "DBInstanceIdentifier": "orders-%(n)d", '
    '"SnapshotType": "%(type)s", "Engine": "postgres", "Status": "available", '
    '"SnapshotCreateTime": "2025-11-%(day)02dT05:12:44.120000+00:00", '
    '"DBSnapshotArn": "arn:aws:rds:%(region)s:%(account)s:snapshot:%(id)s"}'
)
EMPTY = [
    ("rds-describe-db-instances", "DBInstances"),
    ("rds-describe-db-clusters", "DBClusters"),
    ("backup-list-backup-plans", "BackupPlansList"),
    ("backup-list-backup-vaults", "BackupVaultList"),
    ("backup-list-protected-resources", "Results"),
]


def snapshots(account, region, number):
    records = [
        SNAPSHOT
        % {
            "id": "awsbackup:job-%d" % n if n % 3 else "before-upgrade-%d" % n,
            "n": n % 3,
            "type": "awsbackup" if n % 3 else "manual",
            "day": n % 28 + 1,
            "region": region,
            "account": account,
        }
        for n in range(number % 5)
    ]
    return '{"DBSnapshots": [%s]}\n' % ", ".join(records)


def make_account(folder, number):
    account = str(100000000000 + number * 7919)
    for r in range(REGIONS):
        region = "us-east-%d" % (r + 1)
        path = os.path.join(folder, account, region)
        os.makedirs(path)
        texts = {"rds-describe-db-snapshots.json": snapshots(account, region, number + r)}
        for n in range(FILES - 1):
            call, key = EMPTY[n % len(EMPTY)]
            texts["%s%s.json" % (call, "-%d" % n if n >= len(EMPTY) else "")] = '{"%s": []}\n' % key
        for name, text in texts.items():
            with open(os.path.join(path, name), "w", encoding="utf-8") as file:
                file.write(text)


def main():
    bench = Bench(sys.argv[1])
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    accounts = DOCUMENTS // (REGIONS * FILES)
    states, scanned, size = [], [0.0, 0.0, 0.0], 0
    say(machine())
    for state in range(STATES):
        folder = bench.path("merge-%d" % state)
        shutil.rmtree(folder, ignore_errors=True)
        for number in range(state * accounts // STATES, (state + 1) * accounts // STATES):
            make_account(folder, number)
        states.append(bench.path("merge-%d.state" % state))
        taken, _ = bench.run([INVAUDIT, "scan", "-o", "state=" + states[-1], folder])
        scanned = [scanned[TIME] + taken[TIME], scanned[PROCESSOR] + taken[PROCESSOR], max(scanned[PEAK], taken[PEAK])]
        size += os.path.getsize(states[-1])
        shutil.rmtree(folder)
    documents = accounts * REGIONS * FILES
    say("%d documents in %d states of %.0f MB together" % (documents, STATES, size / 1e6))
    say("reading: %.1f s, processor %.1f s, at most %.0f MB a state" % tuple(scanned))
    runs = [bench.run([INVAUDIT, "merge", "-qq", "-o", "json=/dev/null", *states])[0] for _ in range(turns)]
    best = min(runs)
    say("merge and judge: %.1f s, processor %.1f s, %.0f MB: %.0f bytes a document"
        % (best[TIME], best[PROCESSOR], best[PEAK], best[PEAK] * 1048576 / documents))  # fmt: skip
    taken, _ = bench.run([INVAUDIT, "merge", "-o", "state=" + bench.path("merge-all.state"), *states])
    say("merge -o state: %.1f s, processor %.1f s, %.0f MB" % taken)
    for state in [*states, bench.path("merge-all.state")]:
        os.remove(state)


main()
