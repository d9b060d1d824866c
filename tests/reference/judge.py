#!/usr/bin/env python3
"""A second implementation of design 4 and 6: slow, small, and to be read beside it.

    judge(files, folders) -> {(rule, account, region, source): (result, bounds)}

`files` maps a path, as `invaudit scan` would print it, to its bytes, or to what it is
instead of a file that can be read (LINK, PIPE, CLOSED: a folder that is not searched);
`folders` are the paths of the folders.
Comments quote the design in short; "decided:" is what it leaves
open, and the program does.  Only what the test rules read is recognised.
"""

import copy
import re
import sys
from collections import namedtuple
from datetime import datetime
from pathlib import Path

from catalog import (
    CALLS,
    FROM_ID,
    IDENTITY,
    LISTS,
    MAPS,
    OPERATIONS,
    PARENT_KEY,
    PARENT_TYPE,
    REGION,
    TYPES,
    is_other_call,
    meaning,
    name_of,
    words_of,
)
from filters import RULES, SELECTION, Bounds, Extremes, verdict
from reader import Pairs, has_duplicate_key, has_out_of_range, read, text_of
from unread import CLOSED, LINK, PIPE

# ---- documents -------------------------------------------------------------------------

ARN = re.compile(r"arn:[a-z0-9-]+:[a-z0-9-]+:([a-z0-9-]*):([^:]*):.+", re.S)

# The maximum of nothing, and of something that is not known; of minima, the values are
# negated.
NONE, SOME, ENDLESS = float("-inf"), -1e300, float("inf")


class Record:
    """One element of a listing, or (`is_single`) a record that stands in none."""

    def __init__(self, value, type_name, is_bare, is_single=False):
        self.name, self.type = type_name, TYPES[type_name]
        self.is_object = isinstance(value, Pairs)
        # "a record with a duplicate key, at any depth, for every fact; an element of a
        # listing that is no object"
        self.undecided = not self.is_object or has_duplicate_key(value)
        self.fields = {} if self.undecided else dict(value)
        self.account = self.region = None
        lacks_any = any(self.type.lacks(self.fields, field) for field in self.type.always)
        # "in a bare array or a record that lacks any `always` field" it may have lost more
        self.trimmed = is_bare or lacks_any
        # decided: a record of a bare array that does not tell its type is open
        self.untold = is_bare and not (self.is_object and type_told_by(value))
        self.undecided = self.undecided or self.untold
        # decided: in a bare array, an id gives what it proves to a record that lacks it
        for field in (self.type.id, self.type.arn) if is_bare and not self.undecided else ():
            for key, proven in proof(type_name, self.text(field)):
                self.fields.setdefault(key, proven)
        # "An object that stands in no list counts only with every `always` field; else it
        # ... is undecided for every fact"
        self.undecided = self.undecided or (is_single and lacks_any)
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
        # "An ARN whose account is no account id (redacted) names none"
        account = re.fullmatch("[0-9]{12}", found.group(2))
        self.account = account.group() if account else None

    def text(self, field):
        value = self.fields.get(field)
        return value if isinstance(value, str) else None

    def counts(self, fact):
        """(at least, at most): 1 or 0 times."""
        if self.undecided:
            return 0, 1
        # one predicate that does not hold decides, whatever the others
        tests = [self.passes(field, test) for field, test in fact.tests.items()]
        if False in tests:
            return 0, 0
        return (0, 1) if None in tests else (1, 1)

    def passes(self, field, test):
        """None: undecided."""
        value = self.fields.get(field)
        # "an `always` field that is missing or of another type"; "Numbers out of range
        # are ... undecided"
        if self.type.lacks(self.fields, field) or has_out_of_range(value):
            return None
        if field not in self.fields and self.trimmed:
            return None
        return test(value)

    def extreme(self, fact):
        """(at least, at most) of the maximum of this record alone."""
        low, high = self.counts(fact)
        value = instant(self.fields.get(fact.value))
        if high == 0:
            return NONE, NONE
        # "a counted record without a usable value opens the bound"
        if value is None:
            return SOME if low else NONE, ENDLESS
        value = -value if fact.kind == "min" else value
        return value if low else NONE, value


