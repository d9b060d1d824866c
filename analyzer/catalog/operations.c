#include "catalog/operations.h"

#include <string.h>

static bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

size_t spelled(struct str text, size_t from, struct str name)
{
    size_t at = from;

    for (size_t i = 0; i < name.len; i++) {
        bool left = at < text.len;

        if (name.text[i] == '-')
            at += left && (text.text[at] == '-' || text.text[at] == '_');
        else if (left && to_lower(text.text[at]) == to_lower(name.text[i]))
            at++;
        else
            return 0;
    }
    return at - from;
}

/* The first word of what is left of a line or a text; absent: there is none. */
static struct str next_word(struct str *rest, char separator)
{
    const char *end;
    struct str word;

    if (rest->len == 0)
        return STR_NONE;
    end = memchr(rest->text, separator, rest->len);
    word = str_slice(*rest, 0, end != NULL ? (size_t)(end - rest->text) : rest->len);
    *rest = str_slice(*rest, word.len + (end != NULL ? 1 : 0), rest->len);
    return word;
}

/* ---- operations --------------------------------------------------------------------
 */

/* A word of the text: it may be an operation's first or last. */
struct span {
    size_t from, to;
};

static size_t find_spans(struct str text, struct span *spans)
{
    size_t count = 0, at = 0;

    while (at < text.len && count < OPERATION_WORDS_MAX) {
        size_t from = at;

        while (at < text.len && is_word_byte(text.text[at]))
            at++;
        if (at > from)
            spans[count++] = (struct span){ from, at };
        else
            at++;
    }
    return count;
}

/* As strcmp() would the letters and digits of both, in lower case. */
static int compare(struct str text, struct str name)
{
    size_t at = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (name.text[i] == '-')
            continue;
        while (at < text.len && !is_word_byte(text.text[at]))
            at++;
        if (at == text.len)
            return -1;
        if (to_lower(text.text[at]) != name.text[i])
            return to_lower(text.text[at]) < name.text[i] ? -1 : 1;
        at++;
    }
    while (at < text.len && !is_word_byte(text.text[at]))
        at++;
    return at < text.len ? 1 : 0;
}

/* Between two lines' starts, by halves. */
static bool look_up(struct str operations, struct str text, struct operation *operation)
{
    size_t low = 0, high = operations.len;

    while (low < high) {
        size_t start = low + (high - low) / 2;
        struct str line, rest;
        int order;

        while (start > low && operations.text[start - 1] != '\n')
            start--;
        rest = str_slice(operations, start, operations.len);
        line = next_word(&rest, '\n');
        operation->services = line;
        operation->name = next_word(&operation->services, ' ');
        order = compare(text, operation->name);
        if (order == 0)
            return true;
        if (order < 0)
            high = start;
        else
            low = start + line.len + 1;
    }
    return false;
}

/* One `-` or `_`, or nothing that is skipped, between two words of an operation. */
static bool are_joined(struct str text, const struct span *left,
                       const struct span *right)
{
    return right->from == left->to + 1 &&
           (text.text[left->to] == '-' || text.text[left->to] == '_');
}

bool operation_find(const struct aws_words *aws, struct str text,
                    struct operation *operation)
{
    struct span spans[OPERATION_WORDS_MAX];
    size_t count = find_spans(text, spans), longest = 0;

    for (size_t first = 0; first < count; first++) {
        for (size_t last = first; last < count; last++) {
            struct operation found = { .from = spans[first].from,
                                       .to = spans[last].to };

            if (last > first && !are_joined(text, &spans[last - 1], &spans[last]))
                break;
            if (look_up(aws->operations, str_slice(text, found.from, found.to),
                        &found) &&
                found.name.len > longest) {
                longest = found.name.len;
                *operation = found;
            }
        }
    }
    return longest > 0;
}

bool operation_next_service(struct str *rest, struct str *service, bool *is_meant)
{
    *service = next_word(rest, ' ');
    *is_meant = !str_starts_with(*service, STR("-"));
    if (!*is_meant)
        *service = str_slice(*service, 1, service->len);
    return service->text != NULL;
}

bool operation_is_of(const struct operation *operation, struct str service)
{
    struct str rest = operation->services, word;
    bool is_meant;

    while (operation_next_service(&rest, &word, &is_meant))
        if (str_equal(word, service))
            return true;
    return false;
}

/* ---- services ----------------------------------------------------------------------
 */

/* Whether the word ends at `end` and is whole. */
static bool ends_at(struct str text, size_t end, struct str word)
{
    size_t start = end > word.len ? end - word.len : 0;

    for (; start < end; start++)
        if ((start == 0 || !is_word_byte(text.text[start - 1])) &&
            spelled(text, start, word) == end - start)
            return true;
    return false;
}

bool service_before(const struct aws_words *aws, struct str text, size_t at,
                    struct str *service)
{
    struct str rest = aws->services, line;
    size_t longest = 0;

    if (at < 2 || is_word_byte(text.text[at - 1]))
        return false;
    while ((line = next_word(&rest, '\n')).text != NULL) {
        const struct str command = next_word(&line, ' ');

        for (struct str word = command; word.text != NULL;
             word = next_word(&line, ' ')) {
            if (word.len > longest && ends_at(text, at - 1, word)) {
                longest = word.len;
                *service = command;
            }
        }
    }
    return longest > 0;
}

bool service_at_start(const struct aws_words *aws, struct str text, struct str *service,
                      size_t *to)
{
    struct str rest = aws->services, line;
    size_t start = spelled(text, 0, STR("aws-")), longest = 0;

    if (start == sizeof "aws" - 1)
        start = 0; /* "awsome-" */
    while ((line = next_word(&rest, '\n')).text != NULL) {
        struct str command = next_word(&line, ' ');
        size_t len = spelled(text, start, command);

        if (len > longest && start + len < text.len &&
            !is_word_byte(text.text[start + len])) {
            longest = len;
            *service = command;
            *to = start + len;
        }
    }
    return longest > 0;
}
