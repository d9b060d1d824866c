#!/usr/bin/env bats
# The script that collects evidence, run against a stand-in for the AWS CLI.

load helpers

A=123456789012
B=210987654321
C=345678901234

# A region with a plan and a selection, as the AWS CLI prints it.
setup_file() {
    WORLD=$BATS_FILE_TMPDIR
    answer REGION/rds-describe-db-snapshots '{"DBSnapshots": []}'
    answer REGION/backup-list-backup-plans '{"BackupPlansList": [
        {"BackupPlanArn": "arn:aws:backup:REGION:ACCOUNT:backup-plan:p--1", "BackupPlanId": "p--1",
         "BackupPlanName": "José 日", "VersionId": "v", "CreationDate": 1}]}'
    answer REGION/backup-list-backup-selections--p-_1 '{"BackupSelectionsList": [
        {"SelectionId": "s", "SelectionName": "n", "BackupPlanId": "p--1", "CreationDate": 1,
         "IamRoleArn": "arn:aws:iam::ACCOUNT:role/x"}]}'
    answer REGION/backup-get-backup-selection--p-_1--s '{"SelectionId": "s",
        "BackupPlanId": "p--1", "CreationDate": 1, "BackupSelection": {"SelectionName": "n",
        "IamRoleArn": "arn:aws:iam::ACCOUNT:role/x", "Resources": ["*"]}}'
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    export WORLD=$PWD/world PATH=$BATS_TEST_DIRNAME/stand-in:$PATH
    mkdir "$WORLD"
    echo "$A" >"$WORLD/credentials"
    make_account "$A" us-east-1 eu-west-1
}

# What the stand-in prints, as the AWS CLI does.
answer() { # PLACE/CALL JSON
    mkdir -p "$WORLD/${1%/*}"
    jq --indent 4 . <<<"$2" >"$WORLD/$1.json"
}

# The same for regions, each with whether the account uses it.
answer_regions() { # ACCOUNT REGION=STATUS...
    local of=$1
    shift
    mkdir -p "$WORLD/$of/global"
    {
        printf '{\n    "Regions": ['
        printf '\n        {\n            "OptInStatus": "%s",\n            "RegionName": "%s",\n            "Endpoint": "e"\n        },' \
            $(printf '%s\n' "$@" | sed 's/\(.*\)=\(.*\)/\2 \1/') | sed '$s/,$//'
        printf '\n    ]\n}\n'
    } >"$WORLD/$of/global/ec2-describe-regions.json"
}

