#include "explain/settle.h"

#include "base/shell.h"

static struct str or_word(struct str text, const char *word)
{
    return text.text != NULL ? text : str_from(word);
}

static void add_option(struct buf *buf, struct str option, struct str value)
{
    if (option.text == NULL)
        return;
    buf_printf(buf, " %.*s ", STR_ARG(option));
    shell_add_word(buf, value);
}

static const char *command_of(struct arena *arena, const struct call *call,
                              struct str region, struct str parent, struct str record)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "aws %.*s", STR_ARG(call->name));
    if (call->arguments.text != NULL)
        buf_printf(&buf, " %.*s", STR_ARG(call->arguments));
    add_option(&buf, call->parent_option, parent);
    add_option(&buf, call->option, record);
    if (call->type->level == LEVEL_REGION)
        add_option(&buf, STR("--region"), region);
    buf_add(&buf, STR(" --output json"));
    return buf_str(&buf).text;
}

static void add_name(struct buf *buf, struct str word)
{
    buf_add(buf, STR("--"));
    buf_add(buf, name_word(buf->arena, word));
}

struct settle settle_make(struct arena *arena, const struct scope *scope,
                          const struct call *call, struct str parent, struct str record)
{
    struct buf save_as = BUF_EMPTY(arena);
    struct str region = or_word(scope->region, "REGION");
    struct str parent_id = or_word(parent, "ID"), record_id = or_word(record, "ID");

    buf_add(&save_as, or_word(scope->account, "ACCOUNT"));
    buf_add_byte(&save_as, '/');
    buf_add(&save_as, call->type->level == LEVEL_REGION ? region : STR("global"));
    buf_printf(&save_as, "/%.*s-%.*s", STR_ARG(call->service),
               STR_ARG(call->operation));
    if (call->parent_type != NULL)
        add_name(&save_as, parent_id);
    if (call->option.text != NULL)
        add_name(&save_as, record_id);
    buf_add(&save_as, STR(".json"));
    return (struct settle){
        .command = command_of(arena, call, region, parent_id, record_id),
        .permission = call->permission.text != NULL ? call->permission.text : "",
        .save_as = buf_str(&save_as).text,
        .type = call->type,
        .call = call,
        .parent = parent,
        .record = record,
    };
}
