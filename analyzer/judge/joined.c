#include "judge/joined.h"

#include "aws/database.h"
#include "judge/group.h"
#include "judge/joined_rows.h"
#include "judge/subjects.h"

#include <string.h>

struct joined_tally {
    const struct portion *portion;
    const struct tally *tally;
};

enum { TALLIES_FEW = 8 };

/* The first few are searched, the others looked up. */
struct joined_tallies {
    struct joined_tally few[TALLIES_FEW];
    size_t count;
    struct table others;
};

/* ---- what an expression says of a row ----------------------------------------------
 */

/* Counting one measure in one portion. */
struct tallying {
    const struct joined *joined;
    const struct measure *measure;
    const struct document *page;
    struct tally *tally;
    struct arena *arena;              /* of the tally */
    struct best best;                 /* of the row's elements */
    bool is_sure;                     /* its rows have the key */
    bool trimmed;                     /* the record of the elements was cut */
    const struct keyed_rows *unkeyed; /* of any key; or NULL */
    const struct made *made;          /* the record, if it was made; else NULL */
};

static void open_subject(const struct joined *joined)
{
    for (size_t i = 0; i < joined->open_count; i++)
        jmespath_context_open_in(joined->context, joined->resource, joined->open[i]);
    for (size_t i = 0; i < joined->nested.count; i++)
        jmespath_context_open_in(joined->context, joined->nested.items[i].object,
                                 joined->nested.items[i].name);
}

static void bind_subject(const struct joined *joined, const struct fact *fact)
{
    if (fact->reads_resource)
        jmespath_context_bind(joined->context, STR("resource"), joined->resource);
}

/* Whether expressions of the fact came to a limit for so many rows that no other is
 * tried. */
static bool is_given_up(struct joins *joins, const struct fact *fact)
{
    struct str key = { (const char *)&fact, sizeof fact };
    const size_t *count = table_find(&joins->limited, key);

    return count != NULL && *count >= LIMITED_ROWS_MAX;
}

/* A field that an element of a record lacks may have been dropped, where the record was
 * cut. */
static void open_element(const struct tallying *tallying, const json_t *element)
{
    const struct jmespath_fields *fields = &tallying->measure->fact->where_fields;

    if (!tallying->trimmed || !json_is_object(element))
        return;
    for (size_t i = 0; i < fields->count; i++) {
        struct str name = fields->names[i];

        if (json_object_getn(element, name.text, name.len) == NULL)
            jmespath_context_open(tallying->joined->context, name);
    }
}

static void open_record(const struct joined *joined, const struct measure *measure)
{
    const struct row_view *view = &joined->joins->view;

    for (size_t i = 0; i < measure->where.count; i++) {
        size_t column = measure->where.items[i];

        if (!row_is_usable(view, column))
            jmespath_context_open_in(joined->context, view->made,
                                     view->measures->columns[column].name);
    }
}

/* An element counts as a record does. */
static void open_made(const struct tallying *tallying)
{
    const struct made *made = tallying->made;

    for (size_t i = 0; made != NULL && i < made->open_count; i++)
        jmespath_context_open_in(tallying->joined->context, made->open[i].object,
                                 made->open[i].name);
}

static enum truth ask_element(const struct tallying *tallying, json_t *element)
{
    const struct joined *joined = tallying->joined;
    const struct fact *fact = tallying->measure->fact;
    enum truth truth;

    if (fact->where == NULL)
        return TRUTH_TRUE;
    open_element(tallying, element);
    open_subject(joined);
    open_made(tallying);
    if (fact->reads_record && tallying->made == NULL)
        open_record(joined, tallying->measure);
    truth = row_ask(fact->where, element, joined->context, &joined->joins->err);
    joins_note_error(joined->joins, fact);
    return truth;
}

static void add_value(struct best *best, const struct fact *fact, json_t *value,
                      bool is_sure)
{
    double number;

    if (value == NULL || !value_of_json(value, fact->is_time, &number)) {
        best->open = true;
        if (is_sure && best->sure == VALUE_NONE)
            best->sure = VALUE_SOME;
        return;
    }
    number = fact->kind == FACT_MIN ? -number : number;
    best->any = fmax(best->any, number);
    if (is_sure)
        best->sure = fmax(best->sure, number);
}

