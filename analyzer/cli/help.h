/*
 * help.h - --help, made from the tables of commands and options.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

void help_all(struct page *page);
void help_command(struct page *page, const struct command *command);
void help_group(struct page *page, struct str group); /* "rules" */

/* "  --name ARGUMENT   what it is", the second column wrapped. */
void help_row(struct page *page, const char *left, const char *right);

#endif
