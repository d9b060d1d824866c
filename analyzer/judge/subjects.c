#include "judge/subjects.h"

#include "judge/known.h"

#include <stdlib.h>
#include <string.h>

/* A whole answer with elements that tell no id. */
struct blurred {
    const struct document *document;
    uint64_t named, unnamed; /* subjects; elements */
};

struct finding_subjects {
    const struct cells *cells;
    const struct measure *all;
    size_t id_column;
    struct arena *arena;
    struct table by_id;
    struct subjects *subjects;
    struct blurred *blurred;
    size_t blurred_count, blurred_capacity;
    struct table roomy; /* of those: documents that each of the others may be in */
};

/* ---- who there is ------------------------------------------------------------------
 */

/* The text of a JSON string; absent: it is none. */
static struct str text_of_json(struct arena *arena, struct str json)
{
    json_t *value;
    struct str text = STR_NONE;

    if (json.text == NULL || json.text[0] != '"')
        return text;
    if (memchr(json.text, '\\', json.len) == NULL)
        return (struct str){ json.text + 1, json.len - 2 };
    value = json_of_text(json);
    if (json_is_string(value))
        text = str_copy(
            arena, (struct str){ json_string_value(value), json_string_length(value) });
    json_decref(value);
    return text;
}

static struct subject *subject_get(struct finding_subjects *finding,
                                   const struct type *type, struct str id)
{
    struct subjects *subjects = finding->subjects;
    void **slot = table_slot(&finding->by_id, id);
    struct subject *subject = *slot;

    if (subject != NULL)
        return subject;
    if (subjects->count == SUBJECTS_MAX)
        return NULL;
    subject = *slot = arena_new(finding->arena, struct subject);
    *subject = (struct subject){ .type = type, .id = id, .is_certain = true };
    subjects->items =
        arena_grow(finding->arena, (void *)subjects->items, subjects->count,
                   &subjects->capacity, sizeof(struct subject *));
    subjects->items[subjects->count++] = subject;
    return subject;
}

/* False: a record that tells no id, or more than are kept. *named: one more subject
 * that the document has. */
static bool add_row(struct finding_subjects *finding, const struct document *document,
                    const struct document *page, const struct row *row, uint64_t *named)
{
    struct str id =
        finding->id_column == SIZE_MAX
            ? STR("-")
            : text_of_json(finding->arena,
                           values_text(page->values, row->values[finding->id_column]));
    struct subject *subject;

    if (row->astray || id.text == NULL || id.len == 0)
        return false;
    subject = subject_get(finding, document->type, id);
    if (subject == NULL)
        return false;
    if (subject->row_count == 0 ||
        subject->rows[subject->row_count - 1].document != document)
        ++*named;
    subject->rows = arena_grow(finding->arena, subject->rows, subject->row_count,
                               &subject->row_capacity, sizeof *subject->rows);
    subject->rows[subject->row_count++] = (struct subject_row){ document, page, row };
    return true;
}

static bool is_closed(const struct finding_subjects *finding,
                      const struct document *document)
{
    return document_is_complete(document, finding->all,
                                finding->cells->gathered->settings->no_filtered);
}

static void add_document(struct finding_subjects *finding,
                         const struct listing *listing, const struct document *document,
                         struct arena *scratch)
{
    struct blurred blurred = { .document = document };

    for (size_t i = 0; i < document->portion_count; i++) {
        const struct portion *portion = &document->portions[i];
        const struct document *page = portion_page(document, portion);

        if (!portion_is_of(document, portion, &listing->cell->scope))
            continue;
        blurred.unnamed += portion->unread;
        for (const struct row *row = portion->rows; row != NULL; row = row->next)
            if (!add_row(finding, document, page, row, &blurred.named))
                blurred.unnamed += row->records > 0 ? row->records : 1;
    }
    if (blurred.unnamed == 0 || !is_closed(finding, document))
        return;
    finding->subjects->is_open = finding->subjects->is_blurred = true;
    finding->blurred = arena_grow(scratch, finding->blurred, finding->blurred_count,
                                  &finding->blurred_capacity, sizeof *finding->blurred);
    finding->blurred[finding->blurred_count++] = blurred;
}

