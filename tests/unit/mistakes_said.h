/*
 * mistakes_said.h - mistakes as text, for tests: "LINE:COLUMN MESSAGE", a line each, as
 * they came; or in order, with a colon and "warning: " where one is.
 */
#ifndef TESTS_UNIT_MISTAKES_SAID_H
#define TESTS_UNIT_MISTAKES_SAID_H

#include "base/str.h"
#include "config/mistakes.h"

static inline const char *said(struct arena *arena, const struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < mistakes->count; i++)
        buf_printf(&buf, "%zu:%zu %s\n", mistakes->items[i].line,
                   mistakes->items[i].column, mistakes->items[i].message);
    return buf_str(&buf).text;
}

static inline const char *mistakes_said(struct arena *arena, struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *mistake = &mistakes->items[i];

        buf_printf(&buf, "%zu:%zu: %s%s\n", mistake->line, mistake->column,
                   mistake->warning ? "warning: " : "", mistake->message);
    }
    return buf_str(&buf).text;
}

#endif
