#!/usr/bin/env python3
"""Compares the program with judge.py, and both with the truth.  Prints TAP.

    run.py [COUNT [FIRST]]      trees FIRST.. (default: 2000 from 0); INVAUDIT: the program
    run.py --tree NUMBER        one tree: both answers; its files are kept

Checked of each tree: that the two agree on every result and every bound; of each without
lies, that each verdict is the truth's; of some, that the same files given and made in
another order give the same bytes. Some are read by three threads.

Reports of some are left in $REPORTS/reference, if REPORTS is set, for tests/reports.sh.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filters import RULES, Bounds, Extremes, holds, verdict
from generate import generate, write
from judge import instant, judge
from tap import say_all

HERE = Path(__file__).resolve().parent
BATCH = 100  # trees a line of TAP
GROUP = 8
SHUFFLED_EACH = 6  # groups
THREADED_EACH = 3  # groups: read by three threads
KEPT = 5  # groups of a run: a report is checked slower than made
FAILURES_SHOWN = 5


def run(program, command, root, paths, *options):
    command = [program, command, "--no-builtin", "--rules", HERE / "rules", *options, *paths]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2, 3):
        raise RuntimeError("status %d: %s" % (done.returncode, done.stderr.decode()))
    return done.stdout


def scan(program, root, paths, *options):
    return run(program, "scan", root, paths, "-o", "json", *options)


def keep_reports(program, trees, root, folder):
    """Every report of a group."""
    paths = [tree.root for tree in trees]
    folder.mkdir(parents=True)
    report = scan(program, root, paths, "-o", "junit=%s" % (folder / "report.xml"))
    (folder / "report.json").write_bytes(report)
    listing = run(program, "evidence", root, paths, "-o", "json")
    (folder / "evidence.json").write_bytes(listing)


def bounds_of(fact):
    if "none" not in fact:
        return Bounds(fact["at_least"], fact["at_most"])
    return Extremes(instant(fact["at_least"]), instant(fact["at_most"]), fact["none"])


def findings_of(report):
    findings = {}
    for finding in json.loads(report)["findings"]:
        bounds = {name: bounds_of(value) for name, value in finding["facts"].items()}
        key = finding["rule"], finding["account"], finding["region"], finding["source"]
        findings[key] = finding["result"], bounds
    return findings


def differences(theirs, ours):
    for key in sorted(set(theirs) | set(ours), key=str):
        if theirs.get(key) != ours.get(key):
            both = theirs.get(key), ours.get(key)
            yield "%s\n    program:   %s\n    reference: %s" % (key, *both)


def truth_of(rule, records):
    """`records`: of a scope, or of all of an account's, from type to records."""
    facts = {}
    for name, fact in RULES[rule].facts.items():
        counting = [record for record in records[fact.type] if holds(fact, record)]
        if fact.kind == "count":
            facts[name] = Bounds(len(counting), len(counting))
            continue
        times = [instant(record.get(fact.value)) for record in counting]
        if not times:
            facts[name] = Extremes(None, None, True)
        elif None in times:  # what they are is not told
            facts[name] = Extremes(None, None, False)
        else:
            end = max(times) if fact.kind == "max" else min(times)
            facts[name] = Extremes(end, end, False)
    return verdict(rule, facts), facts


def truth_of_account(truths, account):
    scopes = [records for (each, _), records in truths.items() if each == account]
    return {kind: sum((records[kind] for records in scopes), []) for kind in scopes[0]}


def untruths(trees, theirs):
    """A verdict that the truth, which is one completion of the evidence, does not share."""
    scopes = {path: scope for tree in trees for path, scope in tree.scopes.items()}
    truths = {}
    for tree in trees:
        truths.update({} if tree.lies else tree.truth)
    for (rule, account, region, source), (result, bounds) in sorted(theirs.items(), key=str):
        scope = scopes.get(source.partition("!/")[0]) if source else (account, region)
        if RULES[rule].for_each == "account" and any(each == account for each, _ in truths):
            truth, facts = truth_of(rule, truth_of_account(truths, account))
        elif scope in truths:
            truth, facts = truth_of(rule, truths[scope])
        else:
            continue
        if result not in ("unknown", truth) and truth != "unknown":
            yield "%s\n    program: %s %s\n    truth:   %s %s" % (
                (rule, account, region, source), result, bounds, truth, facts
            )


