#include "report/coverage.h"

void coverage_missing(struct arena *arena, const struct coverage *coverage,
                      struct str_list *missing)
{
    size_t next = 0;

    *missing = (struct str_list){
        .items = arena_array(arena, coverage->expected.count, struct str),
    };
    for (size_t i = 0; i < coverage->expected.count; i++) {
        struct str region = coverage->expected.items[i];

        while (next < coverage->delivered.count &&
               str_compare(coverage->delivered.items[next], region) < 0)
            next++;
        if (next == coverage->delivered.count ||
            !str_equal(coverage->delivered.items[next], region))
            missing->items[missing->count++] = region;
    }
}
