/*
 * measures.h - what is to be counted in one run: the rules' facts, each distinct one
 * once.
 *
 * Two facts that count the same records of the same type in the same way are one
 * measure, whatever their names and rules, so that a record is looked at once for both.
 *
 * Lifetime: the arena's; immutable after measures_new().
 */
#ifndef GATHER_MEASURES_H
#define GATHER_MEASURES_H

#include "rulebook/rulebook.h"
#include "json/layout.h"
#include "json/records.h"

/* A field that an expression reads, and whether AWS always prints it. */
struct column {
    struct str name;
    const struct type_field *always; /* NULL: it may be absent */
};

/* A field of which the least and the largest value are kept, beside the rows. */
struct extreme_field {
    struct str name;
    bool is_time;
};

/* Some of a type's columns, by their numbers, in order. */
struct columns {
    size_t *items;
    size_t count;
};

struct joined;

struct measure {
    const struct fact *fact; /* the first one like it */
    size_t slot;             /* among the measures of its type; SIZE_MAX: its records
                                are not counted once and for all, but those of one
                                subject, or their elements (judge/joined.h) */
    const struct joined *joined; /* of a copy that is such a measure: for which */
    struct columns where, of; /* what its filter reads, and its minimum or maximum, if
                                 that has no `extreme` */
    const struct option_word **implied; /* the words of options that leave in all that
                                           it counts */
    size_t implied_count;
    size_t extreme; /* of the type's, where `of` is one field as it stands; else, and of
                       a count, SIZE_MAX */
    bool decides;   /* a rule's `when` reads it first */
    bool is_aside;  /* it is of commentaries alone, which note nothing undecided */
    const struct call *detail; /* what tells of each record what the fact reads and no
                                  listing of the type prints; NULL: a listing decides,
                                  or no one call tells all of it */
};

/* The type whose complete listing tells an account's regions, and its field that says
 * whether a region is in use. */
#define REGION_TYPE   "AWS::EC2::Region"
#define REGION_STATUS "OptInStatus"

bool is_region_list(const struct type *type);

struct measures_of_type {
    const struct measure **items; /* by their slots */
    size_t count, capacity;
    const struct measure **others; /* that have none */
    size_t other_count, other_capacity;
    const struct measure *all; /* how many records there are, of what rules judge
                                  one by one; else NULL */
    size_t id_column;          /* of these */
    bool needs_ids; /* which records there are matters: others are their parts, or
                       details tell of each, or they are regions */
    struct str_list parent_keys; /* fields that name the parent of a part */
    struct column *columns;      /* what tells rows apart (rows.h) */
    size_t column_count, column_capacity;
    struct extreme_field *extremes;
    size_t extreme_count, extreme_capacity;
    bool has_details; /* one of them has */
    bool decides;     /* one of them does */
};

struct measures {
    const struct catalog *catalog;
    const struct rule *protection;    /* rulebook/derived.h; NULL: nobody asks for it */
    struct measures_of_type *by_type; /* one a type of the catalog, by its index */
    struct table of_facts;            /* from where a fact is to its measure */
};

/* Measures of every fact of every rule. */
struct measures *measures_new(struct arena *arena, const struct rulebook *book);

/* Whether the fact's records are counted for a subject, or by their elements. */
bool fact_is_joined(const struct fact *fact);

/* The measure of a fact of these rules, or NULL. */
const struct measure *measures_find(const struct measures *measures,
                                    const struct fact *fact);

/* The columns of fields that these rules read. */
void measures_columns(struct arena *arena, const struct measures_of_type *of_type,
                      const struct jmespath_fields *fields, struct columns *columns);

/* What says that there are more pages: as the AWS CLI prints it, and as SDKs do that
 * spell members with a small letter. */
enum { TOKEN_KEYS = 6 };
extern const char *const token_keys[TOKEN_KEYS];

/* The fields of evidence that are read in such a run: by the measures, and to tell a
 * document's type, call, place and parent. */
const struct layout *measures_layout(struct arena *arena,
                                     const struct measures *measures);

/* Whether the fact, in its filter or in its minimum or maximum, reads the field. */
bool measure_reads(const struct measure *measure, struct str field);
/* Whether it reads any of them. */
bool measure_reads_any(const struct measure *measure, const struct str_list *fields);

/* What a minimum or maximum takes a value for: a number, or of a time its seconds since
 * 1970. False: it has none that can be used. */
MUST_USE bool seconds_of_text(struct str text, double *value);
MUST_USE bool value_of_json(const json_t *json, bool is_time, double *value);

/* Whether the record lacks a field that AWS always prints, though not those that its
 * call is silent about, or has it with another kind of value. */
bool record_is_trimmed(const struct type *type, const struct record *record,
                       const struct str_list *silent);

#endif
