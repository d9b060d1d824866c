#include "gather/waivers.h"

#include "aws/arn.h"
#include "aws/like.h"
#include "aws/regions.h"
#include "base/date.h"
#include "base/file.h"
#include "base/table.h"
#include "base/time.h"
#include "config/schema.h"

#include <assert.h>

enum { WAIVERS_FORMAT = 1 };

/* ---- the keys -------------------------------------------------------------------- */

struct waivers_file {
    long format;
    const struct yaml_node *waivers;
};

static const struct check_key file_keys[] = {
    { "format", CHECK_INTEGER, true, offsetof(struct waivers_file, format) },
    { "waivers", CHECK_SEQUENCE, true, offsetof(struct waivers_file, waivers) },
};

static const struct check_key keys[] = {
    { "rule", CHECK_TEXT, true, offsetof(struct waiver, globs[WAIVER_RULE]) },
    { "account", CHECK_TEXT, true, offsetof(struct waiver, globs[WAIVER_ACCOUNT]) },
    { "region", CHECK_TEXT, false, offsetof(struct waiver, globs[WAIVER_REGION]) },
    { "resource", CHECK_TEXT, false, offsetof(struct waiver, globs[WAIVER_RESOURCE]) },
    { "reason", CHECK_TEXT, true, offsetof(struct waiver, reason) },
    { "owner", CHECK_TEXT, true, offsetof(struct waiver, owner) },
    { "expires", CHECK_TEXT, true, offsetof(struct waiver, expires) },
    { "approved_by", CHECK_TEXT, false, offsetof(struct waiver, approved_by) },
    { "ticket", CHECK_TEXT, false, offsetof(struct waiver, ticket) },
};

static const struct schema format_form = { .kind = SCHEMA_NUMBER,
                                           .number = WAIVERS_FORMAT };
static const struct schema account_form = { .kind = SCHEMA_TEXT,
                                            .pattern = "^([0-9]{12}|-|.*[*?].*)$" };
static const struct schema date_form = { .kind = SCHEMA_TEXT,
                                         .pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
static const struct schema_note notes[] = {
    { "rule", "The id of a rule, or a glob of ids, such as RDS*.", NULL },
    { "account", "12 digits in quotes, or a glob; - for findings of none.",
      &account_form },
    { "region", "A region, or a glob; - for findings of none. Without it, any.", NULL },
    { "resource",
      "The id of the record that is judged, or a glob; - for findings of none. Without "
      "it, any.",
      NULL },
    { "reason", "Why it is accepted.", NULL },
    { "owner", "Who answers for it.", NULL },
    { "expires", "The last day on which it holds, in UTC: YYYY-MM-DD.", &date_form },
    { "approved_by", "Who agreed to it.", NULL },
    { "ticket", "Where it was decided.", NULL },
};
static const struct schema waiver_form = { .kind = SCHEMA_KEYS,
                                           .keys = keys,
                                           .key_count = COUNT_OF(keys),
                                           .notes = notes,
                                           .note_count = COUNT_OF(notes),
                                           .filled = true };
static const struct schema_note file_notes[] = {
    { "format", "The version of this format.", &format_form },
    { "waivers", "Failures that are accepted, each until a day.", &waiver_form },
};
const struct schema waivers_schema = SCHEMA_OF_KEYS(file_keys, file_notes);

/* ---- one waiver ------------------------------------------------------------------ */

struct waivers_reader {
    struct arena *arena;
    const struct rulebook *book;
    struct mistakes *mistakes;
    struct table rules; /* by id */
    struct table first; /* from the globs of a waiver to its line */
};

bool waiver_is_glob(struct str glob)
{
    return str_find(glob, STR("*")) != SIZE_MAX || str_find(glob, STR("?")) != SIZE_MAX;
}

bool waiver_part_fits(const struct waiver *waiver, enum waiver_part part,
                      struct str text)
{
    struct str glob = waiver->globs[part];

    return str_equal(glob, STR("*")) || str_equal(glob, text) ||
           (waiver_is_glob(glob) && like_with(text, glob, LIKE_ONE) == LIKE_YES);
}

static bool is_all(struct str glob)
{
    for (size_t i = 0; i < glob.len; i++)
        if (glob.text[i] != '*' && glob.text[i] != '?')
            return false;
    return true;
}

const char *waiver_breadth(const struct waiver *waiver)
{
    if (is_all(waiver->globs[WAIVER_RULE]))
        return "all rules";
    for (int part = WAIVER_ACCOUNT; part < WAIVER_PART_COUNT; part++)
        if (!is_all(waiver->globs[part]))
            return NULL;
    return "all accounts, regions and resources";
}

static bool is_blank(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_blank_byte(text.text[i]))
            return false;
    return true;
}

