/*
 * records.h - read the JSON documents of one source, a record at a time.
 *
 *     struct records *records = records_new(&arena, layout, buffer_bytes);
 *     records_begin(records, bytes);
 *     while ((status = records_next(records, &item)) != RECORDS_END)
 *         if (status == RECORDS_RECORD)
 *             use(item.record);
 *         else
 *             end(item.envelope);
 *
 * What AWS CLI prints is one object with one long list. It is read through a window of
 * fixed size, and each element of the list is handed on as soon as it is whole, so
 * memory does not grow with the file:
 *
 *     {                              document 0 begins
 *         "DBSnapshots": [           a list that the layout names
 *             {"Id": "s-1", ...},    -> RECORDS_RECORD, index 0
 *             {"Id": "s-2", ...}     -> RECORDS_RECORD, index 1
 *         ],
 *         "NextToken": "abc"         a field that the layout names: it is kept
 *     }                              -> RECORDS_DOCUMENT
 *     {"DBSnapshots": []}            -> RECORDS_DOCUMENT: document 1, without records
 *                                    -> RECORDS_END
 *
 * Every byte is checked against RFC 8259, but only the fields that the layout names can
 * be asked for, and even those stay text until they are.
 *
 * What is a record: an element of an array that is a member of a document and that the
 * layout names as a list; an element of a document that is an array.
 *
 * Arrays of answers: where a script put several answers into one array, its first
 * element is a whole answer (nested_is_answer()). Then each element is a document, with
 * the array's index and a number of its own. The array itself is none, unless it is
 * damaged between two elements.
 *
 * Damage: nothing here fails. Where the text breaks, the document ends as `damaged`;
 * what came before the break was handed on; what comes after it is not read.
 *
 * What is strict: UTF-8 with or without a byte order mark, UTF-16 with one; no raw NUL,
 * no half of a surrogate pair, no control character in a string. Keys with escapes are
 * decoded before they are compared, at every depth; "\u0000" is an ordinary character.
 * Several documents: each begins the source or a line. What else stands behind a
 * document on its line is a further document, a DOCUMENT_NONE that is damaged.
 *
 * Documents as values (layout_as_values()): there are no records, and each document is
 * a jansson value. Then a value may have VALUE_BYTES_MAX, the members that are read any
 * number of bytes together, and there may be any number of documents.
 *
 * Lifetime: a record, its text and its value live until the next records_next(); a
 * document and its values until the next document begins; its texts until the next
 * source begins. Values are not to be changed. Memory: a window of less than twice the
 * largest record, and that record's keys, whatever the source's size; both are kept for
 * the next source. Limits: RECORD_BYTES_MAX for a record, for each other member of a
 * document, for a document's keys together, and for its members that are kept together;
 * JSON_DEPTH_MAX arrays and objects in each other; OBJECT_KEYS_MAX keys an object;
 * RECORDS_DOCUMENTS_MAX documents, and as many elements of arrays of answers. Blanks
 * between values may be of any length.
 */
#ifndef JSON_RECORDS_H
#define JSON_RECORDS_H

#include "json/bytes.h"
#include "json/layout.h"
#include "json/nested.h"

#include <jansson.h>
#include <stdint.h>

enum {
    RECORDS_BUFFER_BYTES = 256 * 1024,
    RECORDS_BUFFER_BYTES_MIN = 64,
    RECORD_BYTES_MAX = 4 * 1024 * 1024,
    VALUE_BYTES_MAX = 256 * 1024 * 1024,
    JSON_DEPTH_MAX = 512,
    OBJECT_KEYS_MAX = 65536,
    RECORDS_DOCUMENTS_MAX = 65536,
};

/* A place in the source as it is stored. */
struct position {
    uint64_t offset; /* bytes before it */
    uint64_t line;   /* from 1 */
    uint64_t column; /* from 1, in characters */
};

enum record_kind {
    RECORD_OBJECT,
    RECORD_STRING,
    RECORD_ARRAY, /* no record, though it may hold some */
    RECORD_OTHER, /* a number, true, false, null: no record */
};

/* What of it is in the evidence stays text until somebody asks for more. */
struct record {
    enum record_kind kind;
    bool duplicate_key; /* in it, at any depth, projected or not; of a field that is
                           there twice, the first is taken */
    uint64_t index;     /* in its list */
    struct position start;
    struct str text; /* all of it; of an element of an array only, else absent */
    /* For record_value() and its like: the fields as they were read; or, where that is
     * NULL, what somebody made. */
    struct fields *fields;
    json_t *made, *made_unusable;
};

enum document_kind {
    DOCUMENT_OBJECT,
    DOCUMENT_ARRAY,
    DOCUMENT_STRING,
    DOCUMENT_NUMBER,
    DOCUMENT_BOOLEAN,
    DOCUMENT_NULL,
    DOCUMENT_NONE, /* it broke before it began */
};

