#include "aws/tag_condition.h"

#include "aws/like.h"

#include <stdlib.h>
#include <string.h>

/* ---- to compile ------------------------------------------------------------------ */

static const struct str prefix = { "aws:ResourceTag/", 16 };

static const struct operator_row {
    struct str word;
    enum tag_comparison comparison;
} operator_rows[] = {
    { { "StringEquals", 12 }, TAG_EQUALS },
    { { "StringNotEquals", 15 }, TAG_NOT_EQUALS },
    { { "StringLike", 10 }, TAG_LIKE },
    { { "StringNotLike", 13 }, TAG_NOT_LIKE },
};

static enum tag_comparison operator_of(struct str word,
                                       bool (*fits)(struct str left, struct str right))
{
    for (size_t i = 0; i < COUNT_OF(operator_rows); i++)
        if (word.text != NULL && fits(word, operator_rows[i].word))
            return operator_rows[i].comparison;
    return TAG_OTHER;
}

static bool has_prefix(struct str key)
{
    return key.len >= prefix.len &&
           str_equal_ignoring_case(str_slice(key, 0, prefix.len), prefix);
}

static size_t stars_from(struct str text, size_t at)
{
    while (at < text.len && text.text[at] == '*')
        at++;
    return at;
}

static void compile(struct tag_condition *condition)
{
    const struct str key = condition->written_key, value = condition->value;
    size_t literal = 0;

    while (literal < value.len && value.text[literal] != '*' &&
           value.text[literal] != '?')
        literal++;
    condition->key =
        tag_key(has_prefix(key) ? str_slice(key, prefix.len, key.len) : key);
    condition->literal_bytes = literal;
    condition->is_beginning =
        literal < value.len && stars_from(value, literal) == value.len;
    condition->is_stars = condition->is_beginning && literal == 0;
    condition->has_question_mark = memchr(value.text, '?', value.len) != NULL;
    condition->is_impossible = false;
}

void tag_entries_compile(struct tag_condition *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tag_condition *entry = &entries[i];

        compile(entry);
        entry->comparison =
            operator_of(entry->written_comparison, str_equal_ignoring_case);
        /* The API's word, and the one that the JSON guide's examples have. */
        entry->is_other_type =
            !str_same(entry->written_comparison, STR("STRINGEQUALS")) &&
            !str_same(entry->written_comparison, STR("StringEquals"));
        entry->is_key_doubtful = has_prefix(entry->written_key);
    }
}

static int compare_conditions(const void *left, const void *right)
{
    const struct tag_condition *a = left, *b = right;

    if (a->comparison != b->comparison)
        return a->comparison < b->comparison ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* ---- whether some tag fits ------------------------------------------------------- */

static bool has_key_of(const struct tag_condition *condition,
                       const struct tag_condition *first)
{
    return condition->comparison != TAG_OTHER &&
           str_equal(condition->key.text, first->key.text);
}

/* All conditions of the key of `first`, which begin with it. */
struct same_key {
    const struct tag_condition *first;
    size_t count; /* of the conditions from it on, of which some have its key */
};

static bool all_fit(struct same_key keyed, enum tag_state state, struct str value)
{
    struct odds odds = odds_if(true);

    for (size_t i = 0; i < keyed.count; i++)
        if (has_key_of(&keyed.first[i], keyed.first))
            odds = odds_and(
                odds, tag_condition_odds(&keyed.first[i], state, value, odds_maybe()));
    return odds.may != 0;
}

/* A byte that stands in none of its values; NUL: there is none. */
static char fresh_byte(struct same_key keyed)
{
    static const char bytes[] = "abcdefghijklmnopqrstuvwxyz";
    size_t at = 0;

    for (size_t i = 0; i < keyed.count && at < sizeof bytes - 1; i++) {
        struct str value = keyed.first[i].value;

        if (memchr(value.text, bytes[at], value.len) != NULL) {
            at++;
            i = SIZE_MAX; /* from the first again */
        }
    }
    return bytes[at];
}

/* If another pattern fits a text that has a fresh byte for each * of this one, it fits
 * all texts that this one fits: the byte can only have been one of its own *. */
static bool pattern_fits(struct arena *arena, struct same_key keyed, struct str pattern,
                         char byte)
{
    struct str text = str_copy(arena, pattern), other = str_copy(arena, pattern);
    char *texts[] = { arena_copy(arena, text.text, text.len),
                      arena_copy(arena, other.text, other.len) };

    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.text[i] == '*')
            texts[0][i] = texts[1][i] = byte;
        else if (pattern.text[i] == '?')
            texts[1][i] = byte;
    }
    return all_fit(keyed, TAG_TEXT, (struct str){ texts[0], pattern.len }) ||
           all_fit(keyed, TAG_TEXT, (struct str){ texts[1], pattern.len });
}

static bool has_pattern_apart(struct same_key keyed, const struct tag_condition *one)
{
    for (size_t i = 0; i < keyed.count; i++) {
        const struct tag_condition *other = &keyed.first[i];

        if (other->comparison == TAG_LIKE && has_key_of(other, keyed.first) &&
            !patterns_overlap(one->value, other->value))
            return true;
    }
    return false;
}

