#include "gather/gatherer.h"

#include "aws/arn.h"
#include "catalog/proof.h"
#include "gather/exports.h"
#include "gather/ids.h"
#include "gather/link.h"
#include "gather/merged.h"
#include "gather/portion.h"
#include "gather/recognise.h"
#include "gather/shared.h"
#include "gather/surplus.h"

#include <string.h>

struct gatherer {
    struct gathered *gathered;
    struct surplus *surplus;
    struct arena *scratch; /* of one document */
    struct document_source *source;
    struct document *document;        /* NULL between documents */
    struct ids *ids;                  /* those that are text */
    bool records;                     /* there are others that are records */
    bool started;                     /* the list was looked at */
    const struct option_word *option; /* that the file's name says it was asked with */
    struct recognition recognition;
    struct nested nested; /* in elements that are no records of a known type */
    uint64_t marks;       /* of the first of them */
    struct shared shared;
    struct links links;
    struct link_room room; /* of an archive's members */
};

static void release_scratch(void *scratch)
{
    arena_release(scratch);
}

struct gatherer *gatherer_new(struct gathered *gathered)
{
    struct gatherer *gatherer = arena_new(gathered->arena, struct gatherer);

    gatherer->gathered = gathered;
    gatherer->ids = ids_new(gathered->arena);
    gatherer->surplus = surplus_new(gathered->arena);
    gatherer->scratch = arena_new(gathered->arena, struct arena);
    arena_on_release(gathered->arena, release_scratch, gatherer->scratch);
    return gatherer;
}

void gatherer_begin(struct gatherer *gatherer, struct document_source *source)
{
    *gatherer = (struct gatherer){ .gathered = gatherer->gathered,
                                   .surplus = gatherer->surplus,
                                   .scratch = gatherer->scratch,
                                   .ids = gatherer->ids,
                                   .room = gatherer->room,
                                   .source = source };
    surplus_begin(gatherer->surplus);
}

static void start(struct gatherer *gatherer)
{
    *gatherer = (struct gatherer){ .gathered = gatherer->gathered,
                                   .surplus = gatherer->surplus,
                                   .scratch = gatherer->scratch,
                                   .ids = gatherer->ids,
                                   .room = gatherer->room,
                                   .source = gatherer->source };
    arena_reset(gatherer->scratch);
    ids_begin(gatherer->ids);
    rows_begin(gatherer->gathered->rows);
    gatherer->links.is_wanted = link_may_be(gatherer->source);
    gatherer->document = gathered_document(gatherer->gathered, gatherer->source);
    recognise_begin(&gatherer->recognition, gatherer->gathered, gatherer->source);
    if (!name_asks_option(gatherer->source->name, gatherer->source->name->call,
                          &gatherer->option))
        source_asks_option(gatherer->source, gatherer->source->name->call,
                           &gatherer->option);
}

