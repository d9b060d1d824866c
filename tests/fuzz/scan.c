/*
 * The whole way from hostile files to reports. The input is some files:
 *
 *     OPTIONS                a line of letters, see settings_of(); e: every report
 *     == NAME                a file; NAME may begin with a folder of `folders`
 *     what it holds
 *     == NAME
 *     ...
 *
 * What is before the first NAME is the file x.json.
 */
#include "judge.h"

#include <stdint.h>

enum { FILES_MAX = 16, NAME_BYTES_MAX = 160 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char *const folders[] = { "111122223333", "111122223333/eu-west-1",
                                       "111122223333/us-east-1" };

static const char rule[] =
    "format: 1\n"
    "id: fuzz\n"
    "title: What facts can do\n"
    "severity: low\n"
    "for_each: account\n"
    "facts:\n"
    "  some: { from: 'AWS::RDS::DBSnapshot', where: \"like(Engine, 'post*') && "
    "matches(DBSnapshotIdentifier, '^a+b')\" }\n"
    "  aged: { from: 'AWS::RDS::DBSnapshot', where: \"age_days(SnapshotCreateTime) > "
    "`30` || tag(TagList, 'keep') == 'yes'\" }\n"
    "  oldest: { from: 'AWS::RDS::DBSnapshot', min: SnapshotCreateTime }\n"
    "  largest: { from: 'AWS::RDS::DBSnapshot', max: AllocatedStorage }\n"
    "  managed: { query: \"DBSnapshots[?SnapshotType=='awsbackup']\", accepts: "
    "filtered "
    "}\n"
    "  selections: { from: 'AWS::Backup::BackupSelection' }\n"
    "  points: { from: 'AWS::Backup::RecoveryPoint', where: \"arn(ResourceArn).service "
    "== 'rds'\" }\n"
    "outcomes:\n"
    "  - result: pass\n"
    "    when: \"some > `1` && aged < `3` || largest > `100`\"\n"
    "    message: '{some} {aged} {oldest} {largest} {managed}'\n"
    "  - result: not_applicable\n"
    "    when: \"time(oldest) < `1700000000` || selections > points\"\n"
    "    message: '{selections} {points}'\n"
    "  - result: fail\n"
    "    message: '{account} {some} {points}'\n";

static const char rule_of_records[] =
    "format: 1\n"
    "id: records\n"
    "title: What rules about each record can do\n"
    "severity: low\n"
    "for_each: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]\n"
    "facts:\n"
    "  points: { from: AWS::Backup::RecoveryPoint, join: { record: ResourceArn, "
    "resource: 'DBInstanceArn || DBClusterArn' }, where: \"Status == 'COMPLETED' && "
    "CreationDate > $resource.InstanceCreateTime\" }\n"
    "  newest: { from: AWS::Backup::RecoveryPoint, join: { record: ResourceArn, "
    "resource: 'DBInstanceArn || DBClusterArn' }, across: region, max: CreationDate }\n"
    "  members: { from: AWS::RDS::DBInstance, join: { record: DBClusterIdentifier, "
    "resource: DBClusterIdentifier } }\n"
    "  tags: { each: resource.TagList, where: \"Key == 'backup'\" }\n"
    "  plans: { from: 'Derived::BackupAssignment', join: { record: ResourceArn, "
    "resource: 'DBInstanceArn || DBClusterArn' } }\n"
    "  kept: { from: 'Derived::BackupAssignment', join: { record: ResourceArn, "
    "resource: 'DBInstanceArn || DBClusterArn' }, each: Rules, where: "
    "\"Lifecycle.DeleteAfterDays >= `30` && Vault.Locked && $record.Code != ''\" }\n"
    "outcomes:\n"
    "  - result: not_applicable\n"
    "    when: \"resource_type == 'AWS::RDS::DBInstance' && "
    "not_null(resource.DBClusterIdentifier, '') != ''\"\n"
    "    message: '{resource.Engine} {members}'\n"
    "  - result: pass\n"
    "    when: \"kept > `0` && points > `0` || newest > '2026-01-01' && tags > `0`\"\n"
    "    message: '{resource.DBInstanceIdentifier} {newest} {plans} {kept}'\n"
    "  - result: unknown\n"
    "    when: \"plans > `1`\"\n"
    "    message: '{points} {tags}'\n"
    "  - result: fail\n"
    "    message: '{resource_type} {plans}'\n";

static const struct rulebook *the_rulebook(void)
{
    static struct arena arena = ARENA_EMPTY;
    static const struct rulebook *book;
    static char path[512], of_records[512]; /* the rules', printed in reports */
    struct str paths[2];
    struct rulebook_wanted wanted = { .paths = { paths, 2 } };
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    if (book != NULL)
        return book;
    judge_folder();
    judge_make_folder("evidence");
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        judge_make_folder(arena_printf(&arena, "evidence/%s", folders[i]));
    judge_write("fuzz.yaml", str_from(rule));
    judge_path(path, sizeof path, "fuzz.yaml");
    judge_write("records.yaml", str_from(rule_of_records));
    judge_path(of_records, sizeof of_records, "records.yaml");
    paths[0] = str_from(path);
    paths[1] = str_from(of_records);
    book = rulebook_load(&arena, &wanted, &mistakes);
    for (size_t i = 0; i < mistakes.count; i++)
        if (!mistakes.items[i].warning)
            fprintf(stderr, "%zu: %s\n", mistakes.items[i].line,
                    mistakes.items[i].message);
    assert(book != NULL);
    return book;
}

/* ---- the input ------------------------------------------------------------------- */

static void settings_of(struct str options, struct settings *settings)
{
    static struct str regions[2];

    for (size_t i = 0; i < options.len; i++) {
        switch (options.text[i]) {
        case 'a':
            settings->assume_account = STR("444455556666");
            break;
        case 'r':
            settings->assume_region = STR("eu-west-1");
            break;
        case 't':
            settings->type_assumed =
                catalog_type(the_rulebook()->catalog, STR("AWS::RDS::DBSnapshot"));
            break;
        case 'x':
            regions[0] = STR("eu-west-1");
            regions[1] = STR("eu-north-1");
            settings->expect_regions = (struct str_list){ regions, 2 };
            break;
        case 'f':
            settings->no_filtered = true;
            break;
        case 'd':
            settings->no_digest = true;
            break;
        case 'm':
            settings->lists_missing = true;
            break;
        case 'o':
            settings->as_of = STR("2026-01-01T00:00:00Z");
            break;
        default:
            break;
        }
    }
}

static bool is_folder(struct str name)
{
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (str_equal(name, str_from(folders[i])))
            return true;
    return name.len == 0;
}

/* Of a file that can be in one of the folders; else x.json. */
static const char *name_of(struct arena *arena, struct str name)
{
    size_t folder = 0, start = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (name.text[i] == '/') {
            folder = i;
            start = i + 1;
        }
        if (name.text[i] == '\0')
            return "evidence/x.json";
    }
    if (start == name.len || name.len > NAME_BYTES_MAX || name.text[start] == '.' ||
        is_folder(name) || !is_folder(str_slice(name, 0, folder)) ||
        (folder == 0 && start > 0))
        return "evidence/x.json";
    return arena_printf(arena, "evidence/%.*s", STR_ARG(name));
}

