#include "explain/assess.h"

#include "base/workers.h"
#include "explain/agree.h"
#include "explain/assumptions.h"
#include "explain/citations.h"
#include "explain/commentary.h"
#include "explain/explain.h"
#include "explain/keeper.h"
#include "explain/matrix.h"
#include "explain/message.h"
#include "explain/missing.h"
#include "explain/summarize.h"
#include "explain/waive.h"
#include "gather/intake.h"
#include "judge/aside.h"
#include "judge/cells.h"
#include "judge/chains.h"
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
    struct arena *of_rules;  /* the findings of each rule, until they are one list */
    struct keeper keeper;    /* what findings of an account say alike */
    struct ruling *rulings;  /* as the book's rules */
    struct commenting *commentings; /* the same */
    struct ruling *matrix;          /* what its rows are made with; NULL: it has none */
    struct problems problems;
    struct missings *missings;
};

/* The findings of one rule in one cell. */
struct cell_findings {
    struct arena *arena; /* of the rule's; the thread's */
    struct finding *items;
    size_t count, capacity;
};

/* ---- one finding -------------------------------------------------------------------
 */

static void add_or_dash(struct buf *buf, struct str str)
{
    buf_add(buf, str.text != NULL ? str : STR("-"));
}

/* What all findings have; the result and what it says are still to be told. */
static struct finding *finding_begin(struct finder *finder, const struct rule *of,
                                     const struct scope *scope,
                                     const struct subject *subject,
                                     struct cell_findings *found)
{
    struct buf id = BUF_EMPTY(&finder->scratch);
    struct finding *finding;

    add_or_dash(&id, of->id);
    buf_add_byte(&id, '/');
    add_or_dash(&id, scope->account);
    buf_add_byte(&id, '/');
    add_or_dash(&id, scope->region);
    if (scope->source != NULL)
        buf_printf(&id, "/%s", scope->source);
    if (subject != NULL && subject->type != NULL && of->subject_count > 1)
        buf_printf(&id, "/%.*s", STR_ARG(subject->type->name));
    if (subject != NULL) {
        buf_add_byte(&id, '/');
        buf_add(&id, subject->id);
    }
    found->items = arena_grow(found->arena, found->items, found->count,
                              &found->capacity, sizeof *found->items);
    finding = &found->items[found->count++];
    *finding = (struct finding){
        .id = str_copy(&finder->arena, buf_str(&id)).text,
        .rule = of,
        .account = scope->account,
        .region = scope->region,
        .source = scope->source,
    };
    if (subject != NULL) {
        finding->resource =
            (struct str){ finding->id + id.len - subject->id.len, subject->id.len };
        finding->resource_type = subject->type;
    }
    return finding;
}

static void note_possible(struct arena *arena, const struct verdict *verdict,
                          struct finding *finding)
{
    static const enum result alone[RESULT_COUNT] = {
        RESULT_PASS, RESULT_FAIL, RESULT_UNKNOWN, RESULT_NOT_APPLICABLE, RESULT_WAIVED
    };
    enum result possible[RESULT_COUNT] = { RESULT_PASS };

    for (int result = 0; result < RESULT_COUNT; result++)
        if (verdict->results[result])
            possible[finding->possible_count++] = (enum result)result;
    finding->possible =
        finding->possible_count == 1
            ? &alone[possible[0]]
            : memcpy(arena_array(arena, finding->possible_count, enum result), possible,
                     finding->possible_count * sizeof *possible);
}

static void note_disagreement(struct finder *finder, const struct cell *cell,
                              const struct type *type)
{
    const struct listing *listing = cell_listing(cell, type);
    struct known_type *known = known_of(cell, type);

    if (known->is_disputed)
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
        const struct type *type = judgement->rule->facts[i].type;
        struct cell_list sum;

        if (!judgement->reads[i] || !judgement->counts[i].disagrees)
            continue;
        fact_sum(judgement->cell, &judgement->rule->facts[i], &sum);
        for (size_t j = 0; j < sum.count; j++) {
            struct count count;

            combine(finder->cells, judgement->measures[i], sum.items[j],
                    &finder->scratch, &count);
            if (count.disagrees)
                note_disagreement(finder, sum.items[j], type);
        }
    }
    if (judgement->merged.differs.text != NULL)
        note_disagreement(finder, judgement->cell, judgement->subject->type);
}

