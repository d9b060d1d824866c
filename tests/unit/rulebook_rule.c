#include "rulebook_sample.h"

#include <string.h>

/* A rule by parts, so that a row names only the part that it is about. */
#define HEAD                                                                           \
    "format: 1\n"                                                                      \
    "id: Test-001\n"                                                                   \
    "title: a title\n"                                                                 \
    "severity: low\n"                                                                  \
    "for_each: region\n"
#define FACTS /* from line 6 */                                                        \
    "facts:\n"                                                                         \
    "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"                                      \
    "  managed: { from: \"AWS::RDS::DBSnapshot\", where: SnapshotType == 'awsbackup' " \
    "}\n"
#define OUTCOMES /* from line 9 */                                                     \
    "outcomes:\n"                                                                      \
    "  - result: pass\n"                                                               \
    "    when: managed > `0`\n"                                                        \
    "    message: \"{managed} of {all} in {account} {region}\"\n"                      \
    "  - { result: fail, message: none }\n"
#define TESTS /* from line 14 */                                                       \
    "tests:\n"                                                                         \
    "  - { name: t, evidence: {}, expect: unknown }\n"

#define FACT(fact) /* on line 8 */                                                     \
    HEAD "facts:\n"                                                                    \
         "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"                                 \
         "  managed: " fact "\n" OUTCOMES TESTS
#define WHEN(when) /* on line 11, from column 11 */                                    \
    HEAD FACTS "outcomes:\n"                                                           \
               "  - result: pass\n"                                                    \
               "    when: " when "\n"                                                  \
               "    message: \"{managed} of {all}\"\n"                                 \
               "  - { result: fail, message: none }\n" TESTS
#define MESSAGE(message) /* on line 12, from column 14 */                              \
    HEAD FACTS "outcomes:\n"                                                           \
               "  - result: pass\n"                                                    \
               "    when: managed > `0` && all > `0`\n"                                \
               "    message: " message "\n"                                            \
               "  - { result: fail, message: none }\n" TESTS
#define OUTCOME(outcomes) /* from line 10 */ HEAD FACTS "outcomes:\n" outcomes TESTS
#define ONE_TEST(test)    /* from line 15 */ HEAD FACTS OUTCOMES "tests:\n" test

static struct str print_mistakes(struct arena *arena, struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *mistake = &mistakes->items[i];

        assert_string_equal(mistake->path, "rules/Test-001.yaml");
        buf_printf(&buf, "%zu:%zu: %s%s\n", mistake->line, mistake->column,
                   mistake->warning ? "warning: " : "", mistake->message);
    }
    return buf_str(&buf);
}

