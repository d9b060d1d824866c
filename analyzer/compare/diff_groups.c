#include "compare/diff_groups.h"

#include <assert.h>
#include <string.h>

/* ---- patterns -------------------------------------------------------------------- */

struct pattern_word {
    struct str text;
    const char *instead;
};

static bool stands_at(struct str text, size_t at, struct str word)
{
    size_t end = at + word.len;

    return word.len > 0 && end <= text.len &&
           str_equal(str_slice(text, at, end), word) &&
           (at == 0 || !is_word_byte(text.text[at - 1])) &&
           (end == text.len || !is_word_byte(text.text[end]));
}

/* Adds the text with words for the finding's place. `has_numbers`: and N for numbers.
 */
static void add_pattern(struct buf *out, struct str text,
                        const struct outline_finding *finding, bool has_numbers)
{
    const struct pattern_word words[] = { { finding->resource, "RESOURCE" },
                                          { finding->account, "ACCOUNT" },
                                          { finding->region, "REGION" } };

    for (size_t at = 0; at < text.len;) {
        size_t word = 0;

        while (word < COUNT_OF(words) && !stands_at(text, at, words[word].text))
            word++;
        if (word < COUNT_OF(words)) {
            buf_add(out, str_from(words[word].instead));
            at += words[word].text.len;
        } else if (has_numbers && is_digit(text.text[at])) {
            buf_add_byte(out, 'N');
            while (at < text.len && is_digit(text.text[at]))
                at++;
        } else {
            buf_add_byte(out, text.text[at++]);
        }
    }
}

/* ---- groups ---------------------------------------------------------------------- */

static int result_of(const struct outline_finding *finding)
{
    return finding != NULL ? (int)finding->result : (int)NO_RESULT;
}

/* What groups are told apart by. */
static struct str key_of(struct arena *scratch, const struct diff_change *change)
{
    const struct outline_finding *finding = diff_finding(change);
    struct buf key = BUF_EMPTY(scratch);

    buf_printf(&key, "%d %d %x %llx %.*s\n", result_of(change->old),
               result_of(change->new), change->whys,
               (unsigned long long)change->settings, STR_ARG(finding->codes));
    add_pattern(&key, finding->message, finding, true);
    for (size_t i = 0; change->files != NULL && i < change->files->listed; i++) {
        const struct changed_file *file = change->files->items[i];

        buf_printf(&key, "\n%d ", (int)file->change);
        add_pattern(&key, file->path, finding, false);
    }
    return buf_str(&key);
}

/* The message of the first, where all have it; else what they have in common. */
static void find_message(struct arena *arena, struct diff_group *group)
{
    const struct outline_finding *first = diff_finding(group->items[0]);
    struct buf pattern = BUF_EMPTY(arena);
    bool are_equal = true;

    for (size_t i = 1; i < group->count && are_equal; i++)
        are_equal = str_equal(diff_finding(group->items[i])->message, first->message);
    group->message = first->message;
    if (are_equal)
        return;
    add_pattern(&pattern, first->message, first, true);
    group->message = buf_str(&pattern);
    group->has_pattern = true;
}

void diff_groups_find(struct arena *arena, const struct diff_change *changes,
                      size_t count, struct diff_group_list *groups)
{
    struct arena scratch = ARENA_EMPTY;
    struct table by_key = TABLE_EMPTY(arena);

    *groups = (struct diff_group_list){ 0 };
    for (size_t i = 0; i < count; i++) {
        void **slot = table_slot(&by_key, key_of(&scratch, &changes[i]));
        struct diff_group *group;

        arena_reset(&scratch);
        if (*slot == NULL) {
            groups->items = arena_grow(arena, groups->items, groups->count,
                                       &groups->capacity, sizeof *groups->items);
            *slot = groups->items[groups->count++] =
                arena_new(arena, struct diff_group);
        }
        group = *slot;
        group->items = arena_grow(arena, (void *)group->items, group->count,
                                  &group->capacity, sizeof *group->items);
        group->items[group->count++] = &changes[i];
    }
    for (size_t i = 0; i < groups->count; i++)
        find_message(arena, groups->items[i]);
    arena_release(&scratch);
}