# An account that uses these regions, and not ap-east-1.
make_account() { # ACCOUNT REGION...
    local of=$1 region
    shift
    answer_regions "$of" "${@/%/=opted-in}" ap-east-1=not-opted-in
    for region in "$@"; do
        rm -rf "$WORLD/$of/$region"
        cp -r "$BATS_FILE_TMPDIR/REGION" "$WORLD/$of/$region"
        sed -i "s/ACCOUNT/$of/; s/REGION/$region/" "$WORLD/$of/$region"/*.json
    done
}

# Rules that read snapshots, and what only the details of selections tell.
make_rules() {
    mkdir -p mine
    make_rule mine/Mine-001.yaml
    cat >>mine/Mine-001.yaml <<'END'
tests:
  - { name: p, evidence: { "AWS::RDS::DBSnapshot": [{ DBSnapshotIdentifier: a }] }, expect: pass }
  - { name: f, evidence: { "AWS::RDS::DBSnapshot": [] }, expect: fail }
  - { name: u, evidence: { "AWS::RDS::DBSnapshot": { partial: [] } }, expect: unknown }
END
    cat >mine/Mine-002.yaml <<'END'
format: 1
id: Mine-002
title: Every selection takes something
severity: low
for_each: region
facts:
  n: { from: "AWS::Backup::BackupSelection", where: BackupSelection.Resources }
outcomes:
  - { result: pass, when: "n > `0`", message: "{n} take something" }
  - { result: fail, message: "none takes anything" }
tests:
  - { name: p, evidence: { "AWS::Backup::BackupSelection": [{ SelectionId: a, BackupPlanId: p, BackupSelection: { Resources: [x] } }] }, expect: pass }
  - { name: f, evidence: { "AWS::Backup::BackupSelection": [] }, expect: fail }
  - { name: u, evidence: { "AWS::Backup::BackupSelection": { partial: [] } }, expect: unknown }
END
    mine=(--no-builtin --rules mine)
}

# Writes collect.sh, a second older than what it will ask.
make_script() { # OPTION...
    make_rules
    "$INVAUDIT" collect "${mine[@]}" "$@" >collect.sh
    touch -d '1 second ago' collect.sh
}

calls() {
    wc -l <"$WORLD/calls"
}

# A word for each finding, by rule, account and region.
verdicts() { # FOLDER
    "$INVAUDIT" scan "${mine[@]}" -o json "$1" | jq -r '.findings[].result' | paste -sd ' '
}

# What the collector's lists say against what is there.
complaints() { # FOLDER
    "$INVAUDIT" scan "${mine[@]}" -o json "$1" | jq -r '[.. | objects | .code? | strings] | unique[]' |
        grep -xE 'altered|lost|unlisted|call-failed|other-command' || true
}

sums_hold() { # FOLDER
    (cd "$1" && sha256sum -c --quiet SHA256SUMS && cut -c 67- SHA256SUMS | LC_ALL=C sort -c)
    (cd "$1" && comm -3 <(cut -c 67- SHA256SUMS | sort) <(find . -type f ! -name SHA256SUMS | cut -c 3- | sort)) | no grep .
}

# As a group of processes of its own: a signal may end all of it at once.
in_a_group() { # COMMAND...
    bash -c 'set -m; "$@" & wait $!' - "$@"
}

in_each_shell() { # COMMAND: of each shell that is there
    local shell
    for shell in ${SCRIPT_SHELLS:-dash bash busybox mksh posh yash}; do
        command -v "$shell" >/dev/null || { echo "# skipped: $shell is not installed (make deps-shells)" >&3 && continue; }
        [ "$shell" = busybox ] && shell='busybox sh'
        "$@" $shell
    done
}

@test "what it collects gives the verdicts, in each shell" {
    make_account "$A" us-east-1 eu-west-1 ca-central-1 ap-south-1
    rm "$WORLD/$A/eu-west-1/rds-describe-db-snapshots.json" # denied
    answer "$A/ca-central-1/rds-describe-db-snapshots" '{"DBSnapshots": [], "Marker": "more"}'
    answer "$A/ap-south-1/rds-describe-db-snapshots" '{"DBSnapshots": [{"DBSnapshotIdentifier": "d",
        "SnapshotType": "manual", "Engine": "mysql", "Status": "available", "Encrypted": true, "DBInstanceIdentifier": "i",
        "DBSnapshotArn": "arn:aws:rds:ap-south-1:'$A':snapshot:d"}]}'
    for region in ca-central-1 ap-south-1; do
        echo '{"BackupPlansList": []}' >"$WORLD/$A/$region/backup-list-backup-plans.json"
    done
    make_script
    collect_by() { # SHELL...
        rm -rf out
        : >"$WORLD/$A/ap-south-1/backup-list-backup-plans.json.throttled"
        run -1 timeout 60 "$@" collect.sh out
        [ "${#lines[@]}" -eq 4 ]
        [[ ${lines[0]} == "failed: $A/eu-west-1/rds-describe-db-snapshots.json: An error occurred (AccessDenied)"* ]]
        [[ ${lines[1]} == "failed: $A/ap-south-1/backup-list-backup-plans.json: An error occurred (Throttling)"* ]]
        [ "${lines[2]}" = "$A: 11 answered, 0 answered before, 2 failed" ]
        (cd out && find . -type f | LC_ALL=C sort && cut -f 1,4,5 "$A/manifest.tsv") >by
        [ -f by-first ] || cp by by-first
        diff by-first by
    }
    in_each_shell collect_by
    run -1 sh collect.sh out
    [ "${lines[1]}" = "$A: 1 answered, 11 answered before, 1 failed" ]
    sums_hold "out/$A"
    find out -name '*.part' | no grep .
    find out -perm /077 | no grep .
    # us-east-1 fails, ap-south-1 passes, and neither the page nor the refusal decides
    [ "$(verdicts out)" = 'pass unknown unknown fail fail fail pass pass' ]
    [ -z "$(complaints out)" ]
}

@test "it tells who collected what, when, how and with what" {
    make_script
    run -0 sh collect.sh out
    cd "out/$A"
    [ "$(head -n 1 manifest.tsv)" = $'path\tbegun\tended\tstatus\tcommand' ]
    [ "$(cut -f 1,4,5 manifest.tsv | sed -n '2p;$p')" = "\
global/sts-get-caller-identity.json"$'\t0\taws sts get-caller-identity --output json\n'"\
eu-west-1/backup-get-backup-selection--p-_1--s.json"$'\t0\taws backup get-backup-selection --region eu-west-1 --backup-plan-id=p--1 --selection-id=s --output json' ]
    tail -n +2 manifest.tsv | cut -f 2,3 | no grep -vE $'^([0-9-]{10}T[0-9:]{8}Z\t?){2}$'
    [ "$(cut -f 1-6 collection.tsv)" = "\
tool"$'\tscript\taws\tcaller\thost\tuser\n'"\
invaudit $("$INVAUDIT" --version | cut -d ' ' -f 2)"$'\t'"$(sha256sum <../../collect.sh | cut -d ' ' -f 1)"$'\t'"\
aws-cli/0.0.0 stand-in"$'\t'"arn:aws:sts::$A:assumed-role/Auditor/me"$'\t'"$(uname -n)"$'\t'"$(id -un)" ]
    [ "$(tail -n 1 collection.tsv | cut -f 7,8 | tr -d '0-9')" = $'--T::Z\t--T::Z' ]
    cd ../..
    run -0 sh collect.sh out
    [ "$(wc -l <"out/$A/collection.tsv")" -eq 3 ]
    sums_hold "out/$A"
}

@test "packed, scanned as it is, verified, and caught when a byte is altered" {
    make_script
    dash collect.sh evidence
    tar czf evidence.tar.gz evidence
    expected=$(verdicts evidence)
    [ "$expected" = 'fail fail pass pass' ]
    [ "$(verdicts evidence.tar.gz)" = "$expected" ]
    [ -z "$(complaints evidence.tar.gz)" ]
    run -1 "$INVAUDIT" scan "${mine[@]}" -o json=report.json evidence.tar.gz
    run -0 "$INVAUDIT" verify report.json
    # the same size, and as good an answer
    file=evidence/$A/us-east-1/backup-list-backup-plans.json
    sed -i 's/"VersionId": "v"/"VersionId": "w"/' "$file"
    (cd "evidence/$A" && sha256sum -c --quiet SHA256SUMS) && return 1
    [ "$(complaints evidence)" = altered ]
    tar czf evidence.tar.gz evidence
    run -1 "$INVAUDIT" verify report.json
    [[ $output == *"backup-list-backup-plans.json"* ]]
    # and what is taken away, or put there
    rm "$file"
    echo '{"DBSnapshots": []}' >"evidence/$A/us-east-1/new-rds-describe-db-snapshots.json"
    [ "$(complaints evidence)" = $'lost\nunlisted' ]
}

@test "killed again and again, it comes to the same" {
    make_account "$B" us-east-1 eu-west-1 ca-central-1
    echo "$A" >"$WORLD/profile-a"
    echo "$B" >"$WORLD/profile-b"
    make_script
    dash collect.sh whole a b
    expected=$(calls)
    rm "$WORLD/calls"
    kills=0
    while :; do
        echo "$(($(calls 2>/dev/null || echo 0) + 4))" >"$WORLD/kill-at"
        run in_a_group dash collect.sh -j 2 out a b
        [ "$status" -eq 137 ] || break
        kills=$((kills + 1))
        [ "$kills" -lt 20 ]
    done
    [ "$status" -eq 0 ]
    [ "$kills" -ge 5 ]
    # each killed run lost the call that it was killed in, and that of the other account
    [ "$(calls)" -le "$((expected + 2 * kills))" ]
    find out -name '*.part' | no grep .
    sums_hold "out/$A"
    sums_hold "out/$B"
    [ "$(verdicts out)" = "$(verdicts whole)" ]
    [ -z "$(complaints out)" ]
    diff -r -x '*.tsv' -x SHA256SUMS whole out
}

@test "ended by a signal, it leaves nothing half done" {
    make_account "$B" us-east-1
    echo "$A" >"$WORLD/profile-a"
    echo "$B" >"$WORLD/profile-b"
    make_script
    for jobs in 1 2; do
        echo 0.3 >"$WORLD/slow"
        rm -rf out "$WORLD/calls"
        dash collect.sh -j "$jobs" out a b &
        main=$!
        until [ -s "$WORLD/calls" ]; do sleep 0.05; done
        kill -TERM "$main"
        status=0
        wait "$main" || status=$?
        [ "$status" -eq 143 ]
        made=$(calls)
        rm "$WORLD/slow"
        find out -name '*.part' | no grep .
        sleep 0.5
        [ "$(calls)" -eq "$made" ]
        run -0 dash collect.sh out a b
        sums_hold "out/$A"
    done
}

@test "all accounts of an organization, by a role, several at a time" {
    make_account "$B" us-east-1
    make_account "$C" us-east-1
    answer "$A/global/organizations-list-accounts" '{"Accounts": [
        {"Id": "'$A'", "Status": "ACTIVE"}, {"Id": "'$B'", "Status": "ACTIVE"}, {"Id": "999", "Status": "ACTIVE"},
        {"Id": "'$C'", "Status": "ACTIVE", "State": "ACTIVE"}, {"Id": "111111111111", "Status": "SUSPENDED"},
        {"Id": "222222222222", "Status": "ACTIVE"}]}'
    touch "$WORLD/role-audit-$B" "$WORLD/role-audit-$C"
    make_script
    run -1 dash collect.sh -R path/audit -j 3 out
    [[ $output == *"refused: the role path/audit does not lead the credentials to account 222222222222"* ]]
    for of in "$A" "$B" "$C"; do
        [[ $output == *"$of: "*' answered, 0 answered before, 0 failed'* ]]
        sums_hold "out/$of"
    done
    [ "$(ls out | paste -sd ' ')" = "$A $B $C" ]
    grep -rq 'secret\|token/' out && return 1
    [ "$(verdicts out)" = 'fail fail fail fail pass pass pass pass' ]
    # of those that a script is made for
    mkdir -p "few/$C/us-east-1"
    "$INVAUDIT" collect "${mine[@]}" --missing few >few.sh
    touch -d '1 second ago' few.sh
    run -0 dash few.sh -R audit out2
    [[ $output == *"$C: 4 answered, 0 answered before, 0 failed"* ]]
    [ ! -e "out2/$B" ]
}

@test "regions that are asked for, and a run that asks nothing" {
    make_script
    run -0 dash collect.sh -r eu-west-1 out
    [ "$(ls "out/$A" | paste -sd ' ')" = 'SHA256SUMS collection.tsv eu-west-1 global manifest.tsv' ]
    rm "$WORLD/calls"
    run -0 env PATH=/usr/bin:/bin dash collect.sh -n -r us-east-1,eu-west-1
    [ "${#lines[@]}" -eq 9 ]
    [ "${lines[8]}" = $'ACCOUNT/eu-west-1/backup-get-backup-selection--ID--ID.json\taws backup get-backup-selection --region eu-west-1 --backup-plan-id=ID --selection-id=ID --output json' ]
    [ ! -e "$WORLD/calls" ]
    rm "$WORLD/$A/global/ec2-describe-regions.json"
    run -1 dash collect.sh out2
    [[ $output == *"failed: nothing tells the regions of $A: give them by -r"* ]]
}

@test "the options of the script" {
    make_script
    for wrong in '-r global' '-r -x' '-r ../x-y' '-r $(id)-x' '-r ,' "-R it's" '-R ' '-j 0' '-j x' '-j 100' -x ''; do
        read -ra words <<<"$wrong"
        run -2 dash collect.sh "${words[@]}" $([ "${#words[@]}" -eq 0 ] || echo out)
    done
    [ ! -e out ]
    run -0 dash collect.sh -- -out
    [ -s "-out/$A/SHA256SUMS" ]
}

@test "where AWS refuses a call since there is nothing to tell, it did not fail" {
    mkdir none
    make_rule none/Mine-001.yaml
    sed -i 's/AWS::RDS::DBSnapshot/AWS::Backup::BackupVaultAccessPolicy/' none/Mine-001.yaml
    answer "$A/us-east-1/backup-list-backup-vaults" '{"BackupVaultList": [{"BackupVaultName": "v"}, {"BackupVaultName": "w"}]}'
    echo 'An error occurred (ResourceNotFoundException) when calling the GetBackupVaultAccessPolicy operation: none' \
        >"$WORLD/$A/us-east-1/backup-get-backup-vault-access-policy--v.json.fail"
    "$INVAUDIT" collect --no-builtin --rules none >collect.sh
    touch -d '1 second ago' collect.sh
    run -1 dash collect.sh -r us-east-1 out
    [[ ${lines[0]} == "failed: $A/us-east-1/backup-get-backup-vault-access-policy--w.json: "*AccessDenied* ]]
    [ "${lines[1]}" = "$A: 2 answered, 0 answered before, 1 failed, 1 refused as where there is nothing" ]
    # of organizations any refusal is such a one, but no failure of the call
    fail=$WORLD/$A/global/organizations-list-accounts.json.fail
    answer "$A/us-east-1/backup-get-backup-vault-access-policy--w" '{"BackupVaultArn": "a", "Policy": "{}"}'
    for code in AWSOrganizationsNotInUseException AccessDeniedException ThrottlingException ExpiredToken; do
        echo "An error occurred ($code) when calling the ListAccounts operation: x" >"$fail"
        run -1 dash collect.sh -r us-east-1 -R audit out
        [[ ${lines[-2]} == 'refused: nothing tells the accounts of the organization of '* ]]
        case $code in
        AWS* | Access*) [[ $output == *"0 failed, 2 refused as where there is nothing"* ]] ;;
        *) [[ $output == *"failed: $A/global/organizations-list-accounts.json: "*"($code)"*"1 failed, 1 refused as"* ]] ;;
        esac
    done
}

# ---- hostile answers ----------------------------------------------------------------

no_harm() {
    [ ! -e harm ] && [ ! -e out/harm ] && no grep -E '[^=-]harm|passwd|http' "$WORLD/calls"
    run -0 find out -mindepth 2 -type d
    [ "$(sort <<<"$output" | paste -sd ' ')" = "out/$A/eu-west-1 out/$A/global out/$A/us-east-1" ]
    run -0 find . ! -path './world/*' ! -path './out/*' ! -path './mine*'
    [ "$(sort <<<"$output" | paste -sd ' ')" = '. ./collect.sh ./out ./world' ]
}

@test "what answers say is never run, and leads to no other folder" {
    make_script --select Mine-002
    rm -r "$WORLD/$A/eu-west-1"
    jq --indent 4 -n '{BackupPlansList: [
        "$(touch harm)", "`touch harm`", "\u0027; touch harm; \u0027", "p\n touch harm", "x; touch harm",
        "\\", "\"; touch harm; \"", "file:///etc/passwd", "fileb:///etc/passwd", "http://harm", "--endpoint-url=harm",
        "../../harm", "/harm", "", "h\u00e4rm", "*", "harm harm", "\tharm", "~/harm", "-harm", "-", "a/../../b", "p2" |
        {BackupPlanId: ., BackupPlanName: ., BackupPlanArn: "arn:aws:backup:us-east-1:'$A':backup-plan:\(.)",
         VersionId: "v", CreationDate: 1}]}' >"$WORLD/$A/us-east-1/backup-list-backup-plans.json"
    jq --indent 4 -n '{Regions: ["us-east-1", "$(touch harm)-x", "../../harm-x", "x", "global", "a b-c", "eu-west-1"] |
        map({RegionName: ., OptInStatus: "opted-in"})}' >"$WORLD/$A/global/ec2-describe-regions.json"
    hostile_by() { # SHELL...
        rm -rf out "$WORLD/calls"
        timeout 60 "$@" collect.sh out || [ $? -eq 1 ]
        no_harm
        [ "$(sed -n 's/.*list-backup-selections --region us-east-1 //p' "$WORLD/calls" | paste -sd ' ')" = "\
--backup-plan-id=- --output json --backup-plan-id=-harm --output json \
--backup-plan-id=a/../../b --output json --backup-plan-id=p2 --output json" ]
    }
    in_each_shell hostile_by 2>/dev/null
}

@test "credentials whose account is none ask nothing" {
    make_script
    for of in '' 12345678901 1234567890123 'x' '../../../../x' "$A\"; touch harm; \""; do
        echo "$of" >"$WORLD/credentials"
        run -1 dash collect.sh out
        [[ $output == *'refused: nothing tells the account of the credentials'* ]]
    done
    [ ! -e harm ] && [ ! -e "$WORLD/calls" ]
}

@test "it refuses to change anything, whoever wrote the call" {
    make_script
    sed -i 's/^calls_of_account() {/&\n    ask global\/x.json ec2 terminate-instances --instance-ids i/' collect.sh
    run -3 dash collect.sh out
    [ "${lines[-1]}" = "refused: 'aws ec2 terminate-instances --instance-ids i' might change something" ]
    [ ! -e "$WORLD/calls" ]
}

# ---- odd names ----------------------------------------------------------------------

@test "whatever the names of vaults are, what it keeps is read back whole" {
    names='["Default", "aws/efs/automatic-backup-vault", "a--b", "c---d", "-e", "f-", "us-west-2", "123456789012",
        "202611240300", "describe-db-snapshots", "list-recovery-points-by-backup-vault-of-mine",
        "backup-list-backup-vaults", "global", "_x"]'
    arn="arn:aws:backup:us-east-1:$A"
    answer "$A/us-east-1/backup-list-backup-vaults" "$(jq -n "$names"' | {BackupVaultList: map({BackupVaultName: .,
        BackupVaultArn: ("'"$arn"':backup-vault:" + .), CreationDate: 1, NumberOfRecoveryPoints: 1})}')"
    while read -r name; do
        word=$(tr '/:' '__' <<<"$name" | sed 's/--/-_/g')
        echo '{"RecoveryPoints": [{"RecoveryPointArn": "'"$arn:recovery-point:$name"'", "BackupVaultName": "'"$name"'",
            "BackupVaultArn": "'"$arn:backup-vault:$name"'", "ResourceType": "EFS", "Status": "COMPLETED",
            "ResourceArn": "arn:aws:elasticfilesystem:us-east-1:'$A':file-system/fs-1"}]}' \
            >"$WORLD/$A/us-east-1/backup-list-recovery-points-by-backup-vault--$word.json"
    done < <(jq -r '.[]' <<<"$names")
    # its name alone tells whose they are
    answer "$A/us-east-1/backup-list-recovery-points-by-backup-vault--f-" '{"RecoveryPoints": []}'
    mkdir names
    make_rule names/Names-001.yaml
    sed -i 's/AWS::RDS::DBSnapshot/AWS::Backup::RecoveryPoint/' names/Names-001.yaml
    "$INVAUDIT" collect --no-builtin --rules names >collect.sh
    touch -d '1 second ago' collect.sh
    run -0 sh collect.sh -r us-east-1 out
    [ "$(ls "out/$A")" = "$(printf '%s\n' SHA256SUMS collection.tsv global manifest.tsv us-east-1)" ]
    run -0 jq -r '[.evidence[].documents[] | select(.type == "AWS::Backup::RecoveryPoint") | .state + " " + .parent][]' \
        <("$INVAUDIT" evidence --no-builtin --rules names -o json out)
    [ "$(sort <<<"$output")" = "$(jq -r '.[] | "complete " + .' <<<"$names" | sort)" ]
    run --separate-stderr "$INVAUDIT" scan --no-builtin --rules names -o json out
    [ "$(jq -r '.findings[] | select(.region == "us-east-1").message' <<<"$output")" = 'there are 13' ]
}

# ---- what is asked ------------------------------------------------------------------

asked() { # OPTION...: the calls, without their service
    "$INVAUDIT" collect "$@" | sh -s -- -n 2>/dev/null | sed 's/.*\taws [a-z0-9]* \([a-z-]*\) .*/\1/' | sort | paste -sd ' '
}