/* What the judgement comes to, and what it rests on. */
static void finding_end(struct finder *finder, const struct ruling *ruling,
                        const struct judgement *judgement, struct finding *finding)
{
    struct arena *arena = &finder->arena, *scratch = &finder->scratch;
    struct fact_value *facts =
        arena_array(arena, ruling->rule->fact_count, struct fact_value);
    const char *message;

    for (size_t i = 0; i < ruling->rule->fact_count; i++)
        facts[i] = judgement->values[i];
    finding->facts = facts;
    finding->result = judgement->verdict.result;
    if (judgement->subject != NULL && !judgement->subject->is_certain)
        finding->result = RESULT_UNKNOWN;
    message_keep(arena, &judgement->bounds, &judgement->verdict, finding);
    message = message_join(scratch, &(const struct finding *){ finding }, 1);
    finding->message = str_copy(arena, str_from(message)).text;
    note_possible(arena, &judgement->verdict, finding);
    explain_finding(scratch, judgement, finding);
    assumptions_of_finding(scratch, judgement, finding);
    citations_of_finding(scratch, judgement, finding);
    keeper_keep(&finder->keeper, finding, scratch);
    note_disagreements(finder, judgement);
    if (finder->cells->gathered->settings->lists_missing)
        missings_note(finder->missings, judgement);
    jmespath_context_reset(ruling->context);
    arena_reset(scratch);
}

static void find(struct finder *finder, size_t rule, const struct cell *cell,
                 struct cell_findings *found)
{
    const struct ruling *ruling = &finder->rulings[rule];
    struct finding *finding =
        finding_begin(finder, finder->book->rules[rule], &cell->scope, NULL, found);
    struct judgement judgement;

    judge(&judgement, finder->cells, ruling, cell, &finder->scratch);
    finding_end(finder, ruling, &judgement, finding);
    comment(&finder->arena, &finder->scratch, &finder->commentings[rule], finder->cells,
            cell, finding);
    arena_reset(&finder->scratch);
}

/* What needs no judgement. */
static struct finding *find_plainly(struct finder *finder, const struct rule *rule,
                                    const struct cell *cell, const char *message,
                                    struct cell_findings *found)
{
    static const enum result possible = RESULT_NOT_APPLICABLE;
    struct finding *finding = finding_begin(finder, rule, &cell->scope, NULL, found);
    struct fact_value *facts =
        arena_array(&finder->arena, rule->fact_count, struct fact_value);

    for (size_t i = 0; i < rule->fact_count; i++)
        facts[i].only_none = facts[i].maybe_none = rule->facts[i].kind != FACT_COUNT;
    finding->facts = facts;
    finding->result = possible;
    finding->message = message;
    finding->possible = &possible;
    finding->possible_count = 1;
    return finding;
}

/* Of a region that the account has not opted in to: nothing is there to judge. */
static void find_unused(struct finder *finder, const struct rule *rule,
                        const struct cell *cell, struct cell_findings *found)
{
    find_plainly(finder, rule, cell,
                 arena_printf(&finder->arena,
                              "the account has not opted in to %.*s, as %s says",
                              STR_ARG(cell->scope.region),
                              cell->account->coverage->unused_told_by),
                 found);
    arena_reset(&finder->scratch);
}

/* ---- a finding for each record -----------------------------------------------------
 */

static void note_universe(struct finder *finder, const struct rule *rule,
                          const struct cell *cell)
{
    for (size_t i = 0;
         i < rule->subject_count && finder->cells->gathered->settings->lists_missing;
         i++) {
        struct judgement universe;

        judge_universe(&universe, finder->cells, cell, rule->subjects[i],
                       &finder->scratch);
        missings_note_universe(finder->missings, &universe);
    }
}

