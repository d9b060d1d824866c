/*
 * reading_tools.h - what reading.c and reading_members.c share: private to them.
 */
#ifndef READING_TOOLS_H
#define READING_TOOLS_H

#include "find/members.h"
#include "gather/gatherer.h"
#include "gather/intake.h"
#include "reading.h"

struct reading {
    struct arena tools;      /* what is given back when all is read */
    struct arena file;       /* what one source needs while it is read */
    struct arena member;     /* what one member of an archive does */
    struct records *records; /* one reader for all: its memory is kept */
    struct gathered *gathered;
    struct gatherer *gatherer;
    struct members_wanted members_wanted;
    struct member_list **archives; /* that were read */
    size_t archive_count, archive_capacity;
};

/* False: there was no document. */
bool reading_records(struct reading *reading, struct bytes *bytes,
                     struct document_source *document);

/* The members of an archive, each a source of its own. */
void reading_members(struct reading *reading, struct document_source *archived,
                     struct bytes *stored, enum packing packing);

#endif
