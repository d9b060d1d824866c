#!/usr/bin/env python3
"""Measure how a scan grows with bytes, files, rules and threads, and print tables.

    tests/bench/scale.py FOLDER [TURNS]          3 turns; the data stays in FOLDER

Linear or better is what is looked for: what a unit costs, start-up subtracted, is not to
grow from one size to the next. Start-up is a scan of one file of 50 KB (for files: of
one empty listing; for rules: of that file with the same rules, and reading with one). Of the turns the best
counts, since others who work there can only add; "processor" counts what the processor
did (all threads), and the growth is that of it; "time" is what one waits for.

Environment: SCALE_MB (the largest file; 4000; what is larger than 1000 MB is deleted
again), SCALE_FILES (100000), SCALE_RULES (1000), INVAUDIT, CC, CFLAGS.
"""
import os
import shutil
import subprocess
import sys

from measure import HERE, INVAUDIT, PEAK, PROCESSOR, TIME, Bench, goal, machine, say

BYTES_MB = [1, 10, 100, 1000, 4000]
FILES = [10, 100, 1000, 10000, 100000]
RULES = [1, 10, 100, 200, 1000]
THREADS = [1, 2, 4]
RULES_MB = 100
KEPT_MB = 1000
TREE_ACCOUNTS = 100
GROWTH_MAX = 1.25
NOISE = 0.02  # seconds: what took less than so much more than start-up tells nothing


class Scale(Bench):
    def __init__(self, folder, turns):
        super().__init__(folder)
        self.turns = turns
        self.start, _ = self.listing("scale-start", "0.05")

    def scan(self, *words):
        """What it takes at best; of peaks, the largest."""
        taken = [self.run([INVAUDIT, "scan", "-qq", *words])[0] for _ in range(self.turns)]
        columns = list(zip(*taken))
        return min(columns[TIME]), min(columns[PROCESSOR]), max(columns[PEAK])

    # ---- data ----

    def files(self, count):
        folder = self.path(f"scale-files-{count}")
        if not os.path.exists(folder):
            script = os.path.join(HERE, "..", "scale", "empty.py")
            subprocess.run([sys.executable, script, folder + ".part", str(count)], check=True)
            os.rename(folder + ".part", folder)
        return folder


# ---- tables ----

class Growth:
    """What a unit costs at one size ÷ at the size before."""

    def __init__(self, start=0):
        self.start, self.before, self.worst = start, None, None

    def next(self, processor, units, start=None):
        more = processor - (self.start if start is None else start)
        if more < NOISE:
            return "-"
        unit, before = more / units, self.before
        self.before = unit
        if before is None:
            return "-"
        self.worst = max(self.worst or 0, unit / before)
        return f"{unit / before:.2f}"


def sizes(all_sizes, name):
    largest = int(os.environ.get(name, all_sizes[-1]))
    return [size for size in all_sizes if size <= largest] or [largest]


def by_bytes(scale):
    print("A listing, one thread:\n")
    print("| MB | digests | time | processor | MB/s | per MB ÷ before | peak MB |\n|---|---|---|---|---|---|---|")
    ways = {"no": ["-j1", "--no-digest"], "yes": ["-j1"]}
    growths = {way: Growth(scale.scan(*words, scale.start)[PROCESSOR]) for way, words in ways.items()}
    peak = 0
    for megabytes in sizes(BYTES_MB, "SCALE_MB"):
        name = f"scale-{megabytes}"
        if not os.path.exists(scale.path(name)) and shutil.disk_usage(scale.folder).free < megabytes * 1.2e6:
            say(f"bench: no room for {megabytes} MB in {scale.folder}: left out")
            continue
        folder, file = scale.listing(name, megabytes)
        size = os.path.getsize(file) / 1e6
        try:
            for way, words in ways.items():
                taken = scale.scan(*words, folder)
                peak = max(peak, taken[PEAK])
                print(f"| {megabytes:,} | {way} | {taken[TIME]:.3f} s | {taken[PROCESSOR]:.3f} s"
                      f" | {size / taken[TIME]:,.0f} | {growths[way].next(taken[PROCESSOR], size)}"
                      f" | {taken[PEAK]:.1f} |", flush=True)
        finally:
            if megabytes > KEPT_MB:
                shutil.rmtree(folder)
    print()
    goal("bytes: peak MB", peak, 16)
    for way, growth in growths.items():
        goal(f"bytes, digests: {way}: a MB costs, ÷ at the size before", growth.worst, GROWTH_MAX)


