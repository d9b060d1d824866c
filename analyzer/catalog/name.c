#include "catalog/name.h"

#include "catalog/operations.h"

#include <stdint.h>

static bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

struct match {
    const struct call *call;
    size_t letters;  /* of the operation */
    bool of_service; /* the service's name stands before it */
    size_t from, to;
};

/* SIZE_MAX: the operation is no word of the text. */
static size_t find_word(struct str text, struct str operation, size_t *to)
{
    for (size_t from = 0; from < text.len; from++) {
        size_t len;

        if (from > 0 && is_word_byte(text.text[from - 1]))
            continue;
        len = spelled(text, from, operation);
        if (len > 0 &&
            (from + len == text.len || !is_word_byte(text.text[from + len]))) {
            *to = from + len;
            return from;
        }
    }
    return SIZE_MAX;
}

/* rds-describe-db-clusters is no docdb describe-db-clusters. */
static bool follows_service(const struct aws_words *aws, struct str text, size_t from,
                            struct str service)
{
    struct str before;
    size_t start;

    if (service_before(aws, text, from, &before))
        return str_equal(before, service);
    if (from < service.len + 1)
        return false;
    start = from - 1 - service.len;
    return str_equal_ignoring_case(str_slice(text, start, from - 1), service) &&
           !is_word_byte(text.text[from - 1]) &&
           (start == 0 || !is_word_byte(text.text[start - 1]));
}

/* One of the names of a call: an operation, perhaps of another service that answers
 * alike ("docdb describe-db-clusters"). */
struct call_name {
    struct str service, operation;
};

static struct call_name call_name(const struct call *call, size_t number)
{
    struct str name = number == 0 ? call->operation : call->names.items[number - 1];
    size_t blank = str_find(name, STR(" "));

    if (blank == SIZE_MAX)
        return (struct call_name){ call->service, name };
    return (struct call_name){ str_slice(name, 0, blank),
                               str_slice(name, blank + 1, name.len) };
}

static void try_operation(const struct aws_words *aws, struct str text,
                          const struct call *call, struct call_name call_name,
                          struct match *best)
{
    struct match match = { .call = call, .letters = call_name.operation.len };

    if (match.letters < best->letters)
        return;
    match.from = find_word(text, call_name.operation, &match.to);
    if (match.from == SIZE_MAX)
        return;
    match.of_service = follows_service(aws, text, match.from, call_name.service);
    if (match.letters > best->letters || (match.of_service && !best->of_service))
        *best = match;
}

static void find_call(const struct catalog *catalog, struct str text,
                      struct match *best)
{
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        for (size_t j = 0; j <= call->names.count; j++)
            try_operation(&catalog->aws, text, call, call_name(call, j), best);
    }
}

/* ---- the end of a name --------------------------------------------------------------
 */

static struct str without_one_of(struct str text, const char *const *suffixes,
                                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str suffix = str_from(suffixes[i]);

        if (text.len >= suffix.len &&
            str_equal_ignoring_case(str_slice(text, text.len - suffix.len, text.len),
                                    suffix))
            return str_slice(text, 0, text.len - suffix.len);
    }
    return text;
}

/* A parent's id may hold dots, so only what files of evidence end in goes, and once. */
static struct str without_suffix(struct str text)
{
    static const char *const packed[] = { ".gz", ".bz2", ".xz", ".zst" };
    static const char *const plain[] = {
        ".json", ".jsonl", ".ndjson", ".txt", ".out", ".log",
    };

    text = without_one_of(text, packed, sizeof packed / sizeof packed[0]);
    return without_one_of(text, plain, sizeof plain / sizeof plain[0]);
}

/* ---- other calls -------------------------------------------------------------------
 */

static bool has_service(const struct catalog *catalog, struct str service)
{
    for (size_t i = 0; i < catalog->call_count; i++)
        for (size_t j = 0; j <= catalog->calls[i]->names.count; j++)
            if (str_equal(call_name(catalog->calls[i], j).service, service))
                return true;
    return false;
}

static bool has_call(const struct catalog *catalog, struct str service,
                     struct str operation)
{
    for (size_t i = 0; i < catalog->call_count; i++) {
        for (size_t j = 0; j <= catalog->calls[i]->names.count; j++) {
            struct call_name name = call_name(catalog->calls[i], j);

            if (str_equal(name.service, service) &&
                str_equal(name.operation, operation))
                return true;
        }
    }
    return false;
}

/* Whether a service has the operation of which the catalog has no such call. */
static bool is_of_others(const struct catalog *catalog,
                         const struct operation *operation)
{
    struct str rest = operation->services, service;
    bool is_meant;

    while (operation_next_service(&rest, &service, &is_meant))
        if (is_meant && !has_call(catalog, service, operation->name))
            return true;
    return false;
}

