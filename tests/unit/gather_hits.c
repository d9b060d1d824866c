/* Places of records are read as they were added. */
#include "rows.h"

#include "gather/hits.h"

#include <string.h>

enum { PLACES_MAX = 3000 };

static void add(struct arena *arena, union hits *places, size_t count,
                const struct hit *hits)
{
    for (size_t i = 0; i < count; i++)
        hits_add(arena, places, i, &hits[i]);
}

static void assert_same(union hits places, size_t count, const struct hit *hits)
{
    struct hits_reader reader = hits_read(places, count);
    struct hit hit;

    for (size_t i = 0; i < count; i++) {
        assert_true(hits_next(&reader, &hit));
        assert_int_equal(hit.index, hits[i].index);
        assert_int_equal(hit.line, hits[i].line);
        assert_int_equal(hit.offset, hits[i].offset);
        assert_int_equal(hit.id.text == NULL, hits[i].id.text == NULL);
        assert_true(str_equal(hit.id, hits[i].id));
    }
    assert_false(hits_next(&reader, &hit));
    assert_false(hits_next(&reader, &hit));
    if (count > 0)
        assert_int_equal(hits_first(places, count)->offset, hits[0].offset);
}

#define ID(text)                                                                       \
    {                                                                                  \
        text, sizeof(text) - 1                                                         \
    }
#define LONG_ID                                                                        \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678"

static const struct row {
    const char *name;
    struct hit hits[4];
    size_t count;
} rows[] = {
    { "none", { { 0 } }, 0 },
    { "one", { { 7, 8, 9, ID("a") } }, 1 },
    { "two", { { 0, 1, 0, ID("a") }, { 1, 2, 130, ID("b") } }, 2 },
    { "without an id", { { 0, 1, 0, { 0 } }, { 1, 2, 9, { 0 } } }, 2 },
    { "with an empty id", { { 0, 1, 0, ID("") }, { 1, 2, 9, ID("") } }, 2 },
    { "with and without",
      { { 0, 1, 0, { 0 } }, { 1, 2, 9, ID("b") }, { 2, 3, 9, { 0 } } },
      3 },
    { "an id that is larger than what is left",
      { { 0, 1, 0, ID("a") }, { 1, 2, 9, ID(LONG_ID) }, { 2, 3, 90, ID("c") } },
      3 },
    { "as far apart as there can be",
      { { 0, 0, 0, ID("a") },
        { UINT64_MAX, UINT64_MAX, UINT64_MAX, ID("b") },
        { UINT64_MAX, UINT64_MAX, UINT64_MAX, ID("c") } },
      3 },
    { "at steps of as much as a byte holds, and of one more",
      { { 0, 1, 0, ID("a") },
        { 1, 64, 63, ID("b") },
        { 65, 191, 190, ID("c") },
        { 192, 318, 318, ID("d") } },
      4 },
    { "in no order", { { 9, 9, 9, ID("a") }, { 1, 2, 3, ID("b") } }, 2 },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    union hits places = { NULL };

    add(&arena, &places, row->count, row->hits);
    assert_same(places, row->count, row->hits);
    arena_release(&arena);
}

/* Of any number, whose differences take one byte and more, through many chunks. */
static void many_are_read_as_they_were_added(void **state)
{
    static struct hit hits[PLACES_MAX];
    struct arena arena = ARENA_EMPTY;
    union hits places = { NULL };

    (void)state;
    for (size_t i = 0; i < PLACES_MAX; i++) {
        const char *id = arena_printf(&arena, "id-%0*zu", (int)(1 + i % 90), i);

        hits[i] = (struct hit){ i * (1 + i % 3), i * 37, i * i * 131, str_from(id) };
    }
    add(&arena, &places, PLACES_MAX, hits);
    assert_same(places, PLACES_MAX, hits);
    for (size_t i = 1; i < PLACES_MAX; i += 501)
        assert_same(places, i == 1 ? 2 : i, hits);
    arena_release(&arena);
}

/* What lies elsewhere at first: all behind the first so many, or nothing. */
static void they_are_kept_when_all_are_known(void **state)
{
    static struct hit hits[PLACES_MAX];
    static const size_t counts[] = { 5, 6, 7, 100, PLACES_MAX };

    (void)state;
    for (size_t i = 0; i < PLACES_MAX; i++)
        hits[i] = (struct hit){ i, i * 37, i * 131, ID("0123456789") };
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct arena arena = ARENA_EMPTY, elsewhere = ARENA_EMPTY;
        union hits places = { NULL };
        struct hits_chunk *last;

        add(&arena, &places, 5, hits);
        last = hits_last_chunk(places);
        for (size_t j = 5; j < counts[i]; j++)
            hits_add(&elsewhere, &places, j, &hits[j]);
        hits_keep(&arena, places, last);
        arena_release(&elsewhere);
        assert_same(places, counts[i], hits);
        hits_add(&arena, &places, counts[i], &hits[0]);
        assert_same(places, counts[i], hits);
        arena_release(&arena);
    }
}

/* What they take is what a limit counts. */
static void their_bytes_are_told(void **state)
{
    const struct hit first = { 0, 1, 0, ID("a") }, second = { 1, 31, 1000, ID("bcd") };
    struct arena arena = ARENA_EMPTY;
    union hits places = { NULL };

    (void)state;
    assert_int_equal(hits_add(&arena, &places, 0, &first), sizeof first);
    assert_int_equal(hits_add(&arena, &places, 1, &second), 1 + 1 + 2 + 1 + 3);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, many_are_read_as_they_were_added);
    TESTS_ADD(&tests, they_are_kept_when_all_are_known);
    TESTS_ADD(&tests, their_bytes_are_told);
    return tests_run("gather_hits", &tests);
}
