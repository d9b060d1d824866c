#include "report/escape.h"
#include "report/report.h"
#include "report/said.h"
#include "report/syntax.h"

#include "base/table.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/*
 * JUnit XML as Jenkins, GitLab and GitHub's readers take it: a suite a rule, a test
 * case a finding, and a suite `evidence` with an error a problem. fail is a <failure>,
 * unknown an <error>, not_applicable and waived are <skipped>. Readers compare a run
 * with the one before by the names of test cases: so none has a line number in it. No
 * clock: the same evidence gives the same bytes, and each test takes no time.
 *
 * GitLab shows the text of these elements, not their message, and of test cases with
 * the same class and name only the first: so each has text, and a name of its own. No
 * `file` of a test case, from which GitLab makes a link: Jenkins's xUnit plugin leaves
 * out a whole report that its schema, junit-10.xsd, does not fit, and that does not
 * know it. The text tells the place.
 */
#define NO_TIME " time=\"0\""

/* The names of test cases that were used, and memory for one of them at a time. */
struct case_names {
    struct table table;
    struct arena scratch;
};

struct counts {
    size_t tests, failures, errors, skipped;
};

static void add_text(struct buf *out, struct str text)
{
    syntax_add(out, SYNTAX_XML, text);
}

static void add_words(struct buf *out, const char *text)
{
    add_text(out, str_from(text));
}

static void add_attribute(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, " %s=\"", name);
    add_text(out, value);
    buf_add_byte(out, '"');
}

static void add_property(struct buf *out, const char *name, struct str value)
{
    buf_add(out, STR("      <property"));
    add_attribute(out, "name", str_from(name));
    add_attribute(out, "value", value);
    buf_add(out, STR("/>\n"));
}

/* How often the class has this name, as a reader sees it. */
static size_t *count_of(struct case_names *names, struct str class_name,
                        struct str name)
{
    struct buf key = BUF_EMPTY(&names->scratch);
    void **slot;

    buf_add(&key, class_name);
    buf_add_byte(&key, '\n');
    buf_add(&key, name);
    slot = table_slot(&names->table, buf_str(&key));
    if (*slot == NULL)
        *slot = arena_new(names->table.arena, size_t);
    return *slot;
}

/* Starts a test case, which is left open. A name that its class has already gets a
 * number. */
static void start_case(struct buf *out, struct case_names *names, struct str class_name,
                       struct str name)
{
    struct str plain, own;
    size_t *count, *of_own;
    struct buf spelled = BUF_EMPTY(&names->scratch);

    escape_text(&spelled, name);
    own = plain = buf_str(&spelled);
    of_own = count = count_of(names, class_name, plain);
    while (*of_own > 0) {
        struct buf numbered = BUF_EMPTY(&names->scratch);

        buf_add(&numbered, plain);
        buf_printf(&numbered, " (%zu)", ++*count);
        own = buf_str(&numbered);
        of_own = count_of(names, class_name, own);
    }
    ++*of_own;
    buf_add(out, STR("    <testcase"));
    add_attribute(out, "classname", class_name);
    add_attribute(out, "name", own);
    buf_add(out, STR(NO_TIME));
}

/* ---- findings ----------------------------------------------------------------------
 */

static void count_finding(struct counts *counts, const struct finding *finding)
{
    counts->tests++;
    switch (finding->result) {
    case RESULT_FAIL:
        counts->failures++;
        return;
    case RESULT_UNKNOWN:
        counts->errors++;
        return;
    case RESULT_NOT_APPLICABLE:
    case RESULT_WAIVED:
        counts->skipped++;
        return;
    case RESULT_PASS:
    case RESULT_COUNT:
        return;
    }
}

static void add_line(struct buf *out, const char *label, const char *text)
{
    buf_add(out, str_from(label));
    add_words(out, text);
    buf_add_byte(out, '\n');
}

/* With its code, which the manual explains. */
static void add_reason(struct buf *out, struct arena *scratch, const char *label,
                       const struct reason *reason)
{
    buf_add(out, str_from(label));
    add_words(out, reason_text(scratch, reason));
    buf_printf(out, " [%s]\n", code_name(reason_code(reason)));
}

/* Where to look. */
static void add_places(struct buf *out, const struct finding *finding)
{
    enum { PLACES_SHOWN = 5 };
    uint64_t more = finding->citations_more;
    size_t shown = 0;

    for (size_t i = 0; i < finding->citation_count; i++) {
        const struct citation *citation = &finding->citations[i];

        if (!citation->decisive)
            continue;
        if (shown++ >= PLACES_SHOWN) {
            more++;
            continue;
        }
        buf_add(out, STR("see "));
        add_words(out, citation->path);
        buf_printf(out, ":%" PRIu64 " ", citation->line);
        add_words(out, citation_pointer(out->arena, citation));
        buf_add_byte(out, '\n');
    }
    if (more > 0)
        buf_printf(out, "and %" PRIu64 " more, in the json report\n", more);
}

