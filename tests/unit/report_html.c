/* The findings of an HTML report: two of a group, and the rows that they have in its
 * table. */
#include "report_sample.h"

#include "rows.h"

#include <string.h>

#define TEXT(text)                                                                     \
    {                                                                                  \
        text, sizeof text - 1                                                          \
    }

static const struct citation twice[] = {
    { .decisive = true, .path = "a.json", .line = 4, .id = TEXT("x") },
    { .path = "a.json", .line = 5, .id = TEXT("x") }, /* decides nothing */
    { .decisive = true, .path = "a.json", .line = 4, .id = TEXT("x") },
};
static const struct citation apart[] = {
    { .decisive = true, .path = "a.json", .line = 4, .id = TEXT("x") },
    { .decisive = true, .path = "a.json", .line = 4, .id = TEXT("y") },
    { .decisive = true, .path = "a.json", .line = 5, .id = TEXT("x") },
    { .decisive = true, .path = "b.json", .line = 4, .id = TEXT("x") },
    { .decisive = true, .path = "b.json" },
};
static const struct citation undecisive[] = { { .path = "a.json", .line = 4 } };
static const struct citation first_line[] = {
    { .decisive = true, .path = "a.json", .line = 1 },
};
static const struct settle settles[] = {
    { .command = "aws a", .type = &sample_type },
    { .command = "aws b",
      .save_as = "b.json",
      .permission = "b:B",
      .type = &sample_type },
    { .command = "aws c", .permission = "", .type = &sample_type },
};
static const struct remark odd = { .code = TEXT("odd"), .text = "it is odd" };
static const struct remark odder = { .code = TEXT("odd"), .text = "it is odder" };

#define CITES(items) .citations = (items), .citation_count = SAMPLE_COUNT(items)
#define PLACE(text)                                                                    \
    "<tbody id=\"f-" text "\"><tr><th scope=\"row\">1</th><td>" text "</td>"
#define BELOW       "</tr>\n<tr><td colspan=\"2\">"
#define END         "</td></tr></tbody>\n"
#define PLAIN(text) PLACE(text) "</tr></tbody>\n"

static const struct row {
    const char *name;
    struct finding east, west; /* but for account, region and rule */
    const char *expected;
} rows[] = {
    { "what says nothing more has a row",
      { .rows = 1 },
      { .rows = 1 },
      PLAIN("east") PLAIN("west") },
    { "a file of which no account is known is named",
      { .source = "a.json" },
      { .source = "-" },
      PLACE("east") BELOW "<p>in <code>a.json</code></p>\n" END PLACE("west") BELOW
      "<p>from standard input</p>\n" END },
    { "a record is cited once, however many facts rest on it",
      { CITES(twice) },
      { CITES(undecisive) },
      PLACE("east") BELOW
      "<ul>\n<li>see <code>a.json</code>, line 4: <code>x</code></li>\n</ul>\n" END
          PLAIN("west") },
    { "another line, id or file is another",
      { CITES(apart) },
      { .rows = 0 },
      PLACE("east") BELOW
      "<ul>\n<li>see <code>a.json</code>, line 4: <code>x</code></li>\n"
      "<li>see <code>a.json</code>, line 4: <code>y</code></li>\n"
      "<li>see <code>a.json</code>, line 5: <code>x</code></li>\n"
      "<li>see <code>b.json</code>, line 4: <code>x</code></li>\n"
      "<li>see <code>b.json</code></li>\n</ul>\n" END PLAIN("west") },
    { "commands have what they need, and where their answer goes",
      { .settles = settles, .settle_count = 3 },
      { .settles = settles, .settle_count = 1 },
      PLACE("east") BELOW
      "<ul>\n<li class=\"run\">run <code>aws a</code></li>\n"
      "<li class=\"run\">run <code>aws b</code> and save it as <code>b.json</code> "
      "(needs "
      "<code>b:B</code>)</li>\n"
      "<li class=\"run\">run <code>aws c</code></li>\n</ul>\n" END PLACE("west") BELOW
      "<ul>\n<li class=\"run\">run <code>aws a</code></li>\n</ul>\n" END },
    { "cautions are said of each",
      { .cautions = &odd, .caution_count = 1 },
      { .rows = 0 },
      PLACE("east") BELOW "<p>Caution: it is odd</p>\n" END PLAIN("west") },
    { "what all look like is said above them",
      { .diagnosis = &odd },
      { .diagnosis = &odd },
      PLAIN("east") PLAIN("west") },
    { "what they do not all look like, below each",
      { .diagnosis = &odd },
      { .diagnosis = &odder },
      PLACE("east") BELOW "<p>Looks like: it is odd</p>\n" END PLACE("west") BELOW
      "<p>Looks like: it is odder</p>\n" END },
    { "and above them alone, whatever else is below",
      { .diagnosis = &odd, .source = "a.json" },
      { .diagnosis = &odd },
      PLACE("east") BELOW "<p>in <code>a.json</code></p>\n" END PLAIN("west") },
    { "and what they do not all say",
      { .message = "1 is" },
      { .message = "2 are" },
      PLACE("east") BELOW "<p>1 is</p>\n" END PLACE("west") BELOW
      "<p>2 are</p>\n" END },
    { "the first line is one",
      { CITES(first_line) },
      { .rows = 0 },
      PLACE("east") BELOW
      "<ul>\n<li>see <code>a.json</code>, line 1</li>\n</ul>\n" END PLAIN("west") },
};