def disorder(program, trees, root, report):
    """The same files, made and named in another order."""
    rng = random.Random(trees[0].number)
    for tree in trees:
        write(tree, root / "again", rng.sample(sorted(tree.files), len(tree.files)))
    if scan(program, root / "again", [tree.root for tree in reversed(trees)]) != report:
        yield "made in another order, the files give another report"
    paths = [path for tree in trees for path in tree.files]
    if paths:
        shuffled = rng.sample(paths, len(paths))
        if scan(program, root, paths) != scan(program, root, shuffled):
            yield "named in another order, the files give another report"


def check(program, trees, root, number, kept=None):
    """What is wrong, as text, and what the program found. The group has that number."""
    for tree in trees:
        write(tree, root)
    threads = 3 if number % THREADED_EACH == 0 else 1
    report = scan(program, root, [tree.root for tree in trees], "--jobs=%d" % threads)
    theirs = findings_of(report)
    files = {path: raw for tree in trees for path, raw in tree.files.items()}
    ours = judge(files, set().union(*(tree.folders for tree in trees)))
    wrong = [*differences(theirs, ours), *untruths(trees, theirs)]
    if number % SHUFFLED_EACH == 0 and all(isinstance(raw, bytes) for raw in files.values()):
        wrong += disorder(program, trees, root, report)
    if kept:
        keep_reports(program, trees, root, kept)
    return wrong, theirs


def groups(numbers):
    """Trees that one run of the program judges: starting it costs more than a tree."""
    group = []
    for tree in map(generate, numbers):
        if tree.alone:
            yield [tree]
        else:
            group.append(tree)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def batch(program, numbers, work, reports):
    """A line of TAP: how many verdicts the program gave, and what is wrong. `reports`:
    where those of the first group are kept, or None."""
    said, failures, decided = [], 0, 0
    for index, trees in enumerate(groups(numbers)):
        root = work / "-".join(str(tree.number) for tree in trees)
        root.mkdir()
        kept = reports / root.name if reports and index == 0 else None
        wrong, theirs = check(program, trees, root, index, kept)
        decided += sum(result != "unknown" for result, _ in theirs.values())
        if not wrong:
            shutil.rmtree(root)
            continue
        failures += 1
        if failures <= FAILURES_SHOWN:
            said += ["trees are kept in %s" % root, *"\n".join(wrong).splitlines()]
    name = "trees %d to %d (%d verdicts)" % (numbers[0], numbers[-1], decided)
    return name, said


def main():
    program = os.path.abspath(os.environ.get("INVAUDIT", HERE.parent.parent / "build/invaudit"))
    work = Path(tempfile.mkdtemp(prefix="reference-"))
    if len(sys.argv) > 2 and sys.argv[1] == "--tree":
        wrong, theirs = check(program, [generate(int(sys.argv[2]))], work, 0)
        for key, value in sorted(theirs.items(), key=str):
            print(key, *value)
        print("in %s:" % work, *wrong or ["nothing is wrong"], sep="\n")
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    reports = None
    if os.environ.get("REPORTS"):
        reports = Path(os.environ["REPORTS"]) / "reference"
        shutil.rmtree(reports, ignore_errors=True)
    batches = range(first, first + count, BATCH)
    kept_each = max(1, len(batches) // KEPT)
    is_right = say_all(len(batches), (
        batch(program, range(start, min(start + BATCH, first + count)), work,
              reports if index % kept_each == 0 else None)
        for index, start in enumerate(batches)
    ))  # fmt: skip
    if is_right:
        shutil.rmtree(work)
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
