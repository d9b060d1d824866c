#include "query/query.h"

#include "json/records.h"

/* ---- what an expression reads of a document ----------------------------------------
 *
 * Which members, and which fields of the elements of lists. The result of the
 * expression is the same for a document and for one in which
 *   - an object has only the members that `fields` names,
 *   - where such a member, or the document, is an array, those of its elements that are
 *     objects have only the fields that the `fields` of its `elements` name (NULL:
 *     none);
 * unless these are `whole`, or elements `counted`. All else is to stay as it is, arrays
 * in arrays, too. It is an upper bound: where an expression is too tangled, or has more
 * than DEMAND_NODES_MAX, all is demanded. */

enum { DEMAND_NODES_MAX = 10000 };

struct demand;

struct demand_field {
    struct str name;
    struct demand *demand;
};

struct demand {
    bool whole;
    bool counted; /* how many members, characters or elements there are */
    struct demand_field *fields;
    size_t field_count, field_capacity;
    struct demand *elements;
    bool is_made; /* a list that the expression makes of `elements` */
};

/* Follows the values of a document through the expression. A value that is only passed
 * on (a field of it, its elements) demands nothing by itself; one that is looked at (as
 * a result, compared, given to a function) is demanded whole. NULL stands for a value
 * of which nothing can be demanded any more: a literal, or one that is made of what is
 * demanded already. */
struct following {
    struct arena *arena;
    size_t count; /* of demands made */
    bool gave_up; /* then the whole document is demanded */
};

static struct demand *follow(struct following *following,
                             const struct jmespath_node *node, struct demand *value);

static struct demand *demand_new(struct following *following)
{
    if (following->count == DEMAND_NODES_MAX) {
        following->gave_up = true;
        return NULL;
    }
    following->count++;
    return arena_new(following->arena, struct demand);
}

/* Depth: an expression's. */
static void want_whole(struct demand *value)
{
    if (value == NULL || value->whole)
        return;
    value->whole = true;
    want_whole(value->elements);
    for (size_t i = 0; i < value->field_count; i++)
        want_whole(value->fields[i].demand);
}

static void want_count(struct demand *value)
{
    if (value != NULL)
        value->counted = true;
}

static struct demand *field_of(struct following *following, struct demand *value,
                               struct str name)
{
    struct demand_field *field;

    if (value == NULL || value->whole || value->is_made)
        return NULL;
    for (size_t i = 0; i < value->field_count; i++)
        if (str_equal(value->fields[i].name, name))
            return value->fields[i].demand;
    value->fields = arena_grow(following->arena, value->fields, value->field_count,
                               &value->field_capacity, sizeof *value->fields);
    field = &value->fields[value->field_count++];
    *field = (struct demand_field){ name, demand_new(following) };
    return field->demand;
}

static struct demand *elements_of(struct following *following, struct demand *value)
{
    if (value == NULL || value->whole)
        return NULL;
    if (value->elements == NULL && !value->is_made)
        value->elements = demand_new(following);
    return value->elements;
}

static struct demand *made_list(struct following *following, struct demand *elements)
{
    struct demand *list;

    if (elements == NULL)
        return NULL;
    list = demand_new(following);
    if (list == NULL)
        return NULL;
    list->is_made = true;
    list->elements = elements;
    return list;
}

static struct demand *follow_projection(struct following *following,
                                        const struct jmespath_node *node,
                                        struct demand *value)
{
    struct demand *list = follow(following, node->left, value);
    struct demand *element;

    /* Of list[], too: elements that are arrays stay whole, and so does what is in them.
     */
    element = elements_of(following, list);
    if (node->condition != NULL)
        want_whole(follow(following, node->condition, element));
    return made_list(following, follow(following, node->right, element));
}

static void want_items(struct following *following, const struct jmespath_node *node,
                       struct demand *value)
{
    for (size_t i = 0; i < node->item_count; i++)
        want_whole(follow(following, node->items[i], value));
}

static bool is_call_of(const struct jmespath_node *node, const char *name)
{
    return str_equal(node->name, str_from(name));
}

/* The functions that pass values on; all others look at their arguments. */
static struct demand *follow_call(struct following *following,
                                  const struct jmespath_node *node,
                                  struct demand *value)
{
    struct demand *list, *element;

