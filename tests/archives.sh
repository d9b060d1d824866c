#!/bin/bash
# Archives that are read in their place: each story of fixtures/ as an archive gives what its
# folder gives; hostile and broken ones become problems, in bounded time and memory; and without
# any locale. Prints TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${INVAUDIT:?set INVAUDIT to the program to test}"
python=/usr/bin/python3

for part in stories hostile; do
    "$python" "$here/archives/$part.py" || echo "not ok - $part" # and what it said itself
done | awk '
    /^(not )?ok - / { number++; sub(/ok - /, "ok " number " - "); failed += /^not/ }
    { print }
    END { print "1.." number; exit failed > 0 }'
