#include "explain/waive.h"

#include "base/table.h"
#include "base/time.h"

#include <assert.h>
#include <string.h>

/* Of the parts of a waiver, bit 1 << part. */
enum { ALL_PARTS = (1 << WAIVER_PART_COUNT) - 1 };

enum use { USE_NONE, USE_OF_UNKNOWN, USE_OF_FAIL };

struct applied {
    const struct waiver *waiver;
    enum use use;
};

/* Waivers that name the same texts; `next` is behind it in the file. */
struct link {
    struct applied *entry;
    struct link *next;
};

struct chain {
    struct link *first, *last;
};

/*
 * Waivers by what they name without globs. A waiver has a shape, the parts that it
 * names so; those of one shape are found by the texts of these parts. The rest is
 * compared.
 *
 *     shapes:  rule, account, region      "Backup-001" "123456789012" "us-east-1" ─►
 * ... rule, resource             "Backup-001" "db-7"                     ─► ...
 *
 * An index is for findings of which only some parts are told: the others fit any.
 */
struct index {
    bool is_made;
    bool has_shape[ALL_PARTS + 1];
    struct table chains; /* from shape and texts */
};

struct waiving {
    struct arena *arena;
    struct assessment *assessment;
    struct applied *entries; /* of the waivers that are applied, as in the file */
    size_t count;
    struct index indexes[ALL_PARTS + 1]; /* by the parts that are told */
    struct table asked;                  /* where not all are told: what was */
    struct buf key;
};

/* ---- the index ------------------------------------------------------------------- */

static struct str key_of(struct waiving *waiving, unsigned shape,
                         const struct str texts[WAIVER_PART_COUNT])
{
    waiving->key.len = 0;
    buf_add_byte(&waiving->key, (char)('a' + shape));
    for (int part = 0; part < WAIVER_PART_COUNT; part++) {
        if ((shape & 1U << part) == 0)
            continue;
        buf_add(&waiving->key, texts[part]);
        buf_add_byte(&waiving->key, '\0');
    }
    return buf_str(&waiving->key);
}

static void index_add(struct waiving *waiving, struct index *index, unsigned told,
                      struct applied *entry)
{
    const struct waiver *waiver = entry->waiver;
    struct link *link = arena_new(waiving->arena, struct link);
    unsigned shape = 0;
    struct chain *chain;
    void **slot;

    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        if ((told & 1U << part) != 0 && !waiver_is_glob(waiver->globs[part]))
            shape |= 1U << part;
    index->has_shape[shape] = true;
    slot = table_slot(&index->chains, key_of(waiving, shape, waiver->globs));
    if (*slot == NULL)
        *slot = arena_new(waiving->arena, struct chain);
    chain = *slot;
    link->entry = entry;
    if (chain->last != NULL)
        chain->last->next = link;
    else
        chain->first = link;
    chain->last = link;
}

static const struct index *index_of(struct waiving *waiving, unsigned told)
{
    struct index *index = &waiving->indexes[told];

    if (index->is_made)
        return index;
    index->is_made = true;
    index->chains = (struct table)TABLE_EMPTY(waiving->arena);
    for (size_t i = 0; i < waiving->count; i++)
        index_add(waiving, index, told, &waiving->entries[i]);
    return index;
}

static bool fits(const struct waiver *waiver, unsigned told,
                 const struct str texts[WAIVER_PART_COUNT])
{
    for (int part = 0; part < WAIVER_PART_COUNT; part++)
        if ((told & 1U << part) != 0 &&
            !waiver_part_fits(waiver, (enum waiver_part)part, texts[part]))
            return false;
    return true;
}

/* All that fit are used so; the first of them in the file, or NULL. */
static const struct applied *use_all(struct waiving *waiving, unsigned told,
                                     const struct str texts[WAIVER_PART_COUNT],
                                     enum use use)
{
    const struct index *index = index_of(waiving, told);
    const struct applied *first = NULL;

    for (unsigned shape = 0; shape <= ALL_PARTS; shape++) {
        const struct chain *chain =
            index->has_shape[shape]
                ? table_find(&index->chains, key_of(waiving, shape, texts))
                : NULL;

        for (struct link *link = chain != NULL ? chain->first : NULL; link != NULL;
             link = link->next) {
            struct applied *entry = link->entry;

            if (!fits(entry->waiver, told, texts))
                continue;
            if (entry->use < use)
                entry->use = use;
            if (first == NULL || entry < first)
                first = entry;
        }
    }
    return first;
}

/* ---- findings -------------------------------------------------------------------- */

static struct str or_dash(struct str text)
{
    return text.text != NULL ? text : STR("-");
}

/* The parts that are told for certain. */
static unsigned told_parts(const struct finding *finding)
{
    unsigned told = ALL_PARTS;

    if (finding->source != NULL && finding->account.text == NULL)
        told &= ~(1U << WAIVER_ACCOUNT);
    if (finding->source != NULL && finding->region.text == NULL)
        told &= ~(1U << WAIVER_REGION);
    if (finding->result == RESULT_UNKNOWN && finding->resource_type == NULL &&
        str_equal(finding->resource, STR("*")))
        told &= ~(1U << WAIVER_RESOURCE);
    return told;
}

