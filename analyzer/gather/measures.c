#include "gather/measures.h"

#include "base/time.h"
#include "gather/exports.h"
#include "gather/inputs.h"
#include "rulebook/derived.h"

#include <assert.h>

/* A pointer or a number as text. */
#define BYTES_OF(object)                                                               \
    (struct str)                                                                       \
    {                                                                                  \
        (const char *)&(object), sizeof(object)                                        \
    }

static void add_text(struct buf *buf, struct str text)
{
    buf_add(buf, BYTES_OF(text.len));
    buf_add(buf, text);
}

/* What two facts have in common that are one measure. */
static struct str in_common(struct buf *buf, const struct fact *fact)
{
    buf_clear(buf);
    buf_add(buf, BYTES_OF(fact->type));
    buf_add(buf, BYTES_OF(fact->bound_to));
    buf_add(buf, BYTES_OF(fact->kind));
    buf_add_byte(buf, (char)fact->accepts_filtered);
    buf_add_byte(buf, (char)fact->across_regions);
    add_text(buf, fact->of_text);
    add_text(buf, fact->join_record_text);
    add_text(buf, fact->join_resource_text);
    add_text(buf, fact->each_text);
    buf_add(buf, fact->where_text);
    return buf_str(buf);
}

bool fact_is_joined(const struct fact *fact)
{
    return fact->join_record != NULL || fact->each != NULL || fact->reads_resource;
}

const struct measure *measures_find(const struct measures *measures,
                                    const struct fact *fact)
{
    return table_find(&measures->of_facts, BYTES_OF(fact));
}

/* The field, where the expression is its name and nothing else. */
static struct str field_of(const struct fact *fact)
{
    const struct jmespath_fields *fields = &fact->of_fields;

    if (fact->of == NULL || fields->whole || fields->count != 1 ||
        !str_equal(fields->names[0], fact->of_text))
        return STR_NONE;
    return fact->of_text;
}

static bool is_equality(const struct jmespath_node *field,
                        const struct jmespath_node *literal,
                        const struct option_word *option)
{
    return field->kind == JMESPATH_FIELD && literal->kind == JMESPATH_LITERAL &&
           json_is_string(literal->literal) && str_equal(field->name, option->field) &&
           str_equal((struct str){ json_string_value(literal->literal),
                                   json_string_length(literal->literal) },
                     option->value);
}

/* Whether the condition holds for no record but those that the option leaves in. */
static bool implies(const struct jmespath_node *node, const struct option_word *option)
{
    if (node->kind == JMESPATH_AND)
        return implies(node->left, option) || implies(node->right, option);
    return node->kind == JMESPATH_COMPARISON && node->comparator == JMESPATH_EQ &&
           (is_equality(node->left, node->right, option) ||
            is_equality(node->right, node->left, option));
}

static void note_implied(struct arena *arena, struct measure *measure)
{
    const struct type *type = measure->fact->type;
    size_t count = 0;

    for (size_t i = 0; i < type->call_count; i++)
        count += type->calls[i]->option_count;
    if (measure->fact->where == NULL || count == 0)
        return;
    measure->implied = arena_array(arena, count, const struct option_word *);
    for (size_t i = 0; i < type->call_count; i++) {
        for (size_t j = 0; j < type->calls[i]->option_count; j++) {
            if (implies(jmespath_root(measure->fact->where),
                        &type->calls[i]->options[j]))
                measure->implied[measure->implied_count++] =
                    &type->calls[i]->options[j];
        }
    }
}

/* What tells of each record what no listing of the type prints. */
static const struct call *detail_of(const struct measure *measure)
{
    const struct type *type = measure->fact->type;
    const struct call *detail = NULL;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];
        bool says_nothing = measure_reads_any(measure, &call->silent);

        if ((call->gives == GIVES_WHOLE || call->gives == GIVES_PART) && !says_nothing)
            return NULL;
        if (detail == NULL && call->option.text != NULL && !says_nothing)
            detail = call;
    }
    return detail;
}

