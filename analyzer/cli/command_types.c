#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "cli/sheet.h"

#include "base/order.h"
#include "report/escape.h"

enum { CALL_INDENT = 4, FIELD_COLUMNS_MAX = 40, KIND_COLUMNS = 9 };

struct types_options {
    struct str_list rules;
};

static const struct option own[] = {
    { "rules", 0, OPTION_TEXTS, "PATH",
      "add the types of a catalog.yaml, or of one in a folder of rules; repeatable",
      offsetof(struct types_options, rules), GROUP_OPTIONS },
    { .name = NULL },
};
static const struct option *const options[] = { own, NULL };

/* ---- what is printed of a field -------------------------------------------------- */

/* A call that is in the catalog for several documents is said once. */
static bool is_said(const struct type *type, size_t call)
{
    for (size_t i = 0; i < call; i++) {
        if (str_equal(type->calls[i]->name, type->calls[call]->name) &&
            (type->calls[i]->gives == GIVES_NOTHING) ==
                (type->calls[call]->gives == GIVES_NOTHING))
            return true;
    }
    return false;
}

/* The operations that print the field, or those that never do. */
static struct str operations(struct arena *arena, const struct type *type,
                             struct str field, bool silent, size_t *count)
{
    struct str_list list = { arena_array(arena, type->call_count, struct str), 0 };

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];

        if (call->gives != GIVES_NOTHING && !is_said(type, i) &&
            str_list_has(&call->silent, field) == silent)
            list.items[list.count++] = call->operation;
    }
    *count = list.count;
    return sheet_joined(arena, &list);
}

/* In which answers it is not known. */
static void add_printers(struct buf *what, const struct type *type, struct str field)
{
    size_t printing, silent;
    struct str by = operations(what->arena, type, field, false, &printing);
    struct str not_by = operations(what->arena, type, field, true, &silent);

    if (silent == 0)
        return;
    if (printing == 0)
        buf_add(what, STR("in no answer"));
    else if (printing <= silent)
        buf_printf(what, "only by %.*s", STR_ARG(by));
    else
        buf_printf(what, "not by %.*s", STR_ARG(not_by));
}

static void show_field(struct page *page, const struct type *type, struct str field,
                       size_t column)
{
    struct buf what = BUF_EMPTY(page->out->arena);

    buf_printf(&what, "%-*s", KIND_COLUMNS,
               str_list_has(&type->time, field)
                   ? "time"
                   : field_kind_name(type_field_kind(type, field)));
    if (type_always(type, field) != NULL)
        buf_add(&what, STR("always "));
    add_printers(&what, type, field);
    sheet_row_at(page, field, column, str_trim(buf_str(&what)));
}

static void show_fields(struct page *page, const struct type *type)
{
    struct str_list fields = type_fields(page->out->arena, type);
    size_t column = 0;

    if (fields.count == 0)
        return;
    sheet_heading(page, "Fields");
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].len > column && fields.items[i].len <= FIELD_COLUMNS_MAX)
            column = fields.items[i].len;
    for (size_t i = 0; i < fields.count; i++)
        show_field(page, type, fields.items[i], SHEET_INDENT + column + 2);
}

/* ---- what is printed of a call --------------------------------------------------- */

static struct str where_records_are(struct arena *arena, const struct call *call)
{
    const char *text = NULL;

    switch (call->answer) {
    case ANSWER_LIST:
        text = arena_printf(arena, "in the list %.*s", STR_ARG(call->list));
        break;
    case ANSWER_MAP:
        text = arena_printf(arena, "the object %.*s", STR_ARG(call->list));
        break;
    case ANSWER_DOCUMENT:
        text = arena_printf(arena, "the answer itself, which has %.*s",
                            STR_ARG(sheet_joined(arena, &call->has)));
        break;
    }
    return str_from(text);
}

static struct str what_it_gives(struct arena *arena, const struct call *call)
{
    struct str where = where_records_are(arena, call);
    const char *text = NULL;

    switch (call->gives) {
    case GIVES_WHOLE:
        text = arena_printf(arena, "the whole listing, %.*s", STR_ARG(where));
        break;
    case GIVES_PART:
        text = arena_printf(arena, "the part of the listing that is of one %.*s, %.*s",
                            STR_ARG(call->parent_type->name), STR_ARG(where));
        break;
    case GIVES_ONE:
        text = arena_printf(arena, "one record: %.*s", STR_ARG(where));
        break;
    case GIVES_NOTHING:
        text = "nothing that proves anything";
        break;
    case GIVES_COUNT:
        break;
    }
    return str_from(text);
}

