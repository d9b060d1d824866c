#!/usr/bin/env python3
"""Takes hostile text through every format of `scan`, `evidence` and `diff`.

    every_format.py FOLDER             makes FOLDER/evidence, FOLDER/rules and FOLDER/waivers.yaml
    every_format.py FOLDER PROGRAM     the same, and reports; prints what is wrong with them

The formats are those that --help lists: one that has no row in CHECKS is a mistake here.
The text stands wherever evidence, paths, rules or options may bring it in: names of files
and folders, ids, names of plans, tags, types, regions of ARNs, texts of errors, rules, waivers.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "reports"))
import intoto  # noqa: E402
import page  # noqa: E402

# Each has a mark of its own, so that it can be found again. "/" stays out of names.
HOSTILE = [
    "zq1\x1b[2J\x1b]0;owned\x07",
    "zq2\u202egnp.exe\u2066\u200b\u2028\u0085\ufeff",
    '=HYPERLINK("http://x.example","zq3")',
    "+zq4+cmd|' /C calc'!A0",
    "@SUM(zq5)",
    "-2+3+zq6",
    "]]>zq7<![CDATA[",
    "</script><script>ran('zq8')</script>",
    "<img src=x onerror=ran('zq9')>",
    "</style><svg onload=ran('zq10')>--><!--",
    "\" autofocus onfocus=\"ran('zq11')\" '",
    "::error::zq12",
    "\n::error file=x::zq13",
    "##vso[task.complete result=Failed;]zq14",
    "##[error]zq15, title",
    "zq16|a|b\\|c",
    "`zq17` ```sh",
    "[zq18](javascript:ran('zq18')) ![i](http://x.example/zq18.png)",
    "zq19\r\nSet-Cookie: a=b",
    "%0A::error::zq20",
    "javascript:ran('zq21')",
    "$(touch zq22) `touch zq22` '; touch zq22; '",
    "&lt;b&gt;zq23&amp; {{zq23}} ${zq23}",
    "\tzq24 \u001f \x7f",
    "@zq25 #1 https://x.example/zq25 <https://x.example>",
    "zq26\\u202e \\x1b",
]
ACCOUNT, REGION = "123456789012", "us-east-1"


# ---- evidence ----


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else json.dumps(text).encode())


def snapshot(text, n):
    return {
        "DBSnapshotIdentifier": "awsbackup:%s" % text if n % 2 else text,
        "DBInstanceIdentifier": text,
        "SnapshotType": "awsbackup" if n % 3 else text,
        "Engine": text,
        "Status": text,
        "DBSnapshotArn": "arn:aws:rds:%s:%s:snapshot:%s" % (REGION, ACCOUNT, text),
        "TagList": [{"Key": text, "Value": text}],
    }


def instance(text):
    return {
        "DBInstanceIdentifier": text,
        "DBInstanceArn": "arn:aws:rds:%s:%s:db:%s" % (REGION, ACCOUNT, text),
        "DBInstanceClass": text,
        "Engine": "mysql",
        "DBInstanceStatus": text,
        "TagList": [{"Key": text, "Value": text}],
    }


def plan(text):
    return {
        "BackupPlanId": text,
        "BackupPlanName": text,
        "VersionId": text,
        "BackupPlanArn": "arn:aws:backup:%s:%s:backup-plan:%s" % (REGION, ACCOUNT, text),
        "CreationDate": "2026-01-01T00:00:00Z",
    }


def selection(text):
    resources = {"SelectionName": text, "IamRoleArn": text, "Resources": ["*"],
                 "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": text, "ConditionValue": text}]}  # fmt: skip
    return {"BackupSelection": resources, "SelectionId": text, "BackupPlanId": text}


def denied(text):
    return (
        "\nAn error occurred (AccessDenied) when calling the DescribeDBSnapshots operation: User: "
        "arn:aws:sts::%s:assumed-role/%s/%s is not authorized to perform: rds:%s\n" % (ACCOUNT, text, text, text)
    ).encode()


def make_evidence(root):
    """A folder each, named by it, in one account and region; and the same within files."""
    home = root / ACCOUNT / REGION
    put(home / "rds-describe-db-snapshots.json", {"DBSnapshots": [snapshot(t, n) for n, t in enumerate(HOSTILE)]})
    put(home / "rds-describe-db-instances.json", {"DBInstances": [instance(t) for t in HOSTILE]})
    put(home / "backup-list-backup-plans.json", {"BackupPlansList": [plan(t) for t in HOSTILE]})
    for number, text in enumerate(HOSTILE):
        name = text.replace("/", "\u2215").encode()
        where = os.fsencode(root) + b"/1111111111%02d/eu-west-1/" % number
        os.makedirs(where + name)
        put(home / ("backup-get-backup-selection--%d.json" % number), selection(text))
        for path, content in (
            (where + name + b"/rds-describe-db-snapshots.json", {"DBSnapshots": [], "NextToken": text}),
            (where + b"rds-describe-db-instances-" + name + b".json", b'{"DBInstances": ['),
            (where + b"rds-describe-db-clusters.json", b""),
            (where + b"rds-describe-db-clusters.json.err", denied(text)),
            (where + b"backup-list-backup-plans.json", denied(text)),
            (where + b"noise-" + name, text.encode()),
            (where + b"other-" + name + b".json", {text: text}),
        ):
            put(Path(os.fsdecode(path)), content)
        put(Path(os.fsdecode(os.fsencode(root) + b"/unplaced-%d-" % number + name + b"/rds-describe-db-snapshots.json")),
            {"DBSnapshots": [dict(snapshot(text, 0), DBSnapshotArn="arn:aws:rds:%s:%s:snapshot:x" % (text, text))]})  # fmt: skip
    # a path whose folders make a tag together, and one that is no UTF-8
    put(root / "222222222222" / "us-east-1" / "<" / "script>ran('path')<" / "script>" / "rds-describe-db-snapshots.json", b"[")
    put(Path(os.fsdecode(os.fsencode(root) + b"/222222222222/us-west-2/\xff\xc0/rds-describe-db-snapshots.json")), b"{}")


def make_rules(folder):
    words = " ".join(HOSTILE)
    text = json.dumps(words)  # YAML reads a JSON string as one
    message = re.sub(r"[\r\n]", " ", words).replace("{", "(").replace("}", ")")  # it is one line
    outcome = json.dumps(message + " {snapshots}")
    put(folder / "hostile-rule.yaml", (
        "format: 1\nid: hostile-rule\ntitle: %s\nunknown: %s\nseverity: low\npillar: %s\nservices: [%s]\ndescription: %s\n"
        "rationale: %s\naudit: %s\nremediation: %s\nreferences: [%s, \"javascript:ran('zq21')\"]\nfor_each: region\n"
        "facts:\n  snapshots: { from: \"AWS::RDS::DBSnapshot\" }\noutcomes:\n"
        "  - { result: pass, when: \"snapshots > `0`\", message: %s }\n  - { result: fail, message: %s }\n"
        % (text, outcome, text, text, text, text, text, text, text, outcome, outcome)
    ).encode())  # fmt: skip
    # findings that are named by what evidence says, and nothing else
    put(folder / "hostile-records.yaml", (
        "format: 1\nid: hostile-records\ntitle: t\nseverity: extreme\nfor_each: \"AWS::RDS::DBInstance\"\noutcomes:\n"
        "  - { result: pass, when: \"resource.Engine == 'none'\", message: no }\n"
        "  - { result: fail, message: \"{resource.DBInstanceIdentifier}\" }\n"
    ).encode())  # fmt: skip


def make_waivers(file):
    """Every other record's, and as many of records that there are not."""
    lines = ["format: 1", "waivers:"]
    for number, text in enumerate(HOSTILE):
        word = json.dumps(text)
        resource = json.dumps("*" + text if number % 2 else "none " + text)
        lines.append(
            '  - { rule: hostile-records, account: "%s", resource: %s, reason: %s, owner: %s, expires: 2026-12-31,'
            " approved_by: %s, ticket: %s }" % (ACCOUNT, resource, word, word, word, word)
        )
    file.write_text("\n".join(lines) + "\n")


