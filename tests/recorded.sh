#!/bin/bash
# What the program says of much random evidence is what it said before (recorded/run.py).
# Prints TAP.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

if ! command -v python3 >/dev/null; then
    skip "what is said of random evidence is what was said before" "no python3: make deps"
    finish
fi
exec python3 -B recorded/run.py "$@"
