/*
 * schedule_case.h - a case of schedules.json: a schedule, and when it runs.
 *
 *     { "id": "sch-005", "expression": "cron(30 2 * * ? *)",
 *       "zone": "America/Los_Angeles",
 *       "start": "2026-01-01T00:00Z", "end": "2027-01-01T00:00Z",
 *       "expect": { "minutes": 2820, "from": "2026-03-07T10:30Z",
 *                   "to": "2026-03-09T09:30Z", "runs": 364, "notes": [] } }
 *
 * `minutes` is the longest gap that begins in these years, from one run to the next,
 * and the first of such gaps. What is no schedule has { "error": WHY } alone, and needs
 * no start and no end.
 */
#ifndef TESTS_PROTECTION_SCHEDULE_CASE_H
#define TESTS_PROTECTION_SCHEDULE_CASE_H

#include "case.h"

#include "aws/schedule.h"
#include "base/time.h"

#include <jansson.h>

/* An instant to the minute: 2026-01-01T00:00Z. */
enum { CASE_TIME_BYTES = 16 };

/* What is no time is 0, with which no case holds. */
static inline int64_t case_instant(struct arena *arena, const json_t *text)
{
    int64_t instant;

    if (json_string_length(text) != CASE_TIME_BYTES + 1 ||
        !instant_parse(str_from(arena_printf(arena, "%.*s:00Z", CASE_TIME_BYTES,
                                             json_string_value(text))),
                       &instant))
        return 0;
    return instant / INSTANTS_PER_SECOND;
}

static inline json_t *case_time(int64_t seconds)
{
    char text[INSTANT_TEXT_BYTES];

    instant_print(seconds * INSTANTS_PER_SECOND, text);
    return json_sprintf("%.*sZ", CASE_TIME_BYTES, text);
}

static inline json_t *case_minutes(int64_t seconds)
{
    return seconds % 60 == 0 ? json_integer(seconds / 60)
                             : json_real((double)seconds / 60);
}

static inline json_t *case_error(enum schedule_code code)
{
    return json_pack("{s:s}", "error", schedule_code_name(code));
}

static inline json_t *case_runs(const struct schedule *schedule,
                                const struct zone *zone, int64_t start, int64_t end)
{
    struct schedule_runs runs;

    schedule_runs(schedule, zone, start, end, &runs);
    if (runs.gap == 0)
        return json_pack("{s:n, s:n, s:n, s:i, s:[]}", "minutes", "from", "to", "runs",
                         (int)runs.count, "notes");
    return json_pack("{s:o, s:o, s:o, s:i, s:[]}", "minutes", case_minutes(runs.gap),
                     "from", case_time(runs.from), "to", case_time(runs.to), "runs",
                     (int)runs.count, "notes");
}

/* What we make of a case, in the form of its `expect`. */
static inline json_t *schedule_case_answer(struct arena *arena, const json_t *item)
{
    struct str zone_name = str_from(json_string_value(json_object_get(item, "zone")));
    struct schedule schedule;
    const struct zone *zone = NULL;
    enum schedule_code wrong;
    json_t *answer, *notes;

    if (!schedule_parse(
            str_from(json_string_value(json_object_get(item, "expression"))), &schedule,
            &wrong))
        return case_error(wrong);
    if (zone_name.text != NULL &&
        zone_load(arena, ZONE_FOLDER, zone_name, &zone) != ZONE_LOADED)
        return case_error(SCHEDULE_TIME_ZONE);
    answer =
        schedule.rate > 0
            ? json_pack("{s:o, s:[]}", "minutes", case_minutes(schedule.rate), "notes")
            : case_runs(&schedule, zone,
                        case_instant(arena, json_object_get(item, "start")),
                        case_instant(arena, json_object_get(item, "end")));
    notes = json_object_get(answer, "notes");
    if (schedule.rate > 0)
        json_array_append_new(notes, json_string(schedule_code_name(SCHEDULE_RATE)));
    if (schedule.without_cron)
        json_array_append_new(notes,
                              json_string(schedule_code_name(SCHEDULE_WITHOUT_CRON)));
    return answer;
}

/* Whether we say all that is expected; else why not. */
static inline bool schedule_case_holds(struct arena *arena, const json_t *item,
                                       struct buf *why)
{
    const json_t *expect = json_object_get(item, "expect");
    json_t *answer = schedule_case_answer(arena, item);
    void *iterator = json_object_iter(json_object_get(item, "expect"));
    bool holds = json_object_size(expect) > 0;

    for (; iterator != NULL;
         iterator = json_object_iter_next(json_object_get(item, "expect"), iterator)) {
        const json_t *found = json_object_get(answer, json_object_iter_key(iterator));

        holds = holds && found != NULL &&
                json_equal(found, json_object_iter_value(iterator));
    }
    if (!holds) {
        case_add_json(why, json_object_get(item, "expression"));
        buf_add(why, STR(": expected "));
        case_add_json(why, expect);
        buf_add(why, STR(", not "));
        case_add_json(why, answer);
    }
    json_decref(answer);
    return holds;
}

#endif
