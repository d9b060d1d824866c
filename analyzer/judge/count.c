#include "judge/count.h"

#include <assert.h>
#include <string.h>

enum { MEMO_KEY_MAX = 256 };

/* What a filter comes to for a row. */
struct filtered {
    enum truth truth;
    bool by_silence;   /* unknown, by what the call never prints */
    bool rests;        /* known only because the row lacks a field */
    bool without_time; /* unknown as long as the time of the audit is not known */
    const char *why;   /* the filter has no answer: the reason; NULL: it has one */
};

/* Measures whose filters read the same fields, and what they came to for the values
 * that are in `key`. */
struct memo {
    size_t key_len; /* 0: nothing yet */
    char key[MEMO_KEY_MAX];
    struct filtered answers[];
};

struct same_filters {
    const struct measure **measures;
    size_t count, capacity;
    bool has_best;       /* one of them is a minimum or a maximum */
    struct memo **memos; /* MEMOS_MAX, by the hash of their keys */
};

/* Of one type. */
struct filter_sets {
    struct same_filters *items;
    size_t count, capacity;
    size_t *limited; /* by slot: how many filters of a source came to a limit; NULL: not
                        made */
    const struct document_source *limited_of;
};

/* What some records are undecided about. */
struct undecided {
    bool any;
    bool otherwise; /* by more than what their call never prints */
    bool without_time;
    const char *why;
    size_t slot; /* of the measure that says why */
};

struct counting {
    struct gathered *gathered;
    struct arena *arena;
    struct filter_sets *by_type;
    struct grouping grouping; /* of the portion at hand */
    struct buf key;
    struct jmespath_context *plain;
    struct error err; /* empty between two evaluations: it is large */

    /* of the group at hand */
    const struct document *document;
    const struct measures_of_type *measures;
    size_t *limited;          /* of its filters */
    struct row_view view;     /* of its first row */
    bool is_full;             /* that has all fields that the set reads, as AWS does */
    struct filtered *answers; /* by slot */

    /* of the portion at hand */
    unsigned char *truths;       /* by measure of the set, and group */
    size_t *placed;              /* by measure of the set: rows that it counts */
    struct undecided *undecided; /* by a row's number; NULL: all is decided */
};

/* ---- whether a row counts ----------------------------------------------------------
 */

static bool meets_silence(const struct counting *counting,
                          const struct measure *measure)
{
    const struct row_view *view = &counting->view;

    if (measure->fact->where == NULL || view->gaps.silent == NULL ||
        view->gaps.silent->count == 0)
        return false;
    if (measure->fact->fields.whole)
        return true;
    for (size_t i = 0; i < measure->where.count; i++)
        if (row_is_silent(view, measure->where.items[i]))
            return true;
    return false;
}

/* Whether what is known of a decided row rests on a field that it lacks, which a
 * rewrapping --query may have dropped: without knowing that it is not there, it would
 * be open. */
static bool rests_on_absence(const struct counting *counting,
                             const struct measure *measure,
                             struct jmespath_context *context)
{
    struct error err = { 0 };
    bool any = false;

    if (measure->fact->fields.whole)
        return true;
    for (size_t i = 0; i < measure->where.count; i++) {
        size_t column = measure->where.items[i];

        if (row_has(&counting->view, column))
            continue;
        jmespath_context_open(context, counting->measures->columns[column].name);
        any = true;
    }
    return any && row_ask(measure->fact->where, counting->view.made, context, &err) ==
                      TRUTH_UNKNOWN;
}

/* Without the time of the audit what reads it holds for no record, which is said once,
 * of the finding. */
static bool lacks_time(const struct counting *counting, const struct fact *fact)
{
    return fact->reads_now && counting->gathered->settings->as_of.text == NULL;
}

/* Most rules have no values of their own: these share one, which is looked up once. */
static struct jmespath_context *context_of(struct counting *counting,
                                           const struct rule *bound_to)
{
    if (bound_to != NULL)
        return gathered_context(counting->gathered, bound_to);
    if (counting->plain == NULL)
        counting->plain = gathered_context(counting->gathered, NULL);
    return counting->plain;
}

