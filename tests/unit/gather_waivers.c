#include "gather/waivers.h"

#include "mistakes_said.h"
#include "rows.h"

#include "base/time.h"
#include "config/schema.h"

#include <string.h>

#define HEAD "format: 1\nwaivers:\n"
#define WHO  "    account: '123456789012'\n"
#define WHY  "    reason: r\n    owner: o\n    expires: 2027-01-31\n"
#define RULE "  - rule: Backup-001\n"
/* A waiver that is right, but for what is added on line 8. */
#define WITH(rest) HEAD RULE WHO WHY rest

static const struct rulebook *book(void)
{
    static struct str known[] = { { "Backup-001", 10 },
                                  { "RDS-001", 7 },
                                  { "RDS-002", 7 } };
    static const struct rulebook book = { .known = { known, COUNT_OF(known) } };

    return &book;
}

/* ---- mistakes ---- */

static const struct wrong_row {
    const char *name, *text, *expected;
} wrong_rows[] = {
    { "no YAML", "format: 1\nwaivers: [",
      "3:1 not valid YAML: did not find expected node content while parsing a flow "
      "node\n" },
    { "nothing", "", "1:1 the file is empty: expected a mapping of keys\n" },
    { "a list alone", "- a\n", "1:1 expected a mapping of keys, met a sequence\n" },
    { "another format", "format: 2\nwaivers: []\n",
      "1:9 the format '2' is not known: expected 1\n" },
    { "no list", "format: 1\n", "1:1 the key 'waivers' is missing\n" },
    { "no mapping", HEAD "  - a\n",
      "3:5 expected a mapping of keys, met the text 'a'\n" },
    { "nothing that must be there", HEAD "  - {}\n",
      "3:5 the key 'rule' is missing\n3:5 the key 'account' is missing\n"
      "3:5 the key 'reason' is missing\n3:5 the key 'owner' is missing\n"
      "3:5 the key 'expires' is missing\n" },
    { "without owner", HEAD RULE WHO "    reason: r\n    expires: 2027-01-31\n",
      "3:5 the key 'owner' is missing\n" },
    { "a key that is near", WITH("    aproved_by: a\n"),
      "8:5 unknown key 'aproved_by' (did you mean 'approved_by'?)\n" },
    { "an account without quotes", HEAD RULE "    account: 123456789012\n" WHY,
      "4:14 expected text for 'account': '123456789012' looks like an AWS account id: "
      "quote it\n" },
    { "an account of 11 digits", HEAD RULE "    account: '12345678901'\n" WHY,
      "4:14 expected 12 digits, a glob such as '1234*', or '-', for 'account', not "
      "'12345678901'\n" },
    { "an alias, where a star was meant", HEAD RULE "    account: *\n" WHY,
      "4:15 not valid YAML: did not find expected alphabetic or numeric character "
      "while "
      "scanning an alias: quote a text that begins with * or &\n" },
    { "a rule that is nowhere", HEAD "  - rule: Backup-01\n" WHO WHY,
      "3:11 there is no rule 'Backup-01' (did you mean 'Backup-001'?)\n" },
    { "no rule like that", HEAD "  - rule: EC2*\n" WHO WHY,
      "3:11 no rule has an id like 'EC2*'\n" },
    { "case counts", HEAD "  - rule: rds-00?\n" WHO WHY,
      "3:11 no rule has an id like 'rds-00?'\n" },
    { "a region that is near", WITH("    region: us-east1\n"),
      "8:13 expected a region such as us-east-1, a glob such as 'eu-*', or '-', for "
      "'region', not 'us-east1' (did you mean 'us-east-1'?)\n" },
    { "no date", HEAD RULE WHO "    reason: r\n    owner: o\n    expires: never\n",
      "7:14 expected a date such as 2027-01-31 for 'expires', not 'never'\n" },
    { "a day that is not",
      HEAD RULE WHO "    reason: r\n    owner: o\n    expires: 2027-02-29\n",
      "7:14 expected a date such as 2027-01-31 for 'expires', not '2027-02-29'\n" },
    { "an instant is no day",
      HEAD RULE WHO "    reason: r\n    owner: o\n    expires: 2027-02-02T00:00:00Z\n",
      "7:14 expected a date such as 2027-01-31 for 'expires', not "
      "'2027-02-02T00:00:00Z'\n" },
    { "a year is a number",
      HEAD RULE WHO "    reason: r\n    owner: o\n    expires: 2027\n",
      "7:14 expected text for 'expires', met the number '2027': quote it if text is "
      "meant\n" },
    { "an empty text", WITH("    ticket: ''\n"),
      "8:13 the text of 'ticket' is empty: leave the key out or fill it in\n" },
    { "blanks are no text", WITH("    ticket: \" \\t\"\n"),
      "8:13 the text of 'ticket' is empty: leave the key out or fill it in\n" },
    { "a glob that is empty", WITH("    resource: ''\n"),
      "8:15 the text of 'resource' is empty: leave the key out or fill it in\n" },
    { "of the same findings", HEAD RULE WHO WHY RULE WHO "    region: '*'\n" WHY,
      "8:5 the waiver in line 3 is of the same findings: keep one\n" },
    { "all mistakes at once",
      HEAD "  - rule: Backup-002\n    account: 12\n    reason: ''\n    expires: x\n"
           "  - rule: [a]\n" WHO WHY,
      "3:5 the key 'owner' is missing\n"
      "4:14 expected text for 'account', met the number '12': quote it if text is "
      "meant\n"
      "5:13 the text of 'reason' is empty: leave the key out or fill it in\n"
      "3:11 there is no rule 'Backup-002' (did you mean 'Backup-001'?)\n"
      "6:14 expected a date such as 2027-01-31 for 'expires', not 'x'\n"
      "7:11 expected text for 'rule', met a sequence\n" },
};

