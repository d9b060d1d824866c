#include "aws/zone.h"

#include "aws/zone_rule.h"
#include "base/date.h"
#include "base/file.h"

/* No instant of a file is further from 1970; some begin with the universe. */
#define TIME_MAX (INT64_C(1) << 60)

struct zone {
    struct zone_span *spans; /* without gaps; there is one at least */
    size_t count;
};

/* ---- a file: RFC 9636 ------------------------------------------------------------ */

/* What a header counts, in the file's order. */
enum counted {
    COUNTED_UTC_FLAGS,
    COUNTED_STANDARD_FLAGS,
    COUNTED_LEAPS,
    COUNTED_TIMES,
    COUNTED_TYPES,
    COUNTED_CHARACTERS,
    COUNTED_COUNT
};

enum {
    HEADER_BYTES = 44,
    COUNTS_AT = 20,
    TYPE_BYTES = 6,
    OFFSET_BYTES = 4,
    YEAR_FIRST = 1970 /* of the changes that a rule makes */
};

/* The bytes of one block of a file, and what they mean. */
struct block {
    size_t counts[COUNTED_COUNT];
    size_t time_bytes; /* 4 or 8 */
    struct str times, indexes, types;
};

/* Of two's complement, the highest byte first. */
static int64_t number_at(struct str bytes, size_t at, size_t len)
{
    uint64_t value = (unsigned char)bytes.text[at] & 0x80 ? UINT64_MAX : 0;

    for (size_t i = 0; i < len; i++)
        value = value << 8 | (unsigned char)bytes.text[at + i];
    return (int64_t)value;
}

static bool take(struct str *rest, size_t len, struct str *taken)
{
    if (len > rest->len)
        return false;
    *taken = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return true;
}

static bool take_header(struct str *rest, struct block *block, char *version)
{
    struct str header;

    if (!take(rest, HEADER_BYTES, &header) || !str_starts_with(header, STR("TZif")))
        return false;
    *version = header.text[4];
    for (size_t i = 0; i < COUNTED_COUNT; i++) {
        int64_t count = number_at(header, COUNTS_AT + 4 * i, 4);

        if (count < 0 || count > ZONE_BYTES_MAX)
            return false;
        block->counts[i] = (size_t)count;
    }
    return true;
}

static bool take_block(struct str *rest, size_t time_bytes, struct block *block)
{
    const size_t *counts = block->counts;
    struct str passed;

    block->time_bytes = time_bytes;
    return take(rest, counts[COUNTED_TIMES] * time_bytes, &block->times) &&
           take(rest, counts[COUNTED_TIMES], &block->indexes) &&
           take(rest, counts[COUNTED_TYPES] * TYPE_BYTES, &block->types) &&
           take(rest,
                counts[COUNTED_CHARACTERS] +
                    counts[COUNTED_LEAPS] * (time_bytes + OFFSET_BYTES) +
                    counts[COUNTED_STANDARD_FLAGS] + counts[COUNTED_UTC_FLAGS],
                &passed);
}

/* False: there is no such type, or no clock is so far from UTC. */
static bool type_offset(const struct block *block, size_t index, int64_t *offset)
{
    if (index >= block->counts[COUNTED_TYPES])
        return false;
    *offset = number_at(block->types, index * TYPE_BYTES, OFFSET_BYTES);
    return *offset >= -ZONE_OFFSET_MAX && *offset <= ZONE_OFFSET_MAX;
}

/* ---- spans ----------------------------------------------------------------------- */

/* From `start` on; not before the last span begins. A change at the same instant takes
 * its place. */
static void add_span(struct zone *zone, int64_t start, int64_t offset)
{
    struct zone_span *last = zone->count > 0 ? &zone->spans[zone->count - 1] : NULL;

    if (last != NULL && last->start == start) {
        last->offset = offset;
    } else if (last == NULL || last->offset != offset) {
        if (last != NULL)
            last->end = start;
        zone->spans[zone->count++] =
            (struct zone_span){ start, INT64_MAX, offset, INT64_MIN };
    }
}

static bool add_block(struct zone *zone, const struct block *block)
{
    size_t count = block->counts[COUNTED_TIMES];
    int64_t offset, start = INT64_MIN;

    if (!type_offset(block, 0, &offset))
        return false;
    add_span(zone, INT64_MIN, offset);
    for (size_t i = 0; i < count; i++) {
        int64_t next =
            number_at(block->times, i * block->time_bytes, block->time_bytes);

        if (next < -TIME_MAX || next > TIME_MAX || (i > 0 && next <= start) ||
            !type_offset(block, (unsigned char)block->indexes.text[i], &offset))
            return false;
        start = next;
        add_span(zone, start, offset);
    }
    return true;
}

/* What the rule says behind the last change of the file. */
static void add_rule(struct zone *zone, const struct zone_rule *rule, int64_t last)
{
    int64_t year = last > 0 ? date_from_days(last / SECONDS_A_DAY).year : YEAR_FIRST;

    if (!rule->changes)
        add_span(zone, last, rule->offset);
    for (; rule->changes && year <= ZONE_YEAR_LAST; year++) {
        struct zone_change changes[ZONE_RULE_CHANGES];

        zone_rule_changes(rule, year, changes);
        for (size_t i = 0; i < ZONE_RULE_CHANGES; i++)
            if (changes[i].instant > last)
                add_span(zone, changes[i].instant, changes[i].offset);
    }
}

