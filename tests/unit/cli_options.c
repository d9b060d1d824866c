#include "cli/options.h"

#include "rows.h"

#include <ctype.h>
#include <string.h>

struct target {
    bool quiet, verbose;
    unsigned level;
    struct str date;
    struct str_list output, select, gates;
};

static const struct option options[] = {
    { "quiet", 'q', OPTION_FLAG, NULL, "", offsetof(struct target, quiet),
      GROUP_OPTIONS },
    { "verbose", 'v', OPTION_FLAG, NULL, "", offsetof(struct target, verbose),
      GROUP_OPTIONS },
    { "level", 'l', OPTION_LEVEL, NULL, "", offsetof(struct target, level),
      GROUP_OPTIONS },
    { "as-of", 0, OPTION_TEXT, "DATE", "", offsetof(struct target, date),
      GROUP_OPTIONS },
    { "output", 'o', OPTION_TEXTS, "FORMAT", "", offsetof(struct target, output),
      GROUP_OPTIONS },
    { "select", 0, OPTION_WORDS, "ID[,ID...]", "", offsetof(struct target, select),
      GROUP_OPTIONS },
    { "gate", 0, OPTION_GATES, "RESULT[,RESULT...][:SEVERITY]", "",
      offsetof(struct target, gates), GROUP_OPTIONS },
    { "select-not", 0, OPTION_TEXTS, "ID", "", offsetof(struct target, output),
      GROUP_OPTIONS },
    { .name = NULL },
};

static const struct option *const tables[] = { options, NULL };

enum { ARGUMENTS_MAX = 8 };

static const struct row {
    const char *name;
    const char *arguments[ARGUMENTS_MAX];
    enum options_end end;
    const char *found; /* what was understood, or err.message */
} rows[] = {
    { "nothing is fine", { NULL }, OPTIONS_READY, "" },
    { "an operand is none of the options'", { "a" }, OPTIONS_READY, "a" },
    { "options may follow operands", { "a", "-q", "b" }, OPTIONS_READY, "quiet a b" },
    { "-- ends options",
      { "-q", "--", "-v", "--help" },
      OPTIONS_READY,
      "quiet -v --help" },
    { "- is an operand", { "-", "-q" }, OPTIONS_READY, "quiet -" },
    { "an empty argument is an operand", { "" }, OPTIONS_READY, "<empty>" },
    { "a long flag", { "--quiet" }, OPTIONS_READY, "quiet" },
    { "letters may stand together", { "-qv" }, OPTIONS_READY, "quiet verbose" },
    { "the last of them may take an argument",
      { "-qo", "json" },
      OPTIONS_READY,
      "quiet output=json" },
    { "or have it attached", { "-qojson", "a" }, OPTIONS_READY, "quiet output=json a" },
    { "a level is counted",
      { "-ll", "--level", "-l", "a" },
      OPTIONS_READY,
      "level level level level a" },
    { "a level takes no argument",
      { "--level=2" },
      OPTIONS_WRONG,
      "option '--level' takes no argument, not '2'" },
    { "an argument behind =", { "--as-of=today" }, OPTIONS_READY, "date=today" },
    { "an argument on its own", { "--as-of", "today" }, OPTIONS_READY, "date=today" },
    { "an argument may hold =",
      { "--output=json=a=b" },
      OPTIONS_READY,
      "output=json=a=b" },
    { "an argument may be empty", { "--as-of=" }, OPTIONS_READY, "date=" },
    { "an argument may begin with a hyphen",
      { "--as-of", "-q" },
      OPTIONS_READY,
      "date=-q" },
    { "a list keeps its order",
      { "-o", "b", "-o", "a" },
      OPTIONS_READY,
      "output=b output=a" },
    { "words are split at commas and repeatable",
      { "--select", "b,a", "--select=c" },
      OPTIONS_READY,
      "select=b select=a select=c" },
    { "--help ends it", { "a", "--help", "--nonsense" }, OPTIONS_HELP, "" },
    { "-h ends it", { "-qh" }, OPTIONS_HELP, "" },
    { "a mistake before --help counts",
      { "--nonsense", "--help" },
      OPTIONS_WRONG,
      "unknown option '--nonsense'" },
    { "an option that is nearly one",
      { "--quite" },
      OPTIONS_WRONG,
      "unknown option '--quite' (did you mean '--quiet'?)" },
    { "the value is no part of its name",
      { "--asof=today" },
      OPTIONS_WRONG,
      "unknown option '--asof' (did you mean '--as-of'?)" },
    { "a name may be shortened",
      { "--qui", "--a", "x" },
      OPTIONS_READY,
      "quiet date=x" },
    { "also before =", { "--a=x" }, OPTIONS_READY, "date=x" },
    { "not to what begins two",
      { "--s=x" },
      OPTIONS_WRONG,
      "option '--s' may be one of --select, --select-not: write more of it" },
    { "a whole name is no beginning of another",
      { "--select=x" },
      OPTIONS_READY,
      "select=x" },
    { "--help is shortened, too", { "--he" }, OPTIONS_HELP, "" },
    { "a shortened flag takes no argument",
      { "--qui=yes" },
      OPTIONS_WRONG,
      "option '--quiet' takes no argument, not 'yes'" },
    { "--help takes none",
      { "--help=scan" },
      OPTIONS_WRONG,
      "option '--help' takes no argument, not 'scan'" },
    { "an unknown letter", { "-qx" }, OPTIONS_WRONG, "unknown option '-x'" },
    { "one hyphen too few",
      { "-quiet" },
      OPTIONS_WRONG,
      "unknown option '-quiet' (did you mean '--quiet'?)" },
    { "an argument that is missing",
      { "-q", "--as-of" },
      OPTIONS_WRONG,
      "option '--as-of' needs an argument: --as-of DATE" },
    { "an argument that is missing behind a letter",
      { "-o" },
      OPTIONS_WRONG,
      "option '--output' needs an argument: --output FORMAT" },
    { "an argument that is not wanted",
      { "--quiet=yes" },
      OPTIONS_WRONG,
      "option '--quiet' takes no argument, not 'yes'" },
    { "an option that may stand once",
      { "--as-of", "a", "--as-of", "a" },
      OPTIONS_WRONG,
      "option '--as-of' is given twice" },
    { "a severity is that of all results before it",
      { "--gate=fail,unknown:high", "--gate", "waived" },
      OPTIONS_READY,
      "gate=fail:high gate=unknown:high gate=waived" },
    { "no result",
      { "--gate=fial:high" },
      OPTIONS_WRONG,
      "option '--gate': expected fail, unknown, pass, not_applicable, waived or "
      "stale-waiver, not 'fial' (did you mean 'fail'?)" },
    { "a word that is no result",
      { "--gate=fail,stale-waiver" },
      OPTIONS_READY,
      "gate=fail gate=stale-waiver" },
    { "it has no severity",
      { "--gate=stale-waiver:high" },
      OPTIONS_WRONG,
      "option '--gate': 'stale-waiver' has no severity: repeat the option for it" },
    { "it is near what is no word",
      { "--gate=stale-waivers" },
      OPTIONS_WRONG,
      "option '--gate': expected fail, unknown, pass, not_applicable, waived or "
      "stale-waiver, not 'stale-waivers' (did you mean 'stale-waiver'?)" },
    { "no severity",
      { "--gate=fail:hi" },
      OPTIONS_WRONG,
      "option '--gate': expected a severity, low, medium, high, very-high or extreme, "
      "not 'hi' (did you mean 'high'?)" },
    { "a severity that is empty",
      { "--gate=fail:" },
      OPTIONS_WRONG,
      "option '--gate': expected a severity, low, medium, high, very-high or extreme, "
      "not ''" },
    { "none is no severity to begin from",
      { "--gate=fail:none" },
      OPTIONS_WRONG,
      "option '--gate': expected a severity, low, medium, high, very-high or extreme, "
      "not 'none'" },
    { "a severity between results",
      { "--gate=fail:high,unknown" },
      OPTIONS_WRONG,
      "option '--gate': a severity is that of all results before it; repeat the option "
      "for another, not 'fail:high,unknown'" },
    { "no result before a severity",
      { "--gate=:high" },
      OPTIONS_WRONG,
      "option '--gate': expected RESULT[,RESULT...][:SEVERITY], not ':high'" },
    { "a word that is empty",
      { "--select", "a,,b" },
      OPTIONS_WRONG,
      "option '--select': expected ID[,ID...], not 'a,,b'" },
    { "no word at all",
      { "--select=" },
      OPTIONS_WRONG,
      "option '--select': expected ID[,ID...], not ''" },
};

