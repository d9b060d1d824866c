#include "evidence/fields.h"

#include "evidence/build.h"

#include <string.h>

enum {
    MEMOS = 8, /* a power of two */
    MEMO_BYTES = 48,
    MISSES_FREE = 64, /* before a field must have shown that its values come again */
};

/* A value, and the bytes that it stands for. */
struct memo {
    char bytes[MEMO_BYTES];
    size_t len;
    json_t *value; /* NULL: none */
};

struct field {
    json_t *value; /* in the object: borrowed from there; NULL: it is not in it */
    void *place;   /* in the object */
    struct memo *memos;
    uint64_t hits, misses;
};

static void drop_object(struct fields *fields)
{
    json_decref(fields->object);
    fields->object = NULL;
    for (size_t i = 0; i < fields->count; i++)
        fields->items[i].value = NULL;
}

void fields_release(struct fields *fields)
{
    drop_object(fields);
    for (size_t i = 0; i < fields->count; i++)
        for (size_t j = 0; fields->items[i].memos != NULL && j < MEMOS; j++)
            json_decref(fields->items[i].memos[j].value);
    arena_release(&fields->arena);
    *fields = (struct fields){ 0 };
}

static void take_projection(struct fields *fields, const struct projection *projection)
{
    fields_release(fields);
    fields->projection = projection;
    fields->count = projection->count;
    fields->items = arena_array(&fields->arena, fields->count, struct field);
}

/* ---- values ---------------------------------------------------------------------- */

/* Values that come again are short: two words tell most of them apart. What stands
 * behind a shorter one may be among that; it only makes a worse guess. */
static struct memo *memo_at(struct field *field, const char *at)
{
    uint64_t front, back;

    memcpy(&front, at, sizeof front);
    memcpy(&back, at + sizeof front, sizeof back);
    front = (front ^ (back << 29 | back >> 35)) * 0x9E3779B97F4A7C15u;
    return &field->memos[front >> 32 & (MEMOS - 1)];
}

/* A number goes on where the bytes end; all else shows its own end. */
static bool is_in_number(char byte)
{
    return is_digit(byte) || byte == '.' || byte == 'e' || byte == 'E' || byte == '+' ||
           byte == '-';
}

static bool is_memo(const struct memo *memo, const char *at)
{
    return memo->value != NULL && memcmp(memo->bytes, at, memo->len) == 0 &&
           !(is_in_number(memo->bytes[memo->len - 1]) && is_in_number(at[memo->len]));
}

static void remember(struct memo *memo, const char *at, size_t len, json_t *value)
{
    if (value == NULL || len > sizeof memo->bytes)
        return;
    json_decref(memo->value);
    memo->value = json_incref(value);
    memo->len = len;
    memcpy(memo->bytes, at, len);
}

/* The caller's reference; NULL: it cannot be built. */
static json_t *value_of(struct fields *fields, struct field *field, const char *at,
                        struct arena *scratch)
{
    const char *end = at;
    struct memo *memo;
    json_t *value;

    if (field->misses > MISSES_FREE + field->hits)
        return build_value(scratch, &end);
    if (field->memos == NULL)
        field->memos = arena_array(&fields->arena, MEMOS, struct memo);
    memo = memo_at(field, at);
    if (is_memo(memo, at)) {
        field->hits++;
        return json_incref(memo->value);
    }
    field->misses++;
    value = build_value(scratch, &end);
    remember(memo, at, (size_t)(end - at), value);
    return value;
}

/* ---- the object ------------------------------------------------------------------ */

static void tell_unusable(struct str name, json_t **unusable)
{
    if (*unusable == NULL)
        *unusable = json_object();
    json_object_setn_new_nocheck(*unusable, name.text, name.len, json_true());
}

/* Whether the object can stay, and only its values change. */
static bool has_same_fields(const struct fields *fields, const char *const *found)
{
    if (fields->object == NULL || fields->object->refcount != 1)
        return false;
    for (size_t i = 0; i < fields->count; i++)
        if ((fields->items[i].value != NULL) != (found[i] != NULL))
            return false;
    return true;
}

/* The value of a field that the object has, in its place. False: it cannot be built. */
static bool change(struct fields *fields, struct field *field, const char *at,
                   struct arena *scratch)
{
    json_t *value = value_of(fields, field, at, scratch);

    if (value == NULL)
        return false;
    json_object_iter_set_new(fields->object, field->place, value);
    field->value = value;
    return true;
}

static bool change_all(struct fields *fields, const char *const *found,
                       struct arena *scratch)
{
    for (size_t i = 0; i < fields->count; i++)
        if (found[i] != NULL && !change(fields, &fields->items[i], found[i], scratch))
            return false;
    return true;
}

static void build_all(struct fields *fields, const char *const *found,
                      struct arena *scratch, json_t **unusable)
{
    void *place = NULL;

    drop_object(fields);
    fields->object = json_object();
    for (size_t i = 0; i < fields->count; i++) {
        struct field *field = &fields->items[i];
        struct str name = fields->projection->fields[i].name;

        if (found[i] == NULL)
            continue;
        field->value = value_of(fields, field, found[i], scratch);
        if (field->value != NULL)
            json_object_setn_new_nocheck(fields->object, name.text, name.len,
                                         field->value);
        else
            tell_unusable(name, unusable);
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

json_t *fields_build(struct fields *fields, const struct projection *projection,
                     const char *const *found, struct arena *scratch, json_t **unusable)
{
    if (fields->projection != projection || fields->count != projection->count)
        take_projection(fields, projection);
    if (!has_same_fields(fields, found) || !change_all(fields, found, scratch))
        build_all(fields, found, scratch, unusable);
    return fields->object;
}
