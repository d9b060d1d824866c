/*
 * progress.h - how far a run has come, written by its threads and read by another.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    atomic_size_t sources; /* to be read; 0: not known yet */
    atomic_size_t sources_done;
    atomic_uint_least64_t
        bytes; /* of all of them, when they were listed; 0: not known */
    atomic_uint_least64_t bytes_done;
};

#endif
