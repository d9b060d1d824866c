#include "gather/surplus.h"

#include <string.h>

/* With more kinds than these in one source, those that were met first are forgotten,
 * and begin anew. */
enum { KINDS_MAX = 64 };

/* Documents that say the same. */
struct kind_of_document {
    char what[sizeof(struct document)]; /* they say, without their places */
    struct document *last;              /* that was kept */
    size_t kept;
};

struct surplus {
    struct kind_of_document kinds[KINDS_MAX];
    size_t count; /* of all so far */
};

struct surplus *surplus_new(struct arena *arena)
{
    return arena_new(arena, struct surplus);
}

void surplus_begin(struct surplus *surplus)
{
    surplus->count = 0;
}

/* Compared byte by byte, so that what is new in a document is not forgotten here; lists
 * are never equal, for each document has its own. */
static void take_what(const struct document *document, char what[sizeof *document])
{
    struct document placeless;

    memcpy(&placeless, document, sizeof placeless);
    placeless.index = 0;
    placeless.pointer = placeless.list_pointer = NULL;
    memset(&placeless.list_start, 0, sizeof placeless.list_start);
    placeless.reasons = NULL;
    placeless.reason_capacity = 0;
    placeless.link = NULL; /* none of several in a source is a page */
    memcpy(what, &placeless, sizeof placeless);
}

static bool has_same_reasons(const struct document *left, const struct document *right)
{
    for (size_t i = 0; i < left->reason_count; i++)
        if (!reason_equal(&left->reasons[i], &right->reasons[i]))
            return false;
    return true;
}

static struct kind_of_document *kind_find(struct surplus *surplus,
                                          const struct document *document,
                                          const char what[sizeof *document])
{
    for (size_t i = 0; i < surplus->count && i < KINDS_MAX; i++) {
        struct kind_of_document *kind = &surplus->kinds[i];

        if (memcmp(kind->what, what, sizeof kind->what) == 0 &&
            has_same_reasons(kind->last, document))
            return kind;
    }
    return NULL;
}

struct document *surplus_end(struct surplus *surplus, struct gathered *gathered,
                             struct document *document)
{
    struct kind_of_document *kind;
    char what[sizeof *document];

    if (document->records > 0 && document->use != USE_IGNORED)
        return document;
    take_what(document, what);
    kind = kind_find(surplus, document, what);
    if (kind == NULL) {
        kind = &surplus->kinds[surplus->count++ % KINDS_MAX];
        memcpy(kind->what, what, sizeof what);
        kind->kept = 0;
    }
    if (kind->kept < SURPLUS_KEPT_MAX) {
        kind->kept++;
        kind->last = document;
        return document;
    }
    kind->last->surplus++;
    gathered_drop(gathered, document);
    return kind->last;
}
