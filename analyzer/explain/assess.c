#include "explain/assess.h"

#include "base/workers.h"
#include "explain/assumptions.h"
#include "explain/citations.h"
#include "explain/explain.h"
#include "explain/message.h"
#include "explain/missing.h"
#include "explain/summarize.h"
#include "judge/cells.h"
#include "judge/filter.h"
#include "judge/judgement.h"
#include "judge/known.h"
#include "judge/place.h"

#include <stdint.h>
#include <string.h>

enum { FINDINGS_OF_THREAD = 64 };

/* What one thread makes findings with; nothing in it is another's. */
struct finder {
    const struct rulebook *book;
    const struct cells *cells;
    struct arena arena;      /* what findings hold */
    struct arena scratch;    /* of one finding */
    struct arena of_account; /* what is known of an account's cells */
    struct ruling *rulings;  /* as the book's rules */
    struct problems problems;
    struct missings *missings;
};

/* ---- one finding -------------------------------------------------------------------
 */

static void add_or_dash(struct buf *buf, struct str str)
{
    buf_add(buf, str.text != NULL ? str : STR("-"));
}

/* What all findings have; the result and what it says are still to be told. */
static void finding_begin(struct finder *finder, size_t rule, const struct scope *scope,
                          struct finding *finding, struct fact_value *facts)
{
    const struct rule *of = finder->book->rules[rule];
    struct buf id = BUF_EMPTY(&finder->scratch);

    add_or_dash(&id, of->id);
    buf_add_byte(&id, '/');
    add_or_dash(&id, scope->account);
    buf_add_byte(&id, '/');
    add_or_dash(&id, scope->region);
    if (scope->source != NULL)
        buf_printf(&id, "/%s", scope->source);
    *finding = (struct finding){
        .id = str_copy(&finder->arena, buf_str(&id)).text,
        .rule = of,
        .account = scope->account,
        .region = scope->region,
        .source = scope->source,
        .facts = facts,
    };
}

static void note_possible(struct arena *arena, const struct verdict *verdict,
                          struct finding *finding)
{
    enum result *possible = arena_array(arena, RESULT_COUNT, enum result);

    for (int result = 0; result < RESULT_COUNT; result++)
        if (verdict->results[result])
            possible[finding->possible_count++] = (enum result)result;
    finding->possible = possible;
}

static void note_disagreement(struct finder *finder, const struct measure *measure,
                              const struct cell *cell)
{
    const struct type *type = measure->fact->type;
    const struct listing *listing = cell_listing(cell, type);
    struct known_type *known = known_of(cell, type);
    struct count count;

    combine(finder->cells, measure, cell, &finder->scratch, &count);
    if (!count.disagrees || known->is_disputed)
        return;
    known->is_disputed = true;
    for (size_t i = 0; i < listing->count; i++) {
        if (document_counts(listing->items[i])) {
            problems_add(&finder->problems, listing->items[i]->from->source->path,
                         &listing->items[i]->list_start,
                         SAYS(SAY_DISAGREEMENT_OF_SCOPE, .texts = { type->title }));
        }
    }
}

/* Answers that disagree are a problem where a `when` reads the fact. */
static void note_disagreements(struct finder *finder, const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        const struct type *type = judgement->measures[i]->fact->type;
        struct cell_list sum;

        if (!judgement->reads[i] || !judgement->counts[i].disagrees)
            continue;
        cell_sum(judgement->cell, type, &sum);
        for (size_t j = 0; j < sum.count; j++)
            note_disagreement(finder, judgement->measures[i], sum.items[j]);
    }
}

static void find(struct finder *finder, size_t rule, const struct cell *cell,
                 struct finding *finding)
{
    const struct ruling *ruling = &finder->rulings[rule];
    struct arena *arena = &finder->arena, *scratch = &finder->scratch;
    size_t fact_count = ruling->rule->fact_count;
    struct fact_value *facts = arena_array(arena, fact_count, struct fact_value);
    struct judgement judgement;
    const char *message;

    finding_begin(finder, rule, &cell->scope, finding, facts);
    judge(&judgement, finder->cells, ruling, cell, scratch);
    for (size_t i = 0; i < fact_count; i++)
        facts[i] = judgement.values[i];
    finding->result = judgement.verdict.result;
    message_keep(arena, &judgement.bounds, &judgement.verdict, finding);
    message = message_join(scratch, &(const struct finding *){ finding }, 1);
    finding->message = str_copy(arena, str_from(message)).text;
    note_possible(arena, &judgement.verdict, finding);
    explain_finding(arena, &judgement, finding);
    assumptions_of_finding(arena, &judgement, finding);
    citations_of_finding(arena, &judgement, finding);
    note_disagreements(finder, &judgement);
    if (finder->cells->gathered->settings->lists_missing)
        missings_note(finder->missings, &judgement);
    jmespath_context_reset(ruling->context);
    arena_reset(scratch);
}

