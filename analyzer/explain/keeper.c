#include "explain/keeper.h"

#include <string.h>

void keeper_start(struct keeper *keeper, struct arena *arena, struct arena *known)
{
    keeper->arena = arena;
    keeper->texts = (struct table)TABLE_EMPTY(known);
    keeper->reasons = (struct table)TABLE_EMPTY(known);
}

static struct str kept_text(struct keeper *keeper, struct str text)
{
    void **slot;

    if (text.text == NULL)
        return text;
    slot = table_slot(&keeper->texts, text);
    if (*slot == NULL)
        *slot = arena_copy(keeper->arena, text.text, text.len);
    return (struct str){ *slot, text.len };
}

static const struct reason *kept_reasons(struct keeper *keeper,
                                         const struct reason *reasons, size_t count,
                                         struct arena *scratch)
{
    struct buf key = BUF_EMPTY(scratch);
    struct reason *kept;
    void **slot;

    if (count == 0)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        struct reason reason;

        memset(&reason, 0, sizeof reason); /* the bytes between members are a key's */
        reason.sentence = reasons[i].sentence;
        reason.path = reasons[i].path;
        reason.count = reasons[i].count;
        reason.line = reasons[i].line;
        reason.failure = reasons[i].failure;
        for (size_t j = 0; j < REASON_TEXTS_MAX; j++)
            reason.texts[j] = kept_text(keeper, reasons[i].texts[j]);
        buf_add(&key, (struct str){ (const char *)&reason, sizeof reason });
    }
    slot = table_slot(&keeper->reasons, buf_str(&key));
    if (*slot != NULL)
        return *slot;
    kept = arena_array(keeper->arena, count, struct reason);
    memcpy(kept, buf_str(&key).text, count * sizeof *kept);
    *slot = kept;
    return kept;
}

static const struct settle *kept_settles(struct keeper *keeper,
                                         const struct settle *settles, size_t count)
{
    struct settle *kept;

    if (count == 0)
        return NULL;
    kept = arena_array(keeper->arena, count, struct settle);
    for (size_t i = 0; i < count; i++) {
        kept[i] = settles[i];
        kept[i].command = kept_text(keeper, str_from(settles[i].command)).text;
        kept[i].save_as = kept_text(keeper, str_from(settles[i].save_as)).text;
        kept[i].parent = kept_text(keeper, settles[i].parent);
        kept[i].record = kept_text(keeper, settles[i].record);
    }
    return kept;
}

static const struct citation *
kept_citations(struct keeper *keeper, const struct citation *citations, size_t count)
{
    if (count == 0)
        return NULL;
    return memcpy(arena_array(keeper->arena, count, struct citation), citations,
                  count * sizeof *citations);
}

void keeper_keep(struct keeper *keeper, struct finding *finding, struct arena *scratch)
{
    finding->assumptions =
        kept_reasons(keeper, finding->assumptions, finding->assumption_count, scratch);
    finding->reasons =
        kept_reasons(keeper, finding->reasons, finding->reason_count, scratch);
    finding->settles = kept_settles(keeper, finding->settles, finding->settle_count);
    finding->citations =
        kept_citations(keeper, finding->citations, finding->citation_count);
}
