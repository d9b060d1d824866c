#include "report/members.h"

/* Changes when a key goes or changes its meaning; a new key changes nothing. */
static const char schema[] = "invaudit-evidence/1";

/* One command, or NULL: there is none. */
static json_t *missing_command(struct arena *arena, const struct missing *missing,
                               const struct settle *settle)
{
    json_t *object = json_object();

    member_set(object, "account", text_json(arena, missing->account));
    member_set(object, "region", text_json(arena, missing->region));
    member_set(object, "source", string_json(arena, missing->source));
    member_set(object, "type", type_json(arena, missing->type));
    member_set(object, "command",
               string_json(arena, settle != NULL ? settle->command : NULL));
    member_set(object, "permission",
               string_json(arena, settle != NULL ? settle->permission : NULL));
    member_set(object, "save_as",
               string_json(arena, settle != NULL ? settle->save_as : NULL));
    member_set(object, "reasons",
               reasons_json(arena, missing->reasons, missing->reason_count));
    return object;
}

static void add_missing(struct json_report *report, const struct missing *missing)
{
    if (missing->settle_count == 0)
        json_report_item(report, missing_command(&report->scratch, missing, NULL));
    for (size_t i = 0; i < missing->settle_count; i++)
        json_report_item(
            report, missing_command(&report->scratch, missing, &missing->settles[i]));
}

static json_t *states(const struct assessment *assessment)
{
    uint64_t counts[STATE_COUNT] = { 0 };
    json_t *object = json_object();

    for (size_t i = 0; i < assessment->source_count; i++)
        for (size_t j = 0; j < assessment->sources[i].document_count; j++)
            counts[assessment->sources[i].documents[j]->state] +=
                1 + assessment->sources[i].documents[j]->surplus;
    for (int state = 0; state < STATE_COUNT; state++)
        member_set(object, state_name((enum document_state)state),
                   number_json(counts[state]));
    return object;
}

static json_t *summary_of(const struct assessment *assessment)
{
    const struct summary *summary = &assessment->summary;
    json_t *object = json_object();

    member_set(object, "sources_read", number_json(summary->sources_read));
    member_set(object, "sources_ignored", number_json(summary->sources_ignored));
    member_set(object, "sources_excluded", number_json(summary->sources_excluded));
    member_set(object, "documents", number_json(summary->documents));
    member_set(object, "records", number_json(summary->records));
    member_set(object, "states", states(assessment));
    member_set(object, "problems", number_json(summary->problems));
    member_set(object, "status", json_integer(evidence_status(assessment)));
    return object;
}

void report_evidence_json(const struct assessment *assessment,
                          const struct report_style *style, struct buf *out)
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
    json_report_problems(&report, assessment);
    json_report_list(&report, "missing");
    for (size_t i = 0; i < assessment->missing_count; i++)
        add_missing(&report, &assessment->missing[i]);
    json_report_list_end(&report);
    json_report_member(&report, "summary", summary_of(assessment));
    json_report_end(&report);
}
