"""Makes every call of the program to the system fail, one after the other, and sees that
no run ends badly. Prints TAP.

    run.py PROGRAM LIBRARY [SHARE]      about one run in SHARE only (1: all, and counts)

LIBRARY is faults.c. For each command line, each kind of call and each way to fail, the
first call fails, then the second, till there are no more: once alone, and once with all
that follow. After each run:

- it ended by itself, within LIMIT seconds, with a documented status;
- with status 2 or 4 standard error says why;
- a file for a report holds what it held, or a whole report; nothing is beside it;
- the report gives no verdict that the run without a fault does not give: each finding is
  the same or unknown, or is not there, and the status is then not 0;
- what changes nothing (a short read, an interrupted call) changes no byte, and what says
  something of the machine (no memory, no descriptor) ends in status 4 or changes no byte.

Nothing is left to chance: the same program gives the same lines.
"""
import collections
import errno
import itertools
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zlib

LIMIT = 30  # seconds
FAILURES_SHOWN = 5

ANSWER = "rds-describe-db-snapshots.json"


def answer(account, region, managed=True, more=""):
    """One snapshot."""
    name, kind = ("awsbackup:job-1", "awsbackup") if managed else ("mine", "manual")
    return ('{"DBSnapshots": [{"DBSnapshotIdentifier": "%s", "SnapshotType": "%s",\n'
            ' "Engine": "postgres", "Status": "available",\n'
            ' "DBSnapshotArn": "arn:aws:rds:%s:%s:snapshot:%s"}]%s}\n' %
            (name, kind, region, account, name, more)).encode()


RULE = """format: 1
id: Mine-001
title: There are snapshots
severity: low
for_each: region
facts:
  snapshots: { from: "AWS::RDS::DBSnapshot", where: "matches(DBSnapshotIdentifier, '^[a-z]')" }
outcomes:
  - { result: pass, when: "snapshots > `0`", message: "{snapshots}" }
  - { result: fail, message: "none" }
tests:
  - { name: one, evidence: { "AWS::RDS::DBSnapshot": [{ DBSnapshotIdentifier: a }] }, expect: pass }
  - { name: none, evidence: { "AWS::RDS::DBSnapshot": [] }, expect: fail }
  - { name: not known, evidence: {}, expect: unknown }
"""

def tree():
    """What each run works on: `mixed` has each verdict, and files of each use; `good` ends
    in status 0, so that a 1 or a 3 would show."""
    one, other = "123456789012", "210987654321"
    mixed, good = f"mixed/{one}", f"good/{other}"
    return {
        f"{mixed}/us-east-1/{ANSWER}": b'{"DBSnapshots": []}\n',
        f"{mixed}/eu-west-1/{ANSWER}": answer(one, "eu-west-1"),
        f"{mixed}/eu-west-2/{ANSWER}": b"",
        f"{mixed}/eu-west-2/{ANSWER}.err": b"An error occurred\n",
        # two pages, of which the last has what counts
        f"{mixed}/eu-west-3/{ANSWER}":
            answer(one, "eu-west-3", managed=False, more=', "Marker": "more"'),
        f"{mixed}/eu-west-3/more/answer": answer(one, "eu-west-3"),
        f"{mixed}/eu-north-1/notes.txt": b"no evidence\n",
        f"{good}/us-east-1/{ANSWER}": answer(other, "us-east-1"),
        f"{good}/eu-west-1/{ANSWER}":
            answer(other, "eu-west-1").decode().encode("utf-16"),
        f"{good}/iam.txt": b"no evidence\n",
        "rules/Mine-001.yaml": RULE.encode(),
    }


INPUT = f"mixed/123456789012/eu-west-1/{ANSWER}"


class Command:
    """A command line, and what its report is checked as."""

    def __init__(self, name, arguments, form=None, file=None, standard_input=None):
        self.name, self.arguments, self.form, self.file = name, arguments, form, file
        self.standard_input = standard_input

    @property
    def judges(self):
        return self.arguments[0] == "scan"


