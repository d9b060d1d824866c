/*
 * evidence_others.h - which files are no evidence, and what of the evidence belongs
 * nowhere. Private to report/.
 *
 *     Not evidence: 2 JSON files, 1 other
 *       2  JSON, but not an answer of any call in the catalog
 *             in/all.json
 *             in/more.json
 *       1  not JSON
 *             in/notes.txt
 *     Nowhere: 1 file without account or region
 *       in/Ireland/snaps.json: no account and no region
 *             hint: the path says 'ireland': put it in a folder eu-west-1, or ...
 *
 * JSON comes first: it may hold what counts.
 */
#ifndef REPORT_EVIDENCE_OTHERS_H
#define REPORT_EVIDENCE_OTHERS_H

#include "report/sections.h"

enum { OTHERS_SHOWN = 6 }; /* of a kind, on a terminal */

void evidence_others_write(struct writer *writer, bool is_short);
void evidence_nowhere_write(struct writer *writer, bool is_short);

#endif
