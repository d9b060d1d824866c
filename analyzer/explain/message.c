#include "explain/message.h"

#include "base/time.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>

static_assert(RULE_OUTCOMES_MAX <= 64, "a finding's rows are bits");

enum { VALUES_SHOWN = 3 };

static const struct fact *only_fact(const struct rule *rule,
                                    const struct jmespath_node *node)
{
    return node->kind == JMESPATH_FIELD ? rule_fact(rule, node->name) : NULL;
}

static void bound_write(const struct fact *fact, double value, struct buf *buf)
{
    json_t *number;
    int64_t instant;

    if (fact->is_time && instant_from_seconds(value, &instant)) {
        char text[INSTANT_TEXT_BYTES];

        instant_print(instant, text);
        buf_add(buf, str_from(text));
    } else if (value == floor(value) && fabs(value) < 1e15) {
        buf_printf(buf, "%lld", (long long)value);
    } else {
        number = json_real(value);
        jmespath_print(number, 0, buf);
        json_decref(number);
    }
}

static void range_write(const struct fact *fact, const struct fact_value *value,
                        struct buf *buf)
{
    bool low = isfinite(value->at_least) &&
               !(fact->kind == FACT_COUNT && value->at_least == 0);
    bool high = isfinite(value->at_most);

    if (value->at_least == value->at_most) {
        bound_write(fact, value->at_least, buf);
    } else if (high && isfinite(value->at_least)) {
        bound_write(fact, value->at_least, buf);
        buf_add(buf, STR(" to "));
        bound_write(fact, value->at_most, buf);
    } else if (low) {
        buf_add(buf, STR("at least "));
        bound_write(fact, value->at_least, buf);
    } else if (high) {
        buf_add(buf, STR("at most "));
        bound_write(fact, value->at_most, buf);
    } else {
        buf_add(buf, STR("not known"));
    }
}

void fact_write(const struct fact *fact, const struct fact_value *value,
                struct buf *buf)
{
    if (value->only_none) {
        buf_add(buf, STR("none"));
        return;
    }
    range_write(fact, value, buf);
    if (value->maybe_none && (isfinite(value->at_least) || isfinite(value->at_most)))
        buf_add(buf, STR(", or none"));
}

static void value_write(const struct bounds *bounds, const struct jmespath_node *node,
                        struct buf *buf)
{
    json_t *value = bounds_value(bounds, node);

    if (value == NULL)
        buf_add(buf, STR("not known"));
    else if (json_is_null(value))
        buf_add(buf, STR("-"));
    else if (json_is_string(value))
        buf_add(buf,
                (struct str){ json_string_value(value), json_string_length(value) });
    else
        jmespath_print(value, 0, buf);
}

/* An expression in a message is a fact, the account or region, or anything else. */
static bool is_value(const struct rule *rule, const struct message_part *part)
{
    const struct jmespath_node *node;

    if (part->expression == NULL)
        return false;
    node = jmespath_root(part->expression);
    return node->kind != JMESPATH_FIELD || (rule_fact(rule, node->name) == NULL &&
                                            !str_equal(node->name, STR("account")) &&
                                            !str_equal(node->name, STR("region")));
}

/* Adds a possible outcome's text to those before it, unless one of them says it. */
static void row_add(struct buf *whole, struct str text)
{
    if (whole->len > 0 && str_find(buf_str(whole), text) != SIZE_MAX)
        return;
    if (whole->len > 0)
        buf_add(whole, STR("; or "));
    buf_add(whole, text);
}

void message_keep(struct arena *arena, const struct bounds *bounds,
                  const struct verdict *verdict, struct finding *finding)
{
    const struct rule *rule = bounds->rule;
    const char **values = NULL;
    size_t count = 0, capacity = 0;

    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct message *message = &rule->outcomes[i].message;

        if (!verdict->rows[i])
            continue;
        finding->rows |= UINT64_C(1) << i;
        for (size_t j = 0; j < message->count; j++) {
            struct buf value = BUF_EMPTY(bounds->scratch);

            if (!is_value(rule, &message->parts[j]))
                continue;
            value_write(bounds, jmespath_root(message->parts[j].expression), &value);
            values =
                arena_grow(arena, (void *)values, count, &capacity, sizeof *values);
            values[count++] = str_copy(arena, buf_str(&value)).text;
        }
    }
    finding->values = values;
}

struct joining {
    const struct finding *const *findings;
    size_t count;
    size_t next_value; /* of each finding's values */
};

/* Whether it would print as "not known". */
static bool is_not_known(const struct fact *fact, const struct fact_value *value)
{
    return !value->only_none && !isfinite(value->at_most) &&
           (!isfinite(value->at_least) ||
            (fact->kind == FACT_COUNT && value->at_least <= 0));
}

static void widen(struct fact_value *joined, const struct fact_value *value)
{
    if (value->at_least < joined->at_least)
        joined->at_least = value->at_least;
    if (value->at_most > joined->at_most)
        joined->at_most = value->at_most;
    joined->maybe_none = joined->maybe_none || value->maybe_none;
}

void facts_write(const struct finding *const *findings, size_t count, size_t fact,
                 struct buf *buf)
{
    struct fact_value joined = { .at_least = INFINITY, .at_most = -INFINITY };
    const struct fact *of = &findings[0]->rule->facts[fact];
    size_t nones = 0, not_known = 0, exact = 0;

