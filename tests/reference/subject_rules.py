"""Random rules about each record, and what they say of a world in which all is known.

    rule = make_rule(rng, "r1")       rule.yaml(): its file
    results = rule.results(world, region)    by (type, id): what is possible, and the facts

An expression is its JMESPath text and a function of what it sees; True, False, or None: in
JMESPath, order with null has no answer.
"""

import json
from collections import namedtuple
from itertools import product

from worlds import CLUSTER, INSTANCE, PLAN, POINT, VAULT

Expression = namedtuple("Expression", "text of")
ENDLESS = range(-1, 40)  # what a minimum or maximum may be of which nothing is known


# ---- expressions ------------------------------------------------------------------------


def path_of(scope, path):
    def value(seen):
        at = seen[scope]
        for name in path.split("."):
            at = at.get(name) if isinstance(at, dict) else None
        return at

    return Expression(scope + "." + path if scope else path, value)


def compare(left, sign, right):
    """`right`: a literal, or another path."""

    def of(seen):
        ours = left.of(seen)
        theirs = right.of(seen) if isinstance(right, Expression) else right
        if sign in ("==", "!="):
            same = ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool)
            return same == (sign == "==")
        if ours is None or theirs is None:
            return None
        return {"<": ours < theirs, ">": ours > theirs, ">=": ours >= theirs}[sign]

    if isinstance(right, Expression):
        text = right.text
    else:
        text = "'%s'" % right if isinstance(right, str) else "`%s`" % json.dumps(right)
    return Expression("%s %s %s" % (left.text, sign, text), of)


def is_true(path):
    return Expression(path.text, lambda seen: path.of(seen) not in (None, False, "", [], {}))


def no(one):
    def of(seen):
        truth = one.of(seen)
        return None if truth is None else not truth

    return Expression("!(%s)" % one.text, of)


def both(one, other):
    def of(seen):
        truths = one.of(seen), other.of(seen)
        return False if False in truths else None if None in truths else True

    return Expression("(%s) && (%s)" % (one.text, other.text), of)


def either(one, other):
    denied = no(both(no(one), no(other)))
    return Expression("(%s) || (%s)" % (one.text, other.text), denied.of)


def tests_of(kind, scope):
    """Comparisons of the fields of a record; a `when` has to be one."""
    at = lambda path: path_of(scope, path)
    tests = {
        INSTANCE: [
            compare(at("Engine"), "==", "mysql"),
            compare(at("StorageEncrypted"), "==", True),
            compare(at("BackupRetentionPeriod"), ">", 0),
            compare(at("BackupRetentionPeriod"), ">=", 7),
            compare(at("DBClusterIdentifier"), "==", None),
            compare(at("DBClusterIdentifier"), "!=", "c"),
            compare(at("KmsKeyId"), "!=", None),
            compare(at("TagList"), "==", None),
        ],
        CLUSTER: [
            compare(at("Engine"), "==", "aurora"),
            compare(at("StorageEncrypted"), "==", False),
            compare(at("BackupRetentionPeriod"), ">", 1),
            compare(at("KmsKeyId"), "==", None),
            compare(at("DBClusterMembers"), "!=", None),
        ],
        POINT: [
            compare(at("Status"), "==", "COMPLETED"),
            compare(at("IsEncrypted"), "==", True),
            compare(at("ResourceType"), "!=", "RDS"),
            compare(at("ResourceArn"), "!=", None),
            compare(at("BackupVaultName"), "==", "v"),
            compare(at("Lifecycle.DeleteAfterDays"), ">=", 35),
            compare(at("Lifecycle.DeleteAfterDays"), "==", None),
        ],
        VAULT: [
            compare(at("Locked"), "==", True),
            compare(at("NumberOfRecoveryPoints"), ">", 0),
            compare(at("MinRetentionDays"), ">", 7),
            compare(at("MinRetentionDays"), "==", None),
            compare(at("BackupVaultName"), "==", "w"),
        ],
        PLAN: [
            compare(at("BackupPlanName"), "==", "n"),
            compare(at("BackupPlanName"), "!=", "m"),
            compare(at("BackupPlan.Rules"), "!=", []),
            compare(at("BackupPlanId"), "==", "p"),
        ],
        "rule": [
            compare(at("TargetBackupVaultName"), "==", "v"),
            compare(at("RuleName"), "!=", "y"),
            compare(at("Lifecycle"), "!=", None),
            compare(at("Lifecycle.DeleteAfterDays"), "<", 30),
        ],
        "tag": [compare(at("Key"), "==", "backup"), compare(at("Value"), "!=", None)],
        "member": [
            compare(at("IsClusterWriter"), "==", True),
            compare(at("DBInstanceIdentifier"), "==", "b"),
        ],
    }
    return tests[kind]


