#include "gather/document.h"

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
static void name_regions(struct gathered *gathered)
{
    const struct settings *settings = gathered->settings;
    const struct str_list *lists[] = { &settings->expect_regions, &settings->regions };
    struct str_list *regions = &gathered->regions;

    regions->items =
        arena_array(gathered->arena, lists[0]->count + lists[1]->count + 1, struct str);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (region_find(lists[i]->items[j]) == NULL)
                regions->items[regions->count++] = lists[i]->items[j];
    if (settings->assume_region.text != NULL &&
        region_find(settings->assume_region) == NULL)
        regions->items[regions->count++] = settings->assume_region;
}

struct gathered *gathered_new(struct arena *arena, const struct measures *measures,
                              const struct settings *settings)
{
    struct gathered *gathered = arena_new(arena, struct gathered);

    gathered->arena = arena;
    gathered->measures = measures;
    gathered->settings = settings;
    gathered->problems.arena = arena;
    gathered->workers = 1;
    gathered->documents_max = DOCUMENTS_MAX;
    name_regions(gathered);
    gathered->names.arena = arena;
    gathered->contexts.arena = arena;
    gathered->match = pattern_match_new(arena);
    gathered->plans = plans_new(arena, measures);
    gathered->rows = rows_new(arena, gathered->plans);
    return gathered;
}

struct jmespath_context *gathered_context(struct gathered *gathered,
                                          const struct rule *rule)
{
    void **slot = table_slot(&gathered->contexts, rule != NULL ? rule->id : STR(""));

    if (*slot == NULL) {
        *slot = bindings_new(gathered->arena, rule, gathered->settings->as_of);
        jmespath_context_strict(*slot);
    }
    return *slot;
}

/* What --path-pattern tells comes before what the path says by itself. */
static void heed_pattern(struct gathered *gathered, struct document_source *document)
{
    const char *path = document->source->path;
    struct labels *labels = arena_new(gathered->arena, struct labels);
    struct name *name = arena_new(gathered->arena, struct name);

    labels_parse(gathered->arena, gathered->measures->catalog,
                 gathered->settings->path_compiled, gathered->match, str_from(path),
                 labels);
    *name = *document->name;
    labels_prevail(labels, &document->words, name);
    document->labels = labels;
    document->name = name;
    for (size_t i = 0; i < labels->wrong_count; i++)
        problems_add(&gathered->problems, path, NULL,
                     SAYS(SAY_PATH_PATTERN, .texts = { str_from(labels->wrong[i]) }));
}

/* They are of one array. */
static int source_compare(const void *left_item, const void *right_item)
{
    const struct source *left = (*(struct document_source *const *)left_item)->source;
    const struct source *right = (*(struct document_source *const *)right_item)->source;

    return left < right ? -1 : left > right;
}

void gathered_join(struct gathered *gathered, const struct gathered *other)
{
    size_t bytes = sizeof(struct document_source *);

    gathered->sources = arena_enlarge(
        gathered->arena, gathered->sources, gathered->source_capacity * bytes,
        (gathered->source_capacity + other->source_count) * bytes);
    gathered->source_capacity += other->source_count;
    for (size_t i = 0; i < other->source_count; i++)
        gathered->sources[gathered->source_count++] = other->sources[i];
    gathered->more_documents += other->more_documents;
    problems_join(&gathered->problems, &other->problems);
}

void gathered_sort(struct gathered *gathered)
{
    if (gathered->source_count > 0)
        qsort(gathered->sources, gathered->source_count,
              sizeof(struct document_source *), source_compare);
    problems_restart(&gathered->problems);
}

/* A file of no call's name in a folder CALL--WORD: there a script wrote an id with a
 * slash as it is, so that the folder and the file are one name. */
static const struct name *split_name(struct gathered *gathered,
                                     const struct source *source)
{
    struct str folder = source->folder, rest = str_from(source->path);
    struct name *name = arena_new(gathered->arena, struct name);

    /* What a compressed file holds lies in that one's folder. */
    if (source->archive != NULL)
        rest = str_from(arena_printf(gathered->arena, "%.*s/%s", STR_ARG(folder),
                                     source->file_name.text));
    while (folder.len > 0) {
        size_t from = folder.len;

        while (from > 0 && folder.text[from - 1] != '/')
            from--;
        if (str_find(str_slice(folder, from, folder.len), STR("--")) != SIZE_MAX) {
            name_parse(gathered->measures->catalog, str_slice(rest, from, rest.len),
                       name);
            if (name->call != NULL && name->word_count > 0)
                return name;
        }
        folder = str_slice(folder, 0, from > 0 ? from - 1 : 0);
    }
    *name = (struct name){ 0 };
    return name;
}

static const struct name *name_of(struct gathered *gathered, struct str file_name)
{
    void **slot = table_slot(&gathered->names, file_name);
    struct name *name = *slot;

    if (name == NULL) {
        name = *slot = arena_new(gathered->arena, struct name);
        name_parse(gathered->measures->catalog, file_name, name);
    }
    return name;
}

