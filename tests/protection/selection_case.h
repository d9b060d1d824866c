/*
 * selection_case.h - a case of selections.json: a selection, a database, and whether
 * the one takes the other.
 *
 *     { "id": "sel-012", "selection": { "Resources": ["arn:…:cluster:shop"] },
 *       "plan": { "arn": "arn:…", "deleted": false, "rules": [{}],
 *                 "organization": false },
 *       "resource": { "arn": "arn:…:cluster:shop", "kind": "cluster",
 *                     "engine": "aurora-postgresql", "cluster": null,
 *                     "backup_target": null },
 *       "tags": { "backup": "true" }, "optin": null,
 *       "expect": { "answer": "undetermined", "code": "opt-in-not-collected",
 *                   "codes": ["opt-in-not-collected"] } }
 *
 * null, for a selection, rules, tags or opt-ins: not collected; a cluster or a target
 * "?": not known. `expect` may have `assumes` and `because`, too; of `codes` it may
 * have some.
 */
#ifndef TESTS_PROTECTION_SELECTION_CASE_H
#define TESTS_PROTECTION_SELECTION_CASE_H

#include "case.h"

#include "judge/selection_read.h"

/* All that selection_judge() takes. */
struct selection_case {
    struct selection selection; /* not compiled, nor is the rest prepared */
    struct backup_plan plan;
    struct database database;
    struct opt_ins opt_ins;
};

static inline struct str case_text(const json_t *object, const char *key)
{
    return str_from(json_string_value(json_object_get(object, key)));
}

static inline bool case_is_unknown(const json_t *object, const char *key)
{
    return str_same(case_text(object, key), STR("?"));
}

static inline void case_tags(struct arena *arena, const json_t *item,
                             struct tag_list *tags)
{
    json_t *object = json_object_get(item, "tags"), *value;
    const char *key;

    *tags = (struct tag_list){ .is_whole = json_is_object(object) };
    tags->items = arena_array(arena, json_object_size(object), struct tag);
    json_object_foreach(object, key, value) tags->items[tags->count++] =
        (struct tag){ .key = str_from(key),
                      .value = str_from(json_string_value(value)) };
}

static inline void case_plan(const json_t *item, struct backup_plan *plan)
{
    const json_t *object = json_object_get(item, "plan");
    const json_t *rules = json_object_get(object, "rules");

    *plan = (struct backup_plan){
        .arn = case_text(object, "arn"),
        .is_organization = json_is_true(json_object_get(object, "organization")),
        .state = json_is_true(json_object_get(object, "deleted")) ? PLAN_DELETED
                 : !json_is_array(rules)                          ? PLAN_NOT_READ
                 : json_array_size(rules) > 0                     ? PLAN_ACTIVE
                                                                  : PLAN_WITHOUT_RULES,
    };
}

static inline void selection_case_read(struct arena *arena, const json_t *item,
                                       struct selection_case *read)
{
    const json_t *resource = json_object_get(item, "resource");
    struct str target = case_text(resource, "backup_target");

    selection_read(arena, json_object_get(item, "selection"), true, &read->selection);
    case_plan(item, &read->plan);
    read->database = (struct database){
        .kind = str_same(case_text(resource, "kind"), STR("cluster"))
                    ? DATABASE_CLUSTER
                    : DATABASE_INSTANCE,
        .arn = case_text(resource, "arn"),
        .engine = case_text(resource, "engine"),
        .membership = case_is_unknown(resource, "cluster")          ? MEMBERSHIP_UNKNOWN
                      : case_text(resource, "cluster").text != NULL ? MEMBERSHIP_MEMBER
                                                                    : MEMBERSHIP_NONE,
        .target = case_is_unknown(resource, "backup_target") ? TARGET_UNKNOWN
                                                             : backup_target_of(target),
    };
    case_tags(arena, item, &read->database.tags);
    opt_ins_read(json_object_get(item, "optin"), &read->opt_ins);
}

/* The names of the codes of these bits, sorted. */
static inline json_t *case_codes(uint32_t doubts)
{
    json_t *codes = json_array();

    for (unsigned code = 0; code < SELECTION_DOUBT_COUNT; code++) {
        const char *name = selection_code_name(code);
        size_t at = 0;

        if ((doubts >> code & 1) == 0)
            continue;
        while (at < json_array_size(codes) &&
               str_compare(str_from(json_string_value(json_array_get(codes, at))),
                           str_from(name)) < 0)
            at++;
        json_array_insert_new(codes, at, json_string(name));
    }
    return codes;
}

/* What we make of a case, in the form of its `expect`. */
static inline json_t *selection_case_answer(struct arena *arena, const json_t *item)
{
    struct buf because = BUF_EMPTY(arena);
    const struct selector *selector;
    struct selection_result result;
    struct selection_case read;
    json_t *answer;

    selection_case_read(arena, item, &read);
    selector = selection_compile(arena, &read.selection);
    backup_plan_prepare(&read.plan);
    database_prepare(&read.database);
    result = selection_judge(selector, &read.plan, &read.database, &read.opt_ins);
    selection_because(selector, &read.database, &result, &because);
    answer = json_pack(
        "{s:s, s:s, s:s}", "answer", selection_answer_name(result.answer), "code",
        selection_code_name(result.code), "because", buf_str(&because).text);
    if (result.answer == UNDETERMINED)
        json_object_set_new(answer, "codes", case_codes(result.doubts));
    if (result.assumes_missing_tag)
        json_object_set_new(answer, "assumes",
                            json_pack("[s]", "negated-condition-without-tag"));
    return answer;
}

static inline bool case_has_all(const json_t *found, const json_t *expected)
{
    for (size_t i = 0; i < json_array_size(expected); i++) {
        bool has = false;

        for (size_t at = 0; at < json_array_size(found) && !has; at++)
            has = json_equal(json_array_get(found, at), json_array_get(expected, i));
        if (!has)
            return false;
    }
    return true;
}

/* Whether we say all that is expected; else why not. */
static inline bool selection_case_holds(struct arena *arena, const json_t *item,
                                        struct buf *why)
{
    json_t *expect = json_object_get(item, "expect"), *expected;
    json_t *answer = selection_case_answer(arena, item);
    bool holds = json_object_size(expect) > 0;
    const char *key;

    json_object_foreach(expect, key, expected)
    {
        const json_t *found = json_object_get(answer, key);

        if (str_equal(str_from(key), STR("codes")))
            holds = holds && case_has_all(found, expected);
        else
            holds = holds && found != NULL && json_equal(found, expected);
    }
    if (!holds) {
        buf_add(why, STR("expected "));
        case_add_json(why, expect);
        buf_add(why, STR(", not "));
        case_add_json(why, answer);
    }
    json_decref(answer);
    return holds;
}

#endif