def combined(rng, tests):
    """Of one test, or two or three."""
    if rng.random() < 0.5:
        one = rng.choice(tests)
        return no(one) if rng.random() < 0.2 else one
    return rng.choice([both, either])(rng.choice(tests), combined(rng, tests))


# ---- facts ------------------------------------------------------------------------------

# From a subject's type to what may be joined: the type, the record's key, the subject's.
JOINS = {
    INSTANCE: [
        (POINT, "ResourceArn", "DBInstanceArn"),
        (POINT, "ResourceArn", "DBInstanceArn"),
        (CLUSTER, "DBClusterIdentifier", "DBClusterIdentifier"),
    ],
    CLUSTER: [
        (POINT, "ResourceArn", "DBClusterArn"),
        (INSTANCE, "DBClusterIdentifier", "DBClusterIdentifier"),
    ],
    POINT: [
        (VAULT, "BackupVaultName", "BackupVaultName"),
        (INSTANCE, "DBInstanceArn", "ResourceArn"),
        (POINT, "BackupVaultName", "BackupVaultName"),
    ],
    VAULT: [(POINT, "BackupVaultName", "BackupVaultName")],
    PLAN: [(VAULT, "BackupVaultName", "BackupPlan.Rules[0].TargetBackupVaultName")],
}
# From a type to a list in its records, and what its elements are.
LISTS = {
    INSTANCE: ("TagList", "tag"),
    CLUSTER: ("DBClusterMembers", "member"),
    PLAN: ("BackupPlan.Rules", "rule"),
}
NUMBERS = {
    INSTANCE: "BackupRetentionPeriod",
    CLUSTER: "BackupRetentionPeriod",
    POINT: "Lifecycle.DeleteAfterDays",
    VAULT: "MinRetentionDays",
    "rule": "Lifecycle.DeleteAfterDays",
}


class Fact:
    """`kind`: count, min or max; `from_type`: None, of elements of the subject."""

    def __init__(self):
        self.from_type = self.join = self.each = self.where = self.number = None
        self.kind = "count"

    def yaml(self):
        fact = {"from": self.from_type} if self.from_type else {}
        if self.join:
            fact["join"] = {"record": self.join[0], "resource": self.join[1]}
        if self.each:
            fact["each"] = self.each if self.from_type else "resource." + self.each
        if self.where:
            fact["where"] = self.where.text
        if self.kind != "count":
            fact[self.kind] = self.number
        return fact

    def joins(self, record, subject):
        if not self.join:
            return True
        ours = path_of("", self.join[0]).of({"": record})
        theirs = key_of(subject, self.join[1])
        return isinstance(ours, str) and ours == theirs

    def elements(self, world, region, subject):
        """What is counted, each with whether it is, as expressions have it."""
        records = [subject]
        if self.from_type:
            records = [
                record
                for record in world.records(region, self.from_type).values()
                if self.joins(record, subject)
            ]
        for record in records:
            seen = {"$resource": subject, "$record": record}
            elements = [record]
            if self.each:
                elements = path_of("", self.each).of({"": record})
            for element in elements or []:
                seen[""] = element
                yield element, self.where.of(seen) if self.where else True

    def values(self, world, region, subject):
        """All that it may be: one, but where order with null decides. Of a minimum or
        maximum None: of nothing."""
        known = [0]
        if self.kind != "count":
            known = [()]
        for element, counts in self.elements(world, region, subject):
            one = 1
            if self.kind != "count":
                one = (path_of("", self.number).of({"": element}),)
            more = [each + one for each in known]
            known = known if counts is False else more if counts else known + more
        if self.kind == "count":
            return sorted(set(known))
        ends = set()
        for numbers in known:
            told = [number for number in numbers if number is not None]
            end = max if self.kind == "max" else min
            if len(told) < len(numbers):  # one without a value: it may be any
                ends |= {end([each, *told]) for each in ENDLESS}
            else:
                ends.add(end(told) if told else None)
        return sorted(ends, key=str)


def key_of(subject, text):
    """`text`: a path, an element's, or several of which the first that is there counts."""
    if text.startswith("not_null("):
        keys = [key_of(subject, each) for each in text[9:-1].split(", ")]
        return next((key for key in keys if key is not None), None)
    if "[0]." in text:
        before, _, behind = text.partition("[0].")
        elements = path_of("", before).of({"": subject}) or [{}]
        return elements[0].get(behind)
    return path_of("", text).of({"": subject})


