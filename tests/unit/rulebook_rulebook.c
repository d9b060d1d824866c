#include "tree.h"

#include "rulebook/embedded.h"
#include "rulebook/rulebook.h"

/* A good rule of the id NAME; it reads the type TYPE. */
#define RULE(name, type)                                                               \
    "format: 1\nid: " name "\ntitle: t\nseverity: low\nfor_each: region\n"             \
    "facts: { n: { from: \"" type "\" } }\n"                                           \
    "outcomes: [{ result: fail, message: \"{n}\" }]\n"                                 \
    "tests: [{ name: t, evidence: {}, expect: unknown }]\n"
#define SNAPSHOTS "AWS::RDS::DBSnapshot"
#define CATALOG(type)                                                                  \
    "format: 1\ntypes:\n  - type: " type "\n    title: things\n    level: region\n"    \
    "    id: ThingId\n    calls:\n"                                                    \
    "      - { call: mine list-things, list: MyThings, gives: whole }\n"

enum { FILES_MAX = 6, PATHS_MAX = 4 };

struct file {
    const char *path, *text; /* text NULL: a folder; "-> X": a link to X */
};

static const struct row {
    const char *name;
    struct file files[FILES_MAX];
    const char *paths[PATHS_MAX];
    const char *select[PATHS_MAX]; /* what begins with ! is skipped */
    const char *printed; /* the ids and where they are from, or the mistakes */
    bool with_builtin;
} rows[] = {
    { "no path and no built-in rule: no rule", { { 0 } }, { 0 }, { 0 }, "", false },
    { "a file",
      { { "a.yaml", RULE("a", SNAPSHOTS) } },
      { "a.yaml" },
      { 0 },
      "a a.yaml\n",
      false },
    { "rules stand in the order of their ids, whatever the paths' order",
      { { "b.yaml", RULE("b", SNAPSHOTS) },
        { "a.yml", RULE("a", SNAPSHOTS) },
        { "B.yaml", RULE("B", SNAPSHOTS) } },
      { "b.yaml", "B.yaml", "a.yml" },
      { 0 },
      "B B.yaml\na a.yml\nb b.yaml\n",
      false },
    { "a folder's rules, and nothing else of it",
      { { "f", NULL },
        { "f/a.yaml", RULE("a", SNAPSHOTS) },
        { "f/b.yml", RULE("b", SNAPSHOTS) },
        { "f/README.md", "no rule" },
        { "f/.c.yaml", "no rule" },
        { "f/below", NULL } },
      { "f/" },
      { 0 },
      "a f/a.yaml\nb f/b.yml\n",
      false },
    { "a folder below is not entered",
      { { "f", NULL },
        { "f/below", NULL },
        { "f/below/a.yaml", RULE("a", SNAPSHOTS) } },
      { "f" },
      { 0 },
      "f:0:0: the folder holds no rule: expected files that end in .yaml\n",
      false },
    { "a catalog in a folder adds types, for the rules of every path",
      { { "a.yaml", RULE("a", "My::Thing") },
        { "f", NULL },
        { "f/catalog.yaml", CATALOG("My::Thing") },
        { "f/b.yaml", RULE("b", "My::Thing") } },
      { "a.yaml", "f" },
      { 0 },
      "a a.yaml\nb f/b.yaml\n",
      false },
    { "a catalog may be named, too",
      { { "a.yaml", RULE("a", "My::Thing") },
        { "catalog.yaml", CATALOG("My::Thing") } },
      { "a.yaml", "./catalog.yaml" },
      { 0 },
      "a a.yaml\n",
      false },
    { "a folder with a catalog alone holds no rule",
      { { "f", NULL }, { "f/catalog.yaml", CATALOG("My::Thing") } },
      { "f" },
      { 0 },
      "f:0:0: the folder holds no rule: expected files that end in .yaml\n",
      false },
    { "the same id twice names both paths",
      { { "f", NULL },
        { "f/a.yaml", RULE("a", SNAPSHOTS) },
        { "a.yaml", RULE("a", SNAPSHOTS) } },
      { "f", "a.yaml" },
      { 0 },
      "a.yaml:2:5: the rule 'a' is in f/a.yaml, too: an id is one rule's\n",
      false },
    { "of a folder, the later name is the one too many",
      { { "f", NULL },
        { "f/a.yml", RULE("a", SNAPSHOTS) },
        { "f/a.yaml", RULE("a", SNAPSHOTS) } },
      { "f" },
      { 0 },
      "f/a.yml:2:5: the rule 'a' is in f/a.yaml, too: an id is one rule's\n",
      false },
    { "the same path twice",
      { { "a.yaml", RULE("a", SNAPSHOTS) } },
      { "a.yaml", "a.yaml" },
      { 0 },
      "a.yaml:2:5: the rule 'a' is in a.yaml, too: an id is one rule's\n",
      false },
    { "a built-in rule's id is taken",
      { { "Backup-001.yaml", RULE("Backup-001", SNAPSHOTS) } },
      { "Backup-001.yaml" },
      { 0 },
      "Backup-001.yaml:2:5: the rule 'Backup-001' is in rules/Backup-001.yaml, too: an "
      "id is one rule's\n",
      true },
    { "without the built-in rules it is not",
      { { "Backup-001.yaml", RULE("Backup-001", SNAPSHOTS) } },
      { "Backup-001.yaml" },
      { 0 },
      "Backup-001 Backup-001.yaml\n",
      false },
    { "the selected rules are kept",
      { { "a.yaml", RULE("a", SNAPSHOTS) },
        { "b.yaml", RULE("b", SNAPSHOTS) },
        { "c.yaml", RULE("c", SNAPSHOTS) } },
      { "a.yaml", "b.yaml", "c.yaml" },
      { "c", "a", "c" },
      "a a.yaml\nc c.yaml\n",
      false },
    { "what is skipped is left out",
      { { "a.yaml", RULE("a", SNAPSHOTS) },
        { "b.yaml", RULE("b", SNAPSHOTS) },
        { "c.yaml", RULE("c", SNAPSHOTS) } },
      { "a.yaml", "b.yaml", "c.yaml" },
      { "!c", "!a" },
      "b b.yaml\n",
      false },
    { "selected or not",
      { { "a.yaml", RULE("a", SNAPSHOTS) }, { "b.yaml", RULE("b", SNAPSHOTS) } },
      { "a.yaml", "b.yaml" },
      { "a", "b", "!a" },
      "b b.yaml\n",
      false },
    { "an id that is not there to be skipped is a mistake",
      { { "first-rule.yaml", RULE("first-rule", SNAPSHOTS) } },
      { "first-rule.yaml" },
      { "!first-rul" },
      "--skip:0:0: there is no rule 'first-rul' (did you mean 'first-rule'?)\n",
      false },
    { "an id that is not there is a mistake",
      { { "first-rule.yaml", RULE("first-rule", SNAPSHOTS) } },
      { "first-rule.yaml" },
      { "first-rul", "x" },
      "--select:0:0: there is no rule 'first-rul' (did you mean 'first-rule'?)\n"
      "--select:0:0: there is no rule 'x'\n",
      false },
    { "a rule that is wrong is there all the same",
      { { "a.yaml", "format: 1\n" RULE("a", SNAPSHOTS) } },
      { "a.yaml" },
      { "a" },
      "a.yaml:2:1: the key 'format' is here twice: first on line 1\n",
      false },
    { "every file's mistakes are said",
      { { "a.yaml", RULE("a", "My::Thing") }, { "b.yaml", RULE("a", SNAPSHOTS) } },
      { "nowhere", "a.yaml", "b.yaml", "a.json" },
      { 0 },
      "a.json:0:0: cannot be read: No such file or directory\n"
      "a.yaml:6:21: the catalog has no type 'My::Thing'\n"
      "b.yaml:2:5: 'a' is not the file's name: write 'b', or rename the file to "
      "'a.yaml'\n"
      "nowhere:0:0: cannot be read: No such file or directory\n",
      false },
    { "a file of another kind is no rule",
      { { "a.json", "{}" } },
      { "a.json" },
      { 0 },
      "a.json:0:0: expected a folder, or a file that ends in .yaml\n",
      false },
    { "a link to what is not there",
      { { "f", NULL }, { "f/a.yaml", "-> nowhere" } },
      { "f" },
      { 0 },
      "f/a.yaml:0:0: cannot be opened: No such file or directory\n",
      false },
    { "a folder named as a rule's file is no file",
      { { "f", NULL }, { "f/a.yaml", NULL } },
      { "f" },
      { 0 },
      "f/a.yaml:0:0: is a folder; expected a file\n",
      false },
};

