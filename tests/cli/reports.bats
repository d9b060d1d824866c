load helpers

# What no story of fixtures/ has, so that tests/reports.sh meets every key and word of the
# schema, and JUnit XML of evidence that is made to break it.

setup() {
    cd "$BATS_TEST_TMPDIR"
    evidence=evidence/123456789012/us-east-1
    mkdir -p "$evidence"
}

scan() { # STATUS ARGUMENT...
    local status=$1
    shift
    run "-$status" "$INVAUDIT" scan -qq -o json=report.json -o junit=report.xml "$@"
}

# A rule over DB snapshots; more lines may be added to it.
make_rule_of() { # FACT WHEN
    cat >Mine-001.yaml <<END
format: 1
id: Mine-001
title: Mine
severity: extreme
for_each: region
facts:
  snapshots: { from: "AWS::RDS::DBSnapshot"$1 }
outcomes:
  - { result: pass, when: "$2", message: "{snapshots}" }
  - { result: fail, message: "not {snapshots}" }
END
}

@test "the digest of all evidence is that of the sorted lines of sha256sum" {
    make_evidence evidence
    printf '{"DBSnapshots": []}' >"$evidence/back\\slash"$'\n'"rds-describe-db-snapshots.json"
    run "$INVAUDIT" scan evidence -o json=report.json
    sum=$(jq -j '.evidence[] | select(.sha256) | .path + "\u0000"' report.json |
        xargs -0 sha256sum | LC_ALL=C sort | sha256sum)
    [ "$(jq -r .evidence_set.sha256 report.json)  -" = "$sum" ]
    [ "$(jq .evidence_set.files report.json)" = "$(jq '[.evidence[].sha256 | select(.)] | length' report.json)" ]
    run "$INVAUDIT" scan --no-digest evidence -o json=report.json
    [ "$(jq -c .evidence_set report.json)" = '{"files":0,"sha256":null}' ]
}

@test "what the findings follow from beside the evidence: all of it is in the JSON, with digests" {
    make_evidence evidence
    mkdir rules
    make_rule rules/Mine-001.yaml
    printf '# caf\xc3\xa9 "quoted" \\ \t\r\n' >>rules/Mine-001.yaml
    make_catalog rules/catalog.yaml
    for command in scan evidence; do
        run "$INVAUDIT" "$command" --rules rules --no-builtin evidence ./evidence/123456789012 evidence -o json=report.json
        [ "$(jq -c .operands report.json)" = '["./evidence/123456789012","evidence"]' ]
        for part in '.rules[0]' '.catalog.files[0]'; do
            jq -j "$part.text" report.json | cmp - "$(jq -r "$part.source" report.json)"
            [ "$(jq -r "$part.sha256" report.json)  -" = "$(jq -j "$part.text" report.json | sha256sum)" ]
        done
        [ "$(jq -r .inputs_sha256 report.json)  -" = "$(jq -cj '.tool, ({settings, operands, catalog, rules, waivers, sandbox} | with_entries(select(.value)))' report.json | sha256sum)" ]
        [ "$(jq -r .catalog.sha256 report.json)  -" = \
            "$(cd "$BATS_TEST_DIRNAME/../../rules" && cat catalog.yaml aws-services.txt aws-operations.txt | sha256sum)" ]
    done
    # a rule of the program is known by its digest
    run "$INVAUDIT" scan evidence -o json=report.json
    [ "$(jq -c '[.rules[].text], .catalog.files' report.json)" = $'[null]\n[]' ]
    # what was asked for has another digest, whatever the findings
    run "$INVAUDIT" scan --as-of 2026-01-01 evidence -o json=dated.json
    [ "$(jq .findings dated.json)" = "$(jq .findings report.json)" ]
    [ "$(jq .inputs_sha256 dated.json)" != "$(jq .inputs_sha256 report.json)" ]
}

@test "all passes: status 0" {
    make_evidence evidence
    rm -r evidence/123456789012/us-east-1 evidence/123456789012/eu-west-2
    scan 0 evidence
    grep -qF '"status": 0' report.json
    grep -qF '<testsuites name="invaudit" tests="2" failures="0" errors="0" time="0">' report.xml
}

