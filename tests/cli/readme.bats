#!/usr/bin/env bats
# What README.md shows is what the program does.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
}

# block N: the N-th fenced block of README.md
block() {
    awk -v wanted="$1" '/^```/ { if (open) open = 0; else { open = 1; count++ } next }
        open && count == wanted' README.md
}

@test "the report in the README is the demo's" {
    block 2 >"$BATS_TEST_TMPDIR/report"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/report")" -gt 20 ]
    while read -r line; do
        grep -qF -- "$line" fixtures/three-accounts/expected/report.txt ||
            { echo "not in the demo's report: $line"; return 1; }
    done <"$BATS_TEST_TMPDIR/report"
}

@test "the rule in the README is right, and its test holds" {
    mkdir "$BATS_TEST_TMPDIR/rules"
    block 4 >"$BATS_TEST_TMPDIR/rules/vault-lock.yaml"
    run -0 "$INVAUDIT" rules check "$BATS_TEST_TMPDIR/rules/vault-lock.yaml"
    run -0 "$INVAUDIT" rules test "$BATS_TEST_TMPDIR/rules/vault-lock.yaml"
}

@test "the commands in the README are understood" {
    block 3 >"$BATS_TEST_TMPDIR/commands"
    run -0 grep -c '^invaudit\|| invaudit' "$BATS_TEST_TMPDIR/commands"
    run -0 "$INVAUDIT" rules show Backup-001
    run -1 "$INVAUDIT" scan -o json="$BATS_TEST_TMPDIR/report.json" fixtures/three-accounts/evidence
    [ -s "$BATS_TEST_TMPDIR/report.json" ]
}
