#include "gather/merged.h"

const struct call *merged_call(const struct catalog *catalog,
                               const struct nested *nested)
{
    const struct call_list *calls =
        nested->is_mixed ? NULL : catalog_list(catalog, nested->key);

    if (calls == NULL)
        return NULL;
    for (size_t i = 1; i < calls->count; i++)
        if (calls->items[i]->type != calls->items[0]->type ||
            calls->items[i]->gives != calls->items[0]->gives)
            return NULL;
    return calls->items[0];
}

const char *merged_advice(struct arena *arena, const struct nested *nested)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "the key stands at %s, where no answer of AWS has it: save ",
               nested->pointer);
    buf_add(&buf, nested->is_mixed
                      ? STR("each object that has such a key in a file of its own")
                      : STR("that object in a file of its own"));
    if (nested->jq != NULL)
        buf_printf(&buf, " (jq '%s')", nested->jq);
    return buf_str(&buf).text;
}
