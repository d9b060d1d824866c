load helpers

# `invaudit diff`: kinds and causes over reports that scan wrote; what is refused; the
# formats. Stories are in fixtures/diff-*; all kinds and causes in tests/unit/compare_diff.c.

setup() {
    diffs=0
    cd "$BATS_TEST_TMPDIR"
    home=evidence/123456789012
    make_evidence evidence
}

scan() { # REPORT ARGUMENT...
    local report=$1
    shift
    "$INVAUDIT" scan -qq -o json="$report" "$@" || [ $? -ne 2 ]
}

# A line a finding that does not still fail: what became of it, its place, and why.
changes() { # DIFF
    jq -r '.findings[] | select(.change != "still-failing") | [.change, .region // "-", (.why | map([.code] + .settings + .files | join(" ")) | join("; "))] | join(": ")' "$1"
}

# Diffs are left for tests/reports.sh, each by another name; reports that were edited are not.
compare() { # STATUS
    [ ! -e diff.json ] || mv diff.json "diff-$((++diffs)).json"
    run "-$1" --separate-stderr "$INVAUDIT" diff -o json=diff.json old.json new.json
    [ -z "$stderr" ]
}

@test "the same report twice: nothing changed, status 0" {
    scan old.json evidence
    run -0 --separate-stderr "$INVAUDIT" diff -q old.json old.json
    assert_output '1 still failing, 2 unchanged (status 0: nothing newly fails)'
    run -0 "$INVAUDIT" diff -o json old.json old.json
    [ "$(jq -c '[.changed.program, .changed.catalog, .changed.settings, .changed.rules, .changed.evidence.same]' <<<"$output")" = '[false,false,[],[],2]' ]
    [ "$(jq -c '.findings[].why' <<<"$output")" = '[]' ]
}

@test "evidence: what newly fails, is fixed, decided and no longer so, with the files" {
    scan old.json evidence
    cp "$home/eu-west-1/rds-describe-db-snapshots.json" saved
    sed 's/"awsbackup"/"manual"/' saved >"$home/eu-west-1/rds-describe-db-snapshots.json"
    sed 's/eu-west-1/us-east-1/' saved >"$home/us-east-1/rds-describe-db-snapshots.json"
    sed 's/eu-west-1/eu-west-2/' saved >"$home/eu-west-2/rds-describe-db-snapshots.json"
    scan new.json evidence
    compare 1
    run -0 changes diff.json
    assert_output "newly-failing: eu-west-1: evidence $home/eu-west-1/rds-describe-db-snapshots.json
fixed: us-east-1: evidence $home/us-east-1/rds-describe-db-snapshots.json
newly-decidable: eu-west-2: evidence $home/eu-west-2/rds-describe-db-snapshots.json"
    # the other way round
    mv old.json x && mv new.json old.json && mv x new.json
    compare 1
    run -0 changes diff.json
    assert_output "newly-failing: us-east-1: evidence $home/us-east-1/rds-describe-db-snapshots.json
no-longer-decidable: eu-west-2: evidence $home/eu-west-2/rds-describe-db-snapshots.json
fixed: eu-west-1: evidence $home/eu-west-1/rds-describe-db-snapshots.json"
}

@test "evidence in another folder is the same, by its place below the operand" {
    scan old.json evidence
    cp -r evidence moved
    echo '{"DBSnapshots": []}' >moved/123456789012/eu-west-2/rds-describe-db-snapshots.json
    scan new.json moved/
    compare 1
    [ "$(jq -c '.changed.evidence | [.same, .altered, .added, .removed, .moved]' diff.json)" = '[2,0,1,0,0]' ]
    # and where nothing tells the operands, by the bytes and the last folders
    jq 'del(.operands)' new.json >x && mv x new.json
    compare 1
    [ "$(jq -c '.changed.evidence | [.same, .altered, .added, .removed, .moved]' diff.json)" = '[0,0,1,0,2]' ]
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-2: evidence moved/123456789012/eu-west-2/rds-describe-db-snapshots.json'
    rm old.json new.json
}

