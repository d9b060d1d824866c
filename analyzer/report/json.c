#include "report/coverage.h"
#include "report/members.h"

#include "base/time.h"

#include <math.h>

/* Changes when a key goes or changes its meaning; a new key changes nothing. */
static const char schema[] = "invaudit-report/1";

/* An instant as text, in UTC; no bound: null. */
static json_t *bound(const struct fact *fact, double value)
{
    int64_t instant;

    if (!isfinite(value))
        return json_null();
    if (fact->is_time && instant_from_seconds(value, &instant)) {
        char text[INSTANT_TEXT_BYTES];

        instant_print(instant, text);
        return json_string(text);
    }
    if (value == floor(value) && fabs(value) < 1e15)
        return json_integer((json_int_t)value);
    return json_real(value);
}

/* Whether a minimum or maximum is that of nothing: null where it is not known. */
static json_t *none(const struct fact_value *value)
{
    if (value->only_none)
        return json_true();
    return value->maybe_none ? json_null() : json_false();
}

static json_t *facts(struct arena *arena, const struct finding *finding)
{
    json_t *object = json_object();

    for (size_t i = 0; i < finding->rule->fact_count; i++) {
        const struct fact *fact = &finding->rule->facts[i];
        const struct fact_value *value = &finding->facts[i];
        struct str name = fact->name;
        json_t *bounds = json_object();

        member_set(bounds, "at_least",
                   bound(fact, value->only_none ? NAN : value->at_least));
        member_set(bounds, "at_most",
                   bound(fact, value->only_none ? NAN : value->at_most));
        if (fact->kind != FACT_COUNT)
            member_set(bounds, "none", none(value));
        member_set(object, arena_copy(arena, name.text, name.len), bounds);
    }
    return object;
}

static json_t *possible(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->possible_count; i++)
        item_add(array, string_json(arena, result_name(finding->possible[i])));
    return array;
}

static json_t *settles(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->settle_count; i++) {
        json_t *object = json_object();

        member_set(object, "command", string_json(arena, finding->settles[i].command));
        member_set(object, "permission",
                   string_json(arena, finding->settles[i].permission));
        member_set(object, "save_as", string_json(arena, finding->settles[i].save_as));
        item_add(array, object);
    }
    return array;
}

static json_t *citations(struct arena *arena, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->citation_count; i++) {
        const struct citation *citation = &finding->citations[i];
        json_t *object = json_object();

        member_set(object, "fact", text_json(arena, citation->fact));
        member_set(object, "path", string_json(arena, citation->path));
        member_set(object, "document", number_json(citation->document));
        member_set(object, "pointer", string_json(arena, citation->pointer));
        member_set(object, "line", place_json(citation->line));
        member_set(object, "offset", number_json(citation->offset));
        member_set(object, "record", text_json(arena, citation->id));
        item_add(array, object);
    }
    return array;
}

static json_t *finding_json(struct arena *arena, const struct finding *finding)
{
    json_t *object = json_object();

    member_set(object, "id", string_json(arena, finding->id));
    member_set(object, "rule", text_json(arena, finding->rule->id));
    member_set(object, "account", text_json(arena, finding->account));
    member_set(object, "region", text_json(arena, finding->region));
    member_set(object, "resource", text_json(arena, finding->resource));
    member_set(object, "source", string_json(arena, finding->source));
    member_set(object, "result", string_json(arena, result_name(finding->result)));
    member_set(object, "severity",
               string_json(arena, severity_name(finding->rule->severity)));
    member_set(object, "message", string_json(arena, finding->message));
    member_set(object, "assumptions",
               reasons_json(arena, finding->assumptions, finding->assumption_count));
    member_set(object, "facts", facts(arena, finding));
    member_set(object, "reasons",
               reasons_json(arena, finding->reasons, finding->reason_count));
    member_set(object, "possible", possible(arena, finding));
    member_set(object, "settle", settles(arena, finding));
    member_set(object, "citations", citations(arena, finding));
    return object;
}

static json_t *counts(const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;
    json_t *object = json_object();

    for (int result = 0; result < RESULT_COUNT; result++)
        member_set(object, result_name((enum result)result),
                   number_json(summary->results[result]));
    member_set(object, "findings", number_json(assessment->finding_count));
    member_set(object, "problems", number_json(summary->problems));
    member_set(object, "sources_read", number_json(summary->sources_read));
    member_set(object, "sources_ignored", number_json(summary->sources_ignored));
    member_set(object, "sources_excluded", number_json(summary->sources_excluded));
    member_set(object, "documents", number_json(summary->documents));
    member_set(object, "records", number_json(summary->records));
    member_set(object, "status", json_integer(assessment_status(assessment)));
    return object;
}

static json_t *coverage(struct arena *arena, const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->coverage_count; i++) {
        const struct coverage *account = &assessment->coverage[i];
        struct str_list missing;
        json_t *object = json_object();

        coverage_missing(arena, account, &missing);
        member_set(object, "account", text_json(arena, account->account));
        member_set(object, "regions_known", json_boolean(account->is_closed));
        member_set(object, "told_by", string_json(arena, account->told_by));
        member_set(object, "expected", texts_json(arena, account->expected));
        member_set(object, "delivered", texts_json(arena, account->delivered));
        member_set(object, "missing", texts_json(arena, missing));
        item_add(array, object);
    }
    return array;
}

void report_json(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    struct json_report report;
    struct arena *scratch = &report.scratch;

    (void)style;
    json_report_begin(&report, out);
    json_report_member(&report, "schema", string_json(scratch, schema));
    json_report_member(&report, "tool", tool_json(scratch));
    json_report_member(&report, "settings",
                       settings_json(scratch, assessment->settings));
    json_report_member(&report, "rules", rules_json(scratch, assessment->book));
    json_report_evidence(&report, assessment);
    json_report_list(&report, "findings");
    for (size_t i = 0; i < assessment->finding_count; i++)
        json_report_item(&report, finding_json(scratch, &assessment->findings[i]));
    json_report_list_end(&report);
    json_report_member(&report, "coverage", coverage(scratch, assessment));
    json_report_problems(&report, assessment);
    json_report_member(&report, "summary", counts(assessment));
    json_report_end(&report);
}
