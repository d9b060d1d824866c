#include "state/head.h"

#include "catalog/catalog_print.h"
#include "state/parser.h"
#include "state/printer.h"
#include "state/tables.h"

#include <string.h>

static const struct kept_row setting_rows[] = {
    { KEPT("option", struct state_setting, name) },
    { KEPT_WORDS("values", struct state_setting, values.items, values.count, 0) },
};
static const struct kept_struct setting_kept =
    KEPT_TABLE(setting_rows, struct state_setting);

static const struct kept_row rule_rows[] = {
    { KEPT("id", struct state_rule, id) },
    { KEPT("sha256", struct state_rule, sha256) },
};
static const struct kept_struct rule_kept = KEPT_TABLE(rule_rows, struct state_rule);

static const struct kept_row shard_rows[] = {
    { KEPT("number", struct state_shard, number) },
};
static const struct kept_struct shard_kept = KEPT_TABLE(shard_rows, struct state_shard);

/* First of all, since another version may have other members. */
static bool always(const void *object)
{
    (void)object;
    return true;
}

static void print_version(struct state_printer *printer, const void *object)
{
    state_put_text(printer, ((const struct state_head *)object)->version);
}

static bool parse_version(struct state_parser *parser, void *object)
{
    struct state_head *head = object;
    struct str text = STR_NONE;

    if (!parser_text(parser, &text))
        return false;
    head->version = str_copy(parser->arena, text);
    if (head->format != STATE_FORMAT || !str_equal(text, STR(INVAUDIT_VERSION))) {
        return parser_wrong(parser,
                            "invaudit %s wrote it, and this is %s: one version has to "
                            "read all",
                            text.text, INVAUDIT_VERSION);
    }
    return true;
}

static const struct kept_row head_rows[] = {
    { KEPT("invaudit_state", struct state_head, format) },
    { KEPT_BY("version", struct state_head, version, always, print_version,
              parse_version) },
    { KEPT("catalog", struct state_head, catalog) },
    { KEPT_ITEMS("settings", struct state_head, settings, setting_count, 0,
                 setting_kept) },
    { KEPT_ITEMS("rules", struct state_head, rules, rule_count, RULEBOOK_RULES_MAX,
                 rule_kept) },
    { KEPT_ITEMS("types", struct state_head, types.items, types.count, 0,
                 state_type_kept) },
    { KEPT_WORDS("operands", struct state_head, operands.items, operands.count, 0) },
    { KEPT_UP_TO("of", struct state_head, of, SHARDS_MAX) },
    { KEPT_ITEMS("shards", struct state_head, shards, shard_count, SHARDS_MAX,
                 shard_kept) },
    { KEPT("is_listed", struct state_head, is_listed) },
    { KEPT_UP_TO("sources", struct state_head, source_count, DISCOVER_SOURCES_MAX) },
    { KEPT("sources_sha256", struct state_head, source_sha256) },
    { KEPT_WORDS("folders", struct state_head, folders.items, folders.count,
                 DISCOVER_SOURCES_MAX) },
    { KEPT_WORDS("inner_folders", struct state_head, inner_folders.items,
                 inner_folders.count, DISCOVER_SOURCES_MAX) },
};
const struct kept_struct state_head_kept = KEPT_TABLE(head_rows, struct state_head);

/* ---- digests --------------------------------------------------------------------- */

static struct str hex_of(struct arena *arena, struct digest *digest)
{
    char hex[DIGEST_HEX_BYTES];

    digest_hex(digest, hex);
    return str_copy(arena, str_from(hex));
}

struct str state_catalog_sha256(struct arena *arena, const struct catalog *catalog)
{
    struct arena scratch = ARENA_EMPTY;
    struct digest *digest = digest_new(&scratch);
    struct buf text = BUF_EMPTY(&scratch);
    struct str sha256;