static const struct row {
    const char *name, *text, *mistakes;
} rows[] = {
    { "a good rule has no mistakes", HEAD FACTS OUTCOMES TESTS, "" },

    { "a rule may state no severity",
      "format: 1\nid: Test-001\ntitle: t\nfor_each: region\n" FACTS OUTCOMES TESTS,
      "" },

    { "what is no mapping is no rule", "[1, 2]\n",
      "1:1: expected a mapping of keys, met a sequence\n" },
    { "an empty mapping lacks every key that is mandatory", "{}\n",
      "1:1: the key 'format' is missing\n"
      "1:1: the key 'id' is missing\n"
      "1:1: the key 'title' is missing\n"
      "1:1: the key 'for_each' is missing\n"
      "1:1: the key 'outcomes' is missing\n"
      "1:1: the key 'facts' is missing\n"
      "1:1: warning: the rule has no tests: add a pass, a fail and an unknown\n" },
    { "every mistake is said at once",
      "format: 2\n"
      "id: Test-01\n"
      "title: ''\n"
      "severity: lwo\n"
      "for_each: database\n"
      "pilar: reliability\n" FACTS OUTCOMES TESTS,
      "1:9: format 2 is not known: expected 1\n"
      "2:5: 'Test-01' is not the file's name: write 'Test-001', or rename the file to "
      "'Test-01.yaml'\n"
      "3:8: the title is empty: say in a few words what is to be so\n"
      "4:11: unknown severity 'lwo': expected low, medium, high, very-high or extreme "
      "(did you mean 'low'?)\n"
      "5:11: unknown for_each 'database': expected region, account or a type such "
      "as AWS::RDS::DBInstance\n"
      "6:1: unknown key 'pilar' (did you mean 'pillar'?)\n" },
    { "an id with a blank is none",
      "format: 1\nid: Test 001\ntitle: t\nseverity: low\nfor_each: region\n" FACTS
          OUTCOMES TESTS,
      "2:5: 'Test 001' cannot be an id: expected letters, digits, '.', '_' and '-', a "
      "letter "
      "or "
      "digit first\n" },
    { "an id that opens with a dash is none",
      "format: 1\nid: \"-x\"\ntitle: t\nseverity: low\nfor_each: region\n" FACTS
          OUTCOMES TESTS,
      "2:5: '-x' cannot be an id: expected letters, digits, '.', '_' and '-', a letter "
      "or "
      "digit "
      "first\n" },
    { "an id may name its publisher, but not the file's name alone",
      "format: 1\nid: Test-001 (Audit Manager)\ntitle: t\nseverity: low\n"
      "for_each: region\n" FACTS OUTCOMES TESTS,
      "2:5: 'Test-001 (Audit Manager)' is not the file's name: write 'Test-001', or "
      "rename the file to 'Test-001 (Audit Manager).yaml'\n" },
    { "in words, and behind the name",
      "format: 1\nid: Test-001 (a  b)\ntitle: t\nseverity: low\n"
      "for_each: region\n" FACTS OUTCOMES TESTS,
      "2:5: 'Test-001 (a  b)' cannot be an id: expected letters, digits, '.', '_' and "
      "'-', a letter or digit first; and behind them at most the name of who publishes "
      "it, of such words: 'RDS-1 (Audit Manager)'\n" },
    { "whose brace is closed at the end",
      "format: 1\nid: Test-001 (a) b\ntitle: t\nseverity: low\n"
      "for_each: region\n" FACTS OUTCOMES TESTS,
      "2:5: 'Test-001 (a) b' cannot be an id: expected letters, digits, '.', '_' and "
      "'-', a letter or digit first; and behind them at most the name of who publishes "
      "it, of such words: 'RDS-1 (Audit Manager)'\n" },
    { "a rule without tests is warned of", HEAD FACTS OUTCOMES,
      "1:1: warning: the rule has no tests: add a pass, a fail and an unknown\n" },
    { "an empty list of tests is none", HEAD FACTS OUTCOMES "tests: []\n",
      "1:1: warning: the rule has no tests: add a pass, a fail and an unknown\n" },
    { "an empty list of parameters is fine",
      HEAD FACTS OUTCOMES TESTS "parameters: {}\n", "" },
    { "a parameter has a type, a default and a description",
      HEAD FACTS OUTCOMES TESTS "parameters: { p: {} }\n",
      "16:18: the key 'type' is missing\n"
      "16:18: the key 'default' is missing\n"
      "16:18: the key 'description' is missing\n" },
    { "the default is of the type",
      HEAD FACTS OUTCOMES TESTS
      "parameters: { p: { type: number, default: a, description: d } }\n",
      "16:43: the parameter 'p' is a number\n" },
    { "a default of null is none, of any type, and may be compared with any",
      HEAD "facts:\n"
           "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  managed: { from: \"AWS::RDS::DBSnapshot\", where: $p == `null` || "
           "SnapshotType == $p "
           "}\n" OUTCOMES TESTS
           "parameters: { p: { type: string, default: null, description: d } }\n",
      "" },
    { "and one of the values",
      HEAD FACTS OUTCOMES TESTS
      "parameters: { p: { type: string, default: a, description: d, values: [b] } }\n",
      "16:43: the parameter 'p' is one of b\n" },
    { "the values that are allowed are texts",
      HEAD FACTS OUTCOMES TESTS "parameters: { p: { type: number, default: 1, "
                                "description: d, values: ['1'] } }\n",
      "16:70: 'values' lists texts, and 'p' is a number: remove it, or write type: "
      "string\n" },
    { "and at least one",
      HEAD FACTS OUTCOMES TESTS
      "parameters: { p: { type: string, default: a, description: d, values: [] } }\n",
      "16:70: the list is empty: expected the texts that are allowed\n" },
    { "what every rule knows is no parameter's name",
      HEAD FACTS OUTCOMES TESTS
      "parameters: { resource: { type: number, default: 1, description: d }, record: { "
      "type: number, default: 1, description: d } }\n",
      "16:15: '$resource' is the record that a rule is about: choose another name\n"
      "16:71: '$record' is the record that an element is of: choose another name\n" },
    { "now is the time of the audit",
      HEAD FACTS OUTCOMES TESTS
      "parameters: { now: { type: number, default: 1, description: d } }\n",
      "16:15: '$now' is the time of the audit: choose another name\n" },

    /* facts */
    { "a rule without facts is refused",
      HEAD "facts: {}\n"
           "outcomes: [{ result: fail, message: none }]\n" TESTS,
      "6:8: a rule without facts has nothing to judge: expected at least one\n" },
    { "a fact is a mapping", FACT("3"),
      "8:12: expected a mapping of keys, met the number '3'\n" },
    { "a fact counts something", FACT("{}"),
      "8:12: a fact counts records: expected 'from' with a type, or 'query'\n" },
    { "a fact may be a minimum of a field",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", min: Engine }"), "" },
    { "but not a minimum and a maximum",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", min: Engine, max: 'Engine(' }"),
      "8:62: a fact is a minimum or a maximum: make two facts of it\n" },
    { "the expression of a maximum is checked",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", max: \"Engin\" }"),
      "8:50: warning: AWS::RDS::DBSnapshot is not known to have a field 'Engin' (did "
      "you "
      "mean 'Engine'?)\n" },
    { "an unknown type is refused, with the one that is near",
      FACT("{ from: \"AWS::RDS::DBSnapshots\" }"),
      "8:20: the catalog has no type 'AWS::RDS::DBSnapshots' (did you mean "
      "'AWS::RDS::DBSnapshot'?)\n" },
    { "type and filter are checked at once", FACT("{ from: AWS::RDS, where: a == }"),
      "8:20: the catalog has no type 'AWS::RDS' (did you mean "
      "'AWS::RDS::DBSnapshot'?)\n"
      "8:41: unexpected end: expected a name, a literal or a function\n" },
    { "query and from exclude each other",
      FACT("{ query: DBSnapshots, from: \"AWS::RDS::DBSnapshot\" }"),
      "8:40: 'query' names the type and the condition already: remove 'from', or "
      "'query'\n" },
    { "query and where exclude each other",
      FACT("{ query: DBSnapshots, where: Engine }"),
      "8:41: 'query' names the type and the condition already: remove 'where', or "
      "'query'\n" },
    { "a query that is wrong is told at its place",
      FACT("{ query: \"DBSnapshot[?Engine=='x']\" }"),
      "8:22: no call is known whose answer lists 'DBSnapshot' (did you mean "
      "'DBSnapshots'?)\n" },
    { "a field that the catalog does not list is warned of, in its place",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"Engine == 'x' && "
           "SnapshotTyp == 'awsbackup'\" }"),
      "8:69: warning: AWS::RDS::DBSnapshot is not known to have a field 'SnapshotTyp' "
      "(did you mean 'SnapshotType'?)\n" },
    { "a field in a query is warned of, too",
      FACT("{ query: 'DBSnapshots[?\"é\"==`1` || SnapshotTyp==`awsbackup`]' }"),
      "8:35: warning: AWS::RDS::DBSnapshot is not known to have a field 'é'\n"
      "8:47: warning: AWS::RDS::DBSnapshot is not known to have a field 'SnapshotTyp' "
      "(did you mean 'SnapshotType'?)\n" },
    { "a comparison with text in double quotes is warned of",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: 'Engine == \"Engine\"' }"),
      "8:62: warning: \"Engine\" is the name of a field: write 'Engine' for the "
      "text\n" },
    { "a filter that reads no field is warned of",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"'awsbackup'\" }"),
      "8:52: warning: the expression reads no field: it is the same for every "
      "record\n" },
    { "a filter may read the whole record",
      FACT(
          "{ from: \"AWS::RDS::DBSnapshot\", where: \"contains(keys(@), 'Engine')\" }"),
      "" },
    { "a filter has no variables",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: Engine == $engine }"),
      "8:61: unknown variable '$engine': expected $now, or one that a let around it "
      "binds\n" },
    { "nor has any part of it",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"Engine[?a == $b]\" }"),
      "8:65: unknown variable '$b': expected $now, or one that a let around it "
      "binds\n" },
    { "but it may bind its own",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"let $t = SnapshotType in $t == "
           "'awsbackup'\" }"),
      "" },
    { "a field that a let reads is warned of, too",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"let $t = SnapshotTyp in $t == "
           "'awsbackup'\" }"),
      "8:61: warning: AWS::RDS::DBSnapshot is not known to have a field 'SnapshotTyp' "
      "(did you mean 'SnapshotType'?)\n" },
    { "what a query says already is said of once",
      FACT("{ query: \"DBSnapshots[]\", from: \"AWS::RDS::DBSnapshot\", where: Engine "
           "}"),
      "8:44: 'query' names the type and the condition already: remove 'from', or "
      "'query'\n" },
    { "accepts knows one word",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: Engine, accepts: filtred }"),
      "8:68: a fact cannot accept 'filtred' (did you mean 'filtered'?): expected "
      "filtered\n" },
    { "of a filter that is wrong it is not asked",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", where: \"a.\", accepts: filtred }"),
      "8:54: unexpected end: expected a name, '*', '[' or '{' after '.'\n" },
    { "a fact without a filter cannot accept filtered listings",
      FACT("{ from: \"AWS::RDS::DBSnapshot\", accepts: filtered }"),
      "8:53: a fact without a filter cannot accept filtered listings, it would count "
      "too few: remove 'accepts', or add a condition\n" },
    { "neither can a query without a condition",
      FACT("{ query: \"DBSnapshots[]\", accepts: filtered }"),
      "8:47: a fact without a filter cannot accept filtered listings, it would count "
      "too few: remove 'accepts', or add a condition\n" },
    { "names of facts are words, and some are taken",
      HEAD "facts:\n"
           "  a: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  1a: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  a-b: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  account: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  resource: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  resource_type: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "outcomes: [{ result: fail, message: \"{a}\" }]\n" TESTS,
      "8:3: '1a' cannot name a fact: expected letters, digits and _, no digit first, "
      "at most 64 of them\n"
      "9:3: 'a-b' cannot name a fact: expected letters, digits and _, no digit "
      "first, "
      "at most 64 of them\n"
      "10:3: every rule has 'account' already: choose another name for the fact\n"
      "11:3: every rule has 'resource' already: choose another name for the fact\n"
      "12:3: every rule has 'resource_type' already: choose another name for the "
      "fact\n" },
    { "a fact that nobody reads is warned of",
      HEAD FACTS "outcomes: [{ result: fail, message: \"{managed}\" }]\n" TESTS,
      "7:3: warning: no outcome and no message reads the fact 'all'\n" },
    { "so is a parameter",
      HEAD FACTS "parameters:\n"
                 "  p: { type: number, default: 1, description: d }\n"
                 "  q: { type: number, default: 1, description: d }\n"
                 "outcomes:\n"
                 "  - { result: pass, when: \"managed > $q\", message: \"{all}\" }\n"
                 "  - { result: fail, message: m }\n" TESTS,
      "10:3: warning: no expression reads the parameter 'p'\n" },
    { "a fact that is wrong is known all the same",
      HEAD "facts:\n"
           "  all: { from: \"AWS::RDS::DBSnapshot\" }\n"
           "  managed: { from: nothing }\n" OUTCOMES TESTS,
      "8:20: the catalog has no type 'nothing'\n" },

    /* when */
    { "a fact alone is no condition", WHEN("managed"),
      "11:11: 'managed' is not a condition: in JMESPath 0 counts as true; write a "
      "comparison, such as managed > `0`\n" },
    { "a condition is boolean by its form", WHEN("managed > `0` || all"),
      "11:25: it is not always true or false, and in JMESPath 0 counts as true: write "
      "comparisons, such as all > `0`\n" },
    { "a name that is not there is told in its place",
      WHEN("all > `0` && manged > `0`"),
      "11:24: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "one more character for a quote", WHEN("\"all > `0` && manged > `0`\""),
      "11:25: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "an escape before it: the scalar's own place",
      WHEN("\"all >\\x20`0` && manged > `0`\""),
      "11:11: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "characters before it are counted, not bytes",
      OUTCOME("  - { message: \"é {all}\", result: pass, when: all > `0` && managd > "
              "`0` }\n"
              "  - { result: fail, message: m }\n"),
      "10:60: this rule has no fact 'managd' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "line ends of old kinds: the scalar's own place",
      "#\r#\r#\r#\r#\r#\r#\r#\r#\n" WHEN("all > `0` && manged > `0`"),
      "20:11: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "doubled quotes are escapes", WHEN("'all > `0` && ''x'' == manged'"),
      "11:11: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "two lines: the scalar's own place", WHEN("all > `0` &&\n      manged > `0`"),
      "11:11: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "a block: the scalar's own place", WHEN(">\n      all > `0` && manged > `0`"),
      "11:11: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "the resource is not there", WHEN("resource == 'x'"),
      "11:11: 'resource' is of the record that a rule is about, and this one is about "
      "each region: write a type for for_each, such as for_each: "
      "AWS::RDS::DBInstance\n" },
    { "nor is its type", WHEN("resource_type == 'x'"),
      "11:11: 'resource_type' is of the record that a rule is about, and this one is "
      "about each region: write a type for for_each, such as for_each: "
      "AWS::RDS::DBInstance\n" },
    { "a number without back-ticks", WHEN("managed > 0"),
      "11:21: unexpected number '0': write a number between back-ticks: `0`\n" },
    { "a field of an element is no name", WHEN("'[account, region][?all] == `[]`'"),
      "" },
    { "everything at once is refused", WHEN("length(@) > `0`"),
      "11:11: it reads all facts at once: name those that it needs, all, managed, "
      "account or region\n" },
    { "a variable is not known", WHEN("managed > $least"),
      "11:21: unknown variable '$least': expected $now, or one that a let around it "
      "binds\n" },
    { "let binds a variable", WHEN("let $m = managed in $m > `0`"), "" },
    { "a let is boolean as what follows in is", WHEN("let $m = managed in $m"),
      "11:11: it is not always true or false, and in JMESPath 0 counts as true: write "
      "comparisons, such as all > `0`\n" },
    { "a let names facts as all else does", WHEN("let $m = manged in $m > `0`"),
      "11:20: this rule has no fact 'manged' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n" },
    { "a condition is text", WHEN("true"),
      "11:11: expected text for 'when', met the boolean 'true': quote it if text is "
      "meant\n" },

    /* outcomes */
    { "a rule without outcomes is refused", HEAD FACTS "outcomes: []\n" TESTS,
      "9:11: a rule without outcomes says nothing: expected at least one\n" },
    { "a rule may say that nobody can tell",
      OUTCOME("  - { result: unknown, when: managed > `0`, message: \"{all}\" }\n"
              "  - { result: fail, message: m }\n"),
      "" },
    { "waived is not for a rule to say",
      OUTCOME("  - { result: pass, when: managed > `0`, message: \"{all}\" }\n"
              "  - { result: waived, when: managed > `1`, message: m }\n"
              "  - { result: pas, when: managed > `2`, message: m }\n"
              "  - { result: not_applicable, message: m }\n"),
      "11:15: 'waived' is not for a rule to say, it is what people decide: expected "
      "pass, fail, unknown or not_applicable\n"
      "12:15: unknown result 'pas': expected pass, fail, unknown or not_applicable "
      "(did "
      "you mean 'pass'?)\n" },
    { "an outcome has a result and a message",
      OUTCOME("  - { when: managed > `1` }\n  - no\n"),
      "10:5: the key 'result' is missing\n"
      "10:5: the key 'message' is missing\n"
      "11:5: expected a mapping of keys, met the text 'no'\n" },
    { "the last outcome has no when",
      OUTCOME("  - { result: pass, when: managed > `0`, message: \"{all}\" }\n"
              "  - { result: fail, when: managed == `0`, message: m }\n"),
      "11:5: the last outcome has a 'when': add one without, for when none holds\n" },
    { "only the last outcome has no when, said once",
      OUTCOME("  - { result: pass, message: \"{all} {managed}\" }\n"
              "  - { result: fail, message: m }\n"
              "  - { result: fail, message: m }\n"),
      "11:5: this outcome can never be reached: the one in line 10 has no 'when', as "
      "only the last may\n" },
    { "nothing is reached behind what is always true",
      OUTCOME("  - { result: pass, when: \"`true`\", message: \"{all} {managed}\" }\n"
              "  - { result: fail, message: m }\n"),
      "11:5: this outcome can never be reached: the one in line 10 is always true\n" },
    { "what is false is never reached",
      OUTCOME("  - { result: pass, when: \"`false`\", message: \"{all} {managed}\" }\n"
              "  - { result: fail, message: m }\n"),
      "10:27: this outcome can never be reached: its 'when' is false\n" },
    { "the same condition again is never reached",
      OUTCOME("  - { result: pass, when: managed > `1`, message: \"{all}\" }\n"
              "  - { result: fail, when: managed < `1`, message: m }\n"
              "  - { result: fail, when: \" managed > `1`\", message: m }\n"
              "  - { result: fail, message: m }\n"),
      "12:27: this outcome can never be reached: the one in line 10 has the same "
      "'when'\n" },
    { "one outcome is enough",
      OUTCOME("  - { result: fail, message: \"{all} {managed}\" }\n"), "" },

    /* messages */
    { "doubled braces are braces", MESSAGE("\"{{all}} }}{managed}{{\""), "" },
    { "an expression may hold braces of its own",
      MESSAGE("\"{ {a: all}.a } {'}'} {`{\\\"a\\\": \\\"}\\\"}`} {managed}\""), "" },
    { "an expression may hold quotes within quotes", MESSAGE("\"{'it\\\\'s }'}\""),
      "" },
    { "a brace that is not closed", MESSAGE("\"{all} of {managed\""),
      "12:24: this '{' has no '}': close it, or write '{{' for a brace\n" },
    { "a quote that is not closed takes the brace with it", MESSAGE("\"{all's}\""),
      "12:15: this '{' has no '}': close it, or write '{{' for a brace\n" },
    { "a brace that closes nothing", MESSAGE("é } x"),
      "12:16: this '}' closes nothing: write '}}' for a brace\n" },
    { "braces around nothing", MESSAGE("x { }"),
      "12:16: no expression stands in '{}': write '{{}}' for braces\n" },
    { "a name in a message is checked", MESSAGE("é {all} of {mangaed}, {x}"),
      "12:26: this rule has no fact 'mangaed' (did you mean 'managed'?): expected "
      "all, "
      "managed, account or region\n"
      "12:37: this rule has no fact 'x': expected all, managed, account or "
      "region\n" },
    { "an expression in a message is compiled", MESSAGE("\"{all all}\""),
      "12:20: unexpected name 'all': expected an operator or the end\n" },
    { "a function that takes no number is found", MESSAGE("\"{length(all)}\""),
      "12:23: length() takes an array, a string or an object, not a number\n" },
    { "a message is one line", MESSAGE("|\n      a\n      b"),
      "12:14: a message is one line: join its lines with '>'\n" },
    { "a folded message is one line", MESSAGE(">\n      a\n      {all}\n"), "" },
    { "a message says something", MESSAGE("' '"),
      "12:14: the message is empty: say what was found\n" },

    /* tests */
    { "a test has a name, evidence and an expected result", ONE_TEST("  - {}\n"),
      "15:5: the key 'name' is missing\n"
      "15:5: the key 'evidence' is missing\n"
      "15:5: the key 'expect' is missing\n" },
    { "the name of a test is its own",
      ONE_TEST("  - { name: t, evidence: {}, expect: pass }\n"
               "  - { name: t, evidence: {}, expect: pass }\n"
               "  - { name: ' ', evidence: {}, expect: not_applicable }\n"),
      "16:13: another test has this name, in line 15\n"
      "17:13: the name is empty: say in a sentence what holds\n" },
    { "a test expects what a finding can be",
      ONE_TEST("  - { name: a, evidence: {}, expect: waived }\n"
               "  - { name: b, evidence: {}, expect: unknwon }\n"),
      "15:38: unknown result 'waived': expected pass, fail, unknown or not_applicable\n"
      "16:38: unknown result 'unknwon': expected pass, fail, unknown or not_applicable "
      "(did you mean 'unknown'?)\n" },
    { "of one scope there is one result",
      ONE_TEST("  - { name: a, evidence: {}, expect: { a: pass } }\n"),
      "15:38: a rule about each region has one result here: expected pass, fail, "
      "unknown or not_applicable\n" },
    { "evidence is by type",
      ONE_TEST("  - name: a\n"
               "    expect: pass\n"
               "    evidence:\n"
               "      AWS::RDS::DBSnapshott: []\n"),
      "18:7: the catalog has no type 'AWS::RDS::DBSnapshott' (did you mean "
      "'AWS::RDS::DBSnapshot'?)\n" },
    { "of a rule in one line, where in it",
      "{ format: 1, id: Test-001, title: t, for_each: region, facts: { a: { from: "
      "'AWS::RDS::DBSnapshot' } }, outcomes: [{ result: pass, when: 'a > b', "
      "message: m }, { result: fail, message: m }] }",
      "1:1: warning: the rule has no tests: add a pass, a fail and an unknown\n"
      "1:142: this rule has no fact 'b': expected a, account or region\n" },
    { "each parameter of a test is one of the rule's, and such a value",
      ONE_TEST("  - name: a\n"
               "    expect: pass\n"
               "    evidence: {}\n"
               "    parameters: { n: a, siz: 1, t: [], size: 1 }\n"
               "parameters:\n"
               "  n: { type: number, default: 1, description: d }\n"
               "  t: { type: string, default: a, description: d }\n"
               "  size: { type: string, default: a, description: d }\n"),
      "18:22: the parameter 'n' is a number, not 'a'\n"
      "18:25: this rule has no parameter 'siz' (did you mean 'size'?)\n"
      "18:36: expected one value\n" },
    { "the time of a test is a date or an instant",
      ONE_TEST("  - { name: a, expect: pass, evidence: {}, as_of: 2026-01-31 }\n"
               "  - { name: b, expect: pass, evidence: {}, as_of: today }\n"),
      "16:51: expected a date such as 2026-01-31, or an instant such as "
      "2026-01-31T12:00:00Z\n" },
    { "evidence is a list or a part of one",
      ONE_TEST("  - name: a\n"
               "    expect: pass\n"
               "    evidence:\n"
               "      AWS::RDS::DBSnapshot: 3\n"
               "      AWS::Backup::BackupPlan: { part: [] }\n"),
      "18:29: expected a list of records, or { partial: [...] }\n"
      "19:32: the key 'partial' is missing\n"
      "19:34: unknown key 'part' (did you mean 'partial'?)\n" },
    { "a record is a mapping",
      ONE_TEST("  - name: a\n"
               "    expect: pass\n"
               "    evidence:\n"
               "      AWS::RDS::DBSnapshot: [{}, x]\n"
               "      AWS::Backup::BackupPlan: { partial: [[]] }\n"),
      "18:34: expected a mapping of the record's fields\n"
      "19:44: expected a mapping of the record's fields\n" },
    { "an account id is quoted",
      ONE_TEST(
          "  - name: a\n"
          "    expect: pass\n"
          "    evidence: { \"AWS::RDS::DBSnapshot\": [{ Account: 123456789012 }] }\n"),
      "17:53: '123456789012' looks like an AWS account id: quote it\n" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rule *rule =
        rule_parse(&arena, catalog_parsed(&arena, sample_catalog_text),
                   "rules/Test-001.yaml", str_from(row->text), &mistakes);

    assert_string_equal(print_mistakes(&arena, &mistakes).text, row->mistakes);
    assert_true((rule == NULL) == (mistakes.error_count > 0));
    arena_release(&arena);
}

static void add_message(struct buf *buf, const struct message *message)
{
    for (size_t i = 0; i < message->count; i++) {
        const struct message_part *part = &message->parts[i];

        if (part->expression != NULL)
            buf_printf(buf, "<%.*s>", STR_ARG(jmespath_text(part->expression)));
        else
            buf_add(buf, part->text);
    }
}

static void print_fact(struct buf *buf, const struct fact *fact)
{
    buf_printf(buf, " %.*s=%.*s[%.*s](", STR_ARG(fact->name), STR_ARG(fact->type->name),
               STR_ARG(fact->where_text));
    for (size_t i = 0; i < fact->fields.count; i++)
        buf_printf(buf, "%s%.*s", i > 0 ? " " : "", STR_ARG(fact->fields.names[i]));
    buf_printf(buf, ")%s;", fact->accepts_filtered ? " filtered" : "");
}

static struct str print_rule(struct arena *arena, const struct rule *rule)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_printf(&buf, "%.*s at %zu:%zu: %.*s, %s, %.*s, %zu services, %zu references:",
               STR_ARG(rule->id), rule->place.line, rule->place.column,
               STR_ARG(rule->title), severity_name(rule->severity),
               STR_ARG(rule->pillar), rule->services.count, rule->references.count);
    for (size_t i = 0; i < rule->fact_count; i++)
        print_fact(&buf, &rule->facts[i]);
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct outcome *outcome = &rule->outcomes[i];

        buf_printf(&buf, " %s", result_name(outcome->result));
        if (outcome->when != NULL)
            buf_printf(&buf, " when %.*s", STR_ARG(jmespath_text(outcome->when)));
        buf_add(&buf, STR(": '"));
        add_message(&buf, &outcome->message);
        buf_add(&buf, STR("';"));
    }
    for (size_t i = 0; i < rule->test_count; i++) {
        const struct rule_test *test = &rule->tests[i];

        buf_printf(&buf, " %.*s", STR_ARG(test->name));
        for (size_t j = 0; j < test->evidence_count; j++) {
            const struct rule_test_evidence *evidence = &test->evidence[j];

            buf_printf(&buf, " %.*s%s ", STR_ARG(evidence->type->name),
                       evidence->partial ? " partial" : "");
            jmespath_print(evidence->records, 0, &buf);
        }
        for (size_t j = 0; j < test->expect_count; j++)
            buf_printf(&buf, " ->%.*s %s;", STR_ARG(test->expects[j].resource),
                       result_name(test->expects[j].result));
    }
    return buf_str(&buf);
}

