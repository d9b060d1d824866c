#!/usr/bin/env python3
"""Checks the reports that other tests left in a folder.  Prints TAP.

    run.py FOLDER      FOLDER/TEST/.../*.json, and beside a report.json report.xml,
                       report.sarif, report.github, report.md, report.html,
                       report.csv, report.intoto and report.xlsx; beside an evidence.json
                       evidence.csv

In one process: starting Python and reading the schema costs more than a hundred reports.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from jsonschema import Draft4Validator

import github
import intoto
import junit
import markdown
import page
import sarif
import tables
from schema import Schemas, parse

FAILURES_SHOWN = 5
FILES_A_RUN = 500  # of xmllint

# What no report of these tests has, and why.
UNUSED = {
    "reason_code=documents": "a report of 65,536 documents takes minutes to check",
    "problem_code=documents": "the same",
    "reason_code=changed": "a file would have to change while it is read",
    "problem_code=changed": "the same",
}
# Where to look, if all these tests were run: else what is not used says nothing.
SOURCES = ("cli", "fixtures")


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = False

    def say(self, name, lines=()):
        self.number += 1
        lines = list(lines)
        self.failed = self.failed or bool(lines)
        print("not ok" if lines else "ok", self.number, "-", name, flush=True)
        for line in "\n".join(lines).splitlines():
            print("#", line)

    def skip(self, name, why):
        self.number += 1
        print("ok", self.number, "-", name, "# SKIP", why, flush=True)


def shortened(lines):
    lines = list(lines)
    more = len(lines) - FAILURES_SHOWN
    return [*lines[:FAILURES_SHOWN], "and %d more" % more] if more > 0 else lines


def check_json(schema, files):
    for file in files:
        try:
            report = parse(file.read_bytes())
        except ValueError as error:
            yield "%s: %s" % (file, error)
            continue
        for line in schema.mistakes(report):
            yield "%s: %s" % (file, line)


def check_junit(files):
    for file in files:
        report = parse(file.with_name("report.json").read_bytes())
        for line in junit.mistakes(file.read_bytes(), report):
            yield "%s: %s" % (file, line)


def check_sarif(files):
    for file in files:
        report = parse(file.with_name("report.json").read_bytes())
        for line in sarif.mistakes(parse(file.read_bytes()), report):
            yield "%s: %s" % (file, line)


def check_sarif_schema(path, files):
    validator = Draft4Validator(parse(path.read_bytes()))
    for file in files:
        for error in validator.iter_errors(parse(file.read_bytes())):
            yield "%s: %s: %s" % (file, error.json_path, error.message[:300])


def check_xsd(xsd, files):
    for start in range(0, len(files), FILES_A_RUN):
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema", xsd, *files[start : start + FILES_A_RUN]],
            capture_output=True,
            text=True,
            errors="backslashreplace",
            check=False,
        )
        if done.returncode != 0:
            yield from (line for line in done.stderr.splitlines() if "validates" not in line)


def check_xml(tap, name, files):
    tap.say("%s: %d JUnit reports say what the JSON says" % (name, len(files)), shortened(check_junit(files)))
    name = "%s: %d JUnit reports are as their schema says" % (name, len(files))
    xsd = Path(os.environ.get("SHARED", "")) / "schemas/junit-10.xsd"
    if not xsd.is_file():
        tap.skip(name, "%s is not there" % xsd)
    elif shutil.which("xmllint") is None:
        tap.skip(name, "no xmllint: make deps")
    else:
        tap.say(name, shortened(check_xsd(xsd, files)))


def check_alerts(tap, name, files):
    tap.say("%s: %d SARIF reports say what the JSON says, as GitHub takes it" % (name, len(files)), shortened(check_sarif(files)))
    name = "%s: %d SARIF reports are as their schema says" % (name, len(files))
    path = Path(os.environ.get("SHARED", "")) / "schemas/sarif-schema-2.1.0.json"
    if path.is_file():
        tap.say(name, shortened(check_sarif_schema(path, files)))
    else:
        tap.skip(name, "%s is not there" % path)


def check_statements(tap, name, files):
    lines = []
    for file in files:
        report = parse(file.with_name("report.json").read_bytes())
        lines += ["%s: %s" % (file, line) for line in intoto.mistakes(parse(file.read_bytes()), report)]
    tap.say("%s: %d Statements are as in-toto has them, and say what the JSON says" % (name, len(files)), shortened(lines))


def check_text(module):
    def check(tap, name, files):
        lines = []
        for file in files:
            report = parse(file.with_name("report.json").read_bytes())
            lines += ["%s: %s" % (file, line) for line in module.mistakes(file.read_bytes(), report)]
        tap.say("%s: %d reports of %s say what the JSON says" % (name, len(files), module.__name__), shortened(lines))

    return check


def check_table(wanted, mistakes_of):
    def check(tap, name, files):
        lines = []
        for file in files:
            report = parse(file.with_suffix(".json").read_bytes())
            lines += ["%s: %s" % (file, line) for line in mistakes_of(file.read_bytes(), report)]
        tap.say("%s: %d %s say what the JSON says" % (name, len(files), wanted), shortened(lines))

    return check


BESIDE = (
    ("report.xml", check_xml),
    ("report.sarif", check_alerts),
    ("report.github", check_text(github)),
    ("report.md", check_text(markdown)),
    ("report.html", check_text(page)),
    ("report.csv", check_table("tables of findings", tables.csv_mistakes)),
    ("evidence.csv", check_table("tables of evidence", tables.csv_mistakes)),
    ("report.intoto", check_statements),
    ("report.xlsx", check_table("workbooks", tables.xlsx_mistakes)),
)


def beside(test, name):
    """The reports of this name that are of a run whose JSON report is there."""
    return [file for file in sorted(test.rglob(name)) if file.with_suffix(".json").exists()]


def check_use(tap, schema, has_all):
    tap.say("the schema describes every key", schema.undescribed())
    name = "the reports use every key and word of the schema, except %d" % len(UNUSED)
    if not has_all:
        tap.skip(name, "not all tests left reports")
        return
    unused = set(schema.places()) - schema.used
    wrong = ["unused: %s" % place for place in sorted(unused - set(UNUSED))]
    wrong += ["used, so no exception: %s" % place for place in sorted(set(UNUSED) - unused)]
    tap.say(name, wrong)


def main():
    folder = Path(sys.argv[1])
    tap, schema = Tap(), Schemas()
    tests = sorted(path for path in folder.glob("*") if path.is_dir())
    for test in tests:
        files = sorted(test.rglob("*.json"))
        tap.say("%s: %d JSON reports are as the schema says" % (test.name, len(files)), shortened(check_json(schema, files)))
        for name, check in BESIDE:
            files = beside(test, name)
            if files:
                check(tap, test.name, files)
    check_use(tap, schema, {test.name for test in tests} >= set(SOURCES))
    print("1..%d" % tap.number)
    sys.exit(tap.failed)


if __name__ == "__main__":
    main()
