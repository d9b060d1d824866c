#include "catalog/name.h"

#include <string.h>

/* ---- words ----------------------------------------------------------------------- */

/* How many bytes at `from` spell the name: in any case, with `_`, or nothing, for `-`
 * (DescribeDBSnapshots, as the API has it). 0: they do not. */
static size_t spelled(struct str text, size_t from, struct str name)
{
    size_t at = from;

    for (size_t i = 0; i < name.len; i++) {
        bool left = at < text.len;

        if (name.text[i] == '-')
            at += left && (text.text[at] == '-' || text.text[at] == '_');
        else if (left && to_lower(text.text[at]) == to_lower(name.text[i]))
            at++;
        else
            return 0;
    }
    return at - from;
}

/* A word of the text: it may be an operation's first or last. */
struct word_span {
    size_t from, to;
};

static size_t find_spans(struct str text, struct word_span *spans)
{
    size_t count = 0, at = 0;

    while (at < text.len && count < NAME_SPANS_MAX) {
        size_t from = at;

        while (at < text.len && is_word_byte(text.text[at]))
            at++;
        if (at > from)
            spans[count++] = (struct word_span){ from, at };
        else
            at++;
    }
    return count;
}

/* One `-` or `_`, or nothing that is skipped, between two words of an operation. */
static bool are_joined(struct str text, const struct word_span *left,
                       const struct word_span *right)
{
    return right->from == left->to + 1 &&
           (text.text[left->to] == '-' || text.text[left->to] == '_');
}

/* ---- what AWS has -----------------------------------------------------------------
 */

/* An operation, and in which part of the text it stands. */
struct operation {
    struct str name;     /* "list-tags"; len 0: there is none */
    struct str services; /* "backup lambda"; "-ds ec2": without a service it is ec2's */
    size_t from;
};

/* As strcmp() would the letters and digits of both, in lower case. */
static int compare(struct str text, struct str name)
{
    size_t at = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (name.text[i] == '-')
            continue;
        while (at < text.len && !is_word_byte(text.text[at]))
            at++;
        if (at == text.len)
            return -1;
        if (to_lower(text.text[at]) != name.text[i])
            return to_lower(text.text[at]) < name.text[i] ? -1 : 1;
        at++;
    }
    return at < text.len ? 1 : 0;
}

/* Between two lines' starts, by halves. The text begins and ends as a word. */
static bool look_up(struct str operations, struct str text, struct operation *operation)
{
    size_t low = 0, high = operations.len;

    while (low < high) {
        size_t start = low + (high - low) / 2;
        struct str line, rest;
        int order;

        while (start > low && operations.text[start - 1] != '\n')
            start--;
        rest = str_slice(operations, start, operations.len);
        line = str_next(&rest, '\n');
        operation->services = line;
        operation->name = str_next(&operation->services, ' ');
        order = compare(text, operation->name);
        if (order == 0)
            return true;
        if (order < 0)
            high = start;
        else
            low = start + line.len + 1;
    }
    return false;
}

/* One service after the other; `rest` begins as operation.services. *is_meant: whether
 * it may be where the text names none. */
static bool next_service(struct str *rest, struct str *service, bool *is_meant)
{
    *service = str_next(rest, ' ');
    *is_meant = !str_starts_with(*service, STR("-"));
    if (!*is_meant)
        *service = str_slice(*service, 1, service->len);
    return service->text != NULL;
}

static bool operation_is_of(const struct operation *operation, struct str service)
{
    struct str rest = operation->services, word;
    bool is_meant;

    while (next_service(&rest, &word, &is_meant))
        if (str_equal(word, service))
            return true;
    return false;
}

/* Whether the word ends at `end` and is whole. */
static bool ends_at(struct str text, size_t end, struct str word)
{
    size_t start = end > word.len ? end - word.len : 0;

    if (word.len == 0 ||
        to_lower(text.text[end - 1]) != to_lower(word.text[word.len - 1]))
        return false; /* as nearly all */
    for (; start < end; start++)
        if ((start == 0 || !is_word_byte(text.text[start - 1])) &&
            spelled(text, start, word) == end - start)
            return true;
    return false;
}

/* The service whose name stands directly before `at`, as the CLI has it. */
static bool service_before(const struct aws_words *aws, struct str text, size_t at,
                           struct str *service)
{
    struct str rest = aws->services, line;
    size_t longest = 0;

