#include "gather/draft.h"

#include "aws/arn.h"
#include "catalog/proof.h"
#include "gather/bucket.h"
#include "gather/exports.h"
#include "gather/ids.h"
#include "gather/kind.h"
#include "gather/merged.h"
#include "gather/shared.h"
#include "gather/surplus.h"

#include <string.h>

struct draft {
    struct staging *staging;
    struct surplus *surplus;
    struct arena *scratch; /* of one document */
    struct staged_source *source;
    struct staged *staged;            /* NULL between documents */
    struct ids *ids;                  /* those that are text */
    bool records;                     /* there are others that are records */
    bool started;                     /* the list was looked at */
    const struct option_word *option; /* that the file's name says it was asked with */
    struct kind kind;
    struct nested nested; /* in elements that are no records of a known type */
    uint64_t marks;       /* of the first of them */
    struct shared shared;
};

static void release_scratch(void *scratch)
{
    arena_release(scratch);
}

struct draft *draft_new(struct staging *staging)
{
    struct draft *draft = arena_new(staging->arena, struct draft);

    draft->staging = staging;
    draft->ids = ids_new(staging->arena);
    draft->surplus = surplus_new(staging->arena);
    draft->scratch = arena_new(staging->arena, struct arena);
    arena_on_release(staging->arena, release_scratch, draft->scratch);
    return draft;
}

void draft_begin(struct draft *draft, struct staged_source *source)
{
    *draft = (struct draft){ .staging = draft->staging,
                             .surplus = draft->surplus,
                             .scratch = draft->scratch,
                             .ids = draft->ids,
                             .source = source };
    surplus_begin(draft->surplus);
}

static void start(struct draft *draft)
{
    *draft = (struct draft){ .staging = draft->staging,
                             .surplus = draft->surplus,
                             .scratch = draft->scratch,
                             .ids = draft->ids,
                             .source = draft->source };
    arena_reset(draft->scratch);
    ids_begin(draft->ids);
    rows_begin(draft->staging->rows);
    draft->staged = staging_document(draft->staging, draft->source);
    kind_begin(&draft->kind, draft->staging, draft->source);
    name_asks_option(draft->source->name, draft->source->name->call, &draft->option);
}

static void look_at_list(struct draft *draft, const struct document *document)
{
    if (!draft->started)
        kind_of_list(&draft->kind, document->list, draft->staged);
    draft->started = true;
}

/* ---- records -----------------------------------------------------------------------
 */

static void text_add(struct arena *arena, struct str_list *list, size_t *capacity,
                     struct str text)
{
    list->items =
        arena_grow(arena, list->items, list->count, capacity, sizeof *list->items);
    list->items[list->count++] = str_copy(arena, text);
}

static void note_id(struct draft *draft, const struct reduced *reduced)
{
    struct staging *staging = draft->staging;
    struct staged *staged = draft->staged;

    if (!reduced->plan->measures->needs_ids)
        return;
    if (reduced->id.text == NULL || reduced->record->duplicate_key ||
        staged->id_count + staged->unused.count == STAGED_IDS_MAX) {
        staged->doubts |= DOUBT_IDS_LOST;
    } else if (str_equal(
                   reduced_text(staging->plans, reduced, reduced->plan->region_status),
                   STR("not-opted-in"))) {
        text_add(staging->arena, &staged->unused, &staged->unused_capacity,
                 reduced->id);
    } else {
        staged->ids = arena_grow(staging->arena, staged->ids, staged->id_count,
                                 &staged->id_capacity, sizeof *staged->ids);
        staged->ids[staged->id_count++] = str_copy(staging->arena, reduced->id);
    }
}