def commands():
    suffix = {"text": "txt", "json": "json", "junit": "xml"}
    show = ["scan", "-j1", "--show", "all"]
    for tree in ["mixed", "good"]:
        for form in suffix:
            yield Command(f"scan {tree}, {form}", [*show, "-o", form, tree], form)
    for form, ending in suffix.items():
        for name, file in [("a new file", f"out/new.{ending}"),
                           ("an old file", f"out/old.{ending}"),
                           ("a link's file", "out/link")]:
            yield Command(f"scan mixed, {form} to {name}",
                          [*show, "-qq", "-o", f"{form}={file}", "mixed"], form, file)
    yield Command("scan mixed, three reports",
                  [*show, "-qq", "-o", "text=out/old.txt", "-o", "junit=out/old.xml",
                   "-o", "json=out/new.json", "mixed"], "json", "out/new.json")
    yield Command("scan with rules and three threads",
                  ["scan", "-j3", "--rules", "rules", "--expect-regions",
                   "us-east-1,eu-west-1", "--exclude", "*.bak", "--path-pattern",
                   "(?<region>[a-z]+-[a-z]+-[0-9])", "-o", "json", "mixed", "good"], "json")
    yield Command("scan of standard input", ["scan", "-o", "json", "-"], "json",
                  standard_input=INPUT)
    yield Command("evidence, text", ["evidence", "-j1", "mixed"])
    yield Command("evidence, json to a file",
                  ["evidence", "-j1", "-o", "text", "-o", "json=out/old.json", "mixed"],
                  "json", "out/old.json")
    for command in ["list", "show", "check", "test"]:
        yield Command(f"rules {command}", ["rules", command])
        yield Command(f"rules {command} FOLDER", ["rules", command, "rules"])
    yield Command("query", ["query", "DBSnapshots[].[Engine, Status]", INPUT, INPUT])
    yield Command("query of standard input", ["query", "-r", "DBSnapshots[0].Engine"],
                  standard_input=INPUT)


MACHINE = [errno.ENOMEM, errno.EMFILE, errno.ENFILE]
ONCE, ON = "once", "from then on"
# What each call can fail with, and how often.
FAULTS = [
    ("allocate", [errno.ENOMEM], [ONCE, ON]),
    ("read", [errno.EIO, errno.ENOMEM, "changed"], [ONCE, ON]),
    ("read", [errno.EINTR], [ONCE]),
    ("read", ["short"], [ONCE, ON]),
    ("write", [errno.EIO, errno.ENOSPC], [ONCE, ON]),
    ("write", [errno.EINTR, errno.EAGAIN], [ONCE]),
    ("write", ["short"], [ONCE, ON]),
    ("open", [errno.EACCES, errno.EIO, errno.ENOSPC, *MACHINE], [ONCE, ON]),
    ("open-folder", [errno.EACCES, *MACHINE], [ONCE, ON]),
    ("list", [errno.EIO, errno.ENOMEM, "untold"], [ONCE, ON]),
    ("stat", [errno.EIO, errno.EACCES, errno.ENOMEM], [ONCE, ON]),
    ("access", [errno.EIO, errno.EACCES], [ONCE, ON]),
    ("readlink", [errno.EIO], [ONCE, ON]),
    ("close", [errno.EIO, errno.EINTR], [ONCE, ON]),
    ("sync", [errno.EIO, errno.ENOSPC], [ONCE, ON]),
    ("sync", [errno.EINTR], [ONCE]),
    ("chmod", [errno.EPERM], [ONCE, ON]),
    ("link", [errno.EPERM, errno.ENOSPC], [ONCE, ON]),
    ("rename", [errno.EIO, errno.ENOSPC], [ONCE, ON]),
    ("thread", [errno.EAGAIN], [ONCE, ON]),
    ("random", [errno.ENOSYS, errno.EAGAIN], [ONCE, ON]),
]
HARMLESS = ["short", "untold", errno.EINTR]


def is_harmless(call, kind):
    return kind in HARMLESS or (call, kind) in [("write", errno.EAGAIN),
                                                ("thread", errno.EAGAIN)]


# ---- a run -----------------------------------------------------------------------------


def prepare(folder):
    for path, text in tree().items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text)


OLD = {"old.txt": b"old\n", "old.json": b"old\n", "old.xml": b"old\n", "target": b"old\n"}


def prepare_out(folder):
    out = os.path.join(folder, "out")
    if os.path.isdir(out):
        shutil.rmtree(out)
    os.mkdir(out)
    for name, text in OLD.items():
        with open(os.path.join(out, name), "wb") as file:
            file.write(text)
    os.symlink("target", os.path.join(out, "link"))


class Result:
    def __init__(self, status, output, complaint, files):
        self.status, self.output, self.complaint = status, output, complaint
        self.files = files


def read_out(folder):
    files = {}
    for name in os.listdir(os.path.join(folder, "out")):
        path = os.path.join(folder, "out", name)
        if name != "link" or not os.path.islink(path):
            with open(path, "rb") as file:
                files[name] = file.read()
    return files