@test "it asks for what the rules read, and no more" {
    make_rules
    [ "$(asked "${mine[@]}" --select Mine-001)" = 'describe-db-snapshots describe-regions' ]
    [ "$(asked "${mine[@]}" --skip Mine-001)" = 'describe-regions get-backup-selection list-backup-plans list-backup-selections' ]
    [ "$(asked --select rds-event-notifications-enabled 2>/dev/null)" = '' ] # no such rule
    for rules in '--select Backup-001' '--pack conformity' '--pack security-hub' --all; do
        asked $rules | tr ' ' '\n' >"asked"
        [[ $rules != --all ]] || [ "$(wc -l <asked)" -gt 30 ]
        grep -qx describe-db-instances asked
        grep -E '^(create|delete|modify|put|start|stop|update)-' asked && return 1
    done
    # all that a scan of an empty folder lacks is asked for
    mkdir -p "empty/$A/us-east-1"
    for rules in '' '--select *'; do
        set -f
        "$INVAUDIT" evidence $rules -o json empty 2>/dev/null | jq -r '.missing[].command' | cut -d ' ' -f 3 | sort -u >lacked
        asked $rules | tr ' ' '\n' | sort -u >asked
        set +f
        [ -s lacked ]
        run -0 comm -23 lacked asked
        assert_output ''
    done
}

