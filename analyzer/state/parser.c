#include "state/parser.h"

#include "base/file.h"
#include "base/machine.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW_BYTES = 256 * 1024, DOUBLE_BYTES_MAX = 40 };

/* ---- bytes ----------------------------------------------------------------------- */

static void begin(struct state_parser *parser, struct arena *arena, struct error *err)
{
    *parser =
        (struct state_parser){ .arena = arena, .err = err, .file = -1, .line = 1 };
    parser->text.arena = &parser->scratch;
    parser->digest = digest_new(&parser->scratch);
}

bool parser_open(struct state_parser *parser, struct arena *arena, const char *path,
                 struct error *err)
{
    begin(parser, arena, err);
    parser->path = path;
    parser->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (parser->file < 0) {
        machine_check(errno);
        error_system(err, "cannot be opened", errno);
        parser_close(parser);
        return error_at(err, path, 0);
    }
    parser->window = arena_alloc(&parser->scratch, WINDOW_BYTES);
    return true;
}

void parser_open_text(struct state_parser *parser, struct arena *arena, struct str text,
                      struct error *err)
{
    begin(parser, arena, err);
    parser->window = arena_copy(&parser->scratch, text.text, text.len);
    parser->end = text.len;
}

void parser_close(struct state_parser *parser)
{
    if (parser->file >= 0)
        close(parser->file);
    parser->file = -1;
    arena_release(&parser->scratch);
}

bool parser_wrong(struct state_parser *parser, const char *format, ...)
{
    char why[ERROR_BYTES_MAX];
    va_list arguments;

    if (parser->err->message[0] != '\0')
        return false;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    error_set(parser->err, "%s", why);
    return error_at(parser->err, parser->path != NULL ? parser->path : "state",
                    (size_t)parser->line);
}

static void digest_read(struct state_parser *parser)
{
    digest_add(parser->digest, parser->window + parser->digested,
               parser->at - parser->digested);
    parser->digested = parser->at;
}

/* False: there is no more. */
static bool refill(struct state_parser *parser)
{
    ssize_t len;

    if (parser->file < 0)
        return false;
    digest_read(parser);
    parser->at = parser->end = parser->digested = 0;
    do
        len = read(parser->file, parser->window, WINDOW_BYTES);
    while (len < 0 && errno == EINTR);
    if (len < 0) {
        machine_check(errno);
        parser_wrong(parser, "cannot be read: %s", strerror(errno));
        return false;
    }
    parser->end = (size_t)len;
    return len > 0;
}

int parser_peek(struct state_parser *parser)
{
    if (parser->at == parser->end && !refill(parser))
        return -1;
    return (unsigned char)parser->window[parser->at];
}

bool parser_takes(struct state_parser *parser, char byte)
{
    if (parser_peek(parser) != (unsigned char)byte)
        return false;
    parser->line += byte == '\n';
    parser->at++;
    return true;
}

static bool wrong_here(struct state_parser *parser, const char *expected)
{
    if (parser_peek(parser) < 0)
        return parser_wrong(parser, "is cut off: expected %s", expected);
    return parser_wrong(parser, "was changed, or is no state: expected %s", expected);
}

bool parser_word(struct state_parser *parser, const char *word)
{
    for (const char *at = word; *at != '\0'; at++)
        if (!parser_takes(parser, *at))
            return wrong_here(parser, *at == '\n' ? "the end of the line" : word);
    return true;
}

/* ---- values ---------------------------------------------------------------------- */

