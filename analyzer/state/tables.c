#include "state/tables.h"

#include "gather/link.h"
#include "state/parser.h"
#include "state/printer.h"

#include <assert.h>
#include <string.h>

/* ---- what is said of evidence ---------------------------------------------------- */

static const struct kept_row failure_rows[] = {
    { KEPT_UP_TO("of", struct failure, of, FAILURE_OF_COUNT - 1) },
    { KEPT("said", struct failure, said) },
    { KEPT("advice", struct failure, advice) },
    { KEPT("code", struct failure, code) },
    { KEPT("operation", struct failure, operation) },
    { KEPT("actor", struct failure, denied.actor) },
    { KEPT("action", struct failure, denied.action) },
};
const struct kept_struct failure_kept = KEPT_TABLE(failure_rows, struct failure);

/* By their names in codes.def: their numbers change with each that is added. */
#define MORE(id, of, uses, sentence)            #id,
#define CODE(id, name, uses, meaning, sentence) #id,
static const char *const sentence_ids[] = {
#include "gather/codes.def"
};
#undef CODE
#undef MORE
static_assert(COUNT_OF(sentence_ids) == SENTENCE_COUNT, "a name each");

static bool always(const void *object)
{
    (void)object;
    return true;
}

static void print_sentence(struct state_printer *printer, const void *object)
{
    const struct reason *reason = object;

    state_put_text(printer, str_from(sentence_ids[reason->sentence]));
}

static bool parse_sentence(struct state_parser *parser, void *object)
{
    struct reason *reason = object;
    struct str name = STR_NONE;
    unsigned i = 0;

    if (!parser_text(parser, &name))
        return false;
    while (i < SENTENCE_COUNT && !str_equal(name, str_from(sentence_ids[i])))
        i++;
    reason->sentence = (enum sentence)i;
    return i < SENTENCE_COUNT ||
           parser_wrong(parser, "says '%s', which is nothing that this version says",
                        name.text);
}

static const struct kept_row reason_rows[] = {
    { KEPT_BY("says", struct reason, sentence, always, print_sentence,
              parse_sentence) },
    { KEPT("path", struct reason, path) },
    { KEPT_ARRAY("texts", struct reason, texts, KEPT_FEW) },
    { KEPT("count", struct reason, count) },
    { KEPT("line", struct reason, line) },
    { KEPT_POINTER("failure", struct reason, failure, failure_kept) },
};
const struct kept_struct reason_kept = KEPT_TABLE(reason_rows, struct reason);

static const struct kept_row problem_rows[] = {
    { KEPT("line", struct problem, line) },
    { KEPT("column", struct problem, column) },
    { KEPT_STRUCT("reason", struct problem, reason, reason_kept) },
    { NOT_KEPT(struct problem, path) }, /* its source's */
};
const struct kept_struct problem_kept = KEPT_TABLE(problem_rows, struct problem);

/* ---- sources --------------------------------------------------------------------- */

static const struct kept_row statement_rows[] = {
    { KEPT("told_by", struct statement, told_by) },
    { KEPT_UP_TO("by", struct statement, by, STATED_BY_BAG) },
    { KEPT("line", struct statement, line) },
    { KEPT("command", struct statement, command) },
    { KEPT("begun", struct statement, begun) },
    { KEPT("ended", struct statement, ended) },
    { KEPT("status", struct statement, status) },
    { KEPT("sha256", struct statement, sha256) },
    { NOT_KEPT(struct statement, path) }, /* the source's */
};
const struct kept_struct statement_kept = KEPT_TABLE(statement_rows, struct statement);

static const struct kept_row source_rows[] = {
    { KEPT("path", struct source, path) },
    { KEPT_UP_TO("use", struct source, use, SOURCE_LOST) },
    { KEPT("archive", struct source, archive) },
    { KEPT("found_below", struct source, found_below) },
    { KEPT("is_folder", struct source, is_folder) },
    { KEPT("why", struct source, why) },
    { KEPT("explanation", struct source, explanation) },
    { KEPT("explained_by", struct source, explained_by) },
    { KEPT_POINTER("failure", struct source, failure, failure_kept) },
    { KEPT("failed_status", struct source, failed_status) },
    { KEPT("status_told_by", struct source, status_told_by) },
    { KEPT_ITEMS("statements", struct source, statements, statement_count, 0,
                 statement_kept) },
    { KEPT("unlisted_by", struct source, unlisted_by) },
    { KEPT("list_sha256", struct source, list_sha256) },
    { KEPT("list_bytes", struct source, list_bytes) },
    { NOT_KEPT(struct source, folder) }, /* of the path */
    { NOT_KEPT(struct source, file_name) },
    /* where it was opened */
    { NOT_KEPT(struct source, place) },
    { NOT_KEPT(struct source, place_below) },
};
const struct kept_struct source_kept = KEPT_TABLE(source_rows, struct source);

