/*
 * nested.h - the key of a listing, where no answer of AWS has it: deeper down, as in
 * what a script merged into one file.
 *
 *     nested_look(layout, &arena, &base, text, &nested, &at);
 *     if (nested.key.text != NULL) ... it stands at nested.pointer
 *
 * Which keys are looked for, and what tells an answer from a record, the layout says
 * (layout_sign(), layout_record_field()).
 *
 * The text is JSON that was found right; it may end anywhere, with what skip.h asks for
 * behind it. It is passed over once
 * more, so this is for what is no record of a listing that is known.
 *
 * Limits: NESTED_DEPTH_MAX arrays and objects in each other: what lies deeper is not
 * seen. NESTED_POINTER_MAX bytes of a pointer: of a longer one, and of one
 * with a NUL, only its end is told.
 */
#ifndef JSON_NESTED_H
#define JSON_NESTED_H

#include "json/layout.h"

enum { NESTED_DEPTH_MAX = 16, NESTED_POINTER_MAX = 200 };

struct nested {
    struct str key;      /* the first that was met, or absent */
    const char *pointer; /* where it stands: a JSON Pointer (RFC 6901) */
    const char *jq;      /* what has jq print the object that has the key; NULL: it has
                            a name that is not to be typed */
    bool is_mixed;       /* there are others, too, and not all of the same name */
};

/* Where in its document a text stands. */
struct nested_base {
    bool is_element; /* of an array, or in one */
    uint64_t element;
    const struct str *member; /* the key whose value it is, or NULL */
};

/* Adds to what was found before. *at: where the
 * key's value starts, if it is the first that was met, else NULL. */
void nested_look(const struct layout *layout, struct arena *arena,
                 const struct nested_base *base, struct str text, struct nested *nested,
                 const char **at);

/* Whether an element of an array is a whole answer, as where several were put into one
 * array: an object with a list of records that is no record's field, and before that
 * with no field that only a record has. */
bool nested_is_answer(const struct layout *layout, struct str text);

/* The marks (layout_mark()) of the keys of an object, or of the first element of an
 * array. */
uint64_t nested_marks(const struct layout *layout, struct str text);

/* Whether a key says where an answer is from, as those of a script do that collects
 * from everywhere: "AccountId", "aws_region". */
bool nested_tells_place(struct str key);

/* A token of a JSON Pointer. */
void pointer_add_key(struct buf *buf, struct str key);

#endif
