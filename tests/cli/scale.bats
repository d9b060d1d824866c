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

# What a terminal shows is shorter: terminal.bats.
@test "5,100 findings are a line an account, and places that are told once" {
    [ "$(jq '.findings | length' json)" -eq 5100 ]
    [ "$(grep -cE '^[0-9]{12}( +[FP?-]){17}$' text)" -eq 300 ]
    [ "$(wc -l <text)" -lt 1000 ]
}

@test "each finding is there: as a letter, and in a list or as one of the others" {
    for result in F:fail '?:unknown' P:pass; do
        count=$(jq --arg result "${result#*:}" '[.findings[] | select(.result == $result)] | length' json)
        [ "$(grep -E '^[0-9]{12}( +[FP?-]){17}$' text | grep -oF "${result%:*}" | wc -l)" -eq "$count" ]
    done
}

@test "only paths and commands are longer than 80 columns" {
    grep -vE '^ +(see |save |run |tree/|evidence/)' text >words
    no grep -E '^.{81}' words
}

# Few causes: what is shared is said once.
@test "5 accounts of 17 regions are a page, 50 add a line each" {
    for accounts in 5 50; do
        python3 "$BATS_TEST_DIRNAME/../scale/estate.py" estate $accounts
        "$INVAUDIT" scan estate >page || [ $? -eq 1 ]
        echo "$accounts accounts: $(wc -l <page) lines"
        [ "$(wc -l <page)" -le $((50 + accounts)) ]
    done
}

@test "the counts are those of the JSON report" {
    counts=$(jq -r '.summary | "\(.fail) fail, \(.unknown) unknown, \(.pass) pass; \(.problems) problems"' json)
    grep -qF "$counts (status 1: something fails)" text
    [ "$(tail -n 1 text)" = "$counts (status 1: something fails)" ]
}

# What the processor takes for so many databases of a shape, in milliseconds.
judge_databases() {
    local count=$1 folder=$BATS_TEST_TMPDIR/$1 TIMEFORMAT='%U'
    shift
    python3 -B "$BATS_TEST_DIRNAME/../scale/organisation.py" "$folder" databases="$count" "$@"
    { time "$INVAUDIT" scan -qq --no-digest -j1 --as-of 2026-03-10T12:00:00Z --select '*' "$folder" || [ $? -eq 1 ]; } 2>"$folder/time"
    tr -d . <"$folder/time"
}

# Eight times as many take eight times as long, and no start-up: sixty-four times, if
# each database looked at what each other one has.
takes_no_more_each() {
    local few many
    few=$(judge_databases 100 "$@")
    many=$(judge_databases 800 "$@")
    echo "100: $few ms, 800: $many ms"
    [ "$((10#$many))" -lt "$((10#$few * 20))" ]
}

@test "a database takes no longer beside more databases of its region" {
    takes_no_more_each
}

@test "nor where each has a file of its recovery points" {
    takes_no_more_each by_resource=1
}

@test "nor where nothing tells whose a recovery point is" {
    takes_no_more_each keyless=1
}

@test "nor where all are members of one cluster" {
    takes_no_more_each members=1
}

@test "nor beside 100 plans with 30 conditions each" {
    takes_no_more_each plans=100 conditions=30
}
