#!/usr/bin/env bats
# Evidence that several runs read, each a part, is judged as if one had read it.

load helpers

setup() {
    cd "$BATS_TEST_TMPDIR"
    root=$BATS_TEST_DIRNAME/../..
    cp -r "$root/fixtures/three-accounts/evidence" evidence
}

# Two shards of the evidence: 1.state, 2.state.
two_shards() { # OPTION...
    "$INVAUDIT" scan --shard 1/2 -o state=1.state "$@" evidence
    "$INVAUDIT" scan --shard 2/2 -o state=2.state "$@" evidence
}

# The SHA-256 of a state that was edited is made anew.
sign() { # STATE
    sed -i '$d' "$1"
    printf '["sha256","%s"]\n' "$(sha256sum <"$1" | cut -c 1-64)" >>"$1"
}

refused() { # MESSAGE STATE...
    local message=$1
    shift
    run -2 --separate-stderr "$INVAUDIT" merge "$@"
    assert_output ''
    stderr=$(grep -v ': warning: the rule has no tests' <<<"$stderr")
    assert_stderr "invaudit: $message"
}

# ---- nothing is forgotten ----

# The members of a struct of C, one a line.
members_of() { # FILE STRUCT
    python3 - "$@" <<'END'
import re, sys
text = re.sub(r"/\*.*?\*/", "", open(sys.argv[1]).read(), flags=re.S)
body = re.search(r"^struct %s \{\n(.*?)^\};" % sys.argv[2], text, re.S | re.M).group(1)
for declaration in body.split(";"):
    names = re.sub(r"\[[^]]*\]", "", declaration).split(",")
    for name in names:
        if name.strip():
            print(re.findall(r"\w+", name)[-1])
END
}

@test "every member of what is gathered has a row" {
    cd "$root/analyzer"
    rows=$(cat state/tables.c state/rows_kept.c | tr -s ' \n' ' ')
    while read -r file struct; do
        for member in $(members_of "$file" "$struct"); do
            case $struct.$member in
            # the text of a row's values, and what stands where its versions are printed
            row.values | versions.*) continue ;;
            # a struct in another, whose members are rows of that
            document_source.total | failure.denied) continue ;;
            esac
            case $struct in
            bytes_total) pattern="struct document_source, total\.$member\b" ;;
            denial) pattern="struct failure, denied\.$member\b" ;;
            *) pattern="struct $struct, (\w+(\.\w+)?, )?$member\b" ;;
            esac
            grep -qE "$pattern" <<<"$rows" || { echo "$file: struct $struct: $member has no row in state/"; false; }
            count=$((count + 1))
        done
    done <<'END'
find/discover.h source
find/failure.h failure
find/denial.h denial
gather/document.h document_source
gather/document.h document
gather/document.h portion
gather/rows.h row
gather/rows.h extreme
gather/hits.h hit
gather/codes.h reason
gather/assessment.h problem
json/bytes.h bytes_total
json/records.h position
find/collection.h statement
END
    [ "$count" -gt 110 ]
}

# ---- one report ----

@test "two shards give the report of one scan, also on standard output" {
    two_shards
    run -1 --separate-stderr "$INVAUDIT" scan evidence
    one=$output
    run -1 --separate-stderr "$INVAUDIT" merge 2.state 1.state
    assert_output "$one"
    assert_stderr ''
    "$INVAUDIT" scan -o state --shard 1/2 evidence >3.state
    cmp 1.state 3.state
}

@test "a merge has the options of the scans, and takes others" {
    two_shards --as-of 2026-01-01 --account 123456789012 --expect-regions us-east-1
    "$INVAUDIT" scan -o json --as-of 2026-01-01 --account 123456789012 --expect-regions us-east-1 evidence >one.json || true
    "$INVAUDIT" merge -o json 1.state 2.state >two.json || true
    cmp one.json two.json
    "$INVAUDIT" scan -o json --as-of 2027-01-01 --account 210987654321 --expect-regions eu-west-1 evidence >one.json || true
    "$INVAUDIT" merge -o json --as-of 2027-01-01 --account 210987654321 --expect-regions eu-west-1 1.state 2.state >two.json || true
    cmp one.json two.json
}

