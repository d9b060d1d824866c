#include "assess/draft.h"

#include "assess/coverage.h"
#include "aws/arn.h"

#include <string.h>

enum {
    CANDIDATES_MAX = 8, /* calls that share an envelope key */
    NARROWED_MAX = 4,   /* fields of a type by which a listing may have been narrowed */
};

/* Whether all records so far share one value of a field. */
struct shared {
    struct str value; /* absent: no record was seen */
    bool differs;
};

struct draft {
    struct staging *staging;
    struct staged_source *source;
    struct staged *staged; /* NULL between documents */
    uint64_t untold;       /* records that came before the type was told */
    uint64_t strings;
    bool mixed;                         /* records of two types */
    bool started;                       /* the list was looked at */
    bool marked[CANDIDATES_MAX];        /* a candidate's record_has was seen */
    const struct call_list *candidates; /* the calls with the list's key */
    struct str parent_key;
    bool parent_missing, parent_differs;
    struct shared narrowed[NARROWED_MAX]; /* as the type's narrowed_by */
};

struct draft *draft_new(struct staging *staging)
{
    struct draft *draft = arena_new(staging->arena, struct draft);

    draft->staging = staging;
    return draft;
}

void draft_begin(struct draft *draft, struct staged_source *source)
{
    *draft = (struct draft){ .staging = draft->staging, .source = source };
}

static void start(struct draft *draft)
{
    *draft = (struct draft){ .staging = draft->staging, .source = draft->source };
    draft->staged = staging_document(draft->staging, draft->source);
}

static struct str text_field(const json_t *object, struct str field)
{
    const json_t *value;

    if (field.text == NULL)
        return STR_NONE;
    value = json_object_getn(object, field.text, field.len);
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){ json_string_value(value), json_string_length(value) };
}

static bool has_field(const json_t *object, struct str field)
{
    return json_object_getn(object, field.text, field.len) != NULL;
}

/* ---- type and call -----------------------------------------------------------------
 */

/* The calls with the list's key; the type, if they agree on it or the file's name
 * decides. */
static void look_at_list(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;
    const struct call *named = draft->source->name.call;
    const struct call_list *list;

    draft->started = true;
    if (document->list.text == NULL)
        return;
    list = catalog_list(draft->staging->measures->catalog, document->list);
    draft->candidates = list;
    if (list == NULL)
        return;
    staged->type = list->items[0]->type;
    staged->type_told = TOLD_ENVELOPE;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == named)
            staged->type = named->type;
        if (list->items[i]->gives == GIVES_PART && draft->parent_key.text == NULL)
            draft->parent_key = list->items[i]->parent_key;
    }
}

static const struct call *call_of_list(const struct draft *draft)
{
    const struct call *named = draft->source->name.call, *unmarked = NULL;
    size_t unmarked_count = 0;

    if (draft->candidates->count == 1)
        return draft->candidates->items[0];
    for (size_t i = 0; i < draft->candidates->count; i++) {
        const struct call *call = draft->candidates->items[i];

        if (i < CANDIDATES_MAX && draft->marked[i])
            return call;
        if (call == named && call->record_has.count == 0)
            return call;
        if (call->record_has.count == 0 && draft->staged->records > 0) {
            unmarked = call;
            unmarked_count++;
        }
    }
    if (draft->staged->records == 0 && named != NULL)
        for (size_t i = 0; i < draft->candidates->count; i++)
            if (draft->candidates->items[i] == named)
                return named;
    return unmarked_count == 1 ? unmarked : NULL;
}

/* The calls of a type whose answers hold records. */
static const struct call *call_of_type(const struct draft *draft,
                                       const struct type *type)
{
    const struct call *named = draft->source->name.call;

    if (named != NULL && named->type == type)
        return named;
    for (size_t i = 0; i < type->call_count; i++)
        if (type->calls[i]->gives == GIVES_WHOLE)
            return type->calls[i];
    return NULL;
}

