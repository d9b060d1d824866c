#include "gather/staged.h"

#include "aws/regions.h"
#include "gather/bindings.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct labels no_labels = { 0 };

/* The regions that options name. */
static void name_regions(struct staging *staging)
{
    const struct settings *settings = staging->settings;
    const struct str_list *lists[] = { &settings->expect_regions, &settings->regions };
    struct str_list *regions = &staging->regions;

    regions->items =
        arena_array(staging->arena, lists[0]->count + lists[1]->count + 1, struct str);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (region_find(lists[i]->items[j]) == NULL)
                regions->items[regions->count++] = lists[i]->items[j];
    if (settings->assume_region.text != NULL &&
        region_find(settings->assume_region) == NULL)
        regions->items[regions->count++] = settings->assume_region;
}

struct staging *staging_new(struct arena *arena, const struct measures *measures,
                            const struct settings *settings)
{
    struct staging *staging = arena_new(arena, struct staging);

    staging->arena = arena;
    staging->measures = measures;
    staging->settings = settings;
    staging->problems.arena = arena;
    staging->workers = 1;
    staging->documents_max = STAGED_DOCUMENTS_MAX;
    name_regions(staging);
    staging->names.arena = arena;
    staging->contexts.arena = arena;
    staging->match = pattern_match_new(arena);
    staging->plans = plans_new(arena, measures);
    staging->rows = rows_new(arena, staging->plans);
    return staging;
}

struct jmespath_context *staging_context(struct staging *staging,
                                         const struct rule *rule)
{
    void **slot = table_slot(&staging->contexts, rule != NULL ? rule->id : STR(""));

    if (*slot == NULL) {
        *slot = bindings_new(staging->arena, rule, staging->settings->as_of);
        jmespath_context_strict(*slot);
    }
    return *slot;
}

/* What --path-pattern tells comes before what the path says by itself. */
static void heed_pattern(struct staging *staging, struct staged_source *staged)
{
    const char *path = staged->source->path;
    struct labels *labels = arena_new(staging->arena, struct labels);
    struct name *name = arena_new(staging->arena, struct name);

    labels_parse(staging->arena, staging->measures->catalog,
                 staging->settings->path_compiled, staging->match, str_from(path),
                 labels);
    *name = *staged->name;
    labels_prevail(labels, &staged->words, name);
    staged->labels = labels;
    staged->name = name;
    for (size_t i = 0; i < labels->wrong_count; i++)
        problems_add(&staging->problems, path, NULL,
                     SAYS(SAY_PATH_PATTERN, .texts = { str_from(labels->wrong[i]) }));
}

/* They are of one array. */
static int source_compare(const void *left_item, const void *right_item)
{
    const struct source *left = (*(struct staged_source *const *)left_item)->source;
    const struct source *right = (*(struct staged_source *const *)right_item)->source;

    return left < right ? -1 : left > right;
}

void staging_join(struct staging *staging, const struct staging *other)
{
    size_t bytes = sizeof(struct staged_source *);

    staging->sources = arena_enlarge(
        staging->arena, staging->sources, staging->source_capacity * bytes,
        (staging->source_capacity + other->source_count) * bytes);
    staging->source_capacity += other->source_count;
    for (size_t i = 0; i < other->source_count; i++)
        staging->sources[staging->source_count++] = other->sources[i];
    staging->more_documents += other->more_documents;
    problems_join(&staging->problems, &other->problems);
}

void staging_sort(struct staging *staging)
{
    if (staging->source_count > 0)
        qsort(staging->sources, staging->source_count, sizeof(struct staged_source *),
              source_compare);
    problems_restart(&staging->problems);
}

/* A file of no call's name in a folder CALL--WORD: there a script wrote an id with a
 * slash as it is, so that the folder and the file are one name. */
static const struct name *split_name(struct staging *staging,
                                     const struct source *source)
{
    struct str folder = source->folder, rest = str_from(source->path);
    struct name *name = arena_new(staging->arena, struct name);

    while (folder.len > 0) {
        size_t from = folder.len;

        while (from > 0 && folder.text[from - 1] != '/')
            from--;
        if (str_find(str_slice(folder, from, folder.len), STR("--")) != SIZE_MAX) {
            name_parse(staging->measures->catalog, str_slice(rest, from, rest.len),
                       name);
            if (name->call != NULL && name->word_count > 0)
                return name;
        }
        folder = str_slice(folder, 0, from > 0 ? from - 1 : 0);
    }
    *name = (struct name){ 0 };
    return name;
}

