#include "cli/load.h"

#include "cli/complain.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A name that was mistyped is another matter than a rule that is wrong. */
bool paths_exist(struct arena *arena, const char *option, const char *const *paths,
                 size_t count)
{
    bool exist = true;

    for (size_t i = 0; i < count; i++) {
        bool is_input = strcmp(paths[i], "-") == 0;

        if (is_input || access(paths[i], F_OK) == 0)
            continue;
        if (errno != ENOENT && errno != ENOTDIR)
            continue;
        complain(arena, "%s%s: no such file or folder", option, paths[i]);
        exist = false;
    }
    return exist;
}

const struct rulebook *load_rulebook(struct arena *arena, const char *option,
                                     const struct rulebook_wanted *wanted,
                                     struct mistakes *mistakes)
{
    const struct rulebook *book;

    if (!paths_exist(arena, option, wanted->paths, wanted->path_count))
        return NULL;
    book = rulebook_load(arena, wanted, mistakes);
    complain_mistakes(mistakes);
    return book;
}

const char *const *list_strings(struct arena *arena, struct str_list list)
{
    const char **strings = arena_array(arena, list.count, const char *);

    for (size_t i = 0; i < list.count; i++)
        strings[i] = list.items[i].text;
    return list.count > 0 ? strings : NULL;
}
