#include "config/yaml.h"

#include "base/table.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { ACCOUNT_ID_DIGITS = 12 };

struct yaml_reader {
    struct arena *arena;
    struct mistakes *mistakes;
    const char *path;
    struct str text;
    yaml_parser_t parser;
    yaml_event_t event; /* the current one; to be deleted before the next is read */
    bool has_event;
    bool stopped; /* what follows cannot be read any more */
};

struct nodes {
    const struct yaml_node **items;
    size_t count, capacity;
};

static void nodes_add(struct arena *arena, struct nodes *nodes,
                      const struct yaml_node *node)
{
    nodes->items = arena_grow(arena, (void *)nodes->items, nodes->count,
                              &nodes->capacity, sizeof(struct yaml_node *));
    nodes->items[nodes->count++] = node;
}

/* ---- places and syntax errors ---- */

static struct place place_of(const struct yaml_reader *reader, yaml_mark_t mark)
{
    return (struct place){ reader->path, mark.line + 1, mark.column + 1 };
}

/* libyaml gives a place in bytes for what is wrong with characters. */
static struct place place_of_offset(const struct yaml_reader *reader, size_t offset)
{
    struct place place = { reader->path, 1, 1 };

    for (size_t i = 0; i < offset && i < reader->text.len; i++) {
        if (reader->text.text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (is_character_start(reader->text.text[i])) {
            place.column++;
        }
    }
    return place;
}

static void say_bad_character(struct yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    struct place place = place_of_offset(reader, parser->problem_offset);
    unsigned value = (unsigned)parser->problem_value;

    if (strcmp(parser->problem, "control characters are not allowed") == 0) {
        mistakes_error(reader->mistakes, place,
                       "the control character U+%04X is not allowed: write it as an "
                       "escape in double quotes",
                       value);
    } else {
        mistakes_error(reader->mistakes, place,
                       "not valid UTF-8 from here on (%s): save the file as UTF-8",
                       parser->problem);
    }
}

/* What to do about those of libyaml's problems that say it least. */
static const char *advice(const struct yaml_reader *reader)
{
    static const struct {
        const char *problem, *advice;
    } rows[] = {
        { "found character that cannot start any token",
          ": indent with spaces, and quote text that begins with one of `@%" },
        { "mapping values are not allowed in this context",
          ": quote text that holds a colon and a blank, or mend the indentation" },
        { "did not find expected key", ": mend the indentation, or quote the text" },
        { "could not find expected ':'",
          ": write KEY: VALUE, or mend the indentation" },
        { "did not find expected '-' indicator", ": mend the indentation" },
        { "found unexpected end of stream", ": close the quotes" },
        { "did not find expected ',' or ']'", ": close the bracket" },
        { "did not find expected ',' or '}'", ": close the brace" },
        { "did not find expected alphabetic or numeric character",
          ": quote a text that begins with * or &" },
        { "found unknown escape character",
          ": use single quotes, in which a backslash is a backslash" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(reader->parser.problem, rows[i].problem) == 0)
            return rows[i].advice;
    return "";
}

static void say_syntax_error(struct yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    struct place place = place_of(reader, parser->problem_mark);
    const char *context = "", *from = "";

    if (parser->context != NULL &&
        strcmp(parser->context, "while scanning for the next token") != 0) {
        context = arena_printf(reader->arena, " %s", parser->context);
        if (parser->context_mark.line != parser->problem_mark.line)
            from = arena_printf(reader->arena, " from line %zu",
                                parser->context_mark.line + 1);
    }
    mistakes_error(reader->mistakes, place, "not valid YAML: %s%s%s%s", parser->problem,
                   context, from, advice(reader));
}

static void no_memory_left(struct arena *arena)
{
    arena_alloc(arena, SIZE_MAX); /* ends the program, as any arena does */
}

/* False: there is no next event, for the reason said. */
static bool next(struct yaml_reader *reader)
{
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    reader->has_event = false;
    if (reader->stopped)
        return false;
    if (yaml_parser_parse(&reader->parser, &reader->event)) {
        reader->has_event = true;
        return true;
    }
    reader->stopped = true;
    switch (reader->parser.error) {
    case YAML_MEMORY_ERROR:
        no_memory_left(reader->arena);
        break;
    case YAML_READER_ERROR:
        say_bad_character(reader);
        break;
    case YAML_NO_ERROR:
    case YAML_SCANNER_ERROR:
    case YAML_PARSER_ERROR:
    case YAML_COMPOSER_ERROR:
    case YAML_WRITER_ERROR:
    case YAML_EMITTER_ERROR:
        say_syntax_error(reader);
        break;
    }
    return false;
}

/* ---- nodes ---- */

static void refuse_anchor_and_tag(struct yaml_reader *reader, struct place place,
                                  const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL) {
        mistakes_error(reader->mistakes, place,
                       "the anchor '&%s' is not allowed: write the value out where it "
                       "is used",
                       (const char *)anchor);
    }
    if (tag != NULL) {
        mistakes_error(reader->mistakes, place,
                       "the tag '%s' is not allowed: leave it out, and quote what is "
                       "to be text",
                       (const char *)tag);
    }
}

static const char *meaning_name(const struct yaml_node *key)
{
    static const char *const names[] = {
        [YAML_TEXT] = "text",         [YAML_NULL] = "null",
        [YAML_BOOLEAN] = "a boolean", [YAML_INTEGER] = "a number",
        [YAML_FLOAT] = "a number",    [YAML_NOT_FINITE] = "a number",
    };

    return names[yaml_meaning(key)];
}

static void check_key(struct yaml_reader *reader, struct yaml_node *key,
                      struct table *seen)
{
    void **first;