size_t diff_alike(const struct diff_change *changes, size_t count)
{
    size_t alike = 1;

    while (
        alike < count && changes[alike].kind == changes[0].kind &&
        str_equal(diff_finding(&changes[alike])->rule, diff_finding(&changes[0])->rule))
        alike++;
    return alike;
}

const char *diff_results(struct arena *arena, const struct diff_change *change)
{
    const char *old = change->old != NULL ? result_name(change->old->result) : NULL;
    const char *new = change->new != NULL ? result_name(change->new->result) : NULL;

    if (old == NULL)
        return arena_printf(arena, "new: %s", new);
    if (new == NULL)
        return arena_printf(arena, "was %s, gone", old);
    if (strcmp(old, new) == 0)
        return arena_printf(arena, "still %s", new);
    return arena_printf(arena, "was %s, now %s", old, new);
}

/* ---- places ---------------------------------------------------------------------- */

static struct str or_hyphen(struct str text)
{
    return text.text != NULL ? text : STR("-");
}

static struct str name_of(const struct outline_finding *finding)
{
    return finding->resource.text != NULL ? finding->resource : finding->source;
}

static bool is_same_text(struct str left, struct str right)
{
    return str_same(left, right) || (left.text == NULL && right.text == NULL);
}

/* Whether it goes to the line that was begun with `first`. */
static bool is_of_line(const struct outline_finding *first,
                       const struct outline_finding *finding)
{
    bool has_names = name_of(first).text != NULL;

    return is_same_text(first->account, finding->account) &&
           has_names == (name_of(finding).text != NULL) &&
           (!has_names || is_same_text(first->region, finding->region));
}

static void add_name(struct arena *arena, struct diff_places *places, size_t most,
                     struct str name, size_t *capacity)
{
    if (places->names.count == most) {
        places->more++;
        return;
    }
    places->names.items = arena_grow(arena, places->names.items, places->names.count,
                                     capacity, sizeof *places->names.items);
    places->names.items[places->names.count++] = name;
}

void diff_places_find(struct arena *arena, const struct diff_group *group, size_t most,
                      struct diff_places_list *places)
{
    const struct outline_finding *first = NULL;
    size_t capacity = 0;

    *places = (struct diff_places_list){ 0 };
    for (size_t i = 0; i < group->count; i++) {
        const struct outline_finding *finding = diff_finding(group->items[i]);
        struct diff_places *line;

        if (first == NULL || !is_of_line(first, finding)) {
            places->items = arena_grow(arena, places->items, places->count,
                                       &places->capacity, sizeof *places->items);
            line = &places->items[places->count++];
            *line = (struct diff_places){ .account = or_hyphen(finding->account) };
            if (name_of(finding).text != NULL)
                line->region = or_hyphen(finding->region);
            first = finding;
            capacity = 0;
        }
        line = &places->items[places->count - 1];
        add_name(arena, line, most,
                 line->region.text != NULL ? name_of(finding)
                                           : or_hyphen(finding->region),
                 &capacity);
    }
}

/* ---- causes ---------------------------------------------------------------------- */

/* Each list of paths, of a group of several in words for their places. */
static void add_files(struct arena *arena, const struct diff_group *group,
                      const char *what, size_t most, struct diff_cause_list *causes)
{
    static const char *const verbs[] = {
        [FILE_ALTERED] = "was altered",
        [FILE_ADDED] = "was added",
        [FILE_REMOVED] = "is gone",
    };
    const struct diff_change *change = group->items[0];
    const struct file_list *files = change->files;

    for (size_t verb = 0; verb < COUNT_OF(verbs); verb++) {
        struct diff_cause *cause = &causes->items[causes->count];
        size_t count = 0;

        *cause = (struct diff_cause){
            .words = arena_printf(arena, "%s %s", what, verbs[verb]),
            .paths = { arena_array(arena, files->listed, struct str), 0 },
        };
        for (size_t i = 0; i < files->listed; i++) {
            struct buf path = BUF_EMPTY(arena);

            if ((size_t)files->items[i]->change != verb || ++count > most)
                continue;
            if (group->count > 1)
                add_pattern(&path, files->items[i]->path, diff_finding(change), false);
            else
                buf_add(&path, files->items[i]->path);
            cause->paths.items[cause->paths.count++] = buf_str(&path);
        }
        cause->more = count - cause->paths.count;
        causes->count += count > 0;
    }
    /* of those that are not listed the kind is not known */
    if (files->count > files->listed)
        causes->items[causes->count - 1].more += files->count - files->listed;
}

