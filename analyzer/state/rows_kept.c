#include "state/tables.h"

#include "state/columns.h"
#include "state/parser.h"
#include "state/printer.h"

#include <assert.h>
#include <string.h>

/*
 * A row:   {"values":[1,"\"manual\"",0],"records":2,"places":[[0,4,120,"s-1"],...],...}
 *
 * Its values are numbers, one a column that the state's head names for the type; one
 * that was not met yet stands there as its text, and has the next number from then on.
 * 0: the records have no such field.
 */

static bool always(const void *object)
{
    (void)object;
    return true;
}

static const struct measures_of_type *measures_at(const struct state_printer *printer)
{
    return &printer->measures->by_type[printer->document->type->index];
}

static const struct state_columns *columns_at(const struct state_parser *parser)
{
    return &parser->columns[parser->document->type->index];
}

/* ---- values ---------------------------------------------------------------------- */

static struct renumbering *renumbering_of(struct state_printer *printer,
                                          const struct values *values)
{
    struct renumbering *of;

    for (size_t i = 0; i < printer->renumbering_count; i++)
        if (printer->renumberings[i].of == values)
            return &printer->renumberings[i];
    printer->renumberings =
        arena_grow(printer->scratch, printer->renumberings, printer->renumbering_count,
                   &printer->renumbering_capacity, sizeof *of);
    of = &printer->renumberings[printer->renumbering_count++];
    *of = (struct renumbering){ .of = values };
    return of;
}

/* Where the number in the state of that value is. */
static uint32_t *number_in_state(struct state_printer *printer,
                                 struct renumbering *renumbering, uint32_t number)
{
    if (number >= renumbering->count) {
        size_t count = renumbering->count, wanted = 2 * ((size_t)number + 1);

        renumbering->numbers =
            arena_enlarge(printer->scratch, renumbering->numbers,
                          count * sizeof(uint32_t), wanted * sizeof(uint32_t));
        memset(renumbering->numbers + count, 0, (wanted - count) * sizeof(uint32_t));
        renumbering->count = wanted;
    }
    return &renumbering->numbers[number];
}

static void print_value(struct state_printer *printer, uint32_t number)
{
    const struct values *values = printer->document->values;
    uint32_t *known, hash = 0;

    if (number == VALUE_ABSENT) {
        state_put_number(printer, VALUE_ABSENT);
        return;
    }
    known = number_in_state(printer, renumbering_of(printer, values), number);
    if (*known == 0) {
        struct str text = values_text(values, number);

        *known = values_find(printer->values, text, &hash);
        if (*known == VALUES_NEW) {
            *known = values_add(printer->values, text, hash);
            state_put_text(printer, text);
            return;
        }
    }
    state_put_number(printer, *known);
}

static void print_values(struct state_printer *printer, const void *object)
{
    const struct row *row = object;
    size_t count = measures_at(printer)->column_count;

    for (size_t i = 0; i < count; i++) {
        state_put_next(printer, i);
        print_value(printer, row->values[i]);
    }
    state_put_word(printer, count > 0 ? "]" : "[]");
}

/* One that was not met yet. */
static bool parse_new_value(struct state_parser *parser, uint32_t *value)
{
    uint32_t hash;
    struct str text = STR_NONE;

    if (!parser_text(parser, &text))
        return false;
    if (parser->number_count >= VALUES_NEW - 1)
        return parser_wrong(parser, "has too many values");
    *value = values_find(parser->values, text, &hash);
    if (*value == VALUES_NEW)
        *value = values_add(parser->values, text, hash);
    if (parser->number_count == 0) /* of no text */
        parser->numbers =
            arena_grow(&parser->scratch, parser->numbers, parser->number_count++,
                       &parser->number_capacity, sizeof *parser->numbers);
    parser->numbers =
        arena_grow(&parser->scratch, parser->numbers, parser->number_count,
                   &parser->number_capacity, sizeof *parser->numbers);
    parser->numbers[parser->number_count++] = *value;
    return true;
}

