#include "report/summary.h"

#include <assert.h>

const enum result summary_order[RESULT_COUNT] = {
    RESULT_FAIL, RESULT_UNKNOWN, RESULT_PASS, RESULT_NOT_APPLICABLE, RESULT_WAIVED,
};

void summary_add_counts(struct buf *out, const size_t counts[RESULT_COUNT])
{
    static const char *const words[] = {
        [RESULT_PASS] = "pass",       [RESULT_FAIL] = "fail",
        [RESULT_UNKNOWN] = "unknown", [RESULT_NOT_APPLICABLE] = "not applicable",
        [RESULT_WAIVED] = "waived",
    };

    size_t from = out->len;

    static_assert(COUNT_OF(words) == RESULT_COUNT, "a word each");
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        enum result result = summary_order[i];

        if (counts[result] > 0)
            buf_printf(out, "%s%zu %s", out->len > from ? ", " : "", counts[result],
                       words[result]);
    }
}

bool summary_counts(struct page *page, const size_t counts[RESULT_COUNT])
{
    struct buf text = BUF_EMPTY(page->out->arena);

    summary_add_counts(&text, counts);
    page_words(page, buf_str(&text));
    return text.len > 0;
}

static const char *nothing_to_judge(const struct assessment *assessment)
{
    if (assessment->book->count == 0)
        return "nothing to judge: there is no rule";
    if (assessment->summary.sources_read == 0)
        return "nothing to judge: no evidence was read";
    return "nothing to judge: no evidence of an account and region";
}

/* " --fail-on fail:high --fail-on unknown" */
static const char *gate_given(struct arena *arena, const struct settings *settings)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < settings->fail_on.count; i++)
        buf_printf(&text, " --fail-on %.*s", STR_ARG(settings->fail_on.items[i]));
    return buf_str(&text).text;
}

const char *summary_problems_with(const struct assessment *assessment)
{
    size_t of_evidence = assessment_evidence_problems(assessment);

    if (assessment->summary.waivers_stale == 0)
        return "evidence";
    return of_evidence == 0 ? "waivers" : "evidence and waivers";
}

/* Why the status is 3 though nothing is unknown. */
static const char *unusable(const struct assessment *assessment)
{
    if (assessment_evidence_problems(assessment) > 0)
        return "evidence could not be used";
    return assessment->summary.waivers_stale == 1 ? "a waiver is stale"
                                                  : "waivers are stale";
}

/* "3 findings match", "2 stale waivers match", or both. */
static const char *matches(struct arena *arena, const struct assessment *assessment)
{
    size_t closing = assessment_closing(assessment);
    size_t stale =
        assessment_is_stale(assessment) ? assessment->summary.waivers_stale : 0;
    struct buf text = BUF_EMPTY(arena);

    if (closing > 0)
        buf_printf(&text, "%zu finding%s", closing, closing == 1 ? "" : "s");
    if (stale > 0)
        buf_printf(&text, "%s%zu stale waiver%s", closing > 0 ? " and " : "", stale,
                   stale == 1 ? "" : "s");
    buf_add(&text, closing + stale == 1 ? STR(" matches") : STR(" match"));
    return buf_str(&text).text;
}

static const char *meaning_of_gate(struct arena *arena,
                                   const struct assessment *assessment, int status)
{
    const char *given = gate_given(arena, assessment->settings);
    const char *rest = "";

    if (status == 1)
        return arena_printf(arena, "%s%s", matches(arena, assessment), given);
    if (assessment_doubts(assessment))
        rest = ", but what is unknown might";
    else if (status == 3)
        rest = arena_printf(arena, ", but %s", unusable(assessment));
    else if (assessment->summary.results[RESULT_UNKNOWN] > 0)
        rest = ", nor could what is unknown";
    return arena_printf(arena, "nothing matches%s%s", given, rest);
}

const char *summary_meaning(struct arena *arena, const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;
    int status = assessment_status(assessment);

    if (status == 2)
        return nothing_to_judge(assessment);
    if (assessment->settings->fail_on.count > 0)
        return meaning_of_gate(arena, assessment, status);
    if (status == 1)
        return "something fails";
    if (status == 3)
        return summary->results[RESULT_UNKNOWN] > 0 ? "something is unknown"
                                                    : unusable(assessment);
    if (summary->results[RESULT_WAIVED] > 0)
        return summary->results[RESULT_PASS] > 0
                   ? "nothing fails but what is waived, nothing is unknown"
                   : "nothing fails but what is waived, and nothing passes";
    return summary->results[RESULT_PASS] > 0 ? "nothing fails, nothing is unknown"
                                             : "nothing fails, and nothing passes";
}

void summary_line(struct buf *line, const struct assessment *assessment)
{
    size_t problems = assessment->summary.problems, from = line->len;

    summary_add_counts(line, assessment->summary.results);
    if (line->len == from)
        buf_add(line, STR("no findings"));
    if (problems > 0)
        buf_printf(line, "; %zu problem%s", problems, problems == 1 ? "" : "s");
    buf_printf(line, " (status %d: %s)", assessment_status(assessment),
               summary_meaning(line->arena, assessment));
}

/* Never broken: programs take it by `tail -n 1`. */
void summary_write(struct page *page, const struct assessment *assessment)
{
    struct buf line = BUF_EMPTY(page->out->arena);

    summary_line(&line, assessment);
    page_solid(page, buf_str(&line));
    page_line(page);
}

void report_summary(const struct assessment *assessment,
                    const struct report_style *style, struct buf *out)
{
    struct page page = PAGE_NEW(out, style->width);

    summary_write(&page, assessment);
}
