#!/usr/bin/env bats
# Manifests and lists of digests: they can only take a verdict away.

load helpers

@test "with any list a finding is what it is without, or unknown" {
    command -v python3 >/dev/null || skip "no python3: make deps"
    run -0 "$BATS_TEST_DIRNAME/lists.py" "$BATS_TEST_DIRNAME/../../fixtures" 45
    [[ ${lines[-1]} =~ ^'0 wrong, '([0-9]+)' weakened'$ ]]
    [ "${BASH_REMATCH[1]}" -gt 20 ]
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
