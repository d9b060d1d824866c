#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"

#include "base/table.h"
#include "collect/policy.h"
#include "collect/reads.h"
#include "collect/request.h"
#include "collect/script.h"
#include "compare/report.h"
#include "scan.h"
#include "json/bytes.h"

#include <string.h>

struct collect_options {
    struct str_list rules, packs, select, skip, missing;
    struct str role;
    bool no_builtin, all, policy;
};

static const struct option own[] = {
    { "no-builtin", 0, OPTION_FLAG, NULL, "leave out the built-in rules",
      offsetof(struct collect_options, no_builtin), GROUP_RULES },
    { "rules", 0, OPTION_TEXTS, "PATH",
      "ask for what the rules of a file or folder read, too; repeatable",
      offsetof(struct collect_options, rules), GROUP_RULES },
    { "pack", 0, OPTION_WORDS, "NAME[,NAME...]",
      "ask for what the rules of a built-in pack read, too; repeatable",
      offsetof(struct collect_options, packs), GROUP_RULES },
    { "select", 0, OPTION_WORDS, "RULE[,RULE...]",
      "ask for what these rules read only: an id, a tag, a pack, or a pattern of ids; "
      "repeatable",
      offsetof(struct collect_options, select), GROUP_RULES },
    { "skip", 0, OPTION_WORDS, "RULE[,RULE...]",
      "ask for what all rules read but these; repeatable",
      offsetof(struct collect_options, skip), GROUP_RULES },
    { "all", 0, OPTION_FLAG, NULL,
      "ask for every listing of the catalog, and all that a built-in rule reads",
      offsetof(struct collect_options, all), GROUP_RULES },
    { "missing", 0, OPTION_TEXTS, "REPORT|PATH",
      "ask only for what is missing: by a JSON report of 'evidence' or 'scan', or of "
      "the "
      "evidence at PATH; repeatable",
      offsetof(struct collect_options, missing), GROUP_EVIDENCE },
    { "policy", 0, OPTION_FLAG, NULL,
      "print the least IAM policy that the script needs, as JSON, in place of it",
      offsetof(struct collect_options, policy), GROUP_OUTPUT },
    { "role", 0, OPTION_TEXT, "NAME",
      "with --policy: what the script's -R NAME needs, too",
      offsetof(struct collect_options, role), GROUP_OUTPUT },
    { .name = NULL },
};
static const struct option *const options[] = { own, NULL };

/* ---- by a report ----------------------------------------------------------------- */

/* What reports want, each once. */
struct wanting {
    struct arena *arena;
    const struct catalog *catalog;
    struct collect_request *items;
    size_t count, capacity;
    struct table known; /* by account and command */
};

static struct str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return json_is_string(value)
               ? (struct str){ json_string_value(value), json_string_length(value) }
               : STR_NONE;
}

static bool want(struct wanting *wanting, struct str account, struct str command,
                 struct error *err)
{
    struct str key = str_from(
        arena_printf(wanting->arena, "%.*s %.*s", STR_ARG(account), STR_ARG(command)));
    void **slot = table_slot(&wanting->known, key);

    if (command.text == NULL || *slot != NULL)
        return true; /* nothing gives it; or it was wanted before */
    *slot = wanting;
    wanting->items = arena_grow(wanting->arena, wanting->items, wanting->count,
                                &wanting->capacity, sizeof *wanting->items);
    return collect_request_read(wanting->arena, wanting->catalog, account, command,
                                &wanting->items[wanting->count++], err);
}

/* Of a list of objects with a command each; they, or their owner, tell the account. */
static bool want_each(struct wanting *wanting, const json_t *list, const json_t *owner,
                      struct error *err)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);

        if (!want(wanting, text_of(owner != NULL ? owner : item, "account"),
                  text_of(item, "command"), err))
            return false;
    }
    return true;
}

static bool want_of_report(struct wanting *wanting, const char *path, struct error *err)
{
    struct saved_report report;

    if (!saved_report_read(wanting->arena, path, &report, err))
        return false;
    if (!want_each(wanting, json_object_get(report.value, "missing"), NULL, err))
        return error_at(err, path, 0);
    for (size_t i = 0; i < report.finding_count; i++) {
        const json_t *finding = report.findings[i].value;

        if (!want_each(wanting, json_object_get(finding, "settle"), finding, err))
            return error_at(err, path, 0);
    }
    return true;
}

/* Whether it begins as a JSON report of ours does. */
static bool is_report(struct arena *arena, const char *path)
{
    struct error err = { 0 };
    struct bytes *bytes = bytes_open(arena, path, &err);
    struct str head;

    if (bytes == NULL)
        return false; /* a folder, or what the scan will complain of */
    head = bytes_peek(bytes);
    return str_find(head, STR("\"invaudit-evidence/")) != SIZE_MAX ||
           str_find(head, STR("\"invaudit-report/")) != SIZE_MAX;
}

/* ---- by evidence ----------------------------------------------------------------- */

static bool calls_of_evidence(struct arena *arena, const struct rulebook *book,
                              const struct str_list *paths, struct collect_calls *calls,
                              struct error *err)
{
    const char **items = arena_array(arena, paths->count, const char *);
    const struct settings settings = { .lists_missing = true };
    struct scan_wanted wanted = {
        .book = book, .settings = &settings, .paths = items, .path_count = paths->count
    };
    struct assessment assessment = { 0 };

