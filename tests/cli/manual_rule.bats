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
    [[ $output = *"4 of 4 tests hold"* ]]
}

@test "invaudit-rule(5) has every key of a rule, and every function" {
    cd "$BATS_TEST_DIRNAME/../.."
    keys=$(cat analyzer/rulebook/rule*.c | sed -nE 's/^    (\{ "([a-z_]+)", CHECK_|TEXT\(([a-z_]+), ).*/\2\3/p')
    functions=$(sed -n '/^static const struct jmespath_function functions/,/^};/p' analyzer/jmespath/functions.c |
        grep -oE '^    \{ "[a-z_]+"' | grep -oE '[a-z_]+')
    [ "$(wc -w <<<"$keys")" -gt 30 ]
    [ "$(wc -w <<<"$functions")" -ge 26 ]
    grep -E '^\.(It )?(Ic|Li) ' man/invaudit-rule.5 | grep -oE '[a-z_]+' | sort -u >"$BATS_TEST_TMPDIR/manual"
    run -0 comm -23 <(tr ' ' '\n' <<<"$keys"$'\n'"$functions" | sort -u) "$BATS_TEST_TMPDIR/manual"
    [ "$output" = '' ]
}

@test "the examples of functions in invaudit-rule(5) are true, one a function" {
    sed -n '/^\.Ss FUNCTIONS/,/^\.Ss OUTCOMES/p' "$BATS_TEST_DIRNAME/../../man/invaudit-rule.5" \
        >"$BATS_TEST_TMPDIR/functions"
    sed -n 's/^\.Dl //p' "$BATS_TEST_TMPDIR/functions" | sed 's/\\(ga/`/g; s/\\(dq/"/g' >"$BATS_TEST_TMPDIR/examples"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/examples")" -eq "$(grep -c '^\.It Fn' "$BATS_TEST_TMPDIR/functions")" ]
    while read -r example; do
        run -0 "$INVAUDIT" query --as-of 2026-01-31 "$example" <<<null
        [ "$output" = true ]
    done <"$BATS_TEST_TMPDIR/examples"
    # and there is a description for each function that there is
    for name in $(sed -n 's/.*\.name = "\([a-z_]*\)".*/\1/p' "$BATS_TEST_DIRNAME/../../analyzer/rulebook/functions.c"); do
        grep -q "Fn $name " "$BATS_TEST_TMPDIR/functions"
    done
}
