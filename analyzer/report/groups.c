#include "report/groups.h"

#include "explain/message.h"

#include <inttypes.h>
#include <string.h>

/* Whether what stands there is a part of a path, a name or an ARN. */
static bool is_in_name(char before, char behind)
{
    return before == '/' || before == '-' || before == '_' || before == ':' ||
           behind == '/' || behind == '-' || behind == '_';
}

/* Whether `word` stands at that place as a whole word; *in_name: of more words. */
static bool stands_at(struct str text, size_t at, struct str word, bool *in_name)
{
    size_t end = at + word.len;
    char before = ' ', behind = ' ';

    if (at > 0)
        before = text.text[at - 1];
    if (end < text.len)
        behind = text.text[end];
    if (word.len == 0 || end > text.len || is_word_byte(before) || is_word_byte(behind))
        return false;
    *in_name = is_in_name(before, behind);
    return str_equal(str_slice(text, at, end), word);
}

static void add_pattern(struct buf *buf, struct str text, struct str account,
                        struct str region)
{
    bool in_name = false;

    for (size_t at = 0; at < text.len;) {
        if (stands_at(text, at, account, &in_name)) {
            buf_add(buf, in_name ? STR("ACCOUNT") : STR("the account"));
            at += account.len;
        } else if (stands_at(text, at, region, &in_name)) {
            buf_add(buf, in_name ? STR("REGION") : STR("the region"));
            at += region.len;
        } else {
            buf_add_byte(buf, text.text[at++]);
        }
    }
}

struct str group_kind(struct arena *arena, const struct finding *finding,
                      const char *text)
{
    struct buf pattern = BUF_EMPTY(arena), kind = BUF_EMPTY(arena);
    struct str str;

    add_pattern(&pattern, str_from(text), finding->account, finding->region);
    str = buf_str(&pattern);
    for (size_t i = 0; i < str.len; i++) {
        if (!is_digit(str.text[i]))
            buf_add_byte(&kind, str.text[i]);
        else if (i == 0 || !is_digit(str.text[i - 1]))
            buf_add_byte(&kind, '#');
    }
    return buf_str(&kind);
}

static void add_text(struct buf *key, const struct finding *finding, const char *text)
{
    add_pattern(key, str_from(text), finding->account, finding->region);
    buf_add_byte(key, '\0');
}

/* Of what no rule found: what is missing, with all that is said of it. */
static void add_words(struct buf *key, const struct finding *finding)
{
    add_text(key, finding, finding->message);
    for (size_t i = 0; i < finding->reason_count; i++)
        add_text(key, finding, reason_text(key->arena, &finding->reasons[i]));
}

/* Of a rule's finding: a run of reasons or commands of one kind is one. */
static void add_kinds(struct buf *key, const struct finding *finding)
{
    enum code code = CODE_COUNT;
    const struct type *type = NULL;

    buf_printf(key, "%" PRIx64 "\n", finding->rows);
    for (size_t i = 0; i < finding->assumption_count; i++)
        if (reason_may_be(&finding->assumptions[i], ALOUD))
            buf_printf(key, "%s,", code_name(reason_code(&finding->assumptions[i])));
    buf_add_byte(key, '\n');
    for (size_t i = 0; i < finding->reason_count; i++) {
        if (code != reason_code(&finding->reasons[i]))
            buf_printf(key, "%s,", code_name(reason_code(&finding->reasons[i])));
        code = reason_code(&finding->reasons[i]);
    }
    buf_add_byte(key, '\n');
    for (size_t i = 0; i < finding->settle_count; i++) {
        if (finding->settles[i].type != type)
            buf_printf(key, "%.*s,", STR_ARG(finding->settles[i].type->name));
        type = finding->settles[i].type;
    }
}

static struct str explanation(struct arena *scratch, const struct finding *finding)
{
    struct buf key = BUF_EMPTY(scratch);

    if (finding->rows == 0)
        add_words(&key, finding);
    else
        add_kinds(&key, finding);
    return buf_str(&key);
}

void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups)
{
    struct arena scratch = ARENA_EMPTY;
    struct table by_explanation = TABLE_EMPTY(arena);

    *groups = (struct group_list){ 0 };
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &findings[i];
        struct group *group;
        void **slot;

        if (finding->result != result)
            continue;
        slot = table_slot(&by_explanation, explanation(&scratch, finding));
        arena_reset(&scratch);
        if (*slot == NULL) {
            groups->items = arena_grow(arena, groups->items, groups->count,
                                       &groups->capacity, sizeof(struct group *));
            *slot = groups->items[groups->count++] = arena_new(arena, struct group);
        }
        group = *slot;
        group->findings = arena_grow(arena, (void *)group->findings, group->count,
                                     &group->capacity, sizeof(const struct finding *));
        group->findings[group->count++] = finding;
        group->accounts_differ =
            group->accounts_differ ||
            !str_equal(group->findings[0]->account, finding->account);
        group->regions_differ = group->regions_differ ||
                                !str_equal(group->findings[0]->region, finding->region);
    }
    arena_release(&scratch);
}

const char *group_message(struct arena *arena, const struct group *group)
{
    const struct finding *first = group->findings[0];

    if (group->count == 1)
        return first->message;
    if (first->rows == 0)
        return group_text(arena, group, first, first->message);
    return message_join(arena, group->findings, group->count);
}

const char *group_text(struct arena *arena, const struct group *group,
                       const struct finding *finding, const char *text)
{
    struct buf pattern = BUF_EMPTY(arena);
    struct str account = group->accounts_differ ? finding->account : STR_NONE;
    struct str region = group->regions_differ ? finding->region : STR_NONE;

    add_pattern(&pattern, str_from(text), account, region);
    return buf_str(&pattern).text;
}
