/*
 * members.h - what the reports for programs have in common: their members as JSON.
 * Private to report/.
 *
 *     struct json_report report;
 *     json_report_begin(&report, out);
 *     json_report_member(&report, "schema", string_json(&report.scratch, schema));
 *     json_report_list(&report, "findings");
 *     for (...)
 *         json_report_item(&report, finding_json(&report.scratch, ...));
 *     json_report_list_end(&report);
 *     json_report_end(&report);
 *
 * A report is laid out as one object, member by member, and of a list item by item: as
 * values, a hundred thousand findings take ten times the memory of their text.
 * What is returned is a new reference, which whoever is given it takes over.
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

struct json_report {
    struct buf *out;
    struct arena scratch; /* emptied with each member and item */
    bool has_member, has_item;
    size_t indent; /* of what is being added */
};

void json_report_begin(struct json_report *report, struct buf *out);
void json_report_member(struct json_report *report, const char *key, json_t *value);
void json_report_list(struct json_report *report, const char *key);
void json_report_item(struct json_report *report, json_t *value);
void json_report_list_end(struct json_report *report);
void json_report_end(struct json_report *report);

/* Lists of an assessment, whole. */
void json_report_evidence(struct json_report *report,
                          const struct assessment *assessment);
void json_report_problems(struct json_report *report,
                          const struct assessment *assessment);

#endif
