/*
 * output.h - standard output: what is written there, and what the page there looks
 * like.
 *
 * A result that could not be written is never passed over: it ends in STATUS_MACHINE,
 * with a message unless the reader simply went away (a closed pipe).
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/command.h"
#include "report/report.h"

/* STATUS_GOOD or STATUS_MACHINE. */
int output_write(struct arena *arena, struct str text);

/* The same for a part of what is written: it may wait for more. */
int output_add(struct arena *arena, struct str text);

/* STATUS_GOOD or STATUS_MACHINE, of a text that is written while it is printed. */
int output_print(struct arena *arena, const struct print_job *text);

/* Closes it at the end of the program; STATUS_MACHINE if that loses anything. */
int output_close(struct arena *arena, int status);

/* 80 columns without colour, unless standard output is a terminal: then COLUMNS or its
 * width within bounds, and colour unless NO_COLOR is set or TERM is "dumb" or not set.
 */
struct report_style output_style(void);

#endif