static const struct name *name_of(struct staging *staging, struct str file_name)
{
    void **slot = table_slot(&staging->names, file_name);
    struct name *name = *slot;

    if (name == NULL) {
        name = *slot = arena_new(staging->arena, struct name);
        name_parse(staging->measures->catalog, file_name, name);
    }
    return name;
}

struct staged_source *staging_source(struct staging *staging,
                                     const struct source *source)
{
    struct staged_source *staged = arena_new(staging->arena, struct staged_source);

    staged->source = source;
    words_parse(staging->arena, str_from(source->path), source->is_folder,
                &staging->regions, &staged->words);
    staged->name = name_of(staging, source->file_name);
    if (staged->name->call == NULL && !name_is_other(staged->name) &&
        str_find(source->folder, STR("--")) != SIZE_MAX)
        staged->name = split_name(staging, source);
    staged->labels = &no_labels;
    if (staging->settings->path_compiled != NULL)
        heed_pattern(staging, staged);
    staging->sources =
        arena_grow(staging->arena, staging->sources, staging->source_count,
                   &staging->source_capacity, sizeof *staging->sources);
    staging->sources[staging->source_count++] = staged;
    return staged;
}

struct staged *staging_document(struct staging *staging, struct staged_source *source)
{
    struct staged *staged = staging->spare;

    if (staged == NULL)
        staged = arena_new(staging->arena, struct staged);
    staging->spare = NULL;
    staging->more_documents += source->document_count > 0;
    staged->from = source;
    staged->pointer = staged->list_pointer = "";
    source->documents =
        arena_grow(staging->arena, source->documents, source->document_count,
                   &source->document_capacity, sizeof(struct staged *));
    source->documents[source->document_count++] = staged;
    return staged;
}

void staging_drop(struct staging *staging, struct staged *staged)
{
    struct staged_source *source = staged->from;
    struct reason *reasons = staged->reasons;
    size_t capacity = staged->reason_capacity;

    assert(source->documents[source->document_count - 1] == staged);
    source->document_count--;
    staging->more_documents -= source->document_count > 0;
    memset(staged, 0, sizeof *staged);
    staged->reasons = reasons;
    staged->reason_capacity = capacity;
    staging->spare = staged;
}

bool staging_is_full(const struct staging *staging)
{
    return staging->more_documents > staging->documents_max;
}

static struct str text_keep(struct staging *staging, struct str text)
{
    struct str *kept = &staging->texts[hash_keyed(text) % STAGED_TEXTS];

    if (kept->text == NULL || !str_equal(*kept, text))
        *kept = str_copy(staging->arena, text);
    return *kept;
}

const char *staging_text(struct staging *staging, const char *text)
{
    return text_keep(staging, str_from(text)).text;
}

void staged_reason(struct staging *staging, struct staged *staged,
                   const struct reason *reason)
{
    struct reason *kept;

    assert(reason_may_be(reason, OF_REASON));
    for (size_t i = 0; i < staged->reason_count; i++)
        if (reason_code(&staged->reasons[i]) == reason_code(reason))
            return;
    if (staged->reason_count == STAGED_REASONS_MAX)
        return;
    staged->reasons = arena_grow(staging->arena, staged->reasons, staged->reason_count,
                                 &staged->reason_capacity, sizeof *staged->reasons);
    kept = &staged->reasons[staged->reason_count++];
    *kept = *reason;
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        if (reason->texts[i].text != NULL)
            kept->texts[i] = text_keep(staging, reason->texts[i]);
}

void staged_ignore(struct staged *staged)
{
    staged->use = USE_IGNORED;
    staged->reason_count = 0;
}

static void ignore_other(struct staging *staging, struct staged *staged,
                         struct str service, struct str operation)
{
    struct buf call = BUF_EMPTY(staging->arena);

