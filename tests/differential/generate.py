"""Random AWS-shaped documents, and random expressions that find something in them."""

import json
import re

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WORDS = [
    "awsbackup", "automated", "manual", "available", "postgres", "us-east-1", "", "a", "b",
    "2024-01-01", "2024-03-09T22:28:08.598000+00:00", "arn:aws:rds:us-east-1:123456789012:snapshot:x",
    "012345678901", "12", "1.5", "-0", "1e3", "true", "null", "é", "日本", "\U0001f600", "e\u0301",
    "it's", 'say "x"', "back\\slash", "tick`s", "tab\there", "new\nline", "nul\u0000l", "\u00a0", "\u2028", "\x7f",
]
INTEGERS = [0, 1, 2, 3, 5, 7, 20, 100, -1, -2, 443, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 1707431288]
REALS = [0.0, -0.0, 0.5, 1.0, 1.5, 2.5, -1.25, 0.1, 0.30000000000000004, 1e16, 1e15, 1.5e-7, 1e-5, 1e22,
         1568928754.747, 123456789.123456789, 1.7976931348623157e308, 5e-324, -1e300, 100.0]
UNUSUAL_KEYS = ["a-b", "a.b", "é", "two words", 'q"q', "b\\b", "1a", "", "let", "in", "\U0001f600", "t\tt"]


def number(rng):
    return rng.choice(INTEGERS) if rng.random() < 0.6 else rng.choice(REALS)


def scalar(rng):
    return rng.choice([rng.choice(WORDS), number(rng), True, False, None])


def maybe(rng, record):
    return {key: value for key, value in record.items() if rng.random() < 0.85}


def tags(rng):
    return [{"Key": rng.choice(WORDS), "Value": rng.choice(WORDS)} for _ in range(rng.randrange(3))]


def snapshot(rng, index):
    return maybe(rng, {
        "DBSnapshotIdentifier": "rds:db-%d" % index,
        "SnapshotType": rng.choice(["awsbackup", "automated", "manual"]),
        "SnapshotCreateTime": rng.choice(WORDS[9:11]),
        "Status": rng.choice(["available", "creating"]),
        "AllocatedStorage": rng.choice(INTEGERS[:10]),
        "PercentProgress": number(rng),
        "Encrypted": rng.choice([True, False]),
        "TagList": tags(rng),
        "Iops": rng.choice([None, 0, 1000, 0.5]),
    })


def instance(rng):
    return maybe(rng, {
        "InstanceId": "i-%x" % rng.randrange(4096),
        "State": {"Name": rng.choice(["running", "stopped"]), "Code": rng.choice([16, 80, 80.0])},
        "Tags": tags(rng),
        "BlockDeviceMappings": [{"Ebs": {"VolumeId": "vol-%d" % i}} for i in range(rng.randrange(3))],
    })


def free(rng, depth):
    """Anything at all."""
    if depth == 0 or rng.random() < 0.3:
        return scalar(rng)
    if rng.random() < 0.5:
        return [free(rng, depth - 1) for _ in range(rng.randrange(4))]
    keys = rng.sample(["a", "b", "c", "d", *UNUSUAL_KEYS], rng.randrange(4))
    return {key: free(rng, depth - 1) for key in keys}


def document(rng):
    if rng.random() < 0.15:
        return free(rng, 3)
    pairs = list(maybe(rng, {
        "DBSnapshots": [snapshot(rng, i) for i in range(rng.randrange(5))],
        "Reservations": [{"Instances": [instance(rng) for _ in range(rng.randrange(3))]} for _ in range(rng.randrange(3))],
        "numbers": [number(rng) for _ in range(rng.randrange(6))],
        "few": [rng.choice([0.25, 1, 2.5, -3, 4]) for _ in range(rng.randrange(6))],
        "words": [rng.choice(WORDS) for _ in range(rng.randrange(6))],
        "mixed": [scalar(rng) for _ in range(rng.randrange(5))],
        "matrix": [[rng.randrange(5) for _ in range(3)], [], [[1, [2]], 3], rng.randrange(9)],
        "settings": free(rng, 2), "other": free(rng, 3), "empty": {}, "none": [],
        "count": rng.choice(INTEGERS[:9]), "same": rng.choice([1, 1.0, True]), "NextToken": None,
        rng.choice(UNUSUAL_KEYS): free(rng, 2),
    }).items())
    rng.shuffle(pairs)
    return dict(pairs)


