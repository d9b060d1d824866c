/* report.schema.json has the members of the tables that reports are written from, and
 * the words that they are made of. */

#include "base/str.h"
#include "gather/codes.h"
#include "records_open.h"
#include "report/members.h"
#include "report/report.h"
#include "rows.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = "analyzer/report/report.schema.json";

enum { WORDS_OF_ROW_MAX = CODE_COUNT + 1 };

static const struct {
    const char *name;
    unsigned uses;
    const char *meaning;
} codes[] = {
#define MORE(id, of, uses, sentence)
#define CODE(id, name, uses, meaning, sentence) { name, (uses), meaning },
#include "gather/codes.def"
};

static const char *code_of_use(int index, unsigned use)
{
    return (codes[index].uses & use) != 0 ? codes[index].name : "";
}

/* Each: a word, "" for one that reports of this kind do not have. */
static const char *reason_code_name(int index)
{
    return code_of_use(index, OF_REASON);
}

static const char *problem_code_name(int index)
{
    return code_of_use(index, OF_PROBLEM);
}

static const char *assumption_code_name(int index)
{
    return code_of_use(index, OF_ASSUMPTION);
}

static const char *result(int index)
{
    return result_name((enum result)index);
}

static const char *severity(int index)
{
    return severity_name((enum severity)index);
}

static const char *state(int index)
{
    return state_name((enum document_state)index);
}

static const char *told(int index)
{
    return index != TOLD_NOT ? told_name((enum told)index) : "";
}

static const char *protection(int index)
{
    return protection_state_name((enum protection_state)index);
}

static const struct row {
    const char *name;
    const char *places[4]; /* where the schema has them: some here, some there */
    int count;
    const char *(*word)(int index);
} rows[] = {
    { "codes of reasons", { "reason_code" }, CODE_COUNT, reason_code_name },
    { "codes of problems", { "problem_code" }, CODE_COUNT, problem_code_name },
    { "codes of assumptions", { "assumption_code" }, CODE_COUNT, assumption_code_name },
    { "results", { "result" }, RESULT_COUNT, result },
    { "severities", { "severity" }, SEVERITY_COUNT, severity },
    { "states of documents", { "document.state" }, STATE_COUNT, state },
    { "how a type, an account and a region are told",
      { "document.told.type", "document.told.account", "document.told.region" },
      TOLD_COUNT,
      told },
    { "states of databases", { "protection_state" }, PROTECTION_COUNT, protection },
};

struct words {
    const char *items[WORDS_OF_ROW_MAX];
    size_t count;
};

static void add_word(struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return;
    assert_true(words->count < WORDS_OF_ROW_MAX);
    words->items[words->count++] = word;
}

/* A definition by its name, and by names behind dots a member of a member. */
static const json_t *find(const json_t *schema, const char *place, struct arena *arena)
{
    const json_t *node = json_object_get(schema, "$defs");
    struct str rest = str_from(place);
    bool is_member = false;

    while (rest.len > 0) {
        size_t dot = str_find(rest, STR(".")), end = dot != SIZE_MAX ? dot : rest.len;

        if (is_member)
            node = json_object_get(node, "properties");
        node = json_object_get(node, str_copy(arena, str_slice(rest, 0, end)).text);
        assert_non_null(node);
        is_member = true;
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
    }
    return node;
}

