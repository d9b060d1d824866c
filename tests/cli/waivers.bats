load helpers

# Failures that people have accepted: --waivers, and invaudit-waivers(5).

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cp -r "$root/fixtures/waivers/." "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    manual=$root/man/invaudit-waivers.5
    see="; see 'invaudit scan --help'"
}

# With the rules of the story; the last line alone.
scan() { # STATUS WORD...
    run "-$1" --separate-stderr "$INVAUDIT" scan -q --no-builtin --rules rules "${@:2}" evidence
}

# A file of one waiver of a database in us-east-1, and more keys.
waiver_of() { # RESOURCE EXPIRES
    printf 'format: 1\nwaivers:\n- { rule: encrypted, account: "123456789012", region: us-east-1, resource: %s, reason: r, owner: o, expires: %s }\n' \
        "$1" "$2" >one.yaml
}

@test "without a day it is wrong usage, before anything is read" {
    scan 2 --waivers none.yaml
    assert_stderr "invaudit: option '--waivers': whether a waiver has expired is judged at --as-of: give a date, or now$see"
}

@test "a file that is not there, or is a folder, is said" {
    scan 2 --waivers none.yaml --as-of 2026-03-10
    assert_stderr 'invaudit: none.yaml: cannot be opened: No such file or directory'
    scan 2 --waivers rules --as-of 2026-03-10
    assert_stderr 'invaudit: rules: is a folder; expected a file'
}

@test "all mistakes are said at once, and no evidence is read nor report written" {
    cat >wrong.yaml <<'END'
format: 1
waivers:
  - rule: encryptd
    account: 123456789012
    reason: r
    expires: tomorrow
    own: o
END
    scan 2 --waivers wrong.yaml --as-of 2026-03-10 -o json=report.json
    assert_stderr "invaudit: wrong.yaml:3:5: the key 'owner' is missing
invaudit: wrong.yaml:3:11: there is no rule 'encryptd' (did you mean 'encrypted'?)
invaudit: wrong.yaml:4:14: expected text for 'account': '123456789012' looks like an AWS account id: quote it
invaudit: wrong.yaml:6:14: expected a date such as 2027-01-31 for 'expires', not 'tomorrow'
invaudit: wrong.yaml:7:5: unknown key 'own' (did you mean 'owner'?)"
    [ ! -e report.json ]
}

@test "a rule of a pack that does not run, or that is built in and left out, may be named" {
    printf 'format: 1\nwaivers:\n- { rule: %s, account: "123456789012", reason: r, owner: o, expires: 2026-12-31 }\n' Backup-001 >one.yaml
    scan 1 --waivers one.yaml --as-of 2026-03-10
    [ "$output" = "7 fail, 1 unknown, 1 pass (status 1: something fails)" ]
    assert_stderr ''
    sed -i 's/Backup-001/Backup-01/' one.yaml
    scan 2 --waivers one.yaml --as-of 2026-03-10
    assert_stderr "invaudit: one.yaml:3:11: there is no rule 'Backup-01' (did you mean 'Backup-001'?)"
}

@test "it holds on its last day, and no longer" {
    waiver_of billing 2026-03-10
    scan 1 --waivers one.yaml --as-of 2026-03-10T23:59:59.999Z
    [ "$output" = "6 fail, 1 unknown, 1 pass, 1 waived (status 1: something fails)" ]
    scan 1 --waivers one.yaml --as-of 2026-03-11
    [ "$output" = "7 fail, 1 unknown, 1 pass; 1 problem (status 1: something fails)" ]
}

@test "a stale waiver makes the status 3, and 1 by --fail-on" {
    waiver_of orders 2026-12-31
    words=(--waivers one.yaml --as-of 2026-03-10)
    scan 3 "${words[@]}" --fail-on pass:extreme
    [ "$output" = "7 fail, 1 unknown, 1 pass; 1 problem (status 3: nothing matches --fail-on pass:extreme, but a waiver is stale)" ]
    scan 1 "${words[@]}" --fail-on stale-waiver
    [ "$output" = "7 fail, 1 unknown, 1 pass; 1 problem (status 1: 1 stale waiver matches --fail-on stale-waiver)" ]
    waiver_of billing 2026-12-31
    scan 0 "${words[@]}" --fail-on stale-waiver
    [ "$output" = "6 fail, 1 unknown, 1 pass, 1 waived (status 0: nothing matches --fail-on stale-waiver, nor could what is unknown)" ]
}

@test "what is unknown is not waived, and its waiver may be stale" {
    printf 'format: 1\nwaivers:\n- { rule: encrypted, account: "210987654321", resource: shop, reason: r, owner: o, expires: 2026-12-31 }\n' >one.yaml
    scan 3 --waivers one.yaml --as-of 2026-03-10 --fail-on stale-waiver
    [ "$output" = "7 fail, 1 unknown, 1 pass (status 3: nothing matches --fail-on stale-waiver, but what is unknown might)" ]
}

