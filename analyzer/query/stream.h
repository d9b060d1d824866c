/*
 * stream.h - private to query/: the projection of a list that an expression begins
 * with, apart from the rest of it.
 *
 * DBSnapshots[?SnapshotType=='manual'].DBInstanceIdentifier | sort(@) is
 * [?SnapshotType=='manual'].DBInstanceIdentifier over the elements of DBSnapshots, one
 * by one, and `results` | sort(@) over the document.
 */
#ifndef QUERY_STREAM_H
#define QUERY_STREAM_H

#include "jmespath/jmespath.h"

struct stream {
    const struct jmespath_node *elements; /* over an array of one element; an array */
    struct str list;    /* the document's member; absent: the document is the list */
    bool only_counted;  /* of the results, only how many there are matters */
    bool is_everything; /* nothing follows */
    const struct jmespath_node *rest; /* over the document */
    struct jmespath_node *results;    /* in `rest`: takes the results as its literal */
};

/* NULL: it begins otherwise, or the rest of it reads the list, too. */
const struct stream *stream_of(struct arena *arena, const struct jmespath_node *root);

#endif
