#include "gather/recognise.h"

void recognise_begin(struct recognition *recognition, const struct gathered *gathered,
                     const struct document_source *source)
{
    *recognition = (struct recognition){ .catalog = gathered->measures->catalog,
                                         .name = source->name,
                                         .labelled = source->labels->type,
                                         .assumed = gathered->settings->type_assumed };
}

void recognise_of_list(struct recognition *recognition, struct str list,
                       struct document *document)
{
    const struct call *named = recognition->name->call;
    const struct call_list *calls;

    if (list.text == NULL)
        return;
    calls = catalog_list(recognition->catalog, list);
    recognition->candidates = calls;
    if (calls == NULL)
        return;
    document->type = calls->items[0]->type;
    document->type_told = TOLD_ENVELOPE;
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->items[i] == named || calls->items[i]->type == recognition->labelled)
            document->type = calls->items[i]->type;
    }
}

static bool is_marked(const struct recognition *recognition, size_t candidate)
{
    unsigned marks = recognition->marks & ~(unsigned)recognition->against;

    return candidate < CANDIDATES_MAX && (marks >> candidate & 1) != 0;
}

bool recognise_is_shared(const struct recognition *recognition)
{
    for (size_t i = 0; i < recognition->candidates->count; i++)
        if (recognition->candidates->items[i]->record_has.count == 0)
            return false;
    return true;
}

/* The call that the file's name decides on, or NULL. */
static const struct call *call_by_name(const struct recognition *recognition)
{
    return recognition->name->is_ambiguous ? NULL : recognition->name->call;
}

bool recognise_is_untold(const struct recognition *recognition,
                         const struct document *document)
{
    const struct call *named = call_by_name(recognition);

    if (!recognise_is_shared(recognition) || document->type == recognition->labelled ||
        document->type == recognition->assumed)
        return false;
    for (size_t i = 0; i < recognition->candidates->count; i++)
        if (is_marked(recognition, i) || recognition->candidates->items[i] == named)
            return false;
    return true;
}

/* An id tells a record of its type if nothing else does, but the file's name does. */
static const struct type *type_by_id(const struct recognition *recognition,
                                     const struct record *record)
{
    const struct call *named = call_by_name(recognition);

    return named != NULL && named->type->id.text != NULL &&
                   record_has(record, named->type->id)
               ? named->type
               : NULL;
}

bool recognise_of_record(struct recognition *recognition, const struct record *record,
                         struct document *document)
{
    const struct type *type =
        catalog_record(recognition->catalog, record_value(record));

    if (type == NULL)
        type = type_by_id(recognition, record);
    if (type == NULL)
        return false;
    if (document->type == NULL) {
        document->type = type;
        document->type_told = TOLD_RECORDS;
    } else if (document->type != type) {
        recognition->mixed = true;
    }
    return true;
}

void recognise_by_name(const struct recognition *recognition, bool lost,
                       struct document *document)
{
    const struct call *named =
        lost ? recognition->name->call : call_by_name(recognition);

    if (recognition->labelled != NULL) {
        document->type = recognition->labelled;
        document->call = recognise_call_of_type(recognition, document->type);
        document->type_told = TOLD_PATTERN;
    } else if (named != NULL) {
        document->type = named->type;
        document->call = named;
        document->type_told = TOLD_NAME;
    } else if (recognition->assumed != NULL) {
        document->type = recognition->assumed;
        document->call = recognise_call_of_type(recognition, document->type);
        document->type_told = TOLD_ASSUMED;
    }
}

static bool same_fields(const struct str_list *left, const struct str_list *right)
{
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!str_equal(left->items[i], right->items[i]))
            return false;
    return true;
}

/* The first call whose own fields the records have; if others are told by the same
 * fields, the one that the file is named after, if any. NULL: nothing decides. */
static const struct call *marked_call(const struct recognition *recognition,
                                      size_t first)
{
    const struct call *call = recognition->candidates->items[first];
    bool alone = true;

    for (size_t i = 0; i < recognition->candidates->count; i++) {
        const struct call *other = recognition->candidates->items[i];

        if (i == first || !same_fields(&call->record_has, &other->record_has))
            continue;
        if (other == recognition->name->call)
            return other;
        alone = false;
    }
    return alone || call == recognition->name->call ? call : NULL;
}

static bool is_candidate(const struct recognition *recognition, const struct call *call)
{
    for (size_t i = 0; i < recognition->candidates->count; i++)
        if (recognition->candidates->items[i] == call)
            return true;
    return false;
}

const struct call *recognise_call_of_list(const struct recognition *recognition,
                                          const struct document *document)
{
    const struct call *named = recognition->name->call, *unmarked = NULL;
    size_t unmarked_count = 0;

    if (recognition->candidates->count == 1)
        return recognition->candidates->items[0];
    for (size_t i = 0; i < recognition->candidates->count; i++) {
        const struct call *call = recognition->candidates->items[i];

        if (is_marked(recognition, i))
            return marked_call(recognition, i);
        if (call == named &&
            (call->record_has.count == 0 || recognise_is_shared(recognition)))
            return call;
        if (call->record_has.count == 0 && document->records > 0) {
            unmarked = call;
            unmarked_count++;
        }
    }
    /* records that lack what the named call prints in each were cut, or are of the
     * other call: of which parent they are a part would be told wrongly */
    if (named != NULL && is_candidate(recognition, named) && named != unmarked)
        return document->records == 0 ? named : NULL;
    return unmarked_count == 1 ? unmarked : NULL;
}

static unsigned char mark_of(const struct recognition *recognition,
                             const struct call *call)
{
    for (size_t i = 0;
         i < recognition->candidates->count && recognition->candidates->count > 1;
         i++) {
        if (is_marked(recognition, i) &&
            same_fields(&recognition->candidates->items[i]->record_has,
                        &call->record_has))
            return (unsigned char)(1u << i);
    }
    return 0;
}

const struct str_list *recognise_silent(const struct recognition *recognition,
                                        const struct document *document,
                                        unsigned char *mark)
{
    const struct call *call = document->call;

    *mark = 0;
    if (document->shape != SHAPE_OBJECT)
        call = recognition->name->call;
    else if (recognition->candidates != NULL)
        call = recognise_call_of_list(recognition, document);
    else if (call == NULL)
        return NULL;
    if (call == NULL || call->type != document->type)
        return &document->type->silent;
    *mark = recognition->candidates != NULL ? mark_of(recognition, call) : 0;
    return &call->silent;
}

const struct call *recognise_call_of_type(const struct recognition *recognition,
                                          const struct type *type)
{
    const struct call *named = recognition->name->call;
    bool proves_something = false;

    if (named != NULL && named->type == type)
        return named;
    for (size_t i = 0; i < type->call_count; i++) {
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
        proves_something = proves_something || type->calls[i]->gives != GIVES_NOTHING;
    }
    return type->call_count > 0 && !proves_something ? type->calls[0] : NULL;
}
