load helpers

# What the program gives up before it reads rules and evidence (base/sandbox.h). That the
# rest of the tests hold in the sandbox is seen by all of them: it is on. What it refuses
# is tests/unit/base_sandbox.c's; here, that each command is in it.

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    mkdir rules out
    make_rule rules/Mine-001.yaml
    answer=123456789012/us-east-1/rds-describe-db-snapshots.json
    echo secret >secret
    "$INVAUDIT" scan -qq -o json=earlier.json evidence || [ $? -eq 1 ]
    "$INVAUDIT" scan -qq --shard 1/2 -o state=one.state evidence
    "$INVAUDIT" scan -qq --shard 2/2 -o state=two.state evidence
}

# The command lines that read rules or evidence, and a file that each of them reads.
commands=(
    "scan -qq evidence"
    "scan -qq -j3 -o json=out/report.json --rules rules evidence"
    "evidence -o json=out/list.json evidence"
    "verify earlier.json"
    "merge -qq one.state two.state"
)
# What each of them reads when it is confined.
declare -gA reads=([verify]=rds-describe-db-snapshots.json [merge]=two.state)

in_sandbox() {
    "$INVAUDIT" scan -o json evidence >whole.json || [ $? -eq 1 ]
    [ "$(jq .sandbox whole.json)" = null ] || skip "not here: $(jq -r .sandbox.why whole.json)"
    [ -n "${BREACH_LIBRARY:-}" ] || skip "a sanitizer's program is in no sandbox"
}

# strace, where it may be used.
can_trace() {
    command -v strace >/dev/null || skip "no strace: make deps"
    strace -o tried true 2>/dev/null || skip "no process may be traced here"
}

@test "every command is confined before it reads, and none calls for the network or a program" {
    can_trace
    in_sandbox
    for program in "$INVAUDIT" "$STATIC"; do
        for words in "${commands[@]}"; do
            file=${reads[${words%% *}]:-rds-describe-db-snapshots.json}
            # shellcheck disable=SC2086  # words
            strace -f -qq -o trace "$program" $words >/dev/null 2>&1 || [ $? -eq 1 ]
            # what comes before, and what after
            sed '/seccomp(SECCOMP_SET_MODE_FILTER, .*) = 0$/q' trace >before
            grep -q 'landlock_restrict_self(.*) *= 0$' before
            tail -n 1 before | grep -q 'seccomp('
            no grep -E 'open(at|at2)?\(.*(rules|evidence)[/"]' <(grep -v 'O_PATH\|O_DIRECTORY' before)
            tail -n "+$(($(wc -l <before) + 1))" trace >after
            grep -q "open.*$file" after
            no grep -E '^[0-9]+ +(socket|connect|sendto|sendmsg|recvfrom|execve|fork|vfork|ptrace)\(' after
            no grep -E 'PROT_EXEC' after
            [ "$(grep -c 'execve(' trace)" -eq 1 ]
        done
    done
}

@test "evidence that takes over the program gets no further" {
    in_sandbox
    for words in "${commands[@]}"; do
        # states are read twice, and first for their settings
        [[ $words != merge* ]] || continue
        for breach in socket exec fork code; do
            # shellcheck disable=SC2086
            run -159 env BREACH=$breach BREACH_ON="$answer" LD_PRELOAD="$BREACH_LIBRARY" "$INVAUDIT" $words
        done
        for breach in open=secret open=/etc/passwd make=new make=evidence/new; do
            # shellcheck disable=SC2086
            run --separate-stderr env BREACH=$breach BREACH_ON="$answer" LD_PRELOAD="$BREACH_LIBRARY" "$INVAUDIT" $words
            grep -qxF 'breach: Permission denied' <<<"$stderr"
        done
        [ ! -e new ] && [ ! -e evidence/new ]
        # and that the same is done where there is no sandbox
        for breach in socket fork code open=secret open=/etc/passwd make=new; do
            # shellcheck disable=SC2086
            run --separate-stderr env BREACH=$breach BREACH_ON="$answer" LD_PRELOAD="$BREACH_LIBRARY" "$INVAUDIT" $words --no-sandbox
            grep -qxF 'breach: done' <<<"$stderr"
        done
        # shellcheck disable=SC2086
        run -0 env BREACH=exec BREACH_ON="$answer" LD_PRELOAD="$BREACH_LIBRARY" "$INVAUDIT" $words --no-sandbox
        [[ $output = *'breach: another program' ]]
        rm -f new
    done
}

@test "rules that take over the program get no further" {
    in_sandbox
    run -159 env BREACH=socket BREACH_ON=Mine-001.yaml LD_PRELOAD="$BREACH_LIBRARY" "$INVAUDIT" scan --rules rules evidence
}

@test "a call that the table does not have is refused, and with INVAUDIT_SANDBOX=strict ends it" {
    in_sandbox
    for mode in usual strict; do
        INVAUDIT_SANDBOX=$mode "$INVAUDIT" scan -j3 -o json evidence >$mode.json || [ $? -eq 1 ]
        cmp whole.json $mode.json
    done
}

@test "what explains a file is read beside it, and nothing else" {
    in_sandbox
    : >rds-describe-db-snapshots.json
    for name in rds-describe-db-snapshots.json.err rds-describe-db-snapshots.err rds-describe-db-snapshots.json.stderr; do
        echo 'An error occurred (AccessDenied) when calling the DescribeDBSnapshots operation: no' >$name
        "$INVAUDIT" scan -o json --assume-account 123456789012 --assume-region us-east-1 rds-describe-db-snapshots.json >out.json || [ $? -eq 3 ]
        grep -q AccessDenied out.json
        rm $name
    done
    make_evidence other
    cp "other/$answer" x.json
    for name in x.json.rc x.rc; do
        echo 254 >$name
        "$INVAUDIT" evidence -o json --assume-type AWS::RDS::DBSnapshot x.json >out.json || [ $? -eq 3 ]
        no grep -q '"state": "complete"' out.json
        rm $name
    done
}

