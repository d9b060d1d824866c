#include "jmespath/run.h"

#include <assert.h>

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
