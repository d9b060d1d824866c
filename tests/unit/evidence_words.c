#include "rows.h"

#include "evidence/words.h"

#include <string.h>

static const struct row {
    const char *name;
    const char *path;
    bool is_folder;
    const char *words; /* accounts, a semicolon, regions */
} rows[] = {
    /* as the collection script writes it */
    { "account and region as folders",
      "evidence/123456789012/us-east-1/rds-describe-db-snapshots.json", false,
      "123456789012;us-east-1" },
    { "an account's global folder", "evidence/123456789012/global/x.json", false,
      "123456789012;" },
    { "the argument's own name counts", "123456789012", true, "123456789012;" },
    { "a slash at the end", "123456789012/us-east-1/", true, "123456789012;us-east-1" },

    /* words in names */
    { "a word in a file's name", "prod-us-east-1-snaps.json", false, ";us-east-1" },
    { "both in a file's name", "123456789012_eu-west-1.json", false,
      "123456789012;eu-west-1" },
    { "a word before the suffix", "us-east-1.json", false, ";us-east-1" },
    { "dots, blanks and bytes above 127 are around words",
      "a.123456789012 \xFFus-east-1\xC3\xA9.json", false, "123456789012;us-east-1" },
    { "a word in a folder's name", "acme-123456789012-prod/x.json", false,
      "123456789012;" },
    { "a new line is as any byte", "a\n123456789012\nus-east-1", false,
      "123456789012;us-east-1" },

    /* no words */
    { "a letter beside", "a123456789012/us-east-1a.json", false, ";" },
    { "a digit beside", "1234567890123/us-east-12.json", false, ";" },
    { "eleven digits", "12345678901", true, ";" },
    { "a letter before a region", "xus-east-1", true, ";" },
    { "a region in upper case", "US-EAST-1/x.json", false, ";" },
    { "a region that is not known", "us-east-7/x.json", false, ";" },
    { "an id with hyphens", "1234-5678-9012/x.json", false, ";" },
    { "standard input", "-", false, ";" },
    { "nothing", "", false, ";" },
    { "slashes alone", "//", true, ";" },

    /* UUIDs */
    { "a UUID's last group", "plan-fcbf5d8f-1234-5678-9abc-123456789012.json", false,
      ";" },
    { "a UUID in upper case", "FCBF5D8F-1234-5678-9ABC-123456789012.json", false, ";" },
    { "a UUID that is a folder's whole name",
      "fcbf5d8f-1234-5678-9abc-123456789012/x.json", false, ";" },
    { "a UUID beside an account", "123456789012-fcbf5d8f-1234-5678-9abc-210987654321.x",
      false, "123456789012;" },
    { "five groups that are no UUID's", "fcbf5d8f-1234-5678-9abg-123456789012.json",
      false, "123456789012;" },
    { "four groups before", "cbf5d8f-1234-5678-9abc-123456789012.json", false,
      "123456789012;" },

    /* dates */
    { "a date and time", "snaps-202611240300.json", false, ";" },
    { "a date that does not exist is an account", "snaps-202613240300.json", false,
      "202613240300;" },
    { "29 February in a leap year is a date", "snaps-202402290000.json", false, ";" },
    { "29 February in another year is none", "snaps-202302290000.json", false,
      "202302290000;" },
    { "hour 24 is no date", "snaps-202611242400.json", false, "202611242400;" },
    { "minute 60 is no date", "snaps-202611240060.json", false, "202611240060;" },
    { "the first year of dates", "snaps-199001010000.json", false, ";" },
    { "a year before dates", "snaps-198912312359.json", false, "198912312359;" },
    { "the last year of dates", "snaps-209912312359.json", false, ";" },
    { "a year behind dates", "snaps-210001010000.json", false, "210001010000;" },
    { "a date that is a folder's whole name is an account", "202611240300/x.json",
      false, "202611240300;" },
    { "a date that is the last folder's whole name", "x/202611240300", true,
      "202611240300;" },
    { "a date that is a file's whole name is a date", "x/202611240300", false, ";" },

    /* several */
    { "the same word twice is one", "us-east-1/prod-us-east-1.json", false,
      ";us-east-1" },
    { "two folders do not decide", "us-east-1/eu-west-1/x.json", false,
      ";us-east-1,eu-west-1" },
    { "two accounts do not decide", "123456789012/210987654321/x.json", false,
      "123456789012,210987654321;" },
    { "a whole folder name beats a part of one", "from-us-east-1/eu-west-1/x.json",
      false, ";eu-west-1" },
    { "a whole folder name beats a part below it", "eu-west-1/from-us-east-1/x.json",
      false, ";eu-west-1" },
    { "a whole account beats a part of a folder's name",
      "run-210987654321/123456789012/x.json", false, "123456789012;" },
    { "an account beats no region", "run-us-east-1/123456789012/x.json", false,
      "123456789012;us-east-1" },
    { "a whole folder name does not beat a file's", "us-east-1/eu-west-1-snaps.json",
      false, ";us-east-1,eu-west-1" },
    { "parts of folders do not decide", "a-us-east-1/b-eu-west-1/x.json", false,
      ";us-east-1,eu-west-1" },
    { "a part of a folder and a file do not decide", "a-us-east-1/b-eu-west-1.json",
      false, ";us-east-1,eu-west-1" },
    { "a whole folder name beats a parent's name behind the call",
      "us-east-1/backup-list-recovery-points--dr-us-west-2--RDS.json", false,
      ";us-east-1" },
    { "a parent's ARN behind the call",
      "111111111111/us-east-1/"
      "rds-list-tags--arn_aws_rds_us-west-2_222222222222_db_a.json",
      false, "111111111111;us-east-1" },
    { "a parent's name is all there is", "backup-list-recovery-points--us-west-2.json",
      false, ";us-west-2" },
    { "-- in a folder's name is as any bytes", "x--us-east-1/x.json", false,
      ";us-east-1" },
    { "the last folder's whole name counts as whole", "a-us-east-1/eu-west-1", true,
      ";eu-west-1" },
    { "a part of the last folder's name is beaten", "us-east-1/a-eu-west-1", true,
      ";us-east-1" },
    { "adjoining regions", "us-east-1-us-west-2.json", false, ";us-east-1,us-west-2" },
    { "the longest name at a place", "us-gov-east-1,us-isob-east-1,us-iso-east-1.json",
      false, ";us-gov-east-1,us-isob-east-1,us-iso-east-1" },
    { "no more than the limit are kept",
      "us-east-1/us-east-2/us-west-1/us-west-2/eu-west-1/x", false,
      ";us-east-1,us-east-2,us-west-1,us-west-2" },
};