static void add_option(struct buf *text, struct str option)
{
    if (option.len > 0)
        buf_printf(text, " %.*s ...", STR_ARG(option));
}

/* As it is to be run. */
static struct str command_of(struct arena *arena, const struct call *call)
{
    struct buf text = BUF_EMPTY(arena);

    buf_printf(&text, "aws %.*s", STR_ARG(call->name));
    add_option(&text, call->parent_option);
    add_option(&text, call->option);
    if (call->arguments.len > 0)
        buf_printf(&text, " %.*s", STR_ARG(call->arguments));
    return buf_str(&text);
}

/* "--snapshot-type automated, manual, awsbackup": those whose meaning is known. */
static struct str words_of(struct arena *arena, const struct call *call)
{
    struct buf text = BUF_EMPTY(arena);

    for (size_t i = 0; i < call->option_count; i++) {
        const struct option_word *word = &call->options[i];

        if (i == 0 || !str_equal(word->option, word[-1].option))
            buf_printf(&text, "%s%.*s ", i > 0 ? "; " : "", STR_ARG(word->option));
        else
            buf_add(&text, STR(", "));
        buf_add(&text, word->word);
    }
    return buf_str(&text);
}

static void show_call_row(struct page *page, const char *name, struct str value)
{
    if (value.text == NULL || value.len == 0)
        return;
    page->indent = CALL_INDENT;
    page_words(page, str_from(name));
    page->indent = CALL_INDENT + SHEET_COLUMN - SHEET_INDENT;
    page_tab(page, page->indent);
    page_words(page, value);
    page_line(page);
}

static void show_call(struct page *page, const struct call *call)
{
    struct arena *arena = page->out->arena;

    page->indent = SHEET_INDENT;
    page_solid(page, command_of(arena, call));
    page_line(page);
    show_call_row(page, "gives", what_it_gives(arena, call));
    show_call_row(page, "needs", call->permission);
    show_call_row(page, "silent", sheet_joined(arena, &call->silent));
    show_call_row(page, "options", words_of(arena, call));
    show_call_row(page, "also named", sheet_joined(arena, &call->names));
    if (call->may_fail)
        show_call_row(page, "may fail", STR("where there is nothing to tell"));
    show_call_row(page, "absent on", call->absent_on);
    page->indent = 0;
}

/* "backup list-legal-holds: a listing of legal holds" */
static void show_receipt(struct page *page, const struct call *call)
{
    page->indent = SHEET_INDENT;
    page_solid(page, call->name);
    page->indent = CALL_INDENT;
    page_printf(page, ": %.*s", STR_ARG(call->title));
    page_line(page);
    page->indent = 0;
}

static void show_calls(struct page *page, const struct type *type, const char *heading,
                       bool proves)
{
    bool is_first = true;

    for (size_t i = 0; i < type->call_count; i++) {
        if ((type->calls[i]->gives != GIVES_NOTHING) != proves || is_said(type, i))
            continue;
        if (is_first)
            sheet_heading(page, heading);
        is_first = false;
        if (proves)
            show_call(page, type->calls[i]);
        else
            show_receipt(page, type->calls[i]);
    }
}

/* ---- a type ---------------------------------------------------------------------- */

static const char *level_meaning(enum level level)
{
    switch (level) {
    case LEVEL_REGION:
        return "region: a listing is whole for one region of an account";
    case LEVEL_ACCOUNT:
        return "account: a listing is whole for an account";
    case LEVEL_NONE:
    case LEVEL_COUNT:
        break;
    }
    return "none: no listing of it is whole";
}

static void show_type(struct page *page, const struct type *type)
{
    struct arena *arena = page->out->arena;

    page_solid(page, type->name);
    page_words(page, STR(": "));
    page_words(page, type->title);
    page_line(page);
    page_blank(page);
    sheet_row(page, "level", str_from(level_meaning(type->level)));
    sheet_row(page, "id", type->id);
    sheet_row(page, "arn", type->arn);
    sheet_row(
        page, "file",
        str_from(arena_printf(arena, "%s:%zu", type->place.path, type->place.line)));
    sheet_row(page, "made of", sheet_joined(arena, &type->inputs));
    show_fields(page, type);
    show_calls(page, type, "Calls", true);
    show_calls(page, type, "Recognised, and proves nothing", false);
}

