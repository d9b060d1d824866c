#include "json/nested.h"

#include "base/str.h"
#include "json/build.h"
#include "json/projection.h"
#include "json/skip.h"

/* An open array or object, and where in it the walk is. */
struct level {
    bool is_object;
    uint64_t index;
    struct str key;
};

/* The way from key to key. */
struct way {
    struct arena scratch; /* of decoded keys */
    const char *at, *end;
    size_t depth; /* of open arrays and objects */
    struct level levels[NESTED_DEPTH_MAX];
};

/* `at`: the opening quote. NULL: the text ends before the string does. */
static const char *pass_string(const char *at, const char *end)
{
    for (at = skip_plain(at + 1); at < end && *at != '"'; at = skip_plain(at))
        at += *at == '\\' ? 2 : 1;
    return at < end ? at + 1 : NULL;
}

static struct str key_at(struct way *way, const char *from, const char *to)
{
    struct str raw = { from + 1, (size_t)(to - from) - 2 };

    if (memchr(raw.text, '\\', raw.len) == NULL)
        return raw;
    return build_string(&way->scratch, from);
}

static void open_level(struct way *way, bool is_object)
{
    if (way->depth < NESTED_DEPTH_MAX)
        way->levels[way->depth] = (struct level){ .is_object = is_object };
    way->depth++;
}

/* Whether the string at the way's place is a key: then the way goes on to its value. */
static bool take_string(struct way *way, struct str *key)
{
    const char *from = way->at, *to = pass_string(from, way->end);

    if (to == NULL) {
        way->at = way->end;
        return false;
    }
    way->at = skip_blanks(to);
    if (way->at >= way->end || *way->at != ':' || way->depth > NESTED_DEPTH_MAX)
        return false;
    way->at = skip_blanks(way->at + 1);
    *key = key_at(way, from, to);
    way->levels[way->depth - 1].key = *key;
    return true;
}

/* To the next key's value, at any depth; false: the text ends, or what it is of. */
static bool next_key(struct way *way, struct str *key)
{
    while (way->at < way->end) {
        switch (*way->at) {
        case '"':
            if (take_string(way, key))
                return true;
            continue;
        case '{':
        case '[':
            open_level(way, *way->at == '{');
            break;
        case '}':
        case ']':
            if (way->depth <= 1)
                return false;
            way->depth--;
            break;
        case ',':
            if (way->depth > 0 && way->depth <= NESTED_DEPTH_MAX)
                way->levels[way->depth - 1].index +=
                    !way->levels[way->depth - 1].is_object;
            break;
        default:
            break;
        }
        way->at++;
    }
    return false;
}

static struct way way_of(struct str text)
{
    return (struct way){ .at = text.text, .end = text.text + text.len };
}

/* Whether the object that starts there has one of the fields. */
static bool has_field(struct str object, const struct projection *fields)
{
    struct way way = way_of(object);
    struct str key;
    bool has = false;

    while (!has && next_key(&way, &key))
        has = way.depth == 1 && projection_has(fields, key);
    arena_release(&way.scratch);
    return has;
}

/* Whether the key, before whose value the way is, is that of a listing. */
static bool is_listing(const struct layout *layout, const struct way *way,
                       struct str key)
{
    const struct projection *sign = table_find(&layout->signs, key);
    const char *at = way->at;

    if (sign == NULL || at >= way->end)
        return false;
    if (*at == '{')
        return sign->count == 0;
    if (*at != '[')
        return false;
    at = skip_blanks(at + 1);
    if (at >= way->end || *at == ']')
        return sign->count == 0;
    return *at == '{' && (sign->count == 0 ||
                          has_field((struct str){ at, (size_t)(way->end - at) }, sign));
}

/* ---- pointers ------------------------------------------------------------------- */

void pointer_add_key(struct buf *buf, struct str key)
{
    buf_add_byte(buf, '/');
    for (size_t i = 0; i < key.len; i++) {
        if (key.text[i] == '~')
            buf_add(buf, STR("~0"));
        else if (key.text[i] == '/')
            buf_add(buf, STR("~1"));
        else
            buf_add_byte(buf, key.text[i]);
    }
}

/* A pointer, and the same for jq, as they grow from the top. */
struct path {
    struct buf pointer, jq;
    size_t jq_end;  /* without the last */
    bool is_unsafe; /* a name has what a shell or jq would take for more */
    bool is_untold; /* or a NUL */
};

static void path_add_index(struct path *path, uint64_t index)
{
    path->jq_end = path->jq.len;
    buf_printf(&path->pointer, "/%llu", (unsigned long long)index);
    buf_printf(&path->jq, "%s[%llu]", path->jq.len == 0 ? "." : "",
               (unsigned long long)index);
}