/* The value of a minimum or maximum. */
static void take_value(const struct tallying *tallying, struct best *best,
                       json_t *value, bool is_sure)
{
    const struct joined *joined = tallying->joined;
    const struct fact *fact = tallying->measure->fact;

    add_value(best, fact,
              jmespath_run(fact->of, value, joined->context, &joined->joins->err),
              is_sure);
    joins_note_error(joined->joins, fact);
    jmespath_context_reset(joined->context);
}

/* How many elements of a record count, and may. */
struct elements {
    uint64_t sure, maybe;
    bool unbounded;
};

static void count_elements(struct tallying *tallying, json_t *list,
                           struct elements *elements)
{
    const struct fact *fact = tallying->measure->fact;
    size_t count = json_array_size(list);

    if (count > ELEMENTS_MAX) {
        elements->unbounded = true;
        count = ELEMENTS_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *element = json_array_get(list, i);
        enum truth truth = ask_element(tallying, element);

        elements->sure += truth == TRUTH_TRUE;
        elements->maybe += truth == TRUTH_UNKNOWN;
        if (truth != TRUTH_FALSE && fact->kind != FACT_COUNT)
            take_value(tallying, &tallying->best, element, truth == TRUTH_TRUE);
    }
}

/* The list that `each` names in the value; NULL: it is not known. What is no list has
 * no elements. The caller's reference. */
static json_t *list_of(const struct joined *joined, const struct fact *fact,
                       json_t *value)
{
    json_t *list =
        jmespath_run(fact->each, value, joined->context, &joined->joins->err);

    json_incref(list);
    joins_note_error(joined->joins, fact);
    jmespath_context_reset(joined->context);
    return list;
}

static struct elements elements_of(struct tallying *tallying, json_t *record)
{
    const struct joined *joined = tallying->joined;
    const struct measure *measure = tallying->measure;
    const struct fact *fact = measure->fact;
    struct elements elements = { 0 };
    json_t *list = NULL;

    if (row_open(&joined->joins->view, &measure->where, fact->fields.whole,
                 joined->context))
        list = list_of(joined, fact, record);
    else
        jmespath_context_reset(joined->context);
    if (list == NULL)
        elements.unbounded = true;
    else
        count_elements(tallying, list, &elements);
    json_decref(list);
    return elements;
}

/* Whether what is known of the row rests on a field that it lacks (count.c). */
static bool rests_on_absence(const struct tallying *tallying, json_t *record)
{
    const struct joined *joined = tallying->joined;
    const struct measure *measure = tallying->measure;
    const struct row_view *view = &joined->joins->view;
    bool any = false;
    enum truth truth;

    if (measure->fact->fields.whole)
        return true;
    for (size_t i = 0; i < measure->where.count; i++) {
        size_t column = measure->where.items[i];

        if (row_has(view, column))
            continue;
        jmespath_context_open(joined->context, view->measures->columns[column].name);
        any = true;
    }
    if (!any)
        return false;
    open_subject(joined);
    truth = row_ask(measure->fact->where, record, joined->context, &joined->joins->err);
    joins_note_error(joined->joins, measure->fact);
    return truth == TRUTH_UNKNOWN;
}

static struct elements record_of(struct tallying *tallying, json_t *record)
{
    const struct joined *joined = tallying->joined;
    const struct measure *measure = tallying->measure;
    const struct fact *fact = measure->fact;
    struct joins *joins = joined->joins;
    enum truth truth = TRUTH_UNKNOWN;

    if (fact->where == NULL)
        return (struct elements){ .sure = 1 };
    open_subject(joined);
    if (row_open(&joins->view, &measure->where, fact->fields.whole, joined->context))
        truth = row_ask(fact->where, record, joined->context, &joins->err);
    else
        jmespath_context_reset(joined->context);
    joins_note_error(joins, fact);
    if (truth != TRUTH_UNKNOWN && !tallying->tally->rests_on_absence)
        tallying->tally->rests_on_absence = rests_on_absence(tallying, record);
    return (struct elements){ .sure = truth == TRUTH_TRUE,
                              .maybe = truth == TRUTH_UNKNOWN };
}

/* The best value of a row that counts, or may. */
static void take_best(struct tallying *tallying, bool is_sure)
{
    const struct measure *measure = tallying->measure;
    const struct fact *fact = measure->fact;
    struct row_view *view = &tallying->joined->joins->view;
    struct best *best = &tallying->best;

    if (measure->extreme != SIZE_MAX) {
        *best = best_of_extreme(view->row, measure);
    } else if (fact->each == NULL) {
        json_t *record;

        row_drop(view);
        record = row_value(view, &measure->of, fact->of_fields.whole);
        if (row_open(view, &measure->of, fact->of_fields.whole,
                     tallying->joined->context)) {
            take_value(tallying, best, record, is_sure);
        } else {
            best->open = true;
            best->sure = is_sure ? VALUE_SOME : VALUE_NONE;
        }
        best->hit = view->row->place_count > 0
                        ? hits_first(view->row->places, view->row->place_count)
                        : NULL;
    }
    if (!is_sure)
        best->sure = VALUE_NONE;
}