# ---- what must not be there ----

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def of_bytes(data, allowed=""):
    """Of any text: a terminal that shows it, and a CI system whose log it is in, only show it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield "is no UTF-8: %s" % error
        return
    for found in CONTROLS.finditer(text):
        if found[0] not in allowed:
            yield "has the character U+%04X: %r" % (ord(found[0]), text[max(0, found.start() - 30) : found.end() + 10])
            return
    if "\r" in text and "\r" not in allowed:
        yield "has a carriage return"
    for found in re.finditer(r"##\[|##vso\[", text, re.IGNORECASE):
        yield "has the command %r" % text[found.start() : found.end() + 20]


def of_lines(data):
    for line in data.decode("utf-8", "replace").split("\n"):
        if line.lstrip().startswith("::"):
            yield "has the command %r" % line[:60]


def check_text(data):
    yield from of_bytes(data)
    yield from of_lines(data)


def check_json(data):
    yield from of_bytes(data)
    yield from of_lines(data)
    report = json.dumps(json.loads(data), ensure_ascii=False)
    for text in HOSTILE:
        if json.dumps(text, ensure_ascii=False)[1:-1] not in report:
            yield "does not say exactly %r" % text


def check_junit(data):
    yield from of_bytes(data)
    yield from of_lines(data)
    known = {"testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped",
             "system-out", "system-err"}  # fmt: skip
    for element in ElementTree.fromstring(data).iter():
        if element.tag not in known:
            yield "has an element %s" % element.tag


def check_html(data):
    yield from of_bytes(data)
    yield from of_lines(data)
    found = page.Page(data.decode())
    yield from page.of_form(found)
    for node in found.root.walk():
        for name in node.attributes:
            if name.startswith("on"):
                yield "<%s> has %s" % (node.tag, name)


def check_csv(data):
    if not data.startswith(b"\xef\xbb\xbf"):
        yield "has no byte order mark"
    text = data.decode("utf-8-sig")
    yield from of_bytes(text.encode(), allowed="\r")
    if re.search(r"\r(?!\n)|(?<!\r)\n", text):
        yield "has a line end that is not CR LF"
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows:
        if len(row) != len(rows[0]):
            yield "has rows of %d and of %d cells" % (len(rows[0]), len(row))
        for cell in row:
            if re.match(r"[=+@\t\r]|-(?!$)", cell):
                yield "has a formula: %r" % cell[:60]


def check_xlsx(data):
    book = zipfile.ZipFile(io.BytesIO(data))
    for name in book.namelist():
        part = book.read(name)
        if name.endswith((".xml", ".rels")):
            yield from ("%s %s" % (name, line) for line in of_bytes(part, allowed="\r"))
            for element in ElementTree.fromstring(part).iter():
                if element.tag.endswith("}f") and "HYPERLINK" not in (element.text or ""):
                    yield "%s has a formula %s" % (name, element.text)
                target = element.get("Target", "")
                if element.get("TargetMode") == "External" and not target.startswith("https://"):
                    yield "%s has a link to %s" % (name, target)


def check_state(data):
    """For a program of the same version alone: lines of JSON, without control characters."""
    if re.search(rb"[\x00-\x09\x0b-\x1f]", data):
        yield "has a control character"
    for line in data.decode().split("\n")[:-1]:
        json.loads(line)


def check_github(data):
    """Each line is one command of the program's own."""
    yield from of_bytes(data)
    for line in data.decode().splitlines():
        if not re.match(r"::(error|warning|notice)( [a-zA-Z]+=[^,:\r\n]*(,[a-zA-Z]+=[^,:\r\n]*)*)?::", line):
            yield "has the line %r" % line[:80]


