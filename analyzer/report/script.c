#include "report/script.h"

#include "base/order.h"
#include "base/shell.h"
#include "report/report.h"

#include <assert.h>
#include <string.h>

/* Of script.sh, each with its end; NULL: there are no more. */
extern const char *const script_lines[];

/* ---- what can be asked ----------------------------------------------------------- */

static bool is_made_of(struct str text, const char *others)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_word_byte(text.text[i]) &&
            (text.text[i] == '\0' || strchr(others, text.text[i]) == NULL))
            return false;
    return text.len > 0 && is_word_byte(text.text[0]);
}

static bool is_account(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.text[i]))
            return false;
    return text.len == 12;
}

/* As ids() of script.sh has it. */
static bool is_harmless(struct str id)
{
    return id.text == NULL ||
           (is_made_of(id, "_.,:/@+=-") && str_find(id, STR("://")) == SIZE_MAX);
}

static bool only_looks(const struct call *call)
{
    return str_starts_with(call->operation, STR("describe-")) ||
           str_starts_with(call->operation, STR("list-")) ||
           str_starts_with(call->operation, STR("get-"));
}

static const struct call *call_that_gives(const struct type *type, enum gives gives)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == gives && only_looks(type->calls[i]))
            return type->calls[i];
    return NULL;
}

/* The listings whose records name both the parent and the record that the call is to
 * be told. */
static const struct call *listing_in_parts(const struct call *call)
{
    for (size_t i = 0; i < call->type->call_count; i++) {
        const struct call *part = call->type->calls[i];

        if (part->gives == GIVES_PART && part->parent_type == call->parent_type &&
            part->parent_key.text != NULL && only_looks(part))
            return part;
    }
    return NULL;
}

/* Of a call that is not told what it needs. */
static enum script_how how_each(const struct settle *settle,
                                const struct call **listing)
{
    const struct call *call = settle->call;

    if (call->gives == GIVES_PART) {
        assert(call->parent_type != NULL);
        *listing = call_that_gives(call->parent_type, GIVES_WHOLE);
        return *listing != NULL && call->parent_type->id.text != NULL ? SCRIPT_EACH
                                                                      : SCRIPT_NO_ID;
    }
    if (settle->parent.text != NULL || settle->record.text != NULL ||
        call->type->id.text == NULL)
        return SCRIPT_NO_ID;
    if (call->parent_type != NULL) {
        *listing = listing_in_parts(call);
        return *listing != NULL ? SCRIPT_EACH_PART : SCRIPT_NO_ID;
    }
    *listing = call_that_gives(call->type, GIVES_WHOLE);
    return *listing != NULL ? SCRIPT_EACH : SCRIPT_NO_ID;
}

static enum script_how how_to_ask(const struct missing *missing,
                                  const struct settle *settle,
                                  const struct call **listing)
{
    const struct call *call = settle->call;

    *listing = NULL;
    if (!only_looks(call))
        return SCRIPT_CHANGES;
    if (!is_account(missing->account))
        return SCRIPT_NO_ACCOUNT;
    if (call->type->level == LEVEL_REGION && !is_made_of(missing->region, "-"))
        return SCRIPT_NO_REGION;
    if (!is_harmless(settle->parent) || !is_harmless(settle->record))
        return SCRIPT_HARMFUL_ID;
    if ((call->parent_type != NULL && settle->parent.text == NULL) ||
        (call->option.text != NULL && settle->record.text == NULL))
        return how_each(settle, listing);
    return SCRIPT_ASK;
}

static bool is_asked(const struct script_call *call)
{
    return call->how <= SCRIPT_EACH_PART;
}

static int call_compare(const void *left_item, const void *right_item)
{
    const struct script_call *left = left_item, *right = right_item;
    int order = (int)is_asked(right) - (int)is_asked(left);

    if (order == 0 && is_asked(left))
        order = str_compare(left->account, right->account);
    if (order == 0)
        order = (int)left->how - (int)right->how;
    return order != 0 ? order
                      : (left->index > right->index) - (left->index < right->index);
}

static bool has_more(const struct missing *missing)
{
    for (size_t i = 0; i < missing->reason_count; i++)
        if (missing->reasons[i].sentence == SAY_MORE_COMMANDS)
            return true;
    return false;
}

void script_plan(struct arena *arena, const struct assessment *assessment,
                 struct script_plan *plan)
{
    size_t capacity = 0;

