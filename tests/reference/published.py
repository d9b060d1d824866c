#!/usr/bin/env python3
"""Losing evidence turns no verdict of a published rule.  Prints TAP.

    published.py [LOSSES]     of each tree of tests/protection (default: 3); INVAUDIT

All published rules judge a tree. Then a file of it is emptied, cut off, said to go on, or
taken away: each verdict must stay as it was or become unknown, and who has a finding must
keep it, or may be among others that are not known. Of what was unknown nothing is asked
where a file is taken away, since the doubt may have been that file's; nor of a tree that contradicts itself.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from records import findings_of
from tap import say_all

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "protection"))
import trees  # noqa: E402  (beside the cases that it reads)


def scan(program, root, as_of):
    command = [program, "scan", "-o", "json", "--select", "*", "--as-of", as_of, "."]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2, 3):
        raise RuntimeError("status %d: %s" % (done.returncode, done.stderr.decode()))
    return findings_of(done.stdout) if done.stdout else {}


def goes_on(text):
    """The same listing, as its first page; or nothing, where it is none."""
    document = json.loads(text)
    is_listing = isinstance(document, dict) and any(isinstance(x, list) for x in document.values())
    return json.dumps({**document, "NextToken": "t"}) if is_listing else ""


def lose(rng, path):
    how = rng.choice(["emptied", "cut", "goes on", "gone"])
    text = path.read_text()
    if how == "gone":
        path.unlink()
    elif how == "goes on" and text:
        path.write_text(goes_on(text))
    else:
        path.write_text(text[: rng.randrange(len(text) or 1)] if how == "cut" else "")
    return how


def turned(before, after, how):
    for scope, findings in before.items():
        left = after.get(scope, {})
        for subject, was in findings.items():
            now = left.get(subject)
            if was["result"] == "unknown" and how == "gone" or subject == "*":
                continue
            if now is None and left and "*" not in left:
                yield "%s of %s is gone" % (scope, subject)
            elif now is not None and now["result"] not in ("unknown", was["result"]):
                yield "%s of %s was %s, is %s" % (scope, subject, was["result"], now["result"])


def check(program, name, files, expected, losses):
    rng = random.Random(name)
    said, decided = [], 0
    with tempfile.TemporaryDirectory() as folder:
        trees.save(files, folder)
        before = scan(program, folder, expected["as_of"])
        decided = sum(f["result"] != "unknown" for scope in before.values() for f in scope.values())
        losses = 0 if expected.get("disagrees") else min(losses, len(files))
        for path in rng.sample(sorted(files), losses):
            how = lose(rng, Path(folder) / path)
            for wrong in turned(before, scan(program, folder, expected["as_of"]), how):
                said.append("%s %s: %s" % (path, how, wrong))
            trees.save({path: files[path]}, folder)
    return "%s (%d verdicts)" % (name, decided), said


def main():
    program = os.path.abspath(os.environ.get("INVAUDIT", HERE.parent.parent / "build/invaudit"))
    losses = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    packed = json.loads((HERE.parent / "protection/trees.json").read_text())
    all_trees = list(trees.unpacked(packed))
    is_right = say_all(
        len(all_trees), (check(program, *tree, losses) for tree in all_trees)
    )
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
