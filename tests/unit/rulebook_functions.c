#include "rows.h"

#include "rulebook/functions.h"

#include <stdlib.h>
#include <string.h>

enum { LONG_BYTES = 1024 * 1024 };

static json_t *repeated(const char *piece, size_t count)
{
    size_t len = strlen(piece);
    char *text = malloc(len * count + 1);
    json_t *value;

    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * len, piece, len);
    value = json_stringn(text, len * count);
    free(text);
    return value;
}

/* What the expressions see. */
static json_t *sample(void)
{
    json_t *value = json_object();

    json_object_set_new(value, "long", repeated("a", LONG_BYTES));
    json_object_set_new(value, "deep", repeated("[", 10000));
    json_object_set_new(value, "as", repeated("a", 60));
    json_object_set_new(
        value, "Tags",
        json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s}, {s:s, s:s}, s, {s:i, s:s}]", "Key",
                  "Owner", "Value", "Zo\xC3\xAB", "Key", "Owner", "Value", "other",
                  "Key", "Empty", "key", "small", "value", "v", "text", "Key", 1,
                  "Value", "number"));
    json_object_set_new(value, "Map", json_pack("{s:s}", "Owner", "me"));
    json_object_set_new(value, "n", json_integer(7));
    json_object_set_new(value, "p", json_string("(a+)+$"));
    json_object_set_new(value, "bad", json_string("("));
    return value;
}

static const struct jmespath_options options = { .functions = &rulebook_functions };

/* The result in JSON, or the error. */
static const char *run(struct arena *arena, const char *text)
{
    struct jmespath_context *context = jmespath_context_new(arena);
    const struct jmespath *expression;
    struct error err = { 0 };
    struct buf buf = BUF_EMPTY(arena);
    json_t *value = sample(), *now = json_integer(1769904000); /* 2026-02-01 */
    json_t *result = NULL;

    expression = jmespath_compile_with(arena, str_from(text), &options, &err);
    jmespath_context_bind(context, STR("now"), now);
    if (expression != NULL)
        result = jmespath_run(expression, value, context, &err);
    if (result != NULL)
        jmespath_print(result, 0, &buf);
    else
        buf_printf(&buf, "%s%zu: %s", expression == NULL ? "compile " : "", err.column,
                   err.message);
    jmespath_context_reset(context);
    json_decref(value);
    json_decref(now);
    return buf_str(&buf).text;
}

#define FIFTY_EIGHT "1234567890123456789012345678901234567890123456789012345678"
#define SIXTY       FIFTY_EIGHT "90"

