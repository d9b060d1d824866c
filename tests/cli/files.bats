load helpers

# Where reports go: whole, or not at all, whatever ends the program or stands in its way.

setup() {
    cd "$BATS_TEST_TMPDIR"
    make_evidence evidence
    mkdir out
    echo old >out/report.json
    run "$INVAUDIT" scan -o json evidence
    expected=$output
}

only_the_old() { # there is nothing else
    [ "$(ls -A out)" = report.json ]
    [ "$(cat out/report.json)" = old ]
}

# ---- signals (while a report is written: tests/unit/base_file.c) ----

@test "a signal while evidence is read: the program ends by it, the old report stays" {
    mkfifo evidence/123456789012/us-east-1/rds-describe-db-instances.json
    for signal in INT:130 TERM:143 HUP:129; do
        env --default-signal=INT,HUP "$INVAUDIT" scan -o json=out/report.json -o text=out/report.txt \
            evidence evidence/123456789012/us-east-1/rds-describe-db-instances.json >/dev/null 2>&1 &
        # opened by the program, so it has begun, and would go on when this is closed
        exec 9>evidence/123456789012/us-east-1/rds-describe-db-instances.json
        kill -"${signal%:*}" $!
        exec 9>&-
        status=0
        wait $! || status=$?
        [ "$status" -eq "${signal#*:}" ]
        only_the_old
    done
}

@test "a signal that is ignored, as under nohup, stops nothing" {
    mkfifo evidence/123456789012/us-east-1/rds-describe-db-instances.json
    (
        trap '' HUP
        exec "$INVAUDIT" scan -qq -o json=out/report.json evidence evidence/123456789012/us-east-1/rds-describe-db-instances.json 2>/dev/null
    ) &
    exec 9>evidence/123456789012/us-east-1/rds-describe-db-instances.json
    kill -HUP $!
    exec 9>&-
    status=0
    wait $! || status=$?
    [ "$status" -eq 1 ]
    grep -q '"schema"' out/report.json
}

# ---- no room ----

@test "a full device: status 4, and the file is named" {
    [ -w /dev/full ] || skip "no /dev/full here"
    for format in text json junit; do
        run -4 --separate-stderr "$INVAUDIT" scan -qq -o $format=/dev/full evidence
        assert_stderr "invaudit: /dev/full: cannot be written: No space left on device"
    done
    run -4 --separate-stderr "$INVAUDIT" evidence -o json=/dev/full evidence
    assert_stderr "invaudit: /dev/full: cannot be written: No space left on device"
}

@test "a full disk: status 4, the old report stays, and no other is written" {
    inside() {
        unshare --map-root-user --mount bash -e -c "$1"
    }
    inside 'mount -t tmpfs -o size=12k none out' 2>/dev/null || skip "no file system can be mounted here"
    run -0 --separate-stderr inside '
        mount -t tmpfs -o size=12k none out
        echo old >out/report.json
        status=0
        "$INVAUDIT" scan -qq -o json=out/report.json -o text=report.txt evidence || status=$?
        ls -A out
        cat out/report.json
        exit $((status - 4))'
    assert_output $'report.json\nold'
    assert_stderr "invaudit: out/report.json: cannot be written: No space left on device"
    [ ! -e report.txt ]
}

