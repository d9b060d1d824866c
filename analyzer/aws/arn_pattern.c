#include "aws/arn_pattern.h"

#include "aws/like.h"
#include "aws/regions.h"

#include <string.h>

enum arn_part {
    PART_SCHEME,
    PART_PARTITION,
    PART_SERVICE,
    PART_REGION,
    PART_ACCOUNT,
    PART_TYPE,
    PART_NAME, /* with all that follows */
    PART_COUNT
};

struct arn_parts {
    struct str items[PART_COUNT];
    size_t count;
};

static struct arn_parts parts_of(struct str text)
{
    struct arn_parts parts = { 0 };

    while (text.text != NULL && parts.count < PART_NAME)
        parts.items[parts.count++] = str_next(&text, ':');
    if (text.text != NULL)
        parts.items[parts.count++] = text;
    return parts;
}

static bool is_wild(struct str text)
{
    return memchr(text.text, '*', text.len) != NULL ||
           memchr(text.text, '?', text.len) != NULL;
}

static bool is_stars(struct str text)
{
    size_t stars = 0;

    while (stars < text.len && text.text[stars] == '*')
        stars++;
    return stars == text.len && stars > 0;
}

/* Nothing stands behind a *. */
static bool has_stars_at_end_only(struct str text)
{
    const char *star = memchr(text.text, '*', text.len);

    return star == NULL ||
           is_stars(str_slice(text, (size_t)(star - text.text), text.len));
}

static bool may_be_rds(const struct arn_parts *parts)
{
    return patterns_overlap(parts->items[PART_SCHEME], STR("arn")) &&
           (parts->count <= PART_SERVICE + 1 ||
            patterns_overlap(parts->items[PART_SERVICE], STR("rds")));
}

static bool may_be_part(enum arn_part part, struct str text)
{
    switch (part) {
    case PART_SCHEME:
        return str_equal(text, STR("arn"));
    case PART_SERVICE:
        return patterns_overlap(text, STR("rds"));
    case PART_REGION:
        return is_wild(text) || is_region_name(text);
    case PART_ACCOUNT:
        return is_wild(text) || is_account_id(text);
    case PART_PARTITION:
    case PART_TYPE:
    case PART_NAME:
    case PART_COUNT:
        break;
    }
    return true;
}

/* Whether the parts before the last may be those of a database's ARN, so that no * but
 * the last has to stand for a colon. Of seven parts none has to: the ARN has as many.
 */
static bool is_head_of_arn(const struct arn_parts *parts)
{
    if (parts->count == PART_COUNT)
        return may_be_rds(parts);
    for (unsigned i = 0; i + 1 < parts->count; i++)
        if (!may_be_part(i, parts->items[i]))
            return false;
    return true;
}

static enum arn_level level_of(const struct arn_parts *parts)
{
    struct str type = parts->items[PART_TYPE];
    struct str last = parts->items[parts->count - 1];

    if (!is_head_of_arn(parts))
        return LEVEL_UNCLEAR;
    if (parts->count == PART_COUNT) {
        if (!is_wild(type))
            return is_wild(parts->items[PART_SERVICE]) ? LEVEL_UNCLEAR : LEVEL_TYPE;
        return is_stars(type) && is_stars(last) ? LEVEL_SERVICE : LEVEL_UNCLEAR;
    }
    if (parts->count == PART_TYPE + 1)
        return is_stars(last) ? LEVEL_SERVICE : LEVEL_UNCLEAR;
    return is_wild(last) && has_stars_at_end_only(last) ? LEVEL_SERVICE : LEVEL_UNCLEAR;
}

static bool is_inside(const struct arn_parts *parts)
{
    struct str last = parts->items[parts->count - 1];

    if (!is_head_of_arn(parts) || !has_stars_at_end_only(last))
        return true;
    if (parts->count < PART_COUNT) /* then a * stands for colons: this one */
        return memchr(last.text, '*', last.len) == NULL;
    return !is_stars(last) && memchr(parts->items[PART_TYPE].text, '*',
                                     parts->items[PART_TYPE].len) != NULL;
}

