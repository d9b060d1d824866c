#!/bin/bash
# The stories of fixtures/diffs/: each holds old/ and new/, which are scanned from inside with the
# words in their args, and expected/: what `diff` says of the two reports, as text, JSON and
# Markdown, and its status. Prints TAP.
#
#   tests/diffs.sh            compare
#   tests/diffs.sh --bless    rewrite expected/; read the diff before you commit it
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../fixtures/diffs" || exit 1
program=${INVAUDIT:?set INVAUDIT to the program to test}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for story in */; do
    story=${story%/} out=$work/${story%/}
    mkdir -p "$out/met"
    for side in old new; do
        mapfile -t words <"$story/$side/args"
        (cd "$story/$side" && "$program" scan -qq -o json="$out/$side.json" "${words[@]}" 2>"$out/stderr")
        # the version changes with each release
        sed -i '0,/"version": "[^"]*"/s//"version": "0"/' "$out/$side.json"
    done
    (cd "$out" && "$program" diff -o json=met/diff.json -o markdown=met/diff.md old.json new.json \
        >met/diff.txt 2>met/stderr; echo "$?" >met/exit)
    sed -i '0,/"version": "[^"]*"/s//"version": "0"/' "$out/met/diff.json"
    if [ "${1:-}" = --bless ]; then
        rm -rf "$story/expected"
        cp -r "$out/met" "$story/expected"
    fi
    diff -r "$story/expected" "$out/met" >"$work/diff" 2>&1
    say $? "$story: as expected" "$work/diff"
done
finish
