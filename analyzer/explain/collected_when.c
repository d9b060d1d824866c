#include "explain/collected_when.h"

#include "base/time.h"
#include "find/stated.h"

static void add_source(struct collected_when *when, const struct source *source)
{
    const struct statement *call = source_call(source);
    struct str begun, ended;
    int64_t from, to;

    if (call == NULL)
        return;
    begun = call->begun.text != NULL ? call->begun : call->ended;
    ended = call->ended.text != NULL ? call->ended : call->begun;
    if (begun.text == NULL || !instant_parse(begun, &from) ||
        !instant_parse(ended, &to))
        return;
    if (when->first == NULL || from < when->begun) {
        when->first = source;
        when->begun = from;
        when->begun_text = begun;
    }
    if (when->last == NULL || to > when->ended) {
        when->last = source;
        when->ended = to;
        when->ended_text = ended;
    }
}

void collected_when_add(struct collected_when *when, const struct listing *listing)
{
    const struct source *before = NULL;

    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];
        const struct source *source = document->from->source;

        if (source != before && source->statement_count > 0 &&
            document_counts(document))
            add_source(when, source);
        for (size_t j = 1; j < document->page_count; j++)
            add_source(when, document->pages[j]->from->source);
        before = source;
    }
}

bool collected_when_says(const struct collected_when *when, struct reason *reason)
{
    const int64_t apart = (int64_t)COLLECTED_SECONDS_APART * INSTANTS_PER_SECOND;

    if (when->first == when->last || when->ended - when->begun <= apart)
        return false;
    *reason =
        *SAYS(SAY_SAME_TIME, .texts = { str_from(when->first->path), when->begun_text,
                                        str_from(when->last->path), when->ended_text });
    return true;
}

bool collected_when_apart(const struct collected_when *when, struct str as_of,
                          struct reason *reason)
{
    const int64_t apart = (int64_t)AS_OF_SECONDS_APART * INSTANTS_PER_SECOND;
    int64_t audit;
    bool is_later;

    if (when->last == NULL || as_of.text == NULL || !instant_parse(as_of, &audit))
        return false;
    is_later = audit > when->ended;
    if (is_later ? audit - when->ended <= apart : when->begun - audit <= apart)
        return false;
    *reason = *SAYS(
        SAY_UNCHANGED_SINCE,
        .texts = { is_later ? when->ended_text : when->begun_text,
                   str_from(is_later ? when->last->path : when->first->path), as_of });
    return true;
}