static void look_at_list(struct gatherer *gatherer, const struct envelope *envelope)
{
    if (!gatherer->started)
        recognise_of_list(&gatherer->recognition, envelope->list, gatherer->document);
    gatherer->started = true;
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

static void note_id(struct gatherer *gatherer, const struct reduced *reduced)
{
    struct gathered *gathered = gatherer->gathered;
    struct document *document = gatherer->document;

    if (!reduced->plan->measures->needs_ids)
        return;
    if (reduced->id.text == NULL || reduced->record->duplicate_key ||
        document->id_count + document->unused.count == DOCUMENT_IDS_MAX) {
        document->doubts |= DOUBT_IDS_LOST;
    } else if (str_equal(
                   reduced_text(gathered->plans, reduced, reduced->plan->region_status),
                   STR("not-opted-in"))) {
        text_add(gathered->arena, &document->unused, &document->unused_capacity,
                 reduced->id);
    } else {
        document->ids = arena_grow(gathered->arena, document->ids, document->id_count,
                                   &document->id_capacity, sizeof *document->ids);
        document->ids[document->id_count++] = str_copy(gathered->arena, reduced->id);
    }
}

/* A record of the type that is told by now; it counts, or (not `proven`) it may. */
static void record_of_type(struct gatherer *gatherer, const struct record *record,
                           bool proven)
{
    struct gathered *gathered = gatherer->gathered;
    struct document *document = gatherer->document;
    const struct option_word *option = gatherer->option;
    struct reduced reduced;

    plan_reduce(gathered->plans,
                plan_find(gathered->plans, document->type, record_projection(record),
                          gatherer->recognition.candidates),
                record, &reduced);
    document->duplicates += record->duplicate_key;
    shared_parent(&gatherer->shared, gathered, &reduced);
    note_id(gatherer, &reduced);
    if (!proven) {
        portion_unproven(gathered, document, &reduced);
        return;
    }
    shared_record(&gatherer->shared, gathered, &reduced);
    /* one that is not what the option in its file's name asks for */
    if (option != NULL && !str_equal(record_text(record, option->field), option->value))
        document->doubts |= DOUBT_OPTION_DENIED;
    if (gatherer->links.is_wanted)
        link_note(&gatherer->links, gatherer->scratch,
                  record->duplicate_key ? STR_NONE : reduced.id);
    gatherer->recognition.marks |= reduced.marks;
    gatherer->recognition.against |= reduced.against;
    portion_record(gathered, document, &reduced);
}

/* A record without its envelope, whose fields a --query may have dropped: what its id
 * proves is added. */
static void bare_record(struct gatherer *gatherer, const struct record *record)
{
    struct pattern_match *match = gatherer->gathered->match;
    const struct type *type = gatherer->document->type;
    struct record whole = *record;
    json_t *unusable;

    gatherer->records = true;
    if (gatherer->recognition.mixed) {
        gatherer->document->untold++;
        return;
    }
    if (type->from_id_count == 0) {
        record_of_type(gatherer, record, true);
        return;
    }
    unusable = record_unusable(record);
    whole.fields = NULL;
    whole.made = json_copy(record_value(record));
    whole.made_unusable = unusable;
    proof_add(type, match, record_text(record, type->id), unusable, whole.made);
    proof_add(type, match, record_text(record, type->arn), unusable, whole.made);
    record_of_type(gatherer, &whole, true);
    json_decref(whole.made);
}

/* An element that tells no type may hold a whole answer. */
static void look_below(struct gatherer *gatherer, const struct envelope *so_far,
                       const struct record *record)
{
    const struct nested_base base = { true, record->index, NULL };
    const char *at;

    if (record->text.text == NULL)
        return;
    if (record->index == 0)
        gatherer->marks = nested_marks(so_far->layout, record->text);
    nested_look(so_far->layout, gatherer->gathered->arena, &base, record->text,
                &gatherer->nested, &at);
}

static void bare_element(struct gatherer *gatherer, const struct envelope *so_far,
                         const struct record *record)
{
    struct document *document = gatherer->document;

    switch (record->kind) {
    case RECORD_OBJECT:
        if (recognise_of_record(&gatherer->recognition, record, document)) {
            bare_record(gatherer, record);
            return;
        }
        document->doubts |= DOUBT_OBJECTS;
        look_below(gatherer, so_far, record);
        break;
    case RECORD_STRING:
        document->doubts |= DOUBT_STRINGS;
        ids_add(gatherer->ids, record);
        break;
    case RECORD_ARRAY:
        document->doubts |= DOUBT_ARRAYS;
        look_below(gatherer, so_far, record);
        break;
    case RECORD_OTHER:
        document->doubts |= DOUBT_VALUES;
        break;
    }
    document->untold++;
}

void gatherer_record(struct gatherer *gatherer, const struct envelope *so_far,
                     const struct record *record)
{
    struct document *document;

    if (gatherer->document == NULL)
        start(gatherer);
    document = gatherer->document;
    document->shape = so_far->kind == DOCUMENT_ARRAY ? SHAPE_ARRAY : SHAPE_OBJECT;
    look_at_list(gatherer, so_far);
    document->records++;
    if (document->shape == SHAPE_ARRAY) {
        bare_element(gatherer, so_far, record);
        return;
    }
    if (record->kind == RECORD_ARRAY) {
        document->doubts |= DOUBT_ARRAYS;
        document->untold++;
    }
    if (document->type != NULL)
        record_of_type(gatherer, record, true);
}

/* ---- the end -----------------------------------------------------------------------
 */

/* What it carries: absent, where that is no text, or more than one. */
static bool carries_token(const struct envelope *envelope, struct str *token)
{
    size_t count = 0;

    *token = STR_NONE;
    for (size_t i = 0; i < TOKEN_KEYS; i++) {
        const char *key = token_keys[i];
        const json_t *value = json_object_get(envelope->fields, key);
        bool is_unusable =
            envelope->unusable != NULL && json_object_get(envelope->unusable, key);

        if (!is_unusable && (value == NULL || json_is_null(value) ||
                             (json_is_string(value) && json_string_length(value) == 0)))
            continue;
        *token =
            count++ == 0 && json_is_string(value) && !is_unusable
                ? (struct str){ json_string_value(value), json_string_length(value) }
                : STR_NONE;
    }
    return count > 0;
}

/* No problem, if the file is named as a call that proves nothing. */
static void add_problem(struct gatherer *gatherer, const struct position *at,
                        const struct reason *reason)
{
    const struct name *name = gatherer->source->name;

    if (name->call == NULL || name->is_ambiguous || name->call->gives != GIVES_NOTHING)
        problems_add(&gatherer->gathered->problems, gatherer->source->source->path, at,
                     reason);
}

static void nothing(struct gatherer *gatherer, const struct position *at,
                    const struct reason *reason)
{
    struct document *document = gatherer->document;

    document->use = USE_NOTHING;
    add_problem(gatherer, at, reason);
    document_reason(gatherer->gathered, document, reason);
}

static void end_damaged(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;
    struct reason reason = { .sentence = sentence_of_damage(envelope->damage),
                             .texts = { str_from(envelope->damage_text) } };

    document->doubts |= DOUBT_DAMAGED;
    gatherer->source->breaks_off = true;
    add_problem(gatherer, &envelope->damage_at, &reason);
    reason.line = envelope->damage_at.line;
    document_reason(gatherer->gathered, document, &reason);
}

/* What a bare array is a listing of, where no record of it told. */
static void tell_array(struct gatherer *gatherer)
{
    struct document *document = gatherer->document;
    bool only_text = document_has(document, DOUBT_STRINGS) &&
                     !document_has(document, DOUBT_OBJECTS) &&
                     !document_has(document, DOUBT_ARRAYS) &&
                     !document_has(document, DOUBT_VALUES);

    recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                      document);
    if (document->type != NULL || !only_text)
        return;
    document->type = ids_type(gatherer->ids, gatherer->gathered);
    if (document->type == NULL)
        return;
    document->call = recognise_call_of_type(&gatherer->recognition, document->type);
    document->type_told = TOLD_ARN;
}