/* The commands of which manifests say that they printed it. */
static void note_commands(struct gathered *gathered, struct document_source *document)
{
    const struct source *source = document->source;
    struct call_command *commands;

    if (source->statement_count == 0)
        return;
    commands =
        arena_array(gathered->arena, source->statement_count, struct call_command);
    document->commands = commands;
    for (size_t i = 0; i < source->statement_count; i++) {
        if (source->statements[i].by != STATED_BY_MANIFEST)
            continue;
        command_parse(gathered->arena, gathered->measures->catalog,
                      source->statements[i].command,
                      &commands[document->command_count++]);
    }
}

struct document_source *gathered_source(struct gathered *gathered,
                                        const struct source *source)
{
    struct document_source *document =
        arena_new(gathered->arena, struct document_source);

    document->source = source;
    words_parse(gathered->arena, str_from(source->path), source->is_folder,
                &gathered->regions, &document->words);
    document->name = name_of(gathered, source->file_name);
    if (document->name->call == NULL && !name_is_other(document->name) &&
        str_find(source->folder, STR("--")) != SIZE_MAX)
        document->name = split_name(gathered, source);
    document->labels = &no_labels;
    note_commands(gathered, document);
    if (gathered->settings->path_compiled != NULL)
        heed_pattern(gathered, document);
    gathered->sources =
        arena_grow(gathered->arena, gathered->sources, gathered->source_count,
                   &gathered->source_capacity, sizeof *gathered->sources);
    gathered->sources[gathered->source_count++] = document;
    return document;
}

void gathered_state(struct gathered *gathered, struct document_source *source)
{
    note_commands(gathered, source);
    for (size_t i = 0; i < source->document_count && source->command_count > 0; i++) {
        struct document *document = source->documents[i];
        bool had_option = document_has(document, DOUBT_OPTION);

        document_ask(gathered, document);
        if (!had_option && document_has(document, DOUBT_OPTION)) {
            document->doubts |= DOUBT_OPTION_DENIED;
            document->stated |= DOUBT_OPTION_DENIED;
        }
    }
}

void gathered_take_back(struct gathered *gathered, size_t from)
{
    struct arena scratch = ARENA_EMPTY;
    struct table taken = TABLE_EMPTY(&scratch);
    size_t kept = from;

    for (size_t i = from; i < gathered->source_count; i++) {
        struct document_source *source = gathered->sources[i];

        if (source->source->use != SOURCE_EXPLAINS) {
            gathered->sources[kept++] = source;
            continue;
        }
        if (source->document_count > 1)
            gathered->more_documents -= source->document_count - 1;
        *table_slot(&taken, str_from(source->source->path)) = source;
    }
    gathered->source_count = kept;
    if (taken.count > 0)
        problems_take_back(&gathered->problems, &taken);
    arena_release(&scratch);
}

struct document *gathered_document(struct gathered *gathered,
                                   struct document_source *source)
{
    struct document *document = gathered->spare;

    if (document == NULL)
        document = arena_new(gathered->arena, struct document);
    gathered->spare = NULL;
    gathered->more_documents += source->document_count > 0;
    document->from = source;
    document->values = rows_values(gathered->rows);
    document->pointer = document->list_pointer = "";
    source->documents =
        arena_grow(gathered->arena, source->documents, source->document_count,
                   &source->document_capacity, sizeof(struct document *));
    source->documents[source->document_count++] = document;
    return document;
}

void gathered_drop(struct gathered *gathered, struct document *document)
{
    struct document_source *source = document->from;
    struct reason *reasons = document->reasons;
    size_t capacity = document->reason_capacity;

    assert(source->documents[source->document_count - 1] == document);
    source->document_count--;
    gathered->more_documents -= source->document_count > 0;
    memset(document, 0, sizeof *document);
    document->reasons = reasons;
    document->reason_capacity = capacity;
    gathered->spare = document;
}

bool gathered_is_full(const struct gathered *gathered)
{
    return gathered->more_documents > gathered->documents_max;
}

static struct str text_keep(struct gathered *gathered, struct str text)
{
    struct str *kept = &gathered->texts[hash_keyed(text) % TEXTS_KEPT];

    if (kept->text == NULL || !str_equal(*kept, text))
        *kept = str_copy(gathered->arena, text);
    return *kept;
}

const char *gathered_text(struct gathered *gathered, const char *text)
{
    return text_keep(gathered, str_from(text)).text;
}