    buf_add(&call, service);
    buf_add(&call, service.len > 0 ? STR(" ") : STR(""));
    buf_add(&call, operation);
    staged_ignore(staged);
    staged_reason(staging, staged, SAYS(SAY_OTHER_CALL, .texts = { buf_str(&call) }));
}

bool staged_is_other_call(struct staging *staging, struct staged *staged,
                          struct str operation)
{
    const struct staged_source *from = staged->from;

    if (name_is_other(from->name)) {
        ignore_other(staging, staged, from->name->other_service,
                     from->name->other_operation);
        return true;
    }
    if (from->name->call != NULL || from->labels->type != NULL)
        return false;
    if (operation.text == NULL ||
        name_of_operation(staging->measures->catalog, operation) != NULL)
        return false;
    ignore_other(staging, staged, STR_NONE, operation);
    return true;
}

/* `word`, or `snapshot-type-word`. */
static bool is_option_word(struct str text, const struct option_word *option)
{
    struct str name = str_slice(option->option, 2, option->option.len);

    if (text.len > name.len + 1 && text.text[name.len] == '-' &&
        str_starts_with(text, name))
        text = str_slice(text, name.len + 1, text.len);
    return str_equal(text, option->word);
}

/* CALL--WORD, CALL--OPTION-WORD or CALL--OPTION--WORD; more words ask for more. */
static bool is_asked(const struct str *words, size_t count,
                     const struct option_word *option)
{
    if (count == 2 &&
        str_equal(words[0], str_slice(option->option, 2, option->option.len)))
        return str_equal(words[1], option->word);
    return count == 1 && is_option_word(words[0], option);
}

bool name_asks_option(const struct name *name, const struct call *call,
                      const struct option_word **option)
{
    size_t own_words = 0;

    *option = NULL;
    if (call != NULL && call->gives == GIVES_PART)
        own_words = 1;
    else if (call != NULL && call->gives == GIVES_ONE)
        own_words = NAME_WORDS_MAX;
    if (name->word_count <= own_words)
        return false;
    for (size_t i = 0; call != NULL && i < call->option_count; i++)
        if (is_asked(name->words + own_words, name->word_count - own_words,
                     &call->options[i]))
            *option = &call->options[i];
    return true;
}

/* What each doubt takes. Of elements that are no records (DOUBT_STRINGS and the like)
 * their number does (`untold`). */
static const unsigned doubt_takes[DOUBT_COUNT][2] = {
    { DOUBT_TOKEN, TAKES_WHOLE | TAKES_END },
    { DOUBT_DAMAGED, TAKES_END },
    { DOUBT_OPTION, TAKES_ALL },
    { DOUBT_PLACES_LOST, TAKES_WHOLE },
    { DOUBT_IDS_LOST, TAKES_IDS },
    { DOUBT_PARENT, TAKES_WHOLE },
    { DOUBT_MISLABELLED, TAKES_WHOLE | TAKES_PLACE },
    { DOUBT_SPREAD, TAKES_WHOLE },
};

bool staged_lacks(const struct staged *staged, enum takes what)
{
    for (size_t i = 0; i < DOUBT_COUNT; i++)
        if (staged_has(staged, doubt_takes[i][0]) && (doubt_takes[i][1] & what) != 0)
            return true;
    return false;
}

bool staged_has(const struct staged *staged, unsigned doubts)
{
    return (staged->doubts & doubts) != 0;
}

bool staged_is_bare(const struct staged *staged)
{
    return staged->shape == SHAPE_ARRAY || staged->shape == SHAPE_IDS;
}

bool staged_counts(const struct staged *staged)
{
    return staged->use == USE_READ && !staged_lacks(staged, TAKES_PLACE);
}

bool staged_is_page(const struct staged *staged)
{
    return staged->shape != SHAPE_RECORD && staged->shape != SHAPE_VALUE &&
           (staged->call == NULL || staged->call->gives == GIVES_WHOLE ||
            staged->call->gives == GIVES_PART);
}

bool staged_carries_token(const struct staged *staged)
{
    return staged_is_page(staged) &&
           (staged_lacks(staged, TAKES_END) || staged->use == USE_NOTHING);
}

bool staged_is_limited(const struct staged *staged)
{
    return staged_is_bare(staged) || staged_lacks(staged, TAKES_ALL);
}
