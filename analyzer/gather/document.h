/*
 * document.h - what one document says, kept until all evidence is read.
 *
 * A document's type, place, token and damage may be known only at its end, and its
 * account only when the whole folder was read. So nothing is judged here: a document is
 * kept as small tables, one for each account and region that its records' ARNs name.
 *
 *     source ─┬─ document: type, call, shape, use, doubts, ids, parent
 *             │    ├─ portion (no ARN) ────────────── rows (rows.h)
 *             │    └─ portion (account, region) ───── rows
 *             └─ document ...
 *
 * Who writes what: the gatherer and recognise.h all of it while the document is read;
 * then count_documents() the tallies and what is undecided, place() its account and
 * region, chains_join() which listing it is a page of, cells_new() what taints it,
 * summarize() its state. After that nobody.
 *
 * Lifetime: the arena of the run. Memory: some hundred bytes a document, but for those
 * that say what many before them in their source did (surplus.h); more only for each
 * different account and region that its records name (DOCUMENT_PLACES_MAX), and for the
 * ids of records that are the parents of others (DOCUMENT_IDS_MAX). Of documents behind
 * the first of their source there are at most DOCUMENTS_MAX.
 */
#ifndef GATHER_DOCUMENT_H
#define GATHER_DOCUMENT_H

#include "aws/arn.h"
#include "find/command.h"
#include "find/labels.h"
#include "gather/problems.h"
#include "gather/rows.h"

enum {
    DOCUMENT_PLACES_MAX = 256, /* different accounts and regions in its ARNs */
    DOCUMENT_IDS_MAX = 65536,  /* records of a type that is a parent, in one document */
    DOCUMENT_REASONS_MAX = 16,
    NEW_REGIONS_MAX = 256, /* that options and evidence name, and AWS made lately */
    DOCUMENTS_MAX = 500 * 1000, /* behind the first of their source, in a run */
    TEXTS_KEPT = 64,            /* that are remembered */
};

/* The records whose ARNs name one account and region. */
struct portion {
    const struct document *page; /* of a listing that was joined: the page that it is
                                    of, whose values its rows have; else NULL */
    struct str account, region;  /* absent: the records name none; of a type that is not
                                    listed by region, no region counts */
    struct str arn; /* how the ARN of its first record begins, up to the resource;
                       absent: it has none */
    bool shared; /* their ids are ARNs: so AWS prints what another account shares, and
                    they tell which account the listing is not of */
    uint64_t records; /* but for those that say again what was counted */
    uint64_t repeated;
    uint64_t unread; /* of the records: each may count, whatever a filter asks */
    struct row *rows, *last_row; /* of the others */
    size_t row_count;
    struct tally *tallies; /* one a measure of the type (judge/count.h) */
};

/* What the path of a source tells, and the source. */
struct document_source {
    const struct source *source;
    const struct labels *labels; /* what --path-pattern tells: it stands in words and
                                    name too */
    struct words words;
    const struct name *name;
    bool was_read;
    bool breaks_off; /* what follows its last document was not read */
    const struct call_command *commands; /* that manifests say it was collected by */
    size_t command_count;
    struct bytes_total total;
    struct document **documents;
    size_t document_count, document_capacity;
};

/* What a document is. */
enum shape {
    SHAPE_OBJECT, /* an answer as AWS prints it; or nothing is known */
    SHAPE_ARRAY,  /* an array without its envelope, as --query prints it */
    SHAPE_IDS,    /* one of texts alone, that were counted as ids of records */
    SHAPE_RECORD, /* a record that stands alone, as --query '[0]' prints it */
    SHAPE_VALUE,  /* null, a number or a text: what a --query prints, and no page */
};

/* What it is good for. */
enum use {
    USE_NONE,    /* nothing, and nothing is lost with it */
    USE_READ,    /* it is an answer, and its records were read */
    USE_NOTHING, /* it should have told something, and told nothing: what it lost is not
                    known */
    USE_IGNORED, /* it is no evidence */
};

/* What makes a document less than a whole answer of one account and region; what each
 * takes away: document_lacks(). */
