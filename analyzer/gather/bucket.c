#include "gather/bucket.h"

#include "aws/arn.h"
#include "catalog/proof.h"

/* What a record's ARN tells. */
struct where {
    struct str account, region; /* absent: nothing */
    bool shared;
    bool readable; /* else it has an ARN that is none, and may be of anywhere */
};

static bool is_of(const struct bucket *bucket, const struct where *where)
{
    return str_same(bucket->account, where->account) &&
           str_same(bucket->region, where->region) && bucket->shared == where->shared;
}

static struct str kept(struct staging *staging, struct str text)
{
    return text.text != NULL ? str_copy(staging->arena, text) : STR_NONE;
}

static struct bucket *bucket_add(struct staging *staging, struct staged *staged,
                                 const struct where *where)
{
    struct bucket *bucket;

    staged->buckets = arena_grow(staging->arena, staged->buckets, staged->bucket_count,
                                 &staged->bucket_capacity, sizeof *staged->buckets);
    bucket = &staged->buckets[staged->bucket_count++];
    *bucket = (struct bucket){
        .account = kept(staging, where->account),
        .region = kept(staging, where->region),
        .shared = where->shared,
    };
    return bucket;
}

/* NULL: there are more of them than are kept. */
static struct bucket *bucket_get(struct staging *staging, struct staged *staged,
                                 const struct where *where)
{
    if (staged->bucket_count > 0 && is_of(&staged->buckets[staged->last_bucket], where))
        return &staged->buckets[staged->last_bucket];
    for (size_t i = 0; i < staged->bucket_count; i++) {
        if (is_of(&staged->buckets[i], where)) {
            staged->last_bucket = i;
            return &staged->buckets[i];
        }
    }
    if (staged->bucket_count == STAGED_PLACES_MAX) {
        staged->doubts |= DOUBT_PLACES_LOST;
        return NULL;
    }
    staged->last_bucket = staged->bucket_count;
    return bucket_add(staging, staged, where);
}

/* What places the record: its ARN, or its id, where that is one. False: it has an ARN
 * that is no text. */
static bool find_arn(struct staging *staging, const struct reduced *reduced,
                     struct str *arn, bool *shared)
{
    const struct plan *plan = reduced->plan;

    *shared = false;
    *arn = reduced_text(staging->plans, reduced, plan->arn);
    if (arn->text == NULL && reduced_has(reduced, plan->arn))
        return false;
    if (plan->id == plan->arn || !str_starts_with(reduced->id, STR("arn:")) ||
        !type_has_arn(plan->type, staging->match, reduced->id))
        return true;
    *shared = true;
    if (arn->text == NULL)
        *arn = reduced->id;
    return true;
}

static void find_where(struct staging *staging, struct staged *staged,
                       const struct reduced *reduced, struct where *where)
{
    struct str text;
    struct arn arn;

    *where = (struct where){ .readable = true };
    if (reduced->record->kind != RECORD_OBJECT || reduced->record->duplicate_key ||
        reduced->plan->arn == SIZE_MAX)
        return;
    where->readable = find_arn(staging, reduced, &text, &where->shared) &&
                      (text.text == NULL || arn_parse(text, &arn));
    if (!where->readable || text.text == NULL) {
        where->shared = false;
        return;
    }
    if (arn.redacted)
        staged->doubts |= DOUBT_REDACTED;
    /* what is no account's is empty or "aws" */
    if (arn.account.len > 0 && !str_equal(arn.account, STR("aws")))
        where->account = arn.account;
    if (arn.region.len > 0 && staged->type->level == LEVEL_REGION)
        where->region = arn.region;
    where->shared = where->shared && where->account.text != NULL;
    staged->shared += where->shared;
}

static void add_unread(struct staged *staged, struct bucket *bucket, uint64_t count)
{
    bucket->records += count;
    bucket->unread += count;
    staged->undecided += count;
}

void bucket_record(struct staging *staging, struct staged *staged,
                   const struct reduced *reduced)
{
    const struct record *record = reduced->record;
    struct addition addition;
    struct bucket *bucket;
    struct where where;

    find_where(staging, staged, reduced, &where);
    bucket = bucket_get(staging, staged, &where);
    if (bucket == NULL)
        return;
    if (record->duplicate_key || record->kind != RECORD_OBJECT) {
        add_unread(staged, bucket, 1);
        return;
    }
    addition =
        (struct addition){ bucket, staged->last_bucket, reduced, !where.readable };
    switch (rows_add(staging->rows, &addition)) {
    case ADDED:
        bucket->records++;
        break;
    case ADDED_AGAIN:
        bucket->repeated++;
        staged->repeated++;
        break;
    case ADDED_NOT:
        if (staged->without_answer++ == 0) {
            staged->first_line = record->start.line;
            staged->first_why = "the records before it say more different things than "
                                "are kept of one document";
        }
        add_unread(staged, bucket, 1);
        break;
    }
}

/* Adds records that may count. */
static void add_undecided(struct staging *staging, struct staged *staged,
                          const struct where *where, uint64_t count)
{
    struct bucket *bucket = bucket_get(staging, staged, where);

    if (bucket != NULL)
        add_unread(staged, bucket, count);
}

void bucket_unproven(struct staging *staging, struct staged *staged,
                     const struct reduced *reduced)
{
    struct where where;

    find_where(staging, staged, reduced, &where);
    add_undecided(staging, staged, &where, 1);
}

void bucket_undecided(struct staging *staging, struct staged *staged, uint64_t count)
{
    const struct where nowhere = { .readable = true };

    if (count > 0)
        add_undecided(staging, staged, &nowhere, count);
}