    for (size_t i = 0; i < count; i++) {
        const struct fact_value *value = &findings[i]->facts[fact];

        if (value->only_none)
            nones++;
        else if (is_not_known(of, value))
            not_known++;
        else
            widen(&joined, value);
        exact += fact_is_exact(value);
    }
    if (nones + not_known == count)
        joined = (struct fact_value){ .at_least = -INFINITY, .at_most = INFINITY };
    joined.only_none = nones == count;
    joined.maybe_none = joined.maybe_none || nones > 0;
    fact_write(of, &joined, buf);
    if (not_known > 0 && not_known < count)
        buf_add(buf, STR(", some not known"));
    if (exact == count && nones < count && joined.at_least < joined.at_most)
        buf_add(buf, STR(", each exact"));
}

static struct str member_of(const struct finding *finding, bool is_account)
{
    return is_account ? finding->account : finding->region;
}

static void joined_scope_write(const struct joining *joining, bool is_account,
                               struct buf *buf)
{
    struct str first = member_of(joining->findings[0], is_account);

    for (size_t i = 1; i < joining->count; i++) {
        if (!str_equal(member_of(joining->findings[i], is_account), first)) {
            buf_add(buf, is_account ? STR("the account") : STR("the region"));
            return;
        }
    }
    buf_add(buf, first.text != NULL ? first : STR("-"));
}

static const char *value_at(const struct finding *finding, size_t at)
{
    assert(finding->values != NULL); /* message_keep() */
    return finding->values[at];
}

/* How value number `at` is told: once, as what the findings are of, or as a list. */
enum telling { TELLS_ONE, TELLS_RESOURCE, TELLS_SEVERAL };

static enum telling telling_of(const struct finding *const *findings, size_t count,
                               size_t at)
{
    struct str first = str_from(value_at(findings[0], at));
    bool is_one = true, is_resource = true;

    for (size_t i = 0; i < count; i++) {
        struct str value = str_from(value_at(findings[i], at));

        is_one = is_one && str_equal(value, first);
        is_resource = is_resource && str_same(value, findings[i]->resource);
    }
    return is_one ? TELLS_ONE : is_resource ? TELLS_RESOURCE : TELLS_SEVERAL;
}

/* The first few that differ, and that there are more. */
static void several_write(const struct finding *const *findings, size_t count,
                          size_t at, struct buf *buf)
{
    struct str shown[VALUES_SHOWN];
    size_t shown_count = 0;

    for (size_t i = 0; i < count; i++) {
        struct str value = str_from(value_at(findings[i], at));
        size_t same = 0;

        while (same < shown_count && !str_equal(shown[same], value))
            same++;
        if (same < shown_count)
            continue;
        if (shown_count == VALUES_SHOWN) {
            buf_add(buf, STR(" or others"));
            return;
        }
        if (shown_count > 0)
            buf_add(buf, STR(", "));
        buf_add(buf, value);
        shown[shown_count++] = value;
    }
}

static void joined_value_write(struct joining *joining, struct buf *buf)
{
    size_t at = joining->next_value++;

    switch (telling_of(joining->findings, joining->count, at)) {
    case TELLS_ONE:
        buf_add(buf, str_from(value_at(joining->findings[0], at)));
        break;
    case TELLS_RESOURCE:
        buf_add(buf, STR("each of them"));
        break;
    case TELLS_SEVERAL:
        several_write(joining->findings, joining->count, at, buf);
        break;
    }
}

/* How many values a finding of that rule has, if it has these possible outcomes. */
static size_t value_count(const struct rule *rule, uint64_t rows)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->outcome_count; i++)
        for (size_t j = 0; (rows >> i & 1) != 0 && j < rule->outcomes[i].message.count;
             j++)
            count += is_value(rule, &rule->outcomes[i].message.parts[j]);
    return count;
}

bool message_is_one(const struct finding *const *findings, size_t count)
{
    size_t values = value_count(findings[0]->rule, findings[0]->rows);

    for (size_t i = 0; i < values; i++)
        if (telling_of(findings, count, i) == TELLS_SEVERAL)
            return false;
    return true;
}

static void joined_row_write(struct joining *joining, const struct message *message,
                             struct buf *buf)
{
    const struct rule *rule = joining->findings[0]->rule;

    for (size_t i = 0; i < message->count; i++) {
        const struct message_part *part = &message->parts[i];
        const struct jmespath_node *node;
        const struct fact *fact;

        if (part->expression == NULL) {
            buf_add(buf, part->text);
            continue;
        }
        node = jmespath_root(part->expression);
        fact = only_fact(rule, node);
        if (is_value(rule, part))
            joined_value_write(joining, buf);
        else if (fact != NULL)
            facts_write(joining->findings, joining->count, (size_t)(fact - rule->facts),
                        buf);
        else
            joined_scope_write(joining, str_equal(node->name, STR("account")), buf);
    }
}

const char *message_join(struct arena *arena, const struct finding *const *findings,
                         size_t count)
{
    struct joining joining = { .findings = findings, .count = count };
    const struct rule *rule = findings[0]->rule;
    struct buf whole = BUF_EMPTY(arena);

    if (findings[0]->rows == 0) /* it is of no outcome */
        return findings[0]->message;
    for (size_t i = 0; i < rule->outcome_count; i++) {
        struct buf row = BUF_EMPTY(arena);

        if ((findings[0]->rows >> i & 1) == 0)
            continue;
        joined_row_write(&joining, &rule->outcomes[i].message, &row);
        row_add(&whole, buf_str(&row));
    }
    return buf_str(&whole).text;
}

const char *message_write(struct arena *arena, const struct bounds *bounds,
                          const struct verdict *verdict)
{
    struct finding finding = { .rule = bounds->rule,
                               .account = bounds->account,
                               .region = bounds->region,
                               .facts = bounds->facts };
    const struct finding *const one = &finding;

    message_keep(arena, bounds, verdict, &finding);
    return message_join(arena, &one, 1);
}
