#include "cli/earlier.h"

#include "cli/options.h"
#include "compare/report.h"
#include "gather/bindings.h"
#include "query/query.h"
#include "report/report.h"

#include <jansson.h>
#include <string.h>

/* ---- one value ------------------------------------------------------------------- */

static bool wrong_kind(const char *key, const char *expected, struct error *err)
{
    return error_set(err, "settings.%s: expected %s", key, expected);
}

static bool put_text(struct arena *arena, const struct option *option, const char *key,
                     const json_t *value, struct settings *settings, struct error *err)
{
    const char *text = json_string_value(value);
    struct error why = { 0 };

    if (text == NULL)
        return wrong_kind(key, "text", err);
    if (strlen(text) != json_string_length(value))
        return wrong_kind(key, "text without U+0000", err);
    /* the report has the instant that it was */
    if (option->kind == OPTION_TIME && options_ask_clock(str_from(text)))
        return wrong_kind(key, "a date or an instant, not a word", err);
    return options_put(arena, option, settings, str_copy(arena, str_from(text)),
                       &why) ||
           error_set(err, "settings.%s: %s", key, why.message);
}

static bool put_texts(struct arena *arena, const struct option *option, const char *key,
                      const json_t *value, struct settings *settings, struct error *err)
{
    const size_t count = json_array_size(value);

    if (!json_is_array(value))
        return wrong_kind(key, "a list", err);
    if (count > EARLIER_VALUES_MAX)
        return error_set(err, "settings.%s: %zu values; at most %d are read", key,
                         count, EARLIER_VALUES_MAX);
    for (size_t i = 0; i < count; i++)
        if (!put_text(arena, option, key, json_array_get(value, i), settings, err))
            return false;
    return true;
}

static bool put_value(struct arena *arena, const char *key, const json_t *value,
                      struct settings *settings, struct error *err)
{
    const struct option *option = report_setting(str_from(key));

    if (option == NULL) {
        return error_set(err,
                         "settings.%s: there is no such option here; another version "
                         "wrote the report",
                         key);
    }
    if (option->kind == OPTION_FLAG) {
        *(bool *)((char *)settings + option->offset) = json_is_true(value);
        return json_is_boolean(value) || wrong_kind(key, "true or false", err);
    }
    if (option->kind >= OPTION_TEXTS)
        return put_texts(arena, option, key, value, settings, err);
    return json_is_null(value) || put_text(arena, option, key, value, settings, err);
}

bool earlier_take(struct arena *arena, json_t *values, struct settings *settings,
                  struct error *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(values))
        return error_set(err, "the report has no settings");
    json_object_foreach(values, key, value) if (!put_value(arena, key, value, settings,
                                                           err)) return false;
    return true;
}

/* ---- the report ------------------------------------------------------------------ */

/* [schema, settings] of the only document, which lives as long as the query does not go
 * on; NULL: err says why. */
static json_t *first_result(struct query *query, struct error *err)
{
    json_t *result = NULL;

    switch (query_next(query, &result, err)) {
    case QUERY_RESULT:
        return result;
    case QUERY_END:
        error_set(err, "holds no JSON document");
        return NULL;
    case QUERY_WRONG:
    case QUERY_BROKEN:
        break;
    }
    return NULL;
}

static bool is_at_end(struct query *query, struct bytes *bytes, struct error *err)
{
    struct bytes_total total = { 0 };
    json_t *result = NULL;

    switch (query_next(query, &result, err)) {
    case QUERY_RESULT:
        return error_set(err, "holds more than one JSON document");
    case QUERY_WRONG:
    case QUERY_BROKEN:
        return false;
    case QUERY_END:
        break;
    }
    bytes_finish(bytes, &total);
    return total.read_error == NULL ||
           error_set(err, "cannot be read: %s", total.read_error);
}

static bool read_report(struct arena *arena, struct bytes *bytes,
                        struct settings *settings, struct error *err)
{
    const struct jmespath *wanted =
        jmespath_compile(arena, STR("[schema, settings]"), err);
    struct query *query = query_new(arena, wanted, bindings_new(arena, NULL, STR_NONE));
    json_t *result;
    const json_t *schema;

    bytes_without_digest(bytes);
    query_begin(query, bytes);
    result = first_result(query, err);
    if (result == NULL)
        return false;
    schema = json_array_get(result, 0);
    if (!report_is_own(
            (struct str){ json_string_value(schema), json_string_length(schema) }))
        return error_set(err, "is no JSON report that this version reads: its schema "
                              "is neither invaudit-report/1 nor invaudit-evidence/1");
    return earlier_take(arena, json_array_get(result, 1), settings, err) &&
           is_at_end(query, bytes, err);
}

static void copy_given(const struct option *option, const struct settings *from,
                       struct settings *to)
{
    const char *value = (const char *)from + option->offset;
    char *member = (char *)to + option->offset;

    if (option->kind == OPTION_FLAG)
        memcpy(member, value, sizeof(bool));
    else if (option->kind >= OPTION_TEXTS)
        memcpy(member, value, sizeof(struct str_list));
    else
        memcpy(member, value, sizeof(struct str));
}

bool earlier_settings(struct arena *arena, const char *path, struct settings *settings,
                      struct error *err)
{
    struct settings earlier = { 0 };
    struct bytes *bytes = bytes_open(arena, path, err);
    struct str value;

    if (bytes == NULL || !read_report(arena, bytes, &earlier, err))
        return saved_error_at(err, path);
    for (const struct option *option = settings_options; option->name != NULL; option++)
        if (!option_given(option, settings, 0, &value))
            copy_given(option, &earlier, settings);
    return true;
}
