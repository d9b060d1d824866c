/*
 * What a selection of a backup plan takes: the cases of
 * tests/protection/selections.json, and a table of small ones, in which what is not
 * said is as in `usual`.
 */
#include "rows.h"

#include "selection_case.h"

#include <string.h>

/* ---- the cases ------------------------------------------------------------------- */

static void the_cases_hold(void **state)
{
    json_error_t error;
    json_t *items = json_load_file("tests/protection/selections.json", 0, &error),
           *item;
    size_t i;

    (void)state;
    assert_true(json_array_size(items) > 100);
    json_array_foreach(items, i, item)
    {
        struct arena arena = ARENA_EMPTY;
        struct buf why = BUF_EMPTY(&arena);
        json_t *expect = json_object_get(item, "expect");
        json_t *answer = selection_case_answer(&arena, item);

        if (!selection_case_holds(&arena, item, &why))
            fail_msg("%s: %s", case_text(item, "id").text, buf_str(&why).text);
        /* No more doubts, and no more assumptions. */
        assert_int_equal(json_array_size(json_object_get(answer, "codes")),
                         json_array_size(json_object_get(expect, "codes")));
        assert_int_equal(json_array_size(json_object_get(answer, "assumes")),
                         json_array_size(json_object_get(expect, "assumes")));
        json_decref(answer);
        arena_release(&arena);
    }
    json_decref(items);
}

/* ---- a table of small ones ------------------------------------------------------- */

#define ARN(resource)      "'arn:aws:rds:us-east-1:123456789012:" resource "'"
#define RESOURCES(entries) "'selection':{'Resources':[" entries "]}"
#define LIKE(key, value)   "{'ConditionKey':'" key "','ConditionValue':'" value "'}"
#define KEY(key)           "aws:ResourceTag/" key
#define ENTRY(key, value)                                                              \
    "{'ConditionType':'STRINGEQUALS','ConditionKey':'" key                             \
    "','ConditionValue':'" value "'}"
#define ALL_IF(conditions)                                                             \
    "'selection':{'Resources':['*'],'Conditions':{" conditions "}}"
#define IF(word, conditions) "'" word "':[" conditions "]"

#define ORDERS "'resource':{'arn':" ARN("db:orders") "}"
#define AURORA                                                                         \
    "'resource':{'arn':" ARN(                                                          \
        "cluster:shop") ",'kind':'cluster','engine':'aurora-mysql'}"
#define MULTI_AZ                                                                       \
    "'resource':{'arn':" ARN("cluster:maz") ",'kind':'cluster','engine':'mysql'}"
#define ENGINE(engine) "'resource':{'engine':" engine "}"
#define OFF            "'optin':{'RDS':false,'Aurora':false}"

static const char usual[] =
    "{'plan':{'arn':'arn:aws:backup:us-east-1:123456789012:backup-plan:8f81f553',"
    "'deleted':false,'rules':[{}],'organization':false},"
    "'resource':{'arn':" ARN(
        "db:orders") ",'kind':'instance','engine':'postgres',"
                     "'cluster':null,'backup_target':'region'},'tags':{},"
                     "'optin':{'RDS':true,'Aurora':true,'DocumentDB':true,'Neptune':"
                     "true}}";

/* `expected`: the answer, and why; of an undetermined one all its codes, and what it
 * needs. */