    *plan = (struct script_plan){ 0 };
    for (size_t i = 0; i < assessment->missing_count; i++) {
        const struct missing *missing = &assessment->missing[i];

        plan->has_more = plan->has_more || has_more(missing);
        for (size_t j = 0; j < missing->settle_count; j++) {
            struct script_call *call;

            plan->calls = arena_grow(arena, plan->calls, plan->count, &capacity,
                                     sizeof *plan->calls);
            call = &plan->calls[plan->count++];
            call->account = missing->account;
            call->region = missing->region;
            call->settle = &missing->settles[j];
            call->index = plan->count;
            call->how = how_to_ask(missing, call->settle, &call->listing);
        }
    }
    order_sort(plan->calls, plan->count, sizeof *plan->calls, call_compare);
    for (size_t i = 0; i < plan->count && is_asked(&plan->calls[i]); i++) {
        plan->asked++;
        plan->accounts +=
            i == 0 || !str_equal(plan->calls[i].account, plan->calls[i - 1].account);
    }
}

/* ---- the head -------------------------------------------------------------------- */

static const char *plural_of(size_t count)
{
    return count == 1 ? "" : "s";
}

static const char head_text[] =
    "#\n"
    "#     sh THIS_FILE FOLDER [PROFILE...]\n"
    "#\n"
    "# With the credentials at hand, or with those of each PROFILE of the AWS CLI, it\n"
    "# asks what it has to ask of the account that they are of, and nothing of any "
    "other.\n"
    "# Nothing is changed in an account: each call describes, lists or gets. The "
    "answers\n"
    "# go into FOLDER, which only you can read: give a new one. A call that failed is\n"
    "# kept, too, with its error text. Run it again to go on where it ended, and to "
    "ask\n"
    "# again what failed; then send back FOLDER.\n"
    "#\n";

