#include "rows.h"

#include "base/table.h"

#include <stdio.h>
#include <string.h>

static void an_empty_table_has_nothing(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);

    (void)state;
    assert_null(table_find(&table, STR("")));
    assert_null(table_find(&table, STR("a")));
    arena_release(&arena);
}

static void a_slot_is_made_once_and_null_at_first(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    int one = 1, two = 2;

    (void)state;
    assert_null(*table_slot(&table, STR("a")));
    assert_null(table_find(&table, STR("a")));
    *table_slot(&table, STR("a")) = &one;
    assert_ptr_equal(*table_slot(&table, STR("a")), &one);
    *table_slot(&table, STR("a")) = &two;
    assert_ptr_equal(table_find(&table, STR("a")), &two);
    assert_int_equal(table.count, 1);
    arena_release(&arena);
}

static void keys_are_bytes_of_a_length(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    static const struct {
        const char *text;
        size_t len;
    } keys[] = {
        { "", 0 },     { "\0", 1 },       { "\0\0", 2 },    { "a\0b", 3 },
        { "a\0c", 3 }, { "12345678", 8 }, { "1234567", 7 }, { "12345678\0", 9 }
    };
    int values[sizeof keys / sizeof *keys];

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        *table_slot(&table, (struct str){ keys[i].text, keys[i].len }) = &values[i];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_ptr_equal(table_find(&table, (struct str){ keys[i].text, keys[i].len }),
                         &values[i]);
    arena_release(&arena);
}

static void keys_are_copied(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    char key[] = "before";

    (void)state;
    *table_slot(&table, str_from(key)) = key;
    memcpy(key, "behind", sizeof key);
    assert_ptr_equal(table_find(&table, STR("before")), key);
    assert_null(table_find(&table, STR("behind")));
    arena_release(&arena);
}

static void a_large_table_finds_all(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    enum { COUNT = 20000 };
    static int values[COUNT];
    char key[32];

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        snprintf(key, sizeof key, "snapshot-%d", i);
        *table_slot(&table, str_from(key)) = &values[i];
    }
    assert_int_equal(table.count, COUNT);
    assert_true(table.capacity >= 2 * COUNT && table.capacity <= 8 * COUNT);
    for (int i = 0; i < COUNT; i++) {
        snprintf(key, sizeof key, "snapshot-%d", i);
        assert_ptr_equal(table_find(&table, str_from(key)), &values[i]);
    }
    assert_null(table_find(&table, STR("snapshot-20000")));
    arena_release(&arena);
}

static void room_is_made_at_once(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    const struct table_entry *entries;
    char key[32];

    (void)state;
    *table_slot(&table, STR("before")) = key;
    table_reserve(&table, 1000);
    assert_ptr_equal(table_find(&table, STR("before")), key);
    entries = table.entries;
    for (int i = 0; i < 999; i++) {
        snprintf(key, sizeof key, "snapshot-%d", i);
        *table_slot(&table, str_from(key)) = key;
    }
    assert_ptr_equal(table.entries, entries);
    table_reserve(&table, 10);
    assert_ptr_equal(table.entries, entries);
    assert_ptr_equal(table_find(&table, STR("snapshot-998")), key);
    arena_release(&arena);
}

/* One turn of hash_bytes(). */
static uint64_t fold(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* A second half that undoes the difference that the first halves made. */
static void keys_of_one_hash_are_told_apart(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct table table = TABLE_EMPTY(&arena);
    uint64_t start = 0x9E3779B97F4A7C15u ^ 16, one[2] = { 1, 0 }, other[2] = { 2, 0 };
    struct str keys[] = { { (const char *)one, 16 }, { (const char *)other, 16 } };
    int values[2];

    (void)state;
    other[1] = one[1] ^ fold(start, one[0]) ^ fold(start, other[0]);
    assert_true(hash_bytes(keys[0].text, 16) == hash_bytes(keys[1].text, 16));
    *table_slot(&table, keys[0]) = &values[0];
    assert_null(table_find(&table, keys[1]));
    *table_slot(&table, keys[1]) = &values[1];
    assert_ptr_equal(table_find(&table, keys[0]), &values[0]);
    assert_ptr_equal(table_find(&table, keys[1]), &values[1]);
    arena_release(&arena);
}

static void the_hash_tells_like_keys_apart(void **state)
{
    uint64_t seen[1024];
    size_t same = 0;

    (void)state;
    for (size_t i = 0; i < 1024; i++) {
        char key[16];
        int len = snprintf(key, sizeof key, "%04zu", i);

        seen[i] = hash_bytes(key, (size_t)len) & 4095;
        for (size_t before = 0; before < i; before++)
            same += seen[before] == seen[i];
    }
    /* 1024 keys in 4096 places: 128 pairs meet by chance */
    assert_true(same < 256);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, an_empty_table_has_nothing);
    TESTS_ADD(&tests, a_slot_is_made_once_and_null_at_first);
    TESTS_ADD(&tests, keys_are_bytes_of_a_length);
    TESTS_ADD(&tests, keys_are_copied);
    TESTS_ADD(&tests, a_large_table_finds_all);
    TESTS_ADD(&tests, room_is_made_at_once);
    TESTS_ADD(&tests, keys_of_one_hash_are_told_apart);
    TESTS_ADD(&tests, the_hash_tells_like_keys_apart);
    return tests_run("base_table", &tests);
}