/* Two digits, as printf() writes them. */
static bool take_hex(struct state_parser *parser, unsigned char *byte)
{
    unsigned value = 0;

    for (size_t i = 0; i < 2; i++) {
        int digit = parser_peek(parser);

        if (digit >= '0' && digit <= '9')
            value = value * 16 + (unsigned)(digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            value = value * 16 + (unsigned)(digit - 'a') + 10;
        else
            return wrong_here(parser, "two hexadecimal digits");
        parser->at++;
    }
    *byte = (unsigned char)value;
    return true;
}

/* Behind a backslash. */
static bool take_escape(struct state_parser *parser, char *byte)
{
    bool is_control;
    unsigned char value = 0;

    if (parser_takes(parser, '"') || parser_takes(parser, '\\')) {
        *byte = parser->window[parser->at - 1];
        return true;
    }
    if (!parser_takes(parser, 'u'))
        return wrong_here(parser, "an escape");
    is_control = parser_takes(parser, '0');
    if (!parser_word(parser, is_control ? "0" : "dc") || !take_hex(parser, &value))
        return false;
    *byte = (char)value;
    return (is_control ? value < 0x20 : value >= 0x80) ||
           parser_wrong(parser, "was changed, or is no state: an escape that none "
                                "needs");
}

/* Whether just those bytes were escapes that are no part of a character. */
static bool is_spelled(struct str text, size_t escapes)
{
    size_t wrong = 0, bytes;
    uint32_t code;

    for (size_t at = 0; at < text.len; at += bytes)
        wrong += !character_next(str_slice(text, at, text.len), &bytes, &code);
    return wrong == escapes;
}

/* A stretch of characters that stand for themselves, of which some may be none. */
static bool take_plain(struct state_parser *parser, bool *is_ascii)
{
    unsigned char bits = 0;
    const char *from = parser->window + parser->at;
    size_t len = 0, left = parser->end - parser->at;

    while (len < left && from[len] != '"' && from[len] != '\\' &&
           (unsigned char)from[len] >= 0x20)
        bits |= (unsigned char)from[len++];
    *is_ascii = *is_ascii && bits < 0x80;
    if (len > STATE_TEXT_BYTES_MAX - parser->text.len)
        return parser_wrong(parser, "has a text of more than %d bytes",
                            STATE_TEXT_BYTES_MAX);
    buf_add(&parser->text, (struct str){ from, len });
    parser->at += len;
    return true;
}

bool parser_text(struct state_parser *parser, struct str *text)
{
    bool is_ascii = true;
    size_t escapes = 0;

    if (!parser_takes(parser, '"'))
        return wrong_here(parser, "a text");
    buf_clear(&parser->text);
    while (!parser_takes(parser, '"')) {
        int byte = parser_peek(parser);
        char escaped = 0;

        if (byte < 0x20)
            return wrong_here(parser, "the end of a text");
        if (byte != '\\') {
            if (!take_plain(parser, &is_ascii))
                return false;
            continue;
        }
        parser->at++;
        if (!take_escape(parser, &escaped))
            return false;
        buf_add_byte(&parser->text, escaped);
        escapes += (unsigned char)escaped >= 0x80;
    }
    *text = buf_str(&parser->text);
    return (is_ascii && escapes == 0) || is_spelled(*text, escapes) ||
           parser_wrong(parser, "was changed, or is no state: a text that is no UTF-8");
}

bool parser_chars(struct state_parser *parser, const char **text)
{
    struct str read = STR_NONE;

    if (!parser_text(parser, &read))
        return false;
    *text = read.text;
    return memchr(read.text, '\0', read.len) == NULL ||
           parser_wrong(parser, "was changed, or is no state: a text with U+0000");
}

bool parser_number(struct state_parser *parser, uint64_t most, uint64_t *number)
{
    int digit = parser_peek(parser);
    bool is_zero = digit == '0';

    *number = 0;
    if (digit < '0' || digit > '9')
        return wrong_here(parser, "a number");
    while (digit >= '0' && digit <= '9') {
        uint64_t more = (uint64_t)(digit - '0');

        if (*number > (UINT64_MAX - more) / 10)
            return parser_wrong(parser, "has a number that is too large");
        *number = *number * 10 + more;
        parser->at++;
        digit = is_zero ? -1 : parser_peek(parser);
    }
    return *number <= most ||
           parser_wrong(parser,
                        "has the number %" PRIu64 " where at most %" PRIu64 " is one",
                        *number, most);
}

bool parser_double(struct state_parser *parser, double *number)
{
    char printed[DOUBLE_BYTES_MAX];
    struct str text = STR_NONE;
    char *end;

    if (!parser_text(parser, &text))
        return false;
    *number = strtod(text.text, &end);
    snprintf(printed, sizeof printed, "%a", *number);
    return (!isnan(*number) && str_equal(text, str_from(printed))) ||
           parser_wrong(parser, "was changed, or is no state: expected a hexadecimal "
                                "number");
}

bool parser_list(struct state_parser *parser, uint64_t most, parser_item *item,
                 void *object)
{
    if (!parser_word(parser, "["))
        return false;
    for (size_t i = 0;; i++) {
        if (i == most)
            return parser_wrong(parser, "has a list of more than %" PRIu64 " items",
                                most);
        if (!item(parser, object, i))
            return false;
        if (parser_takes(parser, ']'))
            return true;
        if (!parser_takes(parser, ','))
            return wrong_here(parser, "the end of a list");
    }
}

bool parser_end(struct state_parser *parser)
{
    char hex[DIGEST_HEX_BYTES];
    struct str said = STR_NONE;

    digest_read(parser);
    digest_hex(parser->digest, hex);
    if (!parser_word(parser, "[\"sha256\",") || !parser_text(parser, &said))
        return false;
    if (!parser->ignores_digest && !str_equal(said, str_from(hex)))
        return parser_wrong(parser, "was changed: the SHA-256 of what stands before is "
                                    "another");
    if (!parser_word(parser, "]\n"))
        return false;
    return parser_peek(parser) < 0 ||
           parser_wrong(parser, "was changed: something stands behind its end");
}

/* ---- by a table ------------------------------------------------------------------ */

static bool put_number(struct state_parser *parser, const struct kept_row *row,
                       void *at)
{
    uint64_t most =
                 row->bytes == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * row->bytes)) - 1,
             number;

    if (!parser_number(parser, row->most > 0 ? row->most : most, &number))
        return false;
    if (row->bytes == 1)
        *(unsigned char *)at = (unsigned char)number;
    else if (row->bytes == 2)
        *(uint16_t *)at = (uint16_t)number;
    else if (row->bytes == 4)
        *(uint32_t *)at = (uint32_t)number;
    else
        *(uint64_t *)at = number;
    return true;
}

