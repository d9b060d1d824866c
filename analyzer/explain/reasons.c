#include "explain/reasons.h"

#include "judge/parents.h"
#include "judge/silence.h"

#include <stdarg.h>
#include <string.h>

/* ---- of a document -----------------------------------------------------------------
 */

static enum document_state state_of(const struct staging *staging,
                                    const struct staged *staged)
{
    if (staged->ignored)
        return STATE_IGNORED;
    if (staged->mislabelled)
        return STATE_MISLABELLED;
    if (!staged->read)
        return STATE_NOTHING;
    if (staged->identity.text != NULL ||
        (staged->call != NULL && staged->call->gives == GIVES_NOTHING))
        return STATE_CONTEXT;
    return staged_is_complete(staged, NULL, staging->settings->no_filtered)
               ? STATE_COMPLETE
               : STATE_PARTIAL;
}

static void reasons_of_untold(struct staging *staging, struct staged *staged)
{
    if (staged->strings)
        staged_reason(staging, staged, CODE_IDS_ONLY,
                      "it has text for records: an id tells that its record is there, "
                      "and little of what it is like");
    if (staged->nested)
        staged_reason(staging, staged, CODE_NESTED_ARRAY,
                      "it has arrays for records: a --query such as '[].[a,b]' drops "
                      "the fields' names");
    if (staged->values)
        staged_reason(staging, staged, CODE_VALUES_ONLY,
                      "it has single values for records, and nothing names them");
    if (staged->renamed)
        staged_reason(staging, staged, CODE_RENAMED_FIELDS,
                      "it has objects without a field that tells what they are: a "
                      "--query may have renamed or dropped it");
}

static void reasons_of_partial(struct staging *staging, struct staged *staged)
{
    if (staged->single || (staged->call != NULL && staged->call->gives == GIVES_ONE))
        staged_reason(staging, staged, CODE_ONE_RECORD, "a record, never a listing");
    else if (staged->call == NULL)
        staged_reason(staging, staged, CODE_CALL_UNTOLD,
                      "nothing tells which call printed it, so it completes nothing");
    if (staged->bare && staged->untold == 0)
        staged_reason(staging, staged, CODE_BARE_ARRAY,
                      "an array without its envelope: a --query may have filtered it");
    reasons_of_untold(staging, staged);
    if (staged->asked)
        staged_reason(staging, staged, CODE_ASKED_WITH_OPTION,
                      "its name says that the call was asked with an option");
    if (staged->crowded)
        staged_reason(staging, staged, CODE_MANY_ACCOUNTS,
                      "its ARNs name more than %d accounts and regions",
                      STAGED_PLACES_MAX);
    if (staged->call != NULL && staged->call->gives == GIVES_PART &&
        staged->parent.text == NULL)
        staged_reason(staging, staged, CODE_PARENT_UNTOLD,
                      "neither its records nor its name tell which %.*s it is about",
                      STR_ARG(staged->call->parent_type->title));
    if (staged->from->breaks_off && !staged->damaged) {
        staged_reason(
            staging, staged, CODE_SOURCE_BREAKS_OFF,
            "what follows it in its file could not be read: it may be another "
            "page");
    }
    if (staged->tainted_by != NULL && staged_is_page(staged) &&
        !staged_carries_token(staged)) {
        const struct staged *by = staged->tainted_by;

        staged_reason(staging, staged, CODE_MAY_BE_LAST_PAGE,
                      "it may be the last page only: %s %s",
                      by->from == staged->from ? "another document of this file"
                                               : by->from->source->path,
                      by->token ? "carries a token"
                      : by->damaged
                          ? "could not be read to its end"
                          : "told nothing, and may have been a page before it");
    }
}

