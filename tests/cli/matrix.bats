#!/usr/bin/env bats
# scan --matrix: a row for each database.

load helpers

evidence=$BATS_TEST_DIRNAME/../../fixtures/backup-coverage/evidence

setup() {
    cd "$BATS_TEST_TMPDIR"
}

matrix() { # OPTION...
    run -1 "$INVAUDIT" scan --select Backup-Coverage --as-of 2026-03-10T12:00:00Z "$@" "$evidence"
}

@test "the story has each state, and one that is not determined" {
    matrix -qq -o json=report.json
    run -0 jq -r '.matrix[].state' report.json
    for state in protected overdue pending failing unplanned unprotected unsupported ignored undetermined; do
        grep -qx "$state" <<<"$output" || { echo "no database is $state"; return 1; }
    done
}

@test "the text has as many rows as the JSON, in a file as on standard output" {
    matrix --matrix -o text=report.txt -o text -o json=report.json
    rows=$(jq '.matrix | length' report.json)
    [ "$rows" -gt 20 ]
    grep -q "^$rows databases: " report.txt
    row='^[0-9]{12}  [a-z0-9-]+ +(protected|overdue|pending|failing|unplanned|unprotected|unsupported|ignored|undetermined) '
    [ "$(grep -cE "$row" report.txt)" -eq "$rows" ]
    [ "$(grep -cE "$row" <<<"$output")" -eq "$rows" ]
    [ "$(sed -n '/databases: /,/^Problems/p' report.txt | awk 'length($0) > 100' | wc -l)" -eq 0 ]
}

@test "a member of a cluster has no row: its cluster has" {
    matrix -qq -o json=report.json
    run -0 jq -c '[.matrix[].resource | select(test("shop"))]' report.json
    assert_output '["arn:aws:rds:us-east-1:111111111111:cluster:shop"]'
    run -0 jq -r '.findings[] | select(.resource == "shop-1").result' report.json
    assert_output not_applicable
}

@test "no matrix, unless something asks for it; an empty one, where there is no database" {
    run -3 "$INVAUDIT" scan -qq -o json=report.json --region eu-west-1 --account 333333333333 "$evidence"
    [ "$(jq 'has("matrix")' report.json)" = false ]
    run -3 "$INVAUDIT" scan -qq -o json=report.json --matrix --region eu-west-1 --account 333333333333 "$evidence"
    [ "$(jq -c '.matrix' report.json)" = '[]' ]
}

@test "only what was asked for is judged" {
    matrix -qq -o json=report.json --region us-east-1 --account 111111111111
    run -0 jq -r '.matrix[] | .account + " " + .region' report.json
    [ "$(sort -u <<<"$output")" = "111111111111 us-east-1" ]
}

@test "without --as-of nothing is known to be fresh, or too old" {
    run -1 "$INVAUDIT" scan -qq -o json=report.json --select Backup-Coverage "$evidence"
    run -0 jq -r '.matrix[] | select(.resource | endswith(":orders")) | .possible | join(" ")' report.json
    assert_output 'protected overdue'
    run -0 jq -r '.findings[] | select(.resource == "orders").reasons[].code' report.json
    assert_output no-as-of
}

@test "no database is told from databases that nobody listed" {
    place=evidence/123456789012/us-east-1
    mkdir -p $place
    echo '{"DBSnapshots": []}' >$place/rds-describe-db-snapshots.json
    run "$INVAUDIT" scan --matrix --as-of 2026-03-10 -o text -o json=report.json evidence
    grep -qF '1 region may have more: no complete listing of its DB instances and clusters' <<<"$output"
    [ "$(jq .matrix_open report.json)" -eq 1 ]
    echo '{"DBInstances": []}' >$place/rds-describe-db-instances.json
    run "$INVAUDIT" scan --matrix --as-of 2026-03-10 -o text -o json=report.json evidence
    [ "$(jq .matrix_open report.json)" -eq 1 ]
    echo '{"DBClusters": []}' >$place/rds-describe-db-clusters.json
    run "$INVAUDIT" scan --matrix --as-of 2026-03-10 -o text -o json=report.json evidence
    no grep -qF 'may have more' <<<"$output"
    grep -qx '0 databases' <<<"$output"
    [ "$(jq .matrix_open report.json)" = null ]
}

@test "what --as-of would tell is asked for where it alone is lacking" {
    run "$INVAUDIT" scan -qq --select Backup-Coverage -o json=report.json "$evidence"
    [ "$(jq '[.findings[] | select(.result == "unknown" and .possible != null) | .reasons[] | select(.code == "no-as-of")] | length' report.json)" -gt 5 ]
    # failing, by a run that was due: not known without a time
    jq -e '[.matrix[] | select(.possible | index("pending") and index("failing"))] | length > 0' report.json
}

@test "what is later than --as-of is no backup of then, and what nothing tells apart is said" {
    run "$INVAUDIT" scan -qq --select Backup-Coverage --as-of 2026-03-01 --account 111111111111 -o json=report.json "$evidence"
    [ "$(jq '[.findings[].reasons[] | select(.code == "after-as-of")] | length' report.json)" -gt 0 ]
    mkdir -p in/123456789012/us-east-1
    echo '{"BackupPlan": {"BackupPlanName": "n", "Rules": [{"RuleName": "r", "TargetBackupVaultName": "v", "ScheduleExpression": "cron(0 5 * * ? 2020)"}]}, "BackupPlanId": "p", "BackupPlanArn": "arn:aws:backup:us-east-1:123456789012:backup-plan:p", "VersionId": "v", "CreationDate": "2025-01-01T00:00:00Z"}' \
        >in/123456789012/us-east-1/backup-get-backup-plan--p.json
    run "$INVAUDIT" scan -qq --select BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK -o json=never.json in
    [ "$(jq '[.findings[].reasons[] | select(.code == "not-decided")] | length' never.json)" -gt 0 ]
}
