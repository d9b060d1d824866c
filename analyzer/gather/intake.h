/*
 * intake.h - a source that turned out to hold no JSON: what it is, and what to do next.
 */
#ifndef GATHER_INTAKE_H
#define GATHER_INTAKE_H

#include "find/sniff.h"
#include "gather/document.h"

/* Whether a source that begins like this is for the record reader. */
bool intake_is_json(enum sniff sniff);

/* Stages that nothing was learnt from the source, and says the problem. `head` is its
 * first bytes. */
void intake_refuse(struct gathered *gathered, struct document_source *source,
                   enum sniff sniff, struct str head);
/* The same for one that cannot be opened or read: `why` is the system's word. */
void intake_unreadable(struct gathered *gathered, struct document_source *source,
                       const char *why);
/* One that was written to while it was read: its documents, as far as they are
 * evidence, are damaged. */
void intake_changed(struct gathered *gathered, struct document_source *source);
/* The same of one whose call failed, as an exit status beside it or a manifest says:
 * the AWS CLI may have printed some pages before it, and a script may have left an
 * older answer. */
void intake_failed(struct gathered *gathered, struct document_source *source);

/* Nothing was learnt from a source that lists name, and that is not there. */
void intake_lost(struct gathered *gathered, struct document_source *source);
/* When a source was read, and its total is told: what lists of the collection say
 * against it (stated.h). An altered one, or one that its manifest has of another call,
 * decides nothing. */
void intake_stated(struct gathered *gathered, struct document_source *source);

#endif