static const struct selection_row {
    const char *name;
    const char *differs;
    const char *expected;
} selection_rows[] = {
    /* Wrong types and empty lists */
    { "Resources that is a text was not read", "'selection':{'Resources':'*'}",
      "undetermined: selection-not-read, needs criteria" },
    { "so was an entry that is a number, but another decides",
      RESOURCES("7," ARN("db:orders")),
      "selected arn: Resources[1] arn:aws:rds:us-east-1:123456789012:db:orders" },
    { "an entry that is a number may be any ARN", RESOURCES("7"),
      "undetermined: selection-not-read, needs criteria" },
    { "which the opt-in for Aurora must be on for", RESOURCES("7") "," AURORA "," OFF,
      "not selected opt-in-off: the opt-in for Aurora is off" },
    { "or what must not be", "'selection':{'Resources':['*'],'NotResources':{}}",
      "undetermined: selection-not-read, needs criteria" },
    { "a condition that is a text may fail", ALL_IF("'StringEquals':'a'"),
      "undetermined: selection-not-read, needs criteria" },
    { "so may one without a value",
      ALL_IF("'StringEquals':[{'ConditionKey':'" KEY("a") "'}]"),
      "undetermined: selection-not-read, needs criteria" },
    { "Conditions that are a list", "'selection':{'Resources':['*'],'Conditions':[]}",
      "undetermined: selection-not-read, needs criteria" },
    { "but another condition fails",
      ALL_IF("'StringLike':7," IF("StringEquals", LIKE(KEY("a"), "b"))),
      "not selected condition: Conditions.StringEquals aws:ResourceTag/a = b" },
    { "null is none",
      "'selection':{'Resources':['*'],'ListOfTags':null,'NotResources':null,"
      "'Conditions':{'StringLike':null}}",
      "selected everything: Resources[0] *" },
    { "a selection that is a list was not read", "'selection':[]",
      "undetermined: selection-not-read, needs criteria" },
    { "an entry of ListOfTags without a key",
      "'selection':{'ListOfTags':[{'ConditionType':'STRINGEQUALS'}]}",
      "undetermined: selection-not-read, needs criteria" },
    { "one without a type may be none",
      "'selection':{'ListOfTags':[{'ConditionKey':'a','ConditionValue':'b'}]},"
      "'tags':{'a':'b'}",
      "undetermined: condition-type" },
    { "one of a type that there is not, by its words",
      "'selection':{'ListOfTags':[{'ConditionType':'STRINGLIKE','ConditionKey':'a',"
      "'ConditionValue':'b*'}]},'tags':{'a':'bc'}",
      "undetermined: condition-type" },
    { "which does not match by any reading",
      "'selection':{'ListOfTags':[{'ConditionType':'STRINGLIKE','ConditionKey':'a',"
      "'ConditionValue':'b*'}]},'tags':{'a':'c'}",
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "one whose words are in lower case",
      "'selection':{'ListOfTags':[{'ConditionType':'stringequals','ConditionKey':'a',"
      "'ConditionValue':'b'}]},'tags':{'a':'b'}",
      "undetermined: condition-type" },
    { "an operator that AWS does not have",
      ALL_IF(IF("StringEqualsIgnoreCase", LIKE(KEY("a"), "b"))) ",'tags':{'a':'b'}",
      "undetermined: condition-type" },

    /* Patterns */
    { "a whole service in a region", RESOURCES("'arn:aws:rds:us-east-1:*'") "," OFF,
      "not selected opt-in-off: Resources[0] arn:aws:rds:us-east-1:*, but the opt-in "
      "for "
      "RDS is off" },
    { "a * in the region alone", RESOURCES("'arn:aws:rds:us-*:*:db:*'") "," OFF,
      "selected arn-pattern: Resources[0] arn:aws:rds:us-*:*:db:*" },
    { "any partition", RESOURCES("'arn:*:rds:*:*:db:*'") "," OFF,
      "selected arn-pattern: Resources[0] arn:*:rds:*:*:db:*" },
    { "many * are one", RESOURCES("'***'"), "selected everything: Resources[0] ***" },
    { "the beginning of a type, opt-in on", RESOURCES("'arn:aws:rds:*:*:d*'"),
      "selected arn-pattern: Resources[0] arn:aws:rds:*:*:d*" },
    { "the beginning of a type, opt-in off", RESOURCES("'arn:aws:rds:*:*:d*'") "," OFF,
      "undetermined: opt-in-pattern" },
    { "of a type whose opt-in always counts",
      RESOURCES("'arn:aws:rds:*:*:c*'") "," AURORA "," OFF,
      "not selected opt-in-off: Resources[0] arn:aws:rds:*:*:c*, but the opt-in for "
      "Aurora is off" },
    { "a name of any type", RESOURCES("'arn:aws:rds:*:*:*:orders'"),
      "undetermined: wildcard-inside" },
    { "whose type is open, too", RESOURCES("'arn:aws:rds:*:*:*:orders'") "," OFF,
      "undetermined: wildcard-inside opt-in-pattern" },
    { "an end behind the region", RESOURCES("'arn:aws:rds:*:orders'"),
      "undetermined: wildcard-inside" },
    { "an end behind the service", RESOURCES("'arn:aws:rds:*orders'"),
      "undetermined: wildcard-inside" },
    { "all names of any type", RESOURCES("'arn:aws:rds:*:*:*:*'") "," OFF,
      "not selected opt-in-off: Resources[0] arn:aws:rds:*:*:*:*, but the opt-in for "
      "RDS "
      "is off" },
    { "a type of any service", RESOURCES("'arn:aws:*:*:*:db:*'") "," OFF,
      "undetermined: opt-in-pattern" },
    { "a * that stands for colons", RESOURCES("'arn:aws:rds:*:db:*'"),
      "undetermined: wildcard-inside" },
    { "a type of any ARN", RESOURCES("'*:db:*'"), "undetermined: wildcard-inside" },
    { "a type where the region stands", RESOURCES("'arn:aws:*:db:*'"),
      "undetermined: wildcard-inside" },
    { "the beginning of a region", RESOURCES("'arn:aws:rds:us-*'"),
      "selected everything: Resources[0] arn:aws:rds:us-*" },
    { "an end", RESOURCES("'*:orders'"), "undetermined: wildcard-inside" },
    { "an end of which the type is open, too", RESOURCES("'*:orders'") "," OFF,
      "undetermined: wildcard-inside opt-in-pattern" },
    { "? for the last letter", RESOURCES(ARN("db:order?")),
      "undetermined: question-mark" },
    { "? for two letters matches by no reading", RESOURCES(ARN("db:orde?")),
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "? beside an entry that settles it", RESOURCES(ARN("db:order?") "," ARN("db:*")),
      "selected arn-pattern: Resources[1] arn:aws:rds:us-east-1:123456789012:db:*" },
    { "an ARN with its case",
      RESOURCES("'ARN:aws:rds:us-east-1:123456789012:db:orders'"),
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "the same ARN twice: the first is named",
      RESOURCES(ARN("db:a") "," ARN("db:orders") "," ARN("db:orders")),
      "selected arn: Resources[1] arn:aws:rds:us-east-1:123456789012:db:orders" },
    { "a pattern before the ARN is named", RESOURCES(ARN("db:*") "," ARN("db:orders")),
      "selected arn-pattern: Resources[0] arn:aws:rds:us-east-1:123456789012:db:*" },
    { "one reading for both lists: never selected",
      "'selection':{'Resources':[" ARN("db:*ers") "],'NotResources':[" ARN(
          "db:*ers") "]}",
      "excluded not-resources: NotResources[0] "
      "arn:aws:rds:us-east-1:123456789012:db:*ers" },
    { "an exclusion that is open",
      "'selection':{'Resources':['*'],'NotResources':[" ARN("db:*ers") "]}",
      "undetermined: wildcard-inside" },
    { "an exclusion that is open, of what is not in it",
      "'selection':{'Resources':[" ARN("db:a") "],'NotResources':[" ARN("db:*ers") "]}",
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "what is excluded is so whatever the opt-in",
      "'selection':{'Resources':['*'],'NotResources':['arn:aws:rds:*']},'optin':null",
      "excluded not-resources: NotResources[0] arn:aws:rds:*" },

    /* Tags */
    { "two values of one tag, whatever its tags",
      ALL_IF(IF("StringEquals",
                LIKE(KEY("a"), "b") "," LIKE(KEY("a"), "c"))) ",'tags':null",
      "not selected condition: Conditions.StringEquals aws:ResourceTag/a = b" },
    { "a value that must not be, whatever its tags",
      ALL_IF(IF("StringEquals", LIKE(KEY("a"), "b")) "," IF(
          "StringNotEquals", LIKE(KEY("a"), "b"))) ",'tags':null",
      "not selected condition: Conditions.StringEquals aws:ResourceTag/a = b" },
    { "a pattern within one that must not be, whatever its tags",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "prod-*")) "," IF(
          "StringNotLike", LIKE(KEY("a"), "prod*"))) ",'tags':null",
      "not selected condition: Conditions.StringLike aws:ResourceTag/a = prod-*" },
    { "but not the other way round",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "prod*")) "," IF(
          "StringNotLike", LIKE(KEY("a"), "prod-*"))) ",'tags':null",
      "undetermined: tags-not-collected, needs tags" },
    { "two patterns that no value has, whatever its tags",
      ALL_IF(IF("StringLike",
                LIKE(KEY("a"), "prod*") "," LIKE(KEY("a"), "test*"))) ",'tags':null",
      "not selected condition: Conditions.StringLike aws:ResourceTag/a = prod*" },
    { "two patterns that some value has",
      ALL_IF(IF("StringLike",
                LIKE(KEY("a"), "prod*") "," LIKE(KEY("a"), "*1"))) ",'tags':null",
      "undetermined: tags-not-collected, needs tags" },
    { "the tag that it is taken by is the one that must not be",
      "'selection':{'ListOfTags':[" ENTRY("a", "b") "],'Conditions':{" IF(
          "StringNotEquals", LIKE(KEY("a"), "b")) "}},'tags':null",
      "not selected condition: Conditions.StringNotEquals aws:ResourceTag/a = b" },
    { "one of the tags that it may be taken by is",
      "'selection':{'ListOfTags':[" ENTRY("a", "b") "," ENTRY(
          "a", "c") "],'Conditions':{" IF("StringNotEquals",
                                          LIKE(KEY("a"), "b")) "}},'tags':null",
      "undetermined: tags-not-collected, needs tags" },
    { "a value that is not known",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "*"))) ",'tags':{'a':null}",
      "undetermined: tags-not-collected, needs tags" },
    { "a key with its prefix twice",
      ALL_IF(IF("StringEquals", LIKE(KEY(KEY("a")), "b"))) ",'tags':{'a':'b'}",
      "not selected condition: Conditions.StringEquals "
      "aws:ResourceTag/aws:ResourceTag/a = b" },
    { "the prefix in another case",
      ALL_IF(IF("StringEquals", LIKE("aws:resourcetag/a", "b"))) ",'tags':{'a':'b'}",
      "undetermined: condition-key-without-prefix" },
    { "a negated key without its prefix",
      ALL_IF(IF("StringNotEquals", LIKE("a", "b"))) ",'tags':{'a':'b'}",
      "undetermined: condition-key-without-prefix" },
    { "a key without its prefix, of an unknown tag",
      ALL_IF(IF("StringEquals", LIKE("a", "b"))) ",'tags':null",
      "undetermined: tags-not-collected condition-key-without-prefix, needs tags" },
    { "a key with a slash and blanks",
      ALL_IF(IF("StringEquals", LIKE(KEY("a/b c"), "d"))) ",'tags':{'a/b c':'d'}",
      "selected everything: Resources[0] *" },
    { "* stands for no blank",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "prod*"))) ",'tags':{'a':'prod server'}",
      "not selected condition: Conditions.StringLike aws:ResourceTag/a = prod*" },
    { "where one is written",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "prod *"))) ",'tags':{'a':'prod server'}",
      "selected everything: Resources[0] *" },
    { "* alone and a blank",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "*"))) ",'tags':{'a':'prod server'}",
      "undetermined: whitespace-in-value" },
    { "a negated * and a blank",
      ALL_IF(
          IF("StringNotLike", LIKE(KEY("a"), "prod*"))) ",'tags':{'a':'prod server'}",
      "undetermined: whitespace-in-value" },
    { "a negated * that fits by no reading",
      ALL_IF(
          IF("StringNotLike", LIKE(KEY("a"), "test*"))) ",'tags':{'a':'prod server'}",
      "selected everything: Resources[0] *" },
    { "one reading for both conditions",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "*")) "," IF(
          "StringNotLike", LIKE(KEY("a"), "*"))) ",'tags':{'a':'b c'}",
      "not selected condition: Conditions.StringLike aws:ResourceTag/a = *" },
    { "a blank of Unicode's",
      ALL_IF(IF("StringLike",
                LIKE(KEY("a"), "prod*"))) ",'tags':{'a':'prod\\u00a0server'}",
      "undetermined: whitespace-in-value" },
    { "? in the value of a condition",
      ALL_IF(IF("StringLike", LIKE(KEY("a"), "prod?"))) ",'tags':{'a':'prod1'}",
      "undetermined: question-mark" },
    { "? where values are equal",
      ALL_IF(IF("StringEquals", LIKE(KEY("a"), "prod?"))) ",'tags':{'a':'prod1'}",
      "not selected condition: Conditions.StringEquals aws:ResourceTag/a = prod?" },
    { "a condition on a tag that matters for nothing",
      "'selection':{'Resources':[" ARN("db:b") "],'Conditions':{" IF(
          "StringEquals", LIKE("a", "b")) "}},'tags':null",
      "not selected no-match: no entry of Resources or ListOfTags matches" },

    /* Opt-ins */
    { "by its tag beside Resources of others, opt-in off",
      "'selection':{'Resources':['arn:aws:ec2:*'],'ListOfTags':[" ENTRY(
          "a", "b") "]},'tags':{'a':'b'}," OFF,
      "undetermined: opt-in-mixed-assignment" },
    { "of Aurora it always counts",
      "'selection':{'Resources':['arn:aws:ec2:*'],'ListOfTags':[" ENTRY(
          "a", "b") "]},'tags':{'a':'b'}," AURORA "," OFF,
      "not selected opt-in-off: ListOfTags[0] a = b, but the opt-in for Aurora is "
      "off" },
    { "and beside * it does",
      "'selection':{'Resources':['*'],'ListOfTags':[" ENTRY(
          "a", "b") "]},'tags':{'a':'b'}," OFF,
      "not selected opt-in-off: Resources[0] *, but the opt-in for RDS is off" },
    { "a Multi-AZ cluster by *, opt-in off", RESOURCES("'*'") "," MULTI_AZ "," OFF,
      "not selected opt-in-off: Resources[0] *, but the opt-in for RDS is off" },
    { "a Multi-AZ cluster that is named, opt-in not collected",
      RESOURCES(ARN("cluster:maz")) "," MULTI_AZ ",'optin':null",
      "undetermined: opt-in-not-collected opt-in-shared-type, needs opt-in" },
    { "an opt-in that is no boolean", RESOURCES("'*'") ",'optin':{'RDS':'true'}",
      "undetermined: opt-in-not-collected, needs opt-in" },
    { "of an organization's plan another opt-in counts",
      RESOURCES("'*'") ",'plan':{'organization':true}",
      "undetermined: opt-in-not-collected, needs opt-in" },
    { "which its id tells",
      RESOURCES("'*'") ",'plan':{'arn':'arn:aws:backup:us-east-1:"
                       "123456789012:backup-plan:orgs/4232272a'}",
      "undetermined: opt-in-not-collected, needs opt-in" },
    { "but none where the type is named",
      RESOURCES(ARN("db:*")) ",'plan':{'organization':true}",
      "selected arn-pattern: Resources[0] arn:aws:rds:us-east-1:123456789012:db:*" },

    /* The database and the plan */
    { "SQL Server, custom", RESOURCES("'*'") "," ENGINE("'custom-sqlserver-ee'"),
      "undetermined: support-unclear" },
    { "an engine that nobody knows", RESOURCES("'*'") "," ENGINE("'zebra'"),
      "undetermined: support-unclear" },
    { "an engine that is not known", RESOURCES("'*'") "," ENGINE("null"),
      "undetermined: resource-not-read, needs resource" },
    { "a cluster of an unknown engine: one of the opt-ins is off",
      RESOURCES("'*'") ",'optin':{'RDS':false,'Aurora':true},"
                       "'resource':{'arn':" ARN(
                           "cluster:c") ",'kind':'cluster','engine':null}",
      "undetermined: resource-not-read, needs resource" },
    { "all are off",
      RESOURCES("'*'") ",'optin':{'RDS':false,'Aurora':false,"
                       "'DocumentDB':false,'Neptune':false},"
                       "'resource':{'arn':" ARN(
                           "cluster:c") ",'kind':'cluster','engine':null}",
      "not selected opt-in-off: Resources[0] *, but the opt-in is off" },
    { "a target that is not known",
      RESOURCES("'*'") ",'resource':{'backup_target':'?'}",
      "undetermined: resource-not-read, needs resource" },
    { "MariaDB is no member, whatever is not known",
      RESOURCES("'*'") ",'resource':{'engine':'mariadb','cluster':'?'}",
      "selected everything: Resources[0] *" },
    { "an ARN that is not known",
      RESOURCES(ARN("db:orders")) ",'resource':{'arn':null}",
      "undetermined: resource-not-read, needs resource" },
    { "that does not matter", RESOURCES("'*'") ",'resource':{'arn':null}",
      "undetermined: resource-not-read, needs resource" },
    { "of a kind that no entry names",
      RESOURCES(ARN("cluster:c")) ",'resource':{'arn':null}",
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "an account that was taken out is no other one",
      RESOURCES("'*'") ",'resource':{'arn':'arn:aws:rds:us-east-1:[REDACTED]:db:a'}",
      "selected everything: Resources[0] *" },
    { "a plan that was not read", RESOURCES("'*'") ",'plan':{'rules':null}",
      "undetermined: plan-not-read, needs plan" },
    { "does not matter where nothing matches",
      RESOURCES(ARN("db:a")) ",'plan':{'rules':null}",
      "not selected no-match: no entry of Resources or ListOfTags matches" },
    { "Aurora's opt-in is off, whatever the selection",
      "'selection':null," AURORA "," OFF,
      "not selected opt-in-off: the opt-in for Aurora is off" },
    { "no criteria, and the opt-in is off", "'selection':{}," OFF,
      "not selected opt-in-off: the opt-in for RDS is off" },
};

