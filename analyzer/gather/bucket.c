#include "gather/bucket.h"

#include "aws/arn.h"
#include "catalog/proof.h"

/* What a record's ARN tells. */
struct where {
    struct str account, region; /* absent: nothing */
    bool shared;
    bool readable; /* else it has an ARN that is none, and may be of anywhere */
};

static bool is_same(struct str left, struct str right)
{
    return str_equal(left, right) && (left.text == NULL) == (right.text == NULL);
}

static bool is_of(const struct bucket *bucket, const struct where *where)
{
    return is_same(bucket->account, where->account) &&
           is_same(bucket->region, where->region) && bucket->shared == where->shared;
}

static struct str kept(struct staging *staging, struct str text)
{
    return text.text != NULL ? str_copy(staging->arena, text) : STR_NONE;
}

static struct bucket *bucket_add(struct staging *staging, struct staged *staged,
                                 const struct where *where)
{
    const struct measures_of_type *measures =
        &staging->measures->by_type[staged->type->index];
    struct bucket *bucket;

    staged->buckets = arena_grow(staging->arena, staged->buckets, staged->bucket_count,
                                 &staged->bucket_capacity, sizeof *staged->buckets);
    bucket = &staged->buckets[staged->bucket_count++];
    *bucket = (struct bucket){
        .account = kept(staging, where->account),
        .region = kept(staging, where->region),
        .shared = where->shared,
        .tallies = tallies_new(staging->arena, measures->count),
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
        staged->crowded = true;
        return NULL;
    }
    staged->last_bucket = staged->bucket_count;
    return bucket_add(staging, staged, where);
}

static struct str record_id(const struct view *view, const struct record *record)
{
    return view->projection != NULL ? record_field_text(record, view->id)
                                    : record_text(record, view->type->id);
}

/* What places the record: its ARN, or its id, where that is one. False: it has an ARN
 * that is no text. */
static bool record_arn(const struct view *view, struct pattern_match *match,
                       const struct record *record, struct str *arn, bool *shared)
{
    const struct type *type = view->type;
    struct str id;

    *shared = false;
    *arn = view->projection != NULL ? record_field_text(record, view->arn)
                                    : record_text(record, type->arn);
    if (arn->text == NULL && record_has(record, type->arn))
        return false;
    if (type->id.text == NULL || str_equal(type->id, type->arn))
        return true;
    id = record_id(view, record);
    if (!str_starts_with(id, STR("arn:")) || !type_has_arn(type, match, id))
        return true;
    *shared = true;
    if (arn->text == NULL)
        *arn = id;
    return true;
}

static void record_where(struct staging *staging, struct staged *staged,
                         const struct view *view, const struct record *record,
                         struct where *where)
{
    const struct type *type = staged->type;
    struct str text;
    struct arn arn;

    *where = (struct where){ .readable = true };
    if (record->kind != RECORD_OBJECT || record->duplicate_key ||
        type->arn.text == NULL)
        return;
    where->readable = record_arn(view, staging->match, record, &text, &where->shared) &&
                      (text.text == NULL || arn_parse(text, &arn));
    if (!where->readable || text.text == NULL) {
        where->shared = false;
        return;
    }
    staged->redacted = staged->redacted || arn.redacted;
    /* what is no account's is empty or "aws" */
    if (arn.account.len > 0 && !str_equal(arn.account, STR("aws")))
        where->account = arn.account;
    if (arn.region.len > 0 && type->level == LEVEL_REGION)
        where->region = arn.region;
    where->shared = where->shared && where->account.text != NULL;
    staged->shared += where->shared;
}

/* Without the time of the audit what reads it holds for no record, which is said once,
 * of the finding. */
static bool lacks_time(const struct staging *staging, const struct fact *fact)
{
    return fact->bound_to != NULL && fact->bound_to->reads_now &&
           staging->settings->as_of.text == NULL;
}

static void note_without_answer(struct staging *staging, struct staged *staged,
                                const struct record *record, const struct error *why)
{
    if (staged->without_answer++ > 0)
        return;
    staged->first_line = record->start.line;
    staged->first_why = arena_printf(staging->arena, "%s", why->message);
}

