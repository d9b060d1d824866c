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

/* A field that a filter reads, and whether AWS always prints it. */
struct measure_field {
    struct str name;
    const struct type_field *always; /* NULL: it may be absent */
};

struct measure {
    const struct fact *fact; /* the first one like it */
    size_t slot;             /* among the measures of its type */
    const struct measure_field *fields;
    size_t field_count;
    const struct jmespath *where, *of;  /* the fact's, or those of one thread */
    const struct option_word **implied; /* the words of options that leave in all that
                                           it counts */
    size_t implied_count;
    struct str
        of_field; /* what `of` reads, where it is one field as it stands; or absent */
    const struct call *detail; /* what tells of each record what the fact reads and no
                                  listing of the type prints; NULL: a listing decides,
                                  or no one call tells all of it */
};

struct measures_of_type {
    const struct measure **items;
    size_t count, capacity;
    bool has_details; /* one of them has */
};

struct measures {
    const struct catalog *catalog;
    struct measures_of_type *by_type; /* one a type of the catalog, by its index */
    struct table of_facts;            /* from where a fact is to its measure */
};

/* Measures of every fact of every rule. */
struct measures *measures_new(struct arena *arena, const struct rulebook *book);

/* The same for another thread: with expressions of its own, since a run may hold on to
 * a literal of its expression, and not every jansson counts references atomically. */
const struct measures *measures_copy(struct arena *arena,
                                     const struct measures *measures);

/* The measure of a fact of these rules, or NULL. */
const struct measure *measures_find(const struct measures *measures,
                                    const struct fact *fact);

/* What says that there are more pages: as the AWS CLI prints it, and as SDKs do that
 * spell members with a small letter. */
enum { TOKEN_KEYS = 6 };
extern const char *const token_keys[TOKEN_KEYS];

/* The fields of evidence that are read in such a run: by the measures, and to tell a
 * document's type, call, place and parent. */
const struct layout *measures_layout(struct arena *arena,
                                     const struct measures *measures);

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

/* Which fields of a record may be there in AWS, though the record lacks them. */
struct gaps {
    bool trimmed; /* any: in a bare array, or a record that lacks a field that AWS
                     always prints, a --query may have dropped what is not there */
    const struct str_list *silent; /* those that the record's call never prints */
};

/* Whether a record counts. Unknown where the filter reads what the record lacks: a
 * field that AWS always prints, or one of the gaps, unless && and || decide without it.
 * Unknown, too, where the filter has no answer for the record, a limit among the
 * reasons: then err says why, and else nothing. The context is strict. */
enum truth measure_record(const struct measure *measure, const struct record *record,
                          const struct gaps *gaps, struct jmespath_context *context,
                          struct error *err);

/* Whether the filter reads a field that is not told, since the record's call never
 * prints it. */
bool measure_meets_silence(const struct measure *measure, const struct record *record,
                           const struct gaps *gaps);

/* Whether the fact, in its filter or in its minimum or maximum, reads the field. */
bool measure_reads(const struct measure *measure, struct str field);
/* Whether it reads any of them. */
bool measure_reads_any(const struct measure *measure, const struct str_list *fields);

/* Whether what is known of a decided record rests on a field that it lacks: without
 * knowing that it is not there, it would be open. */
bool measure_rests_on_absence(const struct measure *measure,
                              const struct record *record,
                              struct jmespath_context *context);

/* The value of a minimum's or maximum's expression for a record: a number, or of a time
 * its seconds since 1970. False: it has none that can be used, or one that rests on a
 * gap. */
MUST_USE bool measure_value(const struct measure *measure, const struct record *record,
                            const struct gaps *gaps, struct jmespath_context *context,
                            double *value);

/* Whether the record lacks a field that AWS always prints, though not those that its
 * call is silent about, or has it with another kind of value. */
bool record_is_trimmed(const struct type *type, const struct record *record,
                       const struct str_list *silent);

#endif
