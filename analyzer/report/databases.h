/*
 * databases.h - the matrix for a reader: all databases, and whether AWS Backup protects
 * them, by account and region.
 *
 *     123456789012  us-east-1       protected     orders  postgres
 *                   plan gold, selection all (Resources[0] arn:aws:rds:*:*:db:*)
 *                   a run in 24 hours, kept 35 days
 *                   newest known backup 2026-03-10T05:12:31Z, 6 hours old
 *
 * Every database is listed, however many there are.
 */
#ifndef REPORT_DATABASES_H
#define REPORT_DATABASES_H

#include "gather/assessment.h"
#include "report/page.h"

/* "24" or "36.25"; absent: 0, which is not known. */
struct str hours_text(struct arena *arena, double hours);

/* "2 regions may have more: ...", where some may have databases of which nothing is
 * known. */
struct str databases_open(struct arena *arena, const struct assessment *assessment);

/* Nothing, unless --matrix asks for it. */
void databases_write(struct page *page, const struct assessment *assessment);

#endif
