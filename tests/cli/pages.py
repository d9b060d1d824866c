#!/usr/bin/env python3
"""Pages that a manifest chains are judged as the listing that they were cut from.

    pages.py FIXTURES COUNT     $INVAUDIT is the program; prints what is wrong, and a count

Each listing of a story is cut into pages at random, with tokens as the AWS CLI or the
call itself gives them, and with a manifest. Then every finding must be what it is of the
uncut story. After that something is taken away, or turned: then a finding may be unknown,
and never another. (What was unknown may be decided: of two answers that contradict each
other, one may be what is gone.) And all of it as an archive, and as two shards, merged.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

STORIES = ["two-answers", "backup-coverage", "published-query", "parts-and-parents", "each-database",
           "three-accounts", "places"]
NAMES = ["%s.%d.json", "%s--%d.json", "%s--page-%d.json"]
HEADER = "path\tbegun\tended\tstatus\tcommand\n"


def run(tree, *words):
    run = subprocess.run([os.environ["INVAUDIT"], *words], cwd=tree, capture_output=True, check=False)
    assert run.returncode in (0, 1, 2, 3), run.stderr
    return run


def rules_of(story):
    rules = story / "rules"
    return ["--rules", str(rules.resolve())] if rules.is_dir() else []


def findings(report):
    if not report:
        return {}
    return {f["id"]: (f["result"], f["message"] if f["result"] != "unknown" else "", json.dumps(f["facts"]))
            for f in json.loads(report)["findings"] if "/-/" not in f["id"]}


def judge(tree, rules, evidence="evidence"):
    return findings(run(tree, "scan", "-q", *rules, "-o", "json", evidence).stdout)


def call_of(path):
    """The words of the command, and those of the call that the file's name tells."""
    words = path.name[: -len(".json")].split("--")
    service, _, operation = words[0].partition("-")
    return "aws %s %s" % (service, operation), words


def listing_of(path):
    """The key of the list and the envelope, if the file is one whole listing."""
    if path.suffix != ".json" or path.is_symlink():
        return None, None
    try:
        envelope = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return None, None
    if not isinstance(envelope, dict):
        return None, None
    keys = [key for key, value in envelope.items() if isinstance(value, list)]
    if len(keys) != 1 or any(key.lower().endswith(("token", "marker")) for key in envelope):
        return None, None
    return keys[0], envelope


def parent_option(words):
    if words[0].startswith("backup-list-backup-selections") and len(words) > 1:
        return " --backup-plan-id " + words[1]
    return ""


def cut(rng, evidence):
    """Cuts listings into pages; returns the lines of the manifest, and the paths of pages."""
    lines, pages = [], []
    for path in sorted(p for p in evidence.rglob("*") if p.is_file()):
        key, envelope = listing_of(path)
        command, words = call_of(path) if key else ("", [])
        if key is None or (len(words) > 1 and not parent_option(words)) or path.stem.count("."):
            continue
        command += parent_option(words)
        if rng.random() < 0.5:
            command += " --no-cli-pager"
        command, by = rng.choice([(command + " --max-items 2", "--starting-token"),
                                  (command + " --no-paginate", rng.choice(["--next-token", "--marker"]))])
        records, token, number = envelope[key], None, 0
        path.unlink()
        while True:
            number += 1
            count = rng.randint(0, 3)
            last = len(records) <= count and (number > 1 or rng.random() < 0.3)
            page = dict(envelope, **{key: records[:count]})
            asked = command + (" %s %s" % (by, token) if token else "")
            records = records[count:]
            token = None if last else "%s/%d+=%d" % (path.name, number, rng.randint(0, 1 << 60))
            if token:
                page["NextToken" if by != "--marker" else "Marker"] = token
            form = "%s.json" if last and number == 1 else rng.choice(NAMES[len(words) > 1 :])
            name = form % ((path.stem, number) if "%d" in form else path.stem)
            (path.parent / name).write_text(json.dumps(page, indent=1), encoding="utf-8")
            pages.append(path.parent / name)
            lines.append("%s\t\t\t0\t%s\n" % ((path.parent / name).relative_to(evidence), asked))
            if last:
                break
    return lines, pages


