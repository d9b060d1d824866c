/*
 * rule_reader.h - private to rulebook/: what the parts of a rule file are read with.
 *
 * Each part says all that is wrong with it in reader->mistakes, and the rest is read
 * all the same, so that every mistake of a file is reported at once.
 */
#ifndef RULEBOOK_RULE_READER_H
#define RULEBOOK_RULE_READER_H

#include "config/schema.h"
#include "rulebook/rule.h"

struct rule_reader {
    struct arena *arena;
    const struct catalog *catalog;
    struct mistakes *mistakes;
    struct rule *rule; /* being made */

    /* What `when` and messages may read: the facts as they are named in the file, good
     * ones and bad; then account and region, and of a rule about each record resource
     * and resource_type. */
    const char **names;
    bool *was_read; /* one a name */
    size_t name_count, fact_name_count;
    bool *was_parameter_read; /* one a parameter */
    json_t *sample;           /* a value for each name */
    struct jmespath_context *context;
    struct str_list subject_times; /* "resource.FIELD": instants of the subjects */
    bool is_about_unknown; /* for_each is wrong: nobody knows what the rule is about */
    json_t *now;           /* a sample of $now */
    bool reads_variable;   /* the expression that was compiled last reads $now or a
                              parameter */
    bool reads_now;        /* that one reads $now */
    size_t
        hint_column; /* of what jmespath_hint() said of that expression; 0: nothing */
    bool reads_unknown; /* an expression was wrong: nobody knows which facts it reads */
    struct str_list kinds; /* of a commentary: its first facts */
    bool is_checked; /* it is known to be right but for what it means: it was checked
                        when the program was built and tested */
};

/* An expression as it is written: `text` lies within the text of `node`. */
struct written {
    struct rule_reader *reader;
    const struct yaml_node *node;
    struct str text;
};

/* What an expression sees. */
struct sight {
    enum {
        SEES_FACTS,   /* the rule's facts and what else `when` may read */
        SEES_RECORD,  /* a record of `type`; NULL: that is what was wrong */
        SEES_SUBJECT, /* a subject of the rule */
        SEES_ELEMENT, /* an element of a list: nothing is known of it */
    } of;
    const struct type *type;
};

/* NULL: said in mistakes. */
MUST_USE const struct jmespath *expression_compile(const struct written *written,
                                                   struct sight sight);

/* The same for an expression that sees the facts, account and region: it may read
 * nothing else. */
MUST_USE const struct jmespath *
expression_compile_over_facts(const struct written *written);

/* What is wrong with the comparisons of an expression, or hardly meant: kinds that
 * never meet, what is always true. */
void comparisons_check(const struct written *written, const struct jmespath *expression,
                       struct sight sight);

/* Warns of fields that the catalog does not list for the type that is seen, and of an
 * expression that reads none. */
void fields_check(const struct written *written, const struct jmespath *expression,
                  struct sight sight, const struct jmespath_fields *fields);

/* Adds to the fields those that are not among them. */
void fields_add(struct arena *arena, struct jmespath_fields *fields,
                const struct jmespath_fields *others);

/* Whether the right side of a node sees what the node sees. */
bool right_sees_value(const struct jmespath_node *node);

/* " (did you mean 'Engine'?)", of every field that the catalog lists for a type, or "".
 */
const char *field_suggestion(struct arena *arena, const struct type *type,
                             struct str field);

/* A mistake at its column-th character, from 1. */
void expression_error(const struct written *written, size_t column, const char *format,
                      ...) PRINTF_LIKE(3, 4);
void expression_warning(const struct written *written, size_t column,
                        const char *format, ...) PRINTF_LIKE(3, 4);

/* The place of the field `name` of the value itself in an expression; 1 if it is not
 * there. */
size_t expression_field_column(const struct jmespath *expression, struct str name);

/* The place of the field in `of.field`, where `of` is a FIELD or a VARIABLE; 1 if it is
 * not there. */
size_t expression_member_column(const struct jmespath *expression,
                                enum jmespath_kind kind, struct str of,
                                struct str field);

/* Behind the quoted text that opens at `at`: JMESPath's '…', "…" or `…`. */
size_t quoted_end(struct str text, size_t at);

/* Where what was opened before `at` closes, whatever stands in quotes; SIZE_MAX:
 * nowhere. */
size_t closing_end(struct str text, size_t at, char open, char close);

/* From 1, in characters. */
size_t column_of(struct str text, size_t offset);

/* Once, before the rest of the rule: what it is about. */
void for_each_read(struct rule_reader *reader, const struct yaml_node *node);

/* Of an expression that reads `resource` or $resource (a variable): false, it does so
 * in a way that is wrong, which was said. What it reads is added to the rule's fields
 * of a subject, and to `fields`, which were empty. */
MUST_USE bool subject_check(const struct written *written,
                            const struct jmespath *expression, bool is_variable,
                            struct jmespath_fields *fields);

/* Whether a type that the rule is about has the field. */
bool subject_has_field(const struct rule *rule, struct str field);

/* How the rule's `each` and `join` are to be read: see rule.h. `node` is the fact's. */
void join_read(struct rule_reader *reader, const struct yaml_node *node,
               struct fact *fact);
void each_read(struct rule_reader *reader, const struct yaml_node *node,
               struct fact *fact);
/* What $resource and $record read in `where` or `of`. False: it is wrong, and was said.
 */
MUST_USE bool around_check(const struct written *written,
                           const struct jmespath *expression, struct fact *fact);

void parameters_read(struct rule_reader *reader, const struct yaml_node *node);
/* When all expressions were compiled: which parameters none of them reads. */
void parameters_warn_of_unread(struct rule_reader *reader);
/* Which variables an expression may read beside $now and the rule's parameters. */
enum around {
    AROUND_NOTHING,
    AROUND_RESOURCE, /* $resource */
    AROUND_RECORD,   /* and $record */
};
struct jmespath_names variables_declared(struct rule_reader *reader,
                                         enum around around);
/* Notes whether an expression reads $now or a parameter. */
void variables_note(struct rule_reader *reader, const struct jmespath *expression);

/* Whether the node's text can name a fact; false: it cannot, and that was said. */
bool fact_name_check(struct rule_reader *reader, const struct yaml_node *node);
void facts_read(struct rule_reader *reader, const struct yaml_node *node);
/* `facts`: the node of the rule's facts, or NULL. */
void outcomes_read(struct rule_reader *reader, const struct yaml_node *node,
                   const struct yaml_node *facts);
/* Boolean by its form; NULL: it is not, or wrong, and that was said. */
const struct jmespath *when_read(struct rule_reader *reader,
                                 const struct yaml_node *node);
void commentary_read(struct rule_reader *of, const struct yaml_node *node);
void message_read(struct rule_reader *reader, const struct yaml_node *node,
                  struct message *message);
void tests_read(struct rule_reader *reader, const struct yaml_node *node);

extern const char *const result_names[]; /* by enum result: "pass" */

/* What an editor is told of each part (rule_schema in rule.h); each stands beside the
 * keys that the part is read by. */
extern const struct schema join_schema, facts_schema, outcome_schema, result_schema,
    parameters_schema, commentary_schema, test_schema;
extern const struct schema schema_expression; /* text in JMESPath */
extern const struct schema schema_type;       /* a name of the catalog's */

#endif
