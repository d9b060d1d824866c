/*
 * printer.h - the results of queries on standard output.
 *
 *     struct printer *printer = printer_new(&arena, context);
 *     printer_print(printer, result)              a result, or
 *     printer_start(printer)                      a list whose elements come one by
 *     printer_element(printer, element)           one: kept as text until
 *     printer_end(printer)                        the list is whole
 *
 * JSON as the AWS CLI prints it; or bare, for shells: text as it is; a list as a line
 * for each of its elements, in which text is bare, and a list of single values has tabs
 * between them; all else as JSON. On a terminal, JSON has invisible characters as
 * escapes (report/escape.h); bare text is as it is. Lifetime: the printer lives in the
 * arena.
 */
#ifndef CLI_PRINTER_H
#define CLI_PRINTER_H

#include "cli/command.h"
#include "jmespath/jmespath.h"

#include <jansson.h>

enum { PRINTER_INDENT = 4 };

struct printer {
    struct arena *arena;
    bool compact; /* on one line */
    bool raw;     /* bare */

    const struct jmespath_context *context; /* of the results */
    bool on_terminal;
    struct buf piece, shown; /* being printed; the same as it is shown on a terminal */
    struct arena kept_text;
    struct buf kept; /* the elements so far */
    size_t element_count;
};

struct printer *printer_new(struct arena *arena,
                            const struct jmespath_context *context);

/* STATUS_GOOD or STATUS_MACHINE, which was said. */
int printer_print(struct printer *printer, const json_t *result);

void printer_start(struct printer *printer);
void printer_element(struct printer *printer, const json_t *element);
int printer_end(struct printer *printer);

#endif