static const struct row {
    const char *name, *expression, *result;
} rows[] = {
    { "a pattern matches anywhere", "matches('xabx', 'a.')", "true" },
    { "unless it is anchored", "matches('xabx', '^a.')", "false" },
    { "characters, not bytes", "matches('\xC3\xA9', '^.$')", "true" },
    { "another pattern each time", "[matches('a', p), matches('b', p)]",
      "[true, false]" },
    { "a wrong pattern does not compile", "n || matches('a', 'b(')",
      "compile 19: not a valid regular expression: missing closing parenthesis, at "
      "character 3 "
      "of it" },
    { "one that is no literal is wrong when it is met", "matches('a', bad)",
      "14: not a valid regular expression: missing closing parenthesis" },
    { "a match that does not end has no answer",
      "matches(join('', [as, '!']), '(a+)+$')",
      "30: matches() does not come to an end: the pattern takes more than 100000 "
      "steps "
      "on a text of 61 bytes" },
    { "a match that ends has one", "matches(as, '(a+)+$')", "true" },
    { "a text may be too long", "matches(long, 'b')",
      "9: matches() takes a text of at most 65536 bytes, not 1048576" },
    { "a pattern may be too long", "matches('a', long)",
      "14: a regular expression of 1048576 bytes; expected at most 4096" },
    { "no text has no answer", "matches(None, 'a')",
      "9: matches() takes a string, not null" },

    { "* stands for any characters", "like('arn:aws:s3:::b/k', 'arn:*:s3*k')", "true" },
    { "* stands for none, too", "like('abc', '*abc*')", "true" },
    { "the whole text is meant", "like('abcd', 'abc')", "false" },
    { "? stands for one character", "like('a\xC3\xA9z', 'a?z')", "true" },
    { "and not for none", "like('az', 'a?z')", "false" },
    { "case matters", "like('ABC', 'abc')", "false" },
    { "a * may have to take more", "like('aabab', '*ab')", "true" },
    { "signs may stand for themselves", "like('a*$', 'a${*}${$}')", "true" },
    { "and then for nothing else", "like('ab', 'a${*}')", "false" },
    { "all else is text", "like('[a].+${x}', '[a].+${x}')", "true" },
    { "an empty pattern", "[like('', ''), like('a', ''), like('', '*')]",
      "[true, false, true]" },
    { "a long text", "like(long, '*b*')", "false" },
    { "one that takes too long has no answer", "like(long, join('', ['*', as, 'b']))",
      "12: like() does not come to an end: the pattern takes more than 10000000 steps "
      "on a text of 1048576 bytes" },

    { "days until now", "age_days('2026-01-31T12:00:00Z')", "0.5" },
    { "of a date", "age_days('2026-01-01')", "31.0" },
    { "of seconds", "age_days(`1769817600`)", "1.0" },
    { "before now is negative", "age_days('2026-02-03')", "-2.0" },
    { "of nothing there is none", "age_days(None)", "null" },
    { "no time has no answer", "age_days('yesterday')",
      "10: age_days() takes a time, not 'yesterday'" },
    { "of 60 bytes, it is shown whole", "age_days('" SIXTY "')",
      "10: age_days() takes a time, not '" SIXTY "'" },
    { "of more, the first 60", "age_days('" SIXTY "x')",
      "10: age_days() takes a time, not '" SIXTY "'" },
    { "and no part of a character", "age_days('" FIFTY_EIGHT "\xE2\x82\xAC')",
      "10: age_days() takes a time, not '" FIFTY_EIGHT "'" },
    { "nor has a time beyond years", "age_days(`1e300`)",
      "10: age_days() takes a time in the years 1 to 9999, not 1e+300 seconds" },

    { "hours", "age_hours('2026-01-31T12:00:00Z')", "12.0" },
    { "of no time there are none", "age_hours('yesterday')",
      "11: age_hours() takes a time, not 'yesterday'" },

    { "a time is seconds", "time('1970-01-02T00:00:00Z')", "86400" },
    { "as the AWS CLI v2 prints it", "time('2018-02-08T22:28:08.598000+00:00')",
      "1518128888.598" },
    { "of a zone", "time('1970-01-01 02:00:00+02:00')", "0" },
    { "a date", "time('1970-01-02')", "86400" },
    { "seconds stay", "[time(`86400`), time(`0.5`)]", "[86400, 0.5]" },
    { "in the form that they have", "[time(`86400.0`), time(`1e3`)]",
      "[86400.0, 1000.0]" },
    { "milliseconds become seconds", "time(`1518128888598`)", "1518128888.598" },
    { "all else is null",
      "[time('today'), time('2026-02-30'), time(`1e300`), time(`[]`), time(None)]",
      "[null, null, null, null, null]" },

    { "a tag's value, the first", "tag(Tags, 'Owner')", "\"Zo\xC3\xAB\"" },
    { "in small letters", "tag(Tags, 'small')", "\"v\"" },
    { "a tag without a value", "tag(Tags, 'Empty')", "null" },
    { "no such tag", "tag(Tags, 'owner')", "null" },
    { "no tags", "tag(None, 'Owner')", "null" },
    { "of an object", "tag(Map, 'Owner')", "\"me\"" },
    { "of text", "tag('Owner', 'Owner')",
      "compile 5: tag() takes an array, an object or null, not a string" },

    { "how far runs are apart", "schedule('cron(0 5 ? * MON-FRI *)')",
      "{\"gap_hours\": 72, \"gap_days\": 3, \"notes\": []}" },
    { "parts of an hour", "schedule('rate(90 minutes)').[gap_hours, gap_days, notes]",
      "[1.5, 0.0625, [\"rate\"]]" },
    { "nothing is daily", "schedule(None).gap_hours", "24" },
    { "by the clocks of a zone", "schedule(None, 'Europe/Berlin').gap_hours", "25" },
    { "no zone is UTC", "schedule(None, None).gap_days", "1" },
    { "as of now, when summer time is no more there",
      "schedule(None, 'America/Mexico_City').gap_hours", "24" },
    { "what is no schedule has no gap", "schedule('0 5 * * *')",
      "{\"gap_hours\": null, \"gap_days\": null, \"notes\": [\"form\"]}" },
    { "nor has a zone that is none", "schedule(None, '../zoneinfo/Asia/Tokyo')",
      "{\"gap_hours\": null, \"gap_days\": null, \"notes\": [\"time-zone\"]}" },
    { "a schedule is text", "schedule(n)",
      "10: schedule() takes a string or null, not a number" },

    { "small letters", "lower('ABC \xC3\x84')", "\"abc \xC3\x84\"" },
    { "capital letters", "upper('abz{\xC3\xA4')", "\"ABZ{\xC3\xA4\"" },
    { "of a long text", "length(upper(long))", "1048576" },

    { "parts", "split('a,b,,c', ',')", "[\"a\", \"b\", \"\", \"c\"]" },
    { "around a separator", "split('/', '/')", "[\"\", \"\"]" },
    { "a long separator", "split('average|-|min|-|max', '|-|')",
      "[\"average\", \"min\", \"max\"]" },
    { "so many times", "split('a|-|b|-|c', '|-|', `1`)", "[\"a\", \"b|-|c\"]" },
    { "not at all", "split('a,b', ',', `0`)", "[\"a,b\"]" },
    { "no separator there", "split('a', ',')", "[\"a\"]" },
    { "characters", "split('a\xC3\xA9z', '')", "[\"a\", \"\xC3\xA9\", \"z\"]" },
    { "some characters", "split('abc', '', `1`)", "[\"a\", \"bc\"]" },
    { "no characters", "split('', '')", "[]" },
    { "nothing", "split('', ',')", "[\"\"]" },
    { "less than none", "split('a', ',', `-1`)",
      "17: split() takes how often to split: a whole number, 0 or more, not -1" },
    { "half a time", "split('a', ',', `0.5`)",
      "17: split() takes how often to split: a whole number, 0 or more, not 0.5" },
    { "so many times that it is text", "split('a', ',', '1')",
      "compile 17: split() takes a number, not a string" },
    { "of a long text", "length(split(long, 'a'))", "1048577" },

    { "what is known is taken as it is", "[known(`false`), known('')]",
      "[false, \"\"]" },
    { "what is absent has no answer", "known(None)",
      "7: known() takes a value, not null" },

    { "a value", "parse_json('{\"a\": [1, null]}').a", "[1, null]" },
    { "a word", "parse_json('true')", "true" },
    { "no JSON has no answer", "parse_json('{')",
      "12: parse_json() takes JSON: line 1: string or '}' expected near end of file" },
    { "nor has a key that is there twice", "parse_json('{\"a\":1,\"a\":2}')",
      "12: parse_json() takes JSON: line 1: duplicate object key near '\"a\"'" },
    { "nor has what is too deep", "parse_json(deep)",
      "12: parse_json() takes JSON: line 1: maximum parsing depth reached near '['" },

    { "the parts of an ARN",
      "arn('arn:aws:rds:eu-west-1:123456789012:snapshot:awsbackup:job-1').[partition, "
      "service, region, account, resource, resource_type, resource_id]",
      "[\"aws\", \"rds\", \"eu-west-1\", \"123456789012\", "
      "\"snapshot:awsbackup:job-1\", \"snapshot\", \"awsbackup:job-1\"]" },
    { "of one with few parts", "arn('arn:aws:s3:::bucket')",
      "{\"partition\": \"aws\", \"service\": \"s3\", \"region\": \"\", \"account\": "
      "\"\", \"resource\": \"bucket\", \"resource_type\": null, \"resource_id\": "
      "\"bucket\"}" },
    { "with a path", "arn('arn:aws:iam::123456789012:role/a/b').resource_id",
      "\"a/b\"" },
    { "of no ARN there are none", "[arn('arn:aws'), arn(None)]", "[null, null]" },

    { "a name that is near", "match('a', 'b')",
      "compile 1: unknown function 'match': did you mean 'matches'?" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(run(&arena, row->expression), row->result);
    arena_release(&arena);
}

static void those_that_ask_are_boolean(void **state)
{
    static const char *const boolean[] = { "matches(a, 'b')", "!like(a, b)",
                                           "like(a, b) || matches(a, b)" };
    static const char *const others[] = { "lower(a)", "time(a)", "age_days(a)",
                                          "tag(a, 'b') && like(a, b)" };
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof boolean / sizeof boolean[0]; i++)
        assert_true(jmespath_is_boolean(jmespath_root(
            jmespath_compile_with(&arena, str_from(boolean[i]), &options, &err))));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(jmespath_is_boolean(jmespath_root(
            jmespath_compile_with(&arena, str_from(others[i]), &options, &err))));
    arena_release(&arena);
}