def instant(value):
    """ "Times are instants: epoch seconds" """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    form = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
    if not isinstance(value, str) or not re.fullmatch(form, value):
        return None
    return datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()


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
        self.is_value = False  # null, a number: what --query prints, and no page
        self.untold = False  # it has elements that nothing tells to be records
        self.asked = False  # its name says that the call was asked with an option
        self.means = None  # what the catalog says of that option
        self.single = False  # a record that stands alone, of no call that is told
        self.parent = None
        self.parent_unclear = False
        self.records = []
        self.identity = None
        self.account = self.region = None
        self.mislabelled = self.tainted = False
        self.spread = False  # its records are of several scopes
        self.named = []  # the scopes that the whole of it names

    @property
    def read(self):
        return not self.ignored and not self.nothing

    @property
    def gives(self):
        return "one" if self.single else self.call.gives if self.call else None

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
        if self.gives in ("one", "nothing") or self.is_value:
            return False
        return self.token or self.damaged or self.nothing

    @property
    def scope(self):
        """ "Nothing tells the account or the region: ... judged on its own" """
        if self.account and (self.region or not self.regional):
            return self.account, self.region, None
        return self.account, self.region, self.source.listed_as

    @property
    def regional(self):
        return self.type is None or TYPES[self.type].regional

    @property
    def is_whole(self):
        """Complete, were it not for other documents and what it was limited to: "a whole
        answer, undamaged, carries no token" """
        return (
            self.usable
            and self.gives in ("whole", "part")
            and not (self.gives == "part" and self.parent is None)
            and not self.parent_unclear
            and not (self.token or self.damaged or self.untold or self.spread)
            and not self.source.broken  # "a break makes no document of its source complete"
        )

    def is_complete(self, fact=None):
        """ "and is not limited"; fact None: for whoever asks for no fact """
        if not self.is_whole or self.tainted:
            return False
        if not self.limited:
            return True
        return fact is not None and self.keeps_all(fact)

    def keeps_all(self, fact):
        """Whether what limited it can have left out nothing that counts."""
        # "`CALL--WORD` is complete for the facts whose filter implies what the catalog
        # says WORD means, and for no other"
        if self.asked:
            if not self.means or not implies(fact, *self.means):
                return False
            # decided: a record that it does not mean says that the name is wrong
            field, value = self.means
            if any(record.fields.get(field) != value for record in self.records):
                return False
        if not self.bare:
            return True
        # "only if each of its records satisfies the fact's filter"
        return fact.accepts_filtered and all(r.counts(fact) == (1, 1) for r in self.records)

    def bounds(self, fact):
        """Lower and upper."""
        if fact.kind != "count":
            ends = [record.extreme(fact) for record in self.is_own]
            return (
                max([low for low, _ in ends], default=NONE),
                max([high for _, high in ends], default=NONE),
            )
        counts = [record.counts(fact) for record in self.is_own]
        # "a record twice in a listing counts once"; decided: of what differs, nothing tells
        # whether it is one record
        once = {}
        for index, (record, bounds) in enumerate(zip(self.is_own, counts)):
            name = record.text(record.type.id) or index
            once.setdefault(name, []).append((record, *bounds))
        lows = [min(low for _, low, _ in each) for each in once.values()]
        highs = [
            max(high for _, _, high in each)
            if all(each[0][0].fields == record.fields for record, _, _ in each)
            else sum(high for _, _, high in each)
            for each in once.values()
        ]
        return sum(lows), sum(highs)


def implies(fact, field, value):
    """Whether a fact counts no record whose field is another text."""
    test = fact.tests.get(field) if fact.is_literal else None
    return test is not None and test(value) and not any(
        test(other) for other in ("", "another", "awsbackup", "manual") if other != value
    )


GZIP = b"\x1f\x8b"


class Source:
    """What the path of a file tells."""

    def __init__(self, path, is_folder=False):
        self.path = self.listed_as = path
        self.folder = path.rpartition("/")[0]
        self.call, self.words = name_of(path)
        self.accounts, self.regions = words_of(path, is_folder)
        self.is_other = is_other_call(path)
        self.broken = False
        self.documents = []

    def option_words(self, call):
        """decided: a part's first word is its parent, a record's words name the record."""
        return self.words[{"part": 1, "one": 99}.get(call.gives if call else None, 0) :]


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
        # "Nothing at all: ... `null`, a number ... under a call's name: a problem"; "Other
        # JSON ...: ignored"
        take_name(document)
        document.nothing = document.type is not None or document.damaged
        document.ignored = not document.nothing
        document.is_value = not document.damaged
    # "what is named as another call is no evidence of this one, and its failure taints
    # nothing"
    if source.is_other and document.type is None:
        document.ignored, document.nothing = True, False
    take_option(document)
    find_parent(document)
    return document