static bool parse_value(struct state_parser *parser, void *object, size_t index)
{
    const struct state_columns *columns = columns_at(parser);
    struct row *row = object;
    uint32_t value = VALUE_ABSENT;
    uint64_t number;

    if (parser_peek(parser) == '"') {
        if (!parse_new_value(parser, &value))
            return false;
    } else if (!parser_number(parser,
                              parser->number_count > 0 ? parser->number_count - 1 : 0,
                              &number)) {
        return false;
    } else if (number > 0) {
        value = parser->numbers[number];
    }
    if (columns->columns[index] != SIZE_MAX)
        row->values[columns->columns[index]] = value;
    row->place_count++; /* of values, so far */
    return true;
}

static bool parse_values(struct state_parser *parser, void *object)
{
    const size_t count = columns_at(parser)->column_count;
    struct row *row = object;
    bool done;

    if (count == 0)
        return parser_word(parser, "[]");
    done = parser_list(parser, count, parse_value, row);
    if (done && row->place_count != count)
        done = parser_wrong(parser, "has a row of %u values where %zu are one",
                            (unsigned)row->place_count, count);
    row->place_count = 0;
    return done;
}

/* ---- places ---------------------------------------------------------------------- */

static const struct kept_row hit_rows[] = {
    { KEPT("record", struct hit, index) },
    { KEPT("line", struct hit, line) },
    { KEPT("offset", struct hit, offset) },
    { KEPT("id", struct hit, id) },
};
const struct kept_struct hit_kept = KEPT_TABLE(hit_rows, struct hit);

static bool has_places(const void *object)
{
    return ((const struct row *)object)->place_count > 0;
}

/* In few bytes: a list of three numbers, and the id if there is one. */
static void print_places(struct state_printer *printer, const void *object)
{
    const struct row *row = object;
    struct hits_reader reader = hits_read(row->places, row->place_count);
    struct hit hit;

    for (size_t i = 0; hits_next(&reader, &hit); i++) {
        state_put_next(printer, i);
        state_put_byte(printer, '[');
        state_put_number(printer, hit.index);
        state_put_byte(printer, ',');
        state_put_number(printer, hit.line);
        state_put_byte(printer, ',');
        state_put_number(printer, hit.offset);
        if (hit.id.text != NULL) {
            state_put_byte(printer, ',');
            state_put_text(printer, hit.id);
        }
        state_put_byte(printer, ']');
    }
    state_put_byte(printer, ']');
}

static bool parse_place(struct state_parser *parser, void *object, size_t index)
{
    struct row *row = object;
    struct hit hit = { .id = STR_NONE };

    if (!parser_word(parser, "[") || !parser_number(parser, UINT64_MAX, &hit.index) ||
        !parser_word(parser, ",") || !parser_number(parser, UINT64_MAX, &hit.line) ||
        !parser_word(parser, ",") || !parser_number(parser, UINT64_MAX, &hit.offset))
        return false;
    if (parser_takes(parser, ',') && !parser_text(parser, &hit.id))
        return false;
    if (index == 0 && hit.id.text != NULL)
        hit.id = str_copy(parser->arena, hit.id);
    hits_add(parser->arena, &row->places, row->place_count, &hit);
    row->place_count++;
    return parser_word(parser, "]");
}

static bool parse_places(struct state_parser *parser, void *object)
{
    return parser_list(parser, CITATIONS_MAX, parse_place, object);
}

/* ---- extremes -------------------------------------------------------------------- */

static void print_largest(struct state_printer *printer, const void *object)
{
    kept_print(printer, &hit_kept, &((const struct extreme *)object)->hits[0]);
}

static bool parse_largest(struct state_parser *parser, void *object)
{
    return kept_parse(parser, &hit_kept, &((struct extreme *)object)->hits[0]);
}

static void print_least(struct state_printer *printer, const void *object)
{
    kept_print(printer, &hit_kept, &((const struct extreme *)object)->hits[1]);
}

