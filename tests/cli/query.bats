load helpers

# Two documents, the second of which has neither snapshots nor a count.
setup() {
    cd "$BATS_TEST_TMPDIR"
    cat >listing.json <<'END'
{"DBSnapshots": [
  {"Id": "b", "Type": "awsbackup", "Size": 20, "Tags": [{"Key": "Owner", "Value": "Zoë"}]},
  {"Id": "a", "Type": "manual", "Size": 5.0, "Tags": []}
], "Count": 2, "Done": false}
END
    { cat listing.json; echo '{"Other": null}'; } >two.json
}

# ---- status 0: results ----

@test "a result is printed as the AWS CLI prints it" {
    run -0 --separate-stderr "$INVAUDIT" query 'DBSnapshots[?Type==`awsbackup`].[Id,Tags]' listing.json
    assert_stderr ''
    assert_output '[
    [
        "b",
        [
            {
                "Key": "Owner",
                "Value": "Zoë"
            }
        ]
    ]
]'
}

@test "a list whose elements come one by one looks like any other" {
    for expression in 'DBSnapshots[*]' 'DBSnapshots[?Size > `1`]' 'DBSnapshots[]' 'DBSnapshots[*].Tags' \
        'DBSnapshots[?Nothing]'; do
        for how in '' -c -r; do
            "$INVAUDIT" query $how "$expression" listing.json >one
            "$INVAUDIT" query $how "not_null($expression)" listing.json >whole
            diff one whole
        done
    done
}

@test "what is nested deep is printed, and the run ends well" {
    printf '%0400d' 0 | tr 0 '[' >deep.json
    printf '%0400d' 0 | tr 0 ']' >>deep.json
    run -0 "$INVAUDIT" query -c @ deep.json
    assert_output "$(cat deep.json)"
}

@test "--compact prints on one line" {
    run -0 "$INVAUDIT" query --compact '{n: Count, ids: DBSnapshots[].Id}' listing.json
    assert_output '{"n": 2, "ids": ["b", "a"]}'
    run -0 "$INVAUDIT" query -c 'DBSnapshots[].Size' listing.json
    assert_output '[20, 5.0]'
}

@test "--raw prints text bare, a list a line an element, lists in it with tabs" {
    run -0 "$INVAUDIT" query --raw 'DBSnapshots[0].Tags[0].Value' listing.json
    assert_output 'Zoë'
    run -0 "$INVAUDIT" query -r 'DBSnapshots[].Id' listing.json
    assert_output $'b\na'
    run -0 "$INVAUDIT" query -r 'DBSnapshots[].[Id, Size, None]' listing.json
    assert_output $'b\t20\tnull\na\t5.0\tnull'
    run -0 "$INVAUDIT" query -r 'DBSnapshots[].[Id, Tags]' listing.json
    assert_output $'["b", [{"Key": "Owner", "Value": "Zoë"}]]\n["a", []]'
    run -0 "$INVAUDIT" query -r 'Count' listing.json
    assert_output 2
    run -0 "$INVAUDIT" query -r 'DBSnapshots[?None].Id' listing.json
    assert_output ''
}

@test "no FILE is standard input, and so is -" {
    run -0 "$INVAUDIT" query Count <listing.json
    assert_output 2
    run -0 "$INVAUDIT" query Count listing.json - listing.json <two.json
    assert_output $'2\n2\nnull\n2'
}

@test "a result for each document of each file, in order" {
    run -0 "$INVAUDIT" query Count two.json listing.json
    assert_output $'2\nnull\n2'
}

@test "of a key that is there twice, the last one wins" {
    echo '{"a": [{"x": 1, "x": 2, "y": {"z": 1, "z": 2}}], "b": 1, "a": [{"x": 3, "x": 4}]}' >twice.json
    run -0 "$INVAUDIT" query -c '@' twice.json
    assert_output '{"a": [{"x": 4}], "b": 1}'
    run -0 "$INVAUDIT" query -c 'a[*].x' twice.json
    assert_output '[4]'
    run -0 "$INVAUDIT" query -c 'a[?x > `3`].x | [0]' twice.json
    assert_output 4
}

@test "UTF-16 as PowerShell saves it, and a byte order mark" {
    { printf '\xff\xfe' && iconv -f UTF-8 -t UTF-16LE listing.json; } >utf16.json
    run -0 "$INVAUDIT" query -r 'DBSnapshots[].Tags[].Value' utf16.json
    assert_output 'Zoë'
    { printf '\xef\xbb\xbf' && cat listing.json; } >mark.json
    run -0 "$INVAUDIT" query Count mark.json
    assert_output 2
}

