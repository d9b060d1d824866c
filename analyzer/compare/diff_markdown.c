#include "compare/diff_groups.h"
#include "compare/diff_print.h"

#include "report/syntax.h"

/*
 * For a comment on a change, in GitHub Flavored Markdown:
 *
 *     ## 1 newly failing, 3 still failing, 8 unchanged     the answer
 *     ### Newly failing (1)                                a kind
 *     **Backup-001**: title (low)                          a rule
 *     - `123456789012`: `us-east-1`                        a group
 *
 * It is cut where GitHub would refuse a comment as a whole; what is left out is
 * counted.
 */

enum { TAIL_BYTES = 500 }; /* of DIFF_MARKDOWN_BYTES_MAX, for what stands at the end */

struct diff_markdown {
    const struct diff *diff;
    struct buf *out;
    struct buf block;  /* what is added next, as a whole or not at all */
    struct arena part; /* of one kind and rule */
    size_t bytes;      /* that were added */
    size_t unlisted;   /* findings that did not fit */
    bool has_pattern;
};

static void put(struct diff_markdown *page, const char *text)
{
    buf_add(&page->block, str_from(text));
}

static void put_words(struct diff_markdown *page, struct str text)
{
    syntax_add(&page->block, SYNTAX_MARKDOWN, text);
}

static void put_code(struct diff_markdown *page, struct str text)
{
    syntax_add_markdown_code(&page->block, text);
}

/* Adds what was printed, if there is room for it. */
static bool end_block(struct diff_markdown *page)
{
    struct str block = buf_str(&page->block);
    bool fits = page->bytes + block.len <= DIFF_MARKDOWN_BYTES_MAX - TAIL_BYTES;

    if (fits) {
        buf_add(page->out, block);
        page->bytes += block.len;
    }
    buf_clear(&page->block);
    return fits;
}

/* ---- the head -------------------------------------------------------------------- */

static void write_side(struct diff_markdown *page, const char *label,
                       const struct outline *outline)
{
    put(page, label);
    put_code(page, str_from(outline->head.path));
    put(page, ": ");
    put_words(page, str_from(diff_head(&page->part, outline)));
    put(page, "\n");
}

static void write_head(struct diff_markdown *page)
{
    const struct str_list lines = diff_beside(&page->part, page->diff);

    put(page, "## ");
    put_words(page, str_from(diff_counts(&page->part, page->diff)));
    put(page, diff_status(page->diff) == 1
                  ? "\n\nStatus 1: something newly fails\\.\n\n"
                  : "\n\nStatus 0: nothing newly fails\\.\n\n");
    write_side(page, "- old: ", page->diff->old);
    write_side(page, "- new: ", page->diff->new);
    for (size_t i = 0; i < lines.count; i++) {
        put(page, "- ");
        put_words(page, lines.items[i]);
        put(page, "\n");
    }
    (void)end_block(page);
    arena_reset(&page->part);
}

/* ---- groups ---------------------------------------------------------------------- */

static void write_more(struct diff_markdown *page, size_t count, const char *what)
{
    if (count > 0)
        buf_printf(&page->block, " and %zu more %s%s", count, what,
                   count == 1 ? "" : "s");
}

static void write_places(struct diff_markdown *page, const struct diff_group *group)
{
    struct diff_places_list places;

    diff_places_find(&page->part, group, DIFF_NAMES_SHOWN, &places);
    for (size_t i = 0; i < places.count && i < DIFF_PLACES_SHOWN; i++) {
        const struct diff_places *line = &places.items[i];

        put(page, i == 0 ? "- " : "  <br>");
        put_code(page, line->account);
        put(page, " ");
        if (line->region.text != NULL) {
            put_code(page, line->region);
            put(page, ": ");
        }
        for (size_t j = 0; j < line->names.count; j++) {
            put(page, j > 0 ? ", " : "");
            put_code(page, line->names.items[j]);
        }
        write_more(page, line->more, "name");
        put(page, "\n");
    }
    if (places.count > DIFF_PLACES_SHOWN) {
        put(page, "  <br>");
        write_more(page, places.count - DIFF_PLACES_SHOWN, "place");
        put(page, "\n");
    }
}