static void a_rule_is_what_its_file_says(void **state)
{
    static const char text[] =
        "format: 1\n"
        "title: in use\n"
        "id: Test-001\n"
        "severity: very-high\n"
        "pillar: reliability\n"
        "services: [Backup, RDS]\n"
        "references: a\n"
        "for_each: region\n"
        "facts:\n"
        "  managed: { query: \"DBSnapshots[?(SnapshotType==`awsbackup` && Engine)]\", "
        "accepts: filtered }\n"
        "  all: { query: \"DBSnapshots[*]\" }\n"
        "  plans: { from: \"AWS::Backup::BackupPlan\", where: \" !DeletionDate \" }\n"
        "outcomes:\n"
        "  - result: not_applicable\n"
        "    when: managed == `0` && all == `0`\n"
        "    message: >\n"
        "      {{{managed}}} of\n"
        "      { {a: all}.a }\n"
        "  - { result: fail, message: \"{plans} of them\" }\n"
        "tests:\n"
        "  - name: some\n"
        "    evidence:\n"
        "      AWS::RDS::DBSnapshot: [{ SnapshotType: manual, n: 1, t: true }]\n"
        "      AWS::Backup::BackupPlan: { partial: [] }\n"
        "    expect: not_applicable\n";
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rule *rule =
        rule_parse(&arena, catalog_parsed(&arena, sample_catalog_text), "Test-001.yml",
                   str_from(text), &mistakes);

    (void)state;
    assert_int_equal(mistakes.count, 0);
    assert_non_null(rule);
    assert_string_equal(
        print_rule(&arena, rule).text,
        "Test-001 at 3:5: in use, very-high, reliability, 2 services, 1 references:"
        " managed=AWS::RDS::DBSnapshot[(SnapshotType==`awsbackup` && "
        "Engine)](SnapshotType Engine) filtered;"
        " all=AWS::RDS::DBSnapshot[]();"
        " plans=AWS::Backup::BackupPlan[!DeletionDate](DeletionDate);"
        " not_applicable when managed == `0` && all == `0`: '{<managed>} of < {a: "
        "all}.a "
        ">';"
        " fail: '<plans> of them';"
        " some AWS::RDS::DBSnapshot [{\"SnapshotType\": \"manual\", \"n\": 1, \"t\": "
        "true}] AWS::Backup::BackupPlan partial [] -> not_applicable;");
    assert_ptr_equal(rule_fact(rule, STR("all")), &rule->facts[1]);
    assert_null(rule_fact(rule, STR("al")));
    assert_int_equal(rule->facts[2].place.line, 12);
    assert_int_equal(rule->facts[2].place.column, 3);
    assert_int_equal(rule->outcomes[1].place.line, 19);
    assert_string_equal(rule->path, "Test-001.yml");
    assert_int_equal(rule->text.len, sizeof text - 1);
    assert_int_equal(strlen(rule->sha256), 64);
    arena_release(&arena);
}

