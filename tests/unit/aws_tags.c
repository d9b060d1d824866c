/* Tags of a resource: found, missing, open; and one key twice. */
#include "rows.h"

#include "aws/tags.h"

#include <string.h>

static const struct tag_row {
    const char *name;
    const char *tags; /* "KEY=VALUE KEY ..."; without =: its value is not known */
    bool is_whole;
    const char *key;
    const char *expected; /* the value; "-": absent, "?": open */
} tag_rows[] = {
    { "a tag", "a=1 b=2", true, "b", "2" },
    { "keys have a case", "a=1 b=2", true, "B", "-" },
    { "no other tag", "a=1 b=2", true, "c", "-" },
    { "there may be others", "a=1 b=2", false, "c", "?" },
    { "but not of a key that is there", "a=1 b=2", false, "a", "1" },
    { "no tags at all", "", true, "a", "-" },
    { "no tag that is known", "", false, "a", "?" },
    { "an empty value", "a=", true, "a", "" },
    { "an empty key", "=1", true, "", "1" },
    { "a value that is not known", "a b=2", true, "a", "?" },
    { "a key twice, with one value", "a=1 b=2 a=1", true, "a", "1" },
    { "a key twice, with two values", "a=1 b=2 a=2", true, "a", "?" },
    { "and thrice, the first again", "a=1 a=2 a=1", true, "a", "?" },
    { "what stands beside is as it was", "a=1 b=2 a=2 c=3", true, "c", "3" },
    { "a beginning of a key", "ab=1", true, "a", "-" },
};

static void tags_of(struct arena *arena, const char *text, struct tag_list *tags)
{
    struct str rest = str_from(text);

    tags->items = arena_array(arena, strlen(text) + 1, struct tag);
    while (rest.len > 0) {
        struct str value = str_next(&rest, ' ');
        struct str key = str_next(&value, '=');

        tags->items[tags->count++] = (struct tag){ .key = key, .value = value };
    }
}

static void tag_test(void **state)
{
    const struct tag_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct tag_list tags = { .is_whole = row->is_whole };
    struct str value = STR("untouched");

    tags_of(&arena, row->tags, &tags);
    tags_sort(&tags);
    switch (tags_find(&tags, tag_key(str_from(row->key)), &value)) {
    case TAG_ABSENT:
        assert_string_equal("-", row->expected);
        break;
    case TAG_OPEN:
        assert_string_equal("?", row->expected);
        break;
    case TAG_TEXT:
        assert_true(str_equal(value, str_from(row->expected)));
        break;
    }
    arena_release(&arena);
}

static const struct agree_row {
    const char *name;
    const char *one, *other; /* as above; with "..." behind: there may be others */
    const char *expected;    /* the same; "!" before: they differ */
} agree_rows[] = {
    { "they say the same", "a=1 b=2", "a=1 b=2", "a=1 b=2 " },
    { "that it has none", "", "", "" },
    { "one has a tag, the other lacks it", "a=1", "", "!... " },
    { "so turned", "", "a=1", "!... " },
    { "what both have stays", "a=1 b=2", "a=1 c=3", "!a=1 ... " },
    { "two values of one key", "a=1 b=2", "a=2 b=2", "!a b=2 ... " },
    { "one that knows some tags contradicts no others", "a=1 ...", "a=1 b=2",
      "a=1 b=2 " },
    { "so turned: it knows some", "a=1 b=2", "a=1 ...", "a=1 b=2 " },
    { "neither knows all", "a=1 ...", "b=2 ...", "a=1 b=2 ... " },
    { "a value that one knows", "a b=2", "a=1 b=2", "a=1 b=2 " },
    { "so turned: one knows it", "a=1", "a", "a=1 " },
    { "that none knows", "a", "a", "a " },
};

static void read_list(struct arena *arena, const char *text, struct tag_list *tags)
{
    size_t len = strlen(text);

    *tags =
        (struct tag_list){ .is_whole = len < 3 || strcmp(text + len - 3, "...") != 0 };
    tags_of(arena,
            tags->is_whole
                ? text
                : arena_printf(arena, "%.*s", (int)(len - (len > 3 ? 4 : 3)), text),
            tags);
    tags_sort(tags);
}

static void print_value_of(const struct tag_list *tags, const char *key,
                           struct buf *out)
{
    struct str value;
    struct tag_list whole = *tags;

    whole.is_whole = true;
    switch (tags_find(&whole, tag_key(str_from(key)), &value)) {
    case TAG_ABSENT:
        return;
    case TAG_OPEN:
        buf_printf(out, "%s ", key);
        return;
    case TAG_TEXT:
        buf_printf(out, "%s=%.*s ", key, STR_ARG(value));
        return;
    }
}

static void agree_test(void **state)
{
    const struct agree_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct tag_list one, other, both;
    struct buf out = BUF_EMPTY(&arena);
    bool differ;

    read_list(&arena, row->one, &one);
    read_list(&arena, row->other, &other);
    tags_agree(&arena, &one, &other, &both, &differ);
    if (differ)
        buf_add_byte(&out, '!');
    print_value_of(&both, "a", &out);
    print_value_of(&both, "b", &out);
    print_value_of(&both, "c", &out);
    if (!both.is_whole)
        buf_add(&out, STR("... "));
    assert_string_equal(buf_str(&out).text, row->expected);
    arena_release(&arena);
}

static void of_many_tags_each_is_found(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct tag_list tags = { arena_array(&arena, 300, struct tag), 300, true };
    struct str value = STR_NONE;

    (void)state;
    for (size_t i = 0; i < tags.count; i++)
        tags.items[i].key = tags.items[i].value =
            str_from(arena_printf(&arena, "%zu", i * 7 % 300));
    tags_sort(&tags);
    for (size_t i = 0; i < tags.count; i++) {
        struct str key = str_from(arena_printf(&arena, "%zu", i));

        assert_int_equal(tags_find(&tags, tag_key(key), &value), TAG_TEXT);
        assert_true(str_equal(value, key));
    }
    arena_release(&arena);
}

static void a_value_that_is_too_long_is_not_known(void **state)
{
    static char text[TAG_VALUE_BYTES_MAX + 1];
    struct tag items[] = { { .key = STR("a"), .value = { text, sizeof text - 1 } },
                           { .key = STR("b"), .value = { text, sizeof text } } };
    struct tag_list tags = { items, COUNT_OF(items), true };
    struct str value = STR_NONE;

    (void)state;
    memset(text, 'x', sizeof text);
    tags_sort(&tags);
    assert_int_equal(tags_find(&tags, tag_key(STR("a")), &value), TAG_TEXT);
    assert_int_equal(tags_find(&tags, tag_key(STR("b")), &value), TAG_OPEN);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, tag_rows, tag_test);
    TESTS_ADD_ROWS(&tests, agree_rows, agree_test);
    TESTS_ADD(&tests, of_many_tags_each_is_found);
    TESTS_ADD(&tests, a_value_that_is_too_long_is_not_known);
    return tests_run("aws_tags", &tests);
}
