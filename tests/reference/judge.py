#!/usr/bin/env python3
"""A second implementation of design 4 and 6: slow, small, and to be read beside it.

    judge(files, folders) -> {(rule, account, region, source): (result, bounds)}

`files` maps a path, as `invaudit scan` would print it, to its bytes; `folders` are the
paths of the folders.  Comments quote the design in short; "decided:" is what it leaves
open, and the program does.  Only what the test rules read is recognised.
"""

import re
import sys
from collections import namedtuple
from pathlib import Path

from catalog import (
    CALLS,
    FROM_ID,
    IDENTITY,
    LISTS,
    OPERATIONS,
    PARENT_KEY,
    PARENT_TYPE,
    TYPES,
    name_of,
    words_of,
)
from filters import RULES, SELECTION, Bounds, verdict
from reader import Pairs, has_duplicate_key, has_out_of_range, read, text_of

# ---- documents -------------------------------------------------------------------------

ARN = re.compile(r"arn:[a-z0-9-]+:[a-z0-9-]+:([a-z0-9-]*):(|aws|[0-9]{12}):.+", re.S)


class Record:
    """One element of a listing."""

    def __init__(self, value, type_name, is_bare):
        self.name, self.type = type_name, TYPES[type_name]
        self.is_object = isinstance(value, Pairs)
        # "a record with a duplicate key, at any depth, for every fact; an element of a
        # listing that is no object"
        self.undecided = not self.is_object or has_duplicate_key(value)
        self.fields = {} if self.undecided else dict(value)
        self.account = self.region = None
        # "in a bare array or a record that lacks any `always` field" it may have lost more
        self.trimmed = is_bare or any(
            not isinstance(self.fields.get(field), str) for field in self.type.always
        )
        # decided: a record of a bare array that does not tell its type is open
        self.untold = is_bare and not (self.is_object and type_told_by(value))
        self.undecided = self.undecided or self.untold
        # decided: in a bare array, an id gives what it proves to a record that lacks it
        for field in (self.type.id, self.type.arn) if is_bare and not self.undecided else ():
            for key, proven in proof(type_name, self.text(field)):
                self.fields.setdefault(key, proven)
        self.place()

    def place(self):
        """ "the ARN that places the record; no other ARN in it does" """
        arn = self.fields.get(self.type.arn)
        # decided: null counts as absent
        if arn is None:
            # decided: or the id, where that is one, as a shared snapshot's
            arn = self.fields.get(self.type.id)
            if not is_arn_of(self.name, arn):
                return
        found = ARN.fullmatch(arn) if isinstance(arn, str) else None
        if found is None:
            self.undecided = True  # decided: it may be of any account
            return
        self.region = found.group(1) or None
        self.account = found.group(2) if found.group(2).isdigit() else None

    def text(self, field):
        value = self.fields.get(field)
        return value if isinstance(value, str) else None

    def counts(self, fact):
        """(at least, at most): 1 or 0 times."""
        if self.undecided:
            return 0, 1
        for field in fact.fields:
            is_always = field in self.type.always
            if field not in self.fields:
                if is_always or self.trimmed:
                    return 0, 1
            # "missing or of another type"; "Numbers out of range are ... undecided"
            elif is_always and not isinstance(self.fields[field], str):
                return 0, 1
            elif has_out_of_range(self.fields[field]):
                return 0, 1
        count = 1 if fact.counts is None or fact.counts(self.fields) else 0
        return count, count


def is_arn_of(name, text):
    form = TYPES[name].arn_form
    return form is not None and isinstance(text, str) and re.match(form, text) is not None


def proof(name, text):
    """The fields that an id or ARN alone proves of its record: (key, value)."""
    form, field = FROM_ID.get(name, (None, None))
    return [field] if form and isinstance(text, str) and re.match(form, text) else []