    if (at < 2 || is_word_byte(text.text[at - 1]))
        return false;
    while ((line = str_next(&rest, '\n')).text != NULL) {
        const struct str command = str_next(&line, ' ');

        for (struct str word = command; word.text != NULL;
             word = str_next(&line, ' ')) {
            if (word.len > longest && ends_at(text, at - 1, word)) {
                longest = word.len;
                *service = command;
            }
        }
    }
    return longest > 0;
}

/* The one that the text begins with, perhaps behind "aws", by its command; *to is the
 * end of it. */
static bool service_at_start(const struct aws_words *aws, struct str text,
                             struct str *service, size_t *to)
{
    struct str rest = aws->services, line;
    size_t start = spelled(text, 0, STR("aws-")), longest = 0;

    if (start == sizeof "aws" - 1)
        start = 0; /* "awsome-" */
    while ((line = str_next(&rest, '\n')).text != NULL) {
        struct str command = str_next(&line, ' ');
        size_t len = spelled(text, start, command);

        if (len > longest && start + len < text.len &&
            !is_word_byte(text.text[start + len])) {
            longest = len;
            *service = command;
            *to = start + len;
        }
    }
    return longest > 0;
}

/* ---- what the catalog has ---------------------------------------------------------
 */

/* One of the names of a call: an operation, perhaps of another service that answers
 * alike ("docdb describe-db-clusters"). */
struct call_name {
    struct str service, operation;
};

static struct call_name call_name(const struct call *call, size_t number)
{
    struct str name, first;

    if (number == 0)
        return (struct call_name){ call->service, call->operation };
    name = call->names.items[number - 1];
    first = str_next(&name, ' ');
    return name.len > 0 ? (struct call_name){ first, name }
                        : (struct call_name){ call->service, first };
}

/* `operation` may be absent: any. */
static bool catalog_has(const struct catalog *catalog, struct str service,
                        struct str operation)
{
    for (size_t i = 0; i < catalog->call_count; i++) {
        for (size_t j = 0; j <= catalog->calls[i]->names.count; j++) {
            struct call_name name = call_name(catalog->calls[i], j);

            if (str_equal(name.service, service) &&
                (operation.text == NULL || str_equal(name.operation, operation)))
                return true;
        }
    }
    return false;
}

/* rds-describe-db-clusters is not docdb describe-db-clusters. */
static bool follows_service(const struct aws_words *aws, struct str text, size_t from,
                            struct str service)
{
    struct str before;

    if (service_before(aws, text, from, &before))
        return str_equal(before, service);
    return from > 1 && !is_word_byte(text.text[from - 1]) &&
           ends_at(text, from - 1, service);
}

/* ---- the longest operation --------------------------------------------------------
 */

struct search {
    const struct catalog *catalog;
    struct str text;
    struct operation listed; /* the longest of AWS */
    /* the longest of the catalog */
    const struct call *call;
    size_t letters;  /* of the operation */
    bool of_service; /* the service's name stands before it */
    size_t from, to;
};

/* The calls whose operation begins at `from`, where a word does. */
static void try_calls(struct search *search, size_t from)
{
    const struct catalog *catalog = search->catalog;
    struct str text = search->text;

    for (size_t i = 0; i < catalog->call_count; i++) {
        for (size_t j = 0; j <= catalog->calls[i]->names.count; j++) {
            struct call_name name = call_name(catalog->calls[i], j);
            size_t letters = name.operation.len;
            size_t len = spelled(text, from, name.operation);
            bool of_service;

            if (len == 0 || letters < search->letters ||
                (from + len < text.len && is_word_byte(text.text[from + len])))
                continue;
            of_service = follows_service(&catalog->aws, text, from, name.service);
            if (letters == search->letters && (!of_service || search->of_service))
                continue;
            search->call = catalog->calls[i];
            search->letters = letters;
            search->of_service = of_service;
            search->from = from;
            search->to = from + len;
        }
    }
}

static void find_longest(struct search *search)
{
    struct word_span spans[NAME_SPANS_MAX];
    size_t count = find_spans(search->text, spans);

    for (size_t first = 0; first < count; first++) {
        try_calls(search, spans[first].from);
        for (size_t last = first; last < count; last++) {
            struct operation found = { .from = spans[first].from };
            struct str word =
                str_slice(search->text, spans[first].from, spans[last].to);

            if (last > first &&
                !are_joined(search->text, &spans[last - 1], &spans[last]))
                break;
            if (look_up(search->catalog->aws.operations, word, &found) &&
                found.name.len > search->listed.name.len)
                search->listed = found;
        }
    }
}