@test "waived alone is status 0, and can be asked for" {
    cp -r "$root/fixtures/waivers-alone/." .
    rm -r evidence/210987654321 evidence/123456789012/eu-west-1
    scan 0 --waivers waivers.yaml --as-of 2026-03-10
    [ "$output" = "1 waived (status 0: nothing fails but what is waived, and nothing passes)" ]
    scan 1 --waivers waivers.yaml --as-of 2026-03-10 --fail-on waived
}

@test "--show: waived is listed unless others are asked for" {
    words=(--no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10)
    run -1 "$INVAUDIT" scan "${words[@]}" evidence
    [ "$(grep -c '^WAIVED' <<<"$output")" -eq 2 ]
    run -1 "$INVAUDIT" scan "${words[@]}" --show fail evidence
    [ "$(grep -c '^WAIVED' <<<"$output")" -eq 0 ]
    [[ $output == *'4 waived'* ]]
    run -1 "$INVAUDIT" scan "${words[@]}" --show waived evidence
    [ "$(grep -c '^FAIL' <<<"$output")" -eq 0 ]
    [[ $output == *'accepted until 2026-04-30 by payments team (ticket RISK-12, approved by'* ]]
}

@test "what people accepted is no alert: not in SARIF, nor an annotation" {
    "$INVAUDIT" scan --no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10 -o sarif=r.sarif -o github=r.github evidence || [ $? -eq 1 ]
    [ "$(jq '.runs[].results | length' r.sarif)" -eq 4 ]
    [ "$(grep -cE '^::(error|warning) ' r.github)" -eq 4 ]
    ! grep -E '^::(error|warning) .*billing' r.github
}

@test "the report has the digest and the text of the file" {
    "$INVAUDIT" scan --no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10 -o json=report.json evidence || [ $? -eq 1 ]
    [ "$(jq -r .waivers.sha256 report.json)" = "$(sha256sum <waivers.yaml | cut -d ' ' -f 1)" ]
    diff <(jq -rj .waivers.text report.json) waivers.yaml
    # and is made again by its settings
    "$INVAUDIT" scan --settings-of report.json -o json=again.json evidence || [ $? -eq 1 ]
    cmp report.json again.json
    [ "$(jq -r .inputs_sha256 report.json)  -" = "$(jq -cj '.tool, ({settings, operands, catalog, rules, waivers, sandbox} | with_entries(select(.value)))' report.json | sha256sum)" ]
}

@test "a report does not replace the waivers" {
    ln waivers.yaml other.yaml
    scan 2 --waivers waivers.yaml --as-of 2026-03-10 -o json=other.yaml
    [[ $stderr == *'other.yaml'*'the waivers'* ]]
    grep -q '^waivers:' waivers.yaml
}

@test "evidence checks the file, and takes it without effect" {
    words=(--no-builtin --rules rules --as-of 2026-03-10 evidence)
    run -0 "$INVAUDIT" evidence --waivers waivers.yaml "${words[@]}"
    [[ $output != *waiver-* ]]
    echo 'format: 2' >waivers.yaml
    run -2 "$INVAUDIT" evidence --waivers waivers.yaml "${words[@]}"
}

@test "what is left out by --account and --region is not called unused" {
    words=(--waivers waivers.yaml --as-of 2026-03-10)
    scan 1 "${words[@]}" --account 210987654321
    [[ $output = *'; 2 problems '* ]] # broad and expired
    scan 1 "${words[@]}" --account 123456789012
    [[ $output = *'; 3 problems '* ]]
}

@test "the schema of waivers that is installed is the one that is printed, and takes the manual's example" {
    run -0 --separate-stderr "$INVAUDIT" waivers schema
    assert_stderr ''
    diff <(echo "$output") "$root/analyzer/gather/waivers.schema.json"
    run -2 --separate-stderr "$INVAUDIT" waivers schema x
    assert_stderr "invaudit: unexpected 'x'; see 'invaudit waivers schema --help'"
}

@test "the manual's example is right" {
    awk '/^\.Bd -literal$/ { on = 1; next } /^\.Ed/ { on = 0 } on' "$manual" >example.yaml
    [ "$(grep -c 'rule:' example.yaml)" -eq 2 ]
    run -1 --separate-stderr "$INVAUDIT" scan -q --rules rules --waivers example.yaml --as-of 2026-03-10 evidence
    assert_stderr ''
}

# The keys of a table of waivers.c, in its order.
keys_of() { # TABLE
    sed -n "/^static const struct check_key $1\[\]/,/^};/p" "$root/analyzer/gather/waivers.c" |
        sed -nE 's/^    \{ "([a-z_]+)", CHECK_.*/\1/p'
}

described() { # SECTION
    awk -v section="$1" '/^\.S[hs] / { on = $2 == section } on && /^\.It Ic / { print $3 }' "$manual"
}

