#include "base/time.h"
#include "jmespath/run.h"
#include "jmespath/syntax.h"

static bool may_be_instant(const json_t *value)
{
    return json_is_string(value) || json_is_number(value);
}

static bool is_noted(const struct run *run, const json_t *value)
{
    for (size_t i = 0; i < run->context->instant_count; i++)
        if (run->context->instants[i] == value)
            return true;
    return false;
}

/* By where the value lies, which stays the same in a variable, in || and behind
 * not_null(). */
void run_note_instant(struct run *run, json_t *value)
{
    struct jmespath_context *context = run->context;

    if (!may_be_instant(value) || is_noted(run, value))
        return;
    context->instants =
        arena_grow(context->arena, context->instants, context->instant_count,
                   &context->instant_capacity, sizeof(json_t *));
    context->instants[context->instant_count++] = value;
}

bool run_is_of_instants(const struct run *run, const json_t *left, const json_t *right)
{
    return run->context->instant_count > 0 && may_be_instant(left) &&
           may_be_instant(right) && (is_noted(run, left) || is_noted(run, right));
}

/* AWS prints no date alone where it means an instant, but people write one. */
static bool instant_of(const struct run *run, const struct jmespath_node *node,
                       const json_t *value, int64_t *instant)
{
    if (node->kind == JMESPATH_LITERAL && node->is_instant) {
        *instant = node->instant;
        return true;
    }
    if (json_is_number(value))
        return instant_from_number(json_number_value(value), instant);
    if (is_noted(run, value))
        return instant_parse(value_text(value), instant);
    return instant_parse_or_date(value_text(value), instant);
}

json_t *run_compare_instants(struct run *run, const struct jmespath_node *node,
                             const json_t *left, const json_t *right)
{
    int64_t left_instant = 0, right_instant = 0;
    const json_t *wrong = NULL;
    struct buf shown = BUF_EMPTY(run_scratch(run));

    if (!instant_of(run, node->left, left, &left_instant))
        wrong = left;
    else if (!instant_of(run, node->right, right, &right_instant))
        wrong = right;
    if (wrong == NULL) {
        int order = (left_instant > right_instant) - (left_instant < right_instant);

        return order_satisfies(node->comparator, order) ? json_true() : json_false();
    }
    jmespath_print(wrong, 0, &shown);
    return run_wrong(run, JMESPATH_ERROR_INVALID_VALUE, node->column,
                     "'%s' compares instants here, and %s is none",
                     comparator_text(node->comparator), show(buf_str(&shown)).text);
}
