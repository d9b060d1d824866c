/*
 * judgement.h - one rule judged in one cell, or for one subject in it (subjects.h).
 *
 *     ruling_init(&arena, gathered, rule, &ruling);         once a thread
 *     judge(&judgement, cells, &ruling, cell, &scratch);   once a cell
 *     judge_subject(&judgement, ..., subject, &scratch);   or once a subject
 *     reasons_of(...); settles_of(...); assumptions_of(...); citations_of(...);
 *
 * Lifetime: the scratch arena; what a finding keeps is copied by whoever makes it.
 */
#ifndef JUDGE_JUDGEMENT_H
#define JUDGE_JUDGEMENT_H

#include "judge/combine.h"
#include "judge/decide.h"
#include "judge/joined.h"
#include "judge/subjects.h"

/* A rule as one thread judges by it. */
struct ruling {
    const struct rule *rule;
    const struct measure **measures; /* as rule->facts; NULL: of the subject itself */
    const struct fact *facts; /* the same, with expressions of the thread's own where
                                 they run in it */
    const bool *reads;        /* by outcome and fact: its `when` reads the fact */
    const size_t *firsts;     /* by outcome: rule_first_fact() */
    struct jmespath_context *context;
    struct jmespath_context *of_records; /* for those of facts */
    struct columns *subject_columns;     /* as rule->subjects: what is read of one */
    struct jmespath_fields *of_whens, *of_facts; /* of a subject, that each outcome's
                                                    `when` and each fact reads */
    struct joins *joins;                         /* of the account at hand */
    struct ruling *protection; /* what judge/protection.h counts with; NULL: not read */
};

void ruling_init(struct arena *arena, const struct gathered *gathered,
                 const struct rule *rule, struct ruling *ruling);

/* Of the rule that measures->protection is. */
struct ruling *protection_ruling(struct arena *arena, const struct gathered *gathered);

/* The rule for another thread: with expressions of its own, since a run may hold on to
 * a literal of its expression, and not every jansson counts references atomically. */
const struct rule *rule_copy(struct arena *arena, const struct rule *rule);

/* All that is known of one rule in one cell. */
struct judgement {
    const struct cells *cells;
    const struct rule *rule;
    const struct cell *cell;
    const struct ruling *ruling;
    const struct subject *subject;         /* NULL: the cell itself is judged */
    struct merged merged;                  /* of the subject */
    const struct measure *const *measures; /* as rule->facts; of those that are asked
                                              for the subject, for that one; NULL: of
                                              its own elements */
    const struct joined **joined; /* as rule->facts; NULL: a measure counts it */
    struct count *counts;         /* as rule->facts */
    struct fact_value *values;    /* as rule->facts */
    struct bounds bounds;
    struct verdict verdict;
    size_t deciding; /* the index of the fact that the `when` which decides reads first:
                        the first that is true or unknown, or where none is, the first
                        at all; fact_count: there is none */
    bool *reads;     /* a fact's index: a `when` that was looked at reads it */
    bool *nones; /* of those: it is exactly none, and a `when` that reads it unknown */
    bool *opens; /* of those: it is not exact, and a `when` that reads it is unknown */
};

void judge(struct judgement *judgement, const struct cells *cells,
           const struct ruling *ruling, const struct cell *cell, struct arena *scratch);
void judge_subject(struct judgement *judgement, const struct cells *cells,
                   const struct ruling *ruling, const struct cell *cell,
                   const struct subject *subject, struct arena *scratch);

/* What the fact counts, of the judgement's cell and subject; NULL: it is counted in the
 * subject. In the scratch arena. */
const struct measure *judgement_measure(struct judgement *judgement,
                                        const struct ruling *ruling, size_t fact);

/* As if a fact, its only one, counted the records of a type that rules judge one by
 * one: how many there are. It has no verdict. */
void judge_universe(struct judgement *judgement, const struct cells *cells,
                    const struct cell *cell, const struct type *type,
                    struct arena *scratch);

/* What a verdict rests on beside its bytes, by the fact's index: its upper bound (of a
 * minimum, its lower one), that a listing is whole; that no field was dropped. */
struct support {
    bool *upper, *fields;
};

/* All of it is granted first; one after another is taken back, in the rule's order, and
 * stays so if the same results are possible without it: what is left suffices. A fact
 * that `lacks_fields` is known as it is because records lack fields. In the scratch
 * arena. */
void judgement_support(const struct judgement *judgement, const bool *lacks_fields,
                       struct support *support);

#endif
