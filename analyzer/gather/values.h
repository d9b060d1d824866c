/*
 * values.h - the texts that rows hold, each of them once, by its number.
 *
 *     number = values_find(values, text, &hash);      VALUES_NEW: not there yet
 *     number = values_add(values, text, hash);
 *     text = values_text(values, number);
 *
 *     rows:  (1, 2)  (1, 3)  (4, 2)        1 "awsbackup"  2 "postgres"  3 "mysql" ...
 *
 * What rows say is mostly said by many of them. With numbers, a row takes four bytes a
 * column, and rows are compared and grouped without looking at their texts.
 *
 * Lifetime: the arena's. Of one thread while it reads; from values_end() on
 * any may read. Memory: some 30 bytes a text, and the text. Limits: the caller's, by
 * the bytes that it adds (ROWS_BYTES_MAX in rows.h).
 */
#ifndef GATHER_VALUES_H
#define GATHER_VALUES_H

#include "base/str.h"

#include <stdint.h>

enum { VALUE_ABSENT = 0 };
#define VALUES_NEW UINT32_MAX

struct values;

struct values *values_new(struct arena *arena);

/* VALUE_ABSENT is the number of what has no text. */
uint32_t values_find(const struct values *values, struct str text, uint32_t *hash);
/* A text that is not there yet, with its hash from values_find(). */
uint32_t values_add(struct values *values, struct str text, uint32_t hash);
/* No more are added or looked for. */
void values_end(struct values *values);
struct str values_text(const struct values *values, uint32_t number);

/* What a tuple's hash multiplies its number at that place by, to add them up and take
 * the upper half: odd, and another in each process, so that no file can be made whose
 * tuples collide. */
uint64_t tuple_factor(size_t place);

#endif
