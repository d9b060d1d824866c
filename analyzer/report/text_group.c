#include "report/said.h"
#include "report/summary.h"
#include "report/text.h"

#include "explain/message.h"

#include <string.h>

enum {
    COMMANDS_FEW = 4, /* of a rule: so many stand beside what they settle */
    PLACES_FEW = 20,  /* of a group: so many are named, though a matrix shows them */
};

/* ---- causes ---- */

/* "0 bytes: the call failed ... [empty]", and of how many, if not of all. */
static void write_reason(struct text *text, const struct group *group,
                         const struct group_line *line)
{
    struct arena *arena = text->writer.arena;
    struct page *page = &text->writer.page;
    size_t indent = page->indent;
    struct str says;

    says = str_from(arena_printf(arena, "%s [%s]", line->advice, line->code));
    if (!line->is_cause)
        page_words(page, STR("assuming: "));
    if (line->count < group->count)
        page_printf(page, "of %zu: ", line->count);
    if (page->column > 0)
        page->indent += HANGING_INDENT;
    page_words(page, str_next(&says, ' '));
    page->indent = indent + HANGING_INDENT;
    page_words(page, STR(" "));
    page_words(page, says);
    page_line(page);
    page->indent = indent;
    text->words.codes = true;
    text->words.patterns =
        text->words.patterns || (group->count > 1 && line->has_pattern);
}

static void write_group_reasons(struct text *text, const struct group *group,
                                const struct group_lines *lines, size_t from)
{
    for (size_t i = from; i < lines->count; i++)
        write_reason(text, group, &lines->items[i]);
    for (size_t i = 0; i < group->count; i++)
        for (size_t j = 0; j < group->findings[i]->reason_count; j++)
            text_tell_reason(text, &group->findings[i]->reasons[j]);
}

/* ---- what is known ---- */

static void add_known(const struct group *group, size_t fact, struct buf *known,
                      struct buf *not_known)
{
    struct str name = group->findings[0]->rule->facts[fact].name;
    struct buf value = BUF_EMPTY(known->arena);

    facts_write(group->findings, group->count, fact, &value);
    if (str_equal(buf_str(&value), STR("not known"))) {
        buf_printf(not_known, "%s%.*s", not_known->len > 0 ? ", " : "", STR_ARG(name));
        return;
    }
    buf_printf(known, "%s%.*s %s", known->len > 0 ? "; " : "", STR_ARG(name),
               buf_str(&value).text);
}

/* "known: instances 1; clusters 0. Not known: snapshots, plans": the rule's facts. */
static void write_known(struct text *text, const struct group *group)
{
    const struct finding *first = group->findings[0];
    struct buf known = BUF_EMPTY(text->writer.arena);
    struct buf not_known = BUF_EMPTY(text->writer.arena);
    struct buf line = BUF_EMPTY(text->writer.arena);

    if (first->rows == 0 || first->facts == NULL)
        return;
    for (size_t i = 0; i < first->rule->fact_count; i++)
        add_known(group, i, &known, &not_known);
    if (known.len > 0)
        buf_printf(&line, "known: %s", buf_str(&known).text);
    if (not_known.len > 0)
        buf_printf(&line, "%s: %s", line.len > 0 ? ". Not known" : "not known",
                   buf_str(&not_known).text);
    if (text->known == NULL || !str_equal(str_from(text->known), buf_str(&line)))
        write_labelled(&text->writer, "", buf_str(&line).text);
    else
        write_labelled(&text->writer, "", "known: as before");
    text->known = buf_str(&line).text;
    text->words.unknown = text->words.unknown || not_known.len > 0;
}

/* ---- a group ---- */

static bool is_nothing(const struct group *group)
{
    return group->findings[0]->result == RESULT_FAIL &&
           grid_mark(group->findings[0]) == GRID_NOTHING;
}

static bool has_assumption(const struct finding *finding)
{
    for (size_t i = 0; i < finding->assumption_count; i++)
        if (reason_may_be(&finding->assumptions[i], ALOUD))
            return true;
    return false;
}

/* Where nothing is there to judge, and the matrix tells the places. */
static bool is_in_matrix(const struct text *text, const struct group *group)
{
    return is_nothing(group) && text->pointed[GRID_NOTHING] == group &&
           !has_assumption(group->findings[0]);
}

