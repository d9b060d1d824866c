#include "base/signals.h"

#include "base/str.h"

/* All but those that by default stop the program, let it go on, or do nothing: a
 * timer's and a limit's, too, and those that mean a crash, which the kernel does not
 * hold back when they are one. */
static bool ends_by_default(int number)
{
    static const int others[] = { SIGCHLD, SIGCONT, SIGSTOP,  SIGTSTP, SIGTTIN,
                                  SIGTTOU, SIGURG,  SIGWINCH, SIGKILL };

    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (others[i] == number)
            return false;
    return true;
}

void signals_hold(struct held_signals *held)
{
    struct sigaction action;

    sigemptyset(&held->held);
    for (int number = 1; number <= SIGRTMAX; number++)
        if (ends_by_default(number) && sigaction(number, NULL, &action) == 0 &&
            action.sa_handler == SIG_DFL)
            sigaddset(&held->held, number);
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
    for (int number = 1; number <= SIGRTMAX; number++)
        if (sigismember(&held->held, number) == 1 && sigismember(&pending, number) == 1)
            return true;
    return false;
}
