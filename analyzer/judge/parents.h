/*
 * parents.h - which records of a type there are: the parents of a listing's parts, or
 * those that a detail tells of.
 *
 *     parents = parents_of(type, cell);
 *     if (parents->known) for each of parents->items: its id, and whose part it stands
 * in
 *
 * Known by a complete listing; of what is listed in parts, by the listing of their own
 * parents and a complete part of each: the selections of all plans. In a complete
 * listing that contradicts another document nothing is known.
 *
 * Lifetime: what is known of the cell (known.h). Limits: DOCUMENT_IDS_MAX ids a
 * document.
 */
#ifndef JUDGE_PARENTS_H
#define JUDGE_PARENTS_H

#include "judge/cells.h"

struct parent {
    struct str id;           /* as the records have it */
    struct str of;           /* the parent that it is a part of; absent: it is none */
    const struct type *type; /* of that parent */
};

struct parents {
    bool known;
    struct parent *items; /* each id once, sorted */
    size_t count;
};

/* Of a type that is another's parent, or that details tell of. */
const struct parents *parents_of(const struct type *type, const struct cell *cell);

/* As a file's name has it. */
bool parents_have(const struct parents *parents, struct str parent,
                  struct arena *scratch);

/* Whether the listing has a complete part about this parent, of the type that the
 * call's answers are parts by. */
bool part_is_complete(const struct listing *listing, const struct call *call,
                      struct str parent, const struct measure *measure,
                      bool no_filtered, struct arena *scratch);

/* Whether the document tells of one record what the listing of its type does not. */
bool document_is_detail(const struct document *document);

/* Whether it is such a detail, and whole. */
bool detail_is_complete(const struct document *document);

/* Whether the listing has one of the record, from which the measure is known. */
bool detail_decides(const struct listing *listing, struct str id,
                    const struct measure *measure);

#endif
