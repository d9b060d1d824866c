#!/bin/bash
# However evidence is cut into parts, and whatever is read by whom, the report is that of
# one scan: all stories of fixtures/ together, and a tree of accounts with every way in which
# cells end. tests/shards.sh [COUNT [SEED]]. Prints TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=${INVAUDIT:?set INVAUDIT to the program to test}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/evidence" "$work/out" && cd "$work/evidence" || exit 1

for story in "$here"/../fixtures/*/; do
    [ ! -d "$story/evidence" ] || cp -r "$story/evidence" "$(basename "$story")"
done
python3 "$here/scale/tree.py" many 1
python3 "$here/shards.py" "$program" "$work/out" "${1:-${SHARDS_CUTS:-50}}" "${2:-1}"
