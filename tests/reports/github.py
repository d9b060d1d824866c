"""What the annotations of a run must be, given the JSON report of the same run.

Each line is read as GitHub's runner reads it (actions/runner, ActionCommand.cs): a line
that is none, or another command than is meant, would show here.
"""

import re

from spelling import spelled

ANNOTATIONS_MAX = 10
COMMAND = re.compile(r"::(error|warning|notice)(?: ([^\n]*?))?::(.*)")
PROPERTY = re.compile(r"(\w+)=([^,:]*)")
KINDS = {"fail": "error", "unknown": "warning"}
SEVERITIES = ("extreme", "very-high", "high", "medium", "low", "none")


def decoded(text):
    for escape, char in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def command_of(line):
    """Kind, properties and data of a line; None: the runner takes it for text."""
    match = COMMAND.fullmatch(line)
    if not match:
        return None
    kind, properties, data = match.groups()
    return kind, {key: decoded(value) for key, value in PROPERTY.findall(properties or "")}, decoded(data)


def annotated(report, result):
    """The findings that have an annotation, in their order: the most severe first."""
    found = [f for f in report["findings"] if f["result"] == result]
    return sorted(found, key=lambda f: SEVERITIES.index(f["severity"]))[:ANNOTATIONS_MAX]


def annotation_mistakes(command, finding, paths):
    kind, properties, data = command
    if kind != KINDS[finding["result"]]:
        yield "%s is a %s" % (finding["id"], kind)
    if properties.get("file") not in paths or int(properties.get("line", 0)) < 1:
        yield "%s is in %s:%s" % (finding["id"], properties.get("file"), properties.get("line"))
    if finding["rule"] not in properties["title"] or spelled(finding["region"] or "-") not in properties["title"]:
        yield "%s has the title %s" % (finding["id"], properties["title"])
    if spelled(finding["message"]) != data.split("\n")[0]:
        yield "%s says %s" % (finding["id"], data)


def mistakes(raw, report):
    """What of the annotations is not as the JSON says, as lines."""
    *lines, rest = raw.decode().split("\n")
    commands = [command_of(line) for line in lines]
    if rest or None in commands:
        yield "a line that is no command"
        return
    findings = annotated(report, "fail") + annotated(report, "unknown")
    if len(commands) != len(findings) + 1:
        yield "%d commands, not %d and a notice" % (len(commands), len(findings))
    paths = {spelled(source["path"]).removeprefix("./") for source in report["evidence"]}
    for command, finding in zip(commands, findings):
        yield from annotation_mistakes(command, finding, paths)
    kind, _, data = commands[-1]
    counts = report["summary"]
    for word in ("fail", "unknown", "pass"):
        if (counts[word] > 0) != ("%d %s" % (counts[word], word) in data):
            yield "the notice says %s" % data
    if kind != "notice" or ("annotations are" in data) != (len(findings) < counts["fail"] + counts["unknown"]):
        yield "the last line is %s" % str(commands[-1])
