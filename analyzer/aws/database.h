/*
 * database.h - what AWS Backup makes of a DB instance or a DB cluster: whether it backs
 * it up at all, and which of a region's opt-ins counts.
 *
 *     database_prepare(&database);
 *     if (database.traits.support == SUPPORT_NONE) ...
 *
 *                       a DB instance                     a DB cluster
 *     mysql, postgres   RDS; or a member of a cluster     RDS (Multi-AZ DB cluster)
 *     aurora-...        a member                          Aurora
 *     neptune, docdb    a member                          Neptune, DocumentDB
 *     oracle-ee, ...    RDS                               -
 *     custom-oracle-... not supported                     -
 *
 * A member of a cluster is not backed up itself: the cluster is.
 * Sources: https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html and
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
#ifndef AWS_DATABASE_H
#define AWS_DATABASE_H

#include "aws/arn.h"
#include "aws/tags.h"

enum database_kind { DATABASE_INSTANCE, DATABASE_CLUSTER, DATABASE_KIND_COUNT };

/* Keys of ResourceTypeOptInPreference. */
enum opt_in_type {
    OPT_IN_RDS,
    OPT_IN_AURORA,
    OPT_IN_DOCUMENTDB,
    OPT_IN_NEPTUNE,
    OPT_IN_TYPE_COUNT
};

enum opt_in { OPT_IN_UNKNOWN, OPT_IN_OFF, OPT_IN_ON };

/* The settings of an account and region; zeroed: nothing is known of them. */
struct opt_ins {
    enum opt_in of[OPT_IN_TYPE_COUNT];
};

const char *opt_in_type_name(enum opt_in_type type); /* "RDS" */

/* What the opt-in says of a database that a selection names by its type or its ARN. */
enum opt_in_rule {
    OPT_IN_IGNORED, /* it is backed up, whatever the opt-in */
    OPT_IN_NEEDED,  /* the opt-in must be on all the same */
    OPT_IN_SHARED,  /* the guides can be read in both ways */
};

enum backup_support {
    SUPPORT_FULL,
    SUPPORT_NONE,
    SUPPORT_UNCLEAR, /* the guides do not say */
    SUPPORT_UNREAD,  /* what it depends on is not known */
};

enum membership { MEMBERSHIP_UNKNOWN, MEMBERSHIP_NONE, MEMBERSHIP_MEMBER };

enum backup_target { TARGET_UNKNOWN, TARGET_REGION, TARGET_ELSEWHERE };

struct database {
    enum database_kind kind;
    struct str arn;             /* absent: not known */
    struct str engine;          /* absent: not known */
    enum membership membership; /* of a cluster; what DBClusterIdentifier says */
    enum backup_target target;  /* what BackupTarget says */
    struct tag_list tags;

    struct database_traits { /* by database_prepare() */
        bool is_prepared;
        bool has_place; /* `place` is the ARN's */
        struct arn place;
        enum membership membership;
        enum backup_support support;
        bool has_type; /* `type` is known */
        enum opt_in_type type;
        enum opt_in_rule rule;
    } traits;
};

/* AWS allows 1,011 characters. */
enum { DATABASE_ARN_BYTES_MAX = 2048 };

/* Once a database, before it is asked about. Sorts its tags. An ARN
 * that is too long becomes one that is not known. */
void database_prepare(struct database *database);

/* Of BackupTarget; absent text: a record that has none, as of before Outposts. */
enum backup_target backup_target_of(struct str text);

#endif
