#include "state/state.h"

#include "base/order.h"
#include "state/parser.h"
#include "state/printer.h"
#include "state/tables.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct state_file {
    const char *path;
    struct state_head head;
    size_t set; /* its number among the sets */
};

/* States of the same operands: parts of one scan. */
struct state_set {
    const struct state_file *first;
    struct state_shard *shards; /* that are there, in order */
    size_t shard_count;
    size_t source_count; /* that are there, but for members of archives */
};

/* A source, as it is in a state. */
struct united_source {
    struct source source; /* first: it begins with its path */
    struct document_source *read;
    size_t file; /* its number */
};

struct united {
    struct arena *arena;
    struct state_file *files;
    size_t file_count;
    struct state_set *sets;
    size_t set_count;
    struct state_head head;
    struct arena scratch; /* while they are read */
    struct united_source *sources;
    size_t source_count, source_capacity;
};

/* ---- heads ----------------------------------------------------------------------- */

static bool read_head(struct arena *arena, struct state_file *file, struct error *err)
{
    struct state_parser parser;
    bool done;

    if (!parser_open(&parser, arena, file->path, err))
        return false;
    done = kept_parse(&parser, &state_head_kept, &file->head) &&
           parser_word(&parser, "\n");
    parser_close(&parser);
    return done;
}

static bool texts_equal(const struct str_list *left, const struct str_list *right)
{
    bool equal = left->count == right->count;

    for (size_t i = 0; i < left->count && equal; i++)
        equal = str_equal(left->items[i], right->items[i]);
    return equal;
}

static const struct state_setting *setting_find(const struct state_head *head,
                                                struct str name)
{
    for (size_t i = 0; i < head->setting_count; i++)
        if (str_equal(head->settings[i].name, name))
            return &head->settings[i];
    return NULL;
}

/* The first option that one of them has, and the other has not, or otherwise. */
static struct str other_setting(const struct state_head *left,
                                const struct state_head *right)
{
    for (size_t i = 0; i < left->setting_count; i++) {
        const struct state_setting *of = &left->settings[i],
                                   *other = setting_find(right, of->name);

        if (other == NULL || !texts_equal(&of->values, &other->values))
            return of->name;
    }
    return STR_NONE;
}

/* The first rule that one of them has, and the other has not, or otherwise. */
static struct str other_rule(const struct state_head *left,
                             const struct state_head *right)
{
    for (size_t i = 0; i < left->rule_count; i++) {
        const struct state_rule *of = &left->rules[i];
        size_t at = 0;

        while (at < right->rule_count && !str_equal(right->rules[at].id, of->id))
            at++;
        if (at == right->rule_count || !str_equal(right->rules[at].sha256, of->sha256))
            return of->id;
    }
    return STR_NONE;
}

/* As they are printed. */
static bool kept_equal(const struct kept_struct *kept, const void *left,
                       const void *right)
{
    struct arena scratch = ARENA_EMPTY;
    struct state_printer printers[2];
    bool equal;

    for (size_t i = 0; i < 2; i++) {
        state_printer_begin(&printers[i], &scratch, NULL);
        kept_print(&printers[i], kept, i == 0 ? left : right);
    }
    equal = str_equal(buf_str(&printers[0].text), buf_str(&printers[1].text));
    arena_release(&scratch);
    return equal;
}

static bool types_equal(const struct state_types *left, const struct state_types *right)
{
    bool equal = left->count == right->count;

    for (size_t i = 0; i < left->count && equal; i++)
        equal = kept_equal(&state_type_kept, &left->items[i], &right->items[i]);
    return equal;
}

/* Whether two of them can be parts of one scan, or of scans that are put together. */
static bool belong_together(const struct state_file *left,
                            const struct state_file *right, struct error *err)
{
    const struct state_head *a = &left->head, *b = &right->head;
    struct str name;

    if (!str_equal(a->catalog, b->catalog))
        return error_set(err, "'%s' and '%s' were made with other catalogs", left->path,
                         right->path);
    name = other_setting(a, b);
    if (name.text == NULL)
        name = other_setting(b, a);
    if (name.text != NULL)
        return error_set(err, "'%s' and '%s' were made with other settings: --%s",
                         left->path, right->path, name.text);
    name = other_rule(a, b);
    if (name.text == NULL)
        name = other_rule(b, a);
    if (name.text != NULL)
        return error_set(err, "'%s' and '%s' were made with other rules: %s",
                         left->path, right->path, name.text);
    return types_equal(&a->types, &b->types) ||
           error_set(err, "'%s' and '%s' were made for other fields", left->path,
                     right->path);
}

