#!/usr/bin/env bats
# The examples of invaudit-rule(5) are rules that are right, and whose tests hold.

bats_require_minimum_version 1.5.0
load helpers

@test "the examples in invaudit-rule(5) are right, and their tests hold" {
    cd "$BATS_TEST_TMPDIR"
    awk '/^\.Bd -literal/ { on = 1; next } /^\.Ed/ { on = 0 } on' \
        "$BATS_TEST_DIRNAME/../../man/invaudit-rule.5" | sed 's/\\(ga/`/g; s/\\(aq/'\''/g' >all
    awk '/^format: 1$/ { next } /^id: / { file = $2 ".yaml"; print "format: 1" >file } { print >file }' all
    [ "$(ls ./*.yaml)" = $'./backed-up.yaml\n./kept.yaml\n./vault-lock.yaml' ]
    run -0 --separate-stderr "$INVAUDIT" rules check --strict .
    assert_stderr ''
    run -0 "$INVAUDIT" rules test .
    [[ $output = *"9 of 9 tests hold"* ]]
}

# Every construct of rules about each record stands in one of them.
@test "the examples in invaudit-rule(5) have what there is to show" {
    for word in 'for_each: \[' 'join: {' 'each: resource\.' 'each: [A-Z]' '\$resource\.' '\$record\.' \
        'resource_type ==' 'result: unknown' "'\*': not_applicable" 'publisher:' 'mappings:' 'tags:' 'values:' 'max:'; do
        sed -n '/^\.Sh EXAMPLES/,$p' "$BATS_TEST_DIRNAME/../../man/invaudit-rule.5" | sed "s/\\\\(aq/'/g" |
            grep -qe "$word" || { echo "no $word"; return 1; }
    done
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