static void write_files(const struct file *files)
{
    for (size_t i = 0; i < FILES_MAX && files[i].path != NULL; i++) {
        FILE *file;

        if (files[i].text == NULL) {
            assert_int_equal(mkdir(files[i].path, 0777), 0);
            continue;
        }
        if (strncmp(files[i].text, "-> ", 3) == 0) {
            assert_int_equal(symlink(files[i].text + 3, files[i].path), 0);
            continue;
        }
        file = fopen(files[i].path, "w");
        assert_non_null(file);
        fputs(files[i].text, file);
        assert_int_equal(fclose(file), 0);
    }
}

static size_t count_of(const char *const *items)
{
    size_t count = 0;

    while (count < PATHS_MAX && items[count] != NULL)
        count++;
    return count;
}

static struct str print(struct arena *arena, const struct rulebook *book,
                        struct mistakes *mistakes)
{
    struct buf buf = BUF_EMPTY(arena);

    mistakes_sort(mistakes);
    for (size_t i = 0; i < mistakes->count; i++)
        buf_printf(&buf, "%s:%zu:%zu: %s\n", mistakes->items[i].path,
                   mistakes->items[i].line, mistakes->items[i].column,
                   mistakes->items[i].message);
    for (size_t i = 0; book != NULL && i < book->count; i++)
        buf_printf(&buf, "%.*s %s\n", STR_ARG(book->rules[i]->id),
                   book->rules[i]->path);
    return buf_str(&buf);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str paths[PATHS_MAX], select[PATHS_MAX], skip[PATHS_MAX];
    struct rulebook_wanted wanted = {
        .paths = { paths, 0 },
        .no_builtin = !row->with_builtin,
        .select = { select, 0 },
        .skip = { skip, 0 },
    };
    const struct rulebook *book;
    struct tree tree;

