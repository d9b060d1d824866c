#include "find/failure.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

#define OCCURRED "An error occurred ("

/* ---- what lines begin with ---- */

/* The tools that may say it. */
static const char *const speakers[] = {
    "aws: [ERROR]: ", "aws.exe: [ERROR]: ", "aws: error: ",  "aws.exe: error: ",
    "aws : ",         "aws.exe : ",         "fatal error: ",
};

static const char again[] = "collect it again";
static const char not_installed[] =
    "the AWS CLI was not found: install it, or run the command where it is installed";

/* What is to be done, and what tells so: parts of the codes that AWS gives for errors,
 * of which the first that fits counts, and how lines begin that the AWS CLI, or a shell
 * that did not find it, writes to standard error. */
static const struct remedy {
    const char *advice;
    const char *const *codes, *const *beginnings; /* NULL ends them, and is none */
} remedies[] = {
    { "log in again (aws sso login, or aws login), and collect it again",
      (const char *const[]){ "ExpiredToken", "RequestExpired", "TokenRefreshRequired",
                             "InvalidGrant", NULL },
      (const char *const[]){ "The SSO session", "The SSO access token",
                             "Error loading SSO Token", "Error when retrieving",
                             "Token has expired", "Token for ",
                             "Your session has expired", "Your session ",
                             "The security token included in the request",
                             "Missing the following required SSO configuration",
                             "Pending authorization expired", "ExpiredToken",
                             "Error: Credentials were refreshed", NULL } },
    { "collect it again with a role that has the permission",
      (const char *const[]){ "AccessDenied", "UnauthorizedOperation", "NotAuthorized",
                             "Forbidden", NULL },
      NULL },
    { "collect it again, with fewer calls at a time",
      (const char *const[]){ "Throttl", "TooManyRequests", "RequestLimitExceeded",
                             "SlowDown", NULL },
      NULL },
    { "give the AWS CLI credentials (--profile), and collect it again",
      (const char *const[]){ "NoCredentials", NULL },
      (const char *const[]){ "Unable to locate credentials", "Partial credentials",
                             "The config profile", "Unable to assume role", NULL } },
    { "collect it again with --region", (const char *const[]){ "NoRegion", NULL },
      (const char *const[]){ "Provided region_name", "You must specify a region",
                             NULL } },
    { "check that the credentials are right and that the account has enabled the "
      "region; "
      "then collect it again",
      (const char *const[]){
          "AuthFailure", "InvalidClientTokenId", "UnrecognizedClient", "OptInRequired",
          "SubscriptionRequired", "InvalidSignature", "SignatureDoesNotMatch", NULL },
      NULL },
    { "check the network, and that the region has the service; then collect it again",
      (const char *const[]){ "EndpointConnection", "ConnectTimeout", "ReadTimeout",
                             NULL },
      (const char *const[]){ "An HTTP Client ", "Could not connect to the endpoint URL",
                             "Failed to connect to ", "Invalid endpoint",
                             "Connect timeout", "Connection was closed before",
                             "Connection timed out", "Read timeout",
                             "SSL validation failed", NULL } },
    { "check that what it asks for exists, and collect it again",
      (const char *const[]){ "NotFound", NULL }, NULL },
    { "correct the command's options, and collect it again",
      (const char *const[]){ "ParamValidation", "Validation", "InvalidParameter",
                             NULL },
      (const char *const[]){ "Unable to parse config file", "Error parsing parameter",
                             "usage: aws", "Unknown options:", "Unknown output type",
                             "Invalid choice", "Parameter validation failed",
                             "the following arguments are required", "argument ",
                             "Bad value for --query", NULL } },
    { again, NULL,
      (const char *const[]){ "Unable to redirect output to pager", NULL } },
    { "set PYTHONUTF8=1 (or PYTHONIOENCODING=utf-8), and collect it again", NULL,
      (const char *const[]){ "'charmap' codec can't", "'ascii' codec can't",
                             "UnicodeEncodeError", NULL } },
    { not_installed, NULL,
      (const char *const[]){
          "zsh: command not found: aws", "fish: Unknown command: aws",
          "aws: command not found", "bash: aws: command not found",
          "-bash: aws: command not found", "bash: /usr/local/bin/aws: No such file",
          "sh: aws: not found", "sh: 1: aws: not found", "/bin/sh: aws: not found",
          "/bin/sh: 1: aws: not found", "-sh: aws: not found", "ash: aws: not found",
          "env: aws: No such file", "env: 'aws': No such file",
          "'aws' is not recognized", "The term 'aws' is not recognized",
          "Command 'aws' not found", NULL } },
};

