#include "report/text.h"

/* What a rule says beside verdicts: each text once, and of which findings, where not of
 * all. */
struct remark_line {
    const char *label;
    const struct remark *remark;
    struct group of;
};

struct remark_lines {
    struct table by_text;
    struct remark_line **items;
    size_t count, capacity;
};

static void add_remark(struct remark_lines *lines, const char *label,
                       const struct remark *remark, const struct finding *finding)
{
    struct arena *arena = lines->by_text.arena;
    void **slot = table_slot(&lines->by_text, str_from(remark->text));
    struct remark_line *line = *slot;

    if (line == NULL) {
        line = *slot = arena_new(arena, struct remark_line);
        *line = (struct remark_line){ .label = label, .remark = remark };
        lines->items = arena_grow(arena, (void *)lines->items, lines->count,
                                  &lines->capacity, sizeof(struct remark_line *));
        lines->items[lines->count++] = line;
    }
    line->of.findings = arena_grow(arena, (void *)line->of.findings, line->of.count,
                                   &line->of.capacity, sizeof(const struct finding *));
    line->of.findings[line->of.count++] = finding;
}

static void write_remark(struct text *text, const struct remark_line *line, size_t of)
{
    struct writer *writer = &text->writer;
    size_t indent = writer->page.indent;

    write_labelled(writer, line->label,
                   arena_printf(writer->arena, "%s [%.*s]", line->remark->text,
                                STR_ARG(line->remark->code)));
    text->words.codes = true;
    if (line->of.count < of)
        text_places(text, &line->of, NULL);
    writer->page.indent = indent;
}

void text_remarks(struct text *text, const struct finding *const *findings,
                  size_t count)
{
    struct remark_lines lines = { .by_text = TABLE_EMPTY(text->writer.arena) };
    size_t shown;

    for (size_t i = 0; i < count; i++) {
        if (findings[i]->diagnosis != NULL)
            add_remark(&lines, "looks like: ", findings[i]->diagnosis, findings[i]);
        for (size_t j = 0; j < findings[i]->caution_count; j++)
            add_remark(&lines, "caution: ", &findings[i]->cautions[j], findings[i]);
    }
    shown = text_shown(text, lines.count, REMARKS_SHOWN);
    for (size_t i = 0; i < lines.count && i < shown; i++)
        write_remark(text, lines.items[i], count);
    text_cut(text, lines.count - shown, "remark");
}
