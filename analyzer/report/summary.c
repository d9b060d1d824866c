#include "report/summary.h"

#include <assert.h>

const enum result summary_order[RESULT_COUNT] = {
    RESULT_FAIL, RESULT_UNKNOWN, RESULT_PASS, RESULT_NOT_APPLICABLE, RESULT_WAIVED,
};

bool summary_counts(struct page *page, const size_t counts[RESULT_COUNT])
{
    static const char *const words[] = {
        [RESULT_PASS] = "pass",       [RESULT_FAIL] = "fail",
        [RESULT_UNKNOWN] = "unknown", [RESULT_NOT_APPLICABLE] = "not applicable",
        [RESULT_WAIVED] = "waived",
    };
    const char *comma = "";

    static_assert(COUNT_OF(words) == RESULT_COUNT, "a word each");
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        enum result result = summary_order[i];

        if (counts[result] > 0) {
            page_printf(page, "%s%zu %s", comma, counts[result], words[result]);
            comma = ", ";
        }
    }
    return comma[0] != '\0';
}

static const char *nothing_to_judge(const struct assessment *assessment)
{
    if (assessment->book->count == 0)
        return "nothing to judge: there is no rule";
    if (assessment->summary.sources_read == 0)
        return "nothing to judge: no evidence was read";
    return "nothing to judge: no evidence of an account and region";
}

const char *summary_meaning(struct arena *arena, const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;

    (void)arena;
    switch (assessment_status(assessment)) {
    case 0:
        if (summary->results[RESULT_PASS] == 0)
            return "nothing fails, and nothing passes";
        return "nothing fails, nothing is unknown";
    case 1:
        return "something fails";
    case 2:
        return nothing_to_judge(assessment);
    default:
        if (summary->results[RESULT_UNKNOWN] == 0)
            return "evidence could not be used";
        return "something is unknown";
    }
}

void summary_write(struct page *page, const struct assessment *assessment)
{
    size_t problems = assessment->summary.problems;

    if (!summary_counts(page, assessment->summary.results))
        page_words(page, STR("no findings"));
    if (problems > 0)
        page_printf(page, "; %zu problem%s", problems, problems == 1 ? "" : "s");
    page_printf(page, " (status %d: %s)", assessment_status(assessment),
                summary_meaning(page->out->arena, assessment));
    page_line(page);
}

void report_summary(const struct assessment *assessment,
                    const struct report_style *style, struct buf *out)
{
    struct page page = PAGE_NEW(out, style->width);

    summary_write(&page, assessment);
}
