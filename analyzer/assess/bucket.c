#include "assess/bucket.h"

#include "aws/arn.h"
#include "evidence/proof.h"

struct str text_field(const json_t *object, struct str field)
{
    const json_t *value;

    if (field.text == NULL)
        return STR_NONE;
    value = json_object_getn(object, field.text, field.len);
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){ json_string_value(value), json_string_length(value) };
}

static bool is_candidate(const struct words *words, struct str account)
{
    for (size_t i = 0; i < words->account_count && i < WORDS_MAX; i++)
        if (str_equal(words->accounts[i], account))
            return true;
    return false;
}

/* NULL: more accounts than are kept, or one that cannot be this document's. */
static struct bucket *bucket_get(struct staging *staging, struct staged *staged,
                                 struct str account)
{
    const struct words *words = &staged->from->words;
    const struct measures_of_type *measures =
        &staging->measures->by_type[staged->type->index];
    struct bucket *bucket;

    for (size_t i = 0; i < staged->bucket_count; i++)
        if (str_equal(staged->buckets[i].account, account) &&
            (account.text == NULL) == (staged->buckets[i].account.text == NULL))
            return &staged->buckets[i];
    if (account.text != NULL && words->account_count > 0 &&
        !is_candidate(words, account))
        return NULL;
    if (staged->bucket_count == STAGED_ACCOUNTS_MAX) {
        staged->crowded = true;
        return NULL;
    }
    staged->buckets = arena_grow(staging->arena, staged->buckets, staged->bucket_count,
                                 &staged->bucket_capacity, sizeof *staged->buckets);
    bucket = &staged->buckets[staged->bucket_count++];
    *bucket = (struct bucket){
        .account = account.text != NULL ? str_copy(staging->arena, account) : STR_NONE,
        .tallies = tallies_new(staging->arena, measures->count),
    };
    return bucket;
}

/* What places the record: its ARN, or its id, where that is one (of a shared snapshot).
 * False: it has an ARN that is no text. */
static bool record_arn(const struct type *type, struct pattern_match *match,
                       const struct record *record, struct str *arn)
{
    struct str id = text_field(record->value, type->id);

    *arn = text_field(record->value, type->arn);
    if (arn->text != NULL)
        return true;
    if (record_has_field(record->value, type->arn))
        return false;
    if (type_has_arn(type, match, id))
        *arn = id;
    return true;
}

/* The account that the record's ARN names, or absent; false: its ARN cannot be read. */
static bool record_place(struct staging *staging, struct staged *staged,
                         const struct record *record, struct str *account)
{
    const struct type *type = staged->type;
    struct str text;
    struct arn arn;

    *account = STR_NONE;
    if (record->kind != RECORD_OBJECT || record->duplicate_key ||
        type->arn.text == NULL || staging->trial != NULL)
        return true;
    if (!record_arn(type, staging->match, record, &text))
        return false;
    if (text.text == NULL)
        return true;
    if (!arn_parse(text, &arn))
        return false;
    if (is_account_id(arn.account))
        *account = arn.account;
    if (arn.region.len == 0)
        return true;
    if (staged->arn_region.text == NULL)
        staged->arn_region = str_copy(staging->arena, arn.region);
    else if (!str_equal(staged->arn_region, arn.region))
        staged->arn_regions_differ = true;
    return true;
}

/* Without the time of the audit what reads it holds for no record, which is said once,
 * of the finding. */
static bool lacks_time(const struct staging *staging, const struct fact *fact)
{
    struct str as_of =
        staging->trial != NULL ? staging->trial->as_of : staging->settings->as_of;

    return fact->bound_to != NULL && fact->bound_to->reads_now && as_of.text == NULL;
}

static void note_without_answer(struct staging *staging, struct staged *staged,
                                const struct record *record, const struct error *why)
{
    if (staged->without_answer++ > 0)
        return;
    staged->first_line = record->start.line;
    staged->first_why = arena_printf(staging->arena, "%s", why->message);
}

void bucket_record(struct staging *staging, struct staged *staged,
                   const struct record *record)
{
    const struct type *type = staged->type;
    const struct measures_of_type *measures = &staging->measures->by_type[type->index];
    struct str account;
    struct error err = { 0 };
    bool readable = record_place(staging, staged, record, &account);
    struct bucket *bucket = bucket_get(staging, staged, account);
    bool undecided =
        !readable || record->duplicate_key || record->kind != RECORD_OBJECT;
    bool without_answer = false, without_time = false;
    bool trimmed = record->kind == RECORD_OBJECT && staging->trial == NULL &&
                   (staged->bare || staged->single || record_is_trimmed(type, record));

    if (bucket == NULL)
        return;
    for (size_t i = 0; i < measures->count; i++) {
        const struct fact *fact = measures->items[i]->fact;
        struct jmespath_context *context = staging_context(staging, fact->bound_to);
        enum truth truth = !readable ? TRUTH_UNKNOWN
                                     : measure_record(measures->items[i], record,
                                                      trimmed, context, &err);

        if (err.message[0] != '\0') {
            if (lacks_time(staging, fact))
                without_time = true;
            else if (!without_answer)
                note_without_answer(staging, staged, record, &err);
            without_answer = without_answer || !lacks_time(staging, fact);
            err = (struct error){ 0 };
        }
        tally_add(staging->arena, &bucket->tallies[i], measures->items[i], record,
                  truth, context);
        undecided = undecided || truth == TRUTH_UNKNOWN;
    }
    bucket->records++;
    staged->undecided += undecided;
    staged->without_time += without_time && !without_answer;
}

/* Adds to the account's bucket records that may count. */
static void add_undecided(struct staging *staging, struct staged *staged,
                          struct str account, uint64_t count)
{
    struct bucket *bucket = bucket_get(staging, staged, account);
    size_t measure_count = staging->measures->by_type[staged->type->index].count;

    if (bucket == NULL)
        return;
    for (size_t i = 0; i < measure_count; i++)
        tally_add_unknown(&bucket->tallies[i], count);
    bucket->records += count;
    staged->undecided += count;
}

void bucket_unproven(struct staging *staging, struct staged *staged,
                     const struct record *record)
{
    struct str account;

    record_place(staging, staged, record, &account);
    add_undecided(staging, staged, account, 1);
}

void bucket_undecided(struct staging *staging, struct staged *staged, uint64_t count)
{
    if (count > 0)
        add_undecided(staging, staged, STR_NONE, count);
}
