#!/usr/bin/env python3
"""Change the program a little, one change at a time, and see whether a test notices.

    make mutants MINUTES=10 SEED=7 FLOORS="judge gather"
    make mutants ONLY=judge/coverage.c:67       every mutant of that line (or file)

A mutant is the program with one small change: `<` for `<=`, `&&` for `||`, a statement
left out ... It is killed when a test fails, and survives when none does. A survivor is
a line that no test holds: write the test, or say in `equivalent` why no test can.

The tests go from cheap to dear, and the first that fails ends the mutant:

    the stories of fixtures/ -> unit programs -> the second judgement, suites, bats

What survives runs stories and unit programs once more under AddressSanitizer and
UndefinedBehaviorSanitizer: a change that reads one element too many may tell itself in
no other way.

The library is linked as a shared object here (FLAVOUR=mutants, mutants-asan), so a mutant
costs one compilation and one link, whatever the number of programs. All happens in a copy
of the tree: the tree may be edited and built meanwhile. The order of mutants follows from
the seed alone; how many are made, from the minutes.

Status: 0 if enough are killed of those that are not equivalent (GOAL, in percent; 97),
1 if not, 2 if nothing was tested.
Environment (set by make): COMPILE, LINK, LINK_LIBRARIES: how an object and the library
are made; SANITIZE: the flags that both need for the sanitizers; BUILD: where they are,
and with "-asan" behind it, those that are made with these flags; OBJECTS: those of the
library.
"""

import argparse
import concurrent.futures
import math
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from mutate import mutants_of, same_line

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STORY_SECONDS = 20  # a story takes some hundredths
SLOWER = 10  # times as long as the program as it is: taken for an endless loop
LEAST_SECONDS = 20
WAITS = 10  # times as long by the clock as by the processor: the machine may have others' work
COMPILE_SECONDS = 300
MEMORY_BYTES = 4 << 30
FILE_BYTES = 300 << 20  # a test of `query` writes one of 256 MiB
# What is run when stories and unit programs noticed nothing: what `make test` has that can
# tell something of the floor. COMMANDS are those that are no bats.
COMMANDS = {
    "reference": ["python3", "-B", "tests/reference/run.py", "400"],
    "recorded": ["tests/recorded.sh"],
    "records": ["tests/records.sh"],
    "published": ["tests/published.sh"],
    "losing": ["tests/losing.sh"],
    "protection": ["tests/protection.sh"],
    "silence": ["tests/silence.sh"],
    "differential": ["python3", "-B", "tests/differential/run.py", "1500"],
    "conformance": ["build/tests/conformance/jmespath"],
    "threads": ["tests/threads.sh"],
}
JUDGEMENT = ["recorded", "protection", "scan.bats", "evidence.bats", "matrix.bats", "threads", "reference", "published", "silence",
             "records", "losing"]  # fmt: skip
LATER = {
    "gather": JUDGEMENT,
    "judge": JUDGEMENT,
    "explain": [*JUDGEMENT, "commentary.bats"],
    "rulebook": ["rules.bats", "manual_rule.bats", "scan.bats", "pack.bats", "types.bats", "recorded", "matrix.bats"],
    "jmespath": ["conformance", "differential", "query.bats"],
    "report": ["reports.bats", "manual_report.bats", "evidence.bats", "scan.bats", "terminal.bats", "html.bats",
               "tables.bats", "script.bats", "every_format.bats", "matrix.bats", "commentary.bats"],
}  # fmt: skip
LATER_ELSEWHERE = ["scan.bats", "evidence.bats", "files.bats", "query.bats", "usage.bats"]

survivor_lock = threading.Lock()