/* ---- parts of one scan ----------------------------------------------------------- */

static const struct state_file *file_of_shard(const struct united *united, size_t set,
                                              uint64_t number)
{
    for (size_t i = 0; i < united->file_count; i++) {
        const struct state_file *file = &united->files[i];

        for (size_t j = 0; file->set == set && j < file->head.shard_count; j++)
            if (file->head.shards[j].number == number)
                return file;
    }
    assert(false);
    return NULL;
}

static int shard_compare(const void *left, const void *right)
{
    const struct state_shard *a = left, *b = right;

    return (a->number > b->number) - (a->number < b->number);
}

static bool add_shards(struct united *united, struct state_file *file,
                       struct error *err)
{
    struct state_set *set = &united->sets[file->set];
    size_t count = set->shard_count + file->head.shard_count;
    struct state_shard *shards = arena_array(united->arena, count, struct state_shard);

    for (size_t i = 0; i < count; i++)
        shards[i] = i < set->shard_count ? set->shards[i]
                                         : file->head.shards[i - set->shard_count];
    order_sort(shards, count, sizeof *shards, shard_compare);
    for (size_t i = 0; i < count; i++) {
        uint64_t number = shards[i].number;

        if (number == 0 || number > file->head.of)
            return error_set(err, "'%s' has shard %" PRIu64 " of %" PRIu64, file->path,
                             number, file->head.of);
        if (i > 0 && number == shards[i - 1].number) {
            return error_set(err,
                             "shard %" PRIu64 " of %" PRIu64 " is there twice: in '%s' "
                             "and in '%s'",
                             number, file->head.of,
                             file_of_shard(united, file->set, number)->path,
                             file->path);
        }
    }
    set->shards = shards;
    set->shard_count = count;
    return true;
}

static bool add_to_set(struct united *united, struct state_file *file,
                       struct error *err)
{
    struct state_set *set = &united->sets[file->set];
    const struct state_head *first = &set->first->head, *head = &file->head;
    const char *path = set->first->path;

    if (head->of != first->of || head->is_listed != first->is_listed)
        return error_set(err, "'%s' and '%s' are parts of other cuts", path,
                         file->path);
    if (head->of == 0 && !head->is_listed && set->first != file)
        return error_set(err, "'%s' and '%s' both have all of the same operands", path,
                         file->path);
    if (head->source_count != first->source_count ||
        !str_equal(head->source_sha256, first->source_sha256)) {
        return error_set(err,
                         "'%s' and '%s' are of other files and folders: %" PRIu64
                         " and %" PRIu64 " were found, SHA-256 %.8s and %.8s",
                         path, file->path, first->source_count, head->source_count,
                         first->source_sha256.text, head->source_sha256.text);
    }
    if (!texts_equal(&head->folders, &first->folders)) {
        return error_set(err,
                         "'%s' and '%s' found the same files in other folders: read "
                         "the evidence again, by all parts alike",
                         path, file->path);
    }
    return add_shards(united, file, err);
}

static bool find_set(struct united *united, struct state_file *file, struct error *err)
{
    size_t set = 0;

    while (set < united->set_count &&
           !texts_equal(&united->sets[set].first->head.operands, &file->head.operands))
        set++;
    file->set = set;
    if (set == united->set_count)
        united->sets[united->set_count++].first = file;
    return add_to_set(united, file, err);
}

bool union_new(struct arena *arena, const char *const *paths, size_t count,
               struct united **made, struct error *err)
{
    struct united *united = arena_new(arena, struct united);