    if (key->kind != YAML_SCALAR) {
        mistakes_error(reader->mistakes, key->place,
                       "a key is text, not a %s: quote it if text is meant",
                       key->kind == YAML_MAPPING ? "mapping" : "sequence");
        return;
    }
    if (key->plain && str_equal(key->text, STR("<<"))) {
        mistakes_error(reader->mistakes, key->place,
                       "the merge key '<<' is not allowed: write the keys out");
        return;
    }
    if (key->plain && key->text.len == 0)
        mistakes_error(reader->mistakes, key->place,
                       "a key is missing before the colon");
    else if (yaml_is_account_id(key))
        mistakes_error(reader->mistakes, key->place,
                       "'%s' looks like an AWS account id: quote it", key->text.text);
    else if (yaml_meaning(key) != YAML_TEXT)
        mistakes_error(reader->mistakes, key->place,
                       "a key is text, and '%s' is %s: quote it", key->text.text,
                       meaning_name(key));
    first = table_slot(seen, key->text);
    if (*first != NULL) {
        mistakes_error(reader->mistakes, key->place,
                       "the key '%s' is here twice: first on line %zu", key->text.text,
                       ((const struct yaml_node *)*first)->place.line);
    } else {
        *first = key;
    }
}

static struct yaml_node *read_node(struct yaml_reader *reader, size_t depth);

static struct yaml_node *node_new(struct yaml_reader *reader, enum yaml_kind kind)
{
    struct yaml_node *node = arena_new(reader->arena, struct yaml_node);

    node->kind = kind;
    node->place = place_of(reader, reader->event.start_mark);
    return node;
}

static struct yaml_node *read_scalar(struct yaml_reader *reader)
{
    struct yaml_node *node = node_new(reader, YAML_SCALAR);
    yaml_scalar_style_t style = reader->event.data.scalar.style;
    struct str text = { (const char *)reader->event.data.scalar.value,
                        reader->event.data.scalar.length };

    refuse_anchor_and_tag(reader, node->place, reader->event.data.scalar.anchor,
                          reader->event.data.scalar.tag);
    node->text = str_copy(reader->arena, text);
    node->plain = style == YAML_PLAIN_SCALAR_STYLE;
    node->block =
        style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    return node;
}

static struct yaml_node *read_alias(struct yaml_reader *reader)
{
    struct yaml_node *node = node_new(reader, YAML_SCALAR);