static void wrong_test(void **state)
{
    const struct wrong_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    assert_null(
        waivers_parse(&arena, "w.yaml", str_from(row->text), book(), &mistakes));
    assert_string_equal(said(&arena, &mistakes), row->expected);
    arena_release(&arena);
}

/* ---- what is right ---- */

static const struct waivers *parse(struct arena *arena, const char *text)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    const struct waivers *waivers =
        waivers_parse(arena, "w.yaml", str_from(text), book(), &mistakes);

    assert_string_equal(mistakes.count > 0 ? said(arena, &mistakes) : "", "");
    assert_non_null(waivers);
    return waivers;
}

static void assert_text(struct str met, const char *expected)
{
    assert_true(str_same(met, str_from(expected)));
}

static void it_is_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct waivers *waivers = parse(
        &arena, WITH("    region: us-east-1\n    resource: db-?\n    approved_by: a\n"
                     "    ticket: t\n"));
    const struct waiver *waiver = &waivers->items[0];
    int64_t ends;

    (void)state;
    assert_int_equal(waivers->count, 1);
    assert_string_equal(waivers->path, "w.yaml");
    assert_string_equal(
        waivers->sha256,
        "4b42de114ec68803ad5f55c4fa345c599054835dd24d49cd2c0c9291dd34dd05");
    assert_text(waiver->globs[WAIVER_RULE], "Backup-001");
    assert_text(waiver->globs[WAIVER_ACCOUNT], "123456789012");
    assert_text(waiver->globs[WAIVER_REGION], "us-east-1");
    assert_text(waiver->globs[WAIVER_RESOURCE], "db-?");
    assert_text(waiver->reason, "r");
    assert_text(waiver->owner, "o");
    assert_text(waiver->approved_by, "a");
    assert_text(waiver->ticket, "t");
    assert_text(waiver->expires, "2027-01-31");
    assert_true(instant_parse(STR("2027-02-01T00:00:00Z"), &ends));
    assert_true(waiver->ends == ends);
    assert_int_equal(waiver->place.line, 3);
    arena_release(&arena);
}

static void what_is_not_there_is_any(void **state)
{
    struct arena arena = ARENA_EMPTY;
    const struct waiver *waiver = &parse(&arena, WITH(""))->items[0];

    (void)state;
    assert_text(waiver->globs[WAIVER_REGION], "*");
    assert_text(waiver->globs[WAIVER_RESOURCE], "*");
    assert_null(waiver->approved_by.text);
    assert_null(waiver->ticket.text);
    arena_release(&arena);
}

static void none_are_right(void **state)
{
    struct arena arena = ARENA_EMPTY;

    (void)state;
    assert_int_equal(parse(&arena, "format: 1\nwaivers: []\n")->count, 0);
    arena_release(&arena);
}

/* ---- globs ---- */

static const struct glob_row {
    const char *name, *glob, *text;
    bool fits;
} glob_rows[] = {
    { "itself", "db-1", "db-1", true },
    { "not what begins so", "db-1", "db-12", false },
    { "case counts", "db-1", "DB-1", false },
    { "? is one", "db-?", "db-1", true },
    { "? is not none", "db-?", "db-", false },
    { "? is not two", "db-?", "db-12", false },
    { "* is none", "db-*", "db-", true },
    { "* is any, among them / and :", "arn:*", "arn:aws:backup:a/b:c", true },
    { "* is everything", "*", "", true },
    { "* between", "a*c", "abbc", true },
    { "the whole text", "*b", "abc", false },
    { "a dash is what is not told", "-", "-", true },
    { "brackets are themselves", "a[b]", "a[b]", true },
    { "and no class", "a[b]*", "ab", false },
};

