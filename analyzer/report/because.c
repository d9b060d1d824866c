#include "report/because.h"

#include <string.h>

/* Texts of one code that are alike. */
struct kind {
    const char *text; /* the first of them */
    bool differs;     /* another is not the same */
    size_t count;     /* findings that have one */
    const struct finding *last;
};

/* One code of reasons or assumptions, and its kinds in the order in which they are met.
 */
struct code_kinds {
    const char *code;
    struct kind **kinds;
    size_t count, capacity;
};

struct codes {
    struct arena *arena, *scratch;
    const struct group *group;
    struct table by_code, by_kind;
    struct code_kinds **items;
    size_t count, capacity;
};

static struct code_kinds *code_get(struct codes *codes, const char *name)
{
    void **slot = table_slot(&codes->by_code, str_from(name));
    struct code_kinds *code = *slot;

    if (code != NULL)
        return code;
    code = *slot = arena_new(codes->arena, struct code_kinds);
    code->code = name;
    codes->items = arena_grow(codes->arena, codes->items, codes->count,
                              &codes->capacity, sizeof(struct code_kinds *));
    codes->items[codes->count++] = code;
    return code;
}

static void note(struct codes *codes, const struct finding *finding,
                 const struct reason *reason)
{
    const char *name = code_name(reason_code(reason));
    const char *text = reason_text(codes->scratch, reason);
    struct code_kinds *code = code_get(codes, name);
    struct str words = group_kind(codes->scratch, finding, text);
    const char *key = arena_printf(codes->scratch, "%s %.*s", name, STR_ARG(words));
    void **slot = table_slot(&codes->by_kind, str_from(key));
    struct kind *kind = *slot;
    const char *shown = group_text(codes->scratch, codes->group, finding, text);

    if (kind == NULL) {
        kind = *slot = arena_new(codes->arena, struct kind);
        kind->text = arena_copy(codes->arena, shown, strlen(shown));
        code->kinds = arena_grow(codes->arena, code->kinds, code->count,
                                 &code->capacity, sizeof(struct kind *));
        code->kinds[code->count++] = kind;
    }
    kind->differs = kind->differs || strcmp(kind->text, shown) != 0;
    kind->count += kind->last != finding;
    kind->last = finding;
}

static void write_kind(struct writer *writer, const struct codes *codes,
                       const struct kind *kind, const char *label)
{
    const char *text = kind->text;

    if (kind->differs)
        text = arena_printf(codes->arena, "%s (and others likewise)", text);
    if (kind->count < codes->group->count)
        label = arena_printf(codes->arena, "%s, of %zu: ", label, kind->count);
    else
        label = arena_printf(codes->arena, "%s: ", label);
    write_labelled(writer, label, text);
}

static void write_code(struct writer *writer, const struct codes *codes,
                       const struct code_kinds *code, const char *label)
{
    size_t left = code->count > BECAUSE_KINDS_MAX ? code->count - BECAUSE_KINDS_MAX : 0;

    for (size_t i = 0; i < code->count && i < BECAUSE_KINDS_MAX; i++)
        write_kind(writer, codes, code->kinds[i], label);
    if (left > 0) {
        page_printf(&writer->page,
                    "and %zu more reason%s of the kind %s, in the json "
                    "report",
                    left, plural(left), code->code);
        page_line(&writer->page);
    }
}

static void write_codes(struct writer *writer, const struct codes *codes,
                        const char *label)
{
    for (size_t i = 0; i < codes->count && i < BECAUSE_CODES_MAX; i++)
        write_code(writer, codes, codes->items[i], label);
    if (codes->count > BECAUSE_CODES_MAX) {
        page_printf(&writer->page, "and %zu more kinds of reasons, in the json report",
                    codes->count - BECAUSE_CODES_MAX);
        page_line(&writer->page);
    }
}

void because_write(struct writer *writer, const struct group *group)
{
    struct arena scratch = ARENA_EMPTY;
    struct codes assumed = { .arena = writer->arena,
                             .scratch = &scratch,
                             .group = group,
                             .by_code = TABLE_EMPTY(writer->arena),
                             .by_kind = TABLE_EMPTY(writer->arena) };
    struct codes reasons = assumed;

    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->findings[i];

        for (size_t j = 0; j < finding->assumption_count; j++)
            if (reason_may_be(&finding->assumptions[j], ALOUD))
                note(&assumed, finding, &finding->assumptions[j]);
        for (size_t j = 0; j < finding->reason_count; j++)
            note(&reasons, finding, &finding->reasons[j]);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    write_codes(writer, &assumed, "assuming");
    write_codes(writer, &reasons, "because");
}