/* A record of the type that is told by now; it counts, or (not `proven`) it may. */
static void record_of_type(struct draft *draft, const struct record *record,
                           bool proven)
{
    struct staging *staging = draft->staging;
    struct staged *staged = draft->staged;
    const struct option_word *option = draft->option;
    struct reduced reduced;

    plan_reduce(staging->plans,
                plan_find(staging->plans, staged->type, record_projection(record),
                          draft->kind.candidates),
                record, &reduced);
    staged->duplicates += record->duplicate_key;
    shared_parent(&draft->shared, staging, &reduced);
    note_id(draft, &reduced);
    if (!proven) {
        bucket_unproven(staging, staged, &reduced);
        return;
    }
    shared_record(&draft->shared, staging, &reduced);
    /* one that is not what the option in its file's name asks for */
    if (option != NULL && !str_equal(record_text(record, option->field), option->value))
        staged->doubts |= DOUBT_OPTION_DENIED;
    draft->kind.marks |= reduced.marks;
    bucket_record(staging, staged, &reduced);
}

/* A record without its envelope, whose fields a --query may have dropped: what its id
 * proves is added. */
static void bare_record(struct draft *draft, const struct record *record)
{
    struct pattern_match *match = draft->staging->match;
    const struct type *type = draft->staged->type;
    struct record whole = *record;
    json_t *unusable;

    draft->records = true;
    if (draft->kind.mixed) {
        draft->staged->untold++;
        return;
    }
    if (type->from_id_count == 0) {
        record_of_type(draft, record, true);
        return;
    }
    unusable = record_unusable(record);
    whole.fields = NULL;
    whole.made = json_copy(record_value(record));
    whole.made_unusable = unusable;
    proof_add(type, match, record_text(record, type->id), unusable, whole.made);
    proof_add(type, match, record_text(record, type->arn), unusable, whole.made);
    record_of_type(draft, &whole, true);
    json_decref(whole.made);
}

/* An element that tells no type may hold a whole answer. */
static void look_below(struct draft *draft, const struct document *so_far,
                       const struct record *record)
{
    const struct nested_base base = { true, record->index, NULL };
    const char *at;

    if (record->text.text == NULL)
        return;
    if (record->index == 0)
        draft->marks = nested_marks(so_far->layout, record->text);
    nested_look(so_far->layout, draft->staging->arena, &base, record->text,
                &draft->nested, &at);
}

static void bare_element(struct draft *draft, const struct document *so_far,
                         const struct record *record)
{
    struct staged *staged = draft->staged;

    switch (record->kind) {
    case RECORD_OBJECT:
        if (kind_of_record(&draft->kind, record, staged)) {
            bare_record(draft, record);
            return;
        }
        staged->doubts |= DOUBT_OBJECTS;
        look_below(draft, so_far, record);
        break;
    case RECORD_STRING:
        staged->doubts |= DOUBT_STRINGS;
        ids_add(draft->ids, record);
        break;
    case RECORD_ARRAY:
        staged->doubts |= DOUBT_ARRAYS;
        look_below(draft, so_far, record);
        break;
    case RECORD_OTHER:
        staged->doubts |= DOUBT_VALUES;
        break;
    }
    staged->untold++;
}

void draft_record(struct draft *draft, const struct document *so_far,
                  const struct record *record)
{
    struct staged *staged;

    if (draft->staged == NULL)
        start(draft);
    staged = draft->staged;
    staged->shape = so_far->kind == DOCUMENT_ARRAY ? SHAPE_ARRAY : SHAPE_OBJECT;
    look_at_list(draft, so_far);
    staged->records++;
    if (staged->shape == SHAPE_ARRAY) {
        bare_element(draft, so_far, record);
        return;
    }
    if (record->kind == RECORD_ARRAY) {
        staged->doubts |= DOUBT_ARRAYS;
        staged->untold++;
    }
    if (staged->type != NULL)
        record_of_type(draft, record, true);
}

/* ---- the end -----------------------------------------------------------------------
 */