@test "states of other operands are put together" {
    for account in 123456789012 210987654321 345678901234; do
        "$INVAUDIT" scan -o "state=$account.state" "evidence/$account"
    done
    "$INVAUDIT" scan -o json evidence/123456789012 evidence/210987654321 evidence/345678901234 >one.json || true
    "$INVAUDIT" merge -o json 123456789012.state 210987654321.state 345678901234.state >two.json || true
    cmp one.json two.json
    "$INVAUDIT" merge -o state=two.state 210987654321.state 345678901234.state
    "$INVAUDIT" merge -o json 123456789012.state two.state >three.json || true
    cmp one.json three.json
    refused "'evidence/123456789012/eu-central-1/backup-list-backup-plans.json' is there twice: in 'all.state' and in '123456789012.state'" \
        $("$INVAUDIT" scan -o state=all.state evidence && echo all.state 123456789012.state)
}

@test "a list says what is read, from a file and from a pipe" {
    find evidence -type f | sort >files
    split -n r/3 files part.
    for part in part.??; do
        "$INVAUDIT" scan --files-from "$part" -o "state=$part.state" evidence
    done
    "$INVAUDIT" scan -o json evidence >one.json || true
    "$INVAUDIT" merge -o json part.*.state >two.json || true
    cmp one.json two.json
    tr '\n' '\0' <part.aa | "$INVAUDIT" scan --files-from - -o state=nul.state evidence
    cmp nul.state part.aa.state
    refused "of the $(jq -s '.[0].sources' -R <<<0 2>/dev/null; head -n 1 part.aa.state | jq .sources) files and folders that 'part.aa.state' names, only $(cat part.aa.state part.ab.state | grep '^{"source' | sort -u | wc -l) are in the states: a shard is missing, or files changed while others were read" \
        part.aa.state part.ab.state
    refused "'$(head -n 1 part.ab)' is there twice: in 'part.ab.state' and in 'again.state'" \
        $(cp part.ab.state again.state && echo part.aa.state part.ab.state again.state)
    echo evidence/none.json >none
    run -2 --separate-stderr "$INVAUDIT" scan --files-from none -o state evidence
    assert_stderr "invaudit: --files-from: 'evidence/none.json' is not found below what is scanned: paths begin as the PATH given"
    : >empty
    "$INVAUDIT" scan --files-from empty -o state=empty.state evidence
    "$INVAUDIT" merge -o json empty.state part.*.state >two.json || true
    cmp one.json two.json
}

@test "an archive is read by one of the shards, with all that is in it" {
    mkdir -p tree
    cp -r evidence/123456789012 tree
    echo 254 >evidence/210987654321/eu-west-1/rds-describe-db-snapshots.json.rc
    echo notes >evidence/345678901234/notes.txt
    mkdir evidence/345678901234/sa-east-1
    tar -czf tree/b.tar.gz -C evidence 210987654321
    tar -cJf tree/c.tar.xz -C evidence 345678901234
    for i in 1 2 3; do
        "$INVAUDIT" scan --shard $i/3 -o state=$i.state tree
    done
    "$INVAUDIT" scan -o json=one.json tree >one.txt || true
    "$INVAUDIT" merge -o json=two.json 3.state 1.state 2.state >two.txt || true
    cmp one.json two.json
    cmp one.txt two.txt
    grep -q 'c.tar.xz!/345678901234/notes.txt' one.json
    "$INVAUDIT" scan -o state=one.state tree
    "$INVAUDIT" merge -o state=a.state 2.state 3.state
    "$INVAUDIT" merge -o state=two.state 1.state a.state
    cmp one.state two.state
    "$INVAUDIT" scan --files-from <(echo tree/b.tar.gz) -o state=b.state tree
    "$INVAUDIT" scan --files-from <(find tree -type f ! -name b.tar.gz) -o state=rest.state tree
    "$INVAUDIT" merge -o json=two.json b.state rest.state >two.txt || true
    cmp one.json two.json
}

