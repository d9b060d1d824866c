#include "explain/commentary.h"

#include "base/utf8.h"
#include "explain/citations.h"
#include "explain/message.h"
#include "judge/kinds.h"

#include <math.h>
#include <string.h>

void commenting_init(struct arena *arena, const struct gathered *gathered,
                     const struct commentary *commentary, bool is_shared,
                     struct commenting *commenting)
{
    struct rule *own;

    *commenting = (struct commenting){ .of = commentary, .arena = arena };
    if (commentary == NULL)
        return;
    own = arena_new(arena, struct rule);
    *own = is_shared ? *rule_copy(arena, commentary->rule) : *commentary->rule;
    ruling_init(arena, gathered, own, &commenting->ruling);
    if (commentary->rows != NULL) {
        size_t count = own->outcome_count;

        commenting->outcomes = memcpy(arena_array(arena, count, struct outcome),
                                      own->outcomes, count * sizeof *own->outcomes);
        own->outcomes = commenting->outcomes;
        commenting->ruling.reads = commenting->reads =
            arena_array(arena, count * own->fact_count, bool);
    }
    commenting->kinds = arena_array(arena, commentary->kinds_count, struct ruling);
    for (size_t i = 0; i < commentary->kinds_count; i++) {
        const struct rule *rule = commentary->kinds[i];

        ruling_init(arena, gathered, is_shared ? rule_copy(arena, rule) : rule,
                    &commenting->kinds[i]);
    }
}

void commenting_set_joins(struct commenting *commenting, struct joins *joins)
{
    commenting->ruling.joins = joins;
    for (size_t i = 0; commenting->of != NULL && i < commenting->of->kinds_count; i++)
        commenting->kinds[i].joins = joins;
}

/* ---- facts, when they are read -----------------------------------------------------
 */

/* Of one finding. */
struct commented {
    const struct commenting *by;
    struct arena *arena;        /* of the finding */
    struct judgement judgement; /* its values and measures: as far as they are known */
    const struct measure **measures; /* of that */
    bool *is_known;                  /* as the rule's facts: it was counted */
};

static void count_kinds(struct commented *commented, size_t fact)
{
    size_t from = 0, kinds = 0;

    while (fact >= from + commented->by->kinds[kinds].rule->outcome_count)
        from += commented->by->kinds[kinds++].rule->outcome_count;
    kinds_count(commented->judgement.cells, &commented->by->kinds[kinds],
                commented->judgement.cell, commented->judgement.values + from);
    for (size_t i = 0; i < commented->by->kinds[kinds].rule->outcome_count; i++)
        commented->is_known[from + i] = true;
}

/* Those that are `read`; kinds, which take the longest, only `with_kinds`. False: all
 * of them were known. */
static bool count_facts(struct commented *commented, const bool *read, bool with_kinds)
{
    const struct ruling *ruling = &commented->by->ruling;
    struct judgement *judgement = &commented->judgement;
    size_t kind_facts = commented->by->of->kind_fact_count;
    bool any = false;

    for (size_t i = 0; i < ruling->rule->fact_count; i++) {
        struct count count;

        if (!read[i] || commented->is_known[i] || (i < kind_facts && !with_kinds))
            continue;
        any = commented->is_known[i] = true;
        if (i < kind_facts) {
            count_kinds(commented, i);
            continue;
        }
        commented->measures[i] = judgement_measure(judgement, ruling, i);
        combine(judgement->cells, commented->measures[i], judgement->cell,
                judgement->bounds.scratch, &count);
        judgement->values[i] = count.value;
    }
    if (any)
        bounds_init(&judgement->bounds);
    return any;
}

/* When it is first looked at. */
static void read_row(const struct commenting *commenting, size_t row)
{
    const struct rule *rule = commenting->ruling.rule;
    struct jmespath_fields fields = { 0 };
    struct outcome *outcome;

    if (commenting->of->rows == NULL || commenting->outcomes[row].when != NULL)
        return;
    outcome = &commenting->outcomes[row];
    commentary_row_read(commenting->arena, commenting->of, row, outcome);
    jmespath_fields(commenting->arena, jmespath_root(outcome->when), &fields);
    for (size_t i = 0; i < rule->fact_count; i++)
        commenting->reads[row * rule->fact_count + i] =
            jmespath_fields_have(&fields, rule->facts[i].name);
}