/* Text beside records may name one of them; without any it may prove some. */
static void count_untold(struct gatherer *gatherer)
{
    struct document *document = gatherer->document;
    uint64_t untold = document->untold;

    if (document_has(document, DOUBT_STRINGS) && !gatherer->records)
        document->shape = SHAPE_IDS;
    if (document->shape == SHAPE_IDS)
        untold -= ids_count(gatherer->ids, gatherer->gathered, document);
    portion_undecided(gatherer->gathered, document, untold);
}

/* What another tool saved: it says so, whatever its name. Of a damaged one, the rest
 * may be something else; and what holds a listing is not done with. */
static bool end_export(struct gatherer *gatherer, const struct envelope *envelope,
                       uint64_t marks)
{
    struct document *document = gatherer->document;
    const char *name = envelope->layout != NULL
                           ? exports_name(envelope->layout, marks, envelope->list)
                           : NULL;

    if (name == NULL || document_has(document, DOUBT_DAMAGED) ||
        envelope->nested.key.text != NULL)
        return false;
    recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                      document);
    if (document->call == NULL) {
        document_ignore(document);
        document_reason(gatherer->gathered, document,
                        SAYS(SAY_OTHER_TOOL_IGNORED, .texts = { str_from(name) }));
        return true;
    }
    nothing(gatherer, &envelope->start,
            SAYS(SAY_OTHER_TOOL, .texts = { str_from(name), document->call->name }));
    return true;
}

/* A listing stands where it is not looked for: it may be a page of any, and is of the
 * type that its key tells, unless the file's name says another. */
