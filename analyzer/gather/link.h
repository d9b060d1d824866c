/*
 * link.h - what links a page of a listing to the pages beside it: the token that it
 * carries, and which records it has.
 *
 *     page 1 {"NextToken": "a"}     asked for by --starting-token a: page 2 {...}
 *
 *     links->is_wanted = link_may_be(source);
 *     for each record:   link_note(links, id);
 *     at its end:        link_end(links, gathered, document, token);
 *
 * It is kept of a document that a manifest may show to be a page (judge/chains.h): one
 * whose command is known, and that carries a token or was asked for by one; and of a
 * member of an archive, for what the archive's manifest says is known last.
 *
 * Of an id a hash is kept, which is the same in each run, so that shards can be joined.
 * Pages whose hashes are all different have no record twice; where two are alike,
 * nothing is said of the pages. So to make two ids of one hash gains nothing.
 *
 * Memory: 8 bytes a record. Limits: below; a page that has more is linked to none.
 */
#ifndef GATHER_LINK_H
#define GATHER_LINK_H

#include "gather/document.h"

enum {
    LINK_IDS_MAX = 10 * 1000,           /* records of a page; AWS has 1,000 at most */
    LINK_IDS_ARCHIVE_MAX = 1000 * 1000, /* in the members of one archive */
};

struct link_id {
    uint64_t hash;
};

struct page_link {
    struct str token; /* that it carries; absent: none */
    struct link_id *ids;
    size_t id_count;
};

/* What is noted of one document; starts as zeros. */
struct links {
    bool is_wanted;
    bool is_lost; /* more records than LINK_IDS_MAX, or one without an id */
    struct link_id *ids;
    size_t count, capacity;
};

/* How much room the members of an archive have left. */
struct link_room {
    const char *archive; /* that was read last; NULL: none */
    size_t left;
};

bool link_may_be(const struct document_source *source);

/* id absent: the record has none. In the arena until the document's end. */
void link_note(struct links *links, struct arena *scratch, struct str id);

/* Sets the document's link, if it may be a page. `token` is what the document carries;
 * absent: none. */
void link_end(const struct links *links, struct gathered *gathered,
              struct link_room *room, struct document *document, struct str token);

#endif
