#include "gather/portion.h"

#include "aws/arn.h"
#include "catalog/proof.h"

/* What a record's ARN tells. */
struct where {
    struct str account, region; /* absent: nothing */
    struct str arn;             /* up to its resource; absent: it has none */
    bool shared;
    bool readable; /* else it has an ARN that is none, and may be of anywhere */
};

static bool is_of(const struct portion *portion, const struct where *where)
{
    return str_same(portion->account, where->account) &&
           str_same(portion->region, where->region) && portion->shared == where->shared;
}

static struct str kept(struct gathered *gathered, struct str text)
{
    return text.text != NULL ? str_copy(gathered->arena, text) : STR_NONE;
}

static struct portion *portion_add(struct gathered *gathered, struct document *document,
                                   const struct where *where)
{
    struct portion *portion;

    document->portions =
        arena_grow(gathered->arena, document->portions, document->portion_count,
                   &document->portion_capacity, sizeof *document->portions);
    portion = &document->portions[document->portion_count++];
    *portion = (struct portion){
        .account = kept(gathered, where->account),
        .region = kept(gathered, where->region),
        .arn = kept(gathered, where->arn),
        .shared = where->shared,
    };
    return portion;
}

/* NULL: there are more of them than are kept. */
static struct portion *portion_get(struct gathered *gathered, struct document *document,
                                   const struct where *where)
{
    if (document->portion_count > 0 &&
        is_of(&document->portions[document->last_portion], where))
        return &document->portions[document->last_portion];
    for (size_t i = 0; i < document->portion_count; i++) {
        if (is_of(&document->portions[i], where)) {
            document->last_portion = i;
            return &document->portions[i];
        }
    }
    if (document->portion_count == DOCUMENT_PLACES_MAX) {
        document->doubts |= DOUBT_PLACES_LOST;
        return NULL;
    }
    document->last_portion = document->portion_count;
    return portion_add(gathered, document, where);
}

/* What places the record: its ARN, or its id, where that is one. False: it has an ARN
 * that is no text. */
static bool find_arn(struct gathered *gathered, const struct reduced *reduced,
                     struct str *arn, bool *shared)
{
    const struct plan *plan = reduced->plan;

    *shared = false;
    *arn = reduced_text(gathered->plans, reduced, plan->arn);
    if (arn->text == NULL && reduced_has(reduced, plan->arn))
        return false;
    if (plan->id == plan->arn || !str_starts_with(reduced->id, STR("arn:")) ||
        !type_has_arn(plan->type, gathered->match, reduced->id))
        return true;
    *shared = true;
    if (arn->text == NULL)
        *arn = reduced->id;
    return true;
}

/* Most ARNs of a listing begin as the one before did. */
static bool begins_as_before(const struct document *document, struct str arn,
                             struct where *where)
{
    const struct portion *last;

    if (document->portion_count == 0)
        return false;
    last = &document->portions[document->last_portion];
    if (last->arn.text == NULL || arn.len <= last->arn.len ||
        !str_starts_with(arn, last->arn))
        return false;
    where->account = last->account;
    where->region = last->region;
    return true;
}

static void parse_where(struct document *document, struct str text, struct where *where)
{
    struct arn arn;

    if (begins_as_before(document, text, where))
        return;
    where->readable = arn_parse(text, &arn);
    if (!where->readable)
        return;
    if (arn.redacted)
        document->doubts |= DOUBT_REDACTED;
    /* what is no account's is empty or "aws" */
    if (arn.account.len > 0 && !str_equal(arn.account, STR("aws")))
        where->account = arn.account;
    if (arn.region.len > 0 && document->type->level == LEVEL_REGION)
        where->region = arn.region;
    where->arn = (struct str){ text.text, text.len - arn.resource.len };
}

static void find_where(struct gathered *gathered, struct document *document,
                       const struct reduced *reduced, struct where *where)
{
    struct str text;

    *where = (struct where){ .readable = true };
    if (reduced->record->kind != RECORD_OBJECT || reduced->record->duplicate_key ||
        reduced->plan->arn == SIZE_MAX)
        return;
    where->readable = find_arn(gathered, reduced, &text, &where->shared);
    if (where->readable && text.text != NULL)
        parse_where(document, text, where);
    where->shared = where->shared && where->account.text != NULL;
    document->shared += where->shared;
}

static void add_unread(struct document *document, struct portion *portion,
                       uint64_t count)
{
    portion->records += count;
    portion->unread += count;
    document->undecided += count;
}

void portion_record(struct gathered *gathered, struct document *document,
                    const struct reduced *reduced)
{
    const struct record *record = reduced->record;
    struct addition addition;
    struct portion *portion;
    struct where where;

    find_where(gathered, document, reduced, &where);
    portion = portion_get(gathered, document, &where);
    if (portion == NULL)
        return;
    if (record->duplicate_key || record->kind != RECORD_OBJECT) {
        add_unread(document, portion, 1);
        return;
    }
    addition =
        (struct addition){ portion, document->last_portion, reduced, !where.readable };
    switch (rows_add(gathered->rows, &addition)) {
    case ADDED:
        portion->records++;
        break;
    case ADDED_AGAIN:
        portion->repeated++;
        document->repeated++;
        break;
    case ADDED_NOT:
        if (document->without_answer++ == 0) {
            document->first_line = record->start.line;
            document->first_why =
                "the records before it say more different things than "
                "are kept of one document";
        }
        add_unread(document, portion, 1);
        break;
    }
}

/* Adds records that may count. */
static void add_undecided(struct gathered *gathered, struct document *document,
                          const struct where *where, uint64_t count)
{
    struct portion *portion = portion_get(gathered, document, where);

    if (portion != NULL)
        add_unread(document, portion, count);
}

void portion_unproven(struct gathered *gathered, struct document *document,
                      const struct reduced *reduced)
{
    struct where where;

    find_where(gathered, document, reduced, &where);
    add_undecided(gathered, document, &where, 1);
}

void portion_undecided(struct gathered *gathered, struct document *document,
                       uint64_t count)
{
    const struct where nowhere = { .readable = true };

    if (count > 0)
        add_undecided(gathered, document, &nowhere, count);
}