class Document:
    """What one document of a source says.  A document is one of: ignored, `nothing` (it
    should have told something), or read."""

    def __init__(self, source):
        self.source = source
        self.type = self.call = None
        self.ignored = self.nothing = False
        self.token = self.damaged = self.bare = False
        self.untold = False  # it has elements that nothing tells to be records
        self.asked = False  # its name says that the call was asked with an option
        self.parent = None
        self.parent_unclear = False
        self.records = []
        self.identity = None
        self.account = self.region = None
        self.mislabelled = self.tainted = False

    @property
    def read(self):
        return not self.ignored and not self.nothing

    @property
    def gives(self):
        return self.call.gives if self.call else None

    @property
    def limited(self):
        """ "a bare array, and a file named CALL--WORD ... where it is not a part" """
        return self.bare or self.asked

    @property
    def is_own(self):
        """ "Some records of another account (shared snapshots): foreign; not counted" """
        return [r for r in self.records if r.account in (None, self.account)]

    @property
    def usable(self):
        """ "mislabelled. The document decides nothing"; "a request: proves nothing" """
        return self.read and not self.mislabelled and self.gives != "nothing"

    @property
    def carries_token(self):
        """ "A damaged document, one with a duplicated envelope key, and a source that gave
        nothing but whose name allows the type, count as carrying one" """
        # decided: an answer that is no listing is no page of one
        if self.gives in ("one", "nothing"):
            return False
        return self.token or self.damaged or self.nothing

    @property
    def scope(self):
        """ "Nothing tells the account or the region: ... judged on its own" """
        if self.account and self.region:
            return self.account, self.region, None
        return self.account, self.region, self.source.path

    def is_complete(self, accepts_filtered):
        """ "a whole answer, undamaged, carries no token, and is not limited"; limited:
        "complete only for facts that say `accepts: filtered`" """
        return (
            self.usable
            and self.gives in ("whole", "part")
            and not (self.gives == "part" and self.parent is None)
            and not self.parent_unclear
            and not (self.token or self.damaged or self.tainted or self.untold)
            and not self.source.broken  # "a break makes no document of its source complete"
            and (not self.limited or accepts_filtered)
        )

    def bounds(self, fact):
        counts = [record.counts(fact) for record in self.is_own]
        return sum(low for low, _ in counts), sum(high for _, high in counts)


class Source:
    """What the path of a file tells."""

    def __init__(self, path):
        self.path = path
        self.folder = path.rpartition("/")[0]
        self.call, self.words = name_of(path)
        self.accounts, self.regions = words_of(path, False)
        self.broken = False
        self.documents = []

    def asks_option(self, call):
        """decided: a part's first word is its parent, a record's words name the record."""
        return len(self.words) > {"part": 1, "one": 99}.get(call.gives if call else None, 0)


def type_told_by(record):
    """ "else the fields of a bare array's records": the first type that claims it."""
    for name, each in TYPES.items():
        # decided: a member that is null counts as absent
        if any(record.first(field) is not None for field in each.told_by):
            return name
    return None


def recognise(source, json):
    """A JSON document becomes a Document."""
    document = Document(source)
    document.damaged = json.broken
    if isinstance(json.value, Pairs):
        recognise_object(document, json)
    elif isinstance(json.value, list):
        recognise_array(document, json.value)
    else:
        # "Nothing at all: ... `null`, a number ...: a problem"
        take_name(document)
        document.nothing = True
    document.asked = source.asks_option(document.call)
    find_parent(document)
    return document


def take_name(document):
    """ "else the file's name" """
    if document.source.call:
        document.call = document.source.call
        document.type = document.call.type


def recognise_object(document, json):
    present = {key for key, value in json.value if value is not None}
    # "a NextToken, Marker or PaginationToken that is not null or ''"
    for key in ("NextToken", "Marker", "PaginationToken"):
        if json.value.first(key) not in (None, ""):
            document.token = True
    # "Type and call: the envelope's keys"; a key counts when its colon was read
    lists = [key for key in json.value.names() if key in LISTS]
    if lists:
        document.call = LISTS[lists[0]]
        document.type = document.call.type
        # "Two list keys in one envelope: a duplicated envelope key": "nothing"
        if len(lists) > 1 or len(json.keys) != len(set(json.keys)):
            document.nothing = True
        # decided: what is no array is no listing
        if not isinstance(json.value.first(lists[0]), list):
            document.nothing = True
        # of a document that gave nothing, the records still tell the place
        elements = []
        for key, value in json.value:
            elements += value if key == lists[0] and is_array(value) else []
        document.records = [Record(each, document.type, False) for each in elements]
        # decided: arrays are no records, and there may be as many as one likes
        document.untold = any(is_array(each) for each in elements)
        return
    for call in CALLS:
        if call.has and present.issuperset(call.has) and not present & set(call.lacks):
            # decided: which keys a broken document lacks is not known
            if json.broken and call.lacks:
                break
            recognise_record(document, json, call)
            return
    take_name(document)
    # "an object of no known kind under a call's name: a problem"; "Other JSON: ignored"
    if document.call or document.damaged:
        document.nothing = True
    else:
        document.ignored = True