/* ---- who is there for certain ------------------------------------------------------
 */

/* A listing's elements that tell no id may be all that others have and it does not:
 * then it denies none of them. (Of a part nothing tells which others it is about.) */
static void find_roomy(struct finding_subjects *finding, struct arena *scratch)
{
    finding->roomy = (struct table)TABLE_EMPTY(scratch);
    for (size_t i = 0; i < finding->blurred_count; i++) {
        const struct blurred *blurred = &finding->blurred[i];
        struct str key = { (const char *)&blurred->document, sizeof blurred->document };

        if (blurred->document->call->gives == GIVES_WHOLE &&
            finding->subjects->count - blurred->named <= blurred->unnamed)
            *table_slot(&finding->roomy, key) = finding;
    }
}

/* Whether what it does not name may be gone. */
static bool denies_others(const struct finding_subjects *finding,
                          const struct document *document)
{
    struct str key = { (const char *)&document, sizeof(const struct document *) };

    return is_closed(finding, document) &&
           (finding->blurred_count == 0 || table_find(&finding->roomy, key) == NULL);
}

/* Whole answers about the same: all of a listing, or all of one parent's. */
struct closed {
    struct str parent;       /* absent: of a whole listing */
    const struct type *type; /* of the parent, or NULL */
    size_t count; /* of those that have no room for one that they do not name */
    const struct subject *asked; /* is in so many of them: `with` */
    size_t with;
    struct closed *next; /* of the same list */
};

/* They may be as many as the subjects: each looks at those that it is in, and at those
 * that must have it. */
struct closures {
    struct table by_parent; /* of a type */
    struct table by_word;   /* the same, as a file's name has it: a list */
    struct closed *wholes;  /* of whole listings */
    struct closed *kinds;   /* one of each type of parents */
};

static struct str parent_key(struct arena *scratch, const struct type *type,
                             struct str parent)
{
    struct buf key = BUF_EMPTY(scratch);

    buf_add(&key, (struct str){ (const char *)&type, sizeof type });
    buf_add_byte(&key, parent.text != NULL ? '=' : '-');
    buf_add(&key, parent);
    return buf_str(&key);
}

static struct str parent_of(const struct document *document)
{
    return document->call->gives == GIVES_PART ? document->parent : STR_NONE;
}

static struct closed *closed_of(const struct closures *closures,
                                const struct document *document, struct arena *scratch)
{
    return table_find(
        &closures->by_parent,
        parent_key(scratch, document->call->parent_type, parent_of(document)));
}

static void add_kind(struct closures *closures, const struct closed *closed,
                     struct arena *scratch)
{
    struct closed *kind = closures->kinds;

    while (kind != NULL && kind->type != closed->type)
        kind = kind->next;
    if (kind != NULL)
        return;
    kind = arena_new(scratch, struct closed);
    *kind = (struct closed){ .type = closed->type, .next = closures->kinds };
    closures->kinds = kind;
}

static void add_closed(struct closures *closures, struct closed *closed,
                       struct arena *scratch)
{
    void **slot;

    if (closed->parent.text == NULL) {
        closed->next = closures->wholes;
        closures->wholes = closed;
        return;
    }
    slot =
        table_slot(&closures->by_word, parent_key(scratch, closed->type,
                                                  name_word(scratch, closed->parent)));
    closed->next = *slot;
    *slot = closed;
    add_kind(closures, closed, scratch);
}

static void note_closed(const struct finding_subjects *finding,
                        struct closures *closures, const struct document *document,
                        struct arena *scratch)
{
    void **slot;
    struct closed *closed;

    if (!denies_others(finding, document))
        return;
    slot = table_slot(
        &closures->by_parent,
        parent_key(scratch, document->call->parent_type, parent_of(document)));
    closed = *slot;
    if (closed == NULL) {
        closed = *slot = arena_new(scratch, struct closed);
        *closed = (struct closed){ .parent = parent_of(document),
                                   .type = document->call->parent_type };
        add_closed(closures, closed, scratch);
    }
    closed->count++;
}

