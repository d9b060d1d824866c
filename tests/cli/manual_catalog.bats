load helpers

# invaudit-catalog(5) against the tables by which a catalog is checked.

setup() {
    cd "$BATS_TEST_DIRNAME/../.."
    manual=man/invaudit-catalog.5
}

# The keys of a table, in its order.
keys_of() { # TABLE
    sed -n "/^const struct check_key catalog_$1_keys/,/^};/p" analyzer/catalog/catalog_keys.c |
        sed -nE 's/^    \{ "([a-z_]+)", CHECK_.*/\1/p'
}

# The keys that a section of the manual describes.
described() { # SECTION
    awk -v section="$1" '/^\.S[hs] / { on = $2 == section } on && /^\.It Ic / { print $3 }' "$manual"
}

@test "invaudit-catalog(5) describes every key of a catalog, a type and a call, and no other" {
    for section in file:FILE type:TYPES call:CALLS; do
        [ "$(keys_of "${section%:*}" | wc -l)" -gt 1 ]
        diff <(keys_of "${section%:*}" | sort) <(described "${section#*:}" | sort)
    done
}

@test "and the keys of those within a call" {
    for section in document record parent; do
        [ "$(keys_of $section | wc -l)" -gt 1 ]
        item=$(sed -n "/^\.It Ic $section$/,/^\.It Ic /p" "$manual" | sed '1d; $d')
        run -0 diff <(keys_of $section | sort) \
            <(grep -oE '^\.Ic [a-z]+$' <<<"$item" | sed 's/^\.Ic //' | grep -vxE 'list|map' | sort)
    done
}

@test "it says which keys are mandatory" {
    for section in type:TYPES call:CALLS; do
        table=$(sed -n "/^const struct check_key catalog_${section%:*}_keys/,/^};/p" analyzer/catalog/catalog_keys.c)
        for key in $(tr -d '\n' <<<"$table" | grep -oE '"[a-z_]+", CHECK_[A-Z]+, true' | grep -oE '"[a-z_]+"' | tr -d '"'); do
            sed -n "/^\.Ss ${section#*:}/,/^\.Bl/p" "$manual" | grep -qE "^\.Ic .*\b$key\b" ||
                { echo "$key is mandatory"; return 1; }
        done
    done
}

@test "it has each name that a key may have" {
    for name in $(sed -n '/^const char \*const [a-z_]*names\[\]/,/^};/p' analyzer/catalog/catalog_keys.c |
        grep -oE '"[a-z]+"' | tr -d '"'); do
        grep -qE "^\.(It )?Cm .*\b$name\b" "$manual" || { echo "$name is not there"; return 1; }
    done
}

@test "its example is a catalog, and is used" {
    mkdir -p "$BATS_TEST_TMPDIR/more" "$BATS_TEST_TMPDIR/123456789012/us-east-1"
    awk '/^\.Bd -literal$/ { on = 1; next } /^\.Ed/ { on = 0 } on' "$manual" \
        >"$BATS_TEST_TMPDIR/more/catalog.yaml"
    cd "$BATS_TEST_TMPDIR"
    run -0 "$INVAUDIT" types --rules more/catalog.yaml AWS::EC2::Volume
    [[ ${lines[0]} = 'AWS::EC2::Volume: EBS volumes' ]]
    echo '{"Volumes": [{"VolumeId": "vol-1", "State": "in-use", "Encrypted": true, "Size": 8}]}' \
        >123456789012/us-east-1/ec2-describe-volumes.json
    "$INVAUDIT" evidence -o json --rules more/catalog.yaml 123456789012 >report.json || [ $? -eq 3 ]
    run -0 jq -r '.evidence[].documents[] | .type + " " + .state' report.json
    assert_output 'AWS::EC2::Volume complete'
    # as AWS prints them, without the envelope and under a name that tells nothing
    echo '[{"VolumeId": "vol-1", "State": "in-use", "Encrypted": true, "Size": 8, "SnapshotId": "snap-1",
        "VolumeType": "gp3", "CreateTime": "2026-01-01T00:00:00Z", "Attachments": []}]' >123456789012/us-east-1/a.json
    echo '[{"VolumeId": "vol-1", "SnapshotId": "snap-1", "State": "completed", "VolumeSize": 8}]' >123456789012/us-east-1/b.json
    "$INVAUDIT" evidence -o json --rules more/catalog.yaml 123456789012 >report.json || [ $? -eq 3 ]
    run -0 jq -r '.evidence[] | .documents[] as $document | "\(.path | sub(".*/"; "")) \($document.type)"' report.json
    [ "${lines[0]}" = 'a.json AWS::EC2::Volume' ]
    [ "${lines[1]}" = 'b.json null' ]
}

@test "commands and lines to be copied out of the manuals are not broken" {
    for page in man/*.5; do
        no grep -E '^\.Dl (# yaml|\$? *invaudit ).{60}' "$page"
    done
}
