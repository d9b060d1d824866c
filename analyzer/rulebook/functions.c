#include "rulebook/functions.h"

#include "aws/arn.h"
#include "aws/like.h"
#include "aws/schedule.h"
#include "base/date.h"
#include "base/pattern.h"
#include "base/time.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    COMPARED_BYTES = 64, /* that are compared in the time that one is read */
    COMPILE_BYTES = 64,  /* of work, for each byte of a pattern that is no literal */
    PARSE_BYTES = 16,    /* of work, for each byte of text that becomes values */
    STEP_BYTES = 16,     /* as much work as a step of a schedule */
    YEARS_BYTES = 16 * 1024, /* and as looking through its years */
    SHOWN_BYTES_MAX = 60     /* of a value in a message */
};

static struct str text_of(const json_t *string)
{
    return (struct str){ json_string_value(string), json_string_length(string) };
}

static struct str shown(const json_t *string)
{
    struct str text = text_of(string);
    size_t len = text.len;

    if (len > SHOWN_BYTES_MAX) {
        len = SHOWN_BYTES_MAX;
        while (len > 0 && ((unsigned char)text.text[len] & 0xC0) == 0x80)
            len--;
    }
    return str_slice(text, 0, len);
}

static json_t *new_text(struct str text)
{
    return json_stringn_nocheck(text.text, text.len);
}

static json_t *keep_text(struct jmespath_call *call, struct str text)
{
    return jmespath_call_keep(call, new_text(text));
}

/* ---- patterns -------------------------------------------------------------------- */

static bool prepare_matches(struct arena *arena, size_t index, const json_t *literal,
                            const void **prepared, struct error *err)
{
    struct error why = { 0 };

    if (index != 1)
        return true;
    *prepared = pattern_compile(arena, text_of(literal), &why);
    if (*prepared != NULL)
        return true;
    if (why.column == 0)
        return error_set(err, "%s", why.message);
    return error_set(err, "%s, at character %zu of it", why.message, why.column);
}

/* The pattern, compiled: when the expression was, or now. */
static const struct pattern *pattern_of(struct jmespath_call *call,
                                        const json_t *argument)
{
    const struct pattern *pattern = jmespath_call_prepared(call, 1);
    struct error why = { 0 };

    if (pattern != NULL)
        return pattern;
    if (!jmespath_call_charge(call, json_string_length(argument) * COMPILE_BYTES))
        return NULL;
    pattern = pattern_compile(jmespath_call_scratch(call), text_of(argument), &why);
    if (pattern == NULL)
        jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 1, "%s", why.message);
    return pattern;
}

static json_t *call_matches(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = text_of(arguments[0]);
    const struct pattern *pattern = pattern_of(call, arguments[1]);

    if (pattern == NULL || !jmespath_call_charge(call, text.len))
        return NULL;
    switch (pattern_ask(pattern, text)) {
    case PATTERN_NO:
        return json_false();
    case PATTERN_YES:
        return json_true();
    case PATTERN_LIMIT:
        break;
    }
    if (text.len > PATTERN_SUBJECT_BYTES_MAX) {
        return jmespath_call_wrong(
            call, JMESPATH_ERROR_LIMIT, 0,
            "matches() takes a text of at most %d bytes, not %zu",
            PATTERN_SUBJECT_BYTES_MAX, text.len);
    }
    return jmespath_call_wrong(call, JMESPATH_ERROR_LIMIT, 1,
                               "matches() does not come to an end: the pattern takes "
                               "more than %d steps on a text of %zu bytes",
                               PATTERN_MATCH_MAX, text.len);
}

static json_t *call_like(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = text_of(arguments[0]), pattern = text_of(arguments[1]);

    if (!jmespath_call_charge(call, text.len + pattern.len))
        return NULL;
    switch (like(text, pattern)) {
    case LIKE_NO:
        return json_false();
    case LIKE_YES:
        return json_true();
    case LIKE_LIMIT:
        break;
    }
    return jmespath_call_wrong(call, JMESPATH_ERROR_LIMIT, 1,
                               "like() does not come to an end: the pattern takes more "
                               "than %d steps on a text of %zu bytes",
                               LIKE_STEPS_MAX, text.len);
}

