#include "catalog/catalog.h"

#include "mistakes_said.h"
#include "rows.h"

#include <stdio.h>
#include <string.h>

#define HEAD  "format: 1\ntypes:\n"
#define CALLS "    calls: [{ call: a b, list: L, gives: whole }]\n"
#define TYPE  HEAD "  - type: A\n    level: region\n"
/* A type whose call, on line 6, has these keys too. */
#define TYPE_CALL(rest) TYPE "    calls:\n      - call: a b\n" rest

static struct catalog *load(struct arena *arena, const char *text,
                            struct mistakes *mistakes)
{
    struct catalog *catalog = catalog_new(arena);

    catalog_add(catalog, "catalog.yaml", str_from(text), mistakes);
    catalog_finish(catalog, mistakes);
    return catalog;
}

/* ---- mistakes ---- */

static const struct wrong_row {
    const char *name, *text, *expected;
} wrong_rows[] = {
    { "no YAML", "format: 1\ntypes: [",
      "3:1 not valid YAML: did not find expected node content while parsing a flow "
      "node\n" },
    { "no mapping", "- a", "1:1 expected a mapping of keys, met a sequence\n" },
    { "no keys", "{}",
      "1:1 the key 'format' is missing\n1:1 the key 'types' is missing\n" },
    { "an unknown key of the file", "formt: 1\ntypes: []",
      "1:1 the key 'format' is missing\n"
      "1:1 unknown key 'formt' (did you mean 'format'?)\n" },
    { "a format to come", "types: [{}]\nformat: 2",
      "2:9 the format '2' is not known: expected 1\n" },
    { "a type that is no mapping", HEAD "  - A\n",
      "3:5 expected a mapping of keys, met the text 'A'\n" },
    { "a type without keys", HEAD "  - {}\n",
      "3:5 the key 'type' is missing\n3:5 the key 'level' is missing\n"
      "3:5 the key 'calls' is missing: expected it, or 'derive'\n" },
    { "a type that is derived, and printed",
      HEAD "  - { type: A, level: none, derive: backup-assignment, calls: [] }\n",
      "3:37 no call prints what is derived: remove 'derive', or 'calls'\n"
      "3:63 a type needs a call: name at least one AWS call whose answer holds it\n" },
    { "a derivation that is none",
      HEAD "  - { type: A, level: none, derive: assignment }\n",
      "3:37 unknown derive 'assignment': expected backup-assignment or "
      "database-protection\n3:5 the "
      "key 'calls' is missing: expected it, or "
      "'derive'\n" },
    { "none is no derivation to name",
      HEAD "  - { type: A, level: none, derive: none }\n",
      "3:37 unknown derive 'none': expected backup-assignment or database-protection\n"
      "3:5 the key 'calls' is missing: expected it, or 'derive'\n" },
    { "an unknown key of a type", TYPE "    tme: []\n" CALLS,
      "5:5 unknown key 'tme' (did you mean 'time'?)\n" },
    { "an unknown level", HEAD "  - type: A\n    level: regin\n" CALLS,
      "4:12 unknown level 'regin': expected region, account or none (did you mean "
      "'region'?)\n" },
    { "a type whose name is a number", HEAD "  - type: 1\n    level: none\n" CALLS,
      "3:11 expected text for 'type', met the number '1': quote it if text is "
      "meant\n" },
    { "a type whose name holds a blank", HEAD "  - type: A B\n    level: none\n" CALLS,
      "3:11 the type 'A B' holds a blank: expected a name such as "
      "AWS::RDS::DBSnapshot\n" },
    { "an empty text", HEAD "  - type: ''\n    level: none\n    id: \"\"\n" CALLS,
      "3:11 the text of 'type' is empty: leave the key out or fill it in\n"
      "5:9 the text of 'id' is empty: leave the key out or fill it in\n" },
    { "an unknown kind of field", TYPE "    always: { Id: text }\n" CALLS,
      "5:19 unknown kind of field 'text': expected string, number, boolean, array or "
      "object\n" },
    { "a kind of field that is near one", TYPE "    always: { Id: String }\n" CALLS,
      "5:19 unknown kind of field 'String': expected string, number, boolean, array or "
      "object (did you mean 'string'?)\n" },
    { "fields as text", TYPE "    fields: Id\n" CALLS,
      "5:13 expected a mapping from fields to kinds, or a list of fields\n" },
    { "an unknown kind of a field that may be absent",
      TYPE "    fields: { Id: text }\n" CALLS,
      "5:19 unknown kind of field 'text': expected string, number, boolean, array or "
      "object\n" },
    { "a field that is no text", TYPE "    fields: [Id, 1]\n" CALLS,
      "5:18 expected text for 'fields', met the number '1': quote it if text is "
      "meant\n" },
    { "always as a list", TYPE "    always: [Id]\n" CALLS,
      "5:13 expected a mapping for 'always', met a sequence\n" },
    { "a pattern that does not compile", TYPE "    from_id: { 'a(': { B: c } }\n" CALLS,
      "5:16 the pattern 'a(': not a valid regular expression: missing closing "
      "parenthesis\n" },
    { "a pattern that proves no fields", TYPE "    from_id: { a: b }\n" CALLS,
      "5:19 expected a mapping from fields to values, which an id like this proves\n" },
    { "a pattern that proves an account id",
      TYPE "    from_id: { a: { B: 123456789012 } }\n" CALLS,
      "5:24 '123456789012' looks like an AWS account id: quote it\n" },
    { "a form of ARNs that does not compile",
      TYPE "    arn: B\n    arn_form: 'a('\n" CALLS,
      "6:15 the pattern 'a(': not a valid regular expression: missing closing "
      "parenthesis\n" },
    { "a form of ARNs that is no text", TYPE "    arn: B\n    arn_form: [a]\n" CALLS,
      "6:15 expected a pattern, such as '^arn:[^:]*:rds:[^:]*:[0-9]*:db:'\n" },
    { "an empty form of ARNs", TYPE "    arn: B\n    arn_form: ''\n" CALLS,
      "6:15 the text of 'arn_form' is empty: leave the key out or fill it in\n" },
    { "a form of the ARNs of no field", TYPE "    arn_form: '^a:'\n" CALLS,
      "5:15 'arn_form' says what the text of the field 'arn' looks like: name that "
      "field, too\n" },
    { "no calls", TYPE "    calls: []\n",
      "5:12 a type needs a call: name at least one AWS call whose answer holds it\n" },
    { "a type twice", TYPE CALLS "  - type: A\n    level: none\n    calls: [{}]\n",
      "6:5 the type 'A' is here twice: first at catalog.yaml:3\n" },
    { "a call twice",
      TYPE "    calls:\n      - { call: a b, list: L, gives: whole }\n"
           "      - { call: a b, list: M, gives: whole }\n",
      "7:9 the call 'a b' is here twice: first at catalog.yaml:6\n" },
    { "a list of a call that has a document",
      TYPE "    calls:\n      - { call: a b, document: { has: D }, gives: one }\n"
           "      - { call: a b, list: L, gives: whole }\n",
      "7:9 the call 'a b' is here twice: first at catalog.yaml:6\n" },
    { "a call of two types", TYPE CALLS "  - type: B\n    level: none\n" CALLS,
      "8:13 the call 'a b' is here twice: first at catalog.yaml:5\n" },
    { "a call that is no mapping", TYPE "    calls: [a b]\n",
      "5:13 expected a mapping of keys, met the text 'a b'\n" },
    { "a call without keys", TYPE "    calls: [{}]\n",
      "5:13 the key 'call' is missing\n5:13 the key 'gives' is missing\n"
      "5:13 a call has one of 'list', 'document' and 'map', to say where its records "
      "are: this one has 0\n" },
    { "an unknown key of a call",
      TYPE_CALL("        gves: one\n        gives: one\n"
                "        list: L\n"),
      "7:9 unknown key 'gves' (did you mean 'gives'?)\n" },
    { "an unknown gives", TYPE_CALL("        list: L\n        gives: all\n"),
      "8:16 unknown gives 'all': expected whole, part, one or nothing\n" },
    { "a call of one word",
      TYPE "    calls: [{ call: describe, list: L, gives: one }]\n",
      "5:21 the call 'describe' is not a service and an operation: expected words such "
      "as "
      "'rds "
      "describe-db-snapshots'\n" },
    { "a call of three words",
      TYPE "    calls: [{ call: aws rds describe, list: L, gives: one }]\n",
      "5:21 the call 'aws rds describe' is not a service and an operation: expected "
      "words "
      "such "
      "as 'rds describe-db-snapshots'\n" },
    { "another name that is no operation",
      TYPE_CALL(
          "        names: [c, d e, f g h]\n        list: L\n        gives: one\n"),
      "7:16 'f g h' is not an operation: expected a word such as "
      "'describe-db-snapshots', "
      "perhaps behind its service\n" },
    { "a permission that is none",
      TYPE_CALL("        permission: DescribeThings\n        list: L\n"
                "        gives: one\n"),
      "7:21 'DescribeThings' is not an IAM action: expected one such as "
      "'rds:DescribeDBSnapshots'\n" },
    { "arguments that are none",
      TYPE_CALL("        arguments: all\n        list: L\n        gives: one\n"),
      "7:20 'all' is not an option: expected one such as '--backup-plan-id'\n" },
    { "list and map",
      TYPE_CALL("        list: L\n        map: M\n        gives: one\n"),
      "6:9 a call has one of 'list', 'document' and 'map', to say where its records "
      "are: "
      "this one has 2\n" },
    { "a document that is any",
      TYPE_CALL("        document: { has: [] }\n"
                "        gives: one\n"),
      "7:26 'has' is empty, so any document would be one: name the keys that it "
      "has\n" },
    { "a document that has nothing",
      TYPE_CALL("        document: { lacks: [A] }\n"
                "        gives: one\n"),
      "7:19 the key 'has' is missing\n" },
    { "a document that cannot be",
      TYPE_CALL("        document: { has: [A, B], lacks: [C, B] }\n"
                "        gives: one\n"),
      "7:41 'B' is in 'has' and in 'lacks': nothing matches both\n" },
    { "record without list",
      TYPE_CALL("        document: { has: [A] }\n        record: { has: [B] }\n"
                "        gives: one\n"),
      "8:17 'record' tells calls of one 'list' apart: a call without one has none\n" },
    { "record that has nothing",
      TYPE_CALL("        list: L\n        record: { has: [] }\n        gives: one\n"),
      "8:24 'has' is empty: name the fields that only these records have\n" },
    { "a record that cannot be",
      TYPE_CALL("        list: L\n        record: { has: [A, B], lacks: [B] }\n"
                "        gives: one\n"),
      "8:39 'B' is in 'has' and in 'lacks': nothing matches both\n" },
    { "record with an unknown key",
      TYPE_CALL("        list: L\n        record: { has: [A], lack: [B] }\n"
                "        gives: one\n"),
      "8:29 unknown key 'lack' (did you mean 'lacks'?)\n" },
    { "a part without a parent", TYPE_CALL("        list: L\n        gives: part\n"),
      "8:16 a call that gives a part names its 'parent': what it is a part by\n" },
    { "a parent without a part",
      TYPE_CALL("        list: L\n        gives: whole\n        parent: { type: A }\n"),
      "9:17 only a call that gives a part, or one with an 'option', has a "
      "'parent'\n"
      "3:5 'A' is a part of a part, and so on, more than 8 deep: is it one of "
      "itself?\n" },
    { "an error that is the word for nothing, of what lists nothing",
      TYPE_CALL("        map: M\n        gives: one\n        absent_on: NotFound\n"),
      "9:20 'absent_on' tells an answer that lists nothing: only a call that gives a "
      "whole listing or a part has it\n" },
    { "silence about what is no field",
      TYPE "    fields: [B, C]\n    calls:\n      - call: a b\n        list: L\n"
           "        silent: [B, D]\n        gives: whole\n",
      "7:9 the type has no field 'D' to be silent about\n" },
    { "an option of what is no record",
      TYPE_CALL("        list: L\n        gives: whole\n        option: --id\n"),
      "9:17 'option' says how the CLI is told which record: only a call that gives one "
      "has it\n" },
    { "a parent without a type",
      TYPE_CALL("        list: L\n        gives: part\n        parent: { key: B }\n"),
      "9:17 the key 'type' is missing\n" },
    { "a parent of an unknown type",
      TYPE_CALL("        list: L\n        gives: part\n        parent: { type: AB }\n"),
      "9:25 unknown type 'AB'\n" },
    { "a parent whose option is none",
      TYPE_CALL("        list: L\n        gives: part\n"
                "        parent: { type: A, option: id }\n"),
      "9:36 'id' is not an option: expected one such as '--backup-plan-id'\n"
      "3:5 'A' is a part of a part, and so on, more than 8 deep: is it one of "
      "itself?\n" },
    { "parts of each other",
      TYPE_CALL("        list: L\n        gives: part\n"
                "        parent: { type: B }\n"
                "  - type: B\n    level: region\n    calls:\n      - call: c d\n"
                "        list: M\n        gives: part\n"
                "        parent: { type: A }\n"),
      "3:5 'A' is a part of a part, and so on, more than 8 deep: is it one of "
      "itself?\n"
      "10:5 'B' is a part of a part, and so on, more than 8 deep: is it one of "
      "itself?\n" },
    { "all mistakes at once",
      HEAD "  - type: A\n    level: x\n    nme: y\n    calls:\n"
           "      - { call: a, list: L, gives: z }\n"
           "  - type: A\n    level: none\n" CALLS,
      "5:5 unknown key 'nme': expected one of type, title, level, id, arn, arn_form, "
      "told_by, told_with, told_without, "
      "always, time, fields, narrowed_by, from_id, derive, inputs, calls\n"
      "4:12 unknown level 'x': expected region, account or none\n"
      "7:36 unknown gives 'z': expected whole, part, one or nothing\n"
      "7:17 the call 'a' is not a service and an operation: expected words such as "
      "'rds "
      "describe-db-snapshots'\n"
      "8:5 the type 'A' is here twice: first at catalog.yaml:3\n" },
};

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    load(&arena, row->text, &mistakes);
    assert_string_equal(said(&arena, &mistakes), row->expected);
    arena_release(&arena);
}