    if (is_call_of(node, "length") || is_call_of(node, "reverse")) {
        list = follow(following, node->items[0], value);
        want_count(list);
        return is_call_of(node, "reverse") ? list : NULL;
    }
    if (is_call_of(node, "map")) {
        element = elements_of(following, follow(following, node->items[1], value));
        return made_list(following, follow(following, node->items[0]->left, element));
    }
    if (is_call_of(node, "sort_by") || is_call_of(node, "max_by") ||
        is_call_of(node, "min_by")) {
        list = follow(following, node->items[0], value);
        element = elements_of(following, list);
        want_whole(follow(following, node->items[1]->left, element));
        return is_call_of(node, "sort_by") ? list : element;
    }
    want_items(following, node, value);
    return NULL;
}

static struct demand *follow(struct following *following,
                             const struct jmespath_node *node, struct demand *value)
{
    switch (node->kind) {
    case JMESPATH_CURRENT:
        return value;
    case JMESPATH_FIELD:
        return field_of(following, value, node->name);
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE: /* of a function that gets the values whole */
        return NULL;
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
        return follow(following, node->right, follow(following, node->left, value));
    case JMESPATH_INDEX:
        return elements_of(following, follow(following, node->left, value));
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_FILTER:
        return follow_projection(following, node, value);
    case JMESPATH_VALUES:
    case JMESPATH_NOT:
        want_whole(follow(following, node->left, value));
        return NULL;
    case JMESPATH_COMPARISON:
    case JMESPATH_AND:
    case JMESPATH_OR:
        want_whole(follow(following, node->left, value));
        want_whole(follow(following, node->right, value));
        return NULL;
    case JMESPATH_LIST:
    case JMESPATH_HASH:
        want_items(following, node, value);
        return NULL;
    case JMESPATH_CALL:
        return follow_call(following, node, value);
    case JMESPATH_LET: /* what its variables hold is demanded whole here, once for all
                        */
        want_items(following, node, value);
        return follow(following, node->right, value);
    }
    return NULL;
}

static const struct demand *demand_of(struct arena *arena,
                                      const struct jmespath_node *root)
{
    struct following following = { .arena = arena };
    struct demand *envelope = demand_new(&following);

    want_whole(follow(&following, root, envelope));
    if (following.gave_up)
        want_whole(envelope);
    return envelope;
}

/* ---- the projection of a list that an expression begins with -----------------------
 *
 * DBSnapshots[?SnapshotType=='manual'].DBInstanceIdentifier | sort(@) is
 * [?SnapshotType=='manual'].DBInstanceIdentifier over the elements of DBSnapshots, one
 * by one, and `results` | sort(@) over the document. */

struct stream {
    const struct jmespath_node *elements; /* over an array of one element; an array */
    struct str list;    /* the document's member; absent: the document is the list */
    bool only_counted;  /* of the results, only how many there are matters */
    bool is_everything; /* nothing follows */
    const struct jmespath_node *rest; /* over the document */
    struct jmespath_node *results;    /* in `rest`: takes the results as its literal */
};

static bool is_projection(const struct jmespath_node *node)
{
    return node->kind == JMESPATH_PROJECTION || node->kind == JMESPATH_FILTER ||
           node->kind == JMESPATH_FLATTEN;
}

/* One that works on each element by itself, on a list that is in the document. */
static bool is_streamable(const struct jmespath_node *node)
{
    return is_projection(node) &&
           (node->left->kind == JMESPATH_FIELD || node->left->kind == JMESPATH_CURRENT);
}

/* Where in the items of a node its evaluation begins. */
static size_t first_item(const struct jmespath_node *node)
{
    size_t first = 0;

    while (first < node->item_count && node->items[first]->kind == JMESPATH_REFERENCE)
        first++;
    return first;
}

/* The part of a node that is always evaluated, before all others, on the value that the
 * node sees: so that an error in it is the error of the whole. NULL: there is none. */
static const struct jmespath_node *first_part(const struct jmespath_node *node)
{
    switch (node->kind) {
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
    case JMESPATH_INDEX:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
    case JMESPATH_VALUES:
    case JMESPATH_FILTER:
    case JMESPATH_COMPARISON:
    case JMESPATH_AND:
    case JMESPATH_OR:
    case JMESPATH_NOT:
        return node->left;
    case JMESPATH_LIST:
    case JMESPATH_HASH:
    case JMESPATH_CALL:
        return first_item(node) < node->item_count ? node->items[first_item(node)]
                                                   : NULL;
    case JMESPATH_CURRENT:
    case JMESPATH_FIELD:
    case JMESPATH_LITERAL:
    case JMESPATH_VARIABLE:
    case JMESPATH_REFERENCE:
    case JMESPATH_LET:
        break;
    }
    return NULL;
}

