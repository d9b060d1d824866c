/*
 * embedded.h - the files of rules/ as they were when the program was built.
 *
 * Generated at build time (see the Makefile): the rules' text, by name, by
 * rulebook/embed.awk; what it says, and what catalog.yaml says, by embed.c, so that a
 * run need not read any YAML.
 */
#ifndef RULEBOOK_EMBEDDED_H
#define RULEBOOK_EMBEDDED_H

#include "catalog/catalog.h"

struct embedded_file {
    const char *path; /* "rules/Backup-001.yaml" */
    const char *text; /* ends in a NUL that is not counted */
    size_t len;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

/* The root of each file, without `tests`: they are the larger part, and no run needs
 * them. */
extern const struct yaml_node *const embedded_rules[];

extern const struct catalog_tables catalog_builtin;

#endif
