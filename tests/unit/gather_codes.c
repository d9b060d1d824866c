#include "gather/codes.h"
#include "rows.h"

#include <string.h>

#define PATH_AND_COUNT                                                                 \
    {                                                                                  \
        .sentence = SAY_DUPLICATE_KEY, .path = "in/x.json", .count = 3                 \
    }

#define FAILURE(of, by)                                                                \
    (&(const struct failure){ .code = { of, 1 }, .denied = { .actor = { by, 1 } } })

static const struct text_row {
    const char *name;
    struct reason reason;
    const char *text, *advice; /* NULL: the same */
} text_rows[] = {
    { "a sentence without arguments",
      { .sentence = SAY_TOKEN },
      "it carries a token: more pages follow",
      NULL },
    { "a number", PATH_AND_COUNT, "in/x.json: 3 of its records have a key twice",
      NULL },
    { "texts in their order",
      { .sentence = SAY_PART_MISSING, .texts = { { "a b", 3 }, { "p", 1 } } },
      "no complete answer of 'aws a b' for p",
      NULL },
    { "what may be left out, and is",
      { .sentence = SAY_MISSING, .texts = { { "plans", 5 } } },
      "no listing of plans",
      NULL },
    { "what may be left out, and is not",
      { .sentence = SAY_MISSING, .texts = { { "plans", 5 }, { "us-east-1", 9 } } },
      "no listing of plans in us-east-1",
      NULL },
    { "a number that may be left out, and is",
      { .sentence = SAY_MORE },
      "and more reasons of these kinds",
      NULL },
    { "a number that may be left out, and is not",
      { .sentence = SAY_MORE, .count = 7 },
      "and 7 more reasons of these kinds",
      NULL },
    { "arguments behind what is left out, and advice",
      { .sentence = SAY_CUT_OFF, .texts = { { "it ends", 7 } } },
      "it ends",
      "it ends: what follows was not read" },
    { "a mark of the table that is not one",
      { .sentence = SAY_NOT_JSON_BEFORE, .texts = { { "'x'", 3 } }, .count = 2 },
      "text stands before the JSON, which begins at byte 2 ('x'): see where it comes "
      "from (the shell's start file, a warning, 2>&1), and collect it again, or delete "
      "it",
      NULL },
    { "all texts that there may be",
      { .sentence = SAY_CLI_ERROR,
        .texts = { { "a", 1 }, { "b", 1 }, { "c", 1 }, { "d", 1 } } },
      "the AWS CLI's error text, not an answer: a; b; c beside it says: d",
      NULL },
    { "a NUL in evidence's text",
      { .sentence = SAY_OTHER_CALL, .texts = { { "a\0b", 3 } } },
      "an answer of a call that the catalog does not have: a\\x00b",
      NULL },
    { "a text that is not told",
      { .sentence = SAY_OTHER_CALL },
      "an answer of a call that the catalog does not have: -",
      NULL },
};

static void text_test(void **state)
{
    const struct text_row *row = *state;
    struct arena arena = ARENA_EMPTY;

    assert_string_equal(reason_text(&arena, &row->reason), row->text);
    assert_string_equal(reason_advice(&arena, &row->reason),
                        row->advice != NULL ? row->advice : row->text);
    arena_release(&arena);
}

static const struct compare_row {
    const char *name;
    struct reason left, right;
    int order;
} compare_rows[] = {
    { "the same", PATH_AND_COUNT, PATH_AND_COUNT, 0 },
    { "by code",
      { .sentence = SAY_CUT_OFF, .line = 9 },
      { .sentence = SAY_DUPLICATE_KEY },
      -1 },
    { "by sentence",
      { .sentence = SAY_MAY_BE_LAST_PAGE_OF_DAMAGED },
      { .sentence = SAY_MAY_BE_LAST_PAGE },
      1 },
    { "by path",
      { .sentence = SAY_TOKEN },
      { .sentence = SAY_TOKEN, .path = "a" },
      -1 },
    { "by text",
      { .sentence = SAY_TOKEN, .texts = { { "a", 1 }, { "c", 1 } } },
      { .sentence = SAY_TOKEN, .texts = { { "a", 1 }, { "b", 1 } } },
      1 },
    { "by line",
      { .sentence = SAY_TOKEN, .line = 1, .count = 3 },
      { .sentence = SAY_TOKEN, .line = 2 },
      -1 },
    { "by count",
      { .sentence = SAY_TOKEN, .count = 2 },
      { .sentence = SAY_TOKEN, .count = 1 },
      1 },
    { "no error before one",
      { .sentence = SAY_TOKEN },
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "b") },
      -1 },
    { "by an error's code",
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "b") },
      { .sentence = SAY_TOKEN, .failure = FAILURE("B", "a") },
      -1 },
    { "by an error's actor and action",
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "b") },
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "a") },
      1 },
    { "errors that are the same",
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "b") },
      { .sentence = SAY_TOKEN, .failure = FAILURE("A", "b") },
      0 },
};

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void compare_test(void **state)
{
    const struct compare_row *row = *state;

    assert_int_equal(sign(reason_compare(&row->left, &row->right)), row->order);
    assert_int_equal(sign(reason_compare(&row->right, &row->left)), -row->order);
    assert_int_equal(reason_equal(&row->left, &row->right), row->order == 0);
}

static void arguments_have_kinds(void **state)
{
    const struct reason value = { .sentence = SAY_NOT_NARROWED_TO_VALUE };
    static const enum argument kinds[] = { ARGUMENT_PATH, ARGUMENT_TYPE, ARGUMENT_FIELD,
                                           ARGUMENT_VALUE, ARGUMENT_COUNT };

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_int_equal(reason_argument(&value, i), kinds[i]);
}

/* Whoever adds a row sees here what is wrong with it. */
static void each_row_is_sound(void **state)
{
    struct arena arena = ARENA_EMPTY;
    enum code last = CODE_COUNT;

    (void)state;
    for (int i = 0; i < SENTENCE_COUNT; i++) {
        struct reason reason = { .sentence = (enum sentence)i, .count = 7, .line = 9 };
        size_t count = 0;

        while (count < REASON_TEXTS_MAX &&
               reason_argument(&reason, count) != ARGUMENT_COUNT)
            reason.texts[count++] = STR("text");
        assert_int_equal(reason_argument(&reason, count), ARGUMENT_COUNT);
        assert_null(strpbrk(reason_advice(&arena, &reason), "{}|<"));
        assert_true(reason_may_be(&reason, OF_REASON) ||
                    reason_may_be(&reason, OF_PROBLEM) ||
                    reason_may_be(&reason, OF_ASSUMPTION));
        if (last != CODE_COUNT && last != reason_code(&reason))
            assert_true(strcmp(code_name(last), code_name(reason_code(&reason))) < 0);
        last = reason_code(&reason);
    }
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, text_rows, text_test);
    TESTS_ADD_ROWS(&tests, compare_rows, compare_test);
    TESTS_ADD(&tests, arguments_have_kinds);
    TESTS_ADD(&tests, each_row_is_sound);
    return tests_run("gather_codes", &tests);
}