/* Of a region that the account has not opted in to: nothing is there to judge. */
static void find_unused(struct finder *finder, size_t rule, const struct cell *cell,
                        struct finding *finding)
{
    static const enum result possible = RESULT_NOT_APPLICABLE;
    const struct rule *of = finder->book->rules[rule];
    struct arena *arena = &finder->arena;
    struct fact_value *facts = arena_array(arena, of->fact_count, struct fact_value);

    finding_begin(finder, rule, &cell->scope, finding, facts);
    for (size_t i = 0; i < of->fact_count; i++)
        facts[i].only_none = facts[i].maybe_none = of->facts[i].kind != FACT_COUNT;
    finding->result = possible;
    finding->message = arena_printf(
        arena, "the account has not opted in to %.*s, as %s says",
        STR_ARG(cell->scope.region), cell->account->coverage->unused_told_by);
    finding->possible = &possible;
    finding->possible_count = 1;
    arena_reset(&finder->scratch);
}

/* ---- of all rules ------------------------------------------------------------------
 */

/* Where the findings of all rules stand: those of one after those of another. */
struct judging_run {
    const struct rulebook *book;
    struct cells *cells;
    struct finding *findings;
    size_t *starts; /* of each rule's */
    struct finder *finders;
};

static void find_in_cell(const struct judging_run *run, struct finder *finder,
                         size_t rule, const struct cell *cell)
{
    struct finding *finding;

    if (cell->number == SIZE_MAX)
        return;
    finding = &run->findings[run->starts[rule] + cell->number];
    if (cell->is_unused)
        find_unused(finder, rule, cell, finding);
    else
        find(finder, rule, cell, finding);
}

/* A rule over accounts judges what tells no account on its own, too. */
static void find_in_untold(const struct judging_run *run, struct finder *finder,
                           struct cell *cell)
{
    struct cell *account = arena_new(&finder->of_account, struct cell);

    cell->known = known_new(&finder->of_account);
    *account = *cell;
    account->itself = account;
    account->is_account = true;
    for (size_t i = 0; i < run->book->count; i++)
        find_in_cell(run, finder, i,
                     run->book->rules[i]->for_each == FOR_EACH_REGION ? cell : account);
    cell->known = NULL;
    arena_reset(&finder->of_account);
}

static void find_in_account(const struct judging_run *run, struct finder *finder,
                            struct account *account)
{
    account->cell.known = known_new(&finder->of_account);
    for (size_t i = 0; i < account->judged_count; i++)
        account->judged[i]->known = known_new(&finder->of_account);
    for (size_t i = 0; i < run->book->count; i++) {
        if (run->book->rules[i]->for_each == FOR_EACH_ACCOUNT)
            find_in_cell(run, finder, i, &account->cell);
        else
            for (size_t j = 0; j < account->judged_count; j++)
                find_in_cell(run, finder, i, account->judged[j]);
    }
    account->cell.known = NULL;
    for (size_t i = 0; i < account->judged_count; i++)
        account->judged[i]->known = NULL;
    arena_reset(&finder->of_account);
}

/* An account with all its cells; the last item: all that is of none. */
static void find_item(void *object, size_t worker, size_t item)
{
    const struct judging_run *run = object;
    struct finder *finder = &run->finders[worker];
    struct cells *cells = run->cells;

    problems_restart(&finder->problems);
    if (item < cells->account_count) {
        if (cells->accounts[item]->coverage != NULL)
            find_in_account(run, finder, cells->accounts[item]);
        return;
    }
    for (size_t i = 0; i < cells->untold_count; i++)
        find_in_untold(run, finder, cells->items[i]);
}