/* ---- lines ---- */

static struct str next_line(struct str *rest)
{
    size_t to = 0, from;
    struct str line;

    while (to < rest->len && rest->text[to] != '\n' && rest->text[to] != '\r')
        to++;
    line = str_slice(*rest, 0, to);
    from = to;
    if (from < rest->len && rest->text[from] == '\r')
        from++;
    if (from < rest->len && rest->text[from] == '\n')
        from++;
    *rest = str_slice(*rest, from, rest->len);
    return line;
}

static struct str without_mark(struct str text)
{
    return str_starts_with(text, STR("\xEF\xBB\xBF")) ? str_slice(text, 3, text.len)
                                                      : text;
}

static struct str without_speaker(struct str line)
{
    for (size_t i = 0; i < sizeof speakers / sizeof *speakers; i++) {
        struct str speaker = str_from(speakers[i]);

        if (str_starts_with(line, speaker))
            return str_slice(line, speaker.len, line.len);
        if (str_equal(line, str_trim(speaker)))
            return STR("");
    }
    return line;
}

/* NULL: the line does not begin as one that the AWS CLI writes. */
static const struct remedy *remedy_of_line(struct str line)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (str_fits_one(line, remedies[i].beginnings, str_starts_with))
            return &remedies[i];
    return NULL;
}

static const struct remedy *remedy_of_code(struct str code)
{
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (str_fits_one(code, remedies[i].codes, str_holds))
            return &remedies[i];
    return NULL;
}

/* Of PowerShell's account of where the error was met. */
static bool is_powershells(struct str line)
{
    static const char *const begins[] = { "At line:", "+ ", "At C:\\", NULL };

    return str_fits_one(str_trim(line), begins, str_starts_with);
}

/* Warnings, debug output: what does not say why a call failed. */
static bool is_beside_the_point(struct str line)
{
    static const char *const holds[] = {
        "Warning:",      "warnings.warn", " - DEBUG - ",    " - INFO - ", "urllib3",
        "Note: AWS CLI", "NOTE: AWS CLI", "[notice]",       "Python 2.7", "upgrade to",
        "Deprecat",      "CategoryInfo",  "FullyQualified", "At line:",   NULL,
    };

    line = str_trim(line);
    return line.len == 0 || line.text[0] == '+' || str_fits_one(line, holds, str_holds);
}

/* ---- quoting ---- */

static struct str cut(struct str text, size_t bytes_max)
{
    if (text.len <= bytes_max)
        return text;
    text = str_slice(text, 0, bytes_max + 1);
    /* not in the middle of a character */
    do
        text.len--;
    while (text.len > 0 && ((unsigned char)text.text[text.len] & 0xC0) == 0x80);
    return text;
}

/* Where the part begins, in any case, or the text's length. */
static size_t find_ignoring_case(struct str text, struct str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (str_equal_ignoring_case(str_slice(text, i, i + part.len), part))
            return i;
    return text.len;
}

static bool holds_ignoring_case(struct str text, struct str part)
{
    return find_ignoring_case(text, part) < text.len;
}

/* What stands before the names of secrets. */
static struct str before_secrets(struct str text)
{
    static const char *const names[] = {
        "X-Amz-",          "Signature=",   "Authorization",     "aws_secret_access_key",
        "SecretAccessKey", "SessionToken", "aws_session_token", "BEGIN ",
    };
    size_t shortest = text.len;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = find_ignoring_case(text, str_from(names[i]));

        shortest = at < shortest ? at : shortest;
    }
    return str_slice(text, 0, shortest);
}

static const char *redacted(struct arena *arena, struct str text)
{
    struct str shown = before_secrets(text);
    bool is_whole = shown.len == text.len;

    shown = str_trim(cut(shown, FAILURE_LINE_BYTES_MAX));
    return is_whole ? str_copy(arena, shown).text
                    : arena_printf(arena, "%.*s ...", STR_ARG(shown));
}

/* A word of many letters and digits, as keys and tokens are. */
static bool has_random_word(struct str line)
{
    enum { WORD_BYTES_MAX = 16 };
    size_t len = 0, digits = 0, letters = 0;

    for (size_t i = 0; i < line.len; i++) {
        char byte = line.text[i];

        if (is_blank_byte(byte)) {
            len = digits = letters = 0;
            continue;
        }
        len++;
        digits += is_digit(byte);
        letters += is_letter(byte);
        if (len > WORD_BYTES_MAX && digits > 2 && letters > 2)
            return true;
    }
    return false;
}

