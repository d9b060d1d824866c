/*
 * signals.h - hold back the signals that would end the program while it has something
 * unfinished on the disk.
 *
 *     struct held_signals held;
 *     signals_hold(&held);
 *     ... if (signals_wait(&held)) undo it, and stop early ...
 *     signals_release(&held);   // one that waited ends the program here
 *
 * Every signal that ends a program by default is held. A signal that is ignored (as
 * under nohup) stays so, and one that has a handler keeps it. It is for the thread that
 * calls it: no other may run meanwhile.
 */
#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

struct held_signals {
    sigset_t held, before;
};

void signals_hold(struct held_signals *held);
void signals_release(const struct held_signals *held);

/* Whether one came since, or was blocked by the caller and came before. */
bool signals_wait(const struct held_signals *held);

#endif
