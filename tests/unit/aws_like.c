#include "rows.h"

#include "aws/like.h"

#include <string.h>

enum { NO_SPACE = LIKE_NO_SPACE | LIKE_NO_OTHER_SPACE };

static const struct like_row {
    const char *name;
    const char *text, *pattern;
    unsigned signs;
    enum like expected;
} like_rows[] = {
    { "* stands for nothing", "prod", "prod*", 0, LIKE_YES },
    { "and for : and /", "arn:aws:s3:::a/b", "arn:*", 0, LIKE_YES },
    { "case counts", "Prod", "prod*", 0, LIKE_NO },
    { "? is itself", "order?", "order?", 0, LIKE_YES },
    { "and nothing else", "orders", "order?", 0, LIKE_NO },
    { "? is one character", "orders", "order?", LIKE_ONE, LIKE_YES },
    { "of more bytes than one", "order\xC3\xA9", "order?", LIKE_ONE, LIKE_YES },
    { "but not none", "order", "order?", LIKE_ONE, LIKE_NO },
    { "${*} is five characters", "a*", "a${*}", 0, LIKE_NO },
    { "or a *", "a*", "a${*}", LIKE_IAM, LIKE_YES },
    { "* stands for a blank", "prod server", "prod*", 0, LIKE_YES },
    { "or not", "prod server", "prod*", NO_SPACE, LIKE_NO },
    { "where the blank is written", "prod server", "prod *", NO_SPACE, LIKE_YES },
    { "one blank is not two", "prod a b", "prod *", NO_SPACE, LIKE_NO },
    { "the second * takes what the first left", "axb-bc", "a*b*c", NO_SPACE, LIKE_YES },
    { "but no blank", "axb bc", "a*b*c", NO_SPACE, LIKE_NO },
    { "a blank between two *", "xx yx yz", "*x y*z", NO_SPACE, LIKE_NO },
    { "twice", "xx yx-yz", "*x y*z", NO_SPACE, LIKE_YES },
    { "a tab is one, too", "a\tb", "a*", LIKE_NO_SPACE, LIKE_NO },
    { "U+00A0 is one of Unicode's", "a\xC2\xA0z", "a*", NO_SPACE, LIKE_NO },
    { "and none of ASCII's", "a\xC2\xA0z", "a*", LIKE_NO_SPACE, LIKE_YES },
    { "U+3000", "a\xE3\x80\x80z", "a*", LIKE_NO_OTHER_SPACE, LIKE_NO },
    { "a blank is none of the others", "a z", "a*", LIKE_NO_OTHER_SPACE, LIKE_YES },
};

static void like_test(void **state)
{
    const struct like_row *row = *state;

    assert_int_equal(like_with(str_from(row->text), str_from(row->pattern), row->signs),
                     row->expected);
}

static const struct space_row {
    const char *name;
    const char *text;
    bool expected;
} space_rows[] = {
    { "no text", "", false },
    { "a word", "prod", false },
    { "a blank at its end", "prod ", true },
    { "a line end", "a\nb", true },
    { "U+2003 in the middle", "a\xE2\x80\x83z", true },
    { "a byte that is no UTF-8", "a\xA0z", false },
    { "a control character", "a\x01z", false },
};

static void space_test(void **state)
{
    const struct space_row *row = *state;

    assert_int_equal(has_white_space(str_from(row->text)), row->expected);
}

static const struct overlap_row {
    const char *name;
    const char *left, *right;
    bool expected;
} overlap_rows[] = {
    { "the same text", "db:a", "db:a", true },
    { "two texts", "db:a", "db:b", false },
    { "nothing and nothing", "", "", true },
    { "nothing and *", "", "**", true },
    { "nothing and a text", "", "a*", false },
    { "beginnings that differ", "prod*", "test*", false },
    { "ends that differ", "*a", "*b", false },
    { "a beginning and an end", "prod*", "*b", true },
    { "* on both sides, in turn", "a*c*", "*b*d", true },
    { "what is between must be there", "a*b*a", "aca", false },
    { "a type among wildcards", "arn:aws:*", "arn:*:rds:*:*:db:*", true },
    { "another service", "arn:aws:ec2:*", "arn:*:rds:*:*:db:*", true },
    { "? may be a character of two bytes", "order?", "order\xC3\xA9", true },
    { "? may be itself", "a?", "a?", true },
};

static void overlap_test(void **state)
{
    const struct overlap_row *row = *state;

    assert_int_equal(patterns_overlap(str_from(row->left), str_from(row->right)),
                     row->expected);
    assert_int_equal(patterns_overlap(str_from(row->right), str_from(row->left)),
                     row->expected);
}

static void long_patterns_are_taken_to_overlap(void **state)
{
    static char left[OVERLAP_BYTES_MAX + 1], right[OVERLAP_BYTES_MAX];

    (void)state;
    memset(left, 'a', sizeof left);
    memset(right, 'b', sizeof right);
    assert_false(patterns_overlap((struct str){ left, OVERLAP_BYTES_MAX },
                                  (struct str){ right, OVERLAP_BYTES_MAX }));
    assert_true(patterns_overlap((struct str){ left, sizeof left },
                                 (struct str){ right, sizeof right }));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, like_rows, like_test);
    TESTS_ADD_ROWS(&tests, space_rows, space_test);
    TESTS_ADD_ROWS(&tests, overlap_rows, overlap_test);
    TESTS_ADD(&tests, long_patterns_are_taken_to_overlap);
    return tests_run("aws_like", &tests);
}