static void add_words_at(struct words *words, const json_t *node)
{
    const json_t *list = json_object_get(node, "enum");
    size_t index;
    json_t *item;

    if (list != NULL) {
        json_array_foreach(list, index, item) add_word(words, json_string_value(item));
        return;
    }
    json_array_foreach(json_object_get(node, "anyOf"), index,
                       item) if (json_object_get(item, "const") != NULL)
        add_word(words, json_string_value(json_object_get(item, "const")));
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorted, a word a line. */
static const char *lines(struct words *words, struct arena *arena)
{
    struct buf buf = BUF_EMPTY(arena);

    qsort(words->items, words->count, sizeof words->items[0], compare);
    for (size_t i = 0; i < words->count; i++)
        buf_printf(&buf, "%s\n", words->items[i]);
    return buf_str(&buf).text;
}

static json_t *load(void)
{
    json_error_t error;
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (schema == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    return schema;
}

static void has_the_words(void **item)
{
    const struct row *row = *item;
    struct arena arena = ARENA_EMPTY;
    struct words own = { .count = 0 }, theirs = { .count = 0 };
    json_t *schema = load();

    for (int i = 0; i < row->count; i++)
        if (row->word(i)[0] != '\0')
            add_word(&own, row->word(i));
    for (size_t i = 0; row->places[i] != NULL; i++)
        add_words_at(&theirs, find(schema, row->places[i], &arena));
    assert_true(own.count > 0);
    assert_string_equal(lines(&theirs, &arena), lines(&own, &arena));
    json_decref(schema);
    arena_release(&arena);
}

/* Of each kind of code: the schema says what the table does. */
static void codes_have_their_meaning(void **state)
{
    static const char *const places[] = { "reason_code", "problem_code",
                                          "assumption_code" };
    struct arena arena = ARENA_EMPTY;
    json_t *schema = load(), *item;
    size_t found = 0, index;

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const json_t *list = json_object_get(find(schema, places[i], &arena), "anyOf");

        json_array_foreach(list, index, item)
        {
            const char *word = json_string_value(json_object_get(item, "const"));

            for (int code = 0; code < CODE_COUNT; code++) {
                if (strcmp(codes[code].name, word) != 0)
                    continue;
                assert_string_equal(
                    json_string_value(json_object_get(item, "description")),
                    codes[code].meaning);
                found++;
            }
        }
    }
    assert_true(found > CODE_COUNT);
    json_decref(schema);
    arena_release(&arena);
}

/* ---- tables ---- */

static const struct report_row {
    const char *name, *place;
    const struct members *members;
} report_rows[] = {
    { "the members of the report of a scan", "scan_report", &scan_report_members },
    { "the members of the report of evidence", "evidence_report",
      &evidence_report_members },
};

struct checking {
    struct arena arena;
    const json_t *schema;
};

static const json_t *resolve(struct checking *checking, const json_t *node)
{
    static const struct str start = { "#/$defs/", sizeof "#/$defs/" - 1 };
    const char *reference = json_string_value(json_object_get(node, "$ref"));

    if (reference == NULL)
        return node;
    assert_true(str_starts_with(str_from(reference), start));
    return find(checking->schema, reference + start.len, &checking->arena);
}

static void add_types(struct checking *checking, struct words *types,
                      const json_t *given)
{
    const json_t *node = resolve(checking, given);
    const json_t *type = json_object_get(node, "type");
    size_t index;
    json_t *item;

    json_array_foreach(type, index, item) add_word(types, json_string_value(item));
    if (json_is_string(type))
        add_word(types, json_string_value(type));
    if (json_is_string(json_object_get(node, "const")) ||
        json_is_string(json_array_get(json_object_get(node, "enum"), 0)))
        add_word(types, "string");
    json_array_foreach(json_object_get(node, "anyOf"), index, item)
        add_types(checking, types, item);
}

/* What a member of the kind may be by the schema: all of it, or "string" at least. */
static const char *types_of(enum member_kind kind)
{
    switch (kind) {
    case MEMBER_TEXT:
    case MEMBER_STRING:
    case MEMBER_WORD:
    case MEMBER_FIXED:
        return "string\n";
    case MEMBER_FLAG:
        return "boolean\n";
    case MEMBER_NUMBER:
        return "integer\n";
    case MEMBER_PLACE:
        return "integer\nnull\n";
    case MEMBER_OBJECT:
        return "object\n";
    case MEMBER_TEXTS:
    case MEMBER_LIST:
    case MEMBER_LINKS:
        return "array\n";
    case MEMBER_MADE:
        return "";
    }
    return "";
}

static void check_types(struct checking *checking, const struct member *member,
                        const json_t *node)
{
    struct words types = { .count = 0 };
    const char *wanted = types_of(member->kind), *found;

    add_types(checking, &types, node);
    found = lines(&types, &checking->arena);
    if (member->kind == MEMBER_OBJECT && member->has_owner &&
        strcmp(found, "null\nobject\n") == 0)
        wanted = found; /* of what may not be there */
    if (strstr(found, wanted) == NULL ||
        (strcmp(wanted, "string\n") != 0 && wanted[0] != '\0' &&
         strcmp(found, wanted) != 0))
        fail_msg("%s: the schema has %s, the table %s", member->key, found, wanted);
}

/* Of an object: the keys in their order, and the same of those that are always there.
 */
static void check_keys(struct checking *checking, const struct members *members,
                       const json_t *node)
{
    struct buf own = BUF_EMPTY(&checking->arena), theirs = BUF_EMPTY(&checking->arena);
    const char *key;
    size_t index;
    json_t *value;

    for (size_t i = 0; i < members->count; i++)
        buf_printf(&own, "%s\n", members->rows[i].key);
    json_object_foreach(json_object_get(node, "properties"), key, value)
        buf_printf(&theirs, "%s\n", key);
    assert_string_equal(buf_str(&theirs).text, buf_str(&own).text);
    buf_clear(&own);
    buf_clear(&theirs);
    for (size_t i = 0; i < members->count; i++)
        if (!members->rows[i].is_optional)
            buf_printf(&own, "%s\n", members->rows[i].key);
    json_array_foreach(json_object_get(node, "required"), index, value)
        buf_printf(&theirs, "%s\n", json_string_value(value));
    assert_string_equal(buf_str(&theirs).text, buf_str(&own).text);
}

static void check_members(struct checking *checking, const struct members *members,
                          const json_t *given)
{
    const json_t *node = resolve(checking, given);

    check_keys(checking, members, node);
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->rows[i];
        const json_t *value =
            resolve(checking,
                    json_object_get(json_object_get(node, "properties"), member->key));

        check_types(checking, member, value);
        if (json_object_get(value, "items") != NULL)
            value = json_object_get(value, "items");
        else if (json_is_object(json_object_get(value, "additionalProperties")))
            value = json_object_get(value, "additionalProperties");
        else if (member->kind == MEMBER_OBJECT &&
                 json_object_get(value, "anyOf") != NULL)
            value = json_array_get(json_object_get(value, "anyOf"), 1); /* or null */
        if (member->of != NULL)
            check_members(checking, member->of, value);
    }
}

static void has_the_members(void **item)
{
    const struct report_row *row = *item;
    json_t *schema = load();
    struct checking checking = { ARENA_EMPTY, schema };

    check_members(&checking, row->members, find(schema, row->place, &checking.arena));
    json_decref(schema);
    arena_release(&checking.arena);
}

static void a_break_is_named_alike(void **item)
{
    (void)item;
    for (int damage = DAMAGE_NONE + 1; damage < DAMAGE_COUNT; damage++) {
        const struct reason reason = { .sentence =
                                           sentence_of_damage((enum damage)damage) };

        assert_string_equal(code_name(reason_code(&reason)),
                            damage_name((enum damage)damage));
        assert_true(reason_may_be(&reason, OF_REASON));
        assert_true(reason_may_be(&reason, OF_PROBLEM));
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, has_the_words);
    TESTS_ADD(&tests, codes_have_their_meaning);
    TESTS_ADD_ROWS(&tests, report_rows, has_the_members);
    TESTS_ADD(&tests, a_break_is_named_alike);
    return tests_run("report_schema", &tests);
}