bool source_is_to_read(const struct source *source)
{
    return source->use == SOURCE_READ || source->use == SOURCE_UNREADABLE ||
           source->use == SOURCE_ARCHIVE;
}

static bool has_documents(const void *object)
{
    return ((const struct document_source *)object)->document_count > 0;
}

static void print_documents(struct state_printer *printer, const void *object)
{
    const struct document_source *source = object;

    for (size_t i = 0; i < source->document_count; i++) {
        printer->document = source->documents[i];
        state_put_next(printer, i);
        kept_print(printer, &document_kept, source->documents[i]);
        state_printer_flush(printer);
    }
    state_put_byte(printer, ']');
}

/* What whoever judges takes for granted of a document. */
static bool check_document(struct state_parser *parser, const struct document *document)
{
    if (document->use == USE_READ && document->type == NULL)
        return parser_wrong(parser, "has a document that was read, and no type of it");
    if (document->call != NULL && document->call->type != document->type)
        return parser_wrong(parser, "has a document with a call of another type");
    for (size_t i = 0; i < document->reason_count; i++)
        if (!reason_may_be(&document->reasons[i], OF_REASON))
            return parser_wrong(parser, "gives for a reason what is none");
    return true;
}

static bool parse_document(struct state_parser *parser, void *object, size_t index)
{
    struct document_source *source = object;

    (void)index;
    if (gathered_is_full(parser->gathered)) {
        return parser_wrong(parser,
                            "has more than %zu documents behind the first of "
                            "their files",
                            parser->gathered->documents_max);
    }
    parser->document = gathered_document(parser->gathered, source);
    parser->document->values = parser->values;
    if (!kept_parse(parser, &document_kept, parser->document))
        return false;
    parser->document->reason_capacity = parser->document->reason_count;
    return check_document(parser, parser->document);
}

static bool parse_documents(struct state_parser *parser, void *object)
{
    return parser_list(parser, SIZE_MAX, parse_document, object);
}

static const struct kept_row document_source_rows[] = {
    { KEPT("was_read", struct document_source, was_read) },
    { KEPT("breaks_off", struct document_source, breaks_off) },
    { KEPT("bytes", struct document_source, total.bytes) },
    { KEPT_ARRAY("sha256", struct document_source, total.sha256, KEPT_DIGEST) },
    { KEPT("read_error", struct document_source, total.read_error) },
    { KEPT("changed", struct document_source, total.changed) },
    { KEPT_BY("documents", struct document_source, documents, has_documents,
              print_documents, parse_documents) },
    { NOT_KEPT(struct document_source, document_count) },
    { NOT_KEPT(struct document_source, document_capacity) },
    { NOT_KEPT(struct document_source, source) },
    /* of the source's path and its statements, by gathered_source() */
    { NOT_KEPT(struct document_source, commands) },
    { NOT_KEPT(struct document_source, command_count) },
    { NOT_KEPT(struct document_source, labels) },
    { NOT_KEPT(struct document_source, words) },
    { NOT_KEPT(struct document_source, name) },
};
const struct kept_struct document_source_kept =
    KEPT_TABLE(document_source_rows, struct document_source);

/* ---- documents ------------------------------------------------------------------- */

static const struct kept_row position_rows[] = {
    { KEPT("offset", struct position, offset) },
    { KEPT("line", struct position, line) },
    { KEPT("column", struct position, column) },
};
const struct kept_struct position_kept = KEPT_TABLE(position_rows, struct position);

/* One of its call's. */
static void print_option_of(struct state_printer *printer,
                            const struct document *document,
                            const struct option_word *option)
{
    state_put_number(printer, (uint64_t)(option - document->call->options));
}

