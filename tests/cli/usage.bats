load helpers

# ---- no command, help, version ----

@test "no command: how to use it, on standard error, and status 2" {
    run -2 --separate-stderr "$INVAUDIT"
    assert_output ''
    [[ $stderr == "usage: invaudit COMMAND [OPTION...] [ARGUMENT...]"* ]]
}

@test "--help names every command and every exit status" {
    run -0 --separate-stderr "$INVAUDIT" --help
    assert_stderr ''
    for command in scan diff 'rules list' 'rules show' 'rules check' 'rules test' types 'types schema' query help; do
        grep -qE "^  $command( |$)" <<<"$output"
    done
    for status in 0 1 2 3 4; do
        grep -qE "^  $status  " <<<"$output"
    done
}

@test "-h and help are --help" {
    run -0 "$INVAUDIT" --help
    all=$output
    run -0 "$INVAUDIT" -h
    assert_output "$all"
    run -0 "$INVAUDIT" help
    assert_output "$all"
}

@test "help COMMAND is COMMAND --help" {
    for command in scan diff 'rules list' 'rules show' 'rules check' 'rules test' types 'types schema' query rules help; do
        run -0 --separate-stderr "$INVAUDIT" $command --help
        assert_stderr ''
        one=$output
        [[ $one == "usage: invaudit $command"* ]]
        run -0 "$INVAUDIT" help $command
        assert_output "$one"
        run -0 "$INVAUDIT" $command -h
        assert_output "$one"
    done
}

@test "help fits a page of 80 columns" {
    for command in '' rules "${all_commands[@]}"; do
        "$INVAUDIT" help $command | no grep -E '.{81}'
    done
}

@test "scan --help names every format" {
    run -0 "$INVAUDIT" scan --help
    grep -qE '^  text  ' <<<"$output"
    grep -qE '^  json  ' <<<"$output"
}

@test "--help says which options of scan do nothing, or nothing else, in another command" {
    run -0 "$INVAUDIT" evidence --help
    text=$(tr -s ' \n' ' ' <<<"$output")
    [ "$(grep -o 'no effect here' <<<"$text" | wc -l)" -eq 3 ]
    grep -qE -e '--matrix [^;]*; no effect here' <<<"$text"
    run -0 "$INVAUDIT" merge --help
    text=$(tr -s ' \n' ' ' <<<"$output")
    [ "$(grep -o 'only as the states were read' <<<"$text" | wc -l)" -eq 4 ]
    grep -qE -e '--exclude [^;]*; repeatable; only as the states were read' <<<"$text"
    run -0 "$INVAUDIT" scan --help
    no grep -qE 'no effect here|only as the' <<<"$output"
}

all_commands=(scan evidence 'rules list' 'rules show' 'rules check' 'rules test' 'rules new' 'rules schema'
    types 'types schema' query verify diff help)

@test "scan --help lists options by what they are for" {
    run -0 "$INVAUDIT" scan --help
    diff <(grep -E '^[a-z].*:$' <<<"$output") - <<'END'
which rules:
what is judged:
what evidence does not tell itself:
reports:
exit status:
the run:
formats:
examples:
END
    # a command of few options has one list
    run -0 "$INVAUDIT" rules check --help
    [ "$(grep -E '^[a-z].*:$' <<<"$output" | tr '\n' ' ')" = 'options: examples: ' ]
}

