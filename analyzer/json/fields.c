#include "json/fields.h"

#include "json/build.h"

#include <assert.h>
#include <string.h>

enum {
    MEMOS = 16, /* a power of two; in pairs, the newer first */
    MEMO_BYTES = 48,
    MISSES_FREE = 64, /* before a field must have shown that its values come again */
    NUMBER_NONE = 0,
    NUMBER_ABSENT = 1, /* of a field that a record lacks */
};

/* A text that came, and what stands for it. */
struct memo {
    char bytes[MEMO_BYTES];
    size_t len;
    uint64_t number; /* no other text of the field ever has it; NUMBER_NONE: no text */
    json_t *value;   /* NULL: not yet made */
};

struct field {
    json_t *value; /* in the object: borrowed from there; NULL: it is not in it */
    void *place;   /* in the object */
    struct memo *memos;
    uint64_t hits, misses;

    /* of the record: */
    bool was_sought, was_read;
    struct memo *memo; /* that has its text, or NULL */
    struct str text;
};

static void drop_object(struct fields *fields)
{
    json_decref(fields->object);
    fields->object = NULL;
    for (size_t i = 0; i < fields->count; i++)
        fields->items[i].value = NULL;
}

void fields_init(struct fields *fields, const struct projection *projection)
{
    *fields = (struct fields){ .projection = projection,
                               .count = projection->count,
                               .last_number = NUMBER_ABSENT };
    fields->items = arena_array(&fields->arena, fields->count, struct field);
}

void fields_release(struct fields *fields)
{
    drop_object(fields);
    json_decref(fields->unusable);
    for (size_t i = 0; i < fields->count; i++)
        for (size_t j = 0; fields->items[i].memos != NULL && j < MEMOS; j++)
            json_decref(fields->items[i].memos[j].value);
    arena_release(&fields->arena);
}

void fields_begin(struct fields *fields, const char *const *found,
                  struct arena *scratch)
{
    fields->found = found;
    fields->scratch = scratch;
    fields->has_value = false;
    json_decref(fields->unusable);
    fields->unusable = NULL;
    for (size_t i = 0; i < fields->count; i++)
        fields->items[i].was_sought = fields->items[i].was_read = false;
}

/* ---- text ------------------------------------------------------------------------ */

static bool has_quote(uint64_t bytes)
{
    const uint64_t ones = ~(uint64_t)0 / 0xFF;

    bytes ^= ones * '"';
    return ((bytes - ones) & ~bytes & ones * 0x80) != 0;
}

/* The pair that has it, if any: by all words of a text up to its end, or one behind a
 * quote in it. What stands behind the end may be among that; it only makes a worse
 * guess.
 */
static struct memo *pair_of(struct field *field, const char *at)
{
    uint64_t hash = 0, word;
    size_t first = *at == '"';

    for (size_t i = 0; i < MEMO_BYTES; i += sizeof word) {
        memcpy(&word, at + first + i, sizeof word);
        hash = (hash ^ hash >> 32 ^ word) * 0x9E3779B97F4A7C15u;
        if (first == 0 || has_quote(word))
            break;
    }
    return &field->memos[hash >> 32 & (MEMOS - 2)];
}

/* A number goes on where the bytes end; all else shows its own end. */
static bool is_memo(const struct memo *memo, const char *at)
{
    return memo->number != NUMBER_NONE && memcmp(memo->bytes, at, memo->len) == 0 &&
           !(is_in_number(memo->bytes[memo->len - 1]) && is_in_number(at[memo->len]));
}

/* Nothing is remembered of what is long, of arrays and objects, and of numbers that
 * cannot be made. */
static struct memo *remember(struct fields *fields, struct memo *pair, const char *at)
{
    const char *end;
    json_t *value = NULL;
    size_t len;

    if (*at == '{' || *at == '[')
        return NULL;
    len = (size_t)(build_end(at) - at);
    if (len > sizeof pair->bytes)
        return NULL;
    if (*at == '-' || is_digit(*at)) {
        end = at;
        value = build_value(fields->scratch, &end);
        if (value == NULL)
            return NULL;
    }
    json_decref(pair[1].value);
    pair[1] = pair[0];
    *pair =
        (struct memo){ .len = len, .number = ++fields->last_number, .value = value };
    memcpy(pair->bytes, at, len);
    return pair;
}