static bool parse_option_of(struct state_parser *parser,
                            const struct document *document,
                            const struct option_word **option)
{
    size_t count = document->call != NULL ? document->call->option_count : 0;
    uint64_t number;

    if (count == 0)
        return parser_wrong(parser, "has an option of a call that has none");
    if (!parser_number(parser, count - 1, &number))
        return false;
    *option = &document->call->options[number];
    return true;
}

static bool has_option(const void *object)
{
    return ((const struct document *)object)->option != NULL;
}

static void print_option(struct state_printer *printer, const void *object)
{
    print_option_of(printer, object, ((const struct document *)object)->option);
}

static bool parse_option(struct state_parser *parser, void *object)
{
    struct document *document = object;

    return parse_option_of(parser, document, &document->option);
}

static bool has_named_option(const void *object)
{
    return ((const struct document *)object)->option_named != NULL;
}

static void print_named_option(struct state_printer *printer, const void *object)
{
    print_option_of(printer, object, ((const struct document *)object)->option_named);
}

static bool parse_named_option(struct state_parser *parser, void *object)
{
    struct document *document = object;

    return parse_option_of(parser, document, &document->option_named);
}

/* A call's, or what some call of the type is silent about. */
static bool has_silent(const void *object)
{
    return ((const struct document *)object)->silent != NULL;
}

/* From 1, a call's place among the type's; 0: the type's own. */
static void print_silent(struct state_printer *printer, const void *object)
{
    const struct document *document = object;
    const struct type *type = document->type;
    size_t number = 0;

    for (size_t i = 0; i < type->call_count; i++)
        if (document->silent == &type->calls[i]->silent)
            number = i + 1;
    state_put_number(printer, number);
}

static bool parse_silent(struct state_parser *parser, void *object)
{
    struct document *document = object;
    const struct type *type = document->type;
    uint64_t number;

    if (type == NULL)
        return parser_wrong(parser, "has a document of no type, and a call of it");
    if (!parser_number(parser, type->call_count, &number))
        return false;
    document->silent = number > 0 ? &type->calls[number - 1]->silent : &type->silent;
    return true;
}

static const struct kept_row portion_rows[] = {
    { KEPT("account", struct portion, account) },
    { KEPT("region", struct portion, region) },
    { KEPT("arn", struct portion, arn) },
    { KEPT("shared", struct portion, shared) },
    { KEPT("records", struct portion, records) },
    { KEPT("repeated", struct portion, repeated) },
    { KEPT("unread", struct portion, unread) },
    { KEPT_BY("rows", struct portion, rows, rows_are_there, rows_print, rows_parse) },
    { KEPT_BY("versions", struct portion, last_row, versions_are_there, versions_print,
              versions_parse) },
    { NOT_KEPT(struct portion, page) }, /* chains_join() */
    { NOT_KEPT(struct portion, row_count) },
    { NOT_KEPT(struct portion, tallies) }, /* count_documents() */
};
const struct kept_struct portion_kept = KEPT_TABLE(portion_rows, struct portion);

static const struct kept_row link_id_rows[] = {
    { KEPT("hash", struct link_id, hash) },
};
static const struct kept_struct link_id_kept = KEPT_TABLE(link_id_rows, struct link_id);

static const struct kept_row link_rows[] = {
    { KEPT("token", struct page_link, token) },
    { KEPT_ITEMS("ids", struct page_link, ids, id_count, LINK_IDS_MAX, link_id_kept) },
};
static const struct kept_struct link_kept = KEPT_TABLE(link_rows, struct page_link);

