/*
 * scan.h - judge evidence against a rulebook: the whole pipeline.
 */
#ifndef SCAN_H
#define SCAN_H

#include "base/progress.h"
#include "base/replaced.h"
#include "find/moved.h"
#include "gather/assessment.h"

struct gathered;
struct measures;
struct share;

struct scan_wanted {
    const struct rulebook *book;
    const struct settings *settings;
    const char *const *paths;
    size_t path_count;
    const struct share *share;       /* what is read of what is found; NULL: all */
    bool is_for_state;               /* what was found is digested before it is read */
    const char *const *places;       /* as in discover_wanted */
    struct moves moves;              /* of files that are there */
    const struct replaced *replaced; /* files that reports are to replace, or NULL */
    size_t jobs; /* threads that read; 0: as many as there are processors and work for.
                    They change nothing but the time */
    struct progress *progress;      /* NULL: nobody watches */
    size_t documents_max, rows_max; /* for tests; 0: DOCUMENTS_MAX, ROWS_MAX */
};

/* False: a path cannot be opened, there is more evidence than one run takes, a report
 * would replace what is read, or there is nothing of an account or a region that was
 * asked for (usage errors). All else that is wrong with evidence is in the assessment.
 */
MUST_USE bool scan(struct arena *arena, const struct scan_wanted *wanted,
                   struct assessment *assessment, struct error *err);

/* What was read, before anything is judged: what a state holds (state/state.h). */
struct scanned {
    struct source_list sources;
    /* What was found before anything was read, as a state's head has it. */
    size_t found_count;
    struct str found_sha256;
    const char *const *found_folders; /* without those in archives */
    size_t found_folder_count;
    const struct measures *measures;
    struct gathered *gathered;
};

/* The first half of a scan; the same errors. */
MUST_USE bool scan_gather(struct arena *arena, const struct scan_wanted *wanted,
                          struct scanned *scanned, struct error *err);

#endif
