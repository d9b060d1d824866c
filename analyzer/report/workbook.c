/* For memfd_create(), which POSIX does not have.
 * NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#define _GNU_SOURCE

#include "report/workbook.h"

#include "base/utf8.h"
#include "report/syntax.h"

#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The version whose functions are as declared: of Debian 12. */
#define LIBRARY_NAME "libxlsxwriter.so.4"

/* ---- the library ----------------------------------------------------------------- */

/* The static program is linked without them (Makefile: --wrap), and then they are
 * NULL. */
#pragma weak dlopen
#pragma weak dlsym

#define FUNCTION(symbol_of, name)                                                      \
    {                                                                                  \
        (symbol_of), offsetof(struct workbook_library, name)                           \
    }

static const struct function {
    const char *symbol;
    size_t offset;
} functions[] = {
    FUNCTION("workbook_new_opt", new_opt),
    FUNCTION("workbook_add_worksheet", add_worksheet),
    FUNCTION("workbook_add_format", add_format),
    FUNCTION("workbook_set_properties", set_properties),
    FUNCTION("workbook_close", close),
    FUNCTION("worksheet_write_string", write_string),
    FUNCTION("worksheet_write_number", write_number),
    FUNCTION("worksheet_write_blank", write_blank),
    FUNCTION("worksheet_write_url", write_url),
    FUNCTION("worksheet_set_column", set_column),
    FUNCTION("worksheet_autofilter", autofilter),
    FUNCTION("worksheet_data_validation_range", data_validation_range),
    FUNCTION("worksheet_ignore_errors", ignore_errors),
    FUNCTION("worksheet_freeze_panes", freeze_panes),
    FUNCTION("worksheet_repeat_rows", repeat_rows),
    FUNCTION("worksheet_set_landscape", set_landscape),
    FUNCTION("worksheet_set_paper", set_paper),
    FUNCTION("worksheet_fit_to_pages", fit_to_pages),
    FUNCTION("format_set_bold", format_set_bold),
    FUNCTION("format_set_text_wrap", format_set_text_wrap),
    FUNCTION("format_set_align", format_set_align),
    FUNCTION("format_set_underline", format_set_underline),
    FUNCTION("format_set_font_size", format_set_font_size),
    FUNCTION("format_set_font_color", format_set_font_color),
    FUNCTION("format_set_bg_color", format_set_bg_color),
    FUNCTION("lxw_strerror", strerror),
};

static_assert(sizeof(struct workbook_library) ==
                  COUNT_OF(functions) * sizeof(void (*)(void)),
              "each function of the library is looked up");

bool workbook_library_load(const struct workbook_library **library, struct error *err)
{
    static struct workbook_library loaded;
    void *handle;

    *library = &loaded;
    if (loaded.new_opt != NULL)
        return true;
    if (dlopen == NULL || dlsym == NULL)
        return error_set(err, "this program is linked statically and has no xlsx: use "
                              "the one that 'make' builds, or the format csv");
    handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return error_set(err, "xlsx needs the library " LIBRARY_NAME ", which is not "
                              "here (Debian: apt-get install libxlsxwriter4); or use "
                              "the format csv");
    for (size_t i = 0; i < COUNT_OF(functions); i++) {
        void *address = dlsym(handle, functions[i].symbol);

        if (address == NULL)
            return error_set(err, "the library " LIBRARY_NAME " has no function %s",
                             functions[i].symbol);
        memcpy((char *)&loaded + functions[i].offset, &address, sizeof address);
    }
    return true;
}

/* ---- workbooks ------------------------------------------------------------------- */

const struct workbook_limits workbook_limits = { SHEET_ROWS_MAX, SHEET_LINKS_MAX };

struct workbook {
    struct arena *arena;
    const struct workbook_library *library;
    const struct workbook_limits *limits;
    struct lxw_workbook *handle;
    struct lxw_format *looks[LOOK_COUNT];
    struct worksheet *sheets, **end; /* in their order */
    struct arena scratch;            /* of a text */
    int file;                        /* in memory; -1: not open */
    struct error err;                /* what failed first */
};

struct worksheet {
    struct workbook *workbook;
    struct lxw_worksheet *handle;
    struct worksheet *next;
    uint32_t row, head, links;
    size_t links_left_out, filtered;
    unsigned width; /* of all columns, in characters */
};

