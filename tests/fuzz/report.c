/*
 * Fuzz target: a JSON report of ours, as `verify` reads it.
 *
 * What is read holds what its structs say: each name once, each digest of 64 digits.
 * What it says of itself is checked, and it is compared with a report that was read
 * before; with itself, nothing differs.
 */
#include "compare/verify.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char other_text[] =
    "{\"schema\": \"invaudit-report/1\","
    " \"tool\": {\"name\": \"invaudit\", \"version\": \"0.1.0\"}, \"settings\": {},"
    " \"operands\": [\"evidence\"], \"catalog\": {\"sha256\":"
    " \"0000000000000000000000000000000000000000000000000000000000000000\"},"
    " \"rules\": [], \"evidence_set\": {\"files\": 0, \"sha256\": null},"
    " \"evidence\": [{\"path\": \"evidence/a\", \"use\": \"read\", \"why\": null,"
    " \"sha256\": "
    "\"0000000000000000000000000000000000000000000000000000000000000000\"}],"
    " \"problems\": [], \"summary\": {}, \"findings\": []}";

static void check_structs(const struct saved_report *report)
{
    assert(report->schema.text != NULL && report->settings != NULL);
    for (size_t i = 0; i < report->source_count; i++)
        assert(report->sources[i].path.len > 0 &&
               (report->sources[i].sha256.text == NULL ||
                report->sources[i].sha256.len == DIGEST_HEX_BYTES - 1));
    for (size_t i = 0; i < report->finding_count; i++)
        assert(report->findings[i].id.len > 0 &&
               report->findings[i].result < RESULT_COUNT);
}

static bool can_be_made_again(const struct saved_report *report)
{
    return report->operands.count > 0 && report->catalog_sha256.text != NULL;
}

static size_t compare(struct arena *arena, const struct saved_report *was,
                      const struct saved_report *is)
{
    struct verification *verification = verification_new(arena, was);

    verify_again(verification, is);
    for (size_t i = 0; i < verification->count; i++)
        assert(verification->lines[i].text[0] != '\0');
    return verification_differences(verification);
}

static void check(struct arena *arena, const struct saved_report *report)
{
    struct verification *verification = verification_new(arena, report);
    struct saved_report twice, other;
    struct error err = { 0 };
    struct moves moves;

    check_structs(report);
    if (!can_be_made_again(report))
        return;
    verify_alone(verification);
    assert(saved_report_parse(arena, "twice.json", report->bytes, &twice, &err));
    assert(compare(arena, report, &twice) == 0);
    assert(saved_report_parse(arena, "other.json", str_from(other_text), &other, &err));
    compare(arena, report, &other);
    compare(arena, &other, report);
    moves = verify_moves(arena, report, &other);
    for (size_t i = 0; i < moves.count; i++)
        assert(moves.items[i].from[0] != '\0' && moves.items[i].to[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const struct str text = { (const char *)bytes, len };
    struct arena arena = ARENA_EMPTY;
    struct saved_report report;
    struct error err = { 0 };

    if (saved_report_parse(&arena, "report.json", text, &report, &err))
        check(&arena, &report);
    else
        assert(err.message[0] != '\0' && err.path[0] != '\0');
    arena_release(&arena);
    return 0;
}
