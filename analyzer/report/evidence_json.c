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

static json_t *missing_commands(struct arena *arena,
                                const struct assessment *assessment)
{
    json_t *array = json_array();

    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        if (missing->settle_count == 0)
            item_add(array, missing_command(arena, missing, NULL));
        for (size_t j = 0; j < missing->settle_count; j++)
            item_add(array, missing_command(arena, missing, &missing->settles[j]));
    }
    return array;
}

static json_t *states(const struct assessment *assessment)
{
    uint64_t counts[STATE_COUNT] = { 0 };
    json_t *object = json_object();

    for (size_t i = 0; i < assessment->source_count; i++)
        for (size_t j = 0; j < assessment->sources[i].document_count; j++)
            counts[assessment->sources[i].documents[j]->state]++;
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
    struct arena *arena = out->arena;
    json_t *root = json_object();

    (void)style;
    member_set(root, "schema", string_json(arena, schema));
    member_set(root, "tool", tool_json(arena));
    member_set(root, "settings", settings_json(arena, assessment->settings));
    member_set(root, "rules", rules_json(arena, assessment->book));
    member_set(root, "evidence", evidence_json(arena, assessment));
    member_set(root, "problems", problems_json(arena, assessment));
    member_set(root, "missing", missing_commands(arena, assessment));
    member_set(root, "summary", summary_of(assessment));
    report_dump(root, out);
}
