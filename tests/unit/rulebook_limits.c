/*
 * How many parameters a rule may have, what may name its facts, and that its last
 * outcome has no condition even where it is the only one. And of which names a misspelt
 * field may be meant.
 */
#include "catalog_sample.h"
#include "rows.h"

#include "rulebook/rule.h"

#include <string.h>

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: DB\n"
    "    title: DBs\n"
    "    level: region\n"
    "    id: id\n"
    "    fields: [days]\n"
    "    calls:\n"
    "      - { call: rds describe-dbs, list: DBs, gives: whole }\n";

static const struct row {
    const char *name;
    size_t count;
    const char *more; /* of them */
    const char *mistake;
} rows[] = {
    { "one", 1, "", "" },
    { "the most", RULE_PARAMETERS_MAX, "", "" },
    { "one more, which is not read", RULE_PARAMETERS_MAX, "  wrong: {}\n",
      "too many parameters: a rule has at most 64" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    struct buf text = BUF_EMPTY(&arena);
    size_t errors = row->mistake[0] != '\0' ? 1 : 0;

    buf_add(&text, STR("format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
                       "parameters:\n"));
    for (size_t i = 0; i < row->count; i++)
        buf_printf(&text, "  p%zu: { type: number, default: 7, description: d }\n", i);
    buf_add(&text, str_from(row->more));
    buf_add(&text, STR("facts:\n  n: { from: DB }\n"
                       "outcomes: [{ result: fail, message: \"{n}\" }]\n"
                       "tests: [{ name: t, evidence: {}, expect: unknown }]\n"));
    assert_true((rule_parse(&arena, catalog, "r.yaml", buf_str(&text), &mistakes) !=
                 NULL) == (errors == 0));
    assert_int_equal(mistakes.error_count, errors);
    if (errors > 0)
        assert_string_equal(mistakes.items[0].message, row->mistake);
    arena_release(&arena);
}

/* ---- names and outcomes ---- */

#define SIXTY_FOUR "a234567890123456789012345678901234567890123456789012345678901234"
#define NO_NAME(name)                                                                  \
    "'" name "' cannot name a fact: expected letters, digits and _, no digit first, "  \
    "at most 64 of them"

static const struct fact_row {
    const char *name;
    const char *fact, *outcomes; /* in it, %s is the fact */
    const char *mistake;
} fact_rows[] = {
    { "a letter", "n", "[{ result: fail, message: \"{%s}\" }]", "" },
    { "letters of all kinds", "_aZ09", "[{ result: fail, message: \"{%s}\" }]", "" },
    { "64 of them", SIXTY_FOUR, "[{ result: fail, message: \"{%s}\" }]", "" },
    { "not 65", SIXTY_FOUR "5", "[{ result: fail, message: \"m\" }] #%s",
      NO_NAME(SIXTY_FOUR "5") },
    { "nor a digit first", "1a", "[{ result: fail, message: \"m\" }] #%s",
      NO_NAME("1a") },
    { "nor another character", "a-b", "[{ result: fail, message: \"m\" }] #%s",
      NO_NAME("a-b") },
    { "nor at the start", "-a", "[{ result: fail, message: \"m\" }] #%s",
      NO_NAME("-a") },
    { "nor none", "''", "[{ result: fail, message: \"m\" }] #%s", NO_NAME("") },
    { "the only outcome has no condition", "n",
      "[{ result: fail, when: \"%s > `0`\", message: m }]",
      "the last outcome has a 'when': add one without, for when none holds" },
    { "what reads all facts leaves none unread", "n",
      "[{ result: pass, when: \"length(@) > `0`\", message: m }, "
      "{ result: fail, message: m }] #%s",
      "it reads all facts at once: name those that it needs, n, account or region" },
    { "nor does a condition of another kind", "n",
      "[{ result: pass, when: [], message: m }, { result: fail, message: m }] #%s",
      "expected text for 'when', met a sequence" },
    { "nor an outcome of another kind", "n", "[no, { result: fail, message: m }] #%s",
      "expected a mapping of keys, met the text 'no'" },
    { "nor one without a message", "n", "[{ result: fail }] #%s",
      "the key 'message' is missing" },
    { "nor does what is not read to its end", "n",
      "[{ result: fail, message: \"{%s\" }]",
      "this '{' has no '}': close it, or write '{{' for a brace" },
};

static void fact_test(void **state)
{
    const struct fact_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog = catalog_parsed(&arena, catalog_text);
    const char *format =
        arena_printf(&arena,
                     "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
                     "facts:\n  %s: { from: DB }\noutcomes: %s\n"
                     "tests: [{ name: t, evidence: {}, expect: unknown }]\n",
                     row->fact, row->outcomes);
    const char *at = strstr(format, "%s");
    const char *text =
        arena_printf(&arena, "%.*s%s%s", (int)(at - format), format, row->fact, at + 2);
    const struct rule *rule;

    rule = rule_parse(&arena, catalog, "r.yaml", str_from(text), &mistakes);
    assert_string_equal(mistakes.count > 0 ? mistakes.items[0].message : "",
                        row->mistake);
    assert_int_equal(mistakes.count, rule == NULL);
    arena_release(&arena);
}

/* ---- fields that may be meant ---- */

/* A type has fields of each kind. */
static const char fields_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: My::Service::Parent\n"
    "    title: parents\n"
    "    level: region\n"
    "    id: Name\n"
    "    fields: [Name]\n"
    "    calls:\n"
    "      - { call: my list-parents, list: Parents, gives: whole }\n"
    "  - type: My::Service::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    id: ThingIdentifier\n"
    "    arn: ThingResourceArn\n"
    "    always: { OwnerAccount: string }\n"
    "    time: [CreationDate]\n"
    "    told_by: [RestoreWindow]\n"
    "    narrowed_by: [LifecycleState]\n"
    "    fields: [EncryptionKey, CompressionLevel]\n"
    "    calls:\n"
    "      - call: my list-things\n"
    "        list: Things\n"
    "        gives: part\n"
    "        parent: { type: \"My::Service::Parent\", key: ParentVault, option: --a "
    "}\n";

static const struct meant_row {
    const char *name, *field, *meant;
} meant_rows[] = {
    { "the id", "ThingIdentifer", "ThingIdentifier" },
    { "the ARN", "ThingResourceArm", "ThingResourceArn" },
    { "one that AWS always prints", "OwnerAcount", "OwnerAccount" },
    { "a time", "CreationDates", "CreationDate" },
    { "one that tells the type", "RestoreWindows", "RestoreWindow" },
    { "one that a call may narrow", "LifecyleState", "LifecycleState" },
    { "the first of the others", "EncryptonKey", "EncryptionKey" },
    { "the last of them", "CompresionLevel", "CompressionLevel" },
    { "the key of a parent", "ParentVaul", "ParentVault" },
    { "none that is near", "Something", NULL },
};

static void meant_test(void **state)
{
    const struct meant_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog = catalog_parsed(&arena, fields_text);
    const char *text = arena_printf(
        &arena,
        "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: region\n"
        "facts: { n: { from: \"My::Service::Thing\", where: \"%s == 'x'\" } }\n"
        "outcomes: [{ result: fail, message: \"{n}\" }]\n"
        "tests: [{ name: t, evidence: {}, expect: unknown }]\n",
        row->field);

    assert_non_null(rule_parse(&arena, catalog, "r.yaml", str_from(text), &mistakes));
    assert_int_equal(mistakes.count, 1);
    assert_string_equal(
        mistakes.items[0].message,
        arena_printf(&arena, "My::Service::Thing is not known to have a field '%s'%s",
                     row->field,
                     row->meant == NULL
                         ? ""
                         : arena_printf(&arena, " (did you mean '%s'?)", row->meant)));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, fact_rows, fact_test);
    TESTS_ADD_ROWS(&tests, meant_rows, meant_test);
    return tests_run("rulebook_limits", &tests);
}
