#!/bin/bash
# Runs all cases of a folder: tests/protection/run.sh PROTECTION INVAUDIT FOLDER
# Prints a line for each that does not hold, and at last "N passed, N failed".
set -u
export LC_ALL=C

printed=$(mktemp) || exit 2
trap 'rm -f "$printed"' EXIT
status=0
"$1" "$3" >"$printed" || status=$?
python3 "$(dirname "$0")/trees.py" check "$2" "$3" >>"$printed" || status=$?
awk '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; next }
     { print }
     END { printf "%d passed, %d failed\n", passed, failed }' "$printed"
exit "$status"
