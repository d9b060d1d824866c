/*
 * shape.h - private to json/: the bytes between one value's end and the next one's
 * start, which are the same from record to record.
 *
 *     gap = last->next;
 *     if (gap->place == place && ... its bytes are at `at`)
 *         at += gap->len;          the comma, the blanks, the key, the colon
 *     else
 *         gap = shape_learn(&shape, last, &found, bytes);
 *
 * What a gap does depends on nothing but its bytes and the place where it begins. Bytes
 * that were found right there once are right there again, and need no second check;
 * what comes behind them was not looked at, and does.
 *
 * `next` and `other` only guess. A wrong guess costs time: it is the place and all the
 * bytes that decide.
 *
 * Memory: SHAPE_SLOTS gaps at most; one that finds no room takes that of another.
 */
#ifndef JSON_SHAPE_H
#define JSON_SHAPE_H

#include "json/known.h"

enum { GAP_BYTES = 64, SHAPE_SLOTS = 512, SHAPE_TRIES = 4 };

/* Where a gap begins. */
enum gap_place {
    GAP_IN_ARRAY,  /* behind a value in an array */
    GAP_IN_OBJECT, /* behind a value in an object */
    GAP_OPENING,   /* with the bracket or brace of a value */
    GAP_NOWHERE,   /* it is no gap */
    GAP_CROWDED,   /* no gap begins in an object of so many keys */
};

struct gap {
    char bytes[GAP_BYTES];    /* zeros behind them */
    uint64_t last_mask;       /* of the last eight bytes, those that it has */
    struct gap *next, *other; /* what may follow its value */
    struct known_key *key;    /* the key in it, or NULL */
    uint8_t len, place;
    bool is_object; /* GAP_OPENING: what it opens */
    bool closes;    /* the array or object in which it begins */
};

struct shape {
    struct arena arena;
    struct gap nowhere, start, unlearned;
    struct gap *slots[SHAPE_SLOTS];
    bool is_off; /* for tests: nothing is learned */
};

/* Before its first use too. */
void shape_forget(struct shape *shape);
void shape_release(struct shape *shape);

/* The gap that comes first in a value follows this. */
static inline struct gap *shape_start(struct shape *shape)
{
    return &shape->start;
}

/* A gap that was found right: it comes behind `last` from now on, and is returned. What
 * is too long comes behind nothing. */
struct gap *shape_learn(struct shape *shape, struct gap *last, const struct gap *found,
                        struct str bytes);

/* What comes behind `last` is not to be learned. */
static inline struct gap *shape_unlearned(struct shape *shape)
{
    return &shape->unlearned;
}

#endif
