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
    internal='BYTES_PEEK_MAX CANDIDATES_MAX CHARACTER_BYTES_MAX GAPS_MAX INPUT_FIELDS_MAX LABELS_MAX LAYOUT_MARKS_MAX MEMOS_MAX QUEUE_SIZES_MAX REASON_TEXTS_MAX DOCUMENT_REASONS_MAX'
    cat "$root"/analyzer/{catalog,json,find,gather,judge,explain}/*.h | grep -oE '\b[A-Z][A-Z_]*_MAX =' | tr -d ' =' |
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
organizations describe-effective-policy"
    run -0 jq -c '[.evidence[].documents[] | select(.account == null or .type == null or .state == "ignored")]' report.json
    assert_output '[]'
    run -0 jq -r '[.evidence[].documents[] | select(.parent) | .call + " " + .parent] | unique[]' report.json
    assert_output "backup get-backup-vault-access-policy v
backup list-backup-selections p
backup list-recovery-points-by-backup-vault v"
    run -0 jq -c '[.missing[], (.evidence[] | select(.use == "ignored"))]' report.json
    assert_output '[]'
}

# An aws whose vaults, plans and selections have every odd name.
make_odd_aws() {
    mkdir "$BATS_TEST_TMPDIR/bin"
    cat >"$BATS_TEST_TMPDIR/bin/aws" <<'AWS'
#!/bin/sh
vaults='Default aws/efs/automatic-backup-vault a--b c---d -e f- us-west-2 123456789012 202611240300
    describe-db-snapshots list-recovery-points-by-backup-vault-of-mine backup-list-backup-vaults global'
plans='p aws/efs/73d922fb-9312-3a70-99c3-e69367f9fdad a--b describe-db-cluster-automated-backups'
selections='s -s s--t'
place=eu-west-1:111122223333

each() { # FORMAT NAME...: with commas between
    format=$1 comma=
    shift
    for name in "$@"; do
        printf "$comma$format" "$name" "$name"
        comma=,
    done
}

after() { # OPTION WORD...: the word behind the option
    option=$1
    while [ "$2" != "$option" ]; do shift; done
    echo "$3"
}

case "$*" in
*'--query Account '*) echo 111122223333 ;;
*RegionName*) echo eu-west-1 ;;
*PlanId\ *text) printf '%s\t' $plans ;;
*SelectionId\ *text) printf '%s\t' $selections ;;
*VaultName\ *text) printf '%s\t' $vaults ;;
'sts get-caller-identity '*) echo '{"Account": "111122223333", "Arn": "a", "UserId": "u"}' ;;
'backup list-backup-vaults '*)
    echo "{\"BackupVaultList\": [$(each "{\"BackupVaultName\": \"%s\", \"BackupVaultArn\":
        \"arn:aws:backup:$place:backup-vault:%s\", \"CreationDate\": 1, \"NumberOfRecoveryPoints\": 1}" $vaults)]}" ;;
'backup list-recovery-points-by-backup-vault '*)
    vault=$(after --backup-vault-name "$@")
    [ "$vault" != f- ] || { echo '{"RecoveryPoints": []}' && exit; } # its name alone tells whose they are
    echo "{\"RecoveryPoints\": [{\"RecoveryPointArn\": \"arn:aws:backup:$place:recovery-point:$vault\",
        \"BackupVaultName\": \"$vault\", \"BackupVaultArn\": \"arn:aws:backup:$place:backup-vault:$vault\",
        \"ResourceArn\": \"arn:aws:elasticfilesystem:$place:file-system/fs-1\",
        \"ResourceType\": \"EFS\", \"Status\": \"COMPLETED\"}]}" ;;
'backup get-backup-vault-access-policy '*)
    echo "An error occurred (ResourceNotFoundException) when calling the GetBackupVaultAccessPolicy operation: none" >&2
    exit 254
    ;;
'backup list-backup-plans '*)
    echo "{\"BackupPlansList\": [$(each "{\"BackupPlanId\": \"%s\", \"BackupPlanArn\":
        \"arn:aws:backup:$place:backup-plan:%s\", \"BackupPlanName\": \"n\", \"VersionId\": \"v\", \"CreationDate\": 1}" $plans)]}" ;;
'backup get-backup-plan '*)
    plan=$(after --backup-plan-id "$@")
    echo "{\"BackupPlan\": {\"BackupPlanName\": \"n\", \"Rules\": []}, \"BackupPlanId\": \"$plan\",
        \"BackupPlanArn\": \"arn:aws:backup:$place:backup-plan:$plan\", \"VersionId\": \"v\", \"CreationDate\": 1}" ;;
'backup list-backup-selections '*) echo "{\"BackupSelectionsList\": []}" ;;
*) echo '{}' ;;
esac
AWS
    chmod +x "$BATS_TEST_TMPDIR/bin/aws"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "whatever the names of vaults and plans are, what the script keeps is read back whole" {
    make_odd_aws
    cd "$BATS_TEST_TMPDIR"
    run -0 sh "$BATS_FILE_TMPDIR/collect.sh" evidence one
    # no name makes a folder
    run -0 find evidence -mindepth 1 -type d
    [ "$(sort <<<"$output")" = "evidence/111122223333
evidence/111122223333/eu-west-1
evidence/111122223333/global" ]

    cat >Names-001.yaml <<'RULE'
format: 1
id: Names-001
title: t
severity: low
for_each: region
facts:
  vaults: { from: "AWS::Backup::BackupVault" }
  points: { from: "AWS::Backup::RecoveryPoint" }
  plans: { from: "AWS::Backup::BackupPlan" }
  selections: { from: "AWS::Backup::BackupSelection" }
outcomes:
  - { result: pass, when: "points > `0`", message: "{vaults} {points} {plans} {selections}" }
  - { result: fail, message: "{vaults} {points} {plans} {selections}" }
RULE
    run --separate-stderr "$INVAUDIT" scan --no-builtin --rules Names-001.yaml -o json evidence
    jq -r '.findings[] | .id + " " + .message' <<<"$output" >found
    grep -qxE 'Names-001/111122223333/eu-west-1 13 (at least )?12 4 0' found
    run -0 jq -r '[.evidence[].documents[] | select(.type == "AWS::Backup::RecoveryPoint") | .state + " " + .parent][]' \
        <("$INVAUDIT" evidence -o json evidence)
    assert_output "complete -e
complete 123456789012
complete 202611240300
complete Default
complete a--b
complete aws/efs/automatic-backup-vault
complete backup-list-backup-vaults
complete c---d
complete describe-db-snapshots
complete f-
complete global
complete list-recovery-points-by-backup-vault-of-mine
complete us-west-2"
    run -0 jq -r '.problems[] | select(.path | test("vault|list-backup-plans|list-backup-selections|get-backup-plan-")) | .path + " " + .message' \
        <("$INVAUDIT" evidence -o json evidence)
    assert_output ''
}
