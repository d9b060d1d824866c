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
        exec "$INVAUDIT" scan -q -o json=out/report.json evidence evidence/123456789012/us-east-1/rds-describe-db-instances.json 2>/dev/null
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
        run -4 --separate-stderr "$INVAUDIT" scan -q -o $format=/dev/full evidence
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
        "$INVAUDIT" scan -q -o json=out/report.json -o text=report.txt evidence || status=$?
        ls -A out
        cat out/report.json
        exit $((status - 4))'
    assert_output $'report.json\nold'
    assert_stderr "invaudit: out/report.json: cannot be written: No space left on device"
    [ ! -e report.txt ]
}

@test "the largest size of a file (ulimit -f): status 4, no signal" {
    [ ${#expected} -gt 2048 ]
    run -4 --separate-stderr bash -c 'ulimit -f 1; "$INVAUDIT" scan -q -o json=out/report.json evidence'
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
    run -1 --separate-stderr "$INVAUDIT" scan -q -o json=out/fifo evidence
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
    run -4 --separate-stderr "$INVAUDIT" scan -q -o json=out/fifo evidence
    wait
    assert_stderr "invaudit: out/fifo: cannot be written: Broken pipe"
}

@test "/dev/null swallows a report, /dev/stderr is standard error" {
    run -1 --separate-stderr "$INVAUDIT" scan -q -o json=/dev/null evidence
    assert_stderr ''
    [ -c /dev/null ]
    run -1 --separate-stderr "$INVAUDIT" scan -q -o json=/dev/stderr evidence
    assert_output ''
    assert_stderr "$expected"
}

@test "a link stays, and what it points to gets the report" {
    mkdir elsewhere
    ln -s ../out/report.json elsewhere/link
    ln -s ../out/new.json elsewhere/dangling
    run -1 --separate-stderr "$INVAUDIT" scan -q -o json=elsewhere/link -o text=elsewhere/dangling evidence
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
    run -4 --separate-stderr "${writer[@]}" "$INVAUDIT" scan -q -o json=out/report.json evidence
    chmod 755 out
    assert_stderr "invaudit: out/report.json: cannot be written: no temporary file beside it: Permission denied"
    only_the_old
    run -4 --separate-stderr "$INVAUDIT" scan -q -o json=nowhere/report.json evidence
    assert_stderr "invaudit: nowhere/report.json: cannot be written: no temporary file beside it: No such file or directory"
}
