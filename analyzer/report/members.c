#include "report/members.h"

#include "base/workers.h"
#include "report/escape.h"

#include <assert.h>
#include <string.h>

enum { CHUNK_ITEMS = 32, CHUNKS_OF_THREAD = 2 }; /* of a list, at a time */
enum { INDENT = 2 };

/* What stands before an item or a key. */
static size_t start_bytes(const struct json_writer *json)
{
    return (json->is_first ? 0 : 1) + (json->is_compact ? 0 : 1 + json->indent);
}

static char *put_start(struct json_writer *json, char *at)
{
    if (!json->is_first)
        *at++ = ',';
    json->is_first = false;
    if (json->is_compact)
        return at;
    *at++ = '\n';
    memset(at, ' ', json->indent);
    return at + json->indent;
}

/* ---- what a report is made of ---- */

void put_open(struct json_writer *json, char bracket)
{
    buf_add_byte(json->out, bracket);
    json->indent += INDENT;
    json->is_first = true;
}

void put_close(struct json_writer *json, char bracket)
{
    char *at;
    bool is_empty = json->is_first;

    json->indent -= INDENT;
    json->is_first = true; /* no comma */
    at = buf_extend(json->out, is_empty ? 1 : start_bytes(json) + 1);
    if (!is_empty)
        at = put_start(json, at);
    *at = bracket;
    json->is_first = false;
}

void put_item(struct json_writer *json)
{
    put_start(json, buf_extend(json->out, start_bytes(json)));
}

void put_key(struct json_writer *json, struct str key)
{
    struct str end = json->is_compact ? STR("\":") : STR("\": ");
    char *at = buf_extend(json->out, start_bytes(json) + 1 + key.len + end.len);

    at = put_start(json, at);
    *at++ = '"';
    memcpy(at, key.text, key.len);
    memcpy(at + key.len, end.text, end.len);
}

void put_word(struct json_writer *json, const char *word)
{
    buf_add(json->out, str_from(word));
}

void put_text(struct json_writer *json, struct str text)
{
    if (text.text == NULL) {
        put_word(json, "null");
        return;
    }
    if (!escape_is_needed(text)) {
        char *at = buf_extend(json->out, text.len + 2);

        *at = '"';
        memcpy(at + 1, text.text, text.len);
        at[text.len + 1] = '"';
        return;
    }
    buf_add_byte(json->out, '"');
    json->valid.arena = json->out->arena;
    buf_clear(&json->valid);
    escape_bytes(&json->valid, text);
    escape_string(json->out, buf_str(&json->valid));
    buf_add_byte(json->out, '"');
}

void put_number(struct json_writer *json, uint64_t number)
{
    buf_add_number(json->out, number < INT64_MAX ? number : INT64_MAX);
}

/* ---- by their tables ---- */

static const void *place_in(const void *object, size_t offset)
{
    return (const char *)object + offset;
}

static const void *pointer_at(const void *object, size_t offset)
{
    const void *pointer;

    memcpy(&pointer, place_in(object, offset), sizeof pointer);
    return pointer;
}

static uint64_t number_at(const void *object, const struct member *member)
{
    uint64_t large = 0;
    uint32_t small = 0;

    if (member->bytes == sizeof large) {
        memcpy(&large, place_in(object, member->offset), sizeof large);
        return large;
    }
    assert(member->bytes == sizeof small);
    memcpy(&small, place_in(object, member->offset), sizeof small);
    return small;
}

/* Of a text, a string or a word. */
static struct str text_at(const void *object, const struct member *member)
{
    if (member->kind == MEMBER_FIXED)
        return str_from(member->fixed);
    if (object == NULL)
        return STR_NONE;
    if (member->kind == MEMBER_TEXT)
        return *(const struct str *)place_in(object, member->offset);
    if (member->kind == MEMBER_WORD)
        return str_from(member->word((unsigned)number_at(object, member)));
    return str_from(*(const char *const *)place_in(object, member->offset));
}

static bool is_left_out(const void *object, const struct member *member)
{
    if (!member->is_optional)
        return false;
    if (member->kind == MEMBER_NUMBER)
        return number_at(object, member) == 0;
    if (member->kind == MEMBER_TEXTS)
        return ((const struct str_list *)place_in(object, member->offset))->count == 0;
    if (member->kind == MEMBER_FLAG)
        return !*(const bool *)place_in(object, member->offset);
    if (member->kind == MEMBER_LIST)
        return *(const void *const *)place_in(object, member->offset) == NULL;
    if (member->kind == MEMBER_OBJECT)
        return object == NULL;
    return (member->kind == MEMBER_TEXT || member->kind == MEMBER_STRING) &&
           text_at(object, member).text == NULL;
}

