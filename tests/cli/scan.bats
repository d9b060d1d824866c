load helpers

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
}

# ---- wrong usage: each is status 2, and nothing is on standard output ----

wrong() { # MESSAGE ARGUMENT...
    local message=$1
    shift
    run -2 --separate-stderr "$INVAUDIT" scan "$@"
    assert_output ''
    assert_stderr "invaudit: $message"
}

see="; see 'invaudit scan --help'"

@test "no path" {
    wrong "expected a PATH: a file or folder of evidence, or - for standard input$see"
}

@test "a path that does not exist" {
    wrong "nowhere: no such file or folder" nowhere
}

@test "every path that does not exist is told" {
    run -2 --separate-stderr "$INVAUDIT" scan evidence nowhere evidence/none.json
    [ "${stderr_lines[0]}" = "invaudit: nowhere: no such file or folder" ]
    [ "${stderr_lines[1]}" = "invaudit: evidence/none.json: no such file or folder" ]
    [ "${#stderr_lines[@]}" -eq 2 ]
}

@test "a format that is a file's name" {
    wrong "unknown format 'report.json' (did you mean '-o json=report.json'?)$see" -o report.json evidence
    wrong "unknown format 'out/report.txt' (did you mean '-o text=out/report.txt'?)$see" -o out/report.txt evidence
}

@test "a format that is nearly one" {
    wrong "unknown format 'jsn' (did you mean 'json'?)$see" -o jsn evidence
    wrong "unknown format 'josn' (did you mean 'json'?)$see" --output=josn=file evidence
}

@test "a format that is none" {
    wrong "unknown format 'pdf': expected $(formats_of scan)$see" -o pdf evidence
}

@test "a format without the file it promises" {
    wrong "option '--output': expected a file behind 'json='$see" -o json= evidence
}

@test "two reports for standard output" {
    wrong "two reports for standard output: give one a file, as in -o json=report.json$see" -o text -o json evidence
    wrong "two reports for standard output: give one a file, as in -o json=report.json$see" -o json -o json=- evidence
}

@test "two reports for one file" {
    mkdir -p "$BATS_TEST_TMPDIR/b"
    cd "$BATS_TEST_TMPDIR"
    wrong "two reports for one file, 'a' and 'a': give each a file of its own$see" -o json=a -o text=a evidence
    wrong "two reports for one file, 'b/./a' and './b//a': give each a file of its own$see" -o json=b/./a -o text=./b//a evidence
}

@test "a date that is none" {
    for date in tomorrow 2026-02-30 2026-1-1 2026-01-31T12:00:00 ''; do
        wrong "option '--as-of': expected a date such as 2026-01-31, an instant such as 2026-01-31T12:00:00Z, now, or today, not '$date'$see" --as-of "$date" evidence
    done
}

@test "an account that is none" {
    for account in 12345678901 1234567890123 12345678901x ''; do
        wrong "option '--assume-account': expected 12 digits, not '$account'$see" --assume-account="$account" evidence
    done
}

@test "a region that is none" {
    wrong "option '--assume-region': expected a region such as us-east-1, not 'Frankfurt'$see" --assume-region Frankfurt evidence
    wrong "option '--assume-region': expected a region such as us-east-1, not 'us-east1' (did you mean 'us-east-1'?)$see" --assume-region us-east1 evidence
}

@test "a type that the catalog has not" {
    wrong "option '--assume-type': unknown type 'AWS::RDS::DBSnapshots' (did you mean 'AWS::RDS::DBSnapshot'?)$see" --assume-type AWS::RDS::DBSnapshots evidence
}

@test "a pattern for paths that is none" {
    wrong "option '--path-pattern': not a valid regular expression: missing closing parenthesis, at character 17$see" --path-pattern '(?<account>\d+)(' evidence
    wrong "option '--path-pattern': a regular expression of 5000 bytes; expected at most 4096$see" --path-pattern "$(printf '%5000s' '')" evidence
}

@test "a pattern for paths that tells nothing" {
    for pattern in '' '(\d{12})/' '(?<acount>\d{12})/'; do
        wrong "option '--path-pattern': expected a group named account, region or type, such as (?<account>[0-9]{12}), in '$pattern'$see" --path-pattern "$pattern" evidence
    done
}

