/*
 * What each doubt takes from a document, and what it leaves.
 */
#include "gather/document.h"
#include "gather/intake.h"

#include "rows.h"

static const struct doubt_row {
    const char *name;
    unsigned doubts;
    unsigned takes;
} doubt_rows[] = {
    { "nothing doubted, nothing taken", 0, 0 },
    { "a token: there are more pages", DOUBT_TOKEN, TAKES_WHOLE | TAKES_END },
    { "damage: a token may be lost", DOUBT_DAMAGED, TAKES_END },
    { "an option in its name: it is less than all", DOUBT_OPTION, TAKES_ALL },
    { "a record that the option leaves out says so only", DOUBT_OPTION_DENIED, 0 },
    { "texts among records are counted apart", DOUBT_STRINGS, 0 },
    { "arrays among them, too", DOUBT_ARRAYS, 0 },
    { "numbers among them, too", DOUBT_VALUES, 0 },
    { "objects that tell no type, too", DOUBT_OBJECTS, 0 },
    { "more places than are kept: records are lost", DOUBT_PLACES_LOST, TAKES_WHOLE },
    { "a redacted ARN is noted", DOUBT_REDACTED, 0 },
    { "a lost id", DOUBT_IDS_LOST, TAKES_IDS },
    { "no parent, or several", DOUBT_PARENT, TAKES_WHOLE },
    { "mislabelled: it decides nothing anywhere", DOUBT_MISLABELLED,
      TAKES_WHOLE | TAKES_PLACE },
    { "spread: it is no whole listing of one place", DOUBT_SPREAD, TAKES_WHOLE },
    { "several take what each does", DOUBT_DAMAGED | DOUBT_IDS_LOST,
      TAKES_END | TAKES_IDS },
};

static void of_doubts(void **state)
{
    const struct doubt_row *row = *state;
    struct document document = { .doubts = row->doubts };

    for (unsigned what = TAKES_WHOLE; what <= TAKES_PLACE; what <<= 1)
        assert_int_equal(document_lacks(&document, what), (row->takes & what) != 0);
}

/* An answer whose records were read decides, and may go on only if something says so.
 */
static void of_use(void **state)
{
    static const struct call whole = { .gives = GIVES_WHOLE },
                             one = { .gives = GIVES_ONE };
    struct document document = { .call = &whole, .use = USE_READ };

    (void)state;
    assert_true(document_counts(&document));
    assert_false(document_carries_token(&document));
    document.doubts = DOUBT_DAMAGED;
    assert_true(document_carries_token(&document));
    document.shape = SHAPE_VALUE; /* what a --query prints is no page */
    assert_false(document_carries_token(&document));
    document = (struct document){ .call = &whole, .use = USE_NOTHING };
    assert_false(document_counts(&document));
    assert_true(document_carries_token(&document));
    document.call = &one; /* a record has no pages */
    assert_false(document_carries_token(&document));
}

/* What is no evidence loses nothing if its file was written to while it was read. */
static void of_change(void **state)
{
    const struct source file = { .path = "a.json" };
    const struct settings settings = { 0 };
    const struct measures measures = { .catalog = &(struct catalog){ 0 } };
    struct document read = { .use = USE_READ }, ignored = { .use = USE_IGNORED };
    struct document *documents[] = { &ignored, &read };
    struct document_source source = { .source = &file, .documents = documents };
    struct arena arena = ARENA_EMPTY;
    struct gathered *gathered = gathered_new(&arena, &measures, &settings);

    (void)state;
    source.document_count = 1;
    intake_changed(gathered, &source);
    assert_int_equal(gathered->problems.count, 0);
    assert_false(document_has(&ignored, DOUBT_DAMAGED));
    source.document_count = 2;
    intake_changed(gathered, &source);
    assert_int_equal(gathered->problems.count, 1);
    assert_false(document_has(&ignored, DOUBT_DAMAGED));
    assert_true(document_has(&read, DOUBT_DAMAGED));
    assert_int_equal(read.reason_count, 1);
    assert_int_equal(reason_code(&read.reasons[0]), CODE_CHANGED);
    arena_release(&arena);
}

/* Of four sources those that turned out to explain another, but for the first two. */
static void of_explanations(void **state)
{
    static const struct source files[] = {
        { .path = "a", .use = SOURCE_EXPLAINS },
        { .path = "b" },
        { .path = "c", .use = SOURCE_EXPLAINS },
        { .path = "d" },
    };
    const struct reason reason = *SAYS(SAY_LIST_NOT_ARRAY, .texts = { STR("x") });
    const struct settings settings = { 0 };
    const struct measures measures = { .catalog = &(struct catalog){ 0 } };

    (void)state;
    for (size_t count = 0; count <= 3; count++) {
        struct document_source sources[COUNT_OF(files)] = { 0 };
        struct document_source *all[COUNT_OF(files)];
        struct arena arena = ARENA_EMPTY;
        struct gathered *gathered = gathered_new(&arena, &measures, &settings);

        for (size_t i = 0; i < COUNT_OF(files); i++) {
            sources[i].source = &files[i];
            sources[i].document_count = count;
            all[i] = &sources[i];
            problems_add(&gathered->problems, files[i].path, NULL, &reason);
        }
        gathered->sources = all;
        gathered->source_count = COUNT_OF(files);
        gathered->more_documents = 10;
        gathered_take_back(gathered, 1);
        assert_int_equal(gathered->source_count, 3);
        assert_ptr_equal(gathered->sources[0], &sources[0]);
        assert_ptr_equal(gathered->sources[1], &sources[1]);
        assert_ptr_equal(gathered->sources[2], &sources[3]);
        assert_int_equal(gathered->more_documents, 10 - (count > 1 ? count - 1 : 0));
        assert_int_equal(gathered->problems.count, 3);
        gathered_take_back(gathered, 3);
        assert_int_equal(gathered->source_count, 3);
        assert_int_equal(gathered->problems.count, 3);
        gathered_take_back(gathered, 0);
        assert_int_equal(gathered->source_count, 2);
        assert_int_equal(gathered->problems.count, 2);
        arena_release(&arena);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, doubt_rows, of_doubts);
    TESTS_ADD(&tests, of_use);
    TESTS_ADD(&tests, of_change);
    TESTS_ADD(&tests, of_explanations);
    return tests_run("gather_document", &tests);
}
