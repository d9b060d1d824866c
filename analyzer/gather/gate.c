#include "gather/gate.h"

#include "base/suggest.h"

#include <assert.h>

/* Words that are no results. */
static const struct gate_word {
    const char *name;
    size_t offset; /* of its member in a gate: bool */
} words[] = {
    { "stale-waiver", offsetof(struct gate, stale_waiver) },
};

/* NULL: it is none. `rest`: what stands behind it, absent if nothing does. */
static const struct gate_word *find_word(struct str word, struct str *rest)
{
    struct str name;

    *rest = word;
    name = str_next(rest, ':');
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_equal(name, str_from(words[i].name)))
            return &words[i];
    return NULL;
}

/* "fail:high": false, and nothing else changes, if it is none. */
static bool read_word(struct str word, enum result *result, enum severity *from,
                      struct str *wrong)
{
    struct str rest = word, name = str_next(&rest, ':');
    int i;

    *wrong = name;
    for (i = 0; i < RESULT_COUNT; i++)
        if (str_equal(name, str_from(result_name((enum result)i))))
            break;
    *result = (enum result)i;
    *from = SEVERITY_NONE;
    if (i == RESULT_COUNT || rest.text == NULL)
        return i < RESULT_COUNT;
    *wrong = rest;
    for (i = SEVERITY_LOW; i < SEVERITY_COUNT; i++)
        if (str_equal(rest, str_from(severity_name((enum severity)i))))
            break;
    *from = (enum severity)i;
    return i < SEVERITY_COUNT;
}

bool gate_word_check(struct arena *arena, struct str word, struct error *err)
{
    const char *results[RESULT_COUNT + COUNT_OF(words)], *severities[SEVERITY_COUNT];
    enum severity from;
    enum result result;
    struct str wrong, rest;
    const struct gate_word *own = find_word(word, &rest);

    if (own != NULL)
        return rest.text == NULL ||
               error_set(err, "'%s' has no severity: repeat the option for it",
                         own->name);
    if (read_word(word, &result, &from, &wrong))
        return true;
    for (int i = 0; i < RESULT_COUNT; i++)
        results[i] = result_name((enum result)i);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        results[RESULT_COUNT + i] = words[i].name;
    for (int i = 0; i < SEVERITY_COUNT; i++)
        severities[i] = severity_name((enum severity)i);
    if (result == RESULT_COUNT) {
        return error_set(err,
                         "expected fail, unknown, pass, not_applicable, waived or "
                         "stale-waiver, not '%.*s'%s",
                         STR_ARG(wrong),
                         suggestion(arena, wrong, results, COUNT_OF(results)));
    }
    return error_set(err,
                     "expected a severity, low, medium, high, very-high or extreme, "
                     "not '%.*s'%s",
                     STR_ARG(wrong),
                     suggestion(arena, wrong, severities + SEVERITY_LOW,
                                SEVERITY_COUNT - SEVERITY_LOW));
}

struct gate gate_new(const struct settings *settings)
{
    struct gate gate = { .lowest = SEVERITY_COUNT };

    for (int i = 0; i < RESULT_COUNT; i++)
        gate.from[i] = SEVERITY_COUNT;
    if (settings->fail_on.count == 0)
        gate.from[RESULT_FAIL] = gate.lowest = SEVERITY_NONE;
    for (size_t i = 0; i < settings->fail_on.count; i++) {
        enum severity from;
        enum result result;
        struct str wrong;
        const struct gate_word *own = find_word(settings->fail_on.items[i], &wrong);
        bool is_word;

        if (own != NULL) {
            *(bool *)(void *)((char *)&gate + own->offset) = true;
            continue;
        }
        is_word = read_word(settings->fail_on.items[i], &result, &from, &wrong);
        assert(is_word);
        if (from < gate.from[result])
            gate.from[result] = from;
        if (from < gate.lowest)
            gate.lowest = from;
    }
    return gate;
}

bool gate_closes(const struct gate *gate, enum result result, enum severity severity)
{
    return severity >= gate->from[result];
}

bool gate_doubts(const struct gate *gate, enum result result, enum severity severity)
{
    return result == RESULT_UNKNOWN && severity >= gate->lowest &&
           !gate_closes(gate, result, severity);
}
