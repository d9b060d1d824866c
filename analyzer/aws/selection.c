#include "aws/selector.h"

#include <assert.h>

/* What is judged, in some of the worlds, and with some doubts taken for settled. */
struct inquiry {
    const struct selector *selector;
    const struct backup_plan *plan;
    const struct database *database;
    const struct opt_ins *opt_ins;

    uint32_t worlds;
    uint32_t held, failed; /* doubts that are settled so, as bits of their codes */

    uint32_t met;         /* doubts that were met, as bits */
    bool has_choices;     /* something differs among the worlds */
    bool has_missing_tag; /* a negated condition holds since the tag is missing */

    bool has_conditions; /* `conditions` is made */
    struct odds conditions;
    size_t failing; /* the first condition that fails, or may */

    /* Of all entries together: */
    struct odds matched; /* one matches */
    struct odds kept;    /* and the conditions hold */
    struct odds run;     /* and its opt-in is on */

    struct arm {
        enum selection_list list;
        size_t index;
        enum selection_code code;
    } first, certain; /* that may match; that does, and all else holds for it */
};

static bool is_possible(const struct inquiry *inquiry, struct odds odds)
{
    return (odds.may & inquiry->worlds) != 0;
}

static bool is_certain(const struct inquiry *inquiry, struct odds odds)
{
    return (odds.may_not & inquiry->worlds) == 0;
}

static struct odds doubt(struct inquiry *inquiry, enum selection_code code)
{
    const uint32_t bit = 1u << code;

    inquiry->met |= bit;
    if ((inquiry->held & bit) != 0)
        return odds_if(true);
    return (inquiry->failed & bit) != 0 ? odds_if(false) : odds_maybe();
}

static struct odds noted(struct inquiry *inquiry, struct odds odds)
{
    if ((odds.may != 0 && odds.may != WORLDS_ALL) ||
        (odds.may_not != 0 && odds.may_not != WORLDS_ALL))
        inquiry->has_choices = true;
    return odds;
}

/* ---- tags ------------------------------------------------------------------------ */

/* With the tag `taken`, if it is not NULL, whatever else is known. */
static struct odds condition_odds(struct inquiry *inquiry,
                                  const struct tag_condition *condition,
                                  const struct tag *taken)
{
    struct str value = STR_NONE;
    struct odds open = odds_if(false);
    enum tag_state state;

    if (condition->comparison == TAG_OTHER)
        return doubt(inquiry, SELECTION_CONDITION_TYPE);
    if (taken != NULL && str_equal(taken->key, condition->key.text)) {
        state = TAG_TEXT;
        value = taken->value;
    } else {
        state = tags_find(&inquiry->database->tags, condition->key, &value);
    }
    if (state == TAG_OPEN && condition->is_impossible)
        return odds_if(false);
    if (state == TAG_OPEN)
        open = doubt(inquiry, SELECTION_TAGS_NOT_COLLECTED);
    if (state == TAG_ABSENT && (condition->comparison == TAG_NOT_EQUALS ||
                                condition->comparison == TAG_NOT_LIKE))
        inquiry->has_missing_tag = true;
    return noted(inquiry, tag_condition_odds(condition, state, value, open));
}

/* All of them. *failing becomes the first that fails, or, if none does alone, may. */
static struct odds conditions_odds(struct inquiry *inquiry, const struct tag *taken,
                                   size_t *failing)
{
    const struct selector *selector = inquiry->selector;
    struct odds all = odds_if(true);

    *failing = SIZE_MAX;
    for (size_t i = 0; i < selector->condition_count && is_possible(inquiry, all);
         i++) {
        struct odds one = condition_odds(inquiry, &selector->conditions[i], taken);

        if (!is_possible(inquiry, one) ||
            (*failing == SIZE_MAX && !is_certain(inquiry, one)))
            *failing = i;
        all = odds_and(all, one);
    }
    return selector->is_conditions_open
               ? odds_and(all, doubt(inquiry, SELECTION_NOT_READ))
               : all;
}

