#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, const char *format, ...)
{
    va_list arguments;

    assert(err->message[0] == '\0');
    va_start(arguments, format);
    vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    assert(err->message[0] != '\0');
    return false;
}

bool error_system(struct error *err, const char *what, int error)
{
    char why[256];

    if (strerror_r(error, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", error);
    return error_set(err, "%s: %s", what, why);
}

bool error_at(struct error *err, const char *path, size_t line)
{
    if (err->path[0] == '\0') {
        snprintf(err->path, sizeof err->path, "%s", path);
        err->line = line;
    }
    return false;
}