    assert(count > 0);
    united->arena = arena;
    united->files = arena_array(arena, count, struct state_file);
    united->sets = arena_array(arena, count, struct state_set);
    for (size_t i = 0; i < count; i++) {
        struct state_file *file = &united->files[i];

        file->path = paths[i];
        file->set = SIZE_MAX;
        if (!read_head(arena, file, err))
            return false;
        united->file_count++;
        if (!belong_together(&united->files[0], file, err) ||
            !find_set(united, file, err))
            return false;
    }
    *made = united;
    return true;
}

const struct state_head *union_first(const struct united *united)
{
    return &united->files[0].head;
}

/* ---- the rest -------------------------------------------------------------------- */

static void tell_names(struct source *source)
{
    const char *slash = strrchr(source->path, '/');

    source->folder = (struct str){ source->path,
                                   slash != NULL ? (size_t)(slash - source->path) : 0 };
    source->file_name = str_from(slash != NULL ? slash + 1 : source->path);
}

static bool parse_problem(struct state_parser *parser, void *object, size_t index)
{
    const struct source *source = object;
    struct problem problem = { .path = source->path };
    const struct problems one = { .items = &problem, .count = 1 };

    (void)index;
    if (!kept_parse(parser, &problem_kept, &problem))
        return false;
    if (!reason_may_be(&problem.reason, OF_PROBLEM))
        return parser_wrong(parser, "gives for a problem what is none");
    problems_join(&parser->gathered->problems, &one);
    return true;
}

/* What is behind the source of a line. */
static bool parse_read(struct state_parser *parser, struct united_source *item)
{
    bool is_problem = false;

    if (source_is_to_read(&item->source)) {
        if (!parser_word(parser, ",\"read\":"))
            return false;
        item->read = gathered_source(parser->gathered, &item->source);
        if (!kept_parse(parser, &document_source_kept, item->read))
            return false;
    }
    is_problem = parser_takes(parser, ',');
    if (is_problem && (!parser_word(parser, "\"problems\":") ||
                       !parser_list(parser, SIZE_MAX, parse_problem, &item->source)))
        return false;
    return parser_word(parser, "}\n");
}

static bool parse_source(struct state_parser *parser, struct united *united,
                         size_t file)
{
    struct united_source *item;
    const char *before = NULL;

    if (united->source_count == DISCOVER_SOURCES_MAX) {
        return parser_wrong(parser,
                            "has too many sources: more than %d with those of "
                            "the other states",
                            DISCOVER_SOURCES_MAX);
    }
    united->sources =
        arena_grow(&united->scratch, united->sources, united->source_count,
                   &united->source_capacity, sizeof *united->sources);
    item = &united->sources[united->source_count++];
    *item = (struct united_source){ .file = file };
    if (united->source_count > 1 && item[-1].file == file)
        before = item[-1].source.path;
    if (!parser_word(parser, "{\"source\":") ||
        !kept_parse(parser, &source_kept, &item->source))
        return false;
    if (item->source.path == NULL ||
        (before != NULL && strcmp(before, item->source.path) >= 0))
        return parser_wrong(parser, "was changed, or is no state: its sources do not "
                                    "stand in order");
    tell_names(&item->source);
    return parse_read(parser, item);
}

/* All lines of a state, whose file or text is open. */
static bool parse_state(struct state_parser *parser, struct united *united, size_t file,
                        struct state_head *head)
{
    if (!kept_parse(parser, &state_head_kept, head) || !parser_word(parser, "\n"))
        return false;
    while (parser_peek(parser) == '{')
        if (!parse_source(parser, united, file))
            return false;
    return parser_end(parser);
}

static void give(struct state_parser *parser, struct gathered *gathered,
                 const struct state_columns *columns, struct values *values)
{
    parser->gathered = gathered;
    parser->catalog = gathered->measures->catalog;
    parser->columns = columns;
    parser->values = values;
}

static bool read_state(struct united *united, size_t number, struct gathered *gathered,
                       const struct state_columns *columns, struct values *values,
                       struct error *err)
{
    const struct state_file *file = &united->files[number];
    struct state_head head = { 0 };
    struct state_parser parser;
    bool done;