/* All that a function does with text is counted: each would take very long if it were
 * free. */
static const struct limit {
    const char *name, *expression, *says;
} limits[] = {
    { "small letters", "[lower($x)]", NULL },
    { "capital letters", "[upper($x)]", NULL },
    { "parts", "[split($x, 'a')]", NULL },
    { "characters", "[split($x, '')]", NULL },
    { "looking for a long separator", "[split($x, join('', [$x, 'b']))]", NULL },
    { "likeness", "[like($x, 'b')]", NULL },
    { "years of schedules", "[schedule(None)]", NULL },
    { "schedules of each minute", "[schedule('* * * * ? *', 'Europe/Berlin')]", NULL },
    { "a long pattern of likeness", "[like('b', $x)]", NULL },
    { "ARNs", "[arn($x)]", NULL },
    { "JSON", "[parse_json($x)]", NULL },
    { "keys of tags", "[tag($tags, $x)]", NULL },
    { "matches", "[matches(small, 'b')]", NULL },
    { "compiling patterns", "[matches('a', pattern)]", NULL },
    { "a match that takes too long", "[matches(join('', [small, '!']), '(a+)+$')]",
      "matches() does not come to an end: the pattern takes more than 100000 steps on "
      "a text of 201 bytes" },
    { "a text that is too long to match", "[matches($x, 'b')]",
      "matches() takes a text of at most 65536 bytes, not 1048576" },
    { "a likeness that takes too long", "[like($x, join('', ['*', pattern, 'b']))]",
      "like() does not come to an end: the pattern takes more than 10000000 steps on a "
      "text of 1048576 bytes" },
};

