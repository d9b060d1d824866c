#include "report_sample.h"

#include "rows.h"

#include "report/grid.h"

#include <string.h>

static const struct remark no_database = { .nothing_there = { "no database", 11 } };
static const struct remark some_database = { .text = "no plan" };

/* ---- a matrix of findings ---- */

/* A finding: "1 eu-west-1 F"; the letter 0 is a fail where nothing is there, N what
 * does not apply; an account or region of "-" is absent, and "/" is a file alone. */
static struct finding finding_of(struct arena *arena, struct str line)
{
    struct finding finding = { .rule = &sample_rule };
    struct str rest = line;
    struct str account = str_next(&rest, ' '), region = str_next(&rest, ' ');

    if (!str_equal(account, STR("-")) && !str_equal(account, STR("/")))
        finding.account = str_copy(arena, account);
    if (!str_equal(region, STR("-")))
        finding.region = str_copy(arena, region);
    if (str_equal(account, STR("/")))
        finding.source = "x.json";
    switch (rest.text[0]) {
    case 'F':
        finding.result = RESULT_FAIL;
        finding.diagnosis = &some_database;
        break;
    case '0':
        finding.result = RESULT_FAIL;
        finding.diagnosis = &no_database;
        break;
    case '?':
        finding.result = RESULT_UNKNOWN;
        break;
    case 'N':
        finding.result = RESULT_NOT_APPLICABLE;
        break;
    case 'W':
        finding.result = RESULT_WAIVED;
        break;
    default:
        finding.result = RESULT_PASS;
        break;
    }
    return finding;
}

static size_t findings_of(struct arena *arena, const char *lines,
                          struct finding *findings)
{
    struct str rest = str_from(lines);
    size_t count = 0;

    while (rest.len > 0)
        findings[count++] = finding_of(arena, str_next(&rest, '\n'));
    return count;
}

/* "euc1 euw1\n1 FP\n2 ?-\napart: use1\n" */
static const char *printed(struct arena *arena, const struct grid *grid)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t j = 0; j < grid->column_count; j++)
        if (!grid->columns[j].apart)
            buf_printf(&text, "%.*s ", STR_ARG(grid->columns[j].name));
    for (size_t i = 0; i < grid->row_count; i++) {
        buf_printf(&text, "\n%.*s ", STR_ARG(grid->rows[i].account));
        for (size_t j = 0; j < grid->column_count; j++)
            if (!grid->columns[j].apart)
                buf_add_byte(&text, grid_letter(&grid->rows[i], j));
    }
    for (size_t j = 0; j < grid->column_count; j++)
        if (grid->columns[j].apart)
            buf_printf(&text, "\napart %.*s", STR_ARG(grid->columns[j].region));
    if (grid->left_out > 0)
        buf_printf(&text, "\nleft out %zu", grid->left_out);
    return buf_str(&text).text;
}

static const struct grid_test_row {
    const char *name;
    const char *findings;
    const char *grid; /* NULL: there is none */
} grid_rows[] = {
    { "nothing makes no grid", "", NULL },
    { "a finding is a cell", "1 eu-west-1 F", "euw1 \n1 F" },
    { "columns are in order, whatever the accounts have",
      "1 us-east-1 P\n2 eu-west-1 F\n2 us-east-1 ?", "euw1 use1 \n1  P\n2 F?" },
    { "each result has its letter",
      "1 a F\n1 b ?\n1 c P\n1 d W\n1 e N\n1 f 0\n2 e P\n2 f P",
      "a b c d e f \n1 F?PW--\n2     PP" },
    { "a fail for want of anything is nothing; another fail is a fail", "1 a 0\n2 a F",
      "a \n1 -\n2 F" },
    { "nothing in all accounts stands apart",
      "1 a 0\n1 us-east-1 P\n2 a N\n2 us-east-1 0", "use1 \n1 P\n2 -\napart a" },
    { "nothing in one of two does not, where the other has no such region",
      "1 a 0\n1 us-east-1 P\n2 us-east-1 0", "a use1 \n1 -P\n2  -" },
    { "of several findings the worst is shown",
      "1 a P\n1 a F\n1 a ?\n1 b W\n1 b P\n1 c N\n1 c W\n1 d P\n1 d ?",
      "a b c d \n1 FPW?" },
    { "an account as a whole has a column of its own", "1 - F\n2 - P",
      "account \n1 F\n2 P" },
    { "which comes first", "1 - F\n1 eu-west-1 P", "account euw1 \n1 FP" },
    { "a file alone has no place", "/ - F\n1 eu-west-1 P\n/ eu-west-1 F",
      "euw1 \n1 P\nleft out 2" },
    { "nor has what no account is known of", "- eu-west-1 F", NULL },
    { "two regions of one short name keep their own",
      "1 us-i-east-1 P\n1 us-iso-east-1 P\n1 usie1 F",
      "us-i-east-1 us-iso-east-1 usie1 \n1 PPF" },
};

