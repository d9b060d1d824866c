#include "find/denial.h"

#include "aws/arn.h"

#include <stdint.h>
#include <string.h>

/* What an ARN's resource begins with, and what the actor is called then. */
static const struct kind {
    const char *resource, *called;
} kinds[] = {
    { "assumed-role/", "role" }, /* and the name of its session */
    { "role/", "role" },
    { "user/", "user" },
    { "federated-user/", "federated user" },
};

/* What stands behind `before`, up to a blank; absent: nothing does, or too much. */
static struct str word_behind(struct str text, struct str before)
{
    size_t at = str_find(text, before), len = 0;

    if (at == SIZE_MAX)
        return STR_NONE;
    text = str_slice(text, at + before.len, text.len);
    while (len < text.len && !is_blank_byte(text.text[len]))
        len++;
    return len <= DENIAL_BYTES_MAX ? str_slice(text, 0, len) : STR_NONE;
}

/* As names, paths and sessions in IAM, and what AWS puts for what it does not show.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
static bool is_name(struct str text)
{
    static const char others[] = { '_', '+', '=', ',', '.', '@', '-', '/', '*' };

    for (size_t i = 0; i < text.len; i++)
        if (!is_word_byte(text.text[i]) &&
            memchr(others, text.text[i], sizeof others) == NULL)
            return false;
    return text.len > 0;
}

static struct str actor_of(struct arena *arena, struct str text)
{
    struct arn arn;

    if (!arn_parse(text, &arn) ||
        (!str_equal(arn.service, STR("iam")) && !str_equal(arn.service, STR("sts"))))
        return STR_NONE;
    if (str_equal(arn.resource, STR("root")))
        return STR("root user");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct str resource = str_from(kinds[i].resource), name;

        if (!str_starts_with(arn.resource, resource))
            continue;
        name = str_slice(arn.resource, resource.len, arn.resource.len);
        if (is_name(name))
            return str_from(
                arena_printf(arena, "%s %.*s", kinds[i].called, STR_ARG(name)));
    }
    return STR_NONE;
}

/* "rds:DescribeDBSnapshots" */
static bool is_action(struct str text)
{
    struct str service = str_next(&text, ':');

    for (size_t i = 0; i < service.len; i++)
        if (!is_word_byte(service.text[i]) && service.text[i] != '-')
            return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_word_byte(text.text[i]))
            return false;
    return service.len > 0 && text.len > 0;
}

struct denial denial_find(struct arena *arena, struct str message)
{
    struct str action = word_behind(message, STR("is not authorized to perform: "));
    struct denial denial = {
        .actor = actor_of(arena, word_behind(message, STR("User: "))),
    };

    while (action.len > 0 &&
           (str_ends_with(action, STR(",")) || str_ends_with(action, STR("."))))
        action.len--;
    if (is_action(action))
        denial.action = str_copy(arena, action);
    return denial;
}
