#include "judge/place.h"

#include "aws/regions.h"
#include "gather/kind.h"

/* What get-caller-identity answers in one folder say. */
struct identity {
    struct str account;
    bool differ; /* two answers of different accounts: they decide nothing */
};

struct placing {
    struct staging *staging;
    struct table identities; /* from a folder to its struct identity */
};

static void identities_add(struct placing *placing, const struct staged *staged)
{
    struct arena *arena = placing->staging->arena;
    void **slot = table_slot(&placing->identities, staged->from->source->folder);
    struct identity *identity = *slot;

    if (identity == NULL) {
        identity = arena_new(arena, struct identity);
        identity->account = staged->identity;
        *slot = identity;
    } else if (!str_equal(identity->account, staged->identity)) {
        identity->differ = true;
    }
}

static bool names_account(const struct staged *staged, struct str account)
{
    for (size_t i = 0; i < staged->bucket_count; i++)
        if (staged->buckets[i].account.text != NULL &&
            str_equal(staged->buckets[i].account, account))
            return true;
    return false;
}

/* The accounts that its records' ARNs name, but for those that share with it; *first is
 * one of them. */
static size_t arn_accounts(const struct staged *staged, struct str *first)
{
    size_t count = 0;

    for (size_t i = 0; i < staged->bucket_count; i++) {
        struct str account = staged->buckets[i].account;

        if (account.text == NULL || staged->buckets[i].shared ||
            (count > 0 && str_equal(account, *first)))
            continue;
        if (count++ == 0)
            *first = account;
    }
    return count;
}

/* The regions that its records' ARNs name; *first is one of them. */
static size_t arn_regions(const struct staged *staged, struct str *first)
{
    size_t count = 0;

    for (size_t i = 0; i < staged->bucket_count; i++) {
        struct str region = staged->buckets[i].region;

        if (region.text == NULL || staged->buckets[i].shared ||
            (count > 0 && str_equal(region, *first)))
            continue;
        if (count++ == 0)
            *first = region;
    }
    return count;
}

static void mislabel(struct placing *placing, struct staged *staged,
                     const struct reason *reason)
{
    if (staged_has(staged, DOUBT_MISLABELLED) || staged->use != USE_READ ||
        (staged->call != NULL && staged->call->gives == GIVES_NOTHING))
        return; /* what proves nothing has no place */
    staged->doubts |= DOUBT_MISLABELLED;
    problems_add(&placing->staging->problems, staged->from->source->path,
                 &staged->list_start, reason);
    staged_reason(placing->staging, staged, reason);
}

/* All that it lists is shared by others: it tells nothing of what is the account's own.
 */
static bool is_shared_only(struct placing *placing, struct staged *staged)
{
    if (staged->use != USE_READ || staged->shared == 0 ||
        staged->shared < staged->records)
        return false;
    staged->doubts |= DOUBT_MISLABELLED;
    problems_add(&placing->staging->problems, staged->from->source->path,
                 &staged->list_start, SAYS(SAY_SHARED_ONLY));
    staged_reason(placing->staging, staged, SAYS(SAY_SHARED_ONLY));
    return true;
}

/* Each of its records counts where its ARN puts it; more may be missing anywhere. */
static void spread(struct placing *placing, struct staged *staged)
{
    if (staged_has(staged, DOUBT_SPREAD))
        return;
    staged->doubts |= DOUBT_SPREAD;
    staged_reason(placing->staging, staged, SAYS(SAY_SEVERAL_PLACES));
}

static void place_by_path(struct placing *placing, struct staged *staged,
                          const struct identity *identity)
{
    const struct words *words = &staged->from->words;
    struct str own = words->accounts[0], other = STR_NONE;
    bool own_arn = names_account(staged, own);

    staged->account = own;
    staged->account_told =
        staged->from->labels->account.text != NULL ? TOLD_PATTERN : TOLD_PATH;
    if (own_arn || is_shared_only(placing, staged))
        return;
    if (arn_accounts(staged, &other) > 0) {
        mislabel(placing, staged, SAYS(SAY_MISLABELLED, .texts = { own }));
    } else if (identity != NULL && !identity->differ &&
               !str_equal(identity->account, own)) {
        mislabel(placing, staged,
                 SAYS(SAY_PATH_NOT_IDENTITY, .texts = { own, identity->account }));
    }
}

