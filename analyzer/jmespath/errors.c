#include "jmespath/syntax.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const char *const names[] = {
    [JMESPATH_ERROR_NONE] = "none",
    [JMESPATH_ERROR_SYNTAX] = "syntax",
    [JMESPATH_ERROR_INVALID_TYPE] = "invalid-type",
    [JMESPATH_ERROR_INVALID_ARITY] = "invalid-arity",
    [JMESPATH_ERROR_INVALID_VALUE] = "invalid-value",
    [JMESPATH_ERROR_UNKNOWN_FUNCTION] = "unknown-function",
    [JMESPATH_ERROR_UNDEFINED_VARIABLE] = "undefined-variable",
    [JMESPATH_ERROR_LIMIT] = "limit",
    [JMESPATH_ERROR_OPEN] = "open",
};

static_assert(COUNT_OF(names) == JMESPATH_ERROR_KIND_COUNT, "every kind has a name");

const char *jmespath_error_kind_name(enum jmespath_error_kind kind)
{
    return names[kind];
}

enum jmespath_error_kind jmespath_error_kind(const struct error *err)
{
    return (enum jmespath_error_kind)err->kind;
}

bool error_of_kind(struct error *err, enum jmespath_error_kind kind, size_t column,
                   const char *format, ...)
{
    va_list arguments;
    char message[ERROR_BYTES_MAX];

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    err->column = column;
    err->kind = kind;
    return error_set(err, "%s", message);
}

bool error_in_text(struct error *err, size_t column, const char *format, ...)
{
    va_list arguments;
    char message[ERROR_BYTES_MAX];

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_of_kind(err, JMESPATH_ERROR_SYNTAX, column, "%s", message);
}

void parser_late(struct parser *parser, enum jmespath_error_kind kind, size_t column,
                 const char *format, ...)
{
    va_list arguments;
    char message[ERROR_BYTES_MAX];

    if (parser->late.message[0] != '\0')
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_of_kind(&parser->late, kind, column, "%s", message);
}
