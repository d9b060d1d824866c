/*
 * catalog_sample.h - catalogs for tests: what a text says, and the one that is shipped.
 * Neither has a mistake.
 */
#ifndef TESTS_UNIT_CATALOG_SAMPLE_H
#define TESTS_UNIT_CATALOG_SAMPLE_H

#include "rows.h"

#include "base/file.h"
#include "catalog/catalog.h"

static inline struct catalog *catalog_parsed(struct arena *arena, const char *text)
{
    struct mistakes mistakes = MISTAKES_EMPTY(arena);
    struct catalog *catalog = catalog_new(arena);

    catalog_add(catalog, "catalog.yaml", str_from(text), &mistakes);
    catalog_finish(catalog, &mistakes);
    assert_int_equal(mistakes.count, 0);
    return catalog;
}

static inline struct catalog *catalog_shipped(struct arena *arena)
{
    struct error err = { 0 };
    struct str text;

    if (!file_read(arena, "rules/catalog.yaml", YAML_BYTES_MAX, &text, &err))
        fail_msg("%s", err.message);
    return catalog_parsed(arena, text.text);
}

#endif