static enum truth row_truth(struct commented *commented, size_t row)
{
    const struct rule *rule = commented->by->ruling.rule;
    const bool *reads = commented->by->ruling.reads + row * rule->fact_count;
    enum truth truth;

    read_row(commented->by, row);
    count_facts(commented, reads, false);
    truth = bounds_holds(&commented->judgement.bounds, rule->outcomes[row].when);
    if (truth == TRUTH_UNKNOWN && count_facts(commented, reads, true))
        truth = bounds_holds(&commented->judgement.bounds, rule->outcomes[row].when);
    return truth;
}

/* ---- what is said ------------------------------------------------------------------
 */

/* The text that the record of the tally's best has in the column; absent: none. */
static struct str text_of_best(const struct commented *commented,
                               const struct document *document,
                               const struct measure *measure, const struct tally *tally,
                               size_t column)
{
    const struct measures *measures = commented->judgement.cells->gathered->measures;
    const struct columns columns = { &column, 1 };
    struct row_view view = { 0 };
    struct str text = STR_NONE;

    for (size_t i = 0; i < document->portion_count; i++) {
        for (const struct row *row = document->portions[i].rows; row != NULL;
             row = row->next) {
            struct best best = best_of_extreme(row, measure);
            const json_t *value;

            if (tally->best == NULL || best.hit != tally->best)
                continue;
            row_look(&view, measures, portion_page(document, &document->portions[i]),
                     row);
            value = json_object_get(
                row_value(&view, &columns, false),
                measures->by_type[document->type->index].columns[column].name.text);
            if (json_is_string(value))
                text = str_copy(commented->judgement.bounds.scratch,
                                (struct str){ json_string_value(value),
                                              json_string_length(value) });
            row_drop(&view);
        }
    }
    return text;
}

/* Of the record that the fact is of, if it is known which: the first by path. */
static struct str quoted_text(const struct commented *commented,
                              const struct outcome *row)
{
    const struct judgement *judgement = &commented->judgement;
    size_t fact = (size_t)(row->quoted - judgement->rule->facts), next;
    const struct measure *measure = commented->measures[fact];
    const struct fact_value *value = &judgement->values[fact];
    double best = measure->fact->kind == FACT_MIN ? -value->at_least : value->at_least;
    const struct listing *listing = cell_listing(judgement->cell, row->quoted->type);
    struct str name = row->quoted_field;
    const struct jmespath_fields fields = { &name, 1, false };
    struct columns columns;
    const struct tally *tally;

    if (!fact_is_exact(value) || value->only_none || measure->extreme == SIZE_MAX)
        return STR_NONE;
    measures_columns(
        judgement->bounds.scratch,
        &judgement->cells->gathered->measures->by_type[row->quoted->type->index],
        &fields, &columns);
    for (size_t i = 0; i < listing->count; i++) {
        if (!document_counts(listing->items[i]))
            continue;
        next = 0;
        while ((tally = tally_next(listing->items[i], &judgement->cell->scope, measure,
                                   &next)) != NULL)
            if (tally->best_sure == best)
                return text_of_best(commented, listing->items[i], measure, tally,
                                    columns.items[0]);
    }
    return STR_NONE;
}

static void add_quote(const struct commented *commented, const struct outcome *row,
                      struct buf *text)
{
    struct str quoted;
    size_t len;

    if (row->quoted == NULL)
        return;
    quoted = quoted_text(commented, row);
    len = quoted.len;
    if (quoted.text == NULL || len == 0)
        return;
    if (len > QUOTE_BYTES_MAX) {
        len = QUOTE_BYTES_MAX;
        while (len > 0 && !is_character_start(quoted.text[len]))
            len--;
    }
    buf_add(text, STR(": \""));
    buf_add(text, str_slice(quoted, 0, len));
    buf_add(text, len < quoted.len ? STR("...\"") : STR("\""));
}

