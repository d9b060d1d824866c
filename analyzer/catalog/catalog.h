/*
 * catalog.h - the resource types and AWS calls that are recognised: data, not code.
 *
 *     rules/catalog.yaml ─ embed.c, when built ─► tables of C ┐
 *     --rules FOLDER/catalog.yaml ─ when run ─────────────────┴─► struct catalog
 *
 *     type AWS::RDS::DBSnapshot          id, arn, fields that AWS always prints
 *       call rds describe-db-snapshots   where its answer holds the records, and what
 *                                        that proves: all, a part, one, nothing
 *
 * A type is what rules judge; a call is how its records come to be in a file. The
 * catalog tells which type a document or a record is of, what a field that is not there
 * means, and which command would fetch what is missing.
 *
 * How to add a type or a call: an entry in rules/catalog.yaml; invaudit-catalog(5)
 * describes the keys. How to add a key: here, in catalog_keys.c, catalog_read.c, and in
 * catalog_print.c, where the compiler misses it.
 *
 * It knows no evidence and no rules. Lifetime: everything lives in the arena, or in
 * tables, and is immutable after catalog_finish().
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "base/pattern.h"
#include "base/table.h"
#include "config/check.h"

/* The scope in which a type's listing is complete or not. */
enum level { LEVEL_REGION, LEVEL_ACCOUNT, LEVEL_NONE, LEVEL_COUNT };

enum field_kind {
    FIELD_STRING,
    FIELD_NUMBER,
    FIELD_BOOLEAN,
    FIELD_ARRAY,
    FIELD_OBJECT,
    FIELD_KIND_COUNT,
    FIELD_ANY = FIELD_KIND_COUNT /* nothing tells its kind */
};

/* What a call's answer is, from what proves most to what proves least. */
enum gives {
    GIVES_WHOLE,   /* the listing of its scope */
    GIVES_PART,    /* the part of it that belongs to one parent */
    GIVES_ONE,     /* a record, never a listing */
    GIVES_NOTHING, /* a request or a receipt: it proves nothing */
    GIVES_COUNT
};

/* Where in the answer the records are. */
enum answer {
    ANSWER_LIST,     /* in an array: the member `list` */
    ANSWER_DOCUMENT, /* the document itself is the record */
    ANSWER_MAP,      /* an object is the one record: the member `list` */
};

struct type;

/* Of what no call prints: how its records are made of other types' (judge/made.h). */
enum derive {
    DERIVE_NONE,
    DERIVE_BACKUP_ASSIGNMENT,   /* a database, a backup plan and a selection of it */
    DERIVE_DATABASE_PROTECTION, /* a database, and a state that it may be in */
    DERIVE_COUNT
};

/* What a word of an option means: an answer that was asked with it is the listing of
 * the records whose field has that value, and of no others. */
struct option_word {
    struct str option, word; /* "--snapshot-type", "awsbackup" */
    struct str field, value; /* "SnapshotType", "awsbackup" */
};

struct call {
    const struct type *type;
    struct place place;
    struct str name;               /* "rds describe-db-snapshots" */
    struct str service, operation; /* "rds", "describe-db-snapshots" */
    struct str_list names;         /* other names that files of it have, as operation */
    struct str title;              /* "the definition of a backup plan" */
    struct str permission; /* "rds:DescribeDBSnapshots", or absent: needs none */
    struct str arguments;  /* to add when it is to be run, or absent */
    enum answer answer;
    struct str list;            /* of a LIST or MAP: the envelope's key */
    struct str_list has, lacks; /* of a DOCUMENT: its keys */
    struct str_list record_has; /* of a LIST whose key another call shares: its records
                                   have one of these, the other's none; */
    struct str_list record_lacks; /* if such fields do not tell it alone: none of its
                                     records has one of these, either */
    struct str_list silent;       /* fields of the type that its records never have: one
                                     of them that is not there is not known to be absent */
    bool alone; /* nothing stands beside that in the answer but a token */
    enum gives gives;
    bool may_fail; /* AWS refuses it where there is nothing to tell: no problem */
    struct str absent_on; /* of a WHOLE or PART: the code of the error by which AWS says
                             that there is nothing; or absent */
    const struct option_word *options; /* the words whose meaning is known */
    size_t option_count;
    struct str option; /* of a ONE, "--backup-plan-id": how the CLI is told the id of
                          the record. With it the answer is a detail: it tells of a
                          record what the listing of its type does not */
    const struct type *parent_type; /* of a PART: what it is a part by; of a detail:
                                       what the CLI is to be told, too; else NULL */
    struct str parent_name;         /* its name, and where that stands */
    struct place parent_place;
    struct str parent_key;    /* the record's field that names the parent; absent: its
                                 records name none, only a file's name can */
    struct str parent_option; /* "--backup-plan-id", or absent */
};

struct type_field {
    struct str name;
    enum field_kind kind;
};

struct from_id {                /* what an id alone proves about its record */
    struct str pattern, fields; /* an object, as JSON */
};

