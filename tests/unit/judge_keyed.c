/*
 * A rule about each record of a type, which counts the records of answers that are each
 * about one of them: which answers are asked. Files in, findings of one small rule out.
 */
#include "scan_rows.h"

static const char rule[] =
    "format: 1\n"
    "id: r\n"
    "title: t\n"
    "severity: low\n"
    "for_each: AWS::Backup::BackupPlan\n"
    "facts:\n"
    "  n:\n"
    "    from: AWS::Backup::BackupSelection\n"
    "    join: { record: BackupPlanId, resource: BackupPlanId }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: m }\n"
    "  - { result: fail, message: m }\n";

#define A   "123456789012"
#define US  A "/us-east-1/"
#define EU  A "/eu-west-1/"
#define DIR A "/\n" US "\n"
#define PLAN(id)                                                                       \
    "{\"BackupPlanId\":\"" id "\",\"BackupPlanArn\":\"arn:aws:backup:us-east-1:" A     \
    ":backup-plan:" id "\",\"BackupPlanName\":\"n\",\"VersionId\":\"v\","              \
    "\"CreationDate\":1}"
#define TWO                                                                            \
    DIR US "backup-list-backup-plans.json={\"BackupPlansList\":[" PLAN("p") "," PLAN(  \
        "q") "]}\n"
#define SELECTION(plan, id)                                                            \
    "{\"SelectionId\":\"" id "\",\"SelectionName\":\"s\",\"BackupPlanId\":\"" plan     \
    "\",\"CreationDate\":1,\"IamRoleArn\":\"r\"}"
#define SELECTIONS(name, records)                                                      \
    US "backup-list-backup-selections" name                                            \
       ".json={\"BackupSelectionsList\":[" records "]}\n"

static const struct scan_row rows[] = {
    { "each has its own",
      TWO SELECTIONS("--p", SELECTION("p", "1")) SELECTIONS("--q", ""),
      A " us-east-1 p pass n=1 +same-name\n" A
        " us-east-1 q fail n=0 +not-narrowed +not-narrowed\n" },
    { "the answer about one has one of another first",
      TWO SELECTIONS("--p", SELECTION("q", "2") "," SELECTION("p", "1"))
          SELECTIONS("--q", ""),
      A " us-east-1 p pass n=1.. +same-name\n" A
        " us-east-1 q unknown n=0..1 -parent-untold -part-missing -disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "or last",
      TWO SELECTIONS("--p", SELECTION("p", "1") "," SELECTION("q", "2"))
          SELECTIONS("--q", ""),
      A " us-east-1 p pass n=1.. +same-name\n" A
        " us-east-1 q unknown n=0..1 -parent-untold -part-missing -disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "or both of another",
      TWO SELECTIONS("--p", SELECTION("q", "1") "," SELECTION("q", "2"))
          SELECTIONS("--q", ""),
      A " us-east-1 p unknown n=0.. -part-missing -part-missing\n" A
        " us-east-1 q unknown n=0..2 -part-missing -disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "an answer of which it is not told about which it is",
      TWO SELECTIONS("", SELECTION("p", "1") "," SELECTION("q", "2")),
      A " us-east-1 p pass n=1.. +same-name\n" A
        " us-east-1 q pass n=1.. +same-name\n" },
    { "an array of which it is not told",
      TWO US "x.json=[" SELECTION("p", "1") "," SELECTION("q", "2") "]\n",
      A " us-east-1 p pass n=1.. +same-name\n" A
        " us-east-1 q pass n=1.. +same-name\n" },
};

/* Answers about a parent each, whose records may say that they are of another. */
static const char catalog[] =
    "format: 1\n"
    "types:\n"
    "  - type: AWS::Test::Parent\n"
    "    title: parents\n"
    "    level: region\n"
    "    id: ParentId\n"
    "    calls:\n"
    "      - { call: test list-parents, list: Parents, gives: whole }\n"
    "  - type: AWS::Test::Thing\n"
    "    title: things\n"
    "    level: region\n"
    "    id: ThingId\n"
    "    fields: [ParentId, Key]\n"
    "    calls:\n"
    "      - call: test list-things\n"
    "        list: Things\n"
    "        gives: part\n"
    "        parent: { type: AWS::Test::Parent, key: Key, option: --parent-id }\n"
    "      - { call: test list-all, list: AllThings, gives: whole }\n";

static const char things_rule[] =
    "format: 1\n"
    "id: r\n"
    "title: t\n"
    "severity: low\n"
    "for_each: AWS::Test::Parent\n"
    "facts:\n"
    "  n:\n"
    "    from: AWS::Test::Thing\n"
    "    join: { record: ParentId, resource: ParentId }\n"
    "  x:\n"
    "    from: AWS::Test::Thing\n"
    "    join: { record: Key, resource: ParentId }\n"
    "outcomes:\n"
    "  - { result: pass, when: \"n > `0`\", message: m }\n"
    "  - { result: fail, message: m }\n";

#define PARENTS                                                                        \
    DIR US "test-list-parents.json={\"Parents\":[{\"ParentId\":\"p\"},{\"ParentId\":"  \
           "\"q\"}"                                                                    \
           ",{\"ParentId\":\"r\"}]}\n"