    for (size_t i = 0; i < paths->count; i++)
        items[i] = paths->items[i].text;
    if (!scan(arena, &wanted, &assessment, err))
        return false;
    calls_of_missing(arena, &assessment, calls);
    return true;
}

static int find_missing(const struct command_line *line, const struct rulebook *book,
                        struct collect_calls *calls)
{
    const struct collect_options *given = line->options;
    struct wanting wanting = { .arena = line->arena,
                               .catalog = book->catalog,
                               .known = TABLE_EMPTY(line->arena) };
    struct error err = { 0 };
    size_t reports = 0;

    for (size_t i = 0; i < given->missing.count; i++) {
        const char *path = given->missing.items[i].text;

        if (!path_exists(line->arena, "--missing: ", path))
            return STATUS_WRONG;
        if (strcmp(path, "-") == 0 || !is_report(line->arena, path))
            continue;
        reports++;
        if (!want_of_report(&wanting, path, &err)) {
            complain_error(line->arena, &err);
            return STATUS_WRONG;
        }
    }
    if (reports > 0 && reports < given->missing.count)
        return wrong_usage(line, "option '--missing': expected reports, or evidence, "
                                 "not both");
    if (reports > 0) {
        calls_of_requests(line->arena, wanting.items, wanting.count, false, calls);
        return STATUS_GOOD;
    }
    if (!calls_of_evidence(line->arena, book, &given->missing, calls, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    return STATUS_GOOD;
}

/* ---- the run --------------------------------------------------------------------- */

static int find_calls(const struct command_line *line, struct collect_calls *calls)
{
    struct collect_options *given = line->options;
    struct str every = STR("*");
    const struct rulebook_wanted wanted = {
        .paths = given->rules,
        .no_builtin = given->no_builtin,
        .packs = given->packs,
        .select = given->all ? (struct str_list){ &every, 1 } : given->select,
        .skip = given->skip,
        .to_judge = true,
    };
    struct mistakes mistakes = MISTAKES_EMPTY(line->arena);
    const struct rulebook *book =
        rules_load(line->arena, "--rules: ", &wanted, &mistakes);

    if (book == NULL)
        return STATUS_WRONG;
    if (given->missing.count > 0)
        return find_missing(line, book, calls);
    if (book->count == 0)
        return wrong_usage(line, "there is no rule to ask for; --all asks for every "
                                 "listing");
    calls_of_rules(line->arena, book, given->all, calls);
    return STATUS_GOOD;
}

static bool is_role(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_word_byte(name.text[i]) && strchr("_+=,.@/-", name.text[i]) == NULL)
            return false;
    return name.len > 0;
}

static int check(const struct command_line *line)
{
    const struct collect_options *given = line->options;
    bool chooses = given->no_builtin || given->packs.count > 0 ||
                   given->select.count > 0 || given->skip.count > 0;

    if (line->operand_count > 0)
        return wrong_usage(line, "unexpected '%s'", line->operands[0]);
    if (given->all && chooses)
        return wrong_usage(line,
                           "option '--all' takes every rule: --no-builtin, --pack, "
                           "--select and --skip leave some out");
    if (given->all && given->missing.count > 0)
        return wrong_usage(line, "expected one of --all and --missing");
    if (given->role.text != NULL && !given->policy) {
        return wrong_usage(line,
                           "option '--role' belongs to --policy; the script takes "
                           "-R %s",
                           given->role.text);
    }
    if (given->role.text != NULL && !is_role(given->role)) {
        return wrong_usage(line,
                           "option '--role': expected the name of a role, met "
                           "'%s'",
                           given->role.text);
    }
    return STATUS_GOOD;
}

static void complain_of_permissions(struct arena *arena,
                                    const struct collect_calls *calls)
{
    for (size_t i = 0; i < calls->asked; i++) {
        const struct call *call = calls->items[i].request.call;

        if (call->permission.text == NULL)
            complain(arena, "nothing tells the permission that '%.*s' needs",
                     STR_ARG(call->name));
    }
}

static int run_collect(const struct command_line *line)
{
    const struct collect_options *given = line->options;
    struct buf text = BUF_EMPTY(line->arena);
    struct collect_calls calls = { 0 };
    int status = check(line);

    if (status == STATUS_GOOD)
        status = find_calls(line, &calls);
    if (status != STATUS_GOOD)
        return status;
    if (given->policy) {
        complain_of_permissions(line->arena, &calls);
        collect_policy(&calls, given->role, &text);
    } else {
        collect_script(&calls, &text);
    }
    return output_write(line->arena, buf_str(&text));
}

const struct command command_collect = {
    .name = "collect",
    .operands = "",
    .summary = "print a script that collects evidence, for who has the credentials",
    .description =
        "The script is of the POSIX shell, and runs where the AWS CLI does. It asks "
        "for "
        "what the rules read, in each region that an account uses; only calls that "
        "describe, list or get. Its folder holds each answer, when and how it was "
        "asked, "
        "and digests of all, and is what scan takes. Interrupted, it goes on where it "
        "ended. Its -h tells its options; invaudit-evidence(5) tells the rest.",
    .examples = { { "invaudit collect >collect.sh",
                    "what the built-in rules read, as a script" },
                  { "invaudit collect --all --policy >policy.json",
                    "the permissions to collect all that is known" } },
    .options = options,
    .options_bytes = sizeof(struct collect_options),
    .run = run_collect,
};
