"""Reads a workbook (Office Open XML, XLSX) with nothing but Python's own library.

It is as strict as a reader must be that trusts nothing: what it does not know is an error.
"""

import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class Sheet:
    def __init__(self, name):
        self.name = name
        self.rows = []  # lists of texts and numbers; "" is an empty cell
        self.links = {}  # by cell: where they lead
        self.is_frozen = False
        self.filtered = None
        self.choices = []
        self.widths = {}  # by the first column that has it: how wide, to which column


def name_of(column, row):
    """"A1" of column 0 and row 1."""
    letters, column = "", column + 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return "%s%d" % (letters, row)


def column_of(name):
    column = 0
    for letter in re.match("[A-Z]+", name).group():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def unescaped(text):
    return ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def value_of(cell):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return unescaped("".join(text.text or "" for text in cell.iter(MAIN + "t")))
    if kind != "n" or cell.find(MAIN + "f") is not None:
        raise ValueError("%s is neither a text nor a number: %s" % (cell.get("r"), ElementTree.tostring(cell)))
    number = cell.findtext(MAIN + "v")
    if number is None:
        return ""
    return int(number) if re.fullmatch("[0-9]+", number) else float(number)


def read_sheet(name, data):
    sheet, root = Sheet(name), ElementTree.fromstring(data)
    for row in root.iter(MAIN + "row"):
        sheet.rows += [[] for _ in range(int(row.get("r")) - len(sheet.rows))]
        cells = sheet.rows[-1]
        for cell in row:
            column = column_of(cell.get("r"))
            if column < len(cells):
                raise ValueError("%s: %s is behind its place" % (name, cell.get("r")))
            cells += [""] * (column - len(cells)) + [value_of(cell)]
    for link in root.iter(MAIN + "hyperlink"):
        if link.get(RELATION + "id"):
            raise ValueError("%s: a link leaves the workbook" % name)
        sheet.links[link.get("ref")] = link.get("location")
    sheet.is_frozen = any(pane.get("state") == "frozen" for pane in root.iter(MAIN + "pane"))
    found = root.find(MAIN + "autoFilter")
    sheet.filtered = None if found is None else found.get("ref")
    sheet.choices = [one.get("sqref") for one in root.iter(MAIN + "dataValidation")]
    for column in root.iter(MAIN + "col"):
        sheet.widths[int(column.get("min"))] = [float(column.get("width")), int(column.get("max"))]
    return sheet


def read(data):
    """The sheets by name, in their order."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if archive.testzip() is not None:
            raise ValueError("a member of the archive is damaged")
        times = {member.date_time for member in archive.infolist()}
        if times != {(1980, 1, 1, 0, 0, 0)}:
            raise ValueError("the archive tells when it was made: %s" % times)
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): one.get("Target") for one in relations.iter(PACKAGE + "Relationship")}
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        return {
            sheet.get("name"): read_sheet(sheet.get("name"), archive.read("xl/" + targets[sheet.get(RELATION + "id")]))
            for sheet in book.iter(MAIN + "sheet")
        }
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError) as error:
        raise ValueError("not a workbook: %s" % error) from error


if __name__ == "__main__":  # FILE: prints what a reader sees of it, a line a row
    with open(sys.argv[1], "rb") as file:
        for sheet in read(file.read()).values():
            for row in [[key, value] for key, value in vars(sheet).items() if key != "rows"] + sheet.rows:
                print(json.dumps(row, sort_keys=True))