static json_t *item_of(const char *text)
{
    char *copy = strdup(text);
    json_t *item;

    for (char *byte = copy; *byte != '\0'; byte++)
        if (*byte == '\'')
            *byte = '"';
    item = json_loads(copy, 0, NULL);
    free(copy);
    assert_non_null(item);
    return item;
}

/* The usual one, with members of its members replaced, too. */
static json_t *item_that_differs(struct arena *arena, const char *differs)
{
    json_t *item = item_of(usual);
    json_t *changes = item_of(arena_printf(arena, "{%s}", differs)), *value;
    const char *key;

    json_object_foreach(changes, key, value)
    {
        json_t *old = json_object_get(item, key);

        if (json_is_object(old) &&
            (strcmp(key, "plan") == 0 || strcmp(key, "resource") == 0))
            json_object_update(old, value);
        else
            json_object_set(item, key, value);
    }
    json_decref(changes);
    return item;
}

static void add_needs(struct buf *out, unsigned needs)
{
    static const char *const names[] = { "tags", "opt-in", "criteria", "plan",
                                         "resource" };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if ((needs >> i & 1) != 0)
            buf_printf(out, ", needs %s", names[i]);
}

static void selection_test(void **state)
{
    const struct selection_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf printed = BUF_EMPTY(&arena);
    json_t *item = item_that_differs(&arena, row->differs);
    const struct selector *selector;
    struct selection_result result;
    struct selection_case read;

    selection_case_read(&arena, item, &read);
    backup_plan_prepare(&read.plan);
    database_prepare(&read.database);
    selector = selection_compile(&arena, &read.selection);
    result = selection_judge(selector, &read.plan, &read.database, &read.opt_ins);
    buf_add(&printed, str_from(selection_answer_name(result.answer)));
    if (result.answer == UNDETERMINED) {
        buf_add_byte(&printed, ':');
        for (unsigned code = 0; code < SELECTION_DOUBT_COUNT; code++)
            if ((result.doubts >> code & 1) != 0)
                buf_printf(&printed, " %s", selection_code_name(code));
        add_needs(&printed, result.needs);
    } else {
        buf_printf(&printed, " %s: ", selection_code_name(result.code));
        selection_because(selector, &read.database, &result, &printed);
    }
    assert_string_equal(buf_str(&printed).text, row->expected);
    json_decref(item);
    arena_release(&arena);
}

