#include "cli/load.h"

#include "cli/complain.h"

#include <errno.h>
#include <unistd.h>

/* A name that was mistyped is another matter than a rule that is wrong. */
static bool all_exist(struct arena *arena, const struct rulebook_wanted *wanted)
{
    bool exist = true;

    for (size_t i = 0; i < wanted->path_count; i++) {
        if (access(wanted->paths[i], F_OK) == 0 ||
            (errno != ENOENT && errno != ENOTDIR))
            continue;
        complain(arena, "%s: no such file or folder", wanted->paths[i]);
        exist = false;
    }
    return exist;
}

const struct rulebook *load_rulebook(struct arena *arena,
                                     const struct rulebook_wanted *wanted,
                                     struct mistakes *mistakes)
{
    const struct rulebook *book;

    if (!all_exist(arena, wanted))
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
