#!/usr/bin/env python3
"""Measure what it takes to judge each database by all published rules, and print tables.

    tests/bench/databases.py FOLDER [TURNS]      3 turns; the data stays in FOLDER

An organisation of 3, 30 and 300 accounts with 17 regions and 40 databases in each, with
plans, selections, tags, vaults and recovery points (tests/scale/organisation.py). Then
shapes in which something is as many as the databases, each at several sizes: what a
database costs, start-up subtracted, is not to grow. Of the turns the best counts.

Environment: DATABASES_ACCOUNTS (the most; 300), DATABASES_SHAPE (the largest; 10000),
INVAUDIT, CC, CFLAGS.
"""
import os
import shutil
import subprocess
import sys

from measure import HERE, INVAUDIT, PEAK, PROCESSOR, TIME, Bench, goal, machine

sys.path.insert(0, os.path.join(HERE, "..", "scale"))
from organisation import AS_OF, make  # noqa: E402

ACCOUNTS, REGIONS, DATABASES = [3, 30, 300], 17, 40
SIZES = [1000, 10000, 100000]
SHAPES = {
    "one region": {},
    "500 plans, 30 conditions": {"plans": 500, "conditions": 30},
    "a file of recovery points for each": {"by_resource": 1},
    "no ARN is told": {"keyless": 1},
    "members of one cluster": {"members": 1},
}
US_MAX, GROWTH_MAX = 10, 1.25


class Databases(Bench):
    def __init__(self, folder, turns):
        super().__init__(folder)
        self.turns = turns

    def tree(self, name, **wanted):
        folder = self.path(name)
        if not os.path.exists(folder):
            shutil.rmtree(folder + ".part", ignore_errors=True)
            make(folder + ".part", **wanted)
            os.rename(folder + ".part", folder)
        return folder

    def scan(self, folder, *words):
        command = [INVAUDIT, "scan", "-qq", "--no-digest", "--as-of", AS_OF, "--select", "*", *words, folder]
        columns = list(zip(*[self.run(command)[0] for _ in range(self.turns)]))
        return min(columns[TIME]), min(columns[PROCESSOR]), max(columns[PEAK])


def sizes(all_sizes, name, otherwise):
    largest = int(os.environ.get(name, otherwise))
    return [size for size in all_sizes if size <= largest] or [largest]


def rule_count():
    listed = subprocess.run([INVAUDIT, "rules", "list"], check=True, capture_output=True, text=True)
    return len(listed.stdout.splitlines())


def by_accounts(bench, rules, start):
    print(f"{REGIONS} regions, {DATABASES} databases in each, {rules} rules:\n")
    print("| accounts | databases | threads | time | processor | us a database and rule | ÷ before | peak MB | bytes a database |\n"
          "|---|---|---|---|---|---|---|---|---|")
    before, worst, growth = {}, 0, 0
    for accounts in sizes(ACCOUNTS, "DATABASES_ACCOUNTS", ACCOUNTS[-1]):
        count = accounts * REGIONS * DATABASES
        folder = bench.tree(f"databases-{accounts}", accounts=accounts, regions=REGIONS, databases=DATABASES)
        for jobs in (1, 2):
            taken = bench.scan(folder, f"-j{jobs}")
            each = (taken[PROCESSOR] - start[PROCESSOR]) / count / rules * 1e6
            ratio = each / before[jobs] if jobs in before else None
            before[jobs], worst, growth = each, max(worst, each), max(growth, ratio or 0)
            print(f"| {accounts} | {count:,} | {jobs} | {taken[TIME]:.2f} s | {taken[PROCESSOR]:.2f} s | {each:.2f}"
                  f" | {f'{ratio:.2f}' if ratio else '-'} | {taken[PEAK]:.0f}"
                  f" | {(taken[PEAK] - start[PEAK]) * 2 ** 20 / count:.0f} |", flush=True)
    print()
    goal("databases: us a database and rule", worst, US_MAX)
    goal("databases: one costs, ÷ at the number before", growth or None, GROWTH_MAX)


def by_shape(bench, start):
    print("\nAs many as databases, one thread:\n")
    print("| shape | databases | time | processor | us a database | ÷ before | peak MB |\n|---|---|---|---|---|---|---|")
    worst = {}
    for shape, wanted in SHAPES.items():
        before = None
        for count in sizes(SIZES, "DATABASES_SHAPE", 10000):
            folder = bench.tree(f"shape-{list(SHAPES).index(shape)}-{count}", databases=count, **wanted)
            taken = bench.scan(folder, "-j1")
            each = (taken[PROCESSOR] - start[PROCESSOR]) / count * 1e6
            ratio = each / before if before else None
            before, worst[shape] = each, max(worst.get(shape, 0), ratio or 0)
            print(f"| {shape} | {count:,} | {taken[TIME]:.2f} s | {taken[PROCESSOR]:.2f} s | {each:.0f}"
                  f" | {f'{ratio:.2f}' if ratio else '-'} | {taken[PEAK]:.0f} |", flush=True)
    print()
    for shape, ratio in worst.items():
        goal(f"{shape}: a database costs, ÷ at the number before", ratio or None, GROWTH_MAX)


def main():
    bench = Databases(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    print(f"{machine()}; the best of {bench.turns} turns\n")
    start = bench.scan(bench.tree("databases-none", databases=0, plans=0))
    by_accounts(bench, rule_count(), start)
    by_shape(bench, start)


if __name__ == "__main__":
    main()
