#include "report/syntax.h"

#include "rows.h"

#include <string.h>

#define BYTES(literal)                                                                 \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }

/* What each syntax makes of one text that means something in all of them. */
static const struct row {
    const char *name;
    enum syntax syntax;
    struct str text;
    const char *written;
} rows[] = {
    { "XML: plain text stays", SYNTAX_XML, BYTES("Z\xc3\xbcrich a\\b 'c' %3A"),
      "Z\xc3\xbcrich a\\b 'c' %3A" },
    { "XML: markup is text", SYNTAX_XML, BYTES("<a b=\"c\">&amp;</a>]]>"),
      "&lt;a b=&quot;c&quot;&gt;&amp;amp;&lt;/a&gt;]]&gt;" },
    { "XML: what it may not hold is spelled", SYNTAX_XML,
      BYTES("a\n\0\x1b\xff\xef\xbf\xbe\xe2\x80\xae<"),
      "a\\x0a\\x00\\x1b\\xff\\u{fffe}\\u{202e}&lt;" },
    { "XML: nothing is nothing", SYNTAX_XML, BYTES(""), "" },
    { "HTML: plain text stays", SYNTAX_HTML, BYTES("Z\xc3\xbcrich a\\b `c` %3A"),
      "Z\xc3\xbcrich a\\b `c` %3A" },
    { "HTML: no element, and no end of one", SYNTAX_HTML,
      BYTES("</script><img src=x onerror='a'>--><![CDATA["),
      "&lt;/script&gt;&lt;img src=x onerror=&#39;a&#39;&gt;--&gt;&lt;![CDATA[" },
    { "HTML: no end of an attribute, no entity", SYNTAX_HTML,
      BYTES("\" onclick=\"a&lt;"), "&quot; onclick=&quot;a&amp;lt;" },
    { "HTML: what turns or hides what follows", SYNTAX_HTML,
      BYTES("a\n\0\x1b\xff\xe2\x80\xae<"), "a\\x0a\\x00\\x1b\\xff\\u{202e}&lt;" },
    { "data: only the percent sign is special", SYNTAX_GITHUB_DATA,
      BYTES("100 %, a: b,c"), "100 %25, a: b,c" },
    { "data: what is encoded already stays so", SYNTAX_GITHUB_DATA, BYTES("%0A%25"),
      "%250A%2525" },
    { "data: no line ends, no command begins", SYNTAX_GITHUB_DATA,
      BYTES("a\r\n::error::b ##[c"), "a\\x0d\\x0a::error::b \\x23#[c" },
    { "data: nor at its start", SYNTAX_GITHUB_DATA, BYTES("::add-mask::x"),
      "\\x3a:add-mask::x" },
    { "property: what ends it, and the properties", SYNTAX_GITHUB_PROPERTY,
      BYTES("a,line=1::b%\n"), "a%2Cline=1%3A%3Ab%25\\x0a" },
    { "property: colons behind a blank, too", SYNTAX_GITHUB_PROPERTY, BYTES("a ::b"),
      "a \\x3a%3Ab" },
    { "Markdown: plain words stay", SYNTAX_MARKDOWN,
      BYTES("it's 3 of 4 (us-east-1, a+b"), "it's 3 of 4 (us-east-1, a+b" },
    { "Markdown: emphasis, code, links and images", SYNTAX_MARKDOWN,
      BYTES("*a* _b_ ~c~ `d` [e](f) ![g] $h$"),
      "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\[e\\](f\\) \\!\\[g\\] \\$h\\$" },
    { "Markdown: tags and entities", SYNTAX_MARKDOWN, BYTES("<b>&lt;"),
      "\\<b\\>\\&lt;" },
    { "Markdown: a cell of a table does not end", SYNTAX_MARKDOWN, BYTES("a|b\\|c"),
      "a\\|b\\\\\\|c" },
    { "Markdown: no address becomes a link", SYNTAX_MARKDOWN,
      BYTES("http://a.b www.a.b a@b.c"), "http\\://a\\.b www\\.a\\.b a@<!-- -->b\\.c" },
    { "Markdown: it begins no list", SYNTAX_MARKDOWN, BYTES("- a"), "\\- a" },
    { "Markdown: nor another", SYNTAX_MARKDOWN, BYTES("+ a"), "\\+ a" },
    { "Markdown: nor a numbered one", SYNTAX_MARKDOWN, BYTES("1. a"), "1\\. a" },
    { "Markdown: nor the other kind of it", SYNTAX_MARKDOWN, BYTES("1) a"), "1\\) a" },
    { "Markdown: nor a heading, by a line below", SYNTAX_MARKDOWN, BYTES("==="),
      "\\===" },
    { "Markdown: nor one of its own", SYNTAX_MARKDOWN, BYTES("# a"), "\\# a" },
    { "Markdown: no line ends", SYNTAX_MARKDOWN, BYTES("a\n\n# b\xff"),
      "a\\\\x0a\\\\x0a\\# b\\\\xff" },
    { "SARIF: no link begins in a message", SYNTAX_SARIF_MESSAGE,
      BYTES("[a](b) [c] (d) e[](f ]"), "[a] (b) [c] (d) e[] (f ]" },
    { "SARIF: all else stays, in one line", SYNTAX_SARIF_MESSAGE, BYTES("(](\n]{0}\\"),
      "(] (\\x0a]{0}\\" },
    { "URI: a path stays", SYNTAX_URI, BYTES("a-b/c_d.~/e1.json"),
      "a-b/c_d.~/e1.json" },
    { "URI: what means something is encoded", SYNTAX_URI, BYTES("a b?c#d%20:e&f\"\\"),
      "a%20b%3Fc%23d%2520%3Ae%26f%22%5C" },
    { "URI: each byte of a character", SYNTAX_URI, BYTES("\xc3\xbc"), "%C3%BC" },
    { "URI: any byte, as it is", SYNTAX_URI, BYTES("\xff\n\0\xe2\x80\xae"),
      "%FF%0A%00%E2%80%AE" },
    { "CSV: plain text stays", SYNTAX_CSV, BYTES("Z\xc3\xbcrich, 1 - 2 = a@b; c"),
      "Z\xc3\xbcrich, 1 - 2 = a@b; c" },
    { "CSV: a quote is two", SYNTAX_CSV, BYTES("say \"a\", b"), "say \"\"a\"\", b" },
    { "CSV: no formula", SYNTAX_CSV, BYTES("=1+1"), "'=1+1" },
    { "CSV: nor by a plus", SYNTAX_CSV, BYTES("+1"), "'+1" },
    { "CSV: nor by a minus", SYNTAX_CSV, BYTES("-1"), "'-1" },
    { "CSV: nor by @", SYNTAX_CSV, BYTES("@SUM(1)"), "'@SUM(1)" },
    { "CSV: nor by a wide sign", SYNTAX_CSV,
      BYTES("\xef\xbc\x9d"
            "1"),
      "'\xef\xbc\x9d"
      "1" },
    { "CSV: nor behind blanks", SYNTAX_CSV, BYTES("  =1"), "  '=1" },
    { "CSV: nor where a semicolon ends a cell", SYNTAX_CSV, BYTES("a;=1; -b;c=2"),
      "a;'=1; '-b;c=2" },
    { "CSV: tabs and line ends are spelled, so begin none", SYNTAX_CSV,
      BYTES("\t=1\r\n=2\xff"), "\\x09=1\\x0d\\x0a=2\\xff" },
    { "CSV: nor is what was spelled", SYNTAX_CSV, BYTES("\xe2\x80\xae=1"),
      "\\u{202e}=1" },
    { "sheet: plain text stays", SYNTAX_SHEET, BYTES("=1 a_b _x12_ _x00g0_ <&>"),
      "=1 a_b _x12_ _x00g0_ <&>" },
    { "sheet: an escape is text", SYNTAX_SHEET, BYTES("_x202E_ a_x000d_b _x0041"),
      "_x005F_x202E_ a_x005F_x000d_b _x0041" },
    { "sheet: one of any digit", SYNTAX_SHEET, BYTES("_xaf09_ _xAF90_ _x0g00_"),
      "_x005F_xaf09_ _x005F_xAF90_ _x0g00_" },
    { "sheet: one in another", SYNTAX_SHEET, BYTES("_x005F_x202E_"),
      "_x005F_x005F_x005F_x202E_" },
    { "sheet: what shows nothing is spelled", SYNTAX_SHEET,
      BYTES("a\n\xe2\x80\xae\xff"), "a\\x0a\\u{202e}\\xff" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);

    syntax_add(&out, row->syntax, row->text);
    assert_string_equal(buf_str(&out).text, row->written);
    assert_int_equal(buf_str(&out).len, strlen(row->written));
    arena_release(&arena);
}

