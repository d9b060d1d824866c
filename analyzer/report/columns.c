#include "report/columns.h"

#include "report/coverage.h"
#include "report/databases.h"
#include "report/said.h"

#include "base/time.h"

#include <inttypes.h>

/* ---- texts ----------------------------------------------------------------------- */

static struct str number_text(struct arena *arena, uint64_t number)
{
    return str_from(arena_printf(arena, "%" PRIu64, number));
}

/* For what is not known where it is 0. */
static struct str known_number_text(struct arena *arena, uint64_t number)
{
    return number > 0 ? number_text(arena, number) : STR_NONE;
}

static struct str flag_text(bool flag)
{
    return flag ? STR("true") : STR("false");
}

static struct str holds_text(enum holds holds)
{
    return holds == HOLDS_MAYBE ? STR_NONE : flag_text(holds == HOLDS_YES);
}

static void add_to_list(struct buf *list, struct str text)
{
    if (list->len > 0)
        buf_add(list, STR(LIST_SEPARATOR));
    buf_add(list, text);
}

/* An empty list is an empty cell. */
static struct str list_text(struct buf *list)
{
    return list->len > 0 ? buf_str(list) : STR_NONE;
}

static struct str texts_text(struct arena *arena, const struct str_list *texts)
{
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < texts->count; i++)
        add_to_list(&list, texts->items[i]);
    return list_text(&list);
}

/* Each code once. */
static struct str codes_text(struct arena *arena, const struct reason *reasons,
                             size_t count)
{
    struct buf list = BUF_EMPTY(arena);
    bool is_there[CODE_COUNT] = { false };

    for (size_t i = 0; i < count; i++) {
        enum code code = reason_code(&reasons[i]);

        if (!is_there[code])
            add_to_list(&list, str_from(code_name(code)));
        is_there[code] = true;
    }
    return list_text(&list);
}

/* ---- findings -------------------------------------------------------------------- */

static const struct finding *finding_of(const void *row)
{
    return ((const struct finding_row *)row)->finding;
}

static struct str id_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(finding_of(row)->id);
}

static struct str rule_text(struct arena *arena, const void *row)
{
    (void)arena;
    return finding_of(row)->rule->id;
}

static struct str severity_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(severity_name(finding_of(row)->rule->severity));
}

static struct str account_text(struct arena *arena, const void *row)
{
    (void)arena;
    return finding_of(row)->account;
}

static struct str region_text(struct arena *arena, const void *row)
{
    (void)arena;
    return finding_of(row)->region;
}

static struct str source_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(finding_of(row)->source);
}

static struct str resource_text(struct arena *arena, const void *row)
{
    (void)arena;
    return finding_of(row)->resource;
}

static struct str resource_type_text(struct arena *arena, const void *row)
{
    const struct type *type = finding_of(row)->resource_type;

    (void)arena;
    return type != NULL ? type->name : STR_NONE;
}

static struct str result_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(result_name(finding_of(row)->result));
}

static struct str message_text(struct arena *arena, const void *row)
{
    return str_from(finding_message(arena, finding_of(row)));
}

static struct str reasons_text(struct arena *arena, const void *row)
{
    const struct finding *finding = finding_of(row);

    return codes_text(arena, finding->reasons, finding->reason_count);
}

static struct str assumptions_text(struct arena *arena, const void *row)
{
    const struct finding *finding = finding_of(row);

    return codes_text(arena, finding->assumptions, finding->assumption_count);
}

static struct str diagnosis_text(struct arena *arena, const void *row)
{
    const struct remark *diagnosis = finding_of(row)->diagnosis;

    (void)arena;
    return diagnosis != NULL ? diagnosis->code : STR_NONE;
}

static struct str cautions_text(struct arena *arena, const void *row)
{
    const struct finding *finding = finding_of(row);
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < finding->caution_count; i++)
        add_to_list(&list, finding->cautions[i].code);
    return list_text(&list);
}

/* Those that decided. */
static struct str records_text(struct arena *arena, const void *row)
{
    const struct finding *finding = finding_of(row);
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < finding->citation_count; i++)
        if (finding->citations[i].decisive && finding->citations[i].id.text != NULL)
            add_to_list(&list, finding->citations[i].id);
    return list_text(&list);
}

static struct str more_records_text(struct arena *arena, const void *row)
{
    return known_number_text(arena, finding_of(row)->citations_more);
}

static struct finding_place place_of(const void *row)
{
    const struct finding_row *of = row;

    return places_of(of->places, of->finding);
}

