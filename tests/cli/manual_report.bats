#!/usr/bin/env bats
# invaudit-report(5) has the codes of the source and the keys of the reports, and its
# examples run.

load helpers

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.."
    tests/cli/manual.py tables "$BATS_FILE_TMPDIR"
    for story in fixtures/*/; do
        story=$(basename "$story")
        words=(evidence) input=/dev/null
        [ ! -f "fixtures/$story/args" ] || mapfile -t words <"fixtures/$story/args"
        [ ! -f "fixtures/$story/stdin" ] || input=$PWD/fixtures/$story/stdin
        for command in scan evidence; do
            mkdir -p "$BATS_FILE_TMPDIR/$command"
            (cd "fixtures/$story" && "$INVAUDIT" $command "${words[@]}" -o json 2>/dev/null <"$input") \
                >"$BATS_FILE_TMPDIR/$command/$story.json" || true
        done
    done
    for command in scan evidence; do
        "$INVAUDIT" $command -o json --no-sandbox --pack conformity --skip conformity --fail-on fail:high fixtures/*/evidence \
            >"$BATS_FILE_TMPDIR/$command/pack.json" 2>/dev/null || true
    done
    # more records decide than are cited
    mkdir -p "$BATS_FILE_TMPDIR/many/123456789012/us-east-1"
    jq -n '{DBSnapshots: [range(1001) | {DBSnapshotIdentifier: "s\(.)", SnapshotType: "awsbackup"}]}' \
        >"$BATS_FILE_TMPDIR/many/123456789012/us-east-1/rds-describe-db-snapshots.json"
    "$INVAUDIT" scan -o json "$BATS_FILE_TMPDIR/many" >"$BATS_FILE_TMPDIR/scan/many.json" 2>/dev/null || true
    # a catalog of one's own
    mkdir "$BATS_FILE_TMPDIR/rules"
    make_rule "$BATS_FILE_TMPDIR/rules/Mine-001.yaml"
    make_catalog "$BATS_FILE_TMPDIR/rules/catalog.yaml"
    for command in scan evidence; do
        "$INVAUDIT" $command -o json --rules "$BATS_FILE_TMPDIR/rules" fixtures/three-accounts/evidence \
            >"$BATS_FILE_TMPDIR/$command/catalog.json" 2>/dev/null || true
    done
    # a folder that is no story gives none
    find "$BATS_FILE_TMPDIR" -name '*.json' -empty -delete
}

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    manual=$root/man/invaudit-report.5
    PATH=$(dirname "$INVAUDIT"):$PATH
    cd "$root"
}

@test "the codes and meanings are the source's, and every code of the fixtures is one of them" {
    [ "$(wc -l <"$BATS_FILE_TMPDIR/codes.source")" -gt 70 ]
    diff "$BATS_FILE_TMPDIR"/codes.{source,manual}
    [ "$(wc -l <"$BATS_FILE_TMPDIR/meanings.source")" -gt 70 ]
    diff "$BATS_FILE_TMPDIR"/meanings.{source,manual}
    jq -r '(.problems[].code | "problem " + .), (.findings[].assumptions[].code | "assumption " + .),
        ((.findings[], .evidence[].documents[]).reasons[].code | "reason " + .)' \
        "$BATS_FILE_TMPDIR"/scan/*.json | LC_ALL=C sort -u >"$BATS_TEST_TMPDIR/reports"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/reports")" -gt 40 ]
    run -0 comm -23 "$BATS_TEST_TMPDIR/reports" "$BATS_FILE_TMPDIR/codes.manual"
    assert_output ''
}

@test "the keys of both reports, and their types, are those that the program writes" {
    run -0 tests/cli/manual.py keys scan "$BATS_FILE_TMPDIR"/scan/*.json
    [ "$output" -gt 90 ]
    run -0 tests/cli/manual.py keys evidence "$BATS_FILE_TMPDIR"/evidence/*.json
    [ "$output" -gt 65 ]
}

@test "a code that a text report prints in brackets is explained" {
    grep -ohE ' \[[a-z]+(-[a-z]+)*\]( |$)' fixtures/*/expected/{report,evidence}.txt | tr -d ' []' |
        LC_ALL=C sort -u >"$BATS_TEST_TMPDIR/printed"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/printed")" -gt 40 ]
    # of the program, and of the commentaries of its rules
    sed -n 's/^\.\(It \)\{0,1\}Li //p' "$manual" | tr -s ' ,' '\n\n' | LC_ALL=C sort -u >"$BATS_TEST_TMPDIR/explained"
    run -0 comm -23 "$BATS_TEST_TMPDIR/printed" "$BATS_TEST_TMPDIR/explained"
    assert_output ''
}

@test "each code why no plan takes a database is explained" {
    {
        grep -oE '= \{ "[a-z-]+"' analyzer/aws/selection_because.c | cut -d '"' -f 2
        sed -n '/^static void explain_open/,/^}/p; /^static void explain_plans/,/^}/p' analyzer/judge/protection.c |
            grep -oE '"[a-z-]+"' | tr -d '"'
    } | LC_ALL=C sort -u >"$BATS_TEST_TMPDIR/source"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/source")" -gt 30 ]
    sed -n '/^.Sh WHY NO PLAN/,/^.Sh THE JUNIT/s/^\.It Li //p' "$manual" | LC_ALL=C sort >"$BATS_TEST_TMPDIR/manual"
    diff "$BATS_TEST_TMPDIR"/{source,manual}
}

@test "a finding of a page has the address that the manual says" {
    grep -qF "and its id, in which" "$manual"
    run "$INVAUDIT" scan -o html fixtures/three-accounts/evidence
    grep -qF 'id="f-Backup-001__123456789012__us-east-1"' <<<"$output"
}

@test "the words for results, states, uses and ways of being told are the source's" {
    names() { # NAME FILE: the texts of the table that is called so, or is in such a function
        sed -n "/$1[([]/,/^};*\$/p" "$2" | grep -oE '= "[a-z_-]+"' | tr -d '=" ' | LC_ALL=C sort | tr '\n' ' '
    }
    [ "$(names result_names analyzer/rulebook/rule.c)" = "fail not_applicable pass unknown waived " ]
    [ "$(names state_name analyzer/gather/assessment.c)" = "complete context ignored mislabelled nothing partial " ]
    [ "$(names told_name analyzer/gather/assessment.c)" = "arn assumed envelope error-text identity manifest name not path pattern records " ]
    [ "$(names source_use_name analyzer/find/discover.c)" = "archive excluded explains ignored lost read unreadable " ]
    # and the manual has each
    for word in pass fail unknown not_applicable waived complete partial nothing mislabelled context ignored \
        read archive excluded explains lost unreadable arn assumed envelope error-text identity manifest name path pattern records; do
        grep -qE "^\.(It )?Li .*\b$word\b" "$manual" || { echo "not in the manual: $word"; return 1; }
    done
}

@test "the examples do what the manual shows" {
    cp -r fixtures/three-accounts/evidence "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    run -0 "$root/tests/cli/manual.py" transcript "$manual"
    [[ $output = *", 0 differ" ]]
}
