#!/usr/bin/python3
"""Evidence that is read in parts, however it is cut, gives the report of one scan.

shards.py PROGRAM FOLDER COUNT SEED: cuts the evidence of FOLDER, the current one, COUNT
times at random into 1 to 9 parts, by file, and lets the program read each part and merge
them, in any order, by several threads, some of them in two steps. Prints TAP.
"""

import random
import subprocess
import sys
from pathlib import Path

FORMATS = ["text", "junit", "sarif", "markdown", "html", "csv", "github", "intoto"]
SETTINGS = ["--as-of", "2026-01-01"]


def run(program, *words):
    """The exit status, and what the program said."""
    done = subprocess.run([program, *map(str, words)], capture_output=True, check=False)
    return done.returncode, done.stderr.decode("utf-8", "replace")


def outputs(folder, name, formats):
    return [word for format in formats for word in ("-o", "%s=%s" % (format, folder / ("%s.%s" % (name, format))))]


class Cut:
    """One way to cut the evidence, and what it is read by."""

    def __init__(self, program, evidence, files, work, seed):
        self.program, self.evidence, self.work = program, evidence, work
        self.random = random.Random(seed)
        self.count = self.random.randint(1, 9)
        self.by_number = seed % 4 == 0
        self.parts = [[] for _ in range(self.count)]
        for file in files:
            self.random.choice(self.parts).append(file)

    def scan(self, number):
        """Reads one part: by its number, or by the list of its files."""
        state = self.work / ("%d.state" % number)
        words = ["--jobs", self.random.randint(1, 3), "-o", "state=%s" % state]
        if self.by_number:
            words += ["--shard", "%d/%d" % (number, self.count)]
        else:
            listed = self.work / "list"
            self.random.shuffle(self.parts[number - 1])
            listed.write_bytes(b"".join(name + b"\0" for name in self.parts[number - 1]))
            words += ["--files-from", listed]
        status, said = run(self.program, "scan", *SETTINGS, *words, self.evidence)
        assert status == 0, said
        return state

    def join(self, states):
        """Some of them become one."""
        taken = [states.pop() for _ in range(self.random.randint(2, len(states)))]
        state = self.work / ("joined-%d.state" % len(states))
        status, said = run(self.program, "merge", "-o", "state=%s" % state, *taken)
        assert status == 0, said
        states.append(state)
        self.random.shuffle(states)

    def merge(self, formats):
        states = [self.scan(number + 1) for number in range(self.count)]
        self.random.shuffle(states)
        while len(states) > 1 and self.random.random() < 0.3:
            self.join(states)
        return run(self.program, "merge", "-qq", "--jobs", self.random.randint(1, 3),
                   *outputs(self.work, "merged", formats), *states)  # fmt: skip


def differences(work, formats, one, merged):
    if one != merged[0]:
        yield "status %d instead of %d: %s" % (merged[0], one, merged[1])
    for format in formats:
        if (work / ("one.%s" % format)).read_bytes() != (work / ("merged.%s" % format)).read_bytes():
            yield "another %s" % format


def main():
    program, work, count, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    evidence = "."
    files = subprocess.run(["find", evidence, "-type", "f", "-print0"], capture_output=True, check=True)
    files = sorted(files.stdout.split(b"\0")[:-1])
    one, said = run(program, "scan", *SETTINGS, "-qq", *outputs(work, "one", ["json", *FORMATS]), evidence)
    assert one in (0, 1, 3) and len(files) > 500, said
    print("1..%d" % count)
    failed = False
    for i in range(count):
        formats = ["json", FORMATS[i % len(FORMATS)]]
        cut = Cut(program, evidence, files, work, seed + i)
        wrong = list(differences(work, formats, one, cut.merge(formats)))
        name = "%d parts, by %s" % (cut.count, "number" if cut.by_number else "lists")
        print("%sok %d - %s, seed %d, gives the same %s" % ("not " if wrong else "", i + 1, name, seed + i, " and ".join(formats)))
        for line in wrong:
            print("# " + line)
        failed = failed or bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
