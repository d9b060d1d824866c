/*
 * members.h - what the reports for programs have in common: their members as JSON.
 * Private to report/.
 *
 * What is returned is a new reference, which member_set() and item_add() take over.
 */
#ifndef REPORT_MEMBERS_H
#define REPORT_MEMBERS_H

#include "report/report.h"

#include <jansson.h>

void member_set(json_t *object, const char *key, json_t *value);
void item_add(json_t *array, json_t *value);

/* Absent text, and NULL, are null; bytes that are no UTF-8 are spelled (escape.h). */
json_t *text_json(struct arena *arena, struct str str);
json_t *string_json(struct arena *arena, const char *string);
json_t *texts_json(struct arena *arena, struct str_list list);
json_t *number_json(uint64_t value);
json_t *place_json(uint64_t value); /* a line or a column: 0 is not known, and null */
json_t *type_json(struct arena *arena, const struct type *type); /* NULL: null */
json_t *reasons_json(struct arena *arena, const struct reason *items, size_t count);

json_t *tool_json(struct arena *arena);
json_t *settings_json(struct arena *arena, const struct settings *given);
json_t *rules_json(struct arena *arena, const struct rulebook *book);
json_t *evidence_json(struct arena *arena, const struct assessment *assessment);
json_t *problems_json(struct arena *arena, const struct assessment *assessment);

/* Adds it to the report, laid out, and gives it back. */
void report_dump(json_t *root, struct buf *out);

#endif
