#include "rows.h"

#include "aws/protection.h"

#include <string.h>

/* Hours before the time of the audit; of no bound, NEVER. */
enum { NEVER = -1 };

static const int64_t now = 1773144000; /* 2026-03-10T12:00:00Z */

static int64_t hours(int64_t count)
{
    return count * 60 * 60;
}

/* ---- the states --------------------------------------------------------------------
 */

struct plan {
    char sure;       /* ' ': there is none; Y takes it, S if supported, N may take it; R
                        takes it, and may never run */
    int least, most; /* allowance in hours; `most` NEVER: any */
    char due;        /* Y N ? */
};

static const struct state_row {
    const char *name;
    char supported, ignored;
    struct plan plans[2];
    bool open;
    char backup;        /* Y: there is one, N: there is none, ?: not known */
    int oldest, newest; /* of the newest, age in hours; NEVER: no bound */
    char lost;
    const char *possible;
    char kept; /* of the first plan */
} state_rows[] = {
    { "as fresh as promised",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      7,
      7,
      'N',
      "protected",
      'Y' },
    { "just as old as promised",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      32,
      32,
      'N',
      "protected",
      'Y' },
    { "older than promised",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      33,
      33,
      'N',
      "overdue",
      'N' },
    { "a newer one may be there",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      216,
      NEVER,
      'N',
      "protected overdue",
      '?' },
    { "one of unknown age",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      NEVER,
      NEVER,
      'N',
      "protected overdue failing",
      '?' },
    { "made after the audit",
      'Y',
      'N',
      { { 'Y', 32, 32, 'N' } },
      false,
      'Y',
      -5,
      -5,
      'N',
      "protected overdue pending",
      '?' },
    { "made after the audit, and no plan",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      false,
      'Y',
      -5,
      -5,
      'N',
      "unplanned unprotected",
      '?' },
    { "fresh, and another after the audit",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      19,
      -5,
      'N',
      "protected",
      'Y' },
    { "old, and another after the audit",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'Y',
      40,
      -5,
      'N',
      "protected overdue",
      '?' },
    { "a plan that may never run",
      'Y',
      'N',
      { { 'R', 32, 32, 'Y' } },
      false,
      'Y',
      7,
      7,
      'N',
      "protected unplanned",
      'Y' },
    { "a plan that may never run, and no backup",
      'Y',
      'N',
      { { 'R', 32, 32, 'N' } },
      false,
      'N',
      0,
      0,
      'N',
      "pending unprotected",
      '?' },
    { "a plan that may never run beside one that does",
      'Y',
      'N',
      { { 'R', 200, 200, 'N' }, { 'Y', 10, 10, 'N' } },
      false,
      'Y',
      50,
      50,
      'N',
      "protected overdue",
      'Y' },
    { "perhaps none",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      '?',
      NEVER,
      NEVER,
      'N',
      "protected overdue failing",
      '?' },
    { "one that is old, or none",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      '?',
      300,
      100,
      'N',
      "overdue failing",
      '?' },
    { "none, and a run was due",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "failing",
      '?' },
    { "none, and no run was due",
      'Y',
      'N',
      { { 'Y', 32, 32, 'N' } },
      false,
      'N',
      0,
      0,
      'N',
      "pending",
      '?' },
    { "none, and a run may have been due",
      'Y',
      'N',
      { { 'Y', 32, 32, '?' } },
      false,
      'N',
      0,
      0,
      'N',
      "pending failing",
      '?' },
    { "none, and a job was lost",
      'Y',
      'N',
      { { 'Y', 32, 32, 'N' } },
      false,
      'N',
      0,
      0,
      'Y',
      "failing",
      '?' },
    { "none, and a job may have been lost",
      'Y',
      'N',
      { { 'Y', 32, 32, 'N' } },
      false,
      'N',
      0,
      0,
      '?',
      "pending failing",
      '?' },
    { "a lost job, and a backup",
      'Y',
      'N',
      { { 'Y', 32, 32, 'N' } },
      false,
      'Y',
      7,
      7,
      'Y',
      "protected",
      'Y' },

    { "two plans, one keeps its promise",
      'Y',
      'N',
      { { 'Y', 10, 10, 'Y' }, { 'Y', 200, 200, 'Y' } },
      false,
      'Y',
      50,
      50,
      'N',
      "protected",
      'N' },
    { "two plans, none was due",
      'Y',
      'N',
      { { 'Y', 10, 10, 'N' }, { 'Y', 200, 200, 'N' } },
      false,
      'N',
      0,
      0,
      'N',
      "pending",
      '?' },
    { "two plans, one was due",
      'Y',
      'N',
      { { 'Y', 10, 10, 'N' }, { 'Y', 200, 200, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "failing",
      '?' },
    { "one that may take it, and would be kept",
      'Y',
      'N',
      { { 'Y', 10, 10, 'Y' }, { 'N', 200, 200, 'Y' } },
      false,
      'Y',
      50,
      50,
      'N',
      "protected overdue",
      'N' },
    { "one that may take it, beside one that is kept",
      'Y',
      'N',
      { { 'Y', 200, 200, 'Y' }, { 'N', 10, 10, 'Y' } },
      false,
      'Y',
      50,
      50,
      'N',
      "protected",
      'Y' },
    { "one that may take it alone",
      'Y',
      'N',
      { { 'N', 32, 32, 'Y' } },
      false,
      'Y',
      7,
      7,
      'N',
      "protected unplanned",
      'Y' },
    { "the same with any promise",
      'Y',
      'N',
      { { 'N', 0, NEVER, '?' } },
      false,
      'Y',
      7,
      7,
      'N',
      "protected overdue unplanned",
      '?' },
    { "one that may take it, and no backup",
      'Y',
      'N',
      { { 'N', 32, 32, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "failing unprotected",
      '?' },
    { "one that may take it, and a lost job",
      'Y',
      'N',
      { { 'N', 32, 32, 'N' } },
      false,
      'N',
      0,
      0,
      'Y',
      "failing unprotected",
      '?' },
    { "plans that were not listed, beside one that is kept",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      true,
      'Y',
      7,
      7,
      'N',
      "protected",
      'Y' },
    { "the same beside one that is not",
      'Y',
      'N',
      { { 'Y', 32, 32, 'Y' } },
      true,
      'Y',
      40,
      40,
      'N',
      "protected overdue",
      'N' },
    { "plans that were not listed alone",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      true,
      'N',
      0,
      0,
      'N',
      "pending failing unprotected",
      '?' },
    { "the same with a backup",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      true,
      'Y',
      7,
      7,
      'N',
      "protected overdue unplanned",
      '?' },

    { "no plan, a backup",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      false,
      'Y',
      7,
      7,
      'N',
      "unplanned",
      '?' },
    { "no plan, no backup, a lost job",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      false,
      'N',
      0,
      0,
      'Y',
      "unprotected",
      '?' },
    { "no plan, perhaps a backup",
      'Y',
      'N',
      { { ' ', 0, 0, 'N' } },
      false,
      '?',
      NEVER,
      NEVER,
      '?',
      "unplanned unprotected",
      '?' },

    { "not supported",
      'N',
      'N',
      { { ' ', 0, 0, 'N' } },
      true,
      '?',
      NEVER,
      NEVER,
      '?',
      "unsupported",
      '?' },
    { "supported, perhaps",
      '?',
      'N',
      { { 'S', 32, 32, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "failing unsupported",
      '?' },
    { "supported, perhaps, and no plan",
      '?',
      'N',
      { { ' ', 0, 0, 'N' } },
      false,
      'N',
      0,
      0,
      'N',
      "unprotected unsupported",
      '?' },
    { "of a restore test",
      'Y',
      'Y',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "ignored",
      '?' },
    { "of a restore test, perhaps",
      'Y',
      '?',
      { { 'Y', 32, 32, 'Y' } },
      false,
      'N',
      0,
      0,
      'N',
      "failing ignored",
      '?' },
};

static enum holds holds_of_sign(char sign)
{
    return sign == 'Y' ? HOLDS_YES : sign == 'N' ? HOLDS_NO : HOLDS_MAYBE;
}

static size_t promises_of(const struct plan *plans, struct promise *promises)
{
    size_t count = 0;

    for (; count < 2 && plans[count].sure != ' ' && plans[count].sure != 0; count++)
        promises[count] = (struct promise){
            .is_sure = plans[count].sure == 'Y' || plans[count].sure == 'R',
            .may_be_none = plans[count].sure == 'R',
            .is_sure_supported = plans[count].sure == 'S',
            .allowance = { hours(plans[count].least), plans[count].most == NEVER
                                                          ? INT64_MAX
                                                          : hours(plans[count].most) },
            .due = holds_of_sign(plans[count].due),
        };
    return count;
}

static struct protection_inputs inputs_of(const struct state_row *row,
                                          struct promise *promises)
{
    return (struct protection_inputs){
        .now = &now,
        .is_supported = holds_of_sign(row->supported),
        .is_ignored = holds_of_sign(row->ignored),
        .promises = promises,
        .promise_count = promises_of(row->plans, promises),
        .plans_are_open = row->open,
        .has_backup = holds_of_sign(row->backup),
        .newest = { row->oldest == NEVER ? INT64_MIN : now - hours(row->oldest),
                    row->newest == NEVER ? INT64_MAX : now - hours(row->newest) },
        .lost_job = holds_of_sign(row->lost),
    };
}

static void print_states(const struct protection *protection, struct buf *buf)
{
    for (int state = 0; state < PROTECTION_COUNT; state++) {
        if (!protection->possible[state])
            continue;
        buf_printf(buf, "%s%s", buf->len > 0 ? " " : "",
                   protection_state_name((enum protection_state)state));
    }
}

static void state_test(void **state)
{
    const struct state_row *row = *state;
    struct promise promises[2];
    struct protection_inputs inputs = inputs_of(row, promises);
    struct protection protection;
    struct arena arena = ARENA_EMPTY;
    struct buf buf = BUF_EMPTY(&arena);

    protection_judge(&inputs, &protection);
    print_states(&protection, &buf);
    assert_string_equal(buf_str(&buf).text, row->possible);
    if (inputs.promise_count > 0)
        assert_int_equal(promise_kept(&inputs, &promises[0]), holds_of_sign(row->kept));
    arena_release(&arena);
}

static bool includes(const struct protection *wide, const struct protection *narrow)
{
    for (int state = 0; state < PROTECTION_COUNT; state++)
        if (narrow->possible[state] && !wide->possible[state])
            return false;
    return true;
}

/* Each input that is known, made unknown. */
static void widen_test(void **state)
{
    const struct state_row *row = *state;
    struct promise promises[2];
    const struct protection_inputs inputs = inputs_of(row, promises);
    struct protection narrow, wide;
    struct protection_inputs less;

    protection_judge(&inputs, &narrow);
#define WIDENS(member, value)                                                          \
    less = inputs;                                                                     \
    less.member = value;                                                               \
    protection_judge(&less, &wide);                                                    \
    assert_true(includes(&wide, &narrow))
    if (inputs.newest.most <= now) { /* else a backup of later is none */
        WIDENS(now, NULL);
    }
    WIDENS(is_supported, HOLDS_MAYBE);
    WIDENS(is_ignored, HOLDS_MAYBE);
    WIDENS(plans_are_open, true);
    WIDENS(has_backup, HOLDS_MAYBE);
    WIDENS(newest.least, INT64_MIN);
    WIDENS(newest.most, INT64_MAX);
    WIDENS(lost_job, HOLDS_MAYBE);
#undef WIDENS
    for (size_t i = 0; i < inputs.promise_count; i++) {
        const struct promise was = promises[i];

        promises[i].allowance = (struct interval){ 0, INT64_MAX };
        promises[i].due = HOLDS_MAYBE;
        protection_judge(&inputs, &wide);
        assert_true(includes(&wide, &narrow));
        promises[i] = was;
        promises[i].may_be_none = true;
        protection_judge(&inputs, &wide);
        assert_true(includes(&wide, &narrow));
        promises[i] = was;
        promises[i].is_sure = promises[i].is_sure_supported = false;
        protection_judge(&inputs, &wide);
        assert_true(includes(&wide, &narrow));
        promises[i] = was;
    }
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, state_rows, state_test);
    TESTS_ADD_ROWS(&tests, state_rows, widen_test);
    return tests_run("aws_protection", &tests);
}
