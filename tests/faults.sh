#!/bin/bash
# Makes the calls of the program to the system fail, one after the other (tests/faults/).
# Prints TAP.
#
#   tests/faults.sh [SHARE]        about one run in so many; 1: all, which takes minutes
#
# Environment: INVAUDIT, FAULTS_LIBRARY (tests/faults/faults.c; empty: it cannot be used).
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if [ -z "${FAULTS_LIBRARY:-}" ]; then
    skip "no call that fails ends in a wrong verdict" "a sanitizer's program takes no library before its own"
    finish
fi
if ! command -v python3 >/dev/null; then
    skip "no call that fails ends in a wrong verdict" "no python3: make deps"
    finish
fi
exec python3 -B faults/run.py "${INVAUDIT:?set INVAUDIT to the program to test}" "$FAULTS_LIBRARY" "${1:-250}"
