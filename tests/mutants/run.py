#!/usr/bin/env python3
"""Change the program a little, one change at a time, and see whether a test notices.

    make mutants MINUTES=10 SEED=7 FLOORS="judge gather"
    make mutants ONLY=judge/coverage.c:67       every mutant of that line (or file; or several)

A mutant is the program with one small change: `<` for `<=`, `&&` for `||`, a statement
left out ... It is killed when a test fails, and survives when none does. A survivor is
a line that no test holds: write the test, or say in `equivalent` why no test can.

A mutant is asked of one test after the other, and the first that fails ends it:

    the stories of fixtures/, a run each; many pieces of tests/recorded; unit programs; the second judgement, suites, bats

First come those that promise most for their time: what a test has killed, in the same file
above all, by how long it takes. What killed what is kept in BUILD/kills.json for the next
run: it decides how soon a mutant is ended, not whether.

What survives runs stories and unit programs once more under AddressSanitizer and
UndefinedBehaviorSanitizer: a change that reads one element too many may tell itself in
no other way.

The library is linked as a shared object here (FLAVOUR=mutants, mutants-asan), so a mutant
costs one compilation and one link, whatever the number of programs. All happens in a copy
of the tree: the tree may be edited and built meanwhile. The order of mutants follows from
the seed alone; how many are made, from the minutes. JOBS: so many at a time (as many as
there are processors); QUICK=1 leaves out what takes longest, and the sanitizers, so that
more is said to survive.

Status: 0 if enough are killed of those that are not equivalent (GOAL, in percent; 97),
1 if not, 2 if nothing was tested.
Environment (set by make): COMPILE, LINK, LINK_LIBRARIES: how an object and the library
are made; SANITIZE: the flags that both need for the sanitizers; BUILD: where they are,
and with "-asan" behind it, those that are made with these flags; OBJECTS: those of the
library.
"""

import argparse
import concurrent.futures
import hashlib
import json
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
    "records": ["tests/records.sh"],
    "published": ["tests/published.sh"],
    "losing": ["tests/losing.sh"],
    "protection": ["tests/protection.sh"],
    "silence": ["tests/silence.sh"],
    "differential": ["python3", "-B", "tests/differential/run.py", "1500"],
    "conformance": ["build/tests/conformance/jmespath"],
    "threads": ["tests/threads.sh"],
}
JUDGEMENT = ["protection", "scan.bats", "evidence.bats", "matrix.bats", "threads", "reference", "published", "silence",
             "lists.bats", "records", "losing"]  # fmt: skip
LATER = {
    "gather": JUDGEMENT,
    "judge": JUDGEMENT,
    "explain": [*JUDGEMENT, "commentary.bats"],
    "rulebook": ["rules.bats", "manual_rule.bats", "scan.bats", "pack.bats", "types.bats", "matrix.bats"],
    "jmespath": ["conformance", "differential", "query.bats"],
    "report": ["reports.bats", "manual_report.bats", "evidence.bats", "scan.bats", "terminal.bats", "html.bats",
               "tables.bats", "script.bats", "every_format.bats", "matrix.bats", "commentary.bats"],
}  # fmt: skip
# What these make is in text and JSON; the other formats say no more of it.
DECIDING = {"gather", "judge"}
RECORDED_EACH = {"wide": 1, "spoilt": 1, "scopes": 2, "records": 3, "databases": 6}
OF_SAME_FILE = 4  # a test that killed a mutant of the same file: as good as so many others
LATER_ELSEWHERE = ["scan.bats", "evidence.bats", "files.bats", "query.bats", "usage.bats"]

survivor_lock = threading.Lock()
baseline_lock = threading.Lock()


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
    """One run of the program, and what it says."""

    def __init__(self, name, folder, words, formats=(), stdin=None):
        self.name, self.folder, self.words, self.formats = name, folder, words, formats
        self.stdin = stdin or os.devnull

    def told(self, program, environment, out):
        """The status, and a digest of each text that it writes."""
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        formats = [word for each in self.formats for word in ("-o", "%s=%s" % (each, out / each))]
        with open(self.stdin, "rb") as given, open(out / "out", "wb") as text, open(out / "err", "wb") as err:
            status = run([program, *self.words, *formats], self.folder, environment, STORY_SECONDS,
                         stdin=given, stdout=text, stderr=err)  # fmt: skip
        return status, [(path.name, hashlib.sha256(path.read_bytes()).digest()) for path in sorted(out.iterdir())]


