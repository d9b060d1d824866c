/*
 * The lines of a state behind its head, whatever its SHA-256: they are refused, or they
 * are judged, and printed they are read again as they were. The head is this program's
 * own, since versions and fields change.
 */
/* The program's own judge() is another. */
#define judge judge_of_cells
#include "explain/assess.h"
#undef judge

#include "judge.h"
#include "state/state.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const struct rulebook *the_book(void)
{
    static struct arena arena = ARENA_EMPTY;
    static const struct rulebook *book;
    static const struct rulebook_wanted wanted = { .to_judge = true };
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    if (book == NULL)
        book = rulebook_load(&arena, &wanted, &mistakes);
    assert(book != NULL);
    return book;
}

static const struct settings settings = { .as_of = { "2026-01-01T00:00:00Z", 20 } };

static const struct measures *the_measures(void)
{
    static struct arena arena = ARENA_EMPTY;
    static const struct measures *measures;

    if (measures == NULL)
        measures = measures_new(&arena, the_book());
    return measures;
}

static const struct state_head *the_head(void)
{
    static struct arena arena = ARENA_EMPTY;
    static const char *const paths[] = { "evidence" };
    static const struct source_list none = { .count = 0 };
    static const struct state_head *head;
    const struct state_of of = { .book = the_book(),
                                 .measures = the_measures(),
                                 .settings = &settings,
                                 .paths = paths,
                                 .path_count = 1,
                                 .found_count = 1,
                                 .found_sha256 = { "0", 1 },
                                 .sources = &none };

    if (head == NULL)
        head = state_head_new(&arena, &of);
    return head;
}

static struct str print(struct arena *arena, const struct state_head *head,
                        const struct source_list *sources,
                        const struct gathered *gathered)
{
    const struct state state = { head, sources, true, gathered, gathered->measures };
    struct buf out = BUF_EMPTY(arena);

    state_print(&state, &out);
    return buf_str(&out);
}

/* Those of an empty state, with these in the middle. */
static struct str with_lines(struct arena *arena, const struct state_head *head,
                             struct gathered *empty, struct str lines)
{
    static const struct source_list none = { .count = 0 };
    struct str text = print(arena, head, &none, empty);
    struct buf out = BUF_EMPTY(arena);
    size_t head_bytes = str_find(text, STR("\n")) + 1;

    buf_add(&out, str_slice(text, 0, head_bytes));
    buf_add(&out, lines);
    buf_add(&out, str_slice(text, head_bytes, text.len));
    return buf_str(&out);
}

static void check_again(struct arena *arena, const struct state_head *head,
                        const struct source_list *sources,
                        const struct gathered *gathered)
{
    struct gathered *again = gathered_new(arena, gathered->measures, &settings);
    struct str text = print(arena, head, sources, gathered);
    struct source_list list;
    struct error err = { 0 };

    if (!union_of_text(arena, text, again, &list, &err)) {
        fprintf(stderr, "%zu: %s\n%.*s\n", err.line, err.message, STR_ARG(text));
        assert(false);
    }
    assert(str_equal(print(arena, head, &list, again), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena arena = ARENA_EMPTY;
    struct gathered *gathered = gathered_new(&arena, the_measures(), &settings);
    const struct state_head *head = the_head();
    struct assessment assessment = { 0 };
    struct source_list sources;
    struct error err = { 0 };
    struct str text =
        with_lines(&arena, head, gathered, (struct str){ (const char *)bytes, len });

    if (!union_of_text(&arena, text, gathered, &sources, &err)) {
        assert(err.message[0] != '\0');
    } else {
        check_again(&arena, head, &sources, gathered);
        if (assess(&arena, the_book(), &sources, gathered, &assessment, &err)) {
            judge_report(&arena, &assessment, &scan_formats, "json");
            judge_report(&arena, &assessment, &scan_formats, "text");
            judge_report(&arena, &assessment, &scan_formats, "junit");
        }
    }
    arena_release(&arena);
    return 0;
}
