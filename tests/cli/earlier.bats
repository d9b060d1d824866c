load helpers

# --settings-of: the options of an earlier run, from its JSON report.

setup() {
    cd "$BATS_TEST_TMPDIR"
    cp -r "$BATS_TEST_DIRNAME/../../fixtures/three-accounts/evidence" evidence
    make_rule Mine-001.yaml
    printf 'format: 1\nwaivers:\n- { rule: Backup-001, account: "123456789012", reason: r, owner: o, expires: 2026-12-31 }\n' >waivers.yaml
    sed -i 's/^facts:/parameters:\n  least: { type: number, default: 1, description: How many. }\nfacts:/' Mine-001.yaml
    sed -i 's/snapshots > `0`/snapshots >= $least/' Mine-001.yaml
}

# Words that together have each option that a report tells.
runs=(
    ''
    '--no-builtin --rules Mine-001.yaml --param Mine-001.least=2'
    '--rules ./Mine-001.yaml --select Mine-001,Backup-* --skip Backup-Coverage'
    '--pack conformity --matrix --as-of today'
    '--account 123456789012,210987654321 --region us-east-1 --region eu-west-1'
    '--exclude us-west-* --exclude *.err --expect-regions us-east-1,eu-west-1'
    '--assume-account 111122223333 --assume-region us-east-2 --assume-type AWS::RDS::DBSnapshot'
    '--path-pattern /(?<account>[0-9]{12})/ --no-filtered --no-digest'
    '--fail-on fail,unknown:high --fail-on waived'
    '--waivers waivers.yaml --as-of 2026-03-10 --fail-on stale-waiver'
)

@test "a run with the settings of its own report gives the same bytes" {
    set -f
    for words in "${runs[@]}"; do
        # shellcheck disable=SC2086  # words
        "$INVAUDIT" scan $words -qq -o json=report.json -o text=report.txt -o junit=report.xml evidence 2>said || status=$?
        "$INVAUDIT" scan --settings-of report.json -qq -o json=again.json -o text=again.txt -o junit=again.xml evidence 2>said-again || again=$?
        [ "${status:-0}" -ne 2 ] || { cat said; return 1; }
        for kind in json txt xml; do
            cmp report.$kind again.$kind
        done
        cmp said said-again
        [ "${status:-0}" -eq "${again:-0}" ]
        # shellcheck disable=SC2086
        "$INVAUDIT" evidence $words -o json=list.json -o text=list.txt evidence >/dev/null 2>&1 || true
        for from in report.json list.json; do
            "$INVAUDIT" evidence --settings-of $from -o json=again-list.json -o text=again-list.txt evidence >/dev/null 2>&1 || true
            cmp list.json again-list.json
            cmp list.txt again-list.txt
        done
    done
}

@test "the runs above have every option that a report tells" {
    "$INVAUDIT" scan --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+' |
        grep -vxE -- '--(output|show|quiet|settings-of|jobs|stats|shard|files-from|no-sandbox|help)' | sort >options
    [ "$(wc -l <options)" -ge 19 ]
    printf '%s\n' "${runs[@]}" | grep -oE -- '--[a-z-]+' | sort -u | diff options -
}

@test "what the command line gives takes the place of the report's" {
    "$INVAUDIT" scan -qq -o json=report.json --region us-east-1 --as-of 2026-01-01 --fail-on fail:high --no-digest evidence || true
    "$INVAUDIT" scan -qq -o json=again.json --region eu-west-1 --settings-of report.json --as-of 2026-02-01 --fail-on unknown evidence || true
    run -0 jq -c '.settings | [.regions, .as_of, .fail_on, .no_digest]' again.json
    assert_output '[["eu-west-1"],"2026-02-01T00:00:00Z",["unknown"],true]'
}

@test "a report may be replaced by one with its settings, and by a pipe come in" {
    "$INVAUDIT" scan -qq -o json=report.json --region us-east-1 evidence || true
    cp report.json first.json
    "$INVAUDIT" scan -qq --settings-of report.json -o json=report.json evidence || true
    cmp report.json first.json
    "$INVAUDIT" scan -qq --settings-of <(cat first.json) -o json=again.json evidence || true
    cmp again.json first.json
}

refused() { # REASON [FILE]
    mkfifo unopened 2>/dev/null || true
    run -2 --separate-stderr timeout 20 "$INVAUDIT" scan --settings-of "${2:-hostile.json}" -o json=never.json unopened
    assert_output ''
    assert_stderr "invaudit: ${2:-hostile.json}$1"
    [ ! -e never.json ]
}

