#include "gather/rows.h"

#include "base/table.h"
#include "gather/document.h"

#include <assert.h>
#include <string.h>

enum {
    SLOTS_MIN = 256,
    ALWAYS_MAX = 64,
    PLACE_SHARE = 512, /* a row may have so many places as the bytes that are left are
                          times this: of 1 MB 1,000, and of what 100 rows take as much
                          of as they may, some 200 each */
};

#define PLACE_STEP 0x9E3779B97F4A7C15u /* odd, so that no two places are alike */

/* From the hash of an id to what was said of the thing. */
struct said {
    uint64_t hash; /* 0: free; bit 0: `of` is a struct versions, else a struct row */
    void *of;
};

/* With its hash, since rows lie far apart in memory. */
struct row_entry {
    struct row *row; /* NULL: free */
    uint32_t hash;
};

/* A row with more places than each may have, and where those begin. */
struct placed {
    struct placed *next;
    const struct row *row;
    struct hits_chunk *behind;
};

/* A value of the record at hand. */
struct found_value {
    uint64_t factor; /* of its column (tuple_factor()) */
    uint32_t number, hash;
};

struct rows {
    struct arena *arena;
    struct plans *plans;
    size_t max;           /* rows a document */
    struct arena scratch; /* of one document */
    struct row_entry *slots;
    size_t slot_count, count, bytes; /* slot_count: a power of two, or 0 */
    struct said *ids;
    size_t id_slot_count, id_count;
    struct row *last;    /* what the record before said */
    size_t place_bytes;  /* that are left of PLACES_BYTES_MAX */
    struct arena places; /* of the document: how many a row has is known at its end */
    struct placed *placed;
    struct values *values;
    /* by column, of the record at hand: */
    struct found_value *found;
    size_t found_capacity;
};

static void rows_release(void *object)
{
    struct rows *rows = object;

    arena_release(&rows->scratch);
    arena_release(&rows->places);
}

struct rows *rows_new(struct arena *arena, struct plans *plans)
{
    struct rows *rows = arena_new(arena, struct rows);

    rows->arena = arena;
    rows->plans = plans;
    rows->max = ROWS_MAX;
    rows->values = values_new(arena);
    arena_on_release(arena, rows_release, rows);
    return rows;
}

void rows_limit(struct rows *rows, size_t max)
{
    rows->max = max;
}

const struct values *rows_values(const struct rows *rows)
{
    return rows->values;
}

/* The places of the document that was read. */
static void keep_places(struct rows *rows)
{
    const struct placed *placed = rows->placed;

    for (; placed != NULL; placed = placed->next)
        hits_keep(rows->arena, placed->row->places, placed->behind);
    rows->placed = NULL;
    arena_reset(&rows->places);
}

void rows_begin(struct rows *rows)
{
    keep_places(rows);
    arena_reset(&rows->scratch);
    rows->slots = NULL;
    rows->ids = NULL;
    rows->slot_count = rows->count = rows->bytes = 0;
    rows->id_slot_count = rows->id_count = 0;
    rows->last = NULL;
    rows->place_bytes = PLACES_BYTES_MAX;
}

void rows_end(struct rows *rows)
{
    rows_begin(rows);
    arena_release(&rows->scratch);
    arena_release(&rows->places);
    values_end(rows->values);
}

/* ---- one row for each tuple --------------------------------------------------------
 */

static struct str value_of(const struct addition *addition, size_t column)
{
    return addition->of->values[addition->of->plan->columns[column]];
}

static size_t column_count(const struct addition *addition)
{
    return addition->of->plan->measures->column_count;
}

static bool is_alike(const struct row *row, const struct row *wanted)
{
    return row->portion == wanted->portion && row->missing == wanted->missing &&
           row->wrong == wanted->wrong && row->astray == wanted->astray &&
           row->marks == wanted->marks;
}

static bool says(const struct rows *rows, const struct row *row,
                 const struct row *wanted, size_t count)
{
    if (!is_alike(row, wanted))
        return false;
    for (size_t i = 0; i < count; i++)
        if (row->values[i] != rows->found[i].number)
            return false;
    return true;
}

static void grow(struct rows *rows)
{
    size_t old_count = rows->slot_count;
    const struct row_entry *old = rows->slots;

    rows->slot_count = old_count > 0 ? 2 * old_count : SLOTS_MIN;
    rows->slots = arena_array(&rows->scratch, rows->slot_count, struct row_entry);
    for (size_t i = 0; i < old_count; i++) {
        size_t at;

        if (old[i].row == NULL)
            continue;
        at = old[i].hash & (rows->slot_count - 1);
        while (rows->slots[at].row != NULL)
            at = (at + 1) & (rows->slot_count - 1);
        rows->slots[at] = old[i];
    }
}

