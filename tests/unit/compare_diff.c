/* What became of a finding between two reports, and why. */

#include "rows.h"

#include "compare/diff.h"

#include <string.h>

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* ---- kinds ----------------------------------------------------------------------- */

static const struct kind_row {
    const char *name;
    unsigned old;
    enum diff_kind of_new[NO_RESULT + 1]; /* pass, fail, unknown, n/a, waived, none */
} kind_rows[] = {
    { "it passed",
      RESULT_PASS,
      { DIFF_SAME, DIFF_NEWLY_FAILING, DIFF_UNDECIDED, DIFF_OTHER, DIFF_WAIVED,
        DIFF_GONE } },
    { "it failed",
      RESULT_FAIL,
      { DIFF_FIXED, DIFF_STILL_FAILING, DIFF_UNDECIDED, DIFF_FIXED, DIFF_WAIVED,
        DIFF_GONE } },
    { "it was unknown",
      RESULT_UNKNOWN,
      { DIFF_DECIDED, DIFF_NEWLY_FAILING, DIFF_SAME, DIFF_DECIDED, DIFF_WAIVED,
        DIFF_GONE } },
    { "it did not apply",
      RESULT_NOT_APPLICABLE,
      { DIFF_OTHER, DIFF_NEWLY_FAILING, DIFF_UNDECIDED, DIFF_SAME, DIFF_WAIVED,
        DIFF_GONE } },
    { "it was waived",
      RESULT_WAIVED,
      { DIFF_FIXED, DIFF_UNWAIVED, DIFF_UNDECIDED, DIFF_FIXED, DIFF_SAME, DIFF_GONE } },
    { "it was not there",
      NO_RESULT,
      { DIFF_NEW, DIFF_NEWLY_FAILING, DIFF_NEW, DIFF_NEW, DIFF_NEW, DIFF_SAME } },
};

static void kind_row_test(void **state)
{
    static const unsigned results[] = { RESULT_PASS,    RESULT_FAIL,
                                        RESULT_UNKNOWN, RESULT_NOT_APPLICABLE,
                                        RESULT_WAIVED,  NO_RESULT };
    const struct kind_row *row = *state;

    for (size_t i = 0; i < COUNT_OF(results); i++)
        assert_string_equal(diff_kind_name(diff_kind_of(row->old, results[i])),
                            diff_kind_name(row->of_new[i]));
}

/* ---- two reports, of which a part is another ---------------------------------------
 */

#define SOURCE(path, sha256, account, region)                                          \
    "{\"path\": \"" path "\", \"use\": \"read\", \"why\": null, \"sha256\": " sha256   \
    ", \"documents\": [{\"account\": " account ", \"region\": " region "}]}"
#define FINDING(id, region, result, cited)                                             \
    "{\"id\": \"" id "\", \"rule\": \"R-1\", \"account\": \"1\", \"region\": " region  \
    ", \"resource\": null, \"resource_type\": null, \"source\": null, \"severity\": "  \
    "\"low\", \"result\": \"" result "\", \"message\": \"m\", \"would_say\": null, "   \
    "\"reasons\": [], \"assumptions\": [], \"citations\": [" cited "]}"
#define CITED(path) "{\"path\": \"" path "\"}"

/* NULL: as in `usual`. */
struct parts {
    const char *version, *settings, *operands, *catalog, *rule, *sources, *findings;
};

static const struct parts usual = {
    "0.1.0",
    "{\"as_of\": null, \"skip\": []}",
    "[\"e\"]",
    "\"catalog\": {\"sha256\": \"" A "\", \"files\": []},",
    "\"R-1\", \"sha256\": \"" A "\"",
    SOURCE("e/1/r/x.json", "\"" A "\"", "\"1\"", "\"r\"") ", " SOURCE(
        "e/1/r/y.json", "\"" A "\"", "\"1\"",
        "\"r\"") ", " SOURCE("e/1/s/z.json", "\"" A "\"", "\"1\"", "\"s\""),
    FINDING("R-1/1/r", "\"r\"", "pass", CITED("e/1/r/x.json")),
};

#define PART(parts, name) ((parts)->name != NULL ? (parts)->name : usual.name)

