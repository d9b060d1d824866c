/*
 * joined.h - the records that belong to one subject, counted when a rule asks for them.
 *
 *     fact   recent: { from: RecoveryPoint, join: { record: ResourceArn,
 *                                                   resource: DBInstanceArn } }
 *
 *     rows of a document        by key          subject a        subject b
 *       ResourceArn a   ...      a: 0, 2         rows 0, 2        row 1
 *       ResourceArn b   ...      b: 1            row 3 may be     row 3 may be
 *       ResourceArn a   ...      unknown: 3
 *       ResourceArn ?   ...      (absent: joins nothing)
 *
 * A whole listing is counted once (count.h); what is joined is asked once a subject. So
 * the rows of a document are sorted by key when a subject first asks, and its filter is
 * evaluated for the rows of its own key alone: a row of a database is looked at once a
 * fact, whoever else is listed. The same way an `each` counts elements of a record's
 * list, with or without a join.
 *
 *     joins = joins_new(arena, gathered);
 *     joined_init(&joined, joins, ...);          of one fact and one subject
 *     measure.joined = &joined;                  then tally_next() counts so
 *
 * A row without a known key may belong to every subject; a key that is null, absent or
 * no text joins nothing.
 *
 * Lifetime: the sorted rows the arena's, a tally the scratch arena's. Of one thread.
 * Limits: LIMITED_ROWS_MAX rows of a fact for which its expressions may come to a limit
 * of their language; ELEMENTS_MAX elements of a record; JOINED_ROWS_MAX rows of one key
 * for a filter that reads the subject, too, and UNKEYED_ROWS_MAX where it is not known
 * whose they are.
 */
#ifndef JUDGE_JOINED_H
#define JUDGE_JOINED_H

#include "judge/count.h"
#include "judge/nested.h"

enum {
    ELEMENTS_MAX = 65536,
    JOINED_ROWS_MAX = 4096, /* they are looked at for each subject anew; the others may
                               count */
    UNKEYED_ROWS_MAX = 64,  /* of a portion, the same; each subject looks at all */
};

/* A record that no evidence has, but that follows from it. */
struct made {
    json_t *value;
    struct open_member *open;
    size_t open_count;
    bool is_sure; /* else it may be there */
};

struct joins;
struct subject;

/* For the documents of an account, until the arena is reset. */
struct joins *joins_new(struct arena *arena, const struct gathered *gathered);
struct arena *joins_arena(const struct joins *joins);
struct table *joins_indexes(struct joins *joins); /* keyed.h */

enum key_kind {
    KEY_ALL,     /* the fact has no join: every record */
    KEY_TEXT,    /* the records with that key */
    KEY_NONE,    /* the subject has no key: nothing joins */
    KEY_UNKNOWN, /* every record may */
};

/* One fact, asked for one subject. */
struct joined {
    struct joins *joins;
    struct jmespath_context *context; /* strict, with the rule's parameters */
    struct arena *scratch;
    enum key_kind kind;
    struct str key;
    struct str key_word;           /* the same as a file's name has it */
    const struct subject *subject; /* NULL: a rule over a scope */
    json_t *resource;              /* bound to $resource; NULL: a rule over a scope */
    const struct str *open;        /* fields of that of which nothing is known */
    size_t open_count;
    struct open_members nested;      /* the same below its fields */
    struct joined_tallies *tallies;  /* that were made: of a portion each */
    struct keyed_listing **listings; /* keyed.h; NULL at first */
};

/* In the scratch arena: no tally was made yet. */
struct joined_tallies *joined_tallies_new(struct arena *scratch);

/* An answer that is part of a listing, by the key of the join: the recovery points of
 * one resource, say. */
enum key_part {
    KEY_PART_NONE,  /* it is none, or nothing tells whose */
    KEY_PART_OWN,   /* the subject's: what it lacks, the subject lacks */
    KEY_PART_OTHER, /* another one's */
};

/* Whether the option leaves in all records that join: AWS Backup's recovery points and
 * jobs of one resource have the type that it takes the resource for
 * (aws/database.h). */
bool joined_implies(const struct measure *measure, const struct option_word *option);

/* Whether answers of the call are such parts. */
bool joined_by_key(const struct measure *measure, const struct call *call);
enum key_part joined_part(const struct measure *measure,
                          const struct document *document);

/* The keys that the portion's records have, each once. */
const struct str_list *joined_keys(const struct measure *measure,
                                   const struct document *document,
                                   const struct portion *portion);

/* What the portion's records come to for the measure, of which `joined` is one. */
const struct tally *joined_tally(const struct measure *measure,
                                 const struct document *document,
                                 const struct portion *portion);

/* The same of records that were made; `is_closed`: there are no others. */
void joined_made(const struct joined *joined, const struct fact *fact,
                 const struct made *made, size_t count, bool is_closed,
                 struct tally *tally);

/* The same of elements of the subject itself, which is in `values`; `trimmed`: what
 * they lack may have been dropped. */
void joined_elements(const struct joined *joined, const struct fact *fact,
                     json_t *values, bool trimmed, struct tally *tally);

#endif