def write_manifest(rng, evidence, lines):
    lines = list(lines)
    rng.shuffle(lines)
    (evidence / "manifest.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")


def lose(rng, evidence, lines, pages):
    """Takes something away, or turns it."""
    kind = rng.randrange(7)
    page = rng.choice(pages)
    number = rng.randrange(len(lines))
    if kind == 0:
        page.unlink()
    elif kind == 1:
        lines = lines[:number] + lines[number + 1 :]
    elif kind == 2:
        lines = lines[:number] + [lines[number].rstrip("\n") + "x\n"] + lines[number + 1 :]
    elif kind == 3:
        (evidence / "manifest.tsv").unlink()
        return "no manifest"
    elif kind == 4:
        copy = page.parent / ("copy-" + page.name)
        shutil.copy(page, copy)
        lines = [*lines, lines[number].replace(lines[number].split("\t")[0], str(copy.relative_to(evidence)), 1)]
    elif kind == 5:
        page.write_bytes(page.read_bytes()[: rng.randrange(page.stat().st_size)])
    else:
        key, envelope = listing_of(page)
        if key is None:
            envelope = json.loads(page.read_bytes())
            key = next(k for k, value in envelope.items() if isinstance(value, list))
        envelope[key] = []
        shutil.copy(page, page.parent / ("old-" + page.name))
        page.write_text(json.dumps(envelope), encoding="utf-8")
    write_manifest(rng, evidence, lines)
    return ["file lost", "line lost", "other token", "", "copied", "cut off", "emptied, the old one beside it"][kind]


def differing(before, after):
    return [(i, before[i], after.get(i)) for i in before if after.get(i) != before[i]]


def turned(before, after):
    return [(i, before[i][0], after[i][0]) for i in before
            if i in after and before[i][0] != "unknown" and after[i][0] not in (before[i][0], "unknown")]


def compare(story, tree, seed):
    rng = random.Random(seed)
    rules = rules_of(story)
    evidence = tree / "evidence"
    before = judge(tree, rules)
    lines, pages = cut(rng, evidence)
    if not pages:
        return [], 0
    write_manifest(rng, evidence, lines)
    wrong = differing(before, judge(tree, rules))
    with tarfile.open(tree / "all.tar.gz", "w:gz") as tar:
        for path in sorted(evidence.rglob("*"), reverse=rng.random() < 0.5):
            tar.add(path, path.relative_to(tree), recursive=False)
    archived = judge(tree, rules, "all.tar.gz")
    wrong += differing(before, archived)
    for number in "12":
        run(tree, "scan", "-qq", *rules, "--shard", number + "/2", "-o", "state=" + number, "evidence")
    wrong += differing(before, findings(run(tree, "merge", "-q", *rules, "-o", "json", "1", "2").stdout))
    lost = lose(rng, evidence, lines, pages)
    after = judge(tree, rules)
    wrong += [(lost, *item) for item in turned(before, after)]
    return wrong, sum(after[i][0] != r[0] for i, r in before.items() if i in after)


def main():
    fixtures, count = Path(sys.argv[1]), int(sys.argv[2])
    wrong_count = cut_count = weakened = 0
    for seed in range(count):
        story = fixtures / STORIES[seed % len(STORIES)]
        if not (story / "evidence").is_dir():
            continue
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(story / "evidence", Path(folder) / "evidence", symlinks=True)
            wrong, lost = compare(story, Path(folder), seed)
        cut_count += 1
        weakened += lost
        wrong_count += len(wrong)
        for item in wrong:
            print(story.name, seed, *item)
    print("%d cut, %d wrong, %s weakened" % (cut_count, wrong_count, "some" if weakened else "none"))


main()