static const char *of_rule(const struct diff *diff, const struct diff_change *change)
{
    const struct str id = diff_finding(change)->rule;

    if (outline_rule(diff->new, id) == NULL)
        return "the new report does not have the rule";
    if (outline_rule(diff->old, id) == NULL)
        return "the old report does not have the rule";
    return "the rule was changed";
}

static const char *of_settings(struct arena *arena, const struct diff *diff,
                               uint64_t settings)
{
    struct buf words = BUF_EMPTY(arena);
    size_t count = 0;

    for (size_t i = 0; i < diff->setting_count; i++) {
        const struct diff_setting *setting = &diff->settings[i];

        if ((settings >> i & 1) == 0)
            continue;
        buf_add(&words, count++ > 0 ? STR(", ") : STR(""));
        buf_add(&words,
                setting->option != NULL ? str_from(setting->option) : setting->key);
    }
    buf_add(&words, count > 1 ? STR(" differ") : STR(" differs"));
    return buf_str(&words).text;
}

static const char *of_why(struct arena *arena, const struct diff *diff,
                          const struct diff_change *change, enum diff_why why)
{
    switch (why) {
    case WHY_RULE:
        return of_rule(diff, change);
    case WHY_WAIVER:
        return change->new != NULL && change->new->result == RESULT_WAIVED
                   ? "a waiver accepts it"
                   : "no waiver accepts it any more";
    case WHY_SETTINGS:
        return of_settings(arena, diff, change->settings);
    case WHY_CATALOG:
        return "the catalog was changed";
    case WHY_PROGRAM:
        return "another version of the program judged it";
    case WHY_ELSEWHERE:
        return "evidence of other places was changed";
    case WHY_NO_DIGEST:
        return "evidence may have changed: one of the reports has no digests";
    case WHY_UNTOLD:
        return "nothing that the reports tell";
    case WHY_EVIDENCE:
    case WHY_NEARBY:
    case DIFF_WHY_COUNT:
        break;
    }
    return NULL;
}

void diff_causes_find(struct arena *arena, const struct diff *diff,
                      const struct diff_group *group, size_t most,
                      struct diff_cause_list *causes)
{
    const struct diff_change *change = group->items[0];

    causes->count = 0;
    for (unsigned why = 0; why < DIFF_WHY_COUNT; why++) {
        if ((change->whys >> why & 1) == 0)
            continue;
        if (why == WHY_EVIDENCE)
            add_files(arena, group, "evidence", most, causes);
        else if (why == WHY_NEARBY)
            add_files(arena, group, "evidence of the account and region", most, causes);
        else
            causes->items[causes->count++] =
                (struct diff_cause){ .words = of_why(arena, diff, change,
                                                     (enum diff_why)why) };
    }
}

/* ---- beside findings ------------------------------------------------------------- */

static void add_count(struct buf *out, size_t count, const char *what)
{
    if (count > 0)
        buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, what);
}

const char *diff_counts(struct arena *arena, const struct diff *diff)
{
    struct buf out = BUF_EMPTY(arena);

    for (int kind = 0; kind < DIFF_KIND_COUNT; kind++)
        add_count(&out, diff->counts[kind], diff_kind_title((enum diff_kind)kind));
    return out.len > 0 ? buf_str(&out).text : "no finding in either";
}

const char *diff_head(struct arena *arena, const struct outline *outline)
{
    static const enum result results[] = { RESULT_FAIL, RESULT_UNKNOWN, RESULT_PASS,
                                           RESULT_NOT_APPLICABLE, RESULT_WAIVED };
    const json_t *as_of = json_object_get(outline->head.settings, "as_of");
    size_t counts[RESULT_COUNT] = { 0 };
    struct buf out = BUF_EMPTY(arena);

    static_assert(COUNT_OF(results) == RESULT_COUNT, "each result is told");
    for (size_t i = 0; i < outline->finding_count; i++)
        counts[outline->findings[i].result]++;
    for (size_t i = 0; i < COUNT_OF(results); i++)
        add_count(&out, counts[results[i]], result_name(results[i]));
    return arena_printf(arena, "%.*s %.*s%s%s: %s", STR_ARG(outline->head.tool),
                        STR_ARG(outline->head.version),
                        json_is_string(as_of) ? ", as of " : "",
                        json_is_string(as_of) ? json_string_value(as_of) : "",
                        out.len > 0 ? buf_str(&out).text : "no findings");
}

