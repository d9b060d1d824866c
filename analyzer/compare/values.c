#include "compare/values.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The way from the values that are compared to the one that is. */
struct trail {
    const struct trail *above; /* NULL: these values */
    const char *key;           /* NULL: an item of a list */
    size_t index;
};

struct comparison {
    struct arena *arena;
    const char *pointer;
    struct difference *first;
    size_t count;
};

/* RFC 6901, section 3. */
static void add_key(struct buf *out, const char *key)
{
    for (; *key != '\0'; key++) {
        if (*key == '~')
            buf_add(out, STR("~0"));
        else if (*key == '/')
            buf_add(out, STR("~1"));
        else
            buf_add_byte(out, *key);
    }
}

static void add_trail(struct buf *out, const struct trail *way)
{
    if (way->above == NULL)
        return;
    add_trail(out, way->above);
    buf_add_byte(out, '/');
    if (way->key != NULL)
        add_key(out, way->key);
    else
        buf_printf(out, "%zu", way->index);
}

static const char *text_of(struct arena *arena, const json_t *value)
{
    char *text;
    const char *copy;

    if (value == NULL)
        return "nothing";
    if (json_is_array(value))
        return arena_printf(arena, "%zu items", json_array_size(value));
    text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    assert(text != NULL);
    copy = arena_copy(arena, text, strlen(text));
    free(text);
    return copy;
}

/* How many bytes before the first that differs are left out, so that it is shown. */
static size_t passed_over(const char *was, const char *is)
{
    size_t same = 0;

    while (was[same] != '\0' && was[same] == is[same])
        same++;
    if (same < VALUE_SHOWN_MAX - VALUE_BEFORE_MAX)
        return 0;
    same -= VALUE_BEFORE_MAX;
    while (same > 0 && !is_character_start(was[same]))
        same--;
    return same;
}

/* Cut between two characters. */
static const char *shown(struct arena *arena, const char *text, size_t from)
{
    size_t len = strlen(text + from);
    bool is_cut = len > VALUE_SHOWN_MAX;

    if (is_cut)
        len = VALUE_SHOWN_MAX;
    while (is_cut && len > 0 && !is_character_start(text[from + len]))
        len--;
    return arena_printf(arena, "%s%.*s%s", from > 0 ? "..." : "", (int)len, text + from,
                        is_cut ? "..." : "");
}

static void note(struct comparison *comparison, const struct trail *way, json_t *was,
                 json_t *is)
{
    struct arena *arena = comparison->arena;
    struct buf pointer = BUF_EMPTY(arena);
    const char *before, *now;
    size_t from;

    if (comparison->count++ > 0)
        return;
    before = text_of(arena, was);
    now = text_of(arena, is);
    from = passed_over(before, now);
    buf_add(&pointer, str_from(comparison->pointer));
    add_trail(&pointer, way);
    *comparison->first =
        (struct difference){ buf_str(&pointer).text, shown(arena, before, from),
                             shown(arena, now, from) };
}

static void compare(struct comparison *comparison, const struct trail *way, json_t *was,
                    json_t *is);

static void compare_members(struct comparison *comparison, const struct trail *way,
                            json_t *was, json_t *is)
{
    void *place;

    for (place = json_object_iter(was); place != NULL;
         place = json_object_iter_next(was, place)) {
        const char *key = json_object_iter_key(place);
        const struct trail member = { way, key, 0 };

        compare(comparison, &member, json_object_iter_value(place),
                json_object_get(is, key));
    }
    for (place = json_object_iter(is); place != NULL;
         place = json_object_iter_next(is, place)) {
        const char *key = json_object_iter_key(place);
        const struct trail member = { way, key, 0 };

        if (json_object_get(was, key) == NULL)
            note(comparison, &member, NULL, json_object_iter_value(place));
    }
}

static void compare_items(struct comparison *comparison, const struct trail *way,
                          json_t *was, json_t *is)
{
    const size_t count = smaller(json_array_size(was), json_array_size(is));

    if (json_array_size(was) != json_array_size(is))
        note(comparison, way, was, is);
    for (size_t i = 0; i < count; i++) {
        const struct trail item = { way, NULL, i };

        compare(comparison, &item, json_array_get(was, i), json_array_get(is, i));
    }
}

static void compare(struct comparison *comparison, const struct trail *way, json_t *was,
                    json_t *is)
{
    if (json_is_object(was) && json_is_object(is))
        compare_members(comparison, way, was, is);
    else if (json_is_array(was) && json_is_array(is))
        compare_items(comparison, way, was, is);
    else if (!json_equal(was, is))
        note(comparison, way, was, is);
}

size_t values_differ(struct arena *arena, const char *pointer, json_t *was, json_t *is,
                     struct difference *first)
{
    struct comparison comparison = { arena, pointer, first, 0 };
    const struct trail top = { 0 };

    if (was != NULL || is != NULL)
        compare(&comparison, &top, was, is);
    return comparison.count;
}