    for (size_t i = 0; i < count_of(row->select); i++) {
        if (row->select[i][0] == '!')
            skip[wanted.skip.count++] = str_from(row->select[i] + 1);
        else
            select[wanted.select.count++] = str_from(row->select[i]);
    }
    for (size_t i = 0; i < count_of(row->paths); i++)
        paths[wanted.paths.count++] = str_from(row->paths[i]);
    tree_make(&tree, "");
    write_files(row->files);
    book = rulebook_load(&arena, &wanted, &mistakes);
    tree_remove(&tree);
    assert_string_equal(print(&arena, book, &mistakes).text, row->printed);
    assert_true((book == NULL) == (mistakes.error_count > 0));
    assert_true(mistakes.is_unread == (strstr(row->printed, "cannot be ") != NULL));
    arena_release(&arena);
}

static bool has_test_of(const struct rule *rule, enum result result)
{
    for (size_t i = 0; i < rule->test_count; i++)
        for (size_t j = 0; j < rule->tests[i].expect_count; j++)
            if (rule->tests[i].expects[j].result == result)
                return true;
    return false;
}

static void the_built_in_rules_are_right(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rulebook_wanted wanted = { 0 };
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);

    (void)state;
    assert_string_equal(print(&arena, NULL, &mistakes).text, "");
    assert_non_null(book);
    assert_int_equal(book->count, embedded_rule_count);
    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];

        assert_true(rule->builtin);
        assert_int_equal(rule->is_off, rule->pack.len > 0);
        assert_true(rule->references.count > 0);
        assert_true(rule->description.len > 0 && rule->remediation.len > 0);
        for (size_t j = 0; j < rule->outcome_count; j++)
            assert_true(has_test_of(rule, rule->outcomes[j].result) ||
                        rule->outcomes[j].result == RESULT_NOT_APPLICABLE);
        assert_true(rule->is_off || has_test_of(rule, RESULT_UNKNOWN));
    }
    arena_release(&arena);
}