/* ---- opt-ins --------------------------------------------------------------------- */

/* That the opt-in of the database's type is on. */
static struct odds opt_in_odds(struct inquiry *inquiry)
{
    const struct database_traits *traits = &inquiry->database->traits;
    enum opt_in opt_in = inquiry->opt_ins->of[traits->type];
    bool is_the_same = true;

    if (inquiry->plan->is_organization)
        return doubt(inquiry, SELECTION_OPT_IN_NOT_COLLECTED);
    for (size_t i = 0; i < OPT_IN_TYPE_COUNT && !traits->has_type; i++)
        is_the_same = is_the_same && inquiry->opt_ins->of[i] == opt_in;
    if (!is_the_same)
        return doubt(inquiry, traits->support == SUPPORT_UNREAD
                                  ? SELECTION_RESOURCE_NOT_READ
                                  : SELECTION_SUPPORT_UNCLEAR);
    return opt_in == OPT_IN_UNKNOWN ? doubt(inquiry, SELECTION_OPT_IN_NOT_COLLECTED)
                                    : odds_if(opt_in == OPT_IN_ON);
}

/* That the opt-in does not count for what is named by its type. */
static struct odds named_odds(struct inquiry *inquiry)
{
    switch (inquiry->database->traits.rule) {
    case OPT_IN_IGNORED:
        return odds_if(true);
    case OPT_IN_NEEDED:
        break;
    case OPT_IN_SHARED:
        return doubt(inquiry, SELECTION_OPT_IN_SHARED);
    }
    return odds_if(false);
}

static struct odds level_odds(struct inquiry *inquiry, enum arn_level level)
{
    struct odds is_on = opt_in_odds(inquiry);

    switch (level) {
    case LEVEL_TYPE:
        return odds_or(is_on, named_odds(inquiry));
    case LEVEL_SERVICE:
        break;
    case LEVEL_UNCLEAR:
        return odds_or(is_on, odds_and(doubt(inquiry, SELECTION_OPT_IN_PATTERN),
                                       named_odds(inquiry)));
    }
    return is_on;
}

/* Of what ListOfTags takes alone, beside Resources that do not: the API's reference has
 * it that opt-ins are disregarded where a type and tags are given; but not for types of
 * which they always count. */
static struct odds tag_level_odds(struct inquiry *inquiry, struct odds in_resources)
{
    struct odds is_on = opt_in_odds(inquiry);

    if (!inquiry->selector->has_resources ||
        inquiry->database->traits.rule == OPT_IN_NEEDED)
        return is_on;
    return odds_or(is_on, odds_and(odds_not(in_resources),
                                   doubt(inquiry, SELECTION_OPT_IN_MIXED)));
}

/* ---- entries --------------------------------------------------------------------- */

static bool is_before(const struct arm *left, const struct arm *right)
{
    return left->list != right->list ? left->list < right->list
                                     : left->index < right->index;
}

static void keep_first(struct arm *kept, const struct arm *arm)
{
    if (kept->list == LIST_NONE || is_before(arm, kept))
        *kept = *arm;
}

/* `taken`: the tag that it takes for given. */
static void add_arm(struct inquiry *inquiry, const struct arm *arm, struct odds match,
                    struct odds opt_in, const struct tag *taken)
{
    struct odds kept, run;
    size_t failing;

    if (!is_possible(inquiry, match))
        return;
    if (!inquiry->has_conditions) {
        inquiry->has_conditions = true;
        inquiry->conditions = conditions_odds(inquiry, NULL, &inquiry->failing);
    }
    kept = odds_and(match, taken != NULL ? conditions_odds(inquiry, taken, &failing)
                                         : inquiry->conditions);
    run = odds_and(kept, opt_in);
    inquiry->matched = odds_or(inquiry->matched, match);
    inquiry->kept = odds_or(inquiry->kept, kept);
    inquiry->run = odds_or(inquiry->run, run);
    if (arm->list != LIST_NONE)
        keep_first(&inquiry->first, arm);
    if (arm->list != LIST_NONE && is_certain(inquiry, run))
        keep_first(&inquiry->certain, arm);
}