/* The type and the call first: what follows is told by them. */
static const struct kept_row document_rows[] = {
    { KEPT("type", struct document, type) },
    { KEPT("call", struct document, call) },
    { KEPT_UP_TO("type_told", struct document, type_told, TOLD_COUNT - 1) },
    { KEPT("document", struct document, index) },
    { KEPT("pointer", struct document, pointer) },
    { KEPT("surplus", struct document, surplus) },
    { KEPT_UP_TO("shape", struct document, shape, SHAPE_VALUE) },
    { KEPT_UP_TO("use", struct document, use, USE_IGNORED) },
    { KEPT_UP_TO("doubts", struct document, doubts, (1U << DOUBT_COUNT) - 1) },
    { KEPT_BY("option", struct document, option, has_option, print_option,
              parse_option) },
    { KEPT_UP_TO("stated", struct document, stated, (1U << DOUBT_COUNT) - 1) },
    { KEPT("is_stated", struct document, is_stated) },
    { KEPT_BY("option_named", struct document, option_named, has_named_option,
              print_named_option, parse_named_option) },
    { KEPT("records", struct document, records) },
    { KEPT("undecided", struct document, undecided) },
    { KEPT("duplicates", struct document, duplicates) },
    { KEPT("without_answer", struct document, without_answer) },
    { KEPT("first_line", struct document, first_line) },
    { KEPT("first_why", struct document, first_why) },
    { KEPT("without_time", struct document, without_time) },
    { KEPT("without_field", struct document, without_field) },
    { KEPT_BY("silent", struct document, silent, has_silent, print_silent,
              parse_silent) },
    { KEPT("mark", struct document, mark) },
    { KEPT("untold", struct document, untold) },
    { KEPT("shared", struct document, shared) },
    { KEPT("repeated", struct document, repeated) },
    { KEPT("parent", struct document, parent) },
    { KEPT_WORDS("ids", struct document, ids, id_count, DOCUMENT_IDS_MAX) },
    { KEPT_WORDS("unused", struct document, unused.items, unused.count,
                 DOCUMENT_IDS_MAX) },
    { KEPT("narrowed_field", struct document, narrowed_field) },
    { KEPT("narrowed_value", struct document, narrowed_value) },
    { KEPT_STRUCT("list_start", struct document, list_start, position_kept) },
    { KEPT("list_pointer", struct document, list_pointer) },
    { KEPT("identity", struct document, identity) },
    { KEPT_POINTER("link", struct document, link, link_kept) },
    { KEPT_ITEMS("reasons", struct document, reasons, reason_count,
                 DOCUMENT_REASONS_MAX, reason_kept) },
    { KEPT_ITEMS("portions", struct document, portions, portion_count,
                 DOCUMENT_PLACES_MAX, portion_kept) },
    { NOT_KEPT(struct document, from) },
    { NOT_KEPT(struct document, values) },
    { NOT_KEPT(struct document, id_capacity) },
    { NOT_KEPT(struct document, unused_capacity) },
    { NOT_KEPT(struct document, reason_capacity) }, /* parse_document() */
    { NOT_KEPT(struct document, portion_capacity) },
    { NOT_KEPT(struct document, last_portion) }, /* while it is gathered */
    /* place() */
    { NOT_KEPT(struct document, account) },
    { NOT_KEPT(struct document, region) },
    { NOT_KEPT(struct document, account_told) },
    { NOT_KEPT(struct document, region_told) },
    { NOT_KEPT(struct document, account_doubt) },
    { NOT_KEPT(struct document, region_doubt) },
    /* chains_join() */
    { NOT_KEPT(struct document, listing) },
    { NOT_KEPT(struct document, page_number) },
    { NOT_KEPT(struct document, pages) },
    { NOT_KEPT(struct document, page_count) },
    { NOT_KEPT(struct document, tainted_by) }, /* cells_new() */
    /* summarize() */
    { NOT_KEPT(struct document, state) },
    { NOT_KEPT(struct document, summary) },
};
const struct kept_struct document_kept = KEPT_TABLE(document_rows, struct document);

/* ---- nothing is forgotten --------------------------------------------------------
 * One of these structs has a member more, or less? Give it a row above or in
 * rows_kept.c: what a report rests on is kept, NOT_KEPT is what is made after all
 * evidence is read, or again of the path. Else the report of a merge differs from that
 * of a scan. Then write the new size here. (tests/cli/states.bats names each member
 * that has no row, also one that no size shows.) */

#define IS_AS_LARGE(kept_type, size)                                                   \
    static_assert(sizeof(void *) != 8 || sizeof(kept_type) == (size),                  \
                  #kept_type " has other members: see above")

IS_AS_LARGE(struct source, 176);
IS_AS_LARGE(struct failure, 88);
IS_AS_LARGE(struct document_source, 208);
IS_AS_LARGE(struct bytes_total, 96);
IS_AS_LARGE(struct document, 696);
IS_AS_LARGE(struct portion, 120);
IS_AS_LARGE(struct page_link, 32);
IS_AS_LARGE(struct row, 72);
IS_AS_LARGE(struct versions, 40);
IS_AS_LARGE(struct extreme, 120);
IS_AS_LARGE(struct hit, 40);
IS_AS_LARGE(struct reason, 104);
IS_AS_LARGE(struct problem, 128);