static void limit_test(void **state)
{
    enum { MANY = 10 * 1000, STEPS = 150 * 1000 };
    const struct limit *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    struct error err = { 0 };
    json_t *value = sample(), *many = json_array();
    const struct jmespath *expression = jmespath_compile_with(
        &arena,
        str_from(arena_printf(&arena,
                              "let $x = long, $tags = [Tags[0], Tags[1]] in "
                              "many[*].%s",
                              row->expression)),
        &options, &err);

    assert_string_equal(err.message, "");
    json_object_set_new(value, "many", many);
    for (size_t i = 0; i < MANY; i++)
        json_array_append_new(many, json_pack("{s:o, s:o}", "small", repeated("a", 200),
                                              "pattern", repeated("a", 200)));
    jmespath_context_limit(context, STEPS);
    assert_null(jmespath_run(expression, value, context, &err));
    assert_int_equal(jmespath_error_kind(&err), JMESPATH_ERROR_LIMIT);
    assert_string_equal(err.message,
                        row->says != NULL
                            ? row->says
                            : "the expression takes more than 150000 steps on this "
                              "value: expected less work or a smaller value");
    jmespath_context_reset(context);
    json_decref(value);
    arena_release(&arena);
}

/* What each costs, of texts x, y and j of 640 bytes. */
static const struct cost {
    const char *name; /* the expression */
    size_t steps;
} costs[] = {
    { "length(as)", 6 },
    { "lower(x)", 163 },
    { "upper(x)", 163 },
    { "split(x, 'b')", 644 },
    { "split(x, 'bb')", 645 },
    { "split(x, y)", 1044 },
    { "split(x, '')", 644 },
    { "like(x, 'b*')", 44 },
    { "like(x, y)", 84 },
    { "arn(x)", 163 },
    { "parse_json(j)", 643 },
    { "tag(Tags, 'Owner')", 4 },
    { "tag(Tags, x)", 249 },
    { "tag(Map, x)", 3 },
    { "matches(x, 'b')", 44 },
    { "matches(x, p)", 69 },
    { "matches(x, join('', ['b', p]))", 86 },
    { "schedule('rate(1 hour)')", 1028 },
    { "schedule('cron(0 5 ? * MON-FRI *)')", 1032 },
    { "schedule(None, 'UTC')", 1032 },
    { "age_days('2026-01-31')", 3 },
    { "age_hours('2026-01-31')", 3 },
    { "time('2026-01-31')", 2 },
};

static void cost_test(void **state)
{
    const struct cost *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct jmespath_context *context = jmespath_context_new(&arena);
    struct error err = { 0 };
    json_t *value = sample(), *now = json_integer(1769904000);
    const struct jmespath *expression =
        jmespath_compile_with(&arena, str_from(row->name), &options, &err);

    jmespath_context_bind(context, STR("now"), now);
    json_object_set_new(value, "x", repeated("a", 640));
    json_object_set_new(value, "y", repeated("b", 640));
    json_object_set_new(value, "j", json_sprintf("%640d", 1));
    assert_string_equal(err.message, "");
    assert_non_null(jmespath_run(expression, value, context, &err));
    assert_int_equal(jmespath_context_steps(context), row->steps);
    jmespath_context_reset(context);
    json_decref(value);
    json_decref(now);
    arena_release(&arena);
}

static void what_they_read_is_known(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct jmespath_fields fields = { 0 };

    (void)state;
    jmespath_fields(
        &arena,
        jmespath_root(jmespath_compile_with(
            &arena, STR("matches(a, b) && age_days(c.d) > `1` && tag(e, 'x') == f"),
            &options, &err)),
        &fields);
    assert_int_equal(fields.count, 5);
    assert_false(fields.whole);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, limits, limit_test);
    TESTS_ADD_ROWS(&tests, costs, cost_test);
    TESTS_ADD(&tests, those_that_ask_are_boolean);
    TESTS_ADD(&tests, what_they_read_is_known);
    return tests_run("rulebook_functions", &tests);
}