static void add_pattern(struct inquiry *inquiry, const struct arn_pattern *pattern)
{
    const struct arm arm = { LIST_RESOURCES, pattern->index,
                             pattern->level == LEVEL_SERVICE ? SELECTION_EVERYTHING
                                                             : SELECTION_ARN_PATTERN };
    const struct database *database = inquiry->database;
    struct odds match = odds_if(false);

    if (database->arn.text != NULL)
        match = noted(inquiry, arn_pattern_odds(pattern, database->arn));
    else if ((pattern->kinds & 1u << database->kind) != 0)
        match = doubt(inquiry, SELECTION_RESOURCE_NOT_READ);
    if (match.may != 0)
        add_arm(inquiry, &arm, match, level_odds(inquiry, pattern->level), NULL);
}

static void add_resources(struct inquiry *inquiry)
{
    const struct selector *selector = inquiry->selector;
    const struct database *database = inquiry->database;
    const struct arm none = { LIST_NONE, 0, SELECTION_ARN };
    size_t found = SIZE_MAX;

    if (database->arn.text != NULL)
        found = arn_list_find(&selector->resources, database->arn);
    else if ((selector->resources.literal_kinds & 1u << database->kind) != 0)
        add_arm(inquiry, &none, doubt(inquiry, SELECTION_RESOURCE_NOT_READ),
                level_odds(inquiry, LEVEL_TYPE), NULL);
    if (found != SIZE_MAX)
        add_arm(inquiry, &(struct arm){ LIST_RESOURCES, found, SELECTION_ARN },
                odds_if(true), level_odds(inquiry, LEVEL_TYPE), NULL);
    for (size_t i = 0; i < selector->resources.count; i++)
        add_pattern(inquiry, &selector->resources.patterns[i]);
    if (selector->is_resources_open) {
        add_arm(
            inquiry, &none, doubt(inquiry, SELECTION_NOT_READ),
            odds_or(opt_in_odds(inquiry),
                    odds_and(doubt(inquiry, SELECTION_NOT_READ), named_odds(inquiry))),
            NULL);
    }
    if (selector->has_no_criteria)
        add_arm(inquiry, &none, doubt(inquiry, SELECTION_NO_CRITERIA),
                level_odds(inquiry, LEVEL_SERVICE), NULL);
}

static struct odds entry_odds(struct inquiry *inquiry,
                              const struct tag_condition *entry, enum tag_state state,
                              struct str value)
{
    struct odds odds;

    if (state == TAG_OPEN)
        odds = doubt(inquiry, SELECTION_TAGS_NOT_COLLECTED);
    else
        odds = odds_if(tag_entry_fits(entry, state, value));
    if (odds.may != 0 && entry->is_other_type)
        odds = odds_and(odds, doubt(inquiry, SELECTION_CONDITION_TYPE));
    if (odds.may != 0 && entry->is_key_doubtful)
        odds = odds_and(odds, doubt(inquiry, SELECTION_ENTRY_KEY_PREFIXED));
    return odds;
}

static void add_list_of_tags(struct inquiry *inquiry)
{
    const struct selector *selector = inquiry->selector;
    const struct odds in_resources = inquiry->matched;

    for (size_t i = 0; i < selector->entry_count; i++) {
        const struct tag_condition *entry = &selector->entries[i];
        const struct arm arm = { LIST_OF_TAGS, i, SELECTION_TAG };
        const struct tag taken = { .key = entry->key.text, .value = entry->value };
        struct str value = STR_NONE;
        enum tag_state state = tags_find(&inquiry->database->tags, entry->key, &value);
        struct odds match = entry_odds(inquiry, entry, state, value);

        if (match.may != 0)
            add_arm(inquiry, &arm, match, tag_level_odds(inquiry, in_resources),
                    state == TAG_OPEN && !entry->is_other_type ? &taken : NULL);
    }
    if (selector->is_entries_open)
        add_arm(inquiry, &(struct arm){ LIST_NONE, 0, SELECTION_TAG },
                doubt(inquiry, SELECTION_NOT_READ),
                tag_level_odds(inquiry, in_resources), NULL);
}

