#!/usr/bin/python3
"""Traps of mdoc(7): where a page says something else than its source means.

    mdoc.py PAGE...     a line for each; status 1 if there is one

mandoc's own lint finds none of these: each is right mdoc.

    .Ss No answer               prints "answer": No is a macro, and so are An, At, In, ...
    .Fl \\-size , \\-\\-page       prints "---page": each argument of Fl gets a hyphen
    .Fl max\\-items              prints "-max-items"
    don\\t                       prints a tab: an escape that nobody meant
    'tis                        is a macro line, which begins with ' as well as with .
"""

import pathlib
import re
import subprocess
import sys

# What our pages mean when they write it inside a line; another macro there was a word.
MEANT = set("Ar Cm Dq Dv Em Ev Fl Fn Ic Li Nm No Ns Oc Oo Op Pa Pc Po Pq Ql Sq Sx Xc Xo Xr".split())
MACROS = MEANT | set(
    "Ac Ad An Ao Ap Aq At Bc Bo Bq Brc Bro Brq Bsx Bx Cd Dc Do Dx Ec En Eo Er Es Fa Fc Fn Fo Fr Ft Fx"
    " Hf In Lk Ms Mt Nx Ot Ox Pf Qc Qo Qq Sc So St Sy Tn Ux Va Vt".split()
)
# Lines whose arguments mandoc searches for macros. (Not: Xr, Dt, Bd, ..., and Ql in text.)
PARSED = MEANT - {"Xr"} | {"It", "Sh", "Ss", "Pf", "Nd"}
ESCAPES = {r"\(ga": "`", r"\(aq": "'", r"\(dq": '"', r"\(ha": "^", r"\(ti": "~", r"\ ": " ", r"\e": "\\", r"\&": "", r"\-": "-"}
OPTION = re.compile(r"(?<![\w=<(/.-])-[a-z]{3,}[a-z-]*\b(?!\.\w)")


def plain(text):
    return re.sub(r"\\(\(..|.)", lambda escape: ESCAPES.get(escape[0], escape[0]), text)


def rendered(path):
    done = subprocess.run(["mandoc", "-T", "ascii", "-O", "width=400", str(path)], capture_output=True, text=True, check=True)
    return [re.sub(".\b", "", line).rstrip() for line in done.stdout.splitlines()]


def literal(lines):
    """Whether each line of the source stands in a literal block."""
    inside = False
    for line in lines:
        if line.startswith(".Bd"):
            inside = True
        yield inside
        if line.startswith(".Ed"):
            inside = False


def of_line(line):
    words = line[1:].split()
    name, arguments = words[0] if words else "", words[1:]
    if name in ("Sh", "Ss", "It") and arguments and arguments[0] == "No":
        yield "'No' at the start is a macro: write \\&No"
    if name in PARSED:
        for word in arguments:
            if word in MACROS - MEANT:
                yield "'%s' is a macro: write \\&%s" % (word, word)


def of_source(lines):
    for number, (line, is_literal) in enumerate(zip(lines, literal(lines)), 1):
        if line.startswith("'"):
            yield number, "a line that begins with ' is a macro line: write \\(aq"
        if line.startswith(".") and not is_literal:
            yield from ((number, trap) for trap in of_line(line))
        for escape in re.findall(r"\\(?:\(..|.|$)", line):
            if escape not in ESCAPES and not line.startswith('.\\"'):
                yield number, "the escape %s: write \\e for a backslash" % escape


def of_page(path, lines):
    page = rendered(path)
    shown = {line.strip() for line in page}
    for number, line in enumerate(lines, 1):
        if re.match(r"\.S[hs] ", line) and plain(line[4:]) not in shown:
            yield number, "the heading '%s' is not on the page" % plain(line[4:])
    blocks = [plain(line) for line, is_literal in zip(lines, literal(lines)) if is_literal]
    for line in page:
        if line.strip() in map(str.strip, blocks):
            continue
        for met in re.findall(r"---\S*|-- -\S*", line) + OPTION.findall(line):
            yield 0, "the page has '%s': an option is \\-name behind Fl, and \\-\\-name elsewhere" % met


def main(paths):
    found = False
    for path in map(pathlib.Path, paths):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, trap in [*of_source(lines), *of_page(path, lines)]:
            found = True
            print("%s:%s %s" % (path.name, "%d:" % number if number else "", trap))
    sys.exit(found)


if __name__ == "__main__":
    main(sys.argv[1:])