/* ---- what is asked first --------------------------------------------------------- */

static const struct kinds_row {
    const char *name;
    const char *differs;
    bool takes_instances, takes_clusters;
} kinds_rows[] = {
    { "everything", RESOURCES("'*'"), true, true },
    { "all of RDS", RESOURCES("'arn:aws:rds:*'"), true, true },
    { "all of another service", RESOURCES("'arn:aws:ec2:*'"), false, false },
    { "a type of another service", RESOURCES("'arn:aws:ec2:*:*:db:*'"), false, false },
    { "DB instances", RESOURCES("'arn:aws:rds:*:*:db:*'"), true, false },
    { "DB clusters", RESOURCES("'arn:aws:rds:*:*:cluster:*'"), false, true },
    { "a DB instance", RESOURCES(ARN("db:orders")), true, false },
    { "one whose account was taken out", RESOURCES("'arn:aws:rds:us-east-1:X:db:a'"),
      true, false },
    { "DB snapshots", RESOURCES("'arn:aws:rds:*:*:snapshot:*'"), false, false },
    { "a beginning", RESOURCES("'arn:aws:r*'"), true, true },
    { "no ARN", RESOURCES("'orders'"), false, false },
    { "one of each", RESOURCES("'arn:aws:rds:*:*:cluster:*'," ARN("db:orders")), true,
      true },
    { "tags", "'selection':{'ListOfTags':[" ENTRY("a", "b") "]}", true, true },
    { "no criteria", "'selection':{}", true, true },
    { "what was not read", "'selection':null", true, true },
    { "entries that were not read", RESOURCES("7"), true, true },
    { "tags that were not read",
      "'selection':{'Resources':['arn:aws:ec2:*'],'ListOfTags':7}", true, true },
};

