#include "json/records.h"

#include "json/build.h"
#include "json/collected.h"
#include "json/fields.h"
#include "json/scanner.h"
#include "json/utf16.h"
#include "json/window.h"

#include <assert.h>

/* Where the reader is: what the next token may be. */
enum state {
    BETWEEN_DOCUMENTS,
    FIRST_ELEMENT,
    NEXT_ELEMENT,
    FIRST_MEMBER,
    NEXT_MEMBER,
    NEXT_ANSWER,
    FINISHED,
};

enum step { STEP_ON, STEP_RECORD, STEP_DOCUMENT, STEP_END };

struct records {
    struct arena texts; /* of the documents: names and damage */
    const struct layout *layout;
    size_t value_bytes_max;
    struct window window;
    struct scanner scanner;
    enum state state;

    uint64_t document_count; /* begun */
    uint64_t element_count;  /* of arrays of answers, begun */
    uint64_t element;        /* in its array of answers */
    struct position array_start;
    size_t field_bytes; /* of the document's members that are kept */
    uint64_t last_line; /* on which the last document ended */
    struct envelope envelope;
    const struct projection *projection; /* of the array's elements */
    struct record record;
    struct collected collected;
    struct fields fields; /* of a record that is an object */

    struct arena
        key_texts; /* of the document's keys, which do not stay in the window */
    struct table keys;
    size_t key_bytes;
};

static void drop_record(struct records *records)
{
    fields_drop(&records->fields);
    json_decref(records->record.made);
    records->record.made = NULL;
}

static void drop_document(struct records *records)
{
    json_decref(records->envelope.fields);
    json_decref(records->envelope.unusable);
    collected_drop(&records->collected);
    records->envelope.fields = records->envelope.unusable = NULL;
}

static void records_release(void *object)
{
    struct records *records = object;

    drop_record(records);
    drop_document(records);
    window_release(&records->window);
    scanner_release(&records->scanner);
    arena_release(&records->key_texts);
    arena_release(&records->texts);
}

void records_learn_nothing(struct records *records)
{
    gaps_forget(&records->scanner.gaps);
    records->scanner.gaps.is_off = true;
}

struct records *records_new(struct arena *arena, const struct layout *layout,
                            size_t buffer_bytes)
{
    struct records *records = arena_new(arena, struct records);

    records->layout = layout;
    records->collected.integers = &layout->integers;
    records->state = FINISHED;
    arena_on_release(arena, records_release, records);
    scanner_init(&records->scanner, arena, &records->texts);
    records->value_bytes_max =
        layout->is_of_values ? VALUE_BYTES_MAX : RECORD_BYTES_MAX;
    window_init(&records->window, buffer_bytes, records->value_bytes_max);
    return records;
}

void records_begin(struct records *records, struct bytes *bytes)
{
    drop_record(records);
    drop_document(records);
    arena_reset(&records->texts);
    scanner_begin(&records->scanner);
    records->document_count = 0;
    records->element_count = 0;
    records->last_line = 0;
    records->state = BETWEEN_DOCUMENTS;
    window_open(&records->window, bytes);
}

/* ---- the end of a document ------------------------------------------------------ */

static enum step end_document(struct records *records)
{
    struct envelope *envelope = &records->envelope;

    if (envelope->damage == DAMAGE_NONE && !records->collected.is_unusable)
        envelope->value = records->collected.value;
    envelope->unusable_at = records->collected.unusable_at;
    if (envelope->is_element) {
        records->state = NEXT_ANSWER;
        return STEP_DOCUMENT;
    }
    records->last_line = window_place(&records->window, records->window.at).line;
    records->state = BETWEEN_DOCUMENTS;
    return STEP_DOCUMENT;
}

/* What is no UTF-16 has become a byte that nothing expects; here it is told as what it
 * was. */
static void tell_utf16(char byte, struct envelope *envelope)
{
    if ((unsigned char)byte == UTF16_HALF) {
        envelope->damage = DAMAGE_SURROGATE;
        envelope->damage_text = "expected both halves of a surrogate pair, met one";
    } else if ((unsigned char)byte == UTF16_CUT_OFF) {
        envelope->damage = DAMAGE_CUT_OFF;
        envelope->damage_text = "the file ends inside a character";
    }
}

