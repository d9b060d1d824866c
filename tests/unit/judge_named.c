/*
 * What the names of folders and files say that there is, though nothing in them is
 * evidence: files in, findings of one small rule out.
 */
#include "scan_rows.h"

#define A    "123456789012"
#define B    "210987654321"
#define US   A "/us-east-1/"
#define NOTE "notes.json={}\n"

static const struct scan_row rows[] = {
    { "a folder, and in it one whose name has another account",
      A "/\n" US "\n" US "of-" B "/\n" US "of-" B "/" NOTE,
      A " us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "a folder, and in it one whose name has another region",
      A "/\n" US "\n" US "of-eu-west-1/\n" US "of-eu-west-1/" NOTE,
      A " us-east-1 unknown n=0.. m=0.. -missing\n" },
    { "a folder whose name has a region, above one that is one",
      A "/\n" A "/of-us-east-1/\n" A "/of-us-east-1/eu-west-1/\n" A
        "/of-us-east-1/eu-west-1/" NOTE,
      A " eu-west-1 unknown n=0.. m=0.. -missing\n" },
    { "a folder whose name has an account, above one that is one",
      "of-" B "-us-east-1/\n"
      "of-" B "-us-east-1/" A "/\n"
      "of-" B "-us-east-1/" A "/" NOTE,
      A " us-east-1 unknown n=0.. m=0.. -missing\n" },
};

static void of_names(void **state)
{
    scan_row(*state, snapshots_rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_names);
    return tests_run("judge_named", &tests);
}
