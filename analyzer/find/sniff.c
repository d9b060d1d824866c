#include "find/sniff.h"

#include "find/failure.h"

#include <stdint.h>
#include <string.h>

enum {
    RULE_BYTES_MIN = 10, /* of a table's border */
    TAR_MAGIC_AT = 257,
    TAR_MAGIC_BYTES = 8,
    ZIP_NAME_AT = 30, /* the first member's */
};

/* Functions that a query may begin with. */
static const char *const functions[] = {
    "join(",    "length(",  "map(",  "max_by(",   "min_by(",    "not_null(",
    "reverse(", "sort_by(", "sort(", "to_array(", "to_string(",
};

/* What archives and compressed files begin with. None may begin JSON. */
static const char *const archives[] = {
    "PK\x03\x04", "PK\x05\x06",        "PK\x07\x08",       "\x1F\x8B",
    "BZh",        "\xFD\x37\x7A\x58Z", "\x28\xB5\x2F\xFD", "7z\xBC\xAF\x27\x1C",
};

static bool begins_with_one_of(struct str head, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts_with(head, str_from(texts[i])))
            return true;
    return false;
}

#define BEGINS_WITH_ONE_OF(head, texts)                                                \
    begins_with_one_of((head), (texts), sizeof(texts) / sizeof *(texts))

/* POSIX's and GNU's magic hold a NUL, so no JSON has them. */
static bool is_tar(struct str head)
{
    const char *magic;

    if (head.len < TAR_MAGIC_AT + TAR_MAGIC_BYTES)
        return false;
    magic = head.text + TAR_MAGIC_AT;
    return memcmp(magic, "ustar\0", 6) == 0 || memcmp(magic, "ustar  \0", 8) == 0;
}

/* A zip file whose first member is one that Office's formats begin with. */
static bool is_office(struct str head)
{
    static const char *const members[] = {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/",
        "word/",
        "xl/",
        "ppt/",
        "META-INF/",
        "mimetypeapplication/",
    };

    if (!str_starts_with(head, STR("PK\x03\x04")) || head.len <= ZIP_NAME_AT)
        return false;
    return BEGINS_WITH_ONE_OF(str_slice(head, ZIP_NAME_AT, head.len), members);
}

static struct str without_mark(struct str head)
{
    return str_starts_with(head, STR("\xEF\xBB\xBF")) ? str_slice(head, 3, head.len)
                                                      : head;
}

static struct str without_blanks(struct str text)
{
    size_t at = 0;

    while (at < text.len && is_blank_byte(text.text[at]))
        at++;
    return str_slice(text, at, text.len);
}

/* Up to the first line end. */
static struct str first_line(struct str text)
{
    size_t to = 0;

    while (to < text.len && text.text[to] != '\n' && text.text[to] != '\r')
        to++;
    return str_slice(text, 0, to);
}

/* ---- lines that tell what they are ---- */

static size_t digits_at(struct str line, size_t at)
{
    size_t to = at;

    while (to < line.len && is_digit(line.text[to]))
        to++;
    return to - at;
}

/* As JSON writes it, but for leading zeros: an account id is a number too. */
static bool is_number(struct str line)
{
    size_t at = line.len > 0 && line.text[0] == '-', digits = digits_at(line, at);

    at += digits;
    if (digits > 0 && at < line.len && line.text[at] == '.') {
        digits = digits_at(line, at + 1);
        at += 1 + digits;
    }
    if (digits > 0 && at < line.len && (line.text[at] == 'e' || line.text[at] == 'E')) {
        at++;
        if (at < line.len && (line.text[at] == '+' || line.text[at] == '-'))
            at++;
        digits = digits_at(line, at);
        at += digits;
    }
    return digits > 0 && at == line.len;
}

static bool is_scalar(struct str line)
{
    return line.text[0] == '"' || str_equal(line, STR("null")) ||
           str_equal(line, STR("true")) || str_equal(line, STR("false")) ||
           is_number(line);
}

