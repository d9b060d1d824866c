/*
 * count.c - the question of the bench, answered with the record reader: of the files
 * that standard input names, a line each, how many records there are, and how many of
 * type awsbackup. Every byte is checked; there is one buffer, and no digest.
 */
#include "json/records.h"

#include <stdio.h>
#include <string.h>

static const char *count(struct records *records, const char *path, uint64_t *all,
                         uint64_t *managed)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes *bytes = bytes_open(&arena, path, &err);
    struct bytes_total total;
    struct records_item item;
    enum records_status status;

    if (bytes == NULL)
        return "cannot be opened";
    bytes_without_digest(bytes);
    records_begin(records, bytes);
    while ((status = records_next(records, &item)) != RECORDS_END) {
        struct str type;

        if (status != RECORDS_RECORD)
            continue;
        type = record_text(item.record, STR("SnapshotType"));
        (*all)++;
        *managed += str_equal(type, STR("awsbackup"));
    }
    bytes_finish(bytes, &total);
    arena_release(&arena);
    return total.read_error;
}

int main(void)
{
    struct arena arena = ARENA_EMPTY;
    struct layout *layout = layout_new(&arena);
    uint64_t all = 0, managed = 0;
    struct records *records;
    char path[4096];

    projection_add(layout_list(layout, STR("DBSnapshots")), STR("SnapshotType"));
    records = records_new(&arena, layout, RECORDS_BUFFER_BYTES);
    while (fgets(path, sizeof path, stdin) != NULL) {
        const char *wrong;

        path[strcspn(path, "\n")] = '\0';
        wrong = count(records, path, &all, &managed);
        if (wrong != NULL) {
            fprintf(stderr, "count: %s: %s\n", path, wrong);
            return 1;
        }
    }
    printf("%llu %llu\n", (unsigned long long)all, (unsigned long long)managed);
    arena_release(&arena);
    return 0;
}
