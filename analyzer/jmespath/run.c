#include "jmespath/run.h"

#include "base/time.h"
#include "jmespath/functions.h"
#include "jmespath/syntax.h"

#include <assert.h>
#include <string.h>

enum { FEW_MEMBERS = 3 };

/* ---- the context ----------------------------------------------------------------- */

/* The last first: what is inside a value was made before it and is still held, so that
 * giving back a deep value does not recurse. */
void jmespath_context_reset(struct jmespath_context *context)
{
    while (context->made_count > 0)
        json_decref(context->made[--context->made_count]);
    context->open_count = 0;
    arena_reset(&context->scratch);
}

void jmespath_context_strict(struct jmespath_context *context)
{
    context->strict = true;
}

void jmespath_context_open_in(struct jmespath_context *context, const json_t *object,
                              struct str name)
{
    assert(context->strict);
    context->open = arena_grow(context->arena, context->open, context->open_count,
                               &context->open_capacity, sizeof *context->open);
    context->open[context->open_count++] = (struct open_field){ object, name };
}

void jmespath_context_open(struct jmespath_context *context, struct str name)
{
    jmespath_context_open_in(context, NULL, name);
}

bool jmespath_context_unordered(const struct jmespath_context *context,
                                struct error *first)
{
    *first = context->unordered;
    return first->message[0] != '\0';
}

static void release_context(void *object)
{
    struct jmespath_context *context = object;

    jmespath_context_reset(context);
    digits_release(&context->digits);
    arena_release(&context->scratch);
}

struct jmespath_context *jmespath_context_new(struct arena *arena)
{
    struct jmespath_context *context = arena_new(arena, struct jmespath_context);

    context->arena = arena;
    context->steps_max = JMESPATH_STEPS_MAX;
    arena_on_release(arena, release_context, context);
    return context;
}

void jmespath_context_limit(struct jmespath_context *context, size_t steps)
{
    context->steps_max = steps;
}

size_t jmespath_context_steps(const struct jmespath_context *context)
{
    return context->steps;
}

struct binding *context_binding(const struct jmespath_context *context, struct str name)
{
    for (size_t i = 0; i < context->binding_count; i++)
        if (str_equal(context->bindings[i].name, name))
            return &context->bindings[i];
    return NULL;
}

void jmespath_context_bind(struct jmespath_context *context, struct str name,
                           json_t *value)
{
    struct binding *binding = context_binding(context, name);

    if (binding == NULL) {
        context->bindings =
            arena_grow(context->arena, context->bindings, context->binding_count,
                       &context->binding_capacity, sizeof *context->bindings);
        binding = &context->bindings[context->binding_count++];
        binding->name = str_copy(context->arena, name);
    }
    binding->value = value;
}

json_t *run_keep(struct run *run, json_t *made)
{
    struct jmespath_context *context = run->context;

    context->made = arena_grow(context->arena, context->made, context->made_count,
                               &context->made_capacity, sizeof(json_t *));
    context->made[context->made_count++] = made;
    return made;
}

struct arena *run_scratch(struct run *run)
{
    return &run->context->scratch;
}

/* ---- the run --------------------------------------------------------------------- */

json_t *run_stopped(struct run *run, const struct jmespath_node *node,
                    enum walked walked, int depth_max)
{
    if (walked == WALKED_TOO_DEEP)
        return run_wrong(run, JMESPATH_ERROR_LIMIT, node->column,
                         "the value is nested deeper than %d levels", depth_max);
    return run_wrong(run, JMESPATH_ERROR_LIMIT, node->column,
                     "the expression takes more than %zu steps on this value: expected "
                     "less work or a smaller value",
                     run->steps_max);
}

bool run_charge(struct run *run, const struct jmespath_node *node, size_t steps)
{
    if (steps > run->steps_left)
        return run_stopped(run, node, WALKED_TOO_FAR, 0) != NULL;
    run->steps_left -= steps;
    return true;
}

bool run_charge_text(struct run *run, const struct jmespath_node *node, size_t bytes)
{
    return run_charge(run, node, 1 + bytes / TEXT_BYTES_A_STEP);
}

bool run_charge_key(struct run *run, const struct jmespath_node *node, size_t bytes)
{
    return run_charge(run, node, STEPS_TO_MAKE_KEY * (1 + bytes / TEXT_BYTES_A_STEP));
}

