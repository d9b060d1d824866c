#!/bin/bash
# Every file of JSONTestSuite through the command line: `query @` accepts y_ and refuses
# n_, `scan` sees damage in n_ alone; i_ may be either. No file ends a run by a signal, or
# by a status that says the machine failed. Prints TAP. Skips where the suite is not.
set -u
. "$(dirname "$0")/tap.sh"
program=${INVAUDIT:?set INVAUDIT to the program to test}
suite=${SHARED:-../shared}/conformance/json/test_parsing
damage='"code": "(blank|bytes|control-character|cut-off|depth|documents|empty|keys|not-json|surrogate|syntax|trailing-text|utf-8)"'

if [ ! -d "$suite" ]; then
    skip "JSONTestSuite through the command line" "it is not at $suite"
    finish
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# What a file asks of both commands: 0 accepted, 1 refused, any.
wanted_of() { # NAME
    case $1 in
    y_*) echo 0 ;;
    n_*) echo 1 ;;
    *) echo any ;;
    esac
}

is_refused() { # FILE: 0 or 1 for query and scan each, or what ended them
    local query scan
    "$program" query @ "$1" >/dev/null 2>"$work/said"
    query=$?
    "$program" scan -qq -o "json=$work/report" "$1" >/dev/null 2>>"$work/said"
    scan=$?
    case $query in
    0) echo 0 ;;
    3) echo 1 ;;
    *) echo "query ends with $query" ;;
    esac
    case $scan in
    [0-3]) grep -qE "$damage" "$work/report" && echo 1 || echo 0 ;;
    *) echo "scan ends with $scan" ;;
    esac
}

for file in "$suite"/*.json; do
    name=${file##*/}
    is_refused "$file" >"$work/is"
    case $(wanted_of "$name") in
    any) ! grep -qv '^[01]$' "$work/is" ;;
    0) [ "$(tr -d '\n' <"$work/is")" = 00 ] ;;
    1) [ "$(tr -d '\n' <"$work/is")" = 11 ] ;;
    esac
    held=$?
    cat "$work/said" >>"$work/is"
    say $held "query and scan: $name" "$work/is"
done
finish
