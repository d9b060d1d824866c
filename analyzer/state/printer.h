/*
 * printer.h - a state's text, a line after the other. Private to state/.
 *
 *     state_printer_begin(&printer, &scratch, out);
 *     state_put_word(&printer, "{\"source\":");  kept_print(&printer, &source_kept,
 * source); state_put_word(&printer, "}\n");  state_printer_flush(&printer);
 *     state_printer_end(&printer);                              ["sha256","..."]
 *
 * Text is JSON (RFC 8259) without blanks. Bytes that are no UTF-8 are halves of
 * surrogate pairs, "\udc80" to "\udcff", as Python's `surrogateescape` has them: no
 * text of evidence has such a half, so each byte is found again. Numbers with a
 * fraction are texts in C's hexadecimal form, which says them exactly: "0x1.8p+3",
 * "-inf".
 *
 * Lifetime: the scratch arena's. Memory: a line, or a part of it.
 */
#ifndef STATE_PRINTER_H
#define STATE_PRINTER_H

#include "base/digest.h"
#include "gather/document.h"
#include "state/kept.h"

/* From the numbers of one thread's values to those in the state. */
struct renumbering {
    const struct values *of;
    uint32_t *numbers; /* 0: it has none yet */
    size_t count;
};

struct state_printer {
    struct arena *scratch;
    struct buf *out;
    struct buf text; /* that was not digested yet */
    struct digest *digest;
    struct values *values; /* that stand in the state by now */
    struct renumbering *renumberings;
    size_t renumbering_count, renumbering_capacity;
    const struct measures *measures;
    const struct document *document; /* at hand */
};

void state_printer_begin(struct state_printer *printer, struct arena *scratch,
                         struct buf *out);
/* Passes on what was printed; to be called now and then. */
void state_printer_flush(struct state_printer *printer);
/* The last line. */
void state_printer_end(struct state_printer *printer);

void state_put_word(struct state_printer *printer, const char *word);
void state_put_byte(struct state_printer *printer, char byte);
/* Behind all but the first of a list: '[' or ','. */
void state_put_next(struct state_printer *printer, size_t index);
void state_put_text(struct state_printer *printer, struct str text);
void state_put_number(struct state_printer *printer, uint64_t number);
void state_put_double(struct state_printer *printer, double number);

/* The object of a struct that has a table. */
void kept_print(struct state_printer *printer, const struct kept_struct *kept,
                const void *object);

#endif
