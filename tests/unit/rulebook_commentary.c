/*
 * What a rule says beside its verdict: kinds, facts, diagnosis and cautions. A row a
 * mistake, and what a good commentary holds.
 */
#include "mistakes_said.h"
#include "rows.h"

#include "rulebook/rule.h"

#include <string.h>

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBInstance\n"
    "    title: DB instances\n"
    "    level: region\n"
    "    id: Name\n"
    "    always: { Name: string }\n"
    "    time: [Created]\n"
    "    fields: { Engine: string, Size: number, Rules: array, StatusMessage: string "
    "}\n"
    "    calls:\n"
    "      - { call: rds describe-db-instances, list: DBInstances, gives: whole }\n"
    "  - type: AWS::Organizations::Account\n"
    "    title: accounts\n"
    "    level: none\n"
    "    id: Id\n"
    "    always: { Id: string }\n"
    "    calls:\n"
    "      - { call: organizations list-accounts, list: Accounts, gives: whole }\n";

#define HEAD(for_each)                                                                 \
    "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: " for_each "\n"
#define FACTS    "facts: { all: { from: \"AWS::RDS::DBInstance\" } }\n"
#define OUTCOMES "outcomes: [{ result: fail, message: \"{all}\" }]\n"
#define TEST     "tests: [{ name: t, evidence: {}, expect: unknown }]\n"
#define RULE     HEAD("region") FACTS OUTCOMES TEST "commentary:\n"
#define KIND     "  kinds:\n    - for_each: AWS::RDS::DBInstance\n      kinds:\n"
#define LARGEST                                                                        \
    "  facts:\n"                                                                       \
    "    n: { from: \"AWS::RDS::DBInstance\" }\n"                                      \
    "    last: { from: \"AWS::RDS::DBInstance\", max: Size }\n"                        \
    "    rule: { from: \"AWS::RDS::DBInstance\", each: Rules, max: Days }\n"
/* On line 14. */
#define QUOTES(quotes)                                                                 \
    RULE LARGEST "  diagnosis:\n"                                                      \
                 "    - { code: c, when: \"n > `0` && rule > `0` && last > `0`\", "    \
                 "message: m, quotes: { " quotes " } }\n"
#define NUMBER "  facts: { n: { from: \"AWS::RDS::DBInstance\" } }\n"

static const struct rule *parse(struct arena *arena, struct str text,
                                struct mistakes *mistakes)
{
    struct mistakes none = MISTAKES_EMPTY(arena);
    struct catalog *catalog = catalog_new(arena);

    catalog_add(catalog, "catalog.yaml", str_from(catalog_text), &none);
    catalog_finish(catalog, &none);
    assert_int_equal(none.count, 0);
    return rule_parse(arena, catalog, "r.yaml", text, mistakes);
}

/* ---- mistakes ---- */

