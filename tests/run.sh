#!/bin/bash
# Runs test programs that print TAP and adds up what they say:
# tests/run.sh LOG_FOLDER PROGRAM|FOLDER_OF_BATS...
# Prints what failed and was skipped, a line a program, and at last "N passed, N failed".
# A program that ends badly without a failed test is a failed test.
set -u
export LC_ALL=C

logs=$1/logs
shift
mkdir -p "$logs"
passed=0 failed=0 skipped=0

for program in "$@"; do
    log=$logs/$(basename "$program").tap
    if [ -d "$program" ]; then
        bats --formatter tap "$program" >"$log" 2>&1
    else
        "./${program#./}" >"$log" 2>&1
    fi
    status=$?
    skips=$(grep -c '^ok .*# *[Ss][Kk][Ii][Pp]' "$log")
    oks=$(($(grep -c '^ok ' "$log") - skips))
    bad=$(grep -c '^not ok ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $program ended with status $status"
        tail -n 40 "$log"
    elif [ "$((oks + bad + skips))" -eq 0 ]; then
        bad=1
        echo "not ok - $program ran no test"
    elif [ "$bad" -gt 0 ]; then
        grep -A 40 '^not ok ' "$log" | grep -v '^ok ' | head -n 200
    fi
    grep '^ok .*# *[Ss][Kk][Ii][Pp]' "$log"
    printf '%-40s %5d passed, %d failed\n' "$(basename "$program")" "$oks" "$bad"
    passed=$((passed + oks)) failed=$((failed + bad)) skipped=$((skipped + skips))
done

if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