/* The records that may be there, and that no evidence shows. */
static void find_others(struct finder *finder, const struct rule *rule,
                        const struct cell *cell, struct cell_findings *found)
{
    static const enum result possible[] = { RESULT_PASS, RESULT_FAIL,
                                            RESULT_NOT_APPLICABLE };
    const struct subject others = { .id = STR("*") };
    struct finding *finding = finding_begin(finder, rule, &cell->scope, &others, found);
    struct fact_value *facts =
        arena_array(&finder->arena, rule->fact_count, struct fact_value);

    for (size_t i = 0; i < rule->fact_count; i++) {
        facts[i] = (struct fact_value){
            .at_least = rule->facts[i].kind == FACT_COUNT ? 0 : -INFINITY,
            .at_most = INFINITY,
            .maybe_none = rule->facts[i].kind != FACT_COUNT,
        };
    }
    finding->facts = facts;
    finding->result = RESULT_UNKNOWN;
    finding->possible = possible;
    finding->possible_count = COUNT_OF(possible);
    explain_others(&finder->arena, &finder->scratch, finder->cells, cell, finding);
    citations_of_universe(&finder->arena, &finder->scratch,
                          finder->cells->gathered->measures, cell, finding);
    note_universe(finder, rule, cell);
    arena_reset(&finder->scratch);
}

static const char *message_of_none(struct arena *arena, const struct rule *rule)
{
    struct buf titles = BUF_EMPTY(arena);

    for (size_t i = 0; i < rule->subject_count; i++) {
        buf_add(&titles, i == 0 ? STR("there are no ") : STR(", and no "));
        buf_add(&titles, rule->subjects[i]->title);
    }
    return buf_str(&titles).text;
}

/* It is known that there are no records to judge. */
static void find_none(struct finder *finder, const struct rule *rule,
                      const struct cell *cell, struct cell_findings *found)
{
    struct finding *finding =
        find_plainly(finder, rule, cell, message_of_none(&finder->arena, rule), found);

    assumptions_of_none(&finder->arena, &finder->scratch, finder->cells, cell, finding);
    citations_of_universe(&finder->arena, &finder->scratch,
                          finder->cells->gathered->measures, cell, finding);
    arena_reset(&finder->scratch);
}

/* One for each subject, and one for others that may be there. */
static void found_reserve(struct finder *finder, const struct rule *rule,
                          const struct cell *cell, struct cell_findings *found)
{
    found->capacity = 1;
    for (size_t i = 0; i < rule->subject_count; i++)
        found->capacity +=
            subjects_of(finder->cells, cell, rule->subjects[i], &finder->scratch)
                ->count;
    found->items = arena_array(found->arena, found->capacity, struct finding);
}

static void find_subjects(struct finder *finder, size_t rule, const struct cell *cell,
                          struct cell_findings *found)
{
    const struct ruling *ruling = &finder->rulings[rule];
    const struct rule *of = finder->book->rules[rule];
    bool is_open = false;

    found_reserve(finder, of, cell, found);
    for (size_t i = 0; i < of->subject_count; i++) {
        const struct subjects *subjects =
            subjects_of(finder->cells, cell, of->subjects[i], &finder->scratch);

        is_open = is_open || subjects->is_open;
        if (subjects->disagrees)
            note_disagreement(finder, cell, of->subjects[i]);
        for (size_t j = 0; j < subjects->count; j++) {
            struct judgement judgement;
            struct finding *finding =
                finding_begin(finder, of, &cell->scope, subjects->items[j], found);

            judge_subject(&judgement, finder->cells, ruling, cell, subjects->items[j],
                          &finder->scratch);
            finding_end(finder, ruling, &judgement, finding);
        }
    }
    if (is_open)
        find_others(finder, of, cell, found);
    else if (found->count == 0)
        find_none(finder, of, cell, found);
}

/* ---- of all rules ------------------------------------------------------------------
 */

/* Where the findings of all rules stand: those of one after those of another. */
struct judging_run {
    const struct rulebook *book;
    struct cells *cells;
    struct cell_findings *found;
    size_t found_count;
    size_t *starts;           /* of each rule's */
    struct matrix_rows *rows; /* of each cell */
    size_t cell_count;
    struct finder *finders;
};

static void find_in_cell(const struct judging_run *run, struct finder *finder,
                         size_t rule, const struct cell *cell)
{
    const struct rule *of = run->book->rules[rule];
    struct cell_findings *found;

    if (cell->number == SIZE_MAX)
        return;
    found = &run->found[run->starts[rule] + cell->number];
    found->arena = &finder->of_rules[rule];
    if (cell->is_unused)
        find_unused(finder, of, cell, found);
    else if (of->for_each == FOR_EACH_RECORD)
        find_subjects(finder, rule, cell, found);
    else
        find(finder, rule, cell, found);
}

