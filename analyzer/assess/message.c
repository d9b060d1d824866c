#include "assess/message.h"

#include "base/time.h"

#include <math.h>
#include <stdint.h>

static const struct fact *only_fact(const struct bounds *bounds,
                                    const struct jmespath_node *node)
{
    return node->kind == JMESPATH_FIELD ? rule_fact(bounds->rule, node->name) : NULL;
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

static void row_write(const struct bounds *bounds, const struct message *message,
                      struct buf *buf)
{
    for (size_t i = 0; i < message->count; i++) {
        const struct message_part *part = &message->parts[i];
        const struct jmespath_node *node;
        const struct fact *fact;

        if (part->expression == NULL) {
            buf_add(buf, part->text);
            continue;
        }
        node = jmespath_root(part->expression);
        fact = only_fact(bounds, node);
        if (fact != NULL)
            fact_write(fact, &bounds->facts[fact - bounds->rule->facts], buf);
        else
            value_write(bounds, node, buf);
    }
}

const char *message_write(struct arena *arena, const struct bounds *bounds,
                          const struct verdict *verdict)
{
    struct buf whole = BUF_EMPTY(arena);

    for (size_t i = 0; i < bounds->rule->outcome_count; i++) {
        struct buf row = BUF_EMPTY(arena);
        struct str text;

        if (!verdict->rows[i])
            continue;
        row_write(bounds, &bounds->rule->outcomes[i].message, &row);
        text = buf_str(&row);
        if (whole.len > 0 && str_find(buf_str(&whole), text) != SIZE_MAX)
            continue;
        if (whole.len > 0)
            buf_add(&whole, STR("; or "));
        buf_add(&whole, text);
    }
    return buf_str(&whole).text;
}