/* Each finding with what it says, where that is not the same of all. */
static void write_each(struct text *text, const struct group *group)
{
    struct page *page = &text->writer.page;
    size_t shown = text_shown(text, group->count, LINES_SHOWN);

    for (size_t i = 0; i < shown; i++) {
        const struct finding *finding = group->findings[i];
        const struct finding *one[1] = { finding };
        const struct group alone = { .findings = one, .count = 1 };

        text_places(text, &alone, NULL);
        page->indent = BODY_COLUMN + HANGING_INDENT;
        write_labelled(&text->writer, "", finding->message);
    }
    page->indent = BODY_COLUMN;
    text_cut(text, group->count - shown, "finding");
}

static void write_verdict(struct text *text, const struct group *group,
                          const struct table *totals, bool has_matrix)
{
    struct page *page = &text->writer.page;

    if (is_in_matrix(text, group)) {
        page->indent = BODY_COLUMN;
        page_printf(page, "%s%zu place%s with '-' above: %.*s there [%.*s]",
                    text->is_pointed_all[GRID_NOTHING] ? "" : "the other ",
                    group->count, plural(group->count),
                    STR_ARG(group->findings[0]->diagnosis->nothing_there),
                    STR_ARG(group->findings[0]->diagnosis->code));
        page_line(page);
        if (text->has_failed)
            return;
    } else if (!message_is_one(group->findings, group->count)) {
        write_each(text, group);
        return;
    } else {
        text_places(text, group, has_matrix ? totals : NULL);
    }
    text->has_failed = text->has_failed || group->findings[0]->result == RESULT_FAIL;
    write_labelled(&text->writer, "", group_message(text->writer.arena, group));
}

/* What is not known, once for all groups that follow each other. */
static const char *headline(struct arena *arena, const struct group *group)
{
    const struct finding *first = group->findings[0];

    return first->possible_count < 2 || first->rows == 0
               ? group_message(arena, group)
               : finding_headline(arena, first);
}

/* The cause, and where; where first, if that is one place. */
static void write_unknown(struct text *text, const struct group *group,
                          const struct table *totals, const struct group_lines *reasons,
                          size_t *told)
{
    struct writer *writer = &text->writer;
    const char *heading = headline(writer->arena, group);
    bool is_new = text->headline == NULL ||
                  !str_equal(str_from(text->headline), str_from(heading));

    text->headline = heading;
    writer->page.indent = BODY_COLUMN;
    if (text_places_are_one(group)) {
        text_places(text, group, NULL);
        if (is_new)
            write_labelled(writer, "", heading);
        return;
    }
    if (is_new)
        write_labelled(writer, "", heading);
    if (reasons->count > 0 && reasons->items[0].is_cause)
        write_reason(text, group, &reasons->items[(*told)++]);
    text_places(text, group, totals);
}

/* A blank line stands before each, or, below a matrix, before the first. */
static void begin_group(struct text *text, enum result result)
{
    if (!text->is_dense || !text->has_group)
        page_blank(&text->writer.page);
    text->has_group = true;
    text->writer.page.indent = 0;
    text_word(text, result);
}

static void write_group(struct text *text, const struct group *group,
                        const struct table *totals, bool has_matrix)
{
    struct writer *writer = &text->writer;
    enum result result = group->findings[0]->result;
    struct group_lines reasons;
    size_t told = 0;

    begin_group(text, result);
    group_reasons(writer->arena, group, &reasons);
    if (result == RESULT_UNKNOWN)
        write_unknown(text, group, has_matrix ? totals : NULL, &reasons, &told);
    else
        write_verdict(text, group, totals, has_matrix);
    writer->page.indent = BODY_COLUMN;
    if (group->findings[0]->waiver != NULL)
        write_labelled(writer, "",
                       waiver_text(writer->arena, group->findings[0]->waiver));
    if (!is_in_matrix(text, group))
        text_remarks(text, group->findings, group->count);
    write_group_reasons(text, group, &reasons, told);
    text_hints(text, group);
    if (result == RESULT_UNKNOWN)
        write_known(text, group);
}

void text_hints(struct text *text, const struct group *group)
{
    size_t written = 0;

    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];

        if (finding->source == NULL)
            continue;
        if (text->is_short && written++ == HINTS_SHOWN)
            return;
        write_hints(&text->writer, finding->source, finding->account.text == NULL,
                    finding->region.text == NULL);
    }
}

/* ---- commands ---- */