static struct str take_line(struct str *text)
{
    size_t len = str_find(*text, STR("\n"));
    struct str line = str_slice(*text, 0, len == SIZE_MAX ? text->len : len);

    *text = str_slice(*text, len == SIZE_MAX ? text->len : len + 1, text->len);
    return line;
}

static size_t write_files(struct arena *arena, struct str text, const char **names)
{
    size_t count = 0;

    while (count < FILES_MAX) {
        size_t len = str_find(text, STR("\n== "));

        names[count] = "evidence/x.json";
        if (str_starts_with(text, STR("== "))) {
            struct str line = take_line(&text);

            names[count] = name_of(arena, str_slice(line, 3, line.len));
            len = str_find(text, STR("\n== "));
        }
        judge_write(names[count++],
                    str_slice(text, 0, len == SIZE_MAX ? text.len : len));
        if (len == SIZE_MAX)
            break;
        text = str_slice(text, len + 1, text.len);
    }
    return count;
}

/* ---- running --------------------------------------------------------------------- */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const struct rulebook *book = the_rulebook();
    struct arena arena = ARENA_EMPTY;
    struct settings settings = { 0 };
    struct str text = { (const char *)bytes, len };
    const char *names[FILES_MAX];
    struct str options = take_line(&text);
    size_t count;

    settings_of(options, &settings);
    count = write_files(&arena, text, names);
    judge(&arena, book, &settings, str_find(options, STR("e")) != SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        judge_remove(names[i]);
    arena_release(&arena);
    return 0;
}
