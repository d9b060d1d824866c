/*
 * arn_pattern.h - private to aws/: the entries of Resources and of NotResources.
 *
 *     arn_list_compile(&arena, entries, &list);
 *     odds = arn_pattern_odds(&list.patterns[i], arn);
 *
 * ARNs without a wildcard are found by a table, whatever their number. AWS's JSON guide
 * has a * at the start, in the middle and at the end of an ARN, which may stand for :
 * and
 * /; its API reference has it at the end alone. So a * that has text behind it in the
 * name of a resource works or does not (WORLDS_WILDCARD_INSIDE); in the region and the
 * account it works, as in AWS's own examples. ? is documented nowhere
 * (WORLDS_QUESTION_MARK). Source:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
#ifndef AWS_ARN_PATTERN_H
#define AWS_ARN_PATTERN_H

#include "aws/database.h"
#include "aws/odds.h"
#include "base/table.h"

/* What an entry names: the opt-in counts for what is named by no type. */
enum arn_level {
    LEVEL_TYPE,    /* a type of resource, or one resource */
    LEVEL_SERVICE, /* "*", or a whole service */
    LEVEL_UNCLEAR, /* part of a type, or what may be one */
};

struct arn_pattern {
    struct str text;
    size_t index;   /* in the list, from 0 */
    unsigned kinds; /* bits of database kinds that it may match */
    enum arn_level level;
    bool is_inside; /* a * has text behind it where that may not work */
    bool has_question_mark;
};

struct arn_list {
    struct str_list entries; /* as they were given */
    struct table indices;    /* from an ARN without wildcards to the first such entry */
    unsigned literal_kinds;
    struct arn_pattern *patterns;
    size_t count; /* of patterns */
};

/* Absent text among the entries is passed over. */
void arn_list_compile(struct arena *arena, const struct str_list *entries,
                      struct arn_list *list);

/* The index of the first entry that is this ARN, or SIZE_MAX. */
size_t arn_list_find(const struct arn_list *list, struct str arn);

/* Bits of the kinds of which an entry may match a database. */
unsigned arn_list_kinds(const struct arn_list *list);

struct odds arn_pattern_odds(const struct arn_pattern *pattern, struct str arn);

#endif
