#include "gather/codes.h"

#include <assert.h>

static const struct {
    const char *name;
    unsigned uses;
} codes[] = {
    [CODE_ACCOUNT_BY_ARN] = { "account-by-arn", OF_ASSUMPTION },
    [CODE_ACCOUNT_REDACTED] = { "account-redacted", OF_ASSUMPTION },
    [CODE_ARCHIVE] = { "archive", OF_REASON | OF_PROBLEM },
    [CODE_ASKED_WITH_OPTION] = { "asked-with-option", OF_REASON },
    [CODE_BARE_ARRAY] = { "bare-array", OF_REASON },
    [CODE_BLANK] = { "blank", OF_REASON | OF_PROBLEM },
    [CODE_BYTES] = { "bytes", OF_REASON | OF_PROBLEM },
    [CODE_CALL_UNTOLD] = { "call-untold", OF_REASON },
    [CODE_CHANGED] = { "changed", OF_REASON | OF_PROBLEM },
    [CODE_CLI_ERROR] = { "cli-error", OF_REASON | OF_PROBLEM },
    [CODE_CONTROL_CHARACTER] = { "control-character", OF_REASON | OF_PROBLEM },
    [CODE_CUT_OFF] = { "cut-off", OF_REASON | OF_PROBLEM },
    [CODE_DEPTH] = { "depth", OF_REASON | OF_PROBLEM },
    [CODE_DISAGREEMENT] = { "disagreement", OF_REASON | OF_PROBLEM },
    [CODE_DOCUMENTS] = { "documents", OF_REASON | OF_PROBLEM },
    [CODE_DUPLICATE_ENVELOPE_KEY] = { "duplicate-envelope-key",
                                      OF_REASON | OF_PROBLEM },
    [CODE_DUPLICATE_KEY] = { "duplicate-key", OF_REASON },
    [CODE_EMPTY] = { "empty", OF_REASON | OF_PROBLEM },
    [CODE_ENVELOPE_UNKNOWN] = { "envelope-unknown", OF_REASON | OF_PROBLEM },
    [CODE_FIELDS_KEPT] = { "fields-kept", OF_ASSUMPTION },
    [CODE_FILTERED] = { "filtered", OF_ASSUMPTION },
    [CODE_FOREIGN_RECORDS] = { "foreign-records", OF_REASON },
    [CODE_IDS] = { "ids", OF_ASSUMPTION },
    [CODE_IDS_ONLY] = { "ids-only", OF_REASON },
    [CODE_KEYS] = { "keys", OF_REASON | OF_PROBLEM },
    [CODE_LIST_NOT_ARRAY] = { "list-not-array", OF_REASON | OF_PROBLEM },
    [CODE_MANY_ACCOUNTS] = { "many-accounts", OF_REASON },
    [CODE_MAY_BE_LAST_PAGE] = { "may-be-last-page", OF_REASON },
    [CODE_MISLABELLED] = { "mislabelled", OF_REASON | OF_PROBLEM },
    [CODE_MISSING] = { "missing", OF_REASON },
    [CODE_MIXED_RECORDS] = { "mixed-records", OF_REASON | OF_PROBLEM },
    [CODE_MORE] = { "more", OF_REASON },
    [CODE_MORE_COMMANDS] = { "more-commands", OF_REASON },
    [CODE_MORE_PROBLEMS] = { "more-problems", OF_PROBLEM },
    [CODE_NESTED] = { "nested", OF_REASON | OF_PROBLEM },
    [CODE_NESTED_ARRAY] = { "nested-array", OF_REASON },
    [CODE_NO_ANSWER] = { "no-answer", OF_REASON },
    [CODE_NO_AS_OF] = { "no-as-of", OF_REASON },
    [CODE_NO_LISTING] = { "no-listing", OF_REASON | OF_PROBLEM },
    [CODE_NO_VALUE] = { "no-value", OF_REASON },
    [CODE_NONE] = { "none", OF_REASON },
    [CODE_NOT_DECIDED] = { "not-decided", OF_REASON },
    [CODE_NOT_JSON] = { "not-json", OF_REASON | OF_PROBLEM },
    [CODE_NOT_NARROWED] = { "not-narrowed", OF_ASSUMPTION },
    [CODE_NOT_UNDERSTOOD] = { "not-understood", OF_REASON },
    [CODE_OTHER_TOOL] = { "other-tool", OF_REASON | OF_PROBLEM },
    [CODE_ONE_RECORD] = { "one-record", OF_REASON },
    [CODE_OTHER_CALL] = { "other-call", OF_REASON },
    [CODE_PAGES_TOGETHER] = { "pages-together", OF_ASSUMPTION },
    [CODE_PARENT_UNLISTED] = { "parent-unlisted", OF_REASON },
    [CODE_PARENT_UNTOLD] = { "parent-untold", OF_REASON },
    [CODE_PARENTS_ALIKE] = { "parents-alike", OF_REASON },
    [CODE_PARENTS_UNKNOWN] = { "parents-unknown", OF_REASON },
    [CODE_PART_MISSING] = { "part-missing", OF_REASON },
    [CODE_PATH_PATTERN] = { "path-pattern", OF_REASON | OF_PROBLEM },
    [CODE_PROVES_NOTHING] = { "proves-nothing", OF_REASON },
    [CODE_QUERY_TEXT] = { "query-text", OF_REASON | OF_PROBLEM },
    [CODE_REGIONS_UNKNOWN] = { "regions-unknown", OF_REASON },
    [CODE_RENAMED_FIELDS] = { "renamed-fields", OF_REASON },
    [CODE_SILENT_FIELD] = { "silent-field", OF_REASON },
    [CODE_REPEATED_IDS] = { "repeated-ids", OF_REASON },
    [CODE_SEVERAL_PLACES] = { "several-places", OF_REASON },
    [CODE_SHARED_ONLY] = { "shared-only", OF_REASON | OF_PROBLEM },
    [CODE_SOURCE_BREAKS_OFF] = { "source-breaks-off", OF_REASON },
    [CODE_SURROGATE] = { "surrogate", OF_REASON | OF_PROBLEM },
    [CODE_SYNTAX] = { "syntax", OF_REASON | OF_PROBLEM },
    [CODE_TOKEN] = { "token", OF_REASON },
    [CODE_TRAILING_TEXT] = { "trailing-text", OF_REASON | OF_PROBLEM },
    [CODE_TYPE_UNTOLD] = { "type-untold", OF_REASON | OF_PROBLEM },
    [CODE_UNDECIDED_RECORDS] = { "undecided-records", OF_REASON },
    [CODE_UNREADABLE] = { "unreadable", OF_REASON | OF_PROBLEM },
    [CODE_UTF_8] = { "utf-8", OF_REASON | OF_PROBLEM },
    [CODE_VALUES_ONLY] = { "values-only", OF_REASON },
};