static bool parse_least(struct state_parser *parser, void *object)
{
    return kept_parse(parser, &hit_kept, &((struct extreme *)object)->hits[1]);
}

static const struct kept_row extreme_rows[] = {
    { KEPT_ARRAY("sure", struct extreme, sure, KEPT_DOUBLES) },
    { KEPT_ARRAY("any", struct extreme, any, KEPT_DOUBLES) },
    { KEPT("open", struct extreme, open) },
    { KEPT_BY("largest", struct extreme, hits[0], always, print_largest,
              parse_largest) },
    { KEPT_BY("least", struct extreme, hits[1], always, print_least, parse_least) },
};
const struct kept_struct extreme_kept = KEPT_TABLE(extreme_rows, struct extreme);

static bool has_extremes(const void *object)
{
    return ((const struct row *)object)->extremes != NULL;
}

static void print_extremes(struct state_printer *printer, const void *object)
{
    const struct row *row = object;

    for (size_t i = 0; i < measures_at(printer)->extreme_count; i++) {
        state_put_next(printer, i);
        kept_print(printer, &extreme_kept, &row->extremes[i]);
    }
    state_put_byte(printer, ']');
}

static bool parse_extreme(struct state_parser *parser, void *object, size_t index)
{
    const struct state_columns *columns = columns_at(parser);
    struct row *row = object;
    struct extreme extreme = { .open = false };

    if (!kept_parse(parser, &extreme_kept, &extreme))
        return false;
    if (columns->extremes[index] != SIZE_MAX)
        row->extremes[columns->extremes[index]] = extreme;
    row->number++; /* of extremes, so far */
    return true;
}

static bool parse_extremes(struct state_parser *parser, void *object)
{
    const struct state_columns *columns = columns_at(parser);
    struct row *row = object;

    row->number = 0;
    if (columns->extreme_count == 0)
        return parser_wrong(parser, "has extremes where its head names none");
    return parser_list(parser, columns->extreme_count, parse_extreme, row);
}

/* ---- rows ------------------------------------------------------------------------ */

static const struct kept_row row_rows[] = {
    { KEPT_BY("values", struct row, number, always, print_values, parse_values) },
    { KEPT("records", struct row, records) },
    { KEPT("untold", struct row, untold) },
    { KEPT("missing", struct row, missing) },
    { KEPT("wrong", struct row, wrong) },
    { KEPT("astray", struct row, astray) },
    { KEPT("marks", struct row, marks) },
    { KEPT_BY("places", struct row, places, has_places, print_places, parse_places) },
    { KEPT_BY("extremes", struct row, extremes, has_extremes, print_extremes,
              parse_extremes) },
    { NOT_KEPT(struct row, place_count) },
    { NOT_KEPT(struct row, next) },
    { NOT_KEPT(struct row, portion) },
    { NOT_KEPT(struct row, versions) }, /* versions_print() */
};
const struct kept_struct row_kept = KEPT_TABLE(row_rows, struct row);

bool rows_are_there(const void *object)
{
    return ((const struct portion *)object)->row_count > 0;
}

void rows_print(struct state_printer *printer, const void *object)
{
    const struct portion *portion = object;
    size_t i = 0;

    for (const struct row *row = portion->rows; row != NULL; row = row->next) {
        state_put_next(printer, i++);
        kept_print(printer, &row_kept, row);
        state_printer_flush(printer);
    }
    state_put_byte(printer, ']');
}

static struct row *row_new(const struct state_parser *parser)
{
    const struct measures *measures = parser->gathered->measures;
    const struct measures_of_type *of =
        &measures->by_type[parser->document->type->index];
    struct row *row = arena_alloc(parser->arena,
                                  sizeof *row + of->column_count * sizeof *row->values);

    if (of->extreme_count > 0)
        row->extremes = arena_array(parser->arena, of->extreme_count, struct extreme);
    return row;
}

