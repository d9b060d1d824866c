/*
 * run.h - one run of an expression, and what it does with values; private to jmespath/.
 *
 * A value has one of three owners: the input, the expression (a literal), or the
 * context, which keeps what the run made until it is reset. So every json_t here is
 * borrowed, and may be part of another. A function that gives NULL or false has said
 * why in run->err. Limits: run->steps_left goes down with every node evaluated and
 * every value or TEXT_BYTES_A_STEP bytes handled, so that no run is endless. What a run
 * made hangs on the context, the inner before the outer.
 */
#ifndef JMESPATH_RUN_H
#define JMESPATH_RUN_H

#include "base/table.h"
#include "jmespath/jmespath.h"

enum {
    TEXT_BYTES_A_STEP = 16, /* read */
    STEPS_TO_MAKE = 4,      /* a list or text; as many as to read the same */
    STEPS_TO_MAKE_KEY = 8,  /* an object, or a key of one */
    COMPARISONS_A_STEP = 4, /* of sorting */
};

/* What walking values found. */
enum walked { WALKED_NO, WALKED_YES, WALKED_TOO_DEEP, WALKED_TOO_FAR };

/* A field that may hold anything: of that object, or (NULL) of the value itself. */
struct open_field {
    const json_t *object;
    struct str name;
};

struct binding {
    struct str name;
    json_t *value;
};

/* The reals that stand for integers beyond 64 bits, and their digits. What nobody else
 * holds any more is dropped when there is `count_max` of them. */
struct digits {
    struct arena arena;
    struct table table; /* by the value's address */
    json_t **numbers;   /* that are in it: a reference to each, so none has the address
                           of another */
    size_t count, capacity, count_max;
};

void digits_release(struct digits *digits);
/* Absent: it is no such number, or `digits` is NULL. */
struct str digits_of(const struct digits *digits, const json_t *value);
/* Of two numbers that are the same as far as a real tells. */
int digits_order(const struct digits *digits, const json_t *left, const json_t *right);

struct jmespath_context {
    struct arena *arena;
    struct arena scratch;
    json_t **made; /* in the order of making */
    size_t made_count, made_capacity;
    struct binding *bindings;
    size_t binding_count, binding_capacity;
    json_t **slots; /* what the lets around the node bind; NULL: nothing */
    size_t slot_capacity;
    size_t steps_max, steps; /* of a run; of the last */
    bool strict;
    struct open_field *open;
    size_t open_count, open_capacity;
    json_t **instants; /* what the run read of fields that are; borrowed */
    size_t instant_count, instant_capacity;
    struct digits digits;
    struct error unordered; /* the first, of a context that is not strict */
};

/* NULL: the caller bound no such variable. */
struct binding *context_binding(const struct jmespath_context *context,
                                struct str name);

struct run {
    struct jmespath_context *context;
    struct error *err;
    size_t steps_max, steps_left;
    const json_t *root; /* the value that it runs on */
};

/* NULL on error. */
json_t *evaluate(struct run *run, const struct jmespath_node *node, json_t *value);

MUST_USE bool run_charge(struct run *run, const struct jmespath_node *node,
                         size_t steps);
/* For text that is read, or made: STEPS_TO_MAKE times as many bytes. */
MUST_USE bool run_charge_text(struct run *run, const struct jmespath_node *node,
                              size_t bytes);
/* For an object's key that is made. */
MUST_USE bool run_charge_key(struct run *run, const struct jmespath_node *node,
                             size_t bytes);
/* Says that a walk stopped early; always returns NULL. */
json_t *run_stopped(struct run *run, const struct jmespath_node *node,
                    enum walked walked, int depth_max);
/* Gives the context a new value, and returns it. */
json_t *run_keep(struct run *run, json_t *made);
/* Memory until the context is reset. */
struct arena *run_scratch(struct run *run);
/* Says why there is no result, and where; always returns NULL. */
json_t *run_wrong(struct run *run, enum jmespath_error_kind kind, size_t column,
                  const char *format, ...) PRINTF_LIKE(4, 5);

/* A field of the value that the run is of, which is an instant if it is text or a
 * number. */
void run_note_instant(struct run *run, json_t *value);
/* Whether a comparison is of instants: one side was noted, and the other is text or a
 * number. */
bool run_is_of_instants(const struct run *run, const json_t *left, const json_t *right);
/* That comparison: NULL where a side is no instant. */
json_t *run_compare_instants(struct run *run, const struct jmespath_node *node,
                             const json_t *left, const json_t *right);

/* What a comparison says of operands that are ordered so: negative, 0 or positive. */
bool order_satisfies(enum jmespath_comparator comparator, int order);
const char *comparator_text(enum jmespath_comparator comparator);

/* Whether both are equal; takes from *steps_left. `digits` may be NULL. */
enum walked values_equal(const struct digits *digits, const json_t *left,
                         const json_t *right, size_t *steps_left);
/* Whether a result can be walked within these limits; takes from *steps_left as much as
 * it is when it is printed. `depth_max`: JMESPATH_RESULT_DEPTH_MAX, less the depth. */
enum walked value_walk(const struct digits *digits, const json_t *value,
                       size_t depth_max, size_t *steps_left);
/* As values_equal(); false: a limit. */
MUST_USE bool run_equal(struct run *run, const struct jmespath_node *node, json_t *left,
                        json_t *right, bool *equal);

/* Two numbers or two strings: negative, 0 or positive. Text goes by code point. */
int values_order(const struct digits *digits, const json_t *left, const json_t *right);

struct str value_text(const json_t *string);
/* An object may be iterated through this, and not changed. */
json_t *value_to_iterate(const json_t *value);

/* What it is, in a sentence: "an array", "a string", "null". */
const char *value_named(const json_t *value);

/* As Python's json.dumps(separators=(',', ':')), with \u escapes for what is outside
 * ASCII: what to_string() gives. */
void value_print_compact(const struct digits *digits, const json_t *value,
                         struct buf *buf);

#endif