static enum step PRINTF_LIKE(4, 5) damaged(struct records *records, enum damage damage,
                                           const char *at, const char *format, ...)
{
    struct envelope *envelope = &records->envelope;
    struct buf text = BUF_EMPTY(&records->texts);
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(&text, format, arguments);
    va_end(arguments);
    envelope->damage = damage;
    envelope->damage_at = window_place(&records->window, at);
    envelope->damage_text = buf_str(&text).text;
    if (records->window.is_utf16)
        tell_utf16(*at, envelope);
    records->window.at = at;
    end_document(records);
    records->state = FINISHED;
    return STEP_DOCUMENT;
}

/* The token in the window is another one than expected. */
static enum step damaged_token(struct records *records, enum damage damage,
                               const char *expected)
{
    struct window *window = &records->window;
    struct str text = { window->at, (size_t)(window->end - window->at) };

    while (text.len < scanner_met_bytes(text) && !window->is_last) {
        window_more(window);
        text = (struct str){ window->at, (size_t)(window->end - window->at) };
    }
    if (text.len == 0)
        damage = DAMAGE_CUT_OFF;
    else if (text.text[0] == '\0')
        damage = DAMAGE_CONTROL;
    return damaged(records, damage, window->at, "%s",
                   scanner_expected(&records->texts, expected, text));
}

/* ---- values --------------------------------------------------------------------- */

/* Checks the value (or, if `is_key`, the string) in the window, whatever it takes to
 * have all of it there. NULL: it is damaged, says the scanner, or else too long. */
static const char *scan_try(struct records *records, bool is_key, size_t depth,
                            const struct projection *projection)
{
    struct window *window = &records->window;
    struct scanner *scanner = &records->scanner;
    const char *end;

    do {
        scanner->end = window->end;
        scanner->is_last = window->is_last;
        end = is_key ? scanner_string(scanner, window->at)
                     : scanner_value(scanner, window->at, depth, projection);
        if (end != NULL && (size_t)(end - window->at) <= records->value_bytes_max)
            return end;
        if (end == NULL && !scanner->needs_more)
            return NULL;
    } while (end == NULL && window_more(window));
    return NULL;
}

/* Ends the document at a value that scan_try() did not find right. */
static enum step damaged_value(struct records *records)
{
    const struct scanner *scanner = &records->scanner;

    if (scanner->damage != DAMAGE_NONE)
        return damaged(records, scanner->damage, scanner->damage_at, "%s",
                       scanner->damage_text);
    return damaged(records, DAMAGE_BYTES, records->window.at,
                   "a value has more than %zu bytes", records->value_bytes_max);
}

/* NULL: the document is damaged, and ended. */
static const char *scan_whole(struct records *records, bool is_key, size_t depth,
                              const struct projection *projection)
{
    const char *end = scan_try(records, is_key, depth, projection);

    if (end == NULL)
        damaged_value(records);
    return end;
}

/* The value in the window, of which that is the end, is done with. */
static enum step go_on(struct records *records, const char *end, enum state state)
{
    records->window.at = end;
    records->state = state;
    return STEP_ON;
}

/* Of arrays and objects around a member of the document. */
static size_t depth_of(const struct records *records)
{
    return records->envelope.is_element ? 2 : 1;
}

static bool has_key(const json_t *object, struct str key)
{
    return object != NULL && json_object_getn(object, key.text, key.len) != NULL;
}

/* ---- records -------------------------------------------------------------------- */

static void begin_record(struct records *records)
{
    static const struct projection nothing;
    struct record *record = &records->record;
    struct arena *scratch = &records->scanner.scratch;
    const char *at = records->window.at;

    record->fields = NULL;
    if (*at == '"') {
        record->kind = RECORD_STRING;
        record->made = build_value(scratch, NULL, &at);
    } else if (*at == '{') {
        record->kind = RECORD_OBJECT;
        record->fields = &records->fields;
        records->fields = (struct fields){
            .projection = records->projection != NULL ? records->projection : &nothing,
            .found = records->scanner.found,
            .ends = records->scanner.ends,
            .scratch = scratch,
        };
    } else {
        record->kind = *at == '[' ? RECORD_ARRAY : RECORD_OTHER;
    }
}

static enum step end_list(struct records *records)
{
    records->window.at++;
    if (records->envelope.kind == DOCUMENT_ARRAY)
        return end_document(records);
    records->state = NEXT_MEMBER;
    return STEP_ON;
}

/* What was found right of the value at the window's start, of which `end` is the end,
 * or NULL. */
static struct str right_text(const struct records *records, const char *end)
{
    const char *at = records->window.at;