static const struct excerpt_row {
    const char *name, *text, *excerpt;
} excerpt_rows[] = {
    { "a name that is not there is shown", WHEN("all > `0` && manged > `0`"),
      "all > `0` && manged > `0`\n             ^" },
    { "so it is where its place is not known",
      WHEN("\"\\x61ll > `0` && manged > `0`\""),
      "all > `0` && manged > `0`\n             ^" },
    { "of a message, the expression is shown", MESSAGE("\"{all} of {managed + `1`}\""),
      "managed + `1`\n        ^" },
    { "a brace is shown in its message", MESSAGE("\"{all} of {managed\""),
      "{all} of {managed\n         ^" },
    { "of a query, the whole is shown",
      FACT("{ query: \"DBSnapshots[?!Engine].Engine\" }"),
      "DBSnapshots[?!Engine].Engine\n                     ^" },
};

static void excerpt_test(void **state)
{
    const struct excerpt_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);

    assert_null(rule_parse(&arena, catalog_parsed(&arena, sample_catalog_text),
                           "rules/Test-001.yaml", str_from(row->text), &mistakes));
    assert_int_equal(mistakes.count, 1);
    assert_non_null(mistakes.items[0].excerpt);
    assert_string_equal(mistakes.items[0].excerpt, row->excerpt);
    arena_release(&arena);
}