static void fail(struct workbook *workbook, const char *what)
{
    if (workbook->err.message[0] == '\0')
        error_set(&workbook->err, "a workbook cannot be made: %s", what);
}

/* Of what the library returned. */
static void check(struct workbook *workbook, unsigned error)
{
    if (error != 0)
        fail(workbook, workbook->library->strerror(error));
}

static void make_looks(struct workbook *workbook)
{
    static const struct {
        double size;         /* 0: as usual */
        uint32_t background; /* 0: none */
        bool is_bold, wraps, is_link, is_left;
    } looks[] = {
        [LOOK_PLAIN] = { .wraps = false },
        [LOOK_WRAPPED] = { .wraps = true },
        [LOOK_TITLE] = { .is_bold = true, .size = 16 },
        [LOOK_HEAD] = { .is_bold = true, .wraps = true, .background = 0xD9E1F2 },
        [LOOK_FAIL] = { .is_bold = true, .background = 0xF8CBAD },
        [LOOK_UNKNOWN] = { .is_bold = true, .background = 0xFFE699 },
        [LOOK_PASS] = { .background = 0xE2EFDA },
        [LOOK_LINK] = { .is_link = true },
        [LOOK_LEFT] = { .is_left = true },
        [LOOK_TO_FILL] = { .wraps = true, .background = 0xFFFBE6 },
    };
    const struct workbook_library *library = workbook->library;

    static_assert(COUNT_OF(looks) == LOOK_COUNT, "each look is described");
    for (int look = 0; look < LOOK_COUNT; look++) {
        struct lxw_format *format = library->add_format(workbook->handle);

        workbook->looks[look] = format;
        library->format_set_align(format, WORKBOOK_ALIGN_TOP);
        if (looks[look].is_left)
            library->format_set_align(format, WORKBOOK_ALIGN_LEFT);
        if (looks[look].is_bold)
            library->format_set_bold(format);
        if (looks[look].wraps)
            library->format_set_text_wrap(format);
        if (looks[look].size > 0)
            library->format_set_font_size(format, looks[look].size);
        if (looks[look].background != 0)
            library->format_set_bg_color(format, looks[look].background);
        if (looks[look].is_link) {
            library->format_set_underline(format, WORKBOOK_UNDERLINE_SINGLE);
            library->format_set_font_color(format, 0x0563C1);
        }
    }
}

/* The library writes to a path alone. */
static bool open_memory(struct workbook *workbook, char path[static 64])
{
    workbook->file = memfd_create("invaudit", MFD_CLOEXEC);
    if (workbook->file < 0)
        return false;
    snprintf(path, 64, "/proc/self/fd/%d", workbook->file);
    return access(path, W_OK) == 0;
}

struct workbook *workbook_begin(struct arena *arena,
                                const struct workbook_library *library,
                                const struct workbook_limits *limits)
{
    struct workbook_options options = { .constant_memory = 1 };
    struct workbook *workbook = arena_new(arena, struct workbook);
    char path[64];

    workbook->arena = arena;
    workbook->library = library;
    workbook->limits = limits;
    workbook->end = &workbook->sheets;
    if (!open_memory(workbook, path)) {
        fail(workbook, strerror(errno));
        return workbook;
    }
    workbook->handle = library->new_opt(path, &options);
    if (workbook->handle == NULL)
        fail(workbook, "the library cannot begin one");
    else
        make_looks(workbook);
    return workbook;
}

void workbook_describe(struct workbook *workbook, const char *title, int64_t created)
{
    struct workbook_properties properties = { .title = title,
                                              .author = "invaudit",
                                              .created = (time_t)created };

    assert(created != 0);
    if (workbook->handle != NULL) {
        check(workbook,
              workbook->library->set_properties(workbook->handle, &properties));
    }
}

/* ---- sheets ---------------------------------------------------------------------- */

struct worksheet *workbook_sheet(struct workbook *workbook, const char *name)
{
    const struct workbook_library *library = workbook->library;
    struct worksheet *sheet = arena_new(workbook->arena, struct worksheet);

