"""What field.py and scale.py share: data, runs of programs, and what they took."""
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
INVAUDIT = os.path.abspath(os.environ.get("INVAUDIT", "build/invaudit"))
TIME, PROCESSOR, PEAK = 0, 1, 2  # of what a run took: seconds, seconds, MB


# Each is another measure for each number: no two facts are the same.
FACTS = [
    'from: "AWS::RDS::DBSnapshot", where: "AllocatedStorage > `{n}`"',
    'from: "AWS::RDS::DBSnapshot", where: "Engine == \'engine-{n}\'"',
    'from: "AWS::RDS::DBSnapshot", where: "SnapshotType == \'awsbackup\' && AllocatedStorage < `{n}`"',
    'from: "AWS::RDS::DBSnapshot", where: "starts_with(DBSnapshotIdentifier, \'awsbackup:job-{n}\')"',
    'from: "AWS::RDS::DBSnapshot", where: "!Encrypted || StorageThroughput < `{n}`"',
    'from: "AWS::RDS::DBSnapshot", where: "contains(VpcId, \'{n}\')"',
    'from: "AWS::RDS::DBSnapshot", where: "Port == `{n}`"',
    'from: "AWS::RDS::DBSnapshot", where: "AvailabilityZone == \'zone-{n}\'"',
    'from: "AWS::RDS::DBSnapshot", where: "StorageType != \'gp{n}\' && Status == \'available\'"',
    'from: "AWS::RDS::DBSnapshot", where: "MasterUsername == \'user-{n}\' || LicenseModel == \'{n}\'"',
]
RULE = """format: 1
id: {id}
title: Rule {n}
severity: low
for_each: region
facts:
  counted: {{ {fact} }}
outcomes:
  - result: pass
    when: "counted > `0`"
    message: "{{counted}}"
  - result: fail
    message: "none"
tests:
  - name: an empty listing fails
    evidence: {{ "AWS::RDS::DBSnapshot": [] }}
    expect: fail
"""


def say(text):
    print(text, file=sys.stderr, flush=True)


def pkg_config(*packages):
    return subprocess.check_output(["pkg-config", "--cflags", "--libs", *packages], text=True).split()


def machine():
    """The day, the processor, how many."""
    with open("/proc/cpuinfo") as about:
        model = next((line.split(":")[1].strip() for line in about if line.startswith("model name")), "unknown")
    return f"{time.strftime('%Y-%m-%d')}, {model}, {os.cpu_count()} processors"


def goal(text, value, limit):
    if value is None:
        print(f"- not measured: {text}")
    else:
        print(f"- {'reached' if value <= limit else 'MISSED'}: {text}: {value:.3g}, of at most {limit:.3g}")


class Bench:
    """Works in a folder, in which data stays from run to run."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        os.makedirs(self.folder, exist_ok=True)
        self.launch = self.compile("launch", "field/launch.c")
        self.generator = self.compile("generate", "generate.c")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def compile(self, name, source, *words):
        flags = os.environ.get("CFLAGS", "").split()
        if source.endswith(".cc"):
            command = [os.environ.get("CXX", "g++"), "-std=c++17", "-O3", "-march=native"]
        else:
            command = [os.environ.get("CC", "gcc"), "-std=c11", "-D_POSIX_C_SOURCE=200809L",
                       "-D_FILE_OFFSET_BITS=64", "-O2", *flags]
        subprocess.run([*command, "-o", self.path(name), os.path.join(HERE, source), *words], check=True)
        return self.path(name)

    def generate(self, *words, out=None):
        subprocess.run([self.generator, *map(str, words)], stdout=out, check=True)

    def listing(self, folder, megabytes):
        """The folder with one file in it, made where it is not there."""
        path = self.path(folder, "111122223333", "eu-central-1")
        file = os.path.join(path, "rds-describe-db-snapshots.json")
        if not os.path.exists(file):
            os.makedirs(path, exist_ok=True)
            with open(file + ".part", "wb") as out:
                self.generate(megabytes, "pretty", "111122223333", "eu-central-1", out=out)
            os.rename(file + ".part", file)
        return self.path(folder), file

    def tree(self, folder, accounts):
        if not os.path.exists(self.path(folder)):
            self.generate("tree", self.path(folder) + ".part", accounts)
            os.rename(self.path(folder) + ".part", self.path(folder))
        return self.path(folder)

    def rules(self, count):
        """A folder with so many rules, no two of which count the same."""
        folder = self.path(f"scale-rules-{count}")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for n in range(count):
            fact = FACTS[n % len(FACTS)].format(n=n)
            text = RULE.format(id=f"scale-{n:04}", n=n, fact=fact)
            with open(os.path.join(folder, f"scale-{n:04}.yaml"), "w", encoding="utf-8") as file:
                file.write(text)
        return folder

    def run(self, command, more_environment=None, standard_input=os.devnull):
        """Seconds, processor seconds, peak MB; and what it printed."""
        figures = self.path("figures")
        with open(standard_input, "rb") as given:
            process = subprocess.run([self.launch, figures, *command], stdin=given, capture_output=True,
                                     env={**os.environ, **(more_environment or {})}, text=True)
        if process.returncode not in (0, 1, 3) or (process.stderr and process.returncode != 0):
            raise SystemExit(f"bench: {command[0]}: status {process.returncode}: {process.stderr.strip()}")
        with open(figures) as taken:
            elapsed, processor, peak = map(float, taken.read().split())
        return (elapsed, processor, peak / 1024), process.stdout
