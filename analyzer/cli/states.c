#include "cli/states.h"

#include "base/file.h"
#include "cli/complain.h"
#include "cli/output.h"
#include "json/bytes.h"

#include <string.h>

enum { LIST_BLOCK_BYTES = 16 * 1024 };

/* ---- what is read ---------------------------------------------------------------- */

/* A file, a pipe, or - for standard input. */
static bool read_list(struct arena *arena, const char *path, struct share *share,
                      struct error *err)
{
    struct bytes *bytes = bytes_open(arena, path, err);
    struct buf text = BUF_EMPTY(arena);
    struct bytes_total total = { 0 };
    char block[LIST_BLOCK_BYTES];
    size_t len;

    if (bytes == NULL)
        return error_at(err, path, 0);
    bytes_without_digest(bytes);
    while (text.len <= SHARE_LIST_BYTES_MAX &&
           (len = bytes_read(bytes, block, sizeof block)) > 0)
        buf_add(&text, (struct str){ block, len });
    bytes_finish(bytes, &total);
    if (total.read_error != NULL)
        error_set(err, "cannot be read: %s", total.read_error);
    else if (text.len > SHARE_LIST_BYTES_MAX)
        error_set(err, "holds more than %d bytes, the most that is read",
                  SHARE_LIST_BYTES_MAX);
    else
        share_list(arena, buf_str(&text), share);
    return err->message[0] == '\0' || error_at(err, path, 0);
}

static bool has_input(const struct command_line *line)
{
    for (size_t i = 0; i < line->operand_count; i++)
        if (strcmp(line->operands[i], "-") == 0)
            return true;
    return false;
}

