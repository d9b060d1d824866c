/*
 * rule.h - a rule: facts to gather from evidence, outcomes to choose from.
 *
 *     facts:     snapshots: { from: TYPE, where: FILTER }    how many: 3 to 5
 *                                   │ bounds
 *     outcomes:  - pass, when: snapshots > `0`    the first whose `when` holds;
 *                - fail                           several are possible: unknown
 *
 * A filter sees one record; a `when` and a message see the facts, account and region. A
 * rule is parsed whole from its YAML file and cannot be wrong any more afterwards:
 * every type is in the catalog, every expression compiled, every `when` boolean.
 *
 * A rule about each record of a type has a subject, one record, and a verdict of each:
 *
 *     for_each: TYPE             the subject: `resource` in a `when` and in messages,
 *     facts:                                  $resource in filters
 *       backups:  { from: OTHER, join: { record: KEY, resource: KEY }, where: FILTER }
 *                                which of the other records belong to the subject
 *       rules:    { each: resource.LIST, where: FILTER }
 *                                elements of a list in the subject; FILTER sees one
 *       copies:   { from: OTHER, join: ..., each: LIST, where: FILTER }
 *                                elements of a list in such records
 *
 * Lifetime: the rulebook's arena. Immutable after the load. A rule knows no evidence.
 * Limits: RULE_SUBJECTS_MAX, RULE_PARAMETERS_MAX, RULE_FACTS_MAX, RULE_OUTCOMES_MAX,
 * RULE_KINDS_MAX, RULE_MESSAGE_PARTS_MAX a message, RULE_TESTS_MAX.
 */
#ifndef RULEBOOK_RULE_H
#define RULEBOOK_RULE_H

#include "base/digest.h"
#include "catalog/catalog.h"
#include "jmespath/jmespath.h"

enum {
    RULE_SUBJECTS_MAX = 16, /* types that a rule is about */
    RULE_PARAMETERS_MAX = 64,
    RULE_FACTS_MAX = 64,
    RULE_OUTCOMES_MAX = 64,
    RULE_KINDS_MAX = 8, /* lists of kinds in a commentary */
    RULE_MESSAGE_PARTS_MAX = 256,
    RULE_TESTS_MAX = 1000,
};

enum result {
    RESULT_PASS,
    RESULT_FAIL,
    RESULT_UNKNOWN,
    RESULT_NOT_APPLICABLE,
    RESULT_WAIVED,
    RESULT_COUNT
};

/* Conformity's risk levels; NONE: the rule states none, as many publishers do. */
enum severity {
    SEVERITY_NONE,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH,
    SEVERITY_VERY_HIGH,
    SEVERITY_EXTREME,
    SEVERITY_COUNT
};

enum for_each {
    FOR_EACH_REGION,
    FOR_EACH_ACCOUNT,
    FOR_EACH_RECORD, /* of the rule's subjects */
};

enum fact_kind {
    FACT_COUNT, /* of the records that count */
    FACT_MIN,   /* the least value of an expression over them */
    FACT_MAX,   /* the largest */
};

enum parameter_kind {
    PARAMETER_STRING,
    PARAMETER_NUMBER,
    PARAMETER_BOOLEAN,
    PARAMETER_KIND_COUNT
};

/* What a user may set with --param ID.NAME=VALUE; expressions read it as $NAME. */
struct parameter {
    struct str name;
    struct place place;
    enum parameter_kind kind;
    struct str description;
    struct str_list values; /* the only ones, or none: any */
    json_t *least, *most;   /* of a number; NULL: any */
    json_t *value;          /* the default (null: none), or what was set */
    bool is_set;
};

/* A fact to gather: how many records of a type there are, or how many of them hold; or
 * the least or largest value of those. With `each`, the same of the elements of a list
 * in them, or in the subject.
 *
 * What `where` and `of` see: an element, if there is `each`; else a record of `type`.
 */
