#include "json/scanner.h"

#include "json/build.h"
#include "json/skip.h"

#include <assert.h>
#include <string.h>

/* noinline: rare paths stay out of the hot loop, and leave it its registers. */
#define SLOW_PATH static __attribute__((noinline))

void scanner_init(struct scanner *scanner, struct arena *arena, struct arena *texts)
{
    scanner->arena = arena;
    scanner->texts = texts;
    gaps_forget(&scanner->gaps);
}

void scanner_begin(struct scanner *scanner)
{
    if (scanner->known.count <= KNOWN_KEYS / 2)
        return;
    gaps_forget(&scanner->gaps);
    known_forget(&scanner->known);
}

void scanner_release(struct scanner *scanner)
{
    arena_release(&scanner->scratch);
    arena_release(&scanner->known.arena);
    arena_release(&scanner->gaps.arena);
}

/* ---- what is wrong -------------------------------------------------------------- */

/* The double ones, in UTF-8. */
static bool is_typographic_quote(struct str text)
{
    static const char *const quotes[] = { "\xE2\x80\x9C", "\xE2\x80\x9D",
                                          "\xE2\x80\x9E", NULL };

    return str_fits_one(text, quotes, str_starts_with);
}

static const char *met(struct arena *arena, struct str text)
{
    char byte = text.text[0];

    if (is_typographic_quote(text))
        return "a typographic quote, as a text processor makes it";
    if (byte == '\'')
        return "a single quote";
    if (byte == ' ')
        return "a space";
    if (byte > ' ' && byte <= '~')
        return arena_printf(arena, "'%c'", byte);
    return arena_printf(arena, "byte 0x%02X", (unsigned)(unsigned char)byte);
}

size_t scanner_met_bytes(struct str text)
{
    enum { QUOTE_BYTES = 3 };

    return text.len > 0 && text.text[0] != '\xE2' ? 1 : QUOTE_BYTES;
}

const char *scanner_expected(struct arena *arena, const char *expected, struct str text)
{
    if (text.len == 0)
        return arena_printf(arena, "the file ends where %s is expected", expected);
    return arena_printf(arena, "expected %s, met %s", expected, met(arena, text));
}

SLOW_PATH const char *damaged(struct scanner *scanner, enum damage damage,
                              const char *at, const char *text)
{
    scanner->damage = damage;
    scanner->damage_at = at;
    scanner->damage_text = text;
    return NULL;
}

SLOW_PATH const char *ends_inside(struct scanner *scanner, const char *what)
{
    scanner->needs_more = !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return damaged(scanner, DAMAGE_CUT_OFF, scanner->end,
                   arena_printf(scanner->texts, "the file ends inside %s", what));
}

SLOW_PATH const char *expected_but(struct scanner *scanner, const char *at,
                                   enum damage damage, const char *expected)
{
    struct str text = { at, (size_t)(scanner->end - at) };

    scanner->needs_more = text.len < scanner_met_bytes(text) && !scanner->is_last;
    if (scanner->needs_more)
        return NULL;
    return damaged(scanner, text.len > 0 ? damage : DAMAGE_CUT_OFF, at,
                   scanner_expected(scanner->texts, expected, text));
}

SLOW_PATH const char *unexpected(struct scanner *scanner, const char *at,
                                 const char *expected_here)
{
    return expected_but(scanner, at, *at == '\0' ? DAMAGE_CONTROL : DAMAGE_SYNTAX,
                        expected_here);
}

/* ---- characters that are no plain ones ------------------------------------------- */

static int hex_digit(char byte)
{
    if (is_digit(byte))
        return byte - '0';
    byte = to_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* `at` is behind "\u". */
static const char *scan_unit(struct scanner *scanner, const char *at, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, at++) {
        int digit = hex_digit(*at);

        if (digit < 0)
            return unexpected(scanner, at, "4 hexadecimal digits after '\\u'");
        *unit = *unit << 4 | (unsigned)digit;
    }
    return at;
}