# ---- the text of names and literals -------------------------------------------------


def json_text(rng, value):
    return json.dumps(value, ensure_ascii=rng.random() < 0.3)


def name_text(rng, name):
    if NAME.fullmatch(name) and rng.random() < 0.93:
        return name
    return json_text(rng, name)


def literal_text(rng, value):
    if isinstance(value, str) and rng.random() < 0.7 and "\\" not in value:
        return "'%s'" % value.replace("'", "\\'")
    if isinstance(value, str) and rng.random() < 0.5 and re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]*", value):
        return "`%s`" % value
    if isinstance(value, float) and rng.random() < 0.3 and abs(value) < 1e300:
        return "`%.17e`" % value
    return "`%s`" % json_text(rng, value).replace("`", "\\`")


# ---- expressions --------------------------------------------------------------------

KINDS = {
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "string": lambda v: isinstance(v, str),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "numbers": lambda v: isinstance(v, list) and all(map(KINDS["number"], v)),
    "strings": lambda v: isinstance(v, list) and all(map(KINDS["string"], v)),
    "any": lambda v: True,
}
FUNCTIONS = {
    "abs": ["number"], "avg": ["numbers"], "ceil": ["number"], "contains": ["array string", "any"],
    "ends_with": ["string", "string"], "floor": ["number"], "join": ["string", "strings"],
    "keys": ["object"], "length": ["array string object"], "map": ["&", "array"],
    "max": ["numbers strings"], "max_by": ["array", "&"], "merge": ["object", "object"],
    "min": ["numbers strings"], "min_by": ["array", "&"], "not_null": ["any", "any"],
    "reverse": ["array string"], "sort": ["numbers strings"], "sort_by": ["array", "&"],
    "starts_with": ["string", "string"], "sum": ["numbers"], "to_array": ["any"],
    "to_number": ["any"], "to_string": ["any"], "type": ["any"], "values": ["object"],
}


MARK = re.compile("\\x01([0-9]+)\\x02")


