#include "gather/shared.h"

static void note(struct shared_value *shared, struct arena *arena, struct str value)
{
    if (value.text == NULL)
        shared->missing = true;
    else if (shared->value.text == NULL)
        shared->value = str_copy(arena, value);
    else if (!str_equal(shared->value, value))
        shared->differs = true;
}

void shared_record(struct shared *shared, struct staging *staging,
                   const struct reduced *reduced)
{
    const struct plan *plan = reduced->plan;

    for (size_t i = 0; i < plan->type->narrowed_by.count && i < SHARED_FIELDS; i++) {
        struct shared_value *narrowed = &shared->narrowed[i];

        if (!narrowed->missing && !narrowed->differs)
            note(narrowed, staging->arena,
                 reduced_text(staging->plans, reduced, plan->narrowed[i]));
    }
}

/* For each field that may name it: which call it is, and so which field, may be told at
 * the end of the document only. */
void shared_parent(struct shared *shared, struct staging *staging,
                   const struct reduced *reduced)
{
    const struct plan *plan = reduced->plan;
    bool is_clear =
        reduced->record->kind == RECORD_OBJECT && !reduced->record->duplicate_key;

    for (size_t i = 0; i < plan->measures->parent_keys.count && i < SHARED_FIELDS; i++)
        note(&shared->parents[i], staging->arena,
             is_clear ? reduced_text(staging->plans, reduced, plan->parents[i])
                      : STR_NONE);
}

static void end_narrowing(const struct shared *shared, struct staged *staged)
{
    const struct str_list *fields = &staged->type->narrowed_by;

    for (size_t i = 0; i < fields->count && i < SHARED_FIELDS; i++) {
        const struct shared_value *narrowed = &shared->narrowed[i];

        if (narrowed->value.text != NULL && !narrowed->missing && !narrowed->differs) {
            staged->narrowed_field = fields->items[i];
            staged->narrowed_value = narrowed->value;
            return;
        }
    }
}

/* In the field that the answer's call has for it; if no record has it, by the file's
 * name. */
static void end_parent(const struct shared *shared, const struct str_list *keys,
                       struct staged *staged)
{
    const struct name *name = staged->from->name;
    struct shared_value parent = { .value = STR_NONE };

    for (size_t i = 0; i < keys->count && i < SHARED_FIELDS; i++)
        if (str_equal(keys->items[i], staged->call->parent_key))
            parent = shared->parents[i];
    if (parent.value.text == NULL && name->word_count > 0)
        staged->parent = name->words[0];
    else if (parent.missing || parent.differs)
        staged->doubts |= DOUBT_PARENT;
    else
        staged->parent = parent.value;
}

void shared_end(const struct shared *shared, const struct measures *measures,
                struct staged *staged)
{
    if (staged->type == NULL)
        return;
    if (staged->call != NULL && staged->call->gives == GIVES_PART)
        end_parent(shared, &measures->by_type[staged->type->index].parent_keys, staged);
    end_narrowing(shared, staged);
}
