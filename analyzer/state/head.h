/*
 * head.h - the first line of a state: for whom and by what it was gathered.
 *
 * Shards are put together only if all of it is the same, but which shard it is.
 * Private to state/, but for state.h.
 */
#ifndef STATE_HEAD_H
#define STATE_HEAD_H

#include "find/share.h"
#include "gather/document.h"
#include "state/columns.h"

enum { STATE_FORMAT = 1 };

/* An option of settings.c that was given, and its values: of a flag "". */
struct state_setting {
    struct str name;
    struct str_list values;
};

struct state_rule {
    struct str id, sha256;
};

struct state_head {
    uint64_t format;
    struct str version; /* of the program */
    struct str catalog; /* SHA-256 of what it says */
    struct state_setting *settings;
    size_t setting_count;
    struct state_rule *rules;
    size_t rule_count;
    struct state_types types;
    struct str_list operands;
    /* Which part of the sources it has: all of them; some of the shards 1 to `of`, in
     * order; or of those of a list (is_listed), beside what is not to be read. */
    uint64_t of;
    struct state_shard *shards;
    size_t shard_count;
    bool is_listed;
    /* All sources that were found, whoever reads them, and the SHA-256 of what is said
     * of each. */
    uint64_t source_count;
    struct str source_sha256;
    struct str_list folders;       /* all that were searched */
    struct str_list inner_folders; /* in the archives that were read for this state */
};

struct state_shard {
    uint64_t number; /* from 1 */
};

extern const struct kept_struct state_head_kept;

/* What a run gathers, and for what. Texts are borrowed. */
struct state_of {
    const struct rulebook *book;
    const struct measures *measures;
    const struct settings *settings;
    const char *const *paths;
    size_t path_count;
    size_t found_count; /* before anything was read */
    struct str found_sha256;
    const char *const *found_folders;
    size_t found_folder_count;
    const struct source_list *sources;
    const struct share *share;
};

struct state_head *state_head_new(struct arena *arena, const struct state_of *of);

/* What names the sources that discovery found, whatever was read of them since. */
struct str state_sources_sha256(struct arena *arena, const struct source_list *sources);

/* SHA-256 of all that a catalog says. */
struct str state_catalog_sha256(struct arena *arena, const struct catalog *catalog);

#endif