/* The path names several: the identity beside it, or the ARNs, may decide. */
static void place_among(struct placing *placing, struct staged *staged,
                        const struct identity *identity)
{
    const struct words *words = &staged->from->words;
    size_t matches = 0;

    for (size_t i = 0; i < words->account_count && i < WORDS_MAX; i++) {
        if (identity != NULL && !identity->differ &&
            str_equal(identity->account, words->accounts[i])) {
            staged->account = words->accounts[i];
            staged->account_told = TOLD_IDENTITY;
            return;
        }
        if (names_account(staged, words->accounts[i])) {
            staged->account = words->accounts[i];
            staged->account_told = TOLD_PATH;
            matches++;
        }
    }
    if (matches == 1)
        return;
    staged->account = STR_NONE;
    staged->account_told = TOLD_NOT;
    mislabel(placing, staged, SAYS(SAY_SEVERAL_ACCOUNTS));
}

static void place_by_identity(struct placing *placing, struct staged *staged,
                              const struct identity *identity)
{
    struct str other = STR_NONE;

    staged->account = identity->account;
    staged->account_told = TOLD_IDENTITY;
    if (names_account(staged, identity->account) || is_shared_only(placing, staged))
        return;
    if (arn_accounts(staged, &other) > 0) {
        mislabel(placing, staged,
                 SAYS(SAY_IDENTITY_NOT_ARN, .texts = { identity->account }));
    }
}

static void place_by_arn(struct placing *placing, struct staged *staged)
{
    struct str account = STR_NONE;
    size_t count = arn_accounts(staged, &account);

    if (count == 1 && !staged_has(staged, DOUBT_PLACES_LOST)) {
        staged->account = account;
        staged->account_told = TOLD_ARN;
    } else if (count > 0) {
        spread(placing, staged);
    } else if (!is_shared_only(placing, staged) &&
               placing->staging->settings->assume_account.text != NULL) {
        staged->account = placing->staging->settings->assume_account;
        staged->account_told = TOLD_ASSUMED;
    }
}

/* A folder that may be named by a date names an account only if nothing else does. */
static size_t path_accounts(const struct staged *staged,
                            const struct identity *identity)
{
    const struct words *words = &staged->from->words;
    struct str other = STR_NONE;

    if (words->dated && (identity != NULL || staged->identity.text != NULL ||
                         (arn_accounts(staged, &other) > 0 &&
                          !names_account(staged, words->accounts[0]))))
        return 0;
    return words->account_count;
}

static void place_account(struct placing *placing, struct staged *staged)
{
    const struct identity *identity =
        table_find(&placing->identities, staged->from->source->folder);
    size_t told = path_accounts(staged, identity);

    if (told == 1) {
        place_by_path(placing, staged, identity);
    } else if (told > 1) {
        place_among(placing, staged, identity);
    } else if (staged->identity.text != NULL) {
        staged->account = staged->identity;
        staged->account_told = TOLD_IDENTITY;
    } else if (identity != NULL && identity->differ) {
        mislabel(placing, staged, SAYS(SAY_SEVERAL_IDENTITIES));
    } else if (identity != NULL) {
        place_by_identity(placing, staged, identity);
    } else {
        place_by_arn(placing, staged);
    }
}

static void place_region(struct placing *placing, struct staged *staged)
{
    const struct words *words = &staged->from->words;
    struct str of_arn = STR_NONE;
    size_t told;

    if (words->region_count > 1) {
        mislabel(placing, staged, SAYS(SAY_SEVERAL_REGIONS));
        return;
    }
    if (words->region_count == 1) {
        staged->region = words->regions[0];
        staged->region_told =
            staged->from->labels->region.text != NULL ? TOLD_PATTERN : TOLD_PATH;
    }
    told = arn_regions(staged, &of_arn);
    if (staged->region.text != NULL && told > 0 &&
        (told > 1 || !str_equal(staged->region, of_arn))) {
        for (size_t i = 0; i < staged->bucket_count; i++)
            if (staged->buckets[i].region.text != NULL && !staged->buckets[i].shared &&
                !str_equal(staged->buckets[i].region, staged->region))
                of_arn = staged->buckets[i].region;
        mislabel(placing, staged,
                 SAYS(SAY_REGION_NOT_ARN, .texts = { staged->region, of_arn }));
    } else if (told > 1) {
        spread(placing, staged);
    } else if (told == 1 && staged->region.text == NULL) {
        staged->region = of_arn;
        staged->region_told = TOLD_ARN;
    } else if (staged->region.text == NULL &&
               placing->staging->settings->assume_region.text != NULL) {
        staged->region = placing->staging->settings->assume_region;
        staged->region_told = TOLD_ASSUMED;
    }
}

