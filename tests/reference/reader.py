"""JSON as design 4, "Strictness", reads it: what stands before a break is kept.

An object becomes a list of pairs, so that duplicate keys stay visible.
"""

import json
import re

BLANKS = re.compile(r"[ \t\r\n]*")
STRING = re.compile(r'"(?:[^"\\\x00-\x1f\ud800-\udfff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "false": False, "null": None}

# A lone surrogate is in no text that was decoded: it stands for bytes that are no UTF-8.
NOT_UTF8 = "\ud800"


class Broken(Exception):
    """The text is no JSON from here on."""


class Pairs(list):
    """An object: (key, value) in their order, a key perhaps twice."""

    def names(self):
        return [key for key, _ in self]

    def first(self, wanted, otherwise=None):
        for key, value in self:
            if key == wanted:
                return value
        return otherwise


class OutOfRange:
    """A number that no int64 and no double holds."""


OUT_OF_RANGE = OutOfRange()


class Document:
    """One JSON document of a source."""

    def __init__(self):
        self.value = None  # what was read of it
        self.keys = []  # of an object, in their order, those before a break too
        self.broken = False


class Reader:
    """`lists`: the envelope keys whose arrays are read element by element."""

    def __init__(self, text, lists):
        self.text = text
        self.at = 0
        self.lists = lists

    def skip_blanks(self):
        self.at = BLANKS.match(self.text, self.at).end()

    def met(self, character):
        return self.text.startswith(character, self.at)

    def take(self, character):
        self.skip_blanks()
        if not self.met(character):
            raise Broken
        self.at += 1

    def string(self):
        found = STRING.match(self.text, self.at)
        if not found:
            raise Broken
        self.at = found.end()
        text = json.loads(found.group())
        if re.search("[\ud800-\udfff]", text):
            raise Broken  # half of a surrogate pair
        return text

    def number(self):
        found = NUMBER.match(self.text, self.at)
        if not found:
            raise Broken
        self.at = found.end()
        if re.match(r"[-+.0-9A-Za-z]", self.text[self.at : self.at + 1]):
            raise Broken  # a part of a number is none
        if found.group(1) or found.group(2):
            number = float(found.group())
            return number if abs(number) != float("inf") else OUT_OF_RANGE
        number = int(found.group())
        return number if -(2**63) <= number < 2**63 else OUT_OF_RANGE

    def array(self, into):
        self.take("[")
        self.skip_blanks()
        if not self.met("]"):
            into.append(self.value())
            self.skip_blanks()
            while not self.met("]"):
                self.take(",")
                into.append(self.value())
                self.skip_blanks()
        self.take("]")
        return into

    def key(self):
        self.skip_blanks()
        return self.string()

    def object(self):
        pairs = Pairs()
        self.take("{")
        self.skip_blanks()
        while not self.met("}"):
            if pairs:
                self.take(",")
            key = self.key()
            self.take(":")
            pairs.append((key, self.value()))
            self.skip_blanks()
        self.take("}")
        return pairs

    def value(self):
        self.skip_blanks()
        if self.met("{"):
            return self.object()
        if self.met("["):
            return self.array([])
        if self.met('"'):
            return self.string()
        for word, value in WORDS.items():
            if self.met(word):
                self.at += len(word)
                return value
        return self.number()

    def envelope(self, document):
        """The object that is a document: what is whole of it is kept."""
        document.value = Pairs()
        self.take("{")
        self.skip_blanks()
        while not self.met("}"):
            if document.keys:
                self.take(",")
            key = self.key()
            document.keys.append(key)
            self.take(":")
            self.skip_blanks()
            if key in self.lists:
                document.value.append((key, [] if self.met("[") else None))
                if self.met("["):
                    self.array(document.value[-1][1])
                else:
                    self.value()
            else:
                document.value.append((key, self.value()))
            self.skip_blanks()
        self.take("}")

    def document(self):
        document = Document()
        try:
            self.skip_blanks()
            if self.met("{"):
                self.envelope(document)
            elif self.met("["):
                document.value = []
                self.array(document.value)
            else:
                document.value = self.value()
        except Broken:
            document.broken = True
        return document

    def documents(self):
        """Each starts the source or a line.  Nothing after a break is read."""
        documents = []
        self.skip_blanks()
        while self.at < len(self.text):
            documents.append(self.document())
            if documents[-1].broken:
                return documents
            before = self.at
            self.skip_blanks()
            if self.at < len(self.text) and "\n" not in self.text[before : self.at]:
                documents.append(Document())
                documents[-1].broken = True
                return documents
        return documents


def text_of(raw):
    """UTF-8, with or without a byte order mark; NOT_UTF8 where it ends being that."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        return raw[: error.start].decode() + NOT_UTF8


def read(text, lists):
    return Reader(text, lists).documents()


def has_duplicate_key(value):
    """At any depth."""
    if isinstance(value, Pairs):
        keys = value.names()
        return len(keys) != len(set(keys)) or any(has_duplicate_key(v) for _, v in value)
    return isinstance(value, list) and any(has_duplicate_key(item) for item in value)


def has_out_of_range(value):
    """At any depth."""
    if isinstance(value, Pairs):
        return any(has_out_of_range(item) for _, item in value)
    if isinstance(value, list):
        return any(has_out_of_range(item) for item in value)
    return value is OUT_OF_RANGE
