#include "rows.h"

#include "aws/zone.h"
#include "aws/zone_rule.h"
#include "base/time.h"
#include "tree.h"

#include <time.h>

/* ---- files that are made here ---------------------------------------------------- */

/* A file of the tz database. Its types are 0: UTC, 1: an hour ahead, 2: none. */
struct made {
    char version; /* 0: the first, with times of 4 bytes */
    size_t leaps, types;
    const int64_t *times;
    const char *indexes; /* digits, one a time */
    const char *rule;    /* NULL: without the line for it */
};

enum { TYPES = 3 };

static void add_number(struct buf *buf, int64_t number, size_t bytes)
{
    for (size_t i = bytes; i > 0; i--)
        buf_add_byte(buf, (char)(uint8_t)((uint64_t)number >> (8 * (i - 1))));
}

static void add_block(struct buf *buf, const struct made *made, size_t time_bytes)
{
    static const int64_t offsets[TYPES] = { 0, 3600, 26 * 3600 + 1 };
    size_t count = strlen(made->indexes);

    buf_add(buf, STR("TZif"));
    buf_add_byte(buf, made->version);
    buf_add(buf, (struct str){ "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15 });
    add_number(buf, 0, 4);
    add_number(buf, 0, 4);
    add_number(buf, (int64_t)made->leaps, 4);
    add_number(buf, (int64_t)count, 4);
    add_number(buf, (int64_t)made->types, 4);
    add_number(buf, 4, 4);
    for (size_t i = 0; i < count; i++)
        add_number(buf, made->times[i], time_bytes);
    for (size_t i = 0; i < count; i++)
        buf_add_byte(buf, (char)(made->indexes[i] - '0'));
    for (size_t i = 0; i < made->types; i++) {
        add_number(buf, offsets[i % TYPES], 4);
        add_number(buf, 0, 2);
    }
    buf_add(buf, (struct str){ "ABC\0", 4 });
    for (size_t i = 0; i < made->leaps; i++) {
        add_number(buf, 78796800, time_bytes);
        add_number(buf, 1, 4);
    }
}

static struct str file_of(struct arena *arena, const struct made *made)
{
    struct buf buf = BUF_EMPTY(arena);

    add_block(&buf, made, 4);
    if (made->version != '\0')
        add_block(&buf, made, 8);
    if (made->rule != NULL)
        buf_printf(&buf, "\n%s\n", made->rule);
    return buf_str(&buf);
}

static const int64_t some[] = { -1000, 0, 1000, 2000 };
static const int64_t backwards[] = { 1000, 0 };
static const int64_t far[] = { INT64_MIN + 1, INT64_MAX - 1 };

static const struct file_row {
    const char *name;
    struct made made;
    bool is_read;
    int64_t asked[3], offsets[3]; /* what it says */
} file_rows[] = {
    { "times of 4 bytes",
      { 0, 0, 2, some, "1010", NULL },
      true,
      { -1001, -1000, 1999 },
      { 0, 3600, 3600 } },
    { "times of 8 bytes, and no rule",
      { '2', 0, 2, some, "1010", "" },
      true,
      { -1000, 0, 5000 },
      { 3600, 0, 0 } },
    { "no times", { '3', 0, 1, NULL, "", "" }, true, { -1, 0, 1 }, { 0, 0, 0 } },
    { "a rule behind them",
      { '2', 0, 2, some, "1010", "AAA0BBB,J1/0,J365/0" },
      true,
      { 2000, INT64_C(86400) * 365, INT64_C(86400) * 364 + INT64_C(86400) * 365 },
      { 0, 3600, 0 } },
    { "a rule alone",
      { '2', 0, 1, NULL, "", "AAA-2" },
      true,
      { 0, 1, 2 },
      { 7200, 7200, 7200 } },
    { "a rule of names in brackets",
      { '2', 0, 1, NULL, "", "<+0230>-2:30" },
      true,
      { 0, 1, 2 },
      { 9000, 9000, 9000 } },
    { "no types", { '2', 0, 0, NULL, "", "" }, false, { 0 }, { 0 } },
    { "a type that is none", { '2', 0, 2, some, "1210", "" }, false, { 0 }, { 0 } },
    { "a clock too far from UTC",
      { '2', 0, 3, some, "1210", "" },
      false,
      { 0 },
      { 0 } },
    { "times that are not in order",
      { '2', 0, 2, backwards, "10", "" },
      false,
      { 0 },
      { 0 } },
    { "times beyond all", { '2', 0, 2, far, "10", "" }, false, { 0 }, { 0 } },
    { "leap seconds", { '2', 1, 2, some, "1010", "" }, false, { 0 }, { 0 } },
    { "a wrong rule", { '2', 0, 2, some, "1010", "AAA" }, false, { 0 }, { 0 } },
    { "no line for the rule", { '2', 0, 2, some, "1010", NULL }, false, { 0 }, { 0 } },
};

static void file_test(void **state)
{
    const struct file_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct zone *zone = NULL;

    assert_int_equal(zone_read(&arena, file_of(&arena, &row->made), &zone),
                     row->is_read);
    for (size_t i = 0; row->is_read && i < COUNT_OF(row->asked); i++)
        assert_int_equal(zone_span(zone, row->asked[i]).offset, row->offsets[i]);
    arena_release(&arena);
}

static void what_breaks_off_is_none(void **state)
{
    static const struct made made = {
        '2', 0, 2, some, "1010", "AAA0BBB,M3.5.0,M10.5.0"
    };
    struct arena arena = ARENA_EMPTY;
    struct str file = file_of(&arena, &made);
    const struct zone *zone;

    (void)state;
    assert_true(zone_read(&arena, file, &zone));
    for (size_t len = 0; len < file.len; len++)
        assert_false(
            zone_read(&arena, str_copy(&arena, str_slice(file, 0, len)), &zone));
    arena_release(&arena);
}

static void what_is_overwritten_is_read_or_not(void **state)
{
    static const struct made made = {
        '2', 0, 2, some, "1010", "AAA0BBB,M3.5.0,M10.5.0"
    };
    struct arena arena = ARENA_EMPTY;
    struct str file = file_of(&arena, &made);
    size_t read_count = 0;

    (void)state;
    for (size_t i = 0; i < file.len; i++) {
        char *text = arena_copy(&arena, file.text, file.len);
        const struct zone *zone;
        int64_t instant;

        text[i] = (char)(text[i] ^ 0xFF);
        if (!zone_read(&arena, (struct str){ text, file.len }, &zone))
            continue;
        read_count++;
        assert_true(!zone_instant(zone, 0, &instant) ||
                    (instant <= ZONE_OFFSET_MAX && instant >= -ZONE_OFFSET_MAX));
    }
    assert_in_range(read_count, 1, file.len - 1);
    arena_release(&arena);
}

/* ---- rules ----------------------------------------------------------------------- */

static const struct rule_row {
    const char *name, *text;
    int year;
    const char *changes; /* NULL: it is no rule */
} rule_rows[] = {
    { "the last Sundays of months", "CET-1CEST,M3.5.0,M10.5.0/3", 2026,
      "2026-03-29T01:00:00Z 7200 2026-10-25T01:00:00Z 3600" },
    { "the second and the first", "PST8PDT,M3.2.0,M11.1.0", 2026,
      "2026-03-08T10:00:00Z -25200 2026-11-01T09:00:00Z -28800" },
    { "in the south", "AEST-10AEDT,M10.1.0,M4.1.0/3", 2026,
      "2026-04-04T16:00:00Z 36000 2026-10-03T16:00:00Z 39600" },
    { "half an hour", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026,
      "2026-04-04T15:00:00Z 37800 2026-10-03T15:30:00Z 39600" },
    { "an hour less in winter", "IST-1GMT0,M10.5.0,M3.5.0/1", 2026,
      "2026-03-29T01:00:00Z 3600 2026-10-25T01:00:00Z 0" },
    { "before the day begins", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026,
      "2026-03-29T01:00:00Z -3600 2026-10-25T01:00:00Z -7200" },
    { "some days behind the day", "EET-2EEST,M3.4.4/50,M10.4.4/50", 2026,
      "2026-03-28T00:00:00Z 10800 2026-10-23T23:00:00Z 7200" },
    { "days of the year, from 1", "AAA0BBB,J59/0,J60/0:30:15", 2024,
      "2024-02-28T00:00:00Z 3600 2024-02-29T23:30:15Z 0" },
    { "days of the year, from 0", "AAA0BBB,58/0,59/1", 2024,
      "2024-02-28T00:00:00Z 3600 2024-02-29T00:00:00Z 0" },
    { "minutes and seconds, and another summer", "AAA+1:02:03BBB-1,0/0,364/0", 2026,
      "2026-01-01T01:02:03Z 3600 2026-12-30T23:00:00Z -3723" },
    { "a short name", "AA0", 0, NULL },
    { "no name", "0", 0, NULL },
    { "a bracket without its other", "<AAA0", 0, NULL },
    { "no offset", "AAA", 0, NULL },
    { "an offset beyond a day", "AAA25", 0, NULL },
    { "61 minutes", "AAA0:61", 0, NULL },
    { "a minute without digits", "AAA0:", 0, NULL },
    { "summer without a name", "AAA0-1,M3.5.0,M10.5.0", 0, NULL },
    { "summer without days", "AAA0BBB", 0, NULL },
    { "summer without an end", "AAA0BBB,M3.5.0", 0, NULL },
    { "text behind it", "AAA0BBB,M3.5.0,M10.5.0x", 0, NULL },
    { "a 13th month", "AAA0BBB,M13.5.0,M10.5.0", 0, NULL },
    { "a month 0", "AAA0BBB,M0.5.0,M10.5.0", 0, NULL },
    { "a 6th week", "AAA0BBB,M3.6.0,M10.5.0", 0, NULL },
    { "a week 0", "AAA0BBB,M3.0.0,M10.5.0", 0, NULL },
    { "a weekday 7", "AAA0BBB,M3.5.7,M10.5.0", 0, NULL },
    { "a day J0", "AAA0BBB,J0,J365", 0, NULL },
    { "a day 366", "AAA0BBB,0,366", 0, NULL },
    { "a time beyond a week", "AAA0BBB,M3.5.0/168,M10.5.0", 0, NULL },
    { "a number without an end", "AAA0BBB,99999999999999999999,1", 0, NULL },
};

static void rule_test(void **state)
{
    const struct rule_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf said = BUF_EMPTY(&arena);
    struct zone_rule rule;
    struct zone_change changes[ZONE_RULE_CHANGES];

    assert_int_equal(zone_rule_parse(str_from(row->text), &rule), row->changes != NULL);
    if (row->changes == NULL)
        return;
    zone_rule_changes(&rule, row->year, changes);
    for (size_t i = 0; i < ZONE_RULE_CHANGES; i++) {
        char text[INSTANT_TEXT_BYTES];

        instant_print(changes[i].instant * INSTANTS_PER_SECOND, text);
        buf_printf(&said, "%s%s %d", i > 0 ? " " : "", text, (int)changes[i].offset);
    }
    assert_string_equal(buf_str(&said).text, row->changes);
    arena_release(&arena);
}

/* ---- names ----------------------------------------------------------------------- */

static const struct name_row {
    const char *name, *zone;
    enum zone_status status;
} name_rows[] = {
    { "a zone", "Europe/Berlin", ZONE_LOADED },
    { "a zone of another name", "Germany", ZONE_LOADED },
    { "in folders in each other", "America/Argentina/X", ZONE_LOADED },
    { "all signs of names", "Etc/GMT+1-_2", ZONE_LOADED },
    { "of another case", "europe/berlin", ZONE_UNKNOWN },
    { "no name", "", ZONE_UNKNOWN },
    { "a folder", "Europe", ZONE_UNKNOWN },
    { "a folder with a slash", "Europe/", ZONE_UNKNOWN },
    { "a slash more", "Europe//Berlin", ZONE_UNKNOWN },
    { "a file behind a file", "Europe/Berlin/X", ZONE_UNKNOWN },
    { "from the root", "/Europe/Berlin", ZONE_UNKNOWN },
    { "out of the folder", "../secret", ZONE_UNKNOWN },
    { "out of it in the middle", "Europe/../../secret", ZONE_UNKNOWN },
    { "a dot", "./Europe/Berlin", ZONE_UNKNOWN },
    { "a table beside zones", "zone.tab", ZONE_UNKNOWN },
    { "a table with a name like a zone", "table", ZONE_UNKNOWN },
    { "a blank", "Germany ", ZONE_UNKNOWN },
    { "with leap seconds", "right/Germany", ZONE_UNKNOWN },
    { "all again", "posix/Germany", ZONE_UNKNOWN },
    { "that of this machine", "localtime", ZONE_UNKNOWN },
    { "a rule of old programs", "posixrules", ZONE_UNKNOWN },
    { "a pipe", "Pipe", ZONE_UNKNOWN },
    { "64 bytes", "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
      ZONE_LOADED },
    { "and 65", "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm",
      ZONE_UNKNOWN },
};

static void write_zone(struct arena *arena, const char *path)
{
    static const struct made made = { '2', 0, 2, some, "1010", "" };
    struct str file = file_of(arena, &made);

    tree_write(path, file.text, file.len);
}

static void name_test(void **state)
{
    static const char *const zones[] = {
        "secret",
        "tz/Europe/Berlin",
        "tz/America/Argentina/X",
        "tz/Etc/GMT+1-_2",
        "tz/Etc/UTC",
        "tz/right/Germany",
        "tz/posix/Germany",
        "tz/localtime",
        "tz/posixrules",
        "tz/zone.tab",
        "tz/Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
        "tz/Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"
    };
    const struct name_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    const struct zone *zone;
    struct tree tree;

    tree_make(&tree, "tz/\ntz/Europe/\ntz/America/\ntz/America/Argentina/\ntz/Etc/\n"
                     "tz/right/\ntz/posix/\ntz/table=Germany\ntz/Pipe|\n"
                     "tz/Germany->Europe/Berlin\n");
    for (size_t i = 0; i < COUNT_OF(zones); i++)
        write_zone(&arena, zones[i]);
    assert_int_equal(zone_load(&arena, "tz", str_from(row->zone), &zone), row->status);
    if (row->status == ZONE_LOADED)
        assert_int_equal(zone_span(zone, -1).offset, 3600);
    tree_remove(&tree);
    arena_release(&arena);
}

static void without_a_database_only_utc_is_known(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct zone *zone;
    struct tree tree;

    (void)state;
    tree_make(&tree, "tz/\n");
    assert_int_equal(zone_load(&arena, "tz", STR("Europe/Berlin"), &zone),
                     ZONE_NO_DATABASE);
    assert_int_equal(zone_load(&arena, "none", STR("Etc/GMT"), &zone),
                     ZONE_NO_DATABASE);
    assert_int_equal(zone_load(&arena, "none", STR("../x"), &zone), ZONE_UNKNOWN);
    assert_int_equal(zone_load(&arena, "none", STR("UTC\0"), &zone), ZONE_UNKNOWN);
    assert_int_equal(zone_load(&arena, "none", STR("UTC"), &zone), ZONE_LOADED);
    assert_int_equal(zone_load(&arena, "none", STR("Etc/UTC"), &zone), ZONE_LOADED);
    assert_int_equal(zone_span(zone, 0).offset, 0);
    assert_int_equal(zone_span(zone, 0).new_from, INT64_MIN);
    tree_remove(&tree);
    arena_release(&arena);
}

/* ---- local times ----------------------------------------------------------------- */

/* An hour ahead from -1000 to 0, and from 1000 to 2000. */
static void a_local_time_is_found(void **state)
{
    enum { NEVER = -1 };
    static const struct made made = { '2', 0, 2, some, "1010", "" };
    static const struct {
        int64_t local, instant;
    } cases[] = { { -1001, -1001 }, { -1000, NEVER }, { -5, NEVER },   { 0, 0 },
                  { 999, 999 },     { 1000, NEVER },  { 1999, NEVER }, { 2000, 2000 },
                  { 2599, 2599 },   { 2600, -1000 },  { 3598, -2 },    { 3600, 3600 },
                  { 4599, 4599 },   { 4600, 1000 },   { 5599, 1999 },  { 5600, 5600 } };
    struct arena arena = ARENA_EMPTY;
    const struct zone *zone;

    (void)state;
    assert_true(zone_read(&arena, file_of(&arena, &made), &zone));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t instant = NEVER;

        assert_int_equal(zone_instant(zone, cases[i].local, &instant),
                         cases[i].instant != NEVER);
        assert_int_equal(instant, cases[i].instant);
    }
    assert_int_equal(zone_span(zone, 5000).start, 2000);
    assert_int_equal(zone_span(zone, 5000).new_from, 5600);
    assert_int_equal(zone_span(zone, 1500).new_from, 1000);
    arena_release(&arena);
}

/* ---- the database that is here, against the C library ---------------------------- */

/* In minutes, as the C library has it; its zone is that of the process. */
static int library_minutes(int64_t instant)
{
    time_t now = (time_t)instant;
    struct tm local;
    char text[16];
    int number;

    assert_non_null(localtime_r(&now, &local));
    assert_int_equal(strftime(text, sizeof text, "%z", &local), 5);
    number = (int)strtol(text + 1, NULL, 10);
    return (text[0] == '-' ? -1 : 1) * (number / 100 * 60 + number % 100);
}

static void offsets_are_those_of_the_c_library(void **state)
{
    static const char *const names[] = { "Europe/Berlin",
                                         "Europe/Dublin",
                                         "Europe/London",
                                         "America/Los_Angeles",
                                         "America/New_York",
                                         "America/St_Johns",
                                         "America/Havana",
                                         "America/Santiago",
                                         "America/Nuuk",
                                         "America/Sao_Paulo",
                                         "Africa/Cairo",
                                         "Africa/Casablanca",
                                         "Asia/Gaza",
                                         "Asia/Tehran",
                                         "Asia/Tokyo",
                                         "Asia/Kathmandu",
                                         "Australia/Sydney",
                                         "Australia/Lord_Howe",
                                         "Pacific/Apia",
                                         "Pacific/Chatham",
                                         "Pacific/Kiritimati",
                                         "Antarctica/Troll",
                                         "Etc/GMT+12",
                                         "Etc/GMT-14",
                                         "EST5EDT" };
    struct arena arena = ARENA_EMPTY;
    size_t compared = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct zone *zone;

        if (zone_load(&arena, ZONE_FOLDER, str_from(names[i]), &zone) != ZONE_LOADED)
            continue;
        assert_int_equal(setenv("TZ", arena_printf(&arena, ":%s", names[i]), 1), 0);
        tzset();
        /* From 1980 to 2099, at some time of each fourth day. */
        for (int64_t at = 315532800; at < INT64_C(4102444800); at += 4 * 86400 + 1234) {
            int64_t offset = zone_span(zone, at).offset, first = at + 1;

            assert_int_equal(offset / 60, library_minutes(at));
            assert_true(zone_instant(zone, at + offset, &first));
            assert_true(first <= at);
            compared++;
        }
    }
    if (compared == 0)
        skip();
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, file_rows, file_test);
    TESTS_ADD_ROWS(&tests, rule_rows, rule_test);
    TESTS_ADD_ROWS(&tests, name_rows, name_test);
    TESTS_ADD(&tests, what_breaks_off_is_none);
    TESTS_ADD(&tests, what_is_overwritten_is_read_or_not);
    TESTS_ADD(&tests, without_a_database_only_utc_is_known);
    TESTS_ADD(&tests, a_local_time_is_found);
    TESTS_ADD(&tests, offsets_are_those_of_the_c_library);
    return tests_run("aws_zone", &tests);
}
