#include "cli/choice.h"

#include "cli/complain.h"
#include "cli/load.h"

#include <string.h>
#include <unistd.h>

const char choice_description[] =
    "ID names a built-in rule. PATH is a rule file or a folder of them (it contains a "
    "slash, ends in .yaml or .yml, or exists): then the built-in rules are left out, "
    "and IDs name rules from there.";

static bool is_path(const char *operand)
{
    struct str text = str_from(operand);

    return strchr(operand, '/') != NULL || str_ends_with(text, STR(".yaml")) ||
           str_ends_with(text, STR(".yml")) || access(operand, F_OK) == 0;
}

static int unknown_rule(const struct command_line *line, const struct rulebook *book,
                        const char *id)
{
    const char **ids = arena_array(line->arena, book->count, const char *);

    for (size_t i = 0; i < book->count; i++)
        ids[i] = str_copy(line->arena, book->rules[i]->id).text;
    return wrong_usage(line->arena, line->command->name, "there is no rule '%s'%s", id,
                       suggestion(line->arena, str_from(id), ids, book->count));
}

static const struct rule *find_rule(const struct rulebook *book, const char *id)
{
    for (size_t i = 0; i < book->count; i++)
        if (str_equal(book->rules[i]->id, str_from(id)))
            return book->rules[i];
    return NULL;
}

static bool is_named(const struct rule *rule, const struct operands *ids)
{
    for (size_t i = 0; i < ids->count; i++)
        if (str_equal(rule->id, str_from(ids->items[i])))
            return true;
    return ids->count == 0;
}

/* In the rulebook's order, each once. */
static int choose_by_id(const struct command_line *line, const struct operands *ids,
                        struct choice *choice)
{
    for (size_t i = 0; i < ids->count; i++)
        if (find_rule(choice->book, ids->items[i]) == NULL)
            return unknown_rule(line, choice->book, ids->items[i]);
    choice->rules = arena_array(line->arena, choice->book->count, const struct rule *);
    for (size_t i = 0; i < choice->book->count; i++)
        if (is_named(choice->book->rules[i], ids))
            choice->rules[choice->count++] = choice->book->rules[i];
    if (choice->count > 0)
        return STATUS_GOOD;
    return wrong_usage(line->arena, line->command->name, "there is no rule");
}

int choose(const struct command_line *line, int wrong_rule, struct choice *choice)
{
    const char **paths = arena_array(line->arena, line->operand_count, const char *);
    struct operands ids = { arena_array(line->arena, line->operand_count, const char *),
                            0, line->operand_count };
    struct rulebook_wanted wanted = { .paths = paths };
    struct mistakes mistakes = MISTAKES_EMPTY(line->arena);

    for (size_t i = 0; i < line->operand_count; i++) {
        if (is_path(line->operands[i]))
            paths[wanted.path_count++] = line->operands[i];
        else
            ids.items[ids.count++] = line->operands[i];
    }
    wanted.no_builtin = wanted.path_count > 0;
    choice->book = load_rulebook(line->arena, "", &wanted, &mistakes);
    choice->warning_count = mistakes.warning_count;
    if (choice->book == NULL)
        return mistakes.error_count > 0 && !mistakes.is_unread ? wrong_rule
                                                               : STATUS_WRONG;
    return choose_by_id(line, &ids, choice);
}