def take_option(document):
    words = document.source.option_words(document.call)
    document.asked = bool(words)
    document.means = meaning(document.call, words) if words and document.call else None


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
    for key in set(MAPS) & present:
        recognise_map(document, json, key)
        return
    single = None if json.broken else type_told_by(json.value)
    if single:
        document.type, document.single = single, True
        document.records = [Record(json.value, single, True, True)]
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
    record = Record(json.value, call.type, False, True)
    document.records = [record]
    if call.type == IDENTITY and re.fullmatch("[0-9]{12}", record.text("Account") or ""):
        document.identity = record.text("Account")


def recognise_map(document, json, key):
    """decided: the answer's one record stands under that key; what deleting it answers
    looks the same, so that without a name it may be that, and proves nothing."""
    document.type, document.call = MAPS[key]
    if document.source.call != document.call:
        document.call = document.call._replace(gives="nothing")
    document.nothing = len(json.keys) != len(set(json.keys))
    value = json.value.first(key)
    if document.gives == "one" and not json.broken and isinstance(value, Pairs):
        document.records = [Record(value, document.type, False, True)]


def recognise_array(document, elements):
    # decided: one that breaks off before it shows what it lists may have been an array of
    # whole answers
    document.bare = not document.damaged or any(
        not isinstance(each, Pairs) or type_told_by(each) for each in elements
    )
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
        # "Other JSON: ignored"; decided: of a damaged one nothing tells what it was
        document.nothing = document.damaged
        document.ignored = not document.nothing
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
    words = document.source.words
    if parents <= {None} and words:
        document.parent = words[0]
    elif len(parents) == 1 and None not in parents:
        document.parent = parents.pop()
    elif parents:
        document.parent_unclear = True


# ---- sources ---------------------------------------------------------------------------

CLI_ERRORS = ("An error occurred (", "Unable to locate credentials")


def is_no_evidence(source, raw, files):
    """ "`X.err` and `X.rc` beside `X`, and `manifest.tsv`, are no evidence" """
    path = source.path
    if raw in (LINK, PIPE, CLOSED):
        return False
    if path.endswith("/manifest.tsv"):
        return True
    if path.endswith((".err", ".rc")) and path.rpartition(".")[0] in files:
        return True
    # decided: a file is looked at for its name (.json, or a call), or for its first bytes
    if path.lower().endswith(".json") or source.call:
        return False
    if raw.startswith((b"PK\3\4", GZIP)):
        return False
    return not text_of(raw).lstrip(" \t\r\n").startswith(("{", "[") + CLI_ERRORS)


def read_source(source, raw):
    if raw in (LINK, PIPE, CLOSED):
        # "what is named as a call and was not read ... is as a source that gave nothing";
        # "A folder that cannot be opened is as a file of every type in it"
        # decided: and so is what is named as JSON
        if source.call or raw == CLOSED or source.path.lower().endswith(".json"):
            source.documents = [lost(source)]
        return
    text = text_of(raw).lstrip(" \t\r\n")
    if text.startswith(CLI_ERRORS):
        text = raw.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith(CLI_ERRORS) or not text:
        # "0 bytes (a failed call), CLI error text": it told nothing
        document = lost(source)
        named = re.match(r"[^\r\n]* when calling the ([A-Za-z0-9]+) operation", text)
        if document.call is None and named:
            # decided: the error text tells the call where the name does not
            found = [c for op, c, form in OPERATIONS if form.fullmatch(named.group(1))]
            document.ignored, document.nothing = not found, bool(found)
            if found:
                document.call, document.type = found[0], found[0].type
        source.documents = [document]
        return
    source.documents = [recognise(source, json) for json in read(text, LISTS)]
    source.broken = any(document.damaged for document in source.documents)


def lost(source):
    """The document of a source that gave nothing."""
    document = Document(source)
    document.nothing = True
    take_name(document)
    if source.is_other and document.type is None:
        document.ignored, document.nothing = True, False
    take_option(document)
    find_parent(document)
    return document


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
    elif len(by_arn) > 1:
        document.spread = True
    elif by_arn:
        document.account = by_arn.pop()
    if document.type is None or TYPES[document.type].regional:
        wrong = place_region(document) or wrong
    document.mislabelled = wrong and document.read
    document.spread = document.spread and not document.mislabelled


def place_region(document):
    """ "Two different regions ...; a record of another region": whether it is so."""
    by_arn = {record.region for record in document.records} - {None}
    told = document.source.regions
    if len(told) > 1:
        return True
    document.region = told[0] if told else None
    if not told and len(by_arn) == 1:
        document.region = by_arn.pop()
    elif not told and by_arn:
        document.spread = True
    return bool(told) and by_arn - set(told) != set()


