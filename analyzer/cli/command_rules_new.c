#include "cli/complain.h"
#include "cli/output.h"
#include "cli/rules.h"
#include "rulebook/skeleton.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct new_options {
    struct str type;
    struct str_list rules;
};

static const struct option own[] = {
    { "for", 0, OPTION_TEXT, "TYPE",
      "what the rule is about; without it, AWS::RDS::DBInstance",
      offsetof(struct new_options, type), GROUP_OPTIONS },
    { "rules", 0, OPTION_TEXTS, "PATH",
      "add the types of a catalog.yaml, or of one in a folder of rules; repeatable",
      offsetof(struct new_options, rules), GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const options[] = { own, NULL };

/* A new file, or one that is empty: a shell makes that for > before it is asked. -1:
 * errno says why. */
static int open_new(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    struct stat status;

    if (file >= 0 || errno != EEXIST)
        return file;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > 0) {
        errno = EEXIST;
        return -1;
    }
    return open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
}

static int write_rule(const struct command_line *line, const char *path,
                      struct str text)
{
    int file = open_new(path);
    size_t done = 0;

    if (file < 0 && errno == EEXIST)
        return wrong_usage(line, "%s is there already: choose another id", path);
    while (file >= 0 && done < text.len) {
        ssize_t bytes = write(file, text.text + done, text.len - done);

        if (bytes < 0)
            break;
        done += (size_t)bytes;
    }
    if (file < 0 || (close(file) != 0) || done < text.len) {
        complain(line->arena, "%s: cannot be written: %s", path, strerror(errno));
        return STATUS_MACHINE;
    }
    return STATUS_GOOD;
}

/* NULL: there is none, which was said. */
static const struct type *type_asked(const struct command_line *line,
                                     const struct catalog *catalog)
{
    const struct new_options *given = line->options;
    struct str name = given->type;
    const struct type *type;

    if (name.text == NULL)
        name = STR("AWS::RDS::DBInstance");
    type = catalog_type(catalog, name);
    if (type == NULL)
        wrong_usage(line, "option '--for': the catalog has no type '%s'%s", name.text,
                    catalog_suggestion(catalog, line->arena, name));
    return type;
}

static int run_new(const struct command_line *line)
{
    const struct new_options *given = line->options;
    const struct rulebook_wanted wanted = { .paths = given->rules, .to_judge = true };
    struct mistakes mistakes = MISTAKES_EMPTY(line->arena);
    const struct rulebook *book;
    const struct type *type;
    struct str id, text;
    const char *path;
    int status;

    if (line->operand_count != 1)
        return wrong_usage(line, "expected the ID of the new rule");
    id = str_from(line->operands[0]);
    if (!rule_id_is_right(id)) {
        return wrong_usage(line,
                           "'%s' cannot be an id: expected letters, digits, '.', '_' "
                           "and '-', a letter or digit first",
                           id.text);
    }
    book = rules_load(line->arena, "--rules: ", &wanted, &mistakes);
    type = book != NULL ? type_asked(line, book->catalog) : NULL;
    if (type == NULL)
        return STATUS_WRONG;
    if (!skeleton(line->arena, id, type, &text)) {
        return wrong_usage(line,
                           "option '--for': of %.*s no id and no field is known that a "
                           "rule could compare",
                           STR_ARG(type->name));
    }
    path = arena_printf(line->arena, "%s.yaml", id.text);
    status = write_rule(line, path, text);
    if (status == STATUS_GOOD)
        complain(line->arena, "%s is written: 'invaudit rules test %s' runs its tests",
                 path, path);
    return status;
}

const struct command command_rules_new = {
    .name = "rules new",
    .operands = "ID",
    .summary = "write ID.yaml, a rule to begin with",
    .description = "It is about each record of a type, reads one of its fields, and "
                   "has a test for "
                   "each of its outcomes. A file that is there stays as it is.",
    .examples = { { "invaudit rules new mine", "write mine.yaml, about DB instances" },
                  { "invaudit rules new clusters --for AWS::RDS::DBCluster",
                    "write clusters.yaml, about another type" } },
    .options = options,
    .options_bytes = sizeof(struct new_options),
    .run = run_new,
};
