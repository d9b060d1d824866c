/*
 * gaps.h - private to json/: the bytes between one value and the next, which are the
 * same from record to record, and so are checked once.
 *
 *     {"Id": "s-1", "Type": "manual", "Port": 5432}
 *     ^^^^^^^     ^^^^^^^^^^        ^^^^^^^^^^    ^
 *
 * A gap is all that stands before, between and behind the values in one value: blanks,
 * a comma, a key and its colon, a bracket or brace. Each one that was found right is
 * kept, with the key that is in it and what it opens or closes. It points at the two
 * that followed it last, so that the reader makes a guess or two and needs no look-up:
 *
 *     `{"Id": ` --next--> `, "Type": ` --next--> `, "Port": ` --next--> `}`
 *                              |                                         ^
 *                              +---other---------------------------------+
 *                                  (some records have no Port)
 *
 *     gap = last->next;
 *     if (gap->place == place && ... its bytes are at `at`)
 *         at += gap->len;
 *     else
 *         gap = gaps_learn(&gaps, last, &found, bytes);
 *
 * Why that is right: what a gap does depends on nothing but its bytes and the place
 * where it begins, and both are compared, all of them. What comes behind it was not
 * looked at, and is. `next` and `other` only guess: a wrong guess costs time.
 *
 * Memory: GAPS_MAX gaps; one that finds no room takes that of another.
 */
#ifndef JSON_GAPS_H
#define JSON_GAPS_H

#include "json/known.h"
#include "json/skip.h"

enum { GAP_BYTES = 64, GAPS_MAX = 512, GAP_TRIES = 4 };

/* Where a gap begins. */
enum gap_place {
    GAP_IN_ARRAY,  /* behind a value in an array */
    GAP_IN_OBJECT, /* behind a value in an object */
    GAP_OPENING,   /* with the bracket or brace of a value */
    GAP_NOWHERE,   /* of `nowhere`, which no text has */
    GAP_MANY_KEYS, /* behind a value in an object of so many keys that the next may be
                      one too many: no gap begins there, so each key is counted */
};

struct gap {
    char bytes[GAP_BYTES];    /* zeros behind them */
    char mask[SKIP_BLOCK];    /* of the last block, the bytes that it has */
    struct gap *next, *other; /* what may follow its value */
    struct known_key *key;    /* the key in it, or NULL */
    uint8_t len, place, line_ends;
    uint8_t last;   /* where its last block starts */
    bool is_object; /* GAP_OPENING: what it opens */
    bool closes;    /* the array or object in which it begins */
};

struct gaps {
    struct arena arena;
    struct gap nowhere;   /* what `next` is before anything followed */
    struct gap start;     /* comes before the first gap of a value */
    struct gap unlearned; /* comes before what follows a gap that is not kept */
    struct gap *slots[GAPS_MAX];
    bool is_off; /* for the fuzz target: nothing is learned */
};

/* Before its first use too. */
void gaps_forget(struct gaps *gaps);

/* A gap that was found right comes behind `last` from now on, and is returned; or
 * `unlearned`, if it is too long to be kept. */
struct gap *gaps_learn(struct gaps *gaps, struct gap *last, const struct gap *found,
                       struct str bytes);

#endif
