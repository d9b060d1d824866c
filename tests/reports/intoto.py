"""What a Statement of in-toto must say, given the JSON report of the same run.

MESSAGES are the protobuf messages of github.com/in-toto/attestation, below protos/, by the
names that their fields have as JSON: `type` says of itself that it is `_type`, others are
passed_tests there and passedTests here.  A reader of protobuf refuses a name it does not
know, and a value of another type; what else is required stands in spec/v1/ and
spec/predicates/test-result.md.
"""

import re

DIGEST = {"sha256": re.compile(r"[0-9a-f]{64}")}
URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
MESSAGES = {
    "Statement": {"_type": "string", "subject": ["ResourceDescriptor"], "predicateType": "string", "predicate": "TestResult"},
    "ResourceDescriptor": {"name": "string", "uri": "string", "digest": "map", "content": "bytes", "downloadLocation": "string",
                           "mediaType": "string", "annotations": "struct"},
    "TestResult": {"result": "string", "configuration": ["ResourceDescriptor"], "url": "string", "passedTests": ["string"],
                   "warnedTests": ["string"], "failedTests": ["string"]},
}  # fmt: skip
# What the specification requires; the lists of tests are optional there, and always here.
REQUIRED = {
    "Statement": {"_type", "subject", "predicateType", "predicate"},
    "ResourceDescriptor": set(),
    "TestResult": {"result", "configuration", "passedTests", "warnedTests", "failedTests"},
}
LISTS = {"passedTests": {"pass"}, "warnedTests": {"unknown", "waived"}, "failedTests": {"fail"}}


def value_mistakes(value, wanted, place):
    if isinstance(wanted, list):
        if not isinstance(value, list):
            yield "%s is no list" % place
            return
        for number, item in enumerate(value):
            yield from value_mistakes(item, wanted[0], "%s[%d]" % (place, number))
    elif wanted in MESSAGES:
        yield from message_mistakes(value, wanted, place)
    elif wanted == "map":
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            yield "%s is no map of texts" % place
    elif wanted == "struct":
        if not isinstance(value, dict):
            yield "%s is no object" % place
    elif not isinstance(value, str):
        yield "%s is no text" % place


def message_mistakes(value, name, place):
    if not isinstance(value, dict):
        yield "%s is no object" % place
        return
    for key in sorted(value.keys() - MESSAGES[name].keys()):
        yield "%s has %s, which %s does not know" % (place, key, name)
    for key in sorted(REQUIRED[name] - value.keys()):
        yield "%s lacks %s" % (place, key)
    for key, item in value.items():
        if key in MESSAGES[name]:
            yield from value_mistakes(item, MESSAGES[name][key], "%s.%s" % (place, key))


def descriptor_mistakes(descriptor, place, needs_digest):
    if not descriptor.keys() & {"uri", "digest", "content"}:
        yield "%s has neither uri nor digest nor content" % place
    if needs_digest and not descriptor.get("digest"):
        yield "%s has no digest" % place
    if "name" in descriptor and not descriptor["name"]:
        yield "%s has an empty name" % place
    if "uri" in descriptor and not URI.fullmatch(descriptor["uri"]):
        yield "%s: uri %r" % (place, descriptor["uri"])
    for algorithm, digits in descriptor.get("digest", {}).items():
        if algorithm not in DIGEST or not DIGEST[algorithm].fullmatch(digits):
            yield "%s: digest %s of %s" % (place, digits, algorithm)


def form_mistakes(statement):
    """Of any such statement, without its report."""
    wrong = list(message_mistakes(statement, "Statement", "the statement"))
    yield from wrong
    if wrong:
        return
    predicate = statement["predicate"]
    if statement["_type"] != "https://in-toto.io/Statement/v1":
        yield "_type %s" % statement["_type"]
    if statement["predicateType"] != "https://in-toto.io/attestation/test-result/v0.1":
        yield "predicateType %s" % statement["predicateType"]
    if predicate["result"] not in ("PASSED", "WARNED", "FAILED"):
        yield "result %s" % predicate["result"]
    if "url" in predicate:
        yield "a run has no url"
    for number, subject in enumerate(statement["subject"]):
        yield from descriptor_mistakes(subject, "subject %d" % number, True)
    for number, descriptor in enumerate(predicate["configuration"]):
        yield from descriptor_mistakes(descriptor, "configuration %d" % number, False)
    for key in ("name", "uri"):
        names = [subject[key] for subject in statement["subject"] if key in subject]
        if len(set(names)) != len(names):
            yield "two subjects have one %s" % key
    tests = [test for key in LISTS for test in predicate[key]]
    if len(set(tests)) != len(tests):
        yield "a test stands in two lists, or twice in one"


def result_of(report):
    """PASSED, if a reader need not ask about anything."""
    results = {finding["result"] for finding in report["findings"]}
    if "fail" in results:
        return "FAILED"
    if results & {"unknown", "waived"} or "pass" not in results or report["problems"]:
        return "WARNED"
    return "PASSED"


def mistakes(statement, report):
    """What of the statement is not as in-toto has it, or not as the JSON says, as lines."""
    wrong = list(form_mistakes(statement))
    yield from wrong
    if wrong:
        return
    predicate = statement["predicate"]
    archives = tuple(source["path"] + "!/" for source in report["evidence"] if source["use"] == "archive")
    files = [source for source in report["evidence"] if not source["path"].startswith(archives)]
    digests = [(source["path"], source["sha256"]) for source in files if source["sha256"]]
    if [(subject["name"], subject["digest"]["sha256"]) for subject in statement["subject"]] != digests:
        yield "the subjects are not the files that have a digest"
    if len(digests) != report["evidence_set"]["files"]:
        yield "%d subjects, of %d files of the set" % (len(digests), report["evidence_set"]["files"])
    program, *files = predicate["configuration"]
    if program["uri"] != "pkg:generic/invaudit@%s" % report["tool"]["version"]:
        yield "program %s" % program["uri"]
    if program["annotations"] != {"invauditSettings": report["settings"]}:
        yield "other settings"
    catalog = report["catalog"]
    wanted = [("catalog", catalog["sha256"])]
    wanted += [(file["source"], file["sha256"]) for file in catalog["files"] + report["rules"]]
    if "waivers" in report:
        wanted.append((report["waivers"]["source"], report["waivers"]["sha256"]))
    if [(file["name"], file["digest"]["sha256"]) for file in files] != wanted:
        yield "other rules or catalogs"
    for key, results in LISTS.items():
        if predicate[key] != [finding["id"] for finding in report["findings"] if finding["result"] in results]:
            yield "other %s" % key
    if predicate["result"] != result_of(report):
        yield "result %s, not %s" % (predicate["result"], result_of(report))
