#include "gather/hits.h"

#include <assert.h>
#include <string.h>

enum { NUMBER_BYTES_MAX = 10, CHUNK_BYTES_MIN = 48, CHUNK_BYTES_MAX = 4096 };

struct hits_chunk {
    struct hits_chunk *next;
    size_t used, size;
    char bytes[];
};

static size_t put_number(char *at, uint64_t number)
{
    size_t len = 0;

    for (; number > 0x7F; number >>= 7)
        at[len++] = (char)(0x80 | (number & 0x7F));
    at[len++] = (char)number;
    return len;
}

static uint64_t number_at(struct hits_reader *reader)
{
    uint64_t number = 0;
    unsigned char byte;
    int shift = 0;

    do {
        byte = (unsigned char)reader->chunk->bytes[reader->at++];
        number |= (uint64_t)(byte & 0x7F) << shift;
        shift += 7;
    } while (byte > 0x7F);
    return number;
}

/* Each is as large as all before it, up to a limit. */
static struct hits_chunk *chunk_with(struct arena *arena, struct several_hits *several,
                                     size_t bytes)
{
    struct hits_chunk *last = several->last_chunk, *chunk;
    size_t size =
        last == NULL ? CHUNK_BYTES_MIN : smaller(2 * last->size, CHUNK_BYTES_MAX);

    if (last != NULL && last->size - last->used >= bytes)
        return last;
    size = size < bytes ? bytes : size;
    chunk = arena_alloc(arena, sizeof *chunk + size);
    *chunk = (struct hits_chunk){ .size = size };
    if (last == NULL)
        several->chunks = chunk;
    else
        last->next = chunk;
    return several->last_chunk = chunk;
}

size_t hits_add(struct arena *arena, union hits *places, size_t count,
                const struct hit *hit)
{
    char numbers[4 * NUMBER_BYTES_MAX];
    struct several_hits *several = places->several;
    struct hits_chunk *chunk;
    size_t len = 0;

    if (count == 0) {
        places->one = arena_new(arena, struct hit);
        *places->one = *hit;
        return sizeof *hit;
    }
    if (count == 1) {
        several = arena_new(arena, struct several_hits);
        *several = (struct several_hits){ .first = *places->one,
                                          .index = places->one->index,
                                          .line = places->one->line,
                                          .offset = places->one->offset };
        places->several = several;
    }
    /* modulo 2^64, so that any order is right */
    len += put_number(numbers + len, hit->index - several->index);
    len += put_number(numbers + len, hit->line - several->line);
    len += put_number(numbers + len, hit->offset - several->offset);
    len += put_number(numbers + len, hit->id.text != NULL ? hit->id.len + 1 : 0);
    chunk = chunk_with(arena, several, len + hit->id.len);
    memcpy(chunk->bytes + chunk->used, numbers, len);
    if (hit->id.text != NULL)
        memcpy(chunk->bytes + chunk->used + len, hit->id.text, hit->id.len);
    chunk->used += len + hit->id.len;
    several->index = hit->index;
    several->line = hit->line;
    several->offset = hit->offset;
    return len + hit->id.len;
}

struct hits_chunk *hits_last_chunk(union hits places)
{
    return places.several->last_chunk;
}

void hits_keep(struct arena *arena, union hits places, struct hits_chunk *chunk)
{
    const struct hits_chunk *from = chunk->next, *next;
    struct hits_chunk *kept;
    size_t bytes = 0;

    for (next = from; next != NULL; next = next->next)
        bytes += next->used;
    if (bytes == 0)
        return;
    kept = arena_alloc(arena, sizeof *kept + bytes);
    *kept = (struct hits_chunk){ .size = bytes };
    for (next = from; next != NULL; next = next->next) {
        memcpy(kept->bytes + kept->used, next->bytes, next->used);
        kept->used += next->used;
    }
    chunk->next = places.several->last_chunk = kept;
}

const struct hit *hits_first(union hits places, size_t count)
{
    assert(count > 0);
    return count == 1 ? places.one : &places.several->first;
}

struct hits_reader hits_read(union hits places, size_t count)
{
    return (struct hits_reader){ .places = places,
                                 .count = count,
                                 .chunk = count > 1 ? places.several->chunks : NULL };
}

bool hits_next(struct hits_reader *reader, struct hit *hit)
{
    uint64_t id;

    if (reader->next == reader->count)
        return false;
    if (reader->next++ == 0) {
        *hit = reader->hit = *hits_first(reader->places, reader->count);
        return true;
    }
    if (reader->at == reader->chunk->used) {
        reader->chunk = reader->chunk->next;
        reader->at = 0;
    }
    reader->hit.index += number_at(reader);
    reader->hit.line += number_at(reader);
    reader->hit.offset += number_at(reader);
    id = number_at(reader);
    reader->hit.id = STR_NONE;
    if (id > 0) {
        reader->hit.id = (struct str){ reader->chunk->bytes + reader->at, id - 1 };
        reader->at += id - 1;
    }
    *hit = reader->hit;
    return true;
}
