#include "gather/ids.h"

#include "catalog/proof.h"
#include "gather/portion.h"

struct id {
    struct str text;
    uint64_t index;
    struct position start;
};

struct ids {
    struct arena arena; /* of one array's texts */
    struct table seen;
    struct id *items; /* each text once */
    size_t count, capacity, bytes;
    uint64_t others; /* that are there again, or more than are kept */
};

static void ids_release(void *object)
{
    struct ids *ids = object;

    arena_release(&ids->arena);
}

struct ids *ids_new(struct arena *arena)
{
    struct ids *ids = arena_new(arena, struct ids);

    arena_on_release(arena, ids_release, ids);
    return ids;
}

void ids_begin(struct ids *ids)
{
    arena_reset(&ids->arena);
    *ids = (struct ids){ .arena = ids->arena };
    ids->seen = (struct table)TABLE_EMPTY(&ids->arena);
}

static bool has_room(const struct ids *ids, struct str text)
{
    return ids->count < IDS_MAX && text.len <= IDS_BYTES_MAX - ids->bytes;
}

void ids_add(struct ids *ids, const struct record *record)
{
    struct str text = { json_string_value(record_value(record)),
                        json_string_length(record_value(record)) };
    void **slot;

    if (!has_room(ids, text) || table_find(&ids->seen, text) != NULL) {
        ids->others++;
        return;
    }
    ids->items = arena_grow(&ids->arena, ids->items, ids->count, &ids->capacity,
                            sizeof *ids->items);
    text = str_copy(&ids->arena, text);
    ids->items[ids->count++] = (struct id){ text, record->index, record->start };
    ids->bytes += text.len;
    slot = table_slot(&ids->seen, text);
    *slot = ids;
}

const struct type *ids_type(const struct ids *ids, const struct gathered *gathered)
{
    const struct catalog *catalog = gathered->measures->catalog;
    const struct type *type = NULL;

    for (size_t i = 0; i < ids->count; i++) {
        const struct type *of_text =
            catalog_arn(catalog, gathered->match, ids->items[i].text);

        if (of_text == NULL || (type != NULL && of_text != type))
            return NULL;
        type = of_text;
    }
    return type;
}

static void set_text(json_t *fields, struct str field, struct str text)
{
    if (field.text != NULL)
        json_object_setn_new_nocheck(fields, field.text, field.len,
                                     json_stringn_nocheck(text.text, text.len));
}

uint64_t ids_count(const struct ids *ids, struct gathered *gathered,
                   struct document *document)
{
    const struct type *type = document->type;
    const struct plan *plan = plan_find(gathered->plans, type, NULL, NULL);
    struct reduced reduced;
    bool any = false, any_is_arn = false;

    for (size_t i = 0; i < ids->count; i++) {
        const struct id *id = &ids->items[i];
        bool is_arn = str_starts_with(id->text, STR("arn:"));
        struct record record = { .kind = RECORD_OBJECT,
                                 .made = json_object(),
                                 .index = id->index,
                                 .start = id->start };
        bool proven = proof_add(type, gathered->match, id->text, NULL, record.made) &&
                      (!any || is_arn == any_is_arn);

        if (proven || (is_arn && type_has_arn(type, gathered->match, id->text)))
            set_text(record.made, is_arn ? type->arn : type->id, id->text);
        plan_reduce(gathered->plans, plan, &record, &reduced);
        if (proven) {
            any = true;
            any_is_arn = is_arn;
            portion_record(gathered, document, &reduced);
        } else {
            portion_unproven(gathered, document, &reduced);
        }
        json_decref(record.made);
    }
    portion_undecided(gathered, document, ids->others);
    return ids->count + ids->others;
}