static void add(struct buf *buf, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(buf, "%s%.*s", i > 0 ? "," : "", STR_ARG(words[i]));
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    struct words words;

    words_parse(&arena, str_from(row->path), row->is_folder, &words);
    add(&buf, words.accounts, words.account_count);
    buf_add_byte(&buf, ';');
    add(&buf, words.regions, words.region_count);
    assert_string_equal(buf_str(&buf).text, row->words);
    arena_release(&arena);
}

static void words_lie_in_the_path(void **state)
{
    const char path[] = "123456789012/us-east-1/x.json";
    struct arena arena = ARENA_EMPTY;
    struct words words;

    (void)state;
    words_parse(&arena, STR_NONE, false, &words);
    assert_int_equal(words.account_count + words.region_count, 0);
    words_parse(&arena, str_from(path), false, &words);
    assert_ptr_equal(words.accounts[0].text, path);
    assert_ptr_equal(words.regions[0].text, path + 13);
    arena_release(&arena);
}

static void a_nul_is_as_any_byte(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct words words;

    (void)state;
    words_parse(&arena, STR("\0us-east-1\0"), false, &words);
    assert_int_equal(words.region_count, 1);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, words_lie_in_the_path);
    TESTS_ADD(&tests, a_nul_is_as_any_byte);
    return tests_run("evidence_words", &tests);
}