static bool carries_token(const struct document *document)
{
    for (size_t i = 0; i < TOKEN_KEYS; i++) {
        const char *key = token_keys[i];
        const json_t *value = json_object_get(document->fields, key);

        if (document->unusable != NULL && json_object_get(document->unusable, key))
            return true;
        if (value != NULL && !json_is_null(value) &&
            !(json_is_string(value) && json_string_length(value) == 0))
            return true;
    }
    return false;
}

/* No problem, if the file is named as a call that proves nothing. */
static void add_problem(struct draft *draft, const struct position *at,
                        const struct reason *reason)
{
    const struct name *name = draft->source->name;

    if (name->call == NULL || name->is_ambiguous || name->call->gives != GIVES_NOTHING)
        problems_add(&draft->staging->problems, draft->source->source->path, at,
                     reason);
}

static void nothing(struct draft *draft, const struct position *at,
                    const struct reason *reason)
{
    struct staged *staged = draft->staged;

    staged->use = USE_NOTHING;
    add_problem(draft, at, reason);
    staged_reason(draft->staging, staged, reason);
}

static void end_damaged(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;
    struct reason reason = { .sentence = sentence_of_damage(document->damage),
                             .texts = { str_from(document->damage_text) } };

    staged->doubts |= DOUBT_DAMAGED;
    draft->source->breaks_off = true;
    add_problem(draft, &document->damage_at, &reason);
    reason.line = document->damage_at.line;
    staged_reason(draft->staging, staged, &reason);
}

/* What a bare array is a listing of, where no record of it told. */
static void tell_array(struct draft *draft)
{
    struct staged *staged = draft->staged;
    bool only_text =
        staged_has(staged, DOUBT_STRINGS) && !staged_has(staged, DOUBT_OBJECTS) &&
        !staged_has(staged, DOUBT_ARRAYS) && !staged_has(staged, DOUBT_VALUES);

    kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
    if (staged->type != NULL || !only_text)
        return;
    staged->type = ids_type(draft->ids, draft->staging);
    if (staged->type == NULL)
        return;
    staged->call = kind_call_of_type(&draft->kind, staged->type);
    staged->type_told = TOLD_ARN;
}

/* Text beside records may name one of them; without any it may prove some. */
static void count_untold(struct draft *draft)
{
    struct staged *staged = draft->staged;
    uint64_t untold = staged->untold;

    if (staged_has(staged, DOUBT_STRINGS) && !draft->records)
        staged->shape = SHAPE_IDS;
    if (staged->shape == SHAPE_IDS)
        untold -= ids_count(draft->ids, draft->staging, staged);
    bucket_undecided(draft->staging, staged, untold);
}

/* What another tool saved: it says so, whatever its name. Of a damaged one, the rest
 * may be something else; and what holds a listing is not done with. */
static bool end_export(struct draft *draft, const struct document *document,
                       uint64_t marks)
{
    struct staged *staged = draft->staged;
    const char *name = document->layout != NULL
                           ? exports_name(document->layout, marks, document->list)
                           : NULL;

    if (name == NULL || staged_has(staged, DOUBT_DAMAGED) ||
        document->nested.key.text != NULL)
        return false;
    kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
    if (staged->call == NULL) {
        staged_ignore(staged);
        staged_reason(draft->staging, staged,
                      SAYS(SAY_OTHER_TOOL_IGNORED, .texts = { str_from(name) }));
        return true;
    }
    nothing(draft, &document->start,
            SAYS(SAY_OTHER_TOOL, .texts = { str_from(name), staged->call->name }));
    return true;
}

/* A listing stands where it is not looked for: it may be a page of any, and is of the
 * type that its key tells, unless the file's name says another. */
static void end_nested(struct draft *draft, const struct nested *nested,
                       const struct position *at)
{
    struct staged *staged = draft->staged;
    const struct call *call = merged_call(draft->staging->measures->catalog, nested);
    const struct reason reason = merged_reason(nested);

    staged->shape = SHAPE_OBJECT; /* it may be a page of the whole */
    if (staged->type == NULL)
        kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
    if (call == NULL || (staged->type != NULL && staged->type != call->type)) {
        staged->type = NULL;
        staged->call = NULL;
        staged->type_told = TOLD_NOT;
    } else if (staged->type == NULL) {
        staged->type = call->type;
        staged->call = call;
        staged->type_told = TOLD_ENVELOPE;
    }
    nothing(draft, at, &reason);
}

