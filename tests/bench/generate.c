/*
 * generate.c - prints an answer of describe-db-snapshots as AWS CLI v2 does, of about
 * 2 KB a record: generate MEGABYTES [compact]
 *
 * The same arguments give the same bytes.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed = 88172645463325252u;
static bool is_compact;

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
    static const char *const names[] = {"Name", "CostCentre", "Environment", "Owner"};
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

/* One field a line; % is a number of five digits. */
static const char *const fields[] = {
    "\"DBSnapshotIdentifier\": \"awsbackup:job-%-1b2c-4d3e-8f90-a1b2c3d4e5f6\",",
    "\"DBInstanceIdentifier\": \"orders-production-%\",",
    "\"SnapshotCreateTime\": \"2025-11-24T03:%.123000+00:00\",",
    "\"Engine\": \"postgres\",",
    "\"AllocatedStorage\": %,",
    "\"Status\": \"available\",",
    "\"Port\": 5432,",
    "\"AvailabilityZone\": \"eu-central-1b\",",
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
    "\"KmsKeyId\": \"arn:aws:kms:eu-central-1:111122223333:key/%-aaaa-bbbb-cccc\",",
    "\"DBSnapshotArn\": "
    "\"arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:%\",",
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

static uint64_t put_field(const char *text)
{
    const char *mark = strchr(text, '%');
    uint64_t bytes = start_line(3);

    if (mark == NULL)
        return bytes + (uint64_t)printf("%s", text);
    return bytes + (uint64_t)printf("%.*s%u%s", (int)(mark - text), text,
                                    10000 + random_below(90000), mark + 1);
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
    uint64_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) * 1000000 : 0, bytes = 0;

    if (wanted == 0) {
        fputs("generate: expected MEGABYTES [compact]\n", stderr);
        return 2;
    }
    is_compact = argc > 2 && strcmp(argv[2], "compact") == 0;
    bytes =
        (uint64_t)printf("{") + start_line(1) + (uint64_t)printf("\"DBSnapshots\": [");
    for (bool is_first = true; bytes < wanted; is_first = false) {
        bytes += (uint64_t)printf("%s", is_first ? "" : ",");
        bytes += put_record();
    }
    start_line(1);
    printf("]");
    is_compact = false;
    start_line(0);
    printf("}\n");
    return ferror(stdout) || fflush(stdout) != 0;
}