/* What begins a word of the text, and is only the beginning of what stands there. */
static bool goes_on_as_operation(struct str text)
{
    static const char *const verbs[] = {
        "batch",    "cancel",   "check",  "create", "delete",   "describe",
        "detect",   "download", "export", "filter", "generate", "get",
        "head",     "invoke",   "list",   "lookup", "preview",  "put",
        "query",    "retrieve", "scan",   "search", "select",   "send",
        "simulate", "start",    "stop",   "test",   "update",   "validate",
    };

    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        size_t len = spelled(text, 0, str_from(verbs[i]));

        if (len == 0 || len + 1 >= text.len)
            continue;
        if ((text.text[len] >= 'A' && text.text[len] <= 'Z') ||
            ((text.text[len] == '-' || text.text[len] == '_') &&
             is_letter(text.text[len + 1])))
            return true;
    }
    return false;
}

/* An operation that is not known, of a service that has nothing of what is listed. */
static void try_unknown(const struct catalog *catalog, struct str text,
                        struct name *name)
{
    struct str service;
    size_t to;

    if (!service_at_start(&catalog->aws, text, &service, &to) ||
        has_service(catalog, service) ||
        !goes_on_as_operation(str_slice(text, to + 1, text.len)))
        return;
    name->other_service = service;
    name->other_operation = without_suffix(str_slice(text, to + 1, text.len));
}

/* None of the catalog's. A name such as rds-describe-instances is no operation's: who
 * gave it may have meant anything. */
static void tell_other(const struct catalog *catalog, struct str text,
                       const struct operation *operation, struct name *name)
{
    struct str service = STR_NONE;

    if (service_before(&catalog->aws, text, operation->from, &service) &&
        !operation_is_of(operation, service) && has_service(catalog, service))
        return;
    name->other_service = service;
    name->other_operation = operation->name;
}

/* `match` is what the catalog has. */
static void tell_call(const struct catalog *catalog, struct str text,
                      const struct match *match, const struct operation *operation,
                      struct name *name)
{
    struct str service;
    bool is_listed = operation->name.len > 0;

    name->call = match->call;
    if (match->of_service)
        return;
    if (!service_before(&catalog->aws, text, match->from, &service)) {
        name->is_ambiguous = is_listed && is_of_others(catalog, operation);
    } else if (is_listed && operation_is_of(operation, service)) {
        name->call = NULL;
        name->other_service = service;
        name->other_operation = operation->name;
    } else {
        name->is_ambiguous = true;
    }
}

bool name_is_other(const struct name *name)
{
    return name->other_operation.text != NULL;
}

static void parse_words(struct str rest, struct name *name)
{
    rest = without_suffix(rest);
    while (str_starts_with(rest, STR("--"))) {
        size_t end;
        struct str word;

        rest = str_slice(rest, 2, rest.len);
        end = str_find(rest, STR("--"));
        if (end == SIZE_MAX || name->word_count + 1 == NAME_WORDS_MAX)
            end = rest.len;
        word = str_slice(rest, 0, end);
        rest = str_slice(rest, end, rest.len);
        if (word.len > 0)
            name->words[name->word_count++] = word;
    }
}

static void parse(const struct catalog *catalog, struct str text, struct name *name,
                  size_t *to)
{
    struct match match = { 0 };
    struct operation operation = { 0 };

    *name = (struct name){ 0 };
    find_call(catalog, text, &match);
    if (operation_find(&catalog->aws, text, &operation) &&
        operation.name.len > match.letters)
        tell_other(catalog, text, &operation, name);
    else if (match.call != NULL)
        tell_call(catalog, text, &match, &operation, name);
    else
        try_unknown(catalog, text, name);
    *to = match.to;
}

/* A vault may be named as a call: what stands before `--` decides, if it tells any. */
void name_parse(const struct catalog *catalog, struct str file_name, struct name *name)
{
    size_t words_at = str_find(file_name, STR("--")), to = 0;

    *name = (struct name){ 0 };
    if (words_at != SIZE_MAX)
        parse(catalog, str_slice(file_name, 0, words_at), name, &to);
    if (name->call == NULL && !name_is_other(name))
        parse(catalog, file_name, name, &to);
    if (name->call != NULL)
        parse_words(str_slice(file_name, to, file_name.len), name);
}

const struct call *name_of_operation(const struct catalog *catalog, struct str api_name)
{
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        if (api_name.len > 0 && spelled(api_name, 0, call->operation) == api_name.len)
            return call;
    }
    return NULL;
}

struct str name_word(struct arena *arena, struct str id)
{
    char *word = arena_copy(arena, id.text, id.len);

    for (size_t i = 0; i < id.len; i++)
        if (word[i] == '/' || word[i] == ':' ||
            (word[i] == '-' && i > 0 && word[i - 1] == '-'))
            word[i] = '_';
    return (struct str){ word, id.len };
}