@test "an option that may stand once" {
    wrong "option '--as-of' is given twice$see" --as-of 2026-01-01 --as-of 2026-01-01 evidence
}

@test "a rule that is not there" {
    wrong "--rules: nowhere.yaml: no such file or folder" --rules nowhere.yaml evidence
    wrong "--select: there is no rule 'Backup-0001' (did you mean 'Backup-001'?)" --select Backup-0001 evidence
    wrong "option '--select': expected RULE[,RULE...], not 'Backup-001,'$see" --select Backup-001, evidence
}

@test "a pack that is not there" {
    wrong "--pack: there is no pack 'conformty' (did you mean 'conformity'?)" --pack conformty evidence
    wrong "--pack: there is no pack 'conformity'" --no-builtin --pack conformity evidence
    wrong "--select: no rule has an id like 'B*2'" --select 'B*2' evidence
}

@test "a rule that is not there to be skipped" {
    wrong "--skip: there is no rule 'Backup-0001' (did you mean 'Backup-001'?)" --skip Backup-0001 evidence
}

@test "filters that are wrong" {
    wrong "option '--account': expected 12 digits, not '1234'$see" --account 1234 evidence
    wrong "option '--region': expected a region such as us-east-1, not 'Frankfurt'$see" --region Frankfurt evidence
    wrong "option '--exclude': not a glob: expected one such as *.bak, not '[a'$see" --exclude '[a' evidence
}

@test "filters by which nothing is left" {
    wrong "option '--account': there is no evidence of '210987654321', but of 123456789012" --account 210987654321 evidence
    wrong "option '--region': there is no evidence of 'us-west-2', but of eu-west-1, eu-west-2, us-east-1" --region eu-west-1,us-west-2 evidence
    mkdir -p evidence/210987654321/us-west-2
    wrong "option '--account': there is no evidence of '210987654321' in the regions asked for, but of 123456789012, 210987654321" --account 210987654321 --region eu-west-1 evidence
    run -2 --separate-stderr "$INVAUDIT" scan --skip Backup-001 evidence
    assert_stderr "invaudit: nothing to judge: there is no rule; 'invaudit rules list' shows those that are built in"
}

@test "a rule that is wrong: nothing is judged" {
    make_rule Mine-001.yaml
    sed -i 's/severity: very-high/severity: dreadful/' Mine-001.yaml
    run -2 --separate-stderr "$INVAUDIT" scan --rules Mine-001.yaml evidence
    assert_output ''
    grep -qxF "invaudit: Mine-001.yaml:4:11: unknown severity 'dreadful': expected low, medium, high, very-high or extreme" <<<"$stderr"
}

@test "the same rule twice" {
    make_rule Mine-001.yaml
    mkdir more
    cp Mine-001.yaml more
    run -2 --separate-stderr "$INVAUDIT" scan --rules Mine-001.yaml --rules more evidence
    assert_output ''
    [[ $stderr == *"Mine-001"* ]]
}

# ---- verdicts and statuses ----

@test "status 1: something fails, whatever else" {
    run -1 --separate-stderr "$INVAUDIT" scan evidence
    assert_stderr ''
    grep -qE '^FAIL +123456789012  us-east-1$' <<<"$output"
    grep -qE '^UNKNOWN +123456789012  eu-west-2$' <<<"$output"
    no grep -q '^PASS' <<<"$output"
    grep -qxF 'Not listed: --show pass lists them' <<<"$output"
    [ "${lines[-1]}" = "1 fail, 1 unknown, 1 pass (status 1: something fails)" ]
}

@test "--show: what is listed, and what is counted" {
    run -1 --separate-stderr "$INVAUDIT" scan --show=pass,fail evidence
    grep -qE '^FAIL +123456789012  us-east-1$' <<<"$output"
    no grep -q '^UNKNOWN' <<<"$output"
    grep -qxF 'Not listed: --show unknown lists them' <<<"$output"
    grep -qE '^PASS +123456789012  eu-west-1$' <<<"$output"
    run -1 --separate-stderr "$INVAUDIT" scan --show=all evidence
    no grep -qF 'Not listed' <<<"$output"
    wrong "option '--show': expected pass, fail, unknown, not_applicable, waived or all, not 'pas' (did you mean 'pass'?)$see" --show pas evidence
}

