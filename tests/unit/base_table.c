#include "rows.h"

#include "base/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* The reference vectors: of the key 00 01 .. 0f, and texts 00 01 .. of a length. */
static const struct vector_row {
    const char *name;
    size_t len;
    uint64_t hash;
} vector_rows[] = {
    { "0 bytes", 0, 0xabac0158050fc4dcu },   { "1 byte", 1, 0xc9f49bf37d57ca93u },
    { "7 bytes", 7, 0xd3927d989bb11140u },   { "8 bytes", 8, 0x369095118d299a8eu },
    { "9 bytes", 9, 0x25a48eb36c063de4u },   { "15 bytes", 15, 0xd320d86d2a519956u },
    { "16 bytes", 16, 0xcc4fdd1a7d908b66u }, { "63 bytes", 63, 0x9d199062b7bbb3a8u },
};

static void vector_test(void **state)
{
    const struct vector_row *row = *state;
    unsigned char key_bytes[16], text[64];
    uint64_t key[2];

    for (size_t i = 0; i < sizeof key_bytes; i++)
        key_bytes[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (unsigned char)i;
    memcpy(key, key_bytes, sizeof key);
    assert_true(hash_with(key, (const char *)text, row->len) == row->hash);
}

/* The keys of two words that a hash that multiplies and folds, and has no key, takes
 * for one: the second word undoes the difference that the first made. */
static struct str colliding_key(uint64_t words[2], uint64_t number)
{
    uint64_t first = 0x9E3779B97F4A7C15u ^ 16;

    first = (first ^ number) * 0x9E3779B97F4A7C15u;
    words[0] = number;
    words[1] = first ^ first >> 29;
    return (struct str){ (const char *)words, 16 };
}

static size_t places_taken(const uint64_t key[2], bool colliding, unsigned char *taken,
                           size_t count)
{
    size_t places = 0;

    memset(taken, 0, 2 * count);
    for (size_t i = 0; i < count; i++) {
        uint64_t words[2] = { i, 0 };
        struct str text = colliding ? colliding_key(words, i)
                                    : (struct str){ (const char *)words, sizeof words };
        size_t place = hash_with(key, text.text, text.len) & (2 * count - 1);

        places += taken[place] == 0;
        taken[place] = 1;
    }
    return places;
}

/* Of n keys thrown at 2n places by chance, 0.787 n places are taken. */
static void keys_made_to_collide_do_not(void **state)
{
    enum { COUNT = 65536 };
    static unsigned char taken[2 * COUNT];

    (void)state;
    for (uint64_t i = 0; i < 4; i++) {
        const uint64_t key[2] = { i, i * i };

        assert_true(places_taken(key, true, taken, COUNT) > COUNT * 3 / 4);
        assert_true(places_taken(key, false, taken, COUNT) > COUNT * 3 / 4);
    }
}

static void the_hash_rests_on_both_halves_of_the_key(void **state)
{
    const uint64_t keys[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 } };

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(hash_with(keys[i], "a", 1) != hash_with(keys[j], "a", 1));
}

/* Two tables of the same keys, made by two processes: which slot stands before which.
 */
static void each_process_has_a_key_of_its_own(void **state)
{
    enum { COUNT = 64 };
    ptrdiff_t places[2][COUNT] = { 0 };

    (void)state;
    for (int run = 0; run < 2; run++) {
        int ends[2], status = 0;
        pid_t child;

        assert_int_equal(pipe(ends), 0);
        child = fork();
        if (child == 0) {
            struct arena arena = ARENA_EMPTY;
            struct table table = TABLE_EMPTY(&arena);

            table_reserve(&table, COUNT);
            for (unsigned char i = 0; i < COUNT; i++)
                places[run][i] = (const char *)table_slot(
                                     &table, (struct str){ (const char *)&i, 1 }) -
                                 (const char *)table.entries;
            _exit(write(ends[1], places[run], sizeof places[run]) < 0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(read(ends[0], places[run], sizeof places[run]),
                         sizeof places[run]);
        close(ends[0]);
        close(ends[1]);
    }
    assert_memory_not_equal(places[0], places[1], sizeof places[0]);
}

int main(void)
{
    struct tests tests = { 0 };

    /* first: what this process has hashed has made its key */
    TESTS_ADD(&tests, each_process_has_a_key_of_its_own);
    TESTS_ADD(&tests, an_empty_table_has_nothing);
    TESTS_ADD(&tests, a_slot_is_made_once_and_null_at_first);
    TESTS_ADD(&tests, keys_are_bytes_of_a_length);
    TESTS_ADD(&tests, keys_are_copied);
    TESTS_ADD(&tests, a_large_table_finds_all);
    TESTS_ADD(&tests, room_is_made_at_once);
    TESTS_ADD_ROWS(&tests, vector_rows, vector_test);
    TESTS_ADD(&tests, keys_made_to_collide_do_not);
    TESTS_ADD(&tests, the_hash_rests_on_both_halves_of_the_key);
    return tests_run("base_table", &tests);
}