static const char *scan_unicode(struct scanner *scanner, const char *start)
{
    static const char half[] = "expected both halves of a surrogate pair, met one";
    unsigned first, second;
    const char *at = scan_unit(scanner, start + 2, &first);

    if (at == NULL || first < 0xD800 || first > 0xDFFF)
        return at;
    if (first > 0xDBFF)
        return damaged(scanner, DAMAGE_SURROGATE, start, half);
    for (int i = 0; i < 2; i++, at++) {
        if (at == scanner->end)
            return ends_inside(scanner, "a string");
        if (*at != "\\u"[i])
            return damaged(scanner, DAMAGE_SURROGATE, start, half);
    }
    at = scan_unit(scanner, at, &second);
    if (at != NULL && (second < 0xDC00 || second > 0xDFFF))
        return damaged(scanner, DAMAGE_SURROGATE, start, half);
    return at;
}

SLOW_PATH const char *scan_escape(struct scanner *scanner, const char *at)
{
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return at + 2;
    case 'u':
        return scan_unicode(scanner, at);
    default:
        return unexpected(scanner, at + 1, "one of \"\\/bfnrtu after '\\'");
    }
}

/* One character that is no ASCII; see the Unicode Standard, table 3-7. */
SLOW_PATH const char *scan_character(struct scanner *scanner, const char *at)
{
    unsigned char lead = (unsigned char)*at, low = 0x80, high = 0xBF;
    size_t len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (lead < 0xC2 || lead > 0xF4)
        return expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)at[i];

        if (at + i == scanner->end)
            return ends_inside(scanner, "a string");
        if (byte < low || byte > high)
            return expected_but(scanner, at, DAMAGE_UTF8, "UTF-8 in a string");
        low = 0x80;
        high = 0xBF;
    }
    return at + len;
}

/* ---- strings -------------------------------------------------------------------- */

/* `at` is behind the opening quote. */
static inline const char *scan_string(struct scanner *scanner, const char *at,
                                      bool *has_escape)
{
    while (*(at = skip_plain(at)) != '"') {
        if (*at == '\\') {
            *has_escape = true;
            at = scan_escape(scanner, at);
        } else if ((unsigned char)*at >= 0x80) {
            at = scan_character(scanner, at);
        } else if (at == scanner->end) {
            return ends_inside(scanner, "a string");
        } else {
            return expected_but(scanner, at, DAMAGE_CONTROL,
                                "no control character in a string");
        }
        if (at == NULL)
            return NULL;
    }
    return at + 1;
}

/* ---- numbers and words ---------------------------------------------------------- */

static inline const char *scan_digits(struct scanner *scanner, const char *at,
                                      const char *expected_here)
{
    if (!is_digit(*at))
        return unexpected(scanner, at, expected_here);
    while (is_digit(*at))
        at++;
    return at;
}

static inline const char *scan_number(struct scanner *scanner, const char *at)
{
    if (*at == '-')
        at++;
    if (*at == '0' && is_digit(at[1]))
        return unexpected(scanner, at + 1, "no digit after a leading 0");
    at = scan_digits(scanner, at, "a digit after '-'");
    if (at != NULL && *at == '.')
        at = scan_digits(scanner, at + 1, "a digit after '.'");
    if (at != NULL && (*at == 'e' || *at == 'E')) {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        at = scan_digits(scanner, at, "a digit in an exponent");
    }
    if (at == scanner->end && !scanner->is_last)
        return ends_inside(scanner, "a number");
    return at;
}

static inline const char *scan_word(struct scanner *scanner, const char *at)
{
    const char *quoted = *at == 't' ? "'true'" : *at == 'f' ? "'false'" : "'null'";

    for (const char *letter = quoted + 1; *letter != '\''; letter++, at++) {
        if (*at == *letter)
            continue;
        if (at == scanner->end)
            return ends_inside(scanner, quoted);
        return unexpected(scanner, at, quoted);
    }
    return at;
}

/* ---- keys ----------------------------------------------------------------------- */

/* From here on every key is counted, as known ones are not: there are KNOWN_KEYS of
 * those at most. */
static inline void add_other(struct scanner_frame *frame)
{
    if (++frame->other_keys >= OBJECT_KEYS_MAX - KNOWN_KEYS)
        frame->place = GAP_MANY_KEYS;
}

