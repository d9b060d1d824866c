load helpers

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    make_rule Mine-001.yaml
    mine=(--no-builtin --rules Mine-001.yaml)
}

see="; see 'invaudit evidence --help'"

wrong() { # MESSAGE ARGUMENT...
    local message=$1
    shift
    run -2 --separate-stderr "$INVAUDIT" evidence "$@"
    assert_output ''
    assert_stderr "invaudit: $message"
}

@test "no path" {
    wrong "expected a PATH: a file or folder of evidence, or - for standard input$see"
}

@test "a path that does not exist" {
    wrong "nowhere: no such file or folder" nowhere
}

@test "a format that is none" {
    wrong "unknown format 'pdf': expected $(formats_of evidence)$see" -o pdf evidence
    wrong "two reports for standard output: give one a file, as in -o json=report.json$see" -o text -o json evidence
}

@test "an empty folder: all is to be collected" {
    mkdir empty
    run -2 "$INVAUDIT" evidence empty
    grep -qxF "Ask the client: for all of it, by the script that 'invaudit collect' writes" <<<"$output"
    no grep -qF 'nothing' <<<"$(grep Ask <<<"$output")"
}

@test "an option of scan that it has not" {
    wrong "unknown option '-q'$see" -q evidence
}

@test "a rule that is wrong" {
    sed -i 's/severity: very-high/severity: dreadful/' Mine-001.yaml
    run -2 --separate-stderr "$INVAUDIT" evidence --rules Mine-001.yaml evidence
    assert_output ''
    grep -q '^invaudit: Mine-001.yaml:4:11: unknown severity' <<<"$stderr"
}

@test "status 0: all evidence could be used, whatever the verdicts and what is missing" {
    run -0 --separate-stderr "$INVAUDIT" evidence --list "${mine[@]}" evidence
    [ "${lines[0]}" = "ACCOUNT       REGION          WHAT                     RECORDS  STATE" ]
    [ "${lines[1]}" = "123456789012  eu-west-1       DB snapshots                   1  complete" ]
    [ "${lines[2]}" = "    evidence/123456789012/eu-west-1/rds-describe-db-snapshots.json" ]
    [ "${lines[3]}" = "    type by envelope, account and region by path" ]
    grep -qx '123456789012  eu-west-2       DB snapshots' <<<"$output"
    [[ ${lines[-1]} == "2 complete; 1 listing missing (status 0: all evidence could be used)" ]]
}