    mistakes_error(reader->mistakes, node->place,
                   "the alias '*%s' is not allowed: write the value out, or quote it "
                   "if text is meant",
                   (const char *)reader->event.data.alias.anchor);
    node->text = str_copy(reader->arena, STR("*"));
    return node;
}

static struct yaml_node *read_sequence(struct yaml_reader *reader, size_t depth)
{
    struct yaml_node *node = node_new(reader, YAML_SEQUENCE);
    struct nodes items = { 0 };

    refuse_anchor_and_tag(reader, node->place, reader->event.data.sequence_start.anchor,
                          reader->event.data.sequence_start.tag);
    while (next(reader) && reader->event.type != YAML_SEQUENCE_END_EVENT)
        nodes_add(reader->arena, &items, read_node(reader, depth + 1));
    node->items = items.items;
    node->count = items.count;
    return node;
}

static struct yaml_node *read_mapping(struct yaml_reader *reader, size_t depth)
{
    struct yaml_node *node = node_new(reader, YAML_MAPPING);
    struct nodes keys = { 0 }, values = { 0 };
    struct table seen = TABLE_EMPTY(reader->arena);

    refuse_anchor_and_tag(reader, node->place, reader->event.data.mapping_start.anchor,
                          reader->event.data.mapping_start.tag);
    while (next(reader) && reader->event.type != YAML_MAPPING_END_EVENT) {
        struct yaml_node *key = read_node(reader, depth + 1);

        if (!next(reader))
            break;
        check_key(reader, key, &seen);
        nodes_add(reader->arena, &keys, key);
        nodes_add(reader->arena, &values, read_node(reader, depth + 1));
    }
    node->keys = keys.items;
    node->items = values.items;
    node->count = keys.count;
    return node;
}

/* The node that the current event begins; never NULL. */
static struct yaml_node *read_node(struct yaml_reader *reader, size_t depth)
{
    if (depth > YAML_DEPTH_MAX) {
        mistakes_error(reader->mistakes, place_of(reader, reader->event.start_mark),
                       "nested deeper than %d levels: make it flatter", YAML_DEPTH_MAX);
        reader->stopped = true;
        return node_new(reader, YAML_SCALAR);
    }
    if (reader->event.type == YAML_ALIAS_EVENT)
        return read_alias(reader);
    if (reader->event.type == YAML_SEQUENCE_START_EVENT)
        return read_sequence(reader, depth);
    if (reader->event.type == YAML_MAPPING_START_EVENT)
        return read_mapping(reader, depth);
    assert(reader->event.type == YAML_SCALAR_EVENT);
    return read_scalar(reader);
}

/* ---- the document ---- */

/* What YAML 1.1 takes for a line's end, as libyaml does: \n, \r, U+0085, U+2028,
 * U+2029. */
static bool ends_line(struct str before)
{
    return before.len == 0 || before.text[before.len - 1] == '\n' ||
           before.text[before.len - 1] == '\r' ||
           str_ends_with(before, STR("\xC2\x85")) ||
           str_ends_with(before, STR("\xE2\x80\xA8")) ||
           str_ends_with(before, STR("\xE2\x80\xA9"));
}

/* Before libyaml sees them: it compares each with all before it. */
static bool has_tag_directive(struct yaml_reader *reader)
{
    const struct str directive = STR("%TAG");
    struct str text = reader->text;

    for (size_t at = 0; at < text.len; at++) {
        if (text.text[at] != '%' || !ends_line(str_slice(text, 0, at)) ||
            !str_starts_with(str_slice(text, at, text.len), directive))
            continue;
        mistakes_error(reader->mistakes, place_of_offset(reader, at),
                       "the directive '%%TAG' is not allowed: leave it out");
        return true;
    }
    return false;
}

static bool next_but_one(struct yaml_reader *reader)
{
    if (!next(reader))
        return false;
    return next(reader);
}

static const struct yaml_node *read_document(struct yaml_reader *reader)
{
    const struct yaml_node *root;

    if (!next_but_one(reader)) /* the stream's start; the document's */
        return NULL;
    if (reader->event.type == YAML_STREAM_END_EVENT) {
        mistakes_error(reader->mistakes, (struct place){ reader->path, 1, 1 },
                       "the file is empty: expected a mapping of keys");
        return NULL;
    }
    if (!next(reader))
        return NULL;
    root = read_node(reader, 1);
    if (root->kind == YAML_SCALAR && root->plain && root->text.len == 0)
        mistakes_error(reader->mistakes, root->place,
                       "the document is empty: expected a mapping of keys");
    if (!next_but_one(reader)) /* the document's end; the stream's */
        return NULL;
    if (reader->event.type != YAML_STREAM_END_EVENT) {
        mistakes_error(reader->mistakes, place_of(reader, reader->event.start_mark),
                       "a second document begins: keep one document in a file");
        return NULL;
    }
    return root;
}

const struct yaml_node *yaml_parse_within(struct arena *arena, const char *path,
                                          struct str text, size_t bytes_max,
                                          struct mistakes *mistakes)
{
    struct yaml_reader reader = { .arena = arena, .mistakes = mistakes, .path = path };
    size_t errors_before = mistakes->error_count;
    const struct yaml_node *root;

