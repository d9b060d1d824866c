/*
 * jansson.c - the question of the bench, answered with jansson's documents: see
 * count.c.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    unsigned long long all = 0, managed = 0;
    char path[4096];

    while (fgets(path, sizeof path, stdin) != NULL) {
        json_t *document, *list;
        json_error_t error;

        path[strcspn(path, "\n")] = '\0';
        document = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        list = json_object_get(document, "DBSnapshots");
        if (list == NULL) {
            fprintf(stderr, "jansson: %s: %s\n", path, error.text);
            return 1;
        }
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *type = json_string_value(
                json_object_get(json_array_get(list, i), "SnapshotType"));

            all++;
            managed += type != NULL && strcmp(type, "awsbackup") == 0;
        }
        json_decref(document);
    }
    printf("%llu %llu\n", all, managed);
    return 0;
}
