#include "rows.h"

#include "aws/arn.h"

#include <string.h>

static const struct arn_row {
    const char *name;
    const char *text;
    const char *partition, *service, *region, *account, *resource;
} arn_rows[] = {
    { "a DB snapshot of AWS Backup keeps its colons",
      "arn:aws:rds:us-east-1:123456789012:snapshot:awsbackup:job-1", "aws", "rds",
      "us-east-1", "123456789012", "snapshot:awsbackup:job-1" },
    { "a role has no region", "arn:aws:iam::123456789012:role/path/name", "aws", "iam",
      "", "123456789012", "role/path/name" },
    { "a bucket has no region and no account", "arn:aws:s3:::bucket", "aws", "s3", "",
      "", "bucket" },
    { "AWS's own policies", "arn:aws:iam::aws:policy/service-role/AWSBackup", "aws",
      "iam", "", "aws", "policy/service-role/AWSBackup" },
    { "GovCloud", "arn:aws-us-gov:backup:us-gov-west-1:123456789012:backup-vault:v",
      "aws-us-gov", "backup", "us-gov-west-1", "123456789012", "backup-vault:v" },
    { "a partition and a region that are not known",
      "arn:aws-x:rds:zz-9:000000000000:a", "aws-x", "rds", "zz-9", "000000000000",
      "a" },
    { "a resource may hold any byte", "arn:aws:rds:us-east-1:123456789012:\xFF \n*",
      "aws", "rds", "us-east-1", "123456789012", "\xFF \n*" },
    { "an account of 11 digits names none", "arn:aws:rds:us-east-1:12345678901:db:a",
      "aws", "rds", "us-east-1", "", "db:a" },
    { "nor does one of 13", "arn:aws:rds:us-east-1:1234567890123:db:a", "aws", "rds",
      "us-east-1", "", "db:a" },
    { "nor one that was taken out", "arn:aws:rds:us-east-1:[REDACTED]:db:a", "aws",
      "rds", "us-east-1", "", "db:a" },
    { "or written over", "arn:aws:rds:us-east-1:************:db:a", "aws", "rds",
      "us-east-1", "", "db:a" },
    { "a resource of a colon", "arn:aws:rds:us-east-1:123456789012::", "aws", "rds",
      "us-east-1", "123456789012", ":" },
};

static void arn_test(void **state)
{
    const struct arn_row *row = *state;
    struct arn arn;

    assert_true(arn_parse(str_from(row->text), &arn));
    assert_true(str_equal(arn.partition, str_from(row->partition)));
    assert_true(str_equal(arn.service, str_from(row->service)));
    assert_true(str_equal(arn.region, str_from(row->region)));
    assert_true(str_equal(arn.account, str_from(row->account)));
    assert_int_equal(arn.redacted,
                     row->account[0] == '\0' && strstr(row->text, "::") == NULL);
    assert_true(str_equal(arn.resource, str_from(row->resource)));
}

static const struct refused_row {
    const char *name;
    const char *text;
} refused_rows[] = {
    { "nothing", "" },
    { "absent", NULL },
    { "a word", "snapshot" },
    { "five parts", "arn:aws:rds:us-east-1:123456789012" },
    { "another scheme", "urn:aws:rds:us-east-1:123456789012:db:a" },
    { "upper case", "ARN:aws:rds:us-east-1:123456789012:db:a" },
    { "a blank before it", " arn:aws:rds:us-east-1:123456789012:db:a" },
    { "no partition", "arn::rds:us-east-1:123456789012:db:a" },
    { "no service", "arn:aws::us-east-1:123456789012:db:a" },
    { "no resource", "arn:aws:rds:us-east-1:123456789012:" },
    { "a pattern's account", "arn:aws:rds:*:*:db:*" },
    { "a pattern's region", "arn:aws:rds:us-*:123456789012:db:*" },
    { "a blank in the service", "arn:aws:r ds:us-east-1:123456789012:db:a" },
    { "upper case in the region", "arn:aws:rds:US-east-1:123456789012:db:a" },
    { "a slash in the partition", "arn:aws/:rds:us-east-1:123456789012:db:a" },
};

static void refused_test(void **state)
{
    const struct refused_row *row = *state;
    struct arn arn = { .service = { "untouched", 9 } };

    assert_false(arn_parse(str_from(row->text), &arn));
    assert_true(str_equal(arn.service, STR("untouched")));
}

static void a_nul_is_in_the_resource_alone(void **state)
{
    struct arn arn;

    (void)state;
    assert_true(arn_parse(STR("arn:aws:rds:us-east-1:123456789012:db:a\0b"), &arn));
    assert_int_equal(arn.resource.len, 6);
    assert_false(arn_parse(STR("arn:aws:r\0s:us-east-1:123456789012:db:a"), &arn));
}

static const struct account_row {
    const char *name;
    const char *text;
    bool is_account;
} account_rows[] = {
    { "12 digits", "123456789012", true },
    { "12 zeros", "000000000000", true },
    { "11 digits are no account", "12345678901", false },
    { "13 digits are no account", "1234567890123", false },
    { "hyphens are not taken", "1234-5678-9012", false },
    { "a letter among digits", "12345678901x", false },
    { "digits that are not ASCII's", "12345678901\xB2", false },
    { "no account at all", "", false },
};

static void account_test(void **state)
{
    const struct account_row *row = *state;

    assert_int_equal(is_account_id(str_from(row->text)), row->is_account);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, arn_rows, arn_test);
    TESTS_ADD_ROWS(&tests, refused_rows, refused_test);
    TESTS_ADD(&tests, a_nul_is_in_the_resource_alone);
    TESTS_ADD_ROWS(&tests, account_rows, account_test);
    return tests_run("aws_arn", &tests);
}
