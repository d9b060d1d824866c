#include "collect/script.h"

#include "base/shell.h"
#include "catalog/name.h"
#include "collect/policy.h"

/* Of script.sh, each with its end; NULL: there are no more. */
extern const char *const script_lines[];

/* ---- the head -------------------------------------------------------------------- */

static const char *plural_of(size_t count)
{
    return count == 1 ? "" : "s";
}

static const char of_any_text[] =
    "#\n"
    "#     sh THIS_FILE [OPTION...] FOLDER [PROFILE...]        sh THIS_FILE -h\n"
    "#\n"
    "# With the credentials at hand, or with those of each PROFILE of the AWS CLI, it\n"
    "# asks of the account that they are of, and of each region that the account "
    "uses.\n";

static const char of_these_text[] =
    "#\n"
    "#     sh THIS_FILE [OPTION...] FOLDER [PROFILE...]        sh THIS_FILE -h\n"
    "#\n"
    "# With the credentials at hand, or with those of each PROFILE of the AWS CLI, it\n"
    "# asks what it has to ask of the account that they are of, and nothing of any "
    "other.\n";

static const char head_text[] =
    "# Nothing is changed in an account: each call describes, lists or gets. The "
    "answers\n"
    "# go into FOLDER, which only you can read: give a new one. A call that failed is\n"
    "# kept, too, with its error text. Run it again to go on where it ended, and to "
    "ask\n"
    "# again what failed; then send back FOLDER.\n"
    "#\n";

static void write_permissions(const struct collect_calls *calls, struct buf *out)
{
    struct str_list list = calls_permissions(out->arena, calls);

    if (list.count == 0)
        return;
    buf_add(out, STR("# Permissions that it needs:\n"));
    for (size_t i = 0; i < list.count; i++) {
        buf_add(out, STR("#     "));
        shell_add_word(out, list.items[i]);
        buf_add_byte(out, '\n');
    }
}

static const char *const why_left_out[COLLECT_HOW_COUNT] = {
    [COLLECT_NO_ACCOUNT] = "of an account that nothing tells",
    [COLLECT_NO_REGION] = "of a region that nothing tells",
    [COLLECT_NO_ID] = "about what the other answers will tell",
    [COLLECT_HARMFUL_ID] = "about an id that is none of AWS",
    [COLLECT_CHANGES] = "that might change something",
};

static void write_left_out(const struct collect_calls *calls, struct buf *out)
{
    size_t counts[COLLECT_HOW_COUNT] = { 0 };

    if (calls->asked == calls->count && !calls->has_more)
        return;
    for (size_t i = calls->asked; i < calls->count; i++)
        counts[calls->items[i].how]++;
    buf_add(out, STR("# Left out:\n"));
    for (int how = 0; how < COLLECT_HOW_COUNT; how++)
        if (counts[how] > 0)
            buf_printf(out, "#     %zu call%s %s\n", counts[how],
                       plural_of(counts[how]), why_left_out[how]);
    if (calls->has_more)
        buf_add(out, STR("#     what is more than can be asked at once: make this "
                         "script again later\n"));
}

static bool is_regional(const struct collect_call *call)
{
    return call->request.call->type->level == LEVEL_REGION;
}

static void write_head(const struct collect_calls *calls, struct buf *out)
{
    size_t regional = 0;

    for (size_t i = 0; i < calls->asked; i++)
        regional += is_regional(&calls->items[i]);
    buf_printf(out, "#!/bin/sh\n# invaudit %s asks for ", INVAUDIT_VERSION);
    if (calls->of_any) {
        buf_printf(out, "%zu answer%s of an account, and %zu of each of its regions.\n",
                   calls->asked - regional, plural_of(calls->asked - regional),
                   regional);
    } else {
        buf_printf(out, "%zu answer%s of %zu account%s.\n", calls->asked,
                   plural_of(calls->asked), calls->accounts,
                   plural_of(calls->accounts));
    }
    buf_add(out, str_from(calls->of_any ? of_any_text : of_these_text));
    buf_add(out, str_from(head_text));
    write_permissions(calls, out);
    write_left_out(calls, out);
}

/* ---- what is asked --------------------------------------------------------------- */

static void add_word(struct buf *out, struct str word)
{
    buf_add_byte(out, ' ');
    shell_add_word(out, word);
}

static void add_id(struct buf *name, struct str id)
{
    if (id.text == NULL)
        return;
    buf_add(name, STR("--"));
    buf_add(name, name_word(name->arena, id));
}

/* REGION/SERVICE-OPERATION and what else the name of a file begins with, a word of the
 * shell. `of`: the call, or that of the listing that gives its ids. */
static void add_name(struct buf *out, const struct collect_call *call,
                     const struct call *of, const char *ending)
{
    const struct collect_request *request = &call->request;
    struct buf name = BUF_EMPTY(out->arena);

    buf_add_byte(out, ' ');
    if (of->type->level != LEVEL_REGION)
        buf_add(out, STR("global/"));
    else if (request->region.text == NULL)
        buf_add(out, STR("\"$region\"/"));
    else
        buf_printf(out, "%.*s/", STR_ARG(request->region));
    buf_printf(&name, "%.*s-%.*s", STR_ARG(of->service), STR_ARG(of->operation));
    if (call->how == COLLECT_ASK) {
        add_id(&name, request->parent);
        add_id(&name, request->record);
    }
    buf_add(&name, str_from(ending));
    shell_add_word(out, buf_str(&name));
}

