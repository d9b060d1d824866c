/*
 * regions.h - AWS's partitions and regions.
 *
 * Source: the endpoint data that AWS ships with its SDKs; see also
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
#ifndef AWS_REGIONS_H
#define AWS_REGIONS_H

#include "base/str.h"

struct region {
    const char *name;      /* us-east-1 */
    const char *partition; /* aws */
    const char *title;     /* US East (N. Virginia) */
};

/* All of them, by partition and name; *count of them. */
const struct region *regions_all(size_t *count);
const struct region *region_find(struct str name); /* NULL: none of that name */

/* Whether it has the form of a region's name, known or not: AWS adds regions. */
bool is_region_name(struct str text);
/* The same, and it hardly means anything else, as dev-team-1 does, or prod-us-east-9:
 * the word before its number is a direction, as that of all regions is, and of three
 * words the first is one that regions begin with. */
bool is_region_form(struct str text);

#endif