def recognise_record(document, json, call):
    """The document is the record itself."""
    document.call, document.type = call, call.type
    if call.gives == "nothing" or json.broken:
        return
    record = Record(json.value, call.type, False)
    document.records = [record]
    if call.type == IDENTITY and re.fullmatch("[0-9]{12}", record.text("Account") or ""):
        document.identity = record.text("Account")


def recognise_array(document, elements):
    document.bare = True
    told = {type_told_by(each) for each in elements if isinstance(each, Pairs)} - {None}
    if len(told) > 1:
        document.nothing = True  # decided: records of two types are no listing
        # what stands before the first of another type still tells the place
        types = [isinstance(each, Pairs) and type_told_by(each) for each in elements]
        document.type = next(name for name in types if name)
        before = next(i for i, name in enumerate(types) if name and name != document.type)
        document.records = [Record(each, document.type, True) for each in elements[:before]]
        return
    if told:
        document.type = told.pop()
        document.call = whole_call(document)
    else:
        tell_by_name_or_arns(document, elements)
    if document.type is None:
        # "Other JSON: ignored"; decided: an empty array is a listing of something
        document.ignored = bool(elements) and not document.damaged
        document.nothing = not document.ignored
        return
    document.records = [Record(each, document.type, True) for each in elements]
    # "An array of strings, ids or ARNs, proves what from_id says, as lower bounds"
    document.untold = any(record.untold for record in document.records)
    if all(record.untold for record in document.records):
        prove_by_ids(document, elements)


def is_array(value):
    return isinstance(value, list) and not isinstance(value, Pairs)


def whole_call(document):
    """decided: the call that the name tells if it is of that type, else the type's whole
    listing; a type that is listed in parts only has none."""
    whole = [c for c in CALLS if c.type == document.type and c.gives == "whole"]
    named = document.source.call
    return named if named and named.type == document.type else (whole or [None])[0]


def tell_by_name_or_arns(document, elements):
    take_name(document)
    if document.type is None and elements and all(isinstance(each, str) for each in elements):
        types = [name for name in TYPES if all(is_arn_of(name, each) for each in elements)]
        if types:
            document.type = types[0]
            document.call = whole_call(document)


def prove_by_ids(document, elements):
    """decided: each text that proves something is a record, once; of ids and ARNs, which
    may be two names of one, those that are as the first."""
    of_arns = None
    seen = set()
    for index, text in enumerate(elements):
        if not isinstance(text, str) or text in seen:
            continue
        seen.add(text)
        is_arn = text.startswith("arn:")
        key = document.records[index].type.arn if is_arn else document.records[index].type.id
        is_proven = bool(proof(document.type, text)) and of_arns in (None, is_arn)
        if is_proven:
            of_arns = is_arn
        if is_proven or (is_arn and is_arn_of(document.type, text)):
            document.records[index] = Record(Pairs([(key, text)]), document.type, True)
        document.records[index].undecided = not is_proven or document.records[index].undecided


def find_parent(document):
    """ "names its parent in its records, else in the file's name" """
    if document.gives != "part":
        return
    parents = {record.text(PARENT_KEY) for record in document.records if not record.untold}
    if not parents:
        words = document.source.words
        document.parent = words[0] if words else None
    elif len(parents) == 1 and None not in parents:
        document.parent = parents.pop()
    else:
        document.parent_unclear = True


# ---- sources ---------------------------------------------------------------------------

CLI_ERRORS = ("An error occurred (", "Unable to locate credentials")


def is_no_evidence(source, raw, files):
    """ "`X.err` and `X.rc` beside `X`, and `manifest.tsv`, are no evidence" """
    path = source.path
    if path.endswith("/manifest.tsv"):
        return True
    if path.endswith((".err", ".rc")) and path.rpartition(".")[0] in files:
        return True
    # decided: a file is looked at for its name (.json, or a call), or for its first bytes
    if path.lower().endswith(".json") or source.call:
        return False
    return not text_of(raw).lstrip(" \t\r\n").startswith(("{", "[") + CLI_ERRORS)