def limit_processes():
    """Of this one, and so of all that it starts."""
    most_memory = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, most_memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, folder, environment, seconds, **files):
    """The status; of a process that takes so many seconds of a processor, the signal's; None
    after WAITS times as many by the clock. Its children end with it."""
    process = subprocess.Popen(
        ["prlimit", "--cpu=%d" % math.ceil(seconds), *command], cwd=folder, env=environment, start_new_session=True,
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **files},
    )  # fmt: skip
    try:
        return process.wait(timeout=WAITS * seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


class Story:
    """A folder of fixtures/: what `scan` and `evidence` say of it."""

    def __init__(self, folder):
        self.name, self.folder = folder.name, folder
        words = folder / "args"
        self.words = words.read_text().split("\n") if words.exists() else ["evidence"]
        self.words = [word for word in self.words if word]
        self.stdin = folder / "stdin"

    def told(self, program, environment, out):
        """Everything that the program says and tests/fixtures.sh compares: a text for each
        of its reports."""
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        scan = ["json", "junit", "sarif", "github", "markdown", "html", "csv", "intoto"]
        scan += ["xlsx"] if (self.folder / "expected/workbook").exists() else []
        scan = [word for each in scan for word in ("-o", "%s=%s" % (each, out / ("scan." + each)))]
        evidence = [word for each in ("json", "csv") for word in ("-o", "%s=%s" % (each, out / ("evidence." + each)))]
        statuses = []
        for command, options in (("scan", scan), ("evidence", evidence), ("evidence", ["--list"])):
            given = open(self.stdin, "rb") if self.stdin.exists() else open(os.devnull, "rb")
            name = command + "-list" if "--list" in options else command
            with given, open(out / (name + ".txt"), "wb") as text, open(out / (name + ".err"), "wb") as err:
                status = run([program, command, *self.words, "-o", "text", *options], self.folder, environment,
                             STORY_SECONDS, stdin=given, stdout=text, stderr=err)  # fmt: skip
            statuses.append(status)
        return statuses, {path.name: path.read_bytes() for path in sorted(out.iterdir())}


class Symbols:
    """Which objects a program links: those that define what it needs, and so on."""

    def __init__(self, objects):
        self.needs, self.home = {}, {}
        for path in objects:
            defined, self.needs[path] = self.read(path)
            self.home.update(dict.fromkeys(defined, path))

    @staticmethod
    def read(path):
        defined, needed = set(), set()
        printed = subprocess.run(["nm", "-g", path], capture_output=True, text=True, check=True).stdout
        for line in printed.splitlines():
            kind, name = line.split()[-2:]
            (needed if kind == "U" else defined).add(name)
        return defined, needed

    def reached(self, program):
        found, names = set(), self.read(program)[1]
        while names:
            new = {self.home[name] for name in names if name in self.home} - found
            found |= new
            names = set().union(*(self.needs[path] for path in new))
        return found


class Tree:
    """A copy of the tree, its objects and its programs; nothing writes there."""

    def __init__(self, work, build, source=ROOT, flags=()):
        self.root = work / "tree"
        self.flags = list(flags)  # for the compiler, beside those of COMPILE and LINK
        copied = [path for path in source.iterdir() if path.name not in ("build", ".git")]
        self.root.mkdir(parents=True)
        for path in copied:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, self.root / path.name)
        shutil.copytree(build, self.root / "build", ignore=shutil.ignore_patterns("*.d", "logs"))
        self.program = self.root / "build/invaudit"
        place = Path(os.environ["BUILD"]).resolve()
        made = [Path(path).resolve().relative_to(place) for path in os.environ["OBJECTS"].split()]
        self.objects = [self.root / "build" / path for path in made]
        symbols = Symbols(self.objects)
        units = [self.root / "build/tests/unit" / path.stem for path in sorted((self.root / "tests/unit").glob("*.c"))]
        units = [path for path in units if path.exists()]  # rows.c is none
        self.units = {path: symbols.reached(path) for path in units}
        folders = sorted((self.root / "fixtures").iterdir())
        self.stories = [Story(each) for each in folders if (each / "evidence").exists() or (each / "stdin").exists()]

    def environment(self, library, scratch):
        shared = os.environ.get("SHARED", "")
        return {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C",
            "LD_LIBRARY_PATH": str(library),
            "TMPDIR": str(scratch),
            "INVAUDIT": str(self.program),
            "PROTECTION": str(self.root / "build/tests/protection/protection"),
            "RECORDS_TREES": "60",
            "LOSING_TREES": "30",
            "PUBLISHED_LOSSES": "1",
            "DIFFERENTIAL_JMESPATH": str(self.root / "build/tests/differential/jmespath"),
            "ASAN_OPTIONS": "hard_rss_limit_mb=%d" % (MEMORY_BYTES >> 20),
            **({"SHARED": shared} if shared else {}),
        }

    def later(self, floor):
        return [] if self.flags else LATER.get(floor, LATER_ELSEWHERE)

    def command(self, test):
        if test.endswith(".bats"):
            return ["bats", "--formatter", "tap", "tests/cli/" + test]
        return COMMANDS[test]


class Baseline:
    """What the program as it is says, and how long each test takes."""

    def __init__(self, tree, work, floors):
        self.tree = tree
        self.failing = set()  # without any change: they tell nothing of a mutant
        self.seconds = {}
        self.kills = Counter()
        library, scratch = tree.root / "build/obj", work / "scratch"
        scratch.mkdir()
        environment = tree.environment(library, scratch)
        self.told = {story.name: story.told(tree.program, environment, work / "out") for story in tree.stories}
        for story, (statuses, _) in self.told.items():
            if not set(statuses) <= {0, 1, 2, 3}:
                raise SystemExit("%s: the program as it is ends with %s" % (story, statuses))
        for test in tree.units:
            self.time(test.name, [str(test)], environment)
        for test in dict.fromkeys(test for floor in floors for test in tree.later(floor)):
            self.time(test, tree.command(test), environment)

    def time(self, name, command, environment):
        start = time.monotonic()
        if run(command, self.tree.root, environment, COMPILE_SECONDS) != 0:
            print("%s fails with the program as it is: left out" % name, flush=True)
            self.failing.add(name)
        self.seconds[name] = time.monotonic() - start

    def limit(self, name):
        return max(LEAST_SECONDS, SLOWER * self.seconds.get(name, 0))


