#include "report/text.h"

#include "report/databases.h"
#include "report/summary.h"

#include <assert.h>

struct result_look {
    const char *word, *colour;
};

static const struct result_look looks[] = {
    [RESULT_PASS] = { "PASS", "\033[32m" },
    [RESULT_FAIL] = { "FAIL", "\033[1;31m" },
    [RESULT_UNKNOWN] = { "UNKNOWN", "\033[33m" },
    [RESULT_NOT_APPLICABLE] = { "N/A", "" },
    [RESULT_WAIVED] = { "WAIVED", "" },
};

static_assert(sizeof looks / sizeof looks[0] == RESULT_COUNT, "each result has a look");

void text_word(struct text *text, enum result result)
{
    write_coloured(&text->writer, looks[result].word, looks[result].colour);
    page_tab(&text->writer.page, BODY_COLUMN);
}

size_t text_shown(const struct text *text, size_t count, size_t most)
{
    return text->is_short && count > most ? most : count;
}

void text_cut(struct text *text, size_t left, const char *what)
{
    if (left == 0)
        return;
    page_printf(&text->writer.page, "and %zu more %s%s", left, what, plural(left));
    page_line(&text->writer.page);
    text->was_cut = true;
}

void text_begin_rest(struct text *text)
{
    if (!text->has_rest)
        page_blank(&text->writer.page);
    text->has_rest = true;
    text->writer.page.indent = 0;
}

/* "pass,not_applicable", of which there are findings; NULL: none. */
static const char *unlisted(struct arena *arena, const struct assessment *assessment,
                            const bool counted[RESULT_COUNT])
{
    struct buf names = BUF_EMPTY(arena);

    for (size_t i = 0; i < RESULT_COUNT; i++) {
        enum result result = summary_order[i];

        if (counted[result] && assessment->summary.results[result] > 0)
            buf_printf(&names, "%s%s", names.len > 0 ? "," : "", result_name(result));
    }
    return names.len > 0 ? buf_str(&names).text : NULL;
}

/* Both are ordered by rule. What a rule's section takes is given back behind it. */
static void write_rules(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    const struct rulebook *book = assessment->book;
    struct arena *outer = text->writer.arena, scratch = ARENA_EMPTY;
    size_t from = 0;

    text->writer.arena = &scratch;
    for (size_t i = 0; i < book->count; i++) {
        size_t to = from;

        while (to < assessment->finding_count &&
               assessment->findings[to].rule == book->rules[i])
            to++;
        text_rule(text, book->rules[i], assessment->findings + from, to - from);
        arena_reset(&scratch);
        from = to;
    }
    arena_release(&scratch);
    text->writer.arena = outer;
    assert(from == assessment->finding_count);
}

void report_text(const struct assessment *assessment, const struct report_style *style,
                 struct buf *out)
{
    struct text text = {
        .writer = { .assessment = assessment,
                    .arena = out->arena,
                    .colour = style->colour,
                    .counted = style->counted,
                    .page = PAGE_NEW(out, style->width) },
        .is_short = style->is_short,
        .problems = TABLE_EMPTY(out->arena),
        .unlisted = unlisted(out->arena, assessment, style->counted),
    };

    text_know_problems(&text);
    text_head(&text);
    write_rules(&text);
    if (assessment->settings->matrix && assessment->matrix != NULL) {
        page_blank(&text.writer.page);
        databases_write(&text.writer.page, assessment);
    }
    text_problems(&text);
    if (assessment->finding_count > 0)
        text_coverage(&text);
    text_evidence(&text);
    text_legend(&text);
    page_blank(&text.writer.page);
    summary_write(&text.writer.page, assessment);
}
