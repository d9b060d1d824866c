"""What the SARIF of a run must say, given the JSON report of the same run.

The schema of SARIF allows what GitHub refuses (a result in no file, say), so that what
GitHub and other readers do is asserted here: sarif.c tells where each limit is from.
"""

import hashlib
import re
from urllib.parse import unquote

from spelling import spelled

LEVELS = {
    "low": ("note", "3.0"),
    "medium": ("warning", "5.0"),
    "high": ("error", "7.5"),
    "very-high": ("error", "9.1"),
    "extreme": ("error", "10.0"),
    "none": ("warning", None),
}
RESULTS_MAX = 25000
NOTIFICATIONS_MAX = 1000
TAGS_MAX = 20
DESCRIPTION_MAX = 1024
LISTED = ("fail", "unknown")
SEVERITIES = ("extreme", "very-high", "high", "medium", "low", "none")
# RFC 3986: a path's characters, in a relative reference whose first segment has no ':'.
RELATIVE = re.compile(r"(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+")
ABSOLUTE = re.compile(r"file:///(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*")


def message(text):
    return spelled(text).replace("](", "] (")


def listed(report):
    """The findings that are results: fails first, of each the most severe."""
    found = [f for f in report["findings"] if f["result"] in LISTED]
    return sorted(found, key=lambda f: (LISTED.index(f["result"]), SEVERITIES.index(f["severity"])))


def path_of(location):
    """The path that an artifactLocation names, as the JSON spells it."""
    path = unquote(location["uri"], errors="surrogateescape")
    return path.removeprefix("file://").encode(errors="surrogateescape").decode(errors="backslashreplace")


def artifact_mistakes(run, report):
    digests = {source["path"].removeprefix("./"): source["sha256"] for source in report["evidence"]}
    for index, artifact in enumerate(run["artifacts"]):
        location = artifact["location"]
        if location.get("index") != index:
            yield "artifact %d says that it is %s" % (index, location.get("index"))
        met, wanted = artifact.get("hashes", {}).get("sha-256"), digests.get(path_of(location))
        if met != wanted:
            yield "artifact %s: digest %s, not %s" % (location["uri"], met, wanted)


def location_mistakes(location, run):
    """Of a location, which GitHub takes only if it is in a file."""
    physical = location["physicalLocation"]
    artifact, region = physical["artifactLocation"], physical["region"]
    pattern = RELATIVE if artifact.get("uriBaseId") else ABSOLUTE
    if not pattern.fullmatch(artifact["uri"]):
        yield "address %s" % artifact["uri"]
    if artifact.get("uriBaseId", "EVIDENCE") not in run["originalUriBaseIds"]:
        yield "address below %s" % artifact["uriBaseId"]
    if region["startLine"] < 1 or not 1 <= region["startColumn"] < region["endColumn"]:
        yield "region %s" % region
    if "index" in artifact and run["artifacts"][artifact["index"]]["location"] != artifact:
        yield "artifact %s is another" % artifact["index"]


def result_mistakes(result, finding, run):
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    if not rule["id"] == result["ruleId"] == finding["rule"]:
        yield "rule %s, %s, not %s" % (result["ruleId"], rule["id"], finding["rule"])
    level = LEVELS[finding["severity"]][0] if finding["result"] == "fail" else "warning"
    if (result["kind"], result["level"]) != ("fail", level):
        yield "%s, %s" % (result["kind"], result["level"])
    properties = {
        "invaudit/id": finding["id"],
        "invaudit/result": finding["result"],
        **{key: finding[key] for key in ("account", "region", "resource")},
    }
    if result["properties"] != properties:
        yield "properties %s" % result["properties"]
    if message(finding["message"]) not in result["message"]["text"]:
        yield "message %s" % result["message"]["text"]
    wanted = "%s:1" % hashlib.sha256(finding["id"].encode()).hexdigest()[:16]
    if result["partialFingerprints"] != {"primaryLocationLineHash": wanted}:
        yield "fingerprint %s, not %s" % (result["partialFingerprints"], wanted)
    if len(result["locations"]) != 1:
        yield "%d places" % len(result["locations"])
    if "index" not in result["locations"][0]["physicalLocation"]["artifactLocation"]:
        yield "its file is not among the artifacts"
    for location in result["locations"] + result["relatedLocations"]:
        yield from location_mistakes(location, run)


def rule_mistakes(rule, wanted):
    level, score = LEVELS[wanted["severity"]]
    properties = rule["properties"]
    if (rule["defaultConfiguration"]["level"], properties.get("security-severity")) != (level, score):
        yield "rule %s: %s" % (rule["id"], properties)
    if (rule["id"], rule["shortDescription"]["text"]) != (wanted["id"], wanted["title"]):
        yield "rule %s, not %s" % (rule["id"], wanted["id"])
    if len(properties["tags"]) > TAGS_MAX or "security" not in properties["tags"]:
        yield "tags %s" % properties["tags"]
    if not 0 < len(rule["fullDescription"]["text"]) <= DESCRIPTION_MAX or not rule["help"]["text"]:
        yield "rule %s: a description is too short or too long" % rule["id"]


def notification_mistakes(run, problems):
    notes = run["invocations"][0]["toolExecutionNotifications"]
    if len(notes) != min(len(problems), NOTIFICATIONS_MAX + 1):
        yield "%d notifications of %d problems" % (len(notes), len(problems))
    for note, problem in zip(notes[:NOTIFICATIONS_MAX], problems):
        if (note["descriptor"]["id"], note["message"]["text"]) != (problem["code"], message(problem["message"])):
            yield "notification %s" % note
        for location in note["locations"]:
            yield from location_mistakes(location, run)


def mistakes(sarif, report):
    """What of the SARIF is not as the JSON says, as lines."""
    (run,) = sarif["runs"]
    findings = listed(report)
    results = run["results"]
    if len(results) != min(len(findings), RESULTS_MAX):
        yield "%d results, not %d" % (len(results), len(findings))
    if len(findings) > RESULTS_MAX:
        results = results[:-1]
    for result, finding in zip(results, findings):
        for line in result_mistakes(result, finding, run):
            yield "%s: %s" % (finding["id"], line)
    prints = {result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]}
    if len(prints) != len(run["results"]):
        yield "two results have one fingerprint"
    rules = run["tool"]["driver"]["rules"]
    if len(rules) != len(report["rules"]):
        yield "%d rules, not %d" % (len(rules), len(report["rules"]))
    for rule, wanted in zip(rules, report["rules"]):
        yield from rule_mistakes(rule, wanted)
    yield from artifact_mistakes(run, report)
    yield from notification_mistakes(run, report["problems"])
    if not run["automationDetails"]["id"].endswith("/"):
        yield "automationDetails.id is no category to GitHub"