int states_share(const struct command_line *line, const struct wanted_reports *reports,
                 const struct share **made)
{
    const struct judging *given = line->options;
    struct share *share = arena_new(line->arena, struct share);
    struct error err = { 0 };
    const char *option = given->shard.text != NULL ? "--shard" : "--files-from";

    if (given->shard.text == NULL && given->files_from.text == NULL)
        return STATUS_GOOD;
    if (given->shard.text != NULL && given->files_from.text != NULL)
        return wrong_usage(line, "options '--shard' and '--files-from' both say what "
                                 "is read: give one");
    if (!reports->is_state) {
        return wrong_usage(line,
                           "option '%s' reads a part of the evidence, which nothing "
                           "can be judged by: write it with -o state=FILE, and judge "
                           "all parts with 'invaudit merge'",
                           option);
    }
    if (has_input(line))
        return wrong_usage(line, "option '%s': standard input cannot be shared",
                           option);
    if (given->shard.text != NULL && !share_parse(given->shard, share, &err))
        return wrong_usage(line, "option '--shard': %s", err.message);
    if (given->files_from.text != NULL &&
        !read_list(line->arena, given->files_from.text, share, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    *made = share;
    return STATUS_GOOD;
}

/* ---- what states were made with -------------------------------------------------- */

const char *const states_of_reading[] = { "exclude", "path-pattern", "assume-type",
                                          "no-digest", NULL };

/* Which together choose rules: whoever gives one of them chooses anew. */
static const char *const of_choice[] = { "pack", "select", "skip", NULL };

static bool is_among(const struct option *option, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (strcmp(option->name, names[i]) == 0)
            return true;
    return false;
}

static bool is_chosen_anew(const struct settings *settings)
{
    return settings->packs.count + settings->select.count + settings->skip.count > 0;
}

static const struct state_setting *setting_of(const struct state_head *head,
                                              const struct option *option)
{
    for (size_t i = 0; i < head->setting_count; i++)
        if (str_equal(head->settings[i].name, str_from(option->name)))
            return &head->settings[i];
    return NULL;
}

static bool is_given_alike(const struct option *option, const struct settings *settings,
                           const struct state_setting *setting)
{
    size_t count = setting != NULL ? setting->values.count : 0, i = 0;
    struct str value;

    for (; option_given(option, settings, i, &value); i++)
        if (i >= count || !str_list_has(&setting->values, value))
            return false;
    return i == count;
}

static bool put_values(struct arena *arena, const struct option *option,
                       const struct state_setting *setting, struct settings *settings,
                       struct error *err)
{
    struct error why = { 0 };

    if (option->kind == OPTION_FLAG) {
        *(bool *)((char *)settings + option->offset) = true;
        return true;
    }
    for (size_t i = 0; i < setting->values.count; i++)
        if (!options_put(arena, option, settings, setting->values.items[i], &why))
            return error_set(err, "option '--%s' of the states: %s", option->name,
                             why.message);
    return true;
}

static bool take_settings(struct arena *arena, const struct state_head *head,
                          struct states *states, struct settings *settings,
                          struct error *err)
{
    bool is_anew = is_chosen_anew(settings);
    size_t known = 0;
    struct str value;

    for (const struct option *option = settings_options; option->name != NULL;
         option++) {
        const struct state_setting *setting = setting_of(head, option);

        known += setting != NULL;
        if (!option_given(option, settings, 0, &value)) {
            if (setting != NULL && !(is_anew && is_among(option, of_choice)) &&
                !put_values(arena, option, setting, settings, err))
                return false;
            continue;
        }
        if (is_among(option, states_of_reading) &&
            !is_given_alike(option, settings, setting)) {
            return error_set(err,
                             "option '--%s': the states were read without it, or with "
                             "another; it is for 'invaudit scan'",
                             option->name);
        }
        states->has_other_rules = states->has_other_rules ||
                                  option->group == GROUP_RULES ||
                                  strcmp(option->name, "matrix") == 0;
    }
    return known == head->setting_count ||
           error_set(err, "the states have a setting that there is no option for");
}

int states_begin(const struct command_line *line, struct states *states)
{
    struct settings *settings = &((struct judging *)line->options)->settings;
    struct error err = { 0 };

    if (line->operand_count == 0)
        return wrong_usage(line, "expected a STATE: a file that 'invaudit scan -o "
                                 "state=FILE' wrote");
    if (!merge_new(line->arena, line->operands, line->operand_count, &states->merging,
                   &err) ||
        !take_settings(line->arena, states->merging->head, states, settings, &err)) {
        complain_error(line->arena, &err);
        return STATUS_WRONG;
    }
    return STATUS_GOOD;
}

static bool has_rules(const struct state_head *head, const struct rulebook *book,
                      struct error *err)
{
    if (head->rule_count != book->count) {
        return error_set(err,
                         "the states were made for %zu rules, and there are %zu: give "
                         "--rules, --select or the like to judge them by others",
                         head->rule_count, book->count);
    }
    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = book->rules[i];

        if (!str_equal(rule->id, head->rules[i].id) ||
            !str_equal(str_from(rule->sha256), head->rules[i].sha256)) {
            return error_set(err,
                             "the states were made for another text of rule %.*s: give "
                             "--rules, --select or the like to judge them by others",
                             STR_ARG(head->rules[i].id));
        }
    }
    return true;
}

int states_check(const struct command_line *line, const struct states *states,
                 const struct rulebook *book)
{
    const struct state_head *head = states->merging->head;
    struct error err = { 0 };
    bool fit = true;

    if (!str_equal(state_catalog_sha256(line->arena, book->catalog), head->catalog))
        fit = error_set(&err, "the states were made with another catalog: a "
                              "catalog.yaml of --rules is not the one of then");
    else if (!states->has_other_rules)
        fit = has_rules(head, book, &err);
    if (!fit)
        complain_error(line->arena, &err);
    return fit ? STATUS_GOOD : STATUS_WRONG;
}

/* ---- what is written ------------------------------------------------------------- */

static bool gather(const struct command_line *line, struct scan_wanted *wanted,
                   struct state *state, struct error *err)
{
    struct scanned *scanned = arena_new(line->arena, struct scanned);
    struct state_of of = { .book = wanted->book,
                           .settings = wanted->settings,
                           .paths = wanted->paths,
                           .path_count = wanted->path_count,
                           .share = wanted->share };

    wanted->is_for_state = true;
    if (!scan_gather(line->arena, wanted, scanned, err))
        return false;
    of.measures = scanned->measures;
    of.sources = &scanned->sources;
    of.found_count = scanned->found_count;
    of.found_sha256 = scanned->found_sha256;
    of.found_folders = scanned->found_folders;
    of.found_folder_count = scanned->found_folder_count;
    *state = (struct state){ .head = state_head_new(line->arena, &of),
                             .sources = &scanned->sources,
                             .has_rest =
                                 wanted->share == NULL || share_has_rest(wanted->share),
                             .gathered = scanned->gathered,
                             .measures = scanned->measures };
    return true;
}

bool states_gather(const struct command_line *line, struct scan_wanted *wanted,
                   struct merging *merging, struct state *state, struct error *err)
{
    if (merging == NULL)
        return gather(line, wanted, state, err);
    if (!merge_read(merging, wanted, err))
        return false;
    *state = (struct state){ .head = union_head(merging->united),
                             .sources = &merging->scanned.sources,
                             .has_rest = true,
                             .gathered = merging->scanned.gathered,
                             .measures = merging->scanned.measures };
    return true;
}

int states_write(const struct command_line *line, const struct state *state,
                 const struct wanted_report *report)
{
    const struct print_job job = { state_print, state };
    struct error err = { 0 };

    if (report->file == NULL)
        return output_print(line->arena, &job);
    if (files_write(&(struct file_text){ report->file, job }, 1, &err))
        return STATUS_GOOD;
    complain_error(line->arena, &err);
    return STATUS_MACHINE;
}
