#!/usr/bin/env python3
"""silence.py - a field that a call does not print changes a fact only towards unknown.

For each type and call of rules/catalog.yaml there is a record with every field of the
type, and the answer of the call that holds it: with the fields alone that this call
prints. Facts over each field (`F`, `!F`, `F == value`, the largest F) are gathered from
the answer, and have to allow for what the whole record comes to. Each answer has an
account of its own, so that one run tells all: named as the call, without a name that
tells it, and as the array that a --query prints, with null for what is not there.

What a call prints is what the service model says ($SHARED/protection/fields.json), where
that is at hand, and else what the catalog says. Prints TAP. Needs INVAUDIT.
"""

import json
import os
import subprocess
import sys
import tempfile

import yaml

FACTS_MAX = 60  # of a rule
REGION = "us-east-1"
VALUES = {
    "string": "v",
    "number": 7,
    "boolean": True,
    "array": [{"k": "v"}],
    "object": {"k": "v"},
    "time": "2026-01-02T03:04:05Z",
}


def load_printed():
    path = os.path.join(os.environ.get("SHARED", "../shared"), "protection/fields.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)["calls"]


def fields_of(entry):
    """From each field of the type to its kind."""
    fields = dict(entry.get("always", {}))
    for name in (entry.get("id"), entry.get("arn"), *entry.get("told_by", [])):
        if name:
            fields.setdefault(name, "string")
    for call in entry["calls"]:
        key = call.get("parent", {}).get("key")
        if key:
            fields.setdefault(key, "string")
    for name, kind in entry.get("fields", {}).items():
        fields[name] = kind
    for name in entry.get("time", []):
        fields[name] = "time"
    return fields


def prints(call, fields, model):
    """The fields of the type that the call prints."""
    known = model.get(call["call"])
    if known and "list" in call and known.get("list") == call["list"]:
        return set(known["fields"]) & set(fields)
    if known and "document" in call:
        return set(known["top"]) & set(fields)
    return set(fields) - set(call.get("silent", []))


def value_of(entry, name, kind, account):
    if name == entry.get("arn"):
        return f"arn:aws:any:{REGION}:{account}:thing:one"
    return VALUES[kind]


def quoted(name):
    return name if name.replace("_", "a").isalnum() else f'"{name}"'


def facts_of(entry, fields):
    """Name, YAML of the fact, and what it comes to over the whole record."""
    start = f'from: "{entry["type"]}"'
    for name, kind in fields.items():
        field = quoted(name)
        yield f"{start}, where: {json.dumps(field)}", 1
        yield f"{start}, where: {json.dumps('!' + field)}", 0
        if kind in ("string", "number", "boolean") and name != entry.get("arn"):
            literal = json.dumps(VALUES[kind])
            yield f"{start}, where: {json.dumps(f'{field} == `{literal}`')}", 1
            yield f"{start}, where: {json.dumps(f'{field} != `{literal}`')}", 0
        if kind == "number" or kind == "time":
            yield f"{start}, max: {json.dumps(field)}", VALUES[kind]


def write_rules(folder, entries):
    """Rules over all facts; from a rule's id to its type and what its facts come to."""
    rules = {}
    for number, entry in enumerate(entries):
        facts = list(facts_of(entry, fields_of(entry)))
        for first in range(0, len(facts), FACTS_MAX):
            chunk = facts[first : first + FACTS_MAX]
            name = f"r{number}-{first}"
            lines = [
                "format: 1",
                f"id: {name}",
                "title: t",
                "severity: low",
                "for_each: region",
                "facts:",
                *(f"  f{i}: {{ {text} }}" for i, (text, _) in enumerate(chunk)),
                "outcomes:",
                "  - { result: pass, message: m }",
            ]
            with open(f"{folder}/{name}.yaml", "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            rules[name] = entry["type"], chunk
    return rules


def answer(call, record):
    if "list" in call:
        return {call["list"]: [record]}
    if "map" in call:
        return {call["map"]: record}
    lacks = call["document"].get("lacks", [])
    return {name: value for name, value in record.items() if name not in lacks}


def file_name(call, is_named):
    if not is_named:
        return "answer.json"
    parent = "--v" if call["gives"] == "part" else ""
    return call["call"].replace(" ", "-", 1) + parent + ".json"


def write_evidence(folder, entries, model):
    """From each account to the call whose answer it has, and how that is saved."""
    accounts = {}

    def write(entry, call, how):
        account = f"{100000000000 + len(accounts)}"
        fields = fields_of(entry)
        printed = prints(call, fields, model)
        record = {
            name: value_of(entry, name, kind, account) for name, kind in fields.items()
        }
        kept = {name: value for name, value in record.items() if name in printed}
        document = answer(call, kept)
        if how == "array":
            document = [{**dict.fromkeys(record), **kept}]
        place = f"{folder}/{account}/{REGION}"
        os.makedirs(place)
        name = file_name(call, how != "unnamed")
        with open(f"{place}/{name}", "w", encoding="utf-8") as file:
            json.dump(document, file)
        accounts[account] = entry["type"], call["call"], how

    for entry in entries:
        for call in entry["calls"]:
            if call["gives"] == "nothing":
                continue
            for how in ("named", "unnamed") + ("array",) * ("list" in call):
                write(entry, call, how)
    return accounts


def scan(rules, evidence):
    command = [os.environ["INVAUDIT"], "scan", "--no-builtin", "--rules", rules]
    done = subprocess.run(
        [*command, "-qq", "-o", "json=-", evidence], capture_output=True, check=False
    )
    if done.returncode not in (0, 1, 3):
        sys.exit(f"status {done.returncode}: {done.stderr.decode()[:2000]}")
    return json.loads(done.stdout)


def allows(bounds, truth):
    """Whether the fact may be what the whole record comes to."""
    least, most = bounds["at_least"], bounds["at_most"]
    if bounds.get("none") is True:  # for sure
        return False
    return (least is None or least <= truth) and (most is None or truth <= most)


def main():
    with open("rules/catalog.yaml", encoding="utf-8") as file:
        types = yaml.safe_load(file)["types"]
    entries = [entry for entry in types if "calls" in entry]  # others are made of them
    model = load_printed()
    wrong, seen, decided = {}, set(), 0
    with tempfile.TemporaryDirectory() as work:
        os.makedirs(f"{work}/rules")
        rules = write_rules(f"{work}/rules", entries)
        accounts = write_evidence(f"{work}/evidence", entries, model)
        report = scan(f"{work}/rules", f"{work}/evidence")
    for finding in report["findings"]:
        type_name, chunk = rules[finding["rule"]]
        of_type, call, how = accounts[finding["account"]]
        if of_type != type_name:
            continue
        seen.add(finding["account"])
        for i, (text, truth) in enumerate(chunk):
            bounds = finding["facts"][f"f{i}"]
            decided += bounds["at_least"] == bounds["at_most"] != None
            if not allows(bounds, truth):
                wrong.setdefault(finding["account"], []).append(
                    f"{text}: {bounds}, and is {truth}"
                )
    print(f"1..{len(accounts) + 1}")
    for number, (account, (_, call, how)) in enumerate(accounts.items(), 1):
        bad = wrong.get(account, [])
        print(f"{'not ok' if bad else 'ok'} {number} - aws {call}, {how}")
        for line in bad[:20]:
            print(f"#   {line}")
    some = decided > 1000
    print(f"{'ok' if some else 'not ok'} {len(accounts) + 1} - {decided} facts are decided")
    sys.exit(bool(wrong) or not some)


if __name__ == "__main__":
    main()
