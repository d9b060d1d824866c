"""The rules of rules/*.yaml by hand: filters as predicates, outcomes as functions.

A fact is a type, its filter (predicates of fields, all of which hold), whether it accepts
filtered listings, and what is asked of the records that count: how many, or the max or min
of a field of theirs.  An outcome is a result and a function of the
facts, whose values are Bounds or Extremes; the last one has none.  A rule is what it judges
each of (region, account), its facts and its outcomes.  Change them with the YAML.
"""

from collections import namedtuple

# `is_literal`: what the filter compares with stands in it, so that it is known before a
# parameter is.
Fact = namedtuple("Fact", "type tests accepts_filtered kind value is_literal")
Fact.__new__.__defaults__ = ("count", None, True)

SNAPSHOT = "AWS::RDS::DBSnapshot"
PLAN = "AWS::Backup::BackupPlan"
SELECTION = "AWS::Backup::BackupSelection"
VAULT = "AWS::Backup::BackupVault"


def is_false(value):
    """JMESPath's falsehood: 0 is true."""
    return value is None or value is False or value in ("", [], {})


def is_text(text):
    return lambda value: value == text


def is_true(value):
    return value is True


# ---- three values: the set of what may be ---------------------------------------------


class Bounds(namedtuple("Bounds", "low high")):
    """A number between two; high None: nothing bounds it."""

    # Counts and constants are smaller here, so that no comparison changes further up.
    ENDLESS = 15

    def values(self):
        high = self.ENDLESS + self.low if self.high is None else self.high
        return range(self.low, high + 1)

    def compare(self, other, holds):
        others = other.values() if isinstance(other, Bounds) else [other]
        return {holds(left, right) for left in self.values() for right in others}


class Extremes(namedtuple("Extremes", "low high none")):
    """A maximum or minimum between two (None: nothing bounds it); `none`: whether nothing
    counts, None: perhaps."""

    def compare(self, other, holds):
        # decided: order with the maximum of nothing, which is null, is undecided
        if self.none is not False:
            return {True, False}
        ends = [float("-inf") if self.low is None else self.low]
        ends.append(float("inf") if self.high is None else self.high)
        return {holds(end, other) for end in ends}


def less(left, right):
    return left.compare(right, lambda a, b: a < b)


def equal(left, right):
    return left.compare(right, lambda a, b: a == b)


def more(left, right):
    return left.compare(right, lambda a, b: a > b)


def no(truth):
    return {not a for a in truth}


def both(left, right):
    return {a and b for a in left for b in right}


def either(left, right):
    return {a or b for a in left for b in right}


# ---- the rules -------------------------------------------------------------------------

TYPE = "SnapshotType"
ALL_SNAPSHOTS = Fact(SNAPSHOT, {}, False)
MANAGED = Fact(SNAPSHOT, {TYPE: is_text("awsbackup")}, True)
ENCRYPTED = Fact(SNAPSHOT, {"Encrypted": is_true}, False)
MANUAL = Fact(SNAPSHOT, {TYPE: is_text("manual")}, False)
SEALED = Fact(SNAPSHOT, {TYPE: is_text("manual"), "Encrypted": is_true}, False)
ALL_PLANS = Fact(PLAN, {}, False)
KEPT = Fact(PLAN, {"DeletionDate": is_false}, True)
ALL_SELECTIONS = Fact(SELECTION, {}, False)
DATABASES = Fact(SELECTION, {"SelectionName": is_text("databases")}, True)
ALL_VAULTS = Fact(VAULT, {}, False)
LOCKED = Fact(VAULT, {"Locked": is_true}, False)
STANDARD = Fact(VAULT, {"BackupVaultName": is_text("Default")}, False)
TIME = "SnapshotCreateTime"
SINCE = 1700000000
NEWEST = MANUAL._replace(kind="max", value=TIME, is_literal=False)
OLDEST = MANUAL._replace(kind="min", value=TIME, is_literal=False)
NEWEST_MANAGED = MANAGED._replace(accepts_filtered=False, kind="max", value=TIME)

Rule = namedtuple("Rule", "for_each facts outcomes")
RULES = {
    "snapshots": Rule(
        "region",
        {"all": ALL_SNAPSHOTS, "managed": MANAGED},
        [("pass", lambda f: more(f["managed"], 0)), ("fail", None)],
    ),
    "encrypted": Rule(
        "region",
        {"all": ALL_SNAPSHOTS, "encrypted": ENCRYPTED, "manual": MANUAL},
        [
            ("not_applicable", lambda f: equal(f["all"], 0)),
            ("fail", lambda f: both(no(less(f["manual"], 1)), less(f["encrypted"], 2))),
            ("pass", lambda f: either(no(equal(f["encrypted"], 0)), no(more(f["all"], 2)))),
            ("fail", None),
        ],
    ),
    "plans": Rule(
        "region",
        {"all": ALL_PLANS, "kept": KEPT},
        [("pass", lambda f: more(f["kept"], 0)), ("fail", None)],
    ),
    "selections": Rule(
        "region",
        {"all": ALL_SELECTIONS, "databases": DATABASES, "plans": ALL_PLANS},
        [
            ("pass", lambda f: no(less(f["databases"], 2))),
            ("not_applicable", lambda f: both(equal(f["all"], 0), equal(f["plans"], 0))),
            ("fail", None),
        ],
    ),
    "vaults": Rule(
        "region",
        {"all": ALL_VAULTS, "locked": LOCKED, "standard": STANDARD},
        [
            ("pass", lambda f: both(no(equal(f["locked"], 0)), equal(f["locked"], f["all"]))),
            ("not_applicable", lambda f: both(more(f["standard"], 0), less(f["all"], 2))),
            ("fail", None),
        ],
    ),
    "dates": Rule(
        "region",
        {"newest": NEWEST, "oldest": OLDEST, "sealed": SEALED},
        [
            ("pass", lambda f: no(less(f["newest"], SINCE))),
            (
                "not_applicable",
                lambda f: both(equal(f["sealed"], 0), less(f["oldest"], SINCE)),
            ),
            ("fail", None),
        ],
    ),
    "accounts": Rule(
        "account",
        {"all": ALL_SNAPSHOTS, "managed": MANAGED, "newest": NEWEST_MANAGED},
        [
            (
                "pass",
                lambda f: either(more(f["managed"], 1), more(f["newest"], SINCE)),
            ),
            ("not_applicable", lambda f: equal(f["all"], 0)),
            ("fail", None),
        ],
    ),
}

# What a --query or an option may filter a listing by and still keep what counts.
FILTERS = {fact.type: fact for fact in (MANAGED, KEPT, DATABASES)}


def holds(fact, record):
    """Of a record that lacks nothing."""
    return all(test(record.get(field)) for field, test in fact.tests.items())


def verdict(rule, facts):
    """Design 6: walk the outcomes in order; true stops, unknown is possible, false skips;
    one possible result is the verdict, several are `unknown`."""
    possible = set()
    for result, when in RULES[rule].outcomes:
        truth = {True} if when is None else when(facts)
        if True in truth:
            possible.add(result)
        if truth == {True}:
            break
    return possible.pop() if len(possible) == 1 else "unknown"