static void add_remark(struct buf *out, const char *label, const struct remark *remark)
{
    buf_add(out, str_from(label));
    add_words(out, remark->text);
    buf_add(out, STR(" ["));
    add_text(out, remark->code);
    buf_add(out, STR("]\n"));
}

static void add_cautions(struct buf *out, const struct finding *finding)
{
    for (size_t i = 0; i < finding->caution_count; i++)
        add_remark(out, "caution: ", &finding->cautions[i]);
}

/* What the finding rests on, for who opens the failed test. */
static void add_details(struct buf *out, struct arena *scratch,
                        const struct finding *finding)
{
    add_line(out, "", finding_message(scratch, finding));
    if (finding->waiver != NULL)
        add_line(out, "", waiver_text(scratch, finding->waiver));
    if (finding->diagnosis != NULL)
        add_remark(out, "looks like: ", finding->diagnosis);
    add_cautions(out, finding);
    for (size_t i = 0; i < finding->assumption_count; i++)
        if (reason_may_be(&finding->assumptions[i], ALOUD))
            add_reason(out, scratch, "assuming: ", &finding->assumptions[i]);
    for (size_t i = 0; i < finding->reason_count; i++)
        add_reason(out, scratch, "because: ", &finding->reasons[i]);
    for (size_t i = 0; i < finding->settle_count; i++) {
        add_line(out, "to settle: ", finding->settles[i].command);
        add_line(out, "  save as ", finding->settles[i].save_as);
    }
    add_places(out, finding);
}

static void add_outcome(struct buf *out, struct arena *scratch, const char *element,
                        const struct finding *finding)
{
    const char *message = finding->waiver != NULL
                              ? waiver_text(scratch, finding->waiver)
                              : finding_message(scratch, finding);

    buf_printf(out, "      <%s", element);
    add_attribute(out, "type", str_from(result_name(finding->result)));
    add_attribute(out, "message", str_from(message));
    buf_add_byte(out, '>');
    add_details(out, scratch, finding);
    buf_printf(out, "</%s>\n", element);
}

static void add_finding(struct buf *out, struct case_names *names,
                        const struct finding *finding)
{
    start_case(out, names, finding->rule->id, finding_name(&names->scratch, finding));
    if (finding->result == RESULT_PASS && finding->caution_count == 0) {
        buf_add(out, STR("/>\n"));
        return;
    }
    buf_add(out, STR(">\n"));
    if (finding->result == RESULT_PASS) {
        buf_add(out, STR("      <system-out>"));
        add_cautions(out, finding);
        buf_add(out, STR("</system-out>\n    </testcase>\n"));
        return;
    }
    if (finding->result == RESULT_FAIL)
        add_outcome(out, &names->scratch, "failure", finding);
    else
        add_outcome(out, &names->scratch,
                    finding->result == RESULT_UNKNOWN ? "error" : "skipped", finding);
    buf_add(out, STR("    </testcase>\n"));
}

/* ---- suites ------------------------------------------------------------------------
 */

static void start_suite(struct buf *out, struct str name, const struct counts *counts)
{
    buf_add(out, STR("  <testsuite"));
    add_attribute(out, "name", name);
    buf_printf(out,
               " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"" NO_TIME
               ">\n",
               counts->tests, counts->failures, counts->errors, counts->skipped);
}

/* The findings of the rule, which lie together, in the order of the rules. */
static void add_rule(struct buf *out, struct case_names *names, const struct rule *rule,
                     const struct finding *findings, size_t count)
{
    struct counts counts = { 0 };

    for (size_t i = 0; i < count; i++)
        count_finding(&counts, &findings[i]);
    start_suite(out, rule->id, &counts);
    buf_add(out, STR("    <properties>\n"));
    add_property(out, "title", rule->title);
    add_property(out, "severity", str_from(severity_name(rule->severity)));
    add_property(out, "source", str_from(rule->path));
    add_property(out, "sha256", str_from(rule->sha256));
    buf_add(out, STR("    </properties>\n"));
    for (size_t i = 0; i < count; i++) {
        add_finding(out, names, &findings[i]);
        arena_reset(&names->scratch);
    }
    buf_add(out, STR("  </testsuite>\n"));
}

