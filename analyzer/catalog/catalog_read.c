#include "catalog/catalog_keys.h"

#include <stdint.h>

struct catalog_reader {
    struct catalog *catalog;
    struct arena *arena;
    struct mistakes *mistakes;
};

/* check_mapping() takes "" for text; here no text may be empty. */
static void read_keys(struct catalog_reader *reader, const struct yaml_node *node,
                      const struct check_key *keys, size_t key_count, void *target)
{
    check_mapping(reader->arena, node, keys, key_count, target, reader->mistakes);
    if (node->kind != YAML_MAPPING)
        return;
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind == YAML_SCALAR && !node->items[i]->plain &&
            node->items[i]->text.len == 0)
            mistakes_error(reader->mistakes, node->items[i]->place,
                           "the text of '%s' is empty: leave the key out or fill it in",
                           node->keys[i]->text.text);
    }
}

/* ---- forms of text ---- */

static bool is_word(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_letter(text.text[i]) && !is_digit(text.text[i]) && text.text[i] != '-')
            return false;
    return text.len > 0;
}

/* The text behind the separator, which `before` ends at; absent if there is none. */
static struct str split(struct str text, char separator, struct str *before)
{
    size_t at = str_find(text, (struct str){ &separator, 1 });

    *before = text;
    if (at == SIZE_MAX)
        return STR_NONE;
    *before = str_slice(text, 0, at);
    return str_slice(text, at + 1, text.len);
}

static bool has_blank(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_blank_byte(text.text[i]))
            return true;
    return false;
}

/* ---- a call ---- */

static void read_call_name(struct catalog_reader *reader, const struct yaml_node *node,
                           struct call *call)
{
    if (call->name.text == NULL)
        return;
    call->operation = split(call->name, ' ', &call->service);
    if (!is_word(call->service) || !is_word(call->operation)) {
        mistakes_error(
            reader->mistakes, yaml_find(node, "call")->place,
            "the call '%s' is not a service and an operation: expected words such "
            "as 'rds describe-db-snapshots'",
            call->name.text);
    }
    for (size_t i = 0; i < call->names.count; i++) {
        struct str first, second = split(call->names.items[i], ' ', &first);

        if (!is_word(first) || (second.text != NULL && !is_word(second))) {
            mistakes_error(reader->mistakes, yaml_find(node, "names")->place,
                           "'%s' is not an operation: expected a word such as "
                           "'describe-db-snapshots', perhaps behind its service",
                           call->names.items[i].text);
        }
    }
}

static void check_permission(struct catalog_reader *reader,
                             const struct yaml_node *node, const struct call *call)
{
    struct str service, action;

    if (call->permission.text == NULL || call->permission.len == 0)
        return;
    action = split(call->permission, ':', &service);
    if (!is_word(service) || !is_word(action)) {
        mistakes_error(reader->mistakes, yaml_find(node, "permission")->place,
                       "'%s' is not an IAM action: expected one such as "
                       "'rds:DescribeDBSnapshots'",
                       call->permission.text);
    }
}

static void check_option(struct catalog_reader *reader, const struct yaml_node *node,
                         const char *key, struct str option)
{
    if (option.len > 0 && !str_starts_with(option, STR("--")))
        mistakes_error(reader->mistakes, yaml_find(node, key)->place,
                       "'%s' is not an option: expected one such as '--backup-plan-id'",
                       option.text);
}

/* FIELD == 'VALUE'; false: it is anything else. */
static bool read_meaning(struct str text, struct option_word *word)
{
    const struct str equals = STR(" == '");
    size_t at = str_find(text, equals);

    if (at == SIZE_MAX || !str_ends_with(text, STR("'")))
        return false;
    word->field = str_slice(text, 0, at);
    at += equals.len;
    if (at + 1 > text.len)
        return false;
    word->value = str_slice(text, at, text.len - 1);
    return is_word(word->field) && str_find(word->value, STR("'")) == SIZE_MAX;
}

static void read_option(struct catalog_reader *reader, struct str option,
                        const struct yaml_node *words, struct call *call,
                        struct option_word *rows)
{
    for (size_t i = 0; i < words->count; i++) {
        struct option_word *row = &rows[call->option_count];

        *row = (struct option_word){ .option = option, .word = words->keys[i]->text };
        if (words->items[i]->kind == YAML_SCALAR &&
            read_meaning(words->items[i]->text, row))
            call->option_count++;
        else
            mistakes_error(reader->mistakes, words->items[i]->place,
                           "a word means that a field has a value: expected text "
                           "such as \"SnapshotType == 'manual'\"");
    }
}

