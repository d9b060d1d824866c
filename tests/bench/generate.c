/*
 * generate.c - prints an answer of describe-db-snapshots as AWS CLI v2 does, of about
 * 2 KB a record:
 *
 *     generate MEGABYTES pretty|compact ACCOUNT REGION
 *     generate tree FOLDER ACCOUNTS        (a file for each of 20 regions of each)
 *
 * The same arguments give the same bytes. 0 megabytes: an empty listing. In a tree, as
 * in organisations, more than half of the listings are empty, and few are large.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static uint64_t seed = 88172645463325252u;
static bool is_compact;
static const char *account, *region;

static unsigned random_below(unsigned limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % limit);
}

static uint64_t start_line(int depth)
{
    return is_compact ? 0 : (uint64_t)printf("\n%*s", depth * 4, "");
}

static uint64_t put_tags(void)
{
    static const char *const names[] = { "Name", "CostCentre", "Environment", "Owner" };
    uint64_t bytes = 0;

    bytes += start_line(3) + (uint64_t)printf("\"TagList\": [");
    for (unsigned i = 0; i < 4; i++) {
        bytes +=
            start_line(4) + (uint64_t)printf("%s{", i > 0 && is_compact ? "," : "");
        bytes += start_line(5) + (uint64_t)printf("\"Key\": \"%s\",", names[i]);
        bytes += start_line(5) +
                 (uint64_t)printf("\"Value\": \"team-%04u\"", random_below(10000));
        bytes +=
            start_line(4) + (uint64_t)printf("}%s", i < 3 && !is_compact ? "," : "");
    }
    return bytes + start_line(3) + (uint64_t)printf("],");
}

/* % is a number of five digits, & one of a few, ^ the account, ~ the region, ! what
 * made it. */
static const char *const fields[] = {
    "\"DBSnapshotIdentifier\": \"awsbackup:job-%-1b2c-4d3e-8f90-a1b2c3d4e5f6\",",
    "\"DBInstanceIdentifier\": \"orders-production-%\",",
    "\"SnapshotCreateTime\": \"2025-11-24T03:%.123000+00:00\",",
    "\"Engine\": \"postgres\",",
    "\"AllocatedStorage\": &,",
    "\"Status\": \"available\",",
    "\"Port\": 5432,",
    "\"AvailabilityZone\": \"~b\",",
    "\"VpcId\": \"vpc-0a1b2c3d4e5&\",",
    "\"InstanceCreateTime\": \"2022-03-14T09:26:53.589000+00:00\",",
    "\"MasterUsername\": \"postgres\",",
    "\"EngineVersion\": \"15.4\",",
    "\"LicenseModel\": \"postgresql-license\",",
    "\"SnapshotType\": \"!\",",
    "\"Iops\": 3000,",
    "\"OptionGroupName\": \"default:postgres-15\",",
    "\"PercentProgress\": 100,",
    "\"StorageType\": \"gp3\",",
    "\"Encrypted\": true,",
    "\"KmsKeyId\": \"arn:aws:kms:~:^:key/%-aaaa-bbbb-cccc\",",
    "\"DBSnapshotArn\": "
    "\"arn:aws:rds:~:^:snapshot:awsbackup:%\",",
    "\"SourceRegion\": null,",
    "\"IAMDatabaseAuthenticationEnabled\": false,",
    "\"ProcessorFeatures\": [],",
    "\"DbiResourceId\": \"db-ABCDEFGHIJKLMNOPQRSTU%\",",
    "\"OriginalSnapshotCreateTime\": \"2025-11-24T03:%.123000+00:00\",",
    "\"SnapshotDatabaseTime\": \"2025-11-24T03:%.123000+00:00\",",
    "\"SnapshotTarget\": \"region\",",
    "\"StorageThroughput\": 125,",
    "\"DedicatedLogVolume\": false,",
    "\"MultiTenant\": false,",
    "\"Timezone\": \"\",",
};

