#!/usr/bin/env bats
# Manifests and lists of digests: they can only take a verdict away.

load helpers

@test "with any list a finding is what it is without, or unknown" {
    command -v python3 >/dev/null || skip "no python3: make deps"
    run -0 "$BATS_TEST_DIRNAME/lists.py" "$BATS_TEST_DIRNAME/../../fixtures" "${LISTS_COUNT:-45}"
    [[ ${lines[-1]} =~ ^'0 wrong, '([0-9]+)' weakened'$ ]]
    [ "${BASH_REMATCH[1]}" -gt $((${LISTS_COUNT:-45} * 4 / 9)) ]
}

@test "pages that a manifest chains are the listing, and less where anything is lost" {
    command -v python3 >/dev/null || skip "no python3: make deps"
    run -0 "$BATS_TEST_DIRNAME/pages.py" "$BATS_TEST_DIRNAME/../../fixtures" "${PAGES_CUTS:-16}"
    [[ ${lines[-1]} =~ ^[0-9]+' cut, 0 wrong, some weakened'$ ]]
}

# The story of lists, where $evidence can be changed.
copy_story() {
    cp -R "$BATS_TEST_DIRNAME/../../fixtures/lists-of-a-collection/evidence" "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
}

codes() { # what is a problem or a reason, each once
    "$INVAUDIT" scan -q -o json "$@" evidence |
        jq -r '[.problems[].code, .evidence[].documents[].reasons[].code] | unique | .[]'
}

@test "a digest that was not taken is not believed, and not disbelieved" {
    copy_story
    codes | grep -x altered
    run codes --no-digest
    [[ $output = *digest-unchecked* && $output != *altered* ]]
    run -1 "$INVAUDIT" scan -q --no-digest -o json=report.json evidence
    grep -q '"code": "digest-unchecked"' report.json
}

@test "what was left out is not lost" {
    copy_story
    codes | grep -x lost
    run codes --exclude eu-west-3 --exclude sa-east-1 --exclude '*clusters.json'
    [[ $output != *lost* ]]
}

@test "without its lists a folder is as before" {
    copy_story
    rm evidence/*/manifest.tsv evidence/*/SHA256SUMS
    run codes
    assert_output ''
}

# What the matrix says of the database orders: its state, and all that are possible.
orders() {
    "$INVAUDIT" scan -qq -o json --pack invaudit --matrix --as-of 2026-03-10T12:00:00Z evidence |
        jq -r '.matrix[] | select(.resource | endswith(":db:orders")) | [.state, .possible[]] | join(" ")'
}

@test "no list settles which of two answers a row of the matrix goes by" {
    local place=evidence/111111111111/us-east-1 file=backup-describe-region-settings.json list
    mkdir -p "$BATS_TEST_TMPDIR/evidence"
    cd "$BATS_TEST_TMPDIR"
    cp -R "$BATS_TEST_DIRNAME/../../fixtures/backup-coverage/evidence/111111111111" evidence
    [ "$(orders)" = 'protected protected' ]
    (cd evidence && find . -name '*.json' -exec sha256sum {} + >SHA256SUMS)
    [ "$(orders)" = 'protected protected' ]
    # a list that contradicts the one answer that protects it takes that away
    (cd evidence && sed "/us-east-1.$file/s/^[0-9a-f]*/$(printf %064d 0)/" -i SHA256SUMS)
    [ "$(orders)" != 'protected protected' ]
    rm evidence/SHA256SUMS
    # another answer contradicts it: both may be right, whichever of them a list disowns
    mkdir $place/again
    jq '.ResourceTypeOptInPreference.RDS = false' $place/$file >$place/again/$file
    [ "$(orders)" = 'undetermined protected unplanned' ]
    for list in $file again/$file; do
        printf '%064d  111111111111/us-east-1/%s\n' 0 "$list" >evidence/SHA256SUMS
        [ "$(orders)" = 'undetermined protected unplanned' ]
    done
    rm evidence/SHA256SUMS
    for list in $file again/$file; do
        printf 'path\tbegun\tended\tstatus\tcommand\n111111111111/us-east-1/%s\t\t\t254\t\n' "$list" >evidence/manifest.tsv
        [ "$(orders)" = 'undetermined protected unplanned' ]
    done
}
