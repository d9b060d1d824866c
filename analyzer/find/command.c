#include "find/command.h"

#include <string.h>

/* Options of the AWS CLI, and of many of its calls, that leave out no record unseen: an
 * answer that ends early by one of them carries a token. */
static const struct harmless {
    const char *name;
    bool takes_word;
    bool is_of_page; /* it tells how large a page is, and nothing of the listing */
} harmless[] = {
    { "--region", true, false },
    { "--profile", true, false },
    { "--output", true, false },
    { "--color", true, false },
    { "--ca-bundle", true, false },
    { "--cli-read-timeout", true, false },
    { "--cli-connect-timeout", true, false },
    { "--cli-binary-format", true, false },
    { "--debug", false, false },
    { "--no-cli-pager", false, false },
    { "--no-cli-auto-prompt", false, false },
    { "--no-verify-ssl", false, false },
    { "--no-paginate", false, true },
    { "--page-size", true, true },
    { "--max-items", true, true },
    { "--max-records", true, true },
    { "--max-results", true, true },
    { "--include-shared", false,
      false }, /* snapshots of others, besides the own ones */
    { "--no-include-shared", false, false },
    { "--include-public", false, false },
    { "--no-include-public", false, false },
};

static const char *const tokens[] = { "--starting-token", "--next-token", "--marker" };

static bool is_token(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(tokens); i++)
        if (str_equal(name, str_from(tokens[i])))
            return true;
    return false;
}

static const struct harmless *harmless_find(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(harmless); i++)
        if (str_equal(name, str_from(harmless[i].name)))
            return &harmless[i];
    return NULL;
}

/* The words of a line, one after the other. */
struct words_left {
    struct str rest; /* absent at the end */
};

static struct str next_word(struct words_left *words)
{
    struct str word = STR("");

    while (words->rest.text != NULL && word.len == 0)
        word = str_next(&words->rest, ' ');
    return word.len > 0 ? word : STR_NONE;
}

static bool is_option(struct str word)
{
    return str_starts_with(word, STR("--")) && word.len > 2;
}

/* The next word, if it is no option. */
static struct str next_value(struct words_left *words)
{
    struct words_left after = *words;
    struct str word = next_word(&after);

    if (word.text == NULL || is_option(word))
        return STR_NONE;
    *words = after;
    return word;
}

static void limit(struct call_command *command, const struct option_word *option,
                  struct str by)
{
    if (command->limits) {
        if (command->option != option)
            command->option = NULL;
        return;
    }
    command->limits = true;
    command->option = option;
    command->limited_by = by;
}

/* An option and its words; behind `=` stands a value, too. */
struct given {
    struct str name;
    struct str value; /* absent: none */
    bool has_more;    /* words behind the value */
};

/* The name, and the value where it has one. */
static struct str words_of(const struct given *given)
{
    if (given->value.text == NULL)
        return given->name;
    return (struct str){ given->name.text,
                         (size_t)(given->value.text - given->name.text) +
                             given->value.len };
}

static struct given take_option(struct words_left *words, struct str word)
{
    struct given given = { .name = word };
    const char *equals = memchr(word.text, '=', word.len);

    if (equals != NULL) {
        given.name = str_slice(word, 0, (size_t)(equals - word.text));
        given.value = str_slice(word, given.name.len + 1, word.len);
    } else {
        given.value = next_value(words);
    }
    while (next_value(words).text != NULL)
        given.has_more = true;
    return given;
}

static struct str option_name(struct str word)
{
    const char *equals = memchr(word.text, '=', word.len);

    return equals != NULL ? str_slice(word, 0, (size_t)(equals - word.text)) : word;
}

/* Whether the option is one of the words that the catalog has the call asked with, and
 * its value is the word behind it. */
static bool is_argument(const struct call *call, const struct given *given)
{
    struct words_left words = { call->arguments };
    struct str word;

    while ((word = next_word(&words)).text != NULL)
        if (str_equal(word, given->name))
            return str_compare(next_value(&words), given->value) == 0;
    return false;
}

static bool is_of_call(const struct call *call, const struct given *given)
{
    return (call->option.text != NULL && str_equal(call->option, given->name)) ||
           is_argument(call, given);
}