static void kinds_test(void **state)
{
    const struct kinds_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    json_t *item = item_that_differs(&arena, row->differs);
    const struct selector *selector;
    struct selection_case read;

    selection_case_read(&arena, item, &read);
    selector = selection_compile(&arena, &read.selection);
    assert_int_equal(selection_may_take(selector, DATABASE_INSTANCE),
                     row->takes_instances);
    assert_int_equal(selection_may_take(selector, DATABASE_CLUSTER),
                     row->takes_clusters);
    json_decref(item);
    arena_release(&arena);
}

/* ---- limits ---------------------------------------------------------------------- */

static struct selection_result judged(const struct selection *selection)
{
    struct arena arena = ARENA_EMPTY;
    struct backup_plan plan = { .state = PLAN_ACTIVE };
    struct database database = { .arn = STR("arn:aws:rds:us-east-1:123456789012:db:z"),
                                 .engine = STR("mariadb"),
                                 .target = TARGET_REGION,
                                 .tags.is_whole = true };
    const struct opt_ins opt_ins = { { OPT_IN_ON } };
    struct selection_result result;

    backup_plan_prepare(&plan);
    database_prepare(&database);
    result = selection_judge(selection_compile(&arena, selection), &plan, &database,
                             &opt_ins);
    arena_release(&arena);
    return result;
}

