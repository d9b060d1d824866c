#include "aws/database.h"

#include "aws/like.h"

#include <assert.h>

const char *opt_in_type_name(enum opt_in_type type)
{
    static const char *const names[] = {
        [OPT_IN_RDS] = "RDS",
        [OPT_IN_AURORA] = "Aurora",
        [OPT_IN_DOCUMENTDB] = "DocumentDB",
        [OPT_IN_NEPTUNE] = "Neptune",
    };

    static_assert(COUNT_OF(names) == OPT_IN_TYPE_COUNT, "a name for each");
    return names[type];
}

/* The first row that fits counts. An engine that no row names may be a new one. */
static const struct engine_row {
    enum database_kind kind;
    enum membership membership; /* of a cluster; unknown: its record says it */
    const char *engine;         /* as like() */
    enum backup_support support;
    enum opt_in_type type; /* OPT_IN_TYPE_COUNT: not known */
    enum opt_in_rule rule;
} engine_rows[] = {
    { DATABASE_INSTANCE, MEMBERSHIP_MEMBER, "aurora", SUPPORT_FULL, OPT_IN_AURORA,
      OPT_IN_NEEDED },
    { DATABASE_INSTANCE, MEMBERSHIP_MEMBER, "aurora-*", SUPPORT_FULL, OPT_IN_AURORA,
      OPT_IN_NEEDED },
    { DATABASE_INSTANCE, MEMBERSHIP_MEMBER, "neptune", SUPPORT_FULL, OPT_IN_NEPTUNE,
      OPT_IN_NEEDED },
    { DATABASE_INSTANCE, MEMBERSHIP_MEMBER, "docdb", SUPPORT_FULL, OPT_IN_DOCUMENTDB,
      OPT_IN_NEEDED },
    { DATABASE_INSTANCE, MEMBERSHIP_UNKNOWN, "mysql", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_UNKNOWN, "postgres", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "mariadb", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "oracle-*", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "sqlserver-*", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "db2-*", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "custom-oracle-*", SUPPORT_NONE, OPT_IN_RDS,
      OPT_IN_IGNORED },
    /* Documented for backups on demand; of plans the guides say nothing. */
    { DATABASE_INSTANCE, MEMBERSHIP_NONE, "custom-sqlserver-*", SUPPORT_UNCLEAR,
      OPT_IN_RDS, OPT_IN_IGNORED },
    { DATABASE_INSTANCE, MEMBERSHIP_UNKNOWN, "*", SUPPORT_UNCLEAR, OPT_IN_RDS,
      OPT_IN_IGNORED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "aurora", SUPPORT_FULL, OPT_IN_AURORA,
      OPT_IN_NEEDED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "aurora-*", SUPPORT_FULL, OPT_IN_AURORA,
      OPT_IN_NEEDED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "neptune", SUPPORT_FULL, OPT_IN_NEPTUNE,
      OPT_IN_NEEDED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "docdb", SUPPORT_FULL, OPT_IN_DOCUMENTDB,
      OPT_IN_NEEDED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "mysql", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_SHARED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "postgres", SUPPORT_FULL, OPT_IN_RDS,
      OPT_IN_SHARED },
    { DATABASE_CLUSTER, MEMBERSHIP_NONE, "*", SUPPORT_UNCLEAR, OPT_IN_TYPE_COUNT,
      OPT_IN_SHARED },
};

static const struct engine_row *engine_row_of(enum database_kind kind,
                                              struct str engine)
{
    size_t i = 0;

    while (engine_rows[i].kind != kind ||
           like(engine, str_from(engine_rows[i].engine)) != LIKE_YES) {
        i++;
        assert(i < COUNT_OF(engine_rows)); /* "*" fits, even none */
    }
    return &engine_rows[i];
}

void database_prepare(struct database *database)
{
    const struct engine_row *row = engine_row_of(database->kind, database->engine);
    struct database_traits *traits = &database->traits;

    *traits = (struct database_traits){
        .is_prepared = true,
        .membership = row->membership,
        .support = database->engine.text != NULL ? row->support : SUPPORT_UNREAD,
        .has_type = row->type != OPT_IN_TYPE_COUNT,
        .type = row->type != OPT_IN_TYPE_COUNT ? row->type : OPT_IN_RDS,
        .rule = row->rule,
    };
    if (database->arn.len > DATABASE_ARN_BYTES_MAX)
        database->arn = STR_NONE;
    traits->has_place = arn_parse(database->arn, &traits->place);
    /* An engine of clusters alone has members alone, whatever the record says. */
    if (database->kind == DATABASE_INSTANCE && row->membership != MEMBERSHIP_MEMBER &&
        (row->membership == MEMBERSHIP_UNKNOWN ||
         database->membership == MEMBERSHIP_MEMBER))
        traits->membership = database->membership;
    if (database->kind == DATABASE_INSTANCE && traits->support != SUPPORT_NONE) {
        if (database->target == TARGET_ELSEWHERE)
            traits->support = SUPPORT_NONE;
        else if (database->target == TARGET_UNKNOWN)
            traits->support = SUPPORT_UNREAD;
    }
    tags_sort(&database->tags);
}

/* AWS Backup wants "region"; "outposts" and "local" are the others. */
enum backup_target backup_target_of(struct str text)
{
    return text.text == NULL || str_equal(text, STR("region")) ? TARGET_REGION
                                                               : TARGET_ELSEWHERE;
}
