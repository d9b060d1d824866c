#include "explain/assess.h"

#include "explain/assumptions.h"
#include "explain/citations.h"
#include "explain/message.h"
#include "explain/missing.h"
#include "explain/summarize.h"
#include "judge/cells.h"
#include "judge/filter.h"
#include "judge/place.h"

#include <string.h>

struct assessing {
    struct arena *arena;
    struct arena scratch; /* of one finding */
    struct cells *cells;
    struct finding *findings;
    size_t count, capacity;
    struct missings *missings;
};

/* ---- findings ----------------------------------------------------------------------
 */

static const char *or_dash(struct arena *arena, struct str str)
{
    return str.text != NULL ? arena_copy(arena, str.text, str.len) : "-";
}

static const char *id_of(struct arena *arena, const struct rule *rule,
                         const struct scope *scope)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%s/%s/%s", or_dash(arena, rule->id),
               or_dash(arena, scope->account), or_dash(arena, scope->region));
    if (scope->source != NULL)
        buf_printf(&buf, "/%s", scope->source);
    return buf_str(&buf).text;
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

static void note_disagreement(struct assessing *assessing,
                              const struct measure *measure, const struct cell *cell)
{
    const struct cells *cells = assessing->cells;
    const struct type *type = measure->fact->type;
    const struct listing *listing = cell_listing(cell, type);
    struct count count;

    combine(cells, measure, cell, &assessing->scratch, &count);
    for (size_t i = 0; i < listing->count && count.disagrees; i++) {
        if (staged_counts(listing->items[i])) {
            problems_add(&cells->staging->problems,
                         listing->items[i]->from->source->path,
                         &listing->items[i]->list_start,
                         SAYS(SAY_DISAGREEMENT_OF_SCOPE, .texts = { type->title }));
        }
    }
}

/* Answers that disagree are a problem where a `when` reads the fact. */
static void note_disagreements(struct assessing *assessing,
                               const struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        const struct type *type = judgement->measures[i]->fact->type;
        struct cell_list sum;

        if (!judgement->reads[i] || !judgement->counts[i].disagrees)
            continue;
        cell_sum(judgement->cell, type, &sum);
        for (size_t j = 0; j < sum.count; j++)
            note_disagreement(assessing, judgement->measures[i], sum.items[j]);
    }
}

/* Text that was put together in the scratch, and has no room left over. */
static const char *keep(struct assessing *assessing, const char *text)
{
    return arena_copy(assessing->arena, text, strlen(text));
}

static void find(struct assessing *assessing, const struct rule *rule,
                 const struct cell *cell)
{
    const struct scope *scope = &cell->scope;
    struct arena *arena = assessing->arena, *scratch = &assessing->scratch;
    struct fact_value *facts = arena_array(arena, rule->fact_count, struct fact_value);
    struct judgement judgement;
    struct finding *finding;

    judge(&judgement, assessing->cells, rule, cell, scratch);
    assessing->findings = arena_grow(arena, assessing->findings, assessing->count,
                                     &assessing->capacity, sizeof(struct finding));
    finding = &assessing->findings[assessing->count++];
    if (rule->fact_count > 0)
        memcpy(facts, judgement.values, rule->fact_count * sizeof *facts);
    *finding = (struct finding){
        .id = keep(assessing, id_of(scratch, rule, scope)),
        .rule = rule,
        .account = scope->account,
        .region = scope->region,
        .source = scope->source,
        .result = judgement.verdict.result,
        .message = keep(assessing,
                        message_write(scratch, &judgement.bounds, &judgement.verdict)),
        .facts = facts,
    };
    message_keep(arena, &judgement.bounds, &judgement.verdict, finding);
    note_possible(arena, &judgement.verdict, finding);
    explain_finding(arena, &judgement, finding);
    assumptions_of_finding(arena, &judgement, finding);
    citations_of_finding(arena, &judgement, finding);
    note_disagreements(assessing, &judgement);
    if (assessing->cells->staging->settings->lists_missing)
        missings_note(assessing->missings, &judgement);
    jmespath_context_reset(judgement.bounds.context);
    arena_reset(scratch);
}