static void end_array_of_answers(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    if (document->answers > 0) { /* it broke between two of them */
        kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
        staged->use = USE_NOTHING;
    } else if (document->nested.key.text != NULL) {
        end_nested(draft, &document->nested, &document->nested_at);
    } else {
        kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
        nothing(draft, &document->start, SAYS(SAY_ARRAY_AMONG_ANSWERS));
    }
}

static void end_array(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    if (document->answers > 0 || document->is_element) {
        end_array_of_answers(draft, document);
        return;
    }
    /* one that breaks off before its first element may be of whole answers */
    staged->shape = staged_has(staged, DOUBT_DAMAGED) && staged->records == 0
                        ? SHAPE_OBJECT
                        : SHAPE_ARRAY;
    staged->list_start = document->list_start;
    if (draft->kind.mixed) {
        /* their ARNs were not read: those before them tell the place */
        bucket_undecided(draft->staging, staged, staged->untold);
        nothing(draft, &document->start, SAYS(SAY_MIXED_RECORDS));
        return;
    }
    if (draft->nested.key.text != NULL) {
        if (staged->type != NULL)
            bucket_undecided(draft->staging, staged, staged->untold);
        end_nested(draft, &draft->nested, &document->start);
        return;
    }
    if (staged->type == NULL && end_export(draft, document, draft->marks))
        return;
    if (staged->type == NULL)
        tell_array(draft);
    else
        staged->call = kind_call_of_type(&draft->kind, staged->type);
    if (staged->type == NULL && staged_has(staged, DOUBT_DAMAGED)) {
        nothing(draft, &document->start, SAYS(SAY_TYPE_UNTOLD));
        return;
    }
    if (staged->type == NULL) { /* what a query prints is no page of a listing */
        staged_ignore(staged);
        if (staged->records == 0)
            staged_reason(draft->staging, staged, SAYS(SAY_TYPE_UNTOLD));
        return;
    }
    staged->use = USE_READ;
    count_untold(draft);
}

static const char *pointer_to(struct arena *arena, const char *document, struct str key)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, str_from(document));
    pointer_add_key(&buf, key);
    return buf_str(&buf).text;
}

/* What says itself where it is from was collected elsewhere than its file's path says,
 * or may have been. */
static void end_placed(struct draft *draft, const struct document *document)
{
    nothing(draft, &document->list_start,
            SAYS(document->is_element ? SAY_NESTED_PLACED_ELEMENT : SAY_NESTED_PLACED,
                 .texts = { str_from(draft->staged->list_pointer) },
                 .count = document->element));
}

static void end_list(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    staged->list_start = document->list_start;
    staged->list_pointer = staging_text(
        draft->staging, pointer_to(draft->scratch, staged->pointer, document->list));
    if (staged->type == NULL ||
        (!staged_has(staged, DOUBT_DAMAGED) && kind_is_untold(&draft->kind, staged))) {
        staged_ignore(staged);
        return;
    }
    staged->call = kind_call_of_list(&draft->kind, staged);
    if (document->tells_place) {
        end_placed(draft, document);
        return;
    }
    if (document->duplicate_key) {
        nothing(draft, &document->start, SAYS(SAY_DUPLICATE_ENVELOPE_KEY));
        return;
    }
    if (!document->list_is_array) {
        nothing(draft, &document->list_start,
                SAYS(SAY_LIST_NOT_ARRAY, .texts = { document->list }));
        return;
    }
    staged->use = USE_READ;
}

/* The one record of a document that is no list: its value is the document, or an object
 * in it. */
