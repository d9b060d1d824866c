#!/bin/bash
# Loses a part of random evidence at a time: no finding may turn (tests/reference/losing.py).
# Prints TAP.
#
#   tests/losing.sh [COUNT [FIRST]]     random trees, from that number on
#
# Environment: LOSING_TREES (how many; 60), INVAUDIT.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if ! command -v python3 >/dev/null; then
    skip "losing evidence turns no finding" "no python3: make deps"
    finish
fi
[ $# -gt 0 ] || set -- "${LOSING_TREES:-60}"
exec python3 -B reference/losing.py "$@"
