"""The schemas of JSON reports, diffs and verifications: what they find wrong, and how much of them is used.

A place is a key or a word of the schema, by the definition that it is in:
`finding.message`, `reason_code=token`.
"""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

ANALYZER = Path(__file__).resolve().parents[2] / "analyzer"
# By what `schema` begins with: the file, and the definition in it.
KINDS = {
    "invaudit-report/": ("report/report.schema.json", "scan_report"),
    "invaudit-evidence/": ("report/report.schema.json", "evidence_report"),
    "invaudit-diff/": ("compare/diff.schema.json", "diff_report"),
    "invaudit-verification/": ("compare/verify.schema.json", "verification"),
}
MISTAKES_SHOWN = 3  # of a report


def no_duplicates(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice")
    return members


def parse(raw):
    return json.loads(raw, object_pairs_hook=no_duplicates)


def name_of(reference):
    return reference.removeprefix("#/$defs/")


def kind_of(report):
    """The file and the definition of a report; those of a scan, if it says nothing that is known."""
    said = str(report.get("schema"))
    return next((kind for start, kind in KINDS.items() if said.startswith(start)), KINDS["invaudit-report/"])


def prefixed(file, places):
    """The places of others than reports begin with the name of their schema."""
    name = Path(file).name.removesuffix("schema.json")
    return (place if name == "report." else name + place for place in places)


class Schemas:
    """All of them, each by its file."""

    def __init__(self):
        self.of_files = {file: Schema(ANALYZER / file) for file, _ in KINDS.values()}

    def mistakes(self, report):
        file, definition = kind_of(report)
        return self.of_files[file].mistakes(report, definition)

    @property
    def used(self):
        return {place for file, schema in self.of_files.items() for place in prefixed(file, schema.used)}

    def places(self):
        for file, schema in self.of_files.items():
            yield from prefixed(file, schema.places())

    def undescribed(self):
        for file, schema in self.of_files.items():
            yield from prefixed(file, schema.undescribed())


class Schema:
    def __init__(self, path):
        self.root = parse(path.read_bytes())
        Draft202012Validator.check_schema(self.root)
        self.validator = Draft202012Validator(self.root)
        self.used = set()

    def mistakes(self, report, definition):
        """What is wrong with a report, as lines; of one without, its places are used."""
        found = []
        for error in self.validator.iter_errors(report):
            if len(found) == MISTAKES_SHOWN:
                return [*found, "and more"]
            found.append("%s: %s" % (error.json_path, error.message[:300]))
        if not found:
            self.use({"$ref": "#/$defs/%s" % definition}, report, definition)
        return found

    def use(self, node, value, place):
        if "anyOf" in node and isinstance(value, dict):  # or null
            node = next(each for each in node["anyOf"] if "$ref" in each)
        if "$ref" in node:
            place = name_of(node["$ref"])
            node = self.root["$defs"][place]
        if isinstance(value, dict):
            known = node.get("properties", {})
            for key, member in value.items():
                if key in known:
                    self.used.add("%s.%s" % (place, key))
                    self.use(known[key], member, "%s.%s" % (place, key))
                else:
                    self.use(node.get("additionalProperties", {}), member, place)
        elif isinstance(value, list):
            for item in value:
                self.use(node.get("items", {}), item, place)
        elif value is not None:
            self.used.add("%s=%s" % (place, value))

    def places(self):
        for name, node in self.root["$defs"].items():
            yield from places_of(node, name)

    def undescribed(self):
        """The keys, definitions and words that no description tells about."""
        for name, node in self.root["$defs"].items():
            yield from undescribed_in(node, name, True)


def places_of(node, place):
    for key, member in node.get("properties", {}).items():
        yield "%s.%s" % (place, key)
        yield from places_of(member, "%s.%s" % (place, key))
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from places_of(node[key], place)
    for choice in node.get("anyOf", ()):
        if "const" in choice:
            yield "%s=%s" % (place, choice["const"])
    for word in node.get("enum", ()):
        yield "%s=%s" % (place, word)


def undescribed_in(node, place, is_key):
    if is_key and "$ref" not in node and not node.get("description"):
        yield place
    for key, member in node.get("properties", {}).items():
        yield from undescribed_in(member, "%s.%s" % (place, key), True)
    if isinstance(node.get("items"), dict):
        yield from undescribed_in(node["items"], place, False)
    for choice in node.get("anyOf", ()):
        if "const" in choice and not choice.get("description"):
            yield "%s=%s" % (place, choice["const"])