    if (end == NULL && records->scanner.damage != DAMAGE_NONE)
        end = records->scanner.damage_at;
    else if (end == NULL)
        end = at + records->value_bytes_max;
    return (struct str){ at, (size_t)(end - at) };
}

/* The first element of an array tells what all are. */
static bool starts_answers(const struct records *records, const char *end)
{
    return records->envelope.kind == DOCUMENT_ARRAY && records->record.index == 0 &&
           *records->window.at == '{' && !records->layout->is_of_values &&
           nested_is_answer(records->layout, right_text(records, end));
}

static enum step start_element(struct records *records);

static enum step take_record(struct records *records)
{
    struct window *window = &records->window;
    struct record *record = &records->record;
    bool is_bare = records->envelope.kind == DOCUMENT_ARRAY;
    size_t depth = is_bare ? 1 : 1 + depth_of(records);
    const char *end;

    record->start = window_place(window, window->at);
    end = scan_try(records, false, depth, records->projection);
    if (starts_answers(records, end)) {
        records->array_start = records->envelope.start;
        records->element = 0;
        return start_element(records);
    }
    if (end == NULL)
        return damaged_value(records);
    if (records->layout->is_of_values) {
        collected_element(&records->collected, &records->scanner, window->at,
                          records->projection, &record->start);
        return go_on(records, end, NEXT_ELEMENT);
    }
    begin_record(records);
    record->text = is_bare ? right_text(records, end) : STR_NONE;
    record->duplicate_key = records->scanner.has_duplicate;
    records->envelope.record_count++;
    window_pass(window, end, records->scanner.line_ends);
    go_on(records, end, NEXT_ELEMENT);
    return STEP_RECORD;
}

static enum step next_element(struct records *records)
{
    int token = window_token(&records->window);

    if (token == ']')
        return end_list(records);
    if (records->state == FIRST_ELEMENT) {
        records->record.index = 0;
        return take_record(records);
    }
    if (token != ',')
        return damaged_token(records, DAMAGE_SYNTAX,
                             "',' or ']' after an array's element");
    records->window.at++;
    window_token(&records->window);
    records->record.index++;
    return take_record(records);
}

/* ---- members of the document ---------------------------------------------------- */

static bool add_key(struct records *records, struct str key)
{
    struct envelope *envelope = &records->envelope;
    const char *at = records->window.at;
    void **slot;

    if (envelope->member_count == OBJECT_KEYS_MAX) {
        damaged(records, DAMAGE_KEYS, at, "an object has more than %d keys",
                OBJECT_KEYS_MAX);
        return false;
    }
    records->key_bytes += key.len;
    if (records->key_bytes > records->value_bytes_max) {
        damaged(records, DAMAGE_BYTES, at,
                "the keys of the document have more than %zu bytes",
                records->value_bytes_max);
        return false;
    }
    envelope->member_count++;
    slot = table_slot(&records->keys, key);
    if (*slot != NULL)
        envelope->duplicate_key = true;
    *slot = records;
    return true;
}

static enum step start_list(struct records *records, struct str key, int token)
{
    struct envelope *envelope = &records->envelope;
    struct window *window = &records->window;

    if (envelope->list.text != NULL) {
        envelope->duplicate_key = true;
    } else {
        envelope->list = str_copy(&records->texts, key);
        envelope->list_is_array = token == '[';
        envelope->list_start = window_place(window, window->at);
    }
    return token == '[' ? STEP_RECORD : STEP_ON;
}

/* What stands in a member, or in an element, that is an array or an object. `end`: its
 * end, or NULL: it is too long. */
static void look_below(struct records *records, const struct str *key, const char *end)
{
    struct envelope *envelope = &records->envelope;
    struct window *window = &records->window;
    const struct nested_base base = { envelope->is_element, envelope->element, key };
    struct str text = right_text(records, end);
    const char *at;

    if (envelope->list.text != NULL || (*window->at != '{' && *window->at != '[') ||
        records->layout->is_of_values)
        return;
    if (*window->at == '[')
        envelope->marks |= nested_marks(records->layout, text);
    nested_look(records->layout, &records->texts, &base, text, &envelope->nested, &at);
    if (at != NULL && end != NULL)
        envelope->nested_at = window_place(window, at);
    else if (at != NULL)
        envelope->nested_at = envelope->damage_at;
}