@test "nothing to judge: status 2" {
    echo notes >evidence/notes.txt
    rmdir -p "$evidence" 2>/dev/null || true
    scan 2 evidence
    grep -qF '"status": 2' report.json
    grep -qF 'name="all evidence could be used"' report.xml
    mkdir first
    mv report.* first
    run -2 "$INVAUDIT" evidence -o json=report.json evidence
    grep -qF '"status": 2' report.json
}

@test "the newest of none, and a time of the audit that is not told" {
    echo '{"DBSnapshots": []}' >"$evidence/rds-describe-db-snapshots.json"
    make_rule_of ', max: SnapshotCreateTime' 'snapshots > `0` && $now > `0`'
    scan 3 --no-builtin --rules Mine-001.yaml evidence
    grep -qF '"code": "none"' report.json
    grep -qF '"code": "no-as-of"' report.json
    mkdir first
    mv report.* first
    scan 3 --no-builtin --rules Mine-001.yaml --as-of 2026-01-01 evidence
    grep -qF '"as_of": "2026-01-01T00:00:00Z"' report.json
}

@test "a filter that has no answer for a record" {
    make_rule_of ", where: \"matches(DBSnapshotIdentifier, '^(a+)+\$')\"" 'snapshots > `0`'
    printf '{"DBSnapshots": [{"DBSnapshotIdentifier": "%064d!", "SnapshotType": "manual", "Engine": "mysql",
        "Status": "available"}]}\n' 0 | tr 0 a >"$evidence/rds-describe-db-snapshots.json"
    scan 3 --no-builtin --rules Mine-001.yaml evidence
    grep -qF '"code": "no-answer"' report.json
}

@test "a path of thousands of bytes cuts no reason" {
    long=$(printf 'x%.0s' {1..240})
    mkdir -p evidence
    for _ in {1..14}; do
        (cd "evidence${below:-}" && mkdir "$long")
        below=${below:-}/$long
    done
    (cd "evidence$below" && : >123456789012.us-east-1.rds-describe-db-snapshots.json)
    run -3 "$INVAUDIT" scan -o json evidence
    [[ $(jq -r '.findings[0].reasons[0].text' <<<"$output") == */"$long/"*'.json: 0 bytes: the call failed,'* ]]
}

@test "a listing of more accounts than are told apart" {
    mkdir many
    awk 'BEGIN {
        printf "{\"DBSnapshots\": ["
        for (i = 0; i < 300; i++)
            printf "%s{\"DBSnapshotIdentifier\": \"x%d\", \"SnapshotType\": \"manual\", \"Engine\": \"mysql\"," \
                "\"Status\": \"available\", \"DBSnapshotArn\": \"arn:aws:rds:us-east-1:%012d:snapshot:x%d\"}",
                i ? "," : "", i, i + 1, i
        print "]}" }' >many/us-east-1-rds-describe-db-snapshots.json
    echo '{"Account": "000000000001", "Arn": "a", "UserId": "u"}' >many/sts-get-caller-identity.json
    scan 3 many
    grep -qF '"code": "many-accounts"' report.json
}

@test "the text of an error tells what was asked for" {
    echo 'An error occurred (AccessDenied) when calling the DescribeDBSnapshots operation: no' >"$evidence/answer.json"
    scan 3 evidence
    grep -qF '"type": "error-text"' report.json
}

@test "more problems in one file than are listed" {
    yes '{}' | head -n 200 >"$evidence/rds-describe-db-snapshots.json"
    scan 3 evidence
    grep -qF '"code": "more-problems"' report.json
    grep -qF '<testsuite name="evidence" tests="101" failures="0" errors="101" skipped="0" time="0">' report.xml
}

@test "more commands would help than are listed" {
    awk 'BEGIN {
        printf "{\"BackupPlansList\": ["
        for (i = 0; i < 300; i++)
            printf "%s{\"BackupPlanId\": \"p%d\", \"BackupPlanArn\": \"arn:aws:backup:us-east-1:123456789012:backup-plan:p%d\", \"BackupPlanName\": \"p%d\"}",
                i ? "," : "", i, i, i
        print "]}" }' >"$evidence/backup-list-backup-plans.json"
    make_rule_of '' 'snapshots > `0`'
    sed -i 's/AWS::RDS::DBSnapshot/AWS::Backup::BackupSelection/' Mine-001.yaml
    run -0 "$INVAUDIT" evidence -o json=report.json --no-builtin --rules Mine-001.yaml evidence
    grep -qF '"code": "more-commands"' report.json
}