@test "what is no report is refused, with its name, before evidence is opened" {
    refused ': cannot be opened: No such file or directory' nowhere.json
    refused ': is a folder; expected a file' evidence
    refused ': is no JSON report that this version reads: its schema is neither invaudit-report/1 nor invaudit-evidence/1' \
        evidence/123456789012/us-east-1/rds-describe-db-snapshots.json
    "$INVAUDIT" scan -qq -o junit=report.xml evidence || true
    echo 'a report' >note.txt
    refused ':1:1: '"is no JSON report: expected a value, met 'a'" note.txt
    refused ':1:1: '"is no JSON report: expected a value, met '<'" report.xml
    : >empty.json
    refused ': holds no JSON document' empty.json
    for schema in '"invaudit-report/2"' 1 null '["invaudit-report/1"]' '"invaudit-report/1\u0000"'; do
        echo "{\"schema\": $schema, \"settings\": {}}" >hostile.json
        refused ': is no JSON report that this version reads: its schema is neither invaudit-report/1 nor invaudit-evidence/1'
    done
    echo '[{"schema": "invaudit-report/1", "settings": {}}]' >hostile.json
    refused ': is no JSON report that this version reads: its schema is neither invaudit-report/1 nor invaudit-evidence/1'
}

report_with() { # SETTINGS
    echo "{\"schema\": \"invaudit-report/1\", \"settings\": $1}" >hostile.json
}

@test "settings that the command line would not take are refused" {
    while IFS='|' read -r settings reason; do
        report_with "$settings"
        refused ": $reason"
    done <<'END'
null|the report has no settings
[]|the report has no settings
{"colour": true}|settings.colour: there is no such option here; another version wrote the report
{"no_builtin": "yes"}|settings.no_builtin: expected true or false
{"as_of": 1}|settings.as_of: expected text
{"as_of": "today"}|settings.as_of: expected a date or an instant, not a word
{"as_of": "now"}|settings.as_of: expected a date or an instant, not a word
{"as_of": "soon"}|settings.as_of: expected a date such as 2026-01-31, an instant such as 2026-01-31T12:00:00Z, now, or today, not 'soon'
{"rules": "x"}|settings.rules: expected a list
{"rules": [["x"]]}|settings.rules: expected text
{"rules": null}|settings.rules: expected a list
{"select": [""]}|settings.select: expected RULE[,RULE...], not ''
{"accounts": ["1"]}|settings.accounts: expected 12 digits, not '1'
{"regions": ["us-east-l"]}|settings.regions: expected a region such as us-east-1, not 'us-east-l' (did you mean 'us-east-1'?)
{"assume_account": "\u001b[2J"}|settings.assume_account: expected 12 digits, not '\x1b[2J'
{"path_pattern": "a\u0000b"}|settings.path_pattern: expected text without U+0000
{"fail_on": ["fail:none"]}|settings.fail_on: expected a severity, low, medium, high, very-high or extreme, not 'none'
{"\u001b]0;x": 1}|settings.\x1b]0;x: there is no such option here; another version wrote the report
END
    # what only shows when all options are put together
    report_with '{"path_pattern": "("}'
    run -2 --separate-stderr "$INVAUDIT" scan --settings-of hostile.json evidence
    [[ $stderr == "invaudit: option '--path-pattern': "* ]]
    report_with '{"rules": ["nowhere"]}'
    run -2 --separate-stderr "$INVAUDIT" scan --settings-of hostile.json evidence
    [[ $stderr == "invaudit: --rules: nowhere: "* || $stderr == *nowhere* ]]
}

@test "a report that breaks off, or is followed by another, is refused as a whole" {
    report_with '{}'
    cat hostile.json hostile.json >two.json
    refused ': holds more than one JSON document' two.json
    report_with '{"regions": ["us-east-1"]}'
    sed -i 's/}$/, "findings": [/' hostile.json
    run -2 --separate-stderr "$INVAUDIT" scan --settings-of hostile.json evidence
    assert_output ''
    [[ $stderr == "invaudit: hostile.json:2:1: "* ]]
}

@test "a list of more values than are read" {
    report_with "{\"exclude\": [$(seq -s, -f '"%.0f"' 65537)]}"
    refused ': settings.exclude: 65537 values; at most 65536 are read'
    report_with "{\"fail_on\": [$(yes '"waived",' | head -n 65535) \"fail\"]}"
    run -1 --separate-stderr timeout 60 "$INVAUDIT" scan -q --settings-of hostile.json evidence
    [[ $output == *"match --fail-on fail --fail-on waived)" ]]
}