@test "status 0: nothing fails, nothing is unknown" {
    run -0 --separate-stderr "$INVAUDIT" scan evidence/123456789012/eu-west-1
    assert_stderr ''
    [ "${lines[-1]}" = "1 pass (status 0: nothing fails, nothing is unknown)" ]
}

@test "status 3: something is unknown" {
    run -3 --separate-stderr "$INVAUDIT" scan evidence/123456789012/eu-west-1 evidence/123456789012/eu-west-2
    assert_stderr ''
    [ "${lines[-1]}" = "1 unknown, 1 pass (status 3: something is unknown)" ]
}

@test "status 3: evidence could not be used" {
    echo '{' >evidence/123456789012/eu-west-1/backup-list-backup-plans.json
    run -3 "$INVAUDIT" scan evidence/123456789012/eu-west-1
    [ "${lines[-1]}" = "1 pass; 1 problem (status 3: evidence could not be used)" ]
}

@test "status 2: nothing to judge" {
    mkdir empty
    run -2 --separate-stderr "$INVAUDIT" scan empty
    [ "${lines[-1]}" = "no findings (status 2: nothing to judge: no evidence was read)" ]
    assert_stderr "invaudit: nothing to judge: there is no file"
    run -2 --separate-stderr "$INVAUDIT" scan --no-builtin evidence
    [ "${lines[-1]}" = "no findings (status 2: nothing to judge: there is no rule)" ]
    assert_stderr "invaudit: nothing to judge: there is no rule; 'invaudit rules list' shows those that are built in"
    echo note >empty/notes.txt
    run -2 --separate-stderr "$INVAUDIT" scan empty
    assert_stderr "invaudit: nothing to judge: no file is evidence; 'invaudit evidence' with the same PATH says what each was taken for"
    # an archive that was cut off tells no place either, but that is not why
    tar -czf whole.tgz evidence
    head -c 100 whole.tgz >cut.tgz
    run --separate-stderr "$INVAUDIT" scan cut.tgz
    assert_stderr "invaudit: nothing to judge: no evidence could be used; the problems that the report lists say why"
    run -2 --separate-stderr "$INVAUDIT" scan -qq - <<<'{"Account": "123456789012", "UserId": "u", "Arn": "arn:aws:iam::123456789012:user/u"}'
    assert_stderr "invaudit: nothing to judge: nothing tells an account and a region; see --assume-account and --assume-region in 'invaudit scan --help'"
}

