#include "aws/arn.h"

#include <stdint.h>
#include <string.h>

enum { ACCOUNT_DIGITS = 12 };

bool is_account_id(struct str text)
{
    if (text.len != ACCOUNT_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.text[i]))
            return false;
    return true;
}

/* Takes a name and the colon behind it off `rest`. */
static bool take_name(struct str *rest, struct str *name)
{
    size_t len = 0;

    while (len < rest->len && ((rest->text[len] >= 'a' && rest->text[len] <= 'z') ||
                               is_digit(rest->text[len]) || rest->text[len] == '-'))
        len++;
    if (len == rest->len || rest->text[len] != ':')
        return false;
    *name = (struct str){ rest->text, len };
    *rest = (struct str){ rest->text + len + 1, rest->len - len - 1 };
    return true;
}

bool arn_parse(struct str text, struct arn *arn)
{
    struct str rest = text, prefix = STR_NONE;
    struct arn parsed = { .redacted = false };
    const char *colon;

    if (!take_name(&rest, &prefix) || !str_equal(prefix, STR("arn")) ||
        !take_name(&rest, &parsed.partition) || parsed.partition.len == 0 ||
        !take_name(&rest, &parsed.service) || parsed.service.len == 0 ||
        !take_name(&rest, &parsed.region) || rest.len == 0)
        return false;
    colon = memchr(rest.text, ':', rest.len);
    if (colon == NULL)
        return false;
    parsed.account = (struct str){ rest.text, (size_t)(colon - rest.text) };
    parsed.resource = str_slice(rest, parsed.account.len + 1, rest.len);
    if (parsed.resource.len == 0)
        return false;
    /* "aws": what AWS itself owns, such as its managed policies */
    if (parsed.account.len > 0 && !str_equal(parsed.account, STR("aws")) &&
        !is_account_id(parsed.account)) {
        parsed.account.len = 0;
        parsed.redacted = true;
    }
    *arn = parsed;
    return true;
}