# ---- JUnit ----

@test "what XML may not hold, in ids, types and paths" {
    mkdir -p $'evidence/]]>\x01\xff\xef\xbf\xbe<!--&#0;"/us-east-1'
    printf '{"DBSnapshots": [{"DBSnapshotIdentifier": "]]>\\u0000\\uFFFE\\u0085<&\\"", "SnapshotType": "]]>\\uFFFF\\u0001<!-- &#0;"}]}' \
        >$'evidence/]]>\x01\xff\xef\xbf\xbe<!--&#0;"/us-east-1/rds-describe-db-snapshots.json'
    printf 'An error occurred (]]>\x1b\xff\xef\xbf\xbf) when calling the DescribeDBSnapshots operation: &#0;' \
        >"$evidence/rds-describe-db-snapshots.json"
    scan 3 evidence
    grep -qF ']]&gt;\x01\xff\u{fffe}&lt;!--&amp;#0;&quot;' report.xml
    grep -qF '(]]&gt;\x1b\xff\u{ffff})' report.xml
    no grep -qF ']]>' report.xml
    no grep -q '[[:cntrl:]]' report.xml
}

@test "names that are spelled alike are told apart" {
    echo '[]' >$'rds-describe-db-snapshots\x01.json'
    echo '[]' >'rds-describe-db-snapshots\x01.json'
    scan 1 $'rds-describe-db-snapshots\x01.json' 'rds-describe-db-snapshots\x01.json'
    [ "$(grep -cF 'name="- - (rds-describe-db-snapshots\x01.json)"' report.xml)" -eq 1 ]
    [ "$(grep -cF 'name="- - (rds-describe-db-snapshots\x01.json) (2)"' report.xml)" -eq 1 ]
}

# ---- the summary of a step of GitHub Actions ----

make_unknown() {
    echo '{"DBSnapshots": [], "NextToken": "x"}' >"$evidence/rds-describe-db-snapshots.json"
}

@test "with -o github the summary is appended to the file that GITHUB_STEP_SUMMARY names" {
    make_unknown
    echo 'of another command' >summary.md
    GITHUB_STEP_SUMMARY=summary.md run -3 "$INVAUDIT" scan -o github -o markdown=report.md evidence
    [ "$(head -n 1 summary.md)" = 'of another command' ]
    tail -n +2 summary.md | diff - report.md
    [ -s report.md ]
    rm summary.md
    GITHUB_STEP_SUMMARY=summary.md run -3 "$INVAUDIT" scan -qq -o github=report.github evidence
    diff summary.md report.md
}

@test "without it, or for another format, nothing is appended" {
    make_unknown
    env -u GITHUB_STEP_SUMMARY "$INVAUDIT" scan -o github evidence || [ $? -eq 3 ]
    GITHUB_STEP_SUMMARY='' run -3 "$INVAUDIT" scan -o github evidence
    GITHUB_STEP_SUMMARY=summary.md run -3 "$INVAUDIT" scan -o markdown -o json=report.json evidence
    [ ! -e summary.md ]
}

@test "a summary that cannot be appended is told, and the annotations are there" {
    [ -w /dev/full ] || skip "no /dev/full here"
    GITHUB_STEP_SUMMARY=/dev/full run -4 --separate-stderr "$INVAUDIT" scan -o github evidence
    [ "$stderr" = 'invaudit: /dev/full: cannot be written: No space left on device' ]
    [[ $output = *'::notice title=invaudit::'* ]]
}

@test "a report names a thousand records that decided, and counts the others" {
    make_rule_of '' 'snapshots > `0`'
    jq -n '{DBSnapshots: [range(1003) | {DBSnapshotIdentifier: "s\(.)", SnapshotType: "manual",
        Engine: "mysql", Status: "available"}]}' >"$evidence/rds-describe-db-snapshots.json"
    run -0 "$INVAUDIT" scan -qq --no-builtin --rules Mine-001.yaml evidence -o json=report.json
    [ "$(jq -c '.findings[] | [(.citations | length), .citations_more]' report.json)" = '[1000,3]' ]
}