/* No text is empty, nor longer than its limit: each is printed beside each finding. */
static void check_texts_of(struct waivers_reader *reader, const struct yaml_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *value = node->items[i];
        const char *key = node->keys[i]->text.text;
        size_t most = WAIVER_TEXT_BYTES_MAX;

        for (int part = 0; part < WAIVER_PART_COUNT; part++)
            if (str_equal(node->keys[i]->text, str_from(keys[part].name)))
                most = WAIVER_GLOB_BYTES_MAX;
        if (value->kind != YAML_SCALAR)
            continue;
        if (!value->plain && is_blank(value->text))
            mistakes_error(reader->mistakes, value->place,
                           "the text of '%s' is empty: leave the key out or fill it in",
                           key);
        if (value->text.len > most)
            mistakes_error(reader->mistakes, value->place,
                           "the text of '%s' has %zu bytes: expected at most %zu", key,
                           value->text.len, most);
    }
}

static const char *suggested_rule(struct waivers_reader *reader, struct str id)
{
    const struct str_list *known = &reader->book->known;
    const char **names = arena_array(reader->arena, known->count, const char *);

    for (size_t i = 0; i < known->count; i++)
        names[i] = str_copy(reader->arena, known->items[i]).text;
    return suggestion(reader->arena, id, names, known->count);
}

static void check_rule(struct waivers_reader *reader, const struct yaml_node *node,
                       const struct waiver *waiver)
{
    const struct str_list *known = &reader->book->known;
    struct str id = waiver->globs[WAIVER_RULE];

    if (!waiver_is_glob(id)) {
        if (table_find(&reader->rules, id) == NULL)
            mistakes_error(reader->mistakes, node->place, "there is no rule '%s'%s",
                           id.text, suggested_rule(reader, id));
        return;
    }
    for (size_t i = 0; i < known->count; i++)
        if (waiver_part_fits(waiver, WAIVER_RULE, known->items[i]))
            return;
    mistakes_error(reader->mistakes, node->place, "no rule has an id like '%s'",
                   id.text);
}

static void check_account(struct waivers_reader *reader, const struct yaml_node *node,
                          struct str account)
{
    if (!waiver_is_glob(account) && !is_account_id(account) &&
        !str_equal(account, STR("-"))) {
        mistakes_error(reader->mistakes, node->place,
                       "expected 12 digits, a glob such as '1234*', or '-', for "
                       "'account', not '%s'",
                       account.text);
    }
}

static void check_region(struct waivers_reader *reader, const struct yaml_node *node,
                         struct str region)
{
    size_t count = 0;
    const struct region *regions = regions_all(&count);
    const char **names;

    if (waiver_is_glob(region) || is_region_name(region) || str_equal(region, STR("-")))
        return;
    names = arena_array(reader->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        names[i] = regions[i].name;
    mistakes_error(reader->mistakes, node->place,
                   "expected a region such as us-east-1, a glob such as 'eu-*', or "
                   "'-', for 'region', not '%s'%s",
                   region.text, suggestion(reader->arena, region, names, count));
}

static void check_expires(struct waivers_reader *reader, const struct yaml_node *node,
                          struct waiver *waiver)
{
    int64_t day;

    if (!instant_parse_date(waiver->expires, &day)) {
        mistakes_error(reader->mistakes, node->place,
                       "expected a date such as 2027-01-31 for 'expires', not '%s'",
                       waiver->expires.text);
        return;
    }
    waiver->ends = day + (int64_t)SECONDS_A_DAY * INSTANTS_PER_SECOND;
}

/* The first would always be the one that is named. */
static void check_first(struct waivers_reader *reader, const struct yaml_node *node,
                        const struct waiver *waiver)
{
    struct buf key = BUF_EMPTY(reader->arena);
    size_t *line;
    void **slot;

    for (int part = 0; part < WAIVER_PART_COUNT; part++) {
        buf_add(&key, waiver->globs[part]);
        buf_add_byte(&key, '\0');
    }
    slot = table_slot(&reader->first, buf_str(&key));
    line = *slot;
    if (line != NULL) {
        mistakes_error(reader->mistakes, node->place,
                       "the waiver in line %zu is of the same findings: keep one",
                       *line);
        return;
    }
    *slot = line = arena_new(reader->arena, size_t);
    *line = node->place.line;
}

static void read_waiver(struct waivers_reader *reader, const struct yaml_node *node,
                        struct waiver *waiver)
{
    bool is_right;