static void end_nested(struct gatherer *gatherer, const struct nested *nested,
                       const struct position *at)
{
    struct document *document = gatherer->document;
    const struct call *call =
        merged_call(gatherer->gathered->measures->catalog, nested);
    const struct reason reason = merged_reason(nested);

    document->shape = SHAPE_OBJECT; /* it may be a page of the whole */
    if (document->type == NULL)
        recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                          document);
    if (call == NULL || (document->type != NULL && document->type != call->type)) {
        document->type = NULL;
        document->call = NULL;
        document->type_told = TOLD_NOT;
    } else if (document->type == NULL) {
        document->type = call->type;
        document->call = call;
        document->type_told = TOLD_ENVELOPE;
    }
    nothing(gatherer, at, &reason);
}

static void end_array_of_answers(struct gatherer *gatherer,
                                 const struct envelope *envelope)
{
    struct document *document = gatherer->document;

    if (envelope->answers > 0) { /* it broke between two of them */
        recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                          document);
        document->use = USE_NOTHING;
    } else if (envelope->nested.key.text != NULL) {
        end_nested(gatherer, &envelope->nested, &envelope->nested_at);
    } else {
        recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                          document);
        nothing(gatherer, &envelope->start, SAYS(SAY_ARRAY_AMONG_ANSWERS));
    }
}

static void end_array(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;

    if (envelope->answers > 0 || envelope->is_element) {
        end_array_of_answers(gatherer, envelope);
        return;
    }
    /* one that breaks off before its first element may be of whole answers */
    document->shape = document_has(document, DOUBT_DAMAGED) && document->records == 0
                          ? SHAPE_OBJECT
                          : SHAPE_ARRAY;
    document->list_start = envelope->list_start;
    if (gatherer->recognition.mixed) {
        /* their ARNs were not read: those before them tell the place */
        portion_undecided(gatherer->gathered, document, document->untold);
        nothing(gatherer, &envelope->start, SAYS(SAY_MIXED_RECORDS));
        return;
    }
    if (gatherer->nested.key.text != NULL) {
        if (document->type != NULL)
            portion_undecided(gatherer->gathered, document, document->untold);
        end_nested(gatherer, &gatherer->nested, &envelope->start);
        return;
    }
    if (document->type == NULL && end_export(gatherer, envelope, gatherer->marks))
        return;
    if (document->type == NULL)
        tell_array(gatherer);
    else
        document->call = recognise_call_of_type(&gatherer->recognition, document->type);
    if (document->type == NULL && document_has(document, DOUBT_DAMAGED)) {
        nothing(gatherer, &envelope->start, SAYS(SAY_TYPE_UNTOLD));
        return;
    }
    if (document->type == NULL) { /* what a query prints is no page of a listing */
        document_ignore(document);
        if (document->records == 0)
            document_reason(gatherer->gathered, document, SAYS(SAY_TYPE_UNTOLD));
        return;
    }
    document->use = USE_READ;
    count_untold(gatherer);
}

static const char *pointer_to(struct arena *arena, const char *envelope, struct str key)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, str_from(envelope));
    pointer_add_key(&buf, key);
    return buf_str(&buf).text;
}

/* What says itself where it is from was collected elsewhere than its file's path says,
 * or may have been. */
static void end_placed(struct gatherer *gatherer, const struct envelope *envelope)
{
    nothing(gatherer, &envelope->list_start,
            SAYS(envelope->is_element ? SAY_NESTED_PLACED_ELEMENT : SAY_NESTED_PLACED,
                 .texts = { str_from(gatherer->document->list_pointer) },
                 .count = envelope->element));
}

static void end_list(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;

    document->list_start = envelope->list_start;
    document->list_pointer =
        gathered_text(gatherer->gathered,
                      pointer_to(gatherer->scratch, document->pointer, envelope->list));
    if (document->type == NULL ||
        (!document_has(document, DOUBT_DAMAGED) &&
         recognise_is_untold(&gatherer->recognition, document))) {
        document_ignore(document);
        return;
    }
    document->call = recognise_call_of_list(&gatherer->recognition, document);
    if (envelope->tells_place) {
        end_placed(gatherer, envelope);
        return;
    }
    if (envelope->duplicate_key) {
        nothing(gatherer, &envelope->start, SAYS(SAY_DUPLICATE_ENVELOPE_KEY));
        return;
    }
    if (!envelope->list_is_array) {
        nothing(gatherer, &envelope->list_start,
                SAYS(SAY_LIST_NOT_ARRAY, .texts = { envelope->list }));
        return;
    }
    document->use = USE_READ;
}

/* The one record of a document that is no list: its value is the document, or an object
 * in it. */