static const struct judge_row {
    const char *name;
    const char *id;                    /* of the user's rule */
    const char *select, *skip, *param; /* or NULL */
    const char *printed;               /* the mistakes */
    size_t count;                      /* rules; 0 if there are mistakes */
} judge_rows[] = {
    { "all", "a", NULL, NULL, NULL, "", 2 },
    { "a built-in rule that is selected", "a", "Backup-001", NULL, NULL, "", 1 },
    { "one that is not", "a", "a", NULL, NULL, "", 1 },
    { "one that is skipped", "a", NULL, "Backup-001", NULL, "", 1 },
    { "its parameters are still checked: a right one", "a", NULL, "Backup-001",
      "Backup-001.without_databases=fail", "", 1 },
    { "its parameters are still checked: a wrong one", "a", NULL, "Backup-001",
      "Backup-001.with=fail",
      "--param:0:0: 'Backup-001.with=fail': the rule 'Backup-001' has no parameter "
      "'with' (did you mean 'without_databases'?)\n",
      0 },
    { "a parameter without a value", "a", NULL, NULL, "a.b",
      "--param:0:0: 'a.b': expected ID.NAME=VALUE, such as "
      "Backup-001.without_databases=not_applicable\n",
      0 },
    { "a parameter of a rule that is not there", "a", "a", NULL, "x.y=1",
      "--param:0:0: 'x.y=1': there is no rule 'x'\n", 0 },
    { "its id is still taken", "Backup-001", NULL, "Backup-001", NULL,
      "Backup-001.yaml:2:5: the rule 'Backup-001' is in rules/Backup-001.yaml, too: an "
      "id is one rule's\n",
      0 },
};

/* A run reads of the built-in rules what it needs, and of all others everything. */
static void judge_test(void **state)
{
    const struct judge_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const char *path = arena_printf(&arena, "%s.yaml", row->id);
    const char *rule = arena_printf(&arena, RULE("%s", SNAPSHOTS), row->id);
    struct str texts[] = { str_from(path), str_from(row->select), str_from(row->skip),
                           str_from(row->param) };
    const struct rulebook_wanted wanted = {
        .paths = { &texts[0], 1 },
        .select = { &texts[1], row->select != NULL },
        .skip = { &texts[2], row->skip != NULL },
        .params = { &texts[3], row->param != NULL },
        .to_judge = true,
    };
    const struct rulebook *book;
    struct tree tree;

    tree_make(&tree, "");
    tree_write(path, rule, strlen(rule));
    book = rulebook_load(&arena, &wanted, &mistakes);
    tree_remove(&tree);
    assert_string_equal(print(&arena, NULL, &mistakes).text, row->printed);
    assert_int_equal(book != NULL ? book->count : 0, row->count);
    for (size_t i = 0; book != NULL && i < book->count; i++)
        assert_int_equal(book->rules[i]->test_count, book->rules[i]->builtin ? 0 : 1);
    arena_release(&arena);
}