class Worker:
    """A folder of its own to compile and run one mutant after the other."""

    def __init__(self, tree, baseline, work, number):
        self.tree, self.baseline = tree, baseline
        self.folder = work / ("worker%d" % number)
        self.scratch = self.folder / "scratch"
        self.sources = self.folder / "analyzer"
        self.scratch.mkdir(parents=True)
        shutil.copytree(tree.root / "analyzer", self.sources)
        self.environment = tree.environment(self.folder, self.scratch)

    def compile(self, source, out):
        environment = {**os.environ, "CCACHE_DISABLE": "1"}
        command = [*shlex.split(os.environ["COMPILE"]), *self.tree.flags, "-w", "-c", "-o", str(out)]
        command.append("analyzer/" + source)
        return run(command, self.folder, environment, COMPILE_SECONDS) == 0

    def fate(self, mutant):
        """What became of it: "does not compile", "same code", the test that killed it,
        or None."""
        path = self.sources / mutant.source
        original, out = path.read_text(), self.folder / "mutant.o"
        try:
            plain = self.folder / "plain" / (mutant.source + ".o")
            if not plain.exists():
                plain.parent.mkdir(parents=True, exist_ok=True)
                self.compile(mutant.source, plain)
            path.write_text(mutant.text)
            if not self.compile(mutant.source, out):
                return "does not compile"
        finally:
            path.write_text(original)
        if out.read_bytes() == plain.read_bytes():
            return "same code"
        own = self.tree.root / "build/obj/analyzer" / Path(mutant.source).with_suffix(".o")
        objects = [str(out if each == own else each) for each in self.tree.objects]
        if not self.link(objects):
            raise SystemExit("%s\ncompiles, and cannot be linked" % mutant)
        return self.killer(mutant, own)

    def link(self, objects):
        library = str(self.folder / "libinvaudit.so")
        command = [*shlex.split(os.environ["LINK"]), *self.tree.flags, "-o", library, *objects]
        command += shlex.split(os.environ["LINK_LIBRARIES"])
        return run(command, self.folder, dict(os.environ), COMPILE_SECONDS) == 0

    def killer(self, mutant, own):
        kills = self.baseline.kills
        for story in sorted(self.tree.stories, key=lambda each: -kills[each.name]):
            if story.told(self.tree.program, self.environment, self.folder / "out") != self.baseline.told[story.name]:
                return story.name
        floor = mutant.source.split("/")[0]
        units = [path for path, reached in self.tree.units.items() if own in reached]
        units.sort(key=lambda path: (not path.name.startswith(floor), self.cost(path.name), path.name))
        for unit in units:
            if not self.passes(unit.name, [str(unit)]):
                return unit.name
        for test in self.tree.later(floor):
            if not self.passes(test, self.tree.command(test)):
                return test
        return None

    def cost(self, name):
        return self.baseline.seconds[name] / (1 + self.baseline.kills[name])

    def passes(self, name, command):
        if name in self.baseline.failing:
            return True
        status = run(command, self.tree.root, self.environment, self.baseline.limit(name))
        for left in self.scratch.iterdir():  # a test that was ended leaves its folder
            subprocess.run(["chmod", "-R", "u+rwx", left], check=False, stderr=subprocess.DEVNULL)
            shutil.rmtree(left, ignore_errors=True)
        return status == 0


def read_equivalent(path):
    """{(file, old, new): reason}: see the head of the file."""
    known = {}
    for block in re.split(r"\n\s*\n", path.read_text()):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        source, old, new, *reason = lines
        if not (old.startswith("- ") and new.startswith("+ ") and reason):
            raise SystemExit("%s: expected a file, '- old', '+ new' and a reason: %s" % (path, block))
        known[source, same_line(old[2:]), same_line(new[2:])] = " ".join(reason)
    return known


