"""Evidence of the stories of fixtures/, and of trees of databases, of which much is spoilt.

    files = spoilt(rng, files)      files: path -> bytes
    words = options(rng, files)     for the program

Each way in which answers are saved, lost, joined or misread that the other generators do
not know is a function here: of the files (FILES), or of one document (DOCUMENTS). What
the program makes of it is recorded (run.py), and not known to be right.
"""

import copy
import hashlib
import json
import re
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
# Small evidence of many types and calls. Those with rules of their own bring them.
STORIES = [
    "accounts-alike", "boto3-dumps", "call-failed", "deciding-records", "expected-regions", "exports-of-other-tools", "ids-only", "left-by-scripts",
    "lists-of-a-collection",
    "lookalikes", "merged-answers", "other-output", "pages", "parts-and-parents", "places", "plans-of-two-regions",
    "projected-records", "published-rules", "region-settings", "remediation-documents", "rule-over-accounts", "several-documents",
    "shared-snapshots", "single-records", "three-accounts", "told-by-other-means", "two-answers",
]  # fmt: skip
REGION = re.compile(r"(?:us|eu|ap)-(?:east|west|south|north|central)-[1-3]")
ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
ACCOUNTS = ["123456789012", "210987654321", "345678901234"]
REGIONS = ["us-east-1", "us-east-2", "eu-west-1", "eu-south-1", "eu-north-9"]
HUGE = "a number that no double holds"  # text_of() prints it as one
ODD = [HUGE, None, "x", "", -1, 0, 1, 1.5, 2**70, True, [], {}, [None], "\u00e9\"\\", "arn:aws:rds:us-east-1:123456789012:db:x"]
TOKENS = ["NextToken", "nextToken", "Marker", "next_token", "IsTruncated"]
WORDS = ["--max-items-5", "--filters-x", "--by-resource-type-RDS", "--output-json", "--snapshot-type-manual", "--2", "--x"]
ANSWERS = [
    b"An error occurred (AccessDenied) when calling the DescribeDBInstances operation: no\n",
    b"Unable to locate credentials\n", b"", b"{", b"[]", b"{}", b"null", b"--- no JSON\n", b"\x1f\x8b\x08x",
]  # fmt: skip


