"""What the JUnit XML of a run must say, given the JSON report of the same run.

The expected text is built here from the JSON alone, by what junit.c promises: how many
of each kind, and each test case's kind, class and name.
"""

import xml.etree.ElementTree as ElementTree

from spelling import accepted, spelled

KINDS = {
    "pass": None,
    "fail": "failure",
    "unknown": "error",
    "not_applicable": "skipped",
    "waived": "skipped",
}
OPTIONS = {"packs": "pack", "params": "param", "accounts": "account", "regions": "region"}
COUNTS = ("tests", "failures", "errors", "skipped")
COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
CLEAN = "all evidence could be used"
# ActiveSupport, with which GitLab reads, takes an element's `type` for one of these.
TYPES_OF_RUBY = set(
    "symbol date datetime duration integer float decimal double boolean string yaml"
    " base64Binary hexBinary file array".split()
)


def name_of(finding):
    words = [finding["account"] or "-", finding["region"] or "-"]
    if finding["resource"] is not None:
        words.append(finding["resource"])
    if finding["source"] is not None:
        words.append("(%s)" % finding["source"])
    return spelled(" ".join(words))


def name_of_problem(problem):
    return spelled("%s %s" % (problem["path"], problem["code"]))


def expected_cases(report):
    """By suite: (name, kind, type, message) of each case, in order; names not yet unique."""
    suites = {rule["id"]: [] for rule in report["rules"]}
    for finding in report["findings"]:
        kind = KINDS[finding["result"]]
        message = accepted(finding["waiver"]) if "waiver" in finding else finding["message"]
        case = (finding["result"], spelled(message)) if kind else (None, None)
        suites[finding["rule"]].append((name_of(finding), kind, *case))
    suites = list(suites.items())
    problems = [
        (name_of_problem(problem), "error", problem["code"], spelled(problem["message"]))
        for problem in report["problems"]
    ]
    return [*suites, ("evidence", problems or [(CLEAN, None, None, None)])]


def unique(cases, suite, taken):
    """A name that its class has already gets a number, from 2."""
    for name, *rest in cases:
        number, own = 1, name
        while (suite, own) in taken:
            number += 1
            own = "%s (%d)" % (name, number)
        taken.add((suite, own))
        yield (own, *rest)


def case_of(element, suite):
    name, kind, word, message = element.get("name"), None, None, None
    for outcome in element.iterfind("*[@type]"):
        kind, word, message = outcome.tag, outcome.get("type"), outcome.get("message")
    if element.get("classname") != suite:
        name = "%s of class %s" % (name, element.get("classname"))
    return name, kind, word, message


def lines_of(finding):
    """What a test case says beside its message, in lines that each begin so."""
    for remark in [finding["diagnosis"]] if finding["diagnosis"] else []:
        yield "looks like: %s [%s]" % (spelled(remark["text"]), remark["code"])
    if "waiver" in finding:
        yield spelled(finding["message"])
        yield spelled(accepted(finding["waiver"]))
    for remark in finding["cautions"]:
        yield "caution: %s [%s]" % (spelled(remark["text"]), remark["code"])
    if finding["result"] != "pass":
        for reason in finding["reasons"]:
            yield "because: %s [%s]" % (spelled(reason["text"]), reason["code"])
        for settle in finding["settle"]:
            yield "to settle: %s" % spelled(settle["command"])


def text_mistakes(suite, findings):
    for case, finding in zip(suite.iter("testcase"), findings):
        text = "".join(case.itertext())
        for line in lines_of(finding):
            if line not in text:
                yield "%s lacks '%s'" % (finding["id"], line)


def counts_of(cases):
    kinds = [kind for _, kind, _, _ in cases]
    return {"tests": len(kinds), **{k: kinds.count(kind) for k, kind in COUNTED.items()}}


def digests(report):
    waivers = report.get("waivers")
    files = [{"path": waivers["source"], "sha256": waivers["sha256"]}] if waivers else []
    return {
        ("sha256 of %s" % spelled(source["path"]), source["sha256"])
        for source in report["evidence"] + files
        if source["sha256"]
    }


def settings(report):
    """The properties that stand for the options."""
    for name, value in report["settings"].items():
        name = OPTIONS.get(name, name.replace("_", "-"))
        if value is True:
            yield name, "true"
        elif isinstance(value, list):
            yield from ((name, spelled(text)) for text in value)
        elif value:
            yield name, spelled(value)


def properties_of(element):
    return {(p.get("name"), p.get("value")) for p in element.iter("property")}


def mistakes(raw, report):
    """What of the XML is not as the JSON says, as lines."""
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        yield "no XML: %s" % error
        return
    suites = list(root)
    wanted = expected_cases(report)
    if [suite.get("name") for suite in suites] != [name for name, _ in wanted]:
        yield "the suites are %s" % [suite.get("name") for suite in suites]
        return
    total, taken = dict.fromkeys(COUNTS, 0), set()
    for suite, (name, cases) in zip(suites, wanted):
        cases = list(unique(cases, name, taken))
        met = [case_of(element, name) for element in suite.iter("testcase")]
        for left, right in zip(met, cases):
            if left != right:
                yield "suite %s:\n    met:      %s\n    expected: %s" % (name, left, right)
                return
        if len(met) != len(cases):
            yield "suite %s: %d cases, not %d" % (name, len(met), len(cases))
        counts = counts_of(cases)
        for key, count in counts.items():
            total[key] += count
            if suite.get(key) != str(count):
                yield "suite %s: %s=%s, not %d" % (name, key, suite.get(key), count)
    for key in ("tests", "failures", "errors"):
        if root.get(key) != str(total[key]):
            yield "%s=%s, not %d" % (key, root.get(key), total[key])
    if properties_of(suites[-1]) != digests(report) | set(settings(report)):
        yield "the properties of the evidence are %s" % properties_of(suites[-1])
    for rule, suite in zip(report["rules"], suites):
        yield from text_mistakes(suite, [f for f in report["findings"] if f["rule"] == rule["id"]])
        wanted = {(k, spelled(rule[k])) for k in ("title", "severity", "source", "sha256")}
        if properties_of(suite) != wanted:
            yield "the properties of %s are %s" % (rule["id"], properties_of(suite))
    for outcome in root.iterfind("*/testcase/*"):
        if not (outcome.text or "").strip():
            yield "a <%s> without text, which GitLab shows" % outcome.tag
        if outcome.get("type") in TYPES_OF_RUBY:
            yield "type '%s' is more than a word to GitLab" % outcome.get("type")
    for element in root.iter():
        if {"timestamp", "hostname"} & set(element.keys()):
            yield "a time or a machine, which differ from run to run"
        if element.tag.startswith("test") and element.get("time") != "0":
            yield "a <%s> takes the time %s" % (element.tag, element.get("time"))