static size_t column_of(const struct measures_of_type *of_type, struct str name)
{
    size_t i = 0;

    while (i < of_type->column_count && !str_equal(of_type->columns[i].name, name))
        i++;
    return i;
}

static size_t add_column(struct arena *arena, struct measures_of_type *of_type,
                         const struct type *type, struct str name)
{
    size_t at = column_of(of_type, name);

    if (at < of_type->column_count)
        return at;
    of_type->columns = arena_grow(arena, of_type->columns, of_type->column_count,
                                  &of_type->column_capacity, sizeof *of_type->columns);
    of_type->columns[of_type->column_count] =
        (struct column){ name, type_always(type, name) };
    return of_type->column_count++;
}

/* Of an expression that reads all of a record: all that the catalog knows of it. */
static void add_whole(struct arena *arena, struct measures_of_type *of_type,
                      const struct type *type)
{
    if (type->id.text != NULL)
        add_column(arena, of_type, type, type->id);
    if (type->arn.text != NULL)
        add_column(arena, of_type, type, type->arn);
    for (size_t i = 0; i < type->always_count; i++)
        add_column(arena, of_type, type, type->always[i].name);
    for (size_t i = 0; i < type->field_count; i++)
        add_column(arena, of_type, type, type->fields[i].name);
    for (size_t i = 0; i < type->time.count; i++)
        add_column(arena, of_type, type, type->time.items[i]);
}

static void add_columns(struct arena *arena, struct measures_of_type *of_type,
                        const struct type *type, const struct jmespath_fields *fields,
                        struct columns *columns)
{
    if (fields->whole)
        add_whole(arena, of_type, type);
    columns->items = arena_array(arena, fields->count, size_t);
    for (size_t i = 0; i < fields->count; i++) {
        size_t column = add_column(arena, of_type, type, fields->names[i]);
        size_t at = columns->count++;

        for (; at > 0 && columns->items[at - 1] > column; at--)
            columns->items[at] = columns->items[at - 1];
        columns->items[at] = column;
    }
}

/* Of a minimum's or maximum's field, which says something else in each record, the
 * least and the largest are kept, not each. */
static size_t add_extreme(struct arena *arena, struct measures_of_type *of_type,
                          struct str name, bool is_time)
{
    for (size_t i = 0; i < of_type->extreme_count; i++)
        if (str_equal(of_type->extremes[i].name, name) &&
            of_type->extremes[i].is_time == is_time)
            return i;
    of_type->extremes =
        arena_grow(arena, of_type->extremes, of_type->extreme_count,
                   &of_type->extreme_capacity, sizeof *of_type->extremes);
    of_type->extremes[of_type->extreme_count] = (struct extreme_field){ name, is_time };
    return of_type->extreme_count++;
}

static struct measure *measure_add(struct arena *arena, struct measures *measures,
                                   const struct fact *fact)
{
    struct measures_of_type *of_type = &measures->by_type[fact->type->index];
    struct measure *measure = arena_new(arena, struct measure);

    *measure = (struct measure){ .fact = fact, .slot = SIZE_MAX, .extreme = SIZE_MAX };
    add_columns(arena, of_type, fact->type, &fact->fields, &measure->where);
    if (fact->each != NULL)
        ;
    else if (fact->of != NULL && field_of(fact).text != NULL)
        measure->extreme = add_extreme(arena, of_type, field_of(fact), fact->is_time);
    else if (fact->of != NULL)
        add_columns(arena, of_type, fact->type, &fact->of_fields, &measure->of);
    note_implied(arena, measure);
    measure->detail = detail_of(measure);
    of_type->has_details = of_type->has_details || measure->detail != NULL;
    if (fact_is_joined(fact)) {
        of_type->others = arena_grow(arena, of_type->others, of_type->other_count,
                                     &of_type->other_capacity, sizeof *of_type->others);
        of_type->others[of_type->other_count++] = measure;
        return measure;
    }
    measure->slot = of_type->count;
    of_type->items = arena_grow(arena, of_type->items, of_type->count,
                                &of_type->capacity, sizeof *of_type->items);
    of_type->items[of_type->count++] = measure;
    return measure;
}

