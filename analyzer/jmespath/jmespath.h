/*
 * jmespath.h - JMESPath, the AWS CLI's --query language: compile once, run often.
 *
 * A whole program (a test takes it from here, and compiles it with jmespath/ and base/
 * alone, and jansson):
 *
 *     #include "base/excerpt.h"
 *     #include "jmespath/jmespath.h"
 *
 *     #include <stdio.h>
 *
 *     static void query(struct arena *arena, json_t *value, const char *text)
 *     {
 *         const struct jmespath_names variables = { &STR("type"), 1 };
 *         const struct jmespath_options options = { .variables = &variables };
 *         struct jmespath_context *context = jmespath_context_new(arena);
 *         struct error err = { 0 };
 *         struct buf line = BUF_EMPTY(arena);
 *         const struct jmespath *expression;
 *         json_t *result = NULL, *type = json_string("manual");
 *
 *         expression = jmespath_compile_with(arena, str_from(text), &options, &err);
 *         if (expression != NULL) {
 *             jmespath_context_bind(context, STR("type"), type);
 *             result = jmespath_run(expression, value, context, &err);
 *         }
 *         if (result != NULL) {
 *             jmespath_print(result, 0, &line);
 *         } else {
 *             buf_printf(&line, "%s\n", err.message);
 *             excerpt_write(str_from(text), err.column, &line);
 *         }
 *         printf("%s\n", buf_str(&line).text);
 *         jmespath_context_reset(context);
 *         json_decref(type);
 *     }
 *
 *     int main(void)
 *     {
 *         struct arena arena = ARENA_EMPTY;
 *         json_t *value = json_pack("{s: [{s: s, s: s}, {s: s, s: s}]}", "Snapshots",
 *                                   "Id", "a", "Type", "manual",
 *                                   "Id", "b", "Type", "awsbackup");
 *
 *         query(&arena, value, "Snapshots[?Type == $type].{Name: Id}");
 *         query(&arena, value, "let $all = Snapshots in length($all) > `1`");
 *         query(&arena, value, "Snapshots[?Size > 20]");
 *         query(&arena, value, "abs(Snapshots[0].Id)");
 *         json_decref(value);
 *         arena_release(&arena);
 *         return 0;
 *     }
 *
 * It prints:
 *
 *     [{"Name": "a"}]
 *     true
 *     unexpected number '20': write a number between back-ticks: `20`
 *     Snapshots[?Size > 20]
 *                       ^
 *     abs() takes a number, not a string
 *     abs(Snapshots[0].Id)
 *                     ^
 *
 * The language is that of jmespath.org, all of its published suite, with the accepted
 * let and $variables (JEP 18); where the specification is silent, that of the AWS CLI:
 * a literal that is not JSON is a string (`awsbackup` means "awsbackup"), two texts are
 * ordered by code point, and an object keeps the order of its keys. Integers have 64
 * bits; what does not fit is an error, and never another number.
 *
 * An expression goes through four steps, a file each:
 *
 *     text ─ lexer ─► tokens ─ parser ─► nodes ─ run ─► a value ─ print ─► JSON
 *                                          └ view: which fields and variables it reads,
 *                                            whether it is a boolean, what is odd in it
 *
 * Show or judge: a run shows what the AWS CLI would print. Who judges by it makes the
 * context strict. Then what cannot be answered (an order of a text and a number, a
 * field that may hold anything) is an error and never null or false; jmespath_ask()
 * then gives JMESPATH_UNDECIDED, unless the other side of an && or || decides alone:
 *
 *     Status == 'available' && Size > `20`     of {"Status": "deleting", "Size": "?"}
 *     false                    undecided       is FALSE: whatever Size is
 *
 * It is a library of its own: jmespath_compile(), jmespath_equal(), the names of errors
 * and a context's steps are for those who use it so, and for tests; invaudit needs
 * none.
 *
 * Threads: an expression is immutable and may be shared. A context holds what one run
 * needs (values made on the way, variables, limits); each thread has its own.
 * Lifetime: an expression lives in the arena it was compiled into. A result is
 * borrowed: it lives until the next jmespath_context_reset(), or as long as the input;
 * take a reference (json_incref) to keep it longer. Values given are borrowed, and
 * outlive the run. Memory: no allocation of an arena fails (base/arena.h); for
 * jansson's, give it json_set_alloc_funcs(allocate_or_die, free). Limits: those below;
 * what passes one is an error of kind JMESPATH_ERROR_LIMIT.
 */
