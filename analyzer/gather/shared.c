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

void shared_record(struct shared *shared, struct gathered *gathered,
                   const struct reduced *reduced)
{
    const struct plan *plan = reduced->plan;

    for (size_t i = 0; i < plan->type->narrowed_by.count && i < SHARED_FIELDS; i++) {
        struct shared_value *narrowed = &shared->narrowed[i];

        if (!narrowed->missing && !narrowed->differs)
            note(narrowed, gathered->arena,
                 reduced_text(gathered->plans, reduced, plan->narrowed[i]));
    }
}

/* For each field that may name it: which call it is, and so which field, may be told at
 * the end of the document only. */
void shared_parent(struct shared *shared, struct gathered *gathered,
                   const struct reduced *reduced)
{
    const struct plan *plan = reduced->plan;
    bool is_clear =
        reduced->record->kind == RECORD_OBJECT && !reduced->record->duplicate_key;

    for (size_t i = 0; i < plan->measures->parent_keys.count && i < SHARED_FIELDS; i++)
        note(&shared->parents[i], gathered->arena,
             is_clear ? reduced_text(gathered->plans, reduced, plan->parents[i])
                      : STR_NONE);
}

static void end_narrowing(const struct shared *shared, struct document *document)
{
    const struct str_list *fields = &document->type->narrowed_by;

    for (size_t i = 0; i < fields->count && i < SHARED_FIELDS; i++) {
        const struct shared_value *narrowed = &shared->narrowed[i];

        if (narrowed->value.text != NULL && !narrowed->missing && !narrowed->differs) {
            document->narrowed_field = fields->items[i];
            document->narrowed_value = narrowed->value;
            return;
        }
    }
}

/* In the field that the answer's call has for it; if no record has it, by the file's
 * name. */
static void end_parent(const struct shared *shared, const struct str_list *keys,
                       struct document *document)
{
    const struct name *name = document->from->name;
    struct shared_value parent = { .value = STR_NONE };

    for (size_t i = 0; i < keys->count && i < SHARED_FIELDS; i++)
        if (str_equal(keys->items[i], document->call->parent_key))
            parent = shared->parents[i];
    if (parent.value.text == NULL && name->word_count > 0)
        document->parent = name->words[0];
    else if (parent.missing || parent.differs)
        document->doubts |= DOUBT_PARENT;
    else
        document->parent = parent.value;
}

void shared_end(const struct shared *shared, const struct measures *measures,
                struct document *document)
{
    if (document->type == NULL)
        return;
    if (document->call != NULL && document->call->gives == GIVES_PART)
        end_parent(shared, &measures->by_type[document->type->index].parent_keys,
                   document);
    end_narrowing(shared, document);
}