bool run_equal(struct run *run, const struct jmespath_node *node, json_t *left,
               json_t *right, bool *equal)
{
    enum walked walked =
        values_equal(&run->context->digits, left, right, &run->steps_left);

    *equal = walked == WALKED_YES;
    return walked == WALKED_YES || walked == WALKED_NO ||
           run_stopped(run, node, walked, JMESPATH_DEPTH_MAX) != NULL;
}

/* ---- instants -------------------------------------------------------------------- */

/* An empty text is what rules put for a time that is absent: not_null(t, '') != ''. */
static bool may_be_instant(const json_t *value)
{
    return json_string_length(value) > 0 || json_is_number(value);
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
                     "'%s' compares instants here, and %s is not one",
                     comparator_text(node->comparator), show(buf_str(&shown)).text);
}

/* ---- nodes ----------------------------------------------------------------------- */

static json_t *boolean(bool truth)
{
    return truth ? json_true() : json_false();
}

static bool lacks(const json_t *object, struct str name)
{
    const json_t *found = json_object_getn(object, name.text, name.len);

    return found == NULL || json_is_null(found);
}

/* If so, it is said. */
static bool is_open(struct run *run, const json_t *value,
                    const struct jmespath_node *field)
{
    for (size_t i = 0; i < run->context->open_count; i++) {
        const struct open_field *open = &run->context->open[i];

        if (value == (open->object != NULL ? open->object : run->root) &&
            (open->name.text != NULL ? str_equal(open->name, field->name)
                                     : lacks(value, field->name)))
            return !error_of_kind(run->err, JMESPATH_ERROR_OPEN, field->column,
                                  "nothing is known of the field %s",
                                  show(field->name).text);
    }
    return false;
}

/* Of few members the keys are compared: that costs less than the hash of one. */
static json_t *member_of(json_t *object, struct str name)
{
    if (json_object_size(object) > FEW_MEMBERS)
        return json_object_getn(object, name.text, name.len);
    for (void *at = json_object_iter(object); at != NULL;
         at = json_object_iter_next(object, at))
        if (json_object_iter_key_len(at) == name.len &&
            memcmp(json_object_iter_key(at), name.text, name.len) == 0)
            return json_object_iter_value(at);
    return NULL;
}

static json_t *evaluate_field(struct run *run, const struct jmespath_node *node,
                              json_t *value)
{
    json_t *found;

    if (!run_charge(run, node, node->name.len / TEXT_BYTES_A_STEP))
        return NULL;
    if (run->context->open_count > 0 && is_open(run, value, node))
        return NULL;
    found = member_of(value, node->name);
    if (found == NULL)
        return json_null();
    if (node->is_instant && value == run->root)
        run_note_instant(run, found);
    return found;
}

/* NULL: nothing binds it. */
static json_t *value_of(const struct jmespath_context *context,
                        const struct jmespath_node *variable)
{
    const struct binding *binding;

    if (variable->slot > 0)
        return variable->slot <= context->slot_capacity
                   ? context->slots[variable->slot - 1]
                   : NULL;
    binding = context_binding(context, variable->name);
    return binding != NULL ? binding->value : NULL;
}

static json_t *evaluate_variable(struct run *run, const struct jmespath_node *node)
{
    json_t *value = value_of(run->context, node);

    if (value != NULL)
        return value;
    return run_wrong(run, JMESPATH_ERROR_UNDEFINED_VARIABLE, node->column,
                     "unknown variable '$%s': expected one that is bound",
                     show(node->name).text);
}

/* Each let of an expression has slots of its own, and none is evaluated within itself.
 */
static json_t *evaluate_let(struct run *run, const struct jmespath_node *node,
                            json_t *value)
{
    struct jmespath_context *context = run->context;
    size_t first = node->slot - 1, end = first + node->item_count;
    json_t *result = value;

    while (context->slot_capacity < end)
        context->slots =
            arena_grow(context->arena, context->slots, context->slot_capacity,
                       &context->slot_capacity, sizeof *context->slots);
    for (size_t i = 0; i < node->item_count && result != NULL; i++) {
        result = evaluate(run, node->items[i], value);
        context->slots[first + i] = result;
    }
    if (result != NULL)
        result = evaluate(run, node->right, value);
    for (size_t i = first; i < end; i++)
        context->slots[i] = NULL;
    return result;
}

