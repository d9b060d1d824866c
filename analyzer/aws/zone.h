/*
 * zone.h - how far the clocks of a place are ahead of UTC, and when that changes: a
 * time zone of the system's tz database.
 *
 *     const struct zone *zone;
 *     if (zone_load(&arena, ZONE_FOLDER, STR("Europe/Berlin"), &zone) == ZONE_LOADED &&
 *         zone_instant(zone, local, &instant)) ...
 *
 * A local time is written as the seconds since 1970 that a clock in UTC would have
 * counted when it shows the same. When clocks go forward, some local times do not
 * exist; when they go back, some come twice, and then the first is meant.
 *
 *     clocks go forward   01:59 03:00        02:30 does not exist
 *     clocks go back      02:59 02:00        02:30 comes twice
 *
 * The files are read here (RFC 9636, tzfile(5)), and tzset() is not used: that one
 * takes its zone from the environment, for the whole process, so that threads would
 * change each other's. A name comes from evidence. It is one of the database only if
 * each of its parts is made of letters, digits, +, - and _, so that no path leads out
 * of the folder. posix/ and right/, which hold all zones again, and posixrules and
 * localtime, which are of this machine, are no zones. UTC is known without the
 * database. Lifetime: the arena's; immutable, and may be shared between threads.
 * Limits: ZONE_NAME_BYTES_MAX, ZONE_BYTES_MAX; the years up to ZONE_YEAR_LAST.
 */
#ifndef AWS_ZONE_H
#define AWS_ZONE_H

#include "base/str.h"

#include <stdint.h>

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum {
    ZONE_NAME_BYTES_MAX = 64,
    ZONE_BYTES_MAX = 64 * 1024, /* of a file; the largest has 4 KiB */
    ZONE_YEAR_LAST = 2200,      /* of the changes that the last rule of a zone makes */
};

struct zone;

enum zone_status {
    ZONE_LOADED,
    ZONE_UNKNOWN,     /* the database has no such zone, or its file is damaged */
    ZONE_NO_DATABASE, /* nor has it any other */
};

enum zone_status zone_load(struct arena *arena, const char *folder, struct str name,
                           const struct zone **zone);

/* The same from the bytes of a file. False: it is damaged. */
MUST_USE bool zone_read(struct arena *arena, struct str bytes,
                        const struct zone **zone);

/* From when on, until before when, the clocks are so many seconds ahead of UTC. */
struct zone_span {
    int64_t start, end; /* INT64_MIN, INT64_MAX: always before, always behind */
    int64_t offset;
    int64_t new_from; /* in it; from then on no clock shows what it did before */
};

/* The span of an instant, in seconds since 1970. */
struct zone_span zone_span(const struct zone *zone, int64_t instant);

/* The first instant at which clocks show that local time. False: they never do. */
MUST_USE bool zone_instant(const struct zone *zone, int64_t local, int64_t *instant);

/* No clock is further from UTC. */
enum { ZONE_OFFSET_MAX = 26 * 60 * 60 };

#endif