static struct selection selection_of(struct arena *arena, size_t arns, size_t tags)
{
    struct selection selection = {
        .resources = { { arena_array(arena, arns, struct str), arns }, true },
        .list_of_tags = { arena_array(arena, tags, struct selection_tag), tags, true },
        .not_resources.is_whole = true,
        .conditions.is_whole = true,
    };

    for (size_t i = 0; i < arns; i++)
        selection.resources.list.items[i] =
            STR("arn:aws:rds:us-east-1:123456789012:db:a");
    for (size_t i = 0; i < tags; i++)
        selection.list_of_tags.items[i] =
            (struct selection_tag){ STR("STRINGEQUALS"), STR("a"), STR("b") };
    return selection;
}

static void what_is_beyond_the_limits_was_not_read(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct selection selection = selection_of(&arena, SELECTION_ARNS_MAX, 0);

    (void)state;
    assert_int_equal(judged(&selection).code, SELECTION_NO_MATCH);
    selection = selection_of(&arena, SELECTION_ARNS_MAX + 1, 0);
    assert_int_equal(judged(&selection).code, SELECTION_NOT_READ);
    selection = selection_of(&arena, 0, SELECTION_TAGS_MAX);
    assert_int_equal(judged(&selection).code, SELECTION_NO_MATCH);
    selection = selection_of(&arena, 0, SELECTION_TAGS_MAX + 1);
    assert_int_equal(judged(&selection).code, SELECTION_NOT_READ);
    arena_release(&arena);
}