static void read_parts(struct arena *arena, const char *path, const struct parts *parts,
                       struct outline *outline)
{
    struct error err = { 0 };
    const char *text = arena_printf(
        arena,
        "{\"schema\": \"invaudit-report/1\", \"tool\": {\"name\": \"invaudit\", "
        "\"version\": \"%s\"}, \"settings\": %s, \"operands\": %s, %s \"rules\": "
        "[{\"id\": %s, \"title\": \"t\", \"severity\": \"low\", \"source\": "
        "\"r.yaml\", "
        "\"builtin\": false, \"text\": null}], \"evidence_set\": {\"files\": 0, "
        "\"sha256\": null}, \"evidence\": [%s], \"findings\": [%s], \"problems\": [], "
        "\"summary\": {}}",
        PART(parts, version), PART(parts, settings), PART(parts, operands),
        PART(parts, catalog), PART(parts, rule), PART(parts, sources),
        PART(parts, findings));

    if (!outline_parse(arena, path, str_from(text), 1000, outline, &err))
        fail_msg("%s: %s", path, err.message);
}

/* "newly-failing R-1/1/r: evidence altered e/1/r/x.json; settings --as-of\n" */
static const char *told(struct arena *arena, const struct diff *diff)
{
    struct buf out = BUF_EMPTY(arena);

    for (size_t i = 0; i < diff->change_count; i++) {
        const struct diff_change *change = &diff->changes[i];
        const char *before = "";

        buf_printf(&out, "%s %.*s:", diff_kind_name(change->kind),
                   STR_ARG(diff_finding(change)->id));
        for (unsigned why = 0; why < DIFF_WHY_COUNT; why++) {
            if ((change->whys >> why & 1) == 0)
                continue;
            buf_printf(&out, "%s %s", before, diff_why_name((enum diff_why)why));
            before = ";";
            for (size_t j = 0; why == WHY_SETTINGS && j < diff->setting_count; j++)
                if ((change->settings >> j & 1) != 0)
                    buf_printf(&out, " %.*s", STR_ARG(diff->settings[j].key));
            for (size_t j = 0; (why == WHY_EVIDENCE || why == WHY_NEARBY) &&
                               j < change->files->listed;
                 j++)
                buf_printf(&out, " %s %.*s",
                           file_change_name(change->files->items[j]->change),
                           STR_ARG(change->files->items[j]->path));
        }
        buf_add(&out, STR("\n"));
    }
    return buf_str(&out).text;
}

#define FAILS  FINDING("R-1/1/r", "\"r\"", "fail", CITED("e/1/r/x.json"))
#define SAME_X SOURCE("e/1/r/x.json", "\"" A "\"", "\"1\"", "\"r\"")
#define SAME_Y SOURCE("e/1/r/y.json", "\"" A "\"", "\"1\"", "\"r\"")