static void a_bad_pattern_is_shown_with_a_caret(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    load(&arena, TYPE "    from_id: { 'a[b': { B: c } }\n" CALLS, &mistakes);
    assert_int_equal(mistakes.count, 1);
    assert_non_null(mistakes.items[0].excerpt);
    assert_memory_equal(mistakes.items[0].excerpt, "a[b\n", 4);
    assert_non_null(strchr(mistakes.items[0].excerpt, '^'));
    arena_release(&arena);
}

static void an_unknown_parent_is_likened_to_a_known_type(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    (void)state;
    load(&arena,
         HEAD "  - type: AWS::Backup::BackupPlan\n    level: region\n    calls:\n"
              "      - call: backup list-x\n        list: X\n        gives: part\n"
              "        parent: { type: AWS::Backup::BackupPlans }\n",
         &mistakes);
    assert_string_equal(said(&arena, &mistakes),
                        "9:25 unknown type 'AWS::Backup::BackupPlans' (did you mean "
                        "'AWS::Backup::BackupPlan'?)\n");
    arena_release(&arena);
}

static void a_second_file_adds_types(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct catalog *catalog = catalog_new(&arena);

    (void)state;
    /* A parent may stand in a file that is added later. */
    catalog_add(catalog, "one.yaml",
                STR(TYPE "    calls: [{ call: a b, list: L, gives: part, parent: { "
                         "type: B } }]\n"),
                &mistakes);
    catalog_add(catalog, "two.yaml",
                STR(HEAD
                    "  - type: B\n    level: none\n    calls: [{ call: c d, map: M, "
                    "gives: one }]\n  - type: A\n    level: none\n" CALLS),
                &mistakes);
    catalog_finish(catalog, &mistakes);
    assert_string_equal(said(&arena, &mistakes),
                        "6:5 the type 'A' is here twice: first at one.yaml:3\n");
    assert_string_equal(mistakes.items[0].path, "two.yaml");
    assert_int_equal(catalog->type_count, 2);
    assert_ptr_equal(catalog->calls[0]->parent_type, catalog_type(catalog, STR("B")));
    arena_release(&arena);
}

