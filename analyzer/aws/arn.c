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

/* Takes what stands before the next colon off `rest`, and the colon. */
static bool take_part(struct str *rest, struct str *part)
{
    const char *colon = rest->len > 0 ? memchr(rest->text, ':', rest->len) : NULL;
    size_t len;

    if (colon == NULL)
        return false;
    len = (size_t)(colon - rest->text);
    *part = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len + 1, rest->len);
    return true;
}

static bool has_name_bytes_only(struct str part)
{
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.text[i];

        if (!(byte >= 'a' && byte <= 'z') && !is_digit(byte) && byte != '-')
            return false;
    }
    return true;
}

bool arn_parse(struct str text, struct arn *arn)
{
    struct str rest = text, prefix = STR_NONE;
    struct arn parsed = { .redacted = false };

    if (!take_part(&rest, &prefix) || !take_part(&rest, &parsed.partition) ||
        !take_part(&rest, &parsed.service) || !take_part(&rest, &parsed.region) ||
        !take_part(&rest, &parsed.account))
        return false;
    parsed.resource = rest;
    if (!str_equal(prefix, STR("arn")) || parsed.partition.len == 0 ||
        parsed.service.len == 0 || parsed.resource.len == 0)
        return false;
    if (!has_name_bytes_only(parsed.partition) ||
        !has_name_bytes_only(parsed.service) || !has_name_bytes_only(parsed.region))
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

bool arn_parse_next(struct arn_start *last, struct str text, struct arn *arn)
{
    if (last->len == 0 || text.len <= last->len ||
        memcmp(text.text, last->bytes, last->len) != 0) {
        size_t len;

        if (!arn_parse(text, arn))
            return false;
        len = text.len - arn->resource.len;
        if (len >= sizeof last->bytes)
            return true;
        /* with a byte of the resource: an ARN has one */
        memcpy(last->bytes, text.text, len + 1);
        last->len = len;
        arn_parse((struct str){ last->bytes, len + 1 }, &last->arn);
    }
    *arn = last->arn;
    arn->resource = str_slice(text, last->len, text.len);
    return true;
}
