#!/usr/bin/env bats
# Tables for spreadsheets: CSV and XLSX. That their cells are what the JSON report says is
# checked by tests/reports.sh.

load helpers

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$BATS_TEST_TMPDIR"
    evidence=evidence/012345678901/us-east-1
    mkdir -p "$evidence"
}

# Where the library is; else the test is skipped.
needs_library() {
    "$INVAUDIT" scan -q -o xlsx=try.xlsx - </dev/null 2>said || true
    [ -s try.xlsx ] || skip "$(cat said)"
}

# The cells of a sheet, a line a row, as Python's list.
sheet() { # FILE NAME
    PYTHONPATH=$root/tests/reports python3 -B -c '
import sys, xlsx
for row in xlsx.read(open(sys.argv[1], "rb").read())[sys.argv[2]].rows:
    print(row)' "$1" "$2"
}

# The XML of its sheets.
stored() { # FILE
    python3 -B -c '
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as book:
    for name in book.namelist():
        if "/sheet" in name:
            print(book.read(name).decode())' "$1"
}

@test "the columns are those of the manual" {
    make_evidence evidence
    columns() { # COMMAND
        sed -n "/^\.Ss Columns of $1/,/^\.El/s/^\.It Li //p" "$root/man/invaudit-report.5" | tr -d ' ' | paste -sd ,
    }
    for command in scan evidence; do
        "$INVAUDIT" $command -o csv evidence >table || true
        [ "$(sed '1s/^\xef\xbb\xbf//; 1s/\r//; q' table)" = "$(columns $command)" ]
    done
}

@test "evidence that looks like formulas is text in a table" {
    printf '{"DBSnapshots": [{"DBSnapshotIdentifier": "=cmd|calc!A0", "SnapshotType": "awsbackup"},
        {"DBSnapshotIdentifier": "a;@b", "SnapshotType": "awsbackup"},
        {"DBSnapshotIdentifier": "_x202E_\\u202e", "SnapshotType": "awsbackup"}]}' >"$evidence/rds-describe-db-snapshots.json"
    run "$INVAUDIT" scan -q -o csv=report.csv -o json=report.json evidence
    grep -qF "\"'=cmd|calc!A0; a;'@b; _x202E_\\u{202e}\"" report.csv
    needs_library
    run "$INVAUDIT" scan -q -o xlsx=report.xlsx -o json=report.json evidence
    sheet report.xlsx Results | grep -qF "'=cmd|calc!A0; a;@b; _x202E_\\\\u{202e}'"
    stored report.xlsx >xml
    grep -qF '_x005F_x202E_' xml
    no grep -q '<f>' xml
}

@test "an account keeps its zeros, and what is not there is empty" {
    needs_library
    echo '{"DBSnapshots": []}' >"$evidence/rds-describe-db-snapshots.json"
    run -1 "$INVAUDIT" scan -q -o xlsx=report.xlsx -o csv=report.csv evidence
    sheet report.xlsx Results | grep -qF "['Backup-001', 'low', '012345678901', 'us-east-1', '', '', 'fail', "
    grep -qF '"Backup-001","low","012345678901","us-east-1",,,"fail",' report.csv
}

@test "a workbook of two runs has the same bytes, whatever the time, zone and place" {
    needs_library
    echo '{"DBSnapshots": []}' >"$evidence/rds-describe-db-snapshots.json"
    run -1 "$INVAUDIT" scan -q -o xlsx=one.xlsx evidence
    sleep 1.1
    cp -r evidence "$BATS_TEST_TMPDIR/there" && mkdir other && mv there other/evidence
    cd other
    run -1 env TZ=Asia/Kathmandu LC_ALL=C.UTF-8 HOME=/ "$INVAUDIT" scan -q -o xlsx=../two.xlsx evidence
    cmp ../one.xlsx ../two.xlsx
}

@test "a workbook goes to a pipe, and not to a terminal" {
    needs_library
    echo '{"DBSnapshots": []}' >"$evidence/rds-describe-db-snapshots.json"
    run -1 "$INVAUDIT" scan -q -o xlsx=report.xlsx evidence
    "$INVAUDIT" scan -o xlsx evidence | cmp - report.xlsx
    run -2 --separate-stderr python3 -B "$BATS_TEST_DIRNAME/terminal.py" 80 "$INVAUDIT" scan -o xlsx evidence
    [[ $output$stderr = *"format 'xlsx' is nothing for a terminal: give it a file, as in -o xlsx=report.xlsx"* ]]
}

@test "without the library a workbook is wrong usage, before evidence is read" {
    [ "$(ldd "$INVAUDIT" | grep -c xlsxwriter)" -eq 0 ]
    mkfifo endless # nobody writes: to read it would never end
    command -v unshare >/dev/null && unshare -m true 2>/dev/null || skip "no mount namespace here"
    library=$(ldconfig -p 2>/dev/null | sed -n 's/.*libxlsxwriter.so.4 .*=> //p')
    [ -n "$library" ] || library=/nowhere
    run -2 --separate-stderr timeout 10 unshare -m sh -c '[ ! -e "$1" ] || mount --bind /dev/null "$1" && exec "$2" scan -o xlsx=report.xlsx endless' - "$library" "$INVAUDIT"
    assert_stderr "invaudit: format 'xlsx': xlsx needs the library libxlsxwriter.so.4, which is not here (Debian: apt-get install libxlsxwriter4); or use the format csv; see 'invaudit scan --help'"
    [ ! -e report.xlsx ]
}

@test "a workbook that cannot be made leaves every report as it was" {
    needs_library
    echo '{"DBSnapshots": []}' >"$evidence/rds-describe-db-snapshots.json"
    for name in csv xlsx; do echo old >report.$name; done
    # 2 KB a file; the library has a word of its own before ours
    run -4 --separate-stderr bash -c 'ulimit -f 2; trap "" XFSZ; exec "$@"' - "$INVAUDIT" scan -q -o csv=report.csv -o xlsx=report.xlsx evidence
    [[ ${stderr##*$'\n'} = "invaudit: report.xlsx: a workbook cannot be made: "* ]]
    [ "$(cat report.csv report.xlsx)" = "old
old" ]
    [ -z "$(find . -name '.*' -type f)" ]
}