/* What is made of the rules, one after the other. */
struct making {
    struct arena *arena;
    struct measures *measures;
    struct table known; /* measures, by what their facts have in common */
    struct buf buf;
    bool is_aside; /* a commentary is at hand */
};

/* A type whose records rules judge one by one. */
static void add_subject(struct making *making, const struct type *type,
                        const struct jmespath_fields *fields)
{
    struct measures_of_type *of_type = &making->measures->by_type[type->index];
    struct arena *arena = making->arena;
    struct columns read = { 0 };

    if (of_type->all == NULL) {
        struct fact *all = arena_new(arena, struct fact);
        struct measure *measure;

        *all = (struct fact){ .type = type, .name = type->title };
        of_type->all = measure = measure_add(arena, making->measures, all);
        measure->is_aside = making->is_aside;
        of_type->id_column = type->id.text != NULL
                                 ? add_column(arena, of_type, type, type->id)
                                 : SIZE_MAX;
    }
    add_columns(arena, of_type, type, fields, &read);
    for (size_t i = 0; i < type->call_count; i++) {
        if (type->calls[i]->parent_key.text != NULL) /* which part has to have it */
            add_column(arena, of_type, type, type->calls[i]->parent_key);
    }
    if (type_always(type, STR("Engine")) != NULL) /* what a cluster is backed up as */
        add_column(arena, of_type, type, STR("Engine"));
}

/* What derived records are made of. */
static void add_input(struct making *making, const struct input *input)
{
    const struct type *type = catalog_type(making->measures->catalog, input->type);
    struct jmespath_fields fields;

    input_fields(making->arena, input, &fields);
    if (type != NULL)
        add_subject(making, type, &fields);
}

void measures_columns(struct arena *arena, const struct measures_of_type *of_type,
                      const struct jmespath_fields *fields, struct columns *columns)
{
    *columns = (struct columns){ arena_array(arena, fields->count, size_t), 0 };
    for (size_t i = 0; i < fields->count; i++) {
        size_t at = column_of(of_type, fields->names[i]);

        assert(at < of_type->column_count);
        columns->items[columns->count++] = at;
    }
}

bool is_region_list(const struct type *type)
{
    return str_equal(type->name, STR(REGION_TYPE));
}

static void add_parent_keys(struct arena *arena, struct measures_of_type *of_type,
                            const struct type *type)
{
    struct str_list *keys = &of_type->parent_keys;

    keys->items = arena_array(arena, type->call_count, struct str);
    for (size_t i = 0; i < type->call_count; i++) {
        struct str key = type->calls[i]->parent_key;

        if (key.text != NULL && !str_list_has(keys, key))
            keys->items[keys->count++] = key;
    }
}

static bool is_derived(const struct fact *fact)
{
    return fact->type != NULL && fact->type->derive != DERIVE_NONE;
}

static void add_inputs(struct making *making)
{
    for (size_t i = 0; i < assignment_input_count; i++)
        add_input(making, &assignment_inputs[i]);
}

/* Commentaries decide nothing. */
static void note_deciding(const struct making *making, const struct rule *rule,
                          size_t fact, struct measure *measure)
{
    for (size_t i = 0; i < rule->outcome_count && !making->is_aside; i++)
        measure->decides =
            measure->decides || rule_first_fact(making->arena, rule, i) == fact;
    if (measure->decides)
        making->measures->by_type[measure->fact->type->index].decides = true;
}

static void add_protection(struct making *making);

static void add_rule(struct making *making, const struct rule *rule)
{
    struct measures *measures = making->measures;
    bool has_derived = false;

    for (size_t i = 0; i < rule->subject_count; i++)
        add_subject(making, rule->subjects[i], &rule->subject_fields);
    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct fact *fact = &rule->facts[i];
        void **slot;

        has_derived = has_derived || is_derived(fact);
        if (fact->type == NULL || is_derived(fact))
            continue; /* of elements of the subject, or of what is made of it */
        slot = table_slot(&making->known, in_common(&making->buf, fact));
        if (*slot == NULL) {
            struct measure *made = measure_add(making->arena, measures, fact);

            made->is_aside = making->is_aside;
            *slot = made;
        }
        *table_slot(&measures->of_facts, BYTES_OF(fact)) = *slot;
        note_deciding(making, rule, i, *slot);
    }
    if (has_derived)
        add_inputs(making);
    if (rule_reads_derived(rule, DERIVE_DATABASE_PROTECTION))
        add_protection(making);
}