#ifndef JMESPATH_JMESPATH_H
#define JMESPATH_JMESPATH_H

#include "base/str.h"

#include <jansson.h>
#include <stdint.h>

enum {
    JMESPATH_BYTES_MAX = 64 * 1024, /* of an expression's text */
    JMESPATH_DEPTH_MAX = 128,       /* of an expression, and of values compared */
    /* Of one run. A step is a node evaluated, a value looked at or 16 bytes of text;
     * what is made costs more than what is read, so that steps bound the memory, too:
     * about 400 MB. A context may have a limit of its own. */
    JMESPATH_STEPS_MAX = 10 * 1000 * 1000,
    /* Of a result that was made: values, and 16 bytes of text, of digits beyond 64
     * bits, or of space before one, as one. A value that is in it twice counts twice,
     * as when it is printed. */
    JMESPATH_RESULT_MAX = 4 * JMESPATH_STEPS_MAX,
    JMESPATH_RESULT_DEPTH_MAX = 2048, /* jansson's own limit */
};

struct jmespath;
struct jmespath_context;
struct jmespath_function;
struct jmespath_extension;

/* What kind of mistake an error is: those of the specification, and LIMIT. */
enum jmespath_error_kind {
    JMESPATH_ERROR_NONE,               /* no error, or none of jmespath/ */
    JMESPATH_ERROR_SYNTAX,             /* it does not follow the grammar */
    JMESPATH_ERROR_INVALID_TYPE,       /* an argument has the wrong type */
    JMESPATH_ERROR_INVALID_ARITY,      /* too many or too few arguments */
    JMESPATH_ERROR_INVALID_VALUE,      /* a step of 0; a number out of range */
    JMESPATH_ERROR_UNKNOWN_FUNCTION,   /* there is no such function */
    JMESPATH_ERROR_UNDEFINED_VARIABLE, /* nothing binds $name */
    JMESPATH_ERROR_LIMIT,              /* a limit below: length, depth, steps, result */
    JMESPATH_ERROR_OPEN,               /* it reads an open field: none of the above */
    JMESPATH_ERROR_KIND_COUNT
};

enum jmespath_error_kind jmespath_error_kind(const struct error *err);
/* As the specification writes it: "invalid-type". */
const char *jmespath_error_kind_name(enum jmespath_error_kind kind);

enum jmespath_kind {
    JMESPATH_CURRENT,       /* @ */
    JMESPATH_FIELD,         /* name */
    JMESPATH_LITERAL,       /* literal */
    JMESPATH_VARIABLE,      /* $name */
    JMESPATH_SUBEXPRESSION, /* left . right */
    JMESPATH_PIPE,          /* left | right */
    JMESPATH_INDEX,         /* left [index] */
    JMESPATH_SLICE,         /* left [start:stop:step], then projected through right */
    JMESPATH_FLATTEN,       /* left [], then projected through right */
    JMESPATH_PROJECTION,    /* left [*], through right */
    JMESPATH_VALUES,        /* left .*, through right */
    JMESPATH_FILTER,        /* left [? condition ], through right */
    JMESPATH_COMPARISON,    /* left comparator right */
    JMESPATH_AND,
    JMESPATH_OR,
    JMESPATH_NOT,       /* ! left */
    JMESPATH_LIST,      /* [items...] */
    JMESPATH_HASH,      /* {keys: items...} */
    JMESPATH_CALL,      /* name(items...) */
    JMESPATH_REFERENCE, /* & left */
    JMESPATH_LET,       /* let $keys = items... in right */
};

enum jmespath_comparator {
    JMESPATH_EQ,
    JMESPATH_NE,
    JMESPATH_LT,
    JMESPATH_LE,
    JMESPATH_GT,
    JMESPATH_GE,
};

/* The read-only view of a compiled expression. Where the grammar leaves out an operand,
 * it is a JMESPATH_CURRENT node, never NULL; members that a kind has no use for are 0.
 */