static struct odds excluded_odds(struct inquiry *inquiry, size_t *index)
{
    const struct selector *selector = inquiry->selector;
    const struct arn_list *list = &selector->not_resources;
    const struct database *database = inquiry->database;
    bool is_known = database->arn.text != NULL;
    struct odds odds = odds_if(false);

    *index = is_known ? arn_list_find(list, database->arn) : SIZE_MAX;
    if (*index != SIZE_MAX)
        odds = odds_if(true);
    else if (!is_known && (list->literal_kinds & 1u << database->kind) != 0)
        odds = doubt(inquiry, SELECTION_RESOURCE_NOT_READ);
    for (size_t i = 0; i < list->count; i++) {
        const struct arn_pattern *pattern = &list->patterns[i];
        struct odds one = odds_if(false);

        if (is_known)
            one = noted(inquiry, arn_pattern_odds(pattern, database->arn));
        else if ((pattern->kinds & 1u << database->kind) != 0)
            one = doubt(inquiry, SELECTION_RESOURCE_NOT_READ);
        if (is_possible(inquiry, one) && pattern->index < *index)
            *index = pattern->index;
        odds = odds_or(odds, one);
    }
    return selector->is_not_resources_open
               ? odds_or(odds, doubt(inquiry, SELECTION_NOT_READ))
               : odds;
}

/* ---- together -------------------------------------------------------------------- */

/* What the plan and the database have to be, besides what the selection says. */
static struct odds given_odds(struct inquiry *inquiry)
{
    const struct database_traits *traits = &inquiry->database->traits;
    struct odds odds = odds_if(true);

    if (traits->membership == MEMBERSHIP_UNKNOWN)
        odds = odds_and(odds, doubt(inquiry, SELECTION_MEMBERSHIP_UNKNOWN));
    if (inquiry->plan->state == PLAN_NOT_READ)
        odds = odds_and(odds, doubt(inquiry, SELECTION_PLAN_NOT_READ));
    if (traits->support == SUPPORT_UNCLEAR)
        odds = odds_and(odds, doubt(inquiry, SELECTION_SUPPORT_UNCLEAR));
    if (traits->support == SUPPORT_UNREAD)
        odds = odds_and(odds, doubt(inquiry, SELECTION_RESOURCE_NOT_READ));
    return odds;
}

static struct selection_result result_of(enum selection_answer answer,
                                         const struct arm *arm)
{
    return (struct selection_result){
        .answer = answer, .code = arm->code, .list = arm->list, .index = arm->index
    };
}

static struct selection_result not_selected(enum selection_code code)
{
    return (struct selection_result){ .answer = NOT_SELECTED, .code = code };
}

/* The first step that none of the worlds passes says why. */
static struct selection_result refused(const struct inquiry *inquiry, struct odds left,
                                       size_t excluding)
{
    const struct arm no_arm = { LIST_NONE, 0, SELECTION_OPT_IN_OFF };
    struct arm arm = inquiry->first;

    if (!is_possible(inquiry, inquiry->matched))
        return not_selected(SELECTION_NO_MATCH);
    if (!is_possible(inquiry, inquiry->kept)) {
        arm = (struct arm){ LIST_CONDITIONS, inquiry->failing, SELECTION_CONDITION };
        if (inquiry->failing == SIZE_MAX)
            arm.list = LIST_NONE;
        return result_of(NOT_SELECTED, &arm);
    }
    if (!is_possible(inquiry, left)) {
        arm = (struct arm){ LIST_NOT_RESOURCES, excluding, SELECTION_NOT_RESOURCES };
        if (excluding == SIZE_MAX)
            arm.list = LIST_NONE;
        /* Without criteria there may be nothing that it is excluded from. */
        return result_of(inquiry->selector->has_no_criteria ? NOT_SELECTED : EXCLUDED,
                         &arm);
    }
    arm = arm.list == LIST_NONE ? no_arm : arm;
    arm.code = SELECTION_OPT_IN_OFF;
    return result_of(NOT_SELECTED, &arm);
}