/* ---- what is read ---- */

static const char example[] =
    HEAD "  - type: T::Snapshot\n"
         "    title: snapshots\n"
         "    level: region\n"
         "    id: SnapshotId\n"
         "    arn: SnapshotArn\n"
         "    always: { SnapshotId: string, Size: number, Tags: array }\n"
         "    time: [Created]\n"
         "    fields: { Kind: string, Owner: object }\n"
         "    narrowed_by: [Kind, Disk]\n"
         "    from_id:\n"
         "      '^auto:': { Kind: auto, Size: 1 }\n"
         "      'x$': { Owner: me }\n"
         "    calls:\n"
         "      - call: t describe-snapshots\n"
         "        names: [snapshots]\n"
         "        title: a listing of snapshots\n"
         "        permission: t:DescribeSnapshots\n"
         "        arguments: --all\n"
         "        list: Snapshots\n"
         "        record: { has: [Kind, Owner], lacks: [Size] }\n"
         "        gives: whole\n"
         "      - call: t list-by-disk\n"
         "        list: Snapshots\n"
         "        gives: part\n"
         "        may_fail: true\n"
         "        parent: { type: T::Disk, key: DiskId, option: --disk-id }\n"
         "      - call: t list-by-owner\n"
         "        list: Owned\n"
         "        gives: part\n"
         "        parent: { type: T::Disk }\n"
         "  - type: T::Disk\n"
         "    level: account\n"
         "    id: DiskId\n"
         "    told_by: [DiskArn]\n"
         "    fields: [Place]\n"
         "    calls:\n"
         "      - call: t get-disk\n"
         "        document: { has: [DiskId, Disk], lacks: [SnapshotId] }\n"
         "        gives: one\n"
         "      - call: t make-disk\n"
         "        document: { has: DiskId }\n"
         "        gives: nothing\n"
         "      - call: t make-disk\n"
         "        map: Disk\n"
         "        gives: one\n"
         "  - type: T::Settings\n"
         "    level: none\n"
         "    told_by: []\n"
         "    id: Name\n"
         "    calls: [{ call: t describe-settings, map: Settings, gives: whole }]\n";

