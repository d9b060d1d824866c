#include "base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_DIGITS_MAX = 20 };

bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_blank_byte(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

char to_lower(char byte)
{
    if (byte < 'A' || byte > 'Z')
        return byte;
    return "abcdefghijklmnopqrstuvwxyz"[byte - 'A'];
}

struct str str_from(const char *text)
{
    return (struct str){ text, text != NULL ? strlen(text) : 0 };
}

struct str str_copy(struct arena *arena, struct str str)
{
    return (struct str){ arena_copy(arena, str.text, str.len), str.len };
}

bool str_equal(struct str left, struct str right)
{
    if (left.len != right.len)
        return false;
    return left.len == 0 || left.text == right.text ||
           (left.text != NULL && right.text != NULL &&
            memcmp(left.text, right.text, left.len) == 0);
}

bool str_same(struct str left, struct str right)
{
    return str_equal(left, right) && (left.text == NULL) == (right.text == NULL);
}

bool str_equal_ignoring_case(struct str left, struct str right)
{
    if (left.len != right.len)
        return false;
    for (size_t i = 0; i < left.len; i++)
        if (to_lower(left.text[i]) != to_lower(right.text[i]))
            return false;
    return true;
}

int str_compare(struct str left, struct str right)
{
    size_t len = smaller(left.len, right.len);
    int order = len > 0 && left.text != NULL && right.text != NULL
                    ? memcmp(left.text, right.text, len)
                    : 0;

    if (order != 0)
        return order;
    return left.len < right.len ? -1 : left.len > right.len;
}

bool str_starts_with(struct str str, struct str prefix)
{
    return str.len >= prefix.len && str_equal(str_slice(str, 0, prefix.len), prefix);
}

bool str_ends_with(struct str str, struct str suffix)
{
    return str.len >= suffix.len &&
           str_equal(str_slice(str, str.len - suffix.len, str.len), suffix);
}

bool str_ends_with_ignoring_case(struct str str, struct str suffix)
{
    if (str.len < suffix.len)
        return false;
    for (size_t i = 1; i <= suffix.len; i++)
        if (to_lower(str.text[str.len - i]) != to_lower(suffix.text[suffix.len - i]))
            return false;
    return true;
}

size_t str_find(struct str str, struct str part)
{
    size_t at = 0;

    if (part.len == 0)
        return 0;
    while (at + part.len <= str.len) {
        const char *first =
            memchr(str.text + at, part.text[0], str.len - part.len + 1 - at);

        if (first == NULL)
            return SIZE_MAX;
        if (memcmp(first, part.text, part.len) == 0)
            return (size_t)(first - str.text);
        at = (size_t)(first - str.text) + 1;
    }
    return SIZE_MAX;
}

bool str_holds(struct str str, struct str part)
{
    return str_find(str, part) != SIZE_MAX;
}

bool str_fits_one(struct str str, const char *const *words,
                  bool (*fits)(struct str str, struct str word))
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++)
        if (fits(str, str_from(words[i])))
            return true;
    return false;
}

struct str str_slice(struct str str, size_t from, size_t to)
{
    assert(from <= to && to <= str.len);
    return (struct str){ str.text != NULL ? str.text + from : NULL, to - from };
}

struct str str_next(struct str *rest, char separator)
{
    struct str whole = *rest;
    const char *end = whole.len > 0 ? memchr(whole.text, separator, whole.len) : NULL;
    size_t len = end != NULL ? (size_t)(end - whole.text) : whole.len;

    *rest = end != NULL ? str_slice(whole, len + 1, whole.len) : STR_NONE;
    return (struct str){ whole.text, len };
}

struct str str_trim(struct str str)
{
    size_t from = 0, to = str.len;

    while (from < to && is_blank_byte(str.text[from]))
        from++;
    while (to > from && is_blank_byte(str.text[to - 1]))
        to--;
    return str_slice(str, from, to);
}

bool str_list_has(const struct str_list *list, struct str text)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i], text))
            return true;
    return false;
}

static void buf_enlarge(struct buf *buf, size_t more)
{
    size_t capacity = buf->capacity > 0 ? buf->capacity : 64;
    size_t wanted;

    if (buf->drain != NULL && capacity >= BUF_DRAINED_BYTES)
        buf_drain(buf);
    wanted = buf->len + more + 1;
    if (wanted <= buf->capacity)
        return;
    while (capacity < wanted)
        capacity *= 2;
    buf->text = arena_enlarge(buf->arena, buf->text, buf->capacity, capacity);
    buf->capacity = capacity;
}

static inline void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->len + more + 1 > buf->capacity)
        buf_enlarge(buf, more);
}

char *buf_extend(struct buf *buf, size_t len)
{
    char *room;

    buf_reserve(buf, len);
    room = buf->text + buf->len;
    buf->len += len;
    buf->text[buf->len] = '\0';
    return room;
}

void buf_add(struct buf *buf, struct str str)
{
    char *room = buf_extend(buf, str.len);

    if (str.len > 0 && str.text != NULL)
        memcpy(room, str.text, str.len);
}

void buf_add_byte(struct buf *buf, char byte)
{
    *buf_extend(buf, 1) = byte;
}

void buf_add_number(struct buf *buf, uint64_t number)
{
    char digits[NUMBER_DIGITS_MAX];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    buf_add(buf, (struct str){ digits + at, sizeof digits - at });
}

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    char few[PRINTED_BYTES_FEW];
    int len;

    va_copy(again, arguments);
    len = vsnprintf(few, sizeof few, format, arguments);
    assert(len >= 0);
    if ((size_t)len < sizeof few) {
        buf_add(buf, (struct str){ few, (size_t)len });
    } else {
        buf_reserve(buf, (size_t)len);
        vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}

void buf_drain(struct buf *buf)
{
    buf->drain->take(buf->drain, (struct str){ buf->text, buf->len });
    buf_clear(buf);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->text != NULL)
        buf->text[0] = '\0';
}

struct str buf_str(struct buf *buf)
{
    assert(buf->drain == NULL);
    buf_reserve(buf, 0);
    return (struct str){ buf->text, buf->len };
}
