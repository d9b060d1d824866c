#include "find/words.h"

#include "aws/arn.h"
#include "aws/regions.h"
#include "base/time.h"
#include "json/expand.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    GROUPED_BYTES = sizeof "1234-5678-9012" - 1,
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
    STANDING_FAINT, /* a folder's whole name that may mean something else: a date */
    STANDING_COUNT
};

struct word {
    struct str text;
    bool is_account;
    enum standing standing;
};

/* What one path is read with. */
struct word_reading {
    struct arena *arena;
    const struct str_list *named;
    bool below_account; /* the folder above is an account's whole name */
};

/* One part of the path, between slashes, and where in it the next word is looked for.
 */
struct word_part {
    struct word_reading *reading;
    struct str text;
    size_t at;
    bool is_folder;
    size_t call_bytes; /* of a file's name: what stands before `--` */
};

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

/* The longer of the two, if `name` is a whole word at the start of `rest`. */
static struct str longer(struct str rest, struct str longest, struct str name)
{
    if (name.len > longest.len && name.len <= rest.len &&
        (name.len == rest.len || !is_word_byte(rest.text[name.len])) &&
        str_equal_ignoring_case(str_slice(rest, 0, name.len), name))
        return name;
    return longest;
}

/* The known region whose name is a whole word at `at`, the longest; or absent. */
static struct str region_at(const struct word_part *part, size_t at)
{
    size_t count;
    const struct region *regions = regions_all(&count);
    const struct str_list *named = part->reading->named;
    struct str rest = str_slice(part->text, at, part->text.len), longest = STR_NONE;
    char first = to_lower(rest.text[0]);

    for (size_t i = 0; i < count; i++)
        if (regions[i].name[0] == first)
            longest = longer(rest, longest, str_from(regions[i].name));
    for (size_t i = 0; named != NULL && i < named->count; i++)
        longest = longer(rest, longest, named->items[i]);
    /* as the path has it, if it can */
    if (longest.len > 0 && str_equal(str_slice(rest, 0, longest.len), longest))
        return str_slice(rest, 0, longest.len);
    return longest;
}

static bool all_digits(struct str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_digit(text.text[i]))
            return false;
    return true;
}

/* Whether 1234-5678-9012 stands at `at`, where the first four digits are a word. */
static bool is_grouped_account(struct str text, size_t at)
{
    size_t to = at + GROUPED_BYTES;

    if (to > text.len || !all_digits(text, at, at + 4) || text.text[at + 4] != '-' ||
        !all_digits(text, at + 5, at + 9) || text.text[at + 9] != '-' ||
        !all_digits(text, at + 10, to) ||
        (to < text.len && is_word_byte(text.text[to])))
        return false;
    /* nor the middle of a UUID, nor of four groups and more */
    return (at == 0 || text.text[at - 1] != '-' || at < 5 ||
            !is_hex_digit(text.text[at - 2]) || !is_hex_digit(text.text[at - 3]) ||
            !is_hex_digit(text.text[at - 4]) || !is_hex_digit(text.text[at - 5])) &&
           (to + 4 >= text.len || text.text[to] != '-' ||
            !all_digits(text, to + 1, to + 5));
}

static struct str without_hyphens(struct arena *arena, struct str text)
{
    char *digits = arena_alloc(arena, text.len);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++)
        if (text.text[i] != '-')
            digits[len++] = text.text[i];
    return (struct str){ digits, len };
}

static enum standing standing_of(const struct word_part *part, size_t at, size_t len)
{
    if (part->is_folder)
        return len == part->text.len ? STANDING_FOLDER : STANDING_PART_OF_FOLDER;
    return at < part->call_bytes ? STANDING_FILE : STANDING_BEHIND_CALL;
}

/* The account id that begins at `at`, where the part's letters and digits go to `to`;
 * its bytes in the part, or 0: there is none. */