/* The calls whose answers hold it, or what is said in their place. */
static struct str sources_of(struct arena *arena, const struct type *type)
{
    struct str_list calls = { arena_array(arena, type->call_count, struct str), 0 };

    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives != GIVES_NOTHING && !is_said(type, i))
            calls.items[calls.count++] = type->calls[i]->name;
    if (type->inputs.count > 0)
        return STR("made of other types");
    return calls.count > 0 ? sheet_joined(arena, &calls) : STR("proves nothing");
}

static void list_type(struct page *page, const struct type *type, size_t columns)
{
    page_solid(page, type->name);
    page_tab(page, columns + 2);
    page_solid(page, str_from(level_name(type->level)));
    page_tab(page, columns + 2 + sizeof "account" + 1);
    page_solid(page, sources_of(page->out->arena, type));
    page_line(page);
}

/* ---- the command ----------------------------------------------------------------- */

static int compare_types(const void *left, const void *right)
{
    return str_compare((*(const struct type *const *)left)->name,
                       (*(const struct type *const *)right)->name);
}

/* Whether the name is the type's, or how it ends behind a "::". */
static bool is_named(const struct type *type, struct str name)
{
    struct str whole = type->name;

    if (str_equal(whole, name))
        return true;
    return whole.len > name.len + 2 && str_ends_with(whole, name) &&
           str_ends_with(str_slice(whole, 0, whole.len - name.len), STR("::"));
}

static int list_types(const struct command_line *line, const struct catalog *catalog)
{
    const struct type **types =
        arena_array(line->arena, catalog->type_count, const struct type *);
    struct buf text = BUF_EMPTY(line->arena);
    struct page page = PAGE_NEW(&text, SIZE_MAX);
    size_t columns = 0;

    for (size_t i = 0; i < catalog->type_count; i++) {
        types[i] = catalog->types[i];
        if (character_count(types[i]->name) > columns)
            columns = character_count(types[i]->name);
    }
    order_sort((void *)types, catalog->type_count, sizeof *types, compare_types);
    for (size_t i = 0; i < catalog->type_count; i++)
        list_type(&page, types[i], columns);
    return output_write(line->arena, buf_str(&text));
}

static int show_types(const struct command_line *line, const struct catalog *catalog)
{
    struct buf text = BUF_EMPTY(line->arena);
    struct page page = PAGE_NEW(&text, output_style().width);
    bool is_first = true;

    for (size_t i = 0; i < line->operand_count; i++) {
        struct str name = str_from(line->operands[i]);
        bool is_known = false;

        for (size_t t = 0; t < catalog->type_count; t++) {
            if (!is_named(catalog->types[t], name))
                continue;
            if (!is_first)
                page_blank(&page);
            show_type(&page, catalog->types[t]);
            is_known = true;
            is_first = false;
        }
        if (!is_known)
            return wrong_usage(line, "there is no type '%s'%s", name.text,
                               catalog_suggestion(catalog, line->arena, name));
    }
    return output_write(line->arena, buf_str(&text));
}

static int run_types(const struct command_line *line)
{
    const struct types_options *given = line->options;
    struct rulebook_wanted wanted = { .paths = given->rules };
    struct mistakes mistakes = MISTAKES_EMPTY(line->arena);
    const struct rulebook *book =
        rules_load(line->arena, "--rules: ", &wanted, &mistakes);

    if (book == NULL)
        return STATUS_WRONG;
    return line->operand_count == 0 ? list_types(line, book->catalog)
                                    : show_types(line, book->catalog);
}

const struct command command_types = {
    .name = "types",
    .operands = "[TYPE...]",
    .summary = "list resource types and their calls, or print what is known of a TYPE",
    .description =
        "TYPE is a name such as AWS::RDS::DBInstance, or what stands behind a '::' in "
        "it. Of each its fields are printed with their kinds, whether AWS always "
        "prints "
        "them, and which calls never do: a field that a call is silent about is not "
        "known from its answer. Then the calls, and what their answers give.",
    .examples = { { "invaudit types", "the types that rules can read" },
                  { "invaudit types DBSnapshot",
                    "the fields of one, and the calls that print it" } },
    .options = options,
    .options_bytes = sizeof(struct types_options),
    .run = run_types,
};
