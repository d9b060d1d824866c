#include "rows.h"

#include "find/words.h"

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
    { "a letter before a region", "xus-east-1.json", false, ";" },
    { "a region in upper case", "US-EAST-1/x.json", false, ";us-east-1" },
    { "a region in any case, in a file's name", "prod-Eu-West-1-snaps.json", false,
      ";eu-west-1" },

    /* regions that are not known */
    { "a folder of a region's form", "us-east-7/x.json", false, ";us-east-7" },
    { "a folder of a region's form, in upper case", "123456789012/SA-West-1", true,
      "123456789012;sa-west-1" },
    { "a part of a name is no unknown region", "prod-us-east-7/us-east-7.json", false,
      ";" },
    { "but is a region that is named elsewhere", "prod-nx-north-1/NX-north-1.json",
      false, ";nx-north-1" },
    { "a longer name that is not known, and a shorter that is", "eu-west-12-x.json",
      false, ";" },
    { "a folder without a direction is no region", "dev-team-1/123456789012/x.json",
      false, "123456789012;" },
    { "unless it lies in an account's", "123456789012/dev-zone-1/x.json", false,
      "123456789012;dev-zone-1" },
    { "where every other word beats it", "123456789012/dev-zone-1/us-east-1.json",
      false, "123456789012;us-east-1" },
    { "an unknown region beats a part of a name", "office-us-east-1/sa-west-1/x.json",
      false, ";sa-west-1" },
    { "an unknown region and a known one do not decide", "us-east-1/sa-west-1/x.json",
      false, ";us-east-1,sa-west-1" },
    { "a folder global is of no region, whatever stands above",
      "office-us-east-1/123456789012/global/x.json", false, "123456789012;" },
    { "but a whole name above it", "us-east-1/global/x.json", false, ";us-east-1" },
    { "a folder global above says nothing", "global/acme-us-east-1/x.json", false,
      ";us-east-1" },

    /* as the console prints accounts */
    { "an account in groups", "1234-5678-9012/x.json", false, "123456789012;" },
    { "an account in groups, in a file's name", "a_1234-5678-9012-us-east-1.json",
      false, "123456789012;us-east-1" },
    { "the same account in both forms", "1234-5678-9012/123456789012.json", false,
      "123456789012;" },
    { "four groups are none", "1234-5678-9012-3456/x.json", false, ";" },
    { "groups in a UUID are none", "plan-fcbf5d8f-1234-5678-9012-abcdefabcdef.json",
      false, ";" },
    { "a letter behind groups", "1234-5678-9012a.json", false, ";" },
    { "groups that are too short", "1234-5678-901.json", false, ";" },
    { "groups that are a date", "snaps-2026-1124-0300.json", false, ";" },

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
    { "a date above an account is none", "202611240300/123456789012/us-east-1/x.json",
      false, "123456789012;us-east-1" },
    { "a date below an account is none", "123456789012/202611240300/x.json", false,
      "123456789012;" },
    { "a date above a part of a name is none", "202611240300/acme-123456789012/x.json",
      false, "123456789012;" },
    { "a date above a file's account is none", "202611240300/123456789012.json", false,
      "123456789012;" },
    { "a date beats a parent's name",
      "202611240300/x--arn_aws_rds__123456789012_a.json", false, "202611240300;" },
    { "two dates do not decide", "202611240300/202611240400/x.json", false,
      "202611240300,202611240400;" },

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

/* What options or evidence name. */
static struct str named[] = { { "nx-north-1", 10 } };
static const struct str_list named_list = { named, 1 };

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);
    struct words words;

    words_parse(&arena, str_from(row->path), row->is_folder, &named_list, &words);
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
    words_parse(&arena, STR_NONE, false, NULL, &words);
    assert_int_equal(words.account_count + words.region_count, 0);
    words_parse(&arena, str_from(path), false, NULL, &words);
    assert_ptr_equal(words.accounts[0].text, path);
    assert_ptr_equal(words.regions[0].text, path + 13);
    arena_release(&arena);
}

static const struct flag_row {
    const char *name;
    const char *path;
    bool beats, dated;
} flag_rows[] = {
    { "nothing is beaten", "123456789012/us-east-1/x.json", false, false },
    { "a part of a name above", "office-us-east-1/eu-west-1/x.json", true, false },
    { "an account above", "run-210987654321/123456789012/x.json", true, false },
    { "a part of a name by global", "office-us-east-1/global/x.json", true, false },
    { "a parent's name is none of a folder", "us-east-1/x--us-west-2.json", false,
      false },
    { "a date above an account", "202611240300/123456789012/x.json", true, false },
    { "a date alone", "202611240300/us-east-1/x.json", false, true },
    { "a region of no direction", "123456789012/dev-zone-1/us-east-1.json", true,
      false },
};

static void flag_test(void **state)
{
    const struct flag_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct words words;

    words_parse(&arena, str_from(row->path), false, NULL, &words);
    assert_int_equal(words.beats, row->beats);
    assert_int_equal(words.dated, row->dated);
    arena_release(&arena);
}

static void a_nul_is_as_any_byte(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct words words;

    (void)state;
    words_parse(&arena, STR("\0us-east-1\0"), false, NULL, &words);
    assert_int_equal(words.region_count, 1);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, flag_rows, flag_test);
    TESTS_ADD(&tests, words_lie_in_the_path);
    TESTS_ADD(&tests, a_nul_is_as_any_byte);
    return tests_run("find_words", &tests);
}
