#include "explain/agree.h"

#include "explain/matrix.h"

/* Either may hold. */
static void leave_open(struct arena *arena, const struct finding *without,
                       struct finding *finding)
{
    enum result *possible = arena_array(arena, 2, enum result);
    struct reason *reason = arena_new(arena, struct reason);
    bool in_order = finding->result < without->result;

    *reason = *SAYS(SAY_DISAGREEMENT_OF_LISTS,
                    .texts = { str_from(result_name(finding->result)),
                               str_from(result_name(without->result)) });
    possible[in_order ? 0 : 1] = finding->result;
    possible[in_order ? 1 : 0] = without->result;
    finding->possible = possible;
    finding->possible_count = 2;
    finding->result = RESULT_UNKNOWN;
    finding->message = reason_text(arena, reason);
    finding->rows = 0;
    finding->values = NULL;
    finding->reasons = reason;
    finding->reason_count = 1;
    finding->assumption_count = 0;
    finding->diagnosis = NULL;
    finding->caution_count = 0;
}

static void agree_findings(struct arena *arena, const struct assessment *without,
                           struct assessment *assessment)
{
    struct arena scratch = ARENA_EMPTY;
    struct table by_id = TABLE_EMPTY(&scratch);
    struct finding *findings =
        arena_array(arena, assessment->finding_count + 1, struct finding);
    const struct finding **links =
        arena_array(&scratch, without->finding_count + 1, const struct finding *);

    table_reserve(&by_id, without->finding_count);
    for (size_t i = 0; i < without->finding_count; i++) {
        links[i] = &without->findings[i];
        *table_slot(&by_id, str_from(links[i]->id)) = &links[i];
    }
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *const *link =
            table_find(&by_id, str_from(assessment->findings[i].id));
        const struct finding *other = link != NULL ? *link : NULL;

        findings[i] = assessment->findings[i];
        if (findings[i].result == RESULT_UNKNOWN || other == NULL ||
            other->result == findings[i].result)
            continue;
        if (other->result == RESULT_UNKNOWN)
            findings[i] = *other;
        else
            leave_open(arena, other, &findings[i]);
    }
    assessment->findings = findings;
    arena_release(&scratch);
}

/* ---- the matrix ------------------------------------------------------------------ */

static struct str key_of(struct buf *buf, const struct matrix_row *row)
{
    const struct str parts[] = { row->account, row->region, str_from(row->source),
                                 row->resource };

    buf_clear(buf);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        buf_add(buf, parts[i]);
        buf_add_byte(buf, '\0');
    }
    return buf_str(buf);
}

static void agree_rows(struct arena *arena, const struct assessment *without,
                       struct assessment *assessment)
{
    struct arena scratch = ARENA_EMPTY;
    struct table by_key = TABLE_EMPTY(&scratch);
    struct buf key = BUF_EMPTY(&scratch);
    struct matrix_row *rows =
        arena_array(arena, assessment->matrix_count + 1, struct matrix_row);
    const struct matrix_row **links =
        arena_array(&scratch, without->matrix_count + 1, const struct matrix_row *);

    for (size_t i = 0; i < without->matrix_count; i++) {
        const struct matrix_row ***slot;

        links[i] = &without->matrix[i];
        slot = (const struct matrix_row ***)table_slot(
            &by_key, str_copy(&scratch, key_of(&key, links[i])));
        if (*slot != NULL)
            **slot = NULL; /* two of one name: which is meant is not known */
        else
            *slot = &links[i];
    }
    for (size_t i = 0; i < assessment->matrix_count; i++) {
        const struct matrix_row *const *link;

        rows[i] = assessment->matrix[i];
        link = table_find(&by_key, key_of(&key, &rows[i]));
        matrix_row_agree(arena, link != NULL ? *link : NULL, &rows[i]);
    }
    if (assessment->matrix != NULL)
        assessment->matrix = rows;
    if (without->matrix_open > assessment->matrix_open)
        assessment->matrix_open = without->matrix_open;
    arena_release(&scratch);
}

void agree(struct arena *arena, const struct assessment *without,
           struct assessment *assessment)
{
    agree_findings(arena, without, assessment);
    agree_rows(arena, without, assessment);
}