static bool parse_row(struct state_parser *parser, void *object, size_t index)
{
    const struct document *document = parser->document;
    struct portion *portion = object;
    struct row *row = row_new(parser);

    if (!kept_parse(parser, &row_kept, row))
        return false;
    if (row->number != columns_at(parser)->extreme_count)
        return parser_wrong(parser,
                            "has a row with fewer extremes than its head names");
    if (portion->last_row == NULL)
        portion->rows = row;
    else
        portion->last_row->next = row;
    portion->last_row = row;
    row->number = (uint32_t)index;
    row->portion = (uint16_t)(document->portion_count - 1);
    portion->row_count++;
    parser->rows = arena_grow(&parser->scratch, parser->rows, index,
                              &parser->row_capacity, sizeof *parser->rows);
    parser->rows[index] = row;
    return true;
}

bool rows_parse(struct state_parser *parser, void *object)
{
    if (parser->document->type == NULL)
        return parser_wrong(parser, "has rows of no type");
    return parser_list(parser, ROWS_MAX, parse_row, object);
}

/* ---- versions --------------------------------------------------------------------
 * [first row, number of `before` among those of that row, row that it says then,
 * things] The last two numbers count from 1; 0 is none. In the order in which they were
 * made. */

bool versions_are_there(const void *object)
{
    for (const struct row *row = ((const struct portion *)object)->rows; row != NULL;
         row = row->next)
        if (row->versions != NULL)
            return true;
    return false;
}

/* From 1, the oldest; 0: NULL. */
static uint64_t age_of(const struct versions *versions)
{
    uint64_t age = 0;

    for (; versions != NULL; versions = versions->next)
        age++;
    return age;
}

static void print_versions_of(struct state_printer *printer,
                              const struct versions *versions, size_t *count)
{
    if (versions == NULL)
        return;
    print_versions_of(printer, versions->next, count);
    state_put_next(printer, (*count)++);
    state_put_byte(printer, '[');
    state_put_number(printer, versions->first->number);
    state_put_byte(printer, ',');
    state_put_number(printer, age_of(versions->before));
    state_put_byte(printer, ',');
    state_put_number(printer, versions->row != NULL ? versions->row->number + 1 : 0);
    state_put_byte(printer, ',');
    state_put_number(printer, versions->things);
    state_put_byte(printer, ']');
}

void versions_print(struct state_printer *printer, const void *object)
{
    size_t count = 0;

    for (const struct row *row = ((const struct portion *)object)->rows; row != NULL;
         row = row->next)
        print_versions_of(printer, row->versions, &count);
    state_put_byte(printer, ']');
}

static bool parse_versions(struct state_parser *parser, void *object, size_t index)
{
    const struct portion *portion = object;
    struct versions *versions = arena_new(parser->arena, struct versions);
    uint64_t first, before, row;

    (void)index;
    if (!parser_word(parser, "[") ||
        !parser_number(parser, portion->row_count - 1, &first) ||
        !parser_word(parser, ",") ||
        !parser_number(parser, age_of(parser->rows[first]->versions), &before) ||
        !parser_word(parser, ",") || !parser_number(parser, portion->row_count, &row) ||
        !parser_word(parser, ",") ||
        !parser_number(parser, UINT64_MAX, &versions->things) ||
        !parser_word(parser, "]"))
        return false;
    versions->first = parser->rows[first];
    versions->next = versions->first->versions;
    if (age_of(versions->next) > VERSIONS_MAX)
        return parser_wrong(parser, "has too many versions of a row");
    versions->row = row > 0 ? parser->rows[row - 1] : NULL;
    versions->before = versions->next;
    while (age_of(versions->before) > before)
        versions->before = versions->before->next;
    versions->first->versions = versions;
    return true;
}

bool versions_parse(struct state_parser *parser, void *object)
{
    const struct portion *portion = object;

    if (portion->row_count == 0)
        return parser_wrong(parser, "has versions of no row");
    return parser_list(parser, SIZE_MAX, parse_versions, object);
}
