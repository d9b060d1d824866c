/*
 * launch.c - runs a program, and writes what it took into a file, "SECONDS
 * PROCESSOR_SECONDS PEAK_KB": launch FILE PROGRAM ARGUMENT...
 *
 * Small, because a child's peak memory begins with that of what it was forked from.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    FILE *figures = argc > 2 ? fopen(argv[1], "w") : NULL;
    struct rusage usage;
    double start = now();
    int status;
    pid_t child;

    if (figures == NULL)
        return 120;
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 120;
    start = now() - start;
    getrusage(RUSAGE_CHILDREN, &usage);
    fprintf(figures, "%.6f %.6f %ld\n", start,
            seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
    fclose(figures);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