static bool is_table(struct str line)
{
    size_t rule = 0;

    while (rule < line.len && (line.text[rule] == '-' || line.text[rule] == '+'))
        rule++;
    return line.text[0] == '|' || (rule == line.len && rule >= RULE_BYTES_MIN);
}

static bool begins_a_value(char byte)
{
    return byte == '\'' || byte == '"' || byte == '[' || byte == '{' || is_digit(byte);
}

/* `Word:`, and behind it nothing or a value as the AWS CLI writes it. "Error: no such
 * host" is none. */
static bool is_yaml_member(struct str line)
{
    size_t at = 0;

    while (at < line.len && (is_letter(line.text[at]) || is_digit(line.text[at])))
        at++;
    if (at == 0 || at == line.len || line.text[at] != ':')
        return false;
    return at + 1 == line.len || (at + 2 < line.len && line.text[at + 1] == ' ' &&
                                  begins_a_value(line.text[at + 2]));
}

static bool is_yaml(struct str line)
{
    if (str_starts_with(line, STR("- ")))
        line = str_slice(line, 2, line.len);
    return str_equal(line, STR("---")) || is_yaml_member(line);
}

/* Fields between tabs; a nothing is printed as None. */
static bool is_text(struct str line)
{
    return memchr(line.text, '\t', line.len) != NULL || str_equal(line, STR("None"));
}

/* A key and a selector: "DBSnapshots[?", "DBSnapshots[]". */
static bool is_selection(struct str text)
{
    size_t len = 0;

    while (len < text.len && (is_letter(text.text[len]) || is_digit(text.text[len])))
        len++;
    text = str_slice(text, len, text.len);
    if (len == 0 || text.len < 2 || text.text[0] != '[')
        return false;
    return text.text[1] == '?' || text.text[1] == ']' || text.text[1] == '*' ||
           text.text[1] == '-' || text.text[1] == ':' || is_digit(text.text[1]);
}

/* Perhaps in quotes: cmd.exe hands single quotes on, and the AWS CLI then prints the
 * text between them as its answer. */
static bool is_query(struct str line)
{
    if (line.text[0] == '\'' || line.text[0] == '"')
        line = str_slice(line, 1, line.len);
    return is_selection(line) || BEGINS_WITH_ONE_OF(line, functions);
}

/* Behind a prompt, perhaps. */
static bool is_command(struct str line)
{
    static const char *const begins[] = { "aws ",   "aws.exe ", "$ aws ",
                                          "# aws ", "% aws ",   "> aws " };
    bool is_windows = str_starts_with(line, STR("PS ")) ||
                      (line.len > 1 && is_letter(line.text[0]) && line.text[1] == ':');

    return BEGINS_WITH_ONE_OF(line, begins) ||
           (is_windows && (str_find(line, STR(">aws ")) != SIZE_MAX ||
                           str_find(line, STR("> aws ")) != SIZE_MAX));
}

/* Nothing but blanks follows the first line: it is not one of several documents. */
static bool is_alone(struct str text)
{
    return without_blanks(str_slice(text, first_line(text).len, text.len)).len == 0;
}

/* ---- JSON ---- */

static bool begins_typographic(struct str text)
{
    static const char *const quotes[] = { "\xE2\x80\x9C", "\xE2\x80\x9D",
                                          "\xE2\x80\x9E", "\xE2\x80\x98",
                                          "\xE2\x80\x99", "\xC2\xAB" };

    return BEGINS_WITH_ONE_OF(text, quotes);
}

/* [ZoneTransfer], [2026-11-24 12:00:00] started, [me@host ~]$: words in brackets, which
 * no JSON begins with. `text` is what stands behind the bracket. */