static void add_value(struct buf *out, const json_t *value);

static void add_values(struct buf *out, const json_t *list)
{
    size_t index;
    json_t *item;

    json_array_foreach(list, index, item)
    {
        buf_add(out, index > 0 ? STR(",") : STR(""));
        add_value(out, item);
    }
}

/* A setting's value as it could be given. */
static void add_value(struct buf *out, const json_t *value)
{
    const struct str text = { json_string_value(value), json_string_length(value) };

    if (text.text != NULL)
        buf_add(out, text);
    else if (json_is_true(value))
        buf_add(out, STR("given"));
    else if (json_array_size(value) > 0)
        add_values(out, value);
    else
        buf_add(out, STR("not given"));
}

static void add_line(struct str_list *lines, struct buf *line)
{
    lines->items[lines->count++] = buf_str(line);
}

static void add_evidence(struct arena *arena, const struct diff *diff,
                         struct str_list *lines)
{
    static const char *const words[] = {
        [FILE_ALTERED] = "altered",
        [FILE_ADDED] = "added",
        [FILE_REMOVED] = "removed",
        [FILE_MOVED] = "moved",
        [FILE_UNTOLD] = "not to be compared, since a report has no digest of them",
    };
    struct buf counts = BUF_EMPTY(arena), line = BUF_EMPTY(arena);

    static_assert(COUNT_OF(words) == FILE_CHANGE_COUNT, "each change is told");
    for (size_t i = 0; i < COUNT_OF(words); i++)
        add_count(&counts, diff->files.counts[i], words[i]);
    if (counts.len == 0)
        return;
    add_count(&counts, diff->files.same, "the same");
    buf_printf(&line, "evidence: of the files %s", buf_str(&counts).text);
    add_line(lines, &line);
}

static void add_rules(struct arena *arena, const struct diff *diff,
                      struct str_list *lines)
{
    enum { RULES_LISTED = 10 };
    struct buf line = BUF_EMPTY(arena);

    for (size_t i = 0; i < diff->rule_count && i < RULES_LISTED; i++)
        buf_printf(&line, "%s%.*s %s",
                   i > 0 ? ", " : "rules: ", STR_ARG(diff->rules[i].id),
                   file_change_name(diff->rules[i].change));
    if (diff->rule_count > RULES_LISTED)
        buf_printf(&line, " and %zu more", diff->rule_count - RULES_LISTED);
    if (diff->rule_count > 0)
        add_line(lines, &line);
}

struct str_list diff_beside(struct arena *arena, const struct diff *diff)
{
    enum { OTHER_LINES = 4 };
    struct str_list lines = {
        arena_array(arena, diff->setting_count + OTHER_LINES, struct str), 0
    };

    add_evidence(arena, diff, &lines);
    add_rules(arena, diff, &lines);
    for (size_t i = 0; i < diff->setting_count; i++) {
        const struct diff_setting *setting = &diff->settings[i];
        struct buf line = BUF_EMPTY(arena);

        buf_add(&line,
                setting->option != NULL ? str_from(setting->option) : setting->key);
        buf_add(&line, STR(": "));
        add_value(&line, setting->old);
        buf_add(&line, STR(" -> "));
        add_value(&line, setting->new);
        add_line(&lines, &line);
    }
    if (diff->catalog == CATALOG_CHANGED)
        lines.items[lines.count++] = STR("catalog: changed");
    if (diff->has_program_changed)
        lines.items[lines.count++] = str_from(arena_printf(
            arena, "program: %.*s -> %.*s, which may judge otherwise",
            STR_ARG(diff->old->head.version), STR_ARG(diff->new->head.version)));
    return lines;
}
