#include "gather/rows.h"

#include "base/table.h"
#include "gather/staged.h"

#include <assert.h>
#include <string.h>

enum { SLOTS_MIN = 256, ALWAYS_MAX = 64 };

#define PLACE_STEP 0x9E3779B97F4A7C15u /* odd, so that no two places are alike */

/* From the hash of an id to what was said of the thing. */
struct said {
    uint64_t hash; /* 0: free; bit 0: `of` is a struct versions, else a struct row */
    void *of;
};

struct rows {
    struct arena *arena;
    const struct measures *measures;
    struct numbering *numberings; /* the last that was used first */
    struct str *values;           /* of the record at hand */
    size_t max;                   /* rows a document */
    struct arena scratch;         /* of one document */
    struct row **slots;
    size_t slot_count, count, bytes; /* slot_count: a power of two, or 0 */
    struct said *ids;
    size_t id_slot_count, id_count;
    struct row *last; /* what the record before said */
};

static void rows_release(void *object)
{
    struct rows *rows = object;

    arena_release(&rows->scratch);
}

struct rows *rows_new(struct arena *arena, const struct measures *measures)
{
    struct rows *rows = arena_new(arena, struct rows);
    size_t most = 0;

    rows->arena = arena;
    rows->measures = measures;
    rows->max = ROWS_MAX;
    for (size_t i = 0; i < measures->catalog->type_count; i++)
        if (measures->by_type[i].column_count > most)
            most = measures->by_type[i].column_count;
    rows->values = arena_array(arena, most, struct str);
    arena_on_release(arena, rows_release, rows);
    return rows;
}

void rows_limit(struct rows *rows, size_t max)
{
    rows->max = max;
}

void rows_begin(struct rows *rows)
{
    arena_reset(&rows->scratch);
    rows->slots = NULL;
    rows->ids = NULL;
    rows->slot_count = rows->count = rows->bytes = 0;
    rows->id_slot_count = rows->id_count = 0;
    rows->last = NULL;
}

/* ---- columns -----------------------------------------------------------------------
 */

static size_t number_of(const struct projection *projection, struct str field)
{
    return field.text != NULL ? projection_number(projection, field) : SIZE_MAX;
}

static struct numbering *numbering_new(struct rows *rows, const struct type *type,
                                       const struct projection *projection)
{
    const struct measures_of_type *measures = &rows->measures->by_type[type->index];
    struct numbering *numbering = arena_new(rows->arena, struct numbering);

    assert(type->always_count <= ALWAYS_MAX);
    *numbering = (struct numbering){ .type = type,
                                     .projection = projection,
                                     .measures = measures };
    if (projection == NULL)
        return numbering;
    numbering->numbers = arena_array(rows->arena, measures->column_count, size_t);
    for (size_t i = 0; i < measures->column_count; i++)
        numbering->numbers[i] = number_of(projection, measures->columns[i].name);
    numbering->extremes = arena_array(rows->arena, measures->extreme_count, size_t);
    for (size_t i = 0; i < measures->extreme_count; i++)
        numbering->extremes[i] = number_of(projection, measures->extremes[i].name);
    numbering->always = arena_array(rows->arena, type->always_count, size_t);
    for (size_t i = 0; i < type->always_count; i++)
        numbering->always[i] = number_of(projection, type->always[i].name);
    numbering->id = number_of(projection, type->id);
    numbering->arn = number_of(projection, type->arn);
    return numbering;
}

const struct numbering *rows_numbering(struct rows *rows, const struct type *type,
                                       const struct projection *projection)
{
    struct numbering **at = &rows->numberings, *numbering = *at;

    while (numbering != NULL &&
           (numbering->type != type || numbering->projection != projection)) {
        at = &numbering->next;
        numbering = *at;
    }
    if (numbering == NULL)
        numbering = numbering_new(rows, type, projection);
    else if (at == &rows->numberings)
        return numbering;
    else
        *at = numbering->next;
    /* to the front: the next record is of the same, most likely */
    numbering->next = rows->numberings;
    rows->numberings = numbering;
    return numbering;
}

struct str numbering_id(const struct numbering *numbering, const struct record *record)
{
    return numbering->projection != NULL ? record_field_text(record, numbering->id)
                                         : record_text(record, numbering->type->id);
}

struct str numbering_arn(const struct numbering *numbering, const struct record *record)
{
    return numbering->projection != NULL ? record_field_text(record, numbering->arn)
                                         : record_text(record, numbering->type->arn);
}

/* ---- what AWS always prints --------------------------------------------------------
 */

/* Whether the text may hold a number that no value can be made of: only long ones and
 * those with an exponent. */
static bool may_be_unusable(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        bool is_exponent = text.text[i] == 'e' || text.text[i] == 'E';

        if (digits > 0 && is_exponent)
            return true;
        digits = is_digit(text.text[i]) ? digits + 1 : 0;
        if (digits > 15)
            return true;
    }
    return false;
}

static bool is_usable(struct str text)
{
    json_t *value;

    if (text.text[0] == '"' || !may_be_unusable(text))
        return true;
    value = json_of_text(text);
    json_decref(value);
    return value != NULL;
}

