load helpers

# Evidence that is made to hurt: each ends soon, in bounded memory, with a problem that
# says what it was, and the rest is judged.

setup() {
    cd "$BATS_TEST_TMPDIR"
    folder=evidence/123456789012/us-east-1
    answer=$folder/rds-describe-db-snapshots.json
    mkdir -p "$folder"
}

# One record that is AWS Backup's; COUNT more members, made by awk, are in it or behind it.
record='"DBSnapshotIdentifier": "awsbackup:job-1", "SnapshotType": "awsbackup", "Engine": "postgres", "Status": "available"'

reports=(-o text -o json=report.json -o junit=report.xml) # for tests/reports.sh, too

# In 20 seconds of the processor, and in 128 MB of address space, where the program can
# start in that at all (with a sanitizer it cannot).
scan_within() { # STATUS ARGUMENT...
    local status=$1 kilobytes=131072
    shift
    bash -c 'ulimit -v "$1"; "$INVAUDIT" --version' - $kilobytes >/dev/null 2>&1 || kilobytes=unlimited
    run "-$status" --separate-stderr bash -c \
        'ulimit -t 20 -v "$1"; shift; exec "$INVAUDIT" scan "$@"' - $kilobytes "${reports[@]}" "$@"
    assert_stderr ''
}

problem() { # TEXT
    tr -s ' \n' ' ' <<<"$output" | grep -qF "$1" || {
        echo "$output"
        return 1
    }
}

@test "a million documents in one file: the limit stops it, and few problems are listed" {
    yes '{}' | head -n 1000000 >"$answer"
    reports=() # of 65,536 documents they are larger than all that is allowed here
    scan_within 3 evidence
    problem "$answer:101:1: from here on it has more problems, which are not listed"
    problem 'line 65537: more than 65536 documents'
    [ "${lines[-1]}" = "1 unknown; 101 problems (status 3: something is unknown)" ]
}

@test "a record of more than 4 MiB: what came before it counts" {
    {
        printf '{"DBSnapshots": [{%s}, {"z": "' "$record"
        head -c 5000000 /dev/zero | tr '\0' x
        echo '"}]}'
    } >"$answer"
    scan_within 3 evidence
    problem 'a value has more than 4194304 bytes: what follows was not read'
    problem '1 pass; 1 problem'
}

@test "a record of 65,537 keys" {
    awk -v record="$record" 'BEGIN {
        printf "{\"DBSnapshots\": [{%s", record
        for (i = 0; i < 65534; i++) printf ",\"%d\":0", i
        print "}]}" }' >"$answer"
    scan_within 3 evidence
    problem 'an object has more than 65536 keys: what follows was not read'
}

@test "513 arrays in each other" {
    printf '{"DBSnapshots": [{%s, "z": %s' "$record" "$(printf '[%.0s' {1..513})" >"$answer"
    scan_within 3 evidence
    problem 'more than 512 arrays and objects lie in each other: what follows was not read'
}

@test "a key twice, far apart and far below" {
    awk -v record="$record" 'BEGIN {
        printf "{\"DBSnapshots\": [{%s, \"a\": [{\"b\": {", record
        for (i = 0; i < 1000; i++) printf "\"%d\":0,", i
        print "\"\\u0035\\u0030\\u0030\": 1}}]}]}" }' >"$answer"
    scan_within 3 evidence
    problem 'managed 0 to 1'
}

@test "a token of megabytes is a token" {
    {
        echo '{"DBSnapshots": [], "NextToken": "'
        head -c 4000000 /dev/zero | tr '\0' x
        echo '"}'
    } | tr -d '\n' >"$answer"
    scan_within 3 evidence
    problem 'it carries a token'
    {
        echo '{"DBSnapshots": [], "NextToken": "'
        head -c 5000000 /dev/zero | tr '\0' x
        echo '"}'
    } | tr -d '\n' >"$answer"
    scan_within 3 evidence
    problem 'a value has more than 4194304 bytes'
}

@test "blanks without end" {
    head -c 50000000 /dev/zero | tr '\0' ' ' >"$answer"
    scan_within 3 evidence
    problem 'nothing but blanks'
}

@test "names that are no UTF-8: the JSON report is" {
    mkdir -p $'evidence/\xff\xc3/123456789012/us-east-2'
    printf '{"DBSnapshots": [{"DBSnapshotIdentifier": "x"}' >$'evidence/\xff\xc3/123456789012/us-east-2/rds-describe-db-snapshots \xe9.json'
    echo '{' >$'evidence/\xff\xc3/\xfe.json'
    run -3 --separate-stderr "$INVAUDIT" scan -o text=report.txt -o json=report.json -o junit=report.xml evidence
    iconv -f UTF-8 -t UTF-8 report.json >/dev/null
    iconv -f UTF-8 -t UTF-8 report.txt >/dev/null
    grep -qF 'rds-describe-db-snapshots \\xe9.json' report.json
    # it is JSON: the reader finds nothing wrong with it
    run -2 "$INVAUDIT" scan report.json
    no grep -q '^Problems' <<<"$output"
}

