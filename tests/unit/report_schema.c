/* report.schema.json lists the words that reports are made of: they are the program's.
 */

#include "base/str.h"
#include "gather/codes.h"
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

static void has_the_words(void **item)
{
    const struct row *row = *item;
    struct arena arena = ARENA_EMPTY;
    struct words own = { .count = 0 }, theirs = { .count = 0 };
    json_error_t error;
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (schema == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
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
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, NULL), *item;
    size_t found = 0, index;

    (void)state;
    assert_non_null(schema);
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
    TESTS_ADD(&tests, a_break_is_named_alike);
    return tests_run("report_schema", &tests);
}
