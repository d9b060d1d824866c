#include "base/table.h"
#include "cli/command.h"
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* A descriptor 0, 1 or 2 that was closed would be taken by the next file that is
 * opened, and a report could end up in evidence. Whoever uses these gets an error
 * instead. */
static void occupy_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argument_count, char **arguments)
{
    struct arena arena = ARENA_EMPTY;
    int status;

    occupy_standard_descriptors();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of the write that meets it */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that reaches `ulimit -f` */
    json_set_alloc_funcs(allocate_or_die, free);
    /* it would open /dev/urandom for it, in the sandbox */
    json_object_seed((size_t)hash_keyed(STR("jansson")));
    status = commands_run(&arena, argument_count, arguments);
    status = output_close(&arena, status);
    arena_release(&arena);
    return status;
}
