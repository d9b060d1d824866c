/*
 * catalog_print.h - a finished catalog as C, for what is known when the program is
 * built.
 *
 *     catalog_print(&buf, "catalog_builtin", catalog);
 *
 * defines `struct catalog_tables catalog_builtin`, whose types and calls are those of
 * the catalog, entry for entry. Two catalogs print the same if they are the same.
 */
#ifndef CATALOG_CATALOG_PRINT_H
#define CATALOG_CATALOG_PRINT_H

#include "catalog/catalog.h"

void catalog_print(struct buf *buf, const char *name, const struct catalog *catalog);

#endif
