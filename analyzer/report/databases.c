#include "report/databases.h"

#include "base/time.h"
#include "report/sections.h"

#include <inttypes.h>
#include <math.h>

enum {
    REGION_COLUMN = 14, /* behind 12 digits; what is said of a database stands there */
    STATE_COLUMN = 30,
    NAME_COLUMN = 44,
};

struct str hours_text(struct arena *arena, double hours)
{
    long long whole = (long long)hours;

    if (hours <= 0)
        return STR_NONE;
    if (hours == floor(hours))
        return str_from(arena_printf(arena, "%lld", whole));
    return str_from(
        arena_printf(arena, "%lld.%02lld", whole, (long long)(hours * 100) % 100));
}

struct str databases_open(struct arena *arena, const struct assessment *assessment)
{
    const size_t count = assessment->matrix_open;

    return str_from(arena_printf(arena,
                                 "%zu region%s may have more: no complete listing of "
                                 "%s DB instances and clusters",
                                 count, plural(count), count == 1 ? "its" : "their"));
}

static void write_possible(struct page *page, const struct matrix_row *row)
{
    if (row->possible.count == 1)
        return;
    page_words(page, STR("possible: "));
    for (size_t i = 0; i < row->possible.count; i++) {
        if (i > 0)
            page_words(page, i + 1 < row->possible.count ? STR(", ") : STR(" or "));
        page_words(page, row->possible.items[i]);
    }
    page_line(page);
}

static struct str name_or_id(struct str name, struct str id)
{
    return name.len > 0 ? name : or_dash(id);
}

static void write_plans(struct page *page, const struct matrix_row *row)
{
    for (size_t i = 0; i < row->selected_count; i++) {
        const struct selected_by *by = &row->selected_by[i];

        page_printf(page, "plan %.*s, selection %.*s (%.*s)",
                    STR_ARG(name_or_id(by->plan_name, by->plan)),
                    STR_ARG(name_or_id(by->selection_name, by->selection)),
                    STR_ARG(by->because));
        if (by->kept == HOLDS_NO)
            page_words(page, STR(": its promise is not kept"));
        page_line(page);
    }
    if (row->planned == HOLDS_YES)
        return;
    page_words(page, row->planned == HOLDS_NO
                         ? STR("no plan takes it")
                         : STR("whether a plan takes it is not known"));
    for (size_t i = 0; i < row->why.count; i++)
        page_printf(page, "%s%.*s", i > 0 ? ", " : ": ", STR_ARG(row->why.items[i]));
    page_line(page);
}

static void write_schedule(struct page *page, const struct matrix_row *row)
{
    if (row->selected_count == 0)
        return;
    if (row->gap_hours > 0)
        page_printf(page, "a run in %.10g hour%s, ", row->gap_hours,
                    plural((uint64_t)row->gap_hours));
    else
        page_words(page, STR("how often it runs is not known, "));
    if (row->keeps_for_ever)
        page_words(page, STR("kept for ever"));
    else if (row->retention_days > 0)
        page_printf(page, "kept %" PRIu64 " day%s", row->retention_days,
                    plural(row->retention_days));
    else
        page_words(page, STR("how long backups are kept is not known"));
    page_line(page);
}

static void write_newest(struct page *page, const struct matrix_row *row,
                         struct str as_of)
{
    char text[INSTANT_TEXT_BYTES];
    int64_t now;

    if (!row->has_newest) {
        page_words(page, row->has_backup == HOLDS_NO ? STR("no usable backup")
                         : row->has_backup == HOLDS_YES
                             ? STR("a usable backup, of a time that is not known")
                             : STR("whether there is a usable backup is not known"));
        page_line(page);
        return;
    }
    instant_print(row->newest * INSTANTS_PER_SECOND, text);
    page_printf(page, "newest known backup %s", text);
    if (as_of.text != NULL && instant_parse(as_of, &now)) {
        int64_t seconds = now / INSTANTS_PER_SECOND - row->newest;
        uint64_t hours = (uint64_t)(seconds < 0 ? -seconds : seconds) / 3600;

        page_printf(page, ", %" PRIu64 " hour%s %s", hours, plural(hours),
                    seconds < 0 ? "after the audit" : "old");
    }
    page_line(page);
}

static void write_database(struct page *page, const struct assessment *assessment,
                           const struct matrix_row *row)
{
    page_solid(page, or_dash(row->account));
    page_tab(page, REGION_COLUMN);
    page_solid(page, or_dash(row->region));
    page_tab(page, STATE_COLUMN);
    page_words(page, row->state);
    page_tab(page, NAME_COLUMN);
    page->indent = REGION_COLUMN;
    page_solid(page, row->name);
    page_words(page, STR("  "));
    page_solid(page, or_dash(row->engine));
    page_line(page);
    if (row->source != NULL) {
        page_words(page, STR("in "));
        page_solid(page, str_from(row->source));
        page_line(page);
    }
    write_possible(page, row);
    write_plans(page, row);
    write_schedule(page, row);
    write_newest(page, row, assessment->settings->as_of);
    page->indent = 0;
}

/* "3 protected, 1 undetermined" */
static void write_state_counts(struct page *page, const struct assessment *assessment)
{
    size_t counts[PROTECTION_COUNT + 1] = { 0 };
    bool any = false;

    for (size_t i = 0; i < assessment->matrix_count; i++) {
        size_t state = 0;

        while (
            state < PROTECTION_COUNT &&
            !str_equal(assessment->matrix[i].state,
                       str_from(protection_state_name((enum protection_state)state))))
            state++;
        counts[state]++;
    }
    for (size_t state = 0; state <= PROTECTION_COUNT; state++) {
        if (counts[state] == 0)
            continue;
        page_printf(page, "%s%zu %s", any ? ", " : ": ", counts[state],
                    state < PROTECTION_COUNT
                        ? protection_state_name((enum protection_state)state)
                        : "undetermined");
        any = true;
    }
}

void databases_write(struct page *page, const struct assessment *assessment)
{
    if (!assessment->settings->matrix || assessment->matrix == NULL)
        return;
    page_printf(page, "%zu database%s", assessment->matrix_count,
                plural(assessment->matrix_count));
    write_state_counts(page, assessment);
    if (assessment->matrix_open > 0) {
        struct arena scratch = ARENA_EMPTY;

        page_line(page);
        page_words(page, databases_open(&scratch, assessment));
        arena_release(&scratch);
    }
    page_blank(page);
    for (size_t i = 0; i < assessment->matrix_count; i++)
        write_database(page, assessment, &assessment->matrix[i]);
}
