/*
 * Rules about each record: for_each, resource, join, each, $resource and $record; and
 * tags and mappings. A row a mistake, and what a good rule holds.
 */
#include "mistakes_said.h"
#include "rulebook_sample.h"

static const char catalog_text[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::RDS::DBInstance\n"
    "    title: DB instances\n"
    "    level: region\n"
    "    id: Name\n"
    "    arn: Arn\n"
    "    always: { Name: string, Arn: string }\n"
    "    time: [Created]\n"
    "    fields: { Days: number, Safe: boolean, Engine: string, Tags: array, Plan: "
    "object }\n"
    "    calls:\n"
    "      - { call: rds describe-db-instances, list: DBInstances, gives: whole }\n"
    "  - type: AWS::RDS::DBCluster\n"
    "    title: DB clusters\n"
    "    level: region\n"
    "    id: Cluster\n"
    "    always: { Cluster: string }\n"
    "    time: [Created]\n"
    "    fields: { Days: string }\n"
    "    calls:\n"
    "      - { call: rds describe-db-clusters, list: DBClusters, gives: whole }\n"
    "  - type: AWS::Backup::RecoveryPoint\n"
    "    title: recovery points\n"
    "    level: region\n"
    "    id: PointArn\n"
    "    always: { PointArn: string, Status: string }\n"
    "    time: [Taken]\n"
    "    fields: { Of: string, Rules: array, E: array, Vault: string, Size: "
    "number }\n"
    "    calls:\n"
    "      - { call: backup list-points, list: Points, gives: whole }\n"
    "  - type: AWS::Backup::RegionSettings\n"
    "    title: settings\n"
    "    level: region\n"
    "    fields: { RDS: boolean }\n"
    "    calls:\n"
    "      - { call: backup describe-region-settings, list: Settings, gives: whole }\n";

#define HEAD(for_each) /* for_each on line 5, from column 11 */                        \
    "format: 1\nid: r\ntitle: t\nseverity: low\nfor_each: " for_each "\n"
#define INSTANCE HEAD("AWS::RDS::DBInstance")
#define TESTS    "tests: [{ name: t, evidence: {}, expect: { '*': unknown } }]\n"
#define TEST     "tests: [{ name: t, evidence: {}, expect: unknown }]\n"
#define OUTCOMES                                                                       \
    "outcomes:\n"                                                                      \
    "  - { result: pass, when: \"resource.Days > `0`\", message: m }\n"                \
    "  - { result: fail, message: m }\n"
#define ABOUT(for_each) HEAD(for_each) OUTCOMES TESTS

#define WHEN(when) /* on line 8, from column 12 */                                     \
    INSTANCE "outcomes:\n"                                                             \
             "  - result: pass\n"                                                      \
             "    when: \"" when "\"\n"                                                \
             "    message: m\n"                                                        \
             "  - { result: unknown, message: m }\n" TESTS
#define FACTS_OF(head, fact) /* on line 7, from column 8 */                            \
    head "facts:\n"                                                                    \
         "  n: { " fact " }\n"                                                         \
         "outcomes:\n"                                                                 \
         "  - { result: pass, when: \"n > `0`\", message: m }\n"                       \
         "  - { result: fail, message: m }\n"
#define FACT(fact)      FACTS_OF(INSTANCE, fact) TESTS
#define OF_REGION(fact) FACTS_OF(HEAD("region"), fact) TEST
#define POINTS          "from: \"AWS::Backup::RecoveryPoint\", " /* 37 characters */
#define JOIN            "join: { record: Of, resource: Arn }, "
#define IN_REGION       "and this one is about each region: "

static const struct row {
    const char *name, *text, *mistakes;
} rows[] = {
    /* for_each */
    { "a rule about each record of a type needs no facts",
      ABOUT("AWS::RDS::DBInstance"), "" },
    { "of several types", ABOUT("[AWS::RDS::DBInstance, AWS::RDS::DBCluster]"), "" },
    { "or of a list of one", ABOUT("[AWS::RDS::DBInstance]"), "" },
    { "an empty mapping of facts is none", INSTANCE "facts: {}\n" OUTCOMES TESTS, "" },
    { "a type that is not there", ABOUT("AWS::RDS::DBInstances"),
      "5:11: the catalog has no type 'AWS::RDS::DBInstances' (did you mean "
      "'AWS::RDS::DBInstance'?)\n" },
    { "a word that is no type", ABOUT("regions"),
      "5:11: unknown for_each 'regions': expected region, account or a type such as "
      "AWS::RDS::DBInstance (did you mean 'region'?)\n" },
    { "a type that is named twice",
      ABOUT("[AWS::RDS::DBInstance, AWS::RDS::DBInstance]"),
      "5:34: 'AWS::RDS::DBInstance' is named twice\n" },
    { "a region among types", ABOUT("[AWS::RDS::DBInstance, region]"),
      "5:34: 'region' stands alone: write for_each: region, or list types only\n" },
    { "no type at all", ABOUT("[]"),
      "5:11: the list is empty: expected types such as AWS::RDS::DBInstance\n" },
    { "what is no text", ABOUT("{}"),
      "5:11: expected text for 'for_each', met a mapping\n" },
    { "among others", ABOUT("[AWS::RDS::DBInstance, 3]"),
      "5:34: expected text for 'for_each', met the number '3': quote it if text is "
      "meant\n" },
    { "a type whose records have no id", ABOUT("AWS::Backup::RegionSettings"),
      "5:11: the catalog knows no id of a record of AWS::Backup::RegionSettings, so "
      "that a rule cannot be about each: count them, for each region or account\n" },
    { "more types than a rule may have",
      ABOUT("[a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]"),
      "5:60: too many types: a rule is about at most 16\n" },

    /* across */
    { "records of all regions", FACT(POINTS JOIN "across: region"), "" },
    { "in a rule about regions, too", OF_REGION(POINTS "across: region"), "" },
    { "a word that is no scope", FACT(POINTS JOIN "across: regions"),
      "7:89: unknown across 'regions': expected region (did you mean 'region'?)\n" },

    /* resource */
    { "resource and resource_type may be read",
      WHEN("resource_type == 'AWS::RDS::DBInstance' && resource.Plan.Rules[0].Name == "
           "'a' && not_null(resource.Engine, '') != '' && account != region"),
      "" },
    { "a field that the catalog does not list is warned of, in its place",
      WHEN("resource.Days > `0` && resource.Enginee == 'x'"),
      "8:44: warning: AWS::RDS::DBInstance is not known to have a field 'Enginee' (did "
      "you mean 'Engine'?)\n" },
    { "and of one that is indexed", WHEN("resource.Tag[0].Key == 'x'"),
      "8:21: warning: AWS::RDS::DBInstance is not known to have a field 'Tag' (did you "
      "mean 'Tags'?)\n" },
    { "but not below a field", WHEN("resource.Plan.Enginee == 'x'"), "" },
    { "resource alone is whole", WHEN("resource == 'x'"),
      "8:12: resource is read whole: name the field of it that is meant, such as "
      "resource.Name\n" },
    { "so is all that it holds", WHEN("length(resource.*) > `1`"),
      "8:19: resource is read whole: name the field of it that is meant, such as "
      "resource.Name\n" },
    { "and what stands behind a pipe", WHEN("contains(resource | Engine, 'x')"),
      "8:21: resource is read whole: name the field of it that is meant, such as "
      "resource.Name\n" },
    { "and in a function", WHEN("contains(keys(resource), 'x')"),
      "8:26: resource is read whole: name the field of it that is meant, such as "
      "resource.Name\n" },
    { "an element's field of that name is another",
      WHEN("contains(resource.Tags[?resource].x, 'x')"), "" },
    { "it is no variable here", WHEN("$resource.Days > `0`"),
      "8:12: $resource is known in facts: write resource here\n" },
    { "nor is there a record", WHEN("$record.Days > `0`"),
      "8:12: $record is known in a fact's 'where' alone: take it out\n" },
    { "a variable that is not there", WHEN("resource.Days > $least"),
      "8:28: unknown variable '$least': expected $now, or one that a let around it "
      "binds\n" },
    { "a name that is not there", WHEN("resourc.Days > `0`"),
      "8:12: this rule has no fact 'resourc' (did you mean 'resource'?): expected "
      "account, region, resource or resource_type\n" },
    { "a field of the resource is no condition", WHEN("resource.Safe"),
      "8:20: it is not always true or false, and in JMESPath 0 counts as true: write "
      "comparisons, such as resource.Encrypted == `true`\n" },
    { "its kind is known", WHEN("resource.Days > '7'"),
      "8:28: resource.Days is a number, and '7' is a text: write `7`\n" },
    { "that of the same name elsewhere is not", WHEN("region.Days == '7'"), "" },
    { "nor is one that is deeper", WHEN("resource.Plan.Days > '7'"), "" },
    { "in arrays there is no order", WHEN("resource.Tags > `7`"),
      "8:20: resource.Tags is an array: only numbers, texts and times have an "
      "order\n" },
    { "a time is compared as one", WHEN("resource.Created > '2026-01-01'"), "" },
    { "with a time", WHEN("resource.Created > 'today'"),
      "8:31: resource.Created is a time, and 'today' is not: write an instant, such as "
      "'2026-01-31T12:00:00Z', or a date, '2026-01-31'\n" },
    { "where types differ, nothing is known",
      HEAD("[AWS::RDS::DBInstance, AWS::RDS::DBCluster]") //
      "outcomes:\n"
      "  - { result: pass, when: \"resource.Days > '7'\", message: "
      "\"{resource.Nothing}\" }\n"
      "  - { result: fail, message: m }\n" TESTS,
      "7:70: warning: AWS::RDS::DBInstance or AWS::RDS::DBCluster is not known to have "
      "a field 'Nothing'\n" },
    { "a function that takes no number is found beside the resource",
      INSTANCE "facts:\n"
               "  n: { " POINTS JOIN "max: Size }\n"
               "outcomes:\n"
               "  - result: pass\n"
               "    when: length(n) > `0` && resource.Days > `0`\n"
               "    message: m\n"
               "  - { result: fail, message: m }\n" TESTS,
      "10:18: length() takes an array, a string or an object, not a number\n" },

    { "so are those of the resource and of other records in one filter",
      FACT(POINTS JOIN "where: \"Taken > $resource.Created\""), "" },
    { "a time of the resource",
      FACT(POINTS JOIN "where: \"Size > `1` && $resource.Created > 'today'\""),
      "7:123: $resource.Created is a time, and 'today' is not: write an instant, such "
      "as "
      "'2026-01-31T12:00:00Z', or a date, '2026-01-31'\n" },
    { "and of the others", FACT(POINTS JOIN "where: \"Size > `1` && Taken > 'today'\""),
      "7:111: Taken is a time, and 'today' is not: write an instant, such as "
      "'2026-01-31T12:00:00Z', or a date, '2026-01-31'\n" },

    /* join */
    { "records belong to the resource by a key", FACT(POINTS JOIN "max: Size"), "" },
    { "or all of the scope do", FACT(POINTS "where: \"Size > `1`\""), "" },
    { "fields of both are checked", FACT(POINTS "join: { record: Off, resource: Arm }"),
      "7:60: warning: AWS::Backup::RecoveryPoint is not known to have a field 'Off' "
      "(did you mean 'Of'?)\n"
      "7:75: warning: AWS::RDS::DBInstance is not known to have a field 'Arm' (did you "
      "mean 'Arn'?)\n" },
    { "a join has both", FACT(POINTS "join: { record: Of }"),
      "7:50: the key 'resource' is missing\n" },
    { "both compile", FACT(POINTS "join: { record: Of., resource: '[' }"),
      "7:63: unexpected end: expected a name, '*', '[' or '{' after '.'\n"
      "7:77: unexpected end: expected a name, a literal or a function\n" },
    { "and are there", FACT(POINTS "join: { record: '', resource: ' ' }"),
      "7:61: unexpected end: expected a name, a literal or a function\n"
      "7:76: unexpected end: expected a name, a literal or a function\n" },
    { "a key reads no variable", FACT(POINTS "join: { record: Of, resource: $now }"),
      "7:74: a key of a join reads no variable: take $now out of it, and compare in "
      "'where'\n" },
    { "nor the other side",
      FACT(POINTS "join: { record: $resource.Arn, resource: Arn }"),
      "7:60: a key of a join reads no variable: take $resource out of it, and compare "
      "in 'where'\n" },
    { "a key that reads nothing joins all",
      FACT(POINTS "join: { record: \"'a'\", resource: Arn }"),
      "7:61: warning: the expression reads no field: it is the same for every "
      "record\n" },
    { "a join needs records",
      FACT("each: resource.Tags, join: { record: Of, resource: Arn }"),
      "7:35: 'join' needs 'from' with the type of the records that belong to the "
      "resource\n" },
    { "a region has no records of its own",
      OF_REGION(POINTS "join: { record: Of, resource: Arn }"),
      "7:50: 'join' names records that belong to the resource of a rule about each "
      "record, " IN_REGION "remove 'join', or write a type for for_each\n" },
    { "a filter may read the subject, by name",
      FACT(POINTS JOIN "where: \"Size > $resource.Days && Taken >= "
                       "$resource.Created\""),
      "" },
    { "whose fields are checked", FACT(POINTS "where: \"Of == $resource.Arm\""),
      "7:68: warning: AWS::RDS::DBInstance is not known to have a field 'Arm' (did you "
      "mean 'Arn'?)\n" },
    { "but not whole", FACT(POINTS "where: \"contains(keys($resource), Of)\""),
      "7:66: $resource is read whole: name the field of it that is meant, such as "
      "$resource.Name\n" },
    { "a region has no subject", OF_REGION(POINTS "where: \"Of == $resource.Arn\""),
      "7:58: $resource is the record that a rule is about, " IN_REGION
      "take it out, or write a type for for_each\n" },
    { "the kind of its field is known", FACT(POINTS "where: \"Of > $resource.Days\""),
      "7:66: Of is a text, and $resource.Days is a number: they have no order\n" },
    { "such a rule accepts no filtered listings",
      FACT(POINTS JOIN "where: \"Size > `1`\", accepts: filtered"),
      "7:111: a rule about each record cannot accept filtered listings: remove "
      "'accepts'\n" },

    /* each */
    { "elements of the resource", FACT("each: resource.Plan.Rules, where: \"a > `1`\""),
      "" },
    { "elements of other records",
      FACT(POINTS JOIN "each: Rules, where: \"a > $resource.Days && b == "
                       "$record.Vault\", max: c"),
      "" },
    { "whatever the list is called", FACT(POINTS JOIN "each: E, where: \"a > `1`\""),
      "" },
    { "a region may count elements, too",
      OF_REGION(POINTS "each: Rules, where: \"a > $record.Size\""), "" },
    { "without records it reads the resource", FACT("each: Rules"),
      "7:14: without 'from' it reads a list in the resource: write resource and the "
      "field's name, or add 'from' with the type of other records\n" },
    { "and nothing beside it", FACT("each: \"resource.Tags || account\""),
      "7:32: without 'from' it reads a list in the resource: write resource and the "
      "field's name, or add 'from' with the type of other records\n" },
    { "and is there", FACT("each: '', where: a, max: c"),
      "7:15: unexpected end: expected a name, a literal or a function\n" },
    { "not whole", FACT("each: resource"),
      "7:14: resource is read whole: name the field of it that is meant, such as "
      "resource.Name\n" },
    { "whose field is checked", FACT("each: resource.Tag"),
      "7:23: warning: AWS::RDS::DBInstance is not known to have a field 'Tag' (did you "
      "mean 'Tags'?)\n" },
    { "a list of records is checked", FACT(POINTS "each: Rule"),
      "7:50: warning: AWS::Backup::RecoveryPoint is not known to have a field 'Rule' "
      "(did you mean 'Rules'?)\n" },
    { "a list reads no variable", FACT(POINTS "each: \"Rules[?a == $now]\""),
      "7:51: 'each' reads no variable: take $now out of it, and compare in 'where'\n" },
    { "a region has no resource", OF_REGION("each: resource.Tags"),
      "7:14: 'each' without 'from' is a list in the resource of a rule about each "
      "record, " IN_REGION
      "add 'from' with the type of the records that have the list\n" },
    { "a query selects records", FACT("query: Points, each: Rules"),
      "7:29: a query selects records, and 'each' their elements: write 'from' in place "
      "of 'query'\n" },
    { "an element has any fields", FACT("each: resource.Tags, where: \"anything\""),
      "" },
    { "a filter that reads none of them is warned of",
      FACT("each: resource.Tags, where: \"`1` == `1`\""),
      "7:37: warning: the expression reads no field: it is the same for every "
      "record\n" },
    { "an element of the resource is in no other record",
      FACT("each: resource.Tags, where: \"a == $record.x\""),
      "7:42: the elements are of the resource: write $resource in place of $record\n" },
    { "a record that is seen needs no variable",
      FACT(POINTS JOIN "where: \"Of == $record.Vault\""),
      "7:95: $record is the record that an element of 'each' is of, and this fact has "
      "no 'each': write the field's name alone\n" },
    { "the record is not read whole",
      FACT(POINTS "each: Rules, where: \"contains(keys($record), a)\""),
      "7:79: $record is read whole: name the field of it that is meant, such as "
      "$record.PointArn\n" },
    { "its fields are checked",
      FACT(POINTS "each: Rules, where: \"a == $record.Vaul\""),
      "7:78: warning: AWS::Backup::RecoveryPoint is not known to have a field 'Vaul' "
      "(did you mean 'Vault'?)\n" },
    { "elements cannot be of a filtered listing",
      OF_REGION(POINTS "each: Rules, where: a, accepts: filtered"),
      "7:76: a fact about elements cannot accept filtered listings: remove "
      "'accepts'\n" },
    { "something is counted", FACT("where: a"),
      "7:6: a fact counts records: expected 'from' with a type, or 'query', or 'each' "
      "with a list of the resource\n" },
    { "two counts of one listing are independent",
      INSTANCE "facts:\n"
               "  a: { " POINTS JOIN "where: \"Size > `1`\" }\n"
               "  b: { " POINTS JOIN "where: \"Size > `2`\" }\n"
               "outcomes:\n"
               "  - { result: pass, when: a == b, message: m }\n"
               "  - { result: fail, message: m }\n" TESTS,
      "10:29: warning: a and b are taken as independent of each other, though they are "
      "of one listing, so that this stays unknown where it is not whole: count the "
      "records that fail, and compare with `0`\n" },

    /* tags and mappings */
    { "a tag has no blank, and no star",
      INSTANCE OUTCOMES TESTS "tags: [backup, a b, 'a*', nist-800.53_r5]\n",
      "10:16: 'a b' cannot be a tag: expected letters, digits, '.', '_' and '-', a "
      "letter or digit first\n"
      "10:21: 'a*' cannot be a tag: expected letters, digits, '.', '_' and '-', a "
      "letter or digit first\n" },
    { "one tag is one", INSTANCE OUTCOMES TESTS "tags: -a\n",
      "10:7: '-a' cannot be a tag: expected letters, digits, '.', '_' and '-', a "
      "letter or digit first\n" },
    { "a mapping is from a framework to its controls",
      INSTANCE OUTCOMES TESTS
      "mappings: { NIST (page): [CP-9, '164.308'], CIS: CP-9, Other: [] }\n",
      "" },
    { "a control is text",
      INSTANCE OUTCOMES TESTS "mappings: { NIST: [164.308, {}], CIS: 3 }\n",
      "10:20: expected text for 'NIST', met the number '164.308': quote it if text is "
      "meant\n"
      "10:29: expected text for 'NIST', met a mapping\n"
      "10:39: expected text for 'CIS', met the number '3': quote it if text is "
      "meant\n" },

    /* tests */
    { "a test expects a result of each resource",
      INSTANCE OUTCOMES "tests:\n"
                        "  - { name: a, evidence: {}, expect: { orders: pass, '*': "
                        "unknown } }\n"
                        "  - { name: b, evidence: {}, expect: unknown }\n",
      "" },
    { "which findings may have",
      INSTANCE OUTCOMES "tests:\n"
                        "  - { name: a, evidence: {}, expect: { orders: pas } }\n"
                        "  - { name: b, evidence: {}, expect: {} }\n"
                        "  - { name: c, evidence: {}, expect: [pass] }\n"
                        "  - { name: d, evidence: {}, expect: { a: [] } }\n",
      "10:48: unknown result 'pas': expected pass, fail, unknown or not_applicable "
      "(did "
      "you mean 'pass'?)\n"
      "11:38: nothing is expected: write each resource's id and result, such as { "
      "orders: pass }, or { '*': not_applicable }\n"
      "12:38: expected text for 'result', met a sequence\n"
      "13:43: expected text for 'result', met a sequence\n" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rule *rule = rule_parse(&arena, catalog_parsed(&arena, catalog_text),
                                         "r.yaml", str_from(row->text), &mistakes);

    assert_string_equal(mistakes_said(&arena, &mistakes), row->mistakes);
    assert_true((rule == NULL) == (mistakes.error_count > 0));
    arena_release(&arena);
}

/* ---- what a good rule holds ------------------------------------------------------ */

static void add_fields(struct buf *buf, const char *name,
                       const struct jmespath_fields *fields)
{
    if (fields->count == 0 && !fields->whole)
        return;
    buf_printf(buf, " %s(", name);
    for (size_t i = 0; i < fields->count; i++)
        buf_printf(buf, "%s%.*s", i > 0 ? " " : "", STR_ARG(fields->names[i]));
    buf_add(buf, fields->whole ? STR(" *)") : STR(")"));
}

static const char *print_fact(struct arena *arena, const struct fact *fact)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%.*s [%.*s=%.*s] [%.*s] [%.*s]",
               STR_ARG(fact->type != NULL ? fact->type->name : STR("none")),
               STR_ARG(fact->join_record_text), STR_ARG(fact->join_resource_text),
               STR_ARG(fact->each_text), STR_ARG(fact->where_text));
    add_fields(&buf, "fields", &fact->fields);
    add_fields(&buf, "record", &fact->join_record_fields);
    add_fields(&buf, "resource", &fact->join_resource_fields);
    add_fields(&buf, "each", &fact->each_fields);
    add_fields(&buf, "where", &fact->where_fields);
    add_fields(&buf, "of", &fact->of_fields);
    buf_printf(&buf, "%s%s%s%s", fact->reads_resource ? " $resource" : "",
               fact->reads_record ? " $record" : "",
               fact->bound_to != NULL ? " bound" : "", fact->is_time ? " time" : "");
    return buf_str(&buf).text;
}