static struct record whole_record(const struct document *document, json_t *value)
{
    return (struct record){
        .kind = RECORD_OBJECT,
        .made = value,
        .duplicate_key = document->duplicate_key || document->duplicate_below,
        .made_unusable = document->unusable,
        .start = document->start,
    };
}

/* Whether a record that stands in no list proves itself: it has what names it, and all
 * that AWS always prints. Else it may be a request, which has such fields, too. */
static bool proves_itself(struct draft *draft, const struct record *record)
{
    const struct type *type = draft->staged->type;
    bool is_named = type->id.text == NULL || record_has(record, type->id) ||
                    record_has(record, type->arn);
    unsigned char mark;

    return is_named &&
           !record_is_trimmed(type, record,
                              kind_silent(&draft->kind, draft->staged, &mark));
}

static void end_record(struct draft *draft, const struct document *document,
                       json_t *value)
{
    struct staged *staged = draft->staged;
    const struct record record = whole_record(document, value);

    staged->records = 1;
    if (staged->type->level == LEVEL_NONE && !record.duplicate_key) {
        struct str account = record_text(&record, staged->type->id);

        if (is_account_id(account))
            staged->identity = str_copy(draft->staging->arena, account);
    }
    record_of_type(draft, &record, proves_itself(draft, &record));
}

/* The answer of a call for one thing: the document is the record, or holds it. */
static void end_answer(struct draft *draft, const struct document *document,
                       const struct call *call)
{
    struct staged *staged = draft->staged;
    json_t *value = document->fields;

    staged->type = call->type;
    staged->call = call;
    staged->type_told = TOLD_ENVELOPE;
    staged->list_start = document->start;
    if (call->answer == ANSWER_MAP) {
        if (document->duplicate_key) {
            nothing(draft, &document->start, SAYS(SAY_DUPLICATE_ENVELOPE_KEY));
            return;
        }
        value = json_object_getn(document->fields, call->list.text, call->list.len);
    }
    staged->use = USE_READ;
    if (call->gives != GIVES_NOTHING && document->damage == DAMAGE_NONE)
        end_record(draft, document, value);
}

/* A record that stands alone. Of a damaged one, what would tell it apart from a receipt
 * may be lost. */
static bool end_single(struct draft *draft, const struct document *document)
{
    const struct record record = whole_record(document, document->fields);
    struct staged *staged = draft->staged;

    if (document->damage != DAMAGE_NONE ||
        !kind_of_record(&draft->kind, &record, staged))
        return false;
    staged->shape = SHAPE_RECORD;
    staged->use = USE_READ;
    staged->list_start = document->start;
    staged->records = 1;
    if (proves_itself(draft, &record))
        bare_record(draft, &record);
    else
        record_of_type(draft, &record, false);
    return true;
}

static void end_unknown(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;
    struct str key = STR("?"), name;

    if (document->nested.key.text != NULL && !staged_has(staged, DOUBT_DAMAGED)) {
        end_nested(draft, &document->nested, &document->nested_at);
        return;
    }
    kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
    if (document->nested.key.text != NULL) {
        const struct reason reason = merged_reason(&document->nested);

        problems_add(&draft->staging->problems, draft->source->source->path,
                     &document->nested_at, &reason);
    }
    if (staged_has(staged, DOUBT_DAMAGED)) {
        staged->use = USE_NOTHING;
        return;
    }
    if (staged->type == NULL) {
        staged_ignore(staged);
        return;
    }
    name = staged->type->name;
    if (staged->call != NULL) {
        name = staged->call->name;
        key = staged->call->answer == ANSWER_DOCUMENT ? staged->call->has.items[0]
                                                      : staged->call->list;
    }
    nothing(draft, &document->start,
            SAYS(SAY_ENVELOPE_UNKNOWN, .texts = { key, name }));
}