static void read_options(struct catalog_reader *reader, const struct yaml_node *node,
                         struct call *call)
{
    struct option_word *rows;
    size_t count = 0;

    if (node == NULL)
        return;
    for (size_t i = 0; i < node->count; i++)
        count += node->items[i]->count;
    rows = arena_array(reader->arena, count, struct option_word);
    call->options = rows;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *words = node->items[i];

        if (!str_starts_with(node->keys[i]->text, STR("--"))) {
            mistakes_error(
                reader->mistakes, node->keys[i]->place,
                "'%s' is not an option: expected one such as '--snapshot-type'",
                node->keys[i]->text.text);
        } else if (words->kind != YAML_MAPPING) {
            mistakes_error(reader->mistakes, words->place,
                           "expected a mapping from the option's words to what they "
                           "mean");
        } else {
            read_option(reader, node->keys[i]->text, words, call, rows);
        }
    }
}

static void check_lacks(struct catalog_reader *reader, const struct yaml_node *node,
                        const struct str_list *has, const struct str_list *lacks)
{
    for (size_t i = 0; i < lacks->count; i++) {
        if (str_list_has(has, lacks->items[i]))
            mistakes_error(reader->mistakes, yaml_find(node, "lacks")->place,
                           "'%s' is in 'has' and in 'lacks': nothing matches both",
                           lacks->items[i].text);
    }
}

static void read_document(struct catalog_reader *reader, const struct yaml_node *node,
                          struct call *call)
{
    call->answer = ANSWER_DOCUMENT;
    read_keys(reader, node, catalog_document_keys, CATALOG_DOCUMENT_KEYS, call);
    if (call->has.items != NULL && call->has.count == 0)
        mistakes_error(reader->mistakes, yaml_find(node, "has")->place,
                       "'has' is empty, so any document would be one: name the keys "
                       "that it has");
    check_lacks(reader, node, &call->has, &call->lacks);
}

static void read_answer(struct catalog_reader *reader, const struct yaml_node *node,
                        struct call_entry *entry)
{
    struct call *call = &entry->call;
    int shapes = (yaml_find(node, "list") != NULL) +
                 (yaml_find(node, "document") != NULL) +
                 (yaml_find(node, "map") != NULL);

    if (shapes != 1) {
        mistakes_error(reader->mistakes, node->place,
                       "a call has one of 'list', 'document' and 'map', to say where "
                       "its records are: this one has %d",
                       shapes);
    }
    if (entry->document != NULL)
        read_document(reader, entry->document, call);
    if (entry->map.text != NULL) {
        call->answer = ANSWER_MAP;
        call->list = entry->map;
    }
    if (entry->list.text != NULL) {
        call->answer = ANSWER_LIST;
        call->list = entry->list;
    }
    if (call->alone && call->answer == ANSWER_LIST)
        mistakes_error(reader->mistakes, yaml_find(node, "alone")->place,
                       "'alone' is for a 'document' or a 'map': a 'record' tells the "
                       "calls of one 'list' apart");
    if (entry->record == NULL)
        return;
    read_keys(reader, entry->record, catalog_record_keys, CATALOG_RECORD_KEYS, call);
    if (entry->list.text == NULL)
        mistakes_error(reader->mistakes, entry->record->place,
                       "'record' tells calls of one 'list' apart: a call without one "
                       "has none");
    if (call->record_has.items != NULL && call->record_has.count == 0)
        mistakes_error(reader->mistakes, yaml_find(entry->record, "has")->place,
                       "'has' is empty: name the fields that only these records have");
    check_lacks(reader, entry->record, &call->record_has, &call->record_lacks);
}

static void read_parent(struct catalog_reader *reader, const struct yaml_node *node,
                        const struct yaml_node *parent, struct call *call)
{
    const struct yaml_node *type;

    if (parent == NULL) {
        if (call->gives == GIVES_PART && yaml_find(node, "parent") == NULL)
            mistakes_error(reader->mistakes, yaml_find(node, "gives")->place,
                           "a call that gives a part names its 'parent': what it is a "
                           "part by");
        return;
    }
    if (call->gives != GIVES_PART && call->option.text == NULL)
        mistakes_error(reader->mistakes, parent->place,
                       "only a call that gives a part, or one with an 'option', has a "
                       "'parent'");
    read_keys(reader, parent, catalog_parent_keys, CATALOG_PARENT_KEYS, call);
    check_option(reader, parent, "option", call->parent_option);
    type = yaml_find(parent, "type");
    if (type != NULL)
        call->parent_place = type->place;
}

