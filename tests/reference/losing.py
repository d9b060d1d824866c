#!/usr/bin/env python3
"""Losing evidence only widens what is possible: a test of that.  Prints TAP.

    losing.py [COUNT [FIRST]]      trees FIRST.. (default: 1000 from 0); INVAUDIT: the program
    losing.py --tree NUMBER        one tree, every loss of it, alone; what is wrong is kept

A random tree is judged.  Then one of its files at a time is lost in part or as a whole: cut
off, emptied, replaced by an archive, by a link or a pipe of its name, taken away.  Each
finding must stay as it was, or become unknown, and no fact's bounds may narrow; it may
vanish where nothing but what is lost told its place.  Where a file is taken away, which
nothing shows, what was unknown may be decided: the doubt may have been that file's.

Losses that nothing can show are left out: a cut between two documents; of a file whose
name tells another type, another parent or less than it holds, or whose path tells another
place; of a listing with a key twice, or with records of several types; of a page of an
answer that an option narrowed; of one of several answers that contradict each other, with
which the contradiction is lost (what else is lost must not end it).  A file whose path does
not tell its scope may, once its ARNs are lost, be of any: then a finding may turn that
names the assumption `pages-together`.

To each folder a file is added that says nothing: lost, it casts a doubt on all that lies
there, and ends no disagreement.

Checked of the whole trees, too: that no finding is unknown without a reason, nor without a
command that would settle it.

Several trees are judged in one run, and lose a file each: widening twice is widening.
Where that shows a fault, they lose it one at a time, to find whose it is.
"""

import gzip
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

from catalog import LISTS, name_of, words_of
from generate import generate, write, write_file
from judge import Source, contradicted, documents_of, instant, is_no_evidence, read_source
from reader import read, text_of
from tap import say_all
from unread import LINK, PIPE

HERE = Path(__file__).resolve().parent
GROUP = 24  # trees that one run judges: reading its report costs more than starting it
ROUNDS = 24  # losses of a tree, at most
BATCH = 30  # trees a line of TAP
FAILURES_SHOWN = 3

# Reasons that no call settles: the maximum of nothing, which is known to be nothing; ids
# that a file's name does not tell apart.
UNSETTLED = {"none"}
ALIKE = "parents-alike"

# How a file is lost: `raw` is what is left of it, or None; `shows`: a reader of the tree
# can see that something is lost.
Loss = namedtuple("Loss", "path how raw shows")


# ---- what can be lost -------------------------------------------------------------------


def documents_in(tree, path):
    """As the second implementation reads them; None: it is no evidence."""
    source = Source(path)
    if not isinstance(tree.files[path], bytes):
        return None
    if is_no_evidence(source, tree.files[path], tree.files):
        return None
    read_source(source, tree.files[path])
    return source.documents


def add_notes(tree):
    """A file in each folder that says nothing, and may have been anything once it is lost."""
    for folder in {path.rpartition("/")[0] for path in tree.files}:
        tree.files.setdefault(folder + "/x.json", b'{"hello": "x"}\n')
    return tree


def is_seen(path, documents):
    """Whether the name of a file tells all that a doubt about it is about."""
    call, words = name_of(path)
    types = {document.type for document in documents}
    if call is None:
        # decided: a file of no call's name is looked at for its name, or its first bytes
        return path.lower().endswith(".json")
    if types != {call.type}:
        return False
    for document in documents:
        if document.gives != call.gives:
            return False
        if document.gives == "part" and words and document.parent not in (None, words[0]):
            return False
    return True


def hides_a_doubt(document):
    """Whether a part of it would be a better answer than it: it lies in the wrong place,
    contradicts itself or what lies beside it, or is narrowed and a page all the same."""
    contradicts = document.nothing and bool(document.records)
    narrowed = document.limited and document.token
    return document.mislabelled or contradicts or narrowed or document.identity


def is_doubt(document):
    """Whether taking it away takes a doubt away, or a proof that nothing else missed."""
    return document.carries_token or document.nothing or document.source.broken or document.limited


def is_between_documents(raw, at):
    """A cut that leaves nothing but whole documents."""
    left = read(text_of(raw[:at]), LISTS)
    return bool(left) and not any(document.broken for document in left)


