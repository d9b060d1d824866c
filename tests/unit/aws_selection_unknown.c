/*
 * What is not known, of a selection and of what it may take: to lose an input may leave
 * the answer open, and never turns it; and an answer is given exactly if all that the
 * input may be has it.
 */
#include "rows.h"

#include "selection_case.h"

#include <string.h>

static struct selection_result judged(const struct selector *selector,
                                      struct selection_case *read)
{
    backup_plan_prepare(&read->plan);
    database_prepare(&read->database);
    return selection_judge(selector, &read->plan, &read->database, &read->opt_ins);
}

static bool is_taken(struct selection_result result)
{
    return result.answer == SELECTED;
}

/* ---- to lose an input ------------------------------------------------------------ */

/* What stands there is replaced; by nothing: it is removed. */
static const struct loss {
    const char *object, *key;
    const char *by;
} losses[] = {
    { NULL, "tags", "null" },
    { NULL, "optin", "null" },
    { NULL, "selection", "null" },
    { "optin", "RDS", NULL },
    { "optin", "Aurora", NULL },
    { "selection", "Resources", "7" },
    { "selection", "NotResources", "7" },
    { "selection", "ListOfTags", "7" },
    { "selection", "Conditions", "7" },
    { "plan", "rules", "null" },
    { "plan", "arn", "null" },
    { "resource", "cluster", "\"?\"" },
    { "resource", "backup_target", "\"?\"" },
    { "resource", "engine", "null" },
    { "resource", "arn", "null" },
};

static void lose(json_t *item, const struct loss *loss)
{
    json_t *object = loss->object == NULL ? item : json_object_get(item, loss->object);

    if (loss->by == NULL)
        json_object_del(object, loss->key);
    else if (json_is_object(object))
        json_object_set_new(object, loss->key,
                            json_loads(loss->by, JSON_DECODE_ANY, NULL));
}

static struct selection_result judged_without(const json_t *item, size_t one,
                                              size_t two)
{
    struct arena arena = ARENA_EMPTY;
    json_t *copy = json_deep_copy(item);
    struct selection_result result;
    struct selection_case read;

    lose(copy, &losses[one]);
    lose(copy, &losses[two]);
    selection_case_read(&arena, copy, &read);
    result = judged(selection_compile(&arena, &read.selection), &read);
    json_decref(copy);
    arena_release(&arena);
    return result;
}

static struct selection_result judged_item(const json_t *item)
{
    struct arena arena = ARENA_EMPTY;
    struct selection_result result;
    struct selection_case read;

    selection_case_read(&arena, item, &read);
    result = judged(selection_compile(&arena, &read.selection), &read);
    arena_release(&arena);
    return result;
}

static void to_lose_an_input_never_turns_an_answer(void **state)
{
    json_t *items = json_load_file("tests/protection/selections.json", 0, NULL), *item;
    size_t i, opened = 0;

    (void)state;
    json_array_foreach(items, i, item)
    {
        struct selection_result whole = judged_item(item);

        for (size_t one = 0; one < COUNT_OF(losses); one++)
            for (size_t two = one; two < COUNT_OF(losses); two++) {
                struct selection_result lost = judged_without(item, one, two);

                if (whole.code == SELECTION_OTHER_SCOPE) /* who asks sees to that */
                    continue;
                opened += whole.answer != UNDETERMINED && lost.answer == UNDETERMINED;
                if (lost.answer != UNDETERMINED &&
                    (whole.answer == UNDETERMINED || is_taken(lost) != is_taken(whole)))
                    fail_msg("%s without %s and %s: %s", case_text(item, "id").text,
                             losses[one].key, losses[two].key,
                             selection_answer_name(lost.answer));
            }
    }
    json_decref(items);
    assert_true(opened > 1000);
}

/* ---- to know it ------------------------------------------------------------------ */

static uint64_t seed = 7;

static size_t any_of(size_t count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % count;
}

#define ARN(resource) "arn:aws:rds:us-east-1:123456789012:" resource

