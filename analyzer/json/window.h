/*
 * window.h - private to json/: the part of a source that is in memory.
 *
 *     while (!scan(window.at, window.end, &end) && window_more(&window))
 *         ;
 *     window.at = end;
 *
 *     buffer                at                      end           buffer + capacity
 *     | done with           | to be read            |             |
 *     +---------------------+-----------------------+-------------+----------+
 *     | ... }, {"Id": "1"}, | {"Id": "2", "Type": " | NUL ...                |
 *     +---------------------+-----------------------+-------------+----------+
 *                           | moves to the front,     then more is read behind it
 *
 * Whoever reads sets `at` behind each value that is whole; what is before `at` is never
 * looked at again. When a value goes on behind `end`, window_more() moves what starts
 * at `at` to the front, makes the buffer larger if it was full, and reads on. Then the
 * value is scanned again from its start; as the buffer doubles, that stays linear.
 *
 * Behind `end` are a NUL and SKIP_PAD bytes that may be read (skip.h).
 * Memory: less than twice the longest value, but the size asked for at least.
 * Limits: a value of `value_max` bytes.
 */
#ifndef JSON_WINDOW_H
#define JSON_WINDOW_H

#include "json/records.h"

struct window {
    struct bytes *bytes;
    char *buffer; /* the window's own: it is given back when it is outgrown */
    size_t capacity;
    size_t value_max;
    const char *at, *end;
    bool is_last; /* the source ends at `end` */

    bool is_utf16;       /* so stored: places tell of that */
    const char *counted; /* `place` is its place */
    struct position place;
    const char *passed; /* behind that, or it */
    size_t line_ends;   /* between both */
};

void window_init(struct window *window, size_t buffer_bytes, size_t value_max);
/* Passes over a byte order mark. The buffer stays from source to source, as large as it
 * has become. */
void window_open(struct window *window, struct bytes *bytes);
void window_release(struct window *window);

/* False: what starts at `at` is longer than `value_max`. */
bool window_more(struct window *window);

/* Passes over blanks, however many; the byte behind them, or -1 at the source's end. */
int window_token(struct window *window);

/* The place of a byte in the buffer: never before one that was asked for earlier. */
struct position window_place(struct window *window, const char *at);
/* Places before it are asked for no more, and so many line ends are between the last
 * one and it: window_place() need not count them. */
void window_pass(struct window *window, const char *at, size_t line_ends);

#endif
