#include "jmespath/run.h"

#include <assert.h>

static struct spare *spare_of(struct jmespath_context *context, const json_t *number)
{
    return json_is_integer(number) ? &context->integers : &context->reals;
}

/* A number that nobody else holds is kept for the next run. */
static void give_back(struct jmespath_context *context, json_t *value)
{
    struct spare *spare =
        json_is_number(value) && value->refcount == 1 ? spare_of(context, value) : NULL;

    if (spare != NULL && spare->count < SPARE_NUMBERS_MAX)
        spare->numbers[spare->count++] = value;
    else
        json_decref(value);
}

static void release_spare(struct spare *spare)
{
    while (spare->count > 0)
        json_decref(spare->numbers[--spare->count]);
}

/* The last first: what is inside a value was made before it and is still held, so that
 * giving back a deep value does not recurse. */
void jmespath_context_reset(struct jmespath_context *context)
{
    while (context->made_count > 0)
        give_back(context, context->made[--context->made_count]);
    context->open_count = 0;
    arena_reset(&context->scratch);
}

void jmespath_context_strict(struct jmespath_context *context)
{
    context->strict = true;
}

void jmespath_context_open(struct jmespath_context *context, struct str name)
{
    assert(context->strict);
    context->open = arena_grow(context->arena, context->open, context->open_count,
                               &context->open_capacity, sizeof *context->open);
    context->open[context->open_count++] = name;
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
    release_spare(&context->integers);
    release_spare(&context->reals);
    for (size_t i = 0; i < TYPE_COUNT; i++)
        json_decref(context->type_names[i]);
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

/* NULL: none. */
static json_t *take_spare(struct spare *spare)
{
    return spare->count > 0 ? spare->numbers[--spare->count] : NULL;
}

json_t *run_integer(struct run *run, json_int_t integer)
{
    json_t *number = take_spare(&run->context->integers);

    if (number == NULL)
        number = json_integer(integer);
    json_integer_set(number, integer);
    return run_keep(run, number);
}

json_t *run_real(struct run *run, double real)
{
    json_t *number = take_spare(&run->context->reals);

    if (number == NULL)
        number = json_real(real);
    json_real_set(number, real);
    return run_keep(run, number);
}

static size_t type_index(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return 0;
    case JSON_ARRAY:
        return 1;
    case JSON_STRING:
        return 2;
    case JSON_INTEGER:
    case JSON_REAL:
        return 3;
    case JSON_TRUE:
    case JSON_FALSE:
        return 4;
    case JSON_NULL:
        break;
    }
    return TYPE_COUNT - 1;
}

json_t *run_type_name(struct run *run, const json_t *value)
{
    json_t **name = &run->context->type_names[type_index(value)];

    if (*name == NULL)
        *name = json_string_nocheck(value_type_name(value));
    return *name;
}