static int64_t last_time(const struct block *block)
{
    size_t count = block->counts[COUNTED_TIMES];

    return count == 0 ? INT64_MIN
                      : number_at(block->times, (count - 1) * block->time_bytes,
                                  block->time_bytes);
}

/* The rule stands between two line ends; there need not be one. */
static bool take_rule(struct str *rest, struct str *text)
{
    if (rest->len < 2 || rest->text[0] != '\n')
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    *text = str_next(rest, '\n');
    return rest->text != NULL;
}

/* When all clocks of the spans before have shown their last. */
static void find_new(struct zone *zone)
{
    int64_t shown = INT64_MIN; /* the last local time before */

    for (size_t i = 0; i < zone->count; i++) {
        struct zone_span *span = &zone->spans[i];

        span->new_from = span->start;
        if (i > 0 && shown - span->offset > span->start)
            span->new_from = shown - span->offset;
        if (span->end < INT64_MAX && span->end + span->offset > shown)
            shown = span->end + span->offset;
    }
}

bool zone_read(struct arena *arena, struct str bytes, const struct zone **zone)
{
    struct zone *made = arena_new(arena, struct zone);
    struct block block = { 0 };
    struct str rest = bytes, text = STR("");
    struct zone_rule rule;
    char version;

    if (!take_header(&rest, &block, &version) || !take_block(&rest, 4, &block))
        return false;
    if (version != '\0' && (!take_header(&rest, &block, &version) ||
                            !take_block(&rest, 8, &block) || !take_rule(&rest, &text)))
        return false;
    /* With leap seconds, as in right/, instants are not those of everybody else. */
    if (block.counts[COUNTED_LEAPS] > 0 ||
        (text.len > 0 && !zone_rule_parse(text, &rule)))
        return false;
    made->spans =
        arena_array(arena,
                    block.counts[COUNTED_TIMES] + 1 +
                        ZONE_RULE_CHANGES * (size_t)(ZONE_YEAR_LAST - YEAR_FIRST + 1),
                    struct zone_span);
    if (!add_block(made, &block))
        return false;
    if (text.len > 0)
        add_rule(made, &rule, last_time(&block));
    find_new(made);
    *zone = made;
    return true;
}

/* ---- the database ---------------------------------------------------------------- */

static bool is_part(struct str part)
{
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.text[i];

        if (!is_word_byte(byte) && byte != '+' && byte != '-' && byte != '_')
            return false;
    }
    return part.len > 0;
}

/* Whether the name can be one of a zone, and so is a path inside the folder. */
static bool is_zone_name(struct str name)
{
    static const char *const others[] = { "posix", "right", "posixrules", "localtime" };
    struct str rest = name, part = str_next(&rest, '/');

    if (name.len == 0 || name.len > ZONE_NAME_BYTES_MAX)
        return false;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_equal(part, str_from(others[i])))
            return false;
    while (is_part(part) && rest.text != NULL)
        part = str_next(&rest, '/');
    return rest.text == NULL && is_part(part);
}

static bool load(struct arena *arena, const char *folder, struct str name,
                 const struct zone **zone)
{
    const char *path = arena_printf(arena, "%s/%.*s", folder, STR_ARG(name));
    struct error why = { 0 };
    struct str bytes;

    return file_read(arena, path, ZONE_BYTES_MAX, &bytes, &why) &&
           zone_read(arena, bytes, zone);
}

static const struct zone *zone_utc(struct arena *arena)
{
    struct zone *zone = arena_new(arena, struct zone);

    zone->spans = arena_new(arena, struct zone_span);
    add_span(zone, INT64_MIN, 0);
    return zone;
}

enum zone_status zone_load(struct arena *arena, const char *folder, struct str name,
                           const struct zone **zone)
{
    const struct zone *greenwich;

    if (str_equal(name, STR("UTC")) || str_equal(name, STR("Etc/UTC"))) {
        *zone = zone_utc(arena);
        return ZONE_LOADED;
    }
    if (!is_zone_name(name))
        return ZONE_UNKNOWN;
    if (load(arena, folder, name, zone))
        return ZONE_LOADED;
    return load(arena, folder, STR("Etc/UTC"), &greenwich) ? ZONE_UNKNOWN
                                                           : ZONE_NO_DATABASE;
}

/* ---- asking ---------------------------------------------------------------------- */

/* The place of the span of an instant. */
static size_t span_at(const struct zone *zone, int64_t instant)
{
    size_t from = 0, to = zone->count;

    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;

        if (zone->spans[middle].start <= instant)
            from = middle;
        else
            to = middle;
    }
    return from;
}

struct zone_span zone_span(const struct zone *zone, int64_t instant)
{
    return zone->spans[span_at(zone, instant)];
}

bool zone_instant(const struct zone *zone, int64_t local, int64_t *instant)
{
    for (size_t i = span_at(zone, local - ZONE_OFFSET_MAX);
         i < zone->count && zone->spans[i].start <= local + ZONE_OFFSET_MAX; i++) {
        const struct zone_span *span = &zone->spans[i];
        int64_t wanted = local - span->offset;

        if (wanted >= span->start && wanted < span->end) {
            *instant = wanted;
            return true;
        }
    }
    return false;
}