/* ---- time ------------------------------------------------------------------------ */

/* In seconds since 1970; false: it is none. */
static bool seconds_of(const json_t *value, double *seconds)
{
    int64_t instant;

    if (json_is_number(value)) {
        *seconds = json_number_value(value);
        if (instant_from_seconds(*seconds, &instant))
            return true;
        if (!instant_from_number(*seconds, &instant))
            return false;
    } else if (!json_is_string(value) ||
               !instant_parse_or_date(text_of(value), &instant)) {
        return false;
    }
    *seconds = (double)instant / INSTANTS_PER_SECOND;
    return true;
}

static json_t *call_time(struct jmespath_call *call, json_t *const *arguments)
{
    double seconds = 0;

    if (!seconds_of(arguments[0], &seconds))
        return json_null();
    if (json_is_number(arguments[0]) && seconds == json_number_value(arguments[0]))
        return arguments[0];
    return jmespath_call_keep(call, seconds == floor(seconds)
                                        ? json_integer((json_int_t)seconds)
                                        : json_real(seconds));
}

/* In units of so many seconds. Behind the argument comes $now. */
static json_t *call_age(struct jmespath_call *call, json_t *const *arguments,
                        const char *name, double unit)
{
    double seconds = 0, now = json_number_value(arguments[1]);

    if (json_is_null(arguments[0]))
        return arguments[0];
    if (!seconds_of(arguments[0], &seconds)) {
        if (json_is_string(arguments[0]))
            return jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 0,
                                       "%s() takes a time, not '%.*s'", name,
                                       STR_ARG(shown(arguments[0])));
        return jmespath_call_wrong(
            call, JMESPATH_ERROR_INVALID_VALUE, 0,
            "%s() takes a time in the years 1 to 9999, not %g seconds", name,
            json_number_value(arguments[0]));
    }
    return jmespath_call_keep(call, json_real((now - seconds) / unit));
}

static json_t *call_age_days(struct jmespath_call *call, json_t *const *arguments)
{
    return call_age(call, arguments, "age_days", 24 * 60 * 60);
}

static json_t *call_age_hours(struct jmespath_call *call, json_t *const *arguments)
{
    return call_age(call, arguments, "age_hours", 60 * 60);
}

/* A whole number, where it is one. */
static json_t *quotient(int64_t value, int64_t by)
{
    return value % by == 0 ? json_integer(value / by)
                           : json_real((double)value / (double)by);
}

/* Absent, where an argument is null or left out. */
static struct str text_or_none(const json_t *argument)
{
    return json_is_string(argument) ? text_of(argument) : STR_NONE;
}

static json_t *gap_value(const struct schedule_gap *gap)
{
    json_t *value = json_object(), *notes = json_array();

    for (size_t i = 0; i < gap->code_count; i++)
        json_array_append_new(notes, json_string(schedule_code_name(gap->codes[i])));
    json_object_set_new(value, "gap_hours",
                        gap->known ? quotient(gap->seconds, SECONDS_AN_HOUR)
                                   : json_null());
    json_object_set_new(value, "gap_days",
                        gap->known ? quotient(gap->seconds, SECONDS_A_DAY)
                                   : json_null());
    json_object_set_new(value, "notes", notes);
    return value;
}

/* Most gaps are the same at all times, so it can do without $now. */
static json_t *call_schedule(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = text_or_none(arguments[0]), zone = STR_NONE;
    const json_t *bound = jmespath_call_bound(call, STR("now"));
    int64_t now = (int64_t)json_number_value(bound);
    struct schedule_gap gap;

    if (jmespath_call_count(call) > 1)
        zone = text_or_none(arguments[1]);
    if (!jmespath_call_charge(call, YEARS_BYTES + text.len + zone.len))
        return NULL;
    schedule_gap_of(jmespath_call_scratch(call), text, zone,
                    bound != NULL ? &now : NULL, &gap);
    if (!jmespath_call_charge(call, STEP_BYTES * gap.steps))
        return NULL;
    return jmespath_call_keep(call, gap_value(&gap));
}

