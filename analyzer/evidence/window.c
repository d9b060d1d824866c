#include "evidence/window.h"

#include "evidence/skip.h"

#include <assert.h>
#include <string.h>

/* Most sources are short, and need no more than this. */
enum { CAPACITY_FIRST = 16 * 1024 };

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

static void resize(struct window *window, size_t capacity)
{
    struct arena arena = ARENA_EMPTY;
    size_t len = (size_t)(window->end - window->at);
    char *buffer = arena_alloc(&arena, capacity + SKIP_PAD);

    if (len > 0)
        memcpy(buffer, window->at, len);
    arena_release(&window->arena);
    window->arena = arena;
    window->buffer = buffer;
    window->capacity = capacity;
}

static void fill(struct window *window, size_t len)
{
    while (len < window->capacity && !window->is_last) {
        size_t more =
            bytes_read(window->bytes, window->buffer + len, window->capacity - len);

        len += more;
        window->is_last = more == 0;
    }
    window->at = window->counted = window->buffer;
    window->end = window->buffer + len;
    memset(window->buffer + len, 0, SKIP_PAD);
}

void window_init(struct window *window, size_t buffer_bytes, size_t value_max)
{
    assert(buffer_bytes >= RECORDS_BUFFER_BYTES_MIN);
    *window = (struct window){ .at = "" };
    window->end = window->at;
    window->value_max = value_max;
    window->capacity_wanted = smaller(buffer_bytes, value_max + 1);
    resize(window, smaller(window->capacity_wanted, CAPACITY_FIRST));
}

void window_open(struct window *window, struct bytes *bytes)
{
    window->bytes = bytes;
    window->is_utf16 = bytes_are_utf16(bytes);
    window->is_last = false;
    window->place = (struct position){ .line = 1, .column = 1 };
    fill(window, 0);
}

void window_release(struct window *window)
{
    arena_release(&window->arena);
}

bool window_more(struct window *window)
{
    size_t len = (size_t)(window->end - window->at);

    assert(!window->is_last);
    if (len > window->value_max)
        return false;
    window_place(window, window->at);
    if (len == window->capacity)
        resize(window, smaller(window->capacity * 2, window->value_max + 1));
    else if (window->capacity < window->capacity_wanted)
        resize(window, window->capacity_wanted);
    else
        memmove(window->buffer, window->at, len);
    fill(window, len);
    return true;
}

int window_token(struct window *window)
{
    for (;;) {
        window->at = skip_blanks(window->at);
        if (window->at < window->end)
            return (unsigned char)*window->at;
        if (window->is_last)
            return -1;
        window_more(window);
    }
}

void window_skip_mark(struct window *window)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t len = sizeof mark - 1;

    if (memcmp(window->at, mark, len) != 0)
        return;
    window->at += len;
    window->counted = window->at;
    window->place.offset += window->is_utf16 ? 2 : len;
}

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

static inline size_t count(const char *at, const char *end, enum counted counted)
{
    size_t total = 0;

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
    for (; at < end; at++)
        total += is_counted(*at, counted);
    return total;
}

/* How many bytes are stored of it. */
static uint64_t stored_bytes(const struct window *window, const char *from,
                             const char *to)
{
    if (!window->is_utf16)
        return (uint64_t)(to - from);
    return 2 * ((uint64_t)count(from, to, CHARACTERS) +
                (uint64_t)count(from, to, LONG_CHARACTERS));
}

struct position window_place(struct window *window, const char *at)
{
    struct position *place = &window->place;
    const char *from = window->counted, *line = at;
    size_t line_ends;

    assert(from <= at && at <= window->end);
    line_ends = count(from, at, LINE_ENDS);
    if (line_ends > 0) {
        while (line[-1] != '\n')
            line--;
        place->line += line_ends;
        place->column = 1 + count(line, at, CHARACTERS);
    } else {
        place->column += count(from, at, CHARACTERS);
    }
    place->offset += stored_bytes(window, from, at);
    window->counted = at;
    return *place;
}