static int texts_compare(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void write_permissions(struct arena *arena, const struct script_plan *plan,
                              struct buf *out)
{
    struct str_list list = { arena_array(arena, plan->asked, struct str), 0 };

    for (size_t i = 0; i < plan->asked; i++) {
        struct str permission = plan->calls[i].settle->call->permission;

        if (permission.len > 0 && !str_list_has(&list, permission))
            list.items[list.count++] = permission;
    }
    if (list.count == 0)
        return;
    order_sort(list.items, list.count, sizeof *list.items, texts_compare);
    buf_add(out, STR("# Permissions that it needs:\n"));
    for (size_t i = 0; i < list.count; i++) {
        buf_add(out, STR("#     "));
        shell_add_word(out, list.items[i]);
        buf_add_byte(out, '\n');
    }
}

static const char *const why_left_out[SCRIPT_HOW_COUNT] = {
    [SCRIPT_NO_ACCOUNT] = "of an account that nothing tells",
    [SCRIPT_NO_REGION] = "of a region that nothing tells",
    [SCRIPT_NO_ID] = "about what the other answers will tell",
    [SCRIPT_HARMFUL_ID] = "about an id that is none of AWS",
    [SCRIPT_CHANGES] = "that might change something",
};

static void write_left_out(const struct script_plan *plan, struct buf *out)
{
    size_t counts[SCRIPT_HOW_COUNT] = { 0 };

    if (plan->asked == plan->count && !plan->has_more)
        return;
    for (size_t i = plan->asked; i < plan->count; i++)
        counts[plan->calls[i].how]++;
    buf_add(out, STR("# Left out:\n"));
    for (int how = 0; how < SCRIPT_HOW_COUNT; how++)
        if (counts[how] > 0)
            buf_printf(out, "#     %zu call%s %s\n", counts[how],
                       plural_of(counts[how]), why_left_out[how]);
    if (plan->has_more)
        buf_add(out, STR("#     what is more than can be asked at once: make this "
                         "script again later\n"));
}

static void write_head(struct arena *arena, const struct script_plan *plan,
                       struct buf *out)
{
    buf_printf(out,
               "#!/bin/sh\n# invaudit %s asks for %zu answer%s of %zu account%s.\n",
               INVAUDIT_VERSION, plan->asked, plural_of(plan->asked), plan->accounts,
               plural_of(plan->accounts));
    buf_add(out, str_from(head_text));
    write_permissions(arena, plan, out);
    write_left_out(plan, out);
}

/* ---- what is asked --------------------------------------------------------------- */

static void add_word(struct buf *out, struct str word)
{
    buf_add_byte(out, ' ');
    shell_add_word(out, word);
}

/* ACCOUNT/REGION/SERVICE-OPERATION and what else the name of a file begins with. */
static void add_stem(struct arena *arena, struct buf *out,
                     const struct script_call *call, const struct call *of,
                     const char *ending)
{
    bool is_regional = of->type->level == LEVEL_REGION;

    add_word(out, str_from(arena_printf(
                      arena, "%.*s/%.*s/%.*s-%.*s%s", STR_ARG(call->account),
                      STR_ARG(is_regional ? call->region : STR("global")),
                      STR_ARG(of->service), STR_ARG(of->operation), ending)));
}

/* The words of the AWS CLI, but for ids that a listing is to tell. */
static void add_words(struct buf *out, const struct script_call *call)
{
    const struct settle *settle = call->settle;
    const struct call *of = settle->call;
    struct str rest = of->arguments, word;

    add_word(out, of->service);
    add_word(out, of->operation);
    while (rest.text != NULL && (word = str_next(&rest, ' ')).text != NULL)
        if (word.len > 0)
            add_word(out, word);
    if (settle->parent.text != NULL && of->parent_option.text != NULL) {
        add_word(out, of->parent_option);
        add_word(out, settle->parent);
    }
    if (settle->record.text != NULL && of->option.text != NULL) {
        add_word(out, of->option);
        add_word(out, settle->record);
    }
    if (of->type->level == LEVEL_REGION) {
        add_word(out, STR("--region"));
        add_word(out, call->region);
    }
}

static void write_ask(struct arena *arena, const struct script_call *call,
                      struct buf *out)
{
    (void)arena;
    buf_add(out, STR("    ask"));
    add_word(out, str_from(call->settle->save_as));
    add_words(out, call);
}

/* The id is that of the parent or of the record, whichever the call is told. */
static void write_each(struct arena *arena, const struct script_call *call,
                       struct buf *out)
{
    const struct call *of = call->settle->call;
    bool is_part = of->gives == GIVES_PART;

    buf_add(out, STR("    ask_each"));
    add_stem(arena, out, call, call->listing, ".json");
    add_word(out, call->listing->type->id);
    add_stem(arena, out, call, of, "");
    add_words(out, call);
    add_word(out, is_part ? of->parent_option : of->option);
}

static void write_each_part(struct arena *arena, const struct script_call *call,
                            struct buf *out)
{
    const struct call *of = call->settle->call;

    buf_add(out, STR("    ask_each_part"));
    add_stem(arena, out, call, call->listing, "");
    add_word(out, of->type->id);
    add_stem(arena, out, call, of, "");
    add_word(out, call->listing->parent_key);
    add_word(out, of->parent_option);
    add_word(out, of->option);
    add_words(out, call);
}

static void (*const writers[])(struct arena *arena, const struct script_call *call,
                               struct buf *out) = {
    [SCRIPT_ASK] = write_ask,
    [SCRIPT_EACH] = write_each,
    [SCRIPT_EACH_PART] = write_each_part,
};

static void write_accounts(const struct script_plan *plan, struct buf *out)
{
    struct str last = STR_NONE;

    buf_add(out, STR("\naccounts='"));
    for (size_t i = 0; i < plan->asked; i++) {
        if (str_equal(plan->calls[i].account, last))
            continue;
        buf_printf(out, "%s%.*s", last.text != NULL ? "\n" : "",
                   STR_ARG(plan->calls[i].account));
        last = plan->calls[i].account;
    }
    buf_add(out, STR("'\n"));
}

static void write_calls(struct arena *arena, const struct script_plan *plan,
                        struct buf *out)
{
    struct str last = STR_NONE;

    for (size_t i = 0; i < plan->asked; i++) {
        const struct script_call *call = &plan->calls[i];

        if (!str_equal(call->account, last))
            buf_printf(out, "%s\ncalls_of_%.*s() {\n", i > 0 ? "}\n" : "",
                       STR_ARG(call->account));
        last = call->account;
        writers[call->how](arena, call, out);
        buf_add_byte(out, '\n');
    }
    if (plan->asked > 0)
        buf_add(out, STR("}\n"));
}

void report_script(const struct assessment *assessment,
                   const struct report_style *style, struct buf *out)
{
    struct script_plan plan;

    (void)style;
    script_plan(out->arena, assessment, &plan);
    write_head(out->arena, &plan, out);
    write_accounts(&plan, out);
    write_calls(out->arena, &plan, out);
    for (const char *const *line = script_lines; *line != NULL; line++)
        buf_add(out, str_from(*line));
}
