/*
 * catalog_keys.h - private to catalog/: the keys that a catalog file has, as tables.
 *
 *     catalog_read.c   reads a file by them, into an entry each
 *     catalog_schema   the same for editors (config/schema.h)
 *
 * How to add a key: a member here or in catalog.h, a row and a note in catalog_keys.c,
 * and a sentence in invaudit-catalog(5).
 */
#ifndef CATALOG_CATALOG_KEYS_H
#define CATALOG_CATALOG_KEYS_H

#include "catalog/catalog.h"

enum {
    CATALOG_FORMAT = 1,
    CATALOG_FILE_KEYS = 2,
    CATALOG_TYPE_KEYS = 17,
    CATALOG_CALL_KEYS = 17,
    CATALOG_DOCUMENT_KEYS = 2,
    CATALOG_RECORD_KEYS = 2,
    CATALOG_PARENT_KEYS = 3,
};

/* What is read as it stands, and what is read further. */
struct file_entry {
    long format;
    const struct yaml_node *types;
};

struct type_entry {
    struct type type;
    const struct yaml_node *level, *arn_form, *always, *fields, *from_id, *derive,
        *calls;
};

struct call_entry {
    struct call call;
    struct str list, map;
    const struct yaml_node *document, *record, *gives, *options, *parent;
};

extern const struct check_key catalog_file_keys[CATALOG_FILE_KEYS],
    catalog_type_keys[CATALOG_TYPE_KEYS], catalog_call_keys[CATALOG_CALL_KEYS],
    catalog_document_keys[CATALOG_DOCUMENT_KEYS], /* of a struct call, as the others */
    catalog_record_keys[CATALOG_RECORD_KEYS], catalog_parent_keys[CATALOG_PARENT_KEYS];

extern const char *const level_names[LEVEL_COUNT];
extern const char *const derive_names[DERIVE_COUNT];
extern const char *const gives_names[GIVES_COUNT];
extern const char *const field_kind_names[FIELD_KIND_COUNT];

#endif
