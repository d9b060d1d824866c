/*
 * read.c - times ways of going through a file, warm: read FILE
 *
 *     read         read() into 256 KiB, and nothing else
 *     hash         the same, with SHA-256
 *     scan         the record reader with one projected field
 *     scan20       with twenty
 *     scan+hash    the same two with digests
 *     scan20+hash
 *
 * They take turns, so that a machine that slows down slows all of them; what is counted
 * is the processor's time, so that who else works there matters little. Prints a line
 * for each, of the best of five turns, and the peak memory of all.
 *
 *     read run PROGRAM ARGUMENT...
 *
 * runs a program, without its output, and prints "SECONDS PEAK_MB".
 */
#include "json/records.h"

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

static struct total read_records(const char *path, size_t field_count, bool hash)
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
    if (!hash)
        bytes_without_digest(bytes);
    for (size_t i = 0; i < field_count; i++)
        projection_add(list, str_from(fields[i]));
    records = records_new(&arena, layout, RECORDS_BUFFER_BYTES);
    records_begin(records, bytes);
    while ((status = records_next(records, &item)) != RECORDS_END)
        total.records += status == RECORDS_RECORD;
    bytes_finish(bytes, &read_total);
    total.bytes = read_total.bytes;
    arena_release(&arena);
    return total;
}

enum mode {
    MODE_READ,
    MODE_HASH,
    MODE_SCAN,
    MODE_SCAN20,
    MODE_SCAN_HASH,
    MODE_SCAN20_HASH,
    MODE_COUNT
};

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
    case MODE_SCAN_HASH:
        total = read_records(path, 1, mode == MODE_SCAN_HASH);
        break;
    case MODE_SCAN20:
    case MODE_SCAN20_HASH:
        total = read_records(path, sizeof fields / sizeof fields[0],
                             mode == MODE_SCAN20_HASH);
        break;
    case MODE_COUNT:
        break;
    }
    arena_release(&arena);
    return total;
}

static double seconds(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int run_program(char **arguments)
{
    double start = seconds(CLOCK_MONOTONIC);
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
    printf("%.6f %.1f\n", seconds(CLOCK_MONOTONIC) - start,
           (double)usage.ru_maxrss / 1024);
    return WIFEXITED(status) && WEXITSTATUS(status) == 127;
}

static void print(struct total total, const double *best)
{
    static const char *const names[] = { "read",   "hash",      "scan",
                                         "scan20", "scan+hash", "scan20+hash" };
    struct rusage usage;

    for (size_t mode = 0; mode < MODE_COUNT; mode++) {
        printf("    %-11s %5.2f GB/s, %5.2f of read, %.2f of hash", names[mode],
               (double)total.bytes / best[mode] * 1e-9, best[mode] / best[MODE_READ],
               best[mode] / best[MODE_HASH]);
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
    double best[MODE_COUNT] = { 1e9, 1e9, 1e9, 1e9, 1e9, 1e9 };

    if (argc > 2 && strcmp(argv[1], "run") == 0)
        return run_program(argv + 2);
    for (int turn = 0; argc == 2 && turn < TURNS; turn++) {
        for (enum mode mode = MODE_READ; mode < MODE_COUNT; mode++) {
            double start = seconds(CLOCK_PROCESS_CPUTIME_ID), taken;

            total = run(mode, argv[1]);
            taken = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
            if (taken < best[mode])
                best[mode] = taken;
        }
    }
    if (total.bytes == 0) {
        fputs("read: expected FILE, or run PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    print(total, best);
    return 0;
}
