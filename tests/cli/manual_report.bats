#!/usr/bin/env bats
# invaudit-report(5) has the codes of the source and the keys of the reports, and its
# examples run.

load helpers

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    manual=$root/man/invaudit-report.5
    PATH=$(dirname "$INVAUDIT"):$PATH
    cd "$root"
}

tables() { # WORD...
    python3 "$root/tests/cli/manual.py" "$@"
}

@test "the codes are the source's" {
    tables codes >"$BATS_TEST_TMPDIR/source"
    tables codes "$manual" >"$BATS_TEST_TMPDIR/manual"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/source")" -gt 70 ]
    diff "$BATS_TEST_TMPDIR/source" "$BATS_TEST_TMPDIR/manual"
}

@test "every code that a report of the fixtures has is one of them" {
    jq -r '(.problems[].code | "problem " + .), (.findings[].assumptions[].code | "assumption " + .),
        ((.findings[], .evidence[].documents[]).reasons[].code | "reason " + .)' \
        fixtures/*/expected/report.json | sort -u >"$BATS_TEST_TMPDIR/reports"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/reports")" -gt 40 ]
    tables codes "$manual" >"$BATS_TEST_TMPDIR/manual"
    run -0 comm -23 "$BATS_TEST_TMPDIR/reports" "$BATS_TEST_TMPDIR/manual"
    assert_output ''
}

@test "the keys of scan, and their types, are those of its reports" {
    run -0 tables keys "$manual" 'Keys of both reports|Keys of scan' fixtures/*/expected/report.json
    [ "$output" -gt 90 ]
}

@test "the keys of evidence, and their types, are those of its reports" {
    for story in fixtures/*/; do
        words=(evidence) input=/dev/null
        [ ! -f "$story/args" ] || mapfile -t words <"$story/args"
        [ ! -f "$story/stdin" ] || input=$story/stdin
        (cd "$story" && "$INVAUDIT" evidence "${words[@]}" -o json 2>/dev/null) <"$input" \
            >"$BATS_TEST_TMPDIR/$(basename "$story").json" || true
    done
    run -0 tables keys "$manual" 'Keys of both reports|Keys of evidence' "$BATS_TEST_TMPDIR"/*.json
    [ "$output" -gt 65 ]
}

@test "the words for states, ways of being told and uses are the source's" {
    # the words in the order of the manual's lists, against the tables of the source
    for words in 'complete partial nothing mislabelled context ignored' 'read ignored explains unreadable' \
        'envelope records name error-text pattern path identity arn assumed'; do
        for word in $words; do
            grep -qE "\.Li .*\b$word\b" "$manual"
        done
    done
    names() { # FUNCTION FILE
        sed -n "/$1(/,/^}/p" "$2" | grep -oE '= "[a-z-]+"' | tr -d '=" ' | sort | tr '\n' ' '
    }
    [ "$(names state_name analyzer/assess/assessment.c)" = "complete context ignored mislabelled nothing partial " ]
    [ "$(names told_name analyzer/assess/assessment.c)" = "arn assumed envelope error-text identity name not path pattern records " ]
    [ "$(names use_name analyzer/report/members.c)" = "explains ignored read unreadable " ]
}

@test "the results are the source's" {
    sed -n '/result_names\[\] = {/,/};/p' analyzer/rulebook/rule.c | grep -oE '"[a-z_]+"' | tr -d '"' |
        sort >"$BATS_TEST_TMPDIR/source"
    sed -n '/^\.Sh RESULTS/,/^\.El/p' "$manual" | sed -n 's/^\.It Li //p' | sed 's/ , /\n/g' |
        sort >"$BATS_TEST_TMPDIR/manual"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/source")" -eq 5 ]
    diff "$BATS_TEST_TMPDIR/source" "$BATS_TEST_TMPDIR/manual"
}

@test "the examples do what the manual shows" {
    cp -r fixtures/three-accounts/evidence "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    run -0 tables transcript "$manual"
    [[ $output = *", 0 differ" ]]
}
