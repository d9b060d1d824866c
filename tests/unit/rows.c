#include "rows.h"

void tests_add(struct tests *tests, const char *name, CMUnitTestFunction function,
               const void *row)
{
    tests->items = arena_grow(&tests->arena, tests->items, tests->count,
                              &tests->capacity, sizeof *tests->items);
    tests->items[tests->count++] = (struct CMUnitTest){
        .name = name,
        .test_func = function,
        .initial_state = (void *)(uintptr_t)row,
    };
}

int tests_run(const char *group, struct tests *tests)
{
    int failed;

    cmocka_set_message_output(CM_OUTPUT_TAP);
    failed = _cmocka_run_group_tests(group, tests->items, tests->count, NULL, NULL);
    arena_release(&tests->arena);
    return failed;
}