static bool looks_secret(struct str line)
{
    static const char *const names[] = {
        "X-Amz-",      "secret",    "password",   "passwd", "token",
        "AKIA",        "ASIA",      "Bearer",     "://",    "api_key",
        "PRIVATE KEY", "signature", "credential", NULL,
    };

    return str_fits_one(line, names, holds_ignoring_case) || has_random_word(line);
}

const char *failure_quote(struct arena *arena, struct str line)
{
    struct str shown;
    char mark;

    line = str_trim(line);
    if (looks_secret(line))
        return "(not quoted: it may be a secret)";
    shown = str_trim(cut(line, FAILURE_QUOTE_BYTES_MAX));
    mark = str_find(shown, STR("'")) != SIZE_MAX ? '"' : '\'';
    return arena_printf(arena, "%c%.*s%c%s", mark, STR_ARG(shown), mark,
                        line.len > FAILURE_QUOTE_BYTES_MAX ? "..." : "");
}

const char *failure_last_line(struct arena *arena, struct str text)
{
    struct str rest = without_mark(text), last = STR_NONE;

    while (rest.len > 0) {
        struct str line = next_line(&rest);

        if (!is_beside_the_point(line))
            last = line;
    }
    return last.text != NULL ? failure_quote(arena, last) : NULL;
}

/* ---- the sentence of an error ---- */

static const char *advice_of(struct str code, struct str message)
{
    const struct remedy *remedy = remedy_of_code(code);

    if (remedy == NULL)
        remedy = remedy_of_line(str_trim(message));
    if (remedy != NULL)
        return remedy->advice;
    return str_holds(message, STR("not authorized to perform"))
               ? remedy_of_code(STR("AccessDenied"))->advice
               : again;
}

/* Absent: it has bytes that no code of AWS has, or too many. */
static struct str kept_code(struct arena *arena, struct str code)
{
    static const char others[] = { '.', '_', '-', ':' };

    for (size_t i = 0; i < code.len; i++)
        if (!is_word_byte(code.text[i]) &&
            memchr(others, code.text[i], sizeof others) == NULL)
            return STR_NONE;
    if (code.len == 0 || code.len > FAILURE_WORD_BYTES_MAX)
        return STR_NONE;
    return str_copy(arena, code);
}

/* "DescribeDBSnapshots" from "… when calling the DescribeDBSnapshots operation: …",
 * or absent. */
static struct str operation_of(struct arena *arena, struct str line)
{
    const struct str before = STR(" when calling the "), behind = STR(" operation");
    size_t at = str_find(line, before), len = 0;

    if (at == SIZE_MAX)
        return STR_NONE;
    line = str_slice(line, at + before.len, line.len);
    while (len < line.len && is_word_byte(line.text[len]))
        len++;
    if (len == 0 || len > FAILURE_WORD_BYTES_MAX ||
        !str_starts_with(str_slice(line, len, line.len), behind))
        return STR_NONE;
    return str_copy(arena, str_slice(line, 0, len));
}

/* The line that starts the text; of one that PowerShell broke, its parts in one. */
static struct str whole_line(struct arena *arena, struct str text, bool is_wrapped)
{
    struct buf buf = BUF_EMPTY(arena);
    struct str line = next_line(&text);

    if (!is_wrapped)
        return line;
    buf_add(&buf, line);
    while (text.len > 0) {
        line = next_line(&text);
        if (line.len == 0 || is_powershells(line))
            break;
        buf_add(&buf, line);
    }
    return buf_str(&buf);
}

static bool find_sentence(struct arena *arena, struct str head, struct failure *failure)
{
    bool is_wrapped =
        str_holds(head, STR("CategoryInfo")) || str_holds(head, STR("At line:"));
    size_t at = str_find(head, STR(OCCURRED)), code_to;
    struct str line, code;

    if (at == SIZE_MAX)
        return false;
    line = whole_line(arena, str_slice(head, at, head.len), is_wrapped);
    code_to = str_find(line, STR(")"));
    code = str_slice(line, sizeof OCCURRED - 1,
                     code_to != SIZE_MAX ? code_to : sizeof OCCURRED - 1);
    *failure =
        (struct failure){ .of = is_wrapped ? FAILURE_OF_CLI_BY_SHELL : FAILURE_OF_CLI,
                          .said = redacted(arena, line),
                          .advice = advice_of(code, STR("")),
                          .code = kept_code(arena, code),
                          .operation = operation_of(arena, line),
                          .denied = denial_find(arena, before_secrets(line)) };
    return true;
}

