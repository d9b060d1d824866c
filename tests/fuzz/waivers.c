/*
 * Fuzz target: any text as the file of --waivers.
 *
 * It is refused, and what is wrong is said with its place; or each waiver holds what
 * waivers.h says of one: no text is empty or longer than its limit, the rules that it
 * names are there, no two are of the same findings. The same text gives the same twice.
 */
#include "gather/waivers.h"

#include "base/time.h"
#include "config/mistakes.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct rulebook *the_book(void)
{
    static struct str known[] = { { "Backup-001", 10 },
                                  { "RDS-001", 7 },
                                  { "RDS-002", 7 } };
    static const struct rulebook book = { .known = { known, COUNT_OF(known) } };

    return &book;
}

static void check_mistakes(const struct mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        assert(mistakes->items[i].message[0] != '\0');
        assert(mistakes->items[i].line > 0 && mistakes->items[i].column > 0);
    }
}

static bool is_blank(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_blank_byte(text.text[i]))
            return false;
    return true;
}

static void check_filled(struct str text, size_t bytes_max)
{
    assert(!is_blank(text) && text.len <= bytes_max);
}

static void check_rule(struct str glob)
{
    const struct waiver waiver = { .globs = { [WAIVER_RULE] = glob } };
    const struct str_list *known = &the_book()->known;
    size_t count = 0;

    for (size_t i = 0; i < known->count; i++)
        count += waiver_part_fits(&waiver, WAIVER_RULE, known->items[i]);
    assert(count > 0 && (count == 1 || waiver_is_glob(glob)));
}

static void check_waiver(const struct waiver *waiver)
{
    int64_t day;

    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        check_filled(waiver->globs[part], WAIVER_GLOB_BYTES_MAX);
    check_rule(waiver->globs[WAIVER_RULE]);
    check_filled(waiver->reason, WAIVER_TEXT_BYTES_MAX);
    check_filled(waiver->owner, WAIVER_TEXT_BYTES_MAX);
    if (waiver->approved_by.text != NULL)
        check_filled(waiver->approved_by, WAIVER_TEXT_BYTES_MAX);
    if (waiver->ticket.text != NULL)
        check_filled(waiver->ticket, WAIVER_TEXT_BYTES_MAX);
    assert(instant_parse_date(waiver->expires, &day) && waiver->ends > day);
    assert(waiver_breadth(waiver) == NULL || waiver_breadth(waiver)[0] != '\0');
}

static bool are_same(const struct waiver *left, const struct waiver *right)
{
    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        if (!str_equal(left->globs[part], right->globs[part]))
            return false;
    return true;
}

static void check(const struct waivers *waivers)
{
    assert(waivers->count <= WAIVERS_MAX);
    assert(strlen(waivers->sha256) == DIGEST_HEX_BYTES - 1);
    for (size_t i = 0; i < waivers->count; i++) {
        check_waiver(&waivers->items[i]);
        for (size_t j = 0; j < i; j++)
            assert(!are_same(&waivers->items[i], &waivers->items[j]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const struct str text = { (const char *)bytes, len };
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena), again = MISTAKES_EMPTY(&arena);
    const struct waivers *waivers =
        waivers_parse(&arena, "waivers.yaml", text, the_book(), &mistakes);
    const struct waivers *twice =
        waivers_parse(&arena, "waivers.yaml", text, the_book(), &again);

    assert((waivers == NULL) == (mistakes.error_count > 0));
    assert((twice == NULL) == (waivers == NULL) && again.count == mistakes.count);
    check_mistakes(&mistakes);
    if (waivers != NULL)
        check(waivers);
    arena_release(&arena);
    return 0;
}
