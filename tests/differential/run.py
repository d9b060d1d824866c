#!/usr/bin/env python3
"""Compares our JMESPath with jmespath.py, the one in the AWS CLI.  Prints TAP.

    run.py [COUNT [SEED]]       so many expressions (default: 3000 from seed 1)
    run.py --show SEED          one document and its expressions

DIFFERENTIAL_JMESPATH: the program that runs the expressions (jmespath.c).
What is compared is the printed result, so that numbers, escapes and the order of keys are
compared, too; and of an error its kind.  A part of the expressions is damaged.
"""

import json
import os
import random
import subprocess
import sys

from generate import Expressions, damaged, document
from oracle import DEPARTURES, search, search_unchanged

EXPRESSIONS_A_DOCUMENT = 25
DAMAGED_SHARE = 0.15
BATCH = 20  # documents a line of TAP
FAILURES_SHOWN = 10


def run(lines):
    program = os.environ["DIFFERENTIAL_JMESPATH"]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().split("\n")[:-1]


def printed(value):
    return "= " + json.dumps(value, ensure_ascii=False)


def agrees(kind, value, ours):
    if kind == "=":
        return ours == printed(value)
    return ours.startswith("!") and ours.split(": ")[0].split()[1] in value


def cases_of(seed):
    """A document, and expressions over it, as we write them and as jmespath.py does."""
    rng = random.Random(seed)
    value = document(rng)
    for _ in range(EXPRESSIONS_A_DOCUMENT):
        ours, theirs = Expressions(rng).top(value, rng.choice([1, 2, 3, 4]))
        if ours == theirs and rng.random() < DAMAGED_SHARE:
            ours = theirs = damaged(rng, ours)
        yield value, ours, theirs


def compare(seeds):
    lines, cases = [], []
    for seed in seeds:
        for number, (value, text, theirs) in enumerate(cases_of(seed)):
            if number == 0:
                lines.append([value])
            lines.append(text)
            cases.append((seed, value, text, theirs))
    answers = run(lines)
    assert len(answers) == len(cases), "%d answers to %d cases" % (len(answers), len(cases))
    for (seed, value, text, text_of_theirs), ours in zip(cases, answers):
        kind, theirs = search(text_of_theirs, value)
        yield seed, value, text, kind, theirs, ours


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def test(self, name, problems):
        self.count += 1
        self.failed += bool(problems)
        print("%s %d - %s" % ("not ok" if problems else "ok", self.count, name))
        for problem in problems[:FAILURES_SHOWN]:
            print("".join("#   %s\n" % line for line in problem.split("\n")), end="")
        sys.stdout.flush()


def departures(tap):
    lines = []
    for text, value, *_ in DEPARTURES:
        lines += [[value], text]
    for (text, value, theirs, ours, why), answer in zip(DEPARTURES, run(lines)):
        problems = []
        given = search_unchanged(text, value)
        if type(given) is not type(theirs) or given != theirs:
            problems.append("jmespath.py gives %r, not %r" % (given, theirs))
        expected = answer.split(": ")[0].split()[-1] if answer.startswith("!") else None
        if answer != printed(ours) and expected != ours:
            problems.append("ours is %s, not %r" % (answer, ours))
        kind, corrected = search(text, value)
        if not agrees(kind, corrected, answer):
            problems.append("the oracle says %s %r, not %s" % (kind, corrected, answer))
        tap.test("departure: %s of %s: %s" % (text, ascii(value), why), problems)


def main(arguments):
    if arguments[:1] == ["--show"]:
        for number, (value, text, _) in enumerate(cases_of(int(arguments[1]))):
            if number == 0:
                print(json.dumps(value, ensure_ascii=False))
            print(text)
        return 0
    count = int(arguments[0]) if arguments else 3000
    first = int(arguments[1]) if len(arguments) > 1 else 1
    tap = Tap()
    documents = -(-count // EXPRESSIONS_A_DOCUMENT)
    found = compared = 0
    print("1..%d" % (-(-documents // BATCH) + len(DEPARTURES) + 1))
    departures(tap)
    for start in range(first, first + documents, BATCH):
        problems = []
        end = min(start + BATCH, first + documents)
        for seed, value, text, kind, theirs, ours in compare(range(start, end)):
            compared += 1
            found += kind == "=" and theirs not in (None, [], {}, "")
            if not agrees(kind, theirs, ours):
                wanted = printed(theirs) if kind == "=" else "! %s" % theirs
                problems.append("document %d: %s\nof    %s\njmespath.py: %s\nours:        %s" %
                                (seed, text, json.dumps(value, ensure_ascii=False), wanted, ours))
        tap.test("documents %d to %d agree" % (start, end - 1), problems)
    share = found / compared
    tap.test("of %d expressions %d find something" % (compared, found), ["too few"] if share < 0.3 else [])
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
