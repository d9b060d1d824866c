load helpers

# verify: a report is made again and compared.

setup() {
    fixtures=$BATS_TEST_DIRNAME/../../fixtures
    cd "$BATS_TEST_TMPDIR"
    cp -r "$fixtures/three-accounts/evidence" evidence
    file=evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
}

# Ends with a status; the report is in report.json.
scan() { # STATUS WORD...
    run -"$1" "$INVAUDIT" scan -qq -o json=report.json "${@:2}"
}

# The codes of the lines, each once, and how often.
codes() {
    cut -d ' ' -f 1 <<<"$output" | grep -v : | sort | uniq -c | awk '{print $2 "=" $1}' | paste -sd ' '
}

# (VERIFY_EACH=4: of each fourth)
@test "a report of each story holds, where it was made and where it was not" {
    local count=0
    for story in "$fixtures"/*/; do
        [ $((count++ % ${VERIFY_EACH:-1})) -eq 0 ] || continue
        words=(evidence) input=/dev/null
        cd "$story"
        [ -d evidence ] || [ -f stdin ] || continue
        [ ! -f args ] || mapfile -t words <args
        [ ! -f stdin ] || input=stdin
        for command in scan evidence; do
            "$INVAUDIT" $command "${words[@]}" -o json="$BATS_TEST_TMPDIR/$command.json" >/dev/null 2>&1 <$input || true
            output=$("$INVAUDIT" verify "$BATS_TEST_TMPDIR/$command.json" 2>&1 <$input)
            [[ $output == *": holds (0 differences"*", status 0" ]]
        done
        [[ " ${words[*]} " == *' evidence '* ]] || continue
        output=$("$INVAUDIT" verify "$BATS_TEST_TMPDIR/scan.json" "$PWD/evidence" 2>&1)
        [[ $output == *'moved            evidence: it is /'* ]]
    done
}

@test "one value, or one digit, edited anywhere in a report is caught and named" {
    local samples=${VERIFY_SAMPLES:-50}
    mkdir rules
    make_rule rules/Mine-001.yaml
    make_catalog rules/catalog.yaml
    scan 1 --rules rules --matrix --as-of 2026-01-01 --param Backup-001.without_databases=not_applicable evidence
    run -0 "$BATS_TEST_DIRNAME/verify.py" report report.json "$samples"
    [[ $output == "$samples of "*" values, $samples of "*" digits" ]]
    run "$INVAUDIT" evidence -o json=report.json --rules rules --no-builtin --exclude global evidence
    run -0 "$BATS_TEST_DIRNAME/verify.py" report report.json "$samples"
    cp -r "$fixtures/hostile-text/evidence" hostile
    run "$INVAUDIT" scan -qq -o json=report.json hostile
    run -0 "$BATS_TEST_DIRNAME/verify.py" report report.json "$samples"
    run "$INVAUDIT" scan -qq -o json=report.json --no-digest --no-sandbox evidence
    run -0 "$BATS_TEST_DIRNAME/verify.py" report report.json "$samples"
}

@test "one byte of any file of the evidence is caught, and the file is named" {
    scan 1 evidence
    run -0 "$BATS_TEST_DIRNAME/verify.py" files report.json
    assert_output '20 files'
}

@test "a file altered: so is what follows, and why" {
    scan 1 evidence
    sed -i 's/awsbackup/manual/g' $file
    run -1 "$INVAUDIT" verify report.json
    [ "$(codes)" = 'altered=1 finding=1' ]
    [[ ${lines[0]} == "altered          $file: its SHA-256 is $(sha256sum <$file | cut -c-64), not "* ]]
    [ "${lines[1]}" = "finding          Backup-001/123456789012/us-east-1: pass in the report, fail now: $file was altered" ]
    [ "${lines[2]}" = 'report.json: does not hold (2 differences), status 1' ]
}

@test "a finding that cites nothing: a file of its account and region is why" {
    scan 1 evidence
    for place in 123456789012/us-west-2 345678901234/eu-central-1; do
        : >evidence/$place/rds-describe-db-snapshots.json
    done
    run -1 "$INVAUDIT" verify report.json
    for place in 123456789012/us-west-2 345678901234/eu-central-1; do
        grep -q "^finding          Backup-001/$place: pass in the report, unknown now: evidence/$place/rds-describe-db-snapshots.json was altered\$" <<<"$output"
    done
}

@test "a file that is missing, and one that is new" {
    scan 1 evidence
    rm $file
    mkdir evidence/123456789012/ap-south-1
    echo '{"DBSnapshots": []}' >evidence/123456789012/ap-south-1/rds-describe-db-snapshots.json
    run -1 "$INVAUDIT" verify report.json
    [ "${lines[0]}" = "missing          $file: the report has it (read), and it is not there now" ]
    [ "${lines[1]}" = "new              evidence/123456789012/ap-south-1/rds-describe-db-snapshots.json: it is there now (read), and the report does not have it" ]
    grep -qxF "finding          Backup-001/123456789012/us-east-1: pass in the report, unknown now: $file is missing" <<<"$output"
    grep -q '^finding          Backup-001/123456789012/ap-south-1: fail now, and the report does not have it: ' <<<"$output"
    no grep -q '^value .*/\(summary\|evidence_set\)/' <<<"$output"
}

