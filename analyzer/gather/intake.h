/*
 * intake.h - a source that turned out to hold no JSON: what it is, and what to do next.
 */
#ifndef GATHER_INTAKE_H
#define GATHER_INTAKE_H

#include "find/sniff.h"
#include "gather/document.h"

/* Whether a source that begins like this is for the record reader. */
bool intake_is_json(enum sniff sniff);

/* Why a source is not read, as far as it tells itself; what lies beside it is known
 * when it is refused. */
struct refusal {
    enum sniff sniff;
    struct reason reason;
    const struct failure *own; /* that it holds; NULL: none */
};

/* `head` is its first bytes. */
void intake_look(struct gathered *gathered, enum sniff sniff, struct str head,
                 struct refusal *refusal);

/* Stages that nothing was learnt from the source, and says the problem. */
void intake_refuse(struct gathered *gathered, struct document_source *source,
                   const struct refusal *refusal);
/* The same for any reason. */
void intake_lose(struct gathered *gathered, struct document_source *source,
                 const struct reason *reason);
/* The same for one that cannot be opened or read: `why` is the system's word. */
void intake_unreadable(struct gathered *gathered, struct document_source *source,
                       const char *why);

/* Its documents, as far as they are evidence, are damaged: what they show is there, and
 * there may be more. False: none is evidence. No problem is said. */
bool intake_damage(struct gathered *gathered, struct document_source *source,
                   const struct reason *reason);
/* The same where what was read may be wrong: they show nothing. */
void intake_void(struct gathered *gathered, struct document_source *source,
                 const struct reason *reason);

/* One that was written to while it was read: its documents, as far as they are
 * evidence, are damaged. */
void intake_changed(struct gathered *gathered, struct document_source *source);
/* The same of one whose call failed, as an exit status beside it or a manifest says:
 * the AWS CLI may have printed some pages before it, and a script may have left an
 * older answer. */
void intake_failed(struct gathered *gathered, struct document_source *source);

/* Its documents, as far as they are evidence, decide nothing, as a list says. */
void intake_disown(struct gathered *gathered, struct document_source *source,
                   const struct reason *reason);

/* Nothing was learnt from a source that lists name, and that is not there. */
void intake_lost(struct gathered *gathered, struct document_source *source);
/* When a source was read, and its total is told: what lists of the collection say
 * against it (stated.h). An altered one, or one that its manifest has of another call,
 * decides nothing. */
void intake_stated(struct gathered *gathered, struct document_source *source);

#endif
