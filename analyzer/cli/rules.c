#include "cli/rules.h"

#include "cli/complain.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

const char rules_description[] =
    "RULE names a built-in rule by its id, or several by a tag, a pack, or a pattern "
    "of "
    "ids such as 'RDS*'. PATH is a rule file or a folder of them (it contains a "
    "slash, ends in .yaml or .yml, or exists): then the built-in rules are left out, "
    "and RULE names rules from there.";

bool path_exists(struct arena *arena, const char *option, const char *path)
{
    if (strcmp(path, "-") == 0 || access(path, F_OK) == 0 ||
        (errno != ENOENT && errno != ENOTDIR))
        return true;
    complain(arena, "%s%s: no such file or folder", option, path);
    return false;
}

const struct rulebook *rules_load(struct arena *arena, const char *option,
                                  const struct rulebook_wanted *wanted,
                                  struct mistakes *mistakes)
{
    const struct rulebook *book;
    bool exist = true;

    for (size_t i = 0; i < wanted->paths.count; i++)
        exist = path_exists(arena, option, wanted->paths.items[i].text) && exist;
    if (!exist)
        return NULL;
    book = rulebook_load(arena, wanted, mistakes);
    complain_mistakes(mistakes);
    return book;
}

static bool is_path(const char *operand)
{
    struct str text = str_from(operand);

    return strchr(operand, '/') != NULL || str_ends_with(text, STR(".yaml")) ||
           str_ends_with(text, STR(".yml")) || access(operand, F_OK) == 0;
}

static int unknown_rule(const struct command_line *line, const struct rulebook *book,
                        struct str word)
{
    const char **ids = arena_array(line->arena, book->count, const char *);

    for (size_t i = 0; i < book->count; i++)
        ids[i] = str_copy(line->arena, book->rules[i]->id).text;
    return wrong_usage(line, "there is no rule '%s'%s", word.text,
                       suggestion(line->arena, word, ids, book->count));
}

/* In the rulebook's order, each once; without words, all. */
static int choose_by_word(const struct command_line *line, const struct str_list *words,
                          struct choice *choice)
{
    const struct rulebook *book = choice->book;
    bool *is_chosen = arena_array(line->arena, book->count, bool);

    for (size_t i = 0; i < words->count; i++) {
        bool is_known = false;

        for (size_t number = 0; number < book->count; number++) {
            if (!rule_is_named(book->rules[number], words->items[i]))
                continue;
            is_chosen[number] = true;
            is_known = true;
        }
        if (!is_known)
            return unknown_rule(line, book, words->items[i]);
    }
    choice->rules = arena_array(line->arena, book->count, const struct rule *);
    for (size_t i = 0; i < book->count; i++)
        if (is_chosen[i] || words->count == 0)
            choice->rules[choice->count++] = book->rules[i];
    return choice->count > 0 ? STATUS_GOOD : wrong_usage(line, "there is no rule");
}

int rules_choose(const struct command_line *line, int wrong_rule, struct choice *choice)
{
    struct str_list words = { arena_array(line->arena, line->operand_count, struct str),
                              0 };
    struct rulebook_wanted wanted = {
        .paths = { arena_array(line->arena, line->operand_count, struct str), 0 }
    };
    struct mistakes mistakes = MISTAKES_EMPTY(line->arena);

    for (size_t i = 0; i < line->operand_count; i++) {
        struct str_list *list = is_path(line->operands[i]) ? &wanted.paths : &words;

        list->items[list->count++] = str_from(line->operands[i]);
    }
    wanted.no_builtin = wanted.paths.count > 0;
    choice->book = rules_load(line->arena, "", &wanted, &mistakes);
    choice->warning_count = mistakes.warning_count;
    if (choice->book == NULL)
        return mistakes.error_count > 0 && !mistakes.is_unread ? wrong_rule
                                                               : STATUS_WRONG;
    return choose_by_word(line, &words, choice);
}