/* The numbers of its values. `*bytes`: of all their texts. True: all are known. */
static bool find_values(struct rows *rows, const struct addition *addition,
                        size_t *bytes)
{
    const struct row *last = rows->last;
    size_t count = column_count(addition);
    bool all = true;

    if (count > rows->found_capacity) {
        rows->found = arena_array(rows->arena, count, struct found_value);
        rows->found_capacity = count;
        for (size_t i = 0; i < count; i++)
            rows->found[i].factor = tuple_factor(i);
    }
    *bytes = 0;
    for (size_t i = 0; i < count; i++) {
        struct found_value *found = &rows->found[i];
        struct str text = value_of(addition, i);

        *bytes += text.len;
        found->number = last != NULL ? last->values[i] : VALUE_ABSENT;
        if (str_same(values_text(rows->values, found->number), text))
            continue;
        found->number = values_find(rows->values, text, &found->hash);
        all = all && found->number != VALUES_NEW;
    }
    return all;
}

static uint32_t hash_values(const struct rows *rows, const struct row *wanted,
                            size_t count)
{
    uint64_t hash = (wanted->portion + 1) * PLACE_STEP + wanted->missing +
                    wanted->wrong + 2 * (uint64_t)wanted->astray +
                    ((uint64_t)wanted->marks << 56);

    for (size_t i = 0; i < count; i++)
        hash += rows->found[i].number * rows->found[i].factor;
    return (uint32_t)(hash >> 32);
}

/* Where the row is, or is to be. */
static struct row_entry *row_slot(struct rows *rows, const struct row *wanted,
                                  uint32_t hash, size_t count)
{
    size_t at;

    if (4 * (rows->count + 1) > 3 * rows->slot_count)
        grow(rows);
    at = hash & (rows->slot_count - 1);
    while (rows->slots[at].row != NULL &&
           (rows->slots[at].hash != hash ||
            !says(rows, rows->slots[at].row, wanted, count)))
        at = (at + 1) & (rows->slot_count - 1);
    return &rows->slots[at];
}

static struct row *row_new(struct rows *rows, const struct row *wanted,
                           const struct addition *addition)
{
    const struct measures_of_type *measures = addition->of->plan->measures;
    size_t count = measures->column_count;
    struct row *row =
        arena_alloc(rows->arena, sizeof *row + count * sizeof *row->values);

    *row = *wanted;
    for (size_t i = 0; i < count; i++)
        row->values[i] = rows->found[i].number;
    if (measures->extreme_count > 0)
        row->extremes =
            arena_array(rows->arena, measures->extreme_count, struct extreme);
    for (size_t i = 0; i < measures->extreme_count; i++)
        for (size_t j = 0; j < 2; j++)
            row->extremes[i].sure[j] = row->extremes[i].any[j] = VALUE_NONE;
    return row;
}

static void add_row(struct rows *rows, struct portion *portion, struct row *row)
{
    rows->count++;
    if (portion->rows == NULL)
        portion->rows = row;
    else
        portion->last_row->next = row;
    portion->last_row = row;
    row->number = (uint32_t)portion->row_count++;
}

/* NULL: there are as many as a document may have. */
static struct row *row_get(struct rows *rows, const struct addition *addition)
{
    struct row wanted = { .portion = (uint16_t)addition->number,
                          .astray = addition->astray,
                          .marks = addition->of->marks };
    size_t count = column_count(addition), bytes;
    struct row_entry *slot;
    uint32_t hash;
    bool all_known;

    reduced_always(addition->of, &wanted.missing, &wanted.wrong);
    all_known = find_values(rows, addition, &bytes);
    if (all_known) {
        if (rows->last != NULL && says(rows, rows->last, &wanted, count))
            return rows->last;
        hash = hash_values(rows, &wanted, count);
        slot = row_slot(rows, &wanted, hash, count);
        if (slot->row != NULL)
            return slot->row;
    }
    if (rows->count == rows->max || bytes > rows->max * ROW_BYTES - rows->bytes)
        return NULL;
    for (size_t i = 0; i < count && !all_known; i++) {
        struct found_value *found = &rows->found[i];
        struct str text = value_of(addition, i);

        /* two columns may have the same new text */
        if (found->number == VALUES_NEW)
            found->number = values_find(rows->values, text, &found->hash);
        if (found->number == VALUES_NEW)
            found->number = values_add(rows->values, text, found->hash);
    }
    hash = hash_values(rows, &wanted, count);
    slot = row_slot(rows, &wanted, hash, count);
    assert(slot->row == NULL);
    *slot = (struct row_entry){ row_new(rows, &wanted, addition), hash };
    rows->bytes += bytes;
    add_row(rows, addition->portion, slot->row);
    return slot->row;
}