    catalog_print(&text, "catalog", catalog);
    digest_add(digest, text.text, text.len);
    sha256 = hex_of(arena, digest);
    arena_release(&scratch);
    return sha256;
}

struct str state_sources_sha256(struct arena *arena, const struct source_list *sources)
{
    struct arena scratch = ARENA_EMPTY;
    struct state_printer printer;
    struct str sha256;

    state_printer_begin(&printer, &scratch, NULL);
    for (size_t i = 0; i < sources->count; i++) {
        struct source source = sources->items[i];

        if (source.archive != NULL)
            continue;
        source.use = source.use == SOURCE_ARCHIVE ? SOURCE_READ : source.use;
        kept_print(&printer, &source_kept, &source);
        state_put_byte(&printer, '\n');
        digest_add(printer.digest, printer.text.text, printer.text.len);
        buf_clear(&printer.text);
    }
    sha256 = hex_of(arena, printer.digest);
    arena_release(&scratch);
    return sha256;
}

/* ---- a head ---------------------------------------------------------------------- */

static void describe_settings(struct arena *arena, const struct settings *settings,
                              struct state_head *head)
{
    size_t capacity = 0;

    for (const struct option *option = settings_options; option->name != NULL;
         option++) {
        struct state_setting setting = { .name = str_from(option->name) };
        size_t value_capacity = 0;
        struct str value;

        while (option_given(option, settings, setting.values.count, &value)) {
            setting.values.items =
                arena_grow(arena, setting.values.items, setting.values.count,
                           &value_capacity, sizeof value);
            setting.values.items[setting.values.count++] = value;
        }
        if (setting.values.count == 0)
            continue;
        head->settings = arena_grow(arena, head->settings, head->setting_count,
                                    &capacity, sizeof setting);
        head->settings[head->setting_count++] = setting;
    }
}

static struct str_list texts_of(struct arena *arena, const char *const *texts,
                                size_t count)
{
    struct str_list list = { arena_array(arena, count, struct str), count };

    for (size_t i = 0; i < count; i++)
        list.items[i] = str_from(texts[i]);
    return list;
}

/* Both lists are in order. */
static void describe_inner(struct arena *arena, const struct state_of *of,
                           struct state_head *head)
{
    const struct source_list *sources = of->sources;
    size_t next = 0;

    head->inner_folders.items =
        arena_array(arena, sources->folder_count - of->found_folder_count, struct str);
    for (size_t i = 0; i < sources->folder_count; i++) {
        if (next < of->found_folder_count &&
            strcmp(of->found_folders[next], sources->folders[i]) == 0)
            next++;
        else
            head->inner_folders.items[head->inner_folders.count++] =
                str_from(sources->folders[i]);
    }
}

struct state_head *state_head_new(struct arena *arena, const struct state_of *of)
{
    struct state_head *head = arena_new(arena, struct state_head);

    head->format = STATE_FORMAT;
    head->version = STR(INVAUDIT_VERSION);
    head->catalog = state_catalog_sha256(arena, of->book->catalog);
    describe_settings(arena, of->settings, head);
    head->rules = arena_array(arena, of->book->count, struct state_rule);
    head->rule_count = of->book->count;
    for (size_t i = 0; i < of->book->count; i++)
        head->rules[i] = (struct state_rule){ of->book->rules[i]->id,
                                              str_from(of->book->rules[i]->sha256) };
    state_types_of(arena, of->measures, &head->types);
    head->operands = texts_of(arena, of->paths, of->path_count);
    if (of->share != NULL && of->share->of > 0) {
        head->of = of->share->of;
        head->shards = arena_new(arena, struct state_shard);
        head->shards->number = of->share->index;
        head->shard_count = 1;
    }
    head->is_listed = of->share != NULL && of->share->of == 0;
    head->source_count = of->found_count;
    head->source_sha256 = of->found_sha256;
    head->folders = texts_of(arena, of->found_folders, of->found_folder_count);
    describe_inner(arena, of, head);
    return head;
}