/* What is found out while one record is judged. */
struct judging {
    struct staging *staging;
    struct staged *staged;
    const struct record *record;
    struct tally *tallies;
    struct gaps gaps;
    bool readable;
    bool undecided, without_answer, without_time;
    bool otherwise; /* undecided, and not by what its call is silent about */
    struct truths truths;
};

static void note_why(struct judging *judging, const struct fact *fact,
                     const struct error *why)
{
    if (lacks_time(judging->staging, fact)) {
        judging->without_time = true;
        return;
    }
    if (!judging->without_answer)
        note_without_answer(judging->staging, judging->staged, judging->record, why);
    judging->without_answer = true;
}

static void add(struct judging *judging, const struct measure *measure,
                enum truth truth)
{
    struct staging *staging = judging->staging;
    const struct added added = {
        .record = judging->record,
        .truth = truth,
        .gaps = &judging->gaps,
        .context = staging_context(staging, measure->fact->bound_to),
    };

    tally_add(staging->arena, &judging->tallies[measure->slot], measure, &added);
}

static enum truth truth_of(struct judging *judging, const struct member *member,
                           const struct str *texts)
{
    struct staging *staging = judging->staging;
    const struct measure *measure = member->measure;
    enum truth truth;

    if (!judging->readable)
        return TRUTH_UNKNOWN;
    if (texts != NULL && member->direct != NULL)
        return direct_holds(member->direct, texts) ? TRUTH_TRUE : TRUTH_FALSE;
    if (limited_is_spent(staging->limited, measure)) {
        error_set(&staging->why,
                  "its filter came to a limit for %d records before it, and was not "
                  "tried again",
                  LIMITED_RECORDS_MAX);
        return TRUTH_UNKNOWN;
    }
    truth = measure_record(measure, judging->record, &judging->gaps,
                           staging_context(staging, measure->fact->bound_to),
                           &staging->why);
    if (jmespath_error_kind(&staging->why) == JMESPATH_ERROR_LIMIT)
        limited_note(staging->limited, measure);
    return truth;
}

static void note_undecided(struct judging *judging, const struct measure *measure,
                           struct seen *seen)
{
    bool otherwise = !judging->readable ||
                     !measure_meets_silence(measure, judging->record, &judging->gaps);

    judging->undecided = true;
    judging->otherwise = judging->otherwise || otherwise;
    if (seen == NULL)
        return;
    seen->undecided = true;
    seen->otherwise = seen->otherwise || otherwise;
}

static void note_truth(struct truths *truths, const struct measure *measure,
                       enum truth truth)
{
    uint64_t bit = measure->slot < TRUTHS_MAX ? UINT64_C(1) << measure->slot : 0;

    truths->sure = truth == TRUTH_TRUE ? truths->sure | bit : truths->sure & ~bit;
    truths->maybe = truth == TRUTH_UNKNOWN ? truths->maybe | bit : truths->maybe & ~bit;
}