#define THING(id, key, parent)                                                         \
    "{\"ThingId\":\"" id "\",\"Key\":\"" key "\",\"ParentId\":\"" parent "\"}"
#define THINGS(name, records)                                                          \
    US "test-list-things--" name ".json={\"Things\":[" records "]}\n"

static const struct scan_row thing_rows[] = {
    { "things of each",
      PARENTS THINGS("p", THING("1", "p", "p")) THINGS("q", THING("2", "q", "q"))
          THINGS("r", ""),
      A " us-east-1 p pass n=1 x=1 +same-name\n" A
        " us-east-1 q pass n=1 x=1 +same-name\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n" },
    { "one of another in the answer about one",
      PARENTS THINGS("p", THING("1", "p", "q")) THINGS("q", "") THINGS("r", ""),
      A " us-east-1 p fail n=0 x=1 +not-narrowed +not-narrowed\n" A
        " us-east-1 q unknown n=0..1 x=0 -disagreement\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "beside its own",
      PARENTS THINGS("p", THING("1", "p", "q") "," THING("2", "p", "p"))
          THINGS("q", THING("3", "q", "q")) THINGS("r", ""),
      A " us-east-1 p pass n=1 x=2 +same-name\n" A
        " us-east-1 q pass n=1 x=1 +same-name\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n" },
    { "behind its own, and two more of others",
      PARENTS THINGS("p", THING("2", "p", "p") "," THING("1", "p", "q") "," THING(
                              "4", "p", "r") "," THING("5", "p", "r"))
          THINGS("q", THING("3", "q", "q")) THINGS("r", ""),
      A " us-east-1 p pass n=1 x=4 +same-name\n" A
        " us-east-1 q pass n=1 x=1 +same-name\n" A
        " us-east-1 r unknown n=0..2 x=0 -disagreement\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "and one that does not say",
      PARENTS THINGS("p", "{\"ThingId\":\"1\",\"Key\":\"p\"}")
          THINGS("q", THING("3", "q", "q")) THINGS("r", ""),
      A " us-east-1 p fail n=0 x=1 +not-narrowed +not-narrowed\n" A
        " us-east-1 q pass n=1 x=1 +same-name\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n" },
    { "in two answers about one",
      PARENTS THINGS("p", THING("1", "p", "q")) THINGS("q", "") THINGS("r", "")
          THINGS("r-2", THING("3", "r", "q")),
      A " us-east-1 p fail n=0 x=1 +not-narrowed +not-narrowed\n" A
        " us-east-1 q unknown n=0..1 x=0 -disagreement\n" A
        " us-east-1 r fail n=0 x=0..1 +not-narrowed +not-narrowed\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "in two answers about one that is not listed",
      PARENTS THINGS("p", THING("1", "p", "p")) THINGS("q", "") THINGS("r", "")
          THINGS("s", THING("3", "s", "q")),
      A " us-east-1 p pass n=1 x=1.. +same-name\n" A
        " us-east-1 q unknown n=0..1 x=0.. -disagreement\n" A
        " us-east-1 r fail n=0 x=0.. +not-narrowed +not-narrowed\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "in two regions, of which the other has it",
      PARENTS THINGS("p", THING("1", "p", "p")) THINGS("q", "") THINGS("r", "") A
      "/eu-west-1/\n" EU
      "test-list-parents.json={\"Parents\":[{\"ParentId\":\"p\"}]}\n" EU
      "test-list-things--p.json={\"Things\":[]}\n",
      A " eu-west-1 p fail n=0 x=0 +not-narrowed +not-narrowed\n" A
        " us-east-1 p pass n=1 x=1 +same-name\n" A
        " us-east-1 q fail n=0 x=0 +not-narrowed +not-narrowed\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n" },
    { "in two regions, of which the other has another",
      PARENTS THINGS("p", THING("1", "p", "q")) THINGS("q", "") THINGS("r", "") A
      "/eu-west-1/\n" EU
      "test-list-parents.json={\"Parents\":[{\"ParentId\":\"q\"}]}\n" EU
      "test-list-things--q.json={\"Things\":[" THING("1", "q", "q") "]}\n",
      A " eu-west-1 q pass n=1 x=1 +same-name\n" A
        " us-east-1 p fail n=0 x=1 +not-narrowed +not-narrowed\n" A
        " us-east-1 q unknown n=0..1 x=0 -disagreement\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
    { "a whole answer beside them",
      PARENTS THINGS("p", THING("1", "p", "p")) THINGS("q", "") THINGS("r", "") US
      "test-list-all.json={\"AllThings\":[" THING("1", "p", "p") "," THING("2", "q",
                                                                           "q") "]}\n",
      A " us-east-1 p pass n=1 x=1 +same-name\n" A
        " us-east-1 q unknown n=0..1 x=0..1 -disagreement\n" A
        " us-east-1 r fail n=0 x=0 +not-narrowed +not-narrowed\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n"
        "P disagreement\n" },
};

static void of_things(void **state)
{
    scan_catalog = catalog;
    scan_row(*state, things_rule);
    scan_catalog = NULL;
}

static void of_parts(void **state)
{
    scan_row(*state, rule);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_parts);
    TESTS_ADD_ROWS(&tests, thing_rows, of_things);
    return tests_run("judge_keyed", &tests);
}