static bool put_text(struct state_parser *parser, struct str *to)
{
    struct str text = STR_NONE;

    if (!parser_text(parser, &text))
        return false;
    *to = str_copy(parser->arena, text);
    return true;
}

/* Many say the same. */
static bool put_chars(struct state_parser *parser, const char **to)
{
    const char *text = NULL;

    if (!parser_chars(parser, &text))
        return false;
    *to = parser->gathered != NULL ? gathered_text(parser->gathered, text)
                                   : arena_copy(parser->arena, text, strlen(text));
    return true;
}

static bool put_digest(struct state_parser *parser, char *to)
{
    struct str text = STR_NONE;

    if (!parser_text(parser, &text))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.text[i]) && (text.text[i] < 'a' || text.text[i] > 'f'))
            text.len = 0;
    if (text.len != DIGEST_HEX_BYTES - 1)
        return parser_wrong(parser, "was changed, or is no state: expected a SHA-256");
    memcpy(to, text.text, text.len);
    return true;
}

static bool put_type(struct state_parser *parser, const struct type **type)
{
    struct str name = STR_NONE;

    if (!parser_text(parser, &name))
        return false;
    *type = catalog_type(parser->catalog, name);
    return *type != NULL || parser_wrong(parser,
                                         "has the type '%s', which the catalog "
                                         "has not",
                                         name.text);
}

static bool put_call(struct state_parser *parser, const struct call **call)
{
    struct str name = STR_NONE;
    uint64_t number;

    if (parser_peek(parser) != '"') {
        if (!parser_number(parser, parser->catalog->call_count - 1, &number))
            return false;
        *call = parser->catalog->calls[number];
        return true;
    }
    if (!parser_text(parser, &name))
        return false;
    *call = catalog_call(parser->catalog, name);
    return *call != NULL || parser_wrong(parser,
                                         "has the call '%s', which the catalog "
                                         "has not",
                                         name.text);
}

static bool put_few_item(struct state_parser *parser, void *object, size_t index)
{
    struct str *texts = object;

    if (parser_peek(parser) == 'n')
        return parser_word(parser, "null");
    return put_text(parser, &texts[index]);
}