/* What the pattern tells comes before what the document says of itself; but if the two
 * differ, or the pattern tells nonsense, nothing decides. */
static void heed_pattern(struct placing *placing, struct staged *staged)
{
    const struct labels *labels = staged->from->labels;

    for (size_t i = 0; i < labels->wrong_count; i++)
        staged_reason(placing->staging, staged,
                      SAYS(SAY_PATH_PATTERN, .texts = { str_from(labels->wrong[i]) }));
    if (labels->wrong_count > 0) {
        staged->doubts |= staged->use == USE_READ
                              ? DOUBT_MISLABELLED
                              : 0; /* the problem is the source's, and said */
    } else if (labels->type != NULL && labels->type == staged->type) {
        staged->type_told = TOLD_PATTERN;
    } else if (labels->type != NULL && staged->type != NULL) {
        mislabel(placing, staged,
                 SAYS(SAY_PATTERN_NOT_TYPE,
                      .texts = { labels->type->title, staged->type->title }));
    }
}

static void place_document(struct placing *placing, struct staged *staged)
{
    if (staged->use == USE_IGNORED)
        return;
    heed_pattern(placing, staged);
    place_account(placing, staged);
    if (staged->type == NULL || staged->type->level == LEVEL_REGION)
        place_region(placing, staged);
}

static bool is_named(const struct staging *staging, struct str region)
{
    for (size_t i = 0; i < staging->regions.count; i++)
        if (str_equal(staging->regions.items[i], region))
            return true;
    return false;
}

static void name_region(struct staging *staging, size_t *capacity, struct str region)
{
    struct str_list *regions = &staging->regions;

    if (!is_region_name(region) || region_find(region) != NULL ||
        is_named(staging, region) || regions->count >= STAGED_REGIONS_MAX)
        return;
    if (regions->count == *capacity) {
        size_t more = *capacity + STAGED_REGIONS_MAX;

        regions->items = arena_enlarge(staging->arena, regions->items,
                                       *capacity * sizeof *regions->items,
                                       more * sizeof *regions->items);
        *capacity = more;
    }
    regions->items[regions->count++] = region;
}

/* A region that is newer than this program is one because AWS lists it. */
static void name_listed_regions(struct staging *staging)
{
    size_t before = staging->regions.count, capacity = before;

    for (size_t i = 0; i < staging->source_count; i++) {
        for (size_t j = 0; j < staging->sources[i]->document_count; j++) {
            const struct staged *staged = staging->sources[i]->documents[j];

            if (staged->type == NULL || !tells_regions(staged->type))
                continue;
            for (size_t k = 0; k < staged->id_count; k++)
                name_region(staging, &capacity, staged->ids[k]);
        }
    }
    for (size_t i = 0; i < staging->source_count && staging->regions.count > before;
         i++) {
        struct staged_source *source = staging->sources[i];
        struct words words;

        if (source->labels->has_region)
            continue;
        words_parse(staging->arena, str_from(source->source->path),
                    source->source->is_folder, &staging->regions, &words);
        source->words.regions = words.regions;
        source->words.region_count = words.region_count;
        source->words.beats = words.beats;
    }
}

void place(struct staging *staging)
{
    struct placing placing = { .staging = staging,
                               .identities = TABLE_EMPTY(staging->arena) };

    name_listed_regions(staging);
    for (size_t i = 0; i < staging->source_count; i++)
        for (size_t j = 0; j < staging->sources[i]->document_count; j++)
            if (staging->sources[i]->documents[j]->identity.text != NULL)
                identities_add(&placing, staging->sources[i]->documents[j]);
    for (size_t i = 0; i < staging->source_count; i++)
        for (size_t j = 0; j < staging->sources[i]->document_count; j++)
            place_document(&placing, staging->sources[i]->documents[j]);
}
