#!/bin/bash
# The workbook as LibreOffice reads it: every cell is what our own reader finds there, and
# text stays text. And what the program declares of libxlsxwriter is what its header says.
# Prints TAP. Skips what is not installed: libreoffice-calc, libxlsxwriter-dev.
set -u
. "$(dirname "$0")/../tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
program=${INVAUDIT:?set INVAUDIT to the program to test}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if echo '#include <xlsxwriter.h>' | gcc -fsyntax-only -x c - 2>/dev/null; then
    gcc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -Wno-unused-parameter \
        -I"$here/../../analyzer" -fsyntax-only "$here/xlsx_header.c" >"$work/said" 2>&1
    say $? "the library's functions, structures and values are as declared" "$work/said"
else
    skip "the library's functions are as declared" "no header: apt-get install libxlsxwriter-dev"
fi

if ! command -v soffice >/dev/null; then
    skip "LibreOffice reads the workbook" "no soffice: apt-get install --no-install-recommends libreoffice-calc"
    finish
fi
cd "$here/../../fixtures/backup-coverage" || exit 1
mapfile -t words <args
[ ${#words[@]} -gt 0 ] || words=(evidence)
mkdir -p "$work/evidence/012345678901/us-east-1"
cat >"$work/evidence/012345678901/us-east-1/rds-describe-db-snapshots.json" <<'END'
{"DBSnapshots": [{"DBSnapshotIdentifier": "=1+1", "SnapshotType": "awsbackup"},
  {"DBSnapshotIdentifier": "_x003D_1+1", "SnapshotType": "awsbackup"},
  {"DBSnapshotIdentifier": "<&>\"'\\u202e", "SnapshotType": "awsbackup"}]}
END
"$program" scan -q "${words[@]}" "$work/evidence" -o xlsx="$work/report.xlsx" >"$work/said" 2>&1
[ -s "$work/report.xlsx" ]
say $? "there is a workbook" "$work/said"

# Each sheet as CSV, as it is shown; -1: all sheets. A home of its own: no profile of anybody.
soffice "-env:UserInstallation=file://$work/home" --headless \
    --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
    --outdir "$work/read" "$work/report.xlsx" >"$work/said" 2>&1
python3 -B "$here/xlsx.py" "$work/report.xlsx" "$work/read" >"$work/said" 2>&1
say $? "LibreOffice reads every cell of it: $(tail -n 1 "$work/said")" "$work/said"
finish