static size_t account_at(const struct word_part *part, size_t at, size_t to,
                         struct word *word)
{
    struct str text = str_slice(part->text, at, to);
    size_t len = text.len;

    if (!is_digit(text.text[0]))
        return 0;
    if (len == 4 && is_grouped_account(part->text, at)) {
        len = GROUPED_BYTES;
        text =
            without_hyphens(part->reading->arena, str_slice(part->text, at, at + len));
    }
    if (!is_account_id(text) || is_behind_uuid_head(part->text, at))
        return 0;
    word->text = text;
    word->is_account = true;
    word->standing = standing_of(part, at, len);
    if (is_date(text)) {
        if (word->standing != STANDING_FOLDER)
            return 0;
        word->standing = STANDING_FAINT;
    }
    return len;
}

static struct str str_lower(struct arena *arena, struct str text)
{
    char *lower = arena_alloc(arena, text.len);

    for (size_t i = 0; i < text.len; i++)
        lower[i] = to_lower(text.text[i]);
    return (struct str){ lower, text.len };
}

static bool names_known_region(const struct word_part *part)
{
    return region_at(part, 0).len == part->text.len;
}

/* A folder's whole name of a region's form. */
static size_t region_by_form(const struct word_part *part, size_t at, struct word *word)
{
    struct str lower;

    if (at > 0 || !part->is_folder || names_known_region(part))
        return 0;
    lower = str_lower(part->reading->arena, part->text);
    if (!is_region_name(lower))
        return 0;
    word->text = str_equal(lower, part->text) ? part->text : lower;
    word->is_account = false;
    word->standing = is_region_form(lower) ? STANDING_FOLDER : STANDING_FAINT;
    if (word->standing == STANDING_FAINT && !part->reading->below_account)
        return 0;
    return part->text.len;
}

static size_t known_region(const struct word_part *part, size_t at, struct word *word)
{
    word->text = region_at(part, at);
    word->is_account = false;
    word->standing = standing_of(part, at, word->text.len);
    return word->text.len;
}

/* False: no more in this part. */
static bool next_word(struct word_part *part, struct word *word)
{
    struct str text = part->text;

    while (part->at < text.len) {
        size_t at = part->at, to = at, len;

        while (to < text.len && is_word_byte(text.text[to]))
            to++;
        if (to == at) {
            part->at++;
            continue;
        }
        len = account_at(part, at, to, word);
        if (len == 0 && may_begin_region(text, at, to)) {
            len = region_by_form(part, at, word);
            if (len == 0)
                len = known_region(part, at, word);
        }
        part->at = len > 0 ? at + len : to;
        if (len > 0)
            return true;
    }
    return false;
}

/* Of a part such as "111111111111.tar.gz!", an archive in whose place its members
 * stand: what a folder would be called. That of a compressed file names what the file
 * does, which is all that lies in it: no more. */
static struct str name_of_archive(struct str part, struct str below)
{
    struct str name = part, stem;

    if (!str_ends_with(part, STR("!")))
        return part;
    name.len--;
    stem = packing_stem(name);
    if (below.text != NULL && stem.len < name.len && str_starts_with(name, below) &&
        name.text[below.len] == '.')
        return str_slice(part, 0, 0);
    return stem.len < name.len ? stem : part;
}

/* False: no more parts. `rest` is absent at the end. */
static bool next_part(struct word_reading *reading, struct str *rest, bool is_folder,
                      struct word_part *part)
{
    const char *slash;
    size_t call_bytes;

