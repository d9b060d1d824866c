#!/usr/bin/python3
"""What the manuals and README.md say, and what the source says, side by side.

    manual.py tables FOLDER              writes pairs of lists, a line an item, for diff(1):
        codes.source   codes.manual      of analyzer/gather/codes.def and of invaudit-report.5
        meanings.source  meanings.manual  "CODE: MEANING", of the same
        calls.source   calls.manual      of the catalog and of invaudit-evidence.5
        limits.source  limits.manual     "NAME VALUE", of analyzer/ and of all manuals
        answers/                         an answer of each call of the catalog
        usage  builtin                   blocks of invaudit-evidence.5
    manual.py calls                      the catalog's calls, as invaudit-evidence.5 has them
    manual.py keys COMMAND REPORT...     compares the keys and types of JSON reports (of scan or
                                         evidence) with those in invaudit-report.5
    manual.py fences FILE FOLDER         writes the fenced blocks of a Markdown file, as
                                         LANGUAGE-N from 1; YAML as JSON, too
    manual.py commands FILE SECTION      prints the literal blocks of a section, for a shell
    manual.py transcript FILE            runs what stands behind '$ ', compares what it prints

Runs in the root of the project, transcripts anywhere.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ESCAPES = {r"\(ga": "`", r"\(aq": "'", r"\(ha": "^", r"\(ti": "~", r"\e": "\\", r"\&": "", r"\-": "-"}


def text_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def plain(line):
    return re.sub(r"\\(\(..|.)", lambda escape: ESCAPES[escape[0]], line)


def section(path, title):
    """The lines between a heading and the next of its rank or above."""
    lines, rank = [], None
    for line in text_of(path).splitlines():
        heading = re.match(r"\.(Sh|Ss) (.*)", line)
        if rank and heading and (heading[1] == "Sh" or rank == "Ss"):
            break
        if rank:
            lines.append(line)
        if heading and heading[2] == title:
            rank = heading[1]
    if not lines:
        sys.exit(f"{path}: no section '{title}'")
    return lines


# ---- codes ----------------------------------------------------------------------------

CODE = r'"([a-z]+[a-z0-9-]*)"'


def codes_of_table(path):
    """Rows as in CODE(CUT_OFF, "cut-off", OF_REASON | OF_PROBLEM, ..."""
    rows = re.findall(rf"^CODE\(\w+, {CODE},([A-Z_|\s]+),", text_of(path), re.M)
    return {f"{use.lower()} {code}" for code, uses in rows for use in re.findall(r"OF_(\w+)", uses)}


def codes_of_source():
    return codes_of_table(pathlib.Path("analyzer/gather/codes.def"))


def meanings_of_source():
    rows = re.findall(rf'^CODE\(\w+, {CODE},[A-Z_|\s]+,\s+"(.*)",$', text_of("analyzer/gather/codes.def"), re.M)
    return {f"{code}: {meaning}" for code, meaning in rows}


def meanings_of_manual(path):
    """Of each code that is an item by itself."""
    found, code = {}, None
    for line in section(path, "REASONS") + section(path, "PROBLEMS") + section(path, "ASSUMPTIONS"):
        if line.startswith(".It Li "):
            code = line[7:]
            found[code] = ""
        elif line.startswith(".Fl "):
            option = line[4:].replace(" Cm ", " ")
            found[code] += " -" + re.sub(r" ([.,;])$", r"\1", plain(option))
        elif line.startswith("."):
            code = None
        elif code:
            found[code] += " " + plain(line)
    return {f"{code}:{text}" for code, text in found.items() if text and " , " not in code}


def codes_of_manual(path):
    found = set()
    for kind, title in (("reason", "REASONS"), ("problem", "PROBLEMS"), ("assumption", "ASSUMPTIONS")):
        for line in section(path, title):
            if line.startswith(".It Li "):
                found |= {f"{kind} {code}" for code in line[7:].split(" , ")}
    return found


# ---- keys -----------------------------------------------------------------------------

TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}


def walk(value, path, found):
    if path:
        found.setdefault(path, set()).add(TYPES.get(type(value), "null"))
    if isinstance(value, dict):
        for key, member in value.items():
            name = "NAME" if path.endswith(".facts") else key
            walk(member, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        for item in value:
            walk(item, path + "[]", found)


def keys_of_reports(paths):
    found = {}
    for path in paths:
        walk(json.loads(text_of(path)), "", found)
    return {key: types for key, types in found.items() if not key.endswith("[]")}


def keys_of_manual(command):
    found = {}
    for title in ("Keys of both reports", f"Keys of {command}"):
        for line in section("man/invaudit-report.5", title):
            item = re.match(r"\.It Li (\S+) Pq (.*)", line)
            if item:
                found[item[1]] = set(item[2].replace(" or ", " ").split())
    return found


def compare_keys(command, reports):
    said, seen = keys_of_manual(command), keys_of_reports(reports)
    wrong = [f"in the reports only: {key}" for key in sorted(seen.keys() - said.keys())]
    wrong += [f"in the manual only: {key}" for key in sorted(said.keys() - seen.keys())]
    for key in sorted(said.keys() & seen.keys()):
        if seen[key] - said[key]:
            wrong.append(f"{key} is {sorted(seen[key])}, the manual says {sorted(said[key])}")
    if wrong or not said:
        sys.exit("\n".join(wrong) or "the manual has no keys")
    print(len(said))


# ---- the catalog ----------------------------------------------------------------------

LEVELS = {"region": "of a region", "account": "of an account", "none": "of nothing"}


def catalog():
    import yaml

    return yaml.safe_load(text_of("rules/catalog.yaml"))["types"]


def call_lines(call):
    gives = call["gives"]
    if "parent" in call:
        gives += " by " + call["parent"]["option"]
    words = []
    for kind in ("list", "map"):
        if kind in call:
            words += [kind, f".Li {call[kind]} ,"]
    if "document" in call:
        words += ["document", ".Li " + " , ".join(call["document"]["has"]) + " ,"]
    tail = []
    if "permission" in call:
        tail.append(f".Li {call['permission']}")
    if "arguments" in call:
        tail.append(f".Li {call['arguments']}")
    for name in call.get("names", []):
        tail.append(f"also {name}")
    if call.get("may_fail"):
        tail.append("may fail")
    lines = [f".It Li {call['call']}", *words, gives + ("," if tail else "")]
    for i, item in enumerate(tail):
        comma = "" if i + 1 == len(tail) else " ," if item.startswith(".") else ","
        lines.append(item + comma)
    return [line.replace("-", r"\-") if line.startswith(".Li --") else line for line in lines]


def calls_of_catalog():
    lines = []
    for kind in catalog():
        if "calls" not in kind:  # derived from others
            continue
        title = kind.get("title", kind["type"])
        lines += [f".Ss {kind['type']}", f"{title[0].upper()}{title[1:]}, {LEVELS[kind['level']]}.",
                  ".Bl -tag -width Ds -compact"]
        for call in kind["calls"]:
            lines += call_lines(call)
        lines.append(".El")
    return lines


def calls_of_manual(path):
    lines = []
    inside = False
    for line in text_of(path).splitlines():
        if line.startswith(".Sh "):
            inside = line == ".Sh CALLS"
        elif inside:
            lines.append(line)
    at = next(i for i, line in enumerate(lines) if line.startswith(".Ss "))
    return lines[at:]


def write_answers(folder):
    """As of a region with one plan, one selection and one vault, and nothing else."""
    records = {
        "list-backup-plans": [{"BackupPlanId": "p", "BackupPlanArn": "arn:aws:backup:R:A:backup-plan:p"}],
        "list-backup-selections": [{"SelectionId": "s", "BackupPlanId": "p"}],
        "list-backup-vaults": [{"BackupVaultName": "v", "BackupVaultArn": "arn:aws:backup:R:A:backup-vault:v"}],
        "list-restore-testing-plans": [{"RestoreTestingPlanName": "t"}],
        "list-protected-resources": [{"ResourceArn": "arn:aws:rds:R:A:db:d", "ResourceType": "RDS"}],
        "describe-regions": [{"RegionName": "eu-west-1", "OptInStatus": "opted-in", "Endpoint": "e"}],
    }
    for kind in catalog():
        for call in kind.get("calls", []):
            service, operation = call["call"].split()
            path = folder / f"{service}-{operation}"
            if path.exists() or call["gives"] == "nothing":
                continue
            if "list" in call:
                answer = {call["list"]: records.get(operation, [])}
            elif "map" in call:
                answer = {call["map"]: {name: True for name in kind.get("always", {})}}
            else:
                answer = {key: "x" for key in call["document"]["has"]}
            path.write_text(json.dumps(answer, indent=4) + "\n", encoding="utf-8")


# ---- limits ---------------------------------------------------------------------------


def limits_of_source():
    found = {}
    for path in sorted(pathlib.Path("analyzer").rglob("*.[ch]")):
        text = re.sub(r"/\*.*?\*/", "", text_of(path), flags=re.S)
        for name, value in re.findall(r"\b([A-Z][A-Z0-9_]*) = ([0-9A-Z_*+ <()]+?)\s*[,}\n]", text):
            found.setdefault(name, (path, value))
    values = {}
    for _ in range(3):
        for name, (path, value) in found.items():
            try:
                values[name] = eval(value, {"__builtins__": {}}, dict(values))
            except (NameError, SyntaxError):
                pass
    return [f"{name} {value}" for name, value in values.items() if "_MAX" in name]


def limits_of_manuals():
    items = []
    for path in pathlib.Path("man").glob("*.[15]"):
        items += re.findall(r"^\.It Dv (\w+) Pq ([0-9,]+)$", text_of(path), re.M)
    return [f"{name} {value.replace(',', '')}" for name, value in items]


# ---- blocks ---------------------------------------------------------------------------


def blocks(path):
    """The literal blocks of a manual, or the fenced ones of README.md with their language."""
    lines, language, found = None, "", []
    for line in text_of(path).splitlines():
        fence = re.match(r" *```(\w*)$", line)
        starts = line.startswith(".Bd -literal") or (fence and lines is None)
        if lines is None and starts:
            lines, language = [], fence[1] if fence else ""
        elif lines is not None and (line == ".Ed" or fence):
            found.append((language, "\n".join(lines) + "\n"))
            lines = None
        elif lines is not None:
            lines.append(plain(line) if path.endswith((".1", ".5")) else line)
    return found


def commands_of(path, title):
    lines, inside = [], False
    for line in section(path, title):
        if line.startswith((".Bd -literal", ".Ed")):
            inside = line != ".Ed"
        elif inside:
            lines.append(plain(line))
    return lines


def write_fences(path, folder):
    counts = {}
    for language, block in blocks(path):
        counts[language] = counts.get(language, 0) + 1
        name = f"{language}-{counts[language]}"
        (folder / name).write_text(block, encoding="utf-8")
        if language == "yaml":
            import yaml

            value = yaml.safe_load(block)
            (folder / (name + ".json")).write_text(json.dumps(value), encoding="utf-8")


def run_transcripts(path):
    """Each command starts in the folder where the one before it ended. A '\\' at a line's
    end, or a line behind '> ', continues it; a line '...' stands for any lines."""
    bad = count = 0
    folder = os.getcwd()
    last_folder = os.path.join(tempfile.mkdtemp(), "folder")
    for _, block in blocks(path):
        if not block.startswith("$ "):
            continue
        steps = []
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append([line[2:], []])
            elif line.startswith("> ") or steps[-1][0].endswith("\\"):
                steps[-1][0] += "\n" + line.removeprefix("> ")
            else:
                steps[-1][1].append(line)
        for command, expected in steps:
            done = subprocess.run(["bash", "-c", "trap 'pwd >\"$LAST_FOLDER\"' EXIT\n" + command],
                                  cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True,
                                  env={**os.environ, "LAST_FOLDER": last_folder})
            folder = text_of(last_folder).strip()
            pattern = "".join(r"(.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in expected)
            count += 1
            if not re.fullmatch(pattern, done.stdout):
                bad += 1
                print(f"$ {command}\n-- expected:", *expected, "-- met:", done.stdout, sep="\n")
    shutil.rmtree(os.path.dirname(last_folder))
    print(f"{count} commands, {bad} differ")
    sys.exit(bad > 0 or count == 0)


def block_with(path, words):
    return next(block for _, block in blocks(path) if words in block)


def write_tables(folder):
    evidence, report = "man/invaudit-evidence.5", "man/invaudit-report.5"
    lists = {
        "codes.source": sorted(codes_of_source()),
        "codes.manual": sorted(codes_of_manual(report)),
        "meanings.source": sorted(meanings_of_source()),
        "meanings.manual": sorted(meanings_of_manual(report)),
        "calls.source": calls_of_catalog(),
        "calls.manual": calls_of_manual(evidence),
        "limits.source": sorted(limits_of_source()),
        "limits.manual": sorted(set(limits_of_manuals())),
    }
    for name, lines in lists.items():
        (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    (folder / "usage").write_text(block_with(evidence, "usage: sh collect.sh"), encoding="utf-8")
    (folder / "builtin").write_text(block_with(evidence, "aws rds describe-db-snapshots"), encoding="utf-8")
    (folder / "answers").mkdir()
    write_answers(folder / "answers")


def main(words):
    command, rest = words[0], words[1:]
    if command == "tables":
        write_tables(pathlib.Path(rest[0]))
    elif command == "calls":
        print("\n".join(calls_of_catalog()))
    elif command == "keys":
        compare_keys(rest[0], rest[1:])
    elif command == "fences":
        write_fences(rest[0], pathlib.Path(rest[1]))
    elif command == "commands":
        print("\n".join(commands_of(rest[0], rest[1])))
    elif command == "transcript":
        run_transcripts(rest[0])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