static inline uint32_t count_keys(const struct scanner_frame *frame)
{
    uint32_t keys = frame->other_keys;

    for (size_t i = 0; i < KNOWN_WORDS; i++)
        keys += (uint32_t)__builtin_popcountll(frame->known[i]);
    return keys;
}

static inline void add_field(struct scanner *scanner, size_t field, const char *at)
{
    scanner->value_end = &scanner->no_end;
    if (field == SIZE_MAX ||
        (scanner->found[field] != NULL && !scanner->projection->takes_last))
        return;
    scanner->found[field] = at;
    scanner->value_end = &scanner->ends[field];
}

static inline void end_field(struct scanner *scanner, const struct scanner_frame *frame,
                             const char *at)
{
    if (frame == scanner->projected)
        *scanner->value_end = at;
}

/* A key is in the object; its value starts at `at`. */
static inline void add_known(struct scanner *scanner, struct scanner_frame *frame,
                             struct known_key *key, const char *at)
{
    uint64_t *word = &frame->known[key->word];

    if ((*word & key->bit) != 0) {
        scanner->has_duplicate = true;
        add_other(frame);
    }
    *word |= key->bit;
    if (frame == scanner->projected)
        add_field(scanner, known_field(key, scanner->projection), at);
}

static void add_unknown(struct scanner *scanner, struct str key, uint32_t hash,
                        const char *at)
{
    struct scanner_frame *frame = scanner->frame;
    void **slot;

    if (frame->unknown == NULL) {
        frame->unknown = arena_new(&scanner->scratch, struct table);
        frame->unknown->arena = &scanner->scratch;
    }
    slot = table_slot(frame->unknown, key);
    if (*slot != NULL)
        scanner->has_duplicate = true;
    *slot = frame;
    add_other(frame);
    if (frame == scanner->projected)
        add_field(scanner, projection_find(scanner->projection, key, hash), at);
}

/* A key, its colon, and the blanks around that. `known`: the key, or NULL: then what
 * was passed over is not to be learned. */
static inline const char *scan_key(struct scanner *scanner, const char *quote,
                                   const char *expected_here, struct known_key **known)
{
    const struct scanner_frame *frame = scanner->frame;
    struct str text;
    uint32_t hash;
    bool has_escape = false;
    const char *at;

    *known = NULL;
    if (*quote != '"')
        return unexpected(scanner, quote, expected_here);
    at = scan_string(scanner, quote + 1, &has_escape);
    if (at == NULL)
        return NULL;
    if (frame->place == GAP_MANY_KEYS && count_keys(frame) == OBJECT_KEYS_MAX)
        return damaged(scanner, DAMAGE_KEYS, quote,
                       arena_printf(scanner->texts, "an object has more than %d keys",
                                    OBJECT_KEYS_MAX));
    text = has_escape ? build_string(&scanner->scratch, quote)
                      : (struct str){ quote + 1, (size_t)(at - quote) - 2 };
    at = skip_blanks(at);
    if (*at != ':')
        return unexpected(scanner, at, "':' after a key");
    at = skip_blanks(at + 1);
    hash = key_hash(text);
    *known = known_find(&scanner->known, text, hash);
    if (*known != NULL)
        add_known(scanner, scanner->frame, *known, at);
    else
        add_unknown(scanner, text, hash, at);
    return at;
}

/* ---- arrays and objects, as they are met the first time ------------------------- */

/* Where a value ended, or where the next one starts. */
struct step {
    const char *at; /* NULL: nothing more to scan */
    bool is_end;
};

static const struct step stop = { NULL, false };

SLOW_PATH struct step too_deep(struct scanner *scanner, const char *at)
{
    damaged(scanner, DAMAGE_DEPTH, at,
            arena_printf(scanner->texts,
                         "more than %d arrays and objects lie in each other",
                         JSON_DEPTH_MAX));
    return stop;
}