static void heed_option(struct call_command *command, const struct given *given)
{
    const struct call *call = command->call;
    const struct option_word *option = NULL;

    if (call != NULL && call->parent_option.text != NULL && !given->has_more &&
        str_equal(call->parent_option, given->name)) {
        command->parent = given->value;
        return;
    }
    if (call != NULL && !given->has_more && is_of_call(call, given))
        return;
    if (is_token(given->name) && given->value.text != NULL && !given->has_more &&
        command->token.text == NULL) {
        command->token = given->value;
        command->token_words = words_of(given);
        return;
    }
    for (size_t i = 0; call != NULL && i < call->option_count && !given->has_more; i++)
        if (str_equal(call->options[i].option, given->name) &&
            str_same(call->options[i].word, given->value))
            option = &call->options[i];
    limit(command, option, words_of(given));
}

/* `aws`, with the folder that it lies in. */
static bool is_aws(struct str word)
{
    return str_equal(word, STR("aws")) || str_ends_with(word, STR("/aws")) ||
           str_equal_ignoring_case(word, STR("aws.exe"));
}

static void tell_call(struct arena *arena, const struct catalog *catalog,
                      struct str service, struct str operation,
                      struct call_command *command)
{
    struct buf buf = BUF_EMPTY(arena);
    struct name name;

    buf_add(&buf, service);
    buf_add_byte(&buf, '-');
    buf_add(&buf, operation);
    name_parse(catalog, buf_str(&buf), &name);
    if (name.is_ambiguous || (name.call == NULL && !name_is_other(&name)))
        return;
    command->tells_call = true;
    command->call = name.call;
}

/* A harmless option, which may stand before the call, too. */
static void pass_over(struct words_left *words, struct str word,
                      const struct harmless *option, struct call_command *command)
{
    const char *equals = memchr(word.text, '=', word.len);
    struct str value = STR_NONE;

    if (option->takes_word) {
        value = equals != NULL
                    ? str_slice(word, (size_t)(equals - word.text) + 1, word.len)
                    : next_value(words);
    }
    if (str_equal(str_from(option->name), STR("--region")))
        command->region = value;
}

void command_parse(struct arena *arena, const struct catalog *catalog, struct str line,
                   struct call_command *command)
{
    struct words_left words = { line };
    struct str word = next_word(&words), service = STR_NONE, operation = STR_NONE;

    *command = (struct call_command){ 0 };
    if (!is_aws(word)) {
        limit(command, NULL, line.len > 0 ? word : STR("no command"));
        return;
    }
    while ((word = next_word(&words)).text != NULL) {
        const struct harmless *option =
            is_option(word) ? harmless_find(option_name(word)) : NULL;

        if (option != NULL) {
            pass_over(&words, word, option, command);
        } else if (operation.text == NULL && is_option(word)) {
            limit(command, NULL, option_name(word)); /* which words are its own? */
            return;
        } else if (service.text == NULL) {
            service = word;
        } else if (operation.text == NULL) {
            operation = word;
            tell_call(arena, catalog, service, operation, command);
        } else if (is_option(word)) {
            const struct given given = take_option(&words, word);

            heed_option(command, &given);
        } else {
            limit(command, NULL, word);
        }
    }
    if (operation.text == NULL)
        limit(command, NULL, STR("no call"));
    if (command->token.text != NULL)
        command->option = NULL; /* not all that have it */
}

struct str command_listing(struct arena *arena, struct str line)
{
    struct buf listing = BUF_EMPTY(arena);
    struct words_left words = { line };
    struct str word;

    while ((word = next_word(&words)).text != NULL) {
        struct str name = is_option(word) ? option_name(word) : STR("");
        const struct harmless *option = harmless_find(name);
        bool is_of_page = is_token(name) || (option != NULL && option->is_of_page);

        if (!is_of_page) {
            buf_add(&listing, word);
            buf_add_byte(&listing, ' ');
        } else if (name.len == word.len && (option == NULL || option->takes_word)) {
            next_value(&words);
        }
    }
    return buf_str(&listing);
}
