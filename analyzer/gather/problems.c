#include "gather/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_BYTES_MAX = 2048 };

static void add(struct problems *problems, enum code code, const struct position *at,
                const char *message)
{
    problems->items = arena_grow(problems->arena, problems->items, problems->count,
                                 &problems->capacity, sizeof *problems->items);
    problems->items[problems->count++] = (struct problem){
        .path = problems->path,
        .code = code_name(code),
        .line = at != NULL ? at->line : 0,
        .column = at != NULL ? at->column : 0,
        .message = arena_copy(problems->arena, message, strlen(message)),
    };
}

void problems_add(struct problems *problems, const char *path, enum code code,
                  const struct position *at, const char *format, ...)
{
    char message[MESSAGE_BYTES_MAX];
    va_list arguments;

    if (problems->path == NULL || strcmp(problems->path, path) != 0) {
        problems->path = path;
        problems->count_of_path = 0;
    }
    if (problems->count_of_path++ > PROBLEMS_OF_SOURCE_MAX)
        return;
    if (problems->count_of_path > PROBLEMS_OF_SOURCE_MAX) {
        add(problems, CODE_MORE_PROBLEMS, at,
            "from here on it has more problems, which are not listed");
        return;
    }
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    add(problems, code, at, message);
}

void problems_join(struct problems *problems, const struct problems *others)
{
    for (size_t i = 0; i < others->count; i++) {
        problems->items = arena_grow(problems->arena, problems->items, problems->count,
                                     &problems->capacity, sizeof *problems->items);
        problems->items[problems->count++] = others->items[i];
    }
}

void problems_settle(struct problems *problems)
{
    problems->path = NULL;
}

static int number_compare(uint64_t left, uint64_t right)
{
    return left < right ? -1 : left > right;
}

static int problem_compare(const void *left_item, const void *right_item)
{
    const struct problem *left = left_item, *right = right_item;
    int order = strcmp(left->path, right->path);

    if (order == 0)
        order = number_compare(left->line, right->line);
    if (order == 0)
        order = number_compare(left->column, right->column);
    if (order == 0)
        order = strcmp(left->code, right->code);
    return order != 0 ? order : strcmp(left->message, right->message);
}

void problems_sort(struct problems *problems)
{
    size_t kept = 0;

    if (problems->count > 0)
        qsort(problems->items, problems->count, sizeof *problems->items,
              problem_compare);
    for (size_t i = 0; i < problems->count; i++)
        if (kept == 0 ||
            problem_compare(&problems->items[kept - 1], &problems->items[i]) != 0)
            problems->items[kept++] = problems->items[i];
    problems->count = kept;
}
