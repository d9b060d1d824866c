/*
 * records_expected.h - private to the record reader's fuzz target: what jansson says of
 * the same text.
 *
 * Known differences: jansson refuses "\u0000" in keys and numbers out of range, and has
 * other limits: then it is not sure. Of a key that is twice in an object, it has the
 * last value.
 */
#ifndef TESTS_FUZZ_RECORDS_EXPECTED_H
#define TESTS_FUZZ_RECORDS_EXPECTED_H

#include "base/str.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum verdict { ACCEPTED, REFUSED, UNSURE };

enum { DOCUMENTS_MAX = 64, FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL };

struct expected_value {
    json_t *value; /* NULL: refused, or not sure */
    bool has_duplicate;
    size_t len;
};

struct expected {
    struct str text;
    enum verdict verdict;
    struct expected_value documents[DOCUMENTS_MAX];
    size_t count;
};

#define CHECK(truth)                                                                   \
    do {                                                                               \
        if (!(truth)) {                                                                \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth);        \
            abort();                                                                   \
        }                                                                              \
    } while (0)

static size_t blanks_end(struct str text, size_t at, bool *has_line_end)
{
    for (; at < text.len && is_blank_byte(text.text[at]); at++)
        if (text.text[at] == '\n')
            *has_line_end = true;
    return at;
}

/* The value that starts there, whatever is behind it. */
static enum verdict expect_value(struct str text, size_t at,
                                 struct expected_value *expected)
{
    json_error_t error;

    *expected = (struct expected_value){
        .value =
            json_loadb(text.text + at, text.len - at,
                       FLAGS | JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error),
    };
    if (expected->value == NULL &&
        json_error_code(&error) == json_error_duplicate_key) {
        expected->has_duplicate = true;
        expected->value = json_loadb(text.text + at, text.len - at,
                                     FLAGS | JSON_DISABLE_EOF_CHECK, &error);
    }
    if (expected->value == NULL) {
        enum json_error_code code = json_error_code(&error);

        return code == json_error_numeric_overflow ||
                       code == json_error_null_byte_in_key ||
                       code == json_error_stack_overflow
                   ? UNSURE
                   : REFUSED;
    }
    expected->len = (size_t)error.position;
    return ACCEPTED;
}

static enum verdict expect_document(struct expected *expected, size_t *at)
{
    struct expected_value *document = &expected->documents[expected->count];
    enum verdict verdict = expect_value(expected->text, *at, document);

    *at += document->len;
    expected->count += verdict == ACCEPTED;
    return verdict;
}

static void expect(struct expected *expected)
{
    bool has_line_end = true;
    size_t at = 0;

    /* jansson 2.14 loses a raw NUL behind a number or a word. */
    if (expected->text.len > 0 &&
        memchr(expected->text.text, '\0', expected->text.len) != NULL) {
        expected->verdict = REFUSED;
        return;
    }
    if (str_starts_with(expected->text, STR("\xEF\xBB\xBF")))
        at = 3;
    for (;;) {
        at = blanks_end(expected->text, at, &has_line_end);
        if (at == expected->text.len)
            break;
        expected->verdict = !has_line_end ? REFUSED
                            : expected->count == DOCUMENTS_MAX
                                ? UNSURE
                                : expect_document(expected, &at);
        if (expected->verdict != ACCEPTED)
            return;
        has_line_end = false;
    }
    expected->verdict = expected->count > 0 ? ACCEPTED : REFUSED;
}

static void expected_release(struct expected *expected)
{
    for (size_t i = 0; i < expected->count; i++)
        json_decref(expected->documents[i].value);
}

#endif
