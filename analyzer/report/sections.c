#include "report/sections.h"

#include <inttypes.h>

struct str or_dash(struct str str)
{
    return str.text != NULL ? str : STR("-");
}

const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void write_labelled(struct writer *writer, const struct group *group, const char *label,
                    const char *text)
{
    struct page *page = &writer->page;
    size_t indent = page->indent;

    page_words(page, str_from(label));
    if (label[0] != '\0')
        page->indent = indent + HANGING_INDENT;
    page_words(page, str_from(group_text(writer->arena, group, text)));
    page_line(page);
    page->indent = indent;
}

/* The permission that all the group's commands need, or NULL. */
static const char *shared_permission(const struct group *group)
{
    const char *shared = NULL;

    for (size_t i = 0; i < group->count; i++) {
        for (size_t s = 0; s < group->findings[i]->settle_count; s++) {
            const char *permission = group->findings[i]->settles[s].permission;

            if (shared == NULL)
                shared = permission;
            if (permission == NULL || permission[0] == '\0' ||
                !str_equal(str_from(permission), str_from(shared)))
                return NULL;
        }
    }
    return shared;
}

static void write_settle(struct page *page, const struct settle *settle, bool is_shared)
{
    size_t indent = page->indent;

    page->indent = indent + SETTLE_INDENT;
    page_solid(page, str_from(settle->command));
    page_line(page);
    page->indent += HANGING_INDENT;
    if (settle->save_as != NULL) {
        page_words(page, STR("save as "));
        page_solid(page, str_from(settle->save_as));
        page_line(page);
    }
    if (!is_shared && settle->permission != NULL && settle->permission[0] != '\0') {
        page_words(page, STR("needs "));
        page_solid(page, str_from(settle->permission));
        page_line(page);
    }
    page->indent = indent;
}

void write_settles(struct writer *writer, const struct group *group,
                   const char *heading)
{
    struct table written = TABLE_EMPTY(writer->arena);
    const char *shared = shared_permission(group);
    struct page *page = &writer->page;

    for (size_t i = 0; i < group->count; i++) {
        for (size_t s = 0; s < group->findings[i]->settle_count; s++) {
            const struct settle *settle = &group->findings[i]->settles[s];
            const char *save_as = settle->save_as != NULL ? settle->save_as : "";
            const char *key =
                arena_printf(writer->arena, "%s\n%s", settle->command, save_as);
            void **slot;

            if (written.count == 0) {
                page_words(page, str_from(heading));
                if (shared != NULL)
                    page_printf(page, ", with the permission %s", shared);
                page_words(page, STR(":"));
                page_line(page);
            }
            slot = table_slot(&written, str_from(key));
            if (*slot == NULL)
                write_settle(page, settle, shared != NULL);
            *slot = writer;
        }
    }
}

void write_problems(struct writer *writer)
{
    struct page *page = &writer->page;

    if (writer->assessment->problem_count == 0)
        return;
    page_words(page, STR("Problems with evidence"));
    page_line(page);
    for (size_t i = 0; i < writer->assessment->problem_count; i++) {
        const struct problem *problem = &writer->assessment->problems[i];
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
        page_words(page, str_from(problem->message));
        page_line(page);
        page->indent = 0;
    }
    page_blank(page);
}

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

static void write_option(struct page *page, const char *option, struct str value)
{
    struct buf text = BUF_EMPTY(page->out->arena);

    if (value.text == NULL)
        return;
    if (page->column == 0)
        page_words(page, STR("judged with"));
    page->indent = HANGING_INDENT;
    buf_add(&text, str_from(option));
    buf_add(&text, value);
    page_words(page, STR(" "));
    page_solid(page, buf_str(&text));
}

static void write_options(struct page *page, const char *option, struct str_list values)
{
    for (size_t i = 0; i < values.count; i++)
        write_option(page, option, values.items[i]);
}

void write_settings(struct writer *writer)
{
    const struct settings *settings = writer->assessment->settings;
    const struct type *type = settings->assume_type;
    struct page *page = &writer->page;

    write_option(page, "--no-builtin", settings->no_builtin ? STR("") : STR_NONE);
    write_options(page, "--rules=", settings->rules);
    write_options(page, "--select=", settings->select);
    write_options(page, "--skip=", settings->skip);
    write_options(page, "--param=", settings->params);
    write_options(page, "--account=", settings->accounts);
    write_options(page, "--region=", settings->regions);
    write_options(page, "--exclude=", settings->exclude);
    write_options(page, "--expect-regions=", settings->expect_regions);
    write_option(page, "--as-of=", settings->as_of);
    write_option(page, "--assume-account=", settings->assume_account);
    write_option(page, "--assume-region=", settings->assume_region);
    write_option(page, "--assume-type=", type != NULL ? type->name : STR_NONE);
    write_option(page, "--path-pattern=", settings->path_pattern);
    write_option(page, "--no-filtered", settings->no_filtered ? STR("") : STR_NONE);
    page_line(page);
    page->indent = 0;
}
