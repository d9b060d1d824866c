/*
 * schedule.h - when AWS Backup runs a backup rule, and the longest time between two
 * runs.
 *
 *     struct schedule schedule;
 *     enum schedule_code wrong;
 *     struct schedule_runs runs;
 *     if (schedule_parse(text, &schedule, &wrong)) {
 *         schedule_runs(&schedule, zone, start, end, &runs);
 *         ... runs.gap ...
 *     }
 *
 * A text is cron(...) of six fields (aws/cron.h), also without the word, as AWS's own
 * pages have it, or rate(12 hours), which AWS Backup does not document. An absent text
 * is daily at 5:00.
 *
 *        start                        end
 *     ─────┼──────●────●────────●──────┼───●─────►      gap: between the last run
 * before └────────┘          next         `end` and `next`, too
 *
 * In a zone (aws/zone.h) runs are by local time: a time that does not exist when clocks
 * go forward is left out, and one that comes twice runs the first time only. Without
 * one, times are in UTC, so that days are all alike: the nominal gap.
 * Sources: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * Instants are seconds since 1970.
 * Limits: SCHEDULE_BYTES_MAX; years as in aws/cron.h; RATE_VALUE_MAX.
 */
#ifndef AWS_SCHEDULE_H
#define AWS_SCHEDULE_H

#include "aws/cron.h"
#include "aws/zone.h"

enum {
    SCHEDULE_BYTES_MAX = 256,          /* as EventBridge's own */
    RATE_VALUE_MAX = 1000 * 1000 * 10, /* of minutes, hours or days */
    SCHEDULE_CODES_MAX = 3             /* of one answer */
};

/* Why there is no answer, and what is to be said of one. */
enum schedule_code {
    SCHEDULE_EMPTY,  /* text without a word */
    SCHEDULE_FORM,   /* neither cron nor rate */
    SCHEDULE_FIELDS, /* not six */
    SCHEDULE_MINUTE, /* these six as enum cron_field: the field says nothing */
    SCHEDULE_HOUR,
    SCHEDULE_DAY_OF_MONTH,
    SCHEDULE_MONTH,
    SCHEDULE_DAY_OF_WEEK,
    SCHEDULE_YEAR,
    SCHEDULE_BOTH_DAYS,     /* neither day is ? */
    SCHEDULE_BOTH_QUESTION, /* both are */
    SCHEDULE_RATE_VALUE,    /* no number, or 0 */
    SCHEDULE_RATE_UNIT,
    SCHEDULE_RATE_PLURAL,   /* 1 hours, 2 hour */
    SCHEDULE_TIME_ZONE,     /* there is no such zone */
    SCHEDULE_NO_TIME_ZONES, /* the system has no tz database */
    SCHEDULE_NO_RUNS,       /* no two in the years that are asked for */
    SCHEDULE_AS_OF,         /* the gap is another in other years */

    SCHEDULE_WITHOUT_CRON, /* the six fields alone */
    SCHEDULE_RATE,         /* not documented by AWS Backup */
    SCHEDULE_ENDS,         /* there is a last run in the years that are asked for */
    SCHEDULE_CODE_COUNT
};

const char *schedule_code_name(enum schedule_code code); /* "both-days" */

struct schedule {
    struct cron cron;
    int64_t rate;      /* seconds; 0: it is a cron */
    bool without_cron; /* SCHEDULE_WITHOUT_CRON */
};

/* Absent text (NULL) is the default. */
MUST_USE bool schedule_parse(struct str text, struct schedule *schedule,
                             enum schedule_code *wrong);

struct schedule_runs {
    size_t count; /* not before start, before end */
    int64_t gap, from,
        to; /* the longest, the first of these; 0: there are not two runs */
    bool has_next;
    int64_t next; /* the first run not before end */
    size_t steps; /* of work: runs that were looked at one by one */
};

/* `zone`: NULL is UTC. `schedule` is a cron: when a rate runs depends on when it was
 * made. The gap is between two runs, of which the first is counted. Where start is end,
 * only `next` is asked for. */
void schedule_runs(const struct schedule *schedule, const struct zone *zone,
                   int64_t start, int64_t end, struct schedule_runs *runs);

/* The longest gap in the four years from 1 January of the year of `now`; without `now`
 * (NULL), in any four years, if it is the same in all. */
struct schedule_gap {
    bool known;
    int64_t seconds;
    enum schedule_code codes[SCHEDULE_CODES_MAX];
    size_t code_count;
    size_t steps; /* of work, as of runs */
};

void schedule_gap(const struct schedule *schedule, const struct zone *zone,
                  const int64_t *now, struct schedule_gap *gap);

/* The same of a rule's texts; either may be absent. What is read of the tz database
 * lives in `scratch`. */
void schedule_gap_of(struct arena *scratch, struct str text, struct str zone_name,
                     const int64_t *now, struct schedule_gap *gap);

#endif
