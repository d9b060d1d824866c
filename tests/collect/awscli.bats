#!/usr/bin/env bats
# The collection script with Debian's AWS CLI, which asks a server on loopback.

load ../cli/helpers

A=123456789012

setup() {
    local tries=0
    [ -x /usr/bin/aws ] || skip 'there is no /usr/bin/aws: install awscli (make deps-collect)'
    cd "$BATS_TEST_TMPDIR"
    "$BATS_TEST_DIRNAME/server.py" . 3>&- &
    server=$!
    until [ -s port ] || [ "$((tries += 1))" -gt 100 ]; do
        sleep 0.1
    done
    mkdir bin
    printf '#!/bin/sh\nexec /usr/bin/aws --endpoint-url http://127.0.0.1:%s "$@"\n' "$(cat port)" >bin/aws
    chmod +x bin/aws
    PATH=$PWD/bin:$PATH
    export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
    export AWS_EC2_METADATA_DISABLED=true
    unset AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION
}

teardown() {
    [ -z "${server:-}" ] || kill "$server"
}

rule() { # ID TYPE
    make_rule "mine/$1.yaml"
    sed -i "s/AWS::RDS::DBSnapshot/$2/" "mine/$1.yaml"
}

@test "pages, one of them throttled, odd names, refusals: what it collects is judged" {
    mkdir mine
    rule Mine-001 AWS::RDS::DBSnapshot
    rule Mine-002 AWS::Backup::RecoveryPoint
    rule Mine-003 AWS::Backup::BackupSelection
    rule Mine-004 AWS::RDS::DBCluster
    "$INVAUDIT" collect --no-builtin --rules mine >collect.sh 2>/dev/null
    touch -d '1 second ago' collect.sh
    run -1 sh collect.sh out
    [ "${#lines[@]}" -eq 3 ]
    [[ ${lines[0]} == "failed: $A/us-east-1/rds-describe-db-clusters.json: An error occurred (AccessDenied)"* ]]
    [ "${lines[1]}" = "$A: 7 answered, 0 answered before, 1 failed" ]
    # the second page was asked again
    [ "$(grep -c DescribeDBSnapshots requests)" -eq 4 ]
    grep -q '^400 POST / DescribeDBSnapshots 100$' requests
    [ "$(jq '.DBSnapshots | length' "out/$A/us-east-1/rds-describe-db-snapshots.json")" -eq 250 ]
    [ "$(jq -r '.BackupPlansList[0].BackupPlanName' "out/$A/us-east-1/backup-list-backup-plans.json")" = 'José 日' ]
    (cd "out/$A" && sha256sum -c --quiet SHA256SUMS)
    grep -q -- '--backup-vault-name=-e --output json' "out/$A/manifest.tsv"
    run -1 --separate-stderr "$INVAUDIT" scan --no-builtin --rules mine -o json out
    [ "$(jq -r '.findings[].result' <<<"$output" | paste -sd ' ')" = 'pass unknown fail unknown' ]
    [ "$(jq -r '.findings[0].message' <<<"$output")" = 'there are 250' ]
    [ "$(jq -r '.problems[].code' <<<"$output")" = 'empty' ]
    # again: nothing but what failed
    : >requests
    run -1 sh collect.sh out
    [ "${lines[1]}" = "$A: 0 answered, 7 answered before, 1 failed" ]
    grep -v GetCallerIdentity requests >again
    [ "$(wc -l <again)" -eq 1 ]
}