/* A call may stand there once more for another document of it: its request beside its
 * answer. */
static bool is_repeatable(const struct call *first, const struct call *entry)
{
    return first->type == entry->type && first->answer != ANSWER_LIST &&
           entry->answer != ANSWER_LIST;
}

/* Its parent may be a type of another file. */
static void note_unresolved(struct catalog *catalog, struct call *call)
{
    catalog->unresolved = arena_grow(
        catalog->arena, (void *)catalog->unresolved, catalog->unresolved_count,
        &catalog->unresolved_capacity, sizeof(struct call *));
    catalog->unresolved[catalog->unresolved_count++] = call;
}

/* NULL if the catalog has the call already. */
static const struct call *add_call(struct catalog_reader *reader,
                                   const struct call *entry)
{
    const struct call *first = catalog_call(reader->catalog, entry->name);
    struct call *call;

    if (first != NULL && !is_repeatable(first, entry)) {
        mistakes_error(reader->mistakes, entry->place,
                       "the call '%s' is here twice: first at %s:%zu", entry->name.text,
                       first->place.path, first->place.line);
        return NULL;
    }
    call = arena_new(reader->arena, struct call);
    *call = *entry;
    if (call->title.text == NULL)
        call->title = str_from(arena_printf(reader->arena, "an answer of 'aws %.*s'",
                                            STR_ARG(call->name)));
    catalog_put_call(reader->catalog, call);
    if (call->parent_name.len > 0)
        note_unresolved(reader->catalog, call);
    return call;
}

static const struct call *read_call(struct catalog_reader *reader,
                                    const struct type *type,
                                    const struct yaml_node *node)
{
    struct call_entry entry = { .call = { .type = type, .place = node->place } };
    size_t gives;

    read_keys(reader, node, catalog_call_keys, CATALOG_CALL_KEYS, &entry);
    if (node->kind != YAML_MAPPING)
        return NULL;
    entry.call.gives = GIVES_NOTHING;
    if (entry.gives != NULL && check_name(entry.gives, "gives", gives_names,
                                          GIVES_COUNT, &gives, reader->mistakes))
        entry.call.gives = (enum gives)gives;
    read_call_name(reader, node, &entry.call);
    check_permission(reader, node, &entry.call);
    check_option(reader, node, "arguments", entry.call.arguments);
    check_option(reader, node, "option", entry.call.option);
    if (entry.call.option.text != NULL && entry.call.gives != GIVES_ONE)
        mistakes_error(reader->mistakes, yaml_find(node, "option")->place,
                       "'option' says how the CLI is told which record: only a call "
                       "that gives one has it");
    if (entry.call.absent_on.text != NULL && entry.call.gives != GIVES_WHOLE &&
        entry.call.gives != GIVES_PART)
        mistakes_error(reader->mistakes, yaml_find(node, "absent_on")->place,
                       "'absent_on' tells an answer that lists nothing: only a call "
                       "that gives a whole listing or a part has it");
    read_answer(reader, node, &entry);
    read_options(reader, entry.options, &entry.call);
    read_parent(reader, node, entry.parent, &entry.call);
    return entry.call.name.len > 0 ? add_call(reader, &entry.call) : NULL;
}

/* Once all calls of the type are known: one of them may name a field. */
static void check_silent(struct catalog_reader *reader, const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        for (size_t j = 0; j < call->silent.count; j++) {
            if (!type_has_field(type, call->silent.items[j]))
                mistakes_error(reader->mistakes, call->place,
                               "the type has no field '%s' to be silent about",
                               call->silent.items[j].text);
        }
    }
}

static struct str_list all_silent(struct arena *arena, const struct type *type)
{
    struct str_list all = { 0 };
    size_t capacity = 0;

    for (size_t i = 0; i < type->call_count; i++)
        capacity += type->calls[i]->silent.count;
    all.items = arena_array(arena, capacity, struct str);
    for (size_t i = 0; i < type->call_count; i++)
        for (size_t j = 0; j < type->calls[i]->silent.count; j++)
            if (!str_list_has(&all, type->calls[i]->silent.items[j]))
                all.items[all.count++] = type->calls[i]->silent.items[j];
    return all;
}