static void add_rules(struct buf *out, struct case_names *names,
                      const struct assessment *assessment)
{
    const struct rulebook *book = assessment->book;
    size_t from = 0;

    for (size_t i = 0; i < book->count; i++) {
        size_t to = from;

        while (to < assessment->finding_count &&
               assessment->findings[to].rule == book->rules[i])
            to++;
        add_rule(out, names, book->rules[i], assessment->findings + from, to - from);
        from = to;
    }
    assert(from == assessment->finding_count);
}

/* The flags first. */
static void add_settings(struct buf *out, const struct settings *settings)
{
    const struct option *option;
    struct str value;

    for (option = settings_options; option->name != NULL; option++)
        if (option->kind == OPTION_FLAG && option_given(option, settings, 0, &value))
            add_property(out, option->name, STR("true"));
    for (option = settings_options; option->name != NULL; option++) {
        for (size_t i = 0;
             option->kind != OPTION_FLAG && option_given(option, settings, i, &value);
             i++)
            add_property(out, option->name, value);
    }
}

static void add_digests(struct buf *out, struct arena *scratch,
                        const struct assessment *assessment)
{
    struct buf name = BUF_EMPTY(scratch);

    if (assessment->waivers != NULL) {
        buf_printf(&name, "sha256 of %s", assessment->waivers->path);
        add_property(out, buf_str(&name).text, str_from(assessment->waivers->sha256));
    }
    for (size_t i = 0; i < assessment->source_count; i++) {
        const struct source_summary *source = &assessment->sources[i];

        if (!source->was_read || source->sha256[0] == '\0')
            continue;
        buf_clear(&name);
        buf_printf(&name, "sha256 of %s", source->source->path);
        add_property(out, buf_str(&name).text, str_from(source->sha256));
    }
}

static void add_problem(struct buf *out, struct case_names *names,
                        const struct problem *problem)
{
    struct buf place = BUF_EMPTY(&names->scratch), name = place;
    const char *code = code_name(reason_code(&problem->reason));
    const char *message = reason_advice(&names->scratch, &problem->reason);

    buf_printf(&place, "%s", problem->path);
    if (problem->line > 0)
        buf_printf(&place, ":%" PRIu64 ":%" PRIu64, problem->line, problem->column);
    buf_printf(&name, "%s %s", problem->path, code);
    start_case(out, names, STR("evidence"), buf_str(&name));
    buf_add(out, STR(">\n      <error"));
    add_attribute(out, "type", str_from(code));
    add_attribute(out, "message", str_from(message));
    buf_add_byte(out, '>');
    add_line(out, "", message);
    add_line(out, "see ", buf_str(&place).text);
    buf_add(out, STR("</error>\n    </testcase>\n"));
}

static void evidence_counts(const struct assessment *assessment, struct counts *counts)
{
    counts->errors = assessment->problem_count;
    counts->tests = assessment->problem_count > 0 ? assessment->problem_count : 1;
}

/* Without a problem, too, it has a test: one that could not be used would be it. */
static void add_evidence(struct buf *out, struct case_names *names,
                         const struct assessment *assessment)
{
    struct counts counts = { 0 };

    evidence_counts(assessment, &counts);
    start_suite(out, STR("evidence"), &counts);
    buf_add(out, STR("    <properties>\n"));
    add_settings(out, assessment->settings);
    add_digests(out, &names->scratch, assessment);
    buf_add(out, STR("    </properties>\n"));
    for (size_t i = 0; i < assessment->problem_count; i++) {
        add_problem(out, names, &assessment->problems[i]);
        arena_reset(&names->scratch);
    }
    if (assessment->problem_count == 0)
        buf_add(out,
                STR("    <testcase classname=\"evidence\" name=\"all evidence could "
                    "be used\"" NO_TIME "/>\n"));
    buf_add(out, STR("  </testsuite>\n"));
}

void report_junit(const struct assessment *assessment, const struct report_style *style,
                  struct buf *out)
{
    struct counts counts = { 0 };
    struct arena arena = ARENA_EMPTY;
    struct case_names names = { .table = TABLE_EMPTY(&arena) };

    (void)style;
    evidence_counts(assessment, &counts);
    for (size_t i = 0; i < assessment->finding_count; i++)
        count_finding(&counts, &assessment->findings[i]);
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    buf_printf(out,
               "<testsuites name=\"invaudit\" tests=\"%zu\" failures=\"%zu\" "
               "errors=\"%zu\"" NO_TIME ">\n",
               counts.tests, counts.failures, counts.errors);
    add_rules(out, &names, assessment);
    add_evidence(out, &names, assessment);
    buf_add(out, STR("</testsuites>\n"));
    arena_release(&names.scratch);
    arena_release(&arena);
}