    if (text.len > bytes_max) {
        mistakes_error(mistakes, (struct place){ path, 1, 1 },
                       "the file holds %zu bytes, more than the %zu that are read: "
                       "split it",
                       text.len, bytes_max);
        return NULL;
    }
    reader.text = text.text != NULL ? text : STR("");
    if (str_starts_with(text, STR("\xEF\xBB\xBF"))) /* a byte order mark */
        reader.text = str_slice(text, 3, text.len);
    if (has_tag_directive(&reader))
        return NULL;
    if (!yaml_parser_initialize(&reader.parser))
        no_memory_left(arena);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &reader.parser, (const unsigned char *)reader.text.text, reader.text.len);
    root = read_document(&reader);
    if (reader.has_event)
        yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
    return mistakes->error_count == errors_before ? root : NULL;
}

const struct yaml_node *yaml_parse(struct arena *arena, const char *path,
                                   struct str text, struct mistakes *mistakes)
{
    return yaml_parse_within(arena, path, text, YAML_BYTES_MAX, mistakes);
}

const struct yaml_node *yaml_find(const struct yaml_node *mapping, const char *key)
{
    assert(mapping->kind == YAML_MAPPING);
    for (size_t i = 0; i < mapping->count; i++)
        if (str_equal(mapping->keys[i]->text, str_from(key)))
            return mapping->items[i];
    return NULL;
}

/* ---- the core schema ---- */

static bool is_one_of(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(text, str_from(words[i])))
            return true;
    return false;
}

static size_t digits(struct str text, size_t from)
{
    size_t to = from;

    while (to < text.len && is_digit(text.text[to]))
        to++;
    return to - from;
}

