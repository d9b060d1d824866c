#include "base/pattern.h"

#include "base/table.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct pattern {
    pcre2_general_context *memory;
    pcre2_match_context *limits;
    pcre2_code *code;
    uint32_t places; /* that a match has: the whole and its groups */
};

struct pattern_match {
    struct arena *arena;
    struct table compiled; /* from text */
    pcre2_general_context *memory;
    pcre2_match_data *found;
    uint32_t places; /* that `found` has room for */
    /* of the last match; absent if there was none */
    const struct pattern *pattern;
    struct str subject;
    bool was_limited;
};

static void *pattern_allocate(size_t bytes, void *unused)
{
    (void)unused;
    return allocate_or_die(bytes);
}

static void pattern_free(void *memory, void *unused)
{
    (void)unused;
    free(memory);
}

static void pattern_release(void *object)
{
    struct pattern *pattern = object;

    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    pcre2_general_context_free(pattern->memory);
}

static bool compile(struct pattern *pattern, struct str text, struct error *err)
{
    const uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
    pcre2_compile_context *memory = pcre2_compile_context_create(pattern->memory);
    char words[256];
    size_t offset = 0;
    uint32_t groups = 0;
    int code = 0;

    pattern->code =
        pcre2_compile((PCRE2_SPTR)text.text, text.len, options, &code, &offset, memory);
    pcre2_compile_context_free(memory);
    if (pattern->code != NULL) {
        pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &groups);
        pattern->places = groups + 1;
        return true;
    }
    pcre2_get_error_message(code, (PCRE2_UCHAR *)words, sizeof words);
    err->column = 1 + character_starts(str_slice(text, 0, smaller(offset, text.len)));
    return error_set(err, "not a valid regular expression: %s", words);
}

/* Without text that is compiled yet. NULL: it is too long, as `what`. */
static struct pattern *pattern_new(struct arena *arena, struct str text,
                                   const char *what, struct error *err)
{
    struct pattern *pattern;

    if (text.len > PATTERN_BYTES_MAX) {
        error_set(err, "a %s of %zu bytes; expected at most %d", what, text.len,
                  PATTERN_BYTES_MAX);
        return NULL;
    }
    pattern = arena_new(arena, struct pattern);
    arena_on_release(arena, pattern_release, pattern);
    pattern->memory =
        pcre2_general_context_create(pattern_allocate, pattern_free, NULL);
    pattern->limits = pcre2_match_context_create(pattern->memory);
    pcre2_set_match_limit(pattern->limits, PATTERN_MATCH_MAX);
    pcre2_set_depth_limit(pattern->limits, PATTERN_DEPTH_MAX);
    pcre2_set_heap_limit(pattern->limits, PATTERN_HEAP_KIB_MAX);
    return pattern;
}

static struct pattern *compile_new(struct arena *arena, struct str text,
                                   struct error *err)
{
    struct pattern *pattern = pattern_new(arena, text, "regular expression", err);

    if (text.text == NULL)
        text = STR("");
    return pattern != NULL && compile(pattern, text, err) ? pattern : NULL;
}

const struct pattern *pattern_compile(struct arena *arena, struct str text,
                                      struct error *err)
{
    return compile_new(arena, text, err);
}

const struct pattern *pattern_compile_glob(struct arena *arena, struct str text,
                                           struct error *err)
{
    struct pattern *pattern = pattern_new(arena, text, "pattern", err);
    pcre2_convert_context *conversion;
    PCRE2_UCHAR *converted = NULL;
    size_t len = 0;
    int code;
    bool done = false;

    if (pattern == NULL)
        return NULL;
    conversion = pcre2_convert_context_create(pattern->memory);
    code = pcre2_pattern_convert((PCRE2_SPTR)text.text, text.len,
                                 PCRE2_CONVERT_GLOB | PCRE2_CONVERT_UTF, &converted,
                                 &len, conversion);
    if (code == 0)
        done = compile(pattern, (struct str){ (const char *)converted, len }, err);
    else
        error_set(err, "not a glob: expected one such as *.bak, not '%.*s'",
                  STR_ARG(text));
    pcre2_converted_pattern_free(converted);
    pcre2_convert_context_free(conversion);
    return done ? pattern : NULL;
}

static void match_release(void *object)
{
    struct pattern_match *match = object;

    pcre2_match_data_free(match->found);
    pcre2_general_context_free(match->memory);
}

struct pattern_match *pattern_match_new(struct arena *arena)
{
    struct pattern_match *match = arena_new(arena, struct pattern_match);