static void tell_by_name(struct draft *draft)
{
    struct staged *staged = draft->staged;
    const struct call *named = draft->source->name.call;

    if (named != NULL) {
        staged->type = named->type;
        staged->call = named;
        staged->type_told = TOLD_NAME;
    } else if (draft->staging->settings->assume_type != NULL) {
        staged->type = draft->staging->settings->assume_type;
        staged->call = call_of_type(draft, staged->type);
        staged->type_told = TOLD_ASSUMED;
    }
}

/* ---- records -----------------------------------------------------------------------
 */

static bool is_candidate(const struct words *words, struct str account)
{
    for (size_t i = 0; i < words->account_count && i < WORDS_MAX; i++)
        if (str_equal(words->accounts[i], account))
            return true;
    return false;
}

/* NULL: more accounts than are kept, or one that cannot be this document's. */
static struct bucket *bucket_get(struct draft *draft, struct str account)
{
    struct staged *staged = draft->staged;
    struct arena *arena = draft->staging->arena;
    const struct measures_of_type *measures =
        &draft->staging->measures->by_type[staged->type->index];
    struct bucket *bucket;

    for (size_t i = 0; i < staged->bucket_count; i++)
        if (str_equal(staged->buckets[i].account, account) &&
            (account.text == NULL) == (staged->buckets[i].account.text == NULL))
            return &staged->buckets[i];
    if (account.text != NULL && draft->source->words.account_count > 0 &&
        !is_candidate(&draft->source->words, account))
        return NULL;
    if (staged->bucket_count == STAGED_ACCOUNTS_MAX) {
        staged->crowded = true;
        return NULL;
    }
    staged->buckets = arena_grow(arena, staged->buckets, staged->bucket_count,
                                 &staged->bucket_capacity, sizeof *staged->buckets);
    bucket = &staged->buckets[staged->bucket_count++];
    *bucket = (struct bucket){
        .account = account.text != NULL ? str_copy(arena, account) : STR_NONE,
        .tallies = tallies_new(arena, measures->count),
    };
    return bucket;
}

/* The account that the record's ARN names, or absent; false: its ARN cannot be read. */
static bool record_place(struct draft *draft, const struct record *record,
                         struct str *account)
{
    struct staged *staged = draft->staged;
    struct str field = staged->type->arn, text;
    struct arn arn;

    *account = STR_NONE;
    if (record->kind != RECORD_OBJECT || record->duplicate_key || field.text == NULL ||
        draft->staging->trial != NULL || !has_field(record->value, field))
        return true;
    text = text_field(record->value, field);
    if (text.text == NULL || !arn_parse(text, &arn))
        return false;
    if (is_account_id(arn.account))
        *account = arn.account;
    if (arn.region.len == 0)
        return true;
    if (staged->arn_region.text == NULL)
        staged->arn_region = str_copy(draft->staging->arena, arn.region);
    else if (!str_equal(staged->arn_region, arn.region))
        staged->arn_regions_differ = true;
    return true;
}

static void count(struct draft *draft, struct bucket *bucket,
                  const struct record *record, bool readable)
{
    struct staged *staged = draft->staged;
    const struct measures_of_type *measures =
        &draft->staging->measures->by_type[staged->type->index];
    bool undecided =
        !readable || record->duplicate_key || record->kind != RECORD_OBJECT;
    bool trimmed = record->kind == RECORD_OBJECT && draft->staging->trial == NULL &&
                   (staged->bare || record_is_trimmed(staged->type, record));

    for (size_t i = 0; i < measures->count; i++) {
        struct tally *tally = &bucket->tallies[i];
        struct jmespath_context *context =
            staging_context(draft->staging, measures->items[i]->fact->bound_to);
        enum truth truth =
            !readable ? TRUTH_UNKNOWN
                      : measure_record(measures->items[i], record, trimmed, context);

        tally_add(draft->staging->arena, tally, measures->items[i], record, truth,
                  context);
        undecided = undecided || truth == TRUTH_UNKNOWN;
    }
    bucket->records++;
    staged->undecided += undecided;
}