    *workbook->end = sheet;
    workbook->end = &sheet->next;
    sheet->workbook = workbook;
    if (workbook->handle != NULL)
        sheet->handle = library->add_worksheet(workbook->handle, name);
    if (sheet->handle == NULL) {
        fail(workbook, "the library cannot begin a sheet");
        return sheet;
    }
    library->set_landscape(sheet->handle);
    library->set_paper(sheet->handle, WORKBOOK_PAPER_A4);
    return sheet;
}

void worksheet_column(struct worksheet *sheet, size_t column, unsigned width,
                      enum look look)
{
    struct workbook *workbook = sheet->workbook;

    sheet->width += width;
    if (sheet->handle != NULL) {
        check(workbook, workbook->library->set_column(sheet->handle, (uint16_t)column,
                                                      (uint16_t)column, width,
                                                      workbook->looks[look]));
    }
}

uint32_t worksheet_row(const struct worksheet *sheet)
{
    return sheet->row;
}

uint32_t worksheet_room(const struct worksheet *sheet)
{
    return sheet->workbook->limits->rows - sheet->row;
}

void worksheet_next(struct worksheet *sheet)
{
    sheet->row++;
}

/* Where the cell would be more than one may hold, or the text's length: in Excel's
 * units, which are UTF-16's. An escape of four digits is one in Excel, but counted by
 * the library as it is written. */
static size_t cell_bytes(struct str text, size_t units_max)
{
    size_t units = 0, bytes = 0;
    uint32_t code = 0;

    for (size_t at = 0; at < text.len; at += bytes) {
        character_next(str_slice(text, at, text.len), &bytes, &code);
        units += code >= 0x10000 ? 2 : 1;
        if (units > units_max)
            return at;
    }
    return text.len;
}

static const char *cell_text(struct worksheet *sheet, struct buf *cell)
{
    struct buf cut = BUF_EMPTY(&sheet->workbook->scratch);

    if (cell_bytes(buf_str(cell), CELL_UNITS_MAX) == cell->len)
        return cell->text;
    buf_add(&cut,
            str_slice(buf_str(cell), 0, cell_bytes(buf_str(cell), CELL_UNITS_MAX - 1)));
    buf_add(&cut, STR("\xE2\x80\xA6"));
    return buf_str(&cut).text;
}

static void write_cell(struct worksheet *sheet, size_t column, struct buf *cell,
                       enum look look)
{
    struct workbook *workbook = sheet->workbook;

    assert(sheet->row < SHEET_ROWS_MAX);
    if (sheet->handle != NULL) {
        check(workbook, workbook->library->write_string(
                            sheet->handle, sheet->row, (uint16_t)column,
                            cell_text(sheet, cell), workbook->looks[look]));
    }
    arena_reset(&workbook->scratch);
}

void worksheet_text(struct worksheet *sheet, size_t column, struct str text,
                    enum look look)
{
    struct buf cell = BUF_EMPTY(&sheet->workbook->scratch);

    if (text.len == 0)
        return;
    syntax_add(&cell, SYNTAX_SHEET, text);
    write_cell(sheet, column, &cell, look);
}

void worksheet_lines(struct worksheet *sheet, size_t column, struct str text,
                     enum look look)
{
    struct buf cell = BUF_EMPTY(&sheet->workbook->scratch);
    struct str rest = text;

    while (rest.text != NULL && text.len > 0) {
        buf_add(&cell, cell.len > 0 ? STR("\n") : STR(""));
        syntax_add(&cell, SYNTAX_SHEET, str_next(&rest, '\n'));
    }
    if (cell.len > 0)
        write_cell(sheet, column, &cell, look);
}

void worksheet_number(struct worksheet *sheet, size_t column, struct str digits,
                      enum look look)
{
    struct workbook *workbook = sheet->workbook;
    struct str copy;

    if (digits.len == 0 || sheet->handle == NULL)
        return;
    copy = str_copy(&workbook->scratch, digits);
    check(workbook, workbook->library->write_number(
                        sheet->handle, sheet->row, (uint16_t)column,
                        strtod(copy.text, NULL), workbook->looks[look]));
    arena_reset(&workbook->scratch);
}