static void glob_test(void **state)
{
    const struct glob_row *row = *state;
    struct waiver waiver = { .globs[WAIVER_RESOURCE] = str_from(row->glob) };

    assert_int_equal(waiver_part_fits(&waiver, WAIVER_RESOURCE, str_from(row->text)),
                     row->fits);
}

static const struct breadth_row {
    const char *name, *globs[WAIVER_PART_COUNT], *breadth;
} breadth_rows[] = {
    { "one finding", { "a", "1", "r", "x" }, NULL },
    { "a rule in an account", { "a", "1", "*", "*" }, NULL },
    { "a rule in a region of all accounts", { "a", "*", "r", "*" }, NULL },
    { "a resource's name anywhere", { "a", "*", "*", "x*" }, NULL },
    { "rules of a kind", { "a*", "1", "*", "*" }, NULL },
    { "any rule", { "*", "1", "r", "x" }, "all rules" },
    { "any rule otherwise", { "**", "1", "r", "x" }, "all rules" },
    { "and with letters", { "?*", "1", "r", "x" }, "all rules" },
    { "everywhere", { "a", "*", "*", "*" }, "all accounts, regions and resources" },
    { "12 of any", { "a", "????????????", "*-*", "*" }, NULL },
    { "12 of any everywhere",
      { "a", "????????????", "*", "?*" },
      "all accounts, regions and resources" },
};

static void breadth_test(void **state)
{
    const struct breadth_row *row = *state;
    struct waiver waiver = { 0 };
    const char *breadth;

    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        waiver.globs[part] = str_from(row->globs[part]);
    breadth = waiver_breadth(&waiver);
    assert_string_equal(breadth != NULL ? breadth : "-",
                        row->breadth != NULL ? row->breadth : "-");
}

/* ---- limits ---- */

/* `count` waivers, each of another record. */
static struct str many(struct arena *arena, size_t count)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, STR(HEAD));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&buf,
                   "  - { rule: RDS-001, account: '123456789012', resource: db-%zu, "
                   "reason: r, owner: o, expires: 2027-01-31 }\n",
                   i);
    }
    return buf_str(&buf);
}

static void as_many_as_there_may_be(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct waivers *waivers =
        waivers_parse(&arena, "w", many(&arena, WAIVERS_MAX), book(), &mistakes);

    (void)state;
    assert_non_null(waivers);
    assert_int_equal(waivers->count, WAIVERS_MAX);
    assert_null(
        waivers_parse(&arena, "w", many(&arena, WAIVERS_MAX + 1), book(), &mistakes));
    assert_string_equal(
        said(&arena, &mistakes),
        "3:3 10001 waivers: expected at most 10000; a glob may do for several\n");
    arena_release(&arena);
}

static void texts_have_limits(void **state)
{
    static const struct {
        const char *key;
        size_t most;
    } rows[] = { { "resource", WAIVER_GLOB_BYTES_MAX },
                 { "ticket", WAIVER_TEXT_BYTES_MAX } };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mistakes mistakes = MISTAKES_EMPTY(&arena);
        char *text = arena_alloc(&arena, rows[i].most + 2);

        memset(text, 'x', rows[i].most);
        parse(&arena, arena_printf(&arena, WITH("    %s: %s\n"), rows[i].key, text));
        text[rows[i].most] = 'x';
        assert_null(waivers_parse(
            &arena, "w",
            str_from(arena_printf(&arena, WITH("    %s: %s\n"), rows[i].key, text)),
            book(), &mistakes));
        assert_string_equal(
            said(&arena, &mistakes),
            arena_printf(
                &arena, "8:%zu the text of '%s' has %zu bytes: expected at most %zu\n",
                strlen(rows[i].key) + 7, rows[i].key, rows[i].most + 1, rows[i].most));
    }
    arena_release(&arena);
}

static void a_file_that_is_too_large_is_not_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    size_t len = WAIVERS_BYTES_MAX + (size_t)1;
    char *text = arena_alloc(&arena, len + 1);

    (void)state;
    memset(text, '#', len);
    assert_null(
        waivers_parse(&arena, "w", (struct str){ text, len }, book(), &mistakes));
    assert_string_equal(said(&arena, &mistakes),
                        "1:1 the file holds 16777217 bytes, more than the 16777216 "
                        "that are read: split it\n");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, wrong_rows, wrong_test);
    TESTS_ADD(&tests, it_is_read);
    TESTS_ADD(&tests, what_is_not_there_is_any);
    TESTS_ADD(&tests, none_are_right);
    TESTS_ADD_ROWS(&tests, glob_rows, glob_test);
    TESTS_ADD_ROWS(&tests, breadth_rows, breadth_test);
    TESTS_ADD(&tests, as_many_as_there_may_be);
    TESTS_ADD(&tests, texts_have_limits);
    TESTS_ADD(&tests, a_file_that_is_too_large_is_not_read);
    return tests_run("gather_waivers", &tests);
}
