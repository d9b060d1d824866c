/*
 * taint.h - which documents may be the last page of a listing only.
 *
 * A page that carries a token says that more follow, and nothing says which document
 * they are in: so no document of that listing is known to be the whole of it. What was
 * damaged, or gave nothing, may have carried one: a token comes last.
 *
 *     taints_add(taints, document);                     all that carry one, or may
 *     document->tainted_by = taints_find(taints, document, scope);
 *
 * A page holds for the scope that is told of it; of what is told in part, for every one
 * that this does not contradict; a mislabelled one, for each that its path or its ARNs
 * name. Of a page whose type nothing tells, for every type. What nothing places holds
 * for its own folder, and taints_unplaced() says that there is such a page: a finding
 * elsewhere names it as an assumption.
 *
 * Lifetime: the arena's. What is found is the first that was added.
 */
#ifndef JUDGE_TAINT_H
#define JUDGE_TAINT_H

#include "gather/document.h"

struct scope;
struct taints;

struct taints *taints_new(struct arena *arena, const struct catalog *catalog);
void taints_add(struct taints *taints, const struct document *document);

/* A document that carries a token, or may, and is of the same listing and parent, or
 * may be; NULL: none. */
const struct document *taints_find(const struct taints *taints,
                                   const struct document *document,
                                   const struct scope *scope);

/* How many pages that nothing places may be of a listing of the type; *path: of one. */
size_t taints_unplaced(const struct taints *taints, const struct type *type,
                       const char **path);

#endif