void worksheet_link(struct worksheet *sheet, size_t column, struct str text,
                    const char *name, uint32_t row)
{
    struct workbook *workbook = sheet->workbook;
    char url[64];

    if (sheet->links == workbook->limits->links) {
        sheet->links_left_out++;
        worksheet_text(sheet, column, text, LOOK_PLAIN);
        return;
    }
    sheet->links++;
    snprintf(url, sizeof url, "internal:'%s'!A%" PRIu32, name, row + 1);
    if (sheet->handle != NULL) {
        check(workbook,
              workbook->library->write_url(sheet->handle, sheet->row, (uint16_t)column,
                                           url, workbook->looks[LOOK_LINK]));
    }
    worksheet_text(sheet, column, text, LOOK_LINK);
}

size_t worksheet_links_left_out(const struct worksheet *sheet)
{
    return sheet->links_left_out;
}

void worksheet_blank(struct worksheet *sheet, size_t column, enum look look)
{
    struct workbook *workbook = sheet->workbook;

    if (sheet->handle != NULL) {
        check(workbook,
              workbook->library->write_blank(sheet->handle, sheet->row,
                                             (uint16_t)column, workbook->looks[look]));
    }
}

void worksheet_head(struct worksheet *sheet, size_t columns)
{
    const struct workbook_library *library = sheet->workbook->library;

    sheet->head = sheet->row;
    sheet->filtered = columns;
    if (sheet->handle == NULL)
        return;
    library->freeze_panes(sheet->handle, sheet->row + 1, 0);
    check(sheet->workbook, library->repeat_rows(sheet->handle, sheet->row, sheet->row));
    /* An account's number is text: no mark on each that it might be a number. */
    check(sheet->workbook,
          library->ignore_errors(sheet->handle, WORKBOOK_IGNORE_NUMBERS_AS_TEXT,
                                 "A1:XFD1048576"));
}

void worksheet_choices(struct worksheet *sheet, size_t column,
                       const char *const *choices)
{
    struct worksheet_validation validation = { .validate = WORKBOOK_VALIDATE_LIST,
                                               .value_list = choices };

    if (sheet->handle != NULL) {
        check(sheet->workbook,
              sheet->workbook->library->data_validation_range(
                  sheet->handle, sheet->head + 1, (uint16_t)column,
                  sheet->workbook->limits->rows - 1, (uint16_t)column, &validation));
    }
}

/* ---- the end --------------------------------------------------------------------- */

static void end_sheet(struct worksheet *sheet)
{
    unsigned pages = (sheet->width + PAGE_CHARACTERS - 1) / PAGE_CHARACTERS;

    sheet->workbook->library->fit_to_pages(sheet->handle, (uint16_t)pages, 0);
    if (sheet->filtered == 0 || sheet->row <= sheet->head + 1)
        return;
    check(sheet->workbook, sheet->workbook->library->autofilter(
                               sheet->handle, sheet->head, 0, sheet->row - 1,
                               (uint16_t)(sheet->filtered - 1)));
}

struct mapping_of_file {
    void *bytes;
    size_t len;
};

static void unmap(void *object)
{
    struct mapping_of_file *mapping = object;

    munmap(mapping->bytes, mapping->len);
}

static bool map_file(struct workbook *workbook, struct str *bytes)
{
    struct mapping_of_file *mapping =
        arena_new(workbook->arena, struct mapping_of_file);
    struct stat status;

    if (fstat(workbook->file, &status) != 0 || status.st_size == 0)
        return false;
    mapping->len = (size_t)status.st_size;
    mapping->bytes =
        mmap(NULL, mapping->len, PROT_READ, MAP_PRIVATE, workbook->file, 0);
    if (mapping->bytes == MAP_FAILED)
        return false;
    arena_on_release(workbook->arena, unmap, mapping);
    *bytes = (struct str){ mapping->bytes, mapping->len };
    return true;
}

bool workbook_end(struct workbook *workbook, struct str *bytes, struct error *err)
{
    struct worksheet *sheet = workbook->sheets;

    for (; sheet != NULL && workbook->handle != NULL; sheet = sheet->next)
        if (sheet->handle != NULL)
            end_sheet(sheet);
    if (workbook->handle != NULL)
        check(workbook, workbook->library->close(workbook->handle));
    if (workbook->err.message[0] == '\0' && !map_file(workbook, bytes))
        fail(workbook, strerror(errno));
    if (workbook->file >= 0)
        close(workbook->file);
    arena_release(&workbook->scratch);
    return workbook->err.message[0] == '\0' ||
           error_set(err, "%s", workbook->err.message);
}