@test "invaudit-waivers(5) describes every key, no other, and says which are mandatory" {
    [ "$(keys_of keys | wc -l)" -eq 9 ]
    diff <(keys_of keys) <(described WAIVERS)
    diff <(keys_of file_keys) <(described FILE)
    mandatory=$(sed -n '/^These keys are mandatory/,/^\.Bl/p' "$manual" | grep '^\.Ic' | grep -oE '[a-z_]{3,}' | sort)
    diff <(echo "$mandatory") <(grep -oE '"[a-z_]+", CHECK_[A-Z]+, true' "$root/analyzer/gather/waivers.c" |
        grep -oE '"[a-z_]+"' | tr -d '"' | grep -vxE 'format|waivers' | sort)
}

@test "and has each limit, and each code" {
    for name in $(sed -n '/^enum {/,/^};/p' "$root/analyzer/gather/waivers.h" | grep -oE '\bWAIVERS?_[A-Z_]*MAX\b'); do
        value=$(sed -nE "s/^ *$name = ([0-9 *]+),.*/\1/p" "$root/analyzer/gather/waivers.h")
        grep -qx "\.It Dv $name Pq $(LC_ALL=en_US.UTF-8 printf '%d' "$((value))" | sed -E ':a; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; ta')" "$manual" ||
            { echo "$name = $value"; return 1; }
    done
    diff <(grep -oE 'CODE\(WAIVER_[A-Z]+, "[a-z-]+"' "$root/analyzer/gather/codes.def" | grep -oE '"[a-z-]+"' | tr -d '"') \
        <(grep -oE '^\.It Li waiver-[a-z]+' "$manual" | cut -d ' ' -f 3)
}

@test "threads change nothing" {
    for jobs in 1 3; do
        "$INVAUDIT" scan -j "$jobs" --no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10 -o json="$jobs.json" evidence >/dev/null || [ $? -eq 1 ]
    done
    cmp 1.json 3.json
}

@test "verify judges by the text in the report, and tells when it or the file was changed" {
    "$INVAUDIT" scan -qq --no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10 -o json=report.json evidence || [ $? -eq 1 ]
    run -0 "$INVAUDIT" verify report.json
    mv waivers.yaml elsewhere.yaml
    run -0 "$INVAUDIT" verify report.json
    sed 's/payments team/nobody/' elsewhere.yaml >waivers.yaml
    run -1 "$INVAUDIT" verify report.json
    [[ ${lines[0]} = 'waivers-altered  waivers.yaml: waivers.yaml was changed since: '* ]]
    rm waivers.yaml
    jq '.waivers.text |= sub("payments team"; "nobody")' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [[ $output = *'waivers-altered  waivers.yaml: '* ]]
    [[ $output = *'inputs-altered '* ]]
    jq '(.findings[] | select(.waiver.owner == "QA") | .waiver.owner) = "me"' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [[ $output = *'/waiver/owner'* ]]
    jq 'del(.waivers)' report.json >edited.json
    run -1 "$INVAUDIT" verify edited.json
    [[ $output = *'invaudit: edited.json: /waivers/text: expected the text of waivers.yaml'* ]]
}

@test "merge gives the report of one scan, with the waivers of the parts or others" {
    words=(--no-builtin --rules rules --as-of 2026-03-10)
    for part in 1 2; do
        "$INVAUDIT" scan "${words[@]}" --waivers waivers.yaml --shard $part/2 -o state=$part.state evidence
    done
    "$INVAUDIT" scan -qq "${words[@]}" --waivers waivers.yaml -o json=one.json evidence || [ $? -eq 1 ]
    "$INVAUDIT" merge -qq -o json=merged.json ./*.state || [ $? -eq 1 ]
    cmp one.json merged.json
    waiver_of ledger 2026-12-31
    run -1 "$INVAUDIT" merge -q --waivers one.yaml ./*.state
    [ "$output" = "6 fail, 1 unknown, 1 pass, 1 waived (status 1: something fails)" ]
}

# Whatever is lost, no finding becomes waived that was not, and no waiver unused.
@test "losing evidence waives nothing, and calls no waiver unused" {
    words=(-qq --no-builtin --rules rules --waivers waivers.yaml --as-of 2026-03-10)
    waived() { jq -r '.findings[] | select(.result == "waived") | .id' "$1" | sort; }
    unused() { jq -r '.problems[] | select(.code == "waiver-unused") | .line' "$1" | sort; }
    "$INVAUDIT" scan "${words[@]}" -o json=all.json evidence || [ $? -eq 1 ]
    for file in evidence/*/*/*.json; do
        cp "$file" kept
        for bytes in 0 300 900 1500; do
            head -c "$bytes" kept >"$file"
            "$INVAUDIT" scan "${words[@]}" -o json=less.json evidence || [ $? -eq 1 ] || [ $? -eq 3 ]
            [ -z "$(comm -13 <(waived all.json) <(waived less.json))" ]
            [ -z "$(comm -13 <(unused all.json) <(unused less.json))" ]
        done
        mv kept "$file"
    done
}