static void a_parameter_is_set_once(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str texts[] = { STR("Backup-001.without_databases=fail"),
                           STR("Backup-001.without_databases=pass") };
    const struct rulebook_wanted wanted = { .params = { texts, COUNT_OF(texts) },
                                            .to_judge = true };

    (void)state;
    assert_null(rulebook_load(&arena, &wanted, &mistakes));
    assert_string_equal(
        print(&arena, NULL, &mistakes).text,
        "--param:0:0: 'Backup-001.without_databases=pass': the parameter "
        "'without_databases' is set twice\n");
    arena_release(&arena);
}

/* Which of the rules that are built in a run judges by: Backup-001, which is on, and
 * RDS-002 of the pack conformity. */
static const struct keep_row {
    const char *name;
    const char *select, *skip, *pack; /* or NULL */
    const char *kept;                 /* of the two, or the mistake */
} keep_rows[] = {
    { "what is on", NULL, NULL, NULL, "Backup-001" },
    { "a pack is added", NULL, NULL, "conformity", "Backup-001 RDS-002" },
    { "to what is selected", "Backup-00?", NULL, "conformity", "Backup-001 RDS-002" },
    { "an id", "RDS-002", NULL, NULL, "RDS-002" },
    { "a pattern of ids", "RDS-0*", NULL, NULL, "RDS-002" },
    { "a pattern is of the whole id", "*DS-0", NULL, NULL,
      "--select:0:0: no rule has an id like '*DS-0'\n" },
    { "and has its case", "rds-00?", NULL, NULL,
      "--select:0:0: no rule has an id like 'rds-00?'\n" },
    { "and is of no tag", "retentio?", NULL, NULL,
      "--select:0:0: no rule has an id like 'retentio?'\n" },
    { "a tag", "retention", NULL, NULL, "RDS-002" },
    { "a pack is a tag", "conformity", NULL, NULL, "RDS-002" },
    { "all", "*", NULL, NULL, "Backup-001 RDS-002" },
    { "but what is skipped by a pattern", "*", "Backup*", NULL, "RDS-002" },
    { "by its tag", "*", "retention", NULL, "Backup-001" },
    { "or by its pack, that was asked for", NULL, "conformity", "conformity",
      "Backup-001" },
    { "a pack that is not there", NULL, NULL, "conformty",
      "--pack:0:0: there is no pack 'conformty' (did you mean 'conformity'?)\n" },
    { "nor what rules of no pack have", NULL, NULL, "",
      "--pack:0:0: there is no pack ''\n" },
    { "a tag is no pack", NULL, NULL, "retention",
      "--pack:0:0: there is no pack 'retention'\n" },
    { "a pattern of what is skipped that nothing is like", NULL, "x*", NULL,
      "--skip:0:0: no rule has an id like 'x*'\n" },
};

static void keep_test(void **state)
{
    const struct keep_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str words[] = { str_from(row->select), str_from(row->skip),
                           str_from(row->pack) };
    const struct rulebook_wanted wanted = {
        .select = { &words[0], row->select != NULL },
        .skip = { &words[1], row->skip != NULL },
        .packs = { &words[2], row->pack != NULL },
        .to_judge = true,
    };
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);
    struct buf kept = BUF_EMPTY(&arena);

    for (size_t i = 0; book != NULL && i < book->count; i++) {
        struct str id = book->rules[i]->id;

        if (str_equal(id, STR("Backup-001")) || str_equal(id, STR("RDS-002")))
            buf_printf(&kept, "%s%.*s", kept.len > 0 ? " " : "", STR_ARG(id));
        else
            assert_true(book->rules[i]->is_off);
        assert_int_equal(book->rules[i]->test_count, 0); /* nobody reads them */
        assert_true(book->rules[i]->outcome_count > 0);
    }
    assert_string_equal(book != NULL ? buf_str(&kept).text
                                     : print(&arena, NULL, &mistakes).text,
                        row->kept);
    if (row->select == NULL && row->pack == NULL && book != NULL)
        assert_int_equal(book->count, 1);
    arena_release(&arena);
}