static void add_row(struct tallying *tallying, const struct keyed_row *keyed)
{
    const struct joined *joined = tallying->joined;
    const struct fact *fact = tallying->measure->fact;
    struct tally *tally = tallying->tally;
    const struct row *row = keyed->row;
    struct elements elements = { .maybe = 1, .unbounded = fact->each != NULL };
    json_t *record;
    bool is_sure;

    tallying->best = (struct best){ VALUE_NONE, VALUE_NONE, false, NULL };
    /* also of a row whose filter is not asked: its value is looked up in the view */
    row_look(&joined->joins->view, joined->joins->gathered->measures, tallying->page,
             row);
    tallying->trimmed = joined->joins->view.gaps.trimmed;
    bind_subject(joined, fact);
    record =
        row_value(&joined->joins->view, &tallying->measure->where, fact->fields.whole);
    if (fact->reads_record)
        jmespath_context_bind(joined->context, STR("record"), record);
    if (!row->astray && !is_given_up(joined->joins, fact))
        elements = fact->each != NULL ? elements_of(tallying, record)
                                      : record_of(tallying, record);
    is_sure = tallying->is_sure && elements.sure > 0;
    if (tallying->is_sure) {
        tally->sure += elements.sure * row->records;
        tally->untold += elements.sure > 0 ? row->untold : 0;
        tally->doubt += elements.sure * keyed->doubt;
    } else {
        tally->maybe += elements.sure * row->records;
    }
    tally->maybe +=
        elements.maybe * row->records + (elements.sure + elements.maybe) * keyed->again;
    tally->unbounded = tally->unbounded || elements.unbounded;
    if (fact->kind != FACT_COUNT && (elements.sure > 0 || elements.maybe > 0)) {
        take_best(tallying, is_sure);
        tally_best(tally, &tallying->best);
    } else if (fact->kind != FACT_COUNT && elements.unbounded) {
        tally->open = true;
    } else if (is_sure) {
        tally->cited += row->records;
        first_rows_add(tallying->arena, &tally->rows,
                       measure_cited_max(tallying->measure), row);
    }
    row_drop(&joined->joins->view);
}

/* ---- tallies -----------------------------------------------------------------------
 */

/* How many of the rows are looked at for each subject anew. Whose the others are is not
 * known, each subject would look at all of them. */
static size_t most_rows(const struct tallying *tallying, const struct keyed_rows *rows)
{
    bool is_unkeyed =
        tallying->measure->fact->join_record != NULL &&
        (rows == tallying->unkeyed || tallying->joined->kind == KEY_UNKNOWN);

    return is_unkeyed ? UNKEYED_ROWS_MAX : JOINED_ROWS_MAX;
}

static void add_rows(struct tallying *tallying, const struct keyed_rows *rows)
{
    const struct fact *fact = tallying->measure->fact;
    size_t count = rows->count;

    if (fact->reads_resource && count > most_rows(tallying, rows))
        count = most_rows(tallying, rows);
    for (size_t i = 0; i < count; i++)
        add_row(tallying, &rows->items[i]);
    for (size_t i = count; i < rows->count; i++) {
        tallying->tally->maybe += rows->items[i].row->records + rows->items[i].again;
        tallying->tally->open = true;
        tallying->tally->unbounded = tallying->tally->unbounded || fact->each != NULL;
    }
}

static void add_tally(const struct tallying *tallying, const struct tally *other)
{
    struct tally *tally = tallying->tally;

    tally->sure += other->sure;
    tally->maybe += other->maybe;
    tally->doubt += other->doubt;
    tally->untold += other->untold;
    tally->unbounded = tally->unbounded || other->unbounded;
    tally->rests_on_absence = tally->rests_on_absence || other->rests_on_absence;
    if (tallying->measure->fact->kind == FACT_COUNT) {
        tally->cited += other->cited;
        for (size_t i = 0; i < other->rows.count; i++)
            first_rows_add(tallying->arena, &tally->rows,
                           measure_cited_max(tallying->measure), other->rows.items[i]);
        return;
    }
    tally_best(tally, &(struct best){ other->best_sure, other->best_any, other->open,
                                      other->best });
}