/* It may be of what it does not tell. */
static void use_untold(struct waiving *waiving, unsigned told,
                       const struct str texts[WAIVER_PART_COUNT])
{
    struct str key = key_of(waiving, told, texts);
    void **slot = table_slot(&waiving->asked, key);

    if (*slot != NULL)
        return;
    *slot = waiving;
    use_all(waiving, told, texts, USE_OF_UNKNOWN);
}

static void waive_finding(struct waiving *waiving, struct finding *finding)
{
    const struct str texts[WAIVER_PART_COUNT] = {
        [WAIVER_RULE] = finding->rule->id,
        [WAIVER_ACCOUNT] = or_dash(finding->account),
        [WAIVER_REGION] = or_dash(finding->region),
        [WAIVER_RESOURCE] = or_dash(finding->resource),
    };
    unsigned told = told_parts(finding);
    const struct applied *entry;

    if (finding->result != RESULT_FAIL && finding->result != RESULT_UNKNOWN)
        return;
    if (told != ALL_PARTS)
        use_untold(waiving, told, texts);
    entry = use_all(waiving, ALL_PARTS, texts,
                    finding->result == RESULT_FAIL ? USE_OF_FAIL : USE_OF_UNKNOWN);
    if (entry == NULL || finding->result != RESULT_FAIL)
        return;
    finding->result = RESULT_WAIVED;
    finding->waiver = entry->waiver;
}

/* ---- waivers --------------------------------------------------------------------- */

static bool fits_any(const struct waiver *waiver, enum waiver_part part,
                     const struct str_list *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        if (waiver_part_fits(waiver, part, texts->items[i]))
            return true;
    return texts->count == 0 || waiver_part_fits(waiver, part, STR("-"));
}

/* Whether it is of what this run judges. */
static bool is_asked_for(const struct assessment *assessment,
                         const struct waiver *waiver)
{
    const struct rulebook *book = assessment->book;
    bool runs = false;

    for (size_t i = 0; i < book->count && !runs; i++)
        runs = waiver_part_fits(waiver, WAIVER_RULE, book->rules[i]->id);
    return runs && fits_any(waiver, WAIVER_ACCOUNT, &assessment->settings->accounts) &&
           fits_any(waiver, WAIVER_REGION, &assessment->settings->regions);
}

/* Each has its own place in the file, and all of them are listed. */
static void note(struct waiving *waiving, struct problems *problems,
                 const struct waiver *waiver, const struct reason *reason)
{
    const struct position at = { .line = waiver->place.line,
                                 .column = waiver->place.column };

    problems_restart(problems);
    problems_add(problems, waiver->place.path, &at, reason);
    waiving->assessment->summary.waivers_stale++;
}

/* Takes those that are to be applied. */
static void take_waivers(struct waiving *waiving, const struct waivers *waivers,
                         int64_t as_of, struct problems *problems)
{
    waiving->entries = arena_array(waiving->arena, waivers->count, struct applied);
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        const char *breadth = waiver_breadth(waiver);

        if (breadth != NULL) {
            note(waiving, problems, waiver,
                 SAYS(SAY_WAIVER_BROAD,
                      .texts = { waiver->globs[WAIVER_RULE], str_from(breadth) }));
        } else if (as_of >= waiver->ends) {
            note(waiving, problems, waiver,
                 SAYS(SAY_WAIVER_EXPIRED, .texts = { waiver->globs[WAIVER_RULE],
                                                     waiver->globs[WAIVER_ACCOUNT],
                                                     waiver->expires, waiver->owner }));
        } else {
            waiving->entries[waiving->count++].waiver = waiver;
        }
    }
}

static void note_unused(struct waiving *waiving, struct problems *problems)
{
    for (size_t i = 0; i < waiving->count; i++) {
        const struct applied *entry = &waiving->entries[i];
        const struct waiver *waiver = entry->waiver;

        if (entry->use == USE_OF_UNKNOWN)
            waiving->assessment->summary.waivers_open++;
        if (entry->use != USE_NONE || !is_asked_for(waiving->assessment, waiver))
            continue;
        note(waiving, problems, waiver,
             SAYS(SAY_WAIVER_UNUSED, .texts = { waiver->globs[WAIVER_RULE],
                                                waiver->globs[WAIVER_ACCOUNT] }));
    }
}

void waive(struct arena *arena, struct assessment *assessment,
           struct problems *problems)
{
    const struct waivers *waivers = assessment->settings->waivers_read;
    struct finding *findings;
    struct arena scratch = ARENA_EMPTY;
    struct waiving waiving = { .arena = &scratch,
                               .assessment = assessment,
                               .asked = TABLE_EMPTY(&scratch),
                               .key = BUF_EMPTY(&scratch) };
    int64_t as_of = 0;
    bool has_time;

    if (waivers == NULL)
        return;
    has_time = instant_parse(assessment->settings->as_of, &as_of);
    assert(has_time);
    take_waivers(&waiving, waivers, as_of, problems);
    findings = arena_array(arena, assessment->finding_count + 1, struct finding);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        findings[i] = assessment->findings[i];
        waive_finding(&waiving, &findings[i]);
    }
    assessment->findings = findings;
    note_unused(&waiving, problems);
    arena_release(&scratch);
}
