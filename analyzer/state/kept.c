#include "state/kept.h"

#include <assert.h>
#include <string.h>

static bool is_zero(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

bool kept_is_there(const struct kept_row *row, const void *object)
{
    const char *at = (const char *)object + row->offset;
    const char *const *chars = (const void *)at;
    const struct str *text = (const void *)at;

    switch (row->kind) {
    case KEPT_TEXT:
        return text->text != NULL;
    case KEPT_CHARS:
        return *chars != NULL && (*chars)[0] != '\0';
    case KEPT_FLAG:
    case KEPT_NUMBER:
    case KEPT_FEW:
    case KEPT_OBJECT:
    case KEPT_OWNER:
    case KEPT_TYPE:
    case KEPT_CALL:
        return !is_zero(at, row->bytes);
    case KEPT_DIGEST:
        return at[0] != '\0';
    case KEPT_DOUBLES:
        return true;
    case KEPT_LIST:
    case KEPT_TEXTS:
        return *(const size_t *)(const void *)((const char *)object + row->count) > 0;
    case KEPT_MADE:
        return row->is_there(object);
    case KEPT_NOT:
        return false;
    }
    assert(false);
    return false;
}
