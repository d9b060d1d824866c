#!/usr/bin/env bats
# The script that asks for what is missing, run against a stand-in for the AWS CLI.

load helpers

A=123456789012
B=210987654321

setup() {
    cd "$BATS_TEST_TMPDIR"
    export WORLD=$PWD/world PATH=$BATS_TEST_DIRNAME/stand-in:$PATH
    mkdir -p "evidence/$A/us-east-1" "evidence/$A/eu-west-1" "evidence/$B/us-east-1"
    mkdir "$WORLD"
    echo "$A" >"$WORLD/credentials"
    echo "$A" >"$WORLD/profile-first"
    echo "$B" >"$WORLD/profile-second"
    for place in "$A/us-east-1" "$A/eu-west-1" "$B/us-east-1"; do
        mkdir -p "$WORLD/$place"
        echo '{"DBSnapshots": []}' >"$WORLD/$place/rds-describe-db-snapshots.json"
        echo '{"DBInstances": []}' >"$WORLD/$place/rds-describe-db-instances.json"
        echo '{"DBClusters": []}' >"$WORLD/$place/rds-describe-db-clusters.json"
        echo '{"BackupPlansList": []}' >"$WORLD/$place/backup-list-backup-plans.json"
    done
}

# What the stand-in prints, as the AWS CLI does.
answer() { # PLACE/CALL JSON
    jq --indent 4 . <<<"$2" >"$WORLD/$1.json"
}

# Writes ask.sh for what is missing, a second older than what it will ask.
make_script() { # WORD...
    "$INVAUDIT" evidence -o script "$@" evidence >ask.sh 2>/dev/null || [ $? -eq 2 ] || [ $? -eq 3 ]
    touch -d '1 second ago' ask.sh
}

calls() {
    wc -l <"$WORLD/calls"
}

shells() {
    local shell
    for shell in ${SCRIPT_SHELLS:-dash bash ksh mksh busybox}; do
        command -v "$shell" >/dev/null || continue
        [ "$shell" = busybox ] && echo 'busybox sh' || echo "$shell"
    done
}

# As a group of processes of its own: a signal may end all of it at once.
in_a_group() { # COMMAND...
    bash -c 'set -m; "$@" & wait $!' - "$@"
}

results() { # FOLDER...: how many findings have each result
    "$INVAUDIT" scan -o json "$@" | jq -c '[.summary | .fail, .unknown]'
}

@test "what it writes settles the verdicts, in each shell" {
    [ "$(results evidence)" = '[0,3]' ]
    make_script
    shells >shells
    grep -qx dash shells
    while read -ra shell; do
        rm -rf out
        run -0 "${shell[@]}" ask.sh out first second
        [ "${lines[0]}" = "$A: 8 answered, 0 answered before, 0 failed" ]
        [ "${lines[1]}" = "$B: 4 answered, 0 answered before, 0 failed" ]
        [ "${lines[2]}" = 'send back the folder out: what failed tells something, too' ]
        [ "${#lines[@]}" -eq 3 ]
        [ "$(results out)" = '[3,0]' ]
        find out -name '*.part' | no grep .
    done <shells
    [ "$(cut -f 1,4,5 "out/$A/manifest.tsv" | head -n 3)" = "\
path"$'\tstatus\tcommand\n'"\
global/sts-get-caller-identity.json"$'\t0\taws sts get-caller-identity --output json\n'"\
eu-west-1/rds-describe-db-snapshots.json"$'\t0\taws rds describe-db-snapshots --region eu-west-1 --output json' ]
}

@test "shellcheck finds nothing" {
    command -v shellcheck >/dev/null || skip "shellcheck is not installed (make deps-lint)"
    make_script --select '*'
    shellcheck ask.sh "$BATS_TEST_DIRNAME/stand-in/aws"
}

@test "the credentials at hand ask of their account alone" {
    make_script
    run -0 dash ask.sh out
    [ "${lines[1]}" = "not asked, for want of their credentials: $B" ]
    [ ! -e "out/$B" ]
    grep -q . "out/$A/us-east-1/rds-describe-db-clusters.json"
}

