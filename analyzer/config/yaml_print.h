/*
 * yaml_print.h - parsed YAML as C, for what is known when the program is built.
 *
 *     yaml_print(&buf, node);
 *
 * adds an initializer for a `const struct yaml_node *const`, with static storage where
 * it stands outside of functions. Two nodes print the same if they are the same, their
 * places among that.
 */
#ifndef CONFIG_YAML_PRINT_H
#define CONFIG_YAML_PRINT_H

#include "config/yaml.h"

void yaml_print(struct buf *buf, const struct yaml_node *node);

/* The parts of it, and a comma behind each: of a struct str, and of a struct place. */
void yaml_print_text(struct buf *buf, struct str text);
void yaml_print_place(struct buf *buf, struct place place);

/* The mapping without this key, if it has it. */
const struct yaml_node *yaml_without(struct arena *arena,
                                     const struct yaml_node *mapping, const char *key);

#endif
