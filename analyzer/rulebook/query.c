#include "rulebook/query.h"

#include "rulebook/functions.h"
#include "rulebook/rule_reader.h"

#include <assert.h>
#include <stdint.h>

enum { REWRITE_BYTES_MAX = 200 }; /* of a condition that is shown in full */

/* Where `[?` is, outside quotes, or the text's length. */
static size_t filter_start(struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        char byte = text.text[at];

        if (byte == '\'' || byte == '"' || byte == '`') {
            at = quoted_end(text, at);
            continue;
        }
        if (str_starts_with(str_slice(text, at, text.len), STR("[?")))
            return at;
        at++;
    }
    return text.len;
}

/* Where the bracket that opens at `at` closes. */
static size_t bracket_end(struct str text, size_t at)
{
    size_t depth = 0;

    for (;;) {
        char byte;

        assert(at < text.len); /* text that compiles closes its brackets */
        byte = text.text[at];
        if (byte == '\'' || byte == '"' || byte == '`') {
            at = quoted_end(text, at);
            continue;
        }
        depth += byte == '[';
        depth -= byte == ']';
        if (depth == 0)
            return at;
        at++;
    }
}

static bool is_current(const struct jmespath_node *node)
{
    return node->kind == JMESPATH_CURRENT;
}

/* The field that LIST, LIST[], LIST[*] or LIST[?…] start from, or NULL. */
static const struct jmespath_node *list_field(const struct jmespath_node *node)
{
    if (node->kind == JMESPATH_FIELD)
        return node;
    if ((node->kind == JMESPATH_FLATTEN || node->kind == JMESPATH_PROJECTION ||
         node->kind == JMESPATH_FILTER) &&
        node->left->kind == JMESPATH_FIELD)
        return node->left;
    return NULL;
}

/* The innermost list of a query that does more with it, or NULL. */
static const struct jmespath_node *inner_list(const struct jmespath_node *node)
{
    while (node != NULL && list_field(node) == NULL)
        node = node->kind == JMESPATH_CALL && node->item_count > 0 ? node->items[0]
                                                                   : node->left;
    return node;
}

/* "DBSnapshots[?SnapshotType=='awsbackup']" */
static const char *rewrite(struct arena *arena, struct str text,
                           const struct jmespath_node *list)
{
    struct str name = list_field(list)->name;
    size_t start = filter_start(text);

    if (list->kind != JMESPATH_FILTER)
        return arena_printf(arena, "%.*s", STR_ARG(name));
    text = str_slice(text, start, bracket_end(text, start) + 1);
    if (text.len > REWRITE_BYTES_MAX)
        text = STR("[?…]");
    return arena_printf(arena, "%.*s%.*s", STR_ARG(name), STR_ARG(text));
}

static bool refuse_shape(struct arena *arena, struct str text,
                         const struct jmespath_node *root, struct error *err)
{
    const struct jmespath_node *list = inner_list(root);
    size_t start = filter_start(text);

    err->column = root->column;
    if (list == NULL)
        return error_set(err, "a fact counts the records of a list: expected a query "
                              "such as DBSnapshots[?SnapshotType=='awsbackup']");
    if (root == list && list->kind == JMESPATH_FILTER)
        err->column = column_of(text, bracket_end(text, start) + 1);
    return error_set(err, "a fact counts whole records: keep only %s",
                     rewrite(arena, text, list));
}

/* Every key of a list, for suggestions. */
static const char *list_suggestion(struct arena *arena, const struct catalog *catalog,
                                   struct str key)
{
    const char **names = arena_array(arena, catalog->call_count, const char *);
    size_t count = 0;

    for (size_t i = 0; i < catalog->call_count; i++)
        if (catalog->calls[i]->answer == ANSWER_LIST)
            names[count++] = str_copy(arena, catalog->calls[i]->list).text;
    return suggestion(arena, key, names, count);
}

static bool find_type(struct arena *arena, const struct catalog *catalog,
                      struct str key, const struct type **type, struct error *err)
{
    const struct call_list *calls = catalog_list(catalog, key);
    const struct type *found = NULL;

    for (size_t i = 0; calls != NULL && i < calls->count; i++) {
        const struct call *call = calls->items[i];

        if (found != NULL && found != call->type) {
            return error_set(err,
                             "'%.*s' lists %.*s or %.*s: name the one that is meant "
                             "with 'from', and the condition with 'where'",
                             STR_ARG(key), STR_ARG(found->name),
                             STR_ARG(call->type->name));
        }
        found = call->type;
    }
    if (found == NULL)
        return error_set(err, "no call is known whose answer lists '%.*s'%s",
                         STR_ARG(key), list_suggestion(arena, catalog, key));
    *type = found;
    return true;
}

bool query_parse(struct arena *arena, const struct catalog *catalog, struct str text,
                 struct query *query, struct error *err)
{
    const struct jmespath_options options = { .functions = &rulebook_functions };
    const struct jmespath *expression =
        jmespath_compile_with(arena, text, &options, err);
    const struct jmespath_node *root, *field;
    struct query made = { 0 };

    if (expression == NULL)
        return false;
    root = jmespath_root(expression);
    field = list_field(root);
    if (field == NULL || (root != field && !is_current(root->right)))
        return refuse_shape(arena, text, root, err);
    if (!find_type(arena, catalog, field->name, &made.type, err)) {
        err->column = field->column;
        return false;
    }
    if (root->kind == JMESPATH_FILTER) {
        size_t start = filter_start(text);

        made.condition = str_slice(text, start + 2, bracket_end(text, start));
    }
    *query = made;
    return true;
}
