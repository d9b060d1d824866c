/*
 * merged.h - what a script merged, so that the key of a listing stands where no answer
 * of AWS has it: what it may be of, and how to take it apart.
 */
#ifndef GATHER_MERGED_H
#define GATHER_MERGED_H

#include "catalog/catalog.h"
#include "gather/codes.h"
#include "json/nested.h"

/* The call whose answer stands there, so far as its type and what it gives are told; or
 * NULL: it may be of several. */
const struct call *merged_call(const struct catalog *catalog,
                               const struct nested *nested);

/* "the key stands at /data/DBSnapshots: save that object ..." */
struct reason merged_reason(const struct nested *nested);

#endif