/* Without the doubts that it depends on. */
static struct selection_result judge(struct inquiry *inquiry)
{
    struct odds included, left, selected;
    struct selection_result result;
    size_t excluding = SIZE_MAX;

    add_resources(inquiry);
    add_list_of_tags(inquiry);
    if (!is_possible(inquiry, inquiry->kept))
        return refused(inquiry, inquiry->kept, excluding);
    included = odds_not(excluded_odds(inquiry, &excluding));
    left = odds_and(inquiry->kept, included);
    selected = odds_and(inquiry->run, included);
    selected = odds_and(selected, given_odds(inquiry));
    if (!is_possible(inquiry, selected))
        return refused(inquiry, left, excluding);
    if (!is_certain(inquiry, selected))
        return (struct selection_result){ .answer = UNDETERMINED };
    result = result_of(SELECTED, inquiry->certain.list != LIST_NONE ? &inquiry->certain
                                                                    : &inquiry->first);
    result.assumes_missing_tag = inquiry->has_missing_tag;
    return result;
}

static struct inquiry inquiry_anew(const struct inquiry *inquiry)
{
    return (struct inquiry){
        .selector = inquiry->selector,
        .plan = inquiry->plan,
        .database = inquiry->database,
        .opt_ins = inquiry->opt_ins,
        .worlds = WORLDS_ALL,
        .matched = odds_if(false),
        .kept = odds_if(false),
        .run = odds_if(false),
    };
}

static bool is_settled_by(const struct inquiry *inquiry, uint32_t held, uint32_t failed)
{
    struct inquiry settled = inquiry_anew(inquiry);

    settled.held = held;
    settled.failed = failed;
    return judge(&settled).answer != UNDETERMINED;
}

static bool is_settled_in(const struct inquiry *inquiry, uint32_t worlds)
{
    struct inquiry settled = inquiry_anew(inquiry);

    settled.worlds = worlds;
    return judge(&settled).answer != UNDETERMINED;
}

static const struct choice_row {
    enum selection_code code;
    uint32_t worlds[3]; /* each of its readings; 0: there is no third */
} choice_rows[] = {
    { SELECTION_WILDCARD_INSIDE, { WORLDS_WILDCARD_INSIDE, ~WORLDS_WILDCARD_INSIDE } },
    { SELECTION_QUESTION_MARK, { WORLDS_QUESTION_MARK, ~WORLDS_QUESTION_MARK } },
    { SELECTION_WHITE_SPACE, { WORLDS_WHITE_SPACE, ~WORLDS_WHITE_SPACE } },
    { SELECTION_CONDITION_KEY_BARE,
      { ~WORLDS_KEY_OF_NONE, WORLDS_KEY_OF_NONE & ~WORLDS_KEY_NEVER,
        WORLDS_KEY_OF_NONE &WORLDS_KEY_NEVER } },
};

/* The doubts of which one answer alone would settle it; all that were met, if none
 * would. */
static uint32_t doubts_of(const struct inquiry *inquiry)
{
    uint32_t doubts = 0;

    for (unsigned code = 0; code < SELECTION_DOUBT_COUNT; code++) {
        uint32_t bit = 1u << code;

        if ((inquiry->met & bit) != 0 &&
            (is_settled_by(inquiry, bit, 0) || is_settled_by(inquiry, 0, bit)))
            doubts |= bit;
    }
    for (size_t i = 0; i < COUNT_OF(choice_rows) && inquiry->has_choices; i++) {
        const struct choice_row *row = &choice_rows[i];

        for (size_t way = 0; way < COUNT_OF(row->worlds); way++)
            if (row->worlds[way] != 0 && is_settled_in(inquiry, row->worlds[way]))
                doubts |= 1u << row->code;
    }
    return doubts;
}

