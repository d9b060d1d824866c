#include "assess/kind.h"

void kind_begin(struct kind *kind, const struct staging *staging,
                const struct staged_source *source)
{
    *kind = (struct kind){ .catalog = staging->measures->catalog,
                           .name = source->name,
                           .labelled = source->labels->type,
                           .assumed = staging->settings->assume_type };
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
        if (calls->items[i]->gives == GIVES_PART && kind->parent_key.text == NULL)
            kind->parent_key = calls->items[i]->parent_key;
    }
}

void kind_record(struct kind *kind, const struct record *record)
{
    if (kind->candidates == NULL || kind->candidates->count < 2 ||
        record->kind != RECORD_OBJECT)
        return;
    for (size_t i = 0; i < kind->candidates->count && i < CANDIDATES_MAX; i++) {
        const struct str_list *has = &kind->candidates->items[i]->record_has;

        for (size_t j = 0; j < has->count; j++)
            if (record_has(record, has->items[j]))
                kind->marked[i] = true;
    }
}

/* Of a list. As long as nothing tells its call, whatever one of the type's is silent
 * about may be there. */
static const struct str_list *silent_of_list(struct kind *kind,
                                             const struct staged *staged)
{
    const struct call *call = kind_call_of_list(kind, staged);

    kind->turned = kind->turned || (kind->guess != NULL && kind->guess != call);
    kind->guess = call;
    return call != NULL && call->type == staged->type ? &call->silent
                                                      : &staged->type->silent;
}

const struct str_list *kind_silent(struct kind *kind, const struct staged *staged)
{
    const struct call *named = kind->name->call;

    if (staged->bare || staged->single)
        return named != NULL && named->type == staged->type ? &named->silent
                                                            : &staged->type->silent;
    if (kind->candidates != NULL)
        return silent_of_list(kind, staged);
    return staged->call != NULL ? &staged->call->silent : NULL;
}

/* The field that names the parent in the records of a type that is listed in parts. */
static struct str parent_key_of(const struct type *type)
{
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->parent_key.text != NULL)
            return type->calls[i]->parent_key;
    return STR_NONE;
}

bool kind_of_record(struct kind *kind, const struct record *record,
                    struct staged *staged)
{
    const struct type *type = catalog_record(kind->catalog, record_value(record));

    if (type == NULL)
        return false;
    if (staged->type == NULL) {
        staged->type = type;
        staged->type_told = TOLD_RECORDS;
        kind->parent_key = parent_key_of(type);
    } else if (staged->type != type) {
        kind->mixed = true;
    }
    return true;
}

void kind_by_name(const struct kind *kind, struct staged *staged)
{
    const struct call *named = kind->name->call;

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

const struct call *kind_call_of_list(const struct kind *kind,
                                     const struct staged *staged)
{
    const struct call *named = kind->name->call, *unmarked = NULL;
    size_t unmarked_count = 0;

    if (kind->candidates->count == 1)
        return kind->candidates->items[0];
    for (size_t i = 0; i < kind->candidates->count; i++) {
        const struct call *call = kind->candidates->items[i];

        if (i < CANDIDATES_MAX && kind->marked[i])
            return call;
        if (call == named && call->record_has.count == 0)
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

const struct call *kind_call_of_type(const struct kind *kind, const struct type *type)
{
    const struct call *named = kind->name->call;

    if (named != NULL && named->type == type)
        return named;
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
    return NULL;
}