static const struct jmespath_node *find_streamable(const struct jmespath_node *node)
{
    while (node != NULL && !is_streamable(node))
        node = first_part(node);
    return node;
}

static struct jmespath_node *copy_node(struct arena *arena,
                                       const struct jmespath_node *node)
{
    struct jmespath_node *copy = arena_new(arena, struct jmespath_node);

    *copy = *node;
    return copy;
}

/* The same tree with `with` in the place of `part`. */
static const struct jmespath_node *replace(struct arena *arena,
                                           const struct jmespath_node *node,
                                           const struct jmespath_node *part,
                                           const struct jmespath_node *with)
{
    struct jmespath_node *copy;
    const struct jmespath_node **items;
    size_t first;

    if (node == part)
        return with;
    copy = copy_node(arena, node);
    if (node->item_count == 0) {
        copy->left = replace(arena, node->left, part, with);
        return copy;
    }
    first = first_item(node);
    items = arena_array(arena, node->item_count, const struct jmespath_node *);
    for (size_t i = 0; i < node->item_count; i++)
        items[i] = node->items[i];
    items[first] = replace(arena, node->items[first], part, with);
    copy->items = items;
    return copy;
}

static bool reads_list(struct arena *arena, const struct stream *stream)
{
    struct jmespath_fields fields = { 0 };

    jmespath_fields(arena, stream->rest, &fields);
    if (fields.whole)
        return true;
    for (size_t i = 0; i < fields.count; i++)
        if (stream->list.text == NULL || str_equal(fields.names[i], stream->list))
            return true;
    return false;
}

static bool is_counted(const struct jmespath_node *root,
                       const struct jmespath_node *part)
{
    while (root != part && first_part(root) != part)
        root = first_part(root);
    return root->kind == JMESPATH_CALL && str_equal(root->name, STR("length"));
}

/* NULL: it begins otherwise, or the rest of it reads the list, too. */
static const struct stream *stream_of(struct arena *arena,
                                      const struct jmespath_node *root)
{
    const struct jmespath_node *part = find_streamable(root);
    struct stream *stream;
    struct jmespath_node *over_elements, *current;

    if (part == NULL)
        return NULL;
    stream = arena_new(arena, struct stream);
    stream->is_everything = part == root;
    stream->only_counted = is_counted(root, part);
    if (part->left->kind == JMESPATH_FIELD)
        stream->list = part->left->name;
    current = copy_node(arena, part->left);
    current->kind = JMESPATH_CURRENT;
    over_elements = copy_node(arena, part);
    over_elements->left = current;
    stream->elements = over_elements;
    stream->results = copy_node(arena, current);
    stream->results->kind = JMESPATH_LITERAL;
    stream->results->column = part->column; /* of errors about them */
    stream->rest = replace(arena, root, part, stream->results);
    return reads_list(arena, stream) ? NULL : stream;
}

/* ---- the query ------------------------------------------------------------------- */

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

static void read_demand(struct layout *layout, const struct demand *envelope)
{
    if (envelope->whole || envelope->counted) {
        read_all(layout);
        return;
    }
    for (size_t i = 0; i < envelope->field_count; i++)
        read_member(layout, &envelope->fields[i]);
    if (envelope->elements != NULL)
        read_elements(layout_elements(layout), envelope->elements);
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
static json_t *streamed(const struct query *query, json_t *envelope)
{
    struct str list = query->stream->list;
    json_t *results =
        list.text != NULL ? json_object_getn(envelope, list.text, list.len) : envelope;

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

static enum query_status run(struct query *query, json_t *envelope, json_t **result,
                             struct error *err)
{
    const struct stream *stream = query->stream;
    const struct jmespath_node *node = query->root;
    json_t *results;

    if (stream != NULL) {
        node = stream->rest;
        results = streamed(query, envelope);
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
    *result = jmespath_run_node(node, envelope, query->context, err);
    return *result != NULL ? QUERY_RESULT : QUERY_WRONG;
}

enum query_status query_next(struct query *query, json_t **result, struct error *err)
{
    struct records_item item = { 0 };

    jmespath_context_reset(query->context);
    if (records_next(query->records, &item) == RECORDS_END)
        return QUERY_END;
    if (item.envelope->damage != DAMAGE_NONE)
        return broken(&item.envelope->damage_at, item.envelope->damage_text, err);
    if (item.envelope->value == NULL) {
        return broken(&item.envelope->unusable_at,
                      "a number out of range: expected none beyond the largest double, "
                      "about 1.8e308",
                      err);
    }
    return run(query, item.envelope->value, result, err);
}
