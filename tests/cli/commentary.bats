#!/usr/bin/env bats
# What a rule says beside its verdicts changes none of them, and is said only where all
# that is possible agrees.

setup() {
    cd "$BATS_TEST_TMPDIR"
    fixtures=$BATS_TEST_DIRNAME/../../fixtures
    rule=$BATS_TEST_DIRNAME/../../rules/Backup-001.yaml
}

# "FINDING RESULT CODE..." of each, its diagnosis and cautions
remarks() { # PATH
    "$INVAUDIT" scan "$1" -qq -o json=report.json || [ $? -ne 4 ]
    jq -r '.findings[] | [.id, .result, (.diagnosis.code // empty), .cautions[].code]
        | join(" ")' report.json
}

verdicts() { # REPORT
    jq 'del(.settings, .rules, .findings[].diagnosis, .findings[].cautions)' "$1"
}

@test "without its commentary, the rule says the same but for that" {
    mkdir bare
    awk '/^[a-z_]+:/ { aside = $1 == "commentary:" } !aside' "$rule" >bare/Backup-001.yaml
    [ "$(wc -l <bare/Backup-001.yaml)" -lt "$(wc -l <"$rule")" ]
    for story in "$fixtures"/*/evidence; do
        with=0 without=0
        "$INVAUDIT" scan "$story" -qq -o json=with.json || with=$?
        "$INVAUDIT" scan "$story" -qq --no-builtin --rules bare -o json=without.json || without=$?
        [ $with -eq $without ]
        diff <(verdicts with.json) <(verdicts without.json)
        "$INVAUDIT" evidence "$story" >with.txt || true
        "$INVAUDIT" evidence "$story" --no-builtin --rules bare | grep -v '^judged with' >without.txt
        diff with.txt without.txt
    done
}

@test "a rule that is read from a file says the same as when it is built in" {
    for story in "$fixtures"/{fail,pass}-*/evidence; do
        "$INVAUDIT" scan "$story" -qq -o json=built-in.json || true
        "$INVAUDIT" scan "$story" -qq --no-builtin --rules "$rule" -o json=read.json || true
        diff <(jq .findings built-in.json) <(jq .findings read.json)
    done
}

@test "a file that is lost turns no remark into another" {
    for story in "$fixtures"/{fail,pass}-*; do
        whole=$(remarks "$story/evidence")
        find "$story/evidence" -name '*.json' -printf '%P\n' >files
        while read -r file; do
            rm -rf lost
            cp -r "$story/evidence" lost
            rm "lost/$file"
            left=$(remarks lost)
            for word in $left; do
                case " $whole unknown " in
                *" $word "*) ;;
                *) echo "$story without $file: $left, not $whole" >&2; return 1 ;;
                esac
            done
        done <files
    done
}

@test "a status message is quoted with what a reader cannot see spelled, and cut" {
    mkdir -p in/123456789012
    cp -r "$fixtures/fail-jobs-fail/evidence/123456789012/us-east-1" in/123456789012
    jobs=in/123456789012/us-east-1/backup-list-backup-jobs--RDS.json
    jq '.BackupJobs[0].StatusMessage = "\u001b[31mred" + ("x" * 1000)' "$jobs" >changed
    mv changed "$jobs"
    run "$INVAUDIT" scan in
    [ "$status" -eq 1 ]
    [[ $output == *'\x1b[31mredxxx'* || $output == *'\u001b[31mredxxx'* ]]
    [[ $output == *'xxx..."'* ]]
    "$INVAUDIT" scan in -qq -o json=report.json || true
    [ "$(jq '.findings[0].diagnosis.text | length' report.json)" -lt 600 ]
}

@test "a commentary that is wrong stops the run" {
    mkdir rules
    sed 's/quotes: { fact: newest_lost,/quotes: { fact: jobs,/; s/code: no-plan/cod: no-plan/
        s/^    - code: kept-too-short/&\n      nothing_there: no plan/' \
        "$rule" >rules/Backup-001.yaml
    run "$INVAUDIT" rules check rules/Backup-001.yaml
    [ "$status" -eq 1 ]
    [[ $output == *"'jobs' is no minimum or maximum"* ]]
    [[ $output == *"unknown key 'cod'"* ]]
    [[ $output == *'a caution is of a pass'* ]]
}