void reasons_of_document(struct staging *staging, struct staged *staged)
{
    uint64_t foreign = staged_foreign(staged);
    uint64_t told = staged->untold + staged->without_answer + staged->without_time +
                    staged->without_field;

    staged->state = state_of(staging, staged);
    if (staged->state == STATE_IGNORED) {
        if (staged->reason_count > 0)
            return;
        staged_reason(staging, staged, CODE_NOT_UNDERSTOOD,
                      "JSON, but the answer of no call in the catalog");
        return;
    }
    if (staged->state == STATE_PARTIAL)
        reasons_of_partial(staging, staged);
    if (staged->state == STATE_CONTEXT && staged->call != NULL &&
        staged->call->gives == GIVES_NOTHING)
        staged_reason(staging, staged, CODE_PROVES_NOTHING,
                      "%.*s, which proves nothing about the account by itself",
                      STR_ARG(staged->call->title));
    if (staged->duplicates > 0)
        staged_reason(staging, staged, CODE_DUPLICATE_KEY,
                      "%llu of its records have a key twice",
                      (unsigned long long)staged->duplicates);
    if (staged->without_answer > 0 && staged->read) {
        staged_reason(staging, staged, CODE_NO_ANSWER,
                      "for %llu of its records an expression has no answer; of line "
                      "%llu: %s",
                      (unsigned long long)staged->without_answer,
                      (unsigned long long)staged->first_line, staged->first_why);
    }
    if (staged->undecided > staged->duplicates + told && staged->read) {
        staged_reason(staging, staged, CODE_UNDECIDED_RECORDS,
                      "%llu of its records lack what a rule reads, or have it in "
                      "another form than AWS prints",
                      (unsigned long long)(staged->undecided - told));
    }
    if (staged->without_field > 0 && staged->read) {
        staged_reason(staging, staged, CODE_SILENT_FIELD, "%s",
                      silence_of(staging->arena, staged, staging->measures, NULL));
    }
    if (staged->repeated > 0) {
        staged_reason(staging, staged, CODE_REPEATED_IDS,
                      "%llu of its records have the id of one before them: each thing "
                      "counts once",
                      (unsigned long long)staged->repeated);
    }
    if (foreign > 0)
        staged_reason(staging, staged, CODE_FOREIGN_RECORDS,
                      "%llu of its records are of other accounts, and are not counted",
                      (unsigned long long)foreign);
}

/* ---- of a finding ------------------------------------------------------------------
 */

struct reason_list {
    struct arena *arena;
    struct buf text; /* of the reason at hand */
    struct reason items[REASONS_MAX];
    size_t count, more;
};

static void add(struct reason_list *list, const struct reason *reason)
{
    struct reason *kept;

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].code, reason->code) == 0 &&
            strcmp(list->items[i].text, reason->text) == 0)
            return;
    if (list->count == REASONS_MAX - 1) {
        list->more++;
        return;
    }
    kept = &list->items[list->count++];
    *kept = *reason;
    kept->text = arena_copy(list->arena, reason->text, strlen(reason->text));
}

/* The reason of a document, as one of a finding. */
static void reason_of_source(struct reason_list *list, const struct staged *staged,
                             const struct reason *reason)
{
    const char *path = staged->from->source->path;

    buf_clear(&list->text);
    buf_printf(&list->text, "%s: %s", path, reason->text);
    add(list, &(struct reason){ reason->code, buf_str(&list->text).text, path });
}

static void PRINTF_LIKE(3, 4)
    reason_add(struct reason_list *list, enum code code, const char *format, ...)
{
    va_list arguments;

    buf_clear(&list->text);
    va_start(arguments, format);
    buf_vprintf(&list->text, format, arguments);
    va_end(arguments);
    add(list,
        &(struct reason){ .code = code_name(code), .text = buf_str(&list->text).text });
}

/* Whether the document's reason opens a fact that the document is complete for. */
static bool is_of_records(const struct reason *reason)
{
    return strcmp(reason->code, code_name(CODE_DUPLICATE_KEY)) == 0 ||
           strcmp(reason->code, code_name(CODE_UNDECIDED_RECORDS)) == 0 ||
           strcmp(reason->code, code_name(CODE_NO_ANSWER)) == 0 ||
           strcmp(reason->code, code_name(CODE_REPEATED_IDS)) == 0;
}

