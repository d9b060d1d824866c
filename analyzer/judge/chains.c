#include "judge/chains.h"

#include "gather/link.h"

#include <stdlib.h>
#include <string.h>

/* A document that may be a page of a chain. */
struct chain_page {
    struct document *document;
    const struct statement *statement; /* of the manifest that names it */
    struct str asked;                  /* the token of its command; absent: none */
    struct str listing;                /* what is asked for, in which manifest */
};

/* The only page that is asked for by a token, or that carries it. */
struct chain_token {
    struct chain_page *asked, *carrying;
    bool is_asked_twice, is_carried_twice;
};

struct chaining {
    struct arena *arena;   /* of what is joined */
    struct arena *scratch; /* of all chains */
    struct gathered *gathered;
    struct chain_page *pages;
    size_t count, capacity;
    struct table tokens; /* by listing and token */
    struct str parent;   /* of the chain; absent: it has none */
    struct document **chain;
    size_t chain_count, chain_capacity;
};

/* ---- which may be pages ------------------------------------------------------------
 */

/* A number, as scripts give it to the files of pages. */
static bool is_number_of_page(struct str word)
{
    size_t digits = 0;

    if (str_starts_with(word, STR("page")))
        word = str_slice(word, 4, word.len);
    if (str_starts_with(word, STR("-")))
        word = str_slice(word, 1, word.len);
    while (digits < word.len && word.text[digits] >= '0' && word.text[digits] <= '9')
        digits++;
    return digits > 0 && digits == word.len;
}

/* Whether its file's name says that it was asked with an option; the last word may be
 * the number of the page. */
static bool is_named_otherwise(const struct document *document)
{
    struct name name = *document->from->name;
    const struct option_word *option;

    if (name.word_count > 0 && is_number_of_page(name.words[name.word_count - 1]) &&
        name_asks_option(&name, document->call, &option))
        name.word_count--;
    return name_asks_option(&name, document->call, &option);
}

/* Its manifest's statement; NULL: several say something of the call, or none does. */
static const struct statement *statement_of(const struct source *source)
{
    const struct statement *found = NULL;

    for (size_t i = 0; i < source->statement_count; i++) {
        if (source->statements[i].by != STATED_BY_MANIFEST)
            continue;
        if (found != NULL)
            return NULL;
        found = &source->statements[i];
    }
    return found;
}

/* What makes a document less than a page that is whole as it stands. */
static unsigned doubts_beside(const struct document *document)
{
    unsigned doubts = document->doubts & ~(unsigned)DOUBT_TOKEN;

    /* by its token, or by its number, of which nothing else is known */
    if (!is_named_otherwise(document))
        doubts &= ~(unsigned)(DOUBT_OPTION | DOUBT_OPTION_DENIED);
    return doubts;
}

static bool may_be_page(const struct document *document)
{
    const struct document_source *from = document->from;

    return document->link != NULL && from->document_count == 1 &&
           from->command_count == 1 && !from->breaks_off && document->surplus == 0 &&
           document->use == USE_READ && document->shape == SHAPE_OBJECT &&
           document->untold == 0 && document->call != NULL &&
           (document->call->gives == GIVES_WHOLE ||
            document->call->gives == GIVES_PART) &&
           from->commands[0].call == document->call && !from->commands[0].limits &&
           doubts_beside(document) == 0;
}

static struct str listing_of(struct arena *arena, const struct statement *statement)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, str_from(statement->told_by));
    buf_add_byte(&buf, '\n');
    buf_add(&buf, command_listing(arena, statement->command));
    buf_add_byte(&buf, '\n');
    return buf_str(&buf);
}

static void find_pages(struct chaining *chaining)
{
    const struct gathered *gathered = chaining->gathered;

    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];
        const struct statement *statement = statement_of(source->source);

        if (statement == NULL || source->document_count == 0 ||
            !may_be_page(source->documents[0]))
            continue;
        chaining->pages =
            arena_grow(chaining->scratch, chaining->pages, chaining->count,
                       &chaining->capacity, sizeof *chaining->pages);
        chaining->pages[chaining->count++] = (struct chain_page){
            .document = source->documents[0],
            .statement = statement,
            .asked = source->commands[0].token,
            .listing = listing_of(chaining->scratch, statement),
        };
    }
}

/* ---- which follows which -----------------------------------------------------------
 */

static struct str key_of(const struct chaining *chaining, const struct chain_page *page,
                         struct str token)
{
    struct buf key = BUF_EMPTY(chaining->scratch);

