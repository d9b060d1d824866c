/*
 * embedded.h - the files of rules/ as they were when the program was built.
 *
 *     rules/Backup-001.yaml          on: judged unless --select leaves it out
 *     rules/PACK/ID.yaml             off: judged if --pack or --select asks for it
 *
 * embed.c makes them (see the Makefile): the rules' text and how they are found, and
 * what catalog.yaml says, so that a run need not read any YAML: that takes 2.4 ms, and
 * the whole run on one small file without it 1.7. What the rules that are on say is
 * there, too; those of packs are read when they are asked for.
 */
#ifndef RULEBOOK_EMBEDDED_H
#define RULEBOOK_EMBEDDED_H

#include "catalog/catalog.h"

struct embedded_rule {
    const char *path; /* "rules/Backup-001.yaml" */
    struct str pack;  /* the folder; absent: it lies in none, and is on */
    struct str_list tags;
    struct str text;
    size_t head_bytes;  /* of the text, before its tests: all that a run needs */
    const char *sha256; /* of the text */
    /* Of one that is on, its root, without `tests`: they are the larger part, and no
     * run needs them. NULL: it is off. */
    const struct yaml_node *root;
};

extern const struct embedded_rule embedded_rules[];
extern const size_t embedded_rule_count;

extern const struct catalog_tables catalog_builtin;
/* Of catalog.yaml, aws-services.txt and aws-operations.txt, one behind the other. */
extern const char catalog_builtin_sha256[];

#endif
