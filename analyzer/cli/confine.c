#include "cli/confine.h"

#include "aws/zone.h"
#include "find/sidecar.h"

#include <stdlib.h>
#include <string.h>

/* What explains a file that is an operand: find/discover.c looks for it under these. */
static void add_beside(struct sandbox *sandbox, const char *path)
{
    static const char *const endings[] = { ".err", ".stderr", ".rc" };
    const size_t bytes = strlen(path);

    for (size_t i = 0; sidecar_suffixes[i] != NULL; i++) {
        struct str suffix = str_from(sidecar_suffixes[i]);

        for (size_t j = 0; j < COUNT_OF(endings); j++) {
            if (!str_ends_with(str_from(path), suffix))
                continue;
            sandbox_add(sandbox, SANDBOX_READ,
                        arena_printf(sandbox->arena, "%.*s%s",
                                     (int)(bytes - suffix.len), path, endings[j]));
        }
    }
}

void confine_paths(struct sandbox *sandbox, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(paths[i], "-") == 0)
            continue;
        sandbox_add(sandbox, SANDBOX_READ, paths[i]);
        add_beside(sandbox, paths[i]);
    }
}

/* A library that makes a report writes its parts there. */
static void add_scratch(struct sandbox *sandbox, const struct wanted_reports *reports)
{
    const char *folder = getenv("TMPDIR");

    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    for (size_t i = 0; reports != NULL && i < reports->count; i++)
        if (reports->items[i].format->maker != NULL)
            sandbox_add(sandbox, SANDBOX_SCRATCH, folder);
}

void confine(struct sandbox *sandbox, const struct settings *settings,
             const struct wanted_reports *reports, bool is_off)
{
    if (is_off) {
        sandbox->why = "--no-sandbox";
        return;
    }
    for (size_t i = 0; i < settings->rules.count; i++)
        sandbox_add(sandbox, SANDBOX_READ, settings->rules.items[i].text);
    if (settings->waivers.text != NULL)
        sandbox_add(sandbox, SANDBOX_READ, settings->waivers.text);
    sandbox_add(sandbox, SANDBOX_READ, ZONE_FOLDER);
    add_scratch(sandbox, reports);
    sandbox_enter(sandbox);
}

const struct sandbox *confine_lack(const struct sandbox *sandbox)
{
    return sandbox->why != NULL ? sandbox : NULL;
}