/* What tells whether databases are protected. */
static void add_protection(struct making *making)
{
    struct measures *measures = making->measures;

    if (measures->protection != NULL)
        return;
    measures->protection = protection_rule(making->arena, measures->catalog);
    add_inputs(making);
    add_rule(making, measures->protection);
}

/* Beside what its rule asks: what two commentaries, or rules, ask is one measure, too.
 */
static void add_commentary(struct making *making, const struct commentary *commentary)
{
    const struct rule *rule = commentary->rule;

    for (size_t i = 0; i < commentary->kinds_count; i++)
        add_rule(making, commentary->kinds[i]);
    add_rule(making, rule);
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct fact *quoted = rule->outcomes[i].quoted;

        if (quoted != NULL)
            add_column(making->arena, &making->measures->by_type[quoted->type->index],
                       quoted->type, rule->outcomes[i].quoted_field);
    }
}

struct measures *measures_new(struct arena *arena, const struct rulebook *book)
{
    struct measures *measures = arena_new(arena, struct measures);
    struct making making = { arena, measures, TABLE_EMPTY(arena), BUF_EMPTY(arena),
                             false };

    measures->catalog = book->catalog;
    measures->of_facts = (struct table)TABLE_EMPTY(arena);
    measures->by_type =
        arena_array(arena, book->catalog->type_count, struct measures_of_type);
    for (size_t i = 0; i < book->count; i++)
        add_rule(&making, book->rules[i]);
    if (book->has_matrix)
        add_protection(&making);
    making.is_aside = true;
    for (size_t i = 0; i < book->count; i++)
        if (book->rules[i]->commentary != NULL)
            add_commentary(&making, book->rules[i]->commentary);
    for (size_t i = 0; i < book->catalog->type_count; i++) {
        const struct type *type = book->catalog->types[i];
        struct measures_of_type *of_type = &measures->by_type[i];

        add_parent_keys(arena, of_type, type);
        of_type->needs_ids = of_type->has_details || is_region_list(type) ||
                             catalog_is_parent(book->catalog, type);
    }
    return measures;
}

static void project_list(struct projection *projection, const struct str_list *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        projection_add(projection, fields->items[i]);
}

static void project_field(struct projection *projection, struct str field)
{
    if (field.text != NULL)
        projection_add(projection, field);
}

static void project_measures(struct projection *projection,
                             const struct measures *measures, const struct type *type)
{
    const struct measures_of_type *of_type = &measures->by_type[type->index];

    for (size_t i = 0; i < of_type->column_count; i++)
        projection_add(projection, of_type->columns[i].name);
    for (size_t i = 0; i < of_type->extreme_count; i++)
        projection_add(projection, of_type->extremes[i].name);
}

static void project_type(struct projection *projection, const struct measures *measures,
                         const struct type *type)
{
    project_field(projection, type->id);
    project_field(projection, type->arn);
    project_list(projection, &type->narrowed_by);
    for (size_t i = 0; i < type->always_count; i++)
        projection_add(projection, type->always[i].name);
    for (size_t i = 0; i < type->call_count; i++) {
        project_list(projection, &type->calls[i]->record_has);
        project_list(projection, &type->calls[i]->record_lacks);
        project_field(projection, type->calls[i]->parent_key);
        for (size_t j = 0; j < type->calls[i]->option_count; j++)
            project_field(projection, type->calls[i]->options[j].field);
    }
    project_measures(projection, measures, type);
}

static void project_told(struct projection *projection, const struct type *type)
{
    project_list(projection, &type->told_by);
    project_list(projection, &type->told_with);
    project_list(projection, &type->told_without);
}