static enum step take_member(struct records *records, struct str key)
{
    const struct projection *other = records->layout->other;
    struct envelope *envelope = &records->envelope;
    struct window *window = &records->window;
    const char *end = scan_whole(records, false, depth_of(records), NULL);

    if (end != NULL || envelope->damage == DAMAGE_BYTES)
        look_below(records, &key, end);
    if (end == NULL)
        return STEP_DOCUMENT;
    if (records->scanner.has_duplicate)
        envelope->duplicate_below = true;
    if (other != NULL && projection_has(other, key) &&
        !has_key(envelope->fields, key) && !has_key(envelope->unusable, key)) {
        records->field_bytes += (size_t)(end - window->at);
        if (records->field_bytes > RECORD_BYTES_MAX) {
            return damaged(records, DAMAGE_BYTES, window->at,
                           "the members of the document that are read have more than "
                           "%d bytes",
                           RECORD_BYTES_MAX);
        }
        fields_build(&records->scanner.scratch, key, window->at, envelope->fields,
                     &envelope->unusable);
    }
    return go_on(records, end, NEXT_MEMBER);
}

/* Of a document as a value: the list starts, or the value that is there instead is
 * taken. */
static enum step collect_member(struct records *records, struct str key, int token)
{
    struct window *window = &records->window;
    struct position start = window_place(window, window->at);
    const char *end;

    if (token == '[') {
        collected_open(&records->collected, &key, json_array(), records->projection);
        return go_on(records, window->at + 1, FIRST_ELEMENT);
    }
    end = scan_whole(records, false, 1, NULL);
    if (end == NULL)
        return STEP_DOCUMENT;
    collected_value(&records->collected, &records->scanner, &key, window->at, &start);
    return go_on(records, end, NEXT_MEMBER);
}

/* The window is at the key. */
static enum step take_key(struct records *records)
{
    struct window *window = &records->window;
    const struct projection *list;
    struct str key;
    int token;
    const char *end = scan_whole(records, true, 0, NULL);

    if (end == NULL)
        return STEP_DOCUMENT;
    key = build_string(&records->scanner.scratch, window->at);
    key = str_copy(&records->key_texts, key);
    if (!add_key(records, key))
        return STEP_DOCUMENT;
    window->at = end;
    if (window_token(window) != ':')
        return damaged_token(records, DAMAGE_SYNTAX, "':' after a key");
    window->at++;
    token = window_token(window);
    list = layout_find(records->layout, key);
    records->projection = list;
    records->envelope.marks |= layout_mark_find(records->layout, key);
    if (list == NULL && nested_tells_place(key))
        records->envelope.tells_place = true;
    if (list != NULL && records->layout->is_of_values)
        return collect_member(records, key, token);
    if (list == NULL || start_list(records, key, token) == STEP_ON)
        return take_member(records, key);
    return go_on(records, window->at + 1, FIRST_ELEMENT);
}

static enum step next_member(struct records *records)
{
    struct window *window = &records->window;
    int token = window_token(window);
    bool is_first = records->state == FIRST_MEMBER;

    if (token == '}') {
        window->at++;
        return end_document(records);
    }
    if (!is_first && token != ',')
        return damaged_token(records, DAMAGE_SYNTAX,
                             "',' or '}' after an object's member");
    if (!is_first) {
        window->at++;
        token = window_token(window);
    }
    if (token != '"')
        return damaged_token(records, DAMAGE_SYNTAX,
                             is_first ? "a key or '}' after '{'" : "a key after ','");
    return take_key(records);
}

/* ---- documents ------------------------------------------------------------------ */

static enum document_kind kind_of(int token)
{
    switch (token) {
    case '{':
        return DOCUMENT_OBJECT;
    case '[':
        return DOCUMENT_ARRAY;
    case '"':
        return DOCUMENT_STRING;
    case 't':
    case 'f':
        return DOCUMENT_BOOLEAN;
    case 'n':
        return DOCUMENT_NULL;
    default:
        return DOCUMENT_NUMBER;
    }
}

/* What is one value to the reader: a text, a number or a word; or an array among
 * answers, which is no list of records, though it may hold some deeper down. */
static enum step take_whole(struct records *records, int token)
{
    struct envelope *envelope = &records->envelope;
    struct window *window = &records->window;
    const char *end;