static void note_narrowing(struct draft *draft, const struct record *record)
{
    const struct str_list *fields = &draft->staged->type->narrowed_by;

    for (size_t i = 0; i < fields->count && i < NARROWED_MAX; i++) {
        struct shared *shared = &draft->narrowed[i];
        struct str value = record->kind == RECORD_OBJECT
                               ? text_field(record->value, fields->items[i])
                               : STR_NONE;

        if (value.text == NULL)
            shared->differs = true;
        if (shared->differs)
            continue;
        if (shared->value.text == NULL)
            shared->value = str_copy(draft->staging->arena, value);
        else if (!str_equal(shared->value, value))
            shared->differs = true;
    }
}

static void end_narrowing(struct draft *draft)
{
    struct staged *staged = draft->staged;

    if (staged->type == NULL)
        return;
    for (size_t i = 0; i < staged->type->narrowed_by.count && i < NARROWED_MAX; i++) {
        if (!draft->narrowed[i].differs && draft->narrowed[i].value.text != NULL) {
            staged->narrowed_field = staged->type->narrowed_by.items[i];
            staged->narrowed_value = draft->narrowed[i].value;
            return;
        }
    }
}

static void note_parent(struct draft *draft, const struct record *record)
{
    struct staged *staged = draft->staged;
    struct str parent;

    if (draft->parent_key.text == NULL)
        return;
    parent = record->kind == RECORD_OBJECT && !record->duplicate_key
                 ? text_field(record->value, draft->parent_key)
                 : STR_NONE;
    if (parent.text == NULL)
        draft->parent_missing = true;
    else if (staged->parent.text == NULL)
        staged->parent = str_copy(draft->staging->arena, parent);
    else if (!str_equal(staged->parent, parent))
        draft->parent_differs = true;
}

static void note_id(struct draft *draft, const struct record *record)
{
    struct staged *staged = draft->staged;
    struct str id;

    if (!staged->type->is_parent && !tells_regions(staged->type))
        return;
    if (record->kind == RECORD_OBJECT && !record->duplicate_key &&
        str_equal(text_field(record->value, STR(COVERAGE_STATUS)), STR("not-opted-in")))
        return; /* a region that the account does not use */
    id = record->kind == RECORD_OBJECT && !record->duplicate_key
             ? text_field(record->value, staged->type->id)
             : STR_NONE;
    if (id.text == NULL || staged->id_count == STAGED_IDS_MAX) {
        staged->ids_lost = true;
        return;
    }
    staged->ids = arena_grow(draft->staging->arena, staged->ids, staged->id_count,
                             &staged->id_capacity, sizeof *staged->ids);
    staged->ids[staged->id_count++] = str_copy(draft->staging->arena, id);
}

static void note_candidates(struct draft *draft, const struct record *record)
{
    if (draft->candidates == NULL || draft->candidates->count < 2 ||
        record->kind != RECORD_OBJECT)
        return;
    for (size_t i = 0; i < draft->candidates->count && i < CANDIDATES_MAX; i++) {
        const struct str_list *has = &draft->candidates->items[i]->record_has;

        for (size_t j = 0; j < has->count; j++)
            if (has_field(record->value, has->items[j]))
                draft->marked[i] = true;
    }
}

/* A record of the type that is told by now. */
static void record_of_type(struct draft *draft, const struct record *record)
{
    struct staged *staged = draft->staged;
    struct str account;
    bool readable = record_place(draft, record, &account);
    struct bucket *bucket = bucket_get(draft, account);

    staged->duplicates += record->duplicate_key;
    note_narrowing(draft, record);
    note_parent(draft, record);
    note_id(draft, record);
    note_candidates(draft, record);
    if (bucket != NULL)
        count(draft, bucket, record, readable);
}

/* In a bare array the records themselves tell the type, if anything does. */
static void tell_by_record(struct draft *draft, const struct record *record)
{
    struct staged *staged = draft->staged;
    const struct type *type =
        record->kind == RECORD_OBJECT
            ? catalog_record(draft->staging->measures->catalog, record->value)
            : NULL;

    if (type == NULL)
        return;
    if (staged->type == NULL) {
        staged->type = type;
        staged->type_told = TOLD_RECORDS;
    } else if (staged->type != type) {
        draft->mixed = true;
    }
}

