#include "judge/known.h"

#include <assert.h>

struct known *known_new(struct arena *arena)
{
    struct known *known = arena_new(arena, struct known);

    known->arena = arena;
    return known;
}

struct known_type *known_of(const struct cell *cell, const struct type *type)
{
    struct known *known = cell->known;
    struct known_type *of_type;

    assert(known != NULL);
    for (of_type = known->types; of_type != NULL; of_type = of_type->next)
        if (of_type->type == type)
            return of_type;
    of_type = arena_new(known->arena, struct known_type);
    of_type->type = type;
    of_type->next = known->types;
    known->types = of_type;
    return of_type;
}