static json_t *evaluate_index(const struct jmespath_node *node, json_t *list)
{
    size_t size = json_array_size(list); /* 0 for what is no array */
    long index = node->index;

    if (index < 0)
        index += (long)size;
    if (index < 0 || (size_t)index >= size)
        return json_null();
    return json_array_get(list, (size_t)index);
}

static enum jmespath_truth truth_of(struct run *run, const struct jmespath_node *node,
                                    json_t *value);

static bool project(struct run *run, const struct jmespath_node *node, json_t *list,
                    json_t *element)
{
    json_t *projected;

    if (node->condition != NULL) {
        enum jmespath_truth truth = truth_of(run, node->condition, element);

        if (truth != JMESPATH_TRUE)
            return truth == JMESPATH_FALSE;
    }
    projected = evaluate(run, node->right, element);
    if (projected == NULL)
        return false;
    if (!json_is_null(projected))
        json_array_append(list, projected);
    return true;
}

static bool project_array(struct run *run, const struct jmespath_node *node,
                          json_t *list, json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!project(run, node, list, json_array_get(array, i)))
            return false;
    return true;
}

static bool project_values(struct run *run, const struct jmespath_node *node,
                           json_t *list, json_t *object)
{
    for (void *at = json_object_iter(object); at != NULL;
         at = json_object_iter_next(object, at))
        if (!project(run, node, list, json_object_iter_value(at)))
            return false;
    return true;
}

static bool project_flat(struct run *run, const struct jmespath_node *node,
                         json_t *list, json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *element = json_array_get(array, i);

        if (!run_charge(run, node, 1))
            return false;
        if (!(json_is_array(element) ? project_array(run, node, list, element)
                                     : project(run, node, list, element)))
            return false;
    }
    return true;
}

/* Where Python's slice would start or stop. */
static long slice_bound(long bound, long size, long step)
{
    long least = step < 0 ? -1 : 0, most = step < 0 ? size - 1 : size;

    if (bound < 0)
        bound += size;
    return bound < least ? least : bound > most ? most : bound;
}

static bool project_slice(struct run *run, const struct jmespath_node *node,
                          json_t *list, json_t *array)
{
    long size = (long)json_array_size(array), step = node->step;
    long at = step > 0 ? 0 : size - 1, stop = step > 0 ? size : -1;

    /* A longer step does the same, and might not fit behind `at`. */
    step = step > size ? size + 1 : step < -size ? -size - 1 : step;
    if (node->has_start)
        at = slice_bound(node->start, size, step);
    if (node->has_stop)
        stop = slice_bound(node->stop, size, step);
    for (; step > 0 ? at < stop : at > stop; at += step)
        if (!project(run, node, list, json_array_get(array, (size_t)at)))
            return false;
    return true;
}

static json_t *evaluate_projection(struct run *run, const struct jmespath_node *node,
                                   json_t *base)
{
    bool of_values = node->kind == JMESPATH_VALUES, whole;
    json_t *list;

    if (of_values ? !json_is_object(base) : !json_is_array(base))
        return json_null();
    if (!run_charge(run, node, STEPS_TO_MAKE))
        return NULL;
    list = json_array();
    if (of_values)
        whole = project_values(run, node, list, base);
    else if (node->kind == JMESPATH_FLATTEN)
        whole = project_flat(run, node, list, base);
    else if (node->kind == JMESPATH_SLICE)
        whole = project_slice(run, node, list, base);
    else
        whole = project_array(run, node, list, base);
    run_keep(run, list); /* behind what it holds: see jmespath_context_reset() */
    return whole ? list : NULL;
}

/* Null, or in a strict context an error. */
static json_t *unordered(struct run *run, const struct jmespath_node *node,
                         const json_t *left, const json_t *right)
{
    struct error *err = run->context->strict ? run->err : &run->context->unordered;

    if (err->message[0] == '\0') {
        error_of_kind(err, JMESPATH_ERROR_INVALID_TYPE, node->column,
                      "'%s' orders two numbers or two strings, not %s and %s%s",
                      comparator_text(node->comparator), value_named(left),
                      value_named(right),
                      run->context->strict ? "" : ": it gives null");
    }
    return run->context->strict ? NULL : json_null();
}