static struct catalog *load_example(struct arena *arena)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct catalog *catalog = load(arena, example, &mistakes);

    assert_string_equal(said(arena, &mistakes), "");
    return catalog;
}

static void a_type_is_read_whole(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = load_example(&arena);
    const struct type *type = catalog_type(catalog, STR("T::Snapshot"));
    const struct type *disk = catalog_type(catalog, STR("T::Disk"));

    (void)state;
    assert_int_equal(catalog->type_count, 3);
    assert_ptr_equal(catalog->types[0], type);
    assert_ptr_equal(catalog->types[disk->index], disk);
    assert_null(catalog_type(catalog, STR("T::Snapshots")));
    assert_string_equal(type->title.text, "snapshots");
    assert_string_equal(disk->title.text, "T::Disk");
    assert_int_equal(type->place.line, 3);
    assert_int_equal(type->place.column, 5);
    assert_int_equal(type->level, LEVEL_REGION);
    assert_int_equal(disk->level, LEVEL_ACCOUNT);
    assert_string_equal(type->arn.text, "SnapshotArn");
    assert_null(disk->arn.text);
    assert_int_equal(type->told_by.count, 2);
    assert_string_equal(type->told_by.items[0].text, "SnapshotId");
    assert_string_equal(type->told_by.items[1].text, "SnapshotArn");
    assert_int_equal(disk->told_by.count, 1);
    assert_int_equal(catalog_type(catalog, STR("T::Settings"))->told_by.count, 0);
    assert_int_equal(type->always_count, 3);
    assert_int_equal(type_always(type, STR("Tags"))->kind, FIELD_ARRAY);
    assert_int_equal(type_always(type, STR("Size"))->kind, FIELD_NUMBER);
    assert_null(type_always(type, STR("Kind")));
    assert_int_equal(type->field_count, 2);
    assert_string_equal(type->fields[1].name.text, "Owner");
    assert_int_equal(type->narrowed_by.count, 2);
    assert_int_equal(type->call_count, 3);
    assert_false(catalog_is_parent(catalog, type));
    assert_true(catalog_is_parent(catalog, disk));
    arena_release(&arena);
}