/* ---- places and extremes -----------------------------------------------------------
 */

/* Of the record, or its ARN; absent: it has neither. */
static struct str id_of(struct rows *rows, const struct addition *addition)
{
    const struct str id = addition->of->id;

    return id.text != NULL
               ? id
               : reduced_text(rows->plans, addition->of, addition->of->plan->arn);
}

/* It mostly is a value of the row, too. */
static struct str kept_id(struct rows *rows, const struct row *row,
                          const struct addition *addition, struct str id)
{
    if (id.text == NULL)
        return STR_NONE;
    for (size_t i = 0; i < column_count(addition); i++) {
        struct str quoted = values_text(rows->values, row->values[i]);

        if (quoted.len == id.len + 2 && memcmp(quoted.text + 1, id.text, id.len) == 0)
            return (struct str){ quoted.text + 1, id.len };
    }
    return str_copy(rows->arena, id);
}

static struct hit hit_of(struct rows *rows, const struct row *row,
                         const struct addition *addition)
{
    const struct record *record = addition->of->record;

    return (struct hit){ record->index, record->start.line, record->start.offset,
                         kept_id(rows, row, addition, id_of(rows, addition)) };
}

/* Whether there is room for one more. */
static bool has_room(const struct rows *rows, const struct row *row,
                     const struct addition *addition)
{
    if (row->place_count < CITATIONS_BESIDE_MAX)
        return true;
    return addition->of->plan->measures->decides && row->place_count < CITATIONS_MAX &&
           row->place_count < rows->place_bytes / PLACE_SHARE;
}

static void note_place(struct rows *rows, struct row *row,
                       const struct addition *addition)
{
    const struct record *record = addition->of->record;
    bool is_more = row->place_count >= CITATIONS_BESIDE_MAX;
    struct hit hit;
    size_t bytes;

    if (!has_room(rows, row, addition))
        return;
    hit = (struct hit){ record->index, record->start.line, record->start.offset,
                        id_of(rows, addition) };
    if (is_more && hit.id.len > rows->place_bytes)
        return;
    if (row->place_count == 0)
        hit.id = kept_id(rows, row, addition, hit.id);
    if (row->place_count == CITATIONS_BESIDE_MAX) {
        struct placed *placed = arena_new(&rows->places, struct placed);

        *placed = (struct placed){ rows->placed, row, hits_last_chunk(row->places) };
        rows->placed = placed;
    }
    bytes = hits_add(is_more ? &rows->places : rows->arena, &row->places,
                     row->place_count, &hit);
    row->place_count++;
    if (is_more)
        rows->place_bytes -= smaller(bytes, rows->place_bytes);
}

/* A number, or of a time its seconds since 1970. False: no value that can be used. */
static bool extreme_value(struct str json, bool is_time, double *value)
{
    json_t *made;
    bool usable;

    if (json.text == NULL || (json.text[0] == '"' && !is_time))
        return false;
    if (json.text[0] == '"' && memchr(json.text, '\\', json.len) == NULL)
        return seconds_of_text((struct str){ json.text + 1, json.len - 2 }, value);
    made = json_of_text(json);
    usable = value_of_json(made, is_time, value);
    json_decref(made);
    return usable;
}

static void note_extremes(struct rows *rows, struct row *row,
                          const struct addition *addition, bool is_first)
{
    const struct measures_of_type *measures = addition->of->plan->measures;

    for (size_t i = 0; i < measures->extreme_count; i++) {
        struct extreme *extreme = &row->extremes[i];
        double value;

        if (!extreme_value(addition->of->values[addition->of->plan->extremes[i]],
                           measures->extremes[i].is_time, &value)) {
            extreme->open = true;
            for (size_t j = 0; j < 2 && is_first; j++)
                extreme->sure[j] = fmax(extreme->sure[j], VALUE_SOME);
            continue;
        }
        for (size_t j = 0; j < 2; j++) {
            double of_side = j == 0 ? value : -value;

            extreme->any[j] = fmax(extreme->any[j], of_side);
            if (!is_first || of_side <= extreme->sure[j])
                continue;
            extreme->sure[j] = of_side;
            extreme->hits[j] = hit_of(rows, row, addition);
        }
    }
}

