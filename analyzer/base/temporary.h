/*
 * temporary.h - a new file that nobody sees before it is whole.
 *
 *     if (temporary_fill(&temporary, &held, &err))
 *         done = temporary_place(&temporary, &err);   // the target is the new file
 *     temporary_end(&temporary);                      // in any case
 *
 * Where the file system has files without a name (O_TMPFILE) it has none till it is put
 * in place, so that nothing is left whatever ends the program, SIGKILL too. A file that
 * is replaced needs a name beside it for the moment between two calls; and elsewhere it
 * has one from the start, as .invaudit-PID-NUMBER in the target's folder. Signals are
 * to be held meanwhile (base/signals.h).
 *
 * Lifetime: from temporary_fill() to temporary_end(), after which no descriptor is open
 * and no name left. While there is a name nothing is allocated, since that could end
 * the program: a file without one is written while its text is printed, for a file with
 * one the text is printed first.
 */
#ifndef BASE_TEMPORARY_H
#define BASE_TEMPORARY_H

#include "base/signals.h"
#include "base/str.h"

#include <limits.h>
#include <sys/types.h>

struct temporary {
    const char *target;           /* borrowed; no link */
    mode_t mode;                  /* of the file that is replaced; 0: there is none */
    const struct print_job *text; /* borrowed; printed twice if need be */
    int file;                     /* -1: not open */
    char name[PATH_MAX];          /* "": it has none */
};

#define TEMPORARY_NONE                                                                 \
    {                                                                                  \
        .file = -1                                                                     \
    }

/* Writes it to the disk (fsync). False, too, when a held signal came meanwhile. */
MUST_USE bool temporary_fill(struct temporary *temporary,
                             const struct held_signals *held, struct error *err);

/* Gives it the target's name, at once: whoever opens that sees the old bytes or the
 * new. */
MUST_USE bool temporary_place(struct temporary *temporary, struct error *err);

/* Waits till the disk has the target's new name. */
MUST_USE bool temporary_sync(const struct temporary *temporary, struct error *err);

void temporary_end(struct temporary *temporary);

/* Says that it cannot be written, and why, by errno. Always returns false. */
bool cannot_write(struct error *err);

/* Bytes of the path's folder with the slash behind it; 0 if it names none. */
size_t folder_bytes(const char *path);

#endif
