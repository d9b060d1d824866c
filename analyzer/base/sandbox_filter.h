/*
 * sandbox_filter.h - private to base/sandbox.c: the programs that the kernel runs
 * before each call to the system. seccomp.c prints them when the program is built.
 */
#ifndef BASE_SANDBOX_FILTER_H
#define BASE_SANDBOX_FILTER_H

#include <linux/filter.h>
#include <stddef.h>

enum { SANDBOX_USUAL, SANDBOX_STRICT, SANDBOX_FILTERS };

struct sandbox_filter {
    struct sock_filter *items; /* only read: the kernel's structure has no const; NULL:
                                  none for this machine */
    size_t count;
};

extern const struct sandbox_filter sandbox_filters[SANDBOX_FILTERS];

#endif
