#include "gather/assessment.h"

#include "gather/gate.h"

#include <assert.h>
#include <math.h>

bool fact_is_exact(const struct fact_value *value)
{
    if (value->maybe_none)
        return value->only_none;
    return value->at_least == value->at_most && isfinite(value->at_least);
}

const char *citation_pointer(struct arena *arena, const struct citation *citation)
{
    struct buf pointer = BUF_EMPTY(arena);

    if (citation->index == CITES_ALL)
        return citation->list;
    buf_add(&pointer, str_from(citation->list));
    buf_add_byte(&pointer, '/');
    buf_add_number(&pointer, citation->index);
    return buf_str(&pointer).text;
}

const char *told_name(enum told told)
{
    static const char *const names[] = {
        [TOLD_NOT] = "not",           [TOLD_ENVELOPE] = "envelope",
        [TOLD_RECORDS] = "records",   [TOLD_NAME] = "name",
        [TOLD_ERROR] = "error-text",  [TOLD_PATTERN] = "pattern",
        [TOLD_PATH] = "path",         [TOLD_IDENTITY] = "identity",
        [TOLD_ARN] = "arn",           [TOLD_ASSUMED] = "assumed",
        [TOLD_MANIFEST] = "manifest",
    };

    static_assert(sizeof names / sizeof names[0] == TOLD_COUNT, "a name each");
    return names[told];
}

const char *state_name(enum document_state state)
{
    static const char *const names[] = {
        [STATE_COMPLETE] = "complete", [STATE_PARTIAL] = "partial",
        [STATE_NOTHING] = "nothing",   [STATE_MISLABELLED] = "mislabelled",
        [STATE_CONTEXT] = "context",   [STATE_IGNORED] = "ignored",
    };

    static_assert(sizeof names / sizeof names[0] == STATE_COUNT, "a name each");
    return names[state];
}

size_t assessment_closing(const struct assessment *assessment)
{
    const struct gate gate = gate_new(assessment->settings);
    size_t count = 0;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        count += gate_closes(&gate, finding->result, finding->rule->severity);
    }
    return count;
}

bool assessment_is_stale(const struct assessment *assessment)
{
    return assessment->summary.waivers_stale > 0 &&
           gate_new(assessment->settings).stale_waiver;
}

bool assessment_doubts(const struct assessment *assessment)
{
    const struct gate gate = gate_new(assessment->settings);

    if (gate.stale_waiver && assessment->summary.waivers_open > 0)
        return true;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];

        if (gate_doubts(&gate, finding->result, finding->rule->severity))
            return true;
    }
    return false;
}

size_t assessment_evidence_problems(const struct assessment *assessment)
{
    return assessment->summary.problems - assessment->summary.waivers_stale;
}

int assessment_status(const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;

    if (assessment_closing(assessment) > 0 || assessment_is_stale(assessment))
        return 1;
    if (assessment->finding_count == 0 ||
        (summary->sources_read == 0 && summary->sources_set_aside == 0 &&
         summary->problems == 0))
        return 2;
    if (summary->problems > 0 || assessment_doubts(assessment))
        return 3;
    return 0;
}

int evidence_status(const struct assessment *assessment)
{
    if (assessment->summary.problems > 0)
        return 3;
    return assessment->summary.sources_read > 0 ? 0 : 2;
}