/* ---- the end of a name ------------------------------------------------------------
 */

static struct str without_one_of(struct str text, const char *const *suffixes)
{
    for (size_t i = 0; suffixes[i] != NULL; i++)
        if (str_ends_with_ignoring_case(text, str_from(suffixes[i])))
            return str_slice(text, 0, text.len - strlen(suffixes[i]));
    return text;
}

/* A parent's id may hold dots, so only what files of evidence end in goes, and once. */
static struct str without_suffix(struct str text)
{
    static const char *const packed[] = { ".gz", ".bz2", ".xz", ".zst", NULL };
    static const char *const plain[] = { ".json", ".jsonl", ".ndjson", ".txt",
                                         ".out",  ".log",   NULL };

    return without_one_of(without_one_of(text, packed), plain);
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

/* ---- what it tells ----------------------------------------------------------------
 */

bool name_is_other(const struct name *name)
{
    return name->other_operation.text != NULL;
}

/* Whether a service has the operation of which the catalog has no such call. */
static bool is_of_others(const struct catalog *catalog,
                         const struct operation *operation)
{
    struct str rest = operation->services, service;
    bool is_meant;

    while (next_service(&rest, &service, &is_meant))
        if (is_meant && !catalog_has(catalog, service, operation->name))
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
static void tell_unknown(const struct search *search, struct name *name)
{
    struct str service;
    size_t to;

    if (!service_at_start(&search->catalog->aws, search->text, &service, &to) ||
        catalog_has(search->catalog, service, STR_NONE) ||
        !goes_on_as_operation(str_slice(search->text, to + 1, search->text.len)))
        return;
    name->other_service = service;
    name->other_operation =
        without_suffix(str_slice(search->text, to + 1, search->text.len));
}

/* None of the catalog's. A name such as rds-describe-instances is no operation's: who
 * gave it may have meant anything. */
static void tell_other(const struct search *search, struct name *name)
{
    const struct operation *listed = &search->listed;
    struct str service = STR_NONE;

    if (service_before(&search->catalog->aws, search->text, listed->from, &service) &&
        !operation_is_of(listed, service) &&
        catalog_has(search->catalog, service, STR_NONE))
        return;
    name->other_service = service;
    name->other_operation = listed->name;
}

static void tell_call(const struct search *search, struct name *name)
{
    const struct operation *listed = &search->listed;
    struct str service;
    bool is_listed = listed->name.len > 0;

    name->call = search->call;
    if (search->of_service)
        return;
    if (!service_before(&search->catalog->aws, search->text, search->from, &service)) {
        name->is_ambiguous = is_listed && is_of_others(search->catalog, listed);
    } else if (is_listed && operation_is_of(listed, service)) {
        name->call = NULL;
        name->other_service = service;
        name->other_operation = listed->name;
    } else {
        name->is_ambiguous = true;
    }
}

/* The end of the operation in the text, if it is a call of the catalog. */
static size_t parse(const struct catalog *catalog, struct str text, struct name *name)
{
    struct search search = { .catalog = catalog, .text = text };

    find_longest(&search);
    if (search.listed.name.len > search.letters)
        tell_other(&search, name);
    else if (search.call != NULL)
        tell_call(&search, name);
    else
        tell_unknown(&search, name);
    return search.to;
}

/* A vault may be named as a call: what stands before `--` decides, if it tells any. */
void name_parse(const struct catalog *catalog, struct str file_name, struct name *name)
{
    size_t words_at = str_find(file_name, STR("--")), to = 0;

    *name = (struct name){ 0 };
    if (words_at != SIZE_MAX)
        to = parse(catalog, str_slice(file_name, 0, words_at), name);
    if (name->call == NULL && !name_is_other(name))
        to = parse(catalog, file_name, name);
    if (name->call != NULL)
        parse_words(str_slice(file_name, to, file_name.len), name);
}

const struct call *name_of_operation(const struct catalog *catalog, struct str api_name)
{
    for (size_t i = 0; i < catalog->call_count && api_name.len > 0; i++)
        if (spelled(api_name, 0, catalog->calls[i]->operation) == api_name.len)
            return catalog->calls[i];
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