@test "filters: findings, problems and coverage of others are left out" {
    make_evidence more
    sed -i s/123456789012/210987654321/ more/123456789012/*/*.json
    mv more/123456789012 evidence/210987654321
    echo '{' >evidence/210987654321/us-east-1/rds-describe-db-snapshots.json
    run -3 "$INVAUDIT" scan -o json --account 210987654321 --region us-east-1 evidence
    [ "$(jq -c '[.findings[] | [.account, .region]]' <<<"$output")" = '[["210987654321","us-east-1"]]' ]
    [ "$(jq -c '[.problems[].path]' <<<"$output")" = '["evidence/210987654321/us-east-1/rds-describe-db-snapshots.json"]' ]
    [ "$(jq -c '[.coverage[] | [.account, .delivered]]' <<<"$output")" = '[["210987654321",["us-east-1"]]]' ]
    [ "$(jq -c '.settings | [.accounts, .regions]' <<<"$output")" = '[["210987654321"],["us-east-1"]]' ]
    run -1 "$INVAUDIT" scan -o json --account 123456789012 evidence
    [ "$(jq -c '[.findings[].account] | unique' <<<"$output")" = '["123456789012"]' ]
    [ "$(jq -c '.problems' <<<"$output")" = '[]' ]
}

@test "filters: what tells no account may be of the one that is asked for" {
    cp evidence/123456789012/us-east-1/rds-describe-db-snapshots.json evidence/
    run -1 "$INVAUDIT" scan -o json --account 123456789012 --region eu-west-1 evidence
    [ "$(jq -c '[.findings[] | [.account, .region, .result]]' <<<"$output")" = '[[null,null,"fail"],["123456789012","eu-west-1","pass"]]' ]
}

@test "filters change no verdict: the whole listing is in another file" {
    run -1 "$INVAUDIT" scan -o json --region us-east-1 evidence
    [ "$(jq -c '[.findings[] | .result]' <<<"$output")" = '["fail"]' ]
}

@test "--exclude: files and folders that are no evidence" {
    cp evidence/123456789012/us-east-1/rds-describe-db-snapshots.json evidence/123456789012/eu-west-1/old-rds-describe-db-snapshots.json
    run -0 "$INVAUDIT" scan --exclude 'old-*' --exclude us-east-1 --exclude eu-west-2 evidence
    grep -qE ', 3 +excluded' <<<"${output//$'\n'/}"
    grep -qxF "judged with --exclude=eu-west-2 --exclude=old-* --exclude=us-east-1" <<<"$output"
    run -0 "$INVAUDIT" scan -o json --exclude 'old-*' --exclude 'us-*' --exclude 123456789012/eu-west-2 evidence
    [ "$(jq -c '[.evidence[] | select(.use == "excluded") | .why]' <<<"$output")" = '["old-*","123456789012/eu-west-2","us-*"]' ]
    [ "$(jq -c '[.findings[].region]' <<<"$output")" = '["eu-west-1"]' ]
}

@test "--exclude: arguments, too" {
    run -2 --separate-stderr "$INVAUDIT" scan --exclude evidence evidence/
    [ "${lines[-1]}" = "no findings (status 2: nothing to judge: no evidence was read)" ]
}

@test "standard input, with labels" {
    run -1 --separate-stderr "$INVAUDIT" scan --assume-account 123456789012 --assume-region us-east-1 - \
        <evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    grep -qE '^FAIL +123456789012  us-east-1$' <<<"$output"
    grep -qF 'judged with --assume-account=123456789012 --assume-region=us-east-1' <<<"$output"
}

@test "standard input, without" {
    run -1 --separate-stderr "$INVAUDIT" scan - <evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    grep -qE '^FAIL +- +-  from standard input$' <<<"$output"
    grep -qxF '         hint: give --assume-account ID and --assume-region REGION' <<<"$output"
}

@test "--assume-region: a path that may mean another region is told" {
    mkdir -p in/123456789012/{Ireland,'N. Virginia'}
    echo '{"DBSnapshots": []}' | tee in/123456789012/{Ireland,'N. Virginia'}/rds-describe-db-snapshots.json
    run "$INVAUDIT" evidence in
    [ "$(grep -c 'put it in a folder' <<<"$output")" -eq 2 ]
    run "$INVAUDIT" scan --assume-region us-east-1 in
    tr -s ' \n' ' ' <<<"$output" >text
    grep -qF "in/123456789012/Ireland/rds-describe-db-snapshots.json is of us-east-1, as --assume-region says, though its path says 'ireland', which may mean eu-west-1" text
    [ "$(grep -o 'though its path' text | wc -l)" -eq 1 ]
}

@test "--assume-account: a path that may mean another account is told" {
    mkdir -p in/12345678901/us-east-1
    echo '{"DBSnapshots": []}' >in/12345678901/us-east-1/rds-describe-db-snapshots.json
    run "$INVAUDIT" scan -qq -o json=report.json --assume-account 210987654321 in
    [ "$(jq -r '.findings[].assumptions[] | select(.code == "assumed-elsewhere").text' report.json)" = \
        "in/12345678901/us-east-1/rds-describe-db-snapshots.json is of 210987654321, as --assume-account says, though its path says '12345678901', which may mean 012345678901" ]
    run "$INVAUDIT" scan -o json --assume-account 012345678901 in
    ! grep -q assumed-elsewhere <<<"$output"
}

@test "--no-filtered: a bare array is no whole listing" {
    echo '[]' >evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    run -1 "$INVAUDIT" scan evidence/123456789012/us-east-1
    run -3 "$INVAUDIT" scan --no-filtered evidence/123456789012/us-east-1
    grep -qxF 'judged with --no-filtered' <<<"$output"
}

@test "--no-digest: no digests, and the same verdict" {
    run -1 --separate-stderr "$INVAUDIT" scan -o json evidence
    [ "$(jq '[.evidence[].sha256 // empty] | length > 0' <<<"$output")" = true ]
    jq -c 'del(.settings, .inputs_sha256, .evidence_set, .evidence[].sha256)' <<<"$output" >digested
    run -1 --separate-stderr "$INVAUDIT" scan -o json --no-digest evidence
    [ "$(jq -c '[.settings.no_digest, [.evidence[].sha256 // empty]]' <<<"$output")" = '[true,[]]' ]
    jq -c 'del(.settings, .inputs_sha256, .evidence_set, .evidence[].sha256)' <<<"$output" | cmp - digested
    run -1 "$INVAUDIT" scan --no-digest evidence
    grep -qxF 'judged with --no-digest' <<<"$output"
}

@test "--assume-type: for an array that tells none" {
    mkdir -p other/123456789012/us-east-1
    echo '[]' >other/123456789012/us-east-1/answer.json
    run -1 "$INVAUDIT" scan --assume-type AWS::RDS::DBSnapshot other
    grep -qE '^FAIL +123456789012  us-east-1$' <<<"$output"
    run -3 "$INVAUDIT" scan other
}

@test "rules of one's own" {
    make_rule Mine-001.yaml
    run -1 --separate-stderr "$INVAUDIT" scan --rules Mine-001.yaml --select Mine-001 evidence
    [[ $stderr == "invaudit: Mine-001.yaml:"*"warning: "*"no tests"* ]]
    grep -qF 'Mine-001: There are snapshots (very-high)' <<<"$output"
    no grep -qF 'Backup-001' <<<"$output"
    run -1 "$INVAUDIT" scan --rules Mine-001.yaml --select Mine-001,Backup-001 evidence
    grep -qF 'Backup-001: ' <<<"$output"
    run -1 "$INVAUDIT" scan --rules Mine-001.yaml --no-builtin evidence
    no grep -qF 'Backup-001: ' <<<"$output"
}

# ---- where reports go ----

@test "text goes to standard output beside a file" {
    run -1 --separate-stderr "$INVAUDIT" scan evidence
    text=$output
    run -1 --separate-stderr "$INVAUDIT" scan -o json=report.json evidence
    assert_output "$text"
    [ "$(head -n 2 report.json)" = $'{\n  "schema": "invaudit-report/1",' ]
}

@test "another format takes standard output" {
    run -1 --separate-stderr "$INVAUDIT" scan -o json=report.json evidence
    run -1 --separate-stderr "$INVAUDIT" scan -o json evidence
    assert_output "$(cat report.json)"
}

@test "- is standard output" {
    run -1 --separate-stderr "$INVAUDIT" scan -o json=report.json evidence
    run -1 --separate-stderr "$INVAUDIT" scan -o json=- evidence
    assert_output "$(cat report.json)"
}

@test "-q: the last line of the text, and what is asked for; -qq: only that" {
    last='1 fail, 1 unknown, 1 pass (status 1: something fails)'
    run -1 --separate-stderr "$INVAUDIT" scan -q evidence
    assert_output "$last"
    assert_stderr ''
    run -1 --separate-stderr "$INVAUDIT" scan --quiet -o json=report.json -o text=report.txt evidence
    assert_output "$last"
    [ -s report.json ]
    run -1 "$INVAUDIT" scan evidence
    assert_output "$(cat report.txt)"
    for quiet in -qq '-q --quiet' -qqq; do
        # shellcheck disable=SC2086  # words
        run -1 --separate-stderr "$INVAUDIT" scan $quiet -o json=report-2.json evidence
        assert_output ''
        assert_stderr ''
        cmp report.json report-2.json
    done
    for quiet in -q -qq; do
        run -1 --separate-stderr "$INVAUDIT" scan $quiet -o text evidence
        assert_output "$(cat report.txt)"
        run -1 --separate-stderr "$INVAUDIT" scan $quiet -o json evidence
        assert_output "$(cat report.json)"
    done
}

@test "-q: nothing to judge and wrong usage are told as always" {
    mkdir empty
    run -2 --separate-stderr "$INVAUDIT" scan -q empty
    assert_output 'no findings (status 2: nothing to judge: no evidence was read)'
    assert_stderr 'invaudit: nothing to judge: there is no file'
    run -2 --separate-stderr "$INVAUDIT" scan -qq empty
    assert_output ''
    assert_stderr 'invaudit: nothing to judge: there is no file'
    run -2 --separate-stderr "$INVAUDIT" scan -qq nowhere
    assert_stderr 'invaudit: nowhere: no such file or folder'
}

@test "a report in a file is the one on standard output" {
    run -1 "$INVAUDIT" scan evidence -o text=report.txt
    assert_output "$(cat report.txt)"
}

@test "a report replaces a file at once" {
    echo old >report.json
    ln report.json kept.json
    run -1 "$INVAUDIT" scan -q -o json=report.json evidence
    grep -q '"schema"' report.json
    [ "$(cat kept.json)" = old ]
    [ "$(ls -A | sort | tr '\n' ' ')" = "evidence kept.json report.json " ]
}

@test "a file that cannot be written: status 4, the other reports are whole" {
    [ -w /dev/full ] || skip "no /dev/full here"
    run -4 --separate-stderr "$INVAUDIT" scan -o json=/dev/full evidence
    [[ $stderr == "invaudit: /dev/full: cannot be written: "* ]]
    [ "${lines[-1]}" = "1 fail, 1 unknown, 1 pass (status 1: something fails)" ]
}

@test "wrong usage writes no report" {
    run -2 "$INVAUDIT" scan -o json=report.json nowhere
    [ ! -e report.json ]
}

@test "standard output that is full: status 4" {
    [ -w /dev/full ] || skip "no /dev/full here"
    run -4 --separate-stderr bash -c '"$INVAUDIT" scan evidence >/dev/full'
    assert_stderr "invaudit: cannot write to standard output: No space left on device"
}

@test "standard output that is closed: status 4, and no file takes its place" {
    run -4 --separate-stderr bash -c '"$INVAUDIT" scan -o text -o json=report.json evidence >&-'
    assert_stderr "invaudit: cannot write to standard output: Bad file descriptor"
    [ "$(head -c 1 report.json)" = '{' ]
    no grep -q '^FAIL' report.json
}

@test "nothing to say to a closed standard output is fine" {
    run -1 --separate-stderr bash -c '"$INVAUDIT" scan -qq evidence >&-'
    assert_stderr ''
}

@test "a reader that went away: status 4, without a word" {
    run -4 --separate-stderr to_nobody "$INVAUDIT" scan evidence
    assert_stderr ''
}

# ---- the gate ----

@test "--fail-on: what it names makes the status 1, and the last line says so" {
    last() { tail -n 1 <<<"$output"; }
    run -1 "$INVAUDIT" scan --fail-on fail:low evidence
    [ "$(last)" = "1 fail, 1 unknown, 1 pass (status 1: 1 finding matches --fail-on fail:low)" ]
    run -1 "$INVAUDIT" scan --fail-on fail,unknown evidence
    [ "$(last)" = "1 fail, 1 unknown, 1 pass (status 1: 2 findings match --fail-on fail --fail-on unknown)" ]
    run -3 "$INVAUDIT" scan --fail-on waived evidence
    [ "$(last)" = "1 fail, 1 unknown, 1 pass (status 3: nothing matches --fail-on waived, but what is unknown might)" ]
    run -0 "$INVAUDIT" scan --fail-on fail:high --fail-on unknown:high evidence
    [ "$(last)" = "1 fail, 1 unknown, 1 pass (status 0: nothing matches --fail-on fail:high --fail-on unknown:high, nor could what is unknown)" ]
    grep -qx 'judged with --fail-on=fail:high --fail-on=unknown:high' <<<"$output"
    grep -q '^FAIL ' <<<"$output"
    echo x >evidence/123456789012/eu-west-2/rds-describe-db-snapshots.json
    run -3 "$INVAUDIT" scan --fail-on fail:high evidence
    [ "$(last)" = "1 fail, 1 unknown, 1 pass; 1 problem (status 3: nothing matches --fail-on fail:high, but evidence could not be used)" ]
    mkdir empty
    run -2 "$INVAUDIT" scan --fail-on fail:high empty
}

@test "--fail-on: in the reports for programs, where it changes nothing but the status" {
    mkdir first
    run -1 "$INVAUDIT" scan -q -o json=first/report.json -o junit=first/report.xml evidence
    run -0 "$INVAUDIT" scan -q --fail-on unknown,fail:high -o json=report.json -o junit=report.xml evidence
    run -0 jq -c '.settings.fail_on, .summary.status' report.json
    assert_output $'["fail:high","unknown:high"]\n0'
    diff <(jq 'del(.settings.fail_on, .inputs_sha256, .summary.status)' report.json) <(jq 'del(.inputs_sha256, .summary.status)' first/report.json)
    [ "$(grep -c 'name="fail-on" value="\(fail\|unknown\):high"' report.xml)" -eq 2 ]
    diff <(grep -v 'name="fail-on"' report.xml) first/report.xml
    run -0 "$INVAUDIT" evidence --fail-on unknown evidence
}

@test "--fail-on: what is no result, no severity" {
    see="; see 'invaudit scan --help'"
    run -2 --separate-stderr "$INVAUDIT" scan --fail-on fial evidence
    assert_output ''
    assert_stderr "invaudit: option '--fail-on': expected fail, unknown, pass, not_applicable, waived or stale-waiver, not 'fial' (did you mean 'fail'?)$see"
    run -2 --separate-stderr "$INVAUDIT" scan --fail-on fail:critical evidence
    assert_stderr "invaudit: option '--fail-on': expected a severity, low, medium, high, very-high or extreme, not 'critical'$see"
}

# ---- what a finding says of its evidence ----

@test "a region that the account has not opted in to: the answer that says so is named" {
    mkdir -p evidence/123456789012/global evidence/123456789012/af-south-1
    echo '{"Regions": [{"RegionName": "us-east-1", "Endpoint": "e", "OptInStatus": "opted-in"},
        {"RegionName": "af-south-1", "Endpoint": "e", "OptInStatus": "not-opted-in"}]}' \
        >evidence/123456789012/global/ec2-describe-regions.json
    : >evidence/123456789012/af-south-1/rds-describe-db-snapshots.json
    "$INVAUDIT" scan -o json evidence >report.json || true
    run -0 jq -r '.findings[] | select(.region == "af-south-1").message' report.json
    assert_output "the account has not opted in to af-south-1, as evidence/123456789012/global/ec2-describe-regions.json says"
}

@test "a field that not every call of a type prints: which call, only where that is told" {
    make_rule Mine-001.yaml
    sed -i 's/from: .*/from: "AWS::Backup::BackupPlan", where: BackupPlan.Rules }/' Mine-001.yaml
    plan='{"BackupPlanId": "p", "BackupPlanName": "n", "VersionId": "v", "CreationDate": 1,
        "BackupPlanArn": "arn:aws:backup:us-east-1:123456789012:backup-plan:p"}'
    plans=evidence/123456789012/us-east-1
    silence() { # of the first region
        "$INVAUDIT" scan -o json --no-builtin --rules Mine-001.yaml evidence >report.json 2>/dev/null || true
        jq -r '.findings[] | select(.region == "us-east-1").reasons[]
            | select(.code == "silent-field").text' report.json
    }
    echo "[$plan]" >$plans/plans.json
    run -0 silence
    [[ $output == *": not every call that may have printed it prints BackupPlan" ]]
    rm $plans/plans.json
    echo "{\"BackupPlansList\": [$plan]}" >$plans/plans.json
    run -0 silence
    [[ $output == *": 'aws backup list-backup-plans' does not print BackupPlan" ]]
}