class Tally:
    def __init__(self, known):
        self.known = known
        self.fates = {}  # floor: Counter of "does not compile", "killed" ...
        self.killers = Counter()
        self.survivors = []

    def add(self, mutant, fate):
        counts = self.fates.setdefault(mutant.source.split("/")[0], Counter())
        counts["made"] += 1
        if fate in ("does not compile", "same code"):
            counts[fate] += 1
        elif fate is not None:
            counts["killed"] += 1
            self.killers[fate] += 1
        elif mutant.key in self.known:
            counts["equivalent"] += 1
        else:
            counts["survived"] += 1
            self.survivors.append(mutant)
            print(mutant, flush=True)

    def add_again(self, mutant, fate):
        """Of one that survived without the sanitizers."""
        if fate in (None, "same code", "does not compile"):
            return
        counts = self.fates[mutant.source.split("/")[0]]
        counts["survived"] -= 1
        counts["killed"] += 1
        self.killers["%s (sanitizers)" % fate] += 1
        self.survivors.remove(mutant)
        print("%s:%d: killed after all, under the sanitizers: %s" % (mutant.source, mutant.line, fate), flush=True)

    def write(self, goal):
        columns = ("made", "does not compile", "same code", "equivalent", "killed", "survived")
        total = sum(self.fates.values(), Counter())
        print("\n%-10s" % "floor", *("%16s" % column for column in columns), "%8s" % "killed")
        for floor, counts in [*sorted(self.fates.items()), ("all", total)]:
            tested = counts["killed"] + counts["survived"]
            share = "%7.1f%%" % (100 * counts["killed"] / tested) if tested else "       -"
            print("%-10s" % floor, *("%16d" % counts[column] for column in columns), share)
        print("\nkilled by:", ", ".join("%s %d" % each for each in self.killers.most_common()))
        tested = total["killed"] + total["survived"]
        if tested == 0:
            print("nothing was tested")
            return 2
        return 0 if 100 * total["killed"] >= goal * tested else 1


def chosen(root, floors, only, seed):
    sources = [path.relative_to(root).as_posix() for floor in floors for path in sorted((root / floor).glob("*.c"))]
    line = None
    if only:
        name, _, line = only.partition(":")
        if not (root / name).is_file():
            raise SystemExit("there is no file analyzer/%s" % name)
        sources = [name]
    mutants = [mutant for source in sources for mutant in mutants_of(source, (root / source).read_text())]
    if only:
        return [mutant for mutant in mutants if not line or mutant.line == int(line)]
    random.Random(seed).shuffle(mutants)
    return mutants


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goal", type=float, default=97)
    parser.add_argument("--only", metavar="FILE[:LINE]")
    parser.add_argument("floors", nargs="+")
    given = parser.parse_args()
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ else None
    limit_processes()
    work = Path(tempfile.mkdtemp(prefix="mutants-", dir=place))
    try:
        return test(given, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def skippable(mutants, known, root):
    """Of those that are known to be equivalent: whose line stands once in its file. Of
    another, the entry may mean the other place."""
    texts = {source: same_line((root / source).read_text()) for source in {mutant.source for mutant in mutants}}
    return {key for key in {mutant.key for mutant in mutants} & set(known) if texts[key[0]].count(key[1]) == 1}


def run_all(tree, baseline, work, mutants, deadline, skipped, add):
    """Calls `add` with each mutant that there was time for, and its fate: what is to be
    skipped survives."""
    left = iter(mutants)
    workers = [Worker(tree, baseline, work, number) for number in range(os.cpu_count() or 1)]

    def loop(worker):
        while time.monotonic() < deadline:
            with survivor_lock:
                mutant = next(left, None)
            if mutant is None:
                return
            fate = None if mutant.key in skipped else worker.fate(mutant)
            with survivor_lock:
                if fate:
                    baseline.kills[fate] += 1
                add(mutant, fate)

    with concurrent.futures.ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(loop, worker) for worker in workers]:
            done.result()


def test(given, work):
    build = Path(os.environ["BUILD"]).resolve()
    sanitized = work / "sanitized"
    tree = Tree(work, build)
    floors = [given.only.split("/")[0]] if given.only else given.floors
    baseline = Baseline(tree, work, floors)
    mutants = chosen(tree.root / "analyzer", given.floors, given.only, given.seed)
    tally = Tally(read_equivalent(HERE / "equivalent"))
    deadline = float("inf") if given.only else time.monotonic() + 60 * given.minutes
    print("%d mutants of %s are possible" % (len(mutants), given.only or " ".join(given.floors)), flush=True)
    skipped = set() if given.only else skippable(mutants, tally.known, tree.root / "analyzer")
    run_all(tree, baseline, work, mutants, deadline, skipped, tally.add)
    if tally.survivors:
        # what the sanitizers map is no memory that is taken: hard_rss_limit_mb guards that
        most_memory = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
        again = Tree(sanitized, build.with_name(build.name + "-asan"), tree.root, shlex.split(os.environ["SANITIZE"]))
        baseline = Baseline(again, sanitized, floors)
        run_all(again, baseline, sanitized, list(tally.survivors), float("inf"), set(), tally.add_again)
    return tally.write(given.goal)


if __name__ == "__main__":
    sys.exit(main())