/* What the row's message reads, and the fact that it quotes. */
static void count_for_message(struct commented *commented, const struct outcome *row)
{
    const struct rule *rule = commented->by->ruling.rule;
    struct arena *scratch = commented->judgement.bounds.scratch;
    bool *read = arena_array(scratch, rule->fact_count, bool);

    for (size_t i = 0; i < row->message.count; i++) {
        struct jmespath_fields fields = { 0 };

        if (row->message.parts[i].expression == NULL)
            continue;
        jmespath_fields(scratch, jmespath_root(row->message.parts[i].expression),
                        &fields);
        for (size_t j = 0; j < rule->fact_count; j++)
            read[j] = read[j] || jmespath_fields_have(&fields, rule->facts[j].name);
    }
    if (row->quoted != NULL)
        read[row->quoted - rule->facts] = true;
    count_facts(commented, read, true);
}

static void say(struct commented *commented, size_t index, struct remark *remark)
{
    const struct ruling *ruling = &commented->by->ruling;
    const struct outcome *row = &ruling->rule->outcomes[index];
    struct verdict verdict = { 0 };
    const struct bounds *bounds = &commented->judgement.bounds;
    struct buf text = BUF_EMPTY(bounds->scratch);

    count_for_message(commented, row);
    verdict.rows[index] = true;
    buf_add(&text, str_from(message_write(bounds->scratch, bounds, &verdict)));
    add_quote(commented, row, &text);
    remark->code = row->code;
    remark->nothing_there = row->nothing_there;
    remark->text = str_copy(commented->arena, buf_str(&text)).text;
    citations_of_remark(commented->arena, &commented->judgement, commented->by->of,
                        index, remark);
    jmespath_context_reset(ruling->context);
}

static void diagnose(struct commented *commented, struct finding *finding)
{
    for (size_t i = 0; i < commented->by->of->diagnosis_count; i++) {
        enum truth truth = row_truth(commented, i);

        if (truth == TRUTH_TRUE) {
            struct remark *remark = arena_new(commented->arena, struct remark);

            say(commented, i, remark);
            finding->diagnosis = remark;
        }
        if (truth != TRUTH_FALSE)
            return;
    }
}

static void caution(struct commented *commented, struct finding *finding)
{
    size_t from = commented->by->of->diagnosis_count;
    size_t count = commented->by->ruling.rule->outcome_count - from;
    struct remark *remarks = NULL;

    for (size_t i = from; i < from + count; i++) {
        if (row_truth(commented, i) != TRUTH_TRUE)
            continue;
        if (remarks == NULL)
            remarks = arena_array(commented->arena, count, struct remark);
        say(commented, i, &remarks[finding->caution_count++]);
    }
    finding->cautions = remarks;
}

void comment(struct arena *arena, struct arena *scratch,
             const struct commenting *commenting, const struct cells *cells,
             const struct cell *cell, struct finding *finding)
{
    const struct rule *rule = commenting->ruling.rule;
    struct commented commented = {
        .by = commenting,
        .arena = arena,
        .judgement = { .cells = cells,
                       .rule = rule,
                       .cell = cell,
                       .ruling = &commenting->ruling,
                       .bounds = { .rule = rule,
                                   .account = cell->scope.account,
                                   .region = cell->scope.region,
                                   .context = commenting->ruling.context,
                                   .scratch = scratch } },
    };
    struct judgement *judgement = &commented.judgement;

    if (commenting->of == NULL ||
        (finding->result != RESULT_FAIL && finding->result != RESULT_PASS))
        return;
    judgement->values = arena_array(scratch, rule->fact_count, struct fact_value);
    commented.measures = arena_array(scratch, rule->fact_count, const struct measure *);
    commented.is_known = arena_array(scratch, rule->fact_count, bool);
    judgement->joined = arena_array(scratch, rule->fact_count, const struct joined *);
    for (size_t i = 0; i < rule->fact_count; i++) {
        judgement->values[i] = (struct fact_value){
            .at_least = rule->facts[i].kind == FACT_COUNT ? 0 : -INFINITY,
            .at_most = INFINITY,
            .maybe_none = rule->facts[i].kind != FACT_COUNT,
        };
    }
    judgement->measures = commented.measures;
    judgement->bounds.facts = judgement->values;
    bounds_init(&judgement->bounds);
    if (finding->result == RESULT_FAIL)
        diagnose(&commented, finding);
    else
        caution(&commented, finding);
    jmespath_context_reset(commenting->ruling.context);
}
