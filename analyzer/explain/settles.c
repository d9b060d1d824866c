#include "explain/settles.h"

#include "gather/kind.h"
#include "judge/parents.h"

#include <string.h>

struct settle_list {
    struct arena *arena;
    const struct cell *cell;
    struct settle *items;
    size_t count, capacity, count_max;
    bool more;
};

static bool needs_quotes(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_letter(word.text[i]) && !is_digit(word.text[i]) &&
            strchr("-_./:@+=", word.text[i]) == NULL)
            return true;
    return word.len == 0;
}

/* As one word of a POSIX shell: evidence must not be able to put a command there. */
static void add_word(struct buf *buf, struct str word)
{
    if (!needs_quotes(word)) {
        buf_add(buf, word);
        return;
    }
    buf_add_byte(buf, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.text[i] == '\'')
            buf_add(buf, STR("'\\''"));
        else
            buf_add_byte(buf, word.text[i]);
    }
    buf_add_byte(buf, '\'');
}

/* What a call is to be asked for; absent: its id is not known. */
struct asked {
    struct str parent, record;
};

static struct str or_word(struct str text, const char *word)
{
    return text.text != NULL ? text : str_from(word);
}

static void add_option(struct buf *buf, struct str option, struct str value)
{
    if (option.text == NULL)
        return;
    buf_printf(buf, " %.*s ", STR_ARG(option));
    add_word(buf, or_word(value, "ID"));
}

static const char *command_of(struct settle_list *list, const struct call *call,
                              const struct asked *asked)
{
    struct buf buf = BUF_EMPTY(list->arena);

    buf_printf(&buf, "aws %.*s", STR_ARG(call->name));
    if (call->arguments.text != NULL)
        buf_printf(&buf, " %.*s", STR_ARG(call->arguments));
    add_option(&buf, call->parent_option, asked->parent);
    add_option(&buf, call->option, asked->record);
    if (call->type->level == LEVEL_REGION) {
        buf_add(&buf, STR(" --region "));
        add_word(&buf, or_word(list->cell->scope.region, "REGION"));
    }
    buf_add(&buf, STR(" --output json"));
    return buf_str(&buf).text;
}

static void add_name(struct settle_list *list, struct buf *buf, struct str word)
{
    buf_add(buf, STR("--"));
    buf_add(buf, name_word(list->arena, or_word(word, "ID")));
}

static const char *save_as_of(struct settle_list *list, const struct call *call,
                              const struct asked *asked)
{
    struct buf buf = BUF_EMPTY(list->arena);

    buf_add(&buf, or_word(list->cell->scope.account, "ACCOUNT"));
    buf_add_byte(&buf, '/');
    if (call->type->level == LEVEL_REGION)
        buf_add(&buf, or_word(list->cell->scope.region, "REGION"));
    else
        buf_add(&buf, STR("global"));
    buf_printf(&buf, "/%.*s-%.*s", STR_ARG(call->service), STR_ARG(call->operation));
    if (call->parent_type != NULL)
        add_name(list, &buf, asked->parent);
    if (call->option.text != NULL)
        add_name(list, &buf, asked->record);
    buf_add(&buf, STR(".json"));
    return buf_str(&buf).text;
}

static void settle_call(struct settle_list *list, const struct call *call,
                        const struct asked *asked)
{
    struct settle settle = {
        .command = command_of(list, call, asked),
        .permission = call->permission.text != NULL ? call->permission.text : "",
        .save_as = save_as_of(list, call, asked),
        .type = call->type,
    };

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].command, settle.command) == 0)
            return;
    if (list->count == list->count_max) {
        list->more = true;
        return;
    }
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity,
                             sizeof *list->items);
    list->items[list->count++] = settle;
}

static void settle_add(struct settle_list *list, const struct call *call,
                       struct str parent)
{
    settle_call(list, call, &(struct asked){ .parent = parent });
}

static const struct call *whole_call(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
    return NULL;
}

static void settle_parts(struct settle_list *list, const struct judgement *judgement,
                         const struct measure *measure, const struct call *call)
{
    const struct cells *cells = judgement->cells;
    const struct listing *listing = cell_listing(judgement->cell, measure->fact->type);
    const struct call *of_parents = whole_call(call->parent_type);
    struct arena *scratch = judgement->bounds.scratch;
    struct parents parents;

    parents_of(call->parent_type, judgement->cell, scratch, &parents);
    if (!parents.known) {
        if (of_parents != NULL)
            settle_add(list, of_parents, STR_NONE);
        settle_add(list, call, STR_NONE);
    }
    for (size_t i = 0; i < parents.count && parents.known; i++)
        if (!part_is_complete(listing, call, parents.items[i].id, measure,
                              cells->staging->settings->no_filtered, scratch))
            settle_add(list, call, parents.items[i].id);
    for (size_t i = 0; i < listing->count && parents.known; i++) {
        const struct staged *staged = listing->items[i];

        if (!staged->mislabelled && staged->call == call &&
            staged->parent.text != NULL &&
            !parents_have(&parents, staged->parent, scratch) && of_parents != NULL)
            settle_add(list, of_parents, STR_NONE);
    }
}

