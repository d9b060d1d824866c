#!/usr/bin/env python3
"""What the program says of much random evidence is what it said before.  Prints TAP.

    run.py                 compares with `expected`; INVAUDIT: the program; RECORDED_EACH=7:
                           each seventh
    run.py --bless         rewrites `expected`
    run.py --show NAME     prints the report of one, to compare that of two programs

The other tests of random evidence know what must not be said: no verdict that a completion
contradicts, none that two implementations see otherwise. They do not notice a verdict that
is lost, a reason, or a citation that is another. This does, and cannot tell whether
what changed is right: read what changed, by --show with the program before and after.

Of each piece of evidence `expected` has a line: its name, how many findings have which
result, and a digest of all of them with their reasons, claims, facts and citations, of the
problems, and of what was told of each file.
"""

import contextlib
import copy
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "reference"), str(HERE.parent / "protection")]
from generate import generate, write  # noqa: E402
from records import RULES, Tree, sorted_by_path  # noqa: E402
from spoil import ODD, STORIES, options, places, spoilt, story, text_of  # noqa: E402
from subject_rules import make_rule  # noqa: E402
from tap import say_all  # noqa: E402
from trees import less, save, trees  # noqa: E402
from wide import wide  # noqa: E402

EXPECTED = HERE / "expected"
PACKS = ["--pack", "audit-manager,aws-config,conformity,invaudit,prowler,security-hub"]
RECORD_GROUPS, SCOPE_GROUPS, GROUP = 60, 20, 8
AS_OF = "2026-03-10T12:00:00Z"
LOST_EACH = 23  # of what can be lost of the trees of databases
TWISTS = 10  # of each of these trees
SPOILT_TREES, SPOILT_STORIES = 2, 9  # of each of these trees, and of each story
# What the evidence does not change; with the settings a temporary path comes in.
LEFT_OUT = ["schema", "tool", "settings", "rules", "operands", "catalog", "inputs_sha256", "sandbox"]
FAILURES_SHOWN = 10


def of_records(number, root):
    """Small worlds, judged by random rules about each record, and by all packs."""
    rng = random.Random("recorded %d" % number)
    (root / "rules").mkdir()
    for index in range(RULES):
        (root / "rules" / ("r%d.yaml" % index)).write_text(make_rule(rng, "r%d" % index).yaml())
    for index in range(GROUP):
        Tree(10000 + number * GROUP + index).write(root / "evidence", sorted_by_path)
    return ["--rules", root / "rules", *PACKS, "--as-of", "2026-01-01"]


def of_scopes(number, root):
    """What lies in folders in every way, judged by rules about regions and accounts."""
    made = [generate(20000 + number * GROUP + index) for index in range(GROUP)]
    for tree in made[:1] if made[0].alone else [tree for tree in made if not tree.alone]:
        write(tree, root / "evidence")
    return ["--no-builtin", "--rules", HERE.parent / "reference/rules"]


def of_databases(files, as_of, root):
    save(files, root / "evidence")
    return ["--rules", HERE / "rules", *PACKS, "--matrix", "--as-of", as_of]


def save_raw(files, root):
    for path, raw in files.items():
        (root / "evidence" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "evidence" / path).write_bytes(raw)


def of_wide(files, options, root):
    save_raw(files, root)
    return [*options, "--rules", HERE / "rules", "--pack", "invaudit", "--matrix", "--as-of", AS_OF]


def of_spoilt(rng, files, rules, root):
    """Spoilt evidence, judged by one pack and by the rules that count in every way."""
    files = spoilt(rng, files)
    save_raw(files, root)
    pack = ["--pack", rng.choice(PACKS[1].split(","))]
    day = ["--as-of", AS_OF] if rng.random() < 0.8 else []
    return ["--rules", HERE / "rules", *rules, *pack, "--matrix", *day, *options(rng, files)]


