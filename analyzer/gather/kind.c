#include "gather/kind.h"

void kind_begin(struct kind *kind, const struct staging *staging,
                const struct staged_source *source)
{
    *kind = (struct kind){ .catalog = staging->measures->catalog,
                           .name = source->name,
                           .labelled = source->labels->type,
                           .assumed = staging->settings->type_assumed };
}

void kind_of_list(struct kind *kind, struct str list, struct staged *staged)
{
    const struct call *named = kind->name->call;
    const struct call_list *calls;

    if (list.text == NULL)
        return;
    calls = catalog_list(kind->catalog, list);
    kind->candidates = calls;
    if (calls == NULL)
        return;
    staged->type = calls->items[0]->type;
    staged->type_told = TOLD_ENVELOPE;
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->items[i] == named || calls->items[i]->type == kind->labelled)
            staged->type = calls->items[i]->type;
    }
}

static bool is_marked(const struct kind *kind, size_t candidate)
{
    return candidate < CANDIDATES_MAX && (kind->marks >> candidate & 1) != 0;
}

bool kind_is_shared(const struct kind *kind)
{
    for (size_t i = 0; i < kind->candidates->count; i++)
        if (kind->candidates->items[i]->record_has.count == 0)
            return false;
    return true;
}

/* The call that the file's name decides on, or NULL. */
static const struct call *call_by_name(const struct kind *kind)
{
    return kind->name->is_ambiguous ? NULL : kind->name->call;
}

bool kind_is_untold(const struct kind *kind, const struct staged *staged)
{
    const struct call *named = call_by_name(kind);

    if (!kind_is_shared(kind) || staged->type == kind->labelled ||
        staged->type == kind->assumed)
        return false;
    for (size_t i = 0; i < kind->candidates->count; i++)
        if (is_marked(kind, i) || kind->candidates->items[i] == named)
            return false;
    return true;
}

/* An id tells a record of its type if nothing else does, but the file's name does. */
static const struct type *type_by_id(const struct kind *kind,
                                     const struct record *record)
{
    const struct call *named = call_by_name(kind);

    return named != NULL && named->type->id.text != NULL &&
                   record_has(record, named->type->id)
               ? named->type
               : NULL;
}

bool kind_of_record(struct kind *kind, const struct record *record,
                    struct staged *staged)
{
    const struct type *type = catalog_record(kind->catalog, record_value(record));

    if (type == NULL)
        type = type_by_id(kind, record);
    if (type == NULL)
        return false;
    if (staged->type == NULL) {
        staged->type = type;
        staged->type_told = TOLD_RECORDS;
    } else if (staged->type != type) {
        kind->mixed = true;
    }
    return true;
}

void kind_by_name(const struct kind *kind, bool lost, struct staged *staged)
{
    const struct call *named = lost ? kind->name->call : call_by_name(kind);

    if (kind->labelled != NULL) {
        staged->type = kind->labelled;
        staged->call = kind_call_of_type(kind, staged->type);
        staged->type_told = TOLD_PATTERN;
    } else if (named != NULL) {
        staged->type = named->type;
        staged->call = named;
        staged->type_told = TOLD_NAME;
    } else if (kind->assumed != NULL) {
        staged->type = kind->assumed;
        staged->call = kind_call_of_type(kind, staged->type);
        staged->type_told = TOLD_ASSUMED;
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
static const struct call *marked_call(const struct kind *kind, size_t first)
{
    const struct call *call = kind->candidates->items[first];
    bool alone = true;

    for (size_t i = 0; i < kind->candidates->count; i++) {
        const struct call *other = kind->candidates->items[i];

        if (i == first || !same_fields(&call->record_has, &other->record_has))
            continue;
        if (other == kind->name->call)
            return other;
        alone = false;
    }
    return alone || call == kind->name->call ? call : NULL;
}

const struct call *kind_call_of_list(const struct kind *kind,
                                     const struct staged *staged)
{
    const struct call *named = kind->name->call, *unmarked = NULL;
    size_t unmarked_count = 0;

    if (kind->candidates->count == 1)
        return kind->candidates->items[0];
    for (size_t i = 0; i < kind->candidates->count; i++) {
        const struct call *call = kind->candidates->items[i];

        if (is_marked(kind, i))
            return marked_call(kind, i);
        if (call == named && (call->record_has.count == 0 || kind_is_shared(kind)))
            return call;
        if (call->record_has.count == 0 && staged->records > 0) {
            unmarked = call;
            unmarked_count++;
        }
    }
    if (staged->records == 0 && named != NULL)
        for (size_t i = 0; i < kind->candidates->count; i++)
            if (kind->candidates->items[i] == named)
                return named;
    return unmarked_count == 1 ? unmarked : NULL;
}

static unsigned char mark_of(const struct kind *kind, const struct call *call)
{
    for (size_t i = 0; i < kind->candidates->count && kind->candidates->count > 1; i++)
        if (is_marked(kind, i) &&
            same_fields(&kind->candidates->items[i]->record_has, &call->record_has))
            return (unsigned char)(1u << i);
    return 0;
}

const struct str_list *kind_silent(const struct kind *kind, const struct staged *staged,
                                   unsigned char *mark)
{
    const struct call *call = staged->call;

    *mark = 0;
    if (staged->shape != SHAPE_OBJECT)
        call = kind->name->call;
    else if (kind->candidates != NULL)
        call = kind_call_of_list(kind, staged);
    else if (call == NULL)
        return NULL;
    if (call == NULL || call->type != staged->type)
        return &staged->type->silent;
    *mark = kind->candidates != NULL ? mark_of(kind, call) : 0;
    return &call->silent;
}

const struct call *kind_call_of_type(const struct kind *kind, const struct type *type)
{
    const struct call *named = kind->name->call;

    if (named != NULL && named->type == type)
        return named;
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
    return type->call_count > 0 && type->calls[0]->gives == GIVES_NOTHING
               ? type->calls[0]
               : NULL;
}