def views_of(document):
    """ "Records of several scopes in one document count where their ARNs put them, as
    lower bounds": a document a scope."""
    if not document.spread:
        return [document]
    views = {}
    for record in document.records:
        scope = record.account or document.account, record.region or document.region
        is_own = document.account in (None, scope[0])
        if scope[0] and is_own and (scope[1] or not document.regional):
            view = views.setdefault(scope, copy.copy(document))
            view.records = [*(view.records if view.records is not document.records else ()), record]
            view.account, view.region = scope
            view.named = list(scopes_named(document))
    return list(views.values())


# ---- taint -----------------------------------------------------------------------------


def can_taint(one, other):
    """ "Where any document of a (type, scope, parent) carries one, a tokenless one
    completes nothing" """
    if one is other or not one.carries_token:
        return False
    # "and completes nothing if any document of its type in the run carries a token";
    # decided: or of none that is told
    if one.type in (None, other.type) and other.scope[2]:
        return True
    # "A limited document ... makes none doubtful": without a token, only limited ones
    if one.limited and not one.token and not other.limited:
        return False
    # "The document decides nothing, but its token or damage still holds for its folder";
    # "where nothing tells type or scope, for its own folder"
    if one.type in (None, other.type) and one.source.folder == other.source.folder:
        if one.mislabelled or one.spread or not is_placed_in_part(one):
            return True
    if one.type is None:
        return reaches(one, other)
    if one.type != other.type:
        return False
    return is_same_listing(one, other) and reaches(one, other)


def is_same_listing(one, other):
    if (one.gives == "part") != (other.gives == "part"):
        return False
    # decided: a part of an untold parent may be of each
    if one.gives != "part" or one.parent is None:
        return True
    return other.parent is not None and parent_key(one.parent) == parent_key(other.parent)


def is_placed_in_part(document):
    return bool(document.account or (document.region and document.regional))


def reaches(one, other):
    """ "Where a part of its scope is told, it holds for every scope that this does not
    contradict" """
    if one.mislabelled or one.spread:
        return any(fits(scope, other) for scope in one.named or scopes_named(one))
    return is_placed_in_part(one) and fits((one.account, one.region), other)


def fits(scope, other):
    account, region = scope
    if other.account and account not in (None, other.account):
        return False
    # decided: a listing of an account may lie in any region's folder
    return not (other.regional and other.region) or region in (None, other.region)


def scopes_named(document):
    """ "for every scope that its path or ARNs name" """
    source = document.source
    if source.accounts or source.regions:
        for account in source.accounts or [document.account]:
            for region in source.regions or [document.region]:
                yield account, region
    for record in document.records:
        if record.account or record.region:
            yield record.account, record.region


def parent_key(parent):
    """decided: as the collection script writes an id in a file's name."""
    return re.sub("[/:]", "_", parent)


# ---- combining -------------------------------------------------------------------------

# `whole`: complete, were it not for the token of another document, and not limited.
# `page`: it carries a token, or may have lost one.
Estimate = namedtuple("Estimate", "low high complete limited whole page")
Estimate.__new__.__defaults__ = (False,)


def nothing_of(fact):
    return 0 if fact.kind == "count" else NONE


def combine(estimates, fact, token_read=False):
    """ "Several documents of one (type, scope, parent) combine ... without joining
    records" """
    complete = [each for each in estimates if each.complete]
    largest = max([each.low for each in estimates], default=nothing_of(fact))
    # "A limited document is never complete while an unlimited complete one exists"
    unlimited = [each for each in complete if not each.limited]
    if unlimited:
        # "lower = the smallest of the complete ones, upper = the largest of the complete
        # ones' uppers and of all other documents' lowers"
        low = min(each.low for each in unlimited)
        high = max([each.high for each in unlimited] + [largest])
        return Estimate(low, ENDLESS if high == SOME else high, True, False, True)
    # "Taint takes upper bounds only: two different tokenless answers stay a disagreement"
    whole = [each for each in estimates if each.whole]
    if len({(each.low, each.high) for each in whole}) > 1:
        return Estimate(min(each.low for each in whole), ENDLESS, False, False, False)
    # decided: a doubt whether there are more pages makes no lower bound surer: what is no
    # page counts beside a whole answer only where pages are known to be missing
    if whole and not token_read:
        low = max([whole[0].low] + [each.low for each in estimates if each.page])
        return Estimate(low, ENDLESS, False, False, False)
    # "Several limited answers are lower bounds, never a disagreement"
    if complete:
        high = max([each.high for each in complete] + [largest])
        return Estimate(largest, ENDLESS if high == SOME else high, True, True, False)
    # "none complete: lower bound = the largest, no upper bound"
    return Estimate(largest, ENDLESS, False, False, False)