    if (!parser_open(&parser, united->arena, file->path, err))
        return false;
    give(&parser, gathered, columns, values);
    done = parse_state(&parser, united, number, &head);
    parser_close(&parser);
    return done && (kept_equal(&state_head_kept, &head, &file->head) ||
                    error_set(err, "'%s' was replaced while it was read", file->path));
}

/* ---- joined ---------------------------------------------------------------------- */

static int source_compare(const void *left, const void *right)
{
    const struct united_source *a = left, *b = right;
    int order = strcmp(a->source.path, b->source.path);

    return order != 0 ? order : (a->file > b->file) - (a->file < b->file);
}

/* Of what is not to be read, states with lists have each all: one stays. */
static bool is_same(const struct united *united, const struct united_source *left,
                    const struct united_source *right)
{
    const struct state_file *a = &united->files[left->file],
                            *b = &united->files[right->file];

    return a->set == b->set && a->head.is_listed && !source_is_to_read(&left->source) &&
           kept_equal(&source_kept, &left->source, &right->source);
}

static bool take_sources(struct united *united, struct source_list *sources,
                         struct error *err)
{
    const struct united_source *before = NULL;

    order_sort(united->sources, united->source_count, sizeof *united->sources,
               source_compare);
    sources->items = arena_array(united->arena, united->source_count, struct source);
    for (size_t i = 0; i < united->source_count; i++) {
        const struct united_source *item = &united->sources[i];

        if (before != NULL && strcmp(before->source.path, item->source.path) == 0) {
            if (is_same(united, before, item))
                continue;
            return error_set(err, "'%s' is there twice: in '%s' and in '%s'",
                             item->source.path, united->files[before->file].path,
                             united->files[item->file].path);
        }
        before = item;
        united->sets[united->files[item->file].set].source_count +=
            item->source.archive == NULL;
        sources->items[sources->count] = item->source;
        if (item->read != NULL)
            item->read->source = &sources->items[sources->count];
        sources->count++;
    }
    return true;
}

/* Sorted, each once. */
static struct str_list joined_texts(struct united *united,
                                    const struct str_list *(*of)(const struct united *,
                                                                 size_t),
                                    size_t of_count)
{
    struct str_list all = { NULL, 0 };
    size_t count = 0;

    for (size_t i = 0; i < of_count; i++)
        count += of(united, i)->count;
    all.items = arena_array(united->arena, count, struct str);
    for (size_t i = 0; i < of_count; i++)
        for (size_t j = 0; j < of(united, i)->count; j++)
            all.items[all.count++] = of(united, i)->items[j];
    order_texts(&all);
    return all;
}

static const struct str_list *folders_of_set(const struct united *united, size_t set)
{
    return &united->sets[set].first->head.folders;
}

static const struct str_list *inner_folders_of_file(const struct united *united,
                                                    size_t file)
{
    return &united->files[file].head.inner_folders;
}

static int text_compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Those of the operands, once for all shards, and those in archives. */
static void take_folders(struct united *united, struct source_list *sources)
{
    struct state_head *head = &united->head;

    head->folders = joined_texts(united, folders_of_set, united->set_count);
    head->inner_folders =
        joined_texts(united, inner_folders_of_file, united->file_count);
    sources->folders = arena_array(
        united->arena, head->folders.count + head->inner_folders.count, const char *);
    for (size_t i = 0; i < head->folders.count; i++)
        sources->folders[sources->folder_count++] = head->folders.items[i].text;
    for (size_t i = 0; i < head->inner_folders.count; i++)
        sources->folders[sources->folder_count++] = head->inner_folders.items[i].text;
    order_sort((void *)sources->folders, sources->folder_count,
               sizeof *sources->folders, text_compare);
}

static bool set_is_whole(const struct state_set *set)
{
    const struct state_head *head = &set->first->head;

    return set->shard_count == head->of && set->source_count == head->source_count;
}

