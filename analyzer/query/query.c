#include "query/query.h"

#include "query/demand.h"
#include "query/stream.h"
#include "json/records.h"

struct query {
    const struct jmespath_node *root;
    struct jmespath_context *context;
    const struct stream *stream; /* NULL: the expression is run over the document */
    struct records *records;
    query_take_function *take; /* NULL: results are kept */
    void *take_object;
    json_t *one; /* an array for the element at hand */

    /* of the list that streams, while a document is read */
    bool has_failed;
    struct error why;
};

/* ---- what is read ---------------------------------------------------------------- */

static void read_elements(struct projection *projection, const struct demand *elements)
{
    if (elements == NULL)
        return;
    if (elements->whole || elements->counted)
        projection_whole(projection);
    for (size_t i = 0; i < elements->field_count; i++)
        projection_add(projection, elements->fields[i].name);
}

static void read_member(struct layout *layout, const struct demand_field *field)
{
    struct projection *list = layout_list(layout, field->name);

    if (field->demand == NULL || field->demand->whole)
        projection_whole(list);
    else
        read_elements(list, field->demand->elements);
}

static void read_all(struct layout *layout)
{
    layout_all_lists(layout);
    projection_whole(layout_elements(layout));
}

static void read_demand(struct layout *layout, const struct demand *document)
{
    if (document->whole || document->counted) {
        read_all(layout);
        return;
    }
    for (size_t i = 0; i < document->field_count; i++)
        read_member(layout, &document->fields[i]);
    if (document->elements != NULL)
        read_elements(layout_elements(layout), document->elements);
}

/* ---- the list that streams ------------------------------------------------------- */

static void take_results(struct query *query, json_t *results, json_t *list)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        json_t *result = json_array_get(results, i);

        if (query->take != NULL)
            query->take(query->take_object, result);
        else if (query->stream->only_counted)
            json_array_append_new(list, json_true());
        else
            json_array_append(list, result);
    }
}

static void take_element(void *object, json_t *element, json_t *list)
{
    struct query *query = object;
    json_t *results;

    if (element == NULL) {
        query->has_failed = false;
        query->why = (struct error){ 0 };
        if (query->take != NULL)
            query->take(query->take_object, NULL);
        return;
    }
    if (query->has_failed)
        return;
    json_array_append(query->one, element);
    results = jmespath_run_node(query->stream->elements, query->one, query->context,
                                &query->why);
    if (results != NULL)
        take_results(query, results, list);
    else
        query->has_failed = true;
    jmespath_context_reset(query->context);
    json_array_clear(query->one);
}

static void stream_list(struct query *query, struct layout *layout)
{
    struct str list = query->stream->list;

    projection_each(list.text != NULL ? layout_list(layout, list)
                                      : layout_elements(layout),
                    take_element, query);
}

/* The array of results, or NULL: the document has no such list. */
static json_t *streamed(const struct query *query, json_t *document)
{
    struct str list = query->stream->list;
    json_t *results =
        list.text != NULL ? json_object_getn(document, list.text, list.len) : document;

    return json_is_array(results) ? results : NULL;
}

/* ---- documents ------------------------------------------------------------------- */

static void release_query(void *object)
{
    struct query *query = object;

    json_decref(query->one);
}

static json_t *make_integer(void *object, struct str digits)
{
    return jmespath_integer(object, digits);
}

struct query *query_new(struct arena *arena, const struct jmespath *expression,
                        struct jmespath_context *context)
{
    struct query *query = arena_new(arena, struct query);
    struct layout *layout = layout_new(arena);

    query->root = jmespath_root(expression);
    query->context = context;
    query->one = json_array();
    arena_on_release(arena, release_query, query);
    layout_as_values(layout, make_integer, context);
    read_demand(layout, demand_of(arena, query->root));
    query->stream = stream_of(arena, query->root);
    if (query->stream != NULL)
        stream_list(query, layout);
    query->records = records_new(arena, layout, RECORDS_BUFFER_BYTES);
    return query;
}

void query_take(struct query *query, query_take_function *take, void *object)
{
    if (query->stream == NULL || !query->stream->is_everything)
        return;
    query->take = take;
    query->take_object = object;
}

void query_begin(struct query *query, struct bytes *bytes)
{
    query->has_failed = false;
    records_begin(query->records, bytes);
}

static enum query_status broken(const struct position *place, const char *text,
                                struct error *err)
{
    err->line = place->line;
    err->column = place->column;
    error_set(err, "%s", text);
    return QUERY_BROKEN;
}

static enum query_status run(struct query *query, json_t *document, json_t **result,
                             struct error *err)
{
    const struct stream *stream = query->stream;
    const struct jmespath_node *node = query->root;
    json_t *results;

    if (stream != NULL) {
        node = stream->rest;
        results = streamed(query, document);
        if (results != NULL && query->has_failed) {
            *err = query->why;
            return QUERY_WRONG;
        }
        if (results != NULL && query->take != NULL) {
            *result = NULL;
            return QUERY_RESULT;
        }
        stream->results->literal = results != NULL ? results : json_null();
    }
    *result = jmespath_run_node(node, document, query->context, err);
    return *result != NULL ? QUERY_RESULT : QUERY_WRONG;
}

enum query_status query_next(struct query *query, json_t **result, struct error *err)
{
    struct records_item item = { 0 };

    jmespath_context_reset(query->context);
    if (records_next(query->records, &item) == RECORDS_END)
        return QUERY_END;
    if (item.document->damage != DAMAGE_NONE)
        return broken(&item.document->damage_at, item.document->damage_text, err);
    if (item.document->value == NULL) {
        return broken(&item.document->unusable_at,
                      "a number out of range: expected none beyond the largest double, "
                      "about 1.8e308",
                      err);
    }
    return run(query, item.document->value, result, err);
}
