#include "jmespath/run.h"
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

void error_of_kind_list(struct error *err, enum jmespath_error_kind kind, size_t column,
                        const char *format, va_list arguments)
{
    assert(err->message[0] == '\0');
    err->column = column;
    err->kind = kind;
    vsnprintf(err->message, sizeof err->message, format, arguments);
}

bool error_of_kind(struct error *err, enum jmespath_error_kind kind, size_t column,
                   const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_of_kind_list(err, kind, column, format, arguments);
    va_end(arguments);
    return false;
}

bool error_in_text(struct error *err, size_t column, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_of_kind_list(err, JMESPATH_ERROR_SYNTAX, column, format, arguments);
    va_end(arguments);
    return false;
}

json_t *run_wrong(struct run *run, enum jmespath_error_kind kind, size_t column,
                  const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_of_kind_list(run->err, kind, column, format, arguments);
    va_end(arguments);
    return NULL;
}

void parser_late(struct parser *parser, enum jmespath_error_kind kind, size_t column,
                 const char *format, ...)
{
    va_list arguments;

    if (parser->late.message[0] != '\0')
        return;
    va_start(arguments, format);
    error_of_kind_list(&parser->late, kind, column, format, arguments);
    va_end(arguments);
}
