/*
 * look.h - what a file is, by its name and its first bytes: evidence, what tells about
 * evidence, or neither.
 *
 *     if (!look_at_name(name, sidecar, has_answer, &look))
 *         look_at_head(catalog, name, sidecar, has_answer, head_sniff(match, &head),
 * &look);
 *
 * discover.h asks it of the files in a folder and members.h of those in an archive, so
 * that both find the same. A name alone hides no evidence (sidecar.h).
 *
 * What lies beside an answer and tells how its call ended: look_at_failure() and
 * look_at_status() read it, look_rank() says which counts where there are several.
 *
 * Lifetime: texts live in the arena, or are constant.
 */
#ifndef FIND_LOOK_H
#define FIND_LOOK_H

#include "catalog/catalog.h"
#include "find/discover.h"
#include "find/labels.h"
#include "find/sidecar.h"
#include "find/sniff.h"

struct looked {
    enum source_use use; /* SOURCE_READ, SOURCE_IGNORED or SOURCE_EXPLAINS */
    const char *why;     /* as that of a source */
};

/* Whether the name alone tells. `sidecar`: as sidecar_of() gives it, or NULL;
 * `has_answer`: the folder has a file that it lies beside. */
bool look_at_name(struct str name, const struct sidecar *sidecar, bool has_answer,
                  struct looked *look);

/* The same of a name that does not. `goes_on`: there are more bytes than the head. */
void look_at_head(const struct catalog *catalog, struct str name,
                  const struct sidecar *sidecar, bool has_answer, enum sniff kind,
                  bool goes_on, struct looked *look);

/* Why a file of that kind explains evidence; NULL: it does not. */
const char *look_explains(enum sidecar_kind kind);

/* Why a list of a collection that has not the form of one explains nothing. */
extern const char look_list_unread[];

/* Whether a file of that kind need not be seen to be no evidence. */
bool look_hides(enum sidecar_kind kind);

/* Whether its name is that of a call. */
bool look_is_call(const struct catalog *catalog, struct str name);

/* Whether its name, or --path-pattern by its path, says that it is evidence. */
bool look_is_named(struct arena *arena, const struct catalog *catalog,
                   const struct pattern *path_pattern, struct pattern_match *match,
                   struct str name, const char *path);

/* What an error output or a log, by its first or its last bytes, says of a failure:
 * true. Else false, and `said` is the last line of an error output, or NULL. A log may
 * say anything, so that of one only a failure counts. */
bool look_at_failure(struct arena *arena, const char *name, struct str text,
                     struct failure *failure);
/* Has the source explained by it. `name` may be a path. */
void look_explain(struct arena *arena, const char *name, const struct failure *failure,
                  struct source *source);

/* The exit status that a file holds, "" for 0; NULL: it holds none. */
const char *look_at_status(struct arena *arena, struct str text);
void look_end(struct arena *arena, const char *name, const char *status,
              struct source *source);

/* Of a file whose name is that of an answer's stem and sidecar_suffixes[suffix]: the
 * lowest counts; never 0. Error outputs before logs, and x.json.err before x.err. */
size_t look_rank(const struct sidecar *sidecar, size_t suffix);

#endif