static void the_kind_of_a_field_is_told(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = load_example(&arena);
    const struct type *type = catalog_type(catalog, STR("T::Snapshot"));
    const struct type *disk = catalog_type(catalog, STR("T::Disk"));

    (void)state;
    assert_int_equal(type_field_kind(type, STR("Size")), FIELD_NUMBER);
    assert_int_equal(type_field_kind(type, STR("Owner")), FIELD_OBJECT);
    assert_int_equal(type_field_kind(type, STR("SnapshotArn")), FIELD_STRING);
    assert_int_equal(type_field_kind(type, STR("Created")), FIELD_ANY);
    assert_int_equal(type_field_kind(type, STR("Other")), FIELD_ANY);
    assert_int_equal(type_field_kind(disk, STR("")), FIELD_ANY);
    assert_int_equal(type_field_kind(disk, STR("Place")), FIELD_ANY);
    assert_true(type_has_field(disk, STR("Place")));
    arena_release(&arena);
}

static void what_an_id_proves_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct type *type = load_example(&arena)->types[0];

    (void)state;
    assert_int_equal(type->from_id_count, 2);
    assert_string_equal(type->from_id[0].pattern.text, "^auto:");
    assert_string_equal(type->from_id[0].fields.text, "{\"Kind\":\"auto\",\"Size\":1}");
    arena_release(&arena);
}

