#!/usr/bin/env bats
# What a rule says beside its verdicts changes none of them, and is said only where all
# that is possible agrees.

setup() {
    cd "$BATS_TEST_TMPDIR"
    fixtures=$BATS_TEST_DIRNAME/../../fixtures
    rule=$BATS_TEST_DIRNAME/../../rules/Backup-001.yaml
}

# A report for JSON of each run is made first, and one jq reads them all: to start it takes
# longer than a run.

# Makes the folder that it is in.
report() { # JSON PATH [OPTION...]
    mkdir -p "$(dirname "$1")"
    "$INVAUDIT" scan "${@:2}" -qq -o json="$1" || [ $? -ne 4 ]
}

@test "without its commentary, the rule says the same but for that" {
    mkdir bare with without
    awk '/^[a-z_]+:/ { aside = $1 == "commentary:" } !aside' "$rule" >bare/Backup-001.yaml
    [ "$(wc -l <bare/Backup-001.yaml)" -lt "$(wc -l <"$rule")" ]
    for story in "$fixtures"/*/evidence; do
        name=$(basename "${story%/evidence}")
        for side in with without; do
            own=()
            [ $side = with ] || own=(--no-builtin --rules bare)
            status=0
            "$INVAUDIT" scan "$story" -qq "${own[@]}" -o json=$side/$name.json || status=$?
            echo "$name: $status" >>$side/statuses
            "$INVAUDIT" evidence --list "$story" "${own[@]}" | grep -v '^judged with' >$side/$name.txt || true
        done
    done
    for side in with without; do
        (cd $side && jq 'input_filename, del(.settings, .rules, .inputs_sha256, .findings[].diagnosis, .findings[].cautions)' \
            ./*.json >verdicts && rm ./*.json)
    done
    diff -r with without
    [ "$(grep -c '^"' with/verdicts)" -gt 60 ]
}

@test "a rule that is read from a file says the same as when it is built in" {
    for story in "$fixtures"/{fail,pass}-*; do
        report "built-in/$(basename "$story").json" "$story/evidence"
        report "read/$(basename "$story").json" "$story/evidence" --no-builtin --rules "$rule"
    done
    for side in built-in read; do
        (cd $side && jq 'input_filename, .findings' ./*.json >findings && rm ./*.json)
    done
    diff built-in/findings read/findings
    [ "$(grep -c '^"' read/findings)" -gt 30 ]
}

@test "a file that is lost turns no remark into another" {
    for story in "$fixtures"/{fail,pass}-*; do
        name=$(basename "$story")
        report "$name/whole.json" "$story/evidence"
        rm -rf lost
        cp -r "$story/evidence" lost
        find lost -name '*.json' >files
        number=0
        while read -r file; do
            number=$((number + 1))
            mv "$file" aside
            report "$name/$number-${file##*/}" lost
            mv aside "$file"
        done <files
    done
    # of each report its file and a line with "FINDING RESULT CODE...", diagnosis and cautions
    jq -r '[input_filename, (.findings[] | .id, .result, (.diagnosis.code // empty), .cautions[].code)]
        | join(" ")' ./*/*.json >remarks
    awk '{ story = $1; sub("/[^/]*$", "", story); whole = $1 ~ "/whole.json$" }
        { for (i = 2; i <= NF; i++)
              if (whole)
                  known[story, $i] = 1
              else
                  lost[NR, i] = story SUBSEP $i }
        { lines[NR] = $0 }
        END { for (each in lost)
                  if (!(lost[each] in known) && lost[each] !~ SUBSEP "unknown$") {
                      split(each, at, SUBSEP)
                      print "new where a file is lost: " lines[at[1]]
                      bad = 1
                  }
              exit bad }' remarks
    [ "$(grep -c '/whole.json ' remarks)" -gt 30 ]
    [ "$(wc -l <remarks)" -gt 300 ]
    rm ./*/*.json
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
    sed 's/quotes: { fact: newest_lost,/quotes: { fact: jobs,/; s/code: no-plan/cod: no-plan/' \
        "$rule" >rules/Backup-001.yaml
    run "$INVAUDIT" rules check rules/Backup-001.yaml
    [ "$status" -eq 1 ]
    [[ $output == *"'jobs' is no minimum or maximum"* ]]
    [[ $output == *"unknown key 'cod'"* ]]
}