static const struct why_row {
    const char *name;
    struct parts old, new;
    const char *said;
    int status;
} why_rows[] = {
    { "nothing differs", { 0 }, { 0 }, "", 0 },
    { "it fails, and nothing tells why",
      { 0 },
      { .findings = FAILS },
      "newly-failing R-1/1/r: untold\n",
      1 },
    { "it still fails: nobody asks why",
      { .findings = FAILS },
      { .findings = FAILS, .rule = "\"R-1\", \"sha256\": \"" B "\"" },
      "still-failing R-1/1/r:\n",
      0 },
    { "a file that it cites was altered; one beside it does not matter",
      { 0 },
      { .findings = FAILS,
        .sources = SOURCE("e/1/r/x.json", "\"" B "\"", "\"1\"", "\"r\"") ", " SOURCE(
            "e/1/r/y.json", "\"" B "\"", "\"1\"", "\"r\"") },
      "newly-failing R-1/1/r: evidence altered e/1/r/x.json\n",
      1 },
    { "a file that it cited is gone, and cites one that is new",
      { 0 },
      { .findings = FINDING("R-1/1/r", "\"r\"", "unknown", CITED("e/1/r/n.json")),
        .sources = SOURCE("e/1/r/n.json", "\"" B "\"", "\"1\"", "\"r\"") ", " SAME_Y },
      "no-longer-decidable R-1/1/r: evidence removed e/1/r/x.json added "
      "e/1/r/n.json\n",
      0 },
    { "a file of its region was added, and one of no region",
      { .findings = FAILS },
      { .sources = SAME_X ", " SAME_Y ", " SOURCE(
            "e/1/r/n.json", "\"" B "\"", "\"1\"",
            "\"r\"") ", " SOURCE("e/1/g.json", "\"" B "\"", "\"1\"", "null") },
      "fixed R-1/1/r: evidence-nearby added e/1/r/n.json added e/1/g.json\n",
      0 },
    { "files of an account, of what is judged by account",
      { .findings = FINDING("R-1/1/-", "null", "pass", "") },
      { .findings = FINDING("R-1/1/-", "null", "not_applicable", ""),
        .sources = SAME_X ", " SAME_Y
                          ", " SOURCE("e/1/s/z.json", "\"" B "\"", "\"1\"", "\"s\"") },
      "changed R-1/1/-: evidence-nearby altered e/1/s/z.json\n",
      0 },
    { "files of another region alone",
      { 0 },
      { .findings = FAILS,
        .sources = SAME_X ", " SAME_Y
                          ", " SOURCE("e/1/s/z.json", "\"" B "\"", "\"1\"", "\"s\"") },
      "newly-failing R-1/1/r: evidence-elsewhere\n",
      1 },
    { "files of which nothing tells the account",
      { 0 },
      { .findings = FAILS,
        .sources = SAME_X ", " SAME_Y
                          ", " SOURCE("e/1/s/z.json", "\"" B "\"", "null", "null") },
      "newly-failing R-1/1/r: evidence-elsewhere\n",
      1 },
    { "one of the reports has no digests",
      { 0 },
      { .findings = FAILS,
        .sources = SOURCE("e/1/r/x.json", "null", "\"1\"", "\"r\"") },
      "newly-failing R-1/1/r: evidence-nearby removed e/1/r/y.json\n",
      1 },
    { "one of the reports has no digests, and as many files",
      { .sources = SAME_X },
      { .findings = FAILS,
        .sources = SOURCE("e/1/r/x.json", "null", "\"1\"", "\"r\"") },
      "newly-failing R-1/1/r: no-digest\n",
      1 },
    { "a file that it cites was moved, and not altered",
      { .sources = SAME_X },
      { .findings = FINDING("R-1/1/r", "\"r\"", "fail", CITED("n/1/r/x.json")),
        .operands = "[\"n\", \"m\"]",
        .sources = SOURCE("n/1/r/x.json", "\"" A "\"", "\"1\"", "\"r\"") },
      "newly-failing R-1/1/r: untold\n",
      1 },
    { "the rule was changed",
      { 0 },
      { .findings = FAILS, .rule = "\"R-1\", \"sha256\": \"" B "\"" },
      "newly-failing R-1/1/r: rule\n",
      1 },
    { "the rule went, by an option; its evidence does not matter",
      { 0 },
      { .findings = "",
        .rule = "\"R-2\", \"sha256\": \"" A "\"",
        .settings = "{\"skip\": [\"R-1\"], \"accounts\": [\"1\"]}",
        .sources = SAME_Y },
      "gone R-1/1/r: rule; settings accounts skip\n",
      0 },
    { "the rule came",
      { .findings = "", .rule = "\"R-2\", \"sha256\": \"" A "\"" },
      { 0 },
      "new R-1/1/r: rule\n",
      0 },
    { "an option that changes any verdict",
      { 0 },
      { .findings = FAILS, .settings = "{\"as_of\": \"2026-01-01T00:00:00Z\"}" },
      "newly-failing R-1/1/r: settings as_of\n",
      1 },
    { "an option of another version",
      { 0 },
      { .findings = FAILS, .settings = "{\"later\": {\"a\": [1]}}" },
      "newly-failing R-1/1/r: settings later\n",
      1 },
    { "options that change no verdict, and those that were given nowhere",
      { .settings = "{\"as_of\": null, \"skip\": [], \"matrix\": false}" },
      { .findings = FAILS,
        .settings =
            "{\"matrix\": true, \"fail_on\": [\"fail\"], \"no_digest\": true}" },
      "newly-failing R-1/1/r: untold\n",
      1 },
    { "options of places reach no finding that is in both",
      { 0 },
      { .findings = FAILS, .settings = "{\"regions\": [\"r\"], \"skip\": [\"R-7\"]}" },
      "newly-failing R-1/1/r: untold\n",
      1 },
    { "a parameter of the rule",
      { .settings = "{\"params\": [\"R-2.a=1\", \"R-1.b=1\"]}" },
      { .findings = FAILS, .settings = "{\"params\": [\"R-2.a=1\", \"R-1.b=2\"]}" },
      "newly-failing R-1/1/r: settings params\n",
      1 },
    { "a parameter of another rule",
      { .settings = "{\"params\": [\"R-2.a=1\", \"R-1.b=1\"]}" },
      { .findings = FAILS, .settings = "{\"params\": [\"R-1.b=1\"]}" },
      "newly-failing R-1/1/r: untold\n",
      1 },
    { "a waiver came",
      { .findings = FAILS },
      { .findings = FINDING("R-1/1/r", "\"r\"", "waived", ""),
        .settings = "{\"waivers\": \"w.yaml\"}" },
      "newly-waived R-1/1/r: waiver; settings waivers\n",
      0 },
    { "a waiver went, and it fails",
      { .findings = FINDING("R-1/1/r", "\"r\"", "waived", "") },
      { .findings = FAILS },
      "no-longer-waived R-1/1/r: waiver\n",
      1 },
    { "the catalog",
      { 0 },
      { .findings = FAILS,
        .catalog = "\"catalog\": {\"sha256\": \"" B "\", \"files\": []}," },
      "newly-failing R-1/1/r: catalog\n",
      1 },
    { "a catalog of files",
      { 0 },
      { .findings = FAILS,
        .catalog =
            "\"catalog\": {\"sha256\": \"" A "\", \"files\": [{\"source\": \"c\", "
            "\"sha256\": \"" A "\", \"text\": \"\"}]}," },
      "newly-failing R-1/1/r: catalog\n",
      1 },
    { "the program, which told no catalog then",
      { .version = "0.0.9", .catalog = "" },
      { .findings = FAILS },
      "newly-failing R-1/1/r: program\n",
      1 },
    { "in order: what matters first, then by place",
      { .findings = FINDING("R-1/1/s", "\"s\"", "fail", "") ", " FINDING(
            "R-1/1/t", "\"t\"", "fail", "") ", " FINDING("R-1/1/r", "\"r\"", "unknown",
                                                         "") },
      { .findings = FINDING("R-1/1/t", "\"t\"", "pass", "") ", " FINDING(
            "R-1/1/r", "\"r\"", "fail", "") ", " FINDING("R-1/1/s", "\"s\"", "pass",
                                                         "") },
      "newly-failing R-1/1/r: untold\nfixed R-1/1/s: untold\nfixed R-1/1/t: untold\n",
      1 },
};