    match->arena = arena;
    match->compiled = (struct table)TABLE_EMPTY(arena);
    match->memory = pcre2_general_context_create(pattern_allocate, pattern_free, NULL);
    arena_on_release(arena, match_release, match);
    return match;
}

static bool is_bad_utf8(int found)
{
    return found <= PCRE2_ERROR_UTF8_ERR1 && found >= PCRE2_ERROR_UTF8_ERR21;
}

/* The same with U+FFFD for each byte that is not UTF-8. */
static struct str made_valid(struct arena *arena, struct str text)
{
    struct buf valid = BUF_EMPTY(arena);
    size_t bytes = 0;
    uint32_t code = 0;

    for (size_t at = 0; at < text.len; at += bytes) {
        if (character_next(str_slice(text, at, text.len), &bytes, &code))
            buf_add(&valid, str_slice(text, at, at + bytes));
        else
            buf_add(&valid, STR("\xEF\xBF\xBD"));
    }
    return buf_str(&valid);
}

/* Whether it matches; where, in `found`. */
static int match_once(const struct pattern *pattern, pcre2_match_data *found,
                      struct str subject)
{
    return pcre2_match(pattern->code, (PCRE2_SPTR)subject.text, subject.len, 0, 0,
                       found, pattern->limits);
}

bool pattern_matches(const struct pattern *pattern, struct pattern_match *match,
                     struct str subject)
{
    int found;

    match->subject = STR_NONE;
    match->was_limited = subject.len > PATTERN_SUBJECT_BYTES_MAX;
    if (subject.text == NULL || match->was_limited)
        return false;
    if (pattern->places > match->places) {
        pcre2_match_data_free(match->found);
        match->found = pcre2_match_data_create(pattern->places, match->memory);
        match->places = pattern->places;
    }
    found = match_once(pattern, match->found, subject);
    if (is_bad_utf8(found)) {
        subject = made_valid(match->arena, subject);
        found = match_once(pattern, match->found, subject);
    }
    match->was_limited = found < 0 && found != PCRE2_ERROR_NOMATCH;
    if (found < 0)
        return false;
    match->pattern = pattern;
    match->subject = subject;
    return true;
}

bool pattern_was_limited(const struct pattern_match *match)
{
    return match->was_limited;
}

/* The error is large, and not made for each match. */
static struct pattern *compile_known(struct arena *arena, struct str text)
{
    struct error err = { 0 };
    struct pattern *pattern = compile_new(arena, text, &err);

    assert(pattern != NULL);
    return pattern;
}

bool pattern_text_matches(struct str text, struct pattern_match *match,
                          struct str subject)
{
    void **slot = table_slot(&match->compiled, text);

    if (*slot == NULL)
        *slot = compile_known(match->arena, text);
    return pattern_matches(*slot, match, subject);
}

enum pattern_answer pattern_ask(const struct pattern *pattern, struct str subject)
{
    pcre2_match_data *match;
    int found;

    if (subject.text == NULL)
        return PATTERN_NO;
    if (subject.len > PATTERN_SUBJECT_BYTES_MAX)
        return PATTERN_LIMIT;
    match = pcre2_match_data_create(1, pattern->memory);
    found = match_once(pattern, match, subject);
    pcre2_match_data_free(match);
    if (found >= 0)
        return PATTERN_YES;
    /* What is no answer for a reason not known here is none, too. */
    return found == PCRE2_ERROR_NOMATCH || is_bad_utf8(found) ? PATTERN_NO
                                                              : PATTERN_LIMIT;
}

bool pattern_has_group(const struct pattern *pattern, const char *name)
{
    PCRE2_SPTR first, last;

    return pcre2_substring_nametable_scan(pattern->code, (PCRE2_SPTR)name, &first,
                                          &last) > 0;
}

struct str pattern_group(const struct pattern_match *match, const char *name)
{
    const PCRE2_SIZE *places;
    PCRE2_SPTR entry, last;
    int entry_bytes;

    if (match->subject.text == NULL)
        return STR_NONE;
    places = pcre2_get_ovector_pointer(match->found);
    entry_bytes = pcre2_substring_nametable_scan(match->pattern->code, (PCRE2_SPTR)name,
                                                 &entry, &last);
    if (entry_bytes < 0)
        return STR_NONE;
    /* More than one group of a name: only with (?J). The one that took part counts. */
    for (; entry <= last; entry += entry_bytes) {
        size_t group = (size_t)entry[0] << 8 | entry[1];

        if (places[2 * group] != PCRE2_UNSET)
            return str_slice(match->subject, places[2 * group], places[2 * group + 1]);
    }
    return STR_NONE;
}
