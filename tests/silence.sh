#!/bin/bash
# A field that a call does not print changes a fact only towards unknown: for every type
# and call of the catalog (tests/silence.py). Prints TAP.
#
# Environment: INVAUDIT, SHARED (where the service model's fields are).
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/.." || exit 1

if ! command -v python3 >/dev/null || ! python3 -c 'import yaml' 2>/dev/null; then
    skip "silence changes a fact only towards unknown" "no python3 with yaml: make deps"
    finish
fi
exec python3 -B tests/silence.py