def cuts(rng, raw):
    """Places to cut at: some at random, some where it is likely to tell."""
    marks = [i + 1 for i, byte in enumerate(raw) if byte in b"[]{},"]
    places = {1, len(raw) - 1, len(raw.rstrip()) - 1}
    places |= set(rng.sample(marks, min(3, len(marks))))
    places |= {rng.randrange(len(raw)) for _ in range(2)}
    return sorted(at for at in places if 0 < at < len(raw))


def losses_of(tree):
    """In an order of their own, so that a share of them is one of each kind."""
    rng = random.Random(tree.number)
    losses = []
    placed = documents_of(tree.files)
    left_out = contradicted(placed) | {d.source.path for d in placed if hides_a_doubt(d)}
    for path in sorted(tree.files):
        raw, documents = tree.files[path], documents_in(tree, path)
        if documents is None or path in left_out:
            continue
        if is_seen(path, documents):
            shown = [Loss(path, "emptied", b"", True)] if raw else []
            shown.append(Loss(path, "archived", gzip.compress(raw, mtime=0), True))
            shown += [Loss(path, "a link", LINK, True), Loss(path, "a pipe", PIPE, True)]
            # of several kinds, what stands behind the cut one would be lost unseen
            kinds = {(document.type, document.limited) for document in documents}
            for at in cuts(rng, raw) if raw and len(kinds) == 1 else []:
                if not is_between_documents(raw, at):
                    shown.append(Loss(path, "cut at %d" % at, raw[:at], True))
            losses += shown
        if not any(map(is_doubt, documents)):
            losses.append(Loss(path, "taken away", None, False))
    rng.shuffle(losses)
    losses.sort(key=lambda loss: not (loss.path.endswith("/x.json") and loss.how == "emptied"))
    return losses


def lose(root, loss):
    (root / loss.path).unlink()
    if loss.raw is not None:
        write_file(root / loss.path, loss.raw)


def restore(root, tree, loss):
    (root / loss.path).unlink(missing_ok=True)
    write_file(root / loss.path, tree.files[loss.path])


# ---- what it must not do ----------------------------------------------------------------


def findings_of(program, root, trees):
    command = [program, "scan", "--no-builtin", "--rules", HERE / "rules", "-o", "json"]
    command += ["--jobs=1", *(tree.root for tree in trees)]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2, 3):
        raise RuntimeError("status %d: %s" % (done.returncode, done.stderr.decode()))
    if not done.stdout:  # nothing to judge
        return {}
    return {finding["id"]: finding for finding in json.loads(done.stdout)["findings"]}


def as_number(end, otherwise):
    return otherwise if end is None else instant(end)


def is_narrower(was, now):
    """Whether less is possible than was."""
    if was.get("none") is not None or now.get("none") is not None:
        if now.get("none") not in (None, was.get("none")):
            return True
        if was.get("none"):  # the maximum of nothing has no ends
            return False
    endless = float("inf")
    return as_number(now["at_least"], -endless) > as_number(was["at_least"], -endless) or (
        as_number(now["at_most"], endless) < as_number(was["at_most"], endless)
    )


def narrows(before, after):
    """The facts of which less is possible than before."""
    return [n for n, was in before["facts"].items() if is_narrower(was, after["facts"][n])]


def told(finding):
    facts = ["%s %s..%s" % (n, f["at_least"], f["at_most"]) for n, f in finding["facts"].items()]
    return "%s (%s)" % (finding["result"], ", ".join(facts))


def is_excused(finding, lost):
    """A file whose path tells less than its scope may now be of any: a verdict says so."""
    named = {assumption["code"] for assumption in finding["assumptions"]}
    return (finding["result"] == "unknown" or "pages-together" in named) and any(
        len(Source(loss.path).accounts) != 1 or len(Source(loss.path).regions) != 1
        for loss in lost
    )


def cells_named(trees):
    """By paths, which stay."""
    for tree in trees:
        for path, is_folder in [(p, False) for p in tree.files] + [(p, True) for p in tree.folders]:
            accounts, regions = words_of(path, is_folder)
            if len(accounts) == 1 and len(regions) == 1:
                yield accounts[0], regions[0]


def faults(before, after, lost, named):
    """What turned, of all findings; `named`: the cells that paths name."""
    shown = all(loss.shows for loss in lost)
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            if shown and (was["account"], was["region"]) in named:
                yield "%s\n    was %s\n    vanished" % (name, told(was))
            continue
        turned = now["result"] not in ("unknown", was["result"])
        turned = turned and (shown or was["result"] != "unknown")
        narrowed = narrows(was, now) if shown else []
        if (turned or narrowed) and not is_excused(now, lost):
            what = "turned" if turned else "narrowed: " + ", ".join(narrowed)
            yield "%s\n    was %s\n    is  %s\n    %s" % (name, told(was), told(now), what)


