/*
 * workbook.h - a workbook of sheets as Excel reads it (XLSX), in memory. The only door
 * to libxlsxwriter.
 *
 *     if (!workbook_library_load(&library, &err)) ...     before evidence is read
 *     struct workbook *workbook = workbook_begin(&arena, library, created, &err);
 *     struct worksheet *sheet = workbook_sheet(workbook, "Results");
 *     do {
 *         worksheet_text(sheet, 0, account, LOOK_PLAIN);      cells of a row, in any
 * order worksheet_number(sheet, 1, STR("3")); } while (worksheet_next(sheet)); rows,
 * from top to bottom if (!workbook_end(workbook, &bytes, &err)) ...
 *
 * The library is no part of the program: it is loaded when a workbook is asked for, so
 * that no other run pays for it, and not at all by the static program, which has no
 * loader. What is used of it is declared here, so that the program can be built where
 * its header is not; tests/formats/xlsx.sh compares the two where it is.
 *
 * The same cells give the same bytes: nothing in the file tells when or where it was
 * made. Text is a string, whatever it looks like: no cell is a formula.
 *
 * Memory: a row a sheet, and the links. What is between lies in temporary files of the
 * library, without a name, in TMPDIR or /tmp; the result is in memory.
 * Lifetime: the arena's. The first thing that fails is said at the end.
 * Limits, those of Excel: SHEET_ROWS_MAX, SHEET_LINKS_MAX, and CELL_UNITS_MAX of a
 * text, which then ends in "…". Private to report/.
 */
#ifndef REPORT_WORKBOOK_H
#define REPORT_WORKBOOK_H

#include "base/str.h"

#include <stdint.h>
#include <time.h>

enum {
    SHEET_ROWS_MAX = 1024 * 1024,
    SHEET_LINKS_MAX = 65530,
    CELL_UNITS_MAX = 32767, /* of UTF-16 */
    PAGE_CHARACTERS = 170,  /* that can still be read on a page's width, A4 landscape */
};

/* ---- the library, as it declares itself ------------------------------------------ */

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

struct workbook_options {
    uint8_t constant_memory;
    char *tmpdir;
    uint8_t use_zip64;
};

struct workbook_properties {
    const char *title, *subject, *author, *manager, *company, *category, *keywords,
        *comments, *status, *hyperlink_base;
    time_t created;
};

struct worksheet_validation {
    uint8_t validate, criteria, ignore_blank, show_input, show_error, error_type,
        dropdown;
    double value_number;
    const char *value_formula;
    const char *const *value_list;
    char rest[512]; /* of other kinds of validation: all zeros */
};

/* Its functions by their names there, without "workbook_" and so on. An unsigned is
 * an lxw_error, 0 if it is done. */
struct workbook_library {
    struct lxw_workbook *(*new_opt)(const char *path, struct workbook_options *options);
    struct lxw_worksheet *(*add_worksheet)(struct lxw_workbook *workbook,
                                           const char *name);
    struct lxw_format *(*add_format)(struct lxw_workbook *workbook);
    unsigned (*set_properties)(struct lxw_workbook *workbook,
                               struct workbook_properties *properties);
    unsigned (*close)(struct lxw_workbook *workbook);
    unsigned (*write_string)(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                             const char *text, struct lxw_format *format);
    unsigned (*write_number)(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                             double number, struct lxw_format *format);
    unsigned (*write_blank)(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                            struct lxw_format *format);
    unsigned (*write_url)(struct lxw_worksheet *sheet, uint32_t row, uint16_t column,
                          const char *url, struct lxw_format *format);
    unsigned (*set_column)(struct lxw_worksheet *sheet, uint16_t first, uint16_t last,
                           double width, struct lxw_format *format);
    unsigned (*autofilter)(struct lxw_worksheet *sheet, uint32_t first_row,
                           uint16_t first_column, uint32_t last_row,
                           uint16_t last_column);
    unsigned (*data_validation_range)(struct lxw_worksheet *sheet, uint32_t first_row,
                                      uint16_t first_column, uint32_t last_row,
                                      uint16_t last_column,
                                      struct worksheet_validation *validation);
    unsigned (*ignore_errors)(struct lxw_worksheet *sheet, uint8_t kind,
                              const char *range);
    void (*freeze_panes)(struct lxw_worksheet *sheet, uint32_t row, uint16_t column);
    unsigned (*repeat_rows)(struct lxw_worksheet *sheet, uint32_t first, uint32_t last);
    void (*set_landscape)(struct lxw_worksheet *sheet);
    void (*set_paper)(struct lxw_worksheet *sheet, uint8_t paper);
    void (*fit_to_pages)(struct lxw_worksheet *sheet, uint16_t width, uint16_t height);
    void (*format_set_bold)(struct lxw_format *format);
    void (*format_set_text_wrap)(struct lxw_format *format);
    void (*format_set_align)(struct lxw_format *format, uint8_t align);
    void (*format_set_underline)(struct lxw_format *format, uint8_t style);
    void (*format_set_font_size)(struct lxw_format *format, double size);
    void (*format_set_font_color)(struct lxw_format *format, uint32_t colour);
    void (*format_set_bg_color)(struct lxw_format *format, uint32_t colour);
    char *(*strerror)(unsigned error);
};