/* What lists the type in parts: rather a call that prints all that the fact reads. */
static const struct call *part_call(const struct measure *measure)
{
    const struct type *type = measure->fact->type;
    const struct call *first = NULL;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (call->gives != GIVES_PART)
            continue;
        if (!measure_reads_any(measure, &call->silent))
            return call;
        if (first == NULL)
            first = call;
    }
    return first;
}

/* The whole listing is there, and what the fact reads it never prints. */
static bool is_no_help(const struct judgement *judgement, const struct measure *measure,
                       const struct call *whole)
{
    const struct listing *listing = cell_listing(judgement->cell, measure->fact->type);

    if (!measure_reads_any(measure, &whole->silent))
        return false;
    for (size_t i = 0; i < listing->count; i++)
        if (listing->items[i]->call == whole &&
            staged_is_complete(listing->items[i], measure, true))
            return true;
    return false;
}

static void settle_listing(struct settle_list *list, const struct judgement *judgement,
                           const struct measure *measure)
{
    const struct call *whole = whole_call(measure->fact->type);
    const struct call *part = part_call(measure);

    if (whole != NULL && !is_no_help(judgement, measure, whole))
        settle_add(list, whole, STR_NONE);
    else if (whole == NULL && part != NULL)
        settle_parts(list, judgement, measure, part);
}

/* What tells of each record what the listing does not; the listing, if it is not known
 * which records there are. */
static void settle_details(struct settle_list *list, const struct judgement *judgement,
                           const struct measure *measure)
{
    const struct type *type = measure->fact->type;
    const struct listing *listing = cell_listing(judgement->cell, type);
    const struct call *detail = measure->detail;
    struct parents records;

    parents_of(type, judgement->cell, judgement->bounds.scratch, &records);
    if (!records.known) {
        settle_listing(list, judgement, measure);
        settle_call(list, detail, &(struct asked){ STR_NONE, STR_NONE });
    }
    for (size_t i = 0; i < records.count && records.known; i++) {
        const struct parent *record = &records.items[i];
        bool is_told = record->type == detail->parent_type;

        if (!detail_decides(listing, record->id, measure))
            settle_call(list, detail,
                        &(struct asked){ is_told ? record->of : STR_NONE, record->id });
    }
}

static void settle_cell(struct settle_list *list, const struct judgement *judgement,
                        const struct measure *measure)
{
    if (measure->detail != NULL)
        settle_details(list, judgement, measure);
    else
        settle_listing(list, judgement, measure);
}

static void settle_fact(struct settle_list *list, const struct judgement *judgement,
                        const struct measure *measure)
{
    const struct catalog *catalog = judgement->cells->staging->measures->catalog;
    const struct type *of_regions = catalog_type(catalog, STR(REGION_TYPE));
    struct cell_list sum;

    cell_sum(judgement->cell, measure->fact->type, &sum);
    list->cell = judgement->cell;
    if (!sum.are_all && of_regions != NULL && whole_call(of_regions) != NULL)
        settle_add(list, whole_call(of_regions), STR_NONE);
    for (size_t i = 0; i < sum.count; i++) {
        struct judgement of_cell = *judgement;
        struct count count;

        of_cell.cell = list->cell = sum.items[i];
        combine(judgement->cells, measure, sum.items[i], judgement->bounds.scratch,
                &count);
        if (!fact_is_exact(&count.value))
            settle_cell(list, &of_cell, measure);
    }
}

const struct settle *settles_of_facts(struct arena *arena,
                                      const struct judgement *judgement,
                                      const bool *which, size_t count_max,
                                      size_t *count, bool *more)
{
    struct settle_list list = { .arena = arena, .count_max = count_max };

    for (size_t i = 0; i < judgement->rule->fact_count; i++)
        if (which[i])
            settle_fact(&list, judgement, judgement->measures[i]);
    *count = list.count;
    *more = list.more;
    return list.items;
}

void settles_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding)
{
    bool more;

    finding->settles = settles_of_facts(arena, judgement, judgement->opens, SETTLES_MAX,
                                        &finding->settle_count, &more);
}