    buf_add(&key, page->listing);
    buf_add(&key, token);
    return buf_str(&key);
}

static struct chain_token *token_get(struct chaining *chaining,
                                     const struct chain_page *page, struct str token)
{
    void **slot = table_slot(&chaining->tokens, key_of(chaining, page, token));

    if (*slot == NULL)
        *slot = arena_new(chaining->scratch, struct chain_token);
    return *slot;
}

static void note_tokens(struct chaining *chaining, struct chain_page *page)
{
    struct str carried = page->document->link->token;

    if (page->asked.text != NULL) {
        struct chain_token *token = token_get(chaining, page, page->asked);

        token->is_asked_twice = token->asked != NULL;
        token->asked = page;
    }
    if (carried.text != NULL) {
        struct chain_token *token = token_get(chaining, page, carried);

        token->is_carried_twice = token->carrying != NULL;
        token->carrying = page;
    }
}

/* NULL: there is none, or not one alone. */
static struct chain_page *next_of(const struct chaining *chaining,
                                  const struct chain_page *page)
{
    const struct chain_token *token;

    if (page->document->link->token.text == NULL)
        return NULL;
    token = table_find(&chaining->tokens,
                       key_of(chaining, page, page->document->link->token));
    return token->is_asked_twice || token->is_carried_twice ? NULL : token->asked;
}

static bool is_of_same(const struct document *page, const struct document *first)
{
    return page->type == first->type && page->call == first->call &&
           str_same(page->account, first->account) &&
           str_same(page->region, first->region);
}

/* Records name their parent. Where there are none, only a file's name does, which the
 * number of a page may be part of: but the command, which all pages share, has it. */
static bool tell_parent(struct chaining *chaining)
{
    struct str parent = STR_NONE;

    for (size_t i = 0; i < chaining->chain_count; i++) {
        const struct document *page = chaining->chain[i];

        if (page->records == 0)
            continue;
        if (parent.text != NULL && !str_equal(page->parent, parent))
            return false;
        parent = page->parent;
    }
    if (parent.text == NULL)
        parent = chaining->chain[0]->from->commands[0].parent;
    chaining->parent = parent;
    return parent.text != NULL || chaining->chain[0]->call->gives != GIVES_PART;
}

static void chain_add(struct chaining *chaining, struct document *document)
{
    chaining->chain =
        arena_grow(chaining->scratch, chaining->chain, chaining->chain_count,
                   &chaining->chain_capacity, sizeof(struct document *));
    chaining->chain[chaining->chain_count++] = document;
}

/* From a first page to one without a token. No page comes twice: each has one before
 * it, and the first has none. */
static bool follow(struct chaining *chaining, const struct chain_page *first)
{
    const struct chain_page *page = first;

    chaining->chain_count = 0;
    while (page != NULL && is_of_same(page->document, first->document)) {
        chain_add(chaining, page->document);
        if (!document_has(page->document, DOUBT_TOKEN))
            return true;
        page = next_of(chaining, page);
    }
    return false;
}

/* ---- no record is on two pages -----------------------------------------------------
 */

struct id_of_page {
    uint64_t hash;
    size_t page;
};

static int id_compare(const void *left_item, const void *right_item)
{
    const struct id_of_page *left = left_item, *right = right_item;

    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return (left->page > right->page) - (left->page < right->page);
}

static bool are_apart(const struct chaining *chaining)
{
    struct arena arena = ARENA_EMPTY;
    size_t count = 0, next = 0;
    struct id_of_page *ids;
    bool apart = true;

    for (size_t i = 0; i < chaining->chain_count; i++)
        count += chaining->chain[i]->link->id_count;
    ids = arena_array(&arena, count + 1, struct id_of_page);
    for (size_t i = 0; i < chaining->chain_count; i++) {
        const struct page_link *link = chaining->chain[i]->link;

        for (size_t j = 0; j < link->id_count; j++)
            ids[next++] = (struct id_of_page){ link->ids[j].hash, i };
    }
    qsort(ids, count, sizeof *ids, id_compare);
    for (size_t i = 1; i < count; i++)
        if (ids[i].hash == ids[i - 1].hash && ids[i].page != ids[i - 1].page)
            apart = false;
    arena_release(&arena);
    return apart;
}

/* ---- one document of all -----------------------------------------------------------
 */

static void add_texts(struct str *items, size_t *count, const struct str *more,
                      size_t more_count)
{
    if (more_count > 0)
        memcpy(items + *count, more, more_count * sizeof *items);
    *count += more_count;
}