static void add_option(struct buf *out, struct str option, struct str id)
{
    if (option.text != NULL && id.text != NULL)
        add_word(out, str_from(arena_printf(out->arena, "%.*s=%.*s", STR_ARG(option),
                                            STR_ARG(id))));
}

/* The words of the AWS CLI, but for ids that a listing is to tell. */
static void add_words(struct buf *out, const struct collect_call *call)
{
    const struct call *of = call->request.call;
    struct str rest = of->arguments, word;

    add_word(out, of->service);
    add_word(out, of->operation);
    while (rest.text != NULL && (word = str_next(&rest, ' ')).text != NULL)
        if (word.len > 0)
            add_word(out, word);
    add_option(out, of->parent_option, call->request.parent);
    add_option(out, of->option, call->request.record);
    if (of->type->level != LEVEL_REGION)
        return;
    add_word(out, STR("--region"));
    if (call->request.region.text == NULL)
        buf_add(out, STR(" \"$region\""));
    else
        add_word(out, call->request.region);
}

static void write_ask(const struct collect_call *call, struct buf *out)
{
    buf_add(out, STR("ask"));
    add_name(out, call, call->request.call, ".json");
    add_words(out, call);
}

/* The id is that of the parent or of the record, whichever the call is told. */
static void write_each(const struct collect_call *call, struct buf *out)
{
    const struct call *of = call->request.call;

    buf_add(out, STR("ask_each"));
    add_name(out, call, call->listing, ".json");
    add_word(out, call->listing->type->id);
    add_name(out, call, of, "");
    add_word(out, of->gives == GIVES_PART ? of->parent_option : of->option);
    add_words(out, call);
}

static void write_each_part(const struct collect_call *call, struct buf *out)
{
    const struct call *of = call->request.call;

    buf_add(out, STR("ask_each_part"));
    add_name(out, call, call->listing, "");
    add_word(out, of->type->id);
    add_name(out, call, of, "");
    add_word(out, call->listing->parent_key);
    add_word(out, of->parent_option);
    add_word(out, of->option);
    add_words(out, call);
}

static void (*const writers[])(const struct collect_call *call, struct buf *out) = {
    [COLLECT_ASK] = write_ask,
    [COLLECT_EACH] = write_each,
    [COLLECT_EACH_PART] = write_each_part,
};

/* The code of the error that tells that there is nothing: a word of letters. */
static struct str refusal_of(const struct call *call)
{
    for (size_t i = 0; i < call->absent_on.len; i++)
        if (!is_word_byte(call->absent_on.text[i]))
            return STR("any");
    return call->absent_on.len > 0 ? call->absent_on : STR("any");
}

static void write_call(const struct collect_call *call, struct buf *out)
{
    buf_add(out, STR("    "));
    if (call->request.call->may_fail)
        buf_printf(out, "may %.*s ", STR_ARG(refusal_of(call->request.call)));
    writers[call->how](call, out);
    buf_add_byte(out, '\n');
}

static void write_accounts(const struct collect_calls *calls, struct buf *out)
{
    struct str last = STR_NONE;

    buf_printf(out, "\ntool='invaudit %s'\naccounts='%s", INVAUDIT_VERSION,
               calls->of_any ? "any" : "");
    for (size_t i = 0; i < calls->asked && !calls->of_any; i++) {
        if (str_equal(calls->items[i].request.account, last))
            continue;
        buf_printf(out, "%s%.*s", last.text != NULL ? "\n" : "",
                   STR_ARG(calls->items[i].request.account));
        last = calls->items[i].request.account;
    }
    buf_add(out, STR("'\n"));
}

static void write_calls_of_these(const struct collect_calls *calls, struct buf *out)
{
    struct str last = STR_NONE;

    for (size_t i = 0; i < calls->asked; i++) {
        const struct collect_call *call = &calls->items[i];

        if (!str_equal(call->request.account, last))
            buf_printf(out, "%s\ncalls_of_%.*s() {\n", i > 0 ? "}\n" : "",
                       STR_ARG(call->request.account));
        last = call->request.account;
        write_call(call, out);
    }
    if (calls->asked > 0)
        buf_add(out, STR("}\n"));
}

static void write_calls_of_any(const struct collect_calls *calls, bool regional,
                               struct buf *out)
{
    bool is_empty = true;

    buf_printf(out, "\ncalls_of_%s() {\n", regional ? "region" : "account");
    for (size_t i = 0; i < calls->asked; i++) {
        if (is_regional(&calls->items[i]) != regional)
            continue;
        write_call(&calls->items[i], out);
        is_empty = false;
    }
    buf_add(out, is_empty ? STR("    :\n}\n") : STR("}\n"));
}

void collect_script(const struct collect_calls *calls, struct buf *out)
{
    write_head(calls, out);
    write_accounts(calls, out);
    if (calls->of_any) {
        write_calls_of_any(calls, false, out);
        write_calls_of_any(calls, true, out);
    } else {
        write_calls_of_these(calls, out);
    }
    for (const char *const *line = script_lines; *line != NULL; line++)
        buf_add(out, str_from(*line));
}
