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
    struct memo **memos; /* MEMOS_MAX, by the hash of their keys */
};

struct groups {
    struct same_filters *items; /* of one type */
    size_t count, capacity;
    size_t
        *limited; /* by slot: rows of a source that came to a limit; NULL: not made */
    const struct document_source *limited_of;
};

struct counting {
    struct gathered *gathered;
    struct arena *arena;
    struct groups *by_type;
    struct buf key;
    struct jmespath_context *plain;
    struct error err; /* empty between two evaluations: it is large */

    /* of the row at hand */
    const struct document *document;
    const struct measures_of_type *measures;
    size_t *limited;          /* of its groups */
    struct row_view view;     /* the row */
    struct filtered *answers; /* by slot */
    const struct row *before; /* that the answers are of, until they are of `row`; NULL:
                                 of none */
    struct unseen gaps_before;
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
    answer->by_silence = meets_silence(counting, measure);
    if (!row_open(&counting->view, &measure->where, measure->fact->fields.whole,
                  context))
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
    if (answer->truth != TRUTH_UNKNOWN)
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

static struct groups *groups_of(struct counting *counting, const struct type *type)
{
    struct groups *groups = &counting->by_type[type->index];
    struct arena *arena = counting->arena;

    if (groups->limited != NULL)
        return groups;
    groups->limited = arena_array(arena, counting->measures->count, size_t);
    for (size_t i = 0; i < counting->measures->count; i++) {
        const struct measure *measure = counting->measures->items[i];
        struct same_filters *group = NULL;

        for (size_t j = 0; j < groups->count && group == NULL; j++)
            if (reads_same(groups->items[j].measures[0], measure))
                group = &groups->items[j];
        if (group == NULL) {
            groups->items = arena_grow(arena, groups->items, groups->count,
                                       &groups->capacity, sizeof *groups->items);
            group = &groups->items[groups->count++];
            *group = (struct same_filters){ 0 };
        }
        group->measures = arena_grow(arena, group->measures, group->count,
                                     &group->capacity, sizeof *group->measures);
        group->measures[group->count++] = measure;
    }
    return groups;
}

/* Empty: what the filters read is longer than a key. */
static struct str key_of(struct counting *counting, const struct same_filters *group)
{
    const struct columns *columns = &group->measures[0]->where;
    const struct unseen *gaps = &counting->view.gaps;
    struct buf *key = &counting->key;