def twisted(rng, files):
    """The files, something in one of them said otherwise: a value that is odd or stands
    elsewhere, or an element of a list a second time, with another value in it."""
    path = rng.choice([path for path in sorted(files) if files[path]])
    document = json.loads(files[path])
    inside, key = rng.choice(list(places(document)))
    others = [each[at] for each, at in places(document) if at == key and each is not inside]
    if isinstance(inside, list) and rng.random() < 0.6:
        inside.insert(key, copy.deepcopy(inside[key]))
        inside, key = rng.choice([*places(inside[key]), (inside, key)])
    inside[key] = rng.choice(ODD + 3 * others)
    return {**files, path: text_of([document]).decode()}


def pieces():
    """(name, a function that makes the evidence in a folder, and returns the options)."""
    for number in range(RECORD_GROUPS):
        yield "records-%d" % number, lambda root, number=number: of_records(number, root)
    for number in range(SCOPE_GROUPS):
        yield "scopes-%d" % number, lambda root, number=number: of_scopes(number, root)
    for name, files, options in wide():
        yield "wide-" + name, lambda root, files=files, options=options: of_wide(files, options, root)
    for name in STORIES:
        yield from spoilt_pieces("spoilt-" + name, SPOILT_STORIES, *story(name))
    count = 0
    for name, files, expected in trees(HERE.parent / "protection"):
        lost = [("all", files)]
        for what, left in less(files):
            count += 1
            lost += [(what.replace(" ", "_"), left)] if count % LOST_EACH == 0 else []
        rng = random.Random("twisted " + name)
        lost += [("twisted-%d" % number, twisted(rng, files)) for number in range(TWISTS)]
        for what, left in lost:
            yield "databases-%s-%s" % (name, what), lambda root, left=left, as_of=expected["as_of"]: of_databases(
                left, as_of, root
            )
        raw = {path: text.encode() for path, text in files.items()}
        yield from spoilt_pieces("spoilt-tree-" + name, SPOILT_TREES, raw, [])


def spoilt_pieces(name, count, files, rules):
    for number in range(count):
        rng = random.Random("%s-%d" % (name, number))
        yield "%s-%d" % (name, number), lambda root, rng=rng: of_spoilt(rng, files, rules, root)


def report_of(program, make):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "evidence").mkdir()
        command = [program, "scan", *make(root), "-o", "json", "evidence"]
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
        if done.returncode == 2 and not done.stdout:  # an option names what is not there
            return {"findings": [], "refused": [line for line in done.stderr.decode().splitlines() if ": option '" in line]}
        if done.returncode not in (0, 1, 2, 3) or not done.stdout:
            raise SystemExit("status %d: %s" % (done.returncode, done.stderr.decode()))
        return json.loads(done.stdout)


def line_of(name, report):
    results = Counter(finding["result"] for finding in report["findings"])
    told = {key: value for key, value in report.items() if key not in LEFT_OUT}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
    return "%s %s %s" % (name, ",".join("%s=%d" % each for each in sorted(results.items())), digest)


def parts(program, expected, each):
    """What say_all() prints: a line of TAP for each kind of evidence."""
    kinds = {}
    for name, make in pieces():
        kinds.setdefault(name.split("-")[0], []).append((name, make))
    yield len(kinds)
    for kind, made in kinds.items():
        was = [line for line in expected if line.startswith(kind + "-")]
        if len(was) != len(made):
            yield kind, ["%d lines are expected, not %d" % (len(was), len(made))]
            continue
        was = was[::each]
        lines = [line_of(name, report_of(program, make)) for name, make in made[::each]]
        wrong = ["was %s\nis  %s" % pair for pair in zip(was, lines) if pair[0] != pair[1]]
        yield "%s: %d" % (kind, len(lines)), "\n".join(wrong[:FAILURES_SHOWN]).splitlines()


def main():
    program = os.path.abspath(os.environ.get("INVAUDIT", HERE.parent.parent / "build/invaudit"))
    if sys.argv[1:] == ["--bless"]:
        EXPECTED.write_text("".join(line_of(name, report_of(program, make)) + "\n" for name, make in pieces()))
        return
    if sys.argv[1:2] == ["--show"]:
        print(json.dumps(report_of(program, dict(pieces())[sys.argv[2]]), indent=1))
        return
    said = parts(program, EXPECTED.read_text().splitlines(), int(os.environ.get("RECORDED_EACH", "1")))
    sys.exit(not say_all(next(said), said))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
