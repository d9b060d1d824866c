#include "rows.h"

#include "aws/regions.h"

#include <string.h>

static const struct count_row {
    const char *name;
    const char *partition;
    size_t count;
} count_rows[] = {
    { "the regions of the commercial partition", "aws", 34 },
    { "the regions of China", "aws-cn", 2 },
    { "the region of the European Sovereign Cloud", "aws-eusc", 1 },
    { "the regions of aws-iso", "aws-iso", 2 },
    { "the regions of aws-iso-b", "aws-iso-b", 2 },
    { "the region of aws-iso-e", "aws-iso-e", 1 },
    { "the regions of aws-iso-f", "aws-iso-f", 2 },
    { "the regions of GovCloud", "aws-us-gov", 2 },
};

static void count_test(void **state)
{
    const struct count_row *row = *state;
    size_t count, in_partition = 0;
    const struct region *regions = regions_all(&count);

    assert_int_equal(count, 46);
    for (size_t i = 0; i < count; i++)
        in_partition += strcmp(regions[i].partition, row->partition) == 0;
    assert_int_equal(in_partition, row->count);
}

static void they_are_in_order_and_of_a_region_s_form(void **state)
{
    size_t count;
    const struct region *regions = regions_all(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct str name = str_from(regions[i].name);
        int order = i > 0 ? strcmp(regions[i - 1].partition, regions[i].partition) : -1;

        assert_true(order < 0 ||
                    (order == 0 && strcmp(regions[i - 1].name, regions[i].name) < 0));
        assert_true(is_region_name(name) && is_region_form(name));
        assert_ptr_equal(region_find(name), &regions[i]);
        assert_true(strlen(regions[i].title) > 0);
    }
}

static const struct name_row {
    const char *name;
    const char *text;
    bool is_known, has_form, has_direction;
} name_rows[] = {
    { "a known region", "us-east-1", true, true, true },
    { "a known region of four words", "us-gov-west-1", true, true, true },
    { "a known region of the sovereign cloud", "eusc-de-east-1", true, true, true },
    { "a region to come", "us-east-7", false, true, true },
    { "a region to come with two digits", "ap-southeast-12", false, true, true },
    { "a name of no direction", "dev-team-1", false, true, false },
    { "a direction before another word", "us-east-team-1", false, true, false },
    { "a region in a longer name", "prod-us-east-1", false, true, false },
    { "a third word that begins regions", "eusc-fr-west-1", false, true, true },
    { "two directions in one", "xx-southeast-1", false, true, true },
    { "a global pseudo-region", "aws-global", false, false, false },
    { "upper case", "US-EAST-1", false, false, false },
    { "an availability zone", "us-east-1a", false, false, false },
    { "no number", "us-east", false, false, false },
    { "a hyphen and no number", "us-east-", false, false, false },
    { "no direction", "us-1", false, false, false },
    { "one letter", "u-east-1", false, false, false },
    { "five letters", "uscde-east-1", false, false, false },
    { "four words between", "us-a-b-c-d-1", false, false, false },
    { "two hyphens", "us--east-1", false, false, false },
    { "blanks around it", " us-east-1 ", false, false, false },
    { "nothing", "", false, false, false },
    { "absent", NULL, false, false, false },
};

static void name_test(void **state)
{
    const struct name_row *row = *state;
    struct str text = str_from(row->text);

    assert_int_equal(region_find(text) != NULL, row->is_known);
    assert_int_equal(is_region_name(text), row->has_form);
    assert_int_equal(is_region_form(text), row->has_direction);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, count_rows, count_test);
    TESTS_ADD(&tests, they_are_in_order_and_of_a_region_s_form);
    TESTS_ADD_ROWS(&tests, name_rows, name_test);
    return tests_run("aws_regions", &tests);
}
