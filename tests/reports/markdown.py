"""What the Markdown of a run must say, given the JSON report of the same run.

It is read by what GitHub Flavored Markdown promises of escapes and code spans alone: what
stands outside code spans must be escaped wherever it could be more than text.
"""

import re

from spelling import accepted, spelled

BYTES_MAX = 1000 * 1000
WORDS = {"fail": "fail", "unknown": "unknown", "pass": "pass", "waived": "waived"}
LISTED = (("fail", "Fail"), ("unknown", "Unknown"), ("waived", "Waived"))
LETTERS = {"**F**": "fail", "?": "unknown", "P": "pass", "W": "waived"}
COMMENT = "<!-- -->"
# What could be more than text: tags, entities, links, images, addresses, mentions.
ALIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:[<>&\[~$]|!\[|://|@(?!<!-- -->)|www\.)")


def code_spans(line):
    """The line without its code spans, and what they hold."""
    text, spans, at = "", [], 0
    while at < len(line):
        if line[at] == "\\":
            text += line[at : at + 2]
            at += 2
            continue
        run = re.match("`*", line[at:]).group()
        if not run:
            text += line[at]
            at += 1
            continue
        end = re.search("(?<!`)%s(?!`)" % run, line[at + len(run) :])
        if not end:
            return text + line[at:], spans
        held = line[at + len(run) : at + len(run) + end.start()]
        spans.append(held[1:-1] if held[:1] == held[-1:] == " " and held.strip() else held)
        at += len(run) + end.end()
    return text, spans


def cells_of(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def matrix_mistakes(rows, legend, findings):
    """Of a matrix: its rows as cells, the line below it, the findings of its rule."""
    regions = dict(re.findall(r"([\w.\\-]+) = ([\w.\\-]+)", legend))
    places = {}
    for finding in findings:
        places.setdefault((finding["account"], finding["region"]), set()).add(finding["result"])
    columns = [regions.get(name, name) for name in rows[0][1:]]
    for row in rows[2:]:
        if len(row) != len(rows[0]):
            yield "a row of %d cells below %d" % (len(row), len(rows[0]))
        for region, letter in zip(columns, row[1:]):
            met = places.get((row[0], None if region == "account" else region), set())
            if letter in LETTERS and LETTERS[letter] not in met:
                yield "%s %s is %s, but %s" % (row[0], region, letter, met)
            if not letter and met:
                yield "%s %s is empty, but %s" % (row[0], region, met)


def section_mistakes(text, report):
    """Of a rule's section: its matrix, and that all that it lists is there."""
    rule = text.split(":", 1)[0]
    findings = [f for f in report["findings"] if f["rule"] == rule]
    lines = text.split("\n")
    rows = [cells_of(line) for line in lines if line.startswith("|")]
    legend = next((line for line in lines if re.match(r"`[PF?W-]` ", line)), "")
    if rows:
        yield from matrix_mistakes(rows, legend, findings)
    for word, head in LISTED:
        count = sum(f["result"] == word for f in findings)
        if (count > 0) != ("\n#### %s (%d)\n" % (head, count) in text):
            yield "%s: %d are %s" % (rule, count, word)
    listed = [line for line in lines if line.startswith("- ")]
    for finding in findings:
        if finding["result"] not in dict(LISTED) or finding["account"] is None:
            continue
        start = "- %s %s" % (finding["account"], finding["region"] or "-")
        if not any(line.startswith(start) for line in listed) and "`-` in the matrix" not in text and "more, in the JSON" not in text:
            yield "%s is not listed" % finding["id"]
        if "waiver" in finding and spelled(accepted(finding["waiver"])) not in text:
            yield "%s: not why it is waived" % finding["id"]


def mistakes(raw, report):
    """What of the Markdown is not as the JSON says, as lines."""
    text = raw.decode()
    if len(raw) > BYTES_MAX:
        yield "%d bytes" % len(raw)
    summary, head = report["summary"], text.split("\n", 1)[0]
    for word in WORDS:
        if (summary[word] > 0) != ("%d %s" % (summary[word], word) in head):
            yield "it begins with %s" % head
    for number, line in enumerate(text.split("\n"), 1):
        rest, _ = code_spans(line)
        found = ALIVE.search(rest.replace(COMMENT, "") if line == COMMENT else rest.replace("@" + COMMENT, ""))
        if found or spelled(line) != line:
            yield "line %d: %s" % (number, line[:200])
    rules = {f["rule"] for f in report["findings"] if f["result"] in dict(LISTED)}
    sections = re.split(r"^### ", text, flags=re.M)[1:]
    met = [section for section in sections if not section.startswith("Problems (")]
    if len(met) != len(rules):
        yield "%d rules, not %d" % (len(met), len(rules))
    for section in met:
        yield from section_mistakes(section.replace("\\", ""), report)
    if (summary["problems"] > 0) != (len(sections) > len(met)):
        yield "%d problems are not told" % summary["problems"]
