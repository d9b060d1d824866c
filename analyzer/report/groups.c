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

struct str group_pattern(struct arena *arena, struct str text,
                         const struct finding *finding)
{
    struct buf pattern = BUF_EMPTY(arena);

    add_pattern(&pattern, text, finding->account, finding->region);
    return buf_str(&pattern);
}

/* Whom AWS refused what, and nothing else of its words. */
static void add_failure(struct buf *key, const struct finding *finding,
                        const struct failure *failure)
{
    const struct str parts[] = { failure->code, failure->operation,
                                 failure->denied.actor, failure->denied.action };

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        buf_add_byte(key, '\0');
        add_pattern(key, parts[i], finding->account, finding->region);
    }
}

/* What the reason has in common with those of its kind. */
static void add_kind(struct buf *key, const struct finding *finding,
                     const struct reason *reason)
{
    buf_printf(key, "%d ", (int)reason->sentence);
    add_pattern(key, str_from(reason->path), finding->account, finding->region);
    if (reason->failure != NULL && reason->failure->code.text != NULL) {
        add_failure(key, finding, reason->failure);
        return;
    }
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++) {
        buf_add_byte(key, '\0');
        add_pattern(key, reason->texts[i], finding->account, finding->region);
    }
}

/* ---- groups ---- */

static void add_reasons(struct buf *key, const struct finding *finding)
{
    if (finding->rule == NULL || finding->rows == 0)
        buf_add(key, str_from(finding->message));
    for (size_t i = 0; i < finding->reason_count; i++)
        add_kind(key, finding, &finding->reasons[i]);
    buf_add_byte(key, '\n');
}

/* Of a fail, what it looks like; where nothing is there to judge, that alone. */
static void add_diagnosis(struct buf *key, const struct finding *finding)
{
    const struct remark *remark = finding->diagnosis;

    if (remark != NULL && remark->nothing_there.text != NULL)
        buf_printf(key, "nothing\n%.*s", STR_ARG(remark->nothing_there));
    else if (remark != NULL)
        buf_add(key, remark->code);
    buf_add_byte(key, '\n');
}

/* Of a database, what it says of its plans and backups. */
static void add_protection(struct buf *key, const struct finding *finding)
{
    if (finding->rule != NULL && finding->resource_type != NULL &&
        rule_reads_derived(finding->rule, DERIVE_DATABASE_PROTECTION))
        buf_printf(key, "%s\n", finding->message);
}

/* Of what is waived, why. */
static void add_waiver(struct buf *key, const struct finding *finding)
{
    if (finding->waiver != NULL)
        buf_printf(key, "%zu\n", finding->waiver->place.line);
}

/* What groups are told apart by. */
static struct str explanation(struct arena *scratch, const struct finding *finding)
{
    struct buf key = BUF_EMPTY(scratch);
    const struct type *type = NULL;

    buf_printf(&key, "%" PRIx64 "\n", finding->rows);
    add_protection(&key, finding);
    add_diagnosis(&key, finding);
    add_waiver(&key, finding);
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
    bool lines_differ;
    uint64_t count_min, count_max; /* the sentence's number */
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
        *kind = (struct kind){ .reason = reason,
                               .finding = finding,
                               .count_min = reason->count,
                               .count_max = reason->count };
        kinds->items = arena_grow(codes->arena, kinds->items, kinds->count,
                                  &kinds->capacity, sizeof(struct kind *));
        kinds->items[kinds->count++] = kind;
    }
    kind->accounts_differ =
        kind->accounts_differ || !str_equal(kind->finding->account, finding->account);
    kind->regions_differ =
        kind->regions_differ || !str_equal(kind->finding->region, finding->region);
    kind->lines_differ = kind->lines_differ || kind->reason->line != reason->line;
    if (reason->count < kind->count_min)
        kind->count_min = reason->count;
    if (reason->count > kind->count_max)
        kind->count_max = reason->count;
    kind->count += kind->last != finding;
    kind->last = finding;
}

/* Of a text of the kind's first reason: as it holds for all. */
static struct str text_of_all(struct arena *arena, const struct kind *kind,
                              struct str text)
{
    struct buf pattern = BUF_EMPTY(arena);

    if (text.text == NULL)
        return text;
    add_pattern(&pattern, text,
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

/* What of the first reason does not hold for all. */
static const char *what_differs(struct arena *arena, const struct kind *kind)
{
    if (kind->count_min < kind->count_max)
        return arena_printf(arena, " (the first; of all, %" PRIu64 " to %" PRIu64 ")",
                            kind->count_min, kind->count_max);
    return kind->lines_differ ? " (the first; the others in other lines)" : "";
}

/* An error of AWS as its code, actor and action, and the file that it is of; with what
 * is to be done, where no action says it. */
static const char *advice_of(struct arena *arena, const struct kind *kind,
                             const struct reason *reason)
{
    const struct failure *failure = reason->failure;
    struct buf text = BUF_EMPTY(arena);

    if (failure == NULL || failure->code.text == NULL)
        return reason_advice(arena, reason);
    buf_add(&text, text_of_all(arena, kind, str_from(failure_cause(arena, failure))));
    if (failure->denied.action.text == NULL)
        buf_printf(&text, ": %s", failure->advice);
    if (reason->path != NULL)
        buf_printf(&text, " (%s)", reason->path);
    return buf_str(&text).text;
}

static void add_kind_line(struct group_lines *lines, struct arena *arena,
                          const struct kind *kind, const char *label)
{
    struct group_line line = { .label = label, .count = kind->count };
    struct reason reason = *kind->reason;

    reason.path = text_of_all(arena, kind, str_from(reason.path)).text;
    for (size_t i = 0; i < REASON_TEXTS_MAX; i++)
        reason.texts[i] = text_of_all(arena, kind, reason.texts[i]);
    line.has_pattern = kind->accounts_differ || kind->regions_differ;
    line.is_cause = !reason_may_be(&reason, OF_ASSUMPTION);
    line.code = code_name(reason_code(&reason));
    line.text = arena_printf(arena, "%s%s", reason_text(arena, &reason),
                             what_differs(arena, kind));
    line.advice = arena_printf(arena, "%s%s", advice_of(arena, kind, &reason),
                               what_differs(arena, kind));
    add_line(lines, arena, &line);
}

static void add_codes(struct group_lines *lines, struct arena *arena,
                      const struct codes *codes, const char *label)
{
    for (size_t i = 0; i < codes->count; i++)
        for (size_t j = 0; j < codes->items[i].count; j++)
            add_kind_line(lines, arena, codes->items[i].items[j], label);
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
    struct group_lines lines;

    group_reasons(writer->arena, group, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const struct group_line *line = &lines.items[i];

        write_labelled(
            writer,
            line->count == group->count
                ? arena_printf(writer->arena, "%s: ", line->label)
                : arena_printf(writer->arena, "%s, of %zu: ", line->label, line->count),
            line->text);
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

struct settle_list settles_find(struct arena *arena, const struct group *group)
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
                   const char *heading)
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
    for (size_t i = 0; i < list.count; i++)
        write_settle(page, list.items[i], shared != NULL);
}
