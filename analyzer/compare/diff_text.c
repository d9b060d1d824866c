#include "compare/diff_groups.h"
#include "compare/diff_print.h"

#include "report/page.h"

#include <stdint.h>

/*
 * For a reader, what matters first:
 *
 *     old  2025.json: invaudit 0.1.0, as of ...: 3 fail, 9 pass
 *     new  2026.json: invaudit 0.1.0, as of ...: 4 fail, 8 pass
 *     evidence: of the files 2 altered, 17 the same
 *
 *     NEWLY FAILING: 1
 *     Backup-001: AWS Backup service in use for Amazon RDS (low)
 *       123456789012  us-east-1
 *         was pass, now fail: AWS Backup is not in use ...
 *         evidence was altered:
 *           2026/123456789012/us-east-1/rds-describe-db-snapshots.json
 *
 *     1 newly failing, 3 still failing, 8 unchanged (status 1: something newly fails)
 */

enum {
    PLACE_INDENT = 2,
    BODY_INDENT = 4,
    PATH_INDENT = 6,
    HEAD_INDENT = 5,
    ACCOUNT_COLUMN = 16, /* behind 12 digits, for regions */
};

struct diff_page {
    const struct diff *diff;
    const struct report_style *style;
    struct page page;
    struct arena part; /* of one kind and rule */
    bool has_pattern;
};

static const char *const colours[] = {
    [DIFF_NEWLY_FAILING] = "\033[1;31m", [DIFF_UNWAIVED] = "\033[1;31m",
    [DIFF_UNDECIDED] = "\033[33m",       [DIFF_FIXED] = "\033[32m",
    [DIFF_DECIDED] = "\033[32m",         [DIFF_SAME] = NULL,
};

/* How many of a list are shown; the names of a line are cut everywhere. */
static size_t shown(const struct diff_page *page, size_t count, size_t most)
{
    return page->style->is_short && count > most ? most : count;
}

static void say_more(struct page *page, size_t count, const char *what)
{
    if (count == 0)
        return;
    page_printf(page, "and %zu more %s%s", count, what, count == 1 ? "" : "s");
    page_line(page);
}

/* ---- the head -------------------------------------------------------------------- */

static void write_side(struct diff_page *page, const char *label,
                       const struct outline *outline)
{
    page->page.indent = 0;
    page_solid(&page->page, str_from(label));
    page_tab(&page->page, HEAD_INDENT);
    page->page.indent = HEAD_INDENT;
    page_solid(&page->page, str_from(outline->head.path));
    page_solid(&page->page, STR(":"));
    page_words(&page->page, STR(" "));
    page_words(&page->page, str_from(diff_head(&page->part, outline)));
    page_line(&page->page);
    page->page.indent = 0;
}

static void write_head(struct diff_page *page)
{
    struct str_list lines;

    write_side(page, "old", page->diff->old);
    write_side(page, "new", page->diff->new);
    lines = diff_beside(&page->part, page->diff);
    for (size_t i = 0; i < lines.count; i++) {
        struct str rest = lines.items[i];

        /* by whole words, since what is broken up is told by a word's start */
        page->page.indent = 0;
        page_solid(&page->page, str_next(&rest, ' '));
        page->page.indent = PLACE_INDENT;
        page_words(&page->page, STR(" "));
        page_words(&page->page, rest);
        page_line(&page->page);
    }
    page->page.indent = 0;
    arena_reset(&page->part);
}

/* ---- groups ---------------------------------------------------------------------- */

static void write_place(struct page *page, const struct diff_places *places)
{
    page->indent = PLACE_INDENT;
    page_solid(page, places->account);
    page_tab(page, ACCOUNT_COLUMN);
    page->indent = ACCOUNT_COLUMN;
    if (places->region.text != NULL) {
        page_solid(page, places->region);
        page_words(page, STR("  "));
    }
    for (size_t i = 0; i < places->names.count; i++) {
        page_solid(page, places->names.items[i]);
        if (i + 1 < places->names.count) {
            page_solid(page, STR(","));
            page_words(page, STR(" "));
        }
    }
    if (places->more > 0)
        page_printf(page, " and %zu more", places->more);
    page_line(page);
}

static void write_places(struct diff_page *page, const struct diff_group *group)
{
    struct diff_places_list places;
    size_t count;

    diff_places_find(&page->part, group,
                     page->style->is_short ? DIFF_NAMES_SHOWN : SIZE_MAX, &places);
    count = shown(page, places.count, DIFF_PLACES_SHOWN);
    for (size_t i = 0; i < count; i++)
        write_place(&page->page, &places.items[i]);
    page->page.indent = PLACE_INDENT;
    say_more(&page->page, places.count - count, "place");
}