static struct memo *seek(struct fields *fields, struct field *field, const char *at)
{
    struct memo *pair;

    if (field->misses > MISSES_FREE + field->hits)
        return NULL;
    if (field->memos == NULL)
        field->memos = arena_array(&fields->arena, MEMOS, struct memo);
    pair = pair_of(field, at);
    for (struct memo *memo = pair; memo < pair + 2; memo++) {
        if (is_memo(memo, at)) {
            field->hits++;
            return memo;
        }
    }
    field->misses++;
    return remember(fields, pair, at);
}

/* The memo of a field that the record has, or NULL. */
static struct memo *memo_of(struct fields *fields, size_t number)
{
    struct field *field = &fields->items[number];

    if (!field->was_sought) {
        field->memo = seek(fields, field, fields->found[number]);
        field->was_sought = true;
    }
    return field->memo;
}

uint64_t fields_alike(struct fields *fields, size_t number)
{
    const struct memo *memo;

    assert(number < fields->count);
    if (fields->found[number] == NULL)
        return NUMBER_ABSENT;
    memo = memo_of(fields, number);
    return memo != NULL ? memo->number : NUMBER_NONE;
}

struct str fields_text(struct fields *fields, size_t number)
{
    const char *at = number < fields->count ? fields->found[number] : NULL;
    struct field *field;

    if (at == NULL || *at != '"')
        return STR_NONE;
    field = &fields->items[number];
    if (!field->was_read)
        field->text = build_string(fields->scratch, at);
    field->was_read = true;
    return field->text;
}

/* The caller's reference; NULL: it cannot be made. */
static json_t *value_of(struct fields *fields, size_t number)
{
    const char *at = fields->found[number];
    struct memo *memo = memo_of(fields, number);

    if (memo == NULL)
        return build_value(fields->scratch, &at);
    if (memo->value == NULL)
        memo->value = build_value(fields->scratch, &at);
    return json_incref(memo->value);
}

/* ---- the object ------------------------------------------------------------------ */

static void tell_unusable(struct str name, json_t **unusable)
{
    if (*unusable == NULL)
        *unusable = json_object();
    json_object_setn_new_nocheck(*unusable, name.text, name.len, json_true());
}

/* Whether the object can stay, and only its values change. */
static bool has_same_fields(const struct fields *fields)
{
    if (fields->object == NULL || fields->object->refcount != 1)
        return false;
    for (size_t i = 0; i < fields->count; i++)
        if ((fields->items[i].value != NULL) != (fields->found[i] != NULL))
            return false;
    return true;
}

/* The value of a field that the object has, in its place. False: it cannot be made. */
static bool change(struct fields *fields, size_t number)
{
    struct field *field = &fields->items[number];
    json_t *value = value_of(fields, number);

    if (value == NULL)
        return false;
    json_object_iter_set_new(fields->object, field->place, value);
    field->value = value;
    return true;
}

static bool change_all(struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->found[i] != NULL && !change(fields, i))
            return false;
    return true;
}

static void make_all(struct fields *fields)
{
    void *place = NULL;

    drop_object(fields);
    fields->object = json_object();
    for (size_t i = 0; i < fields->count; i++) {
        struct field *field = &fields->items[i];
        struct str name = fields->projection->fields[i].name;

        if (fields->found[i] == NULL)
            continue;
        field->value = value_of(fields, i);
        if (field->value != NULL)
            json_object_setn_new_nocheck(fields->object, name.text, name.len,
                                         field->value);
        else
            tell_unusable(name, &fields->unusable);
    }
    /* An object's members come in the order in which they were set. */
    place = json_object_iter(fields->object);
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->items[i].value == NULL)
            continue;
        fields->items[i].place = place;
        place = json_object_iter_next(fields->object, place);
    }
}

json_t *fields_value(struct fields *fields)
{
    if (!fields->has_value && (!has_same_fields(fields) || !change_all(fields)))
        make_all(fields);
    fields->has_value = true;
    return fields->object;
}

json_t *fields_unusable(struct fields *fields)
{
    fields_value(fields);
    return fields->unusable;
}
