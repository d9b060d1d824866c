load helpers

# -o intoto, and the recipes of invaudit-report(5) that sign it, as they stand there.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    PATH=$(dirname "$INVAUDIT"):$PATH
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
}

statement() { # STATUS ARGUMENT...
    local status=$1
    shift
    run "-$status" --separate-stderr "$INVAUDIT" scan -qq -o intoto=statement.json -o json=report.json "$@"
}

@test "a statement says which files gave which findings" {
    statement 1 evidence
    [ "$(jq -r '._type, .predicateType' statement.json)" = "https://in-toto.io/Statement/v1
https://in-toto.io/attestation/test-result/v0.1" ]
    jq -r '.subject[] | .digest.sha256 + "  " + .name' statement.json | sha256sum -c --quiet
    [ "$(jq '.subject | length' statement.json)" -eq "$(find evidence -type f | wc -l)" ]
    [ "$(jq -c '.predicate | [.result, .passedTests, .warnedTests, .failedTests]' statement.json)" = \
        '["FAILED",["Backup-001/123456789012/eu-west-1"],["Backup-001/123456789012/eu-west-2"],["Backup-001/123456789012/us-east-1"]]' ]
}

@test "the result of a statement" {
    rm -r evidence/123456789012/us-east-1
    statement 3 evidence
    [ "$(jq -r .predicate.result statement.json)" = WARNED ]
    rm -r evidence/123456789012/eu-west-2
    statement 0 evidence
    [ "$(jq -r .predicate.result statement.json)" = PASSED ]
    # all that could be judged passes, and not all could be read
    echo '{' >evidence/rds-describe-db-snapshots-2.json
    statement 3 evidence
    [ "$(jq -r .predicate.result statement.json)" = WARNED ]
    # nothing passes, and nothing fails
    make_rule Mine-001.yaml
    sed -i 's/result: fail/result: not_applicable/' Mine-001.yaml
    rm -r evidence
    make_evidence evidence
    rm -r evidence/123456789012/eu-*
    statement 0 --rules Mine-001.yaml --no-builtin evidence
    [ "$(jq -c '.predicate | [.result, .passedTests, .warnedTests, .failedTests]' statement.json)" = '["WARNED",[],[],[]]' ]
}

@test "options and rules of a statement are its configuration" {
    make_rule Mine-001.yaml
    statement 1 --rules Mine-001.yaml --region us-east-1 evidence
    jq -r '.predicate.configuration[] | select(.name == "Mine-001.yaml") | .digest.sha256 + "  Mine-001.yaml"' statement.json |
        sha256sum -c --quiet
    [ "$(jq -c '.predicate.configuration[0].annotations.invauditSettings' statement.json)" = "$(jq -c .settings report.json)" ]
    [ "$(jq -r '.predicate.configuration[0].uri' statement.json)" = "pkg:generic/$("$INVAUDIT" --version | tr ' ' @)" ]
}

@test "no statement without digests: before anything is read" {
    local why="invaudit: format 'intoto': it proves nothing without the digests of the evidence, which --no-digest leaves out; see 'invaudit scan --help'"
    statement 2 --no-digest evidence
    assert_stderr "$why"
    [ ! -e statement.json ] && [ ! -e report.json ]
    # the same, if an earlier report asks for it
    run -1 "$INVAUDIT" scan -qq -o json=earlier.json --no-digest evidence
    statement 2 --settings-of earlier.json evidence
    assert_stderr "$why"
    run -2 --separate-stderr "$INVAUDIT" evidence -o intoto evidence
    [[ $stderr = "invaudit: unknown format 'intoto'"* ]]
}

@test "no statement has a clock, or the order of files or threads" {
    statement 1 evidence
    sha256sum statement.json >sums
    mv evidence/123456789012 moved
    mkdir evidence/123456789012
    for folder in us-east-1 eu-west-2 eu-west-1; do cp -r "moved/$folder" evidence/123456789012; done
    sleep 1.1
    TZ=Asia/Kathmandu LC_ALL=C statement 1 -j 3 evidence
    sha256sum -c --quiet sums
}

# The commands of a section of the manual are run as they stand, and end at the first that
# fails. Then one byte is changed.
recipe() { # SECTION
    python3 -B "$root/tests/cli/manual.py" commands "$root/man/invaudit-report.5" "$1" >recipe.sh
    [ "$(wc -l <recipe.sh)" -ge 6 ]
    run -0 bash -euo pipefail recipe.sh
    echo "$output"
    [[ $output = *"report.json: OK"*"statement.json: OK"* ]]
    verify=$(grep -E '^[a-z-]+ (-Y verify|-V) ' recipe.sh)
    run -0 bash -c "$verify"
    sed -i '1s/^./0/;1s/^00/1/' SHA256SUMS
    run bash -c "$verify"
    echo "$output"
    [ "$status" -ne 0 ]
}

@test "the recipe with ssh-keygen signs, and verifies" {
    command -v ssh-keygen >/dev/null || skip "no ssh-keygen here: install openssh-client"
    recipe "With ssh-keygen"
    # by another key, or for another use
    sha256sum report.json statement.json >SHA256SUMS
    rm SHA256SUMS.sig
    ssh-keygen -q -Y sign -n file -f auditor SHA256SUMS
    run bash -c "$verify"
    [ "$status" -ne 0 ]
    rm SHA256SUMS.sig
    ssh-keygen -q -t ed25519 -N '' -f other
    ssh-keygen -q -Y sign -n invaudit -f other SHA256SUMS
    run bash -c "$verify"
    [ "$status" -ne 0 ]
}

@test "the recipe with minisign signs, and verifies" {
    command -v minisign >/dev/null || skip "no minisign here: install minisign"
    recipe "With minisign"
}