/* ---- text ------------------------------------------------------------------------ */

static json_t *keep_cased(struct jmespath_call *call, const json_t *string, char from,
                          char to)
{
    struct str text = text_of(string);
    char *cased;

    if (!jmespath_call_charge(call, 4 * text.len))
        return NULL;
    cased = arena_copy(jmespath_call_scratch(call), text.text, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (cased[i] >= from && cased[i] <= from + ('z' - 'a'))
            cased[i] = (char)(cased[i] - from + to);
    return keep_text(call, (struct str){ cased, text.len });
}

static json_t *call_lower(struct jmespath_call *call, json_t *const *arguments)
{
    return keep_cased(call, arguments[0], 'A', 'a');
}

static json_t *call_upper(struct jmespath_call *call, json_t *const *arguments)
{
    return keep_cased(call, arguments[0], 'a', 'A');
}

/* The bytes of the first part of a text, and what separates it from the rest: of an
 * empty separator, one character and nothing. SIZE_MAX: there is no other part. */
static size_t part_bytes(struct str text, struct str separator)
{
    size_t len = 1;

    if (separator.len > 0)
        return str_find(text, separator);
    while (len < text.len && ((unsigned char)text.text[len] & 0xC0) == 0x80)
        len++;
    return len < text.len ? len : SIZE_MAX;
}

static json_t *parts_of(struct str text, struct str separator, size_t count_max)
{
    json_t *parts = json_array();

    if (separator.len == 0 && text.len == 0)
        return parts;
    for (size_t count = 0; count < count_max; count++) {
        size_t len = part_bytes(text, separator);

        if (len == SIZE_MAX)
            break;
        json_array_append_new(parts, new_text(str_slice(text, 0, len)));
        text = str_slice(text, len + separator.len, text.len);
    }
    json_array_append_new(parts, new_text(text));
    return parts;
}

/* As in the proposal JEP-014 of jmespath.community. */
static json_t *call_split(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = text_of(arguments[0]), separator = text_of(arguments[1]);
    size_t count_max = SIZE_MAX;

    if (jmespath_call_count(call) > 2) {
        double wanted = json_number_value(arguments[2]);

        if (wanted < 0 || wanted != floor(wanted)) {
            return jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 2,
                                       "split() takes how often to split: a whole "
                                       "number, 0 or more, not %g",
                                       wanted);
        }
        /* No text has more parts. */
        count_max = wanted < (double)text.len ? (size_t)wanted : text.len;
    }
    /* A part of one byte costs more than the byte, and a long separator may be compared
     * at every byte. */
    if (!jmespath_call_charge(call, PARSE_BYTES * text.len +
                                        text.len / COMPARED_BYTES * separator.len))
        return NULL;
    return jmespath_call_keep(call, parts_of(text, separator, count_max));
}

/* ---- values ---------------------------------------------------------------------- */

/* What is absent has no answer, where null would be taken for no. */
static json_t *call_known(struct jmespath_call *call, json_t *const *arguments)
{
    if (json_is_null(arguments[0]))
        return jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 0,
                                   "known() takes a value, not null");
    return arguments[0];
}

static json_t *call_parse_json(struct jmespath_call *call, json_t *const *arguments)
{
    struct str text = text_of(arguments[0]);
    json_error_t why;
    json_t *value;

    if (!jmespath_call_charge(call, PARSE_BYTES * text.len))
        return NULL;
    value = json_loadb(text.text, text.len,
                       JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
    if (value == NULL)
        return jmespath_call_wrong(call, JMESPATH_ERROR_INVALID_VALUE, 0,
                                   "parse_json() takes JSON: line %d: %s", why.line,
                                   why.text);
    return jmespath_call_keep(call, value);
}

/* The value of a tag if it has that key, or NULL. AWS spells tags in three ways. */
static json_t *tag_value(const json_t *tag, const json_t *key)
{
    static const char *const spellings[][2] = { { "Key", "Value" },
                                                { "key", "value" },
                                                { "TagKey", "TagValue" } };

    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        const json_t *found = json_object_get(tag, spellings[i][0]);
        json_t *value = json_object_get(tag, spellings[i][1]);

        if (json_is_string(found) && json_equal(found, key))
            return value != NULL ? value : json_null();
    }
    return NULL;
}