def story(name):
    """(its files, the words that name its rules)."""
    folder = FIXTURES / name
    root = folder / "evidence"
    files = {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return files, ["--rules", folder / "rules"] if (folder / "rules").exists() else []


def documents_of(raw):
    """The JSON documents of a file; None: not all of it is JSON."""
    decoder, made, at = json.JSONDecoder(), [], 0
    try:
        text = raw.decode()
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            document, at = decoder.raw_decode(text, at)
            made.append(document)
    except ValueError:
        return None
    return made


def text_of(documents):
    text = "".join(json.dumps(document, indent=1) + "\n" for document in documents)
    return text.replace(json.dumps(HUGE), "1e999").encode()


def lists_of(document):
    """(the object, the key) of each list of records in an answer."""
    if isinstance(document, dict):
        for key, value in document.items():
            if isinstance(value, list) and value:
                yield document, key


def places(value):
    """Each object or list with something in it, and where in it."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []:
        yield value, key
        yield from places(value[key])


# ---- one document, which is changed or made anew ----------------------------------------


def token(rng, document):
    if isinstance(document, dict):
        document[rng.choice(TOKENS)] = rng.choice(["x", "x", "", None, True, False])
    return [document]


def bare(rng, document):
    """What --query leaves of an answer: a list without its name, ids, rows, or few fields."""
    for inside, key in lists_of(document):
        records = [each for each in inside[key] if isinstance(each, dict)]
        fields = sorted({field for each in records for field in each})
        some = rng.sample(fields, min(len(fields), rng.choice([1, 2, 4, 8])))
        made = rng.choice([
            inside[key],
            [each.get(some[0]) for each in records] if some else [],
            [[each.get(field) for field in some] for each in records],
            [{field: each.get(field) for field in some} for each in records],
            [{field: each[field] for field in some if field in each} for each in records],
            [{field.lower(): each.get(field) for field in some} for each in records],
            {key: [{field: each.get(field) for field in some} for each in records]},
            records[0] if records else None,
            len(records),
        ])  # fmt: skip
        return [made]
    return [document]


def split(rng, document):
    """Pages, of which the last may lack, or tell of another."""
    for inside, key in lists_of(document):
        at = rng.randrange(len(inside[key]) + 1)
        first, second = {**inside, key: inside[key][:at]}, {**inside, key: inside[key][at:]}
        first.update(rng.choice([{}, {"NextToken": "x"}, {"NextToken": "x"}]))
        second.update(rng.choice([{}, {}, {"NextToken": "y"}]))
        return rng.choice([[first, second], [second, first], [first], [first, document]])
    return [document]


def renamed(rng, document):
    for inside, key in lists_of(document):
        inside[rng.choice(["Items", "DBSnapshots", "BackupPlansList", key.lower()])] = inside.pop(key)
        break
    return [document]


def trimmed(rng, document):
    """A field or two are gone, or are null, from all records or from one."""
    for inside, key in lists_of(document):
        records = [each for each in inside[key] if isinstance(each, dict)]
        fields = sorted({field for each in records for field in each})
        for field in rng.sample(fields, min(len(fields), rng.choice([1, 1, 2, 5]))):
            is_null = rng.random() < 0.3
            for each in records if rng.random() < 0.5 else [rng.choice(records)]:
                each.pop(field, None)
                each.update({field: None} if is_null else {})
    return [document]


def again(rng, document):
    """A record a second time, perhaps said otherwise; and one more of the kind."""
    for inside, key in lists_of(document):
        more = copy.deepcopy(rng.choice(inside[key]))
        if isinstance(more, dict) and more and rng.random() < 0.8:
            field = rng.choice(sorted(more))
            others = [each[field] for each in inside[key] if isinstance(each, dict) and field in each]
            more[field] = rng.choice([*ODD, *others, *others, *others])
        inside[key].insert(rng.randrange(len(inside[key]) + 1), more)
    return [document]


def odd(rng, document):
    """A value is odd, or stands elsewhere."""
    found = list(places(document))
    if found:
        inside, key = rng.choice(found)
        others = [each[at] for each, at in found if at == key and each is not inside]
        inside[key] = copy.deepcopy(rng.choice([*ODD, *others, *others]))
    return [document]


def other_place(rng, document):
    """Of some records, what says where they are says another account or region."""
    for inside, key in lists_of(document):
        if rng.random() < 0.3:
            inside[key] = [json.loads(elsewhere(rng, json.dumps(each))) for each in inside[key]]
        else:
            at = rng.randrange(len(inside[key]))
            inside[key][at] = json.loads(elsewhere(rng, json.dumps(inside[key][at])))
    return [document]


def elsewhere(rng, text):
    if rng.random() < 0.5:
        region = rng.choice(REGIONS)
        return REGION.sub(lambda match: region, text)
    account = rng.choice([*ACCOUNTS, "XXXXXXXXXXXX"])
    return ACCOUNT.sub(lambda match: account, text)


def answers(rng, document):
    """Answers as one list, or by region or account, as scripts join them."""
    other = rng.choice([copy.deepcopy(document), document, 7, {}, []])
    return [rng.choice([
        [document, other], [other, document], {"us-east-1": document, "eu-west-1": other}, {"x": {"y": document}},
        [{"us-east-1": document}, {"eu-west-1": other}], {"Region": "us-east-1", "Answer": document, "Others": [other]},
    ])]  # fmt: skip


DOCUMENTS = [answers, token, bare, bare, split, split, renamed, trimmed, trimmed, again, again, odd, odd, other_place, other_place]


# ---- the files --------------------------------------------------------------------------


def one_document(rng, files, path):
    documents = documents_of(files[path])
    if documents:
        at = rng.randrange(len(documents))
        documents[at : at + 1] = rng.choice(DOCUMENTS)(rng, documents[at])
        files[path] = text_of(documents)


def doubled(rng, files, path):
    """A key of an answer stands twice."""
    text = files[path]
    keys = re.findall(rb'"\w+" ?: ', text)
    if keys:
        key = rng.choice([*keys, keys[0], keys[0]])
        files[path] = text.replace(key, key + rng.choice([b"[], ", b"7, ", b"null, "]) + key, rng.choice([1, 1, -1]))


def cut(rng, files, path):
    raw = files[path]
    files[path] = raw[: rng.randrange(len(raw) + 1)] + rng.choice([b"", b"", b"x", b"}", b"\xff"])


def replaced(rng, files, path):
    files[path] = rng.choice(ANSWERS)


def lost(rng, files, path):
    del files[path]


def moved(rng, files, path):
    """To the folder of another account or region, or beside others."""
    name = path.rpartition("/")[2]
    folder = rng.choice([elsewhere(rng, path).rpartition("/")[0], rng.choice(sorted(files)).rpartition("/")[0], "global", "",
                         "20261124/" + path.rpartition("/")[0], "202611240300/us-east-1", "backup-list-recovery-points--Default",
                         "archive/rds-describe-db-snapshots--x/eu-west-1"])  # fmt: skip
    raw = files[path] if rng.random() < 0.4 else files.pop(path)
    add(files, (folder + "/" if folder else "") + name, raw)


def named(rng, files, path):
    """By another name, by options in it, or by none that tells anything."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    name = rng.choice([
        stem + rng.choice(WORDS) + dot + ending, "answer.json", stem.partition("--")[0] + dot + ending,
        stem + "--" + rng.choice(["Default", "p", "8f81f553-3a74-4a3f-b93d-b3360dc80c50"]) + dot + ending,
        rng.choice(sorted(files)).rpartition("/")[2], stem + ".txt", rng.choice(REGIONS) + "-" + name,
    ])  # fmt: skip
    raw = files[path] if rng.random() < 0.3 else files.pop(path)
    add(files, folder + slash + name, raw)


