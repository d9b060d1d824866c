/*
 * alike.h - judge once what many records say.
 *
 *     view = view_find(views, type, record_projection(record));
 *     gaps.trimmed = view_is_trimmed(view, record, gaps.silent);
 *     for each of view->groups:
 *         seen = group_seen(views, group, record, &gaps);
 *         if (seen == NULL || !seen->is_judged)
 *             judge the group's measures, and note in `seen` what is not false
 *
 * Whether a record counts follows from the fields that a filter reads, and these say
 * one of a few things in record after record. So the measures of a type are grouped by
 * the fields that their filters read, and what the general evaluator found for a group
 * is taken again for the same bytes, whatever the filters are. A field that says
 * something else each time, such as an id, has nothing to be taken again: its records
 * are judged one by one.
 *
 * Lifetime: the arena's; of one thread. Memory: SEEN_KEPT outcomes a group.
 */
#ifndef GATHER_ALIKE_H
#define GATHER_ALIKE_H

#include "gather/direct.h"
#include "gather/measures.h"
#include "gather/repeats.h"
#include "gather/tally.h"

enum {
    GROUP_FIELDS = 4, /* filters that read more are judged for each record */
    SEEN_KEPT = 32,   /* a power of two */
};

struct judged {
    const struct measure *measure;
    enum truth truth;
};

/* What fields of the same bytes come to. */
struct seen {
    uint64_t alike[GROUP_FIELDS]; /* record_field_alike() */
    struct gaps gaps;
    bool is_judged;
    bool undecided;        /* for one of the measures */
    bool otherwise;        /* and not by what its call is silent about */
    struct judged *judged; /* those that are not false */
    size_t judged_count;
    bool has_extreme;               /* one of them is a minimum or maximum */
    struct truths truths;           /* of its measures */
    const struct measure **resting; /* those that rest on a field that is not there */
    size_t resting_count;

    /* Records of which only the number matters any more, and the tallies that they are
     * to be added to (NULL: none). */
    uint64_t pending;
    struct tally *pending_of;
    bool is_listed; /* in views->listed, by `next` */
    struct seen *next;
};

struct member {
    const struct measure *measure;
    const struct direct *direct; /* its filter, if it is of that form, or NULL */
};

struct group {
    size_t fields[GROUP_FIELDS]; /* their numbers in the projection */
    struct str names[GROUP_FIELDS];
    size_t field_count;
    bool by_record; /* nothing is taken again */
    bool of_texts;  /* its fields are texts, or may be; else no filter is direct */
    struct member *members;
    size_t member_count, member_capacity;
    struct seen *seen; /* SEEN_KEPT, or NULL: not yet */
};

struct always_number {
    size_t number;
    char start; /* of a value of that kind; '0': a number, 't': true or false */
};

/* The records of one type, by one projection. */
struct view {
    const struct type *type;
    const struct projection *projection; /* NULL: of those that somebody made */
    struct always_number *always;        /* the type's, in its order */
    size_t id, arn;                      /* the numbers of the type's, or SIZE_MAX */
    struct group *groups;
    size_t group_count, group_capacity;
    struct view *next;
};

struct views {
    struct arena *arena;
    const struct measures *measures;
    struct view *first;
    struct seen *listed; /* those with something pending, among others */
};

struct view *view_find(struct views *views, const struct type *type,
                       const struct projection *projection);

/* As record_is_trimmed(). */
bool view_is_trimmed(const struct view *view, const struct record *record,
                     const struct str_list *silent);

/* What is known, or is to be noted, of records that are alike in the group's fields
 * (not by_record); NULL: this one is judged by itself. */
struct seen *group_seen(struct views *views, struct group *group,
                        const struct record *record, const struct gaps *gaps);

/* Counts one more record. False: its judged measures are to be added one by one, then
 * seen_added() says so. */
bool seen_count(struct seen *seen, const struct tally *tallies);
void seen_added(struct views *views, struct seen *seen, struct tally *tallies);
/* Adds what is pending: at the end of a document. */
void views_settle(struct views *views);

/* The texts of the group's fields, for direct_holds(). False: not all are texts, or one
 * is too long. */
MUST_USE bool group_texts(const struct group *group, const struct record *record,
                          struct str texts[GROUP_FIELDS]);

#endif
