#include "report/groups.h"

static bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

/* Whether what stands beside such a byte is a part of a path or of a name. */
static bool joins_names(char byte)
{
    return byte == '/' || byte == '-' || byte == '_';
}

/* Whether `word` stands at that place as a whole word; *joined: in a path or a name. */
static bool stands_at(struct str text, size_t at, struct str word, bool *joined)
{
    size_t end = at + word.len;
    char before = ' ', behind = ' ';

    if (at > 0)
        before = text.text[at - 1];
    if (end < text.len)
        behind = text.text[end];
    if (word.len == 0 || end > text.len || is_word_byte(before) || is_word_byte(behind))
        return false;
    *joined = joins_names(before) || joins_names(behind);
    return str_equal(str_slice(text, at, end), word);
}

static void add_pattern(struct buf *buf, struct str text, struct str account,
                        struct str region)
{
    bool joined = false;

    for (size_t at = 0; at < text.len;) {
        if (stands_at(text, at, account, &joined)) {
            buf_add(buf, joined ? STR("ACCOUNT") : STR("the account"));
            at += account.len;
        } else if (stands_at(text, at, region, &joined)) {
            buf_add(buf, joined ? STR("REGION") : STR("the region"));
            at += region.len;
        } else {
            buf_add_byte(buf, text.text[at++]);
        }
    }
}

static void add_part(struct buf *key, const struct finding *finding, const char *text)
{
    add_pattern(key, str_from(text), finding->account, finding->region);
    buf_add_byte(key, '\0');
}

/* What is said of a finding, less whom it is said of. */
static struct str explanation(struct arena *arena, const struct finding *finding)
{
    struct buf key = BUF_EMPTY(arena);

    add_part(&key, finding, finding->message);
    for (size_t i = 0; i < finding->assumption_count; i++)
        if (finding->assumptions[i].aloud)
            add_part(&key, finding, finding->assumptions[i].text);
    buf_add_byte(&key, '\n');
    for (size_t i = 0; i < finding->reason_count; i++)
        add_part(&key, finding, finding->reasons[i].text);
    return buf_str(&key);
}

void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups)
{
    struct table by_explanation = TABLE_EMPTY(arena);

    *groups = (struct group_list){ 0 };
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &findings[i];
        struct group *group;
        void **slot;

        if (finding->result != result)
            continue;
        slot = table_slot(&by_explanation, explanation(arena, finding));
        if (*slot == NULL) {
            groups->items = arena_grow(arena, groups->items, groups->count,
                                       &groups->capacity, sizeof(struct group *));
            *slot = groups->items[groups->count++] = arena_new(arena, struct group);
        }
        group = *slot;
        group->findings = arena_grow(arena, (void *)group->findings, group->count,
                                     &group->capacity, sizeof(const struct finding *));
        group->findings[group->count++] = finding;
    }
}

const char *group_text(struct arena *arena, const struct group *group, const char *text)
{
    struct buf pattern = BUF_EMPTY(arena);
    const struct finding *first = group->findings[0];
    struct str account = STR_NONE, region = STR_NONE;

    for (size_t i = 1; i < group->count; i++) {
        if (!str_equal(group->findings[i]->account, first->account))
            account = first->account;
        if (!str_equal(group->findings[i]->region, first->region))
            region = first->region;
    }
    add_pattern(&pattern, str_from(text), account, region);
    return buf_str(&pattern).text;
}
