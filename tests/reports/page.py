"""What the page of a run must be and say, given the JSON report of the same run.

A page is made of few elements with few attributes: whatever else is in it came out of
text that was not escaped.
"""

import base64
import hashlib
import re
from html.parser import HTMLParser

from spelling import accepted

VOID = {"meta", "input", "col"}
LISTED = 5000  # findings, and files; of more, not all are listed

# What the program writes, and nothing else: an element, and its attributes.
ELEMENTS = {
    "html": "lang", "head": "", "meta": "charset http-equiv content name", "title": "", "style": "",
    "body": "", "script": "", "header": "", "nav": "aria-label", "main": "id tabindex",
    "section": "aria-labelledby class data-result", "h1": "", "h2": "id", "h3": "id", "h4": "",
    "p": "class role", "a": "class href rel aria-label", "span": "class", "code": "", "pre": "",
    "ul": "class", "li": "class", "dl": "class", "dt": "", "dd": "", "details": "", "summary": "",
    "div": "class role tabindex aria-label", "table": "class", "caption": "", "colgroup": "",
    "col": "class", "thead": "", "tbody": "id", "tr": "", "th": "scope colspan", "td": "class colspan",
    "form": "id hidden aria-label", "fieldset": "", "legend": "", "label": "",
    "input": "type value checked", "select": "name", "option": "value", "button": "type",
}  # fmt: skip
ELEMENTS = {element: set(attributes.split()) for element, attributes in ELEMENTS.items()}
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
POLICY = (
    "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s';"
    " base-uri 'none'; form-action 'none'"
)


def sha256_of(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def name_of(text):
    """As it stands behind # in an address."""
    return "".join(
        chr(byte) if chr(byte).isascii() and (chr(byte).isalnum() or byte == 0x2D)
        else "__" if byte == 0x2F
        else "_%02x" % byte
        for byte in text.encode("utf-8", "surrogateescape")
    )  # fmt: skip


def names_of(text):
    """The same; JSON spells a byte that is no UTF-8 as four characters, which may be these."""
    spelled = re.sub(r"\\x([89a-f][0-9a-f])", lambda found: chr(0xDC00 + int(found[1], 16)), text)
    return [name_of(text), name_of(spelled)]


def plain(text):
    """Without what keeps text from being a command, and with blanks as one."""
    text = re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
    return " ".join(text.split())


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, tag):
        return (node for node in self.walk() if node.tag == tag)

    def raw(self):
        return "".join(child.raw() if isinstance(child, Node) else child for child in self.children)

    def text(self):
        return plain(self.raw())