static const struct need_row {
    enum selection_code code;
    enum selection_need need;
} need_rows[] = {
    { SELECTION_MEMBERSHIP_UNKNOWN, NEEDS_RESOURCE },
    { SELECTION_RESOURCE_NOT_READ, NEEDS_RESOURCE },
    { SELECTION_PLAN_NOT_READ, NEEDS_PLAN },
    { SELECTION_NOT_READ, NEEDS_CRITERIA },
    { SELECTION_TAGS_NOT_COLLECTED, NEEDS_TAGS },
    { SELECTION_OPT_IN_NOT_COLLECTED, NEEDS_OPT_IN },
};

static struct selection_result undetermined(const struct inquiry *inquiry)
{
    struct selection_result result = { .answer = UNDETERMINED };

    result.doubts = doubts_of(inquiry);
    if (result.doubts == 0)
        result.doubts = inquiry->met;
    for (size_t i = 0; i < COUNT_OF(choice_rows) && result.doubts == 0; i++)
        result.doubts |= 1u << choice_rows[i].code;
    while ((result.doubts >> result.code & 1) == 0)
        result.code++;
    for (size_t i = 0; i < COUNT_OF(need_rows); i++)
        if ((result.doubts >> need_rows[i].code & 1) != 0)
            result.needs |= need_rows[i].need;
    return result;
}

static bool is_other(struct str left, struct str right)
{
    return left.len > 0 && right.len > 0 && !str_equal(left, right);
}

void backup_plan_prepare(struct backup_plan *plan)
{
    plan->is_prepared = true;
    plan->has_place = arn_parse(plan->arn, &plan->place);
    plan->is_organization =
        plan->is_organization ||
        (plan->has_place &&
         str_starts_with(plan->place.resource, STR("backup-plan:orgs/")));
}

/* An account that was taken out may be any. */
static bool is_in_another_scope(const struct backup_plan *plan,
                                const struct database *database)
{
    const struct arn *left = &plan->place, *right = &database->traits.place;

    return plan->has_place && database->traits.has_place &&
           (is_other(left->partition, right->partition) ||
            is_other(left->region, right->region) ||
            is_other(left->account, right->account));
}

/* Whatever any selection says; SELECTION_CODE_COUNT: there is nothing such. */
static enum selection_code refused_by_all(const struct backup_plan *plan,
                                          const struct database *database)
{
    switch (plan->state) {
    case PLAN_DELETED:
        return SELECTION_PLAN_DELETED;
    case PLAN_WITHOUT_RULES:
        return SELECTION_PLAN_WITHOUT_RULES;
    case PLAN_NOT_READ:
    case PLAN_ACTIVE:
        break;
    }
    if (is_in_another_scope(plan, database))
        return SELECTION_OTHER_SCOPE;
    if (database->traits.membership == MEMBERSHIP_MEMBER)
        return SELECTION_CLUSTER_MEMBER;
    return database->traits.support == SUPPORT_NONE ? SELECTION_UNSUPPORTED
                                                    : SELECTION_CODE_COUNT;
}

struct selection_result selection_judge(const struct selector *selector,
                                        const struct backup_plan *plan,
                                        const struct database *database,
                                        const struct opt_ins *opt_ins)
{
    const enum selection_code code = refused_by_all(plan, database);
    const struct inquiry inquiry = {
        .selector = selector, .plan = plan, .database = database, .opt_ins = opt_ins
    };
    struct inquiry first = inquiry_anew(&inquiry);
    struct selection_result result;

    assert(database->traits.is_prepared && plan->is_prepared);
    if (code != SELECTION_CODE_COUNT)
        return not_selected(code);
    result = judge(&first);
    return result.answer == UNDETERMINED ? undetermined(&first) : result;
}
