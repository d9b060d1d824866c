/*
 * read.c - times one way of going through a file, warm: read MODE FILE
 *
 *     read    read() into 256 KiB, and nothing else
 *     hash    the same, with SHA-256
 *     scan    the record reader with one projected field; it hashes too
 *     scan20  with twenty
 *
 * Prints "MODE MB/s=... records=... records/s=... peak-MB=...", of the best of five.
 */
#include "evidence/records.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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
    struct total total = {0};
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
    struct error err = {0};
    struct layout *layout = layout_new(&arena);
    struct projection *list = layout_list(layout, STR("DBSnapshots"));
    struct bytes *bytes = bytes_open(&arena, path, &err);
    struct total total = {0};
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

static struct total run(const char *mode, const char *path)
{
    struct arena arena = ARENA_EMPTY;
    struct total total = {0};

    if (strcmp(mode, "read") == 0)
        total = read_plainly(path, NULL);
    else if (strcmp(mode, "hash") == 0)
        total = read_plainly(path, digest_new(&arena));
    else if (strcmp(mode, "scan") == 0)
        total = read_records(path, 1);
    else if (strcmp(mode, "scan20") == 0)
        total = read_records(path, sizeof fields / sizeof fields[0]);
    arena_release(&arena);
    return total;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    struct total total = {0};
    struct rusage usage;
    double best = 1e9;

    for (int turn = 0; argc == 3 && turn < TURNS; turn++) {
        double start = now();

        total = run(argv[1], argv[2]);
        if (now() - start < best)
            best = now() - start;
    }
    if (total.bytes == 0) {
        fputs("read: expected read|hash|scan|scan20 FILE\n", stderr);
        return 2;
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("%s MB/s=%.0f records=%llu records/s=%.0f peak-MB=%.1f\n", argv[1],
           (double)total.bytes / best * 1e-6, (unsigned long long)total.records,
           (double)total.records / best, (double)usage.ru_maxrss / 1024);
    return 0;
}