static struct record whole_record(const struct envelope *envelope, json_t *value)
{
    return (struct record){
        .kind = RECORD_OBJECT,
        .made = value,
        .duplicate_key = envelope->duplicate_key || envelope->duplicate_below,
        .made_unusable = envelope->unusable,
        .start = envelope->start,
    };
}

/* Whether a record that stands in no list proves itself: it has what names it, and all
 * that AWS always prints. Else it may be a request, which has such fields, too. */
static bool proves_itself(struct gatherer *gatherer, const struct record *record)
{
    const struct type *type = gatherer->document->type;
    bool is_named = type->id.text == NULL || record_has(record, type->id) ||
                    record_has(record, type->arn);
    unsigned char mark;

    return is_named && !record_is_trimmed(type, record,
                                          recognise_silent(&gatherer->recognition,
                                                           gatherer->document, &mark));
}

static void end_record(struct gatherer *gatherer, const struct envelope *envelope,
                       json_t *value)
{
    struct document *document = gatherer->document;
    const struct record record = whole_record(envelope, value);

    document->records = 1;
    if (document->type->level == LEVEL_NONE && !record.duplicate_key) {
        struct str account = record_text(&record, document->type->id);

        if (is_account_id(account))
            document->identity = str_copy(gatherer->gathered->arena, account);
    }
    record_of_type(gatherer, &record, proves_itself(gatherer, &record));
}

/* The answer of a call for one thing: the document is the record, or holds it. */
static void end_answer(struct gatherer *gatherer, const struct envelope *envelope,
                       const struct call *call)
{
    struct document *document = gatherer->document;
    json_t *value = envelope->fields;

    document->type = call->type;
    document->call = call;
    document->type_told = TOLD_ENVELOPE;
    document->list_start = envelope->start;
    if (call->answer == ANSWER_MAP) {
        if (envelope->duplicate_key) {
            nothing(gatherer, &envelope->start, SAYS(SAY_DUPLICATE_ENVELOPE_KEY));
            return;
        }
        value = json_object_getn(envelope->fields, call->list.text, call->list.len);
    }
    document->use = USE_READ;
    if (call->gives != GIVES_NOTHING && envelope->damage == DAMAGE_NONE)
        end_record(gatherer, envelope, value);
}

/* A record that stands alone. Of a damaged one, what would tell it apart from a receipt
 * may be lost. */
static bool end_single(struct gatherer *gatherer, const struct envelope *envelope)
{
    const struct record record = whole_record(envelope, envelope->fields);
    struct document *document = gatherer->document;

    if (envelope->damage != DAMAGE_NONE ||
        !recognise_of_record(&gatherer->recognition, &record, document))
        return false;
    document->shape = SHAPE_RECORD;
    document->use = USE_READ;
    document->list_start = envelope->start;
    document->records = 1;
    if (proves_itself(gatherer, &record))
        bare_record(gatherer, &record);
    else
        record_of_type(gatherer, &record, false);
    return true;
}

static void end_unknown(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;
    struct str key = STR("?"), name;

    if (envelope->nested.key.text != NULL && !document_has(document, DOUBT_DAMAGED)) {
        end_nested(gatherer, &envelope->nested, &envelope->nested_at);
        return;
    }
    recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                      document);
    if (envelope->nested.key.text != NULL) {
        const struct reason reason = merged_reason(&envelope->nested);

        problems_add(&gatherer->gathered->problems, gatherer->source->source->path,
                     &envelope->nested_at, &reason);
    }
    if (document_has(document, DOUBT_DAMAGED)) {
        document->use = USE_NOTHING;
        return;
    }
    if (document->type == NULL) {
        document_ignore(document);
        return;
    }
    name = document->type->name;
    if (document->call != NULL) {
        name = document->call->name;
        key = document->call->answer == ANSWER_DOCUMENT ? document->call->has.items[0]
                                                        : document->call->list;
    }
    nothing(gatherer, &envelope->start,
            SAYS(SAY_ENVELOPE_UNKNOWN, .texts = { key, name }));
}