@test "things that are said in several ways, and least and largest values, are kept" {
    mkdir -p twice/123456789012/us-east-1 twice/123456789012/eu-west-1
    snapshot() { # ID TYPE SIZE TIME
        printf '{"DBSnapshotIdentifier": "%s", "SnapshotType": "%s", "Engine": "mysql", "Status": "available", "AllocatedStorage": %s, "SnapshotCreateTime": "%s"}' "$@"
    }
    for region in us-east-1 eu-west-1; do
        {
            echo '{"DBSnapshots": ['
            for type in manual awsbackup automated public manual; do
                snapshot a $type 1.5 2026-01-02T03:04:05.678Z
                echo ,
            done
            snapshot b awsbackup 0.1 2025-01-02T03:04:05Z
            echo ,
            snapshot b manual 1e300 none
            echo ,
            snapshot "c$region" manual 7 2025-06-01T00:00:00Z
            echo ']}'
        } >twice/123456789012/$region/rds-describe-db-snapshots.json
    done
    make_rule Mine-001.yaml
    sed -i 's/^facts:/&\n  some: { from: "AWS::RDS::DBSnapshot", where: "SnapshotType == '\''awsbackup'\''" }\n  newest: { from: "AWS::RDS::DBSnapshot", max: SnapshotCreateTime }\n  oldest: { from: "AWS::RDS::DBSnapshot", min: SnapshotCreateTime }\n  large: { from: "AWS::RDS::DBSnapshot", max: AllocatedStorage }/; s/when: .*, message: .*there are {.*/when: "some > `1` \&\& large > oldest || newest > `3`", message: "{some} {newest} {oldest} {large}" }/' Mine-001.yaml
    for i in 1 2; do
        "$INVAUDIT" scan --shard $i/2 --rules Mine-001.yaml -o state=$i.state twice
    done
    grep -q '"versions":' 1.state
    grep -q '"extremes":' 1.state
    "$INVAUDIT" scan --rules Mine-001.yaml -o json=one.json twice >one.txt || true
    "$INVAUDIT" merge -o json=two.json 1.state 2.state >two.txt || true
    jq -e 'any(.findings[] | select(.rule == "Mine-001") | .facts.some; .at_least != .at_most)' one.json
    cmp one.json two.json
    cmp one.txt two.txt
}

@test "a shard may have nothing to read" {
    mkdir few
    echo '{"DBSnapshots": []}' >few/rds-describe-db-snapshots.json
    for i in 1 2 3; do
        "$INVAUDIT" scan --shard $i/3 -o state=$i.state few
    done
    "$INVAUDIT" scan -o json few >one.json || true
    "$INVAUDIT" merge -o json 3.state 1.state 2.state >two.json || true
    cmp one.json two.json
}

# ---- other rules ----

# A rule that asks for records with this, in snapshots.
make_rule_of() { # FILE EXPRESSION
    make_rule "$1"
    sed -i "s/snapshots: {.*/snapshots: { from: \"AWS::RDS::DBSnapshot\", where: \"$2\" }/" "$1"
}

@test "a state is judged by other rules over the same fields" {
    make_rule_of Mine-001.yaml "SnapshotType != 'awsbackup'"
    two_shards
    "$INVAUDIT" scan -o json --no-builtin --rules Mine-001.yaml evidence >one.json || true
    "$INVAUDIT" merge -o json --no-builtin --rules Mine-001.yaml 1.state 2.state >two.json || true
    cmp one.json two.json
    [ "$(jq '.summary | .pass + .fail' one.json)" -gt 3 ]
}