static json_t *evaluate_comparison(struct run *run, const struct jmespath_node *node,
                                   json_t *value)
{
    json_t *left = evaluate(run, node->left, value);
    json_t *right = left != NULL ? evaluate(run, node->right, value) : NULL;
    enum jmespath_comparator comparator = node->comparator;
    bool equal;

    if (right == NULL)
        return NULL;
    if (run_is_of_instants(run, left, right))
        return run_compare_instants(run, node, left, right);
    if (comparator == JMESPATH_EQ || comparator == JMESPATH_NE) {
        if (!run_equal(run, node, left, right, &equal))
            return NULL;
        return boolean(equal == (comparator == JMESPATH_EQ));
    }
    /* The specification orders numbers only. The AWS CLI orders text too, and queries
     * such as [?StartTime >= '2024-01-01'] rest on it. */
    if (!(json_is_number(left) && json_is_number(right)) &&
        !(json_is_string(left) && json_is_string(right)))
        return unordered(run, node, left, right);
    if (!run_charge_text(run, node,
                         smaller(json_string_length(left), json_string_length(right))))
        return NULL;
    return boolean(
        order_satisfies(comparator, values_order(&run->context->digits, left, right)));
}

static json_t *evaluate_logic(struct run *run, const struct jmespath_node *node,
                              json_t *value)
{
    json_t *left = evaluate(run, node->left, value);

    if (left == NULL || jmespath_is_true(left) == (node->kind == JMESPATH_OR))
        return left;
    return evaluate(run, node->right, value);
}

static json_t *evaluate_list(struct run *run, const struct jmespath_node *node,
                             json_t *value)
{
    json_t *list, *item = value;

    if (json_is_null(value))
        return value;
    if (!run_charge(run, node, STEPS_TO_MAKE))
        return NULL;
    list = json_array();
    for (size_t i = 0; i < node->item_count && item != NULL; i++) {
        item = evaluate(run, node->items[i], value);
        if (item != NULL)
            json_array_append(list, item);
    }
    run_keep(run, list);
    return item != NULL ? list : NULL;
}

static json_t *evaluate_hash(struct run *run, const struct jmespath_node *node,
                             json_t *value)
{
    json_t *hash, *item = value;

    if (json_is_null(value))
        return value;
    if (!run_charge(run, node, STEPS_TO_MAKE_KEY))
        return NULL;
    hash = json_object();
    for (size_t i = 0; i < node->item_count && item != NULL; i++) {
        item = run_charge_key(run, node, node->keys[i].len)
                   ? evaluate(run, node->items[i], value)
                   : NULL;
        if (item != NULL)
            json_object_setn_nocheck(hash, node->keys[i].text, node->keys[i].len, item);
    }
    run_keep(run, hash);
    return item != NULL ? hash : NULL;
}

/* Of && and ||: one side that decides is enough, whatever the other is. */
static enum jmespath_truth
truth_of_logic(struct run *run, const struct jmespath_node *node, json_t *value)
{
    const enum jmespath_truth decides =
        node->kind == JMESPATH_OR ? JMESPATH_TRUE : JMESPATH_FALSE;
    enum jmespath_truth left = truth_of(run, node->left, value), right;
    struct error why;

    if (left == decides)
        return left;
    if (left != JMESPATH_UNDECIDED)
        return truth_of(run, node->right, value);
    why = *run->err;
    *run->err = (struct error){ 0 };
    right = truth_of(run, node->right, value);
    if (right == decides)
        return right;
    *run->err = why;
    return JMESPATH_UNDECIDED;
}

static enum jmespath_truth truth_of_not(struct run *run,
                                        const struct jmespath_node *node, json_t *value)
{
    switch (truth_of(run, node->left, value)) {
    case JMESPATH_FALSE:
        return JMESPATH_TRUE;
    case JMESPATH_TRUE:
        return JMESPATH_FALSE;
    case JMESPATH_UNDECIDED:
        break;
    }
    return JMESPATH_UNDECIDED;
}

/* What only the truth is asked of. */
static enum jmespath_truth truth_of(struct run *run, const struct jmespath_node *node,
                                    json_t *value)
{
    const json_t *result;

    if (run->context->strict &&
        (node->kind == JMESPATH_AND || node->kind == JMESPATH_OR ||
         node->kind == JMESPATH_NOT)) {
        if (!run_charge(run, node, 1))
            return JMESPATH_UNDECIDED;
        return node->kind == JMESPATH_NOT ? truth_of_not(run, node, value)
                                          : truth_of_logic(run, node, value);
    }
    result = evaluate(run, node, value);
    if (result == NULL)
        return JMESPATH_UNDECIDED;
    return jmespath_is_true(result) ? JMESPATH_TRUE : JMESPATH_FALSE;
}