static inline struct scanner_frame *open_frame(struct scanner *scanner, bool is_object)
{
    struct scanner_frame *frame = ++scanner->frame;

    *frame = (struct scanner_frame){
        .place = is_object ? GAP_IN_OBJECT : GAP_IN_ARRAY,
        .is_object = is_object,
    };
    return frame;
}

/* From the opening of an array or object, or from the end of a value in one, to the
 * next value; or to the end of that array or object, which ends a value too. What is
 * found right is learned, unless its key is not known, or the end of the text in memory
 * cuts it off. */
SLOW_PATH struct step scan_gap(struct scanner *scanner, const char *from, bool opens)
{
    const bool is_object = opens ? *from == '{' : scanner->frame->is_object;
    struct gap found = { .is_object = is_object };
    const char *at = skip_blanks(from + opens);
    bool has_key = is_object;
    size_t line_ends;

    if (!opens)
        end_field(scanner, scanner->frame, from);
    found.place = opens ? GAP_OPENING : is_object ? GAP_IN_OBJECT : GAP_IN_ARRAY;
    if (*at == (is_object ? '}' : ']')) {
        at++;
        scanner->line_ends += opens ? count(from, at, LINE_ENDS) : 0;
        if (opens)
            return (struct step){ at, true };
        scanner->frame--;
        found.closes = true;
        has_key = false;
    } else if (opens) {
        open_frame(scanner, is_object);
    } else if (*at == ',') {
        at = skip_blanks(at + 1);
    } else {
        unexpected(scanner, at,
                   is_object ? "',' or '}' after an object's member"
                             : "',' or ']' after an array's element");
        return stop;
    }
    if (has_key)
        at = scan_key(scanner, at, opens ? "a key or '}' after '{'" : "a key after ','",
                      &found.key);
    if (at == NULL)
        return stop;
    line_ends = count(from, at, LINE_ENDS);
    scanner->line_ends += line_ends;
    found.line_ends = (uint8_t)line_ends;
    if ((has_key && found.key == NULL) || at == scanner->end)
        scanner->last = &scanner->gaps.unlearned;
    else
        scanner->last = gaps_learn(&scanner->gaps, scanner->last, &found,
                                   (struct str){ from, (size_t)(at - from) });
    return (struct step){ at, found.closes };
}

/* ---- arrays and objects, as they were met before -------------------------------- */

static inline bool is_gap_at(const struct gap *gap, const char *at)
{
    return is_same(gap->bytes, at, gap->last, gap->mask);
}

/* The gap that is there, of those that may follow; or NULL. */
static inline struct gap *follow(const struct gap *last, const char *at, unsigned place)
{
    struct gap *gap = last->next;

    if (gap->place == place && is_gap_at(gap, at))
        return gap;
    gap = last->other;
    return gap->place == place && is_gap_at(gap, at) ? gap : NULL;
}

SLOW_PATH void add_line_ends(struct scanner *scanner, const char *from, const char *to)
{
    scanner->line_ends += count(from, to, LINE_ENDS);
}

/* To the value behind the gap, which may have more blanks before it than it had when
 * the gap was learned. */
static inline const char *pass_gap(struct scanner *scanner, struct scanner_frame *frame,
                                   const struct gap *gap, const char *from)
{
    const char *behind = from + gap->len, *at = skip_blanks(behind);

    scanner->line_ends += gap->line_ends;
    if (at != behind)
        add_line_ends(scanner, behind, at);
    if (gap->key == NULL)
        return at;
    end_field(scanner, frame, from);
    add_known(scanner, frame, gap->key, at);
    return at;
}

static inline struct step walk_opening(struct scanner *scanner, const char *at)
{
    struct gap *gap;
    struct scanner_frame *frame;

    if (scanner->frame == scanner->frames + JSON_DEPTH_MAX)
        return too_deep(scanner, at);
    if (at[1] == at[0] + 2) /* "[]", "{}" */
        return (struct step){ at + 2, true };
    gap = follow(scanner->last, at, GAP_OPENING);
    if (gap == NULL)
        return scan_gap(scanner, at, true);
    scanner->last = gap;
    frame = open_frame(scanner, gap->is_object);
    at = pass_gap(scanner, frame, gap, at);
    /* It was not so when the gap was learned: an empty array, with blanks in it. */
    if (*at == ']' && !gap->is_object) {
        scanner->frame--;
        return (struct step){ at + 1, true };
    }
    return (struct step){ at, false };
}