static void write_settle_line(struct text *text, const char *label, const char *what)
{
    struct page *page = &text->writer.page;

    if (what == NULL || what[0] == '\0')
        return;
    page_solid(page, str_from(arena_printf(text->writer.arena, "%-5s%s", label, what)));
    page_line(page);
}

/* `has_permission`: it is told already what the call needs. */
static void write_settle(struct text *text, const struct settle *settle,
                         bool has_permission)
{
    write_settle_line(text, "run", settle->command);
    write_settle_line(text, "save", settle->save_as);
    if (!has_permission)
        write_settle_line(text, "needs ", settle->permission);
}

/* AWS refused the call for want of this permission, and a reason says so. */
static bool was_refused(const struct group *group, const char *permission)
{
    const struct finding *first = group->findings[0];

    for (size_t i = 0; i < first->reason_count && permission != NULL; i++)
        if (first->reasons[i].failure != NULL &&
            str_equal(first->reasons[i].failure->denied.action, str_from(permission)))
            return true;
    return false;
}

static void write_commands(struct text *text, const struct group *group)
{
    const struct settle_list list = settles_find(text->writer.arena, group);

    for (size_t i = 0; i < list.count; i++)
        write_settle(text, list.items[i],
                     was_refused(group, list.items[i]->permission));
}

static struct str permissions(struct arena *arena, const struct settle_list *list)
{
    struct table known = TABLE_EMPTY(arena);
    struct buf words = BUF_EMPTY(arena);

    for (size_t i = 0; i < list->count; i++) {
        const char *permission = list->items[i]->permission;
        void **slot;

        if (permission == NULL || permission[0] == '\0')
            continue;
        slot = table_slot(&known, str_from(permission));
        if (*slot == NULL)
            buf_printf(&words, "%s%s", words.len > 0 ? ", " : "", permission);
        *slot = &known;
    }
    return buf_str(&words);
}

/* Many commands are told of, not listed. */
static void write_count_of_commands(struct text *text, const struct settle_list *list)
{
    struct page *page = &text->writer.page;

    page->indent = BODY_COLUMN;
    page_printf(page, "%zu commands settle these (%.*s):", list->count,
                STR_ARG(permissions(text->writer.arena, list)));
    page_line(page);
    page_solid(page, script_command(text->writer.arena, text->writer.assessment));
    page_line(page);
    page->indent = 0;
}

/* ---- a rule ---- */

static void count_of_account(struct table *totals, const struct finding *finding)
{
    void **slot;

    if (finding->account.text == NULL)
        return;
    slot = table_slot(totals, finding->account);
    if (*slot == NULL)
        *slot = arena_new(totals->arena, size_t);
    ++*(size_t *)*slot;
}

static struct group group_of_result(struct arena *arena, const struct finding *findings,
                                    size_t count, enum result result)
{
    struct group group = { .findings =
                               arena_array(arena, count, const struct finding *) };

    for (size_t i = 0; i < count; i++)
        if (findings[i].result == result)
            group.findings[group.count++] = &findings[i];
    return group;
}

/* In what those mislead that are not listed. */
static void write_unlisted(struct text *text, const struct group *group)
{
    struct writer *writer = &text->writer;
    bool has_remark = false;

    for (size_t i = 0; i < group->count && !has_remark; i++)
        has_remark = group->findings[i]->caution_count > 0 ||
                     group->findings[i]->diagnosis != NULL;
    if (!has_remark)
        return;
    begin_group(text, group->findings[0]->result);
    writer->page.indent = BODY_COLUMN;
    text_remarks(text, group->findings, group->count);
    writer->page.indent = 0;
}

/* What is known of an unknown is cited where there are few places. */
static bool has_citations(const struct text *text, const struct group *group)
{
    enum result result = group->findings[0]->result;

    return result != RESULT_NOT_APPLICABLE &&
           (result != RESULT_UNKNOWN || (group->count == 1 && !text->is_dense));
}

/* The largest group of that mark comes behind the others of it, and where it has many
 * places, the matrix tells them. */
static void point(struct text *text, struct group **groups, size_t count,
                  enum grid_mark mark)
{
    struct group *largest = groups[0];
    size_t at = 0;

