#!/usr/bin/env python3
"""Measure ours beside others, in one run, and print a table of ratios.

    tests/bench/field.py FOLDER [TURNS]          5 turns; the data stays in FOLDER

The question that each answers: how many records have the describe-db-snapshots files,
and how many of them are of type awsbackup? All answers must be the same. Data: A, one
large pretty-printed file; B, a tree of 4,000 files, most of them empty listings; C, one
small file.

All take turns, so that a machine that slows down slows all of them; a ratio is that of
one turn, and what is printed is the median. "processor" counts what the processor did
(all threads); "time" is what one waits for, and says little where others work there.
What is said of a scan is of the whole run with its report written, where one is named.

With OLD=PROGRAM, each scan of the program is followed by one of that older program, and
a last table has new ÷ old.

Environment: BENCH_MB (of A; 1000), OLD, LIBRARY, INVAUDIT, CC, CXX, CFLAGS.
What is not installed is left out, and named: `make deps-bench` installs all.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys

from measure import HERE, INVAUDIT, PEAK, PROCESSOR, TIME, Bench, goal, machine, pkg_config, say

LIBRARY = os.environ.get("LIBRARY", "build/obj/invaudit.a")
OLD = os.environ.get("OLD", "")
ROWS = 3  # of A, by the built-in rule: so many types of snapshots does generate.c make
ARCHIVES = "-larchive -lminizip -lz -lzstd -llzma -lbz2".split()
PACKAGES = ["jansson", "yaml-0.1", "libpcre2-8", "nettle"]
JQ = '[(.DBSnapshots | length), ([.DBSnapshots[] | select(.SnapshotType == "awsbackup")] | length)] | @tsv'


class Field(Bench):
    # ---- programs and data ----

    def make_data(self):
        megabytes = os.environ.get("BENCH_MB", "1000")
        sets = {}
        for name, size in (("A", megabytes), ("C", "0.05")):
            folder, file = self.listing(f"field-{name}-{size}", size)
            sets[name] = (folder, [file])
        tree = self.tree("field-B", 200)
        sets["B"] = (tree, sorted(glob.glob(os.path.join(glob.escape(tree), "*", "*", "*.json"))))
        return sets

    def packed(self, folder):
        """The folder as an archive beside it, made once."""
        archive = folder + ".tar.gz"
        if not os.path.exists(archive):
            subprocess.run(["tar", "-C", os.path.dirname(folder), "-czf", archive, os.path.basename(folder)], check=True)
        return archive

    def tools(self):
        """What there is: name, its command for files on standard input, environment."""
        self.bytes = self.compile("bytes", "field/bytes.c", *pkg_config("nettle"))
        ours = self.compile("count", "field/count.c", "-Ianalyzer", LIBRARY, *ARCHIVES, *pkg_config(*PACKAGES), "-lm")
        tools = {"ours, the reader": ([ours], {})}
        if shutil.which("jq"):
            tools["jq"] = (["xargs", "jq", "-r", JQ], {})
        tools["jansson, whole document"] = (
            [self.compile("jansson", "field/jansson.c", *pkg_config("jansson"))], {})
        if subprocess.run(["pkg-config", "--exists", "simdjson"]).returncode == 0:
            simdjson = self.compile("simdjson", "field/simdjson.cc", *pkg_config("simdjson"))
            tools["simdjson On-Demand"] = ([simdjson], {})
            tools["simdjson, huge pages"] = ([simdjson], {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"})
        packages = self.path("packages")
        if shutil.which("node") and os.path.isdir(os.path.join(packages, "node_modules", "@duckdb")):
            tools["DuckDB, all threads"] = (["node", os.path.join(HERE, "field", "duckdb.mjs"), packages], {})
        for name in ("jq", "simdjson On-Demand", "DuckDB, all threads"):
            if name not in tools:
                say(f"bench: {name} is not installed, and left out: `make deps-bench` installs it")
        return tools

    # ---- running ----

    def measure(self, runs, files, turns):
        """Of each of `runs`, {name: (command, environment, counts)}: a list of its turns."""
        with open(self.path("field-files"), "w") as out:
            out.writelines(file + "\n" for file in files)
        taken = {run: [] for run in runs}
        answers = {}
        for turn in range(turns):
            if turns <= 10:
                say(f"bench: turn {turn + 1} of {turns}")
            for run, (command, more, counts) in runs.items():
                figures, output = self.run(command, more, self.path("field-files"))
                if counts:
                    lines = [[int(word) for word in line.split()] for line in output.splitlines()]
                    answers[run] = tuple(map(sum, zip(*lines)))
                taken[run].append(figures)
        if len(set(answers.values())) > 1:
            raise SystemExit(f"bench: the answers are not the same: {answers}")
        return taken, next(iter(answers.values()), None)


# ---- the tables ----

def ratio(turns, run, to, column):
    """The median of its turns; None: one of them was not measured."""
    if run not in turns or to not in turns:
        return None
    return statistics.median(a[column] / b[column] for a, b in zip(turns[run], turns[to]))


def table(turns, to, size):
    print(f"| | time ÷ {to} | processor ÷ {to} | GB/s | peak MB |")
    print("|---|---|---|---|---|")
    for run in turns:
        rate = size / statistics.median(turn[TIME] for turn in turns[run]) / 1e9
        peak = max(turn[2] for turn in turns[run])
        print(f"| {run} | {ratio(turns, run, to, TIME):.2f} | {ratio(turns, run, to, PROCESSOR):.2f}"
              f" | {rate:.3f} | {peak:.1f} |")
    print(flush=True)


READER = "ours, the reader"
SCAN, DIGESTS = "ours, scan -j1 --no-digest", "ours, scan -j1"
TEXT, JSON, JSON_TWO = (f"ours, scan {words} --no-digest with a report in {report}"
                        for words, report in (("-j1", "text"), ("-j1", "JSON"), ("-j2", "JSON")))
ONE_RULE, RULES = "ours, scan -j1 --no-digest by 1 rule", "ours, scan -j1 --no-digest by 200 rules"
PACKED, GUNZIP = "ours, scan -j1 --no-digest of the tree as .tar.gz", "gzip -dc of it, and nothing else"
SIMDJSON, HUGE, JQ_NAME, JANSSON, DUCKDB = ("simdjson On-Demand", "simdjson, huge pages", "jq",
                                            "jansson, whole document", "DuckDB, all threads")


def scans(bench, folder, name):
    """The runs of the program itself, {name: words}."""
    rules = ["-j1", "--no-digest", "--no-builtin", "--rules"]
    runs = {SCAN: ["-j1", "--no-digest"], DIGESTS: ["-j1"]}
    if name == "A":
        runs[ONE_RULE], runs[RULES] = [*rules, bench.rules(1)], [*rules, bench.rules(200)]
    if name == "B":
        for run, jobs, report in ((TEXT, "-j1", "text"), (JSON, "-j1", "json"), (JSON_TWO, "-j2", "json")):
            runs[run] = [jobs, "--no-digest", "-o", f"{report}={bench.path('report')}"]
    runs = {run: [*words, folder] for run, words in runs.items()}
    if name == "B":
        runs[PACKED] = ["-j1", "--no-digest", bench.packed(folder)]
    return runs


def old_name(run):
    return run.replace("ours", "old", 1)


def with_old(runs):
    """Each by the program, and where there is an older one, by that next to it."""
    both = {}
    for run, words in runs.items():
        both[run] = ([INVAUDIT, "scan", "-qq", *words], {}, False)
        if OLD and run != PACKED:  # which read no archives
            both[old_name(run)] = ([os.path.abspath(OLD), "scan", "-qq", *words], {}, False)
    return both


def print_old(results):
    print(f"The program beside {OLD}, new ÷ old:\n")
    print("| | time | processor | peak |\n|---|---|---|---|")
    for name, turns in results.items():
        for run in turns:
            if old_name(run) != run and old_name(run) in turns:
                ratios = [ratio(turns, run, old_name(run), column) for column in (TIME, PROCESSOR, PEAK)]
                print(f"| {name}: {run[6:]} | " + " | ".join(f"{one:.2f}" for one in ratios) + " |")
    print(flush=True)


def print_goals(a, b, c):
    print("Goals, by processor time where nothing else is said:\n")
    goal("B, the reader ÷ simdjson On-Demand", ratio(b, READER, SIMDJSON, PROCESSOR), 0.45)
    goal("B, the reader ÷ jq", ratio(b, READER, JQ_NAME, PROCESSOR), 1 / 30)
    goal("B, the reader ÷ jansson", ratio(b, READER, JANSSON, PROCESSOR), 1 / 40)
    goal("B, the reader ÷ DuckDB, by time", ratio(b, READER, DUCKDB, TIME), 1 / 10)
    goal("B, scan with a report in JSON ÷ simdjson On-Demand", ratio(b, JSON, SIMDJSON, PROCESSOR), 0.60)
    goal("B, scan with a report in text ÷ simdjson On-Demand", ratio(b, TEXT, SIMDJSON, PROCESSOR), 0.45)
    goal("B, scan with a report in JSON, two threads ÷ one, by time", ratio(b, JSON_TWO, JSON, TIME), 0.60)
    goal("A, the reader ÷ simdjson On-Demand with huge pages", ratio(a, READER, HUGE, PROCESSOR), 0.85)
    goal("A, scan with digests ÷ hashing alone", ratio(a, DIGESTS, HASH, PROCESSOR), 1.35)
    goal("A, 200 rules ÷ one", ratio(a, RULES, ONE_RULE, PROCESSOR), 1.25)
    goal(f"A, peak MB of scan, {ROWS} distinct rows", peak_of(a, DIGESTS), 16 + 64 * ROWS / 1e6)
    goal("B, scan of the tree as .tar.gz ÷ of the tree and gunzip", archive_ratio(b), 1.25)
    goal("B, peak MB of scan", peak_of(b, DIGESTS), 16 + 300 * 4000 / 1e6)
    goal("C, scan ÷ /bin/true", ratio(c, "ours, scan", "/bin/true", TIME), 2.5)


def archive_ratio(turns):
    """Of medians, by processor time: what reading in place costs beside unpacking first."""
    packed, plain, gunzip = (statistics.median(turn[PROCESSOR] for turn in turns[run]) for run in (PACKED, SCAN, GUNZIP))
    return packed / (plain + gunzip)


def peak_of(turns, run):
    return max(turn[PEAK] for turn in turns[run])


READ, HASH = "read() and nothing else", "SHA-256 and nothing else"


def main():
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    bench = Field(sys.argv[1])
    sets = bench.make_data()
    tools = bench.tools()
    print(f"{machine()}; medians of {turns} turns\n")
    results = {}
    for name in "BA":
        folder, files = sets[name]
        size = sum(map(os.path.getsize, files))
        runs = {run: (*tool, True) for run, tool in tools.items() if name == "A" or run != HUGE}
        runs.update(with_old(scans(bench, folder, name)))
        if name == "B":
            runs[GUNZIP] = (["gzip", "-dc", bench.packed(folder)], {}, False)
        runs[READ] = ([bench.bytes, "read"], {}, False)
        runs[HASH] = ([bench.bytes, "hash"], {}, False)
        results[name], answer = bench.measure(runs, files, turns)
        print(f"{name}: {size / 1e6:.0f} MB, {len(files)} files, {answer[0]} records\n")
        table(results[name], SIMDJSON if SIMDJSON in runs else READER, size)
    folder, files = sets["C"]
    runs = {"/bin/true": (["/bin/true"], {}, False), **with_old({"ours, scan": [folder]}),
            "ours, scan --no-sandbox": ([INVAUDIT, "scan", "-qq", "--no-sandbox", folder], {}, False)}
    results["C"], _ = bench.measure(runs, [], 40 * turns)
    print(f"C: {os.path.getsize(files[0]) / 1e3:.0f} KB, from start to end; medians of {40 * turns} turns\n")
    table(results["C"], "/bin/true", os.path.getsize(files[0]))
    if OLD:
        print_old(results)
    print_goals(results["A"], results["B"], results["C"])


if __name__ == "__main__":
    main()
