#include "report/sections.h"

#include "find/hints.h"

#include <inttypes.h>
#include <string.h>

enum {
    PROBLEMS_SHOWN = 20,
    PROBLEMS_OF_CODE_SHOWN = 3, /* where there are more than those */
};

void states_count(const struct assessment *assessment, uint64_t counts[STATE_COUNT])
{
    memset(counts, 0, STATE_COUNT * sizeof counts[0]);
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++)
            counts[source->documents[j]->state] += 1 + source->documents[j]->surplus;
    }
}

struct str or_dash(struct str str)
{
    return str.text != NULL ? str : STR("-");
}

const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void write_coloured(struct writer *writer, const char *text, const char *colour)
{
    bool is_coloured = writer->colour && colour[0] != '\0';

    page_coloured(&writer->page, str_from(text), is_coloured ? colour : "",
                  is_coloured ? "\033[0m" : "");
}

void write_labelled(struct writer *writer, const char *label, const char *text)
{
    struct page *page = &writer->page;
    size_t indent = page->indent;

    page_words(page, str_from(label));
    if (label[0] != '\0')
        page->indent = indent + HANGING_INDENT;
    page_words(page, str_from(text));
    page_line(page);
    page->indent = indent;
}

void write_hints(struct writer *writer, const char *path, bool account, bool region)
{
    const char *of_account =
        account ? hint_account_text(writer->arena, str_from(path)) : NULL;
    const char *of_region =
        region ? hint_region_text(writer->arena, str_from(path)) : NULL;

    if (strcmp(path, "-") == 0 && (account || region)) {
        write_labelled(writer, "hint: ",
                       !region    ? "give --assume-account ID"
                       : !account ? "give --assume-region REGION"
                                  : "give --assume-account ID and --assume-region "
                                    "REGION");
    }
    if (of_account != NULL)
        write_labelled(writer, "hint: ", of_account);
    if (of_region != NULL)
        write_labelled(writer, "hint: ", of_region);
}

/* ---- problems ---- */

void write_problem(struct writer *writer, const struct problem *problem)
{
    struct page *page = &writer->page;
    struct buf where = BUF_EMPTY(writer->arena);

    buf_printf(&where, "%s:", problem->path);
    if (problem->line > 0)
        buf_printf(&where, "%" PRIu64 ":", problem->line);
    if (problem->line > 0 && problem->column > 0)
        buf_printf(&where, "%" PRIu64 ":", problem->column);
    page->indent = HANGING_INDENT;
    page_solid(page, buf_str(&where));
    page->indent = HANGING_INDENT + SETTLE_INDENT;
    page_words(page, STR(" "));
    page_words(page, str_from(reason_advice(writer->arena, &problem->reason)));
    page_line(page);
    page->indent = 0;
}

/* The first few of each code, where all would be too many. */
static void write_some_problems(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct table codes = TABLE_EMPTY(writer->arena);
    struct page *page = &writer->page;

    for (size_t i = 0; i < assessment->problem_count; i++) {
        enum code code = reason_code(&assessment->problems[i].reason);
        void **slot = table_slot(&codes, str_from(code_name(code)));
        size_t count = 0;

        if (*slot != NULL)
            continue;
        *slot = writer;
        for (size_t j = i; j < assessment->problem_count; j++)
            if (reason_code(&assessment->problems[j].reason) == code &&
                count++ < PROBLEMS_OF_CODE_SHOWN)
                write_problem(writer, &assessment->problems[j]);
        if (count <= PROBLEMS_OF_CODE_SHOWN)
            continue;
        page->indent = HANGING_INDENT;
        page_printf(page, "and %zu more of the kind %s, in the json report",
                    count - PROBLEMS_OF_CODE_SHOWN, code_name(code));
        page_line(page);
        page->indent = 0;
    }
}

void write_problems(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;

    if (assessment->problem_count == 0)
        return;
    page_words(page, STR("Problems with evidence"));
    page_line(page);
    if (assessment->problem_count > PROBLEMS_SHOWN)
        write_some_problems(writer);
    for (size_t i = 0;
         i < assessment->problem_count && assessment->problem_count <= PROBLEMS_SHOWN;
         i++)
        write_problem(writer, &assessment->problems[i]);
    page_blank(page);
}

/* ---- evidence ---- */

void write_counts_read(struct writer *writer)
{
    const struct summary *summary = &writer->assessment->summary;
    struct page *page = &writer->page;

    page_printf(page, "Evidence: %zu file%s read (%zu document%s, %zu record%s)",
                summary->sources_read, plural(summary->sources_read),
                summary->documents, plural(summary->documents), summary->records,
                plural(summary->records));
    if (summary->sources_ignored > 0)
        page_printf(page, ", %zu ignored", summary->sources_ignored);
    if (summary->sources_excluded > 0)
        page_printf(page, ", %zu excluded", summary->sources_excluded);
    page_line(page);
}

static void write_option(struct page *page, const struct option *option,
                         struct str value)
{
    struct buf text = BUF_EMPTY(page->out->arena);

    if (page->column == 0)
        page_words(page, STR("judged with"));
    page->indent = HANGING_INDENT;
    buf_printf(&text, "--%s%s%.*s", option->name,
               option->kind != OPTION_FLAG ? "=" : "", STR_ARG(value));
    page_words(page, STR(" "));
    page_solid(page, buf_str(&text));
}

void write_settings(struct writer *writer)
{
    const struct settings *settings = writer->assessment->settings;
    struct page *page = &writer->page;
    struct str value;

    for (const struct option *option = settings_options; option->name != NULL; option++)
        for (size_t i = 0; option_given(option, settings, i, &value); i++)
            write_option(page, option, value);
    page_line(page);
    page->indent = 0;
}