enum doubt {
    DOUBT_TOKEN = 1 << 0,   /* there are more pages than this */
    DOUBT_DAMAGED = 1 << 1, /* what came behind the break is not known */
    DOUBT_OPTION = 1 << 2,  /* its name says that the call was asked with one */
    DOUBT_OPTION_DENIED =
        1 << 3,                  /* it has a record that this would leave out, or may */
    DOUBT_STRINGS = 1 << 4,      /* some of its elements are texts: ids, at best */
    DOUBT_ARRAYS = 1 << 5,       /* arrays, which may hold any number of records */
    DOUBT_VALUES = 1 << 6,       /* numbers, true, false, null */
    DOUBT_OBJECTS = 1 << 7,      /* objects without a field that tells what they are */
    DOUBT_PLACES_LOST = 1 << 8,  /* its ARNs name more accounts and regions than are
                                    kept */
    DOUBT_REDACTED = 1 << 9,     /* an ARN has other text where its account would be */
    DOUBT_IDS_LOST = 1 << 10,    /* a record without an id, or more ids than are kept */
    DOUBT_PARENT = 1 << 11,      /* its records name no parent, or several */
    DOUBT_MISLABELLED = 1 << 12, /* its records belong elsewhere, or nothing decides
                                    where */
    DOUBT_SPREAD = 1 << 13,      /* its records are of several accounts or regions: each
                                    counts where its ARN puts it */
    DOUBT_DISOWNED = 1 << 14,    /* by a list of the collection, it is not what was
                                    collected */
    DOUBT_COUNT = 15,            /* bits */

    /* what it says counts nowhere */
    DOUBTS_OF_PLACE = DOUBT_MISLABELLED | DOUBT_DISOWNED
};

/* What a doubt takes from a document. */
enum takes {
    TAKES_WHOLE = 1 << 0, /* it is no whole answer: there may be more */
    TAKES_END = 1 << 1,   /* its listing may go on: as if it carried a token */
    TAKES_ALL = 1 << 2,   /* it was asked for less than all, by its name */
    TAKES_IDS = 1 << 3,   /* which records it has is not known */
    TAKES_PLACE = 1 << 4, /* it decides nothing anywhere */
};

struct document {
    struct document_source *from;
    uint64_t index;          /* of the document in its source */
    const char *pointer;     /* "", or in that document "/0": an element of an array */
    uint64_t surplus;        /* documents behind it that say the same: not kept */
    const struct type *type; /* NULL: not told */
    const struct call *call; /* NULL: not told, or none in the catalog */
    enum told type_told;

    enum shape shape;
    enum use use;
    unsigned doubts;                  /* DOUBT_... */
    const struct option_word *option; /* DOUBT_OPTION: what that leaves in; NULL: not
                                         known */
    /* What would not be so without lists of the collection and exit statuses, which can
     * only weaken (stated.h): */
    unsigned stated;                        /* of the doubts */
    bool is_stated;                         /* the whole document */
    const struct option_word *option_named; /* the option, by its file's name alone */

    uint64_t records, undecided, duplicates;
    uint64_t without_answer; /* of the undecided, those for which an expression of a
                                fact does not hold */
    uint64_t first_line;     /* of the first of these */
    const char *first_why;
    uint64_t without_time;  /* those that are undecided as long as the time of the audit
                               is not known */
    uint64_t without_field; /* those that are undecided only by what their call never
                               prints */
    const struct str_list *silent; /* what its call never prints; or NULL */
    unsigned char mark; /* what a record has of which that is so; 0: of all */
    uint64_t untold;    /* of the records, those that may be none, so that they may not
                           stand for all */
    struct portion
        *portions; /* the first is that of the records that name no account */
    size_t portion_count, portion_capacity;
    const struct values *values; /* of their rows */
    uint64_t shared;             /* records whose id is an ARN of an account */
    uint64_t
        repeated; /* records with the id of one before them: each thing counts once */
    size_t last_portion; /* where the last record went */
    struct str parent;
    struct str *ids;
    size_t id_count, id_capacity;
    struct str_list unused; /* regions that the account has not opted in to */
    size_t unused_capacity;
    struct str narrowed_field,
        narrowed_value; /* all records share it; absent: they do not */
    struct position list_start;
    const char *list_pointer;     /* "/DBSnapshots", or "" */
    struct str identity;          /* a get-caller-identity answer's account */
    const struct page_link *link; /* what tells that it is a page (link.h); or NULL */

    /* set by place() */
    struct str account, region;
    enum told account_told, region_told;
    const struct reason *account_doubt; /* its path may mean another one than it was
                                           assumed to be of; or NULL */
    const struct reason *region_doubt;

    /* set by chains_join(): */
    struct document *listing;            /* of a page, that of all pages; or NULL */
    size_t page_number;                  /* of a page, from 1 */
    const struct document *const *pages; /* of a listing that was joined; or NULL */
    size_t page_count;

    /* set by cells_new(): a document that carries a token, or may, and of whose
     * listing it may be the last page; NULL: none */
    const struct document *tainted_by;

