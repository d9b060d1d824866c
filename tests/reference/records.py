#!/usr/bin/env python3
"""Rules about each record, on random evidence of small worlds.  Prints TAP.

    records.py [COUNT [FIRST]]     trees FIRST.. (default: 400 from 0); INVAUDIT: the program
    records.py --tree NUMBER       the group that has that tree; what is wrong is kept

A verdict is given only if every completion of the evidence agrees on it.  So evidence is
made of a world (worlds.py), and other worlds are sought that look the same: in each, a
verdict must be what the rule says there (subject_rules.py), a fact must be within its
bounds, and who is there must have a finding, or be among the others.

Verdicts that are lost are counted: of what is unknown, that which is one and the same in
all worlds that were found.  Some are meant to be, since facts are
independent, and some are only not found to differ.

Of some groups: that a verdict, once a file of the evidence is emptied or cut off, is still
the same or unknown; that no bound narrows; that who was there still is, or may be among
the others.

Of some groups: that the order of files and the number of threads changes no byte.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from subject_rules import ID, make_rule
from tap import say_all
from worlds import completions, make_files, make_world

HERE = Path(__file__).resolve().parent
GROUP = 8  # trees that are judged by the same rules in one run
RULES = 6
TRIES = 150  # changes of a world
TRIES_OF_LOST = 1000  # to find a world where what is unknown is something else
BATCH = 80  # trees a line of TAP
ORDERS_EACH = 5  # groups
LOSING_EACH = 3  # groups
ROUNDS = 3  # files of a tree that are lost, one at a time
LOST_EACH = 4  # groups: to seek what is lost takes long
FAILURES_SHOWN = 5


class Tree:
    def __init__(self, number):
        rng = random.Random(number)
        self.number = number
        self.world = make_world(rng, number)
        self.files = make_files(rng, self.world)
        self.root = "t%d" % number

    def write(self, folder, order):
        for region in self.world.scopes:
            (folder / self.root / self.world.account / region).mkdir(parents=True)
        for file in order(self.files):
            path = folder / self.root / file.path
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(file.made_of(self.world))


def scan(program, root, paths, *options):
    command = [program, "scan", "--no-builtin", "--rules", "rules", "-o", "json"]
    done = subprocess.run([*command, *options, *paths], cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2, 3) or not done.stdout:
        raise RuntimeError("status %d: %s" % (done.returncode, done.stderr.decode()))
    return done.stdout


def findings_of(report):
    """By rule, account and region: by (type, id) of the subject, None: of the scope."""
    found = {}
    for finding in json.loads(report)["findings"]:
        scope = finding["rule"], finding["account"], finding["region"]
        subject = finding.get("resource_type"), finding.get("resource")
        if subject[1] is None or subject[1] == "*":
            subject = subject[1]
        found.setdefault(scope, {})[subject] = finding
    return found


def is_within(values, fact):
    """Whether the fact may be each of these values."""
    low = float("-inf") if fact["at_least"] is None else fact["at_least"]
    high = float("inf") if fact["at_most"] is None else fact["at_most"]
    is_none = fact.get("none", False)
    for value in values:
        if value is None and is_none is False:
            return False
        if value is not None and (is_none is True or not low <= value <= high):
            return False
    return True


def untruths(rule, findings, truths):
    """`truths`: of a world; what the findings of the scope say that is not so there."""
    for subject, (results, facts) in truths.items():
        finding = findings.get(subject)
        if finding is None:
            if "*" not in findings:
                yield subject, "is there, and has no finding", None
            continue
        if finding["result"] not in ("unknown", *results) or (
            finding["result"] != "unknown" and len(results) > 1
        ):
            yield subject, finding["result"], results
        for name, values in facts.items():
            if not is_within(values, finding["facts"][name]):
                yield subject, {name: finding["facts"][name]}, values
    for subject, finding in findings.items():
        if subject not in truths and isinstance(subject, tuple) and finding["result"] != "unknown":
            yield subject, finding["result"], "it is not there"
    if not findings or (None in findings and truths):
        yield None, "no subject", sorted(truths)


class Tally:
    def __init__(self):
        self.verdicts = self.unknown = self.lost = 0
        self.examples = []


def untruth(rule, region, findings, worlds):
    """The first one that a world shows, as text."""
    for world in worlds:
        for wrong in untruths(rule, findings, rule.results(world, region)):
            return "%s %s\n    of %s\n    program: %s\n    may be: %s\n    in %s" % (
                (" ".join(rule.yaml().split()), region, *wrong, json.dumps(world.scopes[region]))
            )
    return None


def shared_results(rule, region, subject, worlds):
    """What the rule comes to for it in some worlds, until that is more than one thing."""
    kind, name = subject
    shared = set()
    for world in worlds:
        records = world.records(region, kind).values()
        record = next((each for each in records if each[ID[kind]] == name), None)
        shared |= rule.result_of(world, region, record)[0] if record else {"not there"}
        if len(shared) > 1:
            break
    return shared


def count_lost(rule, tree, region, findings, tally):
    for subject, finding in findings.items():
        if finding["result"] != "unknown" or not isinstance(subject, tuple):
            continue
        tally.unknown += 1
        rng = random.Random(tree.number)
        worlds = completions(rng, tree.world, tree.files, TRIES_OF_LOST)
        shared = shared_results(rule, region, subject, worlds)
        if len(shared) == 1 and shared.isdisjoint({"not there", "unknown"}):
            tally.lost += 1
            tally.examples.append((rule, region, finding, shared))


def disorder(program, trees, root, report):
    rng = random.Random(trees[0].number)
    (root / "again").mkdir()
    shutil.copytree(root / "rules", root / "again" / "rules")
    for tree in trees:
        tree.write(root / "again", lambda files: rng.sample(files, len(files)))
    for jobs in (1, 2, 4):
        paths = [tree.root for tree in trees]
        if scan(program, root / "again", paths[::-1], "--jobs=%d" % jobs) != report:
            yield "in another order, by %d threads, the report is another" % jobs


def is_wider(was, now):
    """Whether all is possible that was."""
    if was.get("none") is not None and now.get("none") not in (None, was["none"]):
        return False
    if was.get("none") is None and now.get("none") is not None:
        return False
    if was.get("none"):  # the maximum of nothing has no ends
        return True
    ends = [
        [float("-inf") if fact["at_least"] is None else fact["at_least"] for fact in (now, was)],
        [float("inf") if fact["at_most"] is None else fact["at_most"] for fact in (was, now)],
    ]
    return all(small <= large for small, large in ends)


def turns(before, after):
    """What no loss of evidence may do: `before` and `after`, the findings of a scope."""
    for subject, was in before.items():
        now = after.get(subject)
        if now is None:
            if "*" not in after and subject != "*":
                yield subject, was["result"], "gone"
            continue
        if now["result"] not in ("unknown", was["result"]):
            yield subject, was["result"], now["result"]
        for name, fact in was["facts"].items():
            if isinstance(subject, tuple) and not is_wider(fact, now["facts"][name]):
                yield subject, {name: fact}, now["facts"][name]


def is_alone(file, files):
    """Whether no other answer tells of the same records. Of several, the least that any of
    them tells is what there is at least, so that the loss of one may narrow that."""

    def overlaps(other):
        if (other.region, other.kind) != (file.region, file.kind):
            return False
        parents = file.parent or (None, None), other.parent or (None, None)
        return parents[0][0] != parents[1][0] or parents[0] == parents[1]

    return sum(overlaps(each) for each in files) == 1


def losses(program, trees, root, before):
    """Each tree loses a file, in part or as a whole."""
    rng = random.Random(trees[0].number)
    for _ in range(ROUNDS):
        lost = {}
        for tree in trees:
            files = [file for file in sorted_by_path(tree.files) if is_alone(file, tree.files)]
            if files:
                file = rng.choice(files)
                raw = file.made_of(tree.world)
                lost[tree.world.account] = root / tree.root / file.path, raw
                at = rng.choice([0, 0, rng.randrange(len(raw) or 1)])
                lost[tree.world.account][0].write_bytes(raw[:at])
        after = findings_of(scan(program, root, [tree.root for tree in trees]))
        for scope in before:
            for wrong in turns(before[scope], after.get(scope, {})):
                yield "%s loses %s: %s of %s was %s, is %s" % (
                    (scope[1], lost[scope[1]][0].name, scope[0], *wrong)
                )
        for path, raw in lost.values():
            path.write_bytes(raw)


def check(program, number, root, tally):
    """What is wrong with the trees of that group, as texts."""
    rng = random.Random("rules %d" % number)
    rules = [make_rule(rng, "r%d" % index) for index in range(RULES)]
    trees = [Tree(number * GROUP + index) for index in range(GROUP)]
    (root / "rules").mkdir(parents=True)
    for rule in rules:
        (root / "rules" / (rule.name + ".yaml")).write_text(rule.yaml())
    for tree in trees:
        tree.write(root, sorted_by_path)
    report = scan(program, root, [tree.root for tree in trees], "--jobs=1")
    found = findings_of(report)
    wrong = []
    for tree in trees:
        rng = random.Random("worlds %d" % tree.number)
        worlds = list(completions(rng, tree.world, tree.files, TRIES))
        for rule in rules:
            for region in tree.world.scopes:
                findings = found.get((rule.name, tree.world.account, region), {})
                tally.verdicts += sum(each["result"] != "unknown" for each in findings.values())
                said = untruth(rule, region, findings, worlds)
                if number % LOST_EACH == 0:
                    count_lost(rule, tree, region, findings, tally)
                if said:
                    wrong.append("tree %s: %s" % (tree.root, said))
    if number % LOSING_EACH == 0:
        wrong += losses(program, trees, root, found)
    if number % ORDERS_EACH == 0:
        wrong += disorder(program, trees, root, report)
    return wrong


def sorted_by_path(files):
    return sorted(files, key=lambda file: file.path)


def batch(program, groups, work):
    said, failures, tally = [], 0, Tally()
    for number in groups:
        root = work / str(number)
        wrong = check(program, number, root, tally)
        if not wrong:
            shutil.rmtree(root)
            continue
        failures += 1
        if failures <= FAILURES_SHOWN:
            said += ["trees are kept in %s" % root, *"\n".join(wrong).splitlines()]
    name = "trees %d to %d (%d verdicts; of %d unknown %d are lost)"
    first, last = groups[0] * GROUP, groups[-1] * GROUP + GROUP - 1
    return name % (first, last, tally.verdicts, tally.unknown, tally.lost), said


def main():
    program = os.path.abspath(os.environ.get("INVAUDIT", HERE.parent.parent / "build/invaudit"))
    work = Path(tempfile.mkdtemp(prefix="records-"))
    if len(sys.argv) > 2 and sys.argv[1] == "--tree":
        tally = Tally()
        number = int(sys.argv[2]) // GROUP
        print(*check(program, number, work / "all", tally), sep="\n")
        for rule, region, finding, results in tally.examples:
            print("lost:", rule.yaml(), region, finding["resource"], results, finding["facts"])
            print(*(reason["text"] for reason in finding["reasons"]), sep="\n")
        print("in %s" % work)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    groups = range(first // GROUP, (first + count + GROUP - 1) // GROUP)
    batches = [groups[start : start + BATCH // GROUP] for start in range(0, len(groups), BATCH // GROUP)]
    is_right = say_all(len(batches), (batch(program, each, work) for each in batches))
    if is_right:
        shutil.rmtree(work)
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