/* Of the fields that this fact reads: the document's own reason is of all facts'. */
static void reason_of_silence(struct reason_list *list, const struct staged *staged,
                              const struct measures *measures,
                              const struct measure *measure)
{
    struct reason reason = { .code = code_name(CODE_SILENT_FIELD) };

    reason.text = silence_of(list->text.arena, staged, measures, measure);
    reason_of_source(list, staged, &reason);
}

static bool is_of_silence(const struct reason *reason)
{
    return strcmp(reason->code, code_name(CODE_SILENT_FIELD)) == 0;
}

/* Whether a record that counts, or may, has no value for the minimum or maximum. */
static bool lacks_value(const struct staged *staged, const struct scope *scope,
                        const struct measure *measure)
{
    for (size_t i = 0; i < staged->bucket_count; i++)
        if (bucket_is_of(staged, &staged->buckets[i], scope) &&
            staged->buckets[i].tallies[measure->slot].open)
            return true;
    return false;
}

static void reason_of_value(struct reason_list *list, const struct staged *staged,
                            const struct measure *measure)
{
    struct reason reason = {
        .code = code_name(CODE_NO_VALUE),
        .text = arena_printf(list->text.arena,
                             "a record that counts, or may, has no '%.*s' that can be "
                             "used",
                             STR_ARG(measure->fact->of_text)),
    };

    reason_of_source(list, staged, &reason);
}

static void reasons_of_documents(struct reason_list *list,
                                 const struct measures *measures,
                                 const struct listing *listing,
                                 const struct measure *measure, bool no_filtered)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];
        uint64_t sure = 0, maybe = 0;
        bool complete =
            staged_is_complete(staged, measure, no_filtered) ||
            (measure != NULL && measure->detail != NULL && staged_is_detail(staged));

        if (measure != NULL && staged->read)
            staged_tally(staged, &listing->scope, measure, &sure, &maybe);
        if (measure != NULL && silence_opens(staged, measure))
            reason_of_silence(list, staged, measures, measure);
        if (measure != NULL && measure->fact->kind != FACT_COUNT && staged->read &&
            lacks_value(staged, &listing->scope, measure))
            reason_of_value(list, staged, measure);
        if (complete && maybe == 0)
            continue;
        for (size_t j = 0; j < staged->reason_count; j++)
            if (!is_of_silence(&staged->reasons[j]) &&
                (!complete || is_of_records(&staged->reasons[j])))
                reason_of_source(list, staged, &staged->reasons[j]);
    }
}

static void reasons_of_unlisted(struct reason_list *list, const struct listing *listing,
                                const struct call *call, const struct parents *parents,
                                struct arena *scratch)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (staged->call == call && staged->read && staged->parent.text != NULL &&
            !parents_have(parents, staged->parent, scratch)) {
            reason_add(list, CODE_PARENT_UNLISTED,
                       "%s: it is about %.*s, which the listing of %.*s does not have",
                       staged->from->source->path, STR_ARG(staged->parent),
                       STR_ARG(call->parent_type->title));
        }
    }
}

static void reasons_of_alike(struct reason_list *list, const struct parents *parents,
                             struct arena *scratch)
{
    struct table ids = TABLE_EMPTY(scratch);

    for (size_t i = 0; i < parents->count; i++) {
        void **slot = table_slot(&ids, parent_key(scratch, parents->items[i].id));
        const struct str *other = *slot;

        if (other != NULL)
            reason_add(list, CODE_PARENTS_ALIKE,
                       "%.*s and %.*s are written alike in a file's name",
                       STR_ARG(*other), STR_ARG(parents->items[i].id));
        *slot = &parents->items[i].id;
    }
}