def read_source(source, raw):
    text = text_of(raw).lstrip(" \t\r\n")
    if text.startswith(CLI_ERRORS):
        text = raw.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith(CLI_ERRORS) or not text:
        # "0 bytes (a failed call), CLI error text": it told nothing
        document = Document(source)
        document.nothing = True
        take_name(document)
        named = re.match(r"[^\r\n]* when calling the ([A-Za-z0-9]+) operation", text)
        if document.call is None and named:
            # decided: the error text tells the call where the name does not
            found = [c for op, c, form in OPERATIONS if form.fullmatch(named.group(1))]
            document.ignored, document.nothing = not found, bool(found)
            if found:
                document.call, document.type = found[0], found[0].type
        else:
            document.asked = source.asks_option(document.call)
        find_parent(document)
        source.documents = [document]
        return
    source.documents = [recognise(source, json) for json in read(text, LISTS)]
    source.broken = any(document.damaged for document in source.documents)


# ---- place -----------------------------------------------------------------------------


def place(document, identities):
    """ "Account and region are told by, in this order: the path; a get-caller-identity
    answer in the same folder; the records' ARNs" """
    source = document.source
    by_arn = {record.account for record in document.records} - {None}
    mine = identities.get(source.folder, set())
    wrong = False
    if len(source.accounts) == 1:
        document.account = source.accounts[0]
        # "ARNs (of a path or identity that has them) none of which is of its account"
        wrong = bool(by_arn) and document.account not in by_arn
        # decided: and, where no ARN speaks, an identity of another account
        wrong = wrong or (not by_arn and len(mine) == 1 and document.account not in mine)
    elif source.accounts:
        # "accounts that nothing decides between"
        decided = [account for account in source.accounts if mine == {account}]
        decided = decided or [account for account in source.accounts if account in by_arn]
        wrong = len(decided) != 1
        document.account = None if wrong else decided[0]
    elif document.identity:
        document.account = document.identity
    elif mine:
        wrong = len(mine) > 1
        document.account = None if wrong else min(mine)
        wrong = wrong or (bool(by_arn) and document.account not in by_arn)
    elif by_arn:
        wrong = len(by_arn) > 1
        document.account = None if wrong else by_arn.pop()
    if document.type is None or TYPES[document.type].regional:
        wrong = place_region(document) or wrong
    document.mislabelled = wrong and document.read


def place_region(document):
    """ "Two different regions ...; a record of another region": whether it is so."""
    by_arn = {record.region for record in document.records} - {None}
    if len(document.source.regions) > 1:
        return True
    told = document.source.regions + (list(by_arn) if len(by_arn) < 2 else [])
    document.region = told[0] if told else None
    return len(by_arn) > 1 or len(set(told)) > 1


# ---- taint -----------------------------------------------------------------------------


def can_taint(one, other):
    """ "Where any document of a (type, scope, parent) carries one, a tokenless one
    completes nothing" """
    if not one.carries_token:
        return False
    # "and completes nothing if any document of its type in the run carries a token"
    if one.type == other.type and other.scope[2]:
        return True
    # decided: and a page of which nothing tells the whole scope may be of any scope that it
    # does not contradict
    if one.type is None or not one.scope[2]:
        if one.scope != other.scope:
            return False
    elif one.account not in (None, other.account) or one.region not in (None, other.region):
        return False
    # decided: what gave nothing, and whose name tells no call, may have been of any type
    if one.type is None:
        return True
    if one.type != other.type or (one.gives == "part") != (other.gives == "part"):
        return False
    if one.gives == "part" and one.parent is not None:
        # decided: a part of an untold parent is tainted only by another such
        if other.parent is None or parent_key(one.parent) != parent_key(other.parent):
            return False
    # "A limited document ... makes none doubtful". decided: but its token does, and what
    # is damaged behind an envelope may have lost one
    if one.limited and not one.token and (one.bare or one.nothing):
        return other.limited
    return True


def parent_key(parent):
    """decided: as the collection script writes an id in a file's name."""
    return re.sub("[/:]", "_", parent)


# ---- combining -------------------------------------------------------------------------

Estimate = namedtuple("Estimate", "low high complete limited")


def combine(estimates):
    """ "Several documents of one (type, scope, parent) combine ... without joining
    records" """
    complete = [each for each in estimates if each.complete]
    # "A limited document is never complete while an unlimited complete one exists"
    best = [each for each in complete if not each.limited] or complete
    if not best:
        # "none complete: lower bound = the largest, no upper bound"
        return Estimate(max([each.low for each in estimates], default=0), None, False, False)
    partial = [each.low for each in estimates if not each.complete and not each.limited]
    # "else lower = the smallest of the complete ones, upper = the largest of the complete
    # ones' uppers and the partial, unlimited ones' lowers"
    return Estimate(
        min(each.low for each in best),
        max([each.high for each in best] + partial),
        True,
        all(each.limited for each in best),
    )