static void a_call_is_read_whole(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = load_example(&arena);
    const struct call *call = catalog->calls[0], *part = catalog->calls[1];

    (void)state;
    assert_int_equal(catalog->call_count, 7);
    assert_ptr_equal(call->type, catalog->types[0]);
    assert_ptr_equal(catalog->types[0]->calls[0], call);
    assert_string_equal(call->name.text, "t describe-snapshots");
    assert_true(str_equal(call->service, STR("t")));
    assert_true(str_equal(call->operation, STR("describe-snapshots")));
    assert_string_equal(call->names.items[0].text, "snapshots");
    assert_string_equal(call->permission.text, "t:DescribeSnapshots");
    assert_string_equal(call->arguments.text, "--all");
    assert_int_equal(call->answer, ANSWER_LIST);
    assert_string_equal(call->list.text, "Snapshots");
    assert_int_equal(call->record_has.count, 2);
    assert_int_equal(call->record_lacks.count, 1);
    assert_int_equal(call->gives, GIVES_WHOLE);
    assert_null(call->parent_type);
    assert_int_equal(call->place.line, 16);
    assert_string_equal(call->title.text, "a listing of snapshots");
    assert_string_equal(part->title.text, "an answer of 'aws t list-by-disk'");
    assert_false(call->may_fail);
    assert_true(part->may_fail);
    assert_null(part->permission.text);
    assert_null(part->arguments.text);
    assert_int_equal(part->gives, GIVES_PART);
    assert_ptr_equal(part->parent_type, catalog->types[1]);
    assert_string_equal(part->parent_key.text, "DiskId");
    assert_string_equal(part->parent_option.text, "--disk-id");
    assert_null(catalog->calls[2]->parent_key.text);
    assert_int_equal(catalog->calls[3]->answer, ANSWER_DOCUMENT);
    assert_int_equal(catalog->calls[3]->has.count, 2);
    assert_int_equal(catalog->calls[3]->lacks.count, 1);
    assert_int_equal(catalog->calls[6]->answer, ANSWER_MAP);
    assert_string_equal(catalog->calls[6]->list.text, "Settings");
    arena_release(&arena);
}

