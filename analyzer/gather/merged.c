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

struct reason merged_reason(const struct nested *nested)
{
    return *SAYS(nested->is_mixed ? SAY_NESTED_MIXED : SAY_NESTED,
                 .texts = { str_from(nested->pointer), str_from(nested->jq) });
}
