/*
 * Which records of a type there are, of each of which a listing is a part: things of
 * groups, and parts of things. Files in, findings of one small rule out.
 */
#include "scan_rows.h"

static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Group\n"
    "    title: groups\n"
    "    level: region\n"
    "    id: GroupId\n"
    "    calls:\n"
    "      - { call: test list-groups, list: Groups, gives: whole }\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    id: ThingId\n"
    "    fields: [GroupId]\n"
    "    calls:\n"
    "      - call: test list-things\n"
    "        list: Things\n"
    "        gives: part\n"
    "        parent: { type: AWS::Test::Group, key: GroupId, option: --group-id }\n"
    "  - type: AWS::Test::Part\n"
    "    title: parts\n"
    "    level: region\n"
    "    id: PartId\n"
    "    fields: [ThingId]\n"
    "    calls:\n"
    "      - call: test list-parts\n"
    "        list: Parts\n"
    "        gives: part\n"
    "        parent: { type: AWS::Test::Thing, key: ThingId, option: --thing-id }\n";

static const char rule[] =
    REGION_RULE "  n: { from: AWS::Test::Part }\n"
                "outcomes:\n"
                "  - { result: pass, when: \"n > `0`\", message: m }\n"
                "  - { result: fail, message: m }\n";

#define A         "123456789012"
#define US        A "/us-east-1/"
#define DIR       A "/\n" US "\n"
#define CELL      A " us-east-1 "
#define GROUP(id) "{\"GroupId\":\"" id "\"}"
#define GROUPS(name, records)                                                          \
    US "test-list-groups" name ".json={\"Groups\":[" records "]}\n"
#define THING(id, group) "{\"ThingId\":\"" id "\",\"GroupId\":\"" group "\"}"
#define THINGS(name, records)                                                          \
    US "test-list-things--" name ".json={\"Things\":[" records "]}\n"
#define PART(id, thing) "{\"PartId\":\"" id "\",\"ThingId\":\"" thing "\"}"
#define PARTS(name, records)                                                           \
    US "test-list-parts--" name ".json={\"Parts\":[" records "]}\n"

