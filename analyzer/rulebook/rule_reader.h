/*
 * rule_reader.h - private to rulebook/: what the parts of a rule file are read with.
 *
 * Each part says all that is wrong with it in reader->mistakes, and the rest is read
 * all the same, so that every mistake of a file is reported at once.
 */
#ifndef RULEBOOK_RULE_READER_H
#define RULEBOOK_RULE_READER_H

#include "rulebook/rule.h"

struct rule_reader {
    struct arena *arena;
    const struct catalog *catalog;
    struct mistakes *mistakes;
    struct rule *rule; /* being made */

    /* What `when` and messages may read: the facts as they are named in the file, good
     * ones and bad, then account and region. */
    const char **names;
    bool *was_read; /* one a name */
    size_t name_count;
    json_t *sample; /* a value for each name */
    struct jmespath_context *context;
    json_t *now;         /* a sample of $now */
    bool reads_variable; /* the expression that was compiled last reads $now or a
                            parameter */
    bool reads_now;      /* that one reads $now */
    size_t
        hint_column; /* of what jmespath_hint() said of that expression; 0: nothing */
    bool reads_unknown; /* an expression was wrong: nobody knows which facts it reads */
};

/* An expression as it is written: `text` lies within the text of `node`. */
struct written {
    struct rule_reader *reader;
    const struct yaml_node *node;
    struct str text;
};

/* It sees a record of `type`, or of NULL. NULL: said in mistakes. */
MUST_USE const struct jmespath *expression_compile(const struct written *written,
                                                   const struct type *type);

/* The same for an expression that sees the facts, account and region: it may read
 * nothing else. */
MUST_USE const struct jmespath *
expression_compile_over_facts(const struct written *written);

/* What is wrong with the comparisons of an expression, or hardly meant: kinds that
 * never meet, what is always true. `type`: of the record that it sees; NULL: it sees
 * facts. */
void comparisons_check(const struct written *written, const struct jmespath *expression,
                       const struct type *type);

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

/* Behind the quoted text that opens at `at`: JMESPath's '…', "…" or `…`. */
size_t quoted_end(struct str text, size_t at);

/* Where what was opened before `at` closes, whatever stands in quotes; SIZE_MAX:
 * nowhere. */
size_t closing_end(struct str text, size_t at, char open, char close);

/* From 1, in characters. */
size_t column_of(struct str text, size_t offset);

void parameters_read(struct rule_reader *reader, const struct yaml_node *node);
/* The variables that an expression may read: $now and the rule's parameters. */
struct jmespath_names variables_declared(struct rule_reader *reader);
/* Notes whether an expression reads any. */
void variables_note(struct rule_reader *reader, const struct jmespath *expression);

void facts_read(struct rule_reader *reader, const struct yaml_node *node);
/* `facts`: the node of the rule's facts, or NULL. */
void outcomes_read(struct rule_reader *reader, const struct yaml_node *node,
                   const struct yaml_node *facts);
void message_read(struct rule_reader *reader, const struct yaml_node *node,
                  struct message *message);
void tests_read(struct rule_reader *reader, const struct yaml_node *node);

#endif