/* True: the answer is not to be taken for other rows. */
static bool answer_of(struct counting *counting, const struct measure *measure,
                      struct filtered *answer)
{
    struct jmespath_context *context = context_of(counting, measure->fact->bound_to);
    struct error *err = &counting->err;
    json_t *value;
    bool is_limit;

    *answer = (struct filtered){ .truth = TRUTH_TRUE };
    if (measure->fact->where == NULL)
        return false;
    answer->truth = TRUTH_UNKNOWN;
    if (counting->limited[measure->slot] >= LIMITED_ROWS_MAX) {
        answer->why =
            "its filter came to a limit for 32 records before it, and was not "
            "tried again";
        return true;
    }
    value = row_value(&counting->view, &measure->where, measure->fact->fields.whole);
    answer->by_silence = !counting->is_full && meets_silence(counting, measure);
    if (!counting->is_full && !row_open(&counting->view, &measure->where,
                                        measure->fact->fields.whole, context))
        return false;
    answer->truth = row_ask(measure->fact->where, value, context, err);
    is_limit = jmespath_error_kind(err) == JMESPATH_ERROR_LIMIT;
    counting->limited[measure->slot] += is_limit;
    if (err->message[0] != '\0' && lacks_time(counting, measure->fact))
        answer->without_time = true;
    else if (err->message[0] != '\0')
        answer->why = gathered_text(counting->gathered, err->message);
    if (err->message[0] != '\0')
        *err = (struct error){ 0 };
    if (!counting->is_full && answer->truth != TRUTH_UNKNOWN)
        answer->rests = rests_on_absence(counting, measure, context);
    return is_limit;
}

/* ---- rows that say the same --------------------------------------------------------
 */

static bool reads_same(const struct measure *left, const struct measure *right)
{
    return !left->fact->fields.whole && !right->fact->fields.whole &&
           left->where.count == right->where.count &&
           (left->where.count == 0 ||
            memcmp(left->where.items, right->where.items,
                   left->where.count * sizeof *left->where.items) == 0);
}

static struct filter_sets *sets_of(struct counting *counting, const struct type *type)
{
    struct filter_sets *sets = &counting->by_type[type->index];
    struct arena *arena = counting->arena;

    if (sets->limited != NULL)
        return sets;
    sets->limited = arena_array(arena, counting->measures->count, size_t);
    for (size_t i = 0; i < counting->measures->count; i++) {
        const struct measure *measure = counting->measures->items[i];
        struct same_filters *set = NULL;

        for (size_t j = 0; j < sets->count && set == NULL; j++)
            if (reads_same(sets->items[j].measures[0], measure))
                set = &sets->items[j];
        if (set == NULL) {
            sets->items = arena_grow(arena, sets->items, sets->count, &sets->capacity,
                                     sizeof *sets->items);
            set = &sets->items[sets->count++];
            *set = (struct same_filters){ 0 };
        }
        set->measures = arena_grow(arena, set->measures, set->count, &set->capacity,
                                   sizeof *set->measures);
        set->measures[set->count++] = measure;
        set->has_best = set->has_best || measure->fact->kind != FACT_COUNT;
    }
    return sets;
}

/* Empty: what the filters read is longer than a key. */
static struct str key_of(struct counting *counting, const struct same_filters *set)
{
    const struct columns *columns = &set->measures[0]->where;
    const struct unseen *gaps = &counting->view.gaps;
    struct buf *key = &counting->key;

    buf_clear(key);
    if (set->measures[0]->fact->fields.whole)
        return buf_str(key);
    buf_add(key, (struct str){ (const char *)&gaps->silent, sizeof gaps->silent });
    buf_add_byte(key, (char)gaps->trimmed);
    for (size_t i = 0; i < columns->count; i++) {
        struct str value = values_text(counting->document->values,
                                       counting->view.row->values[columns->items[i]]);

        if (value.len > MEMO_KEY_MAX) {
            buf_clear(key);
            return buf_str(key);
        }
        buf_add_byte(key, value.text != NULL ? '=' : '-');
        buf_add(key, value);
        buf_add_byte(key, ','); /* ends no JSON text */
    }
    if (buf_str(key).len > MEMO_KEY_MAX)
        buf_clear(key);
    return buf_str(key);
}

