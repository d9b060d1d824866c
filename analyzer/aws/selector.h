/*
 * selector.h - private to aws/: a selection as it is judged, see selection.h.
 */
#ifndef AWS_SELECTOR_H
#define AWS_SELECTOR_H

#include "aws/arn_pattern.h"
#include "aws/selection.h"
#include "aws/tag_condition.h"

struct selector {
    struct arn_list resources, not_resources;
    struct tag_condition *entries, *conditions; /* of ListOfTags, of Conditions */
    size_t entry_count, condition_count;
    /* Some of it was not read. */
    bool is_resources_open, is_not_resources_open, is_entries_open, is_conditions_open;
    bool has_resources;   /* an entry, read or not */
    bool has_no_criteria; /* neither Resources nor ListOfTags */
    unsigned kinds;       /* bits of the kinds that it may take */
};

#endif