@test "what is no regular file is not opened, and lost if it is named as evidence" {
    mkfifo "$folder/rds-describe-db-snapshots.json"
    ln -s /dev/zero "$folder/rds-describe-db-instances.json"
    if [ "$(id -u)" -eq 0 ]; then
        mknod "$folder/rds-describe-db-clusters.json" c 1 5 || true
    fi
    scan_within 3 evidence
    problem 'rds-describe-db-snapshots.json: not a regular file, so it is not opened'
    problem 'rds-describe-db-instances.json: a symbolic link, which is not followed'
    problem 'UNKNOWN 123456789012 us-east-1'
}

@test "a link that is named as a page leaves the other page in doubt" {
    echo "{\"DBSnapshots\": [{$record}], \"Marker\": \"x\"}" >page1.json
    ln -s "$PWD/page1.json" "$folder/rds-describe-db-snapshots-page1.json"
    echo '{"DBSnapshots": []}' >"$folder/rds-describe-db-snapshots-page2.json"
    scan_within 3 evidence
    problem 'UNKNOWN 123456789012 us-east-1'
    rm "$folder/rds-describe-db-snapshots-page1.json"
    # one that is named as no evidence leaves none
    ln -s "$PWD/page1.json" "$folder/latest"
    scan_within 1 evidence
    problem 'a link'
}

@test "evidence by --path-pattern and --assume-type is lost, too, where it is a link" {
    ln -s /dev/zero "$folder/AWS::RDS::DBSnapshot"
    echo '{"DBSnapshots": []}' >"$answer"
    scan_within 1 evidence
    scan_within 3 --path-pattern '/(?<type>AWS::[^/]*)$' evidence
    scan_within 3 --assume-type AWS::RDS::DBSnapshot evidence
    rm "$folder/AWS::RDS::DBSnapshot"
    ln -s . "$folder/latest"
    scan_within 1 --assume-type AWS::RDS::DBSnapshot evidence
}

@test "a folder that cannot be searched: a problem, and what it holds is lost" {
    mkdir "$folder/more"
    echo '{"DBSnapshots": []}' >"$answer"
    chmod 0 "$folder/more"
    reader=(env)
    if [ "$(id -u)" -eq 0 ]; then # root may read everything
        reader=(setpriv --inh-caps=-all --bounding-set=-all)
    fi
    "${reader[@]}" true 2>/dev/null || skip "this user's rights cannot be taken away"
    run -3 --separate-stderr "${reader[@]}" "$INVAUDIT" scan evidence
    chmod 755 "$folder/more"
    problem 'evidence/123456789012/us-east-1/more: cannot be opened: Permission denied'
}