static void end_object(struct gatherer *gatherer, const struct envelope *envelope)
{
    const struct call *call;

    if (end_export(gatherer, envelope, envelope->marks))
        return;
    call = catalog_document(gatherer->gathered->measures->catalog, envelope->fields,
                            envelope->member_count, gatherer->source->name->call);
    /* which keys a broken document lacks is not known */
    if (call != NULL && document_has(gatherer->document, DOUBT_DAMAGED) &&
        (call->lacks.count > 0 || call->alone))
        call = NULL;
    /* an object may be a record under a key that others have for a list */
    if (envelope->list.text != NULL &&
        (envelope->list_is_array || call == NULL || call->answer != ANSWER_MAP))
        end_list(gatherer, envelope);
    else if (call != NULL)
        end_answer(gatherer, envelope, call);
    else if (!end_single(gatherer, envelope))
        end_unknown(gatherer, envelope);
}

static void end_scalar(struct gatherer *gatherer, const struct envelope *envelope)
{
    const struct reason *reason =
        envelope->kind == DOCUMENT_NULL     ? SAYS(SAY_NULL_NO_LISTING)
        : envelope->kind == DOCUMENT_NUMBER ? SAYS(SAY_NUMBER_NO_LISTING)
                                            : SAYS(SAY_NO_LISTING);
    struct document *document = gatherer->document;

    recognise_by_name(&gatherer->recognition, document_has(document, DOUBT_DAMAGED),
                      document);
    if (envelope->kind == DOCUMENT_NONE || document_has(document, DOUBT_DAMAGED)) {
        document->use = USE_NOTHING;
        return;
    }
    /* among the answers of a script, what a failed call gave it for a page */
    if (!envelope->is_element)
        document->shape = SHAPE_VALUE;
    if (document->type != NULL || envelope->is_element) {
        nothing(gatherer, &envelope->start, reason);
        return;
    }
    document_ignore(document);
    document_reason(gatherer->gathered, document, reason);
}

/* What is named as another call is no evidence, unless it is a listing that no other
 * call prints, and holds something. What only the error text beside it says is no word
 * on what is understood. */
static bool is_other_call(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;
    bool is_listing = envelope->list.text != NULL && document->type != NULL &&
                      !recognise_is_shared(&gatherer->recognition);

    if (name_is_other(gatherer->source->name))
        return !(is_listing &&
                 (document->records > 0 || envelope->damage != DAMAGE_NONE)) &&
               document_is_other_call(gatherer->gathered, document, STR_NONE);
    return document->type == NULL && envelope->damage != DAMAGE_NONE &&
           document_is_other_call(gatherer->gathered, document,
                                  source_failed_operation(gatherer->source->source));
}

static void end(struct gatherer *gatherer, const struct envelope *envelope)
{
    struct document *document = gatherer->document;
    struct str token = STR_NONE;

    document->index = envelope->index;
    if (envelope->is_element)
        document->pointer = document->list_pointer = gathered_text(
            gatherer->gathered, arena_printf(gatherer->scratch, "/%llu",
                                             (unsigned long long)envelope->element));
    if (is_other_call(gatherer, envelope)) {
        gatherer->source->breaks_off =
            gatherer->source->breaks_off || envelope->damage != DAMAGE_NONE;
        return;
    }
    if (envelope->damage != DAMAGE_NONE)
        end_damaged(gatherer, envelope);
    if (envelope->kind == DOCUMENT_OBJECT && carries_token(envelope, &token)) {
        document->doubts |= DOUBT_TOKEN;
        document_reason(gatherer->gathered, document, SAYS(SAY_TOKEN));
    }
    if (envelope->kind == DOCUMENT_OBJECT)
        end_object(gatherer, envelope);
    else if (envelope->kind == DOCUMENT_ARRAY)
        end_array(gatherer, envelope);
    else
        end_scalar(gatherer, envelope);
    document_ask(gatherer->gathered, document);
    shared_end(&gatherer->shared, gatherer->gathered->measures, document);
    if (document->type != NULL && document->portion_count > 0)
        document->silent =
            recognise_silent(&gatherer->recognition, document, &document->mark);
    link_end(&gatherer->links, gatherer->gathered, &gatherer->room, document, token);
}

struct document *gatherer_end(struct gatherer *gatherer,
                              const struct envelope *envelope)
{
    struct document *document;

    if (gatherer->document == NULL)
        start(gatherer);
    look_at_list(gatherer, envelope);
    end(gatherer, envelope);
    document = surplus_end(gatherer->surplus, gatherer->gathered, gatherer->document);
    gatherer->document = NULL;
    return document;
}