static struct str path_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(place_of(row).path);
}

static struct str line_text(struct arena *arena, const void *row)
{
    return known_number_text(arena, place_of(row).line);
}

/* One text of each command. */
static struct str settles_text(struct arena *arena, const void *row,
                               const char *(*of)(const struct settle *settle))
{
    const struct finding *finding = finding_of(row);
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < finding->settle_count; i++)
        add_to_list(&list, str_from(of(&finding->settles[i])));
    return list_text(&list);
}

static const char *command_of(const struct settle *settle)
{
    return settle->command;
}

static const char *permission_of(const struct settle *settle)
{
    return settle->permission;
}

static const char *save_as_of(const struct settle *settle)
{
    return settle->save_as;
}

static struct str command_text(struct arena *arena, const void *row)
{
    return settles_text(arena, row, command_of);
}

static struct str permission_text(struct arena *arena, const void *row)
{
    return settles_text(arena, row, permission_of);
}

static struct str save_as_text(struct arena *arena, const void *row)
{
    return settles_text(arena, row, save_as_of);
}

/* ---- of a waiver ---- */

static struct str waiver_reason_text(struct arena *arena, const void *row)
{
    const struct waiver *waiver = finding_of(row)->waiver;

    (void)arena;
    return waiver != NULL ? waiver->reason : STR_NONE;
}

static struct str waiver_owner_text(struct arena *arena, const void *row)
{
    const struct waiver *waiver = finding_of(row)->waiver;

    (void)arena;
    return waiver != NULL ? waiver->owner : STR_NONE;
}

static struct str waiver_expires_text(struct arena *arena, const void *row)
{
    const struct waiver *waiver = finding_of(row)->waiver;

    (void)arena;
    return waiver != NULL ? waiver->expires : STR_NONE;
}

static struct str waiver_approved_text(struct arena *arena, const void *row)
{
    const struct waiver *waiver = finding_of(row)->waiver;

    (void)arena;
    return waiver != NULL ? waiver->approved_by : STR_NONE;
}

static struct str waiver_ticket_text(struct arena *arena, const void *row)
{
    const struct waiver *waiver = finding_of(row)->waiver;

    (void)arena;
    return waiver != NULL ? waiver->ticket : STR_NONE;
}

static const struct table_column of_finding[] = {
    { "rule", "Rule", 14, false, rule_text },
    { "severity", "Severity", 10, false, severity_text },
    { "account", "Account", 14, false, account_text },
    { "region", "Region", 15, false, region_text },
    { "resource", "Resource", 24, false, resource_text },
    { "resource_type", "Resource type", 22, false, resource_type_text },
    { "result", "Result", 10, false, result_text },
    { "message", "Message", 60, false, message_text },
    { "reasons", "Reasons", 18, false, reasons_text },
    { "assumptions", "Assumptions", 18, false, assumptions_text },
    { "diagnosis", "Diagnosis", 18, false, diagnosis_text },
    { "cautions", "Cautions", 18, false, cautions_text },
    { "records", "Deciding records", 30, false, records_text },
    { "citations_more", "More of them", 9, true, more_records_text },
    { "path", "Evidence", 40, false, path_text },
    { "line", "Line", 7, true, line_text },
    { "command", "Command to settle it", 40, false, command_text },
    { "permission", "Permission", 24, false, permission_text },
    { "save_as", "Save as", 40, false, save_as_text },
    { "source", "Judged alone", 20, false, source_text },
    { "id", "Id", 40, false, id_text },
    { "waiver_reason", "Waived because", 40, false, waiver_reason_text },
    { "waiver_owner", "Waiver's owner", 20, false, waiver_owner_text },
    { "waiver_expires", "Waived until", 12, false, waiver_expires_text },
    { "waiver_approved_by", "Approved by", 20, false, waiver_approved_text },
    { "waiver_ticket", "Ticket", 14, false, waiver_ticket_text },
};
const struct table_columns finding_columns = { of_finding, COUNT_OF(of_finding) };

/* ---- evidence -------------------------------------------------------------------- */

size_t document_rows(const struct source_summary *source)
{
    return source->document_count > 0 ? source->document_count : 1;
}

struct document_row document_row(const struct source_summary *source, size_t index)
{
    return (struct document_row){ source, index < source->document_count
                                              ? source->documents[index]
                                              : NULL };
}

static const struct source_summary *file_of(const void *row)
{
    return ((const struct document_row *)row)->source;
}

static const struct document_summary *document_of(const void *row)
{
    return ((const struct document_row *)row)->document;
}