static void take(struct counting *counting, const struct same_filters *set,
                 const struct memo *memo)
{
    for (size_t i = 0; i < set->count; i++)
        counting->answers[set->measures[i]->slot] = memo->answers[i];
}

/* Whether no filter of the set reads a field that the row lacks, or may. */
static bool is_full(struct counting *counting, const struct same_filters *set)
{
    const struct columns *columns = &set->measures[0]->where;

    if (set->measures[0]->fact->fields.whole)
        return false;
    row_value(&counting->view, columns, false);
    for (size_t i = 0; i < columns->count; i++) {
        if (!row_has(&counting->view, columns->items[i]) ||
            !row_is_usable(&counting->view, columns->items[i]))
            return false;
    }
    return true;
}

/* What the filters of the set come to for the row at hand. `remember`: other documents
 * may say the same. */
static void answer_set(struct counting *counting, struct same_filters *set,
                       bool remember)
{
    struct memo **memo = NULL;
    bool of_source = false;
    struct str key = remember ? key_of(counting, set) : STR_NONE;

    if (key.len > 0) {
        if (set->memos == NULL)
            set->memos = arena_array(counting->arena, MEMOS_MAX, struct memo *);
        memo = &set->memos[hash_keyed(key) % MEMOS_MAX];
        if (*memo != NULL && (*memo)->key_len == key.len &&
            memcmp((*memo)->key, key.text, key.len) == 0) {
            take(counting, set, *memo);
            return;
        }
    }
    counting->is_full = is_full(counting, set);
    for (size_t i = 0; i < set->count; i++)
        of_source = answer_of(counting, set->measures[i],
                              &counting->answers[set->measures[i]->slot]) ||
                    of_source;
    row_drop(&counting->view);
    if (memo == NULL || of_source)
        return;
    if (*memo == NULL)
        *memo = arena_alloc(counting->arena,
                            sizeof **memo + set->count * sizeof *(*memo)->answers);
    (*memo)->key_len = key.len;
    memcpy((*memo)->key, key.text, key.len);
    for (size_t i = 0; i < set->count; i++)
        (*memo)->answers[i] = counting->answers[set->measures[i]->slot];
}

static void answer_group(struct counting *counting, struct same_filters *set,
                         const struct row_group *group)
{
    const struct row *row = counting->grouping.rows[group->row];

    row_look(&counting->view, counting->gathered->measures, counting->document, row);
    if (!row->astray) {
        answer_set(counting, set, counting->grouping.count <= MEMOS_MAX);
        return;
    }
    for (size_t i = 0; i < set->count; i++)
        counting->answers[set->measures[i]->slot] =
            (struct filtered){ .truth = TRUTH_UNKNOWN };
}

/* ---- what they come to -------------------------------------------------------------
 */

size_t measure_cited_max(const struct measure *measure)
{
    return measure->decides ? CITATIONS_MAX : CITATIONS_BESIDE_MAX;
}

uint64_t tally_sure(const struct tally *tally)
{
    uint64_t sure = tally->sure > tally->doubt ? tally->sure - tally->doubt : 0;

    if (sure == 0 || tally->untold == 0)
        return sure;
    return sure > tally->untold ? sure - tally->untold : 1;
}

void tally_best(struct tally *tally, const struct best *best)
{
    tally->open = tally->open || best->open;
    tally->best_any = fmax(tally->best_any, best->any);
    if (best->sure == VALUE_NONE || best->sure < tally->best_sure)
        return;
    if (best->sure > VALUE_SOME && best->hit != NULL &&
        (best->sure > tally->best_sure || best->hit->index < tally->best->index))
        tally->best = best->hit;
    tally->best_sure = best->sure;
}

/* Of an expression, evaluated for the row: all its records have that value. */
static struct best evaluated(struct counting *counting, const struct measure *measure)
{
    const struct fact *fact = measure->fact;
    const struct row *row = counting->view.row;
    struct jmespath_context *context =
        gathered_context(counting->gathered, fact->bound_to);
    struct best best = { .sure = VALUE_SOME, .any = VALUE_NONE, .open = true };
    struct error err = { 0 };
    json_t *record;
    double value;

