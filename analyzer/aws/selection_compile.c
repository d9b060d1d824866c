#include "aws/selector.h"

#include "aws/like.h"

#include <assert.h>

/* So like() comes to its end, and its third answer is never given. */
static_assert((size_t)(SELECTION_TEXT_BYTES_MAX + 1) * (TAG_VALUE_BYTES_MAX + 1) <
                  LIKE_STEPS_MAX,
              "a pattern takes no more steps");
static_assert((size_t)(SELECTION_TEXT_BYTES_MAX + 1) * (DATABASE_ARN_BYTES_MAX + 1) <
                  LIKE_STEPS_MAX,
              "a pattern takes no more steps");

static bool is_read(struct str text)
{
    return text.text != NULL && text.len <= SELECTION_TEXT_BYTES_MAX;
}

/* False: some of it was not read. */
static bool compile_arns(struct arena *arena, const struct selection_arns *arns,
                         struct arn_list *list)
{
    size_t count = smaller(arns->list.count, SELECTION_ARNS_MAX);
    struct str_list entries = { arena_array(arena, count, struct str), count };
    bool is_whole = arns->is_whole && count == arns->list.count;

    for (size_t i = 0; i < count; i++) {
        if (is_read(arns->list.items[i]))
            entries.items[i] = arns->list.items[i];
        else
            is_whole = false;
    }
    arn_list_compile(arena, &entries, list);
    return is_whole;
}

static bool compile_tags(struct arena *arena, const struct selection_tags *tags,
                         struct tag_condition **items, size_t *count)
{
    size_t looked_at = smaller(tags->count, SELECTION_TAGS_MAX);
    bool is_whole = tags->is_whole && looked_at == tags->count;

    *items = arena_array(arena, looked_at, struct tag_condition);
    *count = 0;
    for (size_t i = 0; i < looked_at; i++) {
        const struct selection_tag *tag = &tags->items[i];

        if (!is_read(tag->key) || !is_read(tag->value)) {
            is_whole = false;
            continue;
        }
        (*items)[(*count)++] = (struct tag_condition){
            .written_comparison = tag->comparison,
            .written_key = tag->key,
            .value = tag->value,
            .index = i,
        };
    }
    return is_whole;
}

const struct selector *selection_compile(struct arena *arena,
                                         const struct selection *selection)
{
    const unsigned all_kinds = (1u << DATABASE_KIND_COUNT) - 1;
    struct selector *selector = arena_new(arena, struct selector);

    selector->is_resources_open =
        !compile_arns(arena, &selection->resources, &selector->resources);
    selector->is_not_resources_open =
        !compile_arns(arena, &selection->not_resources, &selector->not_resources);
    selector->is_entries_open = !compile_tags(
        arena, &selection->list_of_tags, &selector->entries, &selector->entry_count);
    selector->is_conditions_open =
        !compile_tags(arena, &selection->conditions, &selector->conditions,
                      &selector->condition_count);
    tag_entries_compile(selector->entries, selector->entry_count);
    tag_conditions_compile(arena, selector->conditions, selector->condition_count);
    selector->has_resources =
        selection->resources.list.count > 0 || selector->is_resources_open;
    selector->has_no_criteria = !selector->has_resources &&
                                selector->entry_count == 0 &&
                                !selector->is_entries_open;
    selector->kinds = arn_list_kinds(&selector->resources);
    if (selector->is_resources_open || selector->is_entries_open ||
        selector->entry_count > 0 || selector->has_no_criteria)
        selector->kinds = all_kinds;
    return selector;
}

bool selection_may_take(const struct selector *selector, enum database_kind kind)
{
    return (selector->kinds & 1u << kind) != 0;
}
