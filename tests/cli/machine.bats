load helpers

# Where the machine has nothing left, or its streams are not as usual: the program says so
# and ends with status 4, or goes on as if nothing was; never a verdict that comes of it.
# What fails at each single call: tests/faults/.

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    mkdir rules
    make_rule rules/Mine-001.yaml
}

# One, behind the three, is what it takes to load a library; a sanitizer takes more.
with_descriptors() { # COUNT COMMAND...
    bash -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&-; ulimit -n "$1"; shift; exec "$@"' - "$@"
}

@test "no descriptor left: status 4, and no verdict" {
    with_descriptors 4 "$INVAUDIT" --version >version 2>/dev/null || skip "the program cannot start in that"
    for arguments in 'scan evidence' 'evidence evidence' 'scan --rules rules evidence'; do
        # shellcheck disable=SC2086  # words
        run -4 --separate-stderr with_descriptors 4 "$INVAUDIT" $arguments
        assert_output ''
        # a warning of the rule may stand before it
        stderr=${stderr##*$'\n'}
        assert_stderr 'invaudit: out of file descriptors: raise the limit (ulimit -n)'
    done
    # A folder of rules is closed before the first of them is opened.
    run -0 with_descriptors 4 "$INVAUDIT" rules list rules
}

@test "no descriptor left deeper down: status 4, whatever was found before" {
    mkdir -p evidence/a/b/c/d/e/f
    run -4 --separate-stderr with_descriptors 8 "$INVAUDIT" scan evidence
    assert_output ''
    assert_stderr 'invaudit: out of file descriptors: raise the limit (ulimit -n)'
}

@test "what cannot be read is told once, as that" {
    run -2 --separate-stderr bash -c 'exec "$INVAUDIT" scan - <&-'
    [[ $stderr == 'invaudit: nothing to judge: '* ]]
    [ "$(grep -c '^  -: ' <<<"$output")" -eq 1 ]
    grep -qF -- '-: cannot be read: Bad file descriptor' <<<"$output"
    grep -q '; 1 problem ' <<<"$output"
}

@test "a rule that cannot be read is not wrong: no verdict on it" {
    mkdir rules/Folder-001.yaml
    run -1 --separate-stderr "$INVAUDIT" rules check rules
    rmdir rules/Folder-001.yaml
    ln -s Loop-001.yaml rules/Loop-001.yaml
    for command in check test; do
        run -2 --separate-stderr "$INVAUDIT" rules $command rules
        [[ $stderr == 'invaudit: rules/Loop-001.yaml: cannot be opened: Too many levels of symbolic links'* ]]
    done
}

python=$(command -v /usr/bin/python3 || command -v python3)

unblocked() { # COMMAND...
    "$python" -S "$BATS_TEST_DIRNAME/unblocked.py" "$@"
}

@test "standard output that does not block is waited for" {
    for account in {100000000000..100000000199}; do
        echo '{"DBSnapshots": []}' >"evidence/$account.us-east-1.rds-describe-db-snapshots.json"
    done
    "$INVAUDIT" scan -o json evidence >expected || [ $? -eq 1 ]
    [ "$(wc -c <expected)" -gt 200000 ]
    for to in json json=/dev/stdout json=/dev/fd/1 json=/proc/self/fd/1; do
        run -1 unblocked "$INVAUDIT" scan -qq -o $to evidence
        cmp out expected
        [ ! -s err ]
    done
    seq 100000 | sed 's/.*/"&"/' >numbers.json
    run -0 unblocked "$INVAUDIT" query @ numbers.json
    cmp out numbers.json
}

@test "standard error that does not block is waited for" {
    mkdir many
    for i in {1000..1999}; do
        echo "{ format: 1, id: Mine-$i }" >many/Mine-$i.yaml
    done
    run -1 --separate-stderr "$INVAUDIT" rules check many
    [ ${#stderr} -gt 70000 ]
    run -1 unblocked "$INVAUDIT" rules check many
    [ "$(cat err)" = "$stderr" ]
}
