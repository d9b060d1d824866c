#include "base/suggest.h"

enum { SUGGEST_BYTES_MAX = 100 }; /* longer text is near to nothing */

static char folded(char byte)
{
    if (byte == '_')
        return '-';
    return to_lower(byte);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* How many letters are to be changed, added, removed or swapped with their neighbour to
 * make one out of the other (Damerau and Levenshtein). Three rows of the table are
 * enough: a swap looks two back. */
static size_t distance(struct str left, struct str right)
{
    size_t rows[3][SUGGEST_BYTES_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= right.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= left.len; i++) {
        size_t *oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= right.len; j++) {
            char a = folded(left.text[i - 1]), b = folded(right.text[j - 1]);

            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b));
            if (i > 1 && j > 1 && a == folded(right.text[j - 2]) &&
                folded(left.text[i - 2]) == b && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        before = last;
        last = row;
        row = oldest;
    }
    return last[right.len];
}

static bool begins_with(struct str name, struct str text)
{
    if (text.len == 0 || text.len > name.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (folded(name.text[i]) != folded(text.text[i]))
            return false;
    return true;
}

static size_t distance_max(struct str name)
{
    return name.len > 3 ? name.len / 3 : 1;
}

const char *suggest(struct str text, const char *const *names, size_t count)
{
    const char *nearest = NULL, *begun = NULL;
    size_t least = 0, begun_count = 0;

    if (text.len > SUGGEST_BYTES_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        struct str name = str_from(names[i]);
        size_t letters;

        if (begins_with(name, text)) {
            begun = names[i];
            begun_count++;
        }
        if (name.len > SUGGEST_BYTES_MAX)
            continue;
        letters = distance(text, name);
        /* Something must be alike: 'x' is not meant to be 'y'. */
        if (letters <= distance_max(name) && letters < name.len &&
            (nearest == NULL || letters < least)) {
            nearest = names[i];
            least = letters;
        }
    }
    if (nearest != NULL)
        return nearest;
    return begun_count == 1 ? begun : NULL;
}

const char *suggestion(struct arena *arena, struct str text, const char *const *names,
                       size_t count)
{
    const char *name = suggest(text, names, count);

    return name != NULL ? arena_printf(arena, " (did you mean '%s'?)", name) : "";
}
