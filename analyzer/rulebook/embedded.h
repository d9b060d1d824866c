/*
 * embedded.h - the files of rules/ as they were when the program was built.
 *
 * embed.c makes them (see the Makefile): the rules' text and what it says, and what
 * catalog.yaml says, so that a run need not read any YAML: that takes 2.4 ms, and the
 * whole run on one small file without it 1.7.
 */
#ifndef RULEBOOK_EMBEDDED_H
#define RULEBOOK_EMBEDDED_H

#include "catalog/catalog.h"

struct embedded_rule {
    const char *path; /* "rules/Backup-001.yaml" */
    struct str text;
    /* Its root, without `tests`: they are the larger part, and no run needs them. */
    const struct yaml_node *root;
};

extern const struct embedded_rule embedded_rules[];
extern const size_t embedded_rule_count;

extern const struct catalog_tables catalog_builtin;

#endif
