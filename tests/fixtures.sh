#!/bin/bash
# The stories of fixtures/: each folder that has an evidence/ is scanned from inside, so
# that no path of the machine is in a report, and its text, JSON, JUnit XML, standard
# error and status are compared with those in expected/; and so is what `evidence` says
# (summary.txt) and lists (evidence.txt), whose last line has its status. Prints TAP.
#
#   tests/fixtures.sh            compare
#   tests/fixtures.sh --bless    rewrite expected/; read the diff before you commit it
#
# Of report.json, "decided" keeps what was decided, a line a finding: rule, place, result
# and facts. The whole of it, and report.xml, are kept of the stories that have them in
# expected/ already: together these have every member that any report has. Of what is not
# kept whole, "digests" has the SHA-256, so that nothing changes unseen; of a workbook, that
# of what a reader sees of it: its bytes are its library's. That each report says what the
# others say is what tests/reports.sh checks.
#
# A folder holds: README (the story), evidence/, args (a word a line; "scan" and
# "evidence" are understood without it), stdin (given on standard input), expected/.
# Each is scanned twice: the second time from a copy whose files were made in the opposite
# order, in another locale and time zone, and must give the same bytes (FIXTURES_TWICE_EACH=6:
# of each sixth).
#
# The reports are left in $REPORTS/fixtures, if REPORTS is set, for tests/reports.sh.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../fixtures" || exit 1
program=${INVAUDIT:?set INVAUDIT to the program to test}
reader=$PWD/../tests/reports/xlsx.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A workbook of the stories whose report is kept whole, where its library is.
"$program" scan -q -o xlsx="$work/try.xlsx" - </dev/null >"$work/said" 2>&1
[ -s "$work/try.xlsx" ] || skip "workbooks" "$(cat "$work/said")"

# In the folder of the story: writes report.txt, report.json, report.xml, report.sarif,
# report.github, report.md, report.html, report.csv, report.intoto, report.xlsx, stderr, exit,
# summary.txt, evidence.txt, evidence.json and evidence.csv to $1
scan() {
    local out=$1 words=(evidence) input=/dev/null workbook=()
    mkdir -p "$out"
    [ ! -f args ] || mapfile -t words <args
    [ ! -f stdin ] || input=stdin
    [ ! -s "$work/try.xlsx" ] || [ ! -e "$story_path/expected/report.json" ] ||
        workbook=(-o xlsx="$out/report.xlsx")
    "$program" scan "${words[@]}" -o text -o json="$out/report.json" \
        -o junit="$out/report.xml" -o sarif="$out/report.sarif" \
        -o github="$out/report.github" -o markdown="$out/report.md" \
        -o html="$out/report.html" -o csv="$out/report.csv" -o intoto="$out/report.intoto" \
        "${workbook[@]}" >"$out/report.txt" 2>"$out/stderr" <"$input"
    echo "$?" >"$out/exit"
    "$program" evidence "${words[@]}" -o text -o json="$out/evidence.json" \
        -o csv="$out/evidence.csv" >"$out/summary.txt" 2>/dev/null <"$input"
    "$program" evidence --list "${words[@]}" >"$out/evidence.txt" 2>/dev/null <"$input"
}

# What a report decided, a line a finding.
decided() { # report.json
    jq -r '.findings[] | [.rule, .account // "-", .region // "-", .source // .resource // "-", .result,
        (.facts | to_entries[] | .key + "=" + ([.value[]] | tojson))] | join(" ")' "$1"
}

# The members that reports have, whatever facts and parameters are called.
members() { # report.json...
    jq -r 'paths | map(if type == "number" then "[]" else . end) | join(".")
        | sub("(?<of>\\.(facts|parameters))\\.[^.]+"; .of + ".NAME")' "$@" | sort -u
}

count=0
for story in */; do
    story=${story%/} story_path=$PWD/${story%/}
    [ -d "$story/evidence" ] || [ -f "$story/stdin" ] || continue
    count=$((count + 1)) twice=$((count % ${FIXTURES_TWICE_EACH:-1} == 0))
    (cd "$story" && scan "$work/$story/first")
    decided "$work/$story/first/report.json" >"$work/$story/first/decided"
    unkept=(evidence.json report.{sarif,github,md,html,csv,intoto} evidence.csv)
    for file in report.json report.xml; do
        [ -e "$story/expected/$file" ] || unkept+=("$file")
    done
    (cd "$work/$story/first" && sha256sum "${unkept[@]}") >"$work/$story/digests"
    [ ! -e "$work/$story/first/report.xlsx" ] ||
        python3 -B "$reader" "$work/$story/first/report.xlsx" | sha256sum >"$work/$story/workbook"

    if [ "$twice" -eq 1 ]; then
        mkdir -p "$work/$story/copy"
        (cd "$story" && find . -path ./expected -prune -o -type d -print) | sort -r |
            (cd "$work/$story/copy" && xargs -d '\n' mkdir -p)
        (cd "$story" && find . -path ./expected -prune -o -type f -print) | sort -r |
            while read -r file; do cp "$story/$file" "$work/$story/copy/$file"; done
        (cd "$work/$story/copy" && export LC_ALL=C.UTF-8 TZ=Asia/Kathmandu && scan "$work/$story/second")
    fi
    for file in decided digests workbook; do # of reports that are compared with the second's
        [ ! -e "$work/$story/$file" ] || cp "$work/$story/$file" "$work/$story/first"
        [ ! -e "$work/$story/first/$file" ] || [ "$twice" -eq 0 ] ||
            cp "$work/$story/first/$file" "$work/$story/second"
    done

    unkept+=(report.xlsx)
    [ -s "$work/try.xlsx" ] || unkept+=(workbook)
    if [ "${1:-}" = --bless ]; then
        rm -rf "$story/expected"
        cp -r "$work/$story/first" "$story/expected"
        (cd "$story/expected" && rm -f "${unkept[@]}")
    fi
    diff -r "${unkept[@]/#/--exclude=}" "$story/expected" "$work/$story/first" >"$work/diff" 2>&1
    say $? "$story: as expected" "$work/diff"
    [ "$twice" -eq 1 ] || continue
    diff -r "$work/$story/first" "$work/$story/second" >"$work/diff" 2>&1
    say $? "$story: the same bytes whatever the order of files, locale and zone" "$work/diff"
done
members "$work"/*/first/report.json >"$work/all"
members */expected/report.json | diff "$work/all" - >"$work/diff"
say $? "the reports that are kept whole have every member" "$work/diff"

if [ -n "${REPORTS:-}" ]; then
    rm -rf "$REPORTS/fixtures"
    mkdir -p "$REPORTS/fixtures"
    for story in "$work"/*/; do
        cp -r "$story/first" "$REPORTS/fixtures/$(basename "$story")"
    done
fi
finish
