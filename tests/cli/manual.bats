load helpers

manual=$BATS_TEST_DIRNAME/../../man/invaudit.1

# As text, without overstrikes; examples and layouts quote other programs' options.
rendered() {
    mandoc -T ascii "$manual" | sed -e 's/.\x08//g' | sed -e '/^EXAMPLES/,/^[A-Z]/d'
}

options_of() {
    grep -oE '(^|[^-[:alnum:]])--[a-z][a-z-]*' | grep -oE -e '--[a-z-]+' | sort -u
}

setup() {
    command -v mandoc >/dev/null || skip "no mandoc here"
}

@test "the manual has every option of every command's --help, and no other" {
    for command in '' scan merge evidence collect rules 'rules list' 'rules show' 'rules check' 'rules test' 'rules new' 'rules schema' types 'types schema' query verify diff help; do
        "$INVAUDIT" $command --help
    done | options_of >"$BATS_TEST_TMPDIR/help"
    rendered | options_of >"$BATS_TEST_TMPDIR/manual"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/help")" -gt 10 ]
    diff "$BATS_TEST_TMPDIR/help" "$BATS_TEST_TMPDIR/manual"
}

@test "the synopsis has every option of scan" {
    "$INVAUDIT" scan --help | options_of | grep -v -e '^--help$' -e '^--output$' -e '^--quiet$' -e '^--jobs$' \
        >"$BATS_TEST_TMPDIR/help"
    rendered | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | options_of | grep -v -e '^--version$' \
        >"$BATS_TEST_TMPDIR/synopsis"
    diff "$BATS_TEST_TMPDIR/help" "$BATS_TEST_TMPDIR/synopsis"
}

@test "the manual has every command, as --help prints it" {
    rendered | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | tr -d ' \n' >"$BATS_TEST_TMPDIR/synopsis"
    for command in merge evidence collect 'rules list' 'rules show' 'rules check' 'rules test' 'rules new' 'rules schema' types 'types schema' query verify diff help; do
        usage=$("$INVAUDIT" $command --help | head -n 1)
        grep -qF "$(tr -d ' ' <<<"${usage#usage: }")" "$BATS_TEST_TMPDIR/synopsis"
    done
}

@test "the manual has every exit status" {
    for status in 0 1 2 3 4; do
        rendered | sed -n '/^EXIT STATUS/,/^[A-DF-Z]/p' | grep -qE "^ {5}$status( |$)"
    done
}

@test "the manual names every format" {
    for format in $("$INVAUDIT" scan --help | sed -n '/^formats:/,/^$/p' | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
        rendered | tr -s ' \n' ' ' | grep -qE "The formats are [^.]*\b$format\b"
    done
}

@test "the manuals are clean" {
    run -0 mandoc -T lint -W warning "$BATS_TEST_DIRNAME"/../../man/*.[15]
    assert_output ''
}

@test "the manuals print what their sources say" {
    run -0 "$BATS_TEST_DIRNAME/mdoc.py" "$BATS_TEST_DIRNAME"/../../man/*.[15]
    assert_output ''
}

@test "every kind of trap of mdoc is found" {
    cat >"$BATS_TEST_TMPDIR/trap.5" <<'END'
.Dd November 1, 2026
.Dt TRAP 5
.Os
.Sh NAME
.Nm trap
.Nd what no lint finds
.Sh DESCRIPTION
.Ss No answer
.Ss An answer that breaks off
.Ss \&No other answer
.Bl -tag -width Ds
.It No record
.It Fl \-max\-items , \-\-page\-size
.It Fl all\-regions
.It Li it is At home
Say \-\-as\-of and
.Fl \-no\-digest .
.El
.Pp
'tis lost
a\tb
.Bd -literal
$ aws rds describe-db-instances --max-items 5 --- -xyz
.Ed
END
    run -1 "$BATS_TEST_DIRNAME/mdoc.py" "$BATS_TEST_TMPDIR/trap.5"
    assert_output "trap.5:8: 'No' at the start is a macro: write \&No
trap.5:9: 'An' is a macro: write \&An
trap.5:12: 'No' at the start is a macro: write \&No
trap.5:15: 'At' is a macro: write \&At
trap.5:20: a line that begins with ' is a macro line: write \(aq
trap.5:21: the escape \t: write \e for a backslash
trap.5:8: the heading 'No answer' is not on the page
trap.5:9: the heading 'An answer that breaks off' is not on the page
trap.5: the page has '---page-size': an option is \-name behind Fl, and \-\-name elsewhere
trap.5: the page has '-all-regions': an option is \-name behind Fl, and \-\-name elsewhere"
}

@test "what the manuals and the README refer to is there" {
    cd "$BATS_TEST_DIRNAME/../.."
    references=$(cat man/*.[15] | sed -n 's/^\.Xr \(invaudit[a-z-]*\) \([15]\).*/\1.\2/p'
        grep -oE 'invaudit(-[a-z]+)?\([15]\)' README.md CHANGELOG.md -h | tr '(' '.' | tr -d ')')
    [ "$(wc -l <<<"$references")" -gt 15 ]
    for reference in $(sort -u <<<"$references"); do
        [ -s "man/$reference" ] || { echo "no manual $reference"; return 1; }
    done
    for file in man/*.[15]; do
        sed -n 's/^\.Sx \(.*[^ .,:;)]\)[ .,:;)]*$/\1/p' "$file" | sort -u | while read -r section; do
            grep -qx "\.S[hs] $section" "$file" man/invaudit-evidence.5 || { echo "$file: no section $section"; exit 1; }
        done
    done
}

@test "the examples do what the manual shows" {
    PATH=$(dirname "$INVAUDIT"):$PATH
    tables=$(cd "$BATS_TEST_DIRNAME" && pwd)/manual.py
    cp -r "$BATS_TEST_DIRNAME"/../../fixtures/three-accounts/evidence "$BATS_TEST_TMPDIR"
    cp -r "$BATS_TEST_DIRNAME"/../../fixtures/rule-of-your-own/rules "$BATS_TEST_TMPDIR/my-rules"
    manual=$(cd "$(dirname "$manual")" && pwd)/invaudit.1
    cd "$BATS_TEST_TMPDIR"
    run -0 "$tables" transcript "$manual"
    [[ $output = *", 0 differ" ]]
    rm -f report.xml # of another run than report.json: no pair for tests/reports.sh
}