@test "credentials of another account, or of none, ask nothing" {
    make_script
    echo 111111111111 >"$WORLD/credentials"
    run -1 dash ask.sh out
    [ "${lines[0]}" = 'refused: the credentials are of account 111111111111: nothing is asked of it' ]
    [ "${lines[1]}" = "not asked, for want of their credentials: $A $B" ]
    echo "$A $B" >"$WORLD/credentials"
    run -1 dash ask.sh out
    [ "${lines[0]}" = 'refused: nothing tells the account of the credentials' ]
    rm "$WORLD/credentials"
    run -1 dash ask.sh out unknown
    [[ ${lines[0]} == 'Unable to locate credentials.'* ]]
    [ "${lines[1]}" = 'refused: nothing tells the account of the credentials of the profile unknown' ]
    [ ! -e "$WORLD/calls" ]
    [ -z "$(ls out)" ]
}

@test "a call that fails leaves its error and its status, and is asked again" {
    rm "$WORLD/$A/us-east-1/rds-describe-db-snapshots.json"
    make_script
    run -1 dash ask.sh out first second
    [[ ${lines[0]} == "failed: $A/us-east-1/rds-describe-db-snapshots.json: An error occurred (AccessDenied)"* ]]
    [ "${lines[1]}" = "$A: 7 answered, 0 answered before, 1 failed" ]
    file=out/$A/us-east-1/rds-describe-db-snapshots.json
    [ -e "$file" ] && [ ! -s "$file" ]
    [ "$(cat "$file.rc")" = 254 ]
    grep -q AccessDenied "$file.err"
    [ "$(results out)" = '[2,1]' ]
    answer "$A/us-east-1/rds-describe-db-snapshots" '{"DBSnapshots": []}'
    : >"$WORLD/calls"
    run -0 dash ask.sh out first second
    [ "${lines[0]}" = "$A: 1 answered, 7 answered before, 0 failed" ]
    [ "$(cat "$WORLD/calls")" = '--profile first rds describe-db-snapshots --region us-east-1 --output json' ]
    [ "$(cat "$file.rc")" = 0 ]
    [ "$(results out)" = '[3,0]' ]
}

@test "killed at any call, it goes on from there" {
    make_script
    for at in 1 9; do
        rm -rf out "$WORLD/calls"
        echo "$at" >"$WORLD/kill-at"
        run -137 in_a_group dash ask.sh out first second
        rm "$WORLD/kill-at"
        [ "$(calls)" -eq "$at" ]
        run -0 dash ask.sh out first second
        [ "$(calls)" -eq 13 ]
        find out -name '*.part' | no grep .
        [ "$(results out)" = '[3,0]' ]
    done
}

@test "an older answer is asked for again, and lost by no failure" {
    make_script
    file=out/$A/us-east-1/rds-describe-db-snapshots.json
    mkdir -p "${file%/*}"
    echo '{"DBSnapshots": [], "Marker": "more"}' >"$file"
    echo 0 >"$file.rc"
    touch -d '1 hour ago' "$file.rc"
    mv "$WORLD/$A/us-east-1/rds-describe-db-snapshots.json" kept
    run -1 dash ask.sh out
    grep -q more "$file"
    [ "$(cat "$file.rc")" = 0 ]
    [ ! -e "$file.err" ]
    # what the status of an older call says of its answer stays said
    echo '{"DBSnapshots": []}' >"$file"
    echo 254 >"$file.rc"
    run -1 dash ask.sh out
    [ "$(cat "$file.rc")" = 254 ]
    mv kept "$WORLD/$A/us-east-1/rds-describe-db-snapshots.json"
    run -0 dash ask.sh out
    no grep -q more "$file"
}

@test "nobody else can read what it writes" {
    make_script
    run -0 dash ask.sh out
    find out -perm /077 | no grep .
}