struct jmespath_node {
    enum jmespath_kind kind;
    size_t column; /* of its first token (of the operator, for infix), from 1, in
                      characters */
    size_t depth;  /* of the tree from here on: 1 to JMESPATH_DEPTH_MAX */
    const struct jmespath_node *left, *right, *condition;
    const struct jmespath_node *const *items;
    const struct str *keys; /* of a HASH or LET (without $), one an item */
    size_t item_count;
    size_t slot; /* of a VARIABLE: which binding of a let it is, from 1, or 0: one that
                    the caller binds; of a LET: that of its first */
    struct str name; /* of a FIELD, VARIABLE (without $) or CALL */
    bool quoted;     /* of a FIELD: it was written "name" */
    bool is_instant; /* of a FIELD: it is one of options->instants, if it is the value's
                        own; of a SUBEXPRESSION: it is one; of a LITERAL: its text is an
                        instant, this one: */
    int64_t instant;
    json_t *literal;
    enum jmespath_comparator comparator;
    long index;
    long start, stop, step; /* of a SLICE */
    bool has_start, has_stop;
    const struct jmespath_function *function; /* of a CALL */
    const void *const *prepared; /* of its arguments: see jmespath/extend.h */
};

struct jmespath_names {
    const struct str *names;
    size_t count;
};

struct jmespath_options {
    /* The variables that the caller will bind, without $: then an expression that reads
     * another one does not compile. NULL: a run finds what nothing binds. */
    const struct jmespath_names *variables;
    /* Functions beyond the standard, which outlive the expression: see
     * jmespath/extend.h. NULL: none. */
    const struct jmespath_extension *functions;
    /* Fields of the value itself that are instants, however they are spelled: what they
     * hold is compared with text, numbers and each other by the instants that are meant
     * (base/time.h), and what is none has no answer. "NAME.FIELD" is what is written
     * so, a field of a field or of the variable $NAME. They outlive the expression.
     * NULL: none. */
    const struct jmespath_names *instants;
};

/* NULL: wrong; err->message says why and what was expected, err->column says where
 * (from 1, in characters of `text`). The text is copied. */
MUST_USE const struct jmespath *jmespath_compile(struct arena *arena, struct str text,
                                                 struct error *err);
MUST_USE const struct jmespath *
jmespath_compile_with(struct arena *arena, struct str text,
                      const struct jmespath_options *options, struct error *err);

/* The same expression, with literals of its own: what a run returns may be one, and
 * not every jansson counts references so that threads may share values. */
const struct jmespath *jmespath_copy(struct arena *arena,
                                     const struct jmespath *expression);

const struct jmespath_node *jmespath_root(const struct jmespath *expression);
struct str jmespath_text(const struct jmespath *expression);

/* The fields of the value itself that an expression (or a part of one) reads, each
 * once, in the order of their first reading: of `a.b || length(c[?d])`, a and c. */
struct jmespath_fields {
    struct str *names;
    size_t count;
    bool whole; /* it reads the value whole (@, *, keys(@)), so any field matters */
};

void jmespath_fields(struct arena *arena, const struct jmespath_node *node,
                     struct jmespath_fields *fields);

bool jmespath_fields_have(const struct jmespath_fields *fields, struct str name);

/* The fields that it reads of the field `name` of the value itself: of
 * `name.a.b || f(name.c) || name.a`, a and c. If it reads that field otherwise (as
 * `name` alone, `name.*`, `name | a`), fields->whole, and the node that does so is
 * returned; else NULL. The second: the same of the variable $name, which no let binds.
 */
const struct jmespath_node *jmespath_fields_of_field(struct arena *arena,
                                                     const struct jmespath_node *node,
                                                     struct str name,
                                                     struct jmespath_fields *fields);
const struct jmespath_node *
jmespath_fields_of_variable(struct arena *arena, const struct jmespath_node *node,
                            struct str name, struct jmespath_fields *fields);

/* The FIELD b of `a.b`, a SUBEXPRESSION, and of `a.b[0]`, `a.b[*].c`, `a.b[]`, which
 * are a, a dot and the rest; NULL: another part stands there. */
const struct jmespath_node *jmespath_member(const struct jmespath_node *node);

/* The variables that an expression (or a part of one) reads and that no let in it
 * binds, without $, each once, in the order of their first reading. */
void jmespath_variables(struct arena *arena, const struct jmespath_node *node,
                        struct jmespath_names *variables);

/* Whether an expression is right, but hardly what was meant: a comparison with "text",
 * true, false or null, which are names of fields; !a.b, which is (!a).b. If so, *hint
 * says it, and where. */
bool jmespath_hint(const struct jmespath *expression, struct error *hint);

