#include "json/window.h"

#include "json/skip.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Not an arena's memory: that is zeroed, and most of this is never touched. */
static void resize(struct window *window, size_t capacity)
{
    size_t len = (size_t)(window->end - window->at);
    char *buffer = allocate_line_or_die(capacity + SKIP_PAD);

    if (len > 0)
        memcpy(buffer, window->at, len);
    free(window->buffer);
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
    window->at = window->counted = window->passed = window->buffer;
    window->end = window->buffer + len;
    memset(window->buffer + len, 0, SKIP_PAD);
}

void window_init(struct window *window, size_t buffer_bytes, size_t value_max)
{
    assert(buffer_bytes >= RECORDS_BUFFER_BYTES_MIN);
    *window = (struct window){ .at = "" };
    window->end = window->at;
    window->value_max = value_max;
    resize(window, smaller(buffer_bytes, value_max + 1));
}

void window_open(struct window *window, struct bytes *bytes)
{
    window->bytes = bytes;
    window->is_utf16 = bytes_are_utf16(bytes);
    window->is_last = false;
    window->place = (struct position){ .line = 1, .column = 1 };
    fill(window, 0);
    /* A byte order mark is passed over. */
    if (memcmp(window->at, "\xEF\xBB\xBF", 3) == 0) {
        window->at = window->counted = window->passed = window->at + 3;
        window->place.offset = window->is_utf16 ? 2 : 3;
    }
}

void window_release(struct window *window)
{
    free(window->buffer);
    window->buffer = NULL;
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

/* How many bytes are stored of it. */
static uint64_t stored_bytes(const struct window *window, const char *from,
                             const char *to)
{
    if (!window->is_utf16)
        return (uint64_t)(to - from);
    return 2 * ((uint64_t)count(from, to, CHARACTERS) +
                (uint64_t)count(from, to, LONG_CHARACTERS));
}

void window_pass(struct window *window, const char *at, size_t line_ends)
{
    assert(window->passed <= at && at <= window->end);
    window->passed = at;
    window->line_ends += line_ends;
}

struct position window_place(struct window *window, const char *at)
{
    struct position *place = &window->place;
    const char *from = window->counted, *line = at;
    size_t line_ends;

    assert(window->passed <= at && at <= window->end);
    line_ends = window->line_ends + count(window->passed, at, LINE_ENDS);
    if (line_ends > 0) {
        while (line[-1] != '\n')
            line--;
        place->line += line_ends;
        place->column = 1 + count(line, at, CHARACTERS);
    } else {
        place->column += count(from, at, CHARACTERS);
    }
    place->offset += stored_bytes(window, from, at);
    window->counted = window->passed = at;
    window->line_ends = 0;
    return *place;
}