    for (size_t i = 1; i < count; i++) {
        if (groups[i]->count > largest->count) {
            largest = groups[i];
            at = i;
        }
    }
    if (mark != GRID_NOTHING && largest->count <= PLACES_FEW)
        return;
    if (!text_places_are_regions(largest))
        return;
    memmove(&groups[at], &groups[at + 1], (count - at - 1) * sizeof(struct group *));
    groups[count - 1] = largest;
    text->pointed[mark] = largest;
    text->is_pointed_all[mark] = count == 1;
}

/* Those that fail for want of anything to judge come behind the others. */
static void order_groups(struct text *text, struct group_list *groups, bool has_matrix)
{
    struct group **sorted =
        arena_array(text->writer.arena, groups->count, struct group *);
    size_t count = 0, from = 0;

    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < groups->count; i++)
            if (is_nothing(groups->items[i]) == (turn == 1))
                sorted[count++] = groups->items[i];
        if (has_matrix && count > from)
            point(text, sorted + from, count - from,
                  grid_mark(sorted[from]->findings[0]));
        from = count;
    }
    groups->items = sorted;
}

/* Whether '-' in the matrix is of fails, and of what does not apply. */
static bool are_mixed(const struct finding *findings, size_t count, enum result result)
{
    bool has_fail = false, has_other = false;

    for (size_t i = 0; i < count; i++) {
        bool is_mark = grid_mark(&findings[i]) == GRID_NOTHING;

        has_fail = has_fail || (is_mark && findings[i].result == RESULT_FAIL);
        has_other = has_other || (is_mark && findings[i].result != RESULT_FAIL);
    }
    return has_fail && has_other &&
           (result == RESULT_FAIL || result == RESULT_NOT_APPLICABLE);
}

static void write_result(struct text *text, const struct finding *findings,
                         size_t count, enum result result, const struct table *totals,
                         bool has_matrix)
{
    struct writer *writer = &text->writer;
    struct group all = group_of_result(writer->arena, findings, count, result);
    struct settle_list commands = { 0 };
    struct group_list groups;
    size_t shown, left = 0;

    if (all.count == 0)
        return;
    if (writer->counted[result]) {
        write_unlisted(text, &all);
        return;
    }
    groups_find(writer->arena, findings, count, result, &groups);
    commands = settles_find(writer->arena, &all);
    order_groups(text, &groups, has_matrix && !are_mixed(findings, count, result));
    shown = text_shown(text, groups.count, GROUPS_SHOWN);
    text->headline = text->known = NULL;
    text->has_failed = false;
    for (size_t i = 0; i < groups.count; i++) {
        if (i >= shown) {
            left += groups.items[i]->count;
            continue;
        }
        write_group(text, groups.items[i], totals, has_matrix);
        if (commands.count <= COMMANDS_FEW)
            write_commands(text, groups.items[i]);
        if (has_citations(text, groups.items[i]))
            text_citations(text, groups.items[i]);
        writer->page.indent = 0;
    }
    text_cut(text, left, "finding");
    if (commands.count > COMMANDS_FEW)
        write_count_of_commands(text, &commands);
}

/* Whether there is more to say than the counts at the start. */
static bool has_body(const struct text *text, const struct finding *findings,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!text->writer.counted[findings[i].result] ||
            findings[i].diagnosis != NULL || findings[i].caution_count > 0)
            return true;
    return false;
}

static void write_heading(struct text *text, const struct rule *rule)
{
    struct page *page = &text->writer.page;

    page_blank(page);
    page_words(page, rule->id);
    page->indent = HANGING_INDENT;
    page_printf(page, ": %.*s", STR_ARG(rule->title));
    if (rule->severity != SEVERITY_NONE)
        page_printf(page, " (%s)", severity_name(rule->severity));
    page_line(page);
    page->indent = 0;
}

void text_rule(struct text *text, const struct rule *rule,
               const struct finding *findings, size_t count)
{
    struct table totals = TABLE_EMPTY(text->writer.arena);
    bool has_matrix, is_only = text->writer.assessment->book->count == 1;

    if (!is_only && !has_body(text, findings, count))
        return;
    if (!is_only)
        write_heading(text, rule);
    for (size_t i = 0; i < count; i++)
        count_of_account(&totals, &findings[i]);
    has_matrix = text_matrix(text, findings, count);
    text->is_dense = has_matrix;
    memset(text->pointed, 0, sizeof text->pointed);
    text->has_group = false;
    for (size_t i = 0; i < RESULT_COUNT; i++)
        write_result(text, findings, count, summary_order[i], &totals, has_matrix);
}
