#!/usr/bin/env bats
# invaudit-evidence(5) says what the catalog, the headers and the program say, its examples
# run, and its script collects what is understood.

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
    internal='BYTES_PEEK_MAX CANDIDATES_MAX CHARACTER_BYTES_MAX LABELS_MAX NAMES_MAX SCHEDULE_SIZES_MAX STAGED_REASONS_MAX'
    cat "$root"/analyzer/evidence/*.h "$root"/analyzer/assess/*.h | grep -oE '\b[A-Z][A-Z_]*_MAX =' | tr -d ' =' |
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

# An aws that answers each call of the catalog, refuses one, and notes what it was asked.
make_aws() {
    export ANSWERS=$BATS_FILE_TMPDIR/answers ASKED=$BATS_TEST_TMPDIR/asked
    mkdir "$BATS_TEST_TMPDIR/bin"
    cat >"$BATS_TEST_TMPDIR/bin/aws" <<'AWS'
#!/bin/sh
echo "$AWS_PROFILE $*" >>"$ASKED"
case $AWS_PROFILE in
one) account=111122223333 region=eu-west-1 ;;
*) echo "The config profile ($AWS_PROFILE) could not be found" >&2 && exit 255 ;;
esac
case "$*" in
*'--query Account '*) echo "$account" ;;
*RegionName*) echo "$region" ;;
'ec2 describe-regions '*) echo "{\"Regions\": [{\"RegionName\": \"$region\", \"OptInStatus\": \"opted-in\"}]}" ;;
*PlanId\ *text) echo p ;;
*SelectionId\ *text) echo s ;;
*VaultName\ *text) echo v ;;
'sts get-caller-identity '*) echo "{\"Account\": \"$account\", \"Arn\": \"a\", \"UserId\": \"u\"}" ;;
'backup list-copy-jobs '*)
    echo "An error occurred (AccessDeniedException) when calling the ListCopyJobs operation: no" >&2
    exit 254
    ;;
'backup list-backup-selections '*) echo '{"BackupSelectionsList": []}' ;;
*) sed "s/:R:A:/:$region:$account:/" "$ANSWERS/$1-$2" ;;
esac
AWS
    chmod +x "$BATS_TEST_TMPDIR/bin/aws"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "the script asks for every listing of the catalog, and what it keeps is understood" {
    make_aws
    cd "$BATS_TEST_TMPDIR"
    run -1 sh "$BATS_FILE_TMPDIR/collect.sh" evidence none one
    assert_output "The config profile (none) could not be found
collect.sh: profile none does not work"

    awk '/^\.It Li / { call = substr($0, 8) } /^whole/ { print call }' \
        "$BATS_FILE_TMPDIR/calls.source" | sort >listings
    [ "$(wc -l <listings)" -gt 15 ]
    cut -d ' ' -f 2-3 asked | sort -u >asked_calls
    run -0 comm -23 listings asked_calls
    assert_output ''

    run -3 --separate-stderr "$INVAUDIT" evidence -o json evidence
    echo "$output" >report.json
    run -0 jq -r '.problems[] | .code + " " + .path + " " + (.message | test("AccessDenied") | tostring)' report.json
    assert_output "empty evidence/111122223333/eu-west-1/backup-list-copy-jobs.json true"
    run -0 jq -r '[.evidence[].documents[] | select(.state == "partial") | .call] | unique[]' report.json
    assert_output "backup get-backup-plan
backup get-backup-selection
backup get-backup-vault-access-policy
organizations describe-effective-policy"
    run -0 jq -c '[.evidence[].documents[] | select(.account == null or .type == null or .state == "ignored")]' report.json
    assert_output '[]'
    run -0 jq -r '[.evidence[].documents[] | select(.parent) | .call + " " + .parent] | unique[]' report.json
    assert_output "backup list-backup-selections p
backup list-recovery-points-by-backup-vault v"
    run -0 jq -c '[.missing[], (.evidence[] | select(.use == "ignored"))]' report.json
    assert_output '[]'
}