def estimate(document, fact):
    low, high = document.bounds(fact)
    complete = document.is_complete(fact.accepts_filtered)
    return Estimate(low, high, complete, document.limited)


def parents_of(documents):
    """The ids of the parents, or None: "whole when the parents' listing is complete"."""
    listings = [d for d in documents if d.type == PARENT_TYPE and d.usable]
    ids = [{record.text(TYPES[PARENT_TYPE].id) for record in d.records} for d in listings]
    # decided: a record without an id, or a foreign one, leaves the parents unknown
    complete = [
        names
        for names, d in zip(ids, listings)
        if d.is_complete(False) and None not in names and len(d.is_own) == len(d.records)
    ]
    if not complete or any(names != complete[0] for names in complete):
        return None
    # decided: and so does an id elsewhere that they lack
    if any(names - {None} - complete[0] for names in ids):
        return None
    return complete[0]


def combine_parts(documents, parts, fact):
    """ "Parts add up over parents, and are whole when the parents' listing is complete and
    each parent has a complete part; a complete listing of no parents gives exactly 0" """
    parents = parents_of(documents)
    if not parts and parents != set():
        return []
    keys = {parent_key(d.parent) for d in parts if d.parent is not None}
    sums = [
        combine([estimate(d, fact) for d in parts if is_of(d, key)]) for key in sorted(keys)
    ]
    low = sum(each.low for each in sums)
    complete = (
        parents is not None
        and {parent_key(parent) for parent in parents} == keys
        and len(keys) == len(parents)
        and all(each.complete for each in sums)
    )
    # "else it gives only lower bounds"
    unnamed = max([estimate(d, fact).low for d in parts if d.parent is None], default=0)
    if unnamed > low:
        low, complete = unnamed, False
    high = sum(each.high for each in sums) if complete else None
    return [Estimate(low, high, complete, any(each.limited for each in sums))]


def is_of(document, key):
    return document.parent is not None and parent_key(document.parent) == key


def bounds_of(documents, fact):
    mine = [d for d in documents if d.type == fact.type and d.usable]
    whole = [estimate(d, fact) for d in mine if d.gives != "part"]
    if fact.type == SELECTION:
        whole += combine_parts(documents, [d for d in mine if d.gives == "part"], fact)
    total = combine(whole)
    return Bounds(total.low, total.high)


# ---- the run ---------------------------------------------------------------------------


def cells_of(sources, folders, documents):
    """ "Every (account, region) that a folder or file name names, even an empty folder;
    one for each document of a region-level type" """
    cells = set()
    for words in [words_of(path, False) for path in sources] + [
        words_of(path, True) for path in folders
    ]:
        if len(words[0]) == 1 and len(words[1]) == 1:
            cells.add((words[0][0], words[1][0], None))
    # "Account-level, global and write-side documents make none"
    for document in documents:
        if document.type and TYPES[document.type].regional and document.gives != "nothing":
            cells.add(document.scope)
    return cells


def judge(files, folders):
    documents = []
    for path in sorted(files):
        source = Source(path)
        if not is_no_evidence(source, files[path], files):
            read_source(source, files[path])
            documents += [d for d in source.documents if not d.ignored]
    identities = {}
    for document in documents:
        if document.identity:
            identities.setdefault(document.source.folder, set()).add(document.identity)
    for document in documents:
        place(document, identities)
    for document in documents:
        document.tainted = any(can_taint(other, document) for other in documents)
    findings = {}
    for cell in cells_of(files, folders, documents):
        here = [document for document in documents if document.scope == cell]
        for rule, (facts, _) in RULES.items():
            bounds = {name: bounds_of(here, fact) for name, fact in facts.items()}
            findings[(rule, *cell)] = verdict(rule, bounds), bounds
    return findings


def main():
    root = Path(sys.argv[1])
    paths = [root, *root.rglob("*")]
    files = {str(path): path.read_bytes() for path in paths if path.is_file()}
    folders = [str(path) for path in paths if path.is_dir()]
    for cell, (result, bounds) in sorted(judge(files, folders).items(), key=str):
        facts = ["%s=%s..%s" % (name, each.low, each.high) for name, each in bounds.items()]
        print(*(part or "-" for part in cell), result, *facts)


if __name__ == "__main__":
    main()
