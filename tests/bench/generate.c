/*
 * generate.c - prints an answer of describe-db-snapshots as AWS CLI v2 does, of about
 * 2 KB a record:
 *
 *     generate MEGABYTES pretty|compact ACCOUNT REGION
 *
 * The same arguments give the same bytes. 0 megabytes: an empty listing.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* % is a number of five digits, ^ the account, ~ the region. */
static const char *const fields[] = {
    "\"DBSnapshotIdentifier\": \"awsbackup:job-%-1b2c-4d3e-8f90-a1b2c3d4e5f6\",",
    "\"DBInstanceIdentifier\": \"orders-production-%\",",
    "\"SnapshotCreateTime\": \"2025-11-24T03:%.123000+00:00\",",
    "\"Engine\": \"postgres\",",
    "\"AllocatedStorage\": %,",
    "\"Status\": \"available\",",
    "\"Port\": 5432,",
    "\"AvailabilityZone\": \"~b\",",
    "\"VpcId\": \"vpc-0a1b2c3d4e5%\",",
    "\"InstanceCreateTime\": \"2022-03-14T09:26:53.589000+00:00\",",
    "\"MasterUsername\": \"postgres\",",
    "\"EngineVersion\": \"15.4\",",
    "\"LicenseModel\": \"postgresql-license\",",
    "\"SnapshotType\": \"awsbackup\",",
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
    if (mark == '%')
        return (uint64_t)printf("%u", 10000 + random_below(90000));
    return (uint64_t)printf("%s", mark == '^' ? account : region);
}

static uint64_t put_field(const char *text)
{
    uint64_t bytes = start_line(3);

    for (;;) {
        size_t len = strcspn(text, "%^~");

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

int main(int argc, char **argv)
{
    double wanted = argc == 5 ? strtod(argv[1], NULL) * 1e6 : -1;
    uint64_t bytes = 0;

    if (wanted < 0) {
        fputs("generate: expected MEGABYTES pretty|compact ACCOUNT REGION\n", stderr);
        return 2;
    }
    is_compact = strcmp(argv[2], "compact") == 0;
    account = argv[3];
    region = argv[4];
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
    return ferror(stdout) || fflush(stdout) != 0;
}
