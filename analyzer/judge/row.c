#include "judge/row.h"

void row_look(struct row_view *view, const struct measures *measures,
              const struct document *document, const struct row *row)
{
    const struct type *type = document->type;
    const struct str_list *silent = (row->marks & document->mark) == document->mark
                                        ? document->silent
                                        : &type->silent;
    uint64_t missing = row->missing;

    row_drop(view);
    for (size_t i = 0; i < type->always_count && missing != 0; i++)
        if (silent != NULL && str_list_has(silent, type->always[i].name))
            missing &= ~(UINT64_C(1) << i);
    *view = (struct row_view){
        .document = document,
        .measures = &measures->by_type[type->index],
        .row = row,
        .gaps = { .silent = silent,
                  .trimmed =
                      document->shape != SHAPE_OBJECT || missing != 0 || row->wrong },
    };
}

void row_drop(struct row_view *view)
{
    json_decref(view->made);
    json_decref(view->unusable);
    view->made = view->unusable = NULL;
}

static void make_value(struct row_view *view, size_t column)
{
    struct str name = view->measures->columns[column].name;
    struct str text = values_text(view->document->values, view->row->values[column]);
    json_t *value;

    if (text.text == NULL)
        return;
    value = json_of_text(text);
    if (value != NULL) {
        json_object_setn_new_nocheck(view->made, name.text, name.len, value);
        return;
    }
    if (view->unusable == NULL)
        view->unusable = json_object();
    json_object_setn_new_nocheck(view->unusable, name.text, name.len, json_true());
}

json_t *row_value(struct row_view *view, const struct columns *columns,
                  bool reads_whole)
{
    if (view->made != NULL)
        return view->made;
    view->made = json_object();
    if (reads_whole)
        for (size_t i = 0; i < view->measures->column_count; i++)
            make_value(view, i);
    else
        for (size_t i = 0; i < columns->count; i++)
            make_value(view, columns->items[i]);
    return view->made;
}

static const json_t *member(const json_t *of, struct str name)
{
    return json_object_getn(of, name.text, name.len);
}

bool row_has(const struct row_view *view, size_t column)
{
    return member(view->made, view->measures->columns[column].name) != NULL;
}

bool row_is_silent(const struct row_view *view, size_t column)
{
    struct str name = view->measures->columns[column].name;
    const json_t *value = member(view->made, name);
    bool is_told = value != NULL && !json_is_null(value); /* null: by a --query */

    return !is_told && view->gaps.silent != NULL &&
           str_list_has(view->gaps.silent, name);
}

bool row_is_usable(const struct row_view *view, size_t column)
{
    const struct column *of = &view->measures->columns[column];
    const json_t *value = member(view->made, of->name);

    if (row_is_silent(view, column))
        return false;
    if (value == NULL)
        return !view->gaps.trimmed && of->always == NULL &&
               member(view->unusable, of->name) == NULL;
    return of->always == NULL || field_kind_matches(of->always->kind, value);
}

bool row_open(const struct row_view *view, const struct columns *columns,
              bool reads_whole, struct jmespath_context *context)
{
    bool is_silent = view->gaps.silent != NULL && view->gaps.silent->count > 0;

    if (reads_whole && (view->gaps.trimmed || is_silent || view->unusable != NULL))
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!row_is_usable(view, columns->items[i]))
            jmespath_context_open(context,
                                  view->measures->columns[columns->items[i]].name);
    return true;
}

/* An open field leaves an expression undecided only where the others do not decide. */
enum truth row_ask(const struct jmespath *expression, json_t *value,
                   struct jmespath_context *context, struct error *err)
{
    enum truth truth = TRUTH_UNKNOWN;

    switch (jmespath_ask(expression, value, context, err)) {
    case JMESPATH_FALSE:
        truth = TRUTH_FALSE;
        break;
    case JMESPATH_TRUE:
        truth = TRUTH_TRUE;
        break;
    case JMESPATH_UNDECIDED:
        if (jmespath_error_kind(err) == JMESPATH_ERROR_OPEN)
            *err = (struct error){ 0 };
        break;
    }
    jmespath_context_reset(context);
    return truth;
}