/* Numbers those that were asked for: what tells no account comes first. */
static void number_all(struct judging_run *run, size_t *finding_count)
{
    struct cells *cells = run->cells;
    const struct settings *settings = cells->gathered->settings;
    size_t cell_count = 0, account_count = 0;

    for (size_t i = 0; i < cells->count; i++) {
        struct cell *cell = cells->items[i];

        cell->number = filter_keeps(settings, &cell->scope) ? cell_count++ : SIZE_MAX;
        if (i < cells->untold_count)
            account_count = cell_count;
    }
    for (size_t i = 0; i < cells->account_count; i++) {
        struct cell *cell = &cells->accounts[i]->cell;

        if (cells->accounts[i]->coverage != NULL)
            cell->number =
                filter_keeps(settings, &cell->scope) ? account_count++ : SIZE_MAX;
    }
    *finding_count = 0;
    for (size_t i = 0; i < run->book->count; i++) {
        run->starts[i] = *finding_count;
        *finding_count += run->book->rules[i]->for_each == FOR_EACH_REGION
                              ? cell_count
                              : account_count;
    }
}

static void finder_init(const struct judging_run *run, size_t worker)
{
    struct finder *finder = &run->finders[worker];
    struct arena *arena = &finder->arena;

    finder->book = run->book;
    finder->cells = run->cells;
    finder->problems.arena = arena;
    finder->missings = missings_new(arena);
    finder->rulings = arena_array(arena, run->book->count, struct ruling);
    for (size_t i = 0; i < run->book->count; i++) {
        const struct rule *rule = run->book->rules[i];

        ruling_init(arena, run->cells->gathered,
                    worker == 0 ? rule : rule_copy(arena, rule), &finder->rulings[i]);
    }
}

/* More threads than that are not worth their start. */
static size_t worker_count(const struct cells *cells, size_t finding_count)
{
    size_t most = finding_count / FINDINGS_OF_THREAD + 1;

    return most < cells->gathered->workers ? most : cells->gathered->workers;
}

static void find_all(struct arena *arena, struct cells *cells,
                     struct assessment *assessment)
{
    struct judging_run run = { .book = assessment->book, .cells = cells };
    size_t count, workers;

    run.starts = arena_array(arena, run.book->count, size_t);
    number_all(&run, &count);
    run.findings = arena_array(arena, count, struct finding);
    workers = worker_count(cells, count);
    run.finders = arena_array(arena, workers, struct finder);
    for (size_t i = 0; i < workers; i++)
        finder_init(&run, i);
    workers_run(workers, cells->account_count + 1, find_item, &run);
    for (size_t i = 0; i < workers; i++) {
        struct finder *finder = &run.finders[i];

        arena_release(&finder->scratch);
        arena_release(&finder->of_account);
        problems_join(&cells->gathered->problems, &finder->problems);
        if (i > 0)
            missings_join(run.finders[0].missings, finder->missings);
    }
    assessment->findings = run.findings;
    assessment->finding_count = count;
    assessment->missing =
        missings_list(run.finders[0].missings, &assessment->missing_count);
    for (size_t i = 0; i < workers; i++)
        arena_adopt(arena, &run.finders[i].arena);
}

/* ---- all of it ---------------------------------------------------------------------
 */

static void note_coverage(struct arena *arena, const struct cells *cells,
                          struct assessment *assessment)
{
    struct coverage *coverage =
        arena_array(arena, cells->account_count, struct coverage);
    size_t count = 0;

    for (size_t i = 0; i < cells->account_count; i++) {
        if (cells->accounts[i]->coverage == NULL)
            continue;
        coverage[count] = *cells->accounts[i]->coverage;
        if (filter_coverage(arena, assessment->settings, &coverage[count]))
            count++;
    }
    assessment->coverage = coverage;
    assessment->coverage_count = count;
}

bool assess(struct arena *arena, const struct rulebook *book,
            const struct source_list *sources, struct gathered *gathered,
            struct assessment *assessment, struct error *err)
{
    struct cells *cells;

    *assessment = (struct assessment){ .settings = gathered->settings,
                                       .book = book,
                                       .workers = gathered->workers };
    place(gathered);
    count_documents(gathered);
    cells = cells_new(arena, sources, gathered);
    summarize(arena, sources, gathered, assessment);
    if (!filter_check(gathered->settings, cells, arena, err))
        return false;
    find_all(arena, cells, assessment);
    note_coverage(arena, cells, assessment);
    problems_sort(&gathered->problems);
    filter_problems(gathered);
    assessment->problems = gathered->problems.items;
    assessment->problem_count = gathered->problems.count;
    for (size_t i = 0; i < assessment->finding_count; i++)
        assessment->summary.results[assessment->findings[i].result]++;
    assessment->summary.problems = gathered->problems.count;
    return true;
}