static uint64_t put_mark(char mark)
{
    static const char *const types[] = { "automated", "awsbackup", "automated",
                                         "manual" };

    if (mark == '%')
        return (uint64_t)printf("%u", 10000 + random_below(90000));
    if (mark == '&')
        return (uint64_t)printf("%u", 100 * (1 + random_below(5)));
    if (mark == '!')
        return (uint64_t)printf("%s", types[random_below(4)]);
    return (uint64_t)printf("%s", mark == '^' ? account : region);
}

static uint64_t put_field(const char *text)
{
    uint64_t bytes = start_line(3);

    for (;;) {
        size_t len = strcspn(text, "%&^~!");

        bytes += (uint64_t)printf("%.*s", (int)len, text);
        if (text[len] == '\0')
            return bytes;
        bytes += put_mark(text[len]);
        text += len + 1;
    }
}

static uint64_t put_record(void)
{
    uint64_t bytes = start_line(2) + (uint64_t)printf("{");

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        bytes += put_field(fields[i]);
    bytes += put_tags();
    bytes += start_line(3) + (uint64_t)printf("\"DBSystemId\": \"postgres-15\"");
    return bytes + start_line(2) + (uint64_t)printf("}");
}

static void put_listing(double wanted)
{
    uint64_t bytes = 0;

    printf("{");
    start_line(1);
    printf("\"DBSnapshots\": [");
    while ((double)bytes < wanted) {
        if (bytes > 0)
            printf(",");
        bytes += put_record();
    }
    if (bytes > 0)
        start_line(1);
    printf("]%s}\n", is_compact ? "" : "\n");
}

/* ---- a tree -----------------------------------------------------------------------
 */

static const char *const regions[] = {
    "us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",
    "ca-central-1",   "eu-west-1",      "eu-west-2",      "eu-west-3",
    "eu-central-1",   "eu-central-2",   "eu-north-1",     "eu-south-1",
    "ap-south-1",     "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "sa-east-1",
};

/* 57 in 100 are empty; the others have 8 KB to 1 MB, each doubling as often, and a few
 * of them more. */
static double some_megabytes(void)
{
    double megabytes = 0.0078125;

    if (random_below(100) < 57)
        return 0;
    if (random_below(100) < 2)
        return 1 + random_below(1000) / 1000.0;
    for (unsigned doublings = random_below(7); doublings > 0; doublings--)
        megabytes *= 2;
    return megabytes * (1 + random_below(1000) / 1000.0);
}

static int make_folder(const char *path)
{
    return mkdir(path, 0777) != 0 && errno != EEXIST ? 1 : 0;
}

static int put_file(const char *folder)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, account);
    if (make_folder(path) != 0)
        return 1;
    snprintf(path, sizeof path, "%s/%s/%s", folder, account, region);
    if (make_folder(path) != 0)
        return 1;
    snprintf(path, sizeof path, "%s/%s/%s/rds-describe-db-snapshots.json", folder,
             account, region);
    if (freopen(path, "w", stdout) == NULL)
        return 1;
    put_listing(some_megabytes() * 1e6);
    return ferror(stdout) || fflush(stdout) != 0;
}

static int put_tree(const char *folder, unsigned long accounts)
{
    char name[16];
    int failed = make_folder(folder);

    account = name;
    for (unsigned long i = 0; i < accounts; i++) {
        snprintf(name, sizeof name, "1000000%05lu", i % 100000);
        for (size_t j = 0; j < sizeof regions / sizeof regions[0]; j++) {
            region = regions[j];
            failed |= put_file(folder);
        }
    }
    return failed;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "tree") == 0)
        return put_tree(argv[2], strtoul(argv[3], NULL, 10));
    if (argc != 5) {
        fputs("generate: expected MEGABYTES pretty|compact ACCOUNT REGION, or tree "
              "FOLDER ACCOUNTS\n",
              stderr);
        return 2;
    }
    is_compact = strcmp(argv[2], "compact") == 0;
    account = argv[3];
    region = argv[4];
    put_listing(strtod(argv[1], NULL) * 1e6);
    return ferror(stdout) || fflush(stdout) != 0;
}