static void an_entry_that_is_too_long_was_not_read(void **state)
{
    static char text[SELECTION_TEXT_BYTES_MAX + 1];
    struct arena arena = ARENA_EMPTY;
    struct selection selection = selection_of(&arena, 1, 1);

    (void)state;
    memset(text, '*', sizeof text);
    text[0] = 'a';
    selection.resources.list.items[0] = (struct str){ text, sizeof text - 1 };
    selection.list_of_tags.items[0].value = (struct str){ text, sizeof text - 1 };
    assert_int_equal(judged(&selection).answer, SELECTED);
    text[0] = 'z';
    assert_int_equal(judged(&selection).code, SELECTION_NO_MATCH);
    selection.resources.list.items[0].len++;
    assert_int_equal(judged(&selection).code, SELECTION_NOT_READ);
    selection = selection_of(&arena, 1, 1);
    selection.list_of_tags.items[0].value = (struct str){ text, sizeof text };
    assert_int_equal(judged(&selection).code, SELECTION_NOT_READ);
    arena_release(&arena);
}

static void the_ARN_of_a_database_that_is_too_long_is_not_known(void **state)
{
    static char text[DATABASE_ARN_BYTES_MAX + 1];
    struct database database = { .arn = { text, sizeof text - 1 } };

    (void)state;
    memset(text, 'a', sizeof text);
    database_prepare(&database);
    assert_non_null(database.arn.text);
    database.arn.len++;
    database_prepare(&database);
    assert_null(database.arn.text);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD(&tests, the_cases_hold);
    TESTS_ADD(&tests, what_is_beyond_the_limits_was_not_read);
    TESTS_ADD(&tests, an_entry_that_is_too_long_was_not_read);
    TESTS_ADD(&tests, the_ARN_of_a_database_that_is_too_long_is_not_known);
    TESTS_ADD_ROWS(&tests, selection_rows, selection_test);
    TESTS_ADD_ROWS(&tests, kinds_rows, kinds_test);
    return tests_run("aws_selection", &tests);
}
