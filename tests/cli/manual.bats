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
    for command in '' scan evidence rules 'rules list' 'rules show' 'rules check' 'rules test' 'rules new' 'rules schema' types 'types schema' query help; do
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
    for command in evidence 'rules list' 'rules show' 'rules check' 'rules test' 'rules new' 'rules schema' types 'types schema' query help; do
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
    for format in $("$INVAUDIT" scan --help | sed -n '/^formats:/,$p' | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
        rendered | tr -s ' \n' ' ' | grep -qE "The formats are [^.]*\b$format\b"
    done
}

@test "the manuals are clean" {
    run -0 mandoc -T lint -W warning "$BATS_TEST_DIRNAME"/../../man/*.[15]
    assert_output ''
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
}
