#!/bin/bash
# Checks the reports that the tests before it left in $REPORTS: JSON by the schema, JUnit
# XML by its own schema and by the JSON of the same run (tests/reports/). Prints TAP.
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1
: "${REPORTS:?set REPORTS to the folder that the tests left their reports in}"

if ! python3 -c 'import jsonschema' 2>/dev/null; then
    skip "the reports are as their schemas say" "no python3 with jsonschema: make deps"
    finish
fi
exec python3 -B reports/run.py "$REPORTS"
