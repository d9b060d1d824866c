#include "judge/place.h"

#include "aws/regions.h"
#include "find/hints.h"
#include "gather/recognise.h"

/* What get-caller-identity answers in one folder say. */
struct identity {
    struct str account;
    bool differ;      /* two answers of different accounts: they decide nothing */
    bool is_disowned; /* nor does one that lists of the collection disown */
};

struct placing {
    struct gathered *gathered;
    struct table identities; /* from a folder to its struct identity */
};

static void identities_add(struct placing *placing, const struct document *document)
{
    struct arena *arena = placing->gathered->arena;
    void **slot = table_slot(&placing->identities, document->from->source->folder);
    struct identity *identity = *slot;

    if (identity == NULL) {
        identity = arena_new(arena, struct identity);
        identity->account = document->identity;
        *slot = identity;
    } else if (!str_equal(identity->account, document->identity)) {
        identity->differ = true;
    }
    identity->is_disowned =
        identity->is_disowned || document_has(document, DOUBT_DISOWNED);
}

static bool names_account(const struct document *document, struct str account)
{
    for (size_t i = 0; i < document->portion_count; i++)
        if (document->portions[i].account.text != NULL &&
            str_equal(document->portions[i].account, account))
            return true;
    return false;
}

/* The accounts that its records' ARNs name, but for those that share with it; *first is
 * one of them. */
static size_t arn_accounts(const struct document *document, struct str *first)
{
    size_t count = 0;

    for (size_t i = 0; i < document->portion_count; i++) {
        struct str account = document->portions[i].account;

        if (account.text == NULL || document->portions[i].shared ||
            (count > 0 && str_equal(account, *first)))
            continue;
        if (count++ == 0)
            *first = account;
    }
    return count;
}

/* The regions that its records' ARNs name; *first is one of them. */
static size_t arn_regions(const struct document *document, struct str *first)
{
    size_t count = 0;

    for (size_t i = 0; i < document->portion_count; i++) {
        struct str region = document->portions[i].region;

        if (region.text == NULL || document->portions[i].shared ||
            (count > 0 && str_equal(region, *first)))
            continue;
        if (count++ == 0)
            *first = region;
    }
    return count;
}

static void mislabel(struct placing *placing, struct document *document,
                     const struct reason *reason)
{
    if (document_has(document, DOUBT_MISLABELLED) || document->use != USE_READ ||
        (document->call != NULL && document->call->gives == GIVES_NOTHING))
        return; /* what proves nothing has no place */
    document->doubts |= DOUBT_MISLABELLED;
    problems_add(&placing->gathered->problems, document->from->source->path,
                 &document->list_start, reason);
    document_reason(placing->gathered, document, reason);
}

/* All that it lists is shared by others: it tells nothing of what is the account's own.
 */
static bool is_shared_only(struct placing *placing, struct document *document)
{
    if (document->use != USE_READ || document->shared == 0 ||
        document->shared < document->records)
        return false;
    document->doubts |= DOUBT_MISLABELLED;
    problems_add(&placing->gathered->problems, document->from->source->path,
                 &document->list_start, SAYS(SAY_SHARED_ONLY));
    document_reason(placing->gathered, document, SAYS(SAY_SHARED_ONLY));
    return true;
}

/* Each of its records counts where its ARN puts it; more may be missing anywhere. */
static void spread(struct placing *placing, struct document *document)
{
    if (document_has(document, DOUBT_SPREAD))
        return;
    document->doubts |= DOUBT_SPREAD;
    document_reason(placing->gathered, document, SAYS(SAY_SEVERAL_PLACES));
}

static void place_by_path(struct placing *placing, struct document *document,
                          const struct identity *identity)
{
    const struct words *words = &document->from->words;
    struct str own = words->accounts[0], other = STR_NONE;
    bool own_arn = names_account(document, own);

    document->account = own;
    document->account_told =
        document->from->labels->account.text != NULL ? TOLD_PATTERN : TOLD_PATH;
    if (own_arn || is_shared_only(placing, document))
        return;
    if (arn_accounts(document, &other) > 0) {
        mislabel(placing, document, SAYS(SAY_MISLABELLED, .texts = { own }));
    } else if (identity != NULL && !identity->differ &&
               !str_equal(identity->account, own)) {
        mislabel(placing, document,
                 SAYS(SAY_PATH_NOT_IDENTITY, .texts = { own, identity->account }));
    }
}

/* It tells where the document is of, but is not to be believed. */
static void mind_disowned(struct placing *placing, struct document *document,
                          const struct identity *identity)
{
    if (!identity->is_disowned)
        return;
    mislabel(placing, document, SAYS(SAY_IDENTITY_DISOWNED));
}

