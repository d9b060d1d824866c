/*
 * codes.h - what is said about evidence: reasons, problems and assumptions, as data.
 *
 * All that can be said stands in one table, codes.def. A code is the word by which a
 * program knows again what was said, and is kept from version to version; a sentence is
 * one of the ways to say it, with places for what it is about:
 *
 *     CODE_NO_ANSWER            "no-answer"
 *         SAY_NO_ANSWER         "for {count} of its records an expression ...: {text}"
 *         SAY_WHEN_NO_ANSWER    "the 'when' in line {line} cannot ...: {text}"
 *
 * Whoever finds something notes a struct reason, the sentence and its arguments, and
 * writes no prose:
 *
 *     document_reason(gathered, document, SAYS(SAY_DUPLICATE_KEY, .count = 3));
 *     problems_add(problems, path, &at, SAYS(SAY_REGION_NOT_ARN, .texts = { a, b }));
 *
 * The text is made where a report is written. What says the same of different places is
 * found by comparing sentences and arguments, whose kinds the table tells; no prose
 * need be looked into.
 *
 * Lifetime: texts are borrowed. Limits: REASON_TEXTS_MAX texts.
 *
 * How to add one: a row in codes.def; its code and meaning in report.schema.json and
 * invaudit-report(5), which tests compare with it.
 */
#ifndef GATHER_CODES_H
#define GATHER_CODES_H

#include "find/failure.h"
#include "json/records.h"

enum { REASON_TEXTS_MAX = 4 };

#define MORE(id, of, uses, sentence)
#define CODE(id, name, uses, meaning, sentence) CODE_##id,
enum code {
#include "gather/codes.def"
    CODE_COUNT
};
#undef CODE
#undef MORE

#define MORE(id, of, uses, sentence)            SAY_##id,
#define CODE(id, name, uses, meaning, sentence) SAY_##id,
enum sentence {
#include "gather/codes.def"
    SENTENCE_COUNT
};
#undef CODE
#undef MORE

/* Where a sentence may appear; of several places, added up. */
enum sentence_use {
    OF_REASON = 1,
    OF_PROBLEM = 2,
    OF_ASSUMPTION = 4,
    ALOUD = 8, /* an assumption that every reader is told; others are where all are
                  listed */
};

/* What an argument of a sentence is: by its name in codes.def. */
enum argument {
    ARGUMENT_ACCOUNT,
    ARGUMENT_CALL,    /* "rds describe-db-snapshots" */
    ARGUMENT_FACT,    /* its name in a rule */
    ARGUMENT_FIELD,   /* or several, or a key */
    ARGUMENT_ID,      /* of a record or a parent */
    ARGUMENT_PATH,    /* or several, in words */
    ARGUMENT_POINTER, /* JSON Pointer */
    ARGUMENT_REGION,
    ARGUMENT_TEXT, /* anything else */
    ARGUMENT_TYPE, /* its title: "DB snapshots" */
    ARGUMENT_VALUE,
    ARGUMENT_COUNT,
};

struct reason {
    enum sentence sentence;
    const char *path; /* of the source that it is about, and its text begins with; NULL:
                         of none, or of what it stands with */
    struct str texts[REASON_TEXTS_MAX]; /* in the sentence's order */
    uint64_t count, line;               /* its numbers */
    const struct failure *failure; /* the error that it rests on, of which a text tells;
                                      NULL: none */
};

/* A reason for as long as the block it stands in: SAYS(SAY_TOKEN). */
#define SAYS(...) (&(const struct reason){ .sentence = __VA_ARGS__ })

const char *code_name(enum code code); /* "cut-off" */

enum code reason_code(const struct reason *reason);
bool reason_may_be(const struct reason *reason, enum sentence_use use);
bool reason_equal(const struct reason *left, const struct reason *right);
/* By code, sentence and arguments, and the parts of the error. */
int reason_compare(const struct reason *left, const struct reason *right);

/* The kind of texts[index]; ARGUMENT_COUNT: its sentence has no such place. */
enum argument reason_argument(const struct reason *reason, size_t index);

/* One line, lower case, no full stop. */
const char *reason_text(struct arena *arena, const struct reason *reason);
/* The same, with what is to be done, where the sentence says so. */
const char *reason_advice(struct arena *arena, const struct reason *reason);

/* A break in the evidence is a reason and a problem, by the name of the damage. */
enum sentence sentence_of_damage(enum damage damage);

#endif
