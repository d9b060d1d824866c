#!/bin/bash
# Compares our JMESPath with that of the AWS CLI (tests/differential/). Prints TAP.
#
#   tests/differential.sh [COUNT [SEED]]     so many random expressions, from that seed on
set -u
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")" || exit 1

for python in python3 /usr/bin/python3; do
    if "$python" -c 'import jmespath' 2>/dev/null; then
        exec "$python" -B differential/run.py "$@"
    fi
done
skip "agrees with jmespath.py" "no python3-jmespath: make deps"
finish