/* One more than the limit is a mistake, the limit is none. What is more is not read. */
static const struct limit_row {
    const char *name, *before, *item, *wrong, *after;
    size_t max;
    const char *mistake;
} limit_rows[] = {
    { "RULE_FACTS_MAX", HEAD "facts:\n", "  f%zu: { from: \"AWS::RDS::DBSnapshot\" }\n",
      "  f0f0: {}\n", "outcomes: [{ result: fail, message: \"{f0}\" }]\n" TESTS,
      RULE_FACTS_MAX, "71:3: too many facts: a rule has at most 64\n" },
    { "RULE_OUTCOMES_MAX", HEAD FACTS "outcomes:\n",
      "  - { result: fail, when: all > `%zu` && managed > `1`, message: m }\n",
      "  - {}\n", TESTS, RULE_OUTCOMES_MAX,
      "74:5: too many outcomes: a rule has at most 64\n" },
    { "RULE_TESTS_MAX", HEAD FACTS OUTCOMES "tests:\n",
      "  - { name: t%zu, evidence: {}, expect: pass }\n", "  - {}\n", "",
      RULE_TESTS_MAX, "1015:5: too many tests: a rule has at most 1000\n" },
    { "RULE_MESSAGE_PARTS_MAX", HEAD FACTS "outcomes: [{ result: fail, message: \"",
      "{all}{managed}", "{wrong}", "\" }]\n" TESTS, RULE_MESSAGE_PARTS_MAX / 2,
      "9:1830: the message has too many parts: say less\n" },
};