@test "what cannot be written ends it" {
    [ "$(id -u)" -ne 0 ] || [ -w /dev/full ] || skip 'nothing is full here'
    make_script
    : >out
    run -3 dash ask.sh out
    [ "${lines[-1]}" = 'cannot make the folder out' ]
    rm out
    mkdir out
    : >"out/$A"
    run -3 dash ask.sh out
    [ "${lines[-1]}" = "cannot write to out/$A" ]
    rm "out/$A"
    mkdir "out/$A"
    ln -s /dev/full "out/$A/manifest.tsv"
    run -3 dash ask.sh out
    [ "${lines[-1]}" = "cannot write to out/$A/manifest.tsv" ]
    find out -name '*.part' | no grep .
}

@test "usage" {
    make_script
    run -2 dash ask.sh
    [ "${lines[0]}" = 'usage: sh ask.sh [-n] [-r REGIONS] [-R ROLE] [-j N] FOLDER [PROFILE...]' ]
    run -2 dash ask.sh --help
    run -0 dash ask.sh -h
    [ "${lines[0]}" = 'usage: sh ask.sh [-n] [-r REGIONS] [-R ROLE] [-j N] FOLDER [PROFILE...]' ]
    run -3 env PATH=/nowhere /bin/dash ask.sh out
    assert_output 'the AWS CLI is not installed: there is no aws'
}

@test "nothing is missing, and nothing is asked" {
    make_script
    run -0 dash ask.sh evidence first second
    make_script
    run -0 dash ask.sh out
    assert_output 'nothing is asked'
    [ "$(sed -n 2p ask.sh)" = '# invaudit '"$("$INVAUDIT" --version | cut -d' ' -f2)"' asks for 0 answers of 0 accounts.' ]
}

# Two plans, a selection of each, and a vault.
plans_and_vaults() {
    local of="$A/us-east-1" plan
    answer "$of/backup-list-backup-plans" '{"BackupPlansList": [
        {"BackupPlanArn": "arn:aws:backup:us-east-1:'$A':backup-plan:p--1", "BackupPlanId": "p--1",
         "BackupPlanName": "daily", "VersionId": "v", "CreationDate": 1},
        {"BackupPlanArn": "arn:aws:backup:us-east-1:'$A':backup-plan:p2", "BackupPlanId": "p2",
         "BackupPlanName": "weekly", "VersionId": "v", "CreationDate": 1}]}'
    for plan in p-_1 p2; do
        answer "$of/backup-list-backup-selections--$plan" '{"BackupSelectionsList": [
            {"SelectionId": "s-'$plan'", "SelectionName": "n", "BackupPlanId": "'${plan/_/-}'",
             "CreationDate": 1, "IamRoleArn": "arn:aws:iam::'$A':role/x"}]}'
        answer "$of/backup-get-backup-selection--$plan--s-$plan" '{"SelectionId": "s-'$plan'",
            "BackupPlanId": "'${plan/_/-}'", "CreationDate": 1, "BackupSelection": {"SelectionName": "n",
            "IamRoleArn": "arn:aws:iam::'$A':role/x", "Resources": ["*"]}}'
    done
    answer "$of/backup-list-backup-vaults" '{"BackupVaultList": [
        {"BackupVaultName": "Default", "CreationDate": 1, "NumberOfRecoveryPoints": 0,
         "BackupVaultArn": "arn:aws:backup:us-east-1:'$A':backup-vault:Default"}]}'
    answer "$of/backup-list-recovery-points-by-backup-vault--Default" '{"RecoveryPoints": []}'
}

# A rule of parts, and of what tells more of each of them.
make_rule_of() { # TYPE WHERE
    cat >Mine-001.yaml <<END
format: 1
id: Mine-001
title: There are some
severity: low
for_each: region
facts:
  n: { from: "$1", where: "$2" }
outcomes:
  - { result: pass, when: "n > \`0\`", message: "there are {n}" }
  - { result: fail, message: "there are none" }
END
}