def contradicted(documents):
    """The paths of documents that say something else than others of their listing."""
    paths = set()
    listings = {}
    for d in documents:
        if d.usable:
            part = d.gives == "part" and d.parent and parent_key(d.parent)
            listings.setdefault((d.type, d.scope, part), []).append(d)
    for (type_name, _, _), mine in listings.items():
        for fact in [f for rule in RULES.values() for f in rule.facts.values()]:
            each = [estimate(d, fact) for d in mine if fact.type == type_name]
            whole = {(e.low, e.high) for e in each if e.whole or e.complete}
            if len(whole) > 1 or any(e.low > low for e in each for low, _ in whole):
                paths |= {d.source.path for d in mine}
    return paths


def estimate(document, fact):
    low, high = document.bounds(fact)
    whole = document.is_whole and not document.limited
    return Estimate(
        low,
        high,
        document.is_complete(fact),
        document.limited,
        whole,
        document.carries_token and not document.limited,
    )


def are_pages(documents):
    """Whether one of them carries a token that was read."""
    return any(
        d.token and d.carries_token and d.usable and not d.spread for d in documents
    )


def add_up(estimates, fact):
    """Of different things: counts add up, of maxima the largest is that of all."""
    lows = [each.low for each in estimates]
    highs = [each.high for each in estimates]
    if fact.kind == "count":
        return sum(lows), sum(highs)
    return max(lows, default=NONE), max(highs, default=NONE)