/* '0': a number; 't': true or false; else the first byte. */
static char start_of_kind(enum field_kind kind)
{
    static const char starts[] = {
        [FIELD_STRING] = '"', [FIELD_NUMBER] = '0', [FIELD_BOOLEAN] = 't',
        [FIELD_ARRAY] = '[',  [FIELD_OBJECT] = '{',
    };

    return starts[kind];
}

static char kind_of_start(char start)
{
    if (start == '-' || is_digit(start))
        return '0';
    if (start == 'f')
        return 't';
    return start;
}

/* Which of the fields are not there, and whether one is of another kind. */
static void note_always(const struct numbering *numbering, const struct record *record,
                        uint64_t *missing, bool *wrong)
{
    const struct type *type = numbering->type;

    *missing = 0;
    *wrong = false;
    for (size_t i = 0; i < type->always_count; i++) {
        const struct type_field *always = &type->always[i];
        char start, wanted = start_of_kind(always->kind);

        if (numbering->projection == NULL) {
            const json_t *value = json_object_getn(record_value(record),
                                                   always->name.text, always->name.len);

            *missing |= (uint64_t)(value == NULL) << i;
            *wrong =
                *wrong || (value != NULL && !field_kind_matches(always->kind, value));
            continue;
        }
        start = record_field_start(record, numbering->always[i]);
        if (start == '\0' ||
            (wanted != '"' && wanted != 't' &&
             !is_usable(record_field_json(record, numbering->always[i]))))
            *missing |= UINT64_C(1) << i;
        else
            *wrong = *wrong || kind_of_start(start) != wanted;
    }
}

/* ---- one row for each tuple --------------------------------------------------------
 */

/* As text: so that rows compare by their bytes. Of a number that no value could be made
 * of, one that none can. */
static struct str made_text(struct arena *scratch, const struct record *record,
                            struct str field)
{
    const json_t *value = json_object_getn(record->made, field.text, field.len);
    char *dumped;
    struct str text;

    if (json_object_getn(record->made_unusable, field.text, field.len) != NULL)
        return STR("1e999");
    if (value == NULL)
        return STR_NONE;
    dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    assert(dumped != NULL);
    text = str_copy(scratch, str_from(dumped));
    free(dumped);
    return text;
}

static void read_values(struct rows *rows, const struct numbering *numbering,
                        const struct record *record)
{
    const struct measures_of_type *measures = numbering->measures;

    for (size_t i = 0; i < measures->column_count; i++) {
        rows->values[i] =
            numbering->projection != NULL
                ? record_field_json(record, numbering->numbers[i])
                : made_text(&rows->scratch, record, measures->columns[i].name);
    }
}

static bool says(const struct rows *rows, const struct row *row,
                 const struct row *wanted, size_t column_count)
{
    if (row->bucket != wanted->bucket || row->missing != wanted->missing ||
        row->wrong != wanted->wrong || row->astray != wanted->astray ||
        row->marks != wanted->marks)
        return false;
    for (size_t i = 0; i < column_count; i++)
        if (!str_same(row->values[i], rows->values[i]))
            return false;
    return true;
}

static void grow(struct rows *rows)
{
    size_t old_count = rows->slot_count;
    struct row **old = rows->slots;

    rows->slot_count = old_count > 0 ? 2 * old_count : SLOTS_MIN;
    rows->slots = arena_array(&rows->scratch, rows->slot_count, struct row *);
    for (size_t i = 0; i < old_count; i++) {
        size_t at;

        if (old[i] == NULL)
            continue;
        at = old[i]->hash & (rows->slot_count - 1);
        while (rows->slots[at] != NULL)
            at = (at + 1) & (rows->slot_count - 1);
        rows->slots[at] = old[i];
    }
}

static struct row *row_new(struct rows *rows, const struct numbering *numbering,
                           const struct row *wanted)
{
    const struct measures_of_type *measures = numbering->measures;
    size_t count = measures->column_count;
    struct row *row =
        arena_alloc(rows->arena, sizeof *row + count * sizeof *row->values);

    *row = *wanted;
    for (size_t i = 0; i < count; i++)
        row->values[i] = rows->values[i].text != NULL
                             ? str_copy(rows->arena, rows->values[i])
                             : STR_NONE;
    if (measures->extreme_count > 0)
        row->extremes =
            arena_array(rows->arena, measures->extreme_count, struct extreme);
    for (size_t i = 0; i < measures->extreme_count; i++)
        for (size_t j = 0; j < 2; j++)
            row->extremes[i].sure[j] = row->extremes[i].any[j] = VALUE_NONE;
    return row;
}

static void hash_values(const struct rows *rows, struct row *wanted,
                        size_t column_count)
{
    uint64_t hash = (wanted->bucket + 1) * PLACE_STEP + wanted->missing +
                    wanted->wrong + 2 * (uint64_t)wanted->astray +
                    ((uint64_t)wanted->marks << 56);

    for (size_t i = 0; i < column_count; i++) {
        if (rows->values[i].text != NULL)
            hash ^= hash_keyed(rows->values[i]);
        hash = (hash << 23 | hash >> 41) * PLACE_STEP;
    }
    wanted->hash = hash ^ hash >> 32;
}