/* A key that several services have says something only with a field of the record. */
static void sign_list(struct layout *layout, const struct catalog *catalog,
                      const struct call *call)
{
    const struct call_list *calls = catalog_list(catalog, call->list);
    struct projection *sign = layout_sign(layout, call->list);

    for (size_t i = 0; i < calls->count; i++)
        if (calls->items[i]->record_has.count == 0)
            return;
    project_list(sign, &call->record_has);
}

static void sign_records(struct layout *layout, const struct type *type)
{
    for (size_t i = 0; i < type->told_by.count; i++)
        layout_record_field(layout, type->told_by.items[i]);
}

const char *const token_keys[TOKEN_KEYS] = {
    "NextToken", "Marker", "PaginationToken", "nextToken", "marker", "paginationToken",
};

const struct layout *measures_layout(struct arena *arena,
                                     const struct measures *measures)
{
    struct layout *layout = layout_new(arena);
    struct projection *other = layout_other(layout);
    struct projection *elements = layout_elements(layout);
    const struct catalog *catalog = measures->catalog;

    for (size_t i = 0; i < BESIDE_COUNT; i++)
        projection_add(other, str_from(members_beside[i]));
    for (size_t i = 0; i < TOKEN_KEYS; i++)
        projection_add(other, str_from(token_keys[i]));
    projection_add(other, STR("OptInStatus"));
    exports_mark(layout);
    for (size_t i = 0; i < catalog->type_count; i++) {
        project_type(other, measures, catalog->types[i]);
        project_told(other, catalog->types[i]);
        if (catalog->types[i]->told_by.count == 0)
            continue; /* no element of a bare array is one */
        project_type(elements, measures, catalog->types[i]);
        project_told(elements, catalog->types[i]);
        projection_add(elements, STR("OptInStatus"));
        sign_records(layout, catalog->types[i]);
    }
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        project_list(other, &call->has);
        project_list(other, &call->lacks);
        if (call->answer == ANSWER_MAP)
            projection_add(other, call->list);
        if (call->answer == ANSWER_LIST) {
            struct projection *records = layout_list(layout, call->list);

            sign_list(layout, catalog, call);
            project_type(records, measures, call->type);
            projection_add(records, STR("OptInStatus"));
            project_list(records, &call->type->told_by);
        }
    }
    return layout;
}

bool measure_reads(const struct measure *measure, struct str field)
{
    return jmespath_fields_have(&measure->fact->fields, field) ||
           jmespath_fields_have(&measure->fact->of_fields, field);
}

bool measure_reads_any(const struct measure *measure, const struct str_list *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (measure_reads(measure, fields->items[i]))
            return true;
    return false;
}

bool seconds_of_text(struct str text, double *value)
{
    int64_t instant;

    if (!instant_parse(text, &instant))
        return false;
    *value = (double)instant / INSTANTS_PER_SECOND;
    return true;
}

/* Of a time, its seconds, whatever the number counts. A whole number that no double
 * holds is not to be taken for its neighbour. */
static bool number_of(const json_t *number, bool is_time, double *value)
{
    const double beyond = 9223372036854775808.0; /* 2^63 */
    int64_t instant;

    *value = json_number_value(number);
    if (is_time && instant_from_number(*value, &instant))
        *value = (double)instant / INSTANTS_PER_SECOND;
    return !json_is_integer(number) || is_time ||
           (*value < beyond && (json_int_t)*value == json_integer_value(number));
}

bool value_of_json(const json_t *json, bool is_time, double *value)
{
    if (json_is_number(json))
        return number_of(json, is_time, value);
    return is_time && json_is_string(json) &&
           seconds_of_text(
               (struct str){ json_string_value(json), json_string_length(json) },
               value);
}

bool record_is_trimmed(const struct type *type, const struct record *record,
                       const struct str_list *silent)
{
    for (size_t i = 0; i < type->always_count; i++) {
        const struct type_field *always = &type->always[i];
        const json_t *value =
            json_object_getn(record_value(record), always->name.text, always->name.len);

        if (value == NULL && silent != NULL && str_list_has(silent, always->name))
            continue;
        if (value == NULL || !field_kind_matches(always->kind, value))
            return true;
    }
    return false;
}
