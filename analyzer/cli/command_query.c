#include "cli/complain.h"
#include "cli/output.h"
#include "cli/printer.h"
#include "gather/bindings.h"
#include "query/query.h"
#include "rulebook/functions.h"

struct query_options {
    struct str as_of;
    bool compact, raw, exit_status;
};

static const struct option options[] = {
    { "compact", 'c', OPTION_FLAG, NULL, "print each result on one line",
      offsetof(struct query_options, compact), GROUP_OPTIONS },
    { "raw", 'r', OPTION_FLAG, NULL,
      "print text without quotes, and a list as a line for each element",
      offsetof(struct query_options, raw), GROUP_OPTIONS },
    { "exit-status", 'e', OPTION_FLAG, NULL,
      "end with status 1 if a result is null or false",
      offsetof(struct query_options, exit_status), GROUP_OPTIONS },
    { "as-of", 0, OPTION_TIME, "DATE",
      "the time that age_days() and $now read: YYYY-MM-DD, an instant, now, or "
      "today (its first instant)",
      offsetof(struct query_options, as_of), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const tables[] = { options, NULL };

/* What one run of the command works with. */
struct querying {
    const struct command_line *line;
    const struct query_options *given;
    struct str expression;
    const struct jmespath *compiled;
    struct query *query;
    struct printer *printer;
    bool denied; /* a result is null or false */
};

/* ---- what is wrong --------------------------------------------------------------- */

/* The message, and the expression with a caret. */
static void say(const struct querying *querying, const char *path, bool is_warning,
                const struct error *err)
{
    struct mistakes mistakes = MISTAKES_EMPTY(querying->line->arena);
    const struct place place = { .path = path };

    if (is_warning)
        mistakes_warning(&mistakes, place, "%s", err->message);
    else
        mistakes_error(&mistakes, place, "%s", err->message);
    mistakes_show(&mistakes, querying->expression, err->column);
    complain_mistakes(&mistakes);
}

static int unreadable(const struct querying *querying, const char *path,
                      struct error *err)
{
    error_at(err, path, err->line);
    complain_error(querying->line->arena, err);
    return STATUS_UNKNOWN;
}

/* ---- sources --------------------------------------------------------------------- */

static void take(void *object, json_t *element)
{
    struct querying *querying = object;

    if (element == NULL)
        printer_start(querying->printer);
    else
        printer_element(querying->printer, element);
}

static int print(struct querying *querying, const json_t *result)
{
    if (result == NULL)
        return printer_end(querying->printer);
    if (json_is_null(result) || json_is_false(result))
        querying->denied = true;
    return printer_print(querying->printer, result);
}

/* After the last document: whether all of the source could be read. */
static int finish(const struct querying *querying, const char *path,
                  struct bytes *bytes, size_t document_count)
{
    struct bytes_total total = { 0 };
    struct error err = { 0 };

    bytes_finish(bytes, &total);
    if (total.read_error != NULL)
        error_set(&err, "cannot be read: %s", total.read_error);
    else if (document_count == 0)
        error_set(&err, "holds no JSON document");
    else
        return STATUS_GOOD;
    return unreadable(querying, path, &err);
}

static int query_bytes(struct querying *querying, const char *path, struct bytes *bytes)
{
    struct error err = { 0 };
    size_t document_count = 0;
    json_t *result = NULL;
    int status = STATUS_GOOD;

    bytes_without_digest(bytes);
    query_begin(querying->query, bytes);
    while (status == STATUS_GOOD) {
        switch (query_next(querying->query, &result, &err)) {
        case QUERY_RESULT:
            status = print(querying, result);
            document_count++;
            break;
        case QUERY_WRONG:
            say(querying, path, false, &err);
            return STATUS_WRONG;
        case QUERY_BROKEN:
            return unreadable(querying, path, &err);
        case QUERY_END:
            return finish(querying, path, bytes, document_count);
        }
    }
    return status;
}

static int query_path(struct querying *querying, const char *path)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct bytes *bytes = bytes_open(&arena, path, &err);
    int status;

    status = bytes != NULL ? query_bytes(querying, path, bytes)
                           : unreadable(querying, path, &err);
    arena_release(&arena);
    return status;
}

/* What is broken does not keep the others from being read; all else ends the run. */
static int query_paths(struct querying *querying)
{
    const struct command_line *line = querying->line;
    size_t count = line->operand_count - 1;
    int status = STATUS_GOOD;

    for (size_t i = 0; i < count || i == 0; i++) {
        int of_path = query_path(querying, count > 0 ? line->operands[i + 1] : "-");

        if (of_path == STATUS_WRONG || of_path == STATUS_MACHINE)
            return of_path;
        if (of_path != STATUS_GOOD)
            status = of_path;
    }
    if (status == STATUS_GOOD && querying->given->exit_status && querying->denied)
        status = STATUS_FAILS;
    return status;
}

/* ---- the command ----------------------------------------------------------------- */

static int run_query(const struct command_line *line)
{
    const struct jmespath_names variables = { &STR("now"), 1 };
    const struct jmespath_options reads = { .variables = &variables,
                                            .functions = &rulebook_functions };
    struct querying querying = { .line = line, .given = line->options };
    struct jmespath_context *context;
    struct jmespath_names read = { 0 };
    struct error err = { 0 };
    int status;

    if (line->operand_count == 0)
        return wrong_usage(line,
                           "expected an expression, such as 'DBSnapshots[*].Engine'");
    querying.expression = str_from(line->operands[0]);
    querying.compiled =
        jmespath_compile_with(line->arena, querying.expression, &reads, &err);
    if (querying.compiled == NULL) {
        say(&querying, NULL, false, &err);
        return STATUS_WRONG;
    }
    /* $now is all that is bound, and so all that an expression can read */
    jmespath_variables(line->arena, jmespath_root(querying.compiled), &read);
    if (querying.given->as_of.text == NULL && read.count > 0)
        return wrong_usage(line,
                           "the expression reads the time: give it with --as-of DATE");
    /* a comparison with "text" or true, which are names of fields: it goes on */
    if (jmespath_hint(querying.compiled, &err))
        say(&querying, NULL, true, &err);
    context = bindings_new(line->arena, NULL, querying.given->as_of);
    querying.printer = printer_new(line->arena, context);
    querying.printer->compact = querying.given->compact;
    querying.printer->raw = querying.given->raw;
    querying.query = query_new(line->arena, querying.compiled, context);
    query_take(querying.query, take, &querying);
    status = query_paths(&querying);
    /* a comparison of what has no order was null, as in the AWS CLI: it counted as no
     */
    err = (struct error){ 0 };
    if (jmespath_context_unordered(context, &err))
        say(&querying, NULL, true, &err);
    return status;
}

const struct command command_query = {
    .name = "query",
    .operands = "EXPRESSION [FILE...]",
    .summary = "print what a JMESPath expression gives for JSON files",
    .description =
        "EXPRESSION is JMESPath, the language of the AWS CLI's queries, with functions "
        "of invaudit's own: see invaudit-rule(5). It is evaluated for each JSON "
        "document of each FILE, in order; '-', or no FILE at all, is standard input. "
        "Of a document only what the expression reads is kept, so files may be larger "
        "than memory.\n\n"
        "Results are printed as the AWS CLI prints JSON. What stands before a break in "
        "a file is printed; the status is then 3.",
    .examples = { { "invaudit query 'DBSnapshots[*].Engine' answer.json",
                    "the engines, as the AWS CLI would print them" },
                  { "invaudit query -r 'DBSnapshots[*].[DBSnapshotIdentifier, Engine]' "
                    "answer.json",
                    "a line for each, for shells" } },
    .options = tables,
    .options_bytes = sizeof(struct query_options),
    .run = run_query,
};