@test "options may follow, and -- ends them" {
    run -0 "$INVAUDIT" query DBSnapshots[].Id listing.json -c
    assert_output '["b", "a"]'
    cp listing.json -- -c
    run -0 "$INVAUDIT" query -- Count -c
    assert_output 2
}

# ---- status 1: --exit-status ----

@test "--exit-status is 1 for null or false, of any document" {
    for expression in Done Nothing 'DBSnapshots[9]' 'Count > `2`'; do
        run -0 "$INVAUDIT" query "$expression" listing.json
        run -1 --separate-stderr "$INVAUDIT" query --exit-status "$expression" listing.json
        assert_stderr ''
        [ -n "$output" ]
    done
    run -1 "$INVAUDIT" query -e Count two.json
    assert_output $'2\nnull'
    run -0 "$INVAUDIT" query -e 'DBSnapshots[?None]' listing.json
    assert_output '[]'
    run -0 "$INVAUDIT" query -e '`0`' listing.json
}

# ---- status 2: the expression ----

@test "an expression that does not compile: the place" {
    run -2 --separate-stderr "$INVAUDIT" query 'DBSnapshots[?Size > 5]' listing.json
    assert_output ''
    assert_stderr 'invaudit: unexpected number '\''5'\'': write a number between back-ticks: `5`
  DBSnapshots[?Size > 5]
                      ^'
}

@test "an expression that does not hold: the file, and the place" {
    run -2 --separate-stderr "$INVAUDIT" query 'abs(Count)' two.json listing.json
    assert_output 2
    assert_stderr 'invaudit: two.json: abs() takes a number, not null
  abs(Count)
      ^'
    run -2 --separate-stderr "$INVAUDIT" query 'DBSnapshots[?abs(Id) > `1`].Id' listing.json
    assert_output ''
    assert_stderr 'invaudit: listing.json: abs() takes a number, not a string
  DBSnapshots[?abs(Id) > `1`].Id
                   ^'
}

