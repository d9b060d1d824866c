#include "catalog/catalog_print.h"

#include "config/yaml_print.h"

#include <assert.h>

/*
 * No member is named, and none is left out: the compiler warns of what a table has too
 * few of, or in another order.
 */

static void put_texts(struct buf *buf, const struct str_list *list)
{
    if (list->count == 0) {
        buf_add(buf, STR("{ NULL, 0 }, "));
        return;
    }
    buf_add(buf, STR("{ (struct str[]){ "));
    for (size_t i = 0; i < list->count; i++)
        yaml_print_text(buf, list->items[i]);
    buf_printf(buf, "}, %zu }, ", list->count);
}

static void put_type_name(struct buf *buf, const struct type *type)
{
    if (type == NULL)
        buf_add(buf, STR("NULL, "));
    else
        buf_printf(buf, "&types[%zu], ", type->index);
}

static void put_options(struct buf *buf, const struct call *call)
{
    if (call->option_count == 0) {
        buf_add(buf, STR("NULL, 0, "));
        return;
    }
    buf_add(buf, STR("(const struct option_word[]){ "));
    for (size_t i = 0; i < call->option_count; i++) {
        buf_add(buf, STR("{ "));
        yaml_print_text(buf, call->options[i].option);
        yaml_print_text(buf, call->options[i].word);
        yaml_print_text(buf, call->options[i].field);
        yaml_print_text(buf, call->options[i].value);
        buf_add(buf, STR("}, "));
    }
    buf_printf(buf, "}, %zu, ", call->option_count);
}

static void put_call(struct buf *buf, const struct call *call)
{
    buf_add(buf, STR("    { "));
    put_type_name(buf, call->type);
    yaml_print_place(buf, call->place);
    yaml_print_text(buf, call->name);
    yaml_print_text(buf, call->service);
    yaml_print_text(buf, call->operation);
    put_texts(buf, &call->names);
    yaml_print_text(buf, call->title);
    yaml_print_text(buf, call->permission);
    yaml_print_text(buf, call->arguments);
    buf_printf(buf, "(enum answer)%d, ", (int)call->answer);
    yaml_print_text(buf, call->list);
    put_texts(buf, &call->has);
    put_texts(buf, &call->lacks);
    put_texts(buf, &call->record_has);
    put_texts(buf, &call->record_lacks);
    put_texts(buf, &call->silent);
    buf_printf(buf, "%d, (enum gives)%d, %d, ", call->alone, (int)call->gives,
               call->may_fail);
    yaml_print_text(buf, call->absent_on);
    put_options(buf, call);
    yaml_print_text(buf, call->option);
    put_type_name(buf, call->parent_type);
    yaml_print_text(buf, call->parent_name);
    yaml_print_place(buf, call->parent_place);
    yaml_print_text(buf, call->parent_key);
    yaml_print_text(buf, call->parent_option);
    buf_add(buf, STR("},\n"));
}

static void put_fields(struct buf *buf, const struct type_field *fields, size_t count)
{
    if (count == 0) {
        buf_add(buf, STR("NULL, 0, "));
        return;
    }
    buf_add(buf, STR("(const struct type_field[]){ "));
    for (size_t i = 0; i < count; i++) {
        buf_add(buf, STR("{ "));
        yaml_print_text(buf, fields[i].name);
        buf_printf(buf, "(enum field_kind)%d }, ", (int)fields[i].kind);
    }
    buf_printf(buf, "}, %zu, ", count);
}

static void put_from_id(struct buf *buf, const struct type *type)
{
    if (type->from_id_count == 0) {
        buf_add(buf, STR("NULL, 0, "));
        return;
    }
    buf_add(buf, STR("(const struct from_id[]){ "));
    for (size_t i = 0; i < type->from_id_count; i++) {
        buf_add(buf, STR("{ "));
        yaml_print_text(buf, type->from_id[i].pattern);
        yaml_print_text(buf, type->from_id[i].fields);
        buf_add(buf, STR("}, "));
    }
    buf_printf(buf, "}, %zu, ", type->from_id_count);
}

static size_t call_number(const struct catalog *catalog, const struct call *call)
{
    size_t number = 0;

    while (catalog->calls[number] != call)
        number++;
    return number;
}

static void put_type(struct buf *buf, const struct catalog *catalog,
                     const struct type *type)
{
    buf_add(buf, STR("    { "));
    yaml_print_text(buf, type->name);
    yaml_print_text(buf, type->title);
    buf_printf(buf, "%zu, ", type->index);
    yaml_print_place(buf, type->place);
    buf_printf(buf, "(enum level)%d, ", (int)type->level);
    yaml_print_text(buf, type->id);
    yaml_print_text(buf, type->arn);
    yaml_print_text(buf, type->arn_form);
    put_texts(buf, &type->told_by);
    put_texts(buf, &type->told_with);
    put_texts(buf, &type->told_without);
    put_fields(buf, type->always, type->always_count);
    put_texts(buf, &type->time);
    put_fields(buf, type->fields, type->field_count);
    put_texts(buf, &type->narrowed_by);
    put_from_id(buf, type);
    buf_printf(buf, "(enum derive)%d, ", (int)type->derive);
    put_texts(buf, &type->inputs);
    put_texts(buf, &type->silent);
    if (type->call_count == 0) {
        buf_add(buf, STR("NULL, 0 },\n"));
        return;
    }
    buf_add(buf, STR("(const struct call *const[]){ "));
    for (size_t i = 0; i < type->call_count; i++)
        buf_printf(buf, "&calls[%zu], ", call_number(catalog, type->calls[i]));
    buf_printf(buf, "}, %zu },\n", type->call_count);
}

void catalog_print(struct buf *buf, const char *name, const struct catalog *catalog)
{
    assert(catalog->type_count > 0 && catalog->call_count > 0);
    buf_printf(buf,
               "static const struct type types[%zu];\n\nstatic const struct call "
               "calls[] = {\n",
               catalog->type_count);
    for (size_t i = 0; i < catalog->call_count; i++)
        put_call(buf, catalog->calls[i]);
    buf_add(buf, STR("};\n\nstatic const struct type types[] = {\n"));
    for (size_t i = 0; i < catalog->type_count; i++)
        put_type(buf, catalog, catalog->types[i]);
    buf_printf(buf,
               "};\n\nconst struct catalog_tables %s = { types, %zu, calls, %zu, { ",
               name, catalog->type_count, catalog->call_count);
    yaml_print_text(buf, catalog->aws.services);
    yaml_print_text(buf, catalog->aws.operations);
    buf_add(buf, STR("} };\n"));
}
