#include "report/xlsx.h"

#include "report_sample.h"
#include "rows.h"

#include <inttypes.h>
#include <string.h>

/* ---- a library that notes what it is asked for ----------------------------------- */

enum { SHEETS_MAX = 8 };

struct lxw_workbook {
    int sheets, choices;
    char path[64];
    struct lxw_worksheet *all[SHEETS_MAX];
};

struct lxw_worksheet {
    const char *name;
};

struct lxw_format {
    int none;
};

static struct lxw_workbook book;
static struct lxw_worksheet sheets[SHEETS_MAX];
static struct lxw_format format;
static struct buf notes; /* "Results!A1 text", "Results!A1 -> internal:..." a line */
static unsigned failure; /* what write_string() returns */
static time_t created;

static void note(const struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                 const char *text)
{
    buf_printf(&notes, "%s!%s%c%" PRIu32 " %s\n", sheet->name, column < 26 ? "" : "A",
               (char)('A' + column % 26), row + 1, text);
}

static struct lxw_workbook *new_opt(const char *path, struct workbook_options *options)
{
    assert_int_equal(options->constant_memory, 1);
    snprintf(book.path, sizeof book.path, "%s", path);
    book.sheets = 0;
    return &book;
}

static struct lxw_worksheet *add_worksheet(struct lxw_workbook *workbook,
                                           const char *name)
{
    struct lxw_worksheet *sheet = &sheets[workbook->sheets++];

    sheet->name = name;
    return sheet;
}

static struct lxw_format *add_format(struct lxw_workbook *workbook)
{
    (void)workbook;
    return &format;
}

static unsigned set_properties(struct lxw_workbook *workbook,
                               struct workbook_properties *properties)
{
    (void)workbook;
    created = properties->created;
    return 0;
}

static unsigned close_workbook(struct lxw_workbook *workbook)
{
    FILE *file = fopen(workbook->path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite("made", 1, 4, file), 4);
    return fclose(file) == 0 ? 0 : 1;
}

static unsigned write_string(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                             const char *text, struct lxw_format *look)
{
    (void)look;
    note(sheet, row, column, text);
    return failure;
}

static unsigned write_number(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                             double number, struct lxw_format *look)
{
    char text[32];

    (void)look;
    snprintf(text, sizeof text, "%g", number);
    note(sheet, row, column, text);
    return 0;
}

static unsigned write_blank(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                            struct lxw_format *look)
{
    (void)look;
    note(sheet, row, column, "to fill");
    return 0;
}

static unsigned write_url(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                          const char *url, struct lxw_format *look)
{
    struct arena scratch = ARENA_EMPTY;

    (void)look;
    note(sheet, row, column, arena_printf(&scratch, "-> %s", url));
    arena_release(&scratch);
    return 0;
}

static unsigned set_column(struct lxw_worksheet *sheet, uint16_t first, uint16_t last,
                           double width, struct lxw_format *look)
{
    (void)sheet;
    (void)look;
    assert_int_equal(first, last);
    assert_true(width > 0);
    return 0;
}

static unsigned autofilter(struct lxw_worksheet *sheet, uint32_t first_row,
                           uint16_t first_column, uint32_t last_row,
                           uint16_t last_column)
{
    assert_int_equal(first_column, 0);
    buf_printf(&notes, "%s filters %" PRIu32 "-%" PRIu32 ", %d\n", sheet->name,
               first_row, last_row, last_column);
    return 0;
}

static unsigned data_validation_range(struct lxw_worksheet *sheet, uint32_t first_row,
                                      uint16_t first_column, uint32_t last_row,
                                      uint16_t last_column,
                                      struct worksheet_validation *validation)
{
    (void)last_row;
    assert_int_equal(first_column, last_column);
    note(sheet, first_row, first_column, validation->value_list[0]);
    return 0;
}

static unsigned ignore_errors(struct lxw_worksheet *sheet, uint8_t kind,
                              const char *range)
{
    (void)sheet;
    (void)kind;
    (void)range;
    return 0;
}

static void freeze_panes(struct lxw_worksheet *sheet, uint32_t row, uint16_t column)
{
    assert_int_equal(column, 0);
    buf_printf(&notes, "%s is frozen above %" PRIu32 "\n", sheet->name, row);
}