def make_fact(rng, subjects):
    fact = Fact()
    subject = subjects[0]
    if len(subjects) > 1:
        fact.from_type = POINT
        fact.join = ("ResourceArn", "not_null(DBInstanceArn, DBClusterArn)")
    elif subject in LISTS and rng.random() < 0.25:
        fact.each = LISTS[subject][0]
        seen = LISTS[subject][1]
    elif subject == VAULT and rng.random() < 0.4:
        fact.from_type, fact.each, seen = PLAN, "BackupPlan.Rules", "rule"
    else:
        fact.from_type, *fact.join = rng.choice(JOINS[subject])
        if rng.random() < 0.1:
            fact.join = None
    if fact.from_type and not fact.each:
        seen = fact.from_type
    tests = tests_of(seen, "")
    if subject == VAULT and fact.each:
        target = path_of("", "TargetBackupVaultName")
        tests = tests + 3 * [compare(target, "==", path_of("$resource", "BackupVaultName"))]
        tests += tests_of(PLAN, "$record")[:2]
    elif len(subjects) == 1 and rng.random() < 0.3:
        tests = tests + tests_of(subject, "$resource")[:5]
    if rng.random() < 0.8:
        fact.where = combined(rng, tests)
    if seen in NUMBERS and rng.random() < 0.25:
        fact.kind, fact.number = rng.choice(["min", "max"]), NUMBERS[seen]
    return fact


# ---- rules ------------------------------------------------------------------------------


class Rule:
    """`outcomes`: (result, its `when` or None)."""

    def __init__(self, name, subjects, facts, outcomes):
        self.name, self.subjects = name, subjects
        self.facts, self.outcomes = facts, outcomes

    def yaml(self):
        rule = {"format": 1, "id": self.name, "title": "t", "severity": "low"}
        rule["for_each"] = self.subjects if len(self.subjects) > 1 else self.subjects[0]
        rule["facts"] = {name: fact.yaml() for name, fact in self.facts.items()}
        rule["outcomes"] = [
            {"result": result, "when": when.text, "message": "m"}
            if when
            else {"result": result, "message": "m"}
            for result, when in self.outcomes
        ]
        return json.dumps(rule, indent=1)

    def walk(self, seen, at=0):
        """The results that are possible from that row on."""
        result, when = self.outcomes[at]
        truth = when.of(seen) if when else True
        found = set() if truth is False else {result}
        return found if truth else found | self.walk(seen, at + 1)

    def result_of(self, world, region, record):
        """Of a subject: the results that are possible, and by name the facts' values."""
        facts = {name: fact.values(world, region, record) for name, fact in self.facts.items()}
        results = set()
        for values in product(*facts.values()):
            results |= self.walk({"resource": record, "": dict(zip(facts, values))})
        return results, facts

    def results(self, world, region):
        """The same by (type, id) of each subject."""
        return {
            (kind, record[ID[kind]]): self.result_of(world, region, record)
            for kind in self.subjects
            for record in world.records(region, kind).values()
        }


ID = {
    INSTANCE: "DBInstanceIdentifier",
    CLUSTER: "DBClusterIdentifier",
    POINT: "RecoveryPointArn",
    VAULT: "BackupVaultName",
    PLAN: "BackupPlanId",
}


def make_rule(rng, name):
    subjects = [rng.choice([INSTANCE, INSTANCE, CLUSTER, POINT, VAULT, PLAN])]
    if rng.random() < 0.1:
        subjects = [INSTANCE, CLUSTER]
    facts = {name: make_fact(rng, subjects) for name in ["n", "m"][: rng.choice([0, 1, 1, 1, 2])]}
    tests = []
    for each, fact in facts.items():
        at = path_of("", each)
        if fact.kind == "count":
            tests += [compare(at, ">", 0), compare(at, ">", 0), compare(at, "==", 1)]
        else:
            tests += [compare(at, ">", 6), compare(at, "==", None)]
    of_subject = tests_of(subjects[0], "resource") if len(subjects) == 1 else []
    if len(subjects) > 1:
        of_subject = [compare(path_of("resource", "Engine"), "==", "aurora")]
        of_subject.append(compare(path_of("resource", "DBClusterIdentifier"), "!=", None))
    if not tests:
        tests = of_subject
    outcomes = []
    if rng.random() < 0.4:
        outcomes.append(("not_applicable", combined(rng, of_subject)))
    for result in rng.sample(["pass", "fail", "unknown"], rng.choice([1, 1, 2])):
        if rng.random() < 0.7:
            outcomes.append((result, rng.choice(tests)))
        else:
            outcomes.append((result, combined(rng, tests + of_subject)))
    seen = set()  # the same `when` a second time is never reached
    outcomes = [row for row in outcomes if not (row[1].text in seen or seen.add(row[1].text))]
    last = rng.choice(["fail", "fail", "pass", "unknown"])
    return Rule(name, subjects, facts, [*outcomes, (last, None)])
