#include "gather/link.h"

#include <string.h>

bool link_may_be(const struct document_source *source)
{
    return source->command_count > 0 || source->source->archive != NULL;
}

/* FNV-1a, of 64 bits. */
static uint64_t hash_of(struct str id)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < id.len; i++)
        hash = (hash ^ (unsigned char)id.text[i]) * UINT64_C(1099511628211);
    return hash;
}

void link_note(struct links *links, struct arena *scratch, struct str id)
{
    if (links->is_lost)
        return;
    if (id.text == NULL || links->count == LINK_IDS_MAX) {
        links->is_lost = true;
        return;
    }
    links->ids = arena_grow(scratch, links->ids, links->count, &links->capacity,
                            sizeof *links->ids);
    links->ids[links->count++].hash = hash_of(id);
}

static bool is_asked_by_token(const struct document_source *source)
{
    for (size_t i = 0; i < source->command_count; i++)
        if (source->commands[i].token.text != NULL)
            return true;
    return false;
}

/* A thread reads all members of an archive, one after the other. */
static bool takes_room(struct link_room *room, const char *archive, size_t count)
{
    if (room->archive == NULL || strcmp(room->archive, archive) != 0)
        room->left = LINK_IDS_ARCHIVE_MAX;
    room->archive = archive;
    if (count > room->left)
        return false;
    room->left -= count;
    return true;
}

void link_end(const struct links *links, struct gathered *gathered,
              struct link_room *room, struct document *document, struct str token)
{
    const struct source *source = document->from->source;
    struct page_link *link;

    if (!links->is_wanted || links->is_lost || document->use != USE_READ ||
        document->from->document_count > 1 || links->count != document->records)
        return;
    if (source->archive == NULL && token.text == NULL &&
        !is_asked_by_token(document->from))
        return;
    if (source->archive != NULL && !takes_room(room, source->archive, links->count))
        return;
    link = arena_new(gathered->arena, struct page_link);
    if (token.text != NULL)
        link->token = str_copy(gathered->arena, token);
    link->id_count = links->count;
    link->ids = arena_array(gathered->arena, links->count, struct link_id);
    if (links->count > 0)
        memcpy(link->ids, links->ids, links->count * sizeof *links->ids);
    document->link = link;
}