# A snapshot of us-east-1, or of another region.
snapshot() { # ID TYPE STORAGE [REGION]
    echo "{\"DBSnapshotIdentifier\": \"$1\", \"SnapshotType\": \"$2\", \"Engine\": \"e\", \"Status\": \"s\",
        \"AllocatedStorage\": $3, \"DBSnapshotArn\": \"arn:aws:rds:${4:-us-east-1}:123456789012:snapshot:$1\"}"
}

@test "of records with the largest value the first is cited, and none of what is mislabelled" {
    make_rule Mine-001.yaml
    sed -i 's/snapshots: {.*/snapshots: { from: "AWS::RDS::DBSnapshot", where: SnapshotType, max: AllocatedStorage }/' Mine-001.yaml
    snapshots=evidence/123456789012/us-east-1
    echo "{\"DBSnapshots\": [$(snapshot a x 1), $(snapshot b y 5), $(snapshot c z 5)]}" \
        >$snapshots/rds-describe-db-snapshots.json
    echo "{\"DBSnapshots\": [$(snapshot d x 9 eu-west-1)]}" >$snapshots/d.json
    "$INVAUDIT" scan -o json --no-builtin --rules Mine-001.yaml evidence >report.json || true
    run -0 jq -r '.findings[] | select(.region == "us-east-1").citations[].record' report.json
    assert_output b
}

