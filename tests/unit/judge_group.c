/* Rows by some of their columns. */
#include "rows.h"

#include "judge/group.h"

enum { COLUMNS = 2, ROWS = 500 };

struct fixture {
    struct arena arena;
    struct type type;
    struct document document;
    struct measures measures;
    struct measures_of_type of_type;
    struct portion portion;
    struct grouping grouping;
};

static struct row *add(struct fixture *fixture, uint32_t first, uint32_t second)
{
    struct portion *portion = &fixture->portion;
    struct row *row =
        arena_alloc(&fixture->arena, sizeof *row + COLUMNS * sizeof *row->values);

    row->values[0] = first;
    row->values[1] = second;
    row->number = (uint32_t)portion->row_count++;
    row->records = 1;
    row->place_count = 1;
    row->places.one = arena_new(&fixture->arena, struct hit);
    row->places.one->index = ROWS - row->number; /* the last row has the first record */
    if (portion->rows == NULL)
        portion->rows = row;
    else
        portion->last_row->next = row;
    portion->last_row = row;
    return row;
}

static void by(struct fixture *fixture, const struct columns *columns)
{
    fixture->measures.by_type = &fixture->of_type;
    fixture->of_type.column_count = COLUMNS;
    fixture->document.type = &fixture->type;
    grouping_begin(&fixture->grouping, &fixture->measures, &fixture->document,
                   &fixture->portion);
    grouping_by(&fixture->grouping, columns);
}

static void release(struct fixture *fixture)
{
    grouping_release(&fixture->grouping);
    arena_release(&fixture->arena);
}

static void alike_rows_are_one_group(void **state)
{
    size_t second[] = { 1 };
    const struct columns columns = { second, 1 };
    struct fixture fixture = { .arena = ARENA_EMPTY };
    const struct row_group *group;

    (void)state;
    for (uint32_t i = 0; i < ROWS; i++)
        add(&fixture, i, i % 3)->untold = i < 3;
    by(&fixture, &columns);
    assert_int_equal(fixture.grouping.count, 3);
    group = &fixture.grouping.groups[1];
    assert_int_equal(group->row, 1);
    assert_int_equal(group->records, ROWS / 3 + 1);
    assert_int_equal(group->untold, 1);
    assert_int_equal(fixture.grouping.group_of[4], 1);
    assert_int_equal(group->placed, ROWS / 3 + 1);
    release(&fixture);
}

static void rows_with_a_place_are_in_the_order_of_records(void **state)
{
    const struct columns none = { NULL, 0 };
    struct fixture fixture = { .arena = ARENA_EMPTY };

    (void)state;
    for (uint32_t i = 0; i < ROWS; i++)
        if (i % 2 == 1)
            add(&fixture, i, 0)->place_count = 0;
        else
            add(&fixture, i, 0);
    by(&fixture, &none);
    assert_int_equal(fixture.grouping.groups[0].placed, ROWS / 2);
    assert_int_equal(fixture.grouping.placed_count, ROWS / 2);
    for (size_t i = 0; i < ROWS / 2; i++)
        assert_int_equal(fixture.grouping.placed[i].number, ROWS - 2 - 2 * i);
    release(&fixture);
}

static void groups_are_as_many_as_there_are(void **state)
{
    size_t both[] = { 0, 1 }, first[] = { 0 };
    const struct columns of_both = { both, 2 }, of_first = { first, 1 };
    struct fixture fixture = { .arena = ARENA_EMPTY };

    (void)state;
    for (uint32_t i = 0; i < ROWS; i++)
        add(&fixture, i % 100, i / 100);
    by(&fixture, &of_both);
    assert_int_equal(fixture.grouping.count, ROWS);
    grouping_by(&fixture.grouping, &of_first);
    assert_int_equal(fixture.grouping.count, 100);
    grouping_by(&fixture.grouping, NULL);
    assert_int_equal(fixture.grouping.count, ROWS);
    for (uint32_t i = 0; i < ROWS; i++)
        assert_int_equal(fixture.grouping.group_of[i], i);
    release(&fixture);
}

/* What is not known of them is another. */
static void rows_of_another_kind_are_apart(void **state)
{
    const struct columns none = { NULL, 0 };
    struct fixture fixture = { .arena = ARENA_EMPTY };

    (void)state;
    add(&fixture, 1, 1);
    add(&fixture, 1, 1)->astray = true;
    add(&fixture, 1, 1)->wrong = true;
    add(&fixture, 1, 1)->missing = 1;
    by(&fixture, &none);
    assert_int_equal(fixture.grouping.count, 3);
    assert_int_equal(fixture.grouping.group_of[3], fixture.grouping.group_of[2]);
    release(&fixture);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, alike_rows_are_one_group);
    TESTS_ADD(&tests, rows_with_a_place_are_in_the_order_of_records);
    TESTS_ADD(&tests, groups_are_as_many_as_there_are);
    TESTS_ADD(&tests, rows_of_another_kind_are_apart);
    return tests_run("judge_group", &tests);
}