def run(program, folder, command, environment, pass_fds=()):
    """None: it did not end."""
    prepare_out(folder)
    path = command.standard_input or "/dev/null"
    with open(os.path.join(folder, path), "rb") as standard_input:
        try:
            done = subprocess.run([program, *command.arguments], cwd=folder,
                                  env=environment, pass_fds=pass_fds, timeout=LIMIT,
                                  stdin=standard_input, capture_output=True, check=False)
        except subprocess.TimeoutExpired:
            return None
    return Result(done.returncode, done.stdout, done.stderr, read_out(folder))


def run_faulty(setting, folder, command, fault, at):
    """The result, and whether there was such a call."""
    program, library = setting
    call, kind, mode = fault
    ends = os.pipe2(os.O_NONBLOCK)
    environment = {**ENVIRONMENT, "LD_PRELOAD": library, "FAULT_CALL": call,
                   "FAULT_KIND": str(kind), "FAULT_AT": str(at),
                   "FAULT_ON": "1" if mode == ON else "0", "FAULT_TOLD": str(ends[1])}
    result = run(program, folder, command, environment, [ends[1]])
    os.close(ends[1])
    was_hit = os.read(ends[0], 1) != b""
    os.close(ends[0])
    return result, was_hit


ENVIRONMENT = {"LC_ALL": "C", "PATH": os.environ.get("PATH", "")}

# ---- what is wrong with it -------------------------------------------------------------


def verdicts_of_text(text):
    """A line an account, with all of its regions of which the same is said."""
    found = {}
    for line in text.decode().splitlines():
        match = re.match(r"(PASS|FAIL|UNKNOWN) +(\d{12}|-)  (.+)$", line)
        if match:
            for region in re.split(r",? ", match[3]):
                found[match[2] + " " + region] = match[1].lower()
    return found


def verdicts_of_json(text):
    return {finding["rule"] + " " + str(finding["account"]) + " " + str(finding["region"]):
            finding["result"] for finding in json.loads(text)["findings"]}


def verdicts_of_junit(text):
    found = {}
    for case in ElementTree.fromstring(text).iter("testcase"):
        results = [child.tag for child in case]
        verdict = {"failure": "fail", "error": "unknown"}.get(results[0] if results else "",
                                                             "pass")
        if case.get("classname") != "evidence":
            found[case.get("classname") + " " + case.get("name")] = verdict
    return found


VERDICTS_OF = {"text": verdicts_of_text, "json": verdicts_of_json, "junit": verdicts_of_junit}
FORMS = {".txt": "text", ".json": "json", ".xml": "junit"}


def is_whole(form, text):
    try:
        if form == "json":
            json.loads(text)
        elif form == "junit":
            ElementTree.fromstring(text)
        else:
            return bool(re.search(rb"\(status \d: [^()]*\)\n\Z", text))
    except (ValueError, ElementTree.ParseError):
        return False
    return text.endswith(b"\n")


def report_of(command, result):
    """None: there is none."""
    if command.file is None:
        return result.output or None
    name = os.path.basename(command.file)
    text = result.files.get("target" if name == "link" else name)
    return None if text == OLD.get("target") else text


def wrong_files(command, whole, result):
    for name, text in result.files.items():
        if name == "link":
            yield "the link was replaced"
        elif name not in whole.files:
            yield f"'{name}' is left behind"
        elif text not in (OLD.get(name), whole.files[name]):
            form = FORMS.get(os.path.splitext(name)[1], command.form)
            if not is_whole(form, text):
                yield f"half a report in '{name}': {text[-60:]!r}"
    for name in OLD:
        if name not in result.files:
            yield f"'{name}' is gone"


def wrong_verdicts(command, fault, at, whole, result):
    expected = VERDICTS_OF[command.form](report_of(command, whole))
    report = report_of(command, result)
    if result.status == 4 or report is None:
        return
    found = VERDICTS_OF[command.form](report)
    for finding, verdict in found.items():
        if verdict not in ("unknown", expected.get(finding)):
            yield f"{finding}: {verdict}, not {expected.get(finding)}"
    if result.status == 0 and found != expected:
        yield f"status 0 with the findings {found}"
    if result.status == 1 and "fail" not in found.values():
        yield f"status 1 with the findings {found}"
    if fault == ("read", "changed", ON) and at == 1:
        if result.status in (0, 1) or b"while it was read" not in b" ".join(report.split()):
            yield f"what changed while it was read is judged: {found}"


