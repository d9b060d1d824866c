load helpers

# `types`: what the catalog says, for those who write rules.

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# A catalog with what the built-in one has nowhere.
make_catalog() { # FILE
    cat >"$1" <<'END'
format: 1
types:
  - type: Mine::Disk
    title: disks
    level: account
    id: DiskId
    always: { DiskId: string, Size: number }
    time: [Made]
    fields: [Owner, Colour, Shape]
    calls:
      - { call: mine list-disks, permission: "mine:ListDisks", list: Disks, silent: [Colour, Shape], gives: whole }
      - { call: mine list-disks-of, list: Disks, silent: [Colour], gives: part, parent: { type: Mine::Disk2, option: --of } }
      - { call: mine get-disk, document: { has: [DiskId, Shape] }, silent: [Owner, Colour], gives: one, option: --disk-id }
      - { call: mine get-disk, document: { has: [DiskId, Made], lacks: [Shape] }, gives: one, option: --disk-id }
      - { call: mine paint-disk, title: the answer to painting a disk, map: Disk, gives: nothing }
  - type: Mine::Disk2
    level: none
    calls:
      - { call: mine describe-disk2, names: [disk2], may_fail: true, arguments: --all, map: Disk2, gives: one }
END
}

# ---- the list ----

@test "the types, by name, with level and calls" {
    run -0 --separate-stderr "$INVAUDIT" types
    assert_stderr ''
    [ "${#lines[@]}" -gt 40 ]
    LC_ALL=C sort -c <<<"$output"
    grep -qxE 'AWS::Backup::BackupPlan +region +backup list-backup-plans, backup get-backup-plan' <<<"$output"
    grep -qxE 'AWS::Backup::GlobalSettings +account +backup describe-global-settings' <<<"$output"
    grep -qxE 'AWS::Backup::ScanJob +none +proves nothing' <<<"$output"
    grep -qxE 'Derived::BackupAssignment +region +made of other types' <<<"$output"
}

@test "each type of the catalog is in it" {
    run -0 "$INVAUDIT" types
    sed -n 's/^  - type: //p' "$BATS_TEST_DIRNAME/../../rules/catalog.yaml" | LC_ALL=C sort >catalog
    diff catalog <(cut -d ' ' -f 1 <<<"$output")
}

@test "--rules adds those of a catalog, or of the one in a folder of rules" {
    mkdir rules
    make_catalog rules/catalog.yaml
    make_rule rules/Mine-001.yaml
    for path in rules rules/catalog.yaml; do
        run -0 "$INVAUDIT" types --rules $path
        [ "$(grep -c ^AWS <<<"$output")" -gt 40 ]
        [[ ${lines[-1]} =~ ^Mine::Disk2\ +none\ +mine\ describe-disk2$ ]]
    done
}

@test "a catalog that is wrong, and one that is not there" {
    echo 'format: 1' >catalog.yaml
    run -2 --separate-stderr "$INVAUDIT" types --rules catalog.yaml
    assert_output ''
    assert_stderr "invaudit: catalog.yaml:1:1: the key 'types' is missing"
    run -2 --separate-stderr "$INVAUDIT" types --rules nowhere
    assert_stderr "invaudit: --rules: nowhere: no such file or folder"
}

# ---- one type ----

@test "a type: its fields, who prints them, and its calls" {
    make_catalog catalog.yaml
    run -0 --separate-stderr "$INVAUDIT" types --rules catalog.yaml Mine::Disk
    assert_stderr ''
    diff - <(echo "$output") <<'END'
Mine::Disk: disks

  level       account: a listing is whole for an account
  id          DiskId
  file        catalog.yaml:3

Fields
  DiskId  string   always
  Size    number   always
  Made    time
  Owner   any      not by get-disk
  Colour  any      in no answer
  Shape   any      not by list-disks

Calls
  aws mine list-disks
    gives       the whole listing, in the list Disks
    needs       mine:ListDisks
    silent      Colour, Shape
  aws mine list-disks-of --of ...
    gives       the part of the listing that is of one Mine::Disk2, in the list
                Disks
    silent      Colour
  aws mine get-disk --disk-id ...
    gives       one record: the answer itself, which has DiskId, Shape
    silent      Owner, Colour

Recognised, and proves nothing
  mine paint-disk: the answer to painting a disk
END
}

@test "of a type without fields, and of a call that may fail" {
    make_catalog catalog.yaml
    run -0 "$INVAUDIT" types --rules catalog.yaml Mine::Disk2
    diff - <(echo "$output") <<'END'
Mine::Disk2: Mine::Disk2

  level       none: no listing of it is whole
  file        catalog.yaml:16

Calls
  aws mine describe-disk2 --all
    gives       one record: the object Disk2
    also named  disk2
    may fail    where there is nothing to tell
END
}

