/*
 * combine.h - from the documents of a listing to the bounds of a fact.
 *
 * Several documents of one type, cell and parent combine to the same bounds in any
 * order, without joining records: if none is complete, at least the largest of their
 * lower bounds, and no upper one; else from the smallest lower bound of the complete
 * ones to the largest of their upper bounds and of all others' lower ones, since what a
 * document has is there. A limited document (a bare array, one that was asked with an
 * option) is complete for a fact whose filter leaves in no more, and only where no
 * unlimited one is complete; limited ones never contradict each other. Two different
 * whole answers do, whatever else is missing.
 * A whole answer whose call does not print what is asked for yields to one that does,
 * but bounds how many there are: what has more contradicts it.
 * Parts add up over their parents, and are complete if the parents' listing is and each
 * parent has a complete part.
 * What no listing prints, details tell, one a record: they add up over the records that
 * are listed, and a record without one may count.
 *
 * Memory: scratch only.
 */
#ifndef JUDGE_COMBINE_H
#define JUDGE_COMBINE_H

#include "judge/cells.h"
#include "judge/count.h"

/* A fact's bounds, and what they rest on. */
struct count {
    struct fact_value value;
    bool disagrees; /* complete documents, or a complete and a partial one, differ */
};

void combine(const struct cells *cells, const struct measure *measure,
             const struct cell *cell, struct arena *scratch, struct count *count);

/* What the fact is, of elements that the tally counts. */
void tally_value(const struct fact *fact, const struct tally *tally,
                 struct fact_value *value);

/* Whether the document is complete for the measure: what it does not hold is not there.
 * A measure NULL: for every measure. */
bool document_is_complete(const struct document *document,
                          const struct measure *measure, bool no_filtered);

/* Whether it is an answer that was read, and proves something of its scope. */
bool document_is_usable(const struct document *document);

/* What the portion's records come to; of a measure that is asked for a subject, for
 * that.
 */
const struct tally *portion_tally(const struct document *document,
                                  const struct portion *portion,
                                  const struct measure *measure);

/* The next of the tallies that the document's records of the scope have, from *next on;
 * NULL: there are no more. */
const struct tally *tally_next(const struct document *document,
                               const struct scope *scope, const struct measure *measure,
                               size_t *next);

/* The document's records of the scope: how many count, and may count. */
void document_tally(const struct document *document, const struct scope *scope,
                    const struct measure *measure, uint64_t *sure, uint64_t *maybe);

/* The records that its ARNs place in other accounts: shared ones. */
uint64_t document_foreign(const struct document *document);

#endif