@test "the largest size of a file (ulimit -f): status 4, no signal" {
    [ ${#expected} -gt 2048 ]
    run -4 --separate-stderr bash -c 'ulimit -f 1; "$INVAUDIT" scan -qq -o json=out/report.json evidence'
    assert_stderr "invaudit: out/report.json: cannot be written: File too large"
    only_the_old
    run -4 --separate-stderr bash -c 'ulimit -f 1; "$INVAUDIT" scan -o json evidence >file'
    rm file # a part of a report is none
    assert_stderr "invaudit: cannot write to standard output: File too large"
}

# ---- what is no plain file ----

@test "a FIFO gets the report, and stays" {
    mkfifo out/fifo
    cat out/fifo >read &
    run -1 --separate-stderr "$INVAUDIT" scan -qq -o json=out/fifo evidence
    wait
    assert_stderr ''
    [ "$(cat read)" = "$expected" ]
    [ -p out/fifo ]
}

@test "a FIFO whose reader goes away: status 4, and it is named" {
    mkfifo out/fifo
    for account in {100000000000..100000000099}; do
        echo '{"DBSnapshots": []}' >"evidence/$account.us-east-1.rds-describe-db-snapshots.json"
    done
    head -c 1 out/fifo >/dev/null &
    run -4 --separate-stderr "$INVAUDIT" scan -qq -o json=out/fifo evidence
    wait
    assert_stderr "invaudit: out/fifo: cannot be written: Broken pipe"
}

@test "/dev/null swallows a report, /dev/stderr is standard error" {
    run -1 --separate-stderr "$INVAUDIT" scan -qq -o json=/dev/null evidence
    assert_stderr ''
    [ -c /dev/null ]
    run -1 --separate-stderr "$INVAUDIT" scan -qq -o json=/dev/stderr evidence
    assert_output ''
    assert_stderr "$expected"
}

@test "a link stays, and what it points to gets the report" {
    mkdir elsewhere
    ln -s ../out/report.json elsewhere/link
    ln -s ../out/new.json elsewhere/dangling
    run -1 --separate-stderr "$INVAUDIT" scan -qq -o json=elsewhere/link -o text=elsewhere/dangling evidence
    assert_stderr ''
    [ -L elsewhere/link ]
    [ -L elsewhere/dangling ]
    [ "$(cat out/report.json)" = "$expected" ]
    [ "$(tail -n 1 out/new.json)" = "1 fail, 1 unknown, 1 pass (status 1: something fails)" ]
    [ "$(ls -A elsewhere out | tr '\n' ' ')" = "elsewhere: dangling link  out: new.json report.json " ]
}

@test "a folder that may not be written to: status 4, the file stays" {
    chmod 555 out
    writer=(env)
    if [ "$(id -u)" -eq 0 ]; then # root may write everywhere
        chmod 755 .
        writer=(setpriv --inh-caps=-all --bounding-set=-all)
    fi
    "${writer[@]}" true 2>/dev/null || skip "this user's rights cannot be taken away"
    run -4 --separate-stderr "${writer[@]}" "$INVAUDIT" scan -qq -o json=out/report.json evidence
    chmod 755 out
    assert_stderr "invaudit: out/report.json: cannot be written: no temporary file beside it: Permission denied"
    only_the_old
}

# ---- what must not be replaced, and what cannot be written: before anything is read ----

see="; see 'invaudit scan --help'"

refused() { # LINE ARGUMENT...: nothing is changed
    local line=$1 before
    shift
    before=$(find . -type f -not -name '*separate-std*' -exec sha256sum {} + | sort)
    run -2 --separate-stderr "$INVAUDIT" "$@"
    assert_output ''
    assert_stderr "invaudit: $line"
    [ "$(find . -type f -not -name '*separate-std*' -exec sha256sum {} + | sort)" = "$before" ]
}

@test "a report does not replace evidence" {
    file=evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    is() { echo "option '--output': '$1' is evidence of this run; give the report a file of its own"; }
    for command in scan evidence; do
        refused "$(is $file)" $command -o json=$file evidence
        refused "$(is $file)${see/scan/$command}" $command -o json=$file $file
    done
    ln $file hard
    ln -s $file soft
    refused "$(is hard)" scan -qq -o json=hard evidence
    refused "$(is soft)" scan -qq -o junit=soft evidence
    refused "$(is out/../soft)" scan -qq -o json=out/report.json -o text=out/../soft evidence
    echo "An error occurred" >$file.err
    refused "$(is $file.err)" scan -qq -o json=$file.err evidence
    refused "$(is $file.err)$see" scan -qq -o json=$file.err $file
    exec 8>>$file
    refused "$(is /dev/fd/8)" scan -qq -o json=/dev/fd/8 evidence
    exec 8>&-
}

@test "a report does not replace a rule or a catalog" {
    mkdir rules
    make_rule rules/Mine-001.yaml
    printf 'format: 1\ntypes: []\n' >rules/catalog.yaml
    is() { echo "option '--output': '$1' is a rule of this run; give the report a file of its own$see"; }
    refused "$(is rules/Mine-001.yaml)" scan -qq --rules rules -o json=rules/Mine-001.yaml evidence
    refused "$(is rules/Mine-001.yaml)" scan -qq --rules rules/Mine-001.yaml -o json=rules/Mine-001.yaml evidence
    refused "$(is rules/catalog.yaml)" scan -qq --rules rules -o json=rules/catalog.yaml evidence
}

@test "a report replaces an earlier one, and what is left out, among evidence" {
    for _ in 1 2; do
        run -1 "$INVAUDIT" scan -qq -o json=evidence/report.json evidence
    done
    echo mine >evidence/notes.txt
    run -1 "$INVAUDIT" scan -qq -o text=evidence/notes.txt evidence
    file=evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    run -3 "$INVAUDIT" scan -qq --exclude us-east-1 -o json=$file evidence
    grep -q '"schema"' $file
}

@test "two reports do not replace each other" {
    is() { echo "two reports for one file, '$1' and '$2': give each a file of its own$see"; }
    refused "$(is out/report.json out/../out/report.json)" scan -o json=out/report.json -o text=out/../out/report.json evidence
    refused "$(is out/new evidence/../out/new)" scan -o json=out/new -o text=evidence/../out/new evidence
    ln -s out/new dangling
    refused "$(is dangling out/new)" scan -o json=dangling -o text=out/new evidence
    ln out/report.json hard
    refused "$(is hard out/report.json)" scan -o json=hard -o text=out/report.json evidence
    run -1 "$INVAUDIT" scan -qq -o json=/dev/null -o text=/dev/fd/1 -o junit=out/new evidence
}

@test "a place that cannot be written is told before anything is read" {
    refused "option '--output': 'nowhere/report.json': there is no folder 'nowhere'$see" scan -qq -o json=nowhere/report.json evidence
    refused "option '--output': 'new/': there is no folder 'new'$see" scan -qq -o json=new/ evidence
    refused "option '--output': 'out': is a folder; expected the name of a file$see" scan -qq -o json=out evidence
    refused "option '--output': 'out/report.json/a': cannot be written: Not a directory$see" scan -qq -o json=out/report.json/a evidence
    ln -s loop loop
    refused "option '--output': 'loop': cannot be written: Too many levels of symbolic links$see" scan -qq -o json=loop evidence
    long=$(printf 'x%.0s' {1..256})
    refused "option '--output': '$long': cannot be written: File name too long$see" scan -qq -o json=$long evidence
    refused "option '--output': expected a file behind 'json='$see" scan -qq -o json= evidence
}

# Whoever opens a FIFO that nobody writes to waits for ever.
not_opened() { # STATUS MESSAGE ARGUMENT...
    local status=$1 message=$2
    shift 2
    [ -p unopened ] || mkfifo unopened
    run "-$status" --separate-stderr timeout 20 "$INVAUDIT" "$@" unopened
    assert_output ''
    [[ $stderr == *"$message"* ]] || { echo "$stderr"; return 1; }
    [ ! -e whole.txt ]
}

@test "no evidence is opened where a report of several cannot be written" {
    for command in scan evidence; do
        not_opened 2 "there is no folder 'nowhere'" $command -o text=whole.txt -o json=nowhere/report.json
        not_opened 2 'is a folder' $command -o text=whole.txt -o json=out
        not_opened 2 'two reports for one file' $command -o text=whole.txt -o json=whole.txt
        not_opened 2 'two reports for standard output' $command -o text=- -o json=-
        not_opened 2 "unknown format 'pdf'" $command -o text=whole.txt -o pdf=whole.pdf
        not_opened 4 'cannot be written: Bad file descriptor' $command -o text=whole.txt -o json=/dev/fd/77
        not_opened 4 '/dev/fd/8: cannot be written: it is open for reading only' $command -o text=whole.txt -o json=/dev/fd/8 8</dev/null
    done
    /usr/bin/python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")' 2>/dev/null || return 0
    not_opened 4 'socket: cannot be written: it is a socket' scan -o text=whole.txt -o json=socket
}

@test "no evidence is opened where the file of a format that the environment names cannot be written" {
    named() { # PATH STATUS MESSAGE
        GITHUB_STEP_SUMMARY=$1 not_opened "$2" "$3" scan -o text=whole.txt -o github=annotations
        [ ! -e annotations ]
    }
    named nowhere/summary 2 "GITHUB_STEP_SUMMARY in the environment: 'nowhere/summary': there is no folder 'nowhere'"
    named out 2 "GITHUB_STEP_SUMMARY in the environment: 'out': is a folder"
    named annotations 2 "two reports for one file, 'annotations' and 'annotations'"
    file=evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    GITHUB_STEP_SUMMARY=$file run -2 --separate-stderr "$INVAUDIT" scan -o github evidence
    [[ $stderr == *"'$file' is evidence of this run"* ]]
    # it is added to, and no other format looks at it
    GITHUB_STEP_SUMMARY=out/report.json run -1 "$INVAUDIT" scan -o github evidence
    [ "$(head -n 1 out/report.json)" = old ]
    GITHUB_STEP_SUMMARY=nowhere/summary run -1 "$INVAUDIT" scan -qq -o json=new.json evidence
}

@test "no evidence is opened where there is no permission to write" {
    [ "$(id -u)" -ne 0 ] || writer=(setpriv --inh-caps=-all --bounding-set=-all)
    "${writer[@]}" true 2>/dev/null || skip "this user's rights cannot be taken away"
    INVAUDIT_ALONE=$INVAUDIT
    timeout_writer() { timeout 20 "${writer[@]}" "$INVAUDIT_ALONE" "$@"; }
    mkfifo unopened
    chmod 555 out
    run -4 --separate-stderr timeout_writer scan -o json=out/new.json unopened
    chmod 755 out
    assert_stderr 'invaudit: out/new.json: cannot be written: no temporary file beside it: Permission denied'
    chmod 444 out/report.json
    run -4 --separate-stderr timeout_writer scan -o json=out/report.json unopened
    assert_stderr 'invaudit: out/report.json: cannot be written: Permission denied'
}