static void add(struct buf *found, const char *before, struct str text)
{
    if (found->len > 0)
        buf_add_byte(found, ' ');
    buf_add(found, str_from(before));
    buf_add(found, text);
}

static const char *print(struct arena *arena, const struct target *target,
                         const struct operands *operands)
{
    struct buf found = BUF_EMPTY(arena);

    if (target->quiet)
        add(&found, "quiet", STR(""));
    if (target->verbose)
        add(&found, "verbose", STR(""));
    for (unsigned i = 0; i < target->level; i++)
        add(&found, "level", STR(""));
    if (target->date.text != NULL)
        add(&found, "date=", target->date);
    for (size_t i = 0; i < target->output.count; i++)
        add(&found, "output=", target->output.items[i]);
    for (size_t i = 0; i < target->gates.count; i++)
        add(&found, "gate=", target->gates.items[i]);
    for (size_t i = 0; i < target->select.count; i++) {
        struct str word = target->select.items[i];

        assert_int_equal(word.text[word.len], '\0');
        add(&found, "select=", word);
    }
    for (size_t i = 0; i < operands->count; i++)
        add(&found, operands->items[i][0] != '\0' ? "" : "<empty>",
            str_from(operands->items[i]));
    return buf_str(&found).text;
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct target target = { 0 };
    struct operands operands = { 0 };
    struct error err = { 0 };
    size_t count = 0;
    const char *star = strchr(row->found, '*');
    enum options_end end;

    while (count < ARGUMENTS_MAX && row->arguments[count] != NULL)
        count++;
    end =
        options_parse(&arena, tables, row->arguments, count, &target, &operands, &err);
    if (end == OPTIONS_READY)
        assert_string_equal(print(&arena, &target, &operands), row->found);
    else if (star == NULL)
        assert_string_equal(err.message, row->found);
    else
        assert_memory_equal(err.message, row->found, (size_t)(star - row->found));
    assert_int_equal(end, row->end);
    arena_release(&arena);
}

/* A letter, if there is one, is what somebody can type. */
static void of_letters(void **state)
{
    (void)state;
    for (const struct option *option = settings_options; option->name; option++)
        assert_true(option->letter == 0 || isalpha((unsigned char)option->letter));
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD(&tests, of_letters);
    return tests_run("cli_options", &tests);
}