    record = row_value(&counting->view, &measure->of, fact->of_fields.whole);
    if (row_open(&counting->view, &measure->of, fact->of_fields.whole, context) &&
        value_of_json(jmespath_run(fact->of, record, context, &err), fact->is_time,
                      &value)) {
        value = fact->kind == FACT_MIN ? -value : value;
        best = (struct best){ .sure = value, .any = value };
    }
    jmespath_context_reset(context);
    row_drop(&counting->view);
    if (row->records == 0)
        best.sure = VALUE_NONE;
    else
        best.hit = hits_first(row->places, row->place_count);
    return best;
}

struct best best_of_extreme(const struct row *row, const struct measure *measure)
{
    const struct extreme *extreme = &row->extremes[measure->extreme];
    size_t side = measure->fact->kind == FACT_MIN;

    return (struct best){ extreme->sure[side], extreme->any[side], extreme->open,
                          &extreme->hits[side] };
}

static struct best best_of(struct counting *counting, const struct measure *measure)
{
    return measure->extreme == SIZE_MAX ? evaluated(counting, measure)
                                        : best_of_extreme(counting->view.row, measure);
}

static void add_group(const struct counting *counting, const struct measure *measure,
                      const struct row_group *group, struct tally *tally)
{
    const struct filtered *answer = &counting->answers[measure->slot];

    if (group->records > 0)
        tally->rests_on_absence = tally->rests_on_absence || answer->rests;
    if (answer->truth == TRUTH_UNKNOWN)
        tally->maybe += group->records;
    if (answer->truth != TRUTH_TRUE)
        return;
    tally->sure += group->records;
    tally->untold += group->untold;
    if (measure->fact->kind != FACT_COUNT)
        return;
    tally->cited += group->records;
}

/* What the set's filters leave undecided of the group. */
static void note_group(struct counting *counting, const struct same_filters *set,
                       struct row_group *group)
{
    struct undecided undecided = { .any = false }, *kept;

    for (size_t i = 0; i < set->count; i++) {
        const struct filtered *answer = &counting->answers[set->measures[i]->slot];

        if (set->measures[i]->is_aside)
            continue;
        if (undecided.why == NULL && answer->why != NULL) {
            undecided.why = answer->why;
            undecided.slot = set->measures[i]->slot;
        }
        undecided.without_time = undecided.without_time || answer->without_time;
        undecided.any = undecided.any || answer->truth == TRUTH_UNKNOWN;
        undecided.otherwise = undecided.otherwise ||
                              (answer->truth == TRUTH_UNKNOWN && !answer->by_silence);
    }
    if (!undecided.any)
        return;
    group->undecided = kept = arena_new(&counting->grouping.arena, struct undecided);
    *kept = undecided;
}

/* What its records are undecided about. The first of them, in the order of the
 * document, says why; by the first measure that does. */
static void note_row(struct counting *counting, size_t number)
{
    struct grouping *grouping = &counting->grouping;
    const struct undecided *more =
        grouping->groups[grouping->group_of[number]].undecided;
    struct undecided *undecided;

    if (more == NULL)
        return;
    if (counting->undecided == NULL)
        counting->undecided =
            arena_array(&grouping->arena, grouping->row_count, struct undecided);
    undecided = &counting->undecided[number];
    undecided->any = true;
    undecided->otherwise = undecided->otherwise || more->otherwise;
    undecided->without_time = undecided->without_time || more->without_time;
    if (more->why != NULL && (undecided->why == NULL || more->slot < undecided->slot)) {
        undecided->why = more->why;
        undecided->slot = more->slot;
    }
}

static void note_undecided(struct document *document, const struct row *row,
                           const struct undecided *undecided)
{
    if (row->records == 0 || !undecided->any)
        return;
    document->undecided += row->records;
    if (undecided->why != NULL) {
        uint64_t line = hits_first(row->places, row->place_count)->line;

        if (document->without_answer == 0 || line < document->first_line) {
            document->first_line = line;
            document->first_why = undecided->why;
        }
        document->without_answer += row->records;
    } else if (undecided->without_time) {
        document->without_time += row->records;
    } else if (!undecided->otherwise) {
        document->without_field += row->records;
    }
}

