#include "report/text.h"

#include "report/summary.h"

#include <inttypes.h>

/* ---- problems ----------------------------------------------------------------------
 *
 * Those that are reasons of findings above are counted; of the others, what is said of
 * several files is said once.
 */

/* A reason and a problem that say the same have the same code and arguments. */
static struct str problem_key(struct arena *arena, const char *path,
                              const struct reason *reason)
{
    struct buf key = BUF_EMPTY(arena);

    buf_printf(&key, "%d\n%s", (int)reason_code(reason), path != NULL ? path : "");
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++) {
        buf_add_byte(&key, '\0');
        buf_add(&key, reason->texts[i]);
    }
    return buf_str(&key);
}

void text_know_problems(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    struct arena scratch = ARENA_EMPTY;

    for (size_t i = 0; i < assessment->problem_count; i++) {
        const struct problem *problem = &assessment->problems[i];
        void **slot = table_slot(
            &text->problems, problem_key(&scratch, problem->path, &problem->reason));

        if (*slot == NULL)
            *slot = arena_new(text->problems.arena, bool);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

void text_tell_reason(struct text *text, const struct reason *reason)
{
    struct arena scratch = ARENA_EMPTY;
    bool *told = NULL;

    if (text->problems.count > 0 && reason_may_be(reason, OF_REASON))
        told = table_find(&text->problems, problem_key(&scratch, reason->path, reason));
    if (told != NULL)
        *told = true;
    arena_release(&scratch);
}

static bool is_told(const struct text *text, const struct problem *problem)
{
    struct arena scratch = ARENA_EMPTY;
    const bool *told = table_find(
        &text->problems, problem_key(&scratch, problem->path, &problem->reason));

    arena_release(&scratch);
    return *told;
}

/* Problems of the same words. */
struct alike {
    const struct problem **items;
    size_t count, capacity;
    const char *says;
};

struct alike_list {
    struct alike **items;
    size_t count, capacity;
    size_t told; /* problems that are reasons above */
};

static void collect_problems(struct text *text, struct alike_list *list)
{
    const struct assessment *assessment = text->writer.assessment;
    struct arena *arena = text->writer.arena;
    struct table known = TABLE_EMPTY(arena);

    for (size_t i = 0; i < assessment->problem_count; i++) {
        const struct problem *problem = &assessment->problems[i];
        struct alike *alike;
        void **slot;
        const char *says;

        if (is_told(text, problem)) {
            list->told++;
            continue;
        }
        says = arena_printf(arena, "%s [%s]", reason_advice(arena, &problem->reason),
                            code_name(reason_code(&problem->reason)));
        slot = table_slot(&known, str_from(says));
        if (*slot == NULL) {
            list->items = arena_grow(arena, (void *)list->items, list->count,
                                     &list->capacity, sizeof(struct alike *));
            *slot = list->items[list->count++] = arena_new(arena, struct alike);
        }
        alike = *slot;
        alike->says = says;
        alike->items = arena_grow(arena, (void *)alike->items, alike->count,
                                  &alike->capacity, sizeof(const struct problem *));
        alike->items[alike->count++] = problem;
    }
}

static void write_where(struct text *text, const struct problem *problem,
                        const char *behind)
{
    struct buf where = BUF_EMPTY(text->writer.arena);

    buf_add(&where, str_from(problem->path));
    if (problem->line > 0)
        buf_printf(&where, ":%" PRIu64, problem->line);
    if (problem->line > 0 && problem->column > 0)
        buf_printf(&where, ":%" PRIu64, problem->column);
    buf_add(&where, str_from(behind));
    page_solid(&text->writer.page, buf_str(&where));
}

static void write_alike(struct text *text, const struct alike *alike)
{
    struct page *page = &text->writer.page;
    size_t shown = text_shown(text, alike->count, LINES_SHOWN);

    page->indent = HANGING_INDENT;
    if (alike->count == 1) {
        write_where(text, alike->items[0], ":");
        page->indent += SETTLE_INDENT;
        page_words(page, STR(" "));
        page_words(page, str_from(alike->says));
        page_line(page);
        return;
    }
    page_printf(page, "%zu files: ", alike->count);
    page->indent += HANGING_INDENT;
    page_words(page, str_from(alike->says));
    page_line(page);
    page->indent += HANGING_INDENT;
    for (size_t i = 0; i < shown; i++) {
        write_where(text, alike->items[i], "");
        page_line(page);
    }
    text_cut(text, alike->count - shown, "file");
}

void text_problems(struct text *text)
{
    size_t count = text->writer.assessment->problem_count, shown;
    struct page *page = &text->writer.page;
    struct alike_list list = { 0 };

    if (count == 0)
        return;
    collect_problems(text, &list);
    text_begin_rest(text);
    page_printf(page, "%zu problem%s with %s", count, plural(count),
                summary_problems_with(text->writer.assessment));
    if (list.told == count)
        page_words(page, count == 1 ? STR(": it is a reason above")
                                    : STR(": all are reasons above"));
    else if (list.told > 0)
        page_printf(page, ": %zu %s above, %zu more", list.told,
                    list.told == 1 ? "is a reason" : "are reasons", count - list.told);
    page_line(page);
    shown = text_shown(text, list.count, LINES_SHOWN);
    for (size_t i = 0; i < list.count && i < shown; i++)
        write_alike(text, list.items[i]);
    page->indent = HANGING_INDENT;
    text_cut(text, list.count - shown, "kind");
    page->indent = 0;
    text->words.codes = true;
}

/* ---- evidence ----------------------------------------------------------------------
 */

static void write_ignored_source(struct text *text, const struct source_summary *source)
{
    struct page *page = &text->writer.page;

    text_begin_rest(text);
    page_words(page, STR("ignored "));
    page->indent = HANGING_INDENT;
    page_solid(page, str_from(source->source->path));
    if (source->why != NULL) {
        page_printf(page, ": %s", source->why);
    }
    page_line(page);
    page->indent = 0;
}

/* First what may hold what counts. */
enum ignored { UNKNOWN_JSON, KNOWN_JSON, OTHER_FILE, NOT_IGNORED };

static enum ignored ignored_as(const struct source_summary *source)
{
    if (source->is_unknown)
        return UNKNOWN_JSON;
    if (source->was_read && source->why != NULL &&
        source->source->use != SOURCE_EXPLAINS)
        return KNOWN_JSON;
    return source->source->use == SOURCE_IGNORED ? OTHER_FILE : NOT_IGNORED;
}

static void write_ignored(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    size_t count = 0, shown;

    for (size_t i = 0; i < assessment->source_count; i++)
        count += ignored_as(&assessment->sources[i]) != NOT_IGNORED;
    shown = text_shown(text, count, IGNORED_SHOWN);
    count = 0;
    for (enum ignored as = UNKNOWN_JSON; as < NOT_IGNORED; as++)
        for (size_t i = 0; i < assessment->source_count; i++)
            if (ignored_as(&assessment->sources[i]) == as && count++ < shown)
                write_ignored_source(text, &assessment->sources[i]);
    text->writer.page.indent = HANGING_INDENT;
    text_cut(text, count - shown, "file");
    text->writer.page.indent = 0;
}

/* NULL: it is no such document. */
static const struct reason *
why_it_proves_nothing(const struct document_summary *document)
{
    for (size_t i = 0; i < document->reason_count; i++)
        if (reason_code(&document->reasons[i]) == CODE_PROVES_NOTHING)
            return &document->reasons[i];
    return NULL;
}

static void write_context_document(struct text *text, const char *path,
                                   const struct reason *why)
{
    struct page *page = &text->writer.page;

    text_begin_rest(text);
    page_words(page, STR("context "));
    page->indent = HANGING_INDENT;
    page_solid(page, str_from(path));
    page_printf(page, ": %s", reason_text(text->writer.arena, why));
    page_line(page);
    page->indent = 0;
}

/* What was recognised and proves nothing by itself. */
static void write_context(struct text *text)
{
    const struct assessment *assessment = text->writer.assessment;
    size_t count = 0;

    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            const struct reason *why = why_it_proves_nothing(source->documents[j]);

            if (why != NULL && (++count <= IGNORED_SHOWN || !text->is_short))
                write_context_document(text, source->source->path, why);
        }
    }
    text->writer.page.indent = HANGING_INDENT;
    if (text->is_short && count > IGNORED_SHOWN)
        text_cut(text, count - IGNORED_SHOWN, "file");
    text->writer.page.indent = 0;
}

