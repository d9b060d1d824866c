#include "gather/measures.h"

#include "base/time.h"
#include "gather/exports.h"

/* A pointer or a number as text. */
#define BYTES_OF(object)                                                               \
    (struct str)                                                                       \
    {                                                                                  \
        (const char *)&(object), sizeof(object)                                        \
    }

/* What two facts have in common that are one measure. */
static struct str in_common(struct buf *buf, const struct fact *fact)
{
    buf_clear(buf);
    buf_add(buf, BYTES_OF(fact->type));
    buf_add(buf, BYTES_OF(fact->bound_to));
    buf_add(buf, BYTES_OF(fact->kind));
    buf_add_byte(buf, (char)fact->accepts_filtered);
    buf_add(buf, BYTES_OF(fact->of_text.len));
    buf_add(buf, fact->of_text);
    buf_add(buf, fact->where_text);
    return buf_str(buf);
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
    if (measure->where == NULL || count == 0)
        return;
    measure->implied = arena_array(arena, count, const struct option_word *);
    for (size_t i = 0; i < type->call_count; i++) {
        for (size_t j = 0; j < type->calls[i]->option_count; j++)
            if (implies(jmespath_root(measure->where), &type->calls[i]->options[j]))
                measure->implied[measure->implied_count++] =
                    &type->calls[i]->options[j];
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

static struct measure *measure_add(struct arena *arena, struct measures *measures,
                                   const struct fact *fact)
{
    struct measures_of_type *of_type = &measures->by_type[fact->type->index];
    struct measure *measure = arena_new(arena, struct measure);
    struct measure_field *fields =
        arena_array(arena, fact->fields.count, struct measure_field);

    for (size_t i = 0; i < fact->fields.count; i++)
        fields[i] =
            (struct measure_field){ fact->fields.names[i],
                                    type_always(fact->type, fact->fields.names[i]) };
    *measure = (struct measure){ .fact = fact,
                                 .slot = of_type->count,
                                 .fields = fields,
                                 .field_count = fact->fields.count,
                                 .where = fact->where,
                                 .of = fact->of,
                                 .of_field = field_of(fact) };
    note_implied(arena, measure);
    measure->detail = detail_of(measure);
    of_type->has_details = of_type->has_details || measure->detail != NULL;
    of_type->items = arena_grow(arena, of_type->items, of_type->count,
                                &of_type->capacity, sizeof *of_type->items);
    of_type->items[of_type->count++] = measure;
    return measure;
}

struct measures *measures_new(struct arena *arena, const struct rulebook *book)
{
    struct measures *measures = arena_new(arena, struct measures);
    struct table known = TABLE_EMPTY(arena);
    struct buf buf = BUF_EMPTY(arena);

    measures->catalog = book->catalog;
    measures->of_facts = (struct table)TABLE_EMPTY(arena);
    measures->by_type =
        arena_array(arena, book->catalog->type_count, struct measures_of_type);
    for (size_t i = 0; i < book->count; i++) {
        for (size_t j = 0; j < book->rules[i]->fact_count; j++) {
            const struct fact *fact = &book->rules[i]->facts[j];
            void **slot = table_slot(&known, in_common(&buf, fact));

            if (*slot == NULL)
                *slot = measure_add(arena, measures, fact);
            *table_slot(&measures->of_facts, BYTES_OF(fact)) = *slot;
        }
    }
    return measures;
}

const struct measures *measures_copy(struct arena *arena,
                                     const struct measures *measures)
{
    struct measures *copy = arena_new(arena, struct measures);
    size_t type_count = measures->catalog->type_count;

    copy->catalog = measures->catalog;
    copy->of_facts = measures->of_facts; /* nobody asks a copy for more than slots */
    copy->by_type = arena_array(arena, type_count, struct measures_of_type);
    for (size_t i = 0; i < type_count; i++) {
        const struct measures_of_type *from = &measures->by_type[i];
        struct measures_of_type *to = &copy->by_type[i];

        to->items = arena_array(arena, from->count, const struct measure *);
        to->count = to->capacity = from->count;
        to->has_details = from->has_details;
        for (size_t j = 0; j < from->count; j++) {
            struct measure *measure = arena_new(arena, struct measure);

            *measure = *from->items[j];
            if (measure->where != NULL)
                measure->where = jmespath_copy(arena, measure->where);
            if (measure->of != NULL)
                measure->of = jmespath_copy(arena, measure->of);
            to->items[j] = measure;
        }
    }
    return copy;
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

    for (size_t i = 0; i < of_type->count; i++) {
        const struct measure *measure = of_type->items[i];

        for (size_t j = 0; j < measure->field_count; j++)
            projection_add(projection, measure->fields[j].name);
        for (size_t j = 0; j < measure->fact->of_fields.count; j++)
            projection_add(projection, measure->fact->of_fields.names[j]);
        if (measure->fact->fields.whole || measure->fact->of_fields.whole) {
            for (size_t j = 0; j < type->field_count; j++)
                projection_add(projection, type->fields[j].name);
            project_list(projection, &type->time);
        }
    }
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
        project_field(projection, type->calls[i]->parent_key);
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

/* Whether the call prints no such field, so that it is not known where it is not there.
 */
static bool is_silent(const struct gaps *gaps, struct str field, const json_t *value)
{
    bool is_told = value != NULL && !json_is_null(value); /* null: by a --query */

    return !is_told && gaps->silent != NULL && str_list_has(gaps->silent, field);
}

static bool field_is_usable(const struct record *record,
                            const struct measure_field *field, const struct gaps *gaps)
{
    const json_t *value =
        json_object_getn(record_value(record), field->name.text, field->name.len);

    if (is_silent(gaps, field->name, value))
        return false;
    if (value == NULL)
        return !gaps->trimmed && field->always == NULL &&
               json_object_getn(record_unusable(record), field->name.text,
                                field->name.len) == NULL;
    return field->always == NULL || field_kind_matches(field->always->kind, value);
}

/* An open field leaves a filter undecided only where the others do not decide. */
static enum truth truth_of(const struct measure *measure, const struct record *record,
                           struct jmespath_context *context, struct error *err)
{
    switch (jmespath_ask(measure->where, record_value(record), context, err)) {
    case JMESPATH_FALSE:
        return TRUTH_FALSE;
    case JMESPATH_TRUE:
        return TRUTH_TRUE;
    case JMESPATH_UNDECIDED:
        break;
    }
    if (jmespath_error_kind(err) == JMESPATH_ERROR_OPEN)
        *err = (struct error){ 0 };
    return TRUTH_UNKNOWN;
}

static bool has_silence(const struct gaps *gaps)
{
    return gaps->silent != NULL && gaps->silent->count > 0;
}

bool measure_meets_silence(const struct measure *measure, const struct record *record,
                           const struct gaps *gaps)
{
    if (record->kind != RECORD_OBJECT || measure->where == NULL || !has_silence(gaps))
        return false;
    if (measure->fact->fields.whole)
        return true;
    for (size_t i = 0; i < measure->field_count; i++) {
        struct str name = measure->fields[i].name;

        if (is_silent(gaps, name,
                      json_object_getn(record_value(record), name.text, name.len)))
            return true;
    }
    return false;
}

static bool fields_have(const struct jmespath_fields *fields, struct str name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (str_equal(fields->names[i], name))
            return true;
    return fields->whole;
}

bool measure_reads(const struct measure *measure, struct str field)
{
    return fields_have(&measure->fact->fields, field) ||
           fields_have(&measure->fact->of_fields, field);
}

bool measure_reads_any(const struct measure *measure, const struct str_list *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (measure_reads(measure, fields->items[i]))
            return true;
    return false;
}

enum truth measure_record(const struct measure *measure, const struct record *record,
                          const struct gaps *gaps, struct jmespath_context *context,
                          struct error *err)
{
    const struct fact *fact = measure->fact;
    enum truth truth;

    if (record->kind != RECORD_OBJECT || record->duplicate_key)
        return TRUTH_UNKNOWN;
    if (measure->where == NULL)
        return TRUTH_TRUE;
    if (fact->fields.whole &&
        (gaps->trimmed || has_silence(gaps) || record_unusable(record) != NULL))
        return TRUTH_UNKNOWN;
    for (size_t i = 0; i < measure->field_count; i++)
        if (!field_is_usable(record, &measure->fields[i], gaps))
            jmespath_context_open(context, measure->fields[i].name);
    truth = truth_of(measure, record, context, err);
    jmespath_context_reset(context);
    return truth;
}

bool measure_rests_on_absence(const struct measure *measure,
                              const struct record *record,
                              struct jmespath_context *context)
{
    struct error err = { 0 };
    bool any = false, rests;

    if (measure->where == NULL || record->kind != RECORD_OBJECT)
        return false;
    if (measure->fact->fields.whole)
        return true;
    for (size_t i = 0; i < measure->field_count; i++) {
        struct str name = measure->fields[i].name;

        if (json_object_getn(record_value(record), name.text, name.len) != NULL)
            continue;
        jmespath_context_open(context, name);
        any = true;
    }
    if (!any)
        return false;
    rests = truth_of(measure, record, context, &err) == TRUTH_UNKNOWN;
    jmespath_context_reset(context);
    return rests;
}

static bool seconds_of(struct str text, double *seconds)
{
    int64_t instant;

    if (!instant_parse(text, &instant))
        return false;
    *seconds = (double)instant / INSTANTS_PER_SECOND;
    return true;
}

/* Of a time, its seconds, whatever the number counts. A whole number that no double
 * holds is not to be taken for its neighbour. */
static bool number_of(const struct fact *fact, const json_t *number, double *value)
{
    const double beyond = 9223372036854775808.0; /* 2^63 */
    int64_t instant;

    *value = json_number_value(number);
    if (fact->is_time && instant_from_number(*value, &instant))
        *value = (double)instant / INSTANTS_PER_SECOND;
    return !json_is_integer(number) || fact->is_time ||
           (*value < beyond && (json_int_t)*value == json_integer_value(number));
}

/* What the expression may make of what the record lacks. False: anything. */
static bool open_gaps(const struct measure *measure, const struct record *record,
                      const struct gaps *gaps, struct jmespath_context *context)
{
    const struct fact *fact = measure->fact;

    if (fact->of_fields.whole &&
        (gaps->trimmed || has_silence(gaps) || record_unusable(record) != NULL))
        return false;
    for (size_t i = 0; i < fact->of_fields.count; i++) {
        struct str name = fact->of_fields.names[i];
        const struct measure_field field = { name, type_always(fact->type, name) };

        if (!field_is_usable(record, &field, gaps))
            jmespath_context_open(context, name);
    }
    return true;
}

bool measure_value(const struct measure *measure, const struct record *record,
                   const struct gaps *gaps, struct jmespath_context *context,
                   double *value)
{
    struct str text = record_text(record, measure->of_field);
    struct error err = { 0 };
    const json_t *result;
    bool usable = false;

    if (record->kind != RECORD_OBJECT || record->duplicate_key)
        return false;
    if (text.text != NULL)
        return measure->fact->is_time && seconds_of(text, value);
    /* of one field as it stands, none is there where it is not */
    if (measure->of_field.text == NULL && !open_gaps(measure, record, gaps, context))
        return false;
    result = jmespath_run(measure->of, record_value(record), context, &err);
    if (json_is_number(result)) {
        usable = number_of(measure->fact, result, value);
    } else if (measure->fact->is_time && json_is_string(result)) {
        text = (struct str){ json_string_value(result), json_string_length(result) };
        usable = seconds_of(text, value);
    }
    jmespath_context_reset(context);
    return usable;
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
