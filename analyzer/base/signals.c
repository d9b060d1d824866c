#include "base/signals.h"

#include <stddef.h>

/* What a user, a terminal that goes away, or a supervisor sends. */
static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

enum { ENDING_COUNT = sizeof ending / sizeof ending[0] };

void signals_hold(struct held_signals *held)
{
    struct sigaction action;

    sigemptyset(&held->held);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&held->held, ending[i]);
    sigprocmask(SIG_BLOCK, &held->held, &held->before);
}

void signals_release(const struct held_signals *held)
{
    sigprocmask(SIG_SETMASK, &held->before, NULL);
}

bool signals_wait(const struct held_signals *held)
{
    sigset_t pending;

    if (sigpending(&pending) != 0)
        return false;
    for (size_t i = 0; i < ENDING_COUNT; i++)
        if (sigismember(&held->held, ending[i]) == 1 &&
            sigismember(&pending, ending[i]) == 1)
            return true;
    return false;
}
