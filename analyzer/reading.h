/*
 * reading.h - what one thread needs to read sources, one after the other.
 *
 *     struct reading *reading = reading_new(&arena, measures, layout, settings);
 *     reading_source(reading, source, progress);      // for each
 *     gathered = reading_gathered(reading);             // what they said
 *     reading_end(reading);
 *
 * Each thread has an arena and measures of its own, so that none waits for another; the
 * layout is every thread's.
 *
 * Lifetime: what was gathered lives in the arena that was given, all else till
 * reading_end(). Memory: one source's, one record at a time.
 */
#ifndef READING_H
#define READING_H

#include "gather/document.h"

struct member_list;
struct reading;

struct reading *reading_new(struct arena *arena, const struct measures *measures,
                            const struct layout *layout,
                            const struct settings *settings);
struct gathered *reading_gathered(const struct reading *reading);

/* Reads the source front to back, and stages what its documents say, or its members'
 * if it is an archive. Evidence that is wrong becomes a problem. `progress` may be
 * NULL. */
void reading_source(struct reading *reading, const struct source *source,
                    struct progress *progress);

/* The same of one whose text is at hand. */
void reading_text(struct reading *reading, const struct source *source,
                  struct str text);

/* Those that were read, with the sources that their members are: the list of sources
 * lacks them till members_join(). */
struct member_list *const *reading_archives(const struct reading *reading,
                                            size_t *count);

void reading_end(struct reading *reading);

#endif