void draft_record(struct draft *draft, const struct document *so_far,
                  const struct record *record)
{
    struct staged *staged;

    if (draft->staged == NULL)
        start(draft);
    staged = draft->staged;
    staged->bare = so_far->kind == DOCUMENT_ARRAY;
    if (!draft->started)
        look_at_list(draft, so_far);
    staged->records++;
    draft->strings += record->kind == RECORD_STRING;
    if (staged->bare) {
        tell_by_record(draft, record);
        if (staged->type == NULL || draft->mixed || record->kind != RECORD_OBJECT) {
            draft->untold++;
            return;
        }
    }
    if (staged->type != NULL)
        record_of_type(draft, record);
}

/* Records that were not looked at, because nothing had told their type: each may
 * count. */
static void count_untold(struct draft *draft)
{
    struct staged *staged = draft->staged;
    struct bucket *bucket;
    size_t measure_count;

    if (draft->untold == 0 || staged->type == NULL)
        return;
    bucket = bucket_get(draft, STR_NONE);
    if (bucket == NULL)
        return;
    measure_count = draft->staging->measures->by_type[staged->type->index].count;
    for (size_t i = 0; i < measure_count; i++)
        tally_add_unknown(&bucket->tallies[i], draft->untold);
    bucket->records += draft->untold;
    staged->undecided += draft->untold;
}

/* ---- the end -----------------------------------------------------------------------
 */

static bool carries_token(const struct document *document)
{
    static const char *const keys[] = { "NextToken", "Marker", "PaginationToken" };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const json_t *value = json_object_get(document->fields, keys[i]);

        if (document->unusable != NULL && json_object_get(document->unusable, keys[i]))
            return true;
        if (value != NULL && !json_is_null(value) &&
            !(json_is_string(value) && json_string_length(value) == 0))
            return true;
    }
    return false;
}

static void nothing(struct draft *draft, const char *code, const struct position *at,
                    const char *text)
{
    struct staged *staged = draft->staged;

    staged->nothing = true;
    staged->read = false;
    problems_add(&draft->staging->problems, draft->source->source->path, code, at, "%s",
                 text);
    staged_reason(draft->staging, staged, code, "%s", text);
}

static void end_damaged(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;
    const char *code = damage_name(document->damage);

    staged->damaged = true;
    problems_add(&draft->staging->problems, draft->source->source->path, code,
                 &document->damage_at, "%s: what follows was not read",
                 document->damage_text);
    staged_reason(draft->staging, staged, code, "line %llu: %s",
                  (unsigned long long)document->damage_at.line, document->damage_text);
}

static void end_array(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    staged->bare = true;
    staged->list_start = document->list_start;
    if (draft->mixed) {
        nothing(draft, "mixed-records", &document->start,
                "an array whose records are of different types: save each listing in a "
                "file of its own");
        return;
    }
    if (staged->type == NULL) {
        if (staged->records > 0 && draft->source->name.call == NULL &&
            draft->staging->settings->assume_type == NULL && !staged->damaged) {
            staged->ignored = true;
            return;
        }
        tell_by_name(draft);
    } else {
        staged->call = call_of_type(draft, staged->type);
    }
    if (staged->type == NULL) {
        nothing(draft, "type-untold", &document->start,
                "nothing tells what this array is a listing of: name the file as the "
                "call that printed it (rds-describe-db-snapshots.json), or give "
                "--assume-type");
        return;
    }
    staged->read = true;
    staged->strings = draft->strings > 0;
    count_untold(draft);
}

/* RFC 6901, section 3. */
static const char *pointer_to(struct arena *arena, struct str key)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add_byte(&buf, '/');
    for (size_t i = 0; i < key.len; i++) {
        if (key.text[i] == '~')
            buf_add(&buf, STR("~0"));
        else if (key.text[i] == '/')
            buf_add(&buf, STR("~1"));
        else
            buf_add_byte(&buf, key.text[i]);
    }
    return buf_str(&buf).text;
}

static void end_list(struct draft *draft, const struct document *document)
{
    struct staged *staged = draft->staged;

    staged->list_start = document->list_start;
    staged->list_pointer = pointer_to(draft->staging->arena, document->list);
    if (staged->type == NULL) {
        staged->ignored = true;
        return;
    }
    if (document->duplicate_key) {
        nothing(draft, "duplicate-envelope-key", &document->start,
                "a key of the envelope stands twice: collect this listing again");
        return;
    }
    if (!document->list_is_array) {
        nothing(draft, "list-not-array", &document->list_start,
                "the listing is no array, so it lists nothing, not even that there is "
                "nothing: collect it again");
        return;
    }
    staged->call = call_of_list(draft);
    staged->read = true;
}

