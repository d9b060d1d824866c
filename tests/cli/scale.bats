#!/usr/bin/env bats
# The text report of 300 accounts and 17 regions is one that somebody reads.

load helpers

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    python3 "$BATS_TEST_DIRNAME/../scale/tree.py" evidence
    "$INVAUDIT" scan --show=all evidence >text || [ $? -eq 1 ]
    "$INVAUDIT" scan -o json evidence >json || [ $? -eq 1 ]
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return 1
}

@test "5,100 findings are some hundred lines" {
    [ "$(jq '.findings | length' json)" -eq 5100 ]
    [ "$(wc -l <text)" -lt 400 ]
}

@test "a group has 20 lines of accounts at most, and says how many findings more" {
    awk '/^(FAIL|UNKNOWN|PASS) / { if (++lines > 20) exit 1; next } { lines = 0 }' text
    grep -qE '^ +and [0-9]+ more findings, in the json report$' text
}

@test "only paths and commands are longer than 80 columns" {
    grep -vE '^ +(see |save as |aws |evidence/)|^  evidence/' text >words
    no grep -E '^.{81}' words
}

@test "the counts are those of the JSON report" {
    counts=$(jq -r '.summary | "\(.fail) fail, \(.unknown) unknown, \(.pass) pass; \(.problems) problems"' json)
    grep -qF "$counts (status 1: something fails)" text
    [ "$(tail -n 1 text)" = "$counts (status 1: something fails)" ]
}
