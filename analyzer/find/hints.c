#include "find/hints.h"

#include "aws/regions.h"

#include <stdint.h>
#include <string.h>

/* The text in lower case, with one blank between words and around them. `joined`: a
 * hyphen parts none. */
static struct str as_words(struct arena *arena, struct str text, bool joined)
{
    char *words = arena_alloc(arena, text.len + 2);
    size_t len = 0;

    words[len++] = ' ';
    for (size_t i = 0; i < text.len; i++) {
        bool is_word = is_letter(text.text[i]) || is_digit(text.text[i]) ||
                       (joined && text.text[i] == '-');

        if (is_word)
            words[len++] = to_lower(text.text[i]);
        else if (words[len - 1] != ' ')
            words[len++] = ' ';
    }
    if (words[len - 1] != ' ')
        words[len++] = ' ';
    return (struct str){ words, len };
}

/* use1 of us-east-1, apse2 of ap-southeast-2. */
static struct str short_name(struct arena *arena, struct str region)
{
    static const char *const directions[] = { "northeast", "northwest", "southeast",
                                              "southwest" };
    struct buf buf = BUF_EMPTY(arena);
    size_t from = 0, parts = 0;

    for (size_t i = 0; i <= region.len; i++) {
        struct str part;

        if (i < region.len && region.text[i] != '-')
            continue;
        part = str_slice(region, from, i);
        buf_add(&buf,
                parts++ == 0 || is_digit(part.text[0]) ? part : str_slice(part, 0, 1));
        for (size_t j = 0; j < sizeof directions / sizeof *directions; j++)
            if (str_equal(part, str_from(directions[j])))
                buf_add_byte(&buf, part.text[sizeof "north" - 1]);
        from = i + 1;
    }
    return buf_str(&buf);
}

/* useast1 of us-east-1. */
static struct str without_hyphens(struct arena *arena, struct str region)
{
    struct buf buf = BUF_EMPTY(arena);

    for (size_t i = 0; i < region.len; i++)
        if (region.text[i] != '-')
            buf_add_byte(&buf, region.text[i]);
    return buf_str(&buf);
}

/* What stands in the title's parentheses: Europe (Ireland). */
static struct str city(struct str title)
{
    size_t from = str_find(title, STR("(")), to = str_find(title, STR(")"));

    return from != SIZE_MAX && to != SIZE_MAX ? str_slice(title, from + 1, to)
                                              : STR_NONE;
}

/* The last place at which the words hold these, or SIZE_MAX. */
static size_t find_last(struct str words, struct str wanted)
{
    size_t last = SIZE_MAX, from = 0;

    for (;;) {
        size_t at = str_find(str_slice(words, from, words.len), wanted);

        if (at == SIZE_MAX)
            return last;
        last = from + at;
        from = last + 1;
    }
}

struct nearest {
    size_t at;
    const char *region;
    struct str word; /* with a blank on both sides */
};

static void try_word(struct str words, struct str wanted, const char *region,
                     struct nearest *nearest)
{
    size_t at = find_last(words, wanted);

    if (at == SIZE_MAX || wanted.len < 3 ||
        (nearest->region != NULL && at < nearest->at))
        return;
    *nearest = (struct nearest){ at, region, wanted };
}

struct hint hint_region(struct arena *arena, struct str path)
{
    size_t count;
    const struct region *regions = regions_all(&count);
    struct str words = as_words(arena, path, false);
    struct nearest nearest = { 0 };

    for (size_t i = 0; i < count; i++) {
        const char *region = regions[i].name;
        struct str name = str_from(region), of_title = city(str_from(regions[i].title));

        if (of_title.text != NULL &&
            str_equal(str_from(regions[i].partition), STR("aws")))
            try_word(words, as_words(arena, of_title, false), region, &nearest);
        try_word(words, as_words(arena, short_name(arena, name), false), region,
                 &nearest);
        try_word(words, as_words(arena, without_hyphens(arena, name), false), region,
                 &nearest);
        /* us_east_1; with hyphens it is no hint, and may contradict another */
        try_word(as_words(arena, path, true), as_words(arena, name, false), region,
                 &nearest);
    }
    if (nearest.region == NULL)
        return (struct hint){ STR_NONE, STR_NONE };
    return (struct hint){ str_trim(nearest.word), str_from(nearest.region) };
}

struct hint hint_account(struct arena *arena, struct str path)
{
    struct str words = as_words(arena, path, false), found = STR_NONE;
    size_t from = 1;

    for (size_t i = 1; i < words.len; i++) {
        struct str word;
        bool digits = true;

        if (words.text[i] != ' ')
            continue;
        word = str_slice(words, from, i);
        for (size_t j = 0; j < word.len; j++)
            digits = digits && is_digit(word.text[j]);
        if (digits && word.len == 11)
            found = word;
        from = i + 1;
    }
    if (found.text == NULL)
        return (struct hint){ STR_NONE, STR_NONE };
    return (struct hint){ found,
                          str_from(arena_printf(arena, "0%.*s", STR_ARG(found))) };
}

/* The option places all such files: of two folders, what is right for one would place
 * the other one wrong. */
const char *hint_region_text(struct arena *arena, struct str path)
{
    struct hint hint = hint_region(arena, path);

    if (hint.word.text == NULL)
        return NULL;
    return arena_printf(
        arena,
        "the path says '%.*s': put it in a folder %.*s, or, if all files "
        "that nothing places are of it, give --assume-region %.*s",
        STR_ARG(hint.word), STR_ARG(hint.place), STR_ARG(hint.place));
}

const char *hint_account_text(struct arena *arena, struct str path)
{
    struct hint hint = hint_account(arena, path);

    if (hint.word.text == NULL)
        return NULL;
    return arena_printf(arena,
                        "the path says '%.*s', which may be an account that lost its "
                        "zero: put it in a folder %.*s, or, if all files that nothing "
                        "places are of it, give --assume-account %.*s",
                        STR_ARG(hint.word), STR_ARG(hint.place), STR_ARG(hint.place));
}