def fixture_stories(folder, few):
    """Of a folder of fixtures/: what tests/fixtures.sh compares."""
    given = folder / "args"
    words = given.read_text().split("\n") if given.exists() else ["evidence"]
    words = [word for word in words if word]
    stdin = folder / "stdin" if (folder / "stdin").exists() else None
    scan = ["json", "junit", "sarif", "github", "markdown", "html", "csv", "intoto"]
    scan += ["xlsx"] if (folder / "expected/workbook").exists() else []
    for command, formats, more in (
        ("scan", ["json"] if few else scan, []),
        ("evidence", ["json"] if few else ["json", "csv"], []),
        ("evidence", [], ["--list"]),
    ):
        yield Story(" ".join([folder.name, command, *more]), folder, [command, *words, *more, "-o", "text"], formats, stdin)


def recorded_stories(root, folder):
    """Of the pieces of tests/recorded/, whose evidence is written into the folder."""
    sys.path.insert(0, str(root / "tests/recorded"))
    from run import pieces  # noqa: PLC0415: of the tree's copy, whose rules it names

    seen = Counter()
    for name, make in pieces():
        kind = name.split("-")[0]
        seen[kind] += 1
        if seen[kind] % RECORDED_EACH[kind] != 0:
            continue
        place = folder / name
        (place / "evidence").mkdir(parents=True)
        options = [str(word) for word in make(place)]
        yield Story("recorded " + name, place, ["scan", *options, "-o", "json", "evidence"])


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

    def __init__(self, work, build, given, source=ROOT, flags=()):
        self.root = work / "tree"
        self.quick = given.quick
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
        folders = [each for each in folders if (each / "evidence").exists() or (each / "stdin").exists()]
        few = set(given.floors) <= DECIDING
        self.stories = [story for folder in folders for story in fixture_stories(folder, few)]
        if not flags:
            self.stories += recorded_stories(self.root, work / "recorded")

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
        return [] if self.flags or self.quick else LATER.get(floor, LATER_ELSEWHERE)

    def command(self, test):
        if test.endswith(".bats"):
            return ["bats", "--formatter", "tap", "tests/cli/" + test]
        return COMMANDS[test]