/* The values of its enumerations that are used. */
enum {
    WORKBOOK_ALIGN_LEFT = 1,
    WORKBOOK_ALIGN_TOP = 8,
    WORKBOOK_UNDERLINE_SINGLE = 1,
    WORKBOOK_VALIDATE_LIST = 5,
    WORKBOOK_IGNORE_NUMBERS_AS_TEXT = 1,
    WORKBOOK_PAPER_A4 = 9,
};

/* ---- what is made of it ---------------------------------------------------------- */

/* Loads it once. False: this program, or this machine, has none; err says what to do.
 */
MUST_USE bool workbook_library_load(const struct workbook_library **library,
                                    struct error *err);

/* What a cell looks like. */
enum look {
    LOOK_PLAIN,
    LOOK_WRAPPED,
    LOOK_TITLE,
    LOOK_HEAD,
    LOOK_FAIL,
    LOOK_UNKNOWN,
    LOOK_PASS,
    LOOK_LINK,
    LOOK_LEFT,    /* of a number among texts */
    LOOK_TO_FILL, /* by who works with it */
    LOOK_COUNT
};

struct workbook;
struct worksheet;

struct workbook_limits {
    uint32_t rows, links; /* of a sheet */
};

extern const struct workbook_limits workbook_limits; /* SHEET_ROWS_MAX, ... */

struct workbook *workbook_begin(struct arena *arena,
                                const struct workbook_library *library,
                                const struct workbook_limits *limits);

/* `created`: seconds since 1970, not 0: the library takes that for now. */
void workbook_describe(struct workbook *workbook, const char *title, int64_t created);

/* False: err says what failed first, and there is no workbook. */
MUST_USE bool workbook_end(struct workbook *workbook, struct str *bytes,
                           struct error *err);

/* A new one behind the others, at its first row. */
struct worksheet *workbook_sheet(struct workbook *workbook, const char *name);

/* Before its rows: a column's width in characters, and the look of its empty cells. */
void worksheet_column(struct worksheet *sheet, size_t column, unsigned width,
                      enum look look);

/* The row that is written next, from 0. */
uint32_t worksheet_row(const struct worksheet *sheet);
/* How many rows are left, this one included. */
uint32_t worksheet_room(const struct worksheet *sheet);
void worksheet_next(struct worksheet *sheet);

void worksheet_text(struct worksheet *sheet, size_t column, struct str text,
                    enum look look);
/* The same of several lines: a line end in the text is one in the cell. */
void worksheet_lines(struct worksheet *sheet, size_t column, struct str text,
                     enum look look);
/* Of digits, with a point in them perhaps. Absent: nothing. */
void worksheet_number(struct worksheet *sheet, size_t column, struct str digits,
                      enum look look);
/* A text that leads to the first cell of a row of a sheet. Of more than a sheet may
 * have, it leads nowhere; worksheet_links_left_out() counts them. */
void worksheet_link(struct worksheet *sheet, size_t column, struct str text,
                    const char *name, uint32_t row);
size_t worksheet_links_left_out(const struct worksheet *sheet);
void worksheet_blank(struct worksheet *sheet, size_t column, enum look look);

/* The row is the head of a table: it stays in sight, is repeated on each page, and
 * filters so many columns of the rows below, as far as they are written at the end. */
void worksheet_head(struct worksheet *sheet, size_t columns);
/* The cells below the head, till the last row, take one of these, which NULL ends. */
void worksheet_choices(struct worksheet *sheet, size_t column,
                       const char *const *choices);

#endif