@test "a state that lacks a field says which" {
    make_rule_of Mine-001.yaml "KmsKeyId != 'k'"
    two_shards
    refused "the states have not KmsKeyId of AWS::RDS::DBSnapshot, which these rules read: only a scan with these rules has" \
        --rules Mine-001.yaml 1.state 2.state
    make_rule Mine-001.yaml
    sed -i 's/DBSnapshot" }/DBSnapshot", max: AllocatedStorage }/' Mine-001.yaml
    refused "the states have not the least and the largest AllocatedStorage of AWS::RDS::DBSnapshot, which these rules read: only a scan with these rules has" \
        --rules Mine-001.yaml 1.state 2.state
}

@test "a rule that changed since is told" {
    make_rule Mine-001.yaml
    two_shards --rules Mine-001.yaml
    echo '# another' >>Mine-001.yaml
    refused "the states were made for another text of rule Mine-001: give --rules, --select or the like to judge them by others" \
        1.state 2.state
    run -1 --separate-stderr "$INVAUDIT" merge -q --rules Mine-001.yaml 1.state 2.state
}

@test "a catalog that changed since is told" {
    mkdir rules
    make_rule rules/Mine-001.yaml
    make_catalog rules/catalog.yaml
    two_shards --rules rules
    echo '      - { call: mine get-thing, list: MyThing, gives: whole }' >>rules/catalog.yaml
    refused "the states were made with another catalog: a catalog.yaml of --rules is not the one of then" \
        --rules rules 1.state 2.state
}

# ---- refused ----

@test "shards that are missing or there twice are named" {
    for i in 1 2 3 4; do
        "$INVAUDIT" scan --shard $i/4 -o state=$i.state evidence
    done
    refused "shard 2 of 4 is missing: it is in none of the states" 1.state 3.state 4.state
    refused "shard 3 of 4 is there twice: in '3.state' and in 'b.state'" \
        $(cp 3.state b.state && echo 1.state 3.state b.state)
    "$INVAUDIT" merge -o state=a.state 2.state 3.state
    refused "shard 3 of 4 is there twice: in 'a.state' and in '3.state'" a.state 3.state
    refused "shard 1 of 4 is missing: it is in none of the states" a.state
    "$INVAUDIT" merge -o state=b.state 1.state 4.state
    "$INVAUDIT" merge -o state=all.state b.state a.state
    "$INVAUDIT" scan -o state=one.state evidence
    cmp all.state one.state
    refused "'all.state' and 'one.state' both have all of the same operands" all.state one.state
    refused "'1.state' and 'one.state' are parts of other cuts" 1.state one.state
}

@test "states of other options, rules, files are refused" {
    two_shards
    "$INVAUDIT" scan --shard 2/2 --as-of 2026-01-01 -o state=b.state evidence
    refused "'1.state' and 'b.state' were made with other settings: --as-of" 1.state b.state
    "$INVAUDIT" scan --shard 2/2 --exclude '*.bak' -o state=b.state evidence
    refused "'1.state' and 'b.state' were made with other settings: --exclude" 1.state b.state
    refused "option '--exclude': the states were read without it, or with another; it is for 'invaudit scan'" \
        --exclude '*.txt' 1.state 2.state
    refused "option '--no-digest': the states were read without it, or with another; it is for 'invaudit scan'" \
        --no-digest 1.state 2.state
    echo '{"DBSnapshots": []}' >evidence/more.json
    "$INVAUDIT" scan --shard 2/2 -o state=b.state evidence
    run -2 --separate-stderr "$INVAUDIT" merge 1.state b.state
    [[ $stderr = "invaudit: '1.state' and 'b.state' are of other files and folders: "* ]]
    make_rule Mine-001.yaml
    "$INVAUDIT" scan --shard 1/2 --rules Mine-001.yaml -o state=1.state evidence
    echo '# another' >>Mine-001.yaml
    "$INVAUDIT" scan --shard 2/2 --rules Mine-001.yaml -o state=2.state evidence
    refused "'1.state' and '2.state' were made with other rules: Mine-001" 1.state 2.state
}