def wrong_others(command, _fault, _at, whole, result):
    """What gives no verdicts: its status is one, and what it prints."""
    if result.status == whole.status and command.arguments[0] != "evidence":
        if result.output != whole.output:
            yield "the status is as without the fault, but not what is printed"
    if result.status == 1:
        yield "status 1: something does not hold"
    if result.status == 0 and result.output != whole.output:
        yield "status 0, but not what is printed without the fault"
    if command.arguments[0] == "query" and not whole.output.startswith(result.output):
        yield f"not the beginning of what it prints: {result.output[:60]!r}"


def wrong(command, fault, at, whole, result):
    call, kind, _ = fault
    if result is None:
        yield f"it did not end in {LIMIT} s"
        return
    is_same = (result.status, result.output, result.files) == (
        whole.status, whole.output, whole.files)
    if not 0 <= result.status <= 4:
        yield f"it ended with status {result.status}: {result.complaint[-200:]!r}"
        return
    if result.status in (2, 4) and not result.complaint.startswith(b"invaudit: ") and (
            call != "write"):
        yield f"status {result.status} without a word: {result.complaint!r}"
    yield from wrong_files(command, whole, result)
    if is_harmless(call, kind) and not is_same:
        yield f"it changes what it gives: status {result.status} {result.complaint[:200]!r}"
    if kind in MACHINE and not is_same and result.status != 4:
        yield f"the machine failed, with status {result.status}: {result.complaint[:200]!r}"
    yield from (wrong_verdicts if command.judges else wrong_others)(
        command, fault, at, whole, result)


# ---- all of them -----------------------------------------------------------------------


def kind_name(kind):
    return kind if isinstance(kind, str) else errno.errorcode[kind]


def try_one(task):
    """(number of runs, what was wrong): of one command line and one fault, each call."""
    setting, folder_of_all, step, command, fault = task
    folder = os.path.join(folder_of_all, str(os.getpid()))
    if not os.path.isdir(folder):
        prepare(folder)
    if command.name not in WHOLE:
        WHOLE[command.name] = run(setting[0], folder, command, ENVIRONMENT)
    whole = WHOLE[command.name]
    failures = []
    runs = 0
    first = at = 1 + number_of(command, fault) % step
    while True:
        result, was_hit = run_faulty(setting, folder, command, fault, at)
        if not was_hit:
            break
        runs += 1
        for text in wrong(command, fault, at, whole, result):
            failures.append(f"call {at}: {text}")
        # some commands make 100,000 such calls: of a share, ever fewer of them
        at += step if step == 1 else max(step, (at - first) // 2)
    return runs, failures


WHOLE = {}  # of each command, in each process: what it gives without a fault


def number_of(command, fault):
    """The same each time, and else as good as any."""
    return zlib.crc32(f"{command.name} {fault}".encode())


def tasks(setting, folder, share):
    """Of a share, a fourth of the faults, and of each a few calls."""
    only = os.environ.get("FAULTS_ONLY", "")  # to look at some: "scan mixed, json: read"
    for command in commands():
        for call, kinds, modes in FAULTS:
            for kind, mode in itertools.product(kinds, modes):
                fault = call, kind, mode
                if only in f"{command.name}: {call}" and (
                        share == 1 or number_of(command, fault) // share % 4 == 0):
                    yield setting, folder, max(1, share // 4), command, fault


def print_test(number, command, fault, runs, failures):
    call, kind, mode = fault
    print(f"{'not ok' if failures else 'ok'} {number} - {command.name}: {call} "
          f"{kind_name(kind)} {mode}: {runs} runs")
    for text in failures[:FAILURES_SHOWN]:
        print(f"# {text}")
    if len(failures) > FAILURES_SHOWN:
        print(f"# and {len(failures) - FAILURES_SHOWN} more")


def print_counts(counts, passed, failed):
    for call, runs in sorted(counts.items()):
        print(f"{call:12} {runs:7} calls failed")
    print(f"{'in all':12} {sum(counts.values()):7}")
    print(f"{passed} passed, {failed} failed")


def main():
    setting = [os.path.abspath(path) for path in sys.argv[1:3]]
    share = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counts = collections.Counter()
    number = failed = 0
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool() as pool:
        todo = list(tasks(setting, folder, share))
        for task, (runs, failures) in zip(todo, pool.imap(try_one, todo)):
            counts[task[4][0]] += runs
            if runs == 0 and not failures:
                continue  # it makes no such call, or none of the share
            number += 1
            failed += bool(failures)
            if share > 1 or failures:
                print_test(number, task[3], task[4], runs, failures)
    if share > 1:
        print(f"1..{number}")
    else:
        print_counts(counts, number - failed, failed)
    return 1 if failed or number == 0 else 0


sys.exit(main())