/* Where the row is, or is to be. */
static struct row **row_slot(struct rows *rows, const struct row *wanted,
                             size_t column_count)
{
    size_t at;

    if (4 * (rows->count + 1) > 3 * rows->slot_count)
        grow(rows);
    at = wanted->hash & (rows->slot_count - 1);
    while (rows->slots[at] != NULL &&
           (rows->slots[at]->hash != wanted->hash ||
            !says(rows, rows->slots[at], wanted, column_count)))
        at = (at + 1) & (rows->slot_count - 1);
    return &rows->slots[at];
}

/* NULL: there are as many as a document may have. */
static struct row *row_get(struct rows *rows, const struct addition *addition)
{
    struct bucket *bucket = addition->bucket;
    size_t count = addition->numbering->measures->column_count, bytes = 0;
    struct row wanted = { .bucket = addition->number,
                          .astray = addition->astray,
                          .marks = addition->marks };
    struct row *row, **slot;

    note_always(addition->numbering, addition->record, &wanted.missing, &wanted.wrong);
    read_values(rows, addition->numbering, addition->record);
    if (rows->last != NULL && says(rows, rows->last, &wanted, count))
        return rows->last;
    hash_values(rows, &wanted, count);
    slot = row_slot(rows, &wanted, count);
    if (*slot != NULL)
        return *slot;
    for (size_t i = 0; i < count; i++)
        bytes += rows->values[i].len;
    if (rows->count == rows->max || bytes > rows->max * ROW_BYTES - rows->bytes)
        return NULL;
    row = *slot = row_new(rows, addition->numbering, &wanted);
    rows->count++;
    rows->bytes += bytes;
    if (bucket->rows == NULL)
        bucket->rows = row;
    else
        bucket->last_row->next = row;
    bucket->last_row = row;
    return row;
}

/* ---- places and extremes -----------------------------------------------------------
 */

static struct hit hit_of(struct rows *rows, const struct numbering *numbering,
                         const struct record *record)
{
    struct str id = numbering_id(numbering, record);

    if (id.text == NULL)
        id = numbering_arn(numbering, record);
    return (struct hit){ record->index, record->start.line, record->start.offset,
                         id.text != NULL ? str_copy(rows->arena, id) : STR_NONE };
}

static void note_place(struct rows *rows, struct row *row, struct hit hit)
{
    if (row->place_count < 2) { /* most have one, or many */
        struct hit *places = arena_array(
            rows->arena, row->place_count == 0 ? 1 : CITATIONS_MAX, struct hit);

        if (row->place_count == 1)
            places[0] = row->places[0];
        row->places = places;
    }
    row->places[row->place_count++] = hit;
}

/* A number, or of a time its seconds since 1970. False: no value that can be used. */
static bool extreme_value(const struct extreme_field *field, size_t number,
                          const struct record *record, double *value)
{
    json_t *made;
    bool usable;

    if (record_projection(record) == NULL)
        return value_of_json(
            json_object_getn(record_value(record), field->name.text, field->name.len),
            field->is_time, value);
    if (record_field_start(record, number) == '"')
        return field->is_time &&
               seconds_of_text(record_field_text(record, number), value);
    if (record_field_start(record, number) == '\0')
        return false;
    made = json_of_text(record_field_json(record, number));
    usable = value_of_json(made, field->is_time, value);
    json_decref(made);
    return usable;
}

static void note_extremes(struct rows *rows, struct row *row,
                          const struct numbering *numbering,
                          const struct record *record, bool is_first)
{
    const struct measures_of_type *measures = numbering->measures;

    for (size_t i = 0; i < measures->extreme_count; i++) {
        struct extreme *extreme = &row->extremes[i];
        size_t number = numbering->projection != NULL ? numbering->extremes[i] : 0;
        double value;

        if (!extreme_value(&measures->extremes[i], number, record, &value)) {
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
            extreme->hits[j] = hit_of(rows, numbering, record);
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

static void say_again(struct rows *rows, struct said *said, struct row *row)
{
    bool has_versions = (said->hash & 1) != 0;
    struct versions *before = has_versions ? said->of : NULL;
    struct row *first = has_versions ? before->first : said->of;

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
    const struct numbering *numbering = addition->numbering;
    const struct record *record = addition->record;
    struct row *row = row_get(rows, addition);
    struct str id = numbering_id(numbering, record);
    struct said *said = id.text != NULL ? said_of(rows, id, addition->number) : NULL;
    bool is_first = said == NULL || said->of == NULL;

    if (row == NULL)
        return ADDED_NOT;
    rows->last = row;
    note_extremes(rows, row, numbering, record, is_first);
    if (!is_first) {
        say_again(rows, said, row);
        return ADDED_AGAIN;
    }
    if (row->place_count < CITATIONS_MAX)
        note_place(rows, row, hit_of(rows, numbering, record));
    row->records++;
    if (said != NULL)
        said->of = row;
    else if (id.text != NULL)
        row->untold++;
    return ADDED;
}
