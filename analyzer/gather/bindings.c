#include "gather/bindings.h"

#include "base/time.h"

static void release_json(void *object)
{
    json_decref(object);
}

struct jmespath_context *bindings_new(struct arena *arena, const struct rule *rule,
                                      struct str as_of)
{
    struct jmespath_context *context = jmespath_context_new(arena);
    int64_t instant;

    for (size_t i = 0; rule != NULL && i < rule->parameter_count; i++) {
        const struct parameter *parameter = &rule->parameters[i];
        /* A copy: the rule is every thread's. */
        json_t *value = json_deep_copy(parameter->value);

        arena_on_release(arena, release_json, value);
        jmespath_context_bind(context, parameter->name, value);
    }
    if (as_of.text != NULL && instant_parse(as_of, &instant)) {
        json_t *now = json_real((double)instant / INSTANTS_PER_SECOND);

        arena_on_release(arena, release_json, now);
        jmespath_context_bind(context, STR("now"), now);
    }
    return context;
}
