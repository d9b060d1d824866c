/*
 * sandbox.h - give up what the process does not need, before it reads what is hostile.
 *
 *     struct sandbox sandbox = SANDBOX_EMPTY(arena);
 *     sandbox_add(&sandbox, SANDBOX_READ, "evidence");
 *     sandbox_add(&sandbox, SANDBOX_REPLACE, "out");
 *     sandbox_enter(&sandbox);
 *     if (sandbox.why != NULL)
 *         ... a part of it does not hold: say so ...
 *
 *     files  Landlock  what was not added cannot be opened, made or removed
 *     calls  seccomp   calls to the system that stand not in sandbox.def fail, and
 *                      those of the network, of other programs and of other processes
 *                      end the process (SIGSYS), as does memory that is to be run
 *
 * It holds for all threads that are made afterwards, and to the end: call it while
 * there is one thread. What is open stays open. What a file or folder is called and how
 * large it is can be asked of any. Pipes, and files without a place in a folder, can be
 * opened by /proc/self/fd.
 *
 * WHAT IS OPENED AFTER THE OPTIONS WERE READ must be added; what a library opens, too:
 *
 *     operands, and what lies beside a file; --rules           cli/judging.c
 *     where reports go                                         cli/targets.c
 *     time zones (/usr/share/zoneinfo)                         cli/judging.c
 *     temporary files of a workbook ($TMPDIR)                  cli/judging.c
 *     jansson's seed (/dev/urandom)                            given in main.c instead
 *     a library for xlsx (dlopen)                              loaded before
 *
 * Where the kernel has only one of the two, that one holds. A build under a sanitizer,
 * whose runtime needs other calls, enters nothing and says nothing.
 *
 * To find what is missing: INVAUDIT_SANDBOX=strict in the environment ends the process
 * at a call that is not in the table, where it would be refused else; the tests run so.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include "base/arena.h"

enum sandbox_need {
    SANDBOX_READ,    /* of a file, or of a folder and all below it */
    SANDBOX_WRITE,   /* to a file, a pipe or a device that is there */
    SANDBOX_REPLACE, /* new files in a folder or below it, in place of old ones or not;
                        what it holds can be listed, but not read */
    SANDBOX_SCRATCH, /* new files in a folder or below it, that are also read */
    SANDBOX_NEEDS
};

struct sandbox_path {
    const char *path; /* what is not there needs nothing */
    enum sandbox_need need;
};

struct sandbox {
    struct arena *arena;
    struct sandbox_path *items;
    size_t count, capacity;
    bool has_files, has_calls; /* what holds, after sandbox_enter() */
    const char *why;           /* one does not; NULL: both do, or a sanitizer does */
};

#define SANDBOX_EMPTY(arena_of)                                                        \
    {                                                                                  \
        .arena = (arena_of)                                                            \
    }

/* The path is borrowed until sandbox_enter(). */
void sandbox_add(struct sandbox *sandbox, enum sandbox_need need, const char *path);

/* Cannot fail: what the kernel does not give does not hold. */
void sandbox_enter(struct sandbox *sandbox);

#endif