/* By group, what the measure of the set comes to. */
static unsigned char *truths_of(const struct counting *counting, size_t measure)
{
    return counting->truths + measure * counting->grouping.count;
}

/* Whether a row that they say is in another group than the first. */
static bool is_in_several_groups(const struct grouping *grouping,
                                 const struct changed *changed)
{
    const uint32_t *others = grouping->others + changed->from;
    const uint32_t *group_of = grouping->group_of;

    for (size_t i = 0; i < changed->count; i++)
        if (group_of[others[i]] != group_of[changed->first])
            return true;
    return changed->anything;
}

/* Whether the measure comes to something else for one of those rows. */
static bool differs(const struct counting *counting, const struct measure *measure,
                    const unsigned char *truths, const struct changed *changed)
{
    const uint32_t *others = counting->grouping.others + changed->from;
    const uint32_t *group_of = counting->grouping.group_of;

    for (size_t i = 0; i < changed->count; i++)
        if (truths[group_of[others[i]]] != truths[group_of[changed->first]])
            return true;
    return changed->anything && measure->fact->where != NULL;
}

/* Things whose records do not all come to the same: those that their first record
 * counts may not count, and the others may. */
static void add_changed(const struct counting *counting, const struct same_filters *set,
                        const struct changed *changed, struct tally *tallies)
{
    if (!is_in_several_groups(&counting->grouping, changed))
        return;
    for (size_t i = 0; i < set->count; i++) {
        const unsigned char *truths = truths_of(counting, i);
        struct tally *tally = &tallies[set->measures[i]->slot];
        unsigned char truth = truths[counting->grouping.group_of[changed->first]];

        if (!differs(counting, set->measures[i], truths, changed))
            continue;
        if (truth == TRUTH_TRUE)
            tally->doubt += changed->things;
        else if (truth == TRUTH_FALSE)
            tally->maybe += changed->things;
    }
}

/* The first of the rows that count, as many as may be cited. */
static void note_rows(struct counting *counting, const struct same_filters *set,
                      size_t number, struct tally *tally)
{
    const struct grouping *grouping = &counting->grouping;
    const struct measure *measure = set->measures[number];
    const unsigned char *truths = truths_of(counting, number);
    size_t wanted = smaller(counting->placed[number], measure_cited_max(measure));
    struct first_rows *rows = &tally->rows;

    if (wanted == 0 || measure->fact->kind != FACT_COUNT)
        return;
    rows->items = arena_array(counting->arena, wanted, const struct row *);
    rows->capacity = wanted;
    for (size_t i = 0; rows->count < wanted; i++) {
        uint32_t row = grouping->placed[i].number;

        if (truths[grouping->group_of[row]] == TRUTH_TRUE)
            rows->items[rows->count++] = grouping->rows[row];
    }
}

/* Whether each thing of the row says another row, too. */
static bool all_differ(const struct row *row)
{
    uint64_t things = 0;

    for (const struct versions *last = row->versions; last != NULL; last = last->next)
        things += last->things;
    return things > 0 && things >= row->records;
}

/* The least value that a thing of the row may have, by the other rows that it says. */
static double least_said(struct counting *counting, const struct measure *measure,
                         const struct row *row, double value)
{
    const struct measures *measures = counting->gathered->measures;

    for (const struct versions *last = row->versions; last != NULL; last = last->next) {
        const struct versions *said = last->things > 0 ? last : NULL;

        for (; said != NULL; said = said->before) {
            double other = VALUE_NONE;

            if (said->row != NULL) {
                row_look(&counting->view, measures, counting->document, said->row);
                other = evaluated(counting, measure).any;
            }
            value = fmin(value, fmax(other, VALUE_SOME));
        }
    }
    row_look(&counting->view, measures, counting->document, row);
    return value;
}

static void add_best_of_row(struct counting *counting, const struct same_filters *set,
                            const struct row *row, struct tally *tallies)
{
    uint32_t group = counting->grouping.group_of[row->number];

    row_look(&counting->view, counting->gathered->measures, counting->document, row);
    for (size_t i = 0; i < set->count; i++) {
        const struct measure *measure = set->measures[i];
        enum truth truth = (enum truth)truths_of(counting, i)[group];
        struct best best;

        if (measure->fact->kind == FACT_COUNT || truth == TRUTH_FALSE)
            continue;
        best = best_of(counting, measure);
        if (truth != TRUTH_TRUE)
            best.sure = VALUE_NONE;
        else if (measure->extreme == SIZE_MAX && all_differ(row))
            best.sure = least_said(counting, measure, row, best.sure);
        tally_best(&tallies[measure->slot], &best);
    }
}

