/*
 * complain.h - what went wrong, on standard error: "invaudit: PATH:LINE:COLUMN:
 * message".
 *
 * Everything is escaped (report/escape.h): paths and arguments may hold any byte.
 */
#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

#include "cli/command.h"

void complain_text(struct arena *arena, const char *text);
#define complain(arena, ...) complain_text((arena), arena_printf((arena), __VA_ARGS__))

void complain_error(struct arena *arena, const struct error *err);

/* All of them, by place, each with its excerpt. */
void complain_mistakes(struct mistakes *mistakes);

/* Says what is wrong and where to read on; always STATUS_WRONG. `command` is a name, or
 * NULL for none. */
int wrong_usage_text(struct arena *arena, const char *command, const char *text);
#define wrong_usage(line, ...)                                                         \
    wrong_usage_text((line)->arena, (line)->command->name,                             \
                     arena_printf((line)->arena, __VA_ARGS__))

#endif