@test "one that is right, but hardly meant, is evaluated with a warning" {
    run -0 --separate-stderr "$INVAUDIT" query -c 'DBSnapshots[?Type == "manual"].Id' listing.json
    assert_output '[]'
    assert_stderr "invaudit: warning: \"manual\" is the name of a field: write 'manual' for the text
  DBSnapshots[?Type == \"manual\"].Id
                       ^"
}

@test "what has no order is null, with a warning" {
    run -0 --separate-stderr "$INVAUDIT" query -c 'DBSnapshots[?Id > `1`].Id' listing.json listing.json
    assert_output $'[]\n[]'
    assert_stderr "invaudit: warning: '>' orders two numbers or two strings, not a string and a number: it gives null
  DBSnapshots[?Id > \`1\`].Id
                  ^"
}

@test "a variable that nothing binds" {
    run -2 --separate-stderr "$INVAUDIT" query 'Count == $account' listing.json
    assert_output ''
    assert_stderr "invaudit: unknown variable '\$account': expected \$now, or one that a let around it binds
  Count == \$account
           ^"
}

@test "no expression" {
    run -2 --separate-stderr "$INVAUDIT" query
    assert_stderr "invaudit: expected an expression, such as 'DBSnapshots[*].Engine'; see 'invaudit query --help'"
}

@test "the time is given, or not read" {
    run -2 --separate-stderr "$INVAUDIT" query '$now' listing.json
    assert_stderr "invaudit: the expression reads the time: give it with --as-of DATE; see 'invaudit query --help'"
    run -0 "$INVAUDIT" query --as-of 1970-01-02 '$now == `86400`' listing.json
    assert_output true
    # a let may bind the name, and then it is no time; age_days() reads the time all the same
    run -0 "$INVAUDIT" query 'let $now = Count in $now' listing.json
    assert_output 2
    run -2 "$INVAUDIT" query 'let $now = Count in age_days(`0`)' listing.json
    run -0 "$INVAUDIT" query --as-of 1970-01-02 'let $now = Count in [age_days(`0`), $now]' -c listing.json
    assert_output '[1.0, 2]'
    run -2 --separate-stderr "$INVAUDIT" query --as-of never '$now' listing.json
    [[ $stderr == "invaudit: option '--as-of': expected a date "* ]]
}

# ---- status 3: the input ----

@test "a break: what came before is printed, and the other files are" {
    { cat listing.json; printf '{"Count": 3,\n  "Count" 4}\n{"Count": 5}'; } >broken.json
    run -3 --separate-stderr "$INVAUDIT" query Count broken.json listing.json
    assert_output $'2\n2'
    assert_stderr "invaudit: broken.json:6:11: expected ':' after a key, met '4'"
}

@test "a break in a list: nothing of its document is printed" {
    head -c 120 listing.json >cut-off.json
    run -3 --separate-stderr "$INVAUDIT" query 'DBSnapshots[*].Id' cut-off.json
    assert_output ''
    [[ $stderr == "invaudit: cut-off.json:3:"* ]]
}

@test "files that are not there, are folders or hold nothing" {
    run -3 --separate-stderr "$INVAUDIT" query Count nothing.json listing.json
    assert_output 2
    assert_stderr 'invaudit: nothing.json: cannot be opened: No such file or directory'
    run -3 --separate-stderr "$INVAUDIT" query Count .
    assert_stderr 'invaudit: .: is a folder; expected a file'
    run -3 --separate-stderr "$INVAUDIT" query Count - </dev/null
    assert_stderr 'invaudit: -: holds no JSON document'
}

@test "a number that nothing can hold is found where it is read" {
    echo '{"a": 1, "b": 1e999}' >large.json
    run -0 "$INVAUDIT" query a large.json
    run -3 --separate-stderr "$INVAUDIT" query b large.json
    assert_stderr 'invaudit: large.json:1:15: a number out of range: expected none beyond the largest double, about 1.8e308'
}

@test "a whole number beyond 64 bits is printed with all its digits" {
    echo '{"a": [{"n": 12345678901234567891, "t": "x"}, {"n": 12345678901234567890, "t": "x"}]}' >whole.json
    run -0 "$INVAUDIT" query -c "a[?t == 'x'].n" whole.json
    assert_output '[12345678901234567891, 12345678901234567890]'
    run -0 "$INVAUDIT" query -c 'sort_by(a, &n)[*].[n, t]' whole.json
    assert_output '[[12345678901234567890, "x"], [12345678901234567891, "x"]]'
    run -0 "$INVAUDIT" query -r 'a[*].[n, t]' whole.json
    assert_output $'12345678901234567891\tx\n12345678901234567890\tx'
    run -0 "$INVAUDIT" query 'a[0].n' whole.json
    assert_output 12345678901234567891
}

# ---- status 4: the machine ----

@test "a full disk is said" {
    [ -w /dev/full ] || skip "no /dev/full here"
    "$INVAUDIT" query Count listing.json >/dev/full 2>stderr && status=0 || status=$?
    [ "$status" -eq 4 ]
    [ "$(cat stderr)" = 'invaudit: cannot write to standard output: No space left on device' ]
}

@test "a reader that goes away ends it without a word" {
    yes '{"a": "some text that fills a pipe"}' | head -n 100000 >long.json
    { "$INVAUDIT" query a long.json 2>stderr || echo $? >status; } | head -n 1 >first
    [ "$(cat first)" = '"some text that fills a pipe"' ]
    [ "$(cat status)" -eq 4 ]
    [ ! -s stderr ]
}

# ---- limits ----

@test "a value of more than 256 MiB" {
    [[ $INVAUDIT != *san* ]] || skip "sanitizers need more memory"
    { printf '{"b": 1}\n{"a":"' && head -c 268435457 /dev/zero | tr '\0' x && printf '"}'; } >large.json
    run -3 --separate-stderr "$INVAUDIT" query b large.json
    assert_output 1
    assert_stderr 'invaudit: large.json:2:6: a value has more than 268435456 bytes'
}

@test "there may be any number of documents" {
    run -0 bash -c 'yes 1 | head -n 70000 | "$INVAUDIT" query @ | wc -l'
    assert_output 70000
}

@test "a listing larger than memory" {
    [[ $INVAUDIT != *san* ]] || skip "sanitizers need more memory"
    {
        echo '{"DBSnapshots": ['
        yes '{"Id": "x", "Type": "manual", "Text": "'"$(printf '%0900d' 0)"'"},' | head -n 60000
        echo '{"Id": "y", "Type": "awsbackup"}]}'
    } >large.json
    run -0 bash -c "ulimit -v 60000; \"\$INVAUDIT\" query -c 'DBSnapshots[?Type==\`awsbackup\`].Id' large.json"
    assert_output '["y"]'
}