/* An ARN of a database has seven parts. A pattern of as many has to fit part by part;
 * one of fewer has a * that stands for colons. */
static unsigned kinds_of(struct str text)
{
    static const struct {
        enum database_kind kind;
        struct str type, form;
    } forms[] = {
        { DATABASE_INSTANCE, { "db", 2 }, { "arn:*:rds:*:*:db:*", 18 } },
        { DATABASE_CLUSTER, { "cluster", 7 }, { "arn:*:rds:*:*:cluster:*", 23 } },
    };
    const struct arn_parts parts = parts_of(text);
    unsigned kinds = 0;

    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        bool may = parts.count == PART_COUNT
                       ? may_be_rds(&parts) &&
                             patterns_overlap(parts.items[PART_TYPE], forms[i].type)
                       : patterns_overlap(text, forms[i].form);

        kinds |= may ? 1u << forms[i].kind : 0;
    }
    return kinds;
}

/* Of a type that is no service of its own, such as arn:aws:ec2:*, nothing is RDS's. */
static bool is_of_another_service(const struct arn_parts *parts)
{
    return parts->count > PART_SERVICE + 1 && !is_wild(parts->items[PART_SCHEME]) &&
           !is_wild(parts->items[PART_PARTITION]) &&
           !patterns_overlap(parts->items[PART_SERVICE], STR("rds"));
}

static void add_literal(struct arn_list *list, struct str *entry)
{
    void **slot = table_slot(&list->indices, *entry);

    if (*slot == NULL)
        *slot = entry;
    list->literal_kinds |= kinds_of(*entry);
}

void arn_list_compile(struct arena *arena, const struct str_list *entries,
                      struct arn_list *list)
{
    *list = (struct arn_list){ .entries = *entries, .indices = TABLE_EMPTY(arena) };
    list->patterns = arena_array(arena, entries->count, struct arn_pattern);
    for (size_t i = 0; i < entries->count; i++) {
        struct str text = entries->items[i];
        struct arn_parts parts = parts_of(text);

        if (text.text == NULL)
            continue;
        if (!is_wild(text)) {
            add_literal(list, &entries->items[i]);
            continue;
        }
        list->patterns[list->count++] = (struct arn_pattern){
            .text = text,
            .index = i,
            .kinds = is_of_another_service(&parts) ? 0 : kinds_of(text),
            .level = level_of(&parts),
            .is_inside = is_inside(&parts),
            .has_question_mark = memchr(text.text, '?', text.len) != NULL,
        };
    }
}

size_t arn_list_find(const struct arn_list *list, struct str arn)
{
    const struct str *entry =
        list->indices.count == 0 ? NULL : table_find(&list->indices, arn);

    return entry == NULL ? SIZE_MAX : (size_t)(entry - list->entries.items);
}

unsigned arn_list_kinds(const struct arn_list *list)
{
    unsigned kinds = list->literal_kinds;

    for (size_t i = 0; i < list->count; i++)
        kinds |= list->patterns[i].kinds;
    return kinds;
}

struct odds arn_pattern_odds(const struct arn_pattern *pattern, struct str arn)
{
    /* An ARN of RDS has no white space, so it does not matter that * takes none. */
    uint32_t worlds = like_with(arn, pattern->text, 0) == LIKE_YES ? WORLDS_ALL : 0;

    if (pattern->has_question_mark) {
        bool is_like = like_with(arn, pattern->text, LIKE_ONE) == LIKE_YES;

        worlds =
            (worlds & ~WORLDS_QUESTION_MARK) | (is_like ? WORLDS_QUESTION_MARK : 0);
    }
    return odds_of(pattern->is_inside ? worlds & WORLDS_WILDCARD_INSIDE : worlds);
}
