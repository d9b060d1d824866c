#include "compare/outline.h"

#include "base/order.h"
#include "json/records.h"

#include <string.h>

/* What a report is read with. */
struct reading_outline {
    struct arena *arena;
    struct arena scratch; /* of one item */
    struct outline *outline;
    struct table texts; /* struct str, each text that is kept more than once */
    struct outline_source *sources;
    struct outline_finding *findings;
    size_t source_capacity, finding_capacity, items_max;
    size_t indexes[SAVED_LIST_COUNT]; /* of the item that comes next */
    struct error why;                 /* of the first item that is wrong */
};

/* ---- texts ----------------------------------------------------------------------- */

/* The same text, kept once. */
static struct str keep(struct reading_outline *reading, struct str text)
{
    void **slot;
    struct str *kept;

    if (text.text == NULL)
        return STR_NONE;
    slot = table_slot(&reading->texts, text);
    if (*slot == NULL) {
        kept = arena_new(reading->arena, struct str);
        *kept = str_copy(reading->arena, text);
        *slot = kept;
    }
    return *(const struct str *)*slot;
}

static struct str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct str){ json_string_value(value), json_string_length(value) };
}

/* ---- sources --------------------------------------------------------------------- */

/* Whether it is one of the last of them. */
static bool has_place(const struct outline_place *places, size_t count,
                      const struct outline_place *place)
{
    enum { PLACES_COMPARED = 32 };

    for (size_t i = 0; i < count && i < PLACES_COMPARED; i++) {
        const struct outline_place *before = &places[count - 1 - i];

        if (before->account.text == place->account.text &&
            before->region.text == place->region.text)
            return true;
    }
    return false;
}

/* One after the other: a document is mostly of the place of the one before it. */
static void keep_places(struct reading_outline *reading, const json_t *documents,
                        struct outline_source *source)
{
    struct outline_place *places = NULL;
    size_t count = 0, capacity = 0, index;
    json_t *document;

    json_array_foreach(documents, index, document)
    {
        const struct outline_place place = {
            keep(reading, text_of(document, "account")),
            keep(reading, text_of(document, "region")),
        };
        if (has_place(places, count, &place))
            continue;
        places = arena_grow(reading->arena, places, count, &capacity, sizeof *places);
        places[count++] = place;
    }
    source->places = places;
    source->place_count = count;
}

/* False: err says what is wrong, or that there are too many. */
static bool take_source(struct reading_outline *reading, const json_t *value,
                        size_t index, struct error *err)
{
    struct outline *outline = reading->outline;
    struct saved_source saved;
    struct outline_source *source;

    if (!saved_item_take(&reading->scratch, SAVED_SOURCES, value, index, &saved, err))
        return false;
    if (saved.sha256.text == NULL && !str_equal(saved.use, STR("read")))
        return true;
    if (outline->source_count == reading->items_max)
        return error_set(err, "more than %zu sources", reading->items_max);
    reading->sources =
        arena_grow(reading->arena, reading->sources, outline->source_count,
                   &reading->source_capacity, sizeof *reading->sources);
    source = &reading->sources[outline->source_count++];
    *source = (struct outline_source){ .path = keep(reading, saved.path) };
    if (saved.sha256.text != NULL)
        source->sha256 = str_copy(reading->arena, saved.sha256);
    keep_places(reading, json_object_get(value, "documents"), source);
    return true;
}