/* What any document tells of its parent of the type. */
static struct str parent_of_subject(const struct finding_subjects *finding,
                                    const struct subject *subject,
                                    const struct type *type, struct arena *scratch)
{
    struct str parent = STR_NONE;

    for (size_t i = 0; i < subject->row_count && parent.text == NULL; i++) {
        const struct call *call = subject->rows[i].document->call;

        if (call != NULL && call->parent_type == type && call->parent_key.text != NULL)
            parent = subject_text(subject, finding->cells->gathered->measures,
                                  call->parent_key, scratch);
    }
    return parent;
}

/* Whether it is in all answers of each of the list. */
static bool is_in_all(const struct closed *list, const struct subject *subject)
{
    for (const struct closed *closed = list; closed != NULL; closed = closed->next)
        if (closed->asked != subject || closed->with < closed->count)
            return false;
    return true;
}

/* Notes in how many of the whole answers of a kind it is. */
static void note_subject(const struct finding_subjects *finding,
                         const struct subject *subject, const struct closures *closures,
                         struct arena *scratch)
{
    const struct document *before = NULL;

    for (size_t i = 0; i < subject->row_count; i++) {
        const struct document *document = subject->rows[i].document;
        struct closed *closed;

        if (document == before || !denies_others(finding, document))
            continue;
        before = document;
        closed = closed_of(closures, document, scratch);
        if (closed->asked != subject)
            closed->with = 0;
        closed->asked = subject;
        closed->with++;
    }
}

/* Whole answers must have it that have it once; a listing has all, and what is about
 * one parent has those that any document puts there. */
static bool is_certain(const struct finding_subjects *finding,
                       const struct subject *subject, const struct closures *closures,
                       struct arena *scratch)
{
    note_subject(finding, subject, closures, scratch);
    for (size_t i = 0; i < subject->row_count; i++) {
        const struct document *document = subject->rows[i].document;
        const struct closed *closed;

        if (!denies_others(finding, document))
            continue;
        closed = closed_of(closures, document, scratch);
        if (closed->with < closed->count)
            return false;
    }
    for (const struct closed *kind = closures->kinds; kind != NULL; kind = kind->next) {
        struct str parent = parent_of_subject(finding, subject, kind->type, scratch);

        if (parent.text != NULL &&
            !is_in_all(
                table_find(&closures->by_word,
                           parent_key(scratch, kind->type, name_word(scratch, parent))),
                subject))
            return false;
    }
    return is_in_all(closures->wholes, subject);
}

/* ---- all of a cell -----------------------------------------------------------------
 */

static int subject_compare(const void *left, const void *right)
{
    const struct subject *a = *(const struct subject *const *)left;
    const struct subject *b = *(const struct subject *const *)right;

    return str_compare(a->id, b->id);
}

static void find_subjects(struct finding_subjects *finding, const struct cell *cell,
                          const struct type *type, struct arena *scratch)
{
    const struct listing *listing = cell_listing(cell, type);
    struct subjects *subjects = finding->subjects;
    struct closures closures = { .by_parent = TABLE_EMPTY(scratch),
                                 .by_word = TABLE_EMPTY(scratch) };
    struct count count;

    combine(finding->cells, finding->all, cell, scratch, &count);
    subjects->is_open = !isfinite(count.value.at_most);
    subjects->disagrees = count.disagrees;
    for (size_t i = 0; i < listing->count; i++) {
        const struct document *document = listing->items[i];

        if (!document_is_usable(document))
            continue;
        add_document(finding, listing, document, scratch);
    }
    find_roomy(finding, scratch);
    for (size_t i = 0; i < listing->count; i++)
        if (document_is_usable(listing->items[i]))
            note_closed(finding, &closures, listing->items[i], scratch);
    subjects->is_open = subjects->is_open || subjects->count == SUBJECTS_MAX;
    for (size_t i = 0; i < subjects->count; i++)
        subjects->items[i]->is_certain =
            is_certain(finding, subjects->items[i], &closures, scratch);
    if (subjects->count > 0)
        qsort(subjects->items, subjects->count, sizeof(struct subject *),
              subject_compare);
}