@test "a state that was changed, cut, or of another version is refused" {
    "$INVAUDIT" scan -o state=one.state evidence
    line_count=$(wc -l <one.state)
    sed '3s/"bytes":/"bytes":1/' one.state >b.state
    run -1 cmp -s one.state b.state
    refused "b.state:$line_count: was changed: the SHA-256 of what stands before is another" b.state
    head -n 5 one.state >b.state
    refused 'b.state:6: is cut off: expected ["sha256",' b.state
    head -c 3000 one.state >b.state
    run -2 --separate-stderr "$INVAUDIT" merge b.state
    [[ $stderr = "invaudit: b.state:"*": is cut off: expected "* ]]
    (cat one.state && echo) >b.state
    refused "b.state:$((line_count + 1)): was changed: something stands behind its end" b.state
    sed '1s/"version":"[^"]*"/"version":"0.0.1"/' one.state >b.state
    refused "b.state:1: invaudit 0.0.1 wrote it, and this is $("$INVAUDIT" --version | cut -d ' ' -f 2): one version has to read all" b.state
    echo '{"DBSnapshots": []}' >b.state
    refused "b.state:1: was changed, or another version wrote it: 'DBSnapshots' is no member, or not at its place" b.state
    : >b.state
    refused 'b.state:1: is cut off: expected {' b.state
    refused "b.state:1: cannot be read: Is a directory" $(rm b.state && mkdir b.state && echo b.state)
}

@test "a state is cut nowhere without being told" {
    mkdir few
    cp evidence/123456789012/us-east-1/rds-describe-db-snapshots.json few
    make_rule Mine-001.yaml
    "$INVAUDIT" scan --no-builtin --rules Mine-001.yaml -o state=one.state few
    bytes=$(wc -c <one.state)
    for cut in $(seq 0 97 $((bytes - 1))); do
        head -c "$cut" one.state >b.state
        run -2 --separate-stderr "$INVAUDIT" merge b.state
        [[ $stderr = *"is cut off"* ]]
    done
}

@test "a state whose SHA-256 was made anew is as good as another" {
    "$INVAUDIT" scan -o state=one.state evidence
    grep -v '"source":{"path":"evidence/345678901234/us-west-2/' one.state >b.state
    sign b.state
    run -2 --separate-stderr "$INVAUDIT" merge b.state
    [[ $stderr = *"are in the states: a shard is missing, or files changed while others were read" ]]
    sed '2s/"path":"evidence/"path":"zzz/' one.state >b.state
    sign b.state
    refused "b.state:3: was changed, or is no state: its sources do not stand in order" b.state
}

@test "usage" {
    usage() { # MESSAGE ARGUMENT...
        local message=$1
        shift
        run -2 --separate-stderr "$INVAUDIT" "$@"
        stderr=${stderr%%"; see 'invaudit"*}
        [ "$stderr" = "invaudit: $message" ] || { echo "$stderr"; false; }
    }
    usage "expected a STATE: a file that 'invaudit scan -o state=FILE' wrote" merge
    usage "none.state: cannot be opened: No such file or directory" merge none.state
    usage "option '--shard' reads a part of the evidence, which nothing can be judged by: write it with -o state=FILE, and judge all parts with 'invaudit merge'" \
        scan --shard 1/2 evidence
    usage "option '--files-from' reads a part of the evidence, which nothing can be judged by: write it with -o state=FILE, and judge all parts with 'invaudit merge'" \
        scan --files-from list -o json evidence
    usage "options '--shard' and '--files-from' both say what is read: give one" \
        scan --shard 1/2 --files-from list -o state evidence
    usage "option '--shard': standard input cannot be shared" scan --shard 1/2 -o state -
    for text in 0/2 3/2 2 1/ /2 1/2/3 a/2 1/10001 -1/2 ''; do
        usage "option '--shard': expected I/N, from 1/N to N/N, such as 2/8, and N at most 10000, not '$text'" \
            scan --shard="$text" -o state evidence
    done
    usage "list: cannot be opened: No such file or directory" scan --files-from list -o state evidence
    usage "format 'state' is of what is not judged yet: no other report goes with it; 'invaudit merge' makes them" \
        scan -o state=1.state -o json evidence
    usage "unknown format 'state': expected text, json, script or csv" evidence -o state evidence
    "$INVAUDIT" scan -o state=one.state evidence
    run -2 --separate-stderr "$INVAUDIT" merge -o json=one.state one.state
    [[ $stderr = *"one.state"* ]]
    "$INVAUDIT" merge -q one.state || [ $? -eq 1 ]
}

