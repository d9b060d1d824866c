#include "collect/calls.h"
#include "report/evidence_list.h"
#include "report/evidence_look.h"
#include "report/evidence_others.h"
#include "report/evidence_table.h"
#include "report/said.h"

#include <inttypes.h>

enum { PATHS_SHOWN = 3 };

/* ---- the first line -------------------------------------------------------------- */

static void write_paths(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    size_t count = assessment->path_count;

    for (size_t i = 0; i < count && i < PATHS_SHOWN; i++) {
        struct str path = str_from(assessment->paths[i]);

        page_words(page, i > 0 ? STR(", ") : STR(""));
        if (str_equal(path, STR("-")))
            page_words(page, STR("standard input"));
        else
            page_solid(page, path);
    }
    if (count > PATHS_SHOWN)
        page_printf(page, " and %zu more", count - PATHS_SHOWN);
    page_words(page, count > 0 ? STR(": ") : STR(""));
}

/* What documents of a state are called; of the others nothing is said here. */
static const struct {
    enum document_state state;
    const char *one, *many;
} said_of_states[] = {
    { STATE_COMPLETE, "whole answer", "whole answers" },
    { STATE_PARTIAL, "that is a part", "that are parts" },
    { STATE_NOTHING, "that proves nothing", "that prove nothing" },
    { STATE_MISLABELLED, "that is mislabelled", "that are mislabelled" },
};

static size_t count_absent(const struct assessment *assessment)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        bool is_absent = false;

        for (size_t j = 0; j < missing->reason_count; j++)
            is_absent = is_absent || missing->reasons[j].sentence == SAY_MISSING;
        count += is_absent;
    }
    return count;
}

static void write_first_line(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct page *page = &writer->page;
    size_t absent = count_absent(assessment), read = assessment->summary.sources_read;
    uint64_t counts[STATE_COUNT];

    states_count(assessment, counts);
    write_paths(writer);
    page_printf(page, "%zu file%s", read, plural(read));
    for (size_t i = 0; i < COUNT_OF(said_of_states); i++) {
        uint64_t count = counts[said_of_states[i].state];

        if (count > 0)
            page_printf(page, ", %" PRIu64 " %s", count,
                        count == 1 ? said_of_states[i].one : said_of_states[i].many);
    }
    if (absent > 0)
        page_printf(page, ", %zu listing%s absent", absent, plural(absent));
    if (assessment->sandbox != NULL) {
        page_line(page);
        page_words(page, sandbox_said(writer->arena, assessment));
    }
    page_blank(page);
}

/* ---- what to ask for ------------------------------------------------------------- */

static void write_request(struct writer *writer)
{
    struct page *page = &writer->page;
    struct collect_calls calls;

    if (writer->assessment->book->count == 0)
        return;
    calls_of_missing(writer->arena, writer->assessment, &calls);
    if (calls.count == 0 && writer->assessment->summary.sources_read == 0) {
        page_words(page, STR("Ask the client: for all of it, by the script that"));
        page_words(page, STR(" 'invaudit collect' writes"));
    } else if (calls.asked == 0) {
        page_words(page, STR("Ask the client: nothing"));
    } else {
        page_printf(page,
                    "Ask the client: %zu command%s in %zu account%s: ", calls.asked,
                    plural(calls.asked), calls.accounts, plural(calls.accounts));
        page->indent = HANGING_INDENT;
        page_solid(page, script_command(writer->arena, writer->assessment));
    }
    page_line(page);
    page->indent = HANGING_INDENT;
    if (calls.count > calls.asked) {
        page_printf(page,
                    "%zu more cannot be asked yet: evidence --list has all commands",
                    calls.count - calls.asked);
        page_line(page);
    }
    page->indent = 0;
}

/* ---- the last line ---- */

static const char *status_meaning(int status)
{
    switch (status) {
    case 0:
        return "all evidence could be used";
    case 2:
        return "no evidence";
    default:
        return "evidence could not be used";
    }
}

/* Of a folder in which all is well. */
static const char *but_not_understood(struct arena *arena, int status, size_t files)
{
    if (files == 0 || status == 3)
        return "";
    return arena_printf(arena, "%s %zu JSON file%s not understood",
                        status == 0 ? ", but" : ":", files,
                        files == 1 ? " was" : "s were");
}

static void write_summary(struct writer *writer)
{
    const struct assessment *assessment = writer->assessment;
    struct buf text = BUF_EMPTY(writer->arena);
    uint64_t counts[STATE_COUNT];
    int status = evidence_status(assessment);

    states_count(assessment, counts);
    for (int state = 0; state < STATE_COUNT; state++)
        if (counts[state] > 0)
            buf_printf(&text, "%s%" PRIu64 " %s", text.len > 0 ? ", " : "",
                       counts[state], state_name((enum document_state)state));
    if (text.len == 0)
        buf_add(&text, STR("no documents"));
    if (assessment->summary.problems > 0)
        buf_printf(&text, "; %zu problem%s", assessment->summary.problems,
                   plural(assessment->summary.problems));
    if (assessment->missing_count > 0)
        buf_printf(&text, "; %zu listing%s missing", assessment->missing_count,
                   plural(assessment->missing_count));
    buf_printf(
        &text, " (status %d: %s%s)", status, status_meaning(status),
        but_not_understood(writer->arena, status, assessment->summary.sources_unknown));
    page_solid(&writer->page, buf_str(&text));
    page_line(&writer->page);
}

static bool has_settings(const struct settings *settings)
{
    struct str value;

    for (const struct option *option = settings_options; option->name != NULL; option++)
        if (option_given(option, settings, 0, &value))
            return true;
    return false;
}

static void write_list(struct writer *writer)
{
    evidence_list_documents(writer);
    write_problems(writer);
    evidence_list_ignored(writer);
    evidence_list_missing(writer);
    write_counts_read(writer);
    if (!has_settings(writer->assessment->settings))
        page_blank(&writer->page);
}

static void write_overview(struct writer *writer, bool is_short)
{
    write_first_line(writer);
    evidence_table_write(writer, is_short);
    evidence_look_write(writer, is_short);
    evidence_others_write(writer, is_short);
    evidence_nowhere_write(writer, is_short);
    write_request(writer);
    page_blank(&writer->page);
}

void report_evidence_text(const struct assessment *assessment,
                          const struct report_style *style, struct buf *out)
{
    struct writer writer = {
        .assessment = assessment,
        .arena = out->arena,
        .colour = style->colour,
        .page = PAGE_NEW(out, style->width),
    };

    if (style->lists_all)
        write_list(&writer);
    else
        write_overview(&writer, style->is_short);
    if (has_settings(assessment->settings)) {
        write_settings(&writer);
        page_blank(&writer.page);
    }
    write_summary(&writer);
}
