#include "gather/limited.h"

#include <string.h>

struct limited {
    size_t *starts; /* of each type's measures, by its index */
    size_t *records;
    size_t count;
    bool is_noted, is_spent; /* for some of them */
};

struct limited *limited_new(struct arena *arena, const struct measures *measures)
{
    struct limited *limited = arena_new(arena, struct limited);

    limited->starts = arena_array(arena, measures->catalog->type_count, size_t);
    for (size_t i = 0; i < measures->catalog->type_count; i++) {
        limited->starts[i] = limited->count;
        limited->count += measures->by_type[i].count;
    }
    limited->records = arena_array(arena, limited->count, size_t);
    return limited;
}

void limited_begin(struct limited *limited)
{
    if (limited->is_noted)
        memset(limited->records, 0, limited->count * sizeof *limited->records);
    limited->is_noted = limited->is_spent = false;
}

static size_t *records_of(const struct limited *limited, const struct measure *measure)
{
    return &limited
                ->records[limited->starts[measure->fact->type->index] + measure->slot];
}

void limited_note(struct limited *limited, const struct measure *measure)
{
    size_t *records = records_of(limited, measure);

    (*records)++;
    limited->is_noted = true;
    limited->is_spent = limited->is_spent || *records == LIMITED_RECORDS_MAX;
}

bool limited_is_spent(const struct limited *limited, const struct measure *measure)
{
    return limited->is_spent && *records_of(limited, measure) >= LIMITED_RECORDS_MAX;
}

bool limited_any(const struct limited *limited)
{
    return limited->is_spent;
}
