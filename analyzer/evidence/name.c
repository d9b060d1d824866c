#include "evidence/name.h"

#include <stdint.h>

static bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

/* How many bytes at `from` spell the operation: in any case, with `_`, or nothing, for
 * `-` (DescribeDBSnapshots, as the API has it). 0: they do not. */
static size_t spelled(struct str text, size_t from, struct str operation)
{
    size_t at = from;

    for (size_t i = 0; i < operation.len; i++) {
        bool left = at < text.len;

        if (operation.text[i] == '-')
            at += left && (text.text[at] == '-' || text.text[at] == '_');
        else if (left && to_lower(text.text[at]) == to_lower(operation.text[i]))
            at++;
        else
            return 0;
    }
    return at - from;
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
static bool follows_service(struct str text, size_t from, struct str service)
{
    size_t start;

    if (from < service.len + 1)
        return false;
    start = from - 1 - service.len;
    return str_equal_ignoring_case(str_slice(text, start, from - 1), service) &&
           !is_word_byte(text.text[from - 1]) &&
           (start == 0 || !is_word_byte(text.text[start - 1]));
}

static void try_operation(struct str text, const struct call *call,
                          struct str operation, struct match *best)
{
    struct match match = { .call = call, .letters = operation.len };

    if (operation.len < best->letters)
        return;
    match.from = find_word(text, operation, &match.to);
    if (match.from == SIZE_MAX)
        return;
    match.of_service = follows_service(text, match.from, call->service);
    if (match.letters > best->letters || (match.of_service && !best->of_service))
        *best = match;
}

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

void name_parse(const struct catalog *catalog, struct str file_name, struct name *name)
{
    struct match best = { 0 };

    *name = (struct name){ 0 };
    for (size_t i = 0; i < catalog->call_count; i++) {
        const struct call *call = catalog->calls[i];

        try_operation(file_name, call, call->operation, &best);
        for (size_t j = 0; j < call->names.count; j++)
            try_operation(file_name, call, call->names.items[j], &best);
    }
    name->call = best.call;
    if (best.call != NULL)
        parse_words(str_slice(file_name, best.to, file_name.len), name);
}

const struct name *names_get(struct names *names, struct str file_name)
{
    struct name *name = table_find(&names->known, file_name);

    if (name != NULL)
        return name;
    name = arena_new(names->known.arena, struct name);
    name_parse(names->catalog, file_name, name);
    if (file_name.text != NULL && names->known.count < NAMES_MAX)
        *table_slot(&names->known, file_name) = name;
    return name;
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

bool name_word_is(struct str word, struct str id)
{
    if (word.len != id.len || word.len == 0)
        return false;
    for (size_t i = 0; i < id.len; i++) {
        bool replaced = id.text[i] == '/' || id.text[i] == ':';

        if (word.text[i] != id.text[i] && !(replaced && word.text[i] == '_'))
            return false;
    }
    return true;
}
