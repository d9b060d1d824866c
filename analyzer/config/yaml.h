/*
 * yaml.h - a strict YAML document as nodes that know their place. The only door to
 * libyaml.
 *
 *     const struct yaml_node *root = yaml_parse(&arena, path, text, &mistakes);
 *
 * Strict: one document; no anchors, aliases, merge keys, tags, duplicate keys or keys
 * that are no text. A plain scalar is what YAML 1.2's core schema makes of it; a quoted
 * one is text.
 *
 * Lifetime: nodes live in the arena. Limits: YAML_BYTES_MAX, YAML_DEPTH_MAX.
 */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "config/mistakes.h"

#include <jansson.h>

enum { YAML_BYTES_MAX = 1024 * 1024, YAML_DEPTH_MAX = 64 };

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_node {
    enum yaml_kind kind;
    struct place place;
    struct str text; /* of a scalar, ends in a NUL */
    bool plain;      /* a scalar without quotes, not a block scalar */
    bool block;      /* a block scalar: `|` or `>` */
    size_t count;    /* of items, or of pairs */
    const struct yaml_node *const *keys;  /* of a mapping, as they stand in the file */
    const struct yaml_node *const *items; /* a sequence's items, a mapping's values */
};

/* NULL: the text is no strict YAML, said in mistakes. An empty document is a mistake.
 */
MUST_USE const struct yaml_node *yaml_parse(struct arena *arena, const char *path,
                                            struct str text, struct mistakes *mistakes);

/* The same of a file of which more may be read than YAML_BYTES_MAX. */
MUST_USE const struct yaml_node *yaml_parse_within(struct arena *arena,
                                                   const char *path, struct str text,
                                                   size_t bytes_max,
                                                   struct mistakes *mistakes);

/* The value of a mapping's key, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *mapping, const char *key);

/* What YAML 1.2's core schema makes of a scalar. */
enum yaml_meaning {
    YAML_TEXT,
    YAML_NULL, /* nothing, ~ or null */
    YAML_BOOLEAN,
    YAML_INTEGER,
    YAML_FLOAT,
    YAML_NOT_FINITE, /* .inf, .nan */
};

enum yaml_meaning yaml_meaning(const struct yaml_node *scalar);

/* A plain integer of 12 digits: most likely an AWS account id without its quotes. */
bool yaml_is_account_id(const struct yaml_node *node);

/* The node as a JSON value: plain scalars by YAML 1.2's core schema (null, true, 12,
 * 1.5), all others text. Lives in the arena. A plain integer of 12 digits is a mistake
 * that says to quote it: it is an AWS account id. NULL: said in mistakes. */
MUST_USE json_t *yaml_to_json(struct arena *arena, const struct yaml_node *node,
                              struct mistakes *mistakes);

#endif
