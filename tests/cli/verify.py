#!/usr/bin/python3
"""Edits a report, and the evidence, each way that one value can be edited, and has each verified.

    verify.py report REPORT [EDITS]    values and digits of a JSON report, EDITS of each (100)
    verify.py files REPORT             a byte of each file that it has a digest of

Which are edited is the same in each run: they lie at even distances. Each must end with a status
that is not 0, and be named: a value by its code or a place in the report, a file by its path.
Runs where the report was written; what it changes is as before at the end.
"""

import copy
import json
import os
import re
import subprocess
import sys

PROGRAM = os.environ["INVAUDIT"]
EDITED = "edited.json"
# What says that a report is wrong, whatever is said.
NAMED = re.compile(r"^(counts|inputs-altered|rule-altered|catalog-altered|waivers-altered|altered|missing|new|finding|value) ")


def verify(report):
    done = subprocess.run(
        [PROGRAM, "verify", report], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def places(value, path=()):
    """Of each single value, and of each object and list."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, path + (key,))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, path + (number,))


def edits_of(value):
    """What one edit makes of a value; None: it is taken away."""
    yield None
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield value + 1
    elif isinstance(value, str):
        middle = len(value) // 2
        digit = re.search(r"[0-9]", value)
        if digit:
            other = str((int(digit[0]) + 1) % 10)
            yield value[: digit.start()] + other + value[digit.end() :]
        yield value[:middle] + ("x" if value[middle : middle + 1] != "x" else "y") + value[middle + 1 :]
    elif value is None:
        yield "1"
    elif isinstance(value, list):
        yield value + [value[0] if value else "x"]
        if len(value) > 1 and value[0] != value[1]:
            yield [value[1], value[0]] + value[2:]
    else:
        yield {**value, "added": 1}


def edited(report, path, new):
    report = copy.deepcopy(report)
    parent = report
    for step in path[:-1]:
        parent = parent[step]
    if new is None:
        del parent[path[-1]]
    else:
        parent[path[-1]] = new
    return report


def spread(items, count):
    """At most so many of them, at even distances."""
    return items if len(items) <= count else [items[i * len(items) // count] for i in range(count)]


def check(text, what):
    with open(EDITED, "w", encoding="utf-8") as file:
        file.write(text)
    status, out, err = verify(EDITED)
    named = any(NAMED.match(line) for line in out.splitlines()) if status == 1 else EDITED in err
    if status not in (1, 2) or not named:
        sys.exit(f"{what}: status {status}\n{out}{err}")


def check_report(path, count):
    text = open(path, encoding="utf-8").read()
    report = json.loads(text)
    status, out, err = verify(path)
    if status != 0:
        sys.exit(f"{path}: status {status} before any edit\n{out}{err}")
    every = [(place, new) for place in places(report) for new in edits_of(value_at(report, place))]
    for place, new in spread(every, count):
        check(json.dumps(edited(report, place, new)), f"{'/'.join(map(str, place))} made {json.dumps(new)[:80]}")
    digits = [match.start() for match in re.finditer(r"[0-9]", text)]
    for at in spread(digits, count):
        other = str((int(text[at]) + 1) % 10)
        check(text[:at] + other + text[at + 1 :], f"digit {at}, {text[max(at - 40, 0):at + 20]!r}, made {other}")
    os.remove(EDITED)
    print(f"{len(spread(every, count))} of {len(every)} values, {len(spread(digits, count))} of {len(digits)} digits")


def value_at(report, path):
    for step in path:
        report = report[step]
    return report


def check_files(path):
    report = json.load(open(path, encoding="utf-8"))
    paths = [source["path"] for source in report["evidence"] if source["sha256"]]
    for name in paths:
        before = open(name, "rb").read()
        at = len(before) // 2
        with open(name, "wb") as file:
            file.write(before[:at] + bytes([before[at] ^ 1] if before else [0x20]) + before[at + 1 :])
        status, out, err = verify(path)
        with open(name, "wb") as file:
            file.write(before)
        if status != 1 or f"altered          {name}: " not in out:
            sys.exit(f"{name}: status {status}\n{out}{err}")
    print(f"{len(paths)} files")


if __name__ == "__main__":
    if sys.argv[1] == "report":
        check_report(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 100)
    else:
        check_files(sys.argv[2])