/* The thing may be as this record says, not as its first: so that is no value of the
 * first's row that is there for certain. */
static void lower_extremes(struct rows *rows, struct row *first,
                           const struct addition *addition)
{
    const struct measures_of_type *measures = addition->of->plan->measures;

    for (size_t i = 0; i < measures->extreme_count; i++) {
        struct extreme *extreme = &first->extremes[i];
        double value;
        bool is_usable =
            extreme_value(addition->of->values[addition->of->plan->extremes[i]],
                          measures->extremes[i].is_time, &value);

        for (size_t j = 0; j < 2; j++) {
            double of_side = !is_usable ? VALUE_SOME : j == 0 ? value : -value;

            if (of_side >= extreme->sure[j])
                continue;
            extreme->sure[j] = of_side;
            extreme->hits[j] = hit_of(rows, first, addition);
        }
    }
}

/* ---- things that are said twice ----------------------------------------------------
 */

static struct said *said_slot(const struct rows *rows, uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & (rows->id_slot_count - 1);

    while (rows->ids[at].hash != 0 && ((rows->ids[at].hash ^ hash) >> 1) != 0)
        at = (at + 1) & (rows->id_slot_count - 1);
    return &rows->ids[at];
}

static void grow_ids(struct rows *rows)
{
    size_t old_count = rows->id_slot_count;
    const struct said *old = rows->ids;

    rows->id_slot_count = old_count > 0 ? 2 * old_count : SLOTS_MIN;
    rows->ids = arena_array(&rows->scratch, rows->id_slot_count, struct said);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].hash != 0)
            *said_slot(rows, old[i].hash) = old[i];
}

/* Where what is said of the thing is kept, `of` still NULL at its first record. NULL:
 * more ids than are kept. */
static struct said *said_of(struct rows *rows, struct str id, size_t place)
{
    uint64_t hash = (hash_keyed(id) + place * PLACE_STEP) & ~(uint64_t)1;
    struct said *said;

    hash += hash == 0 ? 2 : 0;
    if (4 * rows->id_count >= 3 * rows->id_slot_count)
        grow_ids(rows);
    said = said_slot(rows, hash);
    if (said->hash != 0)
        return said;
    if (rows->id_count == REPEATS_MAX)
        return NULL;
    rows->id_count++;
    said->hash = hash;
    return said;
}

static bool is_version(const struct versions *versions, const struct row *row)
{
    for (; versions != NULL; versions = versions->before)
        if (versions->row == NULL || versions->row == row ||
            (versions->before == NULL && versions->first == row))
            return true;
    return false;
}

/* The thing said what `before` (or, where that is NULL, `first`) says, and now `row`.
 */
static struct versions *versions_get(struct rows *rows, struct row *first,
                                     const struct versions *before,
                                     const struct row *row)
{
    struct versions *versions, *anything = NULL;
    size_t count = 0;

    for (versions = first->versions; versions != NULL; versions = versions->next) {
        if (versions->row == row && versions->before == before)
            return versions;
        if (versions->row == NULL)
            anything = versions;
        count++;
    }
    if (anything != NULL)
        return anything;
    versions = arena_new(rows->arena, struct versions);
    *versions = (struct versions){ .next = first->versions, .first = first };
    if (count < VERSIONS_MAX) {
        versions->row = row;
        versions->before = before;
    }
    first->versions = versions;
    return versions;
}

static void say_again(struct rows *rows, struct said *said, struct row *row,
                      const struct addition *addition)
{
    bool has_versions = (said->hash & 1) != 0;
    struct versions *before = has_versions ? said->of : NULL;
    struct row *first = has_versions ? before->first : said->of;

    lower_extremes(rows, first, addition);
    if (has_versions ? is_version(before, row) : first == row)
        return;
    if (has_versions)
        before->things--;
    before = versions_get(rows, first, before, row);
    before->things++;
    said->of = before;
    said->hash |= 1;
}

enum added rows_add(struct rows *rows, const struct addition *addition)
{
    struct row *row = row_get(rows, addition);
    bool has_id = addition->of->id.text != NULL;
    struct said *said =
        has_id ? said_of(rows, addition->of->id, addition->number) : NULL;
    bool is_first = said == NULL || said->of == NULL;

    if (row == NULL)
        return ADDED_NOT;
    rows->last = row;
    note_extremes(rows, row, addition, is_first);
    if (!is_first) {
        say_again(rows, said, row, addition);
        return ADDED_AGAIN;
    }
    note_place(rows, row, addition);
    row->records++;
    if (said != NULL)
        said->of = row;
    else if (has_id)
        row->untold++;
    return ADDED;
}