static void why_row_test(void **state)
{
    const struct why_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct outline old, new;
    struct diff diff;
    struct error err = { 0 };

    read_parts(&arena, "old.json", &row->old, &old);
    read_parts(&arena, "new.json", &row->new, &new);
    assert_true(diff_find(&arena, &old, &new, &diff, &err));
    assert_string_equal(told(&arena, &diff), row->said);
    assert_int_equal(diff_status(&diff), row->status);
    arena_release(&arena);
}

/* ---- which file is which --------------------------------------------------------- */

#define READ(path, sha256)                                                             \
    "{\"path\": \"" path "\", \"use\": \"read\", \"why\": null, \"sha256\": \"" sha256 \
    "\", \"documents\": []}"

static const struct file_row {
    const char *name;
    const char *old_operands, *old, *new_operands, *new;
    const char *said; /* of those that are not the same, and how many are */
} file_rows[] = {
    { "by its path", "[\"e\"]", READ("e/x", A) ", " READ("e/y", A), "[\"e\"]",
      READ("e/y", B) ", " READ("e/x", A), "altered e/y; 1 same" },
    { "below an operand of another name", "[\"old\"]",
      READ("old/1/x", A) ", " READ("old/1/y", A), "[\"new/\"]",
      READ("new/1/x", A) ", " READ("new/1/y", B),
      "altered new/1/y was old/1/y; 1 same" },
    { "below the inner of two operands", "[\"a\", \"a/b\"]",
      READ("a/b/x", A) ", " READ("a/x", B), "[\"c\", \"d\"]",
      READ("c/x", B) ", " READ("d/x", A), "2 same" },
    { "an operand that is a file", "[\"old.json\"]", READ("old.json", A),
      "[\"new.json\"]", READ("new.json", B), "altered new.json was old.json; 0 same" },
    { "a member of an archive", "[\"old.zip\"]", READ("old.zip!/1/x", A),
      "[\"new.zip\"]", READ("new.zip!/1/x", B),
      "altered new.zip!/1/x was old.zip!/1/x; 0 same" },
    { "as many operands are not there: by the last folders and the name", "[\"old\"]",
      READ("old/1/r/x", A) ", " READ("old/2/r/x", A), "[\"a\", \"b\"]",
      READ("a/1/r/x", B) ", " READ("b/2/r/x", A),
      "altered a/1/r/x was old/1/r/x; moved b/2/r/x was old/2/r/x; 0 same" },
    { "of the same name, the one of the same bytes", "[]",
      READ("o/1/r/x", A) ", " READ("p/1/r/x", B), "[]",
      READ("q/1/r/x", B) ", " READ("s/1/r/x", A),
      "moved q/1/r/x was p/1/r/x; moved s/1/r/x was o/1/r/x; 0 same" },
    { "of another folder: two files", "[]", READ("e/1/r/x", A), "[]",
      READ("e/1/s/x", A), "removed e/1/r/x; added e/1/s/x; 0 same" },
};

