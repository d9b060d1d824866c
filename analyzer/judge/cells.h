/*
 * cells.h - all documents, each in its place, and the places that get findings.
 *
 *     account X          its own cell: what is listed by account
 *       |                  IAM users   [document, ...]   <- a listing
 *       +- (X, r1)       a cell: what is listed by region
 *       |                  snapshots   [document, document, ...]
 *       |                  clusters    [document]
 *       |                  (no type)   [a file that should have told something]
 *       +- (X, r2)         snapshots   [document]
 *       +- (X, -, file)  a cell of its own: nothing tells this file's region
 *     account -, file    nothing tells this file's account
 *
 * A cell holds a listing for each type that a document of it lists. What an account
 * lists holds in each of its cells, and stands in the account's own cell alone; a
 * document whose account or region nothing tells shares a cell with no other source.
 *
 * Judged is each cell that a folder's or a file's path names, even an empty folder's
 * (by --path-pattern, where that tells of it or of a file below); that a placed
 * document of a region-level type is of, or a source that is named or assumed to be of
 * such a type and could not be used; and each region that is to be expected of an
 * account that the evidence names. Rules over accounts judge each such account.
 *
 * Lifetime: the arena's; nothing changes after cells_new(). Order: cells by account,
 * region and source; accounts by name; the documents of a listing by path and index,
 * since discover() gives the sources so.
 */
#ifndef JUDGE_CELLS_H
#define JUDGE_CELLS_H

#include "judge/taint.h"

/* Where a document is of, and where a rule is judged. */
struct scope {
    struct str account, region; /* absent: nothing tells it */
    const char
        *source; /* the path of its only source, if account or region is absent */
};

struct account;
struct known;

/* The documents of one type in one cell. */
struct listing {
    const struct type *type; /* NULL: no told type; each should have told something, and
                                may have been of any type */
    const struct cell *cell;
    struct document **items;
    size_t count, capacity;
};

struct cell {
    struct scope scope;
    struct account *account; /* whose cell it is */
    struct listing *listings;
    size_t listing_count, listing_capacity;
    const struct cell *itself; /* a list of one: cell_sum() */
    bool is_judged;            /* it gets findings */
    bool is_unused;  /* the account has not opted in to the region, and nothing says
                        otherwise: nothing is there, whatever call failed */
    bool is_account; /* an account is judged in it: nothing more may be told of that */
    size_t number;   /* of its finding among a rule's; SIZE_MAX: it was not asked for */
    struct known *known; /* known.h: while it is judged */
};

struct account {
    struct cell cell;           /* its own */
    struct coverage *coverage;  /* NULL: nothing tells the account */
    struct cell *const *judged; /* all its cells that get findings, if it is told */
    size_t judged_count;
    const struct cell *const *cells; /* of those, of regions in use */
    size_t cell_count;
};

struct cells {
    struct arena *arena;
    struct gathered *gathered;
    struct taints *taints;
    struct table by_scope;
    struct buf key;      /* in that */
    struct cell **items; /* that are judged */
    size_t count, capacity;
    size_t untold_count; /* of them, the first, those whose account nothing tells */
    struct account **accounts; /* of all cells, those that nothing tells first */
    size_t account_count, account_capacity;
};

/* Puts the documents, which have their places, into cells; marks those whose
 * completeness another one's token taints; finds the cells that are judged. */
struct cells *cells_new(struct arena *arena, const struct source_list *sources,
                        struct gathered *gathered);

/* The cell of a scope, made where it is not there. */
struct cell *cells_get(struct cells *cells, const struct scope *scope);

/* What a cell has of a type, or of no told type (NULL). Never NULL; its count may be 0.
 */
const struct listing *cell_listing(const struct cell *cell, const struct type *type);

/* The cells that a cell is the sum of, in what a type lists: itself, or, for what is
 * listed by region, all those of an account. */
struct cell_list {
    const struct cell *const *items;
    size_t count;
    bool are_all;     /* it is known that there are no others */
    bool are_regions; /* of an account */
};

void cell_sum(const struct cell *cell, const struct type *type, struct cell_list *sum);

/* The same for a fact, which may count in all regions of the cell's account. */
void fact_sum(const struct cell *cell, const struct fact *fact, struct cell_list *sum);

/* ---- scopes ---- */

int scope_compare(const struct scope *left, const struct scope *right);

/* The scope of a document: of its own source alone if account or region is not told. */
void scope_of(const struct document *document, struct scope *scope);

/* Whether these records count in a cell that the document is listed in: not those of
 * other accounts. Of a document that is not spread, the scope is not read. */
bool portion_is_of(const struct document *document, const struct portion *portion,
                   const struct scope *scope);

#endif
