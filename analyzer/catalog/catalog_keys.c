#include "catalog/catalog_keys.h"

#include "config/schema.h"

#include <assert.h>
#include <stddef.h>

const char *const level_names[] = {
    [LEVEL_REGION] = "region",
    [LEVEL_ACCOUNT] = "account",
    [LEVEL_NONE] = "none",
};
static_assert(COUNT_OF(level_names) == LEVEL_COUNT, "each level has a name");

const char *const gives_names[] = {
    [GIVES_WHOLE] = "whole",
    [GIVES_PART] = "part",
    [GIVES_ONE] = "one",
    [GIVES_NOTHING] = "nothing",
};
static_assert(COUNT_OF(gives_names) == GIVES_COUNT, "each has a name");

const char *const field_kind_names[] = {
    [FIELD_STRING] = "string", [FIELD_NUMBER] = "number", [FIELD_BOOLEAN] = "boolean",
    [FIELD_ARRAY] = "array",   [FIELD_OBJECT] = "object",
};
static_assert(COUNT_OF(field_kind_names) == FIELD_KIND_COUNT, "each kind has a name");

const char *const derive_names[] = {
    [DERIVE_NONE] = "none",
    [DERIVE_BACKUP_ASSIGNMENT] = "backup-assignment",
    [DERIVE_DATABASE_PROTECTION] = "database-protection",
};
static_assert(COUNT_OF(derive_names) == DERIVE_COUNT, "each has a name");

const char *level_name(enum level level)
{
    return level_names[level];
}

const char *field_kind_name(enum field_kind kind)
{
    return kind < FIELD_KIND_COUNT ? field_kind_names[kind] : "any";
}

/* ---- the checker's ---- */

const struct check_key catalog_file_keys[] = {
    { "format", CHECK_INTEGER, true, offsetof(struct file_entry, format) },
    { "types", CHECK_SEQUENCE, true, offsetof(struct file_entry, types) },
};

const struct check_key catalog_type_keys[] = {
    { "type", CHECK_TEXT, true, offsetof(struct type_entry, type.name) },
    { "title", CHECK_TEXT, false, offsetof(struct type_entry, type.title) },
    { "level", CHECK_NODE, true, offsetof(struct type_entry, level) },
    { "id", CHECK_TEXT, false, offsetof(struct type_entry, type.id) },
    { "arn", CHECK_TEXT, false, offsetof(struct type_entry, type.arn) },
    { "arn_form", CHECK_NODE, false, offsetof(struct type_entry, arn_form) },
    { "told_by", CHECK_TEXTS, false, offsetof(struct type_entry, type.told_by) },
    { "told_with", CHECK_TEXTS, false, offsetof(struct type_entry, type.told_with) },
    { "told_without", CHECK_TEXTS, false,
      offsetof(struct type_entry, type.told_without) },
    { "always", CHECK_MAPPING, false, offsetof(struct type_entry, always) },
    { "time", CHECK_TEXTS, false, offsetof(struct type_entry, type.time) },
    { "fields", CHECK_NODE, false, offsetof(struct type_entry, fields) },
    { "narrowed_by", CHECK_TEXTS, false,
      offsetof(struct type_entry, type.narrowed_by) },
    { "from_id", CHECK_MAPPING, false, offsetof(struct type_entry, from_id) },
    { "derive", CHECK_NODE, false, offsetof(struct type_entry, derive) },
    { "inputs", CHECK_TEXTS, false, offsetof(struct type_entry, type.inputs) },
    { "calls", CHECK_SEQUENCE, false, offsetof(struct type_entry, calls) },
};

const struct check_key catalog_call_keys[] = {
    { "call", CHECK_TEXT, true, offsetof(struct call_entry, call.name) },
    { "names", CHECK_TEXTS, false, offsetof(struct call_entry, call.names) },
    { "title", CHECK_TEXT, false, offsetof(struct call_entry, call.title) },
    { "permission", CHECK_TEXT, false, offsetof(struct call_entry, call.permission) },
    { "arguments", CHECK_TEXT, false, offsetof(struct call_entry, call.arguments) },
    { "list", CHECK_TEXT, false, offsetof(struct call_entry, list) },
    { "document", CHECK_MAPPING, false, offsetof(struct call_entry, document) },
    { "map", CHECK_TEXT, false, offsetof(struct call_entry, map) },
    { "record", CHECK_MAPPING, false, offsetof(struct call_entry, record) },
    { "silent", CHECK_TEXTS, false, offsetof(struct call_entry, call.silent) },
    { "alone", CHECK_BOOLEAN, false, offsetof(struct call_entry, call.alone) },
    { "gives", CHECK_NODE, true, offsetof(struct call_entry, gives) },
    { "option", CHECK_TEXT, false, offsetof(struct call_entry, call.option) },
    { "may_fail", CHECK_BOOLEAN, false, offsetof(struct call_entry, call.may_fail) },
    { "absent_on", CHECK_TEXT, false, offsetof(struct call_entry, call.absent_on) },
    { "options", CHECK_MAPPING, false, offsetof(struct call_entry, options) },
    { "parent", CHECK_MAPPING, false, offsetof(struct call_entry, parent) },
};