void put_texts(struct json_writer *json, const struct str_list *list)
{
    put_open(json, '[');
    for (size_t i = 0; i < list->count; i++) {
        put_item(json);
        put_text(json, list->items[i]);
    }
    put_close(json, ']');
}

/* A list that is written by several threads, some items each at a time. */
struct writing {
    const struct json_writer *json;
    const struct member *member;
    const void *items;
    size_t count, done; /* of the items */
    struct chunk {
        struct arena arena;
        struct buf text;
    } * chunks;
};

static void put_items(struct json_writer *json, const struct writing *writing,
                      size_t from, size_t to)
{
    const struct member *member = writing->member;

    for (size_t i = from; i < to; i++) {
        put_item(json);
        if (member->kind == MEMBER_LINKS)
            put_object(json, member->of,
                       pointer_at(writing->items, i * sizeof(void *)));
        else
            put_object(json, member->of, place_in(writing->items, i * member->bytes));
    }
}

static void put_chunk(void *object, size_t worker, size_t number)
{
    const struct writing *writing = object;
    struct chunk *chunk = &writing->chunks[number];
    size_t from = writing->done + number * CHUNK_ITEMS, left = writing->count - from;
    struct json_writer json = { .out = &chunk->text,
                                .indent = writing->json->indent,
                                .is_first = from == 0 };

    (void)worker;
    chunk->text = (struct buf)BUF_EMPTY(&chunk->arena);
    put_items(&json, writing, from, from + (left < CHUNK_ITEMS ? left : CHUNK_ITEMS));
    arena_release(&json.scratch);
}

/* In rounds, so that what the threads wrote and is not joined yet stays small. */
static void put_together(struct json_writer *json, struct writing *writing)
{
    size_t most = json->workers * CHUNKS_OF_THREAD;

    writing->chunks = arena_array(json->out->arena, most, struct chunk);
    while (writing->done < writing->count) {
        size_t left = (writing->count - writing->done + CHUNK_ITEMS - 1) / CHUNK_ITEMS;
        size_t count = left < most ? left : most;

        workers_run(json->workers, count, put_chunk, writing);
        for (size_t i = 0; i < count; i++) {
            buf_add(json->out, buf_str(&writing->chunks[i].text));
            arena_reset(&writing->chunks[i].arena);
        }
        writing->done += count * CHUNK_ITEMS;
    }
    for (size_t i = 0; i < most; i++)
        arena_release(&writing->chunks[i].arena);
    json->is_first = false;
}

static void put_list(struct json_writer *json, const struct member *member,
                     const void *object)
{
    struct writing writing = { .json = json,
                               .member = member,
                               .items = pointer_at(object, member->offset) };

    memcpy(&writing.count, place_in(object, member->count), sizeof writing.count);
    put_open(json, '[');
    if (json->workers > 1 && writing.count > CHUNK_ITEMS)
        put_together(json, &writing);
    else
        put_items(json, &writing, 0, writing.count);
    put_close(json, ']');
}

static void put_member(struct json_writer *json, const struct member *member,
                       const void *object)
{
    switch (member->kind) {
    case MEMBER_TEXT:
    case MEMBER_STRING:
    case MEMBER_WORD:
    case MEMBER_FIXED:
        put_text(json, text_at(object, member));
        return;
    case MEMBER_FLAG:
        put_word(json,
                 *(const bool *)place_in(object, member->offset) ? "true" : "false");
        return;
    case MEMBER_NUMBER:
        put_number(json, number_at(object, member));
        return;
    case MEMBER_PLACE:
        if (number_at(object, member) > 0)
            put_number(json, number_at(object, member));
        else
            put_word(json, "null");
        return;
    case MEMBER_TEXTS:
        put_texts(json, place_in(object, member->offset));
        return;
    case MEMBER_OBJECT:
        if (object != NULL)
            put_object(json, member->of, object);
        else
            put_word(json, "null");
        return;
    case MEMBER_LIST:
    case MEMBER_LINKS:
        put_list(json, member, object);
        return;
    case MEMBER_MADE:
        member->make(json, place_in(object, member->offset));
        arena_reset(&json->scratch);
        return;
    }
}

void put_object(struct json_writer *json, const struct members *members,
                const void *object)
{
    put_open(json, '{');
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->rows[i];
        const void *owner = object;

        if (member->has_owner)
            owner = pointer_at(object, member->owner);
        if (is_left_out(owner, member))
            continue;
        put_key(json, str_from(member->key));
        put_member(json, member, owner);
    }
    put_close(json, '}');
}
