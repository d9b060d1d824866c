#include "report/groups.h"

#include "explain/message.h"
#include "rulebook/derived.h"

#include <inttypes.h>
#include <string.h>

/* ---- reasons of one kind ---- */

static bool stands_at(struct str text, size_t at, struct str word)
{
    size_t end = at + word.len;

    return word.len > 0 && end <= text.len &&
           str_equal(str_slice(text, at, end), word) &&
           (at == 0 || !is_word_byte(text.text[at - 1])) &&
           (end == text.len || !is_word_byte(text.text[end]));
}

/* The text with ACCOUNT and REGION for these words. */
static void add_pattern(struct buf *buf, struct str text, struct str account,
                        struct str region)
{
    for (size_t at = 0; at < text.len;) {
        if (stands_at(text, at, account)) {
            buf_add(buf, STR("ACCOUNT"));
            at += account.len;
        } else if (stands_at(text, at, region)) {
            buf_add(buf, STR("REGION"));
            at += region.len;
        } else {
            buf_add_byte(buf, text.text[at++]);
        }
    }
}

/* What the reason has in common with those of its kind. */
static void add_kind(struct buf *key, const struct finding *finding,
                     const struct reason *reason)
{
    buf_printf(key, "%d ", (int)reason->sentence);
    add_pattern(key, str_from(reason->path), finding->account, finding->region);
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++) {
        enum argument argument = reason_argument(reason, i);

        buf_add_byte(key, '\0');
        if (argument != ARGUMENT_ACCOUNT && argument != ARGUMENT_REGION)
            add_pattern(key, reason->texts[i], finding->account, finding->region);
    }
}

/* ---- groups ---- */

/* Of a rule's finding: a run of reasons of one code is one. Of what is missing: what it
 * is, and each reason. */
static void add_reasons(struct buf *key, const struct finding *finding)
{
    enum code code = CODE_COUNT;

    if (finding->rule == NULL)
        buf_add(key, str_from(finding->message));
    for (size_t i = 0; i < finding->reason_count; i++) {
        const struct reason *reason = &finding->reasons[i];

        if (finding->rule == NULL)
            add_kind(key, finding, reason);
        else if (code != reason_code(reason))
            buf_printf(key, "%s,", code_name(reason_code(reason)));
        code = reason_code(reason);
    }
    buf_add_byte(key, '\n');
}

/* Of a database, what it says of its plans and backups. */
static void add_protection(struct buf *key, const struct finding *finding)
{
    if (finding->rule != NULL && finding->resource_type != NULL &&
        rule_reads_derived(finding->rule, DERIVE_DATABASE_PROTECTION))
        buf_printf(key, "%s\n", finding->message);
}

/* What groups are told apart by. */
static struct str explanation(struct arena *scratch, const struct finding *finding)
{
    struct buf key = BUF_EMPTY(scratch);
    const struct type *type = NULL;

    buf_printf(&key, "%" PRIx64 "\n", finding->rows);
    add_protection(&key, finding);
    for (size_t i = 0; i < finding->assumption_count; i++)
        if (reason_may_be(&finding->assumptions[i], ALOUD))
            buf_printf(&key, "%s,", code_name(reason_code(&finding->assumptions[i])));
    buf_add_byte(&key, '\n');
    add_reasons(&key, finding);
    for (size_t i = 0; i < finding->settle_count; i++) {
        if (finding->settles[i].type != type)
            buf_printf(&key, "%.*s,", STR_ARG(finding->settles[i].type->name));
        type = finding->settles[i].type;
    }
    return buf_str(&key);
}

void groups_find(struct arena *arena, const struct finding *findings, size_t count,
                 enum result result, struct group_list *groups)
{
    struct arena scratch = ARENA_EMPTY;
    struct table by_explanation = TABLE_EMPTY(arena);

    *groups = (struct group_list){ 0 };
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &findings[i];
        struct group *group;
        void **slot;

        if (finding->result != result)
            continue;
        slot = table_slot(&by_explanation, explanation(&scratch, finding));
        arena_reset(&scratch);
        if (*slot == NULL) {
            groups->items = arena_grow(arena, groups->items, groups->count,
                                       &groups->capacity, sizeof(struct group *));
            *slot = groups->items[groups->count++] = arena_new(arena, struct group);
        }
        group = *slot;
        group->findings = arena_grow(arena, (void *)group->findings, group->count,
                                     &group->capacity, sizeof(const struct finding *));
        group->findings[group->count++] = finding;
    }
    arena_release(&scratch);
}

const char *group_message(struct arena *arena, const struct group *group)
{
    if (group->count == 1)
        return group->findings[0]->message;
    return message_join(arena, group->findings, group->count);
}