static const struct code_row {
    const char *name;
    struct str text;
    const char *written;
} code_rows[] = {
    { "plain text", BYTES("a *b* <c> @d #1"), "`a *b* <c> @d #1`" },
    { "a backtick inside", BYTES("a`b"), "``a`b``" },
    { "a fence longer than any run", BYTES("a``b`c```d"), "````a``b`c```d````" },
    { "a backtick at the start", BYTES("`a"), "`` `a ``" },
    { "a backtick at the end", BYTES("a`"), "`` a` ``" },
    { "only backticks", BYTES("``"), "``` `` ```" },
    { "blanks at both ends are kept", BYTES(" a "), "`  a  `" },
    { "a blank at one end stays", BYTES(" a"), "` a`" },
    { "nothing is a span all the same", BYTES(""), "`  `" },
    { "no line ends in it", BYTES("a\n```\nb"), "````a\\x0a```\\x0ab````" },
    { "what a reader cannot see is spelled", BYTES("\xe2\x80\xae\xff"),
      "`\\u{202e}\\xff`" },
};

static void code_test(void **state)
{
    const struct code_row *row = *state;
    struct arena arena = ARENA_EMPTY;
    struct buf out = BUF_EMPTY(&arena);

    syntax_add_markdown_code(&out, row->text);
    assert_string_equal(buf_str(&out).text, row->written);
    arena_release(&arena);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, rows, row_test);
    TESTS_ADD_ROWS(&tests, code_rows, code_test);
    return tests_run("report_syntax", &tests);
}