enum damage {
    DAMAGE_NONE,
    DAMAGE_SYNTAX,    /* not JSON */
    DAMAGE_CUT_OFF,   /* the end of the source inside a document */
    DAMAGE_UTF8,      /* not UTF-8 */
    DAMAGE_CONTROL,   /* a raw control character in a string, or a raw NUL anywhere */
    DAMAGE_SURROGATE, /* half of a surrogate pair */
    DAMAGE_DEPTH,
    DAMAGE_BYTES, /* RECORD_BYTES_MAX */
    DAMAGE_KEYS,
    DAMAGE_DOCUMENTS,
    DAMAGE_TRAILING, /* text behind a document, on its line */
    DAMAGE_COUNT
};

struct envelope {
    enum document_kind kind;
    uint64_t index;   /* in the source, from 0 */
    bool is_element;  /* of an array of answers, which has that index */
    uint64_t element; /* its number there */
    struct position start;

    /* of a DOCUMENT_OBJECT */
    json_t *fields;       /* the projected members; a list that was streamed is none */
    json_t *unusable;     /* as a record's */
    size_t member_count;  /* projected or not */
    bool duplicate_key;   /* a top-level key twice, or two lists, even of other names */
    bool duplicate_below; /* a key twice, at any depth, in what was not streamed */
    struct str list; /* the first member that the layout names as a list, or absent */
    bool list_is_array; /* it was streamed; all else is no listing, not even an empty
                           one */
    struct position list_start; /* of the value; of a DOCUMENT_ARRAY too */
    uint64_t answers; /* of a DOCUMENT_ARRAY that holds some: those before the damage */
    const struct layout *layout;
    uint64_t marks; /* of its keys, and the first ones in its arrays (layout_mark()) */
    bool tells_place; /* a key says where it is from (nested_tells_place()) */
    /* Before any list of its own, and in an array that is an element: */
    struct nested nested;
    struct position nested_at; /* of the value */

    /* Of a layout of values; NULL: it is damaged, or what is to be in it holds a number
     * that cannot be made (layout_large_integers()), the first in what starts at
     * unusable_at. */
    json_t *value;
    struct position unusable_at;

    uint64_t record_count; /* handed on */
    enum damage damage;
    /* The byte that was not expected; DAMAGE_BYTES: where what is too long starts. */
    struct position damage_at;
    /* What was met and what was expected: one line, lower case, no full stop; NULL
     * without damage. */
    const char *damage_text;
};

/* Of a RECORD_OBJECT an object of the projected fields that it has, of a RECORD_STRING
 * the string, else NULL. Made when it is first asked for. */
json_t *record_value(const struct record *record);
/* NULL, or an object: a key for each projected field whose value holds a number that no
 * int64 or double can, at any depth; the record's value lacks it. */
json_t *record_unusable(const struct record *record);

/* The field's text, or absent: the record has no such field, or it is no text. Nothing
 * is allocated, unless the text has escapes. */
struct str record_text(const struct record *record, struct str field);
/* Whether the record has the field, and not as null. */
bool record_has(const struct record *record, struct str field);

/* The projection whose numbers its fields have, or NULL: it was made. */
const struct projection *record_projection(const struct record *record);
/* As record_text(). */
struct str record_field_text(const struct record *record, size_t number);
/* The field's first byte, which tells what it is: a quote, say. '\0': the record lacks
 * it. */
char record_field_start(const struct record *record, size_t number);
/* All of the fields' values, as they stand in the evidence: `"automated"` with its
 * quotes, `[1, 2]` with its blanks. Borrowed until the next record. Absent: the record
 * lacks the field, or it is a record that somebody made. */
void record_fields_json(const struct record *record, const size_t *numbers,
                        size_t count, struct str *texts);
/* The value of such a text: the caller's reference. NULL: it holds a number that no
 * int64 or double can, at any depth (record_unusable()). A key twice in an object: the
 * last one wins. */
json_t *json_of_text(struct str text);
enum records_status { RECORDS_RECORD, RECORDS_DOCUMENT, RECORDS_END };

struct records_item {
    const struct record *record; /* NULL: the document ended */
    const struct envelope *envelope;
};

struct records;

/* For any number of sources, one after the other. */
struct records *records_new(struct arena *arena, const struct layout *layout,
                            size_t buffer_bytes);
/* Leaves the source before where it is. A source of nothing but blanks has no document.
 */
void records_begin(struct records *records, struct bytes *bytes);
enum records_status records_next(struct records *records, struct records_item *item);

/* For the fuzz target, which compares both ways: the reader looks at every byte, as if
 * it had not met it before (gaps.h). */
void records_learn_nothing(struct records *records);

#endif
