/* A catalog.yaml that a user gives with --rules: what is wrong with it is said, and
 * what is not has a piece of evidence judged by it. */

#include "judge.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Of the corpus's types, and of the built-in ones. */
static const char *const evidence[][2] = {
    { "evidence/things.json",
      "{\"Things\": [{\"ThingId\": \"t-1\", \"ThingArn\": "
      "\"arn:aws:fuzz:eu-west-1:111122223333:thing/t-1\", \"State\": \"on\", "
      "\"Count\": 1, "
      "\"When\": \"2025-01-02T03:04:05Z\"}, {\"ThingId\": \"t-2\"}, 7]}" },
    { "evidence/fuzz-list-things.json", "[{\"ThingId\": \"t-1\", \"State\": \"on\"}]" },
    { "evidence/fuzz-get-thing--t-1.json",
      "{\"Thing\": {\"ThingId\": \"t-1\"}, \"ThingId\": \"t-1\"}" },
    { "evidence/fuzz-list-parts--t-1.json", "{\"Parts\": [], \"NextToken\": \"x\"}" },
    { "evidence/ids.json",
      "[\"t-1\", \"arn:aws:fuzz:eu-west-1:111122223333:thing/t-1\"]" },
    { "evidence/rds-describe-db-snapshots.json",
      "{\"DBSnapshots\": [{\"DBSnapshotIdentifier\": \"a\", \"SnapshotType\": "
      "\"manual\", "
      "\"Engine\": \"postgres\", \"Status\": \"available\", \"ThingId\": 1}]}" },
    { "evidence/fuzz-list-others.json", "" },
};

static void write_evidence(void)
{
    static bool is_written;

    if (is_written)
        return;
    judge_folder();
    judge_make_folder("evidence");
    for (size_t i = 0; i < sizeof evidence / sizeof evidence[0]; i++)
        judge_write(evidence[i][0], str_from(evidence[i][1]));
    is_written = true;
}

static void check_mistakes(const struct mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        assert(mistakes->items[i].path != NULL);
        assert(mistakes->items[i].message[0] != '\0');
    }
}

static void check_catalog(const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = catalog->types[i];

        assert(type->index == i && catalog_type(catalog, type->name) == type);
        for (size_t j = 0; j < type->call_count; j++) {
            const struct call *call = type->calls[j];

            assert(call->type == type);
            assert(call->gives != GIVES_PART || call->parent_type != NULL);
            assert(call->parent_type == NULL || call->gives == GIVES_PART ||
                   call->option.text != NULL);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct settings settings = { .lists_missing = true };
    char path[512];
    struct str paths = STR_NONE;
    struct str pack = STR("security-hub");
    /* All built-in rules, with their tests, take ten times as long: a quarter has them.
     */
    struct rulebook_wanted wanted = { .paths = { &paths, 1 },
                                      .packs = { &pack, 1 },
                                      .to_judge = len % 4 != 0 };
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rulebook *book;

    write_evidence();
    judge_write("catalog.yaml", (struct str){ (const char *)bytes, len });
    judge_path(path, sizeof path, "catalog.yaml");
    paths = str_from(path);
    book = rulebook_load(&arena, &wanted, &mistakes);
    assert((book == NULL) == (mistakes.error_count > 0));
    mistakes_sort(&mistakes);
    check_mistakes(&mistakes);
    if (book != NULL) {
        check_catalog(book->catalog);
        judge(&arena, book, &settings, false);
    }
    arena_release(&arena);
    return 0;
}