    waiver->place = node->place;
    is_right = check_mapping(reader->arena, node, keys, COUNT_OF(keys), waiver,
                             reader->mistakes);
    if (node->kind != YAML_MAPPING)
        return;
    check_texts_of(reader, node);
    if (waiver->globs[WAIVER_RULE].len > 0)
        check_rule(reader, yaml_find(node, "rule"), waiver);
    if (waiver->globs[WAIVER_ACCOUNT].len > 0)
        check_account(reader, yaml_find(node, "account"),
                      waiver->globs[WAIVER_ACCOUNT]);
    if (waiver->globs[WAIVER_REGION].len > 0)
        check_region(reader, yaml_find(node, "region"), waiver->globs[WAIVER_REGION]);
    if (waiver->expires.len > 0)
        check_expires(reader, yaml_find(node, "expires"), waiver);
    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        if (waiver->globs[part].text == NULL)
            waiver->globs[part] = STR("*");
    if (is_right)
        check_first(reader, node, waiver);
}

/* ---- the file -------------------------------------------------------------------- */

static void read_all(struct waivers_reader *reader, const struct yaml_node *list,
                     struct waivers *waivers)
{
    struct waiver *items;

    if (list->count > WAIVERS_MAX) {
        mistakes_error(reader->mistakes, list->place,
                       "%zu waivers: expected at most %d; a glob may do for several",
                       list->count, WAIVERS_MAX);
        return;
    }
    reader->rules = (struct table)TABLE_EMPTY(reader->arena);
    reader->first = (struct table)TABLE_EMPTY(reader->arena);
    for (size_t i = 0; i < reader->book->known.count; i++)
        *table_slot(&reader->rules, reader->book->known.items[i]) = waivers;
    items = arena_array(reader->arena, list->count, struct waiver);
    for (size_t i = 0; i < list->count; i++)
        read_waiver(reader, list->items[i], &items[i]);
    waivers->items = items;
    waivers->count = list->count;
}

const struct waivers *waivers_parse(struct arena *arena, const char *path,
                                    struct str text, const struct rulebook *book,
                                    struct mistakes *mistakes)
{
    struct waivers *waivers = arena_new(arena, struct waivers);
    struct waivers_reader reader = { .arena = arena,
                                     .book = book,
                                     .mistakes = mistakes };
    struct waivers_file file = { .format = WAIVERS_FORMAT };
    size_t errors = mistakes->error_count;
    struct digest *digest = digest_new(arena);
    char *sha256 = arena_alloc(arena, DIGEST_HEX_BYTES);
    const struct yaml_node *root =
        yaml_parse_within(arena, path, text, WAIVERS_BYTES_MAX, mistakes);

    if (root == NULL)
        return NULL;
    check_mapping(arena, root, file_keys, COUNT_OF(file_keys), &file, mistakes);
    if (file.format != WAIVERS_FORMAT) {
        mistakes_error(mistakes, yaml_find(root, "format")->place,
                       "the format '%ld' is not known: expected %d", file.format,
                       WAIVERS_FORMAT);
    } else if (file.waivers != NULL) {
        read_all(&reader, file.waivers, waivers);
    }
    waivers->path = path;
    waivers->text = text;
    digest_add(digest, text.text, text.len);
    digest_hex(digest, sha256);
    waivers->sha256 = sha256;
    return mistakes->error_count == errors ? waivers : NULL;
}

const struct waivers *waivers_read(struct arena *arena, const char *path,
                                   const struct rulebook *book,
                                   struct mistakes *mistakes)
{
    struct error err = { 0 };
    struct str text;

    if (file_read(arena, path, WAIVERS_BYTES_MAX, &text, &err))
        return waivers_parse(arena, path, text, book, mistakes);
    mistakes_error(mistakes, (struct place){ .path = path }, "%s", err.message);
    mistakes->is_unread |= err.kind == FILE_UNREAD;
    return NULL;
}
