/*
 * rows.h - a table of cases, each a cmocka test of its own, so that a failed row does
 * not hide the next.
 *
 *     static const struct row { const char *name; int in, out; } rows[] = { ... };
 *     static void row_test(void **state) { const struct row *row = *state; ... }
 *     int main(void)
 *     {
 *         struct tests tests = { 0 };
 *         TESTS_ADD_ROWS(&tests, rows, row_test);   // any number of tables
 *         TESTS_ADD(&tests, some_other_test);       // and of single tests
 *         return tests_run("floor_file", &tests);
 *     }
 *
 * The first member of a row is `const char *name`: a sentence that says what holds.
 */
#ifndef TESTS_UNIT_ROWS_H
#define TESTS_UNIT_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

struct tests {
    struct arena arena;
    struct CMUnitTest *items;
    size_t count, capacity;
};

void tests_add(struct tests *tests, const char *name, CMUnitTestFunction function,
               const void *row);
int tests_run(const char *group, struct tests *tests);

#define TESTS_ADD(tests, function) tests_add((tests), #function, (function), NULL)
#define TESTS_ADD_ROWS(tests, rows, function)                                          \
    do {                                                                               \
        for (size_t row_ = 0; row_ < sizeof(rows) / sizeof((rows)[0]); row_++)         \
            tests_add((tests), (rows)[row_].name, (function), &(rows)[row_]);          \
    } while (0)

#endif