static void reasons_of_parts(struct reason_list *list,
                             const struct judgement *judgement,
                             const struct measure *measure,
                             const struct listing *listing)
{
    const struct type *type = measure->fact->type;
    bool no_filtered = judgement->holdings->staging->settings->no_filtered;
    struct arena *scratch = judgement->bounds.scratch;

    for (size_t i = 0; i < type->call_count; i++) {
        const struct call *call = type->calls[i];
        struct parents parents;

        if (call->gives == GIVES_WHOLE)
            return;
        if (call->gives != GIVES_PART)
            continue;
        parents_of(judgement->holdings, call->parent_type, judgement->scope, scratch,
                   &parents);
        if (!parents.known) {
            reason_add(list, CODE_PARENTS_UNKNOWN,
                       "which %.*s there are is not known: no complete listing of them",
                       STR_ARG(call->parent_type->title));
            return;
        }
        for (size_t j = 0; j < parents.count; j++) {
            if (!part_is_complete(listing, call, parents.items[j].id, measure,
                                  no_filtered, scratch))
                reason_add(list, CODE_PART_MISSING,
                           "no complete answer of 'aws %.*s' for %.*s",
                           STR_ARG(call->name), STR_ARG(parents.items[j].id));
        }
        reasons_of_alike(list, &parents, scratch);
        reasons_of_unlisted(list, listing, call, &parents, scratch);
        return;
    }
}

static void reasons_of_details(struct reason_list *list,
                               const struct judgement *judgement,
                               const struct measure *measure,
                               const struct listing *listing)
{
    struct arena *scratch = judgement->bounds.scratch;
    struct parents records;

    if (measure->detail == NULL || listing->count == 0)
        return;
    parents_of(judgement->holdings, measure->fact->type, judgement->scope, scratch,
               &records);
    for (size_t i = 0; i < listing->count; i++) {
        const struct staged *staged = listing->items[i];

        if (records.items != NULL && detail_is_complete(staged) &&
            !parents_have(&records, staged->ids[0], scratch)) {
            reason_add(list, CODE_PARENT_UNLISTED,
                       "%s: it is about %.*s, which the listing of %.*s does not have",
                       staged->from->source->path, STR_ARG(staged->ids[0]),
                       STR_ARG(measure->fact->type->title));
        }
    }
    if (!records.known) {
        reason_add(list, CODE_PARENTS_UNKNOWN,
                   "which %.*s there are is not known: no complete listing of them, or "
                   "other answers that do not agree with it",
                   STR_ARG(measure->fact->type->title));
    }
    for (size_t i = 0; i < records.count && records.known; i++) {
        if (!detail_decides(listing, records.items[i].id, measure))
            reason_add(list, CODE_PART_MISSING,
                       "no complete answer of 'aws %.*s' for %.*s",
                       STR_ARG(measure->detail->name), STR_ARG(records.items[i].id));
    }
}

static void reasons_of_scope(struct reason_list *list,
                             const struct judgement *judgement, size_t fact)
{
    const struct holdings *holdings = judgement->holdings;
    const struct measure *measure = judgement->measures[fact];
    const struct type *type = measure->fact->type;
    const struct listing *listing = holdings_find(holdings, type, judgement->scope);
    const struct listing *lost = holdings_find(holdings, NULL, judgement->scope);
    const struct measures *measures = holdings->staging->measures;
    bool no_filtered = holdings->staging->settings->no_filtered;

    if (listing->count == 0 && judgement->rule->for_each == FOR_EACH_ACCOUNT &&
        judgement->scope->region.text != NULL)
        reason_add(list, CODE_MISSING, "no listing of %.*s of %.*s",
                   STR_ARG(type->title), STR_ARG(judgement->scope->region));
    else if (listing->count == 0)
        reason_add(list, CODE_MISSING, "no listing of %.*s", STR_ARG(type->title));
    reasons_of_documents(list, measures, listing, measure, no_filtered);
    reasons_of_documents(list, measures, lost, NULL, no_filtered);
    reasons_of_parts(list, judgement, measure, listing);
    reasons_of_details(list, judgement, measure, listing);
    if (judgement->counts[fact].disagrees)
        reason_add(list, CODE_DISAGREEMENT, "answers that list %.*s disagree",
                   STR_ARG(type->title));
}