    if (rest->text == NULL)
        return false;
    slash = rest->len > 0 ? memchr(rest->text, '/', rest->len) : NULL;
    *part = (struct word_part){ .reading = reading,
                                .text = *rest,
                                .is_folder = is_folder || slash != NULL };
    if (slash != NULL) {
        part->text.len = (size_t)(slash - rest->text);
        *rest = str_slice(*rest, part->text.len + 1, rest->len);
        part->text = name_of_archive(part->text, *rest);
        return true;
    }
    *rest = STR_NONE;
    if (is_folder)
        part->text = name_of_archive(part->text, STR_NONE);
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

/* The words of one kind, by where they stand. */
struct found {
    struct kept kept[STANDING_COUNT];
    bool beats; /* a part of a folder's name, by a folder `global` below it */
};

static void found_init(struct found *found)
{
    for (int standing = 0; standing < STANDING_COUNT; standing++)
        found->kept[standing].count = 0;
    found->beats = false;
}

/* Which standings count; `beats`: some above do not. */
static const enum standing *counting(const struct found *found, size_t *count,
                                     bool *beats)
{
    static const enum standing by_whole_name[] = { STANDING_FOLDER, STANDING_FILE };
    static const enum standing by_part[] = { STANDING_PART_OF_FOLDER, STANDING_FILE,
                                             STANDING_BEHIND_CALL };
    static const enum standing by_what_is_left[] = { STANDING_FAINT };
    static const enum standing by_parent[] = { STANDING_BEHIND_CALL };
    const struct kept *kept = found->kept;
    bool faint = kept[STANDING_FAINT].count > 0;

    *beats = found->beats || faint;
    if (kept[STANDING_FOLDER].count > 0) {
        *beats = *beats || kept[STANDING_PART_OF_FOLDER].count > 0;
        *count = 2;
        return by_whole_name;
    }
    if (kept[STANDING_PART_OF_FOLDER].count + kept[STANDING_FILE].count > 0) {
        *count = 3;
        return by_part;
    }
    *count = 1;
    *beats = found->beats;
    return faint ? by_what_is_left : by_parent;
}

static const struct str *found_copy(struct arena *arena, const struct found *found,
                                    size_t *count, bool *beats)
{
    size_t standing_count;
    const enum standing *standings = counting(found, &standing_count, beats);
    struct kept all;
    struct str *items;

    all.count = 0;
    for (size_t i = 0; i < standing_count; i++)
        for (size_t j = 0; j < found->kept[standings[i]].count; j++)
            keep(&all, found->kept[standings[i]].items[j]);
    *count = all.count;
    if (all.count == 0)
        return NULL;
    items = arena_array(arena, all.count, struct str);
    memcpy(items, all.items, all.count * sizeof *items);
    return items;
}

/* What lies in a folder `global` is of no region. */
static void heed_global(const struct word_part *part, struct found *regions)
{
    if (!part->is_folder || !str_equal(part->text, STR("global")))
        return;
    regions->beats = regions->beats || regions->kept[STANDING_PART_OF_FOLDER].count > 0;
    regions->kept[STANDING_PART_OF_FOLDER].count = 0;
}

void words_parse(struct arena *arena, struct str path, bool is_folder,
                 const struct str_list *named, struct words *words)
{
    struct word_reading reading = { .arena = arena, .named = named };
    struct found accounts, regions;
    struct word_part part;
    struct word word;
    bool beats_account, beats_region;

    found_init(&accounts);
    found_init(&regions);
    while (next_part(&reading, &path, is_folder, &part)) {
        bool is_account = false;

        while (next_word(&part, &word)) {
            struct found *found = word.is_account ? &accounts : &regions;

            keep(&found->kept[word.standing], word.text);
            is_account =
                word.is_account && part.is_folder && word.standing == STANDING_FOLDER;
        }
        reading.below_account = is_account;
        heed_global(&part, &regions);
    }
    words->accounts =
        found_copy(arena, &accounts, &words->account_count, &beats_account);
    words->regions = found_copy(arena, &regions, &words->region_count, &beats_region);
    words->beats = beats_account || beats_region;
    words->dated =
        words->account_count > 0 && accounts.kept[STANDING_FAINT].count > 0 &&
        str_equal(words->accounts[0], accounts.kept[STANDING_FAINT].items[0]);
}
