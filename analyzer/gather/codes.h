/*
 * codes.h - the codes that a report gives beside its sentences: the words by which a
 * program knows a reason, a problem or an assumption again.
 *
 * They are kept from version to version. report/report.schema.json lists them, and says
 * what each means; a test compares it with this table.
 *
 * How to add one: here, a row in codes.c, and a line in the schema.
 */
#ifndef GATHER_CODES_H
#define GATHER_CODES_H

#include "json/records.h"

enum code {
    CODE_ACCOUNT_BY_ARN,
    CODE_ACCOUNT_REDACTED,
    CODE_ARCHIVE,
    CODE_ASKED_WITH_OPTION,
    CODE_BARE_ARRAY,
    CODE_BLANK,
    CODE_BYTES,
    CODE_CALL_UNTOLD,
    CODE_CHANGED,
    CODE_CLI_ERROR,
    CODE_CONTROL_CHARACTER,
    CODE_CUT_OFF,
    CODE_DEPTH,
    CODE_DISAGREEMENT,
    CODE_DOCUMENTS,
    CODE_DUPLICATE_ENVELOPE_KEY,
    CODE_DUPLICATE_KEY,
    CODE_EMPTY,
    CODE_ENVELOPE_UNKNOWN,
    CODE_FIELDS_KEPT,
    CODE_FILTERED,
    CODE_FOREIGN_RECORDS,
    CODE_IDS,
    CODE_IDS_ONLY,
    CODE_KEYS,
    CODE_LIST_NOT_ARRAY,
    CODE_MANY_ACCOUNTS,
    CODE_MAY_BE_LAST_PAGE,
    CODE_MISLABELLED,
    CODE_MISSING,
    CODE_MIXED_RECORDS,
    CODE_MORE,
    CODE_MORE_COMMANDS,
    CODE_MORE_PROBLEMS,
    CODE_NESTED,
    CODE_NESTED_ARRAY,
    CODE_NO_ANSWER,
    CODE_NO_AS_OF,
    CODE_NO_LISTING,
    CODE_NO_VALUE,
    CODE_NONE,
    CODE_NOT_DECIDED,
    CODE_NOT_JSON,
    CODE_NOT_NARROWED,
    CODE_NOT_UNDERSTOOD,
    CODE_OTHER_TOOL,
    CODE_ONE_RECORD,
    CODE_OTHER_CALL,
    CODE_PAGES_TOGETHER,
    CODE_PARENT_UNLISTED,
    CODE_PARENT_UNTOLD,
    CODE_PARENTS_ALIKE,
    CODE_PARENTS_UNKNOWN,
    CODE_PART_MISSING,
    CODE_PATH_PATTERN,
    CODE_PROVES_NOTHING,
    CODE_QUERY_TEXT,
    CODE_REGIONS_UNKNOWN,
    CODE_RENAMED_FIELDS,
    CODE_SILENT_FIELD,
    CODE_REPEATED_IDS,
    CODE_SEVERAL_PLACES,
    CODE_SHARED_ONLY,
    CODE_SOURCE_BREAKS_OFF,
    CODE_SURROGATE,
    CODE_SYNTAX,
    CODE_TOKEN,
    CODE_TRAILING_TEXT,
    CODE_TYPE_UNTOLD,
    CODE_UNDECIDED_RECORDS,
    CODE_UNREADABLE,
    CODE_UTF_8,
    CODE_VALUES_ONLY,
    CODE_COUNT
};

/* Of what a code can be; of several, added up. */
enum code_use {
    OF_REASON = 1,
    OF_PROBLEM = 2,
    OF_ASSUMPTION = 4,
};

const char *code_name(enum code code); /* "cut-off" */
unsigned code_uses(enum code code);

/* A break in the evidence is a reason and a problem, by the name of the damage. */
enum code code_of_damage(enum damage damage);

#endif
