/*
 * zone_rule.h - what a time zone does each year from now on: the TZ text at the end of
 * the tz database's files; private to zone.c.
 *
 *     CET-1CEST,M3.5.0,M10.5.0/3
 *
 * An hour before UTC by POSIX, whose sign is the other way round, and two in summer:
 * from the last (5) Sunday (0) of March, 2:00, to that of October, 3:00.
 * Source: RFC 9636, section 3.3.2, and POSIX, "Other Environment Variables".
 */
#ifndef AWS_ZONE_RULE_H
#define AWS_ZONE_RULE_H

#include "base/str.h"

#include <stdint.h>

/* A day of a year, in one of three ways, and the time of that day. */
enum zone_day_form {
    ZONE_DAY_OF_WEEK,    /* M3.5.0: month, week, weekday */
    ZONE_DAY_NEVER_LEAP, /* J60: from 1; 29 February is not counted */
    ZONE_DAY_OF_YEAR     /* 59: from 0 */
};

struct zone_day {
    enum zone_day_form form;
    int month, week, weekday, day;
    int64_t seconds; /* of the day; from -167 to 167 hours */
};

struct zone_rule {
    int64_t offset; /* seconds ahead of UTC */
    bool changes;   /* there is summer time: what follows holds */
    int64_t summer_offset;
    struct zone_day summer, winter; /* when each begins */
};

/* False: it is no such text. */
MUST_USE bool zone_rule_parse(struct str text, struct zone_rule *rule);

struct zone_change {
    int64_t instant, offset; /* from when on, how many seconds ahead of UTC */
};

enum { ZONE_RULE_CHANGES = 2 };

/* Those of a year, the earlier first. */
void zone_rule_changes(const struct zone_rule *rule, int64_t year,
                       struct zone_change changes[ZONE_RULE_CHANGES]);

#endif