/* ---- findings -------------------------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void keep_cited(struct reading_outline *reading, const json_t *citations,
                       struct outline_finding *finding)
{
    const size_t most = json_array_size(citations) + 1;
    struct str_list paths = { arena_array(&reading->scratch, most, struct str), 0 };
    struct str *cited;
    size_t index;
    json_t *citation;

    if (finding->source.text != NULL)
        paths.items[paths.count++] = finding->source;
    json_array_foreach(citations, index, citation)
    {
        struct str path = text_of(citation, "path");

        if (path.text != NULL)
            paths.items[paths.count++] = path;
    }
    order_sort(paths.items, paths.count, sizeof *paths.items, compare_texts);
    paths.count =
        order_unique(paths.items, paths.count, sizeof *paths.items, compare_texts);
    cited = arena_array(reading->arena, paths.count, struct str);
    for (size_t i = 0; i < paths.count; i++)
        cited[i] = keep(reading, paths.items[i]);
    finding->cited = cited;
    finding->cited_count = paths.count;
}

static struct str codes_of(struct reading_outline *reading,
                           const struct saved_finding *saved)
{
    struct buf codes = BUF_EMPTY(&reading->scratch);

    for (size_t i = 0; i < saved->reason_count; i++)
        buf_printf(&codes, "%s%.*s", i > 0 ? ", " : "",
                   STR_ARG(saved->reasons[i].code));
    return keep(reading, buf_str(&codes));
}

static bool take_finding(struct reading_outline *reading, const json_t *value,
                         size_t index, struct error *err)
{
    struct outline *outline = reading->outline;
    struct saved_finding saved;
    struct outline_finding *finding;

    if (!saved_item_take(&reading->scratch, SAVED_FINDINGS, value, index, &saved, err))
        return false;
    if (outline->finding_count == reading->items_max)
        return error_set(err, "more than %zu findings", reading->items_max);
    reading->findings =
        arena_grow(reading->arena, reading->findings, outline->finding_count,
                   &reading->finding_capacity, sizeof *reading->findings);
    finding = &reading->findings[outline->finding_count++];
    *finding = (struct outline_finding){
        .id = str_copy(reading->arena, saved.id),
        .rule = keep(reading, saved.rule),
        .account = keep(reading, saved.account),
        .region = keep(reading, saved.region),
        .source = keep(reading, saved.source),
        .severity = keep(reading, saved.severity),
        .message = keep(reading, saved.message),
        .codes = codes_of(reading, &saved),
        .result = saved.result,
        .has_waiver = saved.waiver != NULL,
    };
    if (saved.resource.text != NULL)
        finding->resource = str_copy(reading->arena, saved.resource);
    keep_cited(reading, json_object_get(value, "citations"), finding);
    return true;
}

/* ---- a list, item by item -------------------------------------------------------- */

/* Nothing is left in the list. A list that stands twice is told at the end. */
static void take_item(struct reading_outline *reading, enum saved_list list,
                      const json_t *item)
{
    struct saved_problem problem;
    size_t index = reading->indexes[list]++;

    if (item == NULL) {
        reading->indexes[list] = 0;
        return;
    }
    if (reading->why.message[0] != '\0')
        return;
    switch (list) {
    case SAVED_SOURCES:
        (void)!take_source(reading, item, index, &reading->why);
        break;
    case SAVED_FINDINGS:
        (void)!take_finding(reading, item, index, &reading->why);
        break;
    case SAVED_PROBLEMS:
        (void)!saved_item_take(&reading->scratch, list, item, index, &problem,
                               &reading->why);
        break;
    case SAVED_LIST_COUNT:
        break;
    }
    arena_reset(&reading->scratch);
}

static void each_source(void *object, json_t *item, json_t *list)
{
    (void)list;
    take_item(object, SAVED_SOURCES, item);
}

static void each_finding(void *object, json_t *item, json_t *list)
{
    (void)list;
    take_item(object, SAVED_FINDINGS, item);
}

static void each_problem(void *object, json_t *item, json_t *list)
{
    (void)list;
    take_item(object, SAVED_PROBLEMS, item);
}

static const struct layout *layout_of(struct reading_outline *reading)
{
    struct layout *layout = layout_new(reading->arena);
    struct projection *lists[SAVED_LIST_COUNT];

    layout_as_values(layout, NULL, NULL);
    saved_report_project(layout, lists);
    projection_add(lists[SAVED_SOURCES], STR("documents"));
    projection_add(lists[SAVED_FINDINGS], STR("citations"));
    projection_each(lists[SAVED_SOURCES], each_source, reading);
    projection_each(lists[SAVED_FINDINGS], each_finding, reading);
    projection_each(lists[SAVED_PROBLEMS], each_problem, reading);
    return layout;
}

/* ---- the report ------------------------------------------------------------------ */

static bool wrong_place(const struct position *place, const char *what,
                        struct error *err)
{
    err->line = place->line;
    err->column = place->column;
    return error_set(err, "%s", what);
}

static bool is_whole(const struct envelope *envelope, struct error *err)
{
    if (envelope->damage != DAMAGE_NONE)
        return wrong_place(&envelope->damage_at, envelope->damage_text, err);
    if (envelope->value == NULL)
        return wrong_place(&envelope->unusable_at,
                           "a number out of range: expected none beyond 64 bits", err);
    if (envelope->duplicate_key || envelope->duplicate_below)
        return error_set(err, "a key stands twice in an object");
    return true;
}

static void release_value(void *object)
{
    json_decref(object);
}

/* The schema first: what is another version's, or none, need not be as ours. */
static bool take_head(struct reading_outline *reading, json_t *value, struct error *err)
{
    struct outline *outline = reading->outline;

    arena_on_release(reading->arena, release_value, json_incref(value));
    if (!saved_report_take(reading->arena, value, &outline->head, err))
        return false;
    if (outline->head.is_evidence)
        return error_set(err, "is a report of 'evidence', which has no findings: "
                              "expected one of 'scan'");
    if (reading->why.message[0] == '\0')
        return true;
    *err = reading->why;
    return false;
}