    buf_clear(key);
    if (group->measures[0]->fact->fields.whole)
        return buf_str(key);
    buf_add(key, (struct str){ (const char *)&gaps->silent, sizeof gaps->silent });
    buf_add_byte(key, (char)gaps->trimmed);
    for (size_t i = 0; i < columns->count; i++) {
        struct str value = counting->view.row->values[columns->items[i]];

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

static void take(struct counting *counting, const struct same_filters *group,
                 const struct memo *memo)
{
    for (size_t i = 0; i < group->count; i++)
        counting->answers[group->measures[i]->slot] = memo->answers[i];
}

/* Whether the row before says the same in the fields that the group reads: then its
 * answers are still there. */
static bool is_as_before(const struct counting *counting,
                         const struct same_filters *group)
{
    const struct columns *columns = &group->measures[0]->where;
    const struct row *before = counting->before;

    if (before == NULL || group->measures[0]->fact->fields.whole ||
        counting->gaps_before.silent != counting->view.gaps.silent ||
        counting->gaps_before.trimmed != counting->view.gaps.trimmed)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!str_same(before->values[columns->items[i]],
                      counting->view.row->values[columns->items[i]]))
            return false;
    return true;
}

/* True: the answers are not to be taken for other rows. */
static bool answer_group(struct counting *counting, struct same_filters *group)
{
    struct memo **memo = NULL;
    bool of_source = false;
    struct str key;

    if (is_as_before(counting, group))
        return false;
    key = key_of(counting, group);
    if (key.len > 0) {
        if (group->memos == NULL)
            group->memos = arena_array(counting->arena, MEMOS_MAX, struct memo *);
        memo = &group->memos[hash_keyed(key) % MEMOS_MAX];
        if (*memo != NULL && (*memo)->key_len == key.len &&
            memcmp((*memo)->key, key.text, key.len) == 0) {
            take(counting, group, *memo);
            return false;
        }
    }
    for (size_t i = 0; i < group->count; i++)
        of_source = answer_of(counting, group->measures[i],
                              &counting->answers[group->measures[i]->slot]) ||
                    of_source;
    row_drop(&counting->view);
    if (memo == NULL || of_source)
        return of_source;
    if (*memo == NULL)
        *memo = arena_alloc(counting->arena,
                            sizeof **memo + group->count * sizeof *(*memo)->answers);
    (*memo)->key_len = key.len;
    memcpy((*memo)->key, key.text, key.len);
    for (size_t i = 0; i < group->count; i++)
        (*memo)->answers[i] = counting->answers[group->measures[i]->slot];
    return false;
}

static void answer_row(struct counting *counting, const struct row *row)
{
    const struct document *document = counting->document;
    struct groups *groups = groups_of(counting, document->type);
    bool of_source = false;

    if (groups->limited_of != document->from) {
        memset(groups->limited, 0, counting->measures->count * sizeof *groups->limited);
        groups->limited_of = document->from;
    }
    counting->limited = groups->limited;
    row_look(&counting->view, counting->gathered->measures, document, row);
    for (size_t i = 0; i < counting->measures->count && row->astray; i++)
        counting->answers[i] = (struct filtered){ .truth = TRUTH_UNKNOWN };
    if (row->astray) {
        counting->before = NULL;
        return;
    }
    for (size_t i = 0; i < groups->count; i++)
        of_source = answer_group(counting, &groups->items[i]) || of_source;
    counting->before = of_source ? NULL : row;
    counting->gaps_before = counting->view.gaps;
}

/* ---- what they come to -------------------------------------------------------------
 */

uint64_t tally_sure(const struct tally *tally)
{
    uint64_t sure = tally->sure > tally->doubt ? tally->sure - tally->doubt : 0;

    if (sure == 0 || tally->untold == 0)
        return sure;
    return sure > tally->untold ? sure - tally->untold : 1;
}

/* In the order of the records. */
static void cite(struct tally *tally, const struct hit *hit)
{
    size_t at = tally->hit_count;

    if (at == CITATIONS_MAX && tally->hits[at - 1]->index < hit->index)
        return;
    if (at < CITATIONS_MAX)
        tally->hit_count++;
    else
        at--;
    for (; at > 0 && tally->hits[at - 1]->index > hit->index; at--)
        tally->hits[at] = tally->hits[at - 1];
    tally->hits[at] = hit;
}

/* Of some records: the largest value, of those that count for sure and of all; whether
 * one has none that can be used; and which record has the former. */
struct best {
    double sure, any;
    bool open;
    const struct hit *hit;
};

static void add_best(struct tally *tally, const struct best *best)
{
    tally->open = tally->open || best->open;
    tally->best_any = fmax(tally->best_any, best->any);
    if (best->sure == VALUE_NONE || best->sure < tally->best_sure)
        return;
    if (best->sure > VALUE_SOME && best->hit != NULL &&
        (best->sure > tally->best_sure || best->hit->index < tally->hits[0]->index)) {
        tally->hits[0] = best->hit;
        tally->hit_count = 1;
    }
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
        best.hit = &row->places[0];
    return best;
}

static struct best best_of(struct counting *counting, const struct measure *measure)
{
    const struct extreme *extreme;
    size_t side = measure->fact->kind == FACT_MIN;

    if (measure->extreme == SIZE_MAX)
        return evaluated(counting, measure);
    extreme = &counting->view.row->extremes[measure->extreme];
    return (struct best){ extreme->sure[side], extreme->any[side], extreme->open,
                          &extreme->hits[side] };
}

static void add_row(struct counting *counting, const struct measure *measure,
                    struct tally *tally)
{
    const struct filtered *answer = &counting->answers[measure->slot];
    const struct row *row = counting->view.row;
    bool is_sure = answer->truth == TRUTH_TRUE;