def without_reason(findings):
    for name, finding in findings.items():
        if finding["result"] != "unknown":
            continue
        codes = {reason["code"] for reason in finding["reasons"]}
        if not codes:
            yield "%s\n    is unknown without a reason" % name
        elif not finding["settle"] and codes - UNSETTLED and ALIKE not in codes:
            codes = ", ".join(sorted(codes))
            yield "%s\n    is unknown (%s) without a command that would settle it" % (name, codes)


# ---- the run ----------------------------------------------------------------------------


class Group:
    """Trees that one run judges."""

    def __init__(self, program, root, trees):
        self.program, self.root, self.trees = program, root, trees
        self.losses = {tree.number: losses_of(tree) for tree in trees}
        self.named = set(cells_named(trees))
        self.lost = self.judged = 0
        for tree in trees:
            write(tree, root)

    def judge_after(self, lost):
        """What the trees come to without what was lost, which is then put back."""
        for _, loss in lost:
            lose(self.root, loss)
        after = findings_of(self.program, self.root, self.trees)
        for tree, loss in lost:
            restore(self.root, tree, loss)
        return after

    def blame(self, before, wrong, lost):
        """Whose fault it is, as text: the same with one loss at a time."""
        found = []
        for tree, loss in lost:
            after = self.judge_after([(tree, loss)])
            alone = list(faults(before, after, [loss], self.named))
            if alone:
                found.append("%s: %s" % (loss.path, loss.how))
                found += alone
        return found or ["only together: %s" % [loss[:2] for _, loss in lost], *wrong]

    def check(self, rounds):
        before = findings_of(self.program, self.root, self.trees)
        self.judged = len(before)
        wrong = list(without_reason(before))
        for turn in range(rounds):
            lost = [
                (tree, self.losses[tree.number][turn])
                for tree in self.trees
                if turn < len(self.losses[tree.number])
            ]
            if not lost:
                break
            after = self.judge_after(lost)
            turned = list(faults(before, after, [loss for _, loss in lost], self.named))
            wrong += self.blame(before, turned, lost) if turned else []
            self.lost += len(lost)
        return wrong


def groups(numbers):
    """Trees of which a page may be of any account are judged alone."""
    group = []
    for tree in map(add_notes, map(generate, numbers)):
        if tree.alone:
            yield [tree]
        else:
            group.append(tree)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def batch(job):
    """A line of TAP: what was lost and judged, and what is wrong."""
    program, numbers, work = job
    lost, judged, said, shown = 0, 0, [], 0
    for trees in groups(numbers):
        root = work / "-".join(str(tree.number) for tree in trees)[:100]
        root.mkdir()
        group = Group(program, root, trees)
        wrong = group.check(ROUNDS)
        lost, judged = lost + group.lost, judged + group.judged
        if not wrong:
            shutil.rmtree(root)
            continue
        shown += 1
        said.append("%d faults" % len(wrong))
        if shown <= FAILURES_SHOWN:
            said += ["trees are kept in %s" % root, *"\n".join(wrong[:20]).splitlines()]
    name = "trees %d to %d (%d findings, %d losses)" % (
        numbers[0], numbers[-1], judged, lost
    )
    return name, said


def one_tree(program, number, work):
    tree = add_notes(generate(number))
    group = Group(program, work, [tree])
    wrong = group.check(len(group.losses[number]))
    print("%d losses in %s:" % (group.lost, work), *wrong or ["nothing is wrong"], sep="\n")


def main():
    program = os.path.abspath(os.environ.get("INVAUDIT", HERE.parent.parent / "build/invaudit"))
    work = Path(tempfile.mkdtemp(prefix="losing-"))
    if len(sys.argv) > 2 and sys.argv[1] == "--tree":
        one_tree(program, int(sys.argv[2]), work)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    starts = range(first, first + count, BATCH)
    jobs = [(program, range(at, min(at + BATCH, first + count)), work) for at in starts]
    with multiprocessing.Pool() as pool:
        is_right = say_all(len(jobs), pool.imap(batch, jobs))
    if is_right:
        shutil.rmtree(work)
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