/* The head of what they are together. */
static void join_heads(struct united *united, struct source_list *sources)
{
    struct state_head *head = &united->head;
    struct str_list operands = { NULL, 0 };
    size_t count = 0, found = 0;

    *head = united->files[0].head;
    take_folders(united, sources);
    if (united->set_count == 1) {
        const struct state_set *set = &united->sets[0];
        bool is_whole = set_is_whole(set);

        head->of = is_whole ? 0 : head->of;
        head->shards = set->shards;
        head->shard_count = is_whole ? 0 : set->shard_count;
        head->is_listed = head->is_listed && !is_whole;
        return;
    }
    for (size_t i = 0; i < united->set_count; i++) {
        count += united->sets[i].first->head.operands.count;
        found += united->sets[i].source_count;
    }
    operands.items = arena_array(united->arena, count, struct str);
    for (size_t i = 0; i < united->set_count; i++) {
        const struct str_list *of = &united->sets[i].first->head.operands;

        for (size_t j = 0; j < of->count; j++)
            operands.items[operands.count++] = of->items[j];
    }
    head->of = head->shard_count = 0;
    head->is_listed = false;
    head->operands = operands;
    head->source_count = found;
    head->source_sha256 = state_sources_sha256(united->arena, sources);
}

static void release_scratch(void *object)
{
    arena_release(&((struct united *)object)->scratch);
}

bool union_read(struct united *united, const struct state_columns *columns,
                struct gathered *gathered, struct source_list *sources,
                struct error *err)
{
    struct values *values = values_new(united->arena);

    arena_on_release(united->arena, release_scratch, united);
    for (size_t i = 0; i < united->file_count; i++)
        if (!read_state(united, i, gathered, columns, values, err))
            return false;
    values_end(values);
    *sources = (struct source_list){ .count = 0 };
    if (!take_sources(united, sources, err))
        return false;
    arena_release(&united->scratch);
    if (united->set_count > 1 && !union_is_whole(united, err))
        return false;
    join_heads(united, sources);
    gathered_sort(gathered);
    return true;
}

const struct state_head *union_head(const struct united *united)
{
    return &united->head;
}

static uint64_t missing_shard(const struct state_set *set)
{
    uint64_t number = 1;

    while (number <= set->shard_count && set->shards[number - 1].number == number)
        number++;
    return number;
}

bool union_is_whole(const struct united *united, struct error *err)
{
    for (size_t i = 0; i < united->set_count; i++) {
        const struct state_set *set = &united->sets[i];
        const struct state_head *head = &set->first->head;

        if (set->shard_count < head->of) {
            return error_set(err,
                             "shard %" PRIu64 " of %" PRIu64 " is missing: it is in "
                             "none of the states",
                             missing_shard(set), head->of);
        }
        if (set->source_count != head->source_count) {
            return error_set(err,
                             "of the %" PRIu64 " files and folders that '%s' names, "
                             "only %zu are in the states: a shard is missing, or files "
                             "changed while others were read",
                             head->source_count, set->first->path, set->source_count);
        }
    }
    return true;
}

bool union_of_text(struct arena *arena, struct str text, struct gathered *gathered,
                   struct source_list *sources, struct error *err)
{
    struct united *united = arena_new(arena, struct united);
    struct state_file *file = arena_new(arena, struct state_file);
    struct state_set *set = arena_new(arena, struct state_set);
    const struct state_columns *columns;
    struct values *values = values_new(arena);
    struct state_parser parser;
    bool done;

    *united = (struct united){
        .arena = arena, .files = file, .file_count = 1, .sets = set, .set_count = 1
    };
    arena_on_release(arena, release_scratch, united);
    file->path = "state";
    set->first = file;
    parser_open_text(&parser, arena, text, err);
    done = kept_parse(&parser, &state_head_kept, &file->head);
    parser_close(&parser);
    if (!done)
        return false;
    columns = state_columns_new(arena, &file->head.types, gathered->measures, err);
    if (columns == NULL)
        return false;
    parser_open_text(&parser, arena, text, err);
    parser.ignores_digest = true;
    give(&parser, gathered, columns, values);
    done = parse_state(&parser, united, 0, &(struct state_head){ 0 });
    parser_close(&parser);
    values_end(values);
    *sources = (struct source_list){ .count = 0 };
    if (!done || !take_sources(united, sources, err))
        return false;
    take_folders(united, sources);
    gathered_sort(gathered);
    return true;
}
