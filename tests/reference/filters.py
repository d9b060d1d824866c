"""The rules of rules/*.yaml by hand: filters as predicates, outcomes as functions.

A fact is a type, the fields that its filter reads, the filter (None: every record counts)
and whether it accepts filtered listings.  An outcome is a result and a function of the
facts, whose values are Bounds; the last one has none.  Change them with the YAML.
"""

from collections import namedtuple

Fact = namedtuple("Fact", "type fields counts accepts_filtered")

SNAPSHOT = "AWS::RDS::DBSnapshot"
PLAN = "AWS::Backup::BackupPlan"
SELECTION = "AWS::Backup::BackupSelection"
VAULT = "AWS::Backup::BackupVault"


def is_false(value):
    """JMESPath's falsehood: 0 is true."""
    return value is None or value is False or value in ("", [], {})


def text_is(field, text):
    return lambda record: record.get(field) == text


def is_true(field):
    return lambda record: record.get(field) is True


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

ALL_SNAPSHOTS = Fact(SNAPSHOT, [], None, False)
MANAGED = Fact(SNAPSHOT, ["SnapshotType"], text_is("SnapshotType", "awsbackup"), True)
ENCRYPTED = Fact(SNAPSHOT, ["Encrypted"], is_true("Encrypted"), False)
MANUAL = Fact(SNAPSHOT, ["SnapshotType"], text_is("SnapshotType", "manual"), False)
ALL_PLANS = Fact(PLAN, [], None, False)
KEPT = Fact(PLAN, ["DeletionDate"], lambda plan: is_false(plan.get("DeletionDate")), True)
ALL_SELECTIONS = Fact(SELECTION, [], None, False)
DATABASES = Fact(SELECTION, ["SelectionName"], text_is("SelectionName", "databases"), True)
ALL_VAULTS = Fact(VAULT, [], None, False)
LOCKED = Fact(VAULT, ["Locked"], is_true("Locked"), False)
STANDARD = Fact(VAULT, ["BackupVaultName"], text_is("BackupVaultName", "Default"), False)

RULES = {
    "snapshots": (
        {"all": ALL_SNAPSHOTS, "managed": MANAGED},
        [("pass", lambda f: more(f["managed"], 0)), ("fail", None)],
    ),
    "encrypted": (
        {"all": ALL_SNAPSHOTS, "encrypted": ENCRYPTED, "manual": MANUAL},
        [
            ("not_applicable", lambda f: equal(f["all"], 0)),
            ("fail", lambda f: both(no(less(f["manual"], 1)), less(f["encrypted"], 2))),
            ("pass", lambda f: either(no(equal(f["encrypted"], 0)), no(more(f["all"], 2)))),
            ("fail", None),
        ],
    ),
    "plans": (
        {"all": ALL_PLANS, "kept": KEPT},
        [("pass", lambda f: more(f["kept"], 0)), ("fail", None)],
    ),
    "selections": (
        {"all": ALL_SELECTIONS, "databases": DATABASES, "plans": ALL_PLANS},
        [
            ("pass", lambda f: no(less(f["databases"], 2))),
            ("not_applicable", lambda f: both(equal(f["all"], 0), equal(f["plans"], 0))),
            ("fail", None),
        ],
    ),
    "vaults": (
        {"all": ALL_VAULTS, "locked": LOCKED, "standard": STANDARD},
        [
            ("pass", lambda f: both(no(equal(f["locked"], 0)), equal(f["locked"], f["all"]))),
            ("not_applicable", lambda f: both(more(f["standard"], 0), less(f["all"], 2))),
            ("fail", None),
        ],
    ),
}

# What a --query or an option may filter a listing by and still keep what counts.
FILTERS = {fact.type: fact.counts for fact in (MANAGED, KEPT, DATABASES)}


def verdict(rule, facts):
    """Design 6: walk the outcomes in order; true stops, unknown is possible, false skips;
    one possible result is the verdict, several are `unknown`."""
    possible = set()
    for result, when in RULES[rule][1]:
        truth = {True} if when is None else when(facts)
        if True in truth:
            possible.add(result)
        if truth == {True}:
            break
    return possible.pop() if len(possible) == 1 else "unknown"