def by_files(scale):
    print("\nEmpty listings, 5 in each region:\n")
    print("| files | threads | time | processor | us a file | per file ÷ before | peak MB | bytes a file |\n"
          "|---|---|---|---|---|---|---|---|")
    start = scale.scan("-j1", scale.files(1))
    growths = {jobs: Growth(start[PROCESSOR]) for jobs in (1, 2)}
    for count in sizes(FILES, "SCALE_FILES"):
        folder, results = scale.files(count), {}
        for jobs in (1, 2):
            taken = results[jobs] = scale.scan(f"-j{jobs}", folder)
            more, bytes_more = taken[TIME] - start[TIME], (taken[PEAK] - start[PEAK]) * 2 ** 20
            print(f"| {count:,} | {jobs} | {taken[TIME]:.3f} s | {taken[PROCESSOR]:.3f} s"
                  f" | {f'{more / count * 1e6:.1f}' if more >= NOISE else '-'}"
                  f" | {growths[jobs].next(taken[PROCESSOR], count)} | {taken[PEAK]:.1f}"
                  f" | {f'{bytes_more / count:.0f}' if count >= 1000 else '-'} |", flush=True)
    print()
    most = results[2]
    goal(f"files: seconds for {count:,} on two threads", most[TIME], 3 if count == FILES[-1] else 3 * count / FILES[-1])
    goal("files: us a file on two threads", (most[TIME] - start[TIME]) / count * 1e6, 15)
    goal("files: peak MB", most[PEAK], 16 + 300 * count / 1e6)
    for jobs, growth in growths.items():
        goal(f"files, {jobs} threads: a file costs, ÷ at the size before", growth.worst, GROWTH_MAX)


def by_rules(scale):
    megabytes = min(RULES_MB, int(os.environ.get("SCALE_MB", RULES_MB)))
    print(f"\nRules, each with another measure, over {megabytes} MB on one thread, without digests:\n")
    print("| rules | time | processor | of it, loading | ÷ one rule | one rule more ÷ before | peak MB |\n"
          "|---|---|---|---|---|---|---|")
    folder, _ = scale.listing(f"scale-{megabytes}", megabytes)
    one, reading, ratio_200, growth = None, None, None, Growth()
    for count in sizes(RULES, "SCALE_RULES"):
        words = ["-j1", "--no-digest", "--no-builtin", "--rules", scale.rules(count)]
        taken, loading = scale.scan(*words, folder), scale.scan(*words, scale.start)
        one, reading = one or taken, reading or taken[PROCESSOR] - loading[PROCESSOR]
        ratio = taken[PROCESSOR] / one[PROCESSOR]
        ratio_200 = ratio if count == 200 else ratio_200
        print(f"| {count:,} | {taken[TIME]:.3f} s | {taken[PROCESSOR]:.3f} s | {loading[PROCESSOR]:.3f} s | {ratio:.2f}"
              f" | {growth.next(taken[PROCESSOR], max(count - 1, 1), loading[PROCESSOR] + reading)} | {taken[PEAK]:.1f} |", flush=True)
    print()
    goal("rules: 200 ÷ 1", ratio_200, 1.25)
    goal("rules: one more costs, ÷ at the number before", growth.worst, GROWTH_MAX)


def by_threads(scale):
    folder = scale.tree(f"scale-tree-{TREE_ACCOUNTS}", TREE_ACCOUNTS)
    print(f"\nThreads, over {TREE_ACCOUNTS * 20:,} files of 0 to 1.3 MB:\n")
    print("| threads | digests | time ÷ one | processor ÷ one | time | peak MB |\n|---|---|---|---|---|---|")
    two = []
    for way, words in {"no": ["--no-digest"], "yes": []}.items():
        one = None
        for jobs in THREADS:
            taken = scale.scan(f"-j{jobs}", *words, folder)
            one = one or taken
            if jobs == 2:
                two.append(taken[TIME] / one[TIME])
            print(f"| {jobs} | {way} | {taken[TIME] / one[TIME]:.2f} | {taken[PROCESSOR] / one[PROCESSOR]:.2f}"
                  f" | {taken[TIME]:.3f} s | {taken[PEAK]:.1f} |", flush=True)
    print()
    goal("threads: two ÷ one, by time", max(two), 0.60)


def main():
    scale = Scale(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    print(f"{machine()}; the best of {scale.turns} turns\n")
    for table in (by_bytes, by_files, by_rules, by_threads):
        table(scale)


if __name__ == "__main__":
    main()