static bool is_based_integer(struct str text)
{
    bool octal = str_starts_with(text, STR("0o"));

    if (text.len < 3 || (!octal && !str_starts_with(text, STR("0x"))))
        return false;
    for (size_t i = 2; i < text.len; i++) {
        char digit = to_lower(text.text[i]);

        if (octal ? digit < '0' || digit > '7'
                  : !is_digit(digit) && (digit < 'a' || digit > 'f'))
            return false;
    }
    return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static enum yaml_meaning number_meaning(struct str text)
{
    size_t at = text.text[0] == '-' || text.text[0] == '+';
    size_t whole = digits(text, at), fraction = 0;
    bool integer = true;

    at += whole;
    if (at < text.len && text.text[at] == '.') {
        integer = false;
        fraction = digits(text, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return YAML_TEXT;
    if (at < text.len && to_lower(text.text[at]) == 'e') {
        integer = false;
        at++;
        at += at < text.len && (text.text[at] == '-' || text.text[at] == '+');
        if (digits(text, at) == 0)
            return YAML_TEXT;
        at += digits(text, at);
    }
    if (at < text.len)
        return YAML_TEXT;
    return integer ? YAML_INTEGER : YAML_FLOAT;
}

enum yaml_meaning yaml_meaning(const struct yaml_node *scalar)
{
    static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
    static const char *const booleans[] = { "true",  "True",  "TRUE",
                                            "false", "False", "FALSE" };
    static const char *const not_finite[] = { ".inf", ".Inf", ".INF",
                                              ".nan", ".NaN", ".NAN" };
    struct str text = scalar->text, unsigned_text = text;

    assert(scalar->kind == YAML_SCALAR);
    if (!scalar->plain)
        return YAML_TEXT;
    if (text.len > 0 && strchr("~nNtTfF.+-0123456789", text.text[0]) == NULL)
        return YAML_TEXT;
    if (is_one_of(text, nulls, COUNT_OF(nulls)))
        return YAML_NULL;
    if (is_one_of(text, booleans, COUNT_OF(booleans)))
        return YAML_BOOLEAN;
    if (text.text[0] == '-' || text.text[0] == '+')
        unsigned_text = str_slice(text, 1, text.len);
    if (is_one_of(unsigned_text, not_finite, COUNT_OF(not_finite)))
        return YAML_NOT_FINITE;
    return is_based_integer(text) ? YAML_INTEGER : number_meaning(text);
}

bool yaml_is_account_id(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && node->plain &&
           node->text.len == ACCOUNT_ID_DIGITS &&
           digits(node->text, 0) == ACCOUNT_ID_DIGITS;
}

/* ---- JSON ---- */

static json_t *integer_to_json(const struct yaml_node *node, struct mistakes *mistakes)
{
    const char *text = node->text.text;
    char *end;
    int base = 10;
    long long value;

    if (is_based_integer(node->text)) {
        base = text[1] == 'o' ? 8 : 16;
        text += 2;
    }
    errno = 0;
    value = strtoll(text, &end, base);
    assert(*end == '\0');
    if (errno == ERANGE) {
        mistakes_error(mistakes, node->place,
                       "the integer '%s' is out of range: quote it if text is meant",
                       node->text.text);
        return NULL;
    }
    return json_integer(value);
}

static json_t *float_to_json(const struct yaml_node *node, struct mistakes *mistakes)
{
    double value = strtod(node->text.text, NULL);

    if (!isfinite(value)) {
        mistakes_error(mistakes, node->place,
                       "the number '%s' is out of range: quote it if text is meant",
                       node->text.text);
        return NULL;
    }
    return json_real(value);
}

static json_t *scalar_to_json(const struct yaml_node *node, struct mistakes *mistakes)
{
    if (yaml_is_account_id(node)) {
        mistakes_error(mistakes, node->place,
                       "'%s' looks like an AWS account id: quote it", node->text.text);
        return NULL;
    }
    switch (yaml_meaning(node)) {
    case YAML_NULL:
        return json_null();
    case YAML_BOOLEAN:
        return json_boolean(to_lower(node->text.text[0]) == 't');
    case YAML_INTEGER:
        return integer_to_json(node, mistakes);
    case YAML_FLOAT:
        return float_to_json(node, mistakes);
    case YAML_NOT_FINITE:
        mistakes_error(
            mistakes, node->place,
            "'%s' is not a finite number, so JSON cannot hold it: quote it if text "
            "is meant",
            node->text.text);
        return NULL;
    case YAML_TEXT:
        break;
    }
    return json_stringn(node->text.text, node->text.len);
}

/* Goes on after a mistake, with null for the value, so that all are said. */
static json_t *to_json(const struct yaml_node *node, struct mistakes *mistakes)
{
    json_t *json;

    if (node->kind == YAML_SCALAR) {
        json = scalar_to_json(node, mistakes);
        return json != NULL ? json : json_null();
    }
    json = node->kind == YAML_SEQUENCE ? json_array() : json_object();
    for (size_t i = 0; i < node->count; i++) {
        json_t *item = to_json(node->items[i], mistakes);
        int failed = node->kind == YAML_SEQUENCE
                         ? json_array_append_new(json, item)
                         : json_object_setn_new(json, node->keys[i]->text.text,
                                                node->keys[i]->text.len, item);

        assert(failed == 0); /* the parser lets only UTF-8 through */
    }
    return json;
}

static void release_json(void *object)
{
    json_decref(object);
}

json_t *yaml_to_json(struct arena *arena, const struct yaml_node *node,
                     struct mistakes *mistakes)
{
    size_t errors_before = mistakes->error_count;
    json_t *json = to_json(node, mistakes);

    assert(json != NULL);
    arena_on_release(arena, release_json, json);
    return mistakes->error_count == errors_before ? json : NULL;
}
