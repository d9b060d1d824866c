#!/usr/bin/env bats
# The example of invaudit-rule(5) is a rule that is right, and whose tests hold.

bats_require_minimum_version 1.5.0

@test "the example in invaudit-rule(5) is right, and its tests hold" {
    rule=$BATS_TEST_TMPDIR/vault-lock.yaml
    awk '/^\.Bd -literal/ { on = 1; next } /^\.Ed/ { on = 0 } on' \
        "$BATS_TEST_DIRNAME/../../man/invaudit-rule.5" | sed 's/\\(ga/`/g' >"$rule"
    [ "$(wc -l <"$rule")" -gt 20 ]
    run -0 "$INVAUDIT" rules check "$rule"
    run -0 "$INVAUDIT" rules test "$rule"
    [[ $output = *"3 of 3 tests hold"* ]]
}