static bool is_name(struct str key)
{
    if (key.len == 0 || is_digit(key.text[0]))
        return false;
    for (size_t i = 0; i < key.len; i++)
        if (!is_letter(key.text[i]) && !is_digit(key.text[i]) && key.text[i] != '_')
            return false;
    return true;
}

/* Whether neither a shell nor jq takes any of it for more than text, between quotes. */
static bool is_plain(struct str key)
{
    for (size_t i = 0; i < key.len; i++)
        if (!is_letter(key.text[i]) && !is_digit(key.text[i]) &&
            (key.text[i] == '\0' || strchr("-_.:/ @", key.text[i]) == NULL))
            return false;
    return true;
}

static void path_add_key(struct path *path, struct str key)
{
    path->jq_end = path->jq.len;
    pointer_add_key(&path->pointer, key);
    path->is_untold =
        path->is_untold || (key.len > 0 && memchr(key.text, '\0', key.len) != NULL);
    if (is_name(key))
        buf_printf(&path->jq, ".%.*s", STR_ARG(key));
    else if (is_plain(key))
        buf_printf(&path->jq, "%s[\"%.*s\"]", path->jq.len == 0 ? "." : "",
                   STR_ARG(key));
    else
        path->is_unsafe = true;
}

static void tell_path(const struct way *way, struct arena *arena,
                      const struct nested_base *base, struct nested *nested)
{
    struct path path = { .pointer = BUF_EMPTY(arena), .jq = BUF_EMPTY(arena) };

    if (base->is_element)
        path_add_index(&path, base->element);
    if (base->member != NULL)
        path_add_key(&path, *base->member);
    for (size_t i = 0; i < way->depth && path.pointer.len <= NESTED_POINTER_MAX; i++) {
        if (way->levels[i].is_object)
            path_add_key(&path, way->levels[i].key);
        else
            path_add_index(&path, way->levels[i].index);
    }
    if (path.pointer.len > NESTED_POINTER_MAX || path.is_untold) {
        buf_clear(&path.pointer);
        buf_add(&path.pointer, STR("..."));
        pointer_add_key(&path.pointer, nested->key);
        path.is_unsafe = true;
    }
    nested->pointer = buf_str(&path.pointer).text;
    if (!path.is_unsafe)
        nested->jq = arena_copy(arena, path.jq.text, path.jq_end);
}

/* ---- looks ---------------------------------------------------------------------- */

void nested_look(const struct layout *layout, struct arena *arena,
                 const struct nested_base *base, struct str text, struct nested *nested,
                 const char **at)
{
    struct way way = way_of(text);
    struct str key;

    *at = NULL;
    while (!nested->is_mixed && next_key(&way, &key)) {
        if (!is_listing(layout, &way, key))
            continue;
        if (nested->key.text != NULL) {
            nested->is_mixed = !str_equal(nested->key, key);
            continue;
        }
        nested->key = str_copy(arena, key);
        tell_path(&way, arena, base, nested);
        *at = way.at;
    }
    arena_release(&way.scratch);
}

bool nested_is_answer(const struct layout *layout, struct str text)
{
    const struct projection *fields = layout->record_fields;
    struct way way = way_of(text);
    bool is_answer = false, is_record = false;
    struct str key;

    while (!is_answer && !is_record && next_key(&way, &key)) {
        if (way.depth > 1)
            continue;
        is_record = fields != NULL && projection_has(fields, key);
        is_answer = !is_record && *way.at == '[' && is_listing(layout, &way, key);
    }
    arena_release(&way.scratch);
    return is_answer;
}

uint64_t nested_marks(const struct layout *layout, struct str text)
{
    struct way way = way_of(text);
    size_t depth = *text.text == '[' ? 2 : 1;
    uint64_t marks = 0;
    struct str key;

    while (next_key(&way, &key) && way.levels[0].index == 0)
        if (way.depth == depth)
            marks |= layout_mark_find(layout, key);
    arena_release(&way.scratch);
    return marks;
}

bool nested_tells_place(struct str key)
{
    static const char *const words[] = {
        "account",    "accountid",    "accountname", "accountalias",
        "awsaccount", "awsaccountid", "region",      "regionname",
        "awsregion",  "profile",      "awsprofile",
    };
    char plain[16];
    size_t len = 0;

    for (size_t i = 0; i < key.len; i++) {
        if (key.text[i] == '_' || key.text[i] == '-')
            continue;
        if (len == sizeof plain)
            return false;
        plain[len++] = to_lower(key.text[i]);
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal((struct str){ plain, len }, str_from(words[i])))
            return true;
    return false;
}
