#!/usr/bin/env bats
# Options and lists of a collection, for what lies in archives; what archives do that are
# broken or hostile is told by tests/archives.sh.

load helpers

A=123456789012
FILE=$A/us-east-1/rds-describe-db-snapshots.json

setup() {
    cd "$BATS_TEST_TMPDIR"
    mkdir -p "in/$A/us-east-1" "in/$A/eu-west-1"
    echo '{"DBSnapshots": []}' >"in/$FILE"
    echo '{"DBSnapshots": []}' >"in/$A/eu-west-1/rds-describe-db-snapshots.json"
    (cd "in/$A" && sha256sum ./*/*.json | sed 's,\./,,' >SHA256SUMS)
}

results() { # PATH ARGUMENT...: region and result of each finding
    "$INVAUDIT" scan -o json "$@" | jq -r '.findings[] | "\(.region)=\(.result)"' | paste -sd' '
}

@test "a member that was altered decides nothing, and is named" {
    command -v zip >/dev/null || skip "no zip"
    tar czf e.tar.gz in
    [ "$(results e.tar.gz)" = "eu-west-1=fail us-east-1=fail" ]
    echo '{"DBSnapshots":  []}' >"in/$FILE"
    tar czf e.tar.gz in
    zip -qr e.zip in
    for archive in e.tar.gz e.zip; do
        [ "$(results $archive)" = "eu-west-1=fail us-east-1=unknown" ]
        run -1 "$INVAUDIT" scan -o json "$archive"
        [ "$(jq -r '.problems[] | "\(.code) \(.path)"' <<<"$output")" = "altered $archive!/in/$FILE" ]
    done
}

@test "members are left out, labelled and listed by their paths" {
    tar czf e.tar.gz in
    [ "$(results --exclude us-east-1 e.tar.gz)" = "eu-west-1=fail" ]
    run -0 "$INVAUDIT" evidence --list e.tar.gz
    [[ $output == *"e.tar.gz!/in/$FILE"* ]]
    mv "in/$A" "in/of${A}x" # which is no word
    tar czf e.tar.gz in
    run "$INVAUDIT" scan -o json --path-pattern 'of(?<account>[0-9]{12})x' e.tar.gz
    [ "$(jq -r '.findings[].account' <<<"$output" | sort -u)" = "$A" ]
}

@test "each compression is read, and so is a file alone" {
    local tool ending plain
    plain=$(results in)
    for tool in gzip:gz xz:xz bzip2:bz2 zstd:zst; do
        ending=${tool#*:} tool=${tool%:*}
        command -v "$tool" >/dev/null || continue
        tar cf - in | "$tool" -c >"e.tar.$ending"
        [ "$(results "e.tar.$ending")" = "$plain" ]
        mkdir -p "alone.$ending/$A/us-east-1"
        "$tool" -c "in/$FILE" >"alone.$ending/$FILE.$ending"
        [ "$(results "alone.$ending")" = "us-east-1=fail" ]
    done
}