/* The path names several: the identity beside it, or the ARNs, may decide. */
static void place_among(struct placing *placing, struct document *document,
                        const struct identity *identity)
{
    const struct words *words = &document->from->words;
    size_t matches = 0;

    for (size_t i = 0; i < words->account_count && i < WORDS_MAX; i++) {
        if (identity != NULL && !identity->differ &&
            str_equal(identity->account, words->accounts[i])) {
            document->account = words->accounts[i];
            document->account_told = TOLD_IDENTITY;
            mind_disowned(placing, document, identity);
            return;
        }
        if (names_account(document, words->accounts[i])) {
            document->account = words->accounts[i];
            document->account_told = TOLD_PATH;
            matches++;
        }
    }
    if (matches == 1)
        return;
    document->account = STR_NONE;
    document->account_told = TOLD_NOT;
    mislabel(placing, document, SAYS(SAY_SEVERAL_ACCOUNTS));
}

static void place_by_identity(struct placing *placing, struct document *document,
                              const struct identity *identity)
{
    struct str other = STR_NONE;

    document->account = identity->account;
    document->account_told = TOLD_IDENTITY;
    mind_disowned(placing, document, identity);
    if (names_account(document, identity->account) || is_shared_only(placing, document))
        return;
    if (arn_accounts(document, &other) > 0) {
        mislabel(placing, document,
                 SAYS(SAY_IDENTITY_NOT_ARN, .texts = { identity->account }));
    }
}

/* Its path may mean another place than the option that places it: it is placed there,
 * since who gave the option knows more than a word proves, but not silently. */
static const struct reason *doubt_place(struct placing *placing,
                                        const struct document *document,
                                        enum sentence sentence, struct str assumed)
{
    struct arena *arena = placing->gathered->arena;
    struct str path = str_from(document->from->source->path);
    struct hint hint = sentence == SAY_ASSUMED_ELSEWHERE ? hint_region(arena, path)
                                                         : hint_account(arena, path);
    struct reason *reason;

    if (hint.word.text == NULL || str_equal(hint.place, assumed))
        return NULL;
    reason = arena_new(arena, struct reason);
    *reason = (struct reason){ .sentence = sentence,
                               .texts = { path, assumed, hint.word, hint.place } };
    return reason;
}

static void place_by_arn(struct placing *placing, struct document *document)
{
    struct str account = STR_NONE;
    size_t count = arn_accounts(document, &account);

    if (count == 1 && !document_has(document, DOUBT_PLACES_LOST)) {
        document->account = account;
        document->account_told = TOLD_ARN;
    } else if (count > 0) {
        spread(placing, document);
    } else if (!is_shared_only(placing, document) &&
               placing->gathered->settings->assume_account.text != NULL) {
        document->account = placing->gathered->settings->assume_account;
        document->account_told = TOLD_ASSUMED;
        document->account_doubt = doubt_place(
            placing, document, SAY_ASSUMED_ACCOUNT_ELSEWHERE, document->account);
    }
}

/* A folder that may be named by a date names an account only if nothing else does. */
static size_t path_accounts(const struct document *document,
                            const struct identity *identity)
{
    const struct words *words = &document->from->words;
    struct str other = STR_NONE;

    if (words->dated && (identity != NULL || document->identity.text != NULL ||
                         (arn_accounts(document, &other) > 0 &&
                          !names_account(document, words->accounts[0]))))
        return 0;
    return words->account_count;
}

static void place_account(struct placing *placing, struct document *document)
{
    const struct identity *identity =
        table_find(&placing->identities, document->from->source->folder);
    size_t told = path_accounts(document, identity);

    if (told == 1) {
        place_by_path(placing, document, identity);
    } else if (told > 1) {
        place_among(placing, document, identity);
    } else if (document->identity.text != NULL) {
        document->account = document->identity;
        document->account_told = TOLD_IDENTITY;
    } else if (identity != NULL && identity->differ) {
        mislabel(placing, document, SAYS(SAY_SEVERAL_IDENTITIES));
    } else if (identity != NULL) {
        place_by_identity(placing, document, identity);
    } else {
        place_by_arn(placing, document);
    }
}