/* ---- their reasons ----------------------------------------------------------------
 */

/* Reasons of one kind. */
struct kind {
    const struct reason *reason;   /* the first */
    const struct finding *finding; /* the first that has one */
    const struct finding *last;
    size_t count; /* findings that have one */
    bool accounts_differ, regions_differ;
    bool others_differ; /* from the first, by more than paths */
};

/* One code, and its kinds in the order in which they are met. */
struct kinds {
    enum code code;
    struct kind **items;
    size_t count, capacity;
};

struct codes {
    struct arena *arena;
    struct table known;             /* kinds, by what is common to them */
    struct kinds items[CODE_COUNT]; /* in the order in which they are met */
    size_t count;
};

static struct kinds *kinds_of(struct codes *codes, enum code code)
{
    size_t i = 0;

    while (i < codes->count && codes->items[i].code != code)
        i++;
    if (i == codes->count)
        codes->items[codes->count++].code = code;
    return &codes->items[i];
}

static bool are_equal_but_for_paths(const struct reason *left,
                                    const struct reason *right)
{
    bool equal = left->count == right->count && left->line == right->line;

    for (size_t i = 0; i < REASON_TEXTS_MAX && equal; i++)
        equal = reason_argument(left, i) == ARGUMENT_PATH ||
                str_equal(left->texts[i], right->texts[i]);
    return equal;
}

static void note(struct codes *codes, const struct finding *finding,
                 const struct reason *reason)
{
    struct buf key = BUF_EMPTY(codes->arena);
    void **slot;
    struct kind *kind;

    add_kind(&key, finding, reason);
    slot = table_slot(&codes->known, buf_str(&key));
    kind = *slot;
    if (kind == NULL) {
        struct kinds *kinds = kinds_of(codes, reason_code(reason));

        kind = *slot = arena_new(codes->arena, struct kind);
        *kind = (struct kind){ .reason = reason, .finding = finding };
        kinds->items = arena_grow(codes->arena, kinds->items, kinds->count,
                                  &kinds->capacity, sizeof(struct kind *));
        kinds->items[kinds->count++] = kind;
    }
    kind->accounts_differ =
        kind->accounts_differ || !str_equal(kind->finding->account, finding->account);
    kind->regions_differ =
        kind->regions_differ || !str_equal(kind->finding->region, finding->region);
    kind->others_differ =
        kind->others_differ || !are_equal_but_for_paths(kind->reason, reason);
    kind->count += kind->last != finding;
    kind->last = finding;
}

/* Of a path of the kind's first reason: as it holds for all. */
static struct str path_of_all(struct arena *arena, const struct kind *kind,
                              struct str path)
{
    struct buf pattern = BUF_EMPTY(arena);

    if (path.text == NULL)
        return path;
    add_pattern(&pattern, path,
                kind->accounts_differ ? kind->finding->account : STR_NONE,
                kind->regions_differ ? kind->finding->region : STR_NONE);
    return buf_str(&pattern);
}

static void add_line(struct group_lines *lines, struct arena *arena,
                     const struct group_line *line)
{
    lines->items = arena_grow(arena, lines->items, lines->count, &lines->capacity,
                              sizeof(struct group_line));
    lines->items[lines->count++] = *line;
}

static void add_kind_line(struct group_lines *lines, struct arena *arena,
                          const struct kind *kind, const char *label)
{
    struct group_line line = { .label = label, .count = kind->count };
    struct reason reason = *kind->reason;

    reason.path = path_of_all(arena, kind, str_from(reason.path)).text;
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        if (reason_argument(&reason, i) == ARGUMENT_PATH)
            reason.texts[i] = path_of_all(arena, kind, reason.texts[i]);
    line.text = arena_printf(arena, "%s%s", reason_text(arena, &reason),
                             kind->others_differ ? " (and others likewise)" : "");
    add_line(lines, arena, &line);
}

static void add_codes(struct group_lines *lines, struct arena *arena,
                      const struct codes *codes, const char *label)
{
    struct group_line more = { 0 };

    for (size_t i = 0; i < codes->count && i < CODES_MAX; i++) {
        const struct kinds *kinds = &codes->items[i];

        for (size_t j = 0; j < kinds->count && j < KINDS_MAX; j++)
            add_kind_line(lines, arena, kinds->items[j], label);
        if (kinds->count <= KINDS_MAX)
            continue;
        more.text = arena_printf(
            arena, "and %zu more reason%s of the kind %s, in the json report",
            kinds->count - KINDS_MAX, plural(kinds->count - KINDS_MAX),
            code_name(kinds->code));
        add_line(lines, arena, &more);
    }
    if (codes->count <= CODES_MAX)
        return;
    more.text = arena_printf(arena, "and %zu more kinds of reasons, in the json report",
                             codes->count - CODES_MAX);
    add_line(lines, arena, &more);
}

