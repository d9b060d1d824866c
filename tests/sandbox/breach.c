/*
 * breach.c - what evidence that took over the program would do: a library for
 * LD_PRELOAD, which does it when a certain file is read.
 *
 * Environment:
 *     BREACH_ON    the end of that file's path
 *     BREACH       socket, exec, fork, code: calls to the system
 *                  open=PATH, make=PATH: files
 *
 * Says "breach: done", or "breach: WHY" where it is refused, on standard error.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static bool succeeds(const char *breach)
{
    char name[] = "echo", text[] = "breach: another program";
    char *const echo[] = { name, text, NULL };

    if (strcmp(breach, "socket") == 0)
        return socket(AF_INET, SOCK_STREAM, 0) >= 0;
    if (strcmp(breach, "exec") == 0)
        return execv("/bin/echo", echo) == 0;
    if (strcmp(breach, "fork") == 0)
        return fork() >= 0;
    if (strcmp(breach, "code") == 0)
        return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    if (strncmp(breach, "open=", 5) == 0)
        return open(breach + 5, O_RDONLY) >= 0;
    if (strncmp(breach, "make=", 5) == 0)
        return open(breach + 5, O_WRONLY | O_CREAT, 0600) >= 0;
    abort();
}

static bool is_the_file(int file)
{
    const char *wanted = getenv("BREACH_ON");
    char link[64], path[PATH_MAX];
    ssize_t len;

    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    len = readlink(link, path, sizeof path - 1);
    if (wanted == NULL || len < (ssize_t)strlen(wanted))
        return false;
    path[len] = '\0';
    return strcmp(path + (size_t)len - strlen(wanted), wanted) == 0;
}

static void breach_once(int file)
{
    static bool is_done;

    if (is_done || !is_the_file(file))
        return;
    is_done = true;
    errno = 0;
    dprintf(STDERR_FILENO, "breach: %s\n",
            succeeds(getenv("BREACH")) ? "done" : strerror(errno));
}

ssize_t read(int file, void *buffer, size_t size)
{
    static ssize_t (*next)(int, void *, size_t);

    if (next == NULL) {
        void *found = dlsym(RTLD_NEXT, "read");

        memcpy(&next, &found, sizeof found);
    }
    breach_once(file);
    return next(file, buffer, size);
}

/* What a fortified program calls instead. */
ssize_t __read_chk(int file, void *buffer, size_t size, size_t room);
ssize_t __read_chk(int file, void *buffer, size_t size, size_t room)
{
    return room < size ? (abort(), -1) : read(file, buffer, size);
}