static bool find_beginning(struct arena *arena, struct str head,
                           struct failure *failure)
{
    bool is_wrapped = str_holds(head, STR("CategoryInfo"));
    struct str rest = head;

    while (rest.len > 0) {
        struct str from = rest, line = next_line(&rest), said;
        const struct remedy *remedy;

        said = without_speaker(str_trim(line));
        remedy = remedy_of_line(said);
        if (remedy == NULL &&
            (said.len == str_trim(line).len || is_beside_the_point(said)))
            continue;
        if (is_wrapped)
            said = without_speaker(str_trim(whole_line(arena, from, true)));
        *failure =
            (struct failure){ .said = redacted(arena, said),
                              .advice = remedy != NULL ? remedy->advice : again };
        if (failure->advice == not_installed)
            failure->of = FAILURE_OF_SHELL;
        else if (is_wrapped)
            failure->of = FAILURE_OF_CLI_BY_SHELL;
        return true;
    }
    return false;
}

/* ---- the CLI's error formats ---- */

/* It ends as one, or begins as one that is known. */
static bool is_error_code(struct str text)
{
    static const char *const ends[] = { "Exception", "Error",       "Denied",
                                        "Fault",     "Expired",     "NotFound",
                                        "Failure",   "Unavailable", NULL };

    for (size_t i = 0; i < text.len; i++)
        if (!is_letter(text.text[i]) && !is_digit(text.text[i]) && text.text[i] != '.')
            return false;
    if (text.len > 0 && str_fits_one(str_slice(text, 1, text.len), ends, str_ends_with))
        return true;
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (str_fits_one(text, remedies[i].codes, str_starts_with))
            return true;
    return false;
}

static bool fill(struct arena *arena, struct str code, struct str message,
                 struct failure *failure)
{
    if (code.len == 0 || message.text == NULL)
        return false;
    *failure = (struct failure){
        .said =
            redacted(arena, str_from(arena_printf(arena, "%.*s: %.*s", STR_ARG(code),
                                                  STR_ARG(message)))),
        .advice = advice_of(code, message),
        .code = kept_code(arena, code),
        .operation = operation_of(arena, message),
        .denied = denial_find(arena, before_secrets(message)),
    };
    return true;
}

static struct str member(const json_t *object, const char *name, const char *other)
{
    const char *text = json_string_value(json_object_get(object, name));

    if (text == NULL)
        text = json_string_value(json_object_get(object, other));
    return str_from(text);
}

/* Whether an object begins with a member that an error has: hardly any source does. */
static bool may_be_error(struct str head)
{
    static const char *const keys[] = { "\"Code\"",   "\"Message\"", "\"Error\"",
                                        "\"__type\"", "\"code\"",    "\"message\"",
                                        NULL };
    struct str text = str_trim(without_mark(head));

    if (text.len == 0 || text.text[0] != '{')
        return false;
    return str_fits_one(str_trim(str_slice(text, 1, text.len)), keys, str_starts_with);
}

/* The code's last part: com.amazon.coral.service#AccessDeniedException */
static struct str short_code(struct str code)
{
    size_t at = str_find(code, STR("#"));

    return at != SIZE_MAX ? str_slice(code, at + 1, code.len) : code;
}

/* {"Code": …, "Message": …}, perhaps below "Error". NULL: it is not; else to be
 * released. */
static json_t *load_error(struct str head, struct str *code, struct str *message)
{
    json_t *document, *error;

    if (!may_be_error(head))
        return NULL;
    head = str_trim(without_mark(head));
    document = json_loadb(head.text, head.len, JSON_DISABLE_EOF_CHECK, NULL);
    error = json_object_get(document, "Error");
    if (!json_is_object(error))
        error = document;
    *code = short_code(member(error, "Code", "__type"));
    if (code->text == NULL)
        *code = member(error, "code", "code");
    *message = member(error, "Message", "message");
    if (message->text != NULL && is_error_code(*code))
        return document;
    json_decref(document);
    return NULL;
}

bool failure_is_json(struct str head)
{
    struct str code, message;
    json_t *document = load_error(head, &code, &message);

    json_decref(document);
    return document != NULL;
}

