/*
 * tags.h - the tags of a resource, of which some may not be known.
 *
 *     tags_sort(&tags);
 *     switch (tags_find(&tags, tag_key(key), &value)) ...
 *
 * Keys and values are compared with their case.
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
#ifndef AWS_TAGS_H
#define AWS_TAGS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct tag {
    struct str key;
    struct str value; /* absent: it has one, which is not known */
    uint64_t hash;    /* of the key, by tags_sort() */
};

/* A key that is looked for in the tags of many resources. */
struct tag_key {
    struct str text;
    uint64_t hash;
};

struct tag_key tag_key(struct str text);

struct tag_list {
    struct tag *items;
    size_t count;
    bool is_whole; /* there are no others; zeroed: nothing is known of any tag */
};

/* AWS allows 256 characters. */
enum { TAG_VALUE_BYTES_MAX = 2048 };

/* In an order of its own, which tags_find() needs. Of a key that is there twice one is
 * kept: if the values differ, its value is not known, and neither is one that is too
 * long. */
void tags_sort(struct tag_list *tags);

/* What is known where two tell the tags of one resource, both sorted: of a key that one
 * has with another value, or not at all though it tells all tags, nothing. *differ:
 * they contradict each other. */
void tags_agree(struct arena *arena, const struct tag_list *one,
                const struct tag_list *other, struct tag_list *both, bool *differ);

enum tag_state {
    TAG_ABSENT, /* the resource has no tag of that key */
    TAG_OPEN,   /* it may have one, and the value is not known */
    TAG_TEXT,   /* it has one, of *value */
};

enum tag_state tags_find(const struct tag_list *tags, struct tag_key key,
                         struct str *value);

#endif