@test "files that were moved are notes, and so is a folder" {
    scan 1 evidence
    mv $file evidence/123456789012/us-east-1/moved.json
    run -0 "$INVAUDIT" verify report.json
    [ "${lines[0]}" = "moved            $file: it is evidence/123456789012/us-east-1/moved.json now" ]
    [ "${lines[1]}" = 'report.json: holds (0 differences, 1 note), status 0' ]
    # where its words tell another region, it is still the file that the report had
    mv evidence/123456789012/us-east-1/moved.json evidence/123456789012/eu-west-1/other.json
    run -0 "$INVAUDIT" verify report.json
    # a folder in it, with error outputs that have no digest
    mv evidence/210987654321 evidence/second
    run -0 "$INVAUDIT" verify report.json
    grep -q '^moved            evidence/210987654321/.*\.err: it is evidence/second/.*\.err now$' <<<"$output"
    # all of it, and what was moved in it
    mv evidence archive
    run -2 --separate-stderr "$INVAUDIT" verify report.json
    [ "${stderr_lines[0]}" = 'invaudit: evidence: no such file or folder' ]
    [[ ${stderr_lines[1]} == *"say where the evidence is: 'invaudit verify REPORT PATH...'" ]]
    run -0 "$INVAUDIT" verify report.json archive
    [ "${lines[0]}" = 'moved            evidence: it is archive now' ]
    # what one did to it in the meantime is found all the same
    mkdir archive/123456789012/ap-south-1
    run -1 "$INVAUDIT" verify report.json archive
    [ "$(codes | grep -o 'finding=1')" = finding=1 ]
}

@test "a file that was moved where lists of the collection name it is a note, too" {
    (cd evidence && find * -name '*.json' | xargs sha256sum >SHA256SUMS
        printf 'path\tbegun\tended\tstatus\tcommand\n' >manifest.tsv
        find * -name 'rds-*.json' | sed 's/$/\t\t\t0\taws rds describe-db-snapshots/' >>manifest.tsv)
    scan 1 evidence
    mv $file evidence/123456789012/us-east-1/moved.json
    run -0 "$INVAUDIT" verify report.json
    [ "${lines[0]}" = "moved            $file: it is evidence/123456789012/us-east-1/moved.json now" ]
    [ "${lines[1]}" = 'report.json: holds (0 differences, 1 note), status 0' ]
    # and all of it, with its lists
    mkdir new
    mv evidence new/
    run -0 "$INVAUDIT" verify report.json new/evidence
    # a scan of what is there now is another one: the lists name what is lost
    run -1 "$INVAUDIT" scan -qq -o json=now.json new/evidence
    [ "$(jq -r '.evidence[] | select(.use == "lost") | .path' now.json)" = new/$file ]
    # what is not there at all is missed, though the lists name it
    rm new/evidence/123456789012/us-east-1/moved.json
    run -1 "$INVAUDIT" verify report.json new/evidence
    [ "${lines[0]}" = "missing          $file: the report has it (read), and it is not there now" ]
    grep -q "^finding .*: pass in the report, unknown now: $file is missing\$" <<<"$output"
    # and what the report has as lost is new
    run -1 "$INVAUDIT" scan -qq -o json=lost.json new/evidence
    echo '{"DBSnapshots": []}' >new/$file
    run -1 "$INVAUDIT" verify lost.json
    [ "${lines[0]}" = "new              new/$file: it is there now (read), and the report does not have it" ]
}