const struct check_key catalog_document_keys[] = {
    { "has", CHECK_TEXTS, true, offsetof(struct call, has) },
    { "lacks", CHECK_TEXTS, false, offsetof(struct call, lacks) },
};

const struct check_key catalog_record_keys[] = {
    { "has", CHECK_TEXTS, true, offsetof(struct call, record_has) },
    { "lacks", CHECK_TEXTS, false, offsetof(struct call, record_lacks) },
};

const struct check_key catalog_parent_keys[] = {
    { "type", CHECK_TEXT, true, offsetof(struct call, parent_name) },
    { "key", CHECK_TEXT, false, offsetof(struct call, parent_key) },
    { "option", CHECK_TEXT, false, offsetof(struct call, parent_option) },
};

/* ---- for editors ---- */

#define CALL_FORM   "^[A-Za-z0-9-]+ [A-Za-z0-9-]+$"
#define NAME_FORM   "^[A-Za-z0-9-]+( [A-Za-z0-9-]+)?$"
#define OPTION_FORM "^--"

static const struct schema any = { .kind = SCHEMA_ANY }, text = { .kind = SCHEMA_TEXT };
static const struct schema option = { .kind = SCHEMA_TEXT, .pattern = OPTION_FORM };
static const struct schema level = SCHEMA_OF_NAMES(level_names);
static const struct schema derive = { .kind = SCHEMA_NAMES,
                                      .names = &derive_names[DERIVE_NONE + 1],
                                      .name_count = DERIVE_COUNT - 1 };
static const struct schema gives = SCHEMA_OF_NAMES(gives_names);
static const struct schema kind = SCHEMA_OF_NAMES(field_kind_names);
static const struct schema kinds = { .kind = SCHEMA_MAP, .of = &kind };
static const struct schema names = { .kind = SCHEMA_LIST, .of = &text };
static const struct schema *const kinds_or_names_of[] = { &kinds, &names };
static const struct schema kinds_or_names = SCHEMA_OF_EITHER(kinds_or_names_of);

static const struct schema_note document_notes[] = {
    { "has", "The keys that the answer has.", NULL },
    { "lacks", "The keys that it never has: other answers are told by them.", NULL },
};
static const struct schema document =
    SCHEMA_OF_KEYS(catalog_document_keys, document_notes);

static const struct schema_note record_notes[] = {
    { "has", "This call's records have one of these fields.", NULL },
    { "lacks", "None of its records has one of these.", NULL },
};
static const struct schema record = SCHEMA_OF_KEYS(catalog_record_keys, record_notes);

static const struct schema_note parent_notes[] = {
    { "type", "The type of the parent.", NULL },
    { "key",
      "The field of a record that names the parent; without it only the file's "
      "name does.",
      NULL },
    { "option", "How the CLI is told the parent.", &option },
};
static const struct schema parent = SCHEMA_OF_KEYS(catalog_parent_keys, parent_notes);

static const struct schema meaning = { .kind = SCHEMA_TEXT,
                                       .pattern = "^[A-Za-z0-9-]+ == '[^']*'$" };
static const struct schema words = { .kind = SCHEMA_MAP, .of = &meaning };
static const struct schema options = { .kind = SCHEMA_MAP,
                                       .pattern = OPTION_FORM,
                                       .of = &words };

static const struct schema error_code = { .kind = SCHEMA_TEXT,
                                          .pattern = "^[A-Za-z0-9.]+$" };
static const struct schema call_name = { .kind = SCHEMA_TEXT, .pattern = CALL_FORM };
static const struct schema other_name = { .kind = SCHEMA_TEXT, .pattern = NAME_FORM };
static const struct schema permission = { .kind = SCHEMA_TEXT,
                                          .pattern = "^[A-Za-z0-9-]+:[A-Za-z0-9-]+$" };