static enum truth truth_before(const struct truths *truths,
                               const struct measure *measure)
{
    uint64_t bit = UINT64_C(1) << measure->slot;

    if ((truths->sure & bit) != 0)
        return TRUTH_TRUE;
    return (truths->maybe & bit) != 0 ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* A rewrapping --query may have dropped a field that is not there. */
static void note_absence(struct judging *judging, const struct measure *measure,
                         struct seen *seen)
{
    struct staging *staging = judging->staging;

    if (!measure_rests_on_absence(measure, judging->record,
                                  staging_context(staging, measure->fact->bound_to)))
        return;
    judging->tallies[measure->slot].rests_on_absence = true;
    if (seen != NULL)
        seen->resting[seen->resting_count++] = measure;
}

/* Those that it counts or may count for, and, if that follows from the fields that
 * `seen` is about, for the next records like it. */
static void judge(struct judging *judging, const struct group *group, struct seen *seen,
                  const struct str *texts)
{
    struct error *why = &judging->staging->why;
    bool holds = true;

    for (size_t i = 0; i < group->member_count; i++) {
        const struct measure *measure = group->members[i].measure;
        enum truth truth = truth_of(judging, &group->members[i], texts);

        if (why->message[0] != '\0') {
            note_why(judging, measure->fact, why);
            *why = (struct error){ 0 };
            holds = false;
        }
        if (truth != TRUTH_UNKNOWN &&
            (texts == NULL || group->members[i].direct == NULL))
            note_absence(judging, measure, seen);
        note_truth(&judging->truths, measure, truth);
        if (seen != NULL)
            note_truth(&seen->truths, measure, truth);
        if (truth == TRUTH_FALSE)
            continue;
        add(judging, measure, truth);
        if (truth == TRUTH_UNKNOWN)
            note_undecided(judging, measure, seen);
        if (seen == NULL)
            continue;
        seen->judged[seen->judged_count++] = (struct judged){ measure, truth };
        seen->has_extreme = seen->has_extreme || measure->fact->kind != FACT_COUNT;
    }
    if (seen != NULL)
        seen->is_judged = holds;
}

static void judge_again(struct judging *judging, struct seen *seen)
{
    judging->undecided = judging->undecided || seen->undecided;
    judging->otherwise = judging->otherwise || seen->otherwise;
    judging->truths.sure |= seen->truths.sure;
    judging->truths.maybe |= seen->truths.maybe;
    if (seen_count(seen, judging->tallies))
        return;
    for (size_t i = 0; i < seen->resting_count; i++)
        judging->tallies[seen->resting[i]->slot].rests_on_absence = true;
    for (size_t i = 0; i < seen->judged_count; i++)
        add(judging, seen->judged[i].measure, seen->judged[i].truth);
    seen_added(&judging->staging->views, seen, judging->tallies);
}

static void judge_all(struct judging *judging, struct view *view)
{
    struct views *views = &judging->staging->views;
    const struct record *record = judging->record;
    bool is_clear = judging->readable && !record->duplicate_key;

    for (size_t i = 0; i < view->group_count; i++) {
        struct group *group = &view->groups[i];
        bool is_grouped =
            is_clear && !group->by_record && !limited_any(judging->staging->limited);
        struct seen *seen =
            is_grouped ? group_seen(views, group, record, &judging->gaps) : NULL;

        if (seen != NULL && seen->is_judged) {
            judge_again(judging, seen);
        } else {
            struct str texts[GROUP_FIELDS];
            bool has_texts = is_grouped && group_texts(group, record, texts);

            judge(judging, group, seen, has_texts ? texts : NULL);
        }
    }
}

/* One more record of a thing of which something is known. Of measures beyond those that
 * are kept apart, nothing is: the thing may count or not. */
static void repeat_measure(struct judging *judging, const struct measure *measure)
{
    struct staging *staging = judging->staging;
    struct tally *tally = &judging->tallies[measure->slot];
    struct added added = {
        .record = judging->record,
        .gaps = &judging->gaps,
        .context = staging_context(staging, measure->fact->bound_to),
    };
    enum truth before = TRUTH_FALSE;

    added.truth = judging->readable
                      ? measure_record(measure, judging->record, &judging->gaps,
                                       added.context, &staging->why)
                      : TRUTH_UNKNOWN;
    staging->why = (struct error){ 0 };
    if (measure->slot < TRUTHS_MAX)
        before = truth_before(&judging->truths, measure);
    else
        tally->doubt++;
    tally_repeat(staging->arena, tally, measure, &added, before);
    if (before != added.truth)
        note_truth(&judging->truths, measure, TRUTH_UNKNOWN);
}

static void judge_repeat(struct judging *judging, const struct view *view)
{
    for (size_t i = 0; i < view->group_count; i++)
        for (size_t j = 0; j < view->groups[i].member_count; j++)
            repeat_measure(judging, view->groups[i].members[j].measure);
}

/* Whether it repeats one that was counted cannot be told. */
static void note_untold(struct judging *judging)
{
    const struct measures_of_type *measures =
        &judging->staging->measures->by_type[judging->staged->type->index];

    for (size_t i = 0; i < measures->count; i++)
        if (i >= TRUTHS_MAX ||
            truth_before(&judging->truths, measures->items[i]) == TRUTH_TRUE)
            judging->tallies[i].untold++;
}

/* What is known of the thing, which the record, of the last bucket, is about. */
static enum repeat find_before(struct judging *judging, const struct view *view,
                               bool *has_id)
{
    const struct record *record = judging->record;
    struct str id = STR_NONE;

    if (record->kind == RECORD_OBJECT && !record->duplicate_key &&
        view->group_count > 0)
        id = record_id(view, record);
    *has_id = id.text != NULL;
    return *has_id ? repeats_find(judging->staging->repeats, id,
                                  judging->staged->last_bucket, &judging->truths)
                   : REPEAT_FIRST;
}

static void count_record(struct judging *judging, struct bucket *bucket,
                         struct view *view)
{
    const struct record *record = judging->record;

    judging->undecided = judging->otherwise =
        !judging->readable || record->duplicate_key || record->kind != RECORD_OBJECT;
    judge_all(judging, view);
    bucket->records++;
    judging->staged->undecided += judging->undecided;
    judging->staged->without_time += judging->without_time && !judging->without_answer;
    judging->staged->without_field += judging->undecided && !judging->otherwise &&
                                      !judging->without_answer &&
                                      !judging->without_time;
}

void bucket_record(struct staging *staging, struct staged *staged,
                   const struct record *record)
{
    struct view *view =
        view_find(&staging->views, staged->type, record_projection(record));
    struct judging judging = {
        .staging = staging,
        .staged = staged,
        .record = record,
        .gaps = { .silent = staged->silent },
    };
    struct bucket *bucket;
    struct where where;
    enum repeat repeat;
    bool has_id;

    record_where(staging, staged, view, record, &where);
    bucket = bucket_get(staging, staged, &where);
    if (bucket == NULL)
        return;
    judging.readable = where.readable;
    judging.tallies = bucket->tallies;
    judging.gaps.trimmed = record->kind == RECORD_OBJECT &&
                           (staged->bare || staged->single ||
                            view_is_trimmed(view, record, staged->silent));
    repeat = find_before(&judging, view, &has_id);
    if (repeat == REPEAT_AGAIN) {
        judge_repeat(&judging, view);
        bucket->repeated++;
        staged->repeated++;
    } else {
        count_record(&judging, bucket, view);
    }
    if (repeat == REPEAT_UNTOLD)
        note_untold(&judging);
    else if (has_id)
        repeats_put(staging->repeats, &judging.truths);
}

/* Adds records that may count. */
static void add_undecided(struct staging *staging, struct staged *staged,
                          const struct where *where, uint64_t count)
{
    struct bucket *bucket = bucket_get(staging, staged, where);
    size_t measure_count = staging->measures->by_type[staged->type->index].count;

    if (bucket == NULL)
        return;
    for (size_t i = 0; i < measure_count; i++)
        tally_add_unknown(&bucket->tallies[i], count);
    bucket->records += count;
    staged->undecided += count;
}

void bucket_forget(struct staged *staged, const struct measures *measures)
{
    size_t measure_count = measures->by_type[staged->type->index].count;

    for (size_t i = 0; i < staged->bucket_count; i++)
        for (size_t j = 0; j < measure_count; j++)
            tally_forget(&staged->buckets[i].tallies[j], staged->buckets[i].records);
    staged->undecided = staged->records;
    staged->without_field = 0;
}

void bucket_unproven(struct staging *staging, struct staged *staged,
                     const struct record *record)
{
    struct where where;

    record_where(staging, staged,
                 view_find(&staging->views, staged->type, record_projection(record)),
                 record, &where);
    add_undecided(staging, staged, &where, 1);
}

void bucket_undecided(struct staging *staging, struct staged *staged, uint64_t count)
{
    const struct where nowhere = { .readable = true };

    if (count > 0)
        add_undecided(staging, staged, &nowhere, count);
}