static const struct scan_row rows[] = {
    { "parts of each thing of each group",
      DIR GROUPS("", GROUP("g") "," GROUP("h"))
          THINGS("g", THING("s", "g") "," THING("t", "g")) THINGS("h", THING("u", "h"))
              PARTS("s", PART("1", "s")) PARTS("t", "") PARTS("u", PART("2", "u")),
      CELL "pass n=2\n" },
    { "no group", DIR GROUPS("", ""), CELL "fail n=0 +not-narrowed\n" },
    { "groups without a thing",
      DIR GROUPS("", GROUP("g") "," GROUP("h")) THINGS("g", "") THINGS("h", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed\n" },
    { "a group whose things are not told",
      DIR GROUPS("", GROUP("g") "," GROUP("h")) THINGS("g", THING("s", "g"))
          PARTS("s", PART("1", "s")),
      CELL "pass n=1..\n" },
    { "a thing whose parts are not told",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g") "," THING("t", "g"))
          PARTS("s", ""),
      CELL "unknown n=0.. -part-missing\n" },
    { "a thing of a group that is not listed",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g"))
          THINGS("h", THING("t", "h")) PARTS("s", "") PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "parts of a thing that is not listed",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) PARTS("s", "")
          PARTS("t", ""),
      CELL "unknown n=0.. -parent-unlisted\n" },
    { "two groups that a file's name does not tell apart",
      DIR GROUPS("", GROUP("a/b") "," GROUP("a_b")) THINGS("a_b", THING("s", "a/b"))
          PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two things that it does not tell apart",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("a/b", "g") "," THING("a_b", "g"))
          PARTS("a_b", ""),
      CELL "unknown n=0.. -parents-alike\n" },
    { "a thing that is listed twice",
      DIR GROUPS("", GROUP("g"))
          THINGS("g", THING("s", "g") "," THING("s", "g") "," THING("t", "g"))
              PARTS("s", "") PARTS("t", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "a thing of two groups",
      DIR GROUPS("", GROUP("g") "," GROUP("h"))
          THINGS("g", THING("s", "g") "," THING("t", "g")) THINGS("h", THING("s", "h"))
              PARTS("s", "") PARTS("t", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "a group twice in the listing",
      DIR GROUPS("", GROUP("g") "," GROUP("g") "," GROUP("h"))
          THINGS("g", THING("s", "g")) THINGS("h", "") PARTS("s", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "two answers that list the same things",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g") "," THING("t", "g")) US
      "x-test-list-things--g.json={\"Things\":[" THING("t", "g") "," THING(
          "s", "g") "]}\n" PARTS("s", "") PARTS("t", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "two of which the second lists one less",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g") "," THING("t", "g")) US
      "x-test-list-things--g.json={\"Things\":[" THING("s", "g") "]}\n" PARTS("s", "")
          PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two of which the second lists one more",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) US
      "x-test-list-things--g.json={\"Things\":[" THING("s", "g") "," THING(
          "t", "g") "]}\n" PARTS("s", "") PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two of which the second lists another",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) US
      "x-test-list-things--g.json={\"Things\":[" THING("t", "g") "]}\n" PARTS("s", "")
          PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two of which the second lists another, and another group the first",
      DIR GROUPS("", GROUP("g") "," GROUP("h")) THINGS("g", THING("s", "g"))
          THINGS("h", THING("s", "h")) US
      "x-test-list-things--g.json={\"Things\":[" THING("t", "g") "]}\n" PARTS("s", "")
          PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two of which the second lists another behind the same, and another group the "
      "first",
      DIR GROUPS("", GROUP("g") "," GROUP("h"))
          THINGS("g", THING("r", "g") "," THING("s", "g")) THINGS("h", THING("s", "h"))
              US "x-test-list-things--g.json={\"Things\":[" THING("r", "g") "," THING(
                  "t", "g") "]}\n" PARTS("r", "") PARTS("s", "") PARTS("t", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "things that go on",
      DIR GROUPS("", GROUP("g")) US "test-list-things--g.json={\"Things\":[" THING(
          "s", "g") "],\"NextToken\":\"x\"}\n" PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "things of which one has no id",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g") ",{\"GroupId\":\"g\"}")
          PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "things that break off",
      DIR GROUPS("", GROUP("g")) US
      "test-list-things--g.json={\"Things\":[" THING("s", "g") ",\n" PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n"
           "P cut-off\n" },
    { "an array of things beside them",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) US
      "x.json=[" THING("t", "g") "]\n" PARTS("s", "") PARTS("t", ""),
      CELL "unknown n=0.. -parent-unlisted\n" },
    { "an array of things, of whose parts nothing is told",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) US
      "x-test-list-things--g.json=[" THING("t", "g") "]\n" PARTS("s", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
    { "things without their groups", DIR THINGS("g", THING("s", "g")) PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two lists of groups, one of which is shorter",
      DIR GROUPS("", GROUP("g") "," GROUP("h")) US
      "x-test-list-groups.json={\"Groups\":[" GROUP("g") "]}\n" THINGS(
          "g", THING("s", "g")) THINGS("h", "") PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "the second of which is longer",
      DIR GROUPS("", GROUP("g")) US "x-test-list-groups.json={\"Groups\":[" GROUP(
          "g") "," GROUP("h") "]}\n" THINGS("g", THING("s", "g")) THINGS("h", "")
          PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "no thing of a group that is not listed",
      DIR GROUPS("", GROUP("g")) THINGS("g", THING("s", "g")) THINGS("h", "")
          PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "nor of another, which is read first",
      DIR GROUPS("", GROUP("g")) THINGS("a", "") THINGS("g", THING("s", "g"))
          PARTS("s", ""),
      CELL "unknown n=0.. -parents-unknown\n" },
    { "two lists of groups that say the same",
      DIR GROUPS("", GROUP("g") "," GROUP("h")) US
      "x-test-list-groups.json={\"Groups\":[" GROUP("h") "," GROUP("g") "]}\n" THINGS(
          "g", THING("s", "g")) THINGS("h", "") PARTS("s", ""),
      CELL "fail n=0 +not-narrowed +not-narrowed +not-narrowed\n" },
};

static void of_parents(void **state)
{
    scan_catalog = catalog;
    scan_row(*state, rule);
    scan_catalog = NULL;
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_parents);
    return tests_run("judge_parents", &tests);
}