static void place_region(struct placing *placing, struct document *document)
{
    const struct words *words = &document->from->words;
    struct str of_arn = STR_NONE;
    size_t told;

    if (words->region_count > 1) {
        mislabel(placing, document, SAYS(SAY_SEVERAL_REGIONS));
        return;
    }
    if (words->region_count == 1) {
        document->region = words->regions[0];
        document->region_told =
            document->from->labels->region.text != NULL ? TOLD_PATTERN : TOLD_PATH;
    }
    told = arn_regions(document, &of_arn);
    if (document->region.text != NULL && told > 0 &&
        (told > 1 || !str_equal(document->region, of_arn))) {
        for (size_t i = 0; i < document->portion_count; i++) {
            if (document->portions[i].region.text != NULL &&
                !document->portions[i].shared &&
                !str_equal(document->portions[i].region, document->region))
                of_arn = document->portions[i].region;
        }
        mislabel(placing, document,
                 SAYS(SAY_REGION_NOT_ARN, .texts = { document->region, of_arn }));
    } else if (told > 1) {
        spread(placing, document);
    } else if (told == 1 && document->region.text == NULL) {
        document->region = of_arn;
        document->region_told = TOLD_ARN;
    } else if (document->region.text == NULL &&
               placing->gathered->settings->assume_region.text != NULL) {
        document->region = placing->gathered->settings->assume_region;
        document->region_told = TOLD_ASSUMED;
        document->region_doubt =
            doubt_place(placing, document, SAY_ASSUMED_ELSEWHERE, document->region);
    }
}

/* What the pattern tells comes before what the document says of itself; but if the two
 * differ, or the pattern tells nonsense, nothing decides. */
static void heed_pattern(struct placing *placing, struct document *document)
{
    const struct labels *labels = document->from->labels;

    for (size_t i = 0; i < labels->wrong_count; i++)
        document_reason(
            placing->gathered, document,
            SAYS(SAY_PATH_PATTERN, .texts = { str_from(labels->wrong[i]) }));
    if (labels->wrong_count > 0) {
        document->doubts |= document->use == USE_READ
                                ? DOUBT_MISLABELLED
                                : 0; /* the problem is the source's, and said */
    } else if (labels->type != NULL && labels->type == document->type) {
        document->type_told = TOLD_PATTERN;
    } else if (labels->type != NULL && document->type != NULL) {
        mislabel(placing, document,
                 SAYS(SAY_PATTERN_NOT_TYPE,
                      .texts = { labels->type->title, document->type->title }));
    }
}

static void place_document(struct placing *placing, struct document *document)
{
    if (document->use == USE_IGNORED)
        return;
    heed_pattern(placing, document);
    place_account(placing, document);
    if (document->type == NULL || document->type->level == LEVEL_REGION)
        place_region(placing, document);
}

static bool is_named(const struct gathered *gathered, struct str region)
{
    for (size_t i = 0; i < gathered->regions.count; i++)
        if (str_equal(gathered->regions.items[i], region))
            return true;
    return false;
}

static void name_region(struct gathered *gathered, size_t *capacity, struct str region)
{
    struct str_list *regions = &gathered->regions;

    if (!is_region_name(region) || region_find(region) != NULL ||
        is_named(gathered, region) || regions->count >= NEW_REGIONS_MAX)
        return;
    if (regions->count == *capacity) {
        size_t more = *capacity + NEW_REGIONS_MAX;

        regions->items = arena_enlarge(gathered->arena, regions->items,
                                       *capacity * sizeof *regions->items,
                                       more * sizeof *regions->items);
        *capacity = more;
    }
    regions->items[regions->count++] = region;
}

/* A region that is newer than this program is one because AWS lists it. */
static void name_listed_regions(struct gathered *gathered)
{
    size_t before = gathered->regions.count, capacity = before;

    for (size_t i = 0; i < gathered->source_count; i++) {
        for (size_t j = 0; j < gathered->sources[i]->document_count; j++) {
            const struct document *document = gathered->sources[i]->documents[j];

            if (document->type == NULL || !is_region_list(document->type))
                continue;
            for (size_t k = 0; k < document->id_count; k++)
                name_region(gathered, &capacity, document->ids[k]);
        }
    }
    for (size_t i = 0; i < gathered->source_count && gathered->regions.count > before;
         i++) {
        struct document_source *source = gathered->sources[i];
        struct words words;

        if (source->labels->has_region)
            continue;
        words_parse(gathered->arena, str_from(source->source->path),
                    source->source->is_folder, &gathered->regions, &words);
        source->words.regions = words.regions;
        source->words.region_count = words.region_count;
        source->words.beats = words.beats;
    }
}

void place(struct gathered *gathered)
{
    struct placing placing = { .gathered = gathered,
                               .identities = TABLE_EMPTY(gathered->arena) };

    name_listed_regions(gathered);
    for (size_t i = 0; i < gathered->source_count; i++)
        for (size_t j = 0; j < gathered->sources[i]->document_count; j++)
            if (gathered->sources[i]->documents[j]->identity.text != NULL)
                identities_add(&placing, gathered->sources[i]->documents[j]);
    for (size_t i = 0; i < gathered->source_count; i++)
        for (size_t j = 0; j < gathered->sources[i]->document_count; j++)
            place_document(&placing, gathered->sources[i]->documents[j]);
}