static const struct fact_row {
    const char *name, *fact, *printed;
    const char *subject_fields;
} fact_rows[] = {
    { "all records of the scope", POINTS "where: \"Size > `1`\"",
      "AWS::Backup::RecoveryPoint [=] [] [Size > `1`] fields(Size) where(Size)", "" },
    { "a join keeps its key", POINTS JOIN "max: Taken",
      "AWS::Backup::RecoveryPoint [Of=Arn] [] [] fields(Of) record(Of) resource(Arn) "
      "of(Taken) time",
      "Arn" },
    { "beside what the filter reads",
      POINTS JOIN "where: \"Size > $resource.Days && Of != $p\"",
      "AWS::Backup::RecoveryPoint [Of=Arn] [] [Size > $resource.Days && Of != $p] "
      "fields(Of Size) record(Of) resource(Arn) where(Size Of) $resource bound",
      "Arn Days" },
    { "elements of a record",
      POINTS JOIN "each: \" Rules \", where: \"a == $record.Vault\", min: Taken",
      "AWS::Backup::RecoveryPoint [Of=Arn] [Rules] [a == $record.Vault] fields(Of "
      "Rules "
      "Vault) record(Of) resource(Arn) each(Rules) where(a) of(Taken) $record",
      "Arn" },
    { "elements of the subject", "each: resource.Plan.Rules, where: \"a == $p\"",
      "none [=] [resource.Plan.Rules] [a == $p] each(Plan) where(a) bound", "Plan" },
    { "a key of both, by a function",
      "query: \"Points[?Size > `1`]\", join: { record: "
      "\"lower(Of)\", resource: \"lower(Arn)\" }",
      "AWS::Backup::RecoveryPoint [lower(Of)=lower(Arn)] [] [Size > `1`] fields(Size "
      "Of) record(Of) resource(Arn) where(Size)",
      "Arn" },
};