/* Whether the result can be nothing but a boolean, or null where an ordering compares
 * what has no order: a comparison, a boolean literal, a boolean function (contains,
 * starts_with, ends_with), && || ! of such alone, and a let before such. */
bool jmespath_is_boolean(const struct jmespath_node *node);

struct jmespath_context *jmespath_context_new(struct arena *arena);
/* How many steps each run to come may take; JMESPATH_STEPS_MAX without it. */
void jmespath_context_limit(struct jmespath_context *context, size_t steps);
/* How many the last run took. */
size_t jmespath_context_steps(const struct jmespath_context *context);

/* Gives back every value that runs in this context made, and closes what is open. */
void jmespath_context_reset(struct jmespath_context *context);

/* For judging rather than showing: what has no answer never counts as false. To order
 * (< <= > >=) what has no order, such as a null, or a text and a number, is an error
 * then, and not null; and an operand of &&, || or ! without an answer leaves one where
 * the other operand alone decides what the expression comes to (Kleene's logic). */
void jmespath_context_strict(struct jmespath_context *context);
/* Of a strict context: the field of the value itself may hold anything or nothing in
 * the run to come, whatever it holds; to read it is an error of kind OPEN. `name`
 * outlives the run. */
void jmespath_context_open(struct jmespath_context *context, struct str name);
/* The same of an object that the value holds or a variable is bound to; absent: of each
 * field that the object lacks, or has as null. Only a field by its name is found open:
 * who compiles sees to it that nothing reads it whole. */
void jmespath_context_open_in(struct jmespath_context *context, const json_t *object,
                              struct str name);
/* Whether a run of a context that is not strict ordered what has no order, since it was
 * made; *first says what, and where. */
bool jmespath_context_unordered(const struct jmespath_context *context,
                                struct error *first);

/* Binds $name for the runs to come; `value` is borrowed and must outlive them. */
void jmespath_context_bind(struct jmespath_context *context, struct str name,
                           json_t *value);

/* NULL: the expression does not hold for this value (wrong type for a function, no such
 * variable, a limit passed), said in err; err->column is the place in the expression.
 * The result is borrowed; JSON null is a result.
 */
MUST_USE json_t *jmespath_run(const struct jmespath *expression, json_t *value,
                              struct jmespath_context *context, struct error *err);
/* Whether the expression holds, as jmespath_is_true() has it. */
enum jmespath_truth { JMESPATH_FALSE, JMESPATH_TRUE, JMESPATH_UNDECIDED };
/* UNDECIDED: where jmespath_run() would give NULL, and && and || do not decide all the
 * same (jmespath_context_strict()); said in err. */
MUST_USE enum jmespath_truth jmespath_ask(const struct jmespath *expression,
                                          json_t *value,
                                          struct jmespath_context *context,
                                          struct error *err);
/* As jmespath_run(), for a part of an expression. */
MUST_USE json_t *jmespath_run_node(const struct jmespath_node *node, json_t *value,
                                   struct jmespath_context *context, struct error *err);

/* JMESPath's truth: false, null, "", [] and {} are false; all else, 0 too, is true. */
bool jmespath_is_true(const json_t *value);

/* JMESPath's equality: 1 equals 1.0, no number equals a string, deep for the rest. What
 * is nested deeper than JMESPATH_DEPTH_MAX equals nothing but itself (in a run: an
 * error).
 */
bool jmespath_equal(const json_t *left, const json_t *right);

/* A whole number that 64 bits do not hold, from its digits as in JSON (with a sign, if
 * negative): a real, the nearest, which the context knows to be that number. In its
 * runs it is ordered and compared by its digits, and counts as the real in arithmetic.
 * The caller's reference; the context keeps one until nobody else has any. NULL: it is
 * beyond the largest real. */
MUST_USE json_t *jmespath_integer(struct jmespath_context *context, struct str digits);

/* A value as the AWS CLI prints it in JSON (Python's json.dumps): on one line when
 * `indent` is 0. Numbers keep their kind: 1.0 stays 1.0, 1e16 prints 1e+16, floats with
 * the fewest digits that read back the same. Text outside ASCII stays as UTF-8. */
void jmespath_print(const json_t *value, size_t indent, struct buf *buf);
/* The same inside `depth` arrays and objects, and with all digits of what
 * jmespath_integer() made in the context, which may be NULL. */
void jmespath_print_inside(const struct jmespath_context *context, const json_t *value,
                           size_t indent, size_t depth, struct buf *buf);

#endif
