#!/bin/bash
# Losing evidence turns no verdict of a published rule (tests/reference/published.py).
# Prints TAP.
#
#   tests/published.sh [LOSSES]     of each tree
#
# Environment: PUBLISHED_LOSSES (how many; 3), INVAUDIT.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if ! command -v python3 >/dev/null; then
    skip "losing evidence turns no verdict of a published rule" "no python3: make deps"
    finish
fi
[ $# -gt 0 ] || set -- "${PUBLISHED_LOSSES:-3}"
exec python3 -B reference/published.py "$@"