@test "a text that two possible outcomes share is said once, however short" {
    make_rule Mine-001.yaml
    sed -i 's/message: .*}/message: m }/' Mine-001.yaml
    "$INVAUDIT" scan -o json --no-builtin --rules Mine-001.yaml evidence >report.json || true
    run -0 jq -r '.findings[] | select(.region == "eu-west-2") | .result, .would_say' report.json
    assert_output $'unknown\nm'
}

# ---- the same bytes ----

@test "options may follow paths, in any order" {
    run -1 "$INVAUDIT" scan --as-of 2026-01-01 --no-filtered evidence
    first=$output
    run -1 "$INVAUDIT" scan evidence --no-filtered --as-of=2026-01-01T01:00:00+01:00
    assert_output "$first"
    run -1 "$INVAUDIT" scan --as-of 2026-01-01 --no-filtered -- evidence
    assert_output "$first"
}

@test "the order of paths and of ids changes nothing" {
    make_rule Mine-001.yaml
    make_rule Mine-002.yaml
    parts=(evidence/123456789012/us-east-1 evidence/123456789012/eu-west-1 evidence/123456789012/eu-west-2)
    "$INVAUDIT" scan -o json --rules Mine-001.yaml --rules Mine-002.yaml --select Mine-001,Mine-002 \
        "${parts[@]}" >first 2>first.err || true
    "$INVAUDIT" scan -o json --rules Mine-002.yaml --rules Mine-001.yaml --select Mine-002 --select Mine-001 \
        "${parts[2]}" "${parts[1]}" "${parts[0]}" "${parts[1]}" >second 2>second.err || true
    [ -s first ]
    cmp first second
    cmp first.err second.err
}