static void grid_test(void **state)
{
    const struct grid_test_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct finding findings[16];
    size_t count = findings_of(&arena, row->findings, findings);
    struct grid grid;

    assert_int_equal(grid_make(&arena, findings, count, &grid), row->grid != NULL);
    if (row->grid != NULL)
        assert_string_equal(printed(&arena, &grid), row->grid);
    arena_release(&arena);
}

static void a_cell_knows_its_findings(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[16];
    size_t count = findings_of(&arena, "1 a P\n1 a F\n1 a F\n1 b 0\n2 a W", findings);
    const struct grid_cell *cell;
    struct grid grid;

    (void)state;
    assert_true(grid_make(&arena, findings, count, &grid));
    cell = grid_find(&grid.rows[0], 0);
    assert_ptr_equal(cell->finding, &findings[1]);
    assert_int_equal(cell->count, 3);
    assert_null(grid_find(&grid.rows[1], 1));
    assert_int_equal(grid.counts[GRID_FAIL], 2);
    assert_int_equal(grid.counts[GRID_PASS], 1);
    assert_int_equal(grid.counts[GRID_NOTHING], 1);
    assert_int_equal(grid.counts[GRID_WAIVED], 1);
    assert_int_equal(grid.counts[GRID_UNKNOWN], 0);
    arena_release(&arena);
}

static void there_are_at_most_so_many_regions(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct finding findings[GRID_REGIONS_MAX + 1];
    struct grid grid;

    (void)state;
    for (size_t i = 0; i <= GRID_REGIONS_MAX; i++) {
        findings[i] = (struct finding){ .account = STR("1") };
        findings[i].region = str_from(arena_printf(&arena, "region-%03zu", i));
    }
    assert_true(grid_make(&arena, findings, GRID_REGIONS_MAX, &grid));
    assert_int_equal(grid.column_count, GRID_REGIONS_MAX);
    assert_false(grid_make(&arena, findings, GRID_REGIONS_MAX + 1, &grid));
    arena_release(&arena);
}

/* ---- short names ---- */

static const struct short_row {
    const char *name, *region, *expected;
} short_rows[] = {
    { "a direction", "us-east-1", "use1" },
    { "two of them", "ap-northeast-1", "apne1" },
    { "south and southeast differ", "ap-south-2", "aps2" },
    { "so do these", "ap-southeast-2", "apse2" },
    { "the middle", "il-central-1", "ilc1" },
    { "a part of its own for governments", "us-gov-west-1", "usgw1" },
    { "and others", "us-isob-east-1", "usibe1" },
    { "north", "ca-north-1", "can1" },
    { "northeast", "ap-northeast-3", "apne3" },
    { "northwest", "cn-northwest-1", "cnnw1" },
    { "south", "af-south-1", "afs1" },
    { "southeast", "ap-southeast-7", "apse7" },
    { "southwest", "me-southwest-1", "mesw1" },
    { "east", "ap-east-2", "ape2" },
    { "west", "ca-west-1", "caw1" },
    { "central", "mx-central-1", "mxc1" },
    { "iso", "us-iso-west-1", "usiw1" },
    { "isoe", "eu-isoe-west-1", "euiew1" },
    { "isof", "us-isof-south-1", "usifs1" },
    { "two digits", "eu-west-12", "euw12" },
    { "no number", "us-east", "us-east" },
    { "another word", "eu-middle-1", "eu-middle-1" },
    { "one word", "global", "global" },
    { "a number alone", "us-1", "us-1" },
    { "no text", "", "" },
    { "no words", "--", "--" },
    { "something behind it", "us-east-1a", "us-east-1a" },
};

static void short_test(void **state)
{
    const struct short_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf name = BUF_EMPTY(&arena);

    buf_add(&name, region_short(&arena, str_from(row->region)));
    assert_string_equal(buf_str(&name).text, row->expected);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, grid_rows, grid_test);
    TESTS_ADD(&tests, a_cell_knows_its_findings);
    TESTS_ADD(&tests, there_are_at_most_so_many_regions);
    TESTS_ADD_ROWS(&tests, short_rows, short_test);
    return tests_run("report_grid", &tests);
}
