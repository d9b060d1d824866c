#!/usr/bin/env python3
"""An archive of a folder gives what the folder gives, but for paths: each story of fixtures/
is scanned as it is, as a .tar.gz and as a .zip, in place. Prints TAP without numbers.
ARCHIVES_EACH=3: each third, and those that are said here to differ.

    INVAUDIT=build/invaudit tests/archives/stories.py [STORY...]
"""
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

PROGRAM = os.path.abspath(os.environ["INVAUDIT"])
FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
# Their evidence holds archives, which are not read in another one: only what was decided is
# the same there.
NESTED = ("other-output", "refused-and-assumed")
# Of a member it is not known whether it has records that an option in a manifest leaves out,
# since the manifest may come behind it: what is decided may be less there, and no other.
WEAKER = ("lists-of-a-collection",)
# All that its evidence tells is in archives: in another one they name no region.
ONLY_ARCHIVES = ("hostile-archives",)
EACH = int(os.environ.get("ARCHIVES_EACH", "1"))
PARTS = ("findings", "coverage", "missing", "problems", "matrix", "summary", "evidence")


def pack_tar(story, name):
    """Backwards, so that what lies beside an answer comes before and behind it."""
    with tarfile.open(name, "w:gz") as tar:
        for path in sorted(story.rglob("evidence/**/*"), reverse=True):
            tar.add(path, path.relative_to(story), recursive=False)


def pack_zip(story, name):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(story.rglob("evidence/**/*")):
            packed.write(path, path.relative_to(story))


def scan(folder, words):
    done = subprocess.run([PROGRAM, "scan", "-o", "json", *words], cwd=folder, capture_output=True,
                          stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode()


def without_archive(text, name):
    """The report as if the archive was the folder that it holds."""
    text = text.replace(f"{name}!/evidence", "evidence")
    report = json.loads(text)
    report["evidence"] = [source for source in report["evidence"] if source["use"] != "archive"]
    return {part: report.get(part) for part in PARTS}


def words_of(story):
    args = story / "args"
    return args.read_text().splitlines() if args.exists() else ["evidence"]


def decided(report):
    keys = ("rule", "account", "region", "resource", "source", "result", "facts", "possible")
    return {"findings": [{key: finding[key] for key in keys} for finding in report["findings"]]}


def weaker(plain, packed):
    """What was decided, as the folder has it where the archive does not know."""
    results = {finding["id"]: finding["result"] for finding in packed["findings"]}
    for finding in plain["findings"]:
        if results.get(finding["id"]) not in ("unknown", finding["result"]):
            yield f"{finding['id']}: {results.get(finding['id'])}, not {finding['result']}"


def differences(plain, packed, parts):
    for part in parts:
        if plain[part] == packed[part]:
            continue
        left, right = (json.dumps(side[part], indent=1, sort_keys=True).split("\n") for side in (plain, packed))
        yield part
        shown = 0
        for a, b in zip(left, right):
            if a != b and shown < 4:
                yield f"  {a.strip()} != {b.strip()}"
                shown += 1
        if len(left) != len(right):
            yield f"  {len(left)} lines, {len(right)} lines"


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        for number, story in enumerate(sorted(FIXTURES.iterdir())):
            words = words_of(story)
            if not (story / "evidence").is_dir() or "evidence" not in words or story.name in ONLY_ARCHIVES:
                continue
            if only and story.name not in only:
                continue
            if number % EACH != 0 and story.name not in NESTED + WEAKER:
                continue
            status, text, _ = scan(story, words)
            plain = without_archive(text, "-")
            for kind, pack in (("tar.gz", pack_tar), ("zip", pack_zip)):
                name = os.path.join(work, f"evidence.{kind}")
                pack(story, name)
                os.replace(name, os.path.join(work, "packed"))
                inside = [os.path.join(work, "packed") if word == "evidence" else word for word in words]
                packed_status, packed_text, said = scan(story, inside)
                wrong = []
                if packed_status != status:
                    wrong.append(f"status {packed_status}, not {status}: {said}")
                else:
                    packed = without_archive(packed_text, os.path.join(work, "packed"))
                    if story.name in WEAKER:
                        wrong = list(weaker(plain, packed))
                    elif story.name in NESTED:
                        wrong = list(differences(decided(plain), decided(packed), ("findings",)))
                    else:
                        wrong = list(differences(plain, packed, PARTS))
                print(f"{'not ok' if wrong else 'ok'} - {story.name}, as .{kind}")
                for line in wrong:
                    print("# " + line[:200])
                failed += bool(wrong)
    return failed > 0


only = sys.argv[1:]
sys.exit(main())