struct fact {
    enum fact_kind kind;
    const struct jmespath *of;        /* of a MIN or MAX: a number, or an instant */
    struct str of_text;               /* "" without one */
    struct jmespath_fields of_fields; /* that `of` reads of what it sees */
    bool is_time; /* `of` is a field that the catalog knows for an instant: seconds
                     since 1970 in `when`, UTC where it is printed */
    struct str name;
    struct place place;
    const struct type *type; /* NULL: no `from`, the elements are of the subject */

    /* Which records belong to a subject: those whose key equals the subject's. NULL and
     * "": all of the scope do. */
    const struct jmespath *join_record, *join_resource; /* over a record, a subject */
    struct str join_record_text, join_resource_text;
    struct jmespath_fields join_record_fields, join_resource_fields;

    /* The list whose elements are counted. NULL and "": the records are. With `type` it
     * sees a record; else an object whose one member is `resource`, and its fields are
     * those of the subject. */
    const struct jmespath *each;
    struct str each_text;
    struct jmespath_fields each_fields;

    bool across_regions; /* the records of all regions of the account are counted */

    const struct jmespath *where; /* NULL: every one counts */
    struct str where_text; /* "" without one: what makes two facts the same measure */
    struct jmespath_fields where_fields; /* that `where` reads of what it sees */
    struct jmespath_fields fields; /* of a record, that all of these need but `of`: the
                                      join, `each`, and `where`, where that sees it, or
                                      reads $record */
    const struct rule *bound_to;   /* whose parameters, or time, it reads; else NULL */
    bool reads_now;                /* it reads $now, so not only parameters */
    bool reads_resource;   /* `where` or `of` reads $resource: fields of the subject */
    bool reads_record;     /* they read $record: fields of the record of an element */
    bool accepts_filtered; /* a listing that may have been filtered can be complete for
                              it */
};

/* A message: text and expressions by turns. */
struct message_part {
    struct str text;                   /* when `expression` is NULL */
    const struct jmespath *expression; /* over the facts, account, region, and of a
                                          subject: resource, resource_type */
};

struct message {
    const struct message_part *parts;
    size_t count;
};

struct outcome {
    enum result result; /* not waived; unknown: the rule says that nobody can tell */
    struct place place;
    const struct jmespath *when; /* boolean by its form; NULL in the last row only */
    struct message message;

    /* Of a commentary alone: */
    struct str code;           /* the row's, or the kind; else absent */
    const struct fact *quoted; /* a minimum or maximum: the record that has it is ... */
    struct str quoted_field;   /* ... quoted by that field; NULL: nothing is */
    struct str nothing_there;  /* "no database": what is not there to be judged, so that
                                  reports count such fails apart; absent: something is */
};

/* What a rule says beside its verdict. It is gathered, counted and decided for that
 * alone, and changes no verdict:
 *
 *     kinds:      each record of a type is of one kind, the first whose `when` holds;
 *                 how many there are of a kind is a fact
 *     facts:      of the scope
 *     diagnosis:  of a fail: the first row that holds
 *     cautions:   of a pass: each row that holds
 */
struct commentary {
    const struct rule **kinds; /* each about records; an outcome is a kind, the last
                                  one without `when` */
    size_t kinds_count;
    const struct rule *rule; /* its facts: the kinds, in that order, then those of the
                                scope; its outcomes: the rows of the diagnosis, then
                                the cautions, each with a `when` */
    size_t kind_fact_count, diagnosis_count;
    const struct yaml_node **rows;    /* as those outcomes, whose `when` and message are
                                         not read yet; NULL: they are */
    const struct rule_reader *reader; /* of those */
};

struct rule_test_evidence {
    const struct type *type;
    json_t *records; /* an array of objects */
    bool partial;
};

struct rule_expect {
    struct str resource; /* a subject's id; "*": subjects that the evidence does not
                            show, or the scope; absent: every finding */
    enum result result;
};

struct rule_test {
    struct parameter *parameters; /* the rule's, with those that it sets; or NULL */
    struct str as_of;             /* an instant, for $now; or absent */
    struct str name;
    struct place place;
    const struct rule_test_evidence *evidence;
    size_t evidence_count;
    const struct rule_expect
        *expects; /* of a rule without subjects, one, of the scope */
    size_t expect_count;
};

