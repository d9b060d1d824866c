/*
 * time.h - instants, in microseconds since 1970-01-01T00:00:00Z, without leap seconds.
 *
 * What the AWS CLI prints (v1, v2, boto3): 2018-02-08T22:28:08.598Z,
 * 2018-02-08T22:28:08.598000+00:00, 2018-02-08 22:28:08+02:00.
 * No function here reads a clock or a time zone.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/str.h"

#include <stdint.h>

enum { INSTANT_TEXT_BYTES = 40, INSTANTS_PER_SECOND = 1000 * 1000 };

/* YYYY-MM-DD, `T` or a space, HH:MM:SS, up to 9 digits of fraction (cut to
 * microseconds), then Z or an offset: +HH:MM, +HHMM or +HH, or with a minus. Years 1 to
 * 9999; dates that exist; second 60 is refused. */
MUST_USE bool instant_parse(struct str text, int64_t *instant);

/* Seconds since 1970. False: not in the years 1 to 9999, so that it has no date here.
 */
MUST_USE bool instant_from_seconds(double seconds, int64_t *instant);

/* The same, or milliseconds, where as many seconds would be behind the year 9999: no
 * number of milliseconds from 1979 on is taken for seconds. */
MUST_USE bool instant_from_number(double number, int64_t *instant);

/* YYYY-MM-DD alone: its first instant in UTC. */
MUST_USE bool instant_parse_date(struct str text, int64_t *instant);
MUST_USE bool instant_parse_or_date(struct str text, int64_t *instant);

/* In UTC: 2018-02-08T22:28:08Z, with the fraction's digits that are needed. */
void instant_print(int64_t instant, char text[INSTANT_TEXT_BYTES]);

#endif
