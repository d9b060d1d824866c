/*
 * simd.h - private to json/ and its tests: the instructions that the record reader
 * is made of. All give the same; the tests hold each against the others.
 */
#ifndef JSON_SIMD_H
#define JSON_SIMD_H

#include "json/records.h"

enum simd {
    SIMD_PLAIN, /* C, for any processor */
    SIMD_SSE2,
    SIMD_AVX2,
    SIMD_COUNT
};

/* Whether this machine has them. */
bool simd_is_there(enum simd simd);
/* The best that it has. */
enum simd simd_best(void);

/* What a reader uses from its next value on; else it is the best. */
void records_use(struct records *records, enum simd simd);

/* The reader looks at every byte of every gap (shape.h), as if it had not met it. */
void records_learn_nothing(struct records *records);

#endif