static void end_object(struct draft *draft, const struct document *document)
{
    const struct call *call;

    if (end_export(draft, document, document->marks))
        return;
    call = catalog_document(draft->staging->measures->catalog, document->fields,
                            document->member_count, draft->source->name->call);
    /* which keys a broken document lacks is not known */
    if (call != NULL && staged_has(draft->staged, DOUBT_DAMAGED) &&
        (call->lacks.count > 0 || call->alone))
        call = NULL;
    /* an object may be a record under a key that others have for a list */
    if (document->list.text != NULL &&
        (document->list_is_array || call == NULL || call->answer != ANSWER_MAP))
        end_list(draft, document);
    else if (call != NULL)
        end_answer(draft, document, call);
    else if (!end_single(draft, document))
        end_unknown(draft, document);
}

static void end_scalar(struct draft *draft, const struct document *document)
{
    const struct reason *reason =
        document->kind == DOCUMENT_NULL     ? SAYS(SAY_NULL_NO_LISTING)
        : document->kind == DOCUMENT_NUMBER ? SAYS(SAY_NUMBER_NO_LISTING)
                                            : SAYS(SAY_NO_LISTING);
    struct staged *staged = draft->staged;

    kind_by_name(&draft->kind, staged_has(staged, DOUBT_DAMAGED), staged);
    if (document->kind == DOCUMENT_NONE || staged_has(staged, DOUBT_DAMAGED)) {
        staged->use = USE_NOTHING;
        return;
    }
    /* among the answers of a script, what a failed call gave it for a page */
    if (!document->is_element)
        staged->shape = SHAPE_VALUE;
    if (staged->type != NULL || document->is_element) {
        nothing(draft, &document->start, reason);
        return;
    }
    staged_ignore(staged);
    staged_reason(draft->staging, staged, reason);
}

/* What is named as another call is no evidence, unless it is a listing that no other
 * call prints, and holds something. What only the error text beside it says is no word
 * on what is understood. */
static bool is_other_call(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;
    bool is_listing = document->list.text != NULL && staged->type != NULL &&
                      !kind_is_shared(&draft->kind);

    if (name_is_other(draft->source->name))
        return !(is_listing &&
                 (staged->records > 0 || document->damage != DAMAGE_NONE)) &&
               staged_is_other_call(draft->staging, staged, STR_NONE);
    return staged->type == NULL && document->damage != DAMAGE_NONE &&
           staged_is_other_call(draft->staging, staged,
                                draft->source->source->failed_operation);
}

static void end(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    staged->index = document->index;
    if (document->is_element)
        staged->pointer = staged->list_pointer = staging_text(
            draft->staging, arena_printf(draft->scratch, "/%llu",
                                         (unsigned long long)document->element));
    if (is_other_call(draft, document)) {
        draft->source->breaks_off =
            draft->source->breaks_off || document->damage != DAMAGE_NONE;
        return;
    }
    if (document->damage != DAMAGE_NONE)
        end_damaged(draft, document);
    if (document->kind == DOCUMENT_OBJECT && carries_token(document)) {
        staged->doubts |= DOUBT_TOKEN;
        staged_reason(draft->staging, staged, SAYS(SAY_TOKEN));
    }
    if (document->kind == DOCUMENT_OBJECT)
        end_object(draft, document);
    else if (document->kind == DOCUMENT_ARRAY)
        end_array(draft, document);
    else
        end_scalar(draft, document);
    if (name_asks_option(draft->source->name, staged->call, &staged->option))
        staged->doubts |= DOUBT_OPTION;
    shared_end(&draft->shared, draft->staging->measures, staged);
    if (staged->type != NULL && staged->bucket_count > 0)
        staged->silent = kind_silent(&draft->kind, staged, &staged->mark);
}

struct staged *draft_end(struct draft *draft, const struct document *document)
{
    struct staged *staged;

    if (draft->staged == NULL)
        start(draft);
    look_at_list(draft, document);
    end(draft, document);
    staged = surplus_end(draft->surplus, draft->staging, draft->staged);
    draft->staged = NULL;
    return staged;
}
