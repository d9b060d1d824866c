/*
 * html_files.h - what stands in every page beside its text: html.css and html.js, as
 * they were when the program was built (embed.c).
 */
#ifndef REPORT_HTML_FILES_H
#define REPORT_HTML_FILES_H

#include "base/str.h"

extern const struct str html_style, html_script;

#endif