def parents_of(documents):
    """The ids of the parents, or None: "whole when the parents' listing is complete"."""
    listings = [d for d in documents if d.type == PARENT_TYPE and d.usable]
    ids = [{record.text(TYPES[PARENT_TYPE].id) for record in d.records} for d in listings]
    # decided: a record without an id, or a foreign one, leaves the parents unknown
    complete = [
        names
        for names, d in zip(ids, listings)
        if d.is_complete() and None not in names and len(d.is_own) == len(d.records)
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
    if not [d for d in parts if d.usable] and parents != set():
        return []
    keys = {parent_key(d.parent) for d in parts if d.usable and d.parent is not None}
    sums = [
        combine(
            [estimate(d, fact) for d in parts if is_of(d, key) and d.usable],
            fact,
            are_pages([d for d in parts if is_of(d, key)]),
        )
        for key in sorted(keys)
    ]
    low, high = add_up(sums, fact)
    # decided: a part that gave nothing is still about a parent
    lost = {d.parent and parent_key(d.parent) for d in parts if not d.usable}
    complete = (
        parents is not None
        and {parent_key(parent) for parent in parents} == keys
        and len(keys) == len(parents)
        and lost <= keys
        and all(each.complete for each in sums)
    )
    # "else it gives only lower bounds"
    unnamed = [estimate(d, fact).low for d in parts if d.usable and d.parent is None]
    unnamed = max(unnamed, default=nothing_of(fact))
    if unnamed > low:
        low, complete = unnamed, False
    limited = any(each.limited for each in sums)
    return [
        Estimate(low, high if complete else ENDLESS, complete, limited, complete and not limited)
    ]


def is_of(document, key):
    return document.parent is not None and parent_key(document.parent) == key


def total(documents, fact):
    """What the documents of one scope say together."""
    mine = [d for d in documents if d.type == fact.type]
    pages = [d for d in mine if d.gives != "part"]
    whole = [estimate(d, fact) for d in pages if d.usable]
    if fact.type == SELECTION:
        parts = [d for d in mine if d.gives == "part" and not d.mislabelled]
        whole += combine_parts(documents, parts, fact)
    return combine(whole, fact, are_pages(pages))


def bounds_of(low, high, fact):
    """As a report has them."""
    if fact.kind == "count":
        return Bounds(low, None if high == ENDLESS else high)
    if high == NONE:
        return Extremes(None, None, True)
    ends = [None if end in (NONE, SOME, ENDLESS) else end for end in (low, high)]
    if fact.kind == "min":
        ends = [None if end is None else -end for end in reversed(ends)]
    return Extremes(*ends, None if low == NONE else False)


# ---- accounts --------------------------------------------------------------------------


class Coverage:
    """Which regions an account has, as its describe-regions says."""

    def __init__(self, account, documents):
        listings = [
            d for d in documents if d.type == REGION and d.account == account and d.usable
        ]
        self.regions = set()
        self.is_closed = False
        for document in listings:
            used = [
                record
                for record in document.records
                # "opted in or not needing it"
                if record.fields.get("OptInStatus") != "not-opted-in"
            ]
            names = [record.text("RegionName") for record in used]
            self.regions |= set(names) - {None}
            # "An empty set of regions closes nothing"; decided: nor one without a name
            untold = [r for r in document.records if r.text("RegionName") is None]
            if document.is_complete() and names and not untold:
                self.is_closed = True


def bounds_of_account(account, cells, held, coverage, fact):
    """ "`for_each: account` adds up the account's regions and has an upper bound only
    where the set of regions is known and each is complete" """
    regions = {cell for cell in cells if cell[0] == account}
    totals = {cell: total(held.get(cell, []), fact) for cell in regions}
    low, high = add_up([totals[cell] for cell in regions if cell[1]], fact)
    # decided: what no region is told of may be of any of them
    untold = [totals[cell].low for cell in regions if not cell[1]]
    low = max([low, *untold])
    closed = coverage.is_closed and not untold
    if not closed or not all(each.complete for each in totals.values()):
        high = ENDLESS
    return bounds_of(low, high, fact)


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


def member_of(path):
    """ "what is compressed and no tar holds one file": the source that it is. No tree has
    a whole one; a broken one gives nothing, and its names tell what it may have been."""
    return "%s!/%s" % (path, re.sub(r"(?<=.)\.gz$", "", path.rpartition("/")[2], flags=re.I))


def sources_of(files):
    for path in sorted(files):
        source = Source(path, files[path] == CLOSED)
        if isinstance(files[path], bytes) and files[path].startswith(GZIP):
            source.listed_as = member_of(path)
        if not is_no_evidence(source, files[path], files):
            read_source(source, files[path])
            yield source


def documents_of(files):
    """All that are evidence, placed and doubted."""
    documents = [d for source in sources_of(files) for d in source.documents if not d.ignored]
    identities = {}
    for document in documents:
        if document.identity:
            identities.setdefault(document.source.folder, set()).add(document.identity)
    for document in documents:
        place(document, identities)
    documents = [view for document in documents for view in views_of(document)]
    for document in documents:
        document.tainted = any(can_taint(other, document) for other in documents)
    return documents


def accounts_of(folders, cells, documents):
    """decided: every account that a folder or a document names."""
    accounts = {cell[0] for cell in cells} | {d.account for d in documents}
    for path in folders:
        named = words_of(path, True)[0]
        accounts |= set(named) if len(named) == 1 else set()
    return accounts - {None}


def judge(files, folders):
    documents = documents_of(files)
    cells = cells_of(files, folders, documents)
    coverages = {a: Coverage(a, documents) for a in accounts_of(folders, cells, documents)}
    for account, coverage in coverages.items():
        cells |= {(account, region, None) for region in coverage.regions}
    held = {}
    for document in documents:
        held.setdefault(document.scope, []).append(document)
    findings = {}
    for name, rule in RULES.items():
        for cell in cells:
            if rule.for_each == "account" and cell[0]:
                continue
            bounds = {}
            for each, fact in rule.facts.items():
                whole = total(held.get(cell, []), fact)
                # decided: of an account that nothing tells, which regions it has is not known
                high = ENDLESS if rule.for_each == "account" else whole.high
                bounds[each] = bounds_of(whole.low, high, fact)
            findings[(name, *cell)] = verdict(name, bounds), bounds
        for account, coverage in coverages.items() if rule.for_each == "account" else ():
            bounds = {
                each: bounds_of_account(account, cells, held, coverage, fact)
                for each, fact in rule.facts.items()
            }
            findings[name, account, None, None] = verdict(name, bounds), bounds
    return findings


def main():
    root = Path(sys.argv[1])
    paths = [root, *root.rglob("*")]
    files = {str(path): LINK for path in paths if path.is_symlink()}
    files.update({str(p): p.read_bytes() for p in paths if p.is_file() and not p.is_symlink()})
    folders = [str(path) for path in paths if path.is_dir()]
    for cell, (result, bounds) in sorted(judge(files, folders).items(), key=str):
        print(*(part or "-" for part in cell), result, bounds)


if __name__ == "__main__":
    main()
