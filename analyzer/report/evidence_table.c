#include "report/evidence_table.h"

#include "base/order.h"
#include "report/coverage.h"
#include "report/escape.h"

#include <string.h>

enum { GAP = 2 };

struct evidence_column {
    const struct type *type;
    size_t width;   /* with the gap behind it */
    size_t lacking; /* in all accounts */
    bool is_needed; /* by a rule */
};

/* An account, and of each column the regions that lack it, or, of one that no rule
 * needs, those that have it. */
struct evidence_account {
    const struct coverage *coverage;
    struct str_list regions; /* expected or delivered */
    size_t *counts;          /* by column */
    size_t lacking;
    size_t missing_regions;
};

struct evidence_table {
    struct writer *writer;
    struct evidence_column *columns;
    size_t column_count;
    size_t *column_of; /* a type's, by its index; SIZE_MAX: it has none */
    struct evidence_account *accounts;
    size_t account_count;
    size_t account_width, coverage_width;
};

/* ---- columns --------------------------------------------------------------------- */

static void need(const struct catalog *catalog, bool *needed, const struct type *type)
{
    if (type == NULL)
        return;
    if (type->derive == DERIVE_NONE)
        needed[type->index] = true;
    for (size_t i = 0; i < type->inputs.count; i++) {
        const struct type *input = catalog_type(catalog, type->inputs.items[i]);

        if (input != NULL && input->derive == DERIVE_NONE)
            needed[input->index] = true;
    }
}

static void need_of_rules(const struct assessment *assessment, bool *needed)
{
    const struct rulebook *book = assessment->book;

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];

        for (size_t j = 0; j < rule->fact_count; j++)
            need(book->catalog, needed, rule->facts[j].type);
        for (size_t j = 0; j < rule->subject_count; j++)
            need(book->catalog, needed, rule->subjects[j]);
    }
    for (size_t i = 0; i < assessment->missing_count; i++)
        need(book->catalog, needed, assessment->missing[i].type);
}

/* The types that anything is known or missing of. */
static void find_present(const struct assessment *assessment, bool *present)
{
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            const struct document_summary *document = source->documents[j];

            if (document->type != NULL && document->state != STATE_CONTEXT)
                present[document->type->index] = true;
        }
    }
    for (size_t i = 0; i < assessment->missing_count; i++)
        present[assessment->missing[i].type->index] = true;
}

static void find_columns(struct evidence_table *table)
{
    const struct assessment *assessment = table->writer->assessment;
    const struct catalog *catalog = assessment->book->catalog;
    struct arena *arena = table->writer->arena;
    bool *needed = arena_array(arena, catalog->type_count, bool);
    bool *present = arena_array(arena, catalog->type_count, bool);

    need_of_rules(assessment, needed);
    find_present(assessment, present);
    table->columns = arena_array(arena, catalog->type_count, struct evidence_column);
    table->column_of = arena_array(arena, catalog->type_count, size_t);
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = catalog->types[i];
        bool is_needed = needed[i];

        table->column_of[i] = SIZE_MAX;
        if (!present[i] || type->level == LEVEL_NONE ||
            (!is_needed && assessment->book->count > 0))
            continue;
        table->column_of[i] = table->column_count;
        table->columns[table->column_count++] =
            (struct evidence_column){ .type = type, .is_needed = is_needed };
    }
}

/* ---- rows ------------------------------------------------------------------------ */