static bool is_bracketed_word(struct str text)
{
    size_t to = 0;
    struct str word;

    while (to < text.len && text.text[to] != ']' && text.text[to] != ',' &&
           text.text[to] != '"' && text.text[to] != '{' && text.text[to] != '[' &&
           text.text[to] != '\n')
        to++;
    if (to == 0 || to == text.len || text.text[to] != ']')
        return false;
    word = str_trim(str_slice(text, 0, to));
    return word.len > 0 && !is_scalar(word);
}

/* What may stand behind the first brace or bracket; a template's mark, say, may not. */
static bool begins_json(struct str text)
{
    struct str behind = without_blanks(str_slice(text, 1, text.len));
    char byte;

    if (behind.len == 0)
        return true;
    byte = behind.text[0];
    if (text.text[0] == '{')
        return byte == '"' || byte == '\'' || byte == '}' || is_letter(byte);
    if (byte == '[' && behind.len > 1 && !is_blank_byte(behind.text[1]))
        return begins_json(behind);
    return (unsigned char)byte < 0x80 && byte != '!' && byte != '_' &&
           !is_bracketed_word(behind);
}

static bool may_be_json(struct str text)
{
    return text.text[0] == '{' || text.text[0] == '[';
}

size_t sniff_json_at(struct str head)
{
    for (size_t i = 0; i < head.len; i++) {
        struct str text = str_slice(head, i, head.len), behind;

        if (!may_be_json(text))
            continue;
        behind = without_blanks(str_slice(text, 1, text.len));
        if (behind.len == 0)
            return SIZE_MAX;
        if (behind.text[0] == '"' ||
            (text.text[0] == '[' && (behind.text[0] == '{' || behind.text[0] == ']')) ||
            (text.text[0] == '{' && behind.text[0] == '}'))
            return i;
    }
    return SIZE_MAX;
}

/* What a shell writes before it waits for a command; `has_more`: lines follow. */
static bool is_prompt(struct str line, bool has_more)
{
    static const char *const ends[] = { "$ ", "# ", "% ", "> " };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = str_find(line, str_from(ends[i]));
        if (at == SIZE_MAX || at == 0 || at + 2 >= line.len)
            continue;
        if (str_find(str_slice(line, 0, at), STR("@")) != SIZE_MAX ||
            (has_more &&
             str_starts_with(str_slice(line, at + 2, line.len), STR("aws "))))
            return true;
    }
    return false;
}

static enum sniff sniff_text(struct str text)
{
    struct str line = str_trim(first_line(text));

    if (is_query(line) && (line.text[0] != '"' || is_alone(text)))
        return SNIFF_QUERY;
    if (is_scalar(line))
        return SNIFF_SCALAR;
    if (is_prompt(line, !is_alone(text)))
        return SNIFF_TERMINAL;
    if (is_command(line))
        return SNIFF_QUERY;
    if (str_starts_with(text, STR("#!")))
        return SNIFF_SCRIPT;
    if (is_table(line))
        return SNIFF_TABLE;
    if (is_yaml(line))
        return SNIFF_YAML;
    if (is_text(line))
        return SNIFF_TEXT;
    return sniff_json_at(text) != SIZE_MAX ? SNIFF_BEFORE : SNIFF_OTHER;
}

enum sniff sniff(struct str head)
{
    struct str text;

    if (head.len == 0)
        return SNIFF_EMPTY;
    if (is_office(head))
        return SNIFF_OFFICE;
    if (BEGINS_WITH_ONE_OF(head, archives) || is_tar(head))
        return SNIFF_ARCHIVE;
    text = without_blanks(without_mark(head));
    if (text.len == 0)
        return SNIFF_BLANK;
    if (may_be_json(text) && begins_json(text))
        return SNIFF_JSON;
    if (may_be_json(text) &&
        begins_typographic(without_blanks(str_slice(text, 1, text.len))))
        return SNIFF_QUOTES;
    if (failure_begins(text))
        return SNIFF_CLI_ERROR;
    return sniff_text(text);
}

struct str sniff_line(struct str head)
{
    return str_trim(first_line(without_blanks(without_mark(head))));
}
