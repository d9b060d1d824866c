"""Small changes of a C file: mutants_of(source, text) makes a list of all of them.

What is no code is left alone: comments, strings, lines of the preprocessor, assertions
(a bug's guard holds always), sizes of arrays, where memory is given back or used again,
which nobody misses, and what UNSEEN has.
"""

import re
from dataclasses import dataclass

NO_CODE = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*',
    re.DOTALL | re.MULTILINE,
)
ASSERTION = re.compile(r"\b(?:static_)?assert\(.*?\);", re.DOTALL)
ARRAY_SIZE = re.compile(r"\w\[[\w +*/]*\](?=[\[\];,)]| =)")

SWAPS = {
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "==": ["!="],
    "!=": ["=="],
    "&&": ["||"],
    "||": ["&&"],
    " + ": [" - "],
    " - ": [" + "],
    "+=": ["-="],
    "-=": ["+="],
    "true": ["false"],
    "false": ["true"],
}
TOKEN = re.compile(r"->|<<=?|>>=?|\+\+|--|&&|\|\||[<>=!+-]=| [+-] |[<>]|\b(?:true|false)\b")
NUMBER = re.compile(r"(?<![\w.])(\d+)(?![\w.])")
ALLOCATION = re.compile(r"\barena_(?:array|alloc)\(")
NEGATION = re.compile(r"!(?=[\w(])")
CONDITION = re.compile(r"\bif \(")
STATEMENT = re.compile(r"^([ \t]+)([^\s].*;)$", re.MULTILINE)
DECLARATION = re.compile(r"(?:const |static |struct |enum |unsigned |[a-z]\w* \**)+[a-z]\w*(?:\[[^\]]*\])*(?: = .*|, .*)?;")
RESET = re.compile(r"(?:arena_(?:reset|release)|json_decref)\(.*\);")
JUMP = re.compile(r"(?:return\b.*|continue|break);")
# What no output shows, whatever it is: a pattern, whose groups are not changed, and why.
# Only how much memory or time something takes may depend on it; never a group with a
# choice that the program's answer follows.
UNSEEN = [
    # how many texts, memos or tallies are kept before others are looked up, made again or copied
    r"\b(?:TEXTS_BYTES|TEXTS_KEPT|MEMOS_MAX|TALLIES_FEW) = ([\d *]+)",
    # the mixing of a hash by which a row or a group is looked for: it is then compared
    r"uint64_t hash = (\(wanted->portion[^;]*);",
    r"uint64_t hash = (\(uint64_t\)wanted\.kind << 32);",
    r"wanted(?:->|\.)hash = \(uint32_t\)\(hash >> (32)\);",
    r"hash (\+=) (?:rows->found|row->values)",
]


def same_line(text):
    return " ".join(text.split())


@dataclass
class Mutant:
    source: str  # below analyzer/
    line: int
    text: str  # of the whole file
    old: str  # the line or lines that differ
    new: str

    @property
    def key(self):
        return self.source, same_line(self.old), same_line(self.new)

    def __str__(self):
        return "%s:%d\n- %s\n+ %s" % (self.source, self.line, *self.key[1:])


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def code_of(text):
    """The text with everything that is not to be changed blank, at the same places."""
    code = NO_CODE.sub(blank, text)
    code = ASSERTION.sub(blank, code)
    return ARRAY_SIZE.sub(lambda match: match[0][0] + " " * (len(match[0]) - 1), code)


def closing(code, start):
    """Where the parenthesis that opens at `start` is closed."""
    depth = 0
    for at in range(start, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return at
    raise ValueError("a parenthesis is not closed")


def swaps(code):
    for match in TOKEN.finditer(code):
        for new in SWAPS.get(match[0], []):
            yield match.start(), match.end(), new


def sizes(code):
    """Where it is said how much memory is taken."""
    return [(match.end(), closing(code, match.end() - 1)) for match in ALLOCATION.finditer(code)]


def numbers(code):
    taken = sizes(code)
    for match in NUMBER.finditer(code):
        if code[match.start() - 2 : match.end() + 2] == "{ 0 }":  # a struct that begins empty
            continue
        number = int(match[1])
        # one more of what is taken from an arena is never missed
        is_more = code[match.start() - 2 : match.start()] in ("+ ", "* ") or code[match.end() :].startswith(" * ")
        if not (is_more and any(start <= match.start() < end for start, end in taken)):
            yield match.start(), match.end(), str(number + 1)
        if number > 1:
            yield match.start(), match.end(), str(number - 1)


def conditions(code):
    for match in NEGATION.finditer(code):
        yield match.start(), match.end(), ""
    for match in CONDITION.finditer(code):
        start = match.end() - 1
        end = closing(code, start) + 1
        yield start, end, "(!" + code[start:end] + ")"


def statements(code):
    """Statements of one line that are left out; a return only where a branch ends."""
    for match in STATEMENT.finditer(code):
        before = code[: match.start()].rstrip()
        if before[-1:] not in set(";{})") and not before.endswith("else"):
            continue
        statement = match[2]
        if statement.count("(") != statement.count(")") or before.count("(") != before.count(")"):
            continue
        if JUMP.fullmatch(statement):
            if len(match[1].expandtabs(4)) <= 4:
                continue
        elif DECLARATION.fullmatch(statement) or RESET.fullmatch(statement):
            continue
        yield match.start(2), match.end(2), ";"


def without_unseen(code):
    for pattern in UNSEEN:
        for match in re.finditer(pattern, code):
            for group in range(1, len(match.groups()) + 1):
                start, end = match.span(group)
                if start >= 0:
                    code = code[:start] + re.sub(r"[^\n]", " ", code[start:end]) + code[end:]
    return code


def mutants_of(source, text):
    code = without_unseen(code_of(text))
    made = []
    for find in (swaps, numbers, conditions, statements):
        for start, end, new in find(code):
            if find is conditions and new:  # what is blank in the code has to stay
                new = "(!" + text[start:end] + ")"
            first = text.rfind("\n", 0, start) + 1
            last = text.find("\n", end)
            changed = text[:start] + new + text[end:]
            old_lines = text[first:last]
            new_lines = text[first:start] + new + text[end:last]
            line = text.count("\n", 0, start) + 1
            made.append(Mutant(source, line, changed, old_lines, new_lines))
    return made