@test "rules, parameters and options are causes" {
    make_rule Mine-001.yaml
    sed -i 's/^for_each/parameters:\n  most: { type: number, default: 0, description: d }\nfor_each/; s/`0`/$most/' Mine-001.yaml
    scan old.json --rules Mine-001.yaml --no-builtin evidence
    scan new.json --rules Mine-001.yaml --no-builtin --param Mine-001.most=1 evidence
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-1: settings params'
    sed -i 's/default: 0/default: 1/' Mine-001.yaml
    scan new.json --rules Mine-001.yaml --no-builtin evidence
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-1: rule'
    [ "$(jq -c .changed.rules diff.json)" = '[{"id":"Mine-001","change":"altered"}]' ]
    # which rules and places there are
    scan old.json evidence
    scan new.json --rules Mine-001.yaml --no-builtin --region us-east-1 evidence
    compare 1
    [ "$(changes diff.json | sort -u)" = 'gone: eu-west-1: rule; settings no_builtin regions rules
gone: eu-west-2: rule; settings no_builtin regions rules
gone: us-east-1: rule; settings no_builtin regions rules
newly-failing: us-east-1: rule; settings no_builtin regions rules' ]
    scan new.json --region us-east-1 evidence
    compare 0
    run -0 changes diff.json
    assert_output 'gone: eu-west-1: settings regions
gone: eu-west-2: settings regions'
}

@test "without digests nobody can tell; a file that is new can be told" {
    scan old.json --no-digest evidence
    sed -i 's/"awsbackup"/"manual"/' "$home/eu-west-1/rds-describe-db-snapshots.json"
    scan new.json evidence
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-1: no-digest'
    [ "$(jq -c '.changed.evidence.untold' diff.json)" -eq 2 ]
}

@test "another version, another catalog: it is said, and is a cause" {
    scan old.json evidence
    jq '.tool.version = "0.0.9" | .catalog.sha256 |= sub("^."; "x") | .catalog.sha256 |= sub("x"; "0") |
        .findings[0].result = "pass" | .findings[2].result = "pass"' old.json >x
    jq '.catalog.sha256 = ("0" * 64)' old.json >new.json
    mv x old.json
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: us-east-1: catalog; program'
    [ "$(jq -c '.changed | [.program, .catalog]' diff.json)" = '[true,true]' ]
    run -1 "$INVAUDIT" diff old.json new.json
    grep -qF 'program: 0.0.9 -> ' <<<"$output"
    grep -qxF 'catalog: changed' <<<"$output"
    # a version that has no such member
    jq 'del(.catalog)' old.json >x && mv x old.json
    compare 1
    [ "$(jq -c .changed.catalog diff.json)" = null ]
    rm old.json new.json
}

@test "every kind, as the results of both reports have it" {
    local old new kind
    scan x evidence
    while read -r old new kind; do
        for side in old new; do
            jq --arg result "${!side}" '.findings[0] as $f | .findings = [$f, $f + {id: "R/1", rule: "R", result: $result}
                | select(.result != "-")]' x >$side.json
        done
        compare "$([[ $kind = newly-failing || $kind = no-longer-waived ]] && echo 1 || echo 0)"
        [ "$(jq -r '[.findings[] | select(.id == "R/1").change] | join(" ")' diff.json)" = "${kind#unchanged}" ]
        [ "$(jq -r --arg kind "${kind//-/_}" '.summary[$kind] > 0' diff.json)" = true ]
    done <<'END'
pass fail newly-failing
- fail newly-failing
waived fail no-longer-waived
fail unknown no-longer-decidable
fail waived newly-waived
waived not_applicable fixed
unknown pass newly-decidable
pass not_applicable changed
- waived new
unknown - gone
fail fail still-failing
unknown unknown unchanged
END
    rm old.json new.json
}

@test "a waiver, and the day after its last" {
    cat >waivers.yaml <<'END'
format: 1
waivers:
  - rule: Backup-001
    account: "123456789012"
    region: us-east-1
    reason: copied to tape until the move
    owner: storage team
    expires: 2027-01-31
END
    scan old.json --as-of 2027-01-31 evidence
    scan new.json --as-of 2027-01-31 --waivers waivers.yaml evidence
    compare 0
    run -0 changes diff.json
    assert_output 'newly-waived: us-east-1: waiver; settings waivers'
    scan old.json --as-of 2027-02-01 --waivers waivers.yaml evidence
    run -1 --separate-stderr "$INVAUDIT" diff new.json old.json
    grep -qxF '    no waiver accepts it any more' <<<"$output"
    grep -qxF '1 no longer waived, 2 unchanged (status 1: something newly fails)' <<<"$output"
}

@test "causes that are left when nothing else is" {
    scan old.json evidence
    jq '.findings[0].result = "fail"' old.json >new.json
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-1: untold'
    # of another region, and of the same one, though not cited
    jq '(.evidence[] | select(.path | test("us-east-1"))).sha256 = ("0" * 64)' new.json >x && mv x new.json
    compare 1
    run -0 changes diff.json
    assert_output 'newly-failing: eu-west-1: evidence-elsewhere'
    jq '(.evidence[] | select(.path | test("us-east-1"))).documents[].region = "eu-west-1"' new.json >x && mv x new.json
    compare 1
    run -0 changes diff.json
    assert_output "newly-failing: eu-west-1: evidence-nearby $home/us-east-1/rds-describe-db-snapshots.json"
    run -1 "$INVAUDIT" diff old.json new.json
    grep -qxF '    evidence of the account and region was altered:' <<<"$output"
    rm old.json new.json
}

@test "what is no report of a scan is refused, with its name and place" {
    scan old.json evidence
    "$INVAUDIT" evidence -o json=evidence.json evidence >x || true
    run -2 --separate-stderr "$INVAUDIT" diff old.json evidence.json
    assert_stderr "invaudit: evidence.json: is a report of 'evidence', which has no findings: expected one of 'scan'"
    sed 's/invaudit-report.1/invaudit-report\/2/' old.json >new.json
    run -2 --separate-stderr "$INVAUDIT" diff old.json new.json
    assert_stderr "invaudit: new.json: is no JSON report that this version reads: its schema is neither invaudit-report/1 nor invaudit-evidence/1"
    head -c 1000 old.json >new.json
    run -2 --separate-stderr "$INVAUDIT" diff old.json new.json
    [[ $stderr = "invaudit: new.json:"*"the file ends inside"* ]]
    run -2 --separate-stderr "$INVAUDIT" diff old.json nowhere.json
    assert_stderr "invaudit: nowhere.json: cannot be opened: No such file or directory"
    run -2 --separate-stderr "$INVAUDIT" diff old.json
    assert_stderr "invaudit: expected two reports of scan -o json: OLD and NEW; see 'invaudit diff --help'"
    rm new.json
    run -2 --separate-stderr "$INVAUDIT" diff - -
    assert_stderr "invaudit: both reports from standard input: give one a file; see 'invaudit diff --help'"
}

@test "reports go to files, and never replace what is compared" {
    scan old.json evidence
    ln old.json link.json
    cp old.json saved
    run -2 --separate-stderr "$INVAUDIT" diff -o json=link.json old.json old.json
    assert_stderr "invaudit: option '--output': 'link.json' is one of the reports that are compared: it would be replaced; see 'invaudit diff --help'"
    cmp old.json saved
    run -0 "$INVAUDIT" diff -qq -o json=diff.json -o markdown=diff.md -o text=diff.txt old.json - <old.json
    assert_output ''
    [ "$(jq -r .new.path diff.json)" = - ]
    grep -qF '1 still failing' diff.md
    grep -qF '1 still failing' diff.txt
    # one of ours is replaced
    run -0 "$INVAUDIT" diff -qq -o json=diff.json old.json old.json
    [ "$(jq -r .new.path diff.json)" = old.json ]
    run -2 --separate-stderr "$INVAUDIT" diff -o junit old.json old.json
    [[ $stderr = "invaudit: unknown format 'junit': expected text, json or markdown"* ]]
}

@test "a diff that cannot be written: status 4" {
    scan old.json evidence
    run -4 bash -c '"$0" diff old.json old.json >/dev/full' "$INVAUDIT"
    run -2 --separate-stderr "$INVAUDIT" diff -o json=nowhere/diff.json old.json old.json
    [[ $stderr = "invaudit: option '--output': 'nowhere/diff.json': "* ]]
}

@test "the same bytes whatever the order in the reports" {
    scan old.json evidence
    sed -i 's/"awsbackup"/"manual"/' "$home/eu-west-1/rds-describe-db-snapshots.json"
    scan new.json evidence
    for format in text json markdown; do
        "$INVAUDIT" diff -o $format old.json new.json >"$format" || true
    done
    for report in old new; do
        jq '.findings |= reverse | .evidence |= reverse | .rules |= reverse' $report.json >x && mv x $report.json
    done
    for format in text json markdown; do
        LC_ALL=C.UTF-8 TZ=Asia/Kathmandu run -1 "$INVAUDIT" diff -o $format=again old.json new.json
        cmp "$format" again
    done
}

@test "many findings: grouped, and cut on a terminal and in a comment" {
    scan old.json evidence
    jq '.findings[0] as $f | .findings = [range(3000) | $f + {id: "R/\(.)", rule: "R", account: "1234567\(10000 + .)",
        region: "r-\(. % 7)", resource: "db-\(.)", result: "pass", message: "db-\(.) has \(.) of them, \(if . % 2 == 0 then "even" else "odd" end)"}]' old.json >x
    jq '.findings[].result = "fail"' x >new.json
    mv x old.json
    run -1 "$INVAUDIT" diff old.json new.json
    [ "$(grep -c 'was pass, now fail: RESOURCE has N of them, ' <<<"$output")" -eq 2 ]
    [ "$(grep -c '^  1234567' <<<"$output")" -eq 3000 ]
    grep -qxF '3000 newly failing (status 1: something newly fails)' <<<"$output"
    run -1 "$INVAUDIT" diff -o markdown old.json new.json
    [ ${#output} -lt 60000 ]
    grep -qF 'and 1480 more places' <<<"$output"
    # each of its own: what does not fit is counted
    jq '.findings |= (to_entries | map(.value.message = "m" + (.key | tostring | gsub("0"; "a") | gsub("1"; "b") | gsub("2"; "c") | gsub("3"; "d")
        | gsub("4"; "e") | gsub("5"; "f") | gsub("6"; "g") | gsub("7"; "h") | gsub("8"; "i") | gsub("9"; "j")) | .value))' new.json >x && mv x new.json
    run -1 "$INVAUDIT" diff -o markdown old.json new.json
    [ "$(wc -c <<<"$output")" -le 60001 ]
    left=$(sed -n 's/^\([0-9]*\) more findings did not fit.*/\1/p' <<<"$output")
    [ "$((left + $(grep -c '^- `1234567' <<<"$output")))" -eq 3000 ]
}
