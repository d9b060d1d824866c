/* What lists say of documents is put aside, and put back. */
#include "judge/aside.h"

#include "gather/document.h"

#include "rows.h"

static const struct option_word manual = { .word = { "manual", 6 } };

static const struct stated_row {
    const char *name;
    struct document document;
    bool is_any;     /* something is put aside */
    unsigned doubts; /* that stay meanwhile */
    enum use use;    /* meanwhile */
} rows[] = {
    { "nothing is stated", { .doubts = DOUBT_TOKEN }, false, DOUBT_TOKEN, USE_READ },
    { "a doubt",
      { .doubts = DOUBT_TOKEN | DOUBT_OPTION, .stated = DOUBT_OPTION },
      true,
      DOUBT_TOKEN,
      USE_READ },
    { "the document",
      { .is_stated = true, .doubts = DOUBT_TOKEN },
      true,
      DOUBT_TOKEN,
      USE_IGNORED },
    { "what it was asked with", { .option = &manual }, true, 0, USE_READ },
    { "what its name says, too",
      { .option = &manual, .option_named = &manual },
      false,
      0,
      USE_READ },
    { "that what its name says is not so",
      { .option_named = &manual },
      true,
      0,
      USE_READ },
};

/* Alone, and beside a document of which nothing is stated. */
static void of_stated(void **state)
{
    const struct stated_row *row = *state;
    const struct settings settings = { 0 };
    const struct measures measures = { .catalog = &(struct catalog){ 0 } };

    for (size_t count = 1; count <= 2; count++) {
        struct document stated = row->document, plain = { .doubts = DOUBT_DAMAGED };
        struct document *documents[] = { &stated, &plain };
        struct document_source source = { .documents = documents,
                                          .document_count = count };
        struct document_source *sources[] = { &source };
        struct arena arena = ARENA_EMPTY;
        struct gathered *gathered = gathered_new(&arena, &measures, &settings);
        struct aside *aside;

        gathered->sources = sources;
        gathered->source_count = 1;
        stated.use = plain.use = USE_READ;
        aside = lists_put_aside(&arena, gathered);
        assert_int_equal(aside != NULL, row->is_any);
        if (aside != NULL) {
            assert_int_equal(stated.doubts, row->doubts);
            assert_int_equal(stated.use, row->use);
            assert_ptr_equal(stated.option, row->document.option_named);
            assert_int_equal(plain.doubts, DOUBT_DAMAGED);
            assert_int_equal(plain.use, USE_READ);
            lists_put_back(aside, gathered);
        }
        assert_int_equal(stated.doubts, row->document.doubts);
        assert_int_equal(stated.use, USE_READ);
        assert_ptr_equal(stated.option, row->document.option);
        arena_release(&arena);
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_stated);
    return tests_run("judge_aside", &tests);
}