static void count_set(struct counting *counting, struct same_filters *set,
                      struct tally *tallies)
{
    struct grouping *grouping = &counting->grouping;
    bool any_undecided = false;

    grouping_by(grouping,
                set->measures[0]->fact->fields.whole ? NULL : &set->measures[0]->where);
    counting->truths =
        arena_array(&grouping->arena, grouping->count * set->count, unsigned char);
    counting->placed = arena_array(&grouping->arena, set->count, size_t);
    for (size_t i = 0; i < grouping->count; i++) {
        struct row_group *group = &grouping->groups[i];

        answer_group(counting, set, group);
        for (size_t j = 0; j < set->count; j++) {
            size_t slot = set->measures[j]->slot;

            add_group(counting, set->measures[j], group, &tallies[slot]);
            truths_of(counting, j)[i] = (unsigned char)counting->answers[slot].truth;
            if (counting->answers[slot].truth == TRUTH_TRUE)
                counting->placed[j] += group->placed;
        }
        note_group(counting, set, group);
        any_undecided = any_undecided || group->undecided != NULL;
    }
    for (size_t i = 0; i < set->count; i++)
        note_rows(counting, set, i, &tallies[set->measures[i]->slot]);
    for (size_t i = 0; i < grouping->row_count && any_undecided; i++)
        note_row(counting, i);
    for (size_t i = 0; i < grouping->row_count && set->has_best; i++)
        add_best_of_row(counting, set, grouping->rows[i], tallies);
    for (size_t i = 0; i < grouping->changed_count; i++)
        add_changed(counting, set, &grouping->changed[i], tallies);
}

static void count_portion(struct counting *counting, struct document *document,
                          struct portion *portion)
{
    struct filter_sets *sets = sets_of(counting, document->type);
    struct grouping *grouping = &counting->grouping;
    size_t count = counting->measures->count;

    portion->tallies = arena_array(counting->arena, count, struct tally);
    for (size_t i = 0; i < count; i++) {
        portion->tallies[i] = (struct tally){ .best_sure = VALUE_NONE,
                                              .best_any = VALUE_NONE,
                                              .maybe = portion->unread,
                                              .open = portion->unread > 0 };
    }
    if (portion->rows == NULL)
        return;
    if (sets->limited_of != document->from)
        memset(sets->limited, 0, count * sizeof *sets->limited);
    sets->limited_of = document->from;
    counting->limited = sets->limited;
    counting->undecided = NULL;
    grouping_begin(grouping, counting->gathered->measures, document, portion);
    for (size_t i = 0; i < sets->count; i++)
        count_set(counting, &sets->items[i], portion->tallies);
    for (size_t i = 0; i < grouping->row_count && counting->undecided != NULL; i++)
        note_undecided(document, grouping->rows[i], &counting->undecided[i]);
}

void count_documents(struct gathered *gathered)
{
    const struct measures *measures = gathered->measures;
    struct counting counting = { .gathered = gathered, .arena = gathered->arena };
    size_t most = 0;

    counting.key = (struct buf)BUF_EMPTY(gathered->arena);
    for (size_t i = 0; i < measures->catalog->type_count; i++)
        if (measures->by_type[i].count > most)
            most = measures->by_type[i].count;
    counting.by_type =
        arena_array(gathered->arena, measures->catalog->type_count, struct filter_sets);
    counting.answers = arena_array(gathered->arena, most, struct filtered);
    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            struct document *document = source->documents[j];

            if (document->type == NULL || document->portion_count == 0)
                continue;
            counting.document = document;
            counting.measures = &measures->by_type[document->type->index];
            for (size_t k = 0; k < document->portion_count; k++)
                count_portion(&counting, document, &document->portions[k]);
        }
    }
    row_drop(&counting.view);
    grouping_release(&counting.grouping);
}