/* What a rule is mapped to: controls of a framework, as its publisher states it. */
struct mapping {
    struct str framework;
    struct str_list controls; /* none: the publisher names the framework alone */
};

struct rule {
    struct str id, title, pillar, description, rationale, audit, remediation;
    struct str unknown; /* what is not known where it is unknown, behind "not known":
                           "whether AWS Backup is in use"; absent: not told */
    struct str_list services, references, tags;
    struct str publisher; /* whose rule it is; absent: not told */
    const struct mapping *mappings;
    size_t mapping_count;
    enum severity severity;
    enum for_each for_each;
    const struct type **subjects; /* of FOR_EACH_RECORD: the types; else none */
    size_t subject_count;
    struct jmespath_fields subject_fields; /* of a subject, that its `when`s, messages,
                                              joins, `each` and $resource read */
    struct parameter *parameters;
    size_t parameter_count;
    bool reads_now; /* an expression reads $now */
    const struct fact *facts;
    size_t fact_count;
    const struct outcome *outcomes;
    size_t outcome_count;
    const struct commentary *commentary; /* NULL: it explains nothing */
    const struct rule_test *tests;
    size_t test_count;
    const char *path;   /* as printed: "rules/Backup-001.yaml" */
    struct place place; /* of the id in it */
    bool builtin;
    bool is_off;     /* it is judged only if it is asked for */
    struct str pack; /* the folder that it is built in from; absent: none */
    char sha256[DIGEST_HEX_BYTES]; /* of the file */
    struct str text;               /* the file */
};

/* NULL: said in mistakes (which may hold warnings even when it succeeds). `text` is
 * kept: it outlives the rule. */
MUST_USE struct rule *rule_parse(struct arena *arena, const struct catalog *catalog,
                                 const char *path, struct str text,
                                 struct mistakes *mistakes);

/* The same of a file that was parsed before, as `root`, and whose sha256 the caller
 * knows. It was tested when the program was built: nothing is said that would only be
 * hardly meant, or that a run on samples shows. */
MUST_USE struct rule *rule_read(struct arena *arena, const struct catalog *catalog,
                                const char *path, struct str text,
                                const struct yaml_node *root,
                                struct mistakes *mistakes);

/* "Backup-001" of "rules/Backup-001.yaml": the id that the file's rule has. */
struct str rule_stem(const char *path);

/* Whether a rule may have that id: it is a file's name, too. */
bool rule_id_is_right(struct str id);

/* Reads `when` and message of such a row into an outcome, which has the rest. Of any
 * thread. */
void commentary_row_read(struct arena *arena, const struct commentary *commentary,
                         size_t row, struct outcome *outcome);

/* Sets a parameter to what `text` means for its type. False: err says what is wrong. */
MUST_USE bool parameter_set(struct arena *arena, struct parameter *parameter,
                            struct str text, struct error *err);
const char *parameter_kind_name(enum parameter_kind kind); /* "string" */
/* "at least 7 and at most 35" of a parameter that has such bounds; in the arena. */
const char *parameter_range(struct arena *arena, const struct parameter *parameter);
const struct parameter *rule_parameter(const struct rule *rule, struct str name);
/* Of a name that no parameter has: " (did you mean 'NAME'?)", or "". */
const char *parameter_suggestion(struct arena *arena, const struct rule *rule,
                                 struct str name);

/* Whether it judges regions, or records that are listed by region; else accounts. */
bool rule_is_of_region(const struct rule *rule);

const struct fact *rule_fact(const struct rule *rule, struct str name);

/* The index of the fact that the outcome's `when` reads first; fact_count: it reads
 * none, or there is no `when`. */
size_t rule_first_fact(struct arena *arena, const struct rule *rule, size_t outcome);

/* A rule file, for editors: see config/schema.h. */
extern const struct schema rule_schema;

const char *result_name(enum result result);       /* "not_applicable" */
const char *severity_name(enum severity severity); /* "very-high" */

#endif