static const char *const arns[] = {
    ARN("db:orders"),     ARN("cluster:shop"),       "*",
    "arn:aws:rds:*",      "arn:aws:rds:*:*:db:*",    "arn:aws:rds:*:*:cluster:*",
    "arn:aws:ec2:*",      "arn:aws:rds:*:*:db:*ers", ARN("db:order?"),
    "arn:aws:rds:*:*:d*",
};
static const char *const tag_keys[] = { "a", "b" };
static const char *const keys[] = { "aws:ResourceTag/a", "aws:ResourceTag/b", "a" };
static const char *const words[] = { "StringEquals", "StringNotEquals", "StringLike",
                                     "StringNotLike" };
static const char *const patterns[] = { "x", "y", "x*", "*", "*y", "?", "x y", "*x*" };
/* What a tag may be: for each set of the patterns that some text is like, one; and what
 * they are themselves. */
static const char *const values[] = { NULL, "",    "x",   "y",   "q",   "xy",  "xq",
                                      "qy", "qxq", "x y", "x q", "q y", "q q", "q xq",
                                      "x*", "*",   "*y",  "?",   "*x*" };

static void any_arns(struct arena *arena, size_t most, struct selection_arns *made)
{
    *made = (struct selection_arns){ .list.count = any_of(most + 1), .is_whole = true };
    made->list.items = arena_array(arena, made->list.count, struct str);
    for (size_t i = 0; i < made->list.count; i++)
        made->list.items[i] = str_from(arns[any_of(COUNT_OF(arns))]);
}

static void any_tags(struct arena *arena, bool is_conditions,
                     struct selection_tags *made)
{
    *made = (struct selection_tags){ .count = any_of(4), .is_whole = true };
    made->items = arena_array(arena, made->count, struct selection_tag);
    for (size_t i = 0; i < made->count; i++)
        made->items[i] = (struct selection_tag){
            str_from(is_conditions ? words[any_of(COUNT_OF(words))] : "STRINGEQUALS"),
            str_from(is_conditions ? keys[any_of(any_of(8) == 0 ? 3 : 2)]
                                   : tag_keys[any_of(2)]),
            str_from(patterns[any_of(COUNT_OF(patterns))]),
        };
}

static void any_case(struct arena *arena, struct selection_case *made)
{
    static const struct database databases[] = {
        { .kind = DATABASE_INSTANCE,
          .arn = { ARN("db:orders"), 44 },
          .engine = { "postgres", 8 } },
        { .kind = DATABASE_CLUSTER,
          .arn = { ARN("cluster:shop"), 47 },
          .engine = { "aurora-mysql", 12 } },
        { .kind = DATABASE_CLUSTER,
          .arn = { ARN("cluster:shop"), 47 },
          .engine = { "mysql", 5 } },
    };

    *made = (struct selection_case){ .plan.state = PLAN_ACTIVE };
    any_arns(arena, 3, &made->selection.resources);
    any_arns(arena, any_of(3) == 0 ? 2 : 0, &made->selection.not_resources);
    any_tags(arena, false, &made->selection.list_of_tags);
    any_tags(arena, true, &made->selection.conditions);
    made->database = databases[any_of(COUNT_OF(databases))];
    made->database.arn.len = strlen(made->database.arn.text);
    made->database.membership = MEMBERSHIP_NONE;
    made->database.target = TARGET_REGION;
    for (size_t i = 0; i < OPT_IN_TYPE_COUNT; i++)
        made->opt_ins.of[i] = any_of(3) == 0 ? OPT_IN_OFF : OPT_IN_ON;
}

/* What a case may be: the answers of all that its tags and opt-ins can be. */
struct answers {
    const struct selector *selector;
    size_t taken, not_taken, open;
};