@test "shellcheck finds nothing" {
    command -v shellcheck >/dev/null || skip "shellcheck is not installed (make deps-lint)"
    "$INVAUDIT" collect --all >all.sh
    shellcheck all.sh
}

@test "the least policy" {
    make_rules
    run -0 "$INVAUDIT" collect "${mine[@]}" --policy
    [ "$(jq -c . <<<"$output")" = '{"Version":"2012-10-17","Statement":[{"Sid":"Collect","Effect":"Allow","Action":["backup:GetBackupSelection","backup:ListBackupPlans","backup:ListBackupSelections","ec2:DescribeRegions","rds:DescribeDBSnapshots","sts:GetCallerIdentity"],"Resource":"*"}]}' ]
    run -0 "$INVAUDIT" collect "${mine[@]}" --policy --role x/audit
    [ "$(jq -c '.Statement[1], (.Statement[0].Action | index("organizations:ListAccounts"))' <<<"$output")" = '{"Sid":"BecomeRole","Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:*:iam::*:role/x/audit"}
4' ]
    # what the script's head says
    "$INVAUDIT" collect --all | sed -n 's/^#     \([a-z0-9]*:[A-Za-z]*\)$/\1/p' >head
    diff <("$INVAUDIT" collect --all --policy | jq -r '.Statement[0].Action[] | select(. != "sts:GetCallerIdentity")') head
    # a call without one
    cat >mine/catalog.yaml <<'END'
format: 1
types:
  - type: AWS::Test::Thing
    title: things
    level: region
    calls:
      - { call: test list-things, list: Things, gives: whole }
      - { call: test drop-things, list: Dropped, gives: whole }
END
    sed 's/AWS::RDS::DBSnapshot/AWS::Test::Thing/; s/Mine-001/Mine-003/' mine/Mine-001.yaml >mine/Mine-003.yaml
    run -0 --separate-stderr "$INVAUDIT" collect "${mine[@]}" --policy
    [ "${stderr##*$'\n'}" = "invaudit: nothing tells the permission that 'test list-things' needs" ]
    "$INVAUDIT" collect "${mine[@]}" >script
    grep -q 'test list-things' script
    no grep drop script
}

@test "what is missing, by evidence and by reports, is the same script" {
    make_rules
    mkdir -p "evidence/$A/us-east-1" "evidence/$B/eu-west-1"
    jq '{BackupPlansList}' "$WORLD/$A/us-east-1/backup-list-backup-plans.json" >"evidence/$A/us-east-1/backup-list-backup-plans.json"
    "$INVAUDIT" evidence "${mine[@]}" -o script=expected.sh -o json=report.json evidence || [ $? -eq 3 ]
    grep -q -- '--backup-plan-id=p--1' expected.sh
    run -0 --separate-stderr "$INVAUDIT" collect "${mine[@]}" --missing evidence
    [ "$output" = "$(cat expected.sh)" ]
    run -0 --separate-stderr "$INVAUDIT" collect "${mine[@]}" --missing report.json
    [ "$output" = "$(cat expected.sh)" ]
    "$INVAUDIT" scan "${mine[@]}" -o json=scan.json evidence || [ $? -eq 3 ]
    run -0 --separate-stderr "$INVAUDIT" collect "${mine[@]}" --missing scan.json
    for call in 'us-east-1/rds-describe-db-snapshots.json' 'backup list-backup-selections --backup-plan-id=p--1 --region us-east-1' 'eu-west-1/backup-list-backup-plans.json'; do
        [[ $output == *"$call"* ]]
    done
    run -0 "$INVAUDIT" collect "${mine[@]}" --missing report.json --policy
    [ "$(jq -c '.Statement[0].Action | length' <<<"$output")" -eq 5 ]
}

@test "a report that is hostile, or none" {
    make_rules
    mkdir -p "evidence/$A/us-east-1"
    "$INVAUDIT" evidence "${mine[@]}" -o json=report.json evidence 2>/dev/null || true
    edit() { # FILTER
        jq "$1" report.json >edited.json
        run --separate-stderr "$INVAUDIT" collect "${mine[@]}" --missing edited.json
    }
    edit '.missing[0].command = "aws ec2 terminate-instances --instance-ids i"'
    [ "$status" -eq 2 ]
    assert_stderr "invaudit: edited.json: expected a call of the catalog, met 'aws ec2 terminate-instances --instance-ids i'"
    edit '.missing[0].command += "; touch harm"'
    [ "$status" -eq 2 ]
    [[ $stderr == *"expected words, met"* ]]
    edit '.missing[0].command |= sub("--output json"; "--output json $(touch harm)")'
    [ "$status" -eq 2 ]
    edit '.missing[].account = "1'"'"'; touch harm; '"'"'"'
    [ "$status" -eq 0 ]
    [[ $output == *'# invaudit '*' asks for 0 answers of 0 accounts.'* ]]
    no grep harm <<<"$output"
    edit '.missing[].command |= sub("--region us-east-1"; "--region '"'"'$(touch harm)'"'"'")'
    [ "$status" -eq 0 ]
    no grep harm <<<"$output"
    edit '.schema = "invaudit-evidence/9"'
    [ "$status" -eq 2 ]
    run -2 --separate-stderr "$INVAUDIT" collect --missing nowhere
    assert_stderr 'invaudit: --missing: nowhere: no such file or folder'
    run -2 --separate-stderr "$INVAUDIT" collect --missing report.json --missing evidence
    [[ $stderr == *"option '--missing': expected reports, or evidence, not both"* ]]
}

@test "usage" {
    run -2 --separate-stderr "$INVAUDIT" collect evidence
    [[ $stderr == "invaudit: unexpected 'evidence'"* ]]
    run -2 "$INVAUDIT" collect --all --select Backup-001
    run -2 "$INVAUDIT" collect --all --missing .
    run -2 "$INVAUDIT" collect --role x
    run -2 "$INVAUDIT" collect --policy --role "it's"
    run -2 --separate-stderr "$INVAUDIT" collect --no-builtin
    [[ $stderr == 'invaudit: there is no rule to ask for; --all asks for every listing'* ]]
}