@test "status 3: some could not be used" {
    echo '{' >evidence/123456789012/eu-west-1/backup-list-backup-plans.json
    run -3 "$INVAUDIT" evidence --list "${mine[@]}" evidence
    grep -qx 'Problems with evidence' <<<"$output"
    [[ ${output//$'\n'/ } == *"1 problem; 1 listing missing (status 3: evidence could not be used)" ]]
}

@test "status 2: no evidence" {
    mkdir empty
    run -2 --separate-stderr "$INVAUDIT" evidence empty
    assert_stderr 'invaudit: no evidence: there is no file'
    [ "${lines[0]}" = 'empty: 0 files' ]
    [ "${lines[-1]}" = 'no documents (status 2: no evidence)' ]
    run -2 --separate-stderr "$INVAUDIT" evidence --list empty
    assert_output $'Evidence: 0 files read (0 documents, 0 records)\n\nno documents (status 2: no evidence)'
}

@test "a list that has no folder to be written to" {
    run -2 --separate-stderr "$INVAUDIT" evidence -o json=nowhere/list.json evidence
    assert_stderr "invaudit: option '--output': 'nowhere/list.json': there is no folder 'nowhere'; see 'invaudit evidence --help'"
}

@test "without rules nothing is missing, and all is listed" {
    run -0 --separate-stderr "$INVAUDIT" evidence --no-builtin evidence
    assert_stderr ''
    [ "${lines[-1]}" = "2 complete (status 0: all evidence could be used)" ]
    [[ $output == *"account       regions  DB snapshots"* ]]
}

@test "the rules decide what is missing" {
    run -0 --separate-stderr "$INVAUDIT" evidence "${mine[@]}" evidence
    [[ ${lines[-1]} == "2 complete; 1 listing missing ("* ]]
}

@test "standard input, told by the options" {
    run -0 --separate-stderr "$INVAUDIT" evidence --list --assume-account 123456789012 --assume-region us-east-1 - \
        <evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    [ "${lines[1]}" = "123456789012  us-east-1       DB snapshots                   0  complete" ]
    [ "${lines[2]}" = "    standard input" ]
    [ "${lines[3]}" = "    type by envelope, account and region assumed" ]
}

@test "a listing that was filtered completes nothing, also where a rule accepts it" {
    echo '[]' >evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    cat >Mine-001.yaml <<'END'
format: 1
id: Mine-001
title: There are snapshots
severity: low
for_each: region
facts:
  snapshots: { from: "AWS::RDS::DBSnapshot", where: "Engine == 'mysql'", accepts: filtered }
outcomes:
  - { result: pass, when: "snapshots > `0`", message: "there are {snapshots}" }
  - { result: fail, message: "there are none" }
END
    words=("${mine[@]}" evidence/123456789012/us-east-1)
    run -0 --separate-stderr "$INVAUDIT" evidence "${words[@]}"
    [ "${lines[-1]}" = "1 partial (status 0: all evidence could be used)" ]
    run -0 --separate-stderr "$INVAUDIT" evidence --no-filtered "${words[@]}"
    [ "${lines[-1]}" = "1 partial; 1 listing missing (status 0: all evidence could be used)" ]
}

@test "json in a file, the text beside it" {
    run -0 --separate-stderr "$INVAUDIT" evidence --list "${mine[@]}" -o text -o json=list.json evidence
    [ "${lines[0]}" = "ACCOUNT       REGION          WHAT                     RECORDS  STATE" ]
    grep -qxF '  "schema": "invaudit-evidence/1",' list.json
    [ "$(grep -cF '"command": "aws ' list.json)" -eq 1 ]
}

@test "what scan settles is missing" {
    "$INVAUDIT" scan -o json evidence >report.json || [ $? -eq 1 ]
    "$INVAUDIT" evidence -o json evidence >list.json
    grep -oE '"aws [^"]*"' report.json | sort -u >settles
    grep -oE '"aws [^"]*"' list.json | sort -u >missing
    [ -s settles ]
    [ -z "$(comm -23 settles missing)" ]
}

@test "a record is undecided for one reason: no answer, the time or a field that its call is silent of" {
    make_rule Mine-001.yaml
    sed -i 's/^facts:/&\n  low: { from: "AWS::RDS::DBSnapshot", where: "Iops < `7`" }\
  old: { from: "AWS::RDS::DBSnapshot", where: "Engine == \x27x\x27 \&\& SnapshotCreateTime < $now" }\
  plans: { from: "AWS::Backup::BackupPlan", where: BackupPlan.Rules }/' Mine-001.yaml
    folder=evidence/123456789012/us-east-1
    snapshot='"SnapshotType": "s", "Status": "s", "DBInstanceIdentifier": "d", "Encrypted": true,
        "DBSnapshotArn": "arn:aws:rds:us-east-1:123456789012:snapshot:'
    echo "{\"DBSnapshots\": [
        {\"DBSnapshotIdentifier\": \"a\", \"Engine\": \"e\", ${snapshot}a\"},
        {\"DBSnapshotIdentifier\": \"b\", \"Engine\": \"x\", \"Iops\": 9,
            \"SnapshotCreateTime\": \"2026-01-01T00:00:00Z\", ${snapshot}b\"}]}" \
        >$folder/rds-describe-db-snapshots.json
    echo '{"BackupPlansList": [{"BackupPlanId": "p", "BackupPlanName": "n", "VersionId": "v", "CreationDate": 1,
        "BackupPlanArn": "arn:aws:backup:us-east-1:123456789012:backup-plan:p", "BackupPlan": {"Rules": [{}]}}]}' \
        >$folder/backup-list-backup-plans.json
    "$INVAUDIT" evidence -o json --no-builtin --rules Mine-001.yaml $folder >list.json 2>/dev/null || true
    run -0 jq -r '.evidence[].documents[].reasons[].code' list.json
    assert_output no-answer
}

@test "what backup assignments lack is listed by the types that they are made of" {
    local folder=e/123456789012/us-east-1
    mkdir -p "$folder"
    echo '{"DBInstances":[{"DBInstanceIdentifier":"a","DBInstanceArn":"arn:aws:rds:us-east-1:123456789012:db:a","DBInstanceClass":"c","DBInstanceStatus":"available","Engine":"postgres","BackupRetentionPeriod":1,"StorageEncrypted":true,"BackupTarget":"region"}]}' \
        >"$folder/rds-describe-db-instances.json"
    echo '{"BackupPlansList":[],"NextToken":"t"}' >"$folder/backup-list-backup-plans.json"
    run -0 --separate-stderr "$INVAUDIT" evidence --list --select RDS_IN_BACKUP_PLAN e
    [[ $output == *"123456789012  us-east-1       backup plans"*"it carries a token"* ]]
    [[ $output == *"aws backup list-backup-plans --region us-east-1"* ]]
    [[ $output == *"aws backup list-backup-selections"* ]]
}

@test "the summary tells what there is, what lacks and what to ask for" {
    echo 'not JSON' >evidence/notes.txt
    : >evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    echo "An error occurred (ThrottlingException) when calling the DescribeDBSnapshots operation: Rate exceeded" \
        >evidence/123456789012/us-east-1/rds-describe-db-snapshots.json.err
    run -3 --separate-stderr "$INVAUDIT" evidence "${mine[@]}" evidence
    assert_output "\
evidence: 2 files, 1 whole answer, 1 that proves nothing, 1 listing absent

account       regions  DB snapshots
123456789012  2 / ?    1 of 3 (!)

/ ?: nothing tells which regions there are: collect 'aws ec2 describe-regions
--all-regions', or give --expect-regions

Look at these
  1  0 bytes, ThrottlingException (DescribeDBSnapshots) [empty]: rds
     describe-db-snapshots
        evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
  1  no listing of DB snapshots [missing]
        123456789012  eu-west-2

Not evidence: 0 JSON files, 1 other; 1 file tells how calls ended
  1  not JSON
        evidence/notes.txt
Nowhere: 0 files without account or region
Ask the client: 2 commands in 1 account:
  invaudit evidence -o script --no-builtin --rules=Mine-001.yaml evidence

judged with --no-builtin --rules=Mine-001.yaml

1 complete, 1 nothing; 1 problem; 2 listings missing (status 3: evidence could not be used)"
}

@test "the command that makes the script is one, whatever paths and options are called" {
    mv evidence 'ev $(touch harm)'
    "$INVAUDIT" evidence --assume-region us-east-1 --exclude '; touch harm' "${mine[@]}" 'ev $(touch harm)' >text
    command=$(grep -A1 '^Ask the client' text | tail -n 1)
    invaudit() { "$INVAUDIT" "$@"; }
    eval "$command" >script
    [ ! -e harm ]
    grep -q '^    ask ' script
}

@test "50 accounts and 17 regions are a page or two" {
    python3 "$BATS_TEST_DIRNAME/../scale/tree.py" many 50
    "$INVAUDIT" evidence many >summary || [ $? -eq 3 ]
    "$INVAUDIT" evidence --list many >list || [ $? -eq 3 ]
    wc -l summary list
    [ "$(wc -l <summary)" -lt 250 ]
    [ "$(wc -l <list)" -gt 2000 ]
    no grep -E '^.{81}' <(grep -vE '^ +many/|status 3' summary)
}
