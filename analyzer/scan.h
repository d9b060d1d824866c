/*
 * scan.h - judge evidence against a rulebook: the whole pipeline.
 */
#ifndef SCAN_H
#define SCAN_H

#include "assess/assessment.h"

/* False: a path cannot be opened, or there is nothing of an account or a region that
 * was asked for (usage errors). All else that is wrong with evidence is in the
 * assessment. */
MUST_USE bool scan(struct arena *arena, const struct rulebook *book,
                   const struct settings *settings, const char *const *paths,
                   size_t path_count, struct assessment *assessment, struct error *err);

#endif