class Page(HTMLParser):
    """A tree of its elements, and what is wrong with them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.wrong, self.declared = [], []
        self.root = self.at = Node("", {}, None)
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.wrong.append("<%s> is open at the end" % self.at.tag)

    def handle_decl(self, decl):
        self.declared.append(decl)

    def handle_comment(self, data):
        self.wrong.append("a comment: %s" % data[:80])

    def unknown_decl(self, data):
        self.wrong.append("a declaration: %s" % data[:80])

    def handle_pi(self, data):
        self.wrong.append("an instruction: %s" % data[:80])

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in ELEMENTS:
            self.wrong.append("an element <%s>" % tag)
        elif not set(attributes) <= ELEMENTS[tag] or len(attributes) < len(attrs):
            self.wrong.append("attributes of <%s>: %s" % (tag, sorted(name for name, _ in attrs)))
        node = Node(tag, attributes, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag):
        if tag == self.at.tag:
            self.at = self.at.parent
        else:
            self.wrong.append("</%s> ends <%s>" % (tag, self.at.tag))

    def handle_data(self, data):
        self.at.children.append(data)


def of_form(page):
    """What is wrong with the page by itself."""
    yield from page.wrong
    nodes = list(page.root.walk())
    if page.declared != ["DOCTYPE html"]:
        yield "declares %s" % page.declared
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    for name in sorted(set(ids)):
        if ids.count(name) > 1 if len(ids) < 1000 else False:
            yield "twice: id %s" % name
        if not ID.match(name):
            yield "an id with other characters: %s" % name
    if len(set(ids)) != len(ids):
        yield "an id stands twice"
    known = set(ids)
    for node in nodes:
        target = node.attributes.get("href")
        if target is not None and target[1:] not in known and not target.startswith("https://"):
            yield "a link to %s" % target
        label = node.attributes.get("aria-labelledby")
        if label is not None and label not in known:
            yield "a label %s that is not there" % label
    level = 0
    for node in nodes:
        if re.match(r"h[1-4]\Z", node.tag):
            if int(node.tag[1]) > level + 1:
                yield "a heading <%s> below <h%d>: %s" % (node.tag, level, node.text())
            level = int(node.tag[1])
    styles, scripts = list(page.root.find("style")), list(page.root.find("script"))
    if len(styles) != 1 or len(scripts) != 1:
        yield "%d styles and %d scripts" % (len(styles), len(scripts))
        return
    policy = [node.attributes.get("content") for node in nodes if node.attributes.get("http-equiv")]
    if policy != [POLICY % (sha256_of(styles[0].raw()), sha256_of(scripts[0].raw()))]:
        yield "the policy is %s" % policy


def enclosing(node, tag):
    while node.tag != tag or "group" not in node.attributes.get("class", "").split():
        node = node.parent
    return node


class Group:
    """What is said of all its findings, read once."""

    def __init__(self, section):
        self.result = section.attributes["data-result"]
        parts = [child for child in section.children if isinstance(child, Node)]
        self.headline = parts[0].text().split(" ", 1)[1]
        self.said = " ".join(part.text() for part in parts if part.tag in ("p", "ul"))


def of_finding(finding, body, group):
    if group.result != finding["result"]:
        yield "is listed as %s" % group.result
    cells = [cell.text() for cell in next(body.find("tr")).children if isinstance(cell, Node)]
    wanted = [plain(finding[key] or "-") for key in ("account", "region", "resource")]
    if cells != wanted[: len(cells)] or (len(cells) < 3 and finding["resource"] is not None):
        yield "stands at %s" % cells
    text, message = body.text(), plain(finding["message"])
    rest = None
    if message.startswith(group.headline):
        rest = message[len(group.headline) :].removeprefix(": ")
    if message not in text and (rest is None or (rest not in text and rest not in group.said)):
        yield "does not say %s" % message
    for settle in finding["settle"]:
        if plain(settle["command"]) not in text:
            yield "has no command %s" % settle["command"]
    if "waiver" in finding and plain(accepted(finding["waiver"])) not in group.said:
        yield "does not say why it is waived"
    for remark in [finding["diagnosis"], *finding["cautions"]]:
        if remark is not None and plain(remark["text"]) not in text + group.said:
            yield "does not say %s" % remark["text"]


def of_findings(page, report):
    bodies = {node.attributes["id"]: node for node in page.root.find("tbody") if "id" in node.attributes}
    is_whole = len(report["findings"]) <= LISTED
    wanted, groups = set(), {}
    for finding in report["findings"]:
        names = ["f-" + name for name in names_of(finding["id"])]
        name = names[0] if names[0] in bodies else names[1]
        if not is_whole and finding["result"] not in ("fail", "unknown", "waived"):
            continue
        wanted.add(name)
        if name not in bodies:
            yield "%s: is not there" % finding["id"]
            continue
        section = enclosing(bodies[name], "section")
        if section not in groups:
            groups[section] = Group(section)
        for line in of_finding(finding, bodies[name], groups[section]):
            yield "%s: %s" % (finding["id"], line)
    for name in sorted(set(bodies) - wanted):
        if name.startswith("f-"):
            yield "there is no finding %s" % name


def of_evidence(page, report):
    sections = {node.attributes.get("aria-labelledby"): node.text() for node in page.root.find("section")}
    for problem in report["problems"]:
        if plain(problem["message"]) not in sections.get("problems", ""):
            yield "no problem %s" % problem["message"]
    if len(report["evidence"]) <= LISTED:
        for source in report["evidence"]:
            for text in (source["path"], source["sha256"]):
                if text is not None and plain(text) not in sections["evidence"]:
                    yield "no file %s" % text
    for rule in report["rules"]:
        for text in (rule["id"], rule["title"], rule["sha256"]):
            if plain(text) not in sections["procedure"]:
                yield "no rule %s" % text
    digest = report["evidence_set"]["sha256"]
    if digest is not None and digest not in sections["repeat"]:
        yield "no digest of the set"


def mistakes(text, report):
    """`text` is the page as bytes, `report` the JSON report as Python has it."""
    page = Page(text.decode())
    yield from of_form(page)
    if not page.wrong:
        yield from of_findings(page, report)
        yield from of_evidence(page, report)
