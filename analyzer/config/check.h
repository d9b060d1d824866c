/*
 * check.h - read a YAML mapping against a table of its keys, and say all that is wrong.
 *
 *     static const struct check_key keys[] = {
 *         { "title", CHECK_TEXT, true, offsetof(struct rule, title) }, ...
 *     };
 *     check_mapping(&arena, node, keys, COUNT_OF(keys), rule, &mistakes);
 *
 * Unknown keys are mistakes, with "did you mean" where one is near.
 */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "base/suggest.h"
#include "config/yaml.h"

enum check_kind {
    CHECK_TEXT,     /* a scalar that is text: struct str. A plain 12, true or null is a
                       mistake */
    CHECK_BOOLEAN,  /* plain true or false: bool */
    CHECK_INTEGER,  /* plain decimal digits: long */
    CHECK_TEXTS,    /* a sequence of text (or one text): struct str_list */
    CHECK_NODE,     /* anything: const struct yaml_node *, checked by the caller */
    CHECK_MAPPING,  /* a mapping: const struct yaml_node * */
    CHECK_SEQUENCE, /* a sequence: const struct yaml_node * */
};

struct check_key {
    const char *name;
    enum check_kind kind;
    bool required;
    size_t offset; /* of the member of the target that takes the value */
};

/* Sets the target's members; those of absent keys stay as they are. False: at least one
 * error was added. */
bool check_mapping(struct arena *arena, const struct yaml_node *node,
                   const struct check_key *keys, size_t key_count, void *target,
                   struct mistakes *mistakes);

/* One value of a CHECK_TEXT, `name` being how a message calls it; for what is no member
 * of a table. */
bool check_text(const struct yaml_node *node, const char *name, struct str *text,
                struct mistakes *mistakes);

/* The same of a CHECK_TEXTS. */
bool check_texts(struct arena *arena, const struct yaml_node *node, const char *name,
                 struct str_list *list, struct mistakes *mistakes);

/* One of an enum's names, in their order; NULL is no name. False: it is none of them,
 * said with the names that there are. */
bool check_name(const struct yaml_node *node, const char *name,
                const char *const *names, size_t count, size_t *index,
                struct mistakes *mistakes);

#endif