@test "evidence by a link, a pipe, a descriptor, standard input; reports to a pipe, a link, elsewhere" {
    mkdir elsewhere
    ln -s evidence link
    ln -s "elsewhere/report.json" to.json
    "$INVAUDIT" scan -q -o json=to.json link || [ $? -eq 1 ]
    [ -s elsewhere/report.json ] && [ -L to.json ]
    "$INVAUDIT" scan -o json -- - <"evidence/$answer" >expected || [ $? -eq 1 ]
    mkfifo pipe to
    cat "evidence/$answer" >pipe &
    cat to >taken &
    "$INVAUDIT" scan -qq -o json=to pipe || [ $? -eq 1 ]
    wait
    [ "$(jq -c .summary taken)" = "$(jq -c .summary expected)" ]
    "$INVAUDIT" scan -o json /dev/stdin <"evidence/$answer" >taken || [ $? -eq 1 ]
    [ "$(jq -c .summary taken)" = "$(jq -c .summary expected)" ]
    "$INVAUDIT" scan -o json <(cat "evidence/$answer") >taken || [ $? -eq 1 ]
    [ "$(jq -c .summary taken)" = "$(jq -c .summary expected)" ]
    "$INVAUDIT" scan -qq -o json=/dev/null -o text=/dev/fd/7 evidence 7>taken || [ $? -eq 1 ]
    [ -s taken ]
    # a folder that may be written to, but not listed
    mkdir -m 300 unlisted
    "$INVAUDIT" scan -qq -o json=unlisted/report.json evidence || [ $? -eq 1 ]
    [ -s unlisted/report.json ]
    TMPDIR=elsewhere "$INVAUDIT" scan -qq -o xlsx=report.xlsx evidence 2>said || [ $? -eq 1 ] || grep -q 'xlsx' said
    GITHUB_STEP_SUMMARY=elsewhere/summary "$INVAUDIT" scan -o github evidence >/dev/null || [ $? -eq 1 ]
    GITHUB_STEP_SUMMARY=elsewhere/summary "$INVAUDIT" scan -o github evidence >/dev/null || [ $? -eq 1 ]
    [ "$(grep -c '^## ' elsewhere/summary)" -eq 2 ]
}

@test "--no-sandbox is said in reports, and nothing is where all holds" {
    run -1 "$INVAUDIT" scan -o text -o json=report.json -o html=report.html -o markdown=report.md evidence
    no grep -i 'sandbox\|not confined' report.json report.html report.md <(echo "$output")
    words='not confined: files and calls to the system (--no-sandbox)'
    run -1 "$INVAUDIT" scan --no-sandbox -o text -o json=report.json -o html=report.html -o markdown=report.md evidence
    grep -qF "$words" <<<"$output"
    grep -qF "$words" report.html
    tr -d '\\' <report.md | grep -qF "$words"
    [ "$(jq -c .sandbox report.json)" = '{"files":false,"calls":false,"why":"--no-sandbox"}' ]
    run -0 "$INVAUDIT" evidence --no-sandbox -o text -o json=list.json evidence
    grep -qF "$words" <<<"$output"
    [ "$(jq -c .sandbox list.json)" = '{"files":false,"calls":false,"why":"--no-sandbox"}' ]
    # it is no setting: who takes those of a report is in the sandbox
    "$INVAUDIT" scan -qq --settings-of report.json -o json=again.json evidence || [ $? -eq 1 ]
    cmp <(jq 'del(.inputs_sha256)' again.json) <(jq 'del(.sandbox, .inputs_sha256)' report.json)
}

@test "a kernel that has only a part: that part holds, and the report says so" {
    can_trace
    in_sandbox
    while read -r call files calls why; do
        strace -qq -o trace -e inject="$call" "$INVAUDIT" scan -qq -o json=report.json evidence || [ $? -eq 1 ]
        [ "$(jq -r '.sandbox | "\(.files) \(.calls) \(.why)"' report.json)" = "$files $calls $why" ]
        cmp <(jq 'del(.sandbox, .inputs_sha256)' report.json) <(jq 'del(.inputs_sha256)' whole.json)
    done <<'TABLE'
landlock_create_ruleset:error=ENOSYS false true this kernel has no Landlock
landlock_create_ruleset:error=EOPNOTSUPP false true this kernel has no Landlock
landlock_add_rule:error=EINVAL false true this kernel refuses Landlock
landlock_restrict_self:error=E2BIG false true this kernel refuses Landlock
seccomp:error=EINVAL true false this kernel has no seccomp
prctl:error=EINVAL:when=1 false false this kernel lets nobody give up rights
TABLE
    # neither, each with its reason
    strace -qq -o trace -e inject=landlock_create_ruleset,seccomp:error=ENOSYS "$INVAUDIT" scan -qq -o json=report.json evidence || [ $? -eq 1 ]
    [ "$(jq -r .sandbox.why report.json)" = 'this kernel has no Landlock, this kernel has no seccomp' ]
    # older ones know fewer rights
    for version in 1 2 3 4 5 6; do
        strace -qq -o trace -e inject=landlock_create_ruleset:retval=$version:when=1 "$INVAUDIT" scan -qq -o json=report.json evidence || [ $? -eq 1 ]
        cmp report.json whole.json
    done
}