static_assert(sizeof codes / sizeof codes[0] == CODE_COUNT, "a row for each");

const char *code_name(enum code code)
{
    assert(code < CODE_COUNT);
    return codes[code].name;
}

unsigned code_uses(enum code code)
{
    assert(code < CODE_COUNT);
    return codes[code].uses;
}

enum code code_of_damage(enum damage damage)
{
    static const enum code of[] = {
        [DAMAGE_NONE] = CODE_COUNT,
        [DAMAGE_SYNTAX] = CODE_SYNTAX,
        [DAMAGE_CUT_OFF] = CODE_CUT_OFF,
        [DAMAGE_UTF8] = CODE_UTF_8,
        [DAMAGE_CONTROL] = CODE_CONTROL_CHARACTER,
        [DAMAGE_SURROGATE] = CODE_SURROGATE,
        [DAMAGE_DEPTH] = CODE_DEPTH,
        [DAMAGE_BYTES] = CODE_BYTES,
        [DAMAGE_KEYS] = CODE_KEYS,
        [DAMAGE_DOCUMENTS] = CODE_DOCUMENTS,
        [DAMAGE_TRAILING] = CODE_TRAILING_TEXT,
    };

    static_assert(sizeof of / sizeof of[0] == DAMAGE_COUNT, "a code for each");
    assert(damage > DAMAGE_NONE && damage < DAMAGE_COUNT);
    return of[damage];
}