@test "only one of several calls prints a field; a call's options" {
    run -0 "$INVAUDIT" types AWS::Backup::RecoveryPoint
    grep -qxE '  StorageClass +string +only by describe-recovery-point' <<<"$output"
    grep -qxE '  ResourceArn +string +not by list-recovery-points-by-resource' <<<"$output"
    grep -qE '^    options +--by-resource-type RDS, Aurora' <<<"$output"
    run -0 "$INVAUDIT" types AWS::Backup::BackupJob
    grep -qE '^    options .*Neptune; --by-state CREATED, ' <<<"$(tr -s ' \n' ' ' <<<"$output" | sed 's/ options/\n    options/g')"
}

@test "what no call prints is made of other types" {
    run -0 "$INVAUDIT" types Derived::BackupAssignment
    [[ $(tr -s ' \n' ' ' <<<"$output") = *' made of AWS::Backup::BackupPlan, AWS::Backup::BackupSelection, '* ]]
    no grep -q Calls <<<"$output"
}

@test "a name's end will do; all that end so are printed" {
    run -0 "$INVAUDIT" types DBInstance
    [ "${lines[0]}" = 'AWS::RDS::DBInstance: DB instances' ]
    whole=$output
    run -0 "$INVAUDIT" types RDS::DBInstance
    assert_output "$whole"
    run -0 "$INVAUDIT" types ResourceTags DBInstance
    [ "$(grep -cE '^AWS::[A-Za-z:]+: ' <<<"$output")" -eq 3 ]
    no "$INVAUDIT" types Instance
    no "$INVAUDIT" types ''
}

@test "a type that is none" {
    run -2 --separate-stderr "$INVAUDIT" types AWS::RDS::DBInstanc
    assert_output ''
    assert_stderr "invaudit: there is no type 'AWS::RDS::DBInstanc' (did you mean 'AWS::RDS::DBInstance'?); see 'invaudit types --help'"
    run -2 --separate-stderr "$INVAUDIT" types DBinstance
    assert_stderr "invaudit: there is no type 'DBinstance' (did you mean 'AWS::RDS::DBInstance'?); see 'invaudit types --help'"
    run -2 --separate-stderr "$INVAUDIT" types Qqqqqqqq
    assert_stderr "invaudit: there is no type 'Qqqqqqqq'; see 'invaudit types --help'"
}

# ---- the schema ----

mistakes() { # CATALOG...: "CATALOG: PLACE: mistake" of each, as an editor would find it by the schema
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

@test "the schema takes the catalogs that the program takes" {
    python3 -c 'import jsonschema' || skip "no python3 with jsonschema: make deps"
    "$INVAUDIT" types schema >schema
    make_catalog mine.yaml
    run -0 mistakes "$BATS_TEST_DIRNAME/../../rules/catalog.yaml" mine.yaml
    assert_output ''
}

@test "each mistake that a table knows is one for the schema and for the program" {
    python3 -c 'import jsonschema' || skip "no python3 with jsonschema: make deps"
    "$INVAUDIT" types schema >schema
    make_catalog right.yaml
    count=0
    while IFS='|' read -r from to; do
        count=$((count + 1))
        sed "s~$from~$to~" right.yaml >$count.yaml
        no cmp -s right.yaml $count.yaml
        run -2 "$INVAUDIT" types --rules $count.yaml
    done <<'END'
format: 1|format: 2
format: 1|formt: 1
title: disks|titel: disks
title: disks|title: 12
title: disks|title: ''
level: account|level: acount
Mine::Disk2, option|Mine::Disk2, optoin
DiskId: string|DiskId: text
fields: .*|fields: Owner
fields: .*|fields: [1]
time: .Made.|time: { Made: string }
gives: whole|gives: all
call: mine list-disks,|call: list-disks,
mine:ListDisks|ListDisks
list: Disks, silent: .Colour, Shape.|silent: [Colour]
list: Disks, silent: .Colour, Shape.|list: Disks, map: Disks
option: --disk-id|option: disk-id
may_fail: true|may_fail: perhaps
has: .DiskId, Shape.|hass: [DiskId]
parent: { type: Mine::Disk2, option|parent: { option
END
    [ "$count" -eq 20 ]
    run -0 mistakes {1..20}.yaml
    diff <(printf '%s\n' {1..20}.yaml) <(cut -d : -f 1 <<<"$output" | uniq)
}

@test "the schema that is installed is the one that is printed" {
    run -0 --separate-stderr "$INVAUDIT" types schema
    assert_stderr ''
    diff <(echo "$output") "$BATS_TEST_DIRNAME/../../analyzer/catalog/catalog.schema.json"
}

@test "types schema takes no operand" {
    run -2 --separate-stderr "$INVAUDIT" types schema x
    assert_output ''
    assert_stderr "invaudit: unexpected 'x'; see 'invaudit types schema --help'"
}