class Expressions:
    """Each method gives an expression over `value`, a sample of what it will see.

    jmespath.py knows no let, so lets and variables are marks in the text.  For ours they
    become what they are; for it, each variable becomes the expression that it was bound
    to: of a literal that is the same wherever it stands, of another expression where it
    sees what the let sees (the same `frame`).
    """

    def __init__(self, rng):
        self.rng = rng
        self.frame = self.frames = 0
        self.marks = []  # (text for ours, text for jmespath.py)
        self.visible = []  # (name, mark, frame or None)

    def top(self, value, depth):
        text = self.expression(value, depth)
        return self.unmarked(text, 0), self.unmarked(text, 1)

    def unmarked(self, text, which):
        while MARK.search(text):
            text = MARK.sub(lambda match: self.marks[int(match[1])][which], text)
        return text

    def marked(self, ours, theirs):
        self.marks.append((ours, theirs))
        return "\x01%d\x02" % (len(self.marks) - 1)

    def shifted(self, method, *arguments):
        """What sees another value than the text before it."""
        kept, self.frames = self.frame, self.frames + 1
        self.frame = self.frames
        text = method(*arguments)
        self.frame = kept
        return text

    def let(self, value, depth):
        rng = self.rng
        bound = []
        for _ in range(rng.choice([1, 1, 2])):
            anywhere = rng.random() < 0.4
            text = self.literal(value) if anywhere else self.expression(value, depth - 1)
            name = rng.choice(["$x", "$y", "$let", "$in", "$_1"])
            bound.append((name, text, None if anywhere else self.frame))
        kept = list(self.visible)
        for name, text, frame in bound:
            self.visible = [one for one in self.visible if one[0] != name]
            self.visible.append((name, self.marked(name, "(%s)" % text), frame))
        body = self.expression(value, depth - 1)
        self.visible = kept
        bindings = ", ".join("%s = %s" % pair[:2] for pair in bound)
        reached = ", ".join(pair[1] for pair in bound)  # what is bound is evaluated, read or not
        return self.marked("(let %s in %s)" % (bindings, body), "(not_null(`1`, %s) && (%s))" % (reached, body))

    def variable(self):
        good = [mark for _, mark, frame in self.visible if frame in (None, self.frame)]
        return self.rng.choice(good) if good else None

    def expression(self, value, depth=3):
        rng = self.rng
        if depth <= 0:
            return self.path(value, 0) if rng.random() < 0.8 else self.literal(value)
        form = rng.choices(
            [self.path, self.comparison, self.logic, self.pipe, self.call, self.items, self.negation,
             self.parenthesis, self.let, lambda v, d: self.literal(v)],
            [34, 12, 8, 12, 16, 8, 4, 5, 5, 3])[0]
        return form(value, depth - 1)

    def literal(self, value):
        rng = self.rng
        near = [value] if not isinstance(value, (list, dict)) else list(value if isinstance(value, list) else value.values())
        near = [one for one in near if not isinstance(one, (list, dict)) or len(str(one)) < 40]
        return literal_text(rng, rng.choice(near) if near and rng.random() < 0.5 else free(rng, rng.randrange(3)))

    def name(self, value):
        rng = self.rng
        if isinstance(value, dict) and value and rng.random() < 0.93:
            return rng.choice(list(value))
        return rng.choice(["a", "b", "Key", "missing", "State", *UNUSUAL_KEYS])

    def path(self, value, depth):
        rng = self.rng
        text, sample = "", value
        variable = self.variable()
        if variable and rng.random() < 0.5:
            text, sample = variable, rng.choice([value, None, []])
        elif rng.random() < 0.12 or not isinstance(value, (dict, list)) and rng.random() < 0.8:
            text = "@"
        elif not isinstance(value, list) or rng.random() < 0.1:
            name = self.name(value)
            text, sample = name_text(rng, name), value.get(name) if isinstance(value, dict) else None
        for _ in range(rng.randrange(4) + (text == "")):
            step, sample = self.step(sample, depth, text == "")
            text += step
        return text

    def step(self, sample, depth, first):
        """What goes on behind an expression that gives `sample`, and a sample of what that gives."""
        rng = self.rng
        dot = "" if first else "."
        if isinstance(sample, list) and rng.random() < 0.92 or first and rng.random() < 0.6:
            return self.list_step(sample if isinstance(sample, list) else [], depth)
        kind = rng.random()
        if kind < 0.62 or depth <= 0:
            name = self.name(sample)
            return dot + name_text(rng, name), sample.get(name) if isinstance(sample, dict) else None
        if kind < 0.75:
            values = list(sample.values()) if isinstance(sample, dict) else []
            return dot + "*", rng.choice(values) if values else None
        if kind < 0.9:
            return dot + self.shifted(self.items, sample, depth - 1), rng.choice([sample, None])
        return dot + self.shifted(self.call, sample, depth - 1), None

    def list_step(self, sample, depth):
        rng = self.rng
        element = rng.choice(sample) if sample else None
        kind = rng.random()
        if kind < 0.2:
            index = rng.randrange(-4, 4)
            inside = -len(sample) <= index < len(sample)
            return "[%d]" % index, sample[index] if inside else element
        if kind < 0.38:
            parts = [rng.choice(["", "", str(rng.randrange(-6, 7))]) for _ in range(3)]
            parts[2] = rng.choice(["", "", "-1", "2", "-2", "3", "-9223372036854775807"])
            text = ":".join(parts if parts[2] or rng.random() < 0.3 else parts[:2])
            return "[%s]" % text, element
        if kind < 0.62:
            return "[*]", element
        if kind < 0.8 or depth <= 0:
            return "[]", element[0] if isinstance(element, list) and element else element
        return "[?%s]" % self.shifted(self.expression, element, depth - 1), element

    def comparison(self, value, depth):
        rng = self.rng
        left = self.expression(value, depth - 1)
        right = self.literal(value) if rng.random() < 0.6 else self.expression(value, depth - 1)
        return "%s %s %s" % (left, rng.choice(["==", "!=", "<", "<=", ">", ">="]), right)

    def logic(self, value, depth):
        rng = self.rng
        parts = [self.expression(value, depth - 1) for _ in range(rng.choice([2, 2, 3]))]
        return rng.choice([" && ", " || ", "||"]).join(parts)

    def pipe(self, value, depth):
        rng = self.rng
        left = self.expression(value, depth - 1)
        sample = rng.choice([value, *(value if isinstance(value, list) else []), None, [value]])
        if isinstance(value, dict) and value and rng.random() < 0.6:
            name = self.name(value)
            left, sample = name_text(rng, name), value.get(name)
        return left + rng.choice([" | ", "|"]) + self.shifted(self.expression, sample, depth - 1)

    def items(self, value, depth):
        rng = self.rng
        items = [self.expression(value, depth - 1) for _ in range(rng.choice([1, 2, 2, 3]))]
        if rng.random() < 0.5:
            return "[%s]" % ", ".join(items)
        keys = [name_text(rng, rng.choice(["a", "b", "Key", *UNUSUAL_KEYS])) for _ in items]
        return "{%s}" % ", ".join("%s: %s" % pair for pair in zip(keys, items))

    def negation(self, value, depth):
        return "!" + self.expression(value, depth - 1)

    def parenthesis(self, value, depth):
        return "(%s)" % self.expression(value, depth) + self.rng.choice(["", "", "[0]", "[]", ".a", "[*]"])

    def call(self, value, depth):
        rng = self.rng
        name = rng.choice(list(FUNCTIONS))
        kinds = list(FUNCTIONS[name])
        if name in ("merge", "not_null"):
            kinds = kinds[:1] * rng.choice([1, 2, 3])
        arguments, element = [], None
        for kind in sorted(kinds, key=lambda one: one == "&"):
            if kind == "&":
                arguments.insert(kinds.index("&"), "&" + self.shifted(self.expression, element, depth - 1))
                continue
            text, sample = self.argument(value, kind, depth)
            element = rng.choice(sample) if isinstance(sample, list) and sample else None
            arguments.append(text)
        return "%s(%s)" % (name, ", ".join(arguments))

    def argument(self, value, kinds, depth):
        rng = self.rng
        if rng.random() < 0.12:
            return self.expression(value, depth - 1), None
        wanted = [KINDS[kind] for kind in kinds.split()]
        found = [("@", value)]
        if isinstance(value, dict):
            for name, one in value.items():
                found.append((name_text(rng, name), one))
                if isinstance(one, list):
                    found.append((name_text(rng, name) + "[0]", one[0] if one else None))
                    keys = {key for element in one if isinstance(element, dict) for key in element}
                    for key in sorted(keys):
                        values = [e[key] for e in one if isinstance(e, dict) and e.get(key) is not None]
                        found.append(("%s[].%s" % (name_text(rng, name), name_text(rng, key)), values))
        good = [pair for pair in found if any(want(pair[1]) for want in wanted)]
        if good and rng.random() < 0.9:
            return rng.choice(good)
        text = rng.choice([["`1.5`", "`-7`"], ["'a'", "'é1'"], ["`[3, 1, 2.5]`", "`[]`"], ["`[\"b\", \"a\"]`"], ["`{\"x\": 1}`"]])
        return rng.choice(text), None


SPLICES = list("[]{}()*?:.,|&!=<>@`'\"\\-09 abé") + ["[?", "[]", "&&", "||", "[*]", "::", "abs("]


def damaged(rng, text):
    """The text with a mistake in it, perhaps."""
    for _ in range(rng.choice([1, 1, 2])):
        at = rng.randrange(len(text) + 1)
        kind = rng.random()
        if kind < 0.4:
            text = text[:at] + text[at + 1 :]
        elif kind < 0.8:
            text = text[:at] + rng.choice(SPLICES) + text[at:]
        else:
            other = rng.randrange(len(text) + 1)
            text = text[:at] + text[other:]
    return text
