#!/usr/bin/env python3
"""Looks at Markdown reports that were rendered.  Exits 1 if something is wrong.

    markdown.py FOLDER      FOLDER/STORY.html and STORY.json, of the same run
"""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))
from spelling import spelled  # noqa: E402

# What the report is made of: no link, no image, no address.
ELEMENTS = set("h2 h3 h4 p ul li code strong table thead tbody tr th td".split())
OMITTED = " raw HTML omitted "  # as cmark-gfm writes a comment


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.code, self.wrong = "", [], []
        self.in_code = False

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.wrong.append("<%s %s>" % (tag, attrs))
        self.in_code = tag == "code"
        if self.in_code:
            self.code.append("")

    def handle_endtag(self, tag):
        self.in_code = False

    def handle_data(self, data):
        self.text += data
        if self.in_code:
            self.code[-1] += data

    def handle_comment(self, data):
        if data != OMITTED:
            self.wrong.append("<!--%s-->" % data)


def mistakes(page, report):
    yield from page.wrong
    if page.text.count("|") > 0 and "| " in page.text.split("\n")[0]:
        yield "a table is no table"
    for problem in report["problems"]:
        path = spelled(problem["path"])
        if not any(code.startswith(path) for code in page.code):
            yield "the path %s is no code" % path
        if spelled(problem["message"]) not in page.text:
            yield "the problem '%s' reads otherwise" % problem["message"]
    for finding in report["findings"]:
        if finding["result"] == "unknown":
            headline = spelled(finding["message"]).split(":")[0]
            if headline not in page.text:
                yield "the headline '%s' reads otherwise" % headline
            for settle in finding["settle"][:1]:
                if spelled(settle["command"]) not in page.code and "and others" not in page.text:
                    yield "the command '%s' is no code" % settle["command"]


def main():
    count, wrong = 0, 0
    for file in sorted(Path(sys.argv[1]).glob("*.html")):
        page = Page()
        page.feed(file.read_text(encoding="utf-8"))
        count += 1
        for line in mistakes(page, json.loads(file.with_suffix(".json").read_bytes())):
            wrong += 1
            print("%s: %s" % (file.stem, line))
    print("%d pages" % count)
    sys.exit(wrong > 0 or count < 50)


if __name__ == "__main__":
    main()
