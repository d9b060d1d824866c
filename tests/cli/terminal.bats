load helpers

# What is different on a terminal, and only there: colour and the width of the page.

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    unset NO_COLOR COLUMNS
    export TERM=xterm
}

# Debian's own python3 starts in less time than one found by a version manager.
python=$(command -v /usr/bin/python3 || command -v python3)

on_terminal() { # COLUMNS COMMAND...
    "$python" -S "$BATS_TEST_DIRNAME/terminal.py" "$@"
}

# The description of a rule, as wide as the page lets it be.
words_on_terminal() { # COLUMNS [VARIABLE=VALUE]
    on_terminal "$1" env "${@:2}" "$INVAUDIT" rules show words.yaml | grep -E '^ *(word ?)+$'
}

make_words() {
    make_rule words.yaml
    echo "description: $(printf 'word %.0s' {1..200})" >>words.yaml
}

widest() { # on standard input: the characters of its longest line
    awk '{ if (length($0) > most) most = length($0) } END { print most }'
}

@test "a long list is cut on a terminal, and whole in a file or a pipe" {
    for number in {1..9}; do echo "$number" >"evidence/note-$number.txt"; done
    run -1 on_terminal 80 "$INVAUDIT" scan -o text -o text=report.txt evidence
    [ "$(grep -c '^ignored ' <<<"$output")" -eq 5 ]
    grep -qxF '  and 4 more files' <<<"$output"
    grep -qF 'Shortened for this terminal: -o text=FILE' <<<"$output"
    [ "$(grep -c '^ignored ' report.txt)" -eq 9 ]
    run -1 "$INVAUDIT" scan evidence
    assert_output "$(cat report.txt)"
    no grep -qE ' more |Shortened' <<<"$output"
}

@test "colour on a terminal, and none in a file or a pipe" {
    run -1 on_terminal 80 "$INVAUDIT" scan -o text evidence
    grep -q $'\e\\[' <<<"$output"
    coloured=$(sed $'s/\e\\[[0-9;]*m//g' <<<"$output")
    run -1 on_terminal 80 "$INVAUDIT" scan -qq -o text=report.txt evidence
    assert_output ''
    no grep -q $'\e' report.txt
    [ "$coloured" = "$(cat report.txt)" ]
    run -1 "$INVAUDIT" scan evidence
    assert_output "$coloured"
    # nothing but colour: the terminal is in no other state behind it
    run -1 on_terminal 80 "$INVAUDIT" scan evidence
    no grep -q $'\e[^[]' <<<"$output"
    [[ $output != *$'\e['[0-9]*m* ]] || [[ $(grep -o $'\e\\[[0-9;]*m' <<<"$output" | tail -n 1) == $'\e[0m' ]]
}

@test "no colour with NO_COLOR, or on a terminal that has none" {
    run -1 "$INVAUDIT" scan evidence
    plain=$output
    for variable in NO_COLOR=0 TERM=dumb TERM=; do
        run -1 on_terminal 80 env "$variable" "$INVAUDIT" scan evidence
        assert_output "$plain"
    done
    run -1 on_terminal 80 env NO_COLOR= "$INVAUDIT" scan evidence
    grep -q $'\e\\[' <<<"$output"
}

@test "query: JSON on a terminal has invisible characters as escapes, elsewhere as they are" {
    printf '{"a": "\302\2332J\342\200\256 Zoë"}' >a.json
    run -0 on_terminal 80 "$INVAUDIT" query -c '[a]' a.json
    assert_output '["\u009b2J\u202e Zoë"]'
    run -0 on_terminal 80 "$INVAUDIT" query -c '[a][*]' a.json
    assert_output '["\u009b2J\u202e Zoë"]'
    run -0 "$INVAUDIT" query -c '[a]' a.json
    assert_output "$(printf '["\302\2332J\342\200\256 Zoë"]')"
}

@test "JSON and JUnit are the same on a terminal" {
    for format in json junit; do
        run -1 "$INVAUDIT" scan -o $format evidence
        plain=$output
        run -1 on_terminal 100 "$INVAUDIT" scan -o $format evidence
        assert_output "$plain"
    done
}

