#!/usr/bin/env python3
"""Compares a workbook, as our reader reads it, with what LibreOffice made of it.

    xlsx.py REPORT.xlsx FOLDER     FOLDER/REPORT-SHEET.csv of each sheet

LibreOffice writes numbers and texts alike; that it takes no text for a number is seen by
account ids that begin with a zero.
"""

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "reports"))
import xlsx  # noqa: E402

book, folder = Path(sys.argv[1]), Path(sys.argv[2])
cells = differ = accounts = 0
for name, sheet in xlsx.read(book.read_bytes()).items():
    with open(folder / ("%s-%s.csv" % (book.stem, name)), newline="", encoding="utf-8") as file:
        shown = list(csv.reader(file))
    for number, row in enumerate(sheet.rows):
        read = shown[number] if number < len(shown) else []
        for column, cell in enumerate(row):
            met = read[column] if column < len(read) else ""
            cells += 1
            accounts += met == "012345678901"
            if met != str(cell):
                differ += 1
                print("%s!%s: %r, LibreOffice shows %r" % (name, xlsx.name_of(column, number + 1), cell, met))
print("%d cells, %d differ, %d accounts with their zero" % (cells, differ, accounts))
sys.exit(differ > 0 or accounts == 0 or cells < 100)