static void fact_test(void **state)
{
    const struct fact_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const char *text = arena_printf(
        &arena,
        INSTANCE "parameters: { p: { type: string, default: a, description: d } }\n"
                 "facts:\n"
                 "  n: { %s }\n"
                 "outcomes:\n"
                 "  - { result: pass, when: \"n == `0` && $p != 'b'\", message: m }\n"
                 "  - { result: fail, message: m }\n" TESTS,
        row->fact);
    const struct rule *rule = rule_parse(&arena, catalog_parsed(&arena, catalog_text),
                                         "r.yaml", str_from(text), &mistakes);
    struct buf buf = BUF_EMPTY(&arena);

    assert_string_equal(mistakes_said(&arena, &mistakes), "");
    assert_non_null(rule);
    assert_string_equal(print_fact(&arena, &rule->facts[0]), row->printed);
    for (size_t i = 0; i < rule->subject_fields.count; i++)
        buf_printf(&buf, "%s%.*s", i > 0 ? " " : "",
                   STR_ARG(rule->subject_fields.names[i]));
    assert_string_equal(buf_str(&buf).text, row->subject_fields);
    arena_release(&arena);
}

static void a_rule_has_its_subjects(void **state)
{
    static const char text[] = HEAD(
        "[AWS::RDS::DBCluster, AWS::RDS::DBInstance]") "publisher: Somebody\n"
                                                       "tags: [backup, rds]\n"
                                                       "mappings: { NIST: [CP-9, "
                                                       "CP-10], CIS: [] }\n"
                                                       "outcomes:\n"
                                                       "  - result: unknown\n"
                                                       "    when: \"resource.Days > "
                                                       "`0` || resource.Days == "
                                                       "region\"\n"
                                                       "    message: "
                                                       "\"{resource.Plan.Name} "
                                                       "{resource.Engine || "
                                                       "resource.Arn}\"\n"
                                                       "  - { result: fail, message: m "
                                                       "}\n"
                                                       "tests:\n"
                                                       "  - { name: a, evidence: {}, "
                                                       "expect: { orders: pass, '*': "
                                                       "not_applicable } }\n"
                                                       "  - { name: b, evidence: {}, "
                                                       "expect: fail }\n";
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rule *rule = rule_parse(&arena, catalog_parsed(&arena, catalog_text),
                                         "r.yaml", str_from(text), &mistakes);
    struct buf buf = BUF_EMPTY(&arena);

    (void)state;
    assert_string_equal(mistakes_said(&arena, &mistakes), "");
    assert_non_null(rule);
    assert_int_equal(rule->for_each, FOR_EACH_RECORD);
    assert_int_equal(rule->subject_count, 2);
    assert_string_equal(rule->subjects[0]->name.text, "AWS::RDS::DBCluster");
    assert_int_equal(rule->fact_count, 0);
    assert_int_equal(rule->outcomes[0].result, RESULT_UNKNOWN);
    add_fields(&buf, "subject", &rule->subject_fields);
    assert_string_equal(buf_str(&buf).text, " subject(Days Plan Engine Arn)");
    assert_string_equal(rule->publisher.text, "Somebody");
    assert_int_equal(rule->tags.count, 2);
    assert_int_equal(rule->mapping_count, 2);
    assert_string_equal(rule->mappings[0].framework.text, "NIST");
    assert_string_equal(rule->mappings[0].controls.items[1].text, "CP-10");
    assert_int_equal(rule->mappings[1].controls.count, 0);
    assert_int_equal(rule->tests[0].expect_count, 2);
    assert_string_equal(rule->tests[0].expects[0].resource.text, "orders");
    assert_int_equal(rule->tests[0].expects[0].result, RESULT_PASS);
    assert_string_equal(rule->tests[0].expects[1].resource.text, "*");
    assert_int_equal(rule->tests[0].expects[1].result, RESULT_NOT_APPLICABLE);
    assert_int_equal(rule->tests[1].expect_count, 1);
    assert_null(rule->tests[1].expects[0].resource.text);
    assert_int_equal(rule->tests[1].expects[0].result, RESULT_FAIL);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, fact_rows, fact_test);
    TESTS_ADD(&tests, a_rule_has_its_subjects);
    return tests_run("rulebook_subject", &tests);
}