static void read_calls(struct catalog_reader *reader, struct type *type,
                       const struct yaml_node *node)
{
    const struct call **calls;

    if (node == NULL)
        return;
    if (node->count == 0)
        mistakes_error(reader->mistakes, node->place,
                       "a type needs a call: name at least one AWS call whose answer "
                       "holds it");
    calls = arena_array(reader->arena, node->count, const struct call *);
    for (size_t i = 0; i < node->count; i++) {
        const struct call *call = read_call(reader, type, node->items[i]);

        if (call != NULL)
            calls[type->call_count++] = call;
    }
    type->calls = calls;
    check_silent(reader, type);
    type->silent = all_silent(reader->arena, type);
}

/* ---- a type ---- */

/* From names to kinds. */
static const struct type_field *read_kinds(struct catalog_reader *reader,
                                           const struct yaml_node *node)
{
    struct type_field *fields =
        arena_array(reader->arena, node->count, struct type_field);

    for (size_t i = 0; i < node->count; i++) {
        size_t kind = FIELD_STRING;

        check_name(node->items[i], "kind of field", field_kind_names, FIELD_KIND_COUNT,
                   &kind, reader->mistakes);
        fields[i] = (struct type_field){ node->keys[i]->text, (enum field_kind)kind };
    }
    return fields;
}

static void read_always(struct catalog_reader *reader, const struct yaml_node *node,
                        struct type *type)
{
    if (node == NULL)
        return;
    type->always = read_kinds(reader, node);
    type->always_count = node->count;
}

/* A mapping from names to kinds, or the names alone. */
static void read_fields(struct catalog_reader *reader, const struct yaml_node *node,
                        struct type *type)
{
    struct type_field *fields;

    if (node == NULL)
        return;
    type->field_count = node->count;
    if (node->kind == YAML_MAPPING) {
        type->fields = read_kinds(reader, node);
        return;
    }
    if (node->kind != YAML_SEQUENCE)
        mistakes_error(reader->mistakes, node->place,
                       "expected a mapping from fields to kinds, or a list of fields");
    fields = arena_array(reader->arena, node->count, struct type_field);
    for (size_t i = 0; i < node->count; i++) {
        fields[i].kind = FIELD_ANY;
        check_text(node->items[i], "fields", &fields[i].name, reader->mistakes);
    }
    type->fields = fields;
}

/* It is compiled once more where it is needed, which most runs do not come to. */
static void check_pattern(struct catalog_reader *reader, const struct yaml_node *node)
{
    struct arena scratch = ARENA_EMPTY;
    struct error err = { 0 };

    if (pattern_compile(&scratch, node->text, &err) == NULL) {
        mistakes_error(reader->mistakes, node->place, "the pattern '%s': %s",
                       node->text.text, err.message);
        mistakes_show(reader->mistakes, node->text, err.column);
    }
    arena_release(&scratch);
}

static void read_arn_form(struct catalog_reader *reader, const struct yaml_node *node,
                          struct type *type)
{
    if (node == NULL)
        return;
    if (node->kind != YAML_SCALAR) {
        mistakes_error(reader->mistakes, node->place,
                       "expected a pattern, such as '^arn:[^:]*:rds:[^:]*:[0-9]*:db:'");
        return;
    }
    if (node->text.len > 0) {
        check_pattern(reader, node);
        type->arn_form = node->text;
    }
    if (type->arn.len == 0)
        mistakes_error(reader->mistakes, node->place,
                       "'arn_form' says what the text of the field 'arn' looks like: "
                       "name that field, too");
}

static int put_bytes(const char *bytes, size_t len, void *object)
{
    struct buf *buf = object;

    buf_add(buf, (struct str){ bytes, len });
    return 0;
}

/* What a mapping says, as JSON; absent if that is wrong. */
static struct str json_text(struct catalog_reader *reader, const struct yaml_node *node)
{
    struct buf buf = BUF_EMPTY(reader->arena);
    const json_t *json = yaml_to_json(reader->arena, node, reader->mistakes);

    if (json == NULL || json_dump_callback(json, put_bytes, &buf, JSON_COMPACT) != 0)
        return STR_NONE;
    return buf_str(&buf);
}

static void read_from_id(struct catalog_reader *reader, const struct yaml_node *node,
                         struct type *type)
{
    struct from_id *rows;

    if (node == NULL)
        return;
    rows = arena_array(reader->arena, node->count, struct from_id);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *key = node->keys[i], *fields = node->items[i];