def without_code(line):
    """A line of Markdown without its code spans, in which nothing means anything."""
    return re.sub(r"(?<!\\)(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", line)


def check_markdown(data):
    yield from of_bytes(data)
    yield from of_lines(data)
    fenced = None
    for line in data.decode().split("\n"):
        fence = re.match(r" *(`{3,}|~{3,})", line)
        if fenced is not None:
            fenced = None if fence and fence[1].startswith(fenced) else fenced
            continue
        if fence:
            fenced = fence[1]
            continue
        plain = re.sub(r"\\[!-/:-@\[-`{-~]", "", without_code(line))
        for tag in re.findall(r"<[a-zA-Z/!?][^>]*>?", plain):
            if not re.match(r"</?(details|summary|sub|br|b|code|pre)\s*/?>|<!-- -->", tag):
                yield "has the tag %r" % tag[:60]
        for target in re.findall(r"\]\(([^)]*)", plain):
            if not re.match(r"https://|#", target):
                yield "has a link to %r" % target[:60]
        if re.search(r"(?<![\w`])@zq", plain.replace("@<!-- -->", "")):
            yield "calls a user: %r" % line[:80]
    if fenced is not None:
        yield "has a block of code that does not end"


def check_sarif(data):
    yield from of_bytes(data)
    yield from of_lines(data)

    def walk(value, key=""):
        if isinstance(value, dict):
            for name, item in value.items():
                yield from walk(item, name)
        elif isinstance(value, list):
            for item in value:
                yield from walk(item, key)
        elif key in ("uri", "helpUri") and not re.match(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+\Z", value):
            yield "has the uri %r" % value[:80]
        elif key in ("uri", "helpUri") and re.match(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:", value):
            yield "has the uri %r" % value[:80]

    report = json.loads(data)
    yield from walk(report)
    for run in report["runs"]:
        said = run["results"] + [told for call in run["invocations"] for told in call["toolExecutionNotifications"]]
        for message in (one["message"]["text"] for one in said):
            if re.search(r"\[[^\]]*\]\(", message):
                yield "has a message with a link: %r" % message[:80]


def check_intoto(data):
    yield from of_bytes(data)
    yield from of_lines(data)
    statement = json.loads(data)
    yield from intoto.form_mistakes(statement)
    # a name is what a policy compares
    names = json.dumps([subject["name"] for subject in statement["subject"]], ensure_ascii=False)
    for text in HOSTILE:
        if json.dumps(text.replace("/", "\u2215"), ensure_ascii=False)[1:-1] not in names:
            yield "does not name exactly %r" % text


def check_script(data, folder):
    """Run where no call succeeds, it runs nothing else."""
    yield from of_bytes(data)
    place = folder / "script"
    shutil.rmtree(place, ignore_errors=True)
    (place / "bin").mkdir(parents=True)
    (place / "ask.sh").write_bytes(data)
    (place / "bin/aws").write_text("#!/bin/sh\nexit 254\n")
    (place / "bin/aws").chmod(0o755)
    checked = subprocess.run(["sh", "-n", "ask.sh"], cwd=place, capture_output=True, check=False)
    if checked.returncode != 0:
        yield "is no shell script: %s" % checked.stderr.decode("utf-8", "replace")
    environment = dict(os.environ, PATH="%s:%s" % (place / "bin", os.environ["PATH"]))
    subprocess.run(["sh", "ask.sh"], cwd=place, env=environment, stdin=subprocess.DEVNULL,
                   capture_output=True, timeout=60, check=False)  # fmt: skip
    for path in place.rglob("zq22*"):
        yield "runs what evidence says: %s" % path


CHECKS = {
    "text": check_text,
    "list": check_text,
    "json": check_json,
    "junit": check_junit,
    "html": check_html,
    "csv": check_csv,
    "xlsx": check_xlsx,
    "github": check_github,
    "markdown": check_markdown,
    "sarif": check_sarif,
    "intoto": check_intoto,
    "script": check_script,
    "state": check_state,
}


# ---- all of them ----


def formats_of(program, command):
    """The first words of the rows below "formats:"."""
    text = subprocess.run([program, command, "--help"], capture_output=True, text=True, check=True).stdout
    rows = re.search(r"^formats:\n((?:[ \t].*\n?)+)", text, re.MULTILINE | re.IGNORECASE)
    return re.findall(r"^ {2}([a-z][a-z0-9-]*)", rows[1], re.MULTILINE) if rows else []


def shows(data, name):
    """The hostile text did come so far: else nothing was shown."""
    if name == "xlsx":
        book = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(book.read(part) for part in book.namelist())
    return b"zq" in data


def check(program, command, folder):
    formats = formats_of(program, command)
    if not {"text", "json"} <= set(formats):
        yield "%s: --help lists the formats %s" % (command, formats)
    words = ["--as-of", "2026-03-10", "--exclude", HOSTILE[8], "--rules", "rules", "--waivers", "waivers.yaml"]
    if command == "scan":
        words += ["--matrix", "--show", "all"]
    for name in formats:
        if name not in CHECKS:
            yield "%s: nobody says what a report as %s must not hold: add a row to CHECKS" % (command, name)
            continue
        file = folder / ("%s.%s" % (command, name))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
        done = subprocess.run([program, command, *words, "-o", "%s=%s" % (name, file), "evidence"],
                              cwd=folder, env=environment, capture_output=True, check=False)  # fmt: skip
        if name == "xlsx" and done.returncode in (2, 4) and not file.exists():
            continue  # without its library there is none, which other tests look at
        if done.returncode not in (0, 1, 3) or not file.exists():
            yield "%s: as %s: status %d: %s" % (command, name, done.returncode, done.stderr.decode("utf-8", "replace"))
            continue
        data = file.read_bytes()
        if not shows(data, name) and name != "script":
            yield "%s: as %s: shows none of the text" % (command, name)
        found = CHECKS[name](data, folder) if name == "script" else CHECKS[name](data)
        yield from ("%s: as %s: %s" % (command, name, line) for line in found)


RESULTS = ("pass", "fail", "unknown", "not_applicable", "waived")


def check_diff(program, folder):
    """Of the scan's report and one in which each result is another, half of the findings are not
    there, and every digest and option differs."""
    report = json.loads((folder / "scan.json").read_bytes())
    for number, finding in enumerate(report["findings"]):
        finding["result"] = RESULTS[(RESULTS.index(finding["result"]) + 1 + number % 4) % 5]
    report["findings"] = [one for number, one in enumerate(report["findings"]) if number % 2]
    for source in report["evidence"]:
        source["sha256"] = source["sha256"] and "0" * 64
    for number, rule in enumerate(report["rules"]):
        rule["id"] += HOSTILE[number % len(HOSTILE)] if number % 2 else ""
        rule["title"] = " ".join(HOSTILE)
    report["settings"].update(as_of=" ".join(HOSTILE), select=HOSTILE, later={text: text for text in HOSTILE})
    report["settings"].update({text: True for text in HOSTILE[:20]})
    report["tool"]["version"] = HOSTILE[0]
    old = "old-%s.json" % HOSTILE[1]
    (folder / old).write_text(json.dumps(report), encoding="utf-8")
    for name in formats_of(program, "diff"):
        file = folder / ("diff.%s" % name)
        for words in ([old, "scan.json"], ["scan.json", old]):
            done = subprocess.run([program, "diff", "-o", "%s=%s" % (name, file), *words],
                                  cwd=folder, capture_output=True, check=False)  # fmt: skip
            if done.returncode not in (0, 1):
                yield "diff: as %s: status %d: %s" % (name, done.returncode, done.stderr.decode("utf-8", "replace"))
                continue
            data = file.read_bytes()
            if not shows(data, name):
                yield "diff: as %s: shows none of the text" % name
            if name == "json":
                json.loads(data)
                found = [*of_bytes(data), *of_lines(data)]
            else:
                found = CHECKS[name](data)
            yield from ("diff: as %s: %s" % (name, line) for line in found)


def main():
    folder = Path(sys.argv[1])
    make_evidence(folder / "evidence")
    make_rules(folder / "rules")
    make_waivers(folder / "waivers.yaml")
    if len(sys.argv) < 3:
        return
    program = os.path.abspath(sys.argv[2])
    wrong = [line for command in ("scan", "evidence") for line in check(program, command, folder)]
    wrong += check_diff(program, folder)
    for line in wrong[:60]:
        print(line.encode("ascii", "backslashreplace").decode())
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
