/*
 * script.h - calls as a script of a POSIX shell that asks AWS for them.
 *
 *     calls ─► the head: what is asked, the permissions ┐
 *           ─► a function for each account, or for the  ├─► one text
 *              account and the region at hand           │
 *     script.sh, which the build embeds: how it is asked┘
 *
 * Who judges evidence and who holds the credentials are two: the script is for the
 * second, who reads it first. So it says what it asks before it says how. What it
 * leaves in a folder is what invaudit-evidence(5) calls a collection.
 */
#ifndef COLLECT_SCRIPT_H
#define COLLECT_SCRIPT_H

#include "collect/calls.h"

void collect_script(const struct collect_calls *calls, struct buf *out);

#endif