@test "the page is as wide as the terminal, within 40 and 120 columns" {
    make_words
    for columns in 1:40 60:60 65535:120 0:80; do
        words=$(words_on_terminal "${columns%:*}")
        [ "$(widest <<<"$words")" -le "${columns#*:}" ]
        [ "$(widest <<<"$words")" -gt $((${columns#*:} - 5)) ]
    done
    export NO_COLOR=1
    run -1 on_terminal 40 "$INVAUDIT" scan evidence
    narrow=${#lines[@]}
    run -1 on_terminal 120 "$INVAUDIT" scan evidence
    [ "$narrow" -gt "${#lines[@]}" ]
}

@test "COLUMNS goes before the width that the terminal tells" {
    make_words
    for columns in 60:60 1000000000000000000000:120 60x:100 0:100; do
        words=$(words_on_terminal 100 COLUMNS="${columns%:*}")
        [ "$(widest <<<"$words")" -le "${columns#*:}" ]
        [ "$(widest <<<"$words")" -gt $((${columns#*:} - 5)) ]
    done
}

@test "/dev/stdout is standard output: its report is alone there, and as for a reader" {
    run -1 --separate-stderr "$INVAUDIT" scan -o json evidence
    expected=$output
    for place in /dev/stdout /dev/fd/1; do
        run -1 --separate-stderr "$INVAUDIT" scan -o json=$place evidence
        assert_output "$expected"
    done
    run -2 --separate-stderr "$INVAUDIT" scan -o json=/proc/self/fd/1 -o text=- evidence
    assert_stderr "invaudit: two reports for standard output: give one a file, as in -o json=report.json; see 'invaudit scan --help'"
    run -1 on_terminal 80 "$INVAUDIT" scan -o text=/dev/stdout evidence
    grep -q $'\e\\[' <<<"$output"
}

# ---- a reader that goes away ----

# More than a pipe holds (64 KiB), of all but the text report, which joins what is alike.
make_much() { # FOLDER
    local account
    for account in {100000000000..100000000249}; do
        echo '{"DBSnapshots": [], "NextToken": "x"}' >"$1/$account.us-east-1.rds-describe-db-snapshots.json"
        echo '{' >"$1/$account.us-east-1.rds-describe-db-instances.json"
    done
}

@test "a reader that goes away in a large report: status 4, without a word" {
    make_much evidence
    # the shortest of them
    [ "$("$INVAUDIT" evidence --list evidence | wc -c)" -gt 65536 ]
    for arguments in 'scan -o json' 'scan -o junit' 'evidence --list' 'evidence -o json'; do
        # a byte is read, and the pipe is full by then: nobody reads the rest
        run --separate-stderr bash -c '{ "$INVAUDIT" "$@"; echo $? >status; } | head -c 1' - $arguments evidence
        assert_stderr ''
        [ "${#output}" -eq 1 ]
        [ "$(cat status)" = 4 ]
    done
}

@test "a reader that went away: status 4 for whatever is printed" {
    for arguments in --help 'rules list' 'rules show Backup-001' 'rules test' 'evidence evidence' 'scan evidence' 'scan -o json=/dev/stdout evidence'; do
        run -4 --separate-stderr to_nobody "$INVAUDIT" $arguments
        assert_stderr ''
    done
}

# ---- standard descriptors that are closed ----

@test "with all standard descriptors closed, reports are whole and evidence stays" {
    cp -r evidence before
    "$INVAUDIT" scan -qq -o json=expected.json evidence || true
    run -1 bash -c '"$INVAUDIT" scan -qq -o json=report.json evidence <&- >&- 2>&-'
    cmp expected.json report.json
    run -4 bash -c '"$INVAUDIT" scan evidence <&- >&- 2>&-'
    run -4 bash -c '"$INVAUDIT" --help >&-'
    diff -r before evidence
    run -2 bash -c '"$INVAUDIT" scan - <&-'
    grep -qF -- '-: cannot be read: Bad file descriptor' <<<"$output"
}

# Of the story that has most to say; in terminal.txt, of which a difference is to be read
# before it is copied, ^[ opens a colour.
@test "an organization of many findings, on a narrow terminal" {
    cd "$BATS_TEST_DIRNAME/../../fixtures/organization-of-many-findings"
    mapfile -t words <args
    {
        run -1 on_terminal 60 "$INVAUDIT" scan "${words[@]}" --show all
        echo "$output"
        run -3 on_terminal 60 "$INVAUDIT" evidence "${words[0]}"
        echo "$output"
    } | sed $'s/\e/^[/g' | diff "$BATS_TEST_DIRNAME/terminal.txt" -
}
