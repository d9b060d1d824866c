#include "find/exclude.h"

#include "base/pattern.h"

#include <string.h>

struct glob {
    const char *text;
    const struct pattern *pattern;
};

struct exclude {
    struct glob *globs;
    size_t count;
    struct pattern_match *match;
};

/* As typed, less what makes no difference: "./old/" is "old". */
static struct str plain(struct str glob)
{
    while (str_starts_with(glob, STR("./")))
        glob = str_slice(glob, 2, glob.len);
    while (glob.len > 1 && glob.text[glob.len - 1] == '/')
        glob.len--;
    return glob;
}

const struct exclude *exclude_new(struct arena *arena, struct str_list globs,
                                  struct error *err)
{
    struct exclude *exclude = arena_new(arena, struct exclude);

    exclude->match = pattern_match_new(arena);
    exclude->globs = arena_array(arena, globs.count, struct glob);
    for (size_t i = 0; i < globs.count; i++) {
        struct glob *glob = &exclude->globs[exclude->count++];

        glob->text = str_copy(arena, globs.items[i]).text;
        glob->pattern = pattern_compile_glob(arena, plain(globs.items[i]), err);
        if (glob->pattern == NULL)
            return NULL;
    }
    return exclude;
}

/* It ends so, from the beginning of one of its names on. */
static bool ends_so(const struct pattern *pattern, struct pattern_match *match,
                    const char *path)
{
    const char *slash = path;

    if (pattern_matches(pattern, match, str_from(path)))
        return true;
    while ((slash = strchr(slash, '/')) != NULL)
        if (pattern_matches(pattern, match, str_from(++slash)))
            return true;
    return false;
}

const char *exclude_find(const struct exclude *exclude, const char *path)
{
    for (size_t i = 0; exclude != NULL && i < exclude->count; i++)
        if (ends_so(exclude->globs[i].pattern, exclude->match, path))
            return exclude->globs[i].text;
    return NULL;
}