class Baseline:
    """What the program as it is says, asked when it is first needed, and what is known of
    the tests: how long each takes, and which have killed what."""

    def __init__(self, tree, work, build):
        self.tree, self.out = tree, work / "out"
        self.kept = build / "kills.json"
        kept = json.loads(self.kept.read_text()) if self.kept.exists() else {"seconds": {}, "kills": {}}
        self.seconds = kept["seconds"]
        self.kills = {source: Counter(kills) for source, kills in kept["kills"].items()}
        self.all_kills = sum(self.kills.values(), Counter())
        self.told = {}
        self.passing = {}  # without any change; those that fail tell nothing of a mutant
        self.environment = tree.environment(tree.root / "build/obj", work / "scratch")
        (work / "scratch").mkdir()

    def says(self, story):
        with baseline_lock:
            if story.name not in self.told:
                start = time.monotonic()
                self.told[story.name] = story.told(self.tree.program, self.environment, self.out)
                self.seconds[story.name] = time.monotonic() - start
                if self.told[story.name][0] not in {0, 1, 2, 3}:
                    raise SystemExit("%s: the program as it is ends with %s" % (story.name, self.told[story.name][0]))
            return self.told[story.name]

    def does_pass(self, name, command):
        with baseline_lock:
            if name not in self.passing:
                start = time.monotonic()
                self.passing[name] = run(command, self.tree.root, self.environment, COMPILE_SECONDS) == 0
                self.seconds[name] = time.monotonic() - start
                if not self.passing[name]:
                    print("%s fails with the program as it is: left out" % name, flush=True)
            return self.passing[name]

    def killed(self, mutant, name):
        self.kills.setdefault(mutant.source, Counter())[name] += 1
        self.all_kills[name] += 1

    def keep(self):
        self.kept.write_text(json.dumps({"seconds": self.seconds, "kills": self.kills}, indent=1))

    def promise(self, mutant, name, test):
        """How likely the test kills it, for its time."""
        own = self.kills.get(mutant.source, {}).get(name, 0)
        guess = 0.05 if isinstance(test, Story) else 0.5 if len(test) == 1 else 30
        return (0.2 + self.all_kills[name] + OF_SAME_FILE * own) / self.seconds.get(name, guess)

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
        floor = mutant.source.split("/")[0]
        tests = {story.name: story for story in self.tree.stories}
        tests.update((path.name, [str(path)]) for path, reached in self.tree.units.items() if own in reached)
        tests.update((test, self.tree.command(test)) for test in self.tree.later(floor))
        for name in sorted(tests, key=lambda name: -self.baseline.promise(mutant, name, tests[name])):
            if not self.passes(name, tests[name]):
                return name
        return None

    def passes(self, name, command):
        if isinstance(command, Story):
            return command.told(self.tree.program, self.environment, self.folder / "out") == self.baseline.says(command)
        if not self.baseline.passing.get(name, True):
            return True
        status = run(command, self.tree.root, self.environment, self.baseline.limit(name))
        for left in self.scratch.iterdir():  # a test that was ended leaves its folder
            subprocess.run(["chmod", "-R", "u+rwx", left], check=False, stderr=subprocess.DEVNULL)
            shutil.rmtree(left, ignore_errors=True)
        return status == 0 or not self.baseline.does_pass(name, command)


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
    wanted = [each.partition(":")[::2] for each in only]
    for name, _ in wanted:
        if not (root / name).is_file():
            raise SystemExit("there is no file analyzer/%s" % name)
    if wanted:
        sources = sorted({name for name, _ in wanted})
    mutants = [mutant for source in sources for mutant in mutants_of(source, (root / source).read_text())]
    if wanted:
        lines = set(wanted)
        return [each for each in mutants if {(each.source, ""), (each.source, str(each.line))} & lines]
    random.Random(seed).shuffle(mutants)
    return mutants


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goal", type=float, default=97)
    parser.add_argument("--only", metavar="FILE[:LINE]", default=[], nargs="+")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("floors", nargs="*")
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


def run_all(tree, baseline, workers, mutants, deadline, skipped, add):
    """Calls `add` with each mutant that there was time for, and its fate: what is to be
    skipped survives."""
    left = iter(mutants)

    def loop(worker):
        while time.monotonic() < deadline:
            with survivor_lock:
                mutant = next(left, None)
            if mutant is None:
                return
            fate = None if mutant.key in skipped else worker.fate(mutant)
            with survivor_lock:
                if fate not in (None, "same code", "does not compile"):
                    baseline.killed(mutant, fate)
                add(mutant, fate)

    with concurrent.futures.ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(loop, worker) for worker in workers]:
            done.result()


def test(given, work):
    build = Path(os.environ["BUILD"]).resolve()
    sanitized = work / "sanitized"
    given.floors = sorted({each.split("/")[0] for each in given.only}) or given.floors
    tree = Tree(work, build, given)
    baseline = Baseline(tree, work, build)
    workers = [Worker(tree, baseline, work, number) for number in range(given.jobs)]
    mutants = chosen(tree.root / "analyzer", given.floors, given.only, given.seed)
    tally = Tally(read_equivalent(HERE / "equivalent"))
    deadline = float("inf") if given.only else time.monotonic() + 60 * given.minutes
    print("%d mutants of %s are possible" % (len(mutants), " ".join(given.only or given.floors)), flush=True)
    skipped = set() if given.only else skippable(mutants, tally.known, tree.root / "analyzer")
    run_all(tree, baseline, workers, mutants, deadline, skipped, tally.add)
    baseline.keep()
    if tally.survivors and not given.quick:
        # what the sanitizers map is no memory that is taken: hard_rss_limit_mb guards that
        most_memory = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
        flags = shlex.split(os.environ["SANITIZE"])
        again = Tree(sanitized, build.with_name(build.name + "-asan"), given, tree.root, flags)
        baseline = Baseline(again, sanitized, build)
        workers = [Worker(again, baseline, sanitized, number) for number in range(given.jobs)]
        run_all(again, baseline, workers, list(tally.survivors), float("inf"), set(), tally.add_again)
    return tally.write(given.goal)


if __name__ == "__main__":
    sys.exit(main())