static unsigned repeat_rows(struct lxw_worksheet *sheet, uint32_t first, uint32_t last)
{
    (void)sheet;
    assert_int_equal(first, last);
    return 0;
}

static void set_landscape(struct lxw_worksheet *sheet)
{
    (void)sheet;
}

static void set_paper(struct lxw_worksheet *sheet, uint8_t paper)
{
    (void)sheet;
    assert_int_equal(paper, WORKBOOK_PAPER_A4);
}

static void fit_to_pages(struct lxw_worksheet *sheet, uint16_t width, uint16_t height)
{
    (void)height;
    buf_printf(&notes, "%s is %d pages wide\n", sheet->name, width);
}

static void format_plain(struct lxw_format *look)
{
    assert_ptr_equal(look, &format);
}

static void format_small(struct lxw_format *look, uint8_t value)
{
    (void)value;
    assert_ptr_equal(look, &format);
}

static void format_size(struct lxw_format *look, double size)
{
    (void)size;
    assert_ptr_equal(look, &format);
}

static void format_colour(struct lxw_format *look, uint32_t colour)
{
    (void)colour;
    assert_ptr_equal(look, &format);
}

static char *explain_error(unsigned error)
{
    static char full[] = "the disk is full", other[] = "?";

    return error == 3 ? full : other;
}

static const struct workbook_library library = {
    new_opt,        add_worksheet, add_format,   set_properties,
    close_workbook, write_string,  write_number, write_blank,
    write_url,      set_column,    autofilter,   data_validation_range,
    ignore_errors,  freeze_panes,  repeat_rows,  set_landscape,
    set_paper,      fit_to_pages,  format_plain, format_plain,
    format_small,   format_small,  format_size,  format_colour,
    format_colour,  explain_error,
};

/* ---- the sheets ------------------------------------------------------------------ */

static bool make(struct arena *arena, const struct assessment *assessment,
                 struct workbook_limits limits, struct error *err)
{
    struct str bytes = STR_NONE;
    bool done;

    notes = (struct buf)BUF_EMPTY(arena);
    done = xlsx_make(arena, assessment, &library, &limits, &bytes, err);
    if (done)
        assert_true(str_equal(bytes, STR("made")));
    return done;
}

#define NO_LIMITS                                                                      \
    {                                                                                  \
        SHEET_ROWS_MAX, SHEET_LINKS_MAX                                                \
    }

#define ELSEWHERE ": the formats csv and json have them\n"

static const struct row {
    const char *name;
    struct workbook_limits limits;
    const char *has, *lacks;
} rows[] = {
    { "a row a finding, below the head", NO_LIMITS, "Results!G2 fail\n", "Results!G6" },
    { "those that fail or are unknown, once more", NO_LIMITS, "Exceptions!G4 unknown\n",
      "Exceptions!G5" },
    { "the head is frozen and filters", NO_LIMITS, "Results filters 0-4, 28\n", "?" },
    { "what is wide is printed on several pages", NO_LIMITS,
      "Results is 4 pages wide\n", "Cover is 2" },
    { "what is narrow on one", NO_LIMITS, "Cover is 1 pages wide\n", "?" },
    { "an account is text", NO_LIMITS, "Results!C3 111122223333\n", "?" },
    { "the tester chooses", NO_LIMITS, "Results!AA2 agreed\n", "?" },
    { "a path leads to its row", NO_LIMITS,
      "Results!O5 -> internal:'Evidence'!A2\n"
      "Results!O5 in/111122223333/us-east-1/rds-describe-db-snapshots.json\n",
      "?" },
    { "each file is there", NO_LIMITS, "Evidence!A3 in/notes.txt\n", "Evidence!A4" },
    { "a letter an account and region", NO_LIMITS, "Coverage!K2 P\n", "?" },
    { "and below them what each means, a fail first", NO_LIMITS,
      "Coverage!A4 F\nCoverage!B4 fail\n", "?" },
    { "as many as there is room for, but a line",
      { 8, 100 },
      "Coverage!B7 waived\n",
      "Coverage!A8" },
    { "at least one", { 5, 100 }, "Coverage!B4 fail\n", "Coverage!A5" },
    { "a rule is explained", NO_LIMITS, "Procedure!A2 Backup-001\n", "Procedure!A3" },
    { "the cover counts", NO_LIMITS, "Cover!A6 SHA-256 of the evidence set\n",
      "What is not in these sheets" },
    { "and each rule is named, with its digest", NO_LIMITS,
      "Backup-001\nCover!B26 1 fail, 2 unknown, 1 pass; AWS Backup service in use for "
      "Amazon RDS; SHA-256 0123456789abcdef",
      "?" },
    { "no databases without a matrix", NO_LIMITS, "Cover!A1 ", "Databases" },
    { "a sheet that has as many rows as it may",
      { 5, 100 },
      "Results!G5 pass\n",
      "do not fit" },
    { "one that has more says how many",
      { 4, 100 },
      "Results!A4 2 more rows do not fit in this sheet",
      "Results!G4" },
    { "and so does the cover",
      { 4, 100 },
      "Results: 2 more rows do not fit in this sheet",
      "?" },
    { "each sheet on a line of its own",
      { 2, 100 },
      "Cover!A36 Results: 4 more rows do not fit in this sheet" ELSEWHERE
      "Cover!A37 Exceptions: 3 more rows do not fit in this sheet" ELSEWHERE
      "Cover!A38 Evidence: 2 more rows ",
      "?" },
    { "others are not cut for it",
      { 4, 100 },
      "Exceptions!G4 unknown\n",
      "Exceptions: " },
    { "a sheet has as many links as it may",
      { 100, 3 },
      "Results!O4 -> ",
      "has no link" },
    { "of more it has the text, and says so",
      { 100, 1 },
      "Results!A6 the evidence of ",
      "Results!O4 -> " },
};

