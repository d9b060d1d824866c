/* Compiled, and never run: whether what workbook.h declares is what the library's own
 * header does: the type of each function, and where the members of structures are. */
#include <xlsxwriter.h>

#include "report/workbook.h"

#include <assert.h>
#include <stddef.h>

#define SAME_PLACE(ours, theirs, member)                                               \
    static_assert(offsetof(struct ours, member) == offsetof(theirs, member) &&         \
                      sizeof(((struct ours *)0)->member) ==                            \
                          sizeof(((theirs *)0)->member),                               \
                  #member)

SAME_PLACE(workbook_options, lxw_workbook_options, constant_memory);
SAME_PLACE(workbook_options, lxw_workbook_options, tmpdir);
SAME_PLACE(workbook_options, lxw_workbook_options, use_zip64);
static_assert(sizeof(struct workbook_options) == sizeof(lxw_workbook_options), "");
SAME_PLACE(workbook_properties, lxw_doc_properties, title);
SAME_PLACE(workbook_properties, lxw_doc_properties, author);
SAME_PLACE(workbook_properties, lxw_doc_properties, hyperlink_base);
SAME_PLACE(workbook_properties, lxw_doc_properties, created);
static_assert(sizeof(struct workbook_properties) == sizeof(lxw_doc_properties), "");
SAME_PLACE(worksheet_validation, lxw_data_validation, validate);
SAME_PLACE(worksheet_validation, lxw_data_validation, criteria);
SAME_PLACE(worksheet_validation, lxw_data_validation, ignore_blank);
SAME_PLACE(worksheet_validation, lxw_data_validation, dropdown);
SAME_PLACE(worksheet_validation, lxw_data_validation, value_number);
SAME_PLACE(worksheet_validation, lxw_data_validation, value_formula);
SAME_PLACE(worksheet_validation, lxw_data_validation, value_list);
static_assert(sizeof(struct worksheet_validation) >= sizeof(lxw_data_validation), "");

static_assert(WORKBOOK_ALIGN_LEFT == (int)LXW_ALIGN_LEFT, "");
static_assert(WORKBOOK_ALIGN_TOP == (int)LXW_ALIGN_VERTICAL_TOP, "");
static_assert(WORKBOOK_UNDERLINE_SINGLE == (int)LXW_UNDERLINE_SINGLE, "");
static_assert(WORKBOOK_VALIDATE_LIST == (int)LXW_VALIDATION_TYPE_LIST, "");
static_assert(WORKBOOK_IGNORE_NUMBERS_AS_TEXT == (int)LXW_IGNORE_NUMBER_STORED_AS_TEXT,
              "");
static_assert(SHEET_ROWS_MAX == LXW_ROW_MAX && SHEET_LINKS_MAX == LXW_MAX_NUMBER_URLS,
              "");

/* Each function of ours has the type of theirs: an enum is an unsigned for gcc. */
#define SAME(name, function)                                                           \
    static_assert(_Generic(((struct workbook_library *)0)->name,                       \
                           __typeof__(&(function)) : 1, default : 0),                  \
                  #function)

SAME(add_worksheet, workbook_add_worksheet);
SAME(add_format, workbook_add_format);
SAME(write_string, worksheet_write_string);
SAME(write_number, worksheet_write_number);
SAME(write_blank, worksheet_write_blank);
SAME(write_url, worksheet_write_url);
SAME(set_column, worksheet_set_column);
SAME(autofilter, worksheet_autofilter);
SAME(ignore_errors, worksheet_ignore_errors);
SAME(freeze_panes, worksheet_freeze_panes);
SAME(repeat_rows, worksheet_repeat_rows);
SAME(set_landscape, worksheet_set_landscape);
SAME(set_paper, worksheet_set_paper);
SAME(fit_to_pages, worksheet_fit_to_pages);
SAME(format_set_bold, format_set_bold);
SAME(format_set_text_wrap, format_set_text_wrap);
SAME(format_set_align, format_set_align);
SAME(format_set_underline, format_set_underline);
SAME(format_set_font_size, format_set_font_size);
SAME(format_set_font_color, format_set_font_color);
SAME(format_set_bg_color, format_set_bg_color);
SAME(close, workbook_close);
SAME(strerror, lxw_strerror);

/* Of those that take a structure of ours, but for that. */
#define SAME_BUT(ours, name, theirs, function)                                         \
    static_assert(                                                                     \
        _Generic(((struct workbook_library *)0)->name, ours : 1, default : 0) &&       \
            _Generic(&(function), theirs : 1, default : 0),                            \
        #function)

SAME_BUT(struct lxw_workbook *(*)(const char *, struct workbook_options *), new_opt,
         lxw_workbook *(*)(const char *, lxw_workbook_options *), workbook_new_opt);
SAME_BUT(unsigned (*)(lxw_workbook *, struct workbook_properties *), set_properties,
         unsigned (*)(lxw_workbook *, lxw_doc_properties *), workbook_set_properties);
SAME_BUT(unsigned (*)(lxw_worksheet *, uint32_t, uint16_t, uint32_t, uint16_t,
                      struct worksheet_validation *),
         data_validation_range,
         unsigned (*)(lxw_worksheet *, uint32_t, uint16_t, uint32_t, uint16_t,
                      lxw_data_validation *),
         worksheet_data_validation_range);