static struct str at_limit(struct arena *arena, const struct limit_row *row,
                           const char *more)
{
    struct buf buf = BUF_EMPTY(arena);
    const char *number = strstr(row->item, "%zu");

    buf_add(&buf, str_from(row->before));
    for (size_t i = 0; i < row->max; i++) {
        if (number == NULL) {
            buf_add(&buf, str_from(row->item));
            continue;
        }
        buf_add(&buf, (struct str){ row->item, (size_t)(number - row->item) });
        buf_printf(&buf, "%zu", i);
        buf_add(&buf, str_from(number + 3));
    }
    buf_add(&buf, str_from(more));
    buf_add(&buf, str_from(row->after));
    return buf_str(&buf);
}

static bool says(const struct mistakes *mistakes, const char *part)
{
    for (size_t i = 0; i < mistakes->count; i++)
        if (!mistakes->items[i].warning &&
            strstr(mistakes->items[i].message, part) != NULL)
            return true;
    return false;
}

static void limit_test(void **state)
{
    const struct limit_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes most = MISTAKES_EMPTY(&arena), over = MISTAKES_EMPTY(&arena);
    const struct catalog *catalog = catalog_parsed(&arena, sample_catalog_text);
    const char *path = "rules/Test-001.yaml";
    const struct rule *rule;

    rule = rule_parse(&arena, catalog, path, at_limit(&arena, row, ""), &most);
    assert_true((rule == NULL) == (most.error_count > 0));
    assert_false(says(&most, "too many"));
    assert_null(
        rule_parse(&arena, catalog, path, at_limit(&arena, row, row->wrong), &over));
    assert_string_equal(print_mistakes(&arena, &over).text, row->mistake);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, a_rule_is_what_its_file_says);
    TESTS_ADD_ROWS(&tests, excerpt_rows, excerpt_test);
    TESTS_ADD_ROWS(&tests, limit_rows, limit_test);
    return tests_run("rulebook_rule", &tests);
}
