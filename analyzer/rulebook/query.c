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
    size_t end = closing_end(text, at + 1, '[', ']');

    assert(end < text.len); /* text that compiles closes its brackets */
    return end;
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

/* ---- what to write instead ---- */

/* What a part of a query gives. */
enum given { GIVEN_ENVELOPE, GIVEN_RECORDS, GIVEN_PARTS };

/* The filters of a query: of whole records, and of what is in them or made of them. */
struct filters {
    size_t of_records, of_parts;
};

static enum given look(const struct jmespath_node *node, enum given given,
                       struct filters *filters);

/* Functions that keep whole records; the others make something of them. */
static enum given look_at_call(const struct jmespath_node *node, enum given given,
                               struct filters *filters)
{
    enum given first = given;

    for (size_t i = 0; i < node->item_count; i++) {
        enum given item = look(node->items[i], given, filters);

        first = i == 0 ? item : first;
    }
    return str_equal(node->name, STR("sort_by")) ||
                   str_equal(node->name, STR("reverse"))
               ? first
               : GIVEN_PARTS;
}

/* Depth: an expression's, JMESPATH_DEPTH_MAX. */
static enum given look(const struct jmespath_node *node, enum given given,
                       struct filters *filters)
{
    switch ((int)node->kind) {
    case JMESPATH_CURRENT:
        return given;
    case JMESPATH_FIELD:
        return given == GIVEN_ENVELOPE ? GIVEN_RECORDS : GIVEN_PARTS;
    case JMESPATH_SUBEXPRESSION:
    case JMESPATH_PIPE:
    case JMESPATH_SLICE:
    case JMESPATH_FLATTEN:
    case JMESPATH_PROJECTION:
        return look(node->right, look(node->left, given, filters), filters);
    case JMESPATH_INDEX:
        return look(node->left, given, filters);
    case JMESPATH_FILTER:
        given = look(node->left, given, filters);
        if (given == GIVEN_RECORDS)
            filters->of_records++;
        else
            filters->of_parts++;
        return look(node->right, given, filters);
    case JMESPATH_CALL:
        return look_at_call(node, given, filters);
    default:
        break;
    }
    if (node->left != NULL)
        look(node->left, given, filters);
    if (node->right != NULL)
        look(node->right, given, filters);
    for (size_t i = 0; i < node->item_count; i++)
        look(node->items[i], given, filters);
    return GIVEN_PARTS;
}

/* "DBSnapshots[?SnapshotType=='awsbackup']", or of several conditions
 * "DBSnapshots[?(a) && (b)]". */
static const char *rewrite(struct arena *arena, struct str text, struct str list,
                           size_t count)
{
    struct buf buf = BUF_EMPTY(arena);

    buf_add(&buf, list);
    for (size_t i = 0; i < count; i++) {
        size_t start = filter_start(text), end = bracket_end(text, start);

        buf_add(&buf, i == 0 ? STR("[?") : STR(" && "));
        buf_printf(&buf, count > 1 ? "(%.*s)" : "%.*s",
                   STR_ARG(str_slice(text, start + 2, end)));
        text = str_slice(text, end + 1, text.len);
    }
    if (buf_str(&buf).len > list.len + REWRITE_BYTES_MAX)
        return arena_printf(arena, "%.*s[?…]", STR_ARG(list));
    if (count > 0)
        buf_add_byte(&buf, ']');
    return buf_str(&buf).text;
}

static bool refuse_shape(struct arena *arena, struct str text,
                         const struct jmespath_node *root, struct error *err)
{
    const struct jmespath_node *list = inner_list(root);
    struct filters filters = { 0 };

    err->column = root->column;
    if (list == NULL)
        return error_set(err, "a fact counts the records of a list: expected a query "
                              "such as DBSnapshots[?SnapshotType=='awsbackup']");
    look(root, GIVEN_ENVELOPE, &filters);
    if (filters.of_parts > 0)
        return error_set(err, "a fact counts whole records: write one "
                              "LIST[?CONDITION], and in it all that a record is to be");
    if (root == list && list->kind == JMESPATH_FILTER)
        err->column = column_of(text, bracket_end(text, filter_start(text)) + 1);
    return error_set(err, "a fact counts whole records: %s %s",
                     filters.of_records > 1
                         ? "join the conditions with &&, and keep only"
                         : "keep only",
                     rewrite(arena, text, list_field(list)->name, filters.of_records));
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
                 struct published_query *query, struct error *err)
{
    const struct jmespath_options options = { .functions = &rulebook_functions };
    const struct jmespath *expression =
        jmespath_compile_with(arena, text, &options, err);
    const struct jmespath_node *root, *field;
    struct published_query made = { 0 };

    if (expression == NULL)
        return false;
    root = jmespath_root(expression);
    field = list_field(root);
    if (field == NULL || (root != field && root->right->kind != JMESPATH_CURRENT))
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