static void write_cause(struct diff_page *page, const struct diff_cause *cause)
{
    page->page.indent = BODY_INDENT;
    page_words(&page->page, str_from(cause->words));
    if (cause->paths.count > 0)
        page_solid(&page->page, STR(":"));
    page_line(&page->page);
    page->page.indent = PATH_INDENT;
    for (size_t i = 0; i < cause->paths.count; i++) {
        page_solid(&page->page, cause->paths.items[i]);
        page_line(&page->page);
    }
    say_more(&page->page, cause->more, "file");
}

static void write_group(struct diff_page *page, const struct diff_group *group)
{
    const struct diff_change *change = group->items[0];
    struct diff_cause_list causes;

    write_places(page, group);
    page->page.indent = BODY_INDENT;
    page_printf(&page->page, "%s: ", diff_results(&page->part, change));
    page_words(&page->page, group->message);
    page_line(&page->page);
    diff_causes_find(&page->part, page->diff, group,
                     page->style->is_short ? DIFF_PATHS_SHOWN : SIZE_MAX, &causes);
    for (size_t i = 0; i < causes.count; i++)
        write_cause(page, &causes.items[i]);
    page->has_pattern = page->has_pattern || group->count > 1;
}

static void write_rule(struct diff_page *page, const struct diff_change *changes,
                       size_t count)
{
    const struct outline_finding *finding = diff_finding(changes);
    const struct saved_rule *rule = outline_rule(page->diff->new, finding->rule);
    struct diff_group_list groups;
    size_t of_groups, left = 0;

    if (rule == NULL)
        rule = outline_rule(page->diff->old, finding->rule);
    page->page.indent = 0;
    page_solid(&page->page, finding->rule);
    page->page.indent = PLACE_INDENT;
    if (rule != NULL) {
        page_solid(&page->page, STR(":"));
        page_words(&page->page, STR(" "));
        page_words(&page->page, rule->title);
    }
    page_words(&page->page, STR(" ("));
    page_words(&page->page, finding->severity);
    page_solid(&page->page, STR(")"));
    page_line(&page->page);
    diff_groups_find(&page->part, changes, count, &groups);
    of_groups = shown(page, groups.count, DIFF_GROUPS_SHOWN);
    for (size_t i = 0; i < groups.count; i++) {
        if (i < of_groups)
            write_group(page, groups.items[i]);
        else
            left += groups.items[i]->count;
    }
    page->page.indent = PLACE_INDENT;
    say_more(&page->page, left, "finding");
    page->page.indent = 0;
    arena_reset(&page->part);
}

static void write_kind(struct diff_page *page, enum diff_kind kind)
{
    bool is_coloured = page->style->colour && colours[kind] != NULL;
    struct buf title = BUF_EMPTY(&page->part);

    buf_printf(&title, "%s: %zu", diff_kind_title(kind), page->diff->counts[kind]);
    for (size_t i = 0; i < title.len; i++)
        if (title.text[i] >= 'a' && title.text[i] <= 'z')
            title.text[i] = (char)(title.text[i] - 'a' + 'A');
    page_blank(&page->page);
    page_coloured(&page->page, buf_str(&title), is_coloured ? colours[kind] : "",
                  is_coloured ? "\033[0m" : "");
    page_line(&page->page);
}

/* ---- the page -------------------------------------------------------------------- */

void diff_summary(const struct diff *diff, const struct report_style *style,
                  struct buf *out)
{
    struct arena arena = ARENA_EMPTY;
    struct page page = PAGE_NEW(out, style->width);
    int status = diff_status(diff);

    page_solid(&page,
               str_from(arena_printf(
                   &arena, "%s (status %d: %s)", diff_counts(&arena, diff), status,
                   status == 1 ? "something newly fails" : "nothing newly fails")));
    page_line(&page);
    arena_release(&arena);
}

void diff_text(const struct diff *diff, const struct report_style *style,
               struct buf *out)
{
    struct diff_page page = { .diff = diff,
                              .style = style,
                              .page = PAGE_NEW(out, style->width) };
    size_t alike;

    write_head(&page);
    for (size_t i = 0; i < diff->change_count; i += alike) {
        alike = diff_alike(&diff->changes[i], diff->change_count - i);
        if (i == 0 || diff->changes[i].kind != diff->changes[i - 1].kind)
            write_kind(&page, diff->changes[i].kind);
        write_rule(&page, &diff->changes[i], alike);
    }
    page_blank(&page.page);
    if (page.has_pattern) {
        page_words(&page.page,
                   STR("Words: ACCOUNT, REGION, RESOURCE, N: those of each place, and "
                       "numbers, in what several findings say"));
        page_line(&page.page);
    }
    diff_summary(diff, style, out);
    arena_release(&page.part);
}
