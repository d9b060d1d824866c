#!/usr/bin/env bats
# invaudit-evidence(5) says what the catalog, the headers and the program say, its examples
# run, and the script collects what is understood.

load helpers

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.."
    tests/cli/manual.py tables "$BATS_FILE_TMPDIR"
}

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    PATH=$(dirname "$INVAUDIT"):$PATH
    cd "$BATS_FILE_TMPDIR"
}

@test "the calls are the catalog's (tests/cli/manual.py calls prints the section anew)" {
    [ "$(grep -c '^\.It' calls.source)" -gt 50 ]
    diff calls.source calls.manual
}

@test "the limits that manuals name are the source's, and all that evidence can meet" {
    [ "$(wc -l <limits.manual)" -gt 20 ]
    run -0 comm -13 limits.source limits.manual
    assert_output ''
    # and each that evidence can meet is there; these are about texts and tables of the program
    internal='BYTES_PEEK_MAX EXPAND_WINDOW_LOG_MAX CANDIDATES_MAX CHARACTER_BYTES_MAX GAPS_MAX INPUT_FIELDS_MAX LABELS_MAX LAYOUT_MARKS_MAX MEMOS_MAX QUEUE_SIZES_MAX REASON_TEXTS_MAX DOCUMENT_REASONS_MAX'
    cat "$root"/analyzer/{catalog,json,find,gather,state,judge,explain}/*.h | grep -oE '\b[A-Z][A-Z_]*_MAX =' | tr -d ' =' |
        grep -v -x -F "$(tr ' ' '\n' <<<"$internal")" | sort -u >"$BATS_TEST_TMPDIR/headers"
    cut -d ' ' -f 1 limits.manual >"$BATS_TEST_TMPDIR/manuals"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/headers")" -gt 15 ]
    run -0 comm -23 "$BATS_TEST_TMPDIR/headers" "$BATS_TEST_TMPDIR/manuals"
    assert_output ''
}

@test "the examples do what the manual shows" {
    cd "$BATS_TEST_TMPDIR"
    run -0 "$root/tests/cli/manual.py" transcript "$root/man/invaudit-evidence.5"
    [[ $output = *", 0 differ" ]]
}

@test "the calls for the built-in rules are those that an empty folder lacks" {
    mkdir -p "$BATS_TEST_TMPDIR/123456789012/us-east-1"
    sed 's/REGION/us-east-1/' builtin | sort >"$BATS_TEST_TMPDIR/manual"
    run -2 --separate-stderr "$INVAUDIT" evidence -o json "$BATS_TEST_TMPDIR/123456789012"
    jq -r '.missing[].command' <<<"$output" | sort -u >"$BATS_TEST_TMPDIR/missing"
    [ -s "$BATS_TEST_TMPDIR/missing" ]
    diff "$BATS_TEST_TMPDIR/missing" "$BATS_TEST_TMPDIR/manual"
}

# ---- the script ----

@test "the options of the script are those that it tells" {
    "$INVAUDIT" collect >"$BATS_TEST_TMPDIR/collect.sh"
    run -0 sh "$BATS_TEST_TMPDIR/collect.sh" -h
    diff <(echo "$output") usage
    run -0 sh "$BATS_TEST_TMPDIR/collect.sh" -n
    [ "${lines[0]}" = $'ACCOUNT/global/ec2-describe-regions.json\taws ec2 describe-regions --all-regions --output json' ]
}

@test "the script asks for every listing of the catalog, and what it keeps is understood" {
    local of=111122223333
    export WORLD=$BATS_TEST_TMPDIR/world PATH=$BATS_TEST_DIRNAME/stand-in:$PATH
    mkdir -p "$WORLD/$of/global" "$WORLD/$of/eu-west-1"
    echo "$of" >"$WORLD/credentials"
    for answer in answers/*; do
        for place in global eu-west-1; do
            sed "s/:R:A:/:eu-west-1:$of:/" "$answer" >"$WORLD/$of/$place/${answer##*/}.json"
        done
        ln -s "${answer##*/}.json" "$WORLD/$of/eu-west-1/${answer##*/}--any.json"
    done
    rm "$WORLD/$of/eu-west-1/backup-list-copy-jobs.json"
    cd "$BATS_TEST_TMPDIR"
    "$INVAUDIT" collect --all >collect.sh
    touch -d '1 second ago' collect.sh
    run -1 sh collect.sh evidence
    [[ ${lines[0]} == "failed: $of/eu-west-1/backup-list-copy-jobs.json: An error occurred (AccessDenied)"* ]]

    awk '/^\.It Li / { call = substr($0, 8) } /^(whole|the part)/ { print call }' \
        "$BATS_FILE_TMPDIR/calls.source" | sort >listings
    [ "$(wc -l <listings)" -gt 20 ]
    grep -oE 'aws [a-z0-9]+ [a-z-]+' <(sh collect.sh -n) | cut -c 5- | sort -u >asked_calls
    run -0 comm -23 listings asked_calls
    assert_output ''
    cut -d ' ' -f 1-2 "$WORLD/calls" | sort -u >answered_calls
    run -0 comm -23 asked_calls answered_calls
    assert_output ''

    run -3 --separate-stderr "$INVAUDIT" evidence -o json evidence
    echo "$output" >report.json
    run -0 jq -r '.problems[] | .code + " " + .path + " " + (.message | test("AccessDenied") | tostring)' report.json
    assert_output "empty evidence/111122223333/eu-west-1/backup-list-copy-jobs.json true"
    run -0 jq -r '[.evidence[].documents[] | select(.state == "partial") | .call] | unique[]' report.json
    assert_output "backup describe-protected-resource
backup get-backup-plan
backup get-backup-selection
organizations describe-effective-policy"
    run -0 jq -c '[.evidence[].documents[] | select(.account == null or .type == null or .state == "ignored")]' report.json
    assert_output '[]'
    run -0 jq -r '[.evidence[].documents[] | select(.parent) | .call + " " + .parent] | unique[]' report.json
    assert_output "backup get-backup-vault-access-policy v
backup list-backup-selections p
backup list-protected-resources-by-backup-vault v
backup list-recovery-points-by-backup-vault v
backup list-recovery-points-by-resource arn_aws_rds_eu-west-1_111122223333_db_d
backup list-restore-jobs-by-protected-resource arn_aws_rds_eu-west-1_111122223333_db_d
backup list-restore-testing-selections t"
    run -0 jq -c '[.missing[]]' report.json
    assert_output '[]'
}
