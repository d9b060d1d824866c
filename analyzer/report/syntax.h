/*
 * syntax.h - text that came from evidence, paths or rules, written into a document of
 * some syntax so that nothing in it is read as markup, address or command.
 *
 *     text ─► escape_text()'s spelling ─► the syntax's table: a byte becomes … ─► out
 *
 *     buf_add(out, STR("<name>"));
 *     syntax_add(out, SYNTAX_XML, name);
 *     buf_add(out, STR("</name>"));
 *
 * How to add a syntax: a name in the enum, and a row in the table of syntax.c that says
 * what each byte of ASCII becomes; rows in tests/unit/report_syntax.c.
 *
 * What escape_text() spells is spelled in each syntax before its table is asked: bytes
 * that are no UTF-8 and control characters as \xNN, line ends among them, so that no
 * text ends the line it stands in; what a reader cannot see as \u{202e}. A format that
 * wants a line end writes it itself. Only SYNTAX_URI takes bytes as they are, since an
 * address says the name of a file exactly.
 *
 * Nothing is kept of what was written: a report of many findings takes no memory here.
 * Private to report/.
 */
#ifndef REPORT_SYNTAX_H
#define REPORT_SYNTAX_H

#include "base/str.h"

enum syntax {
    SYNTAX_XML,  /* text of an element, and the value of an attribute in "…"
                    (https://www.w3.org/TR/xml/) */
    SYNTAX_HTML, /* the same, and the value of an attribute in '…'; not of one that is
                    an address (https://html.spec.whatwg.org/, section 13.3) */
    /* What GitHub's runner shows of a command ::NAME PROPERTY=…,PROPERTY=…::DATA
     * (actions/toolkit, packages/core/src/command.ts: escapeData, escapeProperty). */
    SYNTAX_GITHUB_DATA,
    SYNTAX_GITHUB_PROPERTY,
    /* Prose of GitHub Flavored Markdown, in a cell of a table too; it may begin a line.
     * Neither an address nor a name behind @ becomes a link.
     * (https://github.github.com/gfm/) */
    SYNTAX_MARKDOWN,
    /* A path as a reference of its own or the end of an address: each byte that is
     * neither unreserved nor '/' is %XX (RFC 3986, sections 2.3, 3.3, 4.2). */
    SYNTAX_URI,
    /* A cell of CSV in "…" (RFC 4180). A spreadsheet takes a cell for a formula that
     * begins with = + - @, in Japanese also with the wide forms of these, quoted or
     * not, and one whose separator is the semicolon sees another cell behind each: a '
     * before them makes it text. */
    SYNTAX_CSV,
    /* A text of a sheet of Office Open XML, whose XML is written by a library: in it
     * _xHHHH_ stands for a character (ECMA-376 part 1, 22.4.2.4), so that evidence
     * could bring in those that are spelled. */
    SYNTAX_SHEET,
    /* A message of SARIF that is plain text (2.1.0, section 3.11.6): no link to another
     * place begins in it. */
    SYNTAX_SARIF_MESSAGE,
    SYNTAX_COUNT
};

void syntax_add(struct buf *out, enum syntax syntax, struct str text);

/* A code span of Markdown, with its fences: what it holds is shown as it is, and on
 * GitHub no @name and no #1 in it is a link. Not for a cell of a table, where '|' would
 * end it. */
void syntax_add_markdown_code(struct buf *out, struct str text);

#endif