static bool find_json(struct arena *arena, struct str head, struct failure *failure)
{
    struct str code, message;
    json_t *document = load_error(head, &code, &message);
    bool found = document != NULL && fill(arena, code, message, failure);

    json_decref(document);
    return found;
}

/* The value of `Name: value`. */
static struct str yaml_value(struct str line, struct str name)
{
    line = str_trim(line);
    if (!str_starts_with(line, name) || line.len <= name.len ||
        line.text[name.len] != ':')
        return STR_NONE;
    line = str_trim(str_slice(line, name.len + 1, line.len));
    if (line.len >= 2 && (line.text[0] == '\'' || line.text[0] == '"') &&
        line.text[line.len - 1] == line.text[0])
        line = str_slice(line, 1, line.len - 1);
    return line;
}

static bool find_yaml(struct arena *arena, struct str head, struct failure *failure)
{
    struct str rest = head, code = STR_NONE, message = STR_NONE;

    for (int i = 0; i < 8 && rest.len > 0; i++) {
        struct str line = next_line(&rest);

        if (code.text == NULL)
            code = yaml_value(line, STR("Code"));
        if (message.text == NULL)
            message = yaml_value(line, STR("Message"));
    }
    return fill(arena, code, message, failure);
}

/* Cells of text or of a table: a code, and behind it (or in its own row) the message.
 */
static bool find_cells(struct arena *arena, struct str head, char mark,
                       struct failure *failure)
{
    struct str code = STR_NONE, message = STR_NONE;

    while (head.len > 0 && message.text == NULL) {
        struct str line = next_line(&head);
        struct str cell;
        bool says_message = false;

        if (memchr(line.text, mark, line.len) == NULL)
            continue;
        while ((cell = str_trim(str_next(&line, mark))).text != NULL) {
            if (cell.len == 0 || str_equal(cell, STR("Code")))
                continue;
            if (code.text == NULL && is_error_code(cell))
                code = cell;
            else if (str_equal(cell, STR("Message")))
                says_message = true;
            else if (code.text != NULL && message.text == NULL &&
                     (says_message || memchr(cell.text, ' ', cell.len) != NULL))
                message = cell;
        }
    }
    return fill(arena, code, message, failure);
}

/* ---- all of them ---- */

static bool begins_as_table(struct str head)
{
    head = str_trim(head);
    return head.len > 0 &&
           (head.text[0] == '-' || head.text[0] == '+' || head.text[0] == '|');
}

bool failure_find(struct arena *arena, struct str head, struct failure *failure)
{
    head = without_mark(head);
    return find_sentence(arena, head, failure) || find_json(arena, head, failure) ||
           find_beginning(arena, head, failure) || find_yaml(arena, head, failure) ||
           find_cells(arena, head, '\t', failure) ||
           (begins_as_table(head) && find_cells(arena, head, '|', failure));
}

bool failure_begins(struct str head)
{
    struct str rest = without_mark(head);

    while (rest.len > 0) {
        struct str line = str_trim(next_line(&rest)), said = without_speaker(line);

        if (said.len < line.len || str_starts_with(said, STR(OCCURRED)) ||
            remedy_of_line(said) != NULL)
            return true;
        if (!is_beside_the_point(line))
            return false;
    }
    return false;
}

/* ---- in few words ---- */

const char *failure_label(struct arena *arena, const struct failure *failure)
{
    struct str what = failure->denied.action.text != NULL ? failure->denied.action
                                                          : failure->operation;

    if (failure->code.len == 0)
        return failure->said;
    if (what.text == NULL)
        return failure->code.text;
    return arena_printf(arena, "%.*s (%.*s)", STR_ARG(failure->code), STR_ARG(what));
}

const char *failure_cause(struct arena *arena, const struct failure *failure)
{
    const struct denial *denied = &failure->denied;

    if (failure->code.len == 0 || denied->actor.text == NULL ||
        denied->action.text == NULL)
        return failure_label(arena, failure);
    return arena_printf(arena, "%.*s: the %.*s lacks %.*s", STR_ARG(failure->code),
                        STR_ARG(denied->actor), STR_ARG(denied->action));
}

int failure_compare(const struct failure *left, const struct failure *right)
{
    int order;

    if (left == right || left == NULL || right == NULL)
        return (left != NULL) - (right != NULL);
    order = str_compare(left->code, right->code);
    if (order == 0)
        order = str_compare(left->operation, right->operation);
    if (order == 0)
        order = str_compare(left->denied.actor, right->denied.actor);
    return order != 0 ? order : str_compare(left->denied.action, right->denied.action);
}