void document_reason(struct gathered *gathered, struct document *document,
                     const struct reason *reason)
{
    struct reason *kept;

    assert(reason_may_be(reason, OF_REASON));
    for (size_t i = 0; i < document->reason_count; i++)
        if (reason_code(&document->reasons[i]) == reason_code(reason))
            return;
    if (document->reason_count == DOCUMENT_REASONS_MAX)
        return;
    document->reasons =
        arena_grow(gathered->arena, document->reasons, document->reason_count,
                   &document->reason_capacity, sizeof *document->reasons);
    kept = &document->reasons[document->reason_count++];
    *kept = *reason;
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        if (reason->texts[i].text != NULL)
            kept->texts[i] = text_keep(gathered, reason->texts[i]);
}

void document_ignore(struct document *document)
{
    document->use = USE_IGNORED;
    document->reason_count = 0;
}

const struct document *portion_page(const struct document *document,
                                    const struct portion *portion)
{
    return portion->page != NULL ? portion->page : document;
}

static void ignore_other(struct gathered *gathered, struct document *document,
                         struct str service, struct str operation)
{
    struct buf call = BUF_EMPTY(gathered->arena);

    buf_add(&call, service);
    buf_add(&call, service.len > 0 ? STR(" ") : STR(""));
    buf_add(&call, operation);
    document_ignore(document);
    document_reason(gathered, document,
                    SAYS(SAY_OTHER_CALL, .texts = { buf_str(&call) }));
}

bool document_is_other_call(struct gathered *gathered, struct document *document,
                            struct str operation)
{
    const struct document_source *from = document->from;

    if (name_is_other(from->name)) {
        ignore_other(gathered, document, from->name->other_service,
                     from->name->other_operation);
        return true;
    }
    if (from->name->call != NULL || from->labels->type != NULL)
        return false;
    if (operation.text == NULL ||
        name_of_operation(gathered->measures->catalog, operation) != NULL)
        return false;
    ignore_other(gathered, document, STR_NONE, operation);
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

/* What limits it by its commands, a token among them; NULL: nothing. Several that
 * differ leave in what is not known. */
static const struct call_command *limiting(const struct document_source *source,
                                           const struct option_word **option)
{
    const struct call_command *first = NULL;

    *option = NULL;
    for (size_t i = 0; i < source->command_count; i++) {
        const struct call_command *command = &source->commands[i];

        if (!command->limits && command->token.text == NULL)
            continue;
        *option = first == NULL || *option == command->option ? command->option : NULL;
        first = first != NULL ? first : command;
    }
    return first;
}

bool source_asks_option(const struct document_source *source, const struct call *call,
                        const struct option_word **option)
{
    const struct option_word *stated;
    bool is_named = name_asks_option(source->name, call, option);

    if (limiting(source, &stated) == NULL)
        return is_named;
    *option = !is_named || *option == stated ? stated : NULL;
    return true;
}

static bool is_of_call(const struct call *call, const struct option_word *option)
{
    for (size_t i = 0; call != NULL && i < call->option_count; i++)
        if (option == &call->options[i])
            return true;
    return false;
}

void document_ask(struct gathered *gathered, struct document *document)
{
    const struct document_source *source = document->from;
    const struct option_word *stated;
    const struct call_command *by = limiting(source, &stated);
    bool is_named =
        name_asks_option(source->name, document->call, &document->option_named);

    if (source_asks_option(source, document->call, &document->option))
        document->doubts |= DOUBT_OPTION;
    if (!is_of_call(document->call, document->option))
        document->option = NULL;
    if (is_named || by == NULL)
        return;
    document->stated |= DOUBT_OPTION | (document->doubts & DOUBT_OPTION_DENIED);
    if (document->use != USE_IGNORED) {
        document_reason(
            gathered, document,
            SAYS(SAY_ASKED_BY_COMMAND,
                 .texts = { by->limits ? by->limited_by : by->token_words }));
    }
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
    { DOUBT_DISOWNED, TAKES_WHOLE | TAKES_END | TAKES_PLACE },
};

bool document_lacks(const struct document *document, enum takes what)
{
    for (size_t i = 0; i < DOUBT_COUNT; i++)
        if (document_has(document, doubt_takes[i][0]) &&
            (doubt_takes[i][1] & what) != 0)
            return true;
    return false;
}

bool document_has(const struct document *document, unsigned doubts)
{
    return (document->doubts & doubts) != 0;
}

bool document_is_bare(const struct document *document)
{
    return document->shape == SHAPE_ARRAY || document->shape == SHAPE_IDS;
}

bool document_counts(const struct document *document)
{
    return document->use == USE_READ && !document_lacks(document, TAKES_PLACE);
}

bool document_is_page(const struct document *document)
{
    return document->shape != SHAPE_RECORD && document->shape != SHAPE_VALUE &&
           (document->call == NULL || document->call->gives == GIVES_WHOLE ||
            document->call->gives == GIVES_PART);
}

bool document_carries_token(const struct document *document)
{
    return document_is_page(document) &&
           (document_lacks(document, TAKES_END) || document->use == USE_NOTHING);
}

bool document_is_limited(const struct document *document)
{
    return document_is_bare(document) || document_lacks(document, TAKES_ALL);
}
