load helpers

setup() {
    cd "$BATS_TEST_TMPDIR"
}

with_test() { # FILE EXPECT
    make_rule "$1"
    cat >>"$1" <<END
tests:
  - { name: nothing is listed, evidence: { "AWS::RDS::DBSnapshot": [] }, expect: $2 }
END
}

# ---- list ----

@test "list: the built-in rules, by id" {
    run -0 --separate-stderr "$INVAUDIT" rules list
    assert_stderr ''
    grep -qE '^Backup-001 +low +on +AWS Backup service in use for Amazon RDS$' <<<"$output"
    grep -qE '^RDS-002 +high +off +RDS .*\[conformity, rds.*\]$' <<<"$output"
    [ "$(grep -cE '^(.*[^ ])  +(low|medium|high|very-high|extreme|none) +on +' <<<"$output")" -eq 1 ]
    sed -E 's/ +(low|medium|high|very-high|extreme|none) +(on|off) .*//' <<<"$output" | LC_ALL=C sort -c
}

@test "list, check, show, test: by tag, pack and pattern" {
    for word in conformity retention 'RDS-0*' 'RDS-00?'; do
        run -0 --separate-stderr "$INVAUDIT" rules list "$word"
        grep -q '^RDS-002 ' <<<"$output"
        ! grep -q '^Backup-001 ' <<<"$output"
    done
    run -0 --separate-stderr "$INVAUDIT" rules check RDS-002 Backup-001
    assert_output '2 rules checked'
    run -0 --separate-stderr "$INVAUDIT" rules show RDS-002
    [[ $output == *"publisher   Trend Cloud One Conformity"*"pack        conformity"*"judged      if it is asked for by --pack or --select"* ]]
    run -2 --separate-stderr "$INVAUDIT" rules show 'XRDS*'
    assert_stderr "invaudit: there is no rule 'XRDS*'; see 'invaudit rules show --help'"
    make_rule Mine-001.yaml
    echo 'tags: [mine]' >>Mine-001.yaml
    run -0 "$INVAUDIT" rules list Mine-001.yaml mine
    [[ $output == *'Mine-001 '*'[mine]' ]]
}

@test "list: by id" {
    run -0 "$INVAUDIT" rules list Backup-001
    [ "${#lines[@]}" -eq 1 ]
}

@test "list: a file or folder, without the built-in rules" {
    mkdir mine
    with_test mine/Mine-002.yaml fail
    with_test mine/Mine-1.yaml fail
    run -0 --separate-stderr "$INVAUDIT" rules list mine
    assert_stderr ''
    assert_output $'Mine-002  very-high  on   There are snapshots\nMine-1    very-high  on   There are snapshots'
    run -0 "$INVAUDIT" rules list mine/Mine-002.yaml
    assert_output 'Mine-002  very-high  on   There are snapshots'
    run -0 "$INVAUDIT" rules list Mine-1 mine/
    assert_output 'Mine-1  very-high  on   There are snapshots'
}

@test "an id that is nearly one" {
    for command in list show check test; do
        run -2 --separate-stderr "$INVAUDIT" rules $command Backup-0001
        assert_output ''
        assert_stderr "invaudit: there is no rule 'Backup-0001' (did you mean 'Backup-001'?); see 'invaudit rules $command --help'"
    done
}

@test "an id that the path has not" {
    with_test Mine-001.yaml fail
    run -2 --separate-stderr "$INVAUDIT" rules list Mine-001.yaml Backup-001
    assert_stderr "invaudit: there is no rule 'Backup-001'; see 'invaudit rules list --help'"
}

@test "a path that does not exist" {
    for command in list show check test; do
        run -2 --separate-stderr "$INVAUDIT" rules $command ./nowhere
        assert_output ''
        assert_stderr "invaudit: ./nowhere: no such file or folder"
    done
}

@test "a folder without a rule" {
    mkdir empty
    run -2 --separate-stderr "$INVAUDIT" rules list empty
    [[ $stderr == "invaudit: empty: "* ]]
    assert_output ''
}

@test "a rule may state no severity" {
    with_test Mine-001.yaml fail
    sed -i '/^severity/d' Mine-001.yaml
    run -0 --separate-stderr "$INVAUDIT" rules list Mine-001.yaml
    assert_stderr ''
    assert_output 'Mine-001  none       on   There are snapshots'
    mkdir evidence
    echo '{"DBSnapshots": []}' >evidence/a.json
    run -1 "$INVAUDIT" scan --rules Mine-001.yaml --no-builtin evidence
    grep -qE '^Mine-001: There are snapshots:( |$)' <<<"$output"
}

