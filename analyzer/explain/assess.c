#include "explain/assess.h"

#include "explain/findings.h"
#include "explain/summarize.h"
#include "judge/cells.h"
#include "judge/filter.h"
#include "judge/place.h"

static void note_coverage(struct arena *arena, const struct cells *cells,
                          struct assessment *assessment)
{
    struct coverage *coverage =
        arena_array(arena, cells->account_count, struct coverage);
    size_t count = 0;

    for (size_t i = 0; i < cells->account_count; i++) {
        if (cells->accounts[i]->coverage == NULL)
            continue;
        coverage[count] = *cells->accounts[i]->coverage;
        if (filter_coverage(arena, assessment->settings, &coverage[count]))
            count++;
    }
    assessment->coverage = coverage;
    assessment->coverage_count = count;
}

bool assess(struct arena *arena, const struct rulebook *book,
            const struct source_list *sources, struct staging *staging,
            struct assessment *assessment, struct error *err)
{
    struct cells *cells;

    *assessment = (struct assessment){ .settings = staging->settings,
                                       .book = book,
                                       .workers = staging->workers };
    place(staging);
    count_documents(staging);
    cells = cells_new(arena, sources, staging);
    summarize(arena, sources, staging, assessment);
    if (!filter_check(staging->settings, cells, arena, err))
        return false;
    findings_make(arena, cells, assessment);
    note_coverage(arena, cells, assessment);
    problems_sort(&staging->problems);
    filter_problems(staging);
    assessment->problems = staging->problems.items;
    assessment->problem_count = staging->problems.count;
    for (size_t i = 0; i < assessment->finding_count; i++)
        assessment->summary.results[assessment->findings[i].result]++;
    assessment->summary.problems = staging->problems.count;
    return true;
}