@test "what it cannot be told beforehand it takes from the answers" {
    plans_and_vaults
    rm -r "evidence/$B" "evidence/$A/eu-west-1"
    make_rule_of AWS::Backup::BackupSelection BackupSelection.Resources
    mine=(--no-builtin --rules Mine-001.yaml)
    make_script "${mine[@]}"
    run -0 dash ask.sh out
    [ "${lines[0]}" = "$A: 5 answered, 0 answered before, 0 failed" ]
    [ "$(sed 's/ --output json//' "$WORLD/calls")" = "\
backup list-backup-plans --region us-east-1
backup list-backup-selections --region us-east-1 --backup-plan-id=p--1
backup list-backup-selections --region us-east-1 --backup-plan-id=p2
backup get-backup-selection --region us-east-1 --backup-plan-id=p--1 --selection-id=s-p--1
backup get-backup-selection --region us-east-1 --backup-plan-id=p2 --selection-id=s-p2" ] || cat "$WORLD/calls"
    run -0 "$INVAUDIT" scan "${mine[@]}" out
    make_rule_of AWS::Backup::RecoveryPoint '`true`'
    make_script "${mine[@]}"
    run -0 dash ask.sh out
    [ -s "out/$A/us-east-1/backup-list-recovery-points-by-backup-vault--Default.json" ]
}

# What must not be, if anything of what is said is run.
no_harm() {
    [ ! -e harm ] && [ ! -e out/harm ] && no grep -E 'harm|passwd|endpoint' "$WORLD/calls"
}

@test "what evidence says is never run, nor what answers say" {
    local of=$A/us-east-1 id
    plans_and_vaults
    rm -r "evidence/$B"
    jq --indent 4 -n '{BackupPlansList: [
        "$(touch harm)", "`touch harm`", "\u0027; touch harm; \u0027", "p\n touch harm", "x; touch harm",
        "\\", "\"; touch harm; \"", "file:///etc/passwd", "fileb:///etc/passwd", "a://harm", "--endpoint-url=harm",
        "../../harm", "", "h\u00e4rm", "*", "harm harm", "p2" |
        {BackupPlanId: ., BackupPlanName: ., BackupPlanArn: "arn:aws:backup:us-east-1:'$A':backup-plan:\(.)",
         VersionId: "v", CreationDate: 1}]}' >"$WORLD/$of/backup-list-backup-plans.json"
    make_rule_of AWS::Backup::BackupSelection BackupSelection.Resources
    mine=(--no-builtin --rules Mine-001.yaml)
    make_script "${mine[@]}"
    run -0 bash ask.sh out
    [ "$(calls)" -eq 4 ]
    no_harm
    mkdir -p 'evidence/$(touch harm)' "evidence/'; touch harm; '"
    cp -r "out/$A" evidence
    cp -r "out/$A/us-east-1" 'evidence/$(touch harm)'
    cp -r "out/$A/us-east-1" "evidence/'; touch harm; '"
    make_script "${mine[@]}"
    grep -qx '#     [0-9]* calls about an id that is none of AWS' ask.sh
    for shell in dash bash; do
        : >"$WORLD/calls"
        rm -rf out
        "$shell" ask.sh out || [ $? -eq 1 ]
        no_harm
    done
}

@test "what nothing tells the account or region of is left out, and what might change something" {
    rm -r evidence
    mkdir -p "evidence/$A" evidence/us-east-1
    echo '{"DBSnapshots": []}' >"evidence/$A/rds-describe-db-snapshots.json"
    echo '{"DBSnapshots": []}' >evidence/us-east-1/rds-describe-db-snapshots.json
    cat >more.yaml <<'END'
format: 1
types:
  - type: AWS::Test::Thing
    title: things
    level: region
    calls:
      - { call: test drop-things, list: Things, gives: whole }
END
    make_rule_of AWS::Test::Thing '`true`'
    mkdir rules
    mv more.yaml rules/catalog.yaml
    mv Mine-001.yaml rules
    mkdir -p "evidence/$B/us-east-1"
    make_script --rules rules
    sed -n 's/^#     \([0-9].*\)/\1/p' ask.sh
    grep -qx '#     [0-9]* calls of an account that nothing tells' ask.sh
    grep -qx '#     [0-9]* calls of a region that nothing tells' ask.sh
    grep -qx '#     [0-9]* calls that might change something' ask.sh
    no grep drop ask.sh
}
