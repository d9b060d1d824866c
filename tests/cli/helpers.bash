# What every file here begins with: load helpers
bats_require_minimum_version 1.5.0

# An account with a region that fails, one that passes and one without evidence.
make_evidence() { # FOLDER
    mkdir -p "$1/123456789012/us-east-1" "$1/123456789012/eu-west-1" "$1/123456789012/eu-west-2"
    echo '{"DBSnapshots": []}' >"$1/123456789012/us-east-1/rds-describe-db-snapshots.json"
    cat >"$1/123456789012/eu-west-1/rds-describe-db-snapshots.json" <<'END'
{"DBSnapshots": [
  {"DBSnapshotIdentifier": "awsbackup:job-1", "SnapshotType": "awsbackup",
   "Engine": "postgres", "Status": "available",
   "DBSnapshotArn": "arn:aws:rds:eu-west-1:123456789012:snapshot:awsbackup:job-1"}
]}
END
}

# A rule that is right; more lines may be added to it.
make_rule() { # FILE
    cat >"$1" <<END
format: 1
id: $(basename "$1" .yaml)
title: There are snapshots
severity: very-high
for_each: region
facts:
  snapshots: { from: "AWS::RDS::DBSnapshot" }
outcomes:
  - { result: pass, when: "snapshots > \`0\`", message: "there are {snapshots}" }
  - { result: fail, message: "there are none" }
END
}

# A catalog that adds a type.
make_catalog() { # FILE
    cat >"$1" <<END
format: 1
types:
  - type: My::Thing
    title: things
    level: region
    id: ThingId
    calls:
      - { call: mine list-things, list: MyThings, gives: whole }
END
}

# The program's standard error is this line, and nothing else.
assert_stderr() { # LINE
    [ "$stderr" = "$1" ] || {
        printf 'expected: %s\n     met: %s\n' "$1" "$stderr"
        return 1
    }
}

assert_output() { # TEXT
    [ "$output" = "$1" ] || {
        printf 'expected: %s\n     met: %s\n' "$1" "$output"
        return 1
    }
}

# The formats of a command, as a message names them: "text, json or junit".
formats_of() { # COMMAND
    "$INVAUDIT" "$1" --help | sed -n '/^formats:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' | paste -sd, | sed 's/,/, /g; s/, \([a-z]*\)$/ or \1/'
}

# `! command` fails no test unless it is the last line; this does.
no() { # COMMAND...
    ! "$@"
}

# With a pipe as standard output whose reader has gone, for certain.
to_nobody() { # COMMAND...
    bash -c 'rm -f gone; mkfifo gone; exec 8<>gone 9>gone 8>&-; rm gone; exec "$@" >&9 9>&-' - "$@"
}

# The reports for programs that the test made are left in $REPORTS/cli, for
# tests/reports.sh to check, but for those that it edited; bats calls this after each test.
teardown() {
    local folder file format number=0
    [ -n "${REPORTS:-}" ] || return 0
    mkdir -p "$REPORTS/cli"
    while read -r file; do
        number=$((number + 1))
        folder=$REPORTS/cli/${BATS_TEST_FILENAME##*/}-$BATS_TEST_NUMBER/$number
        mkdir -p "$folder"
        cp "$file" "$folder/report.json"
        for format in xml csv xlsx; do
            [ ! -f "${file%.json}.$format" ] || cp "${file%.json}.$format" "$folder/report.$format"
        done
    done < <(find "$BATS_TEST_TMPDIR" -type f ! -name 'edited*' ! -name 'sealed*' -size -4M -exec grep -lsE '^  "schema": "invaudit-' {} +)
    [[ ${output:-} != $'{\n  "schema": "invaudit-'* ]] ||
        printf '%s\n' "$output" >"$REPORTS/cli/${BATS_TEST_FILENAME##*/}-$BATS_TEST_NUMBER.json"
}
