#include "rows.h"

#include "cli/meter.h"

static const struct row {
    const char *name;
    double bytes;
    const char *text;
} rows[] = {
    { "nothing", 0, "0 B" },
    { "bytes", 999, "999 B" },
    { "thousands", 1000, "1.0 kB" },
    { "no thousand of a unit", 999949, "999.9 kB" },
    { "but one of the next", 999950, "1.0 MB" },
    { "millions", 411234567, "411.2 MB" },
    { "billions", 2.5e9, "2.5 GB" },
    { "the largest unit goes on", 2.5e13, "25000.0 GB" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    char text[AMOUNT_TEXT_BYTES];

    amount_print(row->bytes, text);
    assert_string_equal(text, row->text);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    return tests_run("cli_meter", &tests);
}
