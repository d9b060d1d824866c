#include "gather/codes.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What many sentences have in common. */
#define EXPLAINED  "<; {path} beside it says: {text}>"
#define BREAKS_OFF "<line {line}: >{text}|: what follows was not read"
#define MOVE_IT    "|: move it to the folder it belongs to"

#define MORE(id, of, uses, sentence)
#define CODE(id, name, uses, meaning, sentence) name,
static const char *const names[] = {
#include "gather/codes.def"
};
#undef CODE
#undef MORE

#define MORE(id, of, uses, sentence)            { CODE_##of, (uses), sentence },
#define CODE(id, name, uses, meaning, sentence) { CODE_##id, (uses), sentence },
static const struct {
    enum code code;
    unsigned uses;
    const char *text;
} sentences[] = {
#include "gather/codes.def"
};
#undef CODE
#undef MORE

const char *code_name(enum code code)
{
    assert(code < CODE_COUNT);
    return names[code];
}

enum code reason_code(const struct reason *reason)
{
    assert(reason->sentence < SENTENCE_COUNT);
    return sentences[reason->sentence].code;
}

bool reason_may_be(const struct reason *reason, enum sentence_use use)
{
    return (sentences[reason->sentence].uses & use) != 0;
}

static int number_compare(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

int reason_compare(const struct reason *left, const struct reason *right)
{
    int order = number_compare(left->sentence, right->sentence);

    if (order == 0)
        order = str_compare(str_from(left->path), str_from(right->path));
    for (size_t i = 0; i < REASON_TEXTS_MAX && order == 0; i++)
        order = str_compare(left->texts[i], right->texts[i]);
    if (order == 0)
        order = number_compare(left->line, right->line);
    if (order == 0)
        order = number_compare(left->count, right->count);
    return order != 0 ? order : failure_compare(left->failure, right->failure);
}

bool reason_equal(const struct reason *left, const struct reason *right)
{
    return reason_compare(left, right) == 0;
}

/* ---- sentences ---- */

/* The names of arguments that are texts; {count} and {line} are numbers. */
static const char *const argument_names[] = {
    [ARGUMENT_ACCOUNT] = "account", [ARGUMENT_CALL] = "call",
    [ARGUMENT_FACT] = "fact",       [ARGUMENT_FIELD] = "field",
    [ARGUMENT_ID] = "id",           [ARGUMENT_PATH] = "path",
    [ARGUMENT_POINTER] = "pointer", [ARGUMENT_REGION] = "region",
    [ARGUMENT_TEXT] = "text",       [ARGUMENT_TYPE] = "type",
    [ARGUMENT_VALUE] = "value",
};

static_assert(sizeof argument_names / sizeof *argument_names == ARGUMENT_COUNT,
              "a name each");

/* The name of the first argument in `text`; absent: there is none. */
static struct str argument_name(const char *text)
{
    const char *open = strchr(text, '{');

    return open != NULL ? (struct str){ open + 1, strcspn(open + 1, "}") } : STR_NONE;
}

/* NULL: the argument is a text. */
static const uint64_t *number_of(const struct reason *reason, struct str name)
{
    if (str_equal(name, STR("count")))
        return &reason->count;
    return str_equal(name, STR("line")) ? &reason->line : NULL;
}

enum argument reason_argument(const struct reason *reason, size_t index)
{
    const char *rest = sentences[reason->sentence].text;
    struct str name;

    while ((name = argument_name(rest)).text != NULL) {
        int kind = 0;

        rest = name.text + name.len;
        if (number_of(reason, name) != NULL || index-- > 0)
            continue;
        while (kind < ARGUMENT_COUNT &&
               !str_equal(name, str_from(argument_names[kind])))
            kind++;
        assert(kind < ARGUMENT_COUNT);
        return (enum argument)kind;
    }
    return ARGUMENT_COUNT;
}

/* What evidence holds does not end the sentence. */
static void add_text(struct buf *buf, struct str text)
{
    const char *nul;

    if (text.text == NULL)
        text = STR("-");
    while ((nul = memchr(text.text, '\0', text.len)) != NULL) {
        size_t before = (size_t)(nul - text.text);

        buf_add(buf, str_slice(text, 0, before));
        buf_add(buf, STR("\\x00"));
        text = str_slice(text, before + 1, text.len);
    }
    buf_add(buf, text);
}

/* A reason while it is written. */
struct sentence_writing {
    const struct reason *reason;
    struct buf *buf;
    size_t next;                 /* of its texts */
    bool is_option, is_left_out; /* in <...> */
};

/* Whether the argument `name`, which is the next, is there. */
static bool has_argument(const struct sentence_writing *writing, struct str name)
{
    const uint64_t *number = number_of(writing->reason, name);

    if (number != NULL)
        return *number > 0;
    assert(writing->next < REASON_TEXTS_MAX);
    return writing->reason->texts[writing->next].text != NULL;
}

static void write_argument(struct sentence_writing *writing, struct str name)
{
    const uint64_t *number = number_of(writing->reason, name);

    if (writing->is_left_out) {
        writing->next += number == NULL;
    } else if (number != NULL) {
        buf_printf(writing->buf, "%" PRIu64, *number);
    } else {
        assert(writing->next < REASON_TEXTS_MAX);
        add_text(writing->buf, writing->reason->texts[writing->next++]);
    }
}

static const char *text_of(struct arena *arena, const struct reason *reason,
                           bool with_advice)
{
    struct buf buf = BUF_EMPTY(arena);
    struct sentence_writing writing = { .reason = reason, .buf = &buf };
    const char *at = sentences[reason->sentence].text;

    if (reason->path != NULL)
        buf_printf(&buf, "%s: ", reason->path);
    while (*at != '\0' && (*at != '|' || with_advice)) {
        size_t plain = strcspn(at, "{<>|");

        if (!writing.is_left_out)
            buf_add(&buf, (struct str){ at, plain });
        at += plain;
        if (*at == '{') {
            struct str name = argument_name(at);

            assert(name.text != NULL);
            write_argument(&writing, name);
            at = name.text + name.len + 1;
        } else if (*at == '<') {
            writing.is_option = true;
            writing.is_left_out = !has_argument(&writing, argument_name(at++));
        } else if (*at == '>' && writing.is_option) {
            writing.is_option = writing.is_left_out = false;
            at++;
        } else if (*at == '>') {
            buf_add_byte(&buf, *at++);
        } else if (*at == '|' && with_advice) {
            at++;
        }
    }
    return buf_str(&buf).text;
}

const char *reason_text(struct arena *arena, const struct reason *reason)
{
    return text_of(arena, reason, false);
}

const char *reason_advice(struct arena *arena, const struct reason *reason)
{
    return text_of(arena, reason, true);
}

enum sentence sentence_of_damage(enum damage damage)
{
    static const enum sentence of[] = {
        [DAMAGE_NONE] = SENTENCE_COUNT,
        [DAMAGE_SYNTAX] = SAY_SYNTAX,
        [DAMAGE_CUT_OFF] = SAY_CUT_OFF,
        [DAMAGE_UTF8] = SAY_UTF_8,
        [DAMAGE_CONTROL] = SAY_CONTROL_CHARACTER,
        [DAMAGE_SURROGATE] = SAY_SURROGATE,
        [DAMAGE_DEPTH] = SAY_DEPTH,
        [DAMAGE_BYTES] = SAY_BYTES,
        [DAMAGE_KEYS] = SAY_KEYS,
        [DAMAGE_DOCUMENTS] = SAY_DOCUMENTS,
        [DAMAGE_TRAILING] = SAY_TRAILING_TEXT,
    };

    static_assert(sizeof of / sizeof of[0] == DAMAGE_COUNT, "a sentence each");
    assert(damage > DAMAGE_NONE && damage < DAMAGE_COUNT);
    return of[damage];
}