def joined(rng, files, path):
    """Two answers in one file."""
    other = rng.choice(sorted(files))
    files[path] = files[path] + b"\n" + files[other]
    if other != path and rng.random() < 0.5:
        del files[other]


def beside(rng, files, path):
    files[path + rng.choice([".err", ".err", ".rc"])] = rng.choice([*ANSWERS, b"255\n", b"0\n"])


def asked(rng, path):
    """A command that may have printed the file, or another."""
    region = REGION.search(path)
    words = (path.rpartition("/")[2].partition(".")[0].split("--")[0] + "-x").split("-")
    command = ["aws", words[0], "-".join(words[1:-1]) or "x", "--region", region[0] if region else "us-east-1"]
    command += rng.choice([[], [], [], [], ["--max-items", "5"], ["--snapshot-type", "manual"], ["--query", "x"],
                           ["--backup-vault-name", "Default"], ["--backup-plan-id", "p"], ["--by-resource-type", "RDS"]])  # fmt: skip
    if rng.random() < 0.2:
        at = rng.choice([1, 2, 4])
        command[at] = rng.choice(["rds", "backup", "describe-db-snapshots", "list-backup-vaults", "eu-west-1", "us-east-1"])
    return " ".join([*command, "--output", "json"])


def stated(rng, files, path):
    """A list says of files by what they were made, or their digests: not always what is so."""
    folder = rng.choice(["", path.split("/")[0], path.rpartition("/")[0]])
    below = {each[len(folder) :].lstrip("/"): each for each in sorted(files) if not folder or each.startswith(folder + "/")}
    lines = [] if rng.random() < 0.5 else ["path\tbegun\tended\tstatus\tcommand"]
    for name, each in below.items():
        if rng.random() < 0.15:
            continue
        if lines:
            status = rng.choice(["0"] * 5 + ["254", "255"])
            lines.append("\t".join([name, "2026-03-01T08:00:00Z", "2026-03-01T08:00:04Z", status, asked(rng, each)]))
        else:
            raw = files[each] if rng.random() < 0.8 else b"x"
            lines += ["%s  %s" % (hashlib.sha256(raw).hexdigest(), name)]
    if lines and "\t" not in lines[0]:
        lines += ["%064d  %s" % (0, "gone/rds-describe-db-instances.json")] * (rng.random() < 0.3)
    elif lines and rng.random() < 0.3:
        gone = "us-west-1/" + rng.choice(["rds-describe-db-instances", "backup-list-backup-plans", "iam-list-users", "x"]) + ".json"
        lines.append("\t".join([gone, "", "", rng.choice(["0", "254"]), asked(rng, gone)]))
    if "\t" not in "".join(lines) or rng.random() < 0.9:
        name = "manifest.tsv" if lines and "\t" in lines[0] else "SHA256SUMS"
        add(files, (folder + "/" if folder and folder not in files else "") + name, "".join(line + "\n" for line in lines).encode())


def identity(rng, files, path):
    """Who asked: perhaps another account, or several."""
    folder = rng.choice([path.rpartition("/")[0], path.split("/")[0] if "/" in path else "", "global"])
    who = {"UserId": "u", "Account": rng.choice([*ACCOUNTS, "x", 7]), "Arn": "arn:aws:iam::123456789012:user/x"}
    for _ in range(rng.choice([1, 1, 2])):
        add(files, (folder + "/" if folder else "") + "sts-get-caller-identity.json", text_of([who]))
        who = {**who, "Account": rng.choice(ACCOUNTS)}


def add(files, path, raw):
    while path in files or any(each.startswith(path + "/") for each in files):
        folder, slash, name = path.rpartition("/")
        path = folder + slash + "again-" + name
    files[path] = raw


FILES = [*8 * [one_document], doubled, cut, replaced, lost, moved, moved, named, named, joined, beside, stated, stated, stated,
         identity]  # fmt: skip


def spoilt(rng, files):
    files = dict(files)
    for _ in range(rng.choice([1, 2, 2, 3, 5])):
        if files:
            rng.choice(FILES)(rng, files, rng.choice(sorted(files)))
    return files


def options(rng, files):
    some = sorted(files)
    known = sorted({found for path in some for found in ACCOUNT.findall(path)}) or ACCOUNTS
    return rng.choice([
        [], [], [], [],
        ["--no-filtered"],
        ["--region", "us-east-1"],
        ["--account", rng.choice(known)],
        ["--expect-regions", ",".join(rng.sample(REGIONS, 2))],
        ["--assume-account", rng.choice(ACCOUNTS), "--assume-region", rng.choice(REGIONS)],
        ["--path-pattern", r"(?<account>\d{12})/(?<region>[^/]+)/(?<type>[a-z]+)"],
        ["--path-pattern", r"/(?<type>[a-z-]+)\.json"],
        ["--path-pattern", r"(?<account>\d{12})/(?<region>[a-z]+-[a-z]+-\d)"],
        ["--assume-type", rng.choice(["AWS::RDS::DBInstance", "AWS::RDS::DBSnapshot", "AWS::Backup::RecoveryPoint"])],
    ])  # fmt: skip
