/*
 * members.h - from the members of an archive to sources, as discover.h makes them of
 * the files in a folder.
 *
 *     members = members_new(&arena, &wanted, source_of_the_archive);
 *     while (packed_next(packed, &member))
 *         if ((found = members_add(members, &member, packed->is_one)) != NULL &&
 *             members_wants(found))
 *             members_look(members, found, head, last);  // then found->source.use
 *     members_end(members);                              // now all of them are known
 *     ...
 *     members_join(&arena, &sources, lists, count, &err);
 *
 *     evidence.tar.gz            evidence.tar.gz!                          a folder
 *       ./1111.../x.json         evidence.tar.gz!/1111.../x.json           read
 *       ./1111.../x.json.rc      evidence.tar.gz!/1111.../x.json.rc        explains
 *     1111.../x.json.gz          1111.../x.json.gz!/x.json                 read; no
 * folder
 *
 * Names, folders and what lies beside an answer count as in a folder (look.h), and so
 * does --exclude; the archive's own name is that of a folder. Members come in any
 * order, so what depends on others is known at the end: an error output that turns out
 * to explain an answer is no evidence, even if it was read as such.
 *
 * A name that leads out of the archive ("..", or absolute), is empty or holds a NUL, a
 * link, a device: no such member is read, and where it may have been evidence, it is
 * lost; `fault` says why.
 *
 * Lifetime: the arena's. Limits: MEMBERS_MAX members and folders, and
 * MEMBERS_NAMES_BYTES_MAX bytes of their paths together; DISCOVER_DEPTH_MAX folders in
 * each other.
 */
#ifndef FIND_MEMBERS_H
#define FIND_MEMBERS_H

#include "find/look.h"
#include "find/stated.h"
#include "json/packed.h"

enum {
    MEMBERS_MAX = 1000 * 1000,
    MEMBERS_NAMES_BYTES_MAX = 512 << 20,
};

enum member_fault {
    FAULT_NOT,
    FAULT_PATH,
    FAULT_LONG, /* or too deep */
    FAULT_LINK,
    FAULT_DEVICE,
    FAULT_ENCRYPTED,
    FAULT_METHOD,
    FAULT_COUNT
};

struct found_member {
    struct source source;
    enum packed_kind kind;
    enum member_fault fault; /* of SOURCE_UNREADABLE */
    unsigned method;         /* of FAULT_METHOD */
    bool is_twice;           /* another member has its name: neither counts */
    bool has_sidecar;        /* its name is that of one */
    struct sidecar sidecar;
    enum sniff sniffed;
    bool goes_on;
    struct failure failure; /* what it tells about others */
    const char *status;
};

struct members_wanted {
    const struct catalog *catalog;
    const struct exclude *exclude;
    const struct pattern *path_pattern; /* as in discover.h */
    bool assumes_type;
    struct pattern_match *match;
};

struct member_list {
    struct arena *arena;
    const struct members_wanted *wanted;
    const struct source *archive;
    struct found_member **items; /* in the archive's order */
    size_t count, capacity;
    const char **folders;
    size_t folder_count, folder_capacity;
    struct table by_path, by_folder;
    struct collection collection; /* what lists in it say of members */
    struct buf path;              /* of the member at hand */
    size_t name_bytes;
    bool are_too_many; /* then no more are added */
};

struct member_list *members_new(struct arena *arena,
                                const struct members_wanted *wanted,
                                const struct source *archive);

/* NULL: it makes no source of its own: a folder, what lies in one that is excluded, a
 * name that was there before, or they are too many. */
struct found_member *members_add(struct member_list *members,
                                 const struct packed_member *member, bool is_one);

/* Whether its first bytes must be looked at. */
bool members_wants(const struct found_member *found);

/* `head`: its first bytes, as bytes_peek() gives them; `last`: its last, of one that
 * has more and whose name is that of a sidecar. */
void members_look(struct member_list *members, struct found_member *found,
                  struct str head, struct str last);

/* Whether it is a list of the collection (collection.h), all of whose text is wanted.
 */
bool members_wants_text(const struct found_member *found);
/* Whether it may tell how a call ended: its last bytes are wanted. */
bool members_tells(const struct found_member *found);
/* `text` lives in the arena; `why`: it is not read, or NULL. */
void members_list(struct member_list *members, struct found_member *found,
                  struct str text, const char *why);

void members_end(struct member_list *members);

/* Adds the sources of archives, and has each archive be one; all pointers to sources of
 * the list are void. False: too many. */
MUST_USE bool members_join(struct arena *arena, struct source_list *sources,
                           struct member_list *const *lists, size_t count,
                           struct error *err);

/* The source of the list that has the same path as one that was moved. */
const struct source *members_moved(const struct source_list *sources,
                                   const struct source *source);

#endif