/* The value of the first page with records stands as long as no other page has another.
 */
static void add_narrowing(struct document *listing, const struct document *page)
{
    if (page->records == 0)
        return;
    if (listing->records == 0) {
        listing->narrowed_field = page->narrowed_field;
        listing->narrowed_value = page->narrowed_value;
    } else if (!str_same(listing->narrowed_field, page->narrowed_field) ||
               !str_same(listing->narrowed_value, page->narrowed_value)) {
        listing->narrowed_field = listing->narrowed_value = STR_NONE;
    }
}

static void add_page(struct document *listing, const struct document *page)
{
    add_narrowing(listing, page);
    listing->records += page->records;
    listing->repeated += page->repeated;
    for (size_t i = 0; i < page->portion_count; i++) {
        listing->portions[listing->portion_count] = page->portions[i];
        listing->portions[listing->portion_count++].page = page;
    }
    add_texts(listing->ids, &listing->id_count, page->ids, page->id_count);
    add_texts(listing->unused.items, &listing->unused.count, page->unused.items,
              page->unused.count);
}

/* What is the same of all pages; the rest is added, or said of each page. */
static void start_listing(struct document *listing, const struct document *first)
{
    *listing = *first;
    listing->doubts = listing->stated = 0;
    listing->option = listing->option_named = NULL;
    listing->records = listing->repeated = 0;
    listing->portion_count = listing->id_count = listing->unused.count = 0;
    listing->narrowed_field = listing->narrowed_value = STR_NONE;
    listing->reasons = NULL;
    listing->reason_count = listing->reason_capacity = 0;
    listing->link = NULL;
}

/* What is said of a page is said without the token, for it leads to the next. */
static void state_page(struct gathered *gathered, struct document *page,
                       const struct chain_page *first)
{
    const struct reason *reasons = page->reasons;
    size_t count = page->reason_count;

    page->reasons = NULL; /* those are put back for the next judgement (aside.h) */
    page->reason_count = page->reason_capacity = 0;
    document_reason(gathered, page,
                    SAYS(SAY_PAGE, .count = page->page_number,
                         .texts = { str_from(first->document->from->source->path),
                                    str_from(first->statement->told_by) }));
    for (size_t i = 0; i < count; i++)
        if (reasons[i].sentence != SAY_TOKEN &&
            reasons[i].sentence != SAY_ASKED_BY_COMMAND)
            document_reason(gathered, page, &reasons[i]);
}

static void join(struct chaining *chaining, const struct chain_page *first)
{
    struct arena *arena = chaining->arena;
    struct document *listing = arena_new(arena, struct document);
    const struct document **pages =
        arena_array(arena, chaining->chain_count, const struct document *);
    size_t portions = 0, ids = 0, unused = 0;

    start_listing(listing, first->document);
    for (size_t i = 0; i < chaining->chain_count; i++) {
        pages[i] = chaining->chain[i];
        portions += pages[i]->portion_count;
        ids += pages[i]->id_count;
        unused += pages[i]->unused.count;
    }
    listing->portions = arena_array(arena, portions, struct portion);
    listing->ids = arena_array(arena, ids, struct str);
    listing->unused.items = arena_array(arena, unused, struct str);
    listing->parent = chaining->parent;
    listing->pages = pages;
    listing->page_count = chaining->chain_count;
    for (size_t i = 0; i < chaining->chain_count; i++) {
        struct document *page = chaining->chain[i];

        add_page(listing, page);
        page->listing = listing;
        page->page_number = i + 1;
        state_page(chaining->gathered, page, first);
    }
}

void chains_join(struct arena *arena, struct gathered *gathered)
{
    struct arena scratch = ARENA_EMPTY;
    struct chaining chaining = { .arena = arena,
                                 .scratch = &scratch,
                                 .gathered = gathered,
                                 .tokens = TABLE_EMPTY(&scratch) };

    find_pages(&chaining);
    for (size_t i = 0; i < chaining.count; i++)
        note_tokens(&chaining, &chaining.pages[i]);
    for (size_t i = 0; i < chaining.count; i++) {
        const struct chain_page *page = &chaining.pages[i];

        if (page->asked.text != NULL || !document_has(page->document, DOUBT_TOKEN) ||
            !follow(&chaining, page) || !tell_parent(&chaining))
            continue;
        if (are_apart(&chaining))
            join(&chaining, page);
        else
            document_reason(gathered, page->document, SAYS(SAY_PAGES_OVERLAP));
    }
    arena_release(&scratch);
}