static const struct schema_note call_notes[] = {
    { "call", "Service and operation, as the AWS CLI has them.", &call_name },
    { "names",
      "Other names that files of its answers have: an operation, perhaps with "
      "a service before it.",
      &other_name },
    { "title", "What a sentence calls its answer.", NULL },
    { "permission", "The IAM action that it needs.", &permission },
    { "arguments", "To add when the call is to be run.", &option },
    { "list", "The records are in an array: the answer's key for it.", NULL },
    { "document", "The answer itself is the record: the keys that tell it.",
      &document },
    { "map", "The record is an object: the answer's key for it.", NULL },
    { "record", "Of a list whose key other calls have, too: what tells its records.",
      &record },
    { "silent",
      "The fields of the type that its records never have: one of them that "
      "is not there is not known.",
      NULL },
    { "alone", "Nothing else stands beside the map, or beside what the document has.",
      NULL },
    { "gives",
      "What the answer is: the whole listing of its scope, a part of it, one "
      "record, or nothing that proves anything.",
      &gives },
    { "option", "Of one record: how the CLI is told its id.", &option },
    { "may_fail", "AWS refuses the call where there is nothing to tell: no problem.",
      NULL },
    { "absent_on",
      "The code of the error by which AWS says that there is nothing: it is an answer "
      "that holds no record.",
      &error_code },
    { "options",
      "From an option to its words, and from each to the field and value "
      "that all records of such an answer have, and no others.",
      &options },
    { "parent", "What a part is about.", &parent },
};
static const char *const call_shapes[] = { "list", "document", "map" };
static const struct schema call = {
    .kind = SCHEMA_KEYS,
    .keys = catalog_call_keys,
    .key_count = CATALOG_CALL_KEYS,
    .notes = call_notes,
    .note_count = COUNT_OF(call_notes),
    .one_of = call_shapes,
    .one_of_count = COUNT_OF(call_shapes),
    .filled = true,
};

static const struct schema proved = { .kind = SCHEMA_MAP, .of = &any };
static const struct schema from_id = { .kind = SCHEMA_MAP, .of = &proved };
static const struct schema type_name = { .kind = SCHEMA_TEXT, .pattern = "^\\S+$" };

static const struct schema_note type_notes[] = {
    { "type", "Its name, as AWS Config has it, else as CloudFormation would.",
      &type_name },
    { "title", "What a sentence calls several of them.", NULL },
    { "level", "The scope in which a listing of it is complete.", &level },
    { "id", "The field that identifies a record.", NULL },
    { "arn", "The field whose ARN places a record in its account and region.", NULL },
    { "arn_form", "A pattern (PCRE2) that its ARNs match, and those of no other type.",
      &text },
    { "told_by",
      "The fields that tell the type of a record on its own: one of them is "
      "enough. Without it, id and arn.",
      NULL },
    { "told_with", "Fields that such a record must have besides.", NULL },
    { "told_without", "Fields that it never has.", NULL },
    { "always", "From field to kind: what AWS prints in every record.", &kinds },
    { "time", "The fields that are compared as instants.", NULL },
    { "fields", "From field to kind: the others, which AWS may print.",
      &kinds_or_names },
    { "narrowed_by", "The fields that a call's options narrow a listing by.", NULL },
    { "from_id",
      "From a pattern (PCRE2) to fields: what an id or ARN that matches "
      "proves about its record.",
      &from_id },
    { "derive",
      "No call prints such records: how they are made of those of other types.",
      &derive },
    { "inputs", "Of what is derived: the types that it is made of.", NULL },
    { "calls", "The AWS calls whose answers hold records of the type.", &call },
};
static const struct schema type = {
    .kind = SCHEMA_KEYS,
    .keys = catalog_type_keys,
    .key_count = CATALOG_TYPE_KEYS,
    .notes = type_notes,
    .note_count = COUNT_OF(type_notes),
    .filled = true,
};

static const struct schema format = { .kind = SCHEMA_NUMBER, .number = CATALOG_FORMAT };
static const struct schema_note file_notes[] = {
    { "format", "The version of this format.", &format },
    { "types",
      "An entry a type, in the order in which they claim a record that "
      "nothing else places.",
      &type },
};
const struct schema catalog_schema = SCHEMA_OF_KEYS(catalog_file_keys, file_notes);
