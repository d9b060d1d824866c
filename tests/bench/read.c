/*
 * read.c - times ways of going through a file, warm: read FILE
 *
 *     read    read() into 256 KiB, and nothing else
 *     hash    the same, with SHA-256
 *     scan    the record reader with one projected field; it hashes too
 *     scan20  with twenty
 *
 * They take turns, so that a machine that slows down slows all of them. Prints a line
 * for each, of the best of five turns, and the peak memory of all.
 *
 *     read run PROGRAM ARGUMENT...
 *
 * runs a program, without its output, and prints "SECONDS PEAK_MB".
 */
#include "evidence/records.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TURNS = 5 };

struct total {
    uint64_t bytes, records;
};

static const char *const fields[] = {
    "SnapshotType",
    "DBSnapshotIdentifier",
    "DBInstanceIdentifier",
    "SnapshotCreateTime",
    "Engine",
    "AllocatedStorage",
    "Status",
    "Port",
    "AvailabilityZone",
    "VpcId",
    "InstanceCreateTime",
    "MasterUsername",
    "EngineVersion",
    "LicenseModel",
    "Iops",
    "OptionGroupName",
    "PercentProgress",
    "StorageType",
    "Encrypted",
    "DBSnapshotArn",
};

static struct total read_plainly(const char *path, struct digest *digest)
{
    static char buffer[RECORDS_BUFFER_BYTES];
    char hex[DIGEST_HEX_BYTES];
    struct total total = { 0 };
    int file = open(path, O_RDONLY);
    ssize_t len;

    while ((len = read(file, buffer, sizeof buffer)) > 0) {
        total.bytes += (uint64_t)len;
        if (digest != NULL)
            digest_add(digest, buffer, (size_t)len);
    }
    if (digest != NULL)
        digest_hex(digest, hex);
    close(file);
    return total;
}

static struct total read_records(const char *path, size_t field_count)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct layout *layout = layout_new(&arena);
    struct projection *list = layout_list(layout, STR("DBSnapshots"));
    struct bytes *bytes = bytes_open(&arena, path, &err);
    struct total total = { 0 };
    struct bytes_total read_total;
    struct records_item item;
    struct records *records;
    enum records_status status;

    if (bytes == NULL)
        return total;
    for (size_t i = 0; i < field_count; i++)
        projection_add(list, str_from(fields[i]));
    records = records_open(&arena, layout, bytes, RECORDS_BUFFER_BYTES);
    while ((status = records_next(records, &item)) != RECORDS_END)
        total.records += status == RECORDS_RECORD;
    bytes_finish(bytes, &read_total);
    total.bytes = read_total.bytes;
    arena_release(&arena);
    return total;
}

enum mode { MODE_READ, MODE_HASH, MODE_SCAN, MODE_SCAN20, MODE_COUNT };

static struct total run(enum mode mode, const char *path)
{
    struct arena arena = ARENA_EMPTY;
    struct total total = { 0 };

    switch (mode) {
    case MODE_READ:
        total = read_plainly(path, NULL);
        break;
    case MODE_HASH:
        total = read_plainly(path, digest_new(&arena));
        break;
    case MODE_SCAN:
        total = read_records(path, 1);
        break;
    case MODE_SCAN20:
        total = read_records(path, sizeof fields / sizeof fields[0]);
        break;
    case MODE_COUNT:
        break;
    }
    arena_release(&arena);
    return total;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int run_program(char **arguments)
{
    double start = now();
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);

        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execv(arguments[0], arguments);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 2;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%.6f %.1f\n", now() - start, (double)usage.ru_maxrss / 1024);
    return WIFEXITED(status) && WEXITSTATUS(status) == 127;
}

static void print(struct total total, const double *best)
{
    static const char *const names[] = { "read", "hash", "scan", "scan20" };
    struct rusage usage;

    for (size_t mode = 0; mode < MODE_COUNT; mode++) {
        printf("    %-6s %6.0f MB/s, %.2f of hash alone", names[mode],
               (double)total.bytes / best[mode] * 1e-6, best[mode] / best[MODE_HASH]);
        if (mode >= MODE_SCAN)
            printf(", %.0f records/s", (double)total.records / best[mode]);
        printf("\n");
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("    peak memory %.1f MB\n", (double)usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    struct total total = { 0 };
    double best[MODE_COUNT] = { 1e9, 1e9, 1e9, 1e9 };

    if (argc > 2 && strcmp(argv[1], "run") == 0)
        return run_program(argv + 2);
    for (int turn = 0; argc == 2 && turn < TURNS; turn++) {
        for (enum mode mode = MODE_READ; mode < MODE_COUNT; mode++) {
            double start = now();

            total = run(mode, argv[1]);
            if (now() - start < best[mode])
                best[mode] = now() - start;
        }
    }
    if (total.bytes == 0) {
        fputs("read: expected FILE, or run PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    print(total, best);
    return 0;
}
