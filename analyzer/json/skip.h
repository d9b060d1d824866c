/*
 * skip.h - private to json/: pass over bytes that need no thought, 16 at a time
 * where the machine can.
 *
 * The text ends in a NUL and SKIP_PAD bytes that may be read; the NUL stops every skip.
 */
#ifndef JSON_SKIP_H
#define JSON_SKIP_H

/* Which instructions: 0 for C alone, 1 for SSE2; the best that all processors of the
 * kind have, where nothing else is said. */
#if !defined(SKIP_SIMD)
#if defined(__SSE2__)
#define SKIP_SIMD 1
#else
#define SKIP_SIMD 0
#endif
#endif

#if SKIP_SIMD >= 2
#include <immintrin.h>
#elif SKIP_SIMD >= 1
#include <emmintrin.h>
#endif

enum { SKIP_PAD = 64 };

/* To the first byte that is not printable ASCII, or is a quote or a backslash. */
static inline const char *skip_plain(const char *at)
{
#if SKIP_SIMD >= 2
    const __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\');
    const __m256i space = _mm256_set1_epi8(' ');

    for (;; at += sizeof quote) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)at);
        __m256i is_mark = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, quote),
                                          _mm256_cmpeq_epi8(bytes, backslash));
        __m256i is_odd = _mm256_cmpgt_epi8(space, bytes);
        unsigned stops =
            (unsigned)_mm256_movemask_epi8(_mm256_or_si256(is_mark, is_odd));

        if (stops != 0)
            return at + __builtin_ctz(stops);
    }
#elif SKIP_SIMD >= 1
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
            return at + __builtin_ctz(stops);
    }
#else
    while ((signed char)*at >= ' ' && *at != '"' && *at != '\\')
        at++;
    return at;
#endif
}

/* To the first byte that is no digit. */
static inline const char *skip_digits(const char *at)
{
#if SKIP_SIMD >= 1
    const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);

    for (;; at += sizeof zero) {
        __m128i bytes = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)at), zero);
        __m128i are_digits = _mm_cmpeq_epi8(_mm_min_epu8(bytes, nine), bytes);
        unsigned digits = (unsigned)_mm_movemask_epi8(are_digits);

        if (digits != 0xFFFF)
            return at + __builtin_ctz(~digits);
    }
#else
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
#endif
}

static inline const char *skip_many_blanks(const char *at)
{
#if SKIP_SIMD >= 1
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
            return at + __builtin_ctz(~blanks);
    }
#else
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        at++;
    return at;
#endif
}

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