    if (token == '"')
        envelope->kind = DOCUMENT_STRING;
    end = scan_whole(records, false, depth_of(records) - 1, NULL);
    if (end == NULL)
        return STEP_DOCUMENT;
    envelope->kind = kind_of(token);
    envelope->duplicate_below = records->scanner.has_duplicate;
    look_below(records, NULL, end);
    if (records->layout->is_of_values)
        collected_value(&records->collected, &records->scanner, NULL, window->at,
                        &envelope->start);
    window->at = end;
    return end_document(records);
}

/* An object; or an array that is no element of another. */
static enum step open_document(struct records *records, int token)
{
    struct envelope *envelope = &records->envelope;

    envelope->kind = kind_of(token);
    if (token == '[') {
        envelope->list_start = envelope->start;
        records->projection = layout_elements_find(records->layout);
    } else {
        envelope->fields = json_object();
    }
    if (records->layout->is_of_values)
        collected_open(&records->collected, NULL,
                       token == '[' ? json_array() : json_object(),
                       token == '[' ? records->projection : NULL);
    return go_on(records, records->window.at + 1,
                 token == '[' ? FIRST_ELEMENT : FIRST_MEMBER);
}

static void begin_document(struct records *records, uint64_t index)
{
    struct window *window = &records->window;

    drop_document(records);
    arena_reset(&records->key_texts);
    records->key_bytes = 0;
    records->field_bytes = 0;
    records->envelope = (struct envelope){
        .kind = DOCUMENT_NONE,
        .layout = records->layout,
        .index = index,
        .start = window_place(window, window->at),
    };
    records->keys = (struct table)TABLE_EMPTY(&records->key_texts);
}

static enum step too_many(struct records *records)
{
    return damaged(records, DAMAGE_DOCUMENTS, records->window.at,
                   "more than %d documents", RECORDS_DOCUMENTS_MAX);
}

static enum step start_document(struct records *records)
{
    struct window *window = &records->window;
    int token = window_token(window);

    if (token < 0) {
        records->state = FINISHED;
        return STEP_END;
    }
    begin_document(records, records->document_count);
    if (records->document_count > 0 &&
        records->envelope.start.line == records->last_line)
        return damaged_token(records, DAMAGE_TRAILING, "a line end after a document");
    if (records->document_count == RECORDS_DOCUMENTS_MAX &&
        !records->layout->is_of_values)
        return too_many(records);
    records->document_count++;
    return token == '{' || token == '[' ? open_document(records, token)
                                        : take_whole(records, token);
}

/* ---- arrays of answers ---------------------------------------------------------- */

static enum step start_element(struct records *records)
{
    int token = window_token(&records->window);

    begin_document(records, records->document_count - 1);
    records->envelope.is_element = true;
    records->envelope.element = records->element;
    if (records->element_count++ == RECORDS_DOCUMENTS_MAX)
        return too_many(records);
    return token == '{' ? open_document(records, token) : take_whole(records, token);
}

static enum step next_answer(struct records *records)
{
    struct window *window = &records->window;
    int token = window_token(window);

    if (token == ']') {
        window->at++;
        records->last_line = window_place(window, window->at).line;
        records->state = BETWEEN_DOCUMENTS;
        return STEP_ON;
    }
    if (token == ',') {
        window->at++;
        records->element++;
        return start_element(records);
    }
    begin_document(records, records->document_count - 1);
    records->envelope.kind = DOCUMENT_ARRAY;
    records->envelope.start = records->envelope.list_start = records->array_start;
    records->envelope.answers = records->element + 1;
    return damaged_token(records, DAMAGE_SYNTAX, "',' or ']' after an array's element");
}

static enum step take_step(struct records *records)
{
    switch (records->state) {
    case BETWEEN_DOCUMENTS:
        return start_document(records);
    case FIRST_ELEMENT:
    case NEXT_ELEMENT:
        return next_element(records);
    case FIRST_MEMBER:
    case NEXT_MEMBER:
        return next_member(records);
    case NEXT_ANSWER:
        return next_answer(records);
    case FINISHED:
        break;
    }
    return STEP_END;
}

enum records_status records_next(struct records *records, struct records_item *item)
{
    drop_record(records);
    for (;;) {
        switch (take_step(records)) {
        case STEP_ON:
            break;
        case STEP_RECORD:
            *item = (struct records_item){ &records->record, &records->envelope };
            return RECORDS_RECORD;
        case STEP_DOCUMENT:
            *item = (struct records_item){ NULL, &records->envelope };
            return RECORDS_DOCUMENT;
        case STEP_END:
            return RECORDS_END;
        }
    }
}