/* The same for every subject that asks, so it is kept when a second one does. */
static void add_kept(struct tallying *tallying, struct keyed_rows *rows)
{
    const struct fact *fact = tallying->measure->fact;
    struct arena *arena = tallying->joined->joins->arena;
    struct kept_tally *kept = rows->tallies;

    while (kept != NULL && kept->fact != fact)
        kept = kept->next;
    if (kept == NULL || fact->reads_resource) {
        add_rows(tallying, rows);
        if (kept != NULL)
            return;
        kept = arena_new(arena, struct kept_tally);
        *kept = (struct kept_tally){ fact, rows->tallies, NULL };
        rows->tallies = kept;
        return;
    }
    if (kept->tally == NULL) {
        struct tallying own = *tallying;

        own.arena = arena;
        own.tally = kept->tally = arena_new(arena, struct tally);
        *own.tally = TALLY_NONE;
        add_rows(&own, rows);
    }
    add_tally(tallying, kept->tally);
}

/* By AWS Backup's name for it; absent: not known. */
static struct str backup_type(const struct joined *joined)
{
    struct database database = { .kind = DATABASE_CLUSTER, .arn = joined->key };
    struct arn arn;

    if (!arn_parse(joined->key, &arn) || !str_equal(arn.service, STR("rds")))
        return STR_NONE;
    if (str_starts_with(arn.resource, STR("db:")))
        return STR("RDS"); /* no backup is made of what is a member of a cluster */
    if (!str_starts_with(arn.resource, STR("cluster:")) || joined->subject == NULL)
        return STR_NONE;
    database.engine = subject_text(joined->subject, joined->joins->gathered->measures,
                                   STR("Engine"), joined->scratch);
    database_prepare(&database);
    return database.traits.has_type ? str_from(opt_in_type_name(database.traits.type))
                                    : STR_NONE;
}

bool joined_implies(const struct measure *measure, const struct option_word *option)
{
    const struct joined *joined = measure->joined;

    return joined != NULL && joined->kind == KEY_TEXT &&
           str_equal(measure->fact->join_record_text, STR("ResourceArn")) &&
           str_equal(option->field, STR("ResourceType")) &&
           str_same(backup_type(joined), option->value);
}

bool joined_by_key(const struct measure *measure, const struct call *call)
{
    const struct joined *joined = measure->joined;

    return joined != NULL && joined->kind == KEY_TEXT && call != NULL &&
           call->gives == GIVES_PART && call->parent_type != NULL &&
           str_same(call->parent_type->id, measure->fact->join_record_text);
}

enum key_part joined_part(const struct measure *measure,
                          const struct document *document)
{
    struct arena *scratch;

    if (!joined_by_key(measure, document->call) || document->parent.text == NULL)
        return KEY_PART_NONE;
    scratch = measure->joined->scratch;
    return str_equal(name_word(scratch, document->parent), measure->joined->key_word)
               ? KEY_PART_OWN
               : KEY_PART_OTHER;
}

static const struct tally *tally_of(const struct measure *measure,
                                    const struct document *document,
                                    const struct portion *portion)
{
    static const struct tally nothing = { .best_sure = VALUE_NONE,
                                          .best_any = VALUE_NONE };
    const struct joined *joined = measure->joined;
    struct joined_rows *rows = joined_rows_of(joined, measure, document, portion);
    struct tallying tallying = { .joined = joined,
                                 .measure = measure,
                                 .page = portion_page(document, portion),
                                 .arena = joined->scratch,
                                 .is_sure = joined->kind != KEY_UNKNOWN };
    enum key_part part = joined_part(measure, document);
    uint64_t more = portion->unread + rows->anything;
    struct keyed_rows *own = &rows->all, *unknown = NULL;

    if (joined->kind == KEY_NONE)
        return &nothing;
    if (joined->kind == KEY_TEXT) {
        own = table_find(&rows->by_key, joined->key);
        unknown =
            rows->unknown.count > 0 && part != KEY_PART_OTHER ? &rows->unknown : NULL;
        more = part == KEY_PART_OTHER ? 0 : more;
    }
    if (own == NULL && unknown == NULL && more == 0)
        return &nothing;
    tallying.tally = arena_new(joined->scratch, struct tally);
    *tallying.tally = TALLY_NONE;
    tallying.tally->maybe = more;
    tallying.tally->open = more > 0;
    tallying.tally->unbounded = more > 0 && measure->fact->each != NULL;
    if (own != NULL)
        add_kept(&tallying, own);
    tallying.is_sure = part == KEY_PART_OWN;
    tallying.unkeyed = unknown;
    if (unknown != NULL)
        add_kept(&tallying, unknown);
    return tallying.tally;
}

