/*
 * hits.h - where the records of a row are, in few bytes.
 *
 *     one record      several
 *     +-----------+   +-----------+--------+     +-----------------+   +---------
 *     | the first |   | the first | chunks |---> | differences, id |-->| ...
 *     +-----------+   +-----------+--------+     +-----------------+   +---------
 *
 * Most rows have one record or many. What follows the first is written as differences
 * to the one before, in variable length (LEB128), with its id: some 40 bytes a record
 * instead of 70. Who wants them reads them in their order:
 *
 *     struct hits_reader reader = hits_read(row->places, row->place_count);
 *     while (hits_next(&reader, &hit))
 *
 * Lifetime: all of it the arena's; an id borrows from there.
 * Limits: the caller's (rows.h). Format: https://dwarfstd.org, section 7.6 (LEB128).
 */
#ifndef GATHER_HITS_H
#define GATHER_HITS_H

#include "base/str.h"

#include <stdint.h>

/* Where a record is. */
struct hit {
    uint64_t index, line, offset;
    struct str id; /* or its ARN; absent: the record has neither */
};

struct hits_chunk;

struct several_hits {
    struct hit first;
    uint64_t index, line, offset; /* of the last */
    struct hits_chunk *chunks, *last_chunk;
};

/* By how many there are. */
union hits {
    struct hit *one;
    struct several_hits *several; /* from two on */
};

/* The next of `count`. Of the first the id is borrowed, of others it is copied. Returns
 * how many bytes were taken. Those behind the second may be of another arena, until
 * hits_keep(). */
size_t hits_add(struct arena *arena, union hits *places, size_t count,
                const struct hit *hit);
/* Of several: where the last that was added is. */
struct hits_chunk *hits_last_chunk(union hits places);
/* Those behind the chunk live in this arena, too, from now on: in as many bytes as they
 * need. */
void hits_keep(struct arena *arena, union hits places, struct hits_chunk *chunk);
const struct hit *hits_first(union hits places, size_t count);

struct hits_reader {
    union hits places;
    size_t count, next;
    const struct hits_chunk *chunk;
    size_t at; /* in it */
    struct hit hit;
};

struct hits_reader hits_read(union hits places, size_t count);
/* False: there are no more. */
bool hits_next(struct hits_reader *reader, struct hit *hit);

#endif