@test "a list of the collection is altered, too, whatever comes of it" {
    (cd evidence && find * -name '*.json' | xargs sha256sum >SHA256SUMS)
    printf 'path\tbegun\tended\tstatus\tcommand\n' >evidence/123456789012/manifest.tsv
    scan 1 evidence
    run -0 "$INVAUDIT" verify report.json
    printf '\n' >>evidence/SHA256SUMS
    run -1 "$INVAUDIT" verify report.json
    grep -q '^altered          evidence/SHA256SUMS: its SHA-256 is ' <<<"$output"
    (cd evidence && find * -name '*.json' | xargs sha256sum >SHA256SUMS)
    run -0 "$INVAUDIT" verify report.json
    # in an archive
    tar -czf all.tar.gz evidence
    scan 1 all.tar.gz
    printf '\n' >>evidence/123456789012/manifest.tsv
    tar -czf all.tar.gz evidence
    run -1 "$INVAUDIT" verify report.json
    grep -q '^altered          all.tar.gz!/evidence/123456789012/manifest.tsv: its SHA-256 is ' <<<"$output"
}

@test "what lies beside evidence: an edit that changes a verdict does not hold" {
    echo 0 >$file.rc
    scan 1 evidence
    run -0 "$INVAUDIT" verify report.json
    echo 254 >$file.rc
    run -1 "$INVAUDIT" verify report.json
    grep -q '^value            /problems: ' <<<"$output"
    rm $file.rc
    run -1 "$INVAUDIT" verify report.json
    grep -q "^missing          $file.rc: the report has it (explains), and it is not there now\$" <<<"$output"
}

@test "a copy is new, and files that changed places are altered" {
    scan 1 evidence
    cp $file evidence/123456789012/us-east-1/copy.json
    run -1 "$INVAUDIT" verify report.json
    [[ ${lines[0]} == 'new              evidence/123456789012/us-east-1/copy.json: '* ]]
    no grep -q ^moved <<<"$output"
    # the copy is the file then
    rm $file
    run -0 "$INVAUDIT" verify report.json
    mv evidence/123456789012/us-east-1/copy.json $file
    other=evidence/123456789012/eu-west-1/rds-describe-db-snapshots.json
    mv $file away
    mv $other $file
    mv away $other
    run -1 "$INVAUDIT" verify report.json
    [ "$(codes | grep -o 'altered=2')" = altered=2 ]
    no grep -q ^moved <<<"$output"
}

@test "paths stand for the operands by their names, then in their order" {
    mv evidence/123456789012 a
    mv evidence/210987654321 b
    mv evidence/345678901234 c
    run "$INVAUDIT" scan -qq -o json=report.json --exclude 'b/eu-*' --assume-account 111122223333 c b a
    run -0 "$INVAUDIT" verify report.json
    run -0 "$INVAUDIT" verify report.json c a b
    assert_output 'report.json: holds (0 differences), status 0'
    mv b moved
    run -0 "$INVAUDIT" verify report.json moved c a
    assert_output "moved            b: it is moved now
report.json: holds (0 differences, 1 note), status 0"
    run -2 --separate-stderr "$INVAUDIT" verify report.json a b
    [ "${stderr_lines[0]}" = "invaudit: the report was made of 3 paths, 'a', 'b', 'c': expected a PATH for each of them, or none; see 'invaudit verify --help'" ]
}