static void find_rows(const struct judging_run *run, struct finder *finder,
                      const struct cell *cell)
{
    if (finder->matrix == NULL || cell->number == SIZE_MAX || cell->is_unused)
        return;
    matrix_rows(&finder->arena, finder->cells, finder->matrix, cell, &finder->scratch,
                &run->rows[cell->number]);
}

/* Before an account is judged. */
static void finder_start(struct finder *finder)
{
    struct joins *joins = joins_new(&finder->of_account, finder->cells->gathered);

    keeper_start(&finder->keeper, &finder->arena, &finder->of_account);
    if (finder->matrix != NULL)
        finder->matrix->joins = joins;
    for (size_t i = 0; i < finder->book->count; i++) {
        finder->rulings[i].joins = joins;
        commenting_set_joins(&finder->commentings[i], joins);
    }
}

/* A rule over accounts judges what tells no account on its own, too. */
static void find_in_untold(const struct judging_run *run, struct finder *finder,
                           struct cell *cell)
{
    struct cell *account = arena_new(&finder->of_account, struct cell);

    finder_start(finder);
    cell->known = known_new(&finder->of_account);
    *account = *cell;
    account->itself = account;
    account->is_account = true;
    for (size_t i = 0; i < run->book->count; i++)
        find_in_cell(run, finder, i,
                     rule_is_of_region(run->book->rules[i]) ? cell : account);
    find_rows(run, finder, cell);
    cell->known = NULL;
    arena_reset(&finder->of_account);
}

static void find_in_account(const struct judging_run *run, struct finder *finder,
                            struct account *account)
{
    finder_start(finder);
    account->cell.known = known_new(&finder->of_account);
    for (size_t i = 0; i < account->judged_count; i++)
        account->judged[i]->known = known_new(&finder->of_account);
    for (size_t i = 0; i < run->book->count; i++) {
        if (!rule_is_of_region(run->book->rules[i]))
            find_in_cell(run, finder, i, &account->cell);
        else
            for (size_t j = 0; j < account->judged_count; j++)
                find_in_cell(run, finder, i, account->judged[j]);
    }
    for (size_t i = 0; i < account->judged_count; i++)
        find_rows(run, finder, account->judged[i]);
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
static void number_all(struct judging_run *run)
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
    run->cell_count = cell_count;
    for (size_t i = 0; i < run->book->count; i++) {
        run->starts[i] = run->found_count;
        run->found_count +=
            rule_is_of_region(run->book->rules[i]) ? cell_count : account_count;
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
    finder->of_rules = arena_array(arena, run->book->count, struct arena);
    if (run->cells->gathered->measures->protection != NULL)
        finder->matrix = protection_ruling(arena, run->cells->gathered);
    finder->rulings = arena_array(arena, run->book->count, struct ruling);
    finder->commentings = arena_array(arena, run->book->count, struct commenting);
    for (size_t i = 0; i < run->book->count; i++) {
        const struct rule *rule = run->book->rules[i];

        ruling_init(arena, run->cells->gathered,
                    worker == 0 ? rule : rule_copy(arena, rule), &finder->rulings[i]);
        commenting_init(arena, run->cells->gathered, rule->commentary, worker > 0,
                        &finder->commentings[i]);
    }
}

/* More threads than that are not worth their start. */
static size_t worker_count(const struct cells *cells, size_t found_count)
{
    size_t most = found_count / FINDINGS_OF_THREAD + 1;

    return most < cells->gathered->workers ? most : cells->gathered->workers;
}

/* Those of each rule and cell, one after the other. What is copied is given back, so
 * that no two of one rule are there twice at a time. */
static void take_found(struct arena *arena, const struct judging_run *run,
                       size_t workers, struct assessment *assessment)
{
    struct finding *findings = NULL;
    size_t count = 0;

    for (size_t i = 0; i < run->book->count; i++) {
        size_t end = i + 1 < run->book->count ? run->starts[i + 1] : run->found_count;
        size_t more = 0;

        for (size_t j = run->starts[i]; j < end; j++)
            more += run->found[j].count;
        findings = arena_enlarge(arena, findings, count * sizeof *findings,
                                 (count + more) * sizeof *findings);
        for (size_t j = run->starts[i]; j < end; j++) {
            if (run->found[j].count > 0)
                memcpy(findings + count, run->found[j].items,
                       run->found[j].count * sizeof *findings);
            count += run->found[j].count;
        }
        for (size_t j = 0; j < workers; j++)
            arena_release(&run->finders[j].of_rules[i]);
    }
    assessment->findings = findings;
    assessment->finding_count = count;
}

/* The rows of each cell, one after the other. */
static void take_rows(struct arena *arena, const struct judging_run *run,
                      struct assessment *assessment)
{
    struct matrix_row *rows;
    size_t count = 0;