        check_pattern(reader, key);
        rows[i].pattern = key->text;
        if (fields->kind != YAML_MAPPING) {
            mistakes_error(reader->mistakes, fields->place,
                           "expected a mapping from fields to values, which an id like "
                           "this proves");
        } else {
            rows[i].fields = json_text(reader, fields);
        }
    }
    type->from_id = rows;
    type->from_id_count = node->count;
}

static void fill_in(struct catalog_reader *reader, const struct yaml_node *node,
                    struct type *type)
{
    struct str *told_by;

    if (type->title.text == NULL)
        type->title = type->name;
    if (yaml_find(node, "told_by") != NULL)
        return;
    told_by = arena_array(reader->arena, 2, struct str);
    if (type->id.len > 0)
        told_by[type->told_by.count++] = type->id;
    if (type->arn.len > 0)
        told_by[type->told_by.count++] = type->arn;
    type->told_by.items = told_by;
}

/* NULL if the catalog has the type already. */
static struct type *add_type(struct catalog_reader *reader, const struct type *entry)
{
    const struct type *first = catalog_type(reader->catalog, entry->name);
    struct type *type;

    if (first != NULL) {
        mistakes_error(reader->mistakes, entry->place,
                       "the type '%s' is here twice: first at %s:%zu", entry->name.text,
                       first->place.path, first->place.line);
        return NULL;
    }
    type = arena_new(reader->arena, struct type);
    *type = *entry;
    type->index = reader->catalog->type_count;
    catalog_put_type(reader->catalog, type);
    return type;
}

/* A type has calls that print its records, or it is made of others. */
static void read_derive(struct catalog_reader *reader, const struct yaml_node *node,
                        struct type_entry *entry)
{
    size_t derive;

    if (entry->derive != NULL &&
        check_name(entry->derive, "derive", derive_names + DERIVE_NONE + 1,
                   DERIVE_COUNT - 1, &derive, reader->mistakes))
        entry->type.derive = (enum derive)(DERIVE_NONE + 1 + derive);
    if (entry->calls == NULL && entry->type.derive == DERIVE_NONE)
        mistakes_error(reader->mistakes, node->place,
                       "the key 'calls' is missing: expected it, or 'derive'");
    if (entry->calls != NULL && entry->derive != NULL)
        mistakes_error(reader->mistakes, entry->derive->place,
                       "no call prints what is derived: remove 'derive', or 'calls'");
}

static void read_type(struct catalog_reader *reader, const struct yaml_node *node)
{
    struct type_entry entry = { .type = { .place = node->place } };
    struct type *type;
    size_t level;

    read_keys(reader, node, catalog_type_keys, CATALOG_TYPE_KEYS, &entry);
    if (node->kind != YAML_MAPPING)
        return;
    if (has_blank(entry.type.name)) {
        mistakes_error(reader->mistakes, yaml_find(node, "type")->place,
                       "the type '%s' holds a blank: expected a name such as "
                       "AWS::RDS::DBSnapshot",
                       entry.type.name.text);
    }
    if (entry.level != NULL && check_name(entry.level, "level", level_names,
                                          LEVEL_COUNT, &level, reader->mistakes))
        entry.type.level = (enum level)level;
    read_derive(reader, node, &entry);
    read_always(reader, entry.always, &entry.type);
    read_fields(reader, entry.fields, &entry.type);
    read_arn_form(reader, entry.arn_form, &entry.type);
    read_from_id(reader, entry.from_id, &entry.type);
    fill_in(reader, node, &entry.type);
    if (entry.type.name.len == 0)
        return;
    type = add_type(reader, &entry.type);
    if (type != NULL && entry.calls != NULL)
        read_calls(reader, type, entry.calls);
}

/* ---- the file ---- */

void catalog_add(struct catalog *catalog, const char *path, struct str text,
                 struct mistakes *mistakes)
{
    struct catalog_reader reader = { catalog, catalog->arena, mistakes };
    struct file_entry file = { .format = CATALOG_FORMAT };
    const struct yaml_node *root = yaml_parse(catalog->arena, path, text, mistakes);

    if (root == NULL)
        return;
    check_mapping(catalog->arena, root, catalog_file_keys, CATALOG_FILE_KEYS, &file,
                  mistakes);
    if (file.format != CATALOG_FORMAT) {
        mistakes_error(mistakes, yaml_find(root, "format")->place,
                       "the format '%ld' is not known: expected %d", file.format,
                       CATALOG_FORMAT);
        return;
    }
    for (size_t i = 0; file.types != NULL && i < file.types->count; i++)
        read_type(&reader, file.types->items[i]);
}
