#include "base/digest.h"
#include "base/file.h"
#include "cli/complain.h"
#include "cli/confine.h"
#include "cli/earlier.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "cli/settings.h"
#include "compare/verify_json.h"
#include "gather/waivers.h"
#include "report/escape.h"
#include "report/report.h"
#include "scan.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct verify_options {
    struct str output;
    bool no_sandbox;
};

static const struct option own[] = {
    { "output", 'o', OPTION_TEXT, "FORMAT",
      "print what differs as text, which is the default, or as json",
      offsetof(struct verify_options, output), GROUP_OPTIONS },
    { "no-sandbox", 0, OPTION_FLAG, NULL,
      "do not give up rights that the run does not need; the last line says so",
      offsetof(struct verify_options, no_sandbox), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const options[] = { own, NULL };

/* One run of the command. */
struct verifying {
    const struct command_line *line;
    struct arena *arena;
    struct saved_report report;
    struct settings settings;
    struct scan_wanted wanted;
    struct verification *verification;
    struct sandbox sandbox;
    bool is_json;
};

/* ---- what is said ---------------------------------------------------------------- */

static void put_line(struct buf *out, const struct verify_line *line)
{
    enum { CODE_COLUMNS = 16 };

    buf_printf(out, "%-*s ", CODE_COLUMNS, verify_code_name(line->code));
    if (line->where.text != NULL) {
        escape_text(out, line->where);
        buf_add(out, STR(": "));
    }
    escape_text(out, str_from(line->text));
    buf_add_byte(out, '\n');
}

static const char *counted(struct arena *arena, size_t count, const char *what)
{
    return arena_printf(arena, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void put_end(struct buf *out, const struct verifying *verifying, int status)
{
    const struct verification *verification = verifying->verification;
    const size_t differences = verification_differences(verification);
    const size_t notes = verification->count + verification->values_more - differences;

    if (verification->values_more > 0)
        buf_printf(out, "%zu values more differ\n", verification->values_more);
    escape_text(out, str_from(verifying->report.path));
    if (status == STATUS_GOOD)
        buf_printf(out, ": holds");
    else if (status == STATUS_UNKNOWN)
        buf_printf(out, ": cannot be verified, since evidence cannot be read");
    else
        buf_printf(out, ": does not hold");
    buf_printf(out, " (%s", counted(verifying->arena, differences, "difference"));
    if (notes > 0)
        buf_printf(out, ", %s", counted(verifying->arena, notes, "note"));
    buf_printf(out, "), status %d", status);
    if (verifying->sandbox.why != NULL)
        buf_printf(out, ", not confined (%s)", verifying->sandbox.why);
    buf_add_byte(out, '\n');
}

static int print_text(const struct verifying *verifying, int status)
{
    const struct verification *verification = verifying->verification;
    struct buf out = BUF_EMPTY(verifying->arena);

    for (size_t i = 0; i < verification->count; i++)
        put_line(&out, &verification->lines[i]);
    put_end(&out, verifying, status);
    return output_write(verifying->arena, buf_str(&out));
}

static int print_json(const struct verifying *verifying, int status)
{
    const struct told_verification told = { verifying->verification, status };
    struct buf out = BUF_EMPTY(verifying->arena);

    verification_json(&told, &out);
    return output_write(verifying->arena, buf_str(&out));
}

static int say(const struct verifying *verifying)
{
    int status = verification_status(verifying->verification);
    int printed = verifying->is_json ? print_json(verifying, status)
                                     : print_text(verifying, status);

    return printed != STATUS_GOOD ? printed : status;
}

/* The report cannot be made again, which was said: all that is known is whether it
 * contradicts itself. */
static int say_alone(const struct verifying *verifying)
{
    return verification_differences(verifying->verification) > 0 ? say(verifying)
                                                                 : STATUS_WRONG;
}

/* ---- what the report asks for ---------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int read_report(struct verifying *verifying)
{
    const struct command_line *line = verifying->line;
    struct saved_report *report = &verifying->report;
    struct error err = { 0 };

    if (!saved_report_read(line->arena, line->operands[0], report, &err)) {
        complain_error(line->arena, &err);
        if (line->operand_count > 1 && is_folder(line->operands[0]))
            complain_text(line->arena,
                          "the report comes first: 'invaudit verify REPORT PATH...'");
        return STATUS_WRONG;
    }
    if (report->operands.count > 0 && report->catalog_sha256.text != NULL &&
        json_object_get(report->value, "inputs_sha256") != NULL)
        return STATUS_GOOD;
    complain(
        line->arena,
        "%s: lacks operands, catalog or inputs_sha256, so it cannot be made again: "
        "an earlier version wrote it",
        line->operands[0]);
    return STATUS_WRONG;
}

static bool is_operand(const struct verifying *verifying, const char *path)
{
    return str_list_has(&verifying->report.operands, str_from(path));
}

/* A PATH that is an operand stands for itself; of the others each for one, in their
 * order. */
static void place_operands(struct verifying *verifying, const char **names,
                           const char **places)
{
    const struct str_list *operands = &verifying->report.operands;
    const char *const *given = verifying->line->operands + 1;
    const size_t count = verifying->line->operand_count - 1;
    size_t next = 0;

    for (size_t i = 0; i < operands->count; i++) {
        bool stays = count == 0;

        names[i] = operands->items[i].text;
        for (size_t j = 0; j < count; j++)
            stays = stays || str_equal(operands->items[i], str_from(given[j]));
        if (stays)
            continue;
        while (next < count && is_operand(verifying, given[next]))
            next++;
        places[i] = given[next++];
        verification_add(verifying->verification, VERIFY_MOVED, operands->items[i],
                         arena_printf(verifying->arena, "it is %s now", places[i]));
    }
}

static int count_wrong(const struct verifying *verifying)
{
    const struct str_list *operands = &verifying->report.operands;
    struct buf names = BUF_EMPTY(verifying->arena);

    for (size_t i = 0; i < operands->count; i++)
        buf_printf(&names, "%s'%.*s'", i > 0 ? ", " : "", STR_ARG(operands->items[i]));
    return wrong_usage(verifying->line,
                       "the report was made of %zu path%s, %s: expected a PATH for "
                       "each of them, or none",
                       operands->count, operands->count == 1 ? "" : "s",
                       buf_str(&names).text);
}

/* As a report has them: paths that can be opened, not empty and with no NUL in them, in
 * their order, each once. */
static bool are_paths(const struct str_list *operands)
{
    for (size_t i = 0; i < operands->count; i++) {
        if (operands->items[i].len == 0 ||
            strlen(operands->items[i].text) != operands->items[i].len ||
            (i > 0 && str_compare(operands->items[i - 1], operands->items[i]) >= 0))
            return false;
    }
    return operands->count <= VERIFY_OPERANDS_MAX;
}

/* A report may name anything: only who calls the program has it open what is no file.
 */
static bool names_file(const struct verifying *verifying, const char *path)
{
    struct stat status;

    if (!path_exists(verifying->arena, "", path))
        return false;
    if (strcmp(path, "-") == 0 || verifying->line->operand_count > 1 ||
        stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))
        return true;
    complain(verifying->arena, "%s: is no file or folder, and only the report names it",
             path);
    return false;
}

static int find_evidence(struct verifying *verifying)
{
    struct arena *arena = verifying->arena;
    const struct str_list *operands = &verifying->report.operands;
    const char **names = arena_array(arena, operands->count, const char *);
    const char **places = arena_array(arena, operands->count, const char *);
    const size_t given = verifying->line->operand_count - 1;
    bool exist = true;

    if (!are_paths(operands)) {
        complain(arena,
                 "%s: /operands: expected at most %d paths in their order, each once",
                 verifying->report.path, VERIFY_OPERANDS_MAX);
        return STATUS_WRONG;
    }
    if (given > 0 && given != operands->count)
        return count_wrong(verifying);
    place_operands(verifying, names, places);
    for (size_t i = 0; i < operands->count; i++)
        exist = (places[i] != NULL ? path_exists(arena, "", places[i])
                                   : names_file(verifying, names[i])) &&
                exist;
    verifying->wanted.paths = names;
    verifying->wanted.path_count = operands->count;
    verifying->wanted.places = places;
    if (exist)
        return STATUS_GOOD;
    if (given == 0)
        complain_text(arena, "say where the evidence is: 'invaudit verify REPORT "
                             "PATH...'");
    return STATUS_WRONG;
}

/* The file of a rule, a catalog or waivers, where it still is. */
static void check_file(const struct verifying *verifying, enum verify_code code,
                       struct str where, struct str path, struct str sha256)
{
    struct arena *arena = verifying->arena;
    struct digest *digest = digest_new(arena);
    struct error err = { 0 };
    char hex[DIGEST_HEX_BYTES];
    struct str text;

    if (access(path.text, F_OK) != 0)
        return;
    if (!file_read(arena, path.text, WAIVERS_BYTES_MAX, &text, &err)) {
        verification_add(verifying->verification, VERIFY_UNREADABLE, path,
                         arena_printf(arena, "%s", err.message));
        return;
    }
    digest_add(digest, text.text, text.len);
    digest_hex(digest, hex);
    if (!str_equal(str_from(hex), sha256)) {
        verification_add(verifying->verification, code, where,
                         arena_printf(arena,
                                      "%s was changed since: its SHA-256 is %s, not "
                                      "%.*s, and the text in the report is judged by",
                                      path.text, hex, STR_ARG(sha256)));
    }
}

static void check_files(const struct verifying *verifying)
{
    const struct saved_report *report = &verifying->report;
    const json_t *waivers = json_object_get(report->root, "waivers");
    struct str source = str_from(json_string_value(json_object_get(waivers, "source")));

    for (size_t i = 0; i < report->catalog_count; i++)
        check_file(verifying, VERIFY_CATALOG, report->catalogs[i].source,
                   report->catalogs[i].source, report->catalogs[i].sha256);
    for (size_t i = 0; i < report->rule_count; i++)
        if (report->rules[i].text.text != NULL)
            check_file(verifying, VERIFY_RULE, report->rules[i].id,
                       report->rules[i].source, report->rules[i].sha256);
    if (source.text != NULL)
        check_file(verifying, VERIFY_WAIVERS, source, source,
                   str_from(json_string_value(json_object_get(waivers, "sha256"))));
}

/* The text of each file that is in the report. */
static struct rulebook_texts texts_of(const struct verifying *verifying)
{
    const struct saved_report *report = &verifying->report;
    struct rulebook_file *items =
        arena_array(verifying->arena, report->catalog_count + report->rule_count,
                    struct rulebook_file);
    size_t count = 0;

    for (size_t i = 0; i < report->catalog_count; i++)
        items[count++] =
            (struct rulebook_file){ .path = report->catalogs[i].source.text,
                                    .text = report->catalogs[i].text };
    for (size_t i = 0; i < report->rule_count; i++) {
        if (report->rules[i].text.text != NULL) {
            items[count++] =
                (struct rulebook_file){ .path = report->rules[i].source.text,
                                        .text = report->rules[i].text };
        }
    }
    return (struct rulebook_texts){ items, count };
}

static bool take_settings(struct verifying *verifying, struct error *err)
{
    struct saved_report *report = &verifying->report;

    return earlier_take(verifying->arena, json_object_get(report->root, "settings"),
                        &verifying->settings, err) &&
           settings_compile(verifying->arena, &verifying->settings, err);
}

/* What a report has of rules is read in the sandbox. */
static void enter(struct verifying *verifying)
{
    const struct verify_options *given = verifying->line->options;
    const struct scan_wanted *wanted = &verifying->wanted;
    const struct settings none = { 0 };

    for (size_t i = 0; i < wanted->path_count; i++)
        confine_paths(
            &verifying->sandbox,
            wanted->places[i] != NULL ? &wanted->places[i] : &wanted->paths[i], 1);
    confine(&verifying->sandbox, &none, NULL, given->no_sandbox);
}

/* By the text in the report; absent: the report lacks it, and what is wrong is said. */
static bool take_waivers(struct verifying *verifying)
{
    struct arena *arena = verifying->arena;
    struct settings *settings = &verifying->settings;
    const json_t *waivers = json_object_get(verifying->report.root, "waivers");
    const json_t *text = json_object_get(waivers, "text");
    const struct str has = { json_string_value(text), json_string_length(text) };

    if (verifying->report.is_evidence || settings->waivers.text == NULL)
        return true;
    if (has.text == NULL) {
        complain(arena, "%s: /waivers/text: expected the text of %s",
                 verifying->report.path, settings->waivers.text);
        return false;
    }
    return settings_waivers(arena, verifying->wanted.book, settings, &has);
}

static bool prepare(struct verifying *verifying)
{
    struct arena *arena = verifying->arena;
    struct rulebook_texts *texts = arena_new(arena, struct rulebook_texts);
    struct settings *settings = &verifying->settings;
    struct error err = { 0 };

    enter(verifying);
    settings->lists_missing = verifying->report.is_evidence;
    *texts = texts_of(verifying);
    if (take_settings(verifying, &err))
        verifying->wanted.book = settings_rules(arena, settings, texts);
    if (verifying->wanted.book != NULL &&
        settings_find_type(arena, verifying->wanted.book->catalog, settings, &err))
        return take_waivers(verifying);
    if (err.message[0] != '\0') {
        error_at(&err, verifying->report.path, 0);
        complain_error(arena, &err);
    }
    return false;
}

/* ---- the report again ------------------------------------------------------------ */

/* What the report says of its own run's: that tells of a machine, so it is taken. */
static const struct sandbox *sandbox_of(const struct verifying *verifying)
{
    const json_t *value = json_object_get(verifying->report.root, "sandbox");
    struct sandbox *sandbox = arena_new(verifying->arena, struct sandbox);

    sandbox->has_files = json_is_true(json_object_get(value, "files"));
    sandbox->has_calls = json_is_true(json_object_get(value, "calls"));
    sandbox->why = json_string_value(json_object_get(value, "why"));
    return confine_lack(sandbox);
}

static bool scan_again(struct verifying *verifying, struct saved_report *again)
{
    struct arena *arena = verifying->arena;
    struct assessment assessment = { 0 };
    struct meter *meter = meter_start(arena);
    struct buf text = BUF_EMPTY(arena);
    struct error err = { 0 };
    bool done;

    verifying->wanted.progress = meter_progress(meter);
    done = scan(arena, &verifying->wanted, &assessment, &err);
    meter_stop(meter);
    assessment.sandbox = sandbox_of(verifying);
    if (done) {
        if (verifying->report.is_evidence)
            report_evidence_json(&assessment, NULL, &text);
        else
            report_json(&assessment, NULL, &text);
        *again = verifying->report; /* mostly */
        done = str_equal(buf_str(&text), verifying->report.bytes) ||
               saved_report_parse(arena, "the report made again", buf_str(&text), again,
                                  &err);
    }
    if (!done)
        complain_error(arena, &err);
    return done;
}

static void note_moves(struct verifying *verifying)
{
    const struct moves *moves = &verifying->wanted.moves;

    for (size_t i = 0; i < moves->count; i++)
        verification_add(
            verifying->verification, VERIFY_MOVED, str_from(moves->items[i].to),
            arena_printf(verifying->arena, "it is %s now", moves->items[i].from));
}

static bool is_packed_alike(const struct verifying *verifying,
                            const struct saved_report *again)
{
    bool packed;
    struct str operand = verify_repacked(&verifying->report, again, &packed);

    if (operand.text == NULL)
        return true;
    complain(verifying->arena,
             packed
                 ? "%.*s: the report is of an archive, and it is a folder here: give "
                   "the archive"
                 : "%.*s: the report is of a folder, and it is an archive here: "
                   "unpack it, and give the folder",
             STR_ARG(operand));
    return false;
}

static bool make_again(struct verifying *verifying, struct saved_report *again)
{
    if (!scan_again(verifying, again) || !is_packed_alike(verifying, again))
        return false;
    verifying->wanted.moves = verify_moves(verifying->arena, &verifying->report, again);
    note_moves(verifying);
    return verifying->wanted.moves.count == 0 || scan_again(verifying, again);
}

/* ---- the command ----------------------------------------------------------------- */

static int run_verify(const struct command_line *line)
{
    const struct verify_options *given = line->options;
    struct verifying verifying = { .line = line,
                                   .arena = line->arena,
                                   .sandbox = SANDBOX_EMPTY(line->arena) };
    struct saved_report again;
    int status;

    verifying.is_json = str_equal(given->output, STR("json"));
    if (given->output.text != NULL && !verifying.is_json &&
        !str_equal(given->output, STR("text")))
        return wrong_usage(line, "option '--output': expected text or json, not '%s'",
                           given->output.text);
    if (line->operand_count == 0)
        return wrong_usage(line,
                           "expected a REPORT, as scan and evidence write it with "
                           "-o json");
    status = read_report(&verifying);
    if (status != STATUS_GOOD)
        return status;
    verifying.verification = verification_new(line->arena, &verifying.report);
    verifying.wanted.settings = &verifying.settings;
    verify_alone(verifying.verification);
    check_files(&verifying);
    if (find_evidence(&verifying) != STATUS_GOOD || !prepare(&verifying) ||
        !make_again(&verifying, &again))
        return say_alone(&verifying);
    verify_again(verifying.verification, &again);
    return say(&verifying);
}

const struct command command_verify = {
    .name = "verify",
    .operands = "REPORT [PATH...]",
    .summary = "tell whether a report still follows from its evidence",
    .description =
        "REPORT is what scan or evidence wrote with -o json. It is made again, with "
        "its "
        "own settings and rules, from the paths that it names; or from PATHs, one for "
        "each of those, where the evidence was moved. What differs is said with a "
        "code, "
        "and why.",
    .examples = { { "invaudit verify report.json",
                    "status 0: nothing was changed, in the report and the evidence" },
                  { "invaudit verify report.json evidence",
                    "the same, of evidence that may have been moved" } },
    .options = options,
    .options_bytes = sizeof(struct verify_options),
    .run = run_verify,
};
