#include "assess/message.h"

#include <stdint.h>

static const struct fact_value *only_fact(const struct bounds *bounds,
                                          const struct jmespath_node *node)
{
    if (node->kind != JMESPATH_FIELD)
        return NULL;
    for (size_t i = 0; i < bounds->rule->fact_count; i++)
        if (str_equal(bounds->rule->facts[i].name, node->name))
            return &bounds->facts[i];
    return NULL;
}

static void fact_write(const struct fact_value *fact, struct buf *buf)
{
    unsigned long long least = fact->at_least, most = fact->at_most;

    if (!fact->bounded && least == 0)
        buf_add(buf, STR("not known"));
    else if (!fact->bounded)
        buf_printf(buf, "at least %llu", least);
    else if (least < most)
        buf_printf(buf, "%llu to %llu", least, most);
    else
        buf_printf(buf, "%llu", least);
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
        const struct fact_value *fact;

        if (part->expression == NULL) {
            buf_add(buf, part->text);
            continue;
        }
        node = jmespath_root(part->expression);
        fact = only_fact(bounds, node);
        if (fact != NULL)
            fact_write(fact, buf);
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
