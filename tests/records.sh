#!/bin/bash
# Rules about each record, on random evidence: no world that looks the same contradicts a
# verdict (tests/reference/records.py).  Prints TAP.
#
#   tests/records.sh [COUNT [FIRST]]     random trees, from that number on
#
# Environment: RECORDS_TREES (how many; 120), INVAUDIT.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if ! command -v python3 >/dev/null; then
    skip "verdicts about records hold in every world" "no python3: make deps"
    finish
fi
[ $# -gt 0 ] || set -- "${RECORDS_TREES:-120}"
exec python3 -B reference/records.py "$@"
