/*
 * tag_condition.h - private to aws/: the tags that a selection asks for, in Conditions
 * and in ListOfTags.
 *
 * What the guides leave open:
 * - In Conditions a key has the prefix aws:ResourceTag/, in ListOfTags it has none. The
 *   API's reference shows both forms in both places.
 * - * in the value of StringLike stands for no white space. For "*" alone, and for
 *   StringNotLike, the console's guide and the JSON guide disagree.
 * - ? is documented nowhere.
 * - ListOfTags has one type of condition, STRINGEQUALS.
 * What two examples of the JSON guide settle by their headings: a negated condition
 * holds for a resource that has no such tag. Sources:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 * and https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Conditions.html
 */
#ifndef AWS_TAG_CONDITION_H
#define AWS_TAG_CONDITION_H

#include "aws/odds.h"
#include "aws/tags.h"

/* In this order Conditions are looked at. */
enum tag_comparison {
    TAG_EQUALS,
    TAG_NOT_EQUALS,
    TAG_LIKE,
    TAG_NOT_LIKE,
    TAG_OTHER, /* none that AWS documents */
};

struct tag_condition {
    struct str written_comparison,
        written_key; /* the comparison absent: there is none */
    struct str value;

    /* Compiled: */
    size_t index; /* among those given, from 0 */
    enum tag_comparison comparison;
    struct tag_key key;   /* of the tag */
    bool is_other_type;   /* of ListOfTags: a type that is not documented */
    bool is_key_doubtful; /* Conditions: without its prefix; ListOfTags: with it */
    bool is_stars;        /* its value is * alone */
    bool has_question_mark;
    size_t literal_bytes; /* of its value, before its first wildcard */
    bool is_beginning;    /* behind them stand * alone */
    bool is_impossible;   /* no tag fits all the conditions of its key */
};

/* Conditions, compiled where they are: in the order in which they are looked at. */
void tag_conditions_compile(struct arena *arena, struct tag_condition *conditions,
                            size_t count);
/* The same of ListOfTags, which keep their order. */
void tag_entries_compile(struct tag_condition *entries, size_t count);

/* Of a condition in Conditions whose comparison is documented; `open`: what holds where
 * the tag is open. */
struct odds tag_condition_odds(const struct tag_condition *condition,
                               enum tag_state state, struct str value,
                               struct odds open);

/* Whether an entry of ListOfTags fits a tag that is not open; where its type is
 * another, whether it does by some reading. */
bool tag_entry_fits(const struct tag_condition *entry, enum tag_state state,
                    struct str value);

#endif
