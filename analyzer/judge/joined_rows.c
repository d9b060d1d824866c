#include "judge/joined_rows.h"

#include <string.h>

struct joins *joins_new(struct arena *arena, const struct gathered *gathered)
{
    struct joins *joins = arena_new(arena, struct joins);

    joins->arena = arena;
    joins->gathered = gathered;
    joins->rows.arena = joins->limited.arena = joins->indexes.arena = arena;
    return joins;
}

struct arena *joins_arena(const struct joins *joins)
{
    return joins->arena;
}

struct table *joins_indexes(struct joins *joins)
{
    return &joins->indexes;
}

void joins_note_error(struct joins *joins, const struct fact *fact)
{
    if (joins->err.message[0] == '\0')
        return;
    if (jmespath_error_kind(&joins->err) == JMESPATH_ERROR_LIMIT) {
        struct str key = { (const char *)&fact, sizeof fact };
        void **slot = table_slot(&joins->limited, key);

        if (*slot == NULL)
            *slot = arena_new(joins->arena, size_t);
        ++*(size_t *)*slot;
    }
    joins->err = (struct error){ 0 };
}

static void keep_row(struct joins *joins, struct keyed_rows *rows,
                     const struct keyed_row *row)
{
    rows->items = arena_grow(joins->arena, rows->items, rows->count, &rows->capacity,
                             sizeof *rows->items);
    rows->items[rows->count++] = *row;
}

static void keep_key(struct joins *joins, struct joined_rows *rows, struct str key)
{
    rows->keys.items = arena_grow(joins->arena, rows->keys.items, rows->keys.count,
                                  &rows->key_capacity, sizeof *rows->keys.items);
    rows->keys.items[rows->keys.count++] = key;
}

/* False: it is not known, since what the record would say is not. A key that is no text
 * is absent. */
static bool key_of_row(const struct joined *joined, const struct measure *measure,
                       struct str *key)
{
    struct joins *joins = joined->joins;
    const struct fact *fact = measure->fact;
    json_t *record, *value = NULL;

    *key = STR_NONE;
    record = row_value(&joins->view, &measure->where, fact->fields.whole);
    if (row_open(&joins->view, &measure->where, fact->fields.whole, joined->context))
        value = jmespath_run(fact->join_record, record, joined->context, &joins->err);
    if (json_is_string(value))
        *key = str_copy(joins->arena, (struct str){ json_string_value(value),
                                                    json_string_length(value) });
    joins_note_error(joins, fact);
    jmespath_context_reset(joined->context);
    return value != NULL;
}

/* How many things say a row after another, by the row. */
static void note_versions(struct joined_rows *rows, struct table *again,
                          const struct row *row, struct arena *scratch)
{
    for (const struct versions *last = row->versions; last != NULL; last = last->next) {
        for (const struct versions *said = last; said != NULL && last->things > 0;
             said = said->before) {
            struct str key = { (const char *)&said->row, sizeof(const struct row *) };
            void **slot;

            if (said->row == NULL) {
                rows->anything += last->things;
                continue;
            }
            slot = table_slot(again, key);
            if (*slot == NULL)
                *slot = arena_new(scratch, uint64_t);
            *(uint64_t *)*slot += last->things;
        }
    }
}

static struct keyed_row keyed(const struct table *again, const struct row *row)
{
    struct keyed_row of_row = { .row = row };
    const uint64_t *count =
        table_find(again, (struct str){ (const char *)&row, sizeof row });

    for (const struct versions *last = row->versions; last != NULL; last = last->next)
        of_row.doubt += last->things;
    if (count != NULL)
        of_row.again = *count;
    return of_row;
}

static struct joined_rows *sort_rows(const struct joined *joined,
                                     const struct measure *measure,
                                     const struct document *document,
                                     const struct portion *portion)
{
    struct joins *joins = joined->joins;
    struct joined_rows *rows = arena_new(joins->arena, struct joined_rows);
    struct table again = TABLE_EMPTY(joined->scratch);

    rows->by_key.arena = joins->arena;
    for (const struct row *row = portion->rows; row != NULL; row = row->next)
        note_versions(rows, &again, row, joined->scratch);
    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        struct keyed_row of_row = keyed(&again, row);
        struct str key = STR_NONE;
        bool is_known;

        keep_row(joins, &rows->all, &of_row);
        if (measure->fact->join_record == NULL)
            continue;
        row_look(&joins->view, joins->gathered->measures,
                 portion_page(document, portion), row);
        is_known = !row->astray && key_of_row(joined, measure, &key);
        if (!is_known) {
            keep_row(joins, &rows->unknown, &of_row);
        } else if (key.text != NULL) {
            void **slot = table_slot(&rows->by_key, key);

            if (*slot == NULL) {
                *slot = arena_new(joins->arena, struct keyed_rows);
                keep_key(joins, rows, key);
            }
            keep_row(joins, *slot, &of_row);
        }
        row_drop(&joins->view);
    }
    return rows;
}

struct joined_rows *joined_rows_of(const struct joined *joined,
                                   const struct measure *measure,
                                   const struct document *document,
                                   const struct portion *portion)
{
    struct buf key = BUF_EMPTY(joined->scratch);
    void **slot;

    buf_add(&key, (struct str){ (const char *)&portion, sizeof portion });
    buf_add(&key, measure->fact->join_record_text);
    slot = table_slot(&joined->joins->rows, buf_str(&key));
    if (*slot == NULL)
        *slot = sort_rows(joined, measure, document, portion);
    return *slot;
}

const struct str_list *joined_keys(const struct measure *measure,
                                   const struct document *document,
                                   const struct portion *portion)
{
    return &joined_rows_of(measure->joined, measure, document, portion)->keys;
}