static void write_cause(struct diff_markdown *page, const struct diff_cause *cause)
{
    put(page, "  - ");
    put_words(page, str_from(cause->words));
    for (size_t i = 0; i < cause->paths.count; i++) {
        put(page, i == 0 ? ": " : ", ");
        put_code(page, cause->paths.items[i]);
    }
    write_more(page, cause->more, "file");
    put(page, "\n");
}

static bool write_group(struct diff_markdown *page, const struct diff_group *group)
{
    struct diff_cause_list causes;

    write_places(page, group);
    put(page, "  <br>");
    put_words(page, str_from(diff_results(&page->part, group->items[0])));
    put(page, ": ");
    put_words(page, group->message);
    put(page, "\n");
    diff_causes_find(&page->part, page->diff, group, DIFF_PATHS_SHOWN, &causes);
    for (size_t i = 0; i < causes.count; i++)
        write_cause(page, &causes.items[i]);
    return end_block(page);
}

/* `heading`: of the kind, before its first rule; or "". */
static void write_rule(struct diff_markdown *page, const char *heading,
                       const struct diff_change *changes, size_t count)
{
    const struct outline_finding *finding = diff_finding(changes);
    const struct saved_rule *rule = outline_rule(page->diff->new, finding->rule);
    struct diff_group_list groups;

    if (rule == NULL)
        rule = outline_rule(page->diff->old, finding->rule);
    put(page, heading);
    put(page, "\n**");
    put_words(page, finding->rule);
    put(page, "**");
    if (rule != NULL) {
        put(page, ": ");
        put_words(page, rule->title);
    }
    put(page, " (");
    put_words(page, finding->severity);
    put(page, ")\n\n");
    diff_groups_find(&page->part, changes, count, &groups);
    for (size_t i = 0; i < groups.count; i++) {
        if (write_group(page, groups.items[i]))
            page->has_pattern = page->has_pattern || groups.items[i]->count > 1;
        else
            page->unlisted += groups.items[i]->count;
    }
    arena_reset(&page->part);
}

static void write_tail(struct diff_markdown *page)
{
    if (page->has_pattern)
        put(page,
            "\nACCOUNT, REGION, RESOURCE and N stand for those of each place, and "
            "for numbers\\.\n");
    if (page->unlisted > 0) {
        buf_printf(&page->block,
                   "\n%zu more findings did not fit: the text and JSON of the diff "
                   "have them\\.\n",
                   page->unlisted);
    }
    buf_add(page->out, buf_str(&page->block));
}

static const char *heading_of(struct arena *arena, const struct diff *diff,
                              enum diff_kind kind)
{
    char *heading = arena_printf(arena, "\n### %s (%zu)\n", diff_kind_title(kind),
                                 diff->counts[kind]);

    heading[sizeof "\n### " - 1] += 'A' - 'a';
    return heading;
}

void diff_markdown(const struct diff *diff, const struct report_style *style,
                   struct buf *out)
{
    struct arena arena = ARENA_EMPTY;
    struct diff_markdown page = { .diff = diff,
                                  .out = out,
                                  .block = BUF_EMPTY(&arena) };
    size_t alike;

    (void)style;
    write_head(&page);
    for (size_t i = 0; i < diff->change_count; i += alike) {
        const struct diff_change *change = &diff->changes[i];
        bool is_first = i == 0 || change->kind != diff->changes[i - 1].kind;

        alike = diff_alike(change, diff->change_count - i);
        write_rule(&page, is_first ? heading_of(&arena, diff, change->kind) : "",
                   change, alike);
    }
    write_tail(&page);
    arena_release(&page.part);
    arena_release(&arena);
}