    if (run->cells->gathered->measures->protection == NULL)
        return;
    for (size_t i = 0; i < run->cell_count; i++) {
        count += run->rows[i].count;
        assessment->matrix_open += run->rows[i].is_open;
    }
    rows = arena_array(arena, count + 1, struct matrix_row);
    assessment->matrix = rows;
    assessment->matrix_count = count;
    for (size_t i = 0; i < run->cell_count; i++)
        for (size_t j = 0; j < run->rows[i].count; j++)
            *rows++ = run->rows[i].items[j];
}

static void find_all(struct arena *arena, struct cells *cells,
                     struct assessment *assessment)
{
    struct judging_run run = { .book = assessment->book, .cells = cells };
    size_t workers;

    run.starts = arena_array(arena, run.book->count, size_t);
    number_all(&run);
    run.found = arena_array(arena, run.found_count, struct cell_findings);
    run.rows = arena_array(arena, run.cell_count, struct matrix_rows);
    workers = worker_count(cells, run.found_count + run.cell_count);
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
    take_found(arena, &run, workers, assessment);
    take_rows(arena, &run, assessment);
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

/* The findings of documents that have no places yet, and were counted. */
static bool judge_all(struct arena *arena, const struct source_list *sources,
                      struct gathered *gathered, struct assessment *assessment,
                      struct error *err)
{
    struct cells *cells;

    place(gathered);
    chains_join(arena, gathered);
    cells = cells_new(arena, sources, gathered);
    summarize(arena, sources, gathered, assessment);
    if (!filter_check(gathered->settings, cells, arena, err))
        return false;
    find_all(arena, cells, assessment);
    note_coverage(arena, cells, assessment);
    return true;
}

/* What is not there is read by nobody. */
static void take_lost(const struct source_list *sources, struct gathered *gathered)
{
    bool any = false;

    for (size_t i = 0; i < sources->count; i++) {
        if (sources->items[i].use != SOURCE_LOST)
            continue;
        intake_lost(gathered, gathered_source(gathered, &sources->items[i]));
        any = true;
    }
    if (any)
        gathered_sort(gathered);
}

bool assess(struct arena *arena, const struct rulebook *book,
            const struct source_list *sources, struct gathered *gathered,
            struct assessment *assessment, struct error *err)
{
    struct assessment without = { .settings = gathered->settings,
                                  .book = book,
                                  .waivers = gathered->settings->waivers_read,
                                  .workers = gathered->workers };
    struct aside *aside;

    *assessment = without;
    take_lost(sources, gathered);
    count_documents(gathered);
    aside = lists_put_aside(arena, gathered);
    if (aside != NULL) {
        if (!judge_all(arena, sources, gathered, &without, err))
            return false;
        lists_put_back(aside, gathered);
    }
    if (!judge_all(arena, sources, gathered, assessment, err))
        return false;
    if (aside != NULL)
        agree(arena, &without, assessment);
    waive(arena, assessment, &gathered->problems);
    problems_sort(&gathered->problems);
    filter_problems(gathered);
    assessment->problems = gathered->problems.items;
    assessment->problem_count = gathered->problems.count;
    for (size_t i = 0; i < assessment->finding_count; i++)
        assessment->summary.results[assessment->findings[i].result]++;
    assessment->summary.problems = gathered->problems.count;
    return true;
}
