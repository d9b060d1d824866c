/*
 * count.h - private to json/: how many bytes of a kind a text has.
 *
 * Made of the instructions that SKIP_SIMD says (skip.h). The text needs nothing behind
 * its end.
 */
#ifndef JSON_COUNT_H
#define JSON_COUNT_H

#include "json/skip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum counted { LINE_ENDS, CHARACTERS, LONG_CHARACTERS };

static inline bool is_counted(char byte, enum counted counted)
{
    /* Every character but its second and later bytes, 0x80 to 0xBF; those of four bytes
     * begin with 0xF0 and more. */
    return counted == LINE_ENDS    ? byte == '\n'
           : counted == CHARACTERS ? (signed char)byte >= -64
                                   : (unsigned char)byte >= 0xF0;
}

#if SKIP_SIMD >= 1
/* -1 for each of 16 bytes that is counted. */
static inline __m128i are_counted(__m128i bytes, enum counted counted)
{
    if (counted == LINE_ENDS)
        return _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    if (counted == CHARACTERS)
        return _mm_cmpgt_epi8(bytes, _mm_set1_epi8(-65));
    /* 0xF0 to 0xFF are -16 to -1. */
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(-17)),
                         _mm_cmplt_epi8(bytes, _mm_setzero_si128()));
}
#endif

#if SKIP_SIMD >= 2
enum { FOUR = 4 * sizeof(__m256i) };

static inline __m256i are_line_ends(const char *at)
{
    return _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)at),
                             _mm256_set1_epi8('\n'));
}

/* In each lane, minus the line ends among four bytes. */
static inline __m256i line_ends_of_four(const char *at)
{
    const ptrdiff_t one = sizeof(__m256i);
    __m256i front = _mm256_add_epi8(are_line_ends(at), are_line_ends(at + one));
    __m256i back =
        _mm256_add_epi8(are_line_ends(at + 2 * one), are_line_ends(at + 3 * one));

    return _mm256_add_epi8(front, back);
}
#endif

static inline size_t count(const char *at, const char *end, enum counted counted)
{
    size_t total = 0;

#if SKIP_SIMD >= 2
    while (counted == LINE_ENDS && end - at >= FOUR) {
        const __m256i zero = _mm256_setzero_si256();
        __m256i sums = zero;
        __m128i half;

        /* A lane counts up to 255. */
        for (int i = 0; i < 255 / 4 && end - at >= FOUR; i++, at += FOUR)
            sums = _mm256_sub_epi8(sums, line_ends_of_four(at));
        sums = _mm256_sad_epu8(sums, zero);
        half = _mm_add_epi64(_mm256_castsi256_si128(sums),
                             _mm256_extracti128_si256(sums, 1));
        total += (size_t)_mm_cvtsi128_si32(half) +
                 (size_t)_mm_cvtsi128_si32(_mm_srli_si128(half, 8));
    }
#endif
#if SKIP_SIMD >= 1
    while (end - at >= (ptrdiff_t)sizeof(__m128i)) {
        __m128i sums = _mm_setzero_si128();

        /* A lane counts up to 255. */
        for (int i = 0; i < 255 && end - at >= (ptrdiff_t)sizeof sums; i++) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)at);

            sums = _mm_sub_epi8(sums, are_counted(bytes, counted));
            at += sizeof sums;
        }
        sums = _mm_sad_epu8(sums, _mm_setzero_si128());
        total += (size_t)_mm_cvtsi128_si32(sums) +
                 (size_t)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
    }
#endif
#if SKIP_SIMD < 1
    while (counted == LINE_ENDS && end - at >= (ptrdiff_t)sizeof(uint64_t)) {
        const uint64_t ones = ~(uint64_t)0 / 0xFF;
        uint64_t bytes, others;

        /* A byte is 0 now if it was a line end; adding 0x7F to its low bits sets the
         * high one of every other. */
        memcpy(&bytes, at, sizeof bytes);
        bytes ^= ones * '\n';
        others = ((bytes & ones * 0x7F) + ones * 0x7F) | bytes;
        total += (size_t)(((~others & ones * 0x80) >> 7) * ones >> 56);
        at += sizeof bytes;
    }
#endif
    for (; at < end; at++)
        total += is_counted(*at, counted);
    return total;
}

#endif