@test "each command has two examples, and they are right" {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    cp evidence/*/eu-west-1/*.json answer.json
    "$INVAUDIT" scan -qq -o json=old.json evidence || cp old.json new.json
    mkdir my-rules
    cp "$BATS_TEST_DIRNAME/../../rules/Backup-001.yaml" my-rules
    for command in "${all_commands[@]}"; do
        "$INVAUDIT" $command --help | sed -n '/^examples:/,$p' | grep '^  invaudit ' >examples
        [ "$(wc -l <examples)" -eq 2 ]
        while read -r example; do
            [[ $example == "invaudit $command"* ]]
            status=0
            PATH=$(dirname "$INVAUDIT"):$PATH bash -c "$example" >out 2>&1 || status=$?
            [ "$status" -lt 2 ] || { echo "status $status: $example"; cat out; return 1; }
        done <examples
    done
    [ -s mine.yaml ]
    [ -s ask.sh ]
    [ -s comment.md ]
}

@test "--version" {
    run -0 --separate-stderr "$INVAUDIT" --version
    [[ $output =~ ^invaudit\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    assert_stderr ''
}

# ---- commands ----

@test "a command that is nearly one" {
    run -2 --separate-stderr "$INVAUDIT" scna evidence
    assert_output ''
    assert_stderr "invaudit: unknown command 'scna' (did you mean 'scan'?); see 'invaudit --help'"
}

@test "a command that is none" {
    run -2 --separate-stderr "$INVAUDIT" frobnicate
    assert_stderr "invaudit: unknown command 'frobnicate'; see 'invaudit --help'"
}

@test "version as a command" {
    run -2 --separate-stderr "$INVAUDIT" version
    assert_stderr "invaudit: unknown command 'version' (did you mean '--version'?); see 'invaudit --help'"
}

@test "a pipe that closes: no noise, status 4, whatever the command" {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    for command in 'scan evidence' 'scan -q evidence' 'scan -o json evidence' 'evidence evidence' 'rules list' 'rules show Backup-001' \
        'rules test' 'types' 'types schema' 'rules schema' '--help' 'scan --help' '--version' 'help query'; do
        # shellcheck disable=SC2086  # words
        run -4 --separate-stderr to_nobody "$INVAUDIT" $command
        assert_output ''
        assert_stderr ''
    done
}

@test "a path instead of a command" {
    cd "$BATS_TEST_TMPDIR"
    mkdir customer-evidence
    run -2 --separate-stderr "$INVAUDIT" customer-evidence
    assert_stderr "invaudit: unknown command 'customer-evidence' (did you mean 'scan customer-evidence'?); see 'invaudit --help'"
}

@test "rules alone" {
    run -2 --separate-stderr "$INVAUDIT" rules
    assert_stderr "invaudit: 'rules' needs a command behind it; see 'invaudit rules --help'"
}

@test "rules with a word that is nearly one" {
    run -2 --separate-stderr "$INVAUDIT" rules chekc
    assert_stderr "invaudit: unknown command 'rules chekc' (did you mean 'rules check'?); see 'invaudit rules --help'"
}

@test "help for a command that is none" {
    run -2 --separate-stderr "$INVAUDIT" help frobnicate
    assert_stderr "invaudit: unknown command 'frobnicate'; see 'invaudit --help'"
}

@test "an option before the command" {
    run -2 --separate-stderr "$INVAUDIT" --quiet scan evidence
    assert_stderr "invaudit: option '--quiet' belongs behind the command 'scan'; see 'invaudit scan --help'"
    run -2 --separate-stderr "$INVAUDIT" --verison
    assert_stderr "invaudit: unknown option '--verison' (did you mean '--version'?); see 'invaudit --help'"
}

# ---- options ----

@test "an option that is nearly one" {
    run -2 --separate-stderr "$INVAUDIT" scan --assume-acount 123456789012 .
    assert_stderr "invaudit: unknown option '--assume-acount' (did you mean '--assume-account'?); see 'invaudit scan --help'"
}

@test "an option of another command" {
    run -2 --separate-stderr "$INVAUDIT" rules list --quiet
    assert_stderr "invaudit: unknown option '--quiet'; see 'invaudit rules list --help'"
}

@test "an option without its argument" {
    run -2 --separate-stderr "$INVAUDIT" scan . --as-of
    assert_stderr "invaudit: option '--as-of' needs an argument: --as-of DATE; see 'invaudit scan --help'"
}

@test "what was typed cannot steer the terminal" {
    run -2 --separate-stderr "$INVAUDIT" $'\e[2J\nx\xff'
    assert_stderr "invaudit: unknown command '\\x1b[2J\\x0ax\\xff'; see 'invaudit --help'"
}

@test "--help needs nothing else to be right" {
    run -0 "$INVAUDIT" scan /nonexistent --rules /nonexistent --help
    [[ $output == "usage: invaudit scan"* ]]
}
