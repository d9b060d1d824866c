/*
 * evidence_list.h - the whole list of evidence, as `evidence --list` prints it: each
 * document, each file that is none, and all that is missing. Private to report/.
 */
#ifndef REPORT_EVIDENCE_LIST_H
#define REPORT_EVIDENCE_LIST_H

#include "report/sections.h"

/* By account and region: what each lists, its state, and why; nothing if there are
 * none. */
void evidence_list_documents(struct writer *writer);

/* What is no evidence, and what it is instead. */
void evidence_list_ignored(struct writer *writer);

/* What the rules need, with the commands that collect it. */
void evidence_list_missing(struct writer *writer);

#endif
