load helpers

# What says how a run runs, and changes nothing of what it finds.

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    export TERM=xterm
    unset NO_COLOR COLUMNS
}

python=$(command -v /usr/bin/python3 || command -v python3)

# What a command writes to its standard error, which is a terminal.
seen_on_terminal() { # COMMAND...
    "$python" -S "$BATS_TEST_DIRNAME/terminal.py" 80 bash -c 'exec 2>&1 >out; "$@"' - "$@"
}

@test "--jobs: any number of threads gives the same report" {
    run -1 --separate-stderr "$INVAUDIT" scan evidence
    report=$output
    for jobs in '-j1' '-j 2' '--jobs=7' '--jobs 256'; do
        # shellcheck disable=SC2086  # words
        run -1 --separate-stderr "$INVAUDIT" scan $jobs evidence
        assert_stderr ''
        assert_output "$report"
    done
    run -0 --separate-stderr "$INVAUDIT" evidence -j3 evidence
    assert_stderr ''
}

@test "--jobs: what is not a number of threads" {
    for jobs in 0 257 -1 two 2x '' 99999999999999999999; do
        run -2 --separate-stderr "$INVAUDIT" scan "--jobs=$jobs" evidence
        assert_output ''
        assert_stderr "invaudit: option '--jobs': expected a number from 1 to 256, not '$jobs'; see 'invaudit scan --help'"
    done
}

@test "--stats: a line on standard error, and the same report" {
    run -1 "$INVAUDIT" scan evidence
    report=$output
    run -1 --separate-stderr "$INVAUDIT" scan --stats evidence
    assert_output "$report"
    bytes=$(cat evidence/*/*/*.json | wc -c)
    [[ $stderr =~ ^'invaudit: 2 files, '$bytes' B, 1 records, '[0-9]+\.[0-9]{3}' s, '[0-9.]+' '[kMG]?B'/s, peak memory '[0-9]+\.[0-9]' MB'$ ]]
    run -0 --separate-stderr "$INVAUDIT" evidence --stats evidence
    [[ $stderr == 'invaudit: 2 files, '* ]]
}

# Standard input that keeps it waiting for more than half a second.
slowly() { # COMMAND...
    (sleep 1.2 && cat evidence/*/us-east-1/*.json) | "$@"
}

@test "progress on a terminal, erased at the end" {
    run -1 slowly seen_on_terminal "$INVAUDIT" scan -j1 evidence -
    grep -qE '2 of 3 files, [0-9]+ B, [0-9]+ B/s' <<<"$output"
    # after the last line is written over, nothing is left of it
    last=${output##*files,}
    [[ ${last#*$'\r'} =~ ^\ +$'\r'$ ]]
    "$INVAUDIT" scan evidence - <evidence/*/us-east-1/*.json >expected || [ $? -eq 1 ]
    cmp out expected
}

@test "no progress of a short run, or where nobody sees it" {
    run -1 seen_on_terminal "$INVAUDIT" scan evidence
    assert_output ''
    run -1 --separate-stderr slowly "$INVAUDIT" scan evidence -
    assert_stderr ''
}