static bool settings_given(const struct settings *settings)
{
    struct str value;

    for (const struct option *option = settings_options; option->name != NULL; option++)
        if (option_given(option, settings, 0, &value))
            return true;
    return false;
}

void text_evidence(struct text *text)
{
    write_context(text);
    write_ignored(text);
    if (settings_given(text->writer.assessment->settings))
        text_begin_rest(text);
    write_settings(&text->writer);
}

/* ---- the end -----------------------------------------------------------------------
 */

/* Those words and signs that the report used. */
void text_legend(struct text *text)
{
    const struct text_words *used = &text->words;
    const struct {
        bool is_used;
        const char *means;
    } words[] = {
        { used->unknown, "not known: the evidence does not tell it" },
        { used->others, "*: resources that the evidence does not show" },
        { used->patterns, "ACCOUNT, REGION: those of each place" },
        { used->codes, "[code]: because of what, see invaudit-report(5)" },
    };
    struct page *page = &text->writer.page;
    bool any = false;

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!words[i].is_used)
            continue;
        if (!any)
            text_begin_rest(text);
        page_words(page, any ? STR("; ") : STR("Words: "));
        page->indent = HANGING_INDENT;
        page_words(page, str_from(words[i].means));
        any = true;
    }
    page_line(page);
    page->indent = 0;
    if (text->unlisted != NULL) {
        text_begin_rest(text);
        page_printf(page, "Not listed: --show %s lists them", text->unlisted);
        page_line(page);
    }
    if (text->was_cut) {
        text_begin_rest(text);
        page_words(page,
                   STR("Shortened for this terminal: -o text=FILE, or a pipe such "
                       "as '| less', has it whole"));
        page_line(page);
    }
}