static void backup_001_is_the_published_rule(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str select = STR("Backup-001");
    const struct rulebook_wanted wanted = { .select = { &select, 1 } };
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);
    const struct fact *managed;

    (void)state;
    assert_non_null(book);
    assert_int_equal(book->count, 1);
    assert_int_equal(book->rules[0]->severity, SEVERITY_LOW);
    assert_string_equal(book->rules[0]->path, "rules/Backup-001.yaml");
    managed = rule_fact(book->rules[0], STR("managed"));
    assert_non_null(managed);
    assert_true(managed->accepts_filtered);
    assert_true(str_equal(managed->type->name, STR("AWS::RDS::DBSnapshot")));
    assert_true(str_equal(managed->where_text, STR("(SnapshotType==`awsbackup`)")));
    arena_release(&arena);
}

static void without_the_built_in_rules_the_catalog_stays(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    const struct rulebook_wanted wanted = { .no_builtin = true };
    const struct rulebook *book = rulebook_load(&arena, &wanted, &mistakes);

    (void)state;
    assert_non_null(book);
    assert_int_equal(book->count, 0);
    assert_non_null(catalog_type(book->catalog, STR("AWS::RDS::DBSnapshot")));
    arena_release(&arena);
}

static void a_run_has_at_most_so_many_rules(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str *paths = arena_array(&arena, RULEBOOK_RULES_MAX + 2, struct str);
    const struct rulebook_wanted wanted = { .paths = { paths, RULEBOOK_RULES_MAX + 2 },
                                            .no_builtin = true };
    struct tree tree;

    (void)state;
    for (size_t i = 0; i < wanted.paths.count; i++)
        paths[i] = i < RULEBOOK_RULES_MAX ? STR("empty.yaml") : STR("more.yaml");
    tree_make(&tree, "empty.yaml=\nmore.yaml=\n");
    assert_null(rulebook_load(&arena, &wanted, &mistakes));
    tree_remove(&tree);
    assert_string_equal(mistakes.items[0].path, "more.yaml");
    assert_string_equal(mistakes.items[0].message,
                        "too many rules: a run has at most 10000");
    assert_int_equal(mistakes.error_count, 1 + RULEBOOK_RULES_MAX);
    arena_release(&arena);
}

static void a_file_has_at_most_so_many_bytes(void **state)
{
    static char text[YAML_BYTES_MAX + 1];
    struct arena arena = ARENA_EMPTY;
    struct mistakes mistakes = MISTAKES_EMPTY(&arena);
    struct str path = STR("a.yaml");
    const struct rulebook_wanted wanted = { .paths = { &path, 1 } };
    struct tree tree;

    (void)state;
    memset(text, '#', sizeof text);
    tree_make(&tree, "");
    tree_write("a.yaml", text, sizeof text);
    assert_null(rulebook_load(&arena, &wanted, &mistakes));
    tree_remove(&tree);
    assert_string_equal(print(&arena, NULL, &mistakes).text,
                        "a.yaml:0:0: holds more than 1048576 bytes, the most that is "
                        "read\n");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, judge_rows, judge_test);
    TESTS_ADD(&tests, a_parameter_is_set_once);
    TESTS_ADD_ROWS(&tests, keep_rows, keep_test);
    TESTS_ADD(&tests, the_built_in_rules_are_right);
    TESTS_ADD(&tests, backup_001_is_the_published_rule);
    TESTS_ADD(&tests, without_the_built_in_rules_the_catalog_stays);
    TESTS_ADD(&tests, a_run_has_at_most_so_many_rules);
    TESTS_ADD(&tests, a_file_has_at_most_so_many_bytes);
    return tests_run("rulebook_rulebook", &tests);
}