# ---- all stories ----

# In each story that names its evidence: what to do with its words, as TELL STORY WORD...
for_each_story() { # TELL
    local story words count=0 told=0 each=${STATES_EACH:-1} stories=("$root"/fixtures/*/)
    for story in "${stories[@]}"; do
        [ $((++count % each)) -eq 0 ] || continue
        [ -d "$story/evidence" ] || continue
        words=(evidence)
        [ ! -f "$story/args" ] || mapfile -t words <"$story/args"
        [[ " ${words[*]} " != *" - "* ]] || continue
        cd "$story"
        "$1" "$(basename "$story")" "${words[@]}"
        told=$((told + 1))
    done
    [ "$told" -gt $((80 / each)) ]
}

in_two_parts() { # STORY WORD...
    local story=$1 part
    shift
    for part in 1 2; do
        "$INVAUDIT" scan --shard $part/2 -o "state=$BATS_TEST_TMPDIR/$part.state" "$@" 2>/dev/null
    done
    "$INVAUDIT" scan -o json="$BATS_TEST_TMPDIR/one.json" "$@" >"$BATS_TEST_TMPDIR/one.txt" 2>/dev/null || true
    "$INVAUDIT" merge -o json="$BATS_TEST_TMPDIR/two.json" "$BATS_TEST_TMPDIR"/[12].state >"$BATS_TEST_TMPDIR/two.txt" 2>/dev/null || true
    cmp "$BATS_TEST_TMPDIR/one.json" "$BATS_TEST_TMPDIR/two.json" && cmp "$BATS_TEST_TMPDIR/one.txt" "$BATS_TEST_TMPDIR/two.txt" ||
        { echo "$story"; false; }
}

@test "every story, read in two parts, gives the report of one scan" {
    for_each_story in_two_parts
}

# What was gathered for all rules of all packs is judged by one rule.
by_fewer_rules() { # STORY WORD...
    local story=$1
    shift
    [ $((turn++ % 3)) -eq 0 ] || return 0 # it takes a while
    [[ " $* " != *" --rules "* && " $* " != *" --select "* && " $* " != *" --no-builtin "* ]] || return 0
    "$INVAUDIT" scan --pack audit-manager,aws-config,conformity,invaudit,prowler,security-hub -o "state=$BATS_TEST_TMPDIR/all.state" "$@" 2>/dev/null
    "$INVAUDIT" scan -o json="$BATS_TEST_TMPDIR/one.json" -qq --select Backup-001 "$@" || true
    "$INVAUDIT" merge -o json="$BATS_TEST_TMPDIR/two.json" -qq --select Backup-001 "$BATS_TEST_TMPDIR/all.state" || true
    diff <(jq -S '.findings' "$BATS_TEST_TMPDIR/one.json") <(jq -S '.findings' "$BATS_TEST_TMPDIR/two.json") || { echo "$story"; false; }
}

@test "what was gathered for many rules is judged by one as evidence is" {
    turn=0
    for_each_story by_fewer_rules
}
