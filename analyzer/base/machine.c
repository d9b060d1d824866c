#include "base/machine.h"

#include "base/str.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 256 };

static const struct {
    int error;
    const char *why;
} machine_errors[] = {
    { ENOMEM, "out of memory" },
    { EMFILE, "out of file descriptors: raise the limit (ulimit -n)" },
    { ENFILE, "out of file descriptors: the system has no more open files" },
};

void machine_check(int error)
{
    for (size_t i = 0; i < COUNT_OF(machine_errors); i++)
        if (machine_errors[i].error == error)
            machine_failed(machine_errors[i].why);
}

void machine_failed(const char *why)
{
    static atomic_flag is_said = ATOMIC_FLAG_INIT;
    char line[LINE_BYTES];
    int len = snprintf(line, sizeof line, "invaudit: %s\n", why);

    while (atomic_flag_test_and_set(&is_said))
        pause(); /* another thread says it, and ends this one, too */
    if (len > 0)
        (void)!write(STDERR_FILENO, line, strlen(line));
    _exit(MACHINE_STATUS);
}