static struct str file_path_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(file_of(row)->source->path);
}

static struct str use_text(struct arena *arena, const void *row)
{
    const struct source_summary *source = file_of(row);

    (void)arena;
    return str_from(
        source_use_name(source->is_ignored ? SOURCE_IGNORED : source->source->use));
}

static struct str index_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL ? number_text(arena, document->index) : STR_NONE;
}

static struct str pointer_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? str_from(document->pointer) : STR_NONE;
}

static struct str surplus_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL ? known_number_text(arena, document->surplus) : STR_NONE;
}

static struct str type_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL && document->type != NULL ? document->type->name : STR_NONE;
}

static struct str call_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL && document->call != NULL ? document->call->name : STR_NONE;
}

static struct str document_account_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? document->account : STR_NONE;
}

static struct str document_region_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? document->region : STR_NONE;
}

static struct str parent_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? document->parent : STR_NONE;
}

static struct str told_text(enum told told)
{
    return told != TOLD_NOT ? str_from(told_name(told)) : STR_NONE;
}

static struct str type_told_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? told_text(document->type_told) : STR_NONE;
}

static struct str account_told_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? told_text(document->account_told) : STR_NONE;
}

static struct str region_told_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? told_text(document->region_told) : STR_NONE;
}

static struct str record_count_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL ? number_text(arena, document->records) : STR_NONE;
}

static struct str foreign_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL ? number_text(arena, document->foreign) : STR_NONE;
}

static struct str undecided_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL ? number_text(arena, document->undecided) : STR_NONE;
}

static struct str state_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? str_from(state_name(document->state)) : STR_NONE;
}

static struct str document_reasons_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    return document != NULL
               ? codes_text(arena, document->reasons, document->reason_count)
               : STR_NONE;
}

/* Of a document its reasons in words; of a file why it is no evidence. */
static struct str why_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);
    struct buf list = BUF_EMPTY(arena);

    if (document == NULL)
        return str_from(file_of(row)->why);
    for (size_t i = 0; i < document->reason_count; i++)
        add_to_list(&list, str_from(reason_text(arena, &document->reasons[i])));
    return list_text(&list);
}

static struct str bytes_text(struct arena *arena, const void *row)
{
    const struct source_summary *source = file_of(row);

    return source->was_read ? number_text(arena, source->bytes) : STR_NONE;
}

static struct str sha256_text(struct arena *arena, const void *row)
{
    const struct source_summary *source = file_of(row);

    (void)arena;
    return source->was_read && source->sha256[0] != '\0' ? str_from(source->sha256)
                                                         : STR_NONE;
}

/* When its file was collected. */
static struct str begun_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? document->begun : STR_NONE;
}

static struct str ended_text(struct arena *arena, const void *row)
{
    const struct document_summary *document = document_of(row);

    (void)arena;
    return document != NULL ? document->ended : STR_NONE;
}

static const struct table_column of_document[] = {
    { "path", "File", 50, false, file_path_text },
    { "use", "Use", 10, false, use_text },
    { "document", "Document", 9, true, index_text },
    { "pointer", "Pointer", 9, false, pointer_text },
    { "type", "Type", 24, false, type_text },
    { "call", "Call", 28, false, call_text },
    { "account", "Account", 14, false, document_account_text },
    { "region", "Region", 15, false, document_region_text },
    { "parent", "Parent", 20, false, parent_text },
    { "told_type", "Type told by", 12, false, type_told_text },
    { "told_account", "Account told by", 12, false, account_told_text },
    { "told_region", "Region told by", 12, false, region_told_text },
    { "records", "Records", 9, true, record_count_text },
    { "foreign", "Foreign", 9, true, foreign_text },
    { "undecided", "Undecided", 9, true, undecided_text },
    { "state", "State", 11, false, state_text },
    { "reasons", "Reasons", 18, false, document_reasons_text },
    { "why", "Why", 60, false, why_text },
    { "surplus", "More such documents", 10, true, surplus_text },
    { "bytes", "Bytes", 11, true, bytes_text },
    { "sha256", "SHA-256", 66, false, sha256_text },
    { "begun", "Collected from", 22, false, begun_text },
    { "ended", "Collected to", 22, false, ended_text },
};
const struct table_columns document_columns = { of_document, COUNT_OF(of_document) };

/* ---- coverage -------------------------------------------------------------------- */

static struct str coverage_account_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct coverage *)row)->account;
}

static struct str regions_known_text(struct arena *arena, const void *row)
{
    (void)arena;
    return flag_text(((const struct coverage *)row)->is_closed);
}