static void file_row_test(void **state)
{
    const struct file_row *row = *state;
    const struct parts old_parts = { .operands = row->old_operands,
                                     .sources = row->old };
    const struct parts new_parts = { .operands = row->new_operands,
                                     .sources = row->new };
    struct arena arena = ARENA_EMPTY;
    struct buf said = BUF_EMPTY(&arena);
    struct changed_files files;
    struct outline old, new;

    read_parts(&arena, "old.json", &old_parts, &old);
    read_parts(&arena, "new.json", &new_parts, &new);
    changed_files_find(&arena, &old, &new, &files);
    for (size_t i = 0; i < files.count; i++) {
        const struct changed_file *file = &files.items[i];

        buf_printf(&said, "%s %.*s%s%.*s; ", file_change_name(file->change),
                   STR_ARG(file->path), file->was.text != NULL ? " was " : "",
                   STR_ARG(file->was));
    }
    buf_printf(&said, "%zu same", files.same);
    assert_string_equal(buf_str(&said).text, row->said);
    arena_release(&arena);
}

/* ---- limits ---------------------------------------------------------------------- */

static void many_files_are_counted(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf sources = BUF_EMPTY(&arena);
    struct parts parts = { .findings = FAILS };
    struct outline old, new;
    struct diff diff;
    struct error err = { 0 };

    (void)state;
    for (int i = 0; i < FILES_LISTED_MAX + 7; i++)
        buf_printf(&sources,
                   "%s{\"path\": \"e/1/r/n%d\", \"use\": \"read\", \"why\": null, "
                   "\"sha256\": \"" A "\", \"documents\": [{\"account\": \"1\", "
                   "\"region\": \"r\"}, {\"account\": \"1\", \"region\": null}]}",
                   i > 0 ? ", " : "", i);
    buf_add(&sources, STR(", " SAME_X ", " SAME_Y));
    parts.sources = buf_str(&sources).text;
    read_parts(&arena, "old.json", &(struct parts){ 0 }, &old);
    read_parts(&arena, "new.json", &parts, &new);
    assert_true(diff_find(&arena, &old, &new, &diff, &err));
    assert_int_equal(diff.changes[0].whys, 1u << WHY_NEARBY);
    assert_int_equal(diff.changes[0].files->listed, FILES_LISTED_MAX);
    assert_true(diff.changes[0].files->count >= FILES_LISTED_MAX + 7);
    arena_release(&arena);
}

static void too_many_settings(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct buf settings = BUF_EMPTY(&arena);
    struct parts parts = { 0 };
    struct outline old, new;
    struct diff diff;
    struct error err = { 0 };

    (void)state;
    for (int i = 0; i <= DIFF_SETTINGS_MAX; i++)
        buf_printf(&settings, "%s\"s%d\": true", i > 0 ? ", " : "{", i);
    buf_add(&settings, STR("}"));
    parts.settings = buf_str(&settings).text;
    read_parts(&arena, "old.json", &(struct parts){ 0 }, &old);
    read_parts(&arena, "new.json", &parts, &new);
    assert_false(diff_find(&arena, &old, &new, &diff, &err));
    assert_string_equal(err.message, "settings: more than 64 differ");
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, kind_rows, kind_row_test);
    TESTS_ADD_ROWS(&tests, why_rows, why_row_test);
    TESTS_ADD_ROWS(&tests, file_rows, file_row_test);
    TESTS_ADD(&tests, many_files_are_counted);
    TESTS_ADD(&tests, too_many_settings);
    return tests_run("compare_diff", &tests);
}