void group_reasons(struct arena *arena, const struct group *group,
                   struct group_lines *lines)
{
    struct codes assumed = { .arena = arena, .known = TABLE_EMPTY(arena) };
    struct codes reasons = assumed;

    *lines = (struct group_lines){ 0 };
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];

        for (size_t j = 0; j < finding->assumption_count; j++)
            if (reason_may_be(&finding->assumptions[j], ALOUD))
                note(&assumed, finding, &finding->assumptions[j]);
        for (size_t j = 0; j < finding->reason_count; j++)
            note(&reasons, finding, &finding->reasons[j]);
    }
    add_codes(lines, arena, &assumed, "assuming");
    add_codes(lines, arena, &reasons, "because");
}

void write_reasons(struct writer *writer, const struct group *group)
{
    struct page *page = &writer->page;
    struct group_lines lines;

    group_reasons(writer->arena, group, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const struct group_line *line = &lines.items[i];

        if (line->label == NULL) {
            page_words(page, str_from(line->text));
            page_line(page);
        } else {
            write_labelled(writer,
                           line->count == group->count
                               ? arena_printf(writer->arena, "%s: ", line->label)
                               : arena_printf(writer->arena,
                                              "%s, of %zu: ", line->label, line->count),
                           line->text);
        }
    }
}

/* ---- their commands ---------------------------------------------------------------
 */

/* The permission that all the group's commands need, or NULL. */
static const char *shared_permission(const struct group *group)
{
    const char *shared = NULL;

    for (size_t i = 0; i < group->count; i++) {
        for (size_t s = 0; s < group->findings[i]->settle_count; s++) {
            const char *permission = group->findings[i]->settles[s].permission;

            if (shared == NULL)
                shared = permission;
            if (permission == NULL || permission[0] == '\0' ||
                !str_equal(str_from(permission), str_from(shared)))
                return NULL;
        }
    }
    return shared;
}

static void write_settle(struct page *page, const struct settle *settle, bool is_shared)
{
    size_t indent = page->indent;

    page->indent = indent + SETTLE_INDENT;
    page_solid(page, str_from(settle->command));
    page_line(page);
    page->indent += HANGING_INDENT;
    if (settle->save_as != NULL) {
        page_words(page, STR("save as "));
        page_solid(page, str_from(settle->save_as));
        page_line(page);
    }
    if (!is_shared && settle->permission != NULL && settle->permission[0] != '\0') {
        page_words(page, STR("needs "));
        page_solid(page, str_from(settle->permission));
        page_line(page);
    }
    page->indent = indent;
}

struct settle_list {
    const struct settle **items;
    size_t count, capacity;
};

/* Each command once. */
static struct settle_list settles_find(struct arena *arena, const struct group *group)
{
    struct table known = TABLE_EMPTY(arena);
    struct settle_list list = { 0 };

    for (size_t i = 0; i < group->count; i++) {
        for (size_t s = 0; s < group->findings[i]->settle_count; s++) {
            const struct settle *settle = &group->findings[i]->settles[s];
            const char *save_as = settle->save_as != NULL ? settle->save_as : "";
            void **slot = table_slot(
                &known,
                str_from(arena_printf(arena, "%s\n%s", settle->command, save_as)));

            if (*slot != NULL)
                continue;
            *slot = &list;
            list.items = arena_grow(arena, (void *)list.items, list.count,
                                    &list.capacity, sizeof *list.items);
            list.items[list.count++] = settle;
        }
    }
    return list;
}

void write_settles(struct writer *writer, const struct group *group,
                   const char *heading, size_t most)
{
    const struct settle_list list = settles_find(writer->arena, group);
    const char *shared = shared_permission(group);
    struct page *page = &writer->page;

    if (list.count == 0)
        return;
    page_words(page, str_from(heading));
    if (shared != NULL)
        page_printf(page, ", with the permission %s", shared);
    page_words(page, STR(":"));
    page_line(page);
    for (size_t i = 0; i < list.count && (most == 0 || i < most); i++)
        write_settle(page, list.items[i], shared != NULL);
    if (most == 0 || list.count <= most)
        return;
    page->indent += SETTLE_INDENT;
    page_printf(page, "and %zu more; 'invaudit evidence' lists them all",
                list.count - most);
    page_line(page);
    page->indent -= SETTLE_INDENT;
}