static bool read_document(struct reading_outline *reading, struct bytes *bytes,
                          struct error *err)
{
    struct arena arena = ARENA_EMPTY;
    struct records *records =
        records_new(&arena, layout_of(reading), RECORDS_BUFFER_BYTES);
    struct records_item item = { 0 };
    struct bytes_total total = { 0 };
    bool done;

    records_begin(records, bytes);
    if (records_next(records, &item) == RECORDS_END)
        done = error_set(err, "holds no JSON document");
    else
        done = is_whole(item.envelope, err) &&
               take_head(reading, item.envelope->value, err);
    if (done && records_next(records, &item) != RECORDS_END)
        done = error_set(err, "holds more than one JSON document");
    arena_release(&arena);
    bytes_finish(bytes, &total);
    if (total.read_error != NULL) {
        *err = (struct error){ 0 };
        return error_set(err, "cannot be read: %s", total.read_error);
    }
    return done;
}

/* ---- what is found by name ------------------------------------------------------- */

static bool index_sources(struct arena *arena, const struct outline *outline,
                          struct error *err)
{
    struct table seen = TABLE_EMPTY(arena);

    table_reserve(&seen, outline->source_count);
    for (size_t i = 0; i < outline->source_count; i++) {
        void **slot = table_slot(&seen, outline->sources[i].path);

        if (*slot != NULL)
            return error_set(err, "evidence: '%.*s' stands twice",
                             STR_ARG(outline->sources[i].path));
        *slot = arena;
    }
    return true;
}

static bool index_findings(struct outline *outline, struct error *err)
{
    table_reserve(&outline->by_id, outline->finding_count);
    for (size_t i = 0; i < outline->finding_count; i++) {
        void **slot = table_slot(&outline->by_id, outline->findings[i].id);

        if (*slot != NULL)
            return error_set(err, "findings: '%.*s' stands twice",
                             STR_ARG(outline->findings[i].id));
        *slot = &outline->findings[i];
    }
    return true;
}

/* A table takes no pointer to what is constant. */
struct rule_link {
    const struct saved_rule *rule;
};

static void index_rules(struct arena *arena, struct outline *outline)
{
    struct rule_link *links =
        arena_array(arena, outline->head.rule_count, struct rule_link);

    for (size_t i = 0; i < outline->head.rule_count; i++) {
        links[i].rule = &outline->head.rules[i];
        *table_slot(&outline->rules, links[i].rule->id) = &links[i];
    }
}

static void take_operands(struct arena *arena, struct outline *outline)
{
    const struct str_list *operands = &outline->head.operands;

    outline->operands.items = arena_array(arena, operands->count, struct str);
    outline->operands.count = operands->count;
    for (size_t i = 0; i < operands->count; i++) {
        struct str operand = operands->items[i];

        while (operand.len > 1 && operand.text[operand.len - 1] == '/')
            operand.len--;
        outline->operands.items[i] = operand;
    }
}

static bool read_outline(struct arena *arena, struct bytes *bytes, size_t items_max,
                         struct outline *outline, struct error *err)
{
    struct reading_outline reading = { .arena = arena,
                                       .outline = outline,
                                       .texts = TABLE_EMPTY(arena),
                                       .items_max = items_max };
    struct arena scratch = ARENA_EMPTY;
    bool done;

    outline->by_id = (struct table)TABLE_EMPTY(arena);
    outline->rules = (struct table)TABLE_EMPTY(arena);
    bytes_without_digest(bytes);
    done = read_document(&reading, bytes, err);
    outline->sources = reading.sources;
    outline->findings = reading.findings;
    take_operands(arena, outline);
    index_rules(arena, outline);
    done =
        done && index_sources(&scratch, outline, err) && index_findings(outline, err);
    arena_release(&reading.scratch);
    arena_release(&scratch);
    return done;
}

bool outline_read(struct arena *arena, const char *path, size_t items_max,
                  struct outline *outline, struct error *err)
{
    struct arena own = ARENA_EMPTY;
    struct bytes *bytes = bytes_open(&own, path, err);
    bool done;

    *outline = (struct outline){ .head = { .path = path } };
    done = bytes != NULL && read_outline(arena, bytes, items_max, outline, err);
    arena_release(&own);
    return done || saved_error_at(err, path);
}

bool outline_parse(struct arena *arena, const char *path, struct str text,
                   size_t items_max, struct outline *outline, struct error *err)
{
    struct bytes *bytes = bytes_open_memory(arena, text, 0);

    *outline = (struct outline){ .head = { .path = path } };
    return read_outline(arena, bytes, items_max, outline, err) ||
           saved_error_at(err, path);
}

const struct saved_rule *outline_rule(const struct outline *outline, struct str id)
{
    const struct rule_link *link = table_find(&outline->rules, id);

    return link != NULL ? link->rule : NULL;
}
