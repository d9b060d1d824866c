#!/usr/bin/env bats
# What rule authors get: a rule to begin with, and a schema for their editors.

bats_require_minimum_version 1.5.0
load helpers

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# ---- rules new ----

@test "new: a rule whose tests hold and reach every outcome, of each type that has a question" {
    "$INVAUDIT" types | grep -oE '^[A-Za-z0-9]+(::[A-Za-z0-9]+)+' >types
    [ "$(wc -l <types)" -gt 40 ]
    mkdir new && cd new
    while read -r type; do
        run --separate-stderr "$INVAUDIT" rules new "${type//:/-}" --for "$type"
        [ "$output" = '' ]
        if [ "$status" -eq 0 ]; then
            assert_stderr "invaudit: ${type//:/-}.yaml is written: 'invaudit rules test' runs its tests"
        else
            assert_stderr "invaudit: option '--for': of $type no id and no field is known that a rule could compare; see 'invaudit rules new --help'"
        fi
    done <../types
    [ "$(ls | wc -l)" -gt 30 ]
    run -0 --separate-stderr "$INVAUDIT" rules check --strict .
    assert_stderr ''
    run -0 --separate-stderr "$INVAUDIT" rules test --coverage .
    grep -q '^for_each: AWS::RDS::DBInstance$' AWS--RDS--DBInstance.yaml
    grep -q '^for_each: region$' AWS--Backup--RegionSettings.yaml
}

@test "new: about DB instances without --for, under the id of a publisher, too" {
    run -0 "$INVAUDIT" rules new 'RDS-1 (Audit Manager)'
    run -0 "$INVAUDIT" rules test --coverage ./*.yaml
    grep -q '^for_each: AWS::RDS::DBInstance$' 'RDS-1 (Audit Manager).yaml'
}

@test "new: a file that is there stays, unless it is empty" {
    echo mine >Mine-001.yaml
    run -2 --separate-stderr "$INVAUDIT" rules new Mine-001
    assert_stderr "invaudit: Mine-001.yaml is there already: choose another id; see 'invaudit rules new --help'"
    [ "$(cat Mine-001.yaml)" = mine ]
    "$INVAUDIT" rules new Mine-002 2>/dev/null >Mine-002.yaml
    run -0 "$INVAUDIT" rules test Mine-002.yaml
    : >elsewhere
    ln -s elsewhere Mine-003.yaml
    run -2 --separate-stderr "$INVAUDIT" rules new Mine-003
    [ ! -s elsewhere ]
}

@test "new: what cannot be written" {
    mkdir no
    cd no
    rmdir ../no
    run -4 --separate-stderr "$INVAUDIT" rules new Mine-001
    assert_stderr 'invaudit: Mine-001.yaml: cannot be written: No such file or directory'
}

@test "new: types of a catalog that is given" {
    cat >catalog.yaml <<'END'
format: 1
types:
  - type: My::Thing
    title: things
    level: region
    id: Name
    fields: [Size]
    calls: [ { call: my list-things, list: Things, gives: whole } ]
END
    run -0 "$INVAUDIT" rules new Thing --for My::Thing --rules catalog.yaml
    grep -q "starts_with(resource.Name, 'good')" Thing.yaml
    run -0 "$INVAUDIT" rules test --coverage .
}

@test "new: wrong usage" {
    see="; see 'invaudit rules new --help'"
    run -2 --separate-stderr "$INVAUDIT" rules new
    assert_stderr "invaudit: expected the ID of the new rule$see"
    run -2 --separate-stderr "$INVAUDIT" rules new a b
    assert_stderr "invaudit: expected the ID of the new rule$see"
    run -2 --separate-stderr "$INVAUDIT" rules new ../a
    assert_stderr "invaudit: '../a' cannot be an id: expected letters, digits, '.', '_' and '-', a letter or digit first$see"
    run -2 --separate-stderr "$INVAUDIT" rules new a --for AWS::RDS::DBInstances
    assert_stderr "invaudit: option '--for': the catalog has no type 'AWS::RDS::DBInstances' (did you mean 'AWS::RDS::DBInstance'?)$see"
    [ ! -e a.yaml ]
}