/* Of a region that the account has not opted in to: nothing is there to judge. */
static void find_unused(struct assessing *assessing, const struct rule *rule,
                        const struct cell *cell)
{
    const struct coverage *coverage = cell->account->coverage;
    const struct scope *scope = &cell->scope;
    struct arena *arena = assessing->arena;
    struct fact_value *facts = arena_array(arena, rule->fact_count, struct fact_value);
    enum result *possible = arena_new(arena, enum result);
    struct finding *finding;

    for (size_t i = 0; i < rule->fact_count; i++)
        facts[i].only_none = facts[i].maybe_none = rule->facts[i].kind != FACT_COUNT;
    *possible = RESULT_NOT_APPLICABLE;
    assessing->findings = arena_grow(arena, assessing->findings, assessing->count,
                                     &assessing->capacity, sizeof(struct finding));
    finding = &assessing->findings[assessing->count++];
    *finding = (struct finding){
        .id = keep(assessing, id_of(&assessing->scratch, rule, scope)),
        .rule = rule,
        .account = scope->account,
        .region = scope->region,
        .result = RESULT_NOT_APPLICABLE,
        .message =
            arena_printf(arena, "the account has not opted in to %.*s, as %s says",
                         STR_ARG(scope->region), coverage->unused_told_by),
        .facts = facts,
        .possible = possible,
        .possible_count = 1,
    };
    arena_reset(&assessing->scratch);
}

static void find_in_cell(struct assessing *assessing, const struct rule *rule,
                         const struct cell *cell)
{
    struct cell *own;

    if (cell->is_unused) {
        find_unused(assessing, rule, cell);
    } else if (rule->for_each == FOR_EACH_REGION) {
        find(assessing, rule, cell);
    } else {
        own = arena_new(assessing->arena, struct cell);
        *own = *cell;
        own->itself = own;
        own->is_account = true;
        find(assessing, rule, own);
    }
}

/* A rule over accounts judges what tells no account on its own, too. */
static void find_all(struct assessing *assessing, const struct rule *rule)
{
    const struct cells *cells = assessing->cells;
    const struct settings *settings = cells->staging->settings;

    for (size_t i = 0; i < cells->count; i++) {
        const struct scope *scope = &cells->items[i]->scope;

        if ((rule->for_each == FOR_EACH_REGION || scope->account.text == NULL) &&
            filter_keeps(settings, scope))
            find_in_cell(assessing, rule, cells->items[i]);
    }
    for (size_t i = 0; i < cells->account_count && rule->for_each == FOR_EACH_ACCOUNT;
         i++) {
        const struct account *account = cells->accounts[i];

        if (account->coverage != NULL && filter_keeps(settings, &account->cell.scope))
            find(assessing, rule, &account->cell);
    }
}

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
            const struct source_list *sources, struct staging *staging,
            struct assessment *assessment, struct error *err)
{
    struct assessing assessing = { .arena = arena, .missings = missings_new(arena) };
    struct cells *cells;

    *assessment = (struct assessment){ .settings = staging->settings, .book = book };
    place(staging);
    count_documents(staging);
    cells = assessing.cells = cells_new(arena, sources, staging);
    summarize(arena, sources, staging, assessment);
    if (!filter_check(staging->settings, cells, arena, err))
        return false;
    assessing.capacity = book->count * cells->count;
    assessing.findings = arena_array(arena, assessing.capacity, struct finding);
    for (size_t i = 0; i < book->count; i++)
        find_all(&assessing, book->rules[i]);
    arena_release(&assessing.scratch);
    note_coverage(arena, cells, assessment);
    problems_sort(&staging->problems);
    filter_problems(staging);
    assessment->findings = assessing.findings;
    assessment->finding_count = assessing.count;
    assessment->missing = missings_list(assessing.missings, &assessment->missing_count);
    assessment->problems = staging->problems.items;
    assessment->problem_count = staging->problems.count;
    for (size_t i = 0; i < assessing.count; i++)
        assessment->summary.results[assessing.findings[i].result]++;
    assessment->summary.problems = staging->problems.count;
    return true;
}
