#include "tree.h"

#include "base/str.h"
#include "find/queue.h"

static const char tree_of_sizes[] =
    "a=1\nb=12345\nc=\nd=1234\ne=12345\nf|\ng=123456789\n";

static const struct row {
    const char *name;
    bool sizes;
    const char *order; /* of the sources that are read, by their names */
    uint64_t bytes;
} rows[] = {
    { "as in the list", false, "abcdefh", 0 },
    { "the large ones first, else as in the list", true, "bedacfh", 15 },
};

static void list_make(struct arena *arena, struct source_list *list)
{
    static const char *const paths[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

    list->count = sizeof paths / sizeof *paths;
    list->items = arena_array(arena, list->count, struct source);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = (struct source){ .path = paths[i], .use = SOURCE_READ };
    list->items[6].use = SOURCE_IGNORED;
    list->items[7].use = SOURCE_UNREADABLE;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct source_list list = { 0 };
    struct buf order = BUF_EMPTY(&arena);
    struct queue queue;
    struct tree tree;

    tree_make(&tree, tree_of_sizes);
    list_make(&arena, &list);
    queue_new(&arena, &list, row->sizes, &queue);
    for (size_t i = 0; i < queue.count; i++)
        buf_add(&order, str_from(list.items[queue.items[i]].path));
    assert_string_equal(buf_str(&order).text, row->order);
    assert_int_equal(queue.bytes, row->bytes);
    tree_remove(&tree);
    arena_release(&arena);
}

static void of_very_many_no_sizes_are_asked_for(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct source_list list = { .count = QUEUE_SIZES_MAX + 1 };
    struct queue queue;
    struct tree tree;

    (void)state;
    tree_make(&tree, "a=1\nb=12\n");
    list.items = arena_array(&arena, list.count, struct source);
    for (size_t i = 0; i < list.count; i++)
        list.items[i] = (struct source){ .path = i < 1 ? "a" : "b" };
    queue_new(&arena, &list, true, &queue);
    assert_int_equal(queue.items[0], 0);
    assert_int_equal(queue.bytes, 0);
    list.count--;
    queue_new(&arena, &list, true, &queue);
    assert_int_equal(queue.items[0], 1);
    assert_int_equal(queue.bytes, 1 + 2 * (QUEUE_SIZES_MAX - 1));
    tree_remove(&tree);
    arena_release(&arena);
}

static const struct workers_row {
    const char *name;
    struct queue queue;
    size_t available, workers;
} workers_rows[] = {
    { "nothing", { .count = 0 }, 8, 1 },
    { "a small file", { .count = 1, .bytes = 100 }, 8, 1 },
    { "a large file", { .count = 1, .bytes = 1 << 30 }, 8, 1 },
    { "two large files", { .count = 2, .bytes = 1 << 30 }, 8, 2 },
    { "some small files", { .count = 60, .bytes = 6000 }, 8, 1 },
    { "many small files", { .count = 200, .bytes = 6000 }, 8, 4 },
    { "very many, whose sizes are not known", { .count = 100000 }, 8, 8 },
    { "no more than there are", { .count = 1000, .bytes = 1 << 30 }, 2, 2 },
};

static void workers_test(void **state)
{
    const struct workers_row *row = *state;

    assert_int_equal(queue_workers(&row->queue, row->available), row->workers);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, of_very_many_no_sizes_are_asked_for);
    TESTS_ADD_ROWS(&tests, workers_rows, workers_test);
    return tests_run("find_queue", &tests);
}
