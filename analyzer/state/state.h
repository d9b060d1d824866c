/*
 * state.h - what a run gathered, as a file: written before anything is judged, read and
 * joined by `merge`.
 *
 *     tree ─ scan --shard 1/3 ─► 1.state ─┐
 *          ─ scan --shard 2/3 ─► 2.state ─┼─ merge ─► the report of one scan
 *          ─ scan --shard 3/3 ─► 3.state ─┘      └──► a state of all three
 *
 * A process on another machine is one thread more (scan.c): documents are tables, and
 * nothing is decided before all are joined. So it does not matter which shard read
 * what, and a merge can itself be merged.
 *
 * A state is JSON Lines: a head (head.h); a line for each source of the shard, by path,
 * with what was read of it (tables.h); and the SHA-256 of what stands before. The same
 * evidence gives the same bytes, however many threads read it.
 *
 *     const struct state state = { head, sources, true, gathered, measures };
 *     state_print(&state, out);
 *
 *     union_new(&arena, paths, count, &united, &err)                     the heads
 *     union_read(united, columns, gathered, &sources, &err)              the rest
 *     union_is_whole(united, &err)
 *
 * A state that was cut, edited, or written by another version is refused with the
 * reason. That is against accidents: who edits one can make its SHA-256 anew.
 *
 * Lifetime: the arena's. Memory: as for a scan of the same sources. Limits: those of
 * discovery and of documents; SHARDS_MAX; STATE_TEXT_BYTES_MAX a text (parser.h).
 */
#ifndef STATE_STATE_H
#define STATE_STATE_H

#include "state/head.h"

struct state {
    const struct state_head *head;
    const struct source_list *sources;
    bool has_rest; /* it has what was not to be read, beside what was read */
    const struct gathered *gathered;
    const struct measures *measures;
};

/* As the function of a struct print_job; `object` is a struct state. */
void state_print(const void *object, struct buf *out);

/* Several states, whose heads fit together. */
struct united;

/* False: one of the files is no state of this program, or two of them do not belong
 * together; err names them. */
MUST_USE bool union_new(struct arena *arena, const char *const *paths, size_t count,
                        struct united **united, struct error *err);

/* That of the first: the settings, rules and fields of all of them. */
const struct state_head *union_first(const struct united *united);

/* Joins what they have: `gathered` is new, for measures that read no other fields than
 * are there. False: a file is broken, or a source is in two of them. */
MUST_USE bool union_read(struct united *united, const struct state_columns *columns,
                         struct gathered *gathered, struct source_list *sources,
                         struct error *err);

/* When it was read: what all of them together are; as of one scan, if they are whole.
 */
const struct state_head *union_head(const struct united *united);
/* False: a shard is missing, or a source is in none; err says which. */
MUST_USE bool union_is_whole(const struct united *united, struct error *err);

/* For tests: reads one state from its text, whatever its SHA-256. */
MUST_USE bool union_of_text(struct arena *arena, struct str text,
                            struct gathered *gathered, struct source_list *sources,
                            struct error *err);

#endif