static const char *html_of(struct arena *arena, const struct finding *findings,
                           size_t count)
{
    const struct report_style style = { .width = REPORT_WIDTH };
    struct assessment assessment = sample_assessment;
    struct buf text = BUF_EMPTY(arena);

    assessment.findings = findings;
    assessment.finding_count = count;
    assessment.problem_count = 0;
    report_format_find(&scan_formats, STR("html"))->write(&assessment, &style, &text);
    return str_copy(arena, buf_str(&text)).text;
}

/* Of its tables of findings, the rows. */
static const char *rows_of(struct arena *arena, const char *text)
{
    struct buf found = BUF_EMPTY(arena);

    while ((text = strstr(text, "<tbody id=\"f-")) != NULL) {
        const char *end = strstr(text, "</tbody>\n") + strlen("</tbody>\n");

        buf_add(&found, (struct str){ text, (size_t)(end - text) });
        text = end;
    }
    return buf_str(&found).text;
}

static void place(struct finding *finding, const char *region)
{
    finding->id = region;
    finding->rule = &sample_rule;
    finding->account = STR("1");
    finding->region = str_from(region);
    finding->result = RESULT_FAIL;
    if (finding->message == NULL)
        finding->message = "not in use";
    finding->facts = sample_none;
    finding->rows = 2;
}

static void of_rows(void **state)
{
    const struct row *row = *state;
    struct finding findings[] = { row->east, row->west };
    struct arena arena = ARENA_EMPTY;

    place(&findings[0], "east");
    place(&findings[1], "west");
    assert_string_equal(rows_of(&arena, html_of(&arena, findings, 2)), row->expected);
    arena_release(&arena);
}

static void of_many_citations_some_are_shown(void **state)
{
    enum { MOST = 5 };
    struct citation citations[MOST + 1];
    struct finding finding = { .citations = citations, .citation_count = MOST };
    struct arena arena = ARENA_EMPTY;

    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT(citations); i++)
        citations[i] =
            (struct citation){ .decisive = true, .path = "a", .line = i + 1 };
    place(&finding, "east");
    assert_null(strstr(html_of(&arena, &finding, 1), " more, in the json report"));
    finding.citation_count = MOST + 1;
    assert_non_null(strstr(html_of(&arena, &finding, 1),
                           ", line 5</li>\n<li>and 1 more, in the json report</li>\n"));
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, of_rows);
    TESTS_ADD(&tests, of_many_citations_some_are_shown);
    return tests_run("report_html", &tests);
}