    if (row->records > 0)
        tally->rests_on_absence = tally->rests_on_absence || answer->rests;
    if (answer->truth == TRUTH_FALSE)
        return;
    if (is_sure) {
        tally->sure += row->records;
        tally->untold += row->untold;
    } else {
        tally->maybe += row->records;
    }
    if (measure->fact->kind != FACT_COUNT) {
        struct best best = best_of(counting, measure);

        if (!is_sure)
            best.sure = VALUE_NONE;
        add_best(tally, &best);
        return;
    }
    for (size_t i = 0; is_sure && i < row->place_count; i++)
        cite(tally, &row->places[i]);
}

/* What its records are undecided about. The first of them, in the order of the
 * document, says why. */
static void note_undecided(struct counting *counting, struct document *document)
{
    const struct row *row = counting->view.row;
    const char *why = NULL;
    bool undecided = false, otherwise = false, without_time = false;

    for (size_t i = 0; i < counting->measures->count; i++) {
        const struct filtered *answer = &counting->answers[i];

        if (why == NULL)
            why = answer->why;
        without_time = without_time || answer->without_time;
        undecided = undecided || answer->truth == TRUTH_UNKNOWN;
        otherwise =
            otherwise || (answer->truth == TRUTH_UNKNOWN && !answer->by_silence);
    }
    if (row->records == 0)
        return;
    document->undecided += undecided ? row->records : 0;
    if (why != NULL) {
        uint64_t line = row->places[0].line;

        if (document->without_answer == 0 || line < document->first_line) {
            document->first_line = line;
            document->first_why = why;
        }
        document->without_answer += row->records;
    } else if (without_time) {
        document->without_time += row->records;
    } else if (undecided && !otherwise) {
        document->without_field += row->records;
    }
}

/* Things whose records do not all come to the same: those that their first record
 * counts may not count, and the others may. */
static void add_versions(struct counting *counting, const struct versions *versions,
                         struct tally *tallies)
{
    size_t count = counting->measures->count;
    enum truth *first = arena_array(counting->arena, count, enum truth);
    bool *differs = arena_array(counting->arena, count, bool);
    const struct versions *version = versions;

    answer_row(counting, versions->first);
    for (size_t i = 0; i < count; i++)
        first[i] = counting->answers[i].truth;
    for (; version != NULL; version = version->before) {
        if (version->row != NULL)
            answer_row(counting, version->row);
        for (size_t i = 0; i < count; i++) {
            differs[i] =
                differs[i] || (version->row == NULL
                                   ? counting->measures->items[i]->fact->where != NULL
                                   : counting->answers[i].truth != first[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (differs[i] && first[i] == TRUTH_TRUE)
            tallies[i].doubt += versions->things;
        else if (differs[i] && first[i] == TRUTH_FALSE)
            tallies[i].maybe += versions->things;
    }
}

static void count_portion(struct counting *counting, struct document *document,
                          struct portion *portion)
{
    size_t count = counting->measures->count;

    portion->tallies = arena_array(counting->arena, count, struct tally);
    for (size_t i = 0; i < count; i++) {
        portion->tallies[i] = (struct tally){ .best_sure = VALUE_NONE,
                                              .best_any = VALUE_NONE,
                                              .maybe = portion->unread,
                                              .open = portion->unread > 0 };
    }
    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        answer_row(counting, row);
        for (size_t i = 0; i < count; i++)
            add_row(counting, counting->measures->items[i], &portion->tallies[i]);
        note_undecided(counting, document);
    }
    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        for (const struct versions *versions = row->versions; versions != NULL;
             versions = versions->next)
            if (versions->things > 0)
                add_versions(counting, versions, portion->tallies);
    }
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
        arena_array(gathered->arena, measures->catalog->type_count, struct groups);
    counting.answers = arena_array(gathered->arena, most, struct filtered);
    for (size_t i = 0; i < gathered->source_count; i++) {
        const struct document_source *source = gathered->sources[i];

        for (size_t j = 0; j < source->document_count; j++) {
            struct document *document = source->documents[j];

            if (document->type == NULL || document->portion_count == 0)
                continue;
            counting.document = document;
            counting.before = NULL;
            counting.measures = &measures->by_type[document->type->index];
            for (size_t k = 0; k < document->portion_count; k++)
                count_portion(&counting, document, &document->portions[k]);
        }
    }
}