/* Where what the account misses begins. */
static size_t missing_from(const struct assessment *assessment, struct str account)
{
    size_t low = 0, high = assessment->missing_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(assessment->missing[middle].account, account) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void evidence_regions(struct arena *arena, const struct assessment *assessment,
                      const struct coverage *coverage, struct str_list *regions)
{
    const struct str_list *lists[] = { &coverage->expected, &coverage->delivered };
    size_t first = missing_from(assessment, coverage->account), end = first;

    while (end < assessment->missing_count &&
           str_equal(assessment->missing[end].account, coverage->account))
        end++;
    *regions = (struct str_list){
        .items = arena_array(arena, lists[0]->count + lists[1]->count + (end - first),
                             struct str),
    };
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            regions->items[regions->count++] = lists[i]->items[j];
    for (size_t i = first; i < end; i++)
        if (assessment->missing[i].region.text != NULL)
            regions->items[regions->count++] = assessment->missing[i].region;
    order_texts(regions);
}

static void find_accounts(struct evidence_table *table)
{
    const struct assessment *assessment = table->writer->assessment;
    struct arena *arena = table->writer->arena;

    table->account_count = assessment->coverage_count;
    table->accounts = arena_array(arena, table->account_count, struct evidence_account);
    for (size_t i = 0; i < table->account_count; i++) {
        struct evidence_account *account = &table->accounts[i];
        const struct coverage *coverage = &assessment->coverage[i];
        struct str_list missing;

        coverage_missing(arena, coverage, &missing);
        account->coverage = coverage;
        account->missing_regions = missing.count;
        account->counts = arena_array(arena, table->column_count, size_t);
        evidence_regions(arena, assessment, coverage, &account->regions);
    }
}

static struct evidence_account *account_named(const struct evidence_table *table,
                                              struct str name)
{
    size_t low = 0, high = table->account_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(table->accounts[middle].coverage->account, name);

        if (order == 0)
            return &table->accounts[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Where a count of the type in that place stands; NULL: nowhere. */
static size_t *count_of(const struct evidence_table *table, const struct type *type,
                        struct str account_name, struct str region,
                        struct evidence_account **account)
{
    size_t column = type != NULL ? table->column_of[type->index] : SIZE_MAX;

    *account = column != SIZE_MAX && account_name.text != NULL
                   ? account_named(table, account_name)
                   : NULL;
    if (*account == NULL ||
        (type->level == LEVEL_REGION && !str_list_has(&(*account)->regions, region)))
        return NULL;
    return &(*account)->counts[column];
}

static void count_missing(struct evidence_table *table)
{
    const struct assessment *assessment = table->writer->assessment;

    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];
        struct evidence_account *account;
        size_t *count =
            count_of(table, missing->type, missing->account, missing->region, &account);

        if (count == NULL)
            continue;
        (*count)++;
        account->lacking++;
        table->columns[table->column_of[missing->type->index]].lacking++;
    }
}

/* Each place once. */
static void count_whole(struct evidence_table *table)
{
    const struct assessment *assessment = table->writer->assessment;
    struct arena *arena = table->writer->arena;
    struct table seen = TABLE_EMPTY(arena);

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            const struct document_summary *document = source->documents[j];
            struct evidence_account *account;
            size_t *count = count_of(table, document->type, document->account,
                                     document->region, &account);
            void **slot;

            if (count == NULL || document->state != STATE_COMPLETE)
                continue;
            slot = table_slot(&seen, str_from(arena_printf(arena, "%zu %.*s %.*s",
                                                           document->type->index,
                                                           STR_ARG(document->account),
                                                           STR_ARG(document->region))));
            *count += *slot == NULL;
            *slot = table;
        }
    }
}

/* ---- cells ----------------------------------------------------------------------- */

static const char *coverage_cell(struct arena *arena,
                                 const struct evidence_account *account)
{
    const struct coverage *coverage = account->coverage;
    size_t expected = coverage->expected.count;

    if (!coverage->is_closed && expected == 0)
        return arena_printf(arena, "%zu / ?", coverage->delivered.count);
    return arena_printf(arena, "%zu / %zu%s%s", expected - account->missing_regions,
                        expected, coverage->is_closed ? "" : "+",
                        account->missing_regions > 0 ? " (!)" : "");
}

static const char *cell_of(struct arena *arena, const struct evidence_column *column,
                           const struct evidence_account *account, size_t count)
{
    size_t all = column->type->level == LEVEL_REGION ? account->regions.count : 1;

    if (all == 0)
        return "-";
    if (!column->is_needed)
        return arena_printf(arena, "%zu", count);
    if (count == 0)
        return arena_printf(arena, "%zu", all);
    return arena_printf(arena, "%zu of %zu (!)", all - smaller(count, all), all);
}

static struct str title_of(const struct evidence_column *column)
{
    return column->type->title.text != NULL ? column->type->title : column->type->name;
}

static void widen(size_t *width, struct str text)
{
    size_t wanted = character_count(text) + GAP;

    if (*width < wanted)
        *width = wanted;
}