/* The cover has more rows than a small limit. */
static void holds(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    assert_true(make(&arena, &sample_assessment, row->limits, &err));
    if (strstr(buf_str(&notes).text, row->has) == NULL)
        fail_msg("not noted: %s\nof:\n%s", row->has, notes.text);
    if (row->lacks[0] != '?')
        assert_null(strstr(notes.text, row->lacks));
    arena_release(&arena);
}

static void is_cut(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena), wanted = BUF_EMPTY(&arena);
    struct finding finding = sample_findings[0];
    struct assessment assessment = sample_assessment;

    (void)state;
    for (size_t i = 0; i < CELL_UNITS_MAX - 2; i++)
        buf_add_byte(&text, 'a');
    buf_add(&wanted, STR(" "));
    buf_add(&wanted, buf_str(&text));
    buf_add(&text, STR("\xF0\x9F\x98\x80z")); /* two units, and one */
    buf_add(&wanted, STR("\xE2\x80\xA6\n"));
    finding.message = buf_str(&text).text;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assert_true(make(&arena, &assessment, workbook_limits, &err));
    assert_non_null(strstr(buf_str(&notes).text, buf_str(&wanted).text));
    arena_release(&arena);
}

/* What exactly fits stays. */
static void is_whole(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };
    struct buf text = BUF_EMPTY(&arena);
    struct finding finding = sample_findings[0];
    struct assessment assessment = sample_assessment;

    (void)state;
    for (size_t i = 0; i < CELL_UNITS_MAX; i++)
        buf_add_byte(&text, 'a');
    finding.message = buf_str(&text).text;
    assessment.findings = &finding;
    assessment.finding_count = 1;
    assert_true(make(&arena, &assessment, workbook_limits, &err));
    assert_non_null(strstr(buf_str(&notes).text, finding.message));
    arena_release(&arena);
}

static void tells_no_time(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    assert_true(make(&arena, &sample_assessment, workbook_limits, &err));
    assert_int_equal(created, 315532800);
    arena_release(&arena);
}

static void says_what_fails(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct error err = { 0 };

    (void)state;
    failure = 3;
    assert_false(make(&arena, &sample_assessment, workbook_limits, &err));
    failure = 0;
    assert_string_equal(err.message, "a workbook cannot be made: the disk is full");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, holds);
    TESTS_ADD(&tests, is_cut);
    TESTS_ADD(&tests, is_whole);
    TESTS_ADD(&tests, tells_no_time);
    TESTS_ADD(&tests, says_what_fails);
    return tests_run("report_xlsx", &tests);
}