/* All of them. */
static bool put_doubles(struct state_parser *parser, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!parser_word(parser, i == 0 ? "[" : ",") ||
            !parser_double(parser, &numbers[i]))
            return false;
    return parser_word(parser, "]");
}

/* A list as it grows. */
struct growing {
    const struct kept_row *row;
    char **items;
    size_t *count;
    size_t capacity;
};

static bool put_item(struct state_parser *parser, void *object, size_t index)
{
    struct growing *list = object;
    bool is_text = list->row->kind == KEPT_TEXTS;
    size_t bytes = is_text ? sizeof(struct str) : list->row->of->bytes;
    char *item;

    *list->items =
        arena_grow(parser->arena, *list->items, index, &list->capacity, bytes);
    item = *list->items + index * bytes;
    memset(item, 0, bytes);
    ++*list->count;
    return is_text ? put_text(parser, (void *)item)
                   : kept_parse(parser, list->row->of, item);
}

static bool put_list(struct state_parser *parser, const struct kept_row *row,
                     void *object)
{
    struct growing list = { .row = row,
                            .items = (void *)((char *)object + row->offset),
                            .count = (void *)((char *)object + row->count) };

    return parser_list(parser, row->most > 0 ? row->most : SIZE_MAX, put_item, &list);
}

static bool put_owner(struct state_parser *parser, const struct kept_row *row,
                      const void **to)
{
    void *made = arena_alloc(parser->arena, row->of->bytes);

    *to = made;
    return kept_parse(parser, row->of, made);
}

static bool put_value(struct state_parser *parser, const struct kept_row *row,
                      char *object)
{
    void *at = object + row->offset;

    switch (row->kind) {
    case KEPT_TEXT:
        return put_text(parser, at);
    case KEPT_CHARS:
        return put_chars(parser, at);
    case KEPT_FLAG:
        *(bool *)at = true;
        return parser_word(parser, "true");
    case KEPT_NUMBER:
        return put_number(parser, row, at);
    case KEPT_DOUBLES:
        return put_doubles(parser, at, row->bytes / sizeof(double));
    case KEPT_DIGEST:
        return put_digest(parser, at);
    case KEPT_TYPE:
        return put_type(parser, at);
    case KEPT_CALL:
        return put_call(parser, at);
    case KEPT_FEW:
        return parser_list(parser, row->bytes / sizeof(struct str), put_few_item, at);
    case KEPT_TEXTS:
    case KEPT_LIST:
        return put_list(parser, row, object);
    case KEPT_OBJECT:
        return kept_parse(parser, row->of, at);
    case KEPT_OWNER:
        return put_owner(parser, row, at);
    case KEPT_MADE:
        return row->parse(parser, object);
    case KEPT_NOT:
        break;
    }
    assert(false);
    return false;
}

/* The row of a key, behind those that were taken; NULL: there is none. */
static const struct kept_row *row_of(const struct kept_struct *kept, struct str key,
                                     size_t *next)
{
    while (*next < kept->count) {
        const struct kept_row *row = &kept->rows[(*next)++];

        if (row->kind != KEPT_NOT && str_equal(row->key, key))
            return row;
    }
    return NULL;
}

bool kept_parse(struct state_parser *parser, const struct kept_struct *kept,
                void *object)
{
    size_t next = 0;

    if (!parser_word(parser, "{"))
        return false;
    if (parser_takes(parser, '}'))
        return true;
    do {
        const struct kept_row *row;
        struct str key = STR_NONE;

        if (!parser_text(parser, &key))
            return false;
        row = row_of(kept, key, &next);
        if (row == NULL) {
            return parser_wrong(parser,
                                "was changed, or another version wrote it: "
                                "'%s' is no member, or not at its place",
                                key.text);
        }
        if (!parser_word(parser, ":") || !put_value(parser, row, object))
            return false;
        if (row->kind != KEPT_MADE && !kept_is_there(row, object)) {
            return parser_wrong(parser,
                                "was changed, or is no state: '%.*s' says what "
                                "is left out",
                                STR_ARG(row->key));
        }
    } while (parser_takes(parser, ','));
    return parser_word(parser, "}");
}
