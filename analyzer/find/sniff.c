#include "find/sniff.h"

#include "base/machine.h"
#include "find/failure.h"
#include "json/expand.h"
#include "json/utf16.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ZIP_NAME_AT = 30, /* the first member's */
};

#define LINE_END "[ \\t]*(?:[\\r\\n]|\\z)"
#define NUMBER   "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
#define SCALAR   "(?:\"|(?:null|true|false|" NUMBER ")" LINE_END ")"

/* What text tells that it is, from its first byte that is not blank; the first that
 * matches counts. */
static const struct {
    enum sniff sniff;
    const char *pattern;
} texts[] = {
    /* A query, perhaps in quotes: cmd.exe hands single quotes on, and the AWS CLI then
     * prints the text between them as its answer. What follows text in double quotes
     * makes it one of several documents. */
    { SNIFF_QUERY, "^(?!\"[^\\r\\n]*[\\r\\n]\\s*\\S)['\"]?"
                   "(?:[A-Za-z0-9]+\\[[?\\]*:0-9-]|(?:join|length|map|max_by|min_by|"
                   "not_null|reverse|sort|sort_by|to_array|to_string)\\()" },
    /* An account id, with leading zeros, is a number too. */
    { SNIFF_SCALAR, "^" SCALAR },
    /* A shell's prompt before a command: me@host, or `aws` with an answer below it. */
    { SNIFF_TERMINAL, "^[^@\\r\\n]*+@[^\\r\\n]*?[$#%>] [ \\t]*\\S" },
    { SNIFF_TERMINAL, "^[^\\r\\n]+?[$#%>] aws [^\\r\\n]*[\\r\\n]\\s*\\S" },
    /* A command, behind a prompt perhaps. */
    { SNIFF_QUERY, "^(?:[$#%>] )?aws(?:\\.exe)? " },
    { SNIFF_QUERY, "^(?:PS |[A-Za-z]:)[^\\r\\n]*?> ?aws " },
    { SNIFF_SCRIPT, "^#!" },
    { SNIFF_TABLE, "^(?:\\||[-+]{10,}" LINE_END ")" },
    /* `Word:`, and behind it nothing or a value as the AWS CLI writes it. */
    { SNIFF_YAML,
      "^(?:- )?(?:---" LINE_END "|[A-Za-z0-9]+:(?:" LINE_END "| ['\"\\[{0-9]))" },
    /* Fields between tabs; a nothing is printed as None. */
    { SNIFF_TEXT, "^(?:[^\\t\\r\\n]*\\t[ \\t]*\\S|None" LINE_END ")" },
};

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
        NULL,
    };

    return str_starts_with(head, STR("PK\x03\x04")) && head.len > ZIP_NAME_AT &&
           str_fits_one(str_slice(head, ZIP_NAME_AT, head.len), members,
                        str_starts_with);
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

/* ---- JSON ---- */

static bool begins_typographic(struct str text)
{
    static const char *const quotes[] = { "\xE2\x80\x9C",
                                          "\xE2\x80\x9D",
                                          "\xE2\x80\x9E",
                                          "\xE2\x80\x98",
                                          "\xE2\x80\x99",
                                          "\xC2\xAB",
                                          NULL };

    return str_fits_one(text, quotes, str_starts_with);
}

/* [ZoneTransfer], [2026-11-24 12:00:00] started, [me@host ~]$: words in brackets, which
 * no JSON begins with. `text` is what stands behind the bracket and blanks. */
static bool is_bracketed_word(struct pattern_match *match, struct str text)
{
    return text.text[0] != '"' && text.text[0] != '{' &&
           pattern_text_matches(
               STR("^(?!(?:null|true|false|" NUMBER ")\\s*\\])[^],\"{[\\n]+\\]"), match,
               text);
}

/* What may stand behind the first brace or bracket; a template's mark, say, may not. */
static bool begins_json(struct pattern_match *match, struct str text)
{
    struct str behind = without_blanks(str_slice(text, 1, text.len));
    char byte;

    if (behind.len == 0)
        return true;
    byte = behind.text[0];
    if (text.text[0] == '{')
        return byte == '"' || byte == '\'' || byte == '}' || is_letter(byte);
    if (byte == '[' && behind.len > 1 && !is_blank_byte(behind.text[1]))
        return begins_json(match, behind);
    return (unsigned char)byte < 0x80 && byte != '!' && byte != '_' &&
           !is_bracketed_word(match, behind);
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

static enum sniff sniff_text(struct pattern_match *match, struct str text)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (pattern_text_matches(str_from(texts[i].pattern), match, text))
            return texts[i].sniff;
    return sniff_json_at(text) != SIZE_MAX ? SNIFF_BEFORE : SNIFF_OTHER;
}

enum sniff sniff(struct pattern_match *match, struct str head)
{
    struct str text = without_blanks(without_mark(head));

    if (head.len == 0)
        return SNIFF_EMPTY;
    if (is_office(head))
        return SNIFF_OFFICE;
    if (packing_of(head) != PACKING_NONE)
        return SNIFF_ARCHIVE;
    if (text.len == 0)
        return SNIFF_BLANK;
    if (failure_is_json(head))
        return SNIFF_CLI_ERROR;
    if (may_be_json(text) && begins_json(match, text))
        return SNIFF_JSON;
    if (may_be_json(text) &&
        begins_typographic(without_blanks(str_slice(text, 1, text.len))))
        return SNIFF_QUOTES;
    if (failure_begins(text))
        return SNIFF_CLI_ERROR;
    return sniff_text(match, text);
}

struct str sniff_line(struct str head)
{
    struct str text = without_blanks(without_mark(head));
    size_t to = 0;

    while (to < text.len && text.text[to] != '\n' && text.text[to] != '\r')
        to++;
    return str_trim(str_slice(text, 0, to));
}

/* ---- of a file ---- */

/* Neither follows a link, waits for a FIFO's writer nor makes a terminal ours, whatever
 * a name turns out to be. */
enum { OPEN_SAFELY = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW };

bool head_read(int folder, const char *name, size_t last, struct head *head)
{
    int file = openat(folder, name, OPEN_SAFELY);
    struct stat status;
    ssize_t len = 1;
    int error = 0;

    head->len = 0;
    if (file < 0) {
        machine_check(errno);
        return false;
    }
    if (fstat(file, &status) != 0)
        error = errno;
    if (error != 0 || !S_ISREG(status.st_mode))
        len = 0;
    if (len != 0 && last > 0 && lseek(file, -(off_t)last, SEEK_END) < 0)
        error = errno;
    while (len != 0 && error == 0 && head->len < sizeof head->bytes) {
        len = read(file, head->bytes + head->len, sizeof head->bytes - head->len);
        if (len > 0) {
            head->len += (size_t)len;
        } else if (len < 0 && errno != EINTR) {
            error = errno;
            len = 0;
        }
    }
    close(file);
    machine_check(error);
    errno = error;
    return error == 0;
}

void head_decode(struct head *head, struct str *text)
{
    enum utf16_order order;

    *text = (struct str){ head->bytes, head->len };
    order = utf16_order(*text);
    if (order == UTF16_NONE)
        return;
    text->len = utf16_decode(order, text, false, head->decoded, sizeof head->decoded);
    text->text = head->decoded;
}

enum sniff head_sniff(struct pattern_match *match, struct head *head)
{
    struct str text;

    head_decode(head, &text);
    return sniff(match, text);
}