@test "an archive and the folder that it was made of are not compared" {
    tar -czf evidence.tar.gz evidence
    run "$INVAUDIT" scan -qq -o json=packed.json evidence.tar.gz
    scan 1 evidence
    run -2 --separate-stderr "$INVAUDIT" verify packed.json evidence
    assert_output ''
    assert_stderr "invaudit: evidence.tar.gz: the report is of an archive, and it is a folder here: give the archive"
    run -2 --separate-stderr "$INVAUDIT" verify report.json evidence.tar.gz
    assert_stderr "invaudit: evidence: the report is of a folder, and it is an archive here: unpack it, and give the folder"
    mv evidence.tar.gz elsewhere.tar.gz
    run -0 "$INVAUDIT" verify packed.json elsewhere.tar.gz
}

@test "a member of an archive is printed by the archive's own tool, as the manual says" {
    tar -czf evidence.tar.gz evidence
    path=$("$INVAUDIT" scan -o json evidence.tar.gz | jq -r 'first(.findings[].citations[].path)')
    [ "$(tar -xOf "${path%%!/*}" "${path#*!/}")" = "$(cat "${path#*!/}")" ]
}

@test "what is no report is said to be none; the report comes first" {
    scan 1 evidence
    run -2 --separate-stderr "$INVAUDIT" verify evidence report.json
    [ "${stderr_lines[0]}" = "invaudit: evidence: is a folder; expected a file" ]
    [ "${stderr_lines[1]}" = "invaudit: the report comes first: 'invaudit verify REPORT PATH...'" ]
    run -2 --separate-stderr "$INVAUDIT" verify "$BATS_TEST_FILENAME"
    assert_stderr "invaudit: $BATS_TEST_FILENAME:1:1: is no JSON report: expected '{'"
    run -2 --separate-stderr "$INVAUDIT" diff "$BATS_TEST_FILENAME" report.json
    assert_stderr "invaudit: $BATS_TEST_FILENAME:1:1: is no JSON report: expected a value, met 'l'"
}

@test "standard input is read again; a file may stand for it, and the report may come from it" {
    run "$INVAUDIT" scan -qq -o json=report.json --assume-account 123456789012 --assume-region us-east-1 - <$file
    run -0 "$INVAUDIT" verify report.json <$file
    run -0 "$INVAUDIT" verify report.json $file
    run -1 "$INVAUDIT" verify report.json </dev/null
    scan 1 evidence
    run -0 "$INVAUDIT" verify - <report.json
    assert_output '-: holds (0 differences), status 0'
}

@test "a rule of one's own: its text, its file, and where it was" {
    mkdir rules
    make_rule rules/Mine-001.yaml
    make_catalog rules/catalog.yaml
    scan 1 --rules rules --skip Backup-001 evidence
    run -0 --separate-stderr "$INVAUDIT" verify report.json
    # its file, by one byte
    sed -i 's/there are none/there are More/' rules/Mine-001.yaml
    run -1 --separate-stderr "$INVAUDIT" verify report.json
    [[ ${lines[0]} == "rule-altered     Mine-001: rules/Mine-001.yaml was changed since: its SHA-256 is $(sha256sum <rules/Mine-001.yaml | cut -c-64), not "* ]]
    [ "${#lines[@]}" = 2 ]
    echo '# more' >>rules/catalog.yaml
    run -1 --separate-stderr "$INVAUDIT" verify report.json
    [[ ${lines[1]} == 'catalog-altered  rules/catalog.yaml: rules/catalog.yaml was changed since: '* ]]
    # it is not needed
    rm -r rules
    run -0 --separate-stderr "$INVAUDIT" verify report.json
    # its text in the report, which is judged by
    jq '.rules[0].text |= sub("> `0`"; "> `1`")' report.json >edited.json
    run -1 --separate-stderr "$INVAUDIT" verify edited.json
    [[ ${lines[0]} == 'inputs-altered '* ]]
    [[ ${lines[1]} == 'rule-altered     Mine-001: the SHA-256 of its text in the report is '* ]]
    # one that is no rule any more
    jq '.rules[0].text |= sub("facts:"; "fact:")' report.json >edited.json
    run -1 --separate-stderr "$INVAUDIT" verify edited.json
    [[ ${lines[1]} == 'rule-altered     Mine-001: '* ]]
    [[ $stderr == *"Mine-001.yaml:"* ]]
}

# With digests made again, as who edits a report with care would.
sealed() { # FILTER
    jq 'def other: (if startswith("0") then "1" else "0" end) + .[1:];'" $1" report.json >edited.json
    sum=$(jq -cj '.tool, ({settings, operands, catalog, rules, waivers, sandbox} | with_entries(select(.value)))' edited.json | sha256sum | cut -c-64)
    jq --arg sum "$sum" '.inputs_sha256 = $sum' edited.json >sealed.json
}

@test "another program: its version is a note, its rules and its catalog are not" {
    scan 1 evidence
    sealed '.tool.version = "0.0.9"'
    run -0 "$INVAUDIT" verify sealed.json
    [[ ${lines[0]} == "version          version 0.0.9 wrote the report, and this is "* ]]
    sealed '.rules[0].sha256 |= other'
    run -1 "$INVAUDIT" verify sealed.json
    [[ ${lines[0]} == 'rule-altered     Backup-001: the rule that is built in has the SHA-256 '* ]]
    sealed '.catalog.sha256 |= other'
    run -1 "$INVAUDIT" verify sealed.json
    [[ ${lines[0]} == 'catalog-altered  /catalog/sha256: '* ]]
    sealed '.rules[0].id = "Other-001"'
    run -1 "$INVAUDIT" verify sealed.json
    [ "${lines[0]}" = 'rule-altered     Other-001: the report was judged by it, and it is not judged by now' ]
    [ "${lines[1]}" = 'rule-altered     Backup-001: it is judged by now, and the report was not' ]
    sealed '.rules[0].sha256 |= other | .findings[0].result = "pass"'
    run -1 "$INVAUDIT" verify sealed.json
    grep -q '^finding          Backup-001/.*: pass in the report, fail now: its rule changed$' <<<"$output"
}

@test "settings: an edit of them is found by their digest; with a new digest, by what they do" {
    scan 1 evidence
    jq '.settings.exclude = ["*.bak"]' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "$(codes)" = inputs-altered=1 ]
    sealed '.settings.regions = ["us-east-1"]'
    run -1 "$INVAUDIT" verify sealed.json
    grep -q '^finding          Backup-001/123456789012/eu-west-1: fail in the report, and there is none now: the report was edited$' <<<"$output"
    sealed '.settings.colour = true'
    run -2 --separate-stderr "$INVAUDIT" verify sealed.json
    assert_stderr 'invaudit: sealed.json: settings.colour: there is no such option here; another version wrote the report'
}

@test "what a report says of its sandbox is taken from it, and an edit of that is found" {
    scan 1 --no-sandbox evidence
    run -0 "$INVAUDIT" verify report.json
    jq '.sandbox.why = "another"' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "$(codes)" = inputs-altered=1 ]
    jq 'del(.sandbox)' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
}

@test "counts that contradict the findings" {
    scan 1 evidence
    jq '.summary.fail += 1' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "${lines[0]}" = 'counts           /summary/fail: 4 in the summary, and the report lists 3' ]
    [ "${lines[1]}" = 'value            /summary/fail: 4 in the report, 3 now' ]
    jq 'del(.problems[0])' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [[ ${lines[0]} == 'counts           /summary/problems: 3 in the summary, and the report lists 2' ]]
}

@test "what differs is named by its place, with both values" {
    scan 1 evidence
    jq '.findings[0].severity = "high" | .findings[0].facts.snapshots.at_least = 7' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "${lines[0]}" = 'value            /findings/0/severity: "high" in the report, "low" now; 1 more differ below /findings/0' ]
    jq '.findings |= ([.[1], .[0]] + .[2:])' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "${lines[0]}" = 'value            /findings: in another order now' ]
    jq '.evidence[0].documents[0].records = 1 | .coverage[0].expected += ["x"]' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [ "${lines[0]}" = 'value            /evidence/0/documents/0/records: 1 in the report, 0 now' ]
    [[ ${lines[1]} == 'value            /coverage/0/expected: '*' items in the report, '*' items now' ]]
}

@test "a report that was only written anew is a note" {
    scan 1 evidence
    jq -cS . report.json >edited.json
    run -0 "$INVAUDIT" verify edited.json
    [ "$(codes)" = formatted=1 ]
    { printf '\xff\xfe'; iconv -t UTF-16LE report.json; } >edited.json
    run -0 "$INVAUDIT" verify edited.json
}

@test "an archive: read in its place, moved, and altered by one byte" {
    mkdir client
    tar czf client/evidence.tar.gz evidence
    scan 1 client
    run -0 "$INVAUDIT" verify report.json
    mv client archive
    mv archive/evidence.tar.gz archive/saved.tar.gz
    run -0 "$INVAUDIT" verify report.json archive
    assert_output "moved            client: it is archive now
moved            client/evidence.tar.gz: it is client/saved.tar.gz now
report.json: holds (0 differences, 2 notes), status 0"
    mv archive/saved.tar.gz archive/evidence.tar.gz
    mv archive client
    at=$(($(stat -c %s client/evidence.tar.gz) / 2))
    byte=$(od -An -tu1 -j $at -N 1 client/evidence.tar.gz)
    printf "\\x$(printf %x $((byte ^ 1)))" | dd of=client/evidence.tar.gz bs=1 seek=$at conv=notrunc status=none
    run -1 "$INVAUDIT" verify report.json
    [[ ${lines[0]} == 'altered          client/evidence.tar.gz: its SHA-256 is '* ]]
}

@test "a report of several machines" {
    for part in 1 2 3; do
        run -0 "$INVAUDIT" scan -qq --shard $part/3 -o state=state-$part evidence
    done
    run -1 "$INVAUDIT" merge -qq -o json=report.json state-1 state-2 state-3
    run -0 "$INVAUDIT" verify report.json
    assert_output 'report.json: holds (0 differences), status 0'
}

@test "without digests, what is not checked is said" {
    scan 1 --no-digest evidence
    run -0 "$INVAUDIT" verify report.json
    [ "$(codes)" = not-digested=1 ]
    sed -i 's/awsbackup/manual/g' $file
    run -1 "$INVAUDIT" verify report.json
    grep -q '^finding ' <<<"$output"
}

@test "evidence that cannot be read: status 3, unless something else differs" {
    scan 1 evidence
    mv $file away
    ln -s "$PWD/away" $file
    run -3 "$INVAUDIT" verify report.json
    [ "${lines[0]}" = "unreadable       $file: a symbolic link, which is not followed: put the file itself in its place" ]
    [[ ${lines[-1]} == 'report.json: cannot be verified, since evidence cannot be read ('*' differences), status 3' ]]
    echo >>evidence/123456789012/eu-west-1/rds-describe-db-snapshots.json
    run -1 "$INVAUDIT" verify report.json
}

@test "as JSON" {
    scan 1 evidence
    sed -i 's/awsbackup/manual/g' $file
    run -1 "$INVAUDIT" verify -o json report.json
    [ "$(jq -c '[.schema, .report, .holds, .differences, .status, (.lines[] | .code, .note)]' <<<"$output")" = \
        '["invaudit-verification/1","report.json",false,2,1,"altered",false,"finding",false]' ]
    [ "$(jq -r '.lines[0].where' <<<"$output")" = $file ]
    run -2 --separate-stderr "$INVAUDIT" verify -o xml report.json
    [[ $stderr == "invaudit: option '--output': expected text or json, not 'xml'"* ]]
}

# The codes of verification.json, each once.
codes_of_json() {
    jq -r '[.lines[].code] | unique | join(" ")' verification.json
}

@test "as JSON, each code is one of the schema" {
    mkdir rules
    make_rule rules/Mine-001.yaml
    make_catalog rules/catalog.yaml
    printf 'format: 1\nwaivers:\n- {rule: Backup-001, account: "-", reason: r, owner: o, expires: 2026-12-31}\n' >waivers.yaml
    scan 1 --rules rules --waivers waivers.yaml --as-of 2026-06-01 evidence
    jq '.summary.pass += 1 | .tool.version = "0" | .findings[0].severity = "low"' report.json >edited.json
    echo '# more' | tee -a rules/Mine-001.yaml rules/catalog.yaml >>waivers.yaml
    sed -i 's/awsbackup/manual/g' $file
    mv evidence/123456789012/us-west-2/rds-describe-db-snapshots.json evidence/moved.json
    mv evidence/123456789012/eu-west-1/rds-describe-db-snapshots.json away
    ln -s "$PWD/away" evidence/123456789012/eu-west-1/rds-describe-db-snapshots.json
    rm evidence/345678901234/eu-central-1/rds-describe-db-snapshots.json
    echo '[]' >evidence/more.json
    run -1 --separate-stderr "$INVAUDIT" verify -o json edited.json
    echo "$output" >verification.json
    [ "$(codes_of_json)" = 'altered catalog-altered counts finding inputs-altered missing moved new rule-altered unreadable value version waivers-altered' ]
    [ "$(jq -c '[.tool.name, .holds, .status, .values_more, .differences == ([.lines[] | select(.note | not)] | length)]' verification.json)" = \
        '["invaudit",false,1,0,true]' ]
}

@test "as JSON, of a report that holds with notes, and of one that cannot be verified" {
    scan 1 --no-digest evidence
    jq -c . report.json >edited.json
    "$INVAUDIT" verify -o json edited.json >verification.json
    [ "$(codes_of_json)" = 'formatted not-digested' ]
    [ "$(jq -c '[.holds, .differences, .status]' verification.json)" = '[true,0,0]' ]
    mv $file away
    ln -s "$PWD/away" $file
    run -3 "$INVAUDIT" verify -o json report.json
    [ "$(jq .status <<<"$output")" = 3 ]
}

@test "what is no report, or cannot be made again, is wrong usage" {
    run -2 --separate-stderr "$INVAUDIT" verify
    [[ $stderr == 'invaudit: expected a REPORT'* ]]
    run -2 --separate-stderr "$INVAUDIT" verify $file
    [[ $stderr == "invaudit: $file: is no JSON report that this version reads: "* ]]
    scan 1 evidence
    jq 'del(.operands)' report.json >edited.json
    run -2 --separate-stderr "$INVAUDIT" verify edited.json
    [[ $stderr == 'invaudit: edited.json: lacks operands, catalog or inputs_sha256, so it cannot be made again: an earlier version wrote it' ]]
    jq '.findings[3].result = "good"' report.json >edited.json
    run -2 --separate-stderr "$INVAUDIT" verify edited.json
    assert_stderr 'invaudit: edited.json: /findings/3/result: expected a result, met text'
    truncate -s 300M large.json
    run -2 --separate-stderr timeout 20 "$INVAUDIT" verify large.json
    assert_stderr 'invaudit: large.json: more than 268435456 bytes'
}

@test "a report has nothing opened but files and folders" {
    scan 1 evidence
    mkfifo pipe
    for path in pipe /dev/zero; do
        sealed ".operands = [\"$path\"]"
        run -2 --separate-stderr timeout 20 "$INVAUDIT" verify sealed.json
        assert_stderr "invaudit: $path: is no file or folder, and only the report names it
invaudit: say where the evidence is: 'invaudit verify REPORT PATH...'"
    done
    for paths in '[""]' '["a\u0000b"]' '["evidence", "evidence"]' '["evidence", "b"]' '[range(65537) | "e\(.)"] | sort'; do
        sealed ".operands = ($paths)"
        run -2 --separate-stderr timeout 20 "$INVAUDIT" verify sealed.json
        assert_stderr 'invaudit: sealed.json: /operands: expected at most 65536 paths in their order, each once'
    done
    # a place that no file is looked for at
    sealed '.evidence[0].path = "/etc/passwd" | .evidence[1].path = "evidence/" + "a/" * 4000'
    run -1 timeout 20 "$INVAUDIT" verify sealed.json
    grep -q '^missing          /etc/passwd: ' <<<"$output"
}
