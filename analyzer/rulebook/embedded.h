/*
 * embedded.h - the files of rules/ as they were when the program was built.
 *
 * Generated at build time (see the Makefile): the rules, by name, by rulebook/embed.awk;
 * what catalog.yaml says by embed.c.
 */
#ifndef RULEBOOK_EMBEDDED_H
#define RULEBOOK_EMBEDDED_H

#include "evidence/catalog.h"

struct embedded_file {
    const char *path; /* "rules/Backup-001.yaml" */
    const char *text; /* ends in a NUL that is not counted */
    size_t len;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

extern const struct catalog_tables catalog_builtin;

#endif