/* The document is the record: the answer of a get- or describe- call for one thing. */
static void end_record(struct draft *draft, const struct document *document,
                       const struct call *call)
{
    struct staged *staged = draft->staged;
    const struct record record = {
        .kind = RECORD_OBJECT,
        .value = document->fields,
        .duplicate_key = document->duplicate_key || document->duplicate_below,
        .unusable = document->unusable,
        .start = document->start,
    };

    staged->type = call->type;
    staged->call = call;
    staged->type_told = TOLD_ENVELOPE;
    staged->read = true;
    staged->list_start = document->start;
    if (call->gives == GIVES_NOTHING || document->damage != DAMAGE_NONE)
        return;
    staged->records = 1;
    if (call->type->level == LEVEL_NONE && !record.duplicate_key) {
        struct str account = text_field(document->fields, call->type->id);

        if (is_account_id(account))
            staged->identity = str_copy(draft->staging->arena, account);
    }
    record_of_type(draft, &record);
}

static void end_object(struct draft *draft, const struct document *document)
{
    const struct call *call;

    if (document->list.text != NULL) {
        end_list(draft, document);
        return;
    }
    call = catalog_document(draft->staging->measures->catalog, document->fields);
    if (call != NULL) {
        end_record(draft, document, call);
        return;
    }
    tell_by_name(draft);
    if (draft->staged->damaged)
        draft->staged->nothing = true;
    else if (draft->staged->type == NULL)
        draft->staged->ignored = true;
    else {
        nothing(draft, "envelope-unknown", &document->start,
                arena_printf(
                    draft->staging->arena,
                    "an object without the key '%.*s' is no answer of 'aws "
                    "%.*s': collect it again",
                    STR_ARG(draft->staged->call != NULL ? draft->staged->call->list
                                                        : STR("?")),
                    STR_ARG(draft->staged->call != NULL ? draft->staged->call->name
                                                        : draft->staged->type->name)));
    }
}

static void end_scalar(struct draft *draft, const struct document *document)
{
    tell_by_name(draft);
    if (document->kind == DOCUMENT_NONE)
        draft->staged->nothing = true;
    else {
        nothing(draft, "no-listing", &document->start,
                document->kind == DOCUMENT_NULL
                    ? "null is no listing: a --query that matches nothing prints it, "
                      "and so does a wrong one; collect without --query"
                    : "one value is no listing: collect without --query");
    }
}

static void end_parent(struct draft *draft)
{
    struct staged *staged = draft->staged;
    const struct name *name = &draft->source->name;
    bool part = staged->call != NULL && staged->call->gives == GIVES_PART;

    staged->asked = name_asks_option(name, staged->call);
    if (!part) {
        staged->parent = STR_NONE;
        return;
    }
    if (draft->parent_differs || draft->parent_missing) {
        staged->parent = STR_NONE;
        staged->parent_unclear = true;
    } else if (staged->parent.text == NULL && name->word_count > 0) {
        staged->parent = name->words[0];
    }
}

struct staged *draft_end(struct draft *draft, const struct document *document)
{
    struct staged *staged;

    if (draft->staged == NULL)
        start(draft);
    if (!draft->started)
        look_at_list(draft, document);
    staged = draft->staged;
    staged->index = document->index;
    if (document->damage != DAMAGE_NONE)
        end_damaged(draft, document);
    if (document->kind == DOCUMENT_OBJECT && carries_token(document)) {
        staged->token = true;
        staged_reason(draft->staging, staged, "token",
                      "it carries a token: more pages follow");
    }
    if (document->kind == DOCUMENT_OBJECT)
        end_object(draft, document);
    else if (document->kind == DOCUMENT_ARRAY)
        end_array(draft, document);
    else
        end_scalar(draft, document);
    end_parent(draft);
    end_narrowing(draft);
    draft->staged = NULL;
    return staged;
}