@test "a file that goes, or is replaced, while another is read" {
    rm -r evidence/*
    for i in 1 2 3 4; do
        mkdir "evidence/12345678901$i"
        echo '{"DBSnapshots": []}' >"evidence/12345678901$i/us-east-1.rds-describe-db-snapshots.json"
    done
    # One thread opens the FIFO when all was found, and first, since it is named so.
    mkfifo 0
    (
        exec 3>0
        cd evidence
        rm 123456789011/*
        rm 123456789012/*
        mkfifo 123456789012/us-east-1.rds-describe-db-snapshots.json
        rm 123456789013/*
        ln -s /dev/zero 123456789013/us-east-1.rds-describe-db-snapshots.json
        printf '{"DBSnapshots": [' >123456789014/us-east-1.rds-describe-db-snapshots.json
        echo '[]' >&3
    ) &
    run -3 --separate-stderr "$INVAUDIT" scan --jobs 1 -o text -o json=report.json -o junit=report.xml 0 evidence
    wait
    problem '123456789011/us-east-1.rds-describe-db-snapshots.json: cannot be opened: No such file or directory'
    problem '123456789012/us-east-1.rds-describe-db-snapshots.json: is not a regular file any more'
    problem '123456789013/us-east-1.rds-describe-db-snapshots.json: cannot be opened: Too many levels of symbolic links'
    problem '123456789014/us-east-1.rds-describe-db-snapshots.json: line 1: the file ends where a value is expected'
    no grep -q '^FAIL' <<<"$output"
}

@test "a folder of 10,000 levels" {
    # bash would look at the whole path with each `cd`: 20 seconds
    (cd evidence && python3 -c 'import os
for _ in range(10000): os.mkdir("d"); os.chdir("d")')
    echo '{"DBSnapshots": []}' >"$answer"
    scan_within 1 evidence
    problem 'a folder that lies too deep: it is not searched'
    rm -rf evidence
}

# ---- texts for who shows them ----

# On a line's start or anywhere, what GitHub's and Azure's runners take for a command; and
# what a terminal does not show.
is_harmless() { # FILE...
    no grep -nE '^[[:space:]]*::|##(vso)?\[' "$@"
    no grep -nP '[\x{7F}-\x{9F}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{FE00}-\x{FE0F}]' "$@"
}

@test "nothing that is printed is a command to a CI system, or invisible" {
    local words='::error title=x::y ##[error]z ##vso[task.setvariable variable=a]b'
    local unseen=$'\302\2332J\342\200\256\342\200\213\357\270\217\177' turned=$'\342\200\256'
    mkdir '##[group]folder' "$folder/::add-mask::a"
    echo '{' >'::error title=good::x.json'
    echo '{' >'##vso[task.prependpath]x.json'
    echo '{' >"$folder/::add-mask::a/##[x $words $unseen.json"
    echo "An error occurred (##vso[task.complete]x) when calling the X operation: ::stop-commands::a $words $unseen" >'##[group]folder/a.json'
    echo "{\"DBSnapshots\": [{$record, \"DBSnapshotArn\": \"$words$unseen\"}, {\"DBSnapshotIdentifier\": \"$words$unseen\"}]}" >"$answer"
    mkdir '##[error]rules'
    make_rule '##[error]rules/Mine-001.yaml'
    sed -i "s/there are {snapshots}/$words $turned/; s/title: .*/title: '$words'/" '##[error]rules/Mine-001.yaml'
    mkdir out
    export LC_ALL=C.UTF-8
    for columns in 40 80; do
        run -3 --separate-stderr env COLUMNS=$columns "$INVAUDIT" scan --show all --rules '##[error]rules' --assume-account 123456789012 \
            -o text=out/text -o json=out/json -o junit=out/junit '::error title=good::x.json' '##vso[task.prependpath]x.json' '##[group]folder' evidence
        echo "$stderr" >out/stderr
        "$INVAUDIT" evidence -o text=out/evidence -o json=out/evidence.json '::error title=good::x.json' '##vso[task.prependpath]x.json' '##[group]folder' evidence || true
        is_harmless out/*
    done
    grep -qF 'x23#vso[task.prependpath]x.json' out/text
    grep -qF 'x3a:error title=good::x.json' out/text
    # what is JSON says the same
    [ "$(jq -r '.problems[].path' out/json | grep -cF -e '::error title=good::x.json' -e '##vso[task.prependpath]x.json')" -ge 2 ]
    local wrong
    for wrong in 'scan ##[a' 'scan ::error::a' 'query ##[a' 'query ::error::a ::error::b' 'rules show ##vso[a' '::error::a' 'scan --::error::' \
        'rules check ##[error]rules' 'scan -o ##[a evidence' 'scan --path-pattern ##[a evidence'; do
        "$INVAUDIT" $wrong >>out/wrong 2>&1 || true
    done
    "$INVAUDIT" query @ '::error title=good::x.json' >>out/wrong 2>&1 || true
    [ -s out/wrong ]
    is_harmless out/wrong
}

@test "a name that is not UTF-8 is left out, and labelled, as any other" {
    mkdir p
    echo '{"DBSnapshots": []}' >p/$'old\xff.bak'
    run -2 "$INVAUDIT" scan --exclude '*.bak' p
    problem '1 excluded'
    mv p/$'old\xff.bak' p/$'x\xff us-west-2.json'
    run -1 "$INVAUDIT" scan --path-pattern 'x. (?<region>[a-z0-9-]+)\.json' p
    problem 'us-west-2'
}

@test "a --path-pattern that comes to no end on a path is a problem, and tells nothing" {
    local pattern='(?:(?:a|a)+x|a+)(?<region>us-east-[0-9])' long
    long=$(printf 'a%.0s' {1..40})us-east-1
    mkdir p
    echo '{"DBSnapshots": []}' >p/aaus-east-1.json
    echo '{"DBSnapshots": []}' >"p/$long.json"
    run -1 "$INVAUDIT" scan --assume-account 123456789012 -o text -o json=report.json --path-pattern "$pattern" p
    problem "p/$long.json: --path-pattern does not come to an end on this path"
    [ "$(jq -r '.problems[] | "\(.code) \(.path)"' report.json)" = "path-pattern p/$long.json" ]
    [ "$(jq -c '[.findings[] | [.region, .result]]' report.json)" = '[[null,"unknown"],["us-east-1","fail"]]' ]
}