static void answer_with(const struct selection_case *known, const char *a,
                        const char *b, enum opt_in opt_in, struct answers *answers)
{
    struct selection_case whole = *known;
    struct tag tags[2];
    struct selection_result result;

    whole.database.tags = (struct tag_list){ tags, 0, true };
    if (a != NULL)
        tags[whole.database.tags.count++] =
            (struct tag){ .key = STR("a"), .value = str_from(a) };
    if (b != NULL)
        tags[whole.database.tags.count++] =
            (struct tag){ .key = STR("b"), .value = str_from(b) };
    for (size_t i = 0; i < OPT_IN_TYPE_COUNT; i++)
        if (whole.opt_ins.of[i] == OPT_IN_UNKNOWN)
            whole.opt_ins.of[i] = opt_in;
    result = judged(answers->selector, &whole);
    if (result.answer == UNDETERMINED)
        answers->open++;
    else if (is_taken(result))
        answers->taken++;
    else
        answers->not_taken++;
}

/* `a`: the value of the one tag that is known; NULL: none is. */
static struct answers answers_of(const struct selector *selector,
                                 const struct selection_case *known, const char *a)
{
    struct answers answers = { .selector = selector };

    for (size_t i = 0; i < COUNT_OF(values); i++)
        for (size_t other = 0; other < COUNT_OF(values); other++) {
            if (a != NULL && (i == 0 || strcmp(values[i], a) != 0))
                continue;
            answer_with(known, values[i], values[other], OPT_IN_OFF, &answers);
            answer_with(known, values[i], values[other], OPT_IN_ON, &answers);
        }
    return answers;
}

/* Whether it is left open, and need not be. */
static bool is_needlessly_open(const struct selector *selector,
                               const struct selection_case *made, const char *a,
                               size_t at)
{
    struct selection_case unknown = *made;
    struct tag tag = { .key = STR("a"), .value = str_from(a) };
    struct answers answers = answers_of(selector, made, a);
    struct selection_result result;

    unknown.database.tags = (struct tag_list){ &tag, a != NULL, false };
    result = judged(selector, &unknown);
    if (result.answer != UNDETERMINED &&
        (is_taken(result) ? answers.not_taken : answers.taken) + answers.open > 0)
        fail_msg("case %zu: %s, but %zu of its worlds are taken, %zu are not, and %zu "
                 "are open",
                 at, selection_answer_name(result.answer), answers.taken,
                 answers.not_taken, answers.open);
    return result.answer == UNDETERMINED && answers.open == 0 &&
           (answers.taken == 0 || answers.not_taken == 0);
}

/* Whether some text is like two patterns and not like a third is not found out, nor
 * which readings one tag leaves for another: so a few are open. */
static void an_answer_is_that_of_all_worlds(void **state)
{
    const size_t count = 1000;
    size_t needless = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct arena arena = ARENA_EMPTY;
        struct selection_case made;

        any_case(&arena, &made);
        if (any_of(2) == 0)
            memset(&made.opt_ins, 0, sizeof made.opt_ins);
        needless +=
            is_needlessly_open(selection_compile(&arena, &made.selection), &made,
                               any_of(2) == 0 ? NULL : values[1 + any_of(4)], i);
        arena_release(&arena);
    }
    assert_true(needless <= count / 500);
}

/* ---- what is asked first --------------------------------------------------------- */

static void what_it_may_not_take_it_does_not_take(void **state)
{
    size_t refused = 0;

    (void)state;
    for (size_t i = 0; i < 4000; i++) {
        struct arena arena = ARENA_EMPTY;
        const struct selector *selector;
        struct selection_result result;
        struct selection_case made;

        any_case(&arena, &made);
        selector = selection_compile(&arena, &made.selection);
        result = judged(selector, &made);
        if (!selection_may_take(selector, made.database.kind)) {
            assert_int_equal(result.answer, NOT_SELECTED);
            refused++;
        }
        arena_release(&arena);
    }
    assert_true(refused > 50);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, to_lose_an_input_never_turns_an_answer);
    TESTS_ADD(&tests, an_answer_is_that_of_all_worlds);
    TESTS_ADD(&tests, what_it_may_not_take_it_does_not_take);
    return tests_run("aws_selection_unknown", &tests);
}
