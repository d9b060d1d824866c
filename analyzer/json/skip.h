/*
 * skip.h - private to json/: pass over, count and compare bytes, 16 at a time where
 * the machine can.
 *
 *     at = skip_plain(at);             to the end of a string, most often
 *     lines = count(from, to, LINE_ENDS);
 *     if (is_same(left, right, last, mask)) ...
 *
 * Every function is there twice: plain_...() in C for any machine, and one of SSE2
 * instructions, which every x86-64 processor has. A test holds them against each other.
 *
 * To skip, the text must end in a NUL, which stops every skip, and SKIP_PAD bytes that
 * may be read. To count, it needs nothing behind its end; to compare, all of the last
 * block.
 */
#ifndef JSON_SKIP_H
#define JSON_SKIP_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { SKIP_PAD = 64, SKIP_BLOCK = 16 };

/* What is counted. Every character has one byte that is no continuation (0x80 to 0xBF);
 * those of four bytes in UTF-8 begin with 0xF0 and more. */
enum counted { LINE_ENDS, CHARACTERS, LONG_CHARACTERS };

/* ---- in C -------------------------------------------------------------------------
 */

static inline const char *plain_skip_plain(const char *at)
{
    while ((signed char)*at >= ' ' && *at != '"' && *at != '\\')
        at++;
    return at;
}

static inline const char *plain_skip_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

static inline const char *plain_skip_many_blanks(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        at++;
    return at;
}

static inline size_t plain_count(const char *at, const char *end, enum counted counted)
{
    size_t total = 0;

    for (; at < end; at++)
        total += counted == LINE_ENDS    ? *at == '\n'
                 : counted == CHARACTERS ? (signed char)*at >= -64
                                         : (unsigned char)*at >= 0xF0;
    return total;
}

static inline bool plain_is_same(const char *left, const char *right, size_t last,
                                 const char mask[SKIP_BLOCK])
{
    unsigned differ = memcmp(left, right, last) != 0;

    for (size_t i = 0; i < SKIP_BLOCK; i++)
        differ |= (unsigned char)((left[last + i] ^ right[last + i]) & mask[i]);
    return differ == 0;
}

/* ---- with SSE2 --------------------------------------------------------------------
 */

#if defined(__SSE2__)
/* To the first byte that is not printable ASCII, or is a quote or a backslash. */
static inline const char *skip_plain(const char *at)
{
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');

    for (;; at += sizeof quote) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)at);
        __m128i is_mark = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote),
                                       _mm_cmpeq_epi8(bytes, backslash));
        /* Signed: what is no ASCII is less than a space too. */
        __m128i is_odd = _mm_cmplt_epi8(bytes, space);
        unsigned stops = (unsigned)_mm_movemask_epi8(_mm_or_si128(is_mark, is_odd));

        if (stops != 0)
            return at + (unsigned)__builtin_ctz(stops);
    }
}

/* To the first byte that is no digit. */
static inline const char *skip_digits(const char *at)
{
    const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);

    for (;; at += sizeof zero) {
        __m128i bytes = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)at), zero);
        __m128i are_digits = _mm_cmpeq_epi8(_mm_min_epu8(bytes, nine), bytes);
        unsigned digits = (unsigned)_mm_movemask_epi8(are_digits);

        if (digits != 0xFFFF)
            return at + (unsigned)__builtin_ctz(~digits);
    }
}

static inline const char *skip_many_blanks(const char *at)
{
    const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t');
    const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');

    for (;; at += sizeof space) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)at);
        __m128i is_gap =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, space), _mm_cmpeq_epi8(bytes, tab));
        __m128i is_end =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
        unsigned blanks = (unsigned)_mm_movemask_epi8(_mm_or_si128(is_gap, is_end));

        if (blanks != 0xFFFF)
            return at + (unsigned)__builtin_ctz(~blanks);
    }
}

/* Whether blocks are the same, of the last of them, which starts at `last`, only those
 * bits that the mask has. All are compared before the one decision: who asks mostly has
 * guessed right. */
static inline bool is_same(const char *left, const char *right, size_t last,
                           const char mask[SKIP_BLOCK])
{
    __m128i differ =
        _mm_and_si128(_mm_xor_si128(_mm_loadu_si128((const __m128i *)(left + last)),
                                    _mm_loadu_si128((const __m128i *)(right + last))),
                      _mm_loadu_si128((const __m128i *)mask));

    for (size_t i = 0; i < last; i += SKIP_BLOCK)
        differ = _mm_or_si128(
            differ, _mm_xor_si128(_mm_loadu_si128((const __m128i *)(left + i)),
                                  _mm_loadu_si128((const __m128i *)(right + i))));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(differ, _mm_setzero_si128())) == 0xFFFF;
}

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

static inline size_t count(const char *at, const char *end, enum counted counted)
{
    size_t total = 0, blocks = (size_t)(end - at) / sizeof(__m128i);

    while (blocks > 0) {
        size_t now = smaller(blocks, 255); /* a lane counts up to 255 */
        __m128i sums = _mm_setzero_si128();

        /* Every line end of a file is counted here: as it is, unrolled, it takes half
         * as long. */
#pragma GCC unroll 4
        for (size_t i = 0; i < now; i++) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)at + i);

            sums = _mm_sub_epi8(sums, are_counted(bytes, counted));
        }
        at += now * sizeof sums;
        blocks -= now;
        sums = _mm_sad_epu8(sums, _mm_setzero_si128());
        total += (size_t)_mm_cvtsi128_si32(sums) +
                 (size_t)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
    }
    return total + plain_count(at, end, counted);
}
#else
#define skip_plain       plain_skip_plain
#define skip_digits      plain_skip_digits
#define skip_many_blanks plain_skip_many_blanks
#define is_same          plain_is_same
#define count            plain_count
#endif

/* To the first byte that is no JSON white space. */
static inline const char *skip_blanks(const char *at)
{
    if ((unsigned char)*at > ' ')
        return at;
    if (*at == ' ' && (unsigned char)at[1] > ' ')
        return at + 1;
    return skip_many_blanks(at);
}

#endif