static json_t *evaluate_not(struct run *run, const struct jmespath_node *node,
                            json_t *value)
{
    enum jmespath_truth truth = truth_of(run, node->left, value);

    return truth != JMESPATH_UNDECIDED ? boolean(truth == JMESPATH_FALSE) : NULL;
}

/* Of a node whose left operand is evaluated first, and alone with the value. */
static json_t *evaluate_from(struct run *run, const struct jmespath_node *node,
                             json_t *left)
{
    if (left == NULL)
        return NULL;
    if (node->kind == JMESPATH_SUBEXPRESSION || node->kind == JMESPATH_PIPE) {
        json_t *found = evaluate(run, node->right, left);

        if (node->is_instant && found != NULL)
            run_note_instant(run, found);
        return found;
    }
    return node->kind == JMESPATH_INDEX ? evaluate_index(node, left)
                                        : evaluate_projection(run, node, left);
}

json_t *evaluate(struct run *run, const struct jmespath_node *node, json_t *value)
{
    if (!run_charge(run, node, 1))
        return NULL;
    switch (node->kind) {
    case JMESPATH_CURRENT:
        return value;
    case JMESPATH_FIELD:
        return evaluate_field(run, node, value);
    case JMESPATH_LITERAL:
        return node->literal;
    case JMESPATH_VARIABLE:
        return evaluate_variable(run, node);
    case JMESPATH_COMPARISON:
        return evaluate_comparison(run, node, value);
    case JMESPATH_AND:
    case JMESPATH_OR:
        return evaluate_logic(run, node, value);
    case JMESPATH_NOT:
        return evaluate_not(run, node, value);
    case JMESPATH_LIST:
        return evaluate_list(run, node, value);
    case JMESPATH_HASH:
        return evaluate_hash(run, node, value);
    case JMESPATH_CALL:
        return function_call(run, node, value);
    case JMESPATH_LET:
        return evaluate_let(run, node, value);
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
    case JMESPATH_INDEX:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_VALUES:
    case JMESPATH_FILTER:
        return evaluate_from(run, node, evaluate(run, node->left, value));
    case JMESPATH_REFERENCE:
        break; /* an argument, whose left its function evaluates */
    }
    return json_null();
}

/* A made value may hold one thing many times over, so that printing it would never end:
 * [@, @] | [@, @] | ... */
static bool is_printable(struct run *run, const struct jmespath_node *node,
                         const json_t *result, size_t made_before)
{
    size_t steps_left = JMESPATH_RESULT_MAX;
    enum walked walked;

    if (run->context->made_count == made_before)
        return true;
    walked = value_walk(&run->context->digits, result, JMESPATH_RESULT_DEPTH_MAX,
                        &steps_left);
    if (walked == WALKED_TOO_FAR)
        error_of_kind(run->err, JMESPATH_ERROR_LIMIT, node->column,
                      "the result holds more than %d values", JMESPATH_RESULT_MAX);
    if (walked == WALKED_TOO_DEEP)
        run_stopped(run, node, walked, JMESPATH_RESULT_DEPTH_MAX);
    return walked == WALKED_YES;
}

static struct run run_start(struct jmespath_context *context, const json_t *value,
                            struct error *err)
{
    context->instant_count = 0;
    return (struct run){ context, err, context->steps_max, context->steps_max, value };
}

json_t *jmespath_run_node(const struct jmespath_node *node, json_t *value,
                          struct jmespath_context *context, struct error *err)
{
    struct run run = run_start(context, value, err);
    size_t made_before = context->made_count;
    json_t *result = evaluate(&run, node, value);

    context->steps = run.steps_max - run.steps_left;
    if (result == NULL || !is_printable(&run, node, result, made_before))
        return NULL;
    return result;
}

json_t *jmespath_run(const struct jmespath *expression, json_t *value,
                     struct jmespath_context *context, struct error *err)
{
    return jmespath_run_node(expression->root, value, context, err);
}

enum jmespath_truth jmespath_ask(const struct jmespath *expression, json_t *value,
                                 struct jmespath_context *context, struct error *err)
{
    struct run run = run_start(context, value, err);
    enum jmespath_truth truth = truth_of(&run, expression->root, value);

    context->steps = run.steps_max - run.steps_left;
    return truth;
}
