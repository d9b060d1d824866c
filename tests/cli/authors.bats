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
            assert_stderr "invaudit: ${type//:/-}.yaml is written: 'invaudit rules test ${type//:/-}.yaml' runs its tests"
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

# ---- the schema ----

mistakes() { # RULE...: "RULE: PLACE: mistake" of each, as an editor would find it by the schema
    python3 - "$@" <<'END'
import json, sys, yaml, jsonschema

schema = json.load(open("schema"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for path in sys.argv[1:]:
    for error in validator.iter_errors(yaml.load(open(path), loader)):
        print(path, "/".join(map(str, error.path)), error.message.replace("\n", " "), sep=": ")
END
}

make_whole() { # FILE: a rule with every key
    cat >"$1" <<'END'
format: 1
id: rule
title: backups are kept
severity: low
pillar: reliability
services: [RDS]
publisher: Somebody
mappings: { NIST: [CP-9], CIS: 4-1 }
tags: [rds, backup]
for_each: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]
parameters:
  most: { type: number, default: 7, description: days }
  kind: { type: string, default: awsbackup, description: which, values: [awsbackup, manual] }
facts:
  old: { from: AWS::RDS::DBSnapshot, join: { record: DBInstanceIdentifier, resource: DBInstanceIdentifier }, where: "SnapshotType == $kind", max: SnapshotCreateTime }
  tags: { each: resource.TagList, where: "Key == 'backup'" }
outcomes:
  - { result: pass, when: "tags > `0` && resource.BackupRetentionPeriod >= $most", message: "{old}" }
  - { result: unknown, message: m }
tests:
  - name: nothing is known
    parameters: { most: 8 }
    as_of: 2026-01-31
    evidence: { AWS::RDS::DBSnapshot: { partial: [] } }
    expect: { '*': unknown }
END
}

@test "the schema takes the rules that the program takes" {
    python3 -c 'import jsonschema' || skip "no python3 with jsonschema: make deps"
    "$INVAUDIT" rules schema >schema
    make_whole rule.yaml
    run -0 --separate-stderr "$INVAUDIT" rules check --strict rule.yaml
    find "$BATS_TEST_DIRNAME/../../rules" -name '*.yaml' ! -name catalog.yaml >files
    echo rule.yaml >>files
    [ "$(wc -l <files)" -gt 30 ]
    mapfile -t rules <files
    run -0 mistakes "${rules[@]}"
    assert_output ''
}

@test "each mistake in a rule that a table knows is one for the schema and for the program" {
    python3 -c 'import jsonschema' || skip "no python3 with jsonschema: make deps"
    "$INVAUDIT" rules schema >schema
    make_whole right.yaml
    count=0
    while IFS='|' read -r from to; do
        count=$((count + 1))
        sed "s~$from~$to~" right.yaml >$count.yaml
        no cmp -s right.yaml $count.yaml
        run -1 "$INVAUDIT" rules check $count.yaml
    done <<'END'
format: 1|format: 2
id: rule|id: -rule
title: backups|titel: backups
severity: low|severity: lo
publisher: Somebody|publisher: [Somebody]
CIS: 4-1|CIS: 4
tags: .rds|tags: ['*', rds
for_each: .*|for_each: {}
type: number|type: integer
description: days|about: days
values: .awsbackup|values: [1, awsbackup
  old: {|  1old: {
from: AWS|form: AWS
record: DBInst|records: DBInst
max: Snap|maximum: Snap
each: res|eech: res
result: pass|result: passed
message: m|msg: m
name: nothing|title: nothing
partial: ..|part: []
unknown } *$|unknwon }
expect: .*|expect: [pass]
END
    [ "$count" -eq 22 ]
    run -0 mistakes {1..22}.yaml
    diff <(printf '%s\n' {1..22}.yaml) <(cut -d : -f 1 <<<"$output" | uniq)
}

@test "the schema of rules that is installed is the one that is printed" {
    run -0 --separate-stderr "$INVAUDIT" rules schema
    assert_stderr ''
    diff <(echo "$output") "$BATS_TEST_DIRNAME/../../analyzer/rulebook/rule.schema.json"
    run -2 --separate-stderr "$INVAUDIT" rules schema x
    assert_stderr "invaudit: unexpected 'x'; see 'invaudit rules schema --help'"
}
