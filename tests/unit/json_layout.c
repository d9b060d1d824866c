#include "json/layout.h"

#include "rows.h"
#include "json/projection.h"

#include <stdio.h>

enum { MANY = 1000 };

static void lists_are_found_by_their_key(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct layout *layout = layout_new(&arena);
    struct projection *snapshots = layout_list(layout, STR("DBSnapshots"));

    (void)state;
    assert_non_null(snapshots);
    assert_ptr_equal(layout_find(layout, STR("DBSnapshots")), snapshots);
    assert_ptr_equal(layout_list(layout, STR("DBSnapshots")), snapshots);
    assert_ptr_not_equal(layout_list(layout, STR("")), snapshots);
    assert_null(layout_find(layout, STR("DBSnapshot")));
    assert_null(layout_find(layout, STR("DBSnapshots\0")));
    assert_non_null(layout_find(layout, STR("")));
    arena_release(&arena);
}

static void all_else_has_one_projection(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct layout *layout = layout_new(&arena);

    (void)state;
    assert_null(layout->other);
    projection_add(layout_other(layout), STR("NextToken"));
    assert_true(projection_has(layout->other, STR("NextToken")));
    assert_null(layout_find(layout, STR("NextToken")));
    arena_release(&arena);
}

static void elements_may_have_their_own(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct layout *layout = layout_new(&arena);

    (void)state;
    assert_null(layout_elements_find(layout));
    projection_add(layout_other(layout), STR("a"));
    assert_ptr_equal(layout_elements_find(layout), layout->other);
    projection_add(layout_elements(layout), STR("b"));
    assert_false(projection_has(layout_elements_find(layout), STR("a")));
    assert_true(projection_has(layout_elements_find(layout), STR("b")));
    assert_false(projection_has(layout->other, STR("b")));
    arena_release(&arena);
}

static void a_field_added_twice_is_there_once(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct projection *projection = layout_other(layout_new(&arena));

    (void)state;
    assert_false(projection_has(projection, STR("")));
    projection_add(projection, STR("Engine"));
    projection_add(projection, STR("Engine"));
    projection_add(projection, STR(""));
    assert_int_equal(projection->count, 2);
    assert_true(projection_has(projection, STR("Engine")));
    assert_true(projection_has(projection, STR("")));
    assert_false(projection_has(projection, STR("EngineVersion")));
    arena_release(&arena);
}

static void many_fields_are_found_and_no_other(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct projection *projection = layout_other(layout_new(&arena));

    (void)state;
    for (int i = 0; i < MANY; i++)
        projection_add(projection, str_from(arena_printf(&arena, "field-%d", i)));
    for (int i = 0; i < 2 * MANY; i++) {
        struct str field = str_from(arena_printf(&arena, "field-%d", i));
        size_t index = projection_number(projection, field);

        assert_int_equal(index, i < MANY ? (size_t)i : SIZE_MAX);
    }
    arena_release(&arena);
}

static void fields_of_one_hash_are_told_apart(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct projection *projection = layout_other(layout_new(&arena));
    const struct str one = STR("ABCDEFGH-1-ABCDEFGH"), two = STR("ABCDEFGH-2-ABCDEFGH"),
                     three = STR("ABCDEFGH-3-ABCDEFGH");

    (void)state;
    assert_int_equal(key_hash(one), key_hash(two));
    assert_int_equal(key_hash(one), key_hash(three));
    projection_add(projection, one);
    projection_add(projection, two);
    assert_int_equal(projection_number(projection, one), 0);
    assert_int_equal(projection_number(projection, two), 1);
    assert_false(projection_has(projection, three));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, lists_are_found_by_their_key);
    TESTS_ADD(&tests, all_else_has_one_projection);
    TESTS_ADD(&tests, elements_may_have_their_own);
    TESTS_ADD(&tests, a_field_added_twice_is_there_once);
    TESTS_ADD(&tests, many_fields_are_found_and_no_other);
    TESTS_ADD(&tests, fields_of_one_hash_are_told_apart);
    return tests_run("json_layout", &tests);
}