static const struct row {
    const char *name, *text, *mistakes;
} rows[] = {
    { "a mapping", RULE "  - diagnosis\n",
      "10:3: expected a mapping for 'commentary', met a sequence\n" },
    { "of known keys",
      RULE "  diagnoses: []\n" NUMBER
           "  cautions: [{ code: c, when: \"n > `0`\", message: \"m\" }]\n",
      "10:3: unknown key 'diagnoses' (did you mean 'diagnosis'?)\n" },
    { "a rule about each account explains nothing",
      HEAD("account") FACTS OUTCOMES TEST "commentary: {}\n",
      "9:13: a rule explains itself only if it is about each region\n" },

    { "kinds are of records",
      RULE "  kinds:\n    - { for_each: region, kinds: [{ kind: k }] }\n",
      "11:19: kinds are of records: expected a type such as AWS::RDS::DBInstance\n" },
    { "of a type that is listed by region",
      RULE "  kinds:\n    - { for_each: \"AWS::Organizations::Account\", kinds: [{ "
           "kind: k }, { kind: k }] }\n",
      "11:19: AWS::Organizations::Account is not listed by region\n" },
    { "of a type that there is",
      RULE "  kinds:\n    - { for_each: \"AWS::RDS::DBInstanc\", kinds: [{ kind: k }] "
           "}\n",
      "11:19: the catalog has no type 'AWS::RDS::DBInstanc' (did you mean "
      "'AWS::RDS::DBInstance'?)\n" },
    { "at least one",
      RULE "  kinds:\n    - { for_each: \"AWS::RDS::DBInstance\", kinds: [] }\n",
      "11:50: expected kinds, at most 64 in all\n" },
    { "which are told apart",
      RULE KIND "        - { kind: k, when: \"resource.Size > `1`\" }\n"
                "        - { kind: k, when: \"resource.Size > `0`\" }\n"
                "        - { kind: l }\n"
                "  diagnosis: [{ code: c, when: \"k > l\", message: m }]\n",
      "14:19: there is a kind 'k' already: choose another name\n" },
    { "in several lists, too",
      RULE KIND "        - { kind: k }\n"
                "    - { for_each: \"AWS::RDS::DBInstance\", kinds: [{ kind: k }] }\n"
                "  diagnosis: [{ code: c, when: \"k > `0`\", message: m }]\n",
      "14:59: there is a kind 'k' already: choose another name\n" },
    { "and from what every rule has", RULE KIND "        - { kind: region }\n",
      "13:19: every rule has 'region' already: choose another name for the fact\n" },
    { "the last is of all others",
      RULE KIND "        - { kind: k, when: \"resource.Size > `1`\" }\n"
                "        - { kind: l, when: \"resource.Size > `0`\" }\n"
                "  diagnosis: [{ code: c, when: \"k > l\", message: m }]\n",
      "14:11: the last kind has a 'when': add one without, for records of no other "
      "kind\n" },
    { "and no other is",
      RULE KIND "        - { kind: k }\n"
                "        - { kind: l }\n"
                "  diagnosis: [{ code: c, when: \"k > l\", message: m }]\n",
      "13:11: a kind without 'when' is the last: those behind it can never be "
      "reached\n" },
    { "a kind has a name",
      RULE KIND "        - { when: \"resource.Size > `1`\" }\n        - { kind: l }\n",
      "13:11: the key 'kind' is missing\n" },
    { "a kind reads one record, and not the facts of the scope",
      RULE KIND "        - { kind: k, when: \"n > `1`\" }\n"
                "        - { kind: l }\n" NUMBER
                "  diagnosis: [{ code: c, when: \"k > l && n > `0`\", message: m }]\n",
      "13:29: this rule has no fact 'n': expected account, region, resource or "
      "resource_type\n" },

    { "a row has a code, a condition and a message", RULE NUMBER "  diagnosis: [{}]\n",
      "11:15: the key 'code' is missing\n"
      "11:15: the key 'when' is missing\n"
      "11:15: the key 'message' is missing\n" },
    { "a condition reads kinds and facts of the commentary",
      RULE NUMBER "  diagnosis: [{ code: c, when: \"all > n\", message: m }]\n",
      "11:33: this rule has no fact 'all': expected n, account or region\n" },
    { "and so does a message",
      RULE NUMBER "  diagnosis: [{ code: c, when: \"n > `0`\", message: \"{all}\" }]\n",
      "11:54: this rule has no fact 'all': expected n, account or region\n" },
    { "a caution says that something is there",
      RULE NUMBER "  diagnosis: [{ code: c, when: \"n > `0`\", message: m, "
                  "nothing_there: none }]\n"
                  "  cautions:\n"
                  "    - { code: c, when: \"n > `0`\", message: m }\n"
                  "    - { code: d, when: \"n > `0`\", message: m, nothing_there: none "
                  "}\n",
      "14:62: a caution is of a pass: where nothing is there, a diagnosis says so\n" },

    { "a quote is of a maximum", QUOTES("fact: last, field: StatusMessage"), "" },
    { "and not of a number", QUOTES("fact: n, field: StatusMessage"),
      "15:91: 'n' is no minimum or maximum over records, so that none is to be "
      "quoted\n" },
    { "nor of a maximum over elements", QUOTES("fact: rule, field: StatusMessage"),
      "15:91: 'rule' is no minimum or maximum over records, so that none is to be "
      "quoted\n" },
    { "nor of what is not there", QUOTES("fact: lest, field: StatusMessage"),
      "15:91: 'lest' is no minimum or maximum over records, so that none is to be "
      "quoted\n" },
    { "a quote has a field", QUOTES("fact: last"),
      "15:83: the key 'field' is missing\n" },
    { "which the catalog knows", QUOTES("fact: last, field: StatusMesage"),
      "15:104: warning: AWS::RDS::DBInstance is not known to have a field "
      "'StatusMesage' (did you mean 'StatusMessage'?)\n" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rule *rule = parse(&arena, str_from(row->text), &mistakes);

    assert_string_equal(mistakes_said(&arena, &mistakes), row->mistakes);
    assert_true((rule == NULL) == (mistakes.error_count > 0));
    arena_release(&arena);
}

/* ---- limits ---- */

/* So many of an item are right, and with one more there is a mistake. */
static const struct limit_row {
    const char *name, *before, *item, *after;
    size_t max;
    const char *mistake;
} limit_rows[] = {
    { "RULE_KINDS_MAX", RULE "  kinds:\n",
      "    - { for_each: \"AWS::RDS::DBInstance\", kinds: [{ kind: k%zu }] }\n",
      "  diagnosis: [{ code: c, when: \"k0 > k7\", message: \"{[k1,k2,k3,k4,k5,k6]}\" "
      "}]\n",
      RULE_KINDS_MAX, "11:5: too many lists of kinds: there are at most 8\n" },
    { "kinds are facts: RULE_FACTS_MAX of them",
      RULE "  kinds: [{ for_each: \"AWS::RDS::DBInstance\", kinds: [\n",
      "    { kind: k%zu, when: \"resource.Size > `1`\" },\n", "    { kind: l } ] }]\n",
      RULE_FACTS_MAX - 1, "10:54: expected kinds, at most 64 in all\n" },
    { "in two lists",
      RULE "  kinds:\n    - { for_each: \"AWS::RDS::DBInstance\", kinds: [{ kind: k }] "
           "}\n    - { for_each: \"AWS::RDS::DBInstance\", kinds: [\n",
      "      { kind: k%zu, when: \"resource.Size > `1`\" },\n",
      "      { kind: l } ] }\n", RULE_FACTS_MAX - 2,
      "12:50: expected kinds, at most 64 in all\n" },
    { "and with facts", RULE KIND "        - { kind: k }\n  facts:\n",
      "    f%zu: { from: \"AWS::RDS::DBInstance\" }\n", "  diagnosis: []\n",
      RULE_FACTS_MAX - 1, "15:5: too many facts and kinds: there are at most 64\n" },
    { "RULE_OUTCOMES_MAX", RULE NUMBER "  diagnosis:\n",
      "    - { code: c%zu, when: \"n > `0`\", message: m }\n", "", RULE_OUTCOMES_MAX,
      "12:5: too many rows: a diagnosis and cautions have at most 64\n" },
    { "of diagnosis and cautions",
      RULE NUMBER "  diagnosis: [{ code: d, when: \"n > `0`\", message: m }]\n"
                  "  cautions:\n",
      "    - { code: c%zu, when: \"n > `0`\", message: m }\n", "",
      RULE_OUTCOMES_MAX - 1,
      "13:5: too many rows: a diagnosis and cautions have at most 64\n" },
};

static struct str items_of(struct arena *arena, const struct limit_row *row,
                           size_t count)
{
    const char *number = strstr(row->item, "%zu");
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, str_from(row->before));
    for (size_t i = 0; i < count; i++) {
        buf_add(&buf, (struct str){ row->item, (size_t)(number - row->item) });
        buf_printf(&buf, "%zu", i);
        buf_add(&buf, str_from(number + 3));
    }
    buf_add(&buf, str_from(row->after));
    return buf_str(&buf);
}

static void limit_test(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes most = MISTAKES_EMPTY(&arena), over = MISTAKES_EMPTY(&arena);

    assert_non_null(parse(&arena, items_of(&arena, row, row->max), &most));
    assert_int_equal(most.error_count, 0);
    assert_null(parse(&arena, items_of(&arena, row, row->max + 1), &over));
    assert_non_null(strstr(mistakes_said(&arena, &over), row->mistake));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    return tests_run("rulebook_commentary", &tests);
}
