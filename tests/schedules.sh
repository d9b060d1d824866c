#!/bin/bash
# Compares when schedules run with an enumeration of all their times (tests/schedules/).
# Prints TAP.
#
#   tests/schedules.sh [COUNT [SEED]]     so many random schedules, from that seed on
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

for python in python3 /usr/bin/python3; do
    if "$python" -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2>/dev/null; then
        exec "$python" -B schedules/run.py "$@"
    fi
done
skip "agrees with an enumeration" "no tz database, or no zoneinfo in python3: make deps"
finish