@test "a terminal, a locale and a clock change nothing where output is a file" {
    run -1 "$INVAUDIT" scan evidence
    first=$output
    run -1 env TERM=xterm COLUMNS=200 LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu "$INVAUDIT" scan evidence
    assert_output "$first"
    no grep -q $'\e' <<<"$first"
}

@test "--as-of today reads the clock" {
    before=$(date -u +%Y-%m-%d)
    run -1 "$INVAUDIT" scan -o json --as-of today evidence
    after=$(date -u +%Y-%m-%d)
    grep -qE "\"as_of\": \"($before|$after)T00:00:00Z\"" <<<"$output"
}

@test "--as-of now is this second, not this day" {
    before=$(date -u +%s)
    run -1 "$INVAUDIT" scan -o json --as-of now evidence
    after=$(date -u +%s)
    told=$(date -u -d "$(jq -r .settings.as_of <<<"$output")" +%s)
    [ "$before" -le "$told" ]
    [ "$told" -le "$after" ]
}

@test "names cannot steer the terminal" {
    mkdir -p $'evidence/\e[2J/123456789012/eu-west-3'
    echo '{"DBSnapshots": []}' >$'evidence/\e[2J/123456789012/eu-west-3/rds-describe-db-snapshots.json'
    run -1 "$INVAUDIT" scan evidence
    no grep -q $'\e' <<<"$output"
    grep -qF 'evidence/\x1b[2J/123456789012/eu-west-3' <<<"$output"
}