static json_t *call_tag(struct jmespath_call *call, json_t *const *arguments)
{
    struct str key = text_of(arguments[1]);
    json_t *value = NULL;

    if (json_is_object(arguments[0]))
        value = json_object_getn(arguments[0], key.text, key.len);
    for (size_t i = 0; i < json_array_size(arguments[0]) && value == NULL; i++) {
        if (!jmespath_call_charge(call, key.len))
            return NULL;
        value = tag_value(json_array_get(arguments[0], i), arguments[1]);
    }
    return value != NULL ? value : json_null();
}

static void add_part(json_t *parts, const char *name, struct str text)
{
    json_object_set_new_nocheck(parts, name,
                                text.text != NULL ? new_text(text) : json_null());
}

/* TYPE/ID, TYPE:ID or ID. */
static void add_resource(json_t *parts, struct str resource)
{
    struct str type = STR_NONE, id = resource;

    for (size_t i = 0; i < resource.len && type.text == NULL; i++) {
        if (resource.text[i] == '/' || resource.text[i] == ':') {
            type = str_slice(resource, 0, i);
            id = str_slice(resource, i + 1, resource.len);
        }
    }
    add_part(parts, "resource", resource);
    add_part(parts, "resource_type", type);
    add_part(parts, "resource_id", id);
}

static json_t *call_arn(struct jmespath_call *call, json_t *const *arguments)
{
    struct arn arn;
    json_t *parts;

    if (!jmespath_call_charge(call, 4 * json_string_length(arguments[0])))
        return NULL;
    if (!json_is_string(arguments[0]) || !arn_parse(text_of(arguments[0]), &arn))
        return json_null();
    parts = json_object();
    add_part(parts, "partition", arn.partition);
    add_part(parts, "service", arn.service);
    add_part(parts, "region", arn.region);
    add_part(parts, "account", arn.account);
    add_resource(parts, arn.resource);
    return jmespath_call_keep(call, parts);
}

/* ---- the table ------------------------------------------------------------------- */

enum {
    TEXT = JMESPATH_TAKES_STRING,
    TIME = JMESPATH_TAKES_STRING | JMESPATH_TAKES_NUMBER | JMESPATH_TAKES_NULL,
    TAGS = JMESPATH_TAKES_ARRAY | JMESPATH_TAKES_OBJECT | JMESPATH_TAKES_NULL,
    MAYBE_TEXT = JMESPATH_TAKES_STRING | JMESPATH_TAKES_NULL,
};

static const struct jmespath_function functions[] = {
    { .name = "age_days", .takes = { TIME }, .reads = "now", .call = call_age_days },
    { .name = "age_hours", .takes = { TIME }, .reads = "now", .call = call_age_hours },
    { .name = "arn", .takes = { MAYBE_TEXT }, .call = call_arn },
    { .name = "known", .takes = { JMESPATH_TAKES_ANY }, .call = call_known },
    { .name = "like", .boolean = true, .takes = { TEXT, TEXT }, .call = call_like },
    { .name = "lower", .takes = { TEXT }, .call = call_lower },
    { .name = "matches",
      .boolean = true,
      .takes = { TEXT, TEXT },
      .prepare = prepare_matches,
      .call = call_matches },
    { .name = "parse_json", .takes = { TEXT }, .call = call_parse_json },
    { .name = "schedule",
      .takes = { MAYBE_TEXT, MAYBE_TEXT },
      .optional = 1,
      .call = call_schedule },
    { .name = "split",
      .takes = { TEXT, TEXT, JMESPATH_TAKES_NUMBER },
      .optional = 1,
      .call = call_split },
    { .name = "tag", .takes = { TAGS, TEXT }, .call = call_tag },
    { .name = "time", .takes = { JMESPATH_TAKES_ANY }, .call = call_time },
    { .name = "upper", .takes = { TEXT }, .call = call_upper },
};

const struct jmespath_extension rulebook_functions = {
    functions,
    COUNT_OF(functions),
};