    enum document_state state;
    struct reason *reasons;
    size_t reason_count, reason_capacity;
    struct document_summary summary;
};

struct gathered {
    struct arena *arena;
    const struct measures *measures;
    const struct settings *settings;
    struct document_source **sources; /* in the order they were read */
    size_t source_count, source_capacity;
    size_t more_documents;        /* behind the first of their source */
    size_t documents_max;         /* of these; DOCUMENTS_MAX, but in tests */
    struct document *spare;       /* that was dropped, or NULL */
    struct str texts[TEXTS_KEPT]; /* said lately, by their hash: many documents say
                                       the same */
    struct problems problems;
    size_t workers;              /* threads that judge what all of them gathered */
    struct str_list regions;     /* that options name, and, from place() on, that the
                                    evidence does: words of a path, as known ones are */
    struct pattern_match *match; /* for all patterns */
    struct table names; /* that were parsed, by file name: in a tree most are alike */
    struct plans *plans;
    struct rows *rows;     /* of the document at hand */
    struct table contexts; /* of rules whose facts read parameters or the time, by id */
};

struct gathered *gathered_new(struct arena *arena, const struct measures *measures,
                              const struct settings *settings);
/* Adds what another thread gathered, whose arena the caller has this one's adopt. */
void gathered_join(struct gathered *gathered, const struct gathered *other);
/* When all is read: the sources then stand in the order of the list that they are of,
 * whoever read them in which order. */
void gathered_sort(struct gathered *gathered);

struct document_source *gathered_source(struct gathered *gathered,
                                        const struct source *source);
/* What lists say of a source came to be known when its documents were read already.
 * Whether a record is one that an option of its call leaves out was not asked of them:
 * one may be. */
void gathered_state(struct gathered *gathered, struct document_source *source);
/* Of the sources from that number on those whose use is SOURCE_EXPLAINS by now are no
 * evidence: nor are their documents, and what was said of them. */
void gathered_take_back(struct gathered *gathered, size_t from);
/* A document of the source, its index still 0. */
struct document *gathered_document(struct gathered *gathered,
                                   struct document_source *source);

/* The newest document of its source is none: its memory is for the next one. */
void gathered_drop(struct gathered *gathered, struct document *document);

/* Whether there are more documents than documents_max: then what else is read does not
 * matter any more. */
bool gathered_is_full(const struct gathered *gathered);

/* A copy of the text, for as long as what was gathered, or one that was made before. */
const char *gathered_text(struct gathered *gathered, const char *text);

/* The context in which the expressions of a rule run; NULL: of those that read nothing
 * of a rule. */
struct jmespath_context *gathered_context(struct gathered *gathered,
                                          const struct rule *rule);

/* Adds a reason, once a code; its texts are kept. */
void document_reason(struct gathered *gathered, struct document *document,
                     const struct reason *reason);

/* It is no evidence: nothing is lost with it, whatever it is. */
void document_ignore(struct document *document);

/* Whose rows the portion has: the document, or a page of it. */
const struct document *portion_page(const struct document *document,
                                    const struct portion *portion);

/* Whether it is of a call that the catalog does not have, by the name of its file or,
 * where that tells no call, by the operation that an error names (absent: none does);
 * if so, it is ignored, with that reason. */
bool document_is_other_call(struct gathered *gathered, struct document *document,
                            struct str operation);

/* Whether the words behind the call in a file's name say that it was asked with an
 * option: those of a part name its parent first, those of one record name the record.
 * *option: what they mean, or NULL: that is not known. */
bool name_asks_option(const struct name *name, const struct call *call,
                      const struct option_word **option);

/* The same by the command in a manifest, too. */
bool source_asks_option(const struct document_source *source, const struct call *call,
                        const struct option_word **option);
/* Sets the doubts of that; its call is told by now. */
void document_ask(struct gathered *gathered, struct document *document);

bool document_has(const struct document *document, unsigned doubts);
/* Whether a doubt takes that (enum takes) from it. */
bool document_lacks(const struct document *document, enum takes what);
bool document_is_bare(const struct document *document);
/* Whether what it says counts somewhere: it was read, and is not mislabelled. */
bool document_counts(const struct document *document);

/* Whether it may be a page of a listing: not a record, a request or a receipt. */
bool document_is_page(const struct document *document);

/* Whether its listing could have lost an end: it carries a token, or it is damaged or
 * gave nothing, so that a token may be what was lost. No page of a listing: never. */
bool document_carries_token(const struct document *document);

/* Narrower than a whole listing may be: a bare array, or asked with an option. */
bool document_is_limited(const struct document *document);

#endif