struct joined_tallies *joined_tallies_new(struct arena *scratch)
{
    struct joined_tallies *tallies = arena_new(scratch, struct joined_tallies);

    tallies->others.arena = scratch;
    return tallies;
}

const struct tally *joined_tally(const struct measure *measure,
                                 const struct document *document,
                                 const struct portion *portion)
{
    struct joined_tallies *tallies = measure->joined->tallies;
    struct joined_tally *made = NULL;
    void **slot;

    for (size_t i = 0; i < tallies->count; i++)
        if (tallies->few[i].portion == portion)
            return tallies->few[i].tally;
    if (tallies->count < TALLIES_FEW) {
        made = &tallies->few[tallies->count];
        *made = (struct joined_tally){ portion, tally_of(measure, document, portion) };
        tallies->count++;
        return made->tally;
    }
    slot = table_slot(&tallies->others,
                      (struct str){ (const char *)&portion, sizeof portion });
    if (*slot == NULL) {
        made = arena_new(measure->joined->scratch, struct joined_tally);
        made->tally = tally_of(measure, document, portion);
        *slot = made;
    }
    return ((struct joined_tally *)*slot)->tally;
}

void joined_elements(const struct joined *joined, const struct fact *fact,
                     json_t *values, bool trimmed, struct tally *tally)
{
    const struct measure measure = { .fact = fact };
    struct tallying tallying = { .joined = joined,
                                 .measure = &measure,
                                 .best = { VALUE_NONE, VALUE_NONE, false, NULL },
                                 .trimmed = trimmed };
    struct elements elements = { .unbounded = true };
    json_t *list;

    *tally = TALLY_NONE;
    open_subject(joined);
    bind_subject(joined, fact);
    list = list_of(joined, fact, values);
    if (list != NULL) {
        elements.unbounded = false;
        count_elements(&tallying, list, &elements);
        json_decref(list);
    }
    tally->sure = elements.sure;
    tally->maybe = elements.maybe;
    tally->unbounded = elements.unbounded;
    tally->open = elements.unbounded;
    if (fact->kind != FACT_COUNT)
        tally_best(tally, &tallying.best);
}

static void add_made(struct tallying *tallying)
{
    const struct joined *joined = tallying->joined;
    const struct fact *fact = tallying->measure->fact;
    const struct made *made = tallying->made;
    struct elements elements = { 0 };

    bind_subject(joined, fact);
    if (fact->reads_record)
        jmespath_context_bind(joined->context, STR("record"), made->value);
    if (fact->each == NULL) {
        enum truth truth = ask_element(tallying, made->value);

        elements.sure = truth == TRUTH_TRUE;
        elements.maybe = truth == TRUTH_UNKNOWN;
        if (truth != TRUTH_FALSE && fact->kind != FACT_COUNT)
            take_value(tallying, &tallying->best, made->value, truth == TRUTH_TRUE);
    } else {
        json_t *list;

        open_made(tallying);
        list = list_of(joined, fact, made->value);
        elements.unbounded = list == NULL;
        if (list != NULL)
            count_elements(tallying, list, &elements);
        json_decref(list);
    }
    if (made->is_sure)
        tallying->tally->sure += elements.sure;
    else
        tallying->tally->maybe += elements.sure;
    tallying->tally->maybe += elements.maybe;
    tallying->tally->unbounded = tallying->tally->unbounded || elements.unbounded;
    if (!made->is_sure)
        tallying->best.sure = VALUE_NONE;
    if (fact->kind != FACT_COUNT)
        tally_best(tallying->tally, &tallying->best);
}

void joined_made(const struct joined *joined, const struct fact *fact,
                 const struct made *made, size_t count, bool is_closed,
                 struct tally *tally)
{
    const struct measure measure = { .fact = fact };

    *tally = TALLY_NONE;
    for (size_t i = 0; i < count; i++) {
        struct tallying tallying = { .joined = joined,
                                     .measure = &measure,
                                     .tally = tally,
                                     .best = { VALUE_NONE, VALUE_NONE, false, NULL },
                                     .made = &made[i] };

        add_made(&tallying);
    }
    if (!is_closed)
        tally->unbounded = tally->open = true;
}
