#include "evidence/words.h"

#include "aws/arn.h"
#include "aws/regions.h"
#include "base/time.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    UUID_HEAD_BYTES = 24, /* 8-4-4-4- before the last group */
    YEAR_MIN = 1990,
    YEAR_MAX = 2099,
};

/* Where in the path a word stands. */
enum standing {
    STANDING_FOLDER,         /* it is a folder's whole name */
    STANDING_PART_OF_FOLDER, /* beaten by a whole one */
    STANDING_FILE,
    STANDING_BEHIND_CALL, /* behind `--`: there a parent is named; beaten as well */
};

struct word {
    struct str text;
    bool is_account;
    enum standing standing;
};

/* One part of the path, between slashes, and where in it the next word is looked for.
 */
struct part {
    struct str text;
    size_t at;
    bool is_folder;
    size_t call_bytes; /* of a file's name: what stands before `--` */
};

static bool is_word_byte(char byte)
{
    return is_letter(byte) || is_digit(byte);
}

static bool is_hex_digit(char byte)
{
    char lower = to_lower(byte);

    return is_digit(byte) || (lower >= 'a' && lower <= 'f');
}

static int number_at(struct str text, size_t at, size_t digits)
{
    int number = 0;

    for (size_t i = at; i < at + digits; i++)
        number = number * 10 + (text.text[i] - '0');
    return number;
}

/* YYYYMMDDhhmm; `digits` are 12. */
static bool is_date(struct str digits)
{
    int year = number_at(digits, 0, 4);
    char date[sizeof "YYYY-MM-DD"];
    int64_t instant;

    snprintf(date, sizeof date, "%.4s-%.2s-%.2s", digits.text, digits.text + 4,
             digits.text + 6);
    return year >= YEAR_MIN && year <= YEAR_MAX &&
           instant_parse_date(str_from(date), &instant) &&
           number_at(digits, 8, 2) < 24 && number_at(digits, 10, 2) < 60;
}

/* Whether what ends at `at` is a UUID's first four groups and their hyphens. */
static bool is_behind_uuid_head(struct str text, size_t at)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-";

    if (at < UUID_HEAD_BYTES)
        return false;
    for (size_t i = 0; i < UUID_HEAD_BYTES; i++) {
        char byte = text.text[at - UUID_HEAD_BYTES + i];

        if (form[i] == '-' ? byte != '-' : !is_hex_digit(byte))
            return false;
    }
    return true;
}

/* Two to four letters and a hyphen: nearly every word of a path leaves here. */
static bool may_begin_region(struct str text, size_t from, size_t to)
{
    return to - from >= 2 && to - from <= 4 && to < text.len && text.text[to] == '-';
}

/* The known region whose name is a whole word at `at`, the longest; or absent. */
static struct str region_at(struct str text, size_t at)
{
    size_t count;
    const struct region *regions = regions_all(&count);
    struct str rest = str_slice(text, at, text.len), longest = STR_NONE;

    for (size_t i = 0; i < count; i++) {
        struct str name;

        if (regions[i].name[0] != text.text[at])
            continue;
        name = str_from(regions[i].name);
        if (name.len > longest.len && str_starts_with(rest, name) &&
            (name.len == rest.len || !is_word_byte(rest.text[name.len])))
            longest = str_slice(rest, 0, name.len);
    }
    return longest;
}

/* The account id that the part's letters and digits from `at` to `to` are; or absent.
 */
static struct str account_at(const struct part *part, size_t at, size_t to)
{
    struct str word = str_slice(part->text, at, to);
    bool is_whole_folder = part->is_folder && word.len == part->text.len;

    if (!is_digit(word.text[0]) || !is_account_id(word))
        return STR_NONE;
    if (!is_whole_folder && (is_date(word) || is_behind_uuid_head(part->text, at)))
        return STR_NONE;
    return word;
}

static enum standing standing_of(const struct part *part, size_t at, size_t len)
{
    if (part->is_folder)
        return len == part->text.len ? STANDING_FOLDER : STANDING_PART_OF_FOLDER;
    return at < part->call_bytes ? STANDING_FILE : STANDING_BEHIND_CALL;
}

/* False: no more in this part. */
static bool next_word(struct part *part, struct word *word)
{
    struct str text = part->text;

    while (part->at < text.len) {
        size_t at = part->at, to = at;

        while (to < text.len && is_word_byte(text.text[to]))
            to++;
        if (to == at) {
            part->at++;
            continue;
        }
        word->text = account_at(part, at, to);
        word->is_account = word->text.text != NULL;
        if (!word->is_account && may_begin_region(text, at, to))
            word->text = region_at(text, at);
        part->at = word->text.text != NULL ? at + word->text.len : to;
        if (word->text.text != NULL) {
            word->standing = standing_of(part, at, word->text.len);
            return true;
        }
    }
    return false;
}

/* False: no more parts. `rest` is absent at the end. */
static bool next_part(struct str *rest, bool is_folder, struct part *part)
{
    const char *slash;
    size_t call_bytes;

    if (rest->text == NULL)
        return false;
    slash = rest->len > 0 ? memchr(rest->text, '/', rest->len) : NULL;
    *part = (struct part){ .text = *rest, .is_folder = is_folder || slash != NULL };
    if (slash != NULL) {
        part->text.len = (size_t)(slash - rest->text);
        *rest = str_slice(*rest, part->text.len + 1, rest->len);
        return true;
    }
    *rest = STR_NONE;
    call_bytes = str_find(part->text, STR("--"));
    part->call_bytes = call_bytes != SIZE_MAX ? call_bytes : part->text.len;
    return true;
}

/* Different words, in their order. */
struct kept {
    struct str items[WORDS_MAX];
    size_t count;
};

static void keep(struct kept *kept, struct str text)
{
    for (size_t i = 0; i < kept->count; i++)
        if (str_equal(kept->items[i], text))
            return;
    if (kept->count < WORDS_MAX)
        kept->items[kept->count++] = text;
}

/* The words of one kind: all, and those that count if a folder's whole name is one. */
struct found {
    struct kept all, unbeaten;
    bool has_whole_name;
};

static void found_add(struct found *found, const struct word *word)
{
    keep(&found->all, word->text);
    switch (word->standing) {
    case STANDING_FOLDER:
        found->has_whole_name = true;
        keep(&found->unbeaten, word->text);
        break;
    case STANDING_FILE:
        keep(&found->unbeaten, word->text);
        break;
    case STANDING_PART_OF_FOLDER:
    case STANDING_BEHIND_CALL:
        break;
    }
}

static const struct str *found_copy(struct arena *arena, const struct found *found,
                                    size_t *count)
{
    const struct kept *kept = found->has_whole_name ? &found->unbeaten : &found->all;
    struct str *items;

    *count = kept->count;
    if (kept->count == 0)
        return NULL;
    items = arena_array(arena, kept->count, struct str);
    memcpy(items, kept->items, kept->count * sizeof *items);
    return items;
}

void words_parse(struct arena *arena, struct str path, bool is_folder,
                 struct words *words)
{
    struct found accounts, regions;
    struct part part;
    struct word word;

    accounts.all.count = accounts.unbeaten.count = 0;
    regions.all.count = regions.unbeaten.count = 0;
    accounts.has_whole_name = regions.has_whole_name = false;
    while (next_part(&path, is_folder, &part))
        while (next_word(&part, &word))
            found_add(word.is_account ? &accounts : &regions, &word);
    words->accounts = found_copy(arena, &accounts, &words->account_count);
    words->regions = found_copy(arena, &regions, &words->region_count);
}