/* What follows a value: see scan_gap(). */
static inline struct step walk_end(struct scanner *scanner, const char *at)
{
    struct scanner_frame *frame = scanner->frame;
    struct gap *gap = follow(scanner->last, at, frame->place);

    if (gap == NULL)
        return scan_gap(scanner, at, false);
    scanner->last = gap;
    if (!gap->closes)
        return (struct step){ pass_gap(scanner, frame, gap, at), false };
    end_field(scanner, frame, at);
    scanner->line_ends += gap->line_ends;
    scanner->frame--;
    return (struct step){ at + gap->len, true };
}

/* ---- the walk ------------------------------------------------------------------- */

SLOW_PATH const char *scan_scalar(struct scanner *scanner, const char *at)
{
    switch (*at) {
    case 't':
    case 'f':
    case 'n':
        return scan_word(scanner, at);
    default:
        if (*at == '-' || is_digit(*at))
            return scan_number(scanner, at);
        return unexpected(scanner, at, "a value");
    }
}

static inline bool is_word(const char *at, const char word[4])
{
    return memcmp(at, word, 4) == 0;
}

/* What most scalars are. NULL: another one. */
static inline const char *walk_scalar(const char *at)
{
    if (*at >= '1' && *at <= '9') {
        at = skip_digits(at + 1);
        return *at != '.' && *at != 'e' && *at != 'E' ? at : NULL;
    }
    if (is_word(at, "true") || is_word(at, "null"))
        return at + 4;
    return is_word(at, "fals") && at[4] == 'e' ? at + 5 : NULL;
}

/* A number, a word or a string whole, or the opening of an array or an object. */
static inline struct step walk_start(struct scanner *scanner, const char *at)
{
    bool has_escape = false;
    const char *end;

    if (*at == '"')
        return (struct step){ scan_string(scanner, at + 1, &has_escape), true };
    if (*at == '{' || *at == '[')
        return walk_opening(scanner, at);
    end = walk_scalar(at);
    if (end == NULL || end == scanner->end)
        end = scan_scalar(scanner, at);
    return (struct step){ end, true };
}

static inline const char *walk_value(struct scanner *scanner, const char *at)
{
    const struct scanner_frame *const outside = scanner->frame;
    struct step step = { at, false };

    do {
        step = walk_start(scanner, step.at);
        while (step.is_end && step.at != NULL && scanner->frame != outside)
            step = walk_end(scanner, step.at);
    } while (!step.is_end && step.at != NULL);
    return step.at;
}

/* ---- values ---------------------------------------------------------------------- */

static void start(struct scanner *scanner, size_t depth,
                  const struct projection *projection)
{
    arena_reset(&scanner->scratch);
    scanner->has_duplicate = false;
    scanner->line_ends = 0;
    scanner->value_end = &scanner->no_end;
    scanner->needs_more = false;
    scanner->damage = DAMAGE_NONE;
    scanner->frame = scanner->frames + depth;
    scanner->last = &scanner->gaps.start;
    scanner->projection = projection;
    scanner->projected = projection != NULL ? scanner->frame + 1 : NULL;
    if (projection == NULL || projection->count == 0)
        return;
    if (projection->count > scanner->found_capacity) {
        scanner->found_capacity = projection->capacity;
        scanner->found =
            arena_array(scanner->arena, scanner->found_capacity, const char *);
        scanner->ends =
            arena_array(scanner->arena, scanner->found_capacity, const char *);
    }
    memset(scanner->found, 0, projection->count * sizeof(const char *));
}

const char *scanner_value(struct scanner *scanner, const char *at, size_t depth,
                          const struct projection *projection)
{
    start(scanner, depth, projection);
    return walk_value(scanner, at);
}

const char *scanner_string(struct scanner *scanner, const char *at)
{
    bool has_escape = false;

    start(scanner, 0, NULL);
    return scan_string(scanner, at + 1, &has_escape);
}
