#!/bin/bash
# Compares the program with a second implementation of the judgement (tests/reference/).
# Prints TAP.
#
#   tests/reference.sh [COUNT [FIRST]]     random trees, from that number on
#
# Environment: REFERENCE_TREES (how many; 1000), INVAUDIT.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if ! command -v python3 >/dev/null; then
    skip "agrees with the reference" "no python3: make deps"
    finish
fi
[ $# -gt 0 ] || set -- "${REFERENCE_TREES:-1000}"
exec python3 -B reference/run.py "$@"
