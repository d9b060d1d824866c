#!/usr/bin/env python3
"""Lists of a collection only weaken: stories with random manifests and digests.

    lists.py FIXTURES COUNT     $INVAUDIT is the program; prints what is wrong, and a count

Each finding must be what it is without the lists, or unknown; a new one may only be of a
place that only a lost file names. Taken away again, the lists leave nothing behind.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STORIES = ["two-answers", "pages", "backup-coverage", "published-query", "parts-and-parents",
           "each-database", "three-accounts", "told-by-other-means", "places"]
COMMANDS = ["aws rds describe-db-snapshots", "aws rds describe-db-instances", "aws x", "",
            "aws rds describe-db-snapshots --snapshot-type awsbackup",
            "aws rds describe-db-snapshots --snapshot-type manual --region us-east-1",
            "aws backup list-backup-plans --starting-token x", "aws rds describe-db-clusters --filters a",
            "aws backup list-backup-selections --backup-plan-id p", "aws sts get-caller-identity",
            "aws ec2 describe-regions --all-regions", "aws rds describe-events"]
TIMES = ["", "2026-11-20T08:00:00Z", "2026-11-28T08:00:00+01:00"]


def judge(tree):
    run = subprocess.run([os.environ["INVAUDIT"], "scan", "-q", "-o", "json", "evidence"],
                         cwd=tree, capture_output=True, check=False)
    assert run.returncode in (0, 1, 2, 3), run.stderr
    return {f["id"]: f["result"] for f in json.loads(run.stdout)["findings"]} if run.returncode != 2 else {}


def line(rng, path):
    return "\t".join([path, rng.choice(TIMES), rng.choice(TIMES), rng.choice(["0", "0", "0", "254"]),
                      rng.choice(COMMANDS)])


def add_lists(rng, evidence):
    files = sorted(p for p in evidence.rglob("*") if p.is_file())
    folders = sorted({p.parent for p in files} | {evidence})
    for folder in rng.sample(folders, min(2, len(folders))):
        below = [p for p in files if folder in p.parents]
        chosen = [p for p in below if rng.random() < 0.5]
        names = [str(p.relative_to(folder)) for p in chosen]
        if rng.random() < 0.2:
            names.append("us-east-1/rds-describe-db-snapshots.json")
        with open(folder / "manifest.tsv", "w", encoding="utf-8") as out:
            out.write("path\tbegun\tended\tstatus\tcommand\n")
            out.writelines(line(rng, name) + "\n" for name in names)
        with open(folder / "SHA256SUMS", "w", encoding="utf-8") as out:
            for path, name in zip(chosen, names):
                raw = path.read_bytes() if rng.random() < 0.8 else b"other"
                out.write(hashlib.sha256(raw).hexdigest() + "  " + name + "\n")


def compare(tree, seed):
    evidence = tree / "evidence"
    before = judge(tree)
    add_lists(random.Random(seed), evidence)
    after = judge(tree)
    wrong = [(i, r, after[i]) for i, r in before.items() if after.get(i, r) not in (r, "unknown")]
    lost = sum(after[i] != r for i, r in before.items() if i in after)
    return wrong, lost


def main():
    fixtures, count = Path(sys.argv[1]), int(sys.argv[2])
    wrong_count = weakened = 0
    for seed in range(count):
        story = fixtures / STORIES[seed % len(STORIES)]
        if not (story / "evidence").is_dir():
            continue
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(story / "evidence", Path(folder) / "evidence", symlinks=True)
            wrong, lost = compare(Path(folder), seed)
        weakened += lost
        for finding, was, became in wrong:
            print(f"{story.name}, {seed}: {finding} was {was}, and is {became}")
        wrong_count += len(wrong)
    print(f"{wrong_count} wrong, {weakened} weakened")
    return wrong_count > 0


if __name__ == "__main__":
    sys.exit(main())