static void measure(struct evidence_table *table)
{
    struct arena scratch = ARENA_EMPTY;

    widen(&table->account_width, STR("account"));
    widen(&table->coverage_width, STR("regions"));
    for (size_t i = 0; i < table->column_count; i++)
        widen(&table->columns[i].width, title_of(&table->columns[i]));
    for (size_t i = 0; i < table->account_count; i++) {
        const struct evidence_account *account = &table->accounts[i];

        widen(&table->account_width, account->coverage->account);
        widen(&table->coverage_width, str_from(coverage_cell(&scratch, account)));
        for (size_t j = 0; j < table->column_count; j++)
            widen(&table->columns[j].width,
                  str_from(cell_of(&scratch, &table->columns[j], account,
                                   account->counts[j])));
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

/* ---- on the page ----------------------------------------------------------------- */

static size_t width_of(const struct evidence_table *table, size_t from, size_t to)
{
    size_t width = table->account_width + table->coverage_width;

    for (size_t i = from; i < to; i++)
        width += table->columns[i].width;
    return width - GAP;
}

static void write_line(const struct evidence_table *table,
                       const struct evidence_account *account, size_t from, size_t to)
{
    struct page *page = &table->writer->page;
    struct arena *arena = table->writer->arena;
    size_t at = table->account_width;

    page_solid(page, account != NULL ? account->coverage->account : STR("account"));
    page_tab(page, at);
    page_solid(page, account != NULL ? str_from(coverage_cell(arena, account))
                                     : STR("regions"));
    at += table->coverage_width;
    for (size_t i = from; i < to; i++) {
        const struct evidence_column *column = &table->columns[i];

        page_tab(page, at);
        page_solid(page, account != NULL ? str_from(cell_of(arena, column, account,
                                                            account->counts[i]))
                                         : title_of(column));
        at += column->width;
    }
    page_line(page);
}

static bool is_lacking(const struct evidence_account *account)
{
    return account->lacking + account->missing_regions > 0;
}

static void write_columns(const struct evidence_table *table, size_t from, size_t to,
                          size_t most)
{
    struct page *page = &table->writer->page;
    size_t lacking = 0, shown = 0, others;

    for (size_t i = 0; i < table->account_count; i++)
        lacking += is_lacking(&table->accounts[i]);
    others = lacking < most ? most - lacking : 0;
    write_line(table, NULL, from, to);
    for (size_t i = 0; i < table->account_count; i++) {
        const struct evidence_account *account = &table->accounts[i];

        if (shown == most || (!is_lacking(account) && others == 0))
            continue;
        others -= !is_lacking(account);
        shown++;
        write_line(table, account, from, to);
    }
    if (shown < table->account_count) {
        page_printf(page, "and %zu more accounts; a file or a pipe has all of them",
                    table->account_count - shown);
        page_line(page);
    }
    page_blank(page);
}

static void write_note(const struct evidence_table *table)
{
    struct page *page = &table->writer->page;

    for (size_t i = 0; i < table->account_count; i++) {
        const struct coverage *coverage = table->accounts[i].coverage;

        if (coverage->is_closed || coverage->expected.count > 0)
            continue;
        page_words(page, STR("/ ?: nothing tells which regions there are: collect 'aws "
                             "ec2 describe-regions --all-regions', or give "
                             "--expect-regions"));
        page_blank(page);
        return;
    }
}

/* Leaves the columns that lack something. */
static void fold_whole(struct evidence_table *table)
{
    struct page *page = &table->writer->page;
    size_t kept = 0, named = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct evidence_column *column = &table->columns[i];

        if (column->lacking == 0 && column->is_needed) {
            page_words(page, named++ == 0 ? STR("Whole everywhere: ") : STR(", "));
            page_words(page, title_of(column));
            continue;
        }
        for (size_t j = 0; j < table->account_count; j++)
            table->accounts[j].counts[kept] = table->accounts[j].counts[i];
        table->columns[kept++] = *column;
    }
    if (named > 0)
        page_blank(page);
    table->column_count = kept;
}

void evidence_table_write(struct writer *writer, bool is_short)
{
    struct evidence_table table = { .writer = writer };
    size_t width = writer->page.width, from = 0;

    find_columns(&table);
    find_accounts(&table);
    if (table.account_count == 0)
        return;
    if (writer->assessment->book->count > 0)
        count_missing(&table);
    else
        count_whole(&table);
    measure(&table);
    if (width_of(&table, 0, table.column_count) > width)
        fold_whole(&table);
    do {
        size_t to = table.column_count;

        while (to > from + 1 && width_of(&table, from, to) > width)
            to--;
        write_columns(&table, from, to,
                      is_short ? TABLE_ACCOUNTS_SHOWN : table.account_count);
        from = to;
    } while (from < table.column_count);
    write_note(&table);
}