static struct str told_by_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(((const struct coverage *)row)->told_by);
}

static struct str expected_text(struct arena *arena, const void *row)
{
    return number_text(arena, ((const struct coverage *)row)->expected.count);
}

static struct str delivered_text(struct arena *arena, const void *row)
{
    return number_text(arena, ((const struct coverage *)row)->delivered.count);
}

static struct str missing_text(struct arena *arena, const void *row)
{
    struct str_list missing;

    coverage_missing(arena, row, &missing);
    return texts_text(arena, &missing);
}

static const struct table_column of_coverage[] = {
    { "account", "Account", 14, false, coverage_account_text },
    { "regions_known", "Regions known", 10, false, regions_known_text },
    { "told_by", "Told by", 40, false, told_by_text },
    { "expected", "Regions expected", 10, true, expected_text },
    { "delivered", "Regions delivered", 10, true, delivered_text },
    { "missing", "Regions missing", 40, false, missing_text },
};
const struct table_columns coverage_columns = { of_coverage, COUNT_OF(of_coverage) };

/* ---- databases ------------------------------------------------------------------- */

static struct str database_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->resource;
}

static struct str database_account_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->account;
}

static struct str database_region_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->region;
}

static struct str database_source_text(struct arena *arena, const void *row)
{
    (void)arena;
    return str_from(((const struct matrix_row *)row)->source);
}

static struct str engine_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->engine;
}

static struct str family_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->family;
}

static struct str protection_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->state;
}

static struct str possible_text(struct arena *arena, const void *row)
{
    return texts_text(arena, &((const struct matrix_row *)row)->possible);
}

static struct str planned_text(struct arena *arena, const void *row)
{
    (void)arena;
    return holds_text(((const struct matrix_row *)row)->planned);
}

static struct str database_why_text(struct arena *arena, const void *row)
{
    return texts_text(arena, &((const struct matrix_row *)row)->why);
}

/* The plans' ids. */
static struct str selected_by_text(struct arena *arena, const void *row)
{
    const struct matrix_row *database = row;
    struct buf list = BUF_EMPTY(arena);

    for (size_t i = 0; i < database->selected_count; i++)
        if (database->selected_by[i].plan.text != NULL)
            add_to_list(&list, database->selected_by[i].plan);
    return list_text(&list);
}

static struct str has_backup_text(struct arena *arena, const void *row)
{
    (void)arena;
    return holds_text(((const struct matrix_row *)row)->has_backup);
}

static struct str newest_text(struct arena *arena, const void *row)
{
    const struct matrix_row *database = row;
    char text[INSTANT_TEXT_BYTES];

    if (!database->has_newest)
        return STR_NONE;
    instant_print(database->newest * INSTANTS_PER_SECOND, text);
    return str_from(arena_printf(arena, "%s", text));
}

static struct str gap_text(struct arena *arena, const void *row)
{
    return hours_text(arena, ((const struct matrix_row *)row)->gap_hours);
}

static struct str retention_text(struct arena *arena, const void *row)
{
    return known_number_text(arena, ((const struct matrix_row *)row)->retention_days);
}

static struct str keeps_text(struct arena *arena, const void *row)
{
    (void)arena;
    return flag_text(((const struct matrix_row *)row)->keeps_for_ever);
}

static struct str because_text(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct matrix_row *)row)->because;
}

static const struct table_column of_database[] = {
    { "account", "Account", 14, false, database_account_text },
    { "region", "Region", 15, false, database_region_text },
    { "resource", "Database", 50, false, database_text },
    { "engine", "Engine", 18, false, engine_text },
    { "family", "Family", 12, false, family_text },
    { "state", "State", 18, false, protection_text },
    { "possible", "Possible", 24, false, possible_text },
    { "planned", "Planned", 9, false, planned_text },
    { "has_backup", "Has a backup", 9, false, has_backup_text },
    { "newest", "Newest backup", 22, false, newest_text },
    { "schedule_gap_hours", "Hours between runs", 10, true, gap_text },
    { "retention_days", "Days kept", 9, true, retention_text },
    { "keeps_for_ever", "Kept for ever", 9, false, keeps_text },
    { "selected_by", "Plans", 40, false, selected_by_text },
    { "why", "Why not planned", 24, false, database_why_text },
    { "because", "Because", 60, false, because_text },
    { "source", "Judged alone", 20, false, database_source_text },
};
const struct table_columns database_columns = { of_database, COUNT_OF(of_database) };