struct type {
    struct str name;  /* "AWS::RDS::DBSnapshot" */
    struct str title; /* "DB snapshots", as in a sentence */
    size_t index;     /* in catalog->types */
    struct place place;
    enum level level;
    struct str id, arn;  /* fields; may be absent */
    struct str arn_form; /* a pattern: what the text of `arn` looks like; or absent */
    struct str_list told_by; /* fields that, in a record of unknown type, tell this
                                type: by default its id and arn */
    struct str_list told_with,
        told_without; /* if it has these, and has none of those */
    const struct type_field *always;
    size_t always_count;
    struct str_list time;
    const struct type_field *fields; /* the others that AWS may print */
    size_t field_count;
    struct str_list narrowed_by; /* fields by which a listing may have been narrowed: if
                                    all its records share one value, it is said aloud */
    const struct from_id *from_id;
    size_t from_id_count;
    enum derive derive;
    struct str_list inputs; /* of a derived type: the types that it is made of */
    struct str_list silent; /* what one of its calls or another is silent about */
    const struct call *const *calls;
    size_t call_count;
};

/* What name.c searches: the words of rules/aws-services.txt and
 * rules/aws-operations.txt. */
struct aws_words {
    struct str services;   /* "amp aps\n...": a line each, first its command */
    struct str operations; /* "list-tags backup lambda\n...": in the order of their
                              letters, hyphens left out */
};

struct catalog {
    struct arena *arena;
    const struct type **types; /* in the order of the files: it decides which type a
                                  record tells */
    size_t type_count, type_capacity;
    const struct call **calls;
    size_t call_count, call_capacity;
    struct call **unresolved; /* whose parent is a name yet */
    size_t unresolved_count, unresolved_capacity;
    bool *is_parent;      /* one a type; after the end */
    struct table lists;   /* from the key of a LIST to a struct call_list */
    struct aws_words aws; /* absent: the catalog's own are all that are known */
};

struct call_list {
    const struct call **items;
    size_t count, capacity;
};

/* A catalog that was checked and finished before, as catalog_print() prints it. It is
 * every thread's and every catalog's, and nobody writes to it. */
struct catalog_tables {
    const struct type *types;
    size_t type_count;
    const struct call *calls;
    size_t call_count;
    struct aws_words aws;
};

/* What a file may hold, for editors: it is printed from the tables that check it. */
struct schema;
extern const struct schema catalog_schema;

struct catalog *catalog_new(struct arena *arena);

/* What a file of them holds behind its comments, which come first. */
struct str aws_words_of(struct str file);

/* First of all. */
void catalog_add_tables(struct catalog *catalog, const struct catalog_tables *tables);

/* Adds the file's types; says all that is wrong in mistakes. `path` is as printed. */
void catalog_add(struct catalog *catalog, const char *path, struct str text,
                 struct mistakes *mistakes);

/* One type, and one call of the type that was added last. */
void catalog_put_type(struct catalog *catalog, const struct type *type);
void catalog_put_call(struct catalog *catalog, const struct call *call);

/* Once, when every file was added: resolves parents. */
void catalog_finish(struct catalog *catalog, struct mistakes *mistakes);

const struct type *catalog_type(const struct catalog *catalog, struct str name);
const struct call *catalog_call(const struct catalog *catalog, struct str name);

/* " (did you mean 'AWS::RDS::DBSnapshot'?)" behind a name that is not a type's, or "".
 */
const char *catalog_suggestion(const struct catalog *catalog, struct arena *arena,
                               struct str name);

/* Whether another type's call names it as its parent. */
bool catalog_is_parent(const struct catalog *catalog, const struct type *type);

/* The calls whose answers are a list with this key, or NULL. */
const struct call_list *catalog_list(const struct catalog *catalog, struct str key);

/* Whether `type` has a field of this name: id, arn, always, time, fields, told_by,
 * narrowed_by, a parent key of one of its calls. */
bool type_has_field(const struct type *type, struct str field);

/* All of them, each once: first the id, the ARN and what AWS always prints. Their
 * kinds' names are those of a catalog; of FIELD_ANY "any". */
struct str_list type_fields(struct arena *arena, const struct type *type);
const char *field_kind_name(enum field_kind kind);
const char *level_name(enum level level);

const struct type_field *type_always(const struct type *type, struct str field);

/* The kind of value that AWS prints in the field, where it prints it; FIELD_ANY: the
 * catalog does not say. So of times, which are text or numbers. */
enum field_kind type_field_kind(const struct type *type, struct str field);
bool field_kind_matches(enum field_kind kind, const json_t *value);

/* The call that an object without a list is an answer of, or NULL: the file's own
 * (`named`, or NULL); else of the calls of one type that print such an object, the one
 * whose answer proves least. `fields` are those of its members that are read. */
const struct call *catalog_document(const struct catalog *catalog, const json_t *fields,
                                    size_t member_count, const struct call *named);

/* What may stand beside a call's answer: its token, and what other SDKs add. */
enum { BESIDE_COUNT = 4 };
extern const char *const members_beside[BESIDE_COUNT];

/* The type that a record of unknown origin tells by having one of a type's told_by
 * fields, the first in the catalog's order; or NULL. */
const struct type *catalog_record(const struct catalog *catalog, const json_t *record);

#endif