/* In no reading of its key it holds for another text. */
static bool is_one_text(const struct tag_condition *condition)
{
    return condition->comparison == TAG_EQUALS ||
           (condition->comparison == TAG_LIKE && !condition->has_question_mark &&
            memchr(condition->value.text, '*', condition->value.len) == NULL);
}

/* Says yes where it would take more than to try a text for each. */
static bool may_all_fit(struct arena *arena, struct same_key keyed)
{
    const char byte = fresh_byte(keyed);
    size_t patterns = 0;

    if (all_fit(keyed, TAG_ABSENT, STR_NONE))
        return true;
    for (size_t i = 0; i < keyed.count; i++) {
        const struct tag_condition *one = &keyed.first[i];

        if (!has_key_of(one, keyed.first))
            continue;
        if (is_one_text(one)) /* the only text that can fit */
            return all_fit(keyed, TAG_TEXT, one->value);
        if (one->comparison != TAG_LIKE)
            continue;
        if (has_pattern_apart(keyed, one))
            return false;
        if (byte == '\0' || pattern_fits(arena, keyed, one->value, byte))
            return true;
        patterns++;
    }
    return patterns != 1;
}

void tag_conditions_compile(struct arena *arena, struct tag_condition *conditions,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tag_condition *condition = &conditions[i];

        compile(condition);
        condition->comparison = operator_of(condition->written_comparison, str_equal);
        condition->is_other_type = condition->comparison == TAG_OTHER;
        condition->is_key_doubtful = !str_starts_with(condition->written_key, prefix);
    }
    if (count > 0)
        qsort(conditions, count, sizeof *conditions, compare_conditions);
    for (size_t i = 0; i < count; i++) {
        struct same_key keyed = { &conditions[i], count - i };
        bool is_first = has_key_of(&conditions[i], &conditions[i]);

        for (size_t earlier = 0; earlier < i && is_first; earlier++)
            is_first = !has_key_of(&conditions[earlier], &conditions[i]);
        if (is_first)
            conditions[i].is_impossible = !may_all_fit(arena, keyed);
    }
}

/* ---- to judge -------------------------------------------------------------------- */

/* Whether * stands for white space is open for "*" alone, and for what is negated. For
 * other patterns it does not; what Unicode has besides ASCII may be none. */
static uint32_t like_worlds(const struct tag_condition *condition, struct str text,
                            unsigned sign)
{
    const unsigned none = LIKE_NO_SPACE | LIKE_NO_OTHER_SPACE;
    const unsigned some = condition->is_stars || condition->comparison == TAG_NOT_LIKE
                              ? 0
                              : LIKE_NO_SPACE;
    uint32_t worlds = 0;

    if (!str_starts_with(text,
                         str_slice(condition->value, 0, condition->literal_bytes)))
        return 0;
    if (!has_white_space(text)) {
        bool is_like = condition->is_beginning ||
                       like_with(text, condition->value, sign) == LIKE_YES;

        return is_like ? WORLDS_ALL : 0;
    }
    if (like_with(text, condition->value, sign | none) == LIKE_YES)
        worlds |= ~WORLDS_WHITE_SPACE;
    if (like_with(text, condition->value, sign | some) == LIKE_YES)
        worlds |= WORLDS_WHITE_SPACE;
    return worlds;
}

static struct odds like_odds(const struct tag_condition *condition, struct str text)
{
    uint32_t worlds = like_worlds(condition, text, 0);

    if (condition->has_question_mark)
        worlds = (worlds & ~WORLDS_QUESTION_MARK) |
                 (like_worlds(condition, text, LIKE_ONE) & WORLDS_QUESTION_MARK);
    return odds_of(worlds);
}

static struct odds operator_odds(const struct tag_condition *condition,
                                 enum tag_state state, struct str value)
{
    switch (condition->comparison) {
    case TAG_EQUALS:
        return odds_if(state == TAG_TEXT && str_equal(value, condition->value));
    case TAG_NOT_EQUALS:
        return odds_if(state == TAG_ABSENT || !str_equal(value, condition->value));
    case TAG_LIKE:
        return state == TAG_TEXT ? like_odds(condition, value) : odds_if(false);
    case TAG_NOT_LIKE:
        return state == TAG_TEXT ? odds_not(like_odds(condition, value))
                                 : odds_if(true);
    case TAG_OTHER:
        break;
    }
    return odds_maybe();
}

struct odds tag_condition_odds(const struct tag_condition *condition,
                               enum tag_state state, struct str value, struct odds open)
{
    struct odds odds =
        state == TAG_OPEN ? open : operator_odds(condition, state, value);

    if (!condition->is_key_doubtful)
        return odds;
    return odds_choose(WORLDS_KEY_OF_NONE,
                       odds_choose(WORLDS_KEY_NEVER, odds_if(false),
                                   operator_odds(condition, TAG_ABSENT, STR_NONE)),
                       odds);
}

bool tag_entry_fits(const struct tag_condition *entry, enum tag_state state,
                    struct str value)
{
    bool is_equal = state == TAG_TEXT && str_equal(value, entry->value);

    return is_equal ||
           (entry->is_other_type && operator_odds(entry, state, value).may != 0);
}
