#include "judge/aside.h"

/* All documents as they were before they had their places. */
struct aside {
    struct document *kept;
    size_t problem_count;
};

static bool states_something(const struct document *document)
{
    return document->stated != 0 || document->is_stated ||
           document->option != document->option_named;
}

static void put_aside(struct document *document)
{
    document->doubts &= ~document->stated;
    document->option = document->option_named;
    if (document->is_stated)
        document->use = USE_IGNORED;
}

struct aside *lists_put_aside(struct arena *arena, struct gathered *gathered)
{
    struct aside *aside = arena_new(arena, struct aside);
    size_t count = 0;
    bool any = false;

    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

        for (size_t j = 0; j < source->document_count; j++)
            any = any || states_something(source->documents[j]);
        count += source->document_count;
    }
    if (!any)
        return NULL;
    aside->problem_count = gathered->problems.count;
    aside->kept = arena_array(arena, count, struct document);
    count = 0;
    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            aside->kept[count++] = *source->documents[j];
            put_aside(source->documents[j]);
        }
    }
    return aside;
}

void lists_put_back(struct aside *aside, struct gathered *gathered)
{
    size_t count = 0;

    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

        for (size_t j = 0; j < source->document_count; j++)
            *source->documents[j] = aside->kept[count++];
    }
    gathered->problems.count = aside->problem_count;
    problems_restart(&gathered->problems);
}