static void reasons_of_fact(struct reason_list *list, const struct judgement *judgement,
                            size_t fact)
{
    struct scopes scopes;

    holdings_scopes(judgement->holdings, judgement->measures[fact]->fact->type,
                    judgement->scope, &scopes);
    if (!scopes.are_all)
        reason_add(list, CODE_REGIONS_UNKNOWN,
                   "which regions the account uses is not known: no complete answer of "
                   "'aws ec2 describe-regions', and no --expect-regions");
    for (size_t i = 0; i < scopes.count; i++) {
        struct judgement of_scope = *judgement;

        of_scope.scope = &scopes.items[i];
        reasons_of_scope(list, &of_scope, fact);
    }
}

/* A condition may have no answer though all facts are known: the time is not, or
 * matches() passes a limit, say. */
static void reasons_without_answer(struct reason_list *list,
                                   const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;

    if (rule->reads_now && judgement->holdings->staging->settings->as_of.text == NULL) {
        reason_add(list, CODE_NO_AS_OF,
                   "the rule reads the time of the audit, and it is not known: give "
                   "--as-of DATE");
        return;
    }
    for (size_t i = 0; i < rule->fact_count; i++)
        if (judgement->nones[i])
            return; /* which has no answer, as was said */
    for (size_t i = 0; i < rule->outcome_count; i++) {
        const struct jmespath *when = rule->outcomes[i].when;
        struct error err = { 0 };

        if (when != NULL && bounds_fail(&judgement->bounds, jmespath_root(when), &err))
            reason_add(list, CODE_NO_ANSWER, "the 'when' in line %zu has no answer: %s",
                       rule->outcomes[i].place.line, err.message);
    }
}

/* What is known is all that can be, and it is not enough: two facts are compared, say,
 * of which each is known between bounds. */
static void reasons_of_bounds(struct reason_list *list,
                              const struct judgement *judgement)
{
    const struct rule *rule = judgement->rule;

    for (size_t i = 0; i < rule->outcome_count; i++) {
        if (judgement->verdict.whens[i] == TRUTH_UNKNOWN)
            reason_add(list, CODE_NOT_DECIDED,
                       "what is known does not decide the 'when' in line %zu",
                       rule->outcomes[i].place.line);
    }
}

void reasons_of_finding(struct arena *arena, const struct judgement *judgement,
                        struct finding *finding)
{
    struct reason_list list = { .arena = arena,
                                .text = BUF_EMPTY(judgement->bounds.scratch) };

    for (size_t i = 0; i < judgement->rule->fact_count; i++) {
        if (judgement->opens[i]) {
            reasons_of_fact(&list, judgement, i);
        } else if (judgement->nones[i]) {
            reason_add(&list, CODE_NONE,
                       "'%.*s' is none, and the rule compares it with something",
                       STR_ARG(judgement->rule->facts[i].name));
        }
    }
    if (finding->result == RESULT_UNKNOWN) {
        reasons_without_answer(&list, judgement);
        if (list.count == 0)
            reasons_of_bounds(&list, judgement);
    }
    if (list.more > 0) {
        const char *text =
            arena_printf(arena, "and %zu more reasons of these kinds", list.more);

        list.items[list.count++] =
            (struct reason){ .code = code_name(CODE_MORE), .text = text };
    }
    finding->reason_count = list.count;
    if (list.count > 0)
        finding->reasons = memcpy(arena_array(arena, list.count, struct reason),
                                  list.items, list.count * sizeof *list.items);
}