const struct subjects *subjects_of(const struct cells *cells, const struct cell *cell,
                                   const struct type *type, struct arena *scratch)
{
    const struct measures_of_type *of_type =
        &cells->gathered->measures->by_type[type->index];
    struct known_type *known = known_of(cell, type);
    struct finding_subjects finding = { .cells = cells,
                                        .all = of_type->all,
                                        .id_column = of_type->id_column,
                                        .arena = cell->known->arena,
                                        .by_id = TABLE_EMPTY(cell->known->arena) };

    if (known->subjects == NULL) {
        finding.subjects = arena_new(finding.arena, struct subjects);
        find_subjects(&finding, cell, type, scratch);
        known->subjects = finding.subjects;
    }
    return known->subjects;
}

/* ---- what is known of one ----------------------------------------------------------
 */

static void release_json(void *object)
{
    json_decref(object);
}

/* What the records say of one field so far. */
struct said_of_field {
    bool is_told; /* `value` or, where that is NULL, that it is absent */
    bool differs;
    json_t *value; /* one of a record's, and a reference */
};

static void hear(struct said_of_field *said, json_t *value)
{
    if (json_is_null(value))
        value = NULL; /* as expressions have it */
    if (!said->is_told) {
        said->value = json_incref(value);
        said->is_told = true;
    } else if (value != said->value && !json_equal(value, said->value)) {
        said->differs = true; /* nothing is equal to NULL */
    }
}

static void hear_row(struct row_view *view, const struct columns *columns,
                     struct said_of_field *said)
{
    json_t *value = row_value(view, columns, false);

    for (size_t i = 0; i < columns->count; i++) {
        struct str name = view->measures->columns[columns->items[i]].name;

        if (row_is_usable(view, columns->items[i]))
            hear(&said[i], json_object_getn(value, name.text, name.len));
    }
}

void subject_merge(const struct subject *subject, const struct measures *measures,
                   const struct columns *columns, struct arena *scratch,
                   struct merged *merged)
{
    const struct measures_of_type *of_type = &measures->by_type[subject->type->index];
    struct said_of_field *said =
        arena_array(scratch, columns->count, struct said_of_field);
    struct row_view view = { 0 };

    *merged =
        (struct merged){ .value = json_object(),
                         .open = arena_array(scratch, columns->count, struct str) };
    arena_on_release(scratch, release_json, merged->value);
    for (size_t i = 0; i < subject->row_count; i++) {
        row_look(&view, measures, subject->rows[i].page, subject->rows[i].row);
        merged->trimmed = merged->trimmed || view.gaps.trimmed;
        hear_row(&view, columns, said);
    }
    row_drop(&view);
    for (size_t i = 0; i < columns->count; i++) {
        struct str name = of_type->columns[columns->items[i]].name;

        if (!said[i].is_told || said[i].differs)
            merged->open[merged->open_count++] = name;
        else if (said[i].value != NULL)
            json_object_setn_nocheck(merged->value, name.text, name.len, said[i].value);
        if (said[i].differs && merged->differs.text == NULL)
            merged->differs = name;
        json_decref(said[i].value);
    }
}

struct str subject_text(const struct subject *subject, const struct measures *measures,
                        struct str field, struct arena *scratch)
{
    const struct measures_of_type *of_type = &measures->by_type[subject->type->index];
    struct merged merged;
    const json_t *value;

    for (size_t i = 0; i < of_type->column_count; i++) {
        const struct columns column = { &i, 1 };

        if (!str_equal(of_type->columns[i].name, field))
            continue;
        subject_merge(subject, measures, &column, scratch, &merged);
        value = json_object_getn(merged.value, field.text, field.len);
        return json_is_string(value)
                   ? (struct str){ json_string_value(value), json_string_length(value) }
                   : STR_NONE;
    }
    return STR_NONE;
}