static void calls_are_found_by_their_key(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct catalog *catalog = load_example(&arena);
    const struct call_list *shared = catalog_list(catalog, STR("Snapshots"));

    (void)state;
    assert_non_null(shared);
    assert_int_equal(shared->count, 2);
    assert_ptr_equal(shared->items[0], catalog->calls[0]);
    assert_ptr_equal(shared->items[1], catalog->calls[1]);
    assert_null(catalog_list(catalog, STR("Settings")));
    assert_null(catalog_list(catalog, STR("snapshots")));
    assert_null(catalog_list(catalog, STR("DiskId")));
    assert_null(catalog_list(catalog, STR("")));
    arena_release(&arena);
}

static void a_type_is_suggested(void **state)
{
    struct arena arena = ARENA_EMPTY, scratch = ARENA_EMPTY;
    const struct catalog *catalog = load_example(&arena);

    (void)state;
    assert_string_equal(catalog_suggestion(catalog, &scratch, STR("T::Snapshots")),
                        " (did you mean 'T::Snapshot'?)");
    assert_string_equal(catalog_suggestion(catalog, &scratch, STR("quite another")),
                        "");
    arena_release(&scratch);
    arena_release(&arena);
}

static const struct field_row {
    const char *name, *field;
    bool has;
} field_rows[] = {
    { "the id is a field", "SnapshotId", true },
    { "the arn is a field", "SnapshotArn", true },
    { "what is always there is a field", "Tags", true },
    { "a time is a field", "Created", true },
    { "a field is a field", "Owner", true },
    { "what narrows is a field", "Disk", true },
    { "a parent's key is a field", "DiskId", true },
    { "another type's field is none", "DiskArn", false },
    { "case counts", "owner", false },
    { "nothing is no field", "", false },
};

static void field_test(void **state)
{
    const struct field_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_int_equal(
        type_has_field(load_example(&arena)->types[0], str_from(row->field)), row->has);
    arena_release(&arena);
}

static const struct kind_row {
    const char *name, *json;
    unsigned kinds; /* a bit for each kind that matches */
} kind_rows[] = {
    { "a string", "\"a\"", 1u << FIELD_STRING },
    { "an integer", "1", 1u << FIELD_NUMBER },
    { "a real", "1.5", 1u << FIELD_NUMBER },
    { "true", "true", 1u << FIELD_BOOLEAN },
    { "false", "false", 1u << FIELD_BOOLEAN },
    { "an array", "[]", 1u << FIELD_ARRAY },
    { "an object", "{}", 1u << FIELD_OBJECT },
    { "null is of no kind", "null", 0 },
};

static void kind_test(void **state)
{
    const struct kind_row *row = *state;
    json_t *value = json_loads(row->json, JSON_DECODE_ANY, NULL);

    for (unsigned kind = 0; kind < FIELD_KIND_COUNT; kind++)
        assert_int_equal(field_kind_matches((enum field_kind)kind, value),
                         (row->kinds >> kind & 1) != 0);
    assert_false(field_kind_matches(FIELD_STRING, NULL));
    json_decref(value);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD(&tests, a_bad_pattern_is_shown_with_a_caret);
    TESTS_ADD(&tests, an_unknown_parent_is_likened_to_a_known_type);
    TESTS_ADD(&tests, a_second_file_adds_types);
    TESTS_ADD(&tests, a_type_is_read_whole);
    TESTS_ADD(&tests, the_kind_of_a_field_is_told);
    TESTS_ADD(&tests, what_an_id_proves_is_read);
    TESTS_ADD(&tests, a_call_is_read_whole);
    TESTS_ADD(&tests, calls_are_found_by_their_key);
    TESTS_ADD(&tests, a_type_is_suggested);
    TESTS_ADD_ROWS(&tests, field_rows, field_test);
    TESTS_ADD_ROWS(&tests, kind_rows, kind_test);
    return tests_run("catalog_catalog", &tests);
}
