"""What the tables of a run, CSV and XLSX, must say, given the JSON report of the same run.

The expected cells are built here from the JSON alone, by what columns.c promises.
"""

import csv
import io
import re

import xlsx

MARK = b"\xef\xbb\xbf"
SEPARATOR = "; "
CELL_UNITS_MAX = 32767
FORMULA = re.compile("(^|;)( *)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
PLAIN = re.compile("(?!::)(?:(?! ::)[ -\"$-~])*")
BLANKS = set(" \xa0\u1680\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
UNSEEN = (
    (0x80, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip


def begins_hashes(text, at):
    following = text[at + 1 : at + 3]
    if following[:1] == "#":
        return following[1:] in ("", "[", "v", "V")
    return at == 0 and following[:1] in ("[", "v", "V") and following != ""


def spelled(text):
    """As for every reader: what shows nothing, or is a command to a log, is spelled."""
    if PLAIN.fullmatch(text):
        return text

    def spell(at):
        char, code = text[at], ord(text[at])
        starts_word = at == 0 or text[at - 1] in BLANKS
        if (
            code < 0x20
            or code == 0x7F
            or (char == "#" and begins_hashes(text, at))
            or (starts_word and text[at : at + 2] == "::")
        ):
            return "\\x%02x" % code
        if any(first <= code <= last for first, last in UNSEEN):
            return "\\u{%x}" % code
        return char

    return "".join(map(spell, range(len(text))))


def guarded(text):
    return FORMULA.sub("\\1\\2'", text)


def shortened(text):
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= CELL_UNITS_MAX:
        return text
    return units[: 2 * (CELL_UNITS_MAX - 1)].decode("utf-16-le", "ignore") + "\u2026"


# ---- rows: what JSON says, as a list of texts and numbers ----------------------------


def listed(items):
    return SEPARATOR.join(item for item in items if item is not None)


def codes(reasons):
    return listed(dict.fromkeys(reason["code"] for reason in reasons))


WAIVER = ("reason", "owner", "expires", "approved_by", "ticket")


def finding_row(finding):
    settle = finding["settle"]
    return {
        **{key: finding[key] for key in ("rule", "severity", "account", "region", "resource")},
        **{key: finding[key] for key in ("resource_type", "result", "message", "source", "id")},
        "reasons": codes(finding["reasons"]),
        "assumptions": codes(finding["assumptions"]),
        "records": listed(one["record"] for one in finding["citations"] if one.get("decisive")),
        "citations_more": finding.get("citations_more"),
        "diagnosis": finding["diagnosis"] and finding["diagnosis"]["code"],
        "cautions": listed(caution["code"] for caution in finding["cautions"]),
        "command": listed(item["command"] for item in settle),
        "permission": listed(item["permission"] for item in settle),
        "save_as": listed(item["save_as"] for item in settle),
        **{"waiver_" + key: finding.get("waiver", {}).get(key) for key in WAIVER},
    }


def finding_rows(report):
    return [finding_row(finding) for finding in report["findings"]]


def document_rows(report):
    for source in report["evidence"]:
        of_file = {key: source[key] for key in ("path", "use", "bytes", "sha256")}
        if not source["documents"]:
            yield {**of_file, "why": source["why"]}
        for document in source["documents"]:
            told = {"told_" + key: value for key, value in document["told"].items()}
            rest = {key: value for key, value in document.items() if key not in ("told", "reasons")}
            why = listed(reason["text"] for reason in document["reasons"])
            yield {**of_file, **told, **rest, "reasons": codes(document["reasons"]), "why": why}


def database_rows(report):
    for row in report.get("matrix", []):
        plans = listed(plan["plan"] for plan in row["selected_by"])
        lists = {"possible": listed(row["possible"]), "why": listed(row["why"])}
        yield {**row, **lists, "selected_by": plans}


def word(value):
    return str(value).lower() if isinstance(value, bool) else value


def compare(name, columns, row, expected, written):
    """`row`: the cells as read; `written`: how a text is written."""
    for key in expected.keys() - set(columns):
        yield "%s: no column %s" % (name, key)
    for key, cell in zip(columns, row):
        if key not in expected:
            continue
        value = word(expected[key])
        value = "" if value is None else value
        value = written(spelled(value)) if isinstance(value, str) else value
        if value != cell:
            yield "%s: %s: %r, expected %r" % (name, key, cell, value)


def place_of(report, columns, row):
    """It names a file of the evidence, and a line; a finding that has no file, none."""
    path, line = row[columns.index("path")], row[columns.index("line")]
    paths = {spelled(source["path"]) for source in report["evidence"]}
    if path not in paths | {guarded(text) for text in paths} and report["evidence"]:
        yield "the path %r is not in the evidence" % path
    if not str(line).isdigit() or int(line) < 1:
        yield "the line is %r" % line


# ---- CSV ------------------------------------------------------------------------------


def mistakes_of_bytes(data):
    if not data.startswith(MARK):
        yield "no byte order mark"
    text = data[len(MARK) :].decode()
    if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        yield "a line ends otherwise than in CR LF"
    if text.encode().count(MARK):
        yield "a second byte order mark"


def digits(value):
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def csv_mistakes(data, report):
    """`report`: of scan or of evidence."""
    yield from mistakes_of_bytes(data)
    columns, *rows = csv.reader(io.StringIO(data[len(MARK) :].decode(), newline=""), strict=True)
    expected = finding_rows(report) if "findings" in report else list(document_rows(report))
    if len(rows) != len(expected):
        yield "%d rows, expected %d" % (len(rows), len(expected))
    for number, (row, values) in enumerate(zip(rows, expected), 2):
        if len(row) != len(columns):
            yield "row %d has %d cells of %d" % (number, len(row), len(columns))
            continue
        values = {key: digits(value) for key, value in values.items()}
        yield from compare("row %d" % number, columns, row, values, guarded)
        if "findings" in report:
            yield from place_of(report, columns, row)


# ---- XLSX -----------------------------------------------------------------------------

HEADINGS = {
    "Resource type": "resource_type",
    "Deciding records": "records",
    "More of them": "citations_more",
    "Evidence": "path",
    "File": "path",
    "Command to settle it": "command",
    "Save as": "save_as",
    "Judged alone": "source",
    "Collected from": "begun",
    "Collected to": "ended",
    "Waived because": "waiver_reason",
    "Waiver's owner": "waiver_owner",
    "Waived until": "waiver_expires",
    "Approved by": "waiver_approved_by",
    "Ticket": "waiver_ticket",
    "Type told by": "told_type",
    "Account told by": "told_account",
    "Region told by": "told_region",
    "More such documents": "surplus",
    "SHA-256": "sha256",
    "Database": "resource",
    "Has a backup": "has_backup",
    "Newest backup": "newest",
    "Hours between runs": "schedule_gap_hours",
    "Days kept": "retention_days",
    "Kept for ever": "keeps_for_ever",
    "Plans": "selected_by",
    "Why not planned": "why",
}
SHEETS = ["Cover", "Results", "Exceptions", "Evidence", "Coverage", "Procedure"]


def keys_of(heads):
    return [HEADINGS.get(head, head.lower()) for head in heads]


def sheet_mistakes(sheet, expected):
    columns, rows = keys_of(sheet.rows[0]), sheet.rows[1:]
    if len(rows) != len(expected):
        yield "%s: %d rows, expected %d" % (sheet.name, len(rows), len(expected))
    for number, (row, values) in enumerate(zip(rows, expected), 2):
        row = row + [""] * (len(columns) - len(row))
        yield from compare("%s, row %d" % (sheet.name, number), columns, row, values, shortened)


def link_mistakes(results, evidence):
    """Each finding's path leads to the first row of that file."""
    column = results.rows[0].index("Evidence")
    paths = [row[0] for row in evidence.rows]
    for number, row in enumerate(results.rows[1:], 2):
        cell = xlsx.name_of(column, number)
        target = results.links.get(cell, "")
        if row[column] == "" and target == "":
            continue
        found = re.fullmatch("Evidence!A([0-9]+)|'Evidence'!A([0-9]+)", target)
        line = int(found.group(1) or found.group(2)) if found else 0
        if not 1 < line <= len(paths) or paths[line - 1] != row[column]:
            yield "%s: %s leads to %r" % (results.name, cell, target)
        elif paths[line - 2] == row[column]:
            yield "%s: %s leads behind the first row of its file" % (results.name, cell)


def coverage_mistakes(sheet, report):
    """A finding's letter stands in the column of its region and the row of its account."""
    letters = {"pass": "P", "unknown": "?"}
    heads = sheet.rows[0]
    found = {}
    for row in sheet.rows[1:]:
        for head, cell in zip(heads[8:], row[8:]):
            if cell:
                found[row[0], row[1], head] = cell
    for finding in report["findings"]:
        if finding["account"] is None or finding["region"] is None or finding["source"] is not None:
            continue
        letter = found.get((finding["rule"], finding["account"], finding["region"]))
        wanted = letters.get(finding["result"])
        if letter is None or (wanted and finding["resource"] is None and letter != wanted):
            yield "Coverage: %s is %r" % (finding["id"], letter)


def xlsx_mistakes(data, report):
    try:
        book = xlsx.read(data)
    except ValueError as error:
        yield str(error)
        return
    names = SHEETS + (["Databases"] if "matrix" in report else [])
    if list(book) != names:
        yield "the sheets are %s, expected %s" % (list(book), names)
        return
    rows = finding_rows(report)
    yield from sheet_mistakes(book["Results"], rows)
    exceptions = [row for row in rows if row["result"] in ("fail", "unknown")]
    yield from sheet_mistakes(book["Exceptions"], exceptions)
    yield from sheet_mistakes(book["Evidence"], list(document_rows(report)))
    if "matrix" in report:
        yield from sheet_mistakes(book["Databases"], list(database_rows(report)))
    for name in ("Results", "Exceptions"):
        yield from link_mistakes(book[name], book["Evidence"])
    yield from coverage_mistakes(book["Coverage"], report)
    rules = [row[0] for row in book["Procedure"].rows[1:]]
    if rules != [rule["id"] for rule in report["rules"]]:
        yield "Procedure has the rules %s" % rules
    for name in names[1:]:
        if not book[name].is_frozen:
            yield "%s: its head is not frozen" % name
