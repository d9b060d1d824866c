/*
 * selection_read.h - what AWS prints of selections, tags and opt-ins, as aws/ judges
 * it.
 *
 *     selection_read(&arena, json_object_get(record, "BackupSelection"), is_whole,
 *                    &selection);
 *
 * Strict: what is of a wrong type is no criterion that was read, and never none at all.
 *
 *     a list that is        becomes
 *     absent, null, []      whole and empty; absent in a record that is not whole: open
 *     of another type       open
 *     an entry of it        an entry that was not read
 *
 * Lifetime: texts are borrowed from the JSON, lists live in the arena.
 * Limits: those of aws/selection.h.
 */
#ifndef JUDGE_SELECTION_READ_H
#define JUDGE_SELECTION_READ_H

#include "aws/selection.h"

#include <jansson.h>

/* BackupSelection of get-backup-selection; NULL or no object: nothing was read.
 * `is_whole`: what it does not have is absent. */
void selection_read(struct arena *arena, const json_t *criteria, bool is_whole,
                    struct selection *selection);

/* A TagList of RDS, [{"Key", "Value"}]; NULL or no list: no tag is known, and there may
 * be any. AWS prints the value of each tag, an empty one, too: of one without, a
 * --query dropped it. */
void tags_read(struct arena *arena, const json_t *tag_list, struct tag_list *tags);

/* ResourceTypeOptInPreference of describe-region-settings; NULL: nothing is known. */
void opt_ins_read(const json_t *preference, struct opt_ins *opt_ins);

#endif