# ---- show ----

@test "show: what the rule says, within 80 columns but for what must not break" {
    run -0 --separate-stderr "$INVAUDIT" rules show Backup-001
    assert_stderr ''
    [ "${lines[0]}" = "Backup-001: AWS Backup service in use for Amazon RDS" ]
    for heading in Description Rationale Audit Remediation Facts Outcomes Evidence References; do
        grep -q "^$heading" <<<"$output"
    done
    grep -qF '  severity    low' <<<"$output"
    grep -qF 'aws rds describe-db-snapshots (needs rds:DescribeDBSnapshots)' <<<"$output"
    grep -E '.{81}' <<<"$output" | no grep -vE '^ *(https://|aws )'
}

@test "a command of several lines in a built-in rule can be pasted" {
    # a line behind that of a command, further in, continues it
    broken=$(cd "$BATS_TEST_DIRNAME/../../rules" && find . -name '*.yaml' -exec awk '
        { match($0, /^ */) }
        in_command && NF && RLENGTH > depth && last !~ /\\$/ { print FILENAME ":" FNR ": " last }
        /^ +aws / { in_command = 1; depth = RLENGTH }
        in_command && !/^ +aws / && RLENGTH <= depth { in_command = 0 }
        { last = $0 }' {} +)
    [ -z "$broken" ] || { echo "$broken"; return 1; }
    [ "$(grep -rlE '^ +aws .*\\$' "$BATS_TEST_DIRNAME/../../rules" | wc -l)" -gt 40 ]
}

@test "show: each code of a commentary, and what it means" {
    run -0 "$INVAUDIT" rules show Backup-001
    codes=$(sed -n '/^  diagnosis:/,/^[a-z]/s/^    - code: //p' "$BATS_TEST_DIRNAME/../../rules/Backup-001.yaml")
    [ "$(wc -l <<<"$codes")" -gt 25 ]
    [ "$(sed -n '/^Diagnosis/,/^Evidence/s/^  \([a-z-]*\):.*/\1/p' <<<"$output")" = "$codes" ]
    grep -qF '  no-plan: there is no backup plan any more: nothing makes new backups' <<<"$output"
    grep -qF '  selections-take-none: the selections of backup plans ({selections})' <<<"$output"
}

@test "show: what the rule judges" {
    with_test Mine-001.yaml fail
    run -0 "$INVAUDIT" rules show Mine-001.yaml
    grep -qxF '  judges      each region of each account' <<<"$output"
    sed -i 's/for_each: region/for_each: account/' Mine-001.yaml
    run -0 "$INVAUDIT" rules show Mine-001.yaml
    grep -qxF '  judges      each account' <<<"$output"
}

@test "show: which rule is to be said" {
    run -2 --separate-stderr "$INVAUDIT" rules show
    assert_stderr "invaudit: expected a RULE, or a PATH; see 'invaudit rules show --help'"
}

@test "show: sections that a rule lacks are left out" {
    with_test Mine-001.yaml fail
    run -0 "$INVAUDIT" rules show Mine-001.yaml
    no grep -qE '^(Description|Rationale|Audit|Remediation|References)' <<<"$output"
    no grep -qF 'pillar' <<<"$output"
    grep -qF '  file        Mine-001.yaml' <<<"$output"
}

# ---- check ----

@test "check: the built-in rules are right" {
    run -0 --separate-stderr "$INVAUDIT" rules check
    assert_stderr ''
    [[ $output =~ ^[0-9]+\ rules?\ checked$ ]]
}

@test "check: how many" {
    mkdir mine
    with_test mine/Mine-001.yaml fail
    run -0 "$INVAUDIT" rules check mine
    assert_output "1 rule checked"
    with_test mine/Mine-002.yaml fail
    run -0 "$INVAUDIT" rules check mine
    assert_output "2 rules checked"
}

@test "check: every mistake at once, with its place; a wrong expression with a caret" {
    make_rule Mine-001.yaml
    sed -i -e 's/severity: very-high/severty: low/' -e 's/snapshots > `0`/snapshots > 0/' Mine-001.yaml
    run -1 --separate-stderr "$INVAUDIT" rules check ./Mine-001.yaml
    assert_output ''
    grep -qE "^invaudit: \./Mine-001\.yaml:4:1: unknown key 'severty' \(did you mean 'severity'\?\)$" <<<"$stderr"
    grep -qE "^invaudit: \./Mine-001\.yaml:9:[0-9]+: " <<<"$stderr"
    grep -qxF '  snapshots > 0' <<<"$stderr"
    grep -qE '^ +\^$' <<<"$stderr"
}

@test "check: mistakes come by file and line, whatever the order of paths" {
    make_rule Mine-001.yaml
    make_rule Mine-002.yaml
    sed -i 's/severity: very-high/severity: dreadful/' Mine-00?.yaml
    run -1 --separate-stderr "$INVAUDIT" rules check Mine-002.yaml Mine-001.yaml
    first=$stderr
    run -1 --separate-stderr "$INVAUDIT" rules check Mine-001.yaml Mine-002.yaml
    assert_stderr "$first"
    [[ $stderr == "invaudit: Mine-001.yaml:"* ]]
}

@test "check: a rule without tests is a warning, and fails" {
    make_rule Mine-001.yaml
    run -1 --separate-stderr "$INVAUDIT" rules check Mine-001.yaml
    assert_output ''
    [[ $stderr == "invaudit: Mine-001.yaml:"*": warning: "*"no tests"* ]]
}

@test "check: what the file holds cannot steer the terminal" {
    printf 'format: 1\n"\\e[2Jx": 1\n' >Mine-001.yaml
    run -1 --separate-stderr "$INVAUDIT" rules check Mine-001.yaml
    no grep -q $'\e' <<<"$stderr"
}

@test "a wrong rule is status 2 for the other commands" {
    make_rule Mine-001.yaml
    sed -i 's/severity: very-high/severity: dreadful/' Mine-001.yaml
    for command in list show test; do
        run -2 --separate-stderr "$INVAUDIT" rules $command Mine-001.yaml
        assert_output ''
        [[ $stderr == *"'dreadful'"* ]]
    done
}

@test "check: what is warned of is wrong if that is asked for" {
    with_test Mine-001.yaml fail
    run -0 "$INVAUDIT" rules check --strict Mine-001.yaml
    sed -i 's/from: "AWS::RDS::DBSnapshot"/&, where: "Engin"/' Mine-001.yaml
    run -0 --separate-stderr "$INVAUDIT" rules check Mine-001.yaml
    [[ $stderr == *"warning: "*"'Engin'"* ]]
    run -1 --separate-stderr "$INVAUDIT" rules check --strict Mine-001.yaml
    assert_output ''
    [[ $stderr == *"warning: "*"'Engin'"* ]]
}

# ---- test ----

@test "test: the built-in rules hold" {
    run -0 --separate-stderr "$INVAUDIT" rules test
    assert_stderr ''
    no grep -v -e '^ok   ' -e '^[0-9]* of [0-9]* tests hold$' <<<"$output"
    grep -qxF 'ok   Backup-001: an empty listing fails' <<<"$output"
}

@test "test: one that holds" {
    with_test Mine-001.yaml fail
    run -0 --separate-stderr "$INVAUDIT" rules test Mine-001.yaml
    assert_output $'ok   Mine-001: nothing is listed\n1 of 1 test holds'
}

@test "test: one that does not hold" {
    with_test Mine-001.yaml pass
    run -1 --separate-stderr "$INVAUDIT" rules test Mine-001.yaml
    assert_stderr ''
    assert_output 'FAIL Mine-001: nothing is listed: expected pass, got fail: there are none
     Mine-001.yaml:12
     facts: snapshots 0
0 of 1 test holds'
}

@test "test: the facts of each resource that came out otherwise" {
    cat >each.yaml <<'EOF'
format: 1
id: each
title: backups are kept
severity: low
for_each: AWS::RDS::DBInstance
facts:
  tags: { each: resource.TagList, where: "Key == 'backup'" }
  newest: { from: AWS::RDS::DBSnapshot, join: { record: DBInstanceIdentifier, resource: DBInstanceIdentifier }, max: SnapshotCreateTime }
outcomes:
  - { result: pass, when: "tags > `0`", message: "{newest}" }
  - { result: fail, when: "tags == `0`", message: "{newest}" }
  - { result: unknown, message: "{newest}" }
tests:
  - name: two
    evidence:
      AWS::RDS::DBInstance: [ { DBInstanceIdentifier: a, TagList: [] }, { DBInstanceIdentifier: b, TagList: [ { Key: backup } ] } ]
    expect: { a: pass, b: pass, '*': unknown }
EOF
    run -1 --separate-stderr "$INVAUDIT" rules test each.yaml
    assert_output 'FAIL each: two: expected a pass, b pass, * unknown, got a fail: not known, b pass: not known
     each.yaml:14
     facts of a: tags 0, newest not known
0 of 1 test holds'
    run -1 --separate-stderr "$INVAUDIT" rules test --coverage each.yaml
    [ "${lines[3]}" = 'miss each: no test comes to the outcome at each.yaml:12, unknown otherwise' ]
    [ "${lines[5]}" = '2 of 3 outcomes are reached' ]
    sed -i 's/a: pass, b: pass, .*unknown/a: fail, b: pass/' each.yaml
    run -0 --separate-stderr "$INVAUDIT" rules test each.yaml
    run -1 --separate-stderr "$INVAUDIT" rules test --coverage each.yaml
    [[ $output == $'ok   each: two\nmiss each: '*$'\n1 of 1 test holds\n2 of 3 outcomes are reached' ]]
    sed -i '/when: "tags == /d' each.yaml
    sed -i 's/a: fail/a: unknown/' each.yaml
    run -0 --separate-stderr "$INVAUDIT" rules test --coverage each.yaml
    [ "${lines[2]}" = '2 of 2 outcomes are reached' ]
}

@test "test: a rule without tests is told" {
    with_test Mine-001.yaml fail
    make_rule Mine-002.yaml
    run -0 "$INVAUDIT" rules test Mine-001.yaml Mine-002.yaml
    grep -qxF 'none Mine-002: it has no tests' <<<"$output"
}

@test "test: records of a map, and of types that no call lists" {
    run -0 --separate-stderr "$INVAUDIT" rules test "$BATS_TEST_DIRNAME/../../fixtures/region-settings/rules"
    assert_stderr ''
}

@test "test: what a test's records say, and what they leave open" {
    cat >Mine-001.yaml <<'END'
format: 1
id: Mine-001
title: Tests
severity: low
for_each: account
parameters:
  most: { type: number, default: 0, description: how many may be old }
facts:
  old: { from: "AWS::RDS::DBSnapshot", where: "SnapshotCreateTime < $now && !Iops" }
  manual: { from: "AWS::RDS::DBSnapshot", where: "SnapshotType == 'manual'" }
  undefined: { from: "AWS::Backup::BackupPlan", where: "!BackupPlan" }
  selections: { from: "AWS::Backup::BackupSelection" }
outcomes:
  - { result: fail, when: "old > $most || manual > `0`", message: "{account} {old} {manual}" }
  - { result: not_applicable, when: "undefined > `0`", message: "{undefined}" }
  - { result: pass, message: "{selections}" }
tests:
  - name: an ARN of another account is one of the test all the same
    as_of: 2026-01-31
    evidence:
      AWS::RDS::DBSnapshot:
        - { DBSnapshotArn: "arn:aws:rds:eu-west-1:999999999999:snapshot:a", SnapshotType: manual }
    expect: fail
  - name: a parameter and the time are the test's
    as_of: 2026-01-31
    parameters: { most: 1 }
    evidence: { "AWS::RDS::DBSnapshot": [{ SnapshotType: automated, SnapshotCreateTime: 2026-01-01T00:00:00Z }], "AWS::Backup::BackupPlan": [] }
    expect: pass
  - name: and the rule's without them
    as_of: 2026-01-31
    evidence: { "AWS::RDS::DBSnapshot": [{ SnapshotType: automated, SnapshotCreateTime: 2026-01-01T00:00:00Z }] }
    expect: fail
  - name: without the time what reads it is unknown
    evidence: { "AWS::RDS::DBSnapshot": [{ SnapshotType: automated, SnapshotCreateTime: 2026-01-01T00:00:00Z }], "AWS::Backup::BackupPlan": [] }
    expect: unknown
  - name: what AWS always prints is not absent
    as_of: 2026-01-31
    evidence: { "AWS::RDS::DBSnapshot": [{ Iops: 1 }], "AWS::Backup::BackupPlan": [] }
    expect: unknown
  - name: nor is it if the record says null
    as_of: 2026-01-31
    evidence: { "AWS::RDS::DBSnapshot": [{ Iops: 1, SnapshotType: null }], "AWS::Backup::BackupPlan": [] }
    expect: unknown
  - name: what the listing never prints is not absent
    evidence: { "AWS::RDS::DBSnapshot": [], "AWS::Backup::BackupPlan": [{ BackupPlanId: p }] }
    expect: unknown
  - name: but for a record that says null
    evidence: { "AWS::RDS::DBSnapshot": [], "AWS::Backup::BackupPlan": [{ BackupPlanId: p, BackupPlan: null }] }
    expect: not_applicable
  - name: or if another record leaves it out
    evidence: { "AWS::RDS::DBSnapshot": [], "AWS::Backup::BackupPlan": [{ BackupPlanId: p, BackupPlan: null }, { BackupPlanId: q }] }
    expect: unknown
END
    run --separate-stderr "$INVAUDIT" rules test Mine-001.yaml
    assert_stderr ''
    no grep -v -e "^ok" -e "tests hold$" <<<"$output"
    [ "$status" -eq 0 ]
}

@test "test: a listing may be named, or follow from that of its parents" {
    cat >Mine-001.yaml <<'END'
format: 1
id: Mine-001
title: Tests
severity: low
for_each: region
facts:
  selections: { from: "AWS::Backup::BackupSelection" }
outcomes:
  - { result: pass, when: "selections > `0`", message: "{selections} in {region}" }
  - { result: fail, message: "{selections} in {region}" }
tests:
  - { name: no selection, evidence: { "AWS::Backup::BackupSelection": [] }, expect: fail }
  - { name: one, evidence: { "AWS::Backup::BackupSelection": [{ SelectionId: s }] }, expect: pass }
  - { name: no plan, evidence: { "AWS::Backup::BackupPlan": [] }, expect: fail }
  - { name: a plan, evidence: { "AWS::Backup::BackupPlan": [{ BackupPlanId: p }] }, expect: unknown }
  - { name: wrong, evidence: { "AWS::Backup::BackupSelection": [] }, expect: pass }
END
    run -1 --separate-stderr "$INVAUDIT" rules test Mine-001.yaml
    assert_output "ok   Mine-001: no selection
ok   Mine-001: one
ok   Mine-001: no plan
ok   Mine-001: a plan
FAIL Mine-001: wrong: expected pass, got fail: 0 in us-east-1
     Mine-001.yaml:16
     facts: selections 0
4 of 5 tests hold"
}

@test "test: nothing to test" {
    make_rule Mine-001.yaml
    run -2 --separate-stderr "$INVAUDIT" rules test Mine-001.yaml
    [[ $stderr == *"none of the rules has a test"* ]]
}

@test "results that cannot be written: status 4" {
    [ -w /dev/full ] || skip "no /dev/full here"
    for command in 'rules list' 'rules show Backup-001' 'rules check' 'rules test' help; do
        run -4 --separate-stderr bash -c '"$INVAUDIT" '"$command"' >/dev/full'
        assert_stderr "invaudit: cannot write to standard output: No space left on device"
    done
}

@test "a rule about each record is checked, shown, tested and judged" {
    cat >each.yaml <<'EOF'
format: 1
id: each
title: backups are kept
severity: low
publisher: Somebody
tags: [backup, rds]
mappings: { NIST: [CP-9, CP-10], CIS: [] }
for_each: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]
facts:
  old: { from: AWS::Backup::RecoveryPoint, join: { record: ResourceArn, resource: "DBInstanceArn || DBClusterArn" }, where: "age_hours(CreationDate) > `24`" }
  tags: { each: resource.TagList, where: "Key == 'backup'" }
outcomes:
  - { result: pass, when: "resource.BackupRetentionPeriod > `0` && old == `0` && tags > `0`", message: m }
  - { result: unknown, message: "{resource.Engine}" }
tests: [{ name: nothing is known, evidence: {}, expect: { '*': unknown } }]
EOF
    run -0 --separate-stderr "$INVAUDIT" rules check --strict each.yaml
    run -0 --separate-stderr "$INVAUDIT" rules show each.yaml
    [[ $output == *"publisher   Somebody"* && $output == *"tags        backup, rds"* ]]
    [[ $output == *"judges      each AWS::RDS::DBInstance and AWS::RDS::DBCluster"* ]]
    [[ $(tr -s ' \n' ' ' <<<"$output") == *"count of AWS::Backup::RecoveryPoint whose ResourceArn is the resource's DBInstanceArn || DBClusterArn where age_hours(CreationDate)"* ]]
    [[ $output == *"count of elements of resource.TagList where Key == 'backup'"* ]]
    [[ $output == *"NIST: CP-9, CP-10"*"CIS"* ]]
    [[ $output == *"aws rds describe-db-clusters"* && $output == *"aws backup list-recovery-points-by-backup-vault"* ]]
    run -0 --separate-stderr "$INVAUDIT" rules test each.yaml
    [[ $output == *"ok   each: nothing is known"* ]]
    mkdir -p e/123456789012/us-east-1
    echo '{"DBInstances":[]}' >e/123456789012/us-east-1/rds-describe-db-instances.json
    run -3 --separate-stderr "$INVAUDIT" scan --no-builtin --rules each.yaml e
    [[ $output == *"there may be other DB clusters"* ]]
}
