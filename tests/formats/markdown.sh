#!/bin/bash
# Has cmark-gfm render the Markdown reports of fixtures/ as GitHub does, and looks at the
# HTML: whatever evidence and rules hold, it is text there (markdown.py). Prints TAP.
set -u
. "$(dirname "$0")/../tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../fixtures" || exit 1
program=${INVAUDIT:?set INVAUDIT to the program to test}
name="rendered, each report is text, lists and tables, and says what the JSON says"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v cmark-gfm >/dev/null; then
    skip "$name" "no cmark-gfm: make deps-formats"
    finish
fi

for story in */evidence; do
    story=${story%/*}
    words=(evidence)
    [ ! -f "$story/args" ] || mapfile -t words <"$story/args"
    (cd "$story" && "$program" scan "${words[@]}" -qq -o markdown="$work/$story.md" -o json="$work/$story.json" 2>/dev/null)
    cmark-gfm -e autolink -e table -e strikethrough -e tagfilter "$work/$story.md" >"$work/$story.html"
done
python3 -B "$here/markdown.py" "$work" >"$work/found"
say $? "$name" "$work/found"
finish
