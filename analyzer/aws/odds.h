/*
 * odds.h - private to aws/: whether something holds, where guides can be read in
 * several ways, and inputs may not be known.
 *
 *     selected = odds_and(matches, odds_not(excluded));
 *
 * A way to read the guides that may matter at several places of one selection, such as
 * what ? stands for, is the same at all of them. So each of these is a choice, and all
 * their combinations are WORLDS: a bit for each, in which it may hold, and in which it
 * may fail. In one world both bits mean that it is not known: an input is missing, or a
 * doubt that stands at one place alone.
 *
 *              the world's bit in    may   may_not
 *     it holds                        1       0
 *     it does not                     0       1
 *     not known                       1       1
 */
#ifndef AWS_ODDS_H
#define AWS_ODDS_H

#include <stdbool.h>
#include <stdint.h>

/* The worlds in which ... There are 32: all combinations of five choices. */
#define WORLDS_ALL             0xffffffffu
#define WORLDS_WILDCARD_INSIDE 0xaaaaaaaau /* a * inside an ARN works */
#define WORLDS_QUESTION_MARK   0xccccccccu /* ? stands for one character */
#define WORLDS_WHITE_SPACE     0xf0f0f0f0u /* * stands for white space, too */
/* A key without its prefix in Conditions is the tag's, or no tag's; and then the
 * condition is that of a missing tag, or never holds. */
#define WORLDS_KEY_OF_NONE 0xff00ff00u
#define WORLDS_KEY_NEVER   0xffff0000u

struct odds {
    uint32_t may, may_not;
};

static inline struct odds odds_of(uint32_t worlds) /* holds in these, in no other */
{
    return (struct odds){ worlds, ~worlds };
}

static inline struct odds odds_if(bool holds)
{
    return odds_of(holds ? WORLDS_ALL : 0);
}

static inline struct odds odds_maybe(void)
{
    return (struct odds){ WORLDS_ALL, WORLDS_ALL };
}

static inline struct odds odds_not(struct odds odds)
{
    return (struct odds){ odds.may_not, odds.may };
}

static inline struct odds odds_and(struct odds left, struct odds right)
{
    return (struct odds){ left.may & right.may, left.may_not | right.may_not };
}

static inline struct odds odds_or(struct odds left, struct odds right)
{
    return (struct odds){ left.may | right.may, left.may_not & right.may_not };
}

/* `inside` in these worlds, `outside` in the others. */
static inline struct odds odds_choose(uint32_t worlds, struct odds inside,
                                      struct odds outside)
{
    return (struct odds){ (inside.may & worlds) | (outside.may & ~worlds),
                          (inside.may_not & worlds) | (outside.may_not & ~worlds) };
}

#endif
